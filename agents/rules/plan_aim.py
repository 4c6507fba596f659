"""The aim of treatment, said in so many words rather than with its name, or entered in a form.

"We are going for cure", "cure is out of reach", "Intent (C/P): P": the forms are grammar around a few words, so they
are patterns; the names themselves ("palliative") are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.plan_boxes import ticked
from agents.rules.plan_denial import denied
from agents.rules.text import words

# A sentence without one of these says nothing of the kind.
_ANCHOR = words(
    r"\b(?:op\b|cur(?:e[ds]?|ing|ative)|rid(?:ding)?\b|beat(?:en|ing)?|conquer\w*|overcome|defeat\w*|vanquish\w*|wip(?:e|ing)|root(?:ing)?|free|again|gone|banish\w*|die|succumb|postpone|delay|put off|at home|hospital|hope|hoping|gain|win|all|over|through|past|(?:has|have|need|needs|must) (?:to )?go|bay|quiet|go away|good (?:time|months)|spare|lift\w*|peel\w*|no-go|radical\w*|eradicat\w+|comfort|symptoms?|palliat\w+|aims?|goals?|intent\w*|objective|purpose|buy(?:ing)? time|prolong\w*|life|remission|control(?:ling)?|"
    r"resect\w*|remov\w+|operat\w+|operab\w+|surg\w+|taken? out|tak(?:e|ing) (?:it|this)|com(?:e|es|ing) (?:out|off)|purely|haemostatic|hemostatic|eradicat\w*|slow|object|beyond|get (?:it|this|all|the|everything)|clear\w*|R0|knife|margins?|come away|ablat\w+|cut|theatre|downsiz\w+|downstag\w+|shrink\w*|shell\w*|whip\w*|scoop\w*|excis\w*|extirp\w*|get round|get around|debulk\w*|cytoreduc\w*|exenterat\w*|ned|op\?|category|ambition|target|unresectable|inoperable|irresectable)\b",
)
_AIM_WORD = words(r"cur(?:e|ing|ative)|radical|eradicat|comfort|symptom|palliat|\baim|goal|intent|objective|purpose|target|time|prolong|life|remission|control|relie|slow|palliat|object|relie|\brid|beat|conquer|overcome|defeat|vanquish|wip(?:e|ing)|rooti?|free of|clear of|well again|healthy again|(?:him|her|them) (?:over|through|past)|gone for|banish|\bdie\b|succumb|postpone|delay|put off|at home|out of hospital|all (?:that )?(?:we|i|it|one|this) (?:can|could|may)|\bgain|win\b|obtain|achieve|bring|out to|bay|quiet|go away|months|spare|eas(?:e|ing)|\bhold\b|clear|in check|help|category|ambition")
_W = r"[^.;:]"
_GOAL = r"\b(?:(?:whole |main |only )?(?:point|idea) of (?:this|the|all this|any)|aims?|aiming|goals?|intent|intention|objectives?|purpose|target)\b(?! of (?:this|the|today's|our) (?:visit|appointment|scan|consultation|call|letter|meeting|study))(?! of today)"
# Between the label of a form and its entry: a colon, a bar, a dotted leader.
_SEP = r"(?:\s*[:|=*\u2026\u2013-][\s:|=*.\u2026\u2013-]*|\s*\.[\s.]+|\t)"
_CURED_HERE = r"(?:cure[ds]?\b|curing\b|curative\b|eradicat\w+|(?:be |get(?:ting)? |got )?rid (?:(?:him|her|them) )?of|clear(?:ing)? (?:it|the (?:disease|cancer|tumou?r)|all)|radical\b|remov\w+ all|long.term (?:disease.free )?(?:remission|survival|cure)|disease.free survival)"
_RELIEF = (
    r"(?:comfort\b|(?:disease |symptom |tumou?r |pain )?control\b(?! of (?:the )?(?:blood|diabetes))|reliev\w+|relief\b|palliat\w+|quality of life|prolong\w*|buy(?:ing)? time|eas(?:e|ing)\b|symptoms?\b|slow(?:ing)?\b|"
    r"hold(?:ing)? (?:it|the|things|matters|this|back)|spar(?:e|ing) (?:him|her|them) (?:the )?symptoms|keep(?:ing)? (?:(?:the |his |her )?symptoms? (?:down|at bay|quiet|away)|(?:it|the (?:disease|cancer|tumou?r)|him|her) (?:at bay|in check|under control|comfortable|well))|life.prolong\w+|extend\w* life|gain(?:ing)? time|more time|(?:an? |a )?few (?:more |extra |good |additional )?(?:weeks|months)|(?:extra|additional) (?:time|months)|maintain\w*|(?:(?:disease|tumou?r) )?(?:stabili[sz]\w+|contain(?:ing|ment))|disease (?:stability|containment)|qol\b|quality and length|length of life|time\b(?=\s*(?:[.,;]|$|not))|(?:to )?help(?:ing)? (?:with )?(?:his|her|the) (?:swallowing|breathing|breathlessness|pain|bleeding|symptoms?|cough|dysphagia|bowel|obstruction))"
)
_ILL = r"(?:it|this|that|(?:the|this|his|her|that|their) (?:\w+ )?(?:disease|cancer|tumou?r|growth|illness|metastas\w+|malignancy|lymphoma|sarcoma|melanoma|carcinoma))"
_PALLIATIVE = tuple(
    words(p)
    for p in (
        rf"\b(?:aims?|intent(?:ion)?|goals?|purpose|objective)\b(?: of (?:care|treatment|therapy|rt|tx))?{_SEP}(?:\w+ )?(?:pall(?:iat\w*)?\b|{_RELIEF})",
        r"\b(?:no longer|not) about cure\b|\bpast (?:the point of )?cur(?:e|ing)\b|\b(?:purely|only|just|solely) for (?:the )?(?:symptoms?|pain|comfort)\b|\bfor (?:pain|symptom) relief (?:only|alone)\b|\bha?emostatic (?:radiotherapy|radiation)\b|\bonly palliate\b",
        r"\b(?:want|hope|hoping|try|trying|aim|aiming) to (?:slow|contain|control) (?:it|this|the (?:disease|cancer|tumou?r|growth))\b|\bcannot eradicate\b",
        r"\b(?:from|moved on from|given up on) (?:a )?cure\b|\b(?:not|never) (?:something|a (?:disease|cancer|tumou?r)|one) (?:that |which )?(?:we|I|anyone|anybody) (?:\w+ ){0,4}(?:get rid of|cure|clear|eradicate)\b|\b(?:(?:disease|symptom|tumou?r|durable|lasting|good|local) control|life prolongation|palliation|comfort|more time|quality of life) is (?:what|where|the|my|our|all)\b|\bkeep(?:ing)? (?:it|this|things|the (?:disease|cancer|tumou?r|illness|growth)) (?:\w+ )?(?:at bay|in check|quiet|asleep|stable)\b",
        r"\b(?:will not|won't|cannot|can't|not going to|never|unable to) (?:\w+ )?(?:go away|(?:get|be) rid|disappear)\b|\bgiv(?:e|ing) (?:him|her|them) (?:\w+ ){0,3}(?:good (?:time|months)|more (?:time|months))\b",
        rf"\b(?:cur(?:e|ing)|eradication|getting rid of (?:it|this))\b{_W}{{0,24}}\b(?:is|as|was|seems?|looks?|not|remains)\b{_W}{{0,20}}\b(?:out of reach|unrealistic|unlikely|impossible|off the table|beyond|no longer|not (?:a |the |an |our |my )?(?:realistic|possible|aim|goal|expected|achievable|likely|intent\w*|option|within|on the)|not expected)",
        r"\bcure (?:is )?not\b|\bnot(?: \w+){0,4} cure\b(?! rate)|\bnot radical\b|\blife.extending\b|\bno (?:realistic |real |prospect of |hope of |chance of |question of |talk of |possibility of )+(?:a )?cure\b|\bno cure\b|\bno longer (?:a )?(?:cur\w+)",
        r"\b(?:cannot|can not|can't|could not|won't|will not|never|not|no longer) (?:\w+ )?be cured\b|\bcannot (?:\w+ )?cure\b|\b(?:not|never|hardly|nor) (?:to see |see |expect |aim(?:ing)? (?:for|at) |aimed at |going for |for |to |at |a |with a view to )*(?:a )?cure\b(?! rates?)|\bdo(?:es)? not (?:see|expect|believe|think|regard)\b[^.;]{0,24}\bcur(?:e|able|ative)\b",
        rf"\baimed (?:\w+ )?at (?:the )?{_RELIEF}|{_GOAL}{_W}{{0,30}}(?:\b(?:is|are|be|remains?|being|would be|of|to|for|at|now|in)\b|[:|=\u2013-])\s*(?:now |only |simply |purely |solely |just |therefore |to |for |with |the |local )*{_RELIEF}",
        rf"{_GOAL}\s*(?:of (?:care|treatment|therapy)|of the treatment)?\s*[:|=\u2013-]\s*(?:\w+ )?{_RELIEF}",
        rf"\b(?:treat(?:ing|ed|ment|s)?|radiotherapy|chemotherapy|chemo-?radi\w+|chemo|radiation|gy|everything|therapy|given|used|it)\b{_W}{{0,30}}\b(?:for|to|towards?) (?:the )?(?:purely |simply |only |local )?(?:comfort|disease control|symptom (?:control|relief)|control (?:and comfort|the disease|only|alone|not)|relie\w+|palliat\w+|eas(?:e|ing)|buy(?:ing)? time|gain time|hold (?:the disease|it)|prolong life|slow (?:it|the disease)|stop the bleeding)",
        r"\b(?:rather than|not|nor|instead of) (?:to |for |at |of )?(?:eradicat\w+|clear(?:ing)? (?:it|the)|cur(?:e|ing)\b)",
        r"\b(?:not|without|no|little|nor)\b(?: \w+){0,4} (?:hope|prospect|aim|intent\w*|expectation|view|promise|chance|question|talk) (?:of|to|at|that) (?:\w+ )?cur(?:e|ing)\b|\b(?:no|little|without)\b(?: \w+){0,3} (?:hope|prospect|expectation|chance|likelihood|possibility) of (?:it|this|(?:the|her|his) (?:\w+ )?(?:disease|cancer|tumou?r)|(?:him|her) ?) ?(?:ever )?being (?:eradicated|cleared|cured|got rid of|gone|free)",
        r"\b(?:everything|all) (?:that )?(?:we|I) (?:do|offer|give)[^.;]{0,30}palliative|\bonly be palliative\b|\bprolongation of life\b|\blife.prolonging\b|\bbuy(?:ing)? (?:(?:her|him|them|us|some|a little|a bit of) )*time\b",
        r"\ball (?:that )?(?:we|i|it|one|this|treatment|chemo\w*|radio\w*) (?:can|could|may)(?: (?:realistically|reasonably|honestly|now|still))? (?:hope (?:for|to)|offer|do|achieve|give|promise|expect)(?: (?:for )?(?:him|her|them)| now| here| (?:with|by) (?:\w+ )?\w+)* (?:is|are|to)\b(?![^.;]{0,30}\bcur)",
        r"\b(?:hope|hoping|want|aim|expect|try(?:ing)?|mean) (?:\w+ )?(?:to )?(?:gain|win|achieve|obtain|buy|bring)\b[^.;]{0,30}\b(?:is|are) (?:\w+ )?(?:time|comfort|relief|months|weeks|an? (?:easier|better|more comfortable|few more|little more|calmer)|some (?:more|extra|good)|less)\b",
        r"\b(?:extra|more|additional|few|some|good) (?:good )?months\b[^.;]{0,24}\b(?:is|are) (?:all|what|the (?:most|best))\b|\bget the better of (?:him|her|them)\b|\brather than (?:save|cure|heal) (?:it|him|her|them)?\b|\b(?:can|will|would|could|may) (?:only|merely|at best|at most) (?:postpone|delay|put off|slow|defer|hold|ease|soften|prolong|keep|buy|gain)\b|\bkeep\w* (?:him|her|them) (?:at home|out of hospital|on (?:his|her|their) feet|going) (?:\w+ )?(?:for )?(?:as long|longer|a while)\b",
        r"\b(?:will|is going to|is bound to) (?:\w+ )?(?:die (?:of|from)|succumb to) (?:it|this|the|his|her)\b|\b(?:will|is going to) (?:\w+ )?(?:take|cost|shorten) (?:his|her|their) life\b",
    )
)
_CURATIVE = tuple(
    words(p)
    for p in (
        rf"{_GOAL}{_W}{{0,34}}?(?:\b(?:is|are|be|was|remains?|being|would be|of|to|for|at)\b|[:|=\u2013-])\s*(?:now |still |clearly |to |for |a |the |unequivocally |firmly |frankly |plainly |be )*{_CURED_HERE}",
        r"\b(?:for|pursu(?:e|ing)|going for|go for|achiev\w+|attempt(?:ing|ed)? (?:at )?|aim(?:ing)? (?:for|at)|hop(?:e|ing|eful) (?:for|of)|chance (?:of|at)|prospect of|shoot(?:ing)? for|shot at|view to|intended to|a go at|(?:given|treat(?:ing)?|treatment|operat(?:e|ing)) (?:here |now )?to) (?:a |an attempt at |long.term )?cure\b|\bchance of being cured\b",
        rf"\b(?:aims?|intent(?:ion)?|goals?|purpose|objective)\b(?: of (?:care|treatment|therapy|rt|tx))?{_SEP}(?:\w+ )?(?:cur\b|{_CURED_HERE})",
        r"\b(?:can|could|will|may|shall|able to) (?:still |yet |well )?(?:rid|clear|free) (?:him|her|them|this \w+|mrs?\.? \w+) of (?:it|this|the (?:cancer|disease|tumou?r)|(?:his|her) (?:cancer|disease|tumou?r))\b",
        r"\baimed at (?:cur|eradicat)\w+|\bobject of (?:the exercise|treatment|this) is to (?:cure|eradicate)\b",
        rf"\b(?:set(?:ting)? out|hop\w+|intend\w*|aim\w*|mean\w*|want\w*|expect\w*|try\w*) to (?:be |get )?rid\b(?= (?:him |her |them )?of {_ILL})",
        r"\b(?:can|could|may|should) (?:still |yet |well |be able to )?be cured\b|\bcan (?:still |yet )?cure\b",
        r"\bcure (?:is|remains|can be|should be|must be|stays|looks|was) (?:\w+ ){0,2}(?:possible|realistic|achievable|attainable|feasible|the (?:aim|goal|intent\w*|objective|target)|had|within reach|our|my|likely|in reach|aimed|on the table|expected)\b",
        r"\b(?:hope|intend|intent\w*|aim|expect|try|seek|mean)(?:ing)? (?:to|of) (?:cure|curing)\b|\bradical (?:course|doses?|fractionation|treatment|schedule|package)\b|\btreat(?:ed|ing)?\b[^.;]{0,24}\bradically\b|\bradical(?:.intent|ly treat\w+)\b|\b(?:intent(?:ion)?|aim)\s*[:|=\u2013-]+\s*radical\b",
        r"\b(?:disease|cancer|tumou?r|growth|it) (?:can|could) (?:still |yet |well )?be (?:beaten|conquered|overcome|defeated|vanquished)\b|\b(?:out|there) to (?:cure|eradicate|beat it|get rid)\b",
        r"\blong.term (?:remission|control|survival|disease control) (?:is|remains|looks|seems) (?:\w+ )?(?:realistic|achievable|possible|likely)\b",
        rf"\bcure\b\W{{0,3}}(?:is )?(?:what|where) (?:we|I)\b|\btreatment\b{_W}{{0,20}}\b(?:intended|meant|designed) to (?:be curative|cure)\b",
    )
)
# What ends the disease itself, whatever the verb: hoped for or denied, it tells the aim.
_FREED = words(
    rf"\b(?:get|getting|bring|bringing|keep|keeping) (?:him|her|them) clear of {_ILL}|\bget(?:ting)? (?:him|her|them) clear of (?:it|this)\b|\brid(?:ding)? (?:him|her|them|this \w+|the patient|mrs?\.? \w+|ms\.? \w+) (?:\w+ )?of {_ILL}\b|\b(?:get|got|getting|gets|be) (?:\w+ )?rid of {_ILL}\b|{_ILL} (?:can|could|will|cannot|can't|won't|might|may|is|are)\b(?: \w+){{0,3}} (?:got|be) (?:\w+ )?rid of\b|"
    rf"\b(?:free|clear|rid) of {_ILL}(?: (?:for good|altogether|for ever|forever|permanently|once and for all|completely|entirely))\b|\b(?:make|making|get|getting|see|mak(?:e|ing)) (?:him|her|them) (?:\w+ )?(?:well|healthy|disease.free) (?:again|for good|altogether)\b|"
    rf"\b(?:beat|defeat|conquer|vanquish|overcome)(?:ing)? {_ILL}\b|\b(?:get|see|bring|pull|help) (?:him|her|them) (?:over|through|past) {_ILL}|\b(?:wip|root)(?:e|ing)? (?:it|this|the (?:disease|cancer|tumou?r)) out\b|\b(?:gone|go away|disappear|banish\w*) (?:for good|for ever|forever|once and for all)\b"
)
# A condition of a later step does not touch the aim said before the comma.
_STEP_IF = words(r"\b(?:if|unless|until|once|depends?)\b")
_UNSURE = words(
    r"\b(?:(?<!as )if|whether|unless|should (?=[a-z]+ (?:be|become|respond|prove|shrink))|asked|asks|wonder\w*|(?:s?he|family|patient) hopes?|discuss\w*(?! (?:that|with (?:him|her|them) that|openly that|frankly that))|rates?|until|might|may|perhaps|possibly|potentially|in case|depends?|the question (?:is|of)|in principle|would have been|had been|was initially|initially|originally|previously|in (?:19|20)\d\d|after (?:chemo|treatment|response|downs)|"
    r"once|margins? (?:was|were)|guidelines?|trials?)\b",
)


_CURE = words(r"\b(?:(?:permanent )?cure|curing|eradicat(?:e|ing|ion)|ned)\b(?! (?:rate|clinic|date))")
_CURED = words(r"\b(?:be|hopefully|him|her) cured\b(?! of (?:his|her) (?!cancer|tumou?r|disease))")
_RADICAL = words(r"\bradical(?:ly)?\b(?!(?:[ -](?:\w+ )?(?:\w+ectomy|surgery|resection|excision|operation|neck|cure|change|disagree\w*)))")
# Cure that is far off, behind its name.
_BUT = words(r",? \bbut\b|;")
_CURE_LOST = words(r"[^.;,:]{0,24}?(?:\b(?:not|cannot|never|nor|no longer|impossible|unrealistic|unlikely|unattainable|out of|beyond|off the|remote|excluded|illusory|lost|gone|elusive|denied|slim|small|tiny|negligible|hopeless|ruled out|improbable|unachievable|fanciful)\b|n't\b)")
_NOT_OF_THIS = words(r"\b(?:hepatitis|infection|wound|brother|sister|mother|father|anaemia|ulcer|helicobacter|thrush|hernia|brother's|guideline\w*|\d+ ?%|per ?cent|\w+ out of \w+|one in)\b")
_TREATS = words(r"\b(?:ebrt|brachy\w*|vmat|sabr|sbrt|treat\w*|therap\w+|radio\w+|chemo\w*|d?crt|rt|sbrt|sabr|gy|imrt|course|intent\w*|dose|plan|package|regimen|fraction\w*|folf\w+|cisplatin|surgery|operation|aim|approach)\b")
_PURELY = words(rf"\b(?:purely|merely|simply|solely|only|just)\b (?:\w+ )?(?:to|for|with) (?:\w+ ){{0,3}}?{_RELIEF}|\b(?:offered|given|prescribed|delivered|used|meant|intended|chosen|started|designed|directed|continued|proposed)\b (?:\w+ )?(?:to|for|at|towards) (?:the |an? )?(?:\w+ )?{_RELIEF}|\bwith (?:comfort|symptoms?|quality of life|time|control) in mind\b|\babout (?:\w+ ){{0,2}}(?:quality|comfort|time|control|symptoms)\b[^.;]{{0,30}}\bnot\b")
# The whole of a segment between commas, dashes or brackets: "- dCRT - radical -"
_SEGMENT = words(r"(?:[,;|(]|\s[\u2013\u2014-])\s*(?P<w>radical|rad|cure)(?:[ -](?:intent|basis|setting|in intent|dose|purpose))?\s*(?=[.,;|)]|\s[\u2013\u2014-]|$|\n)")
_LABEL = (
    r"(?:(?:treatment|clinical|therapeutic|therapy|tx|rt|sact|overall|oncological|planned|main|radiotherapy|chemotherapy|stated) )?(?:intent(?:ion)?s?|aims?|goals?|purpose|object(?:ive)?|target|category|ambition)"
    r"(?: of (?:care|treatment|therapy|rt|tx|sact|chemo\w*|surgery|radiotherapy|(?:this|the) (?:treatment|course|chemo\w*|therapy|operation|plan)))?\s*(?:\([^)\n]{0,28}\)\s*)?"
)
_FORM = words(rf"\b{_LABEL}{_SEP}(?P<v>[^|;\n]{{1,70}})")
_ASKED = words(r"\b(?P<w>curative|radical|palliative|for cure|curable|cure)(?:[ -](?:intent|treatment|aim|option|possible|expected|disease|rt))?\s*(?:\(y/n\)\s*)?(?:[?:|=]+\s*|\s[\u2013-]\s|\.{2,}\s*)+(?P<yn>yes|no|y|n)\b(?=\s*(?:[.,;|(]|$|\n))")
_LETTER = words(r"\s*(?:(?P<c>c|r|cur|rad)|(?P<p>p|pall?))\b\.?\s*$")
_CUR_WORD = words(r"\b(?:curative|radical|curable|ned|cure|eradicat\w*|definitive|no evidence of disease|long.term (?:cure|remission))")
_PAL_WORD = words(rf"\b(?:palliat\w*|pall\b|non-?\s?curative|incurable|{_RELIEF[3:]}")
_UNDECIDED = words(r"\b(?:tbc|tbd|to be|unknown|not (?:stated|known|recorded|decided|yet)|\?|(?:curative|radical|palliative)\s?(?:/|or|vs|versus)\s?(?:curative|radical|palliative))")


class Saying(NamedTuple):
    """A stance found in the words; without an action where a form leaves its field open."""

    action: str
    start: int
    end: int


def speaks(text: str, start: int, end: int) -> bool:
    """Whether a sentence of a text in lower case holds a word of aims or of removal at all."""
    return bool(_ANCHOR.search(text, start, end))


def entered_aim(text: str, low: str, start: int, at: int, end: int) -> Saying | None:
    """The aim that a form holds: a ticked box, yes or no behind the word, or what stands behind "intent"; None in running text.

    Args:
        text: the text, for its boxes.
        low: the same in lower case.
        start: where the line or sentence begins.
        at: where the sentence itself begins.
        end: where the line ends or little after the sentence.
    """
    if not _AIM_WORD.search(low, start, end):
        return None
    boxed = [(m, box) for m in _CHOICE.finditer(low, start, end) if (box := ticked(text, start, end, *m.span())) is not None]
    if boxed:
        chosen = [m for m, box in boxed if box]
        return _said("curative" if chosen[0].group()[0] in "cr" else "palliative", chosen[0]) if len(chosen) == 1 else Saying("", at, at)
    asked = _ASKED.search(low, start, end)
    if asked:
        yes = asked["yn"][0] == "y"
        return _said("palliative" if yes is (asked["w"] == "palliative") else "curative", asked)
    form = _FORM.search(low, start, end)
    if form is None:
        return None
    value = form["v"]
    letter = _LETTER.match(value)
    if letter:
        return _said("curative" if letter["c"] else "palliative", form)
    if _UNDECIDED.match(value.strip()):
        return Saying("", at, at)
    relief, cure = _PAL_WORD.search(value), _CUR_WORD.search(value)
    if relief and (not cure or relief.start() <= cure.start()) and relief.start() < 34:
        return _said("palliative", form)
    if cure and cure.start() < 34:
        return _said("palliative" if denied(value, 0, cure.start()) or _CURE_LOST.match(value, cure.end()) else "curative", form)
    return None


_CHOICE = words(r"\b(?:curative|radical|palliative)\b")


def _said(aim: str, found: re.Match[str]) -> Saying:
    return Saying(f"intent.{aim}", found.start(), found.end())


def aims(text: str, start: int, end: int) -> Iterator[Saying]:
    """The aims that a sentence of a text in lower case states; what denies cure aims at relief."""
    raw = text[start:end]
    if not _AIM_WORD.search(raw):
        return
    doubt = _UNSURE.search(raw)
    if doubt:
        cut = _BUT.search(raw)
        at = cut.start() if cut else raw.rfind(", ", 0, doubt.start()) if _STEP_IF.match(raw, doubt.start()) else -1
        if at < 0 or (not cut and len(raw[at : doubt.start()].split()) < 4):
            return
        raw = raw[:at]
        if _UNSURE.search(raw):
            return
    aim, found = "palliative", next((m for p in _PALLIATIVE if (m := p.search(raw))), None) or _PURELY.search(raw)
    if found is None:
        aim, found = "curative", next((m for p in _CURATIVE if (m := p.search(raw))), None)
        cure = _CURE.search(raw) if found else None
        if found and (denied(raw, 0, found.start()) or (cure and _CURE_LOST.match(raw, cure.end()))):
            aim = "palliative"
    if found is None and (freed := _FREED.search(raw)):
        inside = denied(raw, freed.start(), freed.end()) or "cannot" in freed.group() or "n't" in freed.group()
        aim, found = "palliative" if denied(raw, 0, freed.start()) is not inside else "curative", freed
    if found is None:
        aim, found = _of_cure(raw)
    if found is not None:
        yield Saying(f"intent.{aim}", start + found.start(), start + found.end())


def _of_cure(raw: str) -> tuple[str, re.Match[str] | None]:
    """What a sentence that merely names cure or radical treatment says of it."""
    if _NOT_OF_THIS.search(raw):
        return "", None
    found = _CURE.search(raw) or _CURED.search(raw)
    if found is None:
        found = _RADICAL.search(raw) if _TREATS.search(raw) else None
        if found is None or not (_SEGMENT.search(raw) or _RADICAL_HERE.search(raw) or denied(raw, 0, found.start())):
            return "", None
    lost = denied(raw, 0, found.start()) or _CURE_LOST.match(raw, found.end()) is not None
    return "palliative" if lost else "curative", found


_RADICAL_HERE = words(
    r"\bradical(?:,? (?:\w+[- ])?(?:\w+ )?(?:treatment|therapy|radio\w+|chemo\w+|crt|rt|plan|dose|doses|type|intent|course|package|approach|sbrt|sabr|fractionation|schedule)\b|ly (?:treat|irradiat|dosed))|\b(?:is|are|intent|treated|plan|dose|aim|intention) (?:\w+ )?radical(?:ly)?\b"
)
