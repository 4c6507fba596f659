"""Abbreviations and everyday words of questions, put beside the words that references use. The lists are data:
``abbreviations.yaml`` and ``everyday.yaml``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from panel.errors import ConfigurationError

ABBREVIATIONS = Path(__file__).resolve().parent / "abbreviations.yaml"
EVERYDAY = Path(__file__).resolve().parent / "everyday.yaml"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*")


def long_form(word: str) -> str | None:
    """What an abbreviation stands for; matched as printed, in the plural too, four letters and more in any case.
    Shorthand (``bx``, ``f/u``) and everyday words (``dye``) are matched in any case.
    """
    short = _table(ABBREVIATIONS)
    found = short.get(word) or short.get(word.rstrip("s")) or (short.get(word.upper()) if len(word) > 3 else None)
    return found or _table(EVERYDAY).get(word.lower())


def spelled_out(question: str) -> str:
    """The question with the long forms behind it that it does not hold itself."""
    low = question.lower()
    longs = [long_form(word) for word in dict.fromkeys(_WORD.findall(question))]
    longs += [_table(EVERYDAY)[found[1]] for found in _phrases().finditer(low)]
    added = dict.fromkeys(long for long in longs if long and long.lower() not in low)
    return f"{question} ({'; '.join(added)})" if added else question


@cache
def _table(file: Path) -> dict[str, str]:
    try:
        rows = yaml.safe_load(file.read_text("utf-8"))
        return {str(short): str(long) for short, long in rows.items()}
    except (OSError, ValueError, AttributeError, yaml.YAMLError):
        raise ConfigurationError(file.name, "is not a list of `short: long` lines", "Reinstall the package") from None


@cache
def _phrases() -> re.Pattern[str]:
    """Everyday words, the longest phrase first."""
    known = sorted(_table(EVERYDAY), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(re.escape(phrase) for phrase in known)})s?(?!\w)")
