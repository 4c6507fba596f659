"""The chart: a Case of Documents, and Evidence pointing into them.

A document's text is never edited; every offset in the project is an index into ``Document.text``
(Unicode code points, end exclusive).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DocumentKind = Literal[
    "radiology", "pathology", "genomics", "laboratory", "oncology", "surgery", "note", "other"
]
Sex = Literal["female", "male", "other", "unknown"]
Identifier = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$")]

CASE_FILE = "case file"
"""How a side of a conflict names the patient block of the case file, which is no document."""


class Frozen(BaseModel):
    """Base of every type of the vocabulary: immutable, no unknown fields, docstrings as schema text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Document(Frozen):
    """One document of the chart, text untouched."""

    id: Identifier
    """Unique within the case."""
    kind: DocumentKind
    """Which desk it comes from."""
    date: dt.date | None = None
    """Date of the study, specimen or note; None when the chart does not say."""
    title: str = ""
    """Title as exported, e.g. "CT chest"."""
    text: str
    """The whole text, exactly as read from the source."""


class Patient(Frozen):
    """What the case file says of the patient; everything optional."""

    age: Annotated[int, Field(ge=0, le=130)] | None = None
    """Years, at the time of the board."""
    sex: Sex | None = None
    """Administrative sex as recorded."""
    ecog: Annotated[int, Field(ge=0, le=5)] | None = None
    """ECOG performance status (Oken et al. 1982), 0 to 5."""
    allergies: tuple[str, ...] = ()
    """Substances, free text."""
    comorbidities: tuple[str, ...] = ()
    """Diagnoses beside the tumour, free text."""
    medications: tuple[str, ...] = ()
    """Current medication, free text."""
    preferences: str = ""
    """What the patient wants or refuses, free text."""


class Evidence(Frozen):
    """An exact span of one of this patient's documents."""

    document: Identifier
    """Id of the document."""
    start: Annotated[int, Field(ge=0)]
    """First character, an index into the document's text."""
    end: Annotated[int, Field(ge=1)]
    """One past the last character."""
    quote: Annotated[str, Field(min_length=1)]
    """The characters themselves; ``Case.check`` proves that they stand there."""

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError("quote is not as long as end - start")
        return self

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> Evidence:
        """The evidence at ``document.text[start:end]``."""
        return cls(document=document.id, start=start, end=end, quote=document.text[start:end])


class Case(Frozen):
    """One patient's chart with the question put to the board."""

    id: Identifier
    """Id of the case; names files, so no slash."""
    question: str = ""
    """What the board is asked."""
    patient: Patient = Patient()
    """The patient block of the case file."""
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]
    """At least one, ids unique, in the order of the source."""

    @model_validator(mode="after")
    def _unique_ids(self) -> Self:
        seen: set[str] = set()
        for document in self.documents:
            if document.id in seen:
                raise ValueError(f"document id {document.id!r} is used twice")
            seen.add(document.id)
        return self

    def document(self, id: str) -> Document:
        """The document of that id.

        Raises:
            KeyError: there is none.
        """
        for document in self.documents:
            if document.id == id:
                return document
        raise KeyError(id)

    def __contains__(self, evidence: Evidence) -> bool:
        """Whether the quote stands in the chart where the evidence says."""
        try:
            text = self.document(evidence.document).text
        except KeyError:
            return False
        return text[evidence.start : evidence.end] == evidence.quote

    def of_kind(self, *kinds: DocumentKind) -> Iterator[Document]:
        """The documents of these kinds, in order."""
        return (document for document in self.documents if document.kind in kinds)
