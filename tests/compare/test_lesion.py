"""Side, place and size of the primary: what contradicts, and what only looks as if it did.

Every chart is a few lines; documents lie five days apart.
"""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.primary import PrimaryReader
from agents.rules.reading import read
from panel.case import Case, Document, DocumentKind
from panel.compare.chart import Chart
from panel.compare.lesion import lesion_conflicts
from panel.opinion import Opinion

_KINDS: dict[str, DocumentKind] = {"R": "radiology", "P": "pathology", "S": "surgery", "O": "oncology", "N": "note"}
_DAY = dt.date(2026, 1, 12)


def raised(*texts: str) -> dict[str, list[str]]:
    """The kinds of conflict that a chart of texts ("R: ...") raises, with the quotes of their sides."""
    documents = tuple(
        Document(
            id=f"d{i}", kind=_KINDS[text[0]], date=_DAY + dt.timedelta(days=5 * i), title="", text=text[3:]
        )
        for i, text in enumerate(texts)
    )
    case = Case(id="c", documents=documents)
    readings = [read(document) for document in documents]
    reader = PrimaryReader(case, readings)
    found = tuple(dict.fromkeys(f for reading in readings for f in reader.findings(reading)))
    chart = Chart.of_opinions(case, [Opinion(specialty="registrar", reader="rules", findings=found)])
    return {c.kind: [s.evidence[0].quote for s in c.sides] for c in lesion_conflicts(chart)}


CONFLICTS: list[tuple[str, tuple[str, ...]]] = [
    # lung
    ("laterality", ("R: 31 mm spiculated mass in the right upper lobe.", "S: Plan: VATS lobectomy for the lung cancer of the left upper lobe.")),
    ("laterality", ("R: R-sided lung cancer, 4.1 cm, lower lobe.", "N: L lower lobe adenocarcinoma, for bronchoscopy.")),
    ("laterality", ("R: LUL mass 28 mm, lung primary.", "P: Right upper lobe, CT-guided biopsy: adenocarcinoma of lung.")),
    ("site", ("R: Right upper lobe mass, 30 mm, likely bronchogenic carcinoma.", "N: Known RLL lung cancer, walks two miles.")),
    ("site", ("R: Nodule of 18 mm in the middle lobe. Suspicious for lung cancer.", "P: Right lower lobe, wedge resection: adenocarcinoma, 18 mm.")),
    ("size", ("R: Left upper lobe tumour 24 mm.", "O: The lung tumour in the left upper lobe measures 4.2 cm.")),
    ("size", ("R: Growth in the right lower lobe of the lung, two point four centimetres across.", "R: PET: the right lower lobe lung tumour is 41 mm.")),
    # breast
    ("laterality", ("R: 17 mm mass in the left breast at 2 o'clock, BI-RADS 5.", "S: Listed for wide local excision of the right breast cancer.")),
    ("laterality", ("R: Rt breast: 22 mm irregular mass, U5.", "P: Core biopsy, left breast: invasive ductal carcinoma, grade 2.")),
    ("laterality", ("R: Breast ultrasound. Irregular mass, upper outer quadrant, on the right-hand side, 19 mm.", "N: Wants lumpectomy for her left breast cancer.")),
    ("site", ("R: Left breast, upper outer quadrant: 21 mm mass, BI-RADS 5.", "S: Examination: hard 2 cm cancer in the lower inner quadrant of the left breast.")),
    ("site", ("R: Left breast, 2 o'clock: 21 mm irregular mass.", "S: The left breast cancer lies in the LIQ.")),
    ("size", ("P: Left mastectomy. Invasive ductal carcinoma, tumour size 31 mm.", "O: The breast cancer was 13 mm, grade 2.")),
    ("size", ("R: Right breast: 15 mm spiculated mass.", "R: MRI: right breast, enhancing mass of 38 mm, the biopsied cancer.")),
    # colorectal
    ("site", ("N: Colonoscopy: fungating tumour of the sigmoid colon.", "R: Annular mass of the caecum, colon cancer.")),
    ("site", ("N: Endoscopy: growth at the hepatic flexure, biopsied.", "R: The colonic carcinoma lies in the descending colon.")),
    ("site", ("N: Scope: ulcerated tumour, left-sided colon cancer.", "R: Stenosing carcinoma of the ascending colon, 4 cm.")),
    ("site", ("R: MRI: tumour of the low rectum, 31 mm.", "N: Rigid sigmoidoscopy: carcinoma of the upper rectum.")),
    ("size", ("P: Right hemicolectomy: adenocarcinoma of the caecum, 52 mm.", "O: She had a 2.5 cm caecal adenocarcinoma removed.")),
    # upper gut
    ("site", ("N: OGD: malignant ulcer of the gastric antrum.", "R: Gastric carcinoma of the fundus with wall thickening.")),
    ("site", ("N: OGD: tumour of the middle third of the oesophagus.", "R: Oesophageal carcinoma at the gastro-oesophageal junction, Siewert II.")),
    ("site", ("R: 33 mm mass in the head of the pancreas.", "N: EUS: hypoechoic mass in the tail of the pancreas, 32 mm.")),
    ("size", ("R: Pancreatic head mass 2.2 cm.", "N: EUS: mass in the head of the pancreas, 41 mm.")),
    ("size", ("R: Uncinate tumour of the pancreas, forty-one millimetres.", "R: MRI: uncinate process mass 27 mm.")),
    # liver
    ("size", ("R: Segment VI: 28 mm nodule, LI-RADS 5.", "S: The hepatocellular carcinoma in segment 6 is 4.6 cm.")),
    ("site", ("R: Seg VII: 34 mm HCC, arterial enhancement and washout.", "S: For ablation of the segment III hepatocellular carcinoma.")),
    ("laterality", ("R: 5 cm hepatocellular carcinoma of the right lobe of the liver.", "S: HCC in the left lobe of the liver, for left hepatectomy.")),
    # urinary
    ("laterality", ("R: 43 mm enhancing tumour, upper pole of the left kidney.", "N: | Procedure | Partial nephrectomy, upper pole tumour |\n| Side | R |")),
    ("laterality", ("R: Right kidney: 52 mm enhancing mass.", "S: Laterality: left\nProcedure: radical nephrectomy for renal cancer.")),
    ("laterality", ("R: L renal mass, 3.3 cm, interpolar.", "P: Right partial nephrectomy: clear cell renal cell carcinoma, 33 mm.")),
    ("site", ("R: Left kidney, upper pole: 38 mm solid mass.", "S: Left lower pole renal tumour, for partial nephrectomy.")),
    ("size", ("R: Right renal tumour, 44 mm.", "R: MRI: solid mass of the right kidney, 7.1 x 6.6 cm.")),
    ("laterality", ("N: Cystoscopy: papillary bladder tumour on the left lateral wall.", "S: TURBT: bladder tumour of the right lateral wall resected.")),
    ("site", ("N: Cystoscopy: 3 cm bladder tumour at the dome.", "S: TURBT of a bladder tumour at the trigone.")),
    # gynaecology
    ("laterality", ("R: 9 cm mass of the right ovary, CA-125 812.", "S: Laparoscopy: left ovarian cancer with intact capsule.")),
    ("size", ("R: Cervical tumour 47 mm.", "R: MRI re-read: tumour of the cervix 29 mm.")),
    ("size", ("R: Endometrial tumour 18 mm.", "P: Hysterectomy: endometrioid carcinoma, 46 mm.")),
    # head and neck
    ("laterality", ("R: 27 mm tumour of the right tonsil.", "P: Left tonsil, biopsy: squamous cell carcinoma, p16 positive.")),
    ("laterality", ("N: Right vocal cord, warty growth of 8 mm.", "P: Left vocal cord, biopsy: squamous cell carcinoma.")),
    ("site", ("R: Tumour of the left tonsil, 29 mm.", "N: Panendoscopy: growth in the left pyriform fossa, SCC.")),
    ("site", ("N: Ulcer of the floor of mouth, biopsy-proven squamous cell carcinoma.", "R: 24 mm cancer of the left buccal mucosa.")),
    # skin
    ("laterality", ("P: Skin, left shoulder, re-excision. Nodular melanoma excised in January.", "O: The melanoma on your right shoulder was 2.6 mm thick.")),
    ("site", ("P: Skin, right calf, excision: superficial spreading melanoma.", "S: Wide excision of the melanoma of the right forearm.")),
    # brain
    ("laterality", ("R: Left temporal ring-enhancing lesion, 51 mm.", "S: Craniotomy for right temporal glioblastoma.")),
    ("site", ("R: 46 mm mass in the right frontal lobe.", "P: Right occipital tumour: glioblastoma.")),
    ("size", ("R: Right cerebellar hemisphere: single enhancing nodule, 46 x 40 mm.", "S: One deposit, right cerebellum, 29 mm at its widest.")),
    # within one report
    ("laterality", ("R: Findings: An enhancing tumour of 63 mm in the right kidney.\nImpression:\n1. 6.3 cm left renal malignancy.",)),
    ("site", ("R: FINDINGS: 30 mm mass in the right upper lobe of the lung.\nIMPRESSION: Right lower lobe lung cancer.",)),
    ("size", ("P: MACROSCOPIC: Colon with an ulcerated tumour of 52 mm in the caecum.\nSYNOPTIC\nTumour size: 25 mm\nAdenocarcinoma of the colon.",)),
    # in other words
    ("laterality", ("R: CT chest. A cavitating neoplasm occupies the superior segment of the right lower lobe, 47 mm.", "N: MDT pro forma. Dx: sq cell lung ca, left lower lobe. PS 1.")),
    ("laterality", ("R: CT: solitary pulmonary nodule, 22 mm, left apex, avid on PET.", "P: VATS wedge, right upper lobe: squamous cell carcinoma of lung.")),
    ("laterality", ("P: Procedure: mastectomy, right. Invasive lobular carcinoma, 44 mm.", "O: I met this lady four weeks after her left mastectomy for invasive lobular cancer.")),
    ("laterality", ("R: Mammogram: in the left breast there is a stellate opacity of 16 mm.", "P: Needle core, RIGHT breast: invasive carcinoma NST.")),
    ("laterality", ("R: A 58 mm hypernephroma-like mass replaces the lower pole of the right kidney.", "S: WHO checklist: left laparoscopic nephrectomy for cancer, consent signed.")),
    ("laterality", ("R: Enhancing 4.8 cm lesion in the dexter kidney, suspicious for RCC. Right renal vein clear.", "S: Booked: nephrectomy. Side: L.")),
    ("laterality", ("N: Oral exam: indurated ulcer on the left lateral border of the tongue, 2 cm.", "P: Tongue, right lateral border, incisional biopsy: squamous cell carcinoma.")),
    ("laterality", ("R: MRI brain: enhancing lesion in the left parietal lobe, 35 mm, likely high grade glioma.", "P: Specimen: tumour, right parietal lobe. Glioblastoma.")),
    ("laterality", ("P: Melanoma, left heel, Breslow 1.9 mm.", "S: For wide excision of melanoma, right heel, and sentinel node.")),
    ("laterality", ("R: Complex right adnexal mass, 11 cm, O-RADS 5.", "S: Laparotomy: a tumour arising from the left ovary was removed intact.")),
    ("laterality", ("R: MRI prostate: PI-RADS 5 lesion of 17 mm in the left peripheral zone.", "N: Fusion biopsies: cancer only in the right peripheral zone cores, 4 of 12.")),
    ("site", ("R: Mass in the right upper lobe, 36 mm.", "N: Bronchoscopy: endobronchial tumour occluding the right middle lobe; lung primary biopsied.")),
    ("site", ("N: Colonoscopy to caecum: stenosing tumour at the splenic flexure, tattooed.", "P: Segment of rectum with adenocarcinoma of the rectum, 3 cm.")),
    ("site", ("R: Circumferential tumour in the ascending colon.", "S: At laparoscopy the tumour sat in the sigmoid colon.")),
    ("site", ("N: Gastroscopy: ulcerating carcinoma along the lesser curve of the gastric body.", "R: Wall thickening at the pylorus: the known gastric cancer lies in the antrum.")),
    ("site", ("N: OGD: stricturing tumour 22-26 cm, upper third.", "R: PET: avid tumour of the distal oesophagus, 5 cm long.")),
    ("site", ("R: MRI: tumour in the tail of the pancreas, 38 mm.", "S: Whipple planned for cancer of the pancreatic head.")),
    ("site", ("N: Flexible nasendoscopy: exophytic tumour of the epiglottis.", "R: Enhancing mass of the left vocal cord, 14 mm, T1 glottic cancer.")),
    ("site", ("P: Excision biopsy, upper back: nodular melanoma, Breslow 3 mm.", "O: Melanoma of the left thigh, stage IIB.")),
    ("site", ("R: Intra-axial tumour of the left temporal lobe, 40 mm.", "S: Left frontal tumour debulked, glioblastoma.")),
    ("site", ("R: Left renal tumour at the lower pole, 31 mm.", "S: RAPN for a left upper pole renal tumour.")),
    ("site", ("R: Right breast: 15 mm mass in the UOQ.", "P: Right breast, lower inner quadrant, core biopsy: invasive ductal carcinoma.")),
    ("site", ("R: Right breast, 10 o'clock, 18 mm spiculated mass.", "S: On palpation the right breast cancer sits at 4 o'clock.")),
    ("site", ("R: 26 mm lesion in segment II, LI-RADS 5.", "O: HCC in segment VIII referred for TACE.")),
    ("size", ("R: The right upper lobe tumour measures 34 x 30 mm.", "S: Resected: RUL. Cancer measured 5.6 cm in the theatre.")),
    ("size", ("R: Staging CT: 3.9-cm mass in the left kidney.", "S: Left kidney tumour of 6.5 cm seen on the CT.")),
    ("size", ("N: Colonoscopy: rectal tumour.", "R: MRI: rectal tumour, craniocaudal length 3.2 cm.", "R: Second read: the rectal tumour is 55 mm in craniocaudal length.")),
    ("size", ("P: Tumour size: 28 mm. Invasive ductal carcinoma of the breast.", "O: Her breast cancer measured 4.8 cm.")),
    ("size", ("R: Tongue tumour on the right, 22 mm.", "R: MRI: right oral tongue tumour, 39 mm.")),
    ("size", ("P: Wide local excision. Greatest dimension of tumour 2.1 cm. Invasive carcinoma of the breast.", "N: Path: 12 mm invasive breast cancer.")),
    ("size", ("R: Prostate MRI: 9 mm lesion in the right transition zone, PI-RADS 4.", "R: Re-report: right transition zone lesion of 21 mm.")),
    ("size", ("R: 6.0 cm left ovarian mass.", "R: MRI pelvis: left ovarian tumour, 10.4 cm.")),
    ("size", ("R: Left hepatic lobe HCC, 3·2 cm.", "R: MRI: HCC of the left lobe of the liver, 5.1 cm.")),
    ("size", ("P: GROSS: In the tail of the pancreas a firm tumour of 3.7 x 2.9 cm, 4.1 cm from the neck margin.\nSUMMARY\n- Greatest tumour dimension: 2.4 cm\nDuctal adenocarcinoma.",)),
]

CLEAN: list[tuple[str, ...]] = [
    # other organs' sides, ports, old events, relatives
    ("R: 27 mm mass in the left lower lobe of the lung. Healed fracture of the right seventh rib. Right renal cyst 12 mm.", "N: Left lower lobe lung cancer. Right hip replaced in 2015."),
    ("R: Right breast: 18 mm mass, BI-RADS 5. Port on the left.", "O: Right breast cancer. Her mother had left breast cancer."),
    ("R: Right breast: 18 mm mass, U5. Left breast: fibroadenoma 14 mm, unchanged.", "S: WLE of the right breast cancer. Left breast normal on palpation."),
    ("R: Right breast: 18 mm mass, BI-RADS 5.", "N: Left breast cancer 2009, wide local excision. Now right breast cancer."),
    ("R: Left kidney: 38 mm enhancing mass. Right kidney: simple cyst 4 cm.", "S: Left partial nephrectomy for the renal tumour. Weak right hand since the stroke."),
    ("R: Right kidney: 41 mm solid tumour. Left adrenal adenoma 14 mm.", "P: Right nephrectomy: clear cell renal cell carcinoma, 40 mm."),
    ("R: Right temporal glioblastoma, 44 mm. Incidental 11 mm meningioma over the left frontal convexity.", "R: Left frontal meningioma as before.", "P: Glioblastoma, IDH-wildtype."),
    ("R: Left frontal mass, 41 mm, glioma.", "S: Weakness of the right arm and leg. Right-handed. Left frontal craniotomy for glioblastoma."),
    ("R: 9 cm mass of the left ovary, CA-125 900. Right ovary: dermoid 2 cm.", "S: Left ovarian cancer removed. Right ovary healthy."),
    ("R: Right tonsil: 26 mm tumour. Left parotid tail: well-defined 15 mm lesion, typical Warthin tumour.", "P: Right tonsil biopsy: squamous cell carcinoma. Left parotid FNA: Warthin tumour."),
    ("P: Right vocal cord: squamous cell carcinoma.", "N: Polyp of the left vocal cord, benign. Right vocal cord cancer for laser."),
    ("P: Skin, left calf, excision: melanoma, Breslow 2.1 mm.", "R: Seroma of the right groin 3 cm. No metastasis.", "O: Melanoma of the left lower leg."),
    ("R: 28 mm left upper lobe mass, lung cancer.", "S: Right subclavian port placed. Left upper lobe lung cancer for chemoradiation."),
    ("R: Head of pancreas, 24 mm mass.", "N: Pancreatic cancer found on a scan for left flank ache."),
    # spread, nodes, second lesions
    ("R: Right upper lobe lung mass 32 mm invading the mediastinum. Left supraclavicular node 14 mm.", "N: Right upper lobe carcinoma of the lung."),
    ("R: Right upper lobe lung cancer 32 mm. A second nodule in the left lower lobe, 6 mm, is indeterminate.", "R: Left lower lobe nodule 6 mm unchanged. Right upper lobe mass 33 mm."),
    ("R: Caecal carcinoma 5 cm with liver metastasis in segment VI, 3 cm.", "R: MRI liver: metastasis in segment VI, 3.1 cm. Primary caecal cancer known."),
    ("R: Sigmoid carcinoma, 41 mm. 4 mm polyp of the ascending colon removed.", "P: Sigmoid colon: adenocarcinoma, 43 mm. Ascending colon: tubular adenoma."),
    ("R: Bladder tumour of the right lateral wall, 3 cm, reaching the ureteric orifice.", "P: Right lateral wall of bladder: urothelial carcinoma. Separate flat area, trigone: carcinoma in situ."),
    ("P: Right lateral wall of bladder: urothelial carcinoma, high grade.", "R: Possible thickening at the dome was a fold. Left diverticulum of the bladder."),
    ("R: Lesion 1: 14 mm, left peripheral zone of the prostate, PI-RADS 5. Lesion 2: 6 mm, right apex, PI-RADS 3.", "P: Prostate biopsies: left peripheral zone: adenocarcinoma, Gleason 3+4=7."),
    ("R: Left kidney tumour 44 mm extending into the renal vein. Right kidney normal.", "S: Left radical nephrectomy for renal cancer with vein thrombus of 2 cm."),
    ("R: Tumour of the gastric antrum 4 cm, touching the head of the pancreas.", "N: OGD: antral cancer of the stomach."),
    # broad against narrow names
    ("R: 30 mm mass of the lingula.", "N: Left upper lobe lung cancer."),
    ("N: Colonoscopy: carcinoma at the rectosigmoid junction.", "R: Tumour of the sigmoid colon, 4 cm."),
    ("N: Colonoscopy: caecal cancer.", "O: Right-sided colon cancer, MSI high."),
    ("R: Carcinoma of the descending colon.", "O: Left-sided colon cancer."),
    ("N: OGD: tumour of the lower third of the oesophagus.", "R: Carcinoma of the gastro-oesophageal junction."),
    ("R: Oropharyngeal cancer, right tonsil, 26 mm.", "O: Right oropharyngeal carcinoma, HPV positive."),
    ("N: Supraglottic growth.", "O: Laryngeal squamous cell carcinoma, supraglottic."),
    ("P: Skin, right forearm: melanoma, Breslow 1.2 mm.", "O: Melanoma of the right arm."),
    ("R: Right temporoparietal mass 42 mm.", "S: Right temporal glioblastoma, debulked."),
    ("R: Mass: segments V/VI, 6.4 cm, LR-5.", "S: Hepatocellular carcinoma of segment 6 of the liver, 6.3 cm."),
    ("R: Segment VIII: 41 mm HCC.", "S: Right lobe hepatocellular carcinoma, 4.0 cm."),
    ("R: Left breast, 2 o'clock: 21 mm irregular mass.", "S: Cancer of the left breast, upper outer quadrant, 2 cm."),
    ("R: Body of the pancreas, 34 mm mass.", "N: Cancer of the pancreatic body and tail, 35 mm."),
    ("R: Tumour of the trigone of the bladder, 2 cm.", "S: TURBT: bladder tumour at the bladder neck, 2 cm."),
    # sizes: methods, distances, bounds, pieces, response
    ("R: Right breast: 22 mm mass, BI-RADS 5.", "P: Right breast, core biopsy: invasive ductal carcinoma, longest core 9 mm."),
    ("P: Left mastectomy. Invasive ductal carcinoma, tumour size 22 mm. DCIS extends over 45 mm. Whole tumour size including DCIS 45 mm.", "O: Invasive breast cancer of 22 mm."),
    ("R: Rectal tumour 52 mm long, lower edge 7 cm from the anal verge.", "P: ypT1: residual adenocarcinoma of the rectum 7 mm. Tumour regression grade 2."),
    ("R: Left upper lobe tumour 31 mm, 12 mm from the pleura.", "P: Left upper lobe lung adenocarcinoma, 29 mm. Bronchial margin 18 mm. Specimen 140 x 90 mm."),
    ("R: Left upper lobe lung tumour, 31 mm (previously 22 mm).", "O: Lung cancer of the left upper lobe, 3.1 cm; was 2.2 cm, now larger."),
    ("R: Right kidney mass, 66 mm.", "O: T1b: more than 4 cm but not more than 7 cm. Right renal cancer of 6.6 cm."),
    ("R: Caecal cancer 45 mm.", "P: Right hemicolectomy, 310 mm of bowel. Adenocarcinoma of the caecum 41 mm; proximal margin 90 mm; largest node 14 mm."),
    ("R: Endometrial tumour 30 mm.", "P: Uterus 95 x 60 x 40 mm. Endometrioid carcinoma, 33 mm, invading 4 mm of 16 mm."),
    ("R: Ovarian mass on the left, 92 mm. Ascites 3 cm deep.", "S: Left ovarian cancer, 9 cm, omental deposit of 2 cm."),
    ("R: HCC in segment V, 33 mm, with a satellite nodule of 8 mm.", "O: Hepatocellular carcinoma of segment V, 3.3 cm."),
    ("R: Cervical tumour 52 mm.", "R: After chemoradiation: marked regression, cervical tumour now 11 mm."),
    ("R: Left temporal glioblastoma 51 mm.", "R: Post-operative MRI: residual enhancing tumour of 7 mm in the left temporal lobe."),
    ("R: Left frontal glioma, 41 mm, midline shift 6 mm.", "S: Left frontal glioma of about 4 cm."),
    ("R: Right tonsil tumour 27 mm; right level II node 31 mm.", "N: Right tonsil cancer 2.6 cm with a 3 cm node."),
    ("R: Head of pancreas mass 28 mm; pancreatic duct 9 mm; bile duct 14 mm.", "N: EUS: head of the pancreas, mass 30 mm, abutting the portal vein over 8 mm."),
    ("P: Skin, left thigh: melanoma, Breslow 3.4 mm. Ellipse 62 x 34 mm.", "O: Melanoma of the left thigh, 3.4 mm thick; excised with a 2 cm margin."),
    ("R: Left renal tumour 25 mm. Right kidney absent.", "P: Left partial nephrectomy specimen 60 x 40 x 30 mm; clear cell renal cell carcinoma, 24 mm."),
    ("R: Both kidneys: right lower pole tumour 38 mm.", "S: The remaining 17 mm tumour in the left kidney will be enucleated."),
    ("R: Right lower lobe lung tumour 24 mm.", "R: The right lower lobe lung tumour measures 2.6 cm."),
    ("R: Two tumours of the left breast, the larger 27 mm, the other 9 mm.", "P: Left mastectomy. Tumour 1: 26 mm. Tumour 2: 9 mm. Invasive ductal carcinoma."),
    ("N: Laterality: L / R / both ____\nTumour size: ____", "R: Right kidney tumour, 35 mm."),
    ("R: Left upper lobe part-solid lung nodule, 14 mm.", "P: Left upper lobe: adenocarcinoma in situ; frozen section of the lung."),
    ("R: Background parenchymal enhancement on the right. Left: irregular enhancing mass, 28 mm, left breast cancer.", "N: Left breast cancer, 2.8 cm."),
    ("R: RUL mass 34 mm. Old granuloma at the left base.", "P: Right upper lobe adenocarcinoma, 32 mm.", "O: Right lung cancer."),
    ("R: Right upper lobe tumour extends across the fissure into the middle lobe.", "S: Right upper lobectomy with wedge of the middle lobe for lung cancer."),
    ("R: Left lower lobe tumour, 40 mm.", "R: Chest film: right-sided pleural effusion, 3 cm. Left lower lobe mass."),
    ("R: Left hilar mass 52 mm, left upper lobe bronchus occluded.", "N: Bronchoscopy: tumour in the left main bronchus. Small cell lung cancer."),
    ("R: Left breast cancer 22 mm; second focus 8 mm at 5 o'clock.", "P: Left mastectomy: invasive ductal carcinoma, two foci, 23 mm and 8 mm."),
    ("R: Left breast: 25 mm mass.", "P: Left mastectomy after neoadjuvant chemotherapy: residual invasive carcinoma 6 mm, ypT1b."),
    ("R: Right breast mass 14 mm, 9 o'clock.", "P: Sentinel node: macrometastasis 5 mm. Right breast: invasive ductal carcinoma 15 mm."),
    ("N: Right breast cancer. Left latissimus dorsi flap 2015. PICC in the left arm.", "R: Right breast: 22 mm cancer. Left axilla normal."),
    ("N: Colonoscopy: tumour of the transverse colon near the hepatic flexure.", "R: Thickening at the hepatic flexure, 5 cm, the known colonic cancer."),
    ("N: Colonoscopy: 5 polyps, caecum to rectum; carcinoma in the sigmoid.", "P: Polyp, transverse colon: tubular adenoma. Sigmoid: adenocarcinoma."),
    ("R: Sigmoid cancer with liver lesion segment VII 2 cm, a metastasis.", "S: Sigmoid colectomy; liver resection of segment VII later."),
    ("R: Rectal cancer at 8 cm, 5 cm long, mesorectal node 9 mm.", "N: Rigid: tumour from 7 to 12 cm, rectum."),
    ("N: OGD: Barrett's; adenocarcinoma of the lower oesophagus 35-39 cm.", "R: Siewert II tumour of the gastro-oesophageal junction with node 12 mm at the left gastric artery."),
    ("R: HCC segment VII, 41 mm; a haemangioma of 22 mm in segment III.", "S: Ablation of segment VII HCC. Left lobe spared."),
    ("R: HCC of 5.1 cm in segment VIII.", "R: After TACE: segment VIII lesion shrunk to 2.9 cm, viable rim 14 mm."),
    ("R: Pancreatic head mass 31 mm. Left kidney stone 6 mm.", "N: EUS: mass in the head of the pancreas 29 mm; cyst in the tail 11 mm."),
    ("R: Right kidney 6.6 cm tumour. Level I thrombus 3 cm. Left kidney 9.8 cm long.", "P: Right radical nephrectomy 150 x 80 mm. Clear cell renal cell carcinoma 64 mm."),
    ("N: Left nephrectomy 2011 for clear cell carcinoma, 7.5 cm.", "R: Right kidney: new 25 mm tumour, lower pole.", "O: Metachronous right renal tumour, 2.5 cm."),
    ("N: Cystoscopy: tumours on the left lateral wall and trigone.", "S: TURBT: tumour of the left lateral wall resected; trigone tumour too."),
    ("R: Bladder tumour of the left posterolateral wall, 3 cm; right kidney hydronephrotic.", "P: Left lateral wall of bladder: urothelial carcinoma, pT2."),
    ("R: PI-RADS 5 lesion 18 mm left peripheral zone mid.", "P: Prostatectomy: adenocarcinoma, dominant nodule left, 20 mm; smaller focus right apex 4 mm."),
    ("R: Left ovary 9 cm mass. Right ovary 2 cm normal.", "P: Left ovary: high grade serous carcinoma 88 mm. Right ovary: inclusion cysts."),
    ("R: Endometrial mass 3 cm. Fibroid 6 cm in the anterior wall.", "P: Endometrioid carcinoma of the endometrium 28 mm. Leiomyoma 58 mm."),
    ("R: Cervical tumour 3.1 cm; left ovarian cyst 4 cm.", "P: Cone biopsy: squamous cell carcinoma of cervix, at least 12 mm in this specimen."),
    ("R: Right tongue cancer 24 mm, depth of invasion 7 mm.", "P: Right hemiglossectomy: squamous cell carcinoma 25 mm, DOI 8 mm; specimen 45 mm."),
    ("R: Left glottic tumour 12 mm. Right thyroid nodule 18 mm.", "P: Left vocal cord: squamous cell carcinoma. Right cord: biopsy shows chronic laryngitis only."),
    ("N: Unknown primary: left neck node 3 cm.", "R: Left tonsil 11 mm tumour, left level II node 32 mm."),
    ("P: Melanoma, right upper arm, Breslow 1.4 mm; second specimen: left flank, naevus.", "O: Melanoma of the right arm. Left flank mole was benign."),
    ("P: Right shin: melanoma 2.2 mm.", "R: In-transit deposit of 9 mm on the right thigh; right groin node 18 mm."),
    ("R: Left frontal oligodendroglioma 58 mm (was 41 in 2017).", "N: Old left frontal cavity. Right-sided weakness. Oligodendroglioma."),
    ("R: Right occipital ring lesion 31 mm; left frontal arachnoid cyst 20 mm.", "P: Right occipital lesion: glioblastoma."),
    ("R: Solitary right cerebellar metastasis 29 mm. Left occipital developmental anomaly.", "S: Posterior fossa craniotomy, right cerebellar metastasis removed."),
    ("R: CT: left upper lobe mass of 4 cm, adrenal nodule on the right 14 mm.", "N: Adrenal FNA right: benign. LUL lung carcinoma."),
    ("R: MRI breast: index lesion right UOQ 21 mm; non-mass enhancement over 6 cm.", "P: Right breast: invasive ductal carcinoma 20 mm with DCIS over 55 mm."),
    ("R: Spiculated nodule left upper lobe 18 mm, solid component 11 mm.", "P: Left upper lobe: adenocarcinoma, total size 19 mm, invasive size 12 mm."),
    ("R: Gastric antral tumour, wall thickness 18 mm, length 5 cm.", "P: Distal gastrectomy: antral adenocarcinoma 46 mm, lesser curve 110 mm, greater curve 190 mm."),
    ("R: Ultrasound: 21 mm left breast mass.", "R: Mammogram: left breast mass, 24 mm."),
    ("R: CT: right upper lobe tumour 30 mm.", "S: Smoker, right-handed. Left-sided chest pain. Right upper lobectomy for lung cancer."),
    ("R: Right lower pole kidney tumour, 29 mm, growing about 4 mm a year.", "S: The right lower pole renal tumour has reached 2.9 cm."),
    ("P: Skin, right scapula: nodular melanoma, a new primary, unrelated to the lesion of the leg.", "O: Melanoma of the right scapular region."),
    ("R: Bladder cancer of the trigone, 3 cm. The nodule of the dome has vanished.", "P: Trigone of bladder: urothelial carcinoma. Prostate: incidental acinar adenocarcinoma, 4 mm.", "S: The tiny prostate cancer needs nothing; the bladder cancer was cleared."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "texts"), CONFLICTS)
def test_a_contradiction_about_the_primary_is_raised(kind: str, texts: tuple[str, ...]) -> None:
    assert set(raised(*texts)) == {kind}


@pytest.mark.parametrize("texts", CLEAN)
def test_what_can_all_be_true_is_left_alone(texts: tuple[str, ...]) -> None:
    assert raised(*texts) == {}
