"""The shipped embedder and the command line, with the network cut and telemetry off."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from knowledge import embed
from knowledge.embed import Choice, SentenceEmbedder
from knowledge.library import Library
from knowledge.retrieve import Settings
from panel.cli.entry import run
from panel.errors import ConfigurationError, UsageError
from tests.knowledge.fakes import HashEmbedder, write_references


def test_the_true_model_builds_and_answers_without_a_network(tmp_path: Path) -> None:
    """Sockets are refused in every test: see tests/conftest.py."""
    library = Library(tmp_path / "library", references=write_references(tmp_path / "references"))
    assert library.build().embedder.startswith("all-MiniLM-L6-v2@53aa51172d142c89")
    retriever = library.open()
    retriever.settings = Settings(enough=0.3)  # in a library of a few passages no word is rare
    assert retriever.search("What is done about a pulmonary nodule larger than 8 mm?", 1)[0].source == "nodules-2024"
    assert retriever.search("Where can visitors park their car?") == ()
    retriever.close()
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    from chromadb.api.shared_system_client import SharedSystemClient

    left = [spot for spot in SharedSystemClient._identifier_to_system if str(tmp_path) in spot]
    assert left == [], "what was opened was closed"


def test_weights_that_are_not_the_published_ones_are_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "_weights", lambda folder: "0" * 64)
    monkeypatch.setattr(embed, "_load", lambda *_: pytest.fail("loaded"))
    with pytest.raises(ConfigurationError, match="not the published ones"):
        SentenceEmbedder()


def test_models_that_are_not_here_or_not_safetensors_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not on this machine"):
        SentenceEmbedder(Choice(model="nobody/nothing"))
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(UsageError, match="safetensors"):
        SentenceEmbedder(Choice(model=str(tmp_path)))


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    """The command line over a small library."""
    references = write_references(tmp_path / "references")
    made = Library.__init__.__kwdefaults__ | {"embedder": HashEmbedder, "references": references}
    monkeypatch.setattr(Library.__init__, "__kwdefaults__", made)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(["knowledge", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_the_commands_from_building_to_removing(panel: object, tmp_path: Path) -> None:
    assert panel("search", "x")[0] == 2  # type: ignore[operator]
    assert panel("build")[:2] == (0, "built: 3 documents (0 of this site), 6 passages, hash/all-MiniLM-L6-v2\n")  # type: ignore[operator]
    paper = tmp_path / "pathway.md"
    paper.write_text("# Pathway\n\nBrain MRI before chemoradiotherapy.\n")
    assert panel("add", str(paper))[:2] == (0, "added: pathway\n")  # type: ignore[operator]
    assert panel("add", str(paper))[:2] == (0, "unchanged: pathway\n")  # type: ignore[operator]
    code, out, _ = panel("search", "brain MRI before chemoradiotherapy", "-k", "1", "--json")  # type: ignore[operator]
    (found,) = json.loads(out)["passages"]
    assert (code, found["id"], found["text"]) == (0, "pathway#pathway", "# Pathway\n\nBrain MRI before chemoradiotherapy.")
    code, out, err = panel("search", "capital of France")  # type: ignore[operator]
    first, second, *nearest = err.splitlines()
    assert (code, out, first, second) == (0, "", "nothing in the library answers this", "not an answer, nearest passages:")
    assert 1 <= len(nearest) <= 3
    assert all(line.startswith("  ") and line.endswith("]") for line in nearest)
    assert json.loads(panel("search", "capital of France", "--json")[1])["passages"] == []  # type: ignore[operator]
    assert "pathway  own  1 passages  Pathway" in panel("list")[1]  # type: ignore[operator]
    assert "nodules-2024#solid-nodules-over-8-mm" in panel("list", "nodules-2024")[1]  # type: ignore[operator]
    assert panel("remove", "pathway")[:2] == (0, "removed: pathway\n")  # type: ignore[operator]
    assert panel("remove", "pathway")[0] == 2  # type: ignore[operator]


@pytest.mark.parametrize("arguments", [["search", "x", "--tumour", "lungs"], ["add", "nowhere.md"], ["remove"], ["list", "none"]])
def test_bad_usage_is_one_line_and_exit_code_2(panel: object, arguments: list[str]) -> None:
    panel("build")  # type: ignore[operator]
    code, out, err = panel(*arguments)  # type: ignore[operator]
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_missing_part_is_one_line_with_the_command(panel: object, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "chromadb" else find(name, *rest))
    code, out, err = panel("build")  # type: ignore[operator]
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "pip install 'expert-panel[knowledge]'" in err


def test_help_imports_nothing_heavy() -> None:
    import subprocess

    program = "import sys; from panel.cli.entry import run; run(['knowledge', '--help']); print([m for m in sys.modules if m in "
    program += "('torch', 'chromadb', 'sentence_transformers', 'bm25s', 'numpy', 'knowledge.library')], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
