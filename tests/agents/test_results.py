"""The general rules read the short forms of the clinic, and nothing where nothing is said."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import get_args

import pytest
import yaml

from agents.rules.grades import grade_findings
from agents.rules.reading import read
from agents.rules.results import general_findings
from agents.rules.ruleset import AGENTS, RulesFile, load_rules
from agents.specialty import load_specialty
from panel.case import Document, DocumentKind
from panel.opinion import Value

Answer = tuple[str, Value]

BIOMARKERS: list[tuple[str, list[Answer]]] = [
    ("ER 8/8.", [("biomarker.er", "positive")]),
    ("ER: 95 % strong", [("biomarker.er", "positive")]),
    ("Oestrogen receptor positive", [("biomarker.er", "positive")]),
    ("Estrogen Receptor (ER): Positive (90%)", [("biomarker.er", "positive")]),
    ("ER 0%, PR 0%", [("biomarker.er", "negative"), ("biomarker.pr", "negative")]),
    ("ER <1%", [("biomarker.er", "negative")]),
    ("ER negative (Allred 0/8)", [("biomarker.er", "negative")]),
    ("ER Allred score 7", [("biomarker.er", "positive")]),
    ("ER H-score 280", [("biomarker.er", "positive")]),
    ("ER+/PR-/HER2-", [("biomarker.er", "positive"), ("biomarker.pr", "negative"), ("biomarker.her2", "negative")]),
    ("ER+ PR+ HER2- breast cancer", [("biomarker.er", "positive"), ("biomarker.pr", "positive"), ("biomarker.her2", "negative")]),
    ("ER/PR positive, HER2 3+", [("biomarker.er", "positive"), ("biomarker.pr", "positive"), ("biomarker.her2", "positive")]),
    ("ER and PR negative", [("biomarker.er", "negative"), ("biomarker.pr", "negative")]),
    ("The tumour is positive for ER and PR and negative for HER2.", [("biomarker.er", "positive"), ("biomarker.pr", "positive"), ("biomarker.her2", "negative")]),
    ("ER low positive (5%)", [("biomarker.er", "low")]),
    ("ER +ve, PR -ve", [("biomarker.er", "positive"), ("biomarker.pr", "negative")]),
    ("ER-positive, HER2-negative carcinoma", [("biomarker.er", "positive"), ("biomarker.her2", "negative")]),
    ("Triple negative breast cancer", [("biomarker.er", "negative"), ("biomarker.pr", "negative"), ("biomarker.her2", "negative")]),
    ("Hormone receptor positive disease", [("biomarker.er", "positive")]),
    ("HER2 IHC 2+, FISH not amplified", [("biomarker.her2", "negative")]),
    ("HER2 2+ by IHC; FISH: not amplified", [("biomarker.her2", "negative")]),
    ("HER2 IHC 2+ (FISH amplified)", [("biomarker.her2", "positive")]),
    ("HER2 equivocal (2+)", [("biomarker.her2", "equivocal")]),
    ("HER-2/neu: 3+", [("biomarker.her2", "positive")]),
    ("c-erbB-2 score 0", [("biomarker.her2", "negative")]),
    ("HER2 1+", [("biomarker.her2", "negative")]),
    ("HER2-low disease", [("biomarker.her2", "low")]),
    ("HER2 is not overexpressed.", [("biomarker.her2", "negative")]),
    ("No HER2 amplification", [("biomarker.her2", "negative")]),
    ("HER2/CEP17 ratio 2.4", [("biomarker.her2", "positive")]),
    ("HER2 FISH awaited", [("biomarker.her2", "pending")]),
    ("Awaiting HER2 result.", [("biomarker.her2", "pending")]),
    ("Ki-67 15 %", [("biomarker.ki67", 15.0)]),
    ("Ki67 labelling index approximately 15-20%", [("biomarker.ki67", 15.0)]),
    ("MIB-1 index of 40%", [("biomarker.ki67", 40.0)]),
    ("EGFR exon 19 deletion detected", [("biomarker.egfr", "mutated"), ("biomarker.egfr_variant", "exon 19 deletion")]),
    ("EGFR L858R", [("biomarker.egfr", "mutated"), ("biomarker.egfr_variant", "l858r")]),
    ("EGFR wild type", [("biomarker.egfr", "wild-type")]),
    ("EGFR wt, ALK negative, ROS1 negative", [("biomarker.egfr", "wild-type"), ("biomarker.alk", "negative"), ("biomarker.ros1", "negative")]),
    ("No EGFR mutation detected", [("biomarker.egfr", "wild-type")]),
    ("EGFR mutation not detected.", [("biomarker.egfr", "wild-type")]),
    ("EGFR exon 19 deletion, T790M negative", [("biomarker.egfr", "mutated"), ("biomarker.egfr_variant", "exon 19 deletion")]),
    ("EGFR mutation-positive adenocarcinoma", [("biomarker.egfr", "mutated")]),
    ("EGFR mutation analysis pending", [("biomarker.egfr", "pending")]),
    ("Tissue has been sent for EGFR and ALK.", [("biomarker.egfr", "pending"), ("biomarker.alk", "pending")]),
    ("EGFR, ALK and ROS1: negative", [("biomarker.egfr", "wild-type"), ("biomarker.alk", "negative"), ("biomarker.ros1", "negative")]),
    ("No mutation in EGFR, KRAS or BRAF.", [("biomarker.egfr", "wild-type"), ("biomarker.kras", "wild-type"), ("biomarker.braf", "wild-type")]),
    ("Positive for EGFR, negative for ALK", [("biomarker.egfr", "mutated"), ("biomarker.alk", "negative")]),
    ("KRAS G12D", [("biomarker.kras", "mutated"), ("biomarker.kras_variant", "g12d")]),
    ("KRAS p.G12C mutation", [("biomarker.kras", "mutated"), ("biomarker.kras_variant", "g12c")]),
    ("RAS wild-type", [("biomarker.kras", "wild-type"), ("biomarker.nras", "wild-type")]),
    ("KRAS/NRAS/BRAF wild type", [("biomarker.kras", "wild-type"), ("biomarker.nras", "wild-type"), ("biomarker.braf", "wild-type")]),
    ("BRAF V600E", [("biomarker.braf", "mutated"), ("biomarker.braf_variant", "v600e")]),
    ("BRAF V600E mutation not detected", [("biomarker.braf", "wild-type")]),
    ("ALK rearranged", [("biomarker.alk", "positive")]),
    ("EML4-ALK fusion detected", [("biomarker.alk", "positive")]),
    ("ALK IHC 0", [("biomarker.alk", "negative")]),
    ("No ALK rearrangement", [("biomarker.alk", "negative")]),
    ("ALK not tested", [("biomarker.alk", "not tested")]),
    ("Insufficient tissue for ROS1", [("biomarker.ros1", "not tested")]),
    ("RET fusion detected", [("biomarker.ret", "positive")]),
    ("NTRK negative", [("biomarker.ntrk", "negative")]),
    ("MET exon 14 skipping mutation", [("biomarker.met", "mutated")]),
    ("MET amplification", [("biomarker.met", "amplified")]),
    ("FGFR3 S249C mutation", [("biomarker.fgfr", "mutated")]),
    ("FGFR2 fusion detected", [("biomarker.fgfr", "positive")]),
    ("PIK3CA H1047R", [("biomarker.pik3ca", "mutated")]),
    ("PD-L1 TPS 60 %", [("biomarker.pdl1", 60.0)]),
    ("PD-L1 (22C3) tumour proportion score of 5%", [("biomarker.pdl1", 5.0)]),
    ("PD-L1 <1%", [("biomarker.pdl1", 0.0)]),
    ("PD-L1 negative", [("biomarker.pdl1", 0)]),
    ("PD-L1 pending", [("biomarker.pdl1", "pending")]),
    ("PD-L1 CPS 12", [("biomarker.pdl1_cps", 12.0)]),
    ("MSI-H", [("biomarker.msi", "msi-high")]),
    ("Microsatellite stable", [("biomarker.msi", "mss")]),
    ("MSI: stable", [("biomarker.msi", "mss")]),
    ("MSS, pMMR", [("biomarker.msi", "mss"), ("biomarker.mmr", "proficient")]),
    ("dMMR", [("biomarker.mmr", "deficient")]),
    ("Mismatch repair deficient", [("biomarker.mmr", "deficient")]),
    ("Loss of MLH1/PMS2", [("biomarker.mmr", "deficient")]),
    ("MLH1 and PMS2 lost, MSH2 and MSH6 retained", [("biomarker.mmr", "deficient")]),
    ("Intact nuclear expression of all four MMR proteins", [("biomarker.mmr", "proficient")]),
    ("No loss of MLH1, PMS2, MSH2 or MSH6", [("biomarker.mmr", "proficient")]),
    ("gBRCA1 pathogenic variant", [("biomarker.brca", "pathogenic")]),
    ("No pathogenic variant in BRCA1/2", [("biomarker.brca", "negative")]),
    ("BRCA2 variant of uncertain significance", [("biomarker.brca", "vus")]),
    ("BRCA1 pathogenic variant, BRCA2 negative", [("biomarker.brca", "pathogenic")]),
    ("HRD positive", [("biomarker.hrd", "positive")]),
    ("MGMT promoter methylated", [("biomarker.mgmt", "methylated")]),
    ("MGMT promoter unmethylated", [("biomarker.mgmt", "unmethylated")]),
    ("IDH wild type", [("biomarker.idh", "wild-type")]),
    ("IDH1 R132H mutated", [("biomarker.idh", "mutated")]),
    ("IDH-mutant astrocytoma", [("biomarker.idh", "mutated")]),
    ("1p/19q codeleted", [("biomarker.1p19q", "deleted")]),
    ("1p/19q intact", [("biomarker.1p19q", "retained")]),
    ("1p/19q codeletion not detected", [("biomarker.1p19q", "retained")]),
    ("TERT promoter mutation detected", [("biomarker.tert", "mutated")]),
    ("p16 block-positive", [("biomarker.p16", "positive")]),
    ("HPV negative", [("biomarker.hpv", "negative")]),
    ("Claudin 18.2 positive (80%)", [("biomarker.cldn182", "positive")]),
    ("DPYD wild type", [("biomarker.dpyd", "wild-type")]),
    ("POLE mutated", [("biomarker.pole", "mutated")]),
    ("p53 wild-type pattern", [("biomarker.p53", "wild-type")]),
    ("| ER | Positive | 95% |", [("biomarker.er", "positive")]),
    ("ER+PR+HER2-", [("biomarker.er", "positive"), ("biomarker.her2", "negative"), ("biomarker.pr", "positive")]),
    ("ER (90%), PR (70%), HER2 (0)", [("biomarker.er", "positive"), ("biomarker.pr", "positive"), ("biomarker.her2", "negative")]),
    ("HER2 IHC score is 2+ and dual-probe ISH is pending.", [("biomarker.her2", "equivocal")]),
    ("EGFR/ALK/ROS1/PD-L1 not yet available.", [("biomarker.egfr", "pending"), ("biomarker.alk", "pending"), ("biomarker.ros1", "pending"), ("biomarker.pdl1", "pending")]),
    ("MET exon 14 not detected.", [("biomarker.met", "negative")]),
    ("NGS: EGFR p.L858R detected, no ALK or ROS1 fusion.", [("biomarker.egfr", "mutated"), ("biomarker.alk", "negative"), ("biomarker.ros1", "negative")]),
    ("No targetable alteration in EGFR, ALK or BRAF was found.", [("biomarker.egfr", "wild-type"), ("biomarker.alk", "negative"), ("biomarker.braf", "wild-type")]),
    ("K-ras mutation positive; B-Raf negative", [("biomarker.kras", "mutated"), ("biomarker.braf", "wild-type")]),
    ("PD-L1 (SP263) 50% of tumour cells, immune cells 5%", [("biomarker.pdl1", 50.0)]),
    ("MMR IHC: MLH1 intact, PMS2 intact, MSH2 intact, MSH6 intact.", [("biomarker.mmr", "proficient")]),
    ("IDH1 p.R132H negative by immunohistochemistry", [("biomarker.idh", "wild-type")]),
    ("We await ER, PR and HER2 status.", [("biomarker.er", "pending"), ("biomarker.pr", "pending"), ("biomarker.her2", "pending")]),
    ("FOLR1 80% of cells", [("biomarker.folr1", "positive")]),
]

SPECIMEN: list[tuple[str, list[Answer]]] = [
    ("R0 resection.", [("margin", "negative")]),
    ("pT3 N1 R1", [("margin", "positive")]),
    ("Margins clear by 4 mm.", [("margin", "negative"), ("margin.distance", 4.0)]),
    ("All resection margins are free of tumour.", [("margin", "negative")]),
    ("Margins uninvolved", [("margin", "negative")]),
    ("Circumferential margin involved", [("margin", "positive")]),
    ("CRM clear 3 mm", [("margin", "negative"), ("margin.distance", 3.0)]),
    ("Tumour at ink.", [("margin", "positive")]),
    ("No tumour on ink", [("margin", "negative")]),
    ("Deep margin positive, lateral margins negative", [("margin", "positive")]),
    ("Closest margin 0.2 cm", [("margin.distance", 2.0)]),
    ("Close margins", [("margin", "close")]),
    ("Nottingham grade 3", [("grade", 3)]),
    ("Grade 2 invasive ductal carcinoma", [("grade", 2)]),
    ("Invasive carcinoma NST, G2", [("grade", 2)]),
    ("Moderately differentiated adenocarcinoma", [("grade", 2)]),
    ("Poorly differentiated squamous cell carcinoma", [("grade", 3)]),
    ("FIGO grade 1 endometrioid carcinoma", [("grade", 1)]),
    ("Astrocytoma, WHO grade II", [("grade", 2)]),
    ("WHO/ISUP grade 2 clear cell carcinoma", [("grade", 2)]),
    ("Fuhrman grade III", [("grade", 3)]),
    ("High-grade serous carcinoma", [("grade.tier", "high")]),
    ("Urothelial carcinoma, low grade", [("grade.tier", "low")]),
    ("Gleason 3+4=7, grade group 2", [("grade.gleason", "3+4"), ("grade.isup", 2)]),
    ("Gleason 4 + 3", [("grade.gleason", "4+3")]),
    ("Gleason score 7 (3+4)", [("grade.gleason", "3+4")]),
    ("ISUP 4", [("grade.isup", 4)]),
    ("ISUP grade group 3", [("grade.isup", 3)]),
    ("GG3", [("grade.isup", 3)]),
    ("Lymphovascular invasion present", [("presence.lymphovascular_invasion", "present")]),
    ("LVI not identified, PNI present", [("presence.lymphovascular_invasion", "absent"), ("presence.perineural_invasion", "present")]),
    ("No lymphovascular or perineural invasion", [("presence.lymphovascular_invasion", "absent"), ("presence.perineural_invasion", "absent")]),
    ("Microvascular invasion is seen.", [("presence.vascular_invasion", "present")]),
    ("pT3 L1 V0 Pn1", [("presence.lymphovascular_invasion", "present"), ("presence.perineural_invasion", "present"), ("presence.vascular_invasion", "absent")]),
    ("Extranodal extension: absent", [("presence.extranodal_extension", "absent")]),
    ("No detrusor muscle in the specimen", [("presence.muscularis_propria", "absent")]),
    ("Muscularis propria is present", [("presence.muscularis_propria", "present")]),
    ("Breslow thickness 1.2 mm", [("depth", 1.2)]),
    ("Depth of invasion (DOI) 7 mm", [("depth.invasion", 7.0)]),
    ("Mitotic rate 3/mm2", [("mitotic_rate", 3.0)]),
    ("Muscularis propria present and uninvolved", [("presence.muscularis_propria", "present")]),
    ("Elston grade II of III", [("grade", 2)]),
    ("Circumferential resection margin 0.5 mm - involved (R1).", [("margin", "positive")]),
    ("Resection margins: proximal clear, distal clear", [("margin", "negative")]),
    ("Moderately to poorly differentiated adenocarcinoma", [("grade", 2), ("grade", 3)]),
    ("Ulceration: absent", [("presence.ulceration", "absent")]),
]

IMAGING: list[tuple[str, list[Answer]]] = [
    ("No pleural effusion or thickening.", [("presence.pleural_effusion", "absent")]),
    ("Small right pleural effusion.", [("presence.pleural_effusion", "present")]),
    ("No pleural or pericardial effusion.", [("presence.pericardial_effusion", "absent"), ("presence.pleural_effusion", "absent")]),
    ("Moderate ascites with omental cake", [("presence.ascites", "present"), ("presence.peritoneal_disease", "present")]),
    ("Peritoneal carcinomatosis is suspected.", [("presence.peritoneal_disease", "present")]),
    ("The portal vein is patent.", [("presence.portal_vein_invasion", "absent")]),
    ("Tumour thrombus in the left renal vein; IVC is patent.", [("presence.ivc_thrombus", "absent"), ("presence.renal_vein_invasion", "present")]),
    ("No chest wall invasion", [("presence.chest_wall_invasion", "absent")]),
    ("Extraprostatic extension on the left", [("presence.extraprostatic_extension", "present")]),
    ("Seminal vesicles are normal.", [("presence.seminal_vesicle_invasion", "absent")]),
    ("Parametria are clear", [("presence.parametrial_invasion", "absent")]),
    ("Non-muscle-invasive bladder cancer", [("presence.muscle_invasion", "absent")]),
    ("The mass encases the SMA.", [("presence.arterial_encasement", "present")]),
    ("EMVI positive, mesorectal fascia is clear", [("presence.crm_threatened", "absent"), ("presence.extramural_vascular_invasion", "present")]),
    ("5 mm of midline shift", [("presence.midline_shift", "present")]),
    ("No enlarged mediastinal or hilar lymph nodes.", [("presence.node.hilar", "absent"), ("presence.node.mediastinal", "absent")]),
    ("Mediastinal and axillary lymphadenopathy", [("presence.node.axillary", "present"), ("presence.node.mediastinal", "present")]),
    ("Axillary lymph nodes are not enlarged.", [("presence.node.axillary", "absent")]),
    ("Enlarged left para-aortic nodes", [("presence.node.paraaortic", "present")]),
    ("No pelvic lymphadenopathy", [("presence.node.pelvic", "absent")]),
    ("Multiple liver metastases", [("presence.metastasis.liver", "present")]),
    ("No focal liver lesion.", [("presence.metastasis.liver", "absent")]),
    ("Metastases to the liver and bones", [("presence.metastasis.bone", "present"), ("presence.metastasis.liver", "present")]),
    ("No liver or lung metastases", [("presence.metastasis.liver", "absent"), ("presence.metastasis.lung", "absent")]),
    ("No distant metastases", [("presence.metastasis.any", "absent")]),
    ("No evidence of brain metastasis", [("presence.metastasis.brain", "absent")]),
    ("Adrenals are unremarkable", [("presence.metastasis.adrenal", "absent")]),
    ("Cirrhotic liver", [("presence.cirrhosis", "present")]),
    ("No hydronephrosis", [("presence.hydronephrosis", "absent")]),
    ("Right hilar and subcarinal nodes are FDG-avid.", [("presence.node.hilar", "present"), ("presence.node.mediastinal", "present")]),
    ("Renal vein and IVC are patent.", [("presence.ivc_thrombus", "absent"), ("presence.renal_vein_invasion", "absent")]),
    ("No evidence of metastatic disease in the chest, abdomen or pelvis.", [("presence.metastasis.any", "absent")]),
    ("Metastatic deposits in the liver, lungs and right adrenal.", [("presence.metastasis.adrenal", "present"), ("presence.metastasis.liver", "present"), ("presence.metastasis.lung", "present")]),
    ("The mesorectal fascia is not threatened and EMVI is negative.", [("presence.crm_threatened", "absent"), ("presence.extramural_vascular_invasion", "absent")]),
    ("There is no change in the pleural effusion.", [("presence.pleural_effusion", "present")]),
    ("Pulmonary embolism was excluded.", [("presence.pulmonary_embolism", "absent")]),
]

NUMBERS: list[tuple[str, list[Answer]]] = [
    ("Creatinine 88 \u00b5mol/L", [("organ.creatinine", 88.0)]),
    ("Creatinine 1.2 mg/dL", [("organ.creatinine", 106.08)]),
    ("Cr 0.9", [("organ.creatinine", 79.56)]),
    ("Creatinine clearance 62 mL/min", [("organ.creatinine_clearance", 62.0)]),
    ("eGFR 65 mL/min/1.73 m2", [("organ.egfr", 65.0)]),
    ("EGFR 65 mL/min", [("organ.egfr", 65.0)]),
    ("eGFR >60", [("organ.egfr", 60.0)]),
    ("Bilirubin 1.0 mg/dL, ALT 32 U/L, AST 28", [("organ.alt", 32.0), ("organ.ast", 28.0), ("organ.bilirubin", 17.1)]),
    ("Hb 12.3 g/dL, platelets 250 x10^9/L", [("organ.haemoglobin", 123.0), ("organ.platelets", 250.0)]),
    ("Haemoglobin 98 g/L", [("organ.haemoglobin", 98.0)]),
    ("Platelets 250,000/mm3", [("organ.platelets", 250.0)]),
    ("Plt 95 K/uL", [("organ.platelets", 95.0)]),
    ("ANC 1500", [("organ.neutrophils", 1.5)]),
    ("Neutrophils 3.4 \u00d710\u2079/L", [("organ.neutrophils", 3.4)]),
    ("Albumin 3.8 g/dL", [("organ.albumin", 38.0)]),
    ("INR 1.1", [("organ.inr", 1.1)]),
    ("LVEF 55-60%", [("organ.lvef", 55.0)]),
    ("FEV1 1.8 L (65% predicted), DLCO 58%", [("organ.dlco", 58.0), ("organ.fev1", 65.0)]),
    ("FEV1/FVC 70%", [("organ.fev1_fvc", 70.0)]),
    ("QTc 460 ms", [("organ.qtc", 460.0)]),
    ("ECOG 1", [("performance.ecog", 1)]),
    ("ECOG performance status: 2", [("performance.ecog", 2)]),
    ("WHO PS 0", [("performance.ecog", 0)]),
    ("PS 1", [("performance.ecog", 1)]),
    ("ECOG PS 0-1", [("performance.ecog", 0)]),
    ("KPS 80", [("performance.karnofsky", 80.0)]),
    ("Karnofsky performance status 70%", [("performance.karnofsky", 70.0)]),
    ("Child-Pugh A", [("child_pugh", "A")]),
    ("Child-Pugh class B7", [("child_pugh", "B")]),
    ("Child-Pugh score 6", [("child_pugh", "A")]),
    ("CA-125 450 U/mL", [("marker.ca125", 450.0)]),
    ("CA 19-9 was 37 U/mL", [("marker.ca199", 37.0)]),
    ("PSA 12.3 ng/mL", [("marker.psa", 12.3)]),
    ("PSA rose from 5 to 12 ng/mL", [("marker.psa", 12.0)]),
    ("AFP 1,200 ng/mL", [("marker.afp", 1200.0)]),
    ("LDH 250 U/L", [("marker.ldh", 250.0)]),
    ("PSA 8.4 in March, now 15.2.", [("marker.psa", 15.2)]),
    ("Creatinine 145 (normal 60-110).", [("organ.creatinine", 145.0)]),
    ("CA-125 on 12/03/2024 was 350 U/mL", [("marker.ca125", 350.0)]),
    ("ECOG deteriorated from 1 to 3", [("performance.ecog", 3)]),
    ("ppoFEV1 45%", [("organ.fev1_ppo", 45.0)]),
    ("ASA class III", [("surgery.asa", 3)]),
    ("ASA 2", [("surgery.asa", 2)]),
    ("| Creatinine | 88 | umol/L | 60-110 |", [("organ.creatinine", 88.0)]),
]

NOTHING = [
    "She was seen in the ER with 10% weight loss.",
    "PR exam normal, no blood.",
    "Best response PR (30% reduction).",
    "Started an EGFR inhibitor.",
    "Anti-HER2 therapy was discussed.",
    "If HER2 positive, add trastuzumab.",
    "Mother had ER positive breast cancer.",
    "Recommend EGFR testing.",
    "EGFR T790M negative.",
    "Grade 2 neuropathy.",
    "Grade 3 internal haemorrhoids.",
    "Grade 1 diastolic dysfunction.",
    "G3 neutropenia after cycle 2.",
    "High grade fever.",
    "High-grade dysplasia.",
    "High grade bowel stenosis.",
    "PS: 2 weeks later she called.",
    "ASA 81 mg daily.",
    "We aim for an R0 resection.",
    "DOI: 10.1000/182",
    "The patient met with the team and is positive about treatment.",
    "Alk Phos pending.",
    "Nodes were positive.",
    "Neutrophils 65 %",
    "FEV1 1.8 L",
    "PSA density was discussed.",
    "Requires creatinine clearance > 60 mL/min.",
    "Left MCA stroke at vertebral level L1.",
    "He was told of the risk of ascites.",
    "INR target 2-3",
    "Gravida G2 P1.",
    "The mass has spiculated margins and is positive on PET.",
    "R0 resection is feasible.",
    "Immune-related hepatitis grade 3.",
    "Toxicity grade 2.",
    "Extranodal extension: not applicable.",
    "No new liver metastases.",
    "No lymph node metastases.",
    "Metformin MET 500 mg.",
    "BRCA status unknown.",
    "Her sister has liver metastases.",
    "Is the tumour in the liver resectable?",
]


def answers(text: str, kind: DocumentKind = "pathology") -> list[Answer]:
    """What is read in a one-sentence document, sorted."""
    reading = read(Document(id="d", kind=kind, text=text))
    return sorted({(f.question, f.value) for f in (*general_findings(reading), *grade_findings(reading, None))}, key=str)


@pytest.mark.parametrize(("text", "expected"), BIOMARKERS + SPECIMEN)
def test_specimen_is_read(text: str, expected: list[Answer]) -> None:
    assert answers(text) == sorted(expected, key=str)


@pytest.mark.parametrize(("text", "expected"), IMAGING)
def test_imaging_is_read(text: str, expected: list[Answer]) -> None:
    assert answers(text, "radiology") == sorted(expected, key=str)


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_are_read_in_their_unit(text: str, expected: list[Answer]) -> None:
    assert answers(text, "oncology") == sorted(expected, key=str)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_read_where_nothing_is_said(text: str) -> None:
    assert answers(text, "note") == []


@pytest.mark.parametrize("kind", ["radiology", "note"])
def test_suspicion_is_kept_as_uncertain(kind: DocumentKind) -> None:
    found = list(general_findings(read(Document(id="d", kind=kind, text="Possible liver metastases."))))
    assert [(f.value, f.certainty) for f in found] == [("present", "uncertain")]


@pytest.mark.parametrize("seat", ["radiology", "pathology", "oncology", "surgery", "registrar"])
def test_every_seat_says_what_it_reads(seat: str) -> None:
    folder = AGENTS / "specialties" / seat
    card = yaml.safe_load((folder / "specialty.yaml").read_text("utf-8"))
    assert set(card) - {"questionnaire", "actions"} == {"name", "title", "description", "documents", "questions", "asks", "abstains"}
    assert all(load_specialty(seat).answers(question) for question in card.get("questionnaire", ()))
    assert card["name"] == seat
    assert set(card["documents"]) <= set(get_args(DocumentKind))
    rules = RulesFile.model_validate(yaml.safe_load((folder / "rules.yaml").read_text("utf-8")))
    assert rules.source.organisation


@pytest.mark.parametrize("seat", ["radiology", "pathology", "oncology", "surgery", "registrar"])
def test_a_seat_asks_few_questions_and_only_its_own(seat: str) -> None:
    card = yaml.safe_load((AGENTS / "specialties" / seat / "specialty.yaml").read_text("utf-8"))
    assert 0 < len(card["asks"]) <= 6
    for wanted in card["asks"]:
        assert re.fullmatch(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*(?:\.\*)?", wanted)
        assert any(fnmatch(wanted, pattern) for pattern in card["questions"])


def test_every_question_of_the_rules_has_a_seat_that_answers_it() -> None:
    patterns = {
        pattern
        for card in AGENTS.glob("specialties/*/specialty.yaml")
        for pattern in yaml.safe_load(card.read_text("utf-8"))["questions"]
        if pattern != "*"
    }
    for rule in load_rules().rules:
        assert any(fnmatch(rule.question, pattern) for pattern in patterns), rule.question


def test_a_later_result_settles_an_open_one() -> None:
    assert answers("HER2 2+ by IHC, FISH requested.\nAddendum: HER2 not amplified.") == [("biomarker.her2", "negative")]


def test_two_firm_results_of_one_document_are_both_kept() -> None:
    assert answers("ER positive.\nComment: ER negative.") == [("biomarker.er", "negative"), ("biomarker.er", "positive")]


def test_the_quote_holds_the_result() -> None:
    text = "Receptors were done. " + "Ductal carcinoma was seen in all cores. " * 12 + "HER2 was scored 3+ by two readers."
    (found,) = general_findings(read(Document(id="d", kind="pathology", text=text)))
    (evidence,) = found.evidence
    assert "3+" in evidence.quote
    assert text[evidence.start : evidence.end] == evidence.quote
