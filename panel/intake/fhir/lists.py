"""Conditions, procedures, medications and allergies as documents of readable lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from panel.intake.draft import Draft, clean_id
from panel.intake.fhir.nodes import (
    all_words,
    codes_in,
    date,
    node,
    nodes,
    period,
    remarks,
    sentence,
    table,
    text,
    words,
)
from panel.intake.fhir.reports import Links
from panel.intake.fhir.select import Resource
from panel.intake.kinds import kind_of_name
from panel.intake.strict_json import Object


def is_cancer(condition: Object) -> bool:
    """Whether a Condition is a malignancy, by ICD-10 code or by words."""
    code = node(condition, "code")
    said = " ".join((words(code), *(text(c, "display") for c in nodes(code, "coding")))).casefold()
    if any(word in said for word in table().benign):
        return False
    coded = any(c[:1] == "C" and c[1:3].isdigit() and len(c) <= 6 for c in codes_in(code))
    return coded or any(word in said for word in table().cancer)


def conditions(resources: Sequence[Resource]) -> list[Draft]:
    """One document for each cancer, one for the other conditions together."""
    cancers = [r for r in resources if is_cancer(r.body)]
    others = [r for r in resources if not is_cancer(r.body)]
    drafts = [
        Draft(
            source=r.spot,
            id=_id(r),
            full=_id(r),
            text=_condition(r.body),
            kind="oncology",
            date=date(r.body, "recordedDate", "onsetDateTime"),
            title="Diagnosis",
        )
        for r in cancers
        if _condition(r.body)
    ]
    lines = [line for r in others if (line := _condition(r.body))]
    if lines:
        drafts.append(_listed("conditions", "Other conditions", lines, others[0].spot))
    return drafts


def procedures(resources: Sequence[Resource]) -> list[Draft]:
    """One document for each procedure, dated when it was performed."""
    drafts = []
    for resource in resources:
        body = resource.body
        name = words(node(body, "code"))
        if not name:
            continue
        line = sentence(
            ("Procedure", name),
            ("Status", text(body, "status")),
            (
                "Performed",
                period(body, "performedDateTime", "performedPeriod") or text(body, "performedString"),
            ),
            ("Body site", all_words(body, "bodySite")),
            ("Reason", all_words(body, "reasonCode")),
            ("Outcome", words(node(body, "outcome"))),
            ("Complication", all_words(body, "complication")),
            ("Follow-up", all_words(body, "followUp")),
        )
        category = words(node(body, "category"))
        drafts.append(
            Draft(
                source=resource.spot,
                id=_id(resource),
                full=_id(resource),
                text="\n".join((line, *(f"Note: {note}" for note in remarks(body)))),
                kind=kind_of_name(category) or kind_of_name(name) or "note",
                date=date(body, "performedDateTime", "performedPeriod"),
                title=name,
            )
        )
    return drafts


def medications(resources: Sequence[Resource], links: Links) -> list[Draft]:
    """All medication in one document, a line each, in the order of the source."""
    lines = [line for r in resources if (line := _medication(r, links))]
    return [_listed("medications", "Medications", lines, resources[0].spot)] if lines else []


def allergies(resources: Sequence[Resource]) -> list[Draft]:
    """All allergies in one document, a line each."""
    lines = [line for r in resources if (line := _allergy(r.body))]
    return [_listed("allergies", "Allergies", lines, resources[0].spot)] if lines else []


def medication_name(resource: Resource, links: Links) -> str:
    """The drug, from the code, the Medication referred to, or the reference's own words."""
    body = resource.body
    reference = node(body, "medicationReference")
    found = links.get(reference, resource.bundle) if reference else None
    spoken = words(node(body, "medicationCodeableConcept")) or (
        words(node(found.body, "code")) if found else ""
    )
    return spoken or text(reference, "display")


# ICD-O-3: four figures, a slash and the behaviour.
_MORPHOLOGY = re.compile(r"M?-?\d{4}/\d")


def _condition(body: Object) -> str:
    code = node(body, "code")
    name = words(code)
    if not name:
        return ""
    coded = [
        " ".join(filter(None, (text(c, "display"), f"[{text(c, 'code')}]" if text(c, "code") else "")))
        for c in nodes(code, "coding")
        if (text(c, "display") and text(c, "display") != name) or _MORPHOLOGY.fullmatch(text(c, "code"))
    ]
    stages = [
        " ".join(
            filter(None, (words(node(s, "summary")), f"({words(node(s, 'type'))})" if s.get("type") else ""))
        )
        for s in nodes(body, "stage")
    ]
    line = sentence(
        ("Diagnosis", name),
        ("Coded", ", ".join(coded)),
        ("Morphology", _morphology(body)),
        ("Body site", all_words(body, "bodySite")),
        ("Stage", ", ".join(filter(None, stages))),
        ("Severity", words(node(body, "severity"))),
        ("Clinical status", words(node(body, "clinicalStatus"))),
        ("Verification", words(node(body, "verificationStatus"))),
        ("Onset", period(body, "onsetDateTime", "onsetPeriod")),
        ("Recorded", text(body, "recordedDate")[:10]),
    )
    return "\n".join((line, *(f"Note: {note}" for note in remarks(body))))


def _morphology(body: Object) -> str:
    """The histology that mCODE carries in an extension of the Condition; a code where it has no words."""
    for extension in nodes(body, "extension"):
        if text(extension, "url").endswith("histology-morphology-behavior"):
            return words(node(extension, "valueCodeableConcept"))
    return ""


def _medication(resource: Resource, links: Links) -> str:
    body = resource.body
    name = medication_name(resource, links)
    if not name:
        return ""
    doses = [*nodes(body, "dosage"), *nodes(body, "dosageInstruction")]
    line = sentence(
        ("Medication", name),
        ("Dose", ", ".join(filter(None, (text(dose, "text") for dose in doses)))),
        ("Status", text(body, "status")),
        ("Period", period(body, "effectivePeriod", "effectiveDateTime")),
        ("Ordered", text(body, "authoredOn")[:10]),
        ("Reason", all_words(body, "reasonCode")),
    )
    return "\n".join((line, *(f"Note: {note}" for note in remarks(body))))


def _allergy(body: Object) -> str:
    name = words(node(body, "code"))
    if not name:
        return ""
    reactions = [
        " ".join(
            filter(
                None,
                (all_words(r, "manifestation"), f"({text(r, 'severity')})" if text(r, "severity") else ""),
            )
        )
        for r in nodes(body, "reaction")
    ]
    line = sentence(
        ("Allergy", name),
        ("Type", text(body, "type")),
        ("Criticality", text(body, "criticality")),
        ("Reaction", ", ".join(filter(None, reactions))),
        ("Clinical status", words(node(body, "clinicalStatus"))),
        ("Verification", words(node(body, "verificationStatus"))),
    )
    return "\n".join((line, *(f"Note: {note}" for note in remarks(body))))


def _listed(id: str, title: str, lines: Sequence[str], source: str) -> Draft:
    return Draft(source=source, id=id, full=id, text="\n".join(lines), kind="note", title=title)


def _id(resource: Resource) -> str:
    return clean_id(text(resource.body, "id") or resource.type.lower())
