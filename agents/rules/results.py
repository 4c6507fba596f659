"""The general rules: presence, results, numbers and patterns, as ``rules.yaml`` writes them.

Whether a finding is there is ConText's to say, corrected by the word right after it; results are bound to their test in
``bindings``, numbers by the words between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agents.rules.bindings import SOFT, Group, Groups, value_of
from agents.rules.clauses import UNSAID, Entry, context_at, entered
from agents.rules.context import Context
from agents.rules.general_talk import spoken_in_general
from agents.rules.lexicon import Mention, lower
from agents.rules.margins import foretold, no_margin, threatened
from agents.rules.numerals import NUMERAL, numeral
from agents.rules.reading import Reading, Sentence
from agents.rules.relations import by_hand
from agents.rules.ruleset import NumberRule, PatternRule, PresenceRule, ResultRule
from agents.rules.scores import Amount, amount_after, amount_before, ish_open
from agents.rules.since import gone, later_number, waits
from agents.rules.text import words
from panel.opinion import Certainty, Finding, Value

_SIGN = "[<>\u2264\u2265~]=?\\s*"
_NUMBER = re.compile(
    rf"(?<![\w.,+/])(?<!\d-)(?P<sign>{_SIGN})?(?P<value>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?!\d|\.\d|[./-]\d+[./-]\d|/(?:19|20)\d\d|:\d\d|\s?(?:st|nd|rd|th)?[\s-]?(?:of\s)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b)"
)
_THERAPY = words(
    r"[\s-]*(?:inhibit\w*|tki|directed|targeted|targeting|block(?:ade|er|ers|ing)|antibod\w*(?!\s*(?:\([^)]{0,20}\)\s*)?(?::|stain|label|react|show|mark|immuno|decorat|highlight|clone|positiv|negativ))|antagonist|agonist|therapy|drug|degrader|agent|phos\w*|visit|"
    r"doctor|department|physician)\b",
)
_IF = words(r"(?:\A|(?<=[.;\n]\s)|(?<=\n))(?:were|had)\b[^,:;.]{0,60}$|\b(?:if|unless|whether|in case|provided|until|should be|requires?|required)\b[^,:;.]{0,60}$")
_WITHIN_RESULT = "margin.distance"  # "margins clear by 4 mm": the distance does not end the result
_PAIR = {"mlh1": "mutl", "pms2": "mutl", "msh2": "muts", "msh6": "muts"}
_PART = re.compile(r"(?:mlh|pms|msh)-?[126]|brca ?[12]|ntrk[123]|fgfr[1-4]|\w+ (?:resection )?margins?|crm")
_SOUND = words(r"\b(?:no|not|non|normal|benign|unremarkable|clear|negative|without)\b")
_SAID = words(r"\s*(?:\([^)]{0,12}\)\s*)?(?::|is|are|was|=)?\s*(?:present|positive|yes|identified|\+)(?!\w)")
_MARK = re.compile(r"\s?\(?(?P<s>[+\u2212-])(?:ve\b|(?=\)?(?:[,;.)/]|\s*$|\s[A-Z])))")  # "LVI-, PNI+"
_PRESENT = ("present", "identified", "included", "represented")  # terms that end so say it themselves
# "No focal infiltrate, pneumothorax or pleural effusion is identified" denies all of its list.
_DENIED_LIST = words(r"(?<![:=|]\s)(?<![:=|])\b(?:no|without|neither|nor)\b(?:(?!\b(?:is|are|was|were|identified|seen|present|noted|found|detected|positive|negative|but|with)\b)[^.;:()])*$")
_LIST = 120
_DENIES = words(r"\b(?:no|not|without|nor|negative|never|absence|free)\b")
_NO_NEW = words(r"\bno\s+(?:new|further|other|additional)\b[^,;.]*$")  # says nothing of the old ones
# So little that one reader mentions it and the next does not.
_TRACE = words(r"\b(?:traces?|minimal|tiny|physiological|sliver|thin rim|rim of|film|negligible|subtle|equivocal)\b[^.;,]{0,24}$")
_DEEP = words(r"\b(?:[1-9](?:\.\d)?\s?cm|[1-9]\d\s?mm)\b")
_EMPTY_LABEL = re.compile(r"\s*:\s*[A-Z][A-Za-z /()-]{4,50}:\s")  # "LVI: DERMAL INVASION: not applicable"
_NOT_NOW = Context.FAMILY | Context.HYPOTHETICAL | Context.HISTORICAL | Context.OLD
_OF_OTHERS = Context.FAMILY | Context.HISTORICAL
_ELSEWHERE = Context.FAMILY | Context.OLD
_OTHER_CLEARANCE = words(r"\b(?:axillary|nodal|node|lymph|neck|pelvic|groin|creatinine)\s+$")
_NEGATED, _UNCERTAIN = Context.NEGATED, Context.UNCERTAIN
_SILENT = ("legend", "technique", "family", "history")
_NO_NUMBER = words(r"[;\n]\s|\b(?:normal|range|ref|reference|limit|target|cut-?off|threshold|must|should|required?|needs?|day|cycle|grade|immune|IC|x|times)\b")
_SCORE_IN_WORDS = words(rf"(?:[\s:=(]|\b(?:of|is|was|score|at|comes?|to|a)\b)*(?P<n>{NUMERAL})\b(?!\s*(?:%|per|to|-))")
_LESS = words(r"\b(?:(?:less|fewer|lower) than|under|below)\s*$")
_UNTOLD = "-"  # the value of forms that are read, so that none behind them is, and tell nothing
_NOW = words(r"(?:\bback at\s+|\b(?:now|today|currently|current|latest)\b[\s:=(a-z]{0,12}|\bto\s+|\u2192\s*|->\s*)$")
_SINCE = words(r"\s?%?,? (?:since|now|today|at present|currently|after (?:treatment|stenting|drainage|fluids|rehydration|recovery)|this week|last week|on repeat)\b")
_DIGITS = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u00d7": "x", "\u00b3": "3", "\u00b2": "2", "\u2079": "9", "|": " ", "*": "x"})


class _Read(NamedTuple):
    finding: Finding
    part: str
    """The member of a panel of tests that it is of (``msh6``); empty when it is of a whole."""


def general_findings(reading: Reading) -> Iterator[Finding]:
    """Every finding of the general rules in a reading, by position."""
    found: list[_Read] = []
    for sentence in reading.holding("rule"):
        ours = [m for m in sentence.mentions if m.category[:5] == "rule."]
        found.extend(_sentence(reading, sentence, ours))
    yield from _settled(found)


def _sentence(reading: Reading, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[_Read]:
    rules = reading.rules.rules
    indexed = [(m, i, rules[i]) for m in mentions for i in (int(m.category[5:]),)]
    named = [
        (m, rule.type == "result")
        for m, _, rule in indexed
        if rule.type in ("result", "number") and rule.question != _WITHIN_RESULT
    ]
    groups = Groups(reading.text, sentence, named) if named else None
    hidden = _hidden([m for m, _ in named]) if len(named) > 1 else frozenset()
    for mention, index, rule in indexed:
        found: Iterable[Finding]
        if isinstance(rule, PresenceRule):
            found = _presence(reading, sentence, mention, rule)
        elif isinstance(rule, PatternRule):
            found = _pattern(reading, sentence, mention, rule, reading.rules.patterns[index])
        elif mention in hidden:
            continue
        elif groups is None or rule.question == _WITHIN_RESULT:
            own = Group(mention.start, mention.end, sentence.start, sentence.end, True)
            found = _number(reading, sentence, mention, rule, own) if isinstance(rule, NumberRule) else ()
        elif isinstance(rule, ResultRule):
            found = _result(reading, sentence, mention, index, groups.of(mention))
        else:
            found = _number(reading, sentence, mention, rule, groups.of(mention))
        for one in found:
            yield _Read(one, part[0] if (part := _PART.fullmatch(reading.low, mention.start, mention.end)) else "")


def _hidden(named: Sequence[Mention]) -> frozenset[Mention]:
    """The mentions inside a longer one: "creatinine" in "creatinine clearance"."""
    inside: list[Mention] = []
    reach, span = -1, (-1, -1)
    for mention in sorted(named, key=lambda m: (m.start, -m.end)):
        if mention.end <= reach and mention[:2] != span:
            inside.append(mention)
        if mention.end > reach:
            reach, span = mention.end, mention[:2]
    return frozenset(inside)


def _settled(found: Sequence[_Read]) -> Iterator[Finding]:
    """Without what the same document settles: an open result, or the sound part of an abnormal panel."""
    last = {f.finding.question: i for i, f in enumerate(found) if f.finding.value not in SOFT}
    abnormal = {f.finding.question for f in found if f.finding.value in ("deficient", "pathogenic", "positive", "mutated")}
    seen: set[tuple[str, Value, int]] = set()
    kept = {_PAIR.get(f.part.replace("-", "")) for f in found if f.finding.value == "proficient"}
    scored = {f.finding.question.removesuffix("_cps") for f in found if isinstance(f.finding.value, int | float)}
    for i, (finding, part) in enumerate(found):
        if finding.value == "positive" and finding.question in scored:
            continue  # its score says more
        if finding.value in SOFT and last.get(finding.question, -1) > i:
            continue
        if part and finding.value in ("proficient", "negative") and finding.question in abnormal:
            continue
        if finding.value == "proficient" and part.replace("-", "") in _PAIR and not kept >= {"mutl", "muts"}:
            continue  # one pair of repair proteins says nothing of the other
        key = (finding.question, finding.value, finding.evidence[0].start)
        if key not in seen:
            seen.add(key)
            yield finding


def _presence(reading: Reading, sentence: Sentence, mention: Mention, rule: PresenceRule) -> Iterator[Finding]:
    if rule.kinds and reading.document.kind not in rule.kinds:
        return
    if rule.within and not any(m.id in rule.within for m in sentence.mentions):
        return
    if not reading.about(rule.about):
        return
    yield from _present(reading, sentence, rule.question, mention, absent=mention.id == "absent")


def _present(
    reading: Reading, sentence: Sentence, question: str, mention: Mention, *, absent: bool, around: tuple[int, int] | None = None
) -> Iterator[Finding]:
    if sentence.section in ("indication", *_SILENT):
        return
    context = context_at(reading.low, sentence, mention.start, mention.end)
    entry = entered(reading.text, mention.end, sentence.end)
    if entry == "empty":
        return
    if isinstance(entry, Entry):
        absent, context, around = not entry.said, context & ~_NEGATED, (mention.start, entry.end)
    if context & _NOT_NOW or _EMPTY_LABEL.match(reading.text, mention.end, sentence.end) or UNSAID.match(reading.low, mention.end, sentence.end):
        return
    if _NO_NEW.search(reading.low, max(sentence.start, mention.start - 60), mention.start):
        return
    if context & _NEGATED and mention.id != "absent" and not isinstance(entry, Entry):
        said = _SAID.match(reading.low, mention.end, sentence.end) or reading.text.endswith(
            _PRESENT, mention.start, mention.end
        )
        # "LVI not identified, PNI present": the word right after it outweighs another's negation.
        denied = _DENIES.search(_clause_before(reading.low, sentence.start, mention.start)) or _DENIED_LIST.search(
            reading.low, max(sentence.start, mention.start - _LIST), mention.start
        )
        absent = absent or not said or bool(denied)
    mark = _MARK.match(reading.text, mention.end, sentence.end)
    if mark is not None:
        absent = mark["s"] in "-\u2212"
    trace = not absent and _TRACE.search(reading.low, max(sentence.start, mention.start - 34), mention.start)
    if trace and _DEEP.search(reading.low, trace.start(), min(sentence.end, mention.end + 40)):
        trace = None
    certainty: Certainty = "uncertain" if context & _UNCERTAIN or trace else "stated"
    if not (absent and by_hand(reading, sentence, question)):
        yield finding(reading, sentence, question, "absent" if absent else "present", mention, certainty=certainty, around=around)


def _clause_before(text: str, low: int, high: int) -> str:
    return text[max(low, text.rfind(",", low, high) + 1) : high]


def _conditional(reading: Reading, sentence: Sentence, mention: Mention) -> bool:
    low = reading.low
    if sentence.is_unreal(mention.start):
        return True
    return bool(_IF.search(low, max(sentence.start, mention.start - 80), mention.start)) or spoken_in_general(low, sentence.start, sentence.end, mention.start, mention.end)


def _result(reading: Reading, sentence: Sentence, mention: Mention, index: int, group: Group) -> Iterator[Finding]:
    text = reading.text
    if sentence.section in _SILENT or sentence.base & (Context.FAMILY | Context.HYPOTHETICAL):
        return
    # Only what stands before: "previously on gefitinib" says nothing of the mutation before it.
    before = sentence.scope.of(mention.start, sentence.end) if sentence.scope is not None else 0
    if before & _OF_OTHERS or sentence.context(mention.start, mention.end) & Context.OLD:
        return
    if of_therapy(reading, mention):
        return
    hit = value_of(reading.rules, index, (text, reading.low), mention, group)
    if hit is None or hit.value == _UNTOLD or (hit.value not in SOFT and _conditional(reading, sentence, mention)):
        return
    question = reading.rules.rules[index].question
    if question == "margin" and no_margin(reading, sentence, group.start, group.end):
        return
    if question == "margin" and foretold(reading.low, sentence, mention.start):
        threat = threatened(reading.low, mention.start, mention.end, str(hit.value))
        if threat:
            yield finding(reading, sentence, "presence.crm_threatened", threat, mention, around=(hit.start, hit.end))
        return
    value: Value = int(hit.value) if isinstance(hit.value, str) and hit.value.isdecimal() else hit.value
    certainty: Certainty = waits(reading, sentence, hit.start, hit.end) if value in ("pending", "not tested") else "stated"
    yield finding(reading, sentence, question, value, mention, certainty=certainty, around=(hit.start, hit.end))


def of_therapy(reading: Reading, mention: Mention) -> bool:
    """Whether a marker's name is part of a treatment's ("PD-L1 blockade", "anti-HER2")."""
    return bool(_THERAPY.match(reading.low, mention.end)) or reading.low[max(0, mention.start - 5) : mention.start].startswith("anti")


def _number(reading: Reading, sentence: Sentence, mention: Mention, rule: NumberRule, group: Group) -> Iterator[Finding]:
    if sentence.base & (Context.HYPOTHETICAL | Context.FAMILY) or sentence.section in _SILENT:
        return
    text = reading.text
    if sentence.scope is not None and sentence.scope.of(mention.start, mention.end) & Context.FAMILY:
        return  # the father's heart
    if _conditional(reading, sentence, mention) or _OTHER_CLEARANCE.search(reading.low, max(0, mention.start - 12), mention.start):
        return
    window = text[mention.end : min(group.high, mention.end + 110)]
    chosen: tuple[float, re.Match[str]] | None = None
    for match in _NUMBER.finditer(window):
        before = reading.low[mention.end : mention.end + match.start()]
        if _NO_NUMBER.search(before):
            break
        if chosen is None and match.start() >= 56:
            break
        if chosen is not None and not (_NOW.search(before) if match.start() < 56 else None) and not _SINCE.match(reading.low, mention.end + match.end()):
            continue
        tail = window[match.end() : match.end() + 20]
        found = _converted(rule, match, tail, less=bool(_LESS.search(before)))
        if found is None and chosen is None and "%" in tail[:2] and rule.unit == "%":
            break  # "LVEF 60 %, GLS -20": the rule for bare numbers has nothing to read
        if found is not None:
            chosen = (found, match)
    if chosen is not None:
        later = later_number(reading, sentence) if rule.question[:6] == "organ." else None
        if later is not None and rule.low <= later.number <= rule.high:
            at_once = Mention(later.start, later.end, mention.category, mention.id)
            yield finding(reading, later.sentence, rule.question, later.number, at_once, unit=rule.unit)
            return
        if rule.question[:6] == "organ." and gone(reading, sentence):
            return
        at = (mention.end + chosen[1].start(), mention.end + chosen[1].end())
        yield finding(reading, sentence, rule.question, chosen[0], mention, unit=rule.unit, around=at)
        return
    told = _worded(reading.low, mention, rule, group)
    if told is not None and rule.low <= told.number <= rule.high:
        yield finding(reading, sentence, rule.question, told.number, mention, unit=rule.unit, around=(told.start, told.end))


def _worded(low: str, mention: Mention, rule: NumberRule, group: Group) -> Amount | None:
    """A number in words behind the name ("seventy per cent", a score "of fifteen"), or a percentage before it."""
    high = min(group.high, mention.end + 56)
    if rule.unit == "%":
        amount = amount_after(low, mention.end, high)
        if amount is not None and not _NO_NUMBER.search(low, mention.end, amount.start):
            return amount
        return amount_before(low, max(group.low, mention.start - 90), mention.start)
    if rule.unit != "score":
        return None
    match = _SCORE_IN_WORDS.match(low, mention.end, high)
    number = numeral(match["n"]) if match else None
    return Amount(float(number), *match.span("n")) if match and number is not None else None


def _converted(rule: NumberRule, match: re.Match[str], tail: str, *, less: bool = False) -> float | None:
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
    if (less or (match["sign"] or "").startswith("<")) and rule.unit in ("%", "score", "/mm2") and number <= 1:
        number = 0.0
    result = round(number * factor, 2)
    return result if rule.low <= result <= rule.high else None


def _factor(rule: NumberRule, ahead: str) -> float | None:
    unit = max((u for u in rule.units if u and ahead.startswith(u)), key=len, default=None)
    return None if unit is None else rule.units[unit]


def _pattern(
    reading: Reading, sentence: Sentence, mention: Mention, rule: PatternRule, pattern: re.Pattern[str]
) -> Iterator[Finding]:
    if sentence.section in _SILENT or sentence.base & (Context.FAMILY | Context.HYPOTHETICAL) or not reading.about(rule.about):
        return
    end = min(sentence.end, mention.end + 160)
    match = pattern.search(reading.low, max(sentence.start, mention.start - 70), end)
    while match is not None and match.end() < mention.end and match.end("value") < mention.start:
        match = pattern.search(reading.low, match.end(), end)
    if match is None or match.start() > mention.end or _conditional(reading, sentence, mention):
        return
    if sentence.context(*match.span("value")) & _ELSEWHERE:
        return
    if rule.question == "biomarker.her2" and ish_open(reading.low, max(0, sentence.start - _LIST), min(len(reading.low), sentence.end + _LIST)):
        return
    found = re.sub(r"\s*\+\s*", "+", " ".join(match["value"].split()))
    at = match.span("value")
    if "*" in rule.question:  # each entry named in the list it found
        words = f" {re.sub(r'[,/ ]+', ' ', found)} "
        denied = bool(_SOUND.search(match.group()))
        for name, forms in rule.values.items():
            if any(f" {form} " in words for form in forms):
                yield from _present(reading, sentence, rule.question.replace("*", name), mention, absent=denied, around=at)
        return
    value: Value = found
    if rule.values:
        named = next((v for v, forms in rule.values.items() if found in forms), None)
        if named is None:
            return
        value = named
    if rule.question.startswith("presence."):
        denied = value == "absent" or bool(_SOUND.search(match.group()))
        yield from _present(reading, sentence, rule.question, mention, absent=denied, around=at)
        return
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}", value):
        value = int(value)
    later = later_number(reading, sentence) if rule.question == "performance.ecog" else None
    if later is not None and later.number in (0, 1, 2, 3, 4):
        told = Mention(later.start, later.end, mention.category, mention.id)
        yield finding(reading, later.sentence, rule.question, int(later.number), told)
        return
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
    # The value may stand in the next cell of a table row or on the line under its label.
    beyond = spans[1][1] > sentence.end
    quote = reading.evidence(spans[0][0], spans[1][1]) if beyond else reading.quote(sentence, *spans)
    return Finding(
        question=question,
        value=value,
        unit=unit,
        date=reading.date,
        certainty=certainty,
        evidence=(quote,),
    )
