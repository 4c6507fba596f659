"""From a path to bytes, and from bytes to text, without hanging, without guessing in silence."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path

from panel.intake.limits import MAX_CASE
from panel.intake.problem import problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D} | {0x7F}
_SAVE = "Save it as UTF-8 text"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; offsets into the case's document are offsets into it."""

    text: str
    """Every character after the byte order mark, line ends as they are."""
    encoding: str
    """Name of the encoding that was used."""


def read_bytes(path: Path, where: str) -> bytes:
    """The content of a regular file, unpacked when its name ends in ``.gz``.

    Raises:
        InputError: it is missing, unreadable, not a regular file, empty, or too large.
    """
    try:
        # Without O_NONBLOCK a FIFO with no writer would hold the program for ever.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise _unreadable(where, error) from None
    try:
        with os.fdopen(handle, "rb") as stream:
            info = os.fstat(stream.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise problem(where, "is no regular file", "Give a file that holds the document")
            if info.st_size > MAX_CASE:
                raise _too_large(where)
            data = stream.read(MAX_CASE + 1)
    except OSError as error:
        raise _unreadable(where, error) from None
    if len(data) > MAX_CASE:
        raise _too_large(where)
    if not data:
        raise problem(where, "is empty", "Give a file with content")
    return _unpack(data, where) if path.name.lower().endswith(".gz") else data


def decode(data: bytes, where: str) -> Decoded:
    """The text of a document: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        InputError: it holds NUL bytes or is no text, or is UTF-8 that was damaged.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_exactly(data[len(mark) :], encoding, where), encoding, where)
    try:
        return _checked(data.decode("utf-8"), "utf-8", where)
    except UnicodeDecodeError as error:
        first = error.start
    _refuse_binary(data, where)
    _refuse_damaged(data, first, where)
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "latin-1")


def decode_json(data: bytes, where: str) -> str:
    """The text of a JSON file, which is UTF-8 unless a byte order mark says otherwise.

    Raises:
        InputError: it is not.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _exactly(data[len(mark) :], encoding, where)
    if b"\x00" in data:
        raise _nul(where)
    return _exactly(data, "utf-8", where)


def _exactly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"is not valid {encoding.upper()} (byte {error.start})"
        raise problem(where, what, _SAVE) from None


def _checked(text: str, encoding: str, where: str) -> Decoded:
    if "\x00" in text:
        raise _nul(where)
    return Decoded(text, encoding)


def _refuse_binary(data: bytes, where: str) -> None:
    if b"\x00" in data:
        raise _nul(where)
    odd = sum(data.count(byte) for byte in _NOT_TEXT)
    if odd * 200 > len(data):  # prose has none; half a percent forgives a few printer codes
        raise problem(where, "is not text", "Give a text file, or one of the types that are read")


def _refuse_damaged(data: bytes, first: int, where: str) -> None:
    """UTF-8 with broken places would turn into gibberish as Windows-1252: a wrong chart, silently."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if ord(character) > 0x7F) - bad
    if good > bad:
        raise problem(where, f"is UTF-8 with {bad} damaged places (first at byte {first})", _SAVE)


def _unpack(data: bytes, where: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(MAX_CASE + 1)
    except (OSError, EOFError, zlib.error):
        raise problem(where, "is not a complete gzip file", "Compress it again") from None
    if len(unpacked) > MAX_CASE:
        raise _too_large(where)
    if not unpacked:
        raise problem(where, "is empty", "Give a file with content")
    return unpacked


def _unreadable(where: str, error: OSError | ValueError) -> Exception:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return problem(where, "does not exist", "Check the name")
    if isinstance(error, PermissionError):
        return problem(where, "may not be read", "Give yourself read permission")
    if isinstance(error, IsADirectoryError):
        return problem(where, "is a folder", "Give a file")
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "bad name"
    return problem(where, f"cannot be read ({reason.lower()})", "Check the name and the file")


def _too_large(where: str) -> Exception:
    return problem(
        where, f"is larger than {MAX_CASE // 1_000_000} MB", "Leave out what the board does not need"
    )


def _nul(where: str) -> Exception:
    return problem(where, "holds NUL bytes", f"{_SAVE}; UTF-16 needs its byte order mark")
