"""The report as Markdown: readable as it stands, and inert whatever the documents contain."""

from __future__ import annotations

import re

from panel.case import Document, Evidence
from panel.conflict import Conflict, Side
from panel.opinion import Opinion, Recommendation
from panel.render import content, quoting, words
from panel.render.citing import cited, shortened
from panel.report import ChartReport, PanelReport

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$])")
_LINKS = re.compile(r"(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)|(\S)(@)", re.IGNORECASE)
_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))")


def md(text: str) -> str:
    """Plain text as Markdown on one line: nothing in it is markup, a link or a hidden character."""
    flat = _SPECIAL.sub(r"\\\1", quoting.one_line(text).replace("&", "&amp;"))
    flat = _LINKS.sub(lambda m: "\\".join(part for part in m.groups() if part is not None), flat)
    return _START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", flat)


def render_markdown(chart: ChartReport) -> str:
    """The whole report, each statement with its quote, document, date and line.

    Args:
        chart: the report with the patient block and the documents it quotes.
    """
    report = chart.report
    parts = [
        *_header(chart),
        *_conflicts(chart),
        *_missing(report),
        *_seats(chart),
        *_agreed(chart),
        *_heading(5),
        *_plan(report),
        *_dissent(report),
        *_references(report),
        *_documents(chart),
        *_provenance(report),
    ]
    return "\n".join(parts) + "\n"


def _heading(number: int, report: PanelReport | None = None) -> list[str]:
    title = content.section(number, report) if report else content.SECTIONS[number - 1]
    return ["", f"## {number}. {title}", ""]


def _header(chart: ChartReport) -> list[str]:
    report = chart.report
    lines = [
        f"# Tumour board report: {md(report.case_id)}",
        "",
        f"**{content.badge(report)}**",
        "",
    ]
    if caution := content.caution(report):
        lines += [f"> **{caution}**", ""]
    lines += [f"**Question:** {md(report.question) or 'No question was put to the board.'}", ""]
    lines += [f"- {label}: {md(text)}" for label, text in content.patient_lines(chart.patient)]
    lines += [
        f"- Tumour: {md(words.capital(words.term(report.tumour))) if report.tumour else 'not recognised'}"
    ]
    lines += [f"- Not covered by the rules: {md(line)}" for line in report.not_covered]
    return [*lines, "", f"*{content.NOTICE}*"]


def _quote(chart: ChartReport, evidence: Evidence) -> str:
    """The quote with its document, date and line; says so when it does not stand there."""
    documents = {d.id: d for d in chart.documents}
    document = quoting.standing(documents, evidence)
    if document is None:
        return "(quote not found in the documents: not shown)"
    return f"“{md(shortened(evidence.quote))}” ({_where(chart, document, evidence)})"


def _where(chart: ChartReport, document: Document, evidence: Evidence) -> str:
    number = chart.documents.index(document) + 1
    line = quoting.line_number(document, evidence)
    return f"D{number} {md(content.document_line(document))}, line {line}"


def _conflicts(chart: ChartReport) -> list[str]:
    report = chart.report
    lines = _heading(1, report)
    if not report.conflicts:
        return [*lines, md(content.nothing_found(report))]
    for conflict in content.ordered(report.conflicts):
        lines += _conflict(chart, conflict)
    return lines[:-1]


def _conflict(chart: ChartReport, conflict: Conflict) -> list[str]:
    spoken = words.kind(conflict.kind, conflict.question)
    severity = words.words().severities[conflict.severity]
    lines = [
        f"### {md(spoken.ask)}",
        "",
        f"**{content.standing(conflict)}** · {severity} severity · {md(content.subject(conflict))} · "
        f"conflict {md(conflict.id)}",
        "",
    ]
    if conflict.why:
        lines += [md(conflict.why), ""]
    for number, side in enumerate(conflict.sides):
        lines += _side(chart, conflict, number, side)
    proposal = conflict.proposal
    if proposal:
        settled = f" Would be settled by: {md(proposal.settled_by)}" if proposal.settled_by else ""
        lean = f" {md(leaning)}" if (leaning := content.proposal_lean(chart, conflict, proposal)) else ""
        lines += ["", f"*Suggestion by rule (it settles nothing):* {md(proposal.text)}{lean}{settled}"]
    if conflict.ruling is None:
        return [*lines, "", f"**No ruling yet.** Rule with `panel review {chart.report.run_id}`.", ""]
    lines += [
        "",
        f"**Ruling by {md(content.ruling_line(conflict))}:** {md(content.ruling_words(chart, conflict))}. "
        f"Reason: {md(conflict.ruling.reason)}",
    ]
    return [*lines, *([] if conflict.ruling.closes else ["", "**This point is not settled.**"]), ""]


def _side(chart: ChartReport, conflict: Conflict, number: int, side: Side) -> list[str]:
    value, holder = content.side_value(conflict, side.value), content.side_holder(chart, side)
    lines = [f"- **Side {number}: {md(value)}** – {md(holder)}"]
    documents = {d.id: d for d in chart.documents}
    for evidence in dict.fromkeys(side.evidence):
        document = quoting.standing(documents, evidence)
        if document is None:
            lines.append(f"  - {_quote(chart, evidence)}")
            continue
        around = quoting.in_context(document, evidence)
        shown = f"{_around(around.before)}**{md(around.quote)}**{_around(around.after)}"
        lines.append(f"  - {shown} ({_where(chart, document, evidence)})")
    return lines if side.evidence else [*lines, f"  - {content.NO_WORDS}"]


def _around(text: str) -> str:
    """Escaped context, its one space towards the quote kept."""
    return (" " if text[:1] == " " else "") + md(text) + (" " if text.strip() and text[-1:] == " " else "")


def _missing(report: PanelReport) -> list[str]:
    lines = _heading(2)
    if not report.missing:
        return [*lines, "Nothing that the rules ask for is missing."]
    table = [f"| {md(m.item)} | {md(m.why)} | {md(words.seat(m.asked_by))} |" for m in report.missing]
    return [*lines, "| Not in the chart | Why it matters | Needed by |", "|---|---|---|", *table]


def _seats(chart: ChartReport) -> list[str]:
    lines = _heading(3)
    if not chart.report.opinions:
        return [*lines, "**No seat has spoken.**"]
    for opinion in chart.report.opinions:
        lines += [*_seat(chart, opinion), ""]
    return lines[:-1]


def _seat(chart: ChartReport, opinion: Opinion) -> list[str]:
    lines = [f"### {md(words.seat(opinion.specialty))} – {md(content.reader_words(opinion))}"]
    if silence := content.silence(opinion):
        lines += ["", f"**This seat is silent.** {md(silence)} Silence is not agreement."]
    if opinion.impression:
        lines += ["", md(opinion.impression)]
    for group in content.grouped(opinion.findings):
        lines += ["", f"*{group.title}*", ""]
        for line in group.lines:
            tag = f" ({line.certainty})" if line.certainty else ""
            quotes = "; ".join(_quote(chart, e) for e in line.evidence)
            library = "".join(f" [library: {md(content.reference_words(r))}]" for r in line.references)
            lines.append(f"- {md(line.question)}: **{md(line.answer)}**{tag} – {quotes}{library}")
    if opinion.recommendations:
        undecided = "" if chart.report.status == "final" else " (not yet decided on)"
        lines += [
            "",
            f"*Recommends{undecided}*",
            "",
            *(_recommendation(chart, said, r) for said, r in content.plans(opinion.recommendations)),
        ]
    if left := content.left_open(opinion):
        lines += ["", "*Does not say*", ""]
        lines += [
            f"- {md('; '.join(asked))}: {md(reason)}" if asked else f"- {md(words.capital(reason))}"
            for reason, asked in left
        ]
    if opinion.revised:
        lines += [
            "",
            "*Revised after hearing the others*",
            "",
            *(f"- {md(change)}" for change in opinion.revised),
        ]
    return lines


def _recommendation(chart: ChartReport, said: str, recommendation: Recommendation) -> str:
    conditions = "; ".join(recommendation.conditions)
    parts = [f"- **{md(said)}**"]
    parts += [f" provided that: {md(conditions)}"] if conditions else []
    parts += [f" – {md(recommendation.rationale)}"] if recommendation.rationale else []
    parts += [f" – {_quote(chart, e)}" for e in recommendation.evidence]
    parts += [f" [library: {md(content.reference_words(r))}]" for r in recommendation.references]
    return "".join(parts)


def _agreed(chart: ChartReport) -> list[str]:
    lines = _heading(4)
    if not chart.report.agreed:
        return [*lines, "Nothing is said alike by two sources."]
    for agreement in chart.report.agreed:
        answer = words.value(agreement.question, agreement.value, agreement.unit)
        quotes = "; ".join(
            _quote(chart, e) for e in dict.fromkeys(e for f in agreement.findings for e in f.evidence)
        )
        lines.append(f"- {md(words.question(agreement.question))}: **{md(answer)}** – {quotes}")
    return lines


def _plan(report: PanelReport) -> list[str]:
    if not report.recommendation:
        return ["No plan is on record."]
    lines: list[str] = []
    for line in report.recommendation.split("\n"):
        item = line.startswith("- ")
        if lines and not (item and lines[-1].startswith("- ")):
            lines.append("")
        lines.append(f"- {md(line[2:])}" if item else md(line))
    return lines


def _dissent(report: PanelReport) -> list[str]:
    lines = _heading(6)
    if not report.dissent:
        return [*lines, content.no_dissent(report)]
    for dissent in report.dissent:
        held, about = content.dissent_words(report, dissent)
        lines.append(
            f"- **{md(words.holder(dissent.by))}** held: {md(held)} ({md(about)}). Decided instead: {md(dissent.ruling)}"
        )
    return lines


def _references(report: PanelReport) -> list[str]:
    if not report.references:
        return [*_heading(7), "No library passage was cited."]
    numbered = enumerate(report.references, 1)
    return [
        *_heading(7),
        *(
            f"{n}. **{md(content.reference_words(r))}**: “{md(r.quote)}”{f' {md(r.citation)}' if r.citation else ''}"
            for n, r in numbered
        ),
    ]


def _documents(chart: ChartReport) -> list[str]:
    lines = [*_heading(8), "Lines that this report quotes are marked with ▶."]
    quoted: dict[str, set[int]] = {d.id: set() for d in chart.documents}
    documents = {d.id: d for d in chart.documents}
    for evidence in cited(chart.report):
        if document := quoting.standing(documents, evidence):
            first = quoting.line_number(document, evidence)
            quoted[document.id].update(range(first, first + evidence.quote.count("\n") + 1))
    for number, document in enumerate(chart.documents, 1):
        kind = words.words().documents[document.kind]
        lines += ["", f"### D{number} {md(content.document_line(document))}", ""]
        lines += [f"{kind} · id {md(document.id)}", "", *_numbered(document, quoted[document.id])]
    return lines


def _numbered(document: Document, quoted: set[int]) -> list[str]:
    """The text in a fence longer than any in it, with line numbers."""
    rows = document.text.rstrip("\n").split("\n")
    width = len(str(len(rows)))
    longest = max((len(run) for run in re.findall(r"`+", document.text)), default=0)
    fence = "`" * max(3, longest + 1)
    shown = [
        f"{'▶' if n in quoted else ' '} {n:>{width}} │ {quoting.visible(row.removesuffix(chr(13)))}".rstrip()
        for n, row in enumerate(rows, 1)
    ]
    return [f"{fence}text", *shown, fence]


def _provenance(report: PanelReport) -> list[str]:
    rows = [f"- {label}: {md(text)}" for label, text in content.provenance(report)]
    return [*_heading(9), *rows, "", f"*{content.NOTICE}*"]
