"""Which lesion is meant, where it lies, on which side, and how large it is.

A statement is one lesion noun (or one named specimen) with the anatomy, side and size that belong to it. Sizes and
sides of nodes, cysts, specimens, margins and other organs are bound to those, and so kept from the tumour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.handled import NODE_SURGERY, operated, operation_named, received, set_aside, side_operated
from agents.rules.lesion_tables import lesion_rows, table_spans
from agents.rules.lexicon import Mention
from agents.rules.measures import Measure
from agents.rules.places import in_organ
from agents.rules.qualifiers import has_near, in_situ, is_benign, is_metastasis, is_residue, numbered
from agents.rules.reading import Reading, Sentence
from agents.rules.sides import bind_sides, carried_side, side_of_place, two_sides
from agents.rules.sizes import Lengths, bind_sizes, by_methods, told_apart
from agents.rules.text import words
from agents.rules.whereabouts import in_between, lesion_place, organ_of, part_of, subsite_of

# What an overlap of two nouns is: a lymph node before a mass, a type before the word carcinoma.
_RANK = {"node": 5, "metastasis": 4, "benign": 3, "histology": 2, "specimen": 1, "lesion": 0}
_EACH_SIDE = 40  # characters in which the lesions of a list name their sides
_MARKS = frozenset({"second", "index", "multiple"})
_TUMOURS = frozenset({"lesion", "histology", "metastasis"})
_NOUNS = frozenset({"lesion", "histology", "node", "metastasis", "benign"})
_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_UNCERTAIN = Context.UNCERTAIN
_IN_SITU = {"dcis", "lcis"}
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


def statements(reading: Reading, lengths: Lengths) -> Iterator[Statement]:
    """The lesion statements of a reading, by position; negated, old and relatives' ones left out."""
    last: Statement | None = None
    low = reading.low
    label: Sentence | None = None
    seen = reading.document.kind in ("radiology", "pathology")  # "Examination:" in a letter is of the patient
    acted, lab = reading.document.kind == "surgery", reading.document.kind == "pathology"
    form = "side" in low or "laterality" in low
    tables = table_spans(reading)
    yield from _tabled(reading)
    before = -2
    for index, sentence in enumerate(reading.sentences):
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
            parts = _parts(low, sentence)
            if form and parts.sides and _SIDE_LABEL.match(low, sentence.start, sentence.end):
                heading = sentence
            apart = heading or parts.handled or sentence.section in _SAMPLED
            if not apart and parts.sides and parts.anatomy and ((acted and operation_named(low, sentence)) or (lab and received(low, sentence))):
                apart, parts = True, parts._replace(handled=True)
            if parts.lesion or (apart and (parts.anatomy or parts.sides)):
                found = list(_in_sentence(reading, sentence, parts, sizes, heading))
            if parts.sides and not any(s.side for s in found):
                found += _operated_sides(low, sentence, parts.sides)
        if found:
            yield from found
            mains = [s for s in found if s.kind != "specimen" and not s.second]
            last = mains[-1] if mains else None
            before = index
        elif last is not None and sizes:
            size = told_apart(low, sentence, sizes, beside=before == index - 1)
            if size is not None:
                yield last._replace(sentence=sentence, start=size.start, end=size.end, mm=size.mm, carried=True, words=())


def _tabled(reading: Reading) -> Iterator[Statement]:
    """The lesions of tables."""
    for row in lesion_rows(reading):
        place, side = row.place, row.side.id if row.side else carried_side(row.place) if row.place else None
        told = tuple((m.start, m.end) for m in (place, row.side) if m is not None)
        yield Statement(
            row.sentence, row.sentence.start, row.sentence.end, "cancer" if row.cancer else "mass", organ_of(place),
            subsite_of(place), side, row.mm, second=not row.main, primary=row.main, words=told,
        )  # fmt: skip


def _in_sentence(
    reading: Reading, sentence: Sentence, parts: Parts, lengths: Sequence[Measure], labelled: Sentence | None
) -> Iterator[Statement]:
    text, low = reading.text, reading.low
    nouns, anatomy = parts.nouns, parts.anatomy
    sides = bind_sides(text, sentence.start, sentence.end, parts.sides, nouns, anatomy)
    sizes = bind_sizes(text, low, nouns, lengths) if lengths else {}
    plain = True
    for index, noun in enumerate(nouns):
        plain = plain and (noun.category not in _NOUNS or (noun.category == "node" and NODE_SURGERY.match(low, noun.start) is not None))
        if noun.category not in _TUMOURS or noun.id in _IN_SITU or noun.id == "satellite":
            continue
        context = sentence.context(noun.start, noun.end)
        if context & _DROP or is_benign(low, nouns, index) or in_situ(text, low, noun):
            continue
        place = lesion_place(reading, noun, nouns, anatomy)
        spread = noun.category == "metastasis" or is_metastasis(low, nouns, index)
        if spread and organ_of(place) != "brain":
            continue
        organ = organ_of(place)
        place = part_of(low, sentence, noun, place, anatomy)
        part = None if in_between(low, sentence, place) else subsite_of(place)
        if organ != organ_of(place):
            part = in_organ(part, organ or "")[1]
        word = _of_several(text, sentence, noun, parts.sides) or sides.get(noun)
        side = (word.id, word) if word else side_of_place(text, place, anatomy, sides)
        size = sizes.get(noun)
        told = [(m.start, m.end) for m in (place, side[1] if side else None, size) if m is not None]
        statement = Statement(
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
        yield statement
        for other in by_methods(low, noun, size, lengths):
            yield statement._replace(mm=other.mm, carried=True)
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
        side = side_of_place(reading.text, place, anatomy, sides)
        approach = reading.text.find("raniotomy", sentence.start, sentence.end) >= 0  # names the way in, not the tumour's place
        if side or subsite_of(place):
            yield Statement(
                sentence, place.start, place.end, "specimen", organ_of(place), None if approach else subsite_of(place), side[0] if side else None,
                second=has_near(parts.marks, "second", place, 36), words=((side[1].start, side[1].end),) if side else (),
            )  # fmt: skip


def _of_several(text: str, sentence: Sentence, noun: Mention, sides: Sequence[Mention]) -> Mention | None:
    """"Adnexal masses R 3.1 cm, L 2.4 cm": several, one on each side."""
    if text[noun.end - 1] != "s" or {m.id for m in sides} != {"left", "right"}:
        return None
    behind = [m for m in sides if 0 <= m.start - noun.end < _EACH_SIDE]
    return sides[0]._replace(id="bilateral") if {m.id for m in behind} == {"left", "right"} else None


def _operated_sides(low: str, sentence: Sentence, sides: Sequence[Mention]) -> Iterator[Statement]:
    """"Right thoracotomy", "left WLE 70 x 60 mm": the side of an operation on the organ itself."""
    for side in sides:
        if side.id in ("left", "right") and side_operated(low, sentence, side):
            yield Statement(sentence, side.start, side.end, "specimen", side=side.id, words=((side.start, side.end),))


_LABEL = r"\W*(?:(?:tumou?r|operative|operation|surgical|specimen|affected|disease) )?(?:side|laterality)"
_SIDE_LABEL = words(_LABEL + r"(?: of \w+)?\s*[^\w\s]\W{0,4}\w")
_ROW_LABEL = words(_LABEL + r"\s*[|:=]?\s*")
_SHORT = 45
_SAME = words(r"[\s-]+(?:(?:typical|like|type|suspicious|suspect|positive|proven|compatible)[\s-]+)?")
# "microwave of a different one on the left": the place of that one.
_OTHER_ONE = words(r"\b(?:different|another|other|separate|second|previous|earlier|older|further) one\b")
_NEXT_TO = 24
_SAMPLED = frozenset({"specimen", "diagnosis", "procedure_note"})
def _parts(low: str, sentence: Sentence) -> Parts:
    """Nouns, anatomy, sides; the nouns of one phrase ("malignant mass") merged to the strongest."""
    nouns: list[Mention] = []
    anatomy: list[Mention] = []
    sides: list[Mention] = []
    marks: list[Mention] = []
    handled = lesion = False
    other = _OTHER_ONE.search(low, sentence.start, sentence.end) if low.find(" one ", sentence.start, sentence.end) >= 0 else None
    for mention in sentence.mentions:
        category = mention.category
        if other and category in ("anatomy", "side") and 0 <= mention.start - other.end() < _NEXT_TO:
            continue
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
            if category == "lesion" and nouns and nouns[-1].category == "histology" and 0 < mention.start - nouns[-1].end <= 12 and _SAME.fullmatch(low, nouns[-1].end, mention.start):
                nouns[-1] = nouns[-1]._replace(end=mention.end)  # "HCC-typical nodule"
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


def _kind(noun: Mention) -> str:
    if noun.category == "histology" or noun.id == "cancer":
        return "cancer"
    return noun.id
