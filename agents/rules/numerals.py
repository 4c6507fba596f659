"""Whole numbers in digits and in words."""

from __future__ import annotations

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_UNITS)},
    **_TENS,
    "a hundred": 100,
    "one hundred": 100,
    **{f"{ten}{dash}{_UNITS[unit]}": value + unit for ten, value in _TENS.items() for unit in range(1, 10) for dash in "- "},
}
_NAMED = {"none": 0, "no": 0, "nil": 0, "neither": 0, "a single": 1, "single": 1}

# The first letters, so that most words are turned away before the alternatives are tried.
NUMERAL = r"(?:(?=[\defnostz])(?:\d{1,3}|one hundred|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:one|two|three|four|five|six|seven|eight|nine)|" + "|".join(
    sorted((*_UNITS, *_TENS), key=len, reverse=True)
) + "))"
"""A regular expression for a number up to 999 in digits or up to a hundred in words (match without regard to case)."""


def numeral(text: str) -> int | None:
    """The number that a text of digits or number words says; None when it says none."""
    flat = " ".join(text.lower().split())
    if flat.isdecimal():
        return int(flat)
    return _NAMED.get(flat, _WORDS.get(flat))
