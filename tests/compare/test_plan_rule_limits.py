"""Every plan rule speaks on the facts it names, is silent beside them, and keeps the limits that are published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from panel.case import Case, Document, Evidence, Patient
from panel.compare.chart import Chart, Plan
from panel.compare.planrules import Condition, PlanRule, load_plan_rules
from panel.compare.rulecheck import broken_rules
from panel.opinion import Finding, Recommendation, Value

DAY = dt.date(2026, 3, 2)
NOTE = Document(id="note", kind="note", date=DAY, title="Note", text="What is found.")
PLAN = Document(id="plan", kind="oncology", date=DAY, title="Plan", text="What is planned.")
RULES = {rule.id: rule for rule in load_plan_rules()}


def chart(tumour: str, facts: Sequence[tuple[str, Value]], actions: Sequence[str], age: int | None = None, told: dt.date = DAY) -> Chart:
    case = Case(id="c", question="q", patient=Patient(age=age), documents=(NOTE, PLAN))
    where = (Evidence.of(NOTE, 0, len(NOTE.text)),)
    findings = [Finding(question=q, value=v, date=told, evidence=where) for q, v in (("tumour.type", tumour), *facts)]
    planned = (Evidence.of(PLAN, 0, len(PLAN.text)),)
    return Chart(case, tuple(findings), tuple(Plan("oncology", Recommendation(action=a, evidence=planned)) for a in actions))


def spoken(told: Chart) -> set[str]:
    return {hit.rule.id for _, group in broken_rules(told, told.plans) for hit in group}


def fact(condition: Condition) -> tuple[str, Value]:
    """A value that fulfils a condition."""
    if condition.below is not None:
        return condition.question, condition.below - 0.5
    if condition.above is not None:
        return condition.question, condition.above + 1
    if condition.present:
        return condition.question, "present"
    value = condition.in_[0] if condition.in_ else condition.equals
    assert value is not None
    return condition.question, value


def fulfilled(conditions: Sequence[Condition]) -> tuple[list[tuple[str, Value]], int | None]:
    facts = [fact(c) for c in conditions]
    age = next((int(float(v)) for q, v in facts if q == "patient.age"), None)
    return [(q, v) for q, v in facts if q != "patient.age"], age


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_speaks_on_its_facts_and_is_silent_without_each_of_them(rule: PlanRule) -> None:
    tumour = rule.tumour[0] if rule.tumour else "sarcoma"
    for condition in rule.when:
        for one in (condition, *condition.or_):
            facts, age = fulfilled([one, *(c for c in rule.when if c is not condition)])
            assert rule.id in heard(tumour, facts, rule.plan[0], age)
        rest, age = fulfilled([c for c in rule.when if c is not condition])
        assert rule.id not in heard(tumour, rest, rule.plan[0], age)


def heard(tumour: str, facts: Sequence[tuple[str, Value]], action: str, age: int | None) -> set[str]:
    """The rules that a plan breaks, those included that another one of the same fact has spoken for."""
    told = chart(tumour, facts, [action], age)
    ids = spoken(told)
    return ids | {rule.id for rule in RULES.values() if ids and action in rule.plan and alone(told, rule)}


def alone(told: Chart, rule: PlanRule) -> bool:
    from panel.compare.rulecheck import _hit, _named

    if rule.tumour and (told.tumour or "") not in rule.tumour:
        return False
    return _hit(told, rule, "plan", _named({p.recommendation.action: p for p in told.plans})) is not None


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.unless], ids=[r.id for r in RULES.values() if r.unless])
def test_what_lifts_a_rule_lifts_it(rule: PlanRule) -> None:
    tumour = rule.tumour[0] if rule.tumour else "sarcoma"
    facts, age = fulfilled(rule.when)
    for condition in rule.unless:
        if condition.question not in {q for q, _ in facts}:
            assert rule.id not in spoken(chart(tumour, [*facts, fact(condition)], [rule.plan[0]], age))


@pytest.mark.parametrize(
    ("tumour", "action", "question", "barred", "allowed"),
    [
        ("other", "bleomycin", "organ.dlco", 39.0, 40.0),
        ("lung", "surgery.lobectomy", "organ.vo2max", 9.9, 10.0),
        ("lung", "surgery.lobectomy", "organ.fev1_ppo", 29.0, 30.0),
        ("lung", "surgery.pneumonectomy", "organ.dlco", 49.0, 50.0),
        ("bladder", "methotrexate", "organ.creatinine_clearance", 29.0, 30.0),
        ("prostate", "radium_223", "organ.platelets", 99.0, 100.0),
        ("prostate", "radium_223", "organ.neutrophils", 1.4, 1.5),
        ("ovary", "niraparib", "organ.platelets", 99.0, 100.0),
        ("pancreas", "gemcitabine", "organ.platelets", 49.0, 50.0),
        ("lung", "pemetrexed", "organ.neutrophils", 1.4, 1.5),
        ("breast", "doxorubicin", "organ.lvef", 49.0, 50.0),
        ("other", "vandetanib", "organ.qtc", 451.0, 450.0),
        ("prostate", "abiraterone", "organ.lvef", 49.0, 50.0),
        ("breast", "zoledronic_acid", "organ.calcium", 1.9, 2.0),
        ("liver", "surgery.liver_transplant", "primary.size", 66.0, 65.0),
        ("kidney", "surgery.cytoreductive_nephrectomy", "performance.ecog", 2, 1),
    ],
)
def test_published_limits(tumour: str, action: str, question: str, barred: float, allowed: float) -> None:
    action_class = {"doxorubicin": "anthracycline"}.get(action, action)
    known: list[tuple[str, Value]] = [("test.echocardiography", "done")]
    assert {r for r in spoken(chart(tumour, [*known, (question, barred)], [action_class])) if question in str(RULES[r].when)}
    assert not {r for r in spoken(chart(tumour, [*known, (question, allowed)], [action_class])) if question in str(RULES[r].when)}


@pytest.mark.parametrize(
    ("tumour", "facts", "action", "rule", "breaks"),
    [
        # Metastases stand for M1, an extensive stage too; an M0 that is stated outweighs neither being said elsewhere.
        ("liver", [("presence.metastasis.lung", "present")], "surgery.liver_transplant", "liver-transplant-spread", True),
        ("liver", [("presence.metastasis.lung", "absent")], "surgery.liver_transplant", "liver-transplant-spread", False),
        ("liver", [("stage.clinical.m", "M0"), ("presence.metastasis.lung", "present")], "surgery.liver_transplant", "liver-transplant-spread", False),
        ("liver", [("presence.portal_vein_invasion", "present")], "surgery.liver_transplant", "liver-transplant-spread", True),
        ("lung", [("stage.extent", "extensive"), ("histology.type", "small_cell_carcinoma")], "surgery.pneumonectomy", "sclc-metastatic-surgery", True),
        ("lung", [("stage.extent", "limited"), ("histology.type", "small_cell_carcinoma")], "surgery.pneumonectomy", "sclc-metastatic-surgery", False),
        # The group that pT and pN give (AJCC 8)
        ("colorectal", [("stage.pathologic.t", "T3"), ("stage.pathologic.n", "N1")], "omit.systemic.chemotherapy", "colon-stage-iii-chemotherapy-omitted", True),
        ("colorectal", [("stage.pathologic.t", "T3"), ("stage.pathologic.n", "N0")], "omit.systemic.chemotherapy", "colon-stage-iii-chemotherapy-omitted", False),
        # Karnofsky 40 is ECOG 3, 70 is ECOG 1
        ("pancreas", [("performance.karnofsky", 50.0)], "folfirinox", "folfirinox-ecog", True),
        ("pancreas", [("performance.karnofsky", 70.0)], "folfirinox", "folfirinox-ecog", False),
        ("prostate", [("grade.gleason", "4+4")], "surveillance", "prostate-high-grade-surveillance", True),
        ("prostate", [("grade.gleason", "3+4")], "surveillance", "prostate-high-grade-surveillance", False),
        ("bladder", [("stage.pathologic.t", "T2")], "bcg", "bladder-muscle-invasive-bcg", True),
        ("bladder", [("stage.pathologic.t", "T1")], "bcg", "bladder-muscle-invasive-bcg", False),
        ("lung", [("presence.interstitial_lung_disease", "present")], "checkpoint_inhibitor", "checkpoint-interstitial-lung-disease", True),
    ],
)
def test_facts_in_other_words(tumour: str, facts: list[tuple[str, Value]], action: str, rule: str, breaks: bool) -> None:
    assert (rule in heard(tumour, facts, action, None)) is breaks


@pytest.mark.parametrize(("years", "breaks"), [(0, True), (1, True), (3, False)])
def test_a_specimen_of_years_ago_makes_no_plan_adjuvant(years: int, breaks: bool) -> None:
    facts: list[tuple[str, Value]] = [("stage.pathologic.t", "T3a"), ("histology.type", "clear_cell_rcc")]
    told = chart("kidney", facts, ["pazopanib"], told=DAY.replace(year=DAY.year - years))
    assert ("kidney-adjuvant-kinase-inhibitor" in spoken(told)) is breaks
