"""What a model may answer: the JSON schema it is held to, the answer read back, and the guards against an empty one.

Guards after ChatRadio-Valuer (Zhong et al., "ChatRadio-Valuer: A Chat Large Language Model for Generalizable Radiology
Report Generation Based on Multi-institution and Multi-system Data", 2023, arXiv:2310.05242), which checks generated
reports for null output and for repetition.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from agents.prompt import BREAK
from agents.specialty import Specialty
from panel.case import Frozen
from panel.protocols import Completion

FINDINGS, STEPS, WITHDRAWN = 24, 6, 24
"""Most entries of each list. An answer is bounded so that a weak model comes to an end."""
QUOTE, WORDS, SENTENCE, IMPRESSION = 300, 80, 240, 900
"""Longest quote, value, reason and impression, in characters."""


class Statement(Frozen):
    """One finding as the model gives it: nothing in it is believed before it is anchored."""

    question: str
    value: str
    document: str
    quote: str


class Step(Frozen):
    """One recommendation as the model gives it."""

    action: str
    intent: str = "unstated"
    rationale: str = ""
    document: str = ""
    quote: str = ""


class Answer(Frozen):
    """The first round's answer."""

    impression: str
    findings: tuple[Statement, ...] = ()
    recommendations: tuple[Step, ...] = ()


class Withdrawal(Frozen):
    """One finding taken back."""

    finding: int
    reason: str


class Second(Frozen):
    """The exchange round's answer."""

    withdraw: tuple[Withdrawal, ...] = ()


class Unusable(Exception):
    """The answer is none: its words say why, and never quote it."""


def reading_schema(specialty: Specialty, documents: Sequence[str]) -> dict[str, object]:
    """JSON schema of :class:`Answer` for this seat and these document ids."""
    statement = _object(
        question={"enum": list(specialty.questionnaire)},
        value=_text(WORDS),
        document={"enum": list(documents)},
        quote=_text(QUOTE),
    )
    step = _object(
        action={"enum": list(specialty.actions) or ["none"]},
        intent={"enum": ["curative", "palliative", "diagnostic", "supportive", "unstated"]},
        rationale=_text(SENTENCE),
        document={"enum": ["", *documents]},
        quote=_text(QUOTE),
    )
    return _object(
        impression=_text(IMPRESSION), findings=_list(statement, FINDINGS), recommendations=_list(step, STEPS)
    )


def exchange_schema(findings: int) -> dict[str, object]:
    """JSON schema of :class:`Second` over that many findings."""
    one = _object(finding={"enum": list(range(findings))}, reason=_text(SENTENCE))
    return _object(withdraw=_list(one, min(findings, WITHDRAWN)))


def read_answer(completion: Completion) -> Answer:
    """The answer of the first round.

    Raises:
        Unusable: it was cut, is no JSON of the schema, says nothing, repeats itself, or declines.
    """
    answer = _parse(Answer, completion)
    if not answer.impression.strip() and not answer.findings:
        raise Unusable("the model gave an empty answer")
    check_prose(answer.impression, empty=True)
    told = Counter((s.question, s.value, s.document, s.quote) for s in answer.findings)
    if told and max(told.values()) > _TIMES:
        raise Unusable("the model repeats itself")
    return answer


def read_second(completion: Completion) -> Second:
    """The answer of the exchange round. Raises as :func:`read_answer`."""
    return _parse(Second, completion)


def check_prose(text: str, *, empty: bool = False) -> None:
    """Refuse text that is empty (unless that is allowed), loops, declines, or is in another language.

    Raises:
        Unusable: it is.
    """
    words = _WORD.findall(text.lower())
    if not words:
        if not empty:
            raise Unusable("the model gave an empty answer")
        return
    if _repeats(text):
        raise Unusable("the model repeats itself")
    if _DECLINES.search(text):
        raise Unusable("the model declined to answer")
    letters = [c for c in text if c.isalpha()]
    foreign = sum(not c.isascii() for c in letters)
    told = Counter(words)
    others = {word: told[word] for word in _OTHERS if told[word]}
    another = len(others) >= _ENOUGH and any(len(word) > _SHORT for word in others)
    if foreign * 5 > len(letters) or (another and sum(others.values()) > sum(told[word] for word in _ENGLISH)):
        raise Unusable("the model answered in another language")


_TIMES = 2
_ENOUGH = 2
"""Different words of other languages that make a text one of them, when its English ones are fewer."""
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_ENGLISH = frozenset("the of and is with to for from by are be as has this which or without there".split())
_OTHERS = frozenset(
    "der die das und ist nicht mit von für des dem den ein eine einer kein keine keinen sowie im rechts links oben unten "
    "le la les une est dans et avec sans pas du droite gauche el los las del una con por sin derecha izquierda derecho izquierdo "
    "che della di il sono destra sinistra een het niet os um uma não com direita esquerda".split()
)
_SHORT = 2
"""Letters of words that are abbreviations in English too (LA, IM): they alone make no other language."""
_READS = "help|assist|provide|answer|give|comply|read|interpret|process|fulfil|access|view|analy[sz]e|do (?:that|this|so)"
_DECLINES = re.compile(
    r"\b(?:as an? (?:AI|artificial intelligence|(?:large )?language model)|"
    r"I(?:'m| am) sorry|I(?:'m| am) (?:unable|not able) to (?:" + _READS + r")|"
    r"I(?:'m| am) (?:not |only )?(?:a |an )?(?:doctor|physician|medical professional|AI\b|language model)|"
    r"I (?:do not|don't) have (?:access|the ability)|"
    r"I (?:cannot|can't|can not|won't) (?:" + _READS + r"))",
    re.I,
)
_GRAM, _LOOPS = 12, 2
_SENTENCE = re.compile(r"[.;\n]+(?=\s|$)")
_SAME = 3
_RUNS_ON = re.compile(r"(.{1,24}?)\1{7}")


def _repeats(text: str) -> bool:
    """Whether a sentence comes four times or more, twelve words in a row three times, or one syllable runs on.

    Levels, sizes and organs told one by one ("no metastasis in the liver, no metastasis in the lung") are no loop.
    """
    tokens = _TOKEN.findall(text.lower())
    if _RUNS_ON.search(" ".join(tokens) + " "):
        return True
    told = Counter(tuple(_TOKEN.findall(sentence)) for sentence in _SENTENCE.split(text.lower()))
    if any(times > _SAME and len(sentence) > _SAME for sentence, times in told.items()):
        return True
    runs = Counter(tuple(tokens[i : i + _GRAM]) for i in range(len(tokens) - _GRAM + 1))
    return bool(runs) and max(runs.values()) > _LOOPS


def printable(text: str) -> str:
    """The text with control characters made blanks; line breaks stay, and what breaks a template's mark goes."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace(BREAK, ""))


_T = TypeVar("_T", bound=Frozen)


def _parse(kind: type[_T], completion: Completion) -> _T:
    if not completion.whole:
        raise Unusable("the model's answer was cut at the length allowed")
    if not completion.text.strip():
        raise Unusable("the model gave an empty answer")
    try:
        return kind.model_validate(_clean(json.loads(completion.text, strict=False)))
    except (ValueError, ValidationError):
        raise Unusable("the model's answer is not of the form asked for") from None


def _clean(value: object) -> object:
    """The answer with control characters, which grammars let through, made blanks: it is shown on screens."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {key: _clean(item) for key, item in value.items()} if isinstance(value, dict) else value


def _object(**properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(most: int) -> dict[str, object]:
    return {"type": "string", "maxLength": most}


def _list(of: Mapping[str, object], most: int) -> dict[str, object]:
    return {"type": "array", "items": of, "maxItems": most}
