"""The run store: ids, permissions, locks, purging, and what is said of a damaged one."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from panel.errors import StoreError, UsageError
from panel.store import Store, home, new_run_id, private_folder
from panel.testing import ScriptedReviewer

from . import fakes


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_run_ids_sort_by_time_and_do_not_repeat() -> None:
    first = new_run_id()
    time.sleep(0.002)
    later = [new_run_id() for _ in range(50)]
    assert all(first < id for id in later)
    assert len(set(later)) == 50


@pytest.mark.parametrize(
    "run_id", ["", "last", "../../etc/passwd", "20260310-120000-000-0000000", "20260310-120000-000-00000000\n", "x" * 9999]
)
def test_what_is_no_run_id_never_reaches_the_disk(run_id: str, tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path / "store")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    for door in (panel.report, panel.resume, panel.chart, lambda run: panel.review(run, ScriptedReviewer())):
        with pytest.raises(UsageError, match="no run id") as caught:
            door(run_id)
        assert len(caught.value.line) < 200
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_a_run_that_is_not_there(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    with pytest.raises(UsageError, match="no such run"):
        panel.review("20260310-120000-000-00000000", ScriptedReviewer())
    assert not (tmp_path / "locks").exists()


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        panel = fakes.panel(store=tmp_path / "deep" / "store")
        report = panel.run(fakes.case())
        with panel.reviewing(report.run_id):
            folder = tmp_path / "deep" / "store"
            found = {str(p.relative_to(folder)): _mode(p) for p in folder.rglob("*")}
    finally:
        os.umask(old)
    assert _mode(folder) == 0o700
    assert {"runs.sqlite", "runs.sqlite-wal", "checkpoints.sqlite", "audit.jsonl", "audit.head"} <= found.keys()
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_a_folder_left_open_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    assert _mode(tmp_path) == 0o700


def test_where_the_store_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPERT_PANEL_HOME", str(tmp_path / "own"))
    assert home() == tmp_path / "own"
    monkeypatch.delenv("EXPERT_PANEL_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert home() == tmp_path / "xdg" / "expert-panel"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert home() == Path.home() / ".local" / "share" / "expert-panel"


def test_nothing_is_written_without_a_store(tmp_path: Path, own_home: Path) -> None:
    panel = fakes.panel()
    report = panel.run(fakes.case())
    panel.review(report.run_id, ScriptedReviewer())
    assert not own_home.exists()


def test_runs_are_listed_newest_first(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    first = panel.run(fakes.case())
    time.sleep(0.002)
    second = panel.run(fakes.case("calm", calm=True))
    assert [(r.id, r.case_id, r.status) for r in panel.runs()] == [
        (second.run_id, "calm", "final"),
        (first.run_id, "lung-001", "awaiting_review"),
    ]


def test_purging_leaves_no_word_of_the_chart(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    gone = panel.run(fakes.case())
    panel.review(gone.run_id, ScriptedReviewer({c.id: ("accept", 0) for c in gone.open[:1]}))
    panel.purge([gone.run_id])
    assert panel.runs() == []
    with pytest.raises(UsageError, match="no such run"):
        panel.report(gone.run_id)
    panel.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"right upper lobe" not in content, path.name
            assert b"adenocarcinoma" not in content, path.name
    assert "purge" in (tmp_path / "audit.jsonl").read_text()


def test_purging_leaves_the_other_runs_alone(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    kept, gone = panel.run(fakes.case()), panel.run(fakes.case("other"))
    with pytest.raises(UsageError):
        panel.purge([gone.run_id, "20260310-120000-000-00000000"])
    assert len(panel.runs()) == 2
    panel.purge([gone.run_id])
    assert panel.report(kept.run_id) == kept
    assert panel.review(kept.run_id, ScriptedReviewer()).status == "final"


def test_a_run_in_somebodys_hands_is_not_purged(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    report = panel.run(fakes.case())
    with panel.reviewing(report.run_id), fakes.panel(store=tmp_path) as other, pytest.raises(StoreError):
        other.purge([report.run_id])
    assert panel.report(report.run_id) == report


def test_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run_id = new_run_id()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with Store(tmp_path).lock(run_id):
            os.write(writer, b"held")
            signal.pause()
    assert os.read(reader, 4) == b"held"
    with pytest.raises(StoreError, match="somebody else"), store.lock(run_id):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with store.lock(run_id):
        pass
    assert list((tmp_path / "locks").iterdir()) == []


@pytest.mark.parametrize("name", ["runs.sqlite", "checkpoints.sqlite"])
def test_a_damaged_file_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError) as caught:
        fakes.panel(store=tmp_path).run(fakes.case())
    assert "is no database" in caught.value.line


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "runs.sqlite") as file:
        file.execute("PRAGMA user_version=99")
    with pytest.raises(StoreError, match="newer version"):
        Store(tmp_path)


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(StoreError, match="EXPERT_PANEL_HOME"):
        Store(tmp_path / "home")


def test_a_changed_case_is_noticed(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    report = panel.run(fakes.case())
    with sqlite3.connect(tmp_path / "runs.sqlite") as file:
        file.execute("UPDATE runs SET chart=replace(chart, 'right upper', 'left upper')")
    with pytest.raises(StoreError, match="stored case was changed"):
        panel.chart(report.run_id)


def test_a_run_is_resumed_only_as_the_same_case(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    report = panel.run(fakes.case())
    assert panel.resume(report.run_id, fakes.case()) == report
    with pytest.raises(UsageError, match="another case"):
        panel.resume(report.run_id, fakes.case(calm=True))


def test_an_unfinished_run_starts_anew_when_the_rules_changed_since(tmp_path: Path) -> None:
    from panel.parts import Provenance
    from panel.testing import ScriptedSpecialist

    def cut_off(case: object) -> None:
        raise KeyboardInterrupt

    run_id = new_run_id()
    broken = fakes.panel(store=tmp_path, propose=lambda case, conflicts: cut_off(case))
    with pytest.raises(KeyboardInterrupt):
        broken.run(fakes.case(), run_id=run_id)
    assert [r.status for r in broken.runs()] == ["unfinished"]
    newer = Provenance(version="newer", rules="1" * 64)
    seats = [ScriptedSpecialist("registrar")]
    report = fakes.panel(store=tmp_path, specialists=seats, provenance=newer).report(run_id)
    assert (report.status, report.stamp.version, len(report.opinions)) == ("final", "newer", 1)


def test_many_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    for turn in range(10):
        folder = tmp_path / str(turn)
        children = []
        for _ in range(4):
            child = os.fork()
            if child == 0:
                try:
                    with fakes.panel(store=folder) as panel:
                        panel.run(fakes.case(calm=True))
                except BaseException:  # noqa: BLE001  this fork has nobody to raise to
                    os._exit(1)
                os._exit(0)
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
