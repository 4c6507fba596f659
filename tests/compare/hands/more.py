"""More of every kind, in other hands."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("rcpath synoptic nodes", ["nodes"], [
        ("pathology", "2026-03-02", "RCPath proforma", "Type of specimen: anterior resection\nSite of tumour: rectosigmoid\nMaximum tumour diameter: 42 mm\nDifferentiation: well/moderate\nTotal number of lymph nodes: 16\nNumber of positive lymph nodes: 2\nTNM: pT3 N1b V1 R0"),
        ("surgery", "2026-03-05", "Letter", "rectosigmoid cancer, 5 of 16 nodes involved"),
    ], {}),
    ("rcpath synoptic ok", [], [
        ("pathology", "2026-03-02", "RCPath proforma", "Type of specimen: anterior resection\nSite of tumour: rectosigmoid\nMaximum tumour diameter: 42 mm\nDifferentiation: well/moderate\nTotal number of lymph nodes: 16\nNumber of positive lymph nodes: 2\nTNM: pT3 N1b V1 R0"),
        ("surgery", "2026-03-05", "Letter", "rectosigmoid cancer 4.2 cm, 2/16 nodes, pT3 pN1b, moderately differentiated"),
    ], {}),
    ("proforma size", ["size"], [
        ("pathology", "2026-03-02", "RCPath proforma", "Site of tumour: sigmoid\nMaximum tumour diameter: 42 mm"),
        ("radiology", "2026-03-05", "CT", "Sigmoid tumour 75 mm long."),
    ], {}),
    ("vein invasion EMVI", ["presence"], [
        ("radiology", "2026-03-02", "MRI rectum", "Mid rectal tumour, mrT3b N1, EMVI positive."),
        ("note", "2026-03-06", "MDT", "Mid rectal ca, mrT3b N1, EMVI negative."),
    ], {}),
    ("dcis only", [], [
        ("pathology", "2026-03-02", "Core", "Left breast: high grade DCIS, no invasion."),
        ("pathology", "2026-04-02", "WLE", "Left breast WLE: IDC 6 mm grade 2 with high grade DCIS 25 mm."),
    ], {}),
    ("HN p16 + site", ["site"], [
        ("surgery", "2026-03-02", "EUA", "Tumour of the left base of tongue."),
        ("radiology", "2026-03-05", "MRI neck", "Left tonsil primary 28 mm, base of tongue spared."),
    ], {}),
    ("larynx", ["site"], [
        ("surgery", "2026-03-02", "Laryngoscopy", "Tumour of the right true vocal cord, glottic."),
        ("radiology", "2026-03-05", "CT", "Supraglottic carcinoma right, cords spared."),
    ], {}),
    ("glioma lobe", ["site"], [
        ("radiology", "2026-03-02", "MRI brain", "Left temporal enhancing mass 41 mm."),
        ("surgery", "2026-03-05", "Craniotomy", "Left frontal craniotomy, resection of the left frontal glioblastoma."),
    ], {}),
    ("glioma side", ["laterality"], [
        ("radiology", "2026-03-02", "MRI brain", "Left temporal enhancing mass 41 mm. Midline shift to the right 5 mm."),
        ("surgery", "2026-03-05", "Op", "Right temporal craniotomy, debulking of glioblastoma."),
    ], {}),
    ("kidney pole agrees", [], [
        ("radiology", "2026-03-02", "CT", "Right kidney lower pole mass 38 mm. Left renal stone lower pole."),
        ("surgery", "2026-03-05", "", "R lower pole renal tumour 3.8 cm"),
    ], {}),
    ("endometrium myoinv", ["stage"], [
        ("pathology", "2026-03-02", "", "Endometrioid adenocarcinoma of the uterus, FIGO IA, pT1a pN0."),
        ("oncology", "2026-03-05", "", "Endometrial cancer stage IB grade 1"),
    ], {}),
    ("ovary stage", ["stage"], [
        ("pathology", "2026-03-02", "", "High-grade serous carcinoma of the ovary, FIGO IIIC, pT3c."),
        ("oncology", "2026-03-05", "", "HGSC ovary FIGO IIA"),
    ], {}),
    ("prostate T", ["stage"], [
        ("pathology", "2026-03-02", "Prostatectomy", "Acinar adenocarcinoma, Gleason 3+4=7, pT3a pN0"),
        ("surgery", "2026-03-05", "", "Prostate cancer pT2 N0 Gleason 3+4"),
    ], {}),
    ("prostate side EPE", [], [
        ("pathology", "2026-03-02", "Prostatectomy", "Acinar adenocarcinoma 3+4=7. EPE left, focal. Right nerve bundle spared. pT3a"),
        ("surgery", "2026-03-05", "", "pT3a prostate cancer, EPE present, Gleason 7 (3+4)."),
    ], {}),
    ("bladder muscle", ["stage"], [
        ("pathology", "2026-03-02", "TURBT", "High grade urothelial carcinoma invading muscularis propria, pT2."),
        ("surgery", "2026-03-05", "", "pT1 high grade bladder cancer."),
    ], {}),
    ("gastric site", [], [
        ("surgery", "2026-03-02", "OGD", "Ulcer on the lesser curve of the antrum, malignant."),
        ("radiology", "2026-03-05", "CT", "Antral thickening 3 cm, gastric cancer."),
    ], {}),
    ("liver mets not primary", [], [
        ("radiology", "2026-03-02", "CT", "Pancreatic head mass 3 cm. Liver metastasis seg 4, 1 cm."),
        ("oncology", "2026-03-05", "", "PDAC head of pancreas with a solitary liver metastasis in segment 4."),
    ], {}),
    ("hepatic presence", ["presence"], [
        ("radiology", "2026-03-02", "CT", "Pancreatic head mass 3 cm. Liver: no focal lesion."),
        ("oncology", "2026-03-06", "", "PDAC head of pancreas with a solitary liver metastasis in segment 4."),
    ], {}),
    ("melanoma depth", [], [
        ("pathology", "2026-03-02", "", "Melanoma left calf, Breslow 1.8 mm, pT2a."),
        ("oncology", "2026-03-05", "", "Melanoma left calf, Breslow one point eight millimetres"),
    ], {}),
    ("melanoma site", ["site"], [
        ("pathology", "2026-03-02", "", "Skin, left calf: melanoma 1.8 mm"),
        ("surgery", "2026-03-05", "", "Melanoma of the left forearm"),
    ], {}),
    ("thyroid node", [], [
        ("pathology", "2026-03-02", "", "Right thyroid lobe: papillary carcinoma 14 mm, nodes 2/7 level VI."),
        ("surgery", "2026-03-05", "", "PTC right lobe 1.4 cm, 2 of 7 central nodes"),
    ], {}),
    ("ALK ihc/fish", ["biomarker"], [
        ("pathology", "2026-03-02", "", "Lung adenocarcinoma LLL. ALK IHC (D5F3): positive, strong granular."),
        ("genomics", "2026-03-05", "", "ALK break-apart FISH: negative, no rearrangement."),
    ], {}),
    ("ER 5 pct low", [], [
        ("pathology", "2026-03-02", "", "Left breast IDC, ER 5 % (low positive), PR 0."),
        ("oncology", "2026-03-05", "", "left breast IDC ER low positive"),
    ], {}),
    ("kras fail then", ["biomarker"], [
        ("genomics", "2026-03-02", "", "KRAS codon 12: p.G12D. NRAS: no mutation."),
        ("genomics", "2026-03-05", "Repeat panel", "KRAS wild type, NRAS wild type. Same block."),
    ], {}),
    ("record letters", ["identity"], [
        ("pathology", "2026-03-02", "", "Hosp. No. RX448210. Colon: adenocarcinoma of the sigmoid."),
        ("radiology", "2026-03-05", "CT", "Hosp. No. RX448201. Sigmoid mass"),
    ], {}),
    ("age typed", ["identity"], [
        ("note", "2026-03-02", "", "74M sigmoid ca"),
        ("oncology", "2026-03-05", "", "this 47-year-old man with sigmoid cancer"),
    ], {}),
    ("op date american", ["date"], [
        ("surgery", "2026-02-11", "Op note", "Date of procedure: 02/11/2026 (February 11). Right nephrectomy for tumour."),
        ("pathology", "2026-02-24", "", "Right nephrectomy performed February 18, 2026. Clear cell RCC."),
    ], {}),
    ("spoken date op", ["date"], [
        ("surgery", "2026-02-11", "Op note", "right nephrectomy on the eleventh of february twenty twenty six tumour removed"),
        ("pathology", "2026-02-24", "", "Right nephrectomy 18.02.2026. Clear cell RCC."),
    ], {}),
    ("spoken date op ok", [], [
        ("surgery", "2026-02-11", "Op note", "right nephrectomy on the eleventh of february twenty twenty six tumour removed"),
        ("pathology", "2026-02-24", "", "Right nephrectomy 11.02.2026. Clear cell RCC."),
    ], {}),
    ("collected date dotted", ["date"], [
        ("pathology", "2026-02-16", "Core report", "Collected ....... 12.02.2026\nReceived ........ 11.02.2026\nReported ........ 16.02.2026\nLeft breast IDC"),
    ], {}),
    ("collected ok", [], [
        ("pathology", "2026-02-16", "Core report", "Collected ....... 11.02.2026\nReceived ........ 12.02.2026\nReported ........ 16.02.2026\nLeft breast IDC"),
    ], {}),
]
