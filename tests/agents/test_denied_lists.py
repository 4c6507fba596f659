"""A list behind one "no" is denied to its end, verb and all; what is said of the next clause is not."""

from __future__ import annotations

import pytest

from agents.rules.reading import read
from agents.rules.results import general_findings
from panel.case import Document

LISTS = [
    ("No focal infiltrate, pneumothorax or pleural effusion identified.", "absent"),
    ("No visible pneumothorax, focal airspace opacity, or pleural effusion is seen.", "absent"),
    ("No acute infiltrate, pleural effusion or pneumothorax is identified.", "absent"),
    ("No pleural effusion, pneumothorax or consolidation.", "absent"),
    ("There is no evidence of focal consolidation, pneumothorax, or large pleural effusion.", "absent"),
    ("No pneumothorax; pleural effusion is seen.", "present"),
    ("No pneumothorax, heart normal, pleural effusion is seen.", "present"),
    ("There is no pneumothorax but a pleural effusion is seen.", "present"),
    ("Pneumothorax: no, pleural effusion: yes", "present"),
    ("Pleural effusion, pneumothorax and consolidation: not identified", "absent"),
    ("Pneumothorax, pleural effusion: present", "present"),
    ("In contrast to the CT of May, a pleural effusion is seen.", "present"),
    ("No interval change in the small pleural effusion.", "present"),
    ("There is no doubt about a pleural effusion.", "present"),
    ("Not only a pleural effusion is seen, the heart is large as well.", "present"),
    ("No longer than a minute's walk and breathless, with pleural effusion.", "present"),
]


@pytest.mark.parametrize(("text", "value"), LISTS)
def test_a_denied_list(text: str, value: str) -> None:
    found = {f.value for f in general_findings(read(Document(id="d", kind="radiology", text=text))) if f.question == "presence.pleural_effusion"}
    assert found == {value}
