"""Every staging table against the published groups, cell by cell.

The CSV files hold a second reading of the publications, typed apart from the YAML tables.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest

from panel.compare.staging import Extras, StagingTable, load_tables

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = Path(__file__).with_name("published_groups")
TABLES = load_tables(ROOT / "knowledge" / "criteria")
TUMOURS = {
    "bladder", "breast", "cervix", "colorectal", "endometrium", "head_neck", "kidney", "liver", "lung", "melanoma",
    "oesophagogastric", "ovary", "pancreas", "prostate",
}
Cell = tuple[str, str, str]

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)


def read_published(table: StagingTable) -> list[tuple[Cell, Extras, str]]:
    with (PUBLISHED / f"{table.id}.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                (row.pop("t"), row.pop("n"), row.pop("m")),
                Extras.model_validate({k: v for k, v in row.items() if k != "group" and v}),
                row["group"],
            )
            for row in csv.DictReader(file)
        ]


def finer(category: str, categories: tuple[str, ...]) -> list[str]:
    """The most specific categories that a stated one may mean; T1mi and N1mi stand apart."""
    below = [c for c in categories if c.startswith(category) and "mi" not in c.removeprefix(category)]
    return [c for c in below if not any(o != c and o.startswith(c) and "mi" not in o for o in below)]


def test_there_is_one_table_per_id_and_one_csv_per_table() -> None:
    ids = [table.id for table in TABLES]
    assert len(ids) == len(set(ids)) >= 5
    assert sorted(ids) == sorted(path.stem for path in PUBLISHED.glob("*.csv"))


@pytest.mark.parametrize("wanted", ["lung", "breast", "colorectal", "kidney", "ovary"])
def test_the_required_tumours_are_there(wanted: str) -> None:
    assert any(table.tumour == wanted for table in TABLES)


@each_table
def test_names_and_sources_are_complete(table: StagingTable) -> None:
    assert table.tumour in TUMOURS
    for source in table.sources:
        assert source.organisation.strip()
        assert source.document.strip()
        assert source.year >= 2009
        assert source.doi is None or source.doi.startswith("10.")


@each_table
def test_each_published_cell_gives_exactly_its_group(table: StagingTable) -> None:
    wrong = [
        (cell, extras, group, table.group(*cell, extras))
        for cell, extras, group in read_published(table)
        if table.group(*cell, extras) != group
    ]
    assert wrong == []


@each_table
def test_no_other_cell_gives_anything_unexpected(table: StagingTable) -> None:
    published: defaultdict[Cell, set[str]] = defaultdict(set)
    for cell, _, group in read_published(table):
        published[cell].add(group)
    assert all(t in table.t and n in table.n and m in table.m for t, n, m in published)
    for cell in product(table.t, table.n, table.m):
        t, n, m = cell
        cells = product(finer(t, table.t), finer(n, table.n), finer(m, table.m))
        within = [published.get(finest, set()) for finest in cells]
        expected = set().union(*within) if all(within) else set()
        assert table.groups(*cell) == expected, cell
        assert table.group(*cell) == (min(expected) if len(expected) == 1 else None), cell


@each_table
def test_rows_never_clash(table: StagingTable) -> None:
    grades: set[str | None] = {g for row in table.rows for g in row.grade or ()} or {None}
    places: set[str | None] = {p for row in table.rows for p in row.location or ()} or {None}
    groups: set[int | None] = {g for row in table.rows for g in row.grade_group or ()} or {None}
    levels = sorted({0.0, *(row.psa_from for row in table.rows)})
    for grade, place, grade_group, psa in product(grades, places, groups, levels):
        extras = Extras(grade=grade, location=place, grade_group=grade_group, psa=psa)
        for t, n, m in product(table.t, table.n, table.m):
            if (finer(t, table.t), finer(n, table.n), finer(m, table.m)) == ([t], [n], [m]):
                assert len(table.groups(t, n, m, extras)) <= 1, (t, n, m, extras)


@each_table
def test_sizes_and_node_counts_are_ranges_of_known_categories(table: StagingTable) -> None:
    for limit in table.size:
        assert limit.t in table.t
        assert limit.max_mm is None or limit.over_mm < limit.max_mm
        assert table.size_limit(limit.t) == (limit.over_mm, limit.max_mm)
    for span in table.nodes:
        assert span.n in table.n
        assert span.max is None or span.min <= span.max
        assert table.node_range(span.n) == (span.min, span.max)
    assert len({limit.t for limit in table.size}) == len(table.size)
    assert len({span.n for span in table.nodes}) == len(table.nodes)


def test_a_category_less_specific_than_the_table_gives_every_group_it_may_mean() -> None:
    lung = next(table for table in TABLES if table.id == "ajcc8-lung")
    assert lung.groups("T1", "N0", "M0") == {"IA1", "IA2", "IA3"}
    assert lung.group("T1", "N0", "M0") is None
    assert lung.group("T1", "N1", "M0") == "IIB"
    assert lung.groups("T1", "NX", "M0") == frozenset()
    assert lung.group("T9", "N0", "M0") is None
    assert lung.size_limit("T4") is None
    assert lung.size_limit("T1a") == (0, 10)
    breast = next(table for table in TABLES if table.id == "ajcc8-breast-anatomic")
    assert breast.group("T1", "N1", "M0") == "IIA"
    assert breast.group("T1", "N1mi", "M0") == "IB"
    colorectal = next(table for table in TABLES if table.id == "ajcc8-colorectal")
    assert colorectal.node_range("N2b") == (7, None)
    assert colorectal.node_range("NX") is None


def test_a_prostate_group_needs_psa_and_grade_group() -> None:
    prostate = next(table for table in TABLES if table.id == "ajcc8-prostate-clinical")
    assert prostate.group("T2a", "N0", "M0") is None
    assert prostate.groups("T2a", "N0", "M0", Extras(grade_group=1)) == {"I", "IIA", "IIIA"}
    assert prostate.group("T2a", "N0", "M0", Extras(grade_group=1, psa=9.9)) == "I"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("groups: [", "broken.yaml"),
        ("id: x\ngroups: []\n", "tumour"),
        ((ROOT / "knowledge/criteria/ajcc8_lung.yaml").read_text(encoding="utf-8") + "\nextra: 1\n", "extra"),
        (
            (ROOT / "knowledge/criteria/ajcc8_lung.yaml").read_text(encoding="utf-8").replace("[T1b], n", "[T9], n"),
            "T9",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_field(tmp_path: Path, text: str, field: str) -> None:
    (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.yaml") as caught:
        load_tables(tmp_path)
    assert field in str(caught.value)


def test_a_file_without_groups_is_no_staging_table(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("id: recist\n", encoding="utf-8")
    assert load_tables(tmp_path) == ()
