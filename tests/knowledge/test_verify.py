"""``panel knowledge verify``: shipped references, rules that cite them, and the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.verify import verify
from tests.knowledge.test_library import PROTOCOL

GOOD = "nodules-2024#solid-nodules-over-8-mm"


def criteria(tmp_path: Path, *rules: str) -> Path:
    folder = tmp_path / "criteria"
    folder.mkdir(exist_ok=True)
    (folder / "rules.yaml").write_text("rules:\n" + "".join(f"  - {{id: r{n}, {rule}}}\n" for n, rule in enumerate(rules)))
    return folder


def test_a_whole_library_has_no_troubles(library: Library, tmp_path: Path, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    rules = criteria(tmp_path, f'passage: "{GOOD}", why: "over 8 mm: CT at 3 months", cites: [PET/CT]', "why: uncited 99 mm")
    found = verify(library, rules)
    assert (found.troubles, found.documents, found.passages, found.rules, found.built) == ((), 3, 6, 1, True)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (f'passage: "{GOOD}", why: over 10 mm', "does not carry ≥ 10 mm"),
        (f'passage: "{GOOD}", why: fine, cites: [cisplatin]', "does not carry cisplatin"),
        ('passage: "nodules-2024#nowhere", why: fine', "cites nodules-2024#nowhere, which no reference holds"),
    ],
)
def test_a_rule_whose_passage_does_not_carry_it_is_named(library: Library, tmp_path: Path, rule: str, said: str) -> None:
    (trouble,) = verify(library, criteria(tmp_path, rule)).troubles
    assert trouble.startswith("rules.yaml: r0: ")
    assert said in trouble


def test_a_broken_reference_is_named_and_the_rest_is_checked(library: Library, references: Path, tmp_path: Path) -> None:
    (references / "cysts-2019.md").write_text("---\nid: cysts-2019\n---\nx\n")
    found = verify(library, criteria(tmp_path))
    assert found.documents == 2
    assert any("cysts-2019.md: title: is missing" in line for line in found.troubles)
    assert any("other references" in line for line in found.troubles)


def test_an_index_that_lost_a_vector_is_named(library: Library, tmp_path: Path) -> None:
    retriever = library.open()
    retriever.vectors.delete([GOOD])
    retriever.close()
    assert any("does not hold all passages" in line for line in verify(library, criteria(tmp_path)).troubles)


def test_the_references_and_rules_that_are_shipped_hold(tmp_path: Path) -> None:
    found = verify(Library(tmp_path / "none"))
    assert found.troubles == ()
