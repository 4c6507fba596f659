"""Playing the graph: start it, continue it, hand it rulings. Traced by nobody, whoever calls."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.types import Command
from langsmith.run_helpers import tracing_context

from panel import checkpoints, graph
from panel.case import Case
from panel.minutes import State
from panel.parts import Parts, Progress
from panel.report import RunStamp


class Player:
    """One compiled graph over one checkpoint file; runs of many cases pass through it.

    Args:
        parts: who sits at the table.
        path: the checkpoint file; None keeps checkpoints in memory.
        progress: told of every node that is done.
        threads: how many seats may speak at once; None for all.
    """

    def __init__(self, parts: Parts, path: Path | None, progress: Progress | None, threads: int | None) -> None:
        self._threads = threads
        self._saver = checkpoints.open_saver(path)
        self._graph = graph.build(
            parts.specialists, parts.compare, parts.propose, parts.conclude, self._saver
        )
        self._progress = progress

    def play(self, case: Case, stamp: RunStamp, *, fresh: bool) -> State:
        """Go on from wherever the run stands, until a person is needed or the report is written."""
        if fresh:
            return self._untraced(lambda: self._stream({}, case, stamp))
        return self._untraced(lambda: self._onward(case, stamp))

    def answer(self, case: Case, stamp: RunStamp, rulings: Mapping[str, str]) -> State:
        """Hand rulings (conflict id to Ruling as JSON) to the waiting review and go on."""
        return self._untraced(lambda: self._stream(Command(resume=dict(rulings)), case, stamp))

    def forget(self, run_id: str) -> None:
        """Delete the run's checkpoints."""
        checkpoints.forget(self._saver, run_id)

    def tidy(self, run_id: str, *, done: bool) -> None:
        """Delete what resuming no longer needs: everything when done, all but the last otherwise."""
        if done:
            checkpoints.forget(self._saver, run_id)
        else:
            checkpoints.keep_last(self._saver, run_id)

    def close(self) -> None:
        """Close the checkpoint file."""
        checkpoints.close(self._saver)

    def _onward(self, case: Case, stamp: RunStamp) -> State:
        snapshot = self._graph.get_state(self._config(stamp))
        if snapshot.created_at is None:
            return self._stream({}, case, stamp)  # killed before the first checkpoint
        if "report" in snapshot.values or snapshot.interrupts:
            return cast(State, snapshot.values)
        return self._stream(None, case, stamp)

    def _stream(self, given: Any, case: Case, stamp: RunStamp) -> State:
        values: State = {}
        parts = self._graph.stream(
            given,
            self._config(stamp),
            context=graph.Meeting(case, stamp),
            stream_mode=["updates", "values"] if self._progress else ["values"],
            durability="sync",
        )
        for mode, chunk in parts:
            if mode == "values":
                values = cast(State, chunk)
            elif self._progress:
                for node in cast(Mapping[str, object], chunk):
                    self._progress(stamp.run_id, node)
        return values

    def _untraced(self, work: Callable[[], State]) -> State:
        """Out of reach of the caller's callbacks and tracers, whatever its environment or context says."""

        def silent() -> State:
            with tracing_context(enabled=False):
                return work()

        return contextvars.Context().run(silent)

    def _config(self, stamp: RunStamp) -> RunnableConfig:
        config: RunnableConfig = {"configurable": {"thread_id": stamp.run_id}}
        if self._threads is not None:
            config["max_concurrency"] = self._threads
        return config
