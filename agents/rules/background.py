"""What surrounds the tumour: other conditions, allergies, current medication, tests done or awaited, earlier treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.plan_seats import is_record
from agents.rules.reading import Reading, Sentence
from agents.rules.results import finding
from agents.rules.ruleset import RuleSet
from agents.rules.text import words
from agents.rules.timing import is_old
from panel.opinion import Certainty, Finding

_NOT_OURS = Context.FAMILY | Context.HYPOTHETICAL
_READ = frozenset(("comorbidity", "drug", "drug_class", "investigation", "treatment"))
# Conditions that pass: long ago or resolved they bar nothing.
_PASSING = {
    "venous_thromboembolism", "haemoptysis", "gi_bleeding", "variceal_bleeding", "acute_kidney_injury", "bowel_obstruction", "active_infection",
    "hydronephrosis", "pneumonitis", "wound_problem", "urinary_obstruction", "gross_haematuria", "unstable_angina", "recent_surgery", "pregnancy",
    "breastfeeding", "peptic_ulcer", "bowel_perforation_or_fistula", "malnutrition", "hypocalcaemia", "tuberculosis", "uncontrolled_hypertension",
    "neuropathy", "severe_neuropathy", "decompensated_cirrhosis", "psoriasis", "arrhythmia", "immune_related_adverse_event", "heart_failure",
}  # fmt: skip
_RESOLVED = words(
    r"\b(?:resolved|settled|recovered|cured|gone|stopped|treated and|excluded|ruled out|no longer|in (?:youth|childhood|remission)|years? ago|as a child|negative|normal(?:is|iz)ed|healed|removed|explanted|taken out|improved|former|quiet|risk|never|mild|trace|grade 1|gr\.? 1|G1|slight|minimal|minor)\b",
)
_MILD = words(r"\b(?:no|nil|mild|minimal|grade 1|gr\.? 1|G1|slight|subclinical|possible|residual grade 1|old|resolved)\W{1,3}(?:\w+ )?$|\?\s?$")
# "she worked on a heart failure ward"
_AT_WORK = words(r"\b(?:work\w*|retired|employed|volunteer\w*|job|career|nurse|teacher|professor|raised money|runs|research\w*|car(?:es|ed|ing|er) (?:for|of))\b[^.;,]{0,40}$")
# A pregnancy that goes on now, as against one that was, may come or must not
_EXPECTING = words(
    r"\b(?:ongoing|current(?:ly)?|intra-?uterine|positive|continu\w+|progress\w+|viable|\d{1,2}(?:\+\d)? ?(?:/40|wks?|weeks?)|trimester|confirmed|is pregnant|she is expecting|early|twin|singleton|unplanned|new|now|present|known|fo?etus|fo?etal|gestation|gravid)\b",
)
_NO_LONGER_EXPECTING = words(
    r"\b(?:last|(?:first|second|third|fourth)(?! trimester)|each|both|previous|prior|earlier|every|another|later|future|further|after|avoid\w*|prevent\w*|wish\w*|want\w*|hop\w+|plan(?:s|ning)?|become|becoming|became|get(?:ting)?|was|been|when|while|"
    r"during|in (?:her )?|two|three|four|five|\d|test|counsel\w+|against|contracept\w*|must|should|excluded?)\W+(?:[\w-]+\W+){0,2}$",
)
_DENIED = words(r"\b(?:no|nor|without|not)\b[^.;]{0,60}$")
_NONE = words(r"\b(?:no|without) (?:\w+ )?$")
_ALLERGY = words(r"\b(?:allerg(?:y|ies|ic)|anaphyla\w+|hypersensitiv\w+|urticaria|reaction (?:to|with|after)|reacts (?:\w+ )?to|reacted (?:\w+ )?to|intolerant|collapsed (?:with|on|after)|throat swelling|angio-?oedema)\b")
_NO_ALLERGY = words(r"\b(?:NKDA|NKA|no known (?:drug )?allerg\w+|no (?:drug )?allerg\w+|allerg\w+\s*[:\-]?\s*(?:none|nil)\b|denies (?:any )?allerg\w+)")
_STOPPED = words(
    r"\b(?:stop(?:ped|s)?|discontinued|ceased|held|paused|off|until|finished|ended|withdrawn|no longer|previous(?:ly)?|was on|used to|former(?:ly)?|in the past|years? ago|replaced by|switched from|has taken|took|tailed off|dropped|never|not (?:on|taking)|without|for six months|(?:19|20)\d\d)\b",
)
_TAKEN = words(r"\b(?:on|takes?|taking|continues?|maintained on|anticoagulated with|treated with|medication|medications|drugs|meds|receiving|uses?|regular)\b[^.;]{0,80}$")
_DOSED = words(r"^\s*(?:\(?\d+(?:[.,]\d+)?\s?(?:mg|mcg|g|units?|IU)\b|(?:od|bd|tds|daily|nocte|continues|trough|level)\b|for (?:AF|VTE|atrial|DVT|PE)\b)")
_ANTICANCER = {"cytotoxic", "targeted_agent", "checkpoint_inhibitor", "endocrine_agent", "radioligand", "cytokine", "live_intravesical"}
_BROAD = {"cytotoxic", "targeted_agent", "endocrine_agent", "antibiotic", "allergen", "excipient", "folate"}
_FITNESS_WORDS = words(r"\b(?:normal|satisfactory|adequate|intact|good|unremarkable|fine|clear|wild.?type|age-appropriate|no (?:variant|loss|abnormality|mutation)|\d)")
_PENDING = words(r"\b(?:pending|awaited|awaiting|outstanding|to follow|in progress|in process|sent|requested|ordered|booked|rebooked|arranged|scheduled|to be (?:done|measured|performed|arranged)|will be|TBC|expected|drawn today|taken today|not yet (?:reported|back|available|resulted))\b")
_NOT_DONE = words(r"\b(?:not (?:yet )?(?:done|performed|tested|carried out|undertaken|sent|requested|asked for|ordered|obtained|assessed|measured|checked|available|been)|insufficient|QNS|cancelled|canceled|never (?:done|sent|tested|performed)|failed|no record of|declined|could not be|abandoned|omitted|not on file|unable to)\b")
_BEFORE_NOT = words(r"\b(?:no|without(?: a| an)?|not had(?: a| an)?|awaiting|await|pending|needs(?: a| an)?|request(?:ed)?|requires?|book(?:ed)?|arrange(?:d)?)\s+(?:\w+ ){0,2}$")
_RUNNING = words(r"\b(?:no result (?:is )?(?:yet )?available|status:?\s+(?:in process|in progress|pending|running)|results? (?:(?:is|are) )?(?:still )?(?:pending|awaited|outstanding)|not yet reported)\b")
Test = Literal["done", "pending", "not_done"]


def background_findings(reading: Reading) -> Iterator[Finding]:
    """Conditions, allergies, medication, tests and earlier treatment, by position."""
    yield from _titled_test(reading)
    for sentence in reading.holding(*_READ):
        if sentence.section in ("legend", "family"):
            continue
        for mention in sentence.mentions:
            if mention.category not in _READ:
                continue
            if mention.category == "comorbidity":
                yield from _condition(reading, sentence, mention)
            elif mention.category in ("drug", "drug_class"):
                yield from _drug(reading, sentence, mention)
            elif mention.category == "investigation":
                yield from _test(reading, sentence, mention)
            elif mention.category == "treatment":
                yield from _earlier(reading, sentence, mention)


def _condition(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    context = sentence.context(mention.start, mention.end)
    text = reading.low
    if context & _NOT_OURS or sentence.section in ("indication", "technique", "plan"):
        return
    question = f"comorbidity.{mention.id}"
    if context & Context.NEGATED:
        yield finding(reading, sentence, question, "absent", mention)
        return
    lead, tail = _around(reading, sentence, mention)
    if mention.id in _PASSING and (
        sentence.section in ("history", "comparison")
        or context & Context.HISTORICAL
        or is_old(reading, sentence.start, sentence.end)
        or _RESOLVED.search(tail)
        or _MILD.search(lead)
    ):
        return
    if _RESOLVED.match(tail.lstrip()) or _DENIED.search(lead) or _AT_WORK.search(lead) or (mention.id == "pregnancy" and not _expecting(reading, sentence, mention)):
        return
    certainty: Certainty = "uncertain" if context & Context.UNCERTAIN or text[mention.end : mention.end + 1] == "?" else "stated"
    yield finding(reading, sentence, question, "present", mention, certainty=certainty)


def _expecting(reading: Reading, sentence: Sentence, mention: Mention) -> bool:
    """Whether the pregnancy goes on: what is only named needs a word that says so."""
    text = reading.low
    if _NO_LONGER_EXPECTING.search(text, max(sentence.start, mention.start - 40), mention.start):
        return "weeks" in text[mention.start : mention.end]
    named = text.startswith("pregnancy", mention.start)
    return not named or _EXPECTING.search(text, sentence.start, sentence.end) is not None


def _around(reading: Reading, sentence: Sentence, mention: Mention) -> tuple[str, str]:
    """The words of the sentence before and after a mention, up to 80 characters each, in lower case."""
    text = reading.low
    return (
        text[max(sentence.start, mention.start - 80) : mention.start],
        text[mention.end : min(sentence.end, mention.end + 80)],
    )


@lru_cache(maxsize=2048)
def _classes(rules: RuleSet, drug: str) -> tuple[str, ...]:
    return rules.field("drugs", "drugs", "classes").get(drug, ())


def _drug(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    if sentence.context(mention.start, mention.end) & Context.FAMILY:
        return
    raw = reading.low[sentence.start : sentence.end]
    if sentence.section == "allergies" or _ALLERGY.search(raw):
        yield from _allergy(reading, sentence, mention, raw)
        return
    classes = _classes(reading.rules, mention.id) if mention.category == "drug" else (mention.id,)
    if _ANTICANCER.intersection(classes) or mention.id in _BROAD:
        return
    lead, tail = _around(reading, sentence, mention)
    if _STOPPED.search(lead[-50:]) or _STOPPED.search(tail[:60]) or sentence.base & Context.HISTORICAL:
        return
    context = sentence.context(mention.start, mention.end)
    if context & (Context.NEGATED | Context.HYPOTHETICAL | Context.HISTORICAL):
        return
    if sentence.section != "medication" and not _TAKEN.search(lead) and not _DOSED.search(tail):
        return
    if sentence.section == "plan" or (is_record(reading.document) and sentence.section != "medication"):
        return
    for name in (mention.id, *(c for c in classes if c not in _BROAD and c != mention.id)):
        yield finding(reading, sentence, f"drug.{name}", "present", mention)


def _allergy(reading: Reading, sentence: Sentence, mention: Mention, raw: str) -> Iterator[Finding]:
    at = mention.start - sentence.start
    word = _ALLERGY.search(raw)
    near = sentence.section == "allergies" or (
        word is not None and (0 <= at - word.end() <= 50 or 0 <= word.start() - (mention.end - sentence.start) <= 25)
    )
    if not near or _NO_ALLERGY.search(raw):
        return
    context = sentence.context(mention.start, mention.end)
    if context & Context.HYPOTHETICAL:
        return
    value = "absent" if context & Context.NEGATED else "present"
    yield finding(reading, sentence, f"allergy.{mention.id}", value, mention)
    # One contrast medium stands for its group; one cytotoxic does not.
    for name in _classes(reading.rules, mention.id) if mention.category == "drug" else ():
        if name.endswith(("_contrast", "_contrast_group1")):
            yield finding(reading, sentence, f"allergy.{name}", value, mention)


def _test(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    context = sentence.context(mention.start, mention.end)
    if context & _NOT_OURS or sentence.section == "technique":
        return
    status, certainty = _status(reading, sentence, mention)
    if certainty == "uncertain" and _running(reading):
        status = "pending"
    yield finding(reading, sentence, f"test.{mention.id}", status, mention, certainty=certainty)


def _status(reading: Reading, sentence: Sentence, mention: Mention) -> tuple[Test, Certainty]:
    """What the words around a test say of it; a test just named counts as done, but uncertainly."""
    text = reading.low
    follower = next((m.start for m in sentence.mentions if m.category == "investigation" and m.start >= mention.end), sentence.end)
    tail = text[mention.end : min(follower, mention.end + 90)]
    lead = text[max(sentence.start, mention.start - 40) : mention.start]
    lead = lead[max(lead.rfind(c) for c in ",;:") + 1 :]
    if _NOT_DONE.search(tail) or _NONE.search(lead):
        return "not_done", "stated"
    said = next((m for m in sentence.mentions if m.category == "test_status" and mention.end < m.end and m.start < mention.end + len(tail) and m.id != "done"), None)
    firm = _FITNESS_WORDS.search(tail.split(":")[-1][:40])
    if said and not (firm and mention.end + tail.rindex(firm.group()) < said.start):
        return ("not_done" if said.id == "not_done" else "pending"), "stated"
    waiting = _PENDING.search(tail)
    if waiting and not (firm and firm.start() < waiting.start()):
        return "pending", "stated"
    if _BEFORE_NOT.search(lead):
        return "pending", "stated"
    if sentence.section == "plan" and not firm:
        return "pending", "uncertain"
    return "done", "stated" if firm else "uncertain"


def _running(reading: Reading) -> re.Match[str] | None:
    """Where a molecular laboratory says that its test still runs."""
    if reading.document.kind != "genomics":
        return None
    for runs in _RUNNING.finditer(reading.low):
        # "ROS1 and MET results awaited" speaks of those alone.
        where = next((s for s in reading.sentences if s.start <= runs.start() < s.end), None)
        if where is None or not any(m.category.startswith("rule.") and m.end <= runs.start() for m in where.mentions):
            return runs
    return None


def _titled_test(reading: Reading) -> Iterator[Finding]:
    """A report is the test it is titled after ("MRI pelvis" was done), unless it says that the test still runs."""
    document = reading.document
    if document.kind not in ("radiology", "other", "pathology", "genomics", "note") or not reading.sentences:
        return
    where = reading.sentences[0]
    tests = [m.id for m in reading.title if m.category == "investigation"]
    status: Test = "done"
    runs = _running(reading)
    if runs:
        status = "pending"
        where = next((s for s in reading.sentences if s.start <= runs.start() < s.end), where)
        tests = tests or ["molecular_panel"]
    for name in tests:
        at = Mention(where.start, where.end, "investigation", name)
        yield finding(reading, where, f"test.{name}", status, at, certainty="inferred")


def _earlier(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    """A treatment of the past, where the words say so."""
    context = sentence.context(mention.start, mention.end)
    if context & (Context.FAMILY | Context.NEGATED | Context.HYPOTHETICAL) or mention.id.startswith("procedure."):
        return
    history = [m for m in sentence.mentions if m.category == "not_plan" and m.id == "history" and m.end <= mention.start]
    near = bool(history) and mention.start - history[-1].end <= 60
    if near or context & Context.HISTORICAL:
        yield finding(reading, sentence, f"treatment.prior.{mention.id}", "present", mention)
