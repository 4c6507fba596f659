"""What a stage was given on: the first presentation, or a second resection of the same place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from panel.compare.chart import Chart
from panel.opinion import Finding

_AT_FIRST = re.compile(
    r"\b(?:at|on|from) (?:the time of |time of |her |his |first |initial |original |the )*(?:presentation|diagnosis|outset)\b|\b(?:initial(?:ly)?|original(?:ly)?|presenting|at first)\b|\bwhen (?:(?:she|he) was |first )*(?:diagnosed|seen)\b",
    re.I,
)
_NOW = re.compile(r"\b(?:now|current(?:ly)?|today|at present|restag\w+|progress\w+|relapse\w*|recurren\w+)\b", re.I)
_AGAIN = re.compile(
    r"\bre-?(?:resect\w*|excis\w*|TUR\w*|look)|\bsecond[- ]look|\b(?:second|repeat|completion|restaging|further|wider) (?:TUR\w*|resection|excision|trans-?urethral|look)"
    r"|\bcompletion \w+ectomy|\b(?:scar|bed) of the (?:earlier|previous|first|former)",
    re.I,
)
_HEAD = 160
_RESTATED = ("melanoma",)  # whose second excision repeats the category of the first


def dated_back(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, those said of the first presentation dated as the earliest of them: they speak of that time."""
    found = tuple(findings)
    first = min((f.date for f in found if f.date), default=None)
    return tuple(f.model_copy(update={"date": first}) if _of_first(f) else f for f in found)


def _of_first(finding: Finding) -> bool:
    quote = finding.evidence[0].quote
    return bool(_AT_FIRST.search(quote)) and not _NOW.search(quote)


def resected_again(chart: Chart, first: str, second: str) -> bool:
    """Whether two pathology reports are on a resection and on another of the same place, where less is left to stage."""
    if chart.kind(first) != "pathology" or chart.kind(second) != "pathology":
        return False
    given = {str(f.value) for f in chart.of("stage.pathologic.t") if f.evidence[0].document in (first, second)}
    if "T0" in given:
        return chart.case.document(first).date != chart.case.document(second).date
    return chart.tumour not in _RESTATED and any(_AGAIN.search(_head(chart, d)) for d in (first, second))


def imaged(chart: Chart, first: str, second: str) -> bool:
    """Whether one document gives a FIGO stage by imaging and the chart's other one rests on the specimen."""
    if (chart.kind(first) == "radiology") == (chart.kind(second) == "radiology"):
        return False
    staged = (*chart.of("stage.pathologic.t"), *(f for q in ("stage.figo", "stage.figo_2023") for f in chart.of(q)))
    return any(chart.kind(f.evidence[0].document) == "pathology" for f in staged)


def two_operations(chart: Chart, first: str, second: str) -> bool:
    """Whether two pathology reports are on different operations: a cone and the hysterectomy after it."""
    if chart.kind(first) != "pathology" or chart.kind(second) != "pathology":
        return False
    reported = {q for q, found in chart.under("event.report.") for f in found if f.evidence[0].document == first}
    others = {q for q, found in chart.under("event.report.") for f in found if f.evidence[0].document == second}
    return bool(reported and others and not reported & others) and chart.case.document(first).date != chart.case.document(second).date


def _head(chart: Chart, document: str) -> str:
    held = chart.case.document(document)
    return f"{held.title}\n{held.text[:_HEAD]}"
