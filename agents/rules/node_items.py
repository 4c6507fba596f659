"""Nodes listed one by one: "Node 1: deposit 1.1 mm. Node 2: clear.", "nodes 1 and 3 contain melanoma, node 2 does not", rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.rules.node_clauses import Told

# All for lower case.
_ITEM = re.compile(
    r"\b(?:(?:sentinel |lymph )*nodes?|slns?|lns?|sn) ?(?:no\.? ?|number |#)?(?P<numbers>\d{1,2}(?! ?(?:mm|cm|%|/|of\b|out\b)|[./]\d)(?:(?: ?,| ?&| and| ?\+) ?(?:nodes? )?#?\d{1,2}(?![\w/.]\d))*)"
    r"(?P<aside> ?\([^)\n]{0,40}\))?(?P<mark>[ \t]*(?:[:=|,\u2013-]|(?:is|was|are|were|with|shows?|showed|contain\w*|ha[sd]|holds?|held|free|clear|negative|positive|involved|benign|no)\b| ))"
)
_STOP = re.compile(r"[\n;]|\.(?=\s|$)|\bnodes? ?#?\d|\bslns? ?\d")
_POSITIVE = re.compile(r"\b(?:deposits?|(?:macro-?|micro-?)?metasta\w*|positive|involved|melanoma|carcinoma|adenocarcinoma|tumou?r|affected|replaced|malignan\w*|cancer)\b(?![- ]free)|\+ve")
_NONE = re.compile(r"\b(?:clear|negative|neg|free|benign|reactive|uninvolved|normal|no|nil|none|not|without)\b|-ve\b")
_UNSURE = re.compile(r"\b(?:isolated|itcs?|micro-?met\w*|suspicious|equivocal|atypical|pending|na?evus|naevoid|cluster)\b")
_MOST = 12


def item_counts(text: str, low: int, high: int) -> Iterator[Told]:
    """The count that a complete list of numbered nodes makes: numbers 1 to n, each called held or free.

    Args:
        text: in lower case.
        low: where to begin.
        high: where to end.
    """
    states: dict[int, bool] = {}
    start, end = high, low
    for item in _ITEM.finditer(text, low, high):
        mark = item.start("mark")
        said = text[mark : _end(text, mark, high)]
        state = _state(said)
        if state is None:
            return
        for number in map(int, re.findall(r"\d+", item["numbers"])):
            if states.setdefault(number, state) != state:
                return  # two lists: one for each side
        start, end = min(start, item.start()), max(end, mark + len(said))
    if 1 < len(states) <= _MOST and sorted(states) == list(range(1, len(states) + 1)):
        yield Told(start, end, sum(states.values()), len(states))


def _end(text: str, at: int, high: int) -> int:
    stop = _STOP.search(text, at, high)
    return stop.start() if stop else high


def _state(said: str) -> bool | None:
    """Whether a node is held by tumour; None when that is not plain."""
    if _UNSURE.search(said):
        return None
    positive, none = _POSITIVE.search(said), _NONE.search(said)
    if none is not None and (positive is None or none.start() < positive.start()):
        return False
    return True if positive is not None else None
