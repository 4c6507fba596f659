"""JSON read strictly: no key twice, no NaN, no lone surrogate, no NUL, no abyss of brackets."""

from __future__ import annotations

import json
import math
from typing import TypeAlias

from panel.intake.limits import MAX_DEPTH
from panel.intake.problem import problem, route, shown

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Object: TypeAlias = dict[str, Json]

_LONGEST_NUMBER = 40  # digits; no clinical number has as many


class _Refused(ValueError):
    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what)


def parse(text: str, where: str) -> Json:
    """The value that the text holds.

    Raises:
        InputError: it is not JSON (with line and column), or JSON that cannot be trusted.
    """
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        what = f"is not JSON (line {error.lineno}, column {error.colno}: {error.msg})"
        raise problem(where, what, "Correct it there") from None
    except _Refused as refused:
        raise problem(where, refused.what, refused.remedy) from None
    except RecursionError:
        raise _too_deep(where) from None
    _walk(value, where)
    return value


def _object(pairs: list[tuple[str, Json]]) -> Object:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Refused(f"has a field {shown(key)} twice in one object", "Keep one of them")
            seen.add(key)
    return made


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _Refused("holds a number of more than 40 digits", "Correct it")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value) or len(digits) > _LONGEST_NUMBER * 2:
        raise _Refused("holds a number too large to be one", "Correct it")
    return value


def _constant(name: str) -> float:
    raise _Refused(f"holds {name}, which is not JSON", "Use null, or leave the field out")


def _walk(value: Json, where: str) -> None:
    """Refuses depth, NUL and lone surrogates; iterative, so that depth cannot break it first."""
    stack: list[tuple[Json, tuple[str | int, ...]]] = [(value, ())]
    while stack:
        node, path = stack.pop()
        if len(path) > MAX_DEPTH:
            raise _too_deep(where)
        if isinstance(node, str):
            _refuse_characters(node, where, path)
        elif isinstance(node, list):
            stack.extend((child, (*path, index)) for index, child in enumerate(node))
        elif isinstance(node, dict):
            for key, child in node.items():
                _refuse_characters(key, where, path)
                stack.append((child, (*path, key)))


def _refuse_characters(text: str, where: str, path: tuple[str | int, ...]) -> None:
    if "\x00" in text:
        raise problem(where, "holds a NUL character", "Remove it", route(path))
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            what = "holds half a character (a lone surrogate escape)"
            raise problem(where, what, "Export the text again as UTF-8", route(path)) from None


def _too_deep(where: str) -> Exception:
    return problem(where, f"is nested more than {MAX_DEPTH} levels deep", "Flatten it")
