"""Rich text for this terminal; plain text when stdout is a file or a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

PLAIN_WIDTH = 110


def console() -> Console:
    """The terminal; nothing in what is printed is taken for markup, links or emoji codes."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, width=width)


def drawn(what: RenderableType) -> str:
    """As the terminal would show it."""
    screen = console()
    with screen.capture() as captured:
        screen.print(what)
    return captured.get().rstrip("\n")
