"""Age and sex in running words that the short forms of a heading do not have: "a man of 71", "She is 58.", "F, 71", "71-jährige Patientin"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from agents.rules.numerals import numeral
from agents.rules.text import stretches

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_AGE = rf"(?P<age>[1-9]\d|10\d|(?:six|seven|eigh|nine)teen|(?:{_TENS})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
_END = r"(?=\s*(?:[.,;:)]|$|\n|years?\b|yrs?\b|y\b|and\b|now\b|today\b|with\b|who\b))"
_PERSON = r"(?P<who>woman|lady|female|girl|housewife|grandmother|widow|spinster|gentleman|man|male|boy|grandfather|widower|bachelor|chap|gent)"
_PATTERNS = (
    re.compile(rf"\b{_PERSON}(?:,| of| aged|, aged|,? age:?| who is| is)\s+{_AGE}\b{_END}(?!\s*(?:years? (?:after|ago|later)|months|weeks|days|mm|cm|kg|%))"),
    re.compile(rf"(?:\A|(?<=[.!?\n]\s)|(?<=\n))(?P<who>he|she) (?:is|was|has turned|turned|has just turned|will be) {_AGE}\b(?=\s*(?:[.,;]|$|years? (?:old|of age)|and\b|now\b|today\b))(?!\s*(?:kg|cm|%))"),
    re.compile(rf"(?:\A|(?<=[.!?\n]\s)|(?<=\n)|(?<=patient, )|(?<=patient ))aged {_AGE}\b(?!,?\s+(?:he|she)\s+(?:had|was|underwent|lost|broke|developed|suffered|started|stopped|got|gave|married|moved))"),
    re.compile(r"(?:\A|(?<=[\n(:]\s)|(?<=\n)|(?<=\()|(?<=\bpt ))(?P<who>f|m|female|male)(?:\s?/\s?|,\s?)(?P<age>[1-9]\d)\b(?!\s*(?:[-./%]\d|mm|cm|months?|weeks?|days?|/))"),
    re.compile(rf"\b(?:mr|mrs|ms|miss)\.? [a-z'-]+(?: [a-z'-]+)?, aged {_AGE}\b(?=\s*(?:[,.;)]|years?\b|with\b|who\b|and\b))"),
    re.compile(rf"\A\s*(?:(?:mr|mrs|ms|miss)\.? )?[a-z'-]+(?: [a-z]\.?)? [a-z'-]+,? (?:aged )?{_AGE} ?(?:y|yrs?|years?|yo)\b(?! (?:ago|after|later|of|with|smok|history))(?=[,.;)]| old)"),
    re.compile(rf"\A\s*(?:(?:fit|frail|well|retired|former|ex-|slim|obese|active|independent|single|married|divorced|unemployed|current|heavy|lifelong|never|non-?)\s?)*\b(?:nulliparous|parous|multiparous|nullip|retired|(?:ex-?|non-?)?smoker|widowed|married|teacher|nurse|farmer|driver|builder|labourer|clerk|carer|pensioner|engineer|cleaner|plumber|electrician|mechanic|accountant|student|lorry driver|housewife|postmenopausal|premenopausal|p\d(?:\+\d)?),? (?:aged )?{_AGE}(?:\s?(?:y|yrs?|yo|years?(?: old)?)\b)?(?=[,.;:])"),
    re.compile(r"(?:\A|(?<=[\n(:,]\s)|(?<=\n)|(?<=\())(?P<who>f|m|female|male)[, ] ?(?P<age>[1-9]\d)\s?(?:y|yrs?|years?|yo)\b"),
    re.compile(r"\b(?P<age>[1-9]\d)[- ]?j(?:\u00e4|ae)hrige[rn]? (?P<who>patientin|patienten|patient|frau|dame|mannes|mann|herr)"),
    re.compile(r"\b(?P<age>[1-9]\d)[- ]?(?:\u00e5rig|\u00e5r gammel|\u00e5r gammal) (?P<who>kvinn[ea]|kvinde|mann?|mand)"),
    re.compile(r"\b(?P<who>patiente|femme|dame|homme|monsieur)(?:,| de| \u00e2g\u00e9e? de) (?P<age>[1-9]\d) ans\b"),
)
# An age stands within reach of one of these wherever a pattern can match; figures and words alone are everywhere.
_CUE = re.compile(rf"[2-9]\d(?<![\d.]\d\d)(?![\d%]|\.\d| ?(?:mm|cm|ml|mg|g\b|%|gy|kg))|{_TENS}|(?:six|seven|eigh|nine)teen")
_FEMALE = frozenset("woman lady female girl housewife grandmother widow spinster she f patientin frau dame kvinne kvinna kvinde patiente femme".split())


class Person(NamedTuple):
    """Age, and sex where it is said."""

    start: int
    end: int
    age: int
    sex: str | None


def persons_told(low: str) -> Iterator[Person]:
    """The persons of a text in lower case, by form and then position; whether one is the patient is not asked here."""
    parts = stretches([match.start() for match in _CUE.finditer(low)], 40, 60, 0, len(low))
    for pattern, (start, end) in product(_PATTERNS, parts):
        for match in pattern.finditer(low, start, end):
            told = match["age"]
            age = int(told) if told.isdigit() else numeral(told.replace("-", " "))
            who = match.groupdict().get("who")
            if age is not None and 16 <= age <= 105:
                yield Person(match.start(), match.end(), age, None if who is None else "female" if who in _FEMALE else "male")
