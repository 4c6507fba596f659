"""SIGKILL at every node boundary, in the middle of nodes and in the middle of ruling: nothing lost, nothing twice.

Each trial is a fork of this warm process that kills itself at its n-th step; a second fork then does what a user
would do, and must arrive at the report of a run that nobody killed.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from panel.audit import AuditLog
from panel.errors import UsageError
from panel.meeting import Panel
from panel.store import Store, new_run_id
from panel.testing import ScriptedReviewer, ScriptedSpecialist

from . import fakes

pytest.importorskip("langgraph.checkpoint.sqlite")

GRADE, SIDE = "grade-53221604", "laterality-5665431d"
RUN = "20260310-120000-000-00000000"
RULINGS: list[dict[str, Any]] = [{GRADE: ("defer", "second look")}, {SIDE: ("accept", 1)}]


class Fuse:
    """Counts steps; at the fatal one this process is gone."""

    def __init__(self, fatal: int) -> None:
        self.steps: list[str] = []
        self._fatal = fatal
        self._lock = threading.Lock()

    def burn(self, step: str) -> None:
        with self._lock:
            self.steps.append(step)
            if len(self.steps) == self._fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: type, name: str) -> None:
        """Burn before and after that method."""
        method = getattr(owner, name)

        @wraps(method)
        def burning(*arguments: Any, **options: Any) -> Any:
            self.burn(f"before {name}")
            result = method(*arguments, **options)
            self.burn(f"after {name}")
            return result

        setattr(owner, name, burning)

    def within(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        """Burn in the middle of a node."""

        def burning(*arguments: Any) -> Any:
            result = function(*arguments)
            self.burn(f"within {step}")
            return result

        return burning


def _wired(fuse: Fuse) -> dict[str, Any]:
    """Set the fuse along everything a run does (in a fork: this process stays as it is)."""
    from langgraph.checkpoint.sqlite import SqliteSaver

    for owner, names in (
        (SqliteSaver, ("put", "put_writes", "delete_thread")),
        (Store, ("begin", "finish", "rule", "logged")),
        (AuditLog, ("append", "_set_anchor")),
        (ScriptedSpecialist, ("read", "revise")),
    ):
        for name in names:
            fuse.around(owner, name)
    return {
        name: fuse.within(getattr(fakes, name), name) for name in ("compare", "propose", "conclude")
    }


def _meet(folder: Path, run_id: str, parts: dict[str, Any]) -> None:
    """What a user does, and does again after a kill: run, rule on what is open, ask for the report."""
    with fakes.panel(store=folder, **parts) as panel:
        try:
            panel.resume(run_id)
        except UsageError:
            panel.run(fakes.case(), run_id=run_id)
        for ruling in RULINGS:
            if {c.id for c in panel.report(run_id).open} & ruling.keys():
                panel.review(run_id, ScriptedReviewer(ruling, time=fakes.NOON))
        _keep(folder, panel, run_id)


def _keep(folder: Path, panel: Panel, run_id: str) -> None:
    plain = json.loads(panel.report(run_id).model_dump_json(by_alias=True))
    plain["stamp"]["started"] = ""
    (folder / "result.json").write_text(json.dumps(plain))


def _fork(work: Callable[[], None]) -> int:
    """Begin it in a fork; returns its process id."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  this fork has nobody to raise to
            traceback.print_exc()
            os._exit(70)
        os._exit(0)
    return child


def _forked(work: Callable[[], None]) -> int:
    """Do it in a fork; returns its wait status."""
    return os.waitpid(_fork(work), 0)[1]


def _steps_of_a_whole_run(folder: Path) -> list[str]:
    def whole() -> None:
        fuse = Fuse(0)
        _meet(folder, RUN, _wired(fuse))
        (folder / "steps.json").write_text(json.dumps(fuse.steps))

    assert _forked(whole) == 0
    steps: list[str] = json.loads((folder / "steps.json").read_text())
    return steps


def _rulings_on_disk(folder: Path) -> dict[str, str]:
    store = Store(folder)
    try:
        return dict(store.rulings(RUN))
    finally:
        store.close()


def _killed_at(fatal: int, folder: Path, expected: str) -> bool:
    """One trial; returns whether it was killed at all."""
    killed = os.WIFSIGNALED(_forked(lambda: _meet(folder, RUN, _wired(Fuse(fatal)))))
    before = _rulings_on_disk(folder)
    assert _forked(lambda: _meet(folder, RUN, {})) == 0, f"step {fatal}"
    assert (folder / "result.json").read_text() == expected, f"step {fatal}"
    after = _rulings_on_disk(folder)
    assert after.keys() == {GRADE, SIDE}
    assert before.items() <= after.items(), f"a ruling was changed, step {fatal}"
    log = AuditLog(folder)
    log.verify()
    ruled = {str(e["detail"]["conflict"]) for e in log.entries() if e["what"] == "ruling"}  # type: ignore[index]
    assert ruled == {GRADE, SIDE}, f"step {fatal}"
    return killed


def test_killed_anywhere_a_run_comes_to_the_same_report(tmp_path: Path) -> None:
    import panel.play  # noqa: F401  # warm, so that a trial costs milliseconds

    steps = _steps_of_a_whole_run(tmp_path / "whole")
    expected = (tmp_path / "whole" / "result.json").read_text()
    assert '"status": "final"' in expected
    for node in ("before put", "within compare", "within propose", "within conclude", "before rule", "after rule"):
        assert node in steps

    def trials(first: int) -> None:
        fatal = range(first, len(steps) + 1, 2)
        killed = sum(_killed_at(step, tmp_path / str(step), expected) for step in fatal)
        (tmp_path / f"killed-{first}").write_text(str(killed))

    lanes = [_fork(lambda first=first: trials(first)) for first in (1, 2)]
    assert [os.waitpid(lane, 0)[1] for lane in lanes] == [0, 0]
    assert sum(int((tmp_path / f"killed-{first}").read_text()) for first in (1, 2)) >= 90


def test_killed_again_and_again_at_every_next_step(tmp_path: Path) -> None:
    """A machine that never stays up for more than a few steps still gets there, if it stays up a little longer."""
    run_id = new_run_id()
    folder = tmp_path / "store"
    for attempt in range(60):
        status = _forked(lambda attempt=attempt: _meet(folder, run_id, _wired(Fuse(4 + attempt))))
        if status == 0:
            break
        assert os.WIFSIGNALED(status)
    result = json.loads((folder / "result.json").read_text())
    assert result["status"] == "final"
    assert [c["ruling"]["decision"] for c in result["conflicts"]] == ["defer", "accept"]
