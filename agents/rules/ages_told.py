"""Ages that a letter tells by a birthday, a decade or a year of birth: "turned seventy-one in January", "a man in his late sixties", "born in 1947"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.numerals import numeral
from agents.rules.relatives import RELATIVE
from agents.rules.text import near, places, words

_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_TEN = {stem: 20 + 10 * i for i, stem in enumerate(_TENS.split("|"))}
_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_NTH_UNIT = "first second third fourth fifth sixth seventh eighth ninth".split()
_AGE = rf"(?P<age>[2-9]\d|10\d|(?:{_TENS})y(?:[ -](?:{_UNIT}))?)\b"
# The figures of a dictation stand for the tens alone: "70-fifth".
_NTH = rf"(?P<nth>[2-9]\d(?:st|nd|rd|th)|(?:{_TENS})ieth|(?:[2-9]0|(?:{_TENS})y)[ -](?:{'|'.join(_NTH_UNIT)}))"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SPAN = rf"(?:week|fortnight|month|spring|summer|autumn|fall|winter|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_MONTH})"
# When it was, told so that it lies in the year before the letter at most.
_WHEN = rf"(?:,? (?:years? )?(?:old )?(?:(?:back |only |just )?in {_MONTH}(?!,? (?:19|20)\d\d)|(?:earlier )?(?:last|this|the other) (?:{_SPAN}|year)|(?:a|one|two|three|four|five|six|a few|some) (?:{_SPAN}|day)s? ago|at (?:christmas|easter|new year)|over christmas|on (?:new year|christmas|boxing)|on \d|on the \w+ of {_MONTH}|yesterday|today|recently|the (?:day|week) before))"
_WHEN_TO_COME = rf"(?:,? (?:years? )?(?:old )?(?:in (?:the |early |late )?{_SPAN}|in \w+ (?:weeks|months)|next {_SPAN}|next year|this (?:coming )?{_SPAN}|on \w|at (?:christmas|easter)|soon|tomorrow|by the time|later (?:this|in the) year))"
_BIRTHDAY = (
    words(rf"\b(?P<just>(?:has|have|had|who|she|he|patient) (?:only |just |recently |only just )?|just |recently )?turned\s+(?:just\s+)?{_AGE}(?P<when>{_WHEN})?"),
    words(rf"\b(?P<just>(?:has|have|just|recently) (?:just |recently |only )?)?(?:celebrat(?:ed|ing)|had|marked|passed|past|gone|after|over|beyond|kept) (?:his|her|their)\s+{_NTH} birthday(?P<when>(?: \w+){{0,4}}?{_WHEN})?"),
)
# A birthday to come: "will be 81 in the spring", "turns sixty next month", "is nearly eighty", "approaching his 70th birthday".
_TO_COME = words(
    rf"\b(?:she|he|patient|who|lady|gentleman|man|woman)(?: is|'s)?(?: now| just)? (?:will (?:be|turn|celebrate|reach)|turns|celebrates|reaches|to turn|about to turn|going to be|(?P<near>nearly|almost|approaching|nearing|just short of|coming up (?:to|for)|not quite))"
    rf" (?:(?:his|her|their|the) )?(?:{_NTH} birthday|{_AGE})(?P<when>{_WHEN_TO_COME})?(?!,? (?:kg|cm|mm|%|weeks?|days?|months?|cigarettes|miles|in total|per\b|a day))"
)
_AT_THAT_TIME = words(r"\b(?:when|since|until|till|before|after|once|as|by the time|the (?:year|day|month)) (?:\w+ ){0,2}$")
_JUST = words(r"just|recently|\bha(?:s|ve)\b")
_PERSON = r"(?:woman|lady|female|gentleman|man|male|patient|person|widow|widower|\w+er|\w+ist|\w+or|\w+ian)"
_DECADE = words(
    rf"\b(?:{_PERSON}(?:,? (?:now|still|who is|well))?|(?:she|he|patient) is(?: now| still)?) in (?:his|her|their) (?P<part>(?:very )?(?:early|mid|middle|late)[ -])?(?P<ten>{_TENS})ies\b"
    rf"|\b(?:an?|this|the|our|your) (?:[a-z-]+ ){{0,2}}?(?P<genus>sexa|septua|octo|nona)genarian\b(?! (?:\w+ )?{RELATIVE})"
)
_GENUS = {"sexa": 60, "septua": 70, "octo": 80, "nona": 90}
_PART = {"e": (0, 4), "m": (3, 7), "l": (6, 9)}
_BORN = words(
    rf"(?:\b(?:she|he|patient|{_PERSON}),? (?:who )?(?:was |is |had been )?|\A|[.;:,(\n]\s*|\bwho was )born(?: and (?:bred|brought up|raised))?,?(?: (?!to\b)(?:[a-z'\u2019-]+,? ){{0,9}}?(?:in|of|during|around|about)(?: the (?:year|summer|spring|autumn|winter) (?:of )?)?)? ?(?P<year>19[1-9]\d|200\d)\b(?![-/.]\d)"
    r"|\b(?:year of birth|birth year|yob)\b\s*[:=|-]?\s*(?P<field>19[1-9]\d|200\d)\b(?![-/.]\d)"
)
_CHILD = words(rf"\b(?:children|child|baby|babies|grand\w+|{RELATIVE}s?)\b")


class Told(NamedTuple):
    """An age as a span of years."""

    start: int
    end: int
    low: int
    high: int


def ages_told(low: str, written: dt.date | None) -> Iterator[Told]:
    """The ages at the day of writing, by form and then position; whether they are the patient's is not asked here.

    Args:
        low: the text in lower case.
        written: the document's date, for a year of birth.
    """
    for pattern, stem in zip(_BIRTHDAY, ("turned", "birthday"), strict=True):
        for match in near(pattern, low, places(low, stem), 60, 60):
            if not (match["when"] or _JUST.search(match["just"] or "")) or _AT_THAT_TIME.search(low, max(0, match.start() - 24), match.start()):
                continue
            age = _age(match)
            if age is not None:
                yield Told(match.start(), match.end(), age, age + ("last year" in (match["when"] or "")))
    for match in near(_TO_COME, low, places(low, "will ", "turns", "celebrates", "reaches", "to turn", "ing to be", "nearly", "almost", "approaching", "nearing", "short of", "coming up", "not quite"), 24, 70):
        age = _age(match)
        if age is not None and (match["when"] or match["near"]) and not _AT_THAT_TIME.search(low, max(0, match.start() - 24), match.start()):
            yield Told(match.start(), match.end(), age - 1 - bool(match["near"]), age - (not match["near"]))
    for match in near(_DECADE, low, places(low, "ies", "genarian"), 60, 30):
        first = _GENUS[match["genus"]] if match["genus"] else _TEN[match["ten"]]
        part = (match["part"] or "").removeprefix("very ")[:1]
        begin, end = _PART.get(part, (0, 9))
        yield Told(match.start(), match.end(), first + begin, first + end)
    if written is not None:
        for match in near(_BORN, low, places(low, "born", "birth", "yob"), 40, 110):
            year = int(match["year"] or match["field"])
            if 16 <= written.year - year <= 106 and not _CHILD.search(low, max(0, match.start() - 40), match.start("year") if match["year"] else match.end()):
                yield Told(match.start(), match.end(), written.year - year - 1, written.year - year)


def _age(match: re.Match[str]) -> int | None:
    told = match.groupdict().get("age")
    if told:
        return int(told) if told.isdigit() else numeral(told.replace("-", " "))
    nth = match["nth"]
    tens = int(nth[:2]) if nth[0].isdigit() else _TEN[next(s for s in _TEN if nth.startswith(s))]
    unit = nth.replace("-", " ").partition(" ")[2]
    return tens + (_NTH_UNIT.index(unit) + 1 if unit else 0)
