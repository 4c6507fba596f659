"""What the sentence after a proposal says to it: a refusal, or the writer's own yes."""

from __future__ import annotations

from agents.rules.reading import Reading
from agents.rules.text import words

REMEDIES = frozenset({"treatment", "drug", "regimen"})
"""Categories of mentions that name a treatment."""

# "He declined." in the sentence after the offer
_REFUSED_NEXT = words(
    r"\W*(?:(?:but|however|unfortunately|sadly|yet|after (?:reflection|discussion|thought))\b[,\s]*)?(?:s?he|they|the (?:patient|family|lady|gentleman|man|woman)|(?:M(?:r|rs|s)|Ms)\b\.?(?: \w+)?|(?:both |this |it |that )?(?:was|were|is|has been) )\b[^.;]{0,40}"
    r"(?:\b(?:declin\w+|refus\w+|turned (?:it|this|that|me|us) down|decided against|does not want (?:it|this|that|any)|did not want|not keen|not interested|has rejected|rejected|would not (?:have|hear of|consider|accept) (?:it|this|that|of it)|"
    r"will not (?:have|hear of|accept) (?:it|this|that|of it)|said no|says no|opted out|withdrew|does not wish|did not wish|cannot face (?:it|this|that)|unwilling|changed (?:his|her) mind|prefers not)\b)",
)
_REFUSED_NONE = words(r"\b(?:neither|nothing|none|no part|not (?:declin|refus)\w+|nor)\b")
# "I have reassured her that neither will be given.", "None of it is needed."
_NEITHER_NEXT = words(
    r"\W*(?:[^.;,]{0,50}\bthat )?(?:neither|none of (?:it|this|that|these|them)|nothing of the (?:sort|kind)|no such (?:treatment|thing|step))(?: of (?:these|them|the two))? "
    r"(?:(?:will|would|should|need) be|is|are|was|seems?|appears?|has (?:any|a)) (?:\w+ )?(?:given|needed|required|necessary|planned|indicated|called for|warranted|offered|done|proposed|justified|appropriate|place|role|of use|of value)\b"
)
# "I recommend it.", "That is what I would do.": in the sentence after it
_ENDORSED_NEXT = words(
    r"\W*(?:(?:and|so|therefore|hence|overall|for (?:him|her)|on balance|in short)\b[,\s]*)*(?:(?:i|we)(?:'d| would| therefore| strongly| can only)* (?:recommend|advise|favou?r|propose|suggest|prefer|support|choose|chose|opt for|have offered|offer(?:ed)?|have recommended|went for|go for|do)(?:ed)? (?:it|this|that|the latter|the former)(?: (?:to|for|in|on|as|course|option|treatment|approach|strategy|plan|route|way|over|before|now|today|with) \w+| (?:course|option|treatment|approach|strategy|plan|route|now|today))*\W*$|"
    r"(?:that|this|it) (?:is|would be|remains) (?:therefore |also )?(?:what (?:i|we)\b|(?:my|our) (?:\w+ )?(?:recommendation|advice|plan|choice|proposal|preference|suggestion)))",
)


def refused_next(reading: Reading, index: int) -> bool:
    """Whether the sentence after this one says no to it, naming no other treatment."""
    if index + 1 >= len(reading.sentences):
        return False
    after = reading.sentences[index + 1]
    if after.start - reading.sentences[index].end > 4 or any(m.category in REMEDIES for m in after.mentions):
        return False
    if _NEITHER_NEXT.match(reading.low, after.start, after.end):
        return True
    return bool(_REFUSED_NEXT.match(reading.low, after.start, after.end)) and not _REFUSED_NONE.search(reading.low, after.start, after.end)


def endorsed_next(reading: Reading, index: int) -> bool:
    """Whether the sentence after this one makes it the writer's plan, naming no treatment itself."""
    if index + 1 >= len(reading.sentences):
        return False
    after = reading.sentences[index + 1]
    if after.start - reading.sentences[index].end > 4 or any(m.category in REMEDIES for m in after.mentions):
        return False
    return bool(_ENDORSED_NEXT.match(reading.low[after.start : after.end].rstrip(" .;\n")))
