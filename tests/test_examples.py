"""The examples run as printed, and the demo's rulings still fit the bundled case."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from panel import Panel, load_case
from panel.review import FileReviewer

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
LUNG = EXAMPLES / "cases" / "lung-001.json"
RULINGS = EXAMPLES / "cases" / "lung-001.rulings.json"

SAID = {
    "chain": ["radiology: ", "right: “", "read: lung-001, lung-002", "so far: radiology, pathology"],
    "fakes": ["both hold"],
    "meeting": ["awaiting_review - 2 conflicts", "laterality: ", "prerequisite: ", "final\n", "defer to "],
    "own_seat": ["registrar: ", "pharmacy: 1 findings", "apixaban in surg-1, characters "],
}


def test_every_example_is_listed_here() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py")} == SAID.keys()


@pytest.mark.parametrize("name", SAID)
def test_an_example_says_what_it_promises(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    out = capsys.readouterr().out
    assert [words for words in SAID[name] if words not in out] == []


def test_the_demo_s_rulings_fit_the_case_as_it_now_reads() -> None:
    """When a conflict's id or sides change, ``examples/cases/lung-001.rulings.json`` must be written anew."""
    with Panel() as panel:
        report = panel.run(load_case(LUNG))
        assert report.status == "awaiting_review"
        assert sorted(conflict.kind for conflict in report.open) == ["laterality", "prerequisite"]
        written = {ruling["conflict"] for ruling in json.loads(RULINGS.read_text("utf-8"))["rulings"]}
        assert written == {conflict.id for conflict in report.open}, f"write {RULINGS.name} (and the README) anew"
        ruled = panel.review(report.run_id, FileReviewer(RULINGS))
    assert ruled.status == "final"
    accepted = {c.kind: c.sides[c.ruling.side or 0] for c in ruled.conflicts if c.ruling}
    assert accepted["laterality"].value == "right"
    assert accepted["prerequisite"].evidence[0].quote == "EGFR: pending"
    assert ("path-1", "left") in {(dissent.by, dissent.value) for dissent in ruled.dissent}
