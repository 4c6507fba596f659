"""Whole little charts: plans that agree in other words raise nothing, plans against data or guideline are found."""

from __future__ import annotations

import pytest

from tests.compare.plans_reader import Texts, kinds

AGREED: list[Texts] = [
    (("p", "Breast carcinoma NST, ER positive, HER2 negative."), ("s", "Wide local excision and sentinel node biopsy on 2 March. Letrozole is not needed meanwhile."), ("o", "I back the surgical plan; letrozole and whole breast radiotherapy afterwards.")),
    (("c", "Nasopharyngeal carcinoma."), ("s", "No place for the knife. I share the plan of induction chemotherapy with chemoradiation to follow."), ("o", "Gemcitabine-cisplatin, three cycles, and then 70 Gy with cisplatin.")),
    (("p", "Squamous cell carcinoma of the cervix. PD-L1 CPS 20."), ("o", "Cervix cancer IIIB after chemoradiation. Carry on pembrolizumab.")),
    (("c", "Renal mass 34 mm of the shrunken native kidney, cT1a. Transplant kidney normal."), ("s", "Laparoscopic nephrectomy of the native kidney on 3 March.")),
    (("c", "Lung adenocarcinoma right upper lobe 24 mm, cT1c cN0."), ("s", "Right upper lobectomy is planned for 4 March. He is fit."), ("o", "I agree with surgery. Adjuvant chemotherapy only if nodes are involved.")),
    (("c", "Lung cancer."), ("s", "We will do a VATS lobectomy next week."), ("o", "We talked about SABR and surgery; he prefers surgery and I support that.")),
    (("p", "Breast carcinoma NST, ER positive, HER2 negative."), ("s", "Wide local excision and sentinel node biopsy on 2 March."), ("o", "After surgery I would give letrozole and whole-breast radiotherapy.")),
    (("c", "Pancreatic head cancer, borderline."), ("s", "I would reassess for Whipple after FOLFIRINOX."), ("o", "FOLFIRINOX for 4 months then restage and operate if it responds.")),
    (("c", "HCC 24 mm."), ("s", "Not for resection because of portal hypertension; ablation please."), ("o", "Microwave ablation booked for Friday.")),
    (("p", "Prostate adenocarcinoma Gleason 3+3, grade group 1."), ("s", "Active surveillance. PSA in 3 months."), ("o", "Nothing to treat at present: surveillance, as agreed with urology. Radiotherapy would be an option at progression.")),
    (("p", "Prostate adenocarcinoma, grade group 4."), ("s", "He does not want prostatectomy and I have referred him for radiotherapy."), ("o", "EBRT with 2 years of ADT, curative intent.")),
    (("c", "Bladder cancer cT2."), ("s", "Cystectomy after four cycles of gemcitabine and cisplatin."), ("o", "Neoadjuvant gemcitabine-cisplatin x4 then cystectomy. eGFR 78.")),
    (("p", "Ovarian high-grade serous carcinoma."), ("s", "Interval debulking on 2 May after cycle 3."), ("o", "Carboplatin and paclitaxel for three cycles, then surgery, then three more.")),
    (("p", "Colon adenocarcinoma pT3 pN1."), ("s", "Right hemicolectomy done on 12 January. Recovered well. No further surgery."), ("o", "Adjuvant CAPOX for three months. DPYD normal.")),
    (("c", "Oesophageal adenocarcinoma."), ("s", "Oesophagectomy was discussed; he declined it."), ("o", "He declines surgery. Definitive chemoradiotherapy.")),
    (("c", "Glioma left temporal."), ("s", "Craniotomy and maximal safe resection 3 March. Biopsy alone would undertreat."), ("o", "After resection, radiotherapy with temozolomide, depending on the histology.")),
    (("c", "Cervix cancer IIB."), ("s", "Not a surgical case. Chemoradiation."), ("o", "Concurrent chemoradiation with brachytherapy, intent curative.")),
    (("c", "Metastatic colorectal cancer."), ("o", "FOLFOX with palliative intent."), ("n", "Incurable disease. Oncology: palliative chemotherapy. Surgery: no role for resection.")),
    (("l", "eGFR 12/01/2026: 71\neGFR 10/02/2026: 74"), ("o", "Plan: cisplatin and radiotherapy for larynx cancer.")),
    (("l", "eGFR 38 on 2 January 2026. eGFR 72 on 9 February 2026."), ("o", "Larynx carcinoma. Plan: cisplatin 100 mg/m2.")),
    (("c", "Renal mass 3 cm, cT1a."), ("s", "Partial nephrectomy. He asked about ablation; I explained that surgery is better in his case."), ("o", "Agree with partial nephrectomy.")),
    (("c", "Melanoma."), ("s", "Wide local excision with sentinel node biopsy."), ("o", "Await sentinel node result; adjuvant pembrolizumab would be considered if positive.")),
    (("p", "Endometrial carcinoma grade 1."), ("s", "Total laparoscopic hysterectomy and BSO."), ("o", "Vault brachytherapy if LVSI is substantial, otherwise observation after surgery.")),
    (("c", "Lung cancer stage IV."), ("o", "I explained that treatment cannot cure him. Carboplatin-pemetrexed."), ("s", "Pleural drain removed. Palliative care involved.")),
    (("c", "Head and neck cancer."), ("s", "Hemiglossectomy with neck dissection, 4 March. The margin was the main issue at MDT."), ("o", "Postoperative radiotherapy 60 Gy in 30 after healing.")),
    (("c", "Gastric cancer"), ("s", "Happy to operate after chemotherapy; gastrectomy pencilled in for May."), ("o", "FLOT x4, then gastrectomy. Then four more.")),
    (("c", "Breast cancer."), ("s", "The options are mastectomy or wide local excision; she will choose. Surgery on 3 March either way."), ("o", "Oncotype after surgery. Chemotherapy only if the score is high.")),
]
BROKEN: list[tuple[str, Texts]] = [
    ("treatment", (("c", "Larynx cancer cT3 N0."), ("s", "My recommendation is total laryngectomy."), ("o", "I would go for concurrent chemoradiation, 70 Gy in 35, keeping the larynx, with surgery held back for failure."))),
    ("resectability", (("c", "Pancreatic head cancer."), ("s", "To my mind this is a resectable tumour."), ("o", "In my assessment the primary should be regarded as unresectable."))),
    ("contraindication", (("n", "Lung cancer. Admitted coughing up fresh blood."), ("o", "Carboplatin, pemetrexed and bevacizumab from 17 March."))),
    ("contraindication", (("l", "Creatinine clearance 31 mL/min"), ("o", "Larynx carcinoma. He will start cisplatin next week."))),
    ("contraindication", (("l", "LVEF 38 % on echocardiogram"), ("o", "Breast cancer, HER2 positive. My plan is EC-T then trastuzumab."))),
    ("contraindication", (("l", "Neutrophils 0.9 x10^9/L, platelets 140"), ("o", "Colon cancer stage III. CAPOX cycle 1 tomorrow."))),
    ("contraindication", (("l", "Platelets 61"), ("o", "Glioblastoma. To commence temozolomide on Monday."))),
    ("contraindication", (("g", "KRAS G12D mutated"), ("o", "Metastatic rectal adenocarcinoma. I would favour FOLFIRI with cetuximab."))),
    ("contraindication", (("o", "Breast cancer, germline TP53 (Li-Fraumeni syndrome)."), ("s", "I plan wide local excision - breast-conserving surgery - and radiotherapy."))),
    ("contraindication", (("n", "Severe psoriatic arthritis and kidney transplant 2015 on tacrolimus."), ("o", "Melanoma. Ipilimumab and nivolumab is where I would go."))),
    ("prerequisite", (("g", "PD-L1: pending"), ("o", "Recurrent cervical squamous cell carcinoma. I am minded to give carboplatin, paclitaxel and pembrolizumab."))),
    ("prerequisite", (("g", "EGFR and ALK: awaited"), ("o", "Lung adenocarcinoma stage IV. Script for osimertinib given today."))),
    ("prerequisite", (("p", "Prostate adenocarcinoma metastatic, castration-resistant"), ("o", "Offer lutetium PSMA, six cycles."))),
    ("guideline", (("p", "High-grade serous carcinoma of the ovary, FIGO stage IIIC"), ("o", "I would not give chemotherapy; observation."))),
    ("guideline", (("p", "Prostate adenocarcinoma, Gleason 3+3=6, grade group 1. cT1c."), ("o", "I would start him on goserelin alone."))),
    ("guideline", (("p", "Melanoma of back, Breslow 3.1 mm"), ("s", "I would not sample the sentinel node. Wide excision only."))),
    ("guideline", (("p", "Breast carcinoma, ER 95 % positive, HER2 negative"), ("o", "No endocrine treatment needed."))),
    ("guideline", (("p", "Small cell carcinoma of lung. Stage IV."), ("s", "Lobectomy on Thursday."))),
    ("treatment", (("c", "Lung cancer RUL"), ("s", "Lobectomy with curative intent; list 4 March."), ("o", "EGFR exon 19 deletion. Osimertinib alone, no operation."))),
]


@pytest.mark.parametrize("texts", AGREED, ids=lambda t: t[-1][1][:40])
def test_plans_that_agree(texts: Texts) -> None:
    assert kinds(texts) == []


@pytest.mark.parametrize(("kind", "texts"), BROKEN, ids=lambda v: v if isinstance(v, str) else v[-1][1][:40])
def test_plans_that_break_a_rule(kind: str, texts: Texts) -> None:
    assert kinds(texts) == [kind]
