"""The rule files load, and the words of the patient block do not drift from the lexicons."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.rules.ruleset import load_rules
from panel.compare import planrules
from panel.compare.answers import holds
from panel.compare.planrules import Condition, load_patient_terms, load_plan_rules, load_required
from panel.errors import ConfigurationError


def test_all_files_load() -> None:
    kinds = {rule.kind for rule in load_plan_rules()}
    assert kinds == {"contraindication", "prerequisite", "guideline"}
    assert len({rule.id for rule in load_plan_rules()}) == len(load_plan_rules())
    assert "other" in load_required()


def test_words_of_the_patient_block_stand_in_the_lexicons() -> None:
    rules = load_rules()
    known = {f"comorbidity.{id}": set(t) for id, t in rules.table("comorbidities", "comorbidities").items()}
    drugs = {**rules.table("drugs", "drugs"), **rules.table("drugs", "classes")}
    members: dict[str, set[str]] = {id: set(terms) for id, terms in drugs.items()}
    for drug, classes in rules.field("drugs", "drugs", "classes").items():
        for name in classes:
            members.setdefault(name, set()).update(drugs[drug])
    for head in ("allergy", "drug"):
        known |= {f"{head}.{id}": terms for id, terms in members.items()}
    for question, terms in load_patient_terms().terms.items():
        lexicon = {t.lower() for t in known[question]}
        assert {t.lower() for t in terms} <= lexicon, question


def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "required.yaml").write_text("tumours: {lung: [{item: x}]}")
    monkeypatch.setattr(planrules, "criteria_folder", lambda: tmp_path)
    with pytest.raises(ConfigurationError, match="required"):
        load_required.__wrapped__()
    with pytest.raises(ConfigurationError):
        load_plan_rules.__wrapped__()


@pytest.mark.parametrize(
    ("condition", "value", "met"),
    [
        ({"question": "organ.egfr", "below": 50}, 49.0, True),
        ({"question": "organ.egfr", "below": 50}, 50.0, False),
        ({"question": "performance.ecog", "above": 2}, "3", True),
        ({"question": "stage.clinical.m", "equals": "M1"}, "M1c", True),
        ({"question": "stage.clinical.m", "equals": "M1"}, "M0", False),
        ({"question": "stage.group", "in": ["III"]}, "IIIC", True),
        ({"question": "stage.group", "in": ["III"]}, "IIA", False),
        ({"question": "stage.group", "in": ["IA"]}, "IA2", True),
        ({"question": "comorbidity.copd", "present": True}, "present", True),
        ({"question": "comorbidity.copd", "present": True}, "absent", False),
        ({"question": "biomarker.er", "in": ["negative", "low"]}, "low", True),
    ],
)
def test_conditions(condition: dict[str, object], value: str | float, met: bool) -> None:
    assert holds(Condition.model_validate(condition), value) is met
