"""The public names, and the fakes that are shipped for users' tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import panel
from panel import Case, Document, Panel
from panel.protocols import Message, Specialist
from panel.testing import ScriptedModel, ScriptedReviewer, ScriptedSpecialist

from . import fakes

ROOT = Path(__file__).parents[2]


def test_every_public_name_is_there_and_every_other_is_not() -> None:
    for name in panel.__all__:
        assert getattr(panel, name).__name__ in (name, "load_case")
    assert panel.__all__ == sorted(panel.__all__)
    assert set(panel.__all__) <= set(dir(panel))
    with pytest.raises(AttributeError, match="no attribute 'Pannel'"):
        panel.Pannel  # noqa: B018


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    script = "import panel, sys; print([m for m in sys.modules if m.startswith(('panel.', 'pydantic', 'langgraph'))])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_users_test_needs_no_more_than_this() -> None:
    case = Case(id="mine", documents=(Document(id="ct", kind="radiology", text="Mass in the left lung."),))
    seat = ScriptedSpecialist("radiology", says=[("primary.side", "left", "ct", "left lung")])
    assert isinstance(seat, Specialist)
    board = Panel([seat], compare=fakes.compare, propose=fakes.propose, conclude=fakes.conclude)
    report = board.run(case)
    assert report.status == "final"
    assert report.opinions[0].findings[0].evidence[0] in case


def test_a_scripted_model_answers_in_order_and_then_no_more() -> None:
    model = ScriptedModel(["one", ValueError("down")])
    prompt = [Message(role="user", content="?")]
    assert model.complete(prompt).text == "one"
    with pytest.raises(ValueError, match="down"):
        model.complete(prompt)
    with pytest.raises(LookupError):
        model.complete(prompt)
    assert model.prompts == [tuple(prompt)] * 3


def test_a_scripted_reviewer_rules_on_what_it_was_told_to() -> None:
    board = fakes.panel()
    conflicts = board.run(fakes.case()).open
    reviewer = ScriptedReviewer({conflicts[1].id: ("amend", "left")})
    assert [(r.conflict, r.value) for r in reviewer.rule(conflicts)] == [(conflicts[1].id, "left")]
    assert reviewer.shown == [tuple(c.id for c in conflicts)]
