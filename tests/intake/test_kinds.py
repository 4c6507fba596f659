"""The table by which a document's desk is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import panel.intake
from panel.case import DocumentKind
from panel.intake.dates import from_field, from_name, from_text
from panel.intake.kinds import kind_of, kind_of_name

TABLE = yaml.safe_load((Path(panel.intake.__file__).parent / "kinds.yaml").read_text("utf-8"))
NAMES = [(kind, word) for kind, words in TABLE["names"].items() for word in words]


@pytest.mark.parametrize(("kind", "word"), NAMES, ids=[word for _, word in NAMES])
def test_every_word_of_the_table_gives_its_kind(kind, word):
    assert kind in DocumentKind.__args__
    assert kind_of_name(word.removesuffix("$")) == kind


def test_no_word_or_marker_stands_twice():
    words = [word for _, word in NAMES]
    assert len(words) == len(set(words))
    for kind, markers in TABLE["markers"].items():
        assert kind in DocumentKind.__args__
        assert len(markers) == len(set(markers))
        assert all(marker == marker.casefold() for marker in markers)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Pathology Synoptic Report", "pathology"),
        ("Surgical pathology - interval debulking", "pathology"),
        ("Operative Note", "surgery"),
        ("OP-Bericht", "surgery"),
        ("CT Chest Abdomen Pelvis", "radiology"),
        ("2026-03-02_PET-CT", "radiology"),
        ("MRT Becken", "radiology"),
        ("Röntgen Thorax", "radiology"),
        ("ctDNA panel", "genomics"),
        ("Molecular pathology", "genomics"),
        ("Radiation Oncology Consult", "oncology"),
        ("labResults", "laboratory"),
        ("Laborbefund", "laboratory"),
        ("Progress Note", "note"),
        ("Tumor board summary", "note"),
        ("Arztbrief", "note"),
        ("example_case_de", None),
        ("", None),
    ],
)
def test_titles_and_file_names(name, kind):
    assert kind_of_name(name) == kind


def test_the_note_type_comes_before_the_title_and_the_text():
    assert kind_of(note_type="Progress note", title="CT", text="TECHNIQUE: COMPARISON: IMPRESSION:") == "note"
    assert kind_of(name="x", text="FINDINGS: clear.\nIMPRESSION: normal. \nTECHNIQUE: axial") == "radiology"
    assert kind_of(name="x", text="Hello there, nothing to see.") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T23:59:59+02:00", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("02.03.2026", "2026-03-02"),
        ("3/14/2026", "2026-03-14"),
        ("14/3/2026", "2026-03-14"),
        ("1/01/1963", "1963-01-01"),
        ("March 2, 2026", "2026-03-02"),
        ("2. März 2026", "2026-03-02"),
        ("02-Mar-2026", "2026-03-02"),
        ("3/4/2026", "None"),
        ("2026-02-30", "None"),
        ("2026-03", "None"),
        ("YYYY-MM-DD", "None"),
        ("0026-03-02", "None"),
        ("٢٠٢٦-٠٣-٠٢", "2026-03-02"),
    ],
)
def test_dates_that_could_be_two_are_none(text, date):
    assert str(from_field(text)) == date


def test_dates_of_names_and_letterheads():
    assert str(from_name("CT_2026-03-02_final")) == "2026-03-02"
    assert from_name("2026-03-02 and 2026-04-02") is None
    assert from_name("MRN 1234567890") is None
    assert str(from_text("CT chest\nStudy date: 2026-03-02\n")) == "2026-03-02"
    assert from_text("Date of birth: 1960-01-01\n") is None
