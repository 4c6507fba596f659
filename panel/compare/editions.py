"""Which edition of a staging system a document names: a stage by another edition is another statement."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from panel.compare.chart import Chart
from panel.compare.staging import StagingTable

_TNM = re.compile(
    r"\b(?:AJCC|UICC|TNM)\b[\s,:(/-]{0,4}(?:(?:staging|stage|manual|system|classification|cancer)\W{1,3}){0,3}(?:v(?:ersion)?\.?\s?)?(?P<n>[5-9]|20[012]\d)(?![\d.]*\d)"
    r"|\b(?P<m>[5-9])(?:th|\.)\s*(?:ed\b|edition|\(20|AJCC|UICC|TNM)|\b(?P<w>fifth|sixth|seventh|eighth|ninth) edition",
    re.I,
)
_FIGO = re.compile(r"\bFIGO\b[\s,:(-]{0,4}(?P<n>19[89]\d|20[012]\d)|\bFIGO\b[^.;\n]{0,24}?\((?P<m>19[89]\d|20[012]\d)\)|\b(?P<w>19[89]\d|20[012]\d)\s+FIGO\b", re.I)
_OF_YEAR = {"2002": "6", "2009": "7", "2010": "7", "2016": "8", "2017": "8", "2018": "8"}
_WORDS = {"fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9"}
_REVISIONS = {"cervix": ("1994", "2009", "2018"), "endometrium": ("1988", "2009", "2023"), "ovary": ("1988", "2013")}
_SINCE = dt.date(2018, 1, 1)  # the 8th edition was used from then on


@lru_cache(maxsize=256)
def _named(text: str, system: str) -> frozenset[str]:
    found = [next(g for g in match.groups() if g) for match in (_FIGO if system == "FIGO" else _TNM).finditer(text)]
    if system == "FIGO":
        return frozenset(found)
    return frozenset(e for e in (_WORDS.get(f.lower(), _OF_YEAR.get(f, f)) for f in found) if len(e) == 1)


def two_editions(chart: Chart, first: str, second: str) -> bool:
    """Whether two documents name different editions of one system."""
    for system in ("FIGO", "TNM"):
        a, b = (_named(chart.case.document(d).text, system) for d in (first, second))
        if system == "FIGO":
            a, b = (frozenset(_revision(year, chart.tumour) for year in named) for named in (a, b))
        if a and b and a != b:
            return True
    return False


def _revision(year: str, tumour: str | None) -> str:
    """The year of the revision that a FIGO year stands for ("FIGO 2021" of the cervix is that of 2018)."""
    revisions = _REVISIONS.get(tumour or "", ())
    return next((r for r in reversed(revisions) if r <= year), "before" if revisions else year)


def by_other_edition(chart: Chart, document: str, table: StagingTable, *, undated: bool = False) -> bool:
    """Whether a document stages by another edition than the table's: named, or the one of its day.

    Args:
        chart: the chart.
        document: id of the document.
        table: the table that is to be held against it.
        undated: the answer for a document without a date that names no edition.
    """
    held = chart.case.document(document)
    if table.system != "FIGO" and held.date is not None and held.date < _SINCE:
        return True
    named = _named(held.text, table.system)
    if undated and held.date is None and not named:
        return True
    if table.system == "FIGO":
        named = frozenset(_revision(year, table.tumour) for year in named)
        return bool(named - {_revision(table.edition, table.tumour)})
    return bool(named - {table.edition})
