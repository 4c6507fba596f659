"""The meeting: its order, its blindness, its stop, and what becomes of a seat that fails."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from panel.case import Case, Evidence
from panel.conflict import Conflict
from panel.errors import ConfigurationError
from panel.graph import Meeting, build
from panel.opinion import Finding, Opinion
from panel.report import RunStamp
from panel.testing import ScriptedReviewer, ScriptedSpecialist, quote

from . import fakes


def stable(report: Any) -> str:
    """The report as bytes, without what differs between runs: its id and time."""
    plain = json.loads(report.model_dump_json(by_alias=True))
    plain["run_id"] = plain["stamp"]["run_id"] = plain["stamp"]["started"] = ""
    return json.dumps(plain, sort_keys=False)


def test_a_case_with_conflicts_stops_and_a_calm_one_does_not() -> None:
    panel = fakes.panel()
    stopped, calm = panel.run(fakes.case()), panel.run(fakes.case("calm", calm=True))
    assert (stopped.status, [c.kind for c in stopped.open]) == ("awaiting_review", ["grade", "laterality"])
    assert all(c.proposal for c in stopped.conflicts)
    assert (calm.status, calm.conflicts, calm.dissent) == ("final", (), ())
    assert panel.report(calm.run_id) == calm


def test_seats_read_blind_and_then_hear_everybody_else() -> None:
    seats = fakes.seats()
    steps: list[str] = []
    report = fakes.panel(specialists=seats, progress=lambda _, step: steps.append(step)).run(fakes.case())
    assert steps[:2] == ["intake", "registrar"]
    assert sorted(steps[2:6]) == ["oncology", "pathology", "radiology", "surgery"]
    assert steps[-3:-1] == ["compare", "reconcile"]
    assert [seat.heard for seat in seats] == [
        [],
        [("registrar", "pathology", "oncology", "surgery")],
        [("registrar", "radiology", "oncology", "surgery")],
        [("registrar", "radiology", "pathology", "surgery")],
        [("registrar", "radiology", "pathology", "oncology")],
    ]
    assert [o.specialty for o in report.opinions] == [s.name for s in seats]


def test_a_revision_is_what_counts() -> None:
    def convinced(case: Case) -> Opinion:
        left = Finding(question="primary.side", value="left", evidence=(quote(case, "path-1", "Left upper lobe"),))
        return Opinion(
            specialty="radiology", reader="rules", findings=(left,), revised=("primary.side: the biopsy says left",)
        )

    radiology = ScriptedSpecialist(
        "radiology", says=[("primary.side", "right", "ct-1", "right upper lobe")], revised=convinced
    )
    pathology = ScriptedSpecialist("pathology", says=[("primary.side", "left", "path-1", "Left upper lobe")])
    report = fakes.panel(specialists=[radiology, pathology]).run(fakes.case())
    assert report.status == "final"
    assert report.opinions[0].revised


@pytest.mark.parametrize("name", ["registrar", "radiology"])
def test_a_seat_that_raises_abstains_and_shows(name: str) -> None:
    secret = "Mrs Example, right upper lobe"
    seats = [s if s.name != name else ScriptedSpecialist(name, ValueError(secret)) for s in fakes.seats()]
    report = fakes.panel(specialists=seats).run(fakes.case())
    opinion = next(o for o in report.opinions if o.specialty == name)
    assert (opinion.findings, [a.question for a in opinion.abstentions]) == ((), ["*"])
    assert "ValueError" in opinion.abstentions[0].reason
    assert report.missing[0].item == f"reading by {name}"
    assert report.recommendation.startswith(f"Not complete: {name} failed")
    assert secret not in report.model_dump_json()


def test_a_seat_that_fails_in_the_exchange_keeps_its_first_reading() -> None:
    says = [("primary.side", "right", "ct-1", "right upper lobe")]
    seats = [ScriptedSpecialist("radiology", says=says, revised=RuntimeError("x")), ScriptedSpecialist("surgery")]
    report = fakes.panel(specialists=seats).run(fakes.case())
    assert len(report.opinions[0].findings) == 1
    assert "first reading stands" in report.opinions[0].abstentions[0].reason
    assert report.missing


@pytest.mark.parametrize("returned", [None, "an impression", Opinion(specialty="surgery", reader="rules")])
def test_what_is_no_opinion_of_that_seat_is_a_failure(returned: Any) -> None:
    seat = ScriptedSpecialist("radiology", lambda _: returned)
    report = fakes.panel(specialists=[seat]).run(fakes.case(calm=True))
    assert report.opinions[0].abstentions[0].question == "*"


def test_a_quote_that_does_not_stand_in_the_chart_is_no_finding() -> None:
    made_up = Evidence(document="ct-1", start=0, end=9, quote="left lung")
    nowhere = Evidence(document="mri-9", start=0, end=9, quote="left lung")
    findings = tuple(Finding(question="primary.side", value="left", evidence=(e,)) for e in (made_up, nowhere))
    seat = ScriptedSpecialist("radiology", Opinion(specialty="radiology", reader="rules", findings=findings))
    report = fakes.panel(specialists=[seat]).run(fakes.case())
    assert report.opinions[0].findings == ()
    assert [a.question for a in report.opinions[0].abstentions] == ["primary.side", "primary.side"]


class Slow(ScriptedSpecialist):
    """Answers after a while, so that seats finish in an order of their own."""

    def __init__(self, seat: ScriptedSpecialist, wait: float) -> None:
        super().__init__(seat.name, seat.read)
        self._wait = wait

    def read(self, case: Case) -> Opinion:
        time.sleep(self._wait)
        return super().read(case)


def test_twenty_runs_give_the_same_bytes_whatever_order_the_seats_finish_in() -> None:
    def slowed(turn: int) -> Sequence[ScriptedSpecialist]:
        return [Slow(seat, ((i + turn) % 5) / 500) for i, seat in enumerate(fakes.seats())]

    reports = {stable(fakes.panel(specialists=slowed(turn)).run(fakes.case())) for turn in range(20)}
    assert len(reports) == 1


class Bare:
    """The graph itself, without a Panel around it."""

    def __init__(self) -> None:
        self.graph = build(fakes.seats(), fakes.compare, fakes.propose, fakes.conclude, InMemorySaver())
        self.stamp = RunStamp(run_id="r", started=fakes.NOON, version="", case="", rules="")

    def send(self, given: Any) -> dict[str, Any]:
        config: Any = {"configurable": {"thread_id": "r"}}
        result: dict[str, Any] = self.graph.invoke(given, config, context=Meeting(fakes.case(), self.stamp))
        return result


def test_the_interrupt_carries_all_open_conflicts_as_plain_json() -> None:
    bare = Bare()
    (interrupt,) = bare.send({})["__interrupt__"]
    assert json.loads(json.dumps(interrupt.value)) == interrupt.value
    assert [c["id"] for c in interrupt.value["conflicts"]] == [
        c.id for c in fakes.compare(fakes.case(), [s.read(fakes.case()) for s in fakes.seats()]).conflicts
    ]


@pytest.mark.parametrize("answer", [{}, [], "all", {"size-00000000": "{}"}, {"grade-53221604": "{}"}, {"grade-53221604": None}])
def test_nothing_but_rulings_on_open_conflicts_gets_past_the_review(answer: Any) -> None:
    bare = Bare()
    (interrupt,) = bare.send({})["__interrupt__"]
    (asked_again,) = bare.send(Command(resume=answer))["__interrupt__"]
    assert asked_again.value == interrupt.value
    conflicts = [Conflict.model_validate(c) for c in interrupt.value["conflicts"]]
    rulings = {r.conflict: r.model_dump_json() for r in ScriptedReviewer().rule(conflicts)}
    first, second = ({key: text} for key, text in rulings.items())
    assert "report" not in bare.send(Command(resume=first))
    assert "report" not in bare.send(Command(resume=first))
    assert '"status":"final"' in bare.send(Command(resume=second))["report"]


def test_checkpoints_hold_plain_data_and_are_kept_no_longer_than_needed(tmp_path: Path) -> None:
    import sqlite3

    import ormsgpack

    panel = fakes.panel(store=tmp_path / "store")
    waiting = panel.run(fakes.case())
    done = panel.run(fakes.case("calm", calm=True))
    file = sqlite3.connect(tmp_path / "store" / "checkpoints.sqlite")
    rows = file.execute("SELECT thread_id, type, checkpoint FROM checkpoints").fetchall()
    assert [row[:2] for row in rows] == [(waiting.run_id, "msgpack")], done.run_id
    kinds = set()
    ormsgpack.unpackb(rows[0][2], ext_hook=lambda _, data: kinds.add(tuple(ormsgpack.unpackb(data)[:2])))
    assert kinds <= {("builtins", "set")}  # LangGraph's own note of who has been heard
    panel.review(waiting.run_id, ScriptedReviewer())
    assert file.execute("SELECT count(*) FROM checkpoints").fetchone() == (0,)
    assert file.execute("SELECT count(*) FROM writes").fetchone() == (0,)


@pytest.mark.parametrize("names", [["radiology", "radiology"], ["compare"], ["Radiology: chest"]])
def test_seats_bear_names_of_their_own(names: list[str]) -> None:
    with pytest.raises(ConfigurationError):
        fakes.panel(specialists=[ScriptedSpecialist(name) for name in names])


async def _in_a_loop() -> str:
    panel = fakes.panel()
    report = await panel.arun(fakes.case())
    await panel.areview(report.run_id, ScriptedReviewer())
    return (await panel.areport(report.run_id)).status


def test_the_async_doors() -> None:
    import asyncio

    assert asyncio.run(_in_a_loop()) == "final"
