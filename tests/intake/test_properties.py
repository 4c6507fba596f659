"""For any input at all: a Case, or one clear line. Never another exception, never a word of the chart in it."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.case import Case
from panel.errors import InputError
from panel.intake import load_with_notes

from .builders import docx_bytes, pdf_bytes

CANARY = "Zqxwv"
few = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(CANARY)
keys = st.sampled_from(
    [
        "id",
        "question",
        "patient",
        "documents",
        "kind",
        "date",
        "title",
        "text",
        "path",
        "note_type",
        "age",
        "sex",
        "ecog",
        "resourceType",
        "entry",
        "resource",
        "code",
        "coding",
        "display",
        "status",
        "valueString",
        "valueQuantity",
        "value",
        "subject",
        "result",
        "presentedForm",
        "data",
        "contentType",
        "diagnosis",
        "findings",
        "labResults",
        "testName",
        "unit",
        "results",
        "type",
    ]
) | st.text(max_size=5)
words = st.sampled_from(
    [
        "Bundle",
        "Patient",
        "Observation",
        "Condition",
        "DiagnosticReport",
        "DocumentReference",
        "MedicationRequest",
        "final",
        "active",
        "radiology",
        "2026-03-02",
        "2026-02-31",
        "../x",
        "a.txt",
        "text/plain",
        "text/html",
        "application/pdf",
        "QUJD",
        "%%",
    ]
)
trees = st.recursive(
    scalars | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=25,
)
names = st.sampled_from(
    [
        "a.txt",
        "b.md",
        "c.pdf",
        "d.docx",
        "e.csv",
        "f.json",
        "g.vcf",
        "h.json.gz",
        "i.txt.gz",
        "case.json",
        "j.png",
        ".k",
        "README.md",
        "pathology.csv",
        "l",
        "pathology/m.txt",
        "n/o.txt",
    ]
)


def outcome(path: Path) -> Case | str:
    """The case, or the line that refuses it."""
    refusal: InputError | None = None
    try:
        loaded = load_with_notes(path)
    except InputError as error:
        refusal = error
    if refusal:
        assert "\n" not in refusal.line
        assert refusal.what
        assert refusal.remedy
        return refusal.line
    json.dumps(loaded.case.model_dump(mode="json")).encode()
    assert all(document.text.strip() for document in loaded.case.documents)
    assert all(isinstance(note, str) and CANARY not in note for note in loaded.notes)
    return loaded.case


def written(folder: str, name: str, data: bytes) -> Path:
    path = Path(folder, "x", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, 1) if name.endswith(".gz") and data[:1] != b"!" else data)
    return path


@few
@given(names, st.binary(max_size=300))
def test_any_bytes_under_any_name(name, data):
    with tempfile.TemporaryDirectory() as folder:
        outcome(written(folder, name, data))


@few
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_text_is_untouched_whatever_it_holds(text, encoding):
    with tempfile.TemporaryDirectory() as folder:
        made = outcome(written(folder, "a.txt", text.encode(encoding)))
    if isinstance(made, Case):
        assert made.documents[0].text == text.removeprefix("\ufeff" if encoding == "utf-8" else "")
    else:
        assert not text.strip() or "\x00" in text, made


@settings(few, max_examples=120)
@given(trees)
def test_any_json(value):
    with tempfile.TemporaryDirectory() as folder:
        made = outcome(written(folder, "a.json", json.dumps(value).encode()))
    assert isinstance(made, Case) or CANARY not in made


@settings(few, max_examples=60)
@given(
    st.dictionaries(keys, trees, max_size=5), st.lists(st.dictionaries(keys, trees, max_size=5), max_size=3)
)
def test_nearly_a_case_file(fields, documents):
    value = {
        "id": "a",
        "documents": [{"id": "d", "kind": "note", "text": CANARY} | d for d in documents],
    } | fields
    with tempfile.TemporaryDirectory() as folder:
        made = outcome(written(folder, "case.json", json.dumps(value).encode()))
    assert isinstance(made, Case) or CANARY not in made


@settings(few, max_examples=60)
@given(
    st.lists(
        st.builds(
            lambda type, body: {"resourceType": type, "status": "final", "code": {"text": CANARY}} | body,
            st.sampled_from(
                [
                    "Patient",
                    "Observation",
                    "Condition",
                    "DiagnosticReport",
                    "DocumentReference",
                    "Procedure",
                    "MedicationRequest",
                    "MedicationStatement",
                    "AllergyIntolerance",
                    "Binary",
                    "Bundle",
                ]
            ),
            st.dictionaries(keys, trees, max_size=5),
        ),
        max_size=4,
    )
)
def test_nearly_a_bundle(resources):
    value = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}
    with tempfile.TemporaryDirectory() as folder:
        made = outcome(written(folder, "b.json", json.dumps(value).encode()))
    assert isinstance(made, Case) or CANARY not in made


@few
@given(
    st.lists(st.lists(st.text(max_size=8) | st.just(CANARY), max_size=4), max_size=5),
    st.sampled_from(",;\t|"),
)
def test_any_table(rows, separator):
    text = "\n".join(separator.join(row) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        made = outcome(written(folder, "t.csv", text.encode("utf-8", "replace")))
    assert isinstance(made, Case) or CANARY not in made


@few
@given(
    st.dictionaries(names, st.binary(max_size=60) | trees.map(lambda v: json.dumps(v).encode()), max_size=5)
)
def test_any_folder_of_junk(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder, "x", name)
            if not path.is_dir() and not path.parent.is_file():
                written(folder, name, data)
        Path(folder, "x").mkdir(exist_ok=True)
        outcome(Path(folder, "x"))


@pytest.mark.parametrize(("name", "good"), [("a.pdf", pdf_bytes("FINDINGS: mass")), ("a.docx", docx_bytes())])
@settings(few, max_examples=60)
@given(data=st.data())
def test_damaged_pdf_and_word(name, good, data):
    start = data.draw(st.integers(0, len(good)))
    length = data.draw(st.integers(0, 40))
    broken = good[:start] + data.draw(st.binary(max_size=20)) + good[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        outcome(written(folder, name, broken))
