"""The compose file: it parses, pins every image, and gives no container a way out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from agents import prompt
from agents.serving import seats
from agents.settings import load
from panel.errors import ConfigurationError

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_the_hospital_s_three_parts_are_there() -> None:
    assert set(SERVICES) == {"vllm", "chroma", "panel"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned(name: str) -> None:
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+\S*", SERVICES[name]["image"])


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_reaches_another_network(name: str) -> None:
    service = SERVICES[name]
    assert service["networks"]
    assert all(COMPOSE["networks"][network]["internal"] is True for network in service["networks"])
    assert "network_mode" not in service
    assert "ports" not in service


def test_the_panel_s_image_is_pinned_and_runs_as_nobody() -> None:
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert all(re.search(r":\d+\.\d+\.\d+-slim", base) for base in bases)
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001"]
    assert SERVICES["panel"]["read_only"] is True
    assert SERVICES["panel"]["cap_drop"] == ["ALL"]


def test_what_is_served_is_what_the_panel_asks_for() -> None:
    settings = load(DEPLOY / "models.yaml")
    command = SERVICES["vllm"]["command"]
    assert set(settings.adapters) == set(seats())
    assert {word.partition("=")[0] for word in command if not word.startswith("-")} == {a.name for a in settings.adapters.values()}
    assert f"--served-model-name={settings.base}" in command
    assert f"--max-model-len={settings.window}" in command
    assert f"--chat-template=/templates/{settings.template}.jinja" in command
    assert settings.template in prompt.templates()


def test_the_server_s_name_is_allowed_by_the_operator_s_word_alone() -> None:
    settings = load(DEPLOY / "models.yaml")
    settings.check_host()
    with pytest.raises(ConfigurationError):
        settings.model_copy(update={"allow": ()}).check_host()
