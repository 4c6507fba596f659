"""Disagreements about the primary itself: organ, place, side, size."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import yaml

from panel.compare.chart import Chart, side
from panel.compare.disputes import by_document, disputed, of_several, within_report
from panel.compare.policy import criteria_folder, load_policy
from panel.conflict import Conflict, Side
from panel.opinion import Finding

_CLOCK = re.compile(r"\bo['\u2019]?\s?cl(?:oc)?k\b", re.I)
_LONG = dt.timedelta(days=400)
_NAMES_SIDE = re.compile(r"\b(?:left|right|lt|rt|L|R)\b", re.I)
_OF_TUMOUR = re.compile(
    r"^(?!.*\b(?:specimen|component|height|focus|foci|kidney|gland|stomach)\b)(?:.*\b(?:tumou?r|mass|lesion|cancer|\w*carcinoma|nodule|neoplasm|growth|ulcer)\b"
    r"|\W*(?:size|(?:greatest|maxim\w+|max\.?|largest) (?:dimension|diameter|extent))\b)", re.I | re.S
)
_SCOPE = re.compile(r"\w+oscop(?:y|ic)\b|\b(?:OGD|EGD|EUS|EBUS|TURBT?|operati(?:on|ve) (?:note|report|record))\b", re.I)  # sizes estimated by eye
_IMAGED = re.compile(r"\b(?:CT|MRI?|MRT|PET|US|USS|ultrasound|sonogra\w+|mammogra\w+|PI-?RADS|scans?|imaging|radiological\w*)\b", re.I)
_WITH_IN_SITU = re.compile(r"(?<!\bno )(?<!without )\b(?:DCIS|LCIS|in[\s-]situ|CIS)\b|\b(?:whole|total|overall) (?:tumou?r|lesion|extent|size|area)", re.I)
_SIZE_FIELD = re.compile(r"\b(?:size|dimensions?|diameter|extent)\b", re.I)


def lesion_conflicts(chart: Chart) -> Iterator[Conflict]:
    """Conflicts of kind ``site``, ``laterality`` and ``size``."""
    severity = load_policy().severity
    said = chart.of("primary.side")
    sides = disputed(chart, said, _same_side, _LONG) or within_report(chart, _of_one(chart, said), _same_side)
    said = chart.of("primary.site")
    places = disputed(chart, said, _same_place, _LONG, _both_several) or within_report(chart, _of_one(chart, said), _same_place)
    if sides and places and any(_CLOCK.search(e.quote) for p in places for e in p.evidence):
        places = ()  # the same hour on the other side is another quadrant
    if sides and places and str(places[0].value).startswith("liver."):
        # A segment or lobe says side and place at once: one disagreement, of sides where both name them.
        if all(_NAMES_SIDE.search(e.quote) for s in sides for e in s.evidence):
            places = ()
        else:
            sides = ()
    if sides:
        why = "The documents place the primary on different sides."
        yield Conflict.between("laterality", "primary.side", severity["laterality"], sides, why)
    if places:
        why = "The documents place the primary in different parts of the organ."
        yield Conflict.between("site", "primary.site", severity["site"], places, why)
    else:
        organs = disputed(chart, chart.of("primary.organ"), lambda a, b: a.value == b.value, _LONG)
        if organs:
            why = "The documents name different organs as the origin."
            yield Conflict.between("site", "primary.organ", severity["site"], organs, why)
    yield from _sizes(chart)


def _of_one(chart: Chart, found: Sequence[Finding]) -> list[Finding]:
    """Without what reports on several specimens or tumours say: each may lie elsewhere."""
    several = {f.evidence[0].document for f in chart.of("tumour.multiple")}
    parted = {d for d in by_document(found) if chart.kind(d) == "pathology" and of_several(chart.case.document(d).text)}
    return [f for f in found if f.evidence[0].document not in several | parted]


def _both_several(chart: Chart, first: str, second: str) -> bool:
    """Whether both documents speak of more than one tumour: each may place another one."""
    return {first, second} <= {f.evidence[0].document for f in chart.of("tumour.multiple")}


def _sizes(chart: Chart) -> Iterator[Conflict]:
    policy = load_policy().size

    changed = chart.changed

    def agree(first: Finding, second: Finding) -> bool:
        a, b = first.evidence[0].document, second.evidence[0].document
        apart = chart.apart(first, second) or dt.timedelta(0)
        measured = [chart.kind(d) in ("radiology", "pathology") for d in (a, b)]
        gauged = [seen or bool(_SCOPE.search(chart.case.document(d).title)) for d, seen in zip((a, b), measured, strict=True)]
        if a != b and apart and (a in changed or b in changed):
            return True
        if a != b and all(measured) and chart.kind(a) == chart.kind(b) and apart > dt.timedelta(days=policy.growth_days):
            return True
        # A letter that quotes a scan is held against a specimen as the scan would be.
        quoted = "pathology" in (chart.kind(a), chart.kind(b)) and any(_IMAGED.search(f.evidence[0].quote) for f in (first, second))
        return policy.agree(float(first.value), float(second.value), methods=a != b and (all(gauged) or quoted))

    said = chart.of("primary.size")
    sides = disputed(chart, said, agree, dt.timedelta(days=policy.same_time_days))
    if not sides and not chart.of("tumour.multiple"):
        sides = within_report(chart, said, agree) or _within_pathology(chart)
    if sides:
        why = f"Sizes of the primary differ by more than {policy.tolerance_mm:g} mm and {policy.tolerance_percent:g} % at about the same time."
        yield Conflict.between("size", "primary.size", load_policy().severity["size"], sides, why)


def _within_pathology(chart: Chart) -> tuple[Side, ...]:
    """Two sizes of the tumour in one pathology report (macroscopy against synopsis)."""
    for document, found in by_document(chart.of("primary.size")).items():
        if chart.kind(document) != "pathology" or len(found) < 2:
            continue
        small, large = min(found, key=lambda f: float(f.value)), max(found, key=lambda f: float(f.value))
        if small.evidence == large.evidence or any(_WITH_IN_SITU.search(f.evidence[0].quote) for f in (small, large)):
            continue  # "total size 19 mm, invasive size 12 mm"
        quotes = [f.evidence[0].quote for f in (small, large)]
        if not any(map(_SIZE_FIELD.search, quotes)) or not all(map(_OF_TUMOUR.search, quotes)):
            continue  # a length of the specimen or of a part
        if not load_policy().size.agree(float(small.value), float(large.value), methods=True):
            return (side(small), side(large))
    return ()


def _same_side(first: Finding, second: Finding) -> bool:
    return first.value == second.value or "bilateral" in (first.value, second.value)


def _same_place(first: Finding, second: Finding) -> bool:
    # A region of the body is one, whether its skin or its muscles are named.
    pair = frozenset(str(f.value).replace("soft_tissue.", "skin.", 1) for f in (first, second))
    return len(pair) == 1 or pair in _same_places()


@lru_cache(maxsize=1)
def _same_places() -> frozenset[frozenset[str]]:
    path = criteria_folder() / "same_place.yaml"
    raw = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return frozenset(frozenset(pair) for pair in raw["same_place"])
