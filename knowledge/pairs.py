"""Files of reports to pairs of findings and impression."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge import papers
from panel.errors import InputError
from panel.intake.decode import decode, read_bytes

KINDS = (".jsonl", ".json", ".csv", *papers.READ)
_OTHER = "technique|comparison|indication|history|clinical (?:information|history|details)|exam(?:ination)?|procedure"
_OTHER += "|recommendations?|addendum|signed(?: by)?|reported by|dictated by|attestation"
_SECTION = re.compile(
    rf"^[ \t#*]*(findings?|impressions?|conclusions?|opinion|{_OTHER})[ \t*]*(?::[ \t*]*|$)", re.MULTILINE | re.IGNORECASE
)


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Findings and impression of each report of a file, either empty where it has none.

    Raises:
        InputError: it cannot be read.
    """
    kind, where = path.suffix.lower(), str(path)
    if kind not in (".jsonl", ".json", ".csv"):
        yield _sections(papers.read(path).text)
        return
    text = decode(read_bytes(path, where), where).text
    try:
        if kind == ".csv":
            rows: Sequence[object] = list(csv.DictReader(io.StringIO(text, newline="")))
        elif kind == ".json":
            loaded = json.loads(text)
            rows = loaded if isinstance(loaded, list) else [loaded]
        else:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, csv.Error, RecursionError):
        raise InputError(where, f"is not {kind[1:].upper()} that can be read", "Export it again") from None
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise InputError(f"{where}: row {number}", "is no object", "Give rows with findings and impression")
        fields = {str(key).strip().lower(): value for key, value in row.items() if isinstance(value, str)}
        yield fields.get("findings", ""), fields.get("impression", "")


def _sections(text: str) -> tuple[str, str]:
    """The two sections of a report in running text."""
    heads = list(_SECTION.finditer(text))
    parts: dict[str, str] = {}
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        name = head[1].lower().rstrip("s")
        name = "impression" if name in ("impression", "conclusion", "opinion") else name
        body = text[head.end() : after.start() if after else len(text)].strip(" \t\r\n:")
        parts[name] = parts.get(name) or body
    return parts.get("finding", ""), parts.get("impression", "")


def report_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that the paths name, folders searched.

    Raises:
        InputError: a folder holds none.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [each for each in papers.inside(path) if each.suffix.lower() in KINDS]
        if not found:
            raise InputError(str(path), "holds no reports", f"Give a folder with {', '.join(KINDS)} files")
        yield from found
