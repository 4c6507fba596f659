"""One file into drafts, by its extension."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from panel.case import DocumentKind
from panel.intake import dates
from panel.intake.decode import decode, decode_json, read_bytes
from panel.intake.draft import Content, Draft, Sourced, clean_id
from panel.intake.kinds import kind_of
from panel.intake.notes import is_note, read_notes, read_structured
from panel.intake.problem import problem
from panel.intake.rows import label
from panel.intake.strict_json import Json, parse

READ = (".txt", ".md", ".pdf", ".docx", ".csv", ".vcf", ".json")
"""Extensions that are read; each may be followed by ``.gz``."""

_ONE = "Give one document to a file, or name the folder on the command line"


def extension(name: str) -> str:
    """The lower-case extension that decides how a file is read, ``.gz`` looked through; "" for none."""
    return PurePath(_unzipped(name)).suffix.lower()


def stem_of(name: str) -> str:
    """The name without extension and ``.gz``."""
    return PurePath(_unzipped(name)).stem


def read_json(path: Path, where: str) -> tuple[Json, str]:
    """A JSON file's value, and its text.

    Raises:
        InputError: it cannot be read or is not strict JSON.
    """
    text = decode_json(read_bytes(path, where), where)
    return parse(text, where), text


def read_single(path: Path, where: str, hint: DocumentKind | None = None) -> Content:
    """Everything in one file that is no case file.

    Args:
        path: the file.
        where: its name for messages.
        hint: the kind to take when the file itself says none.

    Raises:
        InputError: its type is not read, or it cannot be.
    """
    kind = extension(path.name)
    if kind == ".json":
        return json_content(read_json(path, where)[0], path.name, where)
    if kind == ".csv":
        from panel.intake.tables import read_table

        decoded = decode(read_bytes(path, where), where)
        made = read_table(decoded.text, _unzipped(path.name), where)
        return Content.joined((made, Content(notes=_encoding_note(decoded.encoding, where))))
    text, notes = _plain(path, where)
    return Content(drafts=(_draft(path, text, where, hint),), notes=notes)


def json_content(value: Json, name: str, where: str) -> Content:
    """The drafts or FHIR resources of a JSON value that is no case file.

    Raises:
        InputError: it is neither a note, nor FHIR, nor anything clinical.
    """
    name = _unzipped(name)
    values = value if isinstance(value, list) else [value]
    if values and all(is_note(v) and not is_resource(v) for v in values):
        return read_notes(values, name, where, isinstance(value, list))
    resources = [v for v in values if is_resource(v)]
    if resources and len(resources) == len(values):
        return Content(resources=tuple(Sourced(where, v) for v in resources if isinstance(v, dict)))
    structured = read_structured(value, name, where)
    if structured is None:
        what = "is neither a case file, nor a clinical note, nor FHIR"
        raise problem(where, what, "See panel schema for the case file's fields")
    return structured


def is_resource(value: Json) -> bool:
    """Whether the JSON object calls itself a FHIR resource."""
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


def read_as_one(path: Path, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file that a case file names as one document, with notes.

    Raises:
        InputError: its type is not read, it cannot be, or it holds several documents.
    """
    kind = extension(path.name)
    if kind == ".csv":
        from panel.intake.tables import table_text

        decoded = decode(read_bytes(path, where), where)
        return table_text(decoded.text, where), _encoding_note(decoded.encoding, where)
    if kind != ".json":
        return _plain(path, where)
    content = json_content(read_json(path, where)[0], path.name, where)
    if content.resources:
        from panel.intake.fhir import read_resources

        content = Content.joined((content, read_resources(content.resources, where)))
    drafts: tuple[Draft, ...] = tuple(d for d in content.drafts if not d.aside)
    if len(drafts) != 1:
        raise problem(where, f"holds {len(drafts)} documents", _ONE)
    return drafts[0].text, content.notes


def _plain(path: Path, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file that is one document."""
    kind = extension(path.name)
    binary = _binary_reader(kind)
    if binary:
        return binary(read_bytes(path, where), where), ()
    if kind not in READ:
        raise problem(where, "is not of a type that is read", f"Use {', '.join(READ)}")
    decoded = decode(read_bytes(path, where), where)
    return decoded.text, _encoding_note(decoded.encoding, where)


def _binary_reader(kind: str) -> Callable[[bytes, str], str] | None:
    if kind == ".pdf":
        from panel.intake.pdf import read_pdf

        return read_pdf
    if kind == ".docx":
        from panel.intake.word import read_docx

        return read_docx
    return None


def _encoding_note(encoding: str, where: str) -> tuple[str, ...]:
    if encoding in ("cp1252", "latin-1"):
        return (f"{where}: not UTF-8, read as {encoding}; offsets count its characters",)
    return ()


def _draft(path: Path, text: str, where: str, hint: DocumentKind | None) -> Draft:
    stem = stem_of(path.name)
    variants = extension(path.name) == ".vcf"
    said = "genomics" if variants else kind_of(name=stem, text="") or hint or kind_of(text=text)
    return Draft(
        source=where,
        id=clean_id(stem),
        full=clean_id(path.name),
        text=text,
        kind=said or "note",
        date=dates.from_name(stem) or dates.from_text(text),
        title=label(clean_id(stem)),
    )


def _unzipped(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name
