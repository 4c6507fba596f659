"""Reading files into papers: every type, and everything that can be wrong with one, as one line."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from knowledge.chunk import chunks
from knowledge.papers import gather, read, shipped
from panel.errors import InputError, PanelError
from tests.intake.builders import pdf_bytes
from tests.knowledge.fakes import NODULES, REFERENCE, write_references

PDF = pdf_bytes("Nodules over 8 mm: CT at 3 months.", "Second page here.")


def refused(path: Path) -> str:
    """The line with which the file is refused."""
    with pytest.raises(InputError) as caught:
        read(path)
    assert "\n" not in caught.value.line
    return caught.value.line


def passages(path: Path) -> list[tuple[str, str]]:
    paper = read(path)
    return [(c.slug, paper.text[c.start : c.end]) for c in chunks(paper.text, paper.markup, paper.body)]


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text("---\ntitle: Our pathway\ntumours: lung\nedition: 2026\nowner: Dr X\n---\n# Heading\ntext\n")
    paper = read(path)
    assert (paper.card.id, paper.card.title, paper.card.edition) == ("p", "Our pathway", "2026")
    assert paper.card.tumours == ("lung",)
    assert paper.text[paper.body :].startswith("# Heading")


def test_markdown_without_front_matter_takes_its_title_from_the_first_heading(tmp_path: Path) -> None:
    path = tmp_path / "Lung Pathway_v2.md"
    path.write_text("# Lung pathway, 2026\n\ntext\n")
    assert (read(path).card.id, read(path).card.title) == ("lung-pathway-v2", "Lung pathway, 2026")


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("tumour: lung", "tumour: is an unknown field. Did you mean tumours?"),
        ("tumours: [lungs]", "tumours: is not valid. Use lung, breast"),
        ("year: soon", "year: is not valid"),
        ("id: Not An Id", "id: is not valid. Use lower-case letters"),
        ("title: [a, b", "its front matter is not YAML"),
        ("- a\n- b", "its front matter is no list of"),
        ("doi: https://doi.org/10.1/x", "doi: is not valid"),
    ],
)
def test_front_matter_that_is_wrong_is_one_line(tmp_path: Path, front: str, said: str) -> None:
    path = tmp_path / "p.md"
    path.write_text(f"---\n{front}\n---\ntext\n")
    assert said in refused(path)


def test_text(tmp_path: Path) -> None:
    path = tmp_path / "contrast policy.txt"
    path.write_text("# not a heading\n\nHydrate below 30.\n")
    assert read(path).card.title == "contrast policy"
    assert passages(path) == [("text", "# not a heading\n\nHydrate below 30.")]


def test_pdf_by_pages(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(PDF)
    assert passages(path) == [("page-1", "Nodules over 8 mm: CT at 3 months."), ("page-2", "Second page here.")]


def test_word_keeps_headings_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Contrast policy", 0)
    document.add_heading("Kidney function", 2)
    document.add_paragraph("Below 30 hydrate.")
    table = document.add_table(2, 2)
    for cell, words in zip([c for row in table.rows for c in row.cells], ["eGFR", "do", "< 30", "hydrate"], strict=True):
        cell.text = words
    document.add_heading("Thyroid", 2)
    document.add_paragraph("Ask first.")
    path = tmp_path / "p.docx"
    document.save(str(path))
    assert read(path).card.title == "Contrast policy"
    first, second = passages(path)
    assert (first[0], second[0]) == ("kidney-function", "thyroid")
    assert "| eGFR | do |\n| --- | --- |\n| < 30 | hydrate |" in first[1]


def test_html_keeps_headings_and_tables_and_drops_scripts(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_text(
        "<html><head><title>Policy</title><style>a{}</style></head><body><nav>menu</nav><h2>Kidney_1</h2><p>Below 30*</p>"
        "<script>steal()</script><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"
    )
    ((name, text),) = passages(path)
    assert (name, read(path).card.title) == ("kidney-1", "Policy")
    assert "## Kidney_1\n\nBelow 30*" in text
    assert "| a | b |" in text
    assert "steal" not in text
    assert "menu" not in text


def test_deeply_nested_html_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_text("<div>" * 20_000 + "x")
    assert "HTML" in refused(path)


def test_an_empty_and_an_encrypted_pdf_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(path)
    assert "scan" in refused(path)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt("secret")
    writer.write(path)
    assert "password" in refused(path)
    path.write_bytes(b"")
    assert "is empty" in refused(path)
    path.write_bytes(PDF[:200])
    assert "p.pdf" in refused(path)


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    for name in ("p.txt", "p.pdf", "p.html"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(200_000_000)
        assert "is larger than 50 MB" in refused(path)


@pytest.mark.parametrize("name", ["p.txt", "p.md", "p.html"])
def test_nul_bytes_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"text\x00text")
    assert "NUL" in refused(path)


@pytest.mark.parametrize(("name", "data"), [("p.txt", b" \n"), ("p.md", b"---\ntitle: x\n---\n \n"), ("p.html", b"<p> </p>")])
def test_a_document_without_text_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert "holds no text" in refused(path)


def test_other_types_missing_files_and_pipes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"PK")
    assert "not of a type that is read" in refused(tmp_path / "p.xlsx")
    assert "does not exist" in refused(tmp_path / "none.md")
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    assert "no regular file" in refused(tmp_path / "pipe.txt")


def test_a_folder_is_searched_and_what_is_passed_over_is_said(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "p.md").write_text("x")
    (tmp_path / "a" / "sheet.xlsx").write_bytes(b"x")
    (tmp_path / "a" / ".hidden.md").write_text("x")
    files, notes = gather([tmp_path / "a", tmp_path / "a" / "b" / "p.md"])
    assert [path.name for path in files] == ["p.md"]
    assert notes == [f"{tmp_path}/a/sheet.xlsx: not a type that is read"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no document"):
        gather([tmp_path / "empty"])


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "secret.md").write_text("x")
    (tmp_path / "a" / "p.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(InputError, match="leaves the folder"):
        gather([tmp_path / "a"])


@pytest.mark.parametrize("gone", ["organisation", "citation", "checked", "topics"])
def test_a_shipped_reference_lacks_nothing(tmp_path: Path, gone: str) -> None:
    text = REFERENCE.format(**NODULES)
    kept = "\n".join(line for line in text.splitlines() if not line.startswith(f"{gone}:"))
    (tmp_path / "nodules-2024.md").write_text(kept)
    with pytest.raises(PanelError, match=f"{gone}: is missing"):
        list(shipped(tmp_path))


def test_a_shipped_reference_is_called_what_its_file_is(tmp_path: Path) -> None:
    write_references(tmp_path, NODULES)
    (tmp_path / "nodules-2024.md").rename(tmp_path / "other.md")
    with pytest.raises(PanelError, match="is not the file's name"):
        list(shipped(tmp_path))
