"""Disagreements about lymph nodes: counts against counts, more positive than examined, and counts against the stated pN."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from panel.case import Evidence
from panel.compare.chart import Chart
from panel.compare.editions import by_other_edition
from panel.compare.policy import load_policy
from panel.compare.stage import site_fits, tables
from panel.compare.staging import StagingTable
from panel.conflict import Conflict, Severity, Side
from panel.opinion import Finding

_ONE_REPORT = dt.timedelta(days=10)  # pathology reports farther apart are of different specimens
_ONE_EPISODE = dt.timedelta(days=200)  # a letter so much later still speaks of the same operation
_ALL_OF_THEM = 5  # a lone count of fewer nodes may be one station of several, the others not having been read
_CHANCE = 8  # so small a total may be another specimen's, of as many nodes as two parts have together
_PARTS = ("", "sentinel.", "station.")
_N_QUESTIONS = ("stage.pathologic.n", "stage.post_neoadjuvant.n")


class _Count(NamedTuple):
    """The findings of one written count, paired again by their evidence."""

    document: str
    part: str
    positive: int | None
    examined: int | None
    inferred: bool
    date: dt.date | None
    evidence: Evidence

    @property
    def text(self) -> str:
        if self.positive is None or self.examined is None:
            return f"{self.positive} positive" if self.examined is None else f"{self.examined} examined"
        return f"{self.positive} of {self.examined} positive"

    def side(self) -> Side:
        return Side(by=self.document, value=self.text, evidence=(self.evidence,))

    def agrees(self, other: _Count) -> bool:
        """Whether no number that both give differs."""
        pairs = ((self.positive, other.positive), (self.examined, other.examined))
        return all(None in pair or pair[0] == pair[1] for pair in pairs)


def node_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``nodes``."""
    severity = load_policy().severity["nodes"]
    counts = list(_counts(chart))
    if not counts:
        return
    yield from _impossible(counts, severity)
    yield from _unsummed(counts, severity)
    yield from _disputed(chart, counts, severity)
    yield from _against_category(chart, counts, severity)


def _counts(chart: Chart) -> Iterator[_Count]:
    for part in _PARTS:
        pairs: dict[Evidence, dict[str, Finding]] = {}
        for name in ("positive", "examined"):
            for finding in chart.of(f"nodes.{part}{name}"):
                if finding.certainty != "uncertain":
                    pairs.setdefault(finding.evidence[0], {})[name] = finding
        for found in pairs.values():
            one = next(iter(found.values()))
            values = {name: int(f.value) for name, f in found.items()}
            yield _Count(
                one.evidence[0].document,
                part,
                values.get("positive"),
                values.get("examined"),
                one.certainty == "inferred",
                one.date,
                one.evidence[0],
            )


def _impossible(counts: Sequence[_Count], severity: Severity) -> Iterator[Conflict]:
    for count in counts:
        if count.positive is None or count.examined is None or count.inferred or count.positive <= count.examined:
            continue
        sides = tuple(
            Side(by=count.document, value=value, evidence=(count.evidence,))
            for value in (f"{count.positive} positive", f"{count.examined} examined")
        )
        yield Conflict.between("nodes", "nodes.positive", severity, sides, "More nodes are positive than were examined.")


def _unsummed(counts: Sequence[_Count], severity: Severity) -> Iterator[Conflict]:
    """A report whose total examined is the sum of its parts while its total positive is not."""
    for document in dict.fromkeys(c.document for c in counts):
        own = [c for c in counts if c.document == document and not c.inferred and None not in (c.positive, c.examined)]
        for total in own:
            parts = [c for c in own if c is not total and c.part != "sentinel."]
            if total.part or len(parts) < 2 or total.examined != sum(c.examined or 0 for c in parts) or (total.examined < _CHANCE and not all(c.part for c in parts)):
                continue
            positive = sum(c.positive or 0 for c in parts)
            if positive != total.positive:
                sides = (total.side(), Side(by=document, value=f"{positive} positive in the parts", evidence=tuple(c.evidence for c in parts)))
                yield Conflict.between("nodes", "nodes.positive", severity, sides, "The parts of the specimen do not add up to its total.")
                break


def _disputed(chart: Chart, counts: Sequence[_Count], severity: Severity) -> Iterator[Conflict]:
    """Whole counts of two documents of one specimen that no reading brings together."""
    table: dict[str, list[_Count]] = {}
    for count in counts:
        table.setdefault(count.document, []).append(count)
    specimens = _pathology_sums(chart, table)
    against: dict[tuple[str, str], _Count] = {}
    for first, second in combinations(table, 2):
        if not _one_specimen(chart, table[first][0], table[second][0]):
            continue
        whole = [[c for c in table[d] if not c.part] or [c for c in table[d] if c.part == "sentinel."] for d in (first, second)]
        pairs = [(a, b) for a in whole[0] for b in whole[1] if a.part == b.part or _same_nodes(a, b)]
        if not pairs or any(a.agrees(b) for a in table[first] for b in table[second]):
            continue
        if any(c.agrees(s) for side in whole for c in side for s in specimens if c.document not in s.document.split("+")):
            continue
        if any(_found_more(chart, *pair) for pair in (pairs[0], pairs[0][::-1])):
            continue
        for count in pairs[0]:
            against.setdefault((count.document, count.text), count)
    if against:
        sides = tuple(count.side() for count in against.values())
        yield Conflict.between("nodes", "nodes.positive", severity, sides, "The documents count the nodes of one specimen differently.")


_MORE = re.compile(
    r"\b(?:extra|further|additional|more)\b[^.;]{0,30}\b(?:nodes?|LNs?|glands)\b|\bre-?(?:dissect|examin|sampl)\w*|\bfat[- ]clear\w*|\bclear(?:ing|ance) (?:of the )?fat\b|\bsecond (?:search|trawl|look|dissection)\b|\b(?:supplementary|addend\w+)\b", re.I
)


def _found_more(chart: Chart, first: _Count, second: _Count) -> bool:
    """Whether the second report, not earlier, tells that more nodes were found in the specimen than the first had counted."""
    if first.examined is None or second.examined is None or second.examined <= first.examined or (second.positive or 0) < (first.positive or 0):
        return False
    if first.date is not None and second.date is not None and second.date < first.date:
        return False
    return _MORE.search(chart.case.document(second.document).text) is not None


def _same_nodes(first: _Count, second: _Count) -> bool:
    """Whether a count of sentinel nodes and a plain one are of the same nodes: as many were examined."""
    return first.examined is not None and first.examined == second.examined


def _pathology_sums(chart: Chart, table: dict[str, list[_Count]]) -> list[_Count]:
    """What two pathology reports make together (a sentinel biopsy and the later dissection)."""
    reports = [d for d in table if chart.kind(d) == "pathology"]
    sums: list[_Count] = []
    for first, second in combinations(reports, 2):
        for a in table[first]:
            for b in table[second]:
                if None not in (a.positive, a.examined, b.positive, b.examined):
                    total = (a.positive or 0) + (b.positive or 0), (a.examined or 0) + (b.examined or 0)
                    sums.append(a._replace(document=f"{first}+{second}", positive=total[0], examined=total[1]))
    return sums


def _one_specimen(chart: Chart, first: _Count, second: _Count) -> bool:
    if first.date is None or second.date is None:
        return True
    apart = abs(first.date - second.date)
    both = chart.kind(first.document) == chart.kind(second.document) == "pathology"
    return apart <= (_ONE_REPORT if both else _ONE_EPISODE)


def _against_category(chart: Chart, counts: Sequence[_Count], severity: Severity) -> Iterator[Conflict]:
    """A pN that the counts of the same document do not give, or of another document where its own says none."""
    stated = [f for q in _N_QUESTIONS for f in chart.of(q) if f.certainty != "uncertain"]
    told: set[str] = set()
    for document in dict.fromkeys(c.document for c in counts):
        own = [c for c in counts if c.document == document]
        whole = [c for c in own if not c.part] or [c for c in own if c.part == "sentinel."]
        if not whole:
            continue
        categories = [f for f in stated if f.evidence[0].document == document]
        if not categories and chart.kind(document) == "pathology":
            categories = [f for f in stated if chart.kind(f.evidence[0].document) != "pathology" and _near(whole[0], f)]
            if any(c.document == f.evidence[0].document for f in categories for c in counts):
                continue  # that document has counts of its own to be judged by
        alone = len(own) == 1 and (own[0].examined or 0) >= _ALL_OF_THEM
        broken = [(c, f, why) for c in whole for f in categories if (why := _why_not(chart, c, str(f.value), alone))]
        if not broken or len(broken) < len(whole) * len(categories):
            continue  # one of several counts or categories fits
        count, finding, why = broken[0]
        if why in told:
            continue
        told.add(why)
        sides = (
            count.side(),
            Side(by=finding.evidence[0].document, value=f"p{finding.value}", evidence=finding.evidence),
        )
        yield Conflict.between("nodes", "nodes.positive", severity, sides, why)


def _near(count: _Count, finding: Finding) -> bool:
    return count.date is None or finding.date is None or abs(count.date - finding.date) <= _ONE_EPISODE


def _why_not(chart: Chart, count: _Count, category: str, alone: bool) -> str:
    """Why the count does not give the category; empty when it may.

    Too few positive nodes are held against it only when the count stands ``alone``: another may be elsewhere.
    """
    positive = count.positive
    if positive is None or category[1:2] not in "0123" or "(" in category or len(category) < 2:
        return ""
    if category in ("N0", "N0a", "N0b"):  # thyroid: examined, or judged by sight
        return f"{positive} positive nodes are not pN0." if positive else ""
    if category.endswith(("c", "mi")):
        return ""  # in-transit disease or tumour deposits without nodes; micrometastases
    spans = _ranges(chart, category, count.document)
    if spans:
        if any((low <= positive or not alone) and (high is None or positive <= high) for low, high, _ in spans):
            return ""
        low, high, table = spans[0]
        needs = f"{low}" if high == low else f"{low} or more" if high is None else f"{low} to {high}"
        return f"p{category} needs {needs} positive nodes ({table.system} {table.edition}, {table.tumour}), and {positive} are counted."
    if positive == 0 and alone and chart.tumour not in ("colorectal", "melanoma", "breast"):
        return f"No positive node is counted, which is not p{category}."
    return ""


def _ranges(chart: Chart, category: str, document: str) -> list[tuple[int, int | None, StagingTable]]:
    """The numbers of positive nodes that the tables of the tumour allow for a category."""
    if chart.tumour is None:
        return []
    found: list[tuple[int, int | None, StagingTable]] = []
    for table in tables():
        if table.tumour != chart.tumour or "pathologic" not in table.basis or not table.nodes or not site_fits(chart, table):
            continue
        if by_other_edition(chart, document, table, undated=True):
            return []
        span = table.node_range(category)
        if span is None:
            finer = [r for r in table.nodes if r.n.startswith(category) and r.n != category and r.min > 0]
            if finer:
                most = None if any(r.max is None for r in finer) else max(r.max or 0 for r in finer)
                span = min(r.min for r in finer), most
        if span is None:
            return []  # some table of the tumour defines the category by other things
        found.append((*span, table))
    return found
