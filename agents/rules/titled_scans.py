"""A scan of one organ whose text does not name it again: "MRI brain" / "Three metastases, the largest 14 mm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agents.rules.clauses import context_at
from agents.rules.context import Context
from agents.rules.origin import organ_named
from agents.rules.reading import Reading
from agents.rules.results import finding
from agents.rules.text import words
from panel.opinion import Certainty, Finding

_ORGANS = {
    "brain": re.compile(r"\b(?:brain|head|cerebral|cranial|cranium|intracranial|neuro-?axis)\b", re.I),
    "liver": re.compile(r"\b(?:liver|hepatic)\b", re.I),
    "bone": re.compile(r"\b(?:bone scan|bone scintigra\w+|skeletal survey|skeletal scintigra\w+|whole[- ]spine|scintigraphy of the skeleton)\b", re.I),
}
_WIDER = re.compile(r"\b(?:PET|chest|thorax|abdom\w*|pelvi\w*|neck|TAP|CAP|whole[- ]body|and|pancrea\w*|femoral|humeral)\b|[+&/]", re.I)
_SILENT = frozenset({"indication", "legend", "technique", "family", "history", "plan", "comparison"})
_OFF = Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL | Context.OLD
_OTHERS = words(r"\b(?:no (?:new|further|other|additional|more)|known|extracranial|elsewhere|node|nodal|or|to be considered|versus|vs)\b")


def titled_scan_findings(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """Whether the one organ that the title of a scan names holds metastases, where no sentence of it names the organ.

    Args:
        reading: the document.
        told: what the other readers found in it.
    """
    title = reading.document.title
    if reading.document.kind != "radiology" or _WIDER.search(title):
        return
    organ = next((name for name, pattern in _ORGANS.items() if pattern.search(title)), None)
    question = f"presence.metastasis.{organ}"
    if organ is None or any(f.question == question for f in told):
        return
    for sentence in reading.holding("metastasis"):
        if sentence.section in _SILENT or _OTHERS.search(reading.low, sentence.start, sentence.end):
            continue
        if any(organ_named(m) not in (organ, "part") for m in sentence.of("anatomy")):
            continue
        named = next((m for m in sentence.of("metastasis") if m.id == "metastasis"), None)
        if named is None:
            continue
        context = context_at(reading.low, sentence, named.start, named.end)
        if context & _OFF:
            continue
        certainty: Certainty = "uncertain" if context & Context.UNCERTAIN else "stated"
        yield finding(reading, sentence, question, "absent" if context & Context.NEGATED else "present", named, certainty=certainty)
        return
