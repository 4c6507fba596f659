"""``panel schema``."""

from __future__ import annotations

from panel.cli.door import say


def schema() -> None:
    """Print the JSON Schema of the case file.

    [bold]Examples[/bold]

      panel schema > case.schema.json
    """
    import json

    from panel.intake import schema as case_schema

    say(json.dumps(case_schema(), indent=2))
