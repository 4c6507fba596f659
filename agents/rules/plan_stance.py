"""What a document says of the aim of treatment and of whether the tumour can be removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.plan_aim import Saying, aims, entered_aim, speaks
from agents.rules.plan_asides import by_the_way, once_planned, quoted, thanked
from agents.rules.plan_boxes import ticked
from agents.rules.plan_denial import denied
from agents.rules.plan_removal import removable, spoken_elsewhere, unwell
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words
from panel.opinion import Intent

_SKIP = {"indication", "comparison", "technique", "family", "legend", "history", "social", "allergies", "procedure_note"}
_AIM = words(r"\b(?:aims?|intent|intention|goal|purpose|treatment|approach|pathway|plan)\b")
_UNTICKED = re.compile(r"(?:[\[(]\s*[\])]|\u2610)\s*$")
_CHOICE_AFTER = words(r"\s?/\s?(?:palliative|curative|radical|adjuvant|non-?curative)\b")
_CHOICE_BEFORE = words(r"\b(?:palliative|curative|radical|non-?curative)\s?/\s?$")
_TRIED = words(r"\b(?:trials?|stud(?:y|ies)|guidelines?|literature) (?:\w+ ){0,3}(?:compar\w+|of|with|show\w*)\b")
_DONE_AFTER = words(r"[^.;,]{0,40}\b(?:was|were|had been|been) (?:done|performed|given|carried out|undertaken|completed|discussed|considered|mentioned|raised|weighed|declined)\b|[^.;,]{0,40}\bin (?:19|20)[01]\d\b")
_WEAK = words(r"disease control|life.prolonging|symptomatic benefit|chance of cure|definitive t|radical t|symptom palliation")
_CARE = words(r"[\s-]*(?:(?:nerve )?blocks?|sedation|care|team|medicine|nurse|physician|consultant|clinic|support|input|services?|referral)\b")
_OF_REMOVAL = ("resect", "operab", "surg", "excis", "debulk", "cytoreduc", "removable", "removal", " it out")
_NOT_NOW = Context.FAMILY | Context.HISTORICAL | Context.OLD
# "curative treatment is not possible"
_NOT_AFTER = words(r"[^.;,:]{0,24}\b(?:is|are|was|seems?|looks?|remains?)(?: not|n't| no longer| out of| beyond| impossible| unrealistic| unlikely| off the| ruled out)\b")
_IF = words(r"\b(?:if|whether|unless|should(?! be (?:\w+ly )?$)(?! be (?:regarded|considered|classed|called|viewed|treated|labelled|deemed)\b)|were|could|might|may|(?<!I )(?<!we )(?<!We )would(?! regard| call| consider| treat)|potentially(?! cur\w+ and )|hop(?:e|es|ing)|to (?:make|render|convert)|(?<!has )(?<!have )(?<!now )(?<!also )become|becomes|until|(?:(?<!my )(?<!our )assess\w*|to judge|evaluat\w*|discuss\w*)(?!.*(?:,| and) (?:the|this|that|it|his|her)\b[^;,]* (?:is|are|remains)\b)|(?<!be )(?<!is )(?<!are )considered(?! (?:\w+ly )?$)|question|perhaps|possibly|had)\b")
_CONDITION = words(r"\b(?:if|whether|unless|until|once|should)\b")
_HEDGED = words(r"\b(?:technically|anatomically|in principle|theoretically|looks?|appears?)[\w ,]{0,14}$")
_TO_ME = words(r"\W{0,2}(?:to me|to us|to my (?:mind|eyes?)|in my (?:view|eyes|opinion|judge?ment|hands))\b")
_GRANTED = words(r"\b(?:but|however|though|although|while|yet|even if|only|not|if|whether|albeit|on paper)\b")
_QUALIFIED = words(r"(?:technically|anatomically|surgically)\b")
_UNFIT = words(r"\b(?:medically (?:inoperable|unfit)|inoperable|unfit|not (?:medically )?fit|too frail|on fitness)\b")
_WAS = words(r"\b(?:(?:was|were|(?<!has )(?<!have )been)(?! (?:\w+ )?(?:deemed|judged|considered|felt|thought|classed|declared|called|reported|regarded|held|classified|found) )|(?:was|were|been) (?:then|initially|originally|previously|first)|had been|previously|initially|originally|at diagnosis|formerly|at presentation)\b[^,;.]{0,40}$")
_THEN = words(r"\s*then\b\s*[.,;]|[^.;,]{0,20}\b(?:last year|in the past|at first|years? ago|months ago)\b|[^.;,]{0,20}\b(?:at (?:diagnosis|presentation|first|baseline|the time)|in (?:19|20)\d\d|before (?:chemo|treatment|induction|systemic))")
_FIRST_SEEN = words(r"\bwhen (?:s?he|they|i|we|mrs?\.? \w+) (?:was |were )?(?:first|initially|originally)\b|\bhad been told\b|\b(?:first|other|previous|local|district) hospital\b|\b(?:at first|to begin with|back then|at that time|in those days|at the time of (?:the |his |her )?(?:first|initial|previous|earlier|referral|diagnosis|presentation)|had (?:first |initially )?(?:thought|hoped|assumed|believed|expected|feared)|feared)\b")
# "given as radical treatment", "treated with the aim of cure": the manner of a plan, unless something says that it was.
_DONE = words(r"\b(?:received|underwent|completed|finished|(?:treated|given)(?! (?:as|with (?:the |an? )?(?:aim|intent\w*|hope|goal|view)|for|to)\b)|had|was|were|in (?:19|20)\d\d)\b")
# "Resectable: no", "| Operable | yes |", "Resectable (Y/N): N", "Resectable? No."
_FIELD = words(
    r"\b(?:(?P<un>un|ir|in|non-?)?(?:resectab(?:le|ility)|operab(?:le|ility)|removab(?:le|ility))(?: status)?|op(?:eration|erative treatment)?\.?(?: possible| feasible)|op(?=\?))\s*(?:\(?y(?:es)?/n(?:o)?\)?)?"
    r"(?:[\s?:|=*.\u2013-]*[?:|=.\u2013-][\s?:|=*.\u2013-]*(?P<word>yes|no|y|n|good|none|nil|poor|given|possible|impossible|not possible|not given)(?=\s*(?:[.,;|(\u2013-]|$|\n))|\s?(?P<sign>[+-](?:ve)?)(?=\s*(?:[.,;|]|$|\n)))"
)
_LABEL = words(r"\b(?P<un>un|ir|in|non-?)?(?:resectab(?:le|ility)|operab(?:le|ility)|removab(?:le|ility))\s*[:?|]")
# What is removable, or not, beside the tumour.
_OF_DENTIST = words(r"\b(?:dentures?|plates?|bridge|splints?|braces?|stents?|drains?|casts?|prosthes[ie]s|obturator|piercings?|lenses|filter)\b")
_YES_NO = words(r"\b(?:yes|no)\b")
_YES = ("y", "good", "given", "possible", "+")
# "carboplatin, given palliatively"
_OFFERED = words(r"(?<!was )(?<!were )(?<!been )(?<!had )\b(?:given|treated) $")
_NOW = re.compile(r"\b(?:is|are|plan|recommend\w*|will|now|I|we|understands?|told)\b")
_PLANS = re.compile(r"\b(?:is|plan|recommend\w*|will)\b")
_IS_NOW = re.compile(r"\b(?:now|has become|have become)\b")
_DOUBTED = words(r"[ -](?:looking|appearing|seeming)\b|[\s,]*(?:if|after|unless|should|only if|once|or not)\b|[^.;]{0,12}\?")
_OF_SPREAD = words(r"[\s-]*(?:liver |lung |hepatic |pulmonary )?(?:metastas)")
# "in unresectable disease, survival is short"
_IN_ALL = words(r"(?:^\W*|[,;] )(?:in|for) $")
_GENERAL = words(r"\s*(?:stage|disease|tumou?rs|cancers?|cases|setting|patients)\b")
# "one tumour in ten proves unresectable at exploration": a figure for all
_OF_MANY = words(r"\b(?:one|two|three|four|five|\d+)(?: \w+){0,2} (?:in|of|out of) (?:\w+ )?(?:two|three|four|five|ten|twenty|hundred|\d+)\b|\b(?:some|most|many|few|such) (?:\w+ )?(?:tumou?rs|patients|cancers|cases|people)\b|\bper ?cent\b|\d ?%|\b(?:sometimes|occasionally|often|usually|warned)\b")
_OTHER = words(r"\b(?:metastas[ei]s|hernia|liver lesion|lung nodule|polyp|node)\b(?:[\s,:(-]{1,3}|[^,;.]{0,20})$")


class Stance(NamedTuple):
    """A stated aim or resectability."""

    action: str
    start: int
    end: int
    intent: Intent = "unstated"


def stances(reading: Reading, sentence: Sentence, *, advises: bool) -> Iterator[Stance]:
    """The stances of a sentence, by position."""
    raw = reading.low[sentence.start : sentence.end]
    named = [m for m in sentence.mentions if m.category == "resectability"]
    entry = _entry(reading, sentence) if named or "esectab" in raw or "perab" in raw or raw.startswith("op") else None
    if entry is not None:
        yield entry
        return
    if sentence.section in _SKIP or reading.document.kind == "pathology":
        return
    told = advises or reading.document.kind in ("note", "other")
    entered = _entered_aim(reading, sentence) if told else None
    if entered is not None and entered.action:
        yield _aim(entered.action, max(entered.start, sentence.start), max(sentence.start + 1, min(entered.end, sentence.end)))
    if raw.rstrip(" *\"'").endswith("?") or thanked(reading.low, sentence.start, sentence.end) or once_planned(raw):
        return
    if reading.document.kind in ("oncology", "surgery") and quoted(reading.text, sentence.end - 1):
        return
    for mention in named:
        yield from _resectability(reading, sentence, mention)
    if not named and (told or reading.document.kind == "radiology"):
        said = removable(reading.low, sentence.start, sentence.end, plainly=reading.document.kind == "radiology")
        if said and not sentence.context(said.start, said.end) & _NOT_NOW and not by_the_way(reading.low, sentence.start, said.start, sentence.end):
            yield Stance(f"resectability.{said.state}", said.start, said.end)
    if told and entered is None:
        yield from _aims(reading, sentence)


def _ticked_yes(text: str, sentence: Sentence) -> Stance | None:
    """The box that is ticked behind "resectable": yes or no."""
    label = _LABEL.search(text, sentence.start, sentence.end)
    if label is None:
        return None
    for word in _YES_NO.finditer(text, label.end(), sentence.end):
        if ticked(text, label.end(), sentence.end, *word.span()):
            yes = word.group()[0] == "y"
            return Stance(f"resectability.{'resectable' if yes is not bool(label['un']) else 'unresectable'}", label.start(), word.end())
    return None


def _entered_aim(reading: Reading, sentence: Sentence) -> Saying | None:
    if sentence.base & _NOT_NOW:
        return None
    stop = reading.text.find("\n", sentence.start)
    return entered_aim(reading.text, reading.low, _line(reading, sentence), sentence.start, min(len(reading.text) if stop < 0 else stop, sentence.end + 8))


def _line(reading: Reading, sentence: Sentence) -> int:
    """Where the sentence begins, or its line: "Intent: radical" may have lost its first word to a heading."""
    line = reading.text.rfind("\n", 0, sentence.start) + 1
    return line if sentence.start - line <= 30 else sentence.start


def _aims(reading: Reading, sentence: Sentence) -> Iterator[Stance]:
    for mention in sentence.mentions:
        if mention.category == "intent":
            yield from _intent(reading, sentence, mention)
    for said in aims(reading.low, _line(reading, sentence), sentence.end):
        at = max(said.start, sentence.start)
        lead = reading.text[sentence.start : at]
        told = sentence.context(at, said.end) & _NOT_NOW
        done = _DONE.search(reading.low, sentence.start, said.end)
        if not told and (done is None or done.start() >= at or _NOW.search(lead)):
            yield _aim(said.action, at, said.end)


def _aim(action: str, start: int, end: int) -> Stance:
    return Stance(action, start, end, "curative" if action == "intent.curative" else "palliative")


def _entry(reading: Reading, sentence: Sentence) -> Stance | None:
    """Yes or no in the field of a form, which may stand in the next cell or behind a question mark."""
    text = reading.low
    line = text.find("\n", sentence.start)
    field = _FIELD.search(text, sentence.start, min(len(text) if line < 0 else line, sentence.end + 16))
    if field and _OF_DENTIST.search(text, sentence.start - len("removable dentures") if sentence.start > 18 else 0, field.end() + 12):
        return None
    if field is None or sentence.section in _SKIP:
        return _ticked_yes(text, sentence) if sentence.section not in _SKIP else None
    said = field["word"] or field["sign"]
    yes = said.startswith(_YES) is not bool(field["un"])
    return Stance(f"resectability.{'resectable' if yes else 'unresectable'}", field.start(), min(field.end(), max(sentence.end, field.start() + 1)))


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
    if _IF.search(lead[-40:]) or sentence.context(mention.start, mention.end) & _NOT_NOW:
        return
    if _DONE.search(_OFFERED.sub("", lead)) and not _PLANS.search(reading.text[sentence.start : mention.start]):
        return
    if _TRIED.search(lead) or _DONE_AFTER.match(tail) or by_the_way(text, sentence.start, mention.start, sentence.end):
        return
    aim: Intent = "curative" if mention.id == "curative" else "palliative"
    if denied(text, sentence.start, mention.start) or (aim == "curative" and _NOT_AFTER.match(tail)):
        if aim == "palliative":
            return
        aim = "palliative"
    yield Stance(f"intent.{aim}", mention.start, mention.end, aim)


def _resectability(reading: Reading, sentence: Sentence, mention: Mention) -> Iterator[Stance]:
    text = reading.low
    lead, tail = text[sentence.start : mention.start], text[mention.end : sentence.end]
    box = ticked(text, sentence.start, sentence.end, mention.start, mention.end)
    if box is not None:
        if box:
            yield Stance(f"resectability.{mention.id}", mention.start, mention.end)
        return
    if "removab" in text[mention.start : mention.end] and _OF_DENTIST.search(text, sentence.start, sentence.end):
        return
    turned = denied(text, sentence.start, mention.start)
    lead = lead[lead.rfind(" but ") + 1 :]  # "borderline at first glance, but I would call it resectable"
    if not _CONDITION.search(lead):  # "I do not see how a plane could be found, and it is not resectable"
        lead = lead[max(lead.rfind(", and "), lead.rfind(": ")) + 1 :]
    if _IF.search(lead[-60:]) or (_WAS.search(lead) and not _IS_NOW.search(lead[-24:])) or (not turned and _hedged(lead, tail)) or _OTHER.search(lead):
        return
    if (_DOUBTED.match(tail) and not _IS_NOW.search(lead[-24:])) or _OF_MANY.search(lead) or (_IN_ALL.search(lead) and _GENERAL.match(tail)) or _OF_SPREAD.match(tail) or spoken_elsewhere(text, sentence.start, sentence.end, mention.start):
        return
    if sentence.context(mention.start, mention.end) & _NOT_NOW or _THEN.match(tail):
        return
    if _FIRST_SEEN.search(lead) or by_the_way(text, sentence.start, mention.start, sentence.end):
        return
    if _QUALIFIED.match(text, mention.start) and _UNFIT.search(text):
        return
    state = mention.id
    if turned:
        state = "resectable" if state == "unresectable" else "unresectable"
    if state == "unresectable" and unwell(text, sentence.start, sentence.end):
        return
    yield Stance(f"resectability.{state}", mention.start, mention.end)


def _hedged(lead: str, tail: str) -> bool:
    """Whether "technically resectable" is granted rather than held: with a but, or as it looks."""
    found = _HEDGED.search(lead)
    if _TO_ME.match(tail):
        return False
    return found is not None and (not found.group().startswith(("technically", "anatomically")) or bool(_GRANTED.search(tail) or _GRANTED.search(lead)))


def speaks_of_aim(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence that names no treatment may still state an aim, an order or whether the tumour can be removed."""
    if reading.document.kind == "radiology":  # a scan states no aim
        return any(reading.low.find(stem, sentence.start, sentence.end) >= 0 for stem in _OF_REMOVAL)
    return speaks(reading.low, sentence.start, sentence.end)
