"""A chart longer than the window is divided; every character is read by one call or named as unread."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agents.pieces import MOST_CALLS, divide
from panel.case import Document


def documents(texts: Sequence[str]) -> list[Document]:
    return [Document(id=f"d{i}", kind="note", text=text) for i, text in enumerate(texts)]


@given(
    st.lists(st.text(alphabet="ab .\n", min_size=1, max_size=3000), min_size=1, max_size=6),
    st.integers(100, 2000),
)
def test_every_character_is_in_exactly_one_piece(texts: list[str], room: int) -> None:
    given_documents = documents(texts)
    calls, unread = divide(given_documents, lambda shown: sum(len(d.text) for d in shown) <= room)
    assert len(calls) <= MOST_CALLS
    for document in given_documents:
        spans = sorted(
            (p.start, p.end) for p in [*(p for call in calls for p in call), *unread] if p.document.id == document.id
        )
        assert spans[0][0] == 0
        assert spans[-1][1] == len(document.text)
        assert all(one[1] == other[0] for one, other in pairwise(spans))
    for call in calls:
        assert sum(p.end - p.start for p in call) <= room


def test_what_fits_together_is_read_together() -> None:
    calls, unread = divide(documents(["one", "two", "three"]), lambda _: True)
    assert [[p.document.id for p in call] for call in calls] == [["d0", "d1", "d2"]]
    assert not unread


def test_a_document_is_cut_between_paragraphs() -> None:
    text = "first paragraph " * 30 + "\n\n" + "second paragraph " * 30
    calls, _ = divide(documents([text]), lambda shown: sum(len(d.text) for d in shown) < 600)
    assert [call[0].shown.text[:6] for call in calls] == ["first ", "second"]


def test_what_fits_nowhere_is_named() -> None:
    calls, unread = divide(documents(["x" * 500]), lambda _: False)
    assert calls == []
    assert sum(p.end - p.start for p in unread) == 500
