"""The rules as proof-reader: what a quote carries in its whole sentence, and what it is made to say."""

from __future__ import annotations

import json

import pytest

from agents import Specialist, proof
from panel.case import Case, Document
from panel.opinion import Opinion
from panel.testing import ScriptedModel

# seat, kind of document, its text, question, value, quote
CARRIED = [
    ("radiology", "radiology", "No effusion; mediastinal adenopathy present.", "presence.node.mediastinal", "present", "No effusion; mediastinal adenopathy present."),
    ("radiology", "radiology", "No hydronephrosis or bowel obstruction.", "presence.bowel_obstruction", "absent", "No hydronephrosis or bowel obstruction"),
    ("oncology", "laboratory", "Platelets 210 x10^9/L.", "organ.platelets", "210 x10^9/L", "Platelets 210 x10^9/L"),
    ("oncology", "laboratory", "eGFR 62 ml/min/1.73 m2.", "organ.egfr", "62 ml/min/1.73 m2", "eGFR 62 ml/min/1.73 m2"),
    ("oncology", "laboratory", "Platelets 150,000/uL.", "organ.platelets", "150,000/uL", "Platelets 150,000/uL"),
    ("oncology", "note", "No diabetes. Heart failure.", "comorbidity.diabetes", "not present", "No diabetes"),
    ("radiology", "radiology", "Liver and adrenals are normal.", "presence.metastasis.liver", "absent", "Liver and adrenals are normal"),
    ("radiology", "radiology", "The adrenals are unremarkable.", "presence.metastasis.adrenal", "absent", "The adrenals are unremarkable"),
    ("radiology", "radiology", "Mass in the right lung. No enlarged lymph nodes.", "presence.node.any", "absent", "No enlarged lymph nodes"),
    ("radiology", "radiology", "Right upper lobe mass. Multiple bone deposits.", "presence.metastasis.bone", "present", "Multiple bone deposits"),
    ("radiology", "radiology", "Osseous metastases. Right lung cancer.", "presence.metastasis.bone", "present", "Osseous metastases"),
    ("radiology", "radiology", "Hepatic metastases in segment 6. Pancreatic mass.", "presence.metastasis.liver", "present", "Hepatic metastases"),
    ("radiology", "radiology", "Pulmonary metastases are seen.", "presence.metastasis.lung", "present", "Pulmonary metastases"),
    ("radiology", "radiology", "Cerebral metastasis 12 mm. Right lung cancer.", "presence.metastasis.brain", "present", "Cerebral metastasis 12 mm"),
    ("radiology", "radiology", "Pulmonary emboli in the right lower lobe.", "presence.pulmonary_embolism", "present", "Pulmonary emboli"),
    ("radiology", "radiology", "Dilated bile ducts with biliary obstruction.", "presence.biliary_obstruction", "present", "biliary obstruction"),
    ("radiology", "radiology", "Peritoneal nodules, omental cake.", "presence.peritoneal_disease", "present", "Peritoneal nodules"),
    ("radiology", "radiology", "The mass invades the chest wall.", "presence.chest_wall_invasion", "present", "The mass invades the chest wall"),
    ("radiology", "radiology", "The mass invades the mediastinum.", "presence.mediastinal_invasion", "present", "The mass invades the mediastinum"),
    ("pathology", "pathology", "Lymphovascular invasion: not identified.", "presence.lymphovascular_invasion", "absent", "Lymphovascular invasion: not identified"),
    ("pathology", "pathology", "LVI present.", "presence.lymphovascular_invasion", "present", "LVI present"),
    ("pathology", "pathology", "Perineural invasion is present; no lymphovascular invasion.", "presence.perineural_invasion", "present", "Perineural invasion is present; no lymphovascular invasion"),
    ("pathology", "pathology", "MMR deficient (loss of MLH1).", "biomarker.mmr", "deficient", "MMR deficient"),
    ("pathology", "pathology", "Oestrogen receptor: positive, 90 %.", "biomarker.er", "positive", "Oestrogen receptor: positive"),
    ("pathology", "pathology", "PD-L1 TPS 60 %.", "biomarker.pdl1", "60%", "PD-L1 TPS 60 %"),
    ("pathology", "pathology", "PD-L1 TPS <1 %.", "biomarker.pdl1", "<1%", "PD-L1 TPS <1 %"),
]
CARRIED += [
    ("pathology", "pathology", "Invasive carcinoma, grade 2.", "grade", "grade 2", "grade 2"),
    ("pathology", "pathology", "MSI: high.", "biomarker.msi", "high", "MSI: high"),
    ("pathology", "pathology", "Microsatellite stable.", "biomarker.msi", "stable", "Microsatellite stable"),
    ("surgery", "note", "FEV1 1.8 L (72 %).", "organ.fev1", "1.8 L", "FEV1 1.8 L (72 %)"),
    ("oncology", "laboratory", "Hb 121 g/L.", "organ.haemoglobin", "121 g/L", "Hb 121 g/L"),
]
DOUBTED = [
    ("radiology", "radiology", "Possible chest wall invasion.", "presence.chest_wall_invasion", "present", "Possible chest wall invasion"),
    ("radiology", "radiology", "Cannot exclude pulmonary embolism.", "presence.pulmonary_embolism", "present", "pulmonary embolism"),
]
NOT_CARRIED = [
    ("surgery", "note", "FEV1 1.8 L (72 %).", "organ.fev1", "62 %", "FEV1 1.8 L (72 %)"),
    ("pathology", "pathology", "Invasive carcinoma, grade 2.", "grade", "grade 3", "grade 2"),
    ("radiology", "radiology", "32 mm mass in the right upper lobe. A hilar node measures 9 mm.", "primary.size", "9 mm", "A hilar node measures 9 mm."),
    ("radiology", "radiology", "32 mm mass in the right upper lobe. A left supraclavicular node is enlarged.", "primary.side", "left", "A left supraclavicular node is enlarged."),
    ("radiology", "radiology", "32 mm mass in the lung. Simple cyst of the left kidney.", "primary.side", "left", "Simple cyst of the left kidney."),
    ("radiology", "radiology", "A mass in the right lung.", "presence.metastasis.lung", "present", "A mass in the right lung."),
    ("radiology", "radiology", "Metastases in the lung. Liver normal.", "presence.metastasis.liver", "present", "Metastases in the lung. Liver normal."),
    ("radiology", "radiology", "Metastases in the lung.", "presence.metastasis.liver", "present", "Metastases in the lung."),
    ("radiology", "radiology", "A large mediastinal mass is seen.", "presence.node.mediastinal", "present", "mediastinal mass"),
    ("radiology", "radiology", "Enlarged mediastinal nodes.", "presence.mediastinal_invasion", "present", "Enlarged mediastinal nodes"),
    ("radiology", "radiology", "The portal vein is patent.", "presence.portal_vein_invasion", "present", "The portal vein is patent."),
    ("radiology", "note", "Her mother had liver metastases.", "presence.metastasis.liver", "present", "liver metastases"),
    ("radiology", "note", "Family history: mother with brain metastases.", "presence.metastasis.brain", "present", "mother with brain metastases"),
    ("radiology", "radiology", "No mediastinal invasion is seen.", "presence.mediastinal_invasion", "present", "mediastinal invasion"),
    ("radiology", "radiology", "No hydronephrosis or bowel obstruction.", "presence.bowel_obstruction", "present", "bowel obstruction"),
    ("radiology", "note", "History of pulmonary embolism in 2009.", "presence.pulmonary_embolism", "present", "pulmonary embolism in 2009"),
    ("radiology", "note", "pT2 N1 M0.", "stage.clinical.t", "T2", "pT2 N1 M0"),
    ("radiology", "radiology", "If ascites develops, return.", "presence.ascites", "present", "ascites develops"),
    ("pathology", "pathology", "Invasive carcinoma. PR positive.", "biomarker.er", "positive", "PR positive"),
    ("pathology", "pathology", "Invasive carcinoma. ER negative, PR positive.", "biomarker.er", "positive", "PR positive"),
    ("pathology", "pathology", "No evidence of squamous cell carcinoma.", "histology.type", "squamous cell carcinoma", "squamous cell carcinoma"),
    ("pathology", "pathology", "Non-small cell carcinoma.", "histology.type", "small cell carcinoma", "small cell carcinoma"),
    ("pathology", "pathology", "Small cell carcinoma.", "histology.type", "non-small cell carcinoma", "Small cell carcinoma"),
    ("pathology", "pathology", "Adenocarcinoma. Stage III disease clinically.", "stage.pathologic.group", "I", "Stage III disease"),
    ("pathology", "pathology", "Margins not involved.", "margin", "involved", "involved"),
    ("pathology", "pathology", "Ki-67 pending. Grade 2.", "biomarker.ki67", "2%", "Grade 2"),
    ("pathology", "pathology", "EGFR pending.", "biomarker.egfr", "mutated", "EGFR pending"),
    ("pathology", "pathology", "EGFR not mutated.", "biomarker.egfr", "mutated", "EGFR not mutated"),
    ("oncology", "note", "Bilirubin 88 umol/l.", "organ.creatinine", "88 umol/l", "Bilirubin 88 umol/l"),
    ("oncology", "note", "No diabetes.", "comorbidity.diabetes", "present", "diabetes"),
    ("oncology", "note", "Father had diabetes.", "comorbidity.diabetes", "present", "Father had diabetes"),
    ("oncology", "note", "ECOG 1. Karnofsky 80.", "performance.ecog", "8", "Karnofsky 80"),
    ("oncology", "note", "Creatinine 88 umol/l.", "performance.ecog", "8", "Creatinine 88 umol/l"),
    ("oncology", "note", "ECOG PS was 3 in 2019, now 1.", "performance.ecog", "3", "ECOG PS was 3 in 2019"),
    ("radiology", "radiology", "Mass in the right lung, 12 mm; adjacent cyst 32 mm.", "primary.size", "2 mm", "2 mm"),
    ("radiology", "radiology", "CT of March: effusion. Now no pleural effusion.", "presence.pleural_effusion", "present", "Now no pleural effusion"),
]


def judged(seat: str, kind: str, text: str, question: str, value: str, quote: str) -> Opinion:
    document = Document.model_validate({"id": "d-1", "kind": kind, "title": "report", "date": "2026-03-02", "text": text})
    found = {"question": question, "value": value, "document": "d-1", "quote": quote}
    answer = json.dumps({"impression": "There is something.", "findings": [found], "recommendations": []})
    return Specialist(seat, model=ScriptedModel([answer])).read(Case(id="c", documents=(document,)))


@pytest.mark.parametrize(("seat", "kind", "text", "question", "value", "quote"), CARRIED)
def test_what_is_carried_is_a_finding(seat: str, kind: str, text: str, question: str, value: str, quote: str) -> None:
    opinion = judged(seat, kind, text, question, value, quote)
    assert [f.question for f in opinion.findings] == [question]
    assert opinion.findings[0].certainty != "uncertain"


@pytest.mark.parametrize(("seat", "kind", "text", "question", "value", "quote"), DOUBTED)
def test_what_the_sentence_doubts_is_uncertain(
    seat: str, kind: str, text: str, question: str, value: str, quote: str
) -> None:
    (finding,) = judged(seat, kind, text, question, value, quote).findings
    assert finding.certainty == "uncertain"


@pytest.mark.parametrize(("seat", "kind", "text", "question", "value", "quote"), NOT_CARRIED)
def test_what_is_said_of_something_else_is_unsupported(
    seat: str, kind: str, text: str, question: str, value: str, quote: str
) -> None:
    opinion = judged(seat, kind, text, question, value, quote)
    assert not opinion.findings
    assert [f.question for f in opinion.unsupported] == [question]


@pytest.mark.parametrize(
    ("question", "value", "name"),
    [
        ("histology.type", "squamous cell carcinoma", "squamous_cell_carcinoma"),
        ("primary.organ", "right upper lobe", "lung"),
        ("biomarker.egfr", "not mutated", "wild-type"),
        ("biomarker.msi", "stable", "mss"),
        ("primary.organ", "shoe", "shoe"),
    ],
)
def test_a_value_has_the_name_that_the_rules_give_it(question: str, value: str, name: str) -> None:
    assert proof.named(question, value) == name
