"""The command line: exit codes, streams, batches, and what is said when something is wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from panel import meeting, wiring
from panel.cli import entry
from panel.testing import ScriptedSpecialist

from . import fakes

ROOT = Path(__file__).parents[2]
Command = Callable[..., "Result"]


@dataclass(frozen=True, slots=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def reports(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, in this process, over scripted seats."""
    monkeypatch.setattr(wiring, "default_parts", fakes.parts)
    monkeypatch.setattr(meeting, "_defaults", [fakes.parts])

    def command(*arguments: str) -> Result:
        capsys.readouterr()
        code = entry.run(arguments)
        return Result(code, *capsys.readouterr())

    return command


def _launched(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.meeting.launch", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **options
    )


def _finished(*arguments: str, **options: Any) -> Result:
    process = _launched(*arguments, **options)
    out, err = process.communicate(timeout=60)
    return Result(process.returncode, out, err)


def _ruled(panel: Command, run_id: str, tmp_path: Path, count: int = 2) -> Result:
    ids = ["grade-53221604", "laterality-5665431d"][:count]
    rulings = [{"conflict": id, "decision": "accept", "side": 0, "reason": "seen"} for id in ids]
    file = tmp_path / "rulings.json"
    file.write_text(json.dumps({"reviewer": "Dr A", "rulings": rulings}))
    return panel("review", run_id, "--rulings", str(file))


def test_from_chart_to_signed_report(panel: Command, tmp_path: Path) -> None:
    run = panel("run", *fakes.write(tmp_path, "lung-001"), "--json")
    assert run.code == 3
    (report,) = run.reports
    assert (report["schema"], report["status"], report["case_id"]) == ("panel-report/1", "awaiting_review", "lung-001")
    assert f"panel review {report['run_id']}" in run.err
    run_id = report["run_id"]

    shown = panel("review", run_id, "--show")
    assert (shown.code, "right upper lobe" in shown.out, "Left upper lobe" in shown.out) == (3, True, True)
    assert panel("report", run_id, "--format", "json").code == 3

    ruled = _ruled(panel, run_id, tmp_path)
    assert ruled.code == 0
    final = panel("report", run_id, "--format", "json")
    assert (final.code, final.reports[0]["status"]) == (0, "final")
    for form in ("md", "html"):
        assert "right upper lobe" in panel("report", run_id, "--format", form).out
    assert panel("run", "--resume", run_id, "--json").reports == final.reports

    again = _ruled(panel, run_id, tmp_path)
    assert (again.code, "already ruled on" in again.err) == (2, True)
    runs = panel("runs", "--json")
    assert [(r["run_id"], r["status"]) for r in runs.reports] == [(run_id, "final")]
    assert run_id in panel("runs").out

    assert panel("audit", "verify").out.startswith("intact: ")
    acts = [e["what"] for e in panel("audit", "list", "--json").reports]
    assert {"run", "ruling", "render", "resume"} >= set(acts) >= {"run", "ruling", "render"}
    assert run_id in panel("audit", "list", "--run", run_id).out


def test_the_contract_s_keys_are_all_there(panel: Command, tmp_path: Path) -> None:
    report = panel("run", *fakes.write(tmp_path, "lung-001"), "--json").reports[0]
    contract = ["schema", "run_id", "case_id", "status", "question", "opinions", "agreed", "conflicts", "missing", "recommendation", "dissent", "references", "stamp"]
    assert set(contract) <= report.keys()
    assert {"id", "kind", "level", "question", "severity", "sides", "proposal", "ruling"} <= report["conflicts"][0].keys()
    assert {"document", "start", "end", "quote"} == report["conflicts"][0]["sides"][0]["evidence"][0].keys()


def test_a_partial_ruling_leaves_the_run_waiting(panel: Command, tmp_path: Path) -> None:
    run_id = panel("run", *fakes.write(tmp_path, "lung-001"), "--json").reports[0]["run_id"]
    ruled = _ruled(panel, run_id, tmp_path, count=1)
    assert (ruled.code, "1 of 2 conflicts await a ruling" in ruled.err) == (3, True)


def test_a_person_sees_a_summary_and_progress(panel: Command, tmp_path: Path) -> None:
    shown = panel("run", *fakes.write(tmp_path, "lung-001"))
    assert shown.code == 3
    assert "panel review" in shown.out
    assert "radiology has read" in shown.err
    assert panel("run", *fakes.write(tmp_path, "calm"), "--quiet").err == ""


def test_files_are_whole_and_private_and_named_by_case(panel: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = panel("run", *fakes.write(tmp_path, "lung-001"), "--out", str(out), "--json")
    assert len(done.reports) == 1
    found = sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file())
    assert found == [f"lung-001/report.{form}" for form in ("html", "json", "md")]
    assert {stat.S_IMODE(p.stat().st_mode) for p in out.rglob("*.*")} == {0o600}
    assert json.loads((out / "lung-001" / "report.json").read_text()) == done.reports[0]


@pytest.mark.parametrize("id", ["..", ".", ".hidden", "a b", "x" * 200])
def test_no_case_id_leads_out_of_the_folder(id: str, panel: Command, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps({**fakes.case(calm=True).model_dump(mode="json", exclude_none=True), "id": id}))
    assert panel("run", str(path), "--out", str(tmp_path / "out"), "-q").code == 0
    (made,) = (tmp_path / "out").iterdir()
    assert not made.name.startswith(".")
    assert len(list(made.iterdir())) == 3


def test_out_that_cannot_be_written(panel: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = panel("run", *fakes.write(tmp_path, "calm"), "--out", str(tmp_path / "file"), "-q")
    assert (done.code, len(done.err.splitlines())) == (2, 1)


def test_of_several_cases_each_is_run_whatever_befalls_the_others(tmp_path: Path) -> None:
    good = fakes.write(tmp_path, "calm-1", "lung-001", "bug-1", "calm-2")
    (tmp_path / "broken.json").write_text("{")
    paths = [good[0], str(tmp_path / "broken.json"), good[1], good[2], str(tmp_path / "none.json"), good[3]]
    done = _finished("run", *paths, "--json", "--quiet")
    assert [r["case_id"] for r in done.reports] == ["calm-1", "lung-001", "calm-2"]
    assert done.code == 1
    lines = done.err.splitlines()
    assert [bool(re.search(name, "\n".join(lines))) for name in ("broken.json", "none.json", "bug-1.json")] == [True] * 3
    assert "right upper lobe" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(("names", "code"), [("calm", 0), ("calm lung", 3), ("calm lung none", 2)])
def test_the_exit_code_is_the_worst(names: str, code: int, panel: Command, tmp_path: Path) -> None:
    paths = [str(tmp_path / "none.json") if n == "none" else fakes.write(tmp_path, n)[0] for n in names.split()]
    assert panel("run", *paths, "--json", "--quiet").code == code


def test_many_cases_come_out_in_the_order_given(tmp_path: Path) -> None:
    ids = [f"{'calm' if i % 3 else 'lung'}-{i:02d}" for i in range(30)]
    done = _finished("run", *fakes.write(tmp_path, *ids), "--json", "--jobs", "3")
    assert [r["case_id"] for r in done.reports] == ids
    assert (done.code, done.err.count("[30/30]")) == (3, 1)
    assert _finished("audit", "verify").out.startswith("intact: ")


def test_a_case_that_takes_its_worker_down_harms_no_other(tmp_path: Path) -> None:
    done = _finished("run", *fakes.write(tmp_path, "calm-1", "killer-1", "calm-2"), "--json", "-q", "--jobs", "1")
    assert [r["case_id"] for r in done.reports] == ["calm-1", "calm-2"]
    assert done.code == 1
    assert done.err.splitlines() == ["killer-1.json: the process reading it was killed. Run it alone, or with more memory"]


def test_a_killed_batch_leaves_no_worker_behind(tmp_path: Path) -> None:
    process = _launched("run", *fakes.write(tmp_path, "slow-1", "slow-2"), "--json", "--jobs", "2")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    until = time.monotonic() + 20
    while len(workers := children.read_text().split()) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(workers) == 2
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


def test_two_cases_of_one_id_do_not_overwrite_each_other(panel: Command, tmp_path: Path) -> None:
    first, second = fakes.write(tmp_path, "calm-1", "calm-2")
    Path(second).write_text(Path(first).read_text())
    assert panel("run", first, second, "--out", str(tmp_path / "out"), "-q").code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


BAD_USE: dict[str, list[str]] = {
    "no command": ["runn"],
    "no case": ["run"],
    "unknown option": ["run", "--jason", "x"],
    "bad number": ["run", "x", "--jobs", "many"],
    "no such case": ["run", "none.json"],
    "resume with two cases": ["run", "a", "b", "--resume", "20260310-120000-000-00000000"],
    "resume of nothing": ["run", "--resume", "20260310-120000-000-00000000"],
    "no run id": ["report", "../../etc/passwd"],
    "no such run": ["report", "20260310-120000-000-00000000"],
    "review of nothing": ["review", "20260310-120000-000-00000000"],
    "bad format": ["report", "x", "--format", "docx"],
    "no rulings file": ["review", "20260310-120000-000-00000000", "--rulings", "none.json"],
    "show and rule": ["review", "20260310-120000-000-00000000", "--show", "--reviewer", "Dr A"],
    "purge of everything": ["runs", "--purge"],
    "purge of nothing": ["runs", "--purge", "--run", "20260310-120000-000-00000000", "--yes"],
    "age without purge": ["runs", "--older-than", "3"],
    "NUL": ["run", "a\0b"],
}


@pytest.mark.parametrize("what", BAD_USE)
def test_bad_use_is_one_line_and_exit_2(what: str, panel: Command) -> None:
    done = panel(*BAD_USE[what])
    assert (done.code, done.out) == (2, "")
    lines = [line for line in done.err.splitlines() if not line.startswith("none.json: run") and ": run 2" not in line]
    assert len(lines) == 1, done.err
    assert "Traceback" not in done.err


def test_a_bug_is_one_line_without_the_chart(panel: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = panel("run", *fakes.write(tmp_path, "bug-1"), "--json", "-q")
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "ZeroDivisionError" in done.err
    monkeypatch.setenv("EXPERT_PANEL_DEBUG", "1")
    told = panel("run", *fakes.write(tmp_path, "bug-1"), "--json", "-q")
    assert re.search(r"fakes\.py:\d+", told.err)
    for said in (done.err, told.err):
        assert "upper lobe" not in said
        assert "Traceback" not in said


def test_a_report_that_a_failed_seat_left_incomplete_is_never_final(
    panel: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = [ScriptedSpecialist("registrar", ValueError("right upper lobe")), ScriptedSpecialist("surgery")]
    monkeypatch.setattr(fakes, "seats", lambda: seats)
    done = panel("run", *fakes.write(tmp_path, "lung-001"), "--json", "-q")
    assert (done.code, done.reports[0]["status"]) == (1, "awaiting_review")
    assert done.reports[0]["recommendation"].startswith("Not complete: registrar failed")
    assert done.err.splitlines() == ["lung-001: registrar failed; the report may lack findings and conflicts"]
    run = done.reports[0]["run_id"]
    shown = panel("report", run)
    assert shown.code == 3
    assert "NOT COMPLETE – registrar failed" in shown.out
    assert "FINAL" not in shown.out
    reviewed = panel("review", run)
    assert (reviewed.code, reviewed.err) == (3, f"not final: registrar failed in run {run}. Run the case again\n")


def test_a_run_cut_off_by_a_bug_is_continued_once_it_is_mended(
    panel: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel("run", *fakes.write(tmp_path, "bug-1"), "-q")
    (run,) = panel("runs", "--json").reports
    assert run["status"] == "unfinished"
    monkeypatch.setattr(fakes, "_troubled", fakes.compare)
    done = panel("run", "--resume", run["run_id"], "--json")
    assert (done.code, done.reports[0]["run_id"]) == (3, run["run_id"])


def test_purging_by_age_and_by_id(panel: Command, tmp_path: Path) -> None:
    runs = [panel("run", p, "--json", "-q").reports[0]["run_id"] for p in fakes.write(tmp_path, "calm-1", "calm-2")]
    assert panel("runs", "--purge", "--older-than", "1", "--yes").code == 0
    assert len(panel("runs", "--json").reports) == 2
    asked = panel("runs", "--purge", "--run", runs[0])
    assert (asked.code, "--yes" in asked.err) == (2, True)
    assert panel("runs", "--purge", "--run", runs[0], "--yes").code == 0
    assert [r["run_id"] for r in panel("runs", "--json").reports] == [runs[1]]
    assert panel("runs", "--purge", "--older-than", "0", "--yes").code == 0
    assert panel("runs", "--json").out == ""


def test_interactive_review(panel: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    run_id = panel("run", *fakes.write(tmp_path, "lung-001"), "--json", "-q").reports[0]["run_id"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("Dr A\n1\nseen on the slides\nq\n"))
    done = panel("review", run_id)
    assert (done.code, "1 of 2" in done.err) == (3, True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\nleft\nbiopsy\n"))
    assert panel("review", run_id, "--reviewer", "Dr B").code == 0


def test_a_second_reviewer_gets_one_clear_line(panel: Command, tmp_path: Path, own_home: Path) -> None:
    run_id = panel("run", *fakes.write(tmp_path, "lung-001"), "--json", "-q").reports[0]["run_id"]
    with fakes.panel(store=own_home) as board, board.reviewing(run_id):
        done = _ruled(panel, run_id, tmp_path)
        assert (done.code, len(done.err.splitlines())) == (2, 1)
        assert "somebody else" in done.err
    assert _ruled(panel, run_id, tmp_path).code == 0


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "tests.meeting.launch", "run", *fakes.write(tmp_path, "calm-1", "calm-2"), "--json", "-q"]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_tells_how_to_go_on(tmp_path: Path) -> None:
    heard = signal.signal(signal.SIGINT, signal.SIG_DFL)  # a suite in the background ignores it, and so would what it starts
    try:
        process = _launched("run", *fakes.write(tmp_path, "slow-1"), "--json")
    finally:
        signal.signal(signal.SIGINT, heard)
    assert process.stderr is not None
    while "has heard" not in process.stderr.readline():
        pass
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "panel run --resume" in err
    assert "Traceback" not in err


HEAVY = {"torch", "transformers", "chromadb", "langgraph", "langchain_core", "langsmith", "yaml", "panel.meeting", "panel.case"}


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["review", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """In a fresh interpreter. Typer itself draws with Rich, and takes options apart with Pydantic."""
    script = """
import sys
from panel import privacy
privacy.enforce()
from panel.cli import entry
code = entry.run(sys.argv[1:])
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
sys.exit(code)
"""
    done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Usage" in done.stdout
    assert HEAVY & set(done.stderr.split()) == set()
    if len(arguments) == 1:
        assert "pydantic" not in done.stderr.split()


@pytest.mark.parametrize("command", ["run", "review", "report", "runs", "schema", "doctor", "audit verify", "eval conflicts"])
def test_every_command_has_examples(command: str, panel: Command) -> None:
    done = panel(*command.split(), "--help")
    assert (done.code, f"panel {command}" in done.out.split("Examples")[1]) == (0, True)


def test_schema_is_the_case_file_s(panel: Command) -> None:
    schema = json.loads(panel("schema").out)
    assert {"id", "documents", "patient", "question"} <= schema["properties"].keys()


def test_doctor_says_what_is_here(panel: Command) -> None:
    found = panel("doctor", "--json").reports[0]
    assert found["python"] == sys.version.split()[0]
    assert {"core", "extras", "sqlite", "home", "troubles"} <= found.keys()
    assert "python" in panel("doctor").out


def test_doctor_names_who_has_taken_our_import_names(panel: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = tmp_path / "openai_agents-1.0.dist-info"
    stranger.mkdir()
    (stranger / "METADATA").write_text("Metadata-Version: 2.1\nName: openai-agents\nVersion: 1.0\n")
    (stranger / "top_level.txt").write_text("agents\n")
    (stranger / "RECORD").write_text("agents/__init__.py,,\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    done = panel("doctor")
    assert done.code == 2
    assert any("'agents'" in line and "openai-agents" in line for line in done.err.splitlines())
