"""When documents are at odds about the person, a date or the node counts, and when they are not."""

from __future__ import annotations

import pytest

from agents.rules.events import event_findings
from agents.rules.identity import identity_findings
from agents.rules.nodes import node_findings
from agents.rules.reading import read
from agents.rules.staging import staging_findings
from panel.case import Case
from panel.compare.chart import Chart
from panel.compare.dates import date_conflicts
from panel.compare.identity import identity_conflicts
from panel.compare.nodes import node_conflicts
from panel.opinion import Opinion

READERS = (event_findings, identity_findings, node_findings, staging_findings)


def raised(check, *documents, patient=None):
    case = Case.model_validate(
        {
            "id": "x",
            "patient": patient or {},
            "documents": [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": x} for i, (k, d, t, x) in enumerate(documents)],
        }
    )
    findings = tuple(f for document in case.documents for reader in READERS for f in reader(read(document)))
    chart = Chart.of_opinions(case, [Opinion(specialty="registrar", reader="rules", findings=findings)])
    return [sorted({s.by for s in conflict.sides}) for conflict in check(chart)]


def note(text, date="2026-03-20", kind="note", title=""):
    return (kind, date, title, text)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("67-year-old woman.", "This 67-year-old man.", True),
        ("67-year-old woman.", "68-year-old lady.", False),
        ("67-year-old woman.", "71-year-old lady.", True),
        ("MRN 4482190", "MRN: 448-21-90", False),
        ("MRN 4482190", "MRN 4482109", True),
        ("MRN 4482190", "NHS no 9434765919", False),
        ("DOB 04/05/1961", "DOB 5 April 1961", False),
        ("DOB 04/05/1961", "DOB 6 April 1961", True),
        ("Name: OAKES, Nora", "Name: Nora Oakes", False),
        ("Name: OAKES, Nora", "Name: OAKES, N.", False),
        ("Name: OAKES, Nora", "Name: OAKS, Nora", False),
        ("Name: OAKES, Nora", "Name: BIRCH, Nora née Oakes", False),
        ("Name: OAKES, Nora", "Name: BIRCH, Petra", True),
    ],
)
def test_identity(first, second, expected):
    assert raised(identity_conflicts, note(first), note(second)) == ([["d0", "d1"]] if expected else [])


def test_age_is_corrected_for_the_date_of_the_document():
    assert raised(identity_conflicts, note("60-year-old man.", date="2019-03-01"), note("67-year-old man.")) == []


def test_one_conflict_for_one_strange_document():
    other = note("Name: BIRCH, Carl   DOB: 14.05.1940   MRN 1111111   M")
    assert len(raised(identity_conflicts, note("Name: OAKES, Nora   DOB: 14.05.1961   MRN 4482190   F"), other)) == 1


def test_organ_against_the_patient_block():
    scan = note("The uterus is atrophic. Liver normal.", kind="radiology")
    assert raised(identity_conflicts, scan, patient={"sex": "male"}) == [["case file", "d0"]]
    assert raised(identity_conflicts, scan, patient={"sex": "female"}) == []


@pytest.mark.parametrize(
    ("operation", "letter", "expected"),
    [
        ("Date of operation: 14 January 2026", "Right hemicolectomy performed on 4 February 2026.", True),
        ("Date of operation: 14 January 2026", "Right hemicolectomy performed on 14.01.2026.", False),
        ("Date of operation: 3 February 2026", "Hemicolectomy performed on 02/03/2026.", False),
        ("Date of operation: 14 January 2026", "A mastectomy was performed on 4 February 2026.", False),
        ("Date of operation: 14 January 2026", "Hemicolectomy in 2009, and second hemicolectomy on 4 February 2026.", False),
        ("Date of operation: 14 January 2026", "Completion hemicolectomy is planned for 4 April 2026.", False),
    ],
)
def test_dates_of_an_operation(operation, letter, expected):
    theatre = note(operation, date="2026-03-04", kind="surgery", title="Right hemicolectomy")
    assert raised(date_conflicts, theatre, note(letter)) == ([["d0", "d1"]] if expected else [])


def test_a_report_cannot_be_older_than_the_operation():
    report = note("Adenocarcinoma.", date="2026-01-22", kind="pathology", title="Right hemicolectomy")
    assert raised(date_conflicts, report, note("Hemicolectomy performed on 4 February 2026.")) == [["d0", "d1"]]
    assert raised(date_conflicts, report, note("Hemicolectomy performed on 14 January 2026.")) == []


@pytest.mark.parametrize(("received", "expected"), [("10 March 2026", [["d0"]]), ("13 March 2026", [])])
def test_a_specimen_is_collected_before_it_is_received(received, expected):
    text = f"Collected: 12 March 2026. Received: {received}."
    assert raised(date_conflicts, note(text, kind="pathology")) == expected


@pytest.mark.parametrize(
    ("report", "letter", "expected"),
    [
        ("Lymph nodes: 3/8", "Five of eight lymph nodes were involved.", True),
        ("Lymph nodes: 3/8", "Three of eight lymph nodes were involved.", False),
        ("Lymph nodes: level I 1/5, level II 0/10.", "One of 15 lymph nodes was involved.", False),
        ("Lymph nodes: 3/8", "Sentinel nodes 0/2.", False),
        ("Lymph nodes: 3/8", "In 2011 nodes 1/14.", False),
    ],
)
def test_node_counts(report, letter, expected):
    path = note(report, kind="pathology", date="2026-03-10")
    assert raised(node_conflicts, path, note(letter)) == ([["d0", "d1"]] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lymph nodes: 2/14. pT2 pN0.", True),
        ("Papillary thyroid carcinoma. Lymph nodes: 0/6. pT1b pN0a.", False),
        ("Papillary thyroid carcinoma. Lymph nodes: 2/6. pT1b pN0a.", True),
        ("Lymph nodes: 0/14. pT2 pN0.", False),
        ("Lymph nodes: 1/14. pT2 pN0(i+).", False),
        ("Lymph nodes: 0/14. pT2 pN1.", True),
        ("Number of lymph nodes examined: 4. Number involved: 9.", True),
    ],
)
def test_counts_within_a_report(text, expected):
    assert raised(node_conflicts, note(text, kind="pathology")) == ([["d0"]] if expected else [])
