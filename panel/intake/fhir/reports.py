"""DiagnosticReport and DocumentReference as documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panel.case import DocumentKind
from panel.intake.draft import Draft, clean_id
from panel.intake.fhir.attachments import attachment_text
from panel.intake.fhir.nodes import all_words, codes_in, date, node, nodes, table, text, words
from panel.intake.fhir.observations import line_of
from panel.intake.fhir.select import Resource
from panel.intake.kinds import kind_of, kind_of_name
from panel.intake.markup import plain
from panel.intake.strict_json import Object


@dataclass(frozen=True, slots=True)
class Written:
    """A document, what it took in, and what could not be read for it."""

    draft: Draft | None
    used: frozenset[int]
    """``id()`` of the Observations' bodies that it lists."""
    notes: tuple[str, ...]


class Links:
    """Finds the resources that references name: by type and id, address, identifier, or containment."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._known: dict[tuple[int, str], Resource] = {}
        for resource in resources:
            id = text(resource.body, "id")
            names = [resource.url, id and f"{resource.type}/{id}", id and f"#{id}"]
            names += [text(item, "value") for item in nodes(resource.body, "identifier")]
            for name in filter(None, names):
                # Of its own bundle first; 0 stands for any.
                self._known.setdefault((resource.bundle, name), resource)
                self._known.setdefault((0, name), resource)

    def get(self, reference: Object, bundle: int) -> Resource | None:
        """The resource referred to, None when it is not among those read."""
        named = text(reference, "reference")
        for name in (named, text(node(reference, "identifier"), "value"), named.rpartition("/")[2]):
            found = self._known.get((bundle, name)) or self._known.get((0, name)) if name else None
            if found:
                return found
        return None

    def binaries(self) -> dict[str, Object]:
        """Binary resources by every name they have."""
        return {name: r.body for (_, name), r in self._known.items() if r.type == "Binary"}


def diagnostic_report(report: Resource, links: Links, loose: Sequence[Resource]) -> Written:
    """The report: its form's text as it is, then what the form does not hold.

    Args:
        report: the DiagnosticReport.
        links: finds its results.
        loose: Observations of its bundle that belong to no other report.
    """
    body = report.body
    spot = report.spot
    forms = [attachment_text(form, links.binaries(), spot) for form in nodes(body, "presentedForm")]
    texts = [form for form, _ in forms if form.strip()]
    conclusion = "\n".join(filter(None, (text(body, "conclusion"), all_words(body, "conclusionCode"))))
    if conclusion and not any(conclusion in form for form in texts):
        texts.append(f"CONCLUSION:\n{conclusion}")
    results = list(_results(body, report.bundle, links)) + list(loose)
    lines = [line for result in results if (line := line_of(result.body))]
    if lines:
        texts.append("RESULTS:\n" + "\n".join(lines))
    if not texts or text(node(body, "text"), "status") == "additional":
        texts += filter(None, [plain(text(node(body, "text"), "div"))])
    title = words(node(body, "code"))
    notes = tuple(note for _, note in forms if note)
    if not texts:
        return Written(None, frozenset(), (*notes, f"{spot}: no text and no results, not read"))
    written = "\n\n".join(texts)
    draft = Draft(
        source=spot,
        id=_id(report),
        full=_id(report),
        text=written,
        kind=_kind(body, ("code",), title, written),
        date=date(body, "effectiveDateTime", "effectivePeriod", "issued"),
        title=title,
    )
    return Written(draft, frozenset(id(result.body) for result in results), notes)


def document_reference(reference: Resource, links: Links) -> Written:
    """The document referred to, where the bundle holds it; its text as it is."""
    body = reference.body
    spot = reference.spot
    read = [
        attachment_text(node(content, "attachment"), links.binaries(), spot)
        for content in nodes(body, "content")
    ]
    texts = [t for t, _ in read if t.strip()]
    notes = tuple(note for _, note in read if note)
    if not texts:
        return Written(None, frozenset(), notes or (f"{spot}: no attachment, not read",))
    attachments = [node(content, "attachment") for content in nodes(body, "content")]
    named = next((t for a in attachments if (t := text(a, "title"))), "")
    title = text(body, "description") or named or words(node(body, "type"))
    draft = Draft(
        source=spot,
        id=_id(reference),
        full=_id(reference),
        # The first readable form: further ones are the same document in other formats.
        text=texts[0],
        kind=_kind(body, ("type",), title, texts[0]),
        date=date(node(body, "context"), "period") or date(body, "date"),
        title=title,
    )
    return Written(draft, frozenset(), notes)


def _results(report: Object, bundle: int, links: Links) -> Iterator[Resource]:
    """The Observations listed, and those that they group, each once, in order."""
    seen: set[int] = set()
    waiting = list(nodes(report, "result"))
    while waiting:
        found = links.get(waiting.pop(0), bundle)
        if found is None or found.type != "Observation" or id(found.body) in seen:
            continue
        seen.add(id(found.body))
        yield found
        waiting = [*nodes(found.body, "hasMember"), *waiting]


def _kind(body: Object, named: tuple[str, ...], title: str, written: str) -> DocumentKind:
    for key in named:
        if found := kind_of_name(words(node(body, key))):
            return found
    for category in nodes(body, "category"):
        for code in codes_in(category):
            if code in table().categories:
                return table().categories[code]
    return kind_of(note_type=all_words(body, "category"), title=title, text=written) or "other"


def _id(resource: Resource) -> str:
    return clean_id(text(resource.body, "id") or resource.type)
