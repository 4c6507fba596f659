"""What the readers of identity, events and node counts take from one document, and what they leave."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from agents.rules.event_words import EVENTS
from agents.rules.events import event_findings
from agents.rules.identity import identity_findings
from agents.rules.nodes import node_findings
from agents.rules.occasions import occasions
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


def test_a_summary_that_names_a_station_is_no_further_station():
    text = "Right pelvic nodes: 0 of 12 positive. Left pelvic nodes: 0 of 10 positive. Para-aortic nodes: 1 of 8 positive.\n\nLymph nodes: 1/30 positive (para-aortic)."
    assert answers(node_findings, text, kind="pathology") >= {("nodes.examined", 30), ("nodes.positive", 1)}
    assert not any(value == 60 for _, value in answers(node_findings, text, kind="pathology"))


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



@pytest.mark.parametrize("form", [form for _, form in EVENTS])
def test_an_event_word_captures_nothing(form):
    """Each alternative is followed by the group that names it; another group would name its neighbour."""
    assert re.compile(form.lower()).groups == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [("TURBT", "surgery.turbt"), ("bladder removal", "surgery.cystectomy"), ("abdominoperineal excision", "surgery.colectomy"), ("EBUS", "endoscopy.ebus"), ("x-ray", "imaging.radiograph"), ("cycle 1", "chemotherapy.start"), ("operated", "surgery")],
)
def test_an_event_word_has_its_kind(text, kind):
    assert [o.kind for o in occasions(text.lower(), 0, len(text))] == [kind]


TOLD = [
    ("all 23 nodes clear", (0, 23)),
    ("All 23 lymph nodes were clear of tumour.", (0, 23)),
    ("23 nodes, all clear", (0, 23)),
    ("23 clear nodes", (0, 23)),
    ("none of 23 nodes involved", (0, 23)),
    ("none of the 23 nodes contained tumour", (0, 23)),
    ("no tumour in 23 nodes", (0, 23)),
    ("No metastasis in 23 lymph nodes.", (0, 23)),
    ("no evidence of malignancy in any of 23 nodes", (0, 23)),
    ("23 lymph nodes free of disease", (0, 23)),
    ("nodes: nil of 12", (0, 12)),
    ("LN 0/12", (0, 12)),
    ("LNs 3/12", (3, 12)),
    ("3/12 LN+", (3, 12)),
    ("3/12 LNs involved", (3, 12)),
    ("LN: 3+/12", (3, 12)),
    ("node positive (3/12)", (3, 12)),
    ("nodes +ve 3/12", (3, 12)),
    ("nodal yield 12, 3 positive", (3, 12)),
    ("Nodal yield: 12. Positive: 3.", (3, 12)),
    ("lymph node harvest 12 (3 involved)", (3, 12)),
    ("12 nodes harvested of which three were involved", (3, 12)),
    ("12 nodes retrieved; 3 contain carcinoma", (3, 12)),
    ("three positive nodes out of twelve", (3, 12)),
    ("three of the twelve axillary nodes contained metastatic carcinoma", (3, 12)),
    ("3 positive of 12 nodes", (3, 12)),
    ("3 involved nodes of 12 examined", (3, 12)),
    ("3 nodes out of 12 were involved", (3, 12)),
    ("metastases in three of twelve lymph nodes", (3, 12)),
    ("nodal metastases 3/12", (3, 12)),
    ("nodal status: 3/12", (3, 12)),
    ("axillary clearance: 3/12", (3, 12)),
    ("ANC 3/12 positive", (3, 12)),
    ("ALND: 3 of 12 positive", (3, 12)),
    ("pN1 (3/12)", (3, 12)),
    ("pN1a 3/12", (3, 12)),
    ("pN1a [3/12]", (3, 12)),
    ("pN1a (3 of 12)", (3, 12)),
    ("pN1a(3+/12)", (3, 12)),
    ("N1 (3 of 12 nodes)", (3, 12)),
    ("Nodes | 3/12", (3, 12)),
    ("Lymph nodes examined | 12\nLymph nodes positive | 3", (3, 12)),
    ("Total nodes: 12\nPositive nodes: 3", (3, 12)),
    ("No. of nodes: 12\nNo. positive: 3", (3, 12)),
    ("Nodes sampled 12, nodes positive 3", (3, 12)),
    ("number of nodes examined = 12; number with metastasis = 3", (3, 12)),
    ("# nodes examined: 12, # nodes involved: 3", (3, 12)),
    ("Nodes: total 12, involved 3", (3, 12)),
    ("Nodes: involved 3, total 12", (3, 12)),
    ("Nodes: 12 (3 positive)", (3, 12)),
    ("Nodes: 3 (of 12)", (3, 12)),
    ("Nodes 12, positive 3", (3, 12)),
    ("a total of 12 nodes were found, 3 of which contained tumour", (3, 12)),
    ("Twelve nodes were identified, of which three show metastatic deposits.", (3, 12)),
    ("12 lymph nodes, 3 with metastases", (3, 12)),
    ("Of 12 nodes, 3 were positive.", (3, 12)),
    ("Out of 12 nodes 3 contained tumour", (3, 12)),
    ("Of the 12 nodes examined, 3 show metastasis", (3, 12)),
    ("12 lymph nodes were dissected, three being positive", (3, 12)),
    ("12 nodes identified. Three contain metastatic adenocarcinoma.", (3, 12)),
    ("Twelve nodes dissected: three positive.", (3, 12)),
    ("tumour in 3/12 nodes", (3, 12)),
    ("tumour was found in three of her twelve nodes", (3, 12)),
    ("one node out of 12", (1, 12)),
    ("a single node of 12 is positive", (1, 12)),
    ("one of 12 nodes", (1, 12)),
    ("only 1 in 12 nodes positive", (1, 12)),
    ("1 in 12 nodes was involved", (1, 12)),
    ("both nodes positive (2/2)", (2, 2)),
    ("all twelve nodes negative", (0, 12)),
    ("12 nodes negative", (0, 12)),
    ("12 negative nodes", (0, 12)),
    ("12 benign lymph nodes", (0, 12)),
    ("12 reactive lymph nodes, no tumour", (0, 12)),
    ("Twelve reactive nodes.", (0, 12)),
    ("nodes negative (0/12)", (0, 12)),
    ("node negative, 0 of 12", (0, 12)),
    ("nodes neg x12", (0, 12)),
    ("nodes 0 out of 12", (0, 12)),
    ("lymphadenectomy: 12 nodes without tumour", (0, 12)),
    ("pelvic lymphadenectomy specimen: 0/12", (0, 12)),
    ("nodes: right 0/7, left 2/5", (2, 12)),
    ("Level 7: 0/3, level 4R: 1/2, hilar: 0/4", (1, 9)),
    ("Stations 2R 0/1, 4R 0/2, 7 1/3", (1, 6)),
    ("neck: level I 0/4, II 2/9, III 0/7 - total 2/20", (2, 20)),
    ("3 positive nodes from 12 removed", (3, 12)),
    ("3 out of the 12 removed nodes", (3, 12)),
    ("he had 3/12 nodes", (3, 12)),
    ("4 nodes out of the 18 taken were cancerous", (4, 18)),
    ("we took 18 nodes and 4 had cancer in them", (4, 18)),
    ("eighteen nodes were taken out and four of them had cancer", (4, 18)),
    ("spread to 4 of the 18 glands removed", (4, 18)),
    ("four lymph glands out of eighteen contained cancer", (4, 18)),
    ("Lymph node ratio 4/18", (4, 18)),
    ("LNR 4/18", (4, 18)),
    ("nodes 4 +ve of 18", (4, 18)),
    ("4 +ve nodes / 18", (4, 18)),
    ("N+ 4/18", (4, 18)),
    ("18 LN, 4 pos", (4, 18)),
    ("18 LNs (4+)", (4, 18)),
    ("LN 18 (4 mets)", (4, 18)),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_counts_in_other_words(text, expected):
    found = answers(node_findings, text, kind="pathology")
    assert {v for q, v in found if q == "nodes.positive"} == {expected[0]}
    assert {v for q, v in found if q == "nodes.examined"} == {expected[1]}


@pytest.mark.parametrize(
    "text",
    [
        "Margins 3/12 involved",
        "cores 3/12 positive",
        "nodes palpable on 3/12",
        "Seen 3/12 ago, nodes normal",
        "Gleason 3/12",
        "review in 3/12. nodes nil",
        "No nodes. 2 of 3 drains out",
        "two nodes of 12 mm",
        "nodes up to 12 mm",
        "3 x 12 mm nodes",
        "node 3/4 cm",
        "nodes seen in clinic 6/52",
        "nodes fine, 2 of 7 days",
        "12 nodes on CT enlarged?",
        "3 of 12 thyroid nodules",
        "lymph nodes level 2/3",
        "LN station 4/7",
        "nodes at levels 2 to 4",
        "nodes negative; 5 of 6 cycles given",
        "nodes not examined; 4 of 12 chips",
        "Two positive nodes, one with extracapsular spread.",
        "Extranodal extension in one of three positive nodes.",
    ],
)
def test_numbers_beside_nodes_that_count_none(text):
    assert answers(node_findings, text) == set()
