"""Frames of plans by their class: what denies, what orders, forms and boxes, and what only looks like one of them."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.plans import plan_recommendations
from agents.rules.reading import read
from panel.case import Document, DocumentKind
from panel.compare.chart import Plan
from panel.compare.positions import Position, positions

KINDS: dict[str, tuple[DocumentKind, str]] = {
    "onc": ("oncology", "Letter"),
    "surg": ("surgery", "Letter"),
    "note": ("note", "MDT minutes"),
    "rad": ("radiology", "CT chest"),
    "form": ("other", "Booking form"),
}
# (question, who writes, what, what it means; "" for nothing)
PHRASES = [
    ("res", "rad", "Opinion: tumour is not resectable at this point.", "unresectable"),
    ("res", "onc", "Surgery is not an option because the tumour surrounds the SMA.", "unresectable"),
    ("res", "note", "Agreed - resectable.", "resectable"),
    ("res", "rad", "Not operable on this scan.", "unresectable"),
    ("res", "rad", "R0 resection should be possible.", "resectable"),
    ("res", "surg", "Trachea invaded and therefore beyond the powers of surgery.", "unresectable"),
    ("res", "surg", "Complete clearance can be obtained.", "resectable"),
    ("res", "surg", "I have no doubt this is operable.", "resectable"),
    ("res", "surg", "In my book this is an unresectable tumour.", "unresectable"),
    ("res", "onc", "Surgeons have said no: not resectable.", "unresectable"),
    ("res", "note", "Operable? N", "unresectable"),
    ("res", "note", "HPB: inop.", "unresectable"),
    ("res", "form", "Resectability: [x] yes [ ] no", "resectable"),
    ("res", "surg", "Sadly, surgical clearance is unattainable.", "unresectable"),
    ("res", "note", "Surgeons feel it is irresectable.", "unresectable"),
    ("res", "note", "resectable +", "resectable"),
    ("res", "rad", "Opinion: surgically resectable disease.", "resectable"),
    ("res", "rad", "There are no imaging features of unresectability.", "resectable"),
    ("res", "rad", "Features are those of an unresectable lesion.", "unresectable"),
    ("res", "surg", "In our judgement the mass is excisable.", "resectable"),
    ("res", "surg", "Optimal debulking is not going to be possible.", "unresectable"),
    ("res", "surg", "Her disease is debulkable.", "resectable"),
    ("res", "surg", "An en bloc removal is perfectly possible.", "resectable"),
    ("res", "surg", "I'd put this firmly in the unresectable category.", "unresectable"),
    ("res", "surg", "Surgery cannot achieve clear margins here.", "unresectable"),
    ("res", "surg", "R0 unlikely, R2 certain: inoperable.", "unresectable"),
    ("res", "surg", "The tumour defies resection.", "unresectable"),
    ("res", "surg", "Not suitable for exenteration; the side wall is involved and margins would be positive.", "unresectable"),
    ("res", "rad", "Is this resectable?", ""),
    ("res", "surg", "Unresectable was the word used in 2021.", ""),
    ("res", "surg", "Removed a resectable polyp last year.", ""),
    ("res", "surg", "The bowel was resected in 2015.", ""),
    ("res", "surg", "If the vein is clear we can resect.", ""),
    ("res", "surg", "Whether this is operable will depend on PET.", ""),
    ("res", "surg", "Poor respiratory reserve makes him inoperable.", ""),
    ("res", "surg", "His mother had an inoperable stomach cancer.", ""),
    ("res", "onc", "NICE approves this for unresectable stage III.", ""),
    ("res", "onc", "In unresectable disease, survival is short.", ""),
    ("aim", "onc", "We are treating this with a view to eradicating it.", "curative"),
    ("aim", "onc", "I am hopeful of curing him.", "curative"),
    ("aim", "form", "Cure intended: yes", "curative"),
    ("aim", "onc", "What we can offer is palliation.", "palliative"),
    ("aim", "onc", "The whole point of this treatment is comfort.", "palliative"),
    ("aim", "onc", "Radically treated with 55 Gy in 20 from next week.", "curative"),
    ("aim", "onc", "Expect control, not cure.", "palliative"),
    ("aim", "note", "Rad RT 55/20 - curative", "curative"),
    ("aim", "form", "Curative [ ] Palliative [x]", "palliative"),
    ("aim", "form", "Intent: adjuvant (curative)", "curative"),
    ("aim", "form", "Intent: [ ] curative  [x] palliative", "palliative"),
    ("aim", "form", "Curative intent: no", "palliative"),
    ("aim", "form", "Intent of treatment .... palliation", "palliative"),
    ("aim", "note", "Consent reads \"palliative - to slow the cancer, not to cure\".", "palliative"),
    ("aim", "note", "Aware that treatment is hoped to cure.", "curative"),
    ("aim", "onc", "We treat with eradication in mind.", "curative"),
    ("aim", "onc", "Radiotherapy to help with swallowing, in a palliative setting.", "palliative"),
    ("aim", "onc", "I told them that we hope this will cure him.", "curative"),
    ("aim", "onc", "This treatment is about cure.", "curative"),
    ("aim", "onc", "We shall treat him as a curative case.", "curative"),
    ("aim", "onc", "treatable, not curable", "palliative"),
    ("aim", "onc", "Tx goal: NED", "curative"),
    ("aim", "onc", "A radical dose of 65 Gy.", "curative"),
    ("aim", "onc", "1st-line palliative FOLFOX.", "palliative"),
    ("aim", "note", "Palliative care referral declined.", ""),
    ("aim", "onc", "Curative surgery in 2014 for colon cancer.", ""),
    ("aim", "form", "Intent: ________", ""),
    ("aim", "onc", "We talked about whether cure is possible.", ""),
    ("aim", "onc", "Palliative surgery was done in January.", ""),
    ("aim", "onc", "Her eczema has been cured.", ""),
    ("aim", "onc", "Radical cystectomy is planned.", ""),
    ("aim", "onc", "Referred to palliative medicine.", ""),
    ("aim", "note", "Palliative RT 4 Gy 2014 for lymphoma, in remission since.", ""),
    ("aim", "note", "Seen by palliative care for pain.", ""),
    ("seq", "onc", "Treat first, operate later.", "neoadjuvant"),
    ("seq", "onc", "Systemic therapy is to be given before the liver resection.", "neoadjuvant"),
    ("seq", "onc", "Six weeks of chemoradiation and thereafter TME.", "neoadjuvant"),
    ("seq", "onc", "FLOT from Monday; gastrectomy pencilled for May.", "neoadjuvant"),
    ("seq", "onc", "Carboplatin-paclitaxel is to begin; interval debulking once three cycles are done.", "neoadjuvant"),
    ("seq", "onc", "I'd treat her medically first, with mastectomy to be done when chemotherapy ends.", "neoadjuvant"),
    ("seq", "surg", "Lobectomy will be scheduled after three cycles of chemo-immunotherapy.", "neoadjuvant"),
    ("seq", "surg", "I do not want to delay surgery for chemotherapy: gastrectomy on 2 March.", "upfront_surgery"),
    ("seq", "surg", "WLE + SLNB then TCH", "upfront_surgery"),
    ("seq", "surg", "Resection in March, postoperative FOLFOX.", "upfront_surgery"),
    ("seq", "note", "LCCRT -> TME", "neoadjuvant"),
    ("seq", "surg", "Wide excision first, irradiation once the wound is sound.", "upfront_surgery"),
    ("seq", "surg", "Suboccipital craniotomy on Friday; cavity SRS within four weeks of it.", "upfront_surgery"),
    ("seq", "onc", "Four courses of gemcitabine-cisplatin, anterior exenteration to follow.", "neoadjuvant"),
    ("seq", "note", "NAC (FLOT) 4 -> OP -> 4", "neoadjuvant"),
    ("seq", "note", "nCRT f/b TME", "neoadjuvant"),
    ("seq", "form", "Step 1: FOLFIRINOX x 8. Step 2: Whipple.", "neoadjuvant"),
    ("seq", "form", "Timing of chemotherapy: postoperative (lobectomy booked 3 March)", "upfront_surgery"),
    ("seq", "onc", "Surgery after four cycles of FLOT.", "neoadjuvant"),
    ("seq", "onc", "Commence FLOT now, theatre in May.", "neoadjuvant"),
    ("seq", "onc", "Preop CRT and TME 8-10 wks later.", "neoadjuvant"),
    ("seq", "onc", "Four cycles of dd-MVAC will be given pre-operatively.", "neoadjuvant"),
    ("seq", "surg", "My operation comes after the FLOT, in June.", "neoadjuvant"),
    ("seq", "surg", "Debulk first, chemotherapy three weeks after.", "upfront_surgery"),
    ("seq", "onc", "Chemotherapy before transplant was given in 2018.", ""),
    ("seq", "surg", "Fertility clinic before chemotherapy.", ""),
    ("seq", "surg", "Gastrectomy booked; dental check before surgery.", ""),
    ("seq", "surg", "Port insertion, then chemotherapy.", ""),
    ("seq", "onc", "We discussed giving chemotherapy before or after surgery.", ""),
    ("seq", "onc", "Preoperative chemotherapy in 2015 for a sarcoma.", ""),
    ("seq", "surg", "Defunctioning stoma first, then decide.", ""),
    ("seq", "surg", "She had neoadjuvant FEC for breast cancer in 2009.", ""),
    ("seq", "surg", "I considered going straight to gastrectomy but did not think it wise.", ""),
    ("seq", "surg", "If margins are positive, radiotherapy afterwards.", ""),
    ("mod", "surg", "Wants surgery, will get surgery: left nephrectomy.", "surgery"),
    ("mod", "onc", "Going for SABR.", "radiotherapy"),
    ("mod", "surg", "We will go for lobectomy.", "surgery"),
    ("mod", "surg", "My advice to her is hysterectomy.", "surgery"),
    ("mod", "onc", "Radiosurgery is preferred to craniotomy.", "radiotherapy"),
    ("mod", "onc", "Medical treatment only: abiraterone.", "systemic"),
    ("mod", "note", "Watchful waiting agreed.", "surveillance"),
    ("mod", "surg", "I have offered him lobectomy and he is keen to go ahead.", "surgery"),
    ("mod", "surg", "We agreed on prostatectomy.", "surgery"),
    ("mod", "surg", "SABR was raised, but lobectomy is my recommendation.", "surgery"),
    ("mod", "onc", "For radiosurgery, 20 Gy single fraction. Operation not advised.", "radiotherapy"),
    ("mod", "onc", "We accept him for SABR.", "radiotherapy"),
    ("mod", "onc", "I will treat her with concurrent chemoradiation.", "chemoradiation"),
    ("mod", "onc", "He will go on pembrolizumab.", "systemic"),
    ("mod", "note", "W&W", "surveillance"),
    ("mod", "note", "For comfort care only", "supportive"),
    ("mod", "onc", "Surgery cancelled.", ""),
    ("mod", "onc", "Lobectomy was called off.", ""),
    ("mod", "surg", "She has had her hysterectomy.", ""),
    ("mod", "onc", "Prostatectomy in 2012.", ""),
    ("mod", "onc", "He regrets having turned down surgery.", ""),
    ("mod", "onc", "She enquired about SABR.", ""),
    ("mod", "onc", "Hip replacement next week.", ""),
    ("mod", "onc", "The literature compares SABR with lobectomy.", ""),
    ("mod", "onc", "Cataract operation in May.", ""),
    ("mod", "onc", "Recovering from hernia repair.", ""),
]


def asked(question: str, position: Position) -> str | None:
    """What a position says to one of the four questions."""
    if question == "seq":
        return position.sequence()
    if question == "mod":
        return position.modality()
    return position.only("intent." if question == "aim" else "resectability.")


@pytest.mark.parametrize(("question", "writer", "text", "meant"), PHRASES, ids=[p[2][:40] for p in PHRASES])
def test_a_phrase_is_read_as_meant(question: str, writer: str, text: str, meant: str) -> None:
    kind, title = KINDS[writer]
    document = Document(id="d", kind=kind, date=dt.date(2026, 2, 10), title=title, text=text)
    plans = [Plan(voice, step) for voice, step in plan_recommendations(read(document)) if not step.conditions]
    assert [value for p in positions(plans) if (value := asked(question, p))] == ([meant] if meant else [])
