"""Ordinary, well-written letters: plans that disagree, and those that only seem to."""

from __future__ import annotations

import pytest

from agents import default_specialists
from panel.case import Case
from panel.compare import compare

Text = tuple[str, str, str, str]
"""Kind, date, title and words of a document."""
TONGUE = ("pathology", "2025-05-15", "Tongue resection", "Squamous cell carcinoma of tongue, left border, 23 mm. Margins clear. 0 of 26 nodes. pT2 pN0, stage II.")
BREAST = ("pathology", "2026-01-20", "Needle core biopsy, breast", "Invasive carcinoma of no special type, grade 2, left breast. ER 8/8, PR 6/8, HER2 1+ (negative).")
LUNG = ("pathology", "2026-01-28", "Lung biopsy", "Adenocarcinoma of the right upper lobe, TTF-1 positive.")
STOMACH = ("pathology", "2026-01-28", "Upper GI biopsy", "Adenocarcinoma of the antrum, intestinal type. HER2 negative. Mismatch repair retained.")
RECTUM = ("pathology", "2026-01-22", "Rectal biopsy", "Adenocarcinoma of the mid rectum. Mismatch repair proficient.")
PANCREAS = ("pathology", "2026-01-22", "EUS fine needle biopsy", "Adenocarcinoma of the pancreatic head.")
MELANOMA = ("pathology", "2026-01-20", "Excision biopsy of skin", "Melanoma, Breslow thickness 2.4 mm, not ulcerated. pT3a.")
SEMINOMA = ("pathology", "2026-01-15", "Orchidectomy", "Pure seminoma of the right testis, 3.4 cm, pT1b.")
PROSTATE = ("pathology", "2026-01-22", "Prostate biopsy", "Acinar adenocarcinoma of the prostate, Gleason 3+3, 1 of 12 cores.")
SKIN = ("pathology", "2026-01-22", "Skin biopsy", "Basal cell carcinoma of the nasal tip, infiltrative.")
LARYNX = ("pathology", "2026-01-22", "Biopsy of larynx", "Squamous cell carcinoma of the glottis.")
GIST = ("pathology", "2026-01-22", "Gastric biopsy", "Gastrointestinal stromal tumour, KIT exon 11 mutation.")
OVARY = ("pathology", "2026-01-25", "Omental biopsy", "High-grade serous carcinoma of tubo-ovarian origin.")
LOBECTOMY = ("surgery", "2026-02-02", "Thoracic surgery letter", "I advise a right upper lobectomy; he would like to go ahead.")
FLOT = ("oncology", "2026-02-09", "Oncology letter", "I recommend four cycles of FLOT before the operation and four after it. DPYD normal.")
MDT = ("note", "2025-05-21", "Meeting summary", "Clear margins, all nodes negative. Surveillance only, no radiotherapy.")


def _surgery(text: str, title: str = "Surgical clinic letter", date: str = "2026-02-02") -> Text:
    return ("surgery", date, title, text)


def _oncology(text: str) -> Text:
    return ("oncology", "2026-02-09", "Oncology clinic letter", text)


RAISED: list[tuple[str, tuple[Text, ...]]] = [
    ("treatment", (LUNG, LOBECTOMY, _oncology("Stereotactic radiotherapy equals surgery at two centimetres and spares him a thoracotomy. I recommend it."))),
    ("treatment", (LUNG, LOBECTOMY, _oncology("With his heart I would rather treat this with stereotactic radiotherapy than send him to theatre for surgery."))),
    ("sequence", (STOMACH, FLOT, _surgery("In my opinion he ought to be operated on now: distal gastrectomy on 19 February, chemotherapy afterwards."))),
    ("sequence", (STOMACH, FLOT, _surgery("Distal gastrectomy next week; waiting for chemotherapy would cost him weight."))),
    (
        "resectability",
        (PANCREAS, ("radiology", "2026-01-20", "Pancreas protocol CT", "The tumor encases the superior mesenteric artery and is unresectable."), _surgery("I believe I can take this tumor out with a clear margin.")),
    ),
    ("contraindication", (BREAST, _oncology("Her pregnancy is progressing normally at 22 weeks. I recommend whole breast radiotherapy now."))),
    ("contraindication", (BREAST, _oncology("She is in the second trimester of pregnancy. I recommend whole breast radiotherapy now."))),
    ("contraindication", (LUNG, _oncology("She received a liver transplant nine years ago. EGFR and ALK negative, PD-L1 70 %. I recommend pembrolizumab."))),
    ("prerequisite", (LUNG, _oncology("We still wait for the EGFR result. Osimertinib will begin next week."))),
    ("treatment", (LUNG, LOBECTOMY, _oncology("Not a thoracotomy at 84. Five fractions of stereotactic radiotherapy will do the job."))),
    ("treatment", (LUNG, LOBECTOMY, _oncology("She has an appreciable chance of needing radiation after an operation, and I advise stereotactic radiotherapy instead."))),
    ("treatment", (BREAST, _surgery("Her daughter and I agree she can manage an operation: wide excision, 16 February."), _oncology("At 93 I would keep her on letrozole alone and not put her through theatre."))),
    ("treatment", (MELANOMA, _oncology("We will start adjuvant pembrolizumab next week."), _surgery("There is no call for any drug treatment here. Ultrasound of the groin every four months is all I would do."))),
    ("treatment", (SEMINOMA, _surgery("I favour one node dissection."), ("oncology", "2026-02-09", "Radiotherapy opinion", "I recommend radiotherapy to the nodes, 30 Gy, as his only treatment."), ("oncology", "2026-02-11", "Germ cell clinic", "My advice is three cycles of BEP. Lung function normal."))),
    ("sequence", (STOMACH, FLOT, _surgery("I would operate straight away with a distal gastrectomy, date held for 26 February, and give FLOT afterwards."))),
    ("sequence", (OVARY, _surgery("Theatre is held for 25 February and carboplatin with paclitaxel will follow."), _oncology("Three cycles of carboplatin and paclitaxel, a scan, and only then an operation."))),
    ("sequence", (PANCREAS, _surgery("Whipple on 19 February, with six months of FOLFIRINOX when she has recovered."), _oncology("Two months of FOLFIRINOX first, then the Whipple. DPYD normal."))),
    ("sequence", (STOMACH, FLOT, _surgery("Distal gastrectomy on 20 February; the oncologists will see him once the pathology is out for chemotherapy."))),
    ("sequence", (STOMACH, FLOT, _surgery("My list on Tuesday has room for his gastrectomy. Chemotherapy is then your business."))),
    ("sequence", (STOMACH, FLOT, _surgery("Gastrectomy without delay; chemotherapy, if any, will be a postoperative matter."))),
    ("resectability", (PANCREAS, _surgery("She is operable."), ("surgery", "2026-02-05", "Second opinion", "The artery is surrounded. There is no operation that would clear this tumor."))),
    ("resectability", (PANCREAS, _surgery("The superior mesenteric artery is encased and no surgeon could get round it."), _oncology("As the mass is technically removable I have asked for a surgical date."))),
    ("resectability", (RECTUM, _surgery("I can get an R0 margin with sacrectomy below S3."), ("note", "2026-02-09", "MDT minutes", "Presacral recurrence deemed irresectable."))),
    ("treatment", (SKIN, _surgery("Mohs with a forehead flap is scheduled for 16 February."), _oncology("Ten fractions of electrons have been agreed upon with her."))),
    ("treatment", (LUNG, _surgery("Right upper lobectomy, robotic, for the first half of May."), _oncology("With his heart I advise stereotactic radiotherapy instead."))),
    ("treatment", (PANCREAS, _surgery("Distal pancreatectomy on 16 February."), _oncology("My recommendation: MRI every three months, no intervention unless it grows on two scans."))),
    ("treatment", (SEMINOMA, _surgery("I intend to perform a lymph node dissection."), _oncology("One course of BEP instead of a lymph node dissection. Lung function normal."))),
    ("sequence", (STOMACH, FLOT, _surgery("Gastrectomy without prior treatment on 20 April."))),
    ("sequence", (STOMACH, FLOT, _surgery("Distal gastrectomy is on my list for 26 February."))),
    ("sequence", (STOMACH, FLOT, _surgery("He is bleeding. Distal gastrectomy on Thursday."))),
    ("intent", (LUNG, _oncology("60 Gy in 30 fractions; I believe we can rid him of this cancer."), ("note", "2026-02-10", "Specialist nurse", "He understands the radiotherapy is palliative."))),
    ("resectability", (PANCREAS, _oncology("The surgeons can take it out with segment of vein."), _surgery("The hepatic artery is wrapped by tumor. Technically it is inoperable."))),
    ("treatment", (LUNG, LOBECTOMY, _oncology("Following induction I would not risk an operation; radiotherapy to 60 Gy is the course to take."))),
    ("treatment", (RECTUM, _surgery("No chemotherapy, in my opinion: follow-up in our clinic."), _oncology("Capecitabine for six months is appropriate. DPYD normal."))),
    ("sequence", (STOMACH, _surgery("Gastrectomy at once, chemotherapy thereafter."), _oncology("FLOT to begin with; we then see whether an operation is within reach. DPYD normal."))),
    ("sequence", (STOMACH, _surgery("Gastrectomy at once, chemotherapy thereafter."), _oncology("FLOT, four cycles, before the gastrectomy, since the serosa is threatened. DPYD normal."))),
    ("intent", (LUNG, _oncology("We treat her radically: 60 Gy in 30."), _surgery("She is aware that chemoradiation is for local control and comfort only."))),
    ("resectability", (PANCREAS, _surgery("She is operable."), ("surgery", "2026-02-05", "Referring hospital", "The mass wraps the artery; I do not consider that it can be removed."))),
    ("treatment", (PROSTATE, _surgery("Robotic prostatectomy has been listed."), _oncology("I recommend external beam radiotherapy as his main treatment."))),
    ("treatment", (LUNG, LOBECTOMY, _oncology("Stereotactic radiotherapy would deal with this and it is my recommendation over an operation."))),
]  # fmt: skip
SILENT: list[tuple[Text, ...]] = [
    (TONGUE, MDT, _surgery("Selective neck dissection I-III on the left, nerves intact. Radial forearm flap.", "Left partial glossectomy and neck dissection", "2025-05-06")),
    (TONGUE, MDT, _surgery("Excision of tongue border tumour, neck dissection levels I to III, flap from the forearm.", "Record of theatre", "2025-05-06")),
    (TONGUE, MDT, _surgery("I carried out a left hemiglossectomy with neck dissection on 6 May. She is eating well.", date="2025-05-06")),
    (TONGUE, MDT, _surgery("Day 5 after hemiglossectomy and neck dissection. Flap warm.", "Ward round", "2025-05-11")),
    (BREAST, _oncology("Her endometriosis has been quiet since the last pregnancy. I recommend whole breast radiotherapy and letrozole after excision.")),
    (BREAST, _oncology("Gestational diabetes in her second pregnancy. I recommend whole breast radiotherapy and letrozole after excision.")),
    (BREAST, _oncology("Pregnancy must be avoided during treatment. I recommend whole breast radiotherapy and letrozole after excision.")),
    (LUNG, _oncology("She worked on a heart failure ward. I recommend cisplatin with pemetrexed. eGFR 88. EGFR and ALK negative.")),
    (LUNG, LOBECTOMY, _oncology("Survival after stereotactic radiotherapy is as good as after lobectomy in some series, but I support the operation.")),
    (LUNG, LOBECTOMY, _oncology("He came to hear about radiotherapy. I described 54 Gy in three fractions and its side effects.")),
    (RECTUM, _surgery("Surgery will follow neoadjuvant treatment; the date depends on the restaging MRI."), _oncology("Treatment begins with chemoradiotherapy; DPYD testing was normal. MRI pelvis done.")),
    (BREAST, _surgery("She prefers wide excision, booked for 12 February."), _oncology("There is no need for neoadjuvant chemotherapy in a small luminal cancer. Letrozole after radiotherapy.")),
    (
        PANCREAS,
        ("radiology", "2026-01-20", "Pancreas protocol CT", "Mass in the pancreatic head, no arterial contact. Resectable by NCCN criteria."),
        _surgery("I warned her that one tumor in ten proves unresectable at exploration. Pancreatoduodenectomy is booked."),
    ),
    (MELANOMA, _surgery("Wide excision and sentinel node biopsy are booked. She has declined neither and understands both.")),
    (
        ("radiology", "2026-01-20", "MR kidneys", "Enhancing mass, lower pole of the left kidney, 28 mm."),
        _surgery("I recommend a robotic partial nephrectomy."),
        ("radiology", "2026-02-09", "Interventional radiology consultation", "The tumour lies too close to the ureter for ablation, so I would leave this one to the surgeon."),
    ),
    (OVARY, _surgery("Upfront surgery would leave residual disease. Interval debulking in April."), _oncology("Three cycles of carboplatin and paclitaxel, then interval debulking, then three more cycles.")),
    (LUNG, ("note", "2026-02-06", "MDT note", "Right upper lobe adenocarcinoma after lobectomy, R0, EGFR exon 19 deletion. Adjuvant chemotherapy not advised. Oncology recommends adjuvant osimertinib.")),
    (LUNG, _surgery("In the presence of metastases a lobectomy would bring him nothing."), _oncology("I recommend pembrolizumab alone, with palliative intent. PD-L1 70 %. EGFR and ALK negative.")),
    (RECTUM, _oncology("Haemoglobin was 91 before surgery, 112 now."), _surgery("Follow-up without chemotherapy: surveillance with CEA every six months.", date="2026-02-11")),
    (RECTUM, _oncology("We talked about watch and wait, but the response is incomplete and she prefers an operation."), ("pathology", "2026-02-11", "Low anterior resection", "Residual adenocarcinoma of the rectum. ypT2 ypN0 (0/17), R0."), ("note", "2026-02-12", "MDT outcome", "Histology ypT2 N0 R0 after total neoadjuvant treatment. Plan agreed by oncology and surgery: surveillance with CEA every six months.")),
    (BREAST, _surgery("Wide local excision on 16 February."), _oncology("Chemotherapy before surgery has nothing to offer in a luminal cancer. I shall see her after the operation for radiotherapy and letrozole.")),
    (PROSTATE, _surgery("We remain with active surveillance."), _oncology("We spoke of brachytherapy as well. He prefers to be watched, which I support.")),
    (STOMACH, FLOT, _surgery("At the time of the first CT we thought the tumor inoperable; EUS has shown otherwise."), _oncology("FLOT first for this operable tumor. DPYD normal.")),
    (OVARY, _surgery("Interval debulking after cycle three; primary surgery would have left disease behind on the mesentery."), _oncology("Carboplatin and paclitaxel, cycle one on 17 February. Then surgery.")),
    (LARYNX, _surgery("Total laryngectomy will be kept as our second line of defence."), _oncology("70 Gy in 35 fractions from 27 February.")),
    (PROSTATE, _surgery("Surgery would be hazardous after his three laparotomies."), _oncology("60 Gy in 20 fractions.")),
    (LUNG, _surgery("The cerebellar metastasis goes on Tuesday, radiosurgery to the cavity thereafter.", "Neurosurgery"), _oncology("After the brain operation: carboplatin and pemetrexed. EGFR and ALK negative.")),
    (STOMACH, FLOT, _surgery("FLOT finished. Distal gastrectomy on 26 February.")),
    (STOMACH, FLOT, _surgery("Staging laparoscopy and port in theatre on 12 February.")),
    (STOMACH, FLOT, _surgery("Distal gastrectomy on 11 June.")),
    (RECTUM, _oncology("Short-course radiotherapy 25 Gy in 5 from 16 February, then surgery. MRI pelvis done."), _surgery("Total mesorectal excision on 27 February.")),
    (RECTUM, _oncology("The hepatic vein is too close and we hope to make it resectable with FOLFOX. DPYD normal."), _surgery("Not resectable today.")),
    (GIST, _oncology("Imatinib for six months in the hope of sparing her a total gastrectomy."), _surgery("Operating now would cost her the whole stomach. Wedge resection after imatinib.")),
    (LARYNX, _surgery("Resection would leave him without a voice."), _oncology("70 Gy in 35 fractions.")),
    (PROSTATE, _surgery("He was offered surgery, radiotherapy and surveillance. Today he chose surveillance."), _oncology("For now, surveillance.")),
]  # fmt: skip


def _kinds(documents: tuple[Text, ...]) -> list[str]:
    rows = [{"id": f"d-{i}", "kind": kind, "date": date, "title": title, "text": text} for i, (kind, date, title, text) in enumerate(documents)]
    case = Case.model_validate({"id": "letters", "question": "What next?", "patient": {"age": 62}, "documents": rows})
    return [c.kind for c in compare(case, [seat.read(case) for seat in default_specialists()]).conflicts]


@pytest.mark.parametrize(("kind", "documents"), RAISED, ids=lambda v: v if isinstance(v, str) else v[-1][3][:48])
def test_a_disagreement_in_ordinary_prose_is_raised(kind: str, documents: tuple[Text, ...]) -> None:
    assert kind in _kinds(documents)


@pytest.mark.parametrize("documents", SILENT, ids=lambda v: v[-1][3][:48])
def test_agreement_in_ordinary_prose_stays_silent(documents: tuple[Text, ...]) -> None:
    assert _kinds(documents) == []
