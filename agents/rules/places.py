"""Places that are named by number: liver segments and the hours of the breast; and places shared by several organs."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from agents.rules.reading import Sentence
from agents.rules.ruleset import load_rules
from agents.rules.text import words

_NUMBER = r"(?:VIII|VII|VI|IV|V|III|II|I|[1-8]|one|two|three|four|five|six|seven|eight)(?:\s?[abAB](?![a-z]))?"
_SEGMENT = re.compile(
    rf"\b(?:[Ss]eg(?:ment)?s?\.?\s*|(?:[Bb]i|[Tt]ri)?[Ss]egmentectom(?:y|ies)\s+(?:of\s+|\()?(?:[Ss](?:egments?\s+)?)?|SEG(?:MENT)?S?\.?\s*|[Ss]\.?\s?(?=[1-8VI]))(?P<s>{_NUMBER}(?:\s*(?:/|-|,|and|&|\+|\u2013|to)\s*(?:[Ss](?:eg(?:ment)?)?\.?\s?)?{_NUMBER}(?![.,]\d|\s?[cm]m\b|\s?x\s?\d))*)(?![\w%])"
)
_EACH = re.compile(_NUMBER)
_VALUES = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip
# "Straddling V/VIII": two Roman numerals that no noun introduces.
_BARE_PAIR = re.compile(r"\b(?P<s>(?:VIII|VII|VI|IVa|IVb|IV|V|III|II)\s?[/\u2013-]\s?(?:VIII|VII|VI|IVa|IVb|IV|V|III|II))\b(?! ?/)")
# Bronchopulmonary segments (Jackson and Huber's numbers): 1 to 3 upper, 4 and 5 middle lobe or lingula, 6 to 10 lower.
_LUNG_SEGMENT = re.compile(r"\b(?:[Ss]eg(?:ment)?s?\.?\s*|SEG(?:MENT)?S?\.?\s*|[SB]\s?(?=(?:10|[6-9])\b))(?P<n>10|[1-9])\b(?![.,]\d|\s?[cm]m\b|\s?[x%])")
_HEIGHT = r"(?P<upper>upper|superior(?:ly)?|cranial(?:ly)?|above)|(?P<lower>lower|inferior(?:ly)?|caudal(?:ly)?|below)"
_BREADTH = r"(?P<outer>outer|lateral(?:ly)?|external|axillary side)|(?P<inner>inner|medial(?:ly)?|internal)"
_TWO_AXES = tuple(
    words(rf"\b(?:{first})(?:[\s,/-]+(?:and\s+|part\s+)?)(?:{second})\b") for first, second in ((_HEIGHT, _BREADTH), (_BREADTH, _HEIGHT))
)
_BEHIND = words(r"\b(?:behind|beneath|under|deep to|underneath|posterior to)\s+(?:the\s+|her\s+|his\s+)?(?:left\s+|right\s+|lt\s+|rt\s+|[lr]\s+)?(?:nipple|areola)")
_FROM_TEETH = words(r"(?P<a>\d\d(?:[.,]\d)?)\s*(?:cm)?\s*(?:-|\u2013|to|until|down to|and)\s*(?P<b>\d\d(?:[.,]\d)?)\s*cm\b")
_TEETH = words(r"\b(?:incisors?|incisor teeth|ab ore|ab incis\w+|front teeth|upper teeth|dental (?:arch|arcade)|teeth|tooth row|aor)\b")
_CLOCK = re.compile(r"\b(?:at\s+)?(?P<h>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?P<half>[:.]30)?\s*o['\u2019\u2032 ]?\s?cl(?:oc)?k\b", re.I)
_HOURS = {w: i + 1 for i, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split())}
# Nouns that a number of a place can belong to.
_NOUNS = frozenset({"lesion", "histology", "benign", "metastasis"})

Span = tuple[int, int]


def liver_segments(text: str, sentence: Sentence, noun: Span) -> tuple[tuple[int, ...], Span] | None:
    """The Couinaud segments that the noun lies in, with where they stand."""
    for match in chain(_SEGMENT.finditer(text, sentence.start, sentence.end), _BARE_PAIR.finditer(text, sentence.start, sentence.end)):
        if not _nearest(text, sentence, match.span(), noun):
            continue
        numbers = {_value(m.group()) for m in _EACH.finditer(match["s"])}
        return tuple(sorted(numbers)), match.span()
    return None


def _value(form: str) -> int:
    plain = form.rstrip("abAB ") if form not in _VALUES else form
    return _VALUES[plain] if plain in _VALUES else int(plain)


def segment_side(numbers: tuple[int, ...]) -> str | None:
    """Left (II to IV) or right (V to VIII) liver; None when both or the caudate."""
    if set(numbers) <= {2, 3, 4}:
        return "left"
    return "right" if set(numbers) <= {5, 6, 7, 8} else None


def breast_quadrant(text: str, sentence: Sentence, noun: Span, side: str | None) -> tuple[str, Span] | None:
    """The quadrant by the hour ("right breast, 10 o'clock" is upper outer); none on the borders between two."""
    if side not in ("left", "right"):
        return None
    for match in _CLOCK.finditer(text, sentence.start, sentence.end):
        if not _nearest(text, sentence, match.span(), noun):
            continue
        form = match["h"].lower()
        hour = float(_HOURS.get(form) or form) % 12 + (0.5 if match["half"] else 0)
        if hour in (0, 3, 6, 9):
            return None
        height = "upper" if hour > 9 or hour < 3 else "lower"
        outer = (hour > 6) == (side == "right")
        return f"breast.{height}_{'outer' if outer else 'inner'}", match.span()
    return None


def breast_quadrant_named(low: str, sentence: Sentence, noun: Span) -> tuple[str, Span] | None:
    """The quadrant by two words ("laterally and inferiorly", "inner upper part")."""
    central = _BEHIND.search(low, sentence.start, sentence.end)
    if central:
        return "breast.central", central.span()
    for pattern in _TWO_AXES:
        for match in pattern.finditer(low, sentence.start, sentence.end):
            if _gap(low, match.span(), noun) <= _NEAR:
                return f"breast.{'upper' if match['upper'] else 'lower'}_{'outer' if match['outer'] else 'inner'}", match.span()
    return None


def lung_lobe(text: str, sentence: Sentence, noun: Span, side: str | None) -> tuple[str, Span] | None:
    """The lobe by the number of the segment; 4 and 5 only with the side."""
    for match in _LUNG_SEGMENT.finditer(text, sentence.start, sentence.end):
        number = int(match["n"])
        if not _nearest(text, sentence, match.span(), noun) or (number in (4, 5) and side not in ("left", "right")):
            continue
        lobe = "upper_lobe" if number <= 3 else "lower_lobe" if number >= 6 else "lingula" if side == "left" else "middle_lobe"
        return f"lung.{lobe}", match.span()
    return None


def oesophageal_third(low: str, sentence: Sentence, noun: Span) -> tuple[str, Span] | None:
    """The third by the distance of the tumour's middle from the incisors.

    Upper to 25 cm, middle to 30, lower to 40 (AJCC Cancer Staging Manual, 8th ed., 2017); within 1 cm of a border none.
    """
    if not _TEETH.search(low, sentence.start, sentence.end):
        return None
    for match in _FROM_TEETH.finditer(low, sentence.start, sentence.end):
        if _gap(low, match.span(), noun) > _NEAR:
            continue
        middle = (float(match["a"].replace(",", ".")) + float(match["b"].replace(",", "."))) / 2
        for third, first, last in (("upper", 18, 24), ("middle", 26, 29), ("lower", 31, 39)):
            if first <= middle <= last:
                return f"oesophagus.{third}", match.span()
    return None


# The rectum ends 15 cm from the anal verge; up to 10 none of it can be the sigmoid (ESMO rectal cancer guideline 2017, doi:10.1093/annonc/mdx224).
_FROM_VERGE = words(r"\b(?P<a>\d{1,2}(?:[.,]\d)?)\s*(?:(?:-|\u2013|to)\s*\d{1,2}(?:[.,]\d)?\s*)?cm\s+(?:(?:up|away|proximal|high|in)\s+)?(?:from|above|to|ab|off)\s+(?:the\s+)?(?:anal verge|anal margin|anus|ano|anocutaneous|anal canal|dentate line|dentate|verge|av\b)")
_RECTAL_CM = 10.0


def rectal_height(low: str, sentence: Sentence, noun: Span) -> tuple[str, Span] | None:
    """The rectum by the distance of the tumour from the anal verge."""
    for match in _FROM_VERGE.finditer(low, sentence.start, sentence.end):
        if _gap(low, match.span(), noun) <= _NEAR and float(match["a"].replace(",", ".")) <= _RECTAL_CM:
            return "colorectal.rectum", match.span()
    return None


_NEAR = 90


def _nearest(text: str, sentence: Sentence, at: Span, noun: Span) -> bool:
    """Whether no other noun of the sentence is nearer to the number than this one."""
    own = _gap(text, at, noun)
    return all(
        own <= _gap(text, at, (m.start, m.end))
        for m in sentence.mentions
        if m.category in _NOUNS and m.id != "none" and not (m.start < noun[1] and noun[0] < m.end)
    )


def _gap(text: str, first: Span, second: Span) -> int:
    low, high = (first, second) if first[0] <= second[0] else (second, first)
    between = text[low[1] : high[0]]
    return len(between) + 40 * between.count(";") + 15 * between.count(", ")


_BODY = ("skin", "soft_tissue")
_DIRECTIONS = frozenset(f"part.{d}" for d in ("upper", "middle", "lower", "proximal", "distal", "anterior", "posterior", "vault", "left_lobe", "right_lobe"))


def in_organ(place: str | None, organ: str) -> tuple[bool, str | None]:
    """A place named by a word that several organs share, as one of the chart's organ.

    Returns:
        Whether the word can mean a part of the organ, and which part (None: no particular one).
    """
    region = (place or "").partition(".")
    if organ in _BODY and region[0] in _BODY and region[2]:
        return True, f"{organ}.{region[2]}"  # a thigh has skin and muscles
    meant = _shared().get(f"{place}/{organ}")
    if meant is None and place in _DIRECTIONS:
        return True, None
    return meant is not None, meant if meant != "none" else None


@lru_cache(maxsize=1)
def _shared() -> dict[str, str]:
    return load_rules().mapping("anatomy", "shared")
