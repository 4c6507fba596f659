"""A quote carries what it is cited for, or the citation does not hold."""

from __future__ import annotations

import pytest

from knowledge.citations import check

QUOTE = (
    "In the Fleischner Society 2017 guideline a solid nodule of 6 to 8 mm in a high-risk patient has CT at 6 to 12 months; "
    "above 8 mm CT at 3 months, PET/CT or tissue sampling. A margin of 1 mm or less is R1. LVEF below 50 % or CrCl < 60 "
    "ml/min speaks against cisplatin. T2a tumours measure more than 3 cm but at most 4 cm. LR-5 needs washout."
)


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("Nodules of 6 to 8 mm need CT at 6-12 months.", ()),
        ("Nodules over 8 mm: CT at three months or PET/CT.", ("PET/CT",)),
        ("Nodules over 0.8 cm: CT at 3 months.", ()),
        ("A margin of ≤ 1 mm counts as involved.", ()),
        ("Cisplatin is contraindicated when creatinine clearance is below 60 ml/min.", ("cisplatin",)),
        ("T2a: more than 3 cm.", ()),
        ("T2a: over 30 mm.", ()),
        ("LR 5 requires washout.", ("washout",)),
        ("A statement without anything to check.", ()),
        ("Guideline of 2017.", ()),
    ],
)
def test_a_citation_holds(statement: str, names: tuple[str, ...]) -> None:
    assert check(statement, QUOTE, names).missing == ()


@pytest.mark.parametrize(
    ("statement", "names", "missing"),
    [
        ("Nodules over 10 mm: CT at 3 months.", (), ("≥ 10 mm",)),
        ("Nodules of 6 to 8 mm need CT at 24 months.", (), ("24 month",)),
        ("A margin over 1 mm is involved.", (), ("≥ 1 mm",)),
        ("Contraindicated when clearance is above 60 ml/min.", (), ("≥ 60 ml/min",)),
        ("T2b: 3 cm.", (), ("T2b",)),
        ("LR-4 needs washout.", (), ("LR-4",)),
        ("Above 8 mm give carboplatin.", ("carboplatin",), ("carboplatin",)),
        ("LVEF below 50 mm.", (), ("≤ 50 mm",)),
    ],
)
def test_a_citation_does_not_hold(statement: str, names: tuple[str, ...], missing: tuple[str, ...]) -> None:
    verdict = check(statement, QUOTE, names)
    assert (verdict.holds, verdict.missing) == (False, missing)


@pytest.mark.parametrize("statement", ["HER2 positive", "CA19-9 and PD-L1 are measured", "BRAF V600E"])
def test_digits_in_names_are_no_amounts(statement: str) -> None:
    assert check(statement, "nothing").missing == ()
