"""Single documents: text in its encodings, PDF, Word, and the files that are none."""

from __future__ import annotations

import gzip
import io
import os
import socket
import subprocess
import sys
import zipfile

import docx
import pypdf
import pytest

from panel.intake import load, load_with_notes

from .builders import docx_bytes, pdf_bytes


@pytest.mark.parametrize("name", ["ct.txt", "ct.md", "CT.TXT"])
def test_a_text_file_is_a_case_of_one_untouched_document(written, name):
    text = "CT chest\r\nDate: 2026-03-02\r\n\r\n FINDINGS: Größe 3.2 cm.\x0c\n"
    case = load(written(name, text))
    (document,) = case.documents
    assert case.id == name.partition(".")[0]
    assert document.text == text
    assert (document.kind, document.date.isoformat()) == ("radiology", "2026-03-02")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_obeyed_and_are_no_part_of_the_text(written, encoding):
    assert load(written("a.txt", "Größe".encode(encoding))).documents[0].text == "Größe"


def test_windows_text_is_read_with_a_note_and_broken_utf8_is_not(written, refused):
    loaded = load_with_notes(written("a.txt", "Größe – 3 µm".encode("cp1252")))
    assert loaded.case.documents[0].text == "Größe – 3 µm"
    assert "read as cp1252" in loaded.notes[0]
    assert load(written("b.txt", b"caf\x81\xe9")).documents[0].text == "caf\x81é"  # not in cp1252: latin-1
    broken = "Größe in Höhe der Überleitungsstelle".encode().replace(b"\xc3\xbc", b"\xc3") + b"\xff"
    assert "UTF-8 with 1 damaged places (first at byte" in refused(written("c.txt", broken))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"abc\x00def", "holds NUL bytes"),
        ("abc".encode("utf-16-le"), "holds NUL bytes"),
        (bytes(range(1, 256)), "is not text"),
        (b"\xff\xfeabc", "is not valid UTF-16-LE"),
        (b"\xff\xfe\x00\xd8", "is not valid UTF-16-LE"),
    ],
)
def test_what_is_no_text_is_refused(written, refused, content, says):
    assert refused(written("a.txt", content)).startswith(says)


def test_a_pdf_gives_its_text_page_after_page(written):
    case = load(written("2026-03-09 path.pdf", pdf_bytes("FINAL DIAGNOSIS: pT2", "pN0")))
    (document,) = case.documents
    assert document.text == "FINAL DIAGNOSIS: pT2\n\npN0"
    assert (document.kind, document.date.isoformat()) == ("pathology", "2026-03-09")


def test_pdfs_without_text_or_with_a_password_are_refused(written, refused):
    assert "has no text, it seems to be a scan" in refused(written("scan.pdf", pdf_bytes("", "")))
    writer, stream = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes("secret"))), io.BytesIO()
    writer.encrypt("password", algorithm="RC4-128")
    writer.write(stream)
    assert "is protected by a password" in refused(written("locked.pdf", stream.getvalue()))
    assert "is not a PDF" in refused(written("broken.pdf", pdf_bytes("text")[:100]))


def test_word_gives_paragraphs_and_tables_in_reading_order(written):
    def fill(document) -> None:
        document.add_paragraph("Before")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip((c for row in table.rows for c in row.cells), "ABCD", strict=True):
            cell.text = text
        document.add_paragraph("After\tthe table")
        document.sections[0].header.paragraphs[0].text = "Patient: Doe"

    (document,) = load(written("letter.docx", docx_bytes(fill))).documents
    assert document.text.split("\n") == ["Patient: Doe", "Before", "A | B", "C | D", "After\tthe table"]


def test_word_forms_and_tracked_changes_are_read_as_they_stand(written):
    def fill(document) -> None:
        ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        for xml in (
            f"<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>in a form</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            f"<w:p {ns}><w:r><w:t>left</w:t></w:r><w:del><w:r><w:delText>right</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t> lung</w:t></w:r></w:ins></w:p>",
        ):
            document.element.body.insert_element_before(docx.oxml.parse_xml(xml), "w:sectPr")

    (document,) = load(written("form.docx", docx_bytes(fill))).documents
    assert document.text == "in a form\nleft lung"


def test_word_bombs_and_broken_word_are_refused(written, refused):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(6):
            archive.writestr(f"word/{index}.xml", bytes(20_000_000))
    assert "unpacks to more than 100 MB" in refused(written("bomb.docx", stream.getvalue()))
    assert "is not a Word document" in refused(written("text.docx", b"FINDINGS"))
    assert "is not a Word document" in refused(written("cut.docx", docx_bytes()[:2000]))
    assert "holds no text" in refused(written("empty.docx", docx_bytes(lambda document: None)))


def test_gzip_is_looked_through_and_bounded(written, refused):
    assert load(written("ct.txt.gz", gzip.compress(b"CT chest"))).documents[0].text == "CT chest"
    assert load(written("p.pdf.gz", gzip.compress(pdf_bytes("pT2")))).documents[0].text == "pT2"
    assert "larger than 50 MB" in refused(written("bomb.txt.gz", gzip.compress(bytes(60_000_000), 1)))
    assert "not a complete gzip file" in refused(written("cut.txt.gz", gzip.compress(b"CT chest")[:-4]))
    assert "not a complete gzip file" in refused(written("no.txt.gz", b"CT chest"))


def test_what_is_no_regular_file_is_refused_at_once(tmp_path, refused):
    os.mkfifo(tmp_path / "fifo.txt")
    assert "is no regular file" in refused(tmp_path / "fifo.txt")
    os.mkfifo(tmp_path / "fifo.json")
    assert "is no regular file" in refused(tmp_path / "fifo.json")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        assert "cannot be read" in refused(tmp_path / "s.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    assert "is no regular file" in refused(tmp_path / "zero.txt")


def test_what_is_not_there_or_not_permitted_is_said(tmp_path, written, refused, monkeypatch):
    assert refused(tmp_path / "gone.json") == "does not exist. Check the name"
    assert refused(written("a.txt", "x") / "b.txt") == "does not exist. Check the name"
    assert "is not of a type that is read" in refused(written("picture.png", b"x"))
    assert "no usable path" in refused(tmp_path / ("n" * 300 + ".txt"))
    path = written("locked.txt", "x")

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    assert refused(path) == "may not be read. Give yourself read permission"


def test_names_that_are_no_text_are_survived(tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    name = os.fsdecode(b"ct\xff\nscan.txt")
    (folder / name).write_bytes("Größe".encode("cp1252"))
    loaded = load_with_notes(folder)
    assert loaded.case.documents[0].id == "ct?-scan"
    "".join(loaded.notes).encode()
    assert all(note.isprintable() for note in loaded.notes)


def test_a_case_file_is_read_without_the_heavy_libraries(written):
    path = written("case.json", '{"id": "a", "documents": [{"id": "d", "kind": "note", "text": "x"}]}')
    script = (
        "import sys; from pathlib import Path; from panel.intake import load; load(Path(sys.argv[1])); "
        "print(*sorted({'fhir', 'fhir_core', 'pypdf', 'docx', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
