"""A row of a table, or an object of scalars, as one line that a person and a rule can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from panel.intake.wordset import wordset

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAPS = re.compile(r"[_\s]+")
_CAPITALS = wordset("id mrn dob ecog tnm t n m figo her2 brca icd ajcc hpf ct mri pet")

_ANALYTE = wordset("componentname component testname test analyte parameter labtest labname bezeichnung")
_VALUE = wordset("resultvalue value result testvalue wert ergebnis")
_UNIT = wordset("resultunit unit units einheit")
_RANGE = wordset("referencerange reference refrange normalrange range referenzbereich norm")
_FLAG = wordset("abnormalflag flag abnormal")

Cell = tuple[str, str]
"""A column's name and its value."""


def folded(name: str) -> str:
    """A column's name without case, spaces and underscores."""
    return "".join(c for c in name.casefold() if c.isalnum())


def label(name: str) -> str:
    """A column's or field's name as words: ``TNM_T`` as it reads, ``orderDate`` as ``Order date``."""
    words = _GAPS.sub(" ", _CAMEL.sub(" ", name)).split()
    plain = (w.upper() if w.lower() in _CAPITALS else w if w.isupper() else w.lower() for w in words)
    text = " ".join(plain)
    return text[:1].upper() + text[1:]


def is_laboratory(names: Iterable[str]) -> bool:
    """Whether columns of these names hold laboratory results."""
    known = {folded(name) for name in names}
    return bool(known & _ANALYTE) and bool(known & _VALUE)


def line_of(cells: Sequence[Cell]) -> str:
    """``Column: value; Column: value``, empty cells left out; a laboratory result as it is spoken."""
    filled = [(name, _one_line(value)) for name, value in cells if value.strip()]
    result, used = _laboratory(filled)
    rest = [f"{label(name)}: {value}" for name, value in filled if name not in used]
    return "; ".join([*([result] if result else []), *rest])


def _laboratory(cells: Sequence[Cell]) -> tuple[str, frozenset[str]]:
    """``CA-125: 847 U/mL (reference 0-35; flag H)`` and the columns it is made of."""
    analyte, value = _first(cells, _ANALYTE), _first(cells, _VALUE)
    if not analyte or not value:
        return "", frozenset()
    unit, normal, flag = _first(cells, _UNIT), _first(cells, _RANGE), _first(cells, _FLAG)
    text = f"{analyte[1]}: {value[1]}" + (f" {unit[1]}" if unit else "")
    aside = [f"reference {normal[1]}"] if normal else []
    aside += [f"flag {flag[1]}"] if flag else []
    if aside:
        text += f" ({'; '.join(aside)})"
    return text, frozenset(cell[0] for cell in (analyte, value, unit, normal, flag) if cell)


def _first(cells: Sequence[Cell], names: frozenset[str]) -> Cell | None:
    return next((cell for cell in cells if folded(cell[0]) in names), None)


def _one_line(value: str) -> str:
    return " ".join(value.split())
