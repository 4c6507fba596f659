"""The reviewer at a terminal: one conflict after the other, each ruling on the disk before the next is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from panel.conflict import Conflict, Decision, Ruling
from panel.render.console import conflict_panel
from panel.report import ChartReport

Commit = Callable[[list[Ruling]], None]
ARGUMENTS: dict[Decision, str] = {
    "amend": "What holds instead",
    "defer": "The test that would settle it",
    "escalate": "To whom",
}


class Quit(Exception):
    """The reviewer stops here; what was ruled stays."""


class Desk:
    """A reviewer's desk.

    Args:
        console: where to show conflicts.
        ask: reads one line after a prompt; raises EOFError when there are no more.
        reviewer: name; asked for when None.
    """

    def __init__(self, console: Console, ask: Callable[[str], str], reviewer: str | None) -> None:
        self._console = console
        self._ask = ask
        self._reviewer = reviewer

    def sit(self, chart: ChartReport, open_: tuple[Conflict, ...], commit: Commit) -> int:
        """Go through the open conflicts; returns how many were ruled on. Quitting and skipping keep the others'."""
        ruled = 0
        try:
            who = self._reviewer or self._need("Your name")
            for number, conflict in enumerate(open_, 1):
                self._console.print(Text(f"{number} of {len(open_)}", style="dim"), conflict_panel(chart, conflict))
                ruling = self._rule(conflict, who)
                if ruling is not None:
                    commit([ruling])
                    ruled += 1
        except (Quit, EOFError):
            self._console.print()
        return ruled

    def _rule(self, conflict: Conflict, who: str) -> Ruling | None:
        """One ruling, or None to skip."""
        count = len(conflict.sides)
        sides = "/".join(str(i) for i in range(count))
        while True:
            answer = self._line(f"Accept side {sides}, or (a)mend (d)efer (e)scalate (s)kip (q)uit: ").lower()
            if answer in ("s", "skip", ""):
                return None
            if answer.isascii() and answer.isdigit() and int(answer) < count:
                return self._made(conflict, "accept", who, side=int(answer))
            decision = next((d for d in ARGUMENTS if answer in (d, d[0])), None)
            if decision is not None:
                return self._made(conflict, decision, who, value=self._need(ARGUMENTS[decision]))
            self._console.print(Text("Give a side's number or one of the letters."))

    def _made(
        self, conflict: Conflict, decision: Decision, who: str, *, side: int | None = None, value: str | None = None
    ) -> Ruling:
        while True:
            reason = self._need("Reason")
            try:
                now = dt.datetime.now(dt.UTC)
                return Ruling(
                    conflict=conflict.id,
                    decision=decision,
                    side=side,
                    value=value,
                    reviewer=who,
                    reason=reason,
                    time=now,
                )
            except ValidationError:
                self._console.print(Text("Name up to 200 and reason up to 4000 characters, please."))

    def _need(self, what: str) -> str:
        while True:
            if answer := self._line(f"{what}: "):
                return answer

    def _line(self, prompt: str) -> str:
        answer = self._ask(prompt).strip()
        if answer.lower() in ("q", "quit"):
            raise Quit
        return answer
