"""What a model stated and its quote does not carry: shown to a person, never taken for a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from panel.conflict import Conflict, Side
from panel.opinion import Opinion

NOT_SAID = "not said there"
"""The document's side of such a conflict."""


def unsupported_conflicts(opinions: Sequence[Opinion]) -> Iterator[Conflict]:
    """One conflict for each such statement: the seat's claim against the words it quotes."""
    for opinion in opinions:
        for claim in opinion.unsupported:
            said = f"{claim.value} {claim.unit}" if claim.unit else claim.value
            claimed = Side(by=opinion.specialty, value=said)
            quoted = Side(by=claim.evidence[0].document, value=NOT_SAID, evidence=claim.evidence)
            why = f"The model in the {opinion.specialty} seat states this, and the words it quotes do not carry it."
            yield Conflict.between("unsupported", claim.question, "moderate", (claimed, quoted), why)
