"""A site's reports as examples: loaded once, nearest first, never the same twice, for their owner alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.embed import Choice
from knowledge.library import Configuration
from knowledge.pairs import read_pairs
from knowledge.reports import Reports
from panel.errors import InputError, StoreError
from tests.knowledge.fakes import HashEmbedder

PAIRS = [
    ("Right lower lobe opacity with air bronchograms.", "Right lower lobe pneumonia."),
    ("Heart size normal. Lungs are clear.", "No acute disease."),
    ("The heart size is normal. The lungs are clear.", "Normal chest."),
    ("Large right pneumothorax with mediastinal shift.", "Tension pneumothorax."),
]
Make = Callable[..., Reports]


@pytest.fixture
def make(tmp_path: Path, url: str) -> Make:
    def made(**options: object) -> Reports:
        given = {"configuration": Configuration(url=url), "embedder": HashEmbedder}
        return Reports(tmp_path / "reports", **(given | options))  # type: ignore[arg-type]

    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps({"findings": f, "impression": i}) + "\n" for f, i in PAIRS))
    return path


def nearest(reports: Reports, findings: str, k: int = 3) -> list[str]:
    opened = reports.open()
    try:
        return [example.impression for example in opened.search(findings, k)]
    finally:
        opened.close()


def test_the_nearest_come_first_and_near_duplicates_once(make: Make, file: Path) -> None:
    reports = make()
    assert reports.add([file]).total == 4
    assert nearest(reports, "Opacity in the right lower lobe.")[0] == "Right lower lobe pneumonia."
    clear = nearest(reports, "Lungs clear, heart normal in size and shape.", 4)
    assert len(clear) == 3
    assert len({"No acute disease.", "Normal chest."} & set(clear)) == 1


def test_the_report_itself_is_never_its_own_example(make: Make, file: Path) -> None:
    reports = make()
    reports.add([file])
    assert "Tension pneumothorax." not in nearest(reports, "large right pneumothorax  with mediastinal shift.", 4)


def test_loading_again_adds_nothing_and_fresh_begins_anew(make: Make, file: Path, tmp_path: Path) -> None:
    reports = make()
    reports.add([file])
    assert (reports.add([file]).added, reports.add([file]).known) == (0, 4)
    other = tmp_path / "other.csv"
    other.write_text('Findings,Impression\n"Left effusion.","Effusion."\n"Nothing said",""\n')
    loaded = reports.add([other])
    assert (loaded.added, loaded.incomplete, loaded.total) == (1, 1, 5)
    assert nearest(reports, "Left pleural effusion.", 1) == ["Effusion."]
    assert reports.add([other], fresh=True).total == 1
    reports.clear()
    with pytest.raises(StoreError, match="no reports are loaded"):
        reports.open()


def test_reports_in_running_text_are_read_by_their_sections(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("EXAM: CHEST\nCOMPARISON: None.\nFINDINGS:\nLungs: clear.\nNo effusion.\n\nIMPRESSION: No acute disease.\nSigned by: X\n")
    assert list(read_pairs(path)) == [("Lungs: clear.\nNo effusion.", "No acute disease.")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", '{"findings": "x"'), ("a.jsonl", '{"text": "x"}\n'), ("a.json", "[1]"), ("a.csv", "a,b\n1,2\n"), ("a.txt", "x\n")],
)
def test_what_holds_no_reports_is_one_line_without_their_words(make: Make, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError) as caught:
        make().add([tmp_path / name])
    assert name in caught.value.line
    assert "\n" not in caught.value.line


def test_damage_and_another_embedder_are_named(make: Make, file: Path, tmp_path: Path) -> None:
    make().add([file])
    with pytest.raises(StoreError, match="another embedder"):
        make(embedder=lambda choice: HashEmbedder(choice, "other")).open()
    assert make(configuration=Configuration(choice=Choice(model="new"))).add([file], fresh=True).total == 4
    (kept,) = (tmp_path / "reports").glob("g*/examples.jsonl")
    assert kept.parent.parent.stat().st_mode & 0o077 == 0
    kept.write_text("garbage\n")
    with pytest.raises(StoreError, match="damaged"):
        make().open()
