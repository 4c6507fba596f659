"""What is said of a structure is read whatever the order of the words, and nothing is read of what it is not said of."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case, DocumentKind

Said = tuple[DocumentKind, str, str, str | None]


def values(kind: DocumentKind, text: str, question: str) -> set[str]:
    """What a lone document of the kind says on the question."""
    document = {"id": "d", "kind": kind, "date": "2026-02-20", "title": "Report", "text": text}
    case = Case.model_validate({"id": "x", "documents": [document]})
    return {str(f.value) for f in read_chart(case).findings if f.question == question}


PRESENCE: list[Said] = [
    ("radiology", "Left pelvicalyceal system markedly dilated, parenchyma thinned to 7 mm.", "hydronephrosis", "present"),
    ("radiology", "Both kidneys drain promptly, ureters slim.", "hydronephrosis", "absent"),
    ("radiology", "MRI brain. Lateral ventricles enlarged with oedema.", "hydrocephalus", "present"),
    ("note", "MRI head: ventricles normal size, no hydroceph.", "hydrocephalus", "absent"),
    ("radiology", "| Item | Result |\n|---|---|\n| Lesion | left parietal |\n| Septum pellucidum | displaced 9 mm to the right |", "midline_shift", "present"),
    ("radiology", "Brain: the falx is straight and midline structures lie centrally.", "midline_shift", "absent"),
    ("radiology", "Cervical mass with tumour stranding into the left parametrium.", "parametrial_invasion", "present"),
    ("radiology", "Large cervical mass. Right parametrium nodular medially, sidewall free.", "parametrial_invasion", None),
    ("surgery", "A preserved fat collar all round the SMA, with no contact by the lesion.", "arterial_encasement", "absent"),
    ("radiology", "The SMA is cuffed by tumour over 3 cm.", "arterial_encasement", "present"),
    ("radiology", "Thyroid cartilage: outer cortex eroded, tumour in strap muscle.", "cartilage_invasion", "present"),
    ("note", "CT 23/2 cartilage intact, larynx framework preserved.", "cartilage_invasion", "absent"),
    ("oncology", "The jawbone was spared on the scan.", "bone_invasion", "absent"),
    ("surgery", "Reassuringly Monday's CT shows nothing in the liver.", "metastasis.liver", "absent"),
    ("note", "CT yesterday: small bowel deposit. Hepatic parenchyma spotless.", "metastasis.liver", "absent"),
    ("oncology", "Unfortunately the scan shows that the cancer has reached the liver.", "metastasis.liver", "present"),
    ("oncology", "The PSMA study lit up only the prostate; the skeleton was negative.", "metastasis.bone", "absent"),
    ("note", "Told: bones are free of cancer.", "metastasis.bone", "absent"),
    ("surgery", "Scattered white seedlings over the right hemidiaphragm and falciform.", "peritoneal_disease", "present"),
    ("pathology", "Tumour cells float within endothelial-lined spaces.", "lymphovascular_invasion", "present"),
    ("oncology", "Low-grade cancer, vessels and serosa unaffected.", "lymphovascular_invasion", "absent"),
    ("pathology", "Tumour LVI-, PNI+.", "lymphovascular_invasion", "absent"),
    ("pathology", "Tumour tracks along nerves larger than 0.1 mm.", "perineural_invasion", "present"),
    ("pathology", "Nerve sheaths clear of tumour.", "perineural_invasion", "absent"),
    ("radiology", "Extramural veins look clean.", "extramural_vascular_invasion", "absent"),
    ("pathology", "Neck dissection: one metastasis, level II. Capsule breached; tumour in perinodal fat.", "extranodal_extension", "present"),
    ("oncology", "Single 22 mm level II deposit, wholly intranodal.", "extranodal_extension", "absent"),
    ("pathology", "Melanoma. Epidermis lost over 2.2 mm with a fibrin cap.", "ulceration", "present"),
    ("note", "Calf melanoma 1.6 mm thick; the overlying epidermis was unbroken.", "ulceration", "absent"),
    ("radiology", "Post-op MRI brain. Thick enhancing residue along the right frontal cavity.", "residual_tumour", "present"),
    ("oncology", "GBM. The MRI confirmed gross total removal: nothing left enhancing.", "residual_tumour", "absent"),
    ("pathology", "Tumour breaches the renal capsule into perinephric fat.", "fat_invasion", "present"),
    ("radiology", "Rectal tumour comes within 0.5 mm of the mesorectal fascia.", "crm_threatened", "present"),
    ("radiology", "Mesorectal fascia 6 mm away, safe.", "crm_threatened", "absent"),
    ("radiology", "Rectal tumour lies more than 1 mm from the mesorectal fascia.", "crm_threatened", "absent"),
    ("radiology", "Rectal tumour lies 1 mm from the mesorectal fascia.", "crm_threatened", "present"),
    ("radiology", "Rectal tumour lies 1.5 mm from the mesorectal fascia.", "crm_threatened", None),
    ("radiology", "Rectal tumour comes within 3 mm of the mesorectal fascia.", "crm_threatened", None),
    ("pathology", "Bladder TURBT. Concomitant CIS: none.", "carcinoma_in_situ", "absent"),
    ("oncology", "CT on Monday: retroperitoneal glands of ordinary size.", "node.paraaortic", "absent"),
    ("note", "US axilla: two thickened nodes, cortex 6 mm, abnormal.", "node.axillary", "present"),
    # said of something else, or not of this patient's present
    ("surgery", "The cavernous nerves were spared on both sides.", "perineural_invasion", None),
    ("radiology", "Great vessels and neck vessels clear.", "lymphovascular_invasion", None),
    ("note", "Foot pulses good, vessels clear on Doppler.", "lymphovascular_invasion", None),
    ("note", "Abdomen: liver not palpable, spleen normal.", "metastasis.liver", None),
    ("note", "Lungs clear on auscultation.", "metastasis.lung", None),
    ("radiology", "Lytic destruction of T9 with soft-tissue component.", "metastasis.bone", None),
    ("oncology", "If the liver becomes involved we will change treatment.", "metastasis.liver", None),
    ("radiology", "No new liver metastases.", "metastasis.liver", None),
    ("radiology", "Right ventricle dilated, PA pressure raised.", "hydrocephalus", None),
    ("radiology", "Midline incision healed.", "midline_shift", None),
    ("oncology", "Mouth ulceration after chemotherapy for melanoma.", "ulceration", None),
    ("pathology", "Breast: ductal carcinoma in situ.", "carcinoma_in_situ", None),
    ("radiology", "Renal capsule intact.", "extraprostatic_extension", None),
    ("radiology", "IVC filter in place.", "ivc_thrombus", None),
]  # fmt: skip

MARGINS: list[Said] = [
    ("pathology", "Tumour cells lie on the inked medial edge over a 3 mm front.", "margin", "positive"),
    ("pathology", "Carcinoma runs into the diathermied edge.", "margin", "positive"),
    ("pathology", "Excision incomplete at the deep aspect.", "margin", "positive"),
    ("note", "Path: +ve deep margin.", "margin", "positive"),
    ("oncology", "Unfortunately the tumour was not completely removed.", "margin", "positive"),
    ("other", "R breast WLE 13/1. Excised all round, nearest face 6 mm.", "margin", "negative"),
    ("pathology", "Deep face clean by 9 mm.", "margin", "negative"),
    ("oncology", "The surgeon got it all out with a clear rim.", "margin", "negative"),
    ("pathology", "Carcinoma 4 mm from the deep margin.", "margin", "negative"),
    ("pathology", "Nearest edge 0.4 mm.", "margin", "close"),
    ("surgery", "We hope to obtain clear margins.", "margin", None),
    ("note", "Wound clean, edges healthy.", "margin", None),
    ("surgery", "Excision of tongue border tumour, neck dissection.", "margin", None),
    ("oncology", "Re-excision would be needed if margins are involved.", "margin", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "question", "value"), PRESENCE, ids=lambda v: str(v)[:48])
def test_a_clause_says_how_a_structure_is(kind: DocumentKind, text: str, question: str, value: str | None) -> None:
    assert values(kind, text, f"presence.{question}") == ({value} if value else set())


@pytest.mark.parametrize(("kind", "text", "question", "value"), MARGINS, ids=lambda v: str(v)[:48])
def test_a_margin_is_read_without_its_word(kind: DocumentKind, text: str, question: str, value: str | None) -> None:
    assert values(kind, text, question) == ({value} if value else set())


COUNTS = [
    ("Level VI: 4 positive among 9.", (4, 9)),
    ("One of the nine level six nodes was involved.", (1, 9)),
    ("Carcinoma found in seven lymph nodes; a further eleven contain none.", (7, 18)),
    ("Positive: 6 nodes; negative: 18 nodes.", (6, 24)),
    ("24 LNs: 6 positive, 18 negative.", (6, 24)),
    ("Six (6) of twenty-four (24) lymph nodes are positive.", (6, 24)),
    ("Twenty-four lymph nodes recovered; not one contains tumour.", (0, 24)),
    ("A total of 24 nodes were isolated, in 6 of which tumour was present.", (6, 24)),
    ("Twelve further nodes, two replaced by tumour.", (2, 12)),
]


@pytest.mark.parametrize(("text", "count"), COUNTS, ids=lambda v: str(v)[:48])
def test_nodes_with_and_without_tumour_are_added_up(text: str, count: tuple[int, int]) -> None:
    found = [values("pathology", text, f"nodes.{what}") for what in ("positive", "examined")]
    assert found == [{str(number)} for number in count]
