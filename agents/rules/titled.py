"""A report on one test whose text gives the result without naming the test again ("BRAF PCR" / "V600 mutation DETECTED")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from agents.rules.bindings import SOFT, Group, Hit, value_of
from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.results import finding
from agents.rules.ruleset import ResultRule, RuleSet
from agents.rules.text import words
from panel.opinion import Finding

_KINDS = ("genomics", "pathology", "laboratory")
# A sentence that gives a result begins with a word for one, or for what was tested.
_OPENS = words(
    r"[\s|*-]*(?:(?:[\w/-]+\s){0,3}(?:results?|conclusions?|interpretation|outcome|opinion|summary|assay|test|status|analysis|findings?|verdict|report|answer|score)\b\s*[:=|-]"
    r"|(?:the\s|a\s|an\s|no\s|all\s)?(?:promoter|mutations?|variants?|v600\w?|codons?|exons?|gene|fusions?|rearrangements?|amplification|methylation|un-?methylated|methylated|receptors?|stain\w*|nuclear|nuclei|tumou?r cells|signals?|detected|not detected|positive|negative|wild|mutated|altered|rearranged|intact|lost|retained|stable|unstable)\b)"
)
_REACH = 90


def titled_findings(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """The result of the one marker that the title names, where no sentence names it with one.

    Args:
        reading: the document.
        told: what the other readers found in it.
    """
    if reading.document.kind not in _KINDS:
        return
    rules = _markers(reading.rules)
    named = {m.category: m for m in reading.rules.lexicon.scan(reading.document.title) if m.category in rules}
    questions = {rules[category] for category in named}
    if len(questions) != 1 or any(f.question in questions for f in told):
        return
    hits: list[tuple[Hit, Sentence]] = []
    for sentence in reading.sentences:
        if any(m.category in rules for m in sentence.mentions) or sentence.base & (Context.FAMILY | Context.HYPOTHETICAL):
            continue
        if sentence.section in ("legend", "technique", "family", "history", "indication") or not _OPENS.match(reading.low, sentence.start, sentence.end):
            continue
        own = Mention(sentence.start, sentence.start, "", "")
        group = Group(sentence.start, sentence.start, sentence.start, min(sentence.end, sentence.start + _REACH), True)
        found = (value_of(reading.rules, int(category[5:]), (reading.text, reading.low), own, group) for category in named)
        hits.extend((hit, sentence) for hit in found if hit is not None and hit.value not in SOFT)
    firm = [h for h in hits if not h[0].weak] or hits
    firm = [h for h in firm if h[0].value == "mutated"] or firm  # one exon changed, the others sound
    if firm and len({hit.value for hit, _ in firm}) == 1:
        hit, sentence = firm[0]
        yield finding(reading, sentence, questions.pop(), hit.value, Mention(sentence.start, hit.end, "", ""), around=(hit.start, hit.end))


@lru_cache(maxsize=4)
def _markers(rules: RuleSet) -> dict[str, str]:
    return {f"rule.{i}": r.question for i, r in enumerate(rules.rules) if isinstance(r, ResultRule) and r.question.startswith("biomarker.")}
