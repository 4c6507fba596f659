"""Disagreements about when something happened: one event on two dates, and events in an impossible order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from panel.case import CASE_FILE, Evidence
from panel.compare.chart import Chart
from panel.compare.policy import load_policy
from panel.compare.written import readings
from panel.conflict import Conflict, Side

_ONE_OPERATION = dt.timedelta(days=60)  # two operations of one kind are rarely closer
_ONE_STUDY = dt.timedelta(days=21)
_TURNAROUND = dt.timedelta(days=3)  # a report is dated up to this long after its study
_REPEATED = ("imaging", "biopsy", "endoscopy")  # what is often done twice needs more than two dates
_KINDS = ("surgery", "biopsy", "endoscopy", "imaging")


class _Event(NamedTuple):
    document: str
    kind: str
    what: str
    dates: tuple[dt.date, ...]
    """More than one where day and month could be the other way round."""
    value: str
    evidence: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        return f"{self.kind}.{self.what}" if self.what else self.kind

    def same_thing(self, other: _Event) -> bool:
        """Same operation, or same modality of an overlapping region; an unnamed one fits any."""
        if self.kind != other.kind or _opposite(self, other):
            return False
        if self.kind != "imaging":
            return self.what == other.what or (self.kind == "surgery" and not (self.what and other.what))
        (first, _, here), (second, _, there) = self.what.partition("_"), other.what.partition("_")
        return first == second and (not here or not there or bool(set(here.split("+")) & set(there.split("+"))))

    def apart(self, other: _Event) -> dt.timedelta:
        return min(abs(a - b) for a in self.dates for b in other.dates)

    def slip(self, other: _Event) -> bool:
        return any(slip(a, b) for a in self.dates for b in other.dates)


_SIDE = re.compile(r"\b(?:(?P<left>left)|(?P<right>right)|(?P<both>bilateral|both))\b", re.I)


def _opposite(first: _Event, second: _Event) -> bool:
    """Whether one is said to be of the left and the other of the right."""
    if first.kind not in ("surgery", "biopsy"):
        return False
    one, other = ({m.lastgroup for m in _SIDE.finditer(e.evidence[0].quote)} for e in (first, second))
    return len(one) == len(other) == 1 and one | other == {"left", "right"}


class _Told:
    """The events of a chart, one for each date that a document gives a thing, and what is asked of them again and again."""

    def __init__(self, events: Iterable[_Event]) -> None:
        self._events = tuple({(e.document, e.kind, e.what, e.dates): e for e in reversed(tuple(events))}.values())[::-1]
        self._several: dict[tuple[str, str], bool] = {}
        self._witnesses: dict[tuple[str, str, tuple[dt.date, ...]], int] = {}
        named = [e for e in self._events if e.kind == "surgery" and e.what]
        together = bool(named) and bool(set(named[0].dates).intersection(*(e.dates for e in named)))
        self.one_operation = len({e.what for e in named}) <= 1 or together

    def __iter__(self) -> Iterator[_Event]:
        return iter(self._events)

    def several(self, event: _Event) -> bool:
        """Whether some document dates this thing twice: then it happened more than once."""
        known = self._several.get(event[1:3])
        if known is None:
            own: dict[str, list[set[dt.date]]] = {}
            for other in self._events:
                if other.same_thing(event):
                    own.setdefault(other.document, []).append(set(other.dates))
            known = any(not a & b for dates in own.values() for a, b in combinations(dates, 2))
            self._several[event[1:3]] = known
        return known

    def witnesses(self, event: _Event) -> int:
        """How many documents tell of the thing on one of these dates."""
        known = self._witnesses.get(event[1:4])
        if known is None:
            told = {e.document for e in self._events if e.same_thing(event) and set(e.dates) & set(event.dates)}
            known = self._witnesses[event[1:4]] = len(told)
        return known


def date_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``date``: one for each event whose dates cannot all hold."""
    severity = load_policy().severity["date"]
    reports = list(_events(chart, ("report",)))
    events = _Told(_by_one_name(chart, list(_events(chart, _KINDS)), reports))
    disputes: list[tuple[str, str, dict[str, _Event]]] = []
    for first, second, why in [*_two_dates(chart, events, reports), *_before_report(chart, events, reports), *_before_receipt(chart, events), *_wrong_year(chart, events)]:
        name = first.name if first.what else second.name
        home = next((d for d in disputes if d[0] == name or {first.document, second.document} <= set(d[2])), None)
        if home is None:
            home = (name, why, {})
            disputes.append(home)
        for event in (first, second):
            home[2].setdefault(event.document, event)
    for name, why, sides in disputes:
        held = tuple(Side(by=e.document, value=e.value, evidence=e.evidence) for e in sides.values())
        yield Conflict.between("date", f"event.{name}", severity, held, why)
    told = {document for _, _, sides in disputes for document in sides}
    for document, why, pair in [*_ahead(chart, events), *_within_report(chart)]:
        if document not in told:
            told.add(document)
            yield Conflict.between("date", "event.order", severity, pair, why)


def _events(chart: Chart, kinds: tuple[str, ...]) -> Iterator[_Event]:
    for question, found in chart.under("event."):
        _, kind, *rest = question.split(".")
        if kind not in kinds:
            continue
        for finding in found:
            if finding.certainty == "uncertain":
                continue
            value, document = str(finding.value), finding.evidence[0].document
            written = chart.case.document(document).date
            behind = tuple(d for d in readings(value) if written is None or d <= written)  # what is told as done lies behind
            yield _Event(document, kind, ".".join(rest), behind or readings(value), value, finding.evidence)


_WAYS_IN = frozenset({"laparotomy", "thoracotomy", "sternotomy"})


def _by_one_name(chart: Chart, events: list[_Event], reports: list[_Event]) -> Iterator[_Event]:
    """The events, a biopsy or an operation that one document names less fully under the only name that others give it.

    An operation is named by its way in ("the laparotomy") where the document on the only other one tells of that way.
    """
    told = [*events, *map(_as_event, reports)]
    biopsied = {e.what for e in told if e.kind == "biopsy" and e.what}
    for event in events:
        name = event.what
        if event.kind == "biopsy" and not name and len(biopsied) == 1 and "node" not in biopsied:
            name = next(iter(biopsied))
        elif event.kind == "surgery" and name in _WAYS_IN:
            others = {e.what for e in told if e.kind == "surgery" and e.what and e.document != event.document and e.what not in _WAYS_IN}
            by_it = [e for e in told if e.kind == "surgery" and e.what in others and name in chart.case.document(e.document).text.lower()]
            name = by_it[0].what if len(others) == 1 and by_it else name
        yield event._replace(what=name)


def _two_dates(chart: Chart, events: _Told, reports: list[_Event]) -> Iterator[tuple[_Event, _Event, str]]:
    """The same event, dated in two documents, on dates that no reading brings together."""
    for first, second in combinations([event for event in events if not events.several(event)], 2):
        if first.document == second.document or not first.same_thing(second) or set(first.dates) & set(second.dates):
            continue
        if _confirmed(events, first, second) or _two_specimens(chart, first, second):
            continue
        apart, slipped = first.apart(second), first.slip(second)
        if first.kind == "surgery":
            if (apart > _ONE_OPERATION and not slipped) or not _one_operation(events, first, second):
                continue
        elif _only_one(first, second):
            pass
        elif not slipped or (first.kind == "imaging" and not first.what.partition("_")[2] and not second.what.partition("_")[2]):
            if apart > _ONE_STUDY or not (_lone_report if first.kind == "biopsy" else _lone_endoscopy)(chart, reports, first, second):
                continue
        elif (first.kind == "imaging" and apart < dt.timedelta(days=2)) or _months_later(chart, first, second):
            continue
        yield first, second, "The documents give different dates for one event."
    yield from _study_date(chart, events, reports)


def _months_later(chart: Chart, first: _Event, second: _Event) -> bool:
    """Whether what is often repeated is told of one time, and by a later document of another that was then still to come."""
    early, late = sorted((first, second), key=lambda e: min(e.dates))
    written = chart.case.document(early.document).date
    return first.apart(second) > _ONE_OPERATION and written is not None and written < min(late.dates)


def _two_specimens(chart: Chart, first: _Event, second: _Event) -> bool:
    """Whether each stands in a pathology report of its own, written on another day: a transurethral resection and the one after it."""
    reports = [chart.case.document(e.document) for e in (first, second)]
    return all(r.kind == "pathology" for r in reports) and reports[0].date != reports[1].date


_ADDED = re.compile(r"\b(?:addend\w+|supplement\w*|added|amend\w+|updated?|postscript|later entry|note of)\b", re.I)
_ADDED_HERE = re.compile(r"\b(?:this|the|above) (?:addend\w+|supplement|addition|note|amendment|update)\b[^.;\n]{0,24}\b(?:dated|added|written|made|of the same day|follows?)\b|\b(?:added|appended|amended|updated) (?:on|by|later|afterwards|after)\b", re.I)
_ADDED_REACH = 120


def _added_later(chart: Chart, event: _Event) -> bool:
    """Whether the words stand in a part that is said to be written later than the rest."""
    told = event.evidence[0]
    text = chart.case.document(event.document).text
    return bool(_ADDED.search(text, max(0, told.start - _ADDED_REACH), told.end) or _ADDED_HERE.search(text, told.end, told.end + _ADDED_REACH))


_ONLY = re.compile(r"\b(?:(?:first|one) and only|the only|her only|his only|only (?:one|\w+) (?:so far|to date|ever|performed|done)|\Aonly|sole|single|no (?:earlier|previous|prior|other|further|second)|never (?:had|underwent) (?:another|any other))\b", re.I)


def _only_one(first: _Event, second: _Event) -> bool:
    """Whether one of them is called the only one of its kind, by a document that was written when both were over."""
    return any(_ONLY.search(e.evidence[0].quote) for e in (first, second))


def _one_operation(events: _Told, first: _Event, second: _Event) -> bool:
    """Whether both name it, or the document that does not tells of no other operation."""
    return bool(first.what and second.what) or events.one_operation


def _confirmed(events: _Told, first: _Event, second: _Event) -> bool:
    """Whether each of two repeatable events has a document of its own beside the other's: both took place."""
    return first.kind in _REPEATED and events.witnesses(first) > 1 and events.witnesses(second) > 1


def _lone_report(chart: Chart, reports: list[_Event], first: _Event, second: _Event) -> bool:
    """One of the two is the only biopsy report of the chart."""
    biopsies = {r.document for r in reports if r.what.startswith("biopsy")}
    pathology = [d.id for d in chart.case.of_kind("pathology")]
    return len(biopsies) == len(pathology) == 1 and bool(biopsies & {first.document, second.document})


def _lone_endoscopy(chart: Chart, reports: list[_Event], first: _Event, second: _Event) -> bool:
    """One of the two is told by the only report on an endoscopy of the kind."""
    letters = {e.document for e in (first, second) for r in reports if r.document == e.document and r.apart(e) > _TURNAROUND}  # on a scope of weeks ago
    own = {r.document for r in reports if r.what == first.name} - letters
    return first.kind == "endoscopy" and len(own) == 1 and own <= {first.document, second.document}


def _study_date(chart: Chart, events: _Told, reports: list[_Event]) -> Iterator[tuple[_Event, _Event, str]]:
    """A letter's "CT of 22 March" against the one such study of the chart, dated 2 March."""
    studies = [_as_event(r) for r in reports if r.what.startswith(("imaging.", "endoscopy."))]
    for event in events:
        if event.kind not in ("imaging", "endoscopy") or chart.kind(event.document) == "radiology" or events.several(event):
            continue
        alike = [s for s in studies if s.same_thing(event)]
        others = [e for e in events if e.document != event.document and e.same_thing(event) and set(e.dates) & set(event.dates)]
        if len(alike) != 1 or others or not alike[0].slip(event) or alike[0].apart(event) <= _TURNAROUND:
            continue
        own = [e for e in events if e.document == alike[0].document and e.same_thing(event)]
        cited = chart.case.document(event.document).date
        if own or cited is None or alike[0].dates[0] > cited or _studied_again(alike[0], event, cited):
            continue
        yield event, alike[0], "The study is cited under another date than its own."


def _studied_again(report: _Event, event: _Event, written: dt.date) -> bool:
    """Whether a letter of months later cites a study of its own time: a new one, of the same day of another month."""
    return event.apart(report) > _ONE_STUDY and min(event.dates) > report.dates[0] and written - report.dates[0] > _ONE_OPERATION


def _as_event(report: _Event) -> _Event:
    kind, _, what = report.what.partition(".")
    return report._replace(kind=kind, what=what, value=f"report dated {report.value}")


def _before_report(chart: Chart, events: _Told, reports: list[_Event]) -> Iterator[tuple[_Event, _Event, str]]:
    """A pathology report on an operation or biopsy that, as another document has it, was still to come."""
    for report in map(_as_event, reports):
        if report.kind not in ("surgery", "biopsy") or not (chart.kind(report.document) == "pathology" or _is_note_of(chart, report)):
            continue
        alike = [r for r in map(_as_event, reports) if chart.kind(r.document) == chart.kind(report.document) and r.kind == report.kind]
        for event in events:
            late = min(event.dates) - report.dates[0]
            if event.document == report.document or not event.same_thing(report) or len(alike) != 1:
                continue
            if event.what != report.what or events.several(event) or not dt.timedelta(0) < late <= _ONE_OPERATION:
                continue
            yield event, report, "The report is older than the event that it reports on."


_NOTE = re.compile(r"\b(?:operat(?:ion|ive)|op|theatre|procedure|surgical|surgery)\s+(?:note|report|record|summary|sheet)\b", re.I)


def _is_note_of(chart: Chart, report: _Event) -> bool:
    """Whether a surgeon's document is the note of the operation itself, written when it was over."""
    return chart.kind(report.document) == "surgery" and bool(_NOTE.search(chart.case.document(report.document).title))


def _wrong_year(chart: Chart, events: _Told) -> Iterator[tuple[_Event, _Event, str]]:
    """An operation of the same day and month of the year before: the year is a slip."""
    for before in _past(chart):
        for event in events:
            if event.document == before.document or event.name != before.name or not event.what or events.several(event):
                continue
            if any((a.day, a.month, a.year) == (b.day, b.month, b.year + 1) for a in event.dates for b in before.dates):
                yield event, before, "The documents give different years for one event."


def _past(chart: Chart) -> Iterator[_Event]:
    for question, found in chart.under("event.past.surgery."):
        for finding in found:
            value = str(finding.value)
            yield _Event(finding.evidence[0].document, "surgery", question.removeprefix("event.past.surgery."), readings(value), value, finding.evidence)


_SAMPLED = re.compile(r"\b(?:biops\w*|cores?|cytolog\w*|FNAC?|aspirat\w*|brush\w*|wash\w*|smears?|fluid|needle|punch|curett\w*|pipelle)\b", re.I)


def _of_the_operation(chart: Chart, document: str, events: _Told) -> bool:
    """Whether a report that names no operation can only be on the one of the chart: no sample, and the only one written after it."""
    held = chart.case.document(document)
    dates = {e.dates for e in events if e.kind == "surgery" and e.document != document}
    if held.kind != "pathology" or held.date is None or len(dates) != 1 or _SAMPLED.search(held.title) or _SAMPLED.search(held.text):
        return False
    done = max(next(iter(dates)))
    return done <= held.date and [d.id for d in chart.case.of_kind("pathology") if d.date is None or d.date >= done] == [document]


def _before_receipt(chart: Chart, events: _Told) -> Iterator[tuple[_Event, _Event, str]]:
    """Tissue received by the laboratory before the operation that another document dates later."""
    subjects = {e.document: e.what for e in _events(chart, ("report",)) if chart.kind(e.document) == "pathology"}
    for received in _events(chart, ("specimen",)):
        subject = subjects.get(received.document, "")
        of_it = not subject and _of_the_operation(chart, received.document, events)
        if received.what not in ("received", "collected") or not (of_it or (subject.startswith("surgery.") and received.what == "received")):
            continue
        for event in events:
            late = min(event.dates) - max(received.dates)
            if event.document != received.document and (event.name == subject or (of_it and event.kind == "surgery")) and not events.several(event) and dt.timedelta(0) < late <= _ONE_OPERATION:
                yield event, received._replace(value=f"{received.what} {received.value}"), "The specimen was received before the operation took place."


def _ahead(chart: Chart, events: _Told) -> Iterator[tuple[str, str, tuple[Side, ...]]]:
    """Something told as done on a day after the document was written."""
    for event in events:
        written = chart.case.document(event.document).date
        if written is None or min(event.dates) <= written or _added_later(chart, event):
            continue
        sides = (
            Side(by=event.document, value=event.value, evidence=event.evidence),
            Side(by=CASE_FILE, value=f"{event.document} is dated {written.isoformat()}"),
        )
        yield event.document, "The document tells of something done after its own date.", sides


def _within_report(chart: Chart) -> Iterator[tuple[str, str, tuple[Side, ...]]]:
    """A specimen collected after it was received, or received after it was reported."""
    order = ("collected", "operated on", "received", "reported")
    table: dict[str, dict[str, list[_Event]]] = {}
    for event in _events(chart, ("specimen", "surgery")):
        if event.kind == "specimen" or chart.kind(event.document) == "pathology":
            table.setdefault(event.document, {}).setdefault(event.what if event.kind == "specimen" else "operated on", []).append(event)
    for document, steps in table.items():
        if any(len({e.value for e in found}) > 1 for found in steps.values()):
            continue  # several specimens
        for first, second in combinations([s for s in order if s in steps], 2):
            before, after = steps[first][0], steps[second][0]
            if min(before.dates) > max(after.dates):
                sides = tuple(Side(by=document, value=f"{name} {e.value}", evidence=e.evidence) for name, e in ((first, before), (second, after)))
                yield document, f"A specimen cannot be {second} before it is {first}.", sides


def slip(first: dt.date, second: dt.date) -> bool:
    """Whether one slip of the pen makes one date of the other: a digit of the day, its digits or day and month swapped, the month, the year."""
    if (first.day, first.month) == (second.day, second.month):
        return abs(first.year - second.year) == 1
    if first.year != second.year:
        return False
    if first.day == second.day:
        return True
    if (first.day, first.month) == (second.month, second.day):
        return True
    a, b = f"{first.day:02d}", f"{second.day:02d}"
    return first.month == second.month and (a == b[::-1] or sum(x != y for x, y in zip(a, b, strict=True)) == 1)
