"""FHIR resources into drafts of documents and facts of the patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from panel.case import DocumentKind
from panel.intake.draft import Content, Draft, Sourced, clean_id
from panel.intake.fhir import lists, people
from panel.intake.fhir.nodes import date, text
from panel.intake.fhir.observations import kind_of_observation, line_of
from panel.intake.fhir.reports import Links, Written, diagnostic_report, document_reference
from panel.intake.fhir.select import Resource, select
from panel.intake.flatten import flatten
from panel.intake.kinds import kind_of_text
from panel.intake.problem import problem
from panel.intake.rows import label


def read_resources(bodies: Iterable[Sourced], where: str, mixed: bool = False) -> Content:
    """The documents of FHIR R4 resources and Bundles.

    Args:
        bodies: resources and Bundles with the files they stand in.
        where: the file or folder as a whole, for messages.
        mixed: whether they lie in a folder among other documents. Two patients in one Bundle are a wrong
            export; two patients in a folder are what the registrar is there to find, so both are shown.

    Raises:
        InputError: nothing in them can be used, or a Bundle is about several patients.
    """
    resources, notes = select(bodies)
    patients = _of(resources, "Patient")
    count = people.different(patients)
    if count > 1 and not mixed:
        raise problem(where, f"is about {count} different patients", "Give one bundle for each patient")
    links = Links(resources)
    written = _reports(resources, links)
    used = frozenset(key for w in written for key in w.used)
    observations = [r for r in _of(resources, "Observation") if id(r.body) not in used]
    drafts = [
        *(w.draft for w in written if w.draft),
        *_observed(observations, _desks(resources, written)),
        *lists.conditions(_of(resources, "Condition")),
        *lists.procedures(_of(resources, "Procedure")),
        *lists.medications(_of(resources, "MedicationStatement", "MedicationRequest"), links),
        *lists.allergies(_of(resources, "AllergyIntolerance")),
        *_beyond_fhir(resources),
    ]
    if not drafts and not mixed:
        raise problem(where, "holds no FHIR resource that can be used", _nothing(notes))
    drafts += [record for p in patients if (record := people.identity(p))]
    said = (f"{where}: {count} different Patient resources",) if count > 1 else ()
    found = tuple(note for w in written for note in w.notes)
    return Content(
        drafts=tuple(drafts),
        facts=people.facts_of(resources, links),
        notes=(*notes, *said, *dict.fromkeys(found)),
    )


def _nothing(notes: Sequence[str]) -> str:
    """What is needed, and what was there instead."""
    seen = f" ({notes[0].rpartition(': ')[2]})" if notes else ""
    return f"It needs a valid report, document, observation, condition, procedure or medication{seen}"


def _of(resources: Sequence[Resource], *types: str) -> list[Resource]:
    return [r for r in resources if r.type in types]


def _reports(resources: Sequence[Resource], links: Links) -> list[Written]:
    reports = _of(resources, "DiagnosticReport")
    written = [diagnostic_report(r, links, ()) for r in reports]
    used = frozenset(key for w in written for key in w.used)
    # Exports whose references do not resolve: undated observations beside a bundle's only report are its.
    for index, report in enumerate(reports):
        alone = report.bundle and sum(r.bundle == report.bundle for r in reports) == 1
        loose = [
            o
            for o in _of(resources, "Observation")
            if alone and o.bundle == report.bundle and id(o.body) not in used and _when(o) is None
        ]
        if loose:
            written[index] = diagnostic_report(report, links, loose)
    written += [document_reference(r, links) for r in _of(resources, "DocumentReference")]
    return written


def _desks(resources: Sequence[Resource], written: Sequence[Written]) -> Mapping[int, DocumentKind]:
    """For each bundle the kind of its reports, where they are all of one kind."""
    kinds: dict[int, set[DocumentKind]] = {}
    for report, made in zip(_of(resources, "DiagnosticReport"), written, strict=False):
        if report.bundle and made.draft:
            kinds.setdefault(report.bundle, set()).add(made.draft.kind)
    return {bundle: found.pop() for bundle, found in kinds.items() if len(found) == 1}


def _observed(observations: Sequence[Resource], desks: Mapping[int, DocumentKind]) -> list[Draft]:
    """Observations outside reports: one document for each desk and day."""
    groups: dict[tuple[str, DocumentKind], list[Resource]] = {}
    for observation in observations:
        if line_of(observation.body):
            when = _when(observation)
            kind = kind_of_observation(observation.body)
            if kind == "other":  # names nothing by itself: most likely of the desk that sent the bundle
                kind = desks.get(observation.bundle, kind)
            key = (when.isoformat() if when else "", kind)
            groups.setdefault(key, []).append(observation)
    drafts = []
    for (day, kind), members in sorted(groups.items()):
        own = text(members[0].body, "id") if len(members) == 1 else ""
        id = clean_id(own or "-".join(filter(None, ("observations", kind, day))))
        drafts.append(
            Draft(
                source=members[0].spot,
                id=id,
                full=id,
                text="\n".join(line_of(member.body) for member in members),
                kind=kind,
                date=_when(members[0]),
                title="Observations",
            )
        )
    return drafts


def _beyond_fhir(resources: Sequence[Resource]) -> list[Draft]:
    """Fields that exporters added to a resource: history and notes are found there."""
    drafts = []
    for resource in resources:
        added = {key: value for key, value in resource.body.items() if key in resource.unknown}
        said = flatten(added)
        if said.strip():
            id = clean_id(f"{text(resource.body, 'id') or resource.type}-other-fields")
            kind = kind_of_text(said) or "note"
            title = f"{label(resource.type)}, other fields"
            drafts.append(Draft(source=resource.spot, id=id, full=id, text=said, kind=kind, title=title))
    return drafts


def _when(observation: Resource) -> dt.date | None:
    return date(observation.body, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")
