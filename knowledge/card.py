"""The card of a library document: its front matter, checked, or what can be told without one."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from panel.case import Frozen
from panel.errors import InputError

Specialty = Literal["radiology", "pathology", "oncology", "surgery"]
Tumour = Literal[
    "lung", "breast", "colorectal", "oesophagogastric", "liver", "pancreas", "kidney", "bladder", "prostate",
    "ovary", "endometrium", "cervix", "head_neck", "melanoma", "brain", "thyroid", "adrenal", "lymphoma",
    "sarcoma", "thymus", "mesothelioma", "testis", "neuroendocrine", "vulva", "anus",
]  # fmt: skip
SPECIALTIES: tuple[str, ...] = get_args(Specialty)
TUMOURS: tuple[str, ...] = get_args(Tumour)

_FENCE = re.compile(r"\A---[ \t]*(?:\r\n|\r|\n)(.*?)^---[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL | re.MULTILINE)
_NOT_SLUG = re.compile(r"[\W_]+")


def _as_printed(value: object) -> object:
    """An edition that YAML took for a number, as text."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _some(value: object) -> object:
    """A single word where a list may stand; nothing where the key has no value."""
    return () if value is None else (value,) if isinstance(value, str) else value


Words = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], BeforeValidator(_some)]


class Card(Frozen):
    """What is known of a document beside its text."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
    """Lower case, digits and hyphens; for a shipped document the file's name."""
    title: Annotated[str, Field(min_length=1, max_length=300)]
    """As shown beside a passage."""
    organisation: str = ""
    """Who issued what it reports."""
    edition: Annotated[str, BeforeValidator(_as_printed)] = ""
    """Edition or year as printed."""
    year: Annotated[int, Field(ge=1850, le=2200)] | None = None
    """Year of the edition."""
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    """Without a resolver in front."""
    citation: str = ""
    """How to cite it."""
    checked: dt.date | None = None
    """When its facts were last held against the source."""
    specialties: Annotated[tuple[Specialty, ...], BeforeValidator(_some)] = ()
    """Seats it is written for; empty for all."""
    tumours: Annotated[tuple[Tumour, ...], BeforeValidator(_some)] = ()
    """Tumours it speaks of; empty for all."""
    topics: Words = ()
    """Words it should be found by."""

    @property
    def cited(self) -> str:
        """The citation with the DOI, where it is not in it already."""
        if not self.doi or self.doi in self.citation:
            return self.citation
        return f"{self.citation} doi:{self.doi}".strip()


@dataclass(frozen=True, slots=True)
class Front:
    """Front matter taken apart."""

    values: dict[str, object]
    """As YAML read them; empty without front matter."""
    body: int
    """Offset of the first character behind it."""


def slug(words: str) -> str:
    """The words as an id: lower case, one hyphen for whatever is neither letter nor digit; empty if none is left.

    >>> slug("T1 and T2 (≥ 3 cm)")
    't1-and-t2-3-cm'
    """
    return _NOT_SLUG.sub("-", words.lower()).strip("-")


def front_matter(text: str, where: str) -> Front:
    """The block between two lines ``---`` at the very top of the text.

    Raises:
        InputError: there is one, but it is no YAML mapping.
    """
    found = _FENCE.match(text)
    if found is None:
        return Front({}, 0)
    try:
        values = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError(where, "its front matter is not YAML", "Quote values that hold a colon") from None
    if values is None:
        return Front({}, found.end())
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise InputError(where, "its front matter is no list of `key: value` lines", "Correct or remove it")
    return Front(values, found.end())


def card(values: dict[str, object], where: str, *, id: str, title: str, strict: bool = False) -> Card:
    """The card of a document.

    Args:
        values: its front matter.
        where: the file, for messages.
        id: what it is called when the front matter does not say.
        title: the same for its title.
        strict: for the references we ship: nothing may be missing and nothing unknown.

    Raises:
        InputError: a field is unknown, missing or not of its form; one line.
    """
    known = {key: value for key, value in values.items() if key in Card.model_fields}
    for key in values.keys() - known.keys():
        near = difflib.get_close_matches(key, Card.model_fields, 1, 0.75)
        if strict or near:  # a site's own keys are its own business, a slip of the pen is not
            remedy = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(Card.model_fields)}"
            raise InputError(f"{where}: {key[:40]}", "is an unknown field", remedy)
    if strict:
        _refuse_gaps(known, where)
    try:
        return Card.model_validate({"id": id, "title": title} | known)
    except ValidationError as error:
        raise _refused(error, where) from None


def _refuse_gaps(values: dict[str, object], where: str) -> None:
    required = ("id", "title", "organisation", "edition", "year", "citation", "checked", "specialties", "topics")
    for key in (*required, "tumours"):
        if key not in values or (key != "tumours" and values[key] in (None, "", [])):
            raise InputError(f"{where}: {key}", "is missing", "Add it to the front matter")


def _refused(error: ValidationError, where: str) -> InputError:
    first = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0])
    remedies = {
        "id": "Use lower-case letters, digits and single hyphens",
        "specialties": f"Use {', '.join(SPECIALTIES)}",
        "tumours": f"Use {', '.join(TUMOURS)}",
        "doi": "Write it as 10.1000/xyz",
        "checked": "Write it as YYYY-MM-DD",
        "year": "Write four digits",
    }
    return InputError(f"{where}: {field}", "is not valid", remedies.get(field, "Write it as text"))
