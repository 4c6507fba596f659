"""The house keeps its shape: floors, cycles, budgets, doors, and nothing of any one machine in the tree."""

from __future__ import annotations

import ast
import os
import re
import statistics
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = ("panel", "agents", "knowledge", "training", "evals")
MADE = {"build", "dist", "__pycache__"}  # beside everything that begins with a dot
DOORS = {"panel/cli/entry.py", "panel/cli/batch.py", "panel/seat.py", "agents/model.py"}
"""The command's door, that of one case in a batch, the seat, whose failure becomes an abstention, and the model's door."""
HOMES = {
    "langgraph": {"panel.graph", "panel.play", "panel.checkpoints"},
    "typer": {"panel.cli"},
    "rich": {"panel.cli", "panel.render.console", "panel.review", "evals.table"},
    "pypdf": {"panel.intake"},
    "docx": {"panel.intake"},
    "fhir": {"panel.intake"},
    "ahocorasick": {"agents.rules"},
    "langchain_core": {"agents.specialist", "panel.play"},
    "chromadb": {"knowledge.index"},
    "sentence_transformers": {"knowledge.embed"},
    "bm25s": {"knowledge.lexical"},
    "markdown_it": {"knowledge.chunk"},
    "markdownify": {"knowledge.papers"},
}
FLOORS = (
    {"case", "opinion", "conflict", "report", "protocols", "errors"},
    {"compare", "render", "conclusion", "parts", "privacy"},
    {"intake", "reconcile", "review", "store", "audit", "seat", "minutes", "checkpoints", "testing"},
    {"graph", "play", "meeting"},
    {"wiring", "cli", "__main__"},
)
"""Rooms of ``panel`` from the ground up; ``agents`` and ``knowledge`` stand on floor 2, its pure rooms on floor 1."""


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


@cache
def imports(name: str) -> frozenset[str]:
    """All that :func:`_imports` finds."""
    return frozenset(_imports(name))


def _imports(name: str) -> Iterator[str]:
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
    if first == "knowledge" and rest:
        return 1 if rest[0] in ("card", "chunk", "abbreviations") else 2
    if first in ("agents", "evals"):
        return 2 if first == "agents" else len(FLOORS) - 1
    return next((n for n, rooms in enumerate(FLOORS) if rest and rest[0] in rooms), None)


def shown(path: Path) -> str:
    """The path inside the tree."""
    return str(path.relative_to(ROOT))


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter({name: {i for i in imports(name) if i in MODULES and i != name} for name in MODULES}).prepare()


def test_every_module_stands_on_a_floor() -> None:
    assert {n for n in MODULES if floor(n) is None} == {"panel", "knowledge", "training"}


def test_imports_go_down_only() -> None:
    stands = {name: floor(name) for name in MODULES}
    upward = [f"{n} -> {i}" for n in MODULES for i in imports(n) if (stands.get(i) or 0) > (stands[n] or 0)]
    assert upward == []


def test_the_packages_front_doors_import_nothing_of_ours() -> None:
    """They stand on no floor, so nothing may come up through them."""
    assert [i for n in ("panel", "knowledge", "training") for i in imports(n) if i in MODULES] == []


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library: str) -> None:
    strangers = {n for n in MODULES if not within(n, HOMES[library]) and any(within(i, {library}) for i in imports(n))}
    assert strangers == set()


def test_files_and_functions_stay_small() -> None:
    assert [shown(p) for p in files() if len(p.read_text("utf-8").splitlines()) > 400] == []
    functions = [
        (path, node)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f"{shown(p)}: {f.name}" for p, f in functions if (f.end_lineno or 0) - f.lineno >= 50] == []


def test_the_median_file_is_short() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in files(*PACKAGES)]
    assert statistics.median(n for n in lengths if n) <= 150


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "misc"}
    assert [n for n in MODULES if drawers & set(n.split("."))] == []


def test_a_module_says_what_it_is_for() -> None:
    assert [n for n, path in MODULES.items() if tree(path).body and not ast.get_docstring(tree(path))] == []


def test_nothing_is_printed_but_by_the_command_line() -> None:
    printing = [
        n
        for n, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print" and not within(n, {"panel.cli"})
    ]
    assert printing == []


def test_only_the_doors_catch_everything() -> None:
    broad = {
        shown(path)
        for path in MODULES.values()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
    }
    assert broad == DOORS


def test_no_untyped_dictionary_crosses_a_room() -> None:
    """In public signatures; the rooms that take JSON apart (``panel.intake``) hand such to one another only."""
    loose = [
        f"{n}: {f.name}"
        for n, path in MODULES.items()
        for f in tree(path).body
        if isinstance(f, ast.FunctionDef) and not f.name.startswith("_") and not within(n, {"panel.intake"})
        if any("dict[str, Any]" in ast.unparse(part) for part in (f.args, f.returns) if part)
    ]
    assert loose == []


HERE = re.compile(r"(?<![\w.])/(?:work|root|Users|home/\w+)/" + r"|/tmp/" + "venv")
INDEX = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", "index" + "-url", "anaconda" + r"\.org"]))


def test_the_tree_names_no_machine_and_no_package_index() -> None:
    texts = {shown(path): path.read_bytes().decode("utf-8", "replace") for path in files(ending="*")}
    assert [name for name, text in texts.items() if HERE.search(text) or INDEX.search(text)] == []


def test_the_version_is_said_alike() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == PROJECT["project"]["version"]
    try:
        assert metadata.version("expert-panel") == PROJECT["project"]["version"]
    except metadata.PackageNotFoundError:
        pytest.skip("expert-panel is not installed here: this is its source folder")


def test_every_file_of_the_packages_is_shipped() -> None:
    """setuptools leaves out what no pattern names."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    data = [p for p in files(*PACKAGES, ending="*") if p.suffix != ".py"]
    assert [shown(p) for p in data if not any(fnmatch(p.name, pattern) for pattern in patterns)] == []


def test_what_is_imported_is_declared() -> None:
    """By the packages in the core, by tests in the core or the extra ``test``; else a fresh environment lacks it."""
    owners = metadata.packages_distributions()
    core = {_name(requirement) for requirement in PROJECT["project"]["dependencies"]}
    extra = {_name(requirement) for requirement in PROJECT["project"]["optional-dependencies"]["test"]}
    core |= {"pydantic-core", "ormsgpack"}  # parts of pydantic and of LangGraph's checkpoints, which pin them
    optional = {"knowledge": {_name(r) for r in PROJECT["project"]["optional-dependencies"]["knowledge"]}}
    optional["agents"] = {_name(r) for r in PROJECT["project"]["optional-dependencies"]["models"]}
    optional["agents"] |= {"httpx", "openai", "tokenizers"}  # parts of langchain-openai and of transformers
    optional["knowledge"] |= {"numpy", "httpx", "huggingface-hub", "transformers"}  # parts of Chroma and of the encoder
    known = sys.stdlib_module_names | set(PACKAGES) | {"tests"}
    undeclared = []
    for path in files():
        top = path.relative_to(ROOT).parts[0]
        declared = core | optional.get(top, set()) if top in PACKAGES else core | extra | optional["knowledge"] | optional["agents"]
        nodes = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Import | ast.ImportFrom)]
        named = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
        named |= {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom) and not n.level}
        for first in {name.partition(".")[0] for name in named} - known:
            if not {_name(owner) for owner in owners.get(first, [first])} & declared:
                undeclared.append(f"{shown(path)}: {first}")
    assert undeclared == []


def _name(requirement: str) -> str:
    """The distribution that a requirement names, in normal form."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")
