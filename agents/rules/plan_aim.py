"""The aim of treatment and whether the tumour can be removed, said in so many words rather than with their names.

"We are going for cure", "cure is out of reach", "I can get this out", "there is no way of clearing it": the forms are
grammar around a few words, so they are patterns; the names themselves ("palliative", "unresectable") are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.text import words

# A sentence without one of these says nothing of the kind.
_ANCHOR = words(
    r"\b(?:op\b|cur(?:e[ds]?|ing|ative)|rid\b|bay|quiet|go away|good (?:time|months)|spare|lift\w*|peel\w*|no-go|radical\w*|eradicat\w+|comfort|symptoms?|palliat\w+|aims?|goals?|intent\w*|objective|purpose|buy(?:ing)? time|prolong\w*|life|remission|control(?:ling)?|"
    r"resect\w*|remov\w+|operat\w+|operab\w+|surg\w+|taken? out|tak(?:e|ing) (?:it|this)|com(?:e|es|ing) (?:out|off)|purely|haemostatic|hemostatic|eradicat\w*|slow|object|beyond|get (?:it|this|all)|clear\w*|R0|knife|margins?|come away|ablat\w+|cut|theatre|downsiz\w+|downstag\w+|shrink\w*|shell\w*|whip\w*|scoop\w*|unresectable|inoperable|irresectable)\b",
)
_AIM_WORD = words(r"cur(?:e|ing|ative)|radical|eradicat|comfort|symptom|palliat|\baim|goal|intent|objective|purpose|target|time|prolong|life|remission|control|relie|slow|palliat|object|relie|rid\b|bay|quiet|go away|months|spare|eas(?:e|ing)|\bhold\b|clear")
_CUT_WORD = words(r"resect|remov|operat|operab|surg|tak(?:en?|ing)|shell|lift|peel|no-go|com(?:e|es|ing) (?:out|away|off)|\bget\b|clear|R0|knife|\bcut\b|excis|clearance")
_W = r"[^.;:]"
_GOAL = r"\b(?:aims?|aiming|goals?|intent|intention|objectives?|purpose|target)\b(?! of (?:this|the|today's|our) (?:visit|appointment|scan|consultation|call|letter|meeting|study))(?! of today)"
# Between the label of a form and its entry: a colon, a bar, a dotted leader.
_SEP = r"(?:\s*[:|=*\u2026\u2013-][\s:|=*.\u2026\u2013-]*|\s*\.[\s.]+|\t)"
_TUMOUR = r"(?:tumou?r|it|this|that|disease|lesion|cancer|mass|primary|growth|everything|all of it)"
_CURED = r"(?:cure[ds]?\b|curing\b|curative\b|eradicat\w+|(?:be |get(?:ting)? |got )?rid (?:(?:him|her|them) )?of|clear(?:ing)? (?:it|the (?:disease|cancer|tumou?r)|all)|radical\b|remov\w+ all|long.term (?:disease.free )?(?:remission|survival|cure)|disease.free survival)"
_RELIEF = (
    r"(?:comfort\b|(?:disease |symptom |tumou?r |pain )?control\b(?! of (?:the )?(?:blood|diabetes))|reliev\w+|relief\b|palliat\w+|quality of life|prolong\w*|buy(?:ing)? time|eas(?:e|ing)\b|symptoms?\b|slow(?:ing)?\b|"
    r"hold(?:ing)? (?:it|the|things|matters|this|back)|spar(?:e|ing) (?:him|her|them) (?:the )?symptoms|keep(?:ing)? (?:it|the (?:disease|cancer|tumou?r)|him|her) (?:at bay|in check|comfortable|well)|life.prolong\w+|extend\w* life|gain(?:ing)? time|more time|maintain\w*)"
)
_PALLIATIVE = tuple(
    words(p)
    for p in (
        rf"\b(?:aims?|intent(?:ion)?|goals?|purpose|objective)\b(?: of (?:care|treatment|therapy|rt|tx))?{_SEP}(?:\w+ )?(?:pall(?:iat\w*)?\b|{_RELIEF})",
        r"\b(?:no longer|not) about cure\b|\bpast (?:the point of )?cur(?:e|ing)\b|\b(?:purely|only|just|solely) for (?:the )?(?:symptoms?|pain|comfort)\b|\bfor (?:pain|symptom) relief (?:only|alone)\b|\bha?emostatic (?:radiotherapy|radiation)\b|\bonly palliate\b",
        r"\b(?:want|hope|hoping|try|trying|aim|aiming) to (?:slow|contain|control) (?:it|this|the (?:disease|cancer|tumou?r|growth))\b|\bcannot eradicate\b",
        r"\b(?:disease|symptom|tumou?r) control is (?:what|where|the|my|our|all)\b|\bkeep(?:ing)? (?:it|this|things|the (?:disease|cancer|tumou?r|illness|growth)) (?:\w+ )?(?:at bay|in check|quiet|asleep|stable)\b",
        r"\b(?:will not|won't|cannot|can't|not going to|never|unable to) (?:\w+ )?(?:go away|(?:get|be) rid|disappear)\b|\bgiv(?:e|ing) (?:him|her|them) (?:\w+ ){0,3}(?:good (?:time|months)|more (?:time|months))\b",
        rf"\b(?:cur(?:e|ing)|eradication|getting rid of (?:it|this))\b{_W}{{0,24}}\b(?:is|as|was|seems?|looks?|not|remains)\b{_W}{{0,20}}\b(?:out of reach|unrealistic|unlikely|impossible|off the table|beyond|no longer|not (?:a |the |an |our |my )?(?:realistic|possible|aim|goal|expected|achievable|likely|intent\w*|option|within|on the)|not expected)",
        r"\bcure (?:is )?not\b|\bnot(?: \w+){0,4} cure\b(?! rate)|\bnot radical\b|\blife.extending\b|\bno (?:realistic |real |prospect of |hope of |chance of |question of |talk of |possibility of )+(?:a )?cure\b|\bno cure\b|\bno longer (?:a )?(?:cur\w+)",
        r"\b(?:cannot|can not|can't|could not|won't|will not|never|not|no longer) (?:\w+ )?be cured\b|\bcannot (?:\w+ )?cure\b|\b(?:not|never|hardly|nor) (?:to see |see |expect |aim(?:ing)? (?:for|at) |aimed at |going for |for |to |at |a |with a view to )*(?:a )?cure\b(?! rates?)|\bdo(?:es)? not (?:see|expect|believe|think|regard)\b[^.;]{0,24}\bcur(?:e|able|ative)\b",
        rf"{_GOAL}{_W}{{0,30}}(?:\b(?:is|are|be|remains?|being|would be|of|to|for|at|now)\b|[:|=\u2013-])\s*(?:now |only |simply |purely |solely |just |therefore |to |for |with |the |local )*{_RELIEF}",
        rf"{_GOAL}\s*(?:of (?:care|treatment|therapy)|of the treatment)?\s*[:|=\u2013-]\s*(?:\w+ )?{_RELIEF}",
        rf"\b(?:treat(?:ing|ed|ment|s)?|radiotherapy|chemotherapy|chemo|radiation|gy|everything|therapy|given|used|it)\b{_W}{{0,30}}\b(?:for|to|towards?) (?:the )?(?:purely |simply |only |local )?(?:comfort|disease control|symptom (?:control|relief)|control (?:and comfort|the disease|only|alone|not)|relie\w+|palliat\w+|eas(?:e|ing)|buy(?:ing)? time|gain time|hold (?:the disease|it)|prolong life|slow (?:it|the disease)|stop the bleeding)",
        r"\b(?:rather than|not|nor|instead of) (?:to |for |at |of )?(?:eradicat\w+|clear(?:ing)? (?:it|the)|cur(?:e|ing)\b)",
        r"\b(?:not|without|no|little|nor)\b(?: \w+){0,4} (?:hope|prospect|aim|intent\w*|expectation|view|promise|chance) (?:of|to|at|that) (?:\w+ )?cur(?:e|ing)\b",
        r"\b(?:everything|all) (?:that )?(?:we|I) (?:do|offer|give)[^.;]{0,30}palliative|\bonly be palliative\b|\bprolongation of life\b|\blife.prolonging\b|\bbuy(?:ing)? (?:her|him|them|some )?time\b",
    )
)
_CURATIVE = tuple(
    words(p)
    for p in (
        rf"{_GOAL}{_W}{{0,34}}?(?:\b(?:is|are|be|was|remains?|being|would be|of|to|for|at)\b|[:|=\u2013-])\s*(?:now |still |clearly |to |for |a |the |unequivocally |firmly |frankly |plainly |be )*{_CURED}",
        r"\b(?:for|pursu(?:e|ing)|going for|go for|achiev\w+|attempt(?:ing|ed)? (?:at )?|aim(?:ing)? (?:for|at)|hop(?:e|ing|eful) (?:for|of)|chance (?:of|at)|prospect of|shoot(?:ing)? for|shot at|view to|intended to|a go at|(?:given|treat(?:ing)?|treatment|operat(?:e|ing)) (?:here |now )?to) (?:a |an attempt at |long.term )?cure\b|\bchance of being cured\b",
        rf"\b(?:aims?|intent(?:ion)?|goals?|purpose|objective)\b(?: of (?:care|treatment|therapy|rt|tx))?{_SEP}(?:\w+ )?(?:cur\b|{_CURED})",
        r"\baimed at (?:cur|eradicat)\w+|\bobject of (?:the exercise|treatment|this) is to (?:cure|eradicate)\b",
        r"\b(?:set(?:ting)? out|hop\w+|intend\w*|aim\w*|mean\w*|want\w*|expect\w*|try\w*) to (?:be |get )?rid\b",
        r"\b(?:can|could|may|should) (?:still |yet |well |be able to )?be cured\b|\bcan (?:still |yet )?cure\b",
        r"\bcure (?:is|remains|can be|should be|must be|stays|looks|was) (?:\w+ ){0,2}(?:possible|realistic|achievable|attainable|feasible|the (?:aim|goal|intent\w*|objective|target)|had|within reach|our|my|likely|in reach|aimed|on the table|expected)\b",
        r"\b(?:hope|intend|intent\w*|aim|expect|try|seek|mean)(?:ing)? (?:to|of) (?:cure|curing)\b|\bradical (?:course|doses?|fractionation|treatment|schedule|package)\b|\btreat(?:ed|ing)?\b[^.;]{0,24}\bradically\b|\bradical(?:.intent|ly treat\w+)\b|\b(?:intent(?:ion)?|aim)\s*[:|=\u2013-]+\s*radical\b",
        r"\blong.term (?:remission|control|survival|disease control) (?:is|remains|looks|seems) (?:\w+ )?(?:realistic|achievable|possible|likely)\b",
        rf"\bcure\b\W{{0,3}}(?:is )?(?:what|where) (?:we|I)\b|\btreatment\b{_W}{{0,20}}\b(?:intended|meant|designed) to (?:be curative|cure)\b",
    )
)
_DO = r"(?:resect\w*|remov\w+|taken? out|cleared?\b|clearing\b|excis\w+|cut out|get (?:it|this|all|everything|(?:the|this|that|his|her) \w+) (?:\w+ )?(?:out|clear)|tak(?:e|ing) (?:it|this|everything|(?:the|this|that|his|her) (?:\w+ )?\w+) out|com(?:e|es|ing) (?:out|away|off)\b|(?:lift|peel)(?:ed)? (?:off|out|away)\b|achieve (?:an? )?(?:R0|clear))"
_ABLE = r"(?:feasible|possible|achievable|realistic|straightforward|attainable|doable|practicable|reasonable to expect|within reach|perfectly safe)"
_WORK = r"\b(?:R0(?: resection)?|resection|surgery|operation|(?:an? )?clear (?:surgical )?margins?|complete (?:resection|removal|clearance|excision)|(?:surgical )?removal|clearance|excision)\b"
_OUT = tuple(
    words(p)
    for p in (
        rf"{_WORK}{_W}{{0,24}}\b(?:is|are|was|remains?|seems?|looks?|would be|as)\b{_W}{{0,16}}\b(?:not (?:\w+ )?(?:{_ABLE}|on the cards|an option|on the table|technically)|impossible|out of the question|unrealistic|not on offer|futile|unachievable|ruled out|contra-?indicated|precluded|prevented)",
        rf"\b(?:neither|nobody|no one|none of us|hardly|doubt\w*)\b{_W}{{0,44}}{_WORK}{_W}{{0,24}}\b{_ABLE}|{_WORK}{_W}{{0,24}}\b(?:would|will|could) (?:only )?(?:leave (?:\w+ ){{0,2}}(?:tumou?r|disease)|be (?:an? )?(?:R[12]\b|incomplete))",
        rf"\bnot (?:something|one|a tumou?r|a lesion) (?:that |which )?(?:I|we|anyone|surgeons?) (?:can|could|would|will) {_DO}|\bnot one for (?:the knife|surgery|the surgeons?)|\b(?:cannot|can't|could not|couldn't|will not|won't) operate on (?:this|it)\b|\bnothing surgical to\b|\bno-go\b",
        r"\btoo (?:risky|dangerous|hazardous|close|adherent|stuck|high|big|fixed) (?:for|to) (?:surgery|an? operation|resect\w*|operat\w+|be resected|remov\w+|take out)",
        rf"\b(?:cannot|can not|can't|could not|couldn't|will not|won't|never|unable to|not able to|not be able to|(?:not|n't) (?:think|believe|see how|feel)(?: that)? (?:it|this|we|I|the \w+)(?: \w+)?(?: can| could| will)?(?: be)?|not technically) (?:\w+ ){{0,2}}?(?:be )?(?:\w+ )?{_DO}",
        r"\b(?:beyond|outside) (?:the (?:limits|reach|scope) of )?(?:surgery|resection|the knife|surgical (?:reach|removal|resection|cure)|operation|an operation)\b",
        r"\bbeyond what (?:surgery|I|we|an operation|a surgeon) can\b|\bno (?:surgical (?:option|solution|way|route|answer|approach)|operation (?:will|would|can|could)|resection (?:is |will be |would be )?possible|(?:safe )?way (?:of|to) (?:clear|resect|remov|get|tak)\w*|technical possibility|prospect of (?:resection|clear\w*|R0|surgical))",
        r"\b(?:not|isn't) (?:an? )?surgical(?: case| disease| problem| proposition| tumou?r| lesion)?(?:\s*[.,;]|$| case| in )|\btoo (?:far gone|advanced|extensive|locally advanced|far on|widespread|far along) (?:for|to) (?:surgery|an? operation|resect\w*|operat\w+|be resected|remov\w+)",
        r"\bnot (?:amenable to|suitable for|within|lend itself to|lends itself to|for)(?: (?:an?|the|any|limits of|R0|complete|curative|safe|surgical|attempted))* (?:resection|surgery|removal|excision|operation)\b|\bprecludes? (?:\w+ )?(?:resection|surgery|removal|an operation)\b|\bfails? (?:the )?criteria (?:for|of) resect\w+",
        r"\b(?:surgery|an operation|resection) has (?:nothing|little|no )|\b(?:cannot|can't|could not) offer (?:\w+ )?(?:an operation|surgery|resection)",
        rf"(?:\bnot|n't) (?:think|believe|feel|consider|expect)\b{_W}{{0,20}}{_WORK}{_W}{{0,20}}\b{_ABLE}",
            )
)
_IN = tuple(
    words(p)
    for p in (
        rf"\b{_TUMOUR}\b[^.;:,]{{0,30}}\b(?:can|could|will|should|ought to)\b (?:\w+ ){{0,2}}?(?:be )?(?:\w+ )?{_DO}",
        rf"\b(?:I|we)(?:'d| can| could| will| would| am| are| should)(?: \w+){{0,3}}? (?:be able to |confident (?:I|we) can |able to )?{_DO}(?! (?:samples?|tissue|staples|drains?|clips|nodes?))",
        rf"{_WORK}{_W}{{0,20}}\b(?:is|are|remains?|seems?|looks|as|would be)\b (?:\w+ ){{0,3}}?{_ABLE}",
        rf"\bconfident (?:of|about|that)\b{_W}{{0,30}}\b(?:margins?|R0|resect\w*|clear\w*)|\bwould be able to {_DO}|{_WORK}{_W}{{0,16}}\b(?:can|could|will|should) be (?:\w+ )?(?:achieved|obtained|performed|done|carried out)\b",
        rf"{_WORK}{_W}{{0,16}}\b(?:can be|is|to be) expected\b|\bexpect(?:ing)? (?:an? )?(?:clear|clean|negative|R0|complete) (?:surgical )?(?:margins?|resection|clearance)\b",
        rf"\b(?:nothing|little) (?:stands|standing) in the way of {_WORK}|\bno (?:technical |anatomical |surgical )?(?:obstacle|barrier|bar|hindrance) to (?:{_DO}|remov\w+|{_WORK})",
        r"^\W*(?:can|could) be (?:\w+ )?(?:removed|resected|taken out|excised)\b|\bthere is a way (?:to|of) (?:remov|resect|clear|tak)\w+",
        r"\b(?:this|the) (?:tumou?r|lesion|cancer|mass|growth) (?:comes|will come) (?:out|away)\b(?! of)",
        r"\bwithin (?:the )?(?:limits|reach) of (?:resection|surgery|the knife)\b|\blends? (?:itself|themselves) (?:well )?to (?:resection|surgery|surgical|removal)",
        r"\bsurgically (?:this |it )?(?:is )?(?:\w+ )?(?:doable|feasible|removable|accessible|tractable|straightforward|easy|simple|possible)\b|\b(?:a|an|straightforward|good|clear|clearly)? ?surgical (?:case|proposition)\b",
    )
)
_UNSURE = words(
    r"\b(?:if|whether|unless|should (?=[a-z]+ (?:be|become|respond|prove|shrink))|asked|asks|wonder\w*|(?:s?he|family|patient) hopes?|discuss\w*|rates?|until|might|may|perhaps|possibly|potentially|in case|depends?|the question (?:is|of)|in principle|would have been|had been|was initially|initially|originally|previously|in (?:19|20)\d\d|after (?:chemo|treatment|response|downs)|"
    r"once|margins? (?:was|were)|guidelines?|trials?)\b",
)
_OTHER_LESION = words(r"\b(?:metastas\w+|mets|nodules?|polyps?|hernia|drains?|clips?|staples?|sutures?|port|catheter|stent|stoma|cyst|mole|gallbladder|line)\b")


_DENIED = re.compile(r"\b(?:not|n't|neither|nobody|no one|none|hardly|doubt\w*|unlikely|never|nor)\b[^.;,:]{0,40}$", re.I)


class Saying(NamedTuple):
    """A stance found in the words."""

    action: str
    start: int
    end: int


def speaks(text: str, start: int, end: int) -> bool:
    """Whether a sentence of a text in lower case holds a word of aims or of removal at all."""
    return bool(_ANCHOR.search(text, start, end))


def aims(text: str, start: int, end: int) -> Iterator[Saying]:
    """The aims that a sentence of a text in lower case states; what denies cure aims at relief."""
    raw = text[start:end]
    if not _AIM_WORD.search(raw):
        return
    found = _first(raw, _PALLIATIVE)
    if found:
        yield Saying("intent.palliative", start + found.start(), start + found.end())
        return
    found = _first(raw, _CURATIVE)
    if found:
        yield Saying("intent.curative", start + found.start(), start + found.end())


def removable(text: str, start: int, end: int) -> Iterator[Saying]:
    """Whether the tumour can be removed, where a sentence of a text in lower case says it in other words."""
    raw = text[start:end]
    if not _CUT_WORD.search(raw):
        return
    found = _first(raw, _OUT)
    state = "unresectable"
    if not found:
        found, state = _first(raw, _IN), "resectable"
        if found and _DENIED.search(raw, 0, found.start()):
            return
    if found and not _OTHER_LESION.search(raw):
        yield Saying(f"resectability.{state}", start + found.start(), start + found.end())


def _first(raw: str, patterns: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    if _UNSURE.search(raw):
        return None
    return next((found for pattern in patterns if (found := pattern.search(raw))), None)
