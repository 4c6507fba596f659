"""Where a lesion lies: the organ or subsite of its sentence that the words tie it to, and the part named beside that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.rules.lexicon import Mention
from agents.rules.places import in_organ
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words

_ASPECT = "part.aspect"  # "at the back of the kidney": the organ tells more
_REACHES = re.compile(
    r"\b(?:abut\w*|invad\w+|invasion|exten(?:d\w*|sion)\s+(?:in)?to\w*|extending|adjacent|near|next to|contact\w*|without|sparing|towards?|close to|metasta\w+|compress\w+|encas\w+|clear of|touch\w*|reach\w*|displac\w+|opposite|tethered|fixed|infiltrat\w+|through|crossing|distal to|proximal to|lateral to|medial to|[cm]m from|unrelated|distinct|different|separate|below|above|away)\b"
)
_LIES_IN = re.compile(r"\b(?:in|of|within|involving|occupying|arising from|at)\b(?! contact)")
_LANDMARK = words(r"\d\s?[cm]m\s+(?:(?:distal|proximal|lateral|medial|cranial|caudal|superior|inferior|anterior|posterior|deep|close|next)\s+to|above|below|beyond|past|away\s+from|from)\s+(?:the\s+)?(?:\w+\s+)?$")
_MARGIN = words(r"\s+(?:resection\s+|surgical\s+|transection\s+)?margin")
_HELD = re.compile(r"\b(?:in|of|within|involving|at|arising|from|on|occupying|centred|centered|replacing|over)\b")
_APART = words(r"[;:.]|\b(?:and|with|no|not|for|from|to|of)\b")
_OF = words(r"\s+of\s+(?:the\s+|his\s+|her\s+)?(?:left\s+|right\s+|L\s+|R\s+)?")
# Words that only lead from a lesion or organ to the part of it: "renal tumour on the left, arising inferiorly".
_LEADING = (
    r"at|in|on|of|from|the|a|an|its|his|her|left|right|lt|rt|l|r|side[ds]?|hand|aris\w+|originat\w+|locat\w+|situat\w+|lying|lies|sits|sitting|seated|bas(?:ed|al)|centred|centered"
    r"|occup\w+|involv\w+|found|seen|noted|visible|present|confined|limited|within|is|was|mainly|mostly|predominantly|largely|toward|more|measuring|region|part|portion|wall|area|aspect|kidney|renal"
)
_APPOSED = words(rf"(?:[\s,(/|-]|\d[\d.,]*\s?(?:x\s?\d[\d.,]*\s?)*[cm]m\b|\b(?:{_LEADING})\b)+")


_STATE = words(
    r"[\s,:-]+(?:(?:is|are|was|were|appear\w*|looks?|thin|and)\s+)*(?:kinked|compress\w+|displac\w+|normal|clear|clean|free|intact|spared|preserved|patent|unremarkable|dilated|uninvolved|smooth|healthy|empty|effaced|not involved)\b"
)


def lesion_place(reading: Reading, noun: Mention, nouns: Sequence[Mention], anatomy: Sequence[Mention]) -> Mention | None:
    """The anatomy that the noun lies in."""
    if not anatomy:
        return None
    text, low = reading.text, reading.low
    best: tuple[float, Mention] | None = None
    others = [n for n in nouns if n is not noun and n.category != "specimen"]
    for place in anatomy:
        if _MARGIN.match(low, place.end) or _distant(low, place.start) or (place.id == _ASPECT and any(0 < other.start - place.end < 24 for other in anatomy)):
            continue
        if "." in place.id and any(_wall_of(low, place, other) for other in anatomy):
            continue
        if place.end <= noun.start:
            between, gap = text[place.end : noun.start], float(noun.start - place.end)
            cost = gap + (0 if gap <= 2 else 14)
        elif place.start >= noun.end:
            between, gap = text[noun.end : place.start], float(place.start - noun.end)
            cost = gap * 0.8 if _HELD.search(between) else gap + 16
            governed = between[-28:]  # "abutting the diaphragm in the left lower lobe": only the diaphragm is abutted
            reached = max((m.end() for m in _REACHES.finditer(governed)), default=-1)
            lies = max((m.end() for m in _LIES_IN.finditer(governed)), default=-1)
            if reached > -1 and reached >= lies:  # the "of" of "clear of" leads nowhere
                cost += 60
        else:
            between, cost = "", 0.0
        if any(min(place.end, noun.end) <= o.start and o.end <= max(place.start, noun.start) for o in others):
            cost += 45
        if any(noun.end <= o.start and o.end <= place.start and _OF.fullmatch(low, o.end, place.start) for o in others):
            continue  # "unrelated to the lesion of the leg": the other lesion's place
        cost += 25 * between.count(";")
        if place.id.startswith("part."):
            cost += 8  # "upper third" alone says less than the organ's name
        elif place.id == "soft_tissue":
            cost += 30  # "a soft tissue mass of the kidney"
        elif "." in place.id:
            cost -= 12  # a subsite says more than the organ
        if cost <= 110 and (best is None or cost < best[0]):
            best = (cost, place)
    return best[1] if best else None


def _distant(low: str, start: int) -> bool:
    """Whether what begins there is what a distance is measured from ("3 cm below the carina", not "a tumour of 11 cm from the ovary")."""
    begin = max(0, start - 40)
    found = _LANDMARK.search(low[begin:start])
    return found is not None and _LENGTH.search(low, max(0, begin - 12), begin + found.start()) is None


_LENGTH = words(r"(?<!distance )(?<!height )(?<!level )\bof \d*[.,]?\d*$")


def _wall_of(low: str, place: Mention, other: Mention) -> bool:
    """"The posterior wall of the gastric body": a word that several organs share, of a part of another organ."""
    return 0 < other.start - place.end < 24 and "." in other.id and organ_of(other) not in (organ_of(place), "part") and _OF.fullmatch(low, place.end, other.start) is not None


def part_of(low: str, sentence: Sentence, noun: Mention, place: Mention | None, anatomy: Sequence[Mention]) -> Mention | None:
    """The part of the organ that is named beside it ("lower pole renal tumour") or heads the sentence; a finer part of a part."""
    if place is None:
        return None
    if "." in place.id:
        return _finer(low, place, anatomy)
    for other in anatomy:
        if "." not in other.id or not (organ_of(other) == place.id or in_organ(subsite_of(other), place.id)[1]):
            continue
        if any(organ_of(twin) == place.id and _OF.fullmatch(low, other.end, twin.start) for twin in anatomy):
            return other  # "renal tumour in the upper third of the right kidney"
        if _STATE.match(low, other.end):
            continue
        if other.start >= max(noun.end, place.end) and _APPOSED.fullmatch(low, max(noun.end, place.end), other.start):
            return other
        if noun.end <= other.start <= other.end <= place.start and _APPOSED.fullmatch(low, noun.end, other.start):
            return other
        if 0 <= place.start - other.end <= 12 and not _APART.search(low, other.end, place.start):
            return other
        if other.start <= noun.start and other.start - sentence.start <= 12 and ":" in low[other.end : noun.start]:
            return other
    return place


# A curve runs along the parts: "lesser curve of the body", "gastric body, lesser curve" is of the body.
_ALONG = frozenset({"stomach.lesser_curve", "stomach.greater_curve"})
_RIGHT_BY = words(r"[\s,(/-]+(?:(?:of|at|in|on|along|side|the|aspect|wall|mid|level)\s+)*")


def _finer(low: str, place: Mention, anatomy: Sequence[Mention]) -> Mention:
    """"The lower part of the rectum", "mid rectum, distal end"."""
    for other in anatomy:
        if place.id in _ALONG and "." in other.id and other.id not in _ALONG and organ_of(other) == organ_of(place) and _RIGHT_BY.fullmatch(low, min(place.end, other.end), max(place.start, other.start)):
            return other
        if not other.id.startswith("part.") or other is place:
            continue
        meant = in_organ(other.id, place.id)[1]
        if meant and (_OF.fullmatch(low, other.end, place.start) or (place.end <= other.start and _APPOSED.fullmatch(low, place.end, other.start))):
            return place._replace(start=min(place.start, other.start), end=max(place.end, other.end), id=meant)
    return place


_BETWEEN = words(r"\b(?:between|junction of|boundary of|bridging|straddl\w+|spanning|involving both)\b[^.;:]{0,40}$")


_TWO = words(r"\band\b|/|&")


def in_between(low: str, sentence: Sentence, place: Mention | None) -> bool:
    """Whether two parts share it ("between the upper and middle lobe"): neither is its place."""
    if place is None:
        return False
    start = max(sentence.start, place.start - 60)
    found = _BETWEEN.search(low[start : place.start])
    return found is not None and _TWO.search(low, start + found.start(), min(sentence.end, place.end + 14)) is not None


def organ_of(place: Mention | None) -> str | None:
    """The organ of a place."""
    return place.id.partition("@")[0].partition(".")[0] if place else None


def subsite_of(place: Mention | None) -> str | None:
    """organ.subsite; of a word that several organs share also without a dot."""
    return place.id.partition("@")[0] if place and "." in place.id else None
