"""When the library keeps silent: what is shown instead, and what it costs."""

from __future__ import annotations

from evals.retrieval import Question, evaluate
from knowledge.library import Library
from knowledge.retrieve import Settings

NODULE = "solid lung nodule over 8 mm"


def test_the_nearest_are_shown_and_are_no_answer(library: Library) -> None:
    retriever = library.open()
    retriever.settings = Settings(enough=99, covered=2)
    assert retriever.search(NODULE) == ()
    assert retriever.nearest(NODULE, 1)[0].source == "nodules-2024"
    assert not [p for p in retriever.nearest("lung nodules says nothing of doses", 9) if p.id.endswith("not-say")]
    assert retriever.nearest("  ") == ()
    retriever.close()


def test_what_silence_costs_is_told_beside_the_ranking() -> None:
    questions = [
        Question(id="a", question="a?", answers=("x",), kind="plain"),
        Question(id="b", question="b?", answers=("x",), kind="plain"),
        Question(id="c", question="c?", answers=(), kind="none"),
    ]

    def ranking(question: str) -> dict[str, list[str]]:
        return {mode: ["x"] for mode in ("bm25", "dense", "hybrid")} | {"answer": ["x"] if question == "a?" else []}

    told = evaluate(questions, ranking, {"x"})
    assert told["hybrid"]["recall_at_5"] == 1.0  # type: ignore[index]
    assert (told["recall_at_5_with_silence"], told["silent_rate"], told["false_answer_rate"]) == (0.5, 0.5, 0.0)
