"""Searching: fused rankings, filters, and silence when nothing answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.abbreviations import spelled_out
from knowledge.coverage import coverage, parts
from knowledge.library import Library
from knowledge.retrieve import HybridRetriever, Settings

NODULE = "solid lung nodule over 8 mm"


@pytest.fixture
def retriever(library: Library) -> Iterator[HybridRetriever]:
    opened = library.open()
    yield opened
    opened.close()


@pytest.mark.parametrize("question", ["", "  \n", "capital of France", "???", "的", "paracetamol suspension for toddlers"])
def test_nothing_answers_what_the_library_does_not_hold(retriever: HybridRetriever, question: str) -> None:
    assert retriever.search(question) == ()


def test_at_most_k_best_first_and_each_once(retriever: HybridRetriever) -> None:
    found = retriever.search(NODULE, 2)
    assert found[0].source == "nodules-2024"
    assert len(found) == 2
    assert len({passage.id for passage in found}) == 2
    assert found[0].score > found[1].score > 0
    assert retriever.search(NODULE, 0) == ()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"tumour": "lung"}, {"nodules-2024", "margins-2020"}),
        ({"tumour": "kidney"}, {"cysts-2019", "margins-2020"}),
        ({"specialty": "pathology"}, {"margins-2020"}),
        ({"since": 2020}, {"nodules-2024", "margins-2020"}),
        ({"specialty": "radiology", "since": 2020}, {"nodules-2024"}),
    ],
)
def test_filters_let_through_what_is_for_all(retriever: HybridRetriever, filters: dict[str, object], found: set[str]) -> None:
    question = "solid lung nodule over 8 mm, renal cyst class IIF, circumferential resection margin 1 mm"
    retriever.settings = Settings(enough=0.3)  # three questions in one: no passage answers it whole
    assert {passage.source for passage in retriever.search(question, 9, **filters)} == found  # type: ignore[arg-type]


def test_what_a_document_does_not_say_is_never_handed_out(retriever: HybridRetriever) -> None:
    rankings = retriever.rankings("lung nodules says nothing of doses", 9)
    assert all(rankings[mode] for mode in ("bm25", "dense", "hybrid"))
    assert not [id for ids in rankings.values() for id in ids if id.endswith("what-it-does-not-say")]


def test_the_same_question_gets_the_same_answer(retriever: HybridRetriever, library: Library) -> None:
    again = library.open()
    assert again.search(NODULE) == retriever.search(NODULE)
    again.close()
    assert retriever.search(NODULE), "another reader's end does not end this one"


def test_abbreviations_are_spelled_out_once() -> None:
    assert spelled_out("NSCLC with a GGN") == "NSCLC with a GGN (non-small cell lung cancer; ground-glass nodule)"
    assert spelled_out("ground-glass nodule (GGN)") == "ground-glass nodule (GGN)"
    assert spelled_out("two GGNs") == "two GGNs (ground-glass nodule)"
    assert spelled_out("ct of the chest") == "ct of the chest"


def test_coverage_counts_an_abbreviation_by_its_long_form() -> None:
    held = {"ground", "glass", "nodul", "mm"}
    asked = parts("GGN of 8 mm")
    assert coverage(asked, held.__contains__, lambda _: 1.0) == pytest.approx(2 / 3)
    assert coverage(parts(""), held.__contains__, lambda _: 1.0) == 0.0
