"""Markers and tests of which the chart says that no result is there yet: awaited, failed, rejected, never asked for.

The words are data (``status`` in ``lexicons/investigations.yaml``). They bind to the tests named beside them, in the same
sentence, row of a table or dotted line, unless a result stands there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.results import finding, of_therapy
from agents.rules.ruleset import ResultRule, RuleSet
from agents.rules.since import waits
from agents.rules.text import words
from panel.opinion import Finding

_VALUE = {"pending": "pending", "not_done": "not tested"}
_REACH = 110
_SPLIT = words(r";|\.\s+[a-z]|\n|\b(?:but|however|whereas|although|otherwise)\b")
_LEADS = ("|", " .", "..")
# "Status: sent away", "Results are awaited.": a row that speaks of the tests named before it.
_BACK = words(
    r"[\s|*-]*(?:status|results?|reports?|outcome|both|these|they|it|this|that|neither|the (?:result|report|analys|sample|specimen|test|block|assay|sequencing|first|tissue|material|laborator|lab)\w*|analysis|sequencing|testing|sample|specimen|"
    r"first|not yet|no (?:interim )?(?:result|report)|still|awaited|pending|action|extraction|dna|in situ|ish|fish)\b",
)
_BACK_ROWS = 3
# What is a result, wherever it stands beside the test.
_RESULT = words(
    r"\b(?:positive|negative|neg|pos|mutated|mutant|wild[ -]?type|wt|(?<!not )(?<!yet )detected|not detected|rearranged|(?<!no )(?<!not )amplified|unmutated|intact|deficient|proficient|retained|pathogenic|(?:been|was|were|is|are) (?:identified|found|detected|seen|present|absent)|"
    r"exon \d+ ?(?:del|ins|skip|mut)\w*|del(?:etion)? ?19|ex(?:on)? ?19|l858r|v600e?|g1[23][a-z]|[0-3]\+|\d{1,3} ?%(?! (?:tumou?r|cell|neoplas))|methylated|codeleted|normal|stable|high\b(?! risk)|no (?:\w+ )?(?:mutation|variant|rearrangement|fusion|alteration)s?)\b|[0-3]\+",
)
_LIFTED = words(r"\b(?:no longer|nothing|not|never|none|isn't|aren't)\s+(?:\w+\s+)?$")


class _Row(NamedTuple):
    start: int
    end: int
    mentions: Sequence[Mention]
    sentence: Sentence


def waiting_findings(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """The markers without a result, by position.

    Args:
        reading: the document.
        told: what the other readers found in it; a marker with a result of any kind is left alone.
    """
    questions = _questions(reading.rules)
    if not any(m.id in _VALUE for s in reading.holding("test_status") for m in s.of("test_status")):
        return
    if not any(m.category in questions for s in reading.holding("rule") for m in s.mentions):
        return
    known = {f.question for f in told if f.question.startswith("biomarker.")}
    before: list[tuple[int, Sentence, Mention, str]] = []
    for number, row in enumerate(_rows(reading)):
        named = _markers(reading, row)
        states = [m for m in row.mentions if m.category == "test_status" and m.id in _VALUE]
        if states and not named and _BACK.match(reading.low, row.start, row.end) and not _RESULT.search(reading.low, row.start, row.end):
            for at, sentence, mention, question in before:
                if question not in known and number - at <= _BACK_ROWS:
                    known.add(question)
                    yield finding(reading, sentence, question, _VALUE[states[0].id], mention, around=(states[0].start, states[0].end))
        for mention, question in named if states else ():
            state = _state(reading, row, mention, states, [m for m, _ in named]) if question not in known else None
            if state is not None:
                known.add(question)
                yield finding(
                    reading, row.sentence, question, _VALUE[state.id], mention, certainty=waits(reading, row.sentence, state.start, state.end), around=(state.start, state.end)
                )
        if named:
            plain = _RESULT.search(reading.low, row.start, row.end) is None
            before = [(number, row.sentence, mention, question) for mention, question in named] if plain else []


@lru_cache(maxsize=4)
def _questions(rules: RuleSet) -> dict[str, str]:
    """The categories of the markers' names, with the question each answers."""
    return {
        f"rule.{index}": rule.question
        for index, rule in enumerate(rules.rules)
        if isinstance(rule, ResultRule) and rule.question.startswith("biomarker.")
    }


def _rows(reading: Reading) -> Iterator[_Row]:
    """The sentences; those that a table's bars or a dotted leader cut are put together again, one row each."""
    open_: list[Sentence] = []
    for sentence in reading.sentences:
        if open_ and "\n" in reading.text[open_[-1].end - 1 : sentence.start + 1]:
            yield _row(open_)
            open_ = []
        open_.append(sentence)
        tail = reading.text[max(sentence.start, sentence.end - 4) : sentence.end].rstrip()
        if tail != "." and not tail.endswith(_LEADS):
            yield _row(open_)
            open_ = []
    if open_:
        yield _row(open_)


def _row(parts: Sequence[Sentence]) -> _Row:
    mentions = parts[0].mentions if len(parts) == 1 else tuple(m for part in parts for m in part.mentions)
    return _Row(parts[0].start, parts[-1].end, mentions, parts[0])


def _markers(reading: Reading, row: _Row) -> list[tuple[Mention, str]]:
    """The tests of a row with the question each answers."""
    questions = _questions(reading.rules)
    return [(mention, questions[mention.category]) for mention in row.mentions if mention.category in questions and not of_therapy(reading, mention)]


def _state(reading: Reading, row: _Row, mention: Mention, states: Sequence[Mention], others: Sequence[Mention]) -> Mention | None:
    """The status word that is said of this test."""
    text = reading.low
    if row.sentence.context(mention.start, mention.end) & (Context.FAMILY | Context.OLD):
        return None
    for state in states:
        low, high = (mention.end, state.start) if state.start >= mention.end else (state.end, mention.start)
        if low > high or high - low > _REACH or _SPLIT.search(text, low, high):
            continue
        if _LIFTED.search(text, max(row.start, state.start - 16), state.start):
            continue
        following = min((o.start for o in others if o.start >= max(mention.end, state.end)), default=row.end)
        if _RESULT.search(text, mention.start, min(row.end, max(state.end, following))):
            continue
        return state
    return None
