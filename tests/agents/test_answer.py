"""Answers: held to the form, and refused when they are empty, cut, looping, declining or in another language."""

from __future__ import annotations

import contextlib
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import answer
from agents.specialty import load_specialty, names
from panel.protocols import Completion

GOOD = {"impression": "There is a mass in the right upper lobe.", "findings": [], "recommendations": []}


def completion(**changes: object) -> Completion:
    return Completion(text=json.dumps({**GOOD, **changes}))


@pytest.mark.parametrize("seat", [n for n in names() if load_specialty(n).questionnaire])
def test_schemas_are_schemas_and_hold_the_answer(seat: str) -> None:
    specialty = load_specialty(seat)
    schema = answer.reading_schema(specialty, ["ct-1"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(GOOD, schema)
    stranger = {"question": "shoe.size", "value": "43", "document": "ct-1", "quote": "43"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**GOOD, "findings": [stranger]}, schema)
    jsonschema.Draft202012Validator.check_schema(answer.exchange_schema(3))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (Completion(text=""), "empty"),
        (Completion(text='{"impression": "x', whole=False), "cut"),
        (Completion(text="The mass is in the right lobe."), "form"),
        (Completion(text='{"answer": 1}'), "form"),
        (completion(impression=""), "empty"),
        (completion(impression="DIDIDIDIDIDIDIDIDIDIDIDIDIDI"), "repeats"),
        (completion(impression="no effusion " * 20), "repeats"),
        (completion(impression="I'm sorry, but as an AI language model I cannot read reports."), "declined"),
        (completion(impression="Die Raumforderung im Oberlappen ist 32 mm, kein Erguss und keine Knoten."), "language"),
        (completion(impression="右肺上叶可见肿块，大小约三厘米。"), "language"),
        (
            completion(findings=[{"question": "primary.side", "value": "left", "document": "d", "quote": "left"}] * 3),
            "repeats",
        ),
    ],
)
def test_what_is_no_answer_is_refused(given: Completion, says: str) -> None:
    with pytest.raises(answer.Unusable, match=says):
        answer.read_answer(given)


def test_a_telegraphic_impression_is_an_answer() -> None:
    told = "RUL mass 32 mm, spiculated, pleural tag. Hilar node 9 mm. Emphysema. Liver, adrenals, bones normal."
    assert answer.read_answer(completion(impression=told)).impression == told


@pytest.mark.parametrize(
    "told",
    [
        "Disc bulges at L1-L2, L2-L3, L3-L4, L4-L5, L5-S1.",
        "Nodules of 3 mm, 4 mm, 5 mm, 6 mm, 7 mm, 8 mm, 9 mm, 10 mm, 11 mm.",
        "".join(f"There is no evidence of metastasis in the {organ}. " for organ in ("liver", "brain", "bone", "lung", "adrenal")),
        "LA enlargement. LA volume raised. LA appendage thrombus.",
        "Le Fort I and Le Fort II fractures, Le Fort III healed.",
        "I am unable to exclude a small effusion. I cannot exclude malignancy.",
        "Unable to assess the adrenals.",
    ],
)
def test_ordinary_words_of_a_report_are_an_answer(told: str) -> None:
    answer.check_prose(told)


@pytest.mark.parametrize(
    "told",
    [
        "I cannot interpret medical images.",
        "I'm not a doctor and cannot give advice.",
        "I do not have access to the documents.",
        "Raumforderung rechts oben, kein Erguss.",
        "Masse pulmonaire droite sans épanchement.",
        "The mass is 3 cm in size. " * 5,
        "the the the the the the the the",
    ],
)
def test_refusals_other_languages_and_loops_in_few_words_are_none(told: str) -> None:
    with pytest.raises(answer.Unusable):
        answer.check_prose(told)


def test_control_characters_do_not_reach_a_screen() -> None:
    read = answer.read_answer(Completion(text='{"impression": "The\x07mass\x1b[31m is here and there.", "findings": []}'))
    assert read.impression.isprintable()


@given(st.text())
def test_any_text_is_an_answer_or_is_refused(text: str) -> None:
    with contextlib.suppress(answer.Unusable):
        answer.read_answer(Completion(text=text))
