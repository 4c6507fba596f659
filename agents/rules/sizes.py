"""How large a lesion is: which length belongs to which noun, and which is told in a sentence or field of its own.

``low`` is the text in lower case."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence

from agents.rules.lexicon import Mention
from agents.rules.measures import Measure, dates, measured, measures
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words

Lengths = dict[int, tuple[Measure, ...]]
"""The lengths in a reading's sentences, by where the sentence starts."""

_PRONOUN = words(r"\s*(?:it|this|which|measur\w*|size|greatest|maximum|max|longest|largest|widest|dimensions?|diameter|overall|the (?:mass|lesion|tumou?r))\b")
_SIZE_LABEL = words(r"(?:tumou?r|lesion|invasive|carcinoma|greatest|maximum|largest|overall|whole)[\w\s()-]{0,30}(?:size|dimension|diameter|extent)\w*\b[^.;]{0,24}$")
# What may stand before a length that is told by itself behind its lesion: "tumour, right parietal; approx. 28 x 26 mm".
_FILLER = (
    r"approx\w*|calipers?|callipers?|about|around|ca|circa|roughly|nearly|almost|some|just|over|under|estimated|max\w*|greatest|largest|longest|widest|long|longer|long-axis|overall|total|whole"
    r"|axial|transverse|cranio-?caudal|antero-?posterior|ap|cc|in|of|is|was|at|by|to|the|a|an|its|with|size[ds]?|dimensions?|diameters?|axis|extents?|measure\w*|length|width"
    r"|according|ct|mri?|mrt|pet|us|usg|ultrasound|mammogra\w+|sonogra\w+|tomosynthesis|imaging|scan|endoscopy|histology|macroscop\w+|gross\w*|i make it|on|as|per|per histology|last|week|now|today|and|found|shown|it|this"
)
_BARE = words(rf"(?:\W*\b(?:{_FILLER})\b)*[\s:=~,(\[\u2248\u2300\u00f8-]*")
_FIELD = words(r"(?:\A|[\n|;])\W*(?:(?:max\w*|greatest|largest|longest|axial|transverse|long[- ]axis|overall|craniocaudal|longitudinal|ct|mri?|us)\.?\s+){0,3}(?:size|diameter|dimensions?|extent)\s*(?:\([cm]m\))?\s*[:=|\t]\s*$")
_FORM = words(r"(?:\A|[\n|;])\W*(?:(?:primary|tumou?r|cancer)\s+)?(?:site|organ|side|laterality|location|primary)(?:\s?/\s?[a-z]+)?\s*[:=|]")


def is_form(low: str) -> bool:
    """Whether the text has fields that say of which organ or side the tumour is."""
    return _FORM.search(low) is not None


_LINKING = words(r"\b(?:and|with|in|within|of|near|abutting|from|to|at|on|was|is|are|the|an?)\b")
_ORGAN_BEFORE = words(
    r"[.;:,(|\n]\s*(?:(?:the|a|left|right|lt|rt|l|r|normal)\s+){0,3}(?:kidneys?|spleen|liver|(?:thyroid )?lobe|prostate(?: gland)?|uterus|ovary|thyroid|testis|gland|bladder)(?:\s+(?:size|length|span))?\s*(?:\(|(?:is|was|measures|measuring|:|=)?\s*(?:about|approximately)?)\s*$"
)
_ORGAN_AFTER = words(r"\s*(?:$|[:;.)\n]|,(?! ?(?:solid|exophytic|enhancing|partly|mass|tumou?r|lesion))|(?:in (?:length|size|span|long)|long\b|bipolar|with|and (?:has|contains|shows|normal)|pole to pole|transverse|cranio-?caudal|long|bipolar|in (?:the )?(?:transverse|longest|sagittal)))")
_OTHERS = ("node", "benign", "specimen", "metastasis")


def lengths_by_sentence(reading: Reading) -> Lengths:
    """Every length of a document, read once."""
    found: Lengths = {}
    starts = [sentence.start for sentence in reading.sentences]
    for at in measured(reading.text, reading.low):
        index = bisect_right(starts, at) - 1
        if index >= 0 and starts[index] not in found:
            sentence = reading.sentences[index]
            own = tuple(measures(reading.text, reading.low, sentence.start, sentence.end))
            found[sentence.start] = (own[0]._replace(earlier=False),) if len(own) == 1 and _seen_lately(reading, own[0]) else own
    return found


_SEEN_ON = words(r"\s*\)?,?\s*on (?:the |his |her )?(?:[a-z-]+ ){0,3}(?:(?:of|from|dated|on) )?(?=\d)")
_LATELY = dt.timedelta(days=45)


def _seen_lately(reading: Reading, measure: Measure) -> bool:
    """Whether the one length of a sentence is told with the day of the scan, and that is not long ago: no earlier size."""
    seen = _SEEN_ON.match(reading.low, measure.end) if measure.earlier and reading.date else None
    if seen is None or reading.date is None:
        return False
    day = next(dates(reading.text, seen.end(), seen.end() + 24, reading.date), None)
    return day is not None and day.start == seen.end() and dt.timedelta(0) <= reading.date - day.date <= _LATELY


def bind_sizes(text: str, low: str, nouns: Sequence[Mention], lengths: Sequence[Measure]) -> dict[Mention, Measure]:
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


_METHOD = words(
    r"\s*(?:[(,/:=-]|\b(?:on|by|at|in|per|the)\b|\s)*(?:us[sg]?|ultra-?sound|sono\w*|mri?|mrt|mammo\w*|tomo\w*|mg|mx|ct|pet|endoscop\w*|ogd|eus|clinical\w*|palpat\w*|histolog\w*|patholog\w*|macroscop\w*|microscop\w*)\b"
)


def by_methods(low: str, noun: Mention, bound: Measure | None, lengths: Sequence[Measure]) -> list[Measure]:
    """The further sizes of a noun whose size is told by several methods: "24 mm on ultrasound, 31 mm on MRI"."""
    if bound is None or len(lengths) < 2 or not _METHOD.match(low, bound.end):
        return []
    return [m for m in lengths if m.start > max(bound.end, noun.end) and not (m.distance or m.earlier) and m.start - bound.end < 40 and _METHOD.match(low, m.end)]


def told_apart(low: str, sentence: Sentence, sizes: Sequence[Measure], beside: bool) -> Measure | None:
    """The size of the lesion of an earlier sentence: "It measures 3.2 cm", or right behind it "28 x 26 mm".

    Args:
        beside: whether the lesion is named in the very sentence before.
    """
    if any(m.category in _OTHERS for m in sentence.mentions):
        return None
    said = _PRONOUN.match(low[sentence.start : sentence.end]) is not None
    if not said and (not beside or any(m.category == "anatomy" for m in sentence.mentions)):
        return None
    for measure in sizes:
        if not measure.distance and not measure.earlier:
            if len(sizes) > 1 and _METHOD.match(low, measure.end) and _METHOD.match(low, sizes[-1].end):
                return None  # one lesion, or one by two methods: not told
            return measure if said or _BARE.fullmatch(low, sentence.start, measure.start) else None
    return None


def size_labelled(low: str, measure: Measure, form: bool = False) -> bool:
    """Whether a form's field names the length as the tumour's ("Tumour size: 3.2 cm").

    Args:
        form: whether the text is a form about one tumour, so that "Size" alone is the tumour's.
    """
    if form and _FIELD.search(low[max(0, measure.start - 40) : measure.start]):
        return True
    return bool(_SIZE_LABEL.search(low[max(0, measure.start - 70) : measure.start]))


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
