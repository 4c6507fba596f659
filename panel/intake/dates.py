"""Dates as charts write them. What could be two dates is none: a wrong date is worse than a missing one."""

from __future__ import annotations

import datetime as dt
import re

_YEARS = range(1900, 2101)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar",
            "feb february februar",
            "mar march märz maerz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4,6})?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s.*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:\s.*)?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([A-Za-zä]{3,9})\.?,?[\s-]+(\d{4})")
_NAME_DAY = re.compile(r"([A-Za-zä]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_IN_NAME_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_LINE = re.compile(
    r"""^[ \t#*]*(?:(?:study|exam(?:ination)?|report|service|visit|note|procedure|collection|encounter)\s+date
    |date\s+of\s+(?:study|exam(?:ination)?|report|service|visit|procedure|surgery|operation|consultation)
    |date(?:\s+and\s+time)?|dated|datum|untersuchungsdatum|op-datum|befunddatum)\**[ \t]*:\**[ \t]*(.{6,40}?)[ \t]*$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_OPENING = 2_000  # characters; a letterhead is at the top


def from_field(value: str) -> dt.date | None:
    """The date that a whole field holds; None when it is none, impossible, or could be two."""
    text = value.strip()
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _made(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(text):
        return _made(found[3], found[2], found[1])
    if found := _SLASHED.fullmatch(text):
        return _slashed(int(found[1]), int(found[2]), found[3])
    if found := _DAY_NAME.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _NAME_DAY.fullmatch(text):
        return _named(found[3], found[1], found[2])
    return None


def from_name(name: str) -> dt.date | None:
    """The one date in a file's name (``2026-03-02 CT.txt``); None when there are several or none."""
    found = {_made(m[1], m[3], m[4]) for m in _IN_NAME.finditer(name)}
    found |= {_made(m[3], m[2], m[1]) for m in _IN_NAME_DOTTED.finditer(name)}
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def from_text(text: str) -> dt.date | None:
    """The date of a line at the document's beginning that says nothing but ``Date: …``."""
    for found in _LINE.finditer(text[:_OPENING]):
        date = from_field(found[1])
        if date:
            return date
    return None


def _made(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        date = dt.date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
    return date if date.year in _YEARS else None


def _slashed(first: int, second: int, year: str) -> dt.date | None:
    """3/14 is March in any country and 4/4 is the same day in both orders; 3/4 is not a date."""
    if first > 12 or first == second:
        return _made(year, second, first)
    return _made(year, first, second) if second > 12 else None


def _named(year: str, month: str, day: str) -> dt.date | None:
    number = _MONTHS.get(month.lower())
    return _made(year, number, day) if number else None
