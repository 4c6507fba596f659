"""``panel audit``: read and verify the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import note, say

if TYPE_CHECKING:
    from panel.audit import AuditLog

app = typer.Typer(help="Who ran, ruled, rendered and purged what, and when.", no_args_is_help=True)


@app.command("verify")
def verify(
    head: Annotated[str | None, typer.Option(help="A head noted earlier; it must still be in the log.")] = None,
) -> int:
    """Check that no entry of the audit log was edited, removed or cut off.

    Prints the number of entries and the head. Whoever may write the folder could write the whole log anew: note
    the head elsewhere and give it back with --head.

    [bold]Examples[/bold]

      panel audit verify

      panel audit verify --head 91b5…
    """
    verdict = _log().verify(head)
    say(f"intact: {verdict.entries} entries, head {verdict.head}")
    if verdict.torn:
        note("the last line is incomplete: a crash while it was written; the next entry replaces it")
    return 0


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="The entries as written, one JSON object a line.")] = False,
    run: Annotated[str | None, typer.Option(help="Only this run.")] = None,
) -> int:
    """List the entries of the audit log, oldest first.

    [bold]Examples[/bold]

      panel audit list

      panel audit list --run 20260310-180501-123-0a1b2c3d --json
    """
    import json

    for entry in _log().entries():
        if run is not None and entry.get("run") != run:
            continue
        if as_json:
            say(json.dumps(entry))
            continue
        detail = entry.get("detail")
        words = " ".join(f"{k}={str(v)[:40]}" for k, v in detail.items()) if isinstance(detail, dict) else ""
        reviewer = f" for {entry['reviewer']}" if entry.get("reviewer") else ""
        say(f"{entry.get('time')}  {entry.get('who')}{reviewer}  {entry.get('what')}  {entry.get('run')}  {words}")
    return 0


def _log() -> AuditLog:
    from panel.audit import AuditLog
    from panel.store import home

    return AuditLog(home())
