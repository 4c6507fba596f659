"""What is said of a structure: "portal vein patent", "thrombus fills the right renal vein and reaches into the IVC".

A structure and a sign (``lexicons/relations.yaml``) in one clause make a finding. Structures named together share their
signs; a sign belongs to the structure that it follows, or leads to ("invasion of the chest wall").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from agents.rules.clauses import UNSAID, context_at
from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import load_rules
from agents.rules.text import words
from panel.case import Evidence
from panel.opinion import Certainty, Finding

_AND = re.compile(
    r"(?:[\s,/&]|\b(?:and|or|nor|the|both|left|right|main|its|all|branches|either|of|is|in|proper|infrahepatic|suprahepatic|retrohepatic|common|hepatic|divisions?|sectoral|including|trunk|anterior|posterior)\b)*", re.I
)
_JOINT = re.compile(r"[,/&]|\b(?:and|or|nor)\b", re.I)
_LEADS = re.compile(r"\s*(?:\w+\s+){0,2}?(?:of|into|in|within|to|through|at|around|along)\s+(?:\w+\s+){0,4}$", re.I)
_ONWARD = re.compile(
    r"(?:extend|extension|reach|grow|ascend|propagat|protrud|continu|project|bulg|pass)\w*\b[^.;,]{0,30}?\b(?:into|to|up|within|in|as far as)\b[^.;,]{0,30}$", re.I
)
_GROWN_INTO = re.compile(  # "extends beyond the cervix into the left parametrium"
    r"(?:extend|grow|spread|spill|break|push|track|infiltrat|broken|grown|growth|extension|advanc)\w*\b[^.;,]{0,40}?\b(?:into|through)\s+(?:(?:the|both|left|right|its|adjacent|posterior|anterior|main|upper|lower|lateral|medial|adjoining|neighbouring)\s+){0,3}$", re.I
)
_CALLED = re.compile(
    r"[\s:=(,-]*(?:(?:is|are|was|were|appears?|looks?|remains?|seems?|both|all|again|also|otherwise|and|the|within|widely|fully|entirely|completely|macroscopically|"
    r"grossly|on both sides|on the left|on the right|bilaterally|throughout|well|imaged|included|portions?|of|with|shows?|demonstrates?|has|have|an?|homogeneous|homogeneously|enhancing|enhance|"
    r"parenchyma|normal|unremarkable|clear|smooth|glands?|R|L|left|right|its|branch|branches|divisions?|sectoral|segmental|including|anterior|posterior|trunk|tributaries|tree|system|main|lumen|"
    r"held|holds|contains?|contained|cannot|followed|traced|delineated|seen|widened|expanded|enlarged|distended|narrowed|partly|partially|now|therefore|surfaces?|be|to|not|no longer|macro|opposite|sides?|still|quite|perfectly)\b[\s:,=-]*)*",
    re.I,
)
_DIRECT = re.compile(r"\s*(?:(?:the|left|right|both|all|main|anterior|posterior|distal|proximal|entire|whole|surrounding|adjacent|overlying)\s+){0,4}$", re.I)
_OTHER_NORMAL = re.compile(
    r"\s*(?:in size|in calib|size|calib|contour|outline|function|enzymes?|tests?|biochem|limits of size|variant|for age|fat\b|volume|margins?|attenuation|density|"
    r"dose|tissue|range|shape|position|variant|volumes|perfusion|of |from |to |at |cava|bases? )",
    re.I,
)
_OTHER_PART = re.compile(r",\s*(?:(?:and|but|with|while|whereas|the|its|both|a|an)\s+)*(?:main|left|right|trunk|stem|other)\b", re.I)
_OF_DISEASE = re.compile(r"\s*(?:of|from) (?:tumou?r|metasta|disease|thromb|clot|focal|invasion|any|it\b|them\b|this\b)", re.I)
_EARLIER_PART = re.compile(r"\b(?:function|transplant\w*|biops\w*|cirrho\w*|enzymes?|disease|marrow|scan|flexure|window\w*|abscess|density|pain|surgeon\w*|team|clinic|unit|filter|stents?|graft|function tests|mri)\b", re.I)
OF_TUMOUR = re.compile(r"cancer|disease|metast|\bmets?\b|secondar|deposit|tumou?r|malignan|spread")
SHORT_OF = words(
    r"\b(?:respects?|respecting)\b|\b(?:leaves?|leaving|left)\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+){1,2}alone\b|\b(?:keeps?|keeping|kept|stays?|staying|stayed)\s+(?:well\s+)?(?:off|out of|clear of|away from)\b|\b(?:no|without|any|not in|out of)\s+(?:\w+\s+){0,2}(?:contact|abutment|touching|encroachment)(?:\s+(?:with|of|on|to|by)\b)?|\b(?:does|do|did) not\s+(?:\w+\s+)?(?:reach|touch|abut|approach|contact|meet|cross|leave|come near|get near|come close to)\b|"
    r"\b(?:stops?|stopping|stopped|falls|falling|remains?|stays?|ends?) (?:\w+ )?(?:short of|clear of|away from|within|inside)|\b(?:well |safely |clearly |kept )?(?:away|remote|distant|separated?) from\b|\b(?:ends?|ended|ending|stops?|stopped|stopping|terminat\w+) (?:just |well |shortly |\d+ [cm]m )?(?:before|below|under|proximal to|distal to|caudal to|outside)|\bmm (?:from|short of|clear of)\b|\b(?:is|are|was|were|lies|lay|stays|remains|well|keeps|entirely|completely) (?:well |entirely |quite )?(?:clear|free) of\b"
)
_SIDE = re.compile(r"\b(?:(?P<left>[Ll]eft|LEFT|L|LT|Lt|lt)|(?P<right>[Rr]ight|RIGHT|R|RT|Rt|rt))\b")
_NOT_LEAD = re.compile(r"\b(?:not|no longer|never)\s+(?:\w+ly\s+)?$", re.I)
_NO_NEW = re.compile(r"\bno\s+(?:new|further|other|additional|more)\b[^,;.]*$", re.I)  # says nothing of the old ones
_NO_LEAD = re.compile(r"\b(?:no|without|nor)\s+$", re.I)
_GAP, _CALL_GAP, _OWN = 70, 90, 12
_BEFORE = 100
# A specimen is described by the name it was sent under ("labelled superior chest wall, three glistening pieces").
NAMED_SPECIMEN = words(r"\b(?:labell?ed|designated|consist(?:s|ing|ed)? of|received (?:in|fresh)|submitted (?:in|as|fresh|for))\b")
_OFF = Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL | Context.OLD
_NEGATED, _UNCERTAIN = Context.NEGATED, Context.UNCERTAIN
_SILENT = ("indication", "legend", "technique", "family", "history", "plan", "comparison")
_ADJECTIVES = frozenset(
    {"sound", "clean", "hit", "nodular", "dilated", "not_dilated", "dry", "clear_space", "blocked", "draining"}
    | {"lost", "unbroken", "large", "not_large", "shifted"}
)
_SOUND = frozenset({"sound", "clean"})
_NOUNS = frozenset({"clot", "growth", "deposit", "peritoneal_deposit", "lesion", "fluid", "free_fluid"})
_ORGAN = "presence.metastasis."
# What says of a whole organ that nothing is in it; "smooth", "intact" or "of normal size" do not.
_WELL = words(
    r".*\b(?:normal(?!\s+(?:size|position|cal))|unremarkable|healthy|spared|untouched|undisturbed|wnl|ok(?:ay)?|fine|all ?right|without abnormality)\b.*|homogeneous|slender|slim|thin|delicate|in (?:good )?order|in good shape|maintained|respected"
)


_HARMLESS = words(r"\b(?:fibrous|benign|calcified|hyaline|endometrio\w+|inflammatory|reactive|old|scarr?\w*|asbestos\w*)\s+$")
_FOUND_FREE = words(r"[^.;\n]{0,30}?[:,-]\s*(?:no|without|negative for)\s+(?:evidence of\s+)?(?:malignan|tumou?r\b|carcinoma|cancer|metasta)")


def is_harmless(low: str, sentence: Sentence, sign: Mention) -> bool:
    """Whether what is there is none of the tumour: "fibrous plaques", "nodules, no malignancy"."""
    return bool(_HARMLESS.search(low[max(sentence.start, sign.start - 24) : sign.start]) or _FOUND_FREE.match(low, sign.end, sentence.end))


def says_well(low: str, relation: Relation, sign: Mention) -> bool:
    """Whether a word for "sound" can deny what the relation asks after."""
    return sign.id != "sound" or not relation.question.startswith(_ORGAN) or _WELL.fullmatch(low, sign.start, sign.end) is not None


class Relation(NamedTuple):
    """A question with what makes it."""

    question: str
    present: frozenset[str]
    absent: frozenset[str]
    kinds: tuple[str, ...]
    """Document kinds that it is read in; empty: all."""
    about: tuple[str, ...]
    """Stems of which the document or its title must hold one; empty: whatever it is about."""
    within: tuple[str, ...]
    """Stems of which the sentence or the words right before it must hold one; empty: none needed."""

    def owned(self, low: str, sentence: Sentence) -> bool:
        """Whether the sentence says whose structure it is, where several organs have one."""
        return not self.within or any(low.find(stem, max(0, sentence.start - _BEFORE), sentence.end) >= 0 for stem in self.within)

    def read_in(self, reading: Reading) -> bool:
        """Whether such a document can speak of it."""
        if self.kinds and reading.document.kind not in self.kinds:
            return False
        return reading.about(self.about)


class Group(NamedTuple):
    start: int
    end: int
    members: tuple[Mention, ...]


@lru_cache(maxsize=1)
def relations() -> tuple[Mapping[str, tuple[Relation, ...]], frozenset[str]]:
    rules = load_rules()
    of, *others = (rules.field("relations", "relations", key) for key in ("of", "present", "absent", "kinds", "about", "within"))
    present, absent, kinds, about, within = others
    table: dict[str, list[Relation]] = {}
    for question, structures in of.items():
        for structure in structures:
            relation = Relation(question.partition("#")[0], frozenset(present[question]), frozenset(absent[question]), kinds[question], about[question], within[question])
            table.setdefault(structure, []).append(relation)
    return {s: tuple(r) for s, r in table.items()}, frozenset(rules.table("relations", "seen")["imaging"])


def relation_findings(reading: Reading) -> Iterator[Finding]:
    """What is said of the structures of a reading."""
    tissue = reading.document.kind == "pathology"
    for sentence in reading.holding("structure"):
        if sentence.section in _SILENT:
            continue
        structures = [m for m in sentence.mentions if m.category == "structure"]
        signs = [m for m in sentence.mentions if m.category == "sign"]
        structures = _not_in(structures, signs)
        if structures and not (tissue and NAMED_SPECIMEN.search(reading.low, sentence.start, sentence.end)):
            yield from _sentence(reading, sentence, structures, signs)


def to_the_eye(reading: Reading, sentence: Sentence) -> bool:
    """Whether a pathologist describes here what the microscope has not judged yet: "capsule smooth and intact"."""
    return sentence.section == "gross" and reading.document.kind == "pathology"


def by_hand(reading: Reading, sentence: Sentence, question: str) -> bool:
    """Whether this is what a hand did not feel, of what only imaging or an operation can rule out."""
    if not question.startswith(_OUT_OF_REACH) or reading.document.kind in ("radiology", "pathology"):
        return False
    return sentence.section == "examination_clinical" or _EXAMINED.match(reading.low, sentence.start, sentence.end) is not None


_OUT_OF_REACH = ("presence.peritoneal_disease", "presence.metastasis.", "presence.ascites", "presence.pleural_effusion")
_EXAMINED = words(r"\W*(?:(?:on|by|at)\s+(?:\w+\s+){0,2}(?:exam\w*|palpation|inspection)|o/e|clinically|(?:physical|clinical|abdominal|pelvic|vaginal|bimanual|rectal|speculum) exam\w*|examination|palpation|bimanually|i (?:can|could) (?:feel|find|palpate))\b(?! under)")


def _not_in(structures: Sequence[Mention], signs: Sequence[Mention]) -> list[Mention]:
    """Without those inside a sign: "bone dry" speaks of no bone."""
    return [s for s in structures if not any(n.start <= s.start and s.end < n.end for n in signs)]


def structures_of(reading: Reading, sentence: Sentence) -> tuple[list[Mention], list[Mention], int]:
    """The structures of a sentence, the signs that may speak of them, and where the text about them ends.

    In a table that is the end of the row: its cells are sentences of their own.
    """
    structures = [m for m in sentence.mentions if m.category == "structure"]
    signs = [m for m in sentence.mentions if m.category == "sign"]
    end = sentence.end
    if reading.text[end - 1 : end] == "|" or reading.text[end : end + 2].lstrip(" ")[:1] == "|":
        line = reading.text.find("\n", end)
        end = line if line >= 0 else len(reading.text)
        for later in reading.sentences[reading.index_at(sentence.start) + 1 :]:
            if later.start >= end:
                break
            signs.extend(m for m in later.mentions if m.category == "sign")
            structures.extend(m for m in later.mentions if m.category == "structure")
    own = _not_in(structures, signs)
    return (own if own and own[0].start < sentence.end else []), signs, end


def _sentence(reading: Reading, sentence: Sentence, structures: Sequence[Mention], signs: Sequence[Mention]) -> Iterator[Finding]:
    groups = grouped(reading.text, structures, signs)
    table, imaging = relations()
    held: dict[str, str] = {}
    for i, group in enumerate(groups):
        low = groups[i - 1].end if i else sentence.start
        high = groups[i + 1].start if i + 1 < len(groups) else sentence.end
        for member in group.members:
            for relation in table.get(member.id, ()):
                if relation.question in imaging and reading.document.kind not in ("radiology", "surgery", "note", "other", "oncology"):
                    continue
                if not relation.read_in(reading) or not relation.owned(reading.low, sentence):
                    continue
                sign = _sign(reading.text, relation, group, signs, low=low, high=high, last=i + 1 == len(groups))
                value = None if sign is None else _value(reading, sentence, relation, sign, group)
                if value == "present" and sign is not None and "into" in relation.present and SHORT_OF.search(reading.low, sign.end, group.start):
                    value = "absent"  # "a thrombus that stops short of the cava"
                if sign is None and "present" in held.values() and "clot" in relation.present and _ONWARD.search(reading.text, low, group.start):
                    value, sign = "present", member
                if sign is None and "into" in relation.present and _GROWN_INTO.search(reading.text, low, group.start):
                    denied = context_at(reading.low, sentence, member.start, member.end) & _NEGATED
                    value, sign = "absent" if denied else "present", member
                if value is None or sign is None:
                    continue
                held[relation.question] = value
                if value == "absent" and (to_the_eye(reading, sentence) or by_hand(reading, sentence, relation.question)):
                    continue
                finding = _finding(reading, sentence, relation.question, value, (member, sign))
                if finding is not None:
                    yield finding


def grouped(text: str, structures: Sequence[Mention], signs: Sequence[Mention] = ()) -> list[Group]:
    """Structures named together; the last of a list with a word of its own behind it stands alone ("thrombus in the renal vein, cava clear")."""
    groups: list[Group] = []
    for mention in sorted(set(structures)):
        if groups:
            last = groups[-1]
            between = (text, last.end, mention.start)
            if mention.start < last.end or (
                mention.start - last.end <= 24 and _AND.fullmatch(*between) and _JOINT.search(*between)
            ):
                groups[-1] = Group(last.start, max(last.end, mention.end), (*last.members, mention))
                continue
        groups.append(Group(mention.start, mention.end, (mention,)))
    if not any(len(group.members) > 1 for group in groups):
        return groups
    return [part for group in groups for part in _parted(text, group, signs)]


def _parted(text: str, group: Group, signs: Sequence[Mention]) -> tuple[Group, ...]:
    last = group.members[-1]
    others = group.members[:-1]
    if not others or text[others[-1].end : last.start].strip() not in (",", ";"):
        return (group,)
    before = any(s.id in _NOUNS and 0 <= group.start - s.end <= _GAP and "," not in text[s.end : group.start] for s in signs)
    after = any(s.id in _ADJECTIVES and 0 <= s.start - last.end <= _OWN and _CALLED.fullmatch(text, last.end, s.start) for s in signs)
    if not (before and after):
        return (group,)
    return Group(group.start, others[-1].end, others), Group(last.start, last.end, (last,))


def _sign(
    text: str, relation: Relation, group: Group, signs: Sequence[Mention], *, low: int, high: int, last: bool
) -> Mention | None:
    """The sign that speaks of the group, or None."""
    ours = [s for s in signs if s.id in relation.present or s.id in relation.absent]
    after = [s for s in ours if group.end <= s.start and s.end <= high and s.start - group.end <= _CALL_GAP]
    before = [s for s in ours if low <= s.start and s.end <= group.start and group.start - s.end <= _GAP]
    for sign in after:
        if sign.id in _ADJECTIVES and _called(text, relation, group, sign):
            if _OTHER_PART.search(text, group.end, sign.start) and any(s.id in _NOUNS and "," not in text[s.end : group.start] for s in before):
                break  # "thrombus in the posterior branch of the portal vein, the main trunk is patent"
            return sign
    for sign in reversed(before):
        if sign.id in _ADJECTIVES and _direct(text, sign, group):
            return sign
    # A bare "lesion" counts only where no metastasis is named ("lesions in the liver consistent with metastases").
    for wanted in (False, True):
        for sign in reversed(before):
            if sign.id in _ADJECTIVES or (sign.id == "lesion") is not wanted:
                continue
            between = text[sign.end : group.start]
            if ":" in between and any(0 <= s.start - group.end <= 2 for s in after):
                continue  # "LVI: dermal lymphatic invasion: ...": a label, and a name of its own
            if "," not in between and (sign.id != "into" or group.start - sign.end <= 40):
                return sign
        for sign in after:
            if sign.id not in _NOUNS or sign.start - group.end > _GAP or (sign.id == "lesion") is not wanted or (not last and _LEADS.fullmatch(text, sign.end, high)):
                continue
            if not _EARLIER_PART.search(text, group.end, sign.start):
                return sign
    return None


def _direct(text: str, sign: Mention, group: Group) -> bool:
    """Whether a word stands right before a structure and says it of it ("patent portal vein")."""
    if not _DIRECT.fullmatch(text, sign.end, group.start):
        return False
    return not _OTHER_NORMAL.match(text, group.end) and not _EARLIER_PART.match(text, group.end + 1)


def owned_by_part(text: str, group: Group, sign: Mention, *, organ: bool) -> bool:
    """Whether a word behind a structure is said of something that belongs to it ("liver function normal", "bone marrow")."""
    part = _EARLIER_PART.search(text, group.end, sign.start)
    if part is not None and not (organ and sign.id in _SOUND and part.group().lower() in ("scan", "mri")):  # "bone scan clear"
        return True
    judged = (organ or sign.id in _SOUND) and OF_TUMOUR.search(text, sign.start, sign.end) is None
    return judged and _OTHER_NORMAL.match(text, sign.end) is not None and not _OF_DISEASE.match(text, sign.end)


def _called(text: str, relation: Relation, group: Group, sign: Mention) -> bool:
    """Whether a word after a structure is said of it ("the liver is normal", not "liver function normal")."""
    if sign.start - group.end > _CALL_GAP or owned_by_part(text, group, sign, organ=relation.question.startswith(_ORGAN)):
        return False
    return _CALLED.fullmatch(text, group.end, sign.start) is not None


def _value(reading: Reading, sentence: Sentence, relation: Relation, sign: Mention, group: Group) -> str | None:
    text = reading.text
    first = min(sign.start, group.start)
    if _NO_NEW.search(text, max(sentence.start, first - 40), first):
        return None
    denied = bool(context_at(reading.low, sentence, sign.start, sign.end) & _NEGATED)
    # The trigger may overlap the sign: "no suspicious" and "suspicious lesion".
    denied = denied or _NO_LEAD.search(text, max(sentence.start, sign.start - 12), sign.start) is not None
    if sign.id in relation.present and sign.id not in relation.absent:
        if not denied and is_harmless(reading.low, sentence, sign):
            return None
        return "absent" if denied else "present"
    if sign.id == "lesion":
        return "absent" if denied and reading.document.kind == "radiology" else None
    if not says_well(reading.low, relation, sign):
        return None
    if _NOT_LEAD.search(text, max(sentence.start, sign.start - 20), sign.start):
        return "present" if not relation.question.startswith(_ORGAN) and sign.id != "not_dilated" else None
    if relation.question.startswith(_ORGAN) and reading.document.kind != "radiology" and not OF_TUMOUR.search(reading.low, sign.start, sign.end):
        return None  # elsewhere "liver normal" is an examination or a blood test
    return "absent"


# "Haemangioma or metastasis"
_BENIGN = r"(?:cysts?|ha?emangiomas?|granulomas?|adenomas?|abscess(?:es)?|hamartomas?|fnh|infection|infarcts?|artefacts?|scars?|bone islands?|degenerat\w+|fractures?|inflammation|benign)"
_OR_BENIGN = words(rf"\b{_BENIGN}\s*(?:,\s*)?(?:or|versus|vs\.?|/)\s*(?:an? |less likely |possibly )?$")
_OR_ELSE = words(rf"\s*(?:,\s*)?(?:or|versus|vs\.?|/)\s*(?:an? |less likely |more likely |possibly |simple |small ){{0,2}}{_BENIGN}\b")
# So little that the next reader calls it normal.
SLIGHT = words(r"\b(?:minimally|marginally|borderline|barely|scarcely)\s+(?:dilat|distend|wid|enlarg|promin|full)")


def _finding(
    reading: Reading, sentence: Sentence, question: str, value: str, spans: tuple[Mention, Mention]
) -> Finding | None:
    member, sign = spans
    low, high = min(member.start, sign.start), max(member.end, sign.end)
    context = context_at(reading.low, sentence, sign.start, sign.end) | context_at(reading.low, sentence, member.start, member.end)
    if context & _OFF or UNSAID.match(reading.low, high, sentence.end):
        return None
    slight = value == "present" and sign.id in ("dilated", "large") and SLIGHT.search(reading.low, max(sentence.start, sign.start - 14), sign.end)
    either = value == "present" and sign.id == "deposit" and (_OR_BENIGN.search(reading.low, max(sentence.start, sign.start - 34), sign.start) or _OR_ELSE.match(reading.low, sign.end, sentence.end))
    certainty: Certainty = "uncertain" if context & _UNCERTAIN or slight or either else "stated"
    return Finding(
        question=question,
        value=value,
        date=reading.date,
        certainty=certainty,
        evidence=(quote_of(reading, sentence, low, high),),
    )


def quote_of(reading: Reading, sentence: Sentence, low: int, high: int) -> Evidence:
    """The sentence, or the half of it that speaks of this side ("right parametrium soft, left infiltrated")."""
    text = reading.text
    sided = list(_SIDE.finditer(text, sentence.start, sentence.end))
    if len(sided) != 2 or sided[0].lastgroup == sided[1].lastgroup:
        return reading.quote(sentence, (low, high))
    first, second = sided
    cut = max(text.rfind(mark, first.end(), second.start()) for mark in ",;/:.")
    if cut < 0 or not (high <= cut or low > cut):
        # "Parametrium R: soft / L: thick": the sign stands in the half, the structure before both.
        if not (low < first.start() < high <= second.start()):
            return reading.quote(sentence, (low, high))
        return reading.evidence(low, high)
    return reading.evidence(sentence.start, cut) if high <= cut else reading.evidence(_start(text, cut + 1), sentence.end)


def _start(text: str, at: int) -> int:
    while text[at].isspace():
        at += 1
    return at
