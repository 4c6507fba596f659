"""The general rules: presence, results, numbers and patterns, as ``rules.yaml`` writes them.

Negation of a presence is ConText's; a result or number is bound to its test by the words between the two, because
in "no nodal disease, ER positive" the negation is another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from panel.opinion import Certainty, Finding, Value

from agents.rules.context import Context
from agents.rules.lexicon import Mention, lower
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import NumberRule, PatternRule, PresenceRule, ResultRule, RuleSet

_SIGN = "[<>\u2264\u2265~]=?\\s*"
_NUMBER = re.compile(
    rf"(?<![\w.,+])(?P<sign>{_SIGN})?(?P<value>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)(?!\d|[./-]\d+[./-]\d|:\d\d)"
)
_PERCENT = re.compile(
    rf"(?:(?P<h>h[ -]?score)\s*(?:of|:|=|is)?\s*|(?P<sign>{_SIGN})?)(?P<value>\d{{1,3}}(?:\.\d+)?)"
    r"(?(h)|(?:\s*(?:[-\u2013]|to)\s*\d{1,3})?\s*(?:%|per ?cent))"
)
# Between the name of a test and its result: nothing, or words that only say how it was measured.
_FILLER = (
    r"(?:is|was|are|were|be|of|in|on|at|by|to|the|a|an|and|also|both|shows?|showed|found|approximately|approx|about|around|ca|nearly|over"
    r"|strong|weak|moderate|intense|strongly|weakly|moderately|diffusely|diffuse|focally|focal|patchy|heterogeneous(?:ly)?|nuclear|membranous"
    r"|cytoplasmic|staining|stain|stains|stained|expression|expressed|reactivity|immunoreactivity|tumou?r|tumou?ral|neoplastic|invasive"
    r"|carcinoma|cancer|cells?|nuclei|score|scored|index|proportion|tps|tc|ihc|fish|ish|cish|dish|ngs|pcr|immunohistochemistry"
    r"|status|receptors?|positive|positivity|intensity|with|labell?ing|labelled|rate|result|results|test|tests|testing|clone|sp\d+|6f11|1d5"
    r"|22c3|28-8|73-10|allred|quick|h|gene|protein|assay|analysis|estimated|reported|as|still|currently|repeat|biopsy|core|all|resection"
    r"|surgical|margins?|widely|closest|remain|remains|primary|assessed|per|cent|mutation|mutational|molecular|germline|somatic|\d\+"
    r"|no|not|non|block|type|deep|lateral|radial|proximal|distal|posterior|anterior|medial|superior|inferior|peripheral"
    r"|circumferential|microscopically|macroscopically|histologically|completely|narrowly|[\d.]+|mm|cm|both)"
)
_GAP = re.compile(rf"[\s:=(,~<>\u2264\u2265/|\u2013-]*(?:{_FILLER}\b[\s:=(,)~<>\u2264\u2265/|\u2013-]*)*", re.I)
_LEAD_GAP = re.compile(
    r"[\s:(]*(?:(?:for|of|in|on|to|the|both|a|an|any|nuclear|protein|gene|expression|staining|tumou?r|somatic|germline|ihc|is|was|are"
    r"|detected|identified|found|seen|present|variants?|mutations?|alterations?|result|results|status|testing|test|at|from|within"
    r"|promoter|resection|surgical|circumferential|deep|all|exons?|either|one|confirmed|known|activating|sensiti[sz]ing)\b[\s:(]*)*",
    re.I,
)
_BINDS = re.compile(r"\b(?:for|of|in)\b[\s:(]*(?:the\s+)?$", re.I)
_GLUE = re.compile(r"[\s,/&(]*(?:(?:and|or|nor|plus)\b[\s/]*(?:the\s+)?)?[\s(]*")
_NEXT_OWNS = re.compile(r"\s*(?:for|of|in)\s+(?:the\s+)?$|\s*(?:for|of|in)\s+\w*\s?$", re.I)
_NOT = re.compile(
    r"\b(?:no|not|non|without|negative for|absence of|absent|lack(?:s|ing)?(?: of)?|neither|nor|never)\b"
    r"(?:[\s/-]+(?:evidence|detectable|detected|actionable|targetable|pathogenic|deleterious|likely|activating|sensiti[sz]ing|known|driver|"
    r"somatic|germline|reportable|clinically|significant|of|any|a|an|the|for|in|variants?|mutations?|loss|nuclear|abnormal|common|classical|"
    r"gene|convincing|or|and|been|showing|tumou?r|harbou?r\w*|mutated|amplification|expression))*[\s/-]*$",
    re.I,
)
_OTHERS_RESULT = re.compile(r"(?:nodes?|nodal|margins?|gram|smear|cultures?|blood|washings?|cytology|sputum|axilla|to be|should be|if|t790m|c797s)[\s-]*$", re.I)
_OTHERS_AFTER = re.compile(r"\s*(?:margins?|lymph|nodes?|axilla|cytology|predictive|feedback|pressure|control|cultures?|attitude|weight|reduction|decrease|increase|shrinkage|response|confidence)\b", re.I)
_UNDER_TEST = re.compile(r"[\s-]*(?:status|test|testing|analysis|screen\w*|panel|assay|profil\w*|report|results?)\b", re.I)
_WEAK = re.compile(
    r"mutations?|variants?|fusions?|rearrangements?|amplification|alterations?|translocation|deletions?|del|insertions?|skipping|codeletion|"
    r"co-deletion|methylation|hypermethylation|exon|overexpression|aberration"
)
_FIRM = re.compile(r"detected|positive|present|identified|confirmed|found|\bno|negative|absent|\bun|with")
_VARIANT = re.compile(r"(?<![\w/])(?:p\.\(?)?[a-z](?:[a-z]{2})?\d{2,4}(?:[a-z]{1,3}\d*|\*)(?![\w+])(?!\)?\W*(?:mutation\W+)?(?:is|was)?\W*(?:negative|not|absent|wild))|(?<!\w)c\.\d+[_+\d]*[acgtdi]\S*")
_THERAPY = re.compile(
    r"[\s-]*(?:inhibit\w*|tki|directed|targeted|targeting|blockade|antibod\w*|antagonist|agonist|therapy|drug|degrader|agent|phos\w*|visit|"
    r"doctor|department|physician)\b",
    re.I,
)
_IF = re.compile(r"\b(?:if|unless|whether|in case|provided|until|should be|requires?|required)\b[^,:;.]{0,60}$", re.I)
_SYMBOL = re.compile(
    r"\s?\(?\s?(?P<s>\+{1,3}|[-\u2212\u2013](?!\s?\d))(?:ve\b|(?=\s*(?:$|[,/;.)|\]])|PR|PgR|HER|AR\b)|(?<=\S[+\u2212-])(?=\s(?!positive|negative|pos|neg|\d)[A-Za-z]))", re.I
)
_SHY = frozenset({"ER", "PR", "AR", "MET", "RET"})
_SOFT = frozenset({"equivocal", "pending", "not tested"})
_WITHIN_RESULT = "margin.distance"  # "margins clear by 4 mm": the distance does not end the result
_PART = re.compile(r"mlh1|pms2|msh2|msh6|brca ?[12]|ntrk[123]|\w+ (?:resection )?margins?|crm")
_INTENDED = re.compile(
    r"\b(?:aim\w*|achiev\w*|attempt\w*|likel\w*|goal|potential\w*|feasib\w*|chance|probability|intent\w*|possib\w*|planned|allow\w*|for an?|to)\W+(?:\w+\W+){0,3}$"
    r"|\b(?:spiculated|irregular|smooth|ill[ -]defined|well[ -]defined|lobulated|indistinct|circumscribed|infiltrative|costal|unsharp|sharp|enhancing)\W+$",
    re.I,
)
_FEASIBLE = re.compile(r"\W*(?:resection\W+)?(?:is|was|seems|appears|should|would|can|could|may|might)?\W*(?:be\W+)?(?:feasible|possible|achiev\w+|likely|unlikely|the aim|planned|intended|expected|anticipated|attempted)\b", re.I)
_SOUND = re.compile(r"\b(?:no|not|non|normal|benign|unremarkable|clear|negative|without)\b", re.I)
_SAID = re.compile(r"\s*(?:\([^)]{0,12}\)\s*)?(?::|is|are|was|=)?\s*(?:present|positive|yes|identified|\+)(?!\w)", re.I)
_PRESENT = ("present", "identified", "included", "represented")  # terms that end so say it themselves
_UNSAID = re.compile(r"\s*[:=(-]*\s*(?:is\s+|are\s+|was\s+)?(?:not applicable|n/a\b|not assess|cannot be (?:assess|determin|evaluat)|not report|not evaluat|unknown|not stated|not specified|pending|awaited|not tested)", re.I)
_DENIES = re.compile(r"\b(?:no|not|without|nor|negative|never|absence|free)\b", re.I)
_NO_NEW = re.compile(r"\bno\s+(?:new|further|other|additional)\b[^,;.]*$", re.I)  # says nothing of the old ones
_NOT_NOW = int(Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL)
_NEGATED, _UNCERTAIN = int(Context.NEGATED), int(Context.UNCERTAIN)
_SILENT = ("legend", "technique", "family", "history")
_NO_NUMBER = re.compile(r"[;\n]\s|\b(?:normal|range|ref|reference|limit|target|cut-?off|threshold|must|should|required?|needs?|day|cycle|grade|immune|IC|x|times)\b", re.I)
_NOW = re.compile(r"(?:\b(?:now|today|currently|current|latest)\b[\s:=(a-z]{0,12}|\bto\s+|\u2192\s*|->\s*)$", re.I)
_DIGITS = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u00d7": "x", "\u00b3": "3", "\u00b2": "2", "\u2079": "9", "|": " ", "*": "x"})


class _Group(NamedTuple):
    """Tests named together ("KRAS, NRAS and BRAF") and the text that may speak of them."""

    start: int
    end: int
    low: int
    high: int
    last: bool


class _Hit(NamedTuple):
    value: Value
    start: int
    end: int
    weak: bool


class _Read(NamedTuple):
    finding: Finding
    part: bool


def general_findings(reading: Reading) -> Iterator[Finding]:
    """Every finding of the general rules in a reading, by position."""
    found: list[_Read] = []
    for sentence in reading.sentences:
        ours = [m for m in sentence.mentions if m.category.startswith("rule.")]
        if ours:
            found.extend(_sentence(reading, sentence, ours))
    yield from _settled(found)


def _sentence(reading: Reading, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[_Read]:
    rules = reading.rules.rules
    named = [
        m
        for m in mentions
        if (rule := rules[int(m.category[5:])]).type in ("result", "number") and rule.question != _WITHIN_RESULT
    ]
    groups = _groups(reading, sentence, named) if named else ()
    for mention in mentions:
        index = int(mention.category[5:])
        rule = rules[index]
        found: Iterable[Finding]
        if isinstance(rule, PresenceRule):
            found = _presence(reading, sentence, mention, rule)
        elif isinstance(rule, PatternRule):
            found = _pattern(reading, sentence, mention, rule, reading.rules.patterns[index])
        elif any(o.start <= mention.start and mention.end <= o.end and o[:2] != mention[:2] for o in named):
            continue  # "creatinine" in "creatinine clearance"
        else:
            own = _Group(mention.start, mention.end, sentence.start, sentence.end, True)
            group = next((g for g in groups if g.start <= mention.start < g.end), own)
            if isinstance(rule, ResultRule):
                found = _result(reading, sentence, mention, rule, group)
            else:
                found = _number(reading, sentence, mention, rule, group)
        for one in found:
            yield _Read(one, bool(_PART.fullmatch(lower(reading.text[mention.start : mention.end]))))


def _settled(found: Sequence[_Read]) -> Iterator[Finding]:
    """Without what the same document settles: an open result, or the sound part of an abnormal panel."""
    last = {f.finding.question: i for i, f in enumerate(found) if f.finding.value not in _SOFT}
    abnormal = {f.finding.question for f in found if f.finding.value in ("deficient", "pathogenic", "positive")}
    seen: set[tuple[str, Value, int]] = set()
    for i, (finding, part) in enumerate(found):
        if finding.value in _SOFT and last.get(finding.question, -1) > i:
            continue
        if part and finding.value in ("proficient", "negative") and finding.question in abnormal:
            continue
        key = (finding.question, finding.value, finding.evidence[0].start)
        if key not in seen:
            seen.add(key)
            yield finding


def _groups(reading: Reading, sentence: Sentence, named: Sequence[Mention]) -> tuple[_Group, ...]:
    text = reading.text
    rules = reading.rules.rules
    spans: list[list[int]] = []
    joins = False
    for mention in sorted(named, key=lambda m: (m.start, rules[int(m.category[5:])].type != "result")):
        result = rules[int(mention.category[5:])].type == "result"
        if spans and (mention.start < spans[-1][1] or joins and result and _GLUE.fullmatch(text, spans[-1][1], mention.start)):
            spans[-1][1] = max(spans[-1][1], mention.end)
            joins = joins or result
        else:
            spans.append([mention.start, mention.end])
            joins = result
    end = sentence.end
    if text[end - 1] == "|":  # a cell of a table: its row goes on
        line = text.find("\n", end)
        end = min(line if line >= 0 else len(text), end + 60)
    ends = [sentence.start, *(s[1] for s in spans)]
    starts = [*(s[0] for s in spans[1:]), end]
    return tuple(_Group(a, b, ends[i], starts[i], i == len(spans) - 1) for i, (a, b) in enumerate(spans))


def _presence(reading: Reading, sentence: Sentence, mention: Mention, rule: PresenceRule) -> Iterator[Finding]:
    if rule.kinds and reading.document.kind not in rule.kinds:
        return
    if rule.within and not any(m.id in rule.within for m in sentence.mentions):
        return
    yield from _present(reading, sentence, rule.question, mention, mention.id == "absent")


def _present(
    reading: Reading, sentence: Sentence, question: str, mention: Mention, absent: bool, around: tuple[int, int] | None = None
) -> Iterator[Finding]:
    if sentence.section in ("indication", *_SILENT):
        return
    context = int(sentence.context(mention.start, mention.end))
    if context & _NOT_NOW or _UNSAID.match(reading.text, mention.end, sentence.end):
        return
    if _NO_NEW.search(reading.text, max(sentence.start, mention.start - 60), mention.start):
        return
    if context & _NEGATED and mention.id != "absent":
        said = _SAID.match(reading.text, mention.end, sentence.end) or reading.text.endswith(
            _PRESENT, mention.start, mention.end
        )
        # "LVI not identified, PNI present": the word right after it outweighs another's negation.
        absent = absent or not said or bool(_DENIES.search(_clause_before(reading.text, sentence.start, mention.start)))
    certainty: Certainty = "uncertain" if context & _UNCERTAIN else "stated"
    value = "absent" if absent else "present"
    yield finding(reading, sentence, question, value, mention, certainty=certainty, around=around)


def _clause_before(text: str, low: int, high: int) -> str:
    return text[max(low, text.rfind(",", low, high) + 1) : high]


def _conditional(reading: Reading, sentence: Sentence, mention: Mention) -> bool:
    return bool(_IF.search(reading.text, max(sentence.start, mention.start - 80), mention.start))


def _result(reading: Reading, sentence: Sentence, mention: Mention, rule: ResultRule, group: _Group) -> Iterator[Finding]:
    text = reading.text
    if sentence.section in _SILENT or sentence.base & (Context.FAMILY | Context.HYPOTHETICAL):
        return
    if sentence.scope is not None:
        # Only what stands before: "previously on gefitinib" says nothing of the mutation before it.
        if sentence.scope.of(mention.start, sentence.end) & (Context.FAMILY | Context.HISTORICAL):
            return
    if _THERAPY.match(text, mention.end) or text[max(0, mention.start - 5) : mention.start].lower().startswith("anti"):
        return
    hit = _value(reading, mention, rule, group)
    if hit is None or (hit.value not in _SOFT and _conditional(reading, sentence, mention)):
        return
    if rule.question.startswith("margin") and _no_margin(reading, sentence, group):
        return
    yield finding(reading, sentence, rule.question, hit.value, mention, around=(hit.start, hit.end))


def _no_margin(reading: Reading, sentence: Sentence, group: _Group) -> bool:
    """Whether the margin is an intention ("to achieve R0") or a lesion's outline on a scan."""
    text = reading.text
    return (
        sentence.section == "plan"
        or reading.document.kind == "radiology"
        or bool(_INTENDED.search(text, max(sentence.start, group.start - 40), group.start))
        or bool(_FEASIBLE.match(text, group.end, sentence.end))
    )


def _value(reading: Reading, mention: Mention, rule: ResultRule, group: _Group) -> _Hit | None:
    """The result said of the tests named together: in the name itself, before it ("positive for"), or after it."""
    text = reading.text
    index = int(mention.category[5:])
    rules = reading.rules
    own = _hits(rules, index, rule, text, mention.start, mention.end)
    lead = text[max(group.low, group.start - 60) : group.start]
    denied = bool(_NOT.search(lead))
    if own and not own[0].weak:
        return _negate(rule, own[0], denied)
    before = _before(rules, index, rule, text, group)
    after = _after(rules, index, rule, text, group, text[mention.start : mention.end] in _SHY)
    if own and (after is None or after.weak):
        return _negate(rule, own[0], denied)
    if before is not None:
        gap = text[before.end : group.start]
        if (_BINDS.search(gap) and not (before.weak and after and not after.weak)) or after is None:
            return before
    if after is not None:
        return _negate(rule, after, denied and (after.weak or after.value not in rule.negate.values()))
    return None


def _negate(rule: ResultRule, hit: _Hit, denied: bool) -> _Hit | None:
    if not denied:
        return hit
    other = rule.negate.get(str(hit.value))
    return None if other is None else hit._replace(value=other)


def _before(rules: RuleSet, index: int, rule: ResultRule, text: str, group: _Group) -> _Hit | None:
    low = max(group.low, group.start - 50)
    cut = max(text.rfind(c, low, group.start) for c in ";|") + 1
    hits = _hits(rules, index, rule, text, max(low, cut), group.start)
    if not hits or not _LEAD_GAP.fullmatch(text, hits[-1].end, group.start):
        return None
    hit = hits[-1]
    if not hit.weak and hit.value not in _SOFT and re.match(r"\s*:", text[group.end : group.end + 2]):
        return None  # "ER positive  PR: 80 %"
    return _negate(rule, hit, bool(_NOT.search(text[max(group.low, hit.start - 40) : hit.start])))


def _after(rules: RuleSet, index: int, rule: ResultRule, text: str, group: _Group, shy: bool) -> _Hit | None:
    high = min(group.high, group.end + rule.reach)
    symbol = _SYMBOL.match(text, group.end, min(len(text), group.end + 12))
    if symbol and ("positive" in rule.values or "mutated" in rule.values):
        options = ("positive", "mutated") if symbol["s"][0] == "+" else ("negative", "wild-type")
        return _Hit(next((o for o in options if o in rule.values), options[0]), symbol.start("s"), symbol.end(), False)
    hits = _hits(rules, index, rule, text, group.end, high)
    if not group.last:
        hits = [h for h in hits if not _NEXT_OWNS.match(text[h.end : group.high])]
    if shy or rule.question == "margin":
        hits = [h for h in hits if _GAP.fullmatch(text, group.end, h.start)]
    share = _share(rule, text, group, high, shy)
    if share is not None and (not hits or share.start < hits[0].start):
        return share
    if not hits:
        return None
    first = hits[0]
    choice = first
    if first.weak:
        for hit in hits[1:]:
            between = text[first.end : hit.start]
            if not hit.weak and len(between) <= 40 and not re.search(r"[,;]", between):
                choice = hit
                break
    elif first.value in ("equivocal", "low"):
        choice = next((h for h in hits[1:] if h.value in ("positive", "negative")), first)
    return _negate(rule, choice, bool(_NOT.search(text[max(group.end, choice.start - 40) : choice.start])))


def _share(rule: ResultRule, text: str, group: _Group, high: int, shy: bool) -> _Hit | None:
    """A percentage (or H-score) bound to the test, as the rule's name for it."""
    if not rule.percent:
        return None
    match = _PERCENT.search(lower(text[group.end : high]))
    if match is None or not _GAP.fullmatch(text, group.end, group.end + match.start()):
        return None
    if _OTHERS_AFTER.match(text, group.end + match.end()):
        return None
    if shy and not re.search(r"\bER\b|strogen|HER-?2|IHC|eceptor", text[max(0, group.start - 200) : group.end + 80]):
        return None
    number = float(match["value"]) / (10 if match["h"] else 1)
    if (match["sign"] or "").startswith("<"):
        number = max(0.0, number - 0.5)
    value = next((name for limit, name in reversed(rule.percent) if number >= limit), None)
    return None if value is None else _Hit(value, group.end + match.start(), group.end + match.end(), False)


def _squeeze(form: str) -> str:
    return re.sub(r"[\s-]+", "", form.lower())


@lru_cache(maxsize=512)
def _forms(rules: RuleSet, index: int) -> tuple[re.Pattern[str], dict[str, str]]:
    rule = rules.rules[index]
    assert isinstance(rule, ResultRule)
    named = {_squeeze(form): value for value, forms in reversed(rule.values.items()) for form in forms}
    every = sorted({f.lower() for forms in rule.values.values() for f in forms}, key=len, reverse=True)
    body = "|".join(re.sub(r"(?<=\w)\\-(?=\w)", r"[\\s-]?", re.escape(f)).replace(r"\ ", r"[\s-]+") for f in every)
    return re.compile(rf"(?<![a-z0-9.])(?:{body})(?![a-z0-9])(?!\.\d)"), named


def _hits(rules: RuleSet, index: int, rule: ResultRule, text: str, low: int, high: int) -> list[_Hit]:
    """The result forms of a rule in ``text[low:high]``, by position."""
    part = lower(text[low:high])
    pattern, named = _forms(rules, index)
    hits: list[_Hit] = []
    for match in pattern.finditer(part):
        weak = bool(_WEAK.search(match.group())) and not _FIRM.search(match.group())
        if _OTHERS_RESULT.search(part[max(0, match.start() - 12) : match.start()]) or _OTHERS_AFTER.match(part, match.end()):
            continue
        if weak and _UNDER_TEST.match(text, low + match.end()):
            continue
        hits.append(_Hit(named[_squeeze(match.group())], low + match.start(), low + match.end(), weak))
    changed = next((v for v in ("mutated", "pathogenic") if v in rule.values), None)
    if changed is not None and not (hits and hits[0].weak):
        variant = _VARIANT.search(part, 0, hits[0].start - low if hits else len(part))
        if variant:
            hits.insert(0, _Hit(changed, low + variant.start(), low + variant.end(), True))
    return hits


def _number(reading: Reading, sentence: Sentence, mention: Mention, rule: NumberRule, group: _Group) -> Iterator[Finding]:
    if sentence.base & (Context.HYPOTHETICAL | Context.FAMILY) or sentence.section in _SILENT:
        return
    if _conditional(reading, sentence, mention):
        return
    text = reading.text
    window = text[mention.end : min(group.high, mention.end + 56)]
    chosen: tuple[float, re.Match[str]] | None = None
    for match in _NUMBER.finditer(window):
        before = window[: match.start()]
        if _NO_NUMBER.search(before):
            break
        if chosen is not None and not _NOW.search(before):
            continue
        found = _converted(rule, match, window[match.end() : match.end() + 20])
        if found is not None:
            chosen = (found, match)
    if chosen is None:
        return
    at = (mention.end + chosen[1].start(), mention.end + chosen[1].end())
    yield finding(reading, sentence, rule.question, chosen[0], mention, unit=rule.unit, around=at)


def _converted(rule: NumberRule, match: re.Match[str], tail: str) -> float | None:
    raw = match["value"]
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", raw)
    number = float(raw.replace(",", "" if grouped else "."))
    ahead = lower(tail).translate(_DIGITS).lstrip(" ,([\t\n-")
    spread = re.match(r"(?:to |\u2013)?\s*\d+(?:\.\d+)?\s*", ahead)  # "15-20 %"
    factor = _factor(rule, ahead) or (_factor(rule, ahead[spread.end() :]) if spread else None)
    if factor is None:
        if re.match(r"%|/|(?:mm|cm|mg|ml|kg|years?|months?|weeks?|days?|hours?|th|nd|st|rd|fold|x)\b", ahead):
            return None
        if re.fullmatch(r"19[5-9]\d|20[0-4]\d", raw):
            return None  # a year
        factor = next((guess for limit, guess in rule.guess if number <= limit), rule.units.get(""))
        if factor is None:
            return None
    if (match["sign"] or "").startswith("<") and rule.unit in ("%", "/mm2") and number <= 1:
        number = 0.0
    result = round(number * factor, 2)
    return result if rule.low <= result <= rule.high else None


def _factor(rule: NumberRule, ahead: str) -> float | None:
    unit = max((u for u in rule.units if u and ahead.startswith(u)), key=len, default=None)
    return None if unit is None else rule.units[unit]


def _pattern(
    reading: Reading, sentence: Sentence, mention: Mention, rule: PatternRule, pattern: re.Pattern[str]
) -> Iterator[Finding]:
    if sentence.section in _SILENT or sentence.base & (Context.FAMILY | Context.HYPOTHETICAL):
        return
    match = pattern.search(reading.text, max(sentence.start, mention.start - 70), sentence.end)
    while match is not None and match.end() < mention.end and match.end("value") < mention.start:
        match = pattern.search(reading.text, match.end(), sentence.end)
    if match is None or match.start() > mention.end or _conditional(reading, sentence, mention):
        return
    found = re.sub(r"\s*\+\s*", "+", " ".join(lower(match["value"]).split()))
    at = match.span("value")
    if "*" in rule.question:  # each entry named in the list it found
        words = f" {re.sub(r'[,/ ]+', ' ', found)} "
        denied = bool(_SOUND.search(match.group()))
        for name, forms in rule.values.items():
            if any(f" {form} " in words for form in forms):
                yield from _present(reading, sentence, rule.question.replace("*", name), mention, denied, at)
        return
    value: Value = found
    if rule.values:
        named = next((v for v, forms in rule.values.items() if found in forms), None)
        if named is None:
            return
        value = named
    if rule.question.startswith("presence."):
        denied = value == "absent" or bool(_SOUND.search(match.group()))
        yield from _present(reading, sentence, rule.question, mention, denied, at)
        return
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}", value):
        value = int(value)
    yield finding(reading, sentence, rule.question, value, mention, around=at)


def finding(
    reading: Reading,
    sentence: Sentence,
    question: str,
    value: Value,
    mention: Mention,
    *,
    unit: str | None = None,
    certainty: Certainty = "stated",
    around: tuple[int, int] | None = None,
) -> Finding:
    """A finding quoting the sentence around the mention and the value."""
    spans = [(mention.start, mention.end), around or (mention.start, mention.end)]
    return Finding(
        question=question,
        value=value,
        unit=unit,
        date=reading.date,
        certainty=certainty,
        evidence=(reading.quote(sentence, *spans),),
    )
