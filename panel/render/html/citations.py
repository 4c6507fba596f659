"""Which statement cites which span: links from statements to the documents on the page, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panel.case import Evidence
from panel.opinion import Reference
from panel.render import content, quoting
from panel.render.citing import cited, shortened
from panel.render.html.markup import Html, el, join
from panel.report import ChartReport


@dataclass(frozen=True, slots=True)
class Span:
    """A quoted span of a document."""

    anchor: str
    """Id on the page, ``d1s3``."""
    number: int
    """From 1, in the order of the document."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement on the page that can be linked back to."""

    anchor: str
    by: str
    words: str


class Citations:
    """The spans a report cites, and the statements that cite them, gathered while rendering."""

    def __init__(self, chart: ChartReport) -> None:
        self._documents = {d.id: d for d in chart.documents}
        self._places = {d.id: n for n, d in enumerate(chart.documents, 1)}
        edges: dict[str, set[tuple[int, int]]] = {d.id: set() for d in chart.documents}
        for evidence in cited(chart.report):
            if quoting.standing(self._documents, evidence):
                edges[evidence.document].add((evidence.start, evidence.end))
        self.spans: dict[str, tuple[Span, ...]] = {
            id: tuple(
                Span(f"d{self._places[id]}s{number}", number, start, end)
                for number, (start, end) in enumerate(sorted(pairs), 1)
            )
            for id, pairs in edges.items()
        }
        self._by_edge = {(id, s.start, s.end): s for id, spans in self.spans.items() for s in spans}
        self._references = {reference: n for n, reference in enumerate(chart.report.references, 1)}
        self._back: dict[str, list[Statement]] = {}
        self._count = 0

    def statement(self, by: str, words: str) -> Statement:
        """A new statement, of a seat or section, with an anchor of its own."""
        self._count += 1
        return Statement(f"st{self._count}", by, words)

    def library(self, references: Sequence[Reference]) -> list[Html]:
        """The library passages of a statement, each linked to its words at the end of the page."""
        return [
            el("a", f"Library: {content.reference_words(r)}", class_="where", href=f"#ref-{self._references[r]}")
            if r in self._references
            else el("span", f"Library: {content.reference_words(r)}", class_="where")
            for r in references
        ]

    def citing(self, span: Span) -> tuple[Statement, ...]:
        """The statements that cite a span, in the order of the page."""
        return tuple(self._back.get(span.anchor, ()))

    def place(self, id: str) -> int:
        """The number of a document on the page, from 1."""
        return self._places[id]

    def link(self, evidence: Evidence, by: Statement, label: Html | None = None) -> Html:
        """A link from a statement to its source; plain words where the quote does not stand in the chart."""
        document = quoting.standing(self._documents, evidence)
        if document is None:
            return el("span", "quote not found in the documents: not shown", class_="unfound")
        span = self._by_edge[(evidence.document, evidence.start, evidence.end)]
        back = self._back.setdefault(span.anchor, [])
        if by not in back:
            back.append(by)
        number = f"D{self._places[document.id]}.{span.number}"
        where = f"{number}: {content.document_line(document)}"
        return el(
            "a",
            label or el("q", shortened(evidence.quote), dir="auto"),
            " ",
            el("span", number, class_="num"),
            href=f"#{span.anchor}",
            class_="src",
            title=where,
        )

    def sources(self, evidence: tuple[Evidence, ...], by: Statement) -> Html:
        """A list of links, each with its document."""
        return join(
            el(
                "span",
                self.link(one, by),
                " ",
                el("span", self._where(one), class_="where"),
                class_="cite",
            )
            for one in evidence
        )

    def _where(self, evidence: Evidence) -> str:
        document = self._documents.get(evidence.document)
        return content.document_line(document) if document else evidence.document
