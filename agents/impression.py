"""The rule reader's impression: the desk's findings in one plain paragraph, never more than they say."""

from __future__ import annotations

from collections.abc import Sequence

from agents.specialty import Specialty
from panel.opinion import Finding, Recommendation

_IMPLIED = ("class.", "systemic.")  # said already by the drug
_WORDS = str.maketrans("._", "  ")


def impression(
    specialty: Specialty,
    tumour: str | None,
    findings: Sequence[Finding],
    plans: Sequence[Recommendation],
    documents: int,
) -> str:
    """A short paragraph: the primary, the stage, what is present, what is planned."""
    if not documents:
        return "No document of this desk in the chart."
    parts = [f"{documents} document{'s' if documents > 1 else ''} read by rules."]
    known: dict[str, list[str]] = {}
    for finding in findings:
        if finding.certainty != "uncertain":
            values = known.setdefault(finding.question, [])
            text = _value(finding)
            if text not in values:
                values.append(text)
    parts.extend(_primary(tumour, known))
    stage = [
        f"{question.split('.')[-2].replace('_', ' ')} {question.split('.')[-1].upper() if len(question.split('.')[-1]) == 1 else question.split('.')[-1]} {'/'.join(values)}"
        for question, values in known.items()
        if question.startswith("stage.") and question.count(".") == 2
    ]
    if stage:
        parts.append("Stated stage: " + ", ".join(stage) + ".")
    for value, word in (("present", "Present"), ("absent", "Absent")):
        named = [q.removeprefix("presence.").translate(_WORDS) for q, v in known.items() if q.startswith("presence.") and v == [value]]
        if named:
            parts.append(f"{word}: {', '.join(sorted(named)[:8])}.")
    markers = [f"{q.removeprefix('biomarker.').upper()} {'/'.join(v)}" for q, v in known.items() if q.startswith("biomarker.")]
    if markers:
        parts.append(", ".join(sorted(markers)[:10]) + ".")
    if plans:
        named = sorted({p.action.rpartition(".")[2].translate(_WORDS) for p in plans if not p.action.startswith(_IMPLIED)})
        parts.append("Written plan: " + ", ".join(named[:8]) + ".")
    if len(parts) == 1:
        parts.append("Nothing this seat answers is stated in them.")
    return " ".join(parts)


def _primary(tumour: str | None, known: dict[str, list[str]]) -> list[str]:
    named = [
        "/".join(value.rpartition(".")[2].translate(_WORDS) for value in known[question])
        for question in ("primary.side", "primary.site", "primary.size", "histology.type")
        if question in known
    ]
    if not named:
        return []
    return [f"Primary ({tumour or 'type not recognised'}): {', '.join(named)}."]


def _value(finding: Finding) -> str:
    value = finding.value
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {finding.unit}" if finding.unit else text
