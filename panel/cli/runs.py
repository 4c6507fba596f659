"""``panel runs``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import note, say
from panel.errors import UsageError

if TYPE_CHECKING:
    from panel.store import Run


def runs(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per run, one a line.")] = False,
    purge: Annotated[bool, typer.Option("--purge", help="Delete the runs chosen by --run and --older-than.")] = False,
    run: Annotated[list[str] | None, typer.Option(help="With --purge: this run (may be repeated).")] = None,
    older_than: Annotated[int | None, typer.Option(min=0, help="With --purge: runs untouched for DAYS.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --purge: do not ask.")] = False,
) -> int:
    """List the runs, newest first; or delete some for good: case, rulings, reports and checkpoints.

    The audit log keeps the ids of what was deleted.

    [bold]Examples[/bold]

      panel runs

      panel runs --purge --older-than 90

      panel runs --purge --run 20260310-180501-123-0a1b2c3d --yes
    """
    if not purge and (run or older_than is not None or yes):
        raise UsageError("runs", "--run, --older-than and --yes go with --purge", "Add --purge, or leave them out")
    from panel.meeting import Panel
    from panel.store import Store

    with Panel(store=Store.at_home()) as board:
        known = board.runs()
        if purge:
            chosen = _chosen(known, run or [], older_than)
            _confirm(chosen, yes)
            board.purge([r.id for r in chosen])
            note(f"deleted: {len(chosen)} runs")
            return 0
    for each in known:
        say(_json(each) if as_json else _line(each))
    if not known and not as_json:
        note("no runs yet; begin with `panel run CASE`")
    return 0


def _chosen(known: list[Run], ids: list[str], older_than: int | None) -> list[Run]:
    import datetime as dt

    if not ids and older_than is None:
        raise UsageError("runs --purge", "which runs is not said", "Add --run RUN or --older-than DAYS")
    for id in ids:
        if id not in {r.id for r in known}:
            raise UsageError(f"run {id[:60]!r}", "there is no such run", "List them with `panel runs`")
    chosen = {r.id: r for r in known if r.id in ids}
    if older_than is not None:
        before = dt.datetime.now(dt.UTC) - dt.timedelta(days=older_than)
        chosen |= {r.id: r for r in known if r.updated <= before}
    return [chosen[id] for id in sorted(chosen)]


def _confirm(chosen: list[Run], yes: bool) -> None:
    import sys

    if yes or not chosen:
        return
    waiting = sum(r.status != "final" for r in chosen)
    if not sys.stdin.isatty():
        raise UsageError("runs --purge", "nobody is here to confirm", "Add --yes")
    if not typer.confirm(f"Delete {len(chosen)} runs ({waiting} not final) for good?", err=True):
        raise UsageError("runs --purge", "not confirmed", "Nothing was deleted")


def _line(run: Run) -> str:
    case = "".join(c if c.isprintable() else "?" for c in run.case_id)
    return f"{run.id}  {run.status:<15}  {case}"


def _json(run: Run) -> str:
    import json

    return json.dumps(
        {
            "run_id": run.id,
            "case_id": run.case_id,
            "status": run.status,
            "started": run.started.isoformat(),
            "updated": run.updated.isoformat(),
        }
    )
