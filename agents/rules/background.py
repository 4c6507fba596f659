"""What surrounds the tumour: other conditions, allergies, current medication, tests done or awaited, earlier treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agents.rules.context import Context
from agents.rules.lexicon import Mention, lower
from agents.rules.plan_seats import is_record
from agents.rules.reading import Reading, Sentence
from agents.rules.results import finding
from agents.rules.ruleset import RuleSet
from agents.rules.since import gone, lasting
from agents.rules.tested import row_end, test_findings, titled_test
from agents.rules.text import near, places, words
from agents.rules.timing import is_old, sentence_at
from panel.opinion import Certainty, Finding

_NOT_OURS = Context.FAMILY | Context.HYPOTHETICAL
_READ = frozenset(("comorbidity", "drug", "drug_class", "investigation", "treatment"))
# Conditions that pass: long ago or resolved they bar nothing.
_PASSING = {
    "venous_thromboembolism", "haemoptysis", "gi_bleeding", "variceal_bleeding", "acute_kidney_injury", "bowel_obstruction", "active_infection",
    "hydronephrosis", "pneumonitis", "wound_problem", "urinary_obstruction", "gross_haematuria", "unstable_angina", "recent_surgery", "pregnancy",
    "breastfeeding", "peptic_ulcer", "bowel_perforation_or_fistula", "malnutrition", "hypocalcaemia", "tuberculosis", "uncontrolled_hypertension",
    "neuropathy", "severe_neuropathy", "decompensated_cirrhosis", "psoriasis", "arrhythmia", "immune_related_adverse_event", "heart_failure", "dialysis",
}  # fmt: skip
# Of these a list of earlier illnesses ("PMH: heart failure, gout") tells what lasts
_LASTING = {"neuropathy", "severe_neuropathy", "heart_failure", "dialysis", "psoriasis"}
_WAS = words(r"\b(?:previous(?:ly)?|prior|past|former(?:ly)?|old|earlier|history of|h/o|episodes? of|transient|temporary|was|had)\b[^.;,]*$")
_RESOLVED = words(
    r"\b(?:resolved|eradicated|obliterated|banded and|fully recovered|treated(?=\s*(?:[.,;]|$))|back to normal|under control|well controlled|now controlled|cleared|closed|settled|recovered|cured|gone|stopped|treated and|excluded|ruled out|no longer|in (?:youth|childhood|remission)|years? ago|as a child|negative|normal(?:is|iz)ed|healed|removed|explanted|taken out|improved|former|quiet|risk|never|mild|trace|grade 1|gr\.? 1|G1|slight|minimal|minor)\b",
)
_MILD = words(r"\b(?:no|nil|mild|minimal|grade 1|gr\.? 1|G1|slight|subclinical|possible|residual grade 1|old|resolved)\W{1,3}(?:\w+ )?$|\?\s?$")
# What does not go, whatever the next sentence says has gone
_FOR_LIFE = {"organ_transplant", "pacemaker", "icd_device", "epilepsy", "cirrhosis", "hearing_loss", "neuropathy", "severe_neuropathy", "autoimmune_disease", "dpd_deficiency"}
# "she worked on a heart failure ward"
_AT_WORK = words(r"\b(?:work\w*|retired|employed|volunteer\w*|job|career|nurse|teacher|professor|raised money|runs|research\w*|car(?:es|ed|ing|er) (?:for|of))\b[^.;,]{0,40}$")
# "Discussed neuropathy, alopecia and diarrhoea" warns of what treatment may do
_WARNED_OF = words(
    r"\b(?:discussed|explained|warned|counsell?ed|consented|talked|went (?:over|through)|gone (?:over|through)|side[- ]?effects?|toxicit(?:y|ies)|adverse effects?|complications)\b"
    r"(?:(?!\b(?:his|her|their|the|this|that|known|existing|established|has|have|had|is|was|with|because|since|as|despite|given|history|chronic|old|view|mdt|board|meeting|background|by|who|whose|patient)\b)[^.;])*$"
)
# A pregnancy that goes on now, as against one that was, may come or must not
_EXPECTING = words(
    r"\b(?:ongoing|current(?:ly)?|intra-?uterine|positive|continu\w+|progress\w+|viable|\d{1,2}(?:\+\d)? ?(?:/40|wks?|weeks?)|trimester|confirmed|is pregnant|she is expecting|early|twin|singleton|unplanned|new|now|present|known|fo?etus|fo?etal|gestation|gravid)\b",
)
_NO_LONGER_EXPECTING = words(
    r"\b(?:last|(?:first|second|third|fourth)(?! trimester)|each|both|previous|prior|earlier|every|another|later|future|further|after|avoid\w*|prevent\w*|wish\w*|want\w*|hop\w+|plan(?:s|ning)?|become|becoming|became|get(?:ting)?|was|been|when|while|"
    r"during|in (?:her )?|two|three|four|five|\d|test|counsel\w+|against|contracept\w*|must|should|excluded?)\W+(?:[\w-]+\W+){0,2}$",
)
_GRADED_BEFORE = words(r"\b(?:(?:grade|gr\.?|ctcae|ctc|g)[ -]?(?:3|4|iii|iv)|severe|marked|disabling|crippling|incapacitating)\W+(?:[\w-]+\W+){0,2}$")
_DISABLED = words(r"\b(?:foot[- ]?drop|walks? (?:only )?(?:with|on) (?:an? |two |his |her )?(?:splints?|frame|sticks?|crutch\w*|walker)|wheelchair|(?:cannot|unable to|can no longer) (?:walk|grip|hold|feel|button|dress))\b")
_GRADED_AFTER = words(r"^[\s,:(\u2013-]*(?:(?:of|is|now|ctcae|ctc|nci)[\s,]*){0,3}(?:(?:grade|gr\.?|g)[ -]?(?:3|4|iii|iv)\b|(?:severe|disabling)\b)")
# Conditions told by a verb: the words that must stand, what to look for around them, the condition.
_TOLD: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("blood", words(r"\b(?:cough(?:ed|ing|s)?|spat|spit(?:s|ting)?|expectorat\w+|br(?:ings?|inging|ought))(?: (?!no\b|never\b)[\w-]+){0,8} blood\b"), "haemoptysis"),
    ("numb", words(r"\b(?:(?:feet|foot|toes|soles|fingers|fingertips|hands|legs)(?: [\w-]+){0,3} numb|numb(?:ness)?(?: [\w-]+){0,5} (?:feet|toes|soles|fingers|fingertips|hands|ankles))\b"), "neuropathy"),
    ("hear", words(r"\b(?:cannot|can't|can hardly|hardly|barely|struggles? to|unable to|only|no longer) hears?\b|\bhears (?:poorly|badly|little|nothing|only)\b"), "hearing_loss"),
    ("hearing", words(r"\blost (?:most|much|all|nearly all|half|part|a (?:good )?(?:deal|lot)|some) of (?:his|her|the) hearing\b|\bhearing (?:is |has been )?(?:badly |severely |permanently |much )(?:affected|damaged|impaired|diminished|down)\b"), "hearing_loss"),
    ("deaf", words(r"\b(?:deaf|deafened) (?:in|on|since|from|to)\b"), "hearing_loss"),
    ("blood pressure", words(r"\bblood pressure\b[^.;\d]{0,30}\b(?:1[89]\d|2[0-5]\d)\s?/\s?\d{2,3}\b(?![^.;]{0,60}\b1[0-5]\d\s?/)"), "uncontrolled_hypertension"),
    ("bp ", words(r"\bbp\b[^.;\d]{0,20}\b(?:1[89]\d|2[0-5]\d)\s?/\s?\d{2,3}\b(?![^.;]{0,60}\b1[0-5]\d\s?/)"), "uncontrolled_hypertension"),  # grade 3: 180 and more (ESC and ESH 2018)
    (" bone", words(r"\b(?:bare|exposed|necrotic) bone\b[^.;]{0,50}\b(?:extraction|socket|tooth|teeth|jaw|mandib\w+|maxill\w+|gum)\b|\b(?:extraction|socket|tooth|teeth|jaw|mandib\w+|maxill\w+|gum)\b[^.;]{0,40}\b(?:bare|exposed|necrotic) bone\b"), "osteonecrosis_of_jaw"),
    ("coli", words(r"\bcoli\b[^.;]{0,30}\b(?:urine|blood|msu|cultures?)\b|\b(?:urine|blood|msu|cultures?)\b[^.;]{0,30}\bcoli\b"), "active_infection"),
    ("spasm", words(r"\bcoronar\w+[^.;]{0,40}\bspasm\b|\bspasm (?:was |is )?(?:proven|shown|seen|provoked|demonstrated|confirmed)[^.;]{0,24}\bangiogra\w+"), "coronary_vasospasm"),
    ("chest pain", words(r"\bchest pain(?:s)?\b[^.;]{0,60}\b(?:on|during|with|under|from|after|while) (?:\w+ ){0,5}?(?:5-?fu|fluorouracil|capecitabine|xeloda)\b"), "coronary_vasospasm"),
    ("gravida", words(r"\b(?:primi|secundi|multi)?gravida\b[^.;]{0,30}?\b\d{1,2}(?:\+\d)? ?(?:weeks|wks|/40)"), "pregnancy"),
    ("transplant", words(r"\b(?:kidney|liver|heart|lungs?|pancreas|renal|cardiac|hepatic)(?: [\w-]+){0,3} transplanted\b|\btransplanted(?: [\w-]+){0,3} (?:kidney|liver|heart|lungs?|pancreas)\b"), "organ_transplant"),
)
_DENIED = words(r"\b(?:no|nor|without|not|never|denie[sd]|free of|clear of)\b[^.;]{0,60}$")
# What may come, is looked for or hoped for: "would mean lifelong dialysis", "considered for a kidney transplant"
_TO_COME = words(r"\b(?:would|might|could|may|risk of|risks? (?:include|are)|considered for|consider(?:ing)?|awaiting|awaits|listed for|waiting (?:list )?for|candidate for|evaluated for|assessed for|work-?up for|screen(?:ed|ing)? for|avoid\w*|prevent\w*|prophylaxis (?:of|against)|to exclude|signs of|watch\w* for|in case of)\b[^.;,]{0,30}$")
_IN_GENERAL = words(r"^[\s,]*(?:(?:was|is|were|are|proved) (?:\w+ )?(?:due to|caused by|explained by|from|put down to) (?:(?:the|her|his|oral) )?(?:iron|bismuth|beetroot|liquorice)\b|(?:is|are|was|may be|can be|remains?) (?:an? )?(?:\w+ )?(?:side.?effects?|risks?|complications?|toxicit\w+)|(?:risk|prophylaxis|screening|prevention|discussed|explained|warning|ward|clinic appointment)\b)")
_NO_EARLIER = words(r"\b(?:no|nor|never|without)(?: any)? (?:had )?(?:previous|prior|earlier|past|history of)\b[^.;,]{0,30}$")
_ALLERGY = words(
    r"\b(?:allerg(?:y|ies|ic)|anaphyla\w+|hyper-?sensitiv\w+|urticaria\w*|hives|wheals|reaction(?: \w+){0,2} (?:to|with|after|during|from|on)|infusion reaction|contrast reaction|reacts (?:\w+ ){0,2}to|reacted (?:\w+ ){0,2}to|intoleran(?:t|ce)|collapsed (?:with|on|after|during)|"
    r"throat (?:swelling|tightness)|swelling of (?:the )?(?:face|lips|tongue|throat)|(?:face|lip|lips|tongue|facial|throat) (?:swelling|swelled|swelled up|swollen|swelled)|angio-?o?edema|bronchospasm|stridor|(?:came|breaks?|broke|breaking) out in|cannot (?:have|tolerate|take)|"
    r"must not (?:have|receive|be given)|never (?:give|again)|resuscitat\w+|tryptase|adrenaline|epinephrine|rash (?:with|to|after|on|from)|itch\w* (?:with|to|after|on|from))\b",
)
_GUARDED = words(r"\b(?:premed\w*|prophyla\w*|against|prevent\w*|risks? of|discuss\w*|warn\w*|in case of|monitor\w*|watch\w*|signs? of|chance of|prepared for)\b[^.;]{0,30}$")
# What comes over a patient in the minutes of an infusion
_SYMPTOM = words(r"\b(?:flush\w*|stridor|wheez\w*|hypotens\w*|bp (?:fell|dropped|\d)|loss of consciousness|collapse\w*|dyspnoea|breathless\w*|rash|itch\w*|swelling|cardiac arrest|desaturat\w*|throat)\b")
_GIVEN = words(r"\b(?:infusion|infused|minutes? (?:into|after|of)|cycle|dose|exposure|injection|injected|administration|drip|during|soon after|shortly after)\b")
# "flushing and stridor within minutes of her first paclitaxel"
_MINUTES = words(r"\b(?:minutes?|seconds|moments|soon|shortly|immediately|straight|directly|drops) (?:of|after|into|from)(?: (?:starting|the start of|beginning|receiving|the|her|his|a|an|first|second|third|fourth|next|last|test|dose|cycle|infusion|of|infusing|\w+ing)){0,6} $")
_LIFETIME = words(r"\b(?:cumulative|lifetime|total) (?:\w+ )?dose\b|\b(?:has )?already (?:had|received)\b")
_ALLERGY_TITLE = words(r"\b(?:allerg\w+|alerts?|hypersensitivit\w+|adverse (?:drug )?reactions?|infusion reaction|drug reaction|incident|intolerances?)\b")
_NO_ALLERGY = words(r"\b(?:NKDA|NKA|no known (?:drug )?(?:allerg\w+|intoleranc\w+|hypersensitiv\w+)|no (?:drug |medication |contrast )?(?:allerg\w+|reactions?|intoleranc\w+)(?! to)|allerg\w+\s*[:\-\u2013=]?\s*(?:none|nil|no|0|negative|unknown)\b|(?:denies|without|free of|not) (?:any )?(?:known )?(?:drug )?allerg\w+|allerg\w+ (?:denied|excluded|not known))")
_BARRED = words(r"\b(?:must not (?:have|receive|be given)|never (?:give|again)|no (?:further|more)|cannot (?:have|tolerate|take))\b[^.;]{0,40}$")
# "No taxane without supervised challenge." at the head of an allergy clinic's sentence forbids
_FORBIDS = (words(r"\W*no (?:other |further |more )?$"), words(r"s?(?: of any kind| whatsoever| ever| again)? (?:without|until|unless|ever|again|in (?:the )?future|at all|outside|except|under)\b|s? (?:ever|again)\W"))
_TOLERATED = words(r"\b(?:tolerat\w+|uneventful\w*|without (?:any )?(?:reaction|problem|incident|trouble)|no (?:further )?(?:reaction|problem|trouble)|no reaction|given safely|safely|de-?labell?ed|excluded|ruled out|skin test(?:s|ing)? negative|challenge negative|negative challenge)\b")
_CLEARED = words(r"\b(?:nil|none|no reaction|not|never|no) (?:\w+ )?(?:to|with|after)\b[^.;]{0,60}$|\b(?:allergic to nothing|other than)\b[^.;]{0,60}$")
_STOPPED = words(
    r"\b(?:stop(?:ped|s)?|discontinued|ceased|held|paused|off|until|finished|ended|withdrawn|no longer|previous(?:ly)?|was on|used to|former(?:ly)?|in the past|years? ago|replaced by|switched from|changed from|swapped|has taken|took|tailed off|weaned(?: off)?|tapered off|dropped|never|not (?:on|taking)|without|for six months|came off|comes off|expired|course (?:of|completed)|completed|avoid\w*|instead of|(?:19|20)\d\d)\b",
)
# "paroxetine since 2009, cannot be without it" goes on; "paroxetine changed to venlafaxine" does not
_WITHOUT_FAIL = words(r"\bsince (?:\w+ )?(?:19|20)\d\d\b|\b(?:cannot|can ?not|can't|could not|will not|won't|unable to) (?:be|do|cope|manage|live|go) without\b|\bwithout (?:fail|interruption|a break)\b")
_CHANGED_TO = words(r"\W*(?:(?:was|were|has been|is|being|now|since) )*(?:changed|switched|swapped|converted|exchanged|substituted) (?:over )?(?:to|for|by|with)\b")
_TAKEN = words(
    r"\b(?:on|takes?|taking|continues?|remains? on|stays? on|kept on|maintained (?:on|with)|established on|stable on|anticoagulated (?:with|on|by)|immunosuppressed (?:with|by)|treated with|controlled (?:with|by|on)|managed with|medication|medications|drugs|meds|tablets|pills|prescriptions?|receiving|receives|uses?|using|regular(?:ly)?|long-?term|lifelong|chronic|daily|current(?:ly)?|"
    r"under|rx|repeat|prescribed|swallows|includes?|including|plus|home|own)\b[^.;]{0,80}$"
)
_MEDICATION_TITLE = words(r"\b(?:medication|medicines?|drug (?:chart|history|list)|prescri\w+|pharmac\w+|reconciliation|repeat list|tablets|dosette|kardex)\b")
_DOSED = words(r"^\s*(?:\(?\d+(?:[.,]\d+)?\s?(?:mg|mcg|g|units?|IU|\u00b5g|micrograms?)\b|\(?\d+ ?(?:-|x)|(?:od|bd|tds|qds|bid|tid|daily|nocte|mane|weekly|twice|once|continues|trough|level|levels|indefinitely|lifelong|long-?term|regularly)\b|tablets?|capsules?|drops|patch(?:es)?|injections?|for (?!six|three|two|four|some|\d|a (?:week|month|while))[a-z]|since\b)")
_ANTICANCER = {"cytotoxic", "targeted_agent", "checkpoint_inhibitor", "endocrine_agent", "radioligand", "cytokine", "live_intravesical"}
_BROAD = {"cytotoxic", "targeted_agent", "endocrine_agent", "antibiotic", "allergen", "excipient", "folate"}


def background_findings(reading: Reading) -> Iterator[Finding]:
    """Conditions, allergies, medication, tests and earlier treatment, by position."""
    yield from titled_test(reading)
    yield from _told(reading)
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
                yield from test_findings(reading, sentence, mention)
            elif mention.category == "treatment":
                yield from _earlier(reading, sentence, mention)


def _condition(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    context = sentence.context(mention.start, mention.end)
    text = reading.low
    if context & _NOT_OURS or sentence.section in ("indication", "technique", "plan"):
        return
    lead, tail = _around(reading, sentence, mention)
    severe = mention.id == "neuropathy" and bool(_GRADED_BEFORE.search(lead) or _GRADED_AFTER.search(tail) or _DISABLED.search(tail))
    question = "comorbidity.severe_neuropathy" if severe else f"comorbidity.{mention.id}"
    if context & Context.NEGATED:
        yield finding(reading, sentence, question, "absent", mention)
        return
    if mention.id in _PASSING and (
        _of_old(sentence, mention, lead, bool(context & Context.HISTORICAL))
        or (is_old(reading, sentence.start, sentence.end) and not lasting(reading.low, sentence.start, sentence.end))
        or _RESOLVED.search(tail)
        or _MILD.search(lead)
    ):
        return
    if mention.id not in _FOR_LIFE and gone(reading, sentence):
        return
    if _RESOLVED.match(tail.lstrip()) or _DENIED.search(lead) or _AT_WORK.search(lead) or _WARNED_OF.search(lead) or _TO_COME.search(lead) or _IN_GENERAL.match(tail) or (mention.id == "pregnancy" and not _expecting(reading, sentence, mention)):
        return
    certainty: Certainty = "uncertain" if context & Context.UNCERTAIN or text[mention.end : mention.end + 1] == "?" else "stated"
    yield finding(reading, sentence, question, "present", mention, certainty=certainty)


def _of_old(sentence: Sentence, mention: Mention, lead: str, historical: bool) -> bool:
    """Whether it is told of an earlier time; a list of earlier illnesses tells of what lasts unless its words say otherwise."""
    if sentence.section == "history" and mention.id in _LASTING:
        return _WAS.search(lead) is not None
    return sentence.section in ("history", "comparison") or historical


def _told(reading: Reading) -> Iterator[Finding]:
    """The conditions that a verb tells ("brought up two spoons of blood")."""
    for stem, pattern, id in _TOLD:
        if stem in reading.low:
            for match in near(pattern, reading.low, places(reading.low, stem), 70, 70):
                sentence = sentence_at(reading, match.start())
                if sentence is not None and sentence.start <= match.start() and match.end() <= sentence.end and sentence.section not in ("legend", "family"):
                    yield from _condition(reading, sentence, Mention(match.start(), match.end(), "comorbidity", id))


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
    raw = reading.low[sentence.start : row_end(reading, sentence)]
    titled = reading.document.kind in ("note", "other", "laboratory") and bool(_ALLERGY_TITLE.search(lower(reading.document.title)))
    if sentence.section == "allergies" or titled or _ALLERGY.search(raw) or (_SYMPTOM.search(raw) and _GIVEN.search(raw)):
        yield from _allergy(reading, sentence, mention, raw, titled=titled)
        return
    classes = _classes(reading.rules, mention.id) if mention.category == "drug" else (mention.id,)
    if "anthracycline" in classes and (_LIFETIME.search(raw) or is_old(reading, sentence.start, sentence.end)) and not sentence.base & Context.HYPOTHETICAL:
        yield finding(reading, sentence, "comorbidity.prior_anthracycline", "present", mention)
    if _ANTICANCER.intersection(classes) or mention.id in _BROAD:
        return
    lead, tail = _around(reading, sentence, mention)
    following = _WITHOUT_FAIL.sub(" ", tail[:60])
    if _STOPPED.search(lead[-50:]) or _STOPPED.search(following) or _CHANGED_TO.match(tail) or sentence.base & Context.HISTORICAL:
        return
    context = sentence.context(mention.start, mention.end)
    if context & (Context.NEGATED | Context.HYPOTHETICAL | Context.HISTORICAL):
        return
    listed = sentence.section == "medication" or bool(_MEDICATION_TITLE.search(lower(reading.document.title)))
    if not listed and not _TAKEN.search(lead) and not _DOSED.search(tail):
        return
    if sentence.section == "plan" or (is_record(reading.document) and not listed):
        return
    for name in (mention.id, *(c for c in classes if c not in _BROAD and c != mention.id)):
        yield finding(reading, sentence, f"drug.{name}", "present", mention)


def _allergy(reading: Reading, sentence: Sentence, mention: Mention, raw: str, *, titled: bool) -> Iterator[Finding]:
    at, end = mention.start - sentence.start, mention.end - sentence.start
    near = sentence.section == "allergies" or titled or _reacted(raw, at, end)
    if not near or (_NO_ALLERGY.search(raw) and not _reacted(raw, at, end)):
        return
    following = min((m.start for m in sentence.mentions if m.category in ("drug", "drug_class") and m.start > mention.end), default=sentence.end)
    if _TOLERATED.search(raw, end, min(following - sentence.start, end + 60)) or _CLEARED.search(raw, 0, at):
        return
    context = sentence.context(mention.start, mention.end)
    if context & Context.HYPOTHETICAL:
        return
    barred = _BARRED.search(raw, 0, at) or (_FORBIDS[0].fullmatch(raw, 0, at) and _FORBIDS[1].match(raw, end))
    value = "absent" if context & Context.NEGATED and not barred else "present"
    yield finding(reading, sentence, f"allergy.{mention.id}", value, mention)
    # One contrast medium stands for its group; one cytotoxic does not.
    for name in _classes(reading.rules, mention.id) if mention.category == "drug" else ():
        if name.endswith(("_contrast", "_contrast_group1")):
            yield finding(reading, sentence, f"allergy.{name}", value, mention)


def _reacted(raw: str, at: int, end: int) -> bool:
    """Whether a reaction is told close to the drug, before or behind it."""
    for word in _ALLERGY.finditer(raw):
        if _GUARDED.search(raw, 0, word.start()):
            continue
        if 0 <= at - word.end() <= 50 or 0 <= word.start() - end <= 40:
            return True
    if _MINUTES.search(raw, 0, at) and (_ALLERGY.search(raw, max(0, at - 140), at) or _SYMPTOM.search(raw, max(0, at - 140), at)) and not _GUARDED.search(raw, 0, at):
        return True
    symptom = _SYMPTOM.search(raw, end, min(len(raw), end + 60))
    return symptom is not None and _GIVEN.search(raw) is not None


def _earlier(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    """A treatment of the past, where the words say so."""
    context = sentence.context(mention.start, mention.end)
    if context & (Context.FAMILY | Context.NEGATED | Context.HYPOTHETICAL) or mention.id.startswith("procedure."):
        return
    history = [m for m in sentence.mentions if m.category == "not_plan" and m.id == "history" and m.end <= mention.start]
    near = bool(history) and mention.start - history[-1].end <= 60
    if (near or context & Context.HISTORICAL) and not _NO_EARLIER.search(reading.low, max(sentence.start, mention.start - 40), mention.start):
        yield finding(reading, sentence, f"treatment.prior.{mention.id}", "present", mention)
