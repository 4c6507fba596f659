"""What the checks of this room look at: the findings and plans of all opinions, laid out by question and document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from panel.case import Case, DocumentKind, Evidence
from panel.conflict import Side
from panel.opinion import Finding, Opinion, Recommendation, Value

SAME_TIME = dt.timedelta(days=45)
"""Two statements farther apart than this may both have been true: growth, response, a new event."""


@dataclass(frozen=True)
class Plan:
    """A recommendation with the seat that holds it."""

    seat: str
    recommendation: Recommendation

    @property
    def document(self) -> str | None:
        """The document it is written in; None when no document says so."""
        evidence = self.recommendation.evidence
        return evidence[0].document if evidence else None


_PRIMARIES = re.compile(r"\b(?:two|2|separate|synchronous|independent|different|distinct|both|double|unrelated|second)\s(?:\w+\s){0,2}primar(?:y|ies)\b(?! (?:care|site|tumou?r site))|\bdouble cancer\b", re.I)


@dataclass(frozen=True)
class Chart:
    """All findings once, all plans once, and the tumour they speak of."""

    case: Case
    findings: tuple[Finding, ...]
    plans: tuple[Plan, ...]

    @classmethod
    def of_opinions(cls, case: Case, opinions: Sequence[Opinion]) -> Chart:
        """Merge the seats' opinions; what two seats read in the same words counts once."""
        findings = {
            (f.question, str(f.value), f.evidence[0].document, f.evidence[0].start, f.evidence[0].end): f
            for opinion in opinions
            for f in opinion.findings
        }
        plans: dict[tuple[str, Evidence | None], Plan] = {}
        for opinion in opinions:
            for recommendation in opinion.recommendations:
                key = (recommendation.action, recommendation.evidence[0] if recommendation.evidence else None)
                known = plans.get(key)
                if known is None or known.seat == "registrar":
                    plans[key] = Plan(opinion.specialty, recommendation)
        order = {document.id: i for i, document in enumerate(case.documents)}
        return cls(
            case,
            tuple(
                sorted(
                    findings.values(),
                    key=lambda f: (f.question, order.get(f.evidence[0].document, 0), f.evidence[0].start, str(f.value)),
                )
            ),
            tuple(
                sorted(
                    plans.values(),
                    key=lambda p: (order.get(p.document or "", -1), p.recommendation.evidence[0].start if p.document else -1, p.recommendation.action),
                )
            ),
        )

    @cached_property
    def by_question(self) -> dict[str, tuple[Finding, ...]]:
        """Findings by dotted question."""
        table: dict[str, list[Finding]] = {}
        for finding in self.findings:
            table.setdefault(finding.question, []).append(finding)
        return {question: tuple(found) for question, found in table.items()}

    def of(self, question: str) -> tuple[Finding, ...]:
        """The findings on one question."""
        return self.by_question.get(question, ())

    def under(self, prefix: str) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """Questions that begin with ``prefix``, with their findings."""
        return ((q, found) for q, found in self.by_question.items() if q.startswith(prefix))

    @cached_property
    def low(self) -> dict[str, str]:
        """The documents' texts in lower case, by id."""
        return {document.id: document.text.lower() for document in self.case.documents}

    @cached_property
    def tumour(self) -> str | None:
        """The tumour type that the readers recognised."""
        found = self.of("tumour.type")
        return str(found[0].value) if found else None

    @cached_property
    def changed(self) -> frozenset[str]:
        """Documents that speak of growth, response or treatment since: their state is not that of earlier ones."""
        treated = (f for _, found in self.under("stage.post_neoadjuvant") for f in found)
        return frozenset(f.evidence[0].document for f in (*self.of("tumour.change"), *treated))

    @cached_property
    def two_primaries(self) -> bool:
        """Whether a document says that the patient has two cancers at once, so that two statements may be of two tumours."""
        return any(f.certainty != "uncertain" and _PRIMARIES.search(f.evidence[0].quote) for f in self.of("tumour.multiple"))

    def kind(self, document: str) -> DocumentKind:
        """Kind of a document."""
        return self.case.document(document).kind

    def apart(self, first: Finding, second: Finding) -> dt.timedelta | None:
        """Time between two findings; None when one has no date."""
        if first.date is None or second.date is None:
            return None
        return abs(first.date - second.date)

    def same_time(self, first: Finding, second: Finding, limit: dt.timedelta = SAME_TIME) -> bool:
        """Whether both speak of about the same time; undated ones are taken to."""
        apart = self.apart(first, second)
        return apart is None or apart <= limit


def side(finding: Finding, value: Value | None = None) -> Side:
    """A finding as a side of a conflict, held by its document."""
    return Side(
        by=finding.evidence[0].document,
        value=finding.value if value is None else value,
        evidence=finding.evidence,
    )
