"""Dates of biopsies and endoscopies, stages of the first presentation and of second resections, nodes counted by other names."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case
from panel.compare.chart import Chart
from panel.compare.dates import date_conflicts
from panel.compare.nodes import node_conflicts
from panel.compare.stage import stage_conflicts
from panel.opinion import Opinion


def raised(check, documents):
    rows = [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": x} for i, (k, d, t, x) in enumerate(documents)]
    case = Case.model_validate({"id": "x", "documents": rows})
    opinion = Opinion(specialty="registrar", reader="rules", findings=read_chart(case).findings)
    return [[(s.by, s.value) for s in conflict.sides] for conflict in check(Chart.of_opinions(case, [opinion]))]


CORES = ("pathology", "2026-01-09", "Core biopsies", "Left breast: invasive carcinoma, grade 2.")
COLON = ("pathology", "2026-02-12", "Sigmoid colectomy", "Operation 5 February 2026. Adenocarcinoma of the sigmoid.")
CHEST = ("radiology", "2026-01-14", "CT chest", "Right upper lobe mass 38 mm.")
CRANIOTOMY = ("surgery", "2026-01-12", "Operation note", "Date of operation: 12 January 2026. Left temporal craniotomy, resection of tumour.")
SCOPE = ("other", "2026-01-04", "Colonoscopy report", "Date of procedure: 4 January 2026. Ulcerated tumour of the caecum, eight biopsies.")
DATES = [
    ("biopsied later", [CORES, ("oncology", "2026-01-28", "", "Biopsied on 20 January: node-positive cancer of the breast.")], True),
    ("biopsied before", [CORES, ("oncology", "2026-01-28", "", "Biopsied on 6 January: node-positive cancer of the breast.")], False),
    ("was biopsied", [CORES, ("surgery", "2026-01-28", "Clinic", "The breast was biopsied on 19 January 2026.")], True),
    ("to be biopsied", [CORES, ("surgery", "2026-01-08", "Clinic", "The breast will be biopsied on 19 January 2026.")], False),
    ("collected at colonoscopy", [SCOPE, ("pathology", "2026-01-14", "Large bowel biopsies", "Specimens collected at colonoscopy on 11 January 2026. Adenocarcinoma of the caecum.")], True),
    ("taken at colonoscopy", [SCOPE, ("pathology", "2026-01-14", "Large bowel biopsies", "Biopsies from the colonoscopy of 4 January 2026. Adenocarcinoma of the caecum.")], False),
    ("resumed after it", [COLON, ("oncology", "2026-03-10", "", "Aspirin was paused before the colectomy and resumed on 15 February.")], False),
    ("stitches of it", [COLON, ("note", "2026-03-10", "", "Seen after the colectomy; staples were taken out on 15 February.")], False),
    ("another verb", [COLON, ("note", "2026-03-10", "", "She recovered from her colectomy and travelled to her sister on 15 February.")], False),
    ("came out", [COLON, ("note", "2026-03-10", "", "Doing well since the sigmoid came out on 15 February.")], True),
    ("weeks after, and the day", [COLON, ("note", "2026-04-07", "", "Five weeks after her bowel cancer was removed on 15 February.")], True),
    ("adenoma of the colon", [COLON, ("oncology", "2026-03-10", "", "A small adenoma of the transverse colon was removed at colonoscopy on 15 January.")], False),
    ("written later", [COLON, ("surgery", "2026-02-04", "Clinic", "Listed for colectomy.\nAddendum 15 February 2026: operated 5 February, uneventful.")], False),
    ("removal of the tumour", [CRANIOTOMY, ("oncology", "2026-02-04", "", "He had a seizure on 2 January and underwent removal of the left temporal tumour on 21 January.")], True),
    ("removal agrees", [CRANIOTOMY, ("oncology", "2026-02-04", "", "He had a seizure on 2 January and underwent removal of the left temporal tumour on 12 January.")], False),
    ("study of months later", [CHEST, ("oncology", "2026-05-20", "", "Three cycles given. The CT on 14 May shows the mass down to 20 mm.")], False),
    ("study of another day", [CHEST, ("oncology", "2026-01-30", "", "The CT on 24 January shows a mass of 38 mm.")], True),
    ("biopsied again", [("oncology", "2026-02-09", "", "Prostate biopsy 12 January 2026: cancer."), ("oncology", "2026-09-09", "", "The biopsies of 12 August show cancer.")], False),
    ("month of the first", [("pathology", "2025-12-12", "Excision biopsy", "Excised 4 December 2025. Melanoma of the back."), ("oncology", "2026-02-10", "", "Melanoma of the back, excised in December and more widely on 20 January.")], False),
    ("left hospital", [("surgery", "2026-02-16", "Discharge letter", "He was operated upon on 9 February (sleeve lobectomy) and left on 16 February."), ("note", "2026-03-06", "", "Sleeve lobectomy 19 February.")], True),
    ("received before its operation", [("pathology", "2026-02-16", "Sentinel nodes", "Date of surgery 13/02/2026. Received 9 February 2026. Two nodes, free.")], True),
    ("parts of one operation", [("surgery", "2026-02-16", "Operation note", "Partial glossectomy and neck dissection performed on 16 February 2026."), ("oncology", "2026-03-16", "", "Operated on 26 February for cancer of the tongue.")], True),
    ("day of the talk", [COLON, ("oncology", "2026-03-10", "", "He was told on 15 February that his colectomy had shown lymph nodes.")], False),
    ("head of the report", [("pathology", "2026-02-24", "Prostate biopsies", "24 February 2026: left apex 2/3 cores 3+4."), ("surgery", "2026-03-10", "Clinic", "Biopsies on 20 February showed cancer of the prostate.")], False),
    ("result before its day", [("oncology", "2026-03-28", "", "A liver biopsy on 30 March proved cholangiocarcinoma.")], True),
    ("adrenal", [("surgery", "2026-04-21", "Operation note", "Left adrenalectomy, 21 April 2026."), ("pathology", "2026-04-29", "Left adrenal", "Operation 12 April 2026. Adrenocortical carcinoma.")], True),
    ("weeks today since", [("pathology", "2026-03-18", "Rectum", "Anterior resection of 12 March 2026."), ("surgery", "2026-03-30", "Clinic", "It is eight weeks today since his rectum was removed.")], True),
    ("two scopes", [SCOPE, ("other", "2026-01-11", "Second colonoscopy", "Date of procedure: 11 January 2026."), ("pathology", "2026-01-14", "Large bowel biopsies", "Specimens collected at colonoscopy on 11 January 2026.")], False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "expected"), DATES, ids=[row[0] for row in DATES])
def test_dates(name, documents, expected):
    assert len(raised(date_conflicts, documents)) == int(expected)


T1 = ("pathology", "2025-12-04", "TURBT chips", "Papillary urothelial carcinoma of the bladder, high grade. pT1.")
SERIES = ("pathology", "2025-08-12", "Debulking", "High-grade serous carcinoma of the ovary. FIGO IIIC.")
STAGES = [
    ("nothing left", [T1, ("pathology", "2026-01-16", "Re-resection of scar", "No residual urothelial carcinoma of the bladder. pT0.")], False),
    ("less left", [T1, ("pathology", "2026-01-16", "Second-look resection of bladder", "Urothelial carcinoma of the bladder. pTa.")], False),
    ("second TURBT", [T1, ("pathology", "2026-01-16", "Repeat TURBT", "Urothelial carcinoma of the bladder. pTis.")], False),
    ("another reading of the same", [T1, ("pathology", "2025-12-11", "Review of TURBT slides", "Urothelial carcinoma of the bladder. pT2.")], True),
    ("letter of another stage", [T1, ("surgery", "2025-12-18", "Clinic", "Her bladder cancer was pT2 on histology.")], True),
    ("FIGO at presentation", [SERIES, ("oncology", "2026-01-28", "", "FIGO IIIA2 ovarian cancer at presentation.")], True),
    ("FIGO at diagnosis", [SERIES, ("oncology", "2026-01-28", "", "Ovarian cancer, FIGO stage IIB at diagnosis.")], True),
    ("initially FIGO", [SERIES, ("oncology", "2026-01-28", "", "Initially FIGO IIB ovarian cancer.")], True),
    ("same at presentation", [SERIES, ("oncology", "2026-01-28", "", "FIGO III ovarian cancer at presentation.")], False),
    ("now", [SERIES, ("oncology", "2026-01-28", "", "Ovarian cancer, now FIGO IVB.")], False),
    ("table", [("radiology", "2026-02-10", "MRI pelvis", "Tumour of the cervix, 46 mm. FIGO 2018: IB3."), ("note", "2026-02-16", "", "| No | Diagnosis | Stage (FIGO 2018) |\n|---|---|---|\n| 4 | SCC cervix | IB1 |")], True),
    ("table ok", [("radiology", "2026-02-10", "MRI pelvis", "Tumour of the cervix, 46 mm. FIGO 2018: IB3."), ("note", "2026-02-16", "", "| No | Diagnosis | Stage (FIGO 2018) |\n|---|---|---|\n| 4 | SCC cervix | IB3 |")], False),
    ("group by system", [("pathology", "2026-02-03", "Hysterectomy", "Endometrial carcinoma, endometrioid. Invades 76 % of the myometrium. pT1b pN0."), ("oncology", "2026-02-17", "", "Endometrial carcinoma. On the FIGO 2009 system this is a stage IA tumour.")], True),
    ("group by system ok", [("pathology", "2026-02-03", "Hysterectomy", "Endometrial carcinoma, endometrioid. Invades 76 % of the myometrium. pT1b pN0."), ("oncology", "2026-02-17", "", "Endometrial carcinoma. On the FIGO 2009 system this is a stage IB tumour.")], False),
    ("cone and hysterectomy", [("pathology", "2026-01-09", "Cone", "Squamous carcinoma of the cervix, FIGO IA2 on the cone."), ("pathology", "2026-02-10", "Hysterectomy", "Squamous carcinoma of the cervix, FIGO IB1.")], False),
    ("initially", [("pathology", "2026-01-05", "Oesophagectomy", "Adenocarcinoma of the oesophagus. ypT2 ypN0, post-neoadjuvant stage I."), ("note", "2026-01-19", "", "Adenocarcinoma of the oesophagus, initially cT3 cN1, stage III, now ypT2 ypN0.")], False),
    ("tubules, nuclei, mitoses", [("pathology", "2026-01-05", "Core biopsy of breast", "Invasive carcinoma of the breast, provisional grade 2 (T3 N2 M1)."), ("pathology", "2026-02-05", "Breast", "Invasive carcinoma of the breast, pT2 pN0.")], False),
    ("from it to another", [("oncology", "2026-04-02", "", "Cancer of the left breast: from cT2 N1, stage IIB, to ypTis ypN0.")], False),
    ("NX", [("pathology", "2026-02-09", "Nephrectomy", "Renal cell carcinoma of the kidney, 64 mm, into perinephric fat: pT3a pNX, stage II.")], True),
    ("NX ok", [("pathology", "2026-02-09", "Nephrectomy", "Renal cell carcinoma of the kidney, 64 mm, into perinephric fat: pT3a pNX, stage III.")], False),
    ("sequence", [("radiology", "2026-02-10", "MRI kidneys", "T2 heterogeneous tumour of the left kidney measuring 4.4 cm.")], False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "expected"), STAGES, ids=[row[0] for row in STAGES])
def test_stages(name, documents, expected):
    assert len(raised(stage_conflicts, documents)) == int(expected)


SENTINEL = ("pathology", "2026-02-19", "Sentinel nodes, melanoma of the arm", "Three sentinel nodes. Metastatic melanoma in two of three.")
BOWEL = ("pathology", "2026-02-19", "Right hemicolectomy", "Adenocarcinoma of the colon. Nodes: 19 found; three contain metastasis.")
NODES = [
    ("glands", [SENTINEL, ("oncology", "2026-03-04", "", "All three of the glands taken were clear.")], True),
    ("glands ok", [SENTINEL, ("oncology", "2026-03-04", "", "Two of the three glands taken held melanoma.")], False),
    ("plain against sentinel", [SENTINEL, ("oncology", "2026-03-04", "", "One of three nodes was positive.")], True),
    ("another number examined", [SENTINEL, ("oncology", "2026-03-04", "", "Nodal dissection: 0/14 nodes.")], False),
    ("seeded", [BOWEL, ("surgery", "2026-03-02", "Clinic", "Five of the nineteen glands we took were seeded.")], True),
    ("seeded ok", [BOWEL, ("surgery", "2026-03-02", "Clinic", "Three of the nineteen glands we took were seeded.")], False),
    ("items", [("pathology", "2026-02-19", "Melanoma, sentinel nodes", "Melanoma of the arm.\n| Node 1 (hot) | deposit 1.1 mm |\n| Node 2 (hot) | deposit 0.4 mm |\n| Node 3 | clear |\npT2a pN1a.")], True),
    ("items ok", [("pathology", "2026-02-19", "Melanoma, sentinel nodes", "Melanoma of the arm.\n| Node 1 (hot) | deposit 1.1 mm |\n| Node 2 (hot) | deposit 0.4 mm |\n| Node 3 | clear |\npT2a pN2a.")], False),
    ("macrometastasis", [("pathology", "2026-02-02", "Breast", "Carcinoma of the breast. Sentinel nodes: 3 taken, one with a macrometastasis. pT1c pN0(sn).")], True),
    ("clear on imaging", [("pathology", "2026-02-02", "Lobectomy", "Lung cancer. Nodes: 1 of 16 involved."), ("oncology", "2026-02-22", "", "The nodes were clear on imaging, but one hilar node proved positive.")], False),
    ("scar in one", [("pathology", "2026-04-29", "Mastectomy", "Carcinoma of the breast. ypT1a ypN0, 3 nodes, one with a scar.")], False),
    ("nodes of a day", [("pathology", "2026-03-19", "Mastectomy", "Carcinoma of the breast. ypT1 ypN0 (0/4)."), ("oncology", "2026-04-02", "", "The four nodes of 12 March were clear.")], False),
    ("day of the dissection", [("pathology", "2026-02-12", "Tongue", "Neck levels I-III: 0/26 nodes."), ("note", "2026-02-22", "", "Partial glossectomy and neck dissection 2/2.")], False),
    ("leaders", [("pathology", "2026-02-19", "Colectomy", "Adenocarcinoma of the colon.\nLymph nodes ...... 21 examined, 5 contain metastatic carcinoma\npT3 pN1b")], True),
    ("leaders ok", [("pathology", "2026-02-19", "Colectomy", "Adenocarcinoma of the colon.\nLymph nodes ...... 21 examined, 3 contain metastatic carcinoma\npT3 pN1b")], False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "expected"), NODES, ids=[row[0] for row in NODES])
def test_nodes(name, documents, expected):
    assert len(raised(node_conflicts, documents)) == int(expected)
