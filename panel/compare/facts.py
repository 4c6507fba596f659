"""Disagreements about what was seen: presence, histology, grade, biomarkers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial

from panel.compare.chart import Chart
from panel.compare.chart import side as _side
from panel.compare.disputes import Agree, by_document, disputed, of_several, two_specimens, within_report
from panel.compare.histology import families, related, specific, telling
from panel.compare.policy import load_policy
from panel.compare.seen import elsewhere, node_sides, once, one_sided
from panel.conflict import Conflict, Side
from panel.opinion import Finding, Value

_SPECIMEN = dt.timedelta(days=400)  # a tumour keeps its type and grade; a new biopsy years later need not

_SAMPLE = re.compile(r"\b(?:biops\w+|base|apex|mid|cores?|previous\w*|prior|tertiary|secondary|component|focal\w*|in situ|outside|earlier|pipelle|curett\w*|punch\w*|needle|chips|FNA|initial\w*)\b", re.I)


def fact_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``presence``, ``histology``, ``grade`` and ``biomarker``."""
    yield from _presence(chart)
    yield from _histology(chart)
    yield from _grade(chart)
    yield from _biomarkers(chart)


def _presence(chart: Chart) -> Iterator[Conflict]:
    policy = load_policy()
    disputes = [*_opposed(chart), *node_sides(chart)]
    why = "One document says it is there, another that it is not, at about the same time."
    for question, sides in once(disputes, policy.presence.families):
        yield Conflict.between("presence", question, policy.severity["presence"], sides, why)
    said = _whole_specimen(chart.of("margin"))
    limit = policy.presence.limit("margin")
    margins = disputed(chart, said, _margin, limit, two_specimens) or disputed(chart, _of_all(said), _margin, limit, two_specimens) or _within(chart, said, _margin)
    if margins:
        why = "The documents differ on the resection margin."
        yield Conflict.between("presence", "margin", policy.severity["presence"], margins, why)


_REST = re.compile(r"\b(?:other|others|remaining|rest|else|remainder)\b", re.I)


def _whole_specimen(found: Sequence[Finding]) -> list[Finding]:
    """Without what a report says of the other margins where one is involved: the specimen's margin is then positive."""
    involved = {f.evidence[0].document for f in found if f.value == "positive" and f.certainty == "stated"}
    return [f for f in found if f.value == "positive" or f.evidence[0].document not in involved or not _REST.search(f.evidence[0].quote)]


_ALL_MARGINS = re.compile(r"\b(?:all|every|each)\b[^.;]{0,30}\bmargins?\b|\bmargins?\b[^.;]{0,20}\ball\b|\bR0\b|\bcompletely (?:excised|resected|removed)", re.I)


def _of_all(margins: Sequence[Finding]) -> list[Finding]:
    """One involved margin makes the report's specimen involved; of the others, those that are said of every margin."""
    involved = {f.evidence[0].document for f in margins if f.value == "positive"}
    return [f for f in margins if f.value == "positive" or (f.evidence[0].document not in involved and _ALL_MARGINS.search(f.evidence[0].quote))]


def _opposed(chart: Chart) -> Iterator[tuple[str, tuple[Side, ...]]]:
    policy = load_policy().presence
    changed = chart.changed

    def agree(first: Finding, second: Finding) -> bool:
        if first.question in policy.of_microscope and "radiology" in (chart.kind(f.evidence[0].document) for f in (first, second)):
            return True
        # What a treated or growing tumour does between two dates is its course, no contradiction.
        moved = set() if first.question in policy.of_specimen else {first.evidence[0].document, second.evidence[0].document} & changed
        return _compatible(first, second) or bool(moved and chart.apart(first, second))

    for question, found in chart.under("presence."):
        if question in policy.not_compared:
            continue
        said = [f for f in found if question not in policy.changing or _seen(chart, f)]
        said += _denied_at_large(chart, question, said)
        sides = disputed(chart, one_sided(said), agree, policy.limit(question), two_specimens) or within_report(chart, said, _compatible)
        if sides:
            yield question, sides


# A denial of the wider thing denies the narrower: no venous invasion, no invasion of extramural veins.
_WIDER = {"presence.extramural_vascular_invasion": "presence.vascular_invasion"}


def _denied_at_large(chart: Chart, question: str, said: Sequence[Finding]) -> list[Finding]:
    """Denials of a wider question by documents that do not answer this one, where a pathologist affirms it."""
    told = {f.evidence[0].document for f in said}
    if question not in _WIDER or not any(f.value == "present" and chart.kind(f.evidence[0].document) == "pathology" for f in said):
        return []
    return [f for f in chart.of(_WIDER[question]) if f.value == "absent" and f.evidence[0].document not in told and chart.kind(f.evidence[0].document) != "radiology"]


def _compatible(first: Finding, second: Finding) -> bool:
    return first.value == second.value or elsewhere(first, second)


def _within(chart: Chart, found: Iterable[Finding], agree: Agree) -> tuple[Side, ...]:
    """A dispute inside one report, unless it speaks of several specimens."""
    single = [f for f in found if not _SAMPLE.search(f.evidence[0].quote)]
    several = {id for id in {f.evidence[0].document for f in single} if of_several(chart.case.document(id).text)}
    return within_report(chart, [f for f in single if f.evidence[0].document not in several], agree)


def _seen(chart: Chart, finding: Finding) -> bool:
    """Seen by imaging or at operation on a known day; the cytology of a fluid says nothing of how much there is."""
    return chart.kind(finding.evidence[0].document) != "pathology" and finding.date is not None


def _equal(first: Finding, second: Finding) -> bool:
    return first.value == second.value


def _margin(first: Finding, second: Finding) -> bool:
    return first.value == second.value or "close" in (first.value, second.value)


def _histology(chart: Chart) -> Iterator[Conflict]:
    found = telling(specific([f for f in chart.of("histology.type") if f.value not in families()["beside"]]))
    sides = disputed(chart, found, related, _SPECIMEN) or _within(chart, found, related)
    if sides:
        why = "The documents name types that are not the same tumour."
        yield Conflict.between("histology", "histology.type", load_policy().severity["histology"], sides, why)


def _grade(chart: Chart) -> Iterator[Conflict]:
    severity = load_policy().severity["grade"]
    # Low-grade against high-grade serous is a dispute of type, and raised as that.
    reports = {f.evidence[0].document for question, found in chart.under("event.report.surgery.") for f in found}
    resected = {d for d in reports if chart.kind(d) == "pathology" and not _BIOPSY.search(chart.case.document(d).title)}

    whole = {str(f.value) for question, found in chart.under("grade") for f in found if f.evidence[0].document in resected}

    def either(agree: Agree) -> Agree:
        return lambda a, b: agree(a, b) or _of_two(a, b, resected, whole) or _of_two(b, a, resected, whole)

    typed = {str(f.value) for f in chart.of("histology.type")} >= {"high_grade_serous", "low_grade_serous"}
    for question, found in chart.under("grade"):
        sides = disputed(chart, found, either(_same_score), _SPECIMEN, two_specimens)
        sides = sides or (_within(chart, found, _same_score) if question != "grade.tier" else ())
        if sides and not (typed and question == "grade.tier"):
            why = "The documents give different grades."
            yield Conflict.between("grade", question, severity, sides, why)
            return  # Gleason score and grade group are one statement
    for questions, agree in ((("grade.gleason", "grade.isup"), _same_group), (("grade", "grade.tier"), _same_tier)):
        both = [f for question in questions for f in chart.of(question)]
        sides = () if typed and "grade.tier" in questions else disputed(chart, both, either(agree), _SPECIMEN, two_specimens)
        if sides:
            why = "The documents give grades that do not belong together."
            yield Conflict.between("grade", questions[0], severity, sides, why)
            return


    own = _within_grade(chart)
    if own:
        yield Conflict.between("grade", own[0][0], severity, own[0][1], "A report's grade is not the one that its own scores give.")


_BIOPSY = re.compile(r"\b(?:biops\w*|cores?|pipelle|TRUS|curett\w+|FNA|aspirat\w+|cytolog\w+)\b", re.I)
_WHOLE = re.compile(r"\b(?:\w+ectomy|resect\w*|excis\w+|whole (?:gland|specimen)|final|specimen)\b", re.I)


def _of_two(first: Finding, second: Finding, resected: set[str], whole: set[str]) -> bool:
    """Whether the first is quoted from a biopsy and the second is of what was taken out later: a biopsy may undergrade.

    Args:
        resected: the reports on what was taken out.
        whole: the grades that they give.
    """
    told, other = first.evidence[0], second.evidence[0]
    biopsy = _BIOPSY.search(told.quote) is not None and _WHOLE.search(told.quote) is None and told.document not in resected
    held = _HELD_AGAINST.search(other.quote) is not None
    of_whole = held or other.document in resected or _WHOLE.search(other.quote) is not None or str(second.value) in whole
    return biopsy and of_whole and _BIOPSY.search(_HELD_AGAINST.sub("", other.quote)) is None


# "Gleason 4+3, which is higher than in the needle cores"
_HELD_AGAINST = re.compile(
    r"\b(?:higher|lower|worse|better|more|less|above|different|up|upgrad\w+|downgrad\w+|increase\w*|revis\w+|rather|one (?:grade|group|step) \w+)\b[^.;]{0,24}?\b(?:than|from|against|compared (?:with|to))\b[^.;,]{0,40}", re.I
)


_SUMMED = re.compile(r"\d\s?\+\s?\d\s?\+\s?\d|\bscore|\btotal|\bsum\b|\d\s?/\s?9\b|\b(?:tubul\w+|mitos\w+|mitot\w+)", re.I)
_ELSEWHEN = re.compile(r"\b(?:biops\w*|cores?|TRUS|base|apex|previous\w*|prior|outside|earlier|focal\w*|component|in situ|pipelle|second|other|foci|focus|larger|smaller|upgrad\w*|downgrad\w*|revis\w*|now|then|whole|final|either|between|to|or)\b", re.I)
_BESIDE = 160


def _within_grade(chart: Chart) -> list[tuple[str, tuple[Side, ...]]]:
    """A pathologist's own scores and the grade beside them that do not belong together: 4+3 and grade group 2, a sum of 6 and grade 3."""
    told: list[tuple[str, tuple[Side, ...]]] = []
    for questions, agree in ((("grade.gleason", "grade.isup"), _same_group), (("grade",), _equal)):
        for document, found in by_document(f for q in questions for f in chart.of(q)).items():
            one, *others = {(f.question, str(f.value)): f for f in found}.values()
            if chart.kind(document) != "pathology" or len(others) != 1 or agree(one, others[0]):
                continue
            other = others[0]
            low, high = sorted((one.evidence[0], other.evidence[0]), key=lambda e: e.start)
            between = chart.case.document(document).text[low.start : high.end]
            summed = len(questions) > 1 or _SUMMED.search(between)
            if summed and one.question.startswith("grade") and high.start - low.end < _BESIDE and not _ELSEWHEN.search(between):
                told.append((questions[0], (_side(one), _side(other))))
    return told


_GROUPS = {"3+3": 1, "3+4": 2, "4+3": 3, "4+4": 4, "3+5": 4, "5+3": 4, "4+5": 5, "5+4": 5, "5+5": 5}  # ISUP 2014


_SEVEN = ("3+4", "4+3", "2", "3")  # what a sum of 7 may be, as scores and as groups


def _same_score(first: Finding, second: Finding) -> bool:
    """Equal, or a Gleason sum of 7 and one of its two orders."""
    a, b = str(first.value), str(second.value)
    return a == b or (first.question == "grade.gleason" and "7" in (a, b) and bool({a, b} & set(_SEVEN)))


def _same_group(first: Finding, second: Finding) -> bool:
    a, b = (str(_GROUPS.get(str(f.value), f.value)) for f in (first, second))
    return a == b or ("7" in (a, b) and bool({a, b} & set(_SEVEN)))


def _same_tier(first: Finding, second: Finding) -> bool:
    """Whether a grade in numbers can be called so in two tiers: the lowest is never high, the higher ones never low."""
    if first.question == second.question:
        return True
    tier, number = (first, second) if first.question == "grade.tier" else (second, first)
    return str(number.value) not in ("1" if tier.value == "high" else "34")


def _biomarkers(chart: Chart) -> Iterator[Conflict]:
    policy = load_policy()
    limit = dt.timedelta(days=policy.biomarker.same_time_days)
    said: dict[str, list[Finding]] = {}
    under = policy.biomarker.same_property | policy.biomarker.surrogates.get(chart.tumour or "", {})
    for question, found in chart.under("biomarker."):
        said.setdefault(under.get(question, question), []).extend(found)
    told: list[frozenset[tuple[str, int]]] = []
    for question, results in said.items():
        firm = [f for f in results if f.value not in policy.biomarker.ignored]
        agree = _agreement(chart, question)
        sides = disputed(chart, firm, agree, limit, _two_growths) or _within(chart, firm, agree)
        where = frozenset((s.by, s.evidence[0].start) for s in sides if s.evidence)
        # "Triple negative" against "ER and PR positive" is one disagreement, said once.
        if sides and not any(where & other and {by for by, _ in where} == {by for by, _ in other} for other in told):
            told.append(where)
            why = "The documents give different results of the same test."
            yield Conflict.between("biomarker", question, policy.severity["biomarker"], sides, why)


_METASTASIS = re.compile(r"\bmetasta(?:tic|sis|ses)\b|\b(?:recurren\w+|relapse)\b", re.I)
_NO_METASTASIS = re.compile(r"\b(?:no|without|nor|not)\b[^.;]{0,40}\bmetasta|\bnodes?\b|\bnodal\b", re.I)
_ELSEWHERE = re.compile(r"\b(?:liver|hepatic|lung|pleura\w*|bone|marrow|brain|cerebral|skin|omentum|omental|peritone\w+|vertebra\w*|spin\w+|rib|femur|iliac|ascit\w+|effusion|adrenal|metasta\w+)\b", re.I)


def _two_growths(chart: Chart, first: str, second: str) -> bool:
    """Whether of two pathology reports one is on a metastasis and the other not: receptors may differ between them (ASCO/CAP 2018)."""
    held = [chart.case.document(d) for d in (first, second)]
    if any(d.kind != "pathology" for d in held):
        return False
    of_metastasis = [bool(_ELSEWHERE.search(d.title)) and any(not _NO_METASTASIS.search(d.text, max(0, m.start() - 48), m.end()) for m in _METASTASIS.finditer(d.text)) for d in held]
    return of_metastasis[0] != of_metastasis[1]


def _agreement(chart: Chart, question: str) -> Agree:
    """When two results of one test can both hold."""
    if question in _TWO_TISSUES:
        return partial(_same_gene, chart)
    if question == "biomarker.kras":
        return partial(_same_ras, chart)
    return _same_receptor if question in _RECEPTORS else _same_idh if question == "biomarker.idh" else _same_result


_KRAS = re.compile(r"\bK-?RAS", re.I)
_R132H = re.compile(r"R132H", re.I)
_OTHER_IDH = re.compile(r"IDH-?2|R172|R132(?!H)|\brare|\bnon-?canonical|\buncommon", re.I)


def _same_ras(chart: Chart, first: Finding, second: Finding) -> bool:
    """Equal, or a sound KRAS beside "RAS mutated" where the mutation is in NRAS."""
    if _same_result(first, second):
        return True
    changed = first if first.value == "mutated" else second
    return not _KRAS.search(changed.evidence[0].quote) and any(f.value == "mutated" for f in chart.of("biomarker.nras"))


def _same_idh(first: Finding, second: Finding) -> bool:
    """Equal, or a stain for R132H that is negative beside another variant, which it does not show."""
    sound, changed = (first, second) if first.value == "wild-type" else (second, first)
    return _same_result(first, second) or bool(_R132H.search(sound.evidence[0].quote) and _OTHER_IDH.search(changed.evidence[0].quote))


def _same_result(first: Finding, second: Finding) -> bool:
    a, b = first.value, second.value
    if a == b:
        return True
    policy = load_policy().biomarker
    if _number(a) and _number(b):
        return abs(float(a) - float(b)) <= policy.tolerance_percent_points
    if _number(a) or _number(b):
        number, word = (float(a), b) if _number(a) else (float(b), a)
        return (number >= 1) == (word not in ("negative", "low"))
    return frozenset((str(a), str(b))) in _pairs()


_RECEPTORS = ("biomarker.er", "biomarker.pr")


def _same_receptor(first: Finding, second: Finding) -> bool:
    """Equal, or low positive and positive: from 1 % on a hormone receptor is positive (ASCO/CAP 2020)."""
    return _same_result(first, second) or {first.value, second.value} == {"low", "positive"}


_TWO_TISSUES = ("biomarker.brca", "biomarker.brca1", "biomarker.brca2")
_GERMLINE = re.compile(r"\bgermline|\bconstitutional|\bblood\b|\bsaliva|\bbuccal|\bgBRCA", re.I)
_TUMOUR = re.compile(r"\btumou?r\b|\bsomatic|\btissue\b|\btBRCA|\bsBRCA|\bFFPE\b", re.I)


def _same_gene(chart: Chart, first: Finding, second: Finding) -> bool:
    """Equal, or changed in the tumour and not in the germline: the tumour acquired it."""
    if _same_result(first, second):
        return True
    sound, changed = (first, second) if first.value in ("negative", "wild-type") else (second, first)
    return _tested(chart, sound, _GERMLINE, _TUMOUR) and _tested(chart, changed, _TUMOUR, _GERMLINE)


def _tested(chart: Chart, finding: Finding, tissue: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Whether the words, or else the document's title, say that this tissue was tested and not the other."""
    quote = finding.evidence[0].quote
    title = chart.case.document(finding.evidence[0].document).title
    if tissue.search(quote) or other.search(quote):
        return bool(tissue.search(quote)) and not (other is _TUMOUR and other.search(quote))
    return bool(tissue.search(title)) and not other.search(title)


def _number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@lru_cache(maxsize=1)
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load_policy().biomarker.compatible)
