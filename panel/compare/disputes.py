"""Who stands against whom: documents whose answers to one question cannot all hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from panel.compare.chart import SAME_TIME, Chart, side
from panel.conflict import Side
from panel.opinion import Finding

Agree = Callable[[Finding, Finding], bool]


def by_document(findings: Iterable[Finding], *, stated: bool = True) -> dict[str, list[Finding]]:
    """Findings by the document that they quote; uncertain ones left out."""
    table: dict[str, list[Finding]] = {}
    for finding in findings:
        if not stated or finding.certainty != "uncertain":
            table.setdefault(finding.evidence[0].document, []).append(finding)
    return table


def disputed(
    chart: Chart,
    findings: Iterable[Finding],
    agree: Agree,
    limit: dt.timedelta = SAME_TIME,
) -> tuple[Side, ...]:
    """The sides of the dispute over one question, one per document; empty when there is none.

    Two documents are at odds when nothing that the one says agrees with anything that the other says
    of about the same time. A document that says both is on nobody's side.
    """
    table = by_document(findings)
    documents = list(table)
    against: dict[str, Finding] = {}
    for i, first in enumerate(documents):
        for second in documents[i + 1 :]:
            pair = _at_odds(chart, table[first], table[second], agree, limit)
            if pair:
                against.setdefault(first, pair[0])
                against.setdefault(second, pair[1])
    if not against:
        return ()
    # Documents that were not drawn in but say the same as a side stand by it.
    for document in documents:
        if document in against:
            continue
        for finding in table[document]:
            if any(finding.value == other.value and chart.same_time(finding, other, limit) for other in against.values()):
                against[document] = finding
                break
    return tuple(side(finding) for finding in against.values())


def _at_odds(
    chart: Chart, first: Sequence[Finding], second: Sequence[Finding], agree: Agree, limit: dt.timedelta
) -> tuple[Finding, Finding] | None:
    pairs = [(a, b) for a in first for b in second]
    if any(agree(a, b) for a, b in pairs):
        return None
    for a, b in pairs:
        if chart.same_time(a, b, limit):
            return a, b
    return None
