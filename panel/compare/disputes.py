"""Who stands against whom: documents whose answers to one question cannot all hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from panel.compare.chart import SAME_TIME, Chart, side
from panel.conflict import Side
from panel.opinion import Finding

Agree = Callable[[Finding, Finding], bool]
Apart = Callable[[Chart, str, str], bool]
_SOURCES = ("radiology", "pathology", "genomics", "laboratory")


def by_document(findings: Iterable[Finding], *, stated: bool = True) -> dict[str, list[Finding]]:
    """Findings by the document that they quote; uncertain ones left out."""
    table: dict[str, list[Finding]] = {}
    for finding in findings:
        if not stated or finding.certainty != "uncertain":
            table.setdefault(finding.evidence[0].document, []).append(finding)
    return table


def disputed(
    chart: Chart,
    findings: Iterable[Finding],
    agree: Agree,
    limit: dt.timedelta = SAME_TIME,
    apart: Apart = lambda chart, first, second: False,
) -> tuple[Side, ...]:
    """The sides of the dispute over one question, one per document; empty when there is none.

    Two documents are at odds when nothing that the one says agrees with anything that the other says
    of about the same time. A document that says both is on nobody's side, and a letter that repeats one report
    is not at odds with another report: those two may be.

    Args:
        chart: the chart.
        findings: answers to one question.
        agree: whether two answers can both hold.
        limit: how far apart in time two answers may lie and still exclude each other.
        apart: whether two documents speak of different things anyway (two specimens).
    """
    table = {document: _distinct(found) for document, found in by_document(findings).items()}
    documents = list(table)
    backed = {d for d in documents if not _is_source(chart, d) and _backed(chart, d, table, agree)}
    against: dict[str, Finding] = {}
    for i, first in enumerate(documents):
        for second in documents[i + 1 :]:
            if apart(chart, first, second) or (_settled(chart, first, second, backed) and not _vaguely(table, first, second, backed)):
                continue
            pair = _at_odds(chart, table[first], table[second], agree, limit)
            if pair:
                against.setdefault(first, pair[0])
                against.setdefault(second, pair[1])
    if not against:
        return ()
    # Documents that were not drawn in but say the same as a side stand by it.
    for document in documents:
        if document in against:
            continue
        for finding in table[document]:
            if any(finding.value == other.value and chart.same_time(finding, other, limit) for other in against.values()):
                against[document] = finding
                break
    return tuple(side(finding) for finding in against.values())


_CONCLUSION = re.compile(
    r"(?:^|\n|[.;]\s)[ \t#*\d.)]*(?:(?:impression|conclusions?|opinion|interpretation|summary(?: (?:table|box|data|report))?|synopsis|synoptic|assessment|appraisal|evaluation|judge?ment|verdict|resum[e\u00e9]|epicrisis|final report|result|reading|reported as|imp|template|(?:final |pathological )?diagnosis|comment|overall|in summary"
    r"|key findings|bottom line|microscop(?:y|ic description))\b[ \t]*[:*\n\u2013-]|synoptic\b[^\n:.]{0,30}[:\n])",
    re.I,
)

_SPECIMENS = re.compile(r"(?:^|\n)[ \t]*(?:(?:specimen|part)[ \t]*)?\(?(?:B|II|2)[.):][ \t]|\.\s+\(?(?:B[.):]|2\))\s+\w{3}|\bspecimens?[ \t]+(?:B|2)\b|\b(?:two|both|second) (?:tumou?rs|specimens|lesions|tumou?r)\b", re.I)


@lru_cache(maxsize=64)
def of_several(text: str) -> bool:
    """Whether a report says that it is on more than one specimen or tumour."""
    return _SPECIMENS.search(text) is not None


@lru_cache(maxsize=64)
def conclusions(text: str) -> tuple[int, ...]:
    """Where the parts of a report begin that say again what the part before said."""
    return tuple(match.start() + 1 for match in _CONCLUSION.finditer(text))


def within_report(chart: Chart, findings: Iterable[Finding], agree: Agree) -> tuple[Side, ...]:
    """The two sides where a report's conclusion says what its own description excludes; else nothing.

    Both parts must be of one mind in themselves: "no effusion on the right, small one on the left" is no dispute.
    """
    for document, found in by_document(findings).items():
        if len(found) < 2:
            continue
        for head in conclusions(chart.case.document(document).text):
            body = [f for f in found if f.evidence[0].end <= head]
            end = [f for f in found if f.evidence[0].start >= head - 1]
            if not body or not end or any(agree(a, b) for a in body for b in end):
                continue
            if all(agree(body[0], f) for f in body) and all(agree(end[0], f) for f in end):
                return side(body[0]), side(end[0])
    return ()


def _is_source(chart: Chart, document: str) -> bool:
    """A report of what was seen, against a letter or note that repeats it."""
    return chart.kind(document) in _SOURCES


def _backed(chart: Chart, document: str, table: dict[str, list[Finding]], agree: Agree) -> bool:
    return any(
        agree(a, b)
        for source in table
        if source != document and _is_source(chart, source)
        for a in table[document]
        for b in table[source]
    )


def _settled(chart: Chart, first: str, second: str, backed: set[str]) -> bool:
    if first in backed and second in backed:
        return True  # each repeats a report: whether those reports disagree is asked of them
    return (first in backed and _is_source(chart, second)) or (second in backed and _is_source(chart, first))


def _vaguely(table: dict[str, list[Finding]], first: str, second: str, backed: set[str]) -> bool:
    """Whether two letters name what nobody else does: a report of the oropharynx backs neither the tonsil nor the base of the tongue."""
    if not {first, second} <= backed:
        return False
    said = [{str(f.value) for f in table[d] if isinstance(f.value, str)} for d in (first, second)]
    others = {str(f.value) for d, found in table.items() if d not in (first, second) for f in found}
    return all(said) and not any(own & others for own in said)


_LETTER = re.compile(r"\b(?:specimen|part|sample|lesion|pot)\s+(?P<v>[A-H]|[1-9]|I{1,3})\b", re.I)
_SIDED = re.compile(r"\b(?P<v>left|right)\b", re.I)


def _part(pattern: re.Pattern[str], title: str) -> str | None:
    """The one part that a title names, in lower case; None for none or several."""
    found = {match["v"].lower() for match in pattern.finditer(title)}
    return found.pop() if len(found) == 1 else None


# The same glass looked at again.
_REVIEW = re.compile(r"\b(?:slides?|blocks?|histology|pathology|expert|central|outside|external|reference|referral|second)\b[^.\n]{0,30}\b(?:review(?:ed)?|opinion|re-?read)\b|\breview of (?:the )?(?:outside |external |original )?(?:slides|blocks|histology|pathology|biopsy|cores)|\b(?:slides?|blocks?)\b[^.\n]{0,24}\breceived\b", re.I)
_HEAD = 200


def two_specimens(chart: Chart, first: str, second: str) -> bool:
    """Whether two pathology reports are of different specimens: not of the same days, or named as two in their titles."""
    if chart.kind(first) != "pathology" or chart.kind(second) != "pathology":
        return False
    titles = [chart.case.document(d).title for d in (first, second)]
    if any(_REVIEW.search(f"{t}\n{chart.case.document(d).text[:_HEAD]}") for t, d in zip(titles, (first, second), strict=True)):
        return False
    if any(len(set(named)) == 2 and None not in named for named in ([_part(p, t) for t in titles] for p in (_LETTER, _SIDED))):
        return True
    dates = chart.case.document(first).date, chart.case.document(second).date
    return None in dates or abs(dates[0] - dates[1]) > dt.timedelta(days=3)  # type: ignore[operator]


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Each answer of a document once: what it repeats adds nothing to a dispute."""
    return list({(str(f.value), f.unit, f.date): f for f in reversed(findings)}.values())[::-1]


def _at_odds(
    chart: Chart, first: Sequence[Finding], second: Sequence[Finding], agree: Agree, limit: dt.timedelta
) -> tuple[Finding, Finding] | None:
    pairs = [(a, b) for a in first for b in second]
    if any(agree(a, b) for a, b in pairs):
        return None
    for a, b in pairs:
        if chart.same_time(a, b, limit):
            return a, b
    return None
