"""The rules a ruling must satisfy against the conflicts of its run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from panel.conflict import Conflict, Ruling
from panel.errors import UsageError

Place = Callable[[int, str], str]
"""Index of a ruling and its field to what the message calls it."""


def place(index: int, field: str) -> str:
    """The n-th ruling and its field, as a message names them."""
    return f"ruling {index + 1}, {field}"


def check(
    conflicts: Sequence[Conflict],
    rulings: Sequence[Ruling],
    *,
    ruled: Collection[str] = (),
    place: Place = place,
) -> tuple[Ruling, ...]:
    """The rulings, when every one of them may be applied.

    Args:
        conflicts: all of the run, open or not.
        rulings: to be applied together.
        ruled: ids ruled on since the conflicts were read.
        place: how to name a ruling and its field in a message.

    Raises:
        UsageError: a conflict that is not in the run, is already ruled on or is ruled on twice; a side that is not.
    """
    known = {c.id: c for c in conflicts}
    seen: set[str] = set()
    given = tuple(rulings)
    for index, ruling in enumerate(given):
        _refuse_unfit(ruling, place(index, "ruling"))
        where = place(index, "conflict")
        conflict = known.get(ruling.conflict)
        if conflict is None:
            what = f"no conflict {ruling.conflict[:60]!r} in this run"
            raise UsageError(where, what, "Take the ids from `panel review RUN --show`")
        if conflict.ruling is not None or conflict.id in ruled:
            raise UsageError(where, f"{conflict.id} is already ruled on", "A ruling is never overwritten; leave it out")
        if conflict.id in seen:
            raise UsageError(where, f"{conflict.id} is ruled on twice", "Keep one of the two")
        seen.add(conflict.id)
        if ruling.side is not None and not 0 <= ruling.side < len(conflict.sides):
            what = f"{conflict.id} has no side {ruling.side}"
            raise UsageError(place(index, "side"), what, f"Give 0 to {len(conflict.sides) - 1}")
    return given


def _refuse_unfit(ruling: Ruling, where: str) -> None:
    """A ruling built past its own checks would be kept for ever and could never be read again."""
    try:
        Ruling.model_validate_json(ruling.model_dump_json(warnings=False))
    except ValueError:  # of pydantic both: what cannot be written down, and what cannot be read back
        raise UsageError(where, "lacks reviewer, reason, side, value or time", "Build it with Ruling(...)") from None
