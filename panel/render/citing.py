"""What a report quotes."""

from __future__ import annotations

from collections.abc import Iterator

from panel.case import Evidence
from panel.render.quoting import one_line
from panel.report import PanelReport

_LONGEST = 140


def cited(report: PanelReport) -> Iterator[Evidence]:
    """Every piece of evidence a report shows."""
    for opinion in report.opinions:
        for finding in opinion.findings:
            yield from finding.evidence
        for recommendation in opinion.recommendations:
            yield from recommendation.evidence
    for agreement in report.agreed:
        for finding in agreement.findings:
            yield from finding.evidence
    for conflict in report.conflicts:
        for side in conflict.sides:
            yield from side.evidence


def shortened(quote: str) -> str:
    """A quote on one line, its middle left out when it is long."""
    flat = one_line(quote)
    if len(flat) <= _LONGEST:
        return flat
    return f"{flat[: _LONGEST - 30].rstrip()} […] {flat[-25:].lstrip()}"
