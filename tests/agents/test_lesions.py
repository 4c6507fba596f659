"""Forms in which place, side and size of a lesion are written, and the words that their evidence must hold."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.measures import measures
from agents.rules.primary import PrimaryReader
from agents.rules.reading import read
from panel.case import Case, Document, DocumentKind
from panel.opinion import Finding

LENGTHS: list[tuple[str, list[float]]] = [
    ("two point six centimetres", [26]),
    ("forty-two millimetres", [42]),
    ("one and a half centimetres", [15]),
    ("half a centimetre", [5]),
    ("3\u00b72 cm", [32]),
    ("3,2 cm", [32]),
    ("3.2cms", [32]),
    ("a 4-cm mass", [40]),
    ("41 x 38 x 36 mm", [41]),
    ("4.1 cm x 38 mm", [41]),
    ("it was 13 mm, grade 2", [13]),
    ("58 mm (was 41 mm)", [58]),
    ("was 41 mm, now 30 mm", [30]),
    ("12 mm from the pleura", []),
    ("more than 4 cm but not more than 7 cm", []),
    ("cervix 29 mm", [29]),
    ("growing 4 mm a year", []),
]

SIDES: list[tuple[str, str]] = [
    ("Right kidney: 40 mm tumour.", "right"),
    ("Renal tumour on the left-hand side, 40 mm.", "left"),
    ("R-sided renal tumour, 40 mm.", "right"),
    ("Lt renal mass.", "left"),
    ("Renal mass (R), 40 mm.", "right"),
    ("Tumour of the dexter kidney.", "right"),
    ("Left, interpolar: 40 mm renal tumour.", "left"),
    ("A tumour occupies the lower pole of the left kidney.", "left"),
    ("Renal cancer.\nSide: L", "left"),
    ("Renal cancer\n| Side | R |", "right"),
    ("Laterality: left\nRenal cell carcinoma.", "left"),
]

PLACES: list[tuple[str, str]] = [
    ("RUL lung mass.", "lung.upper_lobe"),
    ("Lung mass of the lingula.", "lung.lingula"),
    ("Left apex: 20 mm nodule of the lung, suspected lung cancer.", "lung.upper_lobe"),
    ("Right breast, 10 o'clock: 18 mm cancer.", "breast.upper_outer"),
    ("Left breast, 10 o'clock: 18 mm cancer.", "breast.upper_inner"),
    ("Left breast cancer at five o'clock.", "breast.lower_outer"),
    ("Left breast cancer in the LIQ.", "breast.lower_inner"),
    ("Colon cancer at the hepatic flexure.", "colorectal.hepatic_flexure"),
    ("Left-sided colon cancer.", "colorectal.left"),
    ("Oesophageal cancer of the lower third.", "oesophagus.lower"),
    ("Uncinate mass of the pancreas.", "pancreas.head"),
    ("Pancreatic adenocarcinoma, tail lesion of 3 cm.", "pancreas.tail"),
    ("Hepatocellular carcinoma of segment VIII.", "liver.segment_8"),
    ("HCC in seg 2 of the liver.", "liver.segment_2"),
    ("Liver: HCC under the dome (S8).", "liver.segment_8"),
    ("Renal tumour in the upper third of the right kidney.", "kidney.upper_pole"),
    ("Bladder cancer of the posterolateral wall.", "bladder.posterolateral"),
    ("Right vocal cord cancer.", "head_neck.glottis"),
    ("Squamous cell carcinoma of the pyriform fossa.", "head_neck.hypopharynx"),
    ("Melanoma of the left flank.", "skin.flank"),
    ("Glioblastoma, right temporoparietal.", "brain.temporoparietal"),
]

TUMOURS: list[tuple[str, DocumentKind, str | None]] = [
    ("Lateral tongue, left. Squamous cell carcinoma. Hemiglossectomy.", "pathology", "head_neck"),
    ("Left apical tumour 48 mm, through the parietal pleura. Lung cancer.", "radiology", "lung"),
    ("Diffuse large B-cell lymphoma.", "pathology", "other"),
    ("Glioblastoma of the left temporal lobe. Right frontal meningioma as before.", "radiology", "brain"),
    ("Urothelial carcinoma of the bladder. Prostate: incidental acinar adenocarcinoma, 4 mm.", "pathology", "bladder"),
    ("Skin of the shoulder: basal cell carcinoma.", "pathology", "other"),
    ("Meningioma of the sphenoid wing.", "radiology", "other"),
    ("No abnormality.", "note", None),
]


def _reader(text: str, kind: DocumentKind = "radiology") -> tuple[PrimaryReader, list[Finding]]:
    document = Document(id="d", kind=kind, date=dt.date(2026, 1, 12), text=text)
    reading = read(document)
    reader = PrimaryReader(Case(id="c", documents=(document,)), [reading])
    return reader, list(reader.findings(reading))


@pytest.mark.parametrize(("text", "wanted"), LENGTHS)
def test_lengths(text: str, wanted: list[float]) -> None:
    found = [m.mm for m in measures(text, text.lower(), 0, len(text)) if not m.distance and not m.earlier]
    assert found == wanted


@pytest.mark.parametrize(("text", "wanted"), SIDES)
def test_sides(text: str, wanted: str) -> None:
    found = [f for f in _reader(text)[1] if f.question == "primary.side"]
    assert {f.value for f in found} == {wanted}
    letter = wanted[0].upper()
    assert all(wanted in f.evidence[0].quote.lower() or letter in f.evidence[0].quote for f in found if "dexter" not in text)


@pytest.mark.parametrize(("text", "wanted"), PLACES)
def test_places(text: str, wanted: str) -> None:
    assert wanted in {f.value for f in _reader(text)[1] if f.question == "primary.site"}


@pytest.mark.parametrize(("text", "kind", "wanted"), TUMOURS)
def test_tumour_types(text: str, kind: DocumentKind, wanted: str | None) -> None:
    assert _reader(text, kind)[0].tumour == wanted


def test_the_quote_of_a_long_sentence_holds_the_words_that_carry_the_value() -> None:
    filler = "with smooth margins and a faint rim of oedema seen on all the sequences that were acquired today, "
    text = f"In the right temporal lobe, {filler * 3}lies an enhancing glioblastoma of 41 mm."
    found = {f.question: f.evidence[0].quote for f in _reader(text)[1]}
    for question, words in (("primary.side", "right"), ("primary.site", "temporal")):
        assert question not in found or words in found[question]
    assert "41 mm" in found["primary.size"]
