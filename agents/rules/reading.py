"""A document read once: its sentences, the terms in them, and what ConText says of each.

Every seat works from the same reading; it is made once per text and kept for the meeting.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from agents.rules.context import Context, Scope
from agents.rules.lexicon import Mention, lower
from agents.rules.ruleset import RuleSet, load_rules
from agents.rules.shape import shaped
from agents.rules.text import Span, sections, sentences
from panel.case import Document, Evidence

# What standing in such a section says of every statement in it.
_SECTION_CONTEXT = {
    "history": Context.HISTORICAL,
    "comparison": Context.HISTORICAL,
    "family": Context.FAMILY,
    "legend": Context.HYPOTHETICAL,
}


_YEAR = re.compile(r"[12](?<!\w.)(?:(?<=1)9[5-9]|(?<=2)0[0-4])\d\b")
_EDITION = re.compile(r"(?:FIGO|WHO|AJCC|UICC|ISUP|TNM|CAP|ASCO|RECIST|LI-RADS|edition|ed\.|v|version|CNS)(?:\s(?:stage|staging|group|system|classification|grade))*\W{0,3}\s*$", re.I)
_MARK = re.compile(r"[(,]")
# "no", "nil" and "neg" deny what stands before them only where nothing follows ("LVI: no", not "LVI, no nodes").
_CLOSED = re.compile(r"\s*(?:[.,;:)|/\]]|$)|[ \t]*\n")
_SHORT = 3
_PRESENT = re.compile(r";|\b(?:now|new|currently|today|this (?:year|month|week|time)|recent(?:ly)?|at present|presents?|202[4-9]-)\b", re.I)
_YEAR_REACH = 60
_YEAR_FURTHER = 220  # a dictation without full stops goes on to other things
_OLD_AFTER = 2
"""Years after which a dated statement is of another episode."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its mentions; offsets are into the document."""

    start: int
    end: int
    section: str
    mentions: tuple[Mention, ...]
    scope: Scope | None
    base: Context
    old: tuple[tuple[int, int], ...] = ()
    """Stretches governed by a year well before the document's."""

    def of(self, *categories: str) -> Iterator[Mention]:
        """The mentions of these categories, by position."""
        return (m for m in self.mentions if m.category in categories)

    def context(self, start: int, end: int, floor: int = -1) -> Context:
        """What ConText and the section say of the span."""
        found = self.base if self.scope is None else self.base | self.scope.of(start, end, floor)
        if self.old and any(low <= start < high for low, high in self.old):
            found |= Context.OLD
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and its sentences."""

    document: Document
    sentences: tuple[Sentence, ...]
    rules: RuleSet = field(repr=False)
    text: str = field(repr=False)
    """The document's text, its layout and dictated figures written out; the same offsets."""
    low: str = field(repr=False)
    """The text in lower case, the same offsets: to be searched without regard to case, which is quicker than a regex that has none."""

    @property
    def date(self) -> dt.date | None:
        """The document's date."""
        return self.document.date

    def evidence(self, start: int, end: int) -> Evidence:
        """The span as evidence."""
        return Evidence.of(self.document, start, end)

    def quote(self, sentence: Sentence, *around: tuple[int, int]) -> Evidence:
        """The sentence as evidence, or the part of a long one around the spans."""
        if sentence.end - sentence.start <= 240 or not around:
            end = min(sentence.end, sentence.start + 240) if not around else sentence.end
            return self.evidence(sentence.start, end)
        low = max(sentence.start, min(a for a, _ in around) - 60)
        high = min(sentence.end, max(b for _, b in around) + 60)
        while low > sentence.start and not self.text[low - 1].isspace():
            low -= 1
        while high < sentence.end and not self.text[high].isspace():
            high += 1
        return self.evidence(low, high)


_UNPUNCTUATED = 160
_COMPANION = re.compile(
    r"(?:\b(?:with|by|presence of|told|met|seen?|brought|informed|phoned|rang|carer is|lives with)\s+(?:both\s+)?|(?:\d|man|woman|lady|gentleman|patient|boy|girl)\s+and\s+)(?:her|his|their|the)\s+(?:\w+\s+)?\Z", re.I
)
_ILL = re.compile(r"\W*(?:\w+\W+)?(?:having|had|has|who|diagnosed|affected|died|also|suffer\w*|carr\w+|aged|at \d|\()", re.I)


def _run_on(text: str, span: Span) -> bool:
    size = span.end - span.start
    return size > _UNPUNCTUATED and sum(text.count(mark, span.start, span.end) for mark in ",;:") * _UNPUNCTUATED < size


def _governs(text: str, trigger: Mention) -> bool:
    """Whether a trigger is one where it stands: a "no" with an end behind it, a relative who is no companion."""
    if trigger.id == "negated.backward":
        return trigger.end - trigger.start > _SHORT or _CLOSED.match(text, trigger.end) is not None
    if trigger.id == "family.forward":
        beside = _COMPANION.search(text, max(0, trigger.start - 40), trigger.start)
        return beside is None or _ILL.match(text, trigger.end, trigger.end + 30) is not None
    return True


def _marks(text: str, start: int, end: int) -> tuple[tuple[int, str], ...]:
    return tuple((m.start(), m.group()) for m in _MARK.finditer(text, start, end))


def _old_years(text: str, start: int, end: int, date: dt.date) -> tuple[tuple[int, int], ...]:
    """What an old year governs: some words before it ("the carcinoma of 2011"), and what follows up to the present."""
    found: list[tuple[int, int]] = []
    for match in _YEAR.finditer(text, start, end):
        edition = _EDITION.search(text[max(start, match.start() - 44) : match.start()])
        if int(match.group()) > date.year - _OLD_AFTER or edition:
            continue
        present = _PRESENT.search(text, match.end(), end)
        found.append((match.start() - _YEAR_REACH, min(present.start() if present else end, match.end() + _YEAR_FURTHER)))
    return tuple(found)


def read(document: Document) -> Reading:
    """The reading of a document, from memory when the same document was read before."""
    return _read(document)


@lru_cache(maxsize=64)
def _read(document: Document) -> Reading:
    rules = load_rules()
    text = shaped(document.text)
    spans = sentences(text, sections(text, rules.sections))
    starts = [span.start for span in spans]
    inside: list[list[Mention]] = [[] for _ in spans]
    triggers: list[list[Mention]] = [[] for _ in spans]
    for mention in rules.lexicon.scan(text):
        index = bisect_right(starts, mention.start) - 1
        if index < 0 or mention.end > spans[index].end:
            continue
        if mention.category != "context":
            inside[index].append(mention)
        elif _governs(text, mention):
            triggers[index].append(mention)
    date = document.date
    with_year = {bisect_right(starts, year.start()) - 1 for year in _YEAR.finditer(text)} if date else set()
    done = tuple(
        Sentence(
            span.start,
            span.end,
            span.section,
            tuple(found),
            Scope(trigger, _marks(text, span.start, span.end), _run_on(text, span)) if trigger and found else None,
            _SECTION_CONTEXT.get(span.section, Context.PRESENT),
            _old_years(text, span.start, span.end, date) if date and index in with_year else (),
        )
        for index, (span, found, trigger) in enumerate(zip(spans, inside, triggers, strict=True))
    )
    return Reading(document, done, rules, text, lower(text))
