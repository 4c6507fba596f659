"""One way to say what is wrong with an input: file, field, remedy; never a value from the chart."""

from __future__ import annotations

import re

from panel.errors import InputError

_PLAIN = re.compile(r"[A-Za-z_][\w.-]{0,39}")


def problem(where: str, what: str, remedy: str, field: str = "") -> InputError:
    """The error for ``where`` (a file), at ``field`` when there is one."""
    return InputError(f"{where}: {field}" if field else where, what, remedy)


def shown(name: str) -> str:
    """A field's name as it may stand in a message: quoted when it looks like one, else unnamed.

    Names are the writer's, so a chart exported badly can hold a patient's words where a name belongs.
    """
    return f"{name!r}" if _PLAIN.fullmatch(name) else "with an unusual name"


def route(steps: tuple[str | int, ...]) -> str:
    """A path into JSON as people write it: ``documents[1].kind``."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            name = step if _PLAIN.fullmatch(step) else "(field)"
            text += f".{name}" if text else name
    return text
