"""What was done, awaited, not done; conditions, reactions and quantities in the words of many hands, and their look-alikes."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.chart import read_chart
from panel.case import Case, Document, Patient
from panel.opinion import Value


def read(text: str, question: str) -> set[Value]:
    """The values stated for a question; a test only named is not stated as done."""
    note = Document(id="d", kind="note", date=dt.date(2026, 3, 2), title="Clinic note", text=text)
    found = read_chart(Case(id="c", question="q", patient=Patient(), documents=(note,))).findings
    return {f.value for f in found if f.question == question and f.certainty != "uncertain"}


OPEN = [
    ("HER2 2+, equivocal; block sent to the reference laboratory for in situ hybridisation.", "her2_ish_test"),
    ("HER2 2+; tissue sent for FISH, ER positive.", "her2_ish_test"),
    ("Echocardiogram: request form sent, no date yet.", "echocardiography"),
    ("Echo - DNA'd twice, not rebooked.", "echocardiography"),
    ("Cardiac ultrasound booked for 24 March.", "echocardiography"),
    ("Heart scan: appointment letter only, 24 March - nothing has been recorded so far.", "echocardiography"),
    ("Echo, audiogram and GFR all outstanding.", "echocardiography"),
    ("Echo, audiogram and GFR all outstanding.", "audiometry"),
    ("Outstanding: echo, audiogram.", "audiometry"),
    ("| Audiogram | pending | audiology |", "audiometry"),
    ("DPYD (4 variants) | tube rejected, clotted | repeat requested | status: NO RESULT", "dpyd_test"),
    ("The laboratory cannot find the DPYD sample.", "dpyd_test"),
    ("PET scan has not happened yet because the scanner broke down.", "pet_ct"),
    ("PET-CT slot 14 March.", "pet_ct"),
    ("Pelvic MRI: on waiting list, none to date.", "pelvic_mri"),
    ("PELVIC MRI: AWAITED", "pelvic_mri"),
    ("pelvic mri requested, no slot yet", "pelvic_mri"),
    ("Lung function tests have yet to be performed.", "pulmonary_function"),
    ("Variceal screening endoscopy is still outstanding.", "gastroscopy"),
    ("Volumetry pending, remnant unknown.", "liver_volumetry"),
    ("Dentist has not seen him yet.", "dental_assessment"),
    ("Staging laparoscopy: theatre list full, postponed.", "staging_laparoscopy"),
    ("No tissue diagnosis so far.", "tumour_biopsy"),
    ("KIT/PDGFRA genotyping in progress.", "kit_test"),
    ("Echo requested, nobody has done it.", "echocardiography"),
    ("Echo requested, not yet done on Monday.", "echocardiography"),
    ("Audiogram reported; no baseline echo.", "echocardiography"),
]
DONE = [
    ("HER2 2+; sent to Leeds for FISH, which was not amplified.", "her2_ish_test"),
    ("Hearing test: normal both sides.", "audiometry"),
    ("DPYD *1/*1, normal metaboliser.", "dpyd_test"),
    ("Capecitabine (DPYD ok) beginning next week.", "dpyd_test"),
    ("PET-CT of 3 February: no distant disease.", "pet_ct"),
    ("Gastroscopy 2 Feb: no varices.", "gastroscopy"),
    ("mrT3c N1 on the staging scan.", "pelvic_mri"),
    ("Lung function: FEV1 2.1 L (88 %).", "pulmonary_function"),
    ("Audiogram normal; repeat booked after cycle 2.", "audiometry"),
    ("The DPYD result, outstanding on Monday, is now back: no variant.", "dpyd_test"),
    ("Echo, requested last week, has come back and shows an EF of 62 %.", "echocardiography"),
    ("No proteinuria.", "urine_protein"),
    ("The DPYD, expected on Monday, has come in.", "dpyd_test"),
    ("Audiogram within normal limits, no recent echo.", "audiometry"),
]
SILENT = ["Echo booked before anything starts.", "Echocardiogram has been requested and will be done before the first cycle.", "Echo repeat planned after cycle 4.", "Next echo in June.", "Would need an echo if anthracyclines were ever discussed."]


@pytest.mark.parametrize(("text", "test"), OPEN)
def test_without_a_result(text: str, test: str) -> None:
    assert read(text, f"test.{test}") & {"pending", "not_done"}


@pytest.mark.parametrize(("text", "test"), DONE)
def test_with_one(text: str, test: str) -> None:
    assert read(text, f"test.{test}") == {"done"}


@pytest.mark.parametrize("text", SILENT)
def test_what_is_repeated_or_imagined_is_not_outstanding(text: str) -> None:
    assert not read(text, "test.echocardiography") & {"pending", "not_done"}


NOT_OPEN = [
    ("Audiogram 20 Feb. Surgery was discussed and declined.", "audiometry"),
    ("Audiogram in the notes, no recent echo.", "audiometry"),
    ("DPYD was pending at discharge; result 10 February: no variant.", "dpyd_test"),
    ("Audiogram pending at the meeting of 17 February.", "audiometry"),
    ("DPYD had been outstanding on 2 February.", "dpyd_test"),
]


@pytest.mark.parametrize(("text", "test"), NOT_OPEN)
def test_what_was_open_then_or_is_another_test_is_not_open_now(text: str, test: str) -> None:
    assert not read(text, f"test.{test}") & {"pending", "not_done"}


@pytest.mark.parametrize("text", ["DPYD is pending.", "DPYD was still pending when I wrote this.", "DPYD was requested."])
def test_what_still_waits_is_open(text: str) -> None:
    assert read(text, "test.dpyd_test") & {"pending", "not_done"}


CONDITIONS = [
    ("Heart: LVEF down to 30 %, severe LV impairment.", "cardiomyopathy", "present"),
    ("He hears only with two hearing aids.", "hearing_loss", "present"),
    ("Severe high-frequency loss on either side after decades in a shipyard.", "hearing_loss", "present"),
    ("Peripheral neuropathy, CTCAE grade 3.", "severe_neuropathy", "present"),
    ("Feet numb up to the ankles from diabetes.", "neuropathy", "present"),
    ("Known fibrosing lung disease.", "interstitial_lung_disease", "present"),
    ("Cadaveric graft, right iliac fossa, working well.", "organ_transplant", "present"),
    ("Heart transplanted 2010.", "organ_transplant", "present"),
    ("Brought up two spoons of fresh blood on Tuesday.", "haemoptysis", "present"),
    ("Laparotomy wound still open, VAC dressing.", "wound_problem", "present"),
    ("Metal splinter in the left eye since 1988.", "metal_foreign_body", "present"),
    ("Unhealed extraction socket lower left 6.", "osteonecrosis_of_jaw", "present"),
    ("Tense ascites, drained fortnightly.", "decompensated_cirrhosis", "present"),
    ("Heart failure has been ruled out.", "heart_failure", "absent"),
]
NO_CONDITIONS = [
    ("Her brother had a kidney transplant.", "organ_transplant"),
    ("Considered for kidney transplantation once cancer-free.", "organ_transplant"),
    ("Graft loss would mean lifelong dialysis.", "dialysis"),
    ("Never coughed up any blood.", "haemoptysis"),
    ("No numbness in feet or hands.", "neuropathy"),
    ("Pneumonitis is a known side effect.", "pneumonitis"),
    ("Risk of neuropathy explained.", "neuropathy"),
    ("Wound has healed well.", "wound_problem"),
]


@pytest.mark.parametrize(("text", "condition", "value"), CONDITIONS)
def test_conditions(text: str, condition: str, value: str) -> None:
    assert read(text, f"comorbidity.{condition}") == {value}


@pytest.mark.parametrize(("text", "condition"), NO_CONDITIONS)
def test_no_conditions(text: str, condition: str) -> None:
    assert "present" not in read(text, f"comorbidity.{condition}")


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("Four minutes into the eighth infusion of carboplatin: flushing, stridor, BP 62/30.", "allergy.carboplatin", True),
        ("CARBOPLATIN | anaphylaxis | 2024 | do not give", "allergy.carboplatin", True),
        ("Iodinated contrast - throat swelling 2019, adrenaline given.", "allergy.iodinated_contrast", True),
        ("She collapsed on docetaxel last year.", "allergy.docetaxel", True),
        ("Tolerated carboplatin without reaction.", "allergy.carboplatin", False),
        ("Nil to platinum or contrast (CT with iohexol last week uneventful).", "allergy.platinum", False),
        ("Premedication against hypersensitivity before paclitaxel as usual.", "allergy.paclitaxel", False),
        ("Discussed the risk of anaphylaxis with carboplatin.", "allergy.carboplatin", False),
        ("Stays on tacrolimus and mycophenolate.", "drug.immunosuppressant", True),
        ("Brivudine for shingles, day 3.", "drug.dpd_blocker", True),
        ("Never on steroids.", "drug.corticosteroid", False),
    ],
)
def test_reactions_and_drugs(text: str, question: str, told: bool) -> None:
    assert ("present" in read(text, question)) is told


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("iohexol clearance 38 mL/min", "organ.creatinine_clearance", 38.0),
        ("renal filtration of 32 ml per minute", "organ.egfr", 32.0),
        ("Pumping function 35 %", "organ.lvef", 35.0),
        ("Echo: 45 %.", "organ.lvef", 45),
        ("DLCO corrected for Hb 35 %", "organ.dlco", 35.0),
        ("peak oxygen uptake 8.8 ml/kg/min", "organ.vo2max", 8.8),
        ("ECOG III", "performance.ecog", 3),
        ("Confined to bed, needs help with washing, performance status 4.", "performance.ecog", 4),
        ("ECOG was 3 while the effusion was there; since it was drained he is 1.", "performance.ecog", 1),
        ("LVEF 60 %, GLS -20.", "organ.lvef", 60.0),
        ("LVEF 45 %. He is 61 years old.", "organ.lvef", 45.0),
        ("Oncotype RS 9.", "assay.recurrence_score", 9.0),
        ("Father carries a diagnosis of cardiomyopathy, EF 25 %.", "organ.lvef", None),
        ("Echo normal, strain -20 %.", "organ.lvef", None),
    ],
)
def test_quantities(text: str, question: str, value: Value | None) -> None:
    assert read(text, question) == (set() if value is None else {value})
