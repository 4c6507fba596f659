"""``panel knowledge verify``: the references, the rules that cite them, and the index, held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge import citations, manifest, papers
from knowledge.library import Library
from knowledge.manifest import Manifest
from panel.errors import PanelError
from panel.opinion import Passage

CRITERIA = Path(__file__).resolve().parent / "criteria"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked and what is wrong."""

    documents: int
    passages: int
    rules: int
    """Rules that cite a passage."""
    built: bool
    """Whether there is an index, which was then checked too."""
    troubles: tuple[str, ...]
    """One line each."""

    @property
    def summary(self) -> str:
        """One line."""
        index = "the index agrees" if self.built and not self.troubles else "checked" if self.built else "not built yet"
        return f"{self.documents} references, {self.passages} passages, {self.rules} rules that cite one; index: {index}"

    def as_dict(self) -> dict[str, object]:
        """As JSON-able data."""
        return {
            "documents": self.documents,
            "passages": self.passages,
            "rules": self.rules,
            "built": self.built,
            "troubles": list(self.troubles),
        }


@dataclass(frozen=True, slots=True)
class CitingRule:
    """A rule of the criteria that names a passage."""

    where: str
    """File and id."""
    passage: str
    statement: str
    names: tuple[str, ...]


def verify(library: Library, criteria: Path = CRITERIA) -> Verified:
    """Check everything; no trouble stops the rest."""
    troubles: list[str] = []
    shipped: dict[str, Passage] = {}
    documents = 0
    for path in sorted(library.references.glob("*.md")):
        try:
            paper = papers.read(path, strict=True)
            cut = manifest.passages_of(paper)
        except PanelError as error:
            troubles.append(error.line)
            continue
        documents += 1
        if paper.card.id != path.stem:
            troubles.append(f"{path.name}: id: is not the file's name. Write `id: {path.stem}`")
        shipped |= {passage.id: passage for passage in cut}
    rules = list(citing(criteria))
    troubles += [line for rule in rules for line in _unheld(rule, shipped)]
    built, found = _index(library)
    return Verified(documents, len(shipped), len(rules), built, (*troubles, *found))


def citing(folder: Path) -> Iterator[CitingRule]:
    """Every mapping under the criteria that has a key ``passage``."""
    for path in sorted(folder.glob("*.yaml")):
        loaded = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        yield from _within(loaded, path.name)


def _within(node: object, where: str) -> Iterator[CitingRule]:
    if isinstance(node, dict):
        spot = f"{where}: {node['id']}" if "id" in node else where
        for passage in _listed(node.get("passage")):
            said = next((str(node[key]) for key in ("statement", "why", "reason", "text") if node.get(key)), "")
            yield CitingRule(spot, passage, said, tuple(_listed(node.get("cites"))))
        for value in node.values():
            yield from _within(value, spot)
    elif isinstance(node, list):
        for value in node:
            yield from _within(value, where)


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _unheld(rule: CitingRule, shipped: dict[str, Passage]) -> Iterator[str]:
    passage = shipped.get(rule.passage)
    if passage is None:
        yield f"{rule.where}: cites {rule.passage}, which no reference holds. Correct the id"
        return
    verdict = citations.check(rule.statement, f"{passage.title}. {passage.locator}. {passage.text}", rule.names)
    if not verdict.holds:
        yield f"{rule.where}: {rule.passage} does not carry {', '.join(verdict.missing)}. Cite another passage"


def _index(library: Library) -> tuple[bool, list[str]]:
    """Whether there is an index, and what is wrong with it."""
    try:
        if library.manifest() is None:
            return False, []
        retriever = library.open()
    except PanelError as error:
        return True, [error.line]
    try:
        return True, list(_differences(library, retriever.manifest, list(retriever.passages), retriever.vectors.ids()))
    except PanelError as error:
        return True, [error.line]
    finally:
        retriever.close()


def _differences(library: Library, made: Manifest, passages: Sequence[Passage], ids: set[str]) -> Iterator[str]:
    spot = str(library.folder)
    if {passage.id for passage in passages} != ids:
        yield f"{spot}: the vectors are not those of the passages. {manifest.REBUILD}"
    if manifest.inputs_hash(made.documents, made.embedder) != made.inputs:
        yield f"{spot}: the manifest was changed by hand. {manifest.REBUILD}"
    texts = {paper.card.id: paper.text for paper in papers.shipped(library.references)}
    texts |= library.own_texts()
    for passage in passages:
        if texts.get(passage.source, "")[passage.start : passage.end] != passage.text:
            yield f"{passage.id}: does not stand in its document. {manifest.REBUILD}"


