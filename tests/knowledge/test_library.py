"""The library's promises: added once, all or nothing, found again, refused when it is not what would be built now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge import chunk
from knowledge.embed import Choice
from knowledge.library import Configuration, Library
from panel.errors import InputError, PanelError, StoreError, UsageError
from tests.knowledge.conftest import MakeLibrary
from tests.knowledge.fakes import CYSTS, MARGINS, NODULES, HashEmbedder, write_references

BRAIN = "Has every patient with lung cancer a brain MRI before chemoradiotherapy?"
PROTOCOL = "# Lung pathway\n\n## Staging\nEvery patient with lung cancer has a brain MRI before chemoradiotherapy.\n"


def ask(library: Library, question: str) -> list[str]:
    """Ids of the passages found."""
    retriever = library.open()
    try:
        return [passage.id for passage in retriever.search(question, 1)]
    finally:
        retriever.close()


def test_what_is_built_answers_with_passages_that_stand_in_their_document(library: Library, references: Path) -> None:
    retriever = library.open()
    try:
        first = retriever.search("solid lung nodule over 8 mm")[0]
    finally:
        retriever.close()
    text = (references / "nodules-2024.md").read_text("utf-8")
    assert text[first.start : first.end] == first.text
    assert first.id == "nodules-2024#solid-nodules-over-8-mm"
    assert (first.locator, first.organisation, first.year) == ("Solid nodules over 8 mm", "Test Society", 2024)
    assert first.reference("PET/CT, biopsy or CT at 3 months").locator == first.id


def test_before_the_first_build_it_says_so(make: MakeLibrary) -> None:
    with pytest.raises(StoreError, match=r"not built yet.*panel knowledge build"):
        make().open()


def test_adding_finds_the_paper_and_adding_again_changes_nothing(library: Library, papers: Path) -> None:
    (papers / "lung_pathway.md").write_text(PROTOCOL)
    assert library.add([papers]).added == ("lung-pathway",)
    before = library.manifest()
    assert ask(library, BRAIN) == ["lung-pathway#staging"]
    again = library.add([papers / "lung_pathway.md"])
    assert (again.added, again.unchanged) == ((), ("lung-pathway",))
    assert library.manifest() == before


def test_only_what_is_new_is_embedded(make: MakeLibrary, library: Library, papers: Path, url: str) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    made: list[HashEmbedder] = []

    def counting(choice: Choice) -> HashEmbedder:
        made.append(HashEmbedder(choice))
        return made[-1]

    make(embedder=counting).add([papers])
    assert sum(each.embedded for each in made) == 1
    assert ask(library, "solid lung nodule over 8 mm")


def test_a_renamed_paper_is_recognised_and_keeps_its_id(library: Library, papers: Path) -> None:
    (papers / "old.md").write_text(PROTOCOL)
    library.add([papers])
    (papers / "old.md").rename(papers / "new.md")
    assert library.add([papers]).renamed == ("old",)
    assert [e.card.id for e in library.manifest().documents if e.path] == ["old"]  # type: ignore[union-attr]


def test_a_copy_beside_it_is_added_once(library: Library, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    (papers / "b.md").write_text(PROTOCOL)
    changes = library.add([papers])
    assert (changes.added, changes.renamed) == (("a",), ("a",))


def test_a_changed_paper_replaces_its_former_self(library: Library, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    (papers / "a.md").write_text(PROTOCOL.replace("brain MRI", "bone scintigraphy"))
    assert library.add([papers]).replaced == ("a",)
    assert ask(library, BRAIN.replace("brain MRI", "bone scintigraphy")) == ["a#staging"]
    assert "brain" not in " ".join(p.text for p in library.passages("a"))


def test_all_are_added_or_none(library: Library, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    (papers / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(InputError, match=r"b\.pdf"):
        library.add([papers])
    assert library.manifest().entry("a") is None  # type: ignore[union-attr]


def test_ids_do_not_clash(library: Library, papers: Path) -> None:
    (papers / "x").mkdir()
    (papers / "a.md").write_text(PROTOCOL)
    (papers / "x" / "a.md").write_text(PROTOCOL + "More.\n")
    with pytest.raises(InputError, match="its id a is already that of"):
        library.add([papers])
    (papers / "x" / "a.md").rename(papers / "x" / "nodules-2024.md")
    with pytest.raises(InputError, match="id nodules-2024 is that of a shipped reference"):
        library.add([papers])


def test_removing_takes_the_paper_out_and_nothing_else(library: Library, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    library.remove(["a"])
    assert ask(library, BRAIN) != ["a#staging"]
    assert ask(library, "solid lung nodule over 8 mm")
    with pytest.raises(UsageError, match="not in the library"):
        library.remove(["a"])
    with pytest.raises(UsageError, match="shipped reference"):
        library.remove(["nodules-2024"])


def test_building_again_keeps_the_papers_even_when_their_files_are_gone(library: Library, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    (papers / "a.md").unlink()
    library.build()
    assert ask(library, BRAIN) == ["a#staging"]
    library.build(fresh=True)
    assert library.manifest().entry("a") is None  # type: ignore[union-attr]


def test_adding_to_a_library_that_was_never_built_builds_it(make: MakeLibrary, papers: Path) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    library = make()
    library.add([papers])
    assert ask(library, "solid lung nodule over 8 mm")


def test_an_index_of_other_references_is_refused_and_rebuilt(library: Library, references: Path, papers: Path) -> None:
    write_references(references, NODULES | {"text": "For a solid lung nodule over 8 mm wait and see."}, CYSTS, MARGINS)
    with pytest.raises(StoreError, match=r"other references.*panel knowledge build"):
        library.open()
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    retriever = library.open()
    assert "wait and see" in retriever.search("solid lung nodule over 8 mm")[0].text
    retriever.close()


def test_an_index_of_another_embedder_is_refused(make: MakeLibrary, library: Library) -> None:
    with pytest.raises(StoreError, match="another embedder"):
        make(embedder=lambda choice: HashEmbedder(choice, "other")).open()
    other = Configuration(choice=Choice(model="elsewhere"))
    with pytest.raises(StoreError, match="another embedder"):
        make(configuration=other).open()
    make(configuration=other).build()
    retriever = make(configuration=Configuration()).open()
    retriever.close()
    assert retriever.manifest.choice.model == "elsewhere"


def test_an_index_of_another_chunker_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk, "VERSION", "0")
    with pytest.raises(StoreError, match="another version"):
        library.open()


def test_who_reads_keeps_what_they_opened_while_it_changes(library: Library, papers: Path) -> None:
    reader = library.open()
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    library.remove(["a"])
    assert reader.search("solid lung nodule over 8 mm")
    reader.close()
    library.build()
    assert len(list(library.folder.glob("g*"))) == 1, "old generations are swept when nobody reads them"


def test_what_is_kept_is_for_its_owner_alone(library: Library, papers: Path) -> None:
    assert library.folder.stat().st_mode & 0o077 == 0


def damage(library: Library, name: str) -> Path:
    (folder,) = library.folder.glob("g*")
    (path,) = folder.rglob(name)
    path.write_bytes(b"garbage" * 40)
    return path


@pytest.mark.parametrize("name", ["passages.jsonl", "ids.json", "vocab.index.json", "indptr.csc.index.npy", "params.index.json"])
def test_a_damaged_index_is_named_and_a_build_mends_it(library: Library, papers: Path, name: str) -> None:
    (papers / "a.md").write_text(PROTOCOL)
    library.add([papers])
    damage(library, name)
    with pytest.raises(StoreError, match=r"damaged.*panel knowledge build"):
        library.open()
    library.build()
    assert ask(library, BRAIN) == ["a#staging"]


def test_a_damaged_chroma_folder_is_named_and_a_build_mends_it(make: MakeLibrary, tmp_path: Path) -> None:
    library = make(configuration=Configuration(url=""))
    library.build()
    path = damage(library, "chroma.sqlite3")
    with pytest.raises(StoreError, match=r"damaged.*panel knowledge build"):
        library.open()
    path.unlink()
    with pytest.raises(StoreError, match=r"damaged.*panel knowledge build"):
        library.open()
    library.build()
    assert ask(library, "solid lung nodule over 8 mm")


@pytest.mark.parametrize("content", ["", "{}", "[]", "garbage", '{"layout": 99}'])
def test_a_damaged_manifest_is_named_and_a_fresh_build_mends_it(library: Library, content: str) -> None:
    damage(library, "manifest.json").write_text(content)
    for attempt in (library.open, library.build, lambda: library.add([])):
        with pytest.raises(StoreError, match=r"damaged|another version"):
            attempt()
    library.build(fresh=True)
    assert ask(library, "solid lung nodule over 8 mm")


def test_a_pointer_to_nowhere_is_named(library: Library) -> None:
    (library.folder / "current").write_text("../../etc")
    with pytest.raises(StoreError, match="damaged"):
        library.open()
    library.build(fresh=True)
    assert ask(library, "solid lung nodule over 8 mm")


def test_a_folder_that_cannot_be_written_is_one_line(make: MakeLibrary, tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file")
    with pytest.raises(PanelError) as caught:
        make().build()
    assert "\n" not in caught.value.line


def test_the_manifest_says_what_the_index_depends_on(library: Library) -> None:
    made = json.loads(library.manifest().model_dump_json())  # type: ignore[union-attr]
    assert made["chunker"] == chunk.VERSION
    assert made["embedder"] == "hash/all-MiniLM-L6-v2"
    assert {len(made[key]) for key in ("inputs", "shipped")} == {64}
