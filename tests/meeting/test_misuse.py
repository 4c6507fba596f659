"""Misuse at every door: rulings that are none, streams that are full or closed, files that are no files, damage."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from panel.audit import AuditLog, Entry
from panel.case import Case, Document
from panel.cli import door
from panel.cli.files import write_whole
from panel.conflict import Conflict, Ruling
from panel.errors import StoreError, UsageError
from panel.meeting import Panel
from panel.review import FileReviewer
from panel.testing import ScriptedReviewer

from . import fakes

ROOT = Path(__file__).parents[2]


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    with fakes.panel(store=tmp_path / "store") as panel:
        yield panel


@pytest.mark.parametrize(
    ("ruling", "said"),
    [
        ('"side": true', "rulings[0].side: has the wrong type"),
        ('"side": "1"', "rulings[0].side: has the wrong type"),
        ('"side": 0, "side": 1', "side: stands twice"),
        (f'"side": {"9" * 5000}', "a number too large"),
        ('"side": 0, "value": "\\ud800"', "half a character"),
    ],
)
def test_a_ruling_that_could_be_read_in_two_ways_is_refused(ruling: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "rulings.json"
    line = f'{{"conflict": "c", "decision": "accept", {ruling}, "reason": "r"}}'
    file.write_text(f'{{"reviewer": "Dr A", "rulings": [{line}]}}')
    with pytest.raises(UsageError) as refused:
        FileReviewer(file)
    assert said in refused.value.line


def test_a_reviewer_may_rule_by_a_generator(panel: Panel) -> None:
    class Generous:
        def rule(self, conflicts: Sequence[Conflict]) -> Iterator[Ruling]:
            yield from ScriptedReviewer().rule(conflicts)

    waiting = panel.run(fakes.case())
    assert panel.review(waiting.run_id, Generous()).status == "final"  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"reviewer": ""}, {"reason": " "}, {"time": None}, {"reason": "\ud800"}])
def test_a_ruling_built_past_its_checks_is_refused_and_harms_nothing(change: dict[str, object], panel: Panel) -> None:
    class Forger:
        def rule(self, conflicts: Sequence[Conflict]) -> Sequence[Ruling]:
            return [r.model_copy(update=change) for r in ScriptedReviewer().rule(conflicts)]

    waiting = panel.run(fakes.case())
    with pytest.raises(UsageError, match="ruling 1, ruling"):
        panel.review(waiting.run_id, Forger())
    assert panel.report(waiting.run_id) == waiting
    assert panel.review(waiting.run_id, ScriptedReviewer()).status == "final"


def test_more_runs_are_purged_than_files_may_be_open(panel: Panel) -> None:
    small = Case(id="small", documents=(Document(id="a", kind="note", text="nothing"),))
    ids = [panel.run(small).run_id for _ in range(130)]
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 115, before[1]))
    try:
        panel.purge([*ids, ids[0]])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert panel.runs() == []


def test_one_run_in_use_and_none_is_purged(panel: Panel) -> None:
    ids = [panel.run(fakes.case()).run_id for _ in range(3)]
    with panel.reviewing(ids[2]), pytest.raises(StoreError, match="somebody else"):
        panel.purge(ids)
    assert len(panel.runs()) == 3


def test_purging_over_damaged_checkpoints_is_one_line_and_leaves_the_run(tmp_path: Path) -> None:
    with fakes.panel(store=tmp_path / "store") as panel:
        run_id = panel.run(fakes.case()).run_id
    file = tmp_path / "store" / "checkpoints.sqlite"
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * 4096 * 6)
    with fakes.panel(store=tmp_path / "store") as panel:
        with pytest.raises(StoreError, match=r"checkpoints\.sqlite: cannot be used"):
            panel.purge([run_id])
        assert [run.id for run in panel.runs()] == [run_id]


def test_a_damaged_run_is_said_without_its_words_and_can_be_purged(panel: Panel, tmp_path: Path) -> None:
    run_id = panel.run(fakes.case()).run_id
    with sqlite3.connect(tmp_path / "store" / "runs.sqlite") as database:
        database.execute("UPDATE runs SET report = replace(report, '\"status\"', '\"right upper lobe\"')")
    with pytest.raises(StoreError, match="damaged") as said:
        panel.report(run_id)
    assert "lobe" not in str(said.value)
    panel.purge([run_id])
    assert panel.runs() == []


def test_a_damaged_run_hides_no_other(panel: Panel, tmp_path: Path) -> None:
    whole, damaged = (panel.run(fakes.case(name)).run_id for name in ("one", "two"))
    with sqlite3.connect(tmp_path / "store" / "runs.sqlite") as database:
        database.execute("UPDATE runs SET stamp = '{' WHERE id = ?", (damaged,))
    listed = {run.id: run for run in panel.runs()}
    assert listed[whole].status == "awaiting_review"
    assert listed[damaged].status == "damaged"
    assert abs(listed[damaged].started - listed[whole].started) < dt.timedelta(minutes=5)


def test_verifying_while_another_writes_is_no_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AuditLog(tmp_path)
    log.append([Entry("run", "r")])
    read = AuditLog._lines

    def meanwhile(self: AuditLog) -> tuple[list[bytes], bool]:
        found = read(self)
        monkeypatch.setattr(AuditLog, "_lines", read)
        self.append([Entry("run", "s")])
        return found

    monkeypatch.setattr(AuditLog, "_lines", meanwhile)
    assert log.verify().entries == 1
    assert log.verify().entries == 2


@pytest.mark.parametrize("name", ["", ".", "/", ".."])
def test_out_that_names_no_file(name: str) -> None:
    with pytest.raises(StoreError):
        write_whole(Path(name), "text")


def test_out_never_takes_the_place_of_a_pipe_or_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StoreError, match="is no regular file"):
        write_whole(pipe, "text")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_json_stays_json_on_a_terminal_that_knows_no_such_letters() -> None:
    line = json.dumps({"quote": "Größe ≥ 3 cm 😀"}, ensure_ascii=False)
    spelled = door._spelled(line, "latin-1")
    assert "ö" in spelled
    assert json.loads(spelled) == json.loads(line)


def _panel(redirect: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = f'exec "{sys.executable}" -m tests.meeting.launch "$@" {redirect}'
    return subprocess.run(
        ["sh", "-c", command, "panel", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_closed_or_full_stream_is_no_bug(tmp_path: Path) -> None:
    case = fakes.write(tmp_path, "lung-001")
    assert json.loads(_panel("2>&-", "run", *case, "--json").stdout)["status"] == "awaiting_review"
    closed = _panel(">&-", "run", *case)
    assert (closed.returncode, "error" in closed.stderr) == (3, False)
    if Path("/dev/full").exists():
        full = _panel(">/dev/full", "run", *case, "--json", "-q")
        assert full.returncode == 2
        assert full.stderr.splitlines()[-1].startswith("stdout: no space left on device")


def test_an_empty_case_is_not_the_folder_we_are_in(tmp_path: Path) -> None:
    refused = _panel("", "run", "")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "a CASE is empty" in refused.stderr
