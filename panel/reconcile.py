"""The reconciler: a suggestion for every conflict by the rules of ``proposals.yaml``. It never settles one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, Field, ValidationError, model_validator

from panel.case import CASE_FILE, Case, Document, DocumentKind, Frozen
from panel.conclusion import conclude
from panel.conflict import Conflict, Proposal, Ruling, Side
from panel.errors import ConfigurationError, UsageError
from panel.render import content, quoting, words

__all__ = ["conclude", "propose", "settle"]

FILE = Path(__file__).with_name("proposals.yaml")
_WEIGHED = ("treatment", "sequence", "intent", "resectability")


class Check(Frozen):
    """What would settle a conflict in which one of these words occurs."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    settled_by: str


class Rule(Frozen):
    """How to speak of one kind of conflict; see the head of ``proposals.yaml``."""

    kind: str
    question: tuple[str, ...] = ()
    favour: Literal["nearest", "quoted", "derived", "none"]
    nearest: tuple[DocumentKind, ...] = ()
    lean: str = ""
    text: str
    settled_by: str | None = None
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _can_speak(self) -> Self:
        if (self.favour == "none") == bool(self.lean):
            raise ValueError(
                f"{self.kind}: `lean` goes with a rule that can favour a side, and only with one"
            )
        return self

    def fits(self, conflict: Conflict) -> bool:
        """Whether the rule is about this kind of conflict and question."""
        asked = not self.question or any(fnmatchcase(conflict.question, q) for q in self.question)
        return self.kind in (conflict.kind, "*") and asked


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


class Rules(Frozen):
    """The whole of ``proposals.yaml``."""

    second_hand: tuple[DocumentKind, ...]
    derived: Annotated[str, AfterValidator(_compiles)]
    repeats: dict[DocumentKind, tuple[str, ...]]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules, read once.

    Raises:
        ConfigurationError: ``proposals.yaml`` is broken.
    """
    try:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return Rules.model_validate(yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(
            FILE.name, "is not valid", "Mend it, or restore it from the distribution"
        ) from error


def propose(case: Case, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The same conflicts in the same order, each with a proposal; rulings are left as they are.

    Args:
        case: the chart the conflicts quote.
        conflicts: as compared.
    """
    documents = {d.id: d for d in case.documents}
    return tuple(c.model_copy(update={"proposal": _proposal(case, documents, c)}) for c in conflicts)


def settle(conflicts: Sequence[Conflict], rulings: Sequence[Ruling]) -> tuple[Conflict, ...]:
    """The conflicts with the rulings put on them by id.

    Raises:
        UsageError: a ruling on an unknown conflict, on one already ruled on, on one twice, or for a side there is not.
    """
    known = {c.id: c for c in conflicts}
    ruled: dict[str, Ruling] = {}
    for ruling in rulings:
        where = f"ruling on {ruling.conflict}"
        conflict = known.get(ruling.conflict)
        if conflict is None:
            raise UsageError(where, "there is no such conflict in this run", "List them with `panel review`")
        if conflict.ruling is not None or ruling.conflict in ruled:
            raise UsageError(where, "the conflict has been ruled on", "A ruling stands; leave it out")
        if ruling.side is not None and not 0 <= ruling.side < len(conflict.sides):
            raise UsageError(
                where, "the conflict has no such side", f"Name one from 0 to {len(conflict.sides) - 1}"
            )
        ruled[ruling.conflict] = ruling
    return tuple(c.model_copy(update={"ruling": ruled[c.id]}) if c.id in ruled else c for c in conflicts)


def _proposal(case: Case, documents: dict[str, Document], conflict: Conflict) -> Proposal:
    for rule in load_rules().rules:
        if not rule.fits(conflict):
            continue
        favoured = _favoured(rule, documents, conflict)
        if favoured is None and not rule.text:
            continue  # a rule that speaks only where it can lean
        text = (rule.text if favoured is None else rule.lean).format_map(
            _fillings(documents, conflict, favoured)
        )
        if conflict.kind in _WEIGHED and case.patient.preferences:
            text += f" The patient's recorded preference belongs in this: {case.patient.preferences.strip()}."
        return Proposal(text=text, favours=favoured, settled_by=_settled_by(rule, documents, conflict))
    return Proposal(text="The sources disagree. No side is favoured.")


def _favoured(rule: Rule, documents: dict[str, Document], conflict: Conflict) -> int | None:
    """Index of the side the rule leans to."""
    if rule.favour == "nearest":
        return _nearest(rule, documents, conflict.sides)
    if rule.favour == "quoted":
        return _quoted(documents, conflict.sides)
    if rule.favour == "derived":
        derived = [n for n, side in enumerate(conflict.sides) if _is_table(side, documents)]
        return derived[0] if len({str(conflict.sides[n].value) for n in derived}) == 1 else None
    return None


def _is_table(side: Side, documents: dict[str, Document]) -> bool:
    held_by_none = side.by not in documents and side.by != CASE_FILE and side.by not in words.words().seats
    return held_by_none or bool(re.fullmatch(load_rules().derived, str(side.value)))


def _nearest(rule: Rule, documents: dict[str, Document], sides: Sequence[Side]) -> int | None:
    near = [n for n, s in enumerate(sides) if (d := documents.get(s.by)) and d.kind in rule.nearest]
    return near[0] if len({str(sides[n].value) for n in near}) == 1 and len(near) < len(sides) else None


def _quoted(documents: dict[str, Document], sides: Sequence[Side]) -> int | None:
    """The one side whose report every side of another value repeats."""
    rules = load_rules()
    for number, side in enumerate(sides):
        source = documents.get(side.by)
        if source is None or source.kind in rules.second_hand:
            continue
        others = [s for s in sides if s.value != side.value]
        if others and all(_repeats(documents.get(s.by), s, source) for s in others):
            return number
    return None


def _repeats(document: Document | None, side: Side, source: Document) -> bool:
    """Whether a second-hand document, not older than the source, names a study of its kind where it is quoted."""
    rules = load_rules()
    if document is None or document.kind not in rules.second_hand:
        return False
    if document.date and source.date and document.date < source.date:
        return False
    return any(
        _mentions(_sentence(document, e.start, e.end), rules.repeats.get(source.kind, ()))
        for e in side.evidence
        if e.document == document.id
    )


def _sentence(document: Document, start: int, end: int) -> str:
    """The sentence around a span, roughly: from one full stop, question mark or blank line to the next."""
    begin = max((m.end() for m in re.finditer(r"[.?!;]\s|\n\s*\n", document.text[:start])), default=0)
    stop = re.search(r"[.?!;](?:\s|$)|\n\s*\n", document.text[end:])
    return document.text[begin : end + stop.start() if stop else len(document.text)]


def _mentions(text: str, terms: Sequence[str]) -> bool:
    lowered = text.lower()
    return any(re.search(rf"(?<![a-z]){re.escape(term)}(?![a-z])", lowered) for term in terms)


def _settled_by(rule: Rule, documents: dict[str, Document], conflict: Conflict) -> str | None:
    said = " ".join([conflict.question, *(str(s.value) for s in conflict.sides), conflict.why])
    for check in rule.checks:
        if _mentions(said, check.words):
            return check.settled_by
    if rule.settled_by is None:
        return None
    return rule.settled_by.format_map(_fillings(documents, conflict, None))


def _fillings(documents: dict[str, Document], conflict: Conflict, favoured: int | None) -> dict[str, str]:
    """The words for the placeholders of a rule's texts."""
    side = conflict.sides[favoured or 0]
    others = [s for s in conflict.sides if s.value != side.value]
    return {
        "holders": _listed([_holder(documents, s) for s in conflict.sides]),
        "values": _listed([content.side_value(conflict, s.value) for s in conflict.sides]),
        "favoured": _holder(documents, side),
        "value": content.side_value(conflict, side.value),
        "others": _listed([_holder(documents, s) for s in others]),
        "subject": _subject(conflict),
    }


def _holder(documents: dict[str, Document], side: Side) -> str:
    document = documents.get(side.by)
    return quoting.one_line(content.document_line(document)) if document else words.holder(side.by)


def _subject(conflict: Conflict) -> str:
    """What the conflict turns on: the test or marker asked about, or the one that a side says is awaited."""
    head, _, rest = conflict.question.partition(".")
    if head in ("test", "biomarker") and rest:
        return words.term(rest)
    awaited = [
        v.rpartition(": ")[0] for s in conflict.sides if ": " in (v := str(s.value)) and v[:6] != "plan: "
    ]
    if conflict.kind == "prerequisite":
        return (
            _listed([words.question(a) for a in awaited])
            if awaited
            else "the one that the rule cited asks for"
        )
    return words.question(conflict.question)


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{'; '.join(unique[:-1])} and {unique[-1]}"
