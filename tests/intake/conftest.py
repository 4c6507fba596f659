"""Builders of inputs, and the promise that every refusal is one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from panel.errors import InputError
from panel.intake import load


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file (text, bytes or a JSON value) below a fresh folder and gives its path."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_bytes(content.encode())
        else:
            path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return write


@pytest.fixture
def refused() -> Callable[[Path], str]:
    """Loads what must be refused and gives the line that says why, without the path before it."""

    def refuse(path: Path) -> str:
        with pytest.raises(InputError) as caught:
            load(path)
        line = caught.value.line
        assert "\n" not in line
        assert line.startswith(str(path).rstrip("/")), line
        return line.removeprefix(str(path)).lstrip(": ")

    return refuse


@pytest.fixture
def case_of() -> Callable[..., dict[str, object]]:
    """A small valid case file's value, with fields replaced."""

    def make(**changes: object) -> dict[str, object]:
        value: dict[str, object] = {
            "id": "lung-001",
            "question": "Is this resectable?",
            "patient": {"age": 67, "sex": "female", "ecog": 1, "comorbidities": ["COPD"]},
            "documents": [
                {
                    "id": "ct-1",
                    "kind": "radiology",
                    "date": "2026-03-02",
                    "title": "CT chest",
                    "text": "FINDINGS: mass.",
                }
            ],
        }
        value.update(changes)
        return value

    return make
