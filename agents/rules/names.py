"""The patient's full name, where the text labels it as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.rules.text import near, places

_WORD = r"[A-Z][a-z'’]+(?:-[A-Z]?[a-z]+)*|[A-Z](?:['’][A-Z])?[a-z]+[A-Z][a-z]+"
_UPPER = r"[A-Z][A-Z'’]+(?:-[A-Z'’]+)*"
_GIVEN = rf"(?:{_WORD}|{_UPPER}|[A-Z]\.?)"
_TITLE = r"(?:(?:Mrs|Mr|Ms|Miss|Mx)\.?[ \t]+)?"
_NO_TITLE = r"(?!(?:Mrs|Mr|Ms|Miss|Mx)\b)"
_NEE = r"(?:[ \t]*\(?(?:n[ée]e|geb\.|formerly)[ \t]+(?P<nee>[A-Za-z'’-]+)\)?)?"
_LABEL = re.compile(r"[PNR](?<!\w.)(?:(?<=P)atient(?:(?:'s)? [Nn]ame)?|(?<=P)ATIENT(?: NAME)?|(?<=N)(?:ame|AME)|(?<=R)(?:egarding|e|E))[ \t]*:[ \t]*")
_COMMA = re.compile(rf"{_TITLE}(?P<last>{_UPPER}|{_WORD}),[ \t]*{_TITLE}(?P<first>{_GIVEN})(?:[ \t]+{_GIVEN})?{_NEE}(?=[ \t]{{2,}}|[ \t]*(?:[,;(|\n.]|\Z|DOB|MRN|NHS|Hosp|[FM]\b|\d)|[ \t]+[a-z])")
_PLAIN = re.compile(rf"(?P<title>{_TITLE})(?P<first>{_NO_TITLE}{_WORD})(?:[ \t]+[A-Z]\.?)?[ \t]+(?P<last>{_UPPER}|{_WORD}){_NEE}(?=[ \t]{{2,}}|[ \t]*(?:[,;(|\n.]|\Z)|[ \t]+(?:DOB|MRN|NHS|[Hh]osp|born))")
# At the beginning of a line.
_HEADED = re.compile(rf"[ \t]*{_TITLE}(?P<last>{_UPPER}),[ \t]+(?P<first>{_WORD})\b{_NEE}(?=[^\n]{{0,24}}\b(?:DOB|MRN|NHS|[Hh]osp|born|[Dd]ate of [Bb]irth))")
# The two parts in fields of their own.
_FIELDS = re.compile(
    rf"(?:[Ss]urname|SURNAME|(?:[Ff]amily|[Ll]ast) name|Nachname)[ \t]*[:=]?[ \t]*(?P<last>{_UPPER}|{_WORD})[\s,;|/]+(?:[Ff]irst name|[Ff]orenames?|FORENAMES?|[Gg]iven names?|[Cc]hristian name|Vorname)[ \t]*[:=]?[ \t]*(?P<first>{_GIVEN})(?P<nee>(?!))?"
)
# A name with an identifier of the person right behind it: "Margaret A. Ellison, 08/11/1963".
_IDENTIFIED = re.compile(
    rf"(?:\A|(?<=\n)|(?<=: )|(?<=\. )){_TITLE}(?P<first>{_NO_TITLE}{_WORD})(?:[ \t]+[A-Z]\.?)?[ \t]+(?P<last>{_UPPER}|{_WORD}){_NEE}[ ,(]{{1,3}}(?=DOB|D\.O\.B|[Bb]orn\b|b\. ?\d|MRN|NHS|[Hh]osp(?:ital)?\.? ?(?:no|num|\d)|\d{{1,2}}[./-]\d{{1,2}}[./-]19\d\d|\d{{1,2}} [A-Z][a-z]{{2,8}} 19\d\d)"
)
_NO_NAME = re.compile(r"\b(?:ct|mri|pet|(?-i:MR)|us|liver|lung|breast|cancer|carcinoma|tumou?r|referral|result|report|biopsy|known|unknown|male|female|clinic|hospital|review|request|left|right|dr|prof|new|dear|surgery|pathology|withheld|redacted|anonym\w*|not|chest|scan|mdt|letter)\b", re.I)
_MARRIED = ("née", "nee")


def full_name(text: str) -> Iterator[tuple[str, int, int]]:
    """The labelled names: normal form ``surname,given`` (``smith née bell,anne``), start and end."""
    spots: list[int] = []
    for label in _LABEL.finditer(text):
        strong = not label.group().strip().lower().startswith(("re", "patient:", "patient :"))
        for pattern in (_COMMA, _PLAIN):
            match = pattern.match(text, label.end())
            if match is None or _NO_NAME.search(match.group()):
                continue
            if pattern is _PLAIN and not strong and not match["title"] and not match["last"].isupper() and not (_heads(text, label) and text[match.end() : match.end() + 1] in ".\n") and not _known_by(text, match.end()):
                continue
            spots.append(match.start("last"))
            yield _normal(match), label.start(), match.end()
            break
    anchors = places(text, "DOB", "MRN", "NHS", "osp", "born", "D.O.B", "b. ", "19")
    for match in [*_FIELDS.finditer(text), *near(_IDENTIFIED, text, anchors, 60, 20)]:
        if match.start("last") not in spots and not _NO_NAME.search(match.group()):
            spots.append(match.start("last"))
            yield _normal(match), match.start("last" if match.start("last") < match.start("first") else "first"), match.end("last" if match.start("last") > match.start("first") else "first")
    lines = {text.rfind("\n", 0, at) + 1 for at in places(text, "DOB", "MRN", "NHS", "osp", "born", "irth")}
    for match in filter(None, (_HEADED.match(text, line) for line in sorted(lines))):
        if match.start("last") not in spots and not _NO_NAME.search(match.group()):
            yield _normal(match), match.start("last"), match.end()


def _heads(text: str, label: re.Match[str]) -> bool:
    """Whether "Patient:" opens the text or a line."""
    return label.group()[0] == "P" and not text[text.rfind("\n", 0, label.start()) + 1 : label.start()].strip()


def _known_by(text: str, at: int) -> bool:
    return bool(re.search(r"DOB|MRN|NHS|hosp|born|date of birth|\A[,;\s]{1,3}(?-i:[A-Z]{0,3})\d[\d-]{4,9}\b|\b(?:record|file|folder|chart|patient|unit|case)\s(?:no\b|number|id\b)|\bID\b", text[at : at + 60], re.I))


def _normal(match: re.Match[str]) -> str:
    last, first = match["last"].lower(), match["first"].lower().rstrip(".")
    maiden = f" {_MARRIED[0]} {match['nee'].lower()}" if match["nee"] else ""
    return f"{last}{maiden},{first}".replace("’", "'")
