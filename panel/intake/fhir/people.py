"""Patients: whether there is one, what the case file's patient block takes from them, their identity in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from panel.intake.draft import Draft, Facts, clean_id, sex_of
from panel.intake.fhir.lists import is_cancer, medication_name
from panel.intake.fhir.nodes import codes_in, date, node, nodes, sentence, text, words
from panel.intake.fhir.observations import ecog_of
from panel.intake.fhir.reports import Links
from panel.intake.fhir.select import Resource
from panel.intake.strict_json import Object

_SOCIAL_SECURITY = ("2.16.840.1.113883.4.1", "us-ssn")
"""Identifier systems that no board needs to see."""
_OVER = frozenset(("inactive", "resolved", "remission"))


def different(patients: Sequence[Resource]) -> int:
    """How many people the Patient resources are: those sharing id or identifier are one."""
    groups: list[set[str]] = []
    for patient in patients:
        names = _names(patient.body)
        touching = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names]
        groups.append(names.union(*touching))
    return len(groups)


def identity(patient: Resource) -> Draft | None:
    """Name, sex, birth and identifiers as a document, so that the registrar can hold reports against it."""
    body = patient.body
    lines = [
        sentence(("Patient name", _name(body))),
        sentence(("Sex", text(body, "gender"))),
        sentence(("Date of birth", text(body, "birthDate"))),
        *(sentence((_identifier_label(i), text(i, "value"))) for i in _identifiers(body)),
    ]
    lines = [line for line in lines if line]
    if not lines:
        return None
    id = clean_id("-".join(filter(None, ("patient", text(body, "id").removeprefix("patient-")))))
    return Draft(
        source=patient.spot,
        id=id,
        full=id,
        text="\n".join(lines),
        kind="other",
        title="Patient record",
        aside=True,
    )


def facts_of(resources: Sequence[Resource], links: Links) -> tuple[Facts, ...]:
    """What the resources say for the patient block."""
    by_type: dict[str, list[Resource]] = {}
    for resource in resources:
        by_type.setdefault(resource.type, []).append(resource)
    people = tuple(
        Facts(sex=sex_of(text(p.body, "gender")), born=date(p.body, "birthDate"))
        for p in by_type.get("Patient", ())
    )
    drugs = [*by_type.get("MedicationStatement", ()), *by_type.get("MedicationRequest", ())]
    lists = Facts(
        ecog=_ecog(by_type.get("Observation", ())),
        allergies=_unique(_allergen(a.body) for a in by_type.get("AllergyIntolerance", ())),
        comorbidities=_unique(
            words(node(c.body, "code"))
            for c in by_type.get("Condition", ())
            if not is_cancer(c.body) and not _over(c.body)
        ),
        medications=_unique(medication_name(d, links) for d in drugs if text(d.body, "status") == "active"),
    )
    return (*people, lists)


def _names(patient: Object) -> set[str]:
    """Everything by which a Patient resource may be recognised."""
    names = {
        f"{text(i, 'system')}|{text(i, 'value')}" for i in nodes(patient, "identifier") if text(i, "value")
    }
    names |= {f"id|{text(patient, 'id')}"} if text(patient, "id") else set()
    born, name = text(patient, "birthDate"), _name(patient).casefold()
    # Name and birth alone make one person only where there is nothing better to go by.
    return names or ({f"person|{name}|{born}"} if born and name else set())


def _name(patient: Object) -> str:
    for name in nodes(patient, "name"):
        given = name.get("given")
        parts = [g for g in given if isinstance(g, str)] if isinstance(given, list) else []
        if spoken := ", ".join(filter(None, (text(name, "family"), " ".join(parts)))) or text(name, "text"):
            return spoken
    return ""


def _identifiers(patient: Object) -> Iterable[Object]:
    for identifier in nodes(patient, "identifier"):
        if not any(mark in text(identifier, "system") for mark in _SOCIAL_SECURITY):
            yield identifier


def _identifier_label(identifier: Object) -> str:
    record = "MR" in codes_in(node(identifier, "type")) or "mrn" in text(identifier, "system").casefold()
    return "MRN" if record else "Patient identifier"


def _ecog(observations: Sequence[Resource]) -> int | None:
    """The latest stated grade; undated ones count as oldest."""
    stated = [
        (when.isoformat() if when else "", grade)
        for o in observations
        if (grade := ecog_of(o.body)) is not None
        for when in (date(o.body, "effectiveDateTime", "effectivePeriod", "issued"),)
    ]
    return max(stated, key=lambda pair: pair[0])[1] if stated else None


def _allergen(allergy: Object) -> str:
    """The substance; "" for the statement that there is none, and for an allergy that is over."""
    name = words(node(allergy, "code"))
    none = name.casefold().startswith(("no known", "no allerg", "nka", "nkda"))
    return "" if none or _over(allergy) else name


def _over(body: Object) -> bool:
    return bool(_OVER & set(codes_in(node(body, "clinicalStatus"))))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
