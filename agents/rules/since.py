"""What has changed since: a result that was awaited and has come, a number or condition of a bad day that has passed.

A letter tells such a thing in two steps, often in two sentences: "DPYD was pending when she was seen; it came back on
2 March", "her eGFR was 29 when she came in. After fluids it rose to 82". The second names nothing, so it is read with the first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.rules.reading import Reading, Sentence
from agents.rules.text import words
from panel.opinion import Certainty

WAITING = ("pending", "outstanding", "awaited", "in progress", "in process", "to follow", "running", "not back", "not yet", "not in", "missing")
_STILL = words(r"\b(?:still|remain\w*|today|now|time of (?:this|writing|dictat\w+|typing))\b")
# "was pending at discharge": how it stood then, not now.
_THEN = words(r"\b(?:was|were|had been)(?: \w+){0,2} $")
_THEN_AFTER = words(r"\w* ?(?:at|on|by|in) (?:the |his |her )?(?:(?:time of )?(?:discharge|admission|referral|booking|surgery|operation|meeting|mdt|(?:first |last |previous )?(?:visit|clinic|appointment|consultation))|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
# "booked before anything starts": the plan itself puts the test first, and nothing need wait for a ruling.
_ARRANGED = ("booked", "arranged", "scheduled", "requested", "ordered", "to be ", "will be")
_IN_TIME = words(r"[^.;:]{0,40}?\b(?:before|ahead of|prior to) (?:anything|any|treatment|therapy|(?:chemo|radio|immuno)\w*|irradiation|radiation|starting|commencing|(?:(?:the|her|his|its) )?(?:first|start\b|beginning|course)|(?:it|this|we|she|he|they|(?:the |her |his )?\w+) (?:starts?|begins?|is (?:started|begun|given)|commences?))")
_IT = r"(?:it|this|that|they|these|both|which|he|she|(?:the |an? )?(?:second|repeat(?:ed)?|re-?run|re-?sample|new|next)(?: (?:run|sample|tube|specimen|test|attempt|assay|block|biopsy|blood|core))?|(?:the |her |his |its )?(?:final |written |formal |full |later )?(?:results?|reports?|answer|genotype|test|outcome|value|level|function|count|figure))"
_LINK = r"\W*(?:(?:but|and|since|since then|then|meanwhile|in the meantime|later|now|today|by then|however)\W+)*"
_CAME = r"(?:reported|came|come|comes|back|arrived|returned|received|available|shows?|showed|shown|normal|negative|positive|clear|satisfactory|no (?:variant|mutation|abnormal\w*|loss)|wild|exon|mutat\w+|rearrang\w+|amplified|worked|succe\w+|detected|found|documented)"
_HAS_COME = words(rf"{_LINK}(?:{_IT}\b[^.;]{{0,48}}?(?:\b{_CAME}\b|\b[0-3] ?\+)|(?:now |since )?(?:reported|came|arrived|returned|received|back)\b)")
_NOT_COME = words(r"\b(?:not|no one|nobody|n't|yet|await\w*|pending|expected|due|outstanding|will|should|may|might|if|when|once|until|unless|before|chas\w+|hope\w*)\b")
_RISE = r"(?:rose|risen|rising|recover(?:ed|ing)|improv(?:ed|ing)|climbed|came (?:back )?(?:up|down)|come (?:back )?(?:up|down)|returned|settled|fell|fallen|dropped|normali[sz]ed|went (?:back )?(?:up|down)|back|up|down)"
_TO = rf"(?:is|was|are|were|has been|stands|stood|measured|measures|reads?|ran|runs|(?:has |had |have )?(?:since |now |then |again )*{_RISE}(?: \w+)? (?:to|at)|reached)"
_NUMBER_NOW = words(rf"{_LINK}(?:[^.;:]{{0,60}}?\b)?{_IT} {_TO}(?: (?:now|again|back|to|at|about|around|only|a|an|already))* ?(?P<n>\d++(?:\.\d++)?)(?![./]\d)(?! ?(?:weeks?|days?|months?|years?|hours?|cycles?|kg|mg|st\b|nd\b|rd\b|th\b|january|february|march|april|may|june|july|august|september|october|november|december))")
_GONE = words(rf"{_LINK}(?:(?:{_IT}|a|the)\W+)?(?:(?:has|have|had|is|was|were|are|since|now|then|fully|full|complete|completely|entirely|spontaneous(?:ly)?|quickly|soon|both|all)\W+)*(?:recover(?:ed|y)|resolv(?:ed|es)|resolution|settled|normali[sz]ed|cleared|healed|gone|disappeared|back to normal|subsided)\b")
# "In 2019 it had fallen to 35": told after, but of a time before
_OF_OLD = words(r"\b(?:previously|formerly|originally|earlier|once|years? (?:ago|before|earlier)|months? (?:ago|before|earlier)|last (?:year|winter|summer|spring|autumn)|(?:the )?year before|before (?:this|that|then)|at (?:one|some) (?:point|time|stage)|in the past)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GAP = 4


class Later(NamedTuple):
    """A number told of the same thing in the sentence after, with its place."""

    number: float
    start: int
    end: int
    sentence: Sentence


def waits(reading: Reading, sentence: Sentence, start: int, end: int) -> Certainty:
    """How surely a word of waiting in ``start`` to ``end`` holds at the time of writing."""
    low = reading.low
    if superseded(reading, sentence):
        return "uncertain"
    if any(word in low[start:end] for word in _ARRANGED) and _IN_TIME.match(low, end, sentence.end):
        return "uncertain"
    if not low.startswith(WAITING, start) or _STILL.search(low, sentence.start, sentence.end):
        return "stated"
    return "uncertain" if _THEN.search(low, sentence.start, start) or _THEN_AFTER.match(low, end) else "stated"


def superseded(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence after this one says that a result has come, in the first place or on repeat."""
    following = _following(reading, sentence)
    return following is not None and came(reading.low, following.start, following.end)


def came(low: str, start: int, end: int) -> bool:
    """Whether a sentence of a text in lower case says that what was spoken of before it has come."""
    return _HAS_COME.match(low, start, end) is not None and _NOT_COME.search(low, start, end) is None


def gone(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence after this one says that what it told has passed ("full recovery")."""
    following = _following(reading, sentence)
    return following is not None and _GONE.match(reading.low, following.start, following.end) is not None


def later_number(reading: Reading, sentence: Sentence) -> Later | None:
    """The number that the next sentence gives by a pronoun to what this one measures ("it was 72 on 8 December")."""
    following = _following(reading, sentence)
    if following is None:
        return None
    found = _NUMBER_NOW.match(reading.low, following.start, following.end)
    if found and (_OF_OLD.search(reading.low, following.start, found.start("n")) or _years_before(reading, following)):
        return None
    return Later(float(found["n"]), *found.span("n"), following) if found else None


def _years_before(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence names a year before that of its document."""
    written = reading.date.year if reading.date else 0
    return any(int(year.group()) < written for year in _YEAR.finditer(reading.low, sentence.start, sentence.end))


def _following(reading: Reading, sentence: Sentence) -> Sentence | None:
    index = reading.index_at(sentence.start) + 1
    if index >= len(reading.sentences):
        return None
    after = reading.sentences[index]
    return after if 0 <= after.start - sentence.end <= _GAP and "\n\n" not in reading.text[sentence.end : after.start] else None


_STARTED = re.compile(r"\b(?:since|from|ever since|dating from)\s+(?:\w+\s+)?(?:19|20)\d\d\b")


def lasting(low: str, start: int, end: int) -> bool:
    """Whether a year in the span is that from which something lasts: "since 2019"."""
    return _STARTED.search(low, start, end) is not None
