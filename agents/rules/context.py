"""ConText: whether a mention is negated, historical, of a relative, uncertain or hypothetical.

After Harkema, Dowling, Thornblade & Chapman, "ConText: an algorithm for determining negation, experiencer, and temporal
status from clinical reports", J Biomed Inform 42(5):839-851, 2009, doi:10.1016/j.jbi.2009.05.002.
A trigger governs the mentions after it (forward) or before it (backward) in its sentence,
up to the next terminator; a pseudo-trigger switches the trigger inside it off. Triggers are data
(``lexicons/context.yaml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntFlag

from agents.rules.lexicon import Mention


class Context(IntFlag):
    """What a mention is not; 0 is a present statement about the patient."""

    PRESENT = 0
    NEGATED = 1
    UNCERTAIN = 2
    HISTORICAL = 4
    FAMILY = 8
    HYPOTHETICAL = 16
    OLD = 32
    """Beside a year well before the document's: another episode."""


_FLAG = {flag.name.lower(): flag for flag in Context if flag.name}
# Published windows: backward triggers bind close by; forward ones to the end of the sentence.
_BACKWARD_REACH = 60
_LIST_REACH = 22


class Scope:
    """The triggers of one sentence, ready to be asked about any span in it.

    Args:
        triggers: the sentence's ConText mentions.
        marks: where its opening brackets and commas stand.
        run_on: whether it is a dictation without punctuation, in which a trigger governs only what is near.
    """

    __slots__ = ("_backward", "_forward", "_marks", "_run_on", "_stops")

    def __init__(self, triggers: Sequence[Mention], marks: Sequence[tuple[int, str]] = (), run_on: bool = False) -> None:
        self._marks = marks
        self._run_on = run_on
        pseudo = [(t.start, t.end) for t in triggers if t.id.endswith(".pseudo")]
        self._forward: list[tuple[int, int, Context]] = []
        self._backward: list[tuple[int, int, Context]] = []
        self._stops: list[int] = []
        for trigger in triggers:
            if trigger.id == "terminator":
                self._stops.append(trigger.start)
                continue
            name, direction = trigger.id.split(".")
            if direction == "pseudo" or any(a <= trigger.start and trigger.end <= b for a, b in pseudo):
                continue
            side = self._forward if direction == "forward" else self._backward
            side.append((trigger.start, trigger.end, _FLAG[name]))

    def of(self, start: int, end: int, floor: int = -1) -> Context:
        """The context of the span. Triggers that begin before ``floor`` do not reach it."""
        flags = Context.PRESENT
        for begin, finish, flag in self._forward:
            if floor <= begin and finish <= start and not (self._run_on and start - finish > _run_on_reach(flag)) and not self._stopped(finish, start):
                flags |= flag
        for begin, _, flag in self._backward:
            if end <= begin <= end + _BACKWARD_REACH and not self._stopped(end, begin) and not self._set_off(end, begin):
                flags |= flag
        return flags

    def _set_off(self, start: int, end: int) -> bool:
        """Whether a bracket or a distant comma stands between: "carcinoma (CK7 negative)" negates no carcinoma."""
        return any(start <= at < end and (mark == "(" or end - at > _LIST_REACH or at - start > _LIST_REACH) for at, mark in self._marks)

    def _stopped(self, start: int, end: int) -> bool:
        return any(start <= stop < end for stop in self._stops)


def _run_on_reach(flag: Context) -> int:
    """Characters: NegEx let a negation govern five words."""
    return 48 if flag is Context.NEGATED else 110
