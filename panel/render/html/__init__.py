"""The report as one self-contained HTML page."""

from panel.render.html.page import render_html

__all__ = ["render_html"]
