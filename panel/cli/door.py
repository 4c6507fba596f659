"""The door: every way out of a command is an exit code and at most one line, never a traceback, never patient text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from panel.errors import PanelError
from panel.privacy import told

FINAL, BUG, BAD_INPUT, AWAITING, INTERRUPTED = 0, 1, 2, 3, 130
WORST = (BUG, BAD_INPUT, AWAITING, FINAL)
"""Exit codes from the worst to the best."""


def run(arguments: Sequence[str]) -> int:
    """Run the application.

    Returns:
        0 final report, 3 awaiting review, 2 bad input or usage, 1 a bug, 130 interrupted.
    """
    from panel.cli.app import app

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
    _flush(sys.stdout)
    _flush(sys.stderr)
    return code


def say(line: str) -> None:
    """One line of result on stdout. A reader who has gone away is no error."""
    _write(sys.stdout, line)


def note(line: str) -> None:
    """One line on stderr."""
    _write(sys.stderr, line)


def bug(error: BaseException) -> str:
    """What is said of an unforeseen error, on one line."""
    hint = "" if os.environ.get("EXPERT_PANEL_DEBUG") else "; set EXPERT_PANEL_DEBUG=1 to see where, and please report it"
    return f"internal error ({told(error)}){hint}"


def worst(codes: Sequence[int]) -> int:
    """The exit code of several cases."""
    return next((code for code in WORST if code in codes), FINAL)


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


def _write(stream: TextIO, line: str) -> None:
    try:
        stream.write(line + "\n")
        stream.flush()
    except BrokenPipeError:
        _to_nowhere(stream)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except BrokenPipeError:
        _to_nowhere(stream)
    except ValueError:
        pass


def _to_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
