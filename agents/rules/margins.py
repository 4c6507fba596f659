"""Resection margins said without the word, or about it in other orders: "excised all round", "tumour lies on the inked edge".

Where a named margin has a result beside it, ``results`` has read it; this reader says nothing of such a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agents.rules.context import Context
from agents.rules.reading import Reading, Sentence
from agents.rules.text import places, words
from panel.opinion import Finding

_STEMS = ("margin", "edge", " ink", "inked", "face", "aspect", "border", " rim", "resection line", "cut surface", "excis", "got it all", "all out", "out completely", "transect", "removed", "resected", "resection surface", "cauter", "diatherm")
_TUMOUR = r"(?:tumou?r|carcinoma|cancer|melanoma|sarcoma|adenocarcinoma|malignan\w+|dcis|disease|invasive|neoplasm|neoplastic|glands|cells|it|lesion|growth)"
# "deep margin", "inked medial edge", "cauterised face": the cut surface of a specimen.
_PART = r"(?:deep|lateral|medial|superior|inferior|anterior|posterior|proximal|distal|radial|circumferential|peripheral|superficial|mucosal|ureteric|urethral|bronchial|vascular|vaginal|apical|basal|uncinate|pancreatic|neck|bile duct|resection|surgical|excision|excisional|inked|cut|cauterised|cauterized|diathermied|painted|specimen|dissected|dissection|parenchymal|soft tissue|bone|skin|nearest|closest|retroperitoneal|sma|portal|duodenal|gastric|oesophageal|cranial|caudal|ventral|dorsal|radial|tongue|stapled|doughnut|nipple|cavity|shave)"
_EDGE = rf"(?:(?:{_PART}[\s/-]+){{0,3}}(?:margins?|ink|inked\s+(?:\w+\s+)?(?:surface|edge|face|margin)|cut (?:surface|edge)|resection (?:line|edge|surface|plane)|line of resection|{_PART}\s+(?:edges?|faces?|aspects?|borders?|surfaces?|limits?|ends?|planes?))|edges?|faces?\b(?=\s+of the (?:specimen|excision))|excision (?:line|limits?))"
_OF = r"(?:\s+of (?:the|this|her|his) (?:\w+\s+){0,2}(?:specimen|excision|lumpectomy|mastectomy|prostate|bowel|resection|cavity|piece|tissue))?"
_SEP = r"(?:\s+(?:is|are|was|were|the|a|an|all|both|its|to|at|on|by|with|be|very|right|focally|microscopically|macroscopically|still|also|widely|broadly|present|seen|found|identified|up|directly|of|over|other|every|each|any|surgical)){0,5}\s+"
_POSITIVE = words(
    rf"\b{_TUMOUR}\b[^.;:,]{{0,40}}?\b(?:lies? (?:on|at)|lying (?:on|at)|sits? (?:on|at)|reach(?:es|ing|ed)?|touch(?:es|ing|ed)?|abut(?:s|ting|ted)?|extend(?:s|ing|ed)?(?: right| up)? to|runs?(?: right| up)?(?: in)?to|running(?: up)? (?:in)?to|present (?:at|on)|seen (?:at|on)|found (?:at|on)|flush with|identified (?:at|on)|noted (?:at|on)|cut across at|cut through at|transected at|involv(?:es|ing|ed)|at|on|contacts?|up to|gets? to|goes (?:right )?(?:up )?to|within|breach(?:es|ing)?)(?:{_SEP}|\s+){_EDGE}\b(?! (?:by|with) (?:\w+ ){{0,2}}(?:clearance|free))"
    rf"|\b{_EDGE}\b(?:\s+\w+){{0,2}}?[\s:=(-]+(?:(?:is|are|was|were|focally|microscopically|still|shows?|contains?|has|have|with|by|bears?|carr(?:y|ies)|being)\s+){{0,3}}(?:positive|pos\b|\+ve|involved|not clear|not free|not negative|transected|contaminated|breached|infiltrated|inked tumou?r|incomplete)"
    rf"|\b{_EDGE}\s+(?:still |also |focally )?(?:shows?|contains?|has|have|with|bears?|carr(?:y|ies)|holds?)\s+(?:\w+\s+)?(?:tumou?r|carcinoma|melanoma|sarcoma|dcis)\b(?![- ]free)"
    rf"|\binvolvement of (?:the |an? )?{_EDGE}|\b(?:went|gone|going|runs?|ran|came|extended|spread) (?:right |all the way )?(?:up )?to (?:the |an? )?{_EDGE}"
    r"|\b(?:tumou?r|carcinoma|melanoma|sarcoma) (?:is |was |has been )?(?:transected|cut across|cut through)|\bincomplete(?:ly)? (?:excis\w+|resect\w+|removed?|removal)|\b(?:excision|resection|removal|clearance) (?:is |was |appears |seems |proved )?(?:incomplete|not complete|inadequate)|\bnot (?:completely|fully|entirely|wholly) (?:excised|resected|removed|out)|(?:\bpositive|(?<!\w)\+ve|\binvolved) (?:\w+ ){0,2}(?:margins?|edges?|cut surface)|\btumou?r (?:was )?left behind\b|\bink on tumou?r|\btumou?r (?:cells )?(?:on|at) (?:the )?ink"
)
_NEGATIVE = words(
    rf"\b{_EDGE}\b{_OF}(?:\s+\w+){{0,2}}?[\s:=(-]+(?:(?:is|are|was|were|all|both|widely|well|comfortably|safely|now|also|look\w*|remain\w*|appear\w*|of|in|each|entirely|completely|histologically|microscopically|quite|being|by|every|ok|and)\s+){{0,3}}(?:clear|clean|free|negative|neg\b|-ve\b|uninvolved|not involved|safe|wide|ample|generous|adequate|healthy|tumou?r[- ]free|unaffected|satisfactory|ok\b|good|intact|spared|without tumou?r|without carcinoma|no tumou?r|no carcinoma|no malignan|nil\b|uninvaded)"
    rf"|\b(?:safe|clear|clean|negative|free|good|wide|ample|adequate|generous|tumou?r[- ]free|healthy|comfortable|uninvolved|satisfactory)\s+(?:{_PART}[\s/-]+){{0,2}}(?:margins?|edges?|rim|resection lines?|borders?|clearance all round)\b"
    rf"|\b(?:excised|removed|resected|out|cleared)\s+(?:all (?:a)?round|completely|fully|entirely|in (?:its )?entirety|in full|in toto|with (?:a )?(?:clear|clean|good|wide|safe|healthy|ample|adequate)\b[^.;,]{{0,20}}(?:margins?|rim|edges?|cuff|tissue|clearance))|\b(?:completely|fully|entirely|wholly|totally|adequately) (?:excised|resected|removed|out|cleared)|\b(?:excision|resection|removal|clearance)\s+(?:is |was |appears |proved |looks |judged |histologically |reported )*(?:complete|adequate)\b(?! (?:response|staging))"
    rf"|\bgot (?:it|everything) (?:all )?out\b|\bgot it all\b|\ball (?:of it )?(?:came |was )?out (?:with|in one)\b|\b(?:does|do|did) not (?:reach|touch|extend to|come to|get to|abut|involve|run to|run into)(?:{_SEP}|\s+){_EDGE}|\b(?:away|clear|remote|distant|short) (?:from|of)(?:{_SEP}|\s+){_EDGE}|\bno (?:tumou?r|carcinoma|melanoma|invasive|residual|malignan\w+|dcis|disease|cancer)\b[^.;,]{{0,24}}\b(?:at|on|reach\w*|touch\w*|along|within)(?:{_SEP}|\s+){_EDGE}|\bno ink on tumou?r|\bmargins? (?:all )?(?:>|\u2265|over|more than|at least)\s?\d"
)
_DISTANCE = words(
    rf"\b(?:nearest|closest|minimum|narrowest|tightest)\b[^.;:\d]{{0,30}}?(?:margins?|edges?|face|aspect|clearance|ink|border|plane|distance|surface)?\b[^.;\d]{{0,16}}?(?P<a>\d+(?:\.\d+)?)\s?(?P<au>mm|cm)\b|\b(?:margins?|edges?|faces?|clearance|borders?)\s+(?:(?:of|is|are|was|were|by|at|all|least|measur\w+|over|>|\u2265|:|deep|lateral)\s*){{0,3}}(?P<b>\d+(?:\.\d+)?)\s?(?P<bu>mm|cm)\b(?! (?:from the (?:anal|dentate)|thick|long))|(?P<c>\d+(?:\.\d+)?)\s?(?P<cu>mm|cm)\s+(?:(?:away\s+)?from|clear of|short of|to|off)\s+(?:the\s+)?(?:nearest\s+|closest\s+)?{_EDGE}\b"
)
_NEGATED = words(r"\b(?:no|not|without|never|neither|nor|nil)\s+(?:\w+\s+){0,3}$")
_NOT_YET = words(
    r"\b(?:to (?:get|obtain|achieve|secure|ensure|gain|have|be)|aim\w*|hope\w*|chance|likel\w*|plan\w*|if|should|would|could|might|may|can|unless|until|in order to|goal|intend\w*|expect\w*|for an?|before|feasib\w*|possib\w*|whether|will|want\w*|need\w*|offer\w*|recommend\w*|advis\w*|consider\w*|propos\w*|request\w*|awaiting|await\w*|pending|impossible|unlikely)\b[^.;]{0,60}$"
)
_FEASIBLE = words(r"[^.;]{0,24}\b(?:feasible|possible|achievable|likely|unlikely|expected|planned|intended|needed|required|pending|awaited|would|could|should|might)\b")
_OTHERS = words(r"\b(?:wound|scar|costal|liver|hepatic|disc|sclera|eyelid|vermilion|anal|nodal|node|skin graft|flap|lesion|mole|naevus|nodule|polyp|cyst|appendix|thyroid|gallbladder|anastomo\w+|ulcer|rib|costal|orbital|bed|cutting|leading|hernia|stone|fibroid|lipoma|adenoma|seborrh\w+|keratosis|drain\w*|catheter|sutures?|clips?|stent\w*|port|wart|ovar\w+|tooth|teeth|stitches|staples|history|hx)\b[^.;,]{0,30}$")
_OPERATED = ("excis", "resect", "specimen", "histol", "path", "margin", "remov", "wle", "ectomy", "operat", "surg", "tumour", "cancer")
_OFF = Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL | Context.OLD
_SILENT = frozenset({"indication", "legend", "technique", "family", "history", "plan", "comparison"})


# A margin as a scan foretells it is none of the specimen.
_FORECAST = words(r"\b(?:mri?|mrt|ct|scans?|imaging|radiolog\w+|ultrasound|eus)\b")
_EXAMINED = words(r"\b(?:patholog\w*|histolog\w*|specimen|resect(?:ed|ion)|excis\w+|\w+ectomy|microscop\w*|r[012]|yp?t\d|pt\d)\b")
_FASCIA = words(r"crm|circumferential")


def foretold(low: str, sentence: Sentence, at: int) -> bool:
    """Whether a sentence, in lower case, tells what a scan shows of the margin there."""
    return _FORECAST.search(low, sentence.start, at) is not None and _EXAMINED.search(low, sentence.start, sentence.end) is None


def threatened(low: str, start: int, end: int, margin: str) -> str | None:
    """What a foretold circumferential margin says of the threat to it: ``present`` or ``absent``; None of other margins."""
    known = {"positive": "present", "negative": "absent"}.get(margin)
    return known if _FASCIA.search(low, start, end) else None


def margin_findings(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """The margins of the sentences whose margin has not been ``told``; none of a radiology report."""
    if reading.document.kind in ("radiology", "laboratory", "genomics"):
        return
    if reading.document.kind != "pathology" and not reading.about(_OPERATED):
        return
    seen: set[int] = set()
    for at in places(reading.low, *_STEMS):
        index = reading.index_at(at)
        if index in seen or index >= len(reading.sentences):
            continue
        seen.add(index)
        sentence = reading.sentences[index]
        if sentence.section in _SILENT or any(f.question == "margin" and _same(f, sentence) for f in told):
            continue
        found = _said(reading, sentence)
        if found is not None:
            value, span = found
            question = "margin"
            if foretold(reading.low, sentence, span[0]):
                threat = threatened(reading.low, *span, value)
                if threat is None:
                    continue
                question, value = "presence.crm_threatened", threat
            yield Finding(question=question, value=value, date=reading.date, certainty="stated", evidence=(reading.quote(sentence, span),))


def _same(finding: Finding, sentence: Sentence) -> bool:
    where = finding.evidence[0]
    return where.start < sentence.end and sentence.start < where.end


def _said(reading: Reading, sentence: Sentence) -> tuple[str, tuple[int, int]] | None:
    low = reading.low
    hits: dict[str, tuple[int, int]] = {}
    for value, pattern in (("positive", _POSITIVE), ("negative", _NEGATIVE)):
        for match in pattern.finditer(low, sentence.start, sentence.end):
            if not _stands(reading, sentence, match):
                continue
            denied = value == "positive" and _NEGATED.search(low, max(sentence.start, match.start() - 36), match.start())
            hits.setdefault("negative" if denied else value, match.span())
            break
    if "positive" in hits:  # "deep edge involved, the others clear"
        return "positive", hits["positive"]
    if "negative" in hits:
        return "negative", hits["negative"]
    if sentence.section == "gross":
        return None  # how far the eye sees it lie off: the microscope's answer comes after
    distance = _DISTANCE.search(low, sentence.start, sentence.end)
    if distance is None or not _stands(reading, sentence, distance):
        return None
    mm = next(float(distance[g]) * (10 if distance[g + "u"] == "cm" else 1) for g in "abc" if distance[g])
    return ("positive" if mm == 0 else "close" if mm < 1 else "negative"), distance.span()


def _stands(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether it is said of this specimen, and as a fact."""
    low, start, end = reading.low, match.start(), match.end()
    if sentence.context(start, end) & (_OFF | Context.UNCERTAIN):
        return False
    if _NOT_YET.search(low, max(sentence.start, start - 70), start) or _FEASIBLE.match(low, end, sentence.end) or _BY_PRECURSOR.match(low, end, sentence.end):
        return False
    return _OTHERS.search(low, max(sentence.start, start - 40), start) is None


_INTENDED = words(
    r"\b(?:aim\w*|achiev\w*|attempt\w*|likel\w*|goal|potential\w*|feasib\w*|chance|probability|intent\w*|possib\w*|planned|allow\w*|for an?|to)\W+(?:\w+\W+){0,3}$"
    r"|\b(?:spiculated|irregular|smooth|ill[ -]defined|well[ -]defined|lobulated|indistinct|circumscribed|infiltrative|costal|unsharp|sharp|enhancing)\W+$",
)
_HOPED_FOR = words(r"\W*(?:resection\W+)?(?:is|was|seems|appears|should|would|can|could|may|might)?\W*(?:be\W+)?(?:feasible|possible|achiev\w+|likely|unlikely|the aim|planned|intended|expected|anticipated|attempted)\b")
# "Endocervical margin involved by CIN 3, invasive tumour clear": the precursor is at it, not the cancer.
_BY_PRECURSOR = words(r"\W*(?:(?:is|was|are|were|shows?|appears?)\W+)?(?:(?:involved|positive|present|reached|cut through) )?(?:by|for|with) (?:high-grade |low-grade |severe )?(?:cin\b|vain\b|vin\b|dysplasia|adenoma|barrett|intestinal metaplasia|prostatic intraepithelial|hgpin|borderline)")


def no_margin(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the margin is an intention ("to achieve R0"), a lesion's outline on a scan, or one that only a precursor reaches."""
    low = reading.low
    return (
        sentence.section == "plan"
        or reading.document.kind == "radiology"
        or bool(sentence.context(start, end) & Context.HYPOTHETICAL)
        or bool(_INTENDED.search(low, max(sentence.start, start - 40), start))
        or bool(_HOPED_FOR.match(low, end, sentence.end))
        or bool(_BY_PRECURSOR.match(low, end, sentence.end))
    )
