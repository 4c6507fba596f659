"""The documents say what is so: commands, links, and the code and case they print."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from panel import load_case
from panel.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def block(language: str) -> str:
    """The first fenced block of that language in the README."""
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_readme_names_every_command() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name in commands if f"`panel {name}" not in README] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\(([^)]+)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(page.name for page in folder.glob("0*.md"))


def test_the_readme_s_program_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block("python"), "README.md", "exec"), {})
    assert "laterality [(" in capsys.readouterr().out


def test_the_readme_s_case_is_one(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(block("json"), "utf-8")
    assert load_case(path).id == json.loads(block("json"))["id"]


def test_what_the_readme_shows_is_what_the_bundled_case_says() -> None:
    """The ids printed in the README are the demo's."""
    rulings = json.loads((ROOT / "examples" / "cases" / "lung-001.rulings.json").read_text("utf-8"))["rulings"]
    shown = set(re.findall(r"─ ([a-z]+-[0-9a-f]{8}) ─", README))
    assert shown
    assert shown <= {ruling["conflict"] for ruling in rulings}
