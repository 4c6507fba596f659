"""Biomarkers and nodes: panels, rows, dictation, letters."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("dotted kras", ["biomarker"], [
        ("genomics", "2026-03-02", "Gene panel", "EGFR ........ wild type\nKRAS ........ not detected\nBRAF ........ not detected\n"),
        ("oncology", "2026-03-05", "", "Metastatic sigmoid adenocarcinoma, KRAS G12D mutated on the tissue panel."),
    ], {}),
    ("dotted kras agree", [], [
        ("genomics", "2026-03-02", "Gene panel", "KRAS ........ not detected\nNRAS ........ not detected\nBRAF ........ V600E\nMSI ......... stable\n"),
        ("oncology", "2026-03-05", "", "Sigmoid adenocarcinoma, KRAS/NRAS wild type, BRAF V600E, MSS."),
    ], {}),
    ("in progress", [], [
        ("pathology", "2026-03-02", "", "Core biopsy left breast: invasive ductal carcinoma. ER 90 %, PR 60 %, HER2 2+ by IHC, ISH in progress."),
        ("oncology", "2026-03-05", "", "ER+ PR+ left breast cancer; HER2 FISH now back: not amplified."),
    ], {}),
    ("her2 2+ ish pending then positive", [], [
        ("pathology", "2026-03-02", "", "IDC left breast. ER 8/8, PR 7/8. HER2 IHC 2+ (equivocal), sent for FISH."),
        ("genomics", "2026-03-05", "", "HER2 FISH: amplified, ratio 3.4."),
    ], {}),
    ("her2 conflict", ["biomarker"], [
        ("pathology", "2026-03-02", "", "IDC left breast. ER 8/8, PR 7/8. HER2 IHC 2+ (equivocal). HER2 FISH: amplified, HER2/CEP17 ratio 3.4."),
        ("oncology", "2026-03-05", "", "Left breast IDC, ER positive, PR positive, HER2 negative. Plan as discussed."),
    ], {}),
    ("analysis failed", [], [
        ("genomics", "2026-03-02", "", "EGFR: analysis failed - insufficient DNA. ALK IHC: negative."),
        ("genomics", "2026-03-05", "", "Repeat sample. EGFR exon 19 deletion detected."),
    ], {}),
    ("sample rejected", [], [
        ("laboratory", "2026-03-02", "", "KRAS/NRAS - sample rejected, please resend. BRAF - rejected."),
        ("genomics", "2026-03-05", "", "KRAS G12C mutated. NRAS wild type. BRAF wild type."),
    ], {}),
    ("mmr pms2", ["biomarker"], [
        ("pathology", "2026-03-02", "", "MMR immunohistochemistry: MLH1 lost, PMS2 lost, MSH2 present, MSH6 present."),
        ("note", "2026-03-05", "MDT summary", "Caecal ca, MMR proficient (pMMR)."),
    ], {}),
    ("mmr agree", [], [
        ("pathology", "2026-03-02", "", "MLH1 -, PMS2 -, MSH2 +, MSH6 + (dMMR)."),
        ("note", "2026-03-05", "MDT summary", "Caecal ca, MSI-high."),
    ], {}),
    ("er percent vs neg", ["biomarker"], [
        ("pathology", "2026-03-02", "", "Oestrogen receptor: 95 % strong. Progesterone receptor 0 %. HER2 0."),
        ("oncology", "2026-03-05", "", "This lady's breast cancer is oestrogen receptor negative, HER2 negative."),
    ], {}),
    ("table biomarker", ["biomarker"], [
        ("pathology", "2026-03-02", "", "| Marker | Result | Detail |\n|---|---|---|\n| ER | positive | 8/8 |\n| PR | negative | 0/8 |\n| HER2 | negative | 1+ |"),
        ("oncology", "2026-03-05", "", "Breast ca R, ER+/PR-/HER2+."),
    ], {}),
    ("table biomarker agree", [], [
        ("pathology", "2026-03-02", "", "| Marker | Result | Detail |\n|---|---|---|\n| ER | positive | 8/8 |\n| PR | negative | 0/8 |\n| HER2 | negative | 1+ |"),
        ("oncology", "2026-03-05", "", "Breast ca R, ER+/PR-/HER2-."),
    ], {}),
    ("pdl1 words", ["biomarker"], [
        ("pathology", "2026-03-02", "", "Lung adenocarcinoma. PD-L1 tumour proportion score: seventy per cent."),
        ("oncology", "2026-03-05", "", "lung adeno, PD-L1 TPS <1%."),
    ], {}),
    ("pdl1 agree neg", [], [
        ("pathology", "2026-03-02", "", "Lung adenocarcinoma. PD-L1 TPS <1 %."),
        ("oncology", "2026-03-05", "", "lung adeno, PD-L1 negative."),
    ], {}),
    ("alk lay", ["biomarker"], [
        ("genomics", "2026-03-02", "", "No ALK rearrangement. ROS1 not rearranged."),
        ("note", "2026-03-05", "GP letter", "The hospital told her the tumour carries the ALK fusion."),
    ], {}),
    ("egfr polym", [], [
        ("genomics", "2026-03-02", "", "EGFR p.L858R detected, VAF 22 %. T790M not detected."),
        ("oncology", "2026-03-05", "", "EGFR-mutated (L858R) lung adenocarcinoma."),
    ], {}),
    ("braf different", ["biomarker"], [
        ("genomics", "2026-03-02", "", "BRAF codon 600: no mutation."),
        ("oncology", "2026-03-05", "", "Melanoma of the left calf, BRAF V600E positive."),
    ], {}),
    ("ki67", ["biomarker"], [
        ("pathology", "2026-03-02", "", "IDC. ER 90%, Ki-67 index 45 %."),
        ("oncology", "2026-03-05", "", "Ki67 10%, luminal A."),
    ], {}),
    ("ki67 close", [], [
        ("pathology", "2026-03-02", "", "IDC. ER 90%, Ki-67 index 20 %."),
        ("oncology", "2026-03-05", "", "Ki67 about 25%."),
    ], {}),
    ("receptor on node relapse", [], [
        ("pathology", "2019-03-01", "Biopsy 2019", "Left breast core 2019: ER negative."),
        ("pathology", "2026-03-05", "", "Right breast core: ER 90 %, PR 80 %, HER2 0."),
    ], {}),
    ("BRCA relative", [], [
        ("genomics", "2026-03-02", "", "BRCA1 and BRCA2: no pathogenic variant detected in blood."),
        ("oncology", "2026-03-05", "", "Her sister carries a BRCA1 mutation. She herself tested negative."),
    ], {}),
    ("pipe row", ["biomarker"], [
        ("genomics", "2026-03-02", "", "MSI: stable | TMB: 4/Mb | KRAS: G12V | NRAS: WT"),
        ("oncology", "2026-03-05", "", "Colon cancer, RAS wild type, MSS."),
    ], {}),
    ("HER2 pos lay", ["biomarker"], [
        ("pathology", "2026-03-02", "", "Gastric adenocarcinoma. HER2 IHC 0."),
        ("note", "2026-03-05", "Pharmacy", "Pt started trastuzumab info leaflet. Notes say HER2 3+."),
    ], {}),
    ("p16", ["biomarker"], [
        ("pathology", "2026-03-02", "", "Left tonsil biopsy: squamous cell carcinoma. p16: negative (<5 % of cells)."),
        ("oncology", "2026-03-05", "", "p16-positive oropharyngeal SCC of the left tonsil."),
    ], {}),
    ("amended", [], [
        ("pathology", "2026-03-02", "AMENDED REPORT", "Amended: ER was previously issued as negative in error. ER is positive, 90 %. PR 40 %. HER2 1+."),
        ("oncology", "2026-03-05", "", "ER positive right breast cancer."),
    ], {}),
    ("addendum pending to result", [], [
        ("pathology", "2026-03-02", "", "PD-L1: to follow as addendum. EGFR: sent."),
        ("pathology", "2026-03-05", "Addendum", "PD-L1 TPS 60 %. EGFR: no mutation."),
    ], {}),
    ("node words", ["nodes"], [
        ("pathology", "2026-03-02", "", "Axillary clearance right: fourteen lymph nodes, three of which contain metastasis. pT2 pN1a."),
        ("oncology", "2026-03-05", "", "right breast cancer, 5 of 14 nodes involved."),
    ], {}),
    ("node dictated", ["nodes"], [
        ("pathology", "2026-03-02", "", "two of twenty two lymph nodes contain metastatic carcinoma"),
        ("note", "2026-03-05", "", "22 nodes taken, 4 positive."),
    ], {}),
    ("node keyed", ["nodes"], [
        ("pathology", "2026-03-02", "", "nodes_examined: 18\nnodes_positive: 2"),
        ("oncology", "2026-03-05", "", "LN 3/18."),
    ], {}),
    ("node dotted", [], [
        ("pathology", "2026-03-02", "", "Lymph nodes examined ........ 18\nLymph nodes positive ........ 2\npN1"),
        ("oncology", "2026-03-05", "", "Right hemicolectomy, LN 2/18."),
    ], {}),
    ("node table", ["nodes"], [
        ("pathology", "2026-03-02", "", "| Station | Examined | Positive |\n|---|---|---|\n| 4R | 3 | 0 |\n| 7 | 4 | 1 |\n| 10R | 5 | 0 |"),
        ("oncology", "2026-03-05", "", "Nodes 3/12 at lobectomy."),
    ], {}),
    ("node german", [], [
        ("pathology", "2026-03-02", "", "pT3, pN1a (1/17), L0, V0, R0."),
        ("surgery", "2026-03-05", "", "In the specimen 1 of 17 lymph nodes was affected."),
    ], {}),
    ("sentinel vs clearance", [], [
        ("pathology", "2026-01-02", "SLNB", "Sentinel nodes left axilla: 1/2 positive."),
        ("pathology", "2026-02-02", "ANC", "Axillary clearance left: 2 of 15 nodes."),
        ("oncology", "2026-03-08", "", "In all 3 of 17 axillary nodes were positive."),
    ], {}),
    ("node more pos than ex", ["nodes"], [
        ("pathology", "2026-03-02", "", "Nodes examined: 4. Nodes with metastasis: 6."),
    ], {}),
    ("biopsies not nodes", [], [
        ("pathology", "2026-03-02", "", "3 of 12 cores contain cancer. Gleason 3+4=7."),
        ("surgery", "2026-03-05", "", "Prostatectomy done: nodes 0/9."),
    ], {}),
    ("node lay", ["nodes"], [
        ("pathology", "2026-03-02", "", "Axillary dissection: 0 of 16 lymph nodes."),
        ("note", "2026-03-05", "", "The surgeon told her that two of the sixteen glands had cancer in them."),
    ], {}),
]
