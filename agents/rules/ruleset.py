"""The rules as data: every specialty's ``rules.yaml`` and the lexicons, checked and compiled once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from agents.rules.lexicon import Lexicon, Term
from agents.rules.text import words
from panel.case import Frozen
from panel.errors import ConfigurationError

AGENTS = Path(__file__).resolve().parent.parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source(Frozen):
    """Where a rule or list comes from."""

    organisation: str
    document: str
    year: int
    doi: str | None = None


class PresenceRule(Frozen):
    """A finding that is there or not."""

    type: Literal["presence"]
    question: str
    terms: tuple[str, ...]
    absent: tuple[str, ...] = ()
    """Terms that by themselves say that it is not there (``node-negative``)."""
    kinds: tuple[str, ...] = ()
    """Document kinds it is read in; empty: all."""
    within: tuple[str, ...] = ()
    """Concepts of which one must stand in the same sentence."""
    about: tuple[str, ...] = ()
    """Stems of which one must stand in the document or its title; empty: whatever it is about."""
    changing: bool = False
    """Whether it may come and go within weeks (an effusion)."""


class ResultRule(Frozen):
    """A named test with a result in words: receptor, gene, margin."""

    type: Literal["result"]
    question: str
    terms: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    """Value to its forms, in order of precedence; ``@name`` stands for a family of ``lexicons/results.yaml``, ``~form`` counts only right beside the test. The value ``-`` tells nothing."""
    percent: tuple[tuple[float, str], ...] = ()
    """Lower limits of a percentage and the value from there on, ascending."""
    negate: dict[str, str] = {}
    """What a negated value becomes (``mutated: wild-type``)."""
    reach: int = 70
    """How many characters after the term the result may stand."""


class NumberRule(Frozen):
    """A named quantity."""

    type: Literal["number"]
    question: str
    terms: tuple[str, ...]
    unit: str
    """Unit of the finding."""
    units: dict[str, float] = {}
    """Units as written (lower case) to the factor into ``unit``; "" for a bare number."""
    low: float
    """Implausible below (after conversion)."""
    high: float
    """Implausible above."""
    guess: tuple[tuple[float, float], ...] = ()
    """For a bare number: upper limit and factor, ascending; the first limit above the number applies."""


class PatternRule(Frozen):
    """A form that words alone cannot say; tried only in sentences holding one of the terms."""

    type: Literal["pattern"]
    question: str
    terms: tuple[str, ...]
    pattern: str
    """Regular expression with the group ``value``."""
    values: dict[str, tuple[str, ...]] = {}
    """Value to matches (lower case); empty: the match itself."""
    about: tuple[str, ...] = ()
    """Stems of which one must stand in the document or its title; empty: whatever it is about."""


Rule = Annotated[PresenceRule | ResultRule | NumberRule | PatternRule, Field(discriminator="type")]


class RulesFile(Frozen):
    """One specialty's ``rules.yaml``."""

    source: Source
    rules: tuple[Rule, ...]


class RuleSet:
    """All rules and lexicons, compiled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Asked for at every mention: made once.
        self._tables: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self._fields: dict[tuple[str, str, str], dict[str, tuple[str, ...]]] = {}
        self._names: dict[tuple[str, str], frozenset[str]] = {}
        self._mappings: dict[tuple[str, str], dict[str, str]] = {}
        self._forms: dict[int, Forms] = {}
        self.files = sorted([*folder.glob("lexicons/*.yaml"), *folder.glob("specialties/*/rules.yaml")])
        self.lists: dict[str, dict[str, object]] = {}
        self.rules: list[Rule] = []
        for path in self.files:
            content = _load(path)
            if path.name == "rules.yaml":  # behind the lexicons, whose families they take
                self.rules.extend(self._with_families(path, rule) for rule in _rules(path, content))
            else:
                self.lists[path.stem] = content
        self.sections = {
            form: kind for kind, forms in self.table("sections", "sections").items() for form in forms
        }

    def _with_families(self, path: Path, rule: Rule) -> Rule:
        """A result rule with the forms of the families that it names ("@sound") in their place."""
        if not isinstance(rule, ResultRule):
            return rule
        families = self.table("results", "families")
        try:
            values = {
                value: tuple(f for form in forms for f in (families[form[1:]] if form[:1] == "@" else (form,)))
                for value, forms in rule.values.items()
            }
        except KeyError as error:
            raise ConfigurationError(str(path), f"no family of results is called {error}", "Name one of lexicons/results.yaml.") from None
        return rule.model_copy(update={"values": values})

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all files, names included."""
        sha = hashlib.sha256()
        for path in self.files:
            sha.update(str(path.relative_to(self.folder)).encode() + b"\0" + path.read_bytes() + b"\0")
        return sha.hexdigest()

    def compile(self) -> None:
        """Make now what is otherwise made when first asked for."""
        _ = self.lexicon, self.patterns
        for index, rule in enumerate(self.rules):
            if isinstance(rule, ResultRule):
                self.forms(index)

    def table(self, file: str, name: str) -> dict[str, tuple[str, ...]]:
        """A list of terms by entry."""
        known = self._tables.get((file, name))
        if known is None:
            known = self._tables[(file, name)] = self._table(file, name)
        return known

    def _table(self, file: str, name: str) -> dict[str, tuple[str, ...]]:
        raw = self.lists.get(file, {}).get(name, {})
        if isinstance(raw, list):
            raw = {name: raw}
        if not isinstance(raw, dict):
            raise ConfigurationError(f"{file}.yaml", f"{name} is not a mapping", "Restore the file.")
        return {
            str(id): tuple(str(t) for t in (entry.get("terms", ()) if isinstance(entry, dict) else entry))
            for id, entry in raw.items()
        }

    def field(self, file: str, name: str, key: str) -> dict[str, tuple[str, ...]]:
        """A field beside the terms, by entry (``classes`` of a drug, ``drugs`` of a regimen)."""
        known = self._fields.get((file, name, key))
        if known is None:
            known = self._fields[(file, name, key)] = self._field(file, name, key)
        return known

    def _field(self, file: str, name: str, key: str) -> dict[str, tuple[str, ...]]:
        raw = self.lists.get(file, {}).get(name, {})
        assert isinstance(raw, dict)
        return {
            str(id): tuple(str(t) for t in entry.get(key, ()))
            for id, entry in raw.items()
            if isinstance(entry, dict)
        }

    def names(self, file: str, name: str) -> frozenset[str]:
        """A plain list of entries."""
        known = self._names.get((file, name))
        if known is None:
            raw = self.lists.get(file, {}).get(name, [])
            assert isinstance(raw, list)
            known = self._names[(file, name)] = frozenset(str(entry) for entry in raw)
        return known

    def mapping(self, file: str, name: str) -> dict[str, str]:
        """A plain mapping of entry to entry."""
        known = self._mappings.get((file, name))
        if known is None:
            raw = self.lists.get(file, {}).get(name, {})
            assert isinstance(raw, dict)
            known = self._mappings[(file, name)] = {str(k): str(v) for k, v in raw.items()}
        return known

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every term of every list and rule."""
        return Lexicon(self._terms())

    def _terms(self) -> Iterator[Term]:
        for file, names in _CATEGORIES.items():
            for name, category in names.items():
                for id, forms in self.table(file, name).items():
                    for form in forms:
                        yield Term(category, id, _any_case(form) if category in _SPOKEN else form)
        for index, rule in enumerate(self.rules):
            # One category a rule: rules never hide one another's terms.
            for form in rule.terms:
                yield Term(f"rule.{index}", "present", form)
            if isinstance(rule, PresenceRule):
                for form in rule.absent:
                    yield Term(f"rule.{index}", "absent", form)

    def forms(self, index: int) -> Forms:
        """What a result rule looks for."""
        known = self._forms.get(index)
        if known is None:
            rule = self.rules[index]
            assert isinstance(rule, ResultRule)
            known = self._forms[index] = _forms(rule)
        return known

    @cached_property
    def patterns(self) -> dict[int, re.Pattern[str]]:
        """The compiled patterns by index of the rule, to be searched in lower case."""
        return {
            i: words(r.pattern)
            for i, r in enumerate(self.rules)
            if isinstance(r, PatternRule)
        }


def squeezed(form: str) -> str:
    """A form without blanks and hyphens, in lower case."""
    return "".join(form.lower().split()).replace("-", "")


class Forms(NamedTuple):
    """The forms of a result rule's values."""

    pattern: re.Pattern[str]
    """To be searched in lower case."""
    named: dict[str, str]
    """The value of each form once :func:`squeezed`."""
    everyday: frozenset[str]
    """Forms, squeezed, that count right beside the test alone."""


def _forms(rule: ResultRule) -> Forms:
    named = {squeezed(form.lstrip("~")): value for value, forms in reversed(rule.values.items()) for form in forms}
    every = sorted({f.lower().lstrip("~") for forms in rule.values.values() for f in forms}, key=len, reverse=True)
    told = {squeezed(f) for forms in rule.values.values() for f in forms if f[0] != "~"}
    everyday = frozenset(squeezed(f[1:]) for forms in rule.values.values() for f in forms if f[0] == "~") - told
    initials: dict[str, list[str]] = {}  # so that the alternatives are tried where one of them can begin
    for form in every:
        initials.setdefault(form[0], []).append(_HYPHEN.sub(r"[\\s-]?", re.escape(form[1:])).replace(r"\ ", r"[\s-]+"))
    body = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in initials.items())
    return Forms(re.compile(rf"(?<![a-z0-9.])(?:{body})(?![a-z0-9])(?!\.\d)"), named, everyday)


def _any_case(form: str) -> str:
    """A name of several words in any case ("pelvic MRI", "Pelvic MRI", "PELVIC MRI"), where one of them is an ordinary word."""
    parts = re.split(r"[\s/-]+", form)
    plain = any(len(w) > 3 and w.isalpha() and w.islower() for w in parts)
    return form.lower() if plain and not _ALSO_WORDS.intersection(parts) else form


_ALSO_WORDS = frozenset({"US", "MET", "RET", "AR"})  # words of other meanings in lower case
_SPOKEN = frozenset({"investigation", "treatment", "comorbidity", "drug_class", "regimen"})
"""Categories whose names are written in any case."""
_HYPHEN = re.compile(r"(?<=\w)\\-(?=\w)")


# file -> list -> category of its mentions
_CATEGORIES: dict[str, dict[str, str]] = {
    "anatomy": {"anatomy": "anatomy", "hints": "hint"},
    "lesions": {
        "lesion": "lesion",
        "metastasis": "metastasis",
        "node": "node",
        "benign": "benign",
        "specimen": "specimen",
        "second": "second",
        "index": "index",
        "side": "side",
        "change": "change",
        "multiple": "multiple",
    },
    "histology": {"histology": "histology", "kinds": "kind"},
    "grades": {"words": "grade"},
    "context": {"context": "context"},
    "drugs": {"drugs": "drug", "classes": "drug_class", "regimens": "regimen"},
    "treatments": {
        "treatments": "treatment",
        "intent": "intent",
        "sequence": "sequence",
        "resectability": "resectability",
        "plan_cues": "plan_cue",
        "not_plan_cues": "not_plan",
    },
    "comorbidities": {"comorbidities": "comorbidity"},
    "investigations": {"investigations": "investigation", "status": "test_status"},
    "relations": {"structures": "structure", "signs": "sign", "stations": "station"},
}


def _load(path: Path) -> dict[str, object]:
    try:
        content = yaml.load(path.read_text("utf-8"), _Loader)
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise ConfigurationError(str(path), "cannot be read as YAML", "Restore or correct the file.") from error
    if not isinstance(content, dict):
        raise ConfigurationError(str(path), "is not a mapping", "Restore or correct the file.")
    return content


def _rules(path: Path, content: dict[str, object]) -> tuple[Rule, ...]:
    try:
        return TypeAdapter(RulesFile).validate_python(content).rules
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        raise ConfigurationError(str(path), f"{where}: {first['msg']}", "Correct the field.") from error


@lru_cache(maxsize=1)
def load_rules() -> RuleSet:
    """The rules that come with the package."""
    return RuleSet(AGENTS)
