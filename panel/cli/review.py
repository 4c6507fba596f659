"""``panel review``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import AWAITING, FINAL, note, say
from panel.errors import UsageError

if TYPE_CHECKING:
    from panel.meeting import Panel
    from panel.report import ChartReport


def review(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Id of the run, from `panel runs`.")],
    rulings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Rulings as JSON (see below) instead of questions.")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Who rules; asked for if not given.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Only show the conflicts and their ids.")] = False,
) -> int:
    """Show each conflict with both quotes in context, and take a named person's ruling with a reason.

    Accept a side, amend (say what holds instead), defer (name the test that would settle it) or escalate (say to
    whom). Skipping or quitting keeps what was ruled; a ruling is never overwritten. Exit code 0 when every
    conflict carries a ruling, 3 while one does not.

    A rulings file:

      {"reviewer": "Dr A. Jones", "rulings": \\[

      {"conflict": "laterality-0a1b2c3d", "decision": "accept", "side": 0, "reason": "seen at bronchoscopy"},

      {"conflict": "stage-4e5f6a7b", "decision": "defer", "value": "PET-CT", "reason": "none in the chart"}]}

    decision: accept (side, counted from 0), amend, defer or escalate (value). All of the file is applied, or nothing.

    [bold]Examples[/bold]

      panel review 20260310-180501-123-0a1b2c3d

      panel review 20260310-180501-123-0a1b2c3d --show

      panel review 20260310-180501-123-0a1b2c3d --rulings rulings.json
    """
    from panel.store import Store
    from panel.wiring import Panel

    if show and (rulings or reviewer):
        raise UsageError("review --show", "only shows", "Leave out --rulings and --reviewer, or --show")
    who = _name(reviewer)
    with Panel(store=Store.at_home()) as board:
        if show:
            chart = board.chart(run)
            _show(chart)
        elif rulings is not None:
            chart = _apply(board, run, rulings, who)
        else:
            chart = _ask(board, run, who)
    return _left(chart)


def _name(reviewer: str | None) -> str | None:
    if reviewer is not None and not 0 < len(reviewer.strip()) <= 200:
        raise UsageError("review --reviewer", "is empty or too long", "Give a name")
    if reviewer is not None and not reviewer.isprintable():
        raise UsageError("review --reviewer", "holds what cannot be printed", "Give a name in UTF-8")
    return reviewer.strip() if reviewer else None


def _apply(board: Panel, run: str, rulings: Path, reviewer: str | None) -> ChartReport:
    from panel.review import FileReviewer

    board.review(run, FileReviewer(rulings, reviewer))
    return board.chart(run)


def _show(chart: ChartReport) -> None:
    from panel.cli.screen import drawn
    from panel.render.console import conflict_panel

    for conflict in chart.report.conflicts:
        say(drawn(conflict_panel(chart, conflict)))
    if not chart.report.conflicts:
        say("no conflict was found in this run")


def _ask(board: Panel, run: str, reviewer: str | None) -> ChartReport:
    from panel.cli.screen import console
    from panel.review.ask import Desk

    screen = console()
    with board.reviewing(run) as session:
        if session.open:
            Desk(screen, _line, reviewer).sit(board.chart(run), session.open, session.commit)
    return board.chart(run)


def _line(prompt: str) -> str:
    import sys

    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _left(chart: ChartReport) -> int:
    report = chart.report
    if report.status == "final":
        note(f"final: every conflict carries a ruling. Render it with `panel report {report.run_id}`")
        return FINAL
    if not report.open:
        note(f"not final: {', '.join(report.failed)} failed in run {report.run_id}. Run the case again")
        return AWAITING
    note(f"{len(report.open)} of {len(report.conflicts)} conflicts await a ruling: panel review {report.run_id}")
    return AWAITING
