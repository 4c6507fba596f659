"""Whole files against golden ones. To write them anew: EXPERT_PANEL_GOLDEN=write pytest tests/render; then read the diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from panel.render import render_html, render_json, render_markdown
from panel.report import ChartReport
from tests.render import charts

GOLDEN = Path(__file__).with_name("golden")
FORMS: dict[str, Callable[[ChartReport], str]] = {
    "md": render_markdown,
    "html": render_html,
    "json": lambda chart: render_json(chart.report) + "\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", charts.ALL)
def test_a_rendering_is_the_golden_file(name: str, form: str) -> None:
    chart: ChartReport = charts.ALL[name]()
    shown = FORMS[form](chart)
    path = GOLDEN / f"{name}.{form}"
    if os.environ.get("EXPERT_PANEL_GOLDEN") == "write":
        path.write_bytes(shown.encode())
    assert shown == path.read_bytes().decode(), f"{path.name} differs; see the head of this file"


def test_rendering_twice_gives_the_same_bytes() -> None:
    for make in charts.ALL.values():
        for render in FORMS.values():
            assert render(make()) == render(make())
