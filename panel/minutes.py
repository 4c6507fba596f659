"""The minutes: what the meeting's nodes write down (plain JSON) and the report that is read off them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, TypedDict

from panel.case import Case, Frozen
from panel.conflict import Conflict, Ruling
from panel.opinion import Opinion, Reference
from panel.parts import Comparison, Conclude
from panel.report import Agreement, Missing, PanelReport, RunStamp


def join(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Parallel results in canonical order, not in the order in which they came."""
    return dict(sorted({**one, **other}.items()))


class State(TypedDict, total=False):
    """The state of a meeting: strings and dicts of strings, so that a checkpoint is plain data."""

    case: str
    """SHA-256 of the case; the chart itself stays in the run store, once."""
    readings: Annotated[dict[str, str], join]
    """Seat to Opinion as JSON, blind to the others."""
    revisions: Annotated[dict[str, str], join]
    """Seat to Opinion as JSON, after the exchange."""
    comparison: str
    """Compared as JSON, with proposals once reconciled."""
    rulings: Annotated[dict[str, str], join]
    """Conflict id to Ruling as JSON."""
    report: str
    """PanelReport as JSON."""


class Compared(Frozen):
    """A comparison as it is written down between two nodes."""

    agreed: tuple[Agreement, ...]
    conflicts: tuple[Conflict, ...]
    missing: tuple[Missing, ...]
    tumour: str | None
    not_covered: tuple[str, ...]

    @classmethod
    def of(cls, comparison: Comparison, conflicts: Sequence[Conflict]) -> Compared:
        """The comparison with these conflicts, which are its own with proposals on them."""
        return cls(
            agreed=tuple(comparison.agreed),
            conflicts=tuple(conflicts),
            missing=tuple(comparison.missing),
            tumour=comparison.tumour,
            not_covered=tuple(comparison.not_covered),
        )


def speak(written: Mapping[str, str], seats: Iterable[str]) -> tuple[Opinion, ...]:
    """The opinions written down, in the order of the seats, whatever order they came in."""
    return tuple(_opinion(written[seat]) for seat in seats if seat in written)


@lru_cache(maxsize=32)
def _opinion(written: str) -> Opinion:
    """Every seat hears the same opinions, and the comparison hears them once more: parsed once."""
    return Opinion.model_validate_json(written)


@lru_cache(maxsize=4)
def read_compared(written: str) -> Compared:
    """The comparison as it was written down."""
    return Compared.model_validate_json(written)


def still_open(comparison: str, rulings: Mapping[str, str]) -> list[Conflict]:
    """Conflicts of the comparison (JSON) without a ruling, in canonical order."""
    return [c for c in read_compared(comparison).conflicts if c.id not in rulings]


def admit_rulings(answer: object, conflicts: Sequence[Conflict]) -> dict[str, str]:
    """Those parts of the answer that are rulings on open conflicts; the rest settles nothing and is asked again.

    Raising here would not do: LangGraph keeps an answer it has handed to a node, and would hand it over for ever.
    People's mistakes are refused, with reasons, before they get this far (``panel.review.check``).

    Args:
        answer: conflict id to Ruling as JSON; some or all of the open conflicts.
        conflicts: the open ones.
    """
    known = {c.id: c for c in conflicts}
    given = answer.items() if isinstance(answer, dict) else ()
    return {key: written for key, written in given if key in known and _fits(written, known[key])}


def _fits(written: object, conflict: Conflict) -> bool:
    try:
        ruling = Ruling.model_validate_json(written) if isinstance(written, str) else None
    except ValueError:
        return False
    if ruling is None or ruling.conflict != conflict.id:
        return False
    return ruling.side is None or 0 <= ruling.side < len(conflict.sides)


def write_report(
    case: Case,
    stamp: RunStamp,
    opinions: Sequence[Opinion],
    compared: Compared,
    *,
    rulings: Mapping[str, str],
    conclude: Conclude,
) -> PanelReport:
    """The report as things stand: ``final`` if and only if no seat failed and every conflict carries a ruling."""
    ruled = {key: Ruling.model_validate_json(text) for key, text in rulings.items()}
    conflicts = tuple(c.model_copy(update={"ruling": ruled.get(c.id)}) for c in compared.conflicts)
    recommendation, dissent = conclude(compared, opinions, conflicts)
    broken = [opinion.specialty for opinion in opinions if opinion.failed]
    if broken:
        seats = ", ".join(broken)
        recommendation = (
            f"Not complete: {seats} failed, so this report may lack findings and conflicts. "
            f"Run the case again before relying on it. {recommendation}"
        ).strip()
    return PanelReport(
        run_id=stamp.run_id,
        case_id=case.id,
        status="awaiting_review" if broken or any(c.ruling is None for c in conflicts) else "final",
        question=case.question,
        tumour=compared.tumour,
        not_covered=compared.not_covered,
        opinions=tuple(opinions),
        agreed=compared.agreed,
        conflicts=conflicts,
        missing=(*_gaps(broken), *compared.missing),
        recommendation=recommendation,
        dissent=dissent,
        references=_references(opinions),
        stamp=stamp if any(o.reader == "model" for o in opinions) else _by_rules(stamp),
    )


def _by_rules(stamp: RunStamp) -> RunStamp:
    """A model that was configured and did not read has no part in the report."""
    return stamp.model_copy(update={"model": None, "prompts": None})


def _gaps(broken: Sequence[str]) -> tuple[Missing, ...]:
    return tuple(
        Missing(item=f"reading by {seat}", why="the seat failed; see its abstention", asked_by="panel")
        for seat in broken
    )


def _references(opinions: Sequence[Opinion]) -> tuple[Reference, ...]:
    found = [r for opinion in opinions for finding in opinion.findings for r in finding.references]
    found += [r for opinion in opinions for plan in opinion.recommendations for r in plan.references]
    cited = {(r.source, r.edition, r.locator, r.quote): r for r in found}
    return tuple(cited[key] for key in sorted(cited))
