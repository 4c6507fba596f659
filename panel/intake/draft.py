"""What the readers hand over before it is a case: drafts of documents, facts of the patient, notes."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from panel.case import Case, Document, DocumentKind, Patient, Sex
from panel.intake.limits import MAX_CASE, MAX_DOCUMENT
from panel.intake.problem import problem
from panel.intake.strict_json import Object

_T = TypeVar("_T")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\]+")
_LONGEST_ID = 120
_SEX: dict[str, Sex] = {
    **dict.fromkeys(("female", "f", "w", "woman", "weiblich", "frau"), "female"),
    **dict.fromkeys(("male", "m", "man", "männlich", "mann"), "male"),
    **dict.fromkeys(("other", "d", "divers"), "other"),
    **dict.fromkeys(("unknown", "u", "unbekannt"), "unknown"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that has yet to get its final id."""

    source: str
    """Where it was read, for messages: file, and row or entry."""
    id: str
    """Preferred id; ``full`` is taken where another document wants the same."""
    full: str
    """The longer id, with the file's whole name."""
    text: str
    """The document's text, as it stays."""
    kind: DocumentKind
    date: dt.date | None = None
    title: str = ""
    aside: bool = False
    """Whether it only says whose chart it is: by itself it makes no case."""
    own: bool = False
    """Whether the id is the source's own: then meeting it twice is an error, not a clash to mend."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source says of the patient in fields."""

    sex: Sex | None = None
    born: dt.date | None = None
    age: int | None = None
    """Years, where the source gives the age itself."""
    ecog: int | None = None
    allergies: tuple[str, ...] = ()
    comorbidities: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sourced:
    """A FHIR resource or Bundle that is still to be read."""

    where: str
    """The file it stands in, for messages."""
    body: Object


@dataclass(frozen=True, slots=True)
class Content:
    """Everything read from one file, or from all files of a folder."""

    drafts: tuple[Draft, ...] = ()
    facts: tuple[Facts, ...] = ()
    resources: tuple[Sourced, ...] = ()
    """FHIR resources still to be read together."""
    notes: tuple[str, ...] = field(default=())
    """What was skipped or decoded otherwise; file and field names only."""

    @classmethod
    def joined(cls, parts: Iterable[Content]) -> Content:
        """All of them as one, in order."""
        known = tuple(parts)
        return cls(
            drafts=tuple(d for part in known for d in part.drafts),
            facts=tuple(f for part in known for f in part.facts),
            resources=tuple(r for part in known for r in part.resources),
            notes=tuple(n for part in known for n in part.notes),
        )


def clean_id(name: str, default: str = "document") -> str:
    """``name`` as an id: no slash, no control character, valid Unicode, not too long."""
    text = name.encode("utf-8", errors="replace").decode("utf-8")
    return _FORBIDDEN.sub("-", text).strip()[:_LONGEST_ID].strip() or default


def sex_of(word: str) -> Sex | None:
    """The administrative sex that a word or letter stands for."""
    return _SEX.get(word.strip().casefold())


def assemble(where: str, name: str, content: Content, question: str = "") -> Case:
    """The case made of the drafts, ids settled, sizes checked.

    Raises:
        InputError: there is no document, one is empty or too long, or two give themselves one id.
    """
    if all(draft.aside for draft in content.drafts):
        raise problem(where, "holds no clinical document", "Give a case file, a note, or a folder of them")
    total = 0
    for draft in content.drafts:
        total += len(draft.text)
        _refuse_size(draft, total)
    documents = tuple(
        Document(id=id, kind=draft.kind, date=draft.date, title=draft.title, text=draft.text)
        for id, draft in zip(_ids(content.drafts), content.drafts, strict=True)
    )
    newest = max((d.date for d in documents if d.date), default=None)
    patient = _patient(content.facts, newest)
    return Case(id=clean_id(name, "case"), question=question, patient=patient, documents=documents)


def _refuse_size(draft: Draft, total: int) -> None:
    if not draft.text.strip():
        raise problem(draft.source, "is empty", "Give the document's text or leave it out")
    if len(draft.text) > MAX_DOCUMENT:
        what = f"is longer than {MAX_DOCUMENT // 1_000_000} MB of text"
        raise problem(draft.source, what, "Split it or leave out what the board does not need")
    if total > MAX_CASE:
        what = f"brings the case above {MAX_CASE // 1_000_000} MB of text"
        raise problem(draft.source, what, "Leave out what the board does not need")


def _ids(drafts: Sequence[Draft]) -> list[str]:
    owners: dict[str, Draft] = {}
    for draft in drafts:
        if draft.own and owners.setdefault(draft.id, draft) is not draft:
            what = f"has the same id as {owners[draft.id].source}"
            raise problem(draft.source, what, "Give each document its own id", "id")
    wanted = Counter(draft.id for draft in drafts)
    taken = set(owners)
    ids: list[str] = []
    for draft in drafts:
        if draft.own:
            ids.append(draft.id)
            continue
        base = draft.id if wanted[draft.id] == 1 else draft.full
        id, number = base, 1
        while id in taken:
            number += 1
            id = f"{base}-{number}"
        taken.add(id)
        ids.append(id)
    return ids


def _patient(facts: Sequence[Facts], newest: dt.date | None) -> Patient:
    """The fields on which all sources agree; a field in dispute is left to the documents."""
    ages = {f.age for f in facts if f.age is not None}
    births = {f.born for f in facts if f.born}
    if not ages and len(births) == 1 and newest:
        ages = {_years(births.pop(), newest)}
    return Patient(
        age=_agreed({a for a in ages if 0 <= a <= 130}),
        sex=_agreed({f.sex for f in facts if f.sex}),
        ecog=_agreed({f.ecog for f in facts if f.ecog is not None}),
        allergies=_merged(f.allergies for f in facts),
        comorbidities=_merged(f.comorbidities for f in facts),
        medications=_merged(f.medications for f in facts),
    )


def _years(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _agreed(values: set[_T]) -> _T | None:
    return next(iter(values)) if len(values) == 1 else None


def _merged(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))
