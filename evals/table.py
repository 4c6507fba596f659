"""Evaluation results as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def print_conflicts(summary: Mapping[str, Any], errors: Sequence[str]) -> None:
    """Precision, recall and F1 by kind, with 95 % Wilson intervals, then every error by name."""
    table = Table(title=f"{summary['charts']} charts, {summary['labels']} labelled conflicts, {summary['clean']} clean charts")
    for name in ("kind", "labels", "recall", "precision", "F1"):
        table.add_column(name, justify="left" if name == "kind" else "right")
    for kind, block in [*summary["by_kind"].items(), ("all", summary)]:
        table.add_row(
            kind,
            str(block["found"] + block["missed"]),
            _with_interval(block["recall"], block["recall_ci95"]),
            _with_interval(block["precision"], block["precision_ci95"]),
            f"{block['f1']:.2f}",
            style="bold" if kind == "all" else None,
        )
    console = Console()
    console.print(table)
    flagged = _with_interval(summary["clean_flagged"], summary["clean_flagged_ci95"])
    console.print(f"Clean charts flagged: {flagged}")
    for name, figures in summary["baselines"].items():
        console.print(f"Baseline '{name}': recall {figures['recall']:.2f}, precision {figures['precision']:.2f}")
    for error in errors:
        console.print(f"  {error}", highlight=False)


def _with_interval(value: float, interval: Sequence[float]) -> str:
    return f"{value:.2f} ({interval[0]:.2f} to {interval[1]:.2f})"


def print_retrieval(summary: Mapping[str, Any]) -> None:
    """Three rankings side by side with bootstrap intervals, then by kind of question, then errors by name."""
    console = Console()
    asked, nones = summary["answerable"], summary["questions"] - summary["answerable"]
    table = Table(title=f"{asked} questions with an answer among {summary['passages']} passages, {nones} without")
    for name in ("ranking", "Recall@5", "nDCG@10", "MRR"):
        table.add_column(name, justify="left" if name == "ranking" else "right")
    for mode in ("bm25", "dense", "hybrid"):
        block = summary[mode]
        cells = [_with_interval(block[m], block[f"{m}_ci95"]) for m in ("recall_at_5", "ndcg_at_10", "mrr")]
        table.add_row(mode, *cells, style="bold" if mode == "hybrid" else None)
    cells = [_with_interval(summary["answered"][m], summary["answered"][f"{m}_ci95"]) for m in ("recall_at_5", "ndcg_at_10", "mrr")]
    table.add_row("hybrid, with its silence", *cells)
    console.print(table)
    kinds = Table(title="Recall@5 by kind of question")
    for name in ("kind", "questions", "bm25", "dense", "hybrid"):
        kinds.add_column(name, justify="left" if name == "kind" else "right")
    for kind, block in summary["by_kind"].items():
        kinds.add_row(kind, str(block["questions"]), *(f"{block[m]:.2f}" for m in ("bm25", "dense", "hybrid")))
    console.print(kinds)
    false = _with_interval(summary["false_answer_rate"], summary["false_answer_rate_ci95"])
    console.print(f"Answers to questions without one: {false}; silent on questions with one: {summary['silent_rate']:.2f}")
    for what, ids in summary["errors"].items():
        console.print(f"  {what}: {', '.join(ids) or 'none'}", highlight=False)
