"""The case file of the contract: its model, its schema, and reading it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from panel.case import Case, Document, DocumentKind, Frozen, Identifier, Patient
from panel.errors import InputError
from panel.intake.limits import MAX_CASE, MAX_DOCUMENT
from panel.intake.messages import of_validation
from panel.intake.problem import problem
from panel.intake.single import read_as_one

_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # a date outside is a slip of the keyboard

_ONE_OF: JsonDict = {"oneOf": [{"required": ["text"]}, {"required": ["path"]}]}


class DocumentEntry(Frozen):
    """One document: its words in ``text``, or a file that holds them in ``path``."""

    model_config = ConfigDict(json_schema_extra=_ONE_OF, title="Document")

    id: Identifier
    """Unique within the case; quotes name their document by it."""
    kind: DocumentKind
    """Which desk it comes from."""
    date: dt.date | None = None
    """Date of the study, specimen or note, YYYY-MM-DD."""
    title: str = ""
    """Title as exported, e.g. "CT chest"."""
    text: str | None = None
    """The whole text. Either this or ``path``."""
    path: Annotated[str, Field(min_length=1)] | None = None
    """A .txt, .md, .pdf, .docx, .csv or .json file, relative to the case file, inside its folder."""


class CaseFile(Frozen):
    """A case as written by hand or by an export: ``panel run case.json``."""

    model_config = ConfigDict(title="Case file")

    id: Identifier
    """Id of the case; names the report's files, so no slash."""
    question: str = ""
    """What the board is asked."""
    patient: Patient = Patient()
    """What is known of the patient beside the documents."""
    documents: Annotated[tuple[DocumentEntry, ...], Field(min_length=1)]
    """The chart: at least one document, ids unique."""


def schema() -> dict[str, object]:
    """JSON Schema of the case file."""
    made: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    made.update(CaseFile.model_json_schema())
    return made


def read_case_file(text: str, path: Path, where: str) -> tuple[Case, tuple[str, ...]]:
    """The case written in ``text``, with notes on how its files were read.

    Args:
        text: content of the case file, already known to be strict JSON.
        path: where it lies; its documents' paths are relative to its folder.
        where: the file's name for messages.

    Raises:
        InputError: a field is wrong, or a document cannot be read.
    """
    try:
        # JSON mode knows dates and arrays and still refuses "67" for 67.
        file = CaseFile.model_validate_json(text.encode(), strict=True)
    except ValidationError as error:
        raise of_validation(error, where, CaseFile) from None
    _refuse_repeated_ids(file, where)
    notes: list[str] = []
    documents: list[Document] = []
    total = 0
    for index, entry in enumerate(file.documents):
        field = f"documents[{index}]"
        _refuse_impossible_date(entry, where, field)
        body = _text_of(entry, path, where, field, notes)
        total += len(body)
        _refuse_size(body, total, where, field)
        documents.append(
            Document(id=entry.id, kind=entry.kind, date=entry.date, title=entry.title, text=body)
        )
    case = Case(id=file.id, question=file.question, patient=file.patient, documents=tuple(documents))
    return case, tuple(notes)


def _refuse_repeated_ids(file: CaseFile, where: str) -> None:
    seen: dict[str, int] = {}
    for index, entry in enumerate(file.documents):
        if entry.id in seen:
            what = f"is the id of documents[{seen[entry.id]}] too"
            raise problem(where, what, "Give each document its own id", f"documents[{index}].id")
        seen[entry.id] = index


def _refuse_impossible_date(entry: DocumentEntry, where: str, field: str) -> None:
    if entry.date is not None and not _FIRST_YEAR <= entry.date.year <= _LAST_YEAR:
        what = f"is not between {_FIRST_YEAR} and {_LAST_YEAR}"
        raise problem(where, what, "Correct the year or leave the date out", f"{field}.date")


def _refuse_size(body: str, total: int, where: str, field: str) -> None:
    if not body.strip():
        raise problem(where, "is empty", "Give the document's text or leave it out", f"{field}.text")
    if len(body) > MAX_DOCUMENT:
        what = f"is longer than {MAX_DOCUMENT // 1_000_000} MB of text"
        raise problem(where, what, "Split it or leave out what the board does not need", field)
    if total > MAX_CASE:
        what = f"brings the case above {MAX_CASE // 1_000_000} MB of text"
        raise problem(where, what, "Leave out what the board does not need", field)


def _text_of(entry: DocumentEntry, path: Path, where: str, field: str, notes: list[str]) -> str:
    if (entry.text is None) == (entry.path is None):
        what = "has neither text nor path" if entry.text is None else "has both text and path"
        raise problem(where, what, "Give exactly one of them", field)
    if entry.text is not None:
        return entry.text
    assert entry.path is not None
    target = _inside(path.parent, entry.path, where, f"{field}.path")
    try:
        text, said = read_as_one(target, target.name)
    except InputError as error:
        # The file is named by its own message; the field says which document brought it in.
        raise problem(where, f"{error.where} {error.what}", error.remedy, f"{field}.path") from None
    notes.extend(said)
    return text


def _inside(folder: Path, written: str, where: str, field: str) -> Path:
    """The file that a document's path names, proved to lie in the case file's folder."""
    remedy = "Give a path relative to the case file, inside its folder"
    if PurePosixPath(written).is_absolute() or PureWindowsPath(written).drive or "\\" in written:
        raise problem(where, "is not a plain relative path", remedy, field)
    if ".." in PurePosixPath(written).parts:
        raise problem(where, "leaves the case file's folder", remedy, field)
    target = folder / written
    try:
        real = target.resolve(strict=True)
        home = folder.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a loop of links
        raise problem(where, "names a file that is not there", "Check the name", field) from None
    if not real.is_relative_to(home):
        raise problem(where, "leaves the case file's folder through a link", remedy, field)
    return target
