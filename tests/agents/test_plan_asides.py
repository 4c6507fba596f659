"""What a letter says by the way is no plan: others, what might have been, what was asked, what was once meant."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case

PLAN = "I recommend right upper lobectomy."
ASIDES = [
    "She is not for debulking up front.",
    "No lump in the mastectomy scar on the other side.",
    "In other people I would offer a year of pembrolizumab.",
    "Stereotactic radiotherapy is what I would advise a man with severe emphysema.",
    "In a younger woman I would begin with chemotherapy.",
    "In patients whose nodes are involved we start with chemotherapy.",
    "Chemotherapy beforehand is used for larger cancers.",
    "Radiofrequency ablation is reserved for people who cannot have an operation.",
    "Some centres would give chemotherapy first.",
    "Some of my colleagues would irradiate at once.",
    "About one in six women need radiotherapy again.",
    "The second is stereotactic radiotherapy, 54 Gy in three fractions.",
    "Stereotactic radiotherapy is another way of treating this.",
    "I would have been glad to give him radiotherapy.",
    "Ten years ago I would have offered chemoradiotherapy.",
    "Thank you for asking my view on radiotherapy.",
    "I was asked whether we should give chemotherapy.",
    "His daughter had read that he needs immunotherapy.",
    "He asked me why we do not start chemotherapy.",
    "Her son raised the question of starting with two doses of nivolumab.",
    "In November the plan was chemoradiotherapy.",
    "At first the intention was to give chemotherapy.",
    "A professor in another town offered him chemoradiotherapy.",
    'He showed me the letter: "We recommend induction chemotherapy."',
    "For stage III I would offer carboplatin.",
    "FOLFIRINOX finished in January; oxaliplatin dropped from cycle 10 for neuropathy.",
    "The 21-gene assay will inform the decision on chemotherapy.",
]


LEFT_OUT = [
    ("We do not suggest an operation, radiotherapy or chemotherapy.", "omit.systemic.chemotherapy"),
    ("We are skipping radiotherapy.", "omit.radiotherapy"),
    ("Trastuzumab alone is rejected in favour of trastuzumab emtansine.", "drug.trastuzumab_emtansine"),
    ("Chemotherapy is not to be given before, during or after it.", "omit.systemic.chemotherapy"),
    ("No chemotherapy is to be given before or after it.", "omit.systemic.chemotherapy"),
    ("Theatre slot cancelled, lobectomy no longer on the table.", "omit.surgery.lobectomy"),
    ("Chemotherapy shall be given neither before nor after.", "omit.systemic.chemotherapy"),
]


@pytest.mark.parametrize(("said", "action"), LEFT_OUT)
def test_a_denied_list_leaves_out_its_last_member_too(said: str, action: str) -> None:
    """Denials reach over a list and behind the name."""
    assert action in _actions(said)


def _actions(text: str) -> set[str]:
    rows = [
        {
            "id": "s",
            "kind": "surgery",
            "date": "2026-02-02",
            "title": "Thoracic surgery clinic letter",
            "text": text,
        }
    ]
    case = Case.model_validate(
        {"id": "aside", "question": "What next?", "patient": {"age": 62}, "documents": rows}
    )
    return {r.action for _, r in read_chart(case).plans if not r.conditions}


@pytest.mark.parametrize("said", ASIDES)
def test_what_is_said_by_the_way_is_no_plan(said: str) -> None:
    """An aside beside a plan adds no treatment, orders none and leaves none out."""
    plain = _actions(PLAN)
    assert "surgery.lobectomy" in plain
    assert _actions(f"{PLAN} {said}") == plain


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("Thank you for referring him. We shall give chemoradiotherapy from 9 February.", "chemoradiation"),
        ("In a man like him I recommend chemoradiotherapy.", "chemoradiation"),
        ("Surgery would usually come first, but I recommend chemoradiotherapy.", "chemoradiation"),
        ("He asked for chemoradiotherapy and I agree with chemoradiotherapy.", "chemoradiation"),
        ("I will give 60 Gy in 30 fractions.", "radiotherapy"),
    ],
)
def test_a_plan_near_such_words_stays_one(said: str, action: str) -> None:
    """The same words around a real plan do not hide it."""
    assert action in _actions(said)


@pytest.mark.parametrize(
    "said",
    [
        "If he cannot bear the fevers we would change to pembrolizumab.",
        "If the tumour has not grown he will be offered durvalumab.",
        "Should lung deposits appear later we would treat them with doxorubicin.",
        "Should the PSA rise afterwards, salvage radiotherapy would remain available.",
        "There is no interaction with capecitabine.",
        "We did not discuss cetuximab.",
        "Three patients in a hundred do not survive the operation.",
        "Bevacizumab I would like to avoid before surgery.",
    ],
)
def test_a_denied_condition_or_remark_leaves_nothing_out(said: str) -> None:
    """Only a decision leaves a treatment out."""
    assert not {a for a in _actions(said) if a.startswith("omit.")} - {
        "omit.bevacizumab",
        "omit.anti_vegf",
        "omit.anti_vegf_antibody",
        "omit.systemic.targeted",
    }
