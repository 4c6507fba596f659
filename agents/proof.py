"""The rules as proof-reader: do the quoted words, where they stand in the document, carry what the model says of them?

:mod:`agents.anchor` compares words and numbers. This adds what a quote cut short leaves out: what the quote speaks of,
and what ConText says of it in its whole sentence (denied, doubted, of a relative, planned, of another time).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from agents import anchor
from agents.anchor import Unfounded
from agents.rules.clauses import context_at
from agents.rules.context import Context, Scope
from agents.rules.lexicon import Mention
from agents.rules.reading import Sentence, read
from agents.rules.ruleset import ResultRule, load_rules, squeezed
from panel.case import Document, Evidence
from panel.opinion import Certainty, Recommendation, Value

_NEVER = Context.FAMILY | Context.HYPOTHETICAL
_OTHER_TIME = Context.HISTORICAL | Context.OLD
_LASTING = ("comorbidity.", "primary.", "histology.")
"""Questions whose answer may stand in the history."""
_SELF = ("primary.side", "primary.size", "primary.site", "primary.organ")
_NOUNS = ("lesion", "metastasis", "node", "benign", "specimen", "second", "histology")
_OURS = ("lesion", "histology")
_NO = re.compile(
    r"\b(?:no|not|without|absent|absence|negative|neg|free (?:of|from)|denies|nil|never|neither|nor|excluded|ruled out|clear|none|"
    r"normal|unremarkable|patent|intact|uninvolved)\b|n't\b"
)
_ENTERED = re.compile(r"\w*(?:[ \t]+(?:vein|invasion|effusion|disease|obstruction|extension))?[ \t]*(?:[:=-]|\b(?:is|are|was|were))?[ \t]*(?:no\b|not\b|absent\b|none\b|nil\b|neg(?:ative)?\b|excluded\b|ruled out\b)")
_DENYING = re.compile(r"negative|wild|clear|stable|proficient|absent|\bno[tn]?\b|free|uninvolved|intact")
_DOUBT = re.compile(r"\?")
_CLAUSE = re.compile(r"[;.\n]|,\s*but\b|\bbut\b|\bhowever\b")


def certainty(question: str, said: str, document: Document, evidence: Evidence) -> Certainty:
    """How surely the quoted words carry the statement.

    Args:
        question: what it answers.
        said: the value in the model's words.
        document: the document quoted.
        evidence: the span, in its text.

    Raises:
        Unfounded: they do not carry it.
    """
    reading = anchor.normal(question, said)
    quote = evidence.quote.lower()
    if question.startswith(("presence.", "comorbidity.")):
        return _presence(question, reading.value == "absent", document, evidence)
    anchor.carried(question, said, evidence.quote)
    spans = list(anchor.spans(question, said, quote))
    topics = topic(question)
    if topics and not all(pattern.search(quote) for pattern in topics):
        raise Unfounded("the quoted words do not speak of it")
    spans = [span for span in spans if not topics or _nearest(question, quote, *span)]
    if not spans:
        raise Unfounded("the quoted words say it of something else")
    denying = bool(_DENYING.search(str(reading.value).lower()))
    verdicts = [_context(document, evidence.start + low, evidence.start + high) for low, high in spans]
    verdicts = [v for v in verdicts if not v & _barred(question) and (denying or not v & Context.NEGATED)]
    if not verdicts:
        raise Unfounded("the quoted words do not state it of the patient as of now")
    if question in _SELF and not any(_of_the_primary(question, document, evidence.start + low) for low, _ in spans):
        raise Unfounded("the quoted words say it of something else")
    return "uncertain" if all(v & Context.UNCERTAIN for v in verdicts) else "stated"


_NAMED = {"histology.type": "histology", "primary.organ": "anatomy", "primary.site": "anatomy"}


@lru_cache(maxsize=512)
def _values(question: str) -> Mapping[str, str]:
    """Each form of an answer, squeezed, and the value that the rules make of it."""
    rules = load_rules()
    ours = [i for i, rule in enumerate(rules.rules) if isinstance(rule, ResultRule) and rule.question == question]
    return {form: value for index in ours for form, value in rules.forms(index)[1].items()}


def named(question: str, value: Value) -> Value:
    """The value by the name that the rules give it, so that one answer is not two: ``squamous_cell_carcinoma``."""
    if not isinstance(value, str):
        return value
    printed = _values(question).get(squeezed(value))
    if printed is not None:
        return printed
    known = [m.id for m in load_rules().lexicon.scan(value) if m.category == _NAMED.get(question) and m.id != "none"]
    if len(set(known)) != 1:
        return value
    return known[0].partition(".")[0] if question == "primary.organ" else known[0]


@lru_cache(maxsize=512)
def topic(question: str) -> tuple[re.Pattern[str], ...]:
    """The patterns by which a text in lower case speaks of the question; none for one that any words may answer."""
    known = load_rules().table("topics", "topics").get(question)
    if known is None and question.startswith(("presence.", "comorbidity.", "biomarker.", "organ.", "marker.", "performance.")):
        known = tuple(re.escape(word[:5]) for word in question.rpartition(".")[2].split("_"))
    return tuple(re.compile(pattern) for pattern in known or ())


def _barred(question: str) -> int:
    return _NEVER if question.startswith(_LASTING) else _NEVER | _OTHER_TIME


def _presence(question: str, absent: bool, document: Document, evidence: Evidence) -> Certainty:
    quote = evidence.quote.lower()
    head, *rest = topic(question)
    if absent and question.startswith("presence.metastasis.") and not head.search(quote):
        head, *rest = rest  # "The adrenals are unremarkable."
        if _clauses(quote, head, denied=True):
            return "inferred"
        raise Unfounded("the quote does not deny it")
    if not head.search(quote) or not all(pattern.search(quote) for pattern in rest):
        raise Unfounded("the quoted words do not speak of it")
    doubted = False
    for match in head.finditer(quote):
        low, high = evidence.start + match.start(), evidence.start + match.end()
        found = _context(document, low, high)
        denied = bool(found & Context.NEGATED) or bool(_ENTERED.match(document.text.lower(), high))
        if absent and not denied:
            denied = match.span() in _clauses(quote, head, denied=True)
        if denied == absent and not found & _barred(question):
            if not found & Context.UNCERTAIN:
                return "stated"
            doubted = True
    if doubted:
        return "uncertain"
    raise Unfounded("the quote does not deny it" if absent else "the quote denies it, or says it of another person or time")


def _clauses(quote: str, head: re.Pattern[str], *, denied: bool) -> list[tuple[int, int]]:
    """The mentions in clauses that hold, or do not hold, a word of denial."""
    edges = [0, *(m.end() for m in _CLAUSE.finditer(quote)), len(quote)]
    return [
        match.span()
        for low, high in itertools.pairwise(edges)
        for match in head.finditer(quote, low, high)
        if bool(_NO.search(quote, low, high)) is denied
    ]


def _nearest(question: str, quote: str, low: int, high: int) -> bool:
    """Whether the last topic named before the span, if any is, is the question's own: "ER negative, PR positive"."""
    family = question.partition(".")[0] + "."
    ours = max((m.end() for p in topic(question)[:1] for m in p.finditer(quote, 0, high)), default=-1)
    others = (q for q in load_rules().table("topics", "topics") if q.startswith(family) and q != question)
    theirs = max((m.end() for q in others for m in topic(q)[0].finditer(quote, 0, low)), default=-1)
    return ours >= theirs


def _of_the_primary(question: str, document: Document, at: int) -> bool:
    """Whether the noun nearest to the span is a tumour, not a node, a cyst or a metastasis. A size may stand without one."""
    sentence = _sentence(document, at)
    nouns = [m for m in sentence.of(*_NOUNS) if m.id != "none"] if sentence else []
    if not nouns:
        return question == "primary.size"
    nearest = min(nouns, key=lambda m: (min(abs(m.start - at), abs(m.end - at)), m.category in _OURS))
    return nearest.category in _OURS


def _sentence(document: Document, at: int) -> Sentence | None:
    reading = read(document)
    index = reading.index_at(at)
    return reading.sentences[index] if index < len(reading.sentences) else None


def _context(document: Document, start: int, end: int) -> int:
    """What ConText says of the span in its sentence, whatever else the rules find there; bits of Context."""
    sentence = _sentence(document, start)
    if sentence is None:
        return Context.PRESENT
    scope = Scope(tuple(_triggers(document.text, sentence)), document.text, sentence.start)
    # A section of history also holds today's complaint: there only the sentence's own words date it.
    full = sentence._replace(scope=scope, base=sentence.base & ~Context.HISTORICAL)
    found = context_at(document.text.lower(), full, start, end)
    if _DOUBT.search(document.text, max(sentence.start, start - 25), start) or document.text[end : end + 2].strip().startswith("?"):
        found |= Context.UNCERTAIN
    return found


def _triggers(text: str, sentence: Sentence) -> Iterator[Mention]:
    for mention in load_rules().lexicon.scan(text[sentence.start : sentence.end]):
        if mention.category == "context":
            yield mention._replace(start=mention.start + sentence.start, end=mention.end + sentence.start)


_LISTS = ("intent", "sequence", "resectability")
_DRUGS = ("drug", "drug_class", "regimen")
_NO_PLAN = Context.NEGATED | Context.FAMILY | _OTHER_TIME


def planned(action: str, document: Document, evidence: Evidence, plans: Sequence[Recommendation]) -> bool:
    """Whether the quoted words name the step, and neither deny it nor tell of the past.

    Args:
        action: the step.
        document: the document quoted.
        evidence: the span, in its text.
        plans: what the rules read as planned or omitted.
    """
    there = [p.action for p in plans for e in p.evidence if e.document == document.id and _overlap(e, evidence)]
    if any(name == f"omit.{action}" or name.startswith(f"omit.{action}.") for name in there):
        return False
    if any(_is(name, action) for name in there):
        return True
    sentences = (s for s in read(document).sentences if s.start < evidence.end and evidence.start < s.end)
    return any(
        _names(mention, action) and not _context(document, mention.start, mention.end) & _NO_PLAN
        for sentence in sentences
        for mention in sentence.mentions
        if mention.start < evidence.end and evidence.start < mention.end
    )


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


def _is(name: str, action: str) -> bool:
    return name == action or name.startswith(action + ".")


def _names(mention: Mention, action: str) -> bool:
    head, _, rest = action.partition(".")
    if head == "test":
        return mention.category == "investigation" and mention.id == rest
    if head in _LISTS:
        return mention.category == head and mention.id == rest
    if mention.category in _DRUGS:
        return head in ("systemic", "chemoradiation")
    return mention.category == "treatment" and _is(mention.id, action)
