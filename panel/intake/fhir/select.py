"""Which resources are read: out of their bundles, each once, valid where this reader looks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from panel.intake.draft import Sourced
from panel.intake.fhir.nodes import node, nodes, text
from panel.intake.strict_json import Object
from panel.intake.wordset import wordset

READ: dict[str, frozenset[str]] = {
    "Patient": wordset("id identifier name gender birthDate"),
    "Condition": wordset(
        "id code bodySite clinicalStatus verificationStatus severity stage note onsetDateTime recordedDate"
    ),
    "Observation": wordset("""id identifier status category code effectiveDateTime effectivePeriod effectiveInstant issued value
        valueQuantity valueCodeableConcept valueString valueBoolean valueInteger valueRange valueRatio valueTime
        valueDateTime valuePeriod interpretation referenceRange component bodySite method note hasMember
        dataAbsentReason"""),
    "DiagnosticReport": wordset("""id status category code effectiveDateTime effectivePeriod issued result presentedForm conclusion
        conclusionCode"""),
    "DocumentReference": wordset("id status docStatus type category date description content context"),
    "Procedure": wordset("""id status category code performedDateTime performedPeriod performedString bodySite outcome reasonCode
        complication followUp note"""),
    "MedicationRequest": wordset(
        "id status intent medicationCodeableConcept medicationReference authoredOn dosageInstruction note reasonCode"
    ),
    "MedicationStatement": wordset("""id status medicationCodeableConcept medicationReference effectiveDateTime effectivePeriod dateAsserted
        dosage note reasonCode"""),
    "AllergyIntolerance": wordset(
        "id code clinicalStatus verificationStatus type category criticality reaction recordedDate note"
    ),
    "Medication": frozenset(("id", "code")),
    "Binary": frozenset(("id", "contentType", "data")),
}
"""The elements read of each type; a fault elsewhere in a resource is no reason to lose it."""

_WITHDRAWN = frozenset(("entered-in-error", "cancelled", "not-done"))
# What fhir.resources raises beside ValidationError on JSON that is not of FHIR's shape.
_FOREIGN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError)


@dataclass(frozen=True, slots=True)
class Resource:
    """One usable resource."""

    type: str
    body: Object
    url: str
    """``fullUrl`` of its entry, "" when it stood in none."""
    where: str
    """The file it stands in."""
    bundle: int
    """Number of the bundle it came from, 0 for none: resources of one bundle belong together."""
    unknown: frozenset[str]
    """Fields of it that FHIR does not know."""

    @property
    def spot(self) -> str:
        """Where it stands, for messages."""
        return f"{self.where}, {self.type}"


@dataclass(frozen=True, slots=True)
class _Found:
    where: str
    body: Object
    url: str
    bundle: int


def select(bodies: Iterable[Sourced]) -> tuple[list[Resource], tuple[str, ...]]:
    """The usable resources in order, and notes on the others (types and positions, no values)."""
    kept: list[Resource] = []
    notes: list[str] = []
    seen: set[str] = set()
    unread: dict[str, Counter[str]] = {}
    for position, found in enumerate(_unbundled(bodies)):
        type = text(found.body, "resourceType")
        if type not in READ:
            named = type if _is_fhir(type) else "entries without a known type"
            unread.setdefault(found.where, Counter())[named] += 1
            continue
        key = json.dumps(found.body, sort_keys=True)
        if key in seen:
            continue
        seen.add(key)
        fault, unknown = _faults(type, found.body)
        if fault:
            notes.append(f"{found.where}: {type} (resource {position + 1}) skipped: {fault}")
            continue
        if unknown:
            notes.append(f"{found.where}: {type} (resource {position + 1}) has fields that are not FHIR")
        kept.append(Resource(type, found.body, found.url, found.where, found.bundle, unknown))
    for where, types in unread.items():
        counts = ", ".join(f"{count} {type}" for type, count in sorted(types.items()))
        notes.append(f"{where}: not read: {counts}")
    return kept, tuple(notes)


def _is_fhir(type: str) -> bool:
    """Whether FHIR has such a type: only then may its name, which is the file's own word, be shown."""
    from fhir.resources.R4B import fhirtypes

    return type.isalpha() and hasattr(fhirtypes, f"{type}Type")


def _unbundled(bodies: Iterable[Sourced]) -> Iterator[_Found]:
    """Depth first; nesting is bounded where the JSON was read."""
    bundles = 0

    def walk(where: str, body: Object, url: str, bundle: int) -> Iterator[_Found]:
        nonlocal bundles
        if body.get("resourceType") != "Bundle":
            yield _Found(where, body, url, bundle)
            for inner in nodes(body, "contained"):
                yield _Found(where, inner, f"#{text(inner, 'id')}", bundle)
            return
        bundles += 1
        number = bundles
        for entry in nodes(body, "entry"):
            yield from walk(where, node(entry, "resource"), text(entry, "fullUrl"), number)

    for sourced in bodies:
        yield from walk(sourced.where, sourced.body, "", 0)


def _faults(type: str, body: Object) -> tuple[str, frozenset[str]]:
    """Why the resource must not be used ("" when it may), and its fields that are not FHIR."""
    status = text(body, "status")
    verification = {text(c, "code") for c in nodes(node(body, "verificationStatus"), "coding")}
    if status in _WITHDRAWN or verification & {"entered-in-error", "refuted"}:
        return "withdrawn, refuted or not done", frozenset()
    if body.get("modifierExtension"):
        return "a modifier extension may change its meaning", frozenset()
    from fhir.resources.R4B import get_fhir_model_class  # late: R4B is the nearest to R4 that it has

    try:
        get_fhir_model_class(type).model_validate(body)
    except ValidationError as error:
        return _judged(error, type)
    except _FOREIGN:
        return "not valid FHIR R4", frozenset()
    return "", frozenset()


def _judged(error: ValidationError, type: str) -> tuple[str, frozenset[str]]:
    bad: set[str] = set()
    unknown: set[str] = set()
    for detail in error.errors(include_url=False, include_input=False, include_context=False):
        loc = detail["loc"]
        field = str(loc[0]) if loc else ""
        if detail["type"] == "extra_forbidden" and len(loc) == 1:
            unknown.add(field)
        elif not loc or field in READ[type]:
            bad.add(field or "a required element")
    if bad:
        return f"not valid FHIR R4 in {', '.join(sorted(bad))}", frozenset()
    return "", frozenset(unknown)
