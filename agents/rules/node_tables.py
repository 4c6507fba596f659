"""Tables with one station of lymph nodes a row: "| 4R | 3 | 0 |" under "| Station | Examined | Positive |"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.numerals import numeral

_STATION = re.compile(r"(?:(?:lymph )?nod(?:e|al) )?(?:stations?|levels?|groups?|regions?|sites?|basins?|nodes?|lymph nodes?|location|side)(?: \w+)?", re.I)
_EXAMINED = re.compile(r"(?:(?:no\.?|number|total|nodes|ln)s?(?: of)? )*(?:nodes?|examined|retrieved|total|harvested|sampled|removed|excised|count|n|found|taken|submitted)(?: (?:nodes|examined|\(n\)))?", re.I)
_POSITIVE = re.compile(r"(?:(?:no\.?|number|nodes|ln)(?: of)? )*(?:nodes? )?(?:positive|pos\.?|involved|metasta\w+|with (?:tumou?r|metastas[ei]s)|affected|\+)(?: nodes?)?", re.I)
_RULER = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_TOTAL = re.compile(r"(?:total|sum|all|overall)\b", re.I)
_NODAL = ("node", "Node", "NODE", "tation", "LN", "evel", "asin")


class TableCount(NamedTuple):
    """A row's count."""

    start: int
    end: int
    total: bool
    positive: int
    examined: int


def table_counts(text: str) -> Iterator[TableCount]:
    """The counts of every table of nodal stations, by position."""
    if "|" not in text or not any(word in text for word in _NODAL):
        return
    columns: dict[str, int] = {}
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        cells = [cell.strip(" *\t") for cell in line.split("|")]
        if len(cells) < 3:
            columns = {}
        elif not columns:
            columns = _columns(cells)
        elif not _RULER.fullmatch(line) and max(columns.values()) < len(cells):
            positive, examined = (_number(cells[columns[what]]) for what in ("positive", "examined"))
            if positive is not None and examined is not None and examined <= 150:
                yield TableCount(start, start + len(line), bool(_TOTAL.match(cells[columns["station"]])), positive, examined)


def _columns(cells: list[str]) -> dict[str, int]:
    """Station, examined and positive by column; nothing unless the head names all three."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        for what, form in (("positive", _POSITIVE), ("examined", _EXAMINED), ("station", _STATION)):
            if what not in found and form.fullmatch(cell):
                found[what] = number
                break
    return found if len(found) == 3 else {}


def _number(cell: str) -> int | None:
    return 0 if cell in ("-", "\u2013") else numeral(cell)
