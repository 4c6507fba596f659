"""A document read once: its sentences, the terms in them, and what ConText says of each.

Every seat works from the same reading; it is made once per text and kept for the meeting.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from agents.rules.context import Context, Scope
from agents.rules.lexicon import Mention, lower
from agents.rules.ruleset import RuleSet, load_rules
from agents.rules.shape import shaped
from agents.rules.text import Span, places, sections, sentences
from agents.rules.unreal import STEMS, unreal
from panel.case import Document, Evidence

# What standing in such a section says of every statement in it.
_SECTION_CONTEXT = {
    "history": Context.HISTORICAL,
    "comparison": Context.HISTORICAL,
    "family": Context.FAMILY,
    "legend": Context.HYPOTHETICAL,
}


_YEAR = re.compile(r"[12](?<!\w.)(?:(?<=1)9[5-9]|(?<=2)0[0-4])\d\b")
_EDITION = re.compile(r"(?:FIGO|WHO|AJCC|UICC|ISUP|TNM|CAP|ASCO|RECIST|LI-RADS|IASLC|FNCLCC|EORTC|ESMO|NCCN|edition|ed\.|v|version|CNS)(?:\s(?:stage|staging|group|system|classification|grade|grading|[IV1-4]{1,3}[A-Da-d]?[1-3]?))*\W{0,3}\s*(?:(?:19|20)\d\d\s?(?:[/,&]|and)\s?)?$", re.I)
# "no", "nil" and "neg" deny what stands before them only where nothing follows ("LVI: no", not "LVI, no nodes").
_CLOSED = re.compile(r"\s*(?:[.,;:)|/\]]|$)|[ \t]*\n")
_SHORT = 3
# "Melanoma with negative sentinel nodes", "on a background of cured hepatitis": said of the noun behind it.
_ARTICLE = re.compile(r"\b(?:with|of|an?|the|her|his|for|and|on|after|despite)\s+\Z", re.I)
# "When he was forty", not "when he was scanned in January".
_AGED = re.compile(r"\s(?:\d\d\b(?! ?[a-z/])|(?:twenty|thirty|forty|fifty|sixty|eighteen|nineteen)\b|(?:still )?(?:very )?(?:young|little|a (?:boy|girl|child|student|teenager|young)|at school|in h)\b)")
# "S/p robotic right partial nephrectomy for 3 cm RCC": done for the tumour of the chart, unless it is years ago.
_DONE_FOR = re.compile(r"(?=[^.;\n]{3,70}\bfor\b[^.;\n]{0,40}(?:cancer|carcinoma|tumou?r|RCC|NSCLC|HCC|IDC|ILC|SCC|melanoma|mass\b|sarcoma))(?![^.;\n]{0,110}(?:\b(?:19\d\d|20(?:[01]\d|2[0-3]))\b|\bago\b))")
_BEFORE_ITS_NOUN = re.compile(r"\s+(?!(?:on|in|at|by|for|and|or|but|with|to|of|from|as|is|was|were|are|after|since|now|then)\b)[a-z]")
_PRESENT = re.compile(r";|\b(?:now|new|currently|today|this (?:year|month|week|time)|recent(?:ly)?|at present|presents?|202[4-9]-)\b", re.I)
_YEAR_REACH = 60
_YEAR_FURTHER = 220  # a dictation without full stops goes on to other things
_OLD_AFTER = 2
"""Years after which a dated statement is of another episode."""


class Sentence(NamedTuple):
    """A sentence with its mentions; offsets are into the document."""

    start: int
    end: int
    section: str
    mentions: tuple[Mention, ...]
    scope: Scope | None
    base: int
    """What its section says of every statement in it, bits of Context."""
    old: tuple[tuple[int, int], ...] = ()
    """Stretches governed by a year well before the document's."""
    unreal: tuple[tuple[int, int], ...] = ()
    """Stretches that tell what is not so ("had it reached the cava, ...")."""

    def of(self, *categories: str) -> Iterator[Mention]:
        """The mentions of these categories, by position."""
        return (m for m in self.mentions if m.category in categories)

    def context(self, start: int, end: int, floor: int = -1) -> int:
        """What ConText and the section say of the span, bits of Context."""
        found = self.base if self.scope is None else self.base | self.scope.of(start, end, floor)
        if self.old and any(low <= start < high for low, high in self.old):
            found |= Context.OLD
        if self.unreal and self.is_unreal(start):
            found |= Context.HYPOTHETICAL
        return found

    def is_unreal(self, at: int) -> bool:
        """Whether what stands there is told as not so."""
        return any(low <= at < high for low, high in self.unreal)


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
    title: list[Mention] = field(repr=False)
    """The terms in its title; offsets are into the title."""
    _ends: list[int] = field(repr=False)
    """Where the sentences end."""
    _holders: dict[str, list[int]] = field(repr=False)
    """Indices of the sentences that hold a mention of the category; those of all rules under ``rule``."""
    _quotes: dict[tuple[int, int], Evidence] = field(default_factory=dict, repr=False, compare=False)

    @property
    def date(self) -> dt.date | None:
        """The document's date."""
        return self.document.date

    def evidence(self, start: int, end: int) -> Evidence:
        """The span as evidence; many findings share one."""
        made = self._quotes.get((start, end))
        if made is None:
            made = self._quotes[(start, end)] = Evidence.of(self.document, start, end)
        return made

    def holding(self, *categories: str) -> list[Sentence]:
        """The sentences with a mention of these categories (``rule``: of any rule), by position."""
        lists = [held for category in categories if (held := self._holders.get(category))]
        indices = lists[0] if len(lists) == 1 else sorted({index for held in lists for index in held})
        return [self.sentences[index] for index in indices]

    def about(self, stems: Sequence[str]) -> bool:
        """Whether one of the stems (lower case) stands in the document or its title; true of none at all."""
        return not stems or any(map(self.low.__contains__, stems)) or any(map(self.document.title.lower().__contains__, stems))

    def index_at(self, position: int) -> int:
        """The index of the sentence that holds the position, or of the next one when it falls between two."""
        return bisect_right(self._ends, position)

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
    r"(?:\b(?:with|by|presence of|told|met|seen?|brought|informed|phoned|rang|carer is|lives with)\s+(?:both\s+)?|(?:\d|man|woman|lady|gentleman|patient|boy|girl)\s+and\s+)(?:her|his|their|the)\s+(?:\w+\s+)?\Z|\b(?:pt|patient|him|her|them)\s*(?:and|with|&|\+)\s*\Z", re.I
)
_COMPARED = re.compile(r"[\s:(,]*(?:(?:was|at|about|approx\w*|ca\.?|of|only|measur\w+)\s+)*\d{1,3}(?:[.,]\d)?\s?(?:[cm]m\b|[x\u00d7]\s?\d|[)\]])")
_ILL = re.compile(r"\W*(?:\w+\W+)?(?:having|had|has|who|diagnosed|affected|died|also|suffer\w*|carr\w+|aged|at \d|\()", re.I)


def _run_on(text: str, span: Span) -> bool:
    size = span.end - span.start
    return size > _UNPUNCTUATED and sum(text.count(mark, span.start, span.end) for mark in ",;:") * _UNPUNCTUATED < size


def _governs(text: str, trigger: Mention) -> bool:
    """Whether a trigger is one where it stands: a "no" with an end behind it, a relative who is no companion."""
    if trigger.id in ("negated.backward", "historical.backward"):
        if text.startswith("when ", trigger.start) and not _AGED.match(text, trigger.end):
            return False
        if _BEFORE_ITS_NOUN.match(text, trigger.end) and _ARTICLE.search(text, max(0, trigger.start - 14), trigger.start):
            return False
    if trigger.id == "negated.backward":
        return trigger.end - trigger.start > _SHORT or _CLOSED.match(text, trigger.end) is not None
    if trigger.id[:10] == "historical":
        if text[trigger.start] in "sS" and _DONE_FOR.match(text, trigger.end):
            return False
        return text[trigger.start] not in "pPfF" or _COMPARED.match(text, trigger.end) is None  # "41 mm tumour, previously 39 mm"
    if trigger.id == "family.forward":
        beside = _COMPANION.search(text, max(0, trigger.start - 40), trigger.start)
        return beside is None or _ILL.match(text, trigger.end, trigger.end + 30) is not None
    return True

# "She had a carcinoma of the right breast, treated by ..., which ended in 2014": the year of the end dates all of it.
_HAD = re.compile(r"\b[Hh]ad\b(?! (?:been|no|not)\b)")
_OVER = re.compile(r"\b(?:ended|finished|finishing|ending|completed|stopped|until|till|up to)\s(?:in\s)?(?:\w{3,9}\s)?\Z")


def _old_years(text: str, start: int, end: int, date: dt.date) -> tuple[tuple[int, int], ...]:
    """What an old year governs: some words before it ("the carcinoma of 2011"), and what follows up to the present."""
    found: list[tuple[int, int]] = []
    for match in _YEAR.finditer(text, start, end):
        edition = _EDITION.search(text[max(start, match.start() - 44) : match.start()])
        if int(match.group()) > date.year - _OLD_AFTER or edition:
            continue
        present = _PRESENT.search(text, match.end(), end)
        had = _HAD.search(text, start, match.start()) if _OVER.search(text, max(start, match.start() - 24), match.start()) else None
        found.append((min(had.start() if had else end, match.start() - _YEAR_REACH), min(present.start() if present else end, match.end() + _YEAR_FURTHER)))
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
    inside, triggers, holders = _sorted_in(rules, text, spans, starts)
    date = document.date
    with_year = {bisect_right(starts, year.start()) - 1 for year in _YEAR.finditer(text)} if date else set()
    low = lower(text)
    modal = {bisect_right(starts, at) - 1 for at in places(low, *STEMS)}
    done = []
    for index, (start, end, section) in enumerate(spans):
        found, trigger = inside.get(index), triggers.get(index)
        done.append(
            Sentence(
                start,
                end,
                section,
                tuple(found) if found else (),
                Scope(trigger, text, start, _run_on(text, spans[index])) if trigger and found else None,
                _SECTION_CONTEXT.get(section, Context.PRESENT),
                _old_years(text, start, end, date) if date and index in with_year else (),
                tuple(unreal(low, start, end)) if index in modal and found else (),
            )
        )
    title = rules.lexicon.scan(document.title) if document.title else []
    return Reading(document, tuple(done), rules, text, low, title, [span.end for span in spans], holders)


_BySentence = dict[int, list[Mention]]


def _sorted_in(
    rules: RuleSet, text: str, spans: list[Span], starts: list[int]
) -> tuple[_BySentence, _BySentence, dict[str, list[int]]]:
    """Mentions and triggers by the index of their sentence, and the sentences by category."""
    inside: _BySentence = {}
    triggers: _BySentence = {}
    holders: dict[str, list[int]] = {}
    index, reach, ahead = -1, 0, starts[0] if starts else len(text)
    found: list[Mention] = []
    scopes: list[Mention] = []
    for mention in rules.lexicon.scan(text):
        start, end, category, _ = mention
        if start >= ahead:  # mentions and sentences come in one order
            index = bisect_right(starts, start, index + 1) - 1
            reach = spans[index].end
            ahead = starts[index + 1] if index + 1 < len(starts) else len(text)
            found, scopes = [], []
            inside[index], triggers[index] = found, scopes
        if end > reach:
            continue
        if category != "context":
            if category == "anatomy" and mention.id == "none":  # "came back", which is no part of the body
                continue
            found.append(mention)
            held = holders.get(category)
            if held is None:
                # Rules share one list.
                held = holders[category] = holders.setdefault("rule", []) if category[:5] == "rule." else []
            if not held or held[-1] != index:
                held.append(index)
        elif _governs(text, mention):
            scopes.append(mention)
    return inside, triggers, holders
