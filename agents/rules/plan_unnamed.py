"""Treatments that a sentence means without their names: a dose of radiation, an organ that is to come out, a tumour left alone."""

from __future__ import annotations

from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words

_TENS = r"(?:five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
_GRAY = words(rf"(?<![\d.])(?:\d{{1,2}}(?:\.\d{{1,2}})?|\b{_TENS}(?: point \w+)?)\s?(?:gy|grays?(?= (?:in|to|over|with|of|at|by|as|on|and|for|plus|will|is|each|daily|a)\b|[.,;]))\b(?: ?(?:in|/|over) ?(?:\d{{1,2}}|{_TENS})\b)?")
_FRACTIONS = words(rf"\b(?:\d{{1,2}}|{_TENS}) (?:daily |weekly |once-daily |treatments? (?:or |of )?)?fractions\b")
_ORGAN = (
    r"(?:kidney|bladder|prostate|womb|uterus|ovar(?:y|ies)|breast|stomach|gullet|o?esophagus|lobe|lung|bowel|colon|rectum|larynx|voice box|tongue|thyroid|pancreas|tail|testi(?:s|cle)|"
    r"tumou?r|lesion|mass|growth|cancer|sarcoma|primary|thymus|parotid|adrenal|eye|vulva|penis|liver segment|section of (?:the )?liver|half of (?:the )?(?:liver|tongue|colon))"
)
_WHOSE = r"(?:(?:the|her|his|this|that|my|a|an|whole|entire|left|right|upper|middle|lower|affected|involved|diseased|cancerous|sigmoid|primary|bowel|colonic|rectal|lung|kidney|brain|of|part|lower|same) ){0,5}"
_OUT = words(
    rf"(?<![\w-])op (?=(?:on )?\d{{1,2}}(?:[/.]\d| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))|\b(?:removal|extirpation) of {_WHOSE}{_ORGAN}\b(?! (?:cells|markers?))|\b(?:remove|removing|resecting|excising|taking out|take out|cut out|have out|whip out|excise|resect) {_WHOSE}{_ORGAN}\b|"
    rf"\b(?:needs?|have|having|wants?|get|getting) {_WHOSE}{_ORGAN} (?:removed|taken out|taken off|excised|resected|cut out)\b|\b(?:take|taking|get|have|having|lift) {_WHOSE}{_ORGAN}(?: and (?:the |her |his |both )?\w+)? (?:straight )?(?:out|off|away)\b|"
    rf"\b{_ORGAN}s?(?:, [\w ]{{2,14}})*(?: and \w+)? (?:(?:to|will|shall|should|must|needs? to|ought to|has to|is to) (?:be (?:removed|taken out|taken off|excised|resected|cut out)|come (?:out|off))|(?:comes|is coming|coming) (?:out|off)|(?:has to|have to|had better|must|needs to|will have to) go(?=\s*[.,;:]|$| with | and | too\b| first\b| on \w| in \w+ weeks| now| before | together)|out (?=on \d|next|in (?:march|april|may|june|july|the ))|needs? (?:removing|taking out|resecting))\b"
)
_STEMS = ("op ", "remov", " out", "extirp", "resect", "excis", " off", "coming", " go")
# What is left alone or watched must be the tumour, or a word that stands for it.
_LEFT = r"(?:it|this|these|them|that|(?:the|this|these|that|her|his|their|my|both|such|two|three|small|little|tiny|single|solitary|pulmonary|lung|liver|renal|kidney|thyroid|left|right|[\w.]+ ?(?:mm|cm)|indolent|low-risk|slow-growing) (?:[\w-]+ ){0,3}?(?:lesions?|tumou?rs?|nodules?|mass(?:es)?|growths?|cancers?|nodes?|meningioma|primary|disease|deposits?|thing|prostate|kidney|thyroid|pancreas|lung|bladder|gland))"
_WATCHED = words(
    rf"\b(?:leave|leaving|left|let) {_LEFT} (?:\w+ )?(?:well |quite |strictly )?(?:alone|untouched|in peace|unmolested)\b|\b(?:lobe|tumou?r|lesion|mass|cancer|node|primary|disease|deposit|growth)s? (?:\w+ ){{0,2}}?(?:should|can|could|may|must|ought to|(?:is|are) (?:best|better)|(?:is|are) to) (?:\w+ )?(?:be )?left (?:\w+ )?(?:alone|untouched)\b|\b(?:best|better) left (?:well )?(?:alone|untouched)\b|"
    r"\bbe (?:(?:simply|just|merely|only|safely|closely|carefully|left and) )*(?:watched|observed|monitored)\b(?! (?:for|in|on|overnight|closely for|after|during|while))|"
    r"\bbe followed (?:up )?(?:by|with) (?:[\w-]+ ){0,3}?(?:ultrasound|ct|mri|mr|scans?|imaging|psa|dermoscopy|cystoscopy|endoscopy)\b|"
    rf"\b(?:watch|watching|monitor|monitoring) {_LEFT}(?= (?:with|by|closely|carefully|every|for (?:now|the)|from|and)\b|\s*(?:[.,;]|$))"
)
WATCHING = ("be followed", "alone", "untouched", "in peace", "unmolested", "watch", "observed", "monitor")
"""A sentence without one of these leaves nothing alone."""


DOSED = ("Gy", " gray", " Gray", " fractions")
"""A sentence without one of these holds no dose of radiation."""


def unnamed(reading: Reading, sentence: Sentence, named: list[Mention]) -> list[Mention]:
    """The treatments of a sentence that none of its named ones says already."""
    return [*_doses(reading, sentence, named), *_removals(reading, sentence, named), *_left_alone(reading, sentence, named)]


def doses(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence may hold a dose of radiation."""
    return any(reading.text.find(stem, sentence.start, sentence.end) >= 0 for stem in DOSED)


def _doses(reading: Reading, sentence: Sentence, named: list[Mention]) -> list[Mention]:
    """A radiation dose that stands for the radiotherapy itself ("50 Gy in 25 up front")."""
    if not doses(reading, sentence):
        return []
    if any(m.category == "treatment" and m.id.startswith(("radiotherapy", "chemoradiation")) for m in named):
        return []
    found = _GRAY.search(reading.low, sentence.start, sentence.end) or _FRACTIONS.search(reading.low, sentence.start, sentence.end)
    return [Mention(found.start(), found.end(), "treatment", "radiotherapy")] if found else []


def _removals(reading: Reading, sentence: Sentence, named: list[Mention]) -> list[Mention]:
    """An organ or the tumour that is to be taken out."""
    if any(m.category == "treatment" and m.id.startswith("surgery") for m in named):
        return []
    low = reading.low
    if not any(low.find(stem, sentence.start, sentence.end) >= 0 for stem in _STEMS):
        return []
    found = _OUT.search(low, sentence.start, sentence.end)
    return [Mention(found.start(), found.end(), "treatment", "surgery")] if found else []


def _left_alone(reading: Reading, sentence: Sentence, named: list[Mention]) -> list[Mention]:
    """The tumour that is left alone or watched."""
    low = reading.low
    if any(m.category == "treatment" and m.id == "surveillance" for m in named) or not any(low.find(stem, sentence.start, sentence.end) >= 0 for stem in WATCHING):
        return []
    found = _WATCHED.search(low, sentence.start, sentence.end)
    return [Mention(found.start(), found.end(), "treatment", "surveillance")] if found else []
