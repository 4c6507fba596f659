"""What happened when: operations, biopsies, studies, specimens, admissions, each with its date.

Questions: ``event.<kind>[.<what>]`` with an ISO date (``a or b`` where day and month could be the other way round), e.g.
``event.surgery.colectomy``, ``event.imaging.ct_chest``, ``event.specimen.received``. ``event.planned.*`` lies ahead of the
document, ``event.past.*`` long before it or is one of several; neither is compared. ``event.report.*`` is the document's
own date, for what it reports on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from agents.rules.context import Context
from agents.rules.lexicon import lower
from agents.rules.measures import Dated, dates, months
from agents.rules.occasions import Occasion, occasions
from agents.rules.reading import Reading, Sentence
from agents.rules.relatives import of_relative
from agents.rules.said_dates import CUE, Said, said_dates
from agents.rules.text import places, words
from agents.rules.timing import LONG_AGO, either_way
from panel.opinion import Certainty, Finding

_MONTH = r"(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec|M\u00e4r|[Mm]a[ij]|[Oo]kt|[Dd]e[zs]|f\u00e9v|avr|ao\u00fb|d\u00e9c|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_DATELIKE = re.compile(rf"[0-9](?:[-./]\d{{1,2}}[-./] ?\d\d|(?:st|nd|rd|th|\.)?[ -]?(?:of )?{_MONTH}|[-. /](?:[IVX]+|[ivx]+)[-. /]\d{{4}}|\.\d{{1,2}}\.(?=\s[(a-z]|[,;)]))")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What a date told from the day of writing needs (``said_dates``).
_SAID = ("yesterday", " ago", "pod", "post-op", "postop", "post op", " post ", "christmas", "new year", "on the ", "day ", "days ", "weeks ", "fortnight", " on ", "on 1", "on 2", "dated ", "twenty", "two thousand")
_MONTH_DAY = re.compile(rf"{_MONTH}[a-z]*\.? \d|(?<=in ){_MONTH}[a-z]{{2}}|(?<=(?:ly|te|id|st|of|is)[ -]){_MONTH}[a-z]{{2}}")
_DAY_SLASH = re.compile(r"[0-9](?<=(?:ed|my|bt|BT|py|le|LE|ut)\s[0-9])\d?/[01]?\d(?![\d/])")  # "resected 13/2"
_PLAN = words(
    r"\b(?:plan(?:s|ned|ning)?|booked|rebooked|listed|list for|scheduled|slot|will|shall|is to|to be|to follow|provisional|propose[sd]?|proceed|theatre|expected|due|appointment|intend\w*|starting|starts?|beginning|from|arranged|until|next|awaited|requested)\b"
)
_DONE = words(r"\b(?:performed|underwent|undergone|was|were|had|has had|carried out|shows?|showed|shown|done|excised|removed|operated|resected|taken|collected|received|confirmed|revealed|found|proved|proven|yielded)\b")
_ABOUT = words(r"\b(?:before|after|prior to|following|since|until|despite|pending|without)\s+(?:\w+\s+){0,2}$")
_MANY = words(r"\b(?:since|between|until|cycles?|weekly|each|every)\b")
_DATE_FIELD = words(r"(?:\b(?:(?:op|operation|surgery|theatre|procedure)[ \t]+)?date[ \t]*(?:of[ \t]*(?:the[ \t]*)?(?:service|operation|surgery|procedure|op|theatre))?|\bop(?:eration)?|\boperated on)[ \t]*[:=|-]?[ \t]*$")
# "planned for 4 February but postponed": a date that was only meant.
_MEANT = words(r"\b(?:planned|booked|scheduled|listed|due|arranged|intended|pencilled in|provisionally)\s+(?:for|on|to|in)\s+(?:\w+\s+){0,2}$")
_PUT_OFF = words(r"\b(?:postponed|cancelled|canceled|deferred|rescheduled|put off|did not take place|moved to|brought forward)\b")


_TO_COME = words(r"\b(?:new|next|proposed|provisional|revised|planned|offered|target|alternative|review|follow-?up|clinic|admission)\s+(?:\w+\s+)?date")


def _date_field(lead: str) -> bool:
    """Whether the words before a date make it that of the document's operation ("Date of operation:", not "new date")."""
    return bool(_DATE_FIELD.search(lead)) and not _TO_COME.search(lead)


def event_findings(reading: Reading) -> Iterator[Finding]:
    """The dated events of a document, by position, and what the document reports on."""
    subject = _subject(reading)
    if subject and reading.date is not None and reading.sentences:
        first = reading.sentences[0]
        yield _finding(reading, first, f"report.{subject}", reading.date.isoformat(), (first.start, first.start), certainty="inferred")
    again = _titled_again(reading)
    for sentence in _dated(reading):
        if sentence.section not in ("family", "legend", "comparison"):
            yield from _in_sentence(reading, sentence, subject, again)


def _dated(reading: Reading) -> Iterator[Sentence]:
    """The sentences in which something like a date stands, by position: a cheap look before ``dates``."""
    text = reading.text
    spans = [match.span() for match in _DATELIKE.finditer(text)]
    spans += [match.span() for at in places(reading.low, *_MONTHS) if (match := _MONTH_DAY.match(text, at))]
    if reading.date is not None:
        spans += [(at, at + 1) for at in places(reading.low, *_SAID)]
        spans += [match.span() for match in _DAY_SLASH.finditer(text)]
    near = {i for start, end in spans for i in range(reading.index_at(start), reading.index_at(end - 1) + 1)}
    for index in sorted(near):
        if index < len(reading.sentences):
            sentence = reading.sentences[index]
            told = _DATELIKE.search(text, sentence.start, sentence.end) or _MONTH_DAY.search(text, sentence.start, sentence.end)
            if told or (reading.date is not None and CUE.search(reading.low, sentence.start, sentence.end)):
                yield sentence


def _titled_again(reading: Reading) -> bool:
    """Whether the title calls what the report is on a second one ("Re-TURBT", "repeat biopsy")."""
    title = lower(reading.document.title)
    told = list(occasions(title, 0, len(title)))
    return bool(told) and told[0].again


def _subject(reading: Reading) -> str | None:
    """What a report is on, by its title or else its first lines: ``surgery.colectomy``, ``biopsy``, ``imaging.mri_brain``."""
    wanted = {"radiology": ("imaging",), "pathology": ("surgery", "biopsy"), "surgery": ("surgery", "endoscopy"), "other": ("endoscopy",)}.get(reading.document.kind)
    if wanted is None:
        return None
    title = lower(reading.document.title)
    for text, end in ((title, len(title)), (reading.low, min(len(reading.low), 420))):
        found = [o.kind for o in occasions(text, 0, end) if o.kind.partition(".")[0] in wanted]
        specific = [kind for kind in found if "." in kind or kind == "biopsy"]
        specific = [kind for kind in specific if kind not in _ALONGSIDE] or specific
        if specific:
            return specific[0] if len(set(specific)) == 1 or text is title else None
    return None


# Done along with another operation as a rule: the report is on that one.
_ALONGSIDE = frozenset({"endoscopy.eua", "surgery.oophorectomy", "surgery.axillary_clearance", "surgery.neck_dissection", "surgery.laparoscopy", "surgery.laparotomy", "surgery.splenectomy", "surgery.adrenalectomy", "surgery.excision"})


def _in_sentence(reading: Reading, sentence: Sentence, subject: str | None, again: bool) -> Iterator[Finding]:
    text = reading.text
    cut = _CUT_OFF.search(text, max(0, sentence.start - 5), sentence.start)  # "am 9. März" looks like the end of a sentence
    found = list(dates(text, cut.start() if cut else sentence.start, sentence.end, reading.date))
    spans = _add_said(reading, sentence, found)
    alone = [m for m in months(text, sentence.start, sentence.end, reading.date) if not any(d.start < m.end and m.start < d.end for d in found)]
    if not (found or alone) or len(found) > 6:
        return
    begin = max(text.rfind("\n", 0, sentence.start) + 1, sentence.start - 40)  # a heading belongs to its line, a sentence before it does not
    if _ENDED.search(text, begin, sentence.start):
        begin = sentence.start
    every = list(occasions(reading.low, begin, sentence.end))
    events = _telling(every, reading)
    yield from _in_months(reading, sentence, alone, events, [*found, *alone])
    for dated in (_likelier(text, d, reading.date) for d in found):
        span_of = spans.get((dated.start, dated.end))
        word = _nearest(reading, dated, events, found, behind=span_of is not None and span_of.after)
        if _WRITTEN.search(reading.low, max(begin, dated.start - 24), dated.start):
            continue
        if word is None:
            kind = _unnamed(reading, sentence, dated, every, subject, begin, since=span_of is not None and span_of.after)
            if kind and not _time(reading, sentence, dated, Occasion(dated.start, dated.end, kind, False), 0):
                yield _event(reading, sentence, dated, f"past.{kind}" if again and kind == subject else kind, (dated.start, dated.end), value=span_of.value if span_of else None)
            continue
        if word.start > dated.end and dated.date == reading.date and reading.document.kind == "pathology" and not _DONE.search(reading.low, begin, dated.start):
            continue  # the day of the report at its head
        if word.kind.startswith(("surgery", *_TESTS)) and _OF_CYCLES.search(reading.low, sentence.start, dated.start):
            continue
        if word.kind == "visit" or (word.end <= dated.start and _SPOKEN_OF.search(reading.low, word.end, dated.start)):
            continue
        kind = _named(word.kind, events, subject)
        context = sentence.context(word.start, word.end)
        if context & (Context.FAMILY | Context.NEGATED) or of_relative(reading.low, word.start):
            continue
        prefix = _time(reading, sentence, dated, word, context)
        if not prefix and ((again and kind == subject) or (kind != word.kind and any(w.again and w.kind == kind for w in events))):
            prefix = "past."  # "Operation 3 February: re-excision"
        span = (min(word.start, dated.start), max(word.end, dated.end))
        uncertain = bool(context & Context.UNCERTAIN)
        yield _event(reading, sentence, dated, prefix + kind, span, uncertain=uncertain, value=span_of.value if span_of else None)
        for besides, start in _besides(reading.low, word, events):
            yield _event(reading, sentence, dated, prefix + besides, (min(start, span[0]), span[1]), uncertain=uncertain, value=span_of.value if span_of else None)
        if span_of is not None:
            continue
        if kind == "specimen.collected" and subject and not prefix and reading.document.kind == "pathology":
            yield _event(reading, sentence, dated, subject, span)
        if kind == "specimen.collected" and not prefix:  # "taken on 13 February at colonoscopy"
            at = {w.kind for w in events if w.kind.startswith("endoscopy.")}
            if len(at) == 1:
                yield _event(reading, sentence, dated, at.pop(), span)


# The day of a talk about it is not the day of the thing.
_SPOKEN_OF = words(r"\b(?:(?<!operation )(?<!theatre )(?<!operative )reports? (?:of|from|dated)|considered|discussed|offered|declined|refused|suggested|advised|recommended|mentioned|results?|consented|consent|explained|talked|decided|agreed|counselled|told)\b")


def _add_said(reading: Reading, sentence: Sentence, found: list[Dated]) -> dict[tuple[int, int], Said]:
    """Adds the dates told from the day of writing; returns them by where they stand."""
    if reading.date is None:
        return {}
    spans: dict[tuple[int, int], Said] = {}
    for said in said_dates(reading.low, sentence.start, sentence.end, reading.date):
        if said.after and any(d.certain or d.end <= said.start for d in found):
            continue  # "on 9 February, four weeks after the hysteroscopy": told from that day
        if said.after and any(d.start >= said.end and not _PARTED.search(reading.low, said.end, d.start) for d in found):
            continue  # "five weeks after his cancer was removed on 19 March": that day it was
        if not any(d.start < said.end and said.start < d.end for d in found):
            spans[(said.start, said.end)] = said
            found.append(Dated(said.start, said.end, said.first, True))
    return spans


_ITS_MONTH = words(r"\bin (?:early |late |mid-?\s?)?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: 20\d\d)?(?:[,;]| and| then)\s")
_NEXT_CLAUSE = words(r"\b(?:and|then|but)\s+(?:then\s+|later\s+|so\s+|she\s+|he\s+)?(?:underwent|had|has|went|came|is)\b|\bthat\s+(?:the|his|her|their|my|our|this)\b")
# Between an event and a date: the date is of what was done or happened besides.
_OF_ANOTHER_ACT = words(
    r"\b(?:re-?started|resum\w+|recommenc\w+|commenc\w+|began|begun|beginning|stopped|paused|suspended|withheld|switched|introduced|(?:sutures?|stitches|staples|clips|drains?|stents?|catheters?|packs?|dressings?) (?:(?:had|have|has|were|was|been|then|all|finally) )*(?:came|come|taken|removed|went|pulled|changed|exchanged)|went (?:back|home)|returned|relapsed|healed)\b"
    r"|\b(?:and|but|then)\s(?:\w+\s){0,3}?(?!perform|operat|resect|remov|excis|biops|receiv|collect|sampl|scann|imag|undertak|carri|sutur|shav|harvest|amputat|attempt|complet|date|need|record|report|book|plann|schedul|list)[a-z]{2,}(?:ed|ew)\s(?:[\w'-]+\s){0,6}$|\b(?:and|but|then)\s(?:[\w'-]+\s){0,2}?(?:left|went|came|fell|flew|got|felt|saw|met)\s(?:(?:hospital|home|us|the ward|to|back|in|for|her|him|me|well|clinic)\s){0,4}on\s$"
)
_PARTED = words(r"[;.]|,(?! (?:done|performed|carried|which|taken)\b)|\b(?:and|but)\b")
_SINCE_THEN = words(r"[;:]|\b(?:(?:ha(?:s|ve|d)|is|are|was|were)(?! (?:(?!fallen|risen)[a-z]+ ){0,2}(?:performed|done|carried|undertaken|removed|taken|resected|excised|operated|cut)\b)|came(?! (?:out|away|off))|went|fell|rose|dropped|shows?|showed|measured|got|felt)\b")
_WITH_RESULT = words(r",?\s(?:which |that )?(?:has |had )?(?:proved|proven|showed|shown|confirmed|revealed|demonstrated|yielded)\b")
_OVER = words(r"\b(?:completed?|finish(?:ed|ing)|ended|ending|last (?:cycle|dose|fraction)|concluded)\b")
# "Addendum 14 April: operated 12 April": when it was written.
_WRITTEN = words(r"\b(?:addend\w+|late entry|supplement(?:ary)?(?: report)?|postscript|amend(?:ed|ment)|updated?|typed|dictated|countersigned)\W{0,3}(?:(?:of|on|from|dated|added)\W{1,2}){0,2}$")
_ENDED = re.compile(r"[a-z\d]{4,}[.!?]\s+$")
_CUT_OFF = re.compile(r"(?<!\d)\d{1,2}\.\s+$")
# "three cycles before and three after the debulking, the last on 29 December": the day of a cycle.
_OF_CYCLES = words(r"\b(?:cycles|courses|doses|infusions|instillations|injections|fractions)\b[^.;]*?\bthe (?:last|first|final|second|third|fourth|fifth|sixth)(?: (?:one|of (?:them|these|which)))?(?: (?:was|given|came|fell))? (?:on|in) (?:the )?$")
_MARKER = words(r"\b(?:markers?|psa|ca[ -]?\d\d\S*|cea|afp|hcg|ldh|haemoglobin|hemoglobin|creatinine|albumin|bloods?|levels?|values?|weight)\b[^.;,]{0,24}\b(?:before|after|prior to|following)\s+(?:\w+\s+){0,2}$")
_BEEN = words(r"\s(?:had|has|have|was|were)(?: been)?\s")
_NO_YEAR = re.compile(r"\d{1,2}[./]\d{1,2}\.?\s*")
_VAGUE = ("act", "study")
_TESTS = ("imaging.", "endoscopy.", "biopsy")


def _telling(every: Sequence[Occasion], reading: Reading) -> list[Occasion]:
    """The words that name an event: not "performed", and not "obtained" where a scan or biopsy was."""
    events = [w for w in every if w.kind not in _VAGUE]
    if reading.document.kind != "pathology" and any(w.kind.startswith(_TESTS) for w in events):
        events = [w for w in events if w.kind != "specimen.collected" or any(v.kind.startswith("specimen.") and v is not w for v in events)]
    return events


def _unnamed(reading: Reading, sentence: Sentence, dated: Dated, every: Sequence[Occasion], subject: str | None, begin: int, *, since: bool) -> str | None:
    """What a date belongs to that stands beside no event: the operation, study or biopsy that the document is on."""
    low, kind = reading.low, reading.document.kind
    if since:
        return subject if subject and subject.startswith("surgery") else "surgery"
    if not subject or any(w.kind not in _VAGUE for w in every):
        return None
    lead = low[max(begin, dated.start - 30) : dated.start]
    if subject.startswith(("surgery", "endoscopy")) and kind in ("surgery", "other"):
        opens = not reading.text[: dated.start].strip() or (low[begin : dated.start].strip() in _OPENING and dated.start - begin < 24)
        if (opens and dated.certain) or _date_field(lead) or _acted(low, sentence, dated, every, "act"):
            return subject
    if kind == "pathology":
        dated_of = any(w.kind == "act" and low.startswith("date of", w.start) and 0 <= dated.start - w.end <= 4 for w in every)
        return subject if dated_of else None
    if subject.startswith("imaging") and kind == "radiology" and _acted(low, sentence, dated, every, *_VAGUE):
        return subject
    return None


_OPENING = frozenset({"", "on", "date:", "date", "dated", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_PASSED_ON = words(r"\b(?:compar\w+|previous\w*|prior|earlier|bloods?|tests?|last|old|referr\w+|request\w*)\b")


def _acted(low: str, sentence: Sentence, dated: Dated, every: Sequence[Occasion], *kinds: str) -> bool:
    """Whether a word for doing ("performed", "acquired") opens the sentence and stands right before the date."""
    acts = [w for w in every if w.kind in kinds and w.end <= dated.start and dated.start - w.end <= 26]
    reach = 60 if kinds == ("act",) else 24
    return any(w.start - sentence.start <= reach and not _PASSED_ON.search(low, sentence.start, dated.start) for w in acts)


def _besides(low: str, word: Occasion, events: Sequence[Occasion]) -> Iterator[tuple[str, int]]:
    """What else was done, with where it stands: an excision in "excision biopsy", the operations done along with one."""
    if word.kind == "biopsy" and low.endswith(("excision ", "excisional "), 0, word.start):
        yield "surgery.excision", word.start
    yield from ((other.kind, other.start) for other in _together(low, word, events))


def _together(low: str, word: Occasion, events: Sequence[Occasion]) -> list[Occasion]:
    """The operations done along with one: "breast conservation and sentinel biopsy on 19 March", "womb and ovaries removed"."""
    if word.kind not in _BEFORE_SURGERY and not word.kind.startswith("surgery."):
        return []
    others = [w for w in events if w.kind.startswith("surgery.") and w.kind != word.kind and not w.again]
    return [w for w in others if (w.end <= word.start and _ALONG.fullmatch(low, w.end, word.start)) or (w.start >= word.end and _ALONG.fullmatch(low, word.end, w.start))]


# What one goes under for the operation's own sake.
_BEFORE_SURGERY = ("biopsy.node", "endoscopy.eua", "endoscopy.panendoscopy")
_ALONG = words(r"[\s,]*(?:and|with|plus|\+|&|/|,)\s*(?:(?!then|later|now|before|after|followed|subsequent)[\w-]+\s+){0,4}")


# A month that has no year is one that has passed only where nothing is to come.
_NOT_YET = words(r"\b(?:will|shall|plan(?:s|ned|ning)?|booked|scheduled|list(?:ed)?|due|until|awaiting|to be|intend\w*|next|hop(?:es?|ing)|expect\w*|follow-?up|review|appointment|since|from|before|prior to)\b")


def _in_months(reading: Reading, sentence: Sentence, alone: Sequence[Dated], events: Sequence[Occasion], others: Sequence[Dated]) -> Iterator[Finding]:
    """"Nephrectomy in November 2025": operations of a month."""
    for month in alone:
        word = _nearest(reading, month, events, others)
        if word is None or not word.kind.startswith("surgery.") or word.again or (not month.certain and _NOT_YET.search(reading.low, sentence.start, sentence.end)):
            continue
        if word.end <= month.start and _SPOKEN_OF.search(reading.low, word.end, month.start):
            continue
        context = sentence.context(word.start, word.end)
        if context & (Context.FAMILY | Context.NEGATED | Context.UNCERTAIN) or _time(reading, sentence, month, word, context):
            continue
        span = (min(word.start, month.start), max(word.end, month.end))
        yield _event(reading, sentence, month, word.kind, span, value=month.date.isoformat()[:7])


def _likelier(text: str, dated: Dated, written: dt.date | None) -> Dated:
    """Of two readings of a date the one that does not lie ahead of the document."""
    options = [dt.date.fromisoformat(part) for part in either_way(text, dated).split(" or ")]
    behind = [option for option in options if written is None or option <= written]
    return dated._replace(date=max(behind)) if len(options) > 1 and behind else dated


def _named(kind: str, events: Sequence[Occasion], subject: str | None) -> str:
    """A general word takes the one particular operation of its sentence, or of the document."""
    if kind not in ("surgery", "surgery.excision"):
        return kind
    particular = {w.kind for w in events if w.kind.startswith("surgery.") and w.kind != "surgery.excision"}
    if len(particular) == 1:
        return particular.pop()
    if kind == "surgery" and subject and subject.startswith("endoscopy.") and not particular:
        return subject  # "date of procedure" in a report on an endoscopy
    if kind == "surgery" and subject and subject.startswith("biopsy") and not particular:
        return subject  # or on a biopsy
    return subject if subject and subject.startswith("surgery.") and not particular else kind


def _nearest(reading: Reading, dated: Dated, events: Sequence[Occasion], others: Sequence[Dated], *, behind: bool = False) -> Occasion | None:
    text = reading.text
    best: tuple[float, Occasion] | None = None
    for word in events:
        if word.end <= dated.start:
            between, cost = text[word.end : dated.start], 0.0
            if _OVER.search(reading.low, word.end, dated.start) and _ABOUT.search(reading.low[max(0, word.start - 24) : word.start]):
                continue  # "four cycles before surgery, completed 15 October"
            if _SINCE_THEN.search(between.lower()) and _ABOUT.search(reading.low[max(0, word.start - 24) : word.start]):
                continue  # "since the orchidectomy the markers have fallen: AFP 12 on 20 October"
            if between.lstrip()[:1] in (",", "(") and _MARKER.search(reading.low, max(0, word.start - 60), word.start):
                continue  # "markers before operation, 9 January: AFP 3"
            if _OF_ANOTHER_ACT.search(reading.low, word.end, dated.start) or _ITS_MONTH.search(reading.low, word.end, dated.start):
                continue  # "excised in December and more widely on 20 January", "paused before surgery and resumed on 2 September"
        elif word.start >= dated.end:
            between, cost = text[dated.end : word.start], 0.0 if behind else 12.0
            if _ABOUT.search(reading.low[dated.end : word.start]):
                continue  # "PSA 0.1 on 10 February (8.4 before surgery)"
            if word.kind == "specimen.reported" and _BEEN.fullmatch(reading.low, dated.end, word.start) and any(o.end <= dated.start for o in events):
                continue  # "a biopsy on 26 August had been reported as carcinoma"
            if any(0 <= o.start - word.end <= 4 for o in others) or _NEXT_CLAUSE.search(between):
                continue  # "a seizure on 2 January and underwent removal of the tumour on 21 January"
            if re.search(r"\b[Oo]n\s*$|\A", text[max(0, dated.start - 4) : dated.start]) and not re.search(r"[;:]", between):
                cost = 6.0
        else:
            continue
        cost += len(between) + 50 * len(re.findall(r";|(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bProf)\.\s|\s\|\s|,\s(?:and|then)\b", between)) + 8 * between.count(",")
        if any(min(word.start, dated.start) < o.start < max(word.end, dated.end) for o in others if o.start != dated.start):
            cost += 60
        if cost <= 64 and (best is None or cost < best[0]):
            best = cost, word
    return best[1] if best else None


def _time(reading: Reading, sentence: Sentence, dated: Dated, word: Occasion, context: int) -> str:
    """``planned.``, ``past.`` or nothing: when the event lies as seen from the document."""
    lead = reading.low[sentence.start : dated.start]
    if _MEANT.search(lead) or (_PUT_OFF.search(reading.low, sentence.start, sentence.end) and not _DONE.search(lead)):
        return "planned."
    if reading.date is not None:
        if dated.date > reading.date + dt.timedelta(days=366):
            return "past."  # a two-digit year of the last century
        if dated.date > reading.date:
            without_year = not any(c.isdigit() for c in reading.text[dated.start : dated.end][-2:])
            said = reading.low[sentence.start : sentence.end]
            told = _WITH_RESULT.match(reading.low, dated.end) is not None
            sure = told if without_year else dated.certain
            if not sure or _PLAN.search(said) or not (told or _DONE.search(said)) or sentence.section == "plan":
                return "planned."
        elif dated.date < reading.date - LONG_AGO:
            # "Laparoscopy on 20.10. is planned": the year that was supplied is the wrong one
            return "planned." if _NO_YEAR.fullmatch(reading.text, dated.start, dated.end) and _PLAN.search(reading.low, sentence.start, sentence.end) else "past."
    if context & Context.HYPOTHETICAL or (sentence.section == "plan" and _PLAN.search(lead)):
        return "planned."
    if word.again or _MANY.search(reading.low[word.end : dated.start] if word.end <= dated.start else ""):
        return "past."
    return ""


def _event(
    reading: Reading, sentence: Sentence, dated: Dated, question: str, span: tuple[int, int], *, uncertain: bool = False, value: str | None = None
) -> Finding:
    value = value or either_way(reading.text, dated)
    return _finding(reading, sentence, question, value, span, certainty="uncertain" if uncertain else "stated")


def _finding(
    reading: Reading, sentence: Sentence, question: str, value: str, span: tuple[int, int], *, certainty: Certainty
) -> Finding:
    low = max(sentence.start, span[0])
    quote = reading.quote(sentence, (low, max(span[1], low + 1)))
    return Finding(question=f"event.{question}", value=value, date=_day(value), certainty=certainty, evidence=(quote,))


def _day(value: str) -> dt.date:
    return dt.date.fromisoformat(value[:10] if len(value) >= 10 else f"{value}-01")
