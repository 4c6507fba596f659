"""Known bases as data: ``bases/<name>.yaml`` says how to write to a base and what its weights look like."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from panel.case import Frozen
from panel.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parent / "bases"


class Shape(Frozen):
    """The sizes of a Llama."""

    hidden: int
    layers: int
    heads: int
    kv_heads: int
    intermediate: int
    vocabulary: int


class Recipe(Frozen):
    """A base that is known to fit."""

    name: str
    title: str
    template: str
    """How conversations are written for it: a file in ``agents/templates``."""
    window: int
    """Tokens of prompt and answer together that it was trained for."""
    shape: Shape
    parameters: int
    """All of them, counted on the shape."""
    published: str
    """The count as its makers print it."""
    licence: str
    source: str
    note: str = ""


def names() -> tuple[str, ...]:
    """The recipes."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        ConfigurationError: there is none, or its file is broken.
    """
    path = FOLDER / f"{name}.yaml"
    if name not in names():
        raise ConfigurationError(f"base recipe {name!r}", "there is none", f"Use one of {', '.join(names())}")
    try:
        return Recipe.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError):
        raise ConfigurationError(str(path), "is no recipe", "Correct its fields") from None
