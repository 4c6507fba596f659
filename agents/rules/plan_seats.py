"""Whose plan it is: the seat of a document, and of a passage in minutes that state several seats' positions."""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.rules.lexicon import lower
from agents.rules.reading import Reading
from agents.rules.text import words
from panel.case import Document

_BY_KIND = {"oncology": "oncology", "surgery": "surgery", "radiology": "radiology", "pathology": "pathology"}
_ONCOLOGY = r"(?:clin|med|rad|radiation|medical|clinical)[. ]{1,2}onc\b|(?:(?:medical|clinical|radiation|neuro|gyna?e)[- ])?oncolog(?:ist|y)s?|radiotherap(?:ist|y)|ha?ematolog(?:ist|y)"
_SURGERY = r"(?:[\w-]+ )?surge(?:ons?|ry)|surgical (?:team|clinic|opinion)|urolog(?:ists?|y)|neurosurg(?:eons?|ery)|ENT|gyna?e(?:cology)?"
_RADIOLOGY = r"(?:interventional )?radiolog(?:ists?|y)|IR"
_PATHOLOGY = r"(?:histo)?patholog(?:ists?|y)"
_TITLES = (
    ("oncology", words(rf"\b(?:{_ONCOLOGY}|chemotherapy)\b")),
    ("surgery", words(rf"\b(?:{_SURGERY}|surgical)\b")),
    ("radiology", words(rf"\b(?:{_RADIOLOGY})\b")),
)
# Texts that record what happened; a plan in them must be plainly introduced as one.
_RECORD = words(
    r"\b(?:operati(?:on|ve)|op\.? note|theat(?:re|er) (?:note|record)|procedure|surgery summary|discharge|cystoscop|colonoscop|gastroscop|endoscop|"
    r"endosonograph|bronchoscop|laparoscop|laparotomy|microlaryngoscopy|treatment summary|end[- ]of|registry|echocardiogra|clerking|"
    r"day unit, nursing|under ana?esth|RALP|cystoprostatectomy|debulking|staging summary|work-?up)",
)
# A form may hold either; what it enters under a plan or an aim makes it advice.
_FORM = words(r"(?<!MDT )(?<!MDM )(?<!meeting )proforma\b")
_ENTERS = re.compile(r"^[ \t]*(?:(?:main|first|first[- ]choice|chosen|preferred|proposed|planned|intended|recommended|definitive|principal|initial|agreed) (?:treatment|management|operation|procedure|modality)|treatment (?:plan|proposed|intent)|(?:goal|aim|purpose|object|objective|intent) of (?:the )?treatment|intent|decision|proposal)\s*[:|=]", re.I | re.M)
# A surgeon's text titled by the operation itself tells of it: "Left partial glossectomy and neck dissection".
_OPERATION = words(r"\w(?:ectomy|otomy|ostomy|plasty|pexy)\b|\b(?:resection|excision|dissection|TURBT|Whipple|Hartmann|ablation|node biopsy|reconstruction|exploration|exenteration|operated)\b")
_ADVICE = words(r"\b(?:clinic|letter|consult\w*|opinion|review|visit|follow.?up|plan\w*|propos\w+|refer\w*|request|book\w+|list\w*|advice|assessment|meeting|board|MD[TM]|note|view|discussion|recommendation|counsel\w+|consent|before|for|pre\S*|options?|appointment|outpatient|decision|surgeons?|candida\w+)\b")
# "Surgeons: ...", "Dr Hall (surgery) favours ...", "Medical oncology would start ..."
_LABEL = words(
    rf"\b(?P<role>{_ONCOLOGY}|{_SURGERY}|{_RADIOLOGY}|{_PATHOLOGY})\)?\s*"
    r"(?:(?:view|opinion|advice|position) (?:is|remains)\b|(?:view|opinion|position|stance|plan|advice|input|side|comments?|says?)?\s*(?::|\||\s[\u2013\u2014-]+\s)|(?:favou?rs?|proposes?|recommends?|suggests?|advises?|prefers?|offers?|argues? for|feels?|thinks?|believes?|considers?|supports?|regards?|states?|wants?|plans?|accepts?|concurs?|agrees?|(?:is|are) (?:for|in favou?r of|minded|keen|happy|against|of the view|inclined)|(?:would|'d) (?:rather|sooner)|leans?|votes?|speaks? for|asks? for|presses|sees?)\b|would (?:offer|prefer|give|start|operate|treat)\b)",
)
_NAME = r"(?P<name>(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? [A-Z][\w'-]*)"
_PRESENT = re.compile(rf"\b{_NAME} ?(?:\(|, )(?i:(?P<role>{_ONCOLOGY}|{_SURGERY}|{_RADIOLOGY}|{_PATHOLOGY}))(?=[),;.])")
_SPEAKER = re.compile(rf"(?:^|(?<=\n)|(?<=[.;] )){_NAME} ?:")
_ROLES = tuple(
    (seat, words(pattern))
    for seat, pattern in (("oncology", _ONCOLOGY), ("surgery", _SURGERY), ("radiology", _RADIOLOGY), ("pathology", _PATHOLOGY))
)


class Voice(NamedTuple):
    """A passage in which one seat states its position."""

    start: int
    end: int
    seat: str
    label: int
    """Where the words that name the seat end."""


def seat_of(document: Document) -> str:
    """The seat that a document speaks for; ``registrar`` when it speaks for none."""
    known = _BY_KIND.get(document.kind)
    if known:
        return known
    return next((seat for seat, pattern in _TITLES if pattern.search(lower(document.title))), "registrar")


def is_record(document: Document) -> bool:
    """Whether the text records something done (an operation note, a discharge summary) rather than advises."""
    title = lower(document.title)
    if _FORM.search(title) and not _ENTERS.search(document.text):
        return True
    return bool(_RECORD.search(title)) or (document.kind == "surgery" and bool(_OPERATION.search(title)) and not _ADVICE.search(title))


def voices(reading: Reading) -> list[Voice]:
    """The passages of a note that begin by naming a seat, each up to the next one or the end of its line."""
    if reading.document.kind not in ("note", "other"):
        return []
    text = reading.text
    found = [(match.start(), _seat(match["role"]), match.end("role")) for match in _LABEL.finditer(reading.low)]
    found = sorted({*found, *_by_name(text)})
    spans: list[Voice] = []
    for index, (start, seat, label) in enumerate(found):
        line_end = text.find("\n", start)
        end = len(text) if line_end < 0 else line_end
        if index + 1 < len(found):
            end = min(end, found[index + 1][0])
        spans.append(Voice(start, end, seat, label))
    return spans


def _by_name(text: str) -> list[tuple[int, str, int]]:
    """The lines that begin with a name whose seat the list of those present gives: "Mr S (surgery)", then "Mr S: ..."."""
    seats = {match["name"]: _seat(lower(match["role"])) for match in _PRESENT.finditer(text)}
    return [
        (match.start("name"), seats[match["name"]], match.end("name"))
        for match in (_SPEAKER.finditer(text) if seats else ())
        if match["name"] in seats
    ]


def _seat(role: str) -> str:
    return next(seat for seat, pattern in _ROLES if pattern.fullmatch(role))
