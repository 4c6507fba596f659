"""What one specialist says of a case: findings, recommendations and abstentions."""

from __future__ import annotations

import datetime as dt
from itertools import dropwhile
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from panel.case import Case, Evidence, Frozen

FAILURE = "this seat failed"
"""How the reason of an abstention begins when the seat raised instead of answering."""
NOT_BY_MODEL = "Read by the rules, not by the model"
"""How the reason of an abstention begins when the seat's model was wanted and did not speak."""

Value = bool | int | float | str
Certainty = Literal["stated", "inferred", "uncertain"]
Reader = Literal["rules", "model"]
Question = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_+-]+)*$", max_length=120)]
Intent = Literal["curative", "palliative", "diagnostic", "supportive", "unstated"]


class Reference(Frozen):
    """A passage of the library (never of the chart)."""

    source: str
    """Id of the document in the library."""
    edition: str
    """Edition or year."""
    locator: str
    """Where in it: heading or passage id."""
    quote: str
    """The passage's own words."""
    title: str = ""
    """The document's title."""
    citation: str = ""
    """How to cite what the document reports."""


class Passage(Frozen):
    """A piece of a library document as the retriever hands it out: what a Reference can quote."""

    id: str
    """``<document id>#<heading slug>``, with ``-2``, ``-3``… when a section was cut; stable while the text is."""
    source: str
    """Id of the document in the library."""
    title: str
    """The document's title."""
    organisation: str = ""
    """Who issued what the document reports; empty for a site's own papers that do not say."""
    edition: str = ""
    """Edition or year as printed."""
    year: int | None = None
    """Year of the edition."""
    citation: str = ""
    """How to cite it: the official citation, with the DOI where there is one."""
    locator: str
    """Heading path, ``A > B``."""
    text: str
    """The passage's own words: ``document[start:end]``."""
    start: int = 0
    """Offset of the passage in the document, in characters."""
    end: int = 0
    """Offset behind it."""
    specialties: tuple[str, ...] = ()
    """Seats it is written for; empty for all."""
    tumours: tuple[str, ...] = ()
    """Tumours it speaks of; empty for all."""
    score: float = 0.0
    """The retriever's, higher is nearer; comparable within one answer only."""

    def reference(self, quote: str | None = None) -> Reference:
        """The citation of this passage: of the words given, or of all below its heading.

        Raises:
            ValueError: the quote does not stand in the passage.
        """
        if quote is not None and quote not in self.text:
            raise ValueError("a reference quotes words of its passage")
        lines = self.text.lstrip().splitlines(keepends=True)
        body = "".join(dropwhile(lambda line: line.startswith("#") or not line.strip(), lines)).rstrip() or self.text
        return Reference(
            source=self.source,
            edition=self.edition,
            locator=self.id,
            quote=quote or body,
            title=self.title,
            citation=self.citation,
        )


class Finding(Frozen):
    """One typed answer read in the chart. Without evidence it cannot be built."""

    question: Question
    """Dotted key, e.g. ``primary.side``, ``stage.clinical.t``, ``biomarker.her2``."""
    value: Value
    """The answer in normal form: lower-case words, millimetres, categories as printed (``T2a``)."""
    unit: str | None = None
    """Unit of a number, e.g. ``mm``."""
    date: dt.date | None = None
    """The date the answer holds for; the document's unless the sentence names another."""
    certainty: Certainty = "stated"
    """``stated`` in so many words, ``inferred`` from them, or ``uncertain`` in the source."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    """Where it stands."""
    references: tuple[Reference, ...] = ()
    """Library passages, where the answer rests on a definition."""


class Recommendation(Frozen):
    """A step proposed for the patient."""

    action: Question
    """Dotted key of the step, e.g. ``surgery.lobectomy``, ``systemic.cisplatin``."""
    intent: Intent = "unstated"
    """What it aims at."""
    conditions: tuple[str, ...] = ()
    """What must hold first, in the source's words."""
    rationale: str = ""
    """Why, in one sentence."""
    evidence: tuple[Evidence, ...] = ()
    """Where the chart says so, when it is a plan already written there."""
    references: tuple[Reference, ...] = ()
    """Library passages it rests on."""


class Abstention(Frozen):
    """A question left open, with the reason. Silence and failure are shown as this."""

    question: str
    """What was not answered (a dotted key, or ``*`` for all of it)."""
    reason: str
    """Why: not in the chart, unreadable, model failed, not covered."""


class Opinion(Frozen):
    """One specialist's reading of one case in one round."""

    specialty: str
    """radiology, pathology, oncology, surgery, registrar…"""
    reader: Reader
    """Whether the rules or a model spoke for the seat."""
    model: str | None = None
    """Name and hashes of the model and adapter; None for the rules."""
    impression: str = ""
    """A short paragraph in the specialty's order of importance."""
    findings: tuple[Finding, ...] = ()
    """In canonical order."""
    recommendations: tuple[Recommendation, ...] = ()
    """In canonical order."""
    abstentions: tuple[Abstention, ...] = ()
    """What this seat could not say."""
    unsupported: tuple[Finding, ...] = ()
    """What a model stated and the words it quotes do not carry: no findings, each becomes a conflict."""
    revised: tuple[str, ...] = ()
    """After the exchange round: what was changed, and the stated reason; empty when nothing was."""
    stamp: str = ""
    """Hash of the rules or of model, adapter and prompt that made it."""

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.reader == "model" and not self.model:
            raise ValueError("an opinion read by a model names the model")
        return self

    @property
    def failed(self) -> bool:
        """Whether the seat raised while reading or in the exchange round."""
        return any(a.question == "*" and a.reason.startswith(FAILURE) for a in self.abstentions)


class Discussion(Frozen):
    """A case with the opinions given so far: what specialists hand on when they are chained."""

    case: Case
    """The case."""
    opinions: tuple[Opinion, ...] = ()
    """In the order in which they were given."""

    def with_opinion(self, opinion: Opinion) -> Discussion:
        """The discussion after one more opinion; a seat's earlier one is replaced."""
        others = tuple(o for o in self.opinions if o.specialty != opinion.specialty)
        return Discussion(case=self.case, opinions=(*others, opinion))
