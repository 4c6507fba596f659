"""In which order a planned operation and the treatment around it come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agents.rules.lexicon import Mention
from agents.rules.plan_cues import Status
from agents.rules.reading import Reading, Sentence

# Operations that are not the treatment of the tumour itself.
MINOR = {
    "surgery.sentinel_node_biopsy",
    "surgery.turbt",
    "surgery.stoma",
    "surgery.bypass",
    "surgery.fixation",
    "surgery.lymphadenectomy",
    "surgery.conisation",
    "surgery.orchidectomy",
    "surgery.cholecystectomy",
}
_THEN = re.compile(r"\b(?:then|followed by|before|prior to|ahead of|(?:and|with) (?:then )?(?=[a-z-]*\s?(?:interval|surgery|resection|operation|[\w-]*ectomy)))\b|->|\u2192", re.I)
_AFTER = re.compile(r"\bafter\b(?! (?:which|that|it|this))|\bonce\b", re.I)
_FIRST = re.compile(r"^[\s,]*(?:\([^)]*\) ?)?(?:(?!before|after|then)[\w-]+ ){0,3}(?:first\b(?! dose| cycle| line| fraction|-line)|now\b|straight away|immediately|at once|upfront|up front|up-front|right away)", re.I)
_LEAD_FIRST = re.compile(r"\b(?:first to|straight to|directly to|primary|upfront|up-front|immediate|initial)\s*(?:[\w-]+ ){0,3}$", re.I)
_TREATED = re.compile(r"\byp?T\d|\b(?:after|following|completed?|response to|received) (?:neoadjuvant|induction|\w+ cycles)|\brestag\w+ (?:CT|scan|MRI|PET)? ?(?:show|after)|\bgood response\b|\blast panitumumab", re.I)
_PERI = ("before", "prior to", "followed by", "then", "peri", "pre", "after", "post", "following", "interval", "delayed")


def sequence_of(
    reading: Reading, sentence: Sentence, judged: Sequence[tuple[Mention, Status]]
) -> Iterator[tuple[str, Mention]]:
    """``neoadjuvant``, ``upfront_surgery`` or ``adjuvant`` with the mention that says so."""
    planned = [m for m, status in judged if status == "plan"]
    medical = [m for m in planned if _is_medical(m)]
    operations = [m for m in planned if is_operation(m)]
    yield from _named(reading, judged, medical, operations)
    yield from _ordered(reading, medical, operations)
    if _TREATED.search(reading.text):
        return
    for operation in operations:
        after = reading.text[operation.end : min(sentence.end, operation.end + 60)]
        lead = reading.text[max(sentence.start, operation.start - 40) : operation.start]
        if _FIRST.match(after) or _LEAD_FIRST.search(lead):
            yield "upfront_surgery", operation


def _named(
    reading: Reading, judged: Sequence[tuple[Mention, Status]], medical: list[Mention], operations: list[Mention]
) -> Iterator[tuple[str, Mention]]:
    for mention, status in judged:
        if mention.category != "sequence" or status not in ("plan", "omit"):
            continue
        form = reading.text[mention.start : mention.end].lower()
        negated = status == "omit" and not form.startswith(("no ", "without"))
        if mention.id == "neoadjuvant":
            if negated:
                if operations:
                    yield "upfront_surgery", mention
            elif status == "plan" and _bound(mention, medical, form):
                yield "neoadjuvant", mention
        elif mention.id == "upfront_surgery":
            if not negated and (operations or form.startswith(("no ", "without")) is False):
                yield "upfront_surgery", mention
        elif mention.id == "adjuvant" and status == "plan" and _bound(mention, medical, form):
            yield "adjuvant", mention


def _bound(mention: Mention, medical: list[Mention], form: str) -> bool:
    """Whether the word speaks of a planned medical treatment ("echo before surgery" does not)."""
    reach = 90 if form.startswith(_PERI) else 60
    return any(abs(m.start - mention.end) <= reach or abs(mention.start - m.end) <= reach or m.start <= mention.start < m.end for m in medical)


def _ordered(reading: Reading, medical: list[Mention], operations: list[Mention]) -> Iterator[tuple[str, Mention]]:
    for operation in operations:
        earlier = [m for m in medical if m.end <= operation.start]
        later = [m for m in medical if m.start >= operation.end]
        if earlier:
            between = reading.text[earlier[-1].end : operation.start]
            if _THEN.search(between):
                yield "neoadjuvant", operation
            elif _AFTER.search(between):
                yield "adjuvant", earlier[-1]
        elif later:
            between = reading.text[operation.end : later[0].start]
            if _AFTER.search(between) and "," not in between:
                yield "neoadjuvant", later[0]
            elif _THEN.search(between) and not re.search(r"\b(?:before|prior to|ahead of)\b", between, re.I):
                yield "adjuvant", later[0]


def is_operation(mention: Mention) -> bool:
    """Whether the mention is an operation on the tumour."""
    return mention.category == "treatment" and mention.id.startswith("surgery") and mention.id not in MINOR


def _is_medical(mention: Mention) -> bool:
    if mention.category in ("regimen", "drug", "drug_class"):
        return True
    return mention.category == "treatment" and mention.id.startswith(("systemic", "chemoradiation", "radiotherapy"))
