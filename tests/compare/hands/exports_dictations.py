"""Exports, tables and dictations of whole charts."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("tab breast lat", ["laterality"], [
        ("radiology", "2026-03-02", "Mammography table export", "| Breast | Position | Size | BI-RADS | Comment |\n|---|---|---|---|---|\n| right | 10 o'clock, 5 cm FN | 21 mm | 5 | spiculated, biopsied |\n| left | 2 o'clock | 7 mm | 2 | oil cyst |\n\nAxilla R .... 1 node, cortex 2 mm\nAxilla L .... normal\nDensity ..... B"),
        ("pathology", "2026-03-05", "Core result", "specimen: core biopsy, left breast | cores: 4\ndiagnosis: invasive carcinoma NST, grade 2\nER: 8/8 | PR: 7/8 | HER2: 1+ (negative)"),
        ("note", "2026-03-08", "MDT row", "61F | screening | B5b | ER+ HER2-"),
    ], {}),
    ("tab breast clean", [], [
        ("radiology", "2026-03-02", "Mammography table export", "| Breast | Position | Size | BI-RADS | Comment |\n|---|---|---|---|---|\n| right | 10 o'clock, 5 cm FN | 21 mm | 5 | spiculated, biopsied |\n| left | 2 o'clock | 7 mm | 2 | oil cyst |\n\nAxilla R .... 1 node, cortex 2 mm\nAxilla L .... normal\nDensity ..... B"),
        ("pathology", "2026-03-05", "Core result", "specimen: core biopsy, right breast | cores: 4\ndiagnosis: invasive carcinoma NST, grade 2\nER: 8/8 | PR: 7/8 | HER2: 1+ (negative)"),
        ("note", "2026-03-08", "MDT row", "61F | screening | R breast 10 o'clock 2.1 cm | B5b | ER+ HER2-"),
    ], {}),
    ("liver table", ["size"], [
        ("radiology", "2026-03-02", "MRI liver lesion list", "| Lesion | Segment | Size (cm) | LI-RADS |\n|---|---|---|---|\n| 1 | VIII | 3.4 | LR-5 |\n| 2 | III | 1.1 | LR-2 |\n| 3 | VI | 0.9 | haemangioma |\n\nPortal vein ..... patent\nAscites ......... none\nSpleen .......... 14 cm"),
        ("surgery", "2026-03-05", "HPB clinic", "Solitary HCC segment VIII, 5.2 cm, Child-Pugh A6. No ascites. Listed for the meeting."),
    ], {}),
    ("liver table clean", [], [
        ("radiology", "2026-03-02", "MRI liver lesion list", "| Lesion | Segment | Size (cm) | LI-RADS |\n|---|---|---|---|\n| 1 | VIII | 3.4 | LR-5 |\n| 2 | III | 1.1 | LR-2 |\n| 3 | VI | 0.9 | haemangioma |\n\nPortal vein ..... patent\nAscites ......... none\nSpleen .......... 14 cm"),
        ("surgery", "2026-03-05", "HPB clinic", "Solitary HCC segment VIII, 34 mm, Child-Pugh A6. No ascites, portal vein patent. Listed for the meeting."),
    ], {}),
    ("prostate table", ["grade"], [
        ("pathology", "2026-03-02", "Core biopsies", "| Core | Site | Gleason | Length mm | % |\n|---|---|---|---|---|\n| 1 | R base | 3+4 | 6 | 40 |\n| 2 | R mid | 4+3 | 9 | 70 |\n| 3 | L apex | benign | - | - |\n\nOverall: Gleason 4+3=7, grade group 3"),
        ("surgery", "2026-03-05", "Clinic", "PSA 9.1. Prostate cancer GG1 on right-sided cores."),
    ], {}),
    ("prostate table ok", [], [
        ("pathology", "2026-03-02", "Core biopsies", "| Core | Site | Gleason | Length mm | % |\n|---|---|---|---|---|\n| 1 | R base | 3+4 | 6 | 40 |\n| 2 | R mid | 4+3 | 9 | 70 |\n| 3 | L apex | benign | - | - |\n\nOverall: Gleason 4+3=7, grade group 3"),
        ("surgery", "2026-03-05", "Clinic", "PSA 9.1. Prostate cancer, Gleason 7 (4+3), GG3, two right cores positive of twelve."),
    ], {}),
    ("node lung table", ["nodes"], [
        ("pathology", "2026-03-02", "Lobectomy", "RUL lobectomy: adenocarcinoma 24 mm, grade 2.\n| Station | Nodes | Involved |\n|---|---|---|\n| 2R | 2 | 0 |\n| 4R | 5 | 0 |\n| 7 | 3 | 0 |\n| 10R | 4 | 1 |\n\npT1c pN1"),
        ("oncology", "2026-03-05", "Letter", "Resected adenocarcinoma of the right upper lobe, 2.4 cm, 3 of 14 nodes positive, pT1c pN1."),
    ], {}),
    ("node lung table ok", [], [
        ("pathology", "2026-03-02", "Lobectomy", "RUL lobectomy: adenocarcinoma 24 mm, grade 2.\n| Station | Nodes | Involved |\n|---|---|---|\n| 2R | 2 | 0 |\n| 4R | 5 | 0 |\n| 7 | 3 | 0 |\n| 10R | 4 | 1 |\n\npT1c pN1"),
        ("oncology", "2026-03-05", "Letter", "Resected adenocarcinoma of the right upper lobe, 2.4 cm, 1 of 14 nodes positive, pT1c pN1."),
    ], {}),
    ("telegraphic gastric", ["histology", "site"], [
        ("surgery", "2026-03-02", "OGD", "OGD 3/2: 4cm ulc. antrum, gr. curve, bx x8. CLO neg. HH small."),
        ("pathology", "2026-03-05", "Bx", "Gastric bx: adenoca, intestinal, mod diff. HP neg."),
        ("note", "2026-03-08", "WR", "72M gastric lymphoma, cardia, NBM, IVI. VTE ppx. Obs stable."),
    ], {}),
    ("dictated ovary clean", [], [
        ("radiology", "2026-03-02", "CT dictation", "there is a complex mass in the left adnexa of one hundred and ten millimetres with a small amount of ascites omental stranding no liver lesion no effusion uterus normal right ovary normal"),
        ("oncology", "2026-03-05", "letter dictation", "this sixty two year old lady has a left ovarian mass of eleven centimetres with ascites and omental disease her c a one two five is four hundred and ten her mother had breast cancer on the right"),
    ], {}),
    ("dictated ovary", ["laterality"], [
        ("radiology", "2026-03-02", "CT dictation", "there is a complex mass in the left adnexa of one hundred and ten millimetres with a small amount of ascites no liver lesion no effusion uterus normal right ovary normal"),
        ("oncology", "2026-03-05", "letter dictation", "this sixty two year old lady has a right ovarian mass of eleven centimetres with ascites"),
    ], {}),
    ("conti thyroid/other clean", [], [
        ("radiology", "2026-03-02", "Sonography", "Sonography of 04.03.2026: left kidney with a cyst of 2,1 cm. Right kidney at the lower pole solid tumour of 3,4 x 3,1 cm. Liver echo-rich."),
        ("radiology", "2026-03-09", "CT", "CT of 09.03.2026: right kidney lower pole tumour 3,5 cm, vein free, lymph nodes not enlarged. Left cortical cyst. Bone window inconspicuous."),
        ("surgery", "2026-03-12", "Letter", "Esteemed colleague, the patient (born 12.05.1961) presents himself with a tumour of the right kidney, 3,5 cm, cT1a. Partial nephrectomy is planned on 23.03.2026."),
    ], {"age": 64, "sex": "male"}),
    ("key value melanoma", ["presence"], [
        ("pathology", "2026-03-02", "Skin key:value", "site: left forearm | type: superficial spreading melanoma\nbreslow_mm: 1.8 | ulceration: yes | mitoses_per_mm2: 3\nlvi: no | microsatellites: no | pt: T2b"),
        ("surgery", "2026-03-05", "Clinic", "Melanoma of the left forearm, Breslow 1.8 mm, not ulcerated."),
    ], {}),
    ("key value melanoma stage", ["stage"], [
        ("pathology", "2026-03-02", "Skin key:value", "site: left forearm | type: superficial spreading melanoma\nbreslow_mm: 1.8 | ulceration: yes | mitoses_per_mm2: 3\npt: T2b"),
        ("surgery", "2026-03-05", "Clinic", "Melanoma of the left forearm, Breslow 1.8 mm, pT1a."),
    ], {}),
    ("pancreas kv rows", ["site"], [
        ("radiology", "2026-03-02", "CT list", "lesion: 1 | location: tail of pancreas | size: 41 mm | nature: solid\nlesion: 2 | location: liver seg 6 | size: 8 mm | nature: cyst"),
        ("surgery", "2026-03-05", "HPB", "Adenocarcinoma of the pancreatic head, 4.1 cm."),
    ], {}),
    ("pancreas kv rows ok", [], [
        ("radiology", "2026-03-02", "CT list", "lesion: 1 | location: tail of pancreas | size: 41 mm | nature: solid\nlesion: 2 | location: head of pancreas | size: 8 mm | nature: cyst"),
        ("surgery", "2026-03-05", "HPB", "Adenocarcinoma of the pancreatic tail, 4.1 cm. The cyst in the head is left alone."),
    ], {}),
    ("date words endo", ["date"], [
        ("surgery", "2026-02-03", "Colonoscopy dictation", "colonoscopy on the third of february to the caecum there is a tumour in the sigmoid at twenty five centimetres biopsied"),
        ("pathology", "2026-02-16", "Bx", "Specimen taken 13 Feb 2026 at colonoscopy. Sigmoid biopsy: adenocarcinoma."),
    ], {}),
    ("lab pending table", [], [
        ("genomics", "2026-03-02", "NGS status", "| Gene | Result |\n|---|---|\n| EGFR | in progress |\n| ALK | failed |\n| ROS1 | sample rejected |\n| KRAS | awaited |"),
        ("genomics", "2026-03-05", "NGS final", "| Gene | Result |\n|---|---|\n| EGFR | exon 19 deletion |\n| ALK | negative |\n| ROS1 | negative |\n| KRAS | wild type |"),
    ], {}),
    ("synoptic us", ["stage"], [
        ("pathology", "2026-03-02", "CAP synoptic", "SPECIMEN: Right upper lobe\nTUMOR SITE: Right upper lobe\nHISTOLOGIC TYPE: Adenocarcinoma, acinar predominant\nTUMOR SIZE: Greatest dimension 3.4 cm\nVISCERAL PLEURAL INVASION: Not identified\nMARGINS: All margins negative\nREGIONAL LYMPH NODES: Number examined: 9; number involved: 0\nPATHOLOGIC STAGE (pTNM, AJCC 8th): pT2a pN0"),
        ("oncology", "2026-03-05", "Tumor board", "71 y/o M, RUL adenocarcinoma 3.4 cm, pT2a pN0, stage IIB. Margins negative."),
    ], {}),
    ("hepatic family", [], [
        ("oncology", "2026-03-02", "", "67F, L breast IDC. Sister accompanied her; sister had ovarian cancer, BRCA1 positive. Pt BRCA negative."),
        ("pathology", "2026-03-05", "", "Left breast IDC grade 3, ER neg."),
    ], {}),
    ("resolved", [], [
        ("radiology", "2026-03-02", "CT", "RUL mass. The previously seen pleural effusion has resolved."),
        ("note", "2026-03-05", "", "RUL ca. No effusion now."),
    ], {}),
    ("copied old report", [], [
        ("oncology", "2026-03-02", "", "Report of 2019 copied below: left breast, pT1b N0 grade 1.\nNow: right breast cancer 22 mm grade 3."),
        ("pathology", "2026-03-05", "", "Right breast IDC grade 3, 22 mm."),
    ], {}),
    ("side by abbreviations", ["laterality"], [
        ("surgery", "2026-03-02", "Op", "Lt partial nx for renal mass, clamp 18 min."),
        ("radiology", "2026-03-05", "CT", "3.8 cm enhancing mass rt kidney lower pole."),
    ], {}),
]
