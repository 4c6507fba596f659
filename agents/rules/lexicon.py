"""The lexicons, compiled: which words stand where in a text, in one pass.

A term with an upper-case letter is matched as written (``RUL``, ``ER``); any other in any case. Hyphen, slash
and line break count as a space, a plural *s* is taken along, and of overlapping terms of one category
the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick


class Mention(NamedTuple):
    """A term found in a text."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    category: str
    """Which list it is from, e.g. ``anatomy``, ``context``."""
    id: str
    """Which entry, e.g. ``lung.upper_lobe``."""


@dataclass(frozen=True, slots=True)
class Term:
    """One surface form of one entry."""

    category: str
    id: str
    text: str


_SPACES = {ord(c): " " for c in "-\n\r\t\u00a0\u2010\u2011\u2012\u2013\u2014_"}
# Letters that clinical exports write in more than one way, one character for one.
_SAME = {ord("\u2019"): "'", ord("\u2018"): "'", ord("\u00df"): "s"}
_FOLD = _SPACES | _SAME
_ASCII_SPACES = tuple(chr(code) for code in _FOLD if code < 128 and code != ord("'"))
_RUN = re.compile(r" {2,}")


def flatten(text: str) -> str:
    """The text with every separator a blank, same length, so that offsets stay."""
    if not text.isascii():
        return text.translate(_FOLD)
    for mark in _ASCII_SPACES:  # several times as quick as the table
        text = text.replace(mark, " ")
    return text


def lower(text: str) -> str:
    """Lower case of the same length (a few letters grow when lowered; those stay as they are)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Lexicon:
    """All terms in two automata (as written, any case)."""

    def __init__(self, terms: Iterable[Term]) -> None:
        any_case: dict[str, list[tuple[str, str]]] = {}
        as_written: dict[str, list[tuple[str, str]]] = {}
        for term in terms:
            form = _RUN.sub(" ", flatten(term.text)).strip()
            table = any_case if form == form.lower() else as_written
            entries = table.setdefault(form, [])
            if (term.category, term.id) not in entries:
                entries.append((term.category, term.id))
        self._any_case = _automaton(any_case)
        self._as_written = _automaton(as_written)

    def scan(self, text: str) -> list[Mention]:
        """Every mention, by position; overlapping ones only across categories."""
        flat = flatten(text)
        found: list[_Found] = []
        _collect(self._any_case, lower(flat), found)
        _collect(self._as_written, flat, found)
        # Longest first among those that start alike; contained ones of one category are dropped.
        found.sort()
        kept: list[Mention] = []
        last: dict[str, _Found] = {}
        new = tuple.__new__  # half the time of the constructor
        for one in found:
            start, back, entries = one
            for category, id in entries:
                before = last.get(category)
                if before is None or start >= -before[1] or (start == before[0] and back == before[1]):
                    last[category] = one
                    kept.append(new(Mention, (start, -back, category, id)))
        kept.sort()
        return kept


_Entries = tuple[tuple[str, str], ...]
_Found = tuple[int, int, _Entries]
"""Start, end below zero (so that the longest sorts first), categories and ids."""


def _automaton(table: Mapping[str, list[tuple[str, str]]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form, entries in table.items():
        automaton.add_word(form, (len(form), tuple(entries), form[-1] in "?;)\"", form[0] in "?;(\""))
    automaton.make_automaton()
    return automaton


def _collect(automaton: ahocorasick.Automaton, text: str, found: list[_Found]) -> None:
    if not len(automaton):
        return
    # A blank at the end stands behind the last character and before the first one.
    text += " "
    for last, (size, entries, open_end, open_start) in automaton.iter(text):
        start, end = last - size + 1, last + 1
        if text[start - 1].isalnum() and not open_start:
            continue
        if text[end].isalnum() and not open_end:
            if text[end] not in "sS" or text[end + 1].isalnum():
                continue
            end += 1
        found.append((start, -end, entries))
