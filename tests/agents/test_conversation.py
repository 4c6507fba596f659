"""The other conversations: a draft, marked as one, over the documents that were shown and no others."""

from __future__ import annotations

import pytest

from agents.conversation import ask, tasks
from agents.specialty import load_specialty
from panel.case import Case, Document
from panel.errors import ModelError, UsageError
from panel.protocols import Exemplar
from panel.testing import ScriptedModel

RADIOLOGY = load_specialty("radiology")


def case() -> Case:
    return Case(
        id="c",
        documents=(
            Document(id="ct-1", kind="radiology", text="There is a 32 mm mass in the right upper lobe."),
            Document(id="path-1", kind="pathology", text="Adenocarcinoma."),
        ),
    )


def test_the_papers_conversations_are_there() -> None:
    assert set(tasks("radiology")) == {"differential", "explain", "impression", "next-test", "protocol", "question"}


@pytest.mark.parametrize("task", tasks("radiology"))
def test_each_task_comes_after_the_desks_documents(task: str) -> None:
    model = ScriptedModel(["A mass in the right upper lobe."])
    draft = ask(RADIOLOGY, task, case(), model, question="How large?")
    shown = model.prompts[0][1].content
    assert "32 mm mass" in shown
    assert "Adenocarcinoma" not in shown
    assert shown.index("END OF DOCUMENT") < len(shown) - 100
    assert draft.documents == ("ct-1",)
    assert "Draft" in draft.note
    assert draft.model == "scripted"


def test_documents_can_be_named() -> None:
    model = ScriptedModel(["It is an adenocarcinoma of the lung."])
    draft = ask(RADIOLOGY, "impression", case(), model, documents=["path-1"])
    assert draft.documents == ("path-1",)
    assert "32 mm" not in model.prompts[0][1].content


@pytest.mark.parametrize(
    ("task", "documents", "room", "says"),
    [
        ("sing", (), 3000, "no such task"),
        ("question", (), 3000, "no question"),
        ("impression", ("ct-9",), 3000, "not in the case"),
        ("impression", (), 20, "do not fit"),
    ],
)
def test_mistakes_are_one_line(task: str, documents: tuple[str, ...], room: int, says: str) -> None:
    with pytest.raises(UsageError, match=says) as raised:
        ask(RADIOLOGY, task, case(), ScriptedModel([], room=room), documents=documents)
    assert "\n" not in raised.value.line
    assert "32 mm" not in raised.value.line


def test_an_unusable_answer_is_tried_once_more_and_then_refused() -> None:
    assert ask(RADIOLOGY, "explain", case(), ScriptedModel(["", "The scan shows a shadow."])).text == "The scan shows a shadow."
    with pytest.raises(ModelError, match="twice"):
        ask(RADIOLOGY, "explain", case(), ScriptedModel(["no no no no no no no no no"] * 2))


class Shelf:
    """Reports of a site."""

    def nearest(self, findings: str, k: int = 3) -> list[Exemplar]:
        return [Exemplar(findings=f"nodule {n}", impression=f"impression {n}") for n in range(k)]


def test_the_sites_own_reports_come_before_an_impression_as_far_as_they_fit() -> None:
    model = ScriptedModel(["A mass in the right upper lobe."])
    ask(RADIOLOGY, "impression", case(), model, exemplars=Shelf())
    roles = [m.role for m in model.prompts[0]]
    assert roles == ["system", *["user", "assistant"] * 3, "user"]
    assert "nodule 0" in model.prompts[0][-3].content
    tight = ScriptedModel(["A mass in the right upper lobe."])
    tight.room = model.measure(model.prompts[0]) - 1
    ask(RADIOLOGY, "impression", case(), tight, exemplars=Shelf())
    assert len(tight.prompts[0]) == 6
    other = ScriptedModel(["The scan shows a shadow."])
    ask(RADIOLOGY, "explain", case(), other, exemplars=Shelf())
    assert len(other.prompts[0]) == 2
