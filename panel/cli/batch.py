"""Running cases: one here, many in worker processes, in the order given, whatever befalls one of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from panel import privacy
from panel.cli.door import AWAITING, BAD_INPUT, BUG, FINAL, bug, note
from panel.errors import ModelError, ModelLost, PanelError
from panel.meeting import Panel
from panel.opinion import NOT_BY_MODEL
from panel.report import PanelReport
from panel.store import Store, new_run_id

WORKERS = 2
"""By default: each holds the lexicons and LangGraph, and 300 MB is what a meeting may take."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What to bring back of each case."""

    json: bool
    files: bool

    @property
    def summary(self) -> bool:
        """Whether a person reads it on the screen."""
        return not self.json and not self.files


@dataclass(frozen=True, slots=True)
class Task:
    """One case to run."""

    path: str
    run_id: str
    wants: Wants
    again: bool = False
    """Whether a worker was killed that may have begun it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case came to."""

    name: str
    run_id: str
    code: int
    notes: tuple[str, ...] = ()
    case_id: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    """By form; empty when there is no report."""
    shown: tuple[str, ...] = ()
    """Which of them go to stdout."""


def alone(path: str, wants: Wants, quiet: bool) -> Outcome:
    """One case in this process, with progress."""
    from panel.wiring import Panel

    task = Task(path, new_run_id(), wants)
    if not quiet:
        note(f"{Path(path).name}: run {task.run_id}")
    with Panel(store=Store.at_home(), progress=None if quiet else _progress) as board:
        return attend(board, task)


def continued(run_id: str, path: str | None, wants: Wants, quiet: bool) -> Outcome:
    """A run that was cut off, continued in this process.

    Raises:
        PanelError: no such run, another case, or somebody else holds it.
    """
    from panel.wiring import Panel, load_case, models

    store = Store.at_home()
    record = store.get(run_id)
    if record.report is None and record.stamp.model and (connection := models()):
        connection.door()  # a run begun with models is not finished without them unless that is asked for
    with Panel(store=store, progress=None if quiet else _progress) as board:
        report = board.resume(run_id, load_case(path) if path else None)
        return _outcome(board, report, Task(path or run_id, run_id, wants))


def each(paths: Sequence[str], wants: Wants, jobs: int) -> Iterator[Outcome]:
    """Every case, in the order given.

    Args:
        paths: the cases.
        wants: what to bring back.
        jobs: worker processes; 0 for as many as there are cores, two at most, or as the model server takes.
    """
    tasks = [Task(path, new_run_id(), wants) for path in paths]
    workers = _warm_up(jobs, len(tasks))
    # Forked before this process has a thread or an open database: the workers share what was just imported.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, _settle, (os.getpid(),)) as pool:
        waiting = deque((task, pool.submit(_work, task)) for task in tasks)
        try:
            while waiting:
                yield _result(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()
    with Panel(store=Store.at_home(synchronous="NORMAL"), durable=False):
        pass  # opened to be closed: that waits until all of it is on the disk


def attend(board: Panel, task: Task) -> Outcome:
    """One case from its file to its report, or to the line that says why there is none."""
    from panel.intake import load_with_notes

    name = Path(task.path).name
    try:
        loaded = load_with_notes(Path(task.path))
        begun = task.again and any(run.id == task.run_id for run in board.runs())
        report = board.resume(task.run_id) if begun else board.run(loaded.case, run_id=task.run_id)
        return _outcome(board, report, task, tuple(loaded.notes))
    except ModelLost as error:
        kept = f"{name}: what was read is kept; continue with `panel run --resume {task.run_id}`"
        return Outcome(name, task.run_id, BAD_INPUT, (error.line, kept))
    except PanelError as error:
        return Outcome(name, task.run_id, BAD_INPUT, (error.line,))
    except KeyboardInterrupt:
        note(f"interrupted; continue with `panel run --resume {task.run_id}`")
        raise
    except Exception as error:  # noqa: BLE001  the door of one case: the others go on
        return Outcome(name, task.run_id, BUG, (f"{name}: {bug(error)}",))


def _outcome(board: Panel, report: PanelReport, task: Task, notes: tuple[str, ...] = ()) -> Outcome:
    from panel.cli.report import FORMS, rendered
    from panel.render import render_json

    forms = ("json",) * task.wants.json + FORMS * task.wants.files + ("console",) * task.wants.summary
    texts = {"json": render_json(report)} if "json" in forms else {}
    if task.wants.files or task.wants.summary:
        chart = board.chart(report.run_id)
        texts |= {form: rendered(chart, form) for form in forms if form not in texts}
    board.rendered(report, *texts)
    notes += tuple(f"{report.case_id}: {seat} failed; the report may lack findings and conflicts" for seat in report.failed)
    notes += tuple(f"{report.case_id}: {reason}" for reason in _without_model(report))
    code = FINAL if report.status == "final" else AWAITING
    if report.open and not task.wants.summary:
        notes += (f"{report.case_id}: awaiting review: panel review {report.run_id}",)
    return Outcome(
        name=Path(task.path).name,
        run_id=report.run_id,
        code=BUG if report.failed else code,  # a report that may lack conflicts must not pass for a whole one
        notes=notes,
        case_id=report.case_id,
        texts=texts,
        shown=("json",) * task.wants.json + ("console",) * task.wants.summary,
    )


def _without_model(report: PanelReport) -> list[str]:
    """Why a model that was configured did not speak, each reason once."""
    said = (a.reason for opinion in report.opinions for a in opinion.abstentions)
    return list(dict.fromkeys(reason for reason in said if reason.startswith(NOT_BY_MODEL)))


def _result(task: Task, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    # One case took its worker down and the pool with it: every case still waiting gets a process of its own. Not
    # forked, for this process has threads by now.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _settle, (os.getpid(),)) as single:
        try:
            return single.submit(_work, replace(task, again=True)).result()
        except BrokenProcessPool:
            name = Path(task.path).name
            line = f"{name}: the process reading it was killed. Run it alone, or with more memory"
            return Outcome(name, task.run_id, BUG, (line,))


_board: list[Panel] = []


def _work(task: Task) -> Outcome:
    """In a worker: one case, with the worker's own panel and connections."""
    if not _board:
        from panel.wiring import Panel, default_parts

        threads = 1 if default_parts().provenance.model is None else None  # rules only: the processes are enough
        _board.append(Panel(store=Store.at_home(synchronous="NORMAL"), durable=False, threads=threads))
    return attend(_board[0], task)


def _settle(parent: int) -> None:
    """In a new worker. Ctrl-C reaches every process of the terminal: the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    privacy.enforce()
    privacy.hush()
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: int) -> None:
    """A killed parent takes its workers with it: what they were doing is continued by `--resume` like any kill."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _warm_up(jobs: int, cases: int) -> int:
    """Import what all workers need, prove the model server once for all of them; how many workers to have."""
    from panel.wiring import models, prepare

    with privacy.unprobed():
        import panel.cli.report
        import panel.play  # noqa: F401  # LangGraph, and what renders: once for all workers

    prepare()
    # What stays for ever is not looked through for garbage at every turn, and so its pages stay shared after the fork.
    gc.collect()
    gc.freeze()
    connection = models()
    if connection is None:
        return jobs or min(WORKERS, os.cpu_count() or 1)
    if connection.settings.engine == "in-process":
        return jobs or 1  # one copy of the weights
    workers = min(jobs or connection.settings.cases, cases)
    with suppress(ModelError):  # said in every report
        connection.fork()
    return workers


STEPS = {"intake": "the chart is in", "compare": "compared", "reconcile": "proposals made", "report": "report written"}


def _progress(run_id: str, node: str) -> None:
    if node in STEPS:
        note(f"  {STEPS[node]}")
    elif node.endswith(" hears"):
        note(f"  {node.removesuffix(' hears')} has heard the others")
    elif not node.startswith("__"):
        note(f"  {node} has read")
