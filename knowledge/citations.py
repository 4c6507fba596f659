"""Whether a quoted passage carries what a statement cites it for: numbers, thresholds, categories, drugs, classes.

A deterministic check, made to refuse rather than to let through: every number with its unit and its direction, every
category (``T2a``, ``LR-5``, ``BI-RADS 4``) and every named drug or class of the statement must stand in the quote. It
does not judge whether the sentence follows; it catches a passage that cannot possibly say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.lexical import tokens

# 1,234.5 and 1.5 and 1,5, but not 2011.29.7, which is no amount.
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?![.,]?\d)"
_NUMBER = re.compile(
    r"(?P<cmp>≥|≤|>=|<=|>|<|at least|at most|no more than|no less than|not less than|more than|less than|fewer than|"
    r"greater than|larger than|smaller than|up to|above|over|below|under|exceed(?:s|ing)?|minimum of|maximum of)?\s*"
    rf"(?P<low>(?<![\d.,]){_FIGURE})(?:\s*(?:-|–|to|and)\s*(?P<high>{_FIGURE}))?"
    r"\s*(?P<unit>%|per cent|percent|mm|cm|mg/kg|mg|g/dl|ml/min(?:/1\.73\s?m2|/1\.73\s?m²)?|ml|hu|ng/ml|hours?|h\b|days?|"
    r"weeks?|months?|years?|yr|fractions?|gy|cycles?|nodes?|points?)?"
    r"(?P<behind>\s*(?:or (?:more|greater|larger|above|longer|less|fewer|smaller|below)|and (?:above|below|over)))?",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"\b(?:[cpy]{0,2}[TNM](?:[0-4][a-d]?|is|x)|(?:LR|LI-RADS|PI-RADS|BI-RADS|TR|TI-RADS|O-RADS|Lung-RADS|CAD-RADS)[- ]?"
    r"(?:[0-6][A-CX]?|M|TIV|NC)|(?:stage|grade|category|class|type|group|bosniak|ECOG|ISUP)\s+(?:[IV]{1,4}[A-D]?[1-3]?|\d[A-CX]?F?))\b",
    re.IGNORECASE,
)
_UP = ("≥", ">", "at least", "more", "greater", "larger", "above", "over", "exceed", "minimum", "no less", "not less", "longer")
_UNITS = {"per cent": "%", "percent": "%", "h": "hour", "yr": "year"}
_WORDS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_SPELLED = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of a sentence."""

    value: float
    """In millimetres where the unit is a length."""
    unit: str
    """Singular, lower case; empty for a bare number."""
    direction: int
    """1 at least or more, -1 at most or less, 0 neither."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a quote lacks of what it is cited for."""

    missing: tuple[str, ...]
    """Numbers, categories and names as the statement has them; empty when the citation holds."""

    @property
    def holds(self) -> bool:
        """Whether the quote carries all of it."""
        return not self.missing


def check(statement: str, quote: str, names: Sequence[str] = ()) -> Verdict:
    """Whether the quote carries the statement's numbers, categories and names.

    Args:
        statement: the sentence that cites.
        quote: the words of the passage, whole passages allowed.
        names: drugs, classes or procedures that the statement turns on.
    """
    there = list(amounts(quote))
    held = {_category(found[0]) for found in _CATEGORY.finditer(quote)}
    missing = [_shown(each) for each in amounts(statement) if not any(_carries(other, each) for other in there)]
    missing += [f[0] for f in _CATEGORY.finditer(statement) if _category(f[0]) not in held]
    stems = tokens(quote)
    missing += [name for name in names if not _stands(tokens(name), stems)]
    return Verdict(tuple(dict.fromkeys(missing)))


def amounts(text: str) -> Iterable[Amount]:
    """The numbers of a text that stand for amounts: not those of categories, years and editions."""
    plain = _CATEGORY.sub(lambda found: " " * len(found[0]), text)
    plain = _SPELLED.sub(lambda found: _WORDS[found[0].lower()], plain)
    for found in _NUMBER.finditer(plain):
        before = plain[found.start("low") - 1 : found.start("low")]
        unit = found["unit"] or ""
        if before.isalpha() or (before == "-" and plain[found.start("low") - 2 : found.start("low") - 1].isalpha()):
            continue  # part of a name: HER2, CA19-9, PD-L1
        if not unit and re.fullmatch(r"(?:18|19|20)\d\d", found["low"]):
            continue  # a year
        words = f"{found['cmp'] or ''} {found['behind'] or ''}".lower()
        direction = 0 if not words.strip() else 1 if _upward(words) else -1
        for number in (found["low"], found["high"]):
            if number:
                yield _amount(number, unit, direction if not found["high"] else 0)


def _upward(words: str) -> bool:
    if "no more" in words or "not more" in words:
        return False
    return any(word in words for word in _UP)


def _amount(number: str, unit: str, direction: int) -> Amount:
    value = float(number.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number) else number.replace(",", "."))
    kind = unit.lower()
    kind = _UNITS.get(kind, kind)
    if kind == "cm":
        value, kind = value * 10, "mm"
    return Amount(round(value, 6), kind if kind in ("%", "mm") else kind.rstrip("s"), direction)


def _carries(there: Amount, asked: Amount) -> bool:
    """A threshold must not be turned round; a bare number of either side agrees with any unit."""
    if there.value != asked.value or (asked.unit and there.unit and there.unit != asked.unit):
        return False
    return not asked.direction or not there.direction or there.direction == asked.direction


def _category(found: str) -> str:
    return re.sub(r"[\s-]+", "", found.lower())


def _stands(name: Sequence[str], stems: Sequence[str]) -> bool:
    size = len(name)
    return not size or any(list(stems[n : n + size]) == list(name) for n in range(len(stems) - size + 1))


def _shown(amount: Amount) -> str:
    sign = {1: "≥ ", -1: "≤ ", 0: ""}[amount.direction]
    return f"{sign}{amount.value:g} {amount.unit}".strip()
