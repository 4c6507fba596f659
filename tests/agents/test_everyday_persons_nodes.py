"""Everyday ways to name a patient and to count nodes, with their neighbours that must not be taken for one."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.identity import identity_findings
from agents.rules.nodes import node_findings
from agents.rules.reading import read
from agents.rules.staging import staging_findings
from panel.case import Document


def answers(reader, text, kind="note", title=""):
    document = Document(id="d", kind=kind, date=dt.date(2026, 3, 20), title=title, text=text)
    return {(f.question, f.value) for f in reader(read(document)) if f.certainty != "uncertain"}


@pytest.mark.parametrize(
    "text",
    [
        "Radiotherapy, then chemotherapy, as\nMr Lind also proposed.",
        'Miss Obi: "this can come out". Mr Ferro: "I agree".',
        "Mr Ferro will operate on 3 March.",
        "Mrs Tate: chemotherapy first.",
        "Discussed with\nMr Lind in clinic.",
        "She saw Mr Khan last week.",
        "He was seen by Mr Khan.",
        "Dear Mr Khan,\nthank you.",
        "Miss Obi and Mr Ferro agree that this is resectable.",
        "Ms Pell, clinical nurse specialist, will ring.",
        "Mr Khan's list on Friday.",
        "Mr Lind has proposed a Whipple.",
        "Mr Khan is a consultant in Leeds.",
        "Yours sincerely,\nMr Ferro",
        "Surgeon:\nMr Ferro",
        "Mr Ferro\nConsultant surgeon",
        "Mr Ferro 12:30 theatre",
        "Mr Lind came to the ward to mark the side.",
    ],
)
def test_a_colleagues_title_tells_no_sex(text):
    assert not {a for a in answers(identity_findings, text) if a[0] in ("patient.sex", "patient.surname")}


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Mrs Tarn, 70 years, attended.", "female"),
        ("I saw Mr Tarn today.", "male"),
        ("Your patient Mrs Tarn is well.", "female"),
        ("Thank you for referring Mr Tarn.", "male"),
        ("Thank you for seeing Mrs Tarn.", "female"),
        ("Re: Miss Tarn", "female"),
        ("Saw Mrs Tarn with her son.", "female"),
        ("We reviewed Mr Tarn on the ward.", "male"),
        ("This gentleman, Mr Tarn, has a lump.", "male"),
        ("Mr Tarn was admitted with pain.", "male"),
        ("Mrs Tarn has been well.", "female"),
        ("Mr Tarn came with his wife.", "male"),
        ("It was a pleasure to meet Mrs Tarn today.", "female"),
        ("Many thanks for asking me to see Mr Tarn.", "male"),
        ("I had the pleasure of seeing Mr Tarn.", "male"),
        ("I operated on Mr Tarn on 3 March.", "male"),
        ("Mr T. Tarn (72) came up today.", "male"),
        ("Mrs TARN DOB 14/05/1958", "female"),
    ],
)
def test_the_patients_title_tells_the_sex(text, sex):
    assert ("patient.sex", sex) in answers(identity_findings, text)


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("Anteverted womb with a thin lining.", "uterus"),
        ("Normal uterus. Liver clear.", "uterus"),
        ("Both kidneys normal, ovaries of normal size.", "ovary"),
        ("Ovaries within normal limits.", "ovary"),
        ("Retroverted uterus.", "uterus"),
        ("Atrophic ovaries.", "ovary"),
        ("Enlarged prostate. No nodes.", "prostate"),
        ("Prostate not enlarged.", "prostate"),
        ("The womb is small.", "uterus"),
    ],
)
def test_organs_of_a_scan(text, organ):
    assert ("patient.organ", organ) in answers(identity_findings, text, kind="radiology")


@pytest.mark.parametrize(
    ("text", "value"),
    [("Patient: Vera Kolm, record no. 4471823.", "kolm,vera"), ("Patient: Vera Kolm, file number 4471823", "kolm,vera"), ("Name: KOLM, Vera   Record no. 4471823", "kolm,vera")],
)
def test_names_beside_a_record_number(text, value):
    assert {("patient.name", value), ("patient.record", "hospital:4471823")} <= answers(identity_findings, text)


@pytest.mark.parametrize(
    ("text", "positive", "examined"),
    [
        ("Lymph nodes .......... 21 examined, 5 contain metastatic carcinoma", 5, 21),
        ("Lymph nodes . . . . . 21 examined, 5 contain metastatic carcinoma", 5, 21),
        ("Nodes ______ 2/14", 2, 14),
        ("Five of the nineteen glands we took were seeded.", 5, 19),
        ("Fourteen glands were taken from the pelvis and all of them are free.", 0, 14),
        ("Two of the eleven glands from your armpit held cancer.", 2, 11),
        ("None of the sixteen glands showed any spread.", 0, 16),
        ("Of the 18 glands removed, four contained tumour.", 4, 18),
        ("All three of the lymph glands taken on the day of your second operation were clear.", 0, 3),
        ("All nine lymph nodes removed at the time of surgery were free of cancer.", 0, 9),
        ("Node 1: deposit 1.1 mm, subcapsular. Node 2: deposit 0.4 mm. Node 3: clear.", 2, 3),
        ("B. Node 1 (hot, blue) | deposit 1.1 mm\nC. Node 2 (hot) | deposit 0.4 mm\nD. Node 3 (hot) | clear", 2, 3),
        ("Node 1 negative; node 2 negative; node 3 metastatic carcinoma, 4 mm.", 1, 3),
        ("Lymph node 1: no tumour. Lymph node 2: tumour-free.", 0, 2),
        ("Nodes 1 and 3 contain metastatic melanoma, nodes 2 and 4: negative.", 2, 4),
        ("Node 1: positive. Node 2: positive.", 2, 2),
        ("Node #1: benign; node #2: involved", 1, 2),
    ],
)
def test_nodes_counted(text, positive, examined):
    found = answers(node_findings, text, kind="pathology")
    assert {q.replace("sentinel.", ""): v for q, v in found} == {"nodes.positive": positive, "nodes.examined": examined}


@pytest.mark.parametrize(
    "text",
    [
        "Three nodes of 21, 15 and 9 mm, blue dye in two.",
        "Two nodes of 12 and 8 mm.",
        "Node 3: clear.",
        "Node 1: fatty. Node 2: clear.",
        "Node 1: isolated tumour cells. Node 2: clear.",
        "Cribriform glands seen in six of seven cores.",
        "Both adrenal glands normal.",
        "The malignant glands are small; 3 of 5 blocks.",
        "Two parathyroid glands were seen, both normal.",
        "Axillary node core: benign. Tumour ER 7/8, PR 6/8.",
        "Nodal metastasis, receptors 8/8.",
        "Nodes reviewed on 3/4.",
    ],
)
def test_no_nodes_counted(text):
    assert not answers(node_findings, text, kind="pathology")


@pytest.mark.parametrize(
    "text",
    [
        "T2 heterogeneous tumour of the left kidney measuring 44 mm.",
        "T2 bright tumour.",
        "T2 dark lesion of the prostate.",
        "T2 intermediate signal tumour.",
        "T1 isointense tumour, T2 hyperintense.",
        "T2 low signal lesion.",
        "T2 hypointense tumour.",
        "T2 shine-through in the tumour.",
        "T1 fat-suppressed images show the tumour.",
        "T2 axial: tumour of the rectum.",
        "T2 and signal of the tumour low.",
        "T1 dark, T2 bright lesion.",
    ],
)
def test_sequences_are_no_category(text):
    assert not answers(staging_findings, text, kind="radiology")


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("| No | Age | Stage (FIGO 2018) | Plan |\n|---|---|---|---|\n| 4 | 47 | IB1 | surgery |", "stage.figo", "IB1"),
        ("| Diagnosis | Stage |\n|---|---|\n| NSCLC | IIIA |", "stage.unspecified.group", "IIIA"),
        ("Age | AJCC stage | Plan\n61 | IIB | chemo", "stage.unspecified.group", "IIB"),
        ("| Stage | IIIA |\n| Grade | 2 |", "stage.unspecified.group", "IIIA"),
        ("On the FIGO 2009 system this is a stage IA tumour.", "stage.figo", "IA"),
        ("By FIGO criteria she has stage IIB disease.", "stage.figo", "IIB"),
        ("By FIGO (2018) we call it stage IB2.", "stage.figo", "IB2"),
    ],
)
def test_groups_of_tables_and_systems(text, question, value):
    assert answers(staging_findings, text) == {(question, value)}


@pytest.mark.parametrize(
    "text",
    [
        "| Name | Stage |\n|---|---|\n| A | IIIA |\n| B | IB |",
        "| Stage | No |\n|---|---|\n| pending | 4 |",
        "| Stage | No |\n|---|---|\n| | 4 |",
    ],
)
def test_tables_that_give_no_one_stage(text):
    assert not answers(staging_findings, text)
