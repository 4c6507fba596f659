"""Who is who: the default seats and steps, imported only when a meeting is really held."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from panel import privacy
from panel.meeting import Panel, provide
from panel.parts import Parts, Provenance
from panel.store import home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.connection import Connection
    from knowledge.desk import Desk, ReportDesk
    from panel.case import Case
    from panel.protocols import Specialist

__all__ = ["Panel", "default_parts", "load_case", "prepare", "provenance"]

MODELS = "EXPERT_PANEL_MODELS"
"""Environment variable: the file that says which models the seats use, or ``none``."""
LIBRARY = "EXPERT_PANEL_LIBRARY"
"""Environment variable: ``none`` to hold meetings without the library."""
RULES = ("agents", "knowledge", "panel")
"""Packages whose data files decide what is read and compared."""


def default_parts(specialists: Sequence[Specialist] | None = None) -> Parts:
    """Our comparison and reconciler, round these seats; five seats by rules when None."""
    from panel.compare import compare
    from panel.conclusion import conclude
    from panel.reconcile import propose

    return Parts(tuple(specialists or _seats()), compare, propose, conclude, provenance())


def prepare() -> None:
    """Hold a meeting by rules about nobody, so that what any meeting loads is there: for a process that is about to fork."""
    from agents import default_specialists
    from agents.rules.ruleset import load_rules
    from panel.case import Case, Document
    from panel.intake import casefile  # noqa: F401  # the reader of most cases

    parts = default_parts()
    load_rules().compile()
    texts = (
        "FINDINGS: 32 mm mass in the right upper lobe on 2 March 2026. No effusion. Two of five nodes. IMPRESSION: cT2a N0 M0, stage IB.",
        "62-year-old woman, ECOG 1. Adenocarcinoma of the left upper lobe, grade 2, EGFR wild type. We recommend lobectomy, then cisplatin.",
    )
    chart = Case(id="nobody", documents=tuple(Document(id=f"{i}", kind="note", text=text) for i, text in enumerate(texts)))
    parts.propose(chart, parts.compare(chart, [seat.read(chart) for seat in default_specialists()]).conflicts)


@cache
def _seats() -> tuple[Specialist, ...]:
    with privacy.unprobed():
        from agents import default_specialists

    connection = models()
    model_of = connection.model_of if connection else lambda _: None
    return tuple(default_specialists(model_of, library()))


@cache
def library() -> Desk | None:
    """The library, when one was built here; None otherwise, or when ``$EXPERT_PANEL_LIBRARY`` says ``none``."""
    if os.environ.get(LIBRARY) == "none" or not (home() / "library").is_dir():
        return None
    from knowledge.desk import Desk
    from knowledge.library import Library

    return Desk(Library())


@cache
def exemplars() -> ReportDesk | None:
    """The site's own reports, when some were loaded here; None otherwise."""
    if os.environ.get(LIBRARY) == "none" or not (home() / "library" / "reports").is_dir():
        return None
    from knowledge.desk import ReportDesk
    from knowledge.reports import Reports

    return ReportDesk(Reports())


@cache
def models() -> Connection | None:
    """The seats' models as configured; None where the rules read alone. Nothing is connected yet.

    ``$EXPERT_PANEL_MODELS`` names the settings file, or says ``none``; without it ``models.yaml`` in the panel's home is
    used when it is there.

    Raises:
        ConfigurationError: the file that was named is not there, or one is broken.
    """
    named = os.environ.get(MODELS)
    file = Path(named) if named else home() / "models.yaml"
    if named == "none" or not (named or file.exists()):
        return None
    from agents.connection import Connection
    from agents.settings import load

    return Connection(load(file))


def load_case(path: str | Path) -> Case:
    """The case at that path: a case file, a folder of documents, or a FHIR bundle.

    Raises:
        InputError: it cannot be read; the message names file, field and remedy.
    """
    from panel.intake import load

    return load(Path(path))


@cache
def provenance() -> Provenance:
    """Version, and SHA-256 over names and contents of every data file of the rules."""
    digest = hashlib.sha256()
    for package in RULES:
        for name, content in sorted(_data_files(resources.files(package), package)):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    connection = models()
    return Provenance(
        version=version(),
        rules=digest.hexdigest(),
        model=connection.identity if connection else None,
        prompts=connection.prompts if connection else None,
        index=shelf.identity if (shelf := library()) else None,
    )


def version() -> str:
    """Version of the installed distribution; ``source`` when run from a folder that is not installed."""
    try:
        return metadata.version("expert-panel")
    except metadata.PackageNotFoundError:
        return "source"


def _data_files(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _data_files(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".yaml", ".jsonl", ".md")):
            found.append((f"{name}/{entry.name}", entry.read_bytes()))
    return found


provide(default_parts)
