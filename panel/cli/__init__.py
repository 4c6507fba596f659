"""The command ``panel``. Nothing heavy is imported before a command needs it."""

import os
import sys
import threading

from panel import privacy


def main() -> None:
    """Run the command line and exit with its code."""
    privacy.enforce()
    privacy.hush()
    _standing_streams()
    sys.excepthook = lambda *_: None  # a traceback may quote the chart; the door says what may be said
    threading.excepthook = lambda _: None
    from panel.cli.entry import run

    sys.exit(run(sys.argv[1:]))


def _standing_streams() -> None:
    """A stream that the caller closed becomes one that holds nothing, before a file of ours is given its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
        if getattr(sys, name) is None:
            stream = os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False)
            setattr(sys, name, stream)
