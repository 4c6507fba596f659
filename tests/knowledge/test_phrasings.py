"""Other words for passages: each names a passage there is, and none is ever quoted."""

from __future__ import annotations

import pytest
import yaml

from knowledge import papers
from knowledge.manifest import indexed, passages_of
from knowledge.phrasings import FOLDER, phrasing

FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_phrase_is_for_a_passage_there_is(path: pytest.MonkeyPatch) -> None:
    rows = yaml.safe_load(path.read_text("utf-8"))
    there = {p.id.partition("#")[2] for p in passages_of(papers.read(papers.REFERENCES / f"{path.stem}.md"))}
    assert set(rows) <= there
    assert all(isinstance(phrase, str) and 2 < len(phrase) < 120 for phrases in rows.values() for phrase in phrases)


def test_they_are_searched_and_not_quoted() -> None:
    passage = next(p for p in passages_of(papers.read(papers.REFERENCES / f"{FILES[0].stem}.md")) if phrasing(p.id))
    assert phrasing(passage.id) in indexed(passage)
    assert phrasing(passage.id) not in passage.text
    assert phrasing("a-sites-own-paper#part") == ""
