"""Dates that are told from the day of writing: "yesterday", "three days ago", "POD 3", "on the 13th", "on 13/3", and dates in words.

A date that is only about a day (weeks ago) is given as a span of days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.numerals import NUMERAL, numeral
from agents.rules.text import words

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINAL = {word: i + 1 for i, word in enumerate(_ORDINALS)} | {f"twenty{dash}{word}": 21 + i for i, word in enumerate(_ORDINALS[:9]) for dash in "- "} | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
_DAY_WORD = r"(?:(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|" + "|".join(sorted((*_ORDINALS, "thirtieth"), key=len, reverse=True)) + ")"
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_UNIT = {"d": 1, "w": 7, "m": 30, "f": 14}
_SLACK = {"d": 0, "w": 3, "m": 15, "f": 3}
_LONG = 28  # days from which on a count of weeks is a week out as a rule

# The gate: a sentence without any of these tells no such date.
CUE = words(r"yesterday|\bago\b|\bpod\b|post-?\s?op|postoperative|\bday \w+ (?:post|after|following|of|since)|\bd\d{1,2},? (?:post|after|following|s/p)\b|christmas|new year|\bon (?:boxing|valentine|halloween)|\bon the \d|\b(?:of|from|on|am|vom|den|dated) \d{1,2}\.\d{1,2}\.|\b(?:on|dated|was|done|:|\w+ed|\w+y|turbt?|turp|wle|out) \d{1,2}[/.]\d{1,2}\b|(?:teen|[dhs]t|ieth|ird|nd|th) of [jfmasond]|\b(?:on|the) (?:\w+ ){1,3}(?:twenty|january|february|march|april|may|june|july|august|september|october|november|december)\b|\bon the \w+(?:th|st|nd|rd)\b|\b(?:days?|weeks?|fortnight|months?) (?:today |now |exactly |to the day )?(?:post|after|following|since|(?:[a-z]+ ){1,3}from)|(?:first|second|third|fourth|last) \w+day (?:of|in) [jfmasond]")
_YESTERDAY = words(r"\b(?P<before>the day before )?yesterday(?:'s| evening| morning| afternoon)?\b")
_AGO = words(rf"\b(?:(?P<n>{NUMERAL}|an?|a couple of) )?(?P<unit>days?|weeks?|months?|fortnight)(?: and a half)? ago\b|\b(?P<slash>\d{{1,2}})/(?P<of>7|52|12) ago\b")
_POD = words(
    rf"(?<!on )(?<!by )(?<!from )(?<!until )(?<!till )(?<!since )\b(?:POD|post-?\s?op(?:erative)?(?: day)?|day|d(?=\d{{1,2}},? (?:post|after|following|s/p)\b))[\s#:]*(?P<n>{NUMERAL})\b(?!\s*(?:%|mm|cm|/))(?:[\s,]*(?P<after>post-?\s?op(?:erat\w+)?|post|after|following|since|status post|s/p))?"
    rf"|\b(?P<nth>{_DAY_WORD}|\d{{1,2}}(?:st|nd|rd|th)) (?:post-?\s?op(?:erative)?) day\b(?:[\s,]*(?:after|following|from))?"
    rf"|(?:\A|(?<=[.;:,\n] )|(?<=now )|(?<=is )|(?<=today ))(?P<later>{NUMERAL}|an?) (?P<unit>days?|weeks?|fortnight)(?: today| now| to the day| exactly)? (?:post-?op\w*|post|after|following|since|(?:out|on|down|away|along|past|clear|further|into|down the|further on|the other side|down the line|down the road|along the road|along the way|into (?:his|her) recovery) from)\b"
)
_OF_MONTH = words(rf"\bon (?:\w+day,? )?the (?:(?P<n>\d{{1,2}})(?:st|nd|rd|th)\b|(?P<word>{_DAY_WORD})\b)(?! (?:of|day|\w+day|week|rib|cycle|attempt|visit|post|line|january|february|march|april|may|june|july|august|september|october|november|december)\b)")
_SHORT = words(r"\b(?:on|dated|date:|was|done|op:?|on \w+day|(?:resected|removed|excised|operated|biopsied|performed|carried out|underwent|debulked|scanned|scoped|taken out|came out|\w*(?:ectomy|oscopy|otomy)|turbt?|turp|wle)(?= \d{1,2}/))\s(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})\.?(?![\d/]|\.\d|\s?(?:%|mm|cm|nodes?|cores?|ago|weeks?|days?|months?))")
# "nodes removed 1/12", "biopsied 3/12 cores": how many of how many.
_COUNTED = words(r"\b(?:nodes?|lns?|slns?|glands?|cores?|stations?|levels?|sentinel|lymphadenectomy)\b")
# As it is written where a date ends in a point: "TURBT of 16.1. (first resection)".
_POINTED = words(r"\b(?:on|am|vom|den|dated|(?:\w*(?:ectomy|oscopy|otomy)|turbt?|turp|biops(?:y|ies)|bx|operation|surgery|resection|ct|mri|mrt|pet|scan|tomography|excision|procedure|report|letter|note) (?:of|from))\s(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?=\s[(a-z]|[,;)]|$)")
_FEAST = words(r"\b(?P<when>(?:just|shortly|right|soon|immediately|directly|a (?:week|few days)|days) (?:before|after)|at|over|around) (?:the )?(?:christmas|new year)(?:'s)?(?: (?:day|eve|break|holidays?))?\b")
_FIXED = {"christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31)}
_ON_FEAST = words(rf"\bon (?P<day>{'|'.join(_FIXED)})\b")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OF_WEEK = words(rf"\b(?P<nth>first|second|third|fourth|last) (?P<day>{'|'.join(_DAYS)}) (?:of|in) (?P<month>{'|'.join(_MONTHS)})\b(?:,? (?P<year>20\d\d)\b)?")
_IN_WORDS = words(rf"\b(?P<day>{_DAY_WORD}|{NUMERAL}(?:st|nd|rd|th)?)\s(?:of )?(?P<month>{'|'.join(_MONTHS)}),?\s+(?P<year>two thousand (?:and )?(?P<y1>{NUMERAL})|twenty[- ](?P<y2>{NUMERAL})|(?P<y3>20\d\d))\b")


# A day counted from the operation is told from the day of writing where it says how things stand, and not in a story ("resumed day 3 postop").
_STANDS = words(r"(?:\A|[:|\u2013-]|\b(?:now|today|currently|this is|is|s?he's|am|reviewed|seen|round|review|stable|well|on the ward|at))[\s,*(]*\Z")


class Said(NamedTuple):
    """A date told from the day of writing."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    """The same day, unless it is only about that day."""
    after: bool
    """Whether it tells how long ago something was ("POD 3 after gastrectomy"), so that the event stands behind it as a rule."""

    @property
    def value(self) -> str:
        """An ISO date, or ``first..last``."""
        return self.first.isoformat() if self.first == self.last else f"{self.first.isoformat()}..{self.last.isoformat()}"


def said_dates(low: str, start: int, end: int, written: dt.date) -> Iterator[Said]:
    """The dates between two offsets of a text in lower case that need the day of writing, or stand in words; by kind, then position."""
    if not CUE.search(low, start, end):
        return
    for match in _YESTERDAY.finditer(low, start, end):
        yield _span(match, written, 2 if match["before"] else 1, 0, False)
    for match in _AGO.finditer(low, start, end):
        number: int | None
        if match["slash"]:
            unit, number = {"7": "d", "52": "w", "12": "m"}[match["of"]], int(match["slash"])
        else:
            told = match["n"] or ("a" if match["unit"] == "fortnight" else "")
            unit, number = match["unit"][0], _count(told)
        if number is not None:
            yield _span(match, written, number * _UNIT[unit], _SLACK[unit], False)
    for match in _POD.finditer(low, start, end):
        if not match["later"] and not _STANDS.search(low[start : match.start()].lstrip("-* \t")):
            continue
        unit = "d"
        if match["later"]:
            number, unit = _count(match["later"]), match["unit"][0]
        elif match["nth"]:
            number = _ORDINAL.get(match["nth"]) or int(re.sub(r"\D", "", match["nth"]) or -1)
        else:
            number = numeral(match["n"])
            if match.group().startswith("day") and not match["after"]:
                continue
        if number is not None and 0 <= number <= 40:
            yield _span(match, written, number * _UNIT[unit], _SLACK[unit], True)
    for match in _FEAST.finditer(low, start, end):
        first, last = (-16, 0) if match["when"].endswith("before") else (0, 16) if match["when"].endswith("after") else (-4, 9)
        christmas = dt.date(written.year - (written.month < 12), 12, 25)  # the last one; with the New Year one time
        begin, until = (christmas + dt.timedelta(days=days) for days in (first, last + 7 * ("new year" in match.group())))
        if begin <= written:
            yield Said(match.start(), match.end(), begin, min(until, written), False)
    for match in _ON_FEAST.finditer(low, start, end):
        day = _behind(written, *_FIXED[match["day"]])
        if day is not None:
            yield Said(match.start(), match.end(), day, day, False)
    yield from _of_week(low, start, end, written)
    yield from _of_calendar(low, start, end, written)


def _of_calendar(low: str, start: int, end: int, written: dt.date) -> Iterator[Said]:
    """Days of a month that is not named, or named in words."""
    for match in _OF_MONTH.finditer(low, start, end):
        day = int(match["n"]) if match["n"] else _ORDINAL[match["word"]]
        date = _latest(written, day)
        if date is not None:
            yield Said(match.start(), match.end(), date, date, False)
    for match in _SHORT.finditer(low, start, end):
        first, second = int(match["a"]), int(match["b"])
        if _COUNTED.search(low, max(start, match.start() - 30), match.start()) or (match["sep"] == "/" and second in (7, 12, 52) and second < first) or (match["sep"] == "." and not low[: match.start() + 3].endswith("on ")):
            continue
        options = [o for o in (_behind(written, second, first), _behind(written, first, second) if match["sep"] == "/" else None) if o]
        if options:
            date = max(options)
            yield Said(match.start("a"), match.end(), date, date, False)
    for match in _POINTED.finditer(low, start, end):
        pointed = _behind(written, int(match["b"]), int(match["a"]))
        if pointed is not None:
            yield Said(match.start("a"), match.end(), pointed, pointed, False)
    for match in _IN_WORDS.finditer(low, start, end):
        told = re.sub(r"(?<=\d)\D+", "", match["day"])
        day_number = _ORDINAL.get(match["day"]) or numeral(told)
        year = int(match["y3"]) if match["y3"] else 2000 + (numeral(match["y1"] or match["y2"]) or 0)
        if day_number is None or (match["day"].isdigit() and match["y3"]):
            continue  # in figures: read as a date
        try:
            date = dt.date(year, _MONTHS.index(match["month"]) + 1, day_number)
        except ValueError:
            continue
        yield Said(match.start(), match.end(), date, date, False)


def _of_week(low: str, start: int, end: int, written: dt.date) -> Iterator[Said]:
    """"The last Thursday of February"."""
    for match in _OF_WEEK.finditer(low, start, end):
        month = _MONTHS.index(match["month"]) + 1
        year = int(match["year"]) if match["year"] else written.year - (month > written.month)
        days = [d for n in range(31) if (d := dt.date(year, month, 1) + dt.timedelta(days=n)).month == month and d.weekday() == _DAYS.index(match["day"])]
        date = days[-1] if match["nth"] == "last" else days[_ORDINAL[match["nth"]] - 1]
        yield Said(match.start(), match.end(), date, date, False)


def _count(told: str) -> int | None:
    return 1 if told in ("a", "an") else 2 if told == "a couple of" else numeral(told)


def _span(match: re.Match[str], written: dt.date, days: int, slack: int, after: bool) -> Said:
    middle = written - dt.timedelta(days=days)
    if slack and days >= _LONG:
        slack = max(slack, 7)
    return Said(match.start(), match.end(), middle - dt.timedelta(days=slack), min(written, middle + dt.timedelta(days=slack)), after)


def _latest(written: dt.date, day: int) -> dt.date | None:
    """The last day of that number up to the day of writing."""
    month = written.replace(day=1)
    for _ in range(3):
        try:
            date = month.replace(day=day)
        except ValueError:
            date = None
        if date is not None and date <= written:
            return date
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return None


def _behind(written: dt.date, month: int, day: int) -> dt.date | None:
    for year in (written.year, written.year - 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return None
        if date <= written:
            return date
    return None
