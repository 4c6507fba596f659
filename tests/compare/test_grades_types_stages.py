"""Grades, types and stages of two documents: told apart where they differ, left alone where both are so."""

from __future__ import annotations

import pytest

from agents import default_specialists
from panel.case import Case
from panel.compare import compare

# kind of the conflict, question of the case, desks and texts nine days apart
PAIRS = [
    ("grade", "Prostate cancer: options?", [("pathology", "TRUS biopsies: Gleason 3+4=7, grade group 2, 6/12 cores."), ("oncology", "PSA 9. His biopsies showed Gleason 4+3 disease. MRI confined.")]),
    ("grade", "Prostate cancer: options?", [("pathology", "Prostate biopsies: ISUP grade group 4."), ("note", "Told pt result, GG 1, likely active surveillance list.")]),
    ("", "Prostate cancer: options?", [("pathology", "TRUS biopsies: Gleason 3+4=7."), ("oncology", "PSA 9. His biopsies showed Gleason 7 disease, grade group 2.")]),
    ("grade", "Prostate cancer: options?", [("pathology", "Radical prostatectomy: Gleason 4+4=8, ISUP grade group 3. pT2.")]),
    ("", "Prostate cancer: options?", [("pathology", "Radical prostatectomy: Gleason 4+4=8, ISUP grade group 4. pT2."), ("oncology", "Gleason 8 disease at prostatectomy.")]),
    ("grade", "Breast cancer: adjuvant?", [("pathology", "Wide excision left breast: NST carcinoma, grade 3, 18 mm."), ("surgery", "Left WLE healed. A grade 1 ductal cancer, 18 mm.")]),
    ("grade", "Breast cancer: adjuvant?", [("pathology", "Left breast carcinoma NST. Tubules 2, pleomorphism 2, mitoses 1: total 5, grade 3. Size 12 mm.")]),
    ("", "Breast cancer: adjuvant?", [("pathology", "Left breast carcinoma NST. Tubules 3, pleomorphism 3, mitoses 2: total 8, grade 3. Size 12 mm."), ("oncology", "Grade III left breast cancer. Grade 2 hot flushes from HRT withdrawal.")]),
    ("grade", "Bladder cancer: BCG?", [("pathology", "TURBT: papillary urothelial carcinoma, low grade, pTa."), ("surgery", "Chips showed HG urothelial ca, Ta.")]),
    ("", "Bladder cancer: BCG?", [("pathology", "TURBT: papillary urothelial carcinoma G2 (WHO 1973), high grade (WHO 2004), pTa."), ("surgery", "Chips showed high-grade Ta TCC.")]),
    ("grade", "Renal cancer: follow-up?", [("pathology", "Left nephrectomy: clear cell RCC, WHO/ISUP 3."), ("oncology", "Left clear cell renal cancer, ISUP grade 1, pT1b.")]),
    ("grade", "Glioma: radiotherapy?", [("pathology", "Right temporal astrocytoma, IDH-mutant, CNS WHO grade 2."), ("oncology", "Right temporal astrocytoma WHO III, resected.")]),
    ("grade", "Endometrial cancer: adjuvant?", [("pathology", "Hysterectomy: endometrioid carcinoma, FIGO grade 3."), ("surgery", "It was a low-grade womb cancer, G1 endometrioid.")]),
    ("grade", "Sarcoma of thigh", [("pathology", "Left thigh leiomyosarcoma, FNCLCC 3+3+1 = 7."), ("oncology", "The leiomyosarcoma of the left thigh was grade 1 (FNCLCC).")]),
    ("", "Sarcoma of thigh", [("pathology", "Left thigh leiomyosarcoma, FNCLCC 3+3+1 = 7."), ("oncology", "The leiomyosarcoma of the left thigh was high grade.")]),
    ("histology", "Lung cancer: plan?", [("pathology", "EBUS station 7: small cell carcinoma."), ("oncology", "Proven adenocarcinoma on EBUS, right hilum.")]),
    ("histology", "Lung cancer: plan?", [("pathology", "Left upper lobe core: squamous cell carcinoma, p40+."), ("note", "LUL ca, histology adeno.")]),
    ("", "Lung cancer: plan?", [("pathology", "Left upper lobe core: squamous cell carcinoma, p40+."), ("note", "LUL NSCLC. Squamous metaplasia was seen at bronchoscopy elsewhere.")]),
    ("histology", "Breast cancer: plan?", [("pathology", "Right breast core: invasive lobular carcinoma."), ("other", "R UOQ 18 mm | NST | ER 8")]),
    ("", "Breast cancer: plan?", [("pathology", "Right breast core: invasive lobular carcinoma, LCIS nearby."), ("other", "R UOQ 18 mm | lobular | ER 8")]),
    ("histology", "Kidney tumour: plan?", [("pathology", "Core: chromophobe RCC."), ("surgery", "The biopsy is clear cell in type, left lower pole.")]),
    ("histology", "Ovarian cancer", [("pathology", "Right ovary: mucinous adenocarcinoma, expansile."), ("oncology", "Right ovarian endometrioid cancer, stage IA.")]),
    ("histology", "Oesophageal cancer", [("pathology", "Oesophagus 30 cm: adenocarcinoma."), ("surgery", "The endoscopic biopsies were squamous.")]),
    ("histology", "Cervical cancer", [("pathology", "Cervix: squamous cell carcinoma."), ("oncology", "Cervical glandular cancer, 3 cm.")]),
    ("histology", "Pancreatic mass", [("pathology", "EUS-FNB body: neuroendocrine tumour, Ki67 4 %."), ("oncology", "FNB of the pancreatic body: ductal adenocarcinoma.")]),
    ("histology", "Bladder cancer", [("pathology", "TURBT: urothelial carcinoma, pT2."), ("oncology", "Small cell carcinoma of bladder on TURBT, pT2.")]),
    ("histology", "Brain tumour", [("pathology", "Left frontal oligodendroglioma, 1p/19q codeleted."), ("oncology", "Left frontal glioblastoma, resected.")]),
    ("histology", "Melanoma back", [("pathology", "Back: nodular melanoma, Breslow 3.1 mm."), ("surgery", "Superficial spreading melanoma of the back, 3.1 mm thick.")]),
    ("", "Melanoma back", [("pathology", "Back: nodular melanoma, Breslow 3.1 mm."), ("surgery", "Melanoma of the back, 3.1 mm thick. BCC of nose 2018.")]),
    ("histology", "Thyroid cancer", [("pathology", "Right lobe: follicular carcinoma, minimally invasive."), ("surgery", "Papillary carcinoma in the right thyroid lobe.")]),
    ("stage", "Lung cancer", [("radiology", "Right upper lobe tumour 35 mm, cT2a N1 M0."), ("oncology", "Staged clinically T3 N1 M0, right upper lobe.")]),
    ("stage", "Colon cancer", [("pathology", "Sigmoid: pT3 N1b (2/18)."), ("surgery", "pT2 N1b sigmoid cancer, recovering.")]),
    ("stage", "Cervical cancer", [("radiology", "FIGO 2018 stage IIB on MRI, parametrial spread."), ("oncology", "FIGO (2018) IB3 cervix cancer.")]),
    ("stage", "Lung cancer", [("oncology", "Right lung cancer T1c N0 M0, stage IIIA.")]),
    ("stage", "Hodgkin lymphoma", [("radiology", "PET: nodes above and below diaphragm, Ann Arbor III."), ("oncology", "Ann Arbor IIA Hodgkin's lymphoma.")]),
    ("stage", "Melanoma arm", [("pathology", "Left arm melanoma 2.4 mm not ulcerated, pT3a."), ("oncology", "Left arm melanoma, pT2b, for SLNB.")]),
    ("stage", "Prostate cancer", [("radiology", "MRI: cT2c N0."), ("oncology", "cT3b N0 on MRI, PSA 9.")]),
    ("", "Prostate cancer", [("radiology", "MRI: cT3a N0. T2 dark focus."), ("oncology", "cT3 N0 on MRI, PSA 9. T4 vertebra normal.")]),
    ("", "Lung cancer", [("radiology", "Right upper lobe tumour 35 mm, cT2a N1 M0."), ("pathology", "Lobectomy: pT2a N0 (0/12)."), ("oncology", "pT2a pN0 after a cT2a N1 right upper lobe tumour.")]),
    ("", "Breast cancer: plan?", [("pathology", "Left WLE: IDC grade 2."), ("note", "Left breast ca G2. Right breast ca 2008 was lobular, grade 3. Sister had grade 3 as well.")]),
    ("", "Kidney tumour: plan?", [("pathology", "Left partial nephrectomy: papillary RCC."), ("note", "Papillary kidney cancer. Had a clear cell carcinoma of the ovary in 2011. Basal cell carcinoma on nose.")]),
    ("", "Lung cancer: plan?", [("pathology", "RUL core: adenocarcinoma."), ("oncology", "RUL adenocarcinoma. We discussed whether small cell transformation could appear later.")]),
    ("", "Lung cancer: plan?", [("pathology", "RUL core: adenocarcinoma; no small cell component; squamous epithelium of the bronchus normal."), ("surgery", "Glandular type lung cancer RUL.")]),
    ("", "Prostate cancer", [("pathology", "MRI-targeted cores 3+4=7 (GG2); systematic cores 3+3=6."), ("oncology", "Gleason 3+4, grade group 2.")]),
    ("", "Bladder cancer", [("pathology", "TURBT: HG T1 urothelial carcinoma with CIS. Previous resection 2019 low grade Ta."), ("oncology", "High-grade T1 bladder cancer; low-grade tumours before that in 2019.")]),
    ("", "Colon cancer", [("pathology", "Caecal mucinous adenocarcinoma, poorly differentiated, pT4a N0."), ("oncology", "Mucinous caecal cancer, high grade, T4a N0 on the specimen. Grade 1 neuropathy.")]),
    ("", "Melanoma", [("pathology", "Left calf: malignant melanoma, superficial spreading, Breslow 0.7."), ("note", "SSM left calf 0.7 mm, pT1a. Seborrhoeic keratosis on back.")]),
    ("", "Pancreatic NET", [("pathology", "Well differentiated NET, Ki-67 2 %, G1, 14 mm."), ("oncology", "14 mm well-differentiated NET, grade 1 by WHO 2022.")]),
    ("", "Ovarian cancer", [("pathology", "High-grade serous carcinoma, both ovaries."), ("oncology", "HGSOC. Endometriosis at laparoscopy 2005. Serous cystadenoma 1999.")]),
    ("", "Endometrial cancer", [("pathology", "Curettings: endometrioid adenocarcinoma FIGO grade 1."), ("radiology", "MRI pelvis: stage IB, grade 1 endometrioid cancer on biopsy."), ("oncology", "FIGO IB G1 on imaging.")]),
    ("", "Lung cancer", [("radiology", "T2a N0 M0 right lower lobe."), ("oncology", "Right lower lobe, stage IB. CKD stage 3a. COPD GOLD 2.")]),
    ("", "Gastric cancer", [("pathology", "Stomach: poorly cohesive carcinoma with signet ring cells."), ("oncology", "Diffuse-type (Lauren) gastric adenocarcinoma.")]),
    ("", "Thyroid cancer", [("pathology", "Left lobe: papillary carcinoma, follicular variant, 22 mm."), ("surgery", "Papillary thyroid cancer 22 mm, left.")]),
    ("", "Glioblastoma", [("pathology", "Glioblastoma, IDH-wildtype, CNS WHO grade 4."), ("oncology", "Grade IV glioma (GBM), left temporal. Lymphopenia grade 2.")]),
    ("", "Head and neck cancer", [("pathology", "Left tonsil: squamous cell carcinoma, p16+, G3."), ("oncology", "p16-positive poorly differentiated left tonsil SCC.")]),
    ("", "Breast cancer", [("pathology", "Right core: invasive carcinoma NST, grade 2; DCIS of high nuclear grade."), ("surgery", "Right breast: invasive ductal carcinoma grade 2 with high-grade DCIS.")]),
    ("", "Lung cancer", [("pathology", "EBUS: NSCLC, favour adenocarcinoma (TTF1+)."), ("oncology", "Adenocarcinoma lung, staged IIIA after PET.")]),
    ("grade", "Cervix cancer", [("pathology", "Cone: squamous carcinoma, well differentiated."), ("oncology", "Cervical SCC, G3, 14 mm.")]),
    ("grade", "Tongue cancer", [("pathology", "Left tongue SCC, moderately differentiated."), ("surgery", "Left tongue squamous cancer which is poorly differentiated, cT2.")]),
    ("grade", "Colon cancer", [("pathology", "Sigmoid adenocarcinoma. Grade: low. pT3 N0."), ("oncology", "Sigmoid cancer of high grade, pT3 N0.")]),
    ("grade", "Pancreatic NET", [("pathology", "Tail NET grade 2, Ki-67 8 %."), ("note", "Seen in clinic, tail NET is G3 per report.")]),
    ("grade", "Lung cancer", [("pathology", "Lobectomy: adenocarcinoma, IASLC grade 3, pT1c N0."), ("surgery", "Lobectomy healed; it was a well-differentiated adenocarcinoma.")]),
    ("grade", "Prostate cancer", [("pathology", "Prostatectomy: primary Gleason pattern 3, secondary pattern 4, ISUP 2."), ("note", "RALP histology: GS 4+4.")]),
    ("histology", "Lung cancer", [("pathology", "Pleural fluid cytology: adenocarcinoma."), ("oncology", "Malignant mesothelioma proven on pleural fluid.")]),
    ("histology", "Retroperitoneal mass", [("pathology", "Core: dedifferentiated liposarcoma, MDM2 amplified."), ("other", "Retroperitoneal mass 14 cm, leiomyosarcoma on core.")]),
    ("histology", "Liver lesion", [("pathology", "Segment V core: cholangiocarcinoma."), ("radiology", "Segment V lesion, biopsy-proven HCC, 4 cm.")]),
    ("histology", "Parotid tumour", [("pathology", "Right parotid: adenoid cystic carcinoma."), ("surgery", "Right parotid mucoepidermoid carcinoma excised.")]),
    ("histology", "Endometrial cancer", [("pathology", "Pipelle: serous carcinoma."), ("surgery", "Hysterectomy planned, pipelle endometrioid.")]),
    ("histology", "Lymphoma", [("pathology", "Left neck node: follicular lymphoma."), ("oncology", "Left neck node biopsy, classical Hodgkin lymphoma.")]),
    ("stage", "Rectal cancer", [("radiology", "MRI rectum: T2 N0, CRM clear."), ("surgery", "Rectal cancer, MRI T3b N0.")]),
    ("stage", "Kidney", [("pathology", "Left nephrectomy, 5 cm clear cell RCC, pT3a."), ("oncology", "pT1b clear cell RCC left.")]),
    ("stage", "Ovarian cancer", [("pathology", "HGSC both ovaries, omentum involved. FIGO IIIC."), ("oncology", "HGSC, FIGO IIB after debulking.")]),
    ("stage", "Bladder", [("pathology", "TURBT: urothelial carcinoma pT1 G3."), ("note", "bladder ca pT2 for cystectomy list.")]),
    ("stage", "Breast", [("pathology", "Left mastectomy pT2 pN1a. Stage IIB."), ("oncology", "Left breast cancer pT2 pN2a after mastectomy.")]),
    ("stage", "Lung", [("other", "RUL | cT1b cN0 cM0 | stage IIB")]),
    ("stage", "Endometrial", [("pathology", "Hysterectomy. Endometrioid G1. FIGO 2009 stage IA."), ("surgery", "Endometrioid G1, FIGO 2009 stage II.")]),
    ("stage", "Oesophagus", [("radiology", "EUS: uT3 N1."), ("surgery", "Staged at EUS as T1b N1, for resection.")]),
    ("stage", "Larynx", [("surgery", "Left cord SCC, both cords mobile. cT1a N0 M0. Stage III.")]),
]


@pytest.mark.parametrize(("kind", "question", "texts"), PAIRS)
def test_what_two_documents_dispute(kind: str, question: str, texts: list[tuple[str, str]]) -> None:
    documents = [{"id": f"d{i}", "kind": desk, "date": f"2026-02-{1 + 9 * i:02d}", "text": text} for i, (desk, text) in enumerate(texts)]
    case = Case.model_validate({"id": "x", "question": question, "documents": documents})
    raised = compare(case, [seat.read(case) for seat in default_specialists()]).conflicts
    assert [c.kind for c in raised] == ([kind] if kind else [])
