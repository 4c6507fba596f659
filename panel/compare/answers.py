"""What the chart answers now: the newest statement on a question, from the documents or the patient block."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from panel.case import CASE_FILE
from panel.compare.chart import Chart, side
from panel.compare.histology import specific
from panel.compare.implied import implied
from panel.compare.planrules import Condition, load_patient_terms
from panel.conflict import Side
from panel.opinion import Finding, Value

UNANSWERED = ("pending", "not tested", "not_done", "not done", "unknown", "not assessed")
_STALE = dt.timedelta(days=180)
_LONG_RESECTED = dt.timedelta(days=548)
"""A plan that comes so long after the specimen is no adjuvant one, whatever the stage was then."""
_OLD = re.compile(r"\b(?:(?:19|20)\d\d|resolved|cured|previous|former|old|in (?:youth|childhood|remission)|past|history)\b", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"\b(?:(?P<iso>20\d\d-\d\d-\d\d)|(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>(?:20)?\d\d)|"
    r"(?P<d2>\d{1,2})[ -](?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -]?(?P<y2>20\d\d)?)\b",
    re.I,
)
_TODAY = re.compile(r"\b(?:now|today|current(?:ly)?|latest|most recent|repeat(?:ed)?|this (?:morning|week)|since (?!(?:19|20)\d)\w+|is back|(?:weeks?|months?|days?) (?:on|later))\b", re.I)
_THAT_DAY = re.compile(r"\b(?:(?:on|at|during) (?:the |his |her )?(?:\w+ )?(?:admission|arrival|presentation|referral|transfer|stay|sepsis|infection|crisis)|when (?:s?he|it|the|they)|while (?:s?he|it|the|in)|at (?:that time|the time)|initially|in hospital|on the ward)\b", re.I)
_NOW_NUMBER = re.compile(
    r"(?:,|;|->|\u2192|\b(?:and|but)) ?(?:now|today|currently) (?:it is |is |at |back to |PS |ECOG |down to |up to )?(?P<a>\d+(?:\.\d+)?)(?![\d/])|"
    r"(?:,|;|->|\u2192|\b(?:and|but)) ?(?P<b>\d+(?:\.\d+)?) ?%? ?(?:now|today|this (?:week|morning)|on (?:today|yesterday)\W?s)\b",
    re.I,
)
_TESTS = {"er": "hormone_receptor_test", "pr": "hormone_receptor_test", "kras": "ras_test", "nras": "ras_test", "1p19q": "codeletion_test", "msi": "mmr_test"}
_PANEL = {"egfr", "alk", "ros1", "braf", "kras", "nras", "met", "ret", "ntrk", "her2", "brca", "fgfr", "idh", "pik3ca", "hrd"}


class Datum(NamedTuple):
    """A fact that a rule rests on."""

    question: str
    document: str
    side: Side


def stated(chart: Chart, question: str) -> tuple[Finding, ...]:
    """The findings that speak to a rule's question: a stage on any basis that could be meant, a number that is no date."""
    found = list(chart.of(question))
    for other in _asked_as(question):
        found.extend(chart.of(other))
    found = found or list(implied(chart, question))
    return tuple(f for f in found if not (question.startswith(("organ.", "performance.")) and _is_date(f)))


def _asked_as(question: str) -> tuple[str, ...]:
    """``stage.group`` stands on any basis; a clinical stage may be stated without its basis."""
    if question == "stage.group":
        return ("stage.pathologic.group", "stage.clinical.group", "stage.unspecified.group", "stage.figo", "stage.figo_2023")
    if question.startswith("stage.clinical.") or question == "stage.pathologic.m":
        return (f"stage.unspecified.{question.rpartition('.')[2]}",)
    return ()


def _is_date(finding: Finding) -> bool:
    """Whether the number read stands in the quote only as part of a date ("eGFR 12/03/2026: 71")."""
    number = _number(finding.value)
    if number is None or number != int(number) or not 1 <= number <= 31:
        return False
    quote = finding.evidence[0].quote
    rest = _DATE.sub(" ", quote)
    return rest != quote and not re.search(rf"(?<![\d.]){int(number)}(?![\d/]|\.\d)", rest)


def current(chart: Chart, question: str) -> Finding | None:
    """The newest stated finding on a question; of one document the first number or result, and an absence before a presence."""
    found = [f for f in stated(chart, question) if f.certainty != "uncertain"]
    if question == "histology.type":  # a title's general word ("Sarcoma clinic") names no type beside one that is stated
        found = specific([f for f in found if f.certainty == "stated"] or found)
    if not found:
        return None
    newest = max(f.date or dt.date.min for f in found)
    latest = [f for f in found if (f.date or dt.date.min) == newest]
    # Undated documents may be as new as any.
    latest += [f for f in found if f.date is None and f not in latest]
    absent = next((f for f in latest if f.value == "absent"), None)
    answered = next((f for f in latest if f.value not in UNANSWERED), None)
    return absent or _newest(latest) or answered or latest[0]


def _newest(found: list[Finding]) -> Finding | None:
    """Of several values of one document the one with the latest day or "now" beside it; None where the words do not tell."""
    numbers = [f for f in found if _number(f.value) is not None]
    if len({f.value for f in numbers}) < 2:
        return None
    days = {id(f): day for f in numbers if (day := _day(f)) is not None}
    if len(days) == len(numbers) and len(set(days.values())) > 1:
        return max(numbers, key=lambda f: days[id(f)])
    now = [f for f in numbers if _TODAY.search(f.evidence[0].quote)]
    if len(now) == 1:
        return now[0]
    # "ECOG 4 on admission. A month on ... ECOG 1": what is told of a bad day is not how it stands
    since = [f for f in numbers if not _THAT_DAY.search(f.evidence[0].quote)]
    return since[-1] if since and len(since) < len(numbers) and len({f.value for f in since}) == 1 else None


def _day(finding: Finding) -> tuple[int, int, int] | None:
    quote = finding.evidence[0].quote
    days = [d for m in _DATE.finditer(quote) if (d := _as_day(m, finding.date)) is not None]
    return days[0] if len(days) == 1 else None


def _as_day(match: re.Match[str], near: dt.date | None) -> tuple[int, int, int] | None:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return year, month, day
    month = _MONTHS.index(match["month"][:3].lower()) + 1 if match["month"] else int(match["m"] or 0)
    year = int(match["y"] or match["y2"] or (near.year if near else 0))
    return year + 2000 if year < 100 else year, month, int(match["d"] or match["d2"])


def datum(chart: Chart, condition: Condition, plan_date: dt.date | None) -> Datum | None:
    """The fact that fulfils a condition, or one of its alternatives; None when none is fulfilled."""
    for one in (condition, *condition.or_):
        fact = _datum(chart, one, plan_date)
        if fact is not None:
            return fact
    return None


def _datum(chart: Chart, condition: Condition, plan_date: dt.date | None) -> Datum | None:
    finding = current(chart, condition.question)
    if finding is None:
        return _of_patient(chart, condition)
    # Two numbers in one sentence ("61 % in July, 59 % now"): only what all of them say is sure.
    twins = [f for f in stated(chart, condition.question) if f.evidence == finding.evidence]
    if not all(holds(condition, f.value) for f in twins) or _otherwise_now(condition, finding):
        return None
    passes = condition.question.startswith("organ.") or condition.question in load_patient_terms().passing
    limit = _STALE if passes else _LONG_RESECTED if finding.question.startswith("stage.pathologic.") else None
    if limit and plan_date and finding.date and plan_date - finding.date > limit:
        return None
    shown = side(finding, f"{label(condition.question)}: {_value(finding)}")
    return Datum(condition.question, finding.evidence[0].document, shown)


def _otherwise_now(condition: Condition, finding: Finding) -> bool:
    """Whether the words go on to a present number that does not fulfil the condition ("ECOG 3 on admission, now 1")."""
    number = _number(finding.value)
    if number is None or not condition.question.startswith(("organ.", "performance.")):
        return False
    now = (float(m["a"] or m["b"]) for m in _NOW_NUMBER.finditer(finding.evidence[0].quote))
    return any(value != number and not holds(condition, value) for value in now)


def holds(condition: Condition, value: Value) -> bool:
    """Whether a value fulfils a condition; stages match by prefix (M1 covers M1a)."""
    if condition.numeric:
        number = _number(value)
        if number is None:
            return False
        low = condition.above is None or number > condition.above
        return low and (condition.below is None or number < condition.below)
    if condition.present is not None:
        return (value in ("present", True)) is condition.present
    wanted = condition.in_ if condition.in_ is not None else (condition.equals,)
    prefix = condition.question.startswith("stage.")
    return any(value == want or (prefix and _finer(str(value), str(want))) for want in wanted)


def _finer(value: str, want: str) -> bool:
    """M1 covers M1c and III covers IIIC, but I does not cover II."""
    return value.startswith(want) and value[len(want) : len(want) + 1] not in ("I", "V")


def _number(value: Value) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _value(finding: Finding) -> str:
    return f"{finding.value} {finding.unit}" if finding.unit else str(finding.value)


def label(question: str) -> str:
    """The question's key words, whole, so that the renal ``organ.egfr`` and the gene ``biomarker.egfr`` stay apart."""
    return question.replace("_", " ")


def _of_patient(chart: Chart, condition: Condition) -> Datum | None:
    patient = chart.case.patient
    if condition.question in ("performance.ecog", "patient.age"):
        number = patient.ecog if condition.question == "performance.ecog" else patient.age
        if number is None or not holds(condition, number):
            return None
        return Datum(condition.question, CASE_FILE, Side(by=CASE_FILE, value=f"{label(condition.question)}: {number}"))
    if condition.present is not True:
        return None
    entry = patient_entry(chart, condition.question)
    return Datum(condition.question, CASE_FILE, Side(by=CASE_FILE, value=entry)) if entry else None


def patient_entry(chart: Chart, question: str) -> str | None:
    """The entry of the patient block that says yes to a comorbidity, an allergy or a current drug."""
    head, _, name = question.partition(".")
    patient = chart.case.patient
    entries = {"comorbidity": patient.comorbidities, "allergy": patient.allergies, "drug": patient.medications}.get(head, ())
    pattern = _words(question, name)
    for entry in entries:
        if pattern.search(entry) and not re.search(r"\b(?:no|none|nil|stopped|never|not)\b", entry, re.I):
            if question in load_patient_terms().passing and _OLD.search(entry):
                continue
            return entry
    return None


@lru_cache(maxsize=512)
def _words(question: str, name: str) -> re.Pattern[str]:
    terms = {name.replace("_", " "), *load_patient_terms().terms.get(question, ())}
    body = "|".join(re.escape(t).replace(r"\ ", r"[\s-]+") for t in sorted(terms, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{body})s?(?![a-z0-9])", re.I)


def answered(chart: Chart, question: str, *, firm: bool = False) -> bool:
    """Whether a question has a result (a test: was done); a test merely named counts unless ``firm``."""
    if question == "performance.ecog" and chart.case.patient.ecog is not None:
        return True
    scored = (f for name in ("_cps", "_tps", "_ic") for f in chart.of(f"{question}{name}")) if question == "biomarker.pdl1" else ()
    found = [*stated(chart, question), *scored, *(f for q, fs in chart.under(f"{question}.") for f in fs)]
    # A laboratory's note that its test still runs holds no result, whatever it names.
    running = {
        f.evidence[0].document
        for test in tests_of(question)
        for f in chart.of(test)
        if f.value == "pending" and f.certainty == "inferred"
    }
    found = [f for f in found if f.evidence[0].document not in running]
    if any(f.value not in UNANSWERED and not (firm and f.certainty == "uncertain") for f in found):
        return True
    return any(f.value == "done" and f.certainty != "uncertain" for test in tests_of(question) for f in chart.of(test))


def tests_of(question: str) -> tuple[str, ...]:
    """The tests that give a result: ``biomarker.egfr`` is answered by its own test or by a panel."""
    head, _, name = question.partition(".")
    if head == "organ" and name == "lvef":
        return ("test.echocardiography", "test.muga")
    if head != "biomarker":
        return ()
    own = (f"test.{_TESTS.get(name, f'{name}_test')}",)
    return (*own, "test.molecular_panel") if name in _PANEL else own


def awaited(chart: Chart, question: str) -> Finding | None:
    """The statement that a result is pending or was not sought."""
    tests = tests_of(question)
    unnamed = ("test.molecular_unspecified",) if "test.molecular_panel" in tests else ()
    for asked in (question, *tests, *unnamed):
        found = [f for f in chart.of(asked) if f.value in UNANSWERED and f.certainty != "uncertain"]
        if found:
            return found[-1]
    return None


def spoken_of(chart: Chart, question: str) -> bool:
    """Whether any document so much as names the matter."""
    return any(_spoken(question).search(document.text) or _spoken(question).search(document.title) for document in chart.case.documents)


@lru_cache(maxsize=512)
def _spoken(question: str) -> re.Pattern[str]:
    name = question.rpartition(".")[2].replace("_test", "").replace("_", " ")
    terms = {name, *load_patient_terms().spoken.get(question, ())}
    body = "|".join(re.escape(t).replace(r"\ ", r"[\s-]+") for t in sorted(terms, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{body})(?![a-z])", re.I)
