"""The run store: every run's case, rulings, status and report in one SQLite file that only its owner can read."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import re
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from panel.case import Case
from panel.conflict import Ruling
from panel.errors import StoreError, UsageError
from panel.report import PanelReport, RunStamp

RunState = Literal["unfinished", "awaiting_review", "final", "damaged"]
Synchronous = Literal["NORMAL", "FULL"]
RUN_ID = re.compile(r"\d{8}-\d{6}-\d{3}-[0-9a-f]{8}", re.ASCII)
BUSY_SECONDS = 30.0
LAYOUT = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL, chart TEXT NOT NULL, stamp TEXT NOT NULL,
    status TEXT NOT NULL, updated TEXT NOT NULL, report TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rulings (
    run TEXT NOT NULL, conflict TEXT NOT NULL, ruling TEXT NOT NULL, logged INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, conflict)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the list of runs."""

    id: str
    case_id: str
    status: RunState
    started: dt.datetime
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class Record:
    """A run as stored. ``report`` is None while it is unfinished."""

    id: str
    chart: str
    stamp: RunStamp
    status: RunState
    report: PanelReport | None

    @property
    def case(self) -> Case:
        """The case as it was read.

        Raises:
            StoreError: it is no longer what was read.
        """
        if sha256(self.chart) != self.stamp.case:
            raise StoreError(f"run {self.id}", "its stored case was changed", "Run the case again")
        return Case.model_validate_json(self.chart)


def sha256(text: str) -> str:
    """Hex digest of the text in UTF-8 (lone surrogates kept)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def new_run_id() -> str:
    """A fresh id: sorts by time (UTC, milliseconds), cannot be guessed."""
    now = dt.datetime.now(dt.UTC)
    return f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03d}-{secrets.token_hex(4)}"


def home() -> Path:
    """``EXPERT_PANEL_HOME``, else ``expert-panel`` in the XDG data folder."""
    if own := os.environ.get("EXPERT_PANEL_HOME"):
        return Path(own).expanduser()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "expert-panel"


def private_folder(path: Path) -> Path:
    """The folder, made if need be, closed to others (0700) unless it is a shared one such as ``/tmp``.

    Raises:
        StoreError: it cannot be made or is no folder.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = path.stat()
        shared = mode.st_mode & 0o1000 or path.resolve() == Path.home().resolve()
        if mode.st_uid == os.getuid() and mode.st_mode & 0o077 and not shared:
            path.chmod(0o700)
    except OSError as error:
        raise StoreError(str(path), _why(error), "Set EXPERT_PANEL_HOME to a folder of yours") from None
    return path


def connect(path: Path, synchronous: Synchronous) -> sqlite3.Connection:
    """An open WAL database (0600) that waits for other writers and overwrites what it deletes.

    Raises:
        StoreError: the file cannot be opened or is no database.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        _to_wal(connection)
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA secure_delete=ON")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(str(path), _why(error), "Mend it or move it away") from None
    return connection


def _to_wal(connection: sqlite3.Connection) -> None:
    """Turn the journal to WAL. SQLite does not wait for another process that is just doing the same: we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchall()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.01)


class Store:
    """Runs, rulings and reports.

    Args:
        folder: where the files are; None keeps everything in memory and nothing on disk.
        synchronous: ``FULL`` waits for the disk at every commit; ``NORMAL`` is for batches, which end in
            :meth:`sync`. Rulings always wait for the disk.

    Raises:
        StoreError: the folder or its files cannot be used.
    """

    def __init__(self, folder: Path | None = None, *, synchronous: Synchronous = "FULL") -> None:
        self.folder = private_folder(folder) if folder is not None else None
        self._synchronous = synchronous
        self._mutex = threading.RLock()
        self._held: set[str] = set()
        if self.folder is None:
            self._db = sqlite3.connect(":memory:", check_same_thread=False)
        else:
            self._db = connect(self.folder / "runs.sqlite", synchronous)
        with self._guarded():
            layout = self._db.execute("PRAGMA user_version").fetchone()[0]
            if layout > LAYOUT:
                raise StoreError(str(self.folder), "was written by a newer version", "Upgrade expert-panel")
            if layout < LAYOUT:
                self._db.executescript(_TABLES)
                self._db.execute(f"PRAGMA user_version={LAYOUT}")

    @classmethod
    def at_home(cls, *, synchronous: Synchronous = "FULL") -> Store:
        """The store that the command line uses."""
        return cls(home(), synchronous=synchronous)

    @property
    def checkpoints(self) -> Path | None:
        """The file of the meeting's checkpoints."""
        return self.folder / "checkpoints.sqlite" if self.folder else None

    def begin(self, case: Case, stamp: RunStamp, chart: str) -> None:
        """Write down a new run and its case, before anything is read in it."""
        row = (stamp.run_id, case.id, chart, stamp.model_dump_json(), "unfinished", _now())
        with self._guarded(), self._db:
            self._db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, NULL)", row)

    def restart(self, stamp: RunStamp) -> None:
        """Give an unfinished run a new stamp."""
        with self._guarded(), self._db:
            self._db.execute("UPDATE runs SET stamp=? WHERE id=?", (stamp.model_dump_json(), stamp.run_id))

    def finish(self, report: PanelReport) -> None:
        """Write down the report and its status, in one commit."""
        row = (report.status, _now(), report.model_dump_json(by_alias=True), report.run_id)
        with self._guarded(), self._db:
            self._db.execute("UPDATE runs SET status=?, updated=?, report=? WHERE id=?", row)

    def rule(self, run_id: str, rulings: Sequence[Ruling]) -> None:
        """Write down rulings, all or none, on the disk before this returns. The run becomes unfinished again.

        Raises:
            UsageError: one of the conflicts is already ruled on.
        """
        rows = [(run_id, r.conflict, r.model_dump_json()) for r in rulings]
        with self._guarded(), self._on_disk():
            try:
                with self._db:
                    self._db.executemany("INSERT INTO rulings VALUES (?, ?, ?, 0)", rows)
                    self._db.execute(
                        "UPDATE runs SET status='unfinished', updated=? WHERE id=?", (_now(), run_id)
                    )
            except sqlite3.IntegrityError:
                what, remedy = "one of these conflicts is already ruled on", "A ruling is never overwritten"
                raise UsageError(f"run {run_id}", what, remedy) from None

    def rulings(self, run_id: str) -> Mapping[str, str]:
        """All rulings of the run: conflict id to Ruling as JSON, by id."""
        query = "SELECT conflict, ruling FROM rulings WHERE run=? ORDER BY conflict"
        with self._guarded():
            return dict(self._db.execute(query, (run_id,)).fetchall())

    def unlogged(self, run_id: str) -> Mapping[str, str]:
        """Those of :meth:`rulings` that the audit log may not know yet."""
        query = "SELECT conflict, ruling FROM rulings WHERE run=? AND NOT logged ORDER BY conflict"
        with self._guarded():
            return dict(self._db.execute(query, (run_id,)).fetchall())

    def logged(self, run_id: str, conflicts: Sequence[str]) -> None:
        """These rulings are in the audit log."""
        if conflicts:
            with self._guarded(), self._db:
                rows = [(run_id, conflict) for conflict in conflicts]
                self._db.executemany("UPDATE rulings SET logged=1 WHERE run=? AND conflict=?", rows)

    def get(self, run_id: str) -> Record:
        """The run.

        Raises:
            UsageError: the id is malformed or there is no such run.
            StoreError: what is stored of it is damaged.
        """
        chart, stamp, status, report = self._row(run_id, "chart, stamp, status, report")
        with _whole(run_id):
            read = PanelReport.model_validate_json(report) if report and status != "unfinished" else None
            return Record(run_id, chart, RunStamp.model_validate_json(stamp), status, read)

    def require(self, run_id: str) -> None:
        """Raises UsageError for a run that is not there; reads nothing of it, so that a damaged one can be purged."""
        self._row(run_id, "id")

    def _row(self, run_id: str, columns: str) -> tuple[Any, ...]:
        self.check_id(run_id)
        with self._guarded():
            row: tuple[Any, ...] | None = self._db.execute(
                f"SELECT {columns} FROM runs WHERE id=?", (run_id,)
            ).fetchone()
        if row is None:
            raise UsageError(f"run {run_id}", "there is no such run", "List them with `panel runs`")
        return row

    def runs(self) -> list[Run]:
        """All runs, newest first, damaged ones too, with the times their ids tell."""
        found = []
        with self._guarded():
            rows = self._db.execute("SELECT id, case_id, status, stamp, updated FROM runs ORDER BY id DESC").fetchall()
        for id, case, told, stamp, updated in rows:
            status: RunState = told
            try:
                times = RunStamp.model_validate_json(stamp).started, dt.datetime.fromisoformat(updated)
            except ValueError:
                status = "damaged"
                times = (dt.datetime.strptime(id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=dt.UTC),) * 2
            found.append(Run(id, case, status, *times))
        return found

    def delete(self, run_ids: Sequence[str]) -> None:
        """Delete these runs with their cases, rulings and reports; the space is overwritten."""
        with self._guarded(), self._on_disk(), self._db:
            self._db.executemany("DELETE FROM rulings WHERE run=?", [(id,) for id in run_ids])
            self._db.executemany("DELETE FROM runs WHERE id=?", [(id,) for id in run_ids])
        if self.folder is not None:
            with self._guarded():  # what was deleted also stands in the journal: empty it
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def sync(self) -> None:
        """Wait until everything committed so far is on the disk."""
        if self.folder is not None and self._synchronous == "NORMAL":
            with self._guarded():
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @contextmanager
    def lock(self, run_id: str) -> Iterator[None]:
        """Hold the run alone; the hold ends with the process, however it ends.

        Raises:
            UsageError: the id is malformed.
            StoreError: somebody else holds it.
        """
        self.check_id(run_id)
        if self.folder is None:
            yield from self._hold(run_id)
            return
        folder = private_folder(self.folder / "locks")
        path = folder / f"{run_id}.lock"
        descriptor = _take(path, run_id)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            os.close(descriptor)

    def _hold(self, run_id: str) -> Iterator[None]:
        with self._mutex:
            if run_id in self._held:
                raise _busy(run_id)
            self._held.add(run_id)
        try:
            yield
        finally:
            self._held.discard(run_id)

    @staticmethod
    def check_id(run_id: str) -> None:
        """Refuse what is no run id, before it can name a file.

        Raises:
            UsageError: it is none.
        """
        if not RUN_ID.fullmatch(run_id):
            raise UsageError(f"run {run_id[:60]!r}", "that is no run id", "List the runs with `panel runs`")

    def close(self) -> None:
        """Close the file."""
        with self._mutex:
            self._db.close()

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        if self.folder is None or self._synchronous == "FULL":
            yield
            return
        self._db.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            self._db.execute("PRAGMA synchronous=NORMAL")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """One thread at a time, and SQLite's errors as ours."""
        with self._mutex:
            try:
                yield
            except sqlite3.Error as error:
                raise StoreError(str(self.folder or "store"), _why(error), "Check the disk and try again") from None


@contextmanager
def _whole(run_id: str) -> Iterator[None]:
    """What is stored must read as it was written; pydantic's own error would quote the chart."""
    try:
        yield
    except ValueError:
        raise StoreError(f"run {run_id}", "what is stored of it is damaged", "Restore it from a backup") from None


def _take(path: Path, run_id: str) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(str(path), _why(error), "Check the folder and try again") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise _busy(run_id) from None
        # Whoever held it before unlinks the file: a lock on a name that is gone holds nobody off.
        try:
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                return descriptor
        except FileNotFoundError:
            pass
        os.close(descriptor)


def _busy(run_id: str) -> StoreError:
    what = "somebody else is running or reviewing it at this moment"
    return StoreError(f"run {run_id}", what, "Try again when they are done")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


_SQLITE = {"locked": "another process is writing", "not a database": "is no database", "full": "disk is full", "malformed": "is damaged", "readonly": "may not be written"}


def _why(error: OSError | sqlite3.Error) -> str:
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    return next((plain for part, plain in _SQLITE.items() if part in str(error)), type(error).__name__)
