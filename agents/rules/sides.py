"""Which side belongs to which noun or organ of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agents.rules.lexicon import Mention
from agents.rules.places import in_organ

_COUNT = re.compile(r"\s*:?\s*\d+(?![\d.]*\s*(?:[x\u00d7]|cm|mm|o'?\s?cl))")
_NO_SIDE = re.compile(r"\d\s?$|Dr\.?\s$|\bto the\s$|\bMr\.?\s$|\bno\s$|[A-Za-z][./]$|\+\s?$")
_DRUG = re.compile(r"-(?:CHOP|CVP|DHAP|ICE|BAC|EPOCH|Gem|ACVBP|FC|CODOX|Benda|benda|aspara|dopa|DOPA|thyro|carni|argin|glut)")  # R-CHOP, L-dopa
_NERVE = re.compile(r"[\s-]*(?:(?:full|partial|complete)\s)?(?:nerves?|NVB|neurovascular)\b", re.I)
_SPARED = re.compile(r"[\s:-]*(?:full|partial|complete|incremental|none|wide|sacrificed|not spared)", re.I)
_BARRED = re.compile(r"[;,]|\b(?:and|with|but|in|of|was|is|than)\b")
_CUT = re.compile(r"[;,:]|\b(?:and|with|in|of|although|though|but|whereas|while|from|not|than|was|were|is|are|due|to|by|because|after|before|for|at|on|near|over|into|onto|as|caused|causing)\b")
_ENDED = re.compile(r"[;.]|\band\b")
# What may follow a side that stands by itself: "Left, 2 o'clock: 26 mm mass", "mass, upper outer quadrant, on the right".
_ALONE = re.compile(r"[\s-]*(?:(?:hand[\s-])?(?:side\w*|hemithorax))?[\s)\]]*(?:[,.:|(/\n\u2013-]|$|\d|(?:at|on|was|is|measur\w+|primary|tumou?r|mass|cancer|lesion)\b)", re.I)
_PART_OF = re.compile(r"\s+of\s+(?:the\s+|his\s+|her\s+)?(?:(?:left|right|lt|rt|L|R)[\s-]+(?:sided?\s+)?)?", re.I)
_OTHERS = ("node", "metastasis", "benign")


def bind_sides(
    text: str, start: int, end: int, sides: Sequence[Mention], nouns: Sequence[Mention], anatomy: Sequence[Mention]
) -> dict[Mention, Mention]:
    """The side word of each noun or organ between two offsets."""
    bound: dict[Mention, Mention] = {}
    if not sides:
        return bound
    targets = sorted([*nouns, *anatomy])
    free: list[Mention] = []
    for side in sides:
        if _COUNT.match(text, side.end, end) or (
            side.end - side.start == 1 and (_NO_SIDE.search(text[max(0, side.start - 8) : side.start]) or _DRUG.match(text, side.end))
        ):
            continue  # "right 0/12"; litres, initials, a shift
        if _NERVE.match(text, side.end) or (_SPARED.match(text, side.end) and "nerve" in text[max(start, side.start - 50) : side.start].lower()):
            continue  # "right nerve spare full, left partial"
        if text.startswith("RT", side.start) and side.end - side.start == 2 and not any(0 < t.start - side.end <= 2 for t in targets):
            continue  # radiotherapy
        if not _bind(text, side, targets, bound):
            free.append(side)
    if len(free) == 1 and len({side.id for side in sides}) == 1:
        _by_itself(text, start, end, free[0], nouns, bound)
    return bound


def _bind(text: str, side: Mention, targets: Sequence[Mention], bound: dict[Mention, Mention]) -> bool:
    after = [t for t in targets if side.end <= t.start <= side.end + 34]
    after = [t for t in after if not _BARRED.search(text[side.end : t.start])]
    if after:
        bound.setdefault(after[0], side)
        # "right upper lobe mass": the organ right behind, and the noun right behind that.
        for follower in after[1:3]:
            if not _CUT.search(text[side.end : follower.start]):
                bound.setdefault(follower, side)
        return True
    before = [t for t in targets if t.end <= side.start <= t.end + 26]
    before = [t for t in before if not _ENDED.search(text[t.end : side.start])]
    if before:
        bound.setdefault(before[-1], side)
        return True
    return False


def _by_itself(
    text: str, start: int, end: int, side: Mention, nouns: Sequence[Mention], bound: dict[Mention, Mention]
) -> None:
    """The only side of a sentence, said of nothing in particular, is that of its only lesion."""
    own = [n for n in nouns if n.category in ("lesion", "histology")]
    if not own or any(n.category in _OTHERS for n in nouns) or not _ALONE.match(text, side.end, end):
        return
    first = own[0]
    between = text[side.end : first.start] if side.end <= first.start else text[first.end : side.start]
    if len(between) <= 110 and ";" not in between and first not in bound:
        bound[first] = side


def two_sides(sides: Sequence[Mention]) -> bool:
    """Whether both sides are named, as a form's empty field does ("Laterality: L / R / both")."""
    return len({side.id for side in sides if side.id != "none"}) > 1


def carried_side(place: Mention) -> str | None:
    """The side that a place's own name carries (``RUL``)."""
    return place.id.partition("@")[2] or None


def side_of_place(
    text: str, place: Mention | None, anatomy: Sequence[Mention], sides: Mapping[Mention, Mention]
) -> tuple[str, Mention] | None:
    """The side of the place, or of the same organ right beside it ("apical segment of the right upper lobe").

    Returns:
        The side and the mention that says it.
    """
    if place is None:
        return None
    own = _own(place, sides)
    if own:
        return own
    organ = place.id.partition("@")[0].partition(".")[0]
    for other in anatomy:
        if 0 < other.start - place.end <= 24 and _PART_OF.fullmatch(text, place.end, other.start):
            found = _own(other, sides)  # "the apex of the right lung"
            if found:
                return found
        theirs = other.id.partition("@")[0].partition(".")[0]
        reach = 40 if organ == "part" else 24
        if organ in (theirs, "part") and (
            abs(other.start - place.end) <= reach or abs(place.start - other.end) <= reach
        ):
            found = _own(other, sides)
            if found:
                return found
    return _of_whole(place, anatomy, sides) if organ == "part" else None


def _of_whole(place: Mention, anatomy: Sequence[Mention], sides: Mapping[Mention, Mention]) -> tuple[str, Mention] | None:
    """"Removal of the right kidney because of the growth at its lower end": the side of the only organ that has such a part."""
    found = [
        told
        for other in anatomy
        if in_organ(place.id, other.id.partition("@")[0].partition(".")[0])[1] and (told := _own(other, sides)) is not None
    ]
    return found[0] if len({side for side, _ in found}) == 1 else None


def _own(place: Mention, sides: Mapping[Mention, Mention]) -> tuple[str, Mention] | None:
    word = sides.get(place)
    if word is not None:
        return word.id, word
    carried = carried_side(place)
    return (carried, place) if carried else None
