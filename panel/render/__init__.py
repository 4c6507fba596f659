"""A report for people and programs: ``markdown``, ``html``, ``console`` (rich) and one-line JSON."""

from panel.render.as_json import render_json
from panel.render.html import render_html
from panel.render.markdown import render_markdown

__all__ = ["render_html", "render_json", "render_markdown"]
