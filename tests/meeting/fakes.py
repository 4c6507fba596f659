"""A table of scripted seats and a small comparison, so that the meeting is tested apart from reading."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from panel.case import Case, Document, Patient
from panel.conflict import Conflict, Proposal, Side
from panel.meeting import Panel
from panel.minutes import Compared
from panel.opinion import Opinion
from panel.parts import Comparison, Parts, Provenance
from panel.protocols import Specialist
from panel.report import Agreement, Dissent
from panel.testing import ScriptedSpecialist

NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
CT = "CT chest. FINDINGS: 32 mm mass in the right upper lobe. No effusion."
PATH = "Biopsy. Left upper lobe: adenocarcinoma, grade 2."
NOTE = "Plan: grade 3 tumour, refer to surgery."
KINDS = {"primary.side": "laterality", "histology.grade": "grade"}


def case(id: str = "lung-001", *, calm: bool = False) -> Case:
    """Two conflicts (side, grade); none when calm."""
    documents = [Document(id="ct-1", kind="radiology", text=CT)]
    if not calm:
        documents += [
            Document(id="path-1", kind="pathology", text=PATH),
            Document(id="note-1", kind="note", text=NOTE),
        ]
    patient = Patient(age=67, sex="female", medications=("apixaban",))
    return Case(id=id, question="Is this resectable?", patient=patient, documents=tuple(documents))


def seats() -> list[ScriptedSpecialist]:
    right = ("primary.side", "right", "ct-1", "right upper lobe")
    left = ("primary.side", "left", "path-1", "Left upper lobe")
    two = ("histology.grade", 2, "path-1", "grade 2")
    three = ("histology.grade", 3, "note-1", "grade 3")
    return [
        ScriptedSpecialist("registrar", says=[right, left, two, three]),
        ScriptedSpecialist("radiology", says=[right, ("primary.size", 32, "ct-1", "32 mm")]),
        ScriptedSpecialist("pathology", says=[left, two]),
        ScriptedSpecialist("oncology", says=[three]),
        ScriptedSpecialist("surgery"),
    ]


def compare(case: Case, opinions: Sequence[Opinion]) -> Comparison:
    """Documents that give different values for a question conflict; everything else is agreed."""
    said: dict[str, dict[str, Any]] = {}
    for opinion in opinions:
        for finding in opinion.findings:
            said.setdefault(finding.question, {}).setdefault(finding.evidence[0].document, finding)
    conflicts, agreed = [], []
    for question, by in sorted(said.items()):
        findings = list(by.values())
        if len({f.value for f in findings}) > 1:
            sides = tuple(Side(by=d, value=f.value, evidence=f.evidence) for d, f in by.items())
            conflicts.append(Conflict.between(KINDS[question], question, "high", sides))  # type: ignore[arg-type]
        else:
            value = findings[0].value
            agreed.append(Agreement(question=question, value=value, by=tuple(by), findings=tuple(findings)))
    return Compared(
        agreed=tuple(agreed), conflicts=tuple(conflicts), missing=(), tumour="lung", not_covered=()
    )


def propose(case: Case, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    return tuple(c.model_copy(update={"proposal": Proposal(text="Look again.", favours=0)}) for c in conflicts)


def conclude(
    compared: Comparison, opinions: Sequence[Opinion], conflicts: Sequence[Conflict]
) -> tuple[str, tuple[Dissent, ...]]:
    dissent = tuple(
        Dissent(conflict=c.id, by=side.by, value=side.value, ruling=f"{c.ruling.decision}, {c.ruling.reviewer}")
        for c in conflicts
        if c.ruling
        for index, side in enumerate(c.sides)
        if index != c.ruling.side
    )
    waiting = sum(c.ruling is None for c in conflicts)
    return f"{waiting} to decide", dissent


def panel(**options: Any) -> Panel:
    options = {
        "specialists": seats(),
        "compare": compare,
        "propose": propose,
        "conclude": conclude,
        "provenance": Provenance(version="test", rules="0" * 64),
        **options,
    }
    return Panel(**options)


def parts(specialists: Sequence[Specialist] | None = None) -> Parts:
    """What the wiring would give, scripted; some case ids stand for trouble."""
    provenance = Provenance(version="test", rules="0" * 64)
    return Parts(tuple(specialists or seats()), _troubled, propose, conclude, provenance)


def _troubled(case: Case, opinions: Sequence[Opinion]) -> Comparison:
    if case.id.startswith("bug"):
        raise ZeroDivisionError(case.documents[0].text)
    if case.id.startswith("killer"):
        os.kill(os.getpid(), signal.SIGKILL)
    if case.id.startswith("slow"):
        time.sleep(20)
    return compare(case, opinions)


def write(folder: Path, *ids: str, calm: bool = False) -> list[str]:
    """Case files of these ids; returns their paths."""
    paths = []
    for id in ids:
        path = folder / f"{id}.json"
        content = case(id, calm=calm or id.startswith("calm")).model_dump(mode="json", exclude_none=True)
        path.write_text(json.dumps(content))
        paths.append(str(path))
    return paths
