"""Stage groups in the forms in which they are written: "stage IIIA", "stage three A", "FIGO 1B2", "UICC II", "IIIC ovarian cancer".

Read from the words that announce one (stage, staging, FIGO, UICC, AJCC), so that nothing else is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from agents.rules.text import near, places

_ANCHOR = re.compile(r"(?<![A-Za-z])(?:(?P<pre>y?[pc])-?)?(?P<word>(?:[Rr]e-?|[Uu]p|[Dd]own)?-?(?:[Ss]tag(?:e[sd]?|ing)|STAG(?:E|ING))|[Ss]tadium|[Ss]tg\.?|[Ss]t\.?(?=[ -]?(?:IV|III|II|I)[A-C]?\d?(?![\w-]))|FIGO|Figo|figo|(?:UICC|AJCC|TNM)[78]|UICC|AJCC|Ann[ -]Arbor|Lugano|(?:[Oo]verall|[Pp]rognostic|TNM|AJCC|UICC) [Gg]roup(?:ing)?)(?![A-Za-z])")
# Between the word and the group: what system, edition, time and marks.
_BETWEEN = re.compile(
    r"(?:[\s:=|*\u2013-]|\([^)\n]{0,48}\)|\b(?:group(?:ing)?|stage|is|was|of|as|at|a|to|now|currently|remains|diagnosis|presentation|overall|final|disease|TNM|AJCC|UICC|FIGO|Ann Arbor|Lugano|classification|modified|Cotswolds|edition|ed|"
    r"anatomic(?:al)?|prognostic|clinical(?:ly)?|patholog(?:ic|ical|ically|y)|surgical|radiological|(?:7|8|9|6)(?:th|e)?(?=\s*(?:ed|[:)])|\s+(?:stage|group))|(?:7|8|9|6)th|v(?:ersion)?\s?[89]|20[012]\d)\b\.?)*"
)
_VALUE = re.compile(
    r"(?P<hedge>at least\s+|\?\s?|probabl[ey]\s+|possibl[ey]\s+)?"
    r"(?P<g>(?P<n>IV|III|II|I|[0-4]|iv|iii|ii|i|(?i:zero|one|two|three|four))"
    r"(?P<l>(?P<sep>[ -]?)(?:[A-D](?:-?[1-3]|i{1,3})?|[a-d](?:-?[1-3]|i{1,3})?|(?<=i)m|(?<=I)m))?)r?(?![A-Za-z0-9/%]|[.,]\d|\s?-\s?\d)"
)
_CELL = re.compile(rf"(?:(?:FIGO|stage|Stage|AJCC|UICC)\s+)?{_VALUE.pattern}")
_OF_DISEASE = re.compile(
    r"(?P<g>I(?<![\w-].)(?:V|II|I)?[ABC][1-3]?)\s+(?:(?:[a-z-]+\s+){0,3}(?:cancer|carcinoma|adenocarcinoma|melanoma|disease|sarcoma|NSCLC|SCC|lymphoma))\b"
)
_OF_DISEASE_FIGURES = re.compile(r"(?<![\w.,/-])(?P<g>[1-4][A-Ca-c][1-3]?)\s+(?:[a-z-]+\s+){0,2}?(?:cancer|carcinoma|adenocarcinoma|melanoma|lymphoma|NSCLC)\b")
_DISEASE_THEN = re.compile(
    r"\b(?:cancer|carcinoma|adenocarcinoma|adenoca|melanoma|NSCLC|SCLC|seminoma|lymphoma|Hodgkin(?:'s)?|HGSC|HGSOC|SCC)(?:\s(?:is|was|as)(?:\s(?:now|a|an|at|at least))?|,|:|\s?[-\u2013(])?\s?(?P<g>(?:IV|III|II|I)[ABC][1-3]?)(?![\w/-])"
)
_BY_WORD = re.compile(
    r"\b(?:[Aa]natomically|[Cc]linically|[Pp]athologically|[Rr]adiologically|[Ss]urgically)\s(?:(?:it|this|she|he|is|was|a|an|stage)\s){0,3}(?P<g>(?:IV|III|II|I)(?:[ABC][1-3]?)?)(?![\w/-])"
    r"|\b(?:is|was|as|at|remains|now|becomes|makes it|gives)\s(?:an?\s)?(?P<h>(?:IV|III|II|I)[ABC][1-3]?)\s(?:by|on|in|according|under|per)\s(?:the\s)?(?:seventh|eighth|ninth|[789]|TNM|AJCC|UICC|FIGO|current|patholog|histolog|CT|PET|imaging)"
)
_NOT_OF_DISEASE = re.compile(r"(?:levels?|segments?|zones?|grade|type|class|stations?|stages?|FIGO|UICC|AJCC|Clark|and|to|or|-)[\s:(,]*$", re.I)
_BESIDE_TNM = re.compile(r"[pMN](?<=[\s\[(].)(?:(?<=p)M[0X]|(?<=M)[0X]|(?<=N)[0-3X][a-c]?)[\s,]*(?=[(=:,/|\u2013-]|\s(?:[IV(]|i\.?e|so|thus|hence|therefore|giving|that|meaning|group))")
_PARENTHESIS = re.compile(r"(?:[\s,;:=(/|\u2013-]{1,4}(?:(?:i\.e\.|so|thus|hence|therefore|giving|that is|ie|meaning|group),?\s)?)(?:AJCC\s?8?\s*)?(?P<g>(?:IV|III|II|I)\s?(?:[A-D][1-3]?)?)(?=[\s),.;]|$)")
_OTHER_BEFORE = re.compile(
    r"(?:CKD,?|kidney disease|renal disease|renal failure|Tanner|fibrosis|heart failure|pressure|sarcoid\w*|NYHA|COPD|GOLD|hypertension|BCLC|Rai|Binet|Dukes['’]?s?|decubitus|Yahr|Fontaine|Rutherford|Hinchey|Forrest|Pott|Ficat|Steinbrocker|Okuda|Child|(?<!['\u2019])\bS"
    r"|endometriosis|ROP|ulcer|sore|injury|bedsore|Ishak|METAVIR|cirrhosis|prolapse|liver disease|lymphoedema|glaucoma|cataract|KDIGO|AKI|dementia|HIV|psoriasis|\b[TNM])(?:\s(?:has|is|was|are|now|still|currently|remains?|stable|progress(?:ed|ing)|worsen(?:ed|ing)|fallen|gone|at|in|to|of|being))*[\s:,-]*\(?\s*$"
    r"|\b(?:second|two|next|early|late|first|each|any|this|that|which|what|one|every|some|three|later|another)[\s-]*$",
    re.I,
)
_OTHER_AFTER = re.compile(
    r"\s*(?:chronic|CKD|kidney disease|renal (?:disease|failure|impairment|insufficiency)|hypertension|fibrosis|decubitus|pressure|sacral|COPD|procedures?\b|operation|hypertensive|lymph(?:o)?edema|diabetic"
    r"|reconstruction|surgery\b|repair|revision|thyroidectomy|hepatectomy|implant|AKI\b|bed ?sore|ulcer|endometriosis|heart failure|sarcoid|of (?:the|a|an|his|her|labour|labor)\b)",
    re.I,
)
_PRONOUN = re.compile(r"\s+(?:would|will|am|was|have|had|saw|think|thought|feel|felt|discuss\w*|explain\w*|do|did|cannot|can|could|should|may|might|suggest\w*|recommend\w*|propose|believe|shall|see|told|met|understand|note)\b")
_EITHER = re.compile(r"\s*(?:or|to|and/or|/|-|\u2013|vs\.?|versus)\s*(?:stage\s*)?(?:IV|III|II|I|[0-4])[A-Da-d]?[1-3]?\b")
# What is true of a stage in general: "patients with stage III disease", "in stage II breast cancer patients".
_MANY = r"(?:patients|women|men|people|persons|cases|trials?|stud(?:y|ies)|cohorts?|cancers|tumou?rs|carcinomas|melanomas|individuals)"
_GENERAL_BEFORE = re.compile(
    rf"\b(?:{_MANY} (?:with|in|at|whose)|survival (?:for|in|of|at)|(?<!\bhe )(?<!she )(?<!\bit )(?<!cancer )(?<!tumour )(?<!tumor )(?:belongs?|applies|apply) to|(?:is|are|keep|kept|used|given|meant) for|(?:standard|recommended|indicated|reserved|licensed|approved|considered|guidelines?|evidence|trial|benefit|data|options?)(?: of care)? (?:for|in))\s+(?:(?!his|her|your|this|the)[\w-]+\s+){{0,3}}$",
    re.I,
)
_GENERAL_AFTER = re.compile(rf"[\s,]*(?:(?!in\b|and\b|with\b)[\w-]+[\s,]+){{0,5}}{_MANY}\b", re.I)
_FIGO_AFTER = re.compile(r"\s*\(?(?:by |per |according to |as per |of |the )*FIGO\b(?!\s+grade)(?:\W{0,3}(?P<year>20\d\d))?", re.I)
_FIGO_LEAD = re.compile(r"\bFIGO\b(?!\s*,?\s*(?:grade|G\d))(?:\s*\(?(?:19|20)\d\d\)?)?[^.;:\n|]{0,34}$")
_FIGO_YEAR = re.compile(r"2023")
_ROMAN = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV", "zero": "0", "one": "I", "two": "II", "three": "III", "four": "IV"}
_SYSTEMS = ("FIGO", "UICC", "AJCC")
_TIME_AFTER = re.compile(r"\s*(?:days?|weeks?|months?|years?|hours?|CT|scans?|nodes?|lesions?|biops|of\b|x\b|cycles?|mm|cm|tumou?rs\b|investigations|laparoscop|procedures?|patients|stages?)", re.I)


class Group(NamedTuple):
    """A stage group as written."""

    start: int
    end: int
    question: str
    """``group``, ``figo`` or ``figo_2023``."""
    value: str
    certain: bool
    prefix: str
    """``p``, ``c``, ``yp``… where the word carries one ("pStage")."""


def stage_groups(text: str, low: str) -> Iterator[Group]:
    """The stage groups that a text states of this tumour, in no order.

    Args:
        low: the text in lower case, the same offsets.
    """
    for anchor in near(_ANCHOR, text, places(low, "stag", "stadium", "figo", "uicc", "ajcc", "arbor", "lugano", " group", "tnm8", "tnm7", "stg", " st ", "(st ", " st."), 11, 18):
        found = _in_table(text, anchor) if _heads_column(text, anchor) else _after(text, anchor)
        if found is not None:
            yield found
    roman = places(text, "IA", "IB", "IC", "II", "IV")
    for match in chain(_OF_DISEASE.finditer(text), _OF_DISEASE_FIGURES.finditer(text), near(_DISEASE_THEN, text, roman, 40, 8)):
        if not _NOT_OF_DISEASE.search(text, max(0, match.start() - 14), match.start()) and not _general(text, match.start(), match.end("g")):
            yield Group(match.start("g"), match.end("g"), "group", normal_group(match["g"]), True, "")
    for match in near(_BY_WORD, text, roman, 48, 36):
        held = "g" if match["g"] else "h"
        basis = {"c": "c", "r": "c", "p": "p", "s": "p"}.get(match.group()[0].lower(), "") if held == "g" else ""
        yield Group(match.start(held), match.end(held), "group", normal_group(match[held]), True, basis)
    for beside in _BESIDE_TNM.finditer(text):
        after = _PARENTHESIS.match(text, beside.end())
        if after:
            yield Group(after.start("g"), after.end("g"), "group", normal_group(after["g"]), True, "")


def _heads_column(text: str, anchor: re.Match[str]) -> bool:
    """Whether the word stands in the head of a table: its line and the next have cells, and no value follows in its own."""
    end = text.find("\n", anchor.end())
    if end < 0 or "|" not in text[text.rfind("\n", 0, anchor.start()) + 1 : end]:
        return False
    following = text[end + 1 : (text.find("\n", end + 1) + 1 or len(text) + 1) - 1]
    rest = text[anchor.end() : end].partition("|")
    beside = rest[2].partition("|")[0].strip()
    return "|" in following and not _CELL.fullmatch(rest[0].strip(" :*")) and not _CELL.fullmatch(beside)


def _in_table(text: str, anchor: re.Match[str]) -> Group | None:
    """The cell under the head of a table that has a single row: more rows are of several patients or times."""
    top = text.rfind("\n", 0, anchor.start()) + 1
    end = text.find("\n", anchor.end())
    column, head = text.count("|", top, anchor.start()), text[top:end].split("|")
    rows: list[int] = []
    at = end + 1
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        if "|" not in line:
            break
        if line.strip(" |:-+\t"):
            rows.append(at)
        at = stop + 1
    if len(rows) != 1:
        return None
    cells = text[rows[0] : (text.find("\n", rows[0]) + 1 or len(text) + 1) - 1].split("|")
    held = _CELL.fullmatch(cells[column].strip()) if column < len(cells) else None
    if held is None:
        return None
    start = rows[0] + sum(len(c) + 1 for c in cells[:column]) + cells[column].index(cells[column].strip()) + held.start("g")
    named = head[column]
    question = "group" if "figo" not in named.lower() else "figo_2023" if _FIGO_YEAR.search(named) else "figo"
    return Group(start, start + len(held["g"]), question, normal_group(held["g"]), not held["hedge"], (anchor["pre"] or "").lower())


def _after(text: str, anchor: re.Match[str]) -> Group | None:
    word = anchor["word"]
    between = _BETWEEN.match(text, anchor.end())
    at = between.end() if between else anchor.end()
    value = _VALUE.match(text, at)
    if value is None or at - anchor.end() > 90 or "\n\n" in text[anchor.end() : at] or not _stands(text, anchor, value, text[anchor.end() : at]):
        return None
    before, end = text[max(0, anchor.start() - 24) : anchor.start()], value.end("g")
    after = _FIGO_AFTER.match(text, value.end())
    around = before[-14:] + text[anchor.start() : value.end()] + (after.group() if after else "")
    figo = "figo" in around.lower()
    led = None if figo else _FIGO_LEAD.search(text, max(0, anchor.start() - 56), anchor.start())
    if led:  # "by the FIGO 2009 system this is a stage IA"
        figo, around = True, led.group() + around
    if figo and word.lower() == "figo" and "grade" in before.lower()[-8:]:
        return None
    question = "group" if not figo else "figo_2023" if _FIGO_YEAR.search(around) else "figo"
    certain = not value["hedge"] and not _EITHER.match(text, value.end())
    return Group(value.start("g"), end, question, normal_group(value["g"]), certain, (anchor["pre"] or "").lower())


def _stands(text: str, anchor: re.Match[str], value: re.Match[str], between: str) -> bool:
    """Whether the number after the word is a stage group of a tumour, and of this one."""
    word, number, letter = anchor["word"].lower(), value["n"], value["l"]
    if not between and anchor.end() == value.start():
        return False
    if "group" in word and not number.isupper():
        return False
    if number == "i" and not letter:
        return False
    if number == "I" and not letter and _PRONOUN.match(text, value.end()):
        return False
    bare = not letter and (number in "01234" or (number.isalpha() and number.lower() in _ROMAN))
    if bare and (_TIME_AFTER.match(text, value.end()) or (word not in ("stage", "stadium", "ann arbor", "ann-arbor", "lugano") and "group" not in word and "stage" not in between.lower() and not re.search(r"[:=|]\s*$", between))):
        return False  # "staging 3 weeks ago", "endometrioid, FIGO 2" (a grade)
    if letter and value["sep"] and letter.strip(" -")[:1] == "a" and not re.match(r"[\s]*(?:[.,;)]|$)", text[value.end("g") :][:3]):
        return False  # "stage II a large mass"
    before = text[max(0, anchor.start() - 24) : anchor.start()]
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(text, value.end()):
        return False
    return not _general(text, anchor.start(), value.end())


def _general(text: str, start: int, end: int) -> bool:
    return bool(_GENERAL_BEFORE.search(text, max(0, start - 60), start) or _GENERAL_AFTER.match(text, end))


def normal_group(raw: str) -> str:
    """``3a``, ``three A`` and ``iii a`` as ``IIIA``; ``IC1`` and ``Ic1`` as ``IC1``."""
    match = re.match(r"(IV|III|II|I|[0-4]|zero|one|two|three|four)[ -]?(.*)", raw.strip().replace("-", ""), re.I)
    if not match:
        return raw
    tail = match[2]
    return _ROMAN.get(match[1].lower(), match[1].upper()) + (tail[:1].upper() + tail[1:].lower() if tail else "")
