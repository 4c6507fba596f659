"""What plans dispute, read and compared; shared by the tables of plans."""

from __future__ import annotations

import datetime as dt

from agents.rules.chart import read_chart
from panel.case import Case, Document, DocumentKind
from panel.compare.chart import Chart, Plan
from panel.compare.plans import plan_conflicts

KINDS: dict[str, DocumentKind] = {
    "o": "oncology", "s": "surgery", "n": "note", "m": "note", "l": "laboratory", "p": "pathology", "g": "genomics", "c": "radiology", "x": "other"
}  # fmt: skip
TITLES = {"n": "MDT minutes", "m": "Nursing note", "l": "Bloods", "p": "Pathology", "g": "Molecular", "c": "CT"}
Texts = tuple[tuple[str, str], ...]


def kinds(texts: Texts) -> list[str]:
    """The panel kinds raised, in order."""
    documents = tuple(
        Document(id=f"{key}-{i}", kind=KINDS[key], date=dt.date(2026, 2, 10 + i), title=TITLES.get(key, "Letter"), text=text)
        for i, (key, text) in enumerate(texts)
    )
    case = Case(id="c", documents=documents)
    found = read_chart(case)
    return [c.kind for c in plan_conflicts(Chart(case, found.findings, tuple(Plan(seat, step) for seat, step in found.plans)))]
