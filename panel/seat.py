"""A seat at the table, guarded: what it returns is checked, and when it fails it abstains; it is never lost."""

from __future__ import annotations

from collections.abc import Sequence

from panel.case import Case
from panel.errors import ModelLost
from panel.opinion import FAILURE, Abstention, Finding, Opinion, Reader, Recommendation
from panel.privacy import told
from panel.protocols import Specialist


def read(seat: Specialist, case: Case) -> Opinion:
    """The seat's own reading; an abstention from everything (``*``) when it raises."""
    try:
        return admit(seat, case, seat.read(case))
    except ModelLost:  # no opinion of the seat's: the meeting pauses here, and is resumed when the model is back
        raise
    except Exception as error:  # noqa: BLE001  a failed seat must show, not vanish
        return _silent(seat, f"{FAILURE} while reading ({told(error)}); nothing of it is in this report")


def revise(seat: Specialist, case: Case, own: Opinion, others: Sequence[Opinion]) -> Opinion:
    """The reading after the exchange; the first one, with an abstention that says so, when the seat raises."""
    if own.failed:
        return own
    try:
        return admit(seat, case, seat.revise(case, own, others))
    except ModelLost:
        raise
    except Exception as error:  # noqa: BLE001  as above
        reason = f"{FAILURE} in the exchange round ({told(error)}); its first reading stands"
        return _with(own, abstentions=(*own.abstentions, Abstention(question="*", reason=reason)))


def admit(seat: Specialist, case: Case, opinion: Opinion) -> Opinion:
    """The opinion less whatever quotes words that do not stand in the chart; each such drop is an abstention.

    Raises:
        TypeError: the seat returned no Opinion.
        ValueError: it spoke for another specialty.
    """
    if not isinstance(opinion, Opinion):
        raise TypeError("a seat returns an Opinion")
    if opinion.specialty != seat.name:
        raise ValueError("a seat speaks for its own specialty")
    findings = tuple(f for f in opinion.findings if _anchored(case, f))
    unsupported = tuple(f for f in opinion.unsupported if _anchored(case, f))
    plans = tuple(r for r in opinion.recommendations if _anchored(case, r))
    kept = len(findings) + len(unsupported) + len(plans)
    if kept == len(opinion.findings) + len(opinion.unsupported) + len(opinion.recommendations):
        return opinion
    dropped = [f.question for f in (*opinion.findings, *opinion.unsupported) if not _anchored(case, f)]
    dropped += [r.action for r in opinion.recommendations if not _anchored(case, r)]
    reason = "its quote does not stand in the document, so it is no finding"
    abstentions = tuple(Abstention(question=question, reason=reason) for question in dropped)
    abstentions = (*opinion.abstentions, *abstentions)
    return _with(
        opinion, findings=findings, unsupported=unsupported, recommendations=plans, abstentions=abstentions
    )


def _anchored(case: Case, item: Finding | Recommendation) -> bool:
    return all(evidence in case for evidence in item.evidence)


def _with(opinion: Opinion, **changes: object) -> Opinion:
    return opinion.model_copy(update=changes)


def _silent(seat: Specialist, reason: str) -> Opinion:
    model = getattr(seat, "model", None)
    named = isinstance(model, str) and bool(model)
    reader: Reader = "model" if named and getattr(seat, "reader", "rules") == "model" else "rules"
    return Opinion(
        specialty=seat.name,
        reader=reader,
        model=model if reader == "model" else None,
        abstentions=(Abstention(question="*", reason=reason),),
    )
