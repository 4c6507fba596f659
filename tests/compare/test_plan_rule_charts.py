"""A fact in one document, a plan in another: what the plan rules raise on both, and on their harmless twins."""

from __future__ import annotations

import datetime as dt

import pytest

from evals.conflicts import raised
from panel.case import Case, Document, DocumentKind, Patient

Part = tuple[DocumentKind, str, str]
CHARTS: list[tuple[str | None, int, int, Part, Part]] = [
    ("contraindication", 66, 1, ("note", "Pre-assessment", "Bladder cancer patient. Audiogram: severe bilateral high-tone loss, wears aids. GFR 72."), ("oncology", "Plan", "cT3 N0 M0 urothelial carcinoma. We will give neoadjuvant gemcitabine and cisplatin, four cycles, then cystectomy.")),
    (None, 66, 1, ("note", "Pre-assessment", "Bladder cancer patient. Audiogram normal, GFR 72, no neuropathy."), ("oncology", "Plan", "cT3 N0 M0 urothelial carcinoma. We will give neoadjuvant gemcitabine and cisplatin, four cycles, then cystectomy.")),
    ("contraindication", 70, 1, ("other", "Respiratory clinic", "UIP on HRCT, FVC 58 %, on pirfenidone since 2024."), ("oncology", "Oncology", "Squamous cell lung cancer, cT3 N2 M1a, PD-L1 80 %, EGFR and ALK negative. Start pembrolizumab 200 mg three-weekly on Monday.")),
    (None, 70, 1, ("other", "Respiratory clinic", "COPD, FEV1 71 %. CT excludes fibrosis."), ("oncology", "Oncology", "Squamous cell lung cancer, cT3 N2 M1a, PD-L1 80 %, EGFR and ALK negative. Start pembrolizumab 200 mg three-weekly on Monday.")),
    ("contraindication", 68, 1, ("laboratory", "Liver profile", "Total bilirubin 96 umol/L, ALP 480."), ("oncology", "Oncology", "Metastatic colon cancer, DPYD normal. Plan FOLFIRI from Wednesday.")),
    ("contraindication", 71, 1, ("note", "Pacing clinic", "Pacemaker 2003 with an abandoned lead; not MR conditional."), ("surgery", "Urology", "PSA 12, prostate. Multiparametric MRI before biopsy, booked next week.")),
    ("contraindication", 66, 1, ("note", "Hepatology", "Child-Pugh C11, refractory ascites, encephalopathy."), ("oncology", "HCC clinic", "Multifocal HCC. Start sorafenib 400 mg bd.")),
    ("contraindication", 57, 1, ("note", "Incident form", "During the second paclitaxel: urticaria, bronchospasm, hypotension, adrenaline given."), ("oncology", "Gynae oncology", "High grade serous ovarian cancer, FIGO IIIC. Carboplatin and paclitaxel continue, next dose Monday.")),
    ("contraindication", 69, 1, ("note", "Dental hospital", "Exposed necrotic bone in the mandible, infected."), ("oncology", "Oncology", "Bone metastases from prostate cancer. Denosumab 120 mg monthly starts now.")),
    ("prerequisite", 63, 1, ("note", "MDT list", "Rectal cancer at 7 cm. MRI pelvis: claustrophobic, not completed."), ("oncology", "Clin onc", "Short-course radiotherapy 5x5 Gy starts Monday.")),
    ("prerequisite", 59, 1, ("note", "HPB nurse", "HCC segment VIII. Volumetry and HVPG not yet done."), ("surgery", "Surgeon", "Right hepatectomy on 20 March.")),
    ("prerequisite", 64, 1, ("pathology", "EUS", "GIST of the stomach, CD117 positive. KIT/PDGFRA genotyping: requested."), ("oncology", "Sarcoma", "Start imatinib 400 mg tomorrow.")),
    ("guideline", 52, 0, ("pathology", "Lumpectomy", "Invasive ductal carcinoma, pT1c pN0, ER 95 %, PR 80 %, HER2 0."), ("oncology", "Letter", "No endocrine therapy is recommended. Whole breast radiotherapy 40 Gy.")),
    (None, 55, 0, ("pathology", "Colectomy", "Adenocarcinoma of sigmoid colon, pT3 pN0, 0 of 24 nodes, R0, dMMR."), ("oncology", "Clinic", "Fit and well. We advise against any adjuvant chemotherapy; surveillance only.")),
    ("guideline", 66, 0, ("radiology", "CT", "Pancreatic body tumour with 5 liver metastases."), ("surgery", "HPB", "Distal pancreatectomy is planned for next week.")),
    ("guideline", 50, 0, ("pathology", "Craniotomy", "Astrocytic tumour with necrosis. IDH wild type. Glioblastoma, CNS WHO grade 4."), ("oncology", "Neuro-oncology", "KPS 90. I recommend neither radiotherapy nor temozolomide for now; we will treat only if it comes back.")),
    (None, 50, 0, ("pathology", "Craniotomy", "Glioblastoma, IDH wildtype, CNS WHO grade 4."), ("oncology", "Neuro-oncology", "KPS 90. No radiotherapy for now: the wound must heal first.")),
    ("guideline", 50, 0, ("pathology", "Craniotomy", "Glioblastoma, IDH wildtype, MGMT methylated."), ("oncology", "Neuro-oncology", "KPS 90. Radiotherapy 60 Gy; no temozolomide.")),
    ("guideline", 63, 1, ("pathology", "Nephrectomy", "Clear cell renal cell carcinoma, pT3a N0, R0."), ("oncology", "Oncology", "Adjuvant radiotherapy to the renal bed, 50 Gy, recommended.")),
    ("guideline", 45, 0, ("pathology", "Core", "High grade DCIS, ER negative, no invasion."), ("oncology", "Letter", "Adjuvant chemotherapy with docetaxel and cyclophosphamide starts in April.")),
    ("guideline", 60, 0, ("radiology", "CT", "HCC 4 cm with tumour thrombus in the main portal vein and lung metastases."), ("surgery", "Transplant", "Listed for liver transplantation.")),
    (None, 52, 0, ("pathology", "Lumpectomy", "Invasive ductal carcinoma 22 mm, grade 3, with high grade DCIS. pT2 pN1a. ER 0, PR 0, HER2 0."), ("oncology", "Plan", "LVEF 64 %. Adjuvant epirubicin and cyclophosphamide, then paclitaxel; ER negative, no endocrine therapy.")),
    ("contraindication", 52, 0, ("pathology", "Excision", "DCIS, high grade, 14 mm, ER 0 %, PR 0 %, margins 4 mm."), ("oncology", "Plan", "Whole breast radiotherapy and tamoxifen for five years.")),
    ("guideline", 64, 1, ("pathology", "Resection", "Adenocarcinoma of the lung, pT1b pN0, R0. Stage IA2."), ("oncology", "Plan", "Adjuvant cisplatin and vinorelbine, four cycles. GFR 88, hearing normal.")),
    (None, 64, 1, ("pathology", "Resection", "Adenocarcinoma of the lung, pT2b pN1, R0. Stage IIB."), ("oncology", "Plan", "Adjuvant cisplatin and vinorelbine, four cycles. GFR 88, hearing normal.")),
    (None, 60, 0, ("radiology", "CT", "HCC 3 cm, segment VI, no vascular invasion, no metastases."), ("surgery", "Transplant", "Listed for liver transplantation.")),
    (None, 70, 0, ("pathology", "Nephrectomy", "Clear cell renal cell carcinoma, pT3a N0, grade 4, R0."), ("oncology", "Plan", "Adjuvant pembrolizumab for one year. Thyroid function normal.")),
    ("guideline", 70, 0, ("pathology", "Nephrectomy", "Clear cell renal cell carcinoma, 3 cm, pT1a N0, grade 2, R0."), ("oncology", "Plan", "Adjuvant pembrolizumab for one year. Thyroid function normal.")),
    ("prerequisite", 55, 0, ("note", "Nurse", "Tonsil cancer. Dental assessment: no appointment yet."), ("oncology", "Plan", "Chemoradiotherapy 70 Gy with weekly cisplatin from Monday. GFR 90, audiogram normal.")),
    (None, 55, 0, ("note", "Nurse", "Tonsil cancer. Dental assessment done, two teeth out."), ("oncology", "Plan", "Chemoradiotherapy 70 Gy with weekly cisplatin from Monday. GFR 90, audiogram normal.")),
    # what the next sentence says has come, risen or passed
    (None, 64, 0, ("note", "Booking", "When booked his DPYD test was pending; it was reported on 28 February and shows no variant."), ("oncology", "Letter", "Sigmoid cancer, pT3 pN1b. Plan: four cycles of CAPOX, adjuvant.")),
    (None, 64, 0, ("note", "Booking", "DPYD was pending at the visit of 24 February; arrived 1 March, normal."), ("oncology", "Letter", "Sigmoid cancer, pT3 pN1b. Plan: four cycles of CAPOX, adjuvant.")),
    ("prerequisite", 64, 0, ("note", "Booking", "DPYD was sent on 24 February; it has not come back."), ("oncology", "Letter", "Sigmoid cancer, pT3 pN1b. Plan: four cycles of CAPOX, adjuvant.")),
    (None, 66, 0, ("note", "Ward", "Bladder cancer. His eGFR was 41 when the stone blocked the right side. After stenting it was 72 on 1 March."), ("oncology", "Letter", "Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    ("contraindication", 66, 0, ("note", "Ward", "Bladder cancer. His eGFR was 72 in January. In spite of the stent it fell to 41."), ("oncology", "Letter", "Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    (None, 66, 0, ("note", "Ward", "Bladder cancer. Two weeks of haemodialysis in 2017 after septic shock, full recovery. eGFR 88."), ("oncology", "Letter", "Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    ("contraindication", 66, 0, ("note", "Ward", "Bladder cancer. On haemodialysis since 2019."), ("oncology", "Letter", "Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    ("contraindication", 60, 0, ("note", "Ward", "Heart failure since 2019, on bisoprolol."), ("oncology", "Letter", "Triple-negative breast cancer. LVEF 55 %. Plan: epirubicin and cyclophosphamide, four cycles.")),
    (None, 60, 0, ("note", "Ward", "Her neighbour's cisplatin was stopped for deafness; audiogram normal, eGFR 88."), ("oncology", "Letter", "Bladder cancer. Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    # a partial deficiency answered by the dose, and one that is not
    (None, 64, 0, ("genomics", "DPYD", "DPYD c.2846A>T present, activity score 1.5. Dose reduction recommended."), ("oncology", "Letter", "Sigmoid cancer, pT3 pN1b. Plan: four cycles of CAPOX, adjuvant. Because of the genotype we begin at half dose.")),
    ("contraindication", 64, 0, ("genomics", "DPYD", "DPYD c.2846A>T present, activity score 1.5. Dose reduction recommended."), ("oncology", "Letter", "Sigmoid cancer, pT3 pN1b. Plan: four cycles of CAPOX, adjuvant, full dose.")),
    (None, 64, 0, ("genomics", "DPYD", "DPYD *2A and three more: absent."), ("oncology", "Letter", "Sigmoid cancer, pT3 pN1b. Plan: four cycles of CAPOX, adjuvant.")),
    # a reaction told far from the drug; the lifetime dose
    ("contraindication", 61, 1, ("note", "Ward", "She developed bronchospasm, flushing and a drop in blood pressure within minutes of her first paclitaxel infusion."), ("oncology", "Letter", "High-grade serous carcinoma of the ovary. I suggest carboplatin with paclitaxel for three cycles.")),
    ("contraindication", 61, 1, ("note", "Ward", "Cumulative dose of doxorubicin for lymphoma in 1999: 400 mg/m2."), ("oncology", "Letter", "Breast cancer. LVEF 61 %. Plan: epirubicin and cyclophosphamide, four cycles.")),
    # what was never had, or is over, is not left out
    ("guideline", 61, 0, ("pathology", "Excision", "Invasive ductal carcinoma, ER 95 %, HER2 negative."), ("oncology", "Letter", "Radiotherapy to the breast. I do not think that tamoxifen has anything to add and we shall leave hormones out.")),
    (None, 61, 0, ("pathology", "Excision", "Invasive ductal carcinoma, ER 95 %, HER2 negative."), ("oncology", "Letter", "Radiotherapy to the breast comes first. She never took an aromatase inhibitor; no endocrine treatment so far.")),
    (None, 61, 0, ("pathology", "Colectomy", "Sigmoid adenocarcinoma, pT3 pN1b (3/21), stage IIIB."), ("oncology", "Letter", "She has finished three months of FOLFOX. No further chemotherapy; CEA every three months.")),
    ("guideline", 66, 0, ("pathology", "Biopsy", "Small cell carcinoma of the lung."), ("oncology", "Letter", "Limited-stage small cell lung cancer. Four cycles of cisplatin and etoposide. Thoracic radiotherapy will not be part of her treatment.")),
    # on repeat, since then, another's
    (None, 64, 0, ("laboratory", "DPYD", "DPYD genotyping: first tube clotted. Repeat of 27 February: no variant."), ("oncology", "Letter", "Colon cancer, stage III. CAPOX begins tomorrow.")),
    ("prerequisite", 64, 0, ("laboratory", "DPYD", "DPYD genotyping: first tube clotted. Kindly repeat."), ("oncology", "Letter", "Colon cancer, stage III. CAPOX begins tomorrow.")),
    ("prerequisite", 64, 0, ("note", "Ward", "DPYD blood was taken on 2 March; the laboratory quotes ten working days."), ("oncology", "Letter", "Colon cancer, stage III. CAPOX begins tomorrow.")),
    ("prerequisite", 60, 0, ("note", "Ward", "We have not yet heard from genetics about BRCA, nor is there an HRD score."), ("oncology", "Letter", "Ovarian cancer, complete response after six cycles. Olaparib maintenance from next week.")),
    ("prerequisite", 60, 0, ("note", "Ward", "Rectal cancer. She walked out of the MRI and it was never rearranged."), ("oncology", "Letter", "Rectal adenocarcinoma at 6 cm. Short-course radiotherapy, 25 Gy in five fractions, is booked for the 16th.")),
    (None, 60, 0, ("note", "Ward", "EF 38 % in 2022 with untreated fast atrial fibrillation, 60 % since rate control."), ("oncology", "Letter", "HER2-positive breast cancer, node positive. Paclitaxel and trastuzumab.")),
    (None, 60, 0, ("note", "Ward", "He was ECOG 4 with hypercalcaemia. Since treatment he is back at work, ECOG 0."), ("oncology", "Letter", "Small cell lung cancer with liver metastases. Carboplatin and etoposide from Monday.")),
    (None, 60, 0, ("note", "Ward", "Her file was mixed up with that of a woman with carboplatin anaphylaxis; corrected."), ("oncology", "Letter", "Small cell lung cancer with liver metastases. Carboplatin and etoposide from Monday.")),
    ("contraindication", 60, 0, ("note", "Ward", "The audiologist writes that he has lost most of his hearing in both ears."), ("oncology", "Letter", "Bladder cancer. Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    ("contraindication", 60, 0, ("genomics", "Genes", "Colon cancer. NRAS codon 61 mutation present."), ("oncology", "Letter", "Second line: irinotecan with cetuximab every fortnight.")),
    (None, 60, 0, ("pathology", "Excision", "Invasive ductal carcinoma, ER 95 %, HER2 negative."), ("oncology", "Letter", "Not tamoxifen, because of her old clot, but anastrozole for five years.")),
    ("guideline", 60, 0, ("radiology", "CT", "Gastric cancer with liver metastases, cM1."), ("surgery", "Letter", "Total gastrectomy with D2 dissection on 20 March.")),
    # a form or a letter that says in its own words what is left out, or what is still out
    ("guideline", 60, 0, ("pathology", "Biopsy", "Prostate adenocarcinoma, Gleason 4+5=9."), ("oncology", "Letter", "He is to have sixty gray in twenty fractions. I see no need to interfere with his testosterone at all.")),
    ("guideline", 49, 0, ("pathology", "Excision", "Melanoma of the calf, Breslow 3.4 mm, pT3a, no ulceration."), ("surgery", "Letter", "Wide excision with 2 cm. Her groin nodes need no surgical sampling of any kind.")),
    ("prerequisite", 49, 0, ("pathology", "Core", "Breast: invasive carcinoma. The material has gone for in-situ hybridisation and an answer is expected in ten days."), ("oncology", "Letter", "Monday: first of six cycles of docetaxel, carboplatin, trastuzumab and pertuzumab. Echo EF 63 %.")),
    ("contraindication", 66, 0, ("note", "Ward", "At endoscopy three large varices were found, one of them spurting, and four bands were put on."), ("oncology", "Letter", "Hepatocellular carcinoma, Child-Pugh A. Atezolizumab and bevacizumab from Friday.")),
    ("contraindication", 60, 0, ("genomics", "Slip", "DPYD c.1905+1G>A (*2A): homozygous variant\nc.2846A>T: not detected\nc.1679T>G: not detected\nc.1236G>A: not detected"), ("oncology", "Letter", "Gastric cancer. We begin FLOT at full dose.")),
    ("contraindication", 60, 0, ("genomics", "Slip", "DPYD genotype\nc.1905+1G>A: heterozygous\nc.2846A>T: not detected"), ("oncology", "Letter", "Gastric cancer. We begin FLOT at full dose.")),
    (None, 60, 0, ("genomics", "Slip", "DPYD genotype\nc.1905+1G>A: not detected\nc.2846A>T: not detected"), ("oncology", "Letter", "Gastric cancer. We begin FLOT at full dose.")),
    ("treatment", 50, 0, ("surgery", "Surgical proforma", "Histology: cervical carcinoma, FIGO IB2\nMain treatment: open radical hysterectomy\nConsent: discussed"), ("oncology", "Letter", "She will do best without an operation: 45 Gy to the pelvis, weekly cisplatin and brachytherapy.")),
    (None, 58, 0, ("surgery", "Operation sheet", "Glioblastoma. Craniotomy date: 02.03.2026\nSide: right temporal"), ("oncology", "Letter", "Glioblastoma. 60 Gy in 30 fractions with daily temozolomide from 18 March.")),
    # whose leave answers which fact
    (None, 70, 0, ("note", "Ward", "Pulmonary tuberculosis, on treatment."), ("surgery", "Letter", "High-grade pT1 urothelial carcinoma of the bladder. The chest physician saw him and has no objection to BCG. Plan: intravesical BCG.")),
    ("contraindication", 70, 0, ("note", "Ward", "Pulmonary tuberculosis, on treatment."), ("surgery", "Letter", "High-grade pT1 urothelial carcinoma of the bladder. Cardiology has no objection to BCG. Plan: intravesical BCG.")),
    (None, 66, 0, ("note", "Ward", "Crohn's disease, quiet for six years without treatment."), ("oncology", "Letter", "Melanoma with lung metastases, BRAF wild type. Dr Lin (gastroenterology) sees no bar to a checkpoint inhibitor. Plan: pembrolizumab.")),
    ("contraindication", 66, 0, ("note", "Ward", "Crohn's disease, active, on vedolizumab."), ("oncology", "Letter", "Melanoma with lung metastases, BRAF wild type. Cardiology sees no bar to a checkpoint inhibitor. Plan: pembrolizumab.")),
    ("contraindication", 66, 0, ("note", "Ward", "Crohn's disease, active, on vedolizumab."), ("oncology", "Letter", "Melanoma with lung metastases, BRAF wild type. Gastroenterology would not be happy. Plan: pembrolizumab.")),
    ("contraindication", 66, 0, ("note", "Ward", "Diabetic nephropathy, clearance by EDTA 34 mL/min and slowly falling."), ("oncology", "Letter", "Bladder cancer. Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    (None, 66, 0, ("note", "Ward", "In sepsis the clearance was 25; at the clinic on 27 February it had come back to 84 mL/min."), ("oncology", "Letter", "Bladder cancer. Plan: four cycles of gemcitabine and cisplatin, then cystectomy.")),
    ("prerequisite", 66, 0, ("note", "Ward", "Cancer of the larynx. Has not been to the dentist; referral was never made."), ("oncology", "Letter", "Laryngeal squamous carcinoma. Radiotherapy, 55 Gy in 20 fractions, from Monday.")),
    ("guideline", 66, 0, ("pathology", "Excision", "Invasive lobular carcinoma, ER Allred 8, HER2 0."), ("oncology", "Letter", "Breast cancer. Radiotherapy alone will suffice, and hormone treatment can be dispensed with.")),
    # a reason before the plan, a denial of its denial, a plan that once was
    ("prerequisite", 64, 1, ("pathology", "Lung biopsy", "Adenocarcinoma. The block has been sent for EGFR and ALK; no result yet."), ("oncology", "Letter", "M1c. As she has never smoked I have prescribed osimertinib 80 mg daily.")),
    ("guideline", 62, 1, ("pathology", "Bladder resection", "High-grade urothelial carcinoma infiltrating the muscularis propria, pT2."), ("surgery", "Letter", "In view of his wish to keep his bladder, induction BCG weekly for six weeks is arranged.")),
    (None, 68, 0, ("pathology", "Prostate biopsies", "Acinar adenocarcinoma, Gleason 4+5."), ("oncology", "Letter", "cT3a N0 M0. Radiotherapy in 20 fractions. Androgen deprivation cannot be left out here.")),
    ("guideline", 68, 0, ("pathology", "Prostate biopsies", "Acinar adenocarcinoma, Gleason 4+5."), ("oncology", "Letter", "cT3a N0 M0. Radiotherapy in 20 fractions. Androgen deprivation can be left out here.")),
    (None, 63, 1, ("genomics", "Report", "Colon adenocarcinoma, KRAS G12D mutated."), ("oncology", "Letter", "Before the result came she had been pencilled in for FOLFIRI plus cetuximab; she has FOLFIRI with bevacizumab.")),
    ("contraindication", 68, 1, ("laboratory", "Bloods", "Bili 118, ALT 190."), ("oncology", "Letter", "Pancreatic cancer, metastatic. For second line nal-IRI with 5FU, C1 Monday.")),
    # what lasts, what is only warned of, what was years ago
    ("contraindication", 66, 1, ("note", "GP summary", "PMH: polymyalgia. Sensorimotor neuropathy with foot drop, walks with splints."), ("oncology", "Letter", "Ovarian cancer IIIC. Carboplatin and paclitaxel every three weeks, six cycles.")),
    (None, 66, 1, ("note", "Nurse", "Discussed neuropathy, alopecia and diarrhoea."), ("oncology", "Letter", "Colon cancer, pT3 pN1, DPYD normal. Plan: FOLFOX, twelve cycles.")),
    ("contraindication", 66, 1, ("note", "Nurse", "Discussed his neuropathy, which troubles him at night."), ("oncology", "Letter", "Colon cancer, pT3 pN1, DPYD normal. Plan: FOLFOX, twelve cycles.")),
    (None, 44, 0, ("note", "Echo", "LV normal size, EF 62%. In 2019 during septic shock it had fallen to 35% and recovered fully."), ("oncology", "Letter", "Breast cancer, HER2 IHC 3+, ER 0. We start trastuzumab, pertuzumab and docetaxel.")),
    ("contraindication", 38, 0, ("note", "Antenatal clinic", "Primigravida, 14+2 weeks, viable singleton."), ("oncology", "Letter", "Breast cancer, HER2 IHC 3+, ER 0. EF 65%. Plan: docetaxel with trastuzumab and pertuzumab.")),
    # spread in a sample, on a scan, in words
    ("guideline", 59, 0, ("pathology", "Liver biopsy", "Metastatic pancreatic ductal adenocarcinoma."), ("surgery", "Letter", "Whipple's procedure is planned for 26 March.")),
    (None, 59, 0, ("pathology", "Pancreatic biopsy", "Pancreatic ductal adenocarcinoma. Not metastatic on the scan."), ("surgery", "Letter", "Whipple's procedure is planned for 26 March.")),
    ("guideline", 59, 0, ("radiology", "CT", "Pancreatic head mass. Peritoneal carcinomatosis with omental cake."), ("surgery", "Letter", "Whipple's procedure is planned for 26 March.")),
    ("guideline", 66, 1, ("radiology", "PET-CT", "Lung carcinoma, right upper lobe. FDG-avid lesions in the liver and L2."), ("surgery", "Letter", "Right upper lobectomy on 25 March.")),
    # stains that are awaited are no stain
    ("prerequisite", 54, 0, ("pathology", "Endometrial biopsy", "Endometrioid carcinoma, grade 2. MMR immunohistochemistry will be reported separately."), ("oncology", "Letter", "Recurrence. The MMR stains are still missing from the file. Start dostarlimab every three weeks.")),
    ("guideline", 58, 0, ("radiology", "MRI pelvis", "Cervical carcinoma 4.8 cm with parametrial invasion. FIGO IIB."), ("surgery", "Letter", "Date given for radical hysterectomy with pelvic node dissection: 2 April.")),
    # an object before its verb, an adjuvant drug without and with a relapse, a drug that goes on and one that was changed
    ("guideline", 59, 1, ("radiology", "MRI", "Cervical carcinoma reaching the pelvic side wall, FIGO IIIB."), ("oncology", "Letter", "eGFR 82, hearing normal. I shall give 45 Gy with brachytherapy. Cisplatin I will spare her.")),
    ("guideline", 64, 0, ("pathology", "Nephrectomy", "Clear cell renal carcinoma 9 cm, pT3a pN0, grade 3."), ("oncology", "Letter", "No metastases on CT. To lower his risk he will take pazopanib, 800 mg daily, for a year.")),
    (None, 64, 0, ("pathology", "Nephrectomy in 2021", "Clear cell renal carcinoma 9 cm, pT3a pN0, grade 3."), ("oncology", "Letter", "Lung metastases. He will take pazopanib, 800 mg daily.")),
    ("contraindication", 68, 1, ("note", "Medicines", "Paroxetine 20 mg daily since 2009, cannot be without it."), ("oncology", "Letter", "Breast cancer, ER positive, 11 mm. Tamoxifen 20 mg from today.")),
    (None, 68, 1, ("note", "Medicines", "Paroxetine changed to venlafaxine in December on our advice."), ("oncology", "Letter", "Breast cancer, ER positive, 11 mm. Tamoxifen 20 mg from today.")),
    ("contraindication", 45, 0, ("note", "Allergy clinic", "Anaphylaxis to her second docetaxel. No taxane without supervised challenge."), ("oncology", "Letter", "Triple-negative breast cancer. Weekly paclitaxel x12 begins Monday.")),
    ("contraindication", 72, 1, ("note", "Cardiology", "Chest pain with ST elevation during his last pump of 5-FU; spasm proven at angiography."), ("oncology", "Letter", "Stage III colon cancer, DPYD normal. He restarts as capecitabine next week.")),
    ("prerequisite", 34, 0, ("note", "Nurse", "Breast cancer. Pregnancy test to be done, not yet brought in."), ("oncology", "Letter", "T2 N1 triple negative. EC starts on Monday. Echo normal.")),
    # what a test is for, what a word for the disease is, what the next sentence takes back, whose reaction it was
    ("contraindication", 71, 1, ("note", "Device check", "Single-chamber ICD, MRI unsafe leads."), ("oncology", "Letter", "Lung cancer, new seizure. Urgent MRI brain requested to settle whether there are metastases.")),
    ("contraindication", 63, 1, ("note", "Anaesthetic form", "Cardiac: reduced | Echo 28/01/26: EF 30-35%"), ("oncology", "Clinic form", "Diagnosis: TNBC, T3N1M0 | PS: 1 | Treatment: EC-T, C1 D1 16/03/26 | Port: booked")),
    ("contraindication", 77, 1, ("note", "Ward", "Temperature 38.9, E. coli in urine and blood, day 2 of meropenem."), ("surgery", "Bladder clinic", "CIS of bladder, high grade. Second BCG instillation today as per schedule.")),
    (None, 52, 1, ("note", "Ward", "The patient in the next bed reacted to carboplatin, which frightened her."), ("oncology", "Letter", "Relapse of ovarian cancer, 14 months platinum-free. She will have carboplatin and gemcitabine.")),
    ("prerequisite", 57, 1, ("radiology", "MR liver", "HCC 7 cm, right lobe. Volumetry is still to be calculated."), ("surgery", "Letter", "Extended right hepatectomy goes ahead on the 22nd.")),
    (None, 44, 0, ("pathology", "Craniotomy", "Oligodendroglioma, IDH-mutant, 1p/19q codeleted, CNS WHO grade 3."), ("oncology", "Letter", "Radiotherapy 59.4 Gy, followed without fail by six courses of PCV.")),
    (None, 55, 0, ("pathology", "Hysterectomy", "Endometrioid adenocarcinoma grade 1, no LVSI. FIGO IA."), ("oncology", "Letter", "She is keen to have pelvic radiotherapy and chemotherapy. I have reassured her that neither will be given.")),
    # what only seems to leave chemotherapy out
    (None, 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "There is no alternative to chemotherapy, CAPOX, which starts on 23 March.")),
    (None, 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "Chemotherapy will not start until 23 March.")),
    (None, 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "If he declines chemotherapy we shall see him three-monthly.")),
    (None, 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "He has no questions about chemotherapy, which starts on 23 March.")),
    ("guideline", 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "Chemo - no. CEA 3-monthly.")),
    ("guideline", 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "No systemic treatment. CT in six months.")),
    ("guideline", 57, 0, ("pathology", "Hemicolectomy", "Adenocarcinoma of the caecum, pT3 pN1b, stage IIIB."), ("oncology", "Letter", "Adjuvant treatment is unnecessary.")),
    # a disease of this patient, pressures in figures, bone in the mouth, an explanation that is harmless
    ("contraindication", 62, 1, ("note", "Letter", "Ischaemic heart disease with an ejection fraction of thirty-eight per cent."), ("oncology", "Letter", "Breast cancer, HER2 3+, ER 0, T2 N1. Docetaxel with trastuzumab and pertuzumab starts on 19 March.")),
    ("contraindication", 62, 1, ("note", "Letter", "Blood pressure 196/112 in spite of three drugs."), ("oncology", "Letter", "Colon cancer with liver metastases, RAS mutated, DPYD normal. FOLFIRI with bevacizumab starts on 19 March.")),
    (None, 62, 1, ("note", "Letter", "Blood pressure 126/78 on ramipril; it had been 196/112 before treatment."), ("oncology", "Letter", "Colon cancer with liver metastases, RAS mutated, DPYD normal. FOLFIRI with bevacizumab starts on 19 March.")),
    (None, 62, 1, ("note", "Letter", "Gastroscopy normal; melaena was due to iron tablets."), ("oncology", "Letter", "Colon cancer with liver metastases, RAS mutated, DPYD normal. FOLFIRI with bevacizumab starts on 19 March.")),
    ("contraindication", 62, 1, ("note", "Letter", "Socket with bare bone eight weeks after extraction of 36."), ("oncology", "Letter", "Breast cancer with bone metastases, ER positive. Denosumab monthly from 19 March.")),
    ("prerequisite", 58, 1, ("note", "Coordinator", "Adenocarcinoma of the lung. We still know nothing of her EGFR status."), ("oncology", "Letter", "Lung adenocarcinoma, cM1. Osimertinib 80 mg daily starts on 19 March.")),
    (None, 58, 1, ("note", "Coordinator", "Breast carcinoma. HER2 could not be scored on the first core; the second is 3+."), ("oncology", "Letter", "ER 0. Docetaxel with trastuzumab and pertuzumab starts on 19 March. EF 62 %.")),
    # what only names cisplatin, and what gives it
    (None, 66, 1, ("laboratory", "Biochemistry", "Creatinine 190 umol/L, eGFR 30 mL/min/1.73m2."), ("oncology", "Letter", "Muscle-invasive bladder cancer, T3 N0 M0. With better kidneys cisplatin would be the standard; he goes to cystectomy.")),
    (None, 66, 1, ("laboratory", "Biochemistry", "Creatinine 190 umol/L, eGFR 30 mL/min/1.73m2."), ("oncology", "Letter", "Muscle-invasive bladder cancer, T3 N0 M0. Were his clearance to recover above 60 he would be offered cisplatin.")),
    (None, 66, 1, ("laboratory", "Biochemistry", "Creatinine 190 umol/L, eGFR 30 mL/min/1.73m2."), ("oncology", "Letter", "Muscle-invasive bladder cancer, T3 N0 M0. Cisplatin belongs to the treatments that harm the kidney, and I explained why he will not receive it.")),
    ("contraindication", 66, 1, ("laboratory", "Biochemistry", "Creatinine 190 umol/L, eGFR 30 mL/min/1.73m2."), ("oncology", "Letter", "Muscle-invasive bladder cancer, T3 N0 M0. Gemcitabine/cisplatin D1 D8 q21 x4, first on 19 March.")),
    ("contraindication", 66, 1, ("laboratory", "Biochemistry", "Creatinine 190 umol/L, eGFR 30 mL/min/1.73m2."), ("oncology", "Letter", "Muscle-invasive bladder cancer, T3 N0 M0. Cisplatin with gemcitabine has been started this morning.")),
    ("contraindication", 66, 1, ("laboratory", "Biochemistry", "Creatinine 190 umol/L, eGFR 30 mL/min/1.73m2."), ("oncology", "Letter", "Muscle-invasive bladder cancer, T3 N0 M0. Cisplatin and gemcitabine are to precede the operation.")),
    # an operation given back, hoped for, harmful, and one that takes place
    (None, 61, 1, ("radiology", "CT", "Adenocarcinoma of the pancreatic head, 31 mm. Six liver metastases."), ("surgery", "Letter", "Whipple's operation is no longer on the cards.")),
    (None, 61, 1, ("radiology", "CT", "Adenocarcinoma of the pancreatic head, 31 mm. Six liver metastases."), ("surgery", "Letter", "A Whipple would do her harm.")),
    (None, 61, 1, ("radiology", "CT", "Adenocarcinoma of the pancreatic head, 31 mm. Six liver metastases."), ("surgery", "Letter", "She hoped for a Whipple, and I had to disappoint her.")),
    (None, 61, 1, ("radiology", "CT", "Adenocarcinoma of the pancreatic head, 31 mm. Six liver metastases."), ("surgery", "Letter", "The date for her Whipple has been handed back.")),
    ("guideline", 61, 1, ("radiology", "CT", "Adenocarcinoma of the pancreatic head, 31 mm. Six liver metastases."), ("surgery", "Letter", "Her operation, a pylorus-preserving Whipple, takes place on 19 March.")),
]


@pytest.mark.parametrize(("kind", "age", "ecog", "fact", "plan"), CHARTS)
def test_a_plan_beside_a_fact(kind: str | None, age: int, ecog: int, fact: Part, plan: Part) -> None:
    documents = tuple(
        Document(id=f"d{i}", kind=k, date=dt.date(2026, 3, 2 + 6 * i), title=title, text=text) for i, (k, title, text) in enumerate((fact, plan))
    )
    conflicts = raised(Case(id="c", question="q", patient=Patient(age=age, ecog=ecog), documents=documents))
    assert [c.kind for c in conflicts] == ([kind] if kind else [])
