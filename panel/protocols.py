"""The seams: one-method protocols by which rooms are handed each other's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol, runtime_checkable

from panel.case import Case, Frozen
from panel.conflict import Conflict, Ruling
from panel.opinion import Opinion, Passage


class Message(Frozen):
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    """Who speaks."""
    content: str
    """What is said."""


class Completion(Frozen):
    """What a model answered."""

    text: str
    """The answer, as it came."""
    whole: bool = True
    """False when it was cut at the length allowed."""
    prompt_tokens: int = 0
    """Tokens read; 0 when the server does not say."""
    answer_tokens: int = 0
    """Tokens written; 0 when the server does not say."""


class Model(Protocol):
    """One adapter on one base, ready to be asked."""

    @property
    def name(self) -> str:
        """Base and adapter with their hashes, as it goes into the opinion."""
        ...

    @property
    def room(self) -> int:
        """Tokens a prompt may take, the answer's already set aside."""
        ...

    def measure(self, messages: Sequence[Message]) -> int:
        """Tokens these messages take once rendered; never fewer than they will."""
        ...

    def complete(
        self, messages: Sequence[Message], schema: Mapping[str, object] | None = None, *, again: bool = False
    ) -> Completion:
        """The answer: JSON of that schema when one is given, else free text.

        Args:
            messages: the conversation.
            schema: a JSON schema the server must hold the answer to.
            again: a second try at the same question, so not the same answer (a little temperature).

        Raises:
            ModelError: no answer was to be had, or the model is not fit to be used.
        """
        ...


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

    def carries(self, passage: Passage, statement: str, names: Sequence[str] = ()) -> bool:
        """Whether the passage holds every number, threshold and category of the statement, and these names."""
        ...


class Exemplar(Frozen):
    """A site's own report: findings, and the impression that a radiologist drew from them."""

    findings: str
    """The findings section."""
    impression: str
    """The impression."""


class Exemplars(Protocol):
    """A site's own reports, as an agent sees them."""

    def nearest(self, findings: str, k: int = 3) -> Sequence[Exemplar]:
        """The reports with the nearest findings, near-duplicates left out; none when none were loaded."""
        ...
