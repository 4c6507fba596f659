"""The clauses of a sentence, each with the words in it that make a plan of what they govern, or deny it.

The cue words are data (``lexicons/treatments.yaml``); the forms of grammar that no list can hold are here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words

_CLAUSE = words(r";|,?\s+\b(?:but|however|although|though|whereas|yet|nevertheless)\b|\s-\s(?=[a-z]+ (?:is|was|would|will)\b)")
# "chemotherapy, if any, comes later" makes no condition of the order
# "for second line irinotecan from Monday" is what comes now
_LINE_NOW = words(r"\b(?:for|now|as|start\w*|begin\w*|commenc\w*|giv\w+|needs?|her|his|our|my|the|goes? on to|mov\w+ to|switch\w* to) (?:a )?$")
_LINES = words(r"\b(?:first|1st|third|3rd|later|subsequent)[ -]line\b")
_IF_ANY = words(r"if any(?:thing)?\s*[,;.)]")
_DOING = (
    r"giv(?:e|en|ing)|treat(?:ed|ing)?|start(?:ed|ing)?|begin(?:ning)?|commenc\w+|tak(?:e|en)|receiv(?:e|ing)|have|go(?: on| ahead)?|going|get|proceed\w*|"
    r"underg\w+|irradiat\w+|operate|remov(?:e|ed)|resect(?:ed)?|plan(?:ning|ned)?|offer(?:ed|ing)?|propos\w+|need|require|prescrib\w+|arrang\w+|add"
)
_WISH = (
    r"give|do|start|use|treat(?: \w+)? with|treat|choose|go for|begin with|operate|that choice|on|with|resect|remove|plump for|opt for|push for|steer towards|irradiate"
)
_FUTURE = words(
    rf"\b(?:(?:will|shall|'ll|should|is to|are to|going to|am|we are|is being|are being|must|ought to) (?:now |then |first |also |be |therefore |instead |next |in due course )*(?:{_DOING})|"
    rf"(?:I|we) (?:would|'d|should|can|plan|support|intend|chose|opt for|share|agree|fully support|now|shall|will|have decided to|feel|think|believe)(?: also| rather| sooner| therefore| strongly| still| instead| that)*(?: {_WISH})?|"
    r"would (?:rather )?(?:treat|give|operate|start|resect|use)|(?<!could )(?<!can )(?<!may )(?<!might )(?<!cannot )(?<!not )(?<!never )be (?:treated|managed) (?:with|by)|(?:I|we)(?:'d| would) like (?!to (?:thank|discuss|see|hear|know|ask))|"
    r"(?:I|we)'d (?:do|give|start|offer|use|treat|operate)|(?:chooses|has chosen|opts for|opted for|wishes to have|has decided on|in favou?r of(?= (?:surgery|resection|active)))|"
    r"needs?(?: to have| to start)?(?= (?:an? |the |urgent |early |radical |\w+ectomy|surgery|chemo|radio|systemic))|requires?(?= (?:an? |surgery|chemo|radio|\w+ectomy))|"
    r"(?:my|our|the) (?:advice|plan|proposal|preference|recommendation|suggestion|choice|view|aim|intention|strategy|strong preference)(?: here| now| remains| therefore)*(?: is| would be| remains|:)|"
    r"(?:activated|registered|entered) (?:him|her|them) (?:on|for)|prescri(?:bed|ption for|ption of)|script for|(?:grateful|thankful|obliged|kind|appreciate it) if you (?:would|could) (?:kindly )?(?:prescribe|start|arrange|issue|give)|(?:consent|order|chemo\w*|treatment|request) form (?:\w+ ){0,2}for|(?:his|her|the) first (?:box|packet|dose|injection|tablet|infusion|cycle|prescription) of|(?:first|1st) (?:cycle|dose|infusion|injection|tablet) of(?=[^.;]{0,60}\b(?:on (?:Mon|Tue|Wed|Thu|Fri)|tomorrow|next|today|due)\b)|on the (?:waiting |theatre |operating |surgical )?list for|waiting list for|date (?:given |offered |set |fixed |agreed |arranged |booked |confirmed |is |has been given )*for|consent(?:ed)? (?:signed |taken |given |obtained )?(?:for|to)|"
    r"asks? (?:RT|radiotherapy|oncology) for|go on with|continu(?:e|es|ing) with|begin with|agree[sd]? (?:with|to|on|that)|happy with|happy to (?:wait|give|operate|offer)|straight to|"
    r"right (?:primary )?treatment(?: is)?|treatment of choice(?: is)?|best (?:treated|managed|served) (?:with|by)|best (?:option|treatment|course)(?: here)?(?: is|:)|aim (?:for|to) (?:cure|control) with|"
    r"(?:start|commenc)ed (?:on )?(?=[^.;]*\b(?:today|yesterday|this (?:week|morning)))|due to (?:start|begin|have)|now for|slot for|(?:goes|comes|passes|returns|moves|is going|will go|will come|handed|sent|hand \w+|pass \w+|send \w+) (?:on |back |over |then |straight )*to (?:you|us|me|him|her|(?:the |our |medical |clinical )*oncolog\w+|(?:the |our )?surgeons?|mrs? \w+|dr \w+)(?: then| afterwards)? for|(?:pencilled|booked|put|slotted|listed|signed|scheduled|entered|marked) (?:him|her|them|this (?:man|lady|woman|patient)) (?:(?:in|down|up) )?for|theatre (?:date|slot) for)\b",
)


class Cue(NamedTuple):
    """A governing word in a clause."""

    start: int
    end: int
    kind: str


class Clause(NamedTuple):
    """A stretch of a sentence with its cues."""

    start: int
    end: int
    cues: tuple[Cue, ...]


def clauses(reading: Reading, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence, each with the cues in it, by position."""
    text = reading.low
    edges = [sentence.start, *(m.end() for m in _CLAUSE.finditer(text, sentence.start, sentence.end)), sentence.end]
    held = [Cue(m.start, m.end, m.id) for m in sentence.mentions if m.category == "not_plan" and not _IF_ANY.match(text, m.start) and not _line_now(text, sentence, m)]
    plans = [Cue(m.start, m.end, "plan") for m in sentence.mentions if m.category == "plan_cue"]
    plans += [Cue(m.start(), m.end(), "plan") for m in _FUTURE.finditer(text, sentence.start, sentence.end)]
    kept = [p for p in plans if not any(h.start <= p.start and p.end <= h.end for h in held)]
    held = [h for h in held if not any(p.start <= h.start and h.end <= p.end and (p.start, p.end) != (h.start, h.end) for p in kept)]
    cues = sorted({*kept, *held})
    return [
        Clause(a, b, tuple(c for c in cues if a <= c.start < b))
        for a, b in pairwise(edges)
        if b > a
    ]


def _line_now(text: str, sentence: Sentence, cue: Mention) -> bool:
    """Whether "second line" names the treatment that starts now rather than one for later."""
    if not text.startswith(("second line", "second-line"), cue.start):
        return False
    lead = _LINE_NOW.search(text, sentence.start, cue.start)
    return lead is not None and _LINES.search(text, sentence.start, sentence.end) is None
