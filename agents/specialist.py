"""A seat at the table: a specialty with the reader that speaks for it, and a LangChain Runnable.

``radiology | pathology`` hands a Discussion on; ``.batch`` and ``.astream`` come with Runnable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from agents.impression import impression
from agents.rules.chart import read_chart
from agents.rules.ruleset import load_rules
from agents.specialty import Specialty, load_specialty, names
from panel.case import Case
from panel.opinion import Abstention, Discussion, Finding, Opinion


class Specialist(Runnable[Case | Discussion, Discussion]):
    """One specialty, read by the rules.

    Args:
        specialty: name of a folder under ``specialties/``.
    """

    def __init__(self, specialty: str) -> None:
        self.specialty: Specialty = load_specialty(specialty)

    @property
    def name(self) -> str:  # type: ignore[override]
        """The specialty's name."""
        return self.specialty.name

    def __repr__(self) -> str:
        return f"Specialist({self.name!r})"

    def read(self, case: Case) -> Opinion:
        """The seat's own reading of its desk's documents, blind to the others."""
        chart = read_chart(case)
        desk = {d.id for d in case.documents if d.kind in self.specialty.documents}
        findings = tuple(
            f
            for f in chart.findings
            if f.evidence[0].document in desk and (self.specialty.answers(f.question) or f.question == "tumour.type")
        )
        plans = tuple(dict.fromkeys(plan for seat, plan in chart.plans if self._speaks_for(seat)))
        return Opinion(
            specialty=self.name,
            reader="rules",
            impression=impression(self.specialty, chart.tumour, findings, plans, len(desk)),
            findings=findings,
            recommendations=plans,
            abstentions=tuple(self._abstentions(bool(desk), findings)),
            stamp=load_rules().digest[:16],
        )

    def _speaks_for(self, seat: str) -> bool:
        """A plan belongs to the seat that wrote it; the registrar keeps those that no seat here wrote."""
        return seat == self.name or (self.name == "registrar" and seat not in names())

    def _abstentions(self, has_desk: bool, findings: Sequence[Finding]) -> list[Abstention]:
        if not has_desk:
            kinds = ", ".join(self.specialty.documents)
            return [Abstention(question="*", reason=f"The chart holds no document of this desk ({kinds}).")]
        answered = {f.question for f in findings}
        found = [
            Abstention(question=wanted, reason="Not stated in the documents this seat reads.")
            for wanted in self.specialty.asks
            if not any(_covers(wanted, question) for question in answered)
        ]
        return found + [Abstention(question="*", reason=reason) for reason in self.specialty.abstains]

    def revise(self, case: Case, own: Opinion, others: Sequence[Opinion]) -> Opinion:
        """After the exchange: an abstention that another seat's documents answer is withdrawn, and said so."""
        answers: dict[str, str] = {}
        for other in others:
            for finding in other.findings:
                answers.setdefault(finding.question, f"{other.specialty} reads it in {finding.evidence[0].document}")
        kept: list[Abstention] = []
        revised: list[str] = []
        for abstention in own.abstentions:
            told = next((told for q, told in answers.items() if _covers(abstention.question, q)), None)
            if abstention.question == "*" or told is None:
                kept.append(abstention)
            else:
                revised.append(f"Abstention on {abstention.question} withdrawn: {told}.")
        if not revised:
            return own
        return own.model_copy(update={"abstentions": tuple(kept), "revised": tuple(revised)})

    def invoke(self, input: Case | Discussion, config: RunnableConfig | None = None, **kwargs: Any) -> Discussion:
        """The discussion with this seat's opinion added."""
        discussion = input if isinstance(input, Discussion) else Discussion(case=input)
        return self._call_with_config(
            lambda d: d.with_opinion(self.read(d.case)), discussion, config, run_type="chain", **kwargs
        )


def _covers(pattern: str, question: str) -> bool:
    if pattern.endswith("*"):
        return question.startswith(pattern[:-1])
    return question == pattern or question.startswith(pattern + ".")


class Registrar(Specialist):
    """Reads the whole chart and finds what its documents disagree about."""

    def __init__(self) -> None:
        super().__init__("registrar")


class Radiology(Specialist):
    """Reads imaging."""

    def __init__(self) -> None:
        super().__init__("radiology")


class Pathology(Specialist):
    """Reads histology, cytology and molecular reports."""

    def __init__(self) -> None:
        super().__init__("pathology")


class Oncology(Specialist):
    """Reads fitness, organ function and the oncologists' plans."""

    def __init__(self) -> None:
        super().__init__("oncology")


class Surgery(Specialist):
    """Reads operations, operability and the surgeons' plans."""

    def __init__(self) -> None:
        super().__init__("surgery")


def default_specialists() -> tuple[Specialist, ...]:
    """The five seats, registrar first, then one for every other folder under ``specialties/``."""
    five = (Registrar(), Radiology(), Pathology(), Oncology(), Surgery())
    known = {seat.name for seat in five}
    return (*five, *(Specialist(name) for name in names() if name not in known))


__all__ = ["Oncology", "Pathology", "Radiology", "Registrar", "Specialist", "Surgery", "default_specialists"]
