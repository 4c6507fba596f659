"""Observations in words: one line each."""

from __future__ import annotations

from panel.case import DocumentKind
from panel.intake.fhir.nodes import all_words, codes_in, node, nodes, period, remarks, table, text, words
from panel.intake.kinds import kind_of_name
from panel.intake.strict_json import Object

_NOT_FINAL = frozenset(("registered", "preliminary"))


def line_of(observation: Object) -> str:
    """``CA-125: 487 U/mL (Critical high; reference 0 to 35 U/mL)``; "" when it states nothing."""
    name = words(node(observation, "code"))
    value = value_of(observation)
    components = [_component(part) for part in nodes(observation, "component")]
    # Forms repeat the answer chosen as a component without a value.
    further = ", ".join(c for c in dict.fromkeys(components) if c and c != value)
    stated = "; ".join(filter(None, (value, further)))
    notes = remarks(observation)
    if not stated and not notes:
        return ""
    aside = [
        text(observation, "status") if text(observation, "status") in _NOT_FINAL else "",
        all_words(observation, "interpretation"),
        _range(observation),
        _named("site", words(node(observation, "bodySite"))),
        _named("method", _spoken(node(observation, "method"))),
    ]
    said = "; ".join(filter(None, aside))
    line = f"{name or 'Observation'}: {stated}" if stated else name or "Observation"
    return "\n".join((line + (f" ({said})" if said else ""), *(f"Note: {note}" for note in notes)))


def value_of(holder: Object) -> str:
    """The value of an Observation or component in words, whatever its type; "" when there is none."""
    quantity, concept = node(holder, "valueQuantity"), node(holder, "valueCodeableConcept")
    if quantity:
        return _quantity(quantity)
    if concept:
        return words(concept)
    if isinstance(holder.get("valueBoolean"), bool):
        return "yes" if holder["valueBoolean"] else "no"
    if span := node(holder, "valueRange"):
        return _span(span)
    if ratio := node(holder, "valueRatio"):
        return f"{_quantity(node(ratio, 'numerator'))} / {_quantity(node(ratio, 'denominator'))}"
    return text(holder, "valueString", "valueInteger", "valueDateTime", "valueTime") or period(
        holder, "valuePeriod"
    )


def kind_of_observation(observation: Object) -> DocumentKind:
    """The desk: by its code, its category, its name."""
    known = table()
    for code in codes_in(node(observation, "code")):
        if code in known.labels:
            return known.labels[code][1]
    named = kind_of_name(words(node(observation, "code")))
    if named == "genomics":  # filed as laboratory, read at another desk
        return named
    for category in nodes(observation, "category"):
        for code in codes_in(category):
            if code in known.categories:
                return known.categories[code]
    return named or "other"


def ecog_of(observation: Object) -> int | None:
    """The ECOG grade that it states; None when it is about something else."""
    code = node(observation, "code")
    if not table().ecog & set(codes_in(code)) and "ecog" not in words(code).casefold():
        return None
    grades = table().ecog_answers
    for concept in (node(observation, "valueCodeableConcept"), *nodes(observation, "interpretation")):
        for answer in codes_in(concept):
            if answer in grades:
                return grades[answer]
    value = value_of(observation).casefold().removeprefix("ecog").lstrip(" :")
    grade = value.split(" ")[0].removesuffix(".0")
    return int(grade) if grade in set("012345") else None


def _component(part: Object) -> str:
    name, value = words(node(part, "code")), value_of(part)
    return f"{name}: {value}" if name and value else name or value


def _quantity(quantity: Object) -> str:
    value = text(quantity, "value")
    return (
        " ".join(filter(None, (text(quantity, "comparator"), value, text(quantity, "unit", "code"))))
        if value
        else ""
    )


def _span(span: Object) -> str:
    low, high = _quantity(node(span, "low")), _quantity(node(span, "high"))
    return f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}" if high else ""


def _range(observation: Object) -> str:
    for limits in nodes(observation, "referenceRange"):
        if said := _span(limits) or text(limits, "text"):
            return f"reference {said}"
    return ""


def _spoken(concept: Object) -> str:
    """Words only: a bare code says nothing to a reader."""
    said = words(concept)
    return "" if said in codes_in(concept) else said


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
