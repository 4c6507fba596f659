"""The pathologic T and N of real, scanned reports, against what a hand labelled in them."""

from __future__ import annotations

import csv
import gzip
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from agents.rules.reading import read
from agents.rules.staging import staging_findings
from panel.case import Document

LABELS = Path(__file__).parents[1] / "data" / "tcga_stated_stage.csv"
SHARED = Path(os.environ.get("EXPERT_PANEL_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
REPORTS = SHARED / "tcga" / "tcga_pathology_reports.csv.gz"
AT_LEAST = 0.97


@pytest.fixture(scope="module")
def reports():
    if not REPORTS.exists():
        pytest.skip(f"the reports are not here: {REPORTS.name} is looked for under EXPERT_PANEL_DATA or ../shared/data")
    csv.field_size_limit(10**8)
    with gzip.open(REPORTS, "rt", encoding="utf-8") as handle:
        return {row["patient_filename"]: row["text"] for row in csv.DictReader(handle)}


def first(text, axis):
    """The first category read on this axis that is not a clinical one, without what stands in brackets."""
    findings = staging_findings(read(Document(id="d", kind="pathology", text=text)))
    values = [str(f.value) for f in findings if f.question.endswith(f".{axis}") and ".clinical." not in f.question]
    return re.sub(r"\(.*\)", "", values[0]) if values else ""


@pytest.mark.parametrize("axis", ["t", "n"])
def test_stated_categories(reports, axis):
    with LABELS.open(encoding="utf-8", newline="") as handle:
        labels = [row for row in csv.DictReader(handle) if row["set"] == "test"]
    tally: Counter[str] = Counter()
    for row in labels:
        read_value, wanted = first(reports[row["patient_filename"]], axis), row[axis]
        if not wanted:
            tally["none stated, none read" if not read_value else "none stated, one read"] += 1
            continue
        right = {wanted.upper(), *(also.upper() for also in re.findall(r"[TN][0-4Xx][a-c]?", row["also"]))}
        tally["right" if read_value.upper() in right else "wrong"] += 1
    stated = tally["right"] + tally["wrong"]
    print(f"p{axis.upper()}: {tally['right']} of {stated} right; {dict(tally)}")
    assert tally["right"] >= AT_LEAST * stated, dict(tally)
    assert tally["none stated, one read"] <= (1 - AT_LEAST) * len(labels), dict(tally)
