"""The shape of a clinical text: sections by their headers, and sentences.

Nothing is copied or changed: both are spans of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Section(NamedTuple):
    """A header and what stands under it."""

    kind: str
    """Kind of the lexicon (``impression``, ``history``…); ``body`` before the first header or under an unknown one."""
    start: int
    """Where the header begins."""
    body: int
    """Where the text under it begins."""
    end: int
    """One past its last character."""


class Span(NamedTuple):
    """A sentence, list item or table row."""

    start: int
    end: int
    section: str
    """Kind of the section it stands in."""


_HEADER = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:]\s))[ \t]*(?:#{1,6}[ \t]*|\*\*[ \t]*|={2,}[ \t]*|-{2,}[ \t]*|\(?\d{1,2}[.)][ \t]+|[A-Z][.)][ \t]+|[-*\u2022][ \t]+)?"
    r"(?P<name>[A-Za-z][A-Za-z /&'()+,-]{1,48}?)[ \t]*"
    r"(?P<mark>:\*\*|\*\*[ \t]*:?|:|(?:[ \t]*[=#-]{2,})?(?=\n)|[ \t]+-[ \t]|(?=\Z))",
)
_BREAK = re.compile(r"[.!?](?=[\s\"')])|\n|;\s|\s\|\s|[.](?=[A-Z][a-z])|[\u2022\u25cf]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|approx|ca|vs|no|No|St|Fig|e\.g|i\.e|cf|incl|max|min|resp|dept|Dept|Pt|pt|ed|Ed|diff|mod|Inc|bzw|al|hx|wt|ht|temp|vol|ref|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|neg|pos|bx|adj|inf|sup|lat|med|ant|post|prev)|(?:Dr|Mr|Mrs|Ms|Prof)\.? [A-Z]|(?:^|\n)[ \t]*\(?(?:\d{1,2}|[A-Za-z]))\Z"
)
_LIST_START = re.compile(r"[ \t]*(?:[-*\u2022\u25cf>]|\(?\d{1,2}[.)]|\(?[A-Za-z][.)])[ \t]+\S")
_LABEL = re.compile(r"[ \t]*[A-Za-z][A-Za-z0-9 /()+'-]{0,40}?[ \t]*[:=|\t]")
_WRAPPED = 48  # a shorter line was ended on purpose


def sections(text: str, kinds: Mapping[str, str]) -> list[Section]:
    """The sections of a text in order.

    Args:
        text: the document.
        kinds: header in lower case to its kind.
    """
    heads: list[tuple[int, int, str]] = []
    for match in _HEADER.finditer(text):
        name = match["name"].strip()
        mark = match["mark"].strip()
        at_line = not text[: match.start("name")].rstrip(" \t#*=-0123456789.()\u2022") or "\n" in text[
            max(0, match.start("name") - 8) : match.start("name")
        ]
        kind = kinds.get(" ".join(name.lower().split()))
        if kind is None:
            if not (name.isupper() and mark.startswith((":", "*")) and at_line and len(name) > 3):
                continue
            kind = "body"
        elif not mark and not (name.isupper() or at_line):
            continue
        elif not at_line and not name.isupper() and not mark.startswith(":"):
            continue
        # "EGFR: pending", "Nodes: 0/19": a label that says what its line is about belongs to the sentence.
        heads.append((match.start("name"), match.end() if kind in _HEADINGS else match.start("name"), kind))
    if not heads:
        return [Section("body", 0, 0, len(text))]
    spans = [Section("body", 0, 0, heads[0][0])] if heads[0][0] > 0 else []
    for i, (start, body, kind) in enumerate(heads):
        end = heads[i + 1][0] if i + 1 < len(heads) else len(text)
        body = min(body, end)
        stop = _paragraph_end(text, body, end) if kind in _OWN_LINE else end
        spans.append(Section(kind, start, body, stop))
        if stop < end:
            spans.append(Section("body", stop, stop, end))
    return spans


_HEADINGS = frozenset(
    {
        "indication", "comparison", "technique", "findings", "impression", "diagnosis", "gross", "microscopic", "history",
        "present_history", "family", "social", "medication", "allergies", "examination_clinical", "plan", "legend",
    }
)  # fmt: skip
# Sections that change what a statement means end with their own paragraph, so that a one-line
# "Indication: mass on CT" does not colour the report under it.
_OWN_LINE = frozenset(
    {"indication", "comparison", "technique", "history", "family", "social", "medication", "allergies"}
)


def _paragraph_end(text: str, body: int, end: int) -> int:
    line_end = text.find("\n", body, end)
    if line_end < 0 or not text[body:line_end].strip():  # the header stands alone: all under it
        blank = re.compile(r"\S[^\n]*\n[ \t]*\n").search(text, body, end)
        return blank.end() if blank else end
    while line_end >= 0 and _joined(text, body, line_end, end):
        line_end = text.find("\n", line_end + 1, end)
    return end if line_end < 0 else line_end


def sentences(text: str, parts: list[Section]) -> list[Span]:
    """The sentences, list items and table rows of a text, in order; blank ones left out."""
    spans: list[Span] = []
    for part in parts:
        start = part.body
        for match in _BREAK.finditer(text, part.body, part.end):
            if match.start() < start or not _breaks(text, match, start, part.end):
                continue
            _add(spans, text, start, match.end(), part.kind)
            start = match.end()
        _add(spans, text, start, part.end, part.kind)
    return spans


def _breaks(text: str, match: re.Match[str], start: int, end: int) -> bool:
    mark = match.group()[0]
    at = match.start()
    if mark == "\n":
        return not _joined(text, start, at, end)
    return mark != "." or not _ABBREVIATION.search(text, max(start, at - 12), at)


def _joined(text: str, start: int, at: int, end: int) -> bool:
    """Whether the line break at ``at`` is only a wrap inside a sentence."""
    following = text[at + 1 : min(end, at + 60)]
    ahead = following.lstrip(" \t")
    if not ahead or ahead[0] in "\r\n|*#=":
        return False
    line_start = text.rfind("\n", 0, at) + 1
    line = text[line_start:at].rstrip()
    if not line or line[-1] in ".:;!?" or _LIST_START.match(following):
        return False
    if ahead[0].islower():
        return len(line) >= 20 and not _LABEL.match(following)
    return len(line) >= _WRAPPED and not _LABEL.match(following)


def _add(spans: list[Span], text: str, start: int, end: int, kind: str) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end, kind))
