"""Openly posted inputs, where they lie beside the repository."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest

from panel.errors import InputError
from panel.intake import load

DATA = Path(os.environ.get("EXPERT_PANEL_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
BOARDS = DATA / "tumor_board"

pytestmark = pytest.mark.skipif(not BOARDS.is_dir(), reason="the shared data is not here (EXPERT_PANEL_DATA)")


@pytest.mark.parametrize(
    ("folder", "documents", "kinds"),
    [
        ("datadrivenmed_aml", 2, {"oncology"}),
        ("gi_rag_dummy", 2, {"note"}),
        ("patientone_ovc", 9, {"laboratory", "genomics", "oncology", "note", "other"}),
        (
            "rush_gyn/patient_gyn_001",
            20,
            {"radiology", "pathology", "surgery", "oncology", "laboratory", "note"},
        ),
    ],
)
def test_every_board_loads(folder, documents, kinds):
    case = load(BOARDS / folder)
    assert len(case.documents) == documents
    assert {d.kind for d in case.documents} == kinds


def test_the_gynaecology_reports_keep_the_words_of_their_cells():
    folder = BOARDS / "rush_gyn" / "patient_gyn_001"
    case = load(folder)
    with (folder / "pathology_reports.csv").open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            assert case.document(row["ReportID"]).text.startswith(row["ReportText"])
    assert (case.patient.age, case.patient.sex) == (63, "female")


NOTHING_CLINICAL = (
    "dummy_guidelines.json",
    "patient-001.json",
    "test__extractors__fixtures__csv-adverse-event-bundle.json",
    "test__extractors__fixtures__csv-appointment-bundle.json",
    "test__extractors__fixtures__csv-encounter-bundle.json",
    "test__extractors__fixtures__csv-medication-administration-bundle.json",
    "test__extractors__fixtures__csv-medication-request-bundle.json",
    "test__helpers__fixtures__count-bundle-5-unique.json",
    "test__helpers__fixtures__masked-patient-bundle.json",
)


def _all_files() -> list[Path]:
    return sorted(p for room in ("tumor_board", "fhir") for p in (DATA / room).rglob("*") if p.is_file())


@pytest.mark.parametrize("path", _all_files(), ids=lambda p: p.name)
def test_every_file_loads_or_is_refused_in_one_line(path):
    if path.name in NOTHING_CLINICAL:
        with pytest.raises(InputError) as caught:
            load(path)
        assert "\n" not in caught.value.line
    else:
        assert load(path).documents


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("BreastResBundleEx.json.gz", "Specimen Laterality: Right"),
        ("MelanomaBundleEx.json.gz", "BRAF Mutational Analysis: BRAF V600K"),
        ("AdrenalTransactionBundle.json.gz", "Histologic Type: Adrenal cortical carcinoma"),
        ("Bundle-TxBundleColorectalEverything.json.gz", "pT Category: pT2"),
        ("Bundle-MsgBundleColorectalEverything.json.gz", "MSH2 Result: Intact nuclear expression"),
        ("test__extractors__fixtures__csv-staging-bundle.json", "Clinical stage group: 3C"),
    ],
)
def test_bundles_say_what_their_observations_say(name, holds):
    assert any(holds in d.text for d in load(DATA / "fhir" / name).documents)


def test_registry_reports_as_text_files_are_untouched_pathology(tmp_path):
    source = DATA / "tcga" / "tcga_pathology_reports.csv.gz"
    with gzip.open(source, "rt", newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))[::5]
    found = []
    for row in rows:
        path = tmp_path / f"{row['patient_id']}.txt"
        path.write_bytes(row["text"].encode())
        (document,) = load(path).documents
        assert document.text == row["text"]
        found.append(document.kind)
    assert found.count("pathology") >= 0.97 * len(found)
    with pytest.raises(InputError, match="patients"):
        load(source)
