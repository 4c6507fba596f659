"""The whole chart read by rules: every finding and plan of every document, once for all seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from agents.rules.background import background_findings
from agents.rules.enlarged import enlarged_findings
from agents.rules.events import event_findings
from agents.rules.identity import identity_findings
from agents.rules.margins import margin_findings
from agents.rules.nodes import node_findings
from agents.rules.plans import plan_recommendations
from agents.rules.primary import PrimaryReader
from agents.rules.reading import Reading, read
from agents.rules.relations import relation_findings
from agents.rules.results import general_findings
from agents.rules.staging import staging_findings
from agents.rules.states import state_findings
from agents.rules.titled import titled_findings
from agents.rules.titled_scans import titled_scan_findings
from agents.rules.waiting import waiting_findings
from panel.case import Case
from panel.opinion import Finding, Recommendation


@dataclass(frozen=True, slots=True)
class ChartReading:
    """What the rules read in a case."""

    tumour: str | None
    """Tumour type, ``other`` for one without rules of its own, None when not recognised."""
    findings: tuple[Finding, ...]
    """In document order."""
    plans: tuple[tuple[str, Recommendation], ...]
    """Plans already written in the chart, with the seat that wrote them."""


@lru_cache(maxsize=32)
def read_chart(case: Case) -> ChartReading:
    """Read a case; the same case is read once."""
    readings = [read(document) for document in case.documents]
    primary = PrimaryReader(case, readings)
    findings = [f for reading in readings for f in _document(primary, reading)]
    plans = tuple(p for reading in readings for p in plan_recommendations(reading))
    return ChartReading(primary.tumour, (*_tumour_type(primary, findings), *findings), plans)


def _document(primary: PrimaryReader, reading: Reading) -> Iterator[Finding]:
    seen: set[tuple[str, str, int, int]] = set()
    told: list[Finding] = []
    for reader in (
        primary.findings,
        staging_findings,
        node_findings,
        general_findings,
        relation_findings,
        enlarged_findings,
        identity_findings,
        event_findings,
        background_findings,
    ):
        for finding in reader(reading):
            where = finding.evidence[0]
            key = (finding.question, str(finding.value), where.start, where.end)
            if key not in seen:
                seen.add(key)
                told.append(finding)
                yield finding
    for finding in chain(state_findings(reading, told), margin_findings(reading, told), titled_findings(reading, told), titled_scan_findings(reading, told)):
        told.append(finding)
        yield finding
    yield from waiting_findings(reading, told)


def _tumour_type(primary: PrimaryReader, findings: list[Finding]) -> Iterator[Finding]:
    """The tumour type as a finding, quoting the first statement of the primary."""
    if primary.tumour is None:
        return
    told = {"question": "tumour.type", "value": primary.tumour, "unit": None, "certainty": "inferred"}
    for question in ("primary.organ", "histology.type", "primary.site", "primary.side", "primary.size"):
        for finding in findings:
            if finding.question == question:
                yield finding.model_copy(update=told)
                return
    # Recognised by its treatment or markers alone: any statement stands for it, so that its rules apply.
    if findings:
        yield findings[0].model_copy(update=told)
