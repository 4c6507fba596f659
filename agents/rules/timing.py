"""What a sentence says of its time: whether it tells of years ago, and where a position lies among the sentences."""

from __future__ import annotations

import datetime as dt
import re

from agents.rules.measures import Dated
from agents.rules.reading import Reading, Sentence

_YEAR = re.compile(r"(?<![\w.])(?:[0-3]?\d[./-][01]?\d[./-])?(?P<y>(?:19|20)\d\d)(?![\d\w])")
_EDITION = re.compile(r"\b(?:FIGO|WHO|AJCC|UICC|CAP|TNM|ISUP|NCCN|ASCO|PI-RADS|edition|ed\.?|IASLC|RCPath|version|v\.?)[\s,(:/-]*(?:[A-Za-z]{0,8}[\s,(:-]*)?$", re.I)
LONG_AGO = dt.timedelta(days=240)
"""An event so long before the document belongs to the past history."""


def sentence_at(reading: Reading, position: int) -> Sentence | None:
    """The sentence that holds the position, or the next one when it falls between two (in a header)."""
    index = reading.index_at(position)
    return reading.sentences[index] if index < len(reading.sentences) else None


def is_old(reading: Reading, start: int, end: int) -> bool:
    """Whether the span names years and all of them ended long before the document's date."""
    if reading.date is None:
        return False
    years = [
        int(match["y"])
        for match in _YEAR.finditer(reading.text, start, end)
        if not _EDITION.search(reading.text[max(start, match.start() - 16) : match.start()])
    ]
    return bool(years) and dt.date(max(years), 12, 31) < reading.date - LONG_AGO


def either_way(text: str, dated: Dated) -> str:
    """The date in ISO form; ``a or b`` where day and month could be the other way round."""
    first = dated.date.isoformat()
    if dated.certain or any(c.isalpha() for c in text[dated.start : dated.end]):
        return first
    try:
        second = dated.date.replace(month=dated.date.day, day=dated.date.month).isoformat()
    except ValueError:
        return first
    return " or ".join(sorted((first, second)))
