"""The tree of commands, with nothing imported but Typer."""

from __future__ import annotations

import typer

from panel.cli import ask, audit, doctor, evals, knowledge, report, review, run, runs, schema, serve_models

app = typer.Typer(
    name="panel",
    help="A tumour board on paper: what each specialty reads in a chart, what the documents disagree about, what is "
    "missing, and what a person must decide. Not a medical device.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("ask")(ask.ask)
app.command("review")(review.review)
app.command("report")(report.report)
app.command("runs")(runs.runs)
app.command("schema")(schema.schema)
app.command("doctor")(doctor.doctor)
app.command("serve-models")(serve_models.serve_models)
app.add_typer(audit.app, name="audit")
app.add_typer(evals.app, name="eval")
app.add_typer(knowledge.app, name="knowledge")
