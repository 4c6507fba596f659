"""Whether the tumour can be removed, said in so many words rather than with their names.

"I can get this out", "nothing precludes an R0 resection", "no way of clearing it": the forms are grammar around a few
words, so they are patterns; the names themselves ("unresectable") are data. A frame says yes or no, and what denies it
turns it over.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.rules.plan_denial import denied
from agents.rules.text import words

_CUT_WORD = words(r"resect|remov|operat|operab|surg|tak(?:en?|ing)|shell|lift|peel|no-go|com(?:e|es|ing) (?:out|away|off)|\bgot (?:\w+ )?out|\bfree (?:it|this|the)|\bget|clear|R0|round|knife|\bcut\b|excis|extirp|debulk|cytoreduc|exenterat")
_W = r"[^.;:]"
_TUMOUR = r"(?:what (?:I|we) (?:see|saw|have seen)\b[^.;:,]{0,20}|tumou?r|it|this|that|disease|lesion|cancer|mass|primary|growth|everything|all of it)"
_DO = r"(?:resect\w*|remov\w+|taken? out|got (?:\w+ )?out|cleared?\b|clearing\b|excis\w+|cut out|get (?:the whole (?:of )?|all of )?(?:it|this|all|everything|(?:the|this|that|his|her)(?: [\w-]+){1,3}?) (?:\w+ )?(?:out|clear)|tak(?:e|ing) (?:it|this|everything|(?:the|this|that|his|her) (?:\w+ )?\w+) out|tak(?:e|ing) (?:it|this) away|free (?:it|this|the (?:tumou?r|mass|growth)) from|com(?:e|es|ing) (?:out|away|off)\b|(?:lift|peel)(?:ed)? (?:off|out|away)\b|(?:achieve|get|obtain|expect) (?:an? )?(?:R0|clear (?:margins?|resection)))"
_ABLE = r"(?:feasible|possible|achievable|realistic|straightforward|attainable|doable|practicable|reasonable to expect|within reach|perfectly safe)"
_KIND = r"(?:(?:macroscopic|surgical|operative|complete|optimal|maximal|primary|en[ -]bloc|radical|r0|curative|oncologic(?:al)?|safe|formal|local|full|total|gross[ -]total|tumou?r|anterior|pelvic|any|an?|the|immediate|upfront|clear|attempted) )*"
_WORK = rf"\b{_KIND}(?:R0(?: resection)?|resections?|removal|excision|extirpation|surgery|operation|operative (?:treatment|management)|surgical salvage|debulking|cytoreduction|exenteration|(?:tumou?r |surgical )clearance|clearance|(?:clear|negative|clean|free|tumou?r-free) (?:surgical |resection )?margins?)\b"
_IS = r"(?:(?:\b(?:is|are|be|remains?|(?:was|were|has been) (?:felt|thought|considered|judged|deemed|believed)|can|could|cannot|seems?|looks?|appears?|would|will|going to|should|to|as|being|proves?|has been|have been|considered|judged|deemed|thought|felt|technically|surgically|anatomically|entirely|quite|perfectly|certainly|simply|very|well|still|now|therefore|clearly|probably|not|no longer|hardly|never|unlikely)\b|n't\b|[\s,=:-])+)"
_CAN = r"(?:on the cards|on the table|feasible|possible|achievable|be (?:achieved|obtained|attained|accomplished|performed|done)|realistic|straightforward|attainable|doable|practicable|reasonable|expected|likely|to be (?:hoped for|expected|thought of|achieved)|anticipated|in reach|(?:perfectly )?safe|tenable|viable|within (?:(?:our|my|easy|surgical) )?(?:reach|grasp|gift))\b(?! (?:that|risk|complic|morbid|mortal))"
_CANNOT = r"(?:impossible|infeasible|unfeasible|unattainable|unachievable|un ?realistic|unsafe|futile|(?:ruled|crossed) out|out of the question|off the (?:table|cards)|precluded|prevented|excluded|not on offer|contra-?indicated|hopeless|prohibited|barred|inconceivable|unthinkable)\b"
_FIT = r"\b(?:amenable to|suitable for|accessible (?:to|for)|lends? (?:itself|themselves) (?:well )?to|within (?:the )?(?:reach|limits|scope|bounds|range) of|(?:meets?|fulfils?|fulfills?|satisf(?:y|ies)|meeting|fits?) (?:the |all )?criteria (?:for|of)|qualif(?:y|ies) for|(?:a )?(?:good |reasonable )?candidate for|eligible for|in favou?r of the feasibility of)"
_UNFIT = r"\b(?:unsuitable for|inaccessible (?:to|for)|(?:beyond|outside|past)(?: the)?(?: (?:reach|limits?|scope|realms?|bounds|range|remit|powers?) of)?|precludes?|precluding|rul(?:es?|ing) out|prevents?|preventing|bars|prohibits?|forbids?|def(?:y|ies|ying)|excludes?|excluding|thwarts?|(?:obstacles?|barriers?|bars?|impediments?|hindrances?) to|stand(?:s|ing)? in the way of|hinders?|ren(?:ders?|dering) impossible|fails? (?:the )?criteria (?:for|of)|eludes?)"
_FRAMES = tuple(
    (state, words(p))
    for state, p in (
        ("unresectable", rf"{_WORK}{_IS}{_CANNOT}"),
        ("resectable", rf"{_WORK}{_IS}{_CAN}"),
        ("unresectable", rf"{_UNFIT} {_WORK}(?! of (?:the )?(?:met|node))"),
        ("unresectable", rf"{_UNFIT} (?:tak(?:e|ing) (?:it|this) out|removing|resecting|getting (?:it|this) out)\b"),
        ("resectable", rf"{_FIT} (?:\w+ )?{_WORK}"),
        ("unresectable", rf"\b(?:no|little|without|hardly any) (?:\w+ )?(?:possibility|prospect|chance|hope|question|likelihood|way) of (?:\w+ )?{_WORK}"),
        ("unresectable", r"\btoo (?:much|many|\w+)\b[^.;,]{0,50}\bto (?:be )?(?:resect|remov|excis|operate|debulk|clear|take (?:it|this|\w+ \w+) out|get (?:it|this|all) )"),
        ("resectable", r"\bno (?:\w+ )?(?:difficulty|trouble|problem|hesitation) (?:in|with|about) (?:removing|resecting|excising|clearing|taking)\b|\b(?:surgery|an operation) can (?:clear|remove|deal with)\b"),
        ("resectable", r"\b(?:criteria|features|signs?|evidence) (?:of|for) (?:resectability|operability)\b"),
        ("unresectable", r"\b(?:criteria|features|signs?|evidence) (?:of|for) (?:unresectability|irresectability|non-?resectability|inoperability)\b"),
        ("resectable", r"\b(?:can|could|able to|possible to|expect to|manage to|prepared to|cannot|can't)\b(?: \w+){0,2} (?:debulk|get (?:a)?round (?:it|(?:this|the)(?: (?:tumou?r|mass|lesion))?)|take (?:this|it) on surgically)"),
        ("resectable", r"\b(?:tumou?r|mass|lesion|cancer|growth|this) (?:does|will|would) not (?:simply )?come (?:out|away|off)\b"),
        ("unresectable", r"\b(?:no|hardly any|not even the best|no sane|no careful) (?:\w+ )?(?:surgeon|one|hands?)\b[^.;,]{0,20}\b(?:would|could|will|can)\b[^.;,]{0,30}\b(?:resect|operate|take (?:this|it) (?:on|out)|remove|attempt|clear|get (?:this|it|all))"),
        ("unresectable", r"\b(?:beyond|outside|out of|past) (?:the )?(?:reach|scope|powers?|gift|grasp|skill|art) of (?:\w+ ){0,3}(?:surgeons?|surgery|scalpel|knife|hands?)\b|\bno (?:knife|scalpel|blade) (?:\w+ ){0,2}?(?:can|could|will|would)\b|\bbeyond (?:any|every|all|even the best|our) (?:\w+ )?(?:surgeons?|surgery|scalpel)\b"),
        ("unresectable", r"\b(?:stop|stops|stopping|keep|keeps|prevent|preventing|prevents|hinders?) (?:me|us|them|him|her|a surgeon|(?:the |our )?surgeons?)(?: from)? (?:get|tak|remov|resect|clear|excis)\w*"),
    )
)
_CLAUSES = tuple(frame for _, frame in _FRAMES[:2])
_OUT = tuple(
    words(p)
    for p in (
        rf"{_WORK}{_W}{{0,24}}\b(?:is|are|was|remains?|seems?|looks?|would be|as)\b{_W}{{0,16}}\b(?:not (?:\w+ )?(?:{_ABLE}|on the cards|an option|on the table|technically)|impossible|out of the question|unrealistic|not on offer|futile|unachievable|ruled out|contra-?indicated|precluded|prevented)",
        rf"\b(?:neither|nobody|no one|none of us|hardly|doubt\w*)\b{_W}{{0,44}}{_WORK}{_W}{{0,24}}\b{_ABLE}|{_WORK}{_W}{{0,24}}\b(?:would|will|could) (?:only )?(?:leave (?:\w+ ){{0,2}}(?:tumou?r|disease)|be (?:an? )?(?:R[12]\b|incomplete))",
        rf"\bnot (?:something|one|a tumou?r|a lesion|a growth|a mass) (?:that |which )?(?:I|we|anyone|anybody|one|(?:(?:a|any|the|our|even the best|most) )?surgeons?) (?:\w+ )?(?:can|could|would|will) (?:{_DO}|tak(?:e|ing) out|get out)|\bnot one for (?:the knife|surgery|the surgeons?)|\b(?:cannot|can't|could not|couldn't|will not|won't) (?:operate on (?:this|it)|be operated (?:up)?on)\b|\bnothing surgical to\b|\bno-go\b",
        r"\btoo (?:risky|dangerous|hazardous|close|adherent|stuck|high|big|fixed) (?:for|to) (?:surgery|an? operation|resect\w*|operat\w+|be resected|remov\w+|take out)",
        rf"\b(?:cannot|can not|can't|could not|couldn't|will not|won't|never|unable to|not able to|not be able to|(?:not|n't) (?:think|believe|see how|feel|consider|judge|hold|expect)(?: that)? (?:it|this|we|I|the \w+)(?: \w+)?(?: can| could| will)?(?: be)?|not technically) (?:\w+ ){{0,2}}?(?:be )?(?:\w+ )?{_DO}",
        r"\b(?:beyond|outside) (?:the (?:limits|reach|scope) of )?(?:surgery|resection|the knife|surgical (?:reach|removal|resection|cure)|operation|an operation)\b",
        r"\bbeyond what (?:surgery|I|we|an operation|a surgeon) can\b|\bno (?:surgical (?:option|solution|way|route|answer|approach)|operation (?:that |which |on earth |of any kind |known )?(?:will|would|can|could)|resection (?:is |will be |would be )?possible|(?:safe )?way (?:of|to) (?:clear|resect|remov|get|tak)\w*|technical possibility|prospect of (?:resection|clear\w*|R0|surgical))",
        r"\b(?:not|isn't) (?:an? )?surgical(?: case| disease| problem| proposition| tumou?r| lesion)?(?:\s*[.,;]|$| case| in )|\btoo (?:far gone|advanced|extensive|locally advanced|far on|widespread|far along) (?:for|to) (?:surgery|an? operation|resect\w*|operat\w+|be resected|remov\w+)",
        r"\bnot (?:amenable to|suitable for|within|lend itself to|lends itself to|for)(?: (?:an?|the|any|limits of|R0|complete|curative|safe|surgical|attempted))* (?:resection|surgery|removal|excision|operation)\b|\bprecludes? (?:\w+ )?(?:resection|surgery|removal|an operation)\b|\bfails? (?:the )?criteria (?:for|of) resect\w+",
        r"(?<!before )(?<!after )(?<!ahead of )(?<!prior to )\b(?:surgery|an operation|resection) has (?:nothing|little|no )|\b(?:cannot|can't|could not) offer (?:\w+ )?(?:an operation|surgery|resection)",
        rf"(?:\bnot|n't) (?:think|believe|feel|consider|expect)\b{_W}{{0,20}}{_WORK}{_W}{{0,20}}\b{_ABLE}",
            )
)
_IN = tuple(
    words(p)
    for p in (
        rf"\b{_TUMOUR}\b[^.;:,]{{0,30}}\b(?:can|could|will|should|ought to)\b (?!be seen|see)(?:\w+ ){{0,3}}?(?:be )?(?:\w+ )?{_DO}",
        rf"\b(?:I|we|(?:the |our |my )?(?:surge(?:ons?|ry)|colleagues?))(?:'d| can| could| will| would| am| are| should)(?: \w+){{0,3}}? (?:be able to |confident (?:I|we) can |able to )?{_DO}(?! (?:samples?|tissue|staples|drains?|clips|nodes?))",
        rf"{_WORK}{_W}{{0,36}}\b(?:is|are|remains?|seems?|looks|as|would be)\b (?:\w+ ){{0,3}}?{_ABLE}",
        rf"\bconfident (?:of|about|that)\b{_W}{{0,30}}\b(?:margins?|R0|resect\w*|clear\w*)|\bwould be able to {_DO}|{_WORK}{_W}{{0,16}}\b(?:can|could|will|should) be (?:\w+ )?(?:achieved|obtained|performed|done|carried out)\b",
        rf"{_WORK}{_W}{{0,16}}\b(?:can be|is|to be) expected\b|\bexpect(?:ing)? (?:an? )?(?:clear|clean|negative|R0|complete) (?:surgical )?(?:margins?|resection|clearance)\b",
        rf"\b(?:nothing|little) (?:stands|standing) in the way of {_WORK}|\bno (?:technical |anatomical |surgical )?(?:obstacle|barrier|bar|hindrance) to (?:{_DO}|remov\w+|{_WORK})",
        r"^\W*(?:can|could) be (?:\w+ )?(?:removed|resected|taken out|excised)\b|\bthere is a way (?:to|of) (?:remov|resect|clear|tak)\w+",
        r"\b(?:this|the) (?:tumou?r|lesion|cancer|mass|growth) (?:comes|will come) (?:out|away)\b(?! of)",
        r"\bwithin (?:the )?(?:limits|reach) of (?:resection|surgery|the knife)\b|\blends? (?:itself|themselves) (?:well )?to (?:resection|surgery|surgical|removal)",
        r"\btechnically (?:feasible|possible|doable)\b(?=\s*(?:[:.;]|$))|\bsurgically (?:this |it )?(?:is )?(?:\w+ )?(?:doable|feasible|removable|accessible|tractable|straightforward|easy|simple|possible)\b|\b(?:a|an|straightforward|good|clear|clearly)? ?surgical (?:case|proposition)\b",
    )
)
_UNSURE = words(
    r"\b(?:if|whether|unless|should (?=[a-z]+ (?:be|become|respond|prove|shrink))|asked|asks|wonder\w*|(?:s?he|family|patient) hopes?|discuss\w*|rates?|until|might|may|perhaps|possibly|potentially|in case|depends?|the question (?:is|of)|in principle|would have been|had been|was initially|initially|originally|previously|in (?:19|20)\d\d|after (?:chemo|treatment|response|downs)|"
    r"once|margins? (?:was|were)|guidelines?|trials?)\b",
)
_OTHER_LESION = words(r"\b(?:metastas\w+|mets|nodules?|polyps?|hernia|drains?|clips?|staples?|sutures?|port|catheter|stent|stoma|cyst|mole|gallbladder|line)\b")
# Why the patient, rather than the tumour, cannot be operated on.
_UNWELL = words(
    r"\b(?:medical(?:ly)?|lung function|FEV1?|DLCO|TLCO|cardiac|heart|cardiolog\w+|COPD|copd|comorbid\w*|co-morbid\w*|frail\w*|an(?:a)?esthe\w+|fitness|performance status|dementia|emphysema|respiratory|renal function|dialysis|his age|her age|"
    r"his lungs|her lungs|general condition|declin\w+|refus\w+|does not (?:want|wish)|unfit|not fit|too frail|ECOG [34]|PS ?[34])\b"
)
# The organ or the way of removing that is not the tumour's operation.
_ELSEWHERE = words(
    r"\b(?:endoscop\w+|colonoscop\w+|aneurysm\w*|aortic (?:stenosis|valve|disease|dissection)|valve|coronar\w+|hernia\w*|gallstones?|stones?|thromb\w+|clot|conservativ\w+|breast.conserv\w+|hepatitis|abscess|cataracts?|hip|knee|disc|vascular (?:team|surgeons?))\b"
)
# What is true of many, or of a drug.
_OF_ALL = words(
    r"\b(?:(?:patients|people|those|women|men|cases|tumou?rs|cancers) (?:with|who|whose)|(?:in|for) (?:any |all )?(?=resectable disease|unresectable disease|operable disease|resectable tumou?rs|unresectable tumou?rs)|licen[cs]ed|licen[cs]es|approv\w+|funds|recommends|reimburs\w+|indicated (?:for|in)|(?:trials?|stud(?:y|ies)|guidelines?|evidence|data|literature|median|survival) (?:for|of|in|on|with)|eligib\w+ for the|in general|as a rule|typically)\b[^.;]{0,60}$"
)

_DENIED = re.compile(r"\b(?:not(?! only)|n't|neither|nobody|no one|none|hardly|(?<!no )(?<!without )(?<!little )doubt\w*|unlikely|never|nor)\b(?:(?! and (?:(?:i|we|it|the)\b|$))[^.;,:]){0,40}$", re.I)
# "I disagree with the view that it cannot be resected"
_DISPUTED = re.compile(r"\b(?:disagree|dispute|contest|contrary to|challenge|not (?:share|accept|agree with)|n't (?:share|accept|agree with)|differ)\b[^.;]{0,40}$")
_NONE_OF = re.compile(r"\b(?:none of|nobody|no one)\b")
_SCARCE = re.compile(r"\b(?:hardly|never|no longer|unlikely)\b")
_OPPOSITE = {"resectable": "unresectable", "unresectable": "resectable"}


class Removal(NamedTuple):
    """What the words say and where."""

    state: str
    """``resectable`` or ``unresectable``."""
    start: int
    end: int


def spoken_elsewhere(text: str, start: int, end: int, at: int) -> bool:
    """Whether a sentence of a text in lower case speaks of another organ's operation or of many people."""
    return bool(_ELSEWHERE.search(text, start, end) or _OF_ALL.search(text, start, at))


def unwell(text: str, start: int, end: int) -> bool:
    """Whether it is the patient, not the tumour, that cannot be operated on."""
    return bool(_UNWELL.search(text, start, end))


def removable(text: str, start: int, end: int, *, plainly: bool = False) -> Removal | None:
    """Whether the tumour can be removed, where a sentence of a text in lower case says it in other words.

    Args:
        text: the text in lower case.
        start: where the sentence begins.
        end: where it ends.
        plainly: only by the name of the operation ("resection is feasible"), as in a report of a scan.
    """
    raw = text[start:end]
    if not _CUT_WORD.search(raw) or _UNSURE.search(raw) or _OTHER_LESION.search(raw):
        return None
    found = _framed(raw) or (None if plainly else _said(raw))
    if found is None or spoken_elsewhere(text, start, end, start + found.start):
        return None
    if found.state == "unresectable" and unwell(text, start, end):
        return None
    return Removal(found.state, start + found.start, start + found.end)


def _framed(raw: str) -> Removal | None:
    for state, frame in _FRAMES:
        found = frame.search(raw)
        if found:
            inside = denied(raw, found.start(), found.end()) if "not" in found.group() or "n't" in found.group() or _SCARCE.search(found.group()) else False
            begins = raw.endswith(" as ", 0, found.start()) and frame in _CLAUSES  # "no candidate for surgery as clear margins are impossible"
            turned = (not begins and denied(raw, 0, found.start())) is not inside
            return Removal(_OPPOSITE[state] if turned else state, found.start(), found.end())
    return None


def _said(raw: str) -> Removal | None:
    state, found = "unresectable", next((m for p in _OUT if (m := p.search(raw))), None)
    if found and _DISPUTED.search(raw, 0, found.start() + 1):
        state = "resectable"
    if found is None:
        state, found = "resectable", next((m for p in _IN if (m := p.search(raw))), None)
        if found and _DENIED.search(raw, 0, found.start()):
            return Removal("unresectable", found.start(), found.end()) if _NONE_OF.search(raw, 0, found.start() + 9) else None
    return Removal(state, found.start(), found.end()) if found else None
