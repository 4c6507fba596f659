"""When the stages of a chart are at odds, and when two statements of stage may both hold."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case
from panel.compare.chart import Chart
from panel.compare.stage import stage_conflicts
from panel.opinion import Opinion


def _pathology(text, date="2026-03-02", title="Histology"):
    return ("pathology", date, title, text)


def _radiology(text, date="2026-02-10", title="CT chest"):
    return ("radiology", date, title, text)


def _letter(text, date="2026-03-10", title="Clinic letter"):
    return ("oncology", date, title, text)


def _surgeon(text, date="2026-03-10", title="Surgical letter"):
    return ("surgery", date, title, text)


LUNG = "Adenocarcinoma of the right upper lobe, 28 mm. "
BREAST = "Invasive ductal carcinoma of the left breast, grade 2. "

CASES = [
    ("letter vs path", [_pathology(LUNG + "pT1c pN1."), _letter("Resected adenocarcinoma of the right lung, T1c N2 on histology.")], True),
    ("letter unprefixed vs path", [_pathology(LUNG + "pT1c pN1."), _letter("Resected adenocarcinoma of the right upper lobe, T1c N2. For adjuvant chemotherapy.")], True),
    ("letter unprefixed agrees with path", [_pathology(LUNG + "pT1c pN1."), _letter("Resected adenocarcinoma of the right upper lobe, T1c N1. For adjuvant chemotherapy.")], False),
    ("letter quotes CT", [_radiology("Right upper lobe cancer 28 mm. cT1c cN1 cM0."), _letter("Lung cancer; on CT this is T3 N1 M0.")], True),
    ("letter quotes CT ok", [_radiology("Right upper lobe cancer 28 mm. cT1c cN1 cM0."), _letter("Lung cancer; on CT this is T1c N1 M0.")], False),
    ("cT vs pT", [_radiology("Right upper lobe cancer 28 mm. cT1c cN0."), _pathology(LUNG + "pT2a pN1.")], False),
    ("cT vs pT with letter each", [_radiology("Right upper lobe cancer 28 mm. cT1c cN0."), _pathology(LUNG + "pT2a pN1."), _letter("Lung cancer, clinically T1c N0, final pathology T2a N1.")], False),
    ("letter pre-op unspecified CT", [_radiology("Right upper lobe cancer 28 mm. T1c N0 M0."), _letter("Lung cancer T1c N2 M0 for resection.", "2026-02-20")], True),
    ("group vs TNM other doc", [_pathology(LUNG + "pT1c pN1."), _letter("Lung adenocarcinoma, pathological stage IIIA.")], True),
    ("group ok", [_pathology(LUNG + "pT1c pN1."), _letter("Lung adenocarcinoma, pathological stage IIB.")], False),
    ("group words", [_pathology(LUNG + "pT1c pN1."), _letter("Lung adenocarcinoma, stage three A, postoperative.")], True),
    ("group 2B ok", [_pathology(LUNG + "pT1c pN1."), _letter("Lung adenocarcinoma, stage 2B.")], False),
    ("group vs group", [_letter("Lung adenocarcinoma, clinical stage IIIA.", "2026-02-01"), _surgeon("Lung adenocarcinoma, clinical stage IB.", "2026-02-08")], True),
    ("group unspecified vs", [_letter("Lung adenocarcinoma stage IIIA.", "2026-02-01"), _surgeon("Lung adenocarcinoma stage IB.", "2026-02-08")], True),
    ("group less specific", [_letter("Lung adenocarcinoma stage III.", "2026-02-01"), _surgeon("Lung adenocarcinoma stage IIIA.", "2026-02-08")], False),
    ("editions", [_pathology(LUNG + "pT2a pN0, stage IB (TNM 7th edition)."), _letter("Lung adenocarcinoma pT1c pN0, stage IA3 (TNM 8th edition).")], False),
    ("size breast", [_pathology(BREAST + "Tumour size 34 mm. pT1c pN0.")], True),
    ("size breast ok", [_pathology(BREAST + "Tumour size 19 mm. pT1c pN0.")], False),
    ("size breast border", [_pathology(BREAST + "Tumour size 21 mm. pT1c pN0.")], False),
    ("size lung", [_pathology("Adenocarcinoma of the lung. Tumour size 45 mm. pT1b pN0.")], True),
    ("size lung T2 small (pleura)", [_pathology("Adenocarcinoma of the lung. Tumour size 15 mm, visceral pleura invaded. pT2a pN0.")], False),
    ("size lung T3 satellite", [_pathology("Adenocarcinoma of the lung. Tumour size 25 mm, second nodule in same lobe. pT3 pN0.")], False),
    ("size breast DCIS", [_pathology(BREAST + "Invasive tumour size 15 mm, whole size including DCIS 34 mm. pT1c pN0.")], False),
    ("size kidney", [_pathology("Clear cell renal cell carcinoma of the right kidney, tumour size 82 mm, confined. pT1b.", "2026-03-02", "Nephrectomy")], True),
    ("size kidney T3a", [_pathology("Clear cell renal cell carcinoma of the right kidney, tumour size 42 mm, invades the renal vein. pT3a.", "2026-03-02", "Nephrectomy")], False),
    ("yp", [_radiology("Rectal cancer MRI: cT3 cN1."), _pathology("Rectal adenocarcinoma, ypT1 ypN0.")], False),
    ("restaging", [_radiology("Right upper lobe cancer 50 mm. cT2b cN2 cM0.", "2025-09-01"), _radiology("Right upper lobe cancer 28 mm after chemotherapy. ycT1c ycN0.", "2026-02-10")], False),
    ("MX", [_pathology(LUNG + "pT1c pN1 pMX."), _letter("Lung cancer pT1c pN1 M0.")], False),
    ("M clash", [_radiology("Right upper lobe cancer 28 mm. cT1c cN0 cM0."), _letter("Lung cancer cT1c cN0 cM1b, single brain lesion.", "2026-02-20")], True),
    ("recurrence", [_pathology(LUNG + "pT1c pN0.", "2024-02-01"), _radiology("Recurrence at the stump rT4 rN2.", "2026-02-01")], False),
    ("second primary", [_pathology(LUNG + "pT1c pN1."), _letter("Lung cancer pT1c pN1. He also has a second primary, a prostate cancer T2a N0 on active surveillance.")], False),
    ("prostate aside", [_pathology(LUNG + "pT1c pN1."), _letter("Lung cancer pT1c pN1. His previous prostate cancer was pT3a pN0.")], False),
    ("figo clash", [_radiology("Cervical carcinoma 45 mm. FIGO 2018 stage IB3.", "2026-02-10", "MRI pelvis"), _letter("Squamous carcinoma of the cervix, FIGO IIB.")], True),
    ("figo vs unnamed", [_radiology("Cervical carcinoma 45 mm. FIGO 2018 stage IIB.", "2026-02-10", "MRI pelvis"), _letter("Squamous carcinoma of the cervix, stage IB3.")], True),
    ("figo words", [_radiology("Cervical carcinoma. FIGO stage IIIC1.", "2026-02-10", "MRI pelvis"), _letter("Squamous carcinoma of the cervix, stage 3C1 by FIGO.")], False),
    ("figo old edition", [_radiology("Cervical carcinoma 30 mm. FIGO 2009 IB1.", "2026-02-10", "MRI pelvis"), _letter("Squamous carcinoma of the cervix 30 mm, FIGO 2018 IB2.")], False),
    ("figo size", [_radiology("Cervical carcinoma measuring 52 mm. FIGO IB1.", "2026-02-10", "MRI pelvis")], True),
    ("table", [_pathology(LUNG + "\nT category | 1c\nN category | 1\n"), _letter("Lung cancer, pT2b pN1.")], True),
    ("table ok", [_pathology(LUNG + "\nT category | 1c\nN category | 1\n"), _letter("Lung cancer, pT1c pN1.")], False),
    ("grid", [_pathology(LUNG + "\n| pT | pN | pM |\n|---|---|---|\n| 1c | 1 | X |\n"), _letter("Lung cancer, pT1c pN0.")], True),
    ("mdt unspecified stage IV vs cM0", [_radiology("Right upper lobe cancer 28 mm. cT1c cN0 cM0."), _letter("Lung cancer, clinical stage IV.", "2026-02-20")], True),
    ("at least", [_radiology("Right upper lobe cancer 28 mm. At least T2a N0."), _letter("Lung cancer, on CT T3 N0.", "2026-02-20")], False),
    ("T2/3", [_radiology("Rectal tumour. T2/3 N0 on MRI."), _letter("Rectal cancer, MRI T3 N0.", "2026-02-20")], False),
    ("within doc two", [_pathology("Colon adenocarcinoma. pT3 pN1b. Stage: pT3 pN1b M0, stage IIA.")], True),
    ("colon ok", [_pathology("Colon adenocarcinoma. pT3 pN1b M0, stage IIIB.")], False),
    ("US vs CT both clinical differing modality", [_radiology("Rectal cancer. mrT3 mrN1.", "2026-02-01", "MRI"), _letter("Rectal cancer cT3 cN1 M0.", "2026-02-10")], False),
    ("mr differs", [_radiology("Rectal cancer. mrT3c mrN1.", "2026-02-01", "MRI"), _letter("Rectal cancer, MRI stage T2 N0.", "2026-02-10")], True),
    ("words T", [_radiology("Rectal cancer, staged radiologically T3b N1.", "2026-02-01", "MRI"), _letter("Rectal cancer, T2 N0 radiologically.", "2026-02-10")], True),
    ("pathology amended", [_pathology(LUNG + "pT1c pN0. AMENDED REPORT: pT1c pN1.")], False),
    ("post-op letter only clinical before", [_radiology("Colon cancer. cT3 cN0."), _pathology("Colon adenocarcinoma with 2/18 nodes.", "2026-03-02", "Right hemicolectomy"), _letter("Colon cancer T3 N1.")], False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "expected"), CASES, ids=[name for name, _, _ in CASES])
def test_stage(name, documents, expected):
    case = Case.model_validate(
        {"id": "x", "documents": [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": x} for i, (k, d, t, x) in enumerate(documents)]}
    )
    opinion = Opinion(specialty="registrar", reader="rules", findings=read_chart(case).findings)
    found = list(stage_conflicts(Chart.of_opinions(case, [opinion])))
    assert len(found) == int(expected), [(c.why, [s.value for s in c.sides]) for c in found]
    for conflict in found:
        for each in conflict.sides:
            assert all(case.document(e.document).text[e.start : e.end] == e.quote for e in each.evidence)
