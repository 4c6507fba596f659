"""How TNM categories and stage groups are written, and what looks like them and is something else."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.reading import read
from agents.rules.staging import staging_findings
from panel.case import Document


def stated(text, kind="note", date="2026-03-20", title=""):
    """What is stated of the stage, as ``basis.axis=value``, and the same with ``?`` where it is uncertain."""
    document = Document(id="d", kind=kind, date=dt.date.fromisoformat(date), title=title, text=text)
    found = list(staging_findings(read(document)))
    for finding in found:
        span = finding.evidence[0]
        assert document.text[span.start : span.end] == span.quote
    return {f"{f.question.removeprefix('stage.')}={f.value}{'?' if f.certainty == 'uncertain' else ''}" for f in found}


P, C, U, Y = "pathologic", "clinical", "unspecified", "post_neoadjuvant"


@pytest.mark.parametrize(
    ("text", "basis", "values"),
    [
        ("T2 N1 M0", U, "T2 N1 M0"),
        ("T2/N1/M0", U, "T2 N1 M0"),
        ("T2,N1,M0", U, "T2 N1 M0"),
        ("T2-N1-M0", U, "T2 N1 M0"),
        ("T2N1M0", U, "T2 N1 M0"),
        ("T2 N1, M0", U, "T2 N1 M0"),
        ("T 2 N 1 M 0", U, "T2 N1 M0"),
        ("T2; N1; M0", U, "T2 N1 M0"),
        ("TNM: T2 N1 M0", U, "T2 N1 M0"),
        ("TNM 2-1-0 is not how she wrote it: cT2 cN1 cM0", C, "T2 N1 M0"),
        ("pT2, pN1 (2/14)", P, "T2 N1"),
        ("pT2, pN1(2/14)", P, "T2 N1"),
        ("pT2 pN1a(2/14) M0", P, "T2 N1a M0"),
        ("pT2(m) pN1mi(sn)", P, "T2 N1mi"),
        ("pT2 (multifocal), pN0 (sn)(0/2)", P, "T2 N0"),
        ("pT2, L1, V0, Pn1, pN1, R0", P, "T2 N1"),
        ("pT3 pN2b LVI+ PNI absent", P, "T3 N2b"),
        ("ypT0 ypN0", Y, "T0 N0"),
        ("ypT1a(m) N0(i+)", Y, "T1a N0(i+)"),
        ("ypTis ypN1mi", Y, "Tis N1mi"),
        ("Clinically T3 N1", C, "T3 N1"),
        ("clinically staged as T3 N0 M0", C, "T3 N0 M0"),
        ("Radiologically T3 N1", C, "T3 N1"),
        ("radiological stage T3 N1 M0", C, "T3 N1 M0"),
        ("on imaging T3 N1 M0", C, "T3 N1 M0"),
        ("MRI stage: T3b N1", C, "T3b N1"),
        ("By MRI this is T3b N1.", C, "T3b N1"),
        ("CT staging: T2 N0 M0", C, "T2 N0 M0"),
        ("PET-CT: T2 N0 M0", C, "T2 N0 M0"),
        ("EUS uT3 uN1", C, "T3 N1"),
        ("mrT3b mrN1", C, "T3b N1"),
        ("iT2 iN0 on CT", C, "T2 N0"),
        ("Pathologically T1c N0", P, "T1c N0"),
        ("Pathological stage: T1c N0", P, "T1c N0"),
        ("Histology: T1c N0", P, "T1c N0"),
        ("the resection specimen was T1c N0", P, "T1c N0"),
        ("Histopathology showed a T1c N0 carcinoma", P, "T1c N0"),
        ("p-stage T1c N0", P, "T1c N0"),
        ("cTNM: 3 1 0. cT3 N1 M0", C, "T3 N1 M0"),
        ("TNM (clinical): T3 N1 M0", C, "T3 N1 M0"),
        ("TNM (pathological): T3 N1 M0", P, "T3 N1 M0"),
        ("pTNM: T3 N1 M0", P, "T3 N1 M0"),
        ("pTNM T3N1Mx", P, "T3 N1 MX"),
        ("cTNM T3N1M0", C, "T3 N1 M0"),
        ("pT3pN1pM1", P, "T3 N1 M1"),
        ("T category | 3\nN category | 1\nM category | 0", U, "T3 N1 M0"),
        ("T category: 3\nN category: 1b\nM category: 0", U, "T3 N1b M0"),
        ("pT category | 3a\npN category | 1", P, "T3a N1"),
        ("pT: 3\npN: 1", P, "T3 N1"),
        ("pT = 3, pN = 0", P, "T3 N0"),
        ("| T | N | M |\n|---|---|---|\n| 2 | 1 | 0 |", U, "T2 N1 M0"),
        ("T: T2\nN: N1\nM: M0\nTNM 8th edition", U, "T2 N1 M0"),
        ("T stage: 2, N stage: 0", U, "T2 N0"),
        ("T-stage 2b; N-stage 0", U, "T2b N0"),
        ("Primary tumour (pT): pT1b", P, "T1b"),
        ("Primary tumour (pT): 1b\nRegional nodes (pN): 0", P, "T1b N0"),
        ("Regional lymph nodes (pN): pN0", P, "N0"),
        ("Distant metastasis (pM): not applicable", P, ""),
        ("A T3 tumour of the rectum.", U, "T3"),
        ("This is a T4b cancer.", U, "T4b"),
        ("T3a disease", U, "T3a"),
        ("staged T2b N0", U, "T2b N0"),
        ("upstaged to T3", U, "T3"),
        ("cT1c N0 M0", C, "T1c N0 M0"),
        ("cT1c, cN0, cM0 (i+)", C, "T1c N0 M0"),
        ("cT4a, N2c, M0", C, "T4a N2c M0"),
        ("pT1b1 pN0", P, "T1b1 N0"),
        ("pT1a2 N0", P, "T1a2 N0"),
        ("pT2a1 pN0", P, "T2a1 N0"),
        ("pTa, low grade", P, "Ta"),
        ("pTis", P, "Tis"),
        ("pT1mi pN0", P, "T1mi N0"),
        ("pT1(mi) pN0", P, "T1mi N0"),
        ("pT1 mic N0", P, "T1mi N0"),
        ("pTX pN0", P, "TX N0"),
        ("pN0(i-)(sn)", P, "N0(i-)"),
        ("N0 M0 disease", U, "N0 M0"),
        ("pathological N1", P, "N1"),
        ("radiologically N1", C, "N1"),
        ("clinically N0", C, "N0"),
        ("clinically node negative (N0)", C, "N0"),
        ("M1a (pleural effusion)", U, "M1a"),
        ("cM1 (liver)", C, "M1"),
        ("pM1 (omentum)", P, "M1"),
        ("T-two N-one", U, ""),
    ],
)  # fmt: skip
def test_categories(text, basis, values):
    axes = {"T": "t", "N": "n", "M": "m"}
    assert stated(text) == {f"{basis}.{axes[v[0]]}={v}" for v in values.split()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stage 3A", "unspecified.group=IIIA"),
        ("stage IIIA", "unspecified.group=IIIA"),
        ("stage three A lung cancer", "unspecified.group=IIIA"),
        ("stage two disease", "unspecified.group=II"),
        ("a stage IIB carcinoma", "unspecified.group=IIB"),
        ("Stage grouping: IIB", "unspecified.group=IIB"),
        ("stage group IIB", "unspecified.group=IIB"),
        ("Stage: II B", "unspecified.group=IIB"),
        ("stage II-B", "unspecified.group=IIB"),
        ("stage iib", "unspecified.group=IIB"),
        ("UICC stage II", "unspecified.group=II"),
        ("UICC II", "unspecified.group=II"),
        ("AJCC stage IIIC1", "unspecified.group=IIIC1"),
        ("AJCC 8th edition stage IB", "unspecified.group=IB"),
        ("stage IB (AJCC 8)", "unspecified.group=IB"),
        ("overall stage: IV", "unspecified.group=IV"),
        ("stage 4 disease", "unspecified.group=IV"),
        ("Stage | IIA", "unspecified.group=IIA"),
        ("anatomic stage IIA", "unspecified.group=IIA"),
        ("Clinical stage IIIB", "clinical.group=IIIB"),
        ("clinical stage: 3b", "clinical.group=IIIB"),
        ("Pathological stage: IIIB", "pathologic.group=IIIB"),
        ("pathologic stage 1", "pathologic.group=I"),
        ("pStage IIA", "pathologic.group=IIA"),
        ("cStage IIA", "clinical.group=IIA"),
        ("p-stage IIA", "pathologic.group=IIA"),
        ("radiological stage IIIA", "clinical.group=IIIA"),
        ("Stage IIIA (clinical)", "clinical.group=IIIA"),
        ("Stage IIIA (pathological)", "pathologic.group=IIIA"),
        ("FIGO 1B2", "figo=IB2"),
        ("FIGO IB2", "figo=IB2"),
        ("FIGO stage IB2 cervical carcinoma", "figo=IB2"),
        ("FIGO (2018) IB2", "figo=IB2"),
        ("FIGO 2018 stage IIIC1", "figo=IIIC1"),
        ("FIGO IIIC1r", "figo=IIIC1"),
        ("FIGO: IIIC", "figo=IIIC"),
        ("FIGO-stage IIIC", "figo=IIIC"),
        ("stage IIIC (FIGO)", "figo=IIIC"),
        ("stage IIIC by FIGO 2014", "figo=IIIC"),
        ("stage 1a FIGO", "figo=IA"),
        ("FIGO 2023 stage IC", "figo_2023=IC"),
        ("FIGO stage: 3 c", "figo=IIIC"),
    ],
)  # fmt: skip
def test_groups(text, expected):
    assert stated(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "CKD stage 3a",
        "stage 3 chronic kidney disease",
        "CKD 3a, G2",
        "stage II pressure ulcer",
        "grade 2 hypertension, stage 1 hypertension",
        "NYHA stage II",
        "Tanner stage 4",
        "stage 1 of the operation",
        "second stage of labour",
        "BCLC stage B",
        "Binet stage A",
        "Rai stage II",
        "Child-Pugh A, BCLC B",
        "Breslow 2.1 mm, Clark level IV",
        "the T2 weighted images",
        "T2-weighted sequence shows a high signal",
        "T1 post contrast",
        "T2/FLAIR hyperintensity",
        "metastasis at T3 and T4",
        "fracture of T12",
        "T1-T2 vertebral bodies",
        "free T4 normal, T3 low",
        "free T3 and T4, TSH 2.1",
        "temp 37.2, T4 14 pmol/L",
        "troponin T 5",
        "block T1 and T2: tumour",
        "cassettes T1-T4",
        "N1 on the KPS score",
        "PNI absent",
        "PNI present, LVI absent",
        "blood group A, group O",
        "group 2 of the trial",
        "stage fright",
        "Ann Arbor was discussed",
        "at this stage I would not operate",
        "at this stage I saw her",
        "At that stage, 2 nodes were felt",
        "HbA1c 7.2; T 36.8",
        "In stage II breast cancer patients the trial showed a benefit.",
        "Survival of patients with stage III disease is lower.",
        "for T1-2 N0 tumours surgery alone is standard",
        "His brother had stage IV colon cancer",
        "If T3 or N1, chemotherapy will be offered.",
        "had pT1 N0 breast cancer in 2009",
        "Previous: pT2 N0 melanoma 2011",
        "2012 left breast pT1c pN0",
    ],
)
def test_no_stage_in(text):
    assert stated(text) == set()


@pytest.mark.parametrize("text", ["at least pT2", "?T3", "probable T3 N1", "T2 or T3", "T2/3 N0", "ypT0/is", "T3 vs T4a", "possibly stage III", "presumed stage IV", "stage II or III"])
def test_a_doubtful_stage_is_uncertain(text):
    assert all(s.endswith("?") for s in stated(text) if ".t=" in s or ".group" in s)
