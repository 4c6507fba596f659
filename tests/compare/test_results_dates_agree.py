"""Results and dates that look opposed and are not, beside those that are."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case
from panel.compare.chart import Chart
from panel.compare.dates import date_conflicts
from panel.compare.facts import fact_conflicts
from panel.compare.identity import identity_conflicts
from panel.opinion import Opinion

Text = tuple[str, str, str, str]
KINDS = {"biomarker": fact_conflicts, "date": date_conflicts, "grade": fact_conflicts, "identity": identity_conflicts, "presence": fact_conflicts}

PAIRS: list[tuple[str, Text, Text, bool]] = [
    ("biomarker", ("genomics", "2026-02-19", "RAS report", "KRAS exons 2-4: wild type. NRAS: Q61K."), ("oncology", "2026-02-27", "Letter", "The tumour is RAS-mutated by virtue of NRAS."), False),
    ("biomarker", ("genomics", "2026-02-19", "RAS report", "KRAS: wild type. NRAS: wild type."), ("oncology", "2026-02-27", "Letter", "The tumour is RAS-mutated."), True),
    ("biomarker", ("pathology", "2026-03-10", "Glioma", "IDH1 R132H stain: no labelling."), ("genomics", "2026-03-23", "Supplement", "An uncommon variant: IDH2 R172K."), False),
    ("biomarker", ("pathology", "2026-03-10", "Glioma", "Tumour cells immunoreactive for IDH1-R132H."), ("oncology", "2026-03-23", "Letter", "It belongs to the IDH-wildtype family."), True),
    ("biomarker", ("pathology", "2026-02-05", "Core", "Oestrogen receptor: complete absence of nuclear staining."), ("oncology", "2026-02-17", "Letter", "A strongly hormone-sensitive cancer."), True),
    ("biomarker", ("genomics", "2026-02-02", "BRAF PCR", "Cobas test: V600 mutation DETECTED."), ("oncology", "2026-02-13", "Letter", "The lesion harbours no alteration at BRAF codon 600."), True),
    ("date", ("radiology", "2026-02-25", "FDG PET-CT baseline", "Acquired 25 Feb 2026, glucose 5.2."), ("oncology", "2026-03-11", "Letter", "The positron scan, the sole one to date, was obtained on 11 February 2026."), True),
    ("date", ("radiology", "2026-02-25", "FDG PET-CT", "Acquired 25 Feb 2026, glucose 5.2."), ("oncology", "2026-03-11", "Letter", "The positron scan was obtained on 11 February 2026."), False),
    ("date", ("surgery", "2026-03-02", "Theatre record", "Subtotal gastrectomy today, Monday 2 March 2026."), ("note", "2026-03-12", "Dietitian", "POD 3 after subtotal gastrectomy."), True),
    ("date", ("surgery", "2026-03-02", "Theatre record", "Subtotal gastrectomy today, Monday 2 March 2026."), ("note", "2026-03-12", "Dietitian", "POD 10 after subtotal gastrectomy."), False),
    ("date", ("surgery", "2026-03-02", "Theatre record", "Subtotal gastrectomy on 2 March 2026."), ("note", "2026-03-18", "Dietitian", "Two weeks after gastrectomy he eats well."), False),
    ("date", ("surgery", "2026-02-20", "Operation note", "Right nephrectomy on 14 January 2026."), ("oncology", "2026-02-25", "Letter", "The right kidney came out on 14 February 2026."), True),
    ("grade", ("pathology", "2026-03-20", "Radical prostatectomy", "Radical prostatectomy. Gleason 4+3=7."), ("oncology", "2026-04-01", "Letter", "TRUS biopsy had shown Gleason 3+3."), False),
    ("grade", ("pathology", "2026-03-20", "Radical prostatectomy", "Radical prostatectomy. Gleason 4+3=7."), ("oncology", "2026-04-01", "Letter", "The prostatectomy showed Gleason 3+3."), True),
    ("presence", ("radiology", "2026-03-02", "MRI pelvis", "No perineural invasion."), ("pathology", "2026-03-10", "Abdominoperineal excision", "Perineural invasion: present."), False),
    ("presence", ("pathology", "2026-03-10", "Abdominoperineal excision", "Perineural invasion: present."), ("oncology", "2026-03-12", "Letter", "The specimen showed no perineural invasion."), True),
    ("identity", ("pathology", "2026-01-13", "TURBT", "William J. Thackray, DOB 02.03.1950."), ("note", "2026-01-20", "Nurse", "Bill Thackray, DOB 02.03.1950, rang."), False),
    ("identity", ("surgery", "2026-02-24", "Checklist", "Wristband read aloud: Margaret A. Ellison, 08/11/1963."), ("surgery", "2026-02-24", "Operation note", "Name: Dorothy Prentice. Left WLE."), True),
]


@pytest.mark.parametrize(("kind", "first", "second", "opposed"), PAIRS)
def test_opposed_statements_are_raised_and_others_are_not(kind: str, first: Text, second: Text, opposed: bool) -> None:
    rows = [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": f"{x}\n"} for i, (k, d, t, x) in enumerate((first, second))]
    case = Case.model_validate({"id": "x", "documents": rows})
    opinion = Opinion(specialty="registrar", reader="rules", findings=read_chart(case).findings)
    raised = [c for c in KINDS[kind](Chart.of_opinions(case, [opinion])) if c.kind == kind]
    assert bool(raised) is opposed
