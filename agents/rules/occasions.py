"""Words for what happens on a date: operations, biopsies, studies, endoscopies, specimens, admissions, starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.text import words

# Specific before general: the first alternative that matches at a place names the event.
_SURGERY = {
    "turbt": r"TURBT|TUR(?:[- ]of)? bladder|TURB\b|trans-?urethral resection of (?:the )?bladder(?: tumou?r)?",
    "cone": r"LLETZ|LEEP|(?:large )?loop excision(?: of (?:the )?transformation zone)?|cone biopsy|coni[sz]ation|cold knife cone",
    "hysterectomy": r"(?:lap(?:aroscopic)? )?hyst(?:erectomy)?\b|womb removed",
    "wide_excision": r"wide (?:local )?(?:re-?)?excision|WLE\b|lumpectomy|breast[- ]conserv(?:ing surgery|ation(?! (?:rate|index|clinic)))|(?:partial|segmental) mastectomy|quadrantectomy",
    "mastectomy": r"mastectomy",
    "prostatectomy": r"prostatectomy|RALP\b", "nephrectomy": r"nephr(?:oureter)?ectomy", "cystectomy": r"cystectomy",
    "colectomy": r"(?:hemi)?colectomy|anterior resection|sigmoid(?:ectomy| resection)|abdominoperineal (?:resection|excision)|APR\b",
    "pancreatectomy": r"whipple\w*|pancreat\w*-?duodenectomy|pancreatectomy|PPPD\b",
    "hepatectomy": r"hepatectomy|liver resection|liver transplant\w*", "lobectomy": r"(?:bi)?lobectomy|pneumonectomy|segmentectomy",
    "gastrectomy": r"gastrectomy", "oesophagectomy": r"o?esophagectomy|ivor lewis", "thyroidectomy": r"thyroidectomy",
    "craniotomy": r"craniotomy|craniectomy", "orchidectomy": r"orchi(?:d)?ectomy",
    "neck_dissection": r"neck dissection", "debulking": r"(?:primary |interval )?(?:debulking|cytoreduct\w+)",
    "glossectomy": r"glossectomy", "laryngectomy": r"laryngectomy", "laparoscopy": r"laparoscopy", "excision": r"(?:excision|excised|ellipse)",
    "": r"operation|operated|surgery|resect(?:ed|ion)|removed|(?:procedure|op|theatre)(?= date)|(?<=date of )(?:the )?(?:procedure|op\b)",
}
_ENDOSCOPY = {
    "colonoscopy": r"colonoscopy", "gastroscopy": r"gastroscopy|OGD\b|EGD\b|upper endoscopy", "bronchoscopy": r"bronchoscopy", "ebus": r"EBUS\b",
    "eus": r"EUS\b|endoscopic ultrasound", "cystoscopy": r"cystoscopy", "hysteroscopy": r"hysteroscopy", "ercp": r"ERCP\b",
    "sigmoidoscopy": r"sigmoidoscopy",
}
_IMAGING = {
    "pet": r"(?:FDG[- ]|PSMA[- ]|DOTATATE[- ])?PET(?:[-/ ]?CT)?\b", "mri": r"(?:mp)?MRI?\b|magnetic resonance", "ct": r"CT\b(?![- ]guided)|computed tomography",
    "mammography": r"mammogra\w+", "bone_scan": r"bone scan|scintigraphy", "ultrasound": r"ultrasound(?![- ]guided)|sonography", "radiograph": r"(?:chest )?(?:radiograph|x-?ray)|CXR\b",
}
_OTHER = {
    "biopsy": r"biops(?:y|ies|ied)|\bbx\b|(?:cores?|fine[- ]needle|needle|punch)(?=\s(?:aspirat|samples?|of|\d|,|on|\())|FNA\b|FNB\b",
    "specimen.collected": r"collected|collection(?: date)?|(?:specimen|sample)s? taken|taken|drawn|obtained",
    "specimen.received": r"received|receipt", "specimen.reported": r"reported|report(?:ed)? date|signed out|authorised|date of report",
    "visit": r"discharged?|home on|reviewed|attended|presented|readmitted|clinic|telephoned|referred|drain out|stitches out|died",
    "diagnosis": r"diagnos(?:ed|is)", "admission": r"admitted|admission|adm\b", "chemotherapy.start": r"(?:cycle 1|C1|first cycle)\b(?! to)",
}
_SLOW = {"specimen.collected", "specimen.received", "specimen.reported"}


def _table() -> list[tuple[str, str]]:
    pairs = [(f"surgery.{what}" if what else "surgery", form) for what, form in _SURGERY.items()]
    pairs[-1:-1] = [(f"endoscopy.{what}", form) for what, form in _ENDOSCOPY.items()] + [(f"imaging.{what}", form) for what, form in _IMAGING.items()]
    return [*pairs[:-1], *_OTHER.items(), pairs[-1]]


_NAMES = [name for name, _ in _table()]
# For lower case. Naming the event costs several times as much as seeing that there is one.
_FORMS = [form.lower() for _, form in _table()]
_WORDS = re.compile(rf"(?<![a-z])(?:{'|'.join(_FORMS)})")
_NAMED = re.compile("|".join(f"(?P<g{i}>{form})" for i, form in enumerate(_FORMS)))
_REGION = words(
    r"\b(?P<chest>chest|thora\w+|lungs?)\b|\b(?P<abdomen>abdom\w+|liver|pancrea\w+|hepat\w+)\b|\b(?P<pelvis>pelvi[sc]|rectum|rectal|prostate|cervix)\b|\b(?P<brain>brain|head|cranial)\b|\b(?P<neck>neck)\b"
    r"|\b(?P<spine>spin\w+)\b|\b(?P<breast>breasts?)\b|\b(?P<all>CAP|TAP)\b|\b(?P<urinary>urogra\w+|kidneys?|renal)\b|\b(?P<axilla>axilla\w*)\b"
)
_BEHIND = words(r"(?:[\s/&,+-]|of|the|and|whole|both|chest|thorax|thoracic|abdomen|pelvis|pelvic|brain|head|neck|liver|spine|breasts?|CAP|TAP|prostate|urogram|rectum|abdo|pancreas)*")
_BEFORE = words(r"(?:\b[a-z-]+\s){0,1}$")
_AGAIN = words(r"\b(?:re-?|second|repeat(?:ed)?|further|another|again|previous|prior|earlier|completion|interval|post-?op\w*|follow-?up|restaging|planning|baseline|last|first)[\s-]*(?:\w+[\s-]+)?$")
_NODE = words(r"\b(?:nod(?:e|es|al)(?![- ](?:positive|negative|pos\b|neg\b))|sentinel|axilla\w*|LN)\b")
_SITE = words(r"\b(?P<s>liver|bone|omental|omentum|iliac|lung|vault|marrow|skin|peritoneal|pleural|brain|adrenal)\b")


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
    for word in _WORDS.finditer(text, start, end):
        match = _NAMED.match(text, word.start(), end)
        if match is None:
            continue
        kind = _NAMES[int((match.lastgroup or "g0")[1:])]
        lead = text[max(start, match.start() - 30) : match.start()]
        around = text[max(start, match.start() - 34) : min(end, match.end() + 34)]
        if kind.startswith("imaging."):
            kind += _regions(text, match, start, end)
        elif kind == "biopsy":
            site = _SITE.search(around)
            kind = "biopsy.node" if _NODE.search(around) else f"biopsy.{site['s'].lower()}" if site else kind
        yield Occasion(match.start(), match.end(), kind, bool(_AGAIN.search(lead)))


def _regions(text: str, match: re.Match[str], start: int, end: int) -> str:
    """The body regions in the words of the study: before it ("chest CT") and right behind ("CT of chest and abdomen")."""
    behind = _BEHIND.match(text[match.end() : min(end, match.end() + 60)])
    before = _BEFORE.search(text[max(start, match.start() - 18) : match.start()])
    phrase = f"{before.group() if before else ''} {behind.group() if behind else ''}"
    found = {m.lastgroup or "" for m in _REGION.finditer(phrase)}
    if "all" in found:
        found = (found - {"all"}) | {"chest", "abdomen", "pelvis"}
    return "_" + "+".join(sorted(found)) if found else ""
