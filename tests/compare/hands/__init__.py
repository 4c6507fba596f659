"""Small charts in many hands, each with the kinds of conflict that a careful reader raises in it."""

from __future__ import annotations

Document = tuple[str, str, str, str]
"""Kind, date, title and text."""
Chart = tuple[str, list[str], list[Document], dict[str, object]]
"""Name, kinds of the conflicts in order, documents, patient block."""
