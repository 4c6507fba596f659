"""``panel knowledge``: the library of references and of a site's own papers and reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from panel.cli.door import BAD_INPUT, FINAL, note, say
from panel.errors import UsageError

if TYPE_CHECKING:
    from knowledge.library import Configuration, Library

app = typer.Typer(help="The library: references, and a site's own papers and reports.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, as the last line.")]
Paths = Annotated[list[Path], typer.Argument(help="Files and folders.", show_default=False)]
PARTS = ("chromadb", "bm25s", "Stemmer", "sentence_transformers", "markdown_it", "markdownify")


@app.command("build")
def build(
    fresh: Annotated[bool, typer.Option(help="Begin anew without the site's papers, when the folder is damaged.")] = False,
    embedder: Annotated[str | None, typer.Option(help="Folder or name of another sentence encoder.")] = None,
    query_embedder: Annotated[str, typer.Option(help="A second one for questions (MedCPT has two).")] = "",
    pooling: Annotated[str, typer.Option(help="mean or cls, for a plain encoder.")] = "mean",
    chroma: Annotated[str | None, typer.Option(help="URL of a Chroma server; 'embedded' for none.")] = None,
    as_json: AsJson = False,
) -> int:
    """Build the index anew: the references that came with the panel, and the papers added here.

    Needed once after installing, and again when `search` says that the index is of another version, embedder or set
    of references. Works without a network. The old index answers until the new one is complete.

    [bold]Examples[/bold]

      panel knowledge build

      panel knowledge build --embedder models/pubmedbert-embeddings

      panel knowledge build --embedder models/MedCPT-Article-Encoder --query-embedder models/MedCPT-Query-Encoder --pooling cls

      panel knowledge build --chroma http://chroma.hospital.example:8000
    """
    with _library(_configured(embedder, query_embedder, pooling, chroma)) as library, _progress() as progress:
        made = library.build(fresh=fresh, progress=progress)
    own = sum(1 for entry in made.documents if entry.path)
    if as_json:
        figures = {"documents": len(made.documents), "own": own, "passages": made.passages, "embedder": made.embedder}
        _json(figures | {"chroma": made.place, "inputs": made.inputs})
    else:
        say(f"built: {len(made.documents)} documents ({own} of this site), {made.passages} passages, {made.embedder}")
    return FINAL


@app.command("add")
def add(paths: Paths, as_json: AsJson = False) -> int:
    """Add papers: Markdown, text, PDF, Word (.docx) and HTML files, or folders of them.

    All are added or none. Adding the same again changes nothing; a file that has changed replaces its former self;
    one that was only renamed is recognised. Front matter (title, organisation, year, citation, tumours, specialties)
    is read where a Markdown file has it.

    [bold]Examples[/bold]

      panel knowledge add protocols/

      panel knowledge add lung-pathway-2026.pdf contrast-policy.docx
    """
    with _library() as library, _progress() as progress:
        changes = library.add(paths, progress=progress)
    for line in changes.notes:
        note(line)
    told = {k: list(getattr(changes, k)) for k in ("added", "replaced", "unchanged", "renamed")}
    if as_json:
        _json(told)
        return FINAL
    words = {"renamed": "already there under another file name"}
    for key, ids in told.items():
        for id in ids:
            say(f"{words.get(key, key)}: {id}")
    return FINAL


@app.command("add-reports")
def add_reports(
    paths: Paths,
    fresh: Annotated[bool, typer.Option(help="Forget the reports loaded before.")] = False,
    as_json: AsJson = False,
) -> int:
    """Load this site's own reports as examples: findings, and the impression drawn from them.

    Reads .jsonl, .json and .csv with the columns findings and impression, and reports as text, Word or PDF with these
    sections. All files are loaded or none; findings that are there already are passed over. They are patients' texts:
    take names out first. They are kept on this machine, for your user only (or on your Chroma server, as vectors
    without text).

    [bold]Examples[/bold]

      panel knowledge add-reports chest-2025.jsonl

      panel knowledge add-reports reports/ --fresh
    """
    require()
    from knowledge.reports import Reports

    with _progress() as progress:
        loaded = Reports().add(paths, fresh=fresh, progress=progress)
    if loaded.incomplete:
        note(f"{loaded.incomplete} without findings or without an impression: passed over")
    if as_json:
        _json({"added": loaded.added, "known": loaded.known, "incomplete": loaded.incomplete, "total": loaded.total})
    else:
        say(f"loaded: {loaded.added} new reports, {loaded.known} known already, {loaded.total} in all")
    return FINAL


@app.command("remove")
def remove(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of documents, as `list` shows them.")] = None,
    reports: Annotated[bool, typer.Option("--reports", help="All reports that were loaded as examples.")] = False,
) -> int:
    """Take papers of this site out of the library, or all its reports. Shipped references stay.

    [bold]Examples[/bold]

      panel knowledge remove lung-pathway-2026

      panel knowledge remove --reports
    """
    if not ids and not reports:
        raise UsageError("knowledge remove", "what to remove is not said", "Give ids of documents, or --reports")
    if reports:
        require()
        from knowledge.reports import Reports

        Reports().clear()
        say("removed: all reports")
    if not ids:
        return FINAL
    with _library() as library, _progress() as progress:
        library.remove(ids, progress=progress)
    for id in ids:
        say(f"removed: {id}")
    return FINAL


@app.command("list")
def list_(
    document: Annotated[str | None, typer.Argument(help="Only this document, with its passages.")] = None,
    as_json: AsJson = False,
) -> int:
    """List the documents, or the passages of one.

    [bold]Examples[/bold]

      panel knowledge list

      panel knowledge list fleischner-2017
    """
    with _library() as library:
        made = library.manifest()
        if made is None:
            raise UsageError("library", "is not built yet", "Run `panel knowledge build`")
        entries = made.documents
        if document is not None:
            entry = made.entry(document)
            if entry is None:
                raise UsageError(f"document {document[:100]}", "is not in the library", "See `panel knowledge list`")
            passages = library.passages(document)
            if as_json:
                _json({**entry.model_dump(mode="json"), "passages": [p.model_dump(mode="json") for p in passages]})
                return FINAL
            say(entry.card.title)
            for passage in passages:
                say(f"{passage.id}  {_line(passage.locator)}")
            return FINAL
    if as_json:
        _json({"documents": [entry.model_dump(mode="json") for entry in entries]})
        return FINAL
    for entry in entries:
        origin = "own" if entry.path else "shipped"
        say(f"{entry.card.id}  {origin}  {entry.passages} passages  {_line(entry.card.title)}")
    return FINAL


@app.command("search")
def search(
    query: Annotated[str, typer.Argument(help="A question, or a few words.")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many passages at most.")] = 5,
    specialty: Annotated[str | None, typer.Option(help="Only for this seat: radiology, pathology, oncology, surgery.")] = None,
    tumour: Annotated[str | None, typer.Option(help="Only on this tumour (lung, breast…), or on all.")] = None,
    since: Annotated[int | None, typer.Option(help="Only editions of this year or later.")] = None,
    as_json: AsJson = False,
) -> int:
    """Find the passages that answer a question. Prints none when nothing in the library does, and says so.

    [bold]Examples[/bold]

      panel knowledge search "follow-up of a solid 8 mm nodule in a smoker"

      panel knowledge search "LR-5 washout" --tumour liver -k 3 --json
    """
    from knowledge.card import SPECIALTIES, TUMOURS

    for name, value, known in (("--specialty", specialty, SPECIALTIES), ("--tumour", tumour, TUMOURS)):
        if value is not None and value not in known:
            raise UsageError(name, "is not known", f"Use {', '.join(known)}")
    with _library() as library:
        retriever = library.open()
        try:
            found = retriever.search(query, k, specialty=specialty, tumour=tumour, since=since)
            near = () if found or as_json else retriever.nearest(query, specialty=specialty, tumour=tumour, since=since)
        finally:
            retriever.close()
    if as_json:
        _json({"query": query, "passages": [passage.model_dump(mode="json") for passage in found]})
    elif not found:
        note("nothing in the library answers this")
        if near:
            note("not an answer, nearest passages:")
        for passage in near:
            note(f"  {_line(passage.title)}: {_line(passage.locator)}  [{passage.id}]")
    else:
        for number, passage in enumerate(found, 1):
            edition = f", {passage.edition}" if passage.edition else ""
            say(f"{number}. {_line(passage.title)} ({passage.organisation or 'own paper'}{edition})  [{passage.id}]")
            say(f"   {_line(passage.locator)}")
            for line in passage.text.splitlines():
                say(f"   {line}")
            if passage.citation:
                say(f"   {_line(passage.citation)}")
            say("")
    return FINAL


@app.command("verify")
def verify(as_json: AsJson = False) -> int:
    """Check the shipped references, every rule that cites a passage, and the index. Exit code 2 if anything fails.

    [bold]Examples[/bold]

      panel knowledge verify
    """
    from knowledge.verify import verify as verified

    with _library() as library:
        found = verified(library)
    if as_json:
        _json(found.as_dict())
    else:
        say(found.summary)
    for trouble in found.troubles:
        note(trouble)
    return BAD_INPUT if found.troubles else FINAL


def _configured(embedder: str | None, query_embedder: str, pooling: str, chroma: str | None) -> Configuration:
    require()
    from dataclasses import replace

    from knowledge.embed import Choice
    from knowledge.library import Configuration

    configuration = Configuration.from_environment()
    if pooling not in ("mean", "cls"):
        raise UsageError("--pooling", "is not known", "Use mean or cls")
    if embedder is not None:
        choice = Choice(model=embedder, query_model=query_embedder, pooling="cls" if pooling == "cls" else "mean")
        configuration = replace(configuration, choice=choice)
    elif query_embedder:
        raise UsageError("--query-embedder", "needs --embedder beside it", "Give both")
    if chroma is not None:
        configuration = replace(configuration, url="" if chroma == "embedded" else chroma)
    return configuration


@contextmanager
def _library(configuration: Configuration | None = None) -> Iterator[Library]:
    require()
    from knowledge.library import Library

    yield Library(configuration=configuration)


def require() -> None:
    """Say what is missing before anything is read."""
    from importlib.util import find_spec

    missing = [name for name in PARTS if find_spec(name) is None]
    if missing:
        what = f"needs parts that are not installed ({', '.join(missing)})"
        raise UsageError("panel knowledge", what, "pip install 'expert-panel[knowledge]'")


@contextmanager
def _progress() -> Iterator[Any]:
    """Bars on a terminal's stderr; nothing elsewhere."""
    import sys

    from rich.console import Console
    from rich.progress import Progress

    bars: dict[str, Any] = {}
    names = {"meaning": "embedding passages", "words": "indexing words", "reports": "reading reports"}
    console = Console(file=sys.stderr, markup=False)
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as drawn:

        def step(name: str, done: int, total: int) -> None:
            if name not in bars:
                bars[name] = drawn.add_task(names.get(name, name), total=total)
            drawn.update(bars[name], completed=done, total=total)

        yield step


def _line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _json(value: dict[str, Any]) -> None:
    import json

    say(json.dumps(value, ensure_ascii=False))
