"""What ``panel doctor`` finds: versions, optional parts, and strangers under our import names."""

from __future__ import annotations

import importlib.util
import platform
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from panel.errors import PanelError
from panel.store import home, private_folder

DISTRIBUTION = "expert-panel"
NAMES = ("panel", "agents", "evals", "knowledge", "training")
"""Our import names. HoloViz `panel`, `openai-agents` and `evals` use some of them too."""
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of the check-up."""

    python: str
    sqlite: str
    home: str
    core: Mapping[str, str | None]
    """Distribution to version, None when it is missing."""
    extras: Mapping[str, Mapping[str, str | None]]
    """Extra to its distributions."""
    models: str
    """Which models the seats are set to use."""
    library: str
    """What the library holds."""
    troubles: tuple[str, ...]
    """One line each: what is wrong and what to do."""

    def as_dict(self) -> dict[str, object]:
        """As JSON-able data."""
        return {
            "python": self.python,
            "sqlite": self.sqlite,
            "home": self.home,
            "core": dict(self.core),
            "extras": {name: dict(parts) for name, parts in self.extras.items()},
            "models": self.models,
            "library": self.library,
            "troubles": list(self.troubles),
        }

    def lines(self) -> Iterator[str]:
        """For the screen."""
        yield f"python {self.python}, sqlite {self.sqlite}"
        yield f"runs are kept in {self.home}"
        if self.core:
            yield "core: " + ", ".join(f"{n} {v or 'MISSING'}" for n, v in self.core.items())
        else:
            yield f"{DISTRIBUTION} is not installed here: this is its source folder"
        for name, parts in self.extras.items():
            missing = [part for part, version in parts.items() if version is None]
            if not missing:
                yield f"{name}: " + ", ".join(f"{n} {v}" for n, v in parts.items())
            else:
                yield f"{name}: not installed ({', '.join(missing)}); pip install '{DISTRIBUTION}[{name}]'"
        yield f"seats: {self.models}"
        yield f"library: {self.library}"
        if not self.troubles:
            yield "nothing is in the way"


def examine() -> Findings:
    """Look at this environment. Imports none of the optional parts."""
    core, extras = _parts()
    troubles = [f"{name} is missing: pip install {name}" for name, version in core.items() if version is None]
    troubles += clobbered()
    try:
        private_folder(home())
    except PanelError as error:
        troubles.append(error.line)
    models, wrong = _said(_models)
    library, damaged = _said(_library)
    troubles += wrong + damaged
    return Findings(
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        home=str(home()),
        core=core,
        extras=extras,
        models=models,
        library=library,
        troubles=tuple(troubles),
    )


def _said(part: Callable[[], str]) -> tuple[str, list[str]]:
    """What the part says of itself, or the line that says what is wrong with it."""
    try:
        return part(), []
    except PanelError as error:
        return "not usable", [error.line]


def _models() -> str:
    from panel.wiring import models

    connection = models()
    return f"read by {connection.identity}; whether it answers is proven at each run" if connection else "read by the rules"


def _library() -> str:
    from panel.wiring import library

    shelf = library()
    if shelf is None or shelf.identity is None:
        return "not built; `panel knowledge build` makes it"
    return f"built, inputs {shelf.identity[:16]}"


def clobbered() -> list[str]:
    """One line for each of our import names that another distribution claims or holds."""
    here = Path(__file__).resolve().parents[2]
    claims = metadata.packages_distributions()
    troubles = []
    for name in NAMES:
        others = sorted({d for d in claims.get(name, ()) if _normal(d) != DISTRIBUTION})
        where = _location(name)
        if where is not None and where != here / name:
            by = f"{others[0]} " if others else ""
            troubles.append(f"import name {name!r} is taken: {by}answers from {where}. {_remedy(others)}")
        elif others:
            troubles.append(f"import name {name!r} is also installed by {', '.join(others)}. {_remedy(others)}")
    return troubles


def _remedy(others: list[str]) -> str:
    if not others:
        return "Remove that folder from the path"
    return f"pip uninstall {' '.join(others)}, then pip install --force-reinstall --no-deps {DISTRIBUTION}"


def _location(name: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.origin:
        return Path(spec.origin).resolve().parent
    return Path(next(iter(spec.submodule_search_locations or [""]))).resolve()


def _parts() -> tuple[dict[str, str | None], dict[str, dict[str, str | None]]]:
    try:
        requirements = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        requirements = []
    core: dict[str, str | None] = {}
    extras: dict[str, dict[str, str | None]] = {}
    for requirement in requirements:
        named = _REQUIREMENT.match(requirement)
        if named is None or _normal(named[1]) == DISTRIBUTION:
            continue
        extra = _EXTRA.search(requirement)
        group = extras.setdefault(extra[1], {}) if extra else core
        group[named[1]] = _version(named[1])
    return core, extras


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
