"""A quote carries what it is cited for, or the citation does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import citations
from knowledge.citations import check
from knowledge.library import Library
from knowledge.verify import verify

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


@given(st.text(alphabet="0123456789.,- ≥%mc to", max_size=60))
def test_any_figures_can_be_compared(text: str) -> None:
    assert citations.check(text, text).holds


def test_a_version_is_no_amount() -> None:
    assert [a.value for a in citations.amounts("version 1.2.3 of 2011.29.7 has 4.5 mm")] == [4.5]


def test_every_rule_that_cites_a_passage_is_carried_by_it(tmp_path: Path) -> None:
    found = verify(Library(tmp_path / "library"))
    assert found.rules >= 40
    assert [line for line in found.troubles if "knowledge/criteria" in line or "rule" in line] == []
