"""TNM categories and stage groups, in the forms in which they are written.

Categories as in the AJCC Cancer Staging Manual, 8th ed. (2017) and the UICC TNM Classification, 8th ed. (2017);
prefixes c, p, yc, yp, r, a, u; suffixes (m), (sn), (f), (i+), (mol+). Scanned letters are understood where nothing
else can be meant (``pNO`` is N0, ``pTla`` is T1a).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from panel.opinion import Certainty, Finding

from agents.rules.context import Context
from agents.rules.reading import Reading, Sentence

_T = r"(?:is(?:\s?\([A-Za-z]+\))?|IS\b|[Xx]\b|[aA](?![A-Za-z])|[0O](?![A-Za-z])|(?:[1-4](?!\d)|[lIi](?=[a-d](?![a-z])|\b(?!\.?\s?V)|[\s,;.]*p?N))(?:\s?mi(?:c)?\b|[a-dA-D][12]?(?![a-z]|[A-KOQ-UWYZ])|[ic](?=\b))?)"
_N = r"(?:[Xx](?![A-Za-z])|[1-3]\s?mi(?:c)?\b|(?:[0-3]|I(?=[a-c]\b))(?:[a-cA-C]|)(?![A-Za-z0-9])|[0-3][a-c]?(?=M|p?M|L|V|R\d)|\+(?!\w))"
_N_LETTER_O = r"[Oo](?=[\s,;.]*(?:p?M[\s]?[0-9XxOo]|\(|\[|\d+\s?/|$|[\])]|R[0-9Xx]|L[0-9]|V[0-9])|[.,;]|\s*\n|M[XxOo0-1])"
# With its prefix a letter read for a digit cannot be a word: pNO is N0, pNl is N1.
_N_SCANNED = r"(?<=[pPcCuU]N)[OoQlI](?![A-Za-z])"
_M = r"(?:[Xx]\b|[0O](?![A-Za-z])|1\s?[a-d]?(?:\([^)]{1,12}\))?(?![A-Za-z0-9]))"
_PREFIX = r"(?:(?:y|r|a|yr|ry)?[pPcCuU]|y(?=[TNM])|r(?=[TNM]))"

_TCAT = re.compile(rf"(?:(?<![A-Za-z0-9/.-])|(?<=AJCC))(?:(?P<pre>{_PREFIX})\s?)?T\s?[:=-]?\s?(?P<v>{_T})(?P<s>(?:\s?\((?:m|mult|multi|s|\d{{1,2}}|is)\))?)")
_N_BODY = (
    rf"(?:(?P<pre>{_PREFIX})\s?)?N\s?[:=-]?\s?(?P<v>{_N}|{_N_SCANNED}|{_N_LETTER_O})"
    r"(?P<s>(?:\s?\((?:sn|i[-+]|mol[-+]|f|i[-+]\)\s?\(sn)\))*)"
)
_M_BODY = rf"(?:(?P<pre>{_PREFIX})\s?)?M\s?[:=-]?\s?(?P<v>{_M})"
_NCAT, _MCAT = (re.compile(r"(?<![A-Za-z.])" + body) for body in (_N_BODY, _M_BODY))
# Within a run ("T3aN2Mx") a letter may stand right before.
_N_RUN, _M_RUN = re.compile(_N_BODY), re.compile(_M_BODY)
_ATTACHED_NO = re.compile(r"(?P<pre>p)?N(?P<v>[Oo])(?P<s>)(?![A-Za-z])")
# Between T and N: other descriptors (L1, V0, R0, Pn1, G2), counts and brackets, but no other words.
_GAP = re.compile(r"(?:[\s,;.:/&+|-]|\([^)]{0,30}\)|\[[^\]]{0,30}\]|(?:p?L|p?V|p?R|Pn|PN|G|p?S|LVI|cat(?:egory)?|and|stage|status|NOS|=)\s?[0-3XxIO]?[a-c]?\b)*")
_GROUP = re.compile(
    r"\b(?P<lead>(?:(?:clinical|pathologic(?:al)?|anatomic(?:al)?|prognostic|overall|AJCC|UICC|FIGO|TNM|final|disease|summary)[\s,-]+(?:\(?[78]th(?:\s?ed(?:ition|\.)?)?\)?[\s,]+)?(?:20\d\d\s*)?)*)"
    r"(?:(?:stage|staging|stadium)\s*(?:group(?:ing)?)?|(?P<figo>FIGO)(?:\s*(?:20\d\d|\(20\d\d\))\s*[:*]*)?(?:\s*stage)?|UICC|AJCC(?:\s*8)?(?:\s*group)?|stage-group|group)"
    r"\s*(?:\(?(?:AJCC|UICC|FIGO)[^)\n]{0,24}\)?)?\s*(?:is|was|of|group(?:ing)?)?\s*[:=-]?\s*(?:at least\s*)?"
    r"(?P<g>(?:IV|III|II|I|iv|iii|ii|i|[0-4])\s?(?:[A-Da-d](?:[1-3]|i{1,3}|mp53)?|m)?)(?![A-Za-z0-9/%]|\.\d|\s?-\s?\d)"
)
_PARENTHESIS_GROUP = re.compile(
    r"[\s,;:=(-]{1,4}(?:AJCC\s?8?\s*)?(?P<g>(?:IV|III|II|I)\s?(?:[A-D][1-3]?)?)(?=[\s),.;]|$)"
)
_OTHER_STAGE = re.compile(
    r"(?:CKD|kidney disease|renal disease|renal failure|Tanner|fibrosis|heart failure|pressure|sarcoid|NYHA|COPD|GOLD|hypertension|CKD,?|\bS)\s*\(?\s*$|\b(?:second|two|next|final|early|late|first|each|any)\s*$", re.I
)
_OTHER_AFTER = re.compile(
    r"\s*(?:chronic|CKD|kidney disease|renal (?:disease|failure|impairment|insufficiency)|hypertension|fibrosis|decubitus|pressure|sacral|COPD|procedure|operation|hypertensive|lymphoedema|diabetic|reconstruction|surgery\b)", re.I
)
_AT_LEAST = re.compile(r"(?:at least|\?|possible|probable|provisional|presumed|suspected|if|\bor\b|versus|vs\.?)\s*(?:clinical(?:ly)?\s*|stage\s*)?$", re.I)
_MARK = re.compile(r"(?:\[\s?[xX]\s?\]|\b[xX][.:]?|\u2713|\u2612|\u25a0)\s*$")
_ROMAN = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
_FIGO_SITES = re.compile(r"FIGO", re.I)


class _Hit(NamedTuple):
    axis: str
    value: str
    prefix: str
    start: int
    end: int


def staging_findings(reading: Reading) -> Iterator[Finding]:
    """Every T, N, M and stage group stated of the present tumour, by position."""
    text = reading.text
    hits = _drop_legend(text, _categories(text))
    groups = list(_groups(reading))
    if not hits and not groups:
        return
    for hit in hits:
        sentence = _sentence_at(reading, hit.start)
        if sentence is None or _not_now(reading, sentence, hit.start, hit.end):
            continue
        basis = _basis(reading, sentence, hit)
        yield _finding(reading, sentence, f"stage.{basis}.{hit.axis}", hit.value, hit.start, hit.end)
    for start, end, question, value in groups:
        sentence = _sentence_at(reading, start)
        if sentence is None or _not_now(reading, sentence, start, end):
            continue
        if question == "group":
            basis = _group_basis(reading, sentence, start, hits)
            question = f"{basis}.group"
        yield _finding(reading, sentence, f"stage.{question}", value, start, end)


def _finding(reading: Reading, sentence: Sentence, question: str, value: str, start: int, end: int) -> Finding:
    vague = bool(_AT_LEAST.search(reading.text[max(sentence.start, start - 24) : start]))
    certainty: Certainty = "uncertain" if vague else "stated"
    return Finding(
        question=question,
        value=value,
        date=reading.date,
        certainty=certainty,
        evidence=(reading.quote(sentence, (start, end)),),
    )


def _not_now(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    context = sentence.context(start, end)
    return bool(context & (Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD)) or sentence.section in ("legend", "history")


def _sentence_at(reading: Reading, position: int) -> Sentence | None:
    low, high = 0, len(reading.sentences)
    while low < high:
        middle = (low + high) // 2
        if reading.sentences[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    if low < len(reading.sentences) and reading.sentences[low].start <= position:
        return reading.sentences[low]
    return None


def _categories(text: str) -> list[_Hit]:
    """T, N and M in order; unprefixed ones only where the company they keep makes them a stage."""
    hits: list[_Hit] = []
    claimed = -1
    for match in _TCAT.finditer(text):
        if match.start() < claimed or not _plausible_t(text, match):
            continue
        run = [_Hit("t", _norm_t(match["v"], match["s"]), _norm_prefix(match["pre"]), match.start(), match.end())]
        end = match.end()
        for axis, pattern in (("n", _N_RUN), ("m", _M_RUN)):
            gap = _GAP.match(text, end)
            begin = gap.end() if gap else end
            follow = pattern.match(text, begin) or (_ATTACHED_NO.match(text, end) if axis == "n" else None)
            if follow is None:
                continue
            value = _norm_n(follow["v"], follow["s"]) if axis == "n" else _norm_m(follow["v"])
            prefix = _norm_prefix(follow["pre"]) or run[0].prefix
            run.append(_Hit(axis, value, prefix, follow.start(), follow.end()))
            end = follow.end()
        if len(run) == 1 and not run[0].prefix and not _staging_nearby(text, match.start()):
            continue
        hits.extend(run)
        claimed = end
    taken = [(h.start, h.end) for h in hits]
    for axis, pattern in (("n", _NCAT), ("m", _MCAT)):
        for match in pattern.finditer(text):
            if any(a <= match.start() < b for a, b in taken):
                continue
            prefix = _norm_prefix(match["pre"])
            if not prefix and not (_heading_before(text, match.start(), axis)):
                continue
            if not prefix and (match["v"] in "oO" or _STATION.match(text, match.end())):
                continue
            value = _norm_n(match["v"], match["s"]) if axis == "n" else _norm_m(match["v"])
            hits.append(_Hit(axis, value, prefix or _prefix_of_neighbour(hits, match.start()), match.start(), match.end()))
    hits.sort(key=lambda h: h.start)
    return hits


def _plausible_t(text: str, match: re.Match[str]) -> bool:
    value = match["v"]
    if _CLASS_OF.match(text, match.end()):
        return False
    if match["pre"] == "C" and not re.match(r"CT[0-4X]", text[match.start() : match.start() + 3]):
        return False  # computed tomography
    after = text[match.end() : match.end() + 14]
    before = text[max(0, match.start() - 12) : match.start()]
    if not match["pre"]:
        if re.match(r"(?:\s?-?\s?w(?:eighted|i\b)|\s?/?FLAIR|\s?signal|\s?hyper|\s?hypo|\s?(?:post|pre)\b|\s?image|\s?sequence|\s?-?\s?\d*\s?(?:vertebra|body|level))", after, re.I):
            return False
        if re.match(r"\s?[-\u2013]\s?\d", after):
            return False  # blocks T1-4
        if re.search(r"(?:section|block|slide|cassette|level|vertebra\w*|spine|at|rib|type)\s$", before, re.I):
            return False
        if value in ("a", "A", "x", "X") and text[match.start() : match.end()].strip() not in ("TX", "Tx", "Ta"):
            return False
    return not (value in ("0", "O") and not match["pre"] and not _NCAT.match(text, _gap_end(text, match.end())))


_STATION = re.compile(r"\s*(?:-|\(|:)?\s*(?:#|number|nodes?\b|lymph|stations?|level|involved|examined)", re.I)
_CLASS_OF = re.compile(r"\s*(?:(?:and|or|/|-|to)\s*p?T[1-4][a-d]?\s*)?tumou?rs\b", re.I)


def _gap_end(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


_STAGING_WORD = re.compile(r"\b(?:TNM|stag(?:e|ed|ing)|AJCC|UICC|depth of invasion|extent of invasion|primary tumou?r|category|tumou?r extent|pathological? T|clinical T|classification)\b|\(\s?p?T\s?\)", re.I)
_HEADING = {
    "n": re.compile(r"(?:\(\s?p?N\s?\)|lymph nodes?|nodal status|node stage|lymph node stage[^\n;]{0,30}|pathologic(?:al)? N|clinical N|N[ -]stage|N category|TNM|stag(?:e|ing))[^.\n;]{0,24}$", re.I),
    "m": re.compile(r"(?:\(\s?p?M\s?\)|metasta\w+|pathologic(?:al)? M|clinical M|M[ -]stage|M category|TNM|stag(?:e|ing))[^.\n;]{0,24}$", re.I),
}


def _staging_nearby(text: str, at: int) -> bool:
    return bool(_STAGING_WORD.search(text, max(0, at - 70), at)) or bool(
        re.match(r"T[1-4][a-d]?\b[^.\n]{0,20}\b(?:tumou?r|disease|lesion|cancer|carcinoma)\b", text[at : at + 40])
    )


def _heading_before(text: str, at: int, axis: str) -> bool:
    return bool(_HEADING[axis].search(text[max(0, at - 70) : at]))


def _prefix_of_neighbour(hits: list[_Hit], at: int) -> str:
    near = [h for h in hits if abs(h.start - at) < 400 and h.prefix]
    return min(near, key=lambda h: abs(h.start - at)).prefix if near else ""


def _drop_legend(text: str, hits: list[_Hit]) -> list[_Hit]:
    """A printed list of all categories states none of them, but for a ticked one."""
    distinct = {h.value for h in hits if h.axis == "t"}
    if len(distinct) < 5:
        return hits
    marked = [h for h in hits if _MARK.search(text[max(0, h.start - 8) : h.start])]
    starts = {h.start for h in hits if h.axis == "t"}
    runs = [h for h in hits if h.axis == "t" and any(o.axis == "n" and 0 < o.start - h.end < 30 for o in hits)]
    keep = {id(h) for h in marked} | {
        id(h)
        for r in runs
        for h in hits
        if 0 <= h.start - r.start < 60 and not (h.start != r.start and h.start in starts)
    }
    return [h for h in hits if id(h) in keep]


def _norm_prefix(prefix: str | None) -> str:
    found = (prefix or "").strip().lower()
    return {"u": "c", "a": "a"}.get(found, found)


def _norm_t(value: str, suffix: str) -> str:
    flat = value.replace(" ", "")
    if flat.lower().startswith("is"):
        return "Tis"
    if flat in ("x", "X"):
        return "TX"
    if flat in ("a", "A"):
        return "Ta"
    head = {"l": "1", "I": "1", "i": "1", "O": "0"}.get(flat[0], flat[0])
    tail = flat[1:].lower()
    if tail.startswith("mi"):
        tail = "mi"
    if tail == "i":  # a scanned T1c
        tail = ""
    return f"T{head}{tail}"


def _norm_n(value: str, suffix: str | None) -> str:
    flat = value.replace(" ", "")
    if flat in ("x", "X"):
        return "NX"
    if flat == "+":
        return "N+"
    head = {"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1"}.get(flat[0], flat[0])
    tail = flat[1:].lower()
    if tail.startswith("mi"):
        tail = "mi"
    marks = "".join(re.findall(r"\((?:i|mol)[-+]\)", (suffix or "").lower()))
    return f"N{head}{tail}{marks}"


def _norm_m(value: str) -> str:
    flat = re.sub(r"\(.*\)", "", value).replace(" ", "")
    if flat in ("x", "X"):
        return "MX"
    return "M" + flat.replace("O", "0").lower()


def _basis(reading: Reading, sentence: Sentence, hit: _Hit) -> str:
    if hit.prefix:
        return _named_basis(hit.prefix)
    lead = reading.text[max(sentence.start, hit.start - 60) : hit.start].lower()
    return _worded_basis(lead) or _desk_basis(reading)


def _named_basis(prefix: str) -> str:
    if prefix.startswith("y"):
        return "post_neoadjuvant" if prefix.endswith("p") or prefix == "y" else "post_neoadjuvant_clinical"
    if prefix.startswith("r"):
        return "recurrence"
    return {"p": "pathologic", "c": "clinical", "a": "autopsy"}.get(prefix[-1], "clinical")


def _worded_basis(lead: str) -> str | None:
    at = max(((lead.rfind(w), b) for w, b in (("patholog", "pathologic"), ("ptnm", "pathologic"), ("clinical", "clinical"), ("radiolog", "clinical"), ("ctnm", "clinical"), ("imaging", "clinical"))), default=(-1, ""))
    return at[1] if at[0] >= 0 else None


def _desk_basis(reading: Reading) -> str:
    return {"radiology": "clinical", "pathology": "pathologic"}.get(reading.document.kind, "unspecified")


def _group_basis(reading: Reading, sentence: Sentence, start: int, hits: list[_Hit]) -> str:
    """The basis of a stage group: its own word, else the TNM beside it, else the desk."""
    worded = _worded_basis(reading.text[max(sentence.start, start - 30) : start + 24].lower())
    if worded:
        return worded
    near = [h for h in hits if abs(h.start - start) < 160]
    if near:
        hit = min(near, key=lambda h: abs(h.start - start))
        return _basis(reading, sentence, hit)
    return _desk_basis(reading)


def _groups(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """Stage groups: start, end, ``group`` or ``figo``, value."""
    text = reading.text
    for match in _GROUP.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if _OTHER_STAGE.search(before) or _OTHER_AFTER.match(text, match.end()):
            continue
        if match.group().lower().startswith("group") and not re.search(r"stage", before, re.I):
            continue
        raw = match["g"].replace(" ", "")
        if raw.islower() and not raw[0].isdigit():
            continue
        figo = match["figo"] or _FIGO_SITES.search(match["lead"] or "") or re.search(r"FIGO", match.group())
        if raw in ("0", "1", "2", "3", "4") and not figo and re.match(r"\s?(?:of|/|x)\b", text[match.end() : match.end() + 5]):
            continue
        question = "group" if not figo else "figo_2023" if "2023" in match.group() else "figo"
        yield match.start("g"), match.end("g"), question, _norm_group(raw)
    for match in re.finditer(r"(?<=[\s\[(])(?:p?M[0X][\s,]*|N[0-3X][a-c]?[\s,]*)(?=[(=:,-]|\s[IV(])", text):
        found = _PARENTHESIS_GROUP.match(text, match.end())
        if found:
            yield found.start("g"), found.end("g"), "group", _norm_group(found["g"].replace(" ", ""))


def _norm_group(raw: str) -> str:
    match = re.match(r"(IV|III|II|I|[0-4])(.*)", raw, re.I)
    if not match:
        return raw
    head = _ROMAN.get(match[1], match[1].upper())
    tail = match[2]
    return head + (tail[:1].upper() + tail[1:].lower() if tail else "")
