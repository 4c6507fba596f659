"""Section 8 of the page: the chart's documents, every quoted span highlighted and linked back."""

from __future__ import annotations

from panel.case import Document
from panel.render import content, quoting, words
from panel.render.html.citations import Citations, Span, Statement
from panel.render.html.markup import Html, el, join
from panel.report import ChartReport


def documents(chart: ChartReport, citations: Citations) -> Html:
    """All documents; to be rendered after the statements, so that the links back are known."""
    return join(_document(document, citations) for document in chart.documents)


def target_rules(citations: Citations) -> str:
    """CSS that lights exactly the span a link points to, also where spans overlap and without scripts."""
    anchors = [s.anchor for spans in citations.spans.values() for s in spans]
    if not anchors:
        return ""
    return (
        ",".join(f"#{a}:target~.{a}" for a in anchors)
        + "{background:var(--lit);box-shadow:0 -2px var(--accent),0 2px var(--accent)}"
    )


def _document(document: Document, citations: Citations) -> Html:
    number = citations.place(document.id)
    spans = citations.spans[document.id]
    return el(
        "article",
        el("h3", el("span", f"D{number}", class_="num"), " ", content.document_title(document)),
        el(
            "p",
            f"{words.words().documents[document.kind]} · {words.date(document.date)} · ",
            el("code", document.id),
            class_="where",
        ),
        el("div", _text(document.text, spans), class_="text", dir="auto"),
        _back(document, spans, citations),
        class_="doc",
        id=f"d{number}",
    )


def _text(text: str, spans: tuple[Span, ...]) -> Html:
    edges = tuple((s.start, s.end) for s in spans)
    parts: list[Html] = []
    for piece in quoting.pieces(len(text), edges):
        parts.extend(
            el("span", id=spans[i].anchor, class_="at") for i in piece.spans if spans[i].start == piece.start
        )
        shown = text[piece.start : piece.end]
        if shown.endswith("\r") and text[piece.end : piece.end + 1] == "\n":
            shown = shown[:-1]  # a span may part the two halves of a Windows line end
        if piece.spans:
            over = " over" if len(piece.spans) > 1 else ""
            names = " ".join(spans[i].anchor for i in piece.spans)
            parts.append(el("mark", shown, class_=names + over))
        else:
            parts.append(join(shown))
        parts.extend(_number(spans[i]) for i in piece.spans if spans[i].end == piece.end)
    return join(parts)


def _number(span: Span) -> Html:
    return el(
        "sup",
        el(
            "a",
            str(span.number),
            href=f"#b-{span.anchor}",
            class_="up",
            aria_label=f"who cites quote {span.number}",
        ),
    )


def _back(document: Document, spans: tuple[Span, ...], citations: Citations) -> Html:
    if not spans:
        return el("p", "Nothing in this report quotes this document.", class_="calm")
    rows = [
        el("li", _citing(citations.citing(span)), id=f"b-{span.anchor}", value=str(span.number))
        for span in spans
    ]
    return el("div", el("h4", "Quoted by"), el("ol", rows), class_="quoted")


def _citing(statements: tuple[Statement, ...]) -> Html:
    """Links to the statements that cite a span, those of one seat together."""
    by_seat: dict[str, list[Html]] = {}
    for statement in statements:
        link = el("a", statement.words, href=f"#{statement.anchor}", class_="back")
        by_seat.setdefault(statement.by, []).append(link)
    return join(
        el(
            "span",
            f"{seat}: ",
            [join(", " if n else "", link) for n, link in enumerate(links)],
            class_="citing",
        )
        for seat, links in by_seat.items()
    )
