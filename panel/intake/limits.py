"""How much is read, and why no more. All sizes are in bytes of the file or characters of the text."""

from __future__ import annotations

MAX_DOCUMENT = 20_000_000
"""Characters of one document: some 8,000 printed pages, more than any chart export; beyond it is a mistake."""
MAX_CASE = 50_000_000
"""Characters of all documents of a case, and bytes of one file: keeps a run within 300 MB of memory."""
MAX_UNPACKED = 100_000_000
"""Bytes that the members of a .docx may unpack to, pictures included: a small file must not fill the memory."""
MAX_FILES = 2_000
"""Files of a folder, and members of a .docx: a case of more is a folder of many cases."""
MAX_DEPTH = 64
"""Levels of nesting in JSON; FHIR needs about 30, and what follows may recurse."""
MAX_PAGES = 2_000
"""Pages of a PDF."""
