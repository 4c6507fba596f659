"""A folder whose content changes all at once: generations, a pointer to the current one, one writer, any readers.

A writer fills a new generation aside and then moves the pointer by a rename, so a kill at any moment leaves the old one
or the new one. A generation is deleted when no reader holds it. Locks are the kernel's: they end with their process.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from panel.errors import StoreError
from panel.store import private_folder

WAIT_SECONDS = 120.0
"""How long a writer waits for another one: about as long as building a large library takes."""
_NAME = re.compile(r"g\d{6,}-[0-9a-f]{6}")
_CURRENT, _LOCK = "current", "lock"


class Hold:
    """A generation that will not be deleted while this is open."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        """Its files."""
        self._descriptor = descriptor

    def close(self) -> None:
        """Let it go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class Shelf:
    """Generations under one folder.

    Args:
        folder: where; made when something is first written.
        wait: seconds to wait for another writer.
        discard: called with a generation's or draft's folder before it is deleted.
    """

    def __init__(
        self, folder: Path, *, wait: float = WAIT_SECONDS, discard: Callable[[Path], None] = lambda _: None
    ) -> None:
        self.folder = folder
        self._discard = discard
        self._wait = wait

    def hold(self) -> Hold | None:
        """The current generation, held; None when there is none yet.

        Raises:
            StoreError: the pointer names nothing that is there.
        """
        while (name := self._name()) is not None:
            folder = self.folder / name
            try:
                descriptor = os.open(folder / _LOCK, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:
                if self._name() != name:
                    continue  # replaced and deleted between two lines of ours
                raise self._broken() from None
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            if self._name() == name or folder.is_dir():
                return Hold(folder, descriptor)
            os.close(descriptor)
        return None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer; what is no longer needed is deleted at the end.

        Raises:
            StoreError: another one is still at it after the time to wait, or the folder cannot be written.
        """
        private_folder(self.folder)
        try:
            descriptor = os.open(self.folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        try:
            until = time.monotonic() + self._wait
            while not _locked(descriptor, fcntl.LOCK_EX):
                if time.monotonic() > until:
                    raise StoreError(str(self.folder), "another process is changing it", "Try again when it is done")
                time.sleep(0.05)
            yield
            self.sweep()
        finally:
            os.close(descriptor)

    def publish(self, fill: Callable[[Path], None]) -> str:
        """Fill a new generation and make it the current one. Only inside :meth:`writing`.

        Args:
            fill: writes the files into the folder that it is given.

        Returns:
            The generation's name.

        Raises:
            StoreError: it cannot be written; the current one stays as it is.
        """
        self.sweep()
        number = max((int(path.name[1:].split("-")[0]) for path in self._generations()), default=0) + 1
        name = f"g{number:06d}-{secrets.token_hex(3)}"
        draft = self.folder / f".draft-{name}"
        try:
            draft.mkdir(mode=0o700)
            (draft / _LOCK).touch(0o600)
            fill(draft)
            _to_disk(draft)
            os.replace(draft, self.folder / name)
            self._point_to(name)
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        finally:
            self._drop(draft)
        return name

    def sweep(self) -> list[str]:
        """Delete drafts of killed writers and generations that nobody reads; returns those that stay."""
        current, kept = self._name(), []
        for pointer in self.folder.glob(f".{_CURRENT}-*"):
            pointer.unlink(missing_ok=True)
        for draft in self.folder.glob(".draft-*"):
            self._drop(draft)
        for path in self._generations():
            if path.name == current or not self._deleted(path):
                kept.append(path.name)
        return kept

    def _deleted(self, path: Path) -> bool:
        try:
            descriptor = os.open(path / _LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._drop(path)
            return True
        try:
            if not _locked(descriptor, fcntl.LOCK_EX):
                return False
            self._drop(path)
            return True
        finally:
            os.close(descriptor)

    def _drop(self, folder: Path) -> None:
        if folder.is_dir():
            self._discard(folder)
            shutil.rmtree(folder, ignore_errors=True)

    def _generations(self) -> list[Path]:
        return [path for path in self.folder.glob("g*") if _NAME.fullmatch(path.name)]

    def _name(self) -> str | None:
        try:
            name = (self.folder / _CURRENT).read_text("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        except OSError:
            raise self._broken() from None
        if not _NAME.fullmatch(name):
            raise self._broken()
        return name

    def _point_to(self, name: str) -> None:
        draft = self.folder / f".{_CURRENT}-{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self.folder / _CURRENT)
        _sync_folder(self.folder)

    def _broken(self) -> StoreError:
        remedy = "Run `panel knowledge build --fresh`, then add the site's own documents again"
        return StoreError(str(self.folder), "the library's folder is damaged", remedy)

    def forget(self) -> None:
        """Drop the pointer, so that the next generation starts from nothing. Only inside :meth:`writing`."""
        with suppress(FileNotFoundError):
            (self.folder / _CURRENT).unlink()


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _to_disk(folder: Path) -> None:
    """Every file and folder below, written through, before anything points there."""
    for here, _, names in os.walk(folder):
        for name in names:
            descriptor = os.open(Path(here) / name, os.O_RDONLY | os.O_CLOEXEC)
            os.fsync(descriptor)
            os.close(descriptor)
        _sync_folder(Path(here))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    os.fsync(descriptor)
    os.close(descriptor)


def _unwritable(folder: Path, error: OSError) -> StoreError:
    why = (error.strerror or "cannot be written").lower()
    return StoreError(str(folder), why, "Check the disk, or set EXPERT_PANEL_HOME to a folder of yours")
