"""``panel report``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import AWAITING, FINAL, note, say

if TYPE_CHECKING:
    from panel.report import ChartReport


class Form(StrEnum):
    """Forms a report is given out in."""

    md = "md"
    html = "html"
    json = "json"


def report(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Id of the run, from `panel runs`.")],
    form: Annotated[Form, typer.Option("--format", help="Markdown, one self-contained HTML page, or JSON.")] = Form.md,
    out: Annotated[Path | None, typer.Option(help="File to write instead of stdout (0600).")] = None,
) -> int:
    """Render the report of a run; one that was cut off is continued first.

    Exit code 0 when it is final, 3 while conflicts await a ruling (the report then says so).

    [bold]Examples[/bold]

      panel report 20260310-180501-123-0a1b2c3d

      panel report 20260310-180501-123-0a1b2c3d --format html --out report.html
    """
    from panel.cli.files import write_whole
    from panel.store import Store
    from panel.wiring import Panel

    with Panel(store=Store.at_home()) as board:
        chart = board.chart(run)
        text = rendered(chart, form.value)
        if out is None:
            say(text.rstrip("\n"))
        else:
            write_whole(out, text)
            note(f"written: {out}")
        board.rendered(chart.report, form.value)
    return FINAL if chart.report.status == "final" else AWAITING


FORMS = ("md", "html", "json")


def rendered(chart: ChartReport, form: str) -> str:
    """The report as ``md``, ``html``, ``json`` (one line), or ``console`` (as this terminal shows it)."""
    from panel import render

    if form == "json":
        return render.render_json(chart.report)
    if form == "console":
        from panel.cli.screen import drawn
        from panel.render.console import summary

        return drawn(summary(chart))
    return render.render_html(chart) if form == "html" else render.render_markdown(chart)
