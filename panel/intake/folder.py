"""A folder of documents as one case."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from panel.intake.draft import Content
from panel.intake.kinds import is_about_the_chart, is_shelf, kind_of_name
from panel.intake.limits import MAX_FILES
from panel.intake.notes import read_structured
from panel.intake.problem import problem
from panel.intake.single import READ, extension, is_resource, json_content, read_json, read_single, stem_of

CASE_FILE = "case.json"
"""A folder with a file of this name is the case that the file describes."""


def read_folder(folder: Path, where: str) -> Content:
    """The documents of a folder, and of subfolders that sort them by desk, in order of their names.

    Files of other types are skipped with a note; a document of a type that is read and cannot be is an
    error, because a chart read in part looks like a whole one.

    Raises:
        InputError: a document cannot be read, a link leaves the folder, or there are too many files.
    """
    home = _resolved(folder, where)
    parts: list[Content] = []
    skipped: list[str] = []
    subfolders = 0
    for count, entry in enumerate(_files(folder, where)):
        if count >= MAX_FILES:
            raise problem(where, f"holds more than {MAX_FILES} files", "Give the folder of one case")
        spot = f"{where}/{entry.relative_to(folder)}"
        _refuse_escape(entry, home, spot)
        if entry.is_dir():
            subfolders += 1
            skipped.append(f"{spot}: a subfolder, not read")
        elif extension(entry.name) not in READ:
            skipped.append(f"{spot}: not a type that is read")
        elif is_about_the_chart(stem_of(entry.name)):
            skipped.append(f"{spot}: about the chart, not part of it; not read")
        else:
            parts.append(_read(entry, folder, spot))
    content = Content.joined((*parts, Content(notes=tuple(skipped))))
    if not content.drafts and not content.resources:
        inside = f" but {subfolders} subfolders" if subfolders else ""
        remedy = f"Give the folder of one case, with {', '.join(READ)} files"
        raise problem(where, f"holds no document{inside}", remedy)
    return content


def _read(entry: Path, folder: Path, spot: str) -> Content:
    if extension(entry.name) != ".json":
        hint = kind_of_name(entry.parent.name) if entry.parent != folder else None
        return read_single(entry, spot, hint)
    value, _ = read_json(entry, spot)
    if isinstance(value, dict) and "documents" in value:
        remedy = f"Run it by itself, or name it {CASE_FILE}"
        raise problem(spot, "is a case file among documents", remedy)
    if is_resource(value) or not isinstance(value, dict | list):
        return json_content(value, entry.name, spot)
    if isinstance(value, dict) and "text" not in value and read_structured(value, entry.name, spot) is None:
        return Content(notes=(f"{spot}: nothing clinical in it, not read",))
    return json_content(value, entry.name, spot)


def _files(folder: Path, where: str) -> Iterator[Path]:
    for entry in _listing(folder, where):
        if entry.is_dir() and not entry.is_symlink() and is_shelf(entry.name):
            yield from _listing(entry, f"{where}/{entry.name}")
        else:
            yield entry


def _listing(folder: Path, where: str) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except PermissionError:
        raise problem(where, "may not be read", "Give yourself read permission") from None
    except OSError:
        raise problem(where, "cannot be listed", "Check the folder") from None
    # Dot files and Word's lock files are the desktop's, not the chart's.
    return [folder / name for name in names if not name.startswith((".", "~$"))]


def _refuse_escape(entry: Path, home: Path, spot: str) -> None:
    try:
        if not stat.S_ISLNK(entry.lstat().st_mode):
            return
        inside = entry.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):
        raise problem(spot, "is a link to nothing", "Remove it, or copy the document here") from None
    if not inside:
        raise problem(spot, "is a link that leaves the folder", "Copy the document into the folder")


def _resolved(folder: Path, where: str) -> Path:
    try:
        return folder.resolve(strict=True)
    except (OSError, RuntimeError):
        raise problem(where, "does not exist", "Check the name") from None
