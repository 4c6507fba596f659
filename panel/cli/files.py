"""Reports as files: complete or not there at all, and for their owner only."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from panel.errors import StoreError


def write_whole(path: Path, text: str) -> None:
    """Write the file at once (0600): a reader sees the old one or the new one.

    Raises:
        StoreError: it cannot be written.
    """
    _refuse_no_file(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        why = (error.strerror or "cannot be written").lower()
        raise StoreError(str(path), why, "Give --out a place that can be written") from None


def _refuse_no_file(path: Path) -> None:
    """The file is replaced, and a device or a pipe must not be: as root that would take the machine's own."""
    remedy = "Give --out a place that can be written"
    if path.name in ("", ".."):
        raise StoreError(str(path), "names no file", remedy)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return  # not there yet, or what is wrong is said when it is written
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise StoreError(str(path), "is no regular file", remedy)


def folder_name(case_id: str) -> str:
    """A case's id as the name of a folder: never hidden, never a way out."""
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in case_id).strip()
    while len(name.encode()) > 120:
        name = name[:-1]
    return f"_{name.lstrip('.')}" if name.startswith(".") or not name else name
