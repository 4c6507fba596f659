"""What is raised between documents in the words and layouts of many authors, and what is left alone."""

from __future__ import annotations

import pytest

from evals.conflicts import raised
from panel.case import Case
from panel.conflict import CHART_KINDS
from tests.compare.hands import Chart
from tests.compare.hands.exports_dictations import CHARTS as EXPORTS
from tests.compare.hands.letters_lists import CHARTS as LETTERS
from tests.compare.hands.lookalikes import CHARTS as LOOKALIKES
from tests.compare.hands.markers_nodes import CHARTS as MARKERS
from tests.compare.hands.more import CHARTS as MORE
from tests.compare.hands.persons_places import CHARTS as PERSONS
from tests.compare.hands.sizes_presence_dates import CHARTS as SIZES
from tests.compare.hands.stages_types_grades import CHARTS as STAGES

ALL = [*MARKERS, *PERSONS, *SIZES, *STAGES, *LETTERS, *EXPORTS, *LOOKALIKES, *MORE]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart[0])
def test_charts_in_many_hands(chart: Chart) -> None:
    _, wanted, documents, patient = chart
    rows = [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": x} for i, (k, d, t, x) in enumerate(documents)]
    case = Case.model_validate({"id": "x", "patient": patient, "documents": rows})
    assert sorted(c.kind for c in raised(case) if c.kind in CHART_KINDS) == wanted
