"""Disagreements about the stage: TNM against TNM, group against group, and a TNM that does not give its group."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from panel.case import Evidence
from panel.compare.chart import Chart, side
from panel.compare.disputes import by_document, disputed
from panel.compare.editions import by_other_edition, two_editions
from panel.compare.occasion import dated_back, imaged, resected_again, two_operations
from panel.compare.policy import criteria_folder, load_policy
from panel.compare.stagesize import size_conflicts
from panel.compare.staging import StagingTable, load_tables
from panel.conflict import Conflict, Side
from panel.opinion import Finding

_BASES = ("clinical", "pathologic", "post_neoadjuvant", "post_neoadjuvant_clinical", "unspecified")
_GYNAECOLOGICAL = ("ovary", "endometrium", "cervix")
_TABLE_BASIS = {"unspecified": None, "clinical": "clinical", "pathologic": "pathologic", "post_neoadjuvant": "post_neoadjuvant"}


@lru_cache(maxsize=1)
def tables() -> tuple[StagingTable, ...]:
    """The staging tables that come with the package."""
    return load_tables(criteria_folder())


def stage_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``stage``: one for a basis, or one for a group that the TNM does not give."""
    severity = load_policy().severity["stage"]
    limit = dt.timedelta(days=load_policy().stage.same_time_days)
    told = False
    for basis in _BASES:
        axes = [disputed(chart, dated_back(chart.of(f"stage.{basis}.{axis}")), _compatible, limit, _apart) for axis in ("t", "n", "m")]
        if any(axes):
            told = True
            why = "The documents give different categories on the same basis."
            yield Conflict.between("stage", f"stage.{basis}", severity, _joined(axes), why)
            continue
        groups = _grouped(chart, basis, limit)
        if groups:
            told = True
            why = "The documents give different stage groups on the same basis."
            yield Conflict.between("stage", f"stage.{basis}.group", severity, groups, why)
    for question in ("stage.figo", "stage.figo_2023"):
        unnamed = chart.of("stage.unspecified.group") if chart.tumour in _GYNAECOLOGICAL and question == "stage.figo" else ()
        figo = disputed(chart, dated_back((*chart.of(question), *unnamed)), _compatible, limit, _apart_figo)
        if figo and not told:
            told = True
            yield Conflict.between("stage", question, severity, figo, "The documents give different FIGO stages.")
    extent = disputed(chart, dated_back(chart.of("stage.extent")), _compatible, limit, _apart)
    if extent and chart.tumour == "lung" and not told:
        told = True
        yield Conflict.between("stage", "stage.extent", severity, extent, "The documents give different extents of one disease.")
    if not told:
        rest = itertools.chain(_against_sources(chart, limit), _groupings(chart), size_conflicts(chart, tuple(_possible_tables(chart))))
        yield from itertools.islice(rest, 1)


def _grouped(chart: Chart, basis: str, limit: dt.timedelta) -> tuple[Side, ...]:
    """A dispute over the stage group; of the breast, anatomic and prognostic groups are two statements (AJCC 8th ed., 2018)."""
    prognostic = [f for f in chart.of(f"stage.{basis}.group") if _prognostic(chart, f)]
    for found in (plain(chart, f"stage.{basis}.group"), prognostic):
        sides = disputed(chart, dated_back(found), _compatible, limit, two_editions)
        if sides:
            return sides
    return ()


def plain(chart: Chart, question: str) -> tuple[Finding, ...]:
    """The findings on a question that rest on the anatomy alone."""
    return tuple(f for f in chart.of(question) if not _prognostic(chart, f))


def _prognostic(chart: Chart, finding: Finding) -> bool:
    """Whether a group of the breast is said to weigh grade and receptors too."""
    return (
        chart.tumour == "breast"
        and finding.question.endswith(".group")
        and re.search(rf"\bprognostic\b[^.;\n]{{0,48}}\b{re.escape(str(finding.value))}\b|\b{re.escape(str(finding.value))}\b[\s,(]{{1,3}}(?:\w+\s){{0,2}}prognostic", finding.evidence[0].quote, re.I) is not None
    )


def _apart(chart: Chart, first: str, second: str) -> bool:
    """Whether two documents stage by different editions, or one is on a second resection of what the other staged."""
    return two_editions(chart, first, second) or resected_again(chart, first, second) or two_operations(chart, first, second)


def _apart_figo(chart: Chart, first: str, second: str) -> bool:
    return two_editions(chart, first, second) or imaged(chart, first, second) or two_operations(chart, first, second)


def _against_sources(chart: Chart, limit: dt.timedelta) -> Iterator[Conflict]:
    """A letter's TNM without a basis that none of the staged documents before it bears out."""
    said = {axis: by_document(plain(chart, f"stage.unspecified.{axis}")) for axis in ("t", "n", "group")}
    for document in dict.fromkeys(d for table in said.values() for d in table):
        if chart.kind(document) in ("radiology", "pathology"):
            continue
        for axes in (("t", "n"), ("group",)):
            own = {axis: said[axis][document] for axis in axes if len({f.value for f in said[axis].get(document, ())}) == 1}
            rivals = _rivals(chart, document, axes, limit)
            if not own or not rivals or _operated_since(chart, document, rivals) or any(_bears_out(own, r) for r in rivals.values()):
                continue
            latest = max(rivals, key=lambda key: (key[1] == "pathologic", next(iter(rivals[key].values())).date or dt.date.min))
            against = rivals[latest]
            shared = [axis for axis in axes if axis in own and axis in against]
            sides = _joined([(side(own[axis][0]), side(against[axis])) for axis in shared])
            why = "The stage given here is not that of any document that it can rest on."
            yield Conflict.between("stage", f"stage.{latest[1]}", load_policy().severity["stage"], sides, why)


def _rivals(chart: Chart, document: str, axes: tuple[str, ...], limit: dt.timedelta) -> dict[tuple[str, str], dict[str, Finding]]:
    """What other documents of up to its time state on a named basis: by document and basis, then by axis."""
    written = chart.case.document(document).date
    found: dict[tuple[str, str], dict[str, Finding]] = {}
    for basis in ("clinical", "pathologic", "post_neoadjuvant", "post_neoadjuvant_clinical"):
        for axis in axes:
            for other, values in by_document(plain(chart, f"stage.{basis}.{axis}")).items():
                date = values[0].date
                if other == document:
                    return {}  # it names bases itself: this one is of something else
                late = written is not None and date is not None and (date > written or written - date > limit)
                if not late and not two_editions(chart, document, other):
                    found.setdefault((other, basis), {})[axis] = values[-1]
    return {key: values for key, values in found.items() if values}


def _operated_since(chart: Chart, document: str, rivals: dict[tuple[str, str], dict[str, Finding]]) -> bool:
    """Whether a specimen or a treatment that nobody staged lies between the only staging, clinical, and the letter."""
    if any(basis != "clinical" for _, basis in rivals):
        return False
    if document in chart.changed:
        return True
    written = chart.case.document(document).date or dt.date.max
    staged = max((f.date for r in rivals.values() for f in r.values() if f.date), default=dt.date.min)
    between = (d for d in chart.case.documents if d.kind in ("pathology", "surgery") and staged <= (d.date or staged) <= written)
    own_letter = not re.search(r"\bop(?:eration|erative)?\b|theatre|procedure|record", chart.case.document(document).title, re.I)
    return any(d.id not in {r for r, _ in rivals} and not (d.id == document and own_letter) for d in between)


def _bears_out(own: dict[str, list[Finding]], rival: dict[str, Finding]) -> bool:
    """Whether all that both give agrees; also when they share nothing."""
    return all(_compatible(own[axis][0], rival[axis]) for axis in own if axis in rival)


def _joined(axes: list[tuple[Side, ...]]) -> tuple[Side, ...]:
    """One side a document over T, N and M."""
    values: dict[str, list[str]] = {}
    quotes: dict[str, list[Evidence]] = {}
    for sides in axes:
        for each in sides:
            values.setdefault(each.by, []).append(str(each.value))
            quotes.setdefault(each.by, []).extend(e for e in each.evidence if e not in quotes.get(each.by, []))
    return tuple(Side(by=by, value=" ".join(found), evidence=tuple(quotes[by])) for by, found in values.items())


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
    """A stated group that no stated TNM of the chart gives by the published table.

    A group beside a TNM in its own document is held against that one; a group alone against every TNM written
    by then: it need only fit one of them (a clinical stage beside a later pT is no error).
    """
    tnms = list(_tnms(chart))
    for system, stated in _stated_groups(chart):
        document = stated.evidence[0].document
        basis = stated.question.split(".")[1]
        own = [t for t in tnms if t.document == document and (system == "figo" or t.basis == basis)]
        rivals = own or [t for t in tnms if _fits(chart, t, stated, basis)]
        if any(by_other_edition(chart, d, table) for table in _possible_tables(chart) for d in {document, *(r.document for r in rivals)}):
            continue
        outcomes = [_given(chart, t, system, str(stated.value)) for t in rivals]
        if not outcomes or any(o is None for o in outcomes):
            continue
        yield _mismatch(rivals[-1], outcomes[-1], stated)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Tnm:
    """The categories that one document states on one basis."""

    document: str
    basis: str
    t: Finding
    n: Finding | None
    m: Finding | None

    @property
    def parts(self) -> tuple[Finding, ...]:
        return tuple(f for f in (self.t, self.n, self.m) if f is not None)


def _tnms(chart: Chart) -> Iterator[_Tnm]:
    for basis in _BASES:
        axes = {axis: by_document(chart.of(f"stage.{basis}.{axis}")) for axis in ("t", "n", "m")}
        for document, t in axes["t"].items():
            n, m = axes["n"].get(document, []), axes["m"].get(document, [])
            if len({f.value for f in t}) == 1 and len({f.value for f in n}) <= 1 and len({f.value for f in m}) <= 1:
                yield _Tnm(document, basis, t[0], n[0] if n else None, m[0] if m else None)


def _stated_groups(chart: Chart) -> Iterator[tuple[str, Finding]]:
    """Stage groups that a document states once and plainly."""
    for basis in _BASES:
        for found in by_document(plain(chart, f"stage.{basis}.group")).values():
            if len({f.value for f in found}) == 1:
                yield "group", found[0]
    for found in by_document(chart.of("stage.figo")).values():
        if len({f.value for f in found}) == 1:
            yield "figo", found[0]


def _fits(chart: Chart, tnm: _Tnm, stated: Finding, basis: str) -> bool:
    """Whether a group in another document may rest on this TNM."""
    if basis in ("clinical", "pathologic") and tnm.basis in ("clinical", "pathologic") and basis != tnm.basis:
        return False
    if tnm.t.date and stated.date and tnm.t.date > stated.date:
        return False
    return chart.same_time(tnm.t, stated, dt.timedelta(days=load_policy().stage.same_time_days))


def _mismatch(tnm: _Tnm, outcome: tuple[StagingTable, frozenset[str]], stated: Finding) -> Conflict:
    table, groups = outcome
    evidence = tuple(dict.fromkeys(e for f in tnm.parts for e in f.evidence))
    label = " ".join(str(f.value) for f in tnm.parts)
    given = " or ".join(sorted(groups))
    source = table.sources[0]
    why = (
        f"{label} gives {given} by {table.system} {table.edition} "
        f"({source.organisation}, {source.document}, {source.year}); stated is {stated.value}."
    )
    sides = (Side(by=tnm.document, value=f"{label}: {given}", evidence=evidence), side(stated))
    return Conflict.between("stage", stated.question, load_policy().severity["stage"], sides, why)


def _given(chart: Chart, tnm: _Tnm, system: str, stated: str) -> tuple[StagingTable, frozenset[str]] | None:
    """The table and the groups it gives, when none of them is the stated one; None when all is well or unknown."""
    t = _bare(str(tnm.t.value))
    n = _bare(str(tnm.n.value)) if tnm.n else "N0"
    m = _bare(str(tnm.m.value)).replace("MX", "M0") if tnm.m else "M0"
    if n == "N+" or t == "TX" or (tnm.n is None and system != "figo"):
        return None
    if tnm.m is None and stated.startswith("IV"):
        return None
    outcomes: list[tuple[StagingTable, frozenset[str]]] = []
    for table in _tables_for(chart, tnm.basis, system):
        groups = table.groups(t, n, m) if n != "NX" else frozenset().union(*(table.groups(t, each, m) for each in table.n))
        if not groups or any(_same_group(stated, g) for g in groups):
            return None  # not covered by this table, or right by it
        outcomes.append((table, groups))
    return outcomes[0] if outcomes else None


def groups_of(chart: Chart, basis: str, t: str, n: str, m: str) -> frozenset[str]:
    """The groups that the chart's tables give for the categories; none where no table holds or two disagree."""
    outcomes = {table.groups(_bare(t), _bare(n), _bare(m)) for table in _tables_for(chart, basis, "figo" if chart.tumour in _GYNAECOLOGICAL else "group")}
    return next(iter(outcomes)) if len(outcomes) == 1 else frozenset()


def _possible_tables(chart: Chart) -> Iterator[StagingTable]:
    """The tables of the chart's tumour, whatever the basis."""
    return (table for table in tables() if table.tumour == chart.tumour and site_fits(chart, table))


def _tables_for(chart: Chart, basis: str, system: str) -> list[StagingTable]:
    wanted = _TABLE_BASIS.get(basis, basis)
    return [
        table
        for table in tables()
        if table.tumour == chart.tumour
        and (table.system == "FIGO") == (system == "figo" or chart.tumour in _GYNAECOLOGICAL)
        and (wanted is None or wanted in table.basis)
        and site_fits(chart, table)
    ]


def site_fits(chart: Chart, table: StagingTable) -> bool:
    """Whether the table's site (and p16 status) may be this chart's."""
    if table.site is None:
        return True
    if "p16" in table.site and not any(_P16_POSITIVE.search(d.text) for d in chart.case.documents):
        return False
    places = {str(f.value) for q in ("primary.site", "primary.organ") for f in chart.of(q)}
    return not places or any(table.site in place or place.partition(".")[2] in _SITE_PLACES.get(table.site, ()) or place in _SITE_PLACES.get(table.site, ()) for place in places)


_P16_POSITIVE = re.compile(r"\bp16\b\W{0,3}(?:\w+\W{1,3}){0,3}?(?:positive|pos\b|\+|diffuse|strong|block|overexpress)|\b(?:HPV|p16)(?:[- ]?(?:16|18))?[- ](?:positive|associated|related|mediated|driven)", re.I)

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
