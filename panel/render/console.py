"""What ``panel run`` and ``panel review`` show at a terminal, as rich renderables; chart text is never markup."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from panel.conflict import Conflict, Side
from panel.render import content, quoting, words
from panel.report import ChartReport

_COLOURS = {"high": "red", "moderate": "yellow", "low": "blue"}


def summary(chart: ChartReport) -> RenderableType:
    """The outcome of a run on one screen: status, what to decide, what is missing, who spoke."""
    report = chart.report
    final = report.status == "final"
    head = Text(f" {content.badge(report)} ", style="bold white on green" if final else "bold white on red")
    title = Text.assemble(
        head, f"  {quoting.one_line(report.case_id)}  ", (quoting.one_line(report.question), "bold")
    )
    parts: list[RenderableType] = [title, Text(f"Run {report.run_id}", style="dim"), Text()]
    parts += [_to_decide(chart), Text()]
    if report.missing:
        parts += [
            Text("Missing", style="bold"),
            *(_missing(m.item, m.asked_by, m.why) for m in report.missing),
            Text(),
        ]
    parts += [_seats(chart)]
    if report.not_covered:
        parts += [
            Text(),
            Text("Not covered by the rules: " + quoting.one_line("; ".join(report.not_covered))),
        ]
    if not final:
        review = Text.assemble("Rule on them with ", (f"panel review {report.run_id}", "bold"))
        parts += [Text(), review]
    return Group(*parts, Text(content.NOTICE, style="dim"))


def _missing(item: str, asked_by: str, why: str) -> Text:
    return Text.assemble(
        "  ", (quoting.one_line(item), "bold"), f" ({words.seat(asked_by)}): {quoting.one_line(why)}"
    )


def _to_decide(chart: ChartReport) -> RenderableType:
    report = chart.report
    if not report.conflicts:
        return Text(content.nothing_found(report))
    table = Table(
        title=content.section(1, report), title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for name in ("Severity", "State", "Question", "Sides"):
        table.add_column(name, overflow="fold")
    for conflict in content.ordered(report.conflicts):
        spoken = words.kind(conflict.kind, conflict.question)
        sides = " / ".join(quoting.one_line(held) for held in content.positions(conflict))
        table.add_row(
            Text(words.words().severities[conflict.severity], style=_COLOURS[conflict.severity]),
            Text(content.standing(conflict)),
            Text(quoting.one_line(spoken.ask)),
            Text(sides),
        )
    return table


def _seats(chart: ChartReport) -> RenderableType:
    table = Table(box=None, pad_edge=False, show_header=False)
    for opinion in chart.report.opinions:
        silence = content.silence(opinion)
        said = words.plural(len(opinion.findings), "finding")
        if opinion.recommendations:
            said += f", {words.plural(len(opinion.recommendations), 'recommendation')}"
        state = Text(f"silent: {quoting.one_line(silence)}", style="red") if silence else Text(said)
        table.add_row(
            Text(words.seat(opinion.specialty), style="bold"), state, Text(content.reader_words(opinion))
        )
    return table


def conflict_panel(chart: ChartReport, conflict: Conflict) -> RenderableType:
    """One conflict with every side's quotes in context, the suggestion and the ruling, for the reviewer."""
    spoken = words.kind(conflict.kind, conflict.question)
    colour = _COLOURS[conflict.severity]
    severity = words.words().severities[conflict.severity]
    title = Text(
        f" {severity} · {content.subject(conflict)} · {content.standing(conflict)} ", style=f"bold {colour}"
    )
    parts: list[RenderableType] = [Text(quoting.one_line(spoken.ask), style="bold")]
    if conflict.why:
        parts.append(Text(quoting.one_line(conflict.why)))
    for number, side in enumerate(conflict.sides):
        parts += [Text(), *_side(chart, conflict, number, side)]
    if conflict.proposal:
        proposal = conflict.proposal
        lean = content.proposal_lean(chart, conflict, proposal)
        suggestion = quoting.one_line(f"{proposal.text} {lean}")
        parts += [Text(), Text.assemble(("Suggestion by rule (it settles nothing): ", "italic"), suggestion)]
        if proposal.settled_by:
            parts.append(
                Text.assemble(("Would be settled by: ", "italic"), quoting.one_line(proposal.settled_by))
            )
    if conflict.ruling:
        ruled = Text(f"Ruling by {quoting.one_line(content.ruling_line(conflict))}: ", style="bold green")
        ruled.append(quoting.one_line(content.ruling_words(chart, conflict)), style="default")
        parts += [Text(), ruled, Text(f"Reason: {quoting.one_line(conflict.ruling.reason)}")]
    return Panel(
        Group(*parts), title=title, title_align="left", subtitle=Text(conflict.id), border_style=colour
    )


def _side(chart: ChartReport, conflict: Conflict, number: int, side: Side) -> list[RenderableType]:
    value = quoting.one_line(content.side_value(conflict, side.value))
    holder = quoting.one_line(content.side_holder(chart, side))
    head = Text.assemble((f"[{number}] {value}", "bold"), (f"  {holder}", "dim"))
    documents = {d.id: d for d in chart.documents}
    quotes: list[RenderableType] = []
    for evidence in dict.fromkeys(side.evidence):
        document = quoting.standing(documents, evidence)
        if document is None:
            quotes.append(Text("quote not found in the documents: not shown", style="red"))
            continue
        around = quoting.in_context(document, evidence, width=160)
        text = Text.assemble(around.before, (around.quote, "bold reverse"), around.after)
        if document.id != side.by:
            text.append(f"  ({quoting.one_line(content.document_line(document))})", style="dim")
        quotes.append(text)
    if not quotes:
        quotes.append(Text(content.NO_WORDS, style="dim"))
    return [head, *(Padding(quote, (0, 0, 0, 3)) for quote in quotes)]
