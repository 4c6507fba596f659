"""PDF by pypdf: the text layer, page after page."""

from __future__ import annotations

import io
import logging
import struct
import warnings
import zlib

from panel.intake.limits import MAX_DOCUMENT, MAX_PAGES
from panel.intake.problem import problem

# pypdf says of itself that broken files raise whatever they raise; a chart is no place for a traceback.
_BROKEN = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,  # with RecursionError and NotImplementedError
    OSError,
    EOFError,
    struct.error,
    zlib.error,
)


def read_pdf(data: bytes, where: str) -> str:
    """The text of all pages, separated by a blank line.

    Raises:
        InputError: it is no PDF, encrypted, broken, or has no text (a scan).
    """
    return "\n\n".join(pdf_pages(data, where))


def pdf_pages(data: bytes, where: str) -> tuple[str, ...]:
    """The text of each page, empty pages too.

    Raises:
        InputError: as for :func:`read_pdf`.
    """
    import pypdf.errors  # late: a third of a second that a case file need not pay

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings may quote the page
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pages = _texts(pypdf.PdfReader(io.BytesIO(data)), where)
    except pypdf.errors.FileNotDecryptedError:
        raise _encrypted(where) from None
    except pypdf.errors.DependencyError:
        raise _encrypted(where) from None
    except (pypdf.errors.PyPdfError, *_BROKEN):
        raise problem(where, "is not a PDF that can be read", "Print or export it again") from None
    if not any(page.strip() for page in pages):
        raise problem(where, "has no text, it seems to be a scan", "Run text recognition (OCR) on it first")
    # Broken fonts give NUL and half characters; none of them was on the page.
    return tuple(page.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") for page in pages)


def _texts(reader: object, where: str) -> list[str]:
    from pypdf import PasswordType, PdfReader

    assert isinstance(reader, PdfReader)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _encrypted(where)
    if len(reader.pages) > MAX_PAGES:
        raise problem(where, f"has more than {MAX_PAGES} pages", "Give the pages that the board needs")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > MAX_DOCUMENT:
            what = f"is longer than {MAX_DOCUMENT // 1_000_000} MB of text"
            raise problem(where, what, "Give the pages that the board needs")
    return pages


def _encrypted(where: str) -> Exception:
    return problem(where, "is protected by a password", "Save it without one")
