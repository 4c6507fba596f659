"""Whether the operation of a plan is so near that no treatment can come before it."""

from __future__ import annotations

import datetime as dt
import re

from panel.compare.positions import Position

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH})\b|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})\b|20\d\d-(?P<m3>\d\d)-(?P<d3>\d\d)\b|(?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})(?:[./](?:20)?\d\d)?\b(?![\d/]))", re.I
)
_NEAR = re.compile(r"\b(?:tomorrow|(?:this|next) (?:week|month|(?:mon|tues|wednes|thurs|fri)day)|on (?:mon|tues|wednes|thurs|fri)day|(?:mon|tues|wednes|thurs|fri)day week|in (?:a week|ten days|two weeks|a fortnight)|within (?:the |a )?(?:\w+ )?(?:week|fortnight|days|ten days|two weeks))\b", re.I)
# What goes before it, or is no operation on the tumour.
_NOT_YET = re.compile(r"\b(?:(?:after|following|once|when)\b(?![^.;,]{0,40}\b(?:patholog|histolog|specimen|wound|heal|recover|margin|discharge))|until|if|unless|complet\w+|port|stent|stoma|laparoscopy|jejunostomy|gastrostomy|biops\w+|EUA|sentinel|sampling|drain\w*|review|see (?:him|her|them)|clinic|discuss\w*)\b", re.I)
_PART = re.compile(r"[,;]| and (?:I|we|will|would|shall|then)\b")
WEEKS_AHEAD = dt.timedelta(days=35)
"""Within it no course of drugs or of long radiation is over."""


def operates_soon(position: Position, written: dt.date) -> bool:
    """Whether a position plans an operation for a day within five weeks of when it was written."""
    return any(_soon(quote, written) for quote in _quotes(position))


def operation_days(position: Position, written: dt.date) -> list[dt.date]:
    """The days on or after that of writing which a position names for its operation."""
    return [day for quote in _quotes(position) for match in _DAY.finditer(quote) if (day := _date(match, written)) is not None and day >= written]


def _quotes(position: Position) -> set[str]:
    """What the position says of its operation, each up to the end of the part that names a day."""
    quotes = {p.recommendation.evidence[0].quote for p in position.plans if p.recommendation.action.startswith("surgery")}
    parts = {quote[: end.start() if (day := _DAY.search(quote)) and (end := _PART.search(quote, day.end())) else len(quote)] for quote in quotes}
    return {part for part in parts if not _NOT_YET.search(part)}


def _soon(quote: str, written: dt.date) -> bool:
    days = [day for match in _DAY.finditer(quote) if (day := _date(match, written)) is not None]
    if days:
        return any(dt.timedelta() < day - written <= WEEKS_AHEAD for day in days)
    return _NEAR.search(quote) is not None


def _date(match: re.Match[str], written: dt.date) -> dt.date | None:
    name = match["m"] or match["m2"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match["m3"] or match["m4"])
    try:
        day = dt.date(written.year, month, int(match["d"] or match["d2"] or match["d3"] or match["d4"]))
        return day if written <= day or (written - day).days < 200 else day.replace(year=written.year + 1)
    except ValueError:
        return None
