"""Disagreements: typed conflicts, the machine's proposals, and people's rulings."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from panel.case import CASE_FILE, Evidence, Frozen
from panel.opinion import Value

ChartKind = Literal[
    "identity",
    "laterality",
    "site",
    "size",
    "presence",
    "date",
    "stage",
    "histology",
    "grade",
    "nodes",
    "biomarker",
]
PanelKind = Literal[
    "treatment",
    "sequence",
    "intent",
    "resectability",
    "contraindication",
    "prerequisite",
    "guideline",
]
ConflictKind = ChartKind | PanelKind | Literal["unsupported"]
Level = Literal["chart", "panel"]
Severity = Literal["high", "moderate", "low"]
Decision = Literal["accept", "amend", "defer", "escalate"]


class Side(Frozen):
    """One position in a conflict, in its own words."""

    by: str
    """Who holds it: a document's id, a specialty, a rule's source, or ``case file``."""
    value: Value
    """The position in normal form."""
    evidence: tuple[Evidence, ...] = ()
    """The exact quotes; empty only for the case file's patient block and for what the chart lacks."""


class Proposal(Frozen):
    """The machine's suggestion how the conflict might be settled. It never settles it."""

    text: str
    """One or two sentences."""
    favours: int | None = None
    """Index of the side it leans to; None when it leans to none."""
    settled_by: str | None = None
    """The test or look-up that would settle it."""


class Ruling(Frozen):
    """A named person's decision; only this closes a conflict."""

    conflict: str
    """Id of the conflict."""
    decision: Decision
    """accept one side, amend with another value, defer to a test, or escalate."""
    side: int | None = None
    """With ``accept``: index of the side."""
    value: str | None = None
    """With ``amend``: what holds instead. With ``defer``: the test that would settle it. With ``escalate``: to whom."""
    reviewer: Annotated[str, Field(min_length=1, max_length=200)]
    """Who ruled."""
    reason: Annotated[str, Field(min_length=1, max_length=4000)]
    """Why."""
    time: dt.datetime
    """When, with time zone."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.decision == "accept" and self.side is None:
            raise ValueError("accept needs the side accepted")
        if self.decision != "accept" and not (self.value or "").strip():
            need = {
                "amend": "the amended value",
                "defer": "the test that would settle it",
                "escalate": "the person or board it goes to",
            }
            raise ValueError(f"{self.decision} needs {need[self.decision]}")
        if not self.reason.strip() or not self.reviewer.strip():
            raise ValueError("a ruling needs a reviewer and a reason")
        if self.time.tzinfo is None:
            raise ValueError("time needs a time zone")
        return self

    @property
    def closes(self) -> bool:
        """Whether the conflict is settled; a deferred or escalated one is ruled on, and shown as unsettled."""
        return self.decision in ("accept", "amend")


class Conflict(Frozen):
    """Two or more positions that cannot all hold."""

    id: str
    """Stable for the same case and findings."""
    kind: ConflictKind
    """What they disagree about."""
    level: Level
    """Between documents of the chart, or between opinions of the panel."""
    question: str
    """The dotted question in dispute."""
    severity: Severity
    """How much hangs on it."""
    why: str = ""
    """One sentence: what is wrong, with the rule's source where there is one."""
    sides: Annotated[tuple[Side, ...], Field(min_length=2)]
    """In canonical order."""
    proposal: Proposal | None = None
    """The machine's suggestion."""
    ruling: Ruling | None = None
    """The person's decision."""

    @model_validator(mode="after")
    def _sides_quote(self) -> Self:
        if not any(side.evidence for side in self.sides):
            raise ValueError("a conflict quotes the chart on at least one side")
        return self

    @classmethod
    def between(
        cls,
        kind: ConflictKind,
        question: str,
        severity: Severity,
        sides: tuple[Side, ...],
        why: str = "",
    ) -> Conflict:
        """A conflict with its sides in canonical order and its stable id."""
        ordered = tuple(sorted(sides, key=_canonical))
        level: Level = "panel" if kind in PANEL_KINDS or kind == "unsupported" else "chart"
        parts = [kind, question, *(f"{s.by}={s.value}" for s in ordered)]
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
        return cls(
            id=f"{kind}-{digest}",
            kind=kind,
            level=level,
            question=question,
            severity=severity,
            why=why,
            sides=ordered,
        )


CHART_KINDS: tuple[str, ...] = ChartKind.__args__  # type: ignore[attr-defined]
PANEL_KINDS: tuple[str, ...] = PanelKind.__args__  # type: ignore[attr-defined]


def _canonical(side: Side) -> tuple[bool, str, int, str]:
    first = side.evidence[0] if side.evidence else None
    return (side.by == CASE_FILE, side.by, first.start if first else -1, str(side.value))
