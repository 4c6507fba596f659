"""When "there" and "not there" are said of different places, or are one disagreement under two names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from panel.compare.chart import Chart, side
from panel.compare.disputes import conclusions
from panel.conflict import Side
from panel.opinion import Finding

ANY_NODE = "presence.node.any"
_PAIRED = re.compile(r"\b(?:(?P<left>(?<!nothing )(?<!is )(?<!was )(?<!are )(?<!were )(?<!been )(?<!has )(?<!none )[Ll]eft(?! (?:behind|over|in situ|untreated|alone|unresected|enhancing)\b)|LEFT|L|LT|Lt|lt)|(?P<right>[Rr]ight|RIGHT|R|RT|Rt|rt)|(?P<both>[Bb]oth|[Bb]ilateral(?:ly)?|either))\b")
_PART = re.compile(r"\bmain\b|\btrunk\b", re.I)
_WHOLE = re.compile(r"\bbranch|\bboth\b|\ball\b|no (?:tumou?r |portal (?:vein )?)?thromb|throughout|\bsystem\b", re.I)
_BRANCH = re.compile(r"\b(?:left|right|anterior|posterior|segmental|branch\w*)\b", re.I)
_AROUND = re.compile(r"\bperi-?(?:nephric|renal)", re.I)
_SINUS = re.compile(r"\bsinus\b", re.I)
_COVERS = {
    "thorax": re.compile(r"\b(?:chest|thorax|thoracic|PET|whole[- ]body|CT TAP|TAP|CAP)\b", re.I),
    "abdomen": re.compile(r"\b(?:abdom\w*|pelvi\w*|PET|whole[- ]body|TAP|CAP|AP|liver|renal|kidney|pancrea\w*)\b", re.I),
    "pelvis": re.compile(r"\b(?:pelvi\w*|PET|whole[- ]body|TAP|CAP|rectum|prostate|cervix|bladder|uterus|endometri\w*)\b", re.I),
}
_STATIONS = {
    "mediastinal": "thorax", "hilar": "thorax", "internal_mammary": "thorax", "paraaortic": "abdomen", "coeliac": "abdomen",
    "perigastric": "abdomen", "pelvic": "pelvis", "mesorectal": "pelvis", "inguinal": "pelvis",
}  # fmt: skip
# Questions that ask after any of several places: what is denied of one says nothing of another.
_PLACES = {
    "presence.arterial_encasement": {
        "sma": r"\bSMA\b|superior mesenteric arter", "coeliac": r"\bco?eliac", "hepatic": r"\bhepatic arter|\bCHA\b", "splenic": r"\bsplenic arter",
        "gda": r"\bGDA\b|gastroduodenal", "carotid": r"\bcarotid", "aorta": r"\baorta",
    },
    "presence.metastasis.bone": {
        "spine": r"\bspin(?:e|al)\b|\bvertebra|\b(?:[TLC]|Th)\d{1,2}\b", "ribs": r"\bribs?\b", "pelvis": r"\bili(?:um|ac)|\bpelvi\w+ bone|\bsacr|\bacetab|\bischi|\bpub(?:is|ic)",
        "femur": r"\bfem(?:ur|or)", "humerus": r"\bhumer", "skull": r"\bskull|\bcalvari", "sternum": r"\bstern|\bmanubr",
    },
}  # fmt: skip
_NAMED = {question: {place: re.compile(form, re.I) for place, form in places.items()} for question, places in _PLACES.items()}
# What there is one of, whichever side a quote also names.
_UNPAIRED = frozenset(
    f"presence.{name}"
    for name in (
        "midline_shift hydrocephalus ascites cord_compression leptomeningeal_disease muscle_invasion ulceration lymphovascular_invasion perineural_invasion"
        " vascular_invasion extramural_vascular_invasion cirrhosis portal_hypertension crm_threatened smv_involvement ivc_thrombus peritoneal_disease"
        " pericardial_effusion serosal_invasion cervical_stromal_invasion biliary_obstruction"
    ).split()
)
_NODE_DAYS = dt.timedelta(days=21)


def elsewhere(first: Finding, second: Finding) -> bool:
    """Whether the two quotes speak of opposite sides, or one of the main vein alone and the other of a branch."""
    a, b = first.evidence[0].quote, second.evidence[0].quote
    sides = _sides(a), _sides(b)
    if first.question not in _UNPAIRED and all(len(s) == 1 for s in sides) and sides[0] != sides[1]:
        return True
    if first.question in _NAMED:
        named = [{place for place, form in _NAMED[first.question].items() if form.search(quote)} for quote in (a, b)]
        if all(named) and not set.intersection(*named):
            return True
    if first.question == "presence.fat_invasion":
        kinds = [(bool(_SINUS.search(quote)), bool(_AROUND.search(quote))) for quote in (a, b)]
        return all(any(kind) for kind in kinds) and not any(all(pair) for pair in zip(*kinds, strict=True))
    if first.question != "presence.portal_vein_invasion":
        return False
    absent, present = (a, b) if first.value == "absent" else (b, a)
    if _sides(present) and _sides(present) <= _sides(absent):
        return False  # "the main, right and left portal veins are patent"
    return bool(_PART.search(absent)) and not _WHOLE.search(absent) and bool(_BRANCH.search(present))


def one_sided(found: Sequence[Finding]) -> list[Finding]:
    """Without what a document denies of the other side than the one on which it sees it."""
    seen: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.value == "present" and finding.certainty == "stated":
            seen.setdefault(finding.evidence[0].document, []).append(finding)
    return [
        f
        for f in found
        if f.value == "present" or not any(elsewhere(f, other) for other in seen.get(f.evidence[0].document, ()))
    ]


def _sides(quote: str) -> set[str]:
    found = {m.lastgroup for m in _PAIRED.finditer(quote) if m.lastgroup}
    return {"left", "right"} if "both" in found else {str(f) for f in found}


def node_sides(chart: Chart) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """Stations enlarged in one report where its own conclusion, or another study of that region, sees no enlarged node."""
    none = [f for f in chart.of(ANY_NODE) if f.value == "absent" and f.certainty == "stated"]
    for question, found in chart.under("presence.node."):
        station = question.rpartition(".")[2]
        stated = [f for f in found if f.certainty == "stated"]
        if station == "any" or not none or any(f.value == "absent" for f in stated):
            continue
        for finding in stated:
            other = next((n for n in none if _denied(chart, station, finding, n)), None)
            if other is not None:
                yield question, (side(finding), side(other))
                break


def _denied(chart: Chart, station: str, finding: Finding, none: Finding) -> bool:
    here, there = finding.evidence[0], none.evidence[0]
    if here.document == there.document:
        heads = conclusions(chart.case.document(here.document).text)
        return bool(heads) and here.end <= heads[-1] <= there.start + 1
    if chart.kind(here.document) != "radiology" or chart.kind(there.document) != "radiology":
        return False
    apart = chart.apart(finding, none)
    if apart is None or apart > _NODE_DAYS or station not in _STATIONS:
        return False
    document = chart.case.document(there.document)
    return bool(_COVERS[_STATIONS[station]].search(f"{document.title} {document.text[:120]}"))


def once(conflicts: Sequence[tuple[str, tuple[Side, ...]]], families: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """Without the second of two questions of one family that the same documents dispute: one thrombus, two veins."""
    seen: set[tuple[int, frozenset[str]]] = set()
    for question, sides in conflicts:
        family = next((i for i, names in enumerate(families) if question in names), -1)
        key = (family, frozenset(s.by for s in sides))
        if family >= 0 and key in seen:
            continue
        seen.add(key)
        yield question, sides
