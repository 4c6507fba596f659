"""CSV tables: reports in a column become documents; any other table becomes one readable document."""

from __future__ import annotations

import csv
import datetime as dt
import io
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from panel.case import DocumentKind
from panel.intake import dates
from panel.intake.draft import Content, Draft, Facts, clean_id, sex_of
from panel.intake.kinds import kind_of, kind_of_name
from panel.intake.limits import MAX_DOCUMENT, MAX_FILES
from panel.intake.problem import problem
from panel.intake.rows import Cell, folded, is_laboratory, label, line_of
from panel.intake.wordset import wordset

_TEXT = wordset("reporttext notetext text fulltext narrative reportbody notebody content befund")
_ID = wordset("reportid noteid documentid docid id studyid accession accessionnumber uid patientfilename")
_TYPE = wordset("notetype reporttype documenttype type kind category modality specialty medicalspecialty")
_TITLE = wordset("title procedurename studyname examname exam study description samplename")
_PATIENT = wordset("patientid mrn patientname patient subjectid subject dob dateofbirth birthdate")
_PERSON = wordset("patientid mrn subjectid")
_LONG = 200  # characters; a median above is prose, not a code
_PEOPLE = 3  # ids; up to here a stray row for the registrar to find, above it a cohort's table


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[Cell, ...]

    def get(self, names: frozenset[str]) -> str:
        return next((v.strip() for n, v in self.cells if folded(n) in names and v.strip()), "")


def read_table(text: str, name: str, where: str) -> Content:
    """The documents of a CSV file.

    Raises:
        InputError: it is ragged or badly quoted, or holds the rows of many patients.
    """
    rows = _rows(text, where)
    if not rows:
        return Content(notes=(f"{where}: no rows, not read",))
    people = {row.get(_PERSON) for row in rows} - {""}
    if len(people) > _PEOPLE:
        what = f"holds rows of {len(people)} patients"
        raise problem(where, what, "Give one table for each patient; a case is one patient")
    prose = _prose_columns(rows)
    if prose:
        return _reports(rows, prose, name, where)
    return Content(drafts=(_table(rows, name, where),), facts=_facts(rows))


def table_text(text: str, where: str) -> str:
    """The whole table as text, one line a row.

    Raises:
        InputError: it is ragged or badly quoted, or has no rows.
    """
    rows = _rows(text, where)
    if not rows:
        raise problem(where, "has no rows", "Give a table with a header and at least one row")
    return _lines(rows)


def _rows(text: str, where: str) -> tuple[_Row, ...]:
    # Reports in a cell exceed the module's default of 131,072; the setting is global, so it is put back.
    before = csv.field_size_limit(MAX_DOCUMENT)
    try:
        return tuple(_parsed(text, where))
    finally:
        csv.field_size_limit(before)


def _parsed(text: str, where: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: list[str] | None = None
    try:
        for record in reader:
            if not any(field.strip() for field in record):
                continue
            if header is None:
                header = [n.strip() or f"column {i}" for i, n in enumerate(record, start=1)]
                continue
            yield _Row(reader.line_num, tuple(_fitted(record, header, reader.line_num, where)))
    except csv.Error as error:
        long = "field larger than" in str(error)
        what = "has a field longer than 20 MB" if long else "is badly quoted"
        remedy = (
            "Split it" if long else 'Put fields with separators or line ends in "", and double a " inside'
        )
        raise problem(where, what, remedy, f"line {reader.line_num}") from None


def _fitted(record: list[str], header: list[str], line: int, where: str) -> Iterator[Cell]:
    if len(record) > len(header) and not any(record[len(header) :]):
        record = record[: len(header)]
    if len(record) != len(header):
        what = f"has {len(record)} fields where the header has {len(header)}"
        raise problem(where, what, 'Put a field that holds the separator in ""', f"line {line}")
    return zip(header, record, strict=True)


def _delimiter(text: str) -> str:
    """The separator that splits the header into most columns."""
    head = text.lstrip("\r\n").split("\n", 1)[0][:10_000]
    return max(",;\t|", key=head.count)


def _prose_columns(rows: Sequence[_Row]) -> tuple[str, ...]:
    """Columns that hold reports: by their name, or because what they hold is long."""
    prose: list[str] = []
    for index, (name, _) in enumerate(rows[0].cells):
        lengths = [len(row.cells[index][1]) for row in rows if row.cells[index][1].strip()]
        if lengths and (folded(name) in _TEXT or statistics.median(lengths) >= _LONG):
            prose.append(name)
    return tuple(prose)


def _reports(rows: Sequence[_Row], prose: tuple[str, ...], name: str, where: str) -> Content:
    if len(rows) > MAX_FILES:
        raise problem(where, f"holds more than {MAX_FILES} reports", "Give the reports of one patient")
    table_kind = kind_of_name(PurePath(name).stem)
    notes = [f"{where}, line {r.line}: no text, not read" for r in rows if not _body(r, prose).strip()]
    drafts = (_report(row, prose, name, where, table_kind) for row in rows if _body(row, prose).strip())
    return Content(drafts=tuple(drafts), notes=tuple(notes))


def _report(
    row: _Row, prose: tuple[str, ...], name: str, where: str, table_kind: DocumentKind | None
) -> Draft:
    stem = PurePath(name).stem
    body = _body(row, prose)
    note_type, title, own = row.get(_TYPE), row.get(_TITLE), row.get(_ID)
    # A table of pathology reports says more than a report's title ("CT-guided biopsy").
    desk = "" if note_type or table_kind in (None, "note") else stem
    kind = kind_of(note_type=note_type or desk, title=title, name=stem, text=body)
    full = f"{stem}-{own}" if own else f"{stem}-line{row.line}"
    return Draft(
        source=f"{where}, line {row.line}",
        id=clean_id(own or full),
        full=clean_id(full),
        text=body + _aside(row, prose),
        kind=kind or table_kind or "note",
        date=_date(row),
        title=title or note_type,
    )


def _body(row: _Row, prose: tuple[str, ...]) -> str:
    """The cell as it is; several prose cells each under its column's name."""
    if len(prose) == 1:
        return next(v for n, v in row.cells if n == prose[0])
    parts = [(n, v) for n, v in row.cells if n in prose and v.strip()]
    return "\n\n".join(f"{label(name).upper()}:\n{value}" for name, value in parts)


def _aside(row: _Row, prose: tuple[str, ...]) -> str:
    """Columns used nowhere else, below the report so that its offsets stay."""
    used = _ID | _TYPE | _TITLE
    rest = [(n, v) for n, v in row.cells if n not in prose and folded(n) not in used and not _is_date(n)]
    line = line_of(rest)
    return f"\n\n{line}" if line else ""


def _table(rows: Sequence[_Row], name: str, where: str) -> Draft:
    stem = PurePath(name).stem
    laboratory = is_laboratory(n for n, _ in rows[0].cells)
    days = {_date(row) for row in rows}
    return Draft(
        source=where,
        id=clean_id(stem),
        full=clean_id(name),
        text=_lines(rows),
        kind="laboratory" if laboratory else kind_of_name(stem) or "other",
        # Rows of several days have their dates beside them; the document then has none.
        date=days.pop() if len(days) == 1 else None,
        title=label(stem),
    )


def _lines(rows: Sequence[_Row]) -> str:
    """One line a row; whose they are stands once above them when it is one patient's."""
    shared = [
        (name, value)
        for index, (name, value) in enumerate(rows[0].cells)
        if folded(name) in _PATIENT and all(row.cells[index][1] == value for row in rows)
    ]
    named = {name for name, _ in shared} if len(rows) > 1 else set()
    head = [line_of(shared)] if named else []
    body = (line_of([cell for cell in row.cells if cell[0] not in named]) for row in rows)
    return "\n".join(line for line in (*head, *body) if line)


def _facts(rows: Sequence[_Row]) -> tuple[Facts, ...]:
    """Sex and birth of a table of demographics: one row with such columns."""
    if len(rows) != 1:
        return ()
    row = rows[0]
    born = dates.from_field(row.get(frozenset(("dob", "dateofbirth", "birthdate", "geburtsdatum"))))
    sex = sex_of(row.get(frozenset(("sex", "gender", "geschlecht"))))
    return (Facts(sex=sex, born=born),) if sex or born else ()


def _is_date(name: str) -> bool:
    key = folded(name)
    return ("date" in key or "datum" in key) and not ("birth" in key or "geburt" in key or "end" in key)


def _date(row: _Row) -> dt.date | None:
    found = (dates.from_field(value) for name, value in row.cells if _is_date(name))
    return next((date for date in found if date), None)
