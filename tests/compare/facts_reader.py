"""What documents dispute, read and compared; shared by the tables of facts."""

from __future__ import annotations

from agents.rules.chart import read_chart
from panel.case import Case, DocumentKind
from panel.compare.chart import Chart
from panel.compare.facts import fact_conflicts
from panel.opinion import Opinion

Text = tuple[DocumentKind, str, str]


def raised(*texts: Text) -> list[str]:
    """Kind and question of every conflict between documents of kind, date and text."""
    documents = [{"id": f"d{i}", "kind": k, "date": d, "text": x} for i, (k, d, x) in enumerate(texts)]
    case = Case.model_validate({"id": "x", "documents": documents})
    chart = Chart.of_opinions(case, [Opinion(specialty="registrar", reader="rules", findings=read_chart(case).findings)])
    return [f"{c.kind} {c.question}" for c in fact_conflicts(chart)]


def scans(first: str, second: str) -> list[str]:
    """What two scans three days apart dispute."""
    return raised(("radiology", "2026-03-02", first), ("radiology", "2026-03-05", second))


def reports(first: str, second: str) -> list[str]:
    """What a pathology report and a letter dispute."""
    return raised(("pathology", "2026-03-02", first), ("oncology", "2026-03-12", second))
