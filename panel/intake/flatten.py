"""JSON of no known format as lines of text, each saying by itself what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from panel.intake.rows import Cell, is_laboratory, label, line_of
from panel.intake.strict_json import Json, Object
from panel.intake.wordset import wordset

_MACHINERY = wordset(
    "provenance confidence human_verified source_verified schema_version meta extension resourceType"
)
"""Fields about the record, not about the patient."""


def flatten(value: Json) -> str:
    """The object or list as text: ``Path, of labels - Field: value; Field: value``, in the file's order."""
    return "\n".join(line for line in _lines(value, (), ()) if line.strip())


def leaves(value: Json) -> int:
    """How many values it holds."""
    if isinstance(value, dict):
        return sum(leaves(child) for child in value.values())
    if isinstance(value, list):
        return sum(leaves(child) for child in value)
    return value is not None and value != ""


def names(value: Json) -> Iterator[str]:
    """Every field's name, outermost first."""
    if isinstance(value, dict):
        yield from value
        for child in value.values():
            yield from names(child)
    elif isinstance(value, list):
        for child in value:
            yield from names(child)


def _lines(node: Json, path: tuple[str, ...], above: tuple[Cell, ...]) -> Iterator[str]:
    if isinstance(node, dict):
        yield from _object(node, path, above)
    elif isinstance(node, list):
        plain = [_scalar(child) for child in node if not isinstance(child, dict | list)]
        if any(plain):
            yield _headed(path, ", ".join(filter(None, plain)))
        for child in node:
            if isinstance(child, dict | list):
                yield from _lines(child, path, above)
    elif text := _scalar(node):
        yield _headed(path, text)


def _object(node: Object, path: tuple[str, ...], above: tuple[Cell, ...]) -> Iterator[str]:
    own = [(k, _inline(v)) for k, v in node.items() if k not in _MACHINERY and _is_inline(v)]
    deeper = [(k, v) for k, v in node.items() if k not in _MACHINERY and not _is_inline(v)]
    if "field" in node and "value" in node:  # {"field": "stage.t", "value": "T2"}: the name is in the value
        name = _inline(node["field"]).replace(".", " ")
        rest = line_of([cell for cell in own if cell[0] not in ("field", "value")])
        yield f"{label(name)}: {_inline(node['value'])}" + (f" ({rest})" if rest else "")
    elif _completes_result(own, above):
        yield line_of([*above, *own])
    elif any(_completes_result(result, tuple(own)) for result in _listed(deeper)):
        # An analyte whose results stand in a list below: they are read together with it.
        above = tuple(own)
    elif any(value for _, value in own):
        text = line_of(own)
        yield f"{', '.join(path)} - {text}" if path else "\n".join(line_of([cell]) for cell in own if cell[1])
    for key, child in deeper:
        yield from _lines(child, (*path, label(key) if not path else label(key).lower()), above)


def _listed(children: list[tuple[str, Json]]) -> Iterator[list[Cell]]:
    """The objects that stand in lists directly below, as cells."""
    for _, child in children:
        for item in child if isinstance(child, list) else ():
            if isinstance(item, dict):
                yield [(k, _inline(v)) for k, v in item.items()]


def _completes_result(own: list[Cell], above: tuple[Cell, ...]) -> bool:
    """Whether an analyte above and a value here make a laboratory result only together."""
    upper, lower = [n for n, _ in above], [n for n, _ in own]
    return is_laboratory([*upper, *lower]) and not is_laboratory(upper) and not is_laboratory(lower)


def _is_inline(value: Json) -> bool:
    if isinstance(value, list):
        return all(not isinstance(child, dict | list) for child in value)
    return not isinstance(value, dict)


def _inline(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_scalar(child) for child in value)))
    return _scalar(value)


def _scalar(value: Json) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value.split()) if isinstance(value, str) else str(value)


def _headed(path: tuple[str, ...], text: str) -> str:
    return f"{', '.join(path)}: {text}" if path else text
