"""Which tests were done, are awaited or were not done: fitness, imaging, laboratory, genes.

The words are data (``status`` in ``lexicons/investigations.yaml``); tests named together ("echo, audiogram and GFR") share
what is said of them, before or behind, in their sentence or in the cells of their row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.results import finding
from agents.rules.since import superseded, waits
from agents.rules.text import words
from panel.opinion import Certainty, Finding

Status = Literal["done", "pending", "not_done"]

_NOT_OURS = Context.FAMILY | Context.HYPOTHETICAL
_FIRM = words(
    r"\b(?:normal|satisfactory|adequate|intact|good|unremarkable|fine|ok|okay|sound|uneventful|clear|wild.?type|age-appropriate|no (?:variant|loss|abnormality|mutation)|preserved|within (?:normal )?(?:limits|range)|(?<!no )(?:showed|shows|revealed|reveals|confirmed|confirms|demonstrat\w+)|all absent|none (?:found|detected|seen)|negative|positive|excluded|passed|(?<!not )(?<!be )(?<!been )(?:done|performed|completed|carried out)|"
    r"no (?:\w+ ){0,2}(?:disease|varices|spread|metasta\w+|lesions?|evidence|abnormal\w*|uptake|effusion|nodes?|protein\w*|deterioration|contraindication)|mrt\d|\d)")
_DAY = words(
    r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?(?![\d%])|\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[ -]?(?:20)?\d\d(?![\d%]))?|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d ?(?:h|hrs|am|pm)\b|\b(?:\d+|two|three|four|six|ten)(?:-\d+)? (?:working )?(?:days?|weeks?|months?)\b|\bweek \d+|\bx\d\b"
)
_PENDING = words(r"\b(?:pending|awaited|awaiting|outstanding|to follow|in progress|in process|sent|requested|ordered|booked|rebooked|arranged|scheduled|to be (?:done|measured|performed|arranged)|will be|TBC|expected|drawn today|taken today|not yet (?:reported|back|available|resulted))\b")
_NOT_DONE = words(r"\b(?:not (?:yet )?(?:done|performed|tested|carried out|undertaken|sent|requested|asked for|ordered|obtained|assessed|measured|checked|available|been)|insufficient|QNS|cancelled|canceled|never (?:done|sent|tested|performed)|failed|no record of|declined|could not be|abandoned|omitted|not on file|unable to)\b")
# "declined at first, then agreed"
_CAME_ROUND = words(r"\b(?:then|later|since|eventually|now|finally|subsequently) (?:agreed|accepted|consented|had it|came round)\b")
_BEFORE_NOT = words(r"\b(?:not had(?: a| an| the| her| his)?|(?:not|never) (?:yet )?(?:been to(?: see)?|seen|attended|visited)(?: an?| the| her| his)?|awaiting|await|pending|needs(?: a| an| the)?|request(?:ed)?|requires?|book(?:ed)?|arrange(?:d)?)\s+(?:\w+ ){0,2}$")
_NONE = words(r"(?<!\w)(?:no|without(?: an?| any)?|lacks?(?: an?| any)?|lacking(?: an?)?|there is no|nor (?:is|was|has) there(?: been)?(?: an?)?|nor(?: an?)?) (?:(?:baseline|formal|recent|current|valid|pre-?treatment|pre-?operative|up-to-date|proper|staging|documented|repeat|previous|prior|such) )*$")
_AGAIN_BEFORE = words(r"\b(?:next|further|another|follow-?up|interval|surveillance|serial|regular|three-monthly|repeat(?= \w* ?$))\s+(?:\w+ )?$")
_AGAIN_AFTER = words(r"\s*(?:(?:to be )?repeat(?:ed)?|again|every|each|three-monthly|monthly|after (?:cycle|course|two|three|four|six))\b(?! (?:requested|needed|sample|not|on better))")
_NO_RESULT = words(r"\s*(?:abnormalit|change|evidence|lesion|disease|response|guided|criteri|correlat|visible|detectable|proven|confirmed|negative|positive|uptake|avid)")
# From a word of waiting to the tests it speaks of: "Outstanding: echo", "we still await her echo", "chasing the DPYD".
# "sent to the reference laboratory for" stands before a test as "sent for" does.
_TO_TEST = words(r"(?:\s(?:away |off |on )?to (?:[\w'-]+ ){1,5}?(?=for\b))?[\s:(\[\u2013-]*(?:(?:for|of|the|an?|any|her|his|their|is|are|still|yet|both|formal|baseline|repeat|new|urgent|results?|reports?|result of|investigations?|tests?|checks?|from|on|today|now|only|following)\b[\s:(\u2013-]*){0,4}")
# "sent for FISH, which was not amplified": sent, and answered.
_ANSWERED = words(r"[\s,:;=\u2013-]*(?:(?:which|that|and|it|this|the|results?|is|was|were|has|have|been|came|come|back|now|since|proved|turned|out|as|to be)\b[\s,:]*){0,6}(?:not |non-?|un)?(?:amplified|positive|negative|mutated|wild[ -]?type|detected|deficient|proficient|intact|retained|normal|rearranged)\b")
_GLUE = words(r"(?:\s*\([^)]{0,30}\))?[\s,/&+;|]*(?:(?:and|or|nor|plus|as well as|with|also|then)\b[\s/]*)?(?:(?:the|an?|a formal|both|formal|baseline|her|his)\s+)?[\s(]*")
_RUNNING = words(r"\b(?:no result (?:is )?(?:yet )?available|status:?\s+(?:in process|in progress|pending|running)|results? (?:(?:is|are) )?(?:still )?(?:pending|awaited|outstanding)|not yet reported)\b")
# "outstanding on Monday, is now back": what was waited for has come.
_BACK = words(r"(?<!not )(?<!not yet )(?<!nobody )(?<!no one )(?<!none )\b(?:(?:is|are|has|have|came|come) (?:now |since |meanwhile )*(?:come )?(?:back|in(?! (?:progress|process|hand|doubt))|here|returned|arrived|available|complete[d]?|done|reported|known|through)|(?:now|since|then|meanwhile) (?:back|in|available|complete[d]?|done|reported|returned|known|normal|shows?|satisfactory)|came (?:back|through)|(?<!not )(?:normal|clear|negative|satisfactory) (?:on|at|from) (?=\d)|(?:done|completed|reported|back|returned)(?: on| in)? (?=\d))\b")
_ATTACHED = words(r"no (?:baseline|formal|recent|current|previous|prior)$")
_SPLIT = words(r";|\.\s|\b(?:but|however|whereas|although|while|otherwise)\b")
_REACH = 100


class _Group(NamedTuple):
    """Tests named together."""

    start: int
    end: int
    low: int
    """Where the words before them begin to be theirs."""
    high: int
    """Where the words behind them end to be theirs."""
    states: Sequence[Mention]
    """The words of their state in the sentence, or row."""


def test_findings(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Finding]:
    """The finding on one test that a sentence names."""
    context = sentence.context(mention.start, mention.end)
    if context & _NOT_OURS or sentence.section == "technique":
        return
    status, certainty = _status(reading, sentence, mention)
    if reading.low.startswith("mrt", mention.start):
        status, certainty = "done", "stated"  # a stage by MRI
    if certainty == "uncertain" and _running(reading):
        status = "pending"
    if status == "not_done" and certainty == "stated" and superseded(reading, sentence):
        certainty = "uncertain"
    yield finding(reading, sentence, f"test.{mention.id}", status, mention, certainty=certainty)


def row_end(reading: Reading, sentence: Sentence) -> int:
    """Where the row of a table ends that a sentence is a cell of; its own end where it is none."""
    if reading.text[sentence.end - 1] != "|":
        return sentence.end
    line = reading.text.find("\n", sentence.end)
    return len(reading.text) if line < 0 else line


def _grouped(reading: Reading, sentence: Sentence, mention: Mention) -> _Group:
    """The tests that stand with this one, and the words that may be theirs."""
    named = [m for m in sentence.mentions if m.category == "investigation"]
    start, end = mention.start, mention.end
    low, high = sentence.start, sentence.end
    for other in named:
        if other.start >= end:
            if other.start - end <= 40 and _GLUE.fullmatch(reading.low, end, other.start):
                end = other.end
            else:
                high = other.start
                break
        end = max(end, other.end) if other.start <= end <= other.end else end
    for other in reversed(named):
        if other.end <= start:
            if start - other.end <= 40 and _GLUE.fullmatch(reading.low, other.end, start):
                start = other.start
            else:
                low = other.end
                break
    states = [m for m in sentence.mentions if m.category == "test_status"]
    beyond = min(row_end(reading, sentence), end + 2 * _REACH)
    if high == sentence.end < beyond:  # the cells behind it
        high = beyond
        for index in range(reading.index_at(sentence.end), len(reading.sentences)):
            cell = reading.sentences[index]
            if cell.start >= high:
                break
            states.extend(m for m in cell.mentions if m.category == "test_status")
    return _Group(start, end, low, high, states)


def _status(reading: Reading, sentence: Sentence, mention: Mention) -> tuple[Status, Certainty]:
    """What the words around a test say of it; a test just named counts as done, but uncertainly."""
    text = reading.low
    group = _grouped(reading, sentence, mention)
    tail = text[group.end : min(group.high, group.end + _REACH)]
    if "(" in text[max(sentence.start, group.start - 30) : group.start].rpartition(")")[2]:
        tail = tail.partition(")")[0]  # "capecitabine (DPYD ok) begins next week"
    lead = text[max(group.low, group.start - 40) : group.start]
    near = lead[max(lead.rfind(c) for c in ",;:") + 1 :]
    if _AGAIN_BEFORE.search(near) or _AGAIN_AFTER.match(tail):
        return "done", "uncertain"  # nothing waits for a repeat
    if _CAME_ROUND.search(text, sentence.start, sentence.end):
        return "done", "uncertain"
    told = _told_before(text, group)
    if told == "pending" and _ANSWERED.match(tail):
        return "done", "stated"
    if told is not None:
        return told, waits(reading, sentence, group.start, group.end) if told == "pending" else "stated"
    if _NONE.search(near) and text.endswith("uria", group.start, group.end):
        return "done", "stated"  # "no proteinuria" is what the test showed
    if _NONE.search(near) and not _NO_RESULT.match(text, group.end):
        return "not_done", "stated"
    bare = _DAY.sub(lambda m: " " * len(m.group()), tail)
    if _NOT_DONE.search(tail):
        return "not_done", "stated"
    said = next((m for m in group.states if m.id != "done" and group.end <= m.start < group.end + len(tail) and not _SPLIT.search(text, group.end, m.start) and not _ATTACHED.match(text, m.start, m.end)), None)
    firm = _FIRM.search(bare.split(":")[-1][:40])
    if said and not (firm and group.end + bare.rindex(firm.group()) < said.start):
        if said.id == "not_done":
            return "not_done", "stated"
        came = _BACK.search(text, said.end, group.high)
        return ("done", "stated") if came else ("pending", waits(reading, sentence, said.start, said.end))
    waiting = _PENDING.search(tail)
    if waiting and _BACK.search(text, group.end + waiting.end(), group.high):
        return "done", "stated"
    if waiting and not (firm and firm.start() < waiting.start()):
        at = group.end + waiting.start()
        return "pending", waits(reading, sentence, at, at + len(waiting.group()))
    if _BEFORE_NOT.search(near):
        return "pending", "stated"
    if sentence.section == "plan" and not firm:
        return "pending", "uncertain"
    return "done", "stated" if firm else "uncertain"


def _told_before(text: str, group: _Group) -> Status | None:
    """The state that a word right before the tests gives them."""
    for state in reversed(group.states):
        if state.id != "done" and group.low <= state.start and state.end <= group.start and _TO_TEST.fullmatch(text, state.end, group.start):
            return "not_done" if state.id == "not_done" else "pending"
    return None


def _running(reading: Reading) -> re.Match[str] | None:
    """Where a molecular laboratory says that its test still runs."""
    if reading.document.kind != "genomics":
        return None
    for runs in _RUNNING.finditer(reading.low):
        # "ROS1 and MET results awaited" speaks of those alone.
        where = next((s for s in reading.sentences if s.start <= runs.start() < s.end), None)
        if where is None or not any(m.category.startswith("rule.") and m.end <= runs.start() for m in where.mentions):
            return runs
    return None


def titled_test(reading: Reading) -> Iterator[Finding]:
    """A report is the test it is titled after ("MRI pelvis" was done), unless it says that the test still runs."""
    document = reading.document
    if document.kind not in ("radiology", "other", "pathology", "genomics", "note") or not reading.sentences:
        return
    where = reading.sentences[0]
    if any(m.category == "test_status" and m.id != "done" for m in reading.title):
        return
    tests = [m.id for m in reading.title if m.category == "investigation"]
    status: Status = "done"
    runs = _running(reading)
    if runs:
        status = "pending"
        where = next((s for s in reading.sentences if s.start <= runs.start() < s.end), where)
        tests = [t for t in tests if t != "molecular_unspecified"] or ["molecular_panel"]
    for name in tests:
        at = Mention(where.start, where.end, "investigation", name)
        yield finding(reading, where, f"test.{name}", status, at, certainty="inferred")
