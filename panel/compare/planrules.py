"""The plan rules and the missing-data gate as data: ``knowledge/criteria`` checked and loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from panel.case import Frozen
from panel.compare.policy import Source, criteria_folder
from panel.conflict import PanelKind, Severity
from panel.errors import ConfigurationError

Kind = Literal["contraindication", "prerequisite", "guideline"]
_FILES: dict[str, PanelKind] = {
    "contraindications": "contraindication",
    "prerequisites": "prerequisite",
    "guidelines": "guideline",
}


class Condition(Frozen):
    """What must be found in the chart; of the operators exactly those given are tested."""

    question: str
    below: float | None = None
    above: float | None = None
    equals: str | int | float | bool | None = None
    in_: Annotated[tuple[str | int | float, ...] | None, Field(alias="in")] = None
    present: bool | None = None
    or_: Annotated[tuple[Condition, ...], Field(alias="or")] = ()
    """Other facts of which one is enough."""

    @property
    def numeric(self) -> bool:
        """Whether it compares a number."""
        return self.below is not None or self.above is not None


class PlanRule(Frozen):
    """A plan that a fact of the chart speaks against, or that needs a result first."""

    id: str
    tumour: tuple[str, ...] = ()
    """Tumours it holds for; empty: any."""
    plan: Annotated[tuple[str, ...], Field(min_length=1)]
    """Any one of these in the plan: drug, class, regimen or treatment id, ``omit.<id>``, ``sequence.<id>``…"""
    not_with: tuple[str, ...] = ()
    """A plan that also holds one of these is not meant."""
    when: tuple[Condition, ...] = ()
    """All must hold."""
    needs: tuple[str, ...] = ()
    """Prerequisites: a result to any one of these questions is enough."""
    unless: tuple[Condition, ...] = ()
    """Facts of which any one lifts the rule."""
    unless_said: tuple[str, ...] = ()
    """Words, lower case, that lift the rule wherever the chart holds them."""
    unless_written: tuple[str, ...] = ()
    """Words, lower case, by which the document that holds the plan has answered the fact itself."""
    severity: Severity
    why: str
    passage: str = ""
    """Passage of the library that says so; `panel knowledge verify` holds the two against each other."""
    source: Source
    kind: PanelKind = "contraindication"

    @property
    def cited(self) -> str:
        """The reason with its source."""
        return f"{self.why.rstrip('. ')} ({self.source.organisation}, {self.source.document}, {self.source.year})."


class RequiredItem(Frozen):
    """Something the board needs for a tumour."""

    item: str
    any_of: Annotated[tuple[str, ...], Field(min_length=1)]
    """One of these answered is enough."""
    each_of: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = ()
    """So is one of each of these groups: EGFR and ALK, not either."""
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    why: str
    asked_by: str
    source: Source


class PatientTerms(Frozen):
    """How the patient block of a case file, which is no document, says what the rules ask."""

    terms: dict[str, tuple[str, ...]]
    """Question to words, lower case; the words of the id itself always count."""
    passing: tuple[str, ...]
    """Questions that an old year or "resolved" in the entry answers with no."""
    spoken: dict[str, tuple[str, ...]]
    """Question to words whose mere mention shows that the result is known of."""
    consulted: dict[str, tuple[str, ...]]
    """Question, or its first part, to the stems of those whose leave answers it in the plan's own document."""


@lru_cache(maxsize=1)
def load_plan_rules() -> tuple[PlanRule, ...]:
    """The rules of all three files.

    Raises:
        ConfigurationError: a file is missing or broken.
    """
    rules: list[PlanRule] = []
    adapter = TypeAdapter(tuple[PlanRule, ...])
    for name, kind in _FILES.items():
        content = _load(name)
        if not isinstance(content, list):
            raise ConfigurationError(f"{name}.yaml", "is not a list of rules", "Restore the file.")
        try:
            found = adapter.validate_python(content)
        except ValidationError as error:
            raise _broken(name, error) from error
        rules.extend(rule.model_copy(update={"kind": kind}) for rule in found)
    return tuple(rules)


@lru_cache(maxsize=32)
def rules_on(tumour: str) -> Mapping[str, Mapping[int, PlanRule]]:
    """The rules for a tumour by what the plan must hold, each with its place among all, for few plans meet many rules."""
    by_action: dict[str, dict[int, PlanRule]] = {}
    for place, rule in enumerate(load_plan_rules()):
        if not rule.tumour or tumour in rule.tumour:
            for action in rule.plan:
                by_action.setdefault(action, {})[place] = rule
    return by_action


@lru_cache(maxsize=1)
def load_required() -> dict[str, tuple[RequiredItem, ...]]:
    """What each tumour needs, by tumour.

    Raises:
        ConfigurationError: the file is missing or broken.
    """
    content = _load("required")
    tumours = content.get("tumours") if isinstance(content, dict) else None
    try:
        return TypeAdapter(dict[str, tuple[RequiredItem, ...]]).validate_python(tumours)
    except ValidationError as error:
        raise _broken("required", error) from error


@lru_cache(maxsize=1)
def load_patient_terms() -> PatientTerms:
    """The words of the patient block.

    Raises:
        ConfigurationError: the file is missing or broken.
    """
    try:
        return PatientTerms.model_validate(_load("patient_terms"))
    except ValidationError as error:
        raise _broken("patient_terms", error) from error


def _load(name: str) -> Any:
    path = criteria_folder() / f"{name}.yaml"
    try:
        return yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise ConfigurationError(str(path), "cannot be read as YAML", "Restore or correct the file.") from error


def _broken(name: str, error: ValidationError) -> ConfigurationError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return ConfigurationError(f"{name}.yaml", f"{where}: {first['msg']}", "Correct the field.")
