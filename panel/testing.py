"""Fakes for tests of code that uses the panel: a scripted specialist, model and reviewer. No mocks needed.

>>> from panel import Panel
>>> from panel.testing import ScriptedReviewer, ScriptedSpecialist
>>> panel = Panel(specialists=[ScriptedSpecialist("radiology"), ScriptedSpecialist("surgery")])
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence

from panel.case import Case, Document, Evidence
from panel.conflict import Conflict, Decision, Ruling
from panel.opinion import Finding, Opinion, Recommendation, Value
from panel.protocols import Completion, Message

__all__ = ["ScriptedModel", "ScriptedReviewer", "ScriptedSpecialist", "quote"]

Script = Opinion | Exception | Callable[[Case], Opinion]


def quote(case: Case, document: str, words: str) -> Evidence:
    """Evidence for the first occurrence of the words in that document.

    Raises:
        KeyError: no such document.
        ValueError: the words are not in it.
    """
    source: Document = case.document(document)
    start = source.text.index(words)
    return Evidence.of(source, start, start + len(words))


class ScriptedSpecialist:
    """A seat that says what it was told to.

    Args:
        name: the specialty.
        script: the opinion, a function from the case to it, or an exception to raise; None for
            an opinion made of ``says``.
        says: (question, value, document, words) of each finding; a document the case lacks is passed over.
        plans: recommendations for the opinion made of ``says``.
        revised: the same for the exchange round; None to stay with the first reading.
    """

    def __init__(
        self,
        name: str,
        script: Script | None = None,
        *,
        says: Sequence[tuple[str, Value, str, str]] = (),
        plans: Sequence[Recommendation] = (),
        revised: Script | None = None,
    ) -> None:
        self._name = name
        self._script = script
        self._says = tuple(says)
        self._plans = tuple(plans)
        self._revised = revised
        self.heard: list[tuple[str, ...]] = []
        """Of each exchange round: the specialties whose opinions were shown."""

    @property
    def name(self) -> str:
        """The specialty."""
        return self._name

    def read(self, case: Case) -> Opinion:
        """The scripted opinion, or the scripted failure."""
        return self._made(case) if self._script is None else _play(self._script, case)

    def revise(self, case: Case, own: Opinion, others: Sequence[Opinion]) -> Opinion:
        """The scripted revision; ``own`` without one."""
        self.heard.append(tuple(opinion.specialty for opinion in others))
        return own if self._revised is None else _play(self._revised, case)

    def _made(self, case: Case) -> Opinion:
        there = {document.id for document in case.documents}
        findings = tuple(
            Finding(question=question, value=value, evidence=(quote(case, document, words),))
            for question, value, document, words in self._says
            if document in there
        )
        return Opinion(specialty=self._name, reader="rules", findings=findings, recommendations=self._plans)


class ScriptedReviewer:
    """A reviewer who rules as told.

    Args:
        script: conflict id to decision and its argument (side, or value); None accepts side 0 of every conflict.
        reviewer: the name.
        reason: the reason given each time.
        time: when; now, if None.
    """

    def __init__(
        self,
        script: Mapping[str, tuple[Decision, int | str]] | None = None,
        *,
        reviewer: str = "Dr Test",
        reason: str = "as scripted",
        time: dt.datetime | None = None,
    ) -> None:
        self._script = script
        self._reviewer = reviewer
        self._reason = reason
        self._time = time
        self.shown: list[tuple[str, ...]] = []
        """Of each call: the ids of the conflicts shown."""

    def rule(self, conflicts: Sequence[Conflict]) -> Sequence[Ruling]:
        """Rulings on the conflicts that the script names."""
        self.shown.append(tuple(conflict.id for conflict in conflicts))
        if self._script is None:
            return [self._ruling(conflict.id, "accept", 0) for conflict in conflicts]
        return [self._ruling(c.id, *self._script[c.id]) for c in conflicts if c.id in self._script]

    def _ruling(self, conflict: str, decision: Decision, argument: int | str) -> Ruling:
        return Ruling(
            conflict=conflict,
            decision=decision,
            side=argument if isinstance(argument, int) else None,
            value=argument if isinstance(argument, str) else None,
            reviewer=self._reviewer,
            reason=self._reason,
            time=self._time or dt.datetime.now(dt.UTC),
        )


class ScriptedModel:
    """A model that answers from a script, in order.

    Args:
        answers: what to say: text, a whole Completion, or an exception to raise instead.
        name: as it goes into the opinion.
        room: tokens a prompt may take; a token is a word here.
    """

    def __init__(
        self, answers: Sequence[str | Completion | Exception], *, name: str = "scripted", room: int = 3000
    ) -> None:
        self.name = name
        self.room = room
        self.prompts: list[tuple[Message, ...]] = []
        """The messages of each call."""
        self._answers = list(answers)
        self._lock = threading.Lock()

    def measure(self, messages: Sequence[Message]) -> int:
        """Words of the conversation."""
        return sum(len(message.content.split()) for message in messages)

    def complete(
        self, messages: Sequence[Message], schema: Mapping[str, object] | None = None, *, again: bool = False
    ) -> Completion:
        """The next answer.

        Raises:
            LookupError: the script is at its end.
        """
        with self._lock:
            self.prompts.append(tuple(messages))
            if not self._answers:
                raise LookupError("the script has no more answers")
            answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Completion) else Completion(text=answer)


def _play(script: Script, case: Case) -> Opinion:
    if isinstance(script, Exception):
        raise script
    return script if isinstance(script, Opinion) else script(case)
