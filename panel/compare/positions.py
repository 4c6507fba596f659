"""Where each voice of the chart stands: its main modality, order, aim and view of resectability."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from panel.compare.chart import SAME_TIME, Chart, Plan
from panel.conflict import Side

_MINOR = (
    "surgery.sentinel_node_biopsy", "surgery.turbt", "surgery.stoma", "surgery.bypass", "surgery.fixation",
    "surgery.lymphadenectomy", "surgery.conisation", "surgery.orchidectomy", "surgery.pelvic_node_dissection",
)  # fmt: skip
# Which modality speaks for a plan that holds several, first the one that decides.
MODALITIES = ("surgery", "chemoradiation", "local", "radiotherapy", "systemic", "surveillance", "supportive")
_ONLY = re.compile(r"\b(?:best supportive|supportive (?:care|measures|treatment) (?:only|alone)|hospice|comfort|BSC|palliative care (?:only|alone)|end.of.life|symptom (?:control|management)|not for active)\b", re.I)
_OTHER_AUTHOR = re.compile(r"\b(?:second opinion|consultant [2B]|oncologist [2B]|surgeon [2B]|hospital B|another|different)\b", re.I)
_CHANGE = re.compile(
    r"\b(?:re-?stag\w+ (?:has |now )?show\w*|has progressed since|progression since|now upstaged|change of plan|plan (?:is |was |has been )?(?:changed|revised)|revised plan|supersed\w+|original(?:ly)? (?:plan|proposal)|instead of the (?:planned|earlier)|following (?:the )?(?:MDT|board|meeting)|as agreed at|re-?discuss(?:ed|ion)|\w+ectomy (?:is |was |has been |now )?(?:cancelled|called off|abandoned)|(?:operation|surgery|theatre (?:slot|date)|chemotherapy|radiotherapy) (?:is |was |has been |now )?(?:cancelled|called off|abandoned)|no longer (?:applies|stands|holds|valid)|replaces (?:my|our|the)|disregard (?:my|our|the)|withdraw (?:my|our|the)|(?:now )?withdrawn|I have changed my)\b",
    re.I,
)

_INDUCTION = re.compile(r"\binduction\b", re.I)


def held_heads(actions: set[str]) -> set[str]:
    """The modalities of actions, minor procedures left out."""
    return {a.split(".", 1)[0] for a in actions if a not in _MINOR}


@dataclass
class Position:
    """What one seat holds in one document."""

    seat: str
    document: str
    date: dt.date | None
    plans: list[Plan] = field(default_factory=list)

    def actions(self, *, omitted: bool = False) -> set[str]:
        """The actions of the position; those left out only on demand."""
        return {p.recommendation.action for p in self.plans if p.recommendation.action.startswith("omit.") is omitted}

    def first(self, *prefixes: str) -> Plan:
        """The first plan whose action begins with one of the prefixes."""
        return next(p for p in self.plans if p.recommendation.action.startswith(prefixes))

    def side(self, value: str, *prefixes: str) -> Side:
        """The position as a side of a conflict, quoting that plan."""
        plan = self.first(*prefixes)
        return Side(by=self.document, value=value, evidence=plan.recommendation.evidence[:1])

    def sequence(self) -> str | None:
        """``neoadjuvant`` or ``upfront_surgery``; None when the position does not say or says both."""
        actions = self.actions()
        before, first = "sequence.neoadjuvant" in actions, "sequence.upfront_surgery" in actions
        if before:
            return None if first else "neoadjuvant"
        operates = any(a.startswith("surgery") and a not in _MINOR for a in actions)
        return "upfront_surgery" if first or ("sequence.adjuvant" in actions and operates) else None

    def _induces(self) -> bool:
        """Whether what comes first is induction before chemoradiation rather than before an operation."""
        actions = self.actions()
        if "chemoradiation" not in held_heads(actions) or held_heads(actions) & {"surgery"}:
            return False
        quotes = [p.recommendation.evidence[0].quote for p in self.plans if p.recommendation.action.startswith("sequence.")]
        return bool(quotes) and all(_INDUCTION.search(q) for q in quotes)

    def only(self, prefix: str) -> str | None:
        """The single value stated under a prefix (``intent.``); None when there is none or several."""
        values = {a.removeprefix(prefix) for a in self.actions() if a.startswith(prefix)}
        return values.pop() if len(values) == 1 else None

    def modality(self) -> str | None:
        """The modality that the position makes the main treatment."""
        held = self.modalities()
        if "surgery" in held and "chemoradiation" in held and self.sequence() is None:
            return "surgery"
        return next((m for m in MODALITIES if m in held), None)

    def modalities(self) -> set[str]:
        """All modalities of the position, minor procedures left out."""
        actions = self.actions()
        held = held_heads(actions)
        if not held & set(MODALITIES) and "surgery.lymphadenectomy" in actions:  # all that is proposed, as in a germ cell tumour
            held.add("surgery")
        if any(a.startswith("radiotherapy.sirt") for a in actions):
            held.add("local")
        if actions & {"sequence.upfront_surgery", "sequence.neoadjuvant"} and not self._induces() and not any(a.startswith("omit.surgery") for a in self.actions(omitted=True)):
            held.add("surgery")
        if "supportive" in held:
            quotes = [p.recommendation.evidence[0].quote for p in self.plans if p.recommendation.action.startswith("supportive")]
            if held & set(MODALITIES[:5]) or not any(_ONLY.search(q) for q in quotes):
                held.discard("supportive")
        if "surveillance" in held and held & set(MODALITIES[:5]):
            held.discard("surveillance")
        return held & set(MODALITIES)


def firm_plans(chart: Chart) -> tuple[Plan, ...]:
    """The plans that hold now: written in the chart, not conditional, not superseded."""
    written = [p for p in chart.plans if p.document is not None and not p.recommendation.conditions]
    dates = {p.document: chart.case.document(p.document).date for p in written if p.document}
    known = [d for d in dates.values() if d is not None]
    latest = max(known, default=None)
    kept = []
    for plan in written:
        date = dates[plan.document or ""]
        if date is not None and latest is not None and latest - date > SAME_TIME * 1.4:
            continue
        if not _superseded(chart, plan, dates):
            kept.append(plan)
    return tuple(kept)


def _superseded(chart: Chart, plan: Plan, dates: dict[str, dt.date | None]) -> bool:
    """Whether the same seat wrote a later plan in its own name, or any later document says that the plan changed."""
    own = plan.document or ""
    date = dates[own]
    if date is None:
        return False
    title = _author(chart.case.document(own).title)
    kind = chart.kind(own)
    for document in chart.case.documents:
        if document.id == own or document.date is None or document.date <= date:
            continue
        if (document.date - date).days >= 7 and _CHANGE.search(document.text):
            return True
        same = document.id in dates and document.kind == kind and _author(document.title) == title
        if same and not _OTHER_AUTHOR.search(f"{document.title} {document.text[:300]}"):
            return True
    return False


def _author(title: str) -> str:
    return re.sub(r"\b(?:same|consultant|author|letter|note|plan|clinic|follow-?up|opinion|review|consultation|update|(?:19|20)\d\d)\b|[\W_]+", " ", title.lower()).strip()


def positions(plans: Iterable[Plan]) -> list[Position]:
    """Plans gathered by seat and document, in the order of the chart."""
    table: dict[tuple[str, str], Position] = {}
    for plan in plans:
        document = plan.document or ""
        position = table.get((plan.seat, document))
        if position is None:
            position = table[plan.seat, document] = Position(plan.seat, document, None)
        position.plans.append(plan)
    return list(table.values())
