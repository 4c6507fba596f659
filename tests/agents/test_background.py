"""Conditions, allergies, medication and tests: present, absent, past, pending."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.background import background_findings
from agents.rules.reading import read
from panel.case import Document, DocumentKind


def found(text: str, kind: DocumentKind = "note", title: str = "Letter") -> dict[str, object]:
    document = Document(id="d", kind=kind, date=dt.date(2026, 3, 2), title=title, text=text)
    return {f.question: f.value for f in background_findings(read(document))}


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("Known heart failure, NYHA III.", "comorbidity.heart_failure", "present"),
        ("Heart failure since 2019.", "comorbidity.heart_failure", "present"),
        ("No hearing loss.", "comorbidity.hearing_loss", "absent"),
        ("Kidney transplant 2014, good function.", "comorbidity.organ_transplant", "present"),
        ("Mother has heart failure.", "comorbidity.heart_failure", None),
        ("Acute heart failure on admission. It has resolved completely.", "comorbidity.heart_failure", None),
        ("Acute heart failure on admission. It is treated with furosemide.", "comorbidity.heart_failure", "present"),
        ("Haemoptysis in December has stopped.", "comorbidity.haemoptysis", None),
        ("DVT of 2009, resolved.", "comorbidity.venous_thromboembolism", "absent"),
        ("Allergies: paclitaxel", "allergy.paclitaxel", "present"),
        ("Anaphylaxis to iohexol last year.", "allergy.iodinated_contrast", "present"),
        ("No known drug allergies.", "allergy.penicillin", None),
        ("Medication: apixaban, metformin", "drug.apixaban", "present"),
        ("She takes warfarin.", "drug.anticoagulant", "present"),
        ("Apixaban was stopped in December.", "drug.apixaban", None),
        ("Rivaroxaban for six months in 2015.", "drug.rivaroxaban", None),
        ("MRI pelvis: NOT YET DONE.", "test.pelvic_mri", "not_done"),
        ("HER2 testing pending.", "test.her2_test", "pending"),
        ("Echocardiogram awaited.", "test.echocardiography", "pending"),
        ("Audiogram normal.", "test.audiometry", "done"),
        ("He previously received radiotherapy.", "treatment.prior.radiotherapy", "present"),
    ],
)
def test_what_surrounds_the_tumour(text: str, question: str, value: str | None) -> None:
    assert found(text).get(question) == value


def test_a_report_is_the_test_of_its_title() -> None:
    assert found("Tumour of the rectum, T3.", "radiology", "MRI pelvis")["test.pelvic_mri"] == "done"


def test_a_laboratory_note_without_result_is_pending() -> None:
    text = "Request: gene panel.\nSTATUS: in process. No result available yet."
    assert found(text, "genomics", "Molecular laboratory")["test.molecular_panel"] == "pending"
