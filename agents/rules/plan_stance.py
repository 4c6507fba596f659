"""What a document says of the aim of treatment and of whether the tumour can be removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.plan_aim import aims, removable, speaks
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words
from panel.opinion import Intent

_SKIP = {"indication", "comparison", "technique", "family", "legend", "history", "social", "allergies", "procedure_note"}
_AIM = words(r"\b(?:aims?|intent|intention|goal|purpose|treatment|approach|pathway|plan)\b")
_UNTICKED = re.compile(r"(?:[\[(]\s*[\])]|\u2610)\s*$")
_CHOICE_AFTER = words(r"\s?/\s?(?:palliative|curative|radical|adjuvant|non-?curative)\b")
_CHOICE_BEFORE = words(r"\b(?:palliative|curative|radical|non-?curative)\s?/\s?$")
_TRIED = words(r"\b(?:trials?|stud(?:y|ies)|guidelines?|literature) (?:\w+ ){0,3}(?:compar\w+|of|with|show\w*)\b")
_DONE_AFTER = words(r"[^.;,]{0,40}\b(?:was|were|had been|been) (?:done|performed|given|carried out|undertaken|completed)\b|[^.;,]{0,40}\bin (?:19|20)[01]\d\b")
_WEAK = words(r"disease control|life.prolonging|symptomatic benefit|chance of cure|definitive t|radical t|symptom palliation")
_CARE = words(r"[\s-]*(?:care|team|medicine|nurse|physician|consultant|clinic|support|input|services?|referral)\b")
_NOT = words(r"\b(?:no|not|never|without|cannot|no longer|neither|nor|isn't|hardly)\b[^,;:.]{0,28}$")
_IF = words(r"\b(?:if|whether|unless|should(?! be (?:regarded|considered|classed|called|viewed|treated|labelled|deemed)\b)|were|could|might|may|(?<!I )(?<!we )(?<!We )would(?! regard| call| consider| treat)|potentially|become|becomes?|became|until|(?<!my )(?<!our )assess\w*|to judge|evaluat\w*|discuss\w*|(?<!be )considered|question|perhaps|possibly|had)\b")
_HEDGED = words(r"\b(?:technically|anatomically|in principle|theoretically|looks?|appears?)[\w ,]{0,14}$")
_QUALIFIED = words(r"(?:technically|anatomically|surgically)\b")
_UNFIT = words(r"\b(?:medically (?:inoperable|unfit)|inoperable|unfit|not (?:medically )?fit|too frail|on fitness)\b")
_WAS = words(r"\b(?:was|were|had been|been|previously|initially|originally|at diagnosis|formerly)\b[^,;.]{0,40}$")
_THEN = words(r"\s*then\b\s*[.,;]|[^.;,]{0,20}\b(?:at (?:diagnosis|presentation|first|baseline|the time)|in (?:19|20)\d\d|before (?:chemo|treatment|induction|systemic))")
_DONE = words(r"\b(?:received|underwent|completed|finished|treated|given|had|was|were|in (?:19|20)\d\d)\b")
# "Resectable: no", "| Operable | yes |", "Resectable (Y/N): N", "Resectable? No."
_FIELD = words(r"\b(?P<un>un|ir|in|non-?)?(?:resectab(?:le|ility)|operab(?:le|ility))\s*(?:\(?y(?:es)?/n(?:o)?\)?)?[\s?:|=*.\u2013-]*[?:|=.][\s?:|=*.\u2013-]*(?P<word>yes|no|y|n)(?=\s*(?:[.,;|(]|$|\n))")
_NOW = re.compile(r"\b(?:is|are|plan|recommend\w*|will|now|I|we|understands?|told)\b")
_PLANS = re.compile(r"\b(?:is|plan|recommend\w*|will)\b")
_IS_NOW = re.compile(r"\bnow\b")
_DOUBTED = words(r"[\s,]*(?:if|after|unless|should|only if|once|or not)\b|[^.;]{0,12}\?")
_OF_SPREAD = words(r"[\s-]*(?:liver |lung |hepatic |pulmonary )?(?:metastas|recurren)")
# "one tumour in ten proves unresectable at exploration": a figure for all
_OF_MANY = words(r"\b(?:one|two|three|four|five|\d+)(?: \w+){0,2} (?:in|of|out of) (?:\w+ )?(?:two|three|four|five|ten|twenty|hundred|\d+)\b|\b(?:some|most|many|few|such) (?:\w+ )?(?:tumou?rs|patients|cancers|cases|people)\b|\bper ?cent\b|\d ?%|\b(?:sometimes|occasionally|often|usually|warned)\b")
_OTHER = words(r"\b(?:metastas[ei]s|hernia|liver lesion|lung nodule|polyp|recurrence|node)\b(?:[\s,:(-]{1,3}|[^,;.]{0,20})$")


class Stance(NamedTuple):
    """A stated aim or resectability."""

    action: str
    start: int
    end: int
    intent: Intent = "unstated"


def stances(reading: Reading, sentence: Sentence, *, advises: bool) -> Iterator[Stance]:
    """The stances of a sentence, by position."""
    raw = reading.low[sentence.start : sentence.end]
    entry = _entry(reading, sentence) if any(m.category == "resectability" for m in sentence.mentions) or "esectab" in raw or "perab" in raw else None
    if entry is not None:
        yield entry
        return
    if sentence.section in _SKIP or raw.rstrip(" *\"'").endswith("?") or reading.document.kind == "pathology":
        return
    for mention in sentence.mentions:
        if mention.category == "resectability":
            yield from _resectability(reading, sentence, mention)
    named = any(m.category == "resectability" for m in sentence.mentions)
    if not named and advises and reading.document.kind != "radiology":
        for said in removable(reading.low, sentence.start, sentence.end):
            if not sentence.context(said.start, said.end) & (Context.FAMILY | Context.HISTORICAL):
                yield Stance(said.action, said.start, said.end)
    if not advises:
        return
    for mention in sentence.mentions:
        if mention.category == "intent":
            yield from _intent(reading, sentence, mention)
    # "Intent: radical" may have lost its first word to a heading
    line = reading.text.rfind("\n", 0, sentence.start) + 1
    for said in aims(reading.low, line if sentence.start - line <= 30 else sentence.start, sentence.end):
        start = max(said.start, sentence.start)
        lead = reading.text[sentence.start : start]
        told = sentence.context(start, said.end) & (Context.FAMILY | Context.HISTORICAL)
        if not told and not (_DONE.search(reading.low[sentence.start : start]) and not _NOW.search(lead)):
            yield Stance(said.action, start, said.end, "curative" if said.action == "intent.curative" else "palliative")


def _entry(reading: Reading, sentence: Sentence) -> Stance | None:
    """Yes or no in the field of a form, which may stand in the next cell or behind a question mark."""
    text = reading.low
    line = text.find("\n", sentence.start)
    field = _FIELD.search(text, sentence.start, min(len(text) if line < 0 else line, sentence.end + 16))
    if field is None or sentence.section in _SKIP:
        return None
    yes = field["word"].startswith("y") is not bool(field["un"])
    return Stance(f"resectability.{'resectable' if yes else 'unresectable'}", field.start(), min(field.end("word"), max(sentence.end, field.start() + 1)))


def _intent(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Stance]:
    text = reading.low
    lead, tail = text[sentence.start : mention.start], text[mention.end : sentence.end]
    form = text[mention.start : mention.end]
    if mention.id == "palliative" and _CARE.match(tail):
        return
    if _WEAK.search(form) and not (_AIM.search(lead[-30:]) or _AIM.match(tail.lstrip(" :,"))):
        return
    # An empty box, or the choice that a form prints: "[ ] curative", "Intent (curative/palliative):"
    if _UNTICKED.search(lead) or _CHOICE_AFTER.match(tail) or _CHOICE_BEFORE.search(lead):
        return
    if _IF.search(lead[-40:]) or sentence.context(mention.start, mention.end) & (Context.FAMILY | Context.HISTORICAL):
        return
    if _DONE.search(lead) and not _PLANS.search(reading.text[sentence.start : mention.start]):
        return
    if _TRIED.search(lead) or _DONE_AFTER.match(tail):
        return
    aim: Intent = "curative" if mention.id == "curative" else "palliative"
    if _NOT.search(lead[-40:]):
        if aim == "palliative":
            return
        aim = "palliative"
    yield Stance(f"intent.{aim}", mention.start, mention.end, aim)


def _resectability(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Stance]:
    text = reading.low
    lead, tail = text[sentence.start : mention.start], text[mention.end : sentence.end]
    if _IF.search(lead[-60:]) or (_WAS.search(lead) and not _IS_NOW.search(reading.text[max(sentence.start, mention.start - 24) : mention.start])) or (_HEDGED.search(lead) and not _NOT.search(lead[-40:])) or _OTHER.search(lead):
        return
    if _DOUBTED.match(tail) or _OF_MANY.search(lead):
        return
    if _OF_SPREAD.match(tail):
        return
    if sentence.context(mention.start, mention.end) & (Context.FAMILY | Context.HISTORICAL) or _THEN.match(tail):
        return
    if _QUALIFIED.match(text, mention.start) and _UNFIT.search(text):
        return
    state = mention.id
    if _NOT.search(lead[-30:]) and state != "unresectable":
        state = "unresectable" if state == "resectable" else "resectable"
    elif _NOT.search(lead[-16:]) and state == "unresectable":
        return
    yield Stance(f"resectability.{state}", mention.start, mention.end)



def speaks_of_aim(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence that names no treatment may still state an aim, an order or whether the tumour can be removed."""
    return speaks(reading.low, sentence.start, sentence.end)
