"""Sizes, what is there, dates."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("size key unit", ["size"], [
        ("radiology", "2026-03-02", "", "Lesion size (mm): 34\nLobe: right upper"),
        ("surgery", "2026-03-05", "", "RUL tumour of 5 cm."),
    ], {}),
    ("size key unit agree", [], [
        ("radiology", "2026-03-02", "", "RUL tumour. Tumour size (mm): 34"),
        ("surgery", "2026-03-05", "", "RUL tumour of 3.4 cm."),
    ], {}),
    ("size spoken", ["size"], [
        ("radiology", "2026-03-02", "", "there is a mass in the right lower lobe measuring four point two by three point one centimetres"),
        ("surgery", "2026-03-05", "", "RLL mass 2.4 cm."),
    ], {}),
    ("size spoken ok", [], [
        ("radiology", "2026-03-02", "", "there is a mass in the right lower lobe measuring four point two by three point one centimetres"),
        ("surgery", "2026-03-05", "", "RLL mass 42 mm."),
    ], {}),
    ("size continental", ["size"], [
        ("radiology", "2026-03-02", "", "Space-occupying lesion of the left kidney of 6,8 x 6,1 cm."),
        ("surgery", "2026-03-05", "", "tumour of the left kidney with a diameter of 4,2 cm"),
    ], {}),
    ("size node", [], [
        ("radiology", "2026-03-02", "", "RUL mass 30 mm. Subcarinal node 22 mm."),
        ("surgery", "2026-03-05", "", "RUL mass 3 cm, node 2.2 cm."),
    ], {}),
    ("size growth", [], [
        ("radiology", "2025-09-01", "CT", "RUL nodule 12 mm."),
        ("radiology", "2026-03-01", "CT", "RUL mass 28 mm, grown."),
    ], {}),
    ("size table", ["size"], [
        ("radiology", "2026-03-02", "", "| # | Site | Size |\n| 1 | RUL | 31 mm |\n| 2 | RLL | 4 mm |"),
        ("surgery", "2026-03-05", "", "RUL tumour 5.2 cm"),
    ], {}),
    ("size table ok", [], [
        ("radiology", "2026-03-02", "", "| # | Site | Size |\n| 1 | RUL | 31 mm |\n| 2 | RLL | 4 mm |"),
        ("surgery", "2026-03-05", "", "RUL tumour 3.1 cm"),
    ], {}),
    ("size specimen", [], [
        ("pathology", "2026-03-02", "", "Left mastectomy 220 x 180 x 40 mm. Invasive tumour 24 mm. IDC."),
        ("radiology", "2026-03-05", "", "Left breast mass 23 mm."),
    ], {}),
    ("size DCIS", [], [
        ("pathology", "2026-03-02", "", "Left breast: invasive carcinoma 18 mm, whole tumour size including DCIS 42 mm."),
        ("radiology", "2026-03-05", "", "Left breast mass 19 mm."),
    ], {}),
    ("size lay", ["size"], [
        ("note", "2026-03-02", "", "Patient says the lump in the left breast is the size of a walnut."),
        ("radiology", "2026-03-05", "", "Left breast mass 20 mm."),
        ("surgery", "2026-03-08", "", "Left breast tumour of 45 mm."),
    ], {}),
    ("size inches", [], [
        ("radiology", "2026-03-02", "", "Left breast mass 20 mm."),
        ("surgery", "2026-03-05", "", "Left breast tumour 2 cm, 4 cm from the nipple."),
    ], {}),
    ("size range", [], [
        ("radiology", "2026-03-02", "", "Right renal mass, 45-48 mm."),
        ("surgery", "2026-03-05", "", "right renal tumour 4.7 cm"),
    ], {}),
    ("size dotted", ["size"], [
        ("pathology", "2026-03-02", "", "Tumour size ........ 38 mm\nDistance to margin . 5 mm\nSigmoid adenocarcinoma"),
        ("surgery", "2026-03-05", "", "sigmoid tumour 6 cm"),
    ], {}),
    ("size biopsy", [], [
        ("pathology", "2026-03-02", "Core biopsy", "Cores up to 14 mm. Left breast IDC."),
        ("radiology", "2026-03-05", "", "left breast mass 30 mm"),
    ], {}),
    ("eff", ["presence"], [
        ("radiology", "2026-03-02", "CT chest", "RUL mass. No pleural effusion."),
        ("radiology", "2026-03-03", "Chest radiograph", "RUL mass. Moderate right pleural effusion."),
    ], {}),
    ("eff telegraphic", ["presence"], [
        ("radiology", "2026-03-02", "CT", "RUL ca. Effusion -ve."),
        ("note", "2026-03-03", "", "RUL ca. R eff ++ on CT."),
    ], {}),
    ("liver mets", ["presence"], [
        ("radiology", "2026-03-02", "CT", "Sigmoid mass. Two liver metastases in segments 6 and 7."),
        ("oncology", "2026-03-06", "", "Sigmoid cancer. No liver metastases on CT."),
    ], {}),
    ("liver mets dotted", ["presence"], [
        ("radiology", "2026-03-02", "CT", "Sigmoid mass.\nLiver metastases ...... none\nAscites ............... none\nLung metastases ....... none"),
        ("oncology", "2026-03-06", "", "Sigmoid cancer with liver metastases."),
    ], {}),
    ("LVI", ["presence"], [
        ("pathology", "2026-03-02", "", "Left breast IDC. LVI: present"),
        ("oncology", "2026-03-05", "", "left breast IDC, no lymphovascular invasion."),
    ], {}),
    ("LVI kv", ["presence"], [
        ("pathology", "2026-03-02", "", "lvi: yes | pni: no | margins: clear"),
        ("oncology", "2026-03-05", "", "Sigmoid ca, LVI absent."),
    ], {}),
    ("margin", ["presence"], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, circumferential margin involved."),
        ("oncology", "2026-03-05", "", "Margins clear."),
    ], {}),
    ("margin R", ["presence"], [
        ("pathology", "2026-03-02", "", "Gastric adenocarcinoma, pT3 pN1, R1 (proximal)."),
        ("oncology", "2026-03-05", "", "R0 resection of the gastric cancer."),
    ], {}),
    ("ulceration", ["presence"], [
        ("pathology", "2026-03-02", "", "Melanoma left calf Breslow 1.1 mm, ulceration: no."),
        ("oncology", "2026-03-05", "", "Ulcerated melanoma of the left calf."),
    ], {}),
    ("ulceration letters", ["presence"], [
        ("pathology", "2026-03-02", "", "Melanoma left calf, Breslow 1.1 mm, non-ulcerated."),
        ("oncology", "2026-03-05", "", "melanoma left calf 1.1 mm ulcerated pT1b"),
    ], {}),
    ("ulceration ok", [], [
        ("pathology", "2026-03-02", "", "Melanoma left calf, Breslow 1.1 mm, the epidermis is intact without ulceration."),
        ("oncology", "2026-03-05", "", "non ulcerated melanoma left calf 1.1 mm"),
    ], {}),
    ("hydronephrosis", ["presence"], [
        ("radiology", "2026-03-02", "", "Bladder mass. No hydronephrosis."),
        ("surgery", "2026-03-04", "", "bladder tumour with left hydronephrosis on the CT."),
    ], {}),
    ("adrenal", ["presence"], [
        ("radiology", "2026-03-02", "", "RUL mass. Adrenals normal."),
        ("oncology", "2026-03-05", "", "RUL cancer with left adrenal metastasis."),
    ], {}),
    ("bone mets", ["presence"], [
        ("radiology", "2026-03-02", "Bone scan", "No bone metastases. Prostate cancer."),
        ("oncology", "2026-03-05", "", "Prostate cancer with bone metastases of the pelvis."),
    ], {}),
    ("bone mets later", [], [
        ("radiology", "2025-06-01", "Bone scan", "No bone metastases. Prostate cancer."),
        ("radiology", "2026-03-05", "PSMA PET", "Prostate cancer. New bone metastases."),
    ], {}),
    ("PVT", ["presence"], [
        ("radiology", "2026-03-02", "MRI", "HCC seg 8. Portal vein patent."),
        ("oncology", "2026-03-05", "", "HCC with portal vein thrombosis."),
    ], {}),
    ("ECE", ["presence"], [
        ("pathology", "2026-03-02", "", "Prostate adenocarcinoma. Extraprostatic extension: not identified"),
        ("surgery", "2026-03-05", "", "prostate cancer pT3a with EPE"),
    ], {}),
    ("cond ascites", [], [
        ("radiology", "2026-03-02", "", "Ovarian mass right. No ascites."),
        ("oncology", "2026-03-05", "", "Should ascites develop, drain. right ovarian mass"),
    ], {}),
    ("hx effusion", [], [
        ("radiology", "2026-03-02", "", "RUL mass. No effusion."),
        ("oncology", "2026-03-05", "", "RUL ca. Pleural effusion in 2019 after pneumonia."),
    ], {}),
    ("perforation", ["presence"], [
        ("radiology", "2026-03-02", "CT", "Sigmoid mass, no perforation."),
        ("surgery", "2026-03-03", "Op note", "Perforated sigmoid carcinoma."),
    ], {}),
    ("denies nodes", ["presence"], [
        ("radiology", "2026-03-02", "CT", "RUL mass. Enlarged mediastinal nodes up to 22 mm short axis."),
        ("radiology", "2026-03-06", "PET", "RUL mass avid. No mediastinal lymphadenopathy."),
    ], {}),
    ("satellite", [], [
        ("pathology", "2026-03-02", "", "Melanoma left calf. No satellites, no LVI."),
        ("oncology", "2026-03-05", "", "melanoma left calf without satellites"),
    ], {}),
    ("date op", ["date"], [
        ("pathology", "2026-03-02", "", "Right hemicolectomy performed 12.02.2026. caecal adenocarcinoma"),
        ("oncology", "2026-03-05", "", "caecal cancer, right hemicolectomy on 21.02.2026"),
    ], {}),
    ("date words", ["date"], [
        ("pathology", "2026-03-02", "", "Sigmoid colectomy 12 February 2026. sigmoid adenocarcinoma"),
        ("oncology", "2026-03-05", "", "she had her sigmoid colectomy on the twentieth of february"),
    ], {}),
    ("date words ok", [], [
        ("pathology", "2026-03-02", "", "Sigmoid colectomy 12 February 2026. sigmoid adenocarcinoma"),
        ("oncology", "2026-03-05", "", "she had her sigmoid colectomy on the twelfth of february"),
    ], {}),
    ("date month only", ["date"], [
        ("pathology", "2026-03-02", "", "Nephrectomy right, 14 January 2026. RCC."),
        ("oncology", "2026-03-05", "", "right RCC, nephrectomy in November 2025."),
    ], {}),
    ("date month ok", [], [
        ("pathology", "2026-03-02", "", "Nephrectomy right, 14 January 2026. RCC."),
        ("oncology", "2026-03-05", "", "right RCC, nephrectomy in January 2026."),
    ], {}),
    ("date planned", [], [
        ("surgery", "2026-03-01", "", "Nephrectomy booked for 20 March 2026, right renal mass."),
        ("pathology", "2026-04-02", "", "Right nephrectomy 27 March 2026, RCC."),
    ], {}),
    ("date biopsy", ["date"], [
        ("pathology", "2026-03-09", "Core biopsy", "Specimen taken 05/03/2026 received 03/03/2026. Left breast IDC."),
    ], {}),
    ("date colonoscopy", ["date"], [
        ("surgery", "2026-03-02", "Colonoscopy", "Colonoscopy 2 March 2026. Sigmoid tumour."),
        ("oncology", "2026-03-30", "", "sigmoid cancer found at colonoscopy on 22 March 2026"),
    ], {}),
    ("date future", ["date"], [
        ("oncology", "2026-03-20", "", "Left breast cancer; she underwent mastectomy on 20 May 2026."),
    ], {}),
    ("dates two procedures", [], [
        ("surgery", "2026-03-02", "", "Left breast IDC: wide local excision 3 February 2026, re-excision 24 February 2026."),
        ("pathology", "2026-03-05", "", "Left breast re-excision of 24 February 2026: no residual tumour."),
    ], {}),
]
