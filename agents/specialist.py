"""A seat at the table: a specialty with the reader that speaks for it, and a LangChain Runnable.

``radiology | pathology`` hands a Discussion on; ``.batch`` and ``.astream`` come with Runnable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from agents import model_reading
from agents.citing import cited
from agents.impression import impression
from agents.prompt import digest as prompts_digest
from agents.rules.chart import read_chart
from agents.rules.ruleset import load_rules
from agents.specialty import Specialty, load_specialty, names
from panel.case import Case, Document
from panel.errors import ModelError, ModelLost, PanelError
from panel.opinion import NOT_BY_MODEL, Abstention, Discussion, Finding, Opinion
from panel.protocols import Model, Retriever


class Specialist(Runnable[Case | Discussion, Discussion]):
    """One specialty, read by the rules, or by a model that the rules proof-read.

    Args:
        specialty: name of a folder under ``specialties/``.
        model: the seat's own; None to be read by the rules.
        retriever: the library, for references to what is recommended; None for none.
    """

    def __init__(self, specialty: str, *, model: Model | None = None, retriever: Retriever | None = None) -> None:
        self.specialty: Specialty = load_specialty(specialty)
        self._retriever = retriever
        self._model = model if self.specialty.questionnaire else None

    @property
    def name(self) -> str:  # type: ignore[override]
        """The specialty's name."""
        return self.specialty.name

    def __repr__(self) -> str:
        return f"Specialist({self.name!r})"

    def read(self, case: Case) -> Opinion:
        """The seat's own reading of its desk's documents, blind to the others, with references where there is a library."""
        opinion = self._read(case)
        if self._retriever is None or not opinion.recommendations:
            return opinion
        chart = read_chart(case)
        try:
            steps = cited(opinion.recommendations, chart.findings, chart.tumour, self.name, self._retriever)
        except PanelError as error:
            uncited = Abstention(question="*", reason=f"No references: {error.line}")
            return opinion.model_copy(update={"abstentions": (*opinion.abstentions, uncited)})
        return opinion.model_copy(update={"recommendations": steps})

    def _read(self, case: Case) -> Opinion:
        by_rules = self._by_rules(case)
        desk = self._desk(case)
        if self._model is None or not desk:
            return by_rules
        try:
            chart = read_chart(case)
            plans = [plan for _, plan in chart.plans]
            read = model_reading.read(self.specialty, self._model, case, desk, chart.findings, plans)
        except ModelLost:
            raise
        except ModelError as error:
            return self._noting(by_rules, error.line)
        if not read.answered:
            return self._noting(by_rules, *(a.reason for a in read.abstentions))
        return Opinion(
            specialty=self.name,
            reader="model",
            model=self._model.name,
            impression=read.impression,
            findings=read.findings,
            # A plan that is written in the chart is the chart's, whoever reads: the rules find it.
            recommendations=tuple(dict.fromkeys((*by_rules.recommendations, *read.steps))),
            abstentions=(*read.abstentions, *self._open(read, by_rules)),
            unsupported=read.unsupported,
            stamp=hashlib.sha256(f"{self._model.name} {prompts_digest()}".encode()).hexdigest()[:16],
        )

    def _by_rules(self, case: Case) -> Opinion:
        chart = read_chart(case)
        desk = {document.id for document in self._desk(case)}
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

    def _open(self, read: model_reading.ModelReading, by_rules: Opinion) -> Iterator[Abstention]:
        """What the model left open; never told as "not stated" where the rules read it, or where its quote failed."""
        for abstention in self._abstentions(True, read.findings):
            asked = abstention.question
            known = next((f for f in by_rules.findings if asked != "*" and _covers(asked, f.question)), None)
            if asked != "*" and any(_covers(asked, f.question) for f in read.unsupported):
                yield Abstention(question=asked, reason="The model's answer is not carried by the words it quotes.")
            elif known is not None:
                reason = f"The model does not state it; the rules read it in {known.evidence[0].document}."
                yield Abstention(question=asked, reason=reason)
            else:
                yield abstention

    def _desk(self, case: Case) -> tuple[Document, ...]:
        return tuple(case.of_kind(*self.specialty.documents))

    @staticmethod
    def _noting(opinion: Opinion, *reasons: str) -> Opinion:
        """The rules' opinion, saying why no model speaks."""
        why = tuple(dict.fromkeys(reason for reason in reasons if reason))
        if not why:
            return opinion
        said = tuple(Abstention(question="*", reason=f"{NOT_BY_MODEL}: {reason}") for reason in why)
        return opinion.model_copy(update={"abstentions": (*said, *opinion.abstentions)})

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
        """After the exchange: what the model takes back, and abstentions that another seat's documents answer."""
        if own.reader == "model" and self._model is not None:
            own = self._reconsider(case, own, others)
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
        return own.model_copy(update={"abstentions": tuple(kept), "revised": (*own.revised, *revised)})

    def _reconsider(self, case: Case, own: Opinion, others: Sequence[Opinion]) -> Opinion:
        assert self._model is not None
        taken_back, failure = model_reading.withdrawn(self.specialty, self._model, case, self._desk(case), own, others)
        if failure:
            reason = f"The model did not take part in the exchange: {failure}."
            return own.model_copy(update={"abstentions": (*own.abstentions, Abstention(question="*", reason=reason))})
        if not taken_back:
            return own
        kept = tuple(finding for index, finding in enumerate(own.findings) if index not in taken_back)
        return own.model_copy(
            update={"findings": kept, "revised": (*own.revised, *model_reading.changes(own, taken_back))}
        )

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
    """Reads the whole chart by rules and finds what its documents disagree about."""

    def __init__(self, *, retriever: Retriever | None = None) -> None:
        super().__init__("registrar", retriever=retriever)


class Radiology(Specialist):
    """Reads imaging."""

    def __init__(self, *, model: Model | None = None, retriever: Retriever | None = None) -> None:
        super().__init__("radiology", model=model, retriever=retriever)


class Pathology(Specialist):
    """Reads histology, cytology and molecular reports."""

    def __init__(self, *, model: Model | None = None, retriever: Retriever | None = None) -> None:
        super().__init__("pathology", model=model, retriever=retriever)


class Oncology(Specialist):
    """Reads fitness, organ function and the oncologists' plans."""

    def __init__(self, *, model: Model | None = None, retriever: Retriever | None = None) -> None:
        super().__init__("oncology", model=model, retriever=retriever)


class Surgery(Specialist):
    """Reads operations, operability and the surgeons' plans."""

    def __init__(self, *, model: Model | None = None, retriever: Retriever | None = None) -> None:
        super().__init__("surgery", model=model, retriever=retriever)


_FIVE = ("registrar", "radiology", "pathology", "oncology", "surgery")


def default_specialists(
    model_of: Callable[[str], Model | None] = lambda _: None, retriever: Retriever | None = None
) -> tuple[Specialist, ...]:
    """The five seats, registrar first, then one for every other folder under ``specialties/``.

    Args:
        model_of: the seat's model, None for the rules.
        retriever: the library, None for none.
    """
    known = dict.fromkeys((*_FIVE, *names()))
    return tuple(Specialist(name, model=model_of(name), retriever=retriever) for name in known)


__all__ = ["Oncology", "Pathology", "Radiology", "Registrar", "Specialist", "Surgery", "default_specialists"]
