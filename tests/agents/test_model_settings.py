"""``models.yaml``: every mistake is one line that names the file and the field."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.connection import Connection
from agents.settings import ModelSettings, load
from panel.errors import ConfigurationError

GOOD = "base: llama\nadapters: {radiology: {name: radiology}}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "models.yaml"
    path.write_text(text)
    return path


def test_the_smallest_settings(tmp_path: Path) -> None:
    settings = load(written(tmp_path, GOOD))
    settings.check_host()
    assert settings.room == 4096 - 1024
    assert Connection(settings).identity == "llama@unknown (radiology: radiology@unknown; llama2, window 4096, answer 1024)"
    assert Connection(settings).model_of("pathology") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("base: llama", "adapters"),
        (GOOD + "window: many", "window"),
        (GOOD + "windows: 4096", "windows"),
        (GOOD + "answer: 3000", "answer"),
        (GOOD + "engine: in-process", "base_path"),
        (GOOD + "template: [", "YAML"),
        ("- base", "settings"),
        ("", "settings"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, text: str, names: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load(written(tmp_path, text))
    assert names in raised.value.line
    assert "models.yaml" in raised.value.line
    assert "\n" not in raised.value.line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        load(tmp_path / "models.yaml")


@pytest.mark.parametrize("url", ["http://models.example:8000/v1", "http://10.0.0.4/v1", "ftp://127.0.0.1/v1", "nonsense"])
def test_the_chart_goes_nowhere_but_where_the_operator_says(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigurationError):
        load(written(tmp_path, GOOD + f"url: {url}\n")).check_host()


@pytest.mark.parametrize(
    "more",
    ["url: http://[::1]:8000/v1", "url: http://localhost:8000/v1", "url: http://vllm:8000/v1\nallow: [vllm]"],
)
def test_this_machine_and_what_the_operator_allows(tmp_path: Path, more: str) -> None:
    load(written(tmp_path, f"{GOOD}{more}\n")).check_host()


def test_a_password_in_the_url_is_refused_and_not_repeated() -> None:
    settings = ModelSettings.model_validate(
        {"base": "llama", "url": "http://me:hunter2@127.0.0.1:8000/v1", "adapters": {"radiology": {"name": "r"}}}
    )
    with pytest.raises(ConfigurationError, match="key_variable") as told:
        settings.check_host()
    assert "hunter2" not in told.value.line
