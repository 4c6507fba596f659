"""The plan rules held against the chart: which plan breaks which rule, on which facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from panel.compare.answers import Datum, answered, awaited, datum, label, spoken_of
from panel.compare.chart import Chart, Plan, side
from panel.compare.planrules import PlanRule, load_patient_terms, rules_on
from panel.conflict import PanelKind

# The plan itself says that the danger was weighed.
_WEIGHED = re.compile(r"\b(?:despite|cleared by|cardiolog\w+ (?:agree|clear|support)\w*|desensiti\w+|rechallenge (?:under|with premed|in (?:the )?(?:allergy|hospital)|by (?:the )?allerg)|dose[- ]reduced|reduced dose|split[- ]dose|with dose reduction|(?:once|when|as soon as|after) [^.;,]{0,40}\b(?:settled|settles|normalis\w+|normaliz\w+|normal|falls?|fallen|recover\w*|improv\w*|corrected|come down|comes down|drained|relieved|resolved|resolves)|adjusted for|under (?:cover|premedication))\b", re.I)
_NONE_OF = re.compile(r"\b(?:no|without|nor|never|free of|free from|negative for|absence of|rules? out|excludes?)(?: (?:evidence|signs?|suggestion|features|of|any|distant|local|other|visible|proven|definite|further|regional|systemic|the)\b)*[\s-]+$")
_GOING_ON = re.compile(r"\b(?:continu\w+|go(?:es)? on|maintenance|to complete|cycle (?:[2-9]|1\d)|resume\w*|remains? on|complete the)\b", re.I)
# "not needed meanwhile" leaves nothing out for good
_MEANWHILE = re.compile(r"\b(?:meanwhile|in the meantime|bridging|in the interim|(?:for|until|before) (?:the )?(?:operation|surgery) (?:only|date)|while (?:she|he|they) waits?|not yet|at this stage|for now|for the time being)\b", re.I)
# From the specialist's name on: "(rheumatology, 24 February) sees no bar to a checkpoint inhibitor"
_LEAVE = re.compile(
    r"[^.;]{0,90}?\b(?<!not )(?<!cannot )(?<!not yet )(?<!not be )(?<!never )(?<!to )(?:agree[sd]?|no (?:bar|objections?|contra-?indications?|obstacles?)|(?:has |have )?cleared|clears|supports?|accepts?|content|happy|approve[sd]?|consent(?:s|ed)|sanctions?|permits?|allows?|raises? none)\b"
)
_PREFIXES = ("drug.", "class.", "regimen.")


class Hit(NamedTuple):
    """A rule broken by a plan, with the facts."""

    rule: PlanRule
    plan: Plan
    document: str
    data: tuple[Datum, ...]


def broken_rules(chart: Chart, plans: Sequence[Plan]) -> Iterator[tuple[PanelKind, list[Hit]]]:
    """Groups of hits that are one disagreement: the same plan's document with the same drug or the same fact."""
    actions: dict[str, dict[str, Plan]] = {}
    for plan in plans:
        actions.setdefault(plan.document or "", {}).setdefault(_bare(plan.recommendation.action), plan)
    hits = [
        hit
        for document, table in ((d, _named(own)) for d, own in actions.items())
        for rule in _rules(chart.tumour or "", table)
        if (hit := _hit(chart, rule, document, table)) is not None
    ]
    seen: list[Hit] = []
    for kind in ("contraindication", "prerequisite", "guideline"):
        own = [h for h in hits if h.rule.kind == kind and not any(_same(h, other) for other in seen)]
        seen.extend(own)
        for group in _grouped(own):
            yield group[0].rule.kind, group


def _rules(tumour: str, table: Mapping[str, Plan]) -> list[PlanRule]:
    """The rules that speak of one of these plans, in the order of their files."""
    known = rules_on(tumour)
    found: dict[int, PlanRule] = {}
    for action in table:
        found.update(known.get(action, {}))
    return [found[place] for place in sorted(found)]


def _bare(action: str) -> str:
    for prefix in _PREFIXES:
        if action.startswith(prefix):
            return action.removeprefix(prefix)
    return action


def _named(table: dict[str, Plan]) -> dict[str, Plan]:
    """The plans by every id that a rule may name them by: their own, else a broader one (``surgery`` covers ``surgery.lobectomy``)."""
    named = dict(table)
    for action, plan in table.items():
        at = action.find(".")
        while at >= 0:
            named.setdefault(action[:at], plan)
            at = action.find(".", at + 1)
    if "omit.systemic" in table:  # who gives no systemic treatment gives no chemotherapy
        named.setdefault("omit.systemic.chemotherapy", table["omit.systemic"])
    return named


def _hit(chart: Chart, rule: PlanRule, document: str, table: dict[str, Plan]) -> Hit | None:
    wanted = next((action for action in rule.plan if action in table), None)
    if wanted is None or any(lifted in table for lifted in rule.not_with):
        return None
    plan = table[wanted]
    # Who leaves one drug out and gives another of its kind does not leave the kind out.
    action = plan.recommendation.action
    if action.startswith("omit.") and action.removeprefix("omit.") in table:
        return None
    quote = plan.recommendation.evidence[0].quote
    if _WEIGHED.search(quote) or (action.startswith("omit.") and _MEANWHILE.search(quote)):
        return None
    if rule.unless_said and any(_said(text, word) for text in chart.low.values() for word in rule.unless_said):
        return None
    written = chart.case.document(document)
    if rule.unless_written and any(map(chart.low[document].__contains__, rule.unless_written)):
        return None
    date = written.date
    if any(datum(chart, condition, None) is not None for condition in rule.unless):
        return None
    data: list[Datum] = []
    for condition in rule.when:
        fact = datum(chart, condition, date)
        if fact is None or _itself(fact, plan):
            return None
        data.append(fact)
    if rule.needs:
        waiting = next((f for q in rule.needs if (f := awaited(chart, q)) is not None), None)
        if any(answered(chart, question, firm=waiting is not None) for question in rule.needs):
            return None
        if waiting is not None:
            value = f"{label(waiting.question)}: {waiting.value}"
            data.append(Datum(waiting.question, waiting.evidence[0].document, side(waiting, value)))
        elif not data and (_GOING_ON.search(quote) or any(spoken_of(chart, q) for q in rule.needs)):
            return None
    if rule.kind == "contraindication" and any(_leave_given(written.text, d.question) for d in data):
        return None
    return Hit(rule, plan, document, tuple(data))


def _said(low: str, word: str) -> bool:
    """Whether a text in lower case holds a word that is not denied: "no metastases" tells of none."""
    at = low.find(word)
    while at >= 0:
        if not _NONE_OF.search(low, max(0, at - 40), at):
            return True
        at = low.find(word, at + 1)
    return False


def _leave_given(text: str, question: str) -> bool:
    """Whether the text says that the specialist for such a fact has no objection."""
    consulted = load_patient_terms().consulted
    stems = consulted.get(question) or consulted.get(question.partition(".")[0], ())
    low = text.lower() if stems else ""
    return any(_LEAVE.match(low, low.find(stem)) for stem in stems if stem in low)


def _itself(fact: Datum, plan: Plan) -> bool:
    """Whether the treatment said to have been given before is the one planned: "pelvic irradiation in September"."""
    if not fact.question.startswith("comorbidity.prior"):
        return False
    own, said = plan.recommendation.evidence[0], fact.side.evidence
    return any(e.document == own.document and e.start < own.end and own.start < e.end for e in said)


def _same(first: Hit, second: Hit) -> bool:
    """Whether two hits are about one plan and the same drug, or the same fact."""
    if first.document != second.document:
        return False
    facts = {(d.question, d.document) for d in first.data} & {(d.question, d.document) for d in second.data}
    return bool(facts) or (first.plan.recommendation.evidence == second.plan.recommendation.evidence and bool(set(first.rule.plan) & set(second.rule.plan)))


def _grouped(hits: list[Hit]) -> list[list[Hit]]:
    groups: list[list[Hit]] = []
    for hit in hits:
        linked = [g for g in groups if any(_same(hit, other) for other in g)]
        groups = [g for g in groups if g not in linked]
        groups.append([*(h for g in linked for h in g), hit])
    return groups
