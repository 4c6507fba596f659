"""The command ``panel``. Nothing heavy is imported before a command needs it."""

import sys
import threading

from panel import privacy


def main() -> None:
    """Run the command line and exit with its code."""
    privacy.enforce()
    privacy.hush()
    sys.excepthook = lambda *_: None  # a traceback may quote the chart; the door says what may be said
    threading.excepthook = lambda _: None
    from panel.cli.entry import run

    sys.exit(run(sys.argv[1:]))
