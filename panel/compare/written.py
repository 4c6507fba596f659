"""How what is written may be read: dates with two readings, and slips of the pen."""

from __future__ import annotations

import datetime as dt


def readings(value: str) -> tuple[dt.date, ...]:
    """The dates that a finding's value allows (``2026-03-04 or 2026-04-03``; every day of ``2026-03``, of ``2026-03-04..2026-03-10``)."""
    return tuple(day for part in value.split(" or ") for day in (_month(part) if len(part) == _MONTH else _days(part)))


_MONTH = len("2026-03")


def _days(value: str) -> list[dt.date]:
    first, _, last = value.partition("..")
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    return [start + dt.timedelta(days=i) for i in range((end - start).days + 1)]


def _month(value: str) -> list[dt.date]:
    first = dt.date.fromisoformat(f"{value}-01")
    days = (first + dt.timedelta(days=i) for i in range(31))
    return [day for day in days if day.month == first.month]


def typo(first: str, second: str) -> bool:
    """Whether one letter wrong, left out, added, or two neighbours swapped make one of the other."""
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[:start] + short[start : start + 2][::-1] + short[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or swapped == long
