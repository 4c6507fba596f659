"""Intake: a case file, a folder of documents, a FHIR Bundle or a single document into a ``Case``."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from panel.case import Case
from panel.intake.problem import problem

__all__ = ["Loaded", "load", "load_with_notes", "schema"]

_CASE_FIELDS = frozenset(("id", "question", "patient", "documents"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case, and what was skipped or decoded otherwise on the way."""

    case: Case
    """The chart."""
    notes: tuple[str, ...]
    """One line each: file and field names, never the chart's words."""


def load(path: Path) -> Case:
    """The case at ``path``; see ``load_with_notes``."""
    return load_with_notes(path).case


def load_with_notes(path: Path) -> Loaded:
    """The case at ``path``: a case file, a folder, a FHIR Bundle, or one document (each also ``.gz``).

    The text of a document is the source's, decoded, untouched; generated text (tables, FHIR fields) is the
    same for the same input. Nothing is written and nothing is fetched.

    Raises:
        InputError: anything is wrong with it; one line with file, field and remedy.
    """
    where = str(path)
    if _is_folder(path, where):
        return _folder(path, where)
    from panel.intake.single import extension, is_resource, json_content, read_json, read_single

    if extension(path.name) != ".json":
        return _assembled(path, where, read_single(path, where))
    value, text = read_json(path, where)
    if isinstance(value, dict) and not is_resource(value) and _is_case_file(set(value)):
        return _case_file(text, path, where)
    return _assembled(path, where, json_content(value, path.name, where))


def schema() -> dict[str, object]:
    """JSON Schema of the case file, as ``panel schema`` prints it."""
    from panel.intake import casefile

    return casefile.schema()


def _is_folder(path: Path, where: str) -> bool:
    """Whether it is one; what is nowhere is said before anything of its type."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        raise problem(where, "does not exist", "Check the name") from None
    except PermissionError:
        raise problem(where, "may not be read", "Give yourself read permission") from None
    except (OSError, ValueError):
        raise problem(where, "is no usable path", "Check the name") from None


def _is_case_file(fields: set[str]) -> bool:
    """Whether an object was meant as one: then its mistakes are worth naming field by field."""
    if "documents" in fields or not fields:
        return True
    return "text" not in fields and ("id" in fields or fields <= _CASE_FIELDS)


def _case_file(text: str, path: Path, where: str) -> Loaded:
    from panel.intake.casefile import read_case_file

    case, notes = read_case_file(text, path, where)
    return Loaded(case, tuple(map(_one_line, notes)))


def _folder(path: Path, where: str) -> Loaded:
    from panel.intake.folder import CASE_FILE, read_folder
    from panel.intake.single import read_json

    named = path / CASE_FILE
    if named.exists() or named.is_symlink():
        text = read_json(named, str(named))[1]
        return _case_file(text, named, str(named))
    return _assembled(path, where, read_folder(path, where))


def _assembled(path: Path, where: str, content: object) -> Loaded:
    from panel.intake.draft import Content, assemble
    from panel.intake.single import stem_of

    assert isinstance(content, Content)
    if content.resources:
        from panel.intake.fhir import read_resources

        folder = path.is_dir()
        content = Content.joined((content, read_resources(content.resources, where, mixed=folder)))
    name = path.resolve().name if path.is_dir() else stem_of(path.name)
    return Loaded(assemble(where, name, content), tuple(map(_one_line, content.notes)))


def _one_line(note: str) -> str:
    """The note as any terminal can print it: file names may hold line ends and bytes that are no text."""
    return "".join(c if c.isprintable() else " " for c in note)
