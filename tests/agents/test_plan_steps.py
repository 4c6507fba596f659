"""Steps of treatment in prescriptions, booking slips, dictation and shorthand, and drugs that are only spoken of."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.plans import plan_recommendations
from agents.rules.reading import read
from panel.case import Document, DocumentKind

KINDS: dict[str, DocumentKind] = {"onc": "oncology", "surg": "surgery"}
PLANNED = [
    ("onc", "D/W pt + husband: start osimertinib 80 od Mon 23 Mar, script done, homecare delivery.", "drug.osimertinib"),
    ("onc", "Osimertinib 80 mg once daily has been dispensed, first tablet tomorrow morning.", "drug.osimertinib"),
    ("onc", "Osimertinib dispensed today.", "drug.osimertinib"),
    ("onc", "He was given his first box of osimertinib today.", "drug.osimertinib"),
    ("onc", "Rx: cetuximab + FOLFIRI q2w, C1 on 4 March.", "drug.cetuximab"),
    ("onc", "Cycle 1 of FOLFIRI/cetuximab goes in on Thursday.", "drug.cetuximab"),
    ("onc", "C1D1 CAPOX 2/3/26.", "regimen.capox"),
    ("onc", "Cycle 1 on 11 Feb: oxaliplatin 130 mg/m2 day 1; capecitabine 1000 mg/m2 bd.", "drug.capecitabine"),
    ("onc", "I have prescribed letrozole.", "drug.letrozole"),
    ("onc", "Letrozole started today.", "drug.letrozole"),
    ("onc", "Treatment order: trastuzumab 8 mg/kg loading then 6 mg/kg.", "drug.trastuzumab"),
    ("onc", "Chemo form completed for carboplatin AUC5 and pemetrexed.", "drug.pemetrexed"),
    ("onc", "She has signed the consent form for docetaxel.", "drug.docetaxel"),
    ("onc", "Consent form for cisplatin and radiotherapy signed.", "drug.cisplatin"),
    ("onc", "To have six cycles of R-CHOP-like doxorubicin.", "drug.doxorubicin"),
    ("onc", "Going on olaparib 300 mg bd from next week.", "drug.olaparib"),
    ("onc", "Olaparib to begin on Monday.", "drug.olaparib"),
    ("onc", "Maintenance olaparib from 3 March.", "drug.olaparib"),
    ("onc", "We will go straight to pembrolizumab.", "drug.pembrolizumab"),
    ("onc", "Pembrolizumab it is, starting Tuesday.", "drug.pembrolizumab"),
    ("onc", "I am putting him on abiraterone.", "drug.abiraterone"),
    ("onc", "I'm popping her on tamoxifen.", "drug.tamoxifen"),
    ("onc", "Please issue tamoxifen 20 mg daily.", "drug.tamoxifen"),
    ("onc", "Grateful if you would prescribe anastrozole 1 mg daily long term.", "drug.anastrozole"),
    ("onc", "GP to prescribe exemestane.", "drug.exemestane"),
    ("onc", "Homecare for enzalutamide set up.", "drug.enzalutamide"),
    ("onc", "Day unit slot for bevacizumab with paclitaxel on 5 March.", "drug.bevacizumab"),
    ("onc", "The first infusion of atezolizumab-bevacizumab is on 5 March.", "drug.bevacizumab"),
    ("onc", "Decision: weekly cisplatin 40 mg/m2 with 70 Gy.", "drug.cisplatin"),
    ("onc", "| Systemic therapy | cisplatin 100 mg/m2 q21d x 3 |", "drug.cisplatin"),
    ("onc", "Drug ............ cetuximab", "drug.cetuximab"),
    ("onc", "**Plan**\n- palbociclib 125 mg d1-21\n- fulvestrant 500 mg", "drug.palbociclib"),
    ("onc", "Chemotherapy: FOLFIRINOX, 12 cycles.", "regimen.folfirinox"),
    ("onc", "Regimen FLOT, cycle 1/8, due 02.03.2026.", "regimen.flot"),
    ("onc", "so the plan comma she will have carboplatin and paclitaxel three weekly starting monday full stop", "drug.carboplatin"),
    ("onc", "plan is for him to commence enzalutamide forty milligrams four times full stop", "drug.enzalutamide"),
    ("onc", "Hence docetaxel.", "drug.docetaxel"),
    ("onc", "Needs ADT.", "systemic.endocrine"),
    ("onc", "For ADT + apalutamide.", "drug.apalutamide"),
    ("onc", "ADT/apalutamide then RT prostate.", "drug.apalutamide"),
    ("surg", "He is down for a Whipple on 4 March.", "surgery.pancreatectomy"),
    ("surg", "Mastectomy + SNB booked.", "surgery.mastectomy"),
    ("surg", "Op: right hemicolectomy, 3 March.", "surgery.colectomy"),
    ("surg", "On the list for VATS lobectomy on Thursday.", "surgery.lobectomy"),
    ("surg", "We have a slot for cystectomy on the 9th of March.", "surgery.cystectomy"),
    ("surg", "Robotic prostatectomy, date to be sent.", "surgery.prostatectomy"),
    ("surg", "I would shell this out with the robot and keep the rest of the kidney.", "surgery"),
    ("surg", "We'll whip it out next week.", "surgery"),
    ("surg", "Off to theatre on Monday for her breast.", "surgery"),
    ("surg", "I have offered her removal of the breast.", "surgery"),
    ("surg", "Removal of the left lung is what this needs.", "surgery"),
    ("surg", "She wants the breast off and I agree.", "surgery"),
    ("surg", "We will take the kidney out keyhole.", "surgery"),
    ("surg", "Nothing to be done but watch: scan in three months.", "surveillance"),
    ("surg", "Leave it alone and look again: ultrasound in three months, CT in six.", "surveillance"),
    ("surg", "I would not touch this; repeat the scan in six months.", "surveillance"),
    ("surg", "Scan again in three months and act only on growth.", "surveillance"),
    ("onc", "Not for active treatment. Hospice informed.", "supportive"),
    ("onc", "Comfort only.", "supportive"),
    ("onc", "We agreed that no chemotherapy will be given and that the palliative care team looks after him.", "supportive"),
    ("onc", "SABR 54/3 please.", "radiotherapy.sbrt"),
    ("onc", "Radical RT 66/33.", "radiotherapy"),
    ("onc", "65 Gy/30# with weekly cis.", "drug.cisplatin"),
    ("onc", "She will attend daily for five weeks of X-ray treatment.", "radiotherapy"),
    ("onc", "Ray treatment to the prostate, 20 visits.", "radiotherapy"),
]
OPEN = [
    "Osimertinib would be our choice were a mutation found.",
    "Wait for genes: EGFR mutated -> osimertinib; ALK+ -> lorlatinib.",
    "If HER2 comes back 3+, trastuzumab will be added.",
    "He took bicalutamide in 2019.",
    "Her mother takes tamoxifen.",
    "Guidelines suggest osimertinib in this setting.",
    "Osimertinib only with a mutation.",
    "Osimertinib once EGFR is through.",
    "EGFR+: osimertinib. EGFR-: pembrolizumab.",
    "Trastuzumab to be added should FISH be positive.",
    "Osimertinib held until the result is known.",
    "Osimertinib is not to be started before the result.",
    "No osimertinib without a mutation.",
    "She asked about olaparib; that hangs on the BRCA result.",
    "Drug options: cetuximab (RAS wild-type only), bevacizumab.",
    "Olaparib maintenance depends on BRCA.",
    "Cetuximab pencilled in subject to RAS.",
    "Cetuximab when RAS wild-type is confirmed.",
    "Plan B: osimertinib in case of a mutation.",
    "Awaiting EGFR before osimertinib can be prescribed.",
    "Cannot prescribe osimertinib until EGFR reported.",
    "Hold off osimertinib pending EGFR.",
    "EGFR first, then decide between osimertinib and chemoimmunotherapy.",
    "Osimertinib if driver found, otherwise carboplatin-pemetrexed.",
    "Previously on letrozole, stopped 2018.",
    "Trial of osimertinib versus gefitinib was quoted.",
]


def firm(seat: str, text: str) -> list[str]:
    """The actions that the letter plans without a condition."""
    document = Document(id="d", kind=KINDS[seat], date=dt.date(2026, 2, 10), title="Letter", text=text)
    return [step.action for _, step in plan_recommendations(read(document)) if not step.conditions]


@pytest.mark.parametrize(("seat", "text", "action"), PLANNED, ids=lambda t: t[:40])
def test_a_step_that_is_planned(seat: str, text: str, action: str) -> None:
    assert any(found == action or found.startswith(f"{action}.") for found in firm(seat, text))


@pytest.mark.parametrize("text", OPEN, ids=lambda t: t[:40])
def test_a_drug_that_is_not_planned(text: str) -> None:
    assert not [action for action in firm("onc", text) if action.startswith(("drug.", "class.", "regimen."))]
