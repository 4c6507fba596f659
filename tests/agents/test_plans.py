"""Plans in sentences: what is proposed, declined, conditional, or only spoken of."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.plans import plan_recommendations
from agents.rules.reading import read
from panel.case import Document, DocumentKind


def plans(text: str, kind: DocumentKind = "oncology", title: str = "Clinic letter") -> set[tuple[str, str]]:
    """Seat and action of the firm plans; conditional ones with a question mark."""
    document = Document(id="d", kind=kind, date=dt.date(2026, 3, 2), title=title, text=text)
    found = list(plan_recommendations(read(document)))
    assert all(document.text[e.start : e.end] == e.quote for _, r in found for e in r.evidence)
    return {(seat, r.action + ("?" if r.conditions else "")) for seat, r in found}


def actions(text: str, kind: DocumentKind = "oncology", title: str = "Clinic letter") -> set[str]:
    return {action for _, action in plans(text, kind, title)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Listed for right hemicolectomy on 3 May.", {"surgery.colectomy"}),
        ("I have put her on the list for a keyhole nephrectomy.", {"surgery.nephrectomy"}),
        ("He needs a lobectomy.", {"surgery.lobectomy"}),
        ("For lobectomy next week.", {"surgery.lobectomy"}),
        ("Radical prostatectomy is the treatment I recommend.", {"surgery.prostatectomy"}),
        ("Lobectomy offered and accepted.", {"surgery.lobectomy"}),
        ("Will begin osimertinib tomorrow.", {"drug.osimertinib", "class.egfr_inhibitor", "systemic.targeted"}),
        ("Pembrolizumab to start on 10/3.", {"drug.pembrolizumab", "class.checkpoint_inhibitor"}),
        ("Olaparib 300 mg twice daily.", {"drug.olaparib", "class.parp_inhibitor"}),
        ("Plan: FOLFOX, twelve cycles.", {"regimen.folfox", "drug.oxaliplatin", "class.fluoropyrimidine"}),
        ("I favour active surveillance with a test every six months.", {"surveillance"}),
        ("She declined this, and I recommend definitive chemoradiation.", {"chemoradiation"}),
        ("Best supportive care is advised.", {"supportive"}),
    ],
)
def test_a_plan_is_read(text: str, wanted: set[str]) -> None:
    assert wanted <= actions(text)


@pytest.mark.parametrize(
    "text",
    [
        "He received six cycles of FOLFOX in 2019.",
        "Status post left nephrectomy 2014.",
        "Her brother is starting pembrolizumab.",
        "Options include prostatectomy, radiotherapy and active surveillance.",
        "Is she a candidate for lobectomy?",
        "Neoadjuvant chemotherapy can be considered.",
        "Chemotherapy was given from March to June 2025.",
        "Radical prostatectomy 12/01/2026: margins clear.",
        "Carboplatin and paclitaxel, six cycles, last 5 February 2026.",
        "He was seen by oncology who recommended FOLFOX.",
        "The guideline recommends adjuvant chemotherapy in stage III.",
        "We had originally planned a nephrectomy.",
        "The chance that she will need radiotherapy is considerable.",
        "Thank you for asking whether she could have osimertinib.",
        "Recovery after the operation uneventful.",
        "We discussed the risks of cystectomy and of chemoradiation.",
    ],
)
def test_what_is_no_plan(text: str) -> None:
    assert not actions(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("If EGFR is mutated, osimertinib.", "drug.osimertinib?"),
        ("Should the margins be positive, re-excision.", "surgery.wide_excision?"),
        ("Radiotherapy only if nodes are positive.", "radiotherapy?"),
        ("Cystectomy would be kept in reserve.", "surgery.cystectomy?"),
        ("There is no need for adjuvant endocrine therapy.", "omit.systemic.endocrine"),
        ("No sentinel node biopsy will be done.", "omit.surgery.sentinel_node_biopsy"),
        ("She declined chemotherapy.", "omit.systemic.chemotherapy"),
        ("Creatinine 190, so cisplatin is out.", "omit.cisplatin"),
        ("I would not offer surgery.", "omit.surgery"),
    ],
)
def test_conditional_and_declined_steps_are_marked(text: str, wanted: str) -> None:
    found = actions(text)
    assert wanted in found
    assert wanted.rstrip("?").removeprefix("omit.") not in found


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("I recommend neoadjuvant FOLFOX followed by resection.", "neoadjuvant"),
        ("I would give three cycles of FLOT before surgery.", "neoadjuvant"),
        ("We plan gastrectomy after four cycles of FLOT.", "neoadjuvant"),
        ("Plan:\n1. TCHP, six cycles\n2. Mastectomy\n", "neoadjuvant"),
        ("I plan radical cystectomy first, on 24 March.", "upfront_surgery"),
        ("I recommend cystectomy without neoadjuvant chemotherapy.", "upfront_surgery"),
        ("I advise primary debulking surgery.", "upfront_surgery"),
    ],
)
def test_the_order_is_read(text: str, order: str) -> None:
    found = {a for a in actions(text, "surgery") if a.startswith("sequence.")} - {"sequence.adjuvant"}
    assert found == {f"sequence.{order}"}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Treatment intent: palliative", "intent.palliative"),
        ("The aim is cure.", "intent.curative"),
        ("The aim is to relieve, not to cure.", "intent.palliative"),
        ("Palliative care team aware.", None),
        ("The treatment of 2019 was given with curative intent.", None),
        ("In my view this tumour is unresectable.", "resectability.unresectable"),
        ("It was unresectable but is now resectable.", "resectability.resectable"),
        ("Potentially resectable after chemotherapy.", None),
        ("Unresectable liver metastases.", None),
        ("Is this resectable?", None),
    ],
)
def test_aim_and_resectability(text: str, stance: str | None) -> None:
    found = {a for a in actions(text) if a.startswith(("intent.", "resectability."))}
    assert found == ({stance} if stance else set())


def test_minutes_give_each_seat_its_own_plan() -> None:
    text = "Surgeons: operable, favour cystectomy. Oncology: would give chemoradiation."
    found = plans(text, "note", "Board minutes")
    assert ("surgery", "surgery.cystectomy") in found
    assert ("oncology", "chemoradiation") in found


def test_laboratories_plan_nothing() -> None:
    assert not actions("Recommended therapy: start osimertinib 80 mg daily.", "genomics", "Report")
    assert not actions("Recommend mastectomy.", "pathology", "Report")


def test_stated_aim_stands_on_the_step() -> None:
    document = Document(id="d", kind="oncology", title="Letter", text="I recommend radiotherapy. Curative intent.")
    found = {r.action: r.intent for _, r in plan_recommendations(read(document))}
    assert found["radiotherapy"] == "curative"
