"""Node counts told in a clause: "all 23 nodes clear", "nodal yield 12, three positive", "we took 18 nodes and four had cancer".

Read from the numbers of a clause that speaks of nodes and of nothing else that is counted: two numbers and a word for
tumour are positive and examined, whichever comes first; one number and a word for none are all clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.rules.numerals import NUMERAL, numeral

# All for lower case: a regular expression without regard to case takes several times as long.
_CLAUSE = re.compile(r"[^.;\n]+(?:(?:\.(?=\d)|(?<=\bno)\.)[^.;\n]*)*")
_NODE = re.compile(r"\b(?:lymph[\s-]*(?:nod(?:es?|al)|glands?)|nod(?:es?|al)|lns?|slns?|lymphadenectomy|neck dissection|axillary clearance|(?:axillary|neck|groin|armpit|pelvic) glands?|glands? (?:removed|taken|examined))\b"
    rf"|\b(?:{NUMERAL}|(?:the|her|his|your|these|those) {NUMERAL}) (?:(?:little|small|enlarged|sentinel|pelvic|armpit|groin|neck) )?glands\b(?! (?:of|forming))"
)
_STEMS = ("nod", "ln", "gland", "lymphad", "dissection", "clearance")
_NUMBER = re.compile(rf"(?<![\w./,-])(?<!every )(?<!each )(?:#\s?|x\s?)?(?P<v>{NUMERAL}|a single|both(?= (?:[a-z]+ ){{0,2}}(?:nodes|glands|lns|slns)\b))(?: one\b)?(?P<plus>\+?)(?![\w/%]|\.\d|[-\u2013]\d|\s?(?:mm|cm|%|mg|gy|x\s?\d|st|nd|rd|th|mos?|mths?|yrs?|wks?|yo|hrs?|/7|/12|/52|jan(?:uary)?|feb(?:ruary)?|march|april|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|(?:\s[a-z-]+){{0,2}}?\s(?:foci|focus|lesions?|tumou?rs|masses|cancers|primaries|fragments?|pieces|polyps|cysts|lobes|tissues?|stones|parts|sites|specimens?|sides|lumps|cassettes|sections|surgeons|hospitals)\b)")
_LABEL = re.compile(r"\b(?:levels?|stations?|zones?|groups?|node|grade|stage|p?[tnm]|segments?|blocks?|slides?|no\.|parts?|edition|figo|ajcc|day|page|ecog|ps|g)\s*(?:[ivx\d]+\w?\s*(?:,|and|to|&|-)\s*)*$")
_NUMBERED = re.compile(r"\b(?:sln|sn|ln|node) ?#?$")  # "SLN 1: negative"
_POSITIVE = re.compile(
    r"\+ve\b|\+(?!\w)|\b(?:positiv\w*|pos|involv\w*|(?:macro-?)?metasta\w*|mets|contain\w*|tumou?r\w*|cancer\w*|carcinoma\w*|adenocarcinoma|melanoma|disease|deposits?|affected|malignan\w*|harbou?r\w*|seeded|invaded|infiltrat\w*|held (?:seedlings|growth)|bear(?:s|ing)?\b|carr(?:y|ies|ied|ying)|replaced|colonised|colonized|spread|cancerous|diseased)\b"
)
_NONE = re.compile(
    r"-ve\b|\b(?:negative|neg|clear|clean|free|benign|reactive|uninvolved|unaffected|normal|cancer-free|tumou?r-free|(?:no|without|nil|not|none|neither|never)\b(?!\.|\s+(?:examined|sampled|removed)))(?!\w)"
)
_REST = re.compile(r"\b(?:the )?(?:rest|remain\w*|others?|all others|elsewhere)\b[^,;.]*")
_OTHER = re.compile(
    r"\b(?:cores?|biops\w*|fna|allred|er|pr|her2|margins?|mitos\w+|mitotic|gleason|ecog|blocks?|slides?|fractions?|gy|cycles?|markers?|score|o'?clock|tablets?|bp|weeks?|months?|years?|days?|dose\w*|murmur|quadrants?|chips|"
    r"scan|dated?|psa|pd-?l1|ki-?67|ihc|polyps?|lobes?|ct|mri|pet|ultrasound|fev1?|enlarged|suspicious|palpable|avid|extra-?nodal|extra-?capsular|ene|ece|ecs|micro-?met\w*|itcs?|isolated (?:tumou?r|cancer|cells?)|thyroid nodules?|nodules?|"
    r"drains?|largest|look(?:ed|ing)(?! at\b)|felt|feels?|palpat\w+|clinically|consent|if|had any|should|threshold|minimum|at least|fewer|more than|less than|plan\w*|will|target|patients|trial|aged?)\b|\d\s?(?:mm|cm)\b"
)
# Set aside: when they were taken is not what they were.
_ASIDE = re.compile(r"\b(?:(?:on|at|during|in) )?(?:the |that )?(?:same )?(?:day|time|morning|course) of (?:the |your |her |his |that )?(?:\w+ )?(?:operation|surgery|procedure|excision)|\bon (?:the same|that) day\b|\bdays? (?:ago|later)\b")
_SIZE = re.compile(r"(?:\b(?:up to|largest|the largest|measuring|of)\s+)?(?:\ban?\s+)?\d+(?:\.\d+)?[ -]?(?:mm|cm)\b")
_DEPOSIT = re.compile(r"metasta|deposit")
_HOLDS_NONE = re.compile(r"\A(?:contain|show|harbou?r|hold|bear|carr|ha[sd]|ha[vd]e?)\w*\s+(?:none|no|nothing|nil)\b")
_WHOLE = re.compile(r"\b(?:all|both|every|each)\b")
_POSITIVE_NEXT = re.compile(r"\s*(?:\+|[\w-]*\s?(?:positive|pos\b|involved|metasta|malignant|cancerous|affected))")
_PAUSE = 80


class Told(NamedTuple):
    """A count told in words."""

    start: int
    end: int
    positive: int
    examined: int


def told_counts(text: str, low: int, high: int) -> Iterator[Told]:
    """The counts told in the clauses between two offsets of a text in lower case."""
    waiting: tuple[int, int, int] | None = None
    held: tuple[int, int, int] | None = None
    for clause in _CLAUSE.finditer(text, low, high):
        start, end = clause.span()
        if waiting is None and held is None and not (_speaks(clause.group()) and _NODE.search(text, start, end) and _NUMBER.search(text, start, end)):
            continue
        said = _ASIDE.sub(_blank, _REST.sub(_blank, clause.group()))
        if _DEPOSIT.search(said):  # "one bearing a 5 mm macrometastasis"
            said = _SIZE.sub(_blank, said)
        if waiting is None and held is None and _OTHER.search(said):
            said = _own_part(said)
        if not said.strip() or (waiting is None and held is None and _OTHER.search(said)):
            continue
        numbers = [(m.start("v") + start, m.end() + start, 2 if m["v"] == "both" else numeral(m["v"]) or 0) for m in _NUMBER.finditer(said) if not _LABEL.search(said[max(0, m.start() - 24) : m.start()]) and not (said[m.end() : m.end() + 1] == ":" and _NUMBERED.search(said, max(0, m.start() - 6), m.start()))]
        if waiting is not None and not _OTHER.search(said):
            answer = _answered(text, said, numbers, waiting, start)
            if answer is not None:
                yield Told(waiting[0], end, answer, waiting[2])
                waiting = None
                continue
        waiting = None
        if held is not None and start - held[1] <= 60 and len(numbers) == 1 and not _OTHER.search(said) and _state(said) is False and not _WHOLE.search(said):
            yield Told(held[0], end, held[2], held[2] + numbers[0][2])  # "seven hold tumour; a further eleven none"
            held = None
            continue
        held = None
        if not numbers or not _NODE.search(said) or _OTHER.search(said):
            continue
        told = _told(text, said, numbers, start, end)
        if told is not None:
            yield told
        elif len(numbers) == 1 and _state(said) is True:
            held = start, end, numbers[0][2]
        elif len(numbers) == 1 and numbers[0][2] > 1 and not _POSITIVE.search(said) and not _NONE.search(said):
            waiting = start, end, numbers[0][2]


def _speaks(clause: str) -> bool:
    """Whether one of the stems that every nodal word holds is in it: a quick look before the words themselves."""
    return any(map(clause.__contains__, _STEMS))


_PARTED = re.compile(r",? (?:and|but|while|whereas|with)(?= (?:of|from|among|in) (?:the |her |his |these |those )?\w+ (?:[a-z]+ ){0,2}(?:nodes?|glands)\b)")


def _own_part(said: str) -> str:
    """"Margins were clear, and of the nineteen glands one held cancer": the clause of the nodes alone, at its place."""
    found = list(_PARTED.finditer(said))
    return " " * found[-1].end() + said[found[-1].end() :] if found else said


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _told(text: str, said: str, numbers: list[tuple[int, int, int]], start: int, end: int) -> Told | None:
    positive, none = _POSITIVE.search(said), _NONE.search(said)
    values = [v for _, _, v in numbers]
    first, last = numbers[0][0], max(numbers[-1][1], min(end, numbers[-1][1] + 40))
    if len(values) == 1 and 0 < values[0] <= 150:
        if none:
            if none.start() + start < numbers[0][0] and _state(said[numbers[0][1] - start :]) is True:
                return None  # "the nodes were clear on imaging, but one hilar node proved positive"
            return Told(first, last, 0, values[0])
        if positive and _WHOLE.search(said) and values[0] > 1:
            return Told(first, last, values[0], values[0])
        return None
    if positive and none and len(values) in (2, 3):
        return _parted(said, numbers, start, first, last)
    if len(values) != 2 or not positive or none or not 0 < max(values) <= 150 or values[0] == values[1]:
        return None
    many = numbers[0] if values[0] > values[1] else numbers[1]
    if _POSITIVE_NEXT.match(text, many[1], end):
        return None  # "two positive nodes, one of them large"
    return Told(first, last, min(values), max(values))


def _parted(said: str, numbers: list[tuple[int, int, int]], start: int, first: int, last: int) -> Told | None:
    """"24 nodes: 6 positive, 18 negative", "tumour in 18, no tumour in 6": those with tumour and those without make all."""
    states: list[bool | None] = []
    for i, (at, end, _) in enumerate(numbers):
        behind = said[end - start : numbers[i + 1][0] - start if i + 1 < len(numbers) else len(said)]
        ahead = said[(numbers[i - 1][1] if i else start) - start : at - start]
        states.append(_state(behind))
        if states[-1] is None:
            states[-1] = _state(ahead)
    held = [n for (_, _, n), state in zip(numbers, states, strict=True) if state]
    clear = [n for (_, _, n), state in zip(numbers, states, strict=True) if state is False]
    rest = [n for (_, _, n), state in zip(numbers, states, strict=True) if state is None]
    if len(held) != 1 or len(clear) != 1 or (rest and rest != [held[0] + clear[0]]) or held[0] + clear[0] > 150:
        return None
    return Told(first, last, held[0], held[0] + clear[0])


def _state(said: str) -> bool | None:
    """Whether the first word about tumour says that there is some; None without one."""
    positive, none = _POSITIVE.search(said), _NONE.search(said)
    if none is not None and (positive is None or none.start() <= positive.start() or _HOLDS_NONE.match(said[positive.start() :])):
        return False
    return True if positive is not None else None


def _answered(text: str, said: str, numbers: list[tuple[int, int, int]], waiting: tuple[int, int, int], start: int) -> int | None:
    """"Twelve nodes identified." "Three contain carcinoma.": the number of the clause that follows."""
    if start - waiting[1] > 4 or len(said) > _PAUSE or "\n\n" in text[waiting[1] : start]:
        return None
    if len(numbers) == 1 and _POSITIVE.search(said) and not _NONE.search(said) and numbers[0][2] <= waiting[2]:
        return numbers[0][2]
    none = _NONE.search(said)
    if len(numbers) == 1 and re.match(r"\s*not (?:one|a single)\b", said):
        return 0
    if not numbers and none and len(said) < 40 and re.match(r"\s*(?:all|none|nil|every|each|not one|not a single|never|tumou?r in none|(?:metastas\w+|carcinoma|cancer|melanoma|deposits?) in none|no (?:metasta|tumou?r|malignan|evidence)|negative|clear|not involved)", said, re.I):
        return 0
    return None
