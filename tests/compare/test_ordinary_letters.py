"""Ordinary reports and letters: what a careful reader raises of a chart's facts, and what looks like it and is silent."""

from __future__ import annotations

import pytest

from agents import default_specialists
from panel.case import Case
from panel.compare import compare
from panel.conflict import CHART_KINDS


def kinds(*documents):
    rows = [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": x} for i, (k, d, t, x) in enumerate(documents)]
    case = Case.model_validate({"id": "x", "documents": rows})
    return {c.kind for c in compare(case, [seat.read(case) for seat in default_specialists()]).conflicts if c.kind in CHART_KINDS}


CT = ("radiology", "2026-02-04", "CT chest", "FINDINGS: A 34 mm mass lies in the left upper lobe. No effusion.")
BREAST = ("radiology", "2026-02-04", "Mammogram", "A 21 mm spiculate mass in the left breast, upper outer quadrant. BI-RADS 5.")
KIDNEY = ("radiology", "2026-02-04", "CT kidneys", "Solid mass in the upper pole of the left kidney with a maximum diameter of 52 mm.")
OPERATED = ("surgery", "2026-03-09", "Operation note", "Date of operation 9 March 2026. Right wide local excision, upper outer quadrant.")
GLIOMA = ("radiology", "2026-01-10", "MRI brain", "A 44 mm mass in the left frontal lobe, most likely a glioma.")
GBM = ("pathology", "2026-01-20", "Brain biopsy", "Diagnosis: glioblastoma, IDH-wildtype.")
SENTINEL = ("pathology", "2026-03-18", "Breast excision", "Invasive ductal carcinoma, grade 2, 21 mm. Sentinel nodes (3): one contains a macrometastasis of 3.5 mm; two are clear.")


def letter(text, date="2026-02-20", kind="surgery", title="Clinic letter"):
    return (kind, date, title, text)


RAISED = [
    ("one margin of all", "presence", [("pathology", "2026-02-16", "Hemiglossectomy", "Squamous cell carcinoma of the tongue. Mucosal margins: clear. Deep margin: involved."), letter("The histology shows all margins free of tumour.")]),
    ("planned side", "laterality", [CT, letter("I explained to her that the right operation would be a video-assisted right upper lobectomy.")]),
    ("planned, nodes with it", "laterality", [BREAST, letter("We have agreed that she should have a right mastectomy with sentinel node biopsy.")]),
    ("planned kidney", "laterality", [KIDNEY, letter("I recommended robotic right partial nephrectomy and he has been added to the waiting list.")]),
    ("aspect of the organ", "laterality", [KIDNEY, letter("Her tumour lies at the back of the right kidney.")]),
    ("on a series", "size", [KIDNEY, ("radiology", "2026-02-11", "MRI", "The upper pole tumour of the left kidney has a greatest dimension of 6.8 cm on the coronal series.")]),
    ("beside the organ's length", "size", [("radiology", "2026-02-01", "Ultrasound", "Left kidney 11.2 cm: there is an echogenic solid lesion of about 30 mm at the upper pole."), KIDNEY]),
    ("another glioma", "histology", [("pathology", "2026-01-20", "Biopsy", "Left frontal lobe: astrocytic glioma."), letter("An oligodendroglioma of the left frontal lobe.", kind="oncology")]),
    ("two gliomas", "histology", [GLIOMA, GBM, letter("Histology confirmed an oligodendroglioma.", kind="oncology")]),
    ("gullet", "site", [letter("The tumour is in the lower third of the oesophagus.", "2025-12-04"), ("radiology", "2025-12-08", "CT", "Thickening of the middle third of the oesophagus.")]),
    ("sentinel nodes in brackets", "nodes", [SENTINEL, letter("21 mm grade 2 ductal cancer, two of three sentinel nodes with macrometastases.", "2026-04-13")]),
    ("done with the node biopsy", "date", [OPERATED, letter("She underwent right breast conservation and sentinel biopsy on 19 March and has healed.", "2026-04-13")]),
    ("verb of a receptor", "biomarker", [("pathology", "2026-01-10", "Core biopsy right breast", "Ductal carcinoma. HER2 immunohistochemistry 3+."), letter("Her cancer on the right does not overexpress HER2.")]),
    ("veins", "presence", [("pathology", "2026-01-02", "Colectomy", "Sigmoid adenocarcinoma, pT3. Extramural veins contain tumour."), letter("The sigmoid tumour was pT3 without extramural vascular invasion.", "2026-01-22")]),
    ("in contrast to a study", "size", [KIDNEY, ("radiology", "2026-02-11", "MRI", "In contrast to the CT the mass in the upper pole of the left kidney measures 68 mm.")]),
    ("front to back", "size", [("radiology", "2026-02-06", "MRI", "Left lateral tongue tumour: 25 x 14 x 10 mm."), letter("On the MRI his left tongue cancer stretches over 3.3 cm from front to back.", "2026-02-13")]),
    ("mirrored hour", "laterality", [("radiology", "2026-01-06", "Mammogram", "Spiculate 16 mm mass at ten o'clock in the right breast."), ("pathology", "2026-01-12", "Core biopsy", "Specimen: L breast, 10 o'clock. Invasive carcinoma NST, grade 2.")]),
    ("branch and trunk", "presence", [("radiology", "2026-03-02", "CT liver", "HCC. The main portal vein and both its branches are patent, no thrombus."), ("radiology", "2026-03-06", "MRI liver", "HCC. Enhancing soft tissue extends from it into the right posterior portal vein branch. Main trunk open.")]),
    ("neither nor", "presence", [("pathology", "2026-02-02", "Glossectomy", "Squamous cell carcinoma. Several nerve bundles are surrounded by tumour."), letter("There was neither perineural nor vascular invasion in the specimen of the carcinoma.", "2026-02-10", kind="oncology")]),
    ("not perforated", "presence", [("surgery", "2026-02-06", "Operation note", "Sigmoid tumour with a free perforation and local pus."), ("pathology", "2026-02-12", "Resection", "Sigmoid adenocarcinoma. The tumour is not perforated.")]),
    ("proven in the request", "histology", [("pathology", "2026-03-01", "Cervical biopsy", "Invasive adenocarcinoma, usual type."), ("radiology", "2026-03-10", "MRI pelvis", "CLINICAL DETAILS: biopsy-proven squamous carcinoma of cervix. FINDINGS: 3.1 cm cervical mass.")]),
    ("margin foretold", "presence", [("radiology", "2026-03-02", "MRI rectum", "Mid rectal tumour; 0.5 mm from the mesorectal fascia, CRM threatened."), letter("MRI shows a mid rectal tumour with a safe circumferential margin of more than 5 mm.", "2026-03-12", kind="oncology")]),
    ("no clot there", "presence", [("radiology", "2026-03-02", "CT chest", "There is a pulmonary embolus in the left lower lobe artery."), letter("CT: no clot in the pulmonary arteries, so the heparin was stopped.", "2026-03-04", kind="note")]),
    ("no venous invasion at all", "presence", [("pathology", "2026-03-02", "Hemicolectomy", "pT3 adenocarcinoma of the transverse colon. EMVI: present."), letter("pT3 N0 with no adverse feature: no venous invasion, no perineural invasion.", "2026-03-15", kind="oncology")]),
    ("womb's stroma", "presence", [("pathology", "2026-03-02", "Hysterectomy", "Endometrioid carcinoma invading the endocervical stroma to a depth of 4 mm."), letter("The tumour is confined to the corpus, the cervical stroma is uninvolved.", "2026-03-12", kind="oncology")]),
    ("scar of the primary", "site", [("pathology", "2026-03-02", "Excision", "Skin, right forearm: nodular melanoma, Breslow 2.2 mm."), letter("He will have a wide excision of the melanoma scar on his right thigh.", "2026-03-09")]),
    ("listed operation", "laterality", [("pathology", "2026-03-02", "Core", "Core biopsy, right breast: invasive carcinoma NST."), letter("Please list for a left wide local excision for her newly diagnosed cancer.", "2026-03-09")]),
    ("hilar tumour", "laterality", [("surgery", "2026-03-02", "Bronchoscopy", "Endobronchial tumour occluding the right main bronchus."), letter("Smoker, central left hilar tumour, squamous cell carcinoma of the lung.", "2026-03-09", kind="note")]),
    ("short of the cava", "presence", [("radiology", "2026-03-02", "MRI", "Renal tumour. The thrombus in the left renal vein reaches 2 cm into the IVC."), letter("MRI: renal vein tumour thrombus on the left that stops short of the cava.", "2026-03-09")]),
    ("from the verge", "site", [letter("Tumour at 8 cm from the anal verge on the left wall.", "2026-03-02", title="Sigmoidoscopy"), ("radiology", "2026-03-09", "MRI pelvis", "The tumour is in the distal sigmoid; rectum normal.")]),
    ("a deep rim", "presence", [("radiology", "2026-03-02", "CT", "Mass in the left upper lobe. A rim of pleural fluid 3 cm deep on the left."), ("radiology", "2026-03-05", "PET-CT", "Left upper lobe mass. No pleural effusion.")]),
    ("turned, last autumn", "identity", [letter("DOB: 14/05/1967. Lung cancer of the left upper lobe."), letter("He turned eighty last October and still drives.", "2026-03-01")]),
    ("a birthday", "identity", [letter("This 62-year-old man has a mass of the left lung."), letter("He celebrated his seventy-fifth birthday in January and came with his wife.", "2026-03-01")]),
    ("year of birth", "identity", [letter("This 58-year-old teacher came with a cough."), letter("She was born in a mining village in the autumn of 1949 and lives alone.", "2026-03-01")]),
    ("decade", "identity", [letter("DOB 02/03/1951. Breast cancer."), letter("A woman in her early forties with a breast cancer.", "2026-03-01")]),
    ("bronchial segment", "laterality", [CT, letter("Trachea: normal\nTumour segment: RB1 (radial probe concentric)\nBleeding: minimal", title="Bronchoscopy")]),
    ("clear of a wall", "laterality", [("radiology", "2026-02-04", "CT chest", "In the left upper lobe lies a spiculated mass of 34 mm, clear of the chest wall."), letter("He has a tumour of the right upper lobe.")]),
    ("no more than", "laterality", [BREAST, letter("She had not noticed anything, and I could find no more than a thickening on the outer side of her right breast where the cancer sits.")]),
    ("what a report leaves open", "site", [letter("Primary - subsite: tongue base, right", title="Panendoscopy"), ("pathology", "2026-02-11", "Biopsy", "Right oropharynx: squamous cell carcinoma."), letter("A cancer of the right tonsil.")]),
    ("size in a form", "size", [("radiology", "2026-02-11", "Renal mass CT", "Side / pole: left, lower\nMax axial dimension: 68 mm\nNodes: nil"), letter("CT puts the growth in the lower pole of the left kidney at about four and a half centimetres across.")]),
    ("dull base", "presence", [("radiology", "2026-02-04", "CT chest", "Mass in the right lower lobe. Both pleural spaces are dry."), letter("The right base was stony dull, with half a litre lying above the diaphragm.", "2026-02-05", kind="note")]),
    ("wall to wall", "presence", [("radiology", "2026-03-04", "CT", "Right renal mass with a tongue of tumour in the vena cava."), ("radiology", "2026-03-06", "Doppler", "Right renal mass. The whole of the cava up to the heart is wide, black and compresses as it should, with flow filling it from wall to wall.")]),
    ("weekday of a month", "date", [("surgery", "2026-02-02", "Operation note", "Date of operation 2 February 2026. Sigmoid colectomy."), letter("Her sigmoid colectomy was done on the last Thursday of February.", "2026-03-06")]),
    ("debulked", "date", [("surgery", "2026-02-11", "Operation sheet", "Craniotomy date: 11.02.2026\nSide: right temporal. Glioma."), letter("The right temporal glioblastoma was debulked on the eighteenth of February.", "2026-03-02", kind="oncology")]),
    ("explained", "stage", [("pathology", "2026-02-02", "Specimen", "Ductal adenocarcinoma of the pancreatic head, 29 mm. pT2 pN0."), letter("I explained that she falls into stage III, with nothing known elsewhere.", kind="oncology")]),
    ("glands among other things", "nodes", [("pathology", "2026-02-12", "Sigmoid colectomy", "Adenocarcinoma. Lymph nodes retrieved: 19\nLymph nodes involved: 2"), letter("Margins were clear, and of the nineteen glands retrieved a single one harboured cancer.")]),
    ("acids exchanged", "biomarker", [("genomics", "2026-02-12", "Sequencing", "Melanoma of the calf. We found that valine is replaced by glutamic acid at codon 600 of BRAF."), letter("Tablets would do nothing because her melanoma's BRAF had come back unaltered.", kind="oncology")]),
    ("all three", "biomarker", [("pathology", "2026-02-12", "Core biopsy", "Left breast, carcinoma NST.\nOestrogen receptor: Allred 8/8\nProgesterone receptor: Allred 7/8\nHER2: 0"), letter("The core shows all three receptors missing.", kind="note")]),
    ("role in a family", "identity", [letter("Sex: M\nAge: 61\nCancer of the colon."), letter("This grandmother of four has a cancer of the colon.", "2026-03-01")]),
    ("just over", "size", [("radiology", "2026-02-11", "CT", "Mass of the right kidney measuring 34 mm."), letter("On the scan the mass in the right kidney is given as just over seven centimetres.")]),
    ("drawn off", "presence", [("radiology", "2026-02-04", "CT chest", "Mass in the right lower lobe. No pleural fluid."), letter("I drew off nearly a litre of straw-coloured fluid from the right chest.", "2026-02-05", kind="note")]),
    ("belongs to", "stage", [("pathology", "2026-02-02", "Gastrectomy", "Adenocarcinoma, pT2 pN0, 0/31."), letter("I told him that he belongs to stage III.", kind="oncology")]),
    ("every one of them", "nodes", [("pathology", "2026-02-12", "Axillary clearance", "Right breast cancer: 18 nodes, 4 with metastasis."), letter("Eighteen glands were taken from the armpit and every one of them was clean.")]),
    ("far too much", "biomarker", [("pathology", "2026-02-12", "Core biopsy", "Right breast, carcinoma NST. HER2 1+."), letter("Her breast cancer makes far too much HER2.", kind="oncology")]),
    ("organ in the title", "presence", [("radiology", "2026-03-02", "MRI brain", "Melanoma. Three haemorrhagic metastases, the largest 14 mm left parietal."), letter("The brain is clean on MRI.", "2026-03-06", kind="oncology")]),
    ("length, no distance", "laterality", [("radiology", "2026-03-02", "MRI pelvis", "Solid tumour of 11 cm from the left ovary; right ovary normal."), letter("An 11 cm tumour replaced the right ovary.", "2026-03-12", title="Operation note")]),
    ("spiculation", "site", [("radiology", "2026-03-02", "Mammography", "Left breast, lower outer quadrant, 12 mm spiculation."), letter("The left breast has a 12 mm lump at 1 o'clock, 4 cm from the nipple.", "2026-03-09")]),
    ("losing an organ", "date", [("surgery", "2025-09-11", "Operation report", "Operation performed 11.09.2025. Laparoscopic left nephrectomy."), letter("I saw him five weeks after losing his left kidney to a clear cell carcinoma on the 1st of September.", "2025-10-20")]),
    ("taken out", "date", [("surgery", "2026-01-14", "Operation note", "Operation on 14 January 2026: right temporal craniotomy."), letter("He had his right temporal glioblastoma taken out on 28 January 2026.", "2026-02-12")]),
    ("by its way in", "date", [("surgery", "2025-10-14", "Operation record", "Date of operation 14/10/2025. Midline laparotomy. TAH, BSO, omentectomy."), letter("She has got over the laparotomy you carried out on 24 October.", "2025-11-11")]),
    ("the needle", "date", [("pathology", "2026-01-15", "Lung biopsy", "CT-guided core biopsy, right upper lobe, taken 13 January 2026: adenocarcinoma."), letter("The needle went into the right upper lobe mass on 23 January and gave us adenocarcinoma.")]),
    ("date of specimen", "date", [("surgery", "2026-02-05", "Discharge summary", "Laparotomy with right hemicolectomy 29.01.2026, home 05.02.2026."), ("pathology", "2026-02-09", "Right hemicolectomy", "Date of specimen: 02.02.2026. Caecal adenocarcinoma.")]),
    ("month of late", "date", [("surgery", "2025-12-03", "Theatre record", "Wednesday 3 December 2025. Right thyroid lobectomy."), letter("Papillary carcinoma. Hemithyroidectomy was in mid-October, voice normal.", "2026-01-12")]),
    ("day and month alone", "date", [("surgery", "2026-02-03", "TURBT", "Date 3/2/26. TURBT of a large papillary tumour."), letter("Had bladder tumour resected 13/2, for BCG.", kind="note")]),
    ("collected too early", "date", [("surgery", "2025-12-17", "Operative report", "PROCEDURE: Distal pancreatectomy\nDATE OF PROCEDURE: 12/17/2025"), ("pathology", "2025-12-24", "Surgical pathology", "Collected: 12/15/2025  Reported: 12/24/2025\nDistal pancreas: ductal adenocarcinoma, 31 mm.")]),
    ("names with a number", "identity", [letter("Mr Harold Finch, hospital number K55301. Mass of the right lower lobe."), letter("Patient: Margaret Finch, K55301. Squamous cell carcinoma of the lung.")]),
    ("birthday to come", "identity", [letter("The patient, born 1958, has carcinoma of the endometrium."), letter("She will be 81 in the spring and has endometrial carcinoma.")]),
    ("begins with the woman", "identity", [letter("He passed urine without the catheter and was well.", kind="note"), letter("Fit woman, three pregnancies, with carcinoma of the sigmoid colon.")]),
    ("his trade", "identity", [letter("63F, weight loss. Mass in the head of the pancreas."), letter("Your patient, who worked as a postman, has a mass in the pancreatic head.")]),
    ("organ of the specimen", "identity", [("pathology", "2026-02-04", "Prostate cores", "Gleason 4+3 in four of twelve cores."), letter("She is a 70-year-old retired nurse and reports bone pain.")]),
    ("parity and age", "identity", [letter("Nulliparous, 52, periods stopped last year. Complex ovarian mass."), ("radiology", "2026-02-11", "MRI", "Female, 25 y. Complex left adnexal mass.")]),
    ("he and him inside", "identity", [letter("This lady has a mass of the left kidney."), letter("Today he feels better. Blood counts allow him to start, and his appetite is back. Mass of the left kidney.")]),
    ("Dukes", "stage", [("pathology", "2026-01-16", "Right hemicolectomy", "Adenocarcinoma, pT3 pN1b."), letter("He has a Dukes B tumour and so the benefit of chemotherapy is small.", kind="oncology")]),
    ("two extents", "stage", [letter("Small cell lung cancer. Limited stage, LS-SCLC.", "2026-01-20", kind="oncology"), letter("Extensive-stage small cell lung cancer, starting carboplatin and etoposide.", "2026-02-03", kind="oncology")]),
    ("looked at", "nodes", [("pathology", "2026-02-13", "Hysterectomy and pelvic nodes", "Endometrioid carcinoma. Pelvic nodes: 14 examined, none contains tumour."), letter("Twenty-two pelvic nodes were looked at and all were clear.")]),
    ("both of them", "nodes", [("pathology", "2026-01-20", "Sentinel nodes", "Breast, left. SLN 1: negative. SLN 2: macrometastasis 4 mm."), letter("Both sentinel nodes came back clear, so nothing more is needed in the axilla.")]),
    ("down the line", "date", [("surgery", "2026-01-28", "Op sheet", "28-JAN-2026 | Right hepatectomy, three lesions"), letter("He is now ten weeks down the line from his liver resection.", "2026-03-10", kind="oncology")]),
    ("excision and biopsy", "date", [("pathology", "2025-12-15", "Melanoma", "Excision biopsy of 8 December 2025, left shoulder. Breslow 1.9 mm."), letter("She had a mole shaved off her left shoulder on the 18th of December.", "2026-02-19")]),
    ("second week", "date", [letter("She had an oesophagogastrectomy in the second week of December 2025.", "2026-02-10", kind="oncology"), ("surgery", "2026-01-20", "Transfer letter", "Ivor Lewis oesophagogastrectomy 14 January 2026.")]),
    ("bachelor", "identity", [letter("I met this bachelor of 66 with his brother. Rectal cancer.", kind="oncology"), ("radiology", "2026-02-01", "MRI", "Uterus anteverted with a small fibroid. Mid rectal tumour.")]),
    ("past a birthday", "identity", [letter("He is just past his fortieth birthday and has a glioma of the left temporal lobe.", kind="oncology"), ("radiology", "2026-01-21", "MRI", "Age: 71 years. Left temporal glioma.")]),
    ("a surgeon's own letter", "stage", [("radiology", "2026-01-20", "MRI larynx", "Glottic tumour: T3 N0."), letter("Vocal cord tumour, T1a N0, for laser.", "2026-01-27")]),
    ("groins", "nodes", [("pathology", "2026-01-20", "Vulvectomy, groins", "Right groin 1/8, left groin 0/7."), letter("In the groins four nodes out of fifteen were positive.", "2026-02-12")]),
    ("sentinel procedure", "nodes", [("pathology", "2026-01-20", "Sentinel nodes", "Three sentinel nodes, one with a 3 mm deposit of melanoma."), letter("The sentinel procedure was negative (0/3).", "2026-02-12", kind="oncology")]),
    ("its promoter", "biomarker", [("genomics", "2026-01-20", "MGMT", "MGMT promoter: unmethylated. Glioblastoma."), letter("Glioblastoma with a methylated promoter, so temozolomide ought to work well.", "2026-02-12", kind="oncology")]),
    ("D5 after", "date", [("pathology", "2026-02-10", "Gastrectomy histology", "Sample taken in theatre 4 February 2026. Poorly cohesive carcinoma of the antrum."), letter("D5 post distal gastrectomy. Tolerating 50 ml/h via jejunostomy.", "2026-02-16", kind="note")]),
    ("before Christmas", "date", [("other", "2026-01-13", "Bronchoscopy report", "13 January 2026. Endobronchial tumour of the right intermediate bronchus, biopsies x5."), letter("At bronchoscopy just before Christmas the right intermediate bronchus was found blocked.", "2026-02-05")]),
    ("days ago, both organs", "date", [letter("Following her hysterectomy and bilateral salpingo-oophorectomy six days ago she is mobile.", "2026-02-27"), ("pathology", "2026-02-19", "Hysterectomy report", "Hysterectomy with tubes and ovaries. Endometrioid carcinoma grade 1.")]),
    ("title with a calling", "identity", [letter("Mr Feltham, a retired bank manager of 77, came with his daughter about his kidney cancer."), ("pathology", "2026-02-20", "Radical nephrectomy", "Patient sex: F. Clear cell carcinoma, 70 mm.")]),
    ("whose hands", "date", [("surgery", "2026-01-15", "Operative report", "DATE OF SERVICE: January 15, 2026\nPROCEDURE: Robotic right partial nephrectomy."), letter("He had a robotic right partial nephrectomy by Dr. Hale on January 5th.", kind="oncology")]),
    ("under examination", "date", [("surgery", "2026-02-18", "Theatre note", "18/02/26 EUA, sigmoid colectomy (Hartmann) for perforated tumour."), letter("Day 4 post emergency Hartmann. Noradrenaline weaning.", "2026-02-19", kind="note")]),
    ("name and years", "identity", [letter("I reviewed Mr Lars Dahl, aged 59, with adenocarcinoma of the rectum."), letter("Lars Dahl, 95 years, rectal adenocarcinoma, lives alone.", kind="oncology")]),
    ("on a feast", "date", [letter("He had surgery for his glioblastoma on Valentine's Day.", "2026-03-11", kind="oncology"), ("surgery", "2026-02-02", "Op note", "2 February 2026, left parietal craniotomy, gross total resection.")]),
    ("his wife and himself", "identity", [("pathology", "2026-02-11", "Ovarian mass", "Left ovary and tube: mucinous carcinoma."), letter("Your patient feels well in himself, and his wife reports that he eats normally.", kind="oncology")]),
    ("NHS No", "identity", [letter("NHS No: 485 777 3456. Gastric cancer."), letter("NHS No: 485 777 9944. Gastric cancer.")]),
    ("puts her at", "stage", [("radiology", "2026-02-01", "CT abdomen", "Pancreatic head mass 42 mm, no nodes: T3 N0."), letter("The scan puts her at T4 because of the coeliac trunk.", "2026-02-11")]),
    ("SLN biopsy", "nodes", [("pathology", "2026-02-01", "Breast", "SLN biopsy: 0/2"), letter("Both sentinel lymph nodes contained macrometastases.", "2026-02-21", kind="oncology")]),
    ("Ln in small letters", "nodes", [("pathology", "2026-02-01", "Lung", "Ln 4R: neg (0/2). Ln 7: neg (0/3). Ln 11R: neg (0/2)."), letter("Of seven nodes removed two harboured metastases.", "2026-02-21", kind="oncology")]),
    ("camera in the bladder", "date", [("other", "2026-01-12", "Cystoscopy", "Flexible cystoscopy 12 January 2026: papillary tumour."), letter("A camera look into the bladder on 2 January had shown a papillary tumour.", "2026-02-02", kind="oncology")]),
    ("patient by sex alone", "identity", [letter("Thank you for sending me this gentleman aged seventy-three; oesophageal tumour."), ("radiology", "2026-01-20", "CT", "Female patient. Distal oesophageal tumour.")]),
    ("girl of nineteen", "identity", [letter("A girl of nineteen with an osteosarcoma of the left femur.", kind="oncology"), ("pathology", "2026-01-20", "Bone biopsy", "M, 47y. Osteosarcoma, left femur.")]),
    ("by bone scan", "stage", [("radiology", "2026-01-12", "Bone scan and CT", "Prostate cancer cT3a N0 M0."), letter("Prostate cancer, M1b on the bone scan.", "2026-01-30", kind="oncology")]),
]  # fmt: skip

SILENT = [
    ("a cholangiocarcinoma's T1a", [("oncology", "2026-03-16", "Letter", "Liver resection: intrahepatic cholangiocarcinoma, 4.2 cm, segment 3, R0. pT1a pN0.")]),
    ("a different one", [("radiology", "2026-03-09", "CT liver", "Segment VIII: 21 mm nodule, LI-RADS 5."), letter("New solitary 2.1 cm HCC in segment 8, four years after microwave of a different one on the left.", "2026-03-16")]),
    ("the margins of a part", [("pathology", "2026-02-16", "Hemiglossectomy", "Squamous cell carcinoma of the tongue. Mucosal margins: clear. Deep margin: involved."), letter("The mucosal margins were clear.")]),
    ("a glioblastoma is one", [("pathology", "2026-01-20", "Brain biopsy", "Left frontal tumour: cellular astrocytic glioma with necrosis. Diagnosis: glioblastoma, IDH-wildtype.")]),
    ("a basal cell carcinoma by the way", [("pathology", "2026-01-14", "Excisions", "Right upper back: superficial spreading melanoma, Breslow 0.5 mm. Second specimen, left temple: basal cell carcinoma, 6 mm."), letter("Thin melanoma of the right upper back.")]),
    ("over in 2014", [BREAST, letter("This lady had a 14 mm right breast carcinoma treated by excision, radiotherapy and five years of tamoxifen, which ended in 2004. The present cancer is on the left.")]),
    ("3 mm between scan and specimen", [("radiology", "2026-02-04", "Mammogram", "Right breast: spiculate 11 mm lesion."), ("pathology", "2026-02-26", "Right wide excision", "Invasive lobular carcinoma, 14 mm.")]),
    ("conditional operation", [CT, letter("If the node in the right upper lobe were malignant a right upper lobectomy would be needed.")]),
    ("risk-reducing", [BREAST, letter("She asked about a risk-reducing right mastectomy; I advised left wide local excision.")]),
    ("benign samples", [("pathology", "2025-08-08", "TURBT", "Bladder tumour, right lateral wall: high-grade urothelial carcinoma, pT1."), ("pathology", "2025-09-08", "Re-TUR", "Mapping biopsies of dome, left wall and trigone show chronic cystitis. No residual tumour.")]),
    ("the healthy ovary", [("pathology", "2025-08-08", "Histology", "Right ovary: high-grade serous carcinoma, 85 mm. Left ovary: no tumour."), ("radiology", "2025-07-20", "CT", "Right adnexal mass 8.6 cm.")]),
    ("stain against", [("pathology", "2026-02-10", "Core biopsy pancreas", "Ductal adenocarcinoma. Synaptophysin was negative, arguing against a neuroendocrine neoplasm.")]),
    ("landmark", [("pathology", "2026-01-02", "Right colectomy", "A fungating tumour, 52 mm, lies 3 cm distal to the ileocaecal valve."), ("radiology", "2025-12-20", "CT", "5 cm mass of the ascending colon.")]),
    ("in contrast to a type", [("pathology", "2026-02-10", "Breast core", "Invasive lobular carcinoma. E-cadherin lost, in contrast to ductal carcinoma in which it is retained.")]),
    ("family of types", [GLIOMA, GBM, letter("High grade glioma of the left frontal lobe, for radiotherapy.", kind="oncology")]),
    ("depth of growth", [("pathology", "2026-01-20", "Sigmoid colectomy", "Ulcerating tumour 36 x 30 mm. Adenocarcinoma."), letter("The tumour extended 4 mm into fat.")]),
    ("cuff", [("radiology", "2026-01-02", "CT neck", "A 22 mm enhancing mass of the left lateral tongue."), letter("Tumour excised with a 1 cm visible cuff.", "2026-01-20", title="Left partial glossectomy")]),
    ("organ's length", [("radiology", "2026-02-01", "Ultrasound", "Left kidney 11.2 cm: solid lesion of about 51 mm at the upper pole."), KIDNEY]),
    ("by eye", [letter("Ulcer 2.5 cm on the lesser curve of the stomach.", "2026-01-05", title="Gastroscopy"), ("radiology", "2026-01-14", "CT", "Thickening of the lesser curve of the stomach, 28 mm long.")]),
    ("with the in situ part", [("pathology", "2026-01-09", "WLE right breast", "Invasive carcinoma 21 mm; whole tumour size including DCIS 34 mm. Grade 2.")]),
    ("side of the drainage", [("pathology", "2026-01-09", "Shave biopsy, right upper back", "Nodular melanoma, Breslow 2.6 mm."), letter("Drainage went to the left axilla although the melanoma was on the right of the back.")]),
    ("another observation", [("radiology", "2026-01-09", "MRI liver", "Segment VIII: 34 mm lesion with washout, LI-RADS 5. Segment II: 8 mm LI-RADS 3 observation."), letter("A single 3.4 cm hepatocellular cancer in segment 8.")]),
    ("new date", [letter("Her colectomy planned for 2 March had to be put off. New date 18 March 2026.", "2026-03-04", title="Colectomy letter"), ("surgery", "2026-03-18", "Operation note", "Laparoscopic right hemicolectomy, 18 March 2026.")]),
    ("same day", [OPERATED, letter("She underwent right breast conservation and sentinel biopsy on 9 March and has healed.", "2026-04-13")]),
    ("mid to lower", [letter("The tumour is in the mid to lower third of the oesophagus.", "2025-12-04"), ("radiology", "2025-12-08", "CT", "Thickening of the lower third of the oesophagus.")]),
    ("the eye and the microscope", [("pathology", "2026-02-26", "Radical prostatectomy", "Macroscopy: The capsule appears smooth and intact. Microscopy: Acinar adenocarcinoma, Gleason 4+3=7. Extraprostatic extension: present, focal. Lymph nodes: total 0/11.")]),
    ("gross distance", [("pathology", "2026-02-26", "Mastectomy", "GROSS DESCRIPTION: Mass 1.3 cm from the anterior margin in slice 5. DIAGNOSIS: Invasive carcinoma. Tumor is present at the anterior margin.")]),
    ("name on the pot", [("pathology", "2026-02-26", "Lobectomy", "B. Labelled superior chest wall, consists of three glistening segments. Diagnosis: Squamous cell carcinoma, tumour involves the chest wall.")]),
    ("label upon label", [("pathology", "2026-02-26", "Breast", "No definite lymphovascular invasion. ANGIOLYMPHATIC INVASION: DERMAL LYMPHATIC INVASION: Not applicable. MARGINS: clear.")]),
    ("two pots", [("pathology", "2026-02-26", "Lung", "A: Right upper lobe, wedge: adenocarcinoma. B: RML, nodule: adenocarcinoma. DIAGNOSIS: A: Right upper lobe, adenocarcinoma. B: Right middle lobe, adenocarcinoma.")]),
    ("looked normal", [SENTINEL, letter("Right wide local excision. Three hot and blue nodes removed, all looked normal.", "2026-03-14", title="Operation note")]),
    ("listed stations", [("pathology", "2026-03-11", "Whipple", "Nodes: 8a 0/2; 12 0/3; 13 1/6; 14 1/4; 17 0/5."), letter("The cancer of the pancreas had reached 2 of 20 nodes.", "2026-03-20")]),
    ("counted foci", [("pathology", "2026-01-30", "Nephrectomy", "Two tumours. One hilar node found, benign (0/1)."), letter("Two foci of ccRCC, the single LN neg.", "2026-02-05")]),
    ("months and pages", [("pathology", "2026-01-30", "Neck", "Neck dissection 0/9 nodes. Page 5/5."), letter("Larynx cancer | no nodes | hoarse 4 mo", "2026-02-05")]),
    ("consent", [("pathology", "2026-03-17", "Partial nephrectomy", "Clear cell carcinoma. Parenchymal margin free."), letter("Consent: bleeding, urine leak, positive margin, recurrence. Consent includes finding liver metastases.", "2026-03-09")]),
    ("before and after", [("radiology", "2026-01-14", "MRI brain", "Left temporal tumour. No blood products inside."), ("radiology", "2026-01-23", "CT", "Small haematoma in the left temporal cavity and some pneumocephalus. Bone flap seated.")]),
    ("fibrous plaques", [letter("Staging laparoscopy: peritoneum normal apart from plaques of the left diaphragm, biopsied.", "2026-02-28"), ("pathology", "2026-03-04", "Biopsy", "Gastric cancer, staging. Left diaphragm: fibrous plaques, no malignancy.")]),
    ("two methods", [("radiology", "2026-02-19", "MRI breasts", "Right breast: irregular mass 31 mm."), letter("Right breast cancer, 24 mm on ultrasound, 31 mm on MRI.", "2026-02-26")]),
    ("axes", [("radiology", "2026-02-19", "MRI neck", "Left tongue tumour measuring 1.9 cm ML x 3.1 cm AP x 3.6 cm SI."), letter("His left tongue cancer is 36 mm on MRI.", "2026-02-26")]),
    ("thickness", [letter("Melanoma of the left upper back, pT2a (1.8 mm, no ulceration).", "2026-02-25"), letter("Mole on the left upper back, 14 mm, bled. Referred as melanoma.", "2026-01-05")]),
    ("an intact bone", [("radiology", "2026-02-25", "CT", "Trochanter intact. Prostate cancer known."), letter("Prostate cancer: bone metastases in the pelvis on scan.", "2026-03-01")]),
    ("had it been", [("radiology", "2026-03-01", "CT", "8 cm right renal mass. Tumour thrombus in the renal vein. The inferior vena cava is free."), letter("Right nephrectomy. Had the vena cava been involved, the cardiac team would have joined us.", "2026-03-06")]),
    ("had it reached", [("radiology", "2026-03-01", "CT", "8 cm right renal mass. Tumour thrombus in the renal vein. The inferior vena cava is free."), letter("Had the thrombus reached the cava, cardiothoracic backup would have been booked.", "2026-03-06")]),
    ("would have, had", [("genomics", "2026-02-25", "NGS", "EGFR, ALK, ROS1: no alteration."), letter("Osimertinib would have been my choice had an EGFR mutation turned up.", "2026-02-28", kind="oncology")]),
    ("would have moved", [("pathology", "2026-02-25", "Hysterectomy", "Endometrioid carcinoma, grade 1. No LVSI."), letter("LVSI would have moved her to a higher risk group.", "2026-03-09", kind="oncology")]),
    ("worried that", [("radiology", "2026-02-10", "PET-CT", "Left lower lobe primary. No bone metastases."), letter("She is worried that the cancer has gone to her bones because her hip aches.", kind="note")]),
    ("not borne out", [("radiology", "2026-02-10", "CT", "Right upper lobe tumour. No effusion."), letter("The concern about an effusion on the plain film was not borne out by CT.", kind="note")]),
    ("not needed as", [("radiology", "2026-02-12", "MRI", "Cirrhotic liver. HCC of segment VI."), letter("Biopsy was not needed as the MRI is diagnostic in cirrhosis.", kind="oncology")]),
    ("trunk and branch", [("radiology", "2026-02-12", "MRI", "HCC. There is tumour thrombus in the right posterior portal vein branch, the main trunk is patent."), letter("HCC with branch portal vein invasion.", kind="oncology")]),
    ("quoted pipelle", [("surgery", "2026-02-17", "Gynaecology clinic", "Pipelle: endometrioid carcinoma, grade 2. Plan: hysterectomy."), ("pathology", "2026-03-09", "Hysterectomy specimen", "Endometrioid carcinoma, grade 1."), letter("Pathology decides: pT1b, grade 1.", "2026-03-29", kind="note", title="MDT")]),
    ("for a germ", [("radiology", "2026-02-11", "CT", "Ulcerated carcinoma of the gastric cardia."), ("pathology", "2026-02-25", "Biopsy", "Adenocarcinoma. Helicobacter: not seen in the antral biopsy taken with it.")]),
    ("harmless polyp", [("radiology", "2026-02-11", "CT", "Tumour of the descending colon."), ("pathology", "2026-02-25", "Biopsy", "Descending colon. Adenocarcinoma. Polyp from the rectum: hyperplastic.")]),
    ("margin on MRI", [letter("MRI: rectal tumour, CRM clear.", "2026-02-11", kind="oncology"), ("pathology", "2026-03-25", "TME", "Rectal adenocarcinoma. Circumferential margin involved.")]),
    ("taken back", [("radiology", "2026-03-02", "PET-CT", "RUL tumour. No bone uptake."), letter("What the referring hospital called a rib metastasis is a healing fracture.", kind="note", title="MDT")]),
    ("blue naevus", [("pathology", "2026-01-05", "Excision", "Skin, left calf: melanoma, Breslow 1.6 mm."), letter("The mole on the right shin that he shows me is a blue naevus.", kind="oncology")]),
    ("vein and cava", [("radiology", "2026-03-02", "CT", "Mass of the right kidney, thrombus in the renal vein, cava clear of it."), letter("Right renal tumour; the inferior vena cava is free.", "2026-03-06")]),
    ("other people's years", [letter("This 58-year-old teacher came with a cough."), letter("Her mother was born in 1930 and her son in 1995. She turned fifty-eight in January, and retired when she turned fifty.", "2026-03-01")]),
    ("decade agrees", [letter("This 72-year-old man came with a cough."), letter("A man in his early seventies, born in 1953.", "2026-03-01")]),
    ("open segments", [CT, letter("Tumour segment: LB3. RB1 to RB10 patent.", title="Bronchoscopy")]),
    ("a result came back", [("pathology", "2026-02-12", "Excision", "Melanoma of the right calf, 2.6 mm."), letter("Her melanoma's gene test had come back after three weeks.", kind="oncology")]),
    ("last Thursday", [("surgery", "2026-02-26", "Operation note", "Date of operation 26 February 2026. Sigmoid colectomy."), letter("Her sigmoid colectomy was done on the last Thursday of February.", "2026-03-06")]),
    ("resonant", [("radiology", "2026-02-04", "CT chest", "Mass in the right lower lobe. Both pleural spaces are dry."), letter("Percussion was resonant at both bases.", "2026-02-05", kind="note")]),
    ("whom a stage is for", [("pathology", "2026-02-02", "Gastrectomy", "Adenocarcinoma, pT2 pN0, 0/31. Stage IB."), letter("Chemotherapy belongs to stage III; he is in stage IB.", kind="oncology")]),
    ("another's receptors", [("pathology", "2026-02-12", "Core biopsy", "Right breast, carcinoma NST. ER 8/8, PR 6/8, HER2 1+."), letter("Her sister's cancer had all three receptors missing.", kind="oncology")]),
    ("what might happen", [("radiology", "2026-03-02", "CT", "RLL tumour. Effusion: none."), letter("We spoke about what might happen: fluid on the lung, spread to the brain, bone pain.", kind="oncology")]),
    ("one of two", [("radiology", "2026-03-02", "MRI brain", "Left frontal lesion. Glioma or metastasis to be considered."), ("radiology", "2026-03-05", "CT head", "Left frontal lesion. No metastases.")]),
    ("from and to", [("pathology", "2025-11-10", "Anterior resection after chemoradiotherapy", "ypT2 ypN0, R0."), ("radiology", "2025-06-10", "MRI rectum", "mrT3b N1 M0."), letter("Good shrinkage from T3 N1 before treatment to T2 with no nodes left.", "2025-11-20", kind="note")]),
    ("addendum below", [("radiology", "2026-01-14", "Breast ultrasound", "Left mass 18 mm. Core biopsy of the mass was carried out on January 16, 2026 under ultrasound. The addendum is dated the same day.")]),
    ("month of the talk", [("pathology", "2026-02-09", "Partial nephrectomy", "Operation 2 February 2026. Clear cell carcinoma."), letter("Partial nephrectomy had been discussed in January and rejected at first.", "2026-03-09")]),
    ("month to come", [letter("In February the CT showed a renal mass. Surgery is hoped for in April.", "2026-03-04"), ("surgery", "2026-04-15", "Operation note", "15 April 2026 right radical nephrectomy.")]),
    ("markers since", [("surgery", "2025-10-08", "Inguinal orchidectomy", "8th October 2025: left radical orchidectomy."), letter("Since the orchidectomy the markers have fallen: AFP 12 on 20 October.", "2025-11-03")]),
    ("wife of seventy", [("pathology", "2026-02-04", "Prostate cores", "Gleason 4+3 in four of twelve cores."), letter("Seen with his wife. She is 70 and reports that he is tired.")]),
    ("one each side", [("pathology", "2026-03-13", "Hysterectomy and sentinel nodes", "Endometrioid carcinoma. Sentinel nodes: right obturator 0/1, left external iliac 0/1."), letter("Endometrial cancer, both sentinel nodes negative.", "2026-04-02")]),
    ("single cells", [("pathology", "2026-01-20", "Sentinel nodes", "Breast, left. SLN 1: negative. SLN 2: isolated tumour cells only. pN0(i+)."), letter("Both sentinel nodes count as negative; one held isolated tumour cells.", "2026-02-03")]),
    ("primary and metastasis", [("pathology", "2026-01-20", "Breast core", "ER 6/8. HER2 2+, FISH not amplified."), ("pathology", "2026-02-20", "Liver biopsy", "Metastatic breast carcinoma: HER2 3+, ER 5/8."), letter("The liver metastasis, unlike the primary, is HER2 positive.", "2026-03-12", kind="oncology")]),
    ("what a syndrome is", [("pathology", "2026-01-20", "Endometrial biopsy", "MMR proficient."), letter("Lynch syndrome, in which repair proteins are lost, is therefore unlikely.", "2026-02-12", kind="oncology")]),
    ("beside the gullet", [("pathology", "2026-01-20", "Oesophagectomy", "Nodes: paraoesophageal 1/6, left gastric 2/7, coeliac 0/3, subcarinal 0/4."), letter("Three of twenty nodes were positive; two of the three lay along the left gastric artery.", "2026-02-12")]),
    ("levels by letters", [("pathology", "2025-12-19", "Histology", "Tongue. Nodes: level IB 1/4, IIA 0/6, III 0/7, IV 0/5."), letter("LN 1/22, ENE-. Plan 60 Gy.", "2026-01-12", kind="oncology")]),
    ("stage of the kidneys", [letter("Multiple myeloma ISS stage II. Also CKD stage 3b.", "2026-01-12", kind="oncology"), letter("Myeloma ISS II, kidney disease now stage 4.", "2026-03-12", kind="oncology")]),
    ("histology of a day", [("pathology", "2026-02-23", "Stomach", "Received 11 Feb 2026. Adenocarcinoma pT2 pN0 (0/26)."), letter("Histology of 23 February: pT2 N0, 26 nodes clear.", "2026-03-20", kind="oncology")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "documents"), RAISED, ids=[row[0] for row in RAISED])
def test_a_disagreement_in_ordinary_words_is_raised(name, kind, documents):
    assert kinds(*documents) == {kind}


@pytest.mark.parametrize(("name", "documents"), SILENT, ids=[row[0] for row in SILENT])
def test_its_look_alike_stays_silent(name, documents):
    assert kinds(*documents) == set()
