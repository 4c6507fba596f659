"""Citations: for each step a seat recommends, the passages of the library that speak of that step for this tumour.

The question is made of typed findings, never of the chart's text. A passage is cited only when the library's
deterministic check finds the step's own name in it, and every number of the reason given; otherwise the step stands
uncited.
"""

from __future__ import annotations

from collections.abc import Sequence

from panel.opinion import Finding, Recommendation, Reference
from panel.protocols import Retriever

MOST = 2
"""Passages cited for one step."""
_LOOKED_AT = 6
_NOT_STEPS = ("intent.", "resectability.")
"""Positions, which the comparison weighs; no passage recommends "palliative" as such."""
_TOLD = ("stage.clinical.group", "stage.pathologic.group", "stage.unspecified.group", "stage.figo", "histology.type", "primary.size")
_MARKERS = "biomarker."


def cited(
    steps: Sequence[Recommendation],
    findings: Sequence[Finding],
    tumour: str | None,
    specialty: str,
    retriever: Retriever,
) -> tuple[Recommendation, ...]:
    """The steps with their references.

    Args:
        steps: what the seat recommends.
        findings: what is known of the tumour, from the whole chart.
        tumour: its type, when it was recognised.
        specialty: the seat.
        retriever: the library.

    Raises:
        PanelError: the library cannot be used.
    """
    known = _known(findings)
    return tuple(step.model_copy(update={"references": _references(step, known, tumour, specialty, retriever)}) for step in steps)


def question(action: str, known: Sequence[str], tumour: str | None) -> str:
    """What the library is asked about a step: its name, the tumour, and what decides in it."""
    parts = [_words(action), _words(tumour or ""), "cancer" if tumour not in (None, "other", "brain", "melanoma") else "", *known]
    return " ".join(part for part in parts if part)


def _references(
    step: Recommendation, known: Sequence[str], tumour: str | None, specialty: str, retriever: Retriever
) -> tuple[Reference, ...]:
    if step.action.startswith(_NOT_STEPS):
        return ()
    name = _words(step.action.rpartition(".")[2])
    # The registrar only passes on plans that other seats wrote: it has no shelf of its own.
    shelf = None if specialty == "registrar" else specialty
    asked = question(step.action, known, tumour)
    found = retriever.search(asked, _LOOKED_AT, specialty=shelf, tumour=None if tumour == "other" else tumour)
    held = (p for p in found if retriever.carries(p, step.rationale, [name]))
    return tuple(passage.reference() for passage in list(held)[:MOST])


def _known(findings: Sequence[Finding]) -> tuple[str, ...]:
    told: dict[str, str] = {}
    for finding in findings:
        if finding.certainty == "uncertain" or finding.question in told:
            continue
        if finding.question in _TOLD:
            value = f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value)
            prefix = "stage " if finding.question.startswith("stage.") else ""
            told[finding.question] = f"{prefix}{_words(value)} {finding.unit or ''}".strip()
        elif finding.question.startswith(_MARKERS) and finding.value in ("positive", "mutated", "deficient", "high"):
            told[finding.question] = f"{finding.question.removeprefix(_MARKERS).upper()} {finding.value}"
    return tuple(told.values())


def _words(name: str) -> str:
    return name.removeprefix("omit.").replace(".", " ").replace("_", " ")
