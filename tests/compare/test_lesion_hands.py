"""Side, place and size of a primary in the hands of many writers: what contradicts, and what only looks as if it did."""

from __future__ import annotations

import datetime as dt

import pytest

from evals.conflicts import raised
from panel.case import Case, Document, DocumentKind

_KINDS: dict[str, DocumentKind] = {"R": "radiology", "P": "pathology", "S": "surgery", "O": "oncology", "N": "note"}

CHARTS: list[tuple[list[str], list[tuple[str, str, str]]]] = [
    (["laterality"], [("R", "", "CT: lobulated 33 mm tumour in the lower lobe of the left lung."), ("S", "Thoracic theatre", "Right VATS, lower lobe tumour found and stapled off with a lobectomy.")]),
    ([], [("R", "", "CT: lobulated 33 mm tumour in the lower lobe of the left lung. Node 4R 15 mm."), ("N", "", "Ca lung lt base, right-sided pleural plaque known since 2010.")]),
    (["laterality"], [("R", "", "Ultrasound: hypoechoic 18 mm mass in the right breast at 9 o'clock."), ("P", "", "Core biopsy of left breast lump: invasive ductal carcinoma, grade 2.")]),
    ([], [("R", "", "Ultrasound: hypoechoic 18 mm mass in the right breast at 9 o'clock. Cyst 8 mm left."), ("P", "", "Cores, rt. breast: NST carcinoma, grade 2. Left nipple eczema noted.")]),
    (["size"], [("R", "", "MRI: breast tumour measures 42 mm in its longest axis (left upper outer quadrant)."), ("N", "", "MDT: left breast UOQ cancer, 24 mm on MRI.")]),
    ([], [("R", "", "MRI: breast tumour measures 42 mm in its longest axis (left upper outer quadrant)."), ("N", "", "MDT: left breast UOQ cancer, 4.2 cm on MRI; node 24 mm.")]),
    (["site"], [("R", "", "HCC of segment VI, 38 mm."), ("S", "", "Operation: hepatoma in the left lateral section excised, margins 1 cm.")]),
    ([], [("R", "", "HCC of segment VI, 38 mm."), ("S", "", "Wedge of S6 done for HCC, right liver. Gallbladder removed.")]),
    (["site"], [("S", "", "TURBT: 2 cm papillary tumour on the left lateral wall resected."), ("N", "", "Discharge: TCC resected from dome of bladder, MMC given.")]),
    ([], [("S", "", "TURBT: 2 cm papillary tumour on the left lateral wall resected. Right ureter stented in 2019."), ("N", "", "Discharge: TCC on left wall of bladder resected.")]),
    (["site"], [("R", "", "Tumour of the head of the pancreas, 27 mm, duct dilated."), ("N", "", "EUS: lesion in the pancreatic tail biopsied, 27 mm.")]),
    ([], [("R", "", "Ring-enhancing mass right frontal lobe, 4 cm. Left hemiparesis."), ("N", "", "Right-sided frontal GBM; weak left arm.")]),
    ([], [("N", "", "OGD: malignant ulcer of the gastric antrum."), ("R", "", "Gastric thickening in prepyloric region. Cardia normal.")]),
    (["site"], [("N", "", "OGD: tumour 22-27 cm from incisors, upper third."), ("R", "", "Thickening of the distal oesophagus, likely the known carcinoma.")]),
    ([], [("R", "", "Sarcoma of the left thigh: 12 cm in craniocaudal extent."), ("P", "", "Resection left thigh: myxofibrosarcoma, maximal dimension 115 mm. Specimen 21 cm.")]),
    (["laterality"], [("R", "", "Scrotal US: left testicular mass of 3 cm."), ("S", "", "Right inguinal orchidectomy performed. Histology awaited.")]),
    ([], [("R", "", "US thyroid: 31 mm nodule right lobe, TI-RADS 5. Left lobe 5 mm cyst."), ("P", "", "Hemithyroidectomy right: papillary carcinoma, 3 cm.")]),
    (["size"], [("R", "", "Endometrial tumour 44 x 30 mm, deep invasion."), ("P", "", "Hysterectomy: endometrioid carcinoma, greatest diameter 2.0 cm, deep invasion.")]),
    (["laterality"], [("R", "", "Right upper lobe carcinoma, 3 cm."), ("O", "", "Letter: adenocarcinoma of the left lung, upper lobe.")]),
    (["size"], [("R", "Mammogram", "Spiculate density, left, UOQ, approx. 1.5 cm."), ("P", "Synoptic", "Procedure: WLE\nLaterality: Left\nTumor size (invasive): 31 mm\nMargins: free")]),
    ([], [("R", "Mammogram", "Spiculate density, left, UOQ, approx. 1.5 cm."), ("P", "Synoptic", "Procedure: WLE\nLaterality: Left\nTumor size (invasive): 16 mm\nExtent incl. DCIS: 34 mm\nMargins: free")]),
    (["laterality"], [("R", "Mammogram", "Spiculate density, left, UOQ, approx. 1.5 cm."), ("P", "Synoptic", "| Procedure | Lumpectomy |\n| Laterality | Right |\n| Histologic type | IDC |\n| Size | 15 mm |")]),
    (["site"], [("R", "Breast MRI", "Right breast: enhancing mass lower inner quadrant, 21 mm."), ("N", "Clinic", "Lump at 11 o'clock right breast, P5.")]),
    ([], [("N", "Colonoscopy", "Lesion at 70 cm, hepatic flexure by scope guide, tattooed."), ("P", "", "Right hemicolectomy. Tumour of the proximal transverse colon, 52 mm.")]),
    (["site"], [("N", "Endoscopy", "Malignant stricture at 20-24 cm ab ore, upper gullet."), ("R", "PET", "Avid tumour in the lower oesophagus.")]),
    (["site"], [("N", "Endoscopy", "Malignant stricture at 34-39 cm from the incisor teeth."), ("R", "PET", "Avid oesophageal tumour, middle third.")]),
    (["size"], [("R", "Liver MRI", "LR-5 lesion S8, 2.1 cm."), ("N", "Hepatology", "HCC S8 45 mm on MRI, for TACE.")]),
    ([], [("S", "Cystoscopy", "Solid bladder tumour around right ureteric orifice."), ("R", "CTU", "Enhancing mass at the right VUJ with hydroureter; left kidney duplex.")]),
    (["laterality"], [("P", "Prostate biopsy", "Right lobe 5/6 cores adenocarcinoma; left lobe 0/6."), ("R", "mpMRI", "Left PZ mid gland PI-RADS 5, 17 mm; right side clear.")]),
    ([], [("R", "MRI pelvis", "Cervical tumour arising from posterior lip, 3 cm."), ("N", "EUA", "Growth on hind lip of cervix; anterior lip smooth.")]),
    (["laterality"], [("N", "ENT", "Exophytic growth, left lateral tongue border, 2 cm."), ("P", "Incisional biopsy", "Lingual margin dextra: keratinising SCC.")]),
    ([], [("P", "Skin", "Left forearm, ellipse: superficial spreading melanoma."), ("N", "SNB clinic", "Melanoma on left lower arm, for WLE and SNB left axilla.")]),
    (["site"], [("R", "MRI leg", "9 cm sarcoma within left vastus medialis."), ("N", "Sarcoma MDT", "9 cm sarcoma of the left calf.")]),
    (["size"], [("R", "CT adrenals", "Right adrenal tumour 11 cm."), ("S", "Adrenalectomy", "Right adrenal tumour 6 cm delivered intact.")]),
    ([], [("R", "US breast", "Right breast 20 mm tumour. Left: fibroadenoma 31 mm, known since 2015."), ("N", "", "Right breast ca. Left fibroadenoma unchanged.")]),
    ([], [("N", "", "Rectal cancer 8 cm from verge, low anterior resection."), ("R", "MRI", "Mid rectal tumour, 8 cm from the anal verge, 4 cm long.")]),
    ([], [("N", "", "Right-sided loin pain. Turned out to be a left renal tumour on CT."), ("R", "", "Left renal mass 5 cm.")]),
    ([], [("R", "CT", "Bladder mass on the right lateral wall; left inguinal hernia; left ureter dilated by a stone."), ("S", "", "Resected tumour right wall. Left orifice cannulated.")]),
    ([], [("R", "US", "Left ovarian cyst 4 cm. Right ovarian solid tumour 7 cm."), ("S", "", "Right oophorectomy for 7 cm tumour. Left ovary: cyst drained.")]),
    ([], [("R", "CT", "Retroperitoneal liposarcoma 21 cm on the left displacing left kidney."), ("S", "", "Left retroperitoneal sarcoma resected en bloc with left kidney; 21 cm.")]),
    ([], [("R", "CT", "Mass between upper and middle lobe on the right, 3 cm, mainly upper."), ("N", "", "RUL ca 3 cm.")]),
    (["laterality"], [("R", "CT dictation", "there is a spiculated lesion seen in the right upper lobe posteriorly measuring about three centimetres full stop no effusion"), ("N", "Lung CNS", "Met with pt and wife re: new dx, cancer of left lung, keyworker card given")]),
    (["site"], [("R", "Chest CT", "Neoplasm occupying the anterior basal segment, right."), ("N", "Bronchoscopy", "Tumour protruding from the right upper lobe orifice; lower lobe bronchi free.")]),
    ([], [("R", "Chest CT", "Neoplasm occupying the anterior basal segment, right."), ("N", "Bronchoscopy", "Extrinsic narrowing in right lower lobe basal bronchi; upper lobe bronchi free.")]),
    (["laterality"], [("R", "MMG", "Report.\nBreast composition b.\nLeft breast: no abnormality.\nRight breast: irregular 15 mm density.\nConclusion: BI-RADS 5 left breast.")]),
    ([], [("R", "CT", "Findings: annular mass of the hepatic flexure. Impression: carcinoma of the right hemicolon, T3N1.")]),
    (["laterality"], [("N", "Proforma", "Site: kidney\nSide: L\nSize: 45 mm\nBiopsy: no"), ("R", "CT urogram", "Enhancing tumour in the lower pole of the right kidney, 45 mm.")]),
    ([], [("N", "Proforma", "Site: kidney\nSide: R\nSize: 45 mm\nBiopsy: no"), ("R", "CT urogram", "Enhancing tumour in the lower pole of the right kidney, 45 mm.")]),
    (["size"], [("N", "Proforma", "Site: kidney\nSide: R\nSize: 45 mm\nBiopsy: no"), ("R", "CT urogram", "Enhancing tumour in the lower pole of the right kidney, 7.2 cm.")]),
    (["size"], [("N", "Proforma", "| Organ | ovary |\n| Side | right |\n| Max diameter | 50 mm |"), ("R", "MRI", "Malignant-appearing mass of the right ovary, 92 mm.")]),
    (["laterality"], [("N", "Dermatology", "Pigmented lesion, dorsum of the right hand: melanoma on punch."), ("S", "Theatre", "Wide excision from the left hand under LA.")]),
    (["laterality"], [("R", "MRI", "Vestibular schwannoma, left CPA, 31 mm."), ("N", "Skull base MDT", "Rt vestibular schwannoma. Hearing aid on the left.")]),
    (["laterality"], [("N", "ENT", "Tumour of left lateral tongue."), ("S", "Op", "Right hemiglossectomy and neck dissection.")]),
    (["site"], [("R", "MRI pelvis", "Endometrial tumour, right cornu, 2 cm."), ("N", "Hysteroscopy", "Tumour only in the lower uterine segment; cornua and fundus normal.")]),
    (["site"], [("N", "Gastroscopy", "Cauliflower-like growth in fundus ventriculi."), ("R", "CT", "Tumour in the pyloric antrum.")]),
    (["site"], [("N", "Gastroscopy", "Growth straddling the Z-line, Siewert II."), ("R", "CT", "Tumour of the mid thoracic oesophagus, 5 cm.")]),
    (["size"], [("R", "CT", "Ca oesophagus lower third, length 8 cm."), ("N", "EUS", "Lower oesophageal tumour 3 cm long.")]),
    (["laterality"], [("R", "MRI", "Undifferentiated pleomorphic sarcoma of right latissimus dorsi."), ("O", "RT letter", "preop RT for sarcoma of the left back.")]),
    (["laterality"], [("R", "CT", "Mesothelioma: circumferential pleural rind right hemithorax."), ("N", "Pleural clinic", "mesothelioma left, talc done.")]),
    ([], [("R", "CT", "Adrenocortical carcinoma sin. 9 cm."), ("N", "Endocrine", "L ACC 9 cm, right kidney stone.")]),
    (["laterality"], [("P", "Orchidectomy", "Testis, left: embryonal carcinoma 32 mm."), ("R", "US", "Right testis 30 mm mass; left testis normal.")]),
    ([], [("O", "", "Plan: right lung SBRT 54 Gy in 3 for 2.1 cm tumour."), ("R", "", "RLL nodule 21 mm, PET avid; left lung emphysema.")]),
    ([], [("R", "CT", "HCC in S8 of 32 mm; regenerative nodule S3 9 mm."), ("N", "", "HCC right lobe; TACE via right hepatic artery, left radial access.")]),
    # what stands before its own noun, in a score, in an examination by hand, or is left where it is
    (["laterality"], [("R", "CT", "A 33 mm mass lies in the left upper lobe."), ("P", "", "Received fresh is a right upper lobe weighing 212 g. Firm tumour, 3.3 cm. Adenocarcinoma.")]),
    (["laterality"], [("R", "Mammogram", "Left: irregular mass at 2 o'clock, 19 mm. BI-RADS 5."), ("P", "", "Fourteen gauge cores, labelled right breast 2 o'clock. Invasive lobular carcinoma.")]),
    ([], [("R", "PET-CT", "FDG-avid 4.4 cm mass in the left lower lobe; hepatic metastases."), ("P", "", "Liver, right lobe lesion, core biopsy: metastatic adenocarcinoma, consistent with lung primary.")]),
    ([], [("P", "", "Melanoma, superficial spreading, 2.6 mm.\nSeparate specimen, right forearm shave: seborrheic keratosis."), ("S", "", "Melanoma of the left upper back.")]),
    ([], [("R", "MRI prostate", "Right apex, 7 mm focus, PI-RADS 3. Left transition zone nodule 16 mm, PI-RADS 2."), ("P", "", "Right apex target: 1 of 4 cores, adenocarcinoma, Gleason 3+3=6. Left 0 of 6.")]),
    ([], [("R", "US", "Mass of the left breast, 19 mm, BI-RADS 5. Right: 11 mm nodule, stable."), ("S", "", "The right-sided nodule needs nothing further. For the left a wide excision.")]),
    (["size"], [("R", "CT", "Lesion in segment VI with washout, 2.6 cm, LI-RADS 5."), ("N", "", "A 4.4 cm hepatocellular carcinoma in segment VI on a background of cured hepatitis C.")]),
    (["size"], [("R", "MRI", "Soft tissue mass in the left thigh, craniocaudal 112 mm."), ("O", "", "Five-centimetre deep mass of the left thigh, a sarcoma.")]),
    (["site"], [("N", "Colonoscopy", "Indication: anaemia, haemoglobin 92 g/L. Sedation midazolam. Bowel preparation good, Boston 8. The instrument was passed to the caecal pole, ileum intubated and normal. An ulcerated tumour sits in the caecum; six biopsies. Ascending colon and both flexures were normal. A 4 mm polyp in the rectum was removed. No complication. Tattoo not needed."), ("S", "", "Right hemicolectomy. The primary is a bulky lesion of the hepatic flexure.")]),
    (["presence"], [("R", "MRI liver", "Segment 6: 4.1 cm HCC. The main, right and left portal veins are patent and free of thrombus."), ("N", "", "HCC in segment 6 with tumor thrombus in the right portal vein.")]),
    (["presence"], [("R", "CT", "Mass of the pancreatic head. Fat planes around the superior mesenteric vein preserved, no contact."), ("S", "", "The CT shows the growth in the head lying against the superior mesenteric vein along a quarter of its circumference.")]),
    (["presence"], [("R", "MRI", "Mid rectal tumour. Tumour signal within an expanded extramural vein."), ("O", "", "Rectal cancer. The MRI was good news in that no veins are affected.")]),
    ([], [("P", "", "Melanoma of the left back, 2.6 mm, ulcerated."), ("O", "", "Stage IIB ulcerated melanoma of the left back with negative sentinel nodes.")]),
    ([], [("R", "CT", "Right adnexal mass 9.2 cm. Omental nodularity up to 2.5 cm."), ("S", "", "On exam a mobile right-sided mass, no cul-de-sac nodularity.")]),
    ([], [("R", "MRI liver", "HCC of segment VI, 28 mm. No ascites."), ("N", "", "HCC. Child-Pugh: bilirubin 1, albumin 1, INR 1, ascites 1, encephalopathy 1 = 5 points.")]),
    ([], [("R", "CT", "3.4 cm bladder tumour. No hydronephrosis."), ("S", "", "Bladder tumour for resection. He had a stone with a dilated right kidney when he was forty.")]),
    ([], [("P", "TRUS biopsy", "Right mid, 3 of 3 cores, Gleason 3+4=7."), ("S", "", "Adenocarcinoma, right sided, 16 mm, Gleason 4+3=7, which is higher than in the needle cores.")]),
    (["presence"], [("R", "MRI whole spine", "Metastases at T6 and T9. At T9 soft tissue bulges into the canal and squashes the cord."), ("O", "", "MRI: bony spread, the spinal cord nowhere touched.")]),
    ([], [("R", "MRI whole spine", "Metastases at T6, T9 and L3. Spinal cord not compressed."), ("O", "", "MRI: bony spread. Given a card listing the warning signs of cord compression.")]),
    (["presence"], [("R", "MRI rectum", "Low rectal tumour. Its anterior edge lies on the mesorectal fascia, 0 mm."), ("S", "Colorectal clinic", "MRI is encouraging with the fascia well clear.")]),
    (["presence"], [("R", "MRI brain", "Right frontal mass 51 mm. Midline structures displaced 9 mm to the left."), ("S", "", "Right frontal tumour, midline central on the MRI.")]),
    (["presence"], [("R", "Bone scan", "Intense uptake in the sternum and L1: metastases."), ("O", "", "Prostate cancer, the bone scan did not reveal any secondaries.")]),
    ([], [("R", "Bone scan", "Uptake in the lumbar facet joints: degenerative. No metastases."), ("O", "", "Prostate cancer. Bone protection against later metastases was explained.")]),
    (["presence"], [("P", "Lobectomy", "Adenocarcinoma 24 mm. The elastic layer of the visceral pleura is crossed by tumour (PL1)."), ("O", "", "Resected adenocarcinoma of 24 mm without pleural involvement.")]),
    (["presence"], [("P", "Neck dissection", "1/14 nodes with squamous carcinoma; tumour spills out of the capsule into fat by 3 mm."), ("O", "", "One node of fourteen involved, contained within its capsule.")]),
    (["presence"], [("R", "CT pancreas", "31 mm tumour of the body. It wraps the coeliac axis for 270 degrees."), ("S", "", "Body of pancreas cancer. On the CT every artery is free.")]),
    ([], [("R", "CT pancreas", "26 mm mass in the pancreatic head. Replaced right hepatic artery noted."), ("S", "", "Cancer of the head of the pancreas. On the CT the arteries are free.")]),
    ([], [("P", "Mastectomy", "Two foci. Focus A 22 mm, NST, grade 3. Focus B 9 mm, tubular, grade 1."), ("O", "", "The larger of her two cancers was grade 3.")]),
    (["site"], [("N", "OGD", "Malignant looking ulcer on the lesser curve of the gastric body, 3 cm. Cardia and antrum healthy."), ("O", "", "A cancer at the cardia. He is eating soft food.")]),
    ([], [("N", "OGD", "Malignant ulcer of the gastric body, lesser curve, 3 cm."), ("R", "CT", "Thickening of the body of the stomach, greater curve spared.")]),
    (["size"], [("R", "Ultrasound neck", "Left lobe nodule, hypoechoic, 12 x 10 x 9 mm, TI-RADS 5. Right lobe normal."), ("S", "", "The left-sided nodule is just short of three centimetres and cytology is Bethesda VI.")]),
    (["presence"], [("R", "CT", "Tumour of the ascending colon. In the liver a 17 mm low density focus in segment 4 with rim enhancement, consistent with a metastasis."), ("S", "MDT proforma", "Site: ascending colon\nStaging CT: T3 N1, liver clear, lungs clear")]),
    ([], [("R", "CT", "Tumour of the ascending colon, 44 mm. Liver clear. Lung bases clear."), ("S", "MDT proforma", "Site: ascending colon\nLiver mets: N\nLung mets: N\nAscites: N")]),
    (["presence"], [("P", "", "Left breast: invasive ductal carcinoma 18 mm. Carcinoma is transected at the inferior margin. Other margins clear."), ("S", "", "Results: 18 mm ductal cancer, all edges clear.")]),
    (["laterality"], [("P", "Synoptic report", "Procedure: Partial nephrectomy\nSpecimen laterality: Left\nTumor size: 3.1 cm\nHistologic type: Clear cell renal cell carcinoma"), ("S", "", "A: s/p robotic right partial nephrectomy for 3 cm RCC.")]),
    (["laterality"], [("R", "MRI breast", "Left breast: 2.7 cm irregular mass, 4 o'clock."), ("S", "", "Exam: 3 cm firm mass R breast lower inner, a known IDC.")]),
    (["size"], [("P", "", "Cutaneous squamous cell carcinoma, 34 mm across, 7 mm thick, scalp vertex."), ("S", "Head and neck clinic", "Scalp SCC excised last month, 12 mm in diameter.")]),
    (["laterality"], [("P", "", "Merkel cell carcinoma, left forearm, 22 mm."), ("S", "", "Merkel cell carcinoma of the right forearm.")]),
    (["presence"], [("S", "Panendoscopy", "T2 glottic tumour on the left. Both cords moved well on awake scoping."), ("O", "", "Glottic cancer with a fixed left cord.")]),
    ([], [("P", "Colon resection", "Adenocarcinoma, low grade (moderately differentiated), 4.4 cm."), ("O", "", "Stage II colon cancer. No high-risk features such as high grade, T4 or perforation.")]),
    (["site"], [("P", "Hysterectomy", "Serous carcinoma arising in the left fallopian tube fimbria. Ovaries with surface implants only."), ("O", "", "Stage IIIC serous carcinoma of the endometrium after debulking.")]),
]


@pytest.mark.parametrize(("kinds", "documents"), CHARTS)
def test_two_documents_disagree_on_the_primary_or_do_not(kinds: list[str], documents: list[tuple[str, str, str]]) -> None:
    made = tuple(
        Document(id=f"d{i}", kind=_KINDS[kind], date=dt.date(2026, 3, 10) + dt.timedelta(days=4 * i), title=title, text=text)
        for i, (kind, title, text) in enumerate(documents)
    )
    assert sorted({c.kind for c in raised(Case(id="c", question="What next?", documents=made))}) == kinds
