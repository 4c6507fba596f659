"""What a model is shown: one place for the conversations and for the template that makes one text of them.

The server that answers and the training that teaches use these functions and these templates, so that a case gives
byte for byte the same prompt in both. The chart comes first and the question last: a server that caches prefixes has
the chart already when the exchange round asks again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from agents.specialty import FOLDER, Specialty
from panel.case import Case, Document
from panel.errors import ConfigurationError
from panel.opinion import Finding, Opinion
from panel.protocols import Message

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
"""One Jinja file per way of writing a conversation: Llama 2 chat's and Alpaca's."""
_PROMPTS = HERE / "prompts"

# What templates read as their own marks. Inside a document it is only text, so it must not be read as a mark.
_MARKS = (
    "<s>", "</s>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<|", "<unk>", "<pad>", "<bos>", "<eos>", "<start_of_turn>",
    "<end_of_turn>", "### Instruction:", "### Input:", "### Response:",
    "END OF DOCUMENT",  # our own: a document does not end, and another begin, because its text says so
)  # fmt: skip
BREAK = "\u200b"
"""A zero-width space: what breaks a mark."""
_MARKED = tuple((mark, f"{mark[0]}{BREAK}{mark[1:]}") for mark in _MARKS)


def templates() -> tuple[str, ...]:
    """The names of the templates."""
    return tuple(sorted(path.stem for path in TEMPLATES.glob("*.jinja")))


def template(name: str) -> str:
    """The template of that name, as Jinja.

    Raises:
        ConfigurationError: there is none.
    """
    try:
        return (TEMPLATES / f"{name}.jinja").read_text("utf-8")
    except OSError:
        raise ConfigurationError(f"template {name!r}", "there is none", f"Use one of {', '.join(templates())}") from None


def render(messages: Sequence[Message], name: str, *, bos: str = "<s>", eos: str = "</s>") -> str:
    """The conversation as the one text the model reads, ending where its answer begins.

    Args:
        messages: an optional system message, then user and assistant in turn.
        name: the template.
        bos, eos: the tokenizer's marks of beginning and end.
    """
    return _compiled(name).render(
        messages=[{"role": m.role, "content": m.content} for m in messages], bos_token=bos, eos_token=eos
    )


def system(specialty: Specialty) -> str:
    """Who the model is: the specialty's ``prompt.md``, and what documents are to it."""
    return f"{_text(FOLDER / specialty.name / 'prompt.md')}\n\n{_text(_PROMPTS / 'data.md')}"


def reading(specialty: Specialty, case: Case, documents: Sequence[Document]) -> tuple[Message, ...]:
    """The first round: the specialist reads these documents of the case."""
    asked = _fill(
        "read.md",
        questions="\n".join(f"- {key}: {hint}" for key, hint in specialty.questionnaire.items()),
        actions=", ".join(specialty.actions) or "none",
    )
    return _conversation(specialty, case, documents, asked)


def exchange(
    specialty: Specialty,
    case: Case,
    documents: Sequence[Document],
    own: Sequence[Finding],
    others: Sequence[Opinion],
) -> tuple[Message, ...]:
    """The second round: the same chart, what was found in it, and what the other seats say on the same questions."""
    asked = {finding.question for finding in own}
    heard = [
        f"- {opinion.specialty}: {_told(finding)}"
        for opinion in others
        for finding in opinion.findings
        if finding.question in asked
    ]
    told = [f"{number}. {_told(finding)}" for number, finding in enumerate(own)]
    task = _fill("exchange.md", own="\n".join(told), others="\n".join(heard) or "- nothing")
    return _conversation(specialty, case, documents, task)


def chart(case: Case, documents: Sequence[Document]) -> str:
    """The question to the board, the patient block, and the documents as they stand in the prompt."""
    parts = [f"QUESTION TO THE BOARD: {defused(case.question)}"] if case.question else []
    patient = case.patient.model_dump(exclude_defaults=True)
    if patient:
        said = "; ".join(f"{key} {', '.join(v) if isinstance(v, list | tuple) else v}" for key, v in patient.items())
        parts.append(f"PATIENT: {defused(said)}")
    for document in documents:
        named = ", ".join(str(part) for part in (document.kind, document.date, line(document.title)) if part)
        id = line(document.id)
        parts.append(f"DOCUMENT {id} ({named})\n{defused(document.text)}\nEND OF DOCUMENT {id}")
    return "\n\n".join(parts)


def defused(text: str) -> str:
    """The text with whatever a template would take for its own mark broken by a zero-width space."""
    for mark, broken in _MARKED:
        if mark in text:
            text = text.replace(mark, broken)
    return text


def line(text: str) -> str:
    """The text defused and on one line: an id or a title begins no paragraph of its own."""
    return defused(" ".join(text.split()))


@lru_cache(maxsize=1)
def digest() -> str:
    """SHA-256 over every file a prompt is made of."""
    made_of = (
        *TEMPLATES.glob("*.jinja"),
        *_PROMPTS.glob("**/*.md"),
        *FOLDER.glob("*/prompt.md"),
        *FOLDER.glob("*/tasks/*.md"),
        *FOLDER.glob("*/specialty.yaml"),
    )
    told = hashlib.sha256()
    for path in sorted(made_of):
        told.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def _conversation(specialty: Specialty, case: Case, documents: Sequence[Document], task: str) -> tuple[Message, ...]:
    return (
        Message(role="system", content=system(specialty)),
        Message(role="user", content=f"{chart(case, documents)}\n\n{task}"),
    )


def _told(finding: Finding) -> str:
    unit = f" {finding.unit}" if finding.unit else ""
    where = finding.evidence[0]
    return f'{finding.question} = {finding.value}{unit} ({line(where.document)}: "{defused(where.quote)}")'


def _fill(name: str, **parts: str) -> str:
    # In one pass, so that a part which holds "{others}" is not filled in turn; not str.format: the text may hold braces.
    return re.sub(r"\{(\w+)\}", lambda m: parts.get(m[1], m[0]), _text(_PROMPTS / name))


@lru_cache(maxsize=64)
def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        where = f"{path.parent.name}/{path.name}"
        raise ConfigurationError(where, "is missing: a model needs it", "Write it, or run without a model") from None


@lru_cache(maxsize=8)
def _compiled(name: str) -> _Template:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # The same switches with which transformers and vLLM compile a chat template.
    compiled: _Template = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(template(name))
    return compiled


class _Template(Protocol):
    """What is used of a compiled Jinja template."""

    def render(self, **variables: str | Sequence[Mapping[str, str]]) -> str: ...
