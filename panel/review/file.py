"""Rulings from a file, for reviewers who do not sit at this terminal.

::

    {"reviewer": "Dr A. Jones",
     "rulings": [
       {"conflict": "laterality-0a1b2c3d", "decision": "accept", "side": 0, "reason": "seen at bronchoscopy"},
       {"conflict": "stage-4e5f6a7b", "decision": "defer", "value": "PET-CT", "reason": "no PET in the chart"}]}

``side`` goes with ``accept``; ``value`` holds, with ``amend``, what holds instead, with ``defer`` the test that
would settle it, with ``escalate`` to whom it goes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, ValidationError

from panel.case import Frozen
from panel.conflict import Conflict, Decision, Ruling
from panel.errors import UsageError

LIMIT = 5_000_000
"""Bytes; a rulings file is a page or two."""


class RulingLine(Frozen):
    """One ruling in a rulings file."""

    conflict: str
    decision: Decision
    side: int | None = None
    value: str | None = None
    reason: str = ""


class RulingsFile(Frozen):
    """A rulings file."""

    reviewer: str | None = None
    rulings: tuple[RulingLine, ...] = Field(min_length=1)


class FileReviewer:
    """A reviewer who has written the rulings down.

    Args:
        path: the file.
        reviewer: who rules, when the file does not say; must agree when it does.

    Raises:
        UsageError: the file is missing, is no such file, or names no reviewer.
    """

    def __init__(self, path: Path, reviewer: str | None = None) -> None:
        self._name = path.name
        written = self._parse(path)
        if reviewer and written.reviewer and reviewer.strip() != written.reviewer.strip():
            raise UsageError(f"{self._name}: reviewer", "is not the --reviewer given", "Keep one of the two")
        who = (written.reviewer or reviewer or "").strip()
        if not who:
            raise UsageError(f"{self._name}: reviewer", "is missing", 'Add "reviewer" or give --reviewer NAME')
        now = dt.datetime.now(dt.UTC)
        self._rulings = tuple(self._ruling(i, line, who, now) for i, line in enumerate(written.rulings))

    def rule(self, conflicts: Sequence[Conflict]) -> Sequence[Ruling]:
        """All rulings of the file; whether they fit the conflicts is checked when they are committed."""
        return self._rulings

    def place(self, index: int, field: str) -> str:
        """The file, the n-th ruling and its field, as a message names them."""
        return f"{self._name}: rulings[{index}].{field}"

    def _parse(self, path: Path) -> RulingsFile:
        try:
            with path.open("rb") as file:
                content = file.read(LIMIT + 1)
        except OSError as error:
            raise UsageError(self._name, (error.strerror or "cannot be read").lower(), "Check the path") from None
        if len(content) > LIMIT:
            raise UsageError(self._name, "is too large for a rulings file", "Give the rulings only")
        try:
            # Strict, by way of JSON: true is no side 1, and of a field given twice neither is taken.
            value = json.loads(content.decode("utf-8-sig"), object_pairs_hook=self._object)
            return RulingsFile.model_validate_json(json.dumps(value), strict=True)
        except UnicodeDecodeError:
            raise UsageError(self._name, "is not UTF-8", "Save it as UTF-8") from None
        except json.JSONDecodeError as error:
            what = f"is not JSON (line {error.lineno}, column {error.colno})"
            raise UsageError(self._name, what, "See `panel review --help` for the format") from None
        except RecursionError:
            raise UsageError(self._name, "is nested too deeply", "See `panel review --help`") from None
        except ValidationError as error:
            raise UsageError(*self._first(error), "See `panel review --help` for the format") from None
        except ValueError:  # Python refuses to read a number of thousands of digits
            raise UsageError(self._name, "holds a number too large to be one", "Correct it") from None

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            twice = next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))
            raise UsageError(f"{self._name}: {twice[:40]}", "stands twice in one object", "Keep one of the two")
        return made

    def _first(self, error: ValidationError) -> tuple[str, str]:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        steps = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in first["loc"]).lstrip(".")
        said = {
            "missing": "is missing",
            "extra_forbidden": "is not a field here",
            "literal_error": "must be accept, amend, defer or escalate",
            "too_short": "holds no ruling",
            "json_invalid": "holds half a character (a lone surrogate escape)",
        }
        what = said.get(first["type"], "has the wrong type")
        return f"{self._name}: {steps}" if steps else self._name, what

    def _ruling(self, index: int, line: RulingLine, who: str, now: dt.datetime) -> Ruling:
        if not line.reason.strip():
            raise UsageError(self.place(index, "reason"), "is missing", "Say why in a sentence")
        if line.decision == "accept" and line.side is None:
            raise UsageError(self.place(index, "side"), "is missing", "With accept, give the side's number, from 0")
        if line.decision != "accept" and not (line.value or "").strip():
            need = {"amend": "what holds instead", "defer": "the test that would settle it", "escalate": "to whom"}
            raise UsageError(self.place(index, "value"), "is missing", f"Give {need[line.decision]}")
        try:
            return Ruling(
                conflict=line.conflict,
                decision=line.decision,
                side=line.side if line.decision == "accept" else None,
                value=None if line.decision == "accept" else line.value,
                reviewer=who,
                reason=line.reason,
                time=now,
            )
        except ValidationError as error:
            field = str((error.errors(include_input=False)[0]["loc"] or ("reason",))[0])
            where = f"{self._name}: reviewer" if field == "reviewer" else self.place(index, field)
            raise UsageError(where, "is too long or no text", "Shorten it, in UTF-8") from None
