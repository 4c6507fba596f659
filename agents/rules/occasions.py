"""Words for what happens on a date: operations, biopsies, studies, endoscopies, specimens, admissions, starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.event_words import EVENTS
from agents.rules.text import words


def _alternatives(form: str) -> list[str]:
    """What a pattern offers, one pattern each: a bar outside of brackets parts them."""
    parts, depth, begin = [], 0, 0
    for at, mark in enumerate(re.sub(r"\\.", "..", form)):
        depth += (mark in "([") - (mark in ")]")
        if mark == "|" and not depth:
            parts.append(form[begin:at])
            begin = at + 1
    return [*parts, form[begin:]]


# For lower case. An empty group behind each alternative names it; a group around it would hide its first letter from the matcher.
_PARTS = [(name, part) for name, form in EVENTS for part in _alternatives(form.lower())]
_NAMES = [name for name, _ in _PARTS]
_WORDS = re.compile(rf"(?<![a-z])(?=[a-z])(?:{'|'.join(f'{part}()' for _, part in _PARTS)})")
_REGION = words(
    r"\b(?P<chest>chest|thora\w+|lungs?)\b|\b(?P<abdomen>abdom\w+|liver|pancrea\w+|hepat\w+)\b|\b(?P<pelvis>pelvi[sc]|rectum|rectal|prostate|cervix)\b|\b(?P<brain>brain|head|cranial)\b|\b(?P<neck>neck)\b"
    r"|\b(?P<spine>spin\w+)\b|\b(?P<breast>breasts?)\b|\b(?P<all>CAP|TAP)\b|\b(?P<urinary>urogra\w+|kidneys?|renal)\b|\b(?P<axilla>axilla\w*)\b"
)
_BEHIND = words(r"(?:[\s/&,+-]|of|the|and|whole|both|chest|thorax|thoracic|abdomen|pelvis|pelvic|brain|head|neck|liver|spine|breasts?|CAP|TAP|prostate|urogram|rectum|abdo|pancreas)*")
_BEFORE = words(r"(?:\b[a-z-]+\s){0,1}$")
_AGAIN = words(r"\b(?:re[\s-]*$|(?:re-\w*|second|repeat(?:ed)?|further|another|again|previous|prior|earlier|completion|interval|post-?op\w*|follow-?up|restaging|planning|baseline|last|first)[\s-]*(?:\w+[\s-]+)?$)")
_NODE = words(r"\b(?:nod(?:e|es|al)(?![- ](?:positive|negative|pos\b|neg\b))|sentinel|SLNB|SNB|SNLB|axilla\w*|LN)\b")
_SITE = words(r"\b(?P<s>liver|bone|omental|omentum|iliac|lung|vault|marrow|skin|peritoneal|pleural|brain|adrenal)\b")


# What is taken out of a patient and was no part of one.
_DEVICE = words(r"\b(?:drains?|stents?|catheters?|clips?|staples|stitches|sutures|tubes?|packs?|lines?|coils?|port|pins?|plates?|dressings?|bandages?|cannulas?|teeth|tooth|polyps?|cataracts?|nodes?)\b[^.;]{0,24}$")


# A small growth in an organ that stays: "an adenoma of the transverse colon was removed".
_GROWTH_OF = words(r"\b(?:adenomas?|polyps?|lesions?|nodules?|n[a]?evus|n[a]?evi|cysts?|fibroids?|lipomas?|papillomas?|warts?|moles?|stones?|biops\w+|samples?|pieces?|parts?)\s(?:of|in|from|within|on)\s(?:(?:the|a|an|her|his|their|left|right|lower|upper|transverse|ascending|descending|sigmoid|distal|proximal)\s){0,3}$")
_BY_SCOPE = words(r"\s(?:endoscopically|(?:at|during|by|on|in|with) (?:the |her |his |an? )?(?:same )?(?:colono|endo|sigmoido|gastro|cysto|hystero|broncho)scop\w+|(?:by|with) (?:an? |hot |cold )*(?:snare|forceps|shave|curette|cryo\w*))")
# Operations that no tumour board asks after.
_OTHER_SURGERY = words(r"\b(?:cataract|eye|hip|knee|hernia|gall-?bladder|bile|appendix|appendi\w+|back|spinal|heart|cardiac|bypass|valve|dental|tonsil|bunion|carpal|shoulder|varicose|vein|cosmetic|hand|foot)[ -]+(?:replacement )?$")
# "of a second focus", "from another lesion": not the biopsy or study that the chart turns on.
_OF_ANOTHER = words(r"\s+(?:of|from|at|in|on)\s+(?:an? |the )?(?:second|third|another|other|further|different|separate|additional|contralateral|opposite|satellite|new)\b(?! (?:week|half|day|of|(?:mon|tues|wednes|thurs|fri|satur|sun)day))|\s+within (?:\w+[- ])?\w+ ?(?:h|hrs|hours)\b")
# Called the one and only: then "first" or "baseline" does not make it one among several.
_SOLE = words(r"\b(?:first and (?:so far |to date |thus far )?only|one and only|only|sole|single|no (?:earlier|previous|prior|other|further|second|other previous)|never (?:had|underwent) (?:another|any other))\b")
_SOLE_REACH = 60


_ORGAN_ALONE = frozenset({"colon", "sigmoid", "sigmoid colon", "caecum", "cecum", "rectum", "large bowel"})


class Occasion(NamedTuple):
    """A word for an event."""

    start: int
    end: int
    kind: str
    """``surgery.colectomy``, ``imaging.ct_chest+abdomen``, ``biopsy.node``…"""
    again: bool
    """Called another than the first, or one among several."""


def occasions(text: str, start: int, end: int) -> Iterator[Occasion]:
    """The event words between two offsets of a text in lower case, by position."""
    for match in _WORDS.finditer(text, start, end):
        kind = _NAMES[match.lastindex - 1] if match.lastindex else ""  # each alternative has its group
        lead = text[max(start, match.start() - 30) : match.start()]
        if kind == "surgery" and match.group()[:4] == "remo" and _DEVICE.search(lead):
            continue
        if kind == "surgery" and (_OTHER_SURGERY.search(lead) or (match.group()[:4] == "remo" and _BY_SCOPE.match(text, match.end(), end))):
            continue
        if kind == "surgery.colectomy" and match.group() in _ORGAN_ALONE and _GROWTH_OF.search(text, max(start, match.start() - 48), match.start()):
            continue
        around = text[max(start, match.start() - 34) : min(end, match.end() + 34)]
        if kind.startswith("imaging."):
            kind += _regions(text, match, start, end)
        elif kind == "biopsy":
            site = _SITE.search(around)
            kind = "biopsy.node" if _NODE.search(around) else f"biopsy.{site['s'].lower()}" if site else kind
        yield Occasion(match.start(), match.end(), kind, _one_of_several(text, match, lead))


def _one_of_several(text: str, match: re.Match[str], lead: str) -> bool:
    if _OF_ANOTHER.match(text, match.end()):
        return True
    return bool(_AGAIN.search(lead)) and not sole(text, match.start(), match.end())


def sole(text: str, start: int, end: int) -> bool:
    """Whether the words around a mention call the thing the only one of its kind."""
    return bool(_SOLE.search(text, max(0, start - _SOLE_REACH), min(len(text), end + _SOLE_REACH)))


def _regions(text: str, match: re.Match[str], start: int, end: int) -> str:
    """The body regions in the words of the study: before it ("chest CT") and right behind ("CT of chest and abdomen")."""
    behind = _BEHIND.match(text[match.end() : min(end, match.end() + 60)])
    before = _BEFORE.search(text[max(start, match.start() - 18) : match.start()])
    phrase = f"{before.group() if before else ''} {behind.group() if behind else ''}"
    found = {m.lastgroup or "" for m in _REGION.finditer(phrase)}
    if "all" in found:
        found = (found - {"all"}) | {"chest", "abdomen", "pelvis"}
    return "_" + "+".join(sorted(found)) if found else ""
