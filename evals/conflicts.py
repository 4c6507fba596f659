"""``panel eval conflicts``: how many of the labelled disagreements are found, and how often a clean chart is flagged.

A chart's label names the kind of each disagreement and the documents it lies between. A raised conflict is right
when a label of its kind names a document that one of its sides quotes; each label is found at most once. Everything else raised is a
false alarm. Baselines are printed beside: raise nothing, and raise everything.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import ValidationError

from agents import default_specialists
from evals.intervals import wilson
from panel.case import CASE_FILE, Case, Frozen
from panel.compare import compare
from panel.conflict import CHART_KINDS, PANEL_KINDS, Conflict
from panel.errors import InputError

CHARTS = Path(__file__).resolve().parent / "tasks" / "conflicts" / "charts"


class Label(Frozen):
    """One disagreement that a careful reader must raise."""

    kind: str
    between: tuple[str, ...]
    """Ids of the documents that carry it; ``patient`` for the patient block."""


class LabelledChart(Frozen):
    """A chart written for the set, with its labels."""

    id: str
    tumour: str
    clean: bool
    expected: tuple[Label, ...]
    trap: str | None = None
    case: Case


@dataclass
class Tally:
    """Counts over charts."""

    found: int = 0
    missed: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        """Share of the labels found; 1 when there was none."""
        total = self.found + self.missed
        return self.found / total if total else 1.0

    @property
    def precision(self) -> float:
        """Share of what was raised that a label asks for; 1 when nothing was raised."""
        total = self.found + self.false
        return self.found / total if total else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


@dataclass
class Score:
    """The result of a whole set."""

    charts: int = 0
    clean: int = 0
    clean_flagged: int = 0
    overall: Tally = field(default_factory=Tally)
    by_kind: dict[str, Tally] = field(default_factory=dict)
    by_tumour: dict[str, Tally] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    """One line a miss or false alarm: chart, kind, where."""


def load_charts(folder: Path = CHARTS) -> tuple[LabelledChart, ...]:
    """The labelled charts of a folder of YAML files, in file order.

    Raises:
        InputError: no charts there, or one that is broken; names file, chart and field.
    """
    charts: list[LabelledChart] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            raise InputError(str(path), "cannot be read as YAML", "Correct the file.") from error
        for index, row in enumerate(rows or ()):
            try:
                charts.append(LabelledChart.model_validate(row))
            except ValidationError as error:
                where = ".".join(str(p) for p in error.errors()[0]["loc"])
                raise InputError(f"{path}[{index}].{where}", "is not a labelled chart", "Correct the field.") from error
    if not charts:
        raise InputError(str(folder), "holds no labelled charts (*.yaml)", "Name the folder with --charts.")
    return tuple(charts)


def raised(case: Case) -> tuple[Conflict, ...]:
    """The conflicts the panel raises on a case, by the rules alone."""
    opinions = [seat.read(case) for seat in default_specialists()]
    return compare(case, opinions).conflicts


def evaluate(charts: Sequence[LabelledChart]) -> Score:
    """Score the panel on labelled charts."""
    score = Score(charts=len(charts), clean=sum(c.clean for c in charts))
    for chart in charts:
        conflicts = raised(chart.case)
        score.clean_flagged += bool(chart.clean and conflicts)
        found, missed, false = _match(chart.expected, conflicts)
        for outcome, kinds in (("found", found), ("missed", missed), ("false", false)):
            for kind, count in Counter(kinds).items():
                for tally in (
                    score.overall,
                    score.by_kind.setdefault(kind, Tally()),
                    score.by_tumour.setdefault(chart.tumour, Tally()),
                ):
                    setattr(tally, outcome, getattr(tally, outcome) + count)
        score.errors += [f"{chart.id}: missed {kind}" for kind in missed]
        score.errors += [f"{chart.id}: false {kind}" for kind in false]
    return score


def _match(labels: Sequence[Label], conflicts: Sequence[Conflict]) -> tuple[list[str], list[str], list[str]]:
    open_labels = list(labels)
    found: list[str] = []
    false: list[str] = []
    for conflict in conflicts:
        named = _documents(conflict)
        hit = next((x for x in open_labels if x.kind == conflict.kind and named & set(x.between)), None)
        if hit is None:
            false.append(conflict.kind)
        else:
            open_labels.remove(hit)
            found.append(conflict.kind)
    return found, [label.kind for label in open_labels], false


def _documents(conflict: Conflict) -> set[str]:
    named = {e.document for side in conflict.sides for e in side.evidence}
    named |= {"patient" for side in conflict.sides if side.by == CASE_FILE}
    return named


def summary(score: Score) -> dict[str, object]:
    """The figures under the names that ``--json`` promises."""

    def block(tally: Tally) -> dict[str, object]:
        return {
            "recall": round(tally.recall, 4),
            "precision": round(tally.precision, 4),
            "f1": round(tally.f1, 4),
            "found": tally.found,
            "missed": tally.missed,
            "false": tally.false,
            "recall_ci95": [round(x, 4) for x in wilson(tally.found, tally.found + tally.missed)],
            "precision_ci95": [round(x, 4) for x in wilson(tally.found, tally.found + tally.false)],
        }

    flagged = score.clean_flagged / score.clean if score.clean else 0.0
    labels = score.overall.found + score.overall.missed
    return {
        **block(score.overall),
        "clean_flagged": round(flagged, 4),
        "clean_flagged_ci95": [round(x, 4) for x in wilson(score.clean_flagged, score.clean)],
        "charts": score.charts,
        "clean": score.clean,
        "labels": labels,
        "by_kind": {k: block(score.by_kind[k]) for k in _kinds(score)},
        "by_tumour": {k: block(score.by_tumour[k]) for k in sorted(score.by_tumour)},
        "baselines": {
            "raise nothing": {"recall": 0.0, "precision": 1.0, "clean_flagged": 0.0},
            "raise every kind on every chart": {
                "recall": 1.0,
                "precision": round(labels / (score.charts * len((*CHART_KINDS, *PANEL_KINDS))), 4),
                "clean_flagged": 1.0,
            },
        },
    }


def main(charts: Path | None = None, as_json: bool = False) -> int:
    """Run the evaluation and print it: a table, or one JSON object as the last line.

    Returns:
        The exit code, 0: a weak figure is a result.
    """
    from evals.table import print_conflicts

    score = evaluate(load_charts(charts or CHARTS))
    if as_json:
        sys.stdout.write(json.dumps(summary(score)) + "\n")
    else:
        print_conflicts(summary(score), score.errors)
    return 0


def _kinds(score: Score) -> Iterator[str]:
    return (k for k in (*CHART_KINDS, *PANEL_KINDS, "unsupported") if k in score.by_kind)
