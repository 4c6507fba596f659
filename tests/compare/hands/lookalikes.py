"""What the layout, the title, the month and the companion do not say."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("title other side node", [], [
        ("pathology", "2026-03-02", "Left axillary node FNA", "Benign reactive node."),
        ("radiology", "2026-03-05", "", "Right breast mass 20 mm; left axillary node prominent."),
    ], {}),
    ("title scan of other", [], [
        ("radiology", "2026-03-02", "CT right hip", "Degenerative change, no metastasis."),
        ("radiology", "2026-03-05", "MRI", "Left breast mass 22 mm."),
    ], {}),
    ("title old", [], [
        ("pathology", "2026-03-02", "Right breast biopsy 2012", "Fibroadenoma."),
        ("pathology", "2026-03-05", "Left breast core", "IDC grade 2."),
        ("radiology", "2026-03-08", "", "Left breast mass 20 mm"),
    ], {}),
    ("title left hemicolectomy kidney", [], [
        ("surgery", "2026-03-02", "Left VATS pleural biopsy", "Talc given."),
        ("radiology", "2026-03-05", "", "Right lung mass 4 cm RLL"),
    ], {}),
    ("title suspected", [], [
        ("radiology", "2026-03-02", "CT query pancreatic adenocarcinoma", "Mass in the head of pancreas 3 cm."),
        ("pathology", "2026-03-05", "", "Head of pancreas: neuroendocrine tumour G1."),
    ], {}),
    ("title contralateral prophylactic", [], [
        ("pathology", "2026-03-02", "Left mastectomy IDC, right risk-reducing mastectomy", "Left: IDC 22 mm grade 2. Right: no malignancy."),
        ("radiology", "2026-03-05", "", "Left breast mass 21 mm"),
    ], {}),
    ("month chemo", [], [
        ("oncology", "2026-03-02", "", "Left breast IDC; mastectomy in January 2026, chemotherapy from March 2026."),
        ("pathology", "2026-03-05", "", "Left mastectomy 22 January 2026. IDC 22 mm."),
    ], {}),
    ("month other op", [], [
        ("oncology", "2026-03-02", "", "Left breast IDC, wide local excision in January 2026, completion mastectomy in February 2026."),
        ("pathology", "2026-03-05", "", "Left mastectomy 12 February 2026. No residual."),
        ("pathology", "2026-03-08", "", "Left wide local excision 8 January 2026: IDC 14 mm, margin positive."),
    ], {}),
    ("month years ago", [], [
        ("oncology", "2026-03-02", "", "Left renal mass. Right nephrectomy in May 2011 for stones."),
        ("surgery", "2026-03-05", "", "Left partial nephrectomy 2 March 2026."),
    ], {}),
    ("table over time", [], [
        ("radiology", "2026-03-02", "CT series", "| Date | RUL nodule size |\n|---|---|\n| 2025-03-01 | 8 mm |\n| 2025-09-01 | 14 mm |\n| 2026-02-27 | 22 mm |"),
        ("oncology", "2026-03-05", "", "RUL nodule, now 22 mm."),
    ], {}),
    ("table nodes sizes", [], [
        ("radiology", "2026-03-02", "CT neck", "| Node | Level | Side | Size (mm) |\n|---|---|---|---|\n| 1 | II | left | 21 |\n| 2 | III | right | 14 |\nPrimary: right tonsil, 30 mm."),
        ("surgery", "2026-03-05", "", "Right tonsil cancer 3 cm with bilateral neck nodes."),
    ], {}),
    ("table mets", [], [
        ("radiology", "2026-03-02", "CT", "Sigmoid primary 4 cm.\n| Lesion | Segment | Size (mm) |\n|---|---|---|\n| 1 | VI | 22 |\n| 2 | VII | 14 |\nConclusion: two liver metastases."),
        ("surgery", "2026-03-05", "", "Sigmoid cancer 4 cm with two liver metastases."),
    ], {}),
    ("ellipsis", [], [
        ("oncology", "2026-03-02", "", "Left breast cancer... well... 22 mm... grade 2. She is not keen on chemotherapy... we discussed."),
        ("pathology", "2026-03-05", "", "Left breast IDC 22 mm grade 2"),
    ], {}),
    ("comma word", [], [
        ("oncology", "2026-03-02", "", "left breast cancer comma 22 mm comma grade two comma er positive comma her two negative full stop"),
        ("pathology", "2026-03-05", "", "Left breast IDC 22 mm grade 2, ER positive, HER2 negative"),
    ], {}),
    ("spoken her two", ["biomarker"], [
        ("oncology", "2026-03-02", "", "left breast cancer comma grade two comma er positive comma her two positive full stop"),
        ("pathology", "2026-03-05", "", "Left breast IDC 22 mm grade 2, ER positive, HER2 negative (1+)"),
    ], {}),
    ("spoken er neg", ["biomarker"], [
        ("oncology", "2026-03-02", "", "left breast cancer e r negative p r negative"),
        ("pathology", "2026-03-05", "", "Left breast IDC, ER 90 %, PR 80 %"),
    ], {}),
    ("spoken p d l one", ["biomarker"], [
        ("oncology", "2026-03-02", "", "lung adenocarcinoma right upper lobe p d l one sixty per cent e g f r wild type"),
        ("genomics", "2026-03-05", "", "EGFR exon 19 deletion. PD-L1 TPS 60 %."),
    ], {}),
    ("twenty cigarettes", [], [
        ("oncology", "2026-03-02", "", "he smoked twenty a day for forty years he has a sixty millimetre tumour in the right upper lobe"),
        ("radiology", "2026-03-05", "", "RUL mass 61 mm"),
    ], {}),
    ("her sister companion", [], [
        ("oncology", "2026-03-02", "", "67F came with her sister. Left breast IDC grade 2, 22 mm."),
        ("pathology", "2026-03-05", "", "Left breast IDC grade 2, 22 mm"),
    ], {}),
    ("sister ill companion", [], [
        ("oncology", "2026-03-02", "", "67F came with her sister who has right breast cancer grade 3. Left breast IDC grade 2."),
        ("pathology", "2026-03-05", "", "Left breast IDC grade 2, 22 mm"),
    ], {}),
    ("figo imaging vs letter", [], [
        ("radiology", "2026-03-02", "MRI pelvis", "Endometrial cancer, FIGO IA on imaging."),
        ("pathology", "2026-03-05", "", "Endometrioid carcinoma of the endometrium, pT1b pN0, FIGO IB."),
        ("oncology", "2026-03-08", "", "endometrial carcinoma FIGO IB"),
    ], {}),
    ("figo path vs letter", ["stage"], [
        ("radiology", "2026-03-02", "MRI pelvis", "Endometrial cancer, FIGO IA on imaging."),
        ("pathology", "2026-03-05", "", "Endometrioid carcinoma of the endometrium, pT1b pN0, FIGO IB."),
        ("oncology", "2026-03-08", "", "endometrial carcinoma, final FIGO IA"),
    ], {}),
    ("brca tumour vs germline clean", [], [
        ("genomics", "2026-03-02", "Germline BRCA", "BRCA1/2: no pathogenic variant."),
        ("genomics", "2026-03-05", "Tumour BRCA", "BRCA2 pathogenic variant detected."),
    ], {}),
    ("brca both germline", ["biomarker"], [
        ("genomics", "2026-03-02", "Germline BRCA blood", "BRCA1: no pathogenic variant. BRCA2: no pathogenic variant."),
        ("oncology", "2026-03-05", "", "Ovarian HGSC, germline BRCA1 pathogenic variant carrier."),
    ], {}),
    ("no ER effusions ambiguous", [], [
        ("note", "2026-03-02", "", "Seen in ER (emergency room) with chest pain. L breast ca ER+."),
        ("pathology", "2026-03-05", "", "Left breast IDC, ER positive"),
    ], {}),
    ("key er", ["biomarker"], [
        ("pathology", "2026-03-02", "", "er: positive | pr: negative | her2: 0 | side: left | type: IDC"),
        ("oncology", "2026-03-05", "", "L breast IDC ER-"),
    ], {}),
    ("size key cm", ["size"], [
        ("pathology", "2026-03-02", "", "| Field | Value |\n|---|---|\n| Tumour size (cm) | 2.2 |\n| Site | left breast |\n| Type | IDC |"),
        ("oncology", "2026-03-05", "", "L breast IDC 40 mm"),
    ], {}),
    ("size key cm ok", [], [
        ("pathology", "2026-03-02", "", "| Field | Value |\n|---|---|\n| Tumour size (cm) | 2.2 |\n| Site | left breast |\n| Type | IDC |"),
        ("oncology", "2026-03-05", "", "L breast IDC 22 mm"),
    ], {}),
    ("underscore keys", ["stage"], [
        ("pathology", "2026-03-02", "", "primary_site: caecum\nhistology: adenocarcinoma\ntnm: pT3 pN1b\nnodes_examined: 21\nnodes_positive: 2"),
        ("oncology", "2026-03-05", "", "caecal cancer pT4a pN1b"),
    ], {}),
    ("t2 mri", [], [
        ("radiology", "2026-03-02", "MRI pelvis", "T2 high signal. Rectal tumour mid, mrT3 N1. T one and T two weighted images."),
        ("oncology", "2026-03-05", "", "Rectal cancer cT3 N1"),
    ], {}),
    ("mass in words 'a half'", [], [
        ("radiology", "2026-03-02", "", "Right renal mass of two and a half centimetres"),
        ("surgery", "2026-03-05", "", "right renal mass 25 mm"),
    ], {}),
    ("dob vs age", ["identity"], [
        ("oncology", "2026-03-02", "", "67-year-old man, born 12.05.1949, sigmoid cancer."),
    ], {}),
    ("nodes words three of eighteen", [], [
        ("surgery", "2026-03-02", "", "three of eighteen nodes were positive, sigmoid cancer"),
        ("pathology", "2026-03-05", "", "Sigmoid adenocarcinoma, nodes 3/18 pN1b"),
    ], {}),
    ("her2 low", [], [
        ("pathology", "2026-03-02", "", "Left breast IDC, HER2 1+ (HER2-low)."),
        ("oncology", "2026-03-05", "", "L breast IDC HER2 negative"),
    ], {}),
    ("bladder wall", ["site"], [
        ("surgery", "2026-03-02", "Cystoscopy", "Papillary tumour left lateral wall of the bladder 2 cm."),
        ("pathology", "2026-03-05", "TURBT anterior wall of bladder", "Urothelial carcinoma high grade pT1."),
    ], {}),
    ("cancer site lay", ["site"], [
        ("note", "2026-03-02", "GP", "He has been told that it is a cancer of the food pipe."),
        ("surgery", "2026-03-05", "OGD", "Ulcerated tumour of the gastric antrum; oesophagus normal."),
        ("pathology", "2026-03-08", "", "Gastric antrum: adenocarcinoma"),
    ], {}),
]
