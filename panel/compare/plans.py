"""Plans against plans, and plans against the patient's own data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations, permutations

from panel.compare.chart import Chart, Plan
from panel.compare.eitheror import either_or
from panel.compare.plandates import operates_soon, operation_days
from panel.compare.positions import Position, firm_plans, positions
from panel.compare.rulecheck import Hit, broken_rules
from panel.conflict import Conflict, PanelKind, Side

Documents = frozenset[str]
# Pairs of main modalities that exclude each other as they stand.
_EXCLUSIVE = {
    frozenset(pair)
    for pair in (
        ("surgery", "chemoradiation"),
        ("surgery", "radiotherapy"),
        ("surgery", "local"),
        ("surgery", "surveillance"),
        ("surgery", "supportive"),
        ("chemoradiation", "surveillance"),
        ("chemoradiation", "supportive"),
        ("chemoradiation", "local"),
        ("radiotherapy", "surveillance"),
        ("radiotherapy", "supportive"),
        ("radiotherapy", "local"),
        ("local", "systemic"),
        ("local", "surveillance"),
        ("local", "supportive"),
        ("systemic", "surveillance"),
        ("systemic", "supportive"),
    )
}
# Pairs that often follow one another: a conflict only where one voice leaves the other's treatment out.
_MAY_FOLLOW = {frozenset(pair) for pair in (("surgery", "systemic"), ("chemoradiation", "systemic"), ("radiotherapy", "systemic"))}
# Radiation that follows an operation by its kind.
_AFTER_OPERATION = ("radiotherapy.whole_breast", "radiotherapy.postmastectomy")
# Until the transplant.
_BRIDGE = re.compile(r"\b(?:bridg\w+|transplant\w*|waiting|downstag\w+|meantime|meanwhile)\b", re.I)
_BED = re.compile(r"\b(?:(?:resection|surgical|operative|operation|tumou?r) (?:cavity|bed|site)|(?:to|of) the (?:cavity|bed|stump|scar))\b", re.I)
# Tumours in which radiation follows an operation unless it is said to take its place.
_RADIATED_AFTER = ("breast", "endometrium", "brain")
_INSTEAD = re.compile(r"\b(?:definitive|radical|primary|sole|alone|only|instead|rather|organ|larynx|bladder|avoid\w*|spar\w+|preserv\w+|without|not|no)\b", re.I)
# Said of a treatment that is to be all: "carboplatin alone", "definitive chemoradiotherapy, surgery only as salvage".
_ALONE = re.compile(r"\b(?:alone|only|solely|exclusively|on its own|as (?:the )?(?:sole|only) (?:treatment|modality)|without (?:an? )?(?:operation|surgery|resection)|no (?:place|role) for (?:\w+ ){0,2}(?:surgery|operation|resection|laparotomy|\w+ectomy))\b", re.I)
_SOLE = re.compile(r"\b(?:only|sole|single) (?:treatment|modality|therapy)\b", re.I)
_DEFINITIVE = re.compile(r"\b(?:definitive|dCRT|organ.(?:preserv|spar)\w+|larynx.(?:preserv|spar)\w+|bladder.(?:preserv|spar)\w+|in reserve|as salvage|for salvage|only as salvage)", re.I)
_COMES_LATER = re.compile(r"\b(?:after|once|follow(?:s|ing)?|when|until)\b[^.;]{0,40}\b(?:neo-?adjuvant|pre-?operative|induction|down-?(?:siz|stag)\w+|chemo\w*|radio\w*)", re.I)
_SHARES = re.compile(r"\b(?:back|support|share|second|endorse|(?:agree|concur|happy) with|go along with) (?:the |this |that )?(?:surgical|surgeon\W?s|operative|proposed) (?:plan|proposal|approach|operation)", re.I)
# Said of a treatment that went before the operation, and of one that takes days.
_TREATED = re.compile(r"\b(?:neo-?adjuvant\w*|pre-?operative(?:ly)?|induction|perioperative|complet(?:ed|ion|ing)|finish\w+|cycles?|respon\w+|restag\w+|down-?(?:siz|stag)\w+|yp?T\d|ypN|interval|delayed|shr[aiu]nk|has had|received|last (?:dose|fraction))\b", re.I)
_SHORT = re.compile(r"\b(?:short.course|25 ?Gy|5 ?[x\u00d7] ?5|single fraction|complet(?:ed|ion|ing)|finish\w+|last (?:dose|fraction|cycle)|respon\w+|restaging (?:shows?|scan shows?))\b", re.I)
_ENDS = re.compile(r"\b(?:ends|ended|finishes|finished|completes|completed|concludes|is over) (?:this|last|today|yesterday|on|in|now)\b", re.I)
_AHEAD = re.compile(r"\b(?:once|when|after|until|till|then|before|followed)\b", re.I)
# The bases of stages that a specimen gave.
_SPECIMEN = ("pathologic", "post_neoadjuvant")
_PRIMARY = re.compile(r"\bprimary\b(?! (?:surgery|resection|operation|debulking|chemo))", re.I)
_SPREAD = re.compile(r"\b(?:metasta\w+|mets|deposits|secondaries|liver disease|lung disease|peritoneal disease)\b", re.I)
# "no radiotherapy to the axilla", "no operation before June": not the whole of it
_ONE_PART = re.compile(r"\b(?:radio\w+|radiation|irradiation|RT|surgery|operation|resection|chemo\w*|treatment|therapy) (?:to|of|on|for|at|in|before|after|until|till|now|yet|while|during|with|first|beyond|as)\b|\bfor (?:the|her|his|these|those|any|such) (?:\w+ ){0,2}(?:metasta|deposit|node|lesion)|\b(?:if|unless|whether|should (?:s?he|they))\b", re.I)
_MAIN = ("surgery", "radiotherapy", "chemoradiation", "systemic", "systemic.chemotherapy", "systemic.immunotherapy")
_WHY = {
    "treatment": "The plans make different treatments the main one.",
    "sequence": "One plan operates first, the other treats before the operation.",
    "intent": "One plan aims at cure, the other at palliation.",
    "resectability": "One voice holds the tumour resectable, the other not.",
}


def plan_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of the panel kinds; each disagreement once."""
    firm = firm_plans(chart)
    held = positions(firm)
    covered: set[Documents] = set()
    for conflict in _treatments(chart, held):
        covered.add(_documents(conflict))
        yield conflict
    ordered: set[str] = set()
    for conflict in _sequences(chart, held):
        if _documents(conflict) not in covered:
            ordered |= _documents(conflict)
            yield conflict
    for conflict in _aims(held):
        if _documents(conflict) not in covered:
            covered.add(_documents(conflict))
            yield conflict
    for conflict in _resectability(held):
        covered.add(_documents(conflict))
        yield conflict
    yield from (c for c in _refusals(held) if _documents(c) not in covered)
    for kind, group in broken_rules(chart, firm):
        # The order of treatment is disputed there already.
        hits = [h for h in group if not (h.document in ordered and h.plan.recommendation.action.startswith("sequence."))]
        if hits:
            yield _broken(kind, hits)


def _documents(conflict: Conflict) -> Documents:
    return frozenset(side.by for side in conflict.sides)


def _treatments(chart: Chart, held: list[Position]) -> Iterator[Conflict]:
    stated = [(p, m) for p in held if (m := p.modality()) is not None]
    against: dict[int, tuple[Position, str]] = {}
    for (first, one), (second, two) in combinations(stated, 2):
        apart = either_or(first, second) if one == two else None
        if apart is None and _exclude(first, one, second, two) and not _in_turn(chart, first, one, second, two):
            apart = one, two
        if apart is not None:
            against.setdefault(id(first), (first, apart[0]))
            against.setdefault(id(second), (second, apart[1]))
    sides = _one_each((p.side(modality, *_prefixes(p, modality))) for p, modality in against.values())
    if len({side.value for side in sides}) > 1:
        yield Conflict.between("treatment", "plan.treatment", "high", sides, _WHY["treatment"])


def _refusals(held: list[Position]) -> Iterator[Conflict]:
    """What one position plans and another, in so many words, does not want at all."""
    for refuses, plans in permutations(held, 2):
        for left_out in sorted(refuses.actions(omitted=True)):
            if _ONE_PART.search(refuses.first(left_out).recommendation.evidence[0].quote):
                continue
            treatment = left_out.removeprefix("omit.")
            if treatment not in _MAIN or refuses.seat == "registrar" or refuses.document == plans.document or any(a.startswith(treatment) for a in refuses.actions()):
                continue
            if plans.modality() == treatment.split(".")[0] and any(a.startswith(treatment) for a in plans.actions()):
                sides = (plans.side(treatment, treatment), refuses.side(f"no {treatment}", left_out))
                yield Conflict.between("treatment", "plan.treatment", "high", sides, _WHY["treatment"])
                return


def _prefixes(position: Position, modality: str) -> tuple[str, ...]:
    if modality == "local" and not any(a.startswith("local") for a in position.actions()):
        return ("radiotherapy.sirt",)
    if modality == "surgery" and not any(a.startswith("surgery") for a in position.actions()):
        return ("sequence.",)
    return (modality,)


def _exclude(first: Position, one: str, second: Position, two: str) -> bool:
    """Whether the two main treatments cannot both be meant."""
    pair = frozenset((one, two))
    surgical, rest, treated = (first, second, two) if one == "surgery" else (second, first, one)
    if pair == {"surgery", "chemoradiation"} and "surgery" not in rest.modalities() and "chemoradiation" in surgical.modalities() and "sequence.adjuvant" not in surgical.actions():
        return _says(rest, "chemoradiation", _DEFINITIVE)
    if one != two and "surgery" in pair and "surgery" not in rest.modalities() and (
        _leaves_out(rest, "surgery") or (treated == "systemic" and _says(rest, treated, _ALONE) and not rest.actions() & {"sequence.adjuvant", "sequence.neoadjuvant"})
    ):
        return not any(p.recommendation.action.startswith("surgery") and _COMES_LATER.search(p.recommendation.evidence[0].quote) for p in rest.plans)
    if one == two or one in second.modalities() or two in first.modalities():
        return False
    if pair == {"surgery", "local"} and "surgery.liver_transplant" in surgical.actions() and _says(rest, "local", _BRIDGE):
        return False
    if "surgery" in pair and _beside(first if two == "surgery" else second):
        return False
    if pair in _MAY_FOLLOW:
        return _leaves_out(first, two, second) or _leaves_out(second, one, first) or _says(first, one, _SOLE) or _says(second, two, _SOLE)
    if pair not in _EXCLUSIVE:
        return False
    # What comes before or after an operation is beside it, not instead of it.
    for position, own, other in ((first, one, two), (second, two, one)):
        if other == "surgery" and position.actions() & {"sequence.neoadjuvant", "sequence.adjuvant"} and own != "surveillance":
            return False
        if own == "surveillance" and other != "surgery" and _leaves_out(position, other) is False and position.seat == "registrar":
            return False
    return True


def _in_turn(chart: Chart, first: Position, one: str, second: Position, two: str) -> bool:
    """Whether the operation of the one and what the other plans come one after the other."""
    if "surgery" not in (one, two):
        return False
    surgical, other, own = (first, second, two) if one == "surgery" else (second, first, one)
    if _leaves_out(other, "surgery") or _leaves_out(surgical, own):
        return False
    if _operated(chart, surgical.document, other.document) or _day_passed(chart, surgical, other.document):
        return True
    if any(_INSTEAD.search(p.recommendation.evidence[0].quote) for p in other.plans if p.recommendation.action.startswith(own)):
        return False
    if own == "radiotherapy" and chart.tumour in _RADIATED_AFTER and "radiotherapy.srs" not in other.actions():
        return True
    return own in ("chemoradiation", "radiotherapy") and (surgical.sequence() == "neoadjuvant" or any(_COMES_LATER.search(p.recommendation.evidence[0].quote) for p in surgical.plans))


def _operated(chart: Chart, before: str, after: str) -> bool:
    """Whether the specimen of an operation was staged between two documents: what the earlier planned is done."""
    first, last = chart.case.document(before).date, chart.case.document(after).date
    staged = (chart.case.document(f.evidence[0].document).date for basis in _SPECIMEN for f in chart.of(f"stage.{basis}.t") if f.evidence[0].document not in (before, after))
    return first is not None and last is not None and any(day is not None and first <= day <= last and first < last for day in staged)


def _day_passed(chart: Chart, surgical: Position, later: str) -> bool:
    """Whether the day that a position named for its operation was over when the other was written."""
    written, after = chart.case.document(surgical.document).date, chart.case.document(later).date
    return written is not None and after is not None and any(day < after for day in operation_days(surgical, written))


def _beside(position: Position) -> bool:
    """Whether a position that holds radiotherapy means it beside the operation: by its kind, or as it shares the surgical plan."""
    own = [p for p in position.plans if p.recommendation.action.startswith(_AFTER_OPERATION) or (p.recommendation.action.startswith("radiotherapy") and _BED.search(p.recommendation.evidence[0].quote))]
    if not own:
        return False
    others = [p for p in position.plans if p.recommendation.action.startswith(("chemoradiation", "radiotherapy")) and p not in own]
    return all(any(o.recommendation.evidence == p.recommendation.evidence for p in own) for o in others) or any(
        _SHARES.search(p.recommendation.evidence[0].quote) for p in position.plans
    )


def _leaves_out(position: Position, modality: str, of: Position | None = None) -> bool:
    """Whether a position does not want a modality; ``of``: as the other position plans it."""
    left_out = {a.removeprefix("omit.") for a in position.actions(omitted=True) if a.startswith(f"omit.{modality}")}
    if of is None:
        return bool(left_out)
    planned = {a for a in of.actions() if a.startswith(modality)}
    return any(p.startswith(o) or o.startswith(p) for o in left_out for p in planned)


def _says(position: Position, modality: str, words: re.Pattern[str]) -> bool:
    """Whether what a position plans of this modality is qualified so."""
    return any(words.search(p.recommendation.evidence[0].quote) for p in position.plans if p.recommendation.action.startswith(modality))


def _sequences(chart: Chart, held: list[Position]) -> Iterator[Conflict]:
    ordered = [(p, order) for p in held if (order := p.sequence()) is not None and not (order == "neoadjuvant" and _ending(p))]
    sides = _one_each(p.side(order, f"sequence.{order}", "sequence.adjuvant") for p, order in ordered)
    if {order for _, order in ordered} == {"neoadjuvant"}:
        near = [p for p in held if p.sequence() is None and p.modality() == "surgery" and any(_too_near(chart, p, other) for other, _ in ordered)]
        sides += _one_each(p.side("upfront_surgery", "surgery") for p in near)
    if len({side.value for side in sides}) > 1:
        yield Conflict.between("sequence", "plan.sequence", "high", sides, _WHY["sequence"])


def _ending(position: Position) -> bool:
    """Whether the treatment before the operation is as good as over: "preoperative chemotherapy ends this week"."""
    quote = position.first("sequence.neoadjuvant").recommendation.evidence[0].quote
    return _ENDS.search(quote) is not None and not _AHEAD.search(quote)


def _too_near(chart: Chart, surgical: Position, first: Position) -> bool:
    """Whether the one operates within weeks, without a word of what came before, while the other has just asked for weeks of treatment first."""
    own, other = chart.case.document(surgical.document), chart.case.document(first.document)
    if own.date is None or other.date is None or own.id == other.id or abs(own.date - other.date) > dt.timedelta(days=14):
        return False
    quick = _SHORT.search(other.text)
    if quick and "systemic" in first.modalities() and quick.group()[0] in "25sS":  # short-course radiation, then months of drugs
        quick = None
    if _TREATED.search(own.text) or quick or any(p.recommendation.action.startswith("sequence.") for p in surgical.plans):
        return False
    return operates_soon(surgical, own.date)


def _aims(held: list[Position]) -> Iterator[Conflict]:
    sides = _one_each(p.side(aim, f"intent.{aim}") for p in held if (aim := p.only("intent.")) is not None)
    if len({side.value for side in sides}) > 1:
        yield Conflict.between("intent", "plan.intent", "high", sides, _WHY["intent"])


def _resectability(held: list[Position]) -> Iterator[Conflict]:
    """Resectable against unresectable; borderline stands between the two and against neither."""
    stated = [(p, view) for p in held if (view := p.only("resectability.")) in ("resectable", "unresectable")]
    if all(_of_spread(p) is (view == "unresectable") for p, view in stated):  # the primary can be removed, its metastases cannot
        return
    sides = _one_each(p.side(str(view), f"resectability.{view}") for p, view in stated)
    if len({side.value for side in sides}) > 1:
        yield Conflict.between("resectability", "plan.resectability", "high", sides, _WHY["resectability"])


def _of_spread(position: Position) -> bool | None:
    """Whether a position judges the metastases rather than the primary; None where it names neither or both."""
    quote = position.first("resectability.").recommendation.evidence[0].quote
    spread = _SPREAD.search(quote) is not None
    return None if spread is (_PRIMARY.search(quote) is not None) else spread


def _one_each(sides: Iterator[Side]) -> tuple[Side, ...]:
    """At most one side for a document and value."""
    kept: dict[tuple[str, str], Side] = {}
    for side in sides:
        kept.setdefault((side.by, str(side.value)), side)
    return tuple(kept.values())


def _broken(kind: PanelKind, hits: list[Hit]) -> Conflict:
    """One conflict for all rules that the same plan breaks on the same facts."""
    worst = min(hits, key=lambda h: ("high", "moderate", "low").index(h.rule.severity))
    sides = [_plan_side(hit.plan) for hit in hits]
    sides += [datum.side for hit in hits for datum in hit.data]
    distinct = _distinct(sides)
    if len(distinct) == 1:
        distinct = (*distinct, Side(by=worst.rule.source.organisation, value=_advice(kind)))
    return Conflict.between(kind, f"plan.{worst.rule.plan[0]}", worst.rule.severity, distinct, worst.rule.cited)


def _advice(kind: PanelKind) -> str:
    return "not in the chart" if kind == "prerequisite" else "advises otherwise"


def _plan_side(plan: Plan) -> Side:
    action = plan.recommendation.action
    return Side(by=plan.document or plan.seat, value=f"plan: {action}", evidence=plan.recommendation.evidence[:1])


def _distinct(sides: list[Side]) -> tuple[Side, ...]:
    """One side a document for the plan and one for each fact; the same quote once."""
    kept: dict[tuple[str, str], Side] = {}
    for side in sides:
        quote = side.evidence[0].quote if side.evidence else str(side.value)
        role = "plan" if str(side.value).startswith("plan: ") else quote
        kept.setdefault((side.by, role), side)
    return tuple(kept.values())
