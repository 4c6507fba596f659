"""Lengths and dates as they are written in charts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.numerals import NUMERAL, numeral
from agents.rules.text import words

# Which way a dimension was measured: "32 mm AP x 28 mm (TR) x 41 mm CC".
_AXIS = r"(?:\s?\(?(?:AP|ML|SI|CC|LR|RL|TR|TS|TV|TRV|LS|HT|ap|ml|si|cc|lr|tr|ts|[Tt]rans(?:verse)?|[Cc]ranio-?caudal|[Aa]ntero-?posterior|[Aa]xial(?:ly)?|[Ll]ong|[Ww]ide|[Dd]eep|[Hh]igh|[Ll]ength|[Ww]idth|[Hh]eight|[Dd]epth)\)?(?=\s?,?\s?(?:x|X|\u00d7|by)\b))?,?"
_DIMENSIONS = re.compile(
    r"(?<![\w./])(?P<a>\d{1,3}(?:[.,\u00b7]\d{1,2})?)\s*(?P<ua>cm|mm)?"
    rf"(?:{_AXIS}\s*(?:x|X|\u00d7|\*|by)\s*(?P<b>\d{{1,3}}(?:[.,\u00b7]\d{{1,2}})?)\s*(?P<ub>cm|mm)?)?"
    rf"(?:{_AXIS}\s*(?:x|X|\u00d7|\*|by)\s*(?P<c>\d{{1,3}}(?:[.,\u00b7]\d{{1,2}})?)\s*(?P<uc>cm|mm)?)?"
    r"\s*-?(?P<unit>cms?|mms?|centimet(?:er|re)s?|millimet(?:er|re)s?)?(?![A-Za-z\d/\u00b2\u00b3]|\s?[\u00b2\u00b3]|\s?/)"
)
_DISTANCE = words(r"\s*(?:\([^)]*\)\s*)?(?:of (?:the )?(?:[\w-]+ ){0,3}(?:vein|artery|vessel|margin|bowel|oesophagus|esophagus|colon|ureter|contact|rectum)\b|from\b(?! (?:front|back|top|tip|end|edge|side|left|right)\b[^.;]{0,12}\bto\b)|to the\b|in(?:to| from| past)\b|through\b|past\b|outside\b|(?:[\w-]+ ){0,2}(?:cuff|collar|rim)\b|fn\b|from nipple|away|above|below|proximal to|distal to|deep to|beyond|beside|off\b|clear\b|clearance|margin|inferior to|superior to|short of|(?:per|a|an|each|every)\s+(?:year|month|week|annum|day|decade)|/\s?(?:yr|year|month)|per\b|an? (?:year|month|week)\b|each (?:year|month)|every (?:year|month)|yearly|annually|depth|deep\b(?! (?:\w+ ){0,2}(?:mass|tumou?r|lesion|sarcoma|swelling|lump))|thick\b|slices?\b|reconstruct|collimation|intervals?\b)")
# "rectum, 8 cm, biopsy": how far in
_GUT = words(r"\b(?:rectum|rectal|o?esophagus|sigmoid|colon),? $")
_SAMPLED = words(r",? (?:bx|biops\w+|cores?|polyp)\b")
_DISTANCE_BEFORE = words(r"(?:\bat|@|distance(?: of)?|margins?(?: of| is| are|:)?|clearance(?: of|:)?|within|closest|rate(?: now| of)?|growing|clear(?:ed)? by|by|(?<!just )(?<!little )(?<!slightly )(?<!well )over|at ink|infiltrat\w+|invad\w+|segment of|contact (?:over|of)|over a length of|(?:visual|microscopic|hpf|high[- ]power) (?:area|field)(?: (?:size|diameter|width|area))?:?|field (?:diameter|width|area|size)(?: of|:)?|\bfor (?:about|approximately|approx\.?|some)|length of|exten(?:ds?|ded|ding)|penetrat\w+|reach(?:es|ed|ing)|infiltrated to|for a length of|depth(?: of)?|thickness(?: of)?:?|Breslow|skin|anal verge|incisors)\s*(?:about|approximately|approx\.?|ca\.?|of|is|was|the)?\s*$")
# What makes a length the size of its lesion whatever stands before it: "stable at 41 mm", "at 4.8 cm in largest dimension".
_SIZED_AT = words(r"\b(?:stable|unchanged|static|constant|estimat\w+|measur\w+|sized?|record\w+|report\w+|quot\w+|judged|reckon\w+|assess\w+|gaug\w+|put\b[^.;]{0,30}|now|today|remains?|calculat\w+|given|diameter|dimensions?|coming in|larger|bigger|smaller|enlarged|spanning|spans|(?:extending|occupying|covering|spread|spreads|reaching|distributed|stretch\w*|runs|running) (?:over|across))\s+(?:at|over|across|to)\s*(?:about|approximately|approx\.?|ca\.?|around)?\s*$|\b(?:extending|occupying|covering|spread|spreads|distributed|stretch\w*)\s+(?:over|across)\s*(?:about|approximately|approx\.?|ca\.?|around|an area of)?\s*$")
_SIZED_AFTER = words(r"\s*(?:(?:in|as|at)\s+)?(?:(?:its|the|their)\s+)?(?:maxim\w+|max\.?|greatest|largest|longest|widest|overall|long(?:est)?|total|craniocaudal|axial|transverse)?\s*(?:from front to back|front to back|from end to end|end to end|from side to side|side to side|from top to bottom|top to bottom|diameter|dimensions?|across|size\b|at its widest|in length|length|in extent|long axis|axis)\b")
_THROUGH = words(r"\b(?:infiltrat\w+|invad\w+|penetrat\w+|depth|thickness|breslow|margins?|clearance|closest|clear|skin|verge|incisors|growing|rate)\b|\bover\s*$")
_OF_MARGIN = words(r"\b(?:CRM|MRF|margins?|fascia|threatened|clearance)\b[^.;,]{0,16}\($")
# A bound, as definitions and fitness criteria state it ("more than 2 cm but not more than 4 cm"), is nobody's size.
_BOUND = words(r"(?:[<>\u2264\u2265]=?|\b(?:more|greater|less|larger|smaller|fewer|bigger|not more|not greater|no more|no larger) than|exceed\w*|\bat most|\bat least|\bup to and including|(?<!just )\b(?:under|below|above|beyond)|\bbut (?:not|less|more)|\b(?:or|(?<!came )(?<!comes )(?<!amounts )(?<!amounted )to|and))\s*(?:or equal to\s*)?$")
_CHANGED_TO = words(r"\b(?:grown|grew|grows|increased|enlarged|decreased|shrunk|shrank|shrunken|reduced|risen|fallen|down|up|regressed|progressed|gone|went)\b[^.;]{0,24}\bto\s*(?:about|approximately|approx\.?|ca\.?)?\s*$")
_BOUND_AFTER = words(r"\s*(?:or|and)\s+(?:less|more|smaller|larger|greater|under|below|above)\b")
_EARLIER = words(r"(?:previously|prior|from|formerly|earlier|before|old|compared (?:with|to)|versus|vs\.?|baseline|originally|initially|had been|used to be|up from|down from|then)\s*(?:measured|measuring|about|approximately|at|of|:|only|a)?\s*$")
_EARLIER_AFTER = words(r"\s*(?:\)|,)?\s*(?:previously|before|earlier|at baseline|on the (?:previous|prior)|in (?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)|on (?:\d|the (?:earlier|last|first|old|initial|baseline|[\w-]+ (?:[\w-]+ )?(?:of|from|dated|in)\b))|\d+ (?:months?|weeks?|years?) ago|last (?:year|month)|then\b)")

# "was 4 cm" is the past only where the present is told as well ("was 4 cm, now 2 cm").
_PAST = words(r"(?:\bwas|\bwere)\s*(?:measured|measuring|about|approximately|at|only)?\s*$")
_NOW = words(r"\b(?:now|today|currently|at present|presently|has (?:grown|shrunk|increased|decreased)|is \d)\b")
_BRACKETED = words(r"\(\s*(?:was|were)\s*$")

_MONTHS = {m: i + 1 for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))}
# As the Nordic countries, Germany and France write them too.
_MONTHS |= {"m\u00e4r": 3, "mai": 5, "maj": 5, "okt": 10, "dez": 12, "des": 12, "f\u00e9v": 2, "avr": 4, "ao\u00fb": 8, "d\u00e9c": 12}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_MONTH = (
    r"(?P<mon>Jan(?:uar[yi]?)?|Feb(?:ruar[yi]?)?|Mar(?:ch|s)?|M\u00e4rz|Apr(?:il)?|Ma[yij]|Jun[ei]?|Jul[yi]?|Aug(?:ust[i]?)?|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[czs](?:ember)?"
    r"|f\u00e9vrier|avril|ao\u00fbt|d\u00e9cembre)"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_TH = r"(?:st|nd|rd|th|\.)?"
_DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){_TH}[\s-]*(?:of\s+)?{_MONTH}\.?,?[\s-]*{_YEAR}", re.I),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){_TH}[\s-]*(?:of\s+)?{_MONTH}\.?(?:-|\s?['\u2019])(?P<y>\d\d)(?![\d/:.-])", re.I),
    re.compile(rf"\b{_MONTH}\.?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.I),
    re.compile(r"(?<![\d./])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)\s?(?P<y>(?:19|20)?\d\d)(?![\d/])"),
    re.compile(rf"(?<![\d./])(?P<d>\d{{1,2}})[. /-](?P<roman>viii|vii|iii|xii|vi|iv|ix|xi|ii)[. /-]{_YEAR}", re.I),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){_TH}[\s-]+(?:of\s+)?{_MONTH}(?![\w])", re.I),
    re.compile(rf"\b{_MONTH}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|,?\s+\d{{4}})", re.I),
)


_MONTH_ALONE = re.compile(rf"\b(?:in|early|late|mid|during|of|since|until)[ -]{_MONTH},? (?P<y>(?:19|20)\d\d)\b|\b{_MONTH.replace('mon', 'at')} (?P<year>20\d\d)\b", re.I)
_MONTH_OF_LATE = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Tt]his)[ -](?:(?:early|late|mid|the \w+ (?:week|half|days?) of|the (?:middle|end|beginning|start) of)[ -])?(?P<mon>January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?!,? (?:of |in )?(?:\d|['\u2019]\d|that|the (?:same|following|previous|next)|next|each|every))(?P<before>,? (?:of )?last year)?"
)
_BEFORE_UNIT = 32
"""How long the other dimensions before the first unit can be ("4.1 x 3.2 x 2.8 cm")."""
_NOTHING = {",", "(", ";", "/", "|", ")"}
"""Behind these a length stands by itself: what comes before says nothing of it."""
_TIMES = words(r"(?:^|[\d\s])[x\u00d7]\s?$")
_RANGE = re.compile(r"\d\s?(?:-|\u2013|to)\s?\Z")
_LARGEST = 450.0
_FAR = 150.0


class Measure(NamedTuple):
    """A length: its largest dimension in millimetres."""

    start: int
    end: int
    mm: float
    dimensions: int
    """How many were given (1 to 3)."""
    distance: bool
    """A distance, depth or length of something, no size of a lesion."""
    earlier: bool
    """Said of an earlier time ("previously 4 cm")."""


class Dated(NamedTuple):
    """A calendar date in the text."""

    start: int
    end: int
    date: dt.date
    certain: bool
    """False where day and month could be the other way round or the year was supplied."""


_WITH_UNIT = words(r"\d\s?-?(?:cm|mm|centim|millim)")
_WORDED = re.compile(r"[a-z][\s-](?:[cC]enti|[mM]illi)met|(?:one|two|three|four|five|six|seven|eight|nine|ten|half) [cm]m\b")


def measured(text: str, low: str) -> list[int]:
    """Where lengths stand in a text, in order: a cheap look before ``measures``.

    Args:
        low: the text in lower case, the same offsets.
    """
    found = [match.start() for match in _WITH_UNIT.finditer(low)]
    for unit in ("metre", "meter", " cm", " mm", "(cm", "(mm", "[cm", "[mm", "/cm", "/mm"):
        at = text.find(unit)
        while at >= 0:
            if unit[0] in "m([/" or text[at - 1 : at].isalpha():  # "two centimetres", "two cm"
                found.append(at)
            at = text.find(unit, at + 1)
    found.sort()
    return found


def measures(text: str, low: str, start: int, end: int) -> Iterator[Measure]:
    """The lengths between two offsets.

    Args:
        low: the text in lower case, the same offsets.
    """
    if text.find("met", start, end) >= 0 or _WORDED.search(text, start, end):
        yield from _in_words(low, start, end)
    if _UNIT_NAMED.search(low, start, end):
        for key in _UNIT_KEY.finditer(low, start, end):
            yield from _keyed(text, key, end)
    first = _WITH_UNIT.search(low, start, end)
    if first is None:
        return
    for match in _DIMENSIONS.finditer(text, max(start, first.start() - _BEFORE_UNIT), end):
        unit = match["unit"] or match["uc"] or match["ub"] or match["ua"]
        if unit is None or (match["unit"] is None and not (match["ub"] or match["uc"] or match["ua"])):
            continue
        values = [float(v.replace(",", ".").replace("\u00b7", ".")) for v in (match["a"], match["b"], match["c"]) if v]
        own = [match["ua"], match["ub"], match["uc"]]
        factors = [10.0 if (u or unit).lower().startswith("c") else 1.0 for u in own[: len(values)]]
        largest = max(v * f for v, f in zip(values, factors, strict=True))
        if not 0 < largest <= _LARGEST:
            continue
        before = low[max(start, match.start() - 34) : match.start()]
        if largest >= _FAR and _RANGE.search(text, max(start, match.start() - 34), match.start()):
            continue  # 38-42 cm from the incisors
        after = low[match.end() : min(end, match.end() + 34)]
        margin = _OF_MARGIN.search(before) or (_GUT.search(before) and _SAMPLED.match(after))
        if before.rstrip()[-1:] in _NOTHING:
            before = ""
        if _BOUND_AFTER.match(after) or (_BOUND.search(before) and not _CHANGED_TO.search(before)) or _TIMES.search(before):
            continue
        yield Measure(
            match.start(),
            match.end(),
            round(largest, 1),
            len(values),
            bool(margin) or _is_distance(before, after),
            _earlier(low, start, end, before, after),
        )


# The unit in the name of the field: "Tumour size (mm): 34 x 28", "| Size [cm] | 3.4 |".
_UNIT_NAMED = re.compile(r"[ \t(\[,/][cm]m[)\]]?[ \t]*[:=|]")
_UNIT_KEY = words(r"(?:size|dimensions?|diameter|extent|length)[ \t\w]{0,16}[ \t(\[,/](?P<unit>mm|cm)[)\]]?[ \t]*[:=|][ \t]*\|?[ \t]*")
_PLAIN = re.compile(r"(?P<a>\d{1,3}(?:[.,]\d{1,2})?)(?:\s*[xX\u00d7*]\s*(?P<b>\d{1,3}(?:[.,]\d{1,2})?))?(?:\s*[xX\u00d7*]\s*(?P<c>\d{1,3}(?:[.,]\d{1,2})?))?(?!\s?(?:[cm]m\b|[./%\d]))")


def _keyed(text: str, key: re.Match[str], end: int) -> Iterator[Measure]:
    high = end if text[end - 1] != "|" else min(len(text), end + 20)  # the next cell holds the value
    at = key.end() + (text[key.end() : key.end() + 1] == " ")
    match = _PLAIN.match(text, at, high)
    if match is None:
        return
    values = [float(v.replace(",", ".")) for v in match.groups() if v]
    mm = max(values) * (10.0 if key["unit"] == "cm" else 1.0)
    if 0 < mm <= _LARGEST:
        yield Measure(match.start(), match.end(), round(mm, 1), len(values), False, False)


def _is_distance(before: str, after: str) -> bool:
    if _DISTANCE.match(after):
        return True
    if not _DISTANCE_BEFORE.search(before):
        return False
    return not (_SIZED_AT.search(before) or (_SIZED_AFTER.match(after) and not _THROUGH.search(before)))


def _earlier(low: str, start: int, end: int, before: str, after: str) -> bool:
    if _EARLIER.search(before) or _EARLIER_AFTER.match(after) or _BRACKETED.search(before):
        return True
    return bool(_PAST.search(before) and _NOW.search(low, start, end))


_DIGITS = "one|two|three|four|five|six|seven|eight|nine"
_IN_WORDS = words(
    rf"\b(?P<n>{NUMERAL}|half an?|an?)(?:\s+point\s+(?P<d>(?:zero|nought|{_DIGITS})(?:\s(?:{_DIGITS}))?))?(?P<half>\s+and\s+a\s+half)?[\s-]+(?P<unit>centimet(?:re|er)s?|millimet(?:re|er)s?|cms?\b|mms?\b)(?P<late>\s+and\s+a\s+half)?",
)


def _in_words(low: str, start: int, end: int) -> Iterator[Measure]:
    """"Two point six centimetres"."""
    for match in _IN_WORDS.finditer(low, start, end):
        if match["n"].isdigit() and not (match["half"] or match["late"]):
            continue  # read as figures
        told = match["n"]
        half = told.startswith("half")
        number = 0.5 if half else 1.0 if told in ("a", "an") else float(numeral(told) or 0)
        if match["d"]:
            number += float("0." + "".join(str(numeral(w) or 0) for w in match["d"].split()))
        if match["half"] or match["late"]:
            number += 0.5
        mm = round(number * (10 if match["unit"][0] == "c" else 1), 1)
        before, after = low[max(start, match.start() - 34) : match.start()], low[match.end() : min(end, match.end() + 28)]
        if 0 < mm <= _LARGEST and not (_BOUND_AFTER.match(after) or _BOUND.search(before)):
            distance = _is_distance(before, after)
            yield Measure(match.start(), match.end(), mm, 1, distance, _earlier(low, start, end, before, after))


def months(text: str, start: int, end: int, written: dt.date | None = None) -> Iterator[Dated]:
    """The months named without a day, as their first days; without a year the last such month up to the day of writing."""
    for match in _MONTH_ALONE.finditer(text, start, end):
        name, year = match["mon"] or match["at"], match["y"] or match["year"]
        if not text[max(start, match.start() - 5) : match.start("mon" if match["mon"] else "at")].rstrip()[-2:].strip("stndrhof ").isdigit():
            yield Dated(match.start(), match.end(), dt.date(int(year), _MONTHS[name[:3].lower()], 1), True)
    if written is None:
        return
    for match in _MONTH_OF_LATE.finditer(text, start, end):
        number = _MONTHS[match["mon"][:3].lower()]
        yield Dated(match.start(), match.end(), dt.date(written.year - (number > written.month or match["before"] is not None), number, 1), False)


def dates(text: str, start: int, end: int, near: dt.date | None) -> Iterator[Dated]:
    """The dates between two offsets, by position.

    Args:
        near: the document's date, for a missing year and for 03/04/2026.
    """
    seen: list[tuple[int, int]] = []
    found: list[Dated] = []
    for pattern in _DATES:
        for match in pattern.finditer(text, start, end):
            if any(a < match.end() and match.start() < b for a, b in seen):
                continue
            dated = _date(match, near)
            if dated is not None:
                seen.append((match.start(), match.end()))
                found.append(Dated(match.start(), match.end(), *dated))
    found.sort()
    yield from found


def _date(match: re.Match[str], near: dt.date | None) -> tuple[dt.date, bool] | None:
    parts = match.groupdict()
    year = parts.get("y")
    if year is None:
        return _without_year(parts, near)
    number = int(year) + (2000 if len(year) == 2 else 0)
    if parts.get("roman"):
        return _build(number, _ROMAN[parts["roman"].lower()], int(parts["d"]), True)
    if parts.get("mon"):
        return _build(number, _MONTHS[parts["mon"][:3].lower()], int(parts["d"]), True)
    if parts.get("m"):
        return _build(number, int(parts["m"]), int(parts["d"]), True)
    first, second = int(parts["a"]), int(parts["b"])
    if parts["sep"] == "." or first > 12:
        return _build(number, second, first, True)
    if second > 12:
        return _build(number, first, second, True)
    both = [b for b in (_build(number, second, first, first == second), _build(number, first, second, first == second)) if b]
    if not both:
        return None
    if near is None:
        return both[0]
    return min(both, key=lambda b: abs((b[0] - near).days))


def _without_year(parts: dict[str, str], near: dt.date | None) -> tuple[dt.date, bool] | None:
    if near is None:
        return None
    options = [
        b for y in (near.year - 1, near.year, near.year + 1)
        if (b := _build(y, _MONTHS[parts["mon"][:3].lower()], int(parts["d"]), False))
    ]
    return min(options, key=lambda b: abs((b[0] - near).days)) if options else None


def _build(year: int, month: int, day: int, certain: bool) -> tuple[dt.date, bool] | None:
    try:
        return dt.date(year, month, day), certain
    except ValueError:
        return None
