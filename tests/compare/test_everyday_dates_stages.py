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
SCOPE = ("other", "2026-01-04", "Colonoscopy report", "Date of procedure: 4 January 2026. Ulcerated tumour of the caecum, eight biopsies.")
DATES = [
    ("biopsied later", [CORES, ("oncology", "2026-01-28", "", "Biopsied on 20 January: node-positive cancer of the breast.")], True),
    ("biopsied before", [CORES, ("oncology", "2026-01-28", "", "Biopsied on 6 January: node-positive cancer of the breast.")], False),
    ("was biopsied", [CORES, ("surgery", "2026-01-28", "Clinic", "The breast was biopsied on 19 January 2026.")], True),
    ("to be biopsied", [CORES, ("surgery", "2026-01-08", "Clinic", "The breast will be biopsied on 19 January 2026.")], False),
    ("collected at colonoscopy", [SCOPE, ("pathology", "2026-01-14", "Large bowel biopsies", "Specimens collected at colonoscopy on 11 January 2026. Adenocarcinoma of the caecum.")], True),
    ("taken at colonoscopy", [SCOPE, ("pathology", "2026-01-14", "Large bowel biopsies", "Biopsies from the colonoscopy of 4 January 2026. Adenocarcinoma of the caecum.")], False),
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
    ("leaders", [("pathology", "2026-02-19", "Colectomy", "Adenocarcinoma of the colon.\nLymph nodes ...... 21 examined, 5 contain metastatic carcinoma\npT3 pN1b")], True),
    ("leaders ok", [("pathology", "2026-02-19", "Colectomy", "Adenocarcinoma of the colon.\nLymph nodes ...... 21 examined, 3 contain metastatic carcinoma\npT3 pN1b")], False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "expected"), NODES, ids=[row[0] for row in NODES])
def test_nodes(name, documents, expected):
    assert len(raised(node_conflicts, documents)) == int(expected)
