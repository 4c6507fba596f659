"""When documents are at odds about what was seen, the type, the grade or a marker, and when they are not."""

from __future__ import annotations

import pytest

from agents.rules.reading import read
from agents.rules.results import general_findings
from panel.case import Case
from tests.compare.facts_reader import raised, reports, scans

DISPUTED_SCANS = [
    ("Expansile thrombus in the right portal vein, in keeping with tumour.", "Portal vein and both branches are patent.", "portal_vein_invasion"),
    ("Tumour thrombus occupies the main portal vein.", "The portal venous system opacifies normally.", "portal_vein_invasion"),
    ("The left portal branch is occluded by tumour.", "No thrombus in the portal vein or its branches.", "portal_vein_invasion"),
    ("Renal vein is free of thrombus.", "Filling defect within the left renal vein, enhancing.", "renal_vein_invasion"),
    ("Right renal vein clear, IVC clear.", "Tumour extends into the right renal vein and up to the infrahepatic IVC.", "renal_vein_invasion"),
    ("The IVC is patent.", "Thrombus reaches into the inferior vena cava.", "ivc_thrombus"),
    ("The tumour encases the SMA.", "SMA free, fat plane preserved.", "arterial_encasement"),
    ("The mass invades the chest wall.", "Chest wall intact.", "chest_wall_invasion"),
    ("Chest wall is not infiltrated.", "Infiltration of the chest wall at the fourth rib.", "chest_wall_invasion"),
    ("Parametria supple and clear on both sides.", "Left parametrium is infiltrated.", "parametrial_invasion"),
    ("Both seminal vesicles uninvolved.", "Tumour extends into the left seminal vesicle.", "seminal_vesicle_invasion"),
    ("Mesorectal fascia respected.", "Tumour threatens the mesorectal fascia.", "crm_threatened"),
    ("Small left pleural effusion.", "Pleural spaces clear.", "pleural_effusion"),
    ("Costophrenic angles sharp.", "There is fluid in the left pleural cavity.", "pleural_effusion"),
    ("Moderate ascites.", "No free fluid in the abdomen.", "ascites"),
    ("No ascites, liver smooth, tumour 3 cm.", "Gross ascites.", "ascites"),
    ("Liver: rim-enhancing focus in seg. VII, 21 mm, compatible with metastasis.", "Hepatic parenchyma homogeneous and without any metastasis.", "metastasis.liver"),
    ("Two hepatic metastases, segments II and VI.", "Liver unremarkable.", "metastasis.liver"),
    ("Liver: two deposits, the larger 18 mm.", "No focal lesion in the liver.", "metastasis.liver"),
    ("Sclerotic metastasis of L3.", "Skeleton free of metastases.", "metastasis.bone"),
    ("Left adrenal metastasis, 24 mm.", "Both adrenals normal.", "metastasis.adrenal"),
    ("Brain: metastasis in the left cerebellum, 12 mm.", "No brain metastases.", "metastasis.brain"),
    ("Omental cake in the left flank.", "Omentum and peritoneum clear.", "peritoneal_disease"),
    ("Nodules along the peritoneum and pouch of Douglas.", "No peritoneal deposits.", "peritoneal_disease"),
    ("Left external iliac node 16 mm short axis, pathological.", "No enlarged pelvic nodes.", "node.pelvic"),
    ("Subcarinal node 22 mm.", "Mediastinal nodes are not enlarged.", "node.mediastinal"),
    ("Nodes: 14 mm in short axis at station 4R.", "No mediastinal lymphadenopathy.", "node.mediastinal"),
    ("Right ureter dilated to the pelvic brim.", "No hydronephrosis, ureters not dilated.", "hydronephrosis"),
    ("Intrahepatic ducts dilated.", "Biliary tree not dilated.", "biliary_obstruction"),
    ("Thyroid cartilage intact.", "The tumour erodes the thyroid cartilage.", "cartilage_invasion"),
]


@pytest.mark.parametrize(("first", "second", "question"), DISPUTED_SCANS)
def test_two_scans_of_the_same_days_disagree(first: str, second: str, question: str) -> None:
    assert scans(first, second) == [f"presence presence.{question}"]
    assert scans(second, first) == [f"presence presence.{question}"]


AGREEING_SCANS = [
    ("Small right pleural effusion.", "No left pleural effusion."),
    ("Right renal vein thrombus.", "The left renal vein is patent."),
    ("Thrombus in the right anterior branch of the portal vein.", "Main portal vein patent."),
    ("? ascites.", "No ascites."),
    ("Possible liver metastasis in segment VI.", "No liver metastases."),
    ("Liver normal in size; two liver metastases.", "Multiple liver metastases."),
    ("Liver metastases.", "Liver function tests normal."),
    ("Cirrhosis, no ascites, grade 1 varices.", "Cirrhotic liver."),
    ("No ascites, cirrhosis known.", "Cirrhotic liver without ascites."),
    ("Clinical information: ? portal vein thrombosis.", "The portal vein is patent."),
    ("COMPARISON: effusion in 2019.", "No pleural effusion."),
    ("No ascites, effusion or lymphadenopathy.", "No pleural effusion. No ascites."),
    ("Mediastinal nodes up to 8 mm.", "No enlarged mediastinal nodes."),
    ("Right axillary node 12 mm with fatty hilum, benign.", "No axillary lymphadenopathy."),
    ("Enlarged pelvic nodes.", "CT chest: no enlarged nodes."),
    ("No resolved pneumothorax; DVT right leg 2009.", "No deep vein thrombosis."),
    ("Should ascites develop, tap it.", "No ascites."),
    ("No new liver metastases.", "Three liver metastases."),
    ("The tumour abuts but does not invade the chest wall.", "Chest wall is intact."),
    ("IVC filter in place.", "The IVC is patent."),
]


@pytest.mark.parametrize(("first", "second"), AGREEING_SCANS)
def test_two_scans_that_can_both_hold_are_no_dispute(first: str, second: str) -> None:
    assert scans(first, second) == []
    assert scans(second, first) == []


def test_a_finding_may_change_with_time() -> None:
    assert raised(("radiology", "2026-01-02", "Pleural effusion."), ("radiology", "2026-03-05", "No pleural effusion.")) == []
    assert raised(("radiology", "2026-01-02", "Liver metastases."), ("radiology", "2026-06-05", "No liver metastases.")) == []


def test_a_report_contradicts_itself() -> None:
    text = "FINDINGS:\nNodes - left obturator node 15 mm short axis, necrotic.\nIMPRESSION:\nNo lymphadenopathy."
    assert raised(("radiology", "2026-03-02", text)) == ["presence presence.node.pelvic"]
    text = "FINDINGS: Small left pleural effusion.\nIMPRESSION: Lung tumour. No pleural effusion."
    assert raised(("radiology", "2026-03-02", text)) == ["presence presence.pleural_effusion"]
    text = "MICROSCOPY\nEndometrioid carcinoma, FIGO grade 3.\nSYNOPTIC (ICCR)\nGrade: FIGO grade 1"
    assert raised(("pathology", "2026-03-02", text)) == ["grade grade"]


def test_one_thrombus_in_two_veins_is_one_disagreement() -> None:
    first = "Thrombus fills the right renal vein and reaches 2 cm into the inferior vena cava."
    assert len(scans(first, "Renal vein and IVC are patent.")) == 1


DISPUTED_REPORTS = [
    ("Resection margins clear.", "Histology showed involved margins (R1).", "presence margin"),
    ("Lymphovascular invasion: not identified.", "Path: LVI present, so adjuvant treatment.", "presence presence.lymphovascular_invasion"),
    ("Perineural invasion | absent |", "There was perineural invasion.", "presence presence.perineural_invasion"),
    ("Perforation: Yes [ ]  No [x]", "The tumour was perforated: perforation seen at operation.", "presence presence.perforation"),
    ("LVSI none.", "LVSI positive.", "presence presence.lymphovascular_invasion"),
    ("Extranodal extension: [x] present [ ] absent", "No extranodal extension.", "presence presence.extranodal_extension"),
    ("Invasive ductal carcinoma, grade 3.", "Grade 1 ductal carcinoma.", "grade grade"),
    ("Adenocarcinoma, poorly differentiated.", "Well differentiated adenocarcinoma of the colon.", "grade grade"),
    ("Gleason 4+4=8.", "Gleason 3+4 disease.", "grade grade.gleason"),
    ("ISUP grade group 4.", "Grade group 2 prostate cancer.", "grade grade.isup"),
    ("HER2 3+.", "HER2 negative breast cancer.", "biomarker biomarker.her2"),
    ("| HER2 | 3+ |", "She is HER2-negative.", "biomarker biomarker.her2"),
    ("ER 0 %.", "ER-positive disease.", "biomarker biomarker.er"),
    ("Ki-67 40 %.", "Ki-67 was 8 %.", "biomarker biomarker.ki67"),
    ("EGFR exon 19 deletion detected.", "EGFR wild type.", "biomarker biomarker.egfr"),
    ("EGFR: nil detected.", "EGFR L858R mutation.", "biomarker biomarker.egfr"),
    ("ALK rearrangement detected.", "ALK negative.", "biomarker biomarker.alk"),
    ("KRAS G12D.", "RAS wild-type.", "biomarker biomarker.kras"),
    ("BRAF V600E detected.", "BRAF wild type.", "biomarker biomarker.braf"),
    ("MMR deficient, loss of MLH1 and PMS2.", "MSS tumour.", "biomarker biomarker.mmr"),
    ("PD-L1 TPS 70 %.", "PD-L1 <1 %.", "biomarker biomarker.pdl1"),
    ("Germline BRCA1 pathogenic variant.", "BRCA1/2 negative.", "biomarker biomarker.brca"),
    ("IDH1 R132H mutated.", "IDH wild-type glioma.", "biomarker biomarker.idh"),
    ("MGMT promoter methylated.", "MGMT unmethylated.", "biomarker biomarker.mgmt"),
    ("Lung biopsy: adenocarcinoma.", "Squamous cell carcinoma of the lung.", "histology histology.type"),
    ("Kidney: papillary renal cell carcinoma.", "Clear cell renal cell carcinoma of the kidney.", "histology histology.type"),
]


@pytest.mark.parametrize(("first", "second", "expected"), DISPUTED_REPORTS)
def test_a_report_and_a_letter_disagree(first: str, second: str, expected: str) -> None:
    assert expected in reports(first, second)


AGREEING_REPORTS = [
    ("Carcinoma of the lung.", "Lung adenocarcinoma."),
    ("Grade 2 ductal carcinoma.", "Her sister had a grade 3 ductal carcinoma; hers is moderately differentiated."),
    ("Mucinous carcinoma, grade 1.", "Right mastectomy in 2011 for a 31 mm grade 3 ductal carcinoma."),
    ("HER2 3+.", "HER2 overexpressed."),
    ("HER2 2+, FISH not amplified.", "HER2 negative."),
    ("HER2 1+.", "HER2-low."),
    ("EGFR pending.", "EGFR exon 19 deletion."),
    ("MMR deficient.", "MSI-high."),
    ("Ki-67 20 %.", "Ki-67 about 25 %."),
    ("PD-L1 50 %.", "PD-L1 TPS 60 %."),
    ("ER positive 90 %, PR 20 %.", "ER+/PR+."),
    ("Margins clear by 4 mm.", "R0."),
    ("EMVI: Yes [ ]  No [x]", "No extramural vascular invasion."),
    ("Perforation: Yes [ ] No [ ]", "No perforation."),
    ("Lymphovascular invasion:\nNot identified", "LVI negative."),
    ("Sections in blocks G1-3. Grade 3 carcinoma.", "Grade 3."),
    ("ER negative < 6.5 positive >= 6.5. ER: 90 % positive.", "ER positive."),
    ("Previous eGFR 03.12.2025 | 33", "eGFR 33."),
    ("Moderately differentiated adenocarcinoma.", "G2 adenocarcinoma."),
]


@pytest.mark.parametrize(("first", "second"), AGREEING_REPORTS)
def test_a_report_and_a_letter_in_other_words_agree(first: str, second: str) -> None:
    assert reports(first, second) == []


def test_a_table_row_is_quoted_with_its_value() -> None:
    case = Case.model_validate({"id": "x", "documents": [{"id": "d", "kind": "pathology", "text": "| HER2 | 3+ |\n| LVI | absent |"}]})
    quotes = {f.question: f.evidence[0].quote for f in general_findings(read(case.documents[0]))}
    assert "3+" in quotes["biomarker.her2"]
    assert "absent" in quotes["presence.lymphovascular_invasion"]


def test_a_date_is_never_a_value() -> None:
    case = Case.model_validate({"id": "x", "documents": [{"id": "d", "kind": "laboratory", "text": "Previous eGFR 03.12.2025 | 33\neGFR (03.12.2025) 41 mL/min"}]})
    values = [f.value for f in general_findings(read(case.documents[0])) if f.question == "organ.egfr"]
    assert set(values) <= {33.0, 41.0}
