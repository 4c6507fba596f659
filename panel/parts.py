"""What a meeting is made of: the seams through which the graph is handed its seats and its deterministic steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from panel.case import Case
from panel.conflict import Conflict
from panel.opinion import Opinion
from panel.protocols import Specialist
from panel.report import Agreement, Dissent, Missing


class Comparison(Protocol):
    """What comparing yields, whoever compares."""

    @property
    def agreed(self) -> tuple[Agreement, ...]: ...
    @property
    def conflicts(self) -> tuple[Conflict, ...]: ...
    @property
    def missing(self) -> tuple[Missing, ...]: ...
    @property
    def tumour(self) -> str | None: ...
    @property
    def not_covered(self) -> tuple[str, ...]: ...


Compare = Callable[[Case, Sequence[Opinion]], Comparison]
"""Opinions to agreements, conflicts and gaps."""
Propose = Callable[[Case, Sequence[Conflict]], Sequence[Conflict]]
"""The same conflicts, each with a proposal."""
Conclude = Callable[[Comparison, Sequence[Opinion], Sequence[Conflict]], tuple[str, tuple[Dissent, ...]]]
"""The recommendation and who dissents, once rulings are (or are not yet) on the conflicts."""
Progress = Callable[[str, str], None]
"""Told run id and what was just done; never given patient text."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What, besides the case, decides the report: goes into the stamp."""

    version: str = "unknown"
    rules: str = ""
    model: str | None = None
    prompts: str | None = None
    index: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Who sits at the table and who keeps the minutes."""

    specialists: tuple[Specialist, ...]
    compare: Compare
    propose: Propose
    conclude: Conclude
    provenance: Provenance = Provenance()
