"""Plans against plans and against the patient's data: each disagreement once, and silence where there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.background import background_findings
from agents.rules.plans import plan_recommendations
from agents.rules.reading import read
from panel.case import CASE_FILE, Case, Document, Evidence, Patient
from panel.compare.chart import Chart, Plan
from panel.compare.missing import missing_items
from panel.compare.plans import plan_conflicts
from panel.conflict import Conflict
from panel.opinion import Finding, Value

KINDS = {"onc": "oncology", "surg": "surgery", "lab": "laboratory", "path": "pathology", "ct": "radiology", "note": "note", "gen": "genomics"}


def chart(
    *texts: tuple[str, str] | tuple[str, str, str],
    facts: tuple[tuple[str, Value, str], ...] = (),
    tumour: str = "lung",
    patient: Patient | None = None,
) -> Chart:
    """A chart of (document id, text[, date]) read for plans and background, with further facts (question, value, document)."""
    documents = tuple(
        Document(id=t[0], kind=KINDS[t[0].split("-")[0]], date=dt.date.fromisoformat(t[2] if len(t) > 2 else "2026-03-02"), title=f"{t[0]} letter", text=t[1])  # type: ignore[arg-type]
        for t in texts
    )
    case = Case(id="c", documents=documents, patient=patient or Patient())
    findings = [f for d in documents for f in background_findings(read(d))]
    for question, value, where in facts:
        document = case.document(where)
        evidence = Evidence.of(document, 0, min(20, len(document.text)))
        findings.append(Finding(question=question, value=value, date=document.date, evidence=(evidence,)))
    kind = Evidence.of(documents[0], 0, 3)
    findings.append(Finding(question="tumour.type", value=tumour, evidence=(kind,)))
    plans = tuple(Plan(seat, step) for d in documents for seat, step in plan_recommendations(read(d)))
    return Chart(case, tuple(findings), plans)


def conflicts(built: Chart) -> list[Conflict]:
    found = list(plan_conflicts(built))
    for conflict in found:
        for side in conflict.sides:
            assert all(e in built.case for e in side.evidence)
    return found


SURGERY = ("surg-1", "I recommend lobectomy with curative intent.")


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ((SURGERY, ("onc-1", "I recommend definitive chemoradiation, curative intent.")), "treatment"),
        ((SURGERY, ("onc-1", "I recommend SABR in five fractions.")), "treatment"),
        ((SURGERY, ("onc-1", "I advise active surveillance.")), "treatment"),
        ((("note-1", "Surgeons: favour cystectomy. Oncology: favours chemoradiation."),), "treatment"),
        (
            (("surg-1", "I plan cystectomy first, on 24 March."), ("onc-1", "I propose neoadjuvant gemcitabine, then cystectomy.")),
            "sequence",
        ),
        (
            (("onc-1", "I recommend radiotherapy. The intent is curative."), ("onc-2", "Second opinion: radiotherapy, with palliative intent.")),
            "intent",
        ),
        (
            (("surg-1", "I regard the tumour as unresectable."), ("surg-2", "Second opinion: in our hands it is resectable.")),
            "resectability",
        ),
    ],
)
def test_plans_that_exclude_each_other(texts: tuple[tuple[str, str], ...], kind: str) -> None:
    found = conflicts(chart(*texts))
    assert [c.kind for c in found] == [kind]
    assert {s.by for s in found[0].sides} == {t[0] for t in texts}
    assert len(found[0].sides) == 2


@pytest.mark.parametrize(
    "texts",
    [
        (SURGERY, ("surg-2", "Second opinion: I too would offer lobectomy.")),
        (SURGERY, ("surg-2", "Second opinion: I would offer segmentectomy.")),
        (SURGERY, ("onc-1", "I agree with surgery; adjuvant cisplatin afterwards is planned.")),
        (SURGERY, ("onc-1", "If he declines the operation, chemoradiation.")),
        (SURGERY, ("onc-1", "Chemoradiation was discussed. He will have the lobectomy.")),
        (SURGERY, ("onc-1", "Chemotherapy was given in 2019.")),
        (SURGERY, ("onc-1", "He previously received chemoradiation for a larynx cancer.")),
        (("surg-1", "I plan mastectomy."), ("onc-1", "I recommend postoperative radiotherapy.")),
        (("surg-1", "Technically resectable, but medically inoperable."), ("onc-1", "Inoperable on fitness.")),
        # an earlier plan, long past
        (("onc-1", "I recommend definitive chemoradiation.", "2025-06-01"), ("surg-1", "I recommend salvage laryngectomy.")),
        # the same seat wrote again
        (("onc-1", "I propose radiotherapy.", "2026-02-20"), ("surg-1", "I recommend lobectomy.", "2026-03-01"), ("note-1", "Restaging now shows progression; change of plan.", "2026-03-10")),
    ],
)
def test_plans_that_can_stand_together(texts: tuple[tuple[str, str], ...]) -> None:
    assert conflicts(chart(*texts)) == []


LAB = ("lab-1", "eGFR as printed below")


def test_a_plan_against_the_laboratory() -> None:
    built = chart(("onc-1", "Plan: cisplatin 75 mg/m2."), LAB, facts=(("organ.egfr", 32.0, "lab-1"),))
    (found,) = conflicts(built)
    assert (found.kind, {s.by for s in found.sides}) == ("contraindication", {"onc-1", "lab-1"})
    assert all(s.evidence for s in found.sides)


def test_several_rules_on_one_drug_are_one_conflict() -> None:
    patient = Patient(comorbidities=("hearing loss",))
    facts = (("organ.egfr", 32.0, "lab-1"), ("organ.creatinine_clearance", 30.0, "lab-1"))
    found = conflicts(chart(("onc-1", "Plan: cisplatin 75 mg/m2."), LAB, facts=facts, patient=patient))
    assert [c.kind for c in found] == ["contraindication"]
    assert CASE_FILE in {s.by for s in found[0].sides}


@pytest.mark.parametrize(
    ("plan", "facts", "patient"),
    [
        ("Plan: cisplatin 75 mg/m2.", (("organ.egfr", 32.0, "lab-1"), ("organ.egfr", 71.0, "lab-2")), Patient()),  # recovered
        ("eGFR 32, so no cisplatin.", (("organ.egfr", 32.0, "lab-1"),), Patient()),
        ("If eGFR recovers, cisplatin.", (("organ.egfr", 32.0, "lab-1"),), Patient()),
        ("Cisplatin was given in 2019.", (("organ.egfr", 32.0, "lab-1"),), Patient()),
        ("Plan: carboplatin AUC 5.", (("organ.egfr", 45.0, "lab-1"),), Patient()),
        ("Plan: cisplatin 75 mg/m2.", (), Patient(comorbidities=("neuropathy 2009, resolved",))),
    ],
)
def test_no_contraindication(plan: str, facts: tuple[tuple[str, Value, str], ...], patient: Patient) -> None:
    texts = (("lab-1", "First sample, January", "2026-01-20"), ("lab-2", "Second sample", "2026-02-25"), ("onc-1", plan))
    assert conflicts(chart(*texts, facts=facts, patient=patient)) == []


def test_a_plan_before_the_result() -> None:
    built = chart(("onc-1", "I am starting osimertinib today."), ("path-1", "Adenocarcinoma. NGS panel: PENDING."))
    (found,) = conflicts(built)
    assert (found.kind, {s.by for s in found.sides}) == ("prerequisite", {"onc-1", "path-1"})


def test_a_result_that_is_nowhere() -> None:
    (found,) = conflicts(chart(("onc-1", "I am starting osimertinib today.")))
    assert found.kind == "prerequisite"
    assert {s.value for s in found.sides if not s.evidence} == {"not in the chart"}


@pytest.mark.parametrize(
    ("texts", "facts"),
    [
        ((("onc-1", "I am starting osimertinib today."), ("path-1", "Result of the panel")), (("biomarker.egfr", "mutated", "path-1"),)),
        ((("onc-1", "We await EGFR; if mutated, osimertinib."), ("path-1", "EGFR testing pending.")), ()),
        ((("onc-1", "We continue osimertinib 80 mg daily."),), ()),
    ],
)
def test_no_prerequisite_is_open(texts: tuple[tuple[str, str], ...], facts: tuple[tuple[str, Value, str], ...]) -> None:
    assert conflicts(chart(*texts, facts=facts)) == []


def test_a_plan_against_a_guideline() -> None:
    built = chart(
        ("path-1", "Breslow 3.1 mm"),
        ("surg-1", "I propose wide excision. No sentinel node biopsy will be done."),
        facts=(("depth", 3.1, "path-1"),),
        tumour="melanoma",
    )
    (found,) = conflicts(built)
    assert (found.kind, {s.by for s in found.sides}) == ("guideline", {"surg-1", "path-1"})
    assert "20" in found.why  # the year of its source


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ((), True),
        ((("biomarker.alk", "negative", "ct-1"),), True),
        ((("biomarker.egfr", "mutated", "ct-1"), ("biomarker.alk", "pending", "ct-1")), True),
        ((("biomarker.egfr", "wild-type", "ct-1"), ("biomarker.alk", "negative", "ct-1")), False),
        ((("test.molecular_panel", "done", "ct-1"),), False),
    ],
)
def test_egfr_and_alk_are_both_asked_for(known: tuple[tuple[str, Value, str], ...], asked: bool) -> None:
    built = chart(("ct-1", "Mass in the lung."), facts=(("histology.type", "adenocarcinoma", "ct-1"), *known))
    assert ("EGFR and ALK result" in {m.item for m in missing_items(built)}) is asked


def test_a_leukaemia_has_neither_size_nor_stage() -> None:
    asked = {m.item for m in missing_items(chart(("ct-1", "Acute myeloid leukaemia."), tumour="other", facts=(("histology.type", "aml", "ct-1"),)))}
    assert "Performance status" in asked
    assert not asked & {"Tumour size", "Stage or extent"}
    others = {m.item for m in missing_items(chart(("ct-1", "Sarcoma."), tumour="other", facts=(("histology.type", "sarcoma", "ct-1"),)))}
    assert others >= {"Tumour size", "Stage or extent"}


def test_missing_items_are_asked_for_once_answered_no_more() -> None:
    bare = {m.item for m in missing_items(chart(("ct-1", "Mass in the lung.")))}
    known = {
        m.item
        for m in missing_items(
            chart(("ct-1", "Mass in the lung."), facts=(("histology.type", "adenocarcinoma", "ct-1"),), patient=Patient(ecog=1))
        )
    }
    assert bare - known >= {"Histological diagnosis", "Performance status"}
    assert all(m.why and m.asked_by for m in missing_items(chart(("ct-1", "Mass in the lung."))))
    assert missing_items(chart(("ct-1", "A mass."), tumour="thymus")) == missing_items(chart(("ct-1", "A mass."), tumour="other"))
