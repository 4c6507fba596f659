"""The shape of a clinical text: sections by their headers, and sentences.

Nothing is copied or changed: both are spans of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
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


_PREFIX = r"[ \t]*(?:#{1,6}[ \t]*|\*\*[ \t]*|={2,}[ \t]*|-{2,}[ \t]*|\(?\d{1,2}[.)][ \t]+|[A-Z][.)][ \t]+|[-*\u2022][ \t]+)?"
_HEADER = re.compile(
    _PREFIX + r"(?P<name>[A-Za-z][A-Za-z /&'()+,-]{1,48}?)(?![A-Za-z/&'()+,])[ \t]*"
    r"(?P<mark>:\*\*|\*\*[ \t]*:?|:|(?:[ \t]*[=#-]{2,})?(?=\n)|[ \t]+-[ \t]|(?=\Z))",
)
# Where a header may begin: behind a line break or the end of a sentence; with its first word.
_PLACE = re.compile(rf"[\n.;:](?:(?<=\n)|(?<=[.;:])\s)(?={_PREFIX}(?P<word>[A-Za-z]+))")
_FIRST_PLACE = re.compile(rf"(?={_PREFIX}(?P<word>[A-Za-z]+))")
_NO_NAME = re.compile(r"[ \t#*=\-0-9.()\u2022]*")
# One character class in front, so that the text between breaks is passed over quickly.
_BREAK = re.compile(
    r"[.!?;\s\u2022\u25cf](?:(?<=[.!?])(?=[\s\"')])|(?<=\n)|(?<=;)\s|(?<=[^\S\n])\|\s|(?<=\.)(?=[A-Z][a-z])|(?<=[\u2022\u25cf]))"
)
_SHORTENED = (
    "Dr|Mr|Mrs|Ms|Prof|approx|ca|vs|no|No|St|Fig|e.g|i.e|cf|incl|max|min|resp|dept|Dept|Pt|pt|ed|Ed|diff|mod|Inc|bzw|al|hx|wt|ht|temp|vol|ref|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|neg|pos|bx|adj|inf|sup|lat|med|ant|post|prev|Seg|seg|segm|Segm|susp|enh|ulc|circ|infilt|obst|poss|prob|occ|hep|gr|lap|rec|ref|adenoca"
).split("|")
_SHORT_ENDS = frozenset(word[-2:] for word in _SHORTENED)
_ABBREVIATION = re.compile(
    rf"(?:\b(?:{'|'.join(map(re.escape, _SHORTENED))})|(?:Dr|Mr|Mrs|Ms|Prof)\.? [A-Z]|(?:^|\n|(?<=\n))[ \t]*\(?(?:\d{{1,2}}|[A-Za-z]))\Z"
)
# "clearance 20 Feb. Surgery was declined": a day and month, and a word that is no year, end a sentence.
_DAY_ENDS = re.compile(r"\d (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")
_NEW = re.compile(r" [A-Z][a-z]+ ")
_LIST_START = re.compile(r"[ \t]*(?:[-*\u2022\u25cf>]|\(?\d{1,2}[.)]|\(?[A-Za-z][.)])[ \t]+\S")
_LABEL = re.compile(r"[ \t]*(?:[A-Za-z][A-Za-z0-9 /()+'-]{0,40}?|[cgp]\.[\w+>*()-]{3,24}(?: \([^)\n]{1,12}\))?)[ \t]*[:=|\t]")
_BLANK_LINE = re.compile(r"\S[^\n]*\n[ \t]*\n")
_LONGEST = 1200  # characters of a sentence
_WRAPPED = 48  # a shorter line was ended on purpose


# A line that ends so goes on.
_OPEN_ENDS = tuple(f" {word}" for word in "in of the a an and or with at on from to by for is was are were this that her his no".split())
_HEADINGS = frozenset(
    {
        "indication", "comparison", "technique", "findings", "impression", "diagnosis", "gross", "microscopic", "history",
        "present_history", "family", "social", "medication", "allergies", "examination_clinical", "plan", "legend",
    }
)  # fmt: skip


def sections(text: str, kinds: Mapping[str, str]) -> list[Section]:
    """The sections of a text in order.

    Args:
        text: the document.
        kinds: header in lower case to its kind.
    """
    heads = list(_heads(text, kinds))
    if not heads:
        return [Section("body", 0, 0, len(text))]
    spans = [Section("body", 0, 0, heads[0][0])] if heads[0][0] > 0 else []
    for i, (start, under, kind) in enumerate(heads):
        end = heads[i + 1][0] if i + 1 < len(heads) else len(text)
        body = min(under, end)
        stop = _paragraph_end(text, body, end) if kind in _OWN_LINE else end
        if kind in _BRIEF and stop - body > _BRIEF_LENGTH and (first := _FIRST_SENTENCE.search(text, body, stop)):
            stop = first.end()
        spans.append(Section(kind, start, body, stop))
        if stop < end:
            spans.append(Section("body", stop, stop, end))
    return spans


def _heads(text: str, kinds: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The headers: where the name begins, where the text under it begins, the kind."""
    openings = _openings(frozenset(kinds))
    untitled = _NO_NAME.match(text)
    lead = untitled.end() if untitled else 0
    reach = 0
    for place in chain(filter(None, (_FIRST_PLACE.match(text),)), _PLACE.finditer(text)):
        word = place["word"]
        if place.end() < reach or not (word[:2].isupper() or word.lower() in openings):
            continue
        match = _HEADER.match(text, place.end())
        if match is None:
            continue
        reach = match.end()
        name, mark, start = match["name"].strip(), match["mark"].strip(), match.start("name")
        at_line = start <= lead or text.find("\n", max(0, start - 8), start) >= 0
        kind = kinds.get(" ".join(name.lower().split()))
        if kind is None:
            if not (name.isupper() and mark.startswith((":", "*")) and at_line and len(name) > 3):
                continue
            kind = "body"
        elif not (name.isupper() or at_line) and not mark.startswith(":"):
            continue
        # "EGFR: pending", "Nodes: 0/19": a label that says what its line is about belongs to the sentence.
        yield start, match.end() if kind in _HEADINGS else start, kind


@lru_cache(maxsize=4)
def _openings(names: frozenset[str]) -> frozenset[str]:
    """The first words of the known headers."""
    return frozenset(found.group() for found in map(re.compile("[a-z]+").match, names) if found)


# Sections that change what a statement means end with their own paragraph, so that a one-line
# "Indication: mass on CT" does not colour the report under it.
_OWN_LINE = frozenset(
    {"indication", "comparison", "technique", "history", "family", "social", "medication", "allergies"}
)

# What was asked takes a sentence or two: a longer run behind the label on one line is the report itself.
_BRIEF = frozenset({"indication", "comparison"})
_BRIEF_LENGTH = 300
_FIRST_SENTENCE = re.compile(r"(?<=[a-z\d)/%][.?])\s+(?=[A-Z])")


def _paragraph_end(text: str, body: int, end: int) -> int:
    line_end = text.find("\n", body, end)
    if line_end < 0 or not text[body:line_end].strip():  # the header stands alone: all under it
        blank = _BLANK_LINE.search(text, body, end)
        return blank.end() if blank else end
    while line_end >= 0 and _joined(text, body, line_end, end):
        line_end = text.find("\n", line_end + 1, end)
    return end if line_end < 0 else line_end


def sentences(text: str, parts: list[Section]) -> list[Span]:
    """The sentences, list items and table rows of a text, in order; blank ones left out."""
    spans: list[Span] = []
    for kind, _, body, end in parts:
        start = body
        for match in _BREAK.finditer(text, body, end):
            at, after = match.span()
            if at < start or not _breaks(text, at, start, end):
                continue
            _add(spans, text, start, after, kind)
            start = after
        _add(spans, text, start, end, kind)
    return spans


_DAY_AND_MONTH = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\Z")


def _breaks(text: str, at: int, start: int, end: int) -> bool:
    mark = text[at]
    if mark == ".":
        before = text[max(0, at - 2) : at]
        if before[:-1].isalpha() and before not in _SHORT_ENDS:
            return True
        if before[-1:].isdigit() and _DAY_AND_MONTH.search(text, max(start, at - 6), at) and text[at + 2 : at + 3].islower():
            return False  # "laparoscopy on 20.10. is planned"
        return not _ABBREVIATION.search(text, max(start, at - 12), at) or bool(_DAY_ENDS.search(text, max(start, at - 12), at + 1) and _NEW.match(text, at + 1))
    if mark == "\n":
        return not _joined(text, start, at, end)
    # "? metastasis": a query, not a question's end
    return mark != "?" or not (text[at - 1 : at].isspace() or not text[start:at].strip(" \t(-*\u2022"))


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
    if ahead[0].islower() and line.endswith(_OPEN_ENDS) and len(line) >= 20:
        return True  # "sits in\nthe lingula: ..." is no label
    if ahead[0].islower():
        return len(line) >= 20 and not _LABEL.match(following)
    return len(line) >= _WRAPPED and not _LABEL.match(following)


_LETTERS = re.compile(r"\\.|\(\?P|[A-Z]+", re.S)


def words(pattern: str) -> re.Pattern[str]:
    """A pattern of words in any case, to be searched in lower case.

    A regular expression without regard to case takes three times as long: it cannot tell by a letter
    where not to begin. Escapes (``\\S``) and named groups keep their capitals.
    """
    return re.compile(_LETTERS.sub(lambda m: m.group() if m.group()[0] in "\\(" else m.group().lower(), pattern))


def places(text: str, *stems: str) -> list[int]:
    """Where any of the stems begin, in order: by far the quickest look at a whole text."""
    found: list[int] = []
    for word in stems:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    found.sort()
    return found


def stretches(around: Iterable[int], back: int, ahead: int, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a text so far back and ahead of the places, merged where they meet, between start and end."""
    spans: list[tuple[int, int]] = []
    for place in around:
        low, high = max(start, place - back), min(end, place + ahead)
        if spans and low <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(high, spans[-1][1])
        elif low < high:
            spans.append((low, high))
    return spans


def near(pattern: re.Pattern[str], text: str, around: Iterable[int], back: int, ahead: int) -> Iterator[re.Match[str]]:
    """The matches of a pattern close to the places. A pattern that cannot begin with a letter of its own is
    tried at every character of what it searches, so a whole text is searched for a word of it first."""
    for low, high in stretches(around, back, ahead, 0, len(text)):
        yield from pattern.finditer(text, low, high)


def _add(spans: list[Span], text: str, start: int, end: int, kind: str) -> None:
    part = text[start:end]
    bare = part.lstrip()
    if not bare:
        return
    start += len(part) - len(bare)
    end = start + len(bare.rstrip())
    while end - start > _LONGEST:  # no sentence of a person: cut, so that no reader's work grows with its square
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = start + _LONGEST if cut < 0 else cut
        spans.append(Span(start, cut, kind))
        start = cut
    spans.append(tuple.__new__(Span, (start, end, kind)))  # half the time of the constructor
