"""A T category (or FIGO IB, IIA) against the size that the same document gives, where size alone decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from panel.compare.chart import Chart, side
from panel.compare.disputes import by_document
from panel.compare.editions import by_other_edition
from panel.compare.policy import load_policy
from panel.compare.staging import StagingTable
from panel.conflict import Conflict, Side
from panel.opinion import Finding

_QUESTIONS = ("stage.clinical.t", "stage.pathologic.t", "stage.unspecified.t")
_LEAST = 2.0  # mm: what is shorter is a margin, a field of view or a slip
_SLACK = 1.0  # mm: sizes are rounded, and 20.4 mm is staged as 20
_SEVERAL = re.compile(r"\b(?:multi-?(?:focal|centric|ple (?:foci|tumou?rs|lesions))|satellite|foci\b|DCIS|in situ|two (?:tumou?rs|lesions|primaries)|second (?:tumou?r|lesion|primary)|each measuring)", re.I)
# Solitary or several tumours, vessels and the structures around decide these beside size.
_NOT_BY_SIZE = {"liver": ("T2", "T3"), "lung": ("T1mi", "T2", "T2a", "T2b", "T3")}
_FIGO_T = {"IB1": (0.0, 40.0), "IB2": (20.0, None), "IB3": (40.0, None), "IIA1": (0.0, 40.0), "IIA2": (40.0, None)}
"""What every edition of FIGO's cervical stages allows (IB1 went up to 40 mm before 2018)."""


def size_conflicts(chart: Chart, tables: tuple[StagingTable, ...]) -> Iterator[Conflict]:
    """Conflicts of kind ``stage`` between a category and a size of one document: the first one.

    Args:
        chart: the chart.
        tables: the tables of the tumour that may apply; a size is wrong only when all of them exclude it.
    """
    sizes = by_document(chart.of("primary.size"))
    for question in _QUESTIONS:
        for document, found in by_document(chart.of(question)).items():
            if len({f.value for f in found}) != 1 or document not in sizes:
                continue
            held = [t for t in tables if not by_other_edition(chart, document, t, undated=True)]
            if question == "stage.clinical.t" and chart.kind(document) == "pathology":
                continue  # the clinical stage quoted beside the specimen's own size
            why = _why(chart, held, str(found[0].value), [float(f.value) for f in sizes[document] if float(f.value) >= _LEAST])
            if why and not _several(chart, document):
                yield _conflict(question, found[0], sizes[document][0], why)
                return
    if chart.tumour == "cervix":
        yield from _figo(chart, sizes)


def _several(chart: Chart, document: str) -> bool:
    """Whether more than the one measured lesion may have been staged or measured."""
    return bool(_SEVERAL.search(chart.case.document(document).text)) or bool(chart.of("tumour.multiple"))


def _why(chart: Chart, tables: list[StagingTable], category: str, sizes: list[float]) -> str:
    limits = [(table, table.size_limit(category)) for table in tables]
    known = [(table, limit) for table, limit in limits if limit is not None]
    if not sizes or not known or len(known) < len(limits):
        return ""  # another table defines the category by other things
    lower_counts = category not in _NOT_BY_SIZE.get(chart.tumour or "", ())
    if chart.tumour == "liver" and (not lower_counts or any(f.value == "cholangiocarcinoma" for f in chart.of("histology.type"))):
        return ""  # a cholangiocarcinoma is staged by tables of its own
    if any(_within(size, limit[0] if lower_counts else 0, limit[1]) for size in sizes for _, limit in known):
        return ""
    table, (over, most) = known[0]
    allowed = f"up to {most} mm" if not over else f"over {over} mm" if most is None else f"over {over} and up to {most} mm"
    return f"{category} is a tumour of {allowed} ({table.system} {table.edition}, {table.tumour}); {sizes[0]:g} mm is stated."


def _within(size: float, over: float, most: float | None) -> bool:
    return size > over - _SLACK and (most is None or size <= most + _SLACK)


def _figo(chart: Chart, sizes: dict[str, list[Finding]]) -> Iterator[Conflict]:
    for document, found in by_document(chart.of("stage.figo")).items():
        limit = _FIGO_T.get(str(found[0].value))
        if limit is None or document not in sizes or len({f.value for f in found}) != 1:
            continue
        if any(_within(float(f.value), *limit) for f in sizes[document]):
            continue
        mm = float(sizes[document][0].value)
        yield _conflict("stage.figo", found[0], sizes[document][0], f"A tumour of {mm:g} mm is not FIGO {found[0].value}.")
        return


def _conflict(question: str, category: Finding, size: Finding, why: str) -> Conflict:
    sides: tuple[Side, ...] = (side(category), side(size, f"{float(size.value):g} mm"))
    return Conflict.between("stage", question, load_policy().severity["stage"], sides, why)
