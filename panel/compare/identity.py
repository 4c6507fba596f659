"""Whether all documents, and the patient block, are about one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

import yaml

from panel.case import CASE_FILE, Evidence
from panel.compare.chart import Chart
from panel.compare.policy import criteria_folder, load_policy
from panel.compare.written import readings, typo
from panel.conflict import Conflict, Side
from panel.opinion import Finding

_OWN_SLACK = 1.2  # years, where one document gives both
_YEAR = 365.25
_SLACK = 1.0  # years: a birthday in between, or a rounded age
_FEMALE = {"uterus", "ovary", "endometrium", "uterine cervix", "vagina", "hysterectomy", "fallopian tube"}
_WORDS = {"sex": "sex", "birthdate": "born", "age": "aged", "record": "record", "name": "", "organ": "has"}
_STRENGTH = ("record", "birthdate", "name", "sex", "age", "organ")


@dataclass(slots=True)
class _Dispute:
    """One attribute on which documents differ: who says what."""

    attribute: str
    says: dict[str, tuple[str, tuple[Evidence, ...]]] = field(default_factory=dict)

    def minority(self) -> set[str]:
        """Those of the smaller party; all when the parties are equal."""
        groups: dict[str, set[str]] = {}
        for who, (value, _) in self.says.items():
            groups.setdefault(value, set()).add(who)
        fewest = min(map(len, groups.values()))
        return {who for group in groups.values() if len(group) == fewest for who in group if who != CASE_FILE}


def identity_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``identity``: one for all attributes by which the same documents stand out."""
    disputes = [d for d in (_sexes(chart), _ages(chart), *_exact(chart)) if d is not None and d.minority()]
    aged = any(d.attribute in ("age", "birthdate") for d in disputes)
    disputes.sort(key=lambda d: _STRENGTH.index(d.attribute))
    while disputes:
        merged = [disputes.pop(0)]
        reach = merged[0].minority()
        for other in list(disputes):
            if other.minority() & reach:
                reach |= other.minority()
                merged.append(other)
                disputes.remove(other)
        yield _conflict(merged)
    yield from _inside(chart)
    if not aged:
        yield from _age_inside(chart)


def _conflict(disputes: list[_Dispute]) -> Conflict:
    sides = []
    for who in dict.fromkeys(w for d in disputes for w in d.says):
        said = [(d.attribute, *d.says[who]) for d in disputes if who in d.says]
        if len(said) > 1:  # the birth date is shown once
            said = [s for s in said if s[0] != "age" or "birth date" not in s[1]]
        value = "; ".join(f"{_WORDS[a]} {v}".strip() if a not in ("sex", "organ") else v for a, v, _ in said)
        evidence = tuple(dict.fromkeys(e for _, _, found in said for e in found))
        sides.append(Side(by=who, value=value, evidence=evidence))
    names = ", ".join({"birthdate": "birth date", "record": "record number"}.get(d.attribute, d.attribute) for d in disputes)
    why = f"The documents may be of different people: {names} differ{'s' if len(disputes) == 1 else ''}."
    return Conflict.between("identity", f"patient.{disputes[0].attribute}", load_policy().severity["identity"], tuple(sides), why)


def _by_document(chart: Chart, attribute: str) -> dict[str, list[Finding]]:
    table: dict[str, list[Finding]] = {}
    for finding in chart.of(f"patient.{attribute}"):
        if finding.certainty != "uncertain":
            table.setdefault(finding.evidence[0].document, []).append(finding)
    return table


def _sexes(chart: Chart) -> _Dispute | None:
    """Sex as stated, or as the organs of a document that states none tell it."""
    dispute = _Dispute("sex")
    for document, found in _by_document(chart, "sex").items():
        if len({f.value for f in found}) == 1 and found[0].value in ("female", "male"):
            dispute.says[document] = (str(found[0].value), found[0].evidence)
    for document, found in _by_document(chart, "organ").items():
        sexes = {_sex_of(str(f.value)) for f in found}
        if document not in dispute.says and len(sexes) == 1 and document not in _by_document(chart, "sex"):
            dispute.says[document] = (f"{sexes.pop()} ({found[0].value})", found[0].evidence)
    if chart.case.patient.sex in ("female", "male"):
        dispute.says[CASE_FILE] = (str(chart.case.patient.sex), ())
    return dispute if len({value.partition(" ")[0] for value, _ in dispute.says.values()}) > 1 else None


def _sex_of(organ: str) -> str:
    return "female" if organ in _FEMALE else "male"


def _inside(chart: Chart) -> Iterator[Conflict]:
    """A document that names a sex and describes an organ which that sex does not have."""
    sexes = _by_document(chart, "sex")
    for document, found in _by_document(chart, "organ").items():
        stated = sexes.get(document, [])
        wrong = [f for f in found if _sex_of(str(f.value)) not in {s.value for s in stated}]
        if not stated or not wrong or len({s.value for s in stated}) > 1:
            continue
        sides = tuple(Side(by=document, value=f.value, evidence=f.evidence) for f in (stated[0], wrong[0]))
        why = f"A {stated[0].value} patient has no such organ: {wrong[0].value}."
        yield Conflict.between("identity", "patient.organ", load_policy().severity["identity"], sides, why)


def _age_inside(chart: Chart) -> Iterator[Conflict]:
    """A document that gives an age and a birth date which do not belong together on its day."""
    births = _by_document(chart, "birthdate")
    for document, found in _by_document(chart, "age").items():
        age, dates = found[0], [_year(d) for f in births.get(document, []) for d in readings(str(f.value))]
        if not dates or age.date is None or len({f.value for f in found}) > 1:
            continue
        low, high = _born(float(age.value), age.date)
        if max(dates) < low - _OWN_SLACK or min(dates) > high + _OWN_SLACK:
            sides = tuple(Side(by=document, value=v, evidence=f.evidence) for f, v in ((age, f"{age.value} years"), (births[document][0], f"born {births[document][0].value}")))
            why = "The age and the birth date of the document do not belong together."
            yield Conflict.between("identity", "patient.age", load_policy().severity["identity"], sides, why)


def _ages(chart: Chart) -> _Dispute | None:
    """Ages at dated documents, the case file's at the last of them, and birth dates, as years of birth."""
    last = max((d.date for d in chart.case.documents if d.date), default=None)
    born: dict[str, tuple[float, float, str, tuple[Evidence, ...]]] = {}
    for document, found in _by_document(chart, "age").items():
        if found[0].date is not None and len({f.value for f in found}) == 1:
            born[document] = (*_born(float(found[0].value), found[0].date), str(found[0].value), found[0].evidence)
    for document, found in _by_document(chart, "age_span").items():
        if document not in born and found[0].date is not None and len({f.value for f in found}) == 1:
            young, _, old = str(found[0].value).partition("..")
            year = _year(found[0].date)
            born[document] = (year - int(old) - 1, year - int(young), f"{young} to {old}", found[0].evidence)
    if chart.case.patient.age is not None and last is not None:
        born[CASE_FILE] = (*_born(chart.case.patient.age, last), str(chart.case.patient.age), ())
    for document, found in _by_document(chart, "birthdate").items():
        options = [_year(d) for f in found for d in readings(str(f.value))]
        born.setdefault(document, (min(options), max(options), f"{found[0].value} (birth date)", found[0].evidence))
    dispute = _Dispute("age")
    for (first, a), (second, b) in combinations(born.items(), 2):
        if "birth date" in a[2] and "birth date" in b[2]:
            continue  # compared to the day elsewhere
        if a[0] > b[1] + _SLACK or b[0] > a[1] + _SLACK:
            dispute.says |= {first: (a[2], a[3]), second: (b[2], b[3])}
    return dispute if dispute.says else None


def _born(age: float, at: dt.date) -> tuple[float, float]:
    year = _year(at)
    return year - age - 1, year - age


def _year(date: dt.date) -> float:
    return date.toordinal() / _YEAR


def _exact(chart: Chart) -> Iterator[_Dispute | None]:
    """Birth dates, names, and record numbers of one kind."""
    yield _differing(_by_document(chart, "birthdate"), "birthdate", _same_date)
    named = _by_document(chart, "name")
    for document, found in _by_document(chart, "surname").items():
        named.setdefault(document, found)
    yield _differing(named, "name", _same_name)
    for kind in ("hospital:", "nhs:", "uhid:", "urn:", "reg:", "cr:"):
        numbers = {d: [f for f in found if str(f.value).startswith(kind)] for d, found in _by_document(chart, "record").items()}
        yield _differing({d: f for d, f in numbers.items() if f}, "record", lambda a, b: a == b)


def _differing(table: dict[str, list[Finding]], attribute: str, same: Callable[[str, str], bool]) -> _Dispute | None:
    dispute = _Dispute(attribute)
    for first, second in combinations(table, 2):
        if not any(same(str(a.value), str(b.value)) for a in table[first] for b in table[second]):
            for document in (first, second):
                finding = table[document][0]
                dispute.says[document] = (str(finding.value).partition(":")[2] or str(finding.value), finding.evidence)
    return dispute if dispute.says else None


def _same_date(first: str, second: str) -> bool:
    return bool(set(readings(first)) & set(readings(second)))


def _same_name(first: str, second: str) -> bool:
    """Same surname (maiden names and double names counted) and given name (initials too), either with one slip of the pen."""
    (last_a, given_a), (last_b, given_b) = _parts(first), _parts(second)
    if given_a and given_b and last_a & {given_b} and last_b & {given_a}:
        return True  # surname and given name the other way round
    surnames = any(a == b or (min(len(a), len(b)) > 3 and typo(a, b)) for a in last_a for b in last_b)
    if not given_a or not given_b or not surnames:
        return surnames
    short = min(len(given_a), len(given_b))
    return given_a[:short] == given_b[:short] or (short > 3 and typo(given_a, given_b)) or any({given_a, given_b} <= family for family in _given_names())


@lru_cache(maxsize=1)
def _given_names() -> tuple[frozenset[str], ...]:
    """The families of given names that one person may go by ("William", "Bill")."""
    raw = yaml.load((criteria_folder() / "given_names.yaml").read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(frozenset(map(str, family)) for family in raw["families"])


def _parts(name: str) -> tuple[set[str], str]:
    last, _, given = name.partition(",")
    surnames = {part.replace("'", "") for part in last.split(" née ")}
    return surnames | {p for s in surnames for p in s.split("-") if "-" in s} | {s.replace("-", "") for s in surnames}, given
