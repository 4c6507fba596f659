"""ConText: whether a mention is negated, historical, of a relative, uncertain or hypothetical.

After Harkema, Dowling, Thornblade & Chapman, "ConText: an algorithm for determining negation, experiencer, and temporal
status from clinical reports", J Biomed Inform 42(5):839-851, 2009, doi:10.1016/j.jbi.2009.05.002.
A trigger governs the mentions after it (forward) or before it (backward) in its sentence,
up to the next terminator; a pseudo-trigger switches the trigger inside it off. Triggers are data
(``lexicons/context.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from agents.rules.lexicon import Mention


class Context:
    """What a mention is not, as bits of a whole number; 0 is a present statement about the patient.

    Plain numbers, not an ``IntFlag``: every mention is asked several times, and an enum takes ten times as long.
    """

    PRESENT: Final = 0
    NEGATED: Final = 1
    UNCERTAIN: Final = 2
    HISTORICAL: Final = 4
    FAMILY: Final = 8
    HYPOTHETICAL: Final = 16
    OLD: Final = 32
    """Beside a year well before the document's: another episode."""


_FLAG = {name.lower(): getattr(Context, name) for name in ("NEGATED", "UNCERTAIN", "HISTORICAL", "FAMILY", "HYPOTHETICAL")}
# Published windows: backward triggers bind close by; forward ones to the end of the sentence.
_BACKWARD_REACH = 60
_LIST_REACH = 22
_OTHER_NAME = re.compile(r" \([^(),;]{1,24}\)")  # "lymphoma (MALT) is ruled out"


class Scope:
    """The triggers of one sentence, ready to be asked about any span in it.

    Args:
        triggers: the sentence's ConText mentions.
        text: the whole text that the triggers stand in.
        start: where the sentence begins in it.
        run_on: whether it is a dictation without punctuation, in which a trigger governs only what is near.
    """

    __slots__ = ("_backward", "_forward", "_run_on", "_start", "_stops", "_text")

    def __init__(self, triggers: Sequence[Mention], text: str, start: int = 0, run_on: bool = False) -> None:
        self._text, self._start, self._run_on = text, start, run_on
        self._forward: list[tuple[int, int, int]] = []
        self._backward: list[tuple[int, int, int]] = []
        self._stops: list[int] = []
        for trigger in triggers:
            flag, direction = _kind(trigger.id)
            if direction == "terminator":
                self._stops.append(trigger.start)
            elif direction != "pseudo":  # the lexicon keeps the longest term alone, so a pseudo-trigger has taken the place of the trigger in it
                side = self._forward if direction == "forward" else self._backward
                side.append((trigger.start, trigger.end, flag))

    def of(self, start: int, end: int, floor: int = -1) -> int:
        """The context of the span, bits of Context. Triggers that begin before ``floor`` do not reach it."""
        flags = 0
        for begin, finish, flag in self._forward:
            if floor <= begin and finish <= start and not (self._run_on and start - finish > _run_on_reach(flag)) and not self._stopped(finish, start):
                flags |= flag
        for begin, _, flag in self._backward:
            if end <= begin <= end + _BACKWARD_REACH and not self._stopped(end, begin) and not self._set_off(end, begin):
                flags |= flag
        return flags

    def _set_off(self, start: int, end: int) -> bool:
        """Whether a bracket or a distant comma stands between: "carcinoma (CK7 negative)" negates no carcinoma."""
        find, low = self._text.find, max(start, self._start)
        named = _OTHER_NAME.match(self._text, low, end)
        low = named.end() if named else low
        return (
            find("(", low, end) >= 0
            or find(",", max(low, start + _LIST_REACH + 1), end) >= 0
            or find(",", low, max(0, end - _LIST_REACH)) >= 0
        )

    def _stopped(self, start: int, end: int) -> bool:
        return bool(self._stops) and any(start <= stop < end for stop in self._stops)


def _run_on_reach(flag: int) -> int:
    """Characters: NegEx let a negation govern five words."""
    return 48 if flag == Context.NEGATED else 110


@cache
def _kind(id: str) -> tuple[int, str]:
    """The bit and the direction (``forward``, ``backward``, ``pseudo``, ``terminator``) that a trigger's id names."""
    name, _, direction = id.partition(".")
    return (0, id) if id == "terminator" else (_FLAG[name], direction)
