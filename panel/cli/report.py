"""``panel report``."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from panel.cli.door import AWAITING, FINAL, note, say

if TYPE_CHECKING:
    from panel.report import ChartReport


class Form(str, Enum):
    """Forms a report is given out in."""

    md = "md"
    html = "html"
    json = "json"


def report(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Id of the run, from `panel runs`.")],
    form: Annotated[Form, typer.Option("--format", help="Markdown, one self-contained HTML page, or JSON.")] = Form.md,
    out: Annotated[Optional[Path], typer.Option(help="File to write instead of stdout (0600).")] = None,
) -> int:
    """Render the report of a run; one that was cut off is continued first.

    Exit code 0 when it is final, 3 while conflicts await a ruling (the report then says so).

    [bold]Examples[/bold]

      panel report 20260310-180501-123-0a1b2c3d

      panel report 20260310-180501-123-0a1b2c3d --format html --out report.html
    """
    from panel.cli.files import write_whole
    from panel.wiring import Panel

    from panel.store import Store

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


def rendered(chart: ChartReport, form: str) -> str:
    """The report in that form: ``md``, ``html`` or ``json`` (one line)."""
    from panel import render

    if form == "json":
        return render.render_json(chart.report)
    return render.render_html(chart) if form == "html" else render.render_markdown(chart)
