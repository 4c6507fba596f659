"""A failed validation as one line: the field's path, what it must be, nothing of what it was."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from panel.errors import InputError
from panel.intake.problem import problem, route, shown

_DATE = ("is not a date", "Write it as YYYY-MM-DD")
_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("is missing", "Add it"),
    "string_type": ("is not text", "Put it in quotation marks"),
    "int_type": ("is not a whole number", "Write a number without quotation marks"),
    "int_from_float": ("is not a whole number", "Round it"),
    "int_parsing_size": ("is too large a number", "Correct it"),
    "tuple_type": ("is not a list", "Put it in square brackets"),
    "model_type": ("is not an object", "Put its fields in braces"),
    "model_attributes_type": ("is not an object", "Put its fields in braces"),
    "dict_type": ("is not an object", "Put its fields in braces"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "string_pattern_mismatch": ("holds a slash or a control character", "Use letters, digits, - and _"),
    "json_invalid": ("is not valid JSON", "Correct it"),
}


def of_validation(error: ValidationError, where: str, model: type[BaseModel]) -> InputError:
    """The first thing wrong, and how many more there are. Input values are never looked at."""
    details = error.errors(include_url=False, include_input=False)
    first = details[0]
    what, remedy = _phrase(first, model)
    more = f" ({len(details) - 1} more)" if len(details) > 1 else ""
    steps = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
    return problem(where, what, f"{remedy}{more}", route(steps))


def _phrase(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind = detail["type"]
    context: Mapping[str, object] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"has an unknown field {shown(str(detail['loc'][-1]))}", _known(detail["loc"], model)
    if kind == "literal_error":
        return "is not one of the values allowed", f"Use {context.get('expected')}"
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        return ("is too small" if "ge" in context else "is too large"), f"The limit is {bound}"
    if kind in ("string_too_short", "too_short"):
        return "is empty", "It needs at least one " + ("character" if "str" in kind else "entry")
    if kind == "string_too_long":
        return "is too long", f"Use at most {context.get('max_length')} characters"
    return _WORDS.get(kind, (f"is not valid ({kind})", "See panel schema"))


def _known(loc: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """The fields that the object with the unknown field may have."""
    current: type[BaseModel] | None = model
    for step in loc[:-1]:
        if isinstance(step, int):
            continue
        field = current.model_fields.get(step) if current else None
        current = _model_in(field.annotation) if field else None
    if current is None:
        return "Remove it"
    return f"Remove it; known are {', '.join(current.model_fields)}"


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found:
            return found
    return None
