"""How far a negation carries over commas, and which box of a form is ticked.

"No ascites, effusion or nodes" denies all three; "no ascites, liver smooth, effusion 3 cm" only the first. ConText's scope
runs to the end of the sentence; lists are told from run-on clauses here.
"""

from __future__ import annotations

import re

from agents.rules.context import Context
from agents.rules.reading import Sentence

_BREAKS = re.compile(
    r"\d|\b(?:is|are|was|were|has|have|had|shows?|extends?|extending|invades?|involves|fills?|filling|reaches|measures|measuring|normal|clear|patent|"
    r"smooth|intact|unremarkable|stable|unchanged|present|positive|noted|with|but|there|known|grade|now|see|compensated|old|plus)\b",
    re.I,
)
_STARTS = re.compile(
    r"\s*(?:and\s+)?(?:(?:a|an|one|two|three|small|tiny|trace|mild|minimal|moderate|large|extensive|marked|gross|massive|multiple|several|few|"
    r"bilateral|widespread|enhancing|right|left|new|some|shallow|sizeable|bulky)\s)+",
    re.I,
)
_OR = re.compile(r"\b(?:or|nor)\b", re.I)
_ITEM_WORDS = 4
_BOXES = re.compile(r"[ \t]*[:=-]?[^\n;.|]{0,60}?[\[(][ \t]*[xX\u2713\u2714]?[ \t]*[\])]|[^\n;.|]{0,60}?[\u2610\u2611\u2612]")
_TICKED_BEFORE = re.compile(r"(?:[\[(][ \t]*[xX\u2713\u2714][ \t]*[\])]|[\u2611\u2612])[ \t]*(?P<word>not\s+\w+|[A-Za-z]+)")
_TICKED_AFTER = re.compile(r"(?P<word>not\s+\w+|[A-Za-z]+)[ \t]*(?:[\[(][ \t]*[xX\u2713\u2714][ \t]*[\])]|[\u2611\u2612])")
_NO_WORD = re.compile(r"(?:no|not\s.*|absent|none|negative|nil|clear|uninvolved|free)", re.I)
_YES_WORD = re.compile(r"(?:yes|present|positive|identified|involved|seen)", re.I)


def clause_start(text: str, low: int, at: int, high: int) -> int:
    """Where the clause of ``at`` begins: behind the last comma over which a list cannot run; ``low`` without one."""
    commas = [i for i in range(low, at) if text[i] == "," and not text[i + 1 : i + 2].isdigit()]
    end = next((i for i in range(at, high) if text[i] in ",;"), high)
    for comma in reversed(commas):
        item = text[comma + 1 : end]
        listed = bool(_OR.search(text, comma, high))
        if _BREAKS.search(item) or (not listed and (_STARTS.match(item) or len(item.split()) > _ITEM_WORDS)):
            return comma + 1
        end = comma
    return low


def context_at(text: str, sentence: Sentence, start: int, end: int) -> Context:
    """ConText's word on a span, without a negation that belongs to an earlier clause."""
    found = sentence.context(start, end)
    if found & Context.NEGATED:
        floor = clause_start(text, sentence.start, start, sentence.end)
        if floor > sentence.start and not sentence.context(start, end, floor) & Context.NEGATED:
            found &= ~Context.NEGATED
    return found


def ticked(text: str, start: int, end: int) -> bool | None | str:
    """What the boxes after a form's label say: True, False, ``empty`` when none is ticked; None when there are none."""
    line = text.find("\n", start)
    line = min(len(text) if line < 0 else line, max(end, start + 90))
    if not _BOXES.match(text, start, line):
        return None
    box = re.search(r"[\[(\u2610-\u2612]", text[start:line])
    lead = text[start : start + box.start()] if box else ""
    pattern = _TICKED_AFTER if re.search(r"[A-Za-z]", lead) else _TICKED_BEFORE
    tick = pattern.search(text, start, line)
    if tick is None:
        return "empty"
    word = tick["word"]
    return False if _NO_WORD.fullmatch(word) else True if _YES_WORD.fullmatch(word) else "empty"
