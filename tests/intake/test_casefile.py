"""The case file of the contract: what it gives, and every way of getting it wrong in one clear line."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import jsonschema
import pytest

from panel.intake import load, load_with_notes, schema


def _document(**changes: object) -> dict[str, object]:
    return {"id": "ct-1", "kind": "radiology", "text": "FINDINGS: mass."} | changes


def test_a_case_file_gives_the_case_it_describes(written, case_of):
    case = load(written("case.json", case_of()))
    assert (case.id, case.question) == ("lung-001", "Is this resectable?")
    assert (case.patient.age, case.patient.sex, case.patient.ecog) == (67, "female", 1)
    assert case.patient.comorbidities == ("COPD",)
    document = case.document("ct-1")
    assert (document.kind, document.date, document.title) == ("radiology", dt.date(2026, 3, 2), "CT chest")
    assert document.text == "FINDINGS: mass."


def test_the_schema_accepts_what_load_accepts_and_refuses_unknown_fields(case_of):
    described = schema()
    jsonschema.Draft202012Validator.check_schema(described)
    jsonschema.validate(case_of(), described)
    for wrong in (
        case_of(extra=1),
        case_of(documents=[]),
        case_of(documents=[{"id": "a", "kind": "radiology"}]),
        case_of(documents=[_document(path="a.txt")]),
        case_of(documents=[_document(kind="scan")]),
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, described)
    assert "relative to the case file" in json.dumps(described), "fields are described"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_case_file_is_read_in_utf8_or_by_its_byte_order_mark(written, case_of, encoding):
    value = case_of(question="Ösophagus – 28 µm?")
    path = written("case.json", json.dumps(value, ensure_ascii=False).encode(encoding))
    assert load(path).question == "Ösophagus – 28 µm?"


def test_a_compressed_case_file_is_read(written, case_of):
    path = written("case.json.gz", gzip.compress(json.dumps(case_of()).encode()))
    assert load(path).id == "lung-001"


def test_documents_by_path_are_read_beside_the_case_file_untouched(written, case_of):
    text = "  FINDINGS:\r\n\tÄ mass of 3.2\u00a0cm.\r\n\n"
    written("notes/ct.txt", text)
    written("path.json", {"id": "x", "date": "2026-03-09", "note_type": "Pathology", "text": "pT2 pN0"})
    written("labs.csv", "Test,Value,Unit\nCreatinine,0.8,mg/dL\n")
    entries = [
        {"id": "ct", "kind": "radiology", "path": "notes/ct.txt"},
        {"id": "path", "kind": "pathology", "path": "path.json"},
        {"id": "labs", "kind": "laboratory", "path": "labs.csv"},
    ]
    case = load(written("case.json", case_of(documents=entries)))
    assert [d.text for d in case.documents] == [text, "pT2 pN0", "Creatinine: 0.8 mg/dL"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"documents": [_document(kind="scan")]},
            "documents[0].kind: is not one of the values allowed. Use 'radiology'",
        ),
        ({"documents": [_document(), _document(id="b", kind=7)]}, "documents[1].kind: "),
        ({"documents": [_document(), _document()]}, "documents[1].id: is the id of documents[0] too"),
        ({"documents": []}, "documents: is empty"),
        ({"documents": {}}, "documents: is not a list"),
        ({"documents": ["ct"]}, "documents[0]: is not an object"),
        ({"documents": [_document(text=" \n")]}, "documents[0].text: is empty"),
        ({"documents": [_document(text=None)]}, "documents[0]: has neither text nor path"),
        ({"documents": [_document(path="ct.txt")]}, "documents[0]: has both text and path"),
        (
            {"documents": [_document(date="2026-02-30")]},
            "documents[0].date: is not a date. Write it as YYYY-MM-DD",
        ),
        ({"documents": [_document(date="02.03.2026")]}, "documents[0].date: is not a date"),
        ({"documents": [_document(date="0206-03-02")]}, "documents[0].date: is not between 1900 and 2100"),
        ({"documents": [_document(date=20260302)]}, "documents[0].date: is not a date"),
        ({"documents": [_document(id="a/b")]}, "documents[0].id: holds a slash or a control character"),
        ({"documents": [_document(id="")]}, "documents[0].id: is empty"),
        (
            {"documents": [_document(note="x")]},
            "documents[0]: has an unknown field 'note'. Remove it; known are id, kind",
        ),
        ({"patient": {"age": "67"}}, "patient.age: is not a whole number"),
        ({"patient": {"age": 67.5}}, "patient.age: is not a whole number"),
        ({"patient": {"age": True}}, "patient.age: is not a whole number"),
        ({"patient": {"age": 200}}, "patient.age: is too large. The limit is 130"),
        ({"patient": {"ecog": -1}}, "patient.ecog: is too small"),
        ({"patient": {"sex": "F"}}, "patient.sex: is not one of the values allowed"),
        ({"patient": {"allergies": "none"}}, "patient.allergies: is not a list"),
        ({"patient": {"height": 1}}, "patient: has an unknown field 'height'. Remove it; known are age, sex"),
        ({"patient": []}, "patient: is not an object"),
        ({"question": 5}, "question: is not text"),
        ({"id": None}, "id: is not text"),
        ({"id": "../x"}, "id: holds a slash"),
        ({"notes": []}, "has an unknown field 'notes'"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(written, refused, case_of, change, says):
    assert refused(written("case.json", case_of(**change))).startswith(says)


def test_a_missing_field_is_named(written, refused):
    assert refused(written("case.json", {"id": "a"})) == "documents: is missing. Add it"
    assert refused(written("case.json", {})).startswith("id: is missing. Add it (1 more)")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"id": "a",\n "documents": [}', "is not JSON (line 2, column 16: "),
        ("", "is empty"),
        ("   \n", "is not JSON (line 2, column 1"),
        ('{"id": "a", "id": "b", "documents": []}', "has a field 'id' twice"),
        ('{"id": "a", "documents": NaN}', "holds NaN, which is not JSON"),
        ('{"id": "a", "patient": {"age": 1e999}}', "holds a number too large"),
        ('{"id": "a", "patient": {"age": ' + "9" * 5000 + "}}", "holds a number of more than 40 digits"),
        ('{"id": "a\\u0000b", "documents": []}', "id: holds a NUL character"),
        ('{"id": "a", "question": "\\ud800"}', "question: holds half a character"),
        ("[" * 10_000 + "]" * 10_000, "is nested more than 64 levels deep"),
        ('{"id":' * 10_000, "is nested more than 64 levels deep"),
        ("[[" * 50 + "]]" * 50, "is nested more than 64 levels deep"),
        ("7", "is neither a case file"),
        ("[]", "is neither a case file"),
        ("null", "is neither a case file"),
    ],
)
def test_json_that_cannot_be_trusted_is_refused(written, refused, text, says):
    assert refused(written("case.json", text)).startswith(says)


def test_other_encodings_of_json_are_named(written, refused):
    assert refused(written("a.json", '{"id": "Ä"}'.encode("cp1252"))).startswith(
        "is not valid UTF-8 (byte 8)"
    )
    assert refused(written("b.json", '{"id": "a"}'.encode("utf-16-le"))).startswith("holds NUL bytes")


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret.txt", "a/../../secret.txt", "C:\\x.txt", "..\\x.txt", "C:x"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, written, refused, case_of, path):
    (tmp_path / "secret.txt").write_text("not this patient's")
    entry = {"id": "a", "kind": "note", "path": path}
    line = refused(written("inner/case.json", case_of(documents=[entry])))
    assert line.startswith("documents[0].path: ")
    assert "relative to the case file" in line
    assert "secret" not in line


def test_a_link_that_leaves_the_folder_is_refused(tmp_path, written, refused, case_of):
    secret = written("secret.txt", "not this patient's")
    case = written("inner/case.json", case_of(documents=[{"id": "a", "kind": "note", "path": "a.txt"}]))
    (tmp_path / "inner" / "a.txt").symlink_to(secret)
    assert "leaves the case file's folder through a link" in refused(case)
    (tmp_path / "inner" / "a.txt").unlink()
    (tmp_path / "inner" / "a.txt").symlink_to("a.txt")
    assert "names a file that is not there" in refused(case)


def test_a_document_that_cannot_be_read_is_named_by_field_and_file(tmp_path, written, refused, case_of):
    (tmp_path / "folder.txt").mkdir()
    written("empty.txt", b"")
    written("nul.txt", b"FIND\x00INGS")
    written("scan.pdf", b"not a pdf")
    written("image.png", b"x")
    for name, says in (
        ("gone.txt", "names a file that is not there"),
        ("folder.txt", "folder.txt is a folder"),
        ("empty.txt", "empty.txt is empty"),
        ("nul.txt", "nul.txt holds NUL bytes"),
        ("scan.pdf", "scan.pdf is not a PDF"),
        ("image.png", "image.png is not of a type that is read"),
    ):
        line = refused(written("case.json", case_of(documents=[{"id": "a", "kind": "note", "path": name}])))
        assert line.startswith(f"documents[0].path: {says}"), line


def test_a_text_in_another_encoding_is_read_and_said(written, case_of):
    written("a.txt", "Größe 3,2 cm, rechts".encode("cp1252"))
    loaded = load_with_notes(
        written("case.json", case_of(documents=[{"id": "a", "kind": "note", "path": "a.txt"}]))
    )
    assert loaded.case.documents[0].text == "Größe 3,2 cm, rechts"
    assert loaded.notes == ("a.txt: not UTF-8, read as cp1252; offsets count its characters",)


def test_sizes_are_bounded(tmp_path: Path, written, refused, case_of):
    line = refused(written("case.json", case_of(documents=[_document(text="a" * 20_000_001)])))
    assert line.startswith("documents[0]: is longer than 20 MB of text")
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(50_000_001)  # sparse: nothing is written, and nothing is read
    assert refused(path).startswith("is larger than 50 MB")
