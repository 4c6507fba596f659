"""Node counts within a report and between its supplement and it."""

from __future__ import annotations

import pytest

from agents import default_specialists
from panel.case import Case
from panel.compare import compare

Text = tuple[str, str, str]


def kinds(*texts: Text) -> list[str]:
    """The kinds of conflict between documents of kind, date and text."""
    documents = [{"id": f"d{i}", "kind": k, "date": d, "text": t} for i, (k, d, t) in enumerate(texts)]
    case = Case.model_validate({"id": "x", "documents": documents})
    return [c.kind for c in compare(case, [seat.read(case) for seat in default_specialists()]).conflicts]


@pytest.mark.parametrize(("summary", "expected"), [("3 of 22 nodes", ["nodes"]), ("0 of 22 nodes", []), ("3 of 30 nodes", [])])
def test_a_total_must_be_the_sum_of_its_parts(summary: str, expected: list[str]) -> None:
    text = f"Para-aortic chain, 9 nodes: no malignancy. Pelvic chain, 13 nodes: no malignancy. Summary: metastatic carcinoma in {summary}."
    assert kinds(("pathology", "2026-02-19", text)) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("After fat clearing six extra nodes turned up, also negative: final 0/15.", []),
        ("Total of 15 nodes, all negative.", ["nodes"]),
    ],
)
def test_nodes_found_later_in_the_specimen_are_no_dispute(second: str, expected: list[str]) -> None:
    assert kinds(("pathology", "2026-02-03", "9 nodes, all negative."), ("pathology", "2026-02-10", second)) == expected
