"""The grade of the tumour: numbers, differentiation, high and low, Gleason scores, and the sums they are made from.

What else has grades (toxicity, oedema, dysplasia, varices) is told by the noun that the grade stands with: the one behind it in its
own phrase, else the last one before. Questions: ``grade`` (1 to 4), ``grade.tier``, ``grade.gleason``, ``grade.isup``.
Sums as in the Nottingham modification of Bloom and Richardson (Elston & Ellis 1991), FNCLCC (Trojani 1984) and ISUP 2014.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.general_talk import general, spoken_in_general
from agents.rules.grade_nouns import noun_kinds
from agents.rules.lexicon import Mention
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words
from panel.opinion import Certainty, Finding

_SILENT = ("legend", "technique", "family", "history")
_DROP = Context.FAMILY | Context.OLD
_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SCHEMES = r"nottingham|nhg|elston(?:[\s-]ellis)?|(?:scarff[\s-])?bloom(?:\s?(?:&|and|-)?\s?richardson)?|sbr|fuhrman|isup|who(?:\s?/\s?isup)?|cns|figo|fnclcc|trojani|edmondson(?:[\s-]steiner)?|steiner|broders|iaslc|ellis|richardson|modified|modification|criteria|system|classification"
_NUMBER = r"(?:[1-4]|iv|iii|ii|i|one|two|three|four)"
_TAIL = r"(?![\w'%]|\.\d|,\d|\s?%|\s?\+|\s*/\s*(?:[4-9]\d|1\d|9)|\s?-\s?(?:\d\d|week|month|day|year|cm|mm)|\s(?:mm|cm|weeks?|months?|days?|years?|of (?:the|her|his|\d\d)|out of \d\d|cores?|nodes?|blocks?|biops|fragments?|pieces?|passes|cycles?|mitos|steps?\b|notch|points? (?:higher|lower)|degrees?\b|tiers?\b|grades? (?:higher|lower)))"
# From the word to its value: copulas, systems, years, brackets, what it was given on.
_LINK = (
    rf"(?:[\s:=|)(,*&\u2013-]|\b(?:is|was|of|as|at|to|be|being|been|has|remain(?:s|ed)|came|back|reported|assigned|scored|score[ds]?|stay(?:s|ed)|upgraded|downgraded|revised|overall|on|in|by|the|a|an|per|its|her|his|only|again|still|now|both|"
    rf"core|biopsy|excision|resection|specimen|histolog(?:y|ic|ical|ically)|patholog(?:y|ic|ical)|final|given|put|called|gave|giving|found|showed|shows|stood|tumou?r|nuclear|nucleolar|histologic|combined|total|predominant|grad(?:e[ds]?|ing)|gr\.?|category|tier(?:ed)?|three|four|two|"
    rf"{_SCHEMES}|v\.?\d|(?:19|20)\d\d(?:/\d{{2,4}})?|[345](?:th|e)?\sed(?:ition|\.)?)\b\.?){{0,14}}?"
)
_VALUE = re.compile(
    rf"{_LINK}(?:\bg\s?|(?<=[\s:=|)(*,-])|(?<=\.)|(?<=\s))(?:(?P<v>{_NUMBER}){_TAIL}(?:\s?(?:-|\u2013|to)\s?(?P<w>{_NUMBER}){_TAIL})?"
    r"|(?P<t>high|low|intermediate|moderate|well|poor)\b(?:ly)?(?!\s?(?:-|/|to|or)\s?(?:high|low|moderate|intermediate|poor)|\s+(?:fever|dose|risk|volume)))"
)
_AGAIN = re.compile(rf"\s*\(?(?:on|at|in)\s(?:the\s)?(?:core|biopsy|bx|trus|curettage|curettings|pipelle|punch|incision\w*|excision|resection|final)\b[^.;\n]{{0,24}}?\b(?:grade\s|gr\.?\s|g)?(?P<v>{_NUMBER})\s(?:on|at|in|after)\s")
_UNKNOWN = words(r"\b(?:cannot|could not|not|un)\s?(?:be\s)?(?:assess|determin|grad|assign|applicab|given|report)")
_LETTER = re.compile(r"p?g[\s.-]?(?P<v>[1-4]|iii|ii)(?=p?t[a0-4]|(?!\w))(?!\s?-\s?g?\d|\s?[:p]\s?\d|\.\d|\s?\+)(?:\s?/\s?(?P<w>[1-4])(?!\d))?")
_BLOCKED = re.compile(r"(?:blocks?|in toto|cassettes?|slides?|\bml|\bmm)\s$|\b[a-fh-l]\d{1,2}[\s,]+$")
_BLOCK_AFTER = re.compile(r"[\s,]+[a-fh-k]\d{1,2}\b")
_KEY = re.compile(r"\s*(?:(?:combined |overall |histologic(?:al)? )?grade\s*)?\(\s*(?:1|i)\s*(?:[,/\u2013-]|to|or)\s*(?:(?:2|ii)\s*(?:[,/\u2013-]|to|or)\s*)?(?:[2-4]|iii|iv|ii)\s*\)")  # "(1, 2, 3): 2"
_ADVERB = r"(?:well|wel|highly|good|moderate(?:ly)?|mod|mod\.|moderat|intermediate(?:ly)?|poor(?:ly)?)"
_BEFORE_DIFF = re.compile(rf"\b(?P<v>{_ADVERB})(?:[\s/-]+(?:to|or|and|\s|-)*[\s/-]*(?P<w>{_ADVERB}))?[\s-]+(?:glandular[\s-]+)?$")
_AFTER_DIFF = re.compile(rf"(?:ed)?[\s:=|(*-]*(?:(?:grade|of|is|was|are|being|remains|tumou?r|predominantly|overall|mainly|the|it|as|only|rather|histolog\w+|by|predominant|area|throughout)\b[\s:=|(-]*){{0,5}}(?P<v>{_ADVERB})\b(?:[\s/-]+(?:to|or|and)?[\s/-]*(?P<w>{_ADVERB})\b)?(?!\s+differentiat)")
# "neuroendocrine tumour, well differentiated": so is every one, whatever its grade (WHO 2019)
_NET_BEFORE = re.compile(r"\b(?:neuroendocrine (?:tumou?r|neoplasm)|p?nets?|carcinoid)\b[\s,:(-]*(?:\w+\s){0,2}$")
_TYPE_NAME = re.compile(r"\s*(?:liposarcoma|thyroid|neuroendocrine|nets?\b|papillary\s+mesothelioma|nec\b|pannet|carcinoid)")
_TIER = re.compile(r"(?P<v>high|hi|low|lo|intermediate|hg|lg)")
_SHORT_NOUN = re.compile(r"\s+(?:\w+\s+)?(?:adeno|scc|squam|carcin|cancer|ca\b|tumou?r|idc|hcc|endometrioid|ductal)")
_ADVERBS = {"wel": 1, "hig": 1, "goo": 1, "mod": 2, "int": 2, "poo": 3}
_SUM = re.compile(r"(?:(?<![\d+.])(?P<a>[0-3])\s?\+\s?(?P<b>[0-3])\s?\+\s?(?P<c>[0-3])(?![\d+%])|\b(?:score|sum|total|scores|points|=)\s*(?:of|is|was)?[\s:=|(]*(?P<s>[2-9])\b(?!\s*\+|\.\d|\s*%)|(?<![\d+/.-])(?P<n>[3-9])\s?(?:/|of|out of)\s?9\b)")
_PART = re.compile(r"(?P<k>tub\w*|glandul\w+|glands?|acin\w+|nucle\w+|pleomorph\w*|mito\w+)(?:(?!\bgrade|\bmm|tub|gland|acin|nucle|pleom|mito)[^.;\n\d]|(?:nuclear pleomorphism|formation|pleomorphism)){0,34}?(?P<v>[1-3])(?!\d|\.\d|\s?%|\s?mm|\s?/\s?(?:10|mm|hpf))")
_GLEASON = re.compile(r"(?<![\d+.])(?<!\+[2-5]/)(?P<a>[2-5])\s?(?:\+|plus)\s?(?P<b>[2-5])(?!\s?[\d%+]|\s?/\s?[2-5]\s?\+|\.\d|\s?(?:hour|week|times|mg|units|ml))")
_WITHOUT_NAME = re.compile(r"\s?=\s?(?:[6-9]|10)\b|\s?\(?(?:gleason|grade group|gg|isup)")
_GROUP = re.compile(r"(?:[\s:=|)(*,\u2013-]|\b(?:of|is|was|as|grade|group|gp|isup|who|gleason|score|prognostic|(?:19|20)\d\d|overall|highest|combined)\b){0,9}?(?P<v>[1-5]|iv|iii|ii|i|v|one|two|three|four|five)\b(?!\.\d|\s?\+|/\d\d|\s?(?:mm|%|cores?\b))")
_SCORE = re.compile(r"(?:[\s:=|(]|\b(?:score|sum|total|of|is|was|grade|disease|cancer|a)\b){0,6}(?P<v>10|[6-9]|six|seven|eight|nine|ten)\b(?!\.\d|\s?\+|\s?(?:mm|%|cores?\b)|/(?!10))")
_PATTERNS = re.compile(r"[^.;\n\d]{0,30}?(?P<a>[2-5])\b[^\n\d]{0,40}?(?:secondary|second|minor|worst|next|lesser|remaining|highest|other)[^.;\n\d]{0,36}?(?P<b>[2-5])\b")
_SUMS = {"six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"}
_OF_SUM: dict[str, tuple[str, str | int]] = {"6": ("grade.gleason", "3+3"), "7": ("grade.gleason", "7"), "8": ("grade.isup", 4), "9": ("grade.isup", 5), "10": ("grade.gleason", "5+5")}
_SCALE = re.compile(r"^\s*(?:\(?\s*(?:of|out of|/)\s*(?:3|4|iii|three|four|2|two)\b\)?|\([^)]{0,30}\))")
_DENIED = words(r"\b(?:no|none|without|nor|free)\b[^.;:]{0,30}\b(?:features?|factors?|criteri\w+|findings|markers)\b[\s,(]*(?:such as|like|including|namely|i\.e\.|e\.g\.|as|of|for|:|,|\()[^.;]{0,30}$|\b(?:not|no|non|never|without|nor|neither|rather than|excludes?|instead of|no longer)\W+(?:a\W+|of\W+|any\W+|definite\W+|evidence of\W+|areas of\W+)*$")
_HEDGED = words(r"(?:\?|\b(?:probabl[ey]|possibl[ey]|provisional(?:ly)?|suspected|likely|at least|presumed|suggest\w*|query|equivocal|either))\s*(?:a\s|of\s|as\s|\w+\s)?$")
_IF = words(r"\b(?:if|unless|whether|in case|provided|until|should)\b[^.;]{0,70}$|(?:^|[.;]\s)were\b[^.;]{0,70}$")
# Thought of before the last word was said.
_SET_ASIDE = words(r"\b(?:(?:at )?first|initially|originally|provisionally|preliminar(?:y|ily))\s+(?:favou?red|thought|considered|suspected|inclined|wondered|called|taken)\b|\bfrozen section\b|\bwas thought\b")
_NP_END = re.compile(r"[.,;:()\n|\[]|\b(?:with|in|on|of|and|at|from|which|that|who|is|was|were|has|had|but|showing|arising|involving|after|for|to|plus|by|as|near|within|she|he|we)\b|\+")
_CLAUSE_END = re.compile(r"[.;\n|]|,\s|:\s")
_CONNECTED = re.compile(r"(?:^|[,;:.(|\n\u2013-]\s*|\b(?:is|was|were|be|as|of|a|an|the|with|at|being|proved|came|back|now|remains|called|and|graded|this|it|histologically|still|to|by|our|her|his|its)\s+)$")
_SYSTEM_BEFORE = re.compile(rf"\b(?:{_SCHEMES})(?:\s*\(?(?:19|20)\d\d\)?)?[\s,:(-]*$")
_TYPED = ("hguc", "lguc", "hgsc", "hgsoc", "lgsc", "lgsoc", "hgec")
_ASIDE = re.compile(r"(?:\b(?:with|and|plus|adjacent|associated|background|surrounding|extensive|some|minimal|no|without)|\+)\s+(?:\w+\s+){0,2}$")


class _Place(NamedTuple):
    """A word that announces a grade, in its sentence."""

    reading: Reading
    sentence: Sentence
    word: Mention
    organ: str | None
    before: str
    """What stands before it in the sentence, in lower case."""
    low: str
    """What follows it on its line, in lower case."""


_Found = tuple[str, str | int, int]
"""Question, value, and where it ends, counted from the end of the word."""


def grade_findings(reading: Reading, organ: str | None) -> Iterator[Finding]:
    """Every grade stated of the chart's tumour, by position.

    Args:
        reading: the document.
        organ: the organ the tumour arose in, where it is known; tells the grade groups of the prostate from those of the kidney.
    """
    seen: set[tuple[str, str, int]] = set()
    for sentence in reading.holding("grade"):
        if sentence.section in _SILENT or sentence.base & (Context.FAMILY | Context.HYPOTHETICAL) or general(reading.low, sentence.start, sentence.end):
            continue
        for word in sentence.of("grade"):
            place = _place(reading, sentence, word, organ)
            for question, value, end in _READERS[word.id](place):
                if not _ours(place, word.end + end):
                    break
                key = (question, str(value), sentence.start)
                if key not in seen:
                    seen.add(key)
                    yield _finding(place, question, value, word.end + end)


def _place(reading: Reading, sentence: Sentence, word: Mention, organ: str | None) -> _Place:
    line = reading.low.find("\n", word.end)
    limit = min(len(reading.low) if line < 0 else line, word.end + 150)
    return _Place(reading, sentence, word, organ, reading.low[max(sentence.start, word.start - 140) : word.start], reading.low[word.end : limit])


def _finding(place: _Place, question: str, value: str | int, end: int) -> Finding:
    reading, sentence, word = place.reading, place.sentence, place.word
    beyond = end > sentence.end
    quote = reading.evidence(word.start, end) if beyond else reading.quote(sentence, (word.start, max(end, word.end)))
    hedged = _HEDGED.search(place.before)
    certainty: Certainty = "uncertain" if hedged else "stated"
    return Finding(question=question, value=value, date=reading.date, certainty=certainty, evidence=(quote,))


# --- whose grade it is


def _ours(place: _Place, end: int) -> bool:
    """Whether the grade is of this patient's tumour and said to be so."""
    reading, sentence, word = place.reading, place.sentence, place.word
    if sentence.context(word.start, word.end) & _DROP or _DENIED.search(place.before[-80:]) or _IF.search(place.before[-90:]):
        return False
    if sentence.is_unreal(word.start) or _SET_ASIDE.search(place.before) or spoken_in_general(reading.low, sentence.start, sentence.end, word.start, end):
        return False
    after = reading.low[end : end + 70]
    nearest = list(noun_kinds().finditer(place.before, max(0, len(place.before) - 40)))
    if nearest and nearest[-1].lastgroup == "f" and not place.before[nearest[-1].end() :].strip(" :-"):
        return False  # "Simpson grade II excision"
    after = _SCALE.sub("", after)
    phrase = after[: found.start()] if (found := _NP_END.search(after)) else after
    own = reading.low[word.start : end]
    kinds = [m.lastgroup for m in noun_kinds().finditer(f"{own} {phrase}", len(own))]
    if "f" in kinds:
        return False
    if kinds:
        return True
    return _owned_before(place, own, after)


def _owned_before(place: _Place, own: str, after: str) -> bool:
    """Whether the last noun before is a tumour's, or the grade stands alone as a field or a sentence of its own."""
    nouns = list(noun_kinds().finditer(place.before))
    while nouns and nouns[-1].lastgroup == "f" and len(nouns) > 1 and _ASIDE.search(place.before, 0, nouns[-1].start()) and "," in place.before[nouns[-1].end() :]:
        nouns.pop()  # "carcinoma with DCIS, grade 2"
    if nouns and nouns[-1].lastgroup == "f":
        return False
    named = place.word.id in ("scheme", "differentiation", "short", "gleason", "pattern", "parts", "letter", "figo")
    if named or own in _TYPED or _SYSTEM_BEFORE.search(place.before) or noun_kinds().search(own):
        return True
    gap = place.before[nouns[-1].end() :] if nouns else place.before
    if _CONNECTED.search(place.before):
        return bool(nouns) or _alone(after) or bool(re.search(r"\b(?:is|was|be|as|of)\s+(?:an?\s+)?$", place.before))
    return bool(nouns) and len(gap.split()) <= 3


def _alone(after: str) -> bool:
    """Whether nothing follows in the clause but what it was found on."""
    rest = after[: found.start()] if (found := _CLAUSE_END.search(after)) else after
    return not rest.strip(" )") or bool(noun_kinds().search(rest) and not any(m.lastgroup == "f" for m in noun_kinds().finditer(rest)))


# --- values


def _graded(place: _Place) -> Iterator[_Found]:
    """"grade 2", "graded as II", "Grade (WHO 2022): high"."""
    if re.match(r"\s*(?:groups?|gp)\b", place.low) or _component(place):
        return
    match = _value(place)
    if match is None or _UNKNOWN.search(place.low, 0, match.end()):
        return
    if _other_scheme(place, match.group()):
        return
    yield from _valued(place, match)
    again = _AGAIN.match(place.low, match.end())
    if again:
        yield "grade", _NUMBERS[again["v"]], again.end("v")


def _value(place: _Place) -> re.Match[str] | None:
    key = _KEY.match(place.low)
    return _VALUE.match(place.low, key.end() if key else 0)


def _component(place: _Place) -> bool:
    """Whether it is the grade of the nuclei, which is the tumour's only in the kidney."""
    return place.organ not in ("kidney", None) and bool(re.search(r"\bnuclear[\s-]+$", place.before))


def _other_scheme(place: _Place, linked: str) -> bool:
    """Whether the number is a grade group of the prostate, which has a question of its own."""
    return place.organ == "prostate" and bool(re.search(r"gleason|isup", linked + place.before[-12:]))


def _valued(place: _Place, match: re.Match[str]) -> Iterator[_Found]:
    word, number = match["t"], match["v"]
    if word in ("high", "low"):
        yield "grade.tier", word, match.end("t")
    elif word:
        yield "grade", {"intermediate": 2, "moderate": 2, "well": 1, "poor": 3}[word], match.end("t")
    elif number:
        yield "grade", _NUMBERS[number], match.end()
        if match["w"]:
            yield "grade", _NUMBERS[match["w"]], match.end()


def _scheme(place: _Place) -> Iterator[_Found]:
    """A system by its name: "Nottingham II", "Bloom-Richardson 3+3+2 = 8", "Fuhrman 3", "ISUP 2"."""
    name = place.reading.low[place.word.start : place.word.end]
    with_who = re.search(r"who\s?/\s?$", place.before) or re.match(r"\s?/\s?who", place.low)
    if name == "isup" and place.organ in ("prostate", None) and not with_who:
        yield from _group(place)
        return
    breast = name[:3] in ("not", "nhg", "els", "blo", "sca", "sbr", "b-r")
    total = _sum(place) if breast or name in ("fnclcc", "trojani") else None
    if total is not None:
        grade = _of_sum(total[0], 3 if breast else 2)
        if grade is not None:
            yield "grade", grade, total[1]
            return
    match = _value(place)
    if match and not (breast and re.search(r"score[\s:=|(of]*$", place.low[: match.start("v") if match["v"] else 0])):
        yield from _valued(place, match)


def _sum(place: _Place) -> tuple[int, int] | None:
    match = _SUM.search(place.low, 0, 90)
    if match is None or re.search(r"[.;]\s", place.low[: match.start()]) or re.search(r"\bgrade\s|\bgr\.?\s|\bg\s?[1-3i]", place.low[: match.start()]):
        return None
    if match["a"]:
        return sum(int(match[k]) for k in "abc"), match.end()
    return int(match["s"] or match["n"]), match.end()


def _of_sum(total: int, low: int) -> int | None:
    if low == 3:  # Nottingham
        return None if not 3 <= total <= 9 else 1 if total < 6 else 2 if total < 8 else 3
    return None if not 2 <= total <= 8 else 1 if total < 4 else 2 if total < 6 else 3


def _parts(place: _Place) -> Iterator[_Found]:
    """The three components of a breast carcinoma's grade, each with its score."""
    text = place.reading.low[place.word.start : place.word.end] + place.low
    scores: dict[str, int] = {}
    end = 0
    for match in _PART.finditer(text):
        kind = {"tu": "t", "gl": "t", "ac": "t", "nu": "n", "pl": "n", "mi": "m"}[match["k"][:2]]
        if kind not in scores:
            scores[kind] = int(match["v"])
            end = match.end()
    grade = _of_sum(sum(scores.values()), 3) if len(scores) == 3 else None
    if grade is not None:
        yield "grade", grade, end - (place.word.end - place.word.start)


def _who(place: _Place) -> Iterator[_Found]:
    """"WHO II" of a brain tumour; "WHO 1" alone is a performance status."""
    match = re.match(rf"(?:\s?(?:cns|grade|gr\.?|(?:19|20)\d\d|[45]th ed\w*)|[\s(),:-])*?\s?°?\s?(?P<v>{_NUMBER}){_TAIL}", place.low)
    if match is None or place.organ != "brain":
        return
    beside = noun_kinds().search(place.low, match.end(), match.end() + 30) or noun_kinds().search(place.before, max(0, len(place.before) - 34))
    plain = not re.search(r"grade|cns", match.group()) and place.reading.low[place.word.start : place.word.end] == "who"
    if plain and (beside is None or beside.lastgroup == "f" or re.match(r"\s*(?:ps|performance)", place.low)):
        return
    yield "grade", _NUMBERS[match["v"]], match.end()


def _figo(place: _Place) -> Iterator[_Found]:
    """"FIGO 2 endometrioid", "endometrioid, FIGO G1"; a stage is not written so without a letter."""
    match = re.match(r"\s*(?P<v>[123])(?![\w.]|\s?/|-)(?P<n>\s+(?:endometrioid|adenocarcinoma|carcinoma|adenoca))?", place.low)
    if match is None or place.organ not in ("endometrium", "uterus", None):
        return
    if match["n"] or re.search(r"(?:endometrioid|adenocarcinoma|carcinoma|type|cancer|adenoca)[\s,:(-]*(?:of\s)?$", place.before):
        yield "grade", int(match["v"]), match.end("v")


def _letter(place: _Place) -> Iterator[_Found]:
    start = place.word.start
    match = _LETTER.match(place.reading.low, start)
    if match is None or _BLOCKED.search(place.before[-12:]) or re.match(r"\s?p\d", place.low) or _BLOCK_AFTER.match(place.low):
        return
    if match["w"] and match["w"] not in "34":
        yield "grade", int(match["w"]), match.end() - place.word.end
    yield "grade", _NUMBERS[match["v"]], match.end() - place.word.end


def _differentiation(place: _Place) -> Iterator[_Found]:
    if _TYPE_NAME.match(place.low) or _NET_BEFORE.search(place.before):
        return
    match = _BEFORE_DIFF.search(place.before)
    word = place.reading.low[place.word.start : place.word.end]
    if match is None:
        match = _AFTER_DIFF.match(place.low) if word.startswith(("differentiation", "diff", "differentiated")) else None
        if match is None or (match["v"] == "good" and ":" not in place.low[:4]):
            return
        end = match.end()
    else:
        end = 0
    for adverb in (match["v"], match["w"]):
        if adverb:
            yield "grade", _ADVERBS[adverb[:3]], end


def _tier(place: _Place) -> Iterator[_Found]:
    match = _TIER.match(place.reading.low, place.word.start)
    if match is None or re.search(r"\bto[\s-]+$", place.before) or re.match(r"\s*(?:of differentiation\s*)?[:=|]\s*\w", place.low):
        return
    value = {"hi": "high", "hg": "high", "lo": "low", "lg": "low"}[match["v"][:2]] if match["v"][:2] != "in" else "intermediate"
    yield ("grade", 2, 0) if value == "intermediate" else ("grade.tier", value, 0)


def _short(place: _Place) -> Iterator[_Found]:
    """"PD adenoca": the letters alone mean other things."""
    if _SHORT_NOUN.match(place.low):
        yield "grade", {"wd": 1, "md": 2, "pd": 3}[place.reading.low[place.word.start : place.word.end]], 0


# --- prostate


def _prostate(place: _Place) -> Iterator[_Found]:
    name = place.reading.low[place.word.start : place.word.end]
    if name[0] in "g345" and name[:2] != "gr" and name[:2] != "gg":
        yield from _gleason(place, name)
    else:
        yield from _group(place)


def _gleason(place: _Place, name: str) -> Iterator[_Found]:
    size = place.word.end - place.word.start
    if "+" in name or "plus" in name:
        match = _GLEASON.search(place.reading.low, max(0, place.word.start - 1))
        if match is None or match.start() >= place.word.end or (place.organ != "prostate" and not _WITHOUT_NAME.match(place.low) and not re.search(r"gleason[^.;\n]{0,40}$|\bgs\W{0,3}$", place.before)):
            return
        yield "grade.gleason", f"{match['a']}+{match['b']}", 0
        return
    near = _GLEASON.search(place.low, 0, 44)
    if near and not re.search(r"[.;]\s", place.low[: near.start()]):
        yield "grade.gleason", f"{near['a']}+{near['b']}", near.end()
        return
    if size < 3:
        return
    sum_of = _SCORE.match(place.low)
    if sum_of:
        question, value = _OF_SUM[_SUMS.get(sum_of["v"], sum_of["v"])]
        yield question, value, sum_of.end()


def _group(place: _Place) -> Iterator[_Found]:
    name = place.reading.low[place.word.start : place.word.end]
    inside = re.fullmatch(r"gg([1-5])", name)
    if inside:
        yield "grade.isup", int(inside[1]), 0
        return
    if re.search(r"\bstage\s$", place.before) or (name == "prognostic group" and "grade" not in place.low[:30] and "isup" not in place.low[:30]):
        return
    match = _GROUP.match(place.low)
    if match is None or (name == "gg" and place.organ not in ("prostate", None)):
        return
    yield "grade.isup", _NUMBERS[match["v"]], match.end()


def _patterns(place: _Place) -> Iterator[_Found]:
    match = _PATTERNS.match(place.reading.low, place.word.end, place.word.end + 150)
    if match and place.organ in ("prostate", None):
        yield "grade.gleason", f"{match['a']}+{match['b']}", match.end() - place.word.end


_READERS: dict[str, Callable[[_Place], Iterator[_Found]]] = {
    "grade": _graded,
    "scheme": _scheme,
    "who": _who,
    "figo": _figo,
    "letter": _letter,
    "differentiation": _differentiation,
    "tier": _tier,
    "short": _short,
    "gleason": _prostate,
    "pattern": _patterns,
    "parts": _parts,
}
