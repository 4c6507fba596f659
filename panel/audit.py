"""The audit log: who ran, ruled, rendered and purged what, and when; ids and hashes, never words of a chart.

One JSON object a line. Each holds the hash of the one before, and a second file anchors the newest, so that an
edited, removed or cut-off entry shows. Whoever can rewrite both files can rewrite history: note the head that
``panel audit verify`` prints somewhere else, and give it back to ``--head``.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import pwd
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from panel.errors import StoreError

Act = Literal["run", "resume", "ruling", "render", "purge"]
GENESIS = "0" * 64
SET_ASIDE = "Restore audit.jsonl and audit.head from a backup, or move both away as evidence"
REMEDY = "Do not rely on it; compare it with a backup"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, still without its place in the chain."""

    act: Act
    run: str
    detail: tuple[tuple[str, str], ...] = ()
    """Ids and hashes only, e.g. ``("case", sha256)``, ``("conflict", id)``."""
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """An intact log: how many entries, the newest hash, and whether a crash tore a line off (harmless)."""

    entries: int
    head: str
    torn: bool


class AuditLog:
    """The log in a folder.

    Args:
        folder: the run store's.
        durable: whether to wait for the disk at each append.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.path = folder / "audit.jsonl"
        self.anchor = folder / "audit.head"
        self._durable = durable

    def append(self, entries: Sequence[Entry]) -> None:
        """Add the entries, on the disk before this returns; one writer at a time.

        Raises:
            StoreError: the log cannot be written, or its end does not fit its anchor.
        """
        if not entries:
            return
        with self._locked() as log:
            end, last = self._end(log)
            count, head = _place(last) if last else (0, GENESIS)
            self._fits(count, head)
            log.truncate(end)  # a line torn by a crash was never acknowledged
            log.seek(end)
            lines = []
            for entry in entries:
                count += 1
                record = _record(entry, count, head)
                head = str(record["hash"])
                lines.append(_line(record))
            log.write(b"".join(lines))
            log.flush()
            if self._durable:
                os.fsync(log.fileno())
            self._set_anchor(count, head)

    def sync(self) -> None:
        """Wait until what was appended is on the disk (for logs opened with ``durable=False``)."""
        if not self._durable and self.path.exists():
            descriptor = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def entries(self) -> Iterator[dict[str, object]]:
        """The entries as written, oldest first; nothing is verified.

        Raises:
            StoreError: a line is no JSON object.
        """
        for number, line in enumerate(self._lines()[0], 1):
            yield _parse(line, number)

    def verify(self, head: str | None = None) -> Verdict:
        """Walk the chain.

        Args:
            head: a hash noted earlier; it must be in the chain.

        Raises:
            StoreError: an entry was edited, removed or added, or the end is cut off.
        """
        anchored = self._get_anchor()  # before the entries: whoever appends meanwhile is ahead of it, never behind
        lines, torn = self._lines()
        previous, seen = GENESIS, {GENESIS}
        for number, line in enumerate(lines, 1):
            record = _parse(line, number)
            claimed = record.pop("hash", None)
            if record.get("n") != number or record.get("prev") != previous or claimed != _digest(record):
                raise StoreError(f"audit log, entry {number}", "was edited, or one before it was removed", REMEDY)
            previous = str(claimed)
            seen.add(previous)
        if anchored is None and lines and self._get_anchor() is None:
            raise StoreError("audit log", "its head file is gone", REMEDY)
        if anchored and anchored[0] > len(lines):
            gone = anchored[0] - len(lines)
            raise StoreError("audit log", f"its last {gone} entries are gone", REMEDY)
        if anchored and anchored[1] not in seen:
            raise StoreError("audit log", "it was written anew: its head is not in it", REMEDY)
        if head is not None and head not in seen:
            raise StoreError("audit log", "the head you noted is not in it", REMEDY)
        return Verdict(len(lines), previous, torn)

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "r+b") as log:
                fcntl.flock(log, fcntl.LOCK_EX)
                yield log
        except OSError as error:
            raise StoreError(str(self.path), "cannot be written", "Check the disk and the folder") from error

    def _end(self, log: BinaryIO) -> tuple[int, dict[str, object] | None]:
        """Where the last whole line ends, and that line; reads the tail only."""
        size = log.seek(0, os.SEEK_END)
        window = min(size, 1 << 16)
        log.seek(size - window)
        tail = log.read(window)
        whole = tail.rfind(b"\n") + 1
        if not whole:
            if size > window:
                raise StoreError("audit log", "its last line is no entry", REMEDY)
            return 0, None
        last = tail[tail.rfind(b"\n", 0, whole - 1) + 1 : whole - 1]
        return size - window + whole, _parse(last, None)

    def _fits(self, count: int, head: str) -> None:
        anchored = self._get_anchor()
        if anchored is None:
            if count:
                raise StoreError("audit log", "its head file is gone", SET_ASIDE)
            self._set_anchor(0, GENESIS)  # before the first entry, so that entries without it mean it was removed
        elif anchored[0] > count or (anchored[0] == count and anchored[1] != head):
            raise StoreError("audit log", "entries are missing at its end", SET_ASIDE)

    def _lines(self) -> tuple[list[bytes], bool]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return [], False
        except OSError:
            raise StoreError(str(self.path), "cannot be read", "Check its permissions") from None
        *lines, rest = content.split(b"\n")
        return lines, bool(rest)

    def _get_anchor(self) -> tuple[int, str] | None:
        try:
            count, head = self.anchor.read_text("ascii").split()
            return int(count), head
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise StoreError(str(self.anchor), "cannot be read", REMEDY) from None

    def _set_anchor(self, count: int, head: str) -> None:
        # Fixed width, written in place under the log's lock: never longer or shorter than one line. The log itself
        # is on the disk by now, and an anchor that lags behind it is no alarm.
        descriptor = os.open(self.anchor, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(descriptor, f"{count:012d} {head}\n".encode("ascii"), 0)
        finally:
            os.close(descriptor)


def os_user() -> str:
    """Login name of whoever runs this process, from the system and not from the environment."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _record(entry: Entry, number: int, previous: str) -> dict[str, object]:
    record: dict[str, object] = {
        "n": number,
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "who": os_user(),
        "reviewer": entry.reviewer,
        "what": entry.act,
        "run": entry.run,
        "detail": dict(entry.detail),
        "prev": previous,
    }
    record["hash"] = _digest(record)
    return record


def _line(record: dict[str, object]) -> bytes:
    return json.dumps(record, sort_keys=True, ensure_ascii=True).encode("ascii") + b"\n"


def _digest(record: dict[str, object]) -> str:
    return hashlib.sha256(_line(record)).hexdigest()


def _place(record: dict[str, object]) -> tuple[int, str]:
    number, head = record.get("n"), record.get("hash")
    if not isinstance(number, int) or not isinstance(head, str):
        raise StoreError("audit log, last entry", "is no entry", REMEDY)
    return number, head


def _parse(line: bytes, number: int | None) -> dict[str, object]:
    where = f"audit log, entry {number}" if number else "audit log, last entry"
    try:
        record = json.loads(line)
        if isinstance(record, dict):
            return record
    except ValueError:
        pass
    raise StoreError(where, "is no entry", REMEDY)
