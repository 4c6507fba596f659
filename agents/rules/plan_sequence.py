"""In which order a planned operation and the treatment around it come.

A sentence is rewritten with signs for what it names (``\u00abM\u00bb`` a planned medical treatment, ``\u00abO\u00bb`` a planned operation, small
letters for those of a condition, ``x`` and ``y`` for those left out, ``n`` and ``p`` for those only spoken of); the words
between the signs then tell the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from agents.rules.lexicon import Mention
from agents.rules.plan_cues import Status
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import load_rules
from agents.rules.text import words

# Operations that are not the treatment of the tumour itself.
MINOR = {
    "surgery.sentinel_node_biopsy",
    "surgery.turbt",
    "surgery.stoma",
    "surgery.bypass",
    "surgery.fixation",
    "surgery.lymphadenectomy",
    "surgery.conisation",
    "surgery.orchidectomy",
    "surgery.cholecystectomy",
}
_ANTICANCER = {"cytotoxic", "targeted_agent", "checkpoint_inhibitor", "endocrine_agent", "radioligand", "cytokine", "oncolytic_virus", "live_intravesical"}
_SIGN = {
    "medical": {"plan": "M", "weak": "M", "conditional": "m", "omit": "x", "none": "n"},
    "operation": {"plan": "O", "weak": "O", "conditional": "o", "omit": "y", "none": "p"},
}
# Ways to say "operate" and "treat" that name no treatment.
_CUT = re.compile(
    r"\b(?:(?<!post )(?<!post-)(?<!pre )(?<!pre-)(?<!co-)(?:(?<=the )op\b(?![.-]? ?(?:note|room|theatre|date))|op(?= (?:1st|first|now|2nd|second|next|then|after)|\s*(?:->|\u2192)))|the scalpel|laparotomy|opens? (?:(?:up )?(?:his|her|the) (?:abdomen|belly|chest|skull|head))|cut(?:ting)? (?:it|this) out|get(?:ting)? (?:it|this|the \w+) (?:all )?out|(?:should|ought to|must|needs? to|wants? to|will) be (?:removed|taken out|resected|excised|cut out)|operat(?:e|ing)|(?:come|comes|coming|taking|taken) out|cut(?:ting)?(?= first| now| it| before| early)|(?:the )?knife(?= later| second| after)|the knife|(?:puts?|putting|takes?) (?:a|the) knife|surgeons? (?:have|take|operate|get)(?= )|go(?:ing)? in(?= first| now| early)|exploration|theatre|(?:shell|whip|tak|lift|scoop|core)(?:e|p|l)?(?:ing)? (?:it|this|(?:the|his|her) \w+) (?:straight )?(?:out|off)|"
    r"remov(?:e|es|ing) (?:it|this|everything|all of it|what is left|the \w+)|operates|resect(?:ing)?|excis(?:e|ing)|hav(?:e|ing) (?:it|this) out|get (?:it|this) out)\b"
)
_TREAT = re.compile(
    r"\b(?:(?:drug|medical|systemic|medication) (?:treatment|therapy)|the drugs|(?:downsiz|downstag)\w+|shrink(?:ing)?(?: it| this| the \w+)?(?: down)?|treat(?= first))\b"
)
_WILL = re.compile(r"\b(?:i|we|i'd|we'd|i'll|we'll|should|ought to|wants?|needs?|plan|list(?:ed)? for|straight to)\b")
_DENIED = re.compile(r"\b(?:not|no|never|without|rather than|instead of|unable|cannot|can't|won't|if|unless|until|whether|may|might|could|can|before|when|were|was)\b|\?|\b(?:drain|stent|stitch|suture|clip|staple|port|catheter|biops|sampl|polyp)")
# "no place for the knife"
_NO_CUT = re.compile(r"\bno (?:place|role|room|need|call|indication|case|reason|point|merit) (?:for|in|to) (?:\w+ ){0,2}$")
# "operating now would cost her the stomach"
_COSTS = re.compile(r"[^.;,]{0,24}\b(?:would|will|could|might|may) (?:only |simply |certainly )?(?:cost|risk|leave|harm|lose|mean (?:losing|the loss)|sacrifice|jeopardi[sz]e|endanger|be (?:\w+ )?(?:wrong|unwise|dangerous|futile|a mistake|premature|hazardous|too))\b")
_PLANNED = re.compile("\u00ab[MOxymo]\u00bb|\u00ab[np]\u00bb.*(?:until|before|once|wait|after|skip|no )|wait(?:ing)? (?:for|on) [^\u00ab;]{0,20}\u00ab[np]\u00bb")
_GLUE = re.compile(r"\u00ab([MO])\u00bb(?:[\s,/+&()-]|\b(?:and|plus|with|or|cycles?|courses?|of|x\s?\d|\d+(?:\.\d)?|gy|in|mg|the|doublet)\b)*\u00ab\1\u00bb")
_G = r"[^\u00ab;]"
# "theatre is held for 25 March": a day, not what is waited for
_DAY = r"(?:the |this |next |(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d|january|february|march|april|may|june|july|august|september|october|november|december|him|her|them|this)"
_M, _O = "\u00ab[Mm]\u00bb", "\u00ab[Oo]\u00bb"
_THEN = r"(?:\bthen\b|\bfollowed by|\bf/b\b|\bfb\b|\bin advance of\b|\bin preparation for\b|\bopens? the way for\b|\buntil\b(?= [^\u00ab;]{0,12}\u00abO)|\bbefore\b|\bahead of|\bprior to|\bprecedes?\b|\bpreceding|->|\u2192|\band (?:afterwards|thereafter|subsequently|next)\b|\bthereafter\b(?= [^\u00ab;]{0,8}\u00abO)|\bin front of\b|\bleading to\b|\bas a (?:bridge|prelude) to|\s/\s)"
_FIRST = (
    r"(?:\b1st\b|\bfirst\b(?! dose| cycle| line| fraction|-line| choice|-choice)|\bup[- ]?front\b|\bto (?:begin|start) with\b|\bat the outset\b|\binitially\b|\bstraight ?away\b|\bimmediately\b|"
    r"\bat once\b|\bright away\b|\bnow\b|\bas (?:the |a |her |his )?(?:first|initial|opening|primary) (?:step|treatment|move|stage|measure)|\bis the (?:first|opening) (?:step|move|treatment)|\bbefore (?:anything|everything) else\b|\bfirst of all\b|\bbeforehand\b|\b(?:takes?|has|have) (?:precedence|priority)\b)"
)
_LEAD = r"\b(?:first(?: to)?|lead(?:ing)? with|(?<!to )begin(?:ning)? with|(?<!to )start(?:ing)? with|start(?:ing)? by|open(?:ing)? with|initial|initially|up-?front)"
_LEAD_CUT = rf"(?:{_LEAD}|\b(?:primary|immediate|straight (?:\w+ )?(?:to|for|into)|direct(?:ly)? (?:to|for)|go direct(?:ly)? to))"
_NEAR = r"(?:(?!(?:and|then|or|after|before|to)\b)[\w-]+ ){0,5}"
_LATER = (
    r"(?:\bafterwards?\b|\bafter(?:\s*(?:[.,;]|$)| that| it)|\bthereafter\b|\blater\b|\bsecond\b|\bto follow\b|\bfollows\b|\bin due course\b|\bat (?:week )?\d+|\babout a month|\b(?:\w+|\d+) weeks? (?:on|on from|after|later|afterwards)\b|"
    r"\b(?:within|in|some|about|around|from) (?:week )?(?:\w+|\d+(?:-\d+)?)(?: (?:to|or) \w+)? ?(?:weeks?|wks?|months?|days)(?: (?:of|after|from|post) (?:it|that|surgery|the operation|theatre|discharge|op))\b|\bfrom week \w+|\b(?:wk|week|month) \d+|\bto come after\b|\bafterward\b|\bthe (?:following|next) (?:day|week|month)\b|\b(?:as )?(?:a second (?:stage|step)|(?:step|stage) (?:two|2|ii))\b|\bis for (?:after|later)\b|\bcomes? (?:later|second|next|last)\b|\b(?:will|to|shall|should|may|can|let [^\u00ab;]{0,10}) ?follow\b|\bwaits?\b|\bthree (?:more|further)\b|\bin the (?:spring|summer|autumn|fall|winter|new year)|\bas an interval|\bsubsequently\b|\bin a second step|\bat the end(?: of it)?\b|\bnext(?:\s*[.,;]|$))"
)
_HEAL = r"(?:\b(?:once|when|after|until|on|as soon as)\b[^\u00ab;]{0,30}\b(?:wound|stitch\w*|sutures|clips|drains?|eat(?:s|ing)?|home|skin|heal\w*|recover\w*|pathology|specimen|final (?:stage|histology))|\bper (?:final|histology|pathology)|\baccording to\b|\bif (?:the )?(?:nodes?|margins?|final|stage|needed|necessary|indicated|\w+ (?:is|are) (?:positive|involved)))"
_KEPT = r"(?:\b(?:kept|keep|left|leave|leaving|sav(?:e|ed|ing)|reserved?|held (?:back|over)|hold(?:ing)? back|deferred)\b)"

_BEFORE_OPERATION = tuple(
    re.compile(p)
    for p in (
        rf"\u00abM\u00bb{_G}{{0,80}}{_THEN}{_G}{{0,50}}{_O}",
        rf"\u00abM\u00bb{_G}{{0,80}}{_O}{_G}{{0,40}}{_LATER}",
        rf"\u00abM\u00bb[^\u00ab;,]{{0,50}},{_G}{{0,50}}{_O}[^\u00ab;]{{0,12}}\b(?:then|followed by)\b{_G}{{0,40}}(?:\u00abM\u00bb|\bcycles\b)",
        rf"\u00abM\u00bb[^\u00ab;,]{{0,30}}{_FIRST}",
        rf"{_LEAD} {_NEAR}\u00abM\u00bb",
        r"\u00abM\u00bb(?:,? [^\u00ab;,]{0,20},)? as (?:the|an|our|a) (?:first|opening|initial) (?:step|move|treatment|stage)",
        rf"{_O}[^\u00ab;,]{{0,60}}\b(?:after|(?<!at )once|when|following|on completion of|at the end of|on the back of)\b(?! (?:which|that|it|this)){_G}{{0,50}}\u00abM\u00bb",
        rf"\u00ab[OoyYp]\u00bb{_G}{{0,50}}\b(?:once|until(?: after)?|after|when|as soon as)\b{_G}{{0,50}}\u00ab[Mmn]\u00bb{_G}{{0,6}}\b(?:is|are|has|have)\b{_G}{{0,20}}\b(?:finished|complete[d]?|done|over|in|had|worked|through|behind|given|delivered|on board)",
        rf"\bnot\b{_G}{{0,40}}\u00ab[Oypo]\u00bb{_G}{{0,40}}\b(?:before|until)\b{_G}{{0,40}}\u00ab[Mmnx]\u00bb",
        rf"\b(?:hold|defer|delay|postpone|put off)\b{_G}{{0,40}}\u00ab[OoPpy]\u00bb{_G}{{0,20}}\b(?:until|till)\b{_G}{{0,60}}\u00ab[Mmn]\u00bb",
        rf"\u00ab[Oopy]\u00bb{_G}{{0,30}}\b(?<!not )(?:waits?|held|deferred|delayed|postponed|put off)\b{_G}{{0,30}}\b(?:until|till|for(?! {_DAY})|behind)\b{_G}{{0,50}}\u00ab[Mmn]\u00bb",
        rf"(?:^|[.:;] ?)first,? \u00abM\u00bb{_G}{{0,40}}\bsecond,? {_O}",
        r"\u00ab[Mmx]\u00bb before rather than after",
        rf"\u00ab[OoyYpP]\u00bb{_G}{{0,12}}\b(?:once|when|after|until)\b{_G}{{0,14}}\b(?:has|have|is|are) (?:completed|finished|had|done|through|received)\b{_G}{{0,14}}\u00ab[Mmn]\u00bb",
        rf"\u00abM\u00bb{_G}{{0,30}}\b(?:put|push|move)(?:ing|ed)? back\b{_G}{{0,12}}\u00ab[OoyYpP]\u00bb",
        rf"\b1[.):]? \u00abM\u00bb{_G}{{0,12}}\b2[.):]? {_O}",
        rf"{_O}{_G}{{0,24}}\bbetween\b{_G}{{0,24}}\u00abM\u00bb|\u00abM\u00bb{_G}{{0,12}}\b(?:sandwich|either side)\b{_G}{{0,30}}{_O}",
        rf"\u00abM\u00bb(?:\s?(?:x\s?)?\d+|\s(?:cycles|courses))*(?:\s[\u2013\u2014-]+|\s?>+|\s?/)\s{_G}{{0,16}}{_O}|\u00abM\u00bb, {_G}{{0,12}}\u00abO\u00bb, (?:{_G}{{0,12}}\u00abM\u00bb|(?:two|three|four|\d) more)",
        rf"\u00abO\u00bb (?:will |to |should |can |then )?follows?\b{_G}{{0,16}}\u00ab[Mmn]\u00bb",
        rf"{_O}[^\u00ab;,]{{0,30}}\bonly (?:after|once|when|following)\b{_G}{{0,40}}\u00ab[Mmn]\u00bb",
        rf"\u00abM\u00bb{_G}{{0,80}}\b(?:interval|delayed) {_G}{{0,12}}{_O}",
        rf"{_O}{_G}{{0,40}}\b(?:beyond|on from|past) (?:the )?(?:last|final|end of)?{_G}{{0,14}}\u00ab[Mmn]\u00bb",
    )
)
_BEFORE_MEDICAL = tuple(
    re.compile(p)
    for p in (
        rf"\u00abO\u00bb{_G}{{0,80}}{_THEN}{_G}{{0,50}}{_M}",
        rf"\u00abO\u00bb{_G}{{0,80}}{_M}{_G}{{0,50}}{_LATER}",
        rf"\u00abO\u00bb{_G}{{0,80}}{_M}{_G}{{0,50}}{_HEAL}",
        rf"\u00abO\u00bb{_G}{{0,80}}\b(?:once|when|after)\b{_G}{{0,30}}\b(?:recover|heal)\w*{_G}{{0,50}}{_M}",
        rf"\u00abO\u00bb{_G}{{0,80}}{_KEPT}{_G}{{0,20}}{_M}",
        rf"\u00abO\u00bb{_G}{{0,80}}{_M}{_G}{{0,12}}{_KEPT}",
        rf"\u00abO\u00bb{_G}{{0,80}}(?:\bhand\w* (?:\w+ )?(?:over|on|back|to)\b|\bpass\w* (?:\w+ )?(?:on|over)|\blet (?:the )?oncolog\w+){_G}{{0,40}}{_M}",
        r"\u00ab[Mmx]\u00bb after rather than before",
        rf"\b1[.):]? \u00abO\u00bb{_G}{{0,12}}\b2[.):]? {_M}",
        rf"\u00abO\u00bb(?:\s[\u2013\u2014-]+|\s?>+|\s?/)\s{_G}{{0,16}}{_M}",
        rf"\u00ab[Mmn]\u00bb (?:will |to |should |can |then )?follows?\b{_G}{{0,16}}\u00ab[OopP]\u00bb",
        rf"\u00ab[Mmn]\u00bb{_G}{{0,30}}\b(?:left|kept|held|deferred|delayed|postponed|saved|waits?|reserved)\b{_G}{{0,14}}\b(?:until|till|for)\b{_G}{{0,24}}\u00ab[OopPy]\u00bb",
        rf"\u00abO\u00bb{_G}{{0,20}}\bbefore any\b{_G}{{0,10}}\u00ab[Mmnx]\u00bb",
        rf"\u00abO\u00bb[^\u00ab;,]{{0,30}}{_FIRST}",
        rf"{_LEAD_CUT} {_NEAR}\u00abO\u00bb",
        rf"\u00abM\u00bb[^\u00ab;,]{{0,60}}\b(?:after|once|following)\b(?! (?:which|that|it|this)){_G}{{0,40}}\u00ab[OopP]\u00bb",
    )
)
# The medical treatment is not waited for.
_NOT_BEFORE = tuple(
    re.compile(p)
    for p in (
        rf"\bwithout waiting for {_G}{{0,20}}\u00ab[xMmn]\u00bb",
        rf"\u00ab[OoyYp]\u00bb{_G}{{0,30}}\bnot wait (?:for|on){_G}{{0,20}}\u00ab[xMmn]\u00bb",
        rf"\u00ab[OoyYp]\u00bb{_G}{{0,30}}\bnot (?:be )?(?:delayed|held up|postponed|put off)\b{_G}{{0,20}}\u00ab[xMmn]\u00bb",
        rf"\bwait(?:ing)? (?:for|on) {_G}{{0,20}}\u00ab[xMmn]\u00bb{_G}{{0,24}}\b(?:costs?|risks?|los(?:e|es|ing)|harms?|jeopardi\w+|endangers?|unsafe|wrong|dangerous|unwise|too|not|no)\b",
        r"\b(?:without|no)\b (?:any )?\u00ab[xMmn]\u00bb (?:treatment )?(?:beforehand|before(?! and)|first|up[- ]?front)",
        rf"\bnot\b{_G}{{0,20}}\b(?:delay|postpon|hold up|defer)\w*\b{_G}{{0,16}}\u00ab[OoyYpP]\u00bb{_G}{{0,12}}\b(?:for|by|with)\b{_G}{{0,16}}\u00ab[xMmn]\u00bb",
        rf"\bno (?:reason|need|point|case) {_G}{{0,24}}\u00ab.\u00bb (?:beforehand|before|first|up ?front)\b",
        rf"\b(?:nothing|no(?: \w+)?) (?:to be gained|benefit|advantage|merit|role|place|value|gain){_G}{{0,20}}\u00ab.\u00bb (?:beforehand|before|first|up ?front|prior)",
        r"\b(?:skip|without|no|omit\w*|forgo|dispense with)\b (?:\w+ ){0,3}(?:neo-?adjuvant|pre-?operative|induction)\b[^\u00ab;]{0,16}(?:\u00ab[xn]\u00bb|phase|treatment)",
    )
)
# "Start TCHP on Monday. Mastectomy after cycle six."
_LATE_OPERATION = re.compile(rf"\u00ab[Oop]\u00bb{_G}{{0,40}}(?:{_LATER}|\b(?:once|when|after|following) (?:\w+ ){{0,3}}(?:cycles?|courses?|doses|fractions?)|\b(?:pencilled|provisional\w*|slated|envisaged|earmarked)\b|\bafter (?:the )?(?:\w+ )?(?:cycles?|courses?|last)|\bthen\b)|(?:^|\s)(?:then|afterwards|thereafter)\W{_G}{{0,20}}{_O}")
_AROUND = re.compile(rf"\u00abM\u00bb{_G}{{0,60}}\u00abO\u00bb{_G}{{0,60}}{_M}")
_NO_WAIT = re.compile(r"\b(?:not (?:be )?(?:wait(?:ing)? for|delayed? (?:by|for))|no need to wait for|without waiting for)\b[^\u00ab;]{0,20}\u00ab[xMmn]\u00bb")
# "Letrozole to begin with; we then see whether an operation is within reach."
_MEDICAL_FIRST = re.compile(rf"\u00abM\u00bb(?:,? [^\u00ab;,]{{0,20}},)? as (?:the|an|our|a) (?:first|opening|initial) (?:step|move|treatment|stage)|\u00abM\u00bb[^\u00ab;,]{{0,30}}{_FIRST}|{_LEAD} {_NEAR}\u00abM\u00bb")
_TO_SEE = re.compile(r"\b(?:then|afterwards|thereafter|later|after that)\b[^\u00ab]{0,60}\u00ab[op]\u00bb")
_FIRST_LINE = words(r"[\s-](?:line|choice|dose|cycle)\b")
# "the week after next" says when, not after what
_NEXT = words(r"\b(?:week|month|day|\w+day) after (?:next|tomorrow)\b|\bat the end of (?:the |this |next )?(?:week|month|year|january|february|march|april|may|june|july|august|september|october|november|december)\b|\bafter (?:easter|christmas|whitsun|the (?:weekend|holidays?|new year))\b")
_ONE = words(r"^\W*(?:(?:step|phase|stage|part|treatment|no\.?|number) (?:1|one|i)\b|1st\b|first(?:ly)?\b|a\)|1[.)])")
_TWO = words(r"^\W*(?:(?:step|phase|stage|part|treatment|no\.?|number) (?:2|two|ii)\b|2nd\b|second(?:ly)?\b|b\)|2[.)])")
_LATE_MEDICAL = re.compile(rf"\u00ab[Mmn]\u00bb{_G}{{0,40}}(?:{_LATER}|{_HEAL}|\bin (?:\w+) weeks|\bthen\b[^\u00ab]*$)|(?:^|\s)(?:then|afterwards|thereafter)\W{_G}{{0,20}}{_M}|{_HEAL}{_G}{{0,40}}{_M}")
_TREATED = words(r"\byp?T\d|\b(?:after|following|completed?|response to|received) (?:neoadjuvant|induction|\w+ cycles)|\brestag\w+ (?:CT|scan|MRI|PET)? ?(?:show|after)|\bgood response\b|\blast panitumumab")
_PERI = ("before", "prior to", "followed by", "then", "peri", "pre", "after", "post", "following", "interval", "delayed")


class Step(NamedTuple):
    """A sentence with what was judged of its mentions."""

    sentence: Sentence
    judged: Sequence[tuple[Mention, Status]]
    loose: bool
    """Whether "operate" and "treat" in it are steps: it decides rather than tells or weighs."""
    condition: Callable[[], str]
    """The words of its condition."""


class Order(NamedTuple):
    """An order with the words that say so."""

    order: str
    """``neoadjuvant``, ``upfront_surgery`` or ``adjuvant``."""
    sentence: Sentence
    start: int
    end: int


def orders(reading: Reading, steps: Sequence[Step]) -> Iterator[Order]:
    """The orders that a document states, by position."""
    treated = bool(_TREATED.search(reading.low))
    signed = [(step, _signed(reading, step)) for step in steps]
    whole = " ".join(text for _, text in signed)
    cuts = any(sign in whole for sign in ("\u00abO\u00bb", "\u00abo\u00bb", "\u00aby\u00bb"))
    for step, text in signed:
        yield from _named(reading, step)
        if not _PLANNED.search(text):
            continue
        denied = not treated and any(p.search(text) for p in _NOT_BEFORE)
        before = not denied and (cuts or "\u00abp\u00bb" in text) and any(p.search(text) for p in _BEFORE_OPERATION)
        first = denied or (not treated and any(p.search(text) for p in _BEFORE_MEDICAL))
        if before and (not first or _AROUND.search(text)):
            yield _at("neoadjuvant", step)
        elif first and not before and ("\u00abO\u00bb" in whole or "\u00aby\u00bb" in text):
            yield _at("upfront_surgery", step)
    for (one, a), (two, b) in pairwise(signed):
        if two.sentence.start - one.sentence.end > 60:
            continue
        if "\u00abM\u00bb" in a and "\u00abO\u00bb" not in a and (_LATE_OPERATION.search(b) or ("\u00abO\u00bb" in b and _ONE.search(a) and _TWO.search(b))):
            yield _at("neoadjuvant", two)
        elif "\u00abO\u00bb" in a and "\u00abM\u00bb" in b and _ONE.search(a) and _TWO.search(b):
            yield _at("upfront_surgery", one)
        elif "\u00abM\u00bb" in a and "\u00abO\u00bb" not in a and _TO_SEE.search(b) and _MEDICAL_FIRST.search(a):
            yield _at("neoadjuvant", one)
        elif not treated and "\u00abO\u00bb" in b and _NO_WAIT.search(a):
            yield _at("upfront_surgery", two)
        elif not treated and "\u00abO\u00bb" in a and "\u00abM\u00bb" not in a and _LATE_MEDICAL.search(b):
            yield _at("upfront_surgery", one)


def operates(reading: Reading, step: Step) -> tuple[int, int] | None:
    """Where a sentence that names no treatment says that there will be an operation ("I'd take it out")."""
    sentence = step.sentence
    if not step.loose or any(is_operation(m) or is_medical(m) for m, _ in step.judged):
        return None
    text = reading.low[sentence.start : sentence.end]
    found = _CUT.search(text)
    if found is None or not _WILL.search(text) or _DENIED.search(text):
        return None
    return sentence.start + found.start(), sentence.start + found.end()


def _at(order: str, step: Step) -> Order:
    spans = [m for m, status in step.judged if status != "none"] or [m for m, _ in step.judged]
    where = spans[0] if spans else None
    start, end = (where.start, where.end) if where else (step.sentence.start, step.sentence.end)
    return Order(order, step.sentence, start, end)


def _signed(reading: Reading, step: Step) -> str:
    """The sentence in lower case with its treatments as signs."""
    pieces: list[str] = []
    at = step.sentence.start
    for mention, status in step.judged:
        kind = "medical" if is_medical(mention) else "operation" if is_operation(mention) else ""
        if not kind or mention.start < at:
            continue
        pieces.append(_loosely(reading.low[at : mention.start], step.loose))
        pieces.append(f"\u00ab{_SIGN[kind][status]}\u00bb")
        at = mention.end
    end = step.sentence.end
    if end and reading.text[end - 1] == "|":  # a cell of a table: its row goes on
        line = reading.text.find("\n", end)
        end = line if line >= 0 else len(reading.text)
    pieces.append(_loosely(reading.low[at:end], step.loose))
    text = _NEXT.sub("on its day", "".join(pieces))
    while (shorter := _GLUE.sub("\u00ab\\1\u00bb", text)) != text:
        text = shorter
    return " ".join(text.split())


def _loosely(text: str, loose: bool) -> str:
    if not loose:
        return text
    return _TREAT.sub("\u00abM\u00bb", _CUT.sub(lambda m: "\u00aby\u00bb" if _NO_CUT.search(text, 0, m.start()) or _COSTS.match(text, m.end()) else "\u00abO\u00bb", text))


def _named(reading: Reading, step: Step) -> Iterator[Order]:
    """The orders that have a name of their own: neoadjuvant, upfront surgery, adjuvant."""
    planned = [m for m, status in step.judged if status in ("plan", "weak")]
    medical = [m for m in planned if is_medical(m)]
    operations = [m for m in planned if is_operation(m)]
    for mention, status in step.judged:
        if mention.category != "sequence" or status not in ("plan", "weak", "omit"):
            continue
        form = reading.low[mention.start : mention.end]
        if form.endswith("first") and _FIRST_LINE.match(reading.low, mention.end):
            continue
        negated = status == "omit" and not form.startswith(("no ", "without"))
        found = Order(mention.id, step.sentence, mention.start, mention.end)
        if mention.id == "neoadjuvant":
            if negated:
                if operations:
                    yield found._replace(order="upfront_surgery")
            elif status != "omit" and _bound(mention, medical, form):
                yield found
        elif mention.id == "upfront_surgery":
            if not negated and (operations or not form.startswith(("no ", "without"))):
                yield found
        elif mention.id == "adjuvant" and status != "omit" and _bound(mention, medical, form):
            yield found


def _bound(mention: Mention, medical: list[Mention], form: str) -> bool:
    """Whether the word speaks of a planned medical treatment ("echo before surgery" does not)."""
    reach = 90 if form.startswith(_PERI) else 60
    return any(abs(m.start - mention.end) <= reach or abs(mention.start - m.end) <= reach or m.start <= mention.start < m.end for m in medical)


def is_operation(mention: Mention) -> bool:
    """Whether the mention is an operation on the tumour."""
    return mention.category == "treatment" and mention.id.startswith("surgery") and mention.id not in MINOR


@lru_cache(maxsize=1)
def _other_drugs() -> frozenset[str]:
    """Drugs and classes that treat no tumour: "stop apixaban before surgery" is no sequence."""
    classes = load_rules().field("drugs", "drugs", "classes")
    against = {c for own in classes.values() if _ANTICANCER.intersection(own) for c in own}
    every = {c for own in classes.values() for c in own}
    return frozenset(d for d, own in classes.items() if not _ANTICANCER.intersection(own)) | (every - against)


def is_medical(mention: Mention) -> bool:
    """Whether the mention is a drug treatment of the tumour or radiation."""
    if mention.category in ("regimen", "drug", "drug_class"):
        return mention.category == "regimen" or mention.id not in _other_drugs()
    return mention.category == "treatment" and mention.id.startswith(("systemic", "chemoradiation", "radiotherapy"))
