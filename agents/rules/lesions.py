"""Which lesion is meant, where it lies, on which side, and how large it is.

A statement is one lesion noun (or one named specimen) with the anatomy, side and size that belong to it. Sizes and
sides of nodes, cysts, specimens, margins and other organs are bound to those, and so kept from the tumour.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.measures import Measure, measured, measures
from agents.rules.reading import Reading, Sentence

# What an overlap of two nouns is: a lymph node before a mass, a type before the word carcinoma.
_RANK = {"node": 5, "metastasis": 4, "benign": 3, "histology": 2, "specimen": 1, "lesion": 0}
_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_IN_SITU = {"dcis", "lcis"}
_PRONOUN = re.compile(r"\s*(?:it|this|which|measur\w*|size|greatest|maximum|max|dimensions?|diameter|overall|the (?:mass|lesion|tumou?r))\b", re.I)
_SIZE_LABEL = re.compile(r"(?:tumou?r|lesion|invasive|carcinoma|greatest|maximum|largest|overall|whole)[\w\s()-]{0,30}(?:size|dimension|diameter|extent)\w*\b[^.;]{0,24}$", re.I)
_LINKING = re.compile(r"\b(?:and|with|in|within|of|near|abutting|from|to|at|on|was|is|are|the|an?)\b", re.I)
_COUNT = re.compile(r"\s*:?\s*\d+(?![\d.]*\s*(?:[x\u00d7]|cm|mm|o'?clock))")
_SKIP_SECTIONS = ("family", "comparison", "technique", "legend", "history", "allergies", "medication", "social")


class Statement(NamedTuple):
    """What one sentence says of one lesion."""

    sentence: Sentence
    start: int
    end: int
    kind: str
    """``cancer`` (named as malignant), ``mass``, ``lesion`` or ``specimen``."""
    organ: str | None
    place: str | None
    """organ.subsite where one is named."""
    side: str | None
    mm: float | None
    second: bool
    """Named as another than the index lesion."""
    primary: bool
    """Named as the primary, dominant or suspicious one."""
    uncertain: bool


Lengths = dict[int, tuple[Measure, ...]]
"""The lengths in a reading's sentences, by where the sentence starts."""


def lengths_by_sentence(reading: Reading) -> Lengths:
    """Every length of a document, read once."""
    found: Lengths = {}
    starts = [sentence.start for sentence in reading.sentences]
    for at in measured(reading.text):
        index = bisect_right(starts, at) - 1
        if index >= 0 and starts[index] not in found:
            sentence = reading.sentences[index]
            found[sentence.start] = tuple(measures(reading.text, sentence.start, sentence.end))
    return found


def statements(reading: Reading, lengths: Lengths) -> Iterator[Statement]:
    """The lesion statements of a reading, by position; negated, old and relatives' ones left out."""
    last: Statement | None = None
    for sentence in reading.sentences:
        if sentence.section in _SKIP_SECTIONS:
            continue
        sizes = lengths.get(sentence.start, ())
        nouns, anatomy = _parts(sentence)
        found: list[Statement] = []
        if nouns or anatomy or sentence.section == "specimen" or _SIDE_LABEL.match(reading.text, sentence.start):
            found = list(_in_sentence(reading, sentence, nouns, anatomy, sizes))
        if found:
            yield from found
            mains = [s for s in found if s.kind != "specimen" and not s.second]
            last = mains[-1] if mains else None
        elif last is not None and sizes:
            carried = _carried(reading, sentence, last, sizes)
            if carried is not None:
                yield carried


def _carried(
    reading: Reading, sentence: Sentence, last: Statement, sizes: Sequence[Measure]
) -> Statement | None:
    """"It measures 3.2 cm": the size of the lesion of the sentence before."""
    if not _PRONOUN.match(reading.text[sentence.start : sentence.end]):
        return None
    if any(m.category in ("node", "benign", "specimen", "metastasis") for m in sentence.mentions):
        return None
    for measure in sizes:
        if not measure.distance and not measure.earlier:
            return last._replace(sentence=sentence, start=measure.start, end=measure.end, mm=measure.mm)
    return None


def _in_sentence(
    reading: Reading, sentence: Sentence, nouns: list[Mention], anatomy: list[Mention], lengths: Sequence[Measure]
) -> Iterator[Statement]:
    sides = bind_sides(reading.text, sentence, nouns, anatomy)
    sizes = _bind_sizes(reading.text, nouns, lengths) if lengths else {}
    for index, noun in enumerate(nouns):
        if noun.category not in ("lesion", "histology") or noun.id in _IN_SITU:
            continue
        context = sentence.context(noun.start, noun.end)
        if context & _DROP or _is_benign(nouns, index) or _is_metastasis(reading.text, nouns, index):
            continue
        place = _place(reading.text, sentence, noun, nouns, anatomy)
        side = sides.get(noun) or _side_of_place(place, anatomy, sides)
        size = sizes.get(noun)
        yield Statement(
            sentence,
            noun.start,
            noun.end,
            _kind(noun),
            _organ(place),
            _subsite(place),
            side,
            size.mm if size else None,
            _has_near(sentence, "second", noun, 36),
            _has_near(sentence, "index", noun, 36),
            bool(context & Context.UNCERTAIN),
        )
    if not any(n.category in ("lesion", "histology", "node", "metastasis", "benign") for n in nouns):
        yield from _specimens(reading, sentence, anatomy, sides)


def _specimens(
    reading: Reading, sentence: Sentence, anatomy: Sequence[Mention], sides: dict[Mention, str]
) -> Iterator[Statement]:
    """"Left upper lobe, core biopsy", "right nephrectomy": an operated or sampled organ with its side."""
    named = sentence.section in _SAMPLED or any(
        m.category in ("treatment", "specimen") for m in sentence.mentions
    )
    labelled = bool(_SIDE_LABEL.match(reading.text, sentence.start))
    if not named and not labelled:
        return
    if labelled or (not anatomy and sentence.section == "specimen"):  # "Laterality: left", "| Side | R |"
        for mention in sentence.of("side"):
            if mention.id != "none":
                yield Statement(sentence, mention.start, mention.end, "specimen", None, None, mention.id, None, False, False, False)
    for index, place in enumerate(anatomy):
        if sentence.context(place.start, place.end) & _DROP:
            continue
        if not (index == 0 and sentence.section in _SAMPLED) and not _operated(reading.text, sentence, place):
            continue
        side = _side_of_place(place, anatomy, sides)
        if side or _subsite(place):
            yield Statement(
                sentence, place.start, place.end, "specimen", _organ(place), _subsite(place), side, None, False, False, False
            )


_SIDE_LABEL = re.compile(r"\W*(?:(?:tumou?r|operative|operation|surgical) )?(?:side|laterality)\W{1,5}", re.I)
_SAMPLED = ("specimen", "diagnosis", "procedure_note")
_OPERATION = re.compile(r"\w+(?:ectomy|otomy|oplasty)\b|\bexcision|\bresection|\bbiops|\bcores?\b|\bclearance\b", re.I)


def _operated(text: str, sentence: Sentence, place: Mention) -> bool:
    """Whether it is this organ that was operated on or sampled, not one named beside it."""
    if _OPERATION.search(text, place.start, place.end):
        return True
    after = text[place.end : min(sentence.end, place.end + 40)]
    before = text[max(sentence.start, place.start - 40) : place.start]
    return bool(
        re.match(r"[^,;.:()]{0,30}" + _OPERATION.pattern, after, re.I)
        or re.match(r"\s*[,:]\s*(?:[\w-]+\s){0,4}" + _OPERATION.pattern, after, re.I)
        or re.search(_OPERATION.pattern + r"\w*\s+(?:of|from|for)\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,3}$", before, re.I)
    )


def _parts(sentence: Sentence) -> tuple[list[Mention], list[Mention]]:
    """Nouns and anatomy; the nouns of one phrase ("malignant mass") merged to the strongest."""
    nouns: list[Mention] = []
    anatomy: list[Mention] = []
    for mention in sentence.mentions:
        if mention.category == "anatomy":
            anatomy.append(mention)
        elif mention.category in _RANK and mention.id != "none":
            if nouns and mention.start < nouns[-1].end:
                longer = mention.end - mention.start > nouns[-1].end - nouns[-1].start
                if longer or _RANK[mention.category] > _RANK[nouns[-1].category]:
                    nouns[-1] = mention
                continue
            nouns.append(mention)
    return nouns, anatomy


def bind_sides(
    text: str, sentence: Sentence, nouns: Sequence[Mention], anatomy: Sequence[Mention]
) -> dict[Mention, str]:
    """Which side belongs to which noun or organ of the sentence."""
    bound: dict[Mention, str] = {}
    if not any(m.category == "side" for m in sentence.mentions):
        return bound
    targets = sorted([*nouns, *anatomy])
    for side in sentence.mentions:
        if side.category != "side" or side.id == "none" or _COUNT.match(text, side.end):
            continue
        if side.end - side.start == 1 and re.search(r"\d\s?$|Dr\.?\s$|\bto the\s$", text[max(0, side.start - 8) : side.start]):
            continue  # litres, initials, a shift
        after = [t for t in targets if side.end <= t.start <= side.end + 34]
        after = [t for t in after if not re.search(r"[;,]|\b(?:and|with|but|in|of)\b", text[side.end : t.start])]
        if after:
            bound.setdefault(after[0], side.id)
            # "right upper lobe mass": the organ right behind, and the noun right behind that.
            for follower in after[1:3]:
                if not re.search(r"[;,:]|\b(?:and|with|in|of)\b", text[side.end : follower.start]):
                    bound.setdefault(follower, side.id)
            continue
        before = [t for t in targets if t.end <= side.start <= t.end + 26]
        before = [t for t in before if not re.search(r"[;.]|\band\b", text[t.end : side.start])]
        if before:
            bound.setdefault(before[-1], side.id)
    return bound


def _bind_sizes(text: str, nouns: Sequence[Mention], lengths: Sequence[Measure]) -> dict[Mention, Measure]:
    """Each length goes to its nearest noun; of several for one noun the largest current one counts."""
    bound: dict[Mention, Measure] = {}
    if not nouns:
        return bound
    for measure in lengths:
        if measure.distance or measure.earlier:
            continue
        noun = min(nouns, key=lambda n: _gap(text, measure, n))
        if _gap(text, measure, noun) > 110:
            continue
        known = bound.get(noun)
        if known is None:
            bound[noun] = measure
    return bound


def _gap(text: str, measure: Measure, noun: Mention) -> float:
    if noun.start >= measure.end:  # "3.2 cm mass"
        between = text[measure.end : noun.start]
        if noun.category != "specimen" and re.fullmatch(r"\s*(?:[\w-]+\s+){0,3}", between) and not _LINKING.search(between):
            return len(between) * 0.15  # nothing but adjectives: "34 mm papillary cancer"
        return len(between) + 40 * len(re.findall(r"[,;:]|\b(?:and|with|in|within|of the|near|abutting)\b", between))
    if noun.end <= measure.start:  # "mass measuring 3.2 cm"
        between = text[noun.end : measure.start]
        return len(between) * 0.6 + 20 * len(re.findall(r";|\band\b|\bwith\b", between))
    return 0.0


def _is_benign(nouns: Sequence[Mention], index: int) -> bool:
    noun = nouns[index]
    return any(
        other.category == "benign" and -4 <= other.start - noun.end <= 34 or other.category == "benign" and 0 <= noun.start - other.end <= 2
        for other in nouns
    )


_CALLED = re.compile(
    r"[\s,(]*(?:[\w.]+\s+){0,6}?(?:consistent with|compatible with|suspicious (?:for|of)|in keeping with|suggestive of|suggest\w*|concerning for|"
    r"typical (?:of|for)|likely|probabl\w+|represent\w*|in favou?r of|\bare|\bis|:|-|\u2013)?\s*(?:a |an |new |multiple |distant |further |\w+ic |\w+al |\w+ary |liver |lung |bone |brain |nodal )*",
    re.I,
)


def _is_metastasis(text: str, nouns: Sequence[Mention], index: int) -> bool:
    noun = nouns[index]
    for other in nouns:
        if other.category == "metastasis":
            if 0 <= noun.start - other.end <= 12 or (
                0 <= other.start - noun.end <= 60 and _CALLED.fullmatch(text[noun.end : other.start])
            ):
                return True
        if other.category == "node" and (0 <= noun.start - other.end <= 3 or 0 <= other.start - noun.end <= 3):
            return True
    return False


_REACHES = re.compile(
    r"\b(?:abut\w*|invad\w+|extend\w+|adjacent|near|contact\w*|without|sparing|towards?|close to|metasta\w+|compress\w+|encas\w+|clear of|touch\w*|reach\w*|displac\w+|opposite)\b"
)
_LIES_IN = re.compile(r"\b(?:in|of|within|involving|occupying|arising from)\b(?! contact)")


def _place(
    text: str, sentence: Sentence, noun: Mention, nouns: Sequence[Mention], anatomy: Sequence[Mention]
) -> Mention | None:
    """The anatomy that the noun lies in."""
    best: tuple[float, Mention] | None = None
    others = [n for n in nouns if n is not noun and n.category != "specimen"]
    for place in anatomy:
        if place.end <= noun.start:
            between, gap = text[place.end : noun.start], float(noun.start - place.end)
            cost = gap + (0 if gap <= 2 else 14)
        elif place.start >= noun.end:
            between, gap = text[noun.end : place.start], float(place.start - noun.end)
            cost = gap * 0.8 if re.search(r"\b(?:in|of|within|involving|at|arising|from|on|occupying|centred|centered|replacing)\b", between) else gap + 16
            governed = between[-28:]  # "abutting the diaphragm in the left lower lobe": only the diaphragm is abutted
            reached = max((m.end() for m in _REACHES.finditer(governed)), default=-1)
            lies = max((m.end() for m in _LIES_IN.finditer(governed)), default=-1)
            if reached > lies:
                cost += 60
        else:
            between, cost = "", 0.0
        if any(min(place.end, noun.end) <= o.start and o.end <= max(place.start, noun.start) for o in others):
            cost += 45
        cost += 25 * between.count(";")
        if "." in place.id:
            cost -= 12  # a subsite says more than the organ
        if cost <= 110 and (best is None or cost < best[0]):
            best = (cost, place)
    return best[1] if best else None


def _side_of_place(place: Mention | None, anatomy: Sequence[Mention], sides: dict[Mention, str]) -> str | None:
    """The side of the place, or of the same organ named right beside it ("apical segment of the right upper lobe")."""
    if place is None:
        return None
    own = sides.get(place) or _carried_side(place)
    if own:
        return own
    near = [
        sides.get(other) or _carried_side(other)
        for other in anatomy
        if _organ(other) == _organ(place) and (abs(other.start - place.end) <= 24 or abs(place.start - other.end) <= 24)
    ]
    return next((found for found in near if found), None)


def _carried_side(place: Mention | None) -> str | None:
    return place.id.partition("@")[2] or None if place else None


def _organ(place: Mention | None) -> str | None:
    return place.id.partition("@")[0].partition(".")[0] if place else None


def _subsite(place: Mention | None) -> str | None:
    name = place.id.partition("@")[0] if place else ""
    return name if "." in name else None


def _kind(noun: Mention) -> str:
    if noun.category == "histology" or noun.id == "cancer":
        return "cancer"
    return noun.id


def _has_near(sentence: Sentence, category: str, noun: Mention, reach: int) -> bool:
    return any(
        m.category == category and noun.start - reach <= m.start and m.end <= noun.end + reach
        for m in sentence.mentions
        if m.start != noun.start or m.end != noun.end or category == "second"
    )


def size_labelled(text: str, measure: Measure) -> bool:
    """Whether a form's field names the length as the tumour's ("Tumour size: 3.2 cm")."""
    return bool(_SIZE_LABEL.search(text[max(0, measure.start - 70) : measure.start]))
