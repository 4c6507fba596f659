"""The histological type of the tumour, by its name or by an adjective that stands for one.

A name ("clear cell renal cell carcinoma") speaks for itself. An adjective ("clear cell", "lobular") names a type with a noun of a
tumour, behind a verb that tells a result, or alone in its clause; which type depends on the organ. A component, a mucosa or a
precursor named with the same word is no type. Question: ``histology.type``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agents.rules.context import Context
from agents.rules.general_talk import spoken_in_general
from agents.rules.lexicon import Mention
from agents.rules.origin import Sifted, beside, organ_named
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import load_rules
from agents.rules.text import words
from panel.opinion import Finding

_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_NOT_TOLD = frozenset({"family", "history", "technique", "legend", "indication", "comparison"})
# What a request for a study says of a tumour whose type is known.
_PROVEN = words(r"\b(?:(?:biops\w+|histo\w*|cyto\w*|patholog\w+|tissue|core)[\s-]+(?:proven|confirmed|verified|proved|diagnosed)|proven)\b[^.;,]{0,40}$")
_NO_TYPE = frozenset({"carcinoma", "dcis", "lcis", "meningioma"})
_COMPONENT_AFTER = words(
    r"\s*(?:carcinoma\s)?(?:component|differentiation|features|pattern|areas|foci|metaplas|dysplas|epitheli(?:um|al)|mucosa|cells? (?:count|lining|in\b|infiltrat)|papilloma|elements|tissue|cyst|fluid|effusion|atroph|hyperplas|morules?|debris|"
    r"adenoma|lining|gland(?:s|ular)?\b(?! (?:carc|canc|tum))|units?\b|stones?|dilat|ectasia|nests? in|damage|injury|inflamm|zone|change|in situ|intra-?epi|lesion of low|nodule thy|tumou?r cells? only|predominant|growth pattern|architecture|clinic|mdt\b|nurse|team|service|board|meeting|specialist|cns\b"
    r"|antigen|marker|stain|keratin|ascites|drain|leak|exudate|appearance of the mucosa|polyp|naev|hyperplas|lymphocyt)"
)
_COMPONENT_BEFORE = words(r"(?:component of|foci of|focus of|features of|resembl\w+|areas? of|background of|mimicking|\bnon[\s-])\s*$")
_HEAD = r"(?:carcinomas?|cancers?|ca\b|tumou?rs?|neoplas(?:m|ia)|malignanc(?:y|ies)|growth|disease|primary|histology|type|sub-?type|variant|morphology|lineage|phenotype|kind|sort|cell type|adenocarcinoma|adenoca|microcarcinoma|melanoma|glioma|liposarcoma|one\b)"
_NOUN_HELD = words(rf"{_HEAD}|\btype\b|\(nst\)|lauren")
_HEAD_AFTER = words(rf"[\s-]*(?:\([^)]{{1,24}}\)\s*|(?!(?:of|with|and|in|from|or|but|which|benign|borderline|cyst\w*|is|was|cells?|component|pattern|differentiation|features|metaplasia)\b)[\w-]+[\s,]+){{0,3}}?{_HEAD}")
_IN_TYPE = words(r"\s+(?:in (?:type|nature|character|origin|lineage)|by (?:type|histology))\b")
_LEAD = r"(?:(?:pure(?:ly)?|predominantly|mainly|invasive|infiltrating|infiltrative|primary|the|a|an|its|classical|classic|conventional|typical|ordinary|usual|high[\s-]grade|low[\s-]grade|hg|lg|grade\s\w+|g[1-4]|poorly[\s-]differentiated|well[\s-]differentiated|moderately[\s-]differentiated|metastatic|malignant|keratini[sz]ing|non-keratini[sz]ing|moderately|left|right|bilateral)[\s,:-]+){0,3}"
_HEAD_BEFORE = words(
    rf"(?:(?:{_HEAD}|rcc|nsclc|thyroid)[\s,:=(|-]*(?:(?:is|was|of|being|a|an|the|as|in|:)\s+){{0,3}}|\b(?:hist|histo|histol|path|bx|core|cores|fna|cytology|punch(?:es)?|biops(?:y|ies)|diagnosis|dx|pipelle|curettings?|specimen)\s*[:=-]?\s*){_LEAD}$"
)
_TOLD = words(
    rf"\b(?:is|was|are|were|be|contain(?:s|ed)|held|harbou?red|proved|proven|prove|turned out|showed|shows|confirm(?:s|ed|ing)|grew|yielded|reveal(?:s|ed)|returned|came back(?: as)?|come back(?: as)?|read(?: as)?|reported(?: as)?|"
    rf"typed(?: as)?|classified(?: as)?|labelled(?: as)?|called|diagnosed(?: as)?|favou?r(?:s|ed|ing)|described(?: as)?|=)\s+(?:(?:to be|as|of)\s+)?{_LEAD}$"
)
_NO_TUMOUR = words(r"\b(?:mucosa|epithelium|lining|cysts?|glands?|villi|villous|polyps?|adenoma|fluid|effusion|benign|naev\w*|flora|lymph|pattern|growth pattern|architecture|predominan\w+|\d\s?%)\b")
_CLAUSE = re.compile(r"[.;|\n(),:]")
_ENDS = words(r"\s*(?:[.;|\n),:]|\Z|\b(?:and|with|on|in|by|at|but|g[1-4]|grade|gr\.?|type|throughout|of the|er|pt?\d|t[1-4])\b|\d)")
_FORM_FIELD = words(r"(?:type|subtype|histology|histolog\w+|morphology|diagnosis|pathology|path|dx)\s*[:=|-]\s*$")


def histology_findings(reading: Reading, organ: str | None, sifted: Sifted) -> Iterator[Finding]:
    """Histological types stated of the tumour (not negated, not a differential, not another organ's), by name and by adjective."""
    named = sifted["histology"]
    adjectives = {(m.start, m.end) for _, m in sifted["kind"] if not _complete(reading.text, m)}
    for sentence, noun in named:
        bare = (noun.start, noun.end) in adjectives
        if noun.id not in _NO_TYPE and not bare and _told(reading, sentence, noun, organ):
            yield _finding(reading, sentence, noun, noun.id)
    yield from _adjectives(reading, organ, sifted["kind"], [m for _, m in named])


def _told(reading: Reading, sentence: Sentence, noun: Mention, organ: str | None) -> bool:
    if sentence.section in _NOT_TOLD and not (sentence.section == "indication" and _PROVEN.search(reading.low, sentence.start, noun.start)):
        return False
    if sentence.context(noun.start, noun.end) & _DROP:
        return False
    if spoken_in_general(reading.low, sentence.start, sentence.end, noun.start, noun.end):
        return False
    return not _component(reading.low, noun) and not _elsewhere(sentence, noun, organ)


def _finding(reading: Reading, sentence: Sentence, noun: Mention, value: str) -> Finding:
    unsure = sentence.context(noun.start, noun.end) & Context.UNCERTAIN
    return Finding(
        question="histology.type",
        value=value,
        date=reading.date,
        certainty="uncertain" if unsure else "stated",
        evidence=(reading.quote(sentence, (noun.start, noun.end)),),
    )


@lru_cache(maxsize=1)
def _types() -> frozenset[str]:
    return frozenset(load_rules().table("histology", "histology"))


def _adjectives(reading: Reading, organ: str | None, kinds: Sequence[tuple[Sentence, Mention]], named: Sequence[Mention]) -> Iterator[Finding]:
    if not kinds:
        return
    rules = load_rules()
    meant, narrower = rules.mapping("histology", "in_organ"), rules.mapping("histology", "narrower")
    types = _types()
    for sentence, kind in kinds:
        value = meant.get(f"{organ}@{kind.id}", kind.id)
        if value not in types and value not in narrower:
            continue
        held = next((n for n in named if n.start < kind.end and kind.start < n.end and (n.start, n.end) != (kind.start, kind.end)), None)
        if held is not None and narrower.get(value) != held.id:
            continue
        if (held is not None or _complete(reading.text, kind) or _stands_for_type(reading.low, sentence, kind, organ)) and _told(reading, sentence, kind, organ):
            yield _finding(reading, sentence, kind, value)


def _complete(text: str, kind: Mention) -> bool:
    """Whether the term is an abbreviation or holds the noun already ("nodular type")."""
    said = text[kind.start : kind.end]
    return said.isupper() or said[-2:] == "/3" or _NOUN_HELD.search(said.lower()) is not None


def _stands_for_type(low: str, sentence: Sentence, kind: Mention, organ: str | None) -> bool:
    """Whether the adjective is said of a tumour: with its noun, behind a verb, or alone in its clause."""
    if _IN_TYPE.match(low, kind.end):
        return True
    head = _HEAD_AFTER.match(low, kind.end, min(len(low), kind.end + 60))
    if head is not None:
        return not _other_organ(sentence, kind.start, head.end(), organ)
    start = max(sentence.start, kind.start - 90)
    line = low.rfind("\n", 0, kind.start) + 1
    if not _ENDS.match(low, kind.end):
        return False
    before = low[max(line, kind.start - 90) : kind.start]
    if _FORM_FIELD.search(before):
        return True
    if _HEAD_BEFORE.search(before) or _TOLD.search(low, start, kind.start):
        return not _NO_TUMOUR.search(low, start, kind.start)
    return _alone(low, line, kind)


_LEADING = words(rf"\s*{_LEAD}$")


def _alone(low: str, line: int, kind: Mention) -> bool:
    """Whether the adjective, with what goes before a type, is all that a cell, a sentence or a bracket says."""
    start = next((i + 1 for i in range(kind.start - 1, line - 1, -1) if low[i] in ".;|("), line)
    if not _LEADING.match(low, start, kind.start):
        return False
    closing = low[kind.end : kind.end + 8].lstrip()
    return closing[:1] in ("", ".", ";", "|", "\n", ")", ",") and (start == line or low[start - 1] != "(" or closing[:1] == ")")


def _component(low: str, noun: Mention) -> bool:
    """A pattern or component of a tumour is not its type ("papillary component", "squamous differentiation")."""
    return bool(_COMPONENT_AFTER.match(low, noun.end, noun.end + 40) or _COMPONENT_BEFORE.search(low, max(0, noun.start - 24), noun.start))


def _other_organ(sentence: Sentence, start: int, end: int, organ: str | None) -> bool:
    """Whether the words between adjective and noun name another organ ("papillary thyroid carcinoma" in a chart of the kidney)."""
    if organ is None:
        return False
    homes = {organ_named(m) for m in sentence.of("anatomy") if start <= m.start and m.end <= end}
    return bool(homes) and organ not in homes and homes.isdisjoint(_RELATED.get(organ, ()))


_RELATED = {
    "endometrium": ("uterus", "cervix"), "cervix": ("uterus", "endometrium"), "ovary": ("fallopian_tube", "peritoneum"),
    "oesophagus": ("stomach",), "stomach": ("oesophagus",), "liver": ("bile_duct",), "bladder": ("kidney", "ureter"),
    "kidney": ("bladder", "ureter"), "pancreas": ("bile_duct",),
}  # fmt: skip


def _elsewhere(sentence: Sentence, noun: Mention, organ: str | None) -> bool:
    """Whether the type is said of another organ's tumour in the same breath ("basal cell carcinoma of the nose")."""
    if organ is None:
        return False
    rules = load_rules()
    if noun.id in rules.names("anatomy", "single_organ") and rules.mapping("histology", "organ").get(noun.id) != organ:
        return True
    return beside(sentence, noun) and noun.id != "carcinoma"
