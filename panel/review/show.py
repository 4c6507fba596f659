"""A conflict on the screen: both sides with their quotes in context, and the machine's proposal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel as Box
from rich.text import Text

from panel.case import CASE_FILE, Document, Evidence
from panel.conflict import Conflict, Ruling, Side
from panel.report import ChartReport

CONTEXT = 160
"""Characters shown before and after a quote."""
COLOURS = {"high": "red", "moderate": "yellow", "low": "cyan"}


def plain(text: str) -> str:
    """Chart text that cannot steer the terminal: control and direction characters shown as the replacement sign."""
    return "".join(c if _harmless(c) else "\ufffd" for c in text.replace("\r\n", "\n"))


def _harmless(character: str) -> bool:
    return character.isprintable() or character in "\n\t" or unicodedata.category(character) == "Zs"


def show_conflict(chart: ChartReport, conflict: Conflict, place: str = "") -> RenderableType:
    """The conflict in a box.

    Args:
        chart: the report with its documents.
        conflict: one of the report's.
        place: e.g. ``2 of 5``.
    """
    parts: list[RenderableType] = []
    if conflict.why:
        parts += [Text(plain(conflict.why)), Text()]
    for index, side in enumerate(conflict.sides):
        parts += [*_side(chart, index, side), Text()]
    if conflict.proposal is not None:
        text = Text("Proposal (the machine's; it settles nothing): ", style="bold")
        text.append(plain(conflict.proposal.text), style="not bold")
        if conflict.proposal.settled_by:
            text.append(f" Settled by: {plain(conflict.proposal.settled_by)}.", style="not bold")
        parts.append(text)
    if conflict.ruling is not None:
        parts.append(_ruled(conflict.ruling))
    title = Text.assemble((f"{conflict.kind}", "bold"), f"  {conflict.question}  ", f"{conflict.severity}")
    if place:
        title.append(f"  ({place})")
    colour = "green" if conflict.ruling else COLOURS[conflict.severity]
    return Box(Group(*parts), title=title, subtitle=Text(conflict.id), border_style=colour, title_align="left")


def _side(chart: ChartReport, index: int, side: Side) -> Iterator[RenderableType]:
    head = Text.assemble((f"[{index}] ", "bold"), f"{plain(side.by)}: ", (plain(str(side.value)), "bold"))
    yield head
    if not side.evidence:
        yield Text("    from the case file" if side.by == CASE_FILE else "    no quote: the chart lacks it", style="dim")
    documents = {document.id: document for document in chart.documents}
    for evidence in side.evidence:
        if evidence.document in documents:
            yield from _quote(documents[evidence.document], evidence)


def _quote(document: Document, evidence: Evidence) -> Iterator[Text]:
    where = f"    {document.kind} {document.id}"
    where += f", {document.date.isoformat()}" if document.date else ", undated"
    yield Text(plain(f"{where}  {document.title}".rstrip()), style="dim")
    before, after = excerpt(document.text, evidence.start, evidence.end)
    line = Text("    ")
    line.append(plain(before).replace("\n", " "))
    line.append(plain(evidence.quote).replace("\n", " "), style="bold reverse")
    line.append(plain(after).replace("\n", " "))
    yield line


def excerpt(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after ``text[start:end]``, cut at words, an ellipsis where something is left out."""
    low, high = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before, after = text[low:start], text[end:high]
    if low:
        before = "…" + before.partition(" ")[2] if " " in before else "…" + before
    if high < len(text):
        after = after.rpartition(" ")[0] + "…" if " " in after else after + "…"
    return before, after


def _ruled(ruling: Ruling) -> Text:
    what = {
        "accept": f"side [{ruling.side}] accepted",
        "amend": f"amended to: {ruling.value}",
        "defer": f"unsettled, deferred to: {ruling.value}",
        "escalate": f"unsettled, escalated to: {ruling.value}",
    }[ruling.decision]
    text = Text("Ruled: ", style="bold green")
    text.append(plain(f"{what}, by {ruling.reviewer}, {ruling.time:%Y-%m-%d %H:%M} UTC. {ruling.reason}"), style="default")
    return text
