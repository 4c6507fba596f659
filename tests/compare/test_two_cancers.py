"""What two statements of two tumours, or of a disputed fact, are not held against."""

from __future__ import annotations

import pytest

from agents import default_specialists
from panel.case import Case
from panel.compare import Comparison, compare

Text = tuple[str, str, str]


def compared(*texts: Text) -> Comparison:
    documents = [{"id": f"d{i}", "kind": k, "date": d, "text": t} for i, (k, d, t) in enumerate(texts)]
    case = Case.model_validate({"id": "x", "documents": documents})
    return compare(case, [seat.read(case) for seat in default_specialists()])


FIRST = ("pathology", "2026-01-20", "Right upper lobe, core: adenocarcinoma of the lung. PD-L1 TPS 60 %.")
SECOND = ("pathology", "2026-01-27", "Lung core: squamous cell carcinoma. PD-L1 TPS 5 %.")


@pytest.mark.parametrize(
    ("words", "two"),
    [
        ("Two separate primaries of the lung, right and left.", True),
        ("These are synchronous primaries.", True),
        ("The primary lies in the right upper lobe.", False),
        ("A second primary cannot be excluded.", False),
        ("There is no second primary.", False),
        ("PET to look for a synchronous primary.", False),
        ("A metastasis rather than a second primary.", False),
        ("Her father had two primaries.", False),
    ],
)
def test_two_cancers_at_once_are_not_one_in_dispute_and_the_report_says_so(words: str, two: bool) -> None:
    told = compared(FIRST, SECOND, ("note", "2026-02-03", words))
    assert bool({"histology", "biomarker"} & {c.kind for c in told.conflicts}) is not two
    assert any("two cancers" in line for line in told.not_covered) is two


def test_lesions_named_with_a_side_each_are_on_both_sides() -> None:
    scan = ("radiology", "2026-01-10", "Ovarian masses R 3.1 cm, L 2.4 cm.")
    assert not [c for c in compared(scan, ("pathology", "2026-01-20", "Carcinoma of the left ovary.")).conflicts if c.kind == "laterality"]
    one = ("radiology", "2026-01-10", "Ovarian mass R 3.1 cm.")
    assert [c for c in compared(one, ("pathology", "2026-01-20", "Carcinoma of the left ovary.")).conflicts if c.kind == "laterality"]


PLAN = ("surgery", "2026-02-10", "We recommend radical hysterectomy. FIGO stage IIB cervical cancer.")


def test_a_guideline_waits_for_the_fact_in_dispute() -> None:
    alone = compared(PLAN)
    assert "guideline" in {c.kind for c in alone.conflicts}
    disputed = compared(("radiology", "2026-02-01", "MRI pelvis: cervical cancer, FIGO stage IB2."), PLAN)
    assert {c.kind for c in disputed.conflicts} >= {"stage"}
    assert "guideline" not in {c.kind for c in disputed.conflicts}
    assert any(line.startswith("Not judged while") and "hysterectomy" in line for line in disputed.not_covered), "what waits is said"
    assert not any(line.startswith("Not judged while") for line in alone.not_covered)
