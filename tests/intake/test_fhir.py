"""FHIR R4: bundles, nested and odd ones, into documents and the patient block."""

from __future__ import annotations

import base64

import pytest

from agents.rules.chart import read_chart
from panel.intake import load, load_with_notes

TEXT = "PATHOLOGY REPORT\r\nDIAGNOSIS: Größe 3.2 cm\n"


def bundle(*resources: object, **fields: object) -> dict[str, object]:
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": r} for r in resources],
    } | fields


def concept(text: str, code: str = "x", system: str = "http://loinc.org") -> dict[str, object]:
    return {"text": text, "coding": [{"system": system, "code": code}]}


def patient(id: str = "p1", **fields: object) -> dict[str, object]:
    return {
        "resourceType": "Patient",
        "id": id,
        "gender": "female",
        "birthDate": "1960-05-20",
        "name": [{"family": "Doe", "given": ["Jane"]}],
        "identifier": [{"system": "urn:mrn", "value": f"M-{id}"}],
    } | fields


def observation(id: str, name: str, **fields: object) -> dict[str, object]:
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": concept(name),
        "effectiveDateTime": "2026-03-01T10:00:00Z",
    } | fields


def report(**fields: object) -> dict[str, object]:
    return {
        "resourceType": "DiagnosticReport",
        "id": "r1",
        "status": "final",
        "code": concept("Pathology report"),
        "effectiveDateTime": "2026-03-09",
    } | fields


def attached(text: str, type: str = "text/plain") -> dict[str, object]:
    return {"contentType": type, "data": base64.b64encode(text.encode()).decode()}


def condition(id: str, text: str, status: str = "active", **fields: object) -> dict[str, object]:
    return {
        "resourceType": "Condition",
        "id": id,
        "code": concept(text),
        "subject": {"reference": "Patient/p1"},
        "clinicalStatus": {"coding": [{"code": status}]},
    } | fields


def medication(id: str, text: str, status: str) -> dict[str, object]:
    return {
        "resourceType": "MedicationStatement",
        "id": id,
        "status": status,
        "medicationCodeableConcept": concept(text),
        "subject": {"reference": "Patient/p1"},
    }


def allergy(text: str) -> dict[str, object]:
    return {
        "resourceType": "AllergyIntolerance",
        "code": concept(text),
        "patient": {"reference": "Patient/p1"},
    }


def test_the_text_of_a_report_is_untouched_and_its_results_follow(written):
    value = bundle(
        patient(),
        report(
            presentedForm=[attached(TEXT)], result=[{"reference": "Observation/o1"}], conclusion="Carcinoma."
        ),
        observation("o1", "Ki-67", valueQuantity={"value": 30, "unit": "%"}),
    )
    case = load(written("b.json", value))
    document = case.document("r1")
    assert document.text == TEXT + "\n\nCONCLUSION:\nCarcinoma.\n\nRESULTS:\nKi-67: 30 %"
    assert (document.kind, str(document.date), document.title) == (
        "pathology",
        "2026-03-09",
        "Pathology report",
    )
    assert [d.id for d in case.documents] == ["r1", "patient-p1"], "an observation stands in its report, once"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"valueQuantity": {"value": 4.5, "comparator": "<", "unit": "cm"}}, "X: < 4.5 cm"),
        ({"valueCodeableConcept": concept("Right")}, "X: Right"),
        ({"valueString": "present"}, "X: present"),
        ({"valueBoolean": False}, "X: no"),
        ({"valueInteger": 0}, "X: 0"),
        ({"valueRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "cm"}}}, "X: 1 to 2 cm"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 12}}}, "X: 1 / 12"),
        ({"component": [{"code": concept("VAF"), "valueString": "31%"}]}, "X: VAF: 31%"),
        (
            {"valueInteger": 5, "referenceRange": [{"high": {"value": 3}}], "note": [{"text": "n"}]},
            "X: 5 (reference up to 3)\nNote: n",
        ),
    ],
)
def test_observations_of_any_type_read_as_a_line(written, value, said):
    case = load(written("b.json", bundle(observation("o1", "X", **value))))
    assert case.documents[0].text == said


def test_staging_codes_without_words_are_spelled_out(written):
    coded = observation("o1", "", code={"coding": [{"system": "http://loinc.org", "code": "21905-5"}]})
    coded["valueCodeableConcept"] = {"coding": [{"system": "http://cancerstaging.org", "code": "cT3"}]}
    (document,) = load(written("b.json", bundle(coded))).documents
    assert (document.text, document.kind) == ("Clinical T category: cT3", "oncology")


def test_the_patient_block_is_filled_from_the_resources(written):
    value = bundle(
        patient(),
        condition("c1", "Adenocarcinoma of lung", recordedDate="2026-05-19"),
        condition("c2", "COPD"),
        condition("c3", "Pneumonia", status="resolved"),
        medication("m1", "Apixaban", "active"),
        medication("m2", "Amoxicillin", "completed"),
        allergy("Penicillin"),
        allergy("No known allergies"),
        observation("o1", "ECOG performance status", valueInteger=2, effectiveDateTime="2026-01-01"),
        observation("o2", "ECOG performance status", valueInteger=1, effectiveDateTime="2026-02-01"),
    )
    block = load(written("b.json", value)).patient
    assert (block.sex, block.age, block.ecog) == ("female", 65, 1)
    assert block.comorbidities == ("COPD",)
    assert block.medications == ("Apixaban",)
    assert block.allergies == ("Penicillin",)


def test_attachments_of_document_references_are_read_by_type(written):
    def reference(id: str, attachment: dict[str, object]) -> dict[str, object]:
        return {
            "resourceType": "DocumentReference",
            "id": id,
            "status": "current",
            "type": concept("Discharge summary"),
            "content": [{"attachment": attachment}],
        }

    html = "<html><head><title>no</title></head><body><p>One &amp; two</p><table><tr><td>a</td><td>b</td></tr></table></body>"
    value = bundle(
        reference("t", attached(TEXT)),
        reference("h", attached(html, "text/html; charset=utf-8")),
        reference("u", {"contentType": "text/plain", "url": "http://example.org/x"}),
        reference("b", {"contentType": "text/plain", "url": "Binary/b9"}),
        {
            "resourceType": "Binary",
            "id": "b9",
            "contentType": "text/plain",
            "data": attached("from binary")["data"],
        },
        reference("x", {"contentType": "text/plain", "data": "%%%"}),
    )
    loaded = load_with_notes(written("b.json", value))
    assert {d.id: d.text for d in loaded.case.documents} == {
        "t": TEXT,
        "h": "One & two\na | b",
        "b": "from binary",
    }
    assert any("only an address, not fetched" in note for note in loaded.notes)


def test_nested_bundles_are_opened_and_the_same_resource_counts_once(written):
    inner = bundle(patient(), observation("o1", "Ki-67", valueString="30%"))
    case = load(written("b.json", bundle(inner, inner, type="message")))
    assert [d.id for d in case.documents] == ["o1", "patient-p1"]


def test_odd_resources_are_skipped_and_noted_without_their_content(written):
    value = bundle(
        {},
        {"resourceType": "Nonsense-SECRET"},
        {"resourceType": "Practitioner", "name": [{"family": "SECRET"}]},
        observation("o2", "SECRET", status="entered-in-error", valueString="SECRET"),
        observation("o3", "SECRET", valueQuantity={"value": "SECRET"}),
        observation("o4", "SECRET", valueString="SECRET", modifierExtension=[{"url": "x"}]),
        condition("c1", "SECRET", verificationStatus={"coding": [{"code": "refuted"}]}),
        observation("ok", "Ki-67", valueString="30%", performer="SECRET"),
        "SECRET",
    )
    loaded = load_with_notes(written("b.json", value))
    assert [d.id for d in loaded.case.documents] == ["ok"], (
        "a fault in an element that is not read costs nothing"
    )
    assert "SECRET" not in " ".join(loaded.notes)
    assert "1 Practitioner" in " ".join(loaded.notes)
    assert sum("skipped:" in note for note in loaded.notes) == 4


@pytest.mark.parametrize(
    "value",
    [
        bundle(),
        bundle(patient()),
        bundle({"resourceType": "Encounter", "status": "x"}),
        {"resourceType": "Bundle"},
        {"resourceType": "Bundle", "entry": "SECRET"},
        {"resourceType": "SECRET"},
        bundle(observation("o1", "SECRET")),
    ],
)
def test_a_bundle_with_nothing_usable_is_refused(written, refused, value):
    line = refused(written("b.json", value))
    assert line.startswith("holds no FHIR resource that can be used")
    assert "observation" in line
    assert "SECRET" not in line


def test_a_bundle_about_two_people_is_refused_and_one_person_twice_is_not(written, refused):
    seen = observation("o1", "Ki-67", valueString="30%")
    assert "is about 2 different patients" in refused(
        written("b.json", bundle(patient("a"), patient("b"), seen))
    )
    again = patient("b", identifier=[{"system": "urn:mrn", "value": "M-a"}])
    assert load(written("b.json", bundle(patient("a"), again, seen))).patient.sex == "female"


def test_two_people_in_a_folder_are_shown_to_the_registrar(written):
    written("x/a.json", patient("a", birthDate="1960-01-01"))
    written("x/b.json", patient("b", name=[{"family": "Roe"}], gender="male"))
    written("x/note.txt", "Follow-up")
    loaded = load_with_notes(written("x/o.json", observation("o1", "Ki-67", valueString="30%")).parent)
    assert {"patient-a", "patient-b"} <= {d.id for d in loaded.case.documents}
    assert (loaded.case.patient.sex, loaded.case.patient.age) == (None, None), (
        "in dispute: left to the documents"
    )
    assert any("2 different Patient resources" in note for note in loaded.notes)


def test_fields_that_are_not_fhir_are_read_as_text(written):
    value = patient(notes=[{"time": "2026-01-15", "text": "Germline BRCA1 mutation confirmed."}])
    case = load(written("p.json", value))
    assert case.documents[0].text == "Notes - Time: 2026-01-15; Text: Germline BRCA1 mutation confirmed."


def test_a_coded_histology_is_read_as_its_type(written):
    morphology = {"url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior", "valueCodeableConcept": {"coding": [{"code": "82711006"}]}}
    coded = {"text": "Malignant neoplasm of breast", "coding": [{"system": "http://terminology.hl7.org/CodeSystem/icd-o-3", "code": "8500/3"}]}
    case = load(written("b.json", bundle(condition("c1", "x", code=coded, extension=[morphology]))))
    text = next(d.text for d in case.documents if "neoplasm" in d.text)
    assert "[8500/3]" in text
    assert "Morphology: 82711006" in text
    assert {f.value for f in read_chart(case).findings if f.question == "histology.type"} == {"ductal_carcinoma"}
