"""Anchoring: does the quote stand in the document, and do its words carry what the model says of them?

Exact first, then with white space and case set aside; never by meaning. A number, its unit, the side, the negation and
the date must be those of the quote. Pure: texts in, verdicts out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from panel.opinion import Value


class Reading(NamedTuple):
    """A value in the normal form of its question."""

    value: Value
    unit: str | None = None


class Unfounded(Exception):
    """The quoted words do not carry the statement; says why, without the words."""


def locate(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where the quote stands in ``text[start:end]``: as written, else up to white space and case; None when nowhere."""
    quote = quote.strip()
    if len(quote) < _SHORTEST:
        return None
    stop = len(text) if end is None else end
    at = text.find(quote, start, stop)
    if at >= 0:
        return at, at + len(quote)
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = re.compile(pattern, re.I).search(text, start, stop)
    return found.span() if found else None


def normal(question: str, said: str) -> Reading:
    """The value in the normal form of the question.

    Raises:
        Unfounded: it is not of the kind asked for.
    """
    text = " ".join(said.split()).strip(" .")
    low = text.lower()
    if not text:
        raise Unfounded("it gives no value")
    if question.startswith(("presence.", "comorbidity.")):
        return Reading(_one_of(low, _PRESENCE))
    if question == "primary.side":
        return Reading(_one_of(low, _SIDES))
    if question.startswith("stage."):
        return Reading(_stage(question, text))
    if question.endswith(".size") or question == "depth":
        return Reading(max(_millimetres(text)), "mm")
    if question.startswith(_COUNTED) or question in _PERCENT:
        number = _numbers(low)
        if len(number) != 1:
            raise Unfounded("it gives no single number")
        value = number[0]
        unit = "%" if question in _PERCENT or "%" in low else (_UNIT.search(low) or [None])[0]
        whole = question.startswith(("nodes.", "performance."))
        return Reading(int(value) if whole and value == int(value) else value, unit if not whole else None)
    return Reading(low)


def carried(question: str, said: str, quote: str) -> None:
    """Check that the quote's own words carry the value, word by word.

    Raises:
        Unfounded: a number, unit, side, negation or word of the value is not the quote's.
    """
    reading = normal(question, said)
    low = quote.lower()
    if question.startswith(("presence.", "comorbidity.")):
        _presence(question, reading.value == "absent", low)
    elif question == "primary.side":
        _side(str(reading.value), low)
    elif reading.unit == "mm":
        if not any(abs(reading_mm - float(reading.value)) < _EXACT for reading_mm in _millimetres(quote, anywhere=True)):
            raise Unfounded("its size is not the quote's")
    elif isinstance(reading.value, int | float):
        _number(float(reading.value), reading.unit, low)
    elif question.startswith("stage."):
        if str(reading.value).lower() not in re.sub(r"\s+", "", low):
            raise Unfounded("its category is not the quote's")
    else:
        _words(low, str(reading.value))


def agrees(question: str, said: str, value: Value) -> bool:
    """Whether the model's value and the rules' value of one question say the same."""
    try:
        reading = normal(question, said)
    except Unfounded:
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return isinstance(reading.value, int | float) and abs(float(reading.value) - float(value)) < _EXACT
    mine, theirs = (set(_WORD.findall(str(v).lower().replace("_", " "))) for v in (reading.value, value))
    last = set(_WORD.findall(str(value).rpartition(".")[2].lower().replace("_", " ")))
    return mine == theirs or (bool(last) and last <= mine)


_SHORTEST = 2
_EXACT = 0.051
"""Half of the last printed digit of a size in millimetres with one decimal."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\d])")
_UNIT = re.compile(r"(?<=\d)\s?(?:%|mg/dl|µmol/l|umol/l|g/dl|g/l|ml/min(?:/1\.73\s?m2)?|x?10\^?9/l|l\b|u/l|iu/l)")
_MM = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?=(?:(?:[x×]|by)\s*\d+(?:[.,]\d+)?\s*)*(cm|mm|centimet\w+|millimet\w+)\b)", re.I)
_COUNTED = ("nodes.", "organ.", "performance.", "marker.")
_PERCENT = frozenset({"biomarker.ki67", "biomarker.pdl1", "organ.lvef", "organ.dlco", "performance.karnofsky"})
_PRESENCE = {"present": "present", "absent": "absent", "yes": "present", "no": "absent", "none": "absent"}
_SIDES = {"left": "left", "right": "right", "bilateral": "bilateral", "both": "bilateral"}
_NO = re.compile(r"\b(?:no|not|without|absent|absence|negative|free of|denies|nil|never|neither|nor|excluded|ruled out|clear of|none)\b|n't\b")
_GROUP = re.compile(r"^(?:stage\s+)?(0|occult|(?:I{1,3}|IV)(?:[ABCD]\d?|[1-3])?)$", re.I)
_CATEGORY = re.compile(r"^[acpyrm]{0,3}([TNM][0-4Xi][a-z0-9()+]*)$", re.I)
_SIDE_WORDS = {
    "left": re.compile(r"\b(?:left|lt|l|lul|lll|left-sided)\b"),
    "right": re.compile(r"\b(?:right|rt|r|rul|rml|rll|right-sided)\b"),
    "bilateral": re.compile(r"\b(?:bilateral\w*|both)\b"),
}


def _one_of(text: str, forms: dict[str, str]) -> str:
    first = _WORD.findall(text)
    for word in first[:2]:
        if word in forms:
            return forms[word]
    raise Unfounded(f"it is none of {', '.join(sorted(set(forms.values())))}")


def _stage(question: str, text: str) -> str:
    tight = text.replace(" ", "") if not question.endswith(".group") else text
    match = (_GROUP if question.endswith((".group", ".figo")) else _CATEGORY).match(tight)
    if match is None:
        raise Unfounded("it is no stage as it is printed")
    found = match[1]
    return found[0].upper() + found[1:].lower() if not question.endswith((".group", ".figo")) else found.upper()


def _millimetres(text: str, *, anywhere: bool = False) -> list[float]:
    sizes = [
        float(m[1].replace(",", ".")) * (10 if m[2].lower().startswith("c") else 1) for m in _MM.finditer(text)
    ]
    if not sizes and not anywhere:
        raise Unfounded("it gives no size with a unit")
    return sizes


def _numbers(text: str) -> list[float]:
    return [float(n.replace(",", ".")) for n in _NUMBER.findall(text)]


def _number(value: float, unit: str | None, quote: str) -> None:
    if value not in _numbers(quote):
        raise Unfounded("its number is not the quote's")
    if unit and unit.replace(" ", "") not in quote.replace(" ", ""):
        raise Unfounded("its unit is not the quote's")


def _presence(question: str, absent: bool, quote: str) -> None:
    topic = [word for word in question.rpartition(".")[2].split("_") if word not in ("any", "node", "invasion", "disease")]
    if topic and not any(word[:5] in quote for word in topic):
        raise Unfounded("the quoted words do not speak of it")
    if bool(_NO.search(quote)) != absent:
        raise Unfounded("the quote denies it" if not absent else "the quote does not deny it")


def _side(side: str, quote: str) -> None:
    if not _SIDE_WORDS[side].search(quote):
        raise Unfounded("its side is not the quote's")


def _words(quote: str, value: str) -> None:
    for word in _WORD.findall(value):
        if word not in quote and (len(word) < 5 or word[:5] not in quote):
            raise Unfounded("its words are not the quote's")
