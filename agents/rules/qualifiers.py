"""What is said of a lesion besides its place and size: harmless, in situ, secondary, left behind, another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.rules.lexicon import Mention
from agents.rules.reading import Sentence

_RESIDUE_BEFORE = re.compile(r"\b(?:residual|remaining|remnant|residuum|remains|post-?op\w*|post-?resection|recurren\w+|scarr?\w*|viable|treated|previously treated)\b[^.;]{0,30}$", re.I)
_RESIDUE_AFTER = re.compile(r"[^.;]{0,40}\b(?:residual|residuum|viable|remain\w*)\b", re.I)
_SITU_AFTER = re.compile(r"[\s,-]*\(?(?:in[\s-]situ|CIS\b|Tis\b)")
_SITU_BEFORE = re.compile(r"\b(?:in[\s-]situ|non-?invasive|pre-?invasive)\s+(?:[\w-]+\s+){0,2}$", re.I)
_BESIDE = re.compile(r"[;.]|\b(?:and|with|adjacent|beside|within|in an?|without|not|no|plus|over|near|around|against|rather|from|to)\b", re.I)


def is_benign(text: str, nouns: Sequence[Mention], index: int) -> bool:
    """Whether the words call the lesion something harmless; a named cancer is never made so by what stands beside it."""
    noun = nouns[index]
    if noun.category == "histology" or noun.id == "cancer":
        return False
    for other in nouns:
        if other.category == "benign":
            if -4 <= other.start - noun.end <= 44 and not _BESIDE.search(text, noun.end, max(other.start, noun.end)):
                return True
            if 0 <= noun.start - other.end <= 2:
                return True
    return False


def in_situ(text: str, noun: Mention) -> bool:
    """An in-situ part is not the tumour that is staged."""
    before = text[max(0, noun.start - 30) : noun.start]
    told = ("itu" in before or "nvasive" in before) and _SITU_BEFORE.search(before)
    return bool(told or _SITU_AFTER.match(text, noun.end)) and not text.startswith("melanoma", noun.start)


def is_residue(text: str, sentence: Sentence, noun: Mention) -> bool:
    """Whether it is what an operation or treatment left, or what came back."""
    before = text[max(sentence.start, noun.start - 40) : noun.start]
    after = text[noun.end : min(sentence.end, noun.end + 52)]
    around = (before + after).lower()
    if not any(stem in around for stem in _RESIDUE_STEMS):
        return False
    return bool(_RESIDUE_BEFORE.search(before) or _RESIDUE_AFTER.match(after))


_RESIDUE_STEMS = ("resid", "remain", "remnant", "post", "recurren", "scar", "viable", "treated")


_CALLED = re.compile(
    r"[\s,(]*(?:[\w.]+\s+){0,6}?(?:consistent with|compatible with|suspicious (?:for|of)|in keeping with|suggestive of|suggest\w*|concerning for|"
    r"typical (?:of|for)|likely|probabl\w+|represent\w*|in favou?r of|\bare|\bis|:|-|\u2013)?\s*(?:a |an |new |multiple |distant |further |\w+ic |\w+al |\w+ary |liver |lung |bone |brain |nodal )*",
    re.I,
)


def is_metastasis(text: str, nouns: Sequence[Mention], index: int) -> bool:
    noun = nouns[index]
    for other in nouns:
        if other.category == "metastasis" and (
            0 <= noun.start - other.end <= 12
            or (0 <= other.start - noun.end <= 60 and _CALLED.fullmatch(text[noun.end : other.start]))
        ):
            return True
        beside = 0 <= noun.start - other.end <= 3 or 0 <= other.start - noun.end <= 3
        if other.category == "node" and beside:
            return True
    return False


def has_near(marks: Sequence[Mention], category: str, noun: Mention, reach: int) -> bool:
    return bool(marks) and any(
        m.category == category and noun.start - reach <= m.start and m.end <= noun.end + reach
        for m in marks
        if m.start != noun.start or m.end != noun.end or category == "second"
    )


def numbered(text: str, sentence: Sentence, marks: Sequence[Mention], noun: Mention) -> bool:
    """"Lesion 2", "tumour B": another than the first; "the remaining tumour"."""
    before = text[max(sentence.start, noun.start - 30) : noun.start]
    if _REMAINING.search(before) or _GONE.match(text, noun.end, min(sentence.end, noun.end + 80)):
        return True
    if not marks:
        return False
    return any(
        m.category == "multiple" and m.start == noun.start and m.end - noun.end in (2, 3, 4) and not is_quantity(text, m)
        for m in marks
    )


_REMAINING = re.compile(r"\b(?:remaining|un(?:related|connected) to|different from|distinct from|separate from|unlike|other than|apart from)\s+(?:[\w-]+\s+){0,3}$", re.I)
_GONE = re.compile(r"[^;,]{0,60}?\b(?:vanished|disappeared|has gone|is gone|no longer)\b", re.I)
_QUANTITY = re.compile(r"[.,\u00b7]\d|\d|\s*(?:x|\u00d7|by|cm|mm|centi|milli)|\s?[-\u2013/]\s?\d", re.I)


def is_quantity(text: str, mark: Mention) -> bool:
    """Whether the number in "mass 2" is a length's beginning ("mass 2.2 cm")."""
    return text[mark.end - 1].isdigit() and bool(_QUANTITY.match(text, mark.end))
