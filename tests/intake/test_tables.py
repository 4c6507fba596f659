"""CSV tables: reports by row, results as spoken lines, and tables that are broken."""

from __future__ import annotations

import pytest

from panel.intake import load, load_with_notes

REPORT = 'PATHOLOGY REPORT\r\n\r\nDIAGNOSIS: "Carcinoma", 3.2 cm, right upper lobe.\n'


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def test_a_column_of_reports_becomes_documents_with_their_text_untouched(written):
    rows = f"ReportID,PatientID,ProcedureName,OrderDate,ReportText\nP1,7,CT-guided biopsy,2026-03-09,{quoted(REPORT)}\n"
    (document,) = load(written("pathology_reports.csv", rows)).documents
    assert document.text.startswith(REPORT)
    assert document.text.removeprefix(REPORT).strip() == "Patient ID: 7"
    assert (document.id, document.kind, str(document.date)) == ("P1", "pathology", "2026-03-09")
    assert document.title == "CT-guided biopsy"


def test_a_note_type_decides_the_desk(written):
    rows = "NoteID,NoteType,EntryDate,NoteText\n" + "".join(
        f"{i},{kind},2026-01-0{i},text {i}\n"
        for i, kind in enumerate(
            ("Operative Note", "Oncology Consultation", "Progress Note", "CT report"), start=1
        )
    )
    case = load(written("clinical_notes.csv", rows))
    assert [d.kind for d in case.documents] == ["surgery", "oncology", "note", "radiology"]


def test_long_text_is_recognised_without_a_known_name(written):
    long = "word " * 60
    case = load(written("x.csv", f"a;b\n1;{long}\n2;{long}\n3;\n"))
    assert [d.id for d in case.documents] == ["x-line2", "x-line3"]
    assert all(d.text.startswith(long) for d in case.documents)
    assert any(
        "line 4" in note for note in load_with_notes(written("x.csv", f"a;b\n1;{long}\n2;{long}\n3;\n")).notes
    )


def test_results_read_as_they_are_spoken(written):
    rows = (
        "ResultID,PatientID,ComponentName,OrderDate,ResultValue,ResultUnit,ReferenceRange,AbnormalFlag\n"
        "L1,7,CA-125,2026-01-05,847,U/mL,0-35,H\nL2,7,Creatinine,2026-02-05,0.8,mg/dL,,\n"
    )
    (document,) = load(written("lab_results.csv", rows)).documents
    assert (document.kind, document.date) == ("laboratory", None)
    assert document.text.split("\n") == [
        "Patient ID: 7",
        "CA-125: 847 U/mL (reference 0-35; flag H); Result ID: L1; Order date: 2026-01-05",
        "Creatinine: 0.8 mg/dL; Result ID: L2; Order date: 2026-02-05",
    ]


def test_other_tables_name_every_column(written):
    rows = "PatientID\tStageDate\tTNM_T\tStageGroup\n7\t2026-01-05\tT3c\tIIIC\n"
    (document,) = load(written("cancer_staging.csv", rows)).documents
    assert document.text == "Patient ID: 7; Stage date: 2026-01-05; TNM T: T3c; Stage group: IIIC"
    assert str(document.date) == "2026-01-05"


def test_demographics_fill_sex_and_age_at_the_newest_document(written):
    written("x/demographics.csv", "PatientID,DOB,Sex\n7,1963-06-15,F\n")
    path = written("x/ct.txt", "CT chest\nDate: 2026-06-14\n").parent
    assert (load(path).patient.sex, load(path).patient.age) == ("female", 62)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("a,b\n1,2\n1,2,3\n", "line 3: has 3 fields where the header has 2"),
        ("a,b\n1\n", "line 2: has 1 fields where the header has 2"),
        ('a,b\n1,"2\n', "line 2: is badly quoted"),
        ('a,b\n1,"2"x\n', "line 2: is badly quoted"),
        ("a,b\n", "holds no clinical document"),
        ("\n\n", "is empty"),
        ("PatientID,Text\n1,a\n2,b\n3,c\n4,d\n", "holds rows of 4 patients"),
    ],
)
def test_a_broken_table_is_named_by_line(written, refused, rows, says):
    line = refused(written("t.csv", rows))
    assert says in line or (says == "is empty" and "holds no clinical document" in line)


def test_large_cells_are_read(written):
    text = "word " * 40_000  # more than the csv module's default
    assert load(written("t.csv", f"id,text\n1,{text}\n")).documents[0].text.startswith(text)
