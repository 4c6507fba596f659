"""Anchoring: a quote is found where it stands, and carries no more than its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import anchor

TEXT = st.text(min_size=1, max_size=300)


@given(TEXT, st.data())
def test_a_quote_cut_from_a_text_is_found_as_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    found = anchor.locate(quote, text)
    if len(quote.strip()) < 2:
        assert found is None
    else:
        assert found is not None
        assert text[found[0] : found[1]] == quote.strip()


@given(st.lists(st.from_regex(r"[A-Za-z]{2,8}", fullmatch=True), min_size=2, max_size=8))
def test_white_space_and_case_are_set_aside(words: list[str]) -> None:
    text = "x " + "\n   ".join(words) + " y"
    found = anchor.locate(" ".join(words).upper(), text)
    assert found is not None
    assert text[found[0] : found[1]].split() == words


def test_words_that_do_not_stand_there_are_found_nowhere() -> None:
    assert anchor.locate("mass in the left lobe", "mass in the right lobe") is None
    assert anchor.locate("mass", "no mass", start=4) is None


CARRIED = [
    ("primary.side", "right", "a mass in the right upper lobe"),
    ("primary.side", "left", "LUL mass"),
    ("primary.size", "32 mm", "mass measuring 3.2 cm"),
    ("primary.size", "3.2 cm", "32 x 28 mm mass"),
    ("stage.clinical.t", "cT2a", "staged cT2a N0 M0"),
    ("stage.clinical.group", "IB", "stage IB"),
    ("nodes.positive", "2", "2 of 14 nodes contain tumour"),
    ("organ.creatinine", "88 µmol/l", "Creatinine 88 µmol/L"),
    ("biomarker.ki67", "20%", "Ki-67 20 %"),
    ("organ.platelets", "210 x10^9/L", "Platelets 210 x10^9/L"),
    ("organ.platelets", "210 10^9/L", "Platelets 210 10^9/L"),
    ("organ.egfr", "62 ml/min/1.73 m2", "eGFR 62 ml/min/1.73 m2"),
    ("organ.platelets", "150,000/µl", "Platelets 150,000/µL"),
    ("primary.side", "bilateral", "masses in the left and the right lung"),
    ("stage.pathologic.t", "Ta", "pTa low grade"),
    ("stage.post_neoadjuvant.n", "ypN1", "ypT2 N1"),
    ("histology.type", "adenocarcinoma", "Invasive adenocarcinoma, acinar."),
]
NOT_CARRIED = [
    ("primary.side", "left", "a mass in the right upper lobe"),
    ("primary.size", "23 mm", "mass measuring 3.2 cm"),
    ("primary.size", "3.2 mm", "mass measuring 3.2 cm"),
    ("stage.clinical.t", "T3", "staged cT2a N0 M0"),
    ("stage.clinical.t", "T2", "pT2 N1 M0"),
    ("stage.clinical.n", "N1", "pT2 N1 M0"),
    ("stage.clinical.t", "T1", "at 1 cm from the margin"),
    ("stage.pathologic.group", "I", "stage III disease"),
    ("organ.creatinine", "88 mmol/l", "Creatinine 88 µmol/L"),
    ("primary.side", "left", "Creatinine 88 µmol/l"),
    ("nodes.positive", "3", "2 of 14 nodes contain tumour"),
    ("organ.creatinine", "88 mg/dl", "Creatinine 88 µmol/L"),
    ("histology.type", "squamous cell carcinoma", "Invasive adenocarcinoma, acinar."),
]
NO_VALUE = [
    ("primary.side", "upper"),
    ("primary.size", "large"),
    ("primary.size", "32"),
    ("presence.ascites", "mild"),
    ("presence.ascites", "possibly present"),
    ("stage.clinical.t", "N1"),
    ("stage.clinical.t", "early"),
    ("stage.clinical.group", "advanced"),
    ("nodes.positive", "several"),
    ("histology.type", "  "),
]


@pytest.mark.parametrize(("question", "said", "quote"), CARRIED)
def test_what_the_quote_says_is_carried(question: str, said: str, quote: str) -> None:
    anchor.carried(question, said, quote)


@pytest.mark.parametrize(("question", "said", "quote"), NOT_CARRIED)
def test_another_number_unit_side_or_negation_is_not(question: str, said: str, quote: str) -> None:
    with pytest.raises(anchor.Unfounded):
        anchor.carried(question, said, quote)


@pytest.mark.parametrize(("question", "said"), NO_VALUE)
def test_what_is_no_value_of_the_question_is_refused(question: str, said: str) -> None:
    with pytest.raises(anchor.Unfounded):
        anchor.normal(question, said)


@given(st.floats(0.5, 200).map(lambda v: round(v, 1)), st.floats(0.5, 200).map(lambda v: round(v, 1)))
def test_a_size_is_carried_by_its_own_number_alone(said: float, written: float) -> None:
    quote = f"mass of {written} mm"
    if said == written:
        anchor.carried("primary.size", f"{said} mm", quote)
    elif abs(said - written) > 0.06:
        with pytest.raises(anchor.Unfounded):
            anchor.carried("primary.size", f"{said} mm", quote)


def test_the_rules_value_and_the_models_words_are_compared() -> None:
    assert anchor.agrees("primary.site", "right upper lobe", "lung.upper_lobe")
    assert not anchor.agrees("primary.site", "right lower lobe", "lung.upper_lobe")
    assert anchor.agrees("primary.size", "3.2 cm", 32.0)
    assert not anchor.agrees("primary.size", "3.4 cm", 32.0)
    assert anchor.agrees("presence.ascites", "absent", "absent")
    assert anchor.agrees("presence.ascites", "not present", "absent")
    assert not anchor.agrees("histology.type", "non-small cell carcinoma", "small_cell_carcinoma")


def test_a_quote_cut_out_of_a_number_or_a_compound_is_widened() -> None:
    text = "A 32 mm mass. Non-small cell carcinoma. Unremarkable."
    whole = {quote: [text[a:b] for a, b in anchor.places(quote, text, 0, len(text))] for quote in ("2 mm", "small cell", "remarkable")}
    assert whole == {"2 mm": ["32 mm"], "small cell": ["Non-small cell"], "remarkable": ["Unremarkable"]}


def test_every_place_of_a_quote_is_found() -> None:
    text = "Effusion? There is an effusion."
    assert [text[a:b] for a, b in anchor.places("effusion", text, 0, len(text))] == ["effusion"]
    assert len(list(anchor.places("Effusion", text.replace("an e", "an E"), 0, len(text)))) == 2


def test_characters_that_nobody_sees_do_not_hide_a_quote() -> None:
    assert anchor.locate("right upper lobe", "right\u00a0upper \u200blobe") is not None
