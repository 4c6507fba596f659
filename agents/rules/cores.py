"""Prostate biopsies counted by side: "right base 0/2, right mid 3/3; left all benign"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from agents.rules.context import Context
from agents.rules.lesions import Statement
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words

_COUNT = words(r"(?<![\d/.+])(?P<positive>\d{1,2})\s?(?:/|of|out of)\s?(?P<all>\d{1,2})(?![\d/%]|\.\d|\s?[cm]m\b)")
_NOT_CORES = words(r"\b(?:nodes?|lymph\w*)\b")
_SCORE = words(r"\b(?:pi-?rads|likert|ecog|grade|score|iief|ipss|stage|visit|page|part)\W*$")
_CORES = words(r"\b(?:nodes?|lymph\w*|pirads|pi-rads|likert|ecog|grade|score|pack|iief|ipss|gleason)\b")
_CORES = words(r"\bcores?\b|\bbiops|\bsextant|\btarget")
_DROP = Context.HISTORICAL | Context.FAMILY | Context.HYPOTHETICAL | Context.OLD
_REACH = 60


def counted_cores(reading: Reading) -> Iterator[Statement]:
    """The side of the positive cores of a prostate biopsy, where both sides or one are counted."""
    if not _CORES.search(reading.low) and not _CORES.search(reading.document.title.lower()):
        return
    found: dict[str, tuple[Sentence, Mention]] = {}
    for sentence in reading.holding("side"):
        if sentence.base & _DROP or _NOT_CORES.search(reading.low, sentence.start, sentence.end):
            continue
        sides = [m for m in sentence.of("side") if m.id in ("left", "right")]
        starts = [m.start for m in sides]
        for count in _COUNT.finditer(reading.low, sentence.start, sentence.end):
            index = bisect_right(starts, count.start()) - 1
            positive, number = int(count["positive"]), int(count["all"])
            if index >= 0 and 0 < positive <= number <= 20 and count.start() - sides[index].end <= _REACH and not _SCORE.search(reading.low[max(0, count.start() - 14) : count.start()]):
                found.setdefault(sides[index].id, (sentence, sides[index]))
    for side, (sentence, word) in found.items():
        yield Statement(
            sentence, word.start, word.end, "cancer", "prostate", side="bilateral" if len(found) > 1 else side, words=((word.start, word.end),)
        )
