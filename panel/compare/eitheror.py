"""Treatments of one kind of which a patient can have only the one or the other: the organ kept or taken, the deposit or the whole brain irradiated.

Segmentectomy and lobectomy are not held against each other: how much of the lung is taken is settled at the operation.
"""

from __future__ import annotations

import re
from itertools import product

from panel.compare.positions import Position

_PAIRS = {
    frozenset(pair)
    for pair in (
        ("surgery.breast_conserving", "surgery.mastectomy"),
        ("surgery.wide_excision", "surgery.mastectomy"),
        ("surgery.local_excision", "surgery.gastrectomy"),
        ("surgery.local_excision", "surgery.oesophagectomy"),
        ("surgery.local_excision", "surgery.proctectomy"),
        ("surgery.local_excision", "surgery.colectomy"),
        ("surgery.partial_nephrectomy", "surgery.nephrectomy"),
        ("surgery.limb_sparing", "surgery.amputation"),
        ("surgery.tors", "surgery.laryngectomy"),
        ("radiotherapy.srs", "radiotherapy.wbrt"),
        ("surgery.trachelectomy", "surgery.radical_hysterectomy"),
    )
}
_EITHER = frozenset(treatment for pair in _PAIRS for treatment in pair)
# "completion surgery after the local excision"
_BEFORE_IT = re.compile(r"\b(?:after|following|since|completion|previous|earlier)\b", re.I)
# "Nephrectomy" alone is also said of a part of the kidney.
_LOOSE = {"surgery.nephrectomy": re.compile(r"\b(?:radical|total|whole|complete|entire)\b", re.I)}


def either_or(first: Position, second: Position) -> tuple[str, str] | None:
    """The two treatments that exclude each other; None where both may be meant, or a position names several."""
    one, two = _named(first), _named(second)
    if len(one) != 1 or len(two) != 1:
        return None
    return next(((a, b) for a, b in product(one, two) if frozenset((a, b)) in _PAIRS), None)


def _named(position: Position) -> set[str]:
    named = position.actions() & _EITHER
    plans = [p.recommendation for p in position.plans if p.recommendation.action in named]
    return {r.action for r in plans if not _BEFORE_IT.search(r.evidence[0].quote) and (r.action not in _LOOSE or _LOOSE[r.action].search(r.evidence[0].quote))}
