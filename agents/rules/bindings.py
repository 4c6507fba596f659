"""A result bound to the test that it is of: "ER and PR positive", "negative for ALK", "HER2 2+, FISH not amplified".

The words between a test's name and a result decide whether they belong together; ConText's negation does not,
because in "no nodal disease, ER positive" the negation is another's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from agents.rules.lexicon import Mention
from agents.rules.reading import Sentence
from agents.rules.ruleset import Forms, ResultRule, RuleSet, squeezed
from agents.rules.scores import amount_after, amount_before, score_sum
from agents.rules.text import words
from panel.opinion import Value

# Between the name of a test and its result: nothing, or words that only say how it was measured.
_FILLER = (
    r"(?:is|was|are|were|be|of|in|on|at|by|to|the|a|an|and|also|both|shows?|showed|found|approximately|approx|about|around|ca|nearly|over"
    r"|strong|weak|moderate|intense|strongly|weakly|moderately|diffusely|diffuse|focally|focal|patchy|heterogeneous(?:ly)?|nuclear|membranous"
    r"|cytoplasmic|staining|stain|stains|stained|expression|expressed|reactivity|immunoreactivity|tumou?r|tumou?ral|neoplastic|invasive"
    r"|carcinoma|cancer|cells?|nuclei|score|scored|index|proportion|tps|tc|ihc|fish|ish|cish|dish|ngs|pcr|immunohistochemistry"
    r"|status|receptors?|positive|positivity|intensity|with|labell?ing|labelled|rate|result|results|test|tests|testing|clone|sp\d+|6f11|1d5"
    r"|22c3|allred|quick|h|gene|protein|assay|analysis|estimated|reported|as|still|currently|repeat|biopsy|core|all|resection"
    r"|surgical|margins?|widely|closest|remain|remains|primary|assessed|per|cent|mutation|mutational|molecular|germline|somatic|\d\+"
    r"|has|have|had|been|being|came|come|comes|back|turned|out|which|that|it|this|their|its|both|genes|perfectly|entirely|completely|totally|wholly|fully|quite"
    r"|rather|uniformly|virtually|practically|absolutely|clearly|labelling|labelled|labels|stainings?|immunostain\w*|immuno\w*|antibody|specific|codons?|exons?|hotspots?|panel"
    r"|seen|observed|noted|measured|counted|fusions?|rearrangements?|translocations?|amplification|deletion|variants?|alterations?|methylation|codeletion|co-deletion|overexpression"
    r"|sequencing|sequence|promoter|copy|copies|number|signals?|per|cell|nucleus|some|roughly|circa|up|least|more|less|than|all|any|every|most|clone|sample|specimen|tissue|germline"
    r"|no|not|non|block|type|deep|lateral|radial|proximal|distal|posterior|anterior|medial|superior|inferior|peripheral"
    r"|circumferential|microscopically|macroscopically|histologically|completely|narrowly|\d+(?:\.\d+)?|mm|cm|both)"
)
_GAP = words(rf"[\s:=(,~<>\u2264\u2265/|\u2013-]*(?:{_FILLER}\b[\s:=(,)~<>\u2264\u2265/|\u2013-]*)*")
_LEAD_GAP = words(
    r"[\s:(]*(?:(?:for|of|in|on|to|the|both|a|an|any|nuclear|protein|gene|expression|staining|tumou?r|somatic|germline|ihc|is|was|are"
    r"|detected|identified|found|seen|present|variants?|mutations?|alterations?|result|results|status|testing|test|at|from|within"
    r"|promoter|resection|surgical|circumferential|deep|all|exons?|either|one|confirmed|known|activating|sensiti[sz]ing)\b[\s:(]*)*",
)
_BINDS = words(r"\b(?:for|of|in)\b[\s:(]*(?:the\s+)?$")
_GLUE = re.compile(r"[\s,/&(]*(?:(?:and|or|nor|plus)\b[\s/]*(?:the\s+)?)?[\s(]*")
_NEXT_OWNS = words(r"\s*(?:for|of|in)\s+(?:the\s+)?$|\s*(?:for|of|in)\s+\w*\s?$")
# What may stand between a "no" and what it denies.
_DENIED = (
    r"(?:evidence|sign|trace|hint|presence|detectable|detected|actionable|targetable|pathogenic|deleterious|likely|activating|sensiti[sz]ing|known|driver|oncogenic"
    r"|relevant|reportable|clinically|significant|somatic|germline|hotspot|particular|single|combined|concurrent|complete|convincing|common|classical|typical|canonical"
    r"|of|any|a|an|the|these|either|both|for|in|on|at|to|or|and|nor|by|variants?|mutations?|mutated|alterations?|changes?|rearrange\w+|fusions?|translocations?|deletions?|losses|amplification|copy"
    r"|loss|gain|nuclear|membran\w+|abnormal|gene|genes|protein|receptors?|hormone|steroid|been|be|showing|shown|show|reveal\w*|find|found|detect|demonstrate\w*|identify|identified|confirm\w*"
    r"|disclose\w*|yield|see|seen|express\w*|overexpress\w*|over-?express\w*|carry|bear|have|contain|harbou?r\w*|possess|react\w*|immuno\w+|stain\w*|label\w*|positiv\w*|signals?|tumou?r|cells?|nucleus|nuclei|fault|faults|defects?|abnormalit\w+"
    r"|codons?|exons?|\d{1,3}|promoter|further|such|other|with|clear|definite|strong|focal|microsatellite)"
)
_NOT = words(
    r"\b(?:no|not|non|without|negative for|absence of|absent|lack(?:s|ed|ing)?(?: of)?|neither|nor|never|not (?:one|a single)|free (?:of|from)|devoid of|fail(?:s|ed|ing|ure)? to|unable to|cannot|nothing|none)\b"
    rf"(?:[\s/-]+{_DENIED}\b)*[\s/-]*$",
)
# Said of a protein, the "no" alone is the result: "lacks oestrogen receptors", "no nuclear reactivity for ER".
_BARE_NO = words(
    rf"\b(?:(?:lack(?:s|ed|ing)?(?: of)?|devoid of|free of|absence of|absent)\b(?:[\s/-]+{_DENIED}\b)*|(?:no|not|not one|not a single|without|never|neither|fail(?:s|ed|ing)? to|unable to|none)\b(?:[\s/-]+{_DENIED}\b)*?[\s/-]+(?:\w*express\w*|carry|bear|possess|\w*reactiv\w*|stain\w*|immunostain\w*|label\w*|positiv\w*|hormone|steroid)\b(?:[\s/-]+{_DENIED}\b)*)[\s/-]*$"
)
_EXPRESSED_AFTER = words(r"[\s-]*(?:protein\s+)?(?:express\w+|over-?express\w+|staining|immunostaining|reactivity|immunoreactivity|labelling|positivity|receptors?)\b(?!\s*[:=(]|\s+(?:is|was|in|of|score|result|status|test\w*|pending|awaited))")
_NO_BEFORE = words(r"\b(?:no|without(?: any)?|lack(?:s|ing)?(?: of)?|absent|absence of|devoid of|negative for)\s+(?:any\s+|the\s+|nuclear\s+)?$")
_OTHERS_RESULT = words(r"(?:nodes?|nodal|margins?|gram|smear|cultures?|blood|washings?|cytology|sputum|axilla|(?<!found )(?<!shown )(?<!proved )(?<!proven )(?<!out )(?<!known )(?<!confirmed )(?<!reported )to be|should be|if|t790m|c797s)[\s-]*$")
_OTHERS_AFTER = words(r"\s*(?:margins?|lymph|nodes?|axilla|cytology|predictive|feedback|pressure|control|cultures?|attitude|weight|reduction|decrease|increase|shrinkage|response|confidence)\b")
# "the MMR stains are awaited", "the MMR result is missing"
_NO_RESULT = words(r"\bstains? (?:is|are|was|were|has|have|still|not|remain|await|pending|to |for |will)|\b(?:results?|reports?|status|stains?|slides?) (?:(?:is|are|was|were) )?(?:still |also )?missing\b")
_UNDER_TEST = words(r"[\s-]*(?:status|test|testing|analysis|screen\w*|panel|assay|profil\w*|report|results?)\b")
_WEAK = re.compile(
    r"mutations?|variants?|fusions?|rearrangements?|amplification|alterations?|translocation|deletions?|del|insertions?|skipping|codeletion|"
    r"co-deletion|methylation|hypermethylation|exon|overexpression|aberration|substitutions?|frame-?shift|truncat\w+|nonsense|splice|loss-of-function|loss of function|inactivat\w+|inversion|stop-gain\w*|premature stop|missense|[a-z]\d{2,4}[a-z]\b|\*\d+[a-z]?|c\.\d"
)
_ALLELES = re.compile(r",?\s*(?:and\s+)?(?:\*\d+[a-z]?|c\.[\d+-]+[acgt]>[acgt])")
_TESTED_FOR = re.compile(r"\b(?:tested|screen\w*|panel|covers?|covered|analy[sz]ed|examined|search\w*|looked for|include[sd]?|assay\w*|method|genotyped for|determined)\b")
_FIRM = re.compile(r"detected|positive|present|identified|confirmed|found|\bno|negative|absent|\bun|with|\bwas|came|turned|seen")
_VARIANT = re.compile(r"(?<![\w/])(?:p\.\(?)?[a-z](?:[a-z]{2})?\d{2,4}(?:[a-z]{1,3}\d*|\*)(?![\w+])(?!\)?\W*(?:mutation\W+)?(?:is|was)?\W*(?:negative|not|absent|wild))|(?<!\w)c\.\d+[_+\d]*[acgtdi]\S*")
_ACID = r"(?:alanine|arginine|asparagine|aspartate|aspartic acid|cysteine|glutamine|glutamate|glutamic acid|glycine|histidine|isoleucine|leucine|lysine|methionine|phenylalanine|proline|serine|threonine|tryptophan|tyrosine|valine)"
# A variant told in words: "valine is replaced by glutamic acid at codon 600".
_EXCHANGED = re.compile(
    rf"{_ACID} (?:(?:is|was|has been|had been|being) )?(?:replaced|exchanged|substituted|swapped|changed) (?:by|for|with|to|into) (?:an? )?{_ACID}(?:,? (?:at|in) (?:codon|position|residue) \d+)?"
    rf"|{_ACID}[ -](?:to|for)[ -]{_ACID} (?:exchange|substitution|change|swap)(?: (?:at|in) (?:codon|position|residue) \d+)?|{_ACID} (?:in place of|instead of) (?:an? |the )?{_ACID}(?: (?:at|in) (?:codon|position|residue) \d+)?"
)
_SYMBOL = words(
    r"\s?(?:(?:strong|weak|moderate|clear|diffuse|focal|faint)(?:ly)?\s|[:=]\s?)?\(?\s?(?P<s>\+{1,3}|[-\u2212\u2013](?!\s?\d))(?:ve\b|(?=\s*(?:$|[,/;.)|\]])|(?:PR|PgR|HER2?|AR)\b)|(?<=\S[+\u2212-])(?=\s(?!positive|negative|pos|neg|\d)[A-Za-z]))"
)
_RECEPTOR = re.compile(r"\bER\b|strogen|HER-?2|IHC|eceptor")
_TICK_BEFORE = re.compile(r"(?:[\[(][ \t]*[x\u2713\u2714][ \t]*[\])]|[\u2611\u2612])[ \t]*$")
_BOX_BEFORE = re.compile(r"(?:[\[(][ \t]*[\])]|\u2610)[ \t]*$")
_BOX_AFTER = re.compile(r"[ \t]*(?:[\[(][ \t]*[\])]|\u2610)")
# The laboratory's limits ("Negative < 5.5, positive >= 5.5") and a template's label ("margins involved by tumour: no").
_LIMITS = words(r"neg\w*\W{0,3}[<\u2264][^;\n]{0,24}pos\w*\W{0,3}[>\u2265]|pos\w*\W{0,3}[>\u2265][^;\n]{0,24}neg\w*\W{0,3}[<\u2264]")
_LABELLED = words(r"\s+by\s+[a-z ]{3,40}:\s|\s*:\s*(?:no\b|none\b|not applicable|n/a)")
_TURNS = re.compile(r"[\s:=(]*(?P<signs>[+\u2212\u2013-](?:ve)?(?:\s?/\s?[+\u2212\u2013-](?:ve)?)+)")
_SHY = frozenset({"ER", "PR", "AR", "MET", "RET"})  # words of other meanings too
_BUT = re.compile(r"\b(?:but|now|today|then|since|repeat\w*)\b")
SOFT = frozenset({"equivocal", "pending", "not tested"})
"""Results that a later one of the same document settles."""


class Group(NamedTuple):
    """Tests named together ("KRAS, NRAS and BRAF") and the text that may speak of them."""

    start: int
    end: int
    low: int
    """Where the text before them begins to be theirs."""
    high: int
    """Where the text after them ends to be theirs."""
    last: bool
    """Whether no other test follows in the sentence."""


class Hit(NamedTuple):
    """A result found in the text."""

    value: Value
    start: int
    end: int
    weak: bool
    """A noun or variant ("mutation", "V600E"), which a firmer word may still deny."""


class Test(NamedTuple):
    """A rule's test where it is named."""

    rule: ResultRule
    forms: Forms
    text: str
    low: str
    """The text in lower case, the same offsets."""
    group: Group


class Groups:
    """The groups of one sentence."""

    def __init__(self, text: str, sentence: Sentence, named: Sequence[tuple[Mention, bool]]) -> None:
        """Args: the document's text, a sentence in it, and its tests with whether their result is in words."""
        spans: list[list[int]] = []
        joins = False
        for mention, told in sorted(named, key=lambda n: (n[0].start, not n[1])):
            if spans and (mention.start < spans[-1][1] or (joins and told and _joined(text, spans[-1][1], mention.start))):
                spans[-1][1] = max(spans[-1][1], mention.end)
                joins = joins or told
            else:
                spans.append([mention.start, mention.end])
                joins = told
        end = sentence.end
        if text[end - 1] == "|" and ":" not in text[spans[-1][1] if spans else end : end]:  # a cell of a table: its row goes on
            line = text.find("\n", end)
            end = min(line if line >= 0 else len(text), end + 60)
        ends = [sentence.start, *(s[1] for s in spans)]
        starts = [*(s[0] for s in spans[1:]), end]
        self._starts = [a for a, _ in spans]
        self._groups = [Group(a, b, ends[i], starts[i], i == len(spans) - 1) for i, (a, b) in enumerate(spans)]

    def of(self, mention: Mention) -> Group:
        """The group that holds the mention."""
        return self._groups[bisect_right(self._starts, mention.start) - 1]


def _joined(text: str, start: int, end: int) -> bool:
    return end - start <= 16 and _GLUE.fullmatch(text, start, end) is not None


def value_of(rules: RuleSet, index: int, texts: tuple[str, str], mention: Mention, group: Group) -> Hit | None:
    """The result said of the tests named together: in the name itself, before it ("positive for"), or after it.

    Args:
        texts: the document's text, and the same in lower case.
    """
    rule = rules.rules[index]
    assert isinstance(rule, ResultRule)
    text, low = texts
    test = Test(rule, rules.forms(index), text, low, group)
    listed = _in_turn(test, mention)
    if listed is not None:
        return listed
    own = _hits(test, mention.start, mention.end)
    denied = bool(_NOT.search(low[max(group.low, group.start - 60) : group.start]))
    if own and not own[0].weak:
        return _negate(rule, own[0], denied)
    before = _before(test)
    after = _after(test, text[mention.start : mention.end] in _SHY)
    if own and (after is None or after.weak):
        return _negate(rule, own[0], denied)
    if before is not None:
        bound = _BINDS.search(low[before.end : group.start])
        if after is None or (bound and not (before.weak and not after.weak)):
            return before
    if after is not None:
        # "lacks ER and PR, HER2 3+": what is said of the last of a list is not denied with the first.
        denied = denied and (after.weak or (after.value not in rule.negate.values() and text.find(",", group.start, mention.start) < 0))
        return _negate(rule, after, denied)
    return _share_before(test) or _bare(test)


def _negate(rule: ResultRule, hit: Hit, denied: bool) -> Hit | None:
    if not denied:
        return hit
    other = rule.negate.get(str(hit.value))
    return None if other is None else hit._replace(value=other)


def _before(test: Test) -> Hit | None:
    text, group = test.low, test.group
    begin = max(group.low, group.start - 80)
    cut = max(text.rfind(c, begin, group.start) for c in ";|") + 1
    hits = _hits(test, max(begin, cut), group.start)
    if not hits or not _LEAD_GAP.fullmatch(text, hits[-1].end, group.start):
        return None
    hit = hits[-1]
    if not hit.weak and hit.value not in SOFT and text[group.end : group.end + 2].lstrip()[:1] == ":":
        return None  # "ER positive  PR: 80 %"
    return _negate(test.rule, hit, bool(_NOT.search(text[max(group.low, hit.start - 40) : hit.start])))


def _after(test: Test, shy: bool) -> Hit | None:
    rule, text, group = test.rule, test.low, test.group
    high = min(group.high, group.end + rule.reach)
    symbol = _sign(test)
    if symbol is not None:
        return symbol
    hits = _hits(test, group.end, high)
    if not group.last:
        hits = [h for h in hits if not _NEXT_OWNS.match(text[h.end : group.high])]
    if shy or rule.question == "margin":
        hits = [h for h in hits if _GAP.fullmatch(text, group.end, h.start)]
    elif test.forms.everyday:
        hits = [h for h in hits if squeezed(text[h.start : h.end]) not in test.forms.everyday or _GAP.fullmatch(text, group.end, h.start)]
    share = _share(test, high, shy)
    if share is not None and (not hits or share.start < hits[0].start):
        return share
    if not hits or _LIMITS.search(text, group.end, high):
        return None
    choice = _settling(text, hits)
    if _ALLELES.fullmatch(text, choice.start, choice.end) and _TESTED_FOR.search(text, group.end, choice.start):
        return None  # what was looked for
    return _negate(rule, choice, bool(_NOT.search(text[max(group.end, choice.start - 40) : choice.start])))


def _in_turn(test: Test, mention: Mention) -> Hit | None:
    """The sign in the test's own turn: "ER/PR/HER2: +/+/-"."""
    text, group = test.text, test.group
    turns = _TURNS.match(text, group.end, min(len(text), group.end + 24))
    if turns is None or "positive" not in test.rule.values or "negative" not in test.rule.values:
        return None
    names = text[group.start : group.end].replace("HER2/neu", "HER2-neu").split("/")
    signs = turns["signs"].split("/")
    if len(names) != len(signs):
        return None
    sign = signs[text.count("/", group.start, mention.start)].strip()
    return Hit("positive" if sign[0] == "+" else "negative", turns.start("signs"), turns.end("signs"), False)


def _sign(test: Test) -> Hit | None:
    text, group, values = test.low, test.group, test.rule.values
    symbol = _SYMBOL.match(text, group.end, min(len(text), group.end + 12))
    if symbol is None or not ("positive" in values or "mutated" in values or "proficient" in values):
        return None
    options = ("positive", "mutated", "proficient") if symbol["s"][0] == "+" else ("negative", "wild-type", "deficient")
    value = next((o for o in options if o in values), options[0])
    return Hit(value, symbol.start("s"), symbol.end(), False)


def _settling(text: str, hits: Sequence[Hit]) -> Hit:
    """The first result, or a firmer one of the same clause ("mutation: not detected", "2+, FISH amplified")."""
    first = hits[0]
    if first.value in ("pending", "not tested"):
        # "insufficient on cytology, but mutated in plasma"
        return next((h for h in hits[1:] if h.value not in SOFT and _BUT.search(text, first.end, h.start)), first)
    if first.weak:
        for hit in hits[1:]:
            between = _ALLELES.sub("", text[first.end : hit.start])
            if not hit.weak and len(between) <= 40 and "," not in between and ";" not in between:
                return hit
    elif first.value in ("equivocal", "low"):
        return next((h for h in hits[1:] if h.value in ("positive", "negative")), first)
    return first


def _share(test: Test, high: int, shy: bool) -> Hit | None:
    """A percentage, H-score or sum of intensity and share bound to the test, as the rule's name for it."""
    text, group = test.low, test.group
    if not test.rule.percent:
        return None
    if shy and not _RECEPTOR.search(test.text[max(0, group.start - 200) : group.end + 80]):
        return None
    total = score_sum(text, group.end, high) if test.rule.percent[-1][0] == 1 else None
    if total is not None and _GAP.fullmatch(text, group.end, total[1]):
        return Hit("positive" if total[0] else "negative", total[1], total[2], False)
    amount = amount_after(text, group.end, high)
    if amount is None or not _GAP.fullmatch(text, group.end, amount.start) or _OTHERS_AFTER.match(text, amount.end):
        return None
    return _amounts_to(test, amount.number, amount.start, amount.end)


def _share_before(test: Test) -> Hit | None:
    """A percentage that leads to the test: "in 90 % of nuclei there is staining for ER" is none, "90 % of nuclei express ER" is."""
    if not test.rule.percent:
        return None
    amount = amount_before(test.low, max(test.group.low, test.group.start - 80), test.group.start)
    return None if amount is None else _amounts_to(test, amount.number, amount.start, amount.end)


def _amounts_to(test: Test, number: float, start: int, end: int) -> Hit | None:
    value = next((name for limit, name in reversed(test.rule.percent) if number >= limit), None)
    return None if value is None else Hit(value, start, end, False)


def _bare(test: Test) -> Hit | None:
    """A protein that is denied without a word for a result: "lacks hormone receptors", "no PD-L1 expression"."""
    rule, text, group = test.rule, test.low, test.group
    value = next((rule.negate[v] for v in ("positive", "proficient") if v in rule.negate), None)
    if value is None or not (rule.percent or "notexpressed" in test.forms.named) or _UNDER_TEST.match(text, group.end):
        return None
    begin = max(group.low, group.start - 60)
    lead = _BARE_NO.search(text[begin : group.start])
    if lead is None and _EXPRESSED_AFTER.match(text, group.end):
        lead = _NO_BEFORE.search(text[begin : group.start])
    return None if lead is None else Hit(value, begin + lead.start(), group.end, False)


def _unticked(text: str, start: int, end: int) -> bool:
    """Whether the form is a choice of a template whose box stands empty."""
    if _TICK_BEFORE.search(text, max(0, start - 6), start):
        return False
    if _BOX_BEFORE.search(text, max(0, start - 6), start):
        return True
    return _BOX_AFTER.match(text, end) is not None and "[" not in text[:start] and "(" not in text[max(0, start - 3) : start]


def _hits(test: Test, low: int, high: int) -> list[Hit]:
    """The result forms of a rule in ``text[low:high]``, by position."""
    part = test.low[low:high]
    hits: list[Hit] = []
    for match in test.forms.pattern.finditer(part):
        form = match.group()
        weak = bool(_WEAK.search(form)) and not _FIRM.search(form)
        if _OTHERS_RESULT.search(part[max(0, match.start() - 20) : match.start()]) or _OTHERS_AFTER.match(part, match.end()):
            continue
        if test.rule.question == "margin" and _LABELLED.match(part, match.end()):
            continue
        if _NO_RESULT.search(part[max(0, match.start() - 24) : match.end() + 12]) and form in ("stain", "stains", "missing"):
            continue
        if (weak and _UNDER_TEST.match(part, match.end())) or _unticked(part, match.start(), match.end()):
            continue
        hits.append(Hit(test.forms.named[squeezed(form)], low + match.start(), low + match.end(), weak))
    changed = next((v for v in ("mutated", "pathogenic") if v in test.rule.values), None)
    if changed is not None and not (hits and hits[0].weak):
        variant = _VARIANT.search(part, 0, hits[0].start - low if hits else len(part))
        variant = variant or (("ine" in part and _EXCHANGED.search(part, 0, hits[0].start - low if hits else len(part))) or None)
        if variant:
            hits.insert(0, Hit(changed, low + variant.start(), low + variant.end(), True))
    return hits
