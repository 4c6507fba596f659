"""A seat read by a model: the chart put to it in pieces that fit, and every statement held against its quote.

The rules are the model's proof-reader: where they read the same question in the quoted words, the two must agree.
What is not carried is shown as unsupported, what cannot be found or understood is an abstention; nothing is dropped
in silence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from agents import anchor, answer, prompt
from agents import proof as proof_reading
from agents.pieces import Piece, divide
from agents.specialty import Specialty
from panel.case import Case, Document, Evidence
from panel.errors import ModelError, ModelLost
from panel.opinion import Abstention, Finding, Intent, Opinion, Recommendation, Value
from panel.protocols import Model


@dataclasses.dataclass(frozen=True, slots=True)
class ModelReading:
    """What came of asking the model about one desk."""

    impression: str = ""
    findings: tuple[Finding, ...] = ()
    unsupported: tuple[Finding, ...] = ()
    steps: tuple[Recommendation, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    answered: bool = False
    """Whether any piece was answered: when none was, the rules speak for the seat."""


class _Told(NamedTuple):
    """The outcome of one call."""

    pieces: tuple[Piece, ...]
    answer: answer.Answer | None
    reason: str = ""


def read(
    specialty: Specialty,
    model: Model,
    case: Case,
    desk: Sequence[Document],
    proof: Sequence[Finding],
    plans: Sequence[Recommendation] = (),
) -> ModelReading:
    """Put the desk's documents to the model.

    Args:
        specialty: who reads.
        model: the seat's own adapter.
        case: the case.
        desk: the documents on the seat's desk.
        proof: what the rules read in the whole chart.
        plans: what it already plans, as the rules read it.

    Raises:
        ModelLost: the model answered before and no longer does.
    """
    calls, unread = divide(desk, lambda documents: model.measure(prompt.reading(specialty, case, documents)) <= model.room)
    abstained = [_unread(piece) for piece in unread]
    if len(calls) == 1:
        told = [_ask(specialty, model, case, calls[0])]
    else:
        with ThreadPoolExecutor(max(len(calls), 1)) as pool:
            told = list(pool.map(lambda pieces: _ask(specialty, model, case, pieces), calls))
    abstained += [_not_read(outcome) for outcome in told if outcome.answer is None]
    answered = [(outcome.answer, outcome.pieces) for outcome in told if outcome.answer]
    judged = [_judge(one, specialty, pieces, proof) for said, pieces in answered for one in said.findings]
    steps = [_step(one, specialty, pieces, plans) for said, pieces in answered for one in said.recommendations]
    prose = [_prose(said.impression, pieces) for said, pieces in answered]
    abstained += [one for one in (*judged, *steps, *prose) if isinstance(one, Abstention)]
    return ModelReading(
        impression=" ".join(one for one in prose if isinstance(one, str) and one),
        findings=tuple(dict.fromkeys(j.finding for j in judged if isinstance(j, _Judged) and j.founded)),
        unsupported=tuple(dict.fromkeys(j.finding for j in judged if isinstance(j, _Judged) and not j.founded)),
        steps=tuple(dict.fromkeys(one for one in steps if isinstance(one, Recommendation))),
        abstentions=tuple(dict.fromkeys(abstained)),
        answered=bool(answered),
    )


def _not_read(outcome: _Told) -> Abstention:
    named = ", ".join(dict.fromkeys(piece.document.id for piece in outcome.pieces))
    return Abstention(question="*", reason=f"The model did not read {named}: {outcome.reason}.")


def _prose(impression: str, pieces: Sequence[Piece]) -> str | Abstention:
    """The impression, which quotes nothing; withheld when it gives a size that none of the documents holds."""
    shown = " ".join(piece.shown.text for piece in pieces)
    if anchor.sizes(impression) <= anchor.sizes(shown):
        return impression.strip()
    return Abstention(question="*", reason="The model's impression gives a size that no document it read holds: it is not shown.")


def withdrawn(
    specialty: Specialty, model: Model, case: Case, desk: Sequence[Document], own: Opinion, others: Sequence[Opinion]
) -> tuple[dict[int, str], str]:
    """What the model takes back after hearing the others: index of its finding to the reason; and why it could not say.

    It is asked only when another seat answers one of its questions differently, and about the documents it quoted.

    Raises:
        ModelLost: the model answered before and no longer does.
    """
    if not _disputed(own, others):
        return {}, ""
    quoted = {finding.evidence[0].document for finding in own.findings}
    shown = list(desk)
    asked = prompt.exchange(specialty, case, shown, own.findings, others)
    if model.measure(asked) > model.room:  # the same chart as before when it fits, for the prefix is cached
        shown = [document for document in desk if document.id in quoted]
        asked = prompt.exchange(specialty, case, shown, own.findings, others)
    if model.measure(asked) > model.room:
        return {}, "the chart and what the others say do not fit the model's window together"
    try:
        second = answer.read_second(model.complete(asked, answer.exchange_schema(len(own.findings))))
    except (answer.Unusable, ModelError) as error:
        if isinstance(error, ModelLost):
            raise
        return {}, str(error)
    return {w.finding: w.reason for w in second.withdraw if 0 <= w.finding < len(own.findings)}, ""


def _disputed(own: Opinion, others: Sequence[Opinion]) -> bool:
    said: dict[str, set[Value]] = {}
    for finding in own.findings:
        said.setdefault(finding.question, set()).add(finding.value)
    return any(f.question in said and said[f.question] != {f.value} for other in others for f in other.findings)


def _ask(specialty: Specialty, model: Model, case: Case, pieces: tuple[Piece, ...]) -> _Told:
    documents = [piece.shown for piece in pieces]
    asked = prompt.reading(specialty, case, documents)
    schema = answer.reading_schema(specialty, list(dict.fromkeys(d.id for d in documents)))
    reason = ""
    for again in (False, True):
        try:
            return _Told(pieces, answer.read_answer(model.complete(asked, schema, again=again)))
        except answer.Unusable as error:
            reason = str(error) + (", twice" if again else "")
        except ModelLost:
            raise
        except ModelError as error:
            return _Told(pieces, None, error.what)
    return _Told(pieces, None, reason)


class _Judged(NamedTuple):
    finding: Finding
    founded: bool


def _judge(
    said: answer.Statement, specialty: Specialty, pieces: Sequence[Piece], proof: Sequence[Finding]
) -> _Judged | Abstention:
    if said.question not in specialty.questionnaire:  # whatever a server lets through
        return Abstention(question="*", reason="The model answers a question that it was not asked.")
    places = list(_places(said.document, said.quote, pieces))
    if not places:
        return Abstention(question=said.question, reason="The model quotes words that do not stand in the document.")
    try:
        anchor.normal(said.question, said.value)
    except anchor.Unfounded as error:
        return Abstention(question=said.question, reason=f"The model's answer cannot be used: {error}.")
    # Words that stand in several places are held against each of them: one that carries the statement is enough.
    judged = [_held(said, document, evidence, proof) for evidence, document in places]
    return next((one for one in judged if one.founded), judged[0])


def _held(said: answer.Statement, document: Document, evidence: Evidence, proof: Sequence[Finding]) -> _Judged:
    reading = anchor.normal(said.question, said.value)
    finding = Finding(
        question=said.question,
        value=proof_reading.named(said.question, reading.value),
        unit=reading.unit,
        date=document.date,
        evidence=(evidence,),
    )
    read = [f for f in proof if f.question == said.question and _overlap(f, evidence)]
    same = next((f for f in read if finding.value == f.value or anchor.agrees(said.question, said.value, f.value)), None)
    try:
        sure = proof_reading.certainty(said.question, said.value, document, evidence) if same is None else same.certainty
    except anchor.Unfounded:
        return _Judged(finding, founded=False)
    if same is None and read and all(f.unit and (f.unit[0] == "%") != (reading.unit == "%") for f in read):
        read = []  # "FEV1 1.8 L (72 %)": another number of the same test
    if same is None and read:
        if not all(anchor.converted(f.value, evidence.quote) for f in read):
            return _Judged(finding, founded=False)
        same = read[0]
    if same is not None:
        kept = {"value": same.value, "unit": same.unit, "date": same.date, "certainty": same.certainty}
        return _Judged(finding.model_copy(update=kept), founded=True)
    return _Judged(finding.model_copy(update={"certainty": sure}), founded=True)


def _overlap(finding: Finding, evidence: Evidence) -> bool:
    return any(
        e.document == evidence.document and e.start < evidence.end and evidence.start < e.end for e in finding.evidence
    )


def _places(id: str, quote: str, pieces: Sequence[Piece]) -> Iterator[tuple[Evidence, Document]]:
    for piece in pieces:
        if piece.document.id == id:
            for span in anchor.places(quote, piece.document.text, piece.start, piece.end):
                yield Evidence.of(piece.document, *span), piece.document


_INTENTS: dict[str, Intent] = {
    "curative": "curative", "palliative": "palliative", "diagnostic": "diagnostic", "supportive": "supportive"
}


def _step(
    said: answer.Step, specialty: Specialty, pieces: Sequence[Piece], plans: Sequence[Recommendation]
) -> Recommendation | Abstention:
    if said.action not in specialty.actions:
        return Abstention(question="*", reason="The model recommends a step that has no such name.")
    evidence: tuple[Evidence, ...] = ()
    if said.document or said.quote:
        places = list(_places(said.document, said.quote, pieces))
        if not places:
            reason = "The model recommends it with words that do not stand in the document."
            return Abstention(question=said.action, reason=reason)
        planned = [e for e, document in places if proof_reading.planned(said.action, document, e, plans)]
        if not planned:
            reason = "The model recommends it with words of the document that do not plan it."
            return Abstention(question=said.action, reason=reason)
        evidence = (planned[0],)
    try:
        answer.check_prose(said.rationale, empty=True)
    except answer.Unusable as error:
        return Abstention(question=said.action, reason=f"The model recommends it for no reason that can be used: {error}.")
    return Recommendation(
        action=said.action, intent=_INTENTS.get(said.intent, "unstated"), rationale=said.rationale.strip(), evidence=evidence
    )


def _unread(piece: Piece) -> Abstention:
    text = piece.document.text
    part = "" if (piece.start, piece.end) == (0, len(text)) else f", characters {piece.start} to {piece.end} of {len(text)}"
    return Abstention(
        question="*", reason=f"The model did not read {piece.document.id}{part}: the chart is too long for its window."
    )


def changes(own: Opinion, taken_back: dict[int, str]) -> Iterator[str]:
    """How each withdrawal is told in the opinion."""
    for index, reason in sorted(taken_back.items()):
        finding = own.findings[index]
        yield f"{finding.question} = {finding.value} withdrawn by the model: {reason.strip() or 'no reason given'}"
