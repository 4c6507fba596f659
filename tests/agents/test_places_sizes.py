"""Ways in which side, place and size of a primary are told: by parts, numbers, muscles, operations, fields, and apart."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.chart import read_chart
from panel.case import Case, Document, DocumentKind

_KINDS: dict[str, DocumentKind] = {"R": "radiology", "P": "pathology", "S": "surgery", "O": "oncology", "N": "note"}

TOLD: list[tuple[str, str, str, dict[str, list[str]]]] = [
    ("Lung cancer", "R", "There is a 4.1 cm spiculated mass lying posteriorly in the apex of the right lung. Left lung clear.", {"side": ["right"], "site": ["lung.upper_lobe"], "size": ["41"]}),
    ("Lung cancer", "R", "Tumour: left lung, upper division bronchus, maximal axial diameter 38 mm.", {"side": ["left"], "site": ["lung.upper_lobe"], "size": ["38"]}),
    ("Lung cancer", "S", "VATS right lower lobectomy performed today for a peripheral carcinoma, 2 cm across.", {"side": ["right"], "site": ["lung.lower_lobe"], "size": ["20"]}),
    ("Lung cancer", "R", "The neoplasm has its seat in the lingular division; it is 55 mm long and 40 mm wide.", {"side": ["left"], "site": ["lung.lingula"], "size": ["55"]}),
    ("Lung cancer", "N", "Mr K has a growth at the top of his left lung about the size of a golf ball.", {"side": ["left"], "site": ["lung.upper_lobe"]}),
    ("Lung cancer", "R", "Segment 6 left: solid lesion, long axis 33 mm. Nodes not enlarged.", {"side": ["left"], "site": ["lung.lower_lobe"], "size": ["33"]}),
    ("Lung cancer", "R", "Mass, RUL, anterior segment. 3.4 cm (prev 3.3).", {"side": ["right"], "site": ["lung.upper_lobe"], "size": ["34"]}),
    ("Breast cancer", "R", "In the inner upper part of the right breast an irregular mass of 1.9 cm.", {"side": ["right"], "site": ["breast.upper_inner"], "size": ["19"]}),
    ("Breast cancer", "R", "Behind the left nipple there is a 3 cm ill-defined malignant mass.", {"side": ["left"], "site": ["breast.central"], "size": ["30"]}),
    ("Breast cancer", "N", "Palpable thickening, R breast, medially and inferiorly, 4 cm.", {"side": ["right"], "site": ["breast.lower_inner"], "size": ["40"]}),
    ("Breast cancer", "P", "Mastectomy, sin. Tumour 2.6 cm in the lower outer part.", {"side": ["left"], "site": ["breast.lower_outer"], "size": ["26"]}),
    ("Colorectal cancer", "N", "Colonoscopy: obstructing lesion, hep flex. Biopsies x6.", {"site": ["colorectal.hepatic_flexure"]}),
    ("Colorectal cancer", "N", "Growth found in the coecum, 5 cm in diameter.", {"site": ["colorectal.caecum"], "size": ["50"]}),
    ("Colorectal cancer", "O", "He has a low rectal adenocarcinoma 4 cm above the dentate line, 3.8 cm long.", {"site": ["colorectal.rectum_low"], "size": ["38"]}),
    ("Oesophageal cancer", "N", "OGD: friable tumour from 25 to 30 cm ab incisors.", {"site": ["oesophagus.middle"], "size": []}),
    ("Gastric cancer", "N", "Ca stomach, fundus; dysphagia nil.", {"site": ["stomach.fundus"]}),
    ("Liver cancer", "R", "Lesion straddling V/VIII measures 42 mm in maximal diameter.", {"site": ["liver.segment_5", "liver.segment_8"], "size": ["42"]}),
    ("Pancreas cancer", "R", "Hypoattenuating lesion, caput pancreatis, 28 mm.", {"site": ["pancreas.head"], "size": ["28"]}),
    ("Pancreas cancer", "S", "Distal pancreatectomy planned for a mass of the body-tail junction.", {"site": ["pancreas.body"]}),
    ("Kidney cancer", "R", "LK lower pole solid mass 4.4 cm. RK normal 11 cm.", {"side": ["left"], "site": ["kidney.lower_pole"], "size": ["44"]}),
    ("Kidney cancer", "N", "Renal tumour on the left, upper third.", {"side": ["left"], "site": ["kidney.upper_pole"]}),
    ("Kidney cancer", "P", "Nephrectomy (R). Tumour mid-kidney, diameter 6.5 cm.", {"side": ["right"], "site": ["kidney.interpolar"], "size": ["65"]}),
    ("Kidney cancer", "R", "Exophytic mass arising inferiorly from the right kidney, dimensions 37 by 35 by 31 mm.", {"side": ["right"], "site": ["kidney.lower_pole"], "size": ["37"]}),
    ("Bladder cancer", "N", "Cystoscopy: papillary growth at the vault.", {"site": ["bladder.dome"]}),
    ("Endometrial cancer", "P", "Tumour arising in the fundus, 4.2 cm, 40% myoinvasion.", {"site": ["endometrium.fundus"], "size": ["42"]}),
    ("Endometrial cancer", "R", "Endometrial mass based in the lower uterine segment, 35 mm.", {"site": ["endometrium.lower_segment"], "size": ["35"]}),
    ("Cervical cancer", "R", "Tumour of the posterior cervical lip, 31 x 28 mm.", {"site": ["cervix.posterior_lip"], "size": ["31"]}),
    ("Melanoma", "P", "Melanoma, left scapular region. Lesion 12 x 9 mm.", {"side": ["left"], "site": ["skin.back"], "size": ["12"]}),
    ("Melanoma", "N", "Pigmented lesion R sole, 15 mm.", {"side": ["right"], "site": ["skin.foot"], "size": ["15"]}),
    ("Melanoma", "P", "Skin, nape of neck: malignant melanoma, 8 mm in diameter.", {"site": ["skin.neck"], "size": ["8"]}),
    ("Melanoma", "N", "MM excised from just below the left collarbone.", {"side": ["left"], "site": ["skin.chest"]}),
    ("Sarcoma", "R", "Intramuscular mass of the left quadriceps, 9.5 x 6 x 5 cm.", {"side": ["left"], "size": ["95"]}),
    ("Sarcoma", "P", "Excision, right gluteus maximus: leiomyosarcoma, 11 cm.", {"side": ["right"], "size": ["110"]}),
    ("Sarcoma", "N", "Liposarcoma of the left thigh. MRI: 14 cm.", {"side": ["left"], "size": ["140"]}),
    ("Lung cancer", "S", "Right thoracotomy. Tumour palpated in the lower lobe, 5 cm, not involving the chest wall. Lobectomy, systematic nodes.", {"side": ["right"], "site": ["lung.lower_lobe"], "size": ["50"]}),
    ("Lung cancer", "P", "Lung, left upper lobe, lobectomy. Macroscopy: subpleural white nodule 2,4 cm. Adenocarcinoma.", {"side": ["left"], "site": ["lung.upper_lobe"], "size": ["24"]}),
    ("Lung cancer", "O", "Thank you for seeing this man whose right lung harbours a squamous carcinoma (upper lobe, 47 mm).", {"side": ["right"], "site": ["lung.upper_lobe"], "size": ["47"]}),
    ("Breast cancer", "P", "Macroscopic: Left WLE 70 x 60 x 30 mm, weight 62 g, containing a stellate tumour 21 x 18 x 15 mm.", {"side": ["left"], "size": ["21"]}),
    ("Breast cancer", "R", "R breast, 1 o'clock, 4 cm FN: 12 x 9 x 11 mm spiculated mass.", {"side": ["right"], "site": ["breast.upper_inner"], "size": ["12"]}),
    ("Colorectal cancer", "N", "Known bowel cancer in the ascending bit of the colon.", {"site": ["colorectal.ascending"]}),
    ("Gastric cancer", "R", "Thickened wall of the greater curvature of the body.", {"site": ["stomach.greater_curve"]}),
    ("Liver cancer", "S", "Bisegmentectomy 2/3 for a hepatoma of 4 cm.", {"site": ["liver.segment_2", "liver.segment_3"], "size": ["40"]}),
    ("Pancreas cancer", "R", "The body of the gland is replaced by a 52 mm tumour. Head and tail atrophic.", {"site": ["pancreas.body"], "size": ["52"]}),
    ("Kidney cancer", "N", "Incidental 3.2cm SRM L kidney, mid pole.", {"side": ["left"], "site": ["kidney.interpolar"], "size": ["32"]}),
    ("Kidney cancer", "P", "Received: left kidney 13 x 7 x 6 cm. Cut surface: upper pole golden tumour, 6.8 cm.", {"side": ["left"], "site": ["kidney.upper_pole"], "size": ["68"]}),
    ("Prostate cancer", "R", "ROI 1: left apex PZpm, 11 mm, PI-RADS 4.", {"side": ["left"], "size": ["11"]}),
    ("Prostate cancer", "P", "Cores: R base 0/2, R mid 3/3 (Gleason 4+3), R apex 2/2; L all benign.", {"side": ["right"]}),
    ("Osteosarcoma", "R", "Destructive lesion of the left distal femur, 11 cm.", {"side": ["left"], "size": ["110"]}),
    ("Lung cancer", "R", "Previously seen 12 mm nodule in the left lower lobe has resolved. Tumour in RUL stable at 41 mm.", {"side": ["right"], "site": ["lung.upper_lobe"], "size": ["41"]}),
    ("Kidney cancer", "R", "Left kidney: 41 mm solid tumour, previously 39 mm.", {"side": ["left"], "size": ["41"]}),
    ("Gastric cancer", "S", "Antral lesion of 15 mm removed en bloc; a 34 mm piece.", {"site": ["stomach.antrum"], "size": ["15"]}),
    ("Thyroid cancer", "P", "Right lobe 41 x 30 x 22 mm with a follicular carcinoma 19 mm.", {"size": ["19"]}),
    ("Cervical cancer", "S", "Cervical cancer, 28 mm on the MRI of 1 March.", {"size": ["28"]}),
    ("Cervical cancer", "S", "Cervical cancer, 28 mm on the MRI of 1 November.", {"size": []}),
    ("Liver cancer", "R", "HCC of segment VI, just under three and a half centimetres.", {"size": ["35"]}),
    ("Lung cancer", "R", "The right upper lobe mass has grown from 14 mm to 19 mm.", {"side": ["right"], "site": ["lung.upper_lobe"], "size": ["19"]}),
    ("Breast cancer", "R", "Node in the left axilla 21 mm.", {"side": [], "size": []}),
    ("Lung cancer", "N", "No mass in the right upper lobe was found.", {"side": [], "site": [], "size": []}),
    ("Lung cancer", "R", "If the nodule in the right lower lobe were malignant, lobectomy would follow.", {"side": []}),
    ("Prostate cancer", "N", "Right hip replacement. Left hydrocele. Prostate cancer on biopsy.", {"side": []}),
]


@pytest.mark.parametrize(("question", "kind", "text", "told"), TOLD)
def test_side_place_and_size_are_read_however_they_are_told(question: str, kind: str, text: str, told: dict[str, list[str]]) -> None:
    document = Document(id="d", kind=_KINDS[kind], date=dt.date(2026, 3, 10), title="", text=text)
    read = [f for f in read_chart(Case(id="c", question=question, documents=(document,))).findings if f.certainty != "uncertain"]
    for name, values in told.items():
        found = {f"{f.value:g}" if isinstance(f.value, float) else str(f.value) for f in read if f.question == f"primary.{name}"}
        assert sorted(found) == values
