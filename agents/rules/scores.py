"""How much of a tumour stains, as it is written: per cent in digits and words, before the marker's name and behind it, and
the scores that add intensity (Allred, immunoreactive score, H-score); and which counts of an in-situ hybridisation settle HER2.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.rules.numerals import NUMERAL, numeral
from agents.rules.text import words

_SIGN = r"(?P<sign>[<>\u2264\u2265~]=?\s*|(?:less|fewer|lower|more|greater|higher) than\s+|(?:under|below|over|above|about|around|some|nearly|almost|at least|up to)\s+)"
_OF = r"(?:%|per ?cent\b)"
_AMOUNT = words(rf"(?:(?P<h>h[ -]?score)\s*(?:of|:|=|is)?\s*|{_SIGN}?)(?P<value>\d{{1,3}}(?:\.\d+)?)(?(h)|(?:\s*(?:[-\u2013]|to)\s*\d{{1,3}})?\s*{_OF})")
_WORDED = words(rf"\b{_SIGN}?(?P<value>{NUMERAL})\s+per ?cent\b")
_CELLS = (
    r"(?:of|the|all|its|his|her|these|those|viable|evaluable|invasive|tumou?r|tumou?ral|neoplastic|malignant|carcinoma|cancer|cells?|nuclei|nuclear|are|is"
    r"|were|was|positive|positivity|stain\w*|immunostain\w*|label\w*|express\w*|mark\w*|light\w*|up|for|with|in|show\w*|showing|reactive|reactivity"
    r"|immunoreactive|immunoreactivity|being|membranous|membrane|react\w*|to|by|strong\w*|weak\w*|moderate\w*|intense\w*|and|score|tps|on|at|a|an)"
)
_BEFORE = words(rf"\b{_SIGN}?(?P<value>\d{{1,3}}(?:\.\d+)?|{NUMERAL})\s*{_OF}\s+(?:\w+ly\s+)?(?:{_CELLS}\s+)+$")
_SUM = words(
    rf"(?P<kind>allred|quick ?score|\bq\.?s\.?(?=[\s:=])|\birs\b|immunoreactive score|remmele)(?:[\s-]+(?:stegner|score|of|is|was|grade|sum|total))*[\s:=(-]*(?P<a>{NUMERAL})\b(?!\s*(?:%|per))"
    rf"|(?<![\d./-])\b(?P<b>{NUMERAL})\s*(?:/|out of|of)\s*(?P<of>8|12|eight|twelve)\b(?!\s*(?:%|/|mm|cores?|nodes?|weeks?|days?))"
)
_LEAST = {"8": 3.0, "12": 3.0}
"""From which sum a receptor counts as positive: Allred 3 of 8 (2 and less is negative), immunoreactive score 3 of 12."""
_OPEN = ((12, 1), (12, 2))
"""Left open: up to 10 % of cells stain weakly, or fewer strongly. Published tables call 2 positive (0-1 negative) or negative (0-2)."""
_RATIO = words(r"\bratio\b[^\d;\n]{0,20}(?P<n>\d{1,2}(?:[.,]\d+)?)|(?:cep-?17|cen-?17|chromosome 17)[\s:=(of]*(?P<m>\d[.,]\d+)")
_COPIES = words(r"\b(?:copy number|copies|signals)\b(?:\s+(?:of|is|was|about|per (?:cell|nucleus)))*[\s:=(]*(?P<n>\d{1,2}(?:[.,]\d+)?)|(?P<m>\d{1,2}(?:[.,]\d+)?)\s+(?:her2 )?(?:copies|signals)\b")


class Amount(NamedTuple):
    """A share of cells."""

    number: float
    """Per cent, or what a score amounts to on that scale."""
    start: int
    end: int


def amount_after(low: str, start: int, end: int) -> Amount | None:
    """The first percentage or H-score between two offsets of a text in lower case."""
    found = [m for m in (_AMOUNT.search(low, start, end), _WORDED.search(low, start, end)) if m]
    return _amount(min(found, key=lambda m: m.start())) if found else None


def amount_before(low: str, start: int, end: int) -> Amount | None:
    """The percentage that leads to the offset ``end``: "60 % of tumour cells express"."""
    match = _BEFORE.search(low, start, end)
    return _amount(match) if match else None


def score_sum(low: str, start: int, end: int) -> tuple[bool, int, int] | None:
    """Whether a sum of intensity and share (Allred, immunoreactive score) is positive, with where it stands; None without one.

    Source: Harvey JM et al., J Clin Oncol 17(5):1474-1481, 1999 (a sum above 2 is positive); Remmele W, Stegner HE, Pathologe
    8(3):138-140, 1987 (intensity 0-3 times share 0-4).
    """
    match = _SUM.search(low, start, end)
    if match is None:
        return None
    number = numeral(match["a"] or match["b"])
    of = {"eight": 8, "twelve": 12}.get(match["of"] or "", int(match["of"]) if (match["of"] or "").isdigit() else 0)
    of = of or (12 if match["kind"].startswith(("irs", "immuno", "remmele")) else 8)
    if number is None or number > of or (of, number) in _OPEN:
        return None
    return number >= _LEAST[str(of)], match.start(), match.end()


def ish_open(low: str, start: int, end: int) -> bool:
    """Whether the HER2 ratio and copy number between two offsets form a group that only immunohistochemistry settles.

    Source: Wolff AC et al., ASCO/CAP focused update, J Clin Oncol 36(20):2105-2122, 2018, dual-probe groups 2 (ratio 2.0 and
    more, below 4.0 copies), 3 (below 2.0, 6.0 copies and more) and 4 (below 2.0, 4.0 to below 6.0 copies).
    """
    ratio, copies = _RATIO.search(low, start, end), _COPIES.search(low, start, end)
    if ratio is None or copies is None:
        return False
    return (_figure(ratio) >= 2.0) != (_figure(copies) >= 4.0)


def _figure(match: re.Match[str]) -> float:
    return float((match["n"] or match["m"]).replace(",", "."))


def _amount(match: re.Match[str]) -> Amount | None:
    told = match["value"]
    number = float(told) if told.replace(".", "", 1).isdigit() else numeral(told)
    if number is None:
        return None
    scaled = float(number) / (10 if match.groupdict().get("h") else 1)
    if (match["sign"] or "").startswith(("<", "less", "fewer", "lower", "under", "below")):
        scaled = max(0.0, scaled - 0.5)
    return Amount(scaled, match.start(), match.end())
