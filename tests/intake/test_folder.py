"""A folder of documents as one case."""

from __future__ import annotations

import os

import pytest

from panel.intake import load, load_with_notes


def test_notes_texts_and_tables_become_one_case_named_after_the_folder(written):
    written(
        "case-7/n1.json",
        {"id": "n1", "date": "2026-03-01", "note_type": "Progress Note", "text": "Doing well."},
    )
    written(
        "case-7/n2.json",
        [
            {"id": "a", "date": "2026-03-02T10:00:00Z", "note_type": "radiology", "text": "CT: mass."},
            {"id": 7, "date": "20260303", "note_type": "Operative Report", "text": "Lobectomy."},
        ],
    )
    written("case-7/2026-03-09_histology.txt", "pT2")
    written("case-7/somatic.vcf", "##fileformat=VCFv4.2\n")
    written("case-7/labs.csv", "TestName,Value,Unit,Date\nCreatinine,0.8,mg/dL,2026-03-01\n")
    path = written("case-7/.DS_Store", b"\x00").parent
    case = load(path)
    assert case.id == "case-7"
    assert [(d.id, d.kind, str(d.date)) for d in case.documents] == [
        ("2026-03-09_histology", "pathology", "2026-03-09"),
        ("labs", "laboratory", "2026-03-01"),
        ("n1", "note", "2026-03-01"),
        ("a", "radiology", "2026-03-02"),
        ("7", "surgery", "2026-03-03"),
        ("somatic", "genomics", "None"),
    ]
    assert case.document("somatic").text == "##fileformat=VCFv4.2\n"


def test_the_same_folder_gives_the_same_case(written):
    for name in ("b.txt", "a.md", "c.json"):
        written(f"x/{name}", {"id": "c", "text": "t"} if name == "c.json" else name)
    path = written("x/d.txt", "d").parent
    assert load(path) == load(path)
    assert [d.id for d in load(path).documents] == ["a", "b", "c", "d"]


def test_a_case_file_in_the_folder_is_the_case(written, case_of):
    written("x/other.txt", "not read")
    assert load(written("x/case.json", case_of()).parent).id == "lung-001"


def test_another_case_file_among_documents_is_refused(written, refused, case_of):
    written("x/a.txt", "text")
    line = refused(written("x/lung.json", case_of()).parent)
    assert line.startswith("/lung.json: is a case file among documents")


def test_files_of_one_name_keep_apart(written):
    written("x/ct.txt", "one")
    path = written("x/ct.md", "two").parent
    assert [d.id for d in load(path).documents] == ["ct.md", "ct.txt"]


def test_two_notes_with_one_id_are_refused(written, refused):
    written("x/a.json", {"id": "same", "text": "one"})
    line = refused(written("x/b.json", {"id": "same", "text": "two"}).parent)
    assert line.startswith("/b.json: id: has the same id as")
    assert "same." not in line.removeprefix("/b.json: id: has the same id")


def test_what_is_not_read_is_noted_and_what_cannot_be_read_stops(tmp_path, written, refused):
    written("x/a.txt", "text")
    written("x/scan.png", b"x")
    written("x/README.md", "about")
    written("x/nccn_guidelines.json", [{"text": "guideline"}])
    written("x/settings.json", {"theme": "dark", "size": 3, "font": "x"})
    written("x/elsewhere/b.txt", "other patient")
    path = written("x/pathology/p.txt", "pT2").parent.parent
    loaded = load_with_notes(path)
    assert [(d.id, d.kind) for d in loaded.case.documents] == [("a", "note"), ("p", "pathology")]
    said = " ".join(loaded.notes)
    for name in ("scan.png", "README.md", "nccn_guidelines.json", "settings.json", "elsewhere"):
        assert name in said
    written("x/empty.txt", b"")
    assert refused(path).startswith("/empty.txt: is empty")
    (path / "empty.txt").unlink()
    os.mkfifo(path / "pipe.txt")
    assert refused(path).startswith("/pipe.txt: is no regular file")


def test_links_may_not_leave_the_folder(tmp_path, written, refused):
    secret = written("secret.txt", "another patient's")
    path = written("x/a.txt", "text").parent
    (path / "b.txt").symlink_to(path / "a.txt")
    assert len(load(path).documents) == 2
    (path / "c.txt").symlink_to(secret)
    assert refused(path).startswith("/c.txt: is a link that leaves the folder")
    (path / "c.txt").unlink()
    (path / "c.txt").symlink_to("nowhere")
    assert refused(path).startswith("/c.txt: is a link to nothing")
    (path / "c.txt").unlink()
    (path / "pathology").symlink_to(tmp_path)
    assert refused(path).startswith("/pathology: is a link that leaves the folder")


@pytest.mark.parametrize("inner", ["one/a.txt", "picture.png"])
def test_a_folder_without_documents_is_refused(written, refused, inner):
    path = written(f"x/{inner}", "text").parents[inner.count("/")]
    assert refused(path).startswith("holds no document")


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ({"id": "a", "text": 5}, "text: is not text"),
        ({"id": ["a"], "text": "x"}, "id: is not text"),
        ({"id": "a/b", "text": "x"}, "id: holds a slash"),
        ({"id": "a", "text": "x", "date": "2026-13-01"}, "date: is not a date"),
        ({"id": "a", "text": "x", "date": "03/04/2026"}, "date: is not a date"),
        ({"id": "a", "text": "x", "date": 5}, "date: is not text"),
        ({"id": "a", "text": " "}, "is empty"),
    ],
)
def test_a_wrong_note_is_named_by_file_and_field(written, refused, note, says):
    path = written("x/n.json", note).parent
    assert refused(path).removeprefix("/n.json: ").startswith(says)


def test_json_of_no_known_format_is_read_line_by_line(written):
    value = {
        "case_id": "A-1",
        "age": 68,
        "sex": "female",
        "diagnosis": {"field": "diagnosis", "value": "AML", "status": "confirmed", "confidence": 1.0},
        "findings": [{"gene": "FLT3", "type": "ITD", "labs": [], "provenance": [{"document": "x"}]}],
        "lab_results": [
            {
                "testName": "CA-125",
                "unit": "U/mL",
                "results": [{"date": "2026-01-15", "value": 1456, "flag": "H"}],
            }
        ],
    }
    case = load(written("aml.json", value))
    assert (case.patient.age, case.patient.sex) == (68, "female")
    assert case.documents[0].text.split("\n") == [
        "Case ID: A-1",
        "Age: 68",
        "Sex: female",
        "Diagnosis: AML (Status: confirmed)",
        "Findings - Gene: FLT3; Type: ITD",
        "CA-125: 1456 U/mL (flag H); Date: 2026-01-15",
    ]
