"""The result of a meeting: PanelReport, the object behind ``--json`` and every rendering."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from panel.case import Document, Frozen, Patient
from panel.conflict import Conflict
from panel.opinion import Finding, Opinion, Reference

Status = Literal["final", "awaiting_review"]


class Agreement(Frozen):
    """A question on which every document and seat that answers it says the same."""

    question: str
    """The dotted question."""
    value: bool | int | float | str
    """The common answer."""
    unit: str | None = None
    """Unit of a number."""
    by: tuple[str, ...]
    """Documents that say so."""
    findings: tuple[Finding, ...]
    """One finding per document, with its quote."""


class Missing(Frozen):
    """Something the board needs for this tumour and the chart does not hold."""

    item: str
    """Name of the datum."""
    why: str
    """What it decides."""
    asked_by: str
    """The specialty that needs it."""


class Dissent(Frozen):
    """A position that a ruling did not follow. It stays in the report."""

    conflict: str
    """Id of the conflict."""
    by: str
    """Who held it."""
    value: bool | int | float | str
    """The position."""
    ruling: str
    """What was decided instead, by whom."""


class RunStamp(Frozen):
    """What made this report: enough to make it again."""

    run_id: str
    """Id of the run."""
    started: dt.datetime
    """When the run began (UTC)."""
    version: str
    """Version of expert-panel."""
    case: str
    """SHA-256 of the case as read."""
    rules: str
    """SHA-256 over rules, lexicons and criteria."""
    model: str | None = None
    """Hashes of base and adapters; None when the rules spoke."""
    prompts: str | None = None
    """SHA-256 over the prompts, when a model spoke."""
    index: str | None = None
    """Hash of the reference index, when there is one."""


class PanelReport(Frozen):
    """Everything the meeting produced. ``conflicts`` and ``dissent`` are always present: silence is not agreement."""

    schema_: Annotated[Literal["panel-report/1"], Field(alias="schema")] = "panel-report/1"
    run_id: str
    """Id of the run."""
    case_id: str
    """Id of the case."""
    status: Status
    """``final`` only when every conflict carries a ruling."""
    question: str
    """What the board was asked."""
    tumour: str | None = None
    """Tumour type as recognised; None when it was not."""
    not_covered: tuple[str, ...] = ()
    """What the rules do not cover for this case, said plainly."""
    opinions: tuple[Opinion, ...]
    """By specialty."""
    agreed: tuple[Agreement, ...]
    """What all documents that speak of it say alike."""
    conflicts: tuple[Conflict, ...]
    """All of them, ruled on or not."""
    missing: tuple[Missing, ...]
    """What is not in the chart."""
    recommendation: str
    """What follows: the plan on which nothing is open, or what must be decided first."""
    dissent: tuple[Dissent, ...]
    """Positions not followed."""
    references: tuple[Reference, ...]
    """Library passages cited."""
    stamp: RunStamp
    """Provenance."""

    @model_validator(mode="after")
    def _final_means_ruled(self) -> Self:
        if self.status == "final" and any(c.ruling is None for c in self.conflicts):
            raise ValueError("a final report with an open conflict cannot be built")
        if self.status == "final" and self.failed:
            raise ValueError("a final report with a failed seat cannot be built")
        return self

    @property
    def failed(self) -> tuple[str, ...]:
        """Seats that failed: what they would have found is not in this report, so it cannot become final."""
        return tuple(o.specialty for o in self.opinions if o.failed)

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Conflicts without a ruling."""
        return tuple(c for c in self.conflicts if c.ruling is None)


class ChartReport(Frozen):
    """A report with the chart it speaks of: what renderings need to link statements to sources."""

    report: PanelReport
    """The report."""
    patient: Patient
    """The case file's patient block."""
    documents: tuple[Document, ...]
    """The documents quoted."""
