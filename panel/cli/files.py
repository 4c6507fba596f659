"""Reports as files: complete or not there at all, and for their owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from panel.errors import StoreError


def write_whole(path: Path, text: str) -> None:
    """Write the file at once (0600): a reader sees the old one or the new one.

    Raises:
        StoreError: it cannot be written.
    """
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


def folder_name(case_id: str) -> str:
    """A case's id as the name of a folder: never hidden, never a way out."""
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in case_id).strip()
    while len(name.encode()) > 120:
        name = name[:-1]
    return f"_{name.lstrip('.')}" if name.startswith(".") or not name else name
