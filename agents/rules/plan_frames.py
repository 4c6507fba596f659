"""What frames a plan in its sentence: the reason at its head, the denial of its denial, the plan that once was."""

from __future__ import annotations

from agents.rules.text import words

# "As she has never smoked I have prescribed osimertinib", "In view of his wish to keep his bladder, BCG is arranged"
_REASON_FIRST = words(
    r"\W*(?:as|because(?: of)?|since|owing to|due to|in view of|in (?:the )?light of|on account of|given|seeing that|now that|although|though|even though)\b[^.;]{3,110}?"
    r"(?:, | (?=(?:i|we) (?:have|am|are|shall|will|would|propose|recommend|advise|suggest|plan|intend)\b))"
)
_DROP = r"(?:omit(?:t\w+)?|left? out|leav(?:e|ing) out|left off|skip\w*|drop(?:p\w+)?|for(?:e)?go(?:ne|ing)?|dispens\w+ with|do(?:ne|ing)? without|withh[eo]ld\w*|spared|miss(?:ed|ing)?|neglect\w*|dodged?|avoid(?:ed|ing)?)"
_NEVER = r"(?:cannot|can ?not|can't|must not|mustn't|may not|should not|shouldn't|ought not to|is not to|are not to|is not something to|never|not|nobody (?:should|would)|no[ -]one (?:should|would))"
# "androgen deprivation cannot be left out", "there is no case for omitting trastuzumab"
_DENIED_AFTER = words(rf"[^.;,]{{0,24}}?\b{_NEVER}\b[^.;,]{{0,16}}?\bbe {_DROP}\b|[^.;,]{{0,24}}?\b(?:is|are) (?:not (?:optional|negotiable|dispensable|a luxury)|non-negotiable|indispensable|essential|mandatory|obligatory|a must)\b")
_DENIED_BEFORE = words(
    rf"\b(?:would|will|can|could|should|must|may|do|shall|dare|want to|wish to|prepared to|willing to|happy to|inclined to|ready to|keen to) ?(?:not|never)\b[^.;,]{{0,24}}?\b{_DROP}[^.;,]{{0,24}}$"
    rf"|\b(?:not|cannot|can't|wouldn't|won't|unwilling|reluctant|loath|never)\b (?:\w+ ){{0,4}}?(?:to )?{_DROP}(?: \w+){{0,3}} $"
    rf"|\bno (?:case|reason|grounds?|argument|question|justification|excuse|basis|evidence) (?:\w+ )?(?:for|to|of|at all for) {_DROP}(?: \w+){{0,3}} $"
)
_STEMS = ("omi", "out", "skip", "drop", "forgo", "forego", "without", "withh", "spare", "miss", "neglect", "dodge", "avoid", "left off", "with", "option", "negoti", "essential", "mandatory", "obligat", "a must", "indispens", "luxury")
# "MRI brain requested to settle whether there are metastases": what a test is for is no doubt about it
_PURPOSE = words(r"\b(?:in order )?to (?:settle|see|find out|establish|determine|clarify|know|tell|check|ascertain|learn|judge|exclude|rule out) (?:whether|if|how|what|which|where)\b|\b(?:for|with) the question (?:of|whether)\b")
# "14 months platinum-free" tells of the disease
_STATE_OF = words(r"[\s-](?:free(?! (?:of|to))|sensitive|resistant|refractory|na[i\u00ef]ve|exposed|pre-?treated|(?:in)?eligible|unfit|intolerant|responsive)\b")
# "Chemotherapy will not start until 3 March", "he will not have it before the wound has healed", "if he declines chemotherapy"
_NOT_BEGUN = r"\b(?:not|never)\b|n't\b"
_BEGINS = r"(?:start\w*|begin\w*|begun|commenc\w*|giv(?:e|en|ing)|go ahead|proceed|have|receive|happen|take place|follow|be (?:given|started|begun))\b"
_UNTIL = r"(?:(?:until|till)\b(?! (?:\w+ ){0,3}(?:progress|relaps|recur|symptom))|before (?:(?!surgery|operation|resection|radio|chemo|\w+ectomy)[\w/]+ ){1,4}(?:has|have|is|are|comes?|heal\w*|known|back)\b|before (?:the )?\d)"
_PUT_OFF_AFTER = words(rf"[^.;,]{{0,24}}?(?:{_NOT_BEGUN})[^.;,]{{0,16}}?\b{_BEGINS}[^.;]{{0,40}}?\b{_UNTIL}")
_PUT_OFF_BEFORE = words(rf"(?:{_NOT_BEGUN})[^.;,]{{0,16}}?\b{_BEGINS}[^.;,]{{0,24}}$")
_PUT_OFF_TAIL = words(rf"[^.;,]{{0,30}}?\b{_UNTIL}")
_IF_DECLINED = words(r"\b(?:if|should|in case|unless) (?:s?he|they|the patient|mr|mrs|ms)\b[^.;,]{0,24}?\b(?:declin\w+|refus\w+|(?:does|do) not want|did not want|turns? down|opts? against)\b[^.;,]{0,24}$")
# "Cisplatin belongs to the drugs that harm the kidney, and he will not receive it"
_NOT_IT = words(r"[^;.]{0,120}\b(?:s?he|they|the patient) (?:(?:will|shall|should|must|may|can|could)(?: not|n't)|cannot|can't) (?:receive|have|get|be (?:given|offered)) (?:it|this|any of (?:it|this|them))\b(?! (?:before|until|till|yet|now|today))")
# "has been started this morning"
_BEGUN_NOW = words(r"[^.;,:]{0,30}?\b(?:has been|have been|was|were) (?:started|begun|commenced|prescribed|initiated) (?:today|this (?:morning|afternoon|week)|yesterday|on (?:the ward|the day unit) (?:today|this))\b")
_ONCE = words(
    r"\b(?:had (?:been )?|originally |initially |previously |earlier )(?:recommended|proposed|planned|offered|suggested|advised|booked|listed|scheduled|intended|discussed|arranged|meant|earmarked|slated|promised|lined up|down for|due for|(?:pencilled|penciled) in|put (?:down|forward)|set on|hoped)\b"
)


def reason_ends(raw: str) -> int:
    """Where a reason at the head of a sentence, in lower case, ends; 0 when there is none."""
    found = _REASON_FIRST.match(raw)
    return found.end() if found else 0


def insisted(low: str, start: int, at: int, end: int, stop: int) -> bool:
    """Whether a clause that begins at ``start`` denies that the treatment between ``at`` and ``end`` is left out.

    Args:
        low: the text in lower case.
        stop: where what is said of the treatment ends.
    """
    if not any(low.find(stem, start, stop) >= 0 for stem in _STEMS):
        return False
    return _DENIED_AFTER.match(low, end, stop) is not None or _DENIED_BEFORE.search(low, max(start, at - 90), at) is not None


def reported(raw: str) -> bool:
    """Whether a sentence, in lower case, reports what had once been planned."""
    return _ONCE.search(raw) is not None


def purpose_begins(raw: str) -> int:
    """Where a sentence, in lower case, begins to say what its test is for; its length when it does not."""
    found = _PURPOSE.search(raw)
    return found.start() if found else len(raw)


def state_of(low: str, end: int) -> bool:
    """Whether a drug's name that ends at ``end`` is part of a word for the disease: platinum-free, castration-resistant."""
    return _STATE_OF.match(low, end) is not None


def put_off(low: str, start: int, at: int, end: int, stop: int) -> bool:
    """Whether a clause only says when the treatment between ``at`` and ``end`` will not start yet, or what follows should it be declined.

    Args:
        low: the text in lower case.
        start: where the clause begins.
        stop: where it ends.
    """
    lead = max(start, at - 90)
    if _IF_DECLINED.search(low, lead, at):
        return True
    if low.find("til", start, stop) < 0 and low.find("before", start, stop) < 0:
        return False
    return _PUT_OFF_AFTER.match(low, end, stop) is not None or (_PUT_OFF_BEFORE.search(low, lead, at) is not None and _PUT_OFF_TAIL.match(low, end, stop) is not None)


def not_it(low: str, end: int, stop: int) -> bool:
    """Whether what follows the treatment that ends at ``end`` says that the patient will not have it."""
    return low.find(" not ", end, stop) >= 0 and _NOT_IT.match(low, end, stop) is not None


def begun_now(low: str, end: int, stop: int) -> bool:
    """Whether the treatment that ends at ``end`` was started within the days of the writing."""
    return _BEGUN_NOW.match(low, end, stop) is not None
