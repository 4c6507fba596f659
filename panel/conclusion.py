"""What follows from a meeting: the plans on which nothing is open, or what must be decided first; and who dissents.

Nothing is invented: every plan named is a seat's recommendation or a person's ruling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from panel.conflict import Conflict, Ruling, Side
from panel.opinion import Opinion, Recommendation
from panel.render import content, words
from panel.report import Dissent, Missing

# Conflicts between whole plans: a seat's side in one touches all that the seat recommends.
_WHOLE = ("treatment", "sequence", "intent", "resectability")


class Gaps(Protocol):
    """The part of a comparison needed here."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the chart does not hold."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """A recommendation and the seat that makes it."""

    seat: str
    step: Recommendation

    def touches(self, conflict: Conflict, side: Side) -> bool:
        """Whether a side of a conflict between plans is about this plan."""
        if conflict.level != "panel":
            return False
        if any(
            one.document == other.document and one.start < other.end and other.start < one.end
            for one in self.step.evidence
            for other in side.evidence
        ):
            return True
        holders = {self.seat, *(e.document for e in self.step.evidence)}
        return side.by in holders and (conflict.kind in _WHOLE or _related(self.step.action, str(side.value)))


def _related(action: str, value: str) -> bool:
    key = value.removeprefix("plan: ").lower().replace(" ", "_")
    return (
        key == action
        or action.startswith(f"{key}.")
        or key.startswith(f"{action}.")
        or key in action.split(".")
    )


def conclude(
    comparison: Gaps, opinions: Sequence[Opinion], conflicts: Sequence[Conflict]
) -> tuple[str, tuple[Dissent, ...]]:
    """The recommendation (lines; those of a list begin with a hyphen) and the positions not followed.

    Args:
        comparison: whose ``missing`` is named.
        opinions: whose recommendations are the only plans there are.
        conflicts: with the rulings made so far.
    """
    open_ = [c for c in content.ordered(conflicts) if c.ruling is None]
    lines = list(_first(open_) if open_ else _plans(opinions, conflicts))
    if comparison.missing:
        lines.append("Not in the chart, and not assumed:")
        lines += [f"- {m.item} ({words.seat(m.asked_by).lower()})" for m in comparison.missing]
    return "\n".join(lines), tuple(_dissent(conflicts))


def _asked(conflict: Conflict) -> str:
    return f"{words.kind(conflict.kind, conflict.question).ask} ({content.subject(conflict)}, {conflict.id})"


def _first(open_: Sequence[Conflict]) -> Iterator[str]:
    points = words.plural(len(open_), "point")
    yield f"No plan can be recommended yet. A named person must first rule on {points}:"
    for conflict in open_:
        yield f"- {words.words().severities[conflict.severity]}: {_asked(conflict)}"


def _plans(opinions: Sequence[Opinion], conflicts: Sequence[Conflict]) -> Iterator[str]:
    plans = tuple(_unique(opinions))
    unsettled = [c for c in conflicts if c.ruling and not c.ruling.closes]
    held = any(c.level == "chart" and c.severity == "high" for c in unsettled)
    waiting = [p for p in plans if held or any(p.touches(c, s) for c in unsettled for s in c.sides)]
    overtaken = [p for p in plans if p not in waiting and any(_overtakes(c, p) for c in conflicts)]
    clear = [p for p in plans if p not in waiting and p not in overtaken]
    if not conflicts:
        yield "No disagreement was found by the rules in what they can read."
    if not plans:
        yield "No seat recommends a plan, and none was invented."
    yield from _list("Plans on which nothing is open:", _spoken(clear))
    yield from _list(
        "Decided by ruling:", [_decided(c, r) for c in conflicts if (r := c.ruling) and r.closes]
    )
    yield from _list(
        "Not settled; nothing that hangs on it should go ahead:",
        [_decided(c, r) for c in unsettled if (r := c.ruling)],
    )
    yield from _list("Plans that wait for what is not settled:", _spoken(waiting))
    yield from _list("Plans overtaken by a ruling, wholly or in part (see dissent):", _spoken(overtaken))


def _spoken(plans: Sequence[Plan]) -> list[str]:
    """Each plan in words, with who makes it, where it is written and on what condition."""
    by_seat: dict[str, list[Recommendation]] = {}
    for plan in plans:
        by_seat.setdefault(plan.seat, []).append(plan.step)
    spoken = []
    for seat, steps in by_seat.items():
        for said, step in content.plans(steps):
            where = ", ".join(dict.fromkeys(e.document for e in step.evidence))
            written = f", written in {where}" if where else ""
            conditions = f"; provided that: {'; '.join(step.conditions)}" if step.conditions else ""
            spoken.append(f"{said}, by {words.seat(seat).lower()}{written}{conditions}")
    return spoken


def _list(head: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield head
        yield from (f"- {' '.join(item.split(chr(10)))}" for item in items)


def _unique(opinions: Sequence[Opinion]) -> Iterator[Plan]:
    """Each plan once, though two seats (the registrar reads all documents) found it in the same words."""
    seen: dict[tuple[object, ...], Plan] = {}
    for opinion in opinions:
        for step in opinion.recommendations:
            key = (step.action, step.evidence) if step.evidence else (step.action, opinion.specialty)
            if key not in seen or seen[key].seat == "registrar":
                seen[key] = Plan(opinion.specialty, step)
    yield from seen.values()


def _overtakes(conflict: Conflict, plan: Plan) -> bool:
    """Whether a closed conflict was decided against a plan, or its plan was replaced."""
    ruling = conflict.ruling
    if ruling is None or not ruling.closes:
        return False
    touched = [s for s in conflict.sides if plan.touches(conflict, s)]
    if ruling.decision == "amend":
        return bool(touched)
    accepted = _accepted(conflict, ruling)
    return bool(touched) and accepted is not None and all(s.value != accepted.value for s in touched)


def _accepted(conflict: Conflict, ruling: Ruling) -> Side | None:
    if ruling.side is None or not 0 <= ruling.side < len(conflict.sides):
        return None
    return conflict.sides[ruling.side]


def _outcome(conflict: Conflict, ruling: Ruling) -> str:
    accepted = _accepted(conflict, ruling)
    if ruling.decision == "accept" and accepted:
        return content.side_value(conflict, accepted.value)
    lead = {"defer": "deferred until: ", "escalate": "escalated to: "}.get(ruling.decision, "")
    return f"{lead}{ruling.value or ''}"


def _decided(conflict: Conflict, ruling: Ruling) -> str:
    return f"{content.subject(conflict)}: {_outcome(conflict, ruling)} ({ruling.reviewer}; {conflict.id})"


def _dissent(conflicts: Sequence[Conflict]) -> Iterator[Dissent]:
    """Every side a closing ruling did not follow; a deferred or escalated point has no losers yet."""
    for conflict in conflicts:
        ruling = conflict.ruling
        if ruling is None or not ruling.closes:
            continue
        accepted = _accepted(conflict, ruling) if ruling.decision == "accept" else None
        followed = str(accepted.value) if accepted else (ruling.value or "")
        decided = f"{_outcome(conflict, ruling)}, by {ruling.reviewer}"
        for side in conflict.sides:
            if str(side.value).casefold() != followed.strip().casefold():
                yield Dissent(conflict=conflict.id, by=side.by, value=side.value, ruling=decided)
