"""The house keeps its shape: floors, cycles, budgets, doors, and nothing of any one machine in the tree."""

from __future__ import annotations

import ast
import os
import re
import statistics
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("panel", "agents", "knowledge", "training", "evals")
MADE = {"build", "dist", "__pycache__"}  # beside everything that begins with a dot
DOORS = {"panel/cli/entry.py", "panel/cli/batch.py", "panel/seat.py"}
"""The command's door, the door of one case in a batch, and the seat, whose failure becomes an abstention."""
HOMES = {
    "langgraph": {"panel.graph", "panel.play", "panel.checkpoints"},
    "typer": {"panel.cli"},
    "rich": {"panel.cli", "panel.render.console", "panel.review", "evals.table"},
    "pypdf": {"panel.intake"},
    "docx": {"panel.intake"},
    "fhir": {"panel.intake"},
    "ahocorasick": {"agents.rules"},
    "langchain_core": {"agents.specialist", "panel.play"},
}
FLOORS = (
    {"case", "opinion", "conflict", "report", "protocols", "errors"},
    {"compare", "render", "conclusion", "parts", "privacy"},
    {"intake", "reconcile", "review", "store", "audit", "seat", "minutes", "checkpoints", "testing"},
    {"graph", "play", "meeting"},
    {"wiring", "cli", "__main__"},
)
"""Rooms of ``panel`` from the ground up; ``agents`` stands on floor 2."""


@cache
def tree(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text("utf-8"), str(path))


def files(*folders: str, ending: str = "*.py") -> list[Path]:
    """Files of these folders of the tree (all of it by default), less what was built there."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        here = Path(folder)
        inner[:] = [n for n in inner if n not in MADE and (not n.startswith(".") or n == ".ci") and not n.endswith(".egg-info")]
        found += [here / name for name in names if fnmatch(name, ending)]
    return sorted(p for p in found if not folders or p.relative_to(ROOT).parts[0] in folders)


def module(path: Path) -> str:
    """The dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in files(*PACKAGES)}


def imports(name: str) -> Iterator[str]:
    """What a module imports, at its top or late, but not for type checkers alone."""
    waiting: list[ast.AST] = [tree(MODULES[name])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting.extend(node.orelse)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)
        else:
            waiting.extend(ast.iter_child_nodes(node))


def within(name: str, rooms: set[str]) -> bool:
    """Whether the module is one of the rooms or in one."""
    return any(name == room or name.startswith(room + ".") for room in rooms)


def floor(name: str) -> int | None:
    """Which floor a module stands on; None for the packages' own front doors and for data."""
    first, *rest = name.split(".")
    if first in ("agents", "evals"):
        return 2 if first == "agents" else len(FLOORS) - 1
    return next((n for n, rooms in enumerate(FLOORS) if rest and rest[0] in rooms), None)


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter({name: {i for i in imports(name) if i in MODULES and i != name} for name in MODULES}).prepare()


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_down_only(name: str) -> None:
    here = floor(name)
    if here is None:
        assert name in ("panel", "knowledge", "training"), f"{name} stands on no floor; give it one"
        return
    higher = {i for i in imports(name) if i in MODULES and (there := floor(i)) is not None and there > here}
    assert higher == set()


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library: str) -> None:
    strangers = {n for n in MODULES if not within(n, HOMES[library]) and any(within(i, {library}) for i in imports(n))}
    assert strangers == set()


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
    functions = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 50] == []


def test_the_median_file_is_short() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in files(*PACKAGES)]
    assert statistics.median(n for n in lengths if n) <= 150


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "misc"}
    assert [n for n in MODULES if drawers & set(n.split("."))] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_for(name: str) -> None:
    content = tree(MODULES[name])
    assert not content.body or ast.get_docstring(content)


@pytest.mark.parametrize("name", [n for n in MODULES if not within(n, {"panel.cli"})])
def test_nothing_is_printed_but_by_the_command_line(name: str) -> None:
    calls = [n for n in ast.walk(tree(MODULES[name])) if isinstance(n, ast.Call)]
    assert [c.lineno for c in calls if ast.unparse(c.func) == "print"] == []


@pytest.mark.parametrize("name", MODULES)
def test_only_the_doors_catch_everything(name: str) -> None:
    handlers = [n for n in ast.walk(tree(MODULES[name])) if isinstance(n, ast.ExceptHandler)]
    broad = [h.lineno for h in handlers if h.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(h.type))]
    assert str(MODULES[name].relative_to(ROOT)) in DOORS or broad == []


@pytest.mark.parametrize("name", MODULES)
def test_no_untyped_dictionary_crosses_a_room(name: str) -> None:
    """Of public functions; the rooms that take JSON apart (panel.intake) hand dictionaries to one another only."""
    if within(name, {"panel.intake"}):
        return
    public = [n for n in tree(MODULES[name]).body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    loose = [f.name for f in public if "dict[str, Any]" in ast.unparse(f).partition(":\n")[0]]
    assert loose == []


HERE = re.compile(r"(?<![\w.])/(?:work|root|Users|home/\w+)/" + r"|/tmp/" + "venv")
INDEX = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", "index" + "-url", "anaconda" + r"\.org"]))


@pytest.mark.parametrize("path", files(ending="*"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_tree_names_no_machine_and_no_package_index(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert HERE.findall(text) == []
    assert INDEX.findall(text) == []


def test_the_version_is_said_once_and_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == project["version"]
    try:
        assert metadata.version("expert-panel") == project["version"]
    except metadata.PackageNotFoundError:
        pytest.skip("expert-panel is not installed here: this is its source folder")


@pytest.mark.parametrize("path", files(*PACKAGES, ending="*"), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_of_the_packages_is_shipped(path: Path) -> None:
    """setuptools leaves out what no pattern names."""
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert path.suffix == ".py" or any(fnmatch(path.name, pattern) for pattern in setuptools["package-data"]["*"])
