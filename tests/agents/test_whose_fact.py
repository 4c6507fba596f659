"""What is said of rules, of other patients, of relatives and of second specimens is no fact of the patient's tumour."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case

# question, words, values read
TABLE = [
    ("presence.parametrial_invasion", "Cervical cancer. Radical hysterectomy is not suitable with parametrial disease.", "present"),
    ("primary.site", "Adenocarcinoma of the sigmoid colon with several liver metastases.", "colorectal.sigmoid"),
    ("primary.organ", "Liver biopsy: adenocarcinoma consistent with metastasis of a colonic primary.", ""),
    ("presence.extranodal_extension", "Tongue cancer. Of 34 lymph nodes 5 were involved, none with extranodal spread.", "absent"),
    ("margin", "Cervical cancer. Endocervical margin involved by CIN 3, invasive tumour clear by 2 mm.", ""),
    ("margin", "Cervical cancer. Endocervical margin involved by carcinoma.", "positive"),
    ("stage.pathologic.group", "Kidney cancer. pT3a pNX, stage III with cN0 cM0.", "III"),
    ("presence.ascites", "A good deal of fluid lies in both flanks. Ovarian cancer.", "present"),
    ("primary.size", "The mass in the pancreatic head was measured and came to 38 mm.", "38.0"),
    ("primary.size", "Pancreatic cancer. T2 is a mass of more than 2 to 4 cm.", ""),
    ("primary.size", "Cervical cancer: lesion of the anterior lip, below 2 cm.", ""),
    ("presence.metastasis.lung", "Compared with January 2025, when the lungs were clear. Kidney cancer on the right.", ""),
    ("biomarker.kras", "Sigmoid adenocarcinoma. KRAS and NRAS are on the machine, result not before 3 June.", "pending"),
    ("stage.pathologic.group", "Pancreatic cancer. Stage group on the final histology is IB.", "IB"),
    ("presence.ulceration", "Melanoma of the back, 0.5 mm. A sentinel biopsy is considered from 0.8 mm or with ulceration, so it is not needed.", ""),
    ("biomarker.pr", "The trial requires ER negative, PR negative and HER2 negative tumours.", ""),
    ("biomarker.er", "Breast cancer. ER positive is defined as an Allred score above 2.", ""),
    ("biomarker.her2", "Trastuzumab is licensed for HER2 positive cancers.", ""),
    ("biomarker.pole", "Breast carcinoma. POLE mutated ones do well.", ""),
    ("biomarker.kras", "KRAS wild-type cancers, about one in ten, may carry fusions.", ""),
    ("biomarker.kras", "Both cancers are KRAS wild-type.", "wild-type"),
    ("biomarker.egfr", "Osimertinib is reserved for patients with an EGFR mutation.", ""),
    ("biomarker.egfr", "Osimertinib is indicated for her EGFR mutated tumour.", "mutated"),
    ("biomarker.idh", "Astrocytoma. IDH1 R132H antibody: tumour cells stain.", "mutated"),
    ("biomarker.mmr", "Colon cancer. MSH2/MSH6 kept.", ""),
    ("biomarker.mmr", "Colon cancer. PMS2 and MSH6 retained.", "proficient"),
    ("biomarker.mmr", "Colon cancer. MLH1/PMS2: no nuclear signal, MSH2/MSH6 kept.", "deficient"),
    ("biomarker.her2", "Breast cancer. HER2/CEP17 ratio 2.3, HER2 copy number 3.1.", ""),
    ("biomarker.her2", "Breast cancer. HER2/CEP17 ratio 1.5, HER2 copy number 6.8.", ""),
    ("biomarker.her2", "Breast cancer. HER2/CEP17 ratio 4.1, HER2 copy number 9.8.", "positive"),
    ("grade", "Breast cancer. I explained that grade 3 tumours, or those that are large, would be offered chemotherapy.", ""),
    ("grade", "Breast carcinoma, moderately differentiated, nuclear grade 3.", "2"),
    ("grade", "Breast carcinoma. Nottingham grade (1, 2, 3): 3.", "3"),
    ("grade", "Lung adenocarcinoma. Blocks F2 G1 H1 H2 sampled.", ""),
    ("grade.gleason", "Prostate adenocarcinoma, Gleason 3+4/4+5.", ""),
    ("primary.side", "Prostate cancer. Robot-assisted radical prostatectomy, right nerve spare full, left partial.", ""),
    ("stage.pathologic.t", "Breast carcinoma, provisional grade 2 (T3 N2 M1).", ""),
    ("stage.unspecified.t", "Breast carcinoma, provisional grade 2 (T3 N2 M1).", ""),
    ("tumour.type", "Squamous cell carcinoma of the anal canal.", "other"),
    ("tumour.type", "Adenocarcinoma of the rectum.", "colorectal"),
    ("primary.size", "Rectum, 8 cm, biopsy: adenocarcinoma of the rectum.", ""),
    ("histology.type", "Gastric adenocarcinoma. Lymphoma (MALT) is ruled out.", "adenocarcinoma"),
    ("histology.type", "Lung mass. Had this been a squamous carcinoma we would have omitted pemetrexed.", ""),
    ("patient.age", "Aged 45 he had a haematemesis.", ""),
    ("patient.age", "A man of 85, his father, is well.", ""),
    ("patient.birthdate", "Wife (66) has diabetes; she was born 3.3.1959.", ""),
    ("event.surgery.prostatectomy", "Her husband came along; he had a prostatectomy on 1 March 2026.", ""),
    ("event.surgery.turbt", "Urine clear. S/p TURBT of 16.1. (first resection).", "2026-01-16"),
    ("patient.age", "A 72-year-old friend drove him here.", ""),
    ("patient.age", "71/M, smoker.", "71"),
    ("patient.birthdate", "The patient's daughter (born 1 May 1990) may be told.", ""),
    ("biomarker.braf", "BRAF-mutated tumours are aggressive; hers is not.", ""),
    ("biomarker.alk", "Lung cancer. No abnormality of ALK by FISH.", "negative"),
    ("grade.gleason", "Prostate adenocarcinoma, score 7 (4 plus 3).", "4+3"),
    ("histology.type", "Oesophagus: Plattenepithelkarzinom.", "squamous_cell_carcinoma"),
    ("event.biopsy", "Biopsy results were given on 22 January.", ""),
    ("event.biopsy", "Vacuum biopsy of a second focus on 17 February.", ""),
    ("event.endoscopy.hysteroscopy", "We removed the uterus on 9 February, four weeks after the hysteroscopy.", ""),
]


@pytest.mark.parametrize(("question", "words", "expected"), TABLE)
def test_only_the_patients_own_facts_are_read(question: str, words: str, expected: str) -> None:
    document = {"id": "a", "kind": "note", "date": "2026-03-20", "text": words}
    case = Case.model_validate({"id": "c", "question": "Plan?", "documents": [document]})
    assert ", ".join(str(f.value) for f in read_chart(case).findings if f.question == question) == expected
