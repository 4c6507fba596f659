"""Rulings: partial, merged, refused, deferred; from a script, a file and a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from panel.errors import StoreError, UsageError
from panel.meeting import Panel
from panel.report import PanelReport
from panel.review import FileReviewer
from panel.review.ask import Desk
from panel.testing import ScriptedReviewer

from . import fakes


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    with fakes.panel(store=tmp_path / "store") as panel:
        yield panel


@pytest.fixture
def waiting(panel: Panel) -> PanelReport:
    return panel.run(fakes.case())


def test_a_run_is_final_only_when_every_conflict_is_ruled_on(panel: Panel, waiting: PanelReport) -> None:
    grade, side = (c.id for c in waiting.open)
    one = panel.review(waiting.run_id, ScriptedReviewer({grade: ("accept", 1)}))
    assert (one.status, [c.id for c in one.open]) == ("awaiting_review", [side])
    two = panel.review(waiting.run_id, ScriptedReviewer({side: ("amend", "left")}, reviewer="Dr Two"))
    assert two.status == "final"
    assert [(c.ruling.decision, c.ruling.reviewer) for c in two.conflicts if c.ruling] == [
        ("accept", "Dr Test"),
        ("amend", "Dr Two"),
    ]
    assert {d.by for d in two.dissent} == {"note-1", "ct-1", "path-1"}
    assert panel.report(waiting.run_id) == two


def test_deferred_and_escalated_conflicts_are_ruled_on_and_unsettled(panel: Panel, waiting: PanelReport) -> None:
    grade, side = (c.id for c in waiting.open)
    script: Any = {grade: ("defer", "second look at the slides"), side: ("escalate", "regional board")}
    report = panel.review(waiting.run_id, ScriptedReviewer(script))
    assert report.status == "final"
    assert [c.ruling.closes for c in report.conflicts if c.ruling] == [False, False]
    assert "second look at the slides" in report.model_dump_json()


def test_a_ruling_is_never_overwritten(panel: Panel, waiting: PanelReport) -> None:
    grade = waiting.open[0].id
    first = panel.review(waiting.run_id, ScriptedReviewer({grade: ("accept", 0)}))
    from panel.conflict import Ruling

    again = Ruling(conflict=grade, decision="accept", side=1, reviewer="B", reason="r", time=fakes.NOON)
    with (
        pytest.raises(UsageError, match="already ruled on"),
        panel.reviewing(waiting.run_id) as session,
    ):
        session.commit([again])
    assert panel.report(waiting.run_id) == first


def test_two_rulings_on_one_conflict_in_one_session_are_refused(panel: Panel, waiting: PanelReport) -> None:
    rulings = list(ScriptedReviewer().rule(waiting.open[:1]))
    with panel.reviewing(waiting.run_id) as session:
        with pytest.raises(UsageError, match="twice"):
            session.commit(rulings * 2)
        session.commit(rulings)
        with pytest.raises(UsageError, match="already"):
            session.commit(rulings)
        assert len(session.open) == 1


def test_a_second_reviewer_at_the_same_moment_is_turned_away(panel: Panel, waiting: PanelReport) -> None:
    with fakes.panel(store=panel.store.folder) as other, panel.reviewing(waiting.run_id) as session:
        with pytest.raises(StoreError, match="somebody else"):
            other.review(waiting.run_id, ScriptedReviewer())
        assert other.report(waiting.run_id).status == "awaiting_review"
        session.commit(list(ScriptedReviewer().rule(session.open)))
    assert fakes.panel(store=panel.store.folder).report(waiting.run_id).status == "final"


def test_the_same_holds_in_memory() -> None:
    panel = fakes.panel()
    waiting = panel.run(fakes.case())
    with panel.reviewing(waiting.run_id), pytest.raises(StoreError, match="somebody else"):
        panel.review(waiting.run_id, ScriptedReviewer())
    assert panel.review(waiting.run_id, ScriptedReviewer()).status == "final"


def _file(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "rulings.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def _line(conflict: str, **changes: Any) -> dict[str, Any]:
    line = {"conflict": conflict, "decision": "accept", "side": 0, "reason": "seen", **changes}
    return {k: v for k, v in line.items() if v is not None}


def test_a_rulings_file_is_applied(panel: Panel, waiting: PanelReport, tmp_path: Path) -> None:
    lines = [_line(waiting.open[0].id), _line(waiting.open[1].id, decision="defer", side=None, value="MRI")]
    file = _file(tmp_path, {"reviewer": "Dr A", "rulings": lines})
    report = panel.review(waiting.run_id, FileReviewer(file))
    assert [(c.ruling.reviewer, c.ruling.value) for c in report.conflicts if c.ruling] == [("Dr A", None), ("Dr A", "MRI")]


A, B = "grade-53221604", "laterality-5665431d"
BAD = {
    "unknown conflict": ([_line("size-00000000")], "rulings[0].conflict"),
    "twice": ([_line(A), _line(A)], "rulings[1].conflict"),
    "side out of range": ([_line(A), _line(B, side=2)], "rulings[1].side"),
    "negative side": ([_line(A, side=-1)], "rulings[0].side"),
    "no side": ([_line(A, side=None)], "rulings[0].side"),
    "no reason": ([_line(A), _line(B, reason=None)], "rulings[1].reason"),
    "blank reason": ([_line(A, reason="  ")], "rulings[0].reason"),
    "no value": ([_line(A, decision="amend", side=None)], "rulings[0].value"),
    "no test named": ([_line(A, decision="defer", side=None, value=" ")], "rulings[0].value"),
    "unknown decision": ([_line(A, decision="agree")], "rulings[0].decision"),
    "unknown field": ([_line(A, sides=1)], "rulings[0].sides"),
    "wrong type": ([_line(A, side="zero")], "rulings[0].side"),
    "long reason": ([_line(A, reason="x" * 5000)], "rulings[0].reason"),
    "empty": ([], "rulings"),
    "no list": ("all", "rulings"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_rulings_file_names_the_field_and_applies_nothing(
    what: str, panel: Panel, waiting: PanelReport, tmp_path: Path
) -> None:
    assert {c.id for c in waiting.open} == {A, B}
    rulings, field = BAD[what]
    file = _file(tmp_path, {"reviewer": "Dr A", "rulings": rulings})
    with pytest.raises(UsageError) as caught:
        panel.review(waiting.run_id, FileReviewer(file))
    assert caught.value.where == f"rulings.json: {field}"
    assert "\n" not in caught.value.line
    assert panel.report(waiting.run_id) == waiting


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"rulings": []}', '{"reviewer": 3, "rulings": []}', "[" * 100_000, "\x00", "{}"],
)
def test_what_is_no_rulings_file_is_said_in_one_line(content: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        FileReviewer(_file(tmp_path, content), "Dr A")
    assert caught.value.where.startswith("rulings.json")


def test_a_rulings_file_needs_one_reviewer(tmp_path: Path) -> None:
    nameless = _file(tmp_path, {"rulings": [_line("x")]})
    with pytest.raises(UsageError, match="reviewer"):
        FileReviewer(nameless)
    FileReviewer(nameless, "Dr A")
    named = _file(tmp_path, {"reviewer": "Dr A", "rulings": [_line("x")]})
    with pytest.raises(UsageError, match="--reviewer"):
        FileReviewer(named, "Dr B")


def test_missing_rulings_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        FileReviewer(tmp_path / "none.json")


def _sit(panel: Panel, run: str, answers: list[str], reviewer: str | None = None) -> str:
    screen = io.StringIO()
    lines = iter(answers)

    def ask(prompt: str) -> str:
        screen.write(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    with panel.reviewing(run) as session:
        console = Console(file=screen, width=100, markup=False)
        Desk(console, ask, reviewer).sit(panel.chart(run), session.open, session.commit)
    return screen.getvalue()


def test_at_the_terminal_both_sides_are_quoted_and_each_decision_can_be_taken(
    panel: Panel, waiting: PanelReport
) -> None:
    answers = ["Dr A", "nonsense", "7", "d", "", "second look", "slides are faint", "1", "", "biopsy is right"]
    screen = _sit(panel, waiting.run_id, answers)
    assert "right upper lobe" in screen
    assert "Left upper lobe" in screen
    report = panel.report(waiting.run_id)
    assert report.status == "final"
    assert [(c.ruling.decision, c.ruling.value, c.ruling.side, c.ruling.reason) for c in report.conflicts if c.ruling] == [
        ("defer", "second look", None, "slides are faint"),
        ("accept", None, 1, "biopsy is right"),
    ]


@pytest.mark.parametrize("end", [["q"], [], ["a", "q"], ["0", "quit"]])
def test_quitting_keeps_what_was_ruled(end: list[str], panel: Panel, waiting: PanelReport) -> None:
    _sit(panel, waiting.run_id, ["0", "seen", *end], reviewer="Dr A")
    report = panel.report(waiting.run_id)
    assert [c.ruling is None for c in report.conflicts] == [False, True]
    _sit(panel, waiting.run_id, ["e", "regional board", "too hard"], reviewer="Dr B")
    assert panel.report(waiting.run_id).status == "final"


def test_skipping_leaves_a_conflict_open(panel: Panel, waiting: PanelReport) -> None:
    _sit(panel, waiting.run_id, ["s", "m", "q"], reviewer="Dr A")
    _sit(panel, waiting.run_id, ["s", "0", "seen"], reviewer="Dr A")
    assert [c.ruling is None for c in panel.report(waiting.run_id).conflicts] == [True, False]
