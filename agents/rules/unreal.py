"""What is not so and would have had consequences: "had the thrombus reached the cava, we would have called the heart surgeons",
"osimertinib would have been my choice had EGFR been mutated", "with a clot in the vein I would not have operated". And what somebody
took for something else: "what they called a rib metastasis is a healing fracture".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.rules.text import words

# "In other people I would offer pembrolizumab": not to this one.
_IN_OTHERS = words(r"\b(?:in|for|with|to) (?:other|most|another|any other|an? (?:younger|fitter|different|healthier)|fitter|younger|healthier) (?:people|patients?|persons?|circumstances|cases?|man|woman|someone)\b,?\s(?=(?:i|we|this|it|one)\b[^.;]{0,24}\b(?:would|could|might)\b)")
STEMS = ("would", "could", "might", "what ")
_PARTICIPLE = r"(?:not\s+|never\s+|\w+ly\s+)?(?:been|\w{2,}ed|shown|grown|come|gone|become|spread|lain|left|met|held|found|made|said|told|meant|had|sat|risen|fallen|broken|taken|proven|turned|any)\b"
_SUBJECT = r"(?!(?:been|to|no|not|never|already|undergone)\b)[\w/+-]+(?:\s+(?!(?:who|which|and|but)\b)[\w/+-]+){0,7}?\s+"
_MODAL = r"\b(?:would|could|might)(?:n't| not| never)?\s+(?:\w+\s+)?"
_PERFECT = words(rf"{_MODAL}have\b(?! to\b)")
# At the head of its clause, with the consequence behind it. A subject before "would": "had ascites drained, would like to go home" is a note.
_INVERTED = words(rf"(?:had\s+{_SUBJECT}{_PARTICIPLE}|were\s+(?!you\b){_SUBJECT}\w+)")
_CONSEQUENCE = words(rf"{_MODAL}(?:have|be)\b|\w (?:would|could|might)\b")
_WITH = words(r"(?:with\s+(?:an?|any|such|more)\s|without\s)")
# Behind its consequence: whose "had" has a subject before it tells what was ("but he had metastases").
_TAIL = words(
    rf"{_MODAL}have\b[^.;]{{0,110}}?[\s,](?<!\bhe )(?<!\bit )(?<!\bwe )(?<!\bi )(?<!\bshe )(?<!\bthey )(?<!\bwho )(?<!\bthat )(?<!\bwhich )(?<!\bpatient )(?<!\band )(?<!\bbut )(?P<if>had\s+{_SUBJECT}{_PARTICIPLE})"
)
_TAKEN_FOR = words(
    r"\bwhat\s[^.;:,]{2,80}?\b(?:call|read|report|describ|took|take|thought|consider|interpret|label|regard|seem|look|appear|rais|mis)\w*\s[^.;:,]{2,60}?\s(?:is|are|was|were|prove[sd]?|turn(?:s|ed) out|has turned|have turned|represents?|corresponds?)\b"
)
_CLAUSE = re.compile(r"[;(\n\u2013]|\s-\s")


def unreal(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a sentence, in lower case, that holds one of the :data:`STEMS` tells what is not so.

    The condition before its consequence, or from "had" behind the consequence to the end of the clause; what was taken for something.
    """
    yield from (found.span() for found in _TAKEN_FOR.finditer(low, start, end))
    begins = [start, *(m.end() for m in _CLAUSE.finditer(low, start, end))]
    if others := _IN_OTHERS.search(low, start, end):
        yield others.start(), next((at for at in begins if at > others.start()), end)
    for head, stop in zip(begins, [*begins[1:], end], strict=True):
        begin = next((i for i in range(head, stop) if low[i].isalpha()), stop)
        then = None
        if _INVERTED.match(low, begin, stop):
            then = _CONSEQUENCE.search(low, begin, stop)
        elif _WITH.match(low, begin, stop):
            then = _PERFECT.search(low, begin, stop)
        if then is not None:
            yield begin, then.start() + 1
        elif tail := _TAIL.search(low, begin, stop):
            yield tail.start("if"), stop
