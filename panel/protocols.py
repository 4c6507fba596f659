"""The seams: one-method protocols by which rooms are handed each other's work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from panel.case import Case
from panel.conflict import Conflict, Ruling
from panel.opinion import Opinion, Passage


@runtime_checkable
class Specialist(Protocol):
    """A seat at the table."""

    @property
    def name(self) -> str:
        """The specialty, e.g. ``radiology``."""
        ...

    def read(self, case: Case) -> Opinion:
        """The seat's own reading, blind to the others."""
        ...

    def revise(self, case: Case, own: Opinion, others: Sequence[Opinion]) -> Opinion:
        """The reading after seeing the others'; ``own`` itself when nothing changes."""
        ...


class Reviewer(Protocol):
    """A person (or, in tests, a script) who rules on conflicts."""

    def rule(self, conflicts: Sequence[Conflict]) -> Sequence[Ruling]:
        """Rulings on some or all of the conflicts."""
        ...


class Retriever(Protocol):
    """The library, as an agent sees it."""

    def search(
        self, query: str, k: int = 5, *, specialty: str | None = None, tumour: str | None = None
    ) -> Sequence[Passage]:
        """The passages that answer, best first, at most ``k``; none when nothing in the library does."""
        ...
