"""``panel run``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import AWAITING, BAD_INPUT, FINAL, INTERRUPTED, note, say, worst
from panel.errors import PanelError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from panel.cli.batch import Outcome


def run(
    cases: Annotated[
        list[str] | None,
        typer.Argument(metavar="CASE...", help="Case files, folders of documents, or FHIR bundles.", show_default=False),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per case on stdout, one a line.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/<case id>/report.md, .html and .json (0600).")
    ] = None,
    resume: Annotated[str | None, typer.Option(metavar="RUN", help="Continue a run that was cut off.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
    models: Annotated[
        str | None, typer.Option(metavar="FILE", help="Which models read (see `panel serve-models`); `none`: the rules alone.")
    ] = None,
    no_library: Annotated[bool, typer.Option("--no-library", help="Hold the meeting without references.")] = False,
    jobs: Annotated[int, typer.Option(min=0, max=64, help="Worker processes for many cases; 0 chooses.")] = 0,
) -> int:
    """Hold the meeting: read the chart, compare, and stop where a person must decide.

    Exit code 0: final report. 3: conflicts await a ruling (see `panel review`). 2: bad input. 1: a bug.
    Of several cases each is run whatever befalls the others; the code is the worst in the order 1, 2, 3, 0.

    [bold]Examples[/bold]

      panel run case.json

      panel run tonight/*.json --json > reports.jsonl

      panel run chart-folder/ --out reports/

      panel run case.json --models models.yaml

      panel run --resume 20260310-180501-123-0a1b2c3d
    """
    paths = cases or []
    _check(paths, resume)
    _choose(models, no_library)
    from panel.cli import batch

    wants = batch.Wants(json=as_json, files=out is not None)
    if resume is not None:
        return _deliver(batch.continued(resume, paths[0] if paths else None, wants, quiet), out, set())
    if len(paths) == 1:
        return _deliver(batch.alone(paths[0], wants, quiet), out, set())
    return _many(batch.each(paths, wants, jobs), len(paths), out, quiet)


def _check(paths: list[str], resume: str | None) -> None:
    if not paths and resume is None:
        raise UsageError("run", "no CASE is given", "Name a case file, a folder or a FHIR bundle")
    if resume is not None and len(paths) > 1:
        raise UsageError("run --resume", "continues one run", "Give at most its own CASE")
    if "" in paths:  # an unset variable of the caller's; as a path it would be the folder we are in
        raise UsageError("run", "a CASE is empty", "Name a case file, a folder or a FHIR bundle")


def _choose(models: str | None, no_library: bool) -> None:
    """Hand the choice to the wiring, here and in workers."""
    from panel.wiring import LIBRARY, MODELS

    if models is not None:
        os.environ[MODELS] = models
    if no_library:
        os.environ[LIBRARY] = "none"


def _many(outcomes: Iterator[Outcome], count: int, out: Path | None, quiet: bool) -> int:
    codes: list[int] = []
    names: set[str] = set()
    try:
        for outcome in outcomes:
            codes.append(_deliver(outcome, out, names))
            if not quiet:
                note(f"[{len(codes)}/{count}] {outcome.name}: {_state(outcome)}")
    except KeyboardInterrupt:
        note(f"interrupted after {len(codes)} of {count} cases; `panel runs` lists the unfinished ones")
        return INTERRUPTED
    return worst(codes)


def _state(outcome: Outcome) -> str:
    said = {FINAL: "final", AWAITING: "awaiting review"}.get(outcome.code)
    return f"{said}, run {outcome.run_id}" if said else "no report"


def _deliver(outcome: Outcome, out: Path | None, names: set[str]) -> int:
    """Print and write what one case came to; returns its exit code."""
    for line in outcome.notes:
        note(line)
    if not outcome.texts:
        return outcome.code
    code = outcome.code
    if out is not None:
        try:
            where = _write(outcome, out, names)
        except PanelError as error:
            note(error.line)
            code = BAD_INPUT
        else:
            if "json" not in outcome.shown:
                say(str(where))
    for form in outcome.shown:
        say(outcome.texts[form])
    return code


def _write(outcome: Outcome, out: Path, names: set[str]) -> Path:
    from panel.cli.files import folder_name, write_whole
    from panel.cli.report import FORMS

    name = folder_name(outcome.case_id)
    if name in names:  # two cases of one id in one batch: neither overwrites the other
        name = f"{name}.{outcome.run_id}"
    names.add(name)
    for form in FORMS:
        write_whole(out / name / f"report.{form}", outcome.texts[form])
    return out / name
