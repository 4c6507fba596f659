"""How often the words before a statement deny it: "not resectable" once, "nothing that makes it unresectable" twice."""

from __future__ import annotations

from agents.rules.text import words

_DENIAL = words(
    r"\b(?:not|no|never|cannot|neither|nor|nobody|none|nothing|nowhere|hardly|scarcely|barely|rather than|instead of|as opposed to|unlikely|unable|impossible|"
    r"fail(?:s|ed)? to|lacks?|without|far from|anything but|short of|past (?:the point of )?|too late (?:for|to)|beyond|(?:refus\w+|declin\w+|hesitat\w+|reluctant) to|loath to|doubts?|doubtful)\b|n't\b"
)
# What looks like a denial and is none.
_NONE = words(r"\b(?:not only|not just|not merely|no doubt|without (?:a )?doubt|without delay|no problem|not surprisingly|no less|nothing but|no hesitation|(?:no|never) fewer)\b")
# Over what a denial does not reach: a new clause, and the subject of one.
_STOP = words(r"[;:.(]|,(?! (?:in|to|as|at|by|on) )|\s[\u2013\u2014-]+\s|\b(?:and|but|so|hence|therefore|which|because|since|although|though|while|as (?:it|the|this|there)\b|as(?= [\w-]+ (?:[\w-]+ )?(?:is|are|was|were|would|cannot|can)\b)|then|yet|still|it is|they are|we are|i am|or(?! not\b))\b")
# A denied opinion denies all that is thought: "I don't think her omental and pelvic disease is one we can debulk".
_OPINION = words(r"\b(?:do not|don't|does not|doesn't|did not|didn't|cannot|can't|could not|would not|wouldn't|not) (?:\w+ )?(?:think|believe|feel|consider|see|expect|regard|hold|find|judge|deem|suppose|call|reckon|imagine|class|rate|view)\b(?=[^.;:]*$)")
_WORDS = 8


def denied(text: str, start: int, at: int) -> bool:
    """Whether an odd number of denials between ``start`` and ``at`` governs what begins there; the text in lower case."""
    lead = text[max(start, at - 90) : at]
    opinion = _OPINION.search(lead)
    if opinion and " but " not in lead[opinion.end() :] and ", and " not in lead[opinion.end() :]:
        lead = lead[opinion.end() :]
    else:
        opinion = None
    stop = 0
    for found in _STOP.finditer(lead):
        stop = found.end()
    lead = _NONE.sub(" ", lead[stop:])
    near = [m for m in _DENIAL.finditer(lead) if len(lead[m.end() :].split()) <= _WORDS]
    return (len(near) + (opinion is not None)) % 2 == 1
