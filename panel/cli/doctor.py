"""``panel doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from panel.cli.door import BAD_INPUT, FINAL, note, say


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> int:
    """Say what is installed, what is not, and what is in the way.

    Lists the core, the optional parts with their versions, where runs are kept, and any other distribution that
    owns or has overwritten one of our import names. Exit code 2 when something must be mended.

    [bold]Examples[/bold]

      panel doctor

      panel doctor --json
    """
    from panel.cli.checkup import examine

    found = examine()
    if as_json:
        import json

        say(json.dumps(found.as_dict()))
    else:
        for line in found.lines():
            say(line)
    for trouble in found.troubles:
        note(trouble)
    return BAD_INPUT if found.troubles else FINAL
