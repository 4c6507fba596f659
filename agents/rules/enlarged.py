"""Nodes called enlarged, or measured so: "left external iliac node 16 mm short axis"; and "no enlarged nodes" at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agents.rules.clauses import context_at
from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.states import imaged
from panel.opinion import Certainty, Finding

_SIZE = re.compile(r"(?P<a>\d{1,2}(?:[.,]\d)?)(?:\s*(?:mm|cm)?\s*[x\u00d7]\s*(?P<b>\d{1,2}(?:[.,]\d)?))?\s*-?(?P<unit>mm|cm)\b(?P<short>[\s,(]*(?:in\s+|on\s+|along\s+)?(?:the\s+|its\s+)?(?:short(?:est)?[\s-]*(?:axis|dimension|diameter|axial)|SAD?\b|SA\b))?", re.I)
_SHORT_BEFORE = re.compile(r"(?:short[\s-]*(?:axis|diameter)(?:\s+diameter)?|\bSAD?)\s*(?:of|is|was|:|=|measur\w+)?\s*$", re.I)
_CALLED = re.compile(r"\b(?:enlarged|pathological(?:ly)?|suspicious|malignant[- ]looking|malignant|necrotic|bulky|abnormal|hypermetabolic|avid|involved|metastatic|rounded|infiltrated|swollen|thickened|conspicuous|matted|conglomerate|replaced by tumou?r|lighting up|lit up|hot|positive|diseased|nodal disease|lymphadenopathy|adenopathy)\b", re.I)
_NOT_CALLED = re.compile(r"\b(?:not|no|non|without|nor|neither|none|rather than)\b[^,;]{0,30}$", re.I)
_BENIGN = re.compile(r"\b(?:normal|benign|reactive|not (?:\w+ )?(?:enlarged|pathological|suspicious|avid)|subcentimet\w+|sub-?cm|fatty hil\w+|unremarkable|physiological|calcified|insignificant|non-?specific|indeterminate|borderline|likely reactive|not significant|inflammatory|sarcoid\w*|stable|unchanged|smaller|regress\w+|decreas\w+|shrunk|shrunken|previously|was|were|excised|resected|removed|biops\w+|dissect\w+|examined|sampled|deposit|metastasis)\b", re.I)
_NONE = re.compile(
    r"\b(?:no|without|nil)\s+(?:(?:evidence|sign|signs|of|any|significant|significantly|pathological|pathologically|pathologic|suspicious|abnormal|regional|locoregional|convincing|definite|size|by|or|and|"
    r"abdominal|thoracic|intrathoracic|enlarged|bulky|radiological|visible|measurable)[\s,]+)*(?:lymph[\s-]+)?(?:nodal\s+enlargement|lymph\s*adenopathy|lymphadenopathy|adenopathy|node\s+enlargement|nodes?\b|glands?\b|enlarged\s+nodes?)"
    r"(?!\s*(?:metast|dissection|sampling|biops|were|was|in the specimen|submitted|identified in|found in|positive|involve|staging|assess|in\s|at\s|along|above|below|elsewhere|on the|of the))|"
    r"(?:^|[.;:]\s*)(?:lymph\s+)?(?:nodes|lymph nodes|lymph glands)\s*[:,-]?\s*(?:are|is|were|appear)?\s*(?:all\s+)?(?:not enlarged|none enlarged|normal|unremarkable|of normal size|none|no enlarge\w+|nil)\b",
    re.I,
)
_ABOUT = re.compile(r"\badenopathy|lymphadenopathy|enlarge|pathological|suspicious|abnormal", re.I)
_ONLY_NEW = re.compile(r"\b(?:no|without)\s+(?:new|further|other|additional|more|progressive|avid|change)\b", re.I)
_NORMAL_AFTER = re.compile(r"\s*[:,-]?\s*(?:(?:are|is|were|was|appear|all|both)\s+)*(?:(?:look|looks|looked|remain|seem|both|still|quite|now)\s+)*(?:normal|not (?:\w+ly )?enlarged|none (?:\w+ly )?(?:enlarged|suspicious|pathological|abnormal)|unremarkable|of (?:normal|ordinary|usual|unremarkable) (?:size|appearance|calibre)|(?:normal|ordinary|small) in size|normal[- ]sized|not (?:pathological|suspicious|avid|involved|swollen|abnormal)|clear|quiet|unaffected|within normal limits|uninvolved|negative|free of disease|back to (?:normal|ordinary))\b", re.I)
_BARE = re.compile(r"\b(?:clear of|free of|free from|devoid of|no|without|nil|bare of)\s+(?:(?:any|enlarged|suspicious|visible|significant|abnormal|pathological|bulky|big|swollen|involved|lymph|avid|malignant|sizeable)\s+)*(?:(?:[\w-]+\s+(?:or|and|nor|,)\s+)?[\w-]+\s+(?:chain\s+)?)?$", re.I)
_SAMPLED = re.compile(r"\s*(?:biops\w*|dissect\w*|sampl\w*|clearance|staging|status|assess\w*|metast\w*|were|was)\b", re.I)
_OFF = Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL | Context.OLD
_SILENT = ("indication", "legend", "technique", "family", "history", "plan", "comparison", "specimen")
_SHORT_MM, _ANY_MM = 10.0, 15.0
_NEAR = 34


def enlarged_findings(reading: Reading) -> Iterator[Finding]:
    """Stations with enlarged nodes, and reports that see none; of imaging, or of what a letter says of it."""
    scan = reading.document.kind == "radiology"
    if not scan and reading.document.kind not in ("oncology", "surgery", "note", "other"):
        return
    for sentence in reading.holding("node"):
        if sentence.section in _SILENT or (not scan and not imaged(reading, sentence)):
            continue
        nodes = [m for m in sentence.mentions if m.category == "node"]
        stations = [m for m in sentence.mentions if m.category == "station"]
        if stations:
            yield from _stations(reading, sentence, nodes, stations)
        elif scan:
            yield from _none(reading, sentence)


def _none(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    match = _NONE.search(reading.text, sentence.start, sentence.end)
    if match is not None and not sentence.context(match.start(), match.end()) & (_OFF | Context.UNCERTAIN):
        yield _finding(reading, sentence, "any", "absent", match.span())


def _stations(reading: Reading, sentence: Sentence, nodes: Sequence[Mention], stations: Sequence[Mention]) -> Iterator[Finding]:
    text = reading.text
    for node in nodes:
        near = [s for s in stations if 0 <= node.start - s.end <= _NEAR or 0 <= s.start - node.end <= _NEAR or s.start <= node.start < s.end]
        if not near:
            continue
        context = context_at(text, sentence, node.start, node.end)
        low = max(sentence.start, text.rfind(";", sentence.start, node.start) + 1, min(s.start for s in near) - 40)
        following = next((n.start for n in nodes if n.start > node.end + 4), sentence.end)
        high = min(sentence.end, following, node.end + 130)
        if not context & _OFF and _unsized(text, low, node, high, bool(context & Context.NEGATED)):
            for station in dict.fromkeys(s.id for s in near):
                yield _finding(reading, sentence, station, "absent", (low, node.end))
            continue
        if context & (_OFF | Context.NEGATED) or _BENIGN.search(text, low, high):
            continue
        hit = _abnormal(text, low, node.end, high)
        if hit is None:
            continue
        certainty: Certainty = "uncertain" if context & Context.UNCERTAIN else "stated"
        for station in dict.fromkeys(s.id for s in near):
            yield _finding(reading, sentence, station, "present", (min(low, hit[0]), hit[1]), certainty=certainty)


def _unsized(text: str, low: int, node: Mention, high: int, denied: bool) -> bool:
    """Whether nodes are denied to be enlarged: "groins: no lymphadenopathy", "mediastinal nodes normal"."""
    if denied and _ABOUT.search(text, low, min(high, node.end + 20)) and not _ONLY_NEW.search(text, low, node.end):
        return True
    if not _ONLY_NEW.search(text, low, node.end) and _BARE.search(text, low, node.start) and not _SAMPLED.match(text, node.end):
        return True
    return _NORMAL_AFTER.match(text, node.end, high) is not None


def _abnormal(text: str, low: int, start: int, high: int) -> tuple[int, int] | None:
    """Where the nodes between are called abnormal or measured so."""
    for called in _CALLED.finditer(text, low, high):
        if not _NOT_CALLED.search(text, max(low, called.start() - 40), called.start()):
            return called.span()
    for size in _SIZE.finditer(text, low, high):
        factor = 10.0 if size["unit"].lower() == "cm" else 1.0
        values = [float(v.replace(",", ".")) * factor for v in (size["a"], size["b"]) if v]
        short = bool(size["short"] or _SHORT_BEFORE.search(text, max(low, size.start() - 40), size.start())) or len(values) > 1
        if min(values) >= (_SHORT_MM if short else _ANY_MM) and min(values) < 120:
            return size.span()
    return None


def _finding(
    reading: Reading, sentence: Sentence, station: str, value: str, span: tuple[int, int], *, certainty: Certainty = "stated"
) -> Finding:
    return Finding(
        question=f"presence.node.{station}",
        value=value,
        date=reading.date,
        certainty=certainty,
        evidence=(reading.quote(sentence, span),),
    )
