"""Disagreements about the stage: TNM against TNM, group against group, and a TNM that does not give its group."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from panel.compare.chart import Chart, side
from panel.compare.disputes import by_document, disputed
from panel.compare.policy import criteria_folder, load_policy
from panel.compare.staging import StagingTable, load_tables
from panel.conflict import Conflict, Side
from panel.opinion import Finding

_BASES = ("clinical", "pathologic", "post_neoadjuvant", "post_neoadjuvant_clinical", "unspecified")
_TABLE_BASIS = {"unspecified": None, "clinical": "clinical", "pathologic": "pathologic", "post_neoadjuvant": "post_neoadjuvant"}


@lru_cache(maxsize=1)
def tables() -> tuple[StagingTable, ...]:
    """The staging tables that come with the package."""
    return load_tables(criteria_folder())


def stage_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``stage``; at most one for one basis and axis."""
    severity = load_policy().severity["stage"]
    limit = dt.timedelta(days=load_policy().stage.same_time_days)
    told: set[str] = set()
    for basis in _BASES:
        for axis in ("t", "n", "m", "group"):
            question = f"stage.{basis}.{axis}"
            if axis == "group" and told:
                continue
            sides = disputed(chart, chart.of(question), _compatible, limit)
            if sides:
                told.add(question)
                why = "The documents give different categories on the same basis."
                yield Conflict.between("stage", question, severity, sides, why)
    figo = disputed(chart, chart.of("stage.figo"), _compatible, limit)
    if figo and not told:
        told.add("stage.figo")
        yield Conflict.between("stage", "stage.figo", severity, figo, "The documents give different FIGO stages.")
    if not told:
        yield from _groupings(chart)


def _compatible(first: Finding, second: Finding) -> bool:
    """Equal, or one the less specific form of the other (T1 and T1c, III and IIIA), or not assessed (NX)."""
    a, b = _bare(str(first.value)), _bare(str(second.value))
    if a[-1:] in "Xx" or b[-1:] in "Xx" or a == b:
        return True
    short, long = sorted((a, b), key=len)
    if short == "N+":
        return long != "N0"
    if long.startswith(short):
        rest = long[len(short) :]
        return not (short[-1:] == "I" and rest[:1] in ("I", "V"))
    return False


def _bare(value: str) -> str:
    return re.sub(r"\(.*\)", "", value)


def _groupings(chart: Chart) -> Iterator[Conflict]:
    """A stated TNM whose group, by the published table, is not the stated one."""
    for basis in _BASES:
        yield from _grouping(chart, basis, "group")
    for basis in _BASES:
        if any(True for _ in chart.under(f"stage.{basis}.")):
            yield from _grouping(chart, basis, "figo")
            break


def _grouping(chart: Chart, basis: str, system: str) -> Iterator[Conflict]:
    stated = chart.of("stage.figo" if system == "figo" else f"stage.{basis}.group")
    axes = {axis: by_document(chart.of(f"stage.{basis}.{axis}")) for axis in ("t", "n", "m")}
    for document, found in by_document(stated).items():
        t = axes["t"].get(document, [])
        n = axes["n"].get(document, [])
        m = axes["m"].get(document, [])
        if len({f.value for f in t}) != 1 or len({f.value for f in n}) > 1 or len({f.value for f in found}) != 1:
            continue
        group = found[0]
        given = _given(chart, basis, system, t[0], n[0] if n else None, m[0] if m else None, str(group.value))
        if given is None:
            continue
        table, groups = given
        parts = [f for f in (t[0], n[0] if n else None, m[0] if m else None) if f is not None]
        evidence = tuple(dict.fromkeys(e for f in parts for e in f.evidence))
        label = " ".join(str(f.value) for f in parts)
        source = table.sources[0]
        why = (
            f"{label} gives {' or '.join(sorted(groups))} by {table.system} {table.edition} "
            f"({source.organisation}, {source.document}, {source.year}); the document states {group.value}."
        )
        sides = (
            Side(by=document, value=f"{label}: {' or '.join(sorted(groups))}", evidence=evidence),
            side(group),
        )
        yield Conflict.between("stage", group.question, load_policy().severity["stage"], sides, why)
        return


def _given(
    chart: Chart, basis: str, system: str, t: Finding, n: Finding | None, m: Finding | None, stated: str
) -> tuple[StagingTable, frozenset[str]] | None:
    """The table and the groups it gives, when none of them is the stated one; None when all is well or unknown."""
    n_value = _bare(str(n.value)) if n else "N0"
    m_value = _bare(str(m.value)) if m else "M0"
    if m_value == "MX":
        m_value = "M0"
    if n_value in ("NX", "N+") or str(t.value) == "TX" or (n is None and system != "figo"):
        return None
    if m is None and stated.startswith("IV"):
        return None
    outcomes: list[tuple[StagingTable, frozenset[str]]] = []
    for table in _tables_for(chart, basis, system):
        groups = table.groups(_bare(str(t.value)), n_value, m_value)
        if not groups:
            return None  # not covered by this table: nothing can be said
        if any(_same_group(stated, g) for g in groups):
            return None
        outcomes.append((table, groups))
    return outcomes[0] if outcomes else None


def _tables_for(chart: Chart, basis: str, system: str) -> list[StagingTable]:
    wanted = _TABLE_BASIS.get(basis, basis)
    return [
        table
        for table in tables()
        if table.tumour == chart.tumour
        and (table.system == "FIGO") == (system == "figo" or chart.tumour in ("ovary", "endometrium", "cervix"))
        and (wanted is None or wanted in table.basis)
        and _site_fits(chart, table)
    ]


def _site_fits(chart: Chart, table: StagingTable) -> bool:
    if table.site is None:
        return True
    places = {str(f.value) for q in ("primary.site", "primary.organ") for f in chart.of(q)}
    return not places or any(table.site in place or place.partition(".")[2] in _SITE_PLACES.get(table.site, ()) or place in _SITE_PLACES.get(table.site, ()) for place in places)


_SITE_PLACES: dict[str, tuple[str, ...]] = {
    "oral_cavity": ("tongue", "floor_of_mouth", "buccal", "gingiva", "hard_palate", "lip", "oral_cavity"),
    "larynx": ("glottis", "supraglottis", "subglottis", "larynx"),
    "oropharynx_p16_positive": ("tonsil", "base_of_tongue", "oropharynx", "soft_palate"),
    "oesophagus": ("oesophagus",),
    "stomach": ("stomach",),
}


def _same_group(stated: str, given: str) -> bool:
    a, b = stated.upper(), given.upper()
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return long.startswith(short) and not (short[-1:] == "I" and long[len(short) : len(short) + 1] in ("I", "V"))
