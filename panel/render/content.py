"""What a report says, apart from how it is drawn: wording shared by page, markdown and terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from panel.case import Document, Evidence, Patient
from panel.conflict import Conflict, Proposal, Side
from panel.opinion import Finding, Opinion, Recommendation, Reference, Value
from panel.render import words
from panel.report import ChartReport, Dissent, PanelReport

NOTICE = "Informs clinicians, does not decide. Not a medical device."
NO_WORDS = "No words of the chart stand on this side."
SECTIONS = (
    "What a person must decide",
    "Missing data",
    "What each specialty reads",
    "Agreed",
    "Plan",
    "Dissent",
    "References",
    "Documents",
    "Provenance",
)
_ABSENT = (False, "absent", "negative", "not_done")
_SEVERITY = {"high": 0, "moderate": 1, "low": 2}


def badge(report: PanelReport) -> str:
    """The status in the words of the badge: FINAL, AWAITING REVIEW with the number open, or NOT COMPLETE with the seats that failed."""
    if report.status == "final":
        return "FINAL"
    if not report.open:
        return f"NOT COMPLETE – {', '.join(report.failed)} failed"
    return f"AWAITING REVIEW – {len(report.open)} open"


def caution(report: PanelReport) -> str:
    """What a reader must know first: that it is a draft, or that points stay unsettled; else empty."""
    if report.status == "final":
        points = words.plural(len(unsettled(report)), "point")
        return f"Ruled on but not settled: {points}. See section 1." if unsettled(report) else ""
    if not report.open:
        return f"DRAFT. Run the case again: {', '.join(report.failed)} failed, and what was not read is not in it. Do not act on it."
    points = words.plural(len(report.open), "point")
    return f"DRAFT. A named person must rule on {points} before this report is final. Do not act on it."


def section(number: int, report: PanelReport) -> str:
    """Title of a section, from 1; the first speaks of the past once every ruling is made."""
    if number == 1 and report.conflicts and not report.open:
        return "What a person decided"
    return SECTIONS[number - 1]


def unsettled(report: PanelReport) -> tuple[Conflict, ...]:
    """Conflicts ruled on and yet not closed: deferred to a test or escalated."""
    return tuple(c for c in report.conflicts if c.ruling and not c.ruling.closes)


def ordered(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Open ones first, then unsettled, then settled; by severity within each, else as they came."""
    return tuple(sorted(conflicts, key=lambda c: (_stand(c), _SEVERITY[c.severity])))


def _stand(conflict: Conflict) -> int:
    if conflict.ruling is None:
        return 0
    return 2 if conflict.ruling.closes else 1


def standing(conflict: Conflict) -> str:
    """OPEN, DEFERRED, ESCALATED or RULED."""
    if conflict.ruling is None:
        return "OPEN"
    return {"defer": "DEFERRED – unsettled", "escalate": "ESCALATED – unsettled"}.get(
        conflict.ruling.decision, "RULED"
    )


def subject(conflict: Conflict) -> str:
    """What a conflict is about: its kind, and the question in dispute where that says more."""
    title = words.kind(conflict.kind, conflict.question).title
    asked = words.question(conflict.question)
    if asked.lower() in title.lower():
        return title
    return asked if title.lower() in asked.lower() else f"{title} · {asked}"


def nothing_found(report: PanelReport) -> str:
    """What an empty list of conflicts means, and no more than that."""
    readers = "the rules and models" if any(o.reader == "model" for o in report.opinions) else "the rules"
    text = f"No disagreement was found by {readers} in what they can read. This does not mean that there is none."
    if silent := [o for o in report.opinions if silence(o)]:
        seats = ", ".join(words.seat(o.specialty) for o in silent)
        text += f" Not read by: {seats}."
    return text


def silence(opinion: Opinion) -> str | None:
    """Why a seat said nothing at all, or None when it spoke."""
    if opinion.findings or opinion.recommendations:
        return None
    for abstention in opinion.abstentions:
        if abstention.question == "*":
            return abstention.reason
    return "It has no finding that is anchored in the chart."


def patient_lines(patient: Patient) -> tuple[tuple[str, str], ...]:
    """The patient block as (label, words); an empty entry says that the case file gives none."""
    none = "none given in the case file"
    years = f"{patient.age} years" if patient.age is not None else "age not given"
    person = f"{years}, {patient.sex}" if patient.sex else f"{years}, sex not given"
    fit = f"ECOG {patient.ecog}" if patient.ecog is not None else "ECOG not given"
    return (
        ("Patient", f"{person}, {fit}"),
        ("Allergies", ", ".join(patient.allergies) or none),
        ("Comorbidities", ", ".join(patient.comorbidities) or none),
        ("Medication", ", ".join(patient.medications) or none),
        ("Preferences", patient.preferences or none),
    )


def document_title(document: Document) -> str:
    """The title, or the kind of document where it has none."""
    return document.title.strip() or f"{words.words().documents[document.kind]} document"


def document_line(document: Document) -> str:
    """Title and date: "CT chest, 2 Mar 2026"."""
    return f"{document_title(document)}, {words.date(document.date)}"


def side_holder(chart: ChartReport, side: Side) -> str:
    """Who holds a side: a document's title and date, a seat, the case file or a rule's source."""
    for document in chart.documents:
        if document.id == side.by:
            return document_line(document)
    return words.holder(side.by)


def side_value(conflict: Conflict, value: Value) -> str:
    """A position of a conflict in words."""
    return words.capital(words.value(conflict.question, value))


def positions(conflict: Conflict) -> list[str]:
    """The positions in words, each once, with how many sides hold it when several do."""
    held = Counter(side_value(conflict, side.value) for side in conflict.sides)
    return [value if count == 1 else f"{value} (×{count})" for value, count in held.items()]


def ruling_words(chart: ChartReport, conflict: Conflict) -> str:
    """The decision of a ruling in words, without its reason; empty while the conflict is open."""
    ruling = conflict.ruling
    if ruling is None:
        return ""
    if ruling.decision == "accept" and ruling.side is not None and ruling.side < len(conflict.sides):
        side = conflict.sides[ruling.side]
        return f"Accepted: {side_value(conflict, side.value)} ({side_holder(chart, side)})"
    lead = {"amend": "Amended to", "defer": "Deferred until", "escalate": "Escalated to"}
    return f"{lead.get(ruling.decision, 'Accepted')}: {ruling.value or ''}"


def ruling_line(conflict: Conflict) -> str:
    """Who ruled and when; empty while the conflict is open."""
    ruling = conflict.ruling
    return f"{ruling.reviewer}, {words.moment(ruling.time)}" if ruling else ""


def proposal_lean(chart: ChartReport, conflict: Conflict, proposal: Proposal) -> str:
    """Which side the machine leans to, in words; empty when it leans to none."""
    if proposal.favours is None or proposal.favours >= len(conflict.sides):
        return ""
    side = conflict.sides[proposal.favours]
    return f"Leans to: {side_value(conflict, side.value)} ({side_holder(chart, side)})."


@dataclass(frozen=True, slots=True)
class Line:
    """Findings of one seat that say the same, as one line of a table."""

    question: str
    answer: str
    certainty: str
    findings: tuple[Finding, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All quotes, each once, in order."""
        return tuple(dict.fromkeys(e for f in self.findings for e in f.evidence))

    @property
    def references(self) -> tuple[Reference, ...]:
        """All library passages, each once."""
        return tuple(dict.fromkeys(r for f in self.findings for r in f.references))


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


def grouped(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Findings in human words under the headings of ``labels.yaml``, what is absent last."""
    merged: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        answer = words.value(finding.question, finding.value, finding.unit)
        merged.setdefault((finding.question, answer, finding.certainty), []).append(finding)
    by_group: dict[str, list[tuple[bool, Line]]] = {}
    for (question, answer, certainty), same in merged.items():
        shown = "" if certainty == "stated" else words.words().certainties[certainty]
        line = Line(words.question(question), answer, shown, tuple(same))
        by_group.setdefault(words.group(question), []).append((same[0].value in _ABSENT, line))
    known = words.words().groups
    return tuple(
        Group(known[name], tuple(line for _, line in sorted(by_group[name], key=lambda pair: pair[0])))
        for name in known
        if name in by_group
    )


def plans(recommendations: Sequence[Recommendation]) -> tuple[tuple[str, Recommendation], ...]:
    """Steps written in the same words as one plan: (the steps and their aim in words, the first of them)."""
    merged: dict[Recommendation, list[str]] = {}
    for step in recommendations:
        shared = step.model_copy(update={"action": "plan"}) if step.evidence else step
        merged.setdefault(shared, []).append(step.action)
    return tuple((_plan_words(plan, actions), plan) for plan, actions in merged.items())


def _plan_words(plan: Recommendation, actions: Sequence[str]) -> str:
    rest = [key for key in actions if not key.startswith("intent.")]
    shown = rest if rest and plan.intent != "unstated" else actions  # the aim is said once
    return f"{words.actions(shown)} ({words.words().intents[plan.intent]})"


def left_open(opinion: Opinion) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a seat that speaks leaves unsaid: (reason, the questions in words); no questions: the reason is all."""
    by_reason: dict[str, list[str]] = {}
    for abstention in opinion.abstentions:
        asked = [] if abstention.question == "*" else [words.question(abstention.question)]
        by_reason.setdefault(abstention.reason.strip().rstrip("."), []).extend(asked)
    spoken = bool(opinion.findings or opinion.recommendations)
    return tuple((reason, tuple(asked)) for reason, asked in by_reason.items() if asked or spoken)


def reader_words(opinion: Opinion) -> str:
    """Who spoke for the seat."""
    return "read by rules, no model" if opinion.reader == "rules" else f"read by the model {opinion.model}"


def dissent_words(report: PanelReport, dissent: Dissent) -> tuple[str, str]:
    """(what was held, what it was about) of a position not followed."""
    for conflict in report.conflicts:
        if conflict.id == dissent.conflict:
            return side_value(conflict, dissent.value), words.question(conflict.question)
    return str(dissent.value), dissent.conflict


def no_dissent(report: PanelReport) -> str:
    """What an empty list of dissent means."""
    if not report.conflicts:
        return "There was nothing to rule on."
    return (
        "Nothing has been ruled on yet."
        if len(report.open) == len(report.conflicts)
        else "No position was overruled."
    )


def reference_words(reference: Reference) -> str:
    """A library passage in one line: the document, its edition, and the heading."""
    heading = reference.locator.rpartition("#")[2].replace("-", " ")
    return f"{reference.title or reference.source} ({reference.edition}), {heading}"


def provenance(report: PanelReport) -> tuple[tuple[str, str], ...]:
    """The run stamp as (label, words)."""
    stamp = report.stamp
    return (
        ("Run", report.run_id),
        ("Started", words.moment(stamp.started)),
        ("expert-panel", stamp.version),
        ("Case, SHA-256", stamp.case),
        ("Rules, SHA-256", stamp.rules),
        ("Model", stamp.model or "none: the rules spoke"),
        ("Prompts, SHA-256", stamp.prompts or "none"),
        ("Reference index", stamp.index or "none"),
    )
