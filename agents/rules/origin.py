"""Which organ a chart's tumour arose in, and which tumour type's rules apply.

Every named cancer votes for its organ: most where the word stands with the organ, less by histology or work-up alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from agents.rules.context import Context
from agents.rules.lesions import Statement
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import load_rules

_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_NOT_HIS = Context.NEGATED | Context.FAMILY
_UNSURE = _DROP | Context.UNCERTAIN
_WEIGHT = {"cancer": 6, "mass": 3, "specimen": 2, "lesion": 1}
_KEPT = frozenset({"hint", "histology", "kind", "lesion", "anatomy", "multiple", "change"})
_ELSEWHERE = frozenset({"history", "family", "comparison"})
_PLACES_ONLY = frozenset({
    "axilla", "groin", "neck", "hilum", "mediastinum", "iliac", "peritoneum", "heart", "limb_joint", "vessel", "eye",
    "hernia_site", "port_site", "diaphragm", "parametrium", "spleen", "seminal_vesicle", "duodenum", "vagina", "part",
})  # fmt: skip
# Tumours found by the way, with their organ.
_BY_THE_WAY = {"meningioma": "brain", "basal_cell_carcinoma": "skin"}

Found = tuple[Sentence, Mention]
Sifted = Mapping[str, Sequence[Found]]
"""The mentions of a reading that say which tumour it is about, by category."""


def sift(reading: Reading) -> Sifted:
    """One pass over a reading's mentions."""
    table: dict[str, list[Found]] = {category: [] for category in _KEPT}
    for sentence in reading.holding(*_KEPT):
        for mention in sentence.mentions:
            if mention.category in _KEPT:
                table[mention.category].append((sentence, mention))
    return table


def tumour_organ(
    readings: Sequence[Reading], sifted: Sequence[Sifted], said: Sequence[Sequence[Statement]], question: str
) -> str | None:
    """The organ the chart's tumour arose in, or None when nothing in it names one."""
    votes: Counter[str] = Counter()
    organ_of = _organ_of()
    muscle = False
    for reading, found, own in zip(readings, sifted, said, strict=True):
        seen: Counter[str] = Counter()
        for statement in own:
            if statement.organ and statement.organ not in _PLACES_ONLY and not statement.second:
                seen[statement.organ] += _WEIGHT.get(statement.kind, 0)
                muscle = muscle or (statement.place or "").startswith("soft_tissue.")
        _mentioned(reading, found, organ_of, seen)
        for organ, count in seen.items():
            votes[organ] += min(count, 24)
    asked = load_rules().lexicon.scan(question)
    for organ in _organs_named(asked):
        votes[organ] += 6
    for reading in readings:
        weight = 3 if reading.document.kind in ("pathology", "surgery") else 2
        for organ in set(_organs_named(reading.title)):
            votes[organ] += weight
    skin = _skin_cancer(readings, sifted)
    if skin:
        votes["skin"] += votes.pop("head_neck", 0)  # "scalp", in a head and neck clinic
    melanoma = skin or _melanoma(sifted) or any(_is_melanoma(m) for m in (*asked, *(m for reading in readings for m in reading.title)))
    sarcoma = any("sarcoma" in reading.low or "lipomatous tum" in reading.low for reading in readings) or "sarcoma" in question.lower()
    return _elected(votes, melanoma, sarcoma, muscle, any("mesothelioma" in reading.low for reading in readings), any(said))


@lru_cache(maxsize=1)
def _organ_of() -> dict[str, str]:
    return load_rules().mapping("histology", "organ")


def _elected(votes: Counter[str], melanoma: bool, sarcoma: bool, muscle: bool, mesothelioma: bool, said: bool) -> str | None:
    if sarcoma and not melanoma:
        votes["soft_tissue"] += votes.pop("skin", 0)  # "sarcoma of the thigh"
        for organ in ("soft_tissue", "bone"):
            votes[organ] += votes[organ] > 0
    if mesothelioma:
        votes["pleura"] += votes.pop("lung", 0)
    else:
        votes.pop("pleura", None)
    if not melanoma:
        votes.pop("skin", None)  # a shoulder or a back is no organ of origin by itself
    if not (sarcoma or muscle):
        votes.pop("soft_tissue", None)
    if not sarcoma:
        votes.pop("bone", None)
    for place in _PLACES_ONLY & set(votes):
        del votes[place]
    if votes["uterus"] and (votes["endometrium"] or votes["cervix"]):
        votes["endometrium" if votes["endometrium"] >= votes["cervix"] else "cervix"] += votes.pop("uterus")
    if not votes:
        return None
    organ, count = max(votes.items(), key=lambda v: (v[1], v[0]))
    return organ if count >= 2 or (said and len(+votes) == 1) else None


def _melanoma(sifted: Sequence[Sifted]) -> bool:
    return any(_is_melanoma(mention) for found in sifted for category in ("hint", "histology") for _, mention in found[category])


def _skin_cancer(readings: Sequence[Reading], sifted: Sequence[Sifted]) -> bool:
    """Whether a report on tissue is of a carcinoma of the skin."""
    for reading, found in zip(readings, sifted, strict=True):
        if reading.document.kind != "pathology":
            continue
        for sentence, noun in found["histology"]:
            own = noun.id in _OF_SKIN or (noun.id == _SQUAMOUS and reading.low.find("cutaneous", max(0, noun.start - 12), noun.end) >= 0)
            if own and not sentence.context(noun.start, noun.end) & _UNSURE and not beside(sentence, noun):
                return True
    return False


_OF_SKIN = frozenset({"basal_cell_carcinoma", "merkel_cell_carcinoma"})
_SQUAMOUS = "squamous_cell_carcinoma"


def _is_melanoma(mention: Mention) -> bool:
    return (mention.category == "hint" and mention.id == "skin") or (mention.category == "histology" and mention.id == "melanoma")


def _mentioned(reading: Reading, found: Sifted, organ_of: Mapping[str, str], seen: Counter[str]) -> None:
    """Votes of single words: types that belong to an organ, tests of its work-up, organs sampled or operated on."""
    hinted = {(m.id, reading.text[m.start : m.end].lower()) for _, m in found["hint"]}
    for hint, _ in hinted:
        seen[hint] += 2
    for sentence, mention in found["histology"]:
        home = organ_of.get(mention.id)
        if home and not sentence.context(mention.start, mention.end) & _DROP and not beside(sentence, mention):
            seen[home] += 4
    for sentence, mention in found["lesion"]:
        if mention.id != "cancer":
            continue
        # "known carcinoma of cervix, chemoradiation 2024": an earlier episode still names the organ
        for place in sentence.of("anatomy"):
            near = -2 <= mention.start - place.end <= 2 or 0 <= place.start - mention.end <= 8
            if near and not sentence.context(place.start, place.end) & _NOT_HIS:
                seen[organ_named(place)] += 2
    if reading.document.kind in ("pathology", "surgery"):
        for sentence, mention in found["anatomy"]:
            organ = organ_named(mention)
            told = organ not in _PLACES_ONLY and sentence.section not in _ELSEWHERE
            if told and not sentence.context(mention.start, mention.end) & _DROP:
                seen[organ] += 1


def organ_named(place: Mention) -> str:
    """The organ of an anatomy mention."""
    return place.id.partition("@")[0].partition(".")[0]


def beside(sentence: Sentence, noun: Mention) -> bool:
    """Whether the noun is named as another tumour than the chart's ("incidental 4 mm adenocarcinoma")."""
    return any(m.category == "second" and m.id != "none" and abs(m.start - noun.start) < 40 for m in sentence.mentions)


def _organs_named(mentions: Iterable[Mention]) -> Iterator[str]:
    organ_of = _organ_of()
    for mention in mentions:
        if mention.category == "anatomy":
            yield organ_named(mention)
        elif mention.category == "hint":
            yield mention.id
        elif mention.category == "histology" and mention.id in organ_of:
            yield organ_of[mention.id]


def types_told(readings: Sequence[Reading], sifted: Sequence[Sifted]) -> Counter[str]:
    """Plainly stated types by in how many documents; a pathology report counts twice."""
    types: Counter[str] = Counter()
    for reading, found in zip(readings, sifted, strict=True):
        weight = 2 if reading.document.kind == "pathology" else 1
        told = {
            noun.id
            for sentence, noun in found["histology"]
            if not sentence.context(noun.start, noun.end) & _UNSURE and not beside(sentence, noun)
        }
        types.update(dict.fromkeys(told, weight))
    return types


def bystanders(types: Mapping[str, int]) -> frozenset[str]:
    """The types that are found by the way in a chart of another tumour of their organ: a meningioma, a basal cell carcinoma."""
    organ_of = _organ_of()
    return frozenset(own for own, organ in _BY_THE_WAY.items() if any(n and t != own and organ_of.get(t) == organ for t, n in types.items()))


def tumour_of(organ: str | None, types: Mapping[str, int], sifted: Sequence[Sifted]) -> str | None:
    """The tumour type whose rules apply; ``other`` when there are none for the organ or the histology.

    A skin site alone is no melanoma, and a sarcoma or lymphoma is not staged as the carcinoma of its organ.
    """
    rules = load_rules()
    apart = rules.names("anatomy", "general_only")
    general = sum(n for t, n in types.items() if t in apart - bystanders(types))
    proper = sum(n for t, n in types.items() if t not in apart)
    if organ is None:
        return "other" if general else None
    if general > proper or (organ == "skin" and not types.get("melanoma") and not _melanoma(sifted)):
        return "other"
    another = types.get(rules.mapping("anatomy", "other_disease").get(organ, ""), 0)
    if another > proper - another:
        return "other"
    return rules.mapping("anatomy", "tumours").get(organ, "other")
