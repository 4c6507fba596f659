"""JSON notes (``{id, date, note_type, text}``, alone or in a list) and JSON of no known format."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import PurePath

from panel.intake import dates
from panel.intake.draft import Content, Draft, Facts, clean_id, sex_of
from panel.intake.flatten import flatten, leaves, names
from panel.intake.kinds import clinical_words, kind_of
from panel.intake.problem import problem, shown
from panel.intake.rows import folded, label
from panel.intake.strict_json import Json, Object

_TEXT = ("text", "note_text", "report_text", "content", "body")
_ID = ("id", "note_id", "report_id", "document_id")
_DATE = ("date", "note_date", "report_date", "created", "datetime", "timestamp")
_TYPE = ("note_type", "kind", "type", "report_type", "document_type", "category")
_TITLE = ("title", "name", "description")
_ID_SHAPE = re.compile(r"[^\x00-\x1f\x7f/\\]{1,200}")


def is_note(value: Json) -> bool:
    """Whether it has a note's text and at least one more of a note's fields."""
    if not isinstance(value, dict) or not any(key in value for key in _TEXT):
        return False
    return any(key in value for key in (*_ID, *_DATE, *_TYPE))


def read_notes(values: Sequence[Json], name: str, where: str, listed: bool) -> Content:
    """The drafts of notes, in order.

    Args:
        values: the notes; each satisfies ``is_note``.
        name: the file's name.
        where: the file, for messages.
        listed: whether they stood in a list, so that messages count them.

    Raises:
        InputError: a field has the wrong type, or the date is impossible.
    """
    drafts: list[Draft] = []
    said: list[str] = []
    for index, value in enumerate(values):
        assert isinstance(value, dict)
        spot = f"[{index}]" if listed else ""
        drafts.append(_note(value, name, where, spot))
        extra = [shown(k) for k in value if k not in (*_TEXT, *_ID, *_DATE, *_TYPE, *_TITLE)]
        if extra:
            said.append(f"{where}{spot}: fields not read: {', '.join(extra)}")
    return Content(drafts=tuple(drafts), notes=tuple(said))


def read_structured(value: Json, name: str, where: str) -> Content | None:
    """JSON of no known format as one document of readable lines; None when nothing clinical shows in it."""
    words = clinical_words()
    if leaves(value) < 3 or not any(word in folded(n) for n in names(value) for word in words):
        return None
    text = flatten(value)
    stem = PurePath(name).stem
    draft = Draft(
        source=where,
        id=clean_id(stem),
        full=clean_id(name),
        text=text,
        kind=kind_of(name=stem, text=text) or "other",
        date=dates.from_name(stem),
        title=label(stem),
    )
    return Content(drafts=(draft,) if text.strip() else (), facts=_facts(value))


def _note(value: Object, name: str, where: str, spot: str) -> Draft:
    stem = PurePath(name).stem
    own = _string(value, _ID, where, spot)
    if own and not _ID_SHAPE.fullmatch(own):
        raise problem(
            where, "holds a slash or a control character, or is too long", "Correct it", f"{spot}id"
        )
    text = _string(value, _TEXT, where, spot)
    note_type, title = _string(value, _TYPE, where, spot), _string(value, _TITLE, where, spot)
    fallback = clean_id(f"{stem}-{int(spot[1:-1]) + 1}" if spot else stem)
    return Draft(
        source=f"{where}{spot and ' '}{spot}",
        id=own or fallback,
        full=clean_id(name),
        text=text,
        kind=kind_of(note_type=note_type, title=title, name=stem, text=text) or "note",
        date=_date(value, where, spot) or dates.from_name(stem) or dates.from_text(text),
        title=title or note_type,
        own=bool(own),
    )


def _string(value: Object, keys: Sequence[str], where: str, spot: str) -> str:
    """The first of the fields that is there; "" when none is."""
    for key in keys:
        found = value.get(key)
        if isinstance(found, int) and not isinstance(found, bool) and keys is _ID:
            return str(found)
        if isinstance(found, str):
            return found if keys is _TEXT else found.strip()
        if found is not None:
            raise problem(where, "is not text", "Put it in quotation marks", f"{spot}{key}")
    return ""


def _date(value: Object, where: str, spot: str) -> dt.date | None:
    text = _string(value, _DATE, where, spot)
    if not text:
        return None
    date = dates.from_field(text)
    if date is None:
        key = next(k for k in _DATE if value.get(k))
        raise problem(where, "is not a date", "Write it as YYYY-MM-DD or leave it out", f"{spot}{key}")
    return date


def _facts(value: Json) -> tuple[Facts, ...]:
    """Age and sex, where the outermost object has fields of these names."""
    if not isinstance(value, dict):
        return ()
    age, sex = value.get("age"), value.get("sex") or value.get("gender")
    facts = Facts(
        age=age if isinstance(age, int) and not isinstance(age, bool) and 0 <= age <= 130 else None,
        sex=sex_of(sex) if isinstance(sex, str) else None,
    )
    return (facts,) if facts != Facts() else ()
