"""The door: every way out of a command is an exit code and at most one line, whatever was raised behind it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from panel.cli.app import app
from panel.cli.door import BAD_INPUT, BUG, FINAL, INTERRUPTED, bug, flush, note
from panel.errors import PanelError


def run(arguments: Sequence[str]) -> int:
    """Run the application.

    Returns:
        0 final report, 3 awaiting review, 2 bad input or usage, 1 a bug, 130 interrupted.
    """
    try:
        code = app(list(arguments), prog_name="panel", standalone_mode=False)
        code = code if isinstance(code, int) else FINAL
    except PanelError as error:
        note(error.line)
        code = BAD_INPUT
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        code = FINAL
    except Exception as error:  # noqa: BLE001  the door: whatever it is, its words may hold a chart
        code = _refused(error)
    flush(sys.stdout)
    flush(sys.stderr)
    return code


def _refused(error: Exception) -> int:
    """Typer's own errors are usage (2, one line); everything else is a bug (1, one line)."""
    message = getattr(error, "format_message", None)
    if callable(message):
        line = " ".join(str(message()).split())
        note(f"usage: {line or 'a command is missing'} See `panel --help`.")
        return BAD_INPUT
    if type(error).__name__ == "Abort":
        return INTERRUPTED
    note(f"panel: {bug(error)}")
    return BUG
