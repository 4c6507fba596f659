"""Abbreviations spelled out in questions, so that either form finds the other. The list is data: abbreviations.yaml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from panel.errors import ConfigurationError

FILE = Path(__file__).resolve().parent / "abbreviations.yaml"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*")


@cache
def _table() -> dict[str, str]:
    try:
        rows = yaml.safe_load(FILE.read_text("utf-8"))
        return {str(short): str(long) for short, long in rows.items()}
    except (OSError, ValueError, AttributeError, yaml.YAMLError):
        raise ConfigurationError(FILE.name, "is not a list of `short: long` lines", "Reinstall the package") from None


def long_form(word: str) -> str | None:
    """What an abbreviation stands for; matched as printed, in the plural too, four letters and more in any case."""
    table = _table()
    return table.get(word) or table.get(word.rstrip("s")) or (table.get(word.upper()) if len(word) > 3 else None)


def spelled_out(question: str) -> str:
    """The question with the long form behind every abbreviation of the list that it does not spell out itself."""
    low = question.lower()
    longs = [long_form(word) for word in dict.fromkeys(_WORD.findall(question))]
    added = [long for long in longs if long and long.lower() not in low]
    return f"{question} ({'; '.join(added)})" if added else question
