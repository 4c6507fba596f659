"""Relatives, and whether a "he" or "she" is one: "her husband came along; he had a prostatectomy on 1 March"."""

from __future__ import annotations

import re

RELATIVE = r"(?:mother|father|sister|brother|aunt|uncle|grand\w+|cousin|daughter|son|wife|husband|partner|twin|niece|nephew|mum|dad|friend|donor|colleague|relative)"
# In lower case; "father of three", "a farmer's wife" are the patient, "Dear colleague" is the reader.
NEAR_RELATIVE = re.compile(rf"(?:(?<!'s )|(?<=patient's ))(?<!dear )\b{RELATIVE}s?\b(?! of (?:two|three|four|five|six|seven|\d|an? ))")
_WOMEN = re.compile(r"mother|sister|aunt|daughter|wife|niece|mum|grandm|grandd|cousin|twin|friend|donor|relative")
_MEN = re.compile(r"(?<!grandm)(?<!m)father|brother|uncle|son|husband|nephew|dad|grandf|grands|cousin|twin|friend|donor|relative")
_PRONOUN = re.compile(r"\b(?P<she>she)\b|\bhe\b")
_REACH = 130


def may_be_relative(low: str, start: int, end: int, *, woman: bool) -> bool:
    """Whether a relative is spoken of whom a single "she" (``woman``) or "he" can mean: no wife is a he, no daughters are a she."""
    own, other = (_WOMEN, _MEN) if woman else (_MEN, _WOMEN)
    return any(own.match(r.group()) or not other.match(r.group()) for r in NEAR_RELATIVE.finditer(low, start, end) if not (r.group().endswith("s") and not low.startswith("'", r.end())))


def of_relative(low: str, at: int) -> bool:
    """Whether the last person spoken of before ``at`` is a relative: one was named, and the pronoun since then is theirs.

    Args:
        low: the text in lower case.
    """
    start = max(0, at - _REACH)
    named = list(NEAR_RELATIVE.finditer(low, start, at))[-1:]
    said = list(_PRONOUN.finditer(low, named[0].end(), at)) if named else []
    if not said:
        return False
    return (_WOMEN if said[-1]["she"] else _MEN).match(named[0].group()) is not None
