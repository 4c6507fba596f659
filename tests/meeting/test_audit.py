"""The audit log: what it holds, what it must not hold, and what tampering it shows."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from panel.audit import AuditLog, Entry
from panel.errors import StoreError
from panel.testing import ScriptedReviewer

from . import fakes


def _log(folder: Path, count: int = 5) -> AuditLog:
    log = AuditLog(folder)
    for number in range(count):
        log.append([Entry("run", f"run-{number}")])
    return log


def test_who_ran_ruled_rendered_and_purged_what(tmp_path: Path) -> None:
    panel = fakes.panel(store=tmp_path)
    report = panel.run(fakes.case())
    final = panel.review(report.run_id, ScriptedReviewer())
    panel.rendered(final, "html")
    panel.purge([report.run_id])
    log = AuditLog(tmp_path)
    entries = list(log.entries())
    assert [(e["what"], e["reviewer"]) for e in entries] == [
        ("run", None),
        ("ruling", "Dr Test"),
        ("ruling", "Dr Test"),
        ("render", None),
        ("purge", None),
    ]
    assert {e["run"] for e in entries} == {report.run_id}
    assert log.verify().entries == 5
    text = (tmp_path / "audit.jsonl").read_text()
    for word in ("upper lobe", "adenocarcinoma", "apixaban", "resectable", "as scripted"):
        assert word not in text


def test_an_intact_log_is_intact(tmp_path: Path) -> None:
    log = _log(tmp_path)
    verdict = log.verify()
    assert (verdict.entries, verdict.torn) == (5, False)
    assert log.verify(head=verdict.head) == verdict
    assert AuditLog(tmp_path / "none").verify().entries == 0


def _edit(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1].replace(b"run-1", b"run-9"), *lines[2:]]


def _forge(lines: list[bytes]) -> list[bytes]:
    """An edited entry with its own hash made right again: the next one no longer fits."""
    from panel.audit import _digest, _line

    record = json.loads(lines[1])
    record["run"] = "run-9"
    del record["hash"]
    record["hash"] = _digest(record)
    return [lines[0], _line(record).rstrip(b"\n"), *lines[2:]]


TAMPERED = {
    "edited": _edit,
    "edited and hashed again": _forge,
    "first removed": lambda lines: lines[1:],
    "one removed": lambda lines: lines[:2] + lines[3:],
    "swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "repeated": lambda lines: [*lines[:2], lines[1], *lines[2:]],
    "cut off": lambda lines: lines[:-1],
    "emptied": lambda lines: [],
    "not JSON": lambda lines: [*lines[:2], b"{", *lines[3:]],
    "no object": lambda lines: [*lines[:2], b"[]", *lines[3:]],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_shows(how: str, tmp_path: Path) -> None:
    log = _log(tmp_path)
    lines = log.path.read_bytes().splitlines()
    log.path.write_bytes(b"".join(line + b"\n" for line in TAMPERED[how](lines)))
    with pytest.raises(StoreError, match="audit log"):
        log.verify()


def test_a_log_written_anew_shows(tmp_path: Path) -> None:
    log = _log(tmp_path)
    head = log.verify().head
    anchor = log.anchor.read_bytes()
    log.path.unlink()
    log.anchor.unlink()
    _log(tmp_path)
    with pytest.raises(StoreError, match="you noted"):
        log.verify(head=head)
    log.anchor.write_bytes(anchor)
    with pytest.raises(StoreError, match="written anew"):
        log.verify()


def test_a_missing_head_file_shows(tmp_path: Path) -> None:
    log = _log(tmp_path)
    log.anchor.unlink()
    with pytest.raises(StoreError, match="head file"):
        log.verify()


def test_nothing_is_added_to_a_log_cut_off_at_its_end(tmp_path: Path) -> None:
    log = _log(tmp_path)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(StoreError, match="missing at its end"):
        log.append([Entry("run", "run-x")])


def test_a_line_torn_by_a_crash_is_no_alarm_and_is_replaced(tmp_path: Path) -> None:
    log = _log(tmp_path)
    with log.path.open("ab") as file:
        file.write(b'{"n": 6, "time": "20')
    assert log.verify().torn
    log.append([Entry("run", "run-6")])
    verdict = log.verify()
    assert (verdict.entries, verdict.torn) == (6, False)


def test_a_first_line_torn_by_a_crash(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.append([Entry("run", "a")])
    log.path.write_bytes(b'{"n": 1')
    log.anchor.write_bytes(b"000000000000 " + b"0" * 64 + b"\n")
    log.append([Entry("run", "b")])
    assert log.verify().entries == 1


def test_writers_in_many_processes_make_one_chain(tmp_path: Path) -> None:
    children = []
    for lane in range(4):
        child = os.fork()
        if child == 0:
            for number in range(25):
                AuditLog(tmp_path).append([Entry("run", f"{lane}-{number}"), Entry("ruling", f"{lane}-{number}")])
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert AuditLog(tmp_path).verify().entries == 200
