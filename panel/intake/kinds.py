"""Which desk a document comes from, guessed by the table in ``kinds.yaml``."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

import yaml

from panel.case import DocumentKind
from panel.errors import ConfigurationError

_TABLE = "kinds.yaml"
_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
_OPENING = 8_000  # characters of running text looked at; the letterhead and the first sections
_HEADING = 100  # characters; a longer first line is a sentence, not a heading
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Table:
    names: tuple[tuple[DocumentKind, re.Pattern[str]], ...]
    markers: tuple[tuple[DocumentKind, tuple[str, ...]], ...]
    skip: tuple[str, ...]
    shelves: tuple[str, ...]
    clinical: tuple[str, ...]


def kind_of(*, note_type: str = "", title: str = "", name: str = "", text: str = "") -> DocumentKind | None:
    """The kind said by the note type, else the title, the file's name, the heading, the text.

    The first source that says anything decides. None when none does.
    """
    for source in (note_type, title, name, _heading(text)):
        found = kind_of_name(source)
        if found:
            return found
    return kind_of_text(text)


def kind_of_name(name: str) -> DocumentKind | None:
    """The kind whose word stands first in a name or heading; the longest word of those."""
    folded = _folded(name)
    best: tuple[int, int, DocumentKind] | None = None
    for kind, pattern in _table().names:
        found = pattern.search(folded)
        if found and (best is None or (found.start(), -len(found[0])) < best[:2]):
            best = (found.start(), -len(found[0]), kind)
    return best[2] if best else None


def kind_of_text(text: str) -> DocumentKind | None:
    """The kind with the most different marker phrases in the text, from two upward."""
    opening = text[:_OPENING].casefold()
    counts = [(sum(m in opening for m in markers), kind) for kind, markers in _table().markers]
    # On a tie the table's order decides: max keeps the first.
    count, kind = max(counts, key=lambda pair: pair[0])
    return kind if count >= 2 else None


def is_about_the_chart(stem: str) -> bool:
    """Whether a file of that name (no extension) tells of the chart instead of belonging to it."""
    return any(fnmatch.fnmatchcase(stem.casefold(), pattern) for pattern in _table().skip)


def is_shelf(folder: str) -> bool:
    """Whether a subfolder of that name sorts one patient's documents."""
    return any(fnmatch.fnmatchcase(folder.casefold(), pattern) for pattern in _table().shelves)


def clinical_words() -> tuple[str, ...]:
    """Beginnings of field names, case and separators dropped, that occur in charts and not in settings."""
    return _table().clinical


def _heading(text: str) -> str:
    for line in text[:_OPENING].splitlines():
        if line.strip():
            return line if len(line) <= _HEADING else ""
    return ""


def _folded(name: str) -> str:
    return _SEPARATORS.sub(" ", _CAMEL.sub(" ", name)).casefold().strip()


@cache
def _table() -> _Table:
    try:
        data = yaml.safe_load(resources.files(__package__).joinpath(_TABLE).read_text("utf-8"))
        return _Table(
            names=tuple((_kind(k), _pattern(words)) for k, words in data["names"].items()),
            markers=tuple(
                (_kind(k), tuple(m.casefold() for m in words)) for k, words in data["markers"].items()
            ),
            skip=tuple(str(p).casefold() for p in data["skip"]),
            shelves=tuple(str(p).casefold() for p in data["shelves"]),
            clinical=tuple(str(p).casefold() for p in data["clinical"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ConfigurationError(_TABLE, f"is broken ({type(error).__name__})", "Restore it") from None


def _kind(name: str) -> DocumentKind:
    for kind in _KINDS:
        if kind == name:
            return kind
    raise ValueError(name)


def _pattern(words: list[str]) -> re.Pattern[str]:
    parts = sorted((_part(str(word)) for word in words), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")")


def _part(word: str) -> str:
    """A trailing ``$`` wants the whole word: ``ct$`` is not the beginning of ``ctdna``."""
    bare = _SEPARATORS.sub(" ", word.casefold()).strip()
    return re.escape(bare) + (r"(?!\w)" if word.endswith("$") else "")
