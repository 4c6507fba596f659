"""HTML built so that text cannot become markup: every plain string is escaped, only ``el`` makes elements."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from panel.render.quoting import code, hidden, plain, visible

_VOID = frozenset({"br", "meta", "hr"})


class Html(str):
    """Markup that is safe as it stands; made only in this module and from the page's own files."""

    __slots__ = ()


def text(shown: str) -> Html:
    """Plain text as markup: escaped, hidden characters shown by their code."""
    shown = shown.replace("\r\n", "\n")
    if plain(shown):
        return Html(escape(shown, quote=False))
    parts = [
        f'<span class="ctl" title="hidden character">{code(c)}</span>' if hidden(c) else c
        for c in escape(shown, quote=False)
    ]
    return Html("".join(parts))


def join(*children: str | Html | Iterable[str | Html] | None) -> Html:
    """Children one after the other; plain strings escaped, None left out."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(text(child))
        else:
            parts.extend(join(grandchild) for grandchild in child)
    return Html("".join(parts))


def el(tag: str, /, *children: str | Html | Iterable[str | Html] | None, **attributes: str | None) -> Html:
    """An element. ``class_`` is class, other underscores become hyphens; an attribute of None is left out."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Html(f"<{tag}{shown}>")
    return Html(f"<{tag}{shown}>{join(*children)}</{tag}>")
