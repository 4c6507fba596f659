"""Human words for keys, values, dates and names, from ``labels.yaml``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from panel.case import CASE_FILE, Frozen
from panel.errors import ConfigurationError
from panel.opinion import Value

FILE = Path(__file__).with_name("labels.yaml")
NBSP = "\u00a0"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEY = re.compile(r"[a-z][a-z0-9_+-]*(\.[a-z0-9_+-]+)*")
_STATED = re.compile(r"([a-z][a-z0-9_ -]*(?:\.[a-z0-9_+-]+)*): (.+)", re.DOTALL)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?: (.+))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class Label(Frozen):
    """How one question, or one pattern of questions, is put into words."""

    label: str
    """The question; ``{}`` stands for the words of the pattern's ``*``."""
    group: str = "other"
    """Heading it stands under."""
    unit: str | None = None
    """Unit where the finding names none."""
    when_true: str = "yes"
    """Word for true."""
    when_false: str = "no"
    """Word for false."""


class KindWords(Frozen):
    """How one kind of conflict is put into words."""

    title: str
    """What it is about."""
    ask: str
    """The question a person has to answer; ``{}`` stands for the words of the question in dispute."""


class Words(Frozen):
    """The whole vocabulary of ``labels.yaml``."""

    labels: dict[str, Label]
    """By question or pattern."""
    groups: dict[str, str]
    """Headings, in order."""
    terms: dict[str, str]
    """Words that are not simply their letters."""
    steps: dict[str, str]
    """By the first part of a recommended step."""
    units: dict[str, str]
    """Units as printed, where not as written."""
    conflicts: dict[str, KindWords]
    """By kind."""
    seats: dict[str, str]
    """By specialty."""
    documents: dict[str, str]
    """By kind of document."""
    severities: dict[str, str]
    """By severity."""
    certainties: dict[str, str]
    """By certainty."""
    intents: dict[str, str]
    """By intent."""


@lru_cache(maxsize=1)
def words() -> Words:
    """The vocabulary, read once.

    Raises:
        ConfigurationError: ``labels.yaml`` is broken.
    """
    try:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return Words.model_validate(yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        what = "cannot be used" if isinstance(error, OSError) else "is not valid"
        raise ConfigurationError(FILE.name, what, "Restore it from the distribution") from error


@lru_cache(maxsize=4096)
def _label(key: str) -> tuple[Label, str]:
    """The entry for a key and its label with the pattern's words filled in."""
    known = words().labels
    if key in known:
        return known[key], known[key].label
    for pattern in _patterns():
        stem = pattern[:-1]
        if key.startswith(stem) and len(key) > len(stem):
            entry = known[pattern]
            rest = plan(key[len(stem) :]) if stem == "plan." else _dotted(key[len(stem) :])
            return entry, capital(entry.label.replace("{}", rest))
    if not _KEY.fullmatch(key):
        return Label(label=key), capital(key)
    return Label(label=key), action(key) if key.partition(".")[0] in words().steps else capital(_dotted(key))


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, ...]:
    return tuple(sorted((k for k in words().labels if k.endswith("*")), key=lambda k: (-len(k), k)))


def _dotted(key: str) -> str:
    return ", ".join(term(part) for part in key.split("."))


def capital(text: str) -> str:
    """The text with its first letter in upper case, unless its case carries meaning (``p53``)."""
    first = re.split(r"[\s,:]", text, maxsplit=1)[0]
    return text if any(c.isdigit() or c.isupper() for c in first) else text[:1].upper() + text[1:]


def term(part: str) -> str:
    """One part of a dotted key in words: ``upper_lobe`` is "upper lobe", ``her2`` "HER2"."""
    known = words().terms
    if part in known:
        return known[part]
    return " ".join(known.get(word, word) for word in part.replace("+", " and ").split("_"))


def question(key: str) -> str:
    """A dotted key in words, e.g. ``primary.size`` is "Size of the primary"."""
    return _label(key)[1]


def group(key: str) -> str:
    """Id of the heading under which a question stands."""
    found = _label(key)[0].group
    return found if found in words().groups else "other"


def value(key: str, answer: Value, unit: str | None = None) -> str:
    """An answer in words, with its unit: "34 mm", "absent", "lung, upper lobe", "2 Mar 2026"."""
    entry = _label(key)[0]
    if isinstance(answer, bool):
        return entry.when_true if answer else entry.when_false
    if isinstance(answer, int | float):
        number = f"{answer:.6g}" if isinstance(answer, float) else str(answer)
        return number + _unit(unit or entry.unit)
    if _ISO.fullmatch(answer):
        return _iso(answer)
    if stated := _STATED.fullmatch(answer):
        return _statement(stated[1], stated[2])
    if _KEY.fullmatch(answer):
        return (
            action(answer) if "." in answer and answer.partition(".")[0] in words().steps else _dotted(answer)
        )
    return answer + (_unit(unit) if unit and answer[-1:].isdigit() else "")


def _statement(key: str, answer: str) -> str:
    """A position that names its own question, as ``organ.egfr: 32.0 mL/min`` or ``plan: drug.cisplatin``."""
    if key == "plan":
        return f"Plan: {plan(answer) if _KEY.fullmatch(answer) else answer}"
    number = _NUMBER.fullmatch(answer)
    if "." not in key:  # a last part alone; eGFR is a number, the gene EGFR has none
        short = key.replace(" ", "_")
        measured = number and f"organ.{short}" in words().labels
        key = f"organ.{short}" if measured else f"biomarker.{short}" if short in words().terms else key
    said = value(key, float(number[1]), number[2]) if number else value(key, answer)
    return f"{question(key) if '.' in key else capital(key)}: {said}"


def _unit(unit: str | None) -> str:
    shown = words().units.get(unit, unit) if unit else ""
    return f"{NBSP}{shown}" if shown else ""


def plan(key: str) -> str:
    """What a plan is about, in few words: "cisplatin", "surgery (lobectomy)", "no surgery"."""
    head, _, rest = key.partition(".")
    if head == "omit" and rest:
        return f"no {plan(rest)}"
    if head in ("drug", "class", "regimen") and rest:
        return term(rest)
    first = words().steps[head].lower() if head in words().steps else term(head)
    return f"{first} ({', '.join(term(part) for part in rest.split('.'))})" if rest else first


def action(key: str) -> str:
    """A recommended step in words, e.g. ``surgery.lobectomy`` is "Surgery: lobectomy"."""
    return actions((key,))


def actions(keys: Collection[str]) -> str:
    """Steps of one plan in words, those of one kind together: "Surgery: lobectomy; Drug: cisplatin, pemetrexed"."""
    by_head: dict[str, list[str]] = {}
    for key in keys:
        head, _, rest = key.partition(".")
        by_head.setdefault(words().steps.get(head) or capital(term(head)), []).append(
            plan(rest) if rest else ""
        )
    if any(key.startswith("drug.") for key in keys):
        by_head.pop(words().steps["class"], None)  # the drugs themselves say more
    said = (
        (head, ", ".join(dict.fromkeys(rest for rest in rests if rest))) for head, rests in by_head.items()
    )
    return "; ".join(f"{head}: {rest}" if rest else head for head, rest in said)


def _iso(text: str) -> str:
    try:
        return date(dt.date.fromisoformat(text))
    except ValueError:
        return text


def date(day: dt.date | None) -> str:
    """A day as "2 Mar 2026": unambiguous on either side of the ocean."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}" if day else "no date"


def moment(time: dt.datetime) -> str:
    """A time with its zone, to the minute: "2 Mar 2026, 18:40 UTC"."""
    zone = "UTC" if time.utcoffset() in (None, dt.timedelta()) else f"UTC{time.isoformat()[-6:]}"
    return f"{date(time.date())}, {time:%H:%M}{NBSP}{zone}"


def seat(specialty: str) -> str:
    """A specialty's name."""
    return words().seats.get(specialty, capital(term(specialty)))


def holder(by: str) -> str:
    """Who holds a side when it is no document: a seat, the case file or a rule's source as it is written."""
    if by == CASE_FILE:
        return "Case file (patient block)"
    return words().seats.get(by, by)


def kind(name: str, key: str) -> KindWords:
    """Title of a kind of conflict, and what a person is asked about the dotted question in dispute."""
    known = words().conflicts.get(name) or KindWords(title=capital(term(name)), ask="{}: what holds?")
    return KindWords(title=known.title, ask=known.ask.replace("{}", question(key)))


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 document", "2 documents"."""
    return f"{count}{NBSP}{one if count == 1 else many or one + 's'}"
