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
from agents.rules.handled import NODE_SURGERY, operated, set_aside
from agents.rules.lesion_tables import lesion_rows, table_spans
from agents.rules.lexicon import Mention
from agents.rules.measures import Measure, measured, measures
from agents.rules.places import in_organ
from agents.rules.qualifiers import has_near, in_situ, is_benign, is_metastasis, is_residue, numbered
from agents.rules.reading import Reading, Sentence
from agents.rules.sides import bind_sides, carried_side, side_of_place, two_sides
from agents.rules.text import words

# What an overlap of two nouns is: a lymph node before a mass, a type before the word carcinoma.
_RANK = {"node": 5, "metastasis": 4, "benign": 3, "histology": 2, "specimen": 1, "lesion": 0}
_MARKS = frozenset({"second", "index", "multiple"})
_TUMOURS = frozenset({"lesion", "histology", "metastasis"})
_NOUNS = frozenset({"lesion", "histology", "node", "metastasis", "benign"})
_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_UNCERTAIN = Context.UNCERTAIN
_IN_SITU = {"dcis", "lcis"}
_PRONOUN = words(r"\s*(?:it|this|which|measur\w*|size|greatest|maximum|max|longest|largest|widest|dimensions?|diameter|overall|the (?:mass|lesion|tumou?r))\b")
_SIZE_LABEL = words(r"(?:tumou?r|lesion|invasive|carcinoma|greatest|maximum|largest|overall|whole)[\w\s()-]{0,30}(?:size|dimension|diameter|extent)\w*\b[^.;]{0,24}$")
_LINKING = words(r"\b(?:and|with|in|within|of|near|abutting|from|to|at|on|was|is|are|the|an?)\b")
_SKIP_SECTIONS = frozenset({"family", "comparison", "technique", "legend", "history", "allergies", "medication", "social"})


Span = tuple[int, int]


class Statement(NamedTuple):
    """What one sentence says of one lesion."""

    sentence: Sentence
    start: int
    end: int
    kind: str
    """``cancer`` (named as malignant), ``mass``, ``lesion``, ``metastasis`` or ``specimen``."""
    organ: str | None = None
    place: str | None = None
    """organ.subsite where one is named."""
    side: str | None = None
    mm: float | None = None
    second: bool = False
    """Named as another than the index lesion."""
    primary: bool = False
    """Named as the primary, dominant or suspicious one."""
    uncertain: bool = False
    residual: bool = False
    """What an operation or treatment left, or what came back."""
    carried: bool = False
    """A size told in a sentence of its own; place and side were told in the one before."""
    words: tuple[Span, ...] = ()
    """Where the words stand that say place, side and size."""


class Parts(NamedTuple):
    """The mentions of a sentence that matter here."""

    nouns: list[Mention]
    anatomy: list[Mention]
    sides: list[Mention]
    marks: list[Mention]
    handled: bool
    """Whether an operation or a specimen is named."""
    lesion: bool
    """Whether one of the nouns can be a tumour."""


Lengths = dict[int, tuple[Measure, ...]]
"""The lengths in a reading's sentences, by where the sentence starts."""


def lengths_by_sentence(reading: Reading) -> Lengths:
    """Every length of a document, read once."""
    found: Lengths = {}
    starts = [sentence.start for sentence in reading.sentences]
    for at in measured(reading.text, reading.low):
        index = bisect_right(starts, at) - 1
        if index >= 0 and starts[index] not in found:
            sentence = reading.sentences[index]
            found[sentence.start] = tuple(measures(reading.text, reading.low, sentence.start, sentence.end))
    return found


def statements(reading: Reading, lengths: Lengths) -> Iterator[Statement]:
    """The lesion statements of a reading, by position; negated, old and relatives' ones left out."""
    last: Statement | None = None
    low = reading.low
    label: Sentence | None = None
    seen = reading.document.kind in ("radiology", "pathology")  # "Examination:" in a letter is of the patient
    form = "side" in low or "laterality" in low
    tables = table_spans(reading)
    yield from _tabled(reading)
    for sentence in reading.sentences:
        if tables and any(first <= sentence.start < behind for first, behind in tables):
            continue
        if sentence.section in _SKIP_SECTIONS and (seen or sentence.section != "technique"):
            continue
        sizes = lengths.get(sentence.start, ())
        found: list[Statement] = []
        heading, label = label, None
        if form and sentence.end - sentence.start <= _SHORT and _ROW_LABEL.fullmatch(low, sentence.start, sentence.end):
            label = sentence
        if sentence.mentions:
            parts = _parts(sentence)
            if form and parts.sides and _SIDE_LABEL.match(low, sentence.start, sentence.end):
                heading = sentence
            apart = heading or parts.handled or sentence.section in _SAMPLED
            if parts.lesion or (apart and (parts.anatomy or parts.sides)):
                found = list(_in_sentence(reading, sentence, parts, sizes, heading))
        if found:
            yield from found
            mains = [s for s in found if s.kind != "specimen" and not s.second]
            last = mains[-1] if mains else None
        elif last is not None and sizes:
            carried = _carried(low, sentence, last, sizes)
            if carried is not None:
                yield carried


def _tabled(reading: Reading) -> Iterator[Statement]:
    """The lesions of tables."""
    for row in lesion_rows(reading):
        place, side = row.place, row.side.id if row.side else carried_side(row.place) if row.place else None
        told = tuple((m.start, m.end) for m in (place, row.side) if m is not None)
        yield Statement(
            row.sentence, row.sentence.start, row.sentence.end, "cancer" if row.cancer else "mass", _organ(place),
            _subsite(place), side, row.mm, second=not row.main, primary=row.main, words=told,
        )  # fmt: skip


def _carried(low: str, sentence: Sentence, last: Statement, sizes: Sequence[Measure]) -> Statement | None:
    """"It measures 3.2 cm": the size of the lesion of the sentence before."""
    if not _PRONOUN.match(low[sentence.start : sentence.end]):
        return None
    if any(m.category in ("node", "benign", "specimen", "metastasis") for m in sentence.mentions):
        return None
    for measure in sizes:
        if not measure.distance and not measure.earlier:
            return last._replace(
                sentence=sentence, start=measure.start, end=measure.end, mm=measure.mm, carried=True, words=()
            )
    return None


def _in_sentence(
    reading: Reading, sentence: Sentence, parts: Parts, lengths: Sequence[Measure], labelled: Sentence | None
) -> Iterator[Statement]:
    text, low = reading.text, reading.low
    nouns, anatomy = parts.nouns, parts.anatomy
    sides = bind_sides(text, sentence.start, sentence.end, parts.sides, nouns, anatomy)
    sizes = _bind_sizes(text, low, nouns, lengths) if lengths else {}
    plain = True
    for index, noun in enumerate(nouns):
        plain = plain and (noun.category not in _NOUNS or (noun.category == "node" and NODE_SURGERY.match(low, noun.start) is not None))
        if noun.category not in _TUMOURS or noun.id in _IN_SITU or noun.id == "satellite":
            continue
        context = sentence.context(noun.start, noun.end)
        if context & _DROP or is_benign(low, nouns, index) or in_situ(text, low, noun):
            continue
        place = _place(reading, noun, nouns, anatomy)
        spread = noun.category == "metastasis" or is_metastasis(low, nouns, index)
        if spread and _organ(place) != "brain":
            continue
        organ = _organ(place)
        place = _part_of(low, sentence, noun, place, anatomy)
        part = _subsite(place)
        if organ != _organ(place):
            part = in_organ(part, organ or "")[1]
        word = sides.get(noun)
        side = (word.id, word) if word else side_of_place(place, anatomy, sides)
        size = sizes.get(noun)
        told = [(m.start, m.end) for m in (place, side[1] if side else None, size) if m is not None]
        yield Statement(
            sentence,
            noun.start,
            noun.end,
            "metastasis" if spread else _kind(noun),
            organ,
            part,
            side[0] if side else None,
            size.mm if size else None,
            has_near(parts.marks, "second", noun, 36) or numbered(low, sentence, parts.marks, noun),
            has_near(parts.marks, "index", noun, 36),
            bool(context & _UNCERTAIN),
            is_residue(low, sentence, noun),
            words=tuple(told),
        )
    if plain and (labelled or parts.handled or sentence.section in _SAMPLED):
        yield from _specimens(reading, sentence, parts, sides, labelled)


def _specimens(
    reading: Reading, sentence: Sentence, parts: Parts, sides: dict[Mention, Mention], labelled: Sentence | None
) -> Iterator[Statement]:
    """"Left upper lobe, core biopsy", "right nephrectomy": an operated or sampled organ with its side."""
    anatomy = parts.anatomy
    if (labelled or (not anatomy and sentence.section == "specimen")) and not two_sides(parts.sides):
        for mention in parts.sides:  # "Laterality: left", "| Side | R |"
            told = ((labelled or sentence).start, mention.start + 1), (mention.start, mention.end)
            yield Statement(sentence, mention.start, mention.end, "specimen", side=mention.id, words=told)
    for index, place in enumerate(anatomy):
        if set_aside(reading.low, sentence, place):
            continue
        if not (index == 0 and sentence.section in _SAMPLED) and not operated(reading.low, sentence, place):
            continue
        side = side_of_place(place, anatomy, sides)
        approach = reading.text.find("raniotomy", sentence.start, sentence.end) >= 0  # names the way in, not the tumour's place
        if side or _subsite(place):
            yield Statement(
                sentence, place.start, place.end, "specimen", _organ(place), None if approach else _subsite(place), side[0] if side else None,
                second=has_near(parts.marks, "second", place, 20), words=((side[1].start, side[1].end),) if side else (),
            )  # fmt: skip


_LABEL = r"\W*(?:(?:tumou?r|operative|operation|surgical|specimen|affected|disease) )?(?:side|laterality)"
_SIDE_LABEL = words(_LABEL + r"(?: of \w+)?\s*[^\w\s]\W{0,4}\w")
_ROW_LABEL = words(_LABEL + r"\s*[|:=]?\s*")
_SHORT = 45
_SAMPLED = frozenset({"specimen", "diagnosis", "procedure_note"})
def _parts(sentence: Sentence) -> Parts:
    """Nouns, anatomy, sides; the nouns of one phrase ("malignant mass") merged to the strongest."""
    nouns: list[Mention] = []
    anatomy: list[Mention] = []
    sides: list[Mention] = []
    marks: list[Mention] = []
    handled = lesion = False
    for mention in sentence.mentions:
        category = mention.category
        if category == "anatomy":
            if not (sides and mention.end <= sides[-1].end):  # the hand of "left-hand side"
                anatomy.append(mention)
        elif category in _RANK:
            handled = handled or category == "specimen"
            if mention.id == "none":
                continue
            lesion = lesion or category in _TUMOURS
            if nouns and mention.start < nouns[-1].end:
                longer = mention.end - mention.start > nouns[-1].end - nouns[-1].start
                if longer or _RANK[category] > _RANK[nouns[-1].category]:
                    nouns[-1] = mention
                continue
            nouns.append(mention)
        elif category == "side":
            if mention.id != "none":
                sides.append(mention)
        elif category in _MARKS:
            if mention.id != "none":
                marks.append(mention)
        elif category == "treatment":
            handled = True
    return Parts(nouns, anatomy, sides, marks, handled, lesion)


def _bind_sizes(text: str, low: str, nouns: Sequence[Mention], lengths: Sequence[Measure]) -> dict[Mention, Measure]:
    """Each length goes to its nearest noun; of several for one noun the first current one counts."""
    bound: dict[Mention, Measure] = {}
    if not nouns:
        return bound
    for measure in lengths:
        if measure.distance or measure.earlier or _of_organ(low, measure):
            continue
        gap, noun = min((_gap(text, measure, n), n) for n in nouns)
        if gap <= 110:
            bound.setdefault(noun, measure)
    return bound


_ORGAN_BEFORE = words(
    r"[.;:,(|\n]\s*(?:(?:the|a|left|right|lt|rt|l|r|normal)\s+){0,3}(?:kidneys?|spleen|liver|prostate(?: gland)?|uterus|ovary|thyroid|testis|gland|bladder)(?:\s+(?:size|length|span))?\s*(?:\(|(?:is|was|measures|measuring|:|=)?\s*(?:about|approximately)?)\s*$"
)
_ORGAN_AFTER = words(r"\s*(?:$|[:;.)\n]|,(?! ?(?:solid|exophytic|enhancing|partly|mass|tumou?r|lesion))|(?:in (?:length|size|span|long)|long\b|bipolar|with|and (?:has|contains|shows|normal)|pole to pole|transverse|cranio-?caudal|long|bipolar|in (?:the )?(?:transverse|longest|sagittal)))")


def _of_organ(low: str, measure: Measure) -> bool:
    """"Right kidney 11.2 cm: solid lesion of 30 mm": the length of the organ."""
    return bool(_ORGAN_BEFORE.search("\n"[measure.start > 60 :] + low[max(0, measure.start - 60) : measure.start]) and _ORGAN_AFTER.match(low, measure.end))


def _gap(text: str, measure: Measure, noun: Mention) -> float:
    if noun.start >= measure.end:  # "3.2 cm mass"
        between = text[measure.end : noun.start]
        if noun.category != "specimen" and re.fullmatch(r"\s*(?:[\w-]+\s+){0,3}", between) and not _LINKING.search(between.lower()):
            return len(between) * 0.15  # nothing but adjectives: "34 mm papillary cancer"
        return len(between) + 40 * len(re.findall(r"[,;:]|\b(?:and|with|in|within|of the|near|abutting)\b", between))
    if noun.end <= measure.start:  # "mass measuring 3.2 cm"
        between = text[noun.end : measure.start]
        return len(between) * 0.6 + 20 * len(re.findall(r";|\band\b|\bwith\b", between))
    return 0.0


_ASPECT = "part.aspect"  # "at the back of the kidney": the organ tells more
_REACHES = re.compile(
    r"\b(?:abut\w*|invad\w+|invasion|exten(?:d\w*|sion)\s+(?:in)?to\w*|extending|adjacent|near|next to|contact\w*|without|sparing|towards?|close to|metasta\w+|compress\w+|encas\w+|clear of|touch\w*|reach\w*|displac\w+|opposite|tethered|fixed|infiltrat\w+|through|crossing|distal to|proximal to|lateral to|medial to|[cm]m from|unrelated|distinct|different|separate|below|above|away)\b"
)
_LIES_IN = re.compile(r"\b(?:in|of|within|involving|occupying|arising from|at)\b(?! contact)")
_LANDMARK = words(r"\d\s?[cm]m\s+(?:(?:distal|proximal|lateral|medial|cranial|caudal|superior|inferior|anterior|posterior|deep|close|next)\s+to|above|below|beyond|past|away\s+from|from)\s+(?:the\s+)?(?:\w+\s+)?$")
_MARGIN = words(r"\s+(?:resection\s+|surgical\s+|transection\s+)?margin")
_HELD = re.compile(r"\b(?:in|of|within|involving|at|arising|from|on|occupying|centred|centered|replacing|over)\b")


def _place(reading: Reading, noun: Mention, nouns: Sequence[Mention], anatomy: Sequence[Mention]) -> Mention | None:
    """The anatomy that the noun lies in."""
    if not anatomy:
        return None
    text, low = reading.text, reading.low
    best: tuple[float, Mention] | None = None
    others = [n for n in nouns if n is not noun and n.category != "specimen"]
    for place in anatomy:
        if _MARGIN.match(low, place.end) or _LANDMARK.search(low[max(0, place.start - 40) : place.start]) or (place.id == _ASPECT and any(0 < other.start - place.end < 24 for other in anatomy)):
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
            if reached > lies:
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
        elif "." in place.id:
            cost -= 12  # a subsite says more than the organ
        if cost <= 110 and (best is None or cost < best[0]):
            best = (cost, place)
    return best[1] if best else None


def _part_of(
    low: str, sentence: Sentence, noun: Mention, place: Mention | None, anatomy: Sequence[Mention]
) -> Mention | None:
    """The part of the organ that is named beside it ("lower pole renal tumour") or heads the sentence."""
    if place is None or "." in place.id:
        return place
    for other in anatomy:
        if "." not in other.id or not (_organ(other) == place.id or in_organ(_subsite(other), place.id)[1]):
            continue
        if any(_organ(twin) == place.id and _OF.fullmatch(low, other.end, twin.start) for twin in anatomy):
            return other  # "renal tumour in the upper third of the right kidney"
        if noun.end <= other.start and _APPOSED.fullmatch(low, noun.end, other.start):
            return other
        if 0 <= place.start - other.end <= 12 and not _APART.search(low, other.end, place.start):
            return other
        if other.start <= noun.start and other.start - sentence.start <= 12 and ":" in low[other.end : noun.start]:
            return other
    return place


_APART = words(r"[;:.]|\b(?:and|with|no|not|for|from|to|of)\b")
_OF = words(r"\s+of\s+(?:the\s+|his\s+|her\s+)?(?:left\s+|right\s+|L\s+|R\s+)?")
_APPOSED = words(r"[\s,(]+(?:\d[\d.,]*\s?(?:x\s?\d[\d.,]*\s?)*[cm]m[\s,)]+)?(?:(?:at|in|of)\s)?(?:the\s)?(?:left|right|lt|rt|L|R)?\s?")


def _organ(place: Mention | None) -> str | None:
    return place.id.partition("@")[0].partition(".")[0] if place else None


def _subsite(place: Mention | None) -> str | None:
    """organ.subsite; of a word that several organs share also without a dot."""
    return place.id.partition("@")[0] if place and "." in place.id else None


def _kind(noun: Mention) -> str:
    if noun.category == "histology" or noun.id == "cancer":
        return "cancer"
    return noun.id


def size_labelled(low: str, measure: Measure) -> bool:
    """Whether a form's field names the length as the tumour's ("Tumour size: 3.2 cm"), in a text in lower case."""
    return bool(_SIZE_LABEL.search(low[max(0, measure.start - 70) : measure.start]))
