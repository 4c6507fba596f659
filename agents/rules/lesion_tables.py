"""Tables with one lesion a row: "| 1 | ovary | right | 92 x 80 x 74 | complex mass |" under a head that names the columns.

The index lesion is the largest row that is neither benign nor a node nor a metastasis; the others are second lesions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence

_COLUMN = {
    "number": re.compile(r"(?:#|no\.?|nr\.?|lesion|tumou?r|nodule|mass|focus|finding|index|id|target)(?: (?:no\.?|nr\.?|number|id|#))?", re.I),
    "place": re.compile(r"(?:(?:ana\w+ )?(?:site|location|position|organ|lobe|pole|segments?|quadrant|region|sub-?site|place|where|area|zone|locali[sz]ation))(?: */ *\w+)?", re.I),
    "side": re.compile(r"(?:side|laterality)(?: .*)?|breast|kidney|lung|ovary|adnexa|testis|tonsil", re.I),
    "size": re.compile(r"(?:(?:max\w*\.?|greatest|largest|longest|tumou?r|lesion|ct|mri|us) )?(?:size|dimensions?|diameter|extent|measure\w*|mm|cm)\b.*", re.I),
    "time": re.compile(r"(?:.*\b)?(?:date|time|study|scan|visit|baseline|previous|prior|month)\b.*", re.I),
    "other": re.compile(r"(?:lymph )?nodes?|stations?|specimen.*|part|block|cassette|biops\w+|core", re.I),
}
_UNIT = re.compile(r"\b(?P<unit>mm|cm|millimet\w+|centimet\w+)\b", re.I)
_LENGTH = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_RULER = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_PAIR = re.compile(r"[ \t|]*(?P<key>[A-Za-z#][\w .#()/-]{0,24}?)[ \t]*[:=][ \t]*(?P<value>[^|\n]+)")
_ROW_KEY = re.compile(r"(?:\A|\n)[ \t|]*(?:lesion|nodule|tumou?r|mass|target|focus)[ \t]*[:=#]?[ \t]*(?:\d|[A-C]\b)[^\n|]{0,12}\|", re.I)
_OTHERS = frozenset({"benign", "node", "metastasis", "specimen"})
_HARMLESS = re.compile(r"\b(?:benign\b|cysts?\b|simple\b|(?:[OT]I?-?|O-|BI-?|LI-?|PI-?)RADS\W{0,3}[12]\b|Bosniak (?:I|II|1|2)\b)", re.I)
_WITH = re.compile(r"\b(?:with|without|and|containing|contains|plus|no)\b[^|]*\Z", re.I)
_CANCER = frozenset({"cancer"})
_DROP = int(Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD)


class Row(NamedTuple):
    """A lesion's row."""

    sentence: Sentence
    """The row as one sentence."""
    place: Mention | None
    side: Mention | None
    mm: float | None
    cancer: bool
    main: bool
    """The largest of those that may be the tumour."""


class _Cells(NamedTuple):
    start: int
    end: int
    held: dict[str, tuple[int, int]]
    """Column to where its cell stands."""
    unit: str


def lesion_rows(reading: Reading) -> Iterator[Row]:
    """The rows of a document's lesion tables, by position."""
    if "|" not in reading.text:
        return
    for rows in _tables(reading.text):
        read = [row for row in (_row(reading, cells) for cells in rows) if row is not None]
        index = max((row for row in read if row.mm), key=lambda row: row.mm or 0, default=read[0] if read else None)
        for row in read:
            yield row._replace(main=row is index)


def table_spans(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Where the rows of lesion tables stand: their cells are no sentences."""
    if "|" not in reading.text:
        return ()
    return tuple((rows[0].start, rows[-1].end) for rows in _tables(reading.text))


def _tables(text: str) -> Iterator[list[_Cells]]:
    lines = _lines(text)
    at = 0
    while at < len(lines):
        start, end = lines[at]
        columns = _columns(text[start:end]) if text.count("|", start, end) >= 2 else {}
        at += 1
        if not columns:
            continue
        unit = _UNIT.search(text, start, end)
        rows: list[_Cells] = []
        while at < len(lines) and text.count("|", *lines[at]) >= 2:
            if not _RULER.fullmatch(text, *lines[at]):
                rows.append(_Cells(*lines[at], _under(text, columns, *lines[at]), unit["unit"] if unit else ""))
            at += 1
        if rows:
            yield rows
    keyed = [_keyed(text, *line) for line in lines if _ROW_KEY.match(text, max(0, line[0] - 1), line[1])] if _ROW_KEY.search(text) else []
    if keyed:
        yield keyed


def _lines(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _columns(head: str) -> dict[str, int]:
    """Which column holds what; nothing where the head is not that of a lesion table."""
    found: dict[str, int] = {}
    for number, cell in enumerate(head.split("|")):
        name = cell.strip(" *\t")
        for what, form in _COLUMN.items():
            if name and form.fullmatch(name):
                key = "place2" if what == "place" and "place" in found else what
                found.setdefault(key, number)
                break
    whole = "size" in found and ("place" in found or "side" in found) and not {"time", "other"} & set(found)
    return found if whole else {}


def _under(text: str, columns: dict[str, int], start: int, end: int) -> dict[str, tuple[int, int]]:
    cells: list[tuple[int, int]] = []
    at = start
    for cell in text[start:end].split("|"):
        cells.append((at, at + len(cell)))
        at += len(cell) + 1
    return {what: cells[number] for what, number in columns.items() if number < len(cells)}


def _keyed(text: str, start: int, end: int) -> _Cells:
    """"lesion: 1 | location: head | size: 32 mm"."""
    held: dict[str, tuple[int, int]] = {}
    for pair in _PAIR.finditer(text, start, end):
        what = next((w for w, form in _COLUMN.items() if form.fullmatch(pair["key"].strip())), None)
        if what:
            held.setdefault(what, pair.span("value"))
    return _Cells(start, end, held, "")


def _row(reading: Reading, cells: _Cells) -> Row | None:
    mentions: list[Mention] = []
    inside = [s for s in reading.sentences if s.start < cells.end and cells.start < s.end]
    for sentence in inside:
        mentions += (m for m in sentence.mentions if cells.start <= m.start and m.end <= cells.end)
    told = [m for m in mentions if m.id != "none"]
    if any(m.category in _OTHERS and not _WITH.search(reading.text, cells.start, m.start) for m in told) or _HARMLESS.search(reading.text, cells.start, cells.end):
        return None
    places = [m for what in ("place2", "place") if what in cells.held for m in told if m.category == "anatomy" and _in(m, cells.held[what])]
    if "place" in cells.held and not places:
        places = [m for m in told if m.category == "anatomy"]
    place = next((m for m in places if "." in m.id), places[0] if places else None)
    sides = [m for what in ("side", "place", "place2") if what in cells.held for m in told if m.category == "side" and _in(m, cells.held[what])]
    whole = Sentence(cells.start, cells.end, inside[0].section if inside else "body", tuple(mentions), None, Context.PRESENT)
    cancer = any(m.category == "histology" or m.id in _CANCER for m in told)
    row = Row(whole, place, sides[0] if len({s.id for s in sides}) == 1 else None, _length(reading.text, cells), cancer, False)
    return row if row.mm or row.place or row.side else None


def _in(mention: Mention, cell: tuple[int, int]) -> bool:
    return cell[0] <= mention.start and mention.end <= cell[1]


def _length(text: str, cells: _Cells) -> float | None:
    """The largest dimension in the size cell, in millimetres; None without a unit in cell or head."""
    if "size" not in cells.held:
        return None
    start, end = cells.held["size"]
    own = _UNIT.search(text, start, end)
    unit = (own["unit"] if own else cells.unit).lower()
    values = [float(v.replace(",", ".")) for v in _LENGTH.findall(text[start:end])]
    if not unit or not values or len(values) > 3:
        return None
    return round(max(values) * (10.0 if unit.startswith("c") else 1.0), 1)
