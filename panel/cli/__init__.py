"""The command ``panel``. Nothing heavy is imported before a command needs it."""

import sys

from panel import privacy


def main() -> None:
    """Run the command line and exit with its code."""
    privacy.enforce()
    privacy.hush()
    from panel.cli.door import run

    sys.exit(run(sys.argv[1:]))
