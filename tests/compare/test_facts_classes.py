"""Classes of expression: the same disagreement in the words of other authors, and what only looks like one."""

from __future__ import annotations

import pytest

from panel.case import DocumentKind
from tests.compare.facts_reader import raised, reports, scans

PATENCY = [
    "The portal vein opacifies homogeneously.",
    "Portal trunk and both divisions fill normally with contrast, without any intraluminal tissue.",
    "Portal venous system open.",
    "Main portal vein and its branches enhance evenly, no filling defect.",
    "Portal vein: normal hepatopetal flow on Doppler.",
    "Portal vein trunk, right and left branches including the sectoral divisions opacify homogeneously; no macrovascular invasion.",
    "No macroscopic vascular invasion.",
    "Portal vein devoid of thrombus.",
    "Portal branches are all perfused.",
    "The portal vein does not contain any thrombus.",
]
BLOCKED = [
    "The right portal branch is widened and plugged by tissue that enhances like the mass.",
    "Right portal branch: does not opacify, filled with enhancing material.",
    "Tumour growing in the portal vein.",
    "Tumour has grown along the lumen of the portal vein.",
    "Right portal vein packed with tumour.",
    "Right portal branch shows no flow and is expanded.",
    "Intraluminal tumour in the right portal branch.",
    "LR-TIV in the right portal vein.",
    "The right portal branch cannot be followed, replaced by tumour.",
    "The mass has broken into the portal vein.",
]
DISPUTED_SCANS = [
    ("Left renal vein packed with tumour.", "Renal vein open, cava open."),
    ("Cava: tongue of tumour 3 cm above the renal vein.", "IVC opacifies normally."),
    ("Tumour plug in the cava.", "Cava free."),
    ("Pleural spaces empty.", "Fluid layer of 4 cm in the right pleural space."),
    ("Pleural recesses dry.", "Left pleural fluid, 400 mL."),
    ("Both hemithoraces free of fluid.", "Left hydrothorax."),
    ("Large quantity of free peritoneal fluid.", "Peritoneal cavity dry."),
    ("Fluid in both gutters and around the liver.", "No intraperitoneal fluid."),
    ("The abdomen contains a great deal of fluid.", "Abdomen: no fluid collection, no ascites."),
    ("Right kidney obstructed, pelvis 24 mm.", "Neither kidney is obstructed."),
    ("Left-sided hydroureteronephrosis.", "Kidneys and ureters: calibre normal throughout, no hydronephrosis."),
    ("Collecting systems slender on both sides.", "Both ureters dilated."),
    ("Right-sided hydronephrosis with a ureter of 13 mm. Left collecting system slender.", "No hydronephrosis on either side."),
    ("Bile ducts slender.", "Intrahepatic ducts ectatic."),
    ("Lungs: several metastatic nodules.", "Lungs without nodules."),
    ("Both lungs peppered with metastases.", "The lungs are free of metastases."),
    ("Skeleton: deposit in the body of L2.", "No skeletal deposit."),
    ("Spine: metastatic collapse of T9, metastasis.", "Spine clean."),
    ("Liver free of secondaries.", "Seeding of the liver: four metastatic deposits."),
    ("The liver harbours three metastases.", "Liver devoid of metastases."),
    ("Metastatic spread to the liver.", "Liver without focal lesion."),
    ("Right adrenal gland replaced by a metastasis.", "Adrenals slender."),
    ("Omentum studded.", "Omentum and peritoneum unremarkable."),
    ("Peritoneum: plaques under the right diaphragm.", "No peritoneal seeding."),
    ("Right parametrium breached.", "Parametria clear."),
    ("Tumour confined to the cervix, parametria soft.", "Tumour extends beyond the cervix into the left parametrium."),
    ("Chest wall: tumour crosses the extrapleural fat and destroys the fifth rib, chest wall invaded.", "Chest wall untouched."),
    ("Seminal vesicles untouched.", "Tumour has entered the right seminal vesicle."),
    ("The SMA is surrounded through 270 degrees.", "SMA free all round."),
    ("CRM at risk anteriorly.", "Mesorectal fascia kept, margin 6 mm."),
    ("Mesorectal fascia touched by tumour.", "MRF free."),
    ("Mandible spared.", "The growth has eaten into the mandible."),
    ("EMVI: grade 3, present.", "No EMVI."),
    ("Subcarinal nodes bulky.", "No mediastinal adenopathy."),
    ("Right cord does not move.", "Both vocal cords move freely."),
    ("Level IV nodes on the left replaced by tumour, 24 mm.", "Neck: no adenopathy."),
    ("Right-sided pleural collection.", "No pleural collection."),
    ("Pleural effusion, left: yes.", "Pleural effusion: none."),
    ("Ascites +++.", "Ascites nil."),
    ("Marked ascites.", "Abdomen dry, no free fluid."),
    ("Hydronephrosis R>L.", "Upper tracts undilated."),
    ("Several hepatic deposits.", "Liver: homogeneous, no focal abnormality."),
    ("Liver riddled with metastases.", "Normal liver."),
    ("Cannonball metastases in both lungs.", "Chest: lungs clear."),
    ("Adrenals: left gland enlarged 3 cm, in keeping with metastasis.", "Both adrenal glands are slender and normal."),
    ("Vertebral metastasis T11.", "Spine: degenerative changes only, no metastasis."),
    ("Tumour abuts and invades the pericardium; chest wall infiltrated.", "Chest wall spared."),
    ("Renal vein: tumour extends into its lumen.", "Renal veins: both patent."),
    ("Fat plane to the SMA obliterated, SMA encased.", "SMA: fat plane kept, no encasement."),
    ("Seminal vesicle on the left infiltrated.", "SVs normal."),
    ("Detrusor: invaded.", "Tumour does not invade the detrusor."),
    ("Brain: ring-enhancing metastasis right parietal.", "Intracranially no metastases."),
    ("PE in the right main pulmonary artery, pulmonary embolism.", "No pulmonary emboli seen."),
    ("Cord compressed at T6: spinal cord compression.", "No cord compression."),
    ("Omentum thick and nodular.", "Omentum smooth."),
]
AGREEING_SCANS = [
    ("Parametrium R: soft / L: thick, not to wall.", "Tumour of the cervix extending into the left parametrium; right side intact."),
    ("Right parametrium soft, left parametrium infiltrated.", "Left parametrium invaded."),
    ("Left renal vein thrombosed; right renal vein patent.", "Right renal vein patent."),
    ("Splenic vein thrombosed, portal vein patent.", "Portal vein patent."),
    ("Left pleural space dry, right pleural effusion.", "Right pleural effusion."),
    ("Left kidney hydronephrotic, right collecting system slender.", "Left hydronephrosis."),
    ("No effusion on the left; small one on the right.", "Right pleural effusion."),
    ("Were ascites to appear, tap it.", "No ascites."),
    ("Had there been liver metastases, surgery would be off.", "No liver metastases."),
    ("Possible complications: perforation, obstruction.", "No perforation."),
    ("Pleural effusion: n/a", "No pleural effusion."),
    ("Ascites: ____", "Marked ascites."),
    ("Hydronephrosis: [ ] yes [ ] no", "Hydronephrosis on the right."),
    ("Bladder wall intact. Portal vein normal calibre.", "Portal vein open."),
    ("Liver lesion, unchanged cyst. No deposit.", "Liver: no deposit."),
    ("Omentum not thickened.", "Omentum normal."),
    ("Lung bases: linear atelectasis, no nodule.", "Lungs without metastasis."),
    ("Watch for hydronephrosis.", "No hydronephrosis."),
    ("Whether the portal vein is invaded is unclear.", "Portal vein patent."),
    ("A thrombus in the portal vein is not excluded.", "Portal vein open."),
    ("Liver: simple cysts.", "Liver: no metastasis."),
    ("Lungs: calcified granuloma.", "Lungs: no metastases."),
    ("Right pleural effusion has been drained completely.", "No effusion."),
    ("Pleura free. Pericardium free.", "No pleural effusion."),
    ("Tumour close to the portal vein, which is open.", "Portal vein patent."),
    ("Left renal vein retroaortic, patent.", "Renal veins patent."),
    ("Kidney tumour expands the cortex; collecting system not dilated.", "No hydronephrosis."),
    ("Right kidney tumour 5 cm crossing the midline of the pole.", "Renal vein patent."),
    ("Ureter crosses the iliac vessels, not dilated.", "No hydronephrosis."),
    ("The mass displaces the IVC; cava patent.", "IVC open."),
    ("Abdomen: scars from appendicectomy, no ascites.", "No ascites."),
    ("Spinal canal: bone intact.", "No bone metastases."),
    ("Vocal cord: right mobile, left fixed.", "Left vocal cord fixed."),
    ("Left axilla: enlarged nodes. Right axilla clear.", "Left axillary lymphadenopathy."),
    ("Portal vein compressed, no invasion.", "Portal vein free."),
    ("Bladder wall and rectum intact; parametria free.", "No parametrial invasion."),
]
DISPUTED_REPORTS = [
    ("Acinar adenocarcinoma. Gleason 4+3=7.", "January's needle samples: prostate cancer, grade group 2.", "grade"),
    ("Gleason score 4+4=8 in four cores.", "Prostate cancer, ISUP 2.", "grade"),
    ("Prostate: grade group 1.", "Gleason 3+4 cancer of the prostate.", "grade"),
    ("ISUP grade group 5.", "Gleason 7 (3+4) prostate cancer.", "grade"),
    ("Gleason score 9.", "Gleason 3+4=7.", "grade"),
    ("Gleason 3+3.", "Gleason sum 8.", "grade"),
    ("Invasive ductal carcinoma, grade two.", "A grade three cancer of the breast.", "grade"),
    ("Nottingham score 8/9 (3+3+2).", "Grade 1 invasive ductal cancer.", "grade"),
    ("Invasive carcinoma, Elston-Ellis 3+2+2=7.", "Grade 3 ductal carcinoma.", "grade"),
    ("Adenocarcinoma, poorly diff.", "Well diff. adenocarcinoma", "grade"),
    ("Squamous cell carcinoma, mod. diff.", "Poorly differentiated SCC.", "grade"),
    ("Adenocarcinoma, differentiation: well.", "Adenocarcinoma, high grade (G3).", "grade"),
    ("Urothelial carcinoma, high grade.", "Urothelial carcinoma, G1.", "grade"),
    ("Endometrioid carcinoma, low grade.", "Endometrioid carcinoma grade 3.", "grade"),
    ("Astrocytoma CNS WHO grade four.", "Astrocytoma grade 2.", "grade"),
    ("Clear cell RCC, nuclear grade III.", "Clear cell RCC, Fuhrman 1.", "grade"),
    ("Invasive ductal carcinoma, intermediate grade.", "Invasive ductal carcinoma G3.", "grade"),
    ("ER: strong in nearly all nuclei.", "ER: nil.", "biomarker.er"),
    ("Hormone receptors absent.", "ER-rich tumour, Allred 8.", "biomarker.er"),
    ("ER stains 90 % of nuclei", "ER zero", "biomarker.er"),
    ("HER2: IHC three plus.", "HER2 zero.", "biomarker.her2"),
    ("HER2 gene not amplified (ratio 1.1).", "HER2-enriched by FISH: HER2 amplified.", "biomarker.her2"),
    ("EGFR exon 19 deletion.", "No driver: EGFR, ALK and ROS1 all negative.", "biomarker.egfr"),
    ("EGFR L858R found.", "EGFR: nothing found.", "biomarker.egfr"),
    ("ALK: break-apart FISH 40 % split signals, rearranged.", "ALK: germline configuration.", "biomarker.alk"),
    ("KRAS G12C.", "KRAS: no variant.", "biomarker.kras"),
    ("BRAF V600E: yes.", "BRAF: no V600 mutation.", "biomarker.braf"),
    ("Mismatch repair proteins all present.", "Tumour with mismatch repair deficiency.", "biomarker.mmr"),
    ("MLH1 and PMS2 not expressed.", "MMR proficient.", "biomarker.mmr"),
    ("MSI-stable.", "Microsatellite unstable tumour.", "biomarker.mmr"),
    ("BRCA1: class 5 variant.", "BRCA1/2: no class 4 or 5 variant.", "biomarker.brca"),
    ("Squamous carcinoma of the tonsil, p16: block-type.", "HPV-negative.", "biomarker.hpv"),
    ("Squamous carcinoma of the tonsil, p16: block-type.", "p16 negative.", "biomarker.hpv"),
    ("Ki-67 about two thirds, 65 %.", "Ki-67 8 %.", "biomarker.ki67"),
    ("Keratinising carcinoma of squamous type, oesophagus.", "Oesophageal adenocarcinoma.", "histology"),
    ("Lung: cancer of small-cell type.", "Lung adenocarcinoma.", "histology"),
    ("Lung: LUSC.", "Lung: LUAD.", "histology"),
    ("Breast: lobular cancer.", "Breast: ductal cancer, NST.", "histology"),
    ("Cervix: adenosquamous carcinoma.", "Cervix: squamous cancer.", "histology"),
    ("Kidney: clear-cell renal cancer.", "Kidney: papillary renal carcinoma.", "histology"),
    ("Ovary: mucinous cancer.", "Ovary: high-grade serous cancer.", "histology"),
    ("Liver: bile duct carcinoma (cholangiocarcinoma).", "Liver: hepatocellular cancer.", "histology"),
    ("Pancreas: neuroendocrine neoplasm.", "Pancreas: ductal carcinoma.", "histology"),
    ("Lymphovascular space: clear of tumour.", "LVSI present.", "presence.lymphovascular_invasion"),
    ("Tumour cells in lymphatic channels.", "No LVI.", "presence.lymphovascular_invasion"),
    ("Tumour emboli within lymphatics.", "Lymphovascular invasion was not found.", "presence.lymphovascular_invasion"),
    ("Tumour wraps around nerves: perineural invasion.", "PNI nil.", "presence.perineural_invasion"),
    ("Nerve sheath invasion is present.", "No perineural spread.", "presence.perineural_invasion"),
    ("Margins: all clear, nearest 6 mm.", "Incompletely excised.", "margin"),
    ("Tumour at the inked edge.", "Complete excision.", "margin"),
    ("Resection lines free of tumour.", "R1 resection.", "margin"),
    ("Cut edges clear.", "Margin positive.", "margin"),
    ("ER 3/8.", "ER negative.", "biomarker.er"),
    ("Oestrogen receptor Allred 0/8.", "ER+ disease.", "biomarker.er"),
    ("HER2 IHC 0.", "HER2 positive on ISH.", "biomarker.her2"),
    ("EGFR c.2573T>G p.L858R.", "EGFR wildtype.", "biomarker.egfr"),
    ("ALK IHC negative.", "ALK+ lung cancer.", "biomarker.alk"),
    ("PD-L1 TPS 0%.", "PD-L1 strong expresser, 90 %.", "biomarker.pdl1"),
    ("MSI-H.", "MSI: stable.", "biomarker.mmr"),
    ("MMR IHC: loss of MLH1/PMS2.", "MMR intact.", "biomarker.mmr"),
    ("BRAF: V600E mutation present.", "BRAF wild-type melanoma.", "biomarker.braf"),
    ("KRAS: p.G12D.", "RAS wild-type.", "biomarker.kras"),
    ("BRCA1 germline pathogenic variant.", "Germline BRCA testing negative.", "biomarker.brca"),
    ("Grade: III.", "Grade I tumour.", "grade"),
    ("Tumour grade G2.", "G3 tumour.", "grade"),
    ("WHO grade 3 oligodendroglioma.", "Oligodendroglioma, WHO grade 2.", "grade"),
    ("Gleason grade 3+4.", "Gleason 4+4.", "grade.gleason"),
    ("Prostate cancer, grade group five.", "Gleason 3+3=6.", "grade.gleason"),
    ("Gleason ten.", "Gleason 3+3.", "grade.gleason"),
    ("Nuclear grade 4 ccRCC.", "Grade 2 clear cell RCC.", "grade"),
    ("Superficial spreading melanoma.", "Squamous cell carcinoma of the skin.", "histology.type"),
    ("Small-cell carcinoma of the lung.", "Carcinoid of the lung.", "histology.type"),
    ("Hepatocellular carcinoma.", "Intrahepatic cholangiocarcinoma.", "histology.type"),
    ("Serous carcinoma of the endometrium.", "Endometrioid carcinoma of the endometrium.", "histology.type"),
    ("Pancreas: PDAC.", "Pancreatic NET G2.", "histology.type"),
    ("Breast: ILC.", "Breast: IDC.", "histology.type"),
    ("Resection margins negative.", "R1.", "margin"),
    ("Circumferential margin involved.", "Margins clear.", "margin"),
    ("LVSI substantial.", "LVSI absent.", "presence.lymphovascular_invasion"),
    ("Perineural invasion: present.", "no PNI", "presence.perineural_invasion"),
    ("ENE not seen.", "extranodal extension present", "presence.extranodal_extension"),
    ("TP53 wild type.", "p53 aberrant.", "biomarker.p53"),
    ("IDH1 R132H positive.", "IDH wild type.", "biomarker.idh"),
    ("High grade urothelial cancer.", "Low-grade UC.", "grade.tier"),
]
AGREEING_REPORTS = [
    ("Gleason 4+3=7.", "Prostate cancer, grade group 3."),
    ("Gleason 9 (4+5), ISUP 5.", "Gleason 9 prostate cancer."),
    ("Gleason 3+4=7.", "Gleason 7 prostate cancer."),
    ("Grade group 2.", "Gleason 7."),
    ("Urothelial carcinoma, high grade.", "Urothelial carcinoma G3."),
    ("Urothelial carcinoma, high grade.", "Urothelial carcinoma G2."),
    ("Endometrioid carcinoma, low grade.", "Endometrioid carcinoma, FIGO grade 2."),
    ("Nottingham score 8/9.", "Grade 3 ductal cancer."),
    ("Nottingham grade 3 (3+3+2).", "IDC grade 3."),
    ("Invasive ductal carcinoma grade two.", "Grade 2."),
    ("LVI: n/a", "LVI present."),
    ("Margins: n/a. LVI: ____", "R0."),
    ("Squamous carcinoma. No small cell component. No adenocarcinoma in situ.", "Squamous cell carcinoma."),
    ("Adenocarcinoma. TTF-1 positive, p40 negative, no squamous differentiation.", "Lung adenocarcinoma."),
    ("ER strong.", "ER positive, letter of thanks from the PR department."),
    ("Were the HER2 to come back positive, add trastuzumab.", "HER2 negative."),
    ("MSI testing requested.", "MSI-high."),
    ("HER2 2+, reflex FISH sent.", "HER2 not amplified."),
    ("Clear cell RCC.", "Renal cell cancer."),
    ("Carcinoma NST.", "Ductal cancer."),
    ("Grade 3 (poorly differentiated).", "Poorly differentiated."),
    ("Gleason 4+3.", "Gleason 4+3=7, GG3."),
    ("Completely excised BCC of the nose. Breast: margins involved.", "Margin involved."),
    ("ER 90%.", "Hormone sensitive."),
    ("DCIS high grade; invasive grade 1.", "Grade 1 IDC."),
    ("HER2 equivocal.", "HER2 negative on FISH."),
    ("Grade 2 toxicity. Ductal carcinoma grade 3.", "G3."),
    ("Grade 1 hydronephrosis; urothelial carcinoma high grade.", "High-grade urothelial carcinoma."),
    ("KRAS none tested.", "KRAS mutated."),
    ("Adenocarcinoma, grade one.", "Well differentiated adenocarcinoma."),
    ("EGFR exon 20 insertion.", "EGFR mutated."),
    ("BRCA2 VUS.", "No pathogenic BRCA variant."),
    ("Bile duct brushings: suspicious. HCC.", "HCC."),
    ("Low grade dysplasia. Adenocarcinoma grade 3.", "Grade 3 adenocarcinoma."),
    ("ER strong, PR none.", "ER positive, PR negative."),
    ("Nottingham grade 2 (tubules 3, nuclei 2, mitoses 1; total 6).", "Grade 2."),
    ("High-grade glioma, WHO 4.", "Glioblastoma WHO grade 4."),
    ("Ulceration: none.", "No ulceration."),
]
DISPUTED_LETTERS: list[tuple[str, DocumentKind, str]] = [
    ("Large quantity of free peritoneal fluid.", "surgery", "On going in, the belly was bone dry."),
    ("Gross ascites.", "surgery", "The abdominal cavity held no fluid."),
    ("No ascites.", "surgery", "Two litres of straw-coloured fluid sucked out of the abdomen."),
    ("Liver: three metastases.", "surgery", "The liver felt normal, no deposits."),
    ("Peritoneum normal.", "surgery", "Omentum studded, deposits on the diaphragm."),
    ("Peritoneal carcinomatosis.", "surgery", "No peritoneal seedlings; omentum supple."),
    ("Pleural effusion on the left.", "note", "Patient was told there is no water on the lung."),
    ("No pulmonary embolism.", "note", "Phone call: clots on both lungs on the CT of 4 March, pulmonary emboli."),
    ("Hydronephrosis on the right.", "note", "Told that neither kidney is blocked."),
    ("No liver metastases.", "oncology", "The disease has spread to her liver."),
    ("No bone metastases.", "oncology", "Sadly it has spread to the bones."),
    ("Bone metastases at L1 and L3.", "oncology", "The disease has not spread to the bones."),
    ("Lungs clear.", "oncology", "There are secondaries in both lungs."),
]
AGREEING_LETTERS: list[tuple[str, DocumentKind, str]] = [
    ("No hydronephrosis.", "oncology", "Were hydronephrosis to appear, we would stent and pause the platinum."),
    ("No hydronephrosis.", "oncology", "Had there been hydronephrosis we would have stented."),
    ("No pleural effusion.", "oncology", "Late effects discussed: fibrosis, pleural effusion."),
    ("No liver metastases.", "oncology", "She asked whether it has spread to the liver: it has not."),
    ("No ascites.", "surgery", "Consent: bleeding, leak, ascites, hernia."),
    ("Ascites.", "surgery", "Washings taken; 200 mL saline instilled."),
    ("No bowel obstruction.", "note", "Call us should obstruction or perforation occur."),
    ("No bone metastases.", "oncology", "He worries about spread to the bones."),
    ("No bone metastases.", "oncology", "Bone scan was ordered in view of pain, metastases to be excluded."),
    ("Right hydronephrosis.", "note", "Left kidney not obstructed."),
]


@pytest.mark.parametrize("patent", PATENCY)
@pytest.mark.parametrize("blocked", [BLOCKED[0], "Tumour thrombus in the right portal vein."])
def test_open_vessel_against_a_tumour_in_it(patent: str, blocked: str) -> None:
    assert len(scans(patent, blocked)) == 1


@pytest.mark.parametrize("blocked", BLOCKED)
def test_tumour_in_a_vessel_against_an_open_one(blocked: str) -> None:
    assert len(scans(blocked, "Portal vein and all its branches patent.")) == 1
    assert scans(blocked, BLOCKED[0]) == []


@pytest.mark.parametrize(("first", "second"), DISPUTED_SCANS)
def test_scans_disagree(first: str, second: str) -> None:
    assert len(scans(first, second)) == 1


@pytest.mark.parametrize(("first", "second"), AGREEING_SCANS)
def test_scans_agree(first: str, second: str) -> None:
    assert scans(first, second) == []


@pytest.mark.parametrize(("first", "second", "question"), DISPUTED_REPORTS)
def test_reports_disagree(first: str, second: str, question: str) -> None:
    (only,) = reports(first, second)
    assert question in only


@pytest.mark.parametrize(("first", "second"), AGREEING_REPORTS)
def test_reports_agree(first: str, second: str) -> None:
    assert reports(first, second) == []


@pytest.mark.parametrize(("scan", "kind", "letter"), DISPUTED_LETTERS)
def test_a_letter_or_operation_note_contradicts_the_scan(scan: str, kind: DocumentKind, letter: str) -> None:
    assert len(raised(("radiology", "2026-03-02", scan), (kind, "2026-03-06", letter))) == 1


@pytest.mark.parametrize(("scan", "kind", "letter"), AGREEING_LETTERS)
def test_a_letter_or_operation_note_fits_the_scan(scan: str, kind: DocumentKind, letter: str) -> None:
    assert raised(("radiology", "2026-03-02", scan), (kind, "2026-03-06", letter)) == []
