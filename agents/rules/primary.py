"""The primary tumour of a chart: its type, organ, place, side, size, histology and grade-bearing statements.

First the tumour type is recognised from all documents together; then each document's statements about that tumour
are picked out, and everything said of nodes, metastases, second lesions and other organs is left aside.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from agents.rules.context import Context
from agents.rules.cores import counted_cores
from agents.rules.grades import grade_findings
from agents.rules.histologies import histology_findings
from agents.rules.lesions import Span, Statement, statements
from agents.rules.origin import (
    Sifted,
    bystanders,
    organ_named,
    sift,
    tumour_of,
    tumour_organ,
    types_told,
)
from agents.rules.places import (
    breast_quadrant,
    breast_quadrant_named,
    in_organ,
    liver_segments,
    lung_lobe,
    oesophageal_third,
    rectal_height,
    segment_side,
)
from agents.rules.qualifiers import is_quantity
from agents.rules.reading import Reading, Sentence, read
from agents.rules.ruleset import load_rules
from agents.rules.sizes import Lengths, is_form, lengths_by_sentence, size_labelled
from agents.rules.text import words
from panel.case import Case, Evidence
from panel.opinion import Finding, Value

_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_KIND_SCORE = {"cancer": 4, "mass": 3, "specimen": 2, "lesion": 1, "metastasis": 3}
_NEIGHBOURS = {
    "oesophagus": "oesophagogastric", "stomach": "oesophagogastric", "ovary": "gynaecological",
    "fallopian_tube": "gynaecological", "uterus": "gynaecological", "endometrium": "gynaecological", "cervix": "gynaecological",
    "kidney": "urinary", "ureter": "urinary", "bladder": "urinary", "prostate": "urinary",
    "pancreas": "pancreatobiliary", "duodenum": "pancreatobiliary", "bile_duct": "pancreatobiliary", "gallbladder": "pancreatobiliary",
}  # fmt: skip
_UNSIDED = frozenset({"pancreas", "stomach", "oesophagus", "endometrium", "cervix", "uterus"})
_QUOTE = 240
_TITLES = ("radiology", "pathology", "genomics", "surgery", "oncology")
_WITH_IN_SITU = re.compile(r"\b(?:whole|overall|total|DCIS|in[\s-]situ)\b[^.;\n]*$|\b(?:specimen|kidney|spleen|uterus|prostate|lobe|gland|breast)\s+(?:size|dimension|measur)[^.;\n]*$", re.I)


class PrimaryReader:
    """Reads what each document says of the chart's primary."""

    def __init__(self, case: Case, readings: Sequence[Reading]) -> None:
        self.readings = tuple(readings)
        self._lengths = {id(r): lengths_by_sentence(r) for r in self.readings}
        said = {id(r): tuple(statements(r, self._lengths[id(r)])) for r in self.readings}
        self._sifted = {id(r): sift(r) for r in self.readings}
        sifted = [self._sifted[id(r)] for r in self.readings]
        self.organ = tumour_organ(self.readings, sifted, [said[id(r)] for r in self.readings], case.question)
        types = types_told(self.readings, sifted)
        self._bystanders = bystanders(types)
        self.tumour = tumour_of(self.organ, types, sifted)
        self._said = {id(r): [own for s in said[id(r)] for own in self._own(r, s)] for r in self.readings}
        if self.organ == "prostate":
            for r in self.readings:
                self._said[id(r)] += counted_cores(r)
        self._all = said
        # An organ whose tumour some document calls incidental or second is not where the chart's tumour arose.
        self._incidental = {s.organ for found in said.values() for s in found if s.second}

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """Place, side, size and histology of the primary in one document."""
        sifted = self._sifted[id(reading)]
        yield from grade_findings(reading, self.organ)
        if self.organ is None:
            yield from histology_findings(reading, self.organ, sifted)
            return
        found = list(self._told(reading, sifted))
        yield from found
        yield from self._titled(reading, {f.question for f in found})

    def _told(self, reading: Reading, sifted: Sifted) -> Iterator[Finding]:
        own = self._said[id(reading)]
        yield from self._located(reading, own)
        yield from self._sizes(reading, own)
        yield from histology_findings(reading, self.organ, sifted)
        yield from self._other_organ(reading)
        yield from _several(reading, sifted)

    def _titled(self, reading: Reading, told: set[str]) -> Iterator[Finding]:
        """What only the title says ("Core biopsy, mass RLL"), standing by the document's first sentence."""
        title, first = reading.document.title, next(iter(reading.sentences), None)
        wanted = {"primary.site", "primary.side", "histology.type"} - told
        if not title or first is None or not wanted or reading.document.kind not in _TITLES:
            return
        titled = read(reading.document.model_copy(update={"text": title, "title": ""}))
        own = [o for s in statements(titled, lengths_by_sentence(titled)) for o in self._own(titled, s)]
        for finding in (*self._located(titled, own), *histology_findings(titled, self.organ, sift(titled))):
            if finding.question in wanted and finding.value not in load_rules().names("anatomy", "broad"):
                certainty = "uncertain" if finding.certainty == "uncertain" else "inferred"
                yield finding.model_copy(update={"evidence": (reading.quote(first, (first.start, first.end)),), "certainty": certainty})

    def _own(self, reading: Reading, s: Statement) -> Iterator[Statement]:
        """The statement if it is about the chart's tumour, its place in the organ's own terms."""
        organ = self.organ
        if organ is None or _is_type(s, self._bystanders):
            return
        if s.kind == "metastasis":
            if organ != "brain" or self._bystanders:
                return
            s = s._replace(kind="mass")
        if s.organ is not None and s.organ != organ:
            known, place = in_organ(s.place or s.organ, organ)
            if not known:
                return
            s = s._replace(organ=organ if place else None, place=place)
        if s.second and organ == "kidney" == s.organ and s.kind == "mass" and {reading.low[m.start : m.start + 10] for m in s.sentence.of("second")} == {"incidental"}:
            s = s._replace(second=False)  # most renal tumours are found by chance
        if organ == "liver":
            found = liver_segments(reading.text, s.sentence, (s.start, s.end))
            if found:
                numbers, at = found
                for number in numbers:
                    yield s._replace(
                        organ=organ, place=f"liver.segment_{number}", side=s.side or segment_side(numbers), words=(*s.words, at)
                    )
                return
        elif s.place is None or s.place.startswith("part."):
            numbered = _numbered(reading, s, organ)
            if numbered:
                s = s._replace(organ=organ, place=numbered[0], words=(*s.words, numbered[1]))
        if organ == "colorectal" and s.place is None and s.side in ("left", "right"):
            s = s._replace(organ=organ, place=f"colorectal.{s.side}")
        if organ in _UNSIDED or organ == "colorectal":
            s = s._replace(side=None)
        yield s

    def _leading(self, own: Iterable[Statement]) -> list[Statement]:
        """The statements that speak most plainly of the primary: only the best rank, second lesions never."""
        ranked = [(self._score(s), s) for s in own if not s.second and not s.carried and (s.side or s.place)]
        if not ranked:
            return []
        best = max(score for score, _ in ranked)
        top = [s for score, s in ranked if score >= max(best - 2, 1)]
        return _largest([s for s in top if s.sentence.section != "indication"] or top)

    def _score(self, s: Statement) -> int:
        score = _KIND_SCORE[s.kind] + (2 if s.primary else 0) + (2 if s.mm else 0)
        score += 1 if s.organ == self.organ else 0
        score += 1 if s.sentence.section in ("impression", "diagnosis", "specimen") or (s.sentence.section == "gross" and s.mm) else 0
        return score - (1 if s.sentence.section == "indication" else 0)

    def _located(self, reading: Reading, own: Sequence[Statement]) -> Iterator[Finding]:
        """Organ, place and side from the plainest statements; what those leave open from the next plainest that tell it."""
        top = self._leading(own)
        yield from self._placed(reading, top, ("primary.organ", "primary.site", "primary.side"))
        for question, what in (("primary.site", "place"), ("primary.side", "side")):
            if top and not any(getattr(s, what) for s in top):
                rest = self._leading([s for s in own if s.kind != "lesion" and getattr(s, what)])
                yield from self._placed(reading, rest, (question,))

    def _placed(self, reading: Reading, told: Sequence[Statement], questions: Sequence[str]) -> Iterator[Finding]:
        for statement in told:
            where = _quote(reading, statement)
            vague = statement.uncertain and statement.kind == "lesion"
            asked = statement.sentence.section == "indication" and not _known(reading.low, statement)
            certainty = "uncertain" if vague or asked else "stated"
            named: list[tuple[str, Value]] = []
            if statement.organ == self.organ and statement.organ:
                named.append(("primary.organ", statement.organ))
            if statement.place and statement.organ == self.organ:
                named.append(("primary.site", statement.place))
            if statement.side:
                named.append(("primary.side", statement.side))
            for question, value in named:
                if question in questions:
                    yield Finding(question=question, value=value, date=reading.date, certainty=certainty, evidence=(where,))  # type: ignore[arg-type]

    def _sizes(self, reading: Reading, own: Sequence[Statement]) -> Iterator[Finding]:
        sized = [s for s in own if s.mm and not s.second and not s.residual and s.kind != "specimen"]
        if self.organ == "skin":
            sized = [s for s in sized if (s.mm or 0) >= _THICK]
        if any(s.kind in ("cancer", "mass") and not s.second for s in own):
            sized = [s for s in sized if s.kind != "lesion" or s.primary or _same_spot(s, own) or _meant_before(reading.low, s)]
        if not sized and reading.document.kind == "pathology":
            sized = [s for s in own if s.mm and s.kind == "lesion" and not (s.second or s.residual or s.side or s.place)]
        labelled = _labelled(reading, self._lengths[id(reading)])
        if labelled:
            invasive = [c for c in labelled if not _WITH_IN_SITU.search(reading.text, max(0, c[2] - 90), c[3])]
            mm, sentence, start, end = max(invasive or labelled, key=lambda c: c[0])
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

    def _other_organ(self, reading: Reading) -> Iterator[Finding]:
        """A cancer plainly placed in a neighbouring organ: the chart may be at odds about where it arose."""
        group = _NEIGHBOURS.get(self.organ or "")
        if group is None:
            return
        for s in self._all[id(reading)]:
            if s.kind == "cancer" and s.organ and _NEIGHBOURS.get(s.organ) == group and not s.second:
                if s.organ in self._incidental or s.organ == "uterus" or s.uncertain or not _arose_there(reading.text, s):
                    continue
                yield Finding(
                    question="primary.organ",
                    value=s.organ,
                    date=reading.date,
                    certainty="inferred",
                    evidence=(reading.quote(s.sentence, (s.start, s.end)),),
                )


def _numbered(reading: Reading, s: Statement, organ: str) -> tuple[str, Span] | None:
    """A place told by numbers or by two directions: the hour of the breast, a segment of the lung, centimetres from the teeth."""
    noun = (s.start, s.end)
    if organ == "breast":
        return breast_quadrant(reading.text, s.sentence, noun, s.side) or breast_quadrant_named(reading.low, s.sentence, noun)
    if organ == "lung":
        return lung_lobe(reading.text, s.sentence, noun, s.side)
    if organ == "colorectal":
        return rectal_height(reading.low, s.sentence, noun)
    return oesophageal_third(reading.low, s.sentence, noun) if organ == "oesophagus" else None


_THICK = 5.0  # millimetres: what is less, of a melanoma, is mostly how thick it is
_SPREAD = re.compile(r"\b(?:involv\w+|invad\w+|invasion|extend\w+|extension|spread|metasta\w+|infiltrat\w+|deposit|incidental\w*)\b", re.I)


def _arose_there(text: str, s: Statement) -> bool:
    """Whether the words say that the tumour arose in the organ, not that it reaches or is found in it."""
    if s.sentence.section in ("history", "indication") or _SPREAD.search(text, s.sentence.start, s.sentence.end):
        return False
    for place in s.sentence.of("anatomy"):
        if organ_named(place) != s.organ:
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


_KNOWN = words(r"\b(?:known|proven|confirmed|recent(?:ly)?|new(?:ly)?|diagnos\w+|excised|resected|removed|biopsied|biopsy|histolog\w+|staging|follow[- ]?up|before|prior to|planning|pre-?op\w*)\b")


def _known(low: str, s: Statement) -> bool:
    """Whether the request names a cancer as known, not as the question of the study."""
    return s.kind == "cancer" and not s.uncertain and _KNOWN.search(low, s.sentence.start, s.sentence.end) is not None


_MEANT = words(r"\W*(?:(?:the|this|that|above|said|known|described|pigmented|whole)\s+)*$")


def _meant_before(low: str, lesion: Statement) -> bool:
    """Whether a sentence that begins with "(the) lesion" and gives no other place goes on about the tumour."""
    return not (lesion.place or lesion.side) and _MEANT.match(low[lesion.sentence.start : lesion.start]) is not None


def _labelled(reading: Reading, lengths: Lengths) -> list[tuple[float, Sentence, int, int]]:
    """Sizes that a form's field names as the tumour's."""
    found: list[tuple[float, Sentence, int, int]] = []
    form = reading.document.kind != "pathology" and is_form(reading.low)
    for sentence in reading.sentences:
        if sentence.start not in lengths or sentence.section in ("history", "comparison", "technique"):
            continue
        for measure in lengths[sentence.start]:
            if not measure.earlier and not measure.distance and size_labelled(reading.low, measure, form):
                nouns = {m.category for m in sentence.mentions if m.start < measure.start and m.id != "none"}
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


def _is_type(s: Statement, names: Collection[str]) -> bool:
    return any(m.category == "histology" and m.id in names and abs(m.start - s.start) < 40 for m in s.sentence.mentions)


def _quote(reading: Reading, s: Statement) -> Evidence:
    """The sentence, or the part of it with the noun and the words that say where it is."""
    spans: tuple[Span, ...] = ((s.start, s.end), *s.words)
    low = min(start for start, _ in spans)
    if low < s.sentence.start and s.end - low <= _QUOTE:  # the label stands in the cell before
        return reading.evidence(low, s.sentence.end)
    return reading.quote(s.sentence, *spans)


def _several(reading: Reading, sifted: Sifted) -> Iterator[Finding]:
    """Whether the document speaks of more than one tumour, or of one that has changed."""
    for category in ("multiple", "change"):
        for sentence, word in sifted[category]:
            context = sentence.context(word.start, word.end)
            if word.id == "none" or context & _DROP or is_quantity(reading.low, word):
                continue
            yield Finding(
                question=f"tumour.{category}",
                value=True,
                date=reading.date,
                certainty="uncertain" if context & Context.UNCERTAIN else "inferred",
                evidence=(reading.quote(sentence, (word.start, word.end)),),
            )
            break
