"""What a clause says of one structure, however its words are ordered: "the liver, on careful review, is spotless".

The strict reader (``relations``) asks that the words between a structure and its sign be known ones. This one asks
instead that nothing else that could own the sign stands between, that all signs of the clause agree, and that they are
of the clause itself. It says nothing of a question that the sentence has answered already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agents.rules.clauses import UNSAID
from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.relations import (
    NAMED_SPECIMEN,
    OF_TUMOUR,
    SHORT_OF,
    SLIGHT,
    Group,
    Relation,
    by_hand,
    grouped,
    is_harmless,
    owned_by_part,
    quote_of,
    relations,
    says_well,
    structures_of,
    to_the_eye,
)
from agents.rules.text import words
from panel.opinion import Certainty, Finding

_ORGAN = "presence.metastasis."
_IMAGED = words(r"\b(?:scans?|cts?|cect|mri?|mpmri|pet|pet[-/ ]ct|psma|spect|imaging|imaged|ultrasound|sonograph\w*|uss?|scintigra\w+|bone scan|radiolog\w+|study|films?|x-?rays?|cxr|staging|laparoscop\w*|laparotomy)\b")
_BREAK = words(r"[;\u2022\n]|\s-\s|\s\u2013\s|\b(?:but|however|although|though|whereas|while|whilst|otherwise|except|apart from|with the exception)\b")
_TAIL_WORDS = 7
# What a short clause behind a comma begins with when its subject is still the structure before it.
_TAIL = words(
    r"\s*(?:(?:and|or|is|are|was|were|appear\w*|looks?|all|both|also|each|either|neither|quite|entirely|completely|fully|widely|itself|macroscopically|microscopically|now|still|again|probably|i think|on the whole|with|which|that|at least)\s+)*"
    r"(?:no\b|not\b|none\b|nil\b|nothing\b|never\b|without\b|neither\b|free\b|clear\w*|clean\b|un\w+|in\w+ed\b|in\w+ing\b|intact|normal|negative|positive|preserved|spared|patent|open|dry|empty|sharp|smooth|soft|supple|mobile|moving|fixed|thick\w*|black|echo-?free|anechoic|compress\w*|dilated|distended|\w+ed\b|with(?:out)?\b|safe|spotless|pristine|healthy|central|straight|lost|gone|slim|thin|fine|ok\b)"
)
_GAP_WORDS = 9
_INSIDE = words(
    r"\b(?:tumou?rs?|cancer|carcinoma|adenocarcinoma|malignan\w+|melanoma|sarcoma|metasta\w+|disease|emboli|embolus|nests?|islands?|plugs?|clusters?|cords?|clumps?|tongues?|cells|deposits?|foci|focus|growth|invasion|involvement|infiltration|extension|spread|thrombus)\b"
    r"(?:(?!\b(?:and|or|but|with|without|no|not|free|clear|away|from|normal|the (?:liver|lung))\b)[^.;,:]){0,40}?\b(?:in|within|inside|into|through|along|around|between|beneath|beyond|outside|round|on|over|onto|upon|involving|invading)\s+(?:(?!of\b)[\w-]+\s+){0,3}$"
)
_NEGATOR = words(
    r"\b(?:no|not|none|nil|never|nowhere|without|neither|nor|nothing|cannot see|lack(?:s|ing)?|free (?:of|from)|clear of|devoid of|absence of|absent|fail(?:s|ed)? to|negative for|spared|rules? out|ruled out|excludes?|excluded|denies|unable to|hardly|barely|scarcely|rather than|instead of|in place of)\b(?!\s+(?:only|just|doubt|longer certain))"
)
_DENIED_AFTER = words(r"[^,;:.]{0,28}?\b(?:not (?:seen|found|identified|present|detected|demonstrated|shown|evident|confirmed|visible|observed|encountered|borne out|met)|absent|excluded|ruled out|none|nil|negative|unlikely|nowhere)\b|\s*[:=-]\s*(?:no|none|nil|neg|absent|0)\b")
_NOT_LEAD = words(r"\b(?:not|no longer|never|neither|nor|hardly|isn't|aren't)\s+(?:\w+\s+){0,2}$")
_SPREAD = words(r"\b(?:cancer|tumou?r|disease|melanoma|it|carcinoma|has|have)\b[^.;,:]{0,20}?\b(?:spread(?:ing)?|reached|gone|seeded|metastasi[sz]ed|got|moved|travelled|extended)\s+(?:in)?(?:to\s+)?(?:(?:the|both|her|his|your|each)\s+){0,2}$")
_ARTERY = "presence.arterial_encasement"
_ENCASING = words(r"(?:more than|greater than|over|exceed\w*|beyond|above|>)\s?(?:180|two hundred|half)\b|\bcircumferential(?:ly)?\b")
_FASCIA = "presence.crm_threatened"
_DISTANCE = words(r"(?<![\d.])(?P<mm>\d{1,2}(?:\.\d)?)\s?mm\s+(?:of|from|away|to|off|clear|distant|short)\b")
_AT_RISK_MM = 1.0  # MERCURY: Taylor FG et al., Br J Surg 98(6):872-879, 2011, doi:10.1002/bjs.7458
_CLEAR_MM = 2.0  # up to here some radiologists still write "threatened": a length in between settles nothing
_OVER = words(r"(?:more than|greater than|over|beyond|exceeding|at least|minimum of|>=?|\u2265)\s?$")
_UNDER = words(r"(?:less than|under|below|within|at most|up to|<=?|\u2264)\s?$")
_NOTHING = words(r"\b(?:nothing|nil|none|no abnormalit(?:y|ies)|no pathology)\b(?:\s+(?!but\b|else\b|new\b|more\b)\w+){0,3}?\s+(?:in|within|at|on|of|from)\s+(?:(?!her2|time)\w+\s+){0,2}$")
# "In the liver a 17 mm focus with rim enhancement, consistent with a metastasis"
_READ_AS = words(
    r"[^.;:]{0,110}?\b(?:consistent with|in keeping with|compatible with|typical (?:of|for)|characteristic of|represent(?:s|ing)|indicat(?:es|ing)|diagnostic of|regarded as|most likely)\s+(?:an? |the )?(?:(?!no|not|without)\w+ ){0,2}?(?:metasta\w+|secondar\w+|deposits?)\b"
)
# "Liver: haemangiomas only on MRI", "nothing but cysts in the liver"
_HARMLESS_NAMES = r"(?:(?:simple|small|tiny|few|benign|old|calcified|two|three|several|multiple)\s+){0,3}(?:cysts?|ha?emangiomas?|granulomas?|hamartomas?|adenomas?|calcifications?|scars?|focal fat|fatty sparing|degenerat\w+|osteophytes?|bone islands?|arthritis)"
_ONLY_HARMLESS = words(rf"\b(?:only|nothing but|merely|just|nothing more than|no more than|no other than)\s+(?:an? |some )?{_HARMLESS_NAMES}\b|\b{_HARMLESS_NAMES}\s+(?:only|alone|and nothing (?:else|more))\b")
_PLANE = words(r"\b(?:fat|fatty|tissue|cleavage)?\s*(?:planes?|halo|collar|rim|cuff|interface|envelope|fat)\b")
_PLANE_KEPT = words(r"\b(?:preserved|intact|clear|clean|kept|maintained|present|visible|respected|normal|complete|unbroken|uninterrupted|well seen|healthy|retained|undisturbed|surrounds?|all round|all around|throughout)\b")
_PLANE_LOST = words(r"\b(?:lost|loss|effaced|obliterat\w+|no|absent|indistinct|blurred|hazy|stranding|infiltrat\w+|invad\w+|not|without|gone|disturbed|distorted|breach\w*)\b")
_BARRIERS = frozenset({"benign", "node", "station"})
_OFF = Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL | Context.OLD
_SILENT = frozenset({"indication", "legend", "technique", "family", "history", "plan", "comparison"})
_NOUNS = frozenset({"growth", "clot", "fluid", "free_fluid", "deposit", "peritoneal_deposit", "lesion"})
_BEFORE_ONLY = frozenset({"into", "squeezes", "blocks", "fluid_round"})
_AFTER_ONLY = frozenset({"sound", "clean", "dry", "clear_space", "not_dilated", "draining", "unbroken", "not_large"})
_KINDS = ("radiology", "surgery", "note", "other", "oncology")
_LINES = frozenset({"presence.arterial_encasement", "presence.smv_involvement", "presence.crm_threatened", "presence.chest_wall_invasion", "presence.mediastinal_invasion", "presence.portal_vein_invasion", "presence.parametrial_invasion"})


def state_findings(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """What clauses say of structures, without the questions that their sentences have answered (``told``)."""
    tissue = reading.document.kind == "pathology"
    for sentence in reading.holding("structure"):
        if sentence.section in _SILENT:
            continue
        structures, signs, end = structures_of(reading, sentence)
        if structures and not (tissue and NAMED_SPECIMEN.search(reading.low, sentence.start, sentence.end)):
            yield from _sentence(reading, sentence, structures, signs, end, told)


def _sentence(
    reading: Reading, sentence: Sentence, structures: Sequence[Mention], signs: Sequence[Mention], end: int, told: Sequence[Finding]
) -> Iterator[Finding]:
    groups = grouped(reading.text, structures, signs)
    table, imaging = relations()
    done: set[str] = set()
    for i, group in enumerate(groups):
        low = groups[i - 1].end if i else sentence.start
        high = groups[i + 1].start if i + 1 < len(groups) else end
        for member in group.members:
            for relation in table.get(member.id, ()):
                question = relation.question
                if question in done or (question in imaging and reading.document.kind not in _KINDS) or not relation.read_in(reading) or not relation.owned(reading.low, sentence):
                    continue
                if any(f.question == question and f.evidence[0].start < sentence.end and sentence.start < f.evidence[0].end for f in told):
                    continue
                said = _said(reading, sentence, relation, group, signs, (low, high))
                if said is not None and not (said[0] == "absent" and (to_the_eye(reading, sentence) or by_hand(reading, sentence, question))):
                    done.add(question)
                    yield _finding(reading, sentence, question, *said)


_Said = tuple[str, int, int, bool]
"""Value, the span that says so, and whether it is uncertain."""


def _said(
    reading: Reading, sentence: Sentence, relation: Relation, group: Group, signs: Sequence[Mention], room: tuple[int, int]
) -> _Said | None:
    low, high = _clause(reading.low, group, *room)
    values: dict[str, tuple[int, int]] = {}
    for sign in signs:
        if not (low <= sign.start and sign.end <= high) or not (sign.id in relation.present or sign.id in relation.absent):
            continue
        if (sign.start < group.end and group.start < sign.end) or not _belongs(reading, sentence, relation, group, sign):
            continue
        value = _value(reading, sentence, relation, sign, low)
        if value is not None:
            values.setdefault(value, (min(sign.start, group.start), max(sign.end, group.end)))
    for value, span in (*_around(reading, sentence, relation, group, (low, high)), *_inside(reading, sentence, relation, group)):
        values.setdefault(value, span)
    if len(values) != 1 or _NO_NEW.search(reading.low, low, high):
        return None
    value, (start, end) = values.popitem()
    context = sentence.context(start, min(end, sentence.end)) | sentence.context(group.start, group.end)
    if context & _OFF or UNSAID.match(reading.low, max(end, group.end), sentence.end):
        return None
    slight = value == "present" and not relation.question.startswith(_ORGAN) and SLIGHT.search(reading.low, low, high)
    return value, start, end, bool(context & Context.UNCERTAIN or slight)


def _clause(low: str, group: Group, start: int, end: int) -> tuple[int, int]:
    """Where the words about the group begin and end: its own clause, and short ones set off by commas behind it."""
    for stop in _BREAK.finditer(low, start, group.start):
        start = stop.end()
    hard = _BREAK.search(low, group.end, end)
    end = hard.start() if hard else end
    comma = max(low.rfind(",", start, group.start), low.rfind(":", start, group.start))
    start = max(start, comma + 1)
    at = low.find(",", group.end, end)
    while at >= 0:
        following = low.find(",", at + 1, end)
        part = low[at + 1 : following if following >= 0 else end]
        if len(part.split()) > _TAIL_WORDS or not _TAIL.match(part):
            return start, at
        at = following
    return start, end


def _belongs(reading: Reading, sentence: Sentence, relation: Relation, group: Group, sign: Mention) -> bool:
    """Whether nothing that could own the sign stands between it and the structure."""
    before = sign.end <= group.start
    low, high = (sign.end, group.start) if before else (group.end, sign.start)
    between = reading.low[low:high]
    denying = before and sign.id in ("clean", "sound") and reading.low.startswith(("no ", "without ", "nothing"), sign.start)  # "no spread to the lungs"
    if denying and not _LEADS.search(between):
        return False
    if (before and not denying and sign.id in _AFTER_ONLY) or (not before and sign.id in _BEFORE_ONLY) or len(between.split()) > _GAP_WORDS:
        return False
    if before and sign.id in _NOUNS and not _LEADS.search(between):
        return False
    if not before and owned_by_part(reading.text, group, sign, organ=relation.question.startswith(_ORGAN)):
        return False
    colon = between.strip()[:1] == ":"
    for other in sentence.mentions:
        if other.end <= low or other.start >= high:
            continue
        if other.category in _BARRIERS or (other.category == "structure" and other.id not in {m.id for m in group.members}):
            return False
        if other.category == "anatomy" and not before and not colon and not (other.start < group.end and group.start < other.end) and _SUBJECT.search(reading.low, low, other.start):
            return False
        if other.category in ("histology", "lesion") and relation.question.startswith(_ORGAN) and not colon and not before:
            return False
    return True


_NO_NEW = words(r"\bno\s+(?:\w+\s+)?(?:new|further|other|additional|more)\b")  # says nothing of the old ones
_LEADS = words(r"\b(?:of|into|in|within|to|through|at|around|along|over|across|on|throughout|involving|beneath|under)\b")
_SUBJECT = words(r"\b(?:and|with|while)\s|(?<!of )(?<!up to )(?<!down to )(?<!far as )\b(?:the|a|an)\s")


def _value(reading: Reading, sentence: Sentence, relation: Relation, sign: Mention, low: int) -> str | None:
    text = reading.low
    own = text[max(low, sign.start - 48) : sign.start]
    negated = _NEGATOR.search(own) is not None
    denied = negated or _DENIED_AFTER.match(text, sign.end, sentence.end) is not None
    if sign.id == "lesion":
        scanned = reading.document.kind == "radiology" or imaged(reading, sentence)
        return "absent" if denied and scanned else None
    if sign.id in relation.present and sign.id not in relation.absent:
        if not denied and is_harmless(text, sentence, sign):
            return None
        return "absent" if denied else "present"
    if not says_well(reading.low, relation, sign):
        return None
    if negated:
        if _NOT_LEAD.search(own) and not relation.question.startswith(_ORGAN) and sign.id not in ("not_dilated", "not_large", "draining"):
            return "present"
        return None
    if relation.question.startswith(_ORGAN) and reading.document.kind != "radiology" and not OF_TUMOUR.search(text, sign.start, sign.end) and not imaged(reading, sentence):
        return None
    return "absent"


def _around(reading: Reading, sentence: Sentence, relation: Relation, group: Group, room: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """A plane of fat kept or lost, or a growth that stops short of the structure."""
    low, high = room
    text, room_end = reading.low, sentence.end
    if relation.question in _LINES and (plane := _PLANE.search(text, low, high)):
        about = text[low : group.start] + text[group.end : high]
        kept, lost = _PLANE_KEPT.search(about), _PLANE_LOST.search(about)
        if kept and not lost:
            yield "absent", (min(plane.start(), group.start), max(plane.end(), group.end))
    if relation.question.startswith(_ORGAN) and (reading.document.kind == "radiology" or imaged(reading, sentence)):
        nothing = _NOTHING.search(text, low, group.start)
        if nothing is not None:
            yield "absent", (nothing.start(), group.end)
        read_as = _READ_AS.match(text, group.end, room_end)
        if read_as is not None and not any(m.category == "structure" and m.id not in {own.id for own in group.members} for m in sentence.mentions if group.end <= m.start < read_as.end()):
            yield "absent" if _NEGATOR.search(text, low, read_as.end()) else "present", (group.start, read_as.end())
        harmless = _ONLY_HARMLESS.search(text, low, high)
        if harmless is not None:
            yield "absent", (min(group.start, harmless.start()), max(group.end, harmless.end()))
        spread = _SPREAD.search(text, low, group.start)
        if spread is not None:
            yield "absent" if _NEGATOR.search(text, low, group.start) else "present", (spread.start(), group.end)
    if relation.question == _ARTERY and _ENCASING.search(text, low, high):
        yield "present", (low, high)
    if relation.question == _FASCIA and (distance := _DISTANCE.search(text, low, high)):
        if value := _margin(text[max(low, distance.start() - 16) : distance.start()], float(distance["mm"])):
            yield value, (min(distance.start(), group.start), max(distance.end(), group.end))
        return
    if "into" in relation.present:
        short = SHORT_OF.search(text, low, high)
        if short is not None and (short.end() <= group.start or short.start() - group.end < 24):
            yield "absent", (min(short.start(), group.start), max(short.end(), group.end))


def _margin(before: str, mm: float) -> str | None:
    """Whether a distance of tumour to the mesorectal fascia, in mm, threatens the margin; None where it does not tell."""
    if _OVER.search(before):
        return "absent" if mm >= _AT_RISK_MM else None
    if mm <= _AT_RISK_MM:
        return "present"
    return "absent" if mm > _CLEAR_MM and not _UNDER.search(before) else None


def _inside(reading: Reading, sentence: Sentence, relation: Relation, group: Group) -> Iterator[tuple[str, tuple[int, int]]]:
    """"Carcinoma is present inside lymphatics", "breaches the capsule into the fat": the structure as the place of tumour."""
    if "inside" not in relation.present:
        return
    found = _INSIDE.search(reading.low, max(sentence.start, group.start - 100), group.start)
    if found is not None:
        denied = _NEGATOR.search(reading.low, max(sentence.start, found.start() - 40), group.start)
        yield "absent" if denied else "present", (found.start(), group.end)


def imaged(reading: Reading, sentence: Sentence) -> bool:
    """Whether a letter speaks of imaging here: in this sentence or the one before."""
    index = reading.index_at(sentence.start)
    before = reading.sentences[index - 1].start if index else sentence.start
    return _IMAGED.search(reading.low, max(before, sentence.start - 200), sentence.end) is not None


def _finding(reading: Reading, sentence: Sentence, question: str, value: str, start: int, end: int, unsure: bool) -> Finding:
    certainty: Certainty = "uncertain" if unsure else "stated"
    evidence = reading.evidence(start, end) if end > sentence.end else quote_of(reading, sentence, start, end)
    return Finding(question=question, value=value, date=reading.date, certainty=certainty, evidence=(evidence,))
