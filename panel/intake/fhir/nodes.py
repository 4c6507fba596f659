"""Reading FHIR's nested JSON by type: what is not of the shape expected is as if it were not there."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

import yaml

from panel.case import DocumentKind
from panel.errors import ConfigurationError
from panel.intake import dates
from panel.intake.strict_json import Object

_TABLE = "codes.yaml"
_SNOMED_TAG = re.compile(
    r"\s*\((?:finding|disorder|procedure|observable entity|morphologic abnormality|body structure|qualifier value"
    r"|substance|regime/therapy|situation|tumor staging|product)\)$"
)
_NOTE_MARK = re.compile(r"\s*\(Notes? [A-Z](?: *(?:,|and|through|to) *[A-Z])*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Codes:
    """The table ``codes.yaml``."""

    labels: dict[str, tuple[str, DocumentKind]]
    ecog: frozenset[str]
    ecog_answers: dict[str, int]
    categories: dict[str, DocumentKind]
    cancer: tuple[str, ...]
    benign: tuple[str, ...]


def node(parent: Object, key: str) -> Object:
    """The object under ``key``; empty when there is none."""
    found = parent.get(key)
    return found if isinstance(found, dict) else {}


def nodes(parent: Object, key: str) -> Iterator[Object]:
    """The objects in the list under ``key``."""
    found = parent.get(key)
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict):
            yield item


def text(parent: Object, *keys: str) -> str:
    """The first non-blank string or number under one of the keys; "" when there is none."""
    for key in keys:
        found = parent.get(key)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
    return ""


def date(parent: Object, *keys: str) -> dt.date | None:
    """The first full date under one of the keys; a period counts by its start, year or month alone not."""
    for key in keys:
        period = node(parent, key)
        value = text(period, "start", "end") if period else text(parent, key)
        found = dates.from_field(value) if value else None
        if found:
            return found
    return None


def period(parent: Object, *keys: str) -> str:
    """The first dateTime or period under one of the keys, as words, to the day."""
    for key in keys:
        span = node(parent, key)
        start, end = text(span, "start")[:10], text(span, "end")[:10]
        if start or end:
            return f"{start} to {end}" if start and end else f"from {start}" if start else f"until {end}"
        if text(parent, key):
            return text(parent, key)[:10]
    return ""


def codes_in(concept: Object) -> list[str]:
    """The codes of a CodeableConcept."""
    return [code for coding in nodes(concept, "coding") if (code := text(coding, "code"))]


def words(concept: Object) -> str:
    """A CodeableConcept in words: its text, a display, the table's label, or else its code."""
    spoken = text(concept, "text") or next(
        (display for coding in nodes(concept, "coding") if (display := text(coding, "display"))), ""
    )
    codes = codes_in(concept)
    if not spoken:
        known = table().labels
        spoken = next((known[code][0] for code in codes if code in known), codes[0] if codes else "")
    # SNOMED CT's fully specified names end in the name of their hierarchy.
    spoken = _SNOMED_TAG.sub("", spoken)
    # College of American Pathologists' forms: "?" for optional, "(Note D)" for the manual, "&lt;" for "<".
    return _NOTE_MARK.sub("", html.unescape(spoken)).lstrip("?").strip()


def all_words(parent: Object, key: str) -> str:
    """The CodeableConcepts of a list (or the single one) in words, separated by commas."""
    single = node(parent, key)
    found = [words(single)] if single else [words(item) for item in nodes(parent, key)]
    return ", ".join(filter(None, found))


def remarks(parent: Object) -> list[str]:
    """The texts of the resource's notes."""
    return [remark for item in nodes(parent, "note") if (remark := text(item, "text"))]


def sentence(*parts: tuple[str, str]) -> str:
    """``Label: value; Label: value`` of the parts that have a value."""
    return "; ".join(f"{name}: {value}" if name else value for name, value in parts if value)


@cache
def table() -> Codes:
    """The table of codes.

    Raises:
        ConfigurationError: it is broken.
    """
    try:
        data = yaml.safe_load(resources.files(__package__).joinpath(_TABLE).read_text("utf-8"))
        return Codes(
            labels={code: (label, _kind(kind)) for code, (label, kind) in data["labels"].items()},
            ecog=frozenset(data["ecog"]["observations"]),
            ecog_answers={code: int(grade) for code, grade in data["ecog"]["answers"].items()},
            categories={code: _kind(kind) for code, kind in data["categories"].items()},
            cancer=tuple(data["cancer"]["words"]),
            benign=tuple(data["cancer"]["benign"]),
        )
    except (OSError, yaml.YAMLError, LookupError, TypeError, AttributeError, ValueError) as error:
        raise ConfigurationError(_TABLE, f"is broken ({type(error).__name__})", "Restore it") from None


def _kind(name: str) -> DocumentKind:
    kinds: tuple[DocumentKind, ...] = get_args(DocumentKind)
    for kind in kinds:
        if kind == name:
            return kind
    raise ValueError(name)
