"""Section 1 of the page: what a person must decide."""

from __future__ import annotations

from panel.conflict import Conflict, Side
from panel.render import content, quoting, words
from panel.render.html.citations import Citations, Statement
from panel.render.html.markup import Html, el, join
from panel.report import ChartReport

_LEVELS = {"chart": "between documents", "panel": "between plans, or plan and data"}


def conflicts(chart: ChartReport, citations: Citations) -> Html:
    """All conflicts, the open ones first; or what it means that none was found."""
    report = chart.report
    if not report.conflicts:
        return el("p", content.nothing_found(report), class_="calm")
    return join(_card(chart, c, citations) for c in content.ordered(report.conflicts))


def _card(chart: ChartReport, conflict: Conflict, citations: Citations) -> Html:
    spoken = words.kind(conflict.kind, conflict.question)
    statement = citations.statement(content.section(1, chart.report), spoken.title)
    standing = content.standing(conflict)
    return el(
        "article",
        el(
            "p",
            el("span", f"{words.words().severities[conflict.severity]} severity", class_="sev"),
            el("span", standing, class_="standing"),
            el("span", f"{content.subject(conflict)} ({_LEVELS[conflict.level]})", class_="kind"),
            class_="eyebrow",
        ),
        el("h3", spoken.ask),
        el("p", conflict.why) if conflict.why else None,
        el(
            "div",
            [_side(chart, conflict, n, citations, statement) for n in range(len(conflict.sides))],
            class_="sides",
        ),
        _proposal(chart, conflict),
        _ruling(chart, conflict),
        el("p", "Conflict ", el("code", conflict.id), class_="id"),
        class_=f"conflict {conflict.severity} {standing.split()[0].lower()}",
        id=statement.anchor,
    )


def _side(
    chart: ChartReport, conflict: Conflict, number: int, citations: Citations, statement: Statement
) -> Html:
    side = conflict.sides[number]
    ruling = conflict.ruling
    chosen = bool(ruling and ruling.decision == "accept" and ruling.side == number)
    return el(
        "section",
        el(
            "p",
            el("span", f"Side {number}", class_="letter"),
            " ",
            content.side_holder(chart, side),
            el("span", "accepted", class_="chosen") if chosen else None,
            class_="holder",
        ),
        el("p", content.side_value(conflict, side.value), class_="value", dir="auto"),
        _quotes(chart, side, citations, statement),
        class_="side accepted" if chosen else "side",
    )


def _quotes(chart: ChartReport, side: Side, citations: Citations, statement: Statement) -> Html:
    if not side.evidence:
        return el("p", content.NO_WORDS, class_="noquote")
    documents = {d.id: d for d in chart.documents}
    shown = []
    for evidence in dict.fromkeys(side.evidence):
        document = quoting.standing(documents, evidence)
        if document is None:
            shown.append(el("p", citations.link(evidence, statement)))
            continue
        around = quoting.in_context(document, evidence)
        quote = citations.link(evidence, statement, el("mark", around.quote))
        where = None if document.id == side.by else content.document_line(document)
        shown.append(
            el(
                "blockquote",
                el("p", around.before, quote, around.after, dir="auto"),
                el("p", where, class_="where") if where else None,
            )
        )
    return join(shown)


def _proposal(chart: ChartReport, conflict: Conflict) -> Html | None:
    proposal = conflict.proposal
    if proposal is None:
        return None
    return el(
        "div",
        el("h4", "Suggestion by rule – it settles nothing"),
        el("p", f"{proposal.text} {content.proposal_lean(chart, conflict, proposal)}".rstrip()),
        el("p", el("b", "Would be settled by: "), proposal.settled_by) if proposal.settled_by else None,
        class_="proposal",
    )


def _ruling(chart: ChartReport, conflict: Conflict) -> Html:
    ruling = conflict.ruling
    if ruling is None:
        return el(
            "div",
            el("h4", "No ruling yet"),
            el("p", "Rule with ", el("code", f"panel review {chart.report.run_id}"), "."),
            class_="ruling none",
        )
    return el(
        "div",
        el("h4", f"Ruling by {content.ruling_line(conflict)}"),
        el("p", content.ruling_words(chart, conflict), class_="value"),
        el("p", "Reason: ", ruling.reason),
        None if ruling.closes else el("p", "This point is not settled.", class_="unsettled"),
        class_="ruling",
    )
