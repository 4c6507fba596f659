"""How far a negation carries over commas, and which box of a form is ticked.

"No ascites, effusion or nodes" denies all three; "no ascites, liver smooth, effusion 3 cm" only the first. ConText's scope
runs to the end of the sentence; lists are told from run-on clauses here.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from agents.rules.context import Context
from agents.rules.reading import Sentence
from agents.rules.text import words

_BREAKS = words(
    r"(?<![a-z])\d|\b(?:is|are|was|were|has|have|had|shows?|extends?|extending|invades?|involves|fills?|filling|reaches|measures|measuring|normal|clear|patent|"
    r"smooth|intact|unremarkable|stable|unchanged|present|positive|noted|with|but|there|known|grade|now|see|compensated|old|plus)\b",
)
_STARTS = words(
    r"\s*(?:and\s+)?(?:(?:a|an|one|two|three|small|tiny|trace|mild|minimal|moderate|large|extensive|marked|gross|massive|multiple|several|few|"
    r"bilateral|widespread|enhancing|right|left|new|some|shallow|sizeable|bulky)\s)+",
)
_OR = words(r"\b(?:or|nor)\b")
_VERB_OF_LIST = words(
    r"\s(?:is|are|was|were|(?:has|have) been|can be)\s+(?:seen|identified|present|noted|demonstrated|detected|evident|visuali[sz]ed|found|apparent|appreciated|shown)\b.*$"
)
_ITEM_WORDS = 4
_BOXES = re.compile(r"[ \t]*[:=-]?[^\n;.|]{0,60}?[\[(][ \t]*[xX\u2713\u2714]?[ \t]*[\])]|[^\n;.|]{0,60}?[\u2610\u2611\u2612]")
_TICKED_BEFORE = re.compile(r"(?:[\[(][ \t]*[xX\u2713\u2714][ \t]*[\])]|[\u2611\u2612])[ \t]*(?P<word>not\s+\w+|[A-Za-z]+)")
_TICKED_AFTER = re.compile(r"(?P<word>not\s+\w+|[A-Za-z]+)[ \t]*(?:[\[(][ \t]*[xX\u2713\u2714][ \t]*[\])]|[\u2611\u2612])")
UNSAID = words(r"\s*[:=(-]*\s*(?:is\s+|are\s+|was\s+)?(?:not applicable|n/a\b|not assess|cannot be (?:assess|determin|evaluat)|not report|not evaluat|unknown|not stated|not specified|pending|awaited|not tested)")
"""What follows a label that says nothing: "LVI: not applicable"."""
_NO_WORD = re.compile(r"(?:no|not\s.*|absent|none|negative|nil|clear|uninvolved|free)", re.I)
_YES_WORD = re.compile(r"(?:yes|present|positive|identified|involved|seen)", re.I)
# "LVI, perineural invasion and deposits: not identified": one entry for several labels.
_LISTED = words(r"(?:\s*(?:,|/|&|\band\b|\bor\b)\s*(?:and |or )?[a-z][a-z -]{2,40}?){1,4}\s*:\s*")


# The points of a score: "Child-Pugh: bilirubin 1, ascites 1" is no ascites.
_POINTS = re.compile(r"\s*[:=]?\s*(?P<n>[123])\b(?!\s?(?:l\b|lit|[cm]m\b|[.,]\d|%|/))")
_LETTER = re.compile(r"(?: present)?[ \t]*[:=?|][ \t]*(?P<v>[YN])(?=[ \t]*(?:\Z|$|[\n;,|/.)]))")  # "Liver mets: N"
_FIELD = re.compile(r"[ \t]*(?:\([^)\n]{0,20}\))?[ \t]*[:|]?[ \t]*")
_CELL = re.compile(r"[ \t]*\|")
_ENTRY = re.compile(
    r"[\s|:*-]*(?:(?P<no>no\b|not\s+(?:identified|seen|present|detected|found|involved)|absent|none\b|negative|neg\b|nil\b|uninvolved)|"
    r"(?P<yes>yes\b|present|identified|positive|pos\b|seen|extensive|focal\w*|multifocal|suspected present|\+))",
    re.I,
)
_WORDS_FOLLOW = re.compile(r"[\s|]*[A-Za-z0-9]")


def clause_start(text: str, low: int, at: int, high: int) -> int:
    """Where the clause of ``at`` begins in a text in lower case: behind the last comma over which a list cannot run; ``low`` without one."""
    end = min((i for i in (text.find(",", at, high), text.find(";", at, high)) if i >= 0), default=high)
    comma = text.rfind(",", low, at)
    while comma >= 0:
        if not text[comma + 1 : comma + 2].isdigit():
            item = text[comma + 1 : end]
            if _OR.search(item):  # "no infiltrate, effusion or pneumothorax is identified": the verb is the list's
                item = _VERB_OF_LIST.sub("", item)
            if _BREAKS.search(item):
                return comma + 1
            if (len(item.split()) > _ITEM_WORDS or _STARTS.match(item)) and not _OR.search(text, comma, high):
                return comma + 1
            end = comma
        comma = text.rfind(",", low, comma)
    return low


def context_at(text: str, sentence: Sentence, start: int, end: int) -> int:
    """ConText's word on a span (bits of Context), without a negation that belongs to an earlier clause; the text in lower case."""
    found = sentence.context(start, end)
    if found & Context.NEGATED:
        floor = clause_start(text, sentence.start, start, sentence.end)
        if floor > sentence.start and not sentence.context(start, end, floor) & Context.NEGATED:
            found &= ~Context.NEGATED
    return found


class Entry(NamedTuple):
    """What a form or table holds under a label."""

    said: bool
    """Yes or no."""
    end: int
    """Where the entry ends."""


def entered(text: str, start: int, end: int) -> Entry | Literal["empty"] | None:
    """The entry of a form for the label that ends at ``start``: a ticked box, the next cell, or the line under it.

    Returns:
        The entry; ``empty`` when the field holds nothing; None when this is running text.
    """
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    if _BOXES.match(text, start, min(line, max(end, start + 90))):
        return _ticked(text, start, min(line, max(end, start + 90)))
    points = _POINTS.match(text, start, line)
    if points is not None and text.find("hild", max(0, start - 120), start) >= 0:
        return Entry(points["n"] != "1", points.end())
    letter = _LETTER.match(text, start, line)
    if letter is not None:
        return Entry(letter["v"] == "Y", letter.end())
    listed = _LISTED.match(text, start, line)
    value = _ENTRY.match(text, listed.end(), line) if listed else None
    if value is not None:
        return Entry(value["no"] is None, value.end())
    if not _FIELD.fullmatch(text, start, end):
        return None
    cell = text[end : end + 1] == "|" or text[start:end].rstrip().endswith("|") or _CELL.match(text, end) is not None
    if not cell and not text[start:end].rstrip().endswith(":"):
        return None
    value = _ENTRY.match(text, end, line if cell else min(len(text), end + 60))
    if value is None:
        return "empty" if not _WORDS_FOLLOW.match(text, end, line) or not cell else None
    return Entry(value["no"] is None, value.end())


def _ticked(text: str, start: int, line: int) -> Entry | Literal["empty"]:
    box = re.search(r"[\[(\u2610-\u2612]", text[start:line])
    lead = text[start : start + box.start()] if box else ""
    pattern = _TICKED_AFTER if re.search(r"[A-Za-z]", lead) else _TICKED_BEFORE
    tick = pattern.search(text, start, line)
    if tick is None:
        return "empty"
    if _NO_WORD.fullmatch(tick["word"]):
        return Entry(False, tick.end())
    return Entry(True, tick.end()) if _YES_WORD.fullmatch(tick["word"]) else "empty"
