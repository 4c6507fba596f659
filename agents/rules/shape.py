"""A text as it would be typed: dotted leaders as colons, dictated numbers and punctuation as figures and marks.

The shaped text has the length of the original, so that every offset holds; only its characters differ, and
nothing is quoted from it.
"""

from __future__ import annotations

import re

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUE = {
    **{word: i for i, word in enumerate([*_UNITS, *_TEENS])},
    **{word: 20 + 10 * i for i, word in enumerate(_TENS)},
    "nought": 0, "oh": 0, "o": 0,
}  # fmt: skip
_ORDINAL = {
    **{word: i + 1 for i, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())},
    **{f"{word}th": _VALUE[word] for word in _TEENS[3:]}, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_DIGIT = "|".join(_UNITS)
_TEEN = "|".join(_TEENS)
_TEN = "|".join(_TENS)
_TWO_DIGITS = rf"(?:(?:{_TEN})(?:[ -](?:{_DIGIT}))?|{_TEEN}|(?:oh?|nought|zero) (?:{_DIGIT}))"
_SMALL = rf"(?:(?:{_TEN})(?:[ -](?:{_DIGIT}))?|{_TEEN}|{_DIGIT}|\d{{1,3}}(?:\.\d+)?)"
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_NTH = rf"(?:(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|{'|'.join(sorted(_ORDINAL, key=len, reverse=True))})"

_LEADER = re.compile(r"(?<=[\w)\]%])(?P<f>[ \t]*(?:\.{4,}|\.(?: \.){2,}\.?|\u2026{2,})[ \t]*:?|[ \t]+(?:\.{2,3}|\u2026)(?=[ \t]))")
_LABEL = re.compile(r"(?:\A|[\n|])[ \t]*[^\n.|;!?]{1,44}\Z")
_KEY = re.compile(r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])")
_FIELD_KEY = re.compile(r"(?P<lead>[\n|;,][ \t]*)(?P<key>er|pr|pgr|lvi|lvsi|pni|ene|ece|epe|svi|msi|mss|mmr|tps|cps|p?[tnm]|p?tnm|alk|ros1|ret|met|pole|hpv|ln|psa|cea|ecog|ps|dob|mrn|nhs|isup|figo)(?=[ \t]*[:=])")
_BLANK = re.compile(r"_{3,}")
_SPOKEN = {"full stop": ".", "comma": ",", "new line": "\n", "next line": "\n", "new paragraph": "\n", "open bracket": "(", "open brackets": "(", "close bracket": ")", "close brackets": ")", "semicolon": ";"}
_SAID = re.compile(r" (?P<s>full stop|comma|new line|next line|new paragraph|open brackets?|close brackets?|semicolon)(?= |\n|\Z|,|\.)")
# Each alternative begins with letters of its own; the whole is tried only at the start of a word.
_NUMBERS = re.compile(
    rf"\b(?:(?P<day>{_NTH}) (?:of )?(?P<month>{_MONTH})\b|(?P<mon>{_MONTH}) (?:the )?(?P<nth>{_NTH})\b"
    rf"|(?P<year>(?:nineteen|twenty) {_TWO_DIGITS}|two thousand(?: and)? (?:{_TEN}|{_TEEN}|{_DIGIT})(?:[ -](?:{_DIGIT}))?)\b(?! point)"
    rf"|(?P<whole>{_SMALL}) point (?P<part>(?:{_DIGIT}|oh|nought)(?: (?:{_DIGIT}|oh|nought)){{0,2}})\b"
    rf"|(?P<first>three|four|five) plus (?P<second>three|four|five)\b"
    rf"|(?P<size>{_SMALL}(?: by {_SMALL}){{1,2}})(?= ?(?:centi|milli|cm|mm))"
    rf"|(?P<small>(?:{_TEN})[ -](?:{_DIGIT})|seventy|eighty|ninety|(?:{_TEN}|{_TEEN})(?=[ -](?:years?|per cent|percent|of (?:{_TEN}|{_TEEN}|{_DIGIT}))))\b(?! point| by))",
    re.I,
)
# Names of tests and studies spelled out by a dictating voice, and without their capitals.
_SPELLED = {
    "e r": "ER", "p r": "PR", "er": "ER", "pr": "PR", "her two": "HER2", "h e r two": "HER2", "her 2": "HER2", "p d l one": "PD-L1", "p d l 1": "PD-L1", "pd l one": "PD-L1",
    "e g f r": "EGFR", "k ras": "KRAS", "n ras": "NRAS", "b raf": "BRAF", "a l k": "ALK", "ros one": "ROS1", "m m r": "MMR", "m s i": "MSI", "l v i": "LVI", "l v s i": "LVSI",
    "p n i": "PNI", "c i s": "CIS", "d c i s": "DCIS", "c t": "CT", "m r i": "MRI", "p e t": "PET", "p s a": "PSA", "c e a": "CEA", "b r c a": "BRCA", "ki sixty seven": "Ki67", "k i sixty seven": "Ki67",
    "p sixteen": "p16", "p fifty three": "p53", "t p s": "TPS", "c p s": "CPS", "ki 67": "Ki67", "p 16": "p16",
}  # fmt: skip
_RESULT = r"(?= (?:positive|negative|pos\b|neg\b|status|strongly|weakly|is |was |low\b|equivocal|zero|one plus|two plus|three plus|amplified))"
_ALWAYS = "|".join(sorted((s for s in _SPELLED if len(s) > 3 and not s.startswith("her")), key=len, reverse=True))
_CALLED = re.compile(rf"(?<![\w'/.-])(?P<s>(?:e r|p r|er|pr|her two|her 2|h e r two){_RESULT}|{_ALWAYS}|c t(?! [nm]))(?![\w'/-])")
_CALLED_STEMS = (" e r ", " p r ", " er ", " pr ", "her two", "her 2", "h e r ", " p d ", "pd l", "e g f", " ras", " raf", " l k", "ros one", " m r", " s i", " v i", " v s i", " n i", " i s", " c t ", " r i", " e t", " s a", " e a", "r c a", "ki ", " p sixteen", "p fifty", " p s", "p 16")
_NUMBER_STEMS = (
    *_TENS, "teen", "eleven", "twelve", "twelfth", " ten ", " point ", " plus ", "two thousand", "th of ", "first of ", "second of ", "third of ",
    *(f"{ordinal} {month}" for ordinal in ("first", "second", "third", "th") for month in _MONTH.split("|")),
    *(f"{digit} by " for digit in _UNITS), "the first", "the second", "the third", "the fourth", "the fifth", "the sixth", "the seventh", "the eighth", "the ninth",
)  # fmt: skip
_CATEGORY = r"(?:zero|nought|one|two|three|four|[0-4])(?:[ -]?[abcd]\b)?"
_TNM = re.compile(
    rf"(?<![\w'])(?:(?P<pre>y?[pc]|y p|y c) ?[tT]|T|t(?= {_CATEGORY},? [nN] )) (?P<t>{_CATEGORY}|is|a)(?:,? (?:[pc] ?)?[nN] (?P<n>{_CATEGORY}))?(?:,? (?:[pc] ?)?[mM] (?P<m>{_CATEGORY}))?(?![\w'])",
)


def shaped(text: str) -> str:
    """The text with its layout and spoken figures written out, as long as the original."""
    if "..." in text or ". . ." in text or "\u2026" in text or "_" in text or " .. " in text:
        text = _fields(text)
    if ":" in text or "=" in text:
        text = _FIELD_KEY.sub(lambda m: m["lead"] + _key(m["key"]), f"\n{text}")[1:]
    low = text.lower()
    if len(low) != len(text):
        return text
    if "comma" in low or "full stop" in low or "new line" in low or "new paragraph" in low or "bracket" in low or "next line" in low:
        text = _SAID.sub(lambda m: _pad(_SPOKEN[m["s"]], len(m.group()), left=True), text)
    if any(map(low.__contains__, _CALLED_STEMS)):
        text = _CALLED.sub(lambda m: _pad(_SPELLED[m["s"]], len(m["s"]), left=True), text)
    if any(map(low.__contains__, _NUMBER_STEMS)):
        text = _NUMBERS.sub(_figures, text)
    if any(f"t {digit}" in low for digit in ("one", "two", "three", "four", "is", "a")):
        text = _TNM.sub(_stage, text)
    return text


def _key(word: str) -> str:
    """The name of a field as it is usually written: ``er`` as ER, ``pt`` as pT."""
    return f"p{word[1:].upper()}" if word[0] == "p" and word[1:] in ("t", "n", "m", "tnm") else word.upper()


def _fields(text: str) -> str:
    """Leaders behind a label as a colon, blanks to fill in as nothing, the parts of a key as words."""

    leaders = _LEADER.findall(text)
    form = len(leaders) > 1 or any(len(dots) > 5 for dots in leaders)  # a single ellipsis is a pause

    def leader(match: re.Match[str]) -> str:
        if not form or not _LABEL.search(text, max(0, match.start() - 60), match.start()):
            return match.group()
        return _pad(":", len(match.group()), left=True)

    text = _LEADER.sub(leader, text)
    return _BLANK.sub(lambda m: " " * len(m.group()), _KEY.sub(" ", text)) if "_" in text else text


def _pad(words: str, size: int, *, left: bool = False) -> str:
    """The words in a field of the size; too long ones not at all."""
    return words.ljust(size) if left else words.rjust(size)


def _figures(match: re.Match[str]) -> str:
    said = _said(match)
    held = match.group()
    return held if said is None or len(said) > len(held) else _pad(said, len(held))


def _said(match: re.Match[str]) -> str | None:
    if match["day"]:
        return f"{_nth(match['day'])} {match['month']}"
    if match["mon"]:
        return f"{match['mon']} {_nth(match['nth'])}"
    if match["year"]:
        return _year(match["year"].lower())
    if match["whole"]:
        return f"{_small(match['whole'])}.{''.join(str(_VALUE[w.lower()]) for w in match['part'].split())}"
    if match["first"]:
        return f"{_small(match['first'])}+{_small(match['second'])}"
    if match["size"]:
        return " x ".join(_small(part) for part in re.split(r" by ", match["size"], flags=re.I))
    return _small(match["small"])


def _nth(words: str) -> str:
    parts = words.lower().replace("-", " ").split()
    return str(sum(_ORDINAL.get(part, _VALUE.get(part, 0)) for part in parts))


def _year(words: str) -> str:
    parts = words.replace("-", " ").replace(" and", "").split()
    if parts[0] == "two":
        return str(2000 + sum(_VALUE[p] for p in parts[2:]))
    return str(100 * _VALUE[parts[0]] + sum(_VALUE[p] for p in parts[1:]))


def _small(words: str) -> str:
    if words[:1].isdigit():
        return words
    return str(sum(_VALUE[part] for part in words.lower().replace("-", " ").split()))


def _stage(match: re.Match[str]) -> str:
    prefix = (match["pre"] or "").replace(" ", "")
    parts = [f"{prefix if axis == 'T' else ''}{axis}{_category(match[axis.lower()])}" for axis in "TNM" if match[axis.lower()]]
    return _pad(" ".join(parts), len(match.group()))


def _category(words: str) -> str:
    first, _, letter = words.replace("-", " ").partition(" ")
    return f"{_VALUE.get(first.lower(), first)}{letter}"
