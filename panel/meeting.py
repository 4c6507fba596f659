"""The meeting as Python sees it: run a case, rule on its conflicts, read its report.

Everything that must survive a kill is in the run store and the checkpoints before the next step begins; whoever
touches an unfinished run next continues it, and gets the report the unkilled run would have given.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from panel import minutes, privacy
from panel.audit import AuditLog, Entry
from panel.case import Case
from panel.conflict import Conflict, Ruling
from panel.errors import ConfigurationError, StoreError, UsageError
from panel.minutes import State
from panel.parts import Compare, Conclude, Parts, Progress, Propose, Provenance
from panel.protocols import Reviewer, Specialist
from panel.report import ChartReport, PanelReport, RunStamp
from panel.review import FileReviewer, Place, check, place
from panel.store import Record, Run, Store, new_run_id, sha256

if TYPE_CHECKING:
    from panel.play import Player

Defaults = Callable[[Sequence[Specialist] | None], Parts]
_defaults: list[Defaults] = []
AT_ONCE = 100
"""Runs purged at a time: each is held by an open file, and a process may have some 1,000."""


def provide(parts: Defaults) -> None:
    """Say what a Panel is made of by default, round given seats or its own (the wiring does, at its import)."""
    _defaults[:] = [parts]


class Panel:
    """A tumour board.

    Args:
        specialists: who reads; by default registrar, radiology, pathology, oncology and surgery by rules.
            Names must differ. They are called from several threads at once.
        store: where runs are kept: a Store, a folder, or None for memory only (nothing is written to disk).
        compare, propose, conclude: the deterministic steps after reading; ours by default.
        provenance: what to stamp the report with.
        progress: called after each step.
        durable: False lets a batch wait for the disk once at the end (:meth:`close`) instead of at every run;
            rulings always wait.
        threads: how many seats may read at once; None for all. Rules gain nothing from threads, models do.

    Raises:
        StoreError: the store cannot be opened.
        ConfigurationError: two specialists bear one name, or no default is known.
    """

    def __init__(
        self,
        specialists: Sequence[Specialist] | None = None,
        *,
        store: Store | Path | None = None,
        compare: Compare | None = None,
        propose: Propose | None = None,
        conclude: Conclude | None = None,
        provenance: Provenance | None = None,
        progress: Progress | None = None,
        durable: bool = True,
        threads: int | None = None,
    ) -> None:
        privacy.enforce()
        if specialists is not None:
            _check_names([s.name for s in specialists])
        self._given = (specialists, compare, propose, conclude, provenance)
        self._table: Parts | None = None
        self.store = store if isinstance(store, Store) else Store(store, synchronous="FULL" if durable else "NORMAL")
        self._audit = AuditLog(self.store.folder, durable=durable) if self.store.folder else None
        self._progress = progress
        self._threads = threads
        self._opened: Player | None = None

    def run(self, case: Case, *, run_id: str | None = None) -> PanelReport:
        """Hold the meeting as far as it can go without a person.

        Args:
            case: the case.
            run_id: from :func:`panel.store.new_run_id`, when it must be known beforehand.

        Returns:
            The report; ``status`` says whether conflicts wait for rulings.

        Raises:
            StoreError: the run cannot be kept.
        """
        chart = case.model_dump_json()
        stamp = self._stamp(run_id or new_run_id(), dt.datetime.now(dt.UTC), sha256(chart))
        with self.store.lock(stamp.run_id):
            self.store.begin(case, stamp, chart)
            self._log(Entry("run", stamp.run_id, (("case", stamp.case), ("rules", stamp.rules))))
            return self._hold(case, stamp, fresh=True)

    def resume(self, run_id: str, case: Case | None = None) -> PanelReport:
        """Continue a run that was cut off; the report as it stands when it was not.

        Args:
            run_id: the run.
            case: when given, must be the very case the run was begun with.

        Raises:
            UsageError: no such run, or another case.
            StoreError: another process holds the run.
        """
        record = self.store.get(run_id)
        if case is not None and sha256(case.model_dump_json()) != record.stamp.case:
            what = "it was begun with another case, or this one has changed since"
            raise UsageError(f"run {run_id}", what, "Run the case anew, without --resume")
        if record.report is not None:
            return record.report
        with self.store.lock(run_id):
            self._log(Entry("resume", run_id, (("case", record.stamp.case),)))
            return self._continue(run_id)

    def report(self, run_id: str) -> PanelReport:
        """The report as it stands; an unfinished run is continued first. Raises as :meth:`resume`."""
        return self.resume(run_id)

    def chart(self, run_id: str) -> ChartReport:
        """The report with the documents it quotes. Raises as :meth:`resume`."""
        report = self.resume(run_id)
        case = self.store.get(run_id).case
        return ChartReport(report=report, patient=case.patient, documents=case.documents)

    def review(self, run_id: str, reviewer: Reviewer) -> PanelReport:
        """Put the open conflicts to the reviewer and apply what they rule, all of it or nothing.

        Raises:
            UsageError: no such run; a ruling on an unknown, settled or twice-ruled conflict.
            StoreError: somebody else is reviewing this run.
        """
        with self.reviewing(run_id) as session:
            session.rule(reviewer)
        return self.report(run_id)

    @contextmanager
    def reviewing(self, run_id: str) -> Iterator[Session]:
        """Hold the run alone while ruling on it, one by one or together; each commit is on the disk at once.

        Raises:
            UsageError: no such run.
            StoreError: somebody else is reviewing this run.
        """
        self.store.get(run_id)  # a run that does not exist is said so before anything is locked
        with self.store.lock(run_id):
            session = Session(self, self._continue(run_id))
            try:
                yield session
            finally:
                if session.changed:
                    self._continue(run_id)

    def runs(self) -> list[Run]:
        """All runs, newest first."""
        return self.store.runs()

    def purge(self, run_ids: Sequence[str]) -> None:
        """Delete these runs for good: case, checkpoints, rulings, reports. The audit log keeps their ids.

        Raises:
            UsageError: one of them does not exist.
            StoreError: one of them is being run or reviewed.
        """
        chosen = list(dict.fromkeys(run_ids))
        for run_id in chosen:
            self.store.require(run_id)
            with self.store.lock(run_id):
                pass  # one unknown or in use, and none is deleted
        for first in range(0, len(chosen), AT_ONCE):
            self._purge(chosen[first : first + AT_ONCE])

    def rendered(self, report: PanelReport, *forms: str) -> None:
        """Note in the audit log that the report was given out in these forms."""
        if self._audit is not None and forms:
            digest = sha256(report.model_dump_json(by_alias=True))
            detail = (("form", " ".join(forms)), ("report", digest), ("status", report.status))
            self._log(Entry("render", report.run_id, detail))

    async def arun(self, case: Case) -> PanelReport:
        """:meth:`run` in a thread."""
        return await asyncio.to_thread(self.run, case)

    async def areview(self, run_id: str, reviewer: Reviewer) -> PanelReport:
        """:meth:`review` in a thread."""
        return await asyncio.to_thread(self.review, run_id, reviewer)

    async def areport(self, run_id: str) -> PanelReport:
        """:meth:`report` in a thread."""
        return await asyncio.to_thread(self.report, run_id)

    def close(self) -> None:
        """Wait for the disk and close the files."""
        if self._opened is not None:
            self._opened.close()
        self.store.sync()
        if self._audit is not None:
            self._audit.sync()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _continue(self, run_id: str) -> PanelReport:
        """Under the run's lock: bring the run to where only a person can bring it further."""
        record = self.store.get(run_id)
        if record.report is not None:
            return record.report
        self._log_rulings(run_id)
        return self._hold(record.case, self._current(record), fresh=False)

    def _current(self, record: Record) -> RunStamp:
        """The run's stamp; a new one, and a new start, when the rules changed before a person had ruled."""
        old = record.stamp
        new = self._stamp(old.run_id, old.started, old.case)
        if new == old or self.store.rulings(old.run_id):
            return old
        self._player.forget(old.run_id)
        self.store.restart(new)
        return new

    def _hold(self, case: Case, stamp: RunStamp, *, fresh: bool) -> PanelReport:
        run_id = stamp.run_id
        try:
            state = self._player.play(case, stamp, fresh=fresh)
            while "report" not in state:
                rulings = self.store.rulings(run_id)
                waiting = minutes.still_open(state["comparison"], state.get("rulings", {}))
                given = {c.id: rulings[c.id] for c in waiting if c.id in rulings}
                if not given:
                    break
                state = self._player.answer(case, stamp, given)
                if not given.keys() <= state.get("rulings", {}).keys():
                    what = "a stored ruling does not fit its conflict"
                    raise StoreError(f"run {run_id}", what, "Restore the store from a backup, or run the case again")
            report = self._written(case, stamp, state)
            self.store.finish(report)
            self._player.tidy(run_id, done=report.status == "final")
        except sqlite3.Error as error:
            what = f"its checkpoints cannot be kept ({type(error).__name__})"
            raise StoreError(f"run {run_id}", what, "Check the disk, then `panel run --resume` it") from None
        return report

    def _written(self, case: Case, stamp: RunStamp, state: State) -> PanelReport:
        if "report" in state:
            return PanelReport.model_validate_json(state["report"])
        names = [s.name for s in self._parts.specialists]
        opinions = minutes.speak({**state.get("readings", {}), **state.get("revisions", {})}, names)
        compared = minutes.read_compared(state["comparison"])
        rulings = state.get("rulings", {})
        conclude = self._parts.conclude
        return minutes.write_report(case, stamp, opinions, compared, rulings=rulings, conclude=conclude)

    @property
    def _parts(self) -> Parts:
        """What was given, the rest by default; made when first needed, for a list of runs needs no seats."""
        if self._table is None:
            specialists, compare, propose, conclude, provenance = self._given
            if specialists is None or not (compare and propose and conclude and provenance):
                ours = _default_parts(specialists)
                specialists = ours.specialists
                compare, propose = compare or ours.compare, propose or ours.propose
                conclude, provenance = conclude or ours.conclude, provenance or ours.provenance
            self._table = Parts(tuple(specialists), compare, propose, conclude, provenance)
        return self._table

    @property
    def _player(self) -> Player:
        if self._opened is None:
            with privacy.unprobed():  # LangGraph: nobody who only lists or renders runs waits for it
                from panel.play import Player

            self._opened = Player(self._parts, self.store.checkpoints, self._progress, self._threads)
        return self._opened

    def _stamp(self, run_id: str, started: dt.datetime, case: str) -> RunStamp:
        made = self._parts.provenance
        return RunStamp(
            run_id=run_id,
            started=started,
            version=made.version,
            case=case,
            rules=made.rules,
            model=made.model,
            prompts=made.prompts,
            index=made.index,
        )

    def _purge(self, run_ids: Sequence[str]) -> None:
        with ExitStack() as held:
            for run_id in run_ids:
                held.enter_context(self.store.lock(run_id))
            # Logged first, the run last: killed in between, nothing is gone unlogged and no quote is left behind.
            self._log(*(Entry("purge", run_id) for run_id in run_ids))
            self._forget(run_ids)
            self.store.delete(run_ids)

    def _forget(self, run_ids: Sequence[str]) -> None:
        if self.store.checkpoints is not None:
            with privacy.unprobed():
                from panel.checkpoints import erase

            erase(self.store.checkpoints, run_ids)
        elif self._opened is not None:
            for run_id in run_ids:
                self._opened.forget(run_id)

    def _log_rulings(self, run_id: str) -> None:
        """Log rulings not yet logged: after a kill between ruling and logging, the next to touch the run does it."""
        new = self.store.unlogged(run_id)
        self._log(*(_ruling_entry(run_id, Ruling.model_validate_json(text)) for text in new.values()))
        self.store.logged(run_id, list(new))

    def _log(self, *entries: Entry) -> None:
        if self._audit is not None:
            self._audit.append(entries)


class Session:
    """One reviewer's hold on one run."""

    def __init__(self, panel: Panel, report: PanelReport) -> None:
        self._panel = panel
        self._report = report
        self._ruled: set[str] = set()

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Conflicts without a ruling."""
        return tuple(c for c in self._report.open if c.id not in self._ruled)

    @property
    def changed(self) -> bool:
        """Whether anything was ruled."""
        return bool(self._ruled)

    def rule(self, reviewer: Reviewer) -> None:
        """Put the open conflicts to the reviewer and :meth:`commit` what they rule. Raises as that."""
        rulings = reviewer.rule(self.open)
        self.commit(rulings, place=reviewer.place if isinstance(reviewer, FileReviewer) else place)

    def commit(self, rulings: Sequence[Ruling], place: Place = place) -> None:
        """Write the rulings down, all or none; they are on the disk when this returns.

        Args:
            rulings: on any open conflicts, one each.
            place: how a message names the n-th ruling and its field.

        Raises:
            UsageError: one is on an unknown, settled or twice-ruled conflict, or on a side there is not.
        """
        given = check(self._report.conflicts, rulings, ruled=self._ruled, place=place)
        if not given:
            return
        run_id = self._report.run_id
        self._panel.store.rule(run_id, given)
        self._ruled.update(r.conflict for r in given)
        self._panel._log_rulings(run_id)


def _ruling_entry(run_id: str, ruling: Ruling) -> Entry:
    digest = sha256(ruling.model_dump_json())
    detail = (("conflict", ruling.conflict), ("decision", ruling.decision), ("ruling", digest))
    return Entry("ruling", run_id, detail, reviewer=ruling.reviewer)


def _default_parts(specialists: Sequence[Specialist] | None) -> Parts:
    if not _defaults:
        what = "no default specialists are known here"
        raise ConfigurationError("Panel", what, "Import it as `from panel import Panel`, or pass every part")
    return _defaults[0](specialists)


def _check_names(names: Sequence[str]) -> None:
    taken = {"intake", "compare", "reconcile", "review", "report"}
    for name in names:
        if name in taken or not re.fullmatch(r"[a-z][a-z0-9_ -]*", name):
            what = "two seats bear this name" if name in taken else "is no name for a seat"
            raise ConfigurationError(f"specialist {name!r}", what, "Give it a name of its own")
        taken.add(name)
