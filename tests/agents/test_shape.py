"""Layout and dictation written out in place."""

from __future__ import annotations

import pytest

from agents.rules.lesion_tables import lesion_rows
from agents.rules.node_tables import table_counts
from agents.rules.reading import read
from agents.rules.shape import shaped
from panel.case import Document

WRITTEN_OUT = [
    ("KRAS ........ not detected\nNRAS ........ wild type", "KRAS: not detected NRAS: wild type"),
    ("CEA ..................... \nHE4 ..................... 5", "CEA: HE4: 5"),
    ("sentinel_nodes_examined: 3", "sentinel nodes examined: 3"),
    ("er: positive | lvi: no", "ER: positive | LVI: no"),
    ("two point six by three point one centimetres", "2.6 by 3.1 centimetres"),
    ("eleven by eight millimetres", "11 x 8 millimetres"),
    ("on the twelfth of january", "on the 12 january"),
    ("june the fourth two thousand and nineteen", "june 4 2019"),
    ("nineteen ninety eight", "1998"),
    ("p T three a N one b M zero", "pT3a N1b M0"),
    ("gleason four plus three", "gleason 4+3"),
    ("lady of seventy four", "lady of 74"),
    ("fourteen of twenty two nodes", "14 of 22 nodes"),
    ("no nodes comma no effusion full stop", "no nodes, no effusion."),
    ("e r positive her two negative", "ER positive HER2 negative"),
]
LEFT_ALONE = [
    "the mass ... was 3 cm",
    "She is not keen... we discussed.",
    "seen in er with chest pain",
    "one of her two sons",
    "Left breast mass 22 mm, ER 90 %, pT1c pN0.",
]


@pytest.mark.parametrize(("text", "written"), WRITTEN_OUT)
def test_layout_and_speech_are_written_out(text: str, written: str) -> None:
    assert " ".join(shaped(text).replace(" ,", ",").split()) == written


@pytest.mark.parametrize("text", [t for t, _ in WRITTEN_OUT] + LEFT_ALONE)
def test_every_offset_holds(text: str) -> None:
    assert len(shaped(text)) == len(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_plain_prose_is_left_alone(text: str) -> None:
    assert shaped(text) == text


def test_a_quote_is_the_documents_own_words() -> None:
    reading = read(Document(id="d", kind="genomics", text="KRAS ........ not detected\nNRAS ........ wild type"))
    sentence = reading.sentences[0]
    assert reading.quote(sentence).quote == "KRAS ........ not detected"


def test_the_index_lesion_of_a_table_is_the_largest_that_may_be_the_tumour() -> None:
    text = (
        "| Lesion | Organ | Side | Size (mm) | Character |\n|---|---|---|---|---|\n"
        "| 1 | ovary | left | 131 x 90 | endometrioma |\n| 2 | ovary | right | 92 x 80 x 74 | solid |\n| 3 | ovary | right | 12 | solid |"
    )
    rows = list(lesion_rows(read(Document(id="d", kind="radiology", text=text))))
    assert [(row.mm, row.side.id if row.side else None, row.main) for row in rows] == [(92.0, "right", True), (12.0, "right", False)]


@pytest.mark.parametrize(
    "text",
    [
        "| Date | RUL nodule size |\n|---|---|\n| 2025-03-01 | 8 mm |\n| 2025-09-01 | 14 mm |",
        "| Node | Level | Side | Size (mm) |\n|---|---|---|---|\n| 1 | II | left | 21 |",
        "| Marker | Result |\n|---|---|\n| ER | positive |",
    ],
)
def test_tables_of_other_things_hold_no_lesion(text: str) -> None:
    assert not list(lesion_rows(read(Document(id="d", kind="radiology", text=text))))


def test_stations_are_counted_row_by_row() -> None:
    text = "| Station | Examined | Positive |\n|---|---|---|\n| 4R | 3 | 0 |\n| 7 | 4 | 1 |\n| Total | 7 | 1 |"
    assert [(c.positive, c.examined, c.total) for c in table_counts(text)] == [(0, 3, False), (1, 4, False), (1, 7, True)]
