"""Letters, meeting lists, wards, addenda, operation notes."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("dgh clean lung", [], [
        ("radiology", "2026-03-02", "CT thorax", "FINDINGS: There is a 28 mm spiculated lesion in the left upper lobe. Right paratracheal node 7 mm. No effusion. Simple cyst right kidney 30 mm.\nCONCLUSION: Probable left upper lobe primary, cT1c N0 M0."),
        ("oncology", "2026-03-05", "Clinic letter", "Dear Dr Osei,\nThank you for referring this pleasant 69-year-old retired joiner with a 2.8 cm left upper lobe cancer. He had a right inguinal hernia repair in 1998 and his late wife had right breast cancer. ECOG 1. The tumour has been staged as T1c N0 M0, stage IA3."),
    ], {"age": 69, "sex": "male"}),
    ("dgh size+side", ["laterality", "size"], [
        ("radiology", "2026-03-02", "CT thorax", "There is a 28 mm spiculated mass in the left upper lobe."),
        ("oncology", "2026-03-05", "Clinic letter", "Dear Dr Osei,\nThank you for referring this lady with a 5 cm right upper lobe cancer."),
    ], {}),
    ("mdt pipes", ["laterality"], [
        ("note", "2026-03-02", "MDT list", "Name: withheld | Age: 61 | Dx: breast ca, R, IDC G2, ER+ HER2- | cT1c N0 | Plan: discuss"),
        ("radiology", "2026-03-05", "Mammogram", "Left breast: 17 mm spiculated mass, 3 o'clock, BI-RADS 5. Right breast: no abnormality."),
    ], {}),
    ("mdt pipes ok", [], [
        ("note", "2026-03-02", "MDT list", "Name: withheld | Age: 61 | Dx: breast ca, L, IDC G2, ER+ HER2- | cT1c N0 | Plan: discuss"),
        ("radiology", "2026-03-05", "Mammogram", "Left breast: 17 mm spiculated mass, 3 o'clock, BI-RADS 5. Right breast: no abnormality."),
    ], {}),
    ("gen addendum", ["biomarker"], [
        ("genomics", "2026-03-02", "Addendum 1", "Addendum: RET fusion (KIF5B::RET) detected by RNA sequencing. DNA panel: EGFR, ALK, ROS1, BRAF no alteration."),
        ("oncology", "2026-03-05", "", "Lung adenocarcinoma LUL, RET negative, EGFR wild type."),
    ], {}),
    ("gen ok", [], [
        ("genomics", "2026-03-02", "", "KRAS p.G12C (c.34G>T) VAF 31 %. STK11 p.Q37*. TMB 9/Mb. EGFR/ALK/ROS1/RET: none."),
        ("oncology", "2026-03-05", "", "KRAS G12C lung adenocarcinoma; no EGFR, ALK or ROS1 alteration."),
    ], {}),
    ("idh", ["biomarker"], [
        ("pathology", "2026-03-02", "", "Left frontal astrocytoma grade 4. IDH1 R132H immunohistochemistry: negative. MGMT: methylated."),
        ("oncology", "2026-03-05", "", "IDH-mutant left frontal astrocytoma, MGMT methylated."),
    ], {}),
    ("mgmt", ["biomarker"], [
        ("genomics", "2026-03-02", "", "MGMT promoter: unmethylated. IDH wild type. Glioblastoma."),
        ("oncology", "2026-03-05", "", "Glioblastoma, IDH wild type, MGMT promoter methylated."),
    ], {}),
    ("nurse", [], [
        ("note", "2026-03-02", "Ward", "0600 obs stable. L chest drain 20 ml. R cannula. Pt slept. For theatre am R VATS."),
        ("radiology", "2026-03-05", "CT", "RLL mass 30 mm."),
    ], {}),
    ("pharm", ["biomarker"], [
        ("other", "2026-03-02", "Pharmacy check", "Letrozole screened. Dx on chart: L breast ca, ER negative. ?query with consultant"),
        ("pathology", "2026-03-05", "", "Left breast IDC, ER Allred 8, PR 6, HER2 1+."),
    ], {}),
    ("conti date ok", [], [
        ("radiology", "2026-03-02", "CT", "Examination of 02.03.2026. Tumour of the right kidney, lower pole, 4,1 x 3,8 cm."),
        ("surgery", "2026-03-05", "Letter", "In the CT of 02.03.2026 a tumour of 4,1 cm at the lower pole of the right kidney."),
    ], {}),
    ("conti site", ["site"], [
        ("radiology", "2026-03-02", "CT", "Tumour of the right kidney, lower pole, 4,1 x 3,8 cm."),
        ("surgery", "2026-03-05", "Letter", "tumour of 4,1 cm at the upper pole of the right kidney."),
    ], {}),
    ("conti enlarged", ["presence"], [
        ("radiology", "2026-03-02", "CT", "RUL mass. Liver without focal lesion."),
        ("oncology", "2026-03-06", "", "RUL carcinoma with hepatic filiae in both lobes."),
    ], {}),
    ("speech two tumours", [], [
        ("radiology", "2026-03-02", "", "there are two masses in the right breast the larger at ten o'clock measuring thirty two millimetres and a satellite at eleven o'clock of eight millimetres left breast normal"),
        ("surgery", "2026-03-05", "", "lady of fifty five with a thirty two millimetre cancer in the right breast upper outer quadrant"),
    ], {}),
    ("speech age", ["identity"], [
        ("surgery", "2026-03-02", "", "this eighty one year old man has a rectal cancer"),
    ], {"age": 61, "sex": "male"}),
    ("op margin", ["presence"], [
        ("pathology", "2026-03-02", "", "Left mastectomy: IDC 22 mm, all margins clear by more than 5 mm."),
        ("surgery", "2026-03-05", "", "Path back: left breast IDC 22 mm, deep margin positive."),
    ], {}),
    ("op found", ["presence"], [
        ("radiology", "2026-03-02", "CT", "Ovarian mass right 9 cm. No peritoneal disease."),
        ("surgery", "2026-03-05", "Op note", "Right ovarian mass 9 cm. Widespread peritoneal deposits."),
    ], {}),
    ("relative tumour", [], [
        ("pathology", "2026-03-02", "", "Left breast IDC grade 2 ER positive."),
        ("oncology", "2026-03-05", "", "Left breast IDC G2 ER+. Mother: right breast cancer, ER negative, grade 3, at 44."),
    ], {}),
    ("two patients table", [], [
        ("pathology", "2026-03-02", "", "Right breast IDC 21 mm."),
        ("note", "2026-03-05", "", "Right breast IDC 21 mm. Previous patient's label was removed from the envelope."),
    ], {}),
    ("history own", [], [
        ("radiology", "2026-03-02", "", "Right breast mass 21 mm."),
        ("oncology", "2026-03-05", "", "PMH: left breast cancer 2008 (grade 1, 9 mm, node negative). Now right breast IDC 21 mm."),
    ], {}),
    ("planned op", [], [
        ("surgery", "2026-03-10", "", "Plan: right hemicolectomy on 28.03.2026 for caecal cancer."),
        ("pathology", "2026-04-04", "Right hemicolectomy", "Right hemicolectomy 30.03.2026. Caecal adenocarcinoma pT3 pN0 (0/18)."),
    ], {}),
    ("conditional", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, pMMR, KRAS pending."),
        ("oncology", "2026-03-05", "", "If KRAS mutated no cetuximab. Sigmoid adenocarcinoma."),
    ], {}),
    ("two specimens", [], [
        ("pathology", "2026-03-02", "", "A. Right breast 10 o'clock: IDC grade 2, ER positive.\nB. Left breast: fibroadenoma.\nC. Right axilla: node negative."),
        ("oncology", "2026-03-05", "", "Right breast IDC grade 2, ER+."),
    ], {}),
    ("two prim", [], [
        ("pathology", "2026-03-02", "", "Specimen A, sigmoid: adenocarcinoma G2. Specimen B, caecum: adenocarcinoma G3, second primary."),
        ("oncology", "2026-03-05", "", "Synchronous sigmoid (G2) and caecal (G3) cancers."),
    ], {}),
    ("lay ok", [], [
        ("note", "2026-03-02", "GP letter", "She tells me the scan showed a growth in the bowel on the left side, in the sigmoid."),
        ("surgery", "2026-03-05", "Colonoscopy", "Sigmoid tumour, biopsied."),
    ], {}),
    ("lay lung", ["laterality"], [
        ("note", "2026-03-02", "GP letter", "He tells me the scan shows a shadow on the right lung which they think is cancer."),
        ("radiology", "2026-03-05", "CT", "Left lower lobe mass 4 cm, likely carcinoma."),
    ], {}),
    ("amended side", [], [
        ("pathology", "2026-03-02", "CORRECTED REPORT", "Corrected: specimen is RIGHT breast (the earlier report said left in error). IDC grade 2."),
        ("radiology", "2026-03-05", "", "Right breast mass 20 mm."),
    ], {}),
    ("date in title", [], [
        ("radiology", "2026-03-02", "CT chest 2 March 2026", "RUL mass 3 cm"),
        ("oncology", "2026-03-10", "", "CT of 2 March: RUL mass 3 cm"),
    ], {}),
    ("abn cxr", [], [
        ("note", "2026-03-02", "GP", "Abnormal chest radiograph, shadow left upper zone."),
        ("radiology", "2026-03-05", "CT", "LUL mass 3 cm."),
    ], {}),
    ("dim words", [], [
        ("pathology", "2026-03-02", "", "Right nephrectomy: clear cell carcinoma, four and a half centimetres."),
        ("radiology", "2026-03-05", "", "Right renal mass 4.6 cm."),
    ], {}),
    ("stage III b spoken lower", ["stage"], [
        ("oncology", "2026-03-02", "", "this is a stage three b lung cancer of the right upper lobe"),
        ("oncology", "2026-03-05", "", "stage 2A lung cancer RUL"),
    ], {}),
    ("pT in speech with letter b", ["stage"], [
        ("pathology", "2026-03-02", "", "Kidney right clear cell carcinoma pT1b."),
        ("surgery", "2026-03-05", "", "the right kidney tumour p t three a"),
    ], {}),
    ("nodes american", ["nodes", "stage"], [
        ("pathology", "2026-03-02", "", "LYMPH NODES:\nNumber of Lymph Nodes Examined: 24\nNumber of Lymph Nodes with Tumor: 3\nColon adenocarcinoma pT3 pN1b"),
        ("oncology", "2026-03-05", "", "Colon adenocarcinoma pT3 pN0, 0/24 nodes."),
    ], {}),
]
