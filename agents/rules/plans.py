"""The plans written in a chart: which seat proposes what, with the sentence that says so.

An action is a treatment id (``surgery.lobectomy``), ``drug.<id>``, ``class.<id>``, ``regimen.<id>``, ``test.<id>``,
``omit.<id>`` for what is declined, ``sequence.<id>``, ``resectability.<id>`` or ``intent.<id>``. A drug brings its narrow
classes and its modality with it, a regimen its drugs, so that rules may name any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from agents.rules.general_talk import general
from agents.rules.lexicon import Mention
from agents.rules.plan_cues import Judge
from agents.rules.plan_replies import endorsed_next, refused_next
from agents.rules.plan_seats import Voice, is_record, seat_of, voices
from agents.rules.plan_sequence import Step, is_medical, is_operation, operates, orders
from agents.rules.plan_stance import speaks_of_aim, stances
from agents.rules.plan_unnamed import DOSED, WATCHING, doses, unnamed
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import RuleSet
from panel.opinion import Intent, Recommendation

_NAMED = ("treatment", "drug", "drug_class", "regimen", "investigation")
_RELATED = (*_NAMED, "sequence", "intent", "resectability")
# Broad classes that are a modality rather than a class.
_MODALITY = {
    "cytotoxic": "systemic.chemotherapy",
    "targeted_agent": "systemic.targeted",
    "checkpoint_inhibitor": "systemic.immunotherapy",
    "endocrine_agent": "systemic.endocrine",
    "radioligand": "systemic",
    "cytokine": "systemic.immunotherapy",
    "oncolytic_virus": "systemic.immunotherapy",
    "live_intravesical": "systemic.intravesical",
}
_ALSO = {"bone_agent", "iodinated_contrast", "gadolinium_contrast", "contrast_medium", "gadolinium_contrast_group1"}
_BOARD = re.compile(r"\b(?:MDT|MDM|SMDT|SSMDT|\w?MDT|board|meeting|conference|conclusion|outcome|plan|planning|form|booking|request|schedule|pathway|referral|prescription|order|listing|SACT)\b", re.I)
_ALLERGIES = re.compile(r"\ballerg(?:y|ies)\b(?! clinic)", re.I)
_OPINION = re.compile(r"\b(?:opinion|consult\w*|clinic|letter|interventional)\b", re.I)
_IMAGING = ("procedure.biopsy", "procedure.percutaneous_biopsy", "procedure.mri", "procedure.contrast_ct")
_AFTER = re.compile(r"\b(?:after|following|since|post|from|recover\w*|for|(?<!place )(?<!lieu )(?<!instead )of)(?: the| her| his| an| any)?\s*$", re.I)
_NO_CALL = re.compile(r"\b(?:call|need|place|role|case|reason|room|indication|scope|argument|benefit|point) (?:for|of|in)(?: an| any| the)?\s*$", re.I)
_AFTER_SUCH = re.compile(r"\b(?:after|following|since) (?:the |her |his |an |any )(?:brain|liver|lung|hepatic|spinal|breast|bowel|neck|first|last|recent|initial|previous)\s*$", re.I)
_OTHER_SURGERY = re.compile(r"\b(?:day|hip|knee|cataract|dental|cardiac|bypass|hernia|spinal|port|vascular|bariatric|plastic)\s+$", re.I)
# "Mr S (surgery)" names a seat
_PERSON = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? [A-Z][\w'-]*(?: \(|, )$")
_HARM = re.compile(r"[\s-]+(?:proctitis|pneumonitis|cystitis|enteritis|dermatitis|fibrosis|necrosis|oesophagitis|esophagitis|colitis|change|oncolog|dose|field|planning scan|scar|effect|induced|exposure|safety|protection|myelitis|toxicity)", re.I)
_LISTED = re.compile(r"\s*(?:\|\s*\d{1,2}\s*\||[-*\u2022]|\(?\d{1,2}[.)])\s*\S")
# A word of asking in a report of pathology, in lower case.
_ASKS = re.compile(r"request|recommend|advis|suggest|order|follow|await|pending|arrang|refer|sent|will be|should|propos|need|requir|indicated|appropriate|warranted|repeat")
# How often one looks, in lower case.
_INTERVAL = re.compile(
    r"\b(?:(?:yearly|annual(?:ly)?|six-?monthly|three-?monthly|four-?monthly|half-?yearly|quarterly|\d{1,2}-?\s?(?:monthly|weekly)|interval|serial|regular|periodic|repeat) (?:\w+ ){0,2}(?:mri|mr|ct|scans?|imaging|ultrasound|us|psa|x-?ray|endoscop\w+|cystoscop\w+|mrcp|eus|review|check)|"
    r"(?:mri|ct|scans?|imaging|ultrasound|psa|\w+oscopy|mrcp|eus) (?:and \w+ )?(?:yearly|annually|(?:six|three|four|two)-?monthly|half-?yearly|quarterly|\d{1,2}-?\s?monthly)|(?:mri|ct|scan|imaging|ultrasound|psa|endoscopy|mrcp|eus) (?:\w+ ){0,4}(?:every|each|at|in|after) (?:\w+ )?(?:\d+|three|four|six|twelve|a|one|two)?[ -]?(?:months?|year|weeks?)|imaging (?:follow-?up|surveillance))\b"
)
_FOLLOWED = re.compile(r"\bfollow-?up (?:in|by|at|with|only|alone|as per|every|visits|is all|suffices)\b")
_ADJUVANT = re.compile(r"adjuvant (?:systemic |oncological |further |anti-?cancer )?(?:treatment|therapy)\b")
_MEDICAL = ("systemic", "chemoradiation", "radiotherapy")
_MAIN = ("surgery", *_MEDICAL, "local", "surveillance", "supportive")
_GENERIC = {"surgery", "local", "procedure.biopsy"}


class Where(NamedTuple):
    """Whose words a document holds."""

    home: str
    spoken: list[Voice]
    advises: bool

    def seat(self, position: int) -> str:
        """The seat that speaks there."""
        return next((voice.seat for voice in self.spoken if voice.start <= position < voice.end), self.home)


def plan_recommendations(reading: Reading) -> Iterator[tuple[str, Recommendation]]:
    """The plans of a reading by position: the seat that holds each, and the step."""
    document = reading.document
    if document.kind in ("genomics", "laboratory") or (document.kind == "note" and _ALLERGIES.search(document.title)):
        return
    if document.kind == "pathology":
        yield from _tests_asked(reading)
        return
    home = seat_of(document)
    board = document.kind in ("note", "other") and bool(_BOARD.search(document.title))
    advises = not is_record(document) and (document.kind in ("oncology", "surgery") or home != "registrar" or board)
    where = Where(home, voices(reading), advises)
    intent: dict[str, Intent] = {}
    found: list[tuple[str, Recommendation]] = []
    steps: list[tuple[str, Step]] = []
    dosed = any(stem in reading.text for stem in DOSED)
    watched = any(stem in reading.low for stem in WATCHING)
    for index, sentence in enumerate(reading.sentences):
        related = dosed and doses(reading, sentence)
        if not related and sentence.mentions:
            related = any(m.category in _RELATED for m in sentence.mentions)
        related = related or (watched and any(stem in reading.low[sentence.start : sentence.end] for stem in WATCHING))
        if (not related and not speaks_of_aim(reading, sentence)) or general(reading.low, sentence.start, sentence.end):
            continue
        for stance in stances(reading, sentence, advises=advises):
            seat = where.seat(stance.start)
            if stance.action.startswith("intent."):
                intent[seat] = "unstated" if intent.get(seat, stance.intent) != stance.intent else stance.intent
            found.append((seat, _recommendation(reading, sentence, stance.action, (stance.start, stance.end))))
        steps.extend(_steps(reading, index, where))
    found.extend(_treatments(reading, steps))
    if where.advises:
        found.extend(_only_watched(reading, steps))
    for seat in dict.fromkeys(seat for seat, _ in steps):
        for order in orders(reading, [step for own, step in steps if own == seat]):
            found.append((seat, _recommendation(reading, order.sentence, f"sequence.{order.order}", (order.start, order.end))))
    found.extend(_listed_order(reading, found, steps))
    seen: set[tuple[str, str, int]] = set()
    for seat, step in found:
        key = (seat, step.action, step.evidence[0].start)
        if key in seen:
            continue
        seen.add(key)
        aim = intent.get(seat, "unstated")
        yield seat, step.model_copy(update={"intent": aim}) if aim != "unstated" and _aims(step.action) else step


def _tests_asked(reading: Reading) -> Iterator[tuple[str, Recommendation]]:
    """The tests that a pathology report asks for: all that it plans."""
    seen: set[tuple[str, int]] = set()
    for sentence in reading.holding("investigation"):
        named = [m for m in sentence.mentions if m.category == "investigation"]
        if not (sentence.section == "plan" or _ASKS.search(reading.low, sentence.start, sentence.end)):
            continue
        judge = Judge(reading, sentence, advises=True, voiced=False)
        for mention in named:
            action = f"test.{mention.id}"
            if judge.of(mention) == "plan" and (action, sentence.start) not in seen:
                seen.add((action, sentence.start))
                yield "pathology", _recommendation(reading, sentence, action, mention[:2])


def _listed_order(reading: Reading, found: list[tuple[str, Recommendation]], steps: list[tuple[str, Step]]) -> list[tuple[str, Recommendation]]:
    """The order that a numbered or bulleted plan gives without a word: chemotherapy, then surgery."""
    if any(s.action.startswith("sequence.") for _, s in found):
        return []
    listed = [
        (seat, step.sentence, mention, status)
        for seat, step in steps
        if _LISTED.match(_line(reading, step.sentence.start))
        for mention, status in step.judged
        if status in ("plan", "weak") and (is_operation(mention) or is_medical(mention))
    ]
    if not any(status == "plan" for *_, status in listed):
        return []
    operation = next((one for one in listed if is_operation(one[2])), None)
    medical = next((one for one in listed if is_medical(one[2])), None)
    if operation is None or medical is None or operation[1].start == medical[1].start:
        return []
    before = medical[1].start < operation[1].start
    seat, sentence, mention, _ = operation if before else medical
    return [(seat, _recommendation(reading, sentence, f"sequence.{'neoadjuvant' if before else 'adjuvant'}", mention[:2]))]


def _line(reading: Reading, start: int) -> str:
    return reading.text[reading.text.rfind("\n", 0, start) + 1 : start + 12]


def _aims(action: str) -> bool:
    return not action.startswith(("omit.", "test.", "resectability.", "procedure."))


def _steps(reading: Reading, index: int, where: Where) -> Iterator[tuple[str, Step]]:
    """A sentence's treatments judged, one step for each seat that speaks in it."""
    sentence = reading.sentences[index]
    spoken = [v for v in where.spoken if v.start < sentence.end and sentence.start < v.end]
    named = [
        m for m in sentence.mentions if m.category in (*_NAMED, "sequence") and not any(v.start <= m.start < v.label for v in spoken)
    ]
    named.extend(unnamed(reading, sentence, named))
    named.sort()
    judge = Judge(reading, sentence, advises=where.advises, voiced=any(sentence.start <= v.start < sentence.end for v in spoken))
    refused = refused_next(reading, index)
    judged = [(m, "omit" if refused and status in ("plan", "weak") else status) for m in named for status in (judge.of(m),)]
    if where.advises and not refused and all(status in ("none", "weak", "omit") for _, status in judged) and endorsed_next(reading, index):
        meant = next((m for m, status in judged if status != "omit" and m.category != "investigation"), None)
        judged = [(m, "plan" if m is meant else status) for m, status in judged]
    loose = where.advises and not refused and judge.decides
    if not judged and not loose:
        return
    cuts = [sentence.start, *(v.start for v in spoken if v.start > sentence.start), sentence.end]
    for low, high in pairwise(cuts):
        own = [(m, status) for m, status in judged if low <= m.start < high]
        if own or loose:
            part = sentence if len(cuts) == 2 else sentence._replace(start=low, end=high)
            yield where.seat(max(low, spoken[0].start) if spoken and low == sentence.start and spoken[0].start <= low else low), Step(part, own, loose, judge.condition)


def _treatments(reading: Reading, steps: list[tuple[str, Step]]) -> Iterator[tuple[str, Recommendation]]:
    """The planned, conditional and omitted treatments; what is only named counts where the seat plans nothing else."""
    settled = {
        seat
        for seat, step in steps
        for mention, status in step.judged
        if status == "plan" and any(a.startswith(_MAIN) for a in _actions(reading.rules, mention)) and _wanted(reading, mention, status)
    }
    for seat, step in steps:
        cut = operates(reading, step) if seat not in settled else None
        if cut:
            yield seat, _recommendation(reading, step.sentence, "surgery", cut)
        for mention, status in step.judged:
            if mention.id == "adjuvant" and status == "omit" and _ADJUVANT.match(reading.low, mention.start) and all(m is mention for m, _ in step.judged):
                yield seat, _recommendation(reading, step.sentence, "omit.systemic", mention[:2])
            if mention.category == "sequence" or status == "none" or (status == "weak" and seat in settled):
                continue
            firm = "plan" if status == "weak" else status
            if not _wanted(reading, mention, firm):
                continue
            condition = (step.condition(),) if status == "conditional" else ()
            for action in _actions(reading.rules, mention):
                name = f"omit.{_bare(action)}" if status == "omit" else action
                yield seat, _recommendation(reading, step.sentence, name, mention[:2], condition)


def _only_watched(reading: Reading, steps: list[tuple[str, Step]]) -> Iterator[tuple[str, Recommendation]]:
    """Watching where a voice leaves the treatment out, plans none and says how often to look: "yearly MRI, no resection"."""
    left_out: dict[str, bool] = {}
    for seat, step in steps:
        for mention, status in step.judged:
            if mention.category != "sequence" and any(a.startswith(_MAIN) for a in _actions(reading.rules, mention)):
                left_out[seat] = left_out.get(seat, True) and status == "omit"
    for seat, step in steps:
        if left_out.get(seat):
            low, high = max(0, step.sentence.start - 120), step.sentence.end + 120
            found = _INTERVAL.search(reading.low, low, high)
            found = found or (_FOLLOWED.search(reading.low, step.sentence.start, high) if any(m.id.startswith(_MEDICAL) or m.category != "treatment" for m, _ in step.judged) else None)
            if found:
                yield seat, _recommendation(reading, step.sentence, "surveillance", (step.sentence.start, step.sentence.end))


def _wanted(reading: Reading, mention: Mention, status: str) -> bool:
    """Whether this mention is a step of a plan in this kind of document."""
    document = reading.document
    if mention.category == "investigation":
        return status == "plan"
    if document.kind == "pathology" or (status == "omit" and mention.id.startswith("procedure.")):
        return False
    if document.kind == "radiology" and not _OPINION.search(document.title):
        return mention.id in _IMAGING and status == "plan"
    if mention.id == "radiotherapy" and _HARM.match(reading.text, mention.end):
        return False
    # "healing after the operation", "hip surgery": a bare noun after such a word is no step
    lead = reading.text[max(0, mention.start - 24) : mention.start]
    if status == "omit" and _NO_CALL.search(lead):
        return True
    return not (mention.id in _GENERIC and (_AFTER.search(lead) or _AFTER_SUCH.search(lead) or _OTHER_SURGERY.search(lead) or _PERSON.search(lead)))


def _recommendation(
    reading: Reading, sentence: Sentence, action: str, span: tuple[int, int], conditions: tuple[str, ...] = ()
) -> Recommendation:
    return Recommendation(action=action, conditions=conditions, evidence=(reading.quote(sentence, span),))


def _bare(action: str) -> str:
    """Without ``drug.``, ``class.`` or ``regimen.``: what is left out is named by its own id."""
    head, _, rest = action.partition(".")
    return rest if head in ("drug", "class", "regimen") else action


@lru_cache(maxsize=4096)
def _drug_actions(rules: RuleSet, drug: str) -> tuple[str, ...]:
    classes = rules.field("drugs", "drugs", "classes").get(drug, ())
    modalities = tuple(_MODALITY[c] for c in classes if c in _MODALITY)
    if not modalities and not _ALSO.intersection(classes):
        return ()
    narrow = tuple(f"class.{c}" for c in classes if c not in ("cytotoxic", "targeted_agent", "endocrine_agent"))
    return (f"drug.{drug}", *narrow, *modalities[:1])


@lru_cache(maxsize=4096)
def _class_actions(rules: RuleSet, name: str) -> tuple[str, ...]:
    if name in _ALSO:
        return (f"class.{name}",)
    members = [c for c in rules.field("drugs", "drugs", "classes").values() if name in c]
    modality = next((_MODALITY[c] for group in members for c in group if c in _MODALITY), None)
    return (f"class.{name}", modality) if modality else ()


def _actions(rules: RuleSet, mention: Mention) -> tuple[str, ...]:
    """The actions that a mention stands for."""
    if mention.category == "treatment":
        return (mention.id,)
    if mention.category == "investigation":
        return (f"test.{mention.id}",)
    if mention.category == "drug":
        return _drug_actions(rules, mention.id)
    if mention.category == "drug_class":
        return _class_actions(rules, mention.id)
    drugs = rules.field("drugs", "regimens", "drugs").get(mention.id, ())
    return tuple(dict.fromkeys((f"regimen.{mention.id}", *(a for d in drugs for a in _drug_actions(rules, d)))))
