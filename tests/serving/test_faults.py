"""A model server that misbehaves: what the panel says of it, what it does instead, and that nothing is lost or told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents import default_specialists
from agents.connection import Connection
from agents.model import Server
from agents.probe import probe
from agents.settings import ModelSettings
from panel import Panel, load_case, wiring
from panel.cli.entry import run as panel_command
from panel.errors import ConfigurationError, ModelError, ModelLost
from panel.opinion import NOT_BY_MODEL
from panel.report import PanelReport
from panel.store import Store
from tests.serving.fake_server import FREE_TEXT, SEATS, FakeServer

pytestmark = pytest.mark.loopback
LUNG = Path(__file__).resolve().parents[2] / "examples" / "cases" / "lung-001.json"
CHART = ("Spiculated", "osimertinib", "Persistent cough", "67-year-old", "Apixaban")
"""Words of the chart that no message may hold."""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running


def settings(server: FakeServer, **more: object) -> ModelSettings:
    told = {"base": "base", "url": server.url, "adapters": {seat: {"name": seat} for seat in SEATS}}
    short = {"timeout": 0.3} if "hang" in server.faults else {}
    return ModelSettings.model_validate({**told, "timeout": 20, "retries": 0, **short, **more})


def refusal(server: FakeServer, **more: object) -> str:
    with pytest.raises(ModelError) as caught:
        probe(Server(settings(server, **more)))
    assert type(caught.value) is ModelError  # not a loss: it never was fit
    return caught.value.line


def held(server: FakeServer, **more: object) -> PanelReport:
    """The bundled case, with these models."""
    with Panel(default_specialists(Connection(settings(server, **more)).model_of)) as panel:
        return panel.run(load_case(LUNG))


def silent(line: str) -> bool:
    return "\n" not in line and not any(word in line for word in CHART)


def reasons(report: PanelReport, seat: str) -> list[str]:
    return next([a.reason for a in o.abstentions] for o in report.opinions if o.specialty == seat)


def readers(report: PanelReport) -> dict[str, str]:
    return {o.specialty: o.reader for o in report.opinions}


def test_a_server_that_keeps_its_word_is_proven(server: FakeServer) -> None:
    report = held(server)
    assert readers(report) == {"registrar": "rules", **dict.fromkeys(SEATS, "model")}
    assert {o.specialty: o.model for o in report.opinions if o.model} == {s: f"base@unknown+{s}@unknown" for s in SEATS}
    assert {asked.model for asked in server.asked if asked.reading} == set(SEATS)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("silent adapter", "'pathology' exactly as for 'base': an adapter is not applied"),
        ("no schema", "does not hold 'base' to a JSON schema"),
        ("drift", "writes conversations otherwise than the template 'llama2'"),
        ("429", "answered 429 to every try"),
        ("500", "answered 500 to every try"),
        ("hang", "gave no answer within 0.3 s"),
        ("truncated", "cannot be reached, or broke off"),
        ("nonsense", "gave no usable answer"),
        ("400", "refused the prompt (400)"),
    ],
)
def test_the_probe_refuses(server: FakeServer, fault: str, says: str) -> None:
    server.faults.add(fault)
    line = refusal(server)
    assert says in line
    assert line.startswith(f"model server {server.url}: ")
    assert silent(line)


def test_an_adapter_that_is_not_served_is_named_with_those_that_are(server: FakeServer) -> None:
    server.serves = ("base", "radiology", "pathology", "oncology")
    assert "does not serve 'surgery' (it serves base, oncology, pathology, radiology)" in refusal(server)


def test_without_log_probabilities_the_canary_still_sees_the_words(server: FakeServer) -> None:
    server.faults.add("no logprobs")
    probe(Server(settings(server)))


def test_a_redirect_is_not_followed(server: FakeServer) -> None:
    with FakeServer() as stranger:
        server.faults.add("redirect")
        server.elsewhere = stranger.url
        assert "refused the request (307)" in refusal(server)
        assert stranger.asked == []


def test_a_wrong_address_is_one_line(server: FakeServer) -> None:
    assert "cannot be reached" in refusal(server, url="http://127.0.0.1:1/v1")


def test_a_host_beyond_this_machine_is_refused_before_anything_is_sent(server: FakeServer) -> None:
    with pytest.raises(ConfigurationError, match=r"not this machine.*allow: \[models.example.org\]"):
        Server(settings(server, url="http://models.example.org/v1"))


def test_the_key_is_brought_and_never_said(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSPITAL_KEY", "s3cret")
    probe(Server(settings(server, key_variable="HOSPITAL_KEY")))
    assert {asked.key for asked in server.asked} == {"s3cret"}
    server.faults.add("500")
    assert "s3cret" not in refusal(server, key_variable="HOSPITAL_KEY")


def test_a_server_that_is_unfit_leaves_every_seat_to_the_rules_and_says_so(server: FakeServer) -> None:
    server.faults.add("no schema")
    report = held(server)
    assert set(readers(report).values()) == {"rules"}
    with_rules = Panel(default_specialists())
    assert [o.findings for o in report.opinions] == [o.findings for o in with_rules.run(load_case(LUNG)).opinions]
    for seat in SEATS:
        assert any(r.startswith(NOT_BY_MODEL) and "JSON schema" in r for r in reasons(report, seat)), seat
    assert [asked for asked in server.asked if asked.reading] == []  # the chart was not sent


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("free text", "not of the form asked for, twice"),
        ("cut", "cut at the length allowed, twice"),
        ("400", "refused the prompt (400)"),
    ],
)
def test_a_bad_reading_leaves_the_seat_to_the_rules(server: FakeServer, fault: str, says: str) -> None:
    server.faults.add(fault)
    server.when = "reading"
    report = held(server)
    assert set(readers(report).values()) == {"rules"}
    for seat in SEATS:
        told = [r for r in reasons(report, seat) if r.startswith(NOT_BY_MODEL)]
        assert len(told) == 1
        assert says in told[0]
        assert silent(told[0])
        assert FREE_TEXT not in told[0]


@pytest.mark.parametrize(
    ("impression", "says"),
    [
        ("I'm sorry, but as an AI language model I cannot read medical images.", "declined to answer"),
        ("Im rechten Oberlappen ist eine Raumforderung, die nicht mit der Pleura und dem Mediastinum zusammen liegt.", "another language"),
        ("右上葉に腫瘤を認める。", "another language"),
        ("There is a mass in the lung. " * 9, "repeats itself"),
        ("", "empty answer"),
    ],
)
def test_what_is_no_answer_is_asked_for_once_more_and_then_left(server: FakeServer, impression: str, says: str) -> None:
    server.said["oncology"] = json.dumps({"impression": impression, "findings": [], "recommendations": []})
    report = held(server)
    assert readers(report) == {"registrar": "rules", **dict.fromkeys(SEATS, "model"), "oncology": "rules"}
    assert any(f"{says}, twice" in reason for reason in reasons(report, "oncology"))
    tries = [asked.temperature for asked in server.asked if asked.reading and asked.model == "oncology"]
    assert tries[0] == 0.0 < tries[1]
    assert len(tries) == 2
    assert not any(asked.seeded for asked in server.asked)  # which would end vLLM 0.32 on a CPU


def test_a_moment_s_overload_is_waited_for(server: FakeServer) -> None:
    server.faults.add("429")
    server.when = "reading"
    server.recover_after = 2
    report = held(server, retries=3)
    assert readers(report) == {"registrar": "rules", **dict.fromkeys(SEATS, "model")}


@pytest.mark.parametrize("fault", ["429", "500", "hang", "truncated"])
def test_a_loss_after_the_probe_pauses_the_run(server: FakeServer, fault: str) -> None:
    server.faults.add(fault)
    server.when = "reading"
    with Panel(default_specialists(Connection(settings(server)).model_of)) as panel, pytest.raises(ModelLost) as caught:
        panel.run(load_case(LUNG))
    assert "panel run --resume" in caught.value.line
    assert silent(caught.value.line)


def test_no_more_requests_are_under_way_than_allowed(server: FakeServer) -> None:
    held(server, in_flight=2)
    assert server.most_at_once <= 2


def test_a_seat_asks_twice_at_most_in_a_row(server: FakeServer) -> None:
    """Read and exchange: that makes two rounds of calls a case, whatever the number of seats."""
    finding = {"question": "primary.side", "value": "right", "document": "ct-1", "quote": "right upper lobe"}
    for seat in SEATS:
        server.said[seat] = json.dumps({"impression": "Read.", "findings": [finding], "recommendations": []})
    left = {"question": "primary.side", "value": "left", "document": "path-1", "quote": "Left upper lobe mass"}
    server.said["pathology"] = json.dumps({"impression": "Read.", "findings": [left], "recommendations": []})
    report = held(server)
    assert {c.kind for c in report.conflicts} >= {"laterality"}
    rounds = [(asked.model, "reading" if asked.reading else "exchange") for asked in server.asked if asked.reading or asked.exchange]
    assert len(rounds) == len(set(rounds))
    assert ("radiology", "exchange") in rounds
    first = {asked.model: asked.prompt for asked in server.asked if asked.reading}
    for asked in server.asked:
        if asked.exchange:  # the chart comes first and is the same, so the server has it in its prefix cache
            shared = asked.prompt[: first[asked.model].index("Read the documents above")]
            assert first[asked.model].startswith(shared)


class TestCommand:
    """The same through ``panel run``."""

    @pytest.fixture
    def models(self, server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        caches = (wiring.models, wiring._seats, wiring.provenance)
        monkeypatch.setenv(wiring.MODELS, "none")  # put back afterwards, whatever the command makes of it
        for cache in caches:
            cache.cache_clear()
        file = tmp_path / "models.yaml"
        file.write_text(settings(server, retries=1).as_yaml())  # a pause in which the other seats finish
        yield file
        for cache in caches:
            cache.cache_clear()

    @staticmethod
    def again() -> None:
        """As in a new process: the model is connected to anew."""
        for cache in (wiring.models, wiring._seats, wiring.provenance):
            cache.cache_clear()

    def test_a_killed_server_pauses_the_run_and_resume_finishes_it(
        self, server: FakeServer, models: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        server.faults.add("500")
        server.when = "reading"
        server.recover_after = None
        spared = {"radiology", "pathology"}
        plain = server.faulty
        server.faulty = lambda asked: asked.model not in spared and plain(asked)  # type: ignore[method-assign]
        assert panel_command(["run", str(LUNG), "--models", str(models), "--json"]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert "answered 500 to every try" in told.err
        assert "what was read is kept" in told.err
        assert not any(word in told.err for word in CHART)
        run = told.err.split("--resume ")[-1].split("`")[0].strip()
        before = [asked.model for asked in server.asked if asked.reading]

        server.faults.clear()
        self.again()
        assert panel_command(["run", "--resume", run, "--models", str(models), "--json"]) == 3
        report = json.loads(capsys.readouterr().out)
        assert {o["specialty"]: o["reader"] for o in report["opinions"]} == {"registrar": "rules", **dict.fromkeys(SEATS, "model")}
        after = [asked.model for asked in server.asked if asked.reading][len(before) :]
        assert not spared & set(after), "a seat that had spoken was asked again"

    def test_a_server_that_is_still_away_leaves_the_run_as_it_was(
        self, server: FakeServer, models: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        server.faults.add("500")
        server.when = "reading"
        assert panel_command(["run", str(LUNG), "--models", str(models), "-q"]) == 2
        run = capsys.readouterr().err.split("--resume ")[-1].split("`")[0].strip()
        server.when = "always"
        self.again()
        assert panel_command(["run", "--resume", run, "--models", str(models), "-q"]) == 2
        assert "answered 500" in capsys.readouterr().err
        assert Store.at_home().get(run).report is None

    def test_of_many_cases_each_is_run_with_the_models(
        self, server: FakeServer, models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        case = json.loads(LUNG.read_text())
        paths = []
        for number in range(3):
            paths.append(tmp_path / f"{number}.json")
            paths[-1].write_text(json.dumps({**case, "id": f"case-{number}"}))
        models.write_text(settings(server, retries=1, in_flight=3).as_yaml())
        server.pause = 0.1
        begun = time.monotonic()
        assert panel_command(["run", *map(str, paths), "--models", str(models), "--json", "-q", "--jobs", "2"]) == 3
        reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [r["case_id"] for r in reports] == ["case-0", "case-1", "case-2"]
        assert all(o["reader"] == "model" for r in reports for o in r["opinions"] if o["specialty"] in SEATS)
        assert server.most_at_once <= 3, "the workers together have more under way than allowed"
        assert time.monotonic() - begun < 60
