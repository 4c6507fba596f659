"""``panel ask``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import note, say
from panel.errors import UsageError

if TYPE_CHECKING:
    from agents.conversation import Draft


def ask(
    specialty: Annotated[str, typer.Argument(help="Who is asked: radiology.", show_default=False)],
    task: Annotated[
        str,
        typer.Argument(help="impression, explain, differential, next-test, protocol, or question.", show_default=False),
    ],
    case: Annotated[str, typer.Argument(metavar="CASE", help="Case file, folder or FHIR bundle.", show_default=False)],
    *,
    question: Annotated[str, typer.Option("--question", "-Q", help="For the task `question`.")] = "",
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Show this document only; may be given again.")
    ] = None,
    models: Annotated[str | None, typer.Option(metavar="FILE", help="Which models answer (see `panel serve-models`).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> int:
    """Put one task to a specialist's model. The answer is a draft for a clinician, never a report.

    [bold]Examples[/bold]

      panel ask radiology impression case.json

      panel ask radiology explain case.json --document ct-1

      panel ask radiology question case.json -Q "Is the adrenal nodule described as a metastasis?"
    """
    if models is not None:
        from panel.wiring import MODELS

        os.environ[MODELS] = models
    draft = _draft(specialty, task, case, question, tuple(document or ()))
    if as_json:
        say(draft.model_dump_json())
        return 0
    note(f"{draft.note} Model: {draft.model}. Documents: {', '.join(draft.documents)}.")
    say(f"DRAFT – {draft.specialty}, {draft.task}, case {draft.case_id}\n")
    say(draft.text)
    for number, passage in enumerate(draft.references, 1):
        say(f"\n[{number}] {passage.title} ({passage.edition}), {passage.locator}: {passage.text}")
    return 0


def _draft(specialty: str, task: str, path: str, question: str, documents: tuple[str, ...]) -> Draft:
    from agents.conversation import ask as put
    from agents.specialty import load_specialty
    from panel.wiring import exemplars, library, load_case, models

    seat = load_specialty(specialty)
    connection = models()
    model = connection.model_of(specialty) if connection else None
    if model is None:
        what = "no model is configured for this seat" if connection is None else "models.yaml names no adapter for this seat"
        raise UsageError(f"ask {specialty}", what, "Start one with `panel serve-models`, or name a file with --models")
    return put(
        seat,
        task,
        load_case(path),
        model,
        question=question,
        documents=documents,
        retriever=library(),
        exemplars=exemplars(),
    )
