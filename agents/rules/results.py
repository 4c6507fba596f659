"""The general rules: presence, results, numbers and patterns, as ``rules.yaml`` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.opinion import Certainty, Finding, Value

from agents.rules.context import Context
from agents.rules.lexicon import Mention, lower
from agents.rules.reading import Reading, Sentence
from agents.rules.ruleset import NumberRule, PatternRule, PresenceRule, ResultRule

_ABSENT_FROM_PATIENT = Context.FAMILY | Context.HYPOTHETICAL
_NUMBER = re.compile(r"(?P<sign>[<>\u2264\u2265~]=?\s*)?(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)(?!\d)")
_PERCENT = re.compile(r"(?P<sign>[<>\u2264\u2265~]=?\s*)?(?P<value>\d{1,3}(?:\.\d+)?)(?:\s*[-\u2013]\s*\d{1,3})?\s*(?:%|per ?cent)")
_NOT_A_RESULT = re.compile(r"^\s*(?:[A-Za-z]+\s+){0,3}(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2})")


def general_findings(reading: Reading) -> Iterator[Finding]:
    """Every finding of the general rules in a reading, by position."""
    rules = reading.rules.rules
    for sentence in reading.sentences:
        for mention in sentence.mentions:
            if not mention.category.startswith("rule."):
                continue
            index = int(mention.category[5:])
            rule = rules[index]
            if isinstance(rule, PresenceRule):
                found = _presence(reading, sentence, mention, rule)
            elif isinstance(rule, ResultRule):
                found = _result(reading, sentence, mention, rule)
            elif isinstance(rule, NumberRule):
                found = _number(reading, sentence, mention, rule)
            else:
                found = _pattern(reading, sentence, mention, rule, reading.rules.patterns[index])
            if found is not None:
                yield found


def _presence(reading: Reading, sentence: Sentence, mention: Mention, rule: PresenceRule) -> Finding | None:
    if rule.kinds and reading.document.kind not in rule.kinds:
        return None
    if rule.within and not any(m.id in rule.within for m in sentence.mentions):
        return None
    context = sentence.context(mention.start, mention.end)
    if context & (_ABSENT_FROM_PATIENT | Context.HISTORICAL) or sentence.section in ("indication", "technique"):
        return None
    absent = bool(context & Context.NEGATED) != (mention.id == "absent")
    certainty: Certainty = "uncertain" if context & Context.UNCERTAIN else "stated"
    value = "absent" if absent else "present"
    return finding(reading, sentence, rule.question, value, mention, certainty=certainty)


def _result(reading: Reading, sentence: Sentence, mention: Mention, rule: ResultRule) -> Finding | None:
    context = sentence.context(mention.start, mention.end)
    if context & _ABSENT_FROM_PATIENT and sentence.section != "legend":
        return None
    if sentence.section in ("legend", "technique", "family"):
        return None
    value, at = _value_near(reading, sentence, mention, rule)
    if value is None:
        return None
    return finding(reading, sentence, rule.question, value, mention, around=at)


def _value_near(
    reading: Reading, sentence: Sentence, mention: Mention, rule: ResultRule
) -> tuple[Value | None, tuple[int, int]]:
    """The result said of the mention: after it up to the next test's name, else before it."""
    text = reading.text
    stop = min(sentence.end, mention.end + rule.reach)
    follower = _next_test(sentence, mention, stop)
    own_end = follower if follower is not None else stop
    after = lower(text[mention.end : own_end])
    forms = _forms(rule)
    hit = _best(forms, after, rule)
    if hit:
        value, start, end = hit
        return _negated(sentence, rule, value, mention.end + start, mention.end + end), (
            mention.end + start,
            mention.end + end,
        )
    percent = _PERCENT.search(after)
    if percent and rule.percent:
        return _from_percent(rule, percent), (mention.end + percent.start(), mention.end + percent.end())
    before_start = max(sentence.start, mention.start - 45)
    before = lower(text[before_start : mention.start])
    cut = max(before.rfind(c) for c in ",;|/(") + 1 if follower is None else max(before.rfind(c) for c in ",;|") + 1
    hits = [h for h in forms.finditer(before) if h.start() >= cut or _is_list(before[h.end() :])]
    if hits:
        last = hits[-1]
        value = _form_value(rule, last.group())
        return value, (before_start + last.start(), before_start + last.end())
    if follower is not None:  # "ER and PR positive", "EGFR, ALK and ROS1 negative"
        between = text[mention.end : follower]
        if re.fullmatch(r"[\s,/&+]*(?:and|or)?[\s]*", between):
            rest = lower(text[mention.end : stop + 40 if stop + 40 < sentence.end else sentence.end])
            hit = _best(forms, rest, rule)
            if hit:
                value, start, end = hit
                return _negated(sentence, rule, value, mention.end + start, mention.end + end), (
                    mention.end + start,
                    mention.end + end,
                )
    if sentence.context(mention.start, mention.end) & Context.NEGATED and rule.negate:
        return next(iter(rule.negate.values())), (mention.start, mention.end)
    return None, (mention.start, mention.end)


def _is_list(text: str) -> bool:
    """Whether only a list of names stands between ("negative for EGFR, ALK and ROS1")."""
    return bool(re.fullmatch(r"\s*(?:for|:|in)?\s*(?:[a-z0-9/ -]{1,14}(?:,| and| or)\s*){1,6}", text))


def _next_test(sentence: Sentence, mention: Mention, stop: int) -> int | None:
    for other in sentence.mentions:
        if other.start >= mention.end and other.start < stop and other.category.startswith("rule."):
            if other.category != mention.category:
                return other.start
    return None


@lru_cache(maxsize=512)
def _forms(rule: ResultRule) -> re.Pattern[str]:
    every = sorted({f.lower() for forms in rule.values.values() for f in forms}, key=len, reverse=True)
    body = "|".join(re.escape(f).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?") for f in every)
    return re.compile(rf"(?<![a-z0-9.]){body and f'(?:{body})'}(?![a-z0-9])(?!\.\d)")


def _best(forms: re.Pattern[str], text: str, rule: ResultRule) -> tuple[str, int, int] | None:
    order = list(rule.values)
    hits = [(_form_value(rule, m.group()), m.start(), m.end()) for m in forms.finditer(text)]
    if not hits:
        return None
    firm = [h for h in hits if h[0] not in ("equivocal", "pending", "not tested", "low")] or hits
    first = firm[0]
    # A later word of the same clause settles an equivocal one ("2+, FISH amplified").
    if first[0] in ("equivocal", "pending"):
        return min(firm, key=lambda h: order.index(h[0]))
    if hits[0][0] == "pending" and ("equivocal", "") != hits[0][:1]:
        return first
    return first


def _form_value(rule: ResultRule, form: str) -> str:
    flat = re.sub(r"[\s-]+", " ", form.lower()).strip()
    for value, forms in rule.values.items():
        for known in forms:
            if re.sub(r"[\s-]+", " ", known.lower()).strip() == flat:
                return value
    squeezed = flat.replace(" ", "")
    for value, forms in rule.values.items():
        if any(re.sub(r"[\s-]+", "", known.lower()) == squeezed for known in forms):
            return value
    return flat


def _negated(sentence: Sentence, rule: ResultRule, value: str, start: int, end: int) -> str:
    if value in rule.negate and sentence.scope is not None:
        if sentence.scope.of(start, end) & Context.NEGATED:
            return rule.negate[value]
    return value


def _from_percent(rule: ResultRule, match: re.Match[str]) -> Value:
    number = float(match["value"])
    if (match["sign"] or "").strip().startswith("<"):
        number = max(0.0, number - 0.5)
    value: Value = number
    for limit, name in rule.percent:
        if number >= limit:
            value = name
    return value


def _number(reading: Reading, sentence: Sentence, mention: Mention, rule: NumberRule) -> Finding | None:
    if sentence.base & (Context.HYPOTHETICAL | Context.FAMILY):
        return None
    text = reading.text
    window = text[mention.end : min(sentence.end, mention.end + 48)]
    stop = _next_test(sentence, mention, mention.end + len(window))
    if stop is not None:
        window = window[: stop - mention.end]
    for match in _NUMBER.finditer(window):
        before = window[: match.start()]
        if re.search(r"[.;\n]\s|\b(?:normal|range|ref|limit|target|cut-?off|was|from|day|cycle)\b\s*$", before, re.I):
            return None
        if _NOT_A_RESULT.match(window[match.start() : match.start() + 12]):
            return None
        found = _converted(rule, match, window[match.end() : match.end() + 18])
        if found is None:
            continue
        at = (mention.end + match.start(), mention.end + match.end())
        return finding(reading, sentence, rule.question, found, mention, unit=rule.unit, around=at)
    return None


def _converted(rule: NumberRule, match: re.Match[str], tail: str) -> float | None:
    raw = match["value"]
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", raw)
    number = float(raw.replace(",", "" if grouped else "."))
    ahead = tail.strip().lower().replace("\u00b5", "u").replace("\u03bc", "u").replace("\u00d7", "x")
    factor: float | None = None
    for unit in sorted(rule.units, key=len, reverse=True):
        if unit and ahead.startswith(unit):
            factor = rule.units[unit]
            break
    if factor is None:
        if re.match(r"(?:/|mm\b|cm\b|mg\b|years?\b|months?\b|weeks?\b|days?\b|th\b|nd\b)", ahead):
            return None
        for limit, guessed in rule.guess:
            if number <= limit:
                factor = guessed
                break
        if factor is None:
            factor = rule.units.get("")
        if factor is None:
            return None
    result = round(number * factor, 2)
    return result if rule.low <= result <= rule.high else None


def _pattern(
    reading: Reading, sentence: Sentence, mention: Mention, rule: PatternRule, pattern: re.Pattern[str]
) -> Finding | None:
    context = sentence.context(mention.start, mention.end)
    if context & (Context.FAMILY | Context.HYPOTHETICAL) or sentence.section == "legend":
        return None
    start = max(sentence.start, mention.start - 24)
    match = pattern.search(reading.text, start, sentence.end)
    if match is None:
        return None
    found = " ".join(lower(match["value"]).split())
    value: Value = found
    if rule.values:
        named = next((v for v, forms in rule.values.items() if found in forms), None)
        if named is None:
            return None
        value = named
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}", value):
        value = int(value)
    return finding(reading, sentence, rule.question, value, mention, around=match.span("value"))


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
