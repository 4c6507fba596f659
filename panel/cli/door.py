"""What a command says on its way out: an exit code and single lines, never a traceback, never patient text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from panel.errors import StoreError
from panel.privacy import told

FINAL, BUG, BAD_INPUT, AWAITING, INTERRUPTED = 0, 1, 2, 3, 130
WORST = (BUG, BAD_INPUT, AWAITING, FINAL)
"""Exit codes from the worst to the best."""


def say(line: str) -> None:
    """One line of result on stdout. A reader who has gone away is no error.

    Raises:
        StoreError: stdout cannot take it, for the disk is full.
    """
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


def _write(stream: TextIO, line: str) -> None:
    try:
        stream.write(line + "\n")
        stream.flush()
    except BrokenPipeError:
        _to_nowhere(stream)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(_spelled(line, encoding) + "\n")
        stream.flush()
    except OSError as error:
        _to_nowhere(stream)  # or Python tries once more at its end, and complains in its own words
        if stream is sys.stdout:
            why = (error.strerror or "cannot be written").lower()
            raise StoreError("stdout", why, "The run is kept: see `panel runs`") from None


def _spelled(line: str, encoding: str) -> str:
    """What the encoding lacks as \\uXXXX (in halves beyond the first plane), which is JSON as well."""

    def units(char: str) -> str:
        pairs = char.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{pairs[i]:02x}{pairs[i + 1]:02x}" for i in range(0, len(pairs), 2))

    def fits(char: str) -> bool:
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            return False
        return True

    return "".join(char if fits(char) else units(char) for char in line)


def flush(stream: TextIO) -> None:
    """Whatever is still to be written; a reader who has gone away is no error."""
    try:
        stream.flush()
    except OSError:
        _to_nowhere(stream)
    except ValueError:
        pass


def _to_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
