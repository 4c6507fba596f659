"""Anchoring: does the quote stand in the document, and do its words carry what the model says of them?

Exact first, then with white space and case set aside; never by meaning. A number, its unit and the side must be those
of the quote; what the sentence says of them is held by :mod:`agents.proof`. Pure: texts in, verdicts out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    pattern = _BLANK.join(re.escape(word) for word in quote.split())
    found = re.compile(pattern, re.I).search(text, start, stop)
    return found.span() if found else None


def places(quote: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every place of the quote in ``text[start:end]``, widened to whole words and numbers: "2 mm" is no part of "32 mm"."""
    for _ in range(_MOST_PLACES):
        span = locate(quote, text, start, end)
        if span is None:
            return
        low, high = span
        while low > 0 and low > span[0] - _WIDEST and _joined(text, low):
            low -= 1
        while high < len(text) and high < span[1] + _WIDEST and _joined(text, high):
            high += 1
        yield low, high
        start = span[1]


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides are of one word, number or compound ("non-small")."""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if after in "-." + "," or before in "-.,":
        around = text[at - 2 : at - 1] + before + after + text[at + 1 : at + 2]
        return bool(_COMPOUND.search(around))
    return False


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
        return Reading("absent" if _DENIED.match(low) else _one_of(low, _PRESENCE))
    if question == "primary.side":
        told = set(_WORD.findall(low))
        return Reading("bilateral" if {"left", "right"} <= told else _one_of(low, _SIDES))
    if question.startswith("stage."):
        return Reading(_stage(question, text))
    if question.endswith(".size") or question == "depth":
        return Reading(max(_millimetres(text)), "mm")
    if question.startswith(_COUNTED) or question in _PERCENT:
        number = list(_numbers(low.removeprefix("ecog")))
        if len(number) != 1:
            raise Unfounded("it gives no single number")
        value = number[0][0]
        measured = _UNIT.search(low)
        unit = "%" if question in _PERCENT or "%" in low else measured[0].strip() if measured else None
        whole = question.startswith(("nodes.", "performance."))
        return Reading(int(value) if whole and value == int(value) else value, unit if not whole else None)
    return Reading(low)


def carried(question: str, said: str, quote: str) -> None:
    """Check that the quote's own words hold the value, word by word; what they say of it is :mod:`agents.proof`'s.

    Raises:
        Unfounded: a number, unit, side or word of the value is not the quote's.
    """
    reading = normal(question, said)
    if not any(True for _ in spans(question, said, quote.lower())):
        raise Unfounded(f"its {_kind(question, reading)} is not the quote's")


def spans(question: str, said: str, low: str) -> Iterator[tuple[int, int]]:
    """Where the value stands in a quote in lower case: each place of its number, side or category, or its first word.

    Raises:
        Unfounded: it is no value of the question.
    """
    reading = normal(question, said)
    if question == "primary.side":
        found = _side(str(reading.value), low)
    elif reading.unit == "mm":
        found = (span for mm, span in _sizes(low) if abs(mm - float(reading.value)) < _EXACT)
    elif isinstance(reading.value, int | float):
        found = _number(float(reading.value), reading.unit, low)
    elif question.startswith("stage."):
        found = _category(question, str(reading.value).lower(), low)
    else:
        found = _words(low, str(reading.value))
    yield from found


def agrees(question: str, said: str, value: Value) -> bool:
    """Whether the model's value and the rules' value of one question say the same."""
    try:
        reading = normal(question, said)
    except Unfounded:
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        # "grade 2", where the rules have the number alone
        told = [reading.value] if isinstance(reading.value, int | float) else [n for n, _ in _numbers(str(reading.value))]
        return len(told) == 1 and abs(float(told[0]) - float(value)) < _EXACT
    mine, theirs = (set(_WORD.findall(str(v).lower().replace("_", " "))) for v in (reading.value, value))
    last = set(_WORD.findall(str(value).rpartition(".")[2].lower().replace("_", " ")))
    return mine == theirs or (bool(last) and last <= mine and not (mine & _TURNS) - theirs)


def converted(value: Value, quote: str) -> bool:
    """Whether the rules' value is a number that the quote does not print: they turned it into another unit.

    Args:
        value: the rules'.
        quote: the words quoted.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return all(abs(found - float(value)) > _EXACT for found, _ in _numbers(quote.lower()))


def sizes(text: str) -> set[float]:
    """Every size in the text, in millimetres to one decimal."""
    return {round(mm, 1) for mm, _ in _sizes(text)}


_SHORTEST = 2
_MOST_PLACES, _WIDEST = 8, 40
_BLANK = r"(?:\s|[\u00ad\u200b-\u200f\u2060\ufeff])+"
"""White space, and what an answer cleaned of invisible characters holds instead of them."""
_COMPOUND = re.compile(r"[^\W\d_]-[^\W_]|\d[.,]\d")
_TURNS = frozenset({"non", "not", "no", "never", "without", "un"})
"""Words that make of a value another one."""
_EXACT = 0.051
"""Half of the last printed digit of a size in millimetres with one decimal."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3}(?!\d))+(?:\.\d+)?|(?<![\w.,])\d+(?:[.,]\d+)?(?![\d])")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_EXPONENT = re.compile(r"(?:[x×]\s?10\s?(?:\^|\*\*|e)?|\b10\s?\^)\s?\d{1,2}\s?(?:/\s?(?:µl|ul|l)\b)?|/\s?1[.,]73\s?m(?:2|²|\^2)")
_UNIT_REACH = 24
_UNIT = re.compile(
    r"(?<=\d)\s?(?:%|[mµu]?mol/l|nmol/l|[mµun]?g/d?l|ng/ml|k?u/m?l|iu/l|m?u/l|ml/min(?:/1[.,]73\s?m(?:2|²|\^2))?|"
    r"[x×]\s?10\s?\^?\s?9/l|/\s?[µu]l\b|l\b)"
)
_MM = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?=(?:(?:[x×]|by)\s*\d+(?:[.,]\d+)?\s*)*(cm|mm|centimet\w+|millimet\w+)\b)", re.I)
_COUNTED = ("nodes.", "organ.", "performance.", "marker.")
_PERCENT = frozenset({"biomarker.ki67", "biomarker.pdl1", "organ.lvef", "organ.dlco", "performance.karnofsky"})
_PRESENCE = {"present": "present", "absent": "absent", "yes": "present", "no": "absent", "none": "absent"}
_DENIED = re.compile(r"not (?:present|seen|identified|detected|found|involved|visualised|visualized)\b|(?:is |are )?absent\b")
_SIDES = {"left": "left", "right": "right", "bilateral": "bilateral", "both": "bilateral"}
_GROUP = re.compile(r"^(?:stage\s+)?(0|occult|(?:I{1,3}|IV)(?:[ABCD]\d?|[1-3])?)$", re.I)
_CATEGORY = re.compile(r"^[acpyrm]{0,3}([TNM][0-4Xia][a-z0-9()+]*)$", re.I)
_TNM = re.compile(r"(y?[pc]|y|r|a(?!\w\s))?([tnm]\s?(?:[0-4]|is|x|a)(?:mi|[a-d])?\d?(?:\([^)\s]{1,6}\))?)(?![a-su-z0-9])")
_PREFIXES = {"clinical": ("", "c"), "pathologic": ("", "p", "r"), "post_neoadjuvant": ("", "yp", "yc", "y")}
"""By whom and when a category was given; without a prefix the document tells."""
_SIDE_WORDS = {
    "left": re.compile(r"\b(?:left|lt|(?<![/µ])l|lul|lll|left-sided)\b"),
    "right": re.compile(r"\b(?:right|rt|r|rul|rml|rll|right-sided)\b"),
    "bilateral": re.compile(r"\b(?:bilateral\w*|both)\b"),
}


def _one_of(text: str, forms: dict[str, str]) -> str:
    first = next(iter(_WORD.findall(text)), "")
    if first in forms:
        return forms[first]
    raise Unfounded(f"it is none of {', '.join(sorted(set(forms.values())))}")


def _stage(question: str, text: str) -> str:
    tight = text.replace(" ", "") if not question.endswith(".group") else text
    match = (_GROUP if question.endswith((".group", ".figo")) else _CATEGORY).match(tight)
    if match is None or (question[-2:] in (".t", ".n", ".m") and match[1][0].lower() != question[-1]):
        raise Unfounded("it is no stage as it is printed")
    found = match[1]
    return found[0].upper() + found[1:].lower() if not question.endswith((".group", ".figo")) else found.upper()


def _sizes(text: str) -> Iterator[tuple[float, tuple[int, int]]]:
    for m in _MM.finditer(text):
        yield float(m[1].replace(",", ".")) * (10 if m[2].lower().startswith("c") else 1), m.span()


def _millimetres(text: str) -> list[float]:
    sizes = [mm for mm, _ in _sizes(text)]
    if not sizes:
        raise Unfounded("it gives no size with a unit")
    return sizes


def _numbers(text: str) -> Iterator[tuple[float, tuple[int, int]]]:
    for m in _NUMBER.finditer(_EXPONENT.sub(lambda e: " " * len(e[0]), text)):
        plain = m[0].replace(",", "") if _THOUSANDS.fullmatch(m[0]) else m[0].replace(",", ".")
        yield float(plain), m.span()


def _number(value: float, unit: str | None, quote: str) -> Iterator[tuple[int, int]]:
    tight = _tight(unit or "")
    for found, (start, end) in _numbers(quote):
        if found == value and _tight(quote[end : end + _UNIT_REACH]).startswith(tight):
            yield start, end


def _category(question: str, value: str, quote: str) -> Iterator[tuple[int, int]]:
    """A stage group as a word of its own; a category with the prefix of its question, or with none."""
    if question.endswith((".group", ".figo")):
        yield from (m.span() for m in re.finditer(rf"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9])", quote))
        return
    wanted = _PREFIXES.get(question.split(".")[1])
    prefix, last = "", -1
    for m in _TNM.finditer(quote):
        joined = m.start() == last
        if not joined and quote[m.start() - 1 : m.start()].isalnum():
            continue
        near = last >= 0 and not quote[last : m.start()].strip(" ,;")
        prefix, last = m[1] or (prefix if near else ""), m.end()
        if (wanted is None or prefix in wanted) and re.sub(r"[\s()]", "", m[2]) == re.sub(r"[()]", "", value):
            yield m.span(2)


def _side(side: str, quote: str) -> Iterator[tuple[int, int]]:
    found = [m.span() for m in _SIDE_WORDS[side].finditer(quote)]
    if not found and side == "bilateral" and all(_SIDE_WORDS[one].search(quote) for one in ("left", "right")):
        found = [m.span() for m in _SIDE_WORDS["left"].finditer(quote)]
    return iter(found)


def _words(quote: str, value: str) -> Iterator[tuple[int, int]]:
    first: tuple[int, int] | None = None
    for word in _WORD.findall(value):
        found = re.search(r"(?<![^\W_])" + re.escape(word if len(word) < 5 else word[: max(5, len(word) - 3)]), quote)
        if found is None:
            return
        first = first or found.span()
    if first is not None:
        yield first


def _kind(question: str, reading: Reading) -> str:
    if isinstance(reading.value, int | float):
        return "size" if reading.unit == "mm" else "number or unit"
    return "side" if question == "primary.side" else "category" if question.startswith("stage.") else "wording"


def _tight(text: str) -> str:
    return re.sub(r"[\s()\[\],]", "", text).replace("per", "/").replace("μ", "µ").replace("umol", "µmol")
