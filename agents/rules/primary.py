"""The primary tumour of a chart: its type, organ, place, side, size, histology and grade-bearing statements.

First the tumour type is recognised from all documents together; then each document's statements about that tumour
are picked out, and everything said of nodes, metastases, second lesions and other organs is left aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from panel.case import Case
from panel.opinion import Finding, Value

from agents.rules.context import Context
from agents.rules.lesions import Lengths, Statement, lengths_by_sentence, size_labelled, statements
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import load_rules

_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_KIND_SCORE = {"cancer": 4, "mass": 3, "specimen": 2, "lesion": 1}
_NEIGHBOURS = {
    "oesophagus": "oesophagogastric", "stomach": "oesophagogastric", "ovary": "gynaecological",
    "fallopian_tube": "gynaecological", "uterus": "gynaecological", "endometrium": "gynaecological", "cervix": "gynaecological",
    "kidney": "urinary", "ureter": "urinary", "bladder": "urinary", "prostate": "urinary",
    "pancreas": "pancreatobiliary", "duodenum": "pancreatobiliary", "bile_duct": "pancreatobiliary", "gallbladder": "pancreatobiliary",
}  # fmt: skip
_SEGMENT = re.compile(r"\bseg(?:ment)?s?\.?\s*(?P<s>(?:[1-8]|VIII|VII|VI|IV|V|III|II|I)[abAB]?(?:\s*(?:/|-|,|and|&|\u2013)\s*(?:[1-8]|VIII|VII|VI|IV|V|III|II|I)[abAB]?)*)\b")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}


def tumour_organ(
    readings: Sequence[Reading], said: Sequence[Sequence[Statement]], question: str
) -> str | None:
    """The organ the chart's tumour arose in, or None when nothing in it names one.

    Every named cancer votes for its organ: most where the word stands with the organ, less by histology alone.
    """
    votes: Counter[str] = Counter()
    organ_of = load_rules().mapping("histology", "organ")
    for reading, own in zip(readings, said, strict=True):
        seen: Counter[str] = Counter()
        for statement in own:
            organ = statement.organ
            if organ in _PLACES_ONLY:
                organ = None
            weight = {"cancer": 6, "mass": 3, "specimen": 2, "lesion": 1}[statement.kind]
            if organ:
                seen[organ] += weight
        _mentioned(reading, organ_of, seen)
        for organ, count in seen.items():
            votes[organ] += min(count, 24)
    for organ in _organs_named(question):
        votes[organ] += 6
    for reading in readings:
        for organ in set(_organs_named(reading.document.title)) - _PLACES_ONLY:
            votes[organ] += 2
    if votes["skin"] and not _melanoma(readings):
        del votes["skin"]  # a shoulder or a back is no organ of origin by itself
    for place in _PLACES_ONLY & set(votes):
        del votes[place]
    if votes["uterus"] and (votes["endometrium"] or votes["cervix"]):
        votes["endometrium" if votes["endometrium"] >= votes["cervix"] else "cervix"] += votes.pop("uterus")
    if not votes:
        return None
    organ, count = max(votes.items(), key=lambda v: (v[1], v[0]))
    return organ if count >= 2 else None


def _melanoma(readings: Sequence[Reading]) -> bool:
    return any(
        (m.category == "hint" and m.id == "skin") or (m.category == "histology" and m.id == "melanoma")
        for reading in readings
        for sentence in reading.sentences
        for m in sentence.mentions
    )


def _mentioned(reading: Reading, organ_of: dict[str, str], seen: Counter[str]) -> None:
    """Votes of single words: types that belong to an organ, tests of its work-up, organs sampled or operated on."""
    operated = reading.document.kind in ("pathology", "surgery")
    hinted: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        told = sentence.section not in ("history", "family", "comparison")
        for mention in sentence.mentions:
            if mention.category == "hint":
                hinted.add((mention.id, reading.text[mention.start : mention.end].lower()))
            elif mention.category == "histology":
                organ = organ_of.get(mention.id)
                if organ and not sentence.context(mention.start, mention.end) & _DROP:
                    seen[organ] += 4
            elif mention.category == "lesion" and mention.id == "cancer":
                # "known carcinoma of cervix, chemoradiation 2024": an earlier episode still names the organ
                for place in sentence.of("anatomy"):
                    if -2 <= mention.start - place.end <= 2 or 0 <= place.start - mention.end <= 8:
                        if not sentence.context(place.start, place.end) & (Context.NEGATED | Context.FAMILY):
                            seen[place.id.partition(".")[0].partition("@")[0]] += 2
            elif mention.category == "anatomy" and operated and told:
                organ = mention.id.partition(".")[0].partition("@")[0]
                if organ not in _PLACES_ONLY and not sentence.context(mention.start, mention.end) & _DROP:
                    seen[organ] += 1
    for organ, _ in hinted:
        seen[organ] += 2


_PLACES_ONLY = {
    "axilla", "groin", "neck", "hilum", "mediastinum", "iliac", "pleura", "peritoneum", "heart", "limb_joint", "vessel", "eye",
    "hernia_site", "port_site", "diaphragm", "bone", "parametrium", "spleen", "seminal_vesicle", "soft_tissue", "duodenum", "vagina",
}  # fmt: skip


def _organs_named(question: str) -> Iterator[str]:
    for mention in load_rules().lexicon.scan(question):
        if mention.category == "anatomy":
            yield mention.id.partition(".")[0].partition("@")[0]


def tumour_of(organ: str | None, readings: Sequence[Reading]) -> str | None:
    """The tumour type whose rules apply; ``other`` when there are none for the organ or the histology.

    A skin site alone is no melanoma, and a sarcoma or lymphoma is not staged as the carcinoma of its organ.
    """
    if organ is None:
        return None
    rules = load_rules()
    types: Counter[str] = Counter(
        noun.id
        for reading in readings
        for sentence in reading.sentences
        for noun in sentence.of("histology")
        if not sentence.context(noun.start, noun.end) & (_DROP | Context.UNCERTAIN)
    )
    general = sum(types[t] for t in rules.names("anatomy", "general_only"))
    proper = sum(n for t, n in types.items() if t not in rules.names("anatomy", "general_only"))
    if general > proper or (organ == "skin" and not types["melanoma"] and not _melanoma(readings)):
        return "other"
    return rules.mapping("anatomy", "tumours").get(organ, "other")


class PrimaryReader:
    """Reads what each document says of the chart's primary."""

    def __init__(self, case: Case, readings: Sequence[Reading]) -> None:
        self.readings = tuple(readings)
        self._lengths = {id(r): lengths_by_sentence(r) for r in self.readings}
        self._said = {id(r): tuple(statements(r, self._lengths[id(r)])) for r in self.readings}
        self.organ = tumour_organ(self.readings, [self._said[id(r)] for r in self.readings], case.question)
        self.tumour = tumour_of(self.organ, self.readings)

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """Place, side, size and histology of the primary in one document."""
        if self.organ is None:
            yield from _histology(reading, self.organ)
            return
        own = [s for s in self._said[id(reading)] if self._about_primary(s)]
        top = self._leading(own)
        yield from self._located(reading, top)
        yield from self._sizes(reading, own)
        yield from _histology(reading, self.organ)
        yield from self._other_organ(reading)
        yield from self._several(reading)

    def _about_primary(self, statement: Statement) -> bool:
        organ = statement.organ
        return organ is None or organ == self.organ or (organ == "uterus" and self.organ in ("endometrium", "cervix"))

    def _leading(self, own: Iterable[Statement]) -> list[Statement]:
        """The statements that speak most plainly of the primary: only the best rank, second lesions never."""
        ranked = [(self._score(s), s) for s in own if not s.second and (s.side or s.place)]
        if not ranked:
            return []
        best = max(score for score, _ in ranked)
        return _largest([s for score, s in ranked if score >= max(best - 2, 1)])

    def _score(self, s: Statement) -> int:
        score = _KIND_SCORE[s.kind] + (2 if s.primary else 0) + (2 if s.mm else 0)
        score += 1 if s.organ == self.organ else 0
        score += 1 if s.sentence.section in ("impression", "diagnosis", "specimen") else 0
        return score - (1 if s.sentence.section == "indication" else 0)

    def _located(self, reading: Reading, top: Sequence[Statement]) -> Iterator[Finding]:
        for statement in top:
            where = reading.quote(statement.sentence, (statement.start, statement.end))
            certainty = "uncertain" if statement.sentence.section == "indication" else "stated"
            named: list[tuple[str, Value]] = []
            if statement.organ == self.organ and statement.organ:
                named.append(("primary.organ", statement.organ))
            if statement.place and statement.organ == self.organ:
                named.append(("primary.site", statement.place))
            side = statement.side
            if self.organ == "liver":
                side = _liver_side(reading.text, statement.sentence) or side
            if side:
                named.append(("primary.side", side))
            for question, value in named:
                yield Finding(question=question, value=value, date=reading.date, certainty=certainty, evidence=(where,))  # type: ignore[arg-type]

    def _sizes(self, reading: Reading, own: Sequence[Statement]) -> Iterator[Finding]:
        sized = [s for s in own if s.mm and not s.second and s.kind != "specimen"]
        if any(s.kind in ("cancer", "mass") and not s.second for s in own):
            sized = [s for s in sized if s.kind != "lesion" or s.primary or _same_spot(s, own)]
        labelled = _labelled(reading, self._lengths[id(reading)])
        if labelled:
            mm, sentence, start, end = max(labelled, key=lambda c: c[0])
            yield self._size(reading, sentence, mm, start, end)
        if not sized or (reading.document.kind == "pathology" and _is_biopsy(reading)):
            return  # a core's length is no tumour's size
        best = max(self._score(s) for s in sized)
        leading = _largest([s for s in sized if self._score(s) >= best - 1])
        done: set[float] = {labelled[0][0]} if labelled else set()
        for statement in leading:
            if statement.mm and statement.mm not in done:
                done.add(statement.mm)
                yield self._size(reading, statement.sentence, statement.mm, statement.start, statement.end)

    def _size(self, reading: Reading, sentence: Sentence, mm: float, start: int, end: int) -> Finding:
        return Finding(
            question="primary.size", value=mm, unit="mm", date=reading.date, evidence=(reading.quote(sentence, (start, end)),)
        )

    def _several(self, reading: Reading) -> Iterator[Finding]:
        """Whether the document speaks of more than one tumour, or of one that has changed."""
        told: set[str] = set()
        for sentence in reading.sentences:
            for word in sentence.of("multiple", "change"):
                if word.category in told or sentence.context(word.start, word.end) & _DROP:
                    continue
                told.add(word.category)
                yield Finding(
                    question=f"tumour.{word.category}",
                    value=True,
                    date=reading.date,
                    certainty="inferred",
                    evidence=(reading.quote(sentence, (word.start, word.end)),),
                )

    def _other_organ(self, reading: Reading) -> Iterator[Finding]:
        """A cancer plainly placed in a neighbouring organ: the chart may be at odds about where it arose."""
        group = _NEIGHBOURS.get(self.organ or "")
        if group is None:
            return
        for s in self._said[id(reading)]:
            if s.kind == "cancer" and s.organ and s.organ != self.organ and _NEIGHBOURS.get(s.organ) == group and not s.second:
                if s.organ == "uterus" or s.uncertain or not _arose_there(reading.text, s):
                    continue
                yield Finding(
                    question="primary.organ",
                    value=s.organ,
                    date=reading.date,
                    certainty="inferred",
                    evidence=(reading.quote(s.sentence, (s.start, s.end)),),
                )


_SPREAD = re.compile(r"\b(?:involv\w+|invad\w+|invasion|extend\w+|extension|spread|metasta\w+|infiltrat\w+|deposit|incidental\w*)\b", re.I)


def _arose_there(text: str, s: Statement) -> bool:
    """Whether the words say that the tumour arose in the organ, not that it reaches or is found in it."""
    if s.sentence.section in ("history", "indication") or _SPREAD.search(text, s.sentence.start, s.sentence.end):
        return False
    for place in s.sentence.of("anatomy"):
        if place.id.partition("@")[0].partition(".")[0] != s.organ:
            continue
        if place.end <= s.start <= place.end + 2:
            return True
        if s.end <= place.start and re.fullmatch(r"\s*(?:of|arising (?:in|from)|originating (?:in|from))\s+(?:the\s+)?(?:[\w-]+\s+){0,2}", text[s.end : place.start], re.I):
            return True
    return False


def _same_spot(lesion: Statement, own: Sequence[Statement]) -> bool:
    """Whether a bare "lesion" is where the document places its tumour."""
    return any(
        s.kind in ("cancer", "mass") and not s.second and s.place == lesion.place and s.side == lesion.side and s.place
        for s in own
    )


def _labelled(reading: Reading, lengths: Lengths) -> list[tuple[float, Sentence, int, int]]:
    """Sizes that a form's field names as the tumour's."""
    found: list[tuple[float, Sentence, int, int]] = []
    for sentence in reading.sentences:
        if sentence.start not in lengths or sentence.section in ("history", "comparison", "technique"):
            continue
        for measure in lengths[sentence.start]:
            if not measure.earlier and not measure.distance and size_labelled(reading.text, measure):
                nouns = {m.category for m in sentence.mentions if m.start < measure.start}
                if not nouns & {"node", "benign", "metastasis", "second", "specimen"}:
                    found.append((measure.mm, sentence, measure.start, measure.end))
    return found


def _largest(leading: Sequence[Statement]) -> list[Statement]:
    """Of several measured lesions the index lesion is the largest: those under half its size are others."""
    index = max((s.mm for s in leading if s.mm), default=0.0)
    return [s for s in leading if s.mm is None or s.mm >= index / 2]


_RESECTED = ("ectomy", "excision", "excised", "resection", "turbt")
_SAMPLED = ("biops", "core", "fna", "fine needle", "fine-needle", "cytology", "curetting", "brushing")


def _is_biopsy(reading: Reading) -> bool:
    """Whether a pathology document reports a biopsy rather than a resection."""
    text = f"{reading.document.title}\n{reading.text}".lower()
    return sum(map(text.count, _SAMPLED)) > sum(map(text.count, _RESECTED))


def _liver_side(text: str, sentence: Sentence) -> str | None:
    """Left or right by Couinaud segment (II to IV left, V to VIII right), when segments are named."""
    match = _SEGMENT.search(text, sentence.start, sentence.end)
    if match is None:
        return None
    numbers = {
        _ROMAN[p] if p in _ROMAN else int(p) for p in re.findall(r"VIII|VII|VI|IV|V|III|II|I|[1-8]", match["s"])
    }
    if numbers <= {2, 3, 4}:
        return "left"
    return "right" if numbers <= {5, 6, 7, 8} else None


def _histology(reading: Reading, organ: str | None) -> Iterator[Finding]:
    """Histological types stated of the tumour (not negated, not a differential, not another organ's)."""
    for sentence in reading.sentences:
        if sentence.section in ("family", "history", "technique", "legend", "indication", "comparison"):
            continue
        for noun in sentence.of("histology"):
            context = sentence.context(noun.start, noun.end)
            if context & _DROP or noun.id in ("carcinoma", "dcis", "lcis", "meningioma"):
                continue
            if _component(reading.text, noun) or _elsewhere(sentence, noun, organ):
                continue
            yield Finding(
                question="histology.type",
                value=noun.id,
                date=reading.date,
                certainty="uncertain" if context & Context.UNCERTAIN else "stated",
                evidence=(reading.quote(sentence, (noun.start, noun.end)),),
            )


def _component(text: str, noun: Mention) -> bool:
    """A pattern or component of a tumour is not its type ("papillary component", "squamous differentiation")."""
    return bool(
        re.match(r"\s*(?:component|differentiation|features|pattern|areas|foci|metaplasia|dysplasia|epithelium|mucosa|cells? (?:count|lining)|papilloma|elements|tissue)", text[noun.end : noun.end + 26], re.I)
        or re.search(r"(?:component of|foci of|features of|resembl\w+)\s*$", text[max(0, noun.start - 20) : noun.start], re.I)
    )


def _elsewhere(sentence: Sentence, noun: Mention, organ: str | None) -> bool:
    """Whether the type is said of another organ's tumour in the same breath ("basal cell carcinoma of the nose")."""
    if organ is None:
        return False
    rules = load_rules()
    if noun.id in rules.names("anatomy", "single_organ") and rules.mapping("histology", "organ").get(noun.id) != organ:
        return True
    second = any(m.category == "second" and abs(m.start - noun.start) < 40 for m in sentence.mentions)
    return second and noun.id != "carcinoma"

