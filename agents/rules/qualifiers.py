"""What is said of a lesion besides its place and size: harmless, in situ, secondary, left behind, another one.

``low`` is the text in lower case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.rules.lexicon import Mention
from agents.rules.reading import Sentence
from agents.rules.text import words

_RESIDUE_BEFORE = words(r"\b(?:residual|remaining|remnant|residuum|remains|post-?op\w*|post-?resection|recurren\w+|scarr?\w*|viable|treated|previously treated)\b[^.;]{0,30}$")
_RESIDUE_AFTER = words(r"[^.;]{0,40}\b(?:residual|residuum|viable|remain\w*)\b")
_SITU_AFTER = re.compile(r"[\s,-]*\(?(?:in[\s-]situ|CIS\b|Tis\b)")
_SITU_BEFORE = words(r"\b(?:in[\s-]situ|non-?invasive|pre-?invasive)\s+(?:[\w-]+\s+){0,2}$")
_OF_CYST = words(r"[\s-]+(?:inclusion[\s-]+|retention[\s-]+|type[\s-]+)?")
# "Polyp from the rectum: hyperplastic", "the nodule of the left lobe proved a simple cyst"
_FOUND_BENIGN = words(
    r"[^:;.,]{0,50}(?::|\b(?:is|was|are|were|proved|proven|turned out|reported as|read as|showed|shows)\b)\s+(?:(?!(?:no|not|near|next|beside|adjacent|close|within|in|with|without|and|or|than|separate|distinct|different|suspicious)\b)[\w-]+\s+){0,3}"
)
_BESIDE = words(r"[;.]|\b(?:and|with|adjacent|beside|within|in an?|without|not|no|plus|over|near|around|against|rather|from|to)\b")


def is_benign(low: str, nouns: Sequence[Mention], index: int) -> bool:
    """Whether the words call the lesion something harmless; a named cancer is never made so by what stands beside it."""
    noun = nouns[index]
    if noun.category == "histology" or noun.id == "cancer":
        # "serous inclusion cyst": the word before is no type of a cancer
        behind = nouns[index + 1] if index + 1 < len(nouns) else None
        return behind is not None and behind.category == "benign" and behind.id != "scar" and noun.end < behind.start and bool(_OF_CYST.fullmatch(low, noun.end, behind.start))
    if _SCORED_BENIGN.match(low, noun.end):
        return True
    for other in nouns:
        if other.category == "benign":
            if -4 <= other.start - noun.end <= 44 and not _BESIDE.search(low, noun.end, max(other.start, noun.end)):
                return True
            if 0 <= noun.start - other.end <= 2 or _FOUND_BENIGN.fullmatch(low, noun.end, max(other.start, noun.end)):
                return True
    return False


# The scores of benign findings: PI-RADS, LI-RADS and BI-RADS 1 and 2, TI-RADS 1 and 2, U2.
_SCORED_BENIGN = words(r"[^;:.]{0,34}?[\s,(-](?:(?:pi|bi|ti|li|o)-?rads|tr|lr|pirads|birads|tirads)[\s:-]?(?:category |score |grade |v\d(?:\.\d)? )?[12](?!\d|[.,]\d| ?(?:to|/|-) ?[3-5])(?:[a-c])?\b")


def in_situ(text: str, low: str, noun: Mention) -> bool:
    """An in-situ part is not the tumour that is staged."""
    before = text[max(0, noun.start - 30) : noun.start]
    told = ("itu" in before or "nvasive" in before) and _SITU_BEFORE.search(low[max(0, noun.start - 30) : noun.start])
    return bool(told or _SITU_AFTER.match(text, noun.end)) and not text.startswith("melanoma", noun.start)


def is_residue(low: str, sentence: Sentence, noun: Mention) -> bool:
    """Whether it is what an operation or treatment left, or what came back."""
    before = low[max(sentence.start, noun.start - 40) : noun.start]
    after = low[noun.end : min(sentence.end, noun.end + 52)]
    around = before + after
    if not any(map(around.__contains__, _RESIDUE_STEMS)):
        return False
    return bool(_RESIDUE_BEFORE.search(before) or _RESIDUE_AFTER.match(after))


_RESIDUE_STEMS = ("resid", "remain", "remnant", "post", "recurren", "scar", "viable", "treated")


_CALLED = words(
    r"[\s,(]*(?:[\w.]+\s+){0,6}?(?:consistent with|compatible with|suspicious (?:for|of)|in keeping with|suggestive of|suggest\w*|concerning for|"
    r"typical (?:of|for)|likely|probabl\w+|represent\w*|in favou?r of|\bare|\bis|:|-|\u2013)?\s*(?:a |an |new |multiple |distant |further |\w+ic |\w+al |\w+ary |liver |lung |bone |brain |nodal )*",
)


# "adenocarcinoma of the sigmoid colon with liver metastases": the primary, and what it has
_PLACED_WITH = words(r"\s(?:of|in|at|from)\s[^,;:]{3,44}?(?<!consistent)(?<!compatible)(?<!keeping)\s(?:with|and|plus)\s")


def is_metastasis(low: str, nouns: Sequence[Mention], index: int) -> bool:
    noun = nouns[index]
    for other in nouns:
        if other.category == "metastasis" and (
            0 <= noun.start - other.end <= 12
            or (0 <= other.start - noun.end <= 60 and _SAMPLE.fullmatch(low, noun.end, other.start))
            or (0 <= other.start - noun.end <= 60 and _CALLED.fullmatch(low[noun.end : other.start]) and not (noun.category == "histology" and _PLACED_WITH.match(low, noun.end, other.start)))
        ):
            return True
        beside = 0 <= noun.start - other.end <= 3 or 0 <= other.start - noun.end <= 3
        if other.category == "node" and (beside or (0 <= noun.start - other.end <= 60 and _HELD_BY.fullmatch(low, other.end, noun.start))):
            return True
    return False


# "Liver, right lobe lesion, core biopsy: metastatic adenocarcinoma"
_SAMPLE = words(r"(?:[\s,()]*(?:core|needle|fine|fna|aspirat\w+|biops\w+|punch|excision\w*|shave|wedge|ct|us|ultrasound|guided|image|cytology|g|\d+))+[\s,)]*:\s*(?:adeno\w+ )?")
_HELD_BY = words(r"[\s,]*(?:(?:is|are|was|were|appears?|to be|\w+ly)\s+){0,3}(?:replaced|involved|infiltrated|effaced|occupied|distended|overrun|expanded)\s+(?:by|with)\s+(?:\w+\s+){0,2}")


def has_near(marks: Sequence[Mention], category: str, noun: Mention, reach: int) -> bool:
    return bool(marks) and any(
        m.category == category and noun.start - reach <= m.start and m.end <= noun.end + reach
        for m in marks
        if m.start != noun.start or m.end != noun.end or category == "second"
    )


def numbered(low: str, sentence: Sentence, marks: Sequence[Mention], noun: Mention) -> bool:
    """"Lesion 2", "tumour B": another than the first; "the remaining tumour"."""
    before = low[max(sentence.start, noun.start - 30) : noun.start]
    after = min(sentence.end, noun.end + 80)
    if _REMAINING.search(before) or _GONE.match(low, noun.end, after) or _LEFT_ALONE.match(low, noun.end, after):
        return True
    if not marks:
        return False
    return any(
        m.category == "multiple" and m.start == noun.start and m.end - noun.end in (2, 3, 4) and not is_quantity(low, m)
        for m in marks
    )


_REMAINING = words(r"\b(?:remaining|un(?:related|connected) to|different from|distinct from|separate from|unlike|other than|apart from)\s+(?:[\w-]+\s+){0,3}$")
_GONE = words(r"[^;,]{0,60}?\b(?:vanished|disappeared|has gone|is gone|no longer)\b")
# What is left where it is, or asks for nothing, is not what the board is about.
_LEFT_ALONE = words(
    r"[^;,.]{0,40}?\b(?:(?:was|is|were|has been|will be|can be) (?:not|never|deliberately not) (?:excised|biopsied|sampled|removed|resected|touched|treated|targeted|disturbed)|(?:was|is|can be|may be|will be|should be) left (?:alone|where|be\b|undisturbed)|(?:was|is|can be|may be|should be) ignored|(?:needs?|requires?|wants|warrants?|calls? for|merits?|deserves?) (?:nothing|neither|no )|(?:is|was) of no (?:account|concern|consequence|importance|significance|relevance|interest))"
)
_QUANTITY = words(r"[.,\u00b7]\d|\d|\s*(?:x|\u00d7|by|cm|mm|centi|milli)|\s?[-\u2013/]\s?\d")


def is_quantity(low: str, mark: Mention) -> bool:
    """Whether the number in "mass 2" is a length's beginning ("mass 2.2 cm")."""
    return low[mark.end - 1].isdigit() and bool(_QUANTITY.match(low, mark.end))
