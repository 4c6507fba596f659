"""The other conversations of a specialist: impression, explanation for the patient, differential, next test, protocol.

After Radiology-GPT (Liu et al., "Radiology-GPT: A Large Language Model for Radiology", 2023, arXiv:2306.08666), which shows
one tuned Llama in these roles. Each task is a Markdown file in ``specialties/<name>/tasks``; every answer is a draft.
"""

from __future__ import annotations

from collections.abc import Sequence

from agents import answer, prompt
from agents.specialty import FOLDER, Specialty
from panel.case import Case, Document, Frozen
from panel.errors import ModelError, UsageError
from panel.opinion import Passage
from panel.protocols import Exemplars, Message, Model, Retriever

PASSAGES = 3
"""References shown with a task, when there is a library."""
EXEMPLARS = 3
"""Most of the site's own reports shown with a task."""
IMPRESSION = "impression"
"""The task for which the site's own reports are examples."""
FREE = "question"
"""The task that takes a question of one's own."""


class Draft(Frozen):
    """What a model answered to a task. A clinician must read it before anybody uses it."""

    specialty: str
    """The seat asked."""
    task: str
    """The file of the task."""
    case_id: str
    """The case."""
    documents: tuple[str, ...]
    """Ids of the documents it was shown."""
    text: str
    """The answer."""
    model: str
    """Base and adapter with their hashes."""
    references: tuple[Passage, ...] = ()
    """Passages of the library it was shown; not proof of what it says."""
    note: str = "Draft by a language model for a clinician to check; not a report, not advice to a patient."
    """Said with every answer."""


def tasks(specialty: str) -> tuple[str, ...]:
    """The tasks of that specialty."""
    return tuple(sorted(path.stem for path in (FOLDER / specialty / "tasks").glob("*.md")))


def ask(
    specialty: Specialty,
    task: str,
    case: Case,
    model: Model,
    *,
    question: str = "",
    retriever: Retriever | None = None,
    exemplars: Exemplars | None = None,
    documents: Sequence[str] = (),
) -> Draft:
    """Put a task to a specialist's model.

    Args:
        specialty: who is asked.
        task: one of :func:`tasks`.
        case: the case.
        model: the seat's own.
        question: for the task ``question``.
        retriever: the library, when there is one.
        exemplars: the site's own reports, shown before an impression as many as fit.
        documents: ids of the documents to show; those on the seat's desk when none is named.

    Raises:
        UsageError: no such task or document, no question, or the documents do not fit the window.
        ModelError: the model cannot be used, or gave no usable answer twice.
    """
    if task not in tasks(specialty.name):
        known = ", ".join(tasks(specialty.name)) or "none"
        raise UsageError(f"task {task!r}", f"the {specialty.name} seat has no such task", f"Use one of: {known}")
    if task == FREE and not question.strip():
        raise UsageError("task 'question'", "no question is given", "Add --question TEXT")
    shown = _chosen(specialty, case, documents)
    passages = tuple(retriever.search(_query(case, question), PASSAGES)) if retriever else ()
    asked = _messages(specialty, task, case, shown, question, passages)
    if exemplars is not None and task == IMPRESSION:
        asked = _with_exemplars(asked, shown, model, exemplars)
    if model.measure(asked) > model.room:
        raise UsageError("documents", "together they do not fit the model's window", "Name fewer with --document ID")
    text = _answered(task, model, asked)
    return Draft(
        specialty=specialty.name,
        task=task,
        case_id=case.id,
        documents=tuple(document.id for document in shown),
        text=text,
        model=model.name,
        references=passages,
    )


def _answered(task: str, model: Model, asked: Sequence[Message]) -> str:
    reason = ""
    for again in (False, True):
        completion = model.complete(asked, again=again)
        try:
            answer.check_prose(completion.text)
        except answer.Unusable as error:
            reason = str(error)
            continue
        text = completion.text.strip() + ("" if completion.whole else " […cut at the length allowed]")
        return answer.printable(text)
    raise ModelError(f"task {task!r}", f"{reason}, twice", "Try another task, or another model")


def _chosen(specialty: Specialty, case: Case, ids: Sequence[str]) -> tuple[Document, ...]:
    if not ids:
        desk = tuple(case.of_kind(*specialty.documents))
        if not desk:
            kinds = ", ".join(specialty.documents)
            raise UsageError(f"case {case.id}", f"holds no document of this desk ({kinds})", "Name one with --document ID")
        return desk
    known = {document.id: document for document in case.documents}
    for id in ids:
        if id not in known:
            raise UsageError(f"document {id!r}", "is not in the case", f"Use one of: {', '.join(known)}")
    return tuple(known[id] for id in dict.fromkeys(ids))


def _query(case: Case, question: str) -> str:
    """What the library is asked: the question, never the chart."""
    return question or case.question or "imaging report"


def _messages(
    specialty: Specialty,
    task: str,
    case: Case,
    documents: Sequence[Document],
    question: str,
    passages: Sequence[Passage],
) -> tuple[Message, ...]:
    text = (FOLDER / specialty.name / "tasks" / f"{task}.md").read_text("utf-8").strip()
    told = text.replace("{question}", prompt.defused(question))
    library = "".join(f"REFERENCE {prompt.line(p.id)} ({prompt.line(f'{p.title}, {p.edition}')})\n{prompt.defused(p.text)}\n\n" for p in passages)
    return (
        Message(role="system", content=prompt.system(specialty)),
        Message(role="user", content=f"{prompt.chart(case, documents)}\n\n{library}{told}"),
    )


def _with_exemplars(
    asked: tuple[Message, ...], documents: Sequence[Document], model: Model, exemplars: Exemplars
) -> tuple[Message, ...]:
    """The conversation after those exemplars that fit, the nearest last, where it weighs most."""
    chosen: tuple[Message, ...] = ()
    for exemplar in exemplars.nearest("\n\n".join(d.text for d in documents), EXEMPLARS):
        turns = (
            Message(role="user", content=f"FINDINGS\n{prompt.defused(exemplar.findings)}\n\nWrite the impression."),
            Message(role="assistant", content=prompt.defused(exemplar.impression)),
        )
        if model.measure((asked[0], *turns, *chosen, *asked[1:])) > model.room:
            break
        chosen = (*turns, *chosen)
    return (asked[0], *chosen, *asked[1:])
