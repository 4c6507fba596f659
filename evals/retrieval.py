"""``panel eval retrieval``: do the library's passages answer clinicians' questions, and is it silent when none does?

Three rankings of the shipped references are put to the same questions: words alone (BM25), meaning alone (dense) and
both fused (hybrid). Rankings are compared like with like, without silence; what silence costs is said beside them:
``silent_rate``, and ``answered``, the hybrid as users get it, which scores nothing where it is silent.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import ValidationError

from evals.intervals import bootstrap, wilson
from panel.case import Frozen
from panel.errors import InputError, PanelError

TASK = Path(__file__).resolve().parent / "tasks" / "retrieval"
Kind = Literal["plain", "abbreviation", "number", "paraphrase", "scenario", "none"]
Split = Literal["development", "test"]
Mode = Literal["bm25", "dense", "hybrid"]
MODES: tuple[Mode, ...] = get_args(Mode)
METRICS = ("recall_at_5", "ndcg_at_10", "mrr")
DEPTH = 10

Ranking = Callable[[str], Mapping[str, Sequence[str]]]
"""From a question to at most ten ids of passages, best first, by ``bm25``, ``dense``, ``hybrid``, and as the ``answer``
that users get: the hybrid, or silence."""


class Question(Frozen):
    """A question with the passages that answer it."""

    id: str
    question: str
    answers: tuple[str, ...]
    """Ids of the passages that answer it by themselves; none for a question of kind ``none``."""
    kind: Kind
    split: Split = "test"
    """``development``: fusion and silence were chosen on it; ``test``: it judges."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What one ranking gave to one question."""

    question: Question
    found: tuple[str, ...]

    @property
    def recall_at_5(self) -> float:
        """Share of the answers among the first five."""
        answers = set(self.question.answers)
        return len(answers & set(self.found[:5])) / min(5, len(answers))

    @property
    def ndcg_at_10(self) -> float:
        """Discounted gain over the best possible one; every answer has gain 1."""
        gains = [1 / math.log2(rank + 1) for rank, id in enumerate(self.found[:DEPTH], 1) if id in self.question.answers]
        best = sum(1 / math.log2(rank + 1) for rank in range(1, min(DEPTH, len(self.question.answers)) + 1))
        return sum(gains) / best

    @property
    def mrr(self) -> float:
        """Reciprocal rank of the first answer within ten."""
        return next((1 / rank for rank, id in enumerate(self.found[:DEPTH], 1) if id in self.question.answers), 0.0)


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file.

    Raises:
        InputError: it cannot be read, or a question is not as it must be; names file, question and field.
    """
    try:
        rows = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or []
        questions = tuple(Question.model_validate(row) for row in rows)
    except (OSError, UnicodeError, yaml.YAMLError):
        raise InputError(str(path), "cannot be read as YAML", "Correct the file") from None
    except (ValidationError, TypeError) as error:
        where = ".".join(str(p) for p in error.errors()[0]["loc"]) if isinstance(error, ValidationError) else ""
        raise InputError(f"{path}: {where}", "is not a question", "See README.md beside it") from None
    seen: set[str] = set()
    for question in questions:
        if question.id in seen or (question.kind == "none") == bool(question.answers):
            raise InputError(f"{path}: {question.id}", "its id or its answers do not fit", "See README.md beside it")
        seen.add(question.id)
    if not questions:
        raise InputError(str(path), "holds no questions", "See README.md beside it")
    return questions


def evaluate(questions: Sequence[Question], ranking: Ranking, known: set[str]) -> dict[str, object]:
    """Score three rankings.

    Args:
        questions: what is asked.
        ranking: what answers.
        known: ids of all passages there are.

    Raises:
        InputError: a question names a passage that there is not.
    """
    for question in questions:
        if strange := [id for id in question.answers if id not in known]:
            raise InputError(f"question {question.id}", f"names {strange[0]}, which is not there", "Correct the id")
    asked = [question for question in questions if question.kind != "none"]
    nones = [question for question in questions if question.kind == "none"]
    orders = {q.id: ranking(q.question) for q in questions}
    runs = {mode: [Answered(q, tuple(orders[q.id][mode])) for q in asked] for mode in MODES}
    given = [Answered(q, tuple(orders[q.id]["answer"])) for q in asked]
    answered = _figures(given)
    false = [q.id for q in nones if orders[q.id]["answer"]]
    silent = [each.question.id for each in given if not each.found]
    return {
        **{mode: _figures(runs[mode]) for mode in MODES},
        "answered": answered,
        "recall_at_5_with_silence": answered["recall_at_5"],
        "false_answer_rate": round(len(false) / len(nones), 4) if nones else 0.0,
        "false_answer_rate_ci95": [round(x, 4) for x in wilson(len(false), len(nones))],
        "silent_rate": round(len(silent) / len(asked), 4) if asked else 0.0,
        "questions": len(questions),
        "answerable": len(asked),
        "passages": len(known),
        "by_kind": {kind: _by_kind(runs, kind) for kind in get_args(Kind) if kind != "none"},
        "errors": {
            "false_answers": false,
            "silent": silent,
            "missed": [each.question.id for each in runs["hybrid"] if not each.recall_at_5],
        },
    }


def _figures(run: Sequence[Answered]) -> dict[str, object]:
    figures: dict[str, object] = {}
    for metric in METRICS:
        values = [float(getattr(each, metric)) for each in run]
        figures[metric] = round(sum(values) / len(values), 4) if values else 0.0
        figures[f"{metric}_ci95"] = [round(x, 4) for x in bootstrap(values)]
    return figures


def _by_kind(runs: Mapping[Mode, Sequence[Answered]], kind: str) -> dict[str, object]:
    chosen = {mode: [each.recall_at_5 for each in run if each.question.kind == kind] for mode, run in runs.items()}
    count = len(chosen["hybrid"])
    return {"questions": count} | {m: round(sum(v) / count, 4) if count else 0.0 for m, v in chosen.items()}


def main(as_json: bool = False, questions: Path | None = None, split: Split = "test") -> int:
    """Run the evaluation on one split and print it: a table, or one JSON object as the last line.

    Returns:
        The exit code, 0: a weak figure is a result.
    """
    from evals.table import print_retrieval

    path = questions or TASK / "questions.yaml"
    asked = [question for question in load_questions(path) if question.split == split]
    if not asked:
        raise InputError(str(path), f"holds no questions of the split {split}", "See README.md beside it")
    with shipped_library() as (ranking, known):
        summary = {"split": split} | evaluate(asked, ranking, known)
    if as_json:
        sys.stdout.write(json.dumps(summary) + "\n")
    else:
        print_retrieval(summary)
    return 0


@contextmanager
def shipped_library() -> Iterator[tuple[Ranking, set[str]]]:
    """The shipped references alone: this user's library where it holds nothing else, one made for the purpose if not."""
    from knowledge.library import Library
    from knowledge.retrieve import HybridRetriever

    def asking(retriever: HybridRetriever) -> Ranking:
        return lambda question: {str(mode): ids for mode, ids in retriever.rankings(question, DEPTH).items()}

    own: HybridRetriever | None = None
    try:
        library = Library()
        made = library.manifest()
        if made is not None and not any(entry.path for entry in made.documents):
            own = library.open()
    except PanelError:
        own = None  # stale or damaged: one is made for the purpose
    if own is not None:
        try:
            yield asking(own), set(own.passages.ids)
        finally:
            own.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library")
        library.build()
        retriever = library.open()
        try:
            yield asking(retriever), set(retriever.passages.ids)
        finally:
            retriever.close()
