"""Cutting documents: nothing lost, nothing twice, offsets exact, headings and tables whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.chunk import LONGEST, chunks

WORDS = st.text(st.sampled_from("abc ≥5.\t\n#|-*>`_é漢\r\f\x00😀[]:"), max_size=60)
BLOCKS = st.one_of(
    st.builds(lambda n, w: f"{'#' * n} {w}", st.integers(1, 6), st.sampled_from(["A", "A", "B c", "≥ 3 cm", "*x*", ""])),
    st.builds(lambda n: "Words of a sentence, some 5 mm long. " * n, st.integers(1, 90)),
    st.builds(lambda n: "| a | b |\n| --- | --- |\n" + "| 1 | 2 |\n" * n, st.integers(1, 300)),
    st.builds(lambda n: "- item of a list\n" * n, st.integers(1, 200)),
    st.builds(lambda n: "x" * n, st.integers(1, 5000)),
    st.just("```\n# no heading\n\n| a |\n```"),
    st.just("Setext\n======"),
    st.just("[ref]: http://example.org/x"),
    WORDS,
)
DOCUMENTS = st.lists(BLOCKS, max_size=12).map("\n\n".join)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.sampled_from(["markdown", "plain", "pages"]), st.integers(0, 40))
@example("", "markdown", 0)
@example("# only a heading", "markdown", 0)
@example("## A\ntext\n## B", "markdown", 0)
@example("\f\fthird page\f", "pages", 0)
def test_passages_are_the_text_in_order_and_leave_out_only_blank_space(text: str, markup: str, begin: int) -> None:
    begin = min(begin, len(text))
    found = chunks(text, markup, begin)  # type: ignore[arg-type]
    at = begin
    for piece in found:
        assert at <= piece.start < piece.end <= len(text)
        assert not text[at : piece.start].strip()
        assert text[piece.start : piece.end] == text[piece.start : piece.end].strip()
        at = piece.end
    assert not text[at:].strip()
    assert len({piece.slug for piece in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_no_cut_goes_through_a_heading_or_a_table(text: str) -> None:
    inside = {n for row in re.finditer(r"^(\|.*|#+ .*)$\n(?=^\|)|^#+ .*$", text, re.M) for n in range(row.start() + 1, row.end())}
    fenced = {n for row in re.finditer(r"^```.*?(?:^```|\Z)", text, re.M | re.S) for n in range(row.start(), row.end())}
    assert not [piece.start for piece in chunks(text) if piece.start in inside - fenced and text[piece.start] in "|#"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.builds(lambda n: "y" * n, st.integers(1, 4000))), max_size=9).map("\n\n".join))
def test_plain_text_is_never_longer_than_a_passage_may_be(text: str) -> None:
    assert all(piece.end - piece.start <= LONGEST for piece in chunks(text, "plain"))


def test_a_section_of_the_second_level_is_one_passage_with_what_lies_below() -> None:
    text = "# Title\n\n## Solid nodules (≥ 8 mm)\nOne.\n\n### High risk\nTwo.\n\n## Other\nThree.\n"
    first, second = chunks(text)
    assert (first.slug, first.path) == ("solid-nodules-8-mm", ("Title", "Solid nodules (≥ 8 mm)"))
    assert "Two." in text[first.start : first.end]
    assert text[second.start : second.end] == "## Other\nThree."


def test_a_long_section_is_cut_before_its_inner_headings_and_numbered() -> None:
    long = "A sentence of some length about nodules. " * 30
    text = f"## Nodules\n{long}\n\n### Low risk\n{long}\n\n### High risk\n{long}\n"
    assert [(c.slug, c.path[-1]) for c in chunks(text)] == [
        ("nodules", "Nodules"), ("low-risk", "Low risk"), ("high-risk", "High risk"),
    ]  # fmt: skip


def test_a_long_paragraph_is_cut_behind_sentences() -> None:
    text = "## A\n" + "This sentence has six words. " * 200
    found = chunks(text)
    assert [c.slug for c in found[:3]] == ["a", "a-2", "a-3"]
    assert all(text[c.start : c.end].endswith(".") for c in found)


def test_a_table_longer_than_a_passage_stays_whole() -> None:
    table = "| size | follow-up |\n| --- | --- |\n" + "| 6 to 8 mm | CT at 6 to 12 months |\n" * 200
    text = f"## Sizes\nThe table lists them.\n\n{table}\nAfter it.\n"
    assert sum(table.strip() in text[c.start : c.end] for c in chunks(text)) == 1


def test_repeated_headings_have_ids_of_their_own() -> None:
    assert [c.slug for c in chunks("## A\nx\n## A\ny\n## A 2\nz")] == ["a", "a-2", "a-2-2"]


def test_pages_are_sections() -> None:
    found = chunks("first\fsecond\f\ffourth", "pages")
    assert [(c.slug, c.path) for c in found] == [("page-1", ("Page 1",)), ("page-2", ("Page 2",)), ("page-4", ("Page 4",))]


@pytest.mark.parametrize("text", ["", " \n\n", "\f\f"])
def test_nothing_gives_nothing(text: str) -> None:
    assert chunks(text, "pages") == ()
