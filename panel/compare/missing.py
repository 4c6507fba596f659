"""What the board needs for this tumour and the chart does not hold."""

from __future__ import annotations

from panel.compare.answers import answered, datum
from panel.compare.chart import Chart
from panel.compare.planrules import RequiredItem, load_required
from panel.report import Missing


def missing_items(chart: Chart) -> tuple[Missing, ...]:
    """The items of the gate that no document and no field of the patient block answers, in the order of the file."""
    gate = load_required()
    items = gate.get(chart.tumour or "other", gate.get("other", ()))
    return tuple(
        Missing(item=item.item, why=item.why, asked_by=item.asked_by) for item in items if _is_missing(chart, item)
    )


def _is_missing(chart: Chart, item: RequiredItem) -> bool:
    if any(datum(chart, condition, None) is None for condition in item.when):
        return False
    if any(datum(chart, condition, None) is not None for condition in item.unless):
        return False
    if any(answered(chart, question) for question in item.any_of):
        return False
    return not item.each_of or not all(any(answered(chart, question) for question in group) for group in item.each_of)
