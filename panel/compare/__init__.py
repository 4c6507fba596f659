"""Comparing: from the seats' opinions to agreements, typed conflicts and what is missing. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from panel.case import Case, Frozen
from panel.compare.chart import Chart
from panel.compare.dates import date_conflicts
from panel.compare.facts import fact_conflicts
from panel.compare.identity import identity_conflicts
from panel.compare.lesion import lesion_conflicts
from panel.compare.missing import missing_items
from panel.compare.nodes import node_conflicts
from panel.compare.plans import plan_conflicts
from panel.compare.stage import stage_conflicts
from panel.compare.unsupported import unsupported_conflicts
from panel.conflict import CHART_KINDS, PANEL_KINDS, Conflict
from panel.opinion import Opinion
from panel.report import Agreement, Missing

Check = Callable[[Chart], Iterator[Conflict]]
CHECKS: tuple[Check, ...] = (
    identity_conflicts,
    lesion_conflicts,
    fact_conflicts,
    stage_conflicts,
    node_conflicts,
    date_conflicts,
    plan_conflicts,
)
# What is said of one tumour, and of two may differ.
_OF_ONE = frozenset({"histology", "grade", "biomarker", "treatment"})
_ORDER = {kind: i for i, kind in enumerate((*CHART_KINDS, *PANEL_KINDS, "unsupported"))}


class Comparison(Frozen):
    """What comparing the opinions of one case gave."""

    agreed: tuple[Agreement, ...]
    """Questions that two or more documents answer alike."""
    conflicts: tuple[Conflict, ...]
    """Disagreements, in canonical order."""
    missing: tuple[Missing, ...]
    """What the board needs and the chart does not hold."""
    tumour: str | None
    """Tumour type, when it was recognised."""
    not_covered: tuple[str, ...]
    """What the rules cannot judge in this case."""


def compare(case: Case, opinions: Sequence[Opinion]) -> Comparison:
    """Compare all opinions on a case."""
    chart = Chart.of_opinions(case, opinions)
    conflicts: dict[str, Conflict] = {}
    found = [c for check in CHECKS for c in check(chart) if not (chart.two_primaries and c.kind in _OF_ONE)]
    waiting = _waiting(found)
    for conflict in (*(c for c in found if c not in waiting), *unsupported_conflicts(opinions)):
        conflicts.setdefault(conflict.id, conflict)
    ordered = sorted(conflicts.values(), key=lambda c: (_ORDER[c.kind], c.question, c.id))
    return Comparison(
        agreed=_agreed(chart, {c.question for c in ordered}),
        conflicts=tuple(ordered),
        missing=missing_items(chart),
        tumour=chart.tumour,
        not_covered=(*_not_covered(chart), *(f"Not judged while the fact it turns on is in dispute: {c.why}" for c in waiting)),
    )


def _waiting(found: Sequence[Conflict]) -> list[Conflict]:
    """The guidelines that a plan departs from only by a fact that is itself in dispute: that is to be ruled on first."""
    disputed = {(e.document, e.start, e.end) for c in found if c.kind in CHART_KINDS for side in c.sides for e in side.evidence}
    waiting = []
    for conflict in found:
        facts = {(e.document, e.start, e.end) for side in conflict.sides if not str(side.value).startswith("plan: ") for e in side.evidence}
        if conflict.kind == "guideline" and facts & disputed:
            waiting.append(conflict)
    return waiting


def _agreed(chart: Chart, disputed: set[str]) -> tuple[Agreement, ...]:
    """Questions answered in two or more documents, always alike."""
    agreements: list[Agreement] = []
    for question, found in chart.by_question.items():
        if question in disputed or question.startswith(("tumour.", "event.", "drug.", "patient.", "comorbidity.")):
            continue
        stated = [f for f in found if f.certainty != "uncertain"]
        first: dict[str, object] = {}
        for finding in stated:
            first.setdefault(finding.evidence[0].document, finding)
        values = {str(f.value) for f in stated}
        if len(first) < 2 or len(values) != 1:
            continue
        kept = tuple(f for f in stated if first[f.evidence[0].document] is f)
        agreements.append(
            Agreement(question=question, value=kept[0].value, unit=kept[0].unit, by=tuple(first), findings=kept)
        )
    return tuple(agreements)


def _not_covered(chart: Chart) -> tuple[str, ...]:
    two = "The chart speaks of two cancers at once: their types, grades, markers and main treatments were not held against each other."
    return ((two,) if chart.two_primaries else ()) + _not_covered_of(chart)


def _not_covered_of(chart: Chart) -> tuple[str, ...]:
    if chart.tumour is None:
        return ("No tumour type was recognised: staging tables and tumour-specific rules were not applied.",)
    if chart.tumour == "other":
        return (
            "This tumour type has no rules of its own: site, side, size, dates, counts and stated stages were compared, "
            "staging tables and tumour-specific plan rules were not applied.",
        )
    return ()
