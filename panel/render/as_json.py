"""The report for programs: exactly one JSON object on exactly one line."""

from __future__ import annotations

from panel.report import PanelReport

# JSON leaves these raw inside strings, yet many readers break lines at them.
_BREAKS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def render_json(report: PanelReport) -> str:
    """The contract's object (``panel-report/1``) without a line break anywhere in it."""
    line = report.model_dump_json(by_alias=True)
    for raw, escaped in _BREAKS.items():
        line = line.replace(raw, escaped)
    return line
