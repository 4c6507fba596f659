"""Published staging tables. T1 covers T1a and T1b, but never T1mi: the books stage it apart."""

from __future__ import annotations

from itertools import product
from math import inf
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Text = Annotated[str, Field(min_length=1)]
_Texts = Annotated[tuple[_Text, ...], Field(min_length=1)]
_Basis = Literal["clinical", "pathologic", "post_neoadjuvant"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """A document that a table was taken from or checked against."""

    organisation: _Text
    document: _Text
    year: Annotated[int, Field(ge=1900, le=2100)]
    doi: _Text | None = None


class Extras(_Frozen):
    """What some tables ask besides T, N and M; None where it is not stated."""

    grade: str | None = None
    location: str | None = None
    grade_group: int | None = None
    psa: float | None = None


NO_EXTRAS = Extras()


class GroupRow(_Frozen):
    """A row of a table: the group of every listed T with every listed N and M."""

    t: _Texts
    n: _Texts
    m: _Texts
    group: _Text
    grade: _Texts | None = None
    location: _Texts | None = None
    grade_group: tuple[int, ...] | None = None
    psa_from: float = 0.0
    psa_below: float = inf

    def admits(self, extras: Extras) -> bool:
        """Tell whether the extras fit this row; one that is not stated fits every row."""
        names = ("grade", "location", "grade_group")
        pairs = [(getattr(self, name), getattr(extras, name)) for name in names]
        fits = all(None in pair or pair[1] in pair[0] for pair in pairs)
        return fits and (extras.psa is None or self.psa_from <= extras.psa < self.psa_below)


class SizeLimit(_Frozen):
    """The tumour sizes that a T category allows: over over_mm, up to and including max_mm."""

    t: _Text
    over_mm: Annotated[int, Field(ge=0)] = 0
    max_mm: int | None = None


class NodeRange(_Frozen):
    """The numbers of positive regional nodes that a (pathologic) N category allows."""

    n: _Text
    min: Annotated[int, Field(ge=0)]
    max: int | None = None


class StagingTable(_Frozen):
    """A published staging table: its categories, its groups and where it comes from."""

    id: _Text
    tumour: _Text
    site: _Text | None = None
    histology: _Text | None = None
    system: Literal["AJCC", "FIGO"]
    edition: _Text
    basis: Annotated[tuple[_Basis, ...], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    t: _Texts
    n: _Texts
    m: _Texts
    rows: Annotated[tuple[GroupRow, ...], Field(min_length=1, alias="groups")]
    size: tuple[SizeLimit, ...] = ()
    nodes: tuple[NodeRange, ...] = ()
    not_covered: tuple[_Text, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        used = {name for row in self.rows for name in (*row.t, *row.n, *row.m)}
        used |= {limit.t for limit in self.size} | {span.n for span in self.nodes}
        if unknown := used - {"any", *self.t, *self.n, *self.m}:
            raise ValueError(f"not among the table's categories: {', '.join(sorted(unknown))}")
        return self

    def groups(self, t: str, n: str, m: str, extras: Extras = NO_EXTRAS) -> frozenset[str]:
        """Return all groups that fit; none when any finer cell of the stated one is uncovered."""
        rows = [row for row in self.rows if row.admits(extras)]
        cells = product(_leaves(t, self.t), _leaves(n, self.n), _leaves(m, self.m))
        found = [{r.group for r in rows if all(map(_covers, (r.t, r.n, r.m), c))} for c in cells]
        return frozenset().union(*found) if all(found) else frozenset()

    def group(self, t: str, n: str, m: str, extras: Extras = NO_EXTRAS) -> str | None:
        """Return the one group of these categories, or None when none or several fit."""
        found = self.groups(t, n, m, extras)
        return next(iter(found)) if len(found) == 1 else None

    def size_limit(self, t: str) -> tuple[int, int | None] | None:
        """Return (over_mm, max_mm) for a T, or None where size does not bound it."""
        return next(((s.over_mm, s.max_mm) for s in self.size if s.t == t), None)

    def node_range(self, n: str) -> tuple[int, int | None] | None:
        """Return (fewest, most) positive nodes for an N, or None where no number defines it."""
        return next(((r.min, r.max) for r in self.nodes if r.n == n), None)


def load_tables(folder: Path) -> tuple[StagingTable, ...]:
    """Read every YAML file in the folder that has `groups`; a broken one raises ValueError."""
    tables: list[StagingTable] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
            if isinstance(data, dict) and "groups" in data:
                tables.append(StagingTable.model_validate(data))
        except (yaml.YAMLError, ValidationError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return tuple(tables)


def _is_finer(name: str, parent: str) -> bool:
    return name != parent and name.startswith(parent) and not name.startswith(f"{parent}mi")


def _covers(listed: tuple[str, ...], name: str) -> bool:
    return any(entry in ("any", name) or _is_finer(name, entry) for entry in listed)


def _leaves(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    finer = [other for other in names if _is_finer(other, name)]
    leaves = tuple(o for o in finer if not any(_is_finer(other, o) for other in finer))
    return leaves or ((name,) if name in names else ())
