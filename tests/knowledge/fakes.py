"""A deterministic embedder without a model, and small references, so that tests of the library take milliseconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embed import Choice
from knowledge.lexical import tokens

REFERENCE = """---
id: {id}
title: {title}
organisation: Test Society
edition: "2024"
year: {year}
citation: "Test A. {title}. J Test {year};1:1-2."
checked: 2026-11-22
specialties: [{specialty}]
tumours: [{tumour}]
topics: [test]
---
# {title}

## {heading}
{text}

## What it does not say
{title} says nothing of doses.
"""
NODULES = {
    "id": "nodules-2024", "title": "Lung nodules", "year": 2024, "specialty": "radiology", "tumour": "lung",
    "heading": "Solid nodules over 8 mm",
    "text": "For a solid lung nodule over 8 mm the society recommends PET/CT, biopsy or CT at 3 months.",
}  # fmt: skip
CYSTS = {
    "id": "cysts-2019", "title": "Renal cysts", "year": 2019, "specialty": "radiology", "tumour": "kidney",
    "heading": "Class IIF",
    "text": "A class IIF renal cyst is followed at 6 months, 12 months and then yearly for 5 years.",
}  # fmt: skip
MARGINS = {
    "id": "margins-2020", "title": "Resection margins", "year": 2020, "specialty": "pathology", "tumour": "",
    "heading": "Circumferential margin",
    "text": "A circumferential resection margin of 1 mm or less counts as involved and is reported as R1.",
}  # fmt: skip


class HashEmbedder:
    """Bags of stems, hashed into a few dimensions: near when words are shared, the same on every machine."""

    dimensions = 64

    def __init__(self, choice: Choice, name: str = "hash") -> None:
        self.identity = f"{name}/{choice.model}"
        self.embedded = 0

    def documents(self, texts: Sequence[str], tick: object = None) -> NDArray[np.float32]:
        self.embedded += len(texts)
        return np.array([self.query(text) for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 1e-3, np.float32)
        for word in tokens(text):
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1
        return vector / np.linalg.norm(vector)


def write_references(folder: Path, *documents: dict[str, object]) -> Path:
    """A folder of references."""
    folder.mkdir(exist_ok=True)
    for document in documents or (NODULES, CYSTS, MARGINS):
        (folder / f"{document['id']}.md").write_text(REFERENCE.format(**document), "utf-8")
    return folder
