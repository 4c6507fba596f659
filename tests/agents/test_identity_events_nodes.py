"""What the readers of identity, events and node counts take from one document, and what they leave."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.events import event_findings
from agents.rules.identity import identity_findings
from agents.rules.nodes import node_findings
from agents.rules.reading import read
from panel.case import Document


def document(text, kind="note", date="2026-03-20", title=""):
    return Document(id="d", kind=kind, date=dt.date.fromisoformat(date), title=title, text=text)


def answers(reader, text, **fields):
    doc = document(text, **fields)
    found = list(reader(read(doc)))
    for finding in found:
        span = finding.evidence[0]
        assert doc.text[span.start : span.end] == span.quote
    return {(f.question, f.value) for f in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 of 14 lymph nodes are positive.", (2, 14)),
        ("Lymph nodes: 0/12", (0, 12)),
        ("Metastasis in 3 out of 15 nodes.", (3, 15)),
        ("Fourteen lymph nodes, all negative.", (0, 14)),
        ("Number of lymph nodes examined: 18\nNumber involved: 3", (3, 18)),
        ("Right pelvic nodes 0/8, left pelvic nodes 1/6; total 1/14.", (1, 14)),
        ("Eleven nodes, two with metastatic melanoma.", (2, 11)),
    ],
)
def test_counts_of_the_whole_specimen(text, expected):
    found = answers(node_findings, text, kind="pathology")
    assert {("nodes.positive", expected[0]), ("nodes.examined", expected[1])} <= found
    assert len({v for q, v in found if q == "nodes.examined"}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A 2/6 murmur is heard. No palpable nodes.",
        "Seen on 08/12. Nodes not felt.",
        "Take 1/2 tablet. Lymph nodes normal.",
        "Nodes negative. ER 8/8, PR 7/8.",
        "Axillary clearance 2011, nodes 3/17.",
        "Her sister had breast cancer with 4 of 12 lymph nodes positive.",
    ],
)
def test_no_counts_in(text):
    assert answers(node_findings, text) == set()


def test_sentinel_nodes_are_kept_apart():
    assert answers(node_findings, "Sentinel nodes: 1/2.", kind="pathology") == {("nodes.sentinel.positive", 1), ("nodes.sentinel.examined", 2)}


def test_stations_add_up_to_an_inferred_total():
    found = list(node_findings(read(document("Lymph nodes: level I 1/5, level II 0/10.", kind="pathology"))))
    assert {(f.question, f.value, f.certainty) for f in found} >= {("nodes.examined", 15, "inferred"), ("nodes.positive", 1, "inferred")}


def test_radiology_counts_no_specimen():
    assert answers(node_findings, "2 of 14 lymph nodes look abnormal.", kind="radiology") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This 67-year-old woman is well.", {("patient.sex", "female"), ("patient.age", 67)}),
        ("61M, hoarse for weeks.", {("patient.sex", "male"), ("patient.age", 61)}),
        ("Sex: M", {("patient.sex", "male")}),
        ("Name: OAKES, Nora   DOB: 14/05/1961   MRN 448-21-90", {("patient.name", "oakes,nora"), ("patient.birthdate", "1961-05-14"), ("patient.record", "hospital:4482190")}),
        ("DOB 04/05/1961", {("patient.birthdate", "1961-04-05 or 1961-05-04")}),
        ("RE: Mr Birch\nSeen today.", {("patient.sex", "male"), ("patient.surname", "birch")}),
        ("He walks. He eats well.", {("patient.sex", "male")}),
    ],
)
def test_identity_read(text, expected):
    assert answers(identity_findings, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dear Mr Okonjo,\nthank you.",
        "18F-FDG was given.",
        "Her 40-year-old son drove her.",
        "Specimen number 4482190, accession S26-1234.",
        "Signed, Dr Anna Field",
        "The prostate cancer of his father.",
    ],
)
def test_no_identity_in(text):
    assert answers(identity_findings, text, kind="pathology") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The biopsy on 9 March 2026 showed carcinoma.", ("event.biopsy", "2026-03-09")),
        ("CT chest of 02.03.2026 shows a mass.", ("event.imaging.ct_chest", "2026-03-02")),
        ("Right hemicolectomy performed on 4 February 2026.", ("event.surgery.colectomy", "2026-02-04")),
        ("Mastectomy on 24 April 2026 is planned.", ("event.planned.surgery.mastectomy", "2026-04-24")),
        ("Nephrectomy on 3 May 2009.", ("event.past.surgery.nephrectomy", "2009-05-03")),
        ("Specimen received 10 March 2026.", ("event.specimen.received", "2026-03-10")),
    ],
)
def test_events(text, expected):
    assert expected in answers(event_findings, text)
    assert len(answers(event_findings, text)) == 1
