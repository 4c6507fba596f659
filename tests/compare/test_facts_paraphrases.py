"""The same disagreements, and the same agreements, in many other words."""

from __future__ import annotations

import pytest

from panel.case import DocumentKind
from tests.compare.facts_reader import raised, reports, scans

DISPUTED_SCANS = [
    ("A 4 cm tumour plug lies in the IVC.", "The inferior vena cava is of normal calibre and patent."),
    ("Vena cava: tumour thrombus, level II.", "IVC: no thrombus."),
    ("Right PV thrombosed, expansile, enhancing.", "PV patent."),
    ("PVTT Vp3.", "Portal vein patent, no PVTT."),
    ("Macrovascular invasion of the right portal branch.", "No macrovascular invasion; portal vein patent."),
    ("Renal vein involved.", "Renal vein not involved."),
    ("The mass breaches the prostatic capsule on the left.", "Prostatic capsule is intact."),
    ("Organ-confined tumour.", "Extraprostatic extension at the left base."),
    ("SVI on the right.", "Seminal vesicles normal."),
    ("There is rib destruction with chest wall infiltration.", "No chest wall involvement."),
    ("Left-sided pleural effusion measuring 2 cm in depth.", "No pleural collection or effusion. "),
    ("Effusion at the right base.", "No effusion on either side."),
    ("Bilateral pleural effusions.", "Lungs and pleura: no effusion."),
    ("Pericardial effusion of 12 mm.", "No pericardial fluid."),
    ("Free fluid around the liver and in the pelvis.", "No ascites."),
    ("No free intraperitoneal fluid.", "Large-volume ascites."),
    ("Peritoneal carcinomatosis with omental caking.", "Peritoneum and omentum unremarkable."),
    ("Omentum nodular and thickened.", "Omentum normal."),
    ("Multiple pulmonary metastases.", "Lungs clear."),
    ("Three lung nodules in keeping with metastases.", "No lung metastases."),
    ("Lungs: multiple round nodules up to 12 mm, metastatic.", "No suspicious pulmonary nodules."),
    ("Lytic deposit in the left iliac bone.", "No bone metastases."),
    ("Bone scan: uptake in T8 and L2 consistent with metastases.", "Bones: no suspicious lesion."),
    ("Sclerotic lesions in keeping with bony metastases.", "No osseous metastatic disease."),
    ("Hepatic mets x3.", "No liver mets."),
    ("Liver: 3 metastases.", "Liver: no metastases."),
    ("There are several hypodense lesions in both lobes of the liver consistent with metastases.", "The liver shows no focal lesion."),
    ("Solitary brain metastasis, right frontal.", "Brain: no evidence of intracranial metastasis."),
    ("Left adrenal nodule 28 mm, FDG avid, metastatic.", "Adrenal glands normal."),
    ("Right axillary nodes are enlarged.", "Axillae clear; no axillary adenopathy."),
    ("Enlarged left supraclavicular node, 19 mm.", "No supraclavicular adenopathy."),
    ("Level II node on the right, 17 mm, necrotic.", "No cervical lymphadenopathy."),
    ("Left para-aortic node 2.1 cm.", "No para-aortic or pelvic adenopathy."),
    ("Bulky mediastinal adenopathy.", "No enlarged mediastinal nodes."),
    ("Station 7 node enlarged at 18 mm short axis.", "Mediastinal lymph nodes normal."),
    ("Right hilar node 15 x 13 mm.", "No hilar or mediastinal adenopathy."),
    ("Mesorectal nodes, three, suspicious.", "No suspicious mesorectal nodes."),
    ("Enlarged inguinal nodes on the right, 21 mm.", "Groins: no lymphadenopathy."),
    ("mrEMVI positive.", "No EMVI."),
    ("CRM threatened anteriorly.", "MRF clear, 5 mm."),
    ("Tumour invades the detrusor muscle.", "Non-muscle-invasive tumour."),
    ("Pulmonary embolus in the right lower lobe artery.", "No PE: no pulmonary embolism."),
    ("Thrombus in the left femoral vein.", "Deep veins patent, no DVT."),
    ("Bilateral hydronephrosis.", "Kidneys: no hydronephrosis."),
    ("Left-sided pelvicalyceal dilatation.", "No hydronephrosis on the left."),
    ("Midline shift 6 mm to the left.", "No midline shift."),
    ("CBD dilated to 14 mm, intrahepatic ducts dilated.", "Bile ducts not dilated."),
    ("Perforation with free air.", "No perforation or free air."),
    ("Cord compression at T8.", "No spinal cord compression."),
    ("Pathological fracture of the left femur.", "No pathological fracture."),
    ("Fixed left vocal cord.", "Both cords mobile: vocal cords move normally."),
    ("Erosion of the mandible.", "Mandible intact."),
    ("Invasion of the perinephric fat.", "Perinephric fat is not invaded."),
    ("Lymphangitis carcinomatosa in the right lung.", "No lymphangitis."),
    ("Small bowel obstruction.", "No bowel obstruction."),
    ("The SMV is occluded.", "SMV patent."),
    ("Coeliac axis encased.", "No arterial involvement; coeliac axis and SMA free."),
    ("Vaginal and parametrial extension on the left.", "No parametrial extension."),
    ("Leptomeningeal enhancement over the cerebellum.", "No leptomeningeal disease."),
]
AGREEING_SCANS = [
    ("Liver cyst 2 cm.", "No liver metastases."),
    ("Liver haemangioma; no metastases.", "Liver: no metastases."),
    ("Liver lesion, too small to characterise.", "No liver metastases."),
    ("Lung nodule 4 mm, likely granuloma.", "No lung metastases."),
    ("Fat plane to the chest wall lost, invasion possible.", "No chest wall invasion."),
    ("Chest wall invasion cannot be excluded.", "Chest wall intact."),
    ("Trace of physiological fluid in the pouch of Douglas.", "No ascites."),
    ("Left adrenal adenoma.", "Adrenals: no metastasis."),
    ("Portal vein patent.", "No portal vein thrombosis."),
    ("Previous pleural effusion has resolved.", "No pleural effusion."),
    ("The effusion seen in January is gone.", "No pleural effusion."),
    ("Bone island in L3.", "No bone metastases."),
    ("Degenerative change in the spine, no metastases.", "No bone metastases."),
    ("Mediastinal nodes 9 mm.", "Mediastinal nodes not enlarged."),
    ("Brain: old infarct. No metastasis.", "No brain metastases."),
    ("Subcentimetre mediastinal nodes, not enlarged.", "No mediastinal lymphadenopathy."),
    ("Hepatic veins patent; thrombus in the splenic vein.", "Portal and hepatic veins patent."),
    ("IVC compressed by the mass but patent.", "IVC patent."),
    ("The tumour abuts the IVC without invasion.", "IVC clear."),
    ("Pelvic node 8 mm, reactive.", "No pelvic lymphadenopathy."),
    ("Patient with known portal hypertension; no ascites.", "Portal hypertension. No ascites."),
    ("Renal vein patent. No thrombus. Right kidney tumour 6 cm, liver metastases absent.", "No liver metastases; renal vein free."),
    ("No pleural effusion, cardiomegaly.", "Heart enlarged. No effusion."),
    ("Rule out PE.", "No pulmonary embolism."),
    ("Effusion would suggest progression; none is seen.", "No effusion."),
    ("Perihepatic ascites absent.", "No ascites."),
    ("No evidence of metastatic disease to liver, lungs or bone.", "Liver, lungs and bones clear."),
    ("Normal liver, spleen, adrenals and kidneys.", "No adrenal metastasis. No liver metastasis."),
    ("There is no longer any pleural effusion.", "No pleural effusion."),
    ("Simple renal cyst. Liver homogeneous.", "No focal liver lesion."),
]
DISPUTED_REPORTS = [
    ("ER positive (Allred 8).", "The oncologist notes an ER negative tumour.", "biomarker.er"),
    ("Oestrogen receptors: strongly positive in 95 % of nuclei", "Receptor negative disease (ER 0, PR 0).", "biomarker.er"),
    ("HER2 IHC 1+ (negative)", "HER2-amplified cancer", "biomarker.her2"),
    ("HER2 FISH ratio 4.8, amplified.", "Her2 neg.", "biomarker.her2"),
    ("Her-2 status: score 3+", "HER2 non-amplified on FISH", "biomarker.her2"),
    ("ER/PR/HER2: +/+/-", "Triple negative breast cancer.", "biomarker.er"),
    ("Triple-negative.", "HER2 overexpressing tumour, ER neg.", "biomarker.her2"),
    ("Proliferation fraction (Ki-67) 60 %", "Ki67 10%", "biomarker.ki67"),
    ("MIB-1 labelling 5 %", "Ki-67 index 45%", "biomarker.ki67"),
    ("No EGFR mutation was found.", "EGFR-mutant lung cancer (exon 19).", "biomarker.egfr"),
    ("EGFR ex19del", "EGFR WT", "biomarker.egfr"),
    ("EGFR: p.(Leu858Arg) detected", "EGFR not mutated", "biomarker.egfr"),
    ("ALK (D5F3) positive", "ALK not rearranged.", "biomarker.alk"),
    ("EML4::ALK fusion identified", "No ALK fusion.", "biomarker.alk"),
    ("ROS1 FISH: no rearrangement", "ROS1 fusion-positive", "biomarker.ros1"),
    ("KRAS codon 12 mutation (p.Gly12Val)", "KRAS wild type", "biomarker.kras"),
    ("NRAS Q61R", "NRAS unmutated", "biomarker.nras"),
    ("BRAF p.V600E: not detected", "BRAF-mutated melanoma", "biomarker.braf"),
    ("Loss of nuclear MSH2 and MSH6.", "pMMR tumour", "biomarker.mmr"),
    ("Microsatellite instability: MSI-H", "MSS on PCR", "biomarker.mmr"),
    ("All four mismatch repair proteins retained.", "dMMR colon cancer", "biomarker.mmr"),
    ("PD-L1 TPS <1%", "PD-L1 80 %", "biomarker.pdl1"),
    ("PD-L1 negative", "PD-L1 high (TPS 75 %)", "biomarker.pdl1"),
    ("PD-L1 CPS 0", "CPS 20", "biomarker.pdl1_cps"),
    ("BRCA2 c.5946delT pathogenic", "BRCA wild type", "biomarker.brca"),
    ("gBRCA: no pathogenic variant", "BRCA1 mutation carrier", "biomarker.brca"),
    ("HRD score 55, positive", "HRD negative (proficient)", "biomarker.hrd"),
    ("IDH-mutant", "IDH wildtype", "biomarker.idh"),
    ("1p/19q co-deleted", "No 1p/19q codeletion", "biomarker.1p19q"),
    ("MGMT promoter hypermethylated", "MGMT: not methylated", "biomarker.mgmt"),
    ("p16 positive (block), HPV-associated", "p16 negative", "biomarker.p16"),
    ("Adenocarcinoma, G1.", "G3 adenocarcinoma", "grade"),
    ("Bloom-Richardson grade III", "Nottingham grade 1 cancer", "grade"),
    ("High grade urothelial carcinoma", "Low-grade papillary urothelial carcinoma", "grade.tier"),
    ("Low-grade serous carcinoma", "HGSC", "grade.tier"),
    ("Fuhrman 2", "Fuhrman grade 4", "grade"),
    ("WHO grade 2 astrocytoma", "Astrocytoma, CNS WHO grade 4", "grade"),
    ("Gleason 3 + 3 = 6", "Gleason 9 (4+5)", "grade.gleason"),
    ("Gleason score 7 (4+3), grade group 3", "ISUP GG 2, Gleason 3+4", "grade.gleason"),
    ("Differentiation: poor", "Grade: well differentiated", "grade"),
    ("Tumor grade: 3", "Grade: 1/3", "grade"),
    ("FIGO 1 endometrioid carcinoma", "endometrioid carcinoma FIGO grade 3", "grade"),
    ("Squamous cell carcinoma, lung", "NSCLC, adenocarcinoma", "histology.type"),
    ("Lung: small cell carcinoma", "Lung: squamous carcinoma", "histology.type"),
    ("Breast: invasive lobular carcinoma", "Invasive ductal carcinoma of the breast", "histology.type"),
    ("Ovary: clear cell carcinoma", "Ovarian high-grade serous carcinoma", "histology.type"),
    ("Kidney: chromophobe RCC", "Kidney: clear cell RCC", "histology.type"),
    ("Bladder: urothelial carcinoma", "Bladder: adenocarcinoma", "histology.type"),
    ("Cervix: adenocarcinoma", "squamous cell carcinoma of the cervix", "histology.type"),
    ("Oesophagus: adenocarcinoma", "SCC of the oesophagus", "histology.type"),
    ("Pancreas: neuroendocrine tumour", "Pancreatic ductal adenocarcinoma", "histology.type"),
    ("Liver: cholangiocarcinoma", "Liver: hepatocellular carcinoma", "histology.type"),
    ("Brain: glioblastoma", "Brain: oligodendroglioma", "histology.type"),
    ("Deep margin involved.", "Excised with clear margins.", "margin"),
    ("Carcinoma reaches the inked margin.", "Margins negative.", "margin"),
    ("Margins: free", "positive margin", "margin"),
    ("CRM 0.5 mm, involved", "R0 resection", "margin"),
    ("Ink on tumour at the medial margin.", "clear margins", "margin"),
    ("Resection complete (R0).", "R1 at the bronchial margin", "margin"),
    ("LVI: yes", "no lymphovascular invasion", "presence.lymphovascular_invasion"),
    ("Vascular invasion not seen.", "vascular invasion was present", "presence.vascular_invasion"),
    ("Pn1", "perineural invasion absent", "presence.perineural_invasion"),
    ("Extracapsular nodal spread: nil", "ENE present", "presence.extranodal_extension"),
    ("Seminal vesicles free of tumour.", "pT3b, seminal vesicle invasion.", "presence.seminal_vesicle_invasion"),
    ("Visceral pleural invasion (PL1).", "No pleural invasion.", "presence.pleural_invasion"),
    ("Extraprostatic extension, focal.", "No EPE.", "presence.extraprostatic_extension"),
]
AGREEING_REPORTS = [
    ("ER positive.", "ER is strongly positive, and HER2 pending."),
    ("HER2 0.", "HER2 ultralow, negative."),
    ("HER2 2+.", "FISH amplified, HER2 positive."),
    ("ALK negative.", "Not an ALK case; ALK neg, ROS1 neg."),
    ("BRCA pending.", "BRCA1 pathogenic variant."),
    ("Grade 2-3.", "Grade 3."),
    ("High-grade urothelial carcinoma, G3.", "High grade, G3."),
    ("Urothelial carcinoma with squamous differentiation.", "Urothelial carcinoma."),
    ("Adenosquamous carcinoma of the lung.", "Adenosquamous carcinoma."),
    ("Ductal carcinoma with DCIS high grade; invasive grade 2.", "Grade 2 IDC."),
    ("High-grade DCIS with invasive carcinoma, grade 2", "Low threshold. Grade 2."),
    ("Gleason 3+4 in 3 cores, 3+3 in 2 cores.", "Gleason 3+4."),
    ("Mother had triple negative cancer.", "ER positive."),
    ("Not small cell carcinoma: adenocarcinoma of the lung.", "Adenocarcinoma."),
    ("Adenocarcinoma; squamous markers negative.", "Lung adenocarcinoma"),
    ("MMR intact.", "MSS."),
    ("PD-L1 1 %.", "PD-L1 low, 5 %."),
    ("Margins clear in the main specimen.", "R0."),
    ("EGFR wild type.", "EGFR 75 mL/min."),
    ("EGFR wild type.", "eGFR 55."),
    ("LVI absent.", "LVI cannot be assessed."),
    ("NSCLC favour adenocarcinoma.", "Lung adenocarcinoma."),
    ("Metastatic carcinoma.", "Invasive ductal carcinoma of the breast."),
    ("Ki-67 14 %", "Ki-67 20 %"),
    ("Endometrioid adenocarcinoma, grade 1.", "Endometrioid carcinoma FIGO grade 1, toxicity grade 3 after chemo."),
    ("If HER2 positive, trastuzumab.", "HER2 negative."),
    ("HER2 to be repeated, core was equivocal", "HER2 negative."),
]
DISPUTED_LETTERS: list[tuple[str, DocumentKind, str]] = [
    ("No ascites.", "surgery", "Laparoscopy: 500 ml of ascites aspirated."),
    ("No peritoneal disease.", "surgery", "At laparoscopy there were multiple peritoneal deposits over the diaphragm."),
    ("Omental cake.", "surgery", "Staging laparoscopy: omentum and peritoneum normal, no deposits."),
    ("Liver clear, no metastases.", "surgery", "Two liver metastases were palpated in segment IV."),
    ("Right pleural effusion, moderate.", "note", "The CT showed no effusion."),
    ("Portal vein tumour thrombus.", "note", "MRI shows a single HCC. There is no portal vein thrombus."),
    ("Multiple liver metastases.", "oncology", "Her staging scan was clear: no liver metastases."),
    ("Enlarged mediastinal nodes.", "oncology", "CT: no mediastinal lymphadenopathy."),
    ("Hydronephrosis on the left.", "surgery", "Urology: no hydronephrosis on the recent CT."),
    ("Brain metastases, two.", "oncology", "MRI brain negative: no brain metastases."),
    ("No bone metastases.", "oncology", "He has bone metastases on the same scan."),
    ("Chest wall invasion.", "surgery", "VATS: chest wall free, no adhesions."),
    ("IVC thrombus to the hepatic veins.", "surgery", "Plan radical nephrectomy; IVC clear on MRI."),
    ("Pulmonary embolism, bilateral.", "note", "CTPA excluded pulmonary embolism."),
    ("No DVT.", "note", "Doppler 4 March: DVT of the left popliteal vein."),
    ("Cirrhosis with nodular contour.", "note", "Liver non-cirrhotic on elastography and CT."),
    ("Small left pleural effusion.", "note", "CXR: costophrenic angles clear, no pleural effusion."),
    ("Perforated sigmoid tumour with free air.", "surgery", "No perforation was found at laparotomy."),
    ("Obstructing sigmoid carcinoma.", "surgery", "Colonoscopy: non-obstructing tumour."),
    ("Extensive ascites.", "oncology", "On ultrasound the abdomen is dry, no free fluid."),
    ("Vocal cord fixed on the left.", "surgery", "Panendoscopy: both vocal cords mobile."),
    ("Parametrial invasion on the right.", "surgery", "EUA: parametria free on both sides."),
    ("Left external iliac node, 16 mm short axis, rounded.", "note", "No pelvic lymphadenopathy on MRI."),
]
AGREEING_LETTERS: list[tuple[str, DocumentKind, str]] = [
    ("No ascites.", "surgery", "Risks include ascites and bile leak."),
    ("No liver metastases.", "oncology", "If liver metastases develop we would switch."),
    ("Pleural effusion.", "note", "Father had pleural effusion; hers was drained in 2019."),
    ("No pelvic lymphadenopathy.", "surgery", "Pelvic lymph node dissection planned."),
    ("No metastases.", "note", "She fears liver metastases."),
    ("No pulmonary embolism.", "note", "PE in 2015, off warfarin."),
    ("Liver clear.", "surgery", "Liver function normal."),
    ("Portal vein patent.", "surgery", "Portal vein embolisation planned."),
    ("No mediastinal lymphadenopathy.", "surgery", "Mediastinal nodes were sampled: stations 4R, 7."),
    ("Ascites.", "surgery", "Abdomen soft, not tender, no shifting dullness."),
    ("IVC patent.", "note", "IVC filter removed."),
    ("No hydronephrosis.", "note", "Ureteric stent for hydronephrosis in 2018."),
    ("Chest wall intact.", "surgery", "Chest wall reconstruction would be needed if the chest wall were invaded."),
    ("Adrenals normal.", "note", "Adrenal insufficiency was excluded."),
    ("No brain metastases.", "oncology", "MRI brain to exclude brain metastases."),
    ("Brain metastases cannot be excluded on CT.", "radiology", "No brain metastases."),
    ("No bone metastases.", "note", "Bone density low; bone scan not done."),
]
WITHIN = [
    "FINDINGS: Liver: two hypodense lesions, metastases.\nIMPRESSION: No liver metastases.",
    "Findings:\nThe portal vein is occluded by tumour thrombus.\nConclusion:\nHCC segment VI. Portal vein patent.",
    "FINDINGS\nNo ascites. No effusion.\nIMPRESSION\n1. Moderate ascites.",
    "Report: Right hilar node 18 mm short axis.\nImpression: No lymphadenopathy.",
    "MICROSCOPIC: Lymphovascular invasion is seen.\nDIAGNOSIS: Adenocarcinoma. No lymphovascular invasion.",
    "DIAGNOSIS: Margins clear.\nMICROSCOPIC DESCRIPTION: Deep margin involved by carcinoma.",
    "Comment: grade 2 tumour.\nFINAL DIAGNOSIS: Invasive ductal carcinoma, grade 3.",
    "ER: 95 % positive.\nCONCLUSION: ER negative ductal carcinoma.",
    "MICROSCOPY: adenocarcinoma of the lung.\nCONCLUSION: squamous cell carcinoma of the lung.",
]


@pytest.mark.parametrize(("first", "second"), DISPUTED_SCANS)
def test_scans_disagree(first: str, second: str) -> None:
    assert len(scans(first, second)) == 1


@pytest.mark.parametrize(("first", "second"), AGREEING_SCANS)
def test_scans_agree(first: str, second: str) -> None:
    assert scans(first, second) == []


@pytest.mark.parametrize(("first", "second", "question"), DISPUTED_REPORTS)
def test_reports_disagree(first: str, second: str, question: str) -> None:
    (only,) = reports(first, second)
    assert only.endswith(f"{question}") or only == "histology histology.type"


@pytest.mark.parametrize(("first", "second"), AGREEING_REPORTS)
def test_reports_agree(first: str, second: str) -> None:
    assert reports(first, second) == []


@pytest.mark.parametrize(("scan", "kind", "letter"), DISPUTED_LETTERS)
def test_a_letter_or_operation_note_contradicts_the_scan(scan: str, kind: DocumentKind, letter: str) -> None:
    assert len(raised(("radiology", "2026-03-02", scan), (kind, "2026-03-06", letter))) == 1


@pytest.mark.parametrize(("scan", "kind", "letter"), AGREEING_LETTERS)
def test_a_letter_or_operation_note_fits_the_scan(scan: str, kind: DocumentKind, letter: str) -> None:
    assert raised(("radiology", "2026-03-02", scan), (kind, "2026-03-06", letter)) == []


@pytest.mark.parametrize("text", WITHIN)
def test_a_report_contradicts_itself(text: str) -> None:
    kind: DocumentKind = "pathology" if any(w in text for w in ("carcinoma", "grade", "Margins")) else "radiology"
    assert len(raised((kind, "2026-03-02", text))) == 1
