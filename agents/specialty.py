"""A specialty as data: ``specialties/<name>/specialty.yaml``. Adding one needs no Python."""

from __future__ import annotations

import fnmatch
from functools import cache, lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from panel.case import DocumentKind, Frozen
from panel.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parent / "specialties"


class Specialty(Frozen):
    """A seat: what it reads and what it answers."""

    name: str
    """Import-like name, e.g. ``radiology``."""
    title: str
    """As people say it."""
    description: str
    """One sentence."""
    documents: tuple[DocumentKind, ...]
    """Document kinds on this desk."""
    questions: tuple[str, ...]
    """Question patterns (with ``*``) this seat answers."""
    asks: tuple[str, ...] = ()
    """Question patterns this seat needs; what is not in the chart becomes an abstention."""
    abstains: tuple[str, ...] = ()
    """What this seat never judges, said in its abstentions."""

    questionnaire: dict[str, str] = {}
    """What a model in this seat is asked: question to the form of the answer. Empty: the seat is read by rules alone."""
    actions: tuple[str, ...] = ()
    """Steps a model in this seat may recommend."""

    def answers(self, question: str) -> bool:
        """Whether the question is this seat's."""
        return _matches(self.questions, question)


@lru_cache(maxsize=4096)
def _matches(patterns: tuple[str, ...], question: str) -> bool:
    return any(fnmatch.fnmatchcase(question, pattern) for pattern in patterns)


@lru_cache(maxsize=16)
def load_specialty(name: str) -> Specialty:
    """The specialty of that name.

    Raises:
        ConfigurationError: there is no such folder, or its file is broken.
    """
    path = FOLDER / name / "specialty.yaml"
    try:
        content = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Specialty.model_validate(content)
    except OSError as error:
        raise ConfigurationError(str(path), "cannot be read", f"Use one of {', '.join(names())}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(str(path), "is not a specialty file", "Correct its fields.") from error


@cache
def names() -> tuple[str, ...]:
    """The specialties that come with the package."""
    return tuple(sorted(p.parent.name for p in FOLDER.glob("*/specialty.yaml")))
