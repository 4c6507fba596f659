"""Whether the day beside a treatment is still to come."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from agents.rules.text import words

_YEAR_AFTER = re.compile(r"^(?:[^,;:]{0,40}?\b(?:in|of|since|until)|,?) \(?(?P<y>(?:19|20)\d\d)\b")
_YEAR_BEFORE = re.compile(r"\b(?P<y>(?:19|20)\d\d)\b[^.;]{0,24}$")
_MONTHS = {m: i + 1 for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))}
_DATE = re.compile(
    r"\b(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?(?: (?P<y>\d{4}))?|"
    r"(?P<y2>20\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)|(?P<d3>\d{1,2})[./](?P<m3>\d{1,2})(?:[./](?P<y3>(?:20)?\d\d))?(?![\d/]))\b"
)
_MONTH = words(r"\W{1,2}(?:\w+ )?in (?P<m>January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d)")


def years_ago(lead: str, tail: str, today: dt.date | None) -> bool:
    """Whether a bare year before this one stands beside it; ``lead`` and ``tail`` as written."""
    match = _YEAR_AFTER.match(tail) or _YEAR_BEFORE.search(lead)
    return match is not None and (today is None or int(match["y"]) < today.year)


def dated(tail: str, low_tail: str, today: dt.date | None) -> Literal["future", "past", "today", ""]:
    """Whether the day or month behind it lies ahead of the document's; ``today`` on that very day; nothing without either."""
    match = _DATE.search(tail[:60])
    if match is None or today is None:
        month = _MONTH.match(low_tail)
        apart = (today.month - _MONTHS[month["m"][:3]]) % 12 if month and today else 0
        return "" if not apart else "past" if apart <= 6 else "future"
    day = _date(match, today)
    if day is None:
        return ""
    return "future" if day > today else "today" if day == today else "past"


def _date(match: re.Match[str], today: dt.date) -> dt.date | None:
    day = int(match["d"] or match["d2"] or match["d3"])
    month = _MONTHS[match["m"].lower()[:3]] if match["m"] else int(match["m2"] or match["m3"])
    year = match["y"] or match["y2"] or match["y3"]
    number = int(year) if year else today.year
    try:
        found = dt.date(number + 2000 if number < 100 else number, month, day)
    except ValueError:
        return None
    # A bare "5 January" in a December letter is next year's.
    if not year and (today - found).days > 240:
        found = found.replace(year=found.year + 1)
    return found
