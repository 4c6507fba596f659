"""The plan rules, the missing-data gate and the lexicons they rest on: every id exists, every source is complete."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
RADIOLOGY, PATHOLOGY = (
    yaml.safe_load((ROOT / "agents" / "specialties" / seat / "rules.yaml").read_text("utf-8")) for seat in ("radiology", "pathology")
)
LEXICONS = ROOT / "agents" / "lexicons"
CRITERIA = ROOT / "knowledge" / "criteria"

TUMOURS = {
    "lung", "breast", "colorectal", "oesophagogastric", "liver", "pancreas", "kidney", "bladder",
    "prostate", "ovary", "endometrium", "cervix", "head_neck", "melanoma", "brain", "other",
}  # fmt: skip
MINIMUM = {"contraindications": 45, "prerequisites": 30, "guidelines": 25}
RULE_KEYS = {"passage", "id", "tumour", "plan", "not_with", "unless", "unless_said", "unless_written", "when", "needs", "severity", "why", "source"}
ITEM_KEYS = {"item", "any_of", "each_of", "when", "unless", "why", "asked_by", "source"}
SEATS = {"registrar", "radiology", "pathology", "oncology", "surgery"}
OPERATORS = {"below", "above", "equals", "in", "present"}
BIOMARKERS = {
    "er", "pr", "her2", "ki67", "egfr", "alk", "ros1", "braf", "kras", "nras", "met", "ret", "ntrk",
    "msi", "mmr", "pdl1", "brca", "hrd", "pik3ca", "idh", "mgmt", "1p19q", "tert", "fgfr", "cldn182",
    "hpv", "p16", "ar", "psma", "dpyd", "folr1", "pole", "p53", "kit", "pdgfra",
}  # fmt: skip
BIOMARKER_VALUES = {
    "positive", "negative", "low", "mutated", "wild-type", "amplified", "msi-high", "mss", "deficient",
    "proficient", "methylated", "unmethylated", "deleted", "retained", "pathogenic", "equivocal",
    "pending", "not tested", "resistant",
}  # fmt: skip
# Smallest and largest limit that a rule may set on a quantity, in the unit that the reader produces:
# a limit outside is a slip of the unit (creatinine in mg/dL, haemoglobin in g/dL).
LIMITS: dict[str, tuple[float, float]] = {
    "organ.creatinine_clearance": (10, 90),
    "organ.egfr": (10, 90),
    "organ.creatinine": (80, 500),
    "organ.bilirubin": (17, 200),
    "organ.alt": (60, 1000),
    "organ.ast": (60, 1000),
    "organ.platelets": (10, 150),
    "organ.neutrophils": (0.5, 2.0),
    "organ.haemoglobin": (60, 130),
    "organ.albumin": (20, 40),
    "organ.inr": (1.2, 4),
    "organ.lvef": (30, 60),
    "organ.fev1": (20, 80),
    "organ.dlco": (20, 80),
    "organ.qtc": (430, 520),
    "performance.ecog": (0, 4),
    "performance.karnofsky": (10, 90),
    "primary.size": (3, 150),
    "nodes.positive": (0, 10),
    "depth": (0.3, 10),
    "grade.isup": (1, 5),
    "biomarker.pdl1": (1, 50),
    "biomarker.ki67": (5, 50),
    "organ.calcium": (1.8, 3.5),
    "organ.vo2max": (8, 20),
    "organ.fev1_ppo": (20, 50),
    "organ.dlco_ppo": (20, 50),
    "marker.psa": (0.1, 100),
    "depth.invasion": (2, 10),
    "assay.recurrence_score": (10, 31),
    "patient.age": (18, 90),
}
PLAIN = {"child_pugh", "stage.group", "histology.type", "primary.site", "grade", "margin", *LIMITS}
PLAIN |= {f"stage.{basis}.{axis}" for basis in ("clinical", "pathologic", "post_neoadjuvant") for axis in "tnm"}
PLAIN |= {"stage.extent", "grade.gleason", "grade.tier", "primary.organ", "patient.organ", "histology.dcis"}
PRESENCE = {rule["question"] for rule in RADIOLOGY["rules"]} | {rule["question"] for rule in PATHOLOGY["rules"]} | {"presence.macrovascular_invasion"}
PRESENCE = {question for question in PRESENCE if question.startswith("presence.")}
STAGE_VALUE = re.compile(r"(?:T(?:is|a|[0-4][a-d]?)|N[0-3][a-c]?|M[01][a-d]?)")
GROUP_VALUE = re.compile(r"(?:0|I{1,3}|IV)(?:[ABC]\d?)?")


class NoDuplicates(yaml.SafeLoader):
    """A loader that refuses a key given twice, which plain YAML would drop in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"given twice: {sorted(map(str, twice))} {node.start_mark}")
        return super().construct_mapping(node, deep)


@cache
def load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), NoDuplicates)


def lexicon(name: str) -> dict[str, Any]:
    found = load(LEXICONS / f"{name}.yaml")
    assert isinstance(found, dict)
    return found


@cache
def drug_ids() -> frozenset[str]:
    drugs = lexicon("drugs")
    return frozenset({*drugs["drugs"], *drugs["classes"]})


@cache
def plan_ids() -> frozenset[str]:
    treatments = lexicon("treatments")
    actions = drug_ids() | set(lexicon("drugs")["regimens"]) | set(treatments["treatments"])
    named = {f"{part}.{id}" for part in ("intent", "sequence", "resectability") for id in treatments[part]}
    return frozenset(actions | named | {f"omit.{id}" for id in actions})


def known(question: str) -> bool:
    """Whether the readers produce such a question."""
    head, _, tail = question.partition(".")
    if head in ("allergy", "drug"):
        return tail in drug_ids()
    if head == "comorbidity":
        return tail in lexicon("comorbidities")["comorbidities"]
    if head == "test":
        return tail in lexicon("investigations")["investigations"]
    if head == "biomarker":
        return tail in BIOMARKERS
    if question.startswith("treatment.prior."):
        return question.removeprefix("treatment.prior.") in lexicon("treatments")["treatments"]
    return question in PLAIN or question in PRESENCE


def allowed(question: str, value: object) -> bool:
    """Whether a question can take this value."""
    head = question.partition(".")[0]
    if head == "test":
        return value in ("done", "pending", "not_done")
    if head == "biomarker":
        return value in BIOMARKER_VALUES
    if question == "stage.group":
        # "I" and "II" match by prefix what lies above them, so they may not stand alone.
        return isinstance(value, str) and bool(GROUP_VALUE.fullmatch(value)) and value not in ("I", "II")
    if question == "stage.extent":
        return value in ("limited", "extensive")
    if head == "stage":
        axis = question[-1].upper()
        return isinstance(value, str) and value[0] == axis and bool(STAGE_VALUE.fullmatch(value))
    if question == "histology.type":
        return value in lexicon("histology")["histology"]
    if question == "primary.site":
        return value in lexicon("anatomy")["anatomy"]
    if question in PRESENCE or question == "histology.dcis":
        return value in ("present", "absent")
    if question in ("primary.organ", "patient.organ"):
        return value in {place.partition(".")[0] for place in lexicon("anatomy")["anatomy"]}
    if question == "grade":
        return value in (1, 2, 3, 4)
    if question == "grade.tier":
        return value in ("low", "high")
    if question == "child_pugh":
        return value in ("A", "B", "C")
    if question == "margin":
        return value in ("positive", "negative")
    if question in LIMITS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return False


def faults_of_source(source: object) -> Iterator[str]:
    if not isinstance(source, dict):
        yield "no source"
        return
    if not {"organisation", "document", "year"} <= set(source) <= {"organisation", "document", "year", "doi"}:
        yield f"source has {sorted(source)}"
        return
    if not all(isinstance(source[key], str) and len(source[key]) > 3 for key in ("organisation", "document")):
        yield "source without organisation or document"
    if not isinstance(source["year"], int) or not 1980 <= source["year"] <= 2030:
        yield f"source of the year {source['year']}"
    if "doi" in source and not re.fullmatch(r"10\.\d{4,5}/\S+", str(source["doi"])):
        yield f"not a DOI: {source['doi']}"


def faults_of_condition(condition: dict[str, Any]) -> Iterator[str]:
    question = condition.get("question", "")
    operators = set(condition) - {"question", "or"}
    for other in condition.get("or", ()):
        yield from faults_of_condition(other)
    if len(operators) != 1 or not operators <= OPERATORS:
        yield f"{question}: exactly one of {sorted(OPERATORS)}, not {sorted(operators)}"
        return
    if not known(question):
        yield f"unknown question {question}"
        return
    operator = operators.pop()
    value = condition[operator]
    if operator == "present":
        if value is not True or question.partition(".")[0] not in ("allergy", "drug", "comorbidity", "treatment"):
            yield f"{question}: `present` is for allergies, drugs and comorbidities, and true"
    elif operator in ("below", "above"):
        low, high = LIMITS.get(question, (1, 0))
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            yield f"{question} {operator} {value}: not a sane limit in its unit"
    else:
        for one in value if operator == "in" else [value]:
            if not allowed(question, one):
                yield f"{question} cannot be {one!r}"


def faults_of_rule(rule: dict[str, Any], file: str) -> Iterator[str]:
    if not set(rule) <= RULE_KEYS:
        yield f"unknown fields {sorted(set(rule) - RULE_KEYS)}"
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule["id"]):
        yield "the id is not lower-case words with hyphens"
    yield from (f"unknown tumour {t}" for t in set(rule["tumour"]) - TUMOURS)
    if not rule["plan"]:
        yield "no plan"
    for key in ("plan", "not_with"):
        yield from (f"unknown {key} id {p}" for p in set(rule.get(key, ())) - plan_ids())
    if set(rule["plan"]) & set(rule.get("not_with", ())):
        yield "lifts itself"
    for condition in (*rule.get("when", ()), *rule.get("unless", ())):
        yield from faults_of_condition(condition)
    yield from (f"unknown question needed: {q}" for q in rule.get("needs", ()) if not known(q))
    if file == "prerequisites" and not rule.get("needs"):
        yield "a prerequisite needs something"
    if file != "prerequisites" and (rule.get("needs") or not rule.get("when")):
        yield "has `needs`, or no `when`"
    if rule["severity"] not in ("high", "moderate", "low"):
        yield f"severity {rule['severity']}"
    if not 20 <= len(rule["why"]) <= 240 or not rule["why"].endswith("."):
        yield "why is one sentence"
    yield from faults_of_source(rule["source"])


@pytest.mark.parametrize("file", sorted(MINIMUM))
def test_every_rule_is_whole(file: str) -> None:
    rules = load(CRITERIA / f"{file}.yaml")
    assert len(rules) >= MINIMUM[file]
    ids = [rule["id"] for rule in rules]
    assert len(ids) == len(set(ids)), sorted({id for id in ids if ids.count(id) > 1})
    faults = [f"{rule['id']}: {fault}" for rule in rules for fault in faults_of_rule(rule, file)]
    assert not faults, "\n".join(faults)


def test_ids_are_unique_over_the_files() -> None:
    ids = [rule["id"] for file in MINIMUM for rule in load(CRITERIA / f"{file}.yaml")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("tumour", sorted(TUMOURS))
def test_the_missing_data_gate_is_whole(tumour: str) -> None:
    items = load(CRITERIA / "required.yaml")["tumours"][tumour]
    assert 5 <= len(items) <= 10
    assert len({item["item"] for item in items}) == len(items)
    faults: list[str] = []
    for item in items:
        found = [f"unknown fields {sorted(set(item) - ITEM_KEYS)}"] if not set(item) <= ITEM_KEYS else []
        found += [f"unknown question {q}" for q in (*item["any_of"], *(q for group in item.get("each_of", ()) for q in group)) if not known(q)]
        found += [fault for condition in (*item.get("when", ()), *item.get("unless", ())) for fault in faults_of_condition(condition)]
        found += [f"asked by {item['asked_by']}"] if item["asked_by"] not in SEATS else []
        found += ["nothing answers it"] if not item["any_of"] else []
        found += ["why is one sentence"] if not item["why"].endswith(".") else []
        faults += [f"{item['item']}: {fault}" for fault in [*found, *faults_of_source(item["source"])]]
    assert not faults, "\n".join(faults)


def test_the_gate_knows_every_tumour_and_no_other() -> None:
    assert set(load(CRITERIA / "required.yaml")["tumours"]) == TUMOURS


def normal(term: str) -> str:
    """What the matcher sees: hyphen and blank are one; a term in lower case stands for any case."""
    return re.sub(r"[-\s]+", " ", term).strip()


def terms_of(section: object) -> Iterator[tuple[str, str]]:
    """(entry, term) of one section of a lexicon file."""
    if isinstance(section, list):
        yield from (("", term) for term in section)
    elif isinstance(section, dict):
        for id, entry in section.items():
            yield from ((id, term) for term in (entry["terms"] if isinstance(entry, dict) else entry))


SECTIONS = [
    ("drugs", ("drugs", "classes", "regimens")),
    ("treatments", ("treatments",)),
    ("treatments", ("intent",)),
    ("treatments", ("sequence",)),
    ("treatments", ("resectability",)),
    ("treatments", ("plan_cues", "not_plan_cues")),
    ("comorbidities", ("comorbidities",)),
    ("investigations", ("investigations",)),
    ("investigations", ("status",)),
]


@pytest.mark.parametrize(("file", "sections"), SECTIONS)
def test_a_term_stands_for_one_concept(file: str, sections: tuple[str, ...]) -> None:
    # "NACT" may be a treatment and a sequence, which are asked apart; within one question a term is unique.
    owners: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for section in sections:
        for id, term in terms_of(lexicon(file)[section]):
            assert isinstance(term, str), f"{file}.{section}.{id}: {term!r} is not text; quote it"
            assert normal(term), f"{file}.{section}.{id} has an empty term"
            owners[normal(term)].add(f"{section}.{id}")
            count[normal(term)] += 1
    shared = {term: sorted(ids) for term, ids in owners.items() if len(ids) > 1}
    assert not shared
    assert not {term for term, n in count.items() if n > 1}


@pytest.mark.parametrize(("file", "sections"), SECTIONS)
def test_a_term_as_written_does_not_repeat_one_of_any_case(file: str, sections: tuple[str, ...]) -> None:
    terms = {(f"{s}.{id}", normal(t)) for s in sections for id, t in terms_of(lexicon(file)[s])}
    any_case = {term: id for id, term in terms if term == term.lower()}
    clashes = {t: (id, any_case[t.lower()]) for id, t in terms if t != t.lower() and t.lower() in any_case}
    assert not clashes


def test_drugs_name_known_classes_and_regimens_known_drugs() -> None:
    drugs = lexicon("drugs")
    assert not {c for drug in drugs["drugs"].values() for c in drug["classes"]} - set(drugs["classes"])
    assert not {d for regimen in drugs["regimens"].values() for d in regimen["drugs"]} - set(drugs["drugs"])
    ids = [*drugs["drugs"], *drugs["classes"], *drugs["regimens"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("file", ["drugs", "treatments", "comorbidities", "investigations"])
def test_a_lexicon_names_its_source(file: str) -> None:
    assert not list(faults_of_source(lexicon(file)["source"]))


def test_the_checks_can_fail() -> None:
    source = {"organisation": "Somebody", "document": "Some document", "year": 2020}
    rule = {
        "id": "Bad", "tumour": ["knee"], "plan": ["cisplatine"], "severity": "grave", "why": "no", "source": source,
        "when": [{"question": "organ.bilirubin", "above": 3}, {"question": "stage.clinical.n", "equals": "M1"}],
    }  # fmt: skip
    text = " | ".join(faults_of_rule(rule, "guidelines"))
    for part in ("lower-case", "knee", "cisplatine", "sane limit", "cannot be 'M1'", "grave", "one sentence"):
        assert part in text
    assert list(faults_of_source({"organisation": "Somebody"}))
