"""Sections 3 and 4 of the page: what each specialty reads, and what is agreed."""

from __future__ import annotations

from panel.opinion import Opinion, Recommendation
from panel.render import content, words
from panel.render.html.citations import Citations
from panel.render.html.markup import Html, el, join
from panel.report import Agreement, ChartReport


def seats(chart: ChartReport, citations: Citations) -> Html:
    """One block for each opinion."""
    if not chart.report.opinions:
        return el("p", "No seat has spoken.", class_="alarm")
    return join(_seat(chart, opinion, citations) for opinion in chart.report.opinions)


def _seat(chart: ChartReport, opinion: Opinion, citations: Citations) -> Html:
    silence = content.silence(opinion)
    name = words.seat(opinion.specialty)
    return el(
        "section",
        el("h3", name, " ", el("span", content.reader_words(opinion), class_="reader")),
        el("p", el("b", "This seat is silent. "), silence, " Silence is not agreement.", class_="alarm")
        if silence
        else None,
        el("p", opinion.impression, class_="impression", dir="auto") if opinion.impression else None,
        [_group(group, name, citations) for group in content.grouped(opinion.findings)],
        _recommendations(chart, opinion, citations),
        _abstentions(opinion),
        el("h4", "Revised after hearing the others") if opinion.revised else None,
        el("ul", [el("li", change) for change in opinion.revised]) if opinion.revised else None,
        class_="seat",
    )


def _group(group: content.Group, seat: str, citations: Citations) -> Html:
    return el(
        "table",
        el("caption", group.title),
        el("thead", el("tr", [el("th", h, scope="col") for h in ("Item", "Reading", "Source")])),
        el("tbody", [_row(line, seat, citations) for line in group.lines]),
    )


def _row(line: content.Line, seat: str, citations: Citations) -> Html:
    statement = citations.statement(seat, line.question)
    return el(
        "tr",
        el("th", line.question, scope="row"),
        el(
            "td",
            el("span", line.answer, class_="reading"),
            el("span", line.certainty, class_="certainty") if line.certainty else None,
            dir="auto",
        ),
        el(
            "td",
            citations.sources(line.evidence, statement),
            citations.library(line.references),
        ),
        id=statement.anchor,
    )


def _recommendations(chart: ChartReport, opinion: Opinion, citations: Citations) -> Html | None:
    if not opinion.recommendations:
        return None
    name = words.seat(opinion.specialty)
    return el(
        "div",
        el("h4", "Recommends" if chart.report.status == "final" else "Recommends (not yet decided on)"),
        el("ul", [_plan(said, r, name, citations) for said, r in content.plans(opinion.recommendations)]),
    )


def _plan(said: str, recommendation: Recommendation, seat: str, citations: Citations) -> Html:
    statement = citations.statement(seat, f"plan ({said})")
    conditions = "; ".join(recommendation.conditions)
    return el(
        "li",
        el("b", said),
        el("span", f" provided that: {conditions}") if conditions else None,
        el("span", f" – {recommendation.rationale}") if recommendation.rationale else None,
        citations.sources(recommendation.evidence, statement),
        citations.library(recommendation.references),
        id=statement.anchor,
    )


def _abstentions(opinion: Opinion) -> Html | None:
    left = content.left_open(opinion)
    if not left:
        return None
    rows = [
        el("li", el("b", "; ".join(asked)), f": {reason}") if asked else el("li", words.capital(reason))
        for reason, asked in left
    ]
    return el("div", el("h4", "Does not say"), el("ul", rows), class_="abstentions")


def agreed(agreements: tuple[Agreement, ...], citations: Citations) -> Html:
    """What all documents that speak of it say alike."""
    if not agreements:
        return el("p", "Nothing is said alike by two sources.", class_="calm")
    return el(
        "table",
        el("thead", el("tr", [el("th", h, scope="col") for h in ("Item", "Reading", "Sources")])),
        el("tbody", [_agreement(a, citations) for a in agreements]),
    )


def _agreement(agreement: Agreement, citations: Citations) -> Html:
    question = words.question(agreement.question)
    statement = citations.statement("Agreed", question)
    evidence = tuple(dict.fromkeys(e for f in agreement.findings for e in f.evidence))
    return el(
        "tr",
        el("th", question, scope="row"),
        el(
            "td",
            el("span", words.value(agreement.question, agreement.value, agreement.unit), class_="reading"),
        ),
        el("td", citations.sources(evidence, statement)),
        id=statement.anchor,
    )
