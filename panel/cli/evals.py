"""``panel eval``: measure the panel on labelled sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Measure the panel on labelled sets.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Measure the panel on labelled sets."""


@app.command("conflicts")
def conflicts(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object as the last line.")] = False,
    charts: Annotated[Path | None, typer.Option(help="Folder of labelled charts; ours by default.")] = None,
) -> int:
    """Precision, recall and F1 of conflicts per kind, with intervals.

    [bold]Examples[/bold]

      panel eval conflicts

      panel eval conflicts --json --charts my-charts/
    """
    from evals.conflicts import main

    return int(main(charts=charts, as_json=as_json) or 0)


@app.command("retrieval")
def retrieval(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object as the last line.")] = False,
    questions: Annotated[Path | None, typer.Option(help="A file of questions; ours by default.")] = None,
    development: Annotated[bool, typer.Option(help="The split on which fusion and silence were chosen.")] = False,
) -> int:
    """Recall@5, nDCG@10 and MRR of the library by words, by meaning and fused; false answers. With intervals.

    [bold]Examples[/bold]

      panel eval retrieval

      panel eval retrieval --json
    """
    from evals.retrieval import main
    from panel.cli.knowledge import require

    require()
    return int(main(as_json=as_json, questions=questions, split="development" if development else "test") or 0)
