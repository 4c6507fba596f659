"""TNM categories as they are written: "T2 N1 M0", "pT2, pN1 (2/14)", "T category | 3", one row of a table for each.

Categories as in the AJCC Cancer Staging Manual, 8th ed. (2017) and the UICC TNM Classification, 8th ed. (2017);
prefixes c, p, yc, yp, r, a, u, i, mr; suffixes (m), (sn), (f), (i+), (mol+). Scanned letters are understood where nothing
else can be meant (``pNO`` is N0, ``pTla`` is T1a).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_T = r"(?:is(?:\s?\([A-Za-z]+\))?|IS\b|[Xx]\b|[aA](?![A-Za-z])|[0O](?![A-Za-z])|(?:[1-4](?!\d)|[lIi](?=[a-d](?![a-z])|\b(?!\.?\s?V)|[\s,;.]*p?N))(?:\s?\(?mi(?:c)?(?:\)|\b)|[a-dA-D][12]?(?![a-z]|[A-KOQ-UWYZ])|[ic](?=\b))?)"
_N = r"(?:[Xx](?![A-Za-z])|[1-3]\s?\(?mi(?:c)?(?:\)|\b)|(?:[0-3]|I(?=[a-c]\b))(?:[a-cA-C]|)(?![A-Za-z0-9])|[0-3][a-c]?(?=M|p?M|L|V|R\d)|\+(?!\w))"
_N_LETTER_O = r"[Oo](?=[\s,;.]*(?:p?M[\s]?[0-9XxOo]|\(|\[|\d+\s?/|$|[\])]|R[0-9Xx]|L[0-9]|V[0-9])|[.,;]|\s*\n|M[XxOo0-1])"
# With its prefix a letter read for a digit cannot be a word: pNO is N0, pNl is N1 (but PNI is perineural invasion).
_N_SCANNED = r"(?<=[pcu]N)[OoQlI](?![A-Za-z])|(?<=[PCU]N)[OoQl](?![A-Za-z])"
_M = r"(?:[Xx]\b|[0O](?![A-Za-z])|1\s?[a-d]?(?:\([^)]{1,12}\))?(?![A-Za-z0-9]))"
_PREFIX = r"(?:(?:y|r|a|yr|ry)?[pPcCuU]|y?mr|MR|i|y(?=[TNM])|r(?=[TNM]))"
# "T category | 3", "(pT): 1b", "T: T2": a label between the letter and the category.
_LABEL = r"(?:[\s-]?(?:[Cc]ategory|[Ss]tage|[Ss]tatus|[Cc]at\.?|[Cc]lassification|[Dd]escriptor|[Ff]actor|CATEGORY|STAGE)\)?(?=[\s:=|])|\))?(?:\s?[:=][ \t]{2,40}|\s?[:=|-]?\s?)"

_TCAT = re.compile(rf"T{_LABEL}(?P<own>{_PREFIX}?T\s?)?(?P<v>{_T})(?P<s>(?:\s?\((?:m|mult|multi|s|\d{{1,2}}|is)\))?)")
_N_CORE = rf"N{_LABEL}(?P<own>{_PREFIX}?N\s?)?(?P<v>{_N}|{_N_SCANNED}|{_N_LETTER_O})(?P<s>(?:\s?\((?:sn|i[-+]|mol[-+]|f|i[-+]\)\s?\(sn)\))*)"
_M_CORE = rf"M{_LABEL}(?P<own>{_PREFIX}?M\s?)?(?P<v>{_M})"
_NCAT, _MCAT = re.compile(_N_CORE), re.compile(_M_CORE)
# Within a run ("T3aN2Mx") a letter may stand right before.
_N_RUN, _M_RUN = (re.compile(rf"(?:(?P<pre>{_PREFIX})\s?)?{core}") for core in (_N_CORE, _M_CORE))
_BEHIND = re.compile(rf"(?:(?<![A-Za-z0-9/.-])|(?<=\bG[1-3]))(?:(?P<pre>{_PREFIX})\s?|(?P<o>O(?=\Z)))\Z|AJCC\Z")
_LOOSE = re.compile(r"[A-Za-z0-9/.-]\Z")
_ATTACHED_NO = re.compile(r"(?P<pre>p)?N(?P<own>)(?P<v>[Oo])(?P<s>)(?![A-Za-z])")
# Between T and N: other descriptors (L1, V0, R0, Pn1, G2), counts and brackets, but no other words.
_GAP = re.compile(r"(?:[\s,;.:/&+|-]|\([^)]{0,30}\)|\[[^\]]{0,30}\]|(?:p?L|p?V|p?R|Pn|PN|G|p?S|LVI|cat(?:egory)?|and|with|stage|status|NOS|=)\s?[0-3XxIO]?[a-c]?\b)*")
_GRID_HEAD = re.compile(r"T[ \t]*\|[^\n]*N")
_GRID = re.compile(
    rf"(?P<t>{_PREFIX}?)T[ \t]*\|[ \t]*(?P<n>{_PREFIX}?)N[ \t]*(?:\|[ \t]*(?P<m>{_PREFIX}?)M[ \t]*)?\|?[^\n]*\n(?:[ \t|:-]*\n)?[ \t|]*"
    rf"(?:{_PREFIX}?T)?(?P<tv>{_T})[ \t]*\|[ \t]*(?:{_PREFIX}?N)?(?P<nv>{_N})(?:[ \t]*\|[ \t]*(?:{_PREFIX}?M)?(?P<mv>{_M}))?"
)
# "grade 2 (T3 N2 M1)": tubules, nuclei and mitoses.
_SCORES = re.compile(r"\b[Gg]rade\s*(?:[1-3]|I{1,3})\s*[\[(:,]\s*(?=T[1-3][\s,;+]{1,2}N[1-3][\s,;+]{1,2}M[1-3]\b)")
# What the letters of Dukes (J Pathol Bacteriol 1932;35:323-332, doi:10.1002/path.1700350303), with the D of later writers, say of nodes and metastases.
_DUKES = re.compile(r"\bDukes['\u2019]?s?[\s:]{1,2}(?:[Ss]tage[\s:]|[Cc]lass\s)?(?P<v>[A-D])(?![A-Za-z])")
_DUKES_MEANS = {"A": "N0", "B": "N0", "C": "N+", "D": "M1"}
_EITHER = {
    axis: re.compile(rf"(?:/|-|\u2013|\s+(?:or|to|vs\.?|versus)\s+)(?:[pc]?{axis.upper()})?(?:[0-4][a-d]?(?!\d|\s?/)|is\b)") for axis in ("t", "n", "m")
}
_MARK = re.compile(r"(?:\[\s?[xX]\s?\]|\b[xX][.:]?|\u2713|\u2612|\u25a0)\s*$")


class Category(NamedTuple):
    """A T, N or M as written."""

    axis: str
    """``t``, ``n`` or ``m``."""
    value: str
    prefix: str
    """``p``, ``c``, ``yp``…; empty without one."""
    start: int
    end: int
    either: bool = False
    """One of two ("T2/3")."""


def categories(text: str) -> list[Category]:
    """T, N and M in order; unprefixed ones only where the company they keep makes them a stage."""
    hits = _grids(text) if _GRID_HEAD.search(text) else []
    taken = [(h.start, h.end) for h in hits] + [(m.end(), m.end() + 12) for m in _SCORES.finditer(text)]
    hits.extend(_runs(text, taken))
    taken += [(h.start, h.end) for h in hits]
    for axis, pattern in (("n", _NCAT), ("m", _MCAT)):
        position = 0
        while match := pattern.search(text, position):
            position = match.start() + 1
            if any(a <= match.start() < b for a, b in taken):
                continue
            hit = _alone(text, axis, match, hits)
            if hit is not None:
                hits.append(hit)
                taken.append((hit.start, hit.end))
                position = hit.end
    if "Dukes" in text:
        hits.extend(Category("m" if d["v"] == "D" else "n", _DUKES_MEANS[d["v"]], "p", d.start(), d.end()) for d in _DUKES.finditer(text))
    hits.sort(key=lambda h: h.start)
    return _drop_legend(text, hits)


def _runs(text: str, taken: list[tuple[int, int]]) -> list[Category]:
    """Every T with the N and M that follow it."""
    hits: list[Category] = []
    position = 0
    while match := _TCAT.search(text, position):
        at = match.start()
        position = at + 1  # "CT: T2" holds another T
        if any(a <= at < b for a, b in taken):
            continue
        prefix, begin = _behind(text, at)
        if prefix is None or not _plausible_t(text, match, prefix):
            continue
        prefix = _norm_prefix(prefix or (match["own"] or "").rstrip("T "))
        run = [Category("t", _norm_t(match["v"]), prefix, begin, match.end(), bool(_EITHER["t"].match(text, match.end())))]
        end = match.end()
        for axis, pattern in (("n", _N_RUN), ("m", _M_RUN)):
            follow = pattern.match(text, _gap_end(text, end)) or (_ATTACHED_NO.match(text, end) if axis == "n" else None)
            if follow is not None:
                own = _norm_prefix(follow["pre"] or (follow["own"] or "").rstrip("NM ")) or prefix
                run.append(Category(axis, _norm(axis, follow), own, follow.start(), follow.end(), bool(_EITHER[axis].match(text, follow.end()))))
                end = follow.end()
        if len(run) == 1 and not prefix and not _staging_nearby(text, match):
            continue
        hits.extend(run)
        position = end
    return hits


def _alone(text: str, axis: str, match: re.Match[str], hits: list[Category]) -> Category | None:
    """An N or M without a T before it, where it is one."""
    prefix, begin = _behind(text, match.start())
    if prefix is None:
        return None
    prefix = _norm_prefix(prefix or (match["own"] or "").rstrip("NM "))
    if not prefix:
        if match["v"] in "oO" or _STATION.match(text, match.end()):
            return None
        if not _HEADING[axis].search(text[max(0, begin - 70) : begin]) and not _in_company(text, axis, match):
            return None
    value = _norm(axis, match)
    return Category(axis, value, prefix or _prefix_of_neighbour(hits, begin), begin, match.end(), bool(_EITHER[axis].match(text, match.end())))


def _behind(text: str, at: int) -> tuple[str | None, int]:
    """The prefix that stands before the letter, with where it begins; None where the letter is part of something else."""
    found = _BEHIND.search(text, max(0, at - 6), at)
    if found is not None:
        return (found["pre"] or ("p" if found["o"] else "")).strip(), found.start() if found["pre"] or found["o"] else at
    return (None, at) if _LOOSE.search(text, max(0, at - 1), at) else ("", at)


def _grids(text: str) -> list[Category]:
    """A table with the letters in its head and the categories under them."""
    hits: list[Category] = []
    for match in _GRID.finditer(text):
        for axis in ("t", "n", "m"):
            raw = match[f"{axis}v"]
            if raw:
                value = {"t": _norm_t, "n": lambda v: _norm_n(v, ""), "m": _norm_m}[axis](raw)
                hits.append(Category(axis, value, _norm_prefix(match[axis]), match.start(f"{axis}v"), match.end(f"{axis}v")))
    return hits


def _plausible_t(text: str, match: re.Match[str], prefix: str) -> bool:
    value, end = match["v"], match.end()
    if _CLASS_OF.match(text, end):
        return False
    if prefix == "C" and not re.match(r"T[0-4X]", match.group()[:2]):
        return False  # computed tomography
    if not prefix:
        if _NO_TUMOUR_AFTER.match(text, end, end + 14) or _NO_TUMOUR_BEFORE.search(text, max(0, match.start() - 24), match.start()):
            return False
        if value in ("a", "A", "x", "X") and match.group().strip() not in ("TX", "Tx", "Ta"):
            return False
    return not (value in ("0", "O") and not prefix and not _NCAT.match(text, _gap_end(text, end)))


# Weighted images, vertebrae, blocks T1-4; thyroid hormones.
_NO_TUMOUR_AFTER = re.compile(
    r"(?:\s?-?\s?w(?:eighted|i\b)|\s?/?FLAIR|\s?(?:and\s)?(?:signal|hyper|hypo|hetero|homogen|bright|dark|intermediate|iso-?\s?(?:intens|signal)|shin|shorten|prolong|relax|dixon|mapping|map\b|star\b|\*|t?fse\b|tse\b|space\b|haste\b|stir\b|dwi\b|axial|sagittal|coronal|fat|(?:low|high|mixed)(?:er)?[ -](?:sig|inten)|contrast)|\s?(?:post|pre)\b|\s?image|\s?sequence|\s?-?\s?\d*\s?(?:vertebra|body|bodies|level)|\s?[-\u2013]\s?\d|\s?[-/]\s?T[1-9]\d?\s?(?:vert|disc|level))", re.I
)
_NO_TUMOUR_BEFORE = re.compile(r"(?<!staged )(?<!classified )(?<!assessed )(?<!put )(?<!puts her )(?<!puts him )(?<!puts it )(?<!puts this )(?<!put her )(?<!put him )(?<!put it )(?:section|block|slide|cassette|level|vertebra\w*|spine|at|rib|type|free|troponin|temp|blocks|cassettes)s?[\s:]{1,2}(?:T\d\s*(?:and|,|&)\s*)?$", re.I)
_STATION = re.compile(r"\s*(?:-|\(|:)?\s*(?:#|number|nodes?\b|lymph|stations?|level|involved|examined)", re.I)
_CLASS_OF = re.compile(r"\s*(?:(?:and|or|/|-|to)\s*p?T[1-4][a-d]?\s*)?tumou?rs\b", re.I)


def _gap_end(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


_STAGING_WORD = re.compile(
    r"\b(?:TNM|(?:up|down|re-?)?stag(?:e|ed|ing)|AJCC|UICC|depth of invasion|extent of invasion|primary tumou?r|category|tumou?r extent|pathological?(?:ly)? T|clinical(?:ly)? T|radiological(?:ly)? T|classification)\b"
    r"|\b(?:clinical|patholog|radiolog|histolog)\w*\s(?:\w+\s){0,2}$|\(\s?p?T\s?\)|\b(?:EUS|endosonograph\w*|endoscopic ultrasound|at least|provisionally|presumed)\s?[:=,]?\s?$",
    re.I,
)
_LED = r"|(?:clinical(?:ly)?|patholog\w+|radiolog\w+|histolog\w+|imaging|node[- ](?:negative|positive))[\s:,(-]{1,3}(?:(?:is|was|as|staged|disease|nodes?|node|negative|positive)[\s:,(-]{1,3}){0,3}$"
_HEADING = {
    "n": re.compile(r"(?:\(\s?p?N\s?\)|lymph nodes?|nodal status|node stage|\bnodes?\b|lymph node stage[^\n;]{0,30}|pathologic(?:al)? N|clinical N|N[ -]stage|N category|TNM|stag(?:e|ing))[^.\n;]{0,24}$" + _LED, re.I),
    "m": re.compile(r"(?:\(\s?p?M\s?\)|metasta\w+|pathologic(?:al)? M|clinical M|M[ -]stage|M category|TNM|stag(?:e|ing))[^.\n;]{0,24}$" + _LED, re.I),
}
_DISEASE = re.compile(r"\s+(?:(?:nodal|neck|axillary|regional|metastatic|distant)\s+)?(?:disease|cancer|carcinoma|tumou?r)\b", re.I)
_LONE_T = re.compile(r"T[1-4][a-d]?\b[^.\n:;]{0,20}\b(?:tumou?r|disease|lesion|cancer|carcinoma|melanoma)\b", re.I)
# A letter behind the figure makes it a category; so does a bracket of its own, or the reason for it.
_SELF = re.compile(
    r"T[1-4][a-d](?![\w/-]|\s(?:lympho|cell|helper|weight))|T[1-4](?=\s(?:by|due to|because|because of|given|owing to|in view of|on account of)\s|\s(?:on|at)\s(?:EUS|endo|MRI?|CT|PET|US|imag|scan|ultraso|mammo|staging|histol|pathol|resection|review))"
    r"|(?<=\()T[1-4](?=\))|Ta(?=\s(?:low|high|LG|HG|G[1-3]|TCC|UC|urothelial|papillary|grade|bladder|tumour|lesion|disease))"
)
_LABELLED = re.compile(r"[TNM](?:[\s-]?(?:category|stage|status|cat\b|classification|descriptor|factor)|\)|\s?[:=|]\s?[TNM])", re.I)


def _staging_nearby(text: str, match: re.Match[str]) -> bool:
    at = match.start()
    return bool(_STAGING_WORD.search(text, max(0, at - 70), at) or _LONE_T.match(text, at, at + 40) or _SELF.match(text, at) or _LABELLED.match(match.group()))


def _in_company(text: str, axis: str, match: re.Match[str]) -> bool:
    """Whether what is said beside an N or M without T or heading shows that it is one ("N2 disease", "N0 M0", "M1a")."""
    if _LABELLED.match(match.group()) or _DISEASE.match(text, match.end()):
        return True
    if axis == "n":
        return _M_RUN.match(text, _gap_end(text, match.end())) is not None
    return match["v"][:1] == "1" and match["v"][1:2] in ("a", "b", "c", "d")


def _prefix_of_neighbour(hits: list[Category], at: int) -> str:
    if any(0 <= at - h.end < 24 and not h.prefix for h in hits):
        return ""  # its own T has none
    near = [h for h in hits if abs(h.start - at) < 400 and h.prefix]
    return min(near, key=lambda h: abs(h.start - at)).prefix if near else ""


def _drop_legend(text: str, hits: list[Category]) -> list[Category]:
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
    return {"u": "c", "i": "c", "mr": "c", "ymr": "yc"}.get(found, found)


def _norm(axis: str, match: re.Match[str]) -> str:
    return _norm_n(match["v"], match["s"]) if axis == "n" else _norm_m(match["v"])


def _norm_t(value: str) -> str:
    flat = value.replace(" ", "").replace("(mi", "mi")
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
    flat = value.replace(" ", "").replace("(mi", "mi")
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
