"""How much of a question's words a passage holds, an abbreviation counting as held by its long form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.abbreviations import long_form
from knowledge.lexical import tokens

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-/][^\W_]+)*|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of the question that carries meaning."""

    forms: tuple[tuple[str, ...], ...]
    """Its tokens; for an abbreviation, those of the long form too, last."""


def parts(question: str) -> tuple[Part, ...]:
    """The question's words, each once, without those that carry no meaning."""
    found: dict[Part, None] = {}
    for word in _WORD.findall(question):
        short, long = tuple(tokens(word)), tuple(tokens(long_form(word) or ""))
        if long:
            found[Part((short, long) if short else (long,))] = None
        else:
            found |= {Part(((token,),)): None for token in short}
    return tuple(found)


def coverage(asked: Sequence[Part], holds: Callable[[str], bool], weight: Callable[[str], float]) -> float:
    """The share that a passage holds, 0 to 1, rare words weighing more.

    Args:
        asked: the question's words.
        holds: whether the passage has a token.
        weight: of a token.
    """
    total = held = 0.0
    for part in asked:
        heavy = _mean([weight(token) for token in part.forms[-1]])
        total += heavy
        held += heavy * max(_mean([float(holds(token)) for token in form]) for form in part.forms)
    return held / total if total else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
