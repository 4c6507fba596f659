"""Lymph nodes counted by the pathologist: how many were examined and how many held tumour.

Counts are read from the whole text rather than from sentences, because a form puts the number on another line than the
word "nodes". Findings: ``nodes.examined`` and ``nodes.positive`` for the whole specimen (``inferred`` when summed up
from stations), ``nodes.sentinel.*`` and ``nodes.station.*`` for parts of it. The two findings of one count share their
evidence, so that they can be paired again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.rules.context import Context
from agents.rules.node_clauses import told_counts
from agents.rules.node_items import item_counts
from agents.rules.node_tables import table_counts
from agents.rules.numerals import NUMERAL, numeral
from agents.rules.reading import Reading, Sentence
from agents.rules.text import near, places
from agents.rules.timing import is_old, sentence_at
from panel.opinion import Certainty, Finding

# Letters that every nodal word holds, in lower case and as written; then the word itself.
_STEMS = ("groin", "axilla", "entinel", "nod", "n0", "n1", "n2", "n3", "n+", "level", "tation", "gland", "clearance", "dissection", "ymphadenectomy")
_SHORT = ("LN", "Ln", "SNB", "ANC")
_ANY_NODE = re.compile(r"[Nn](?:[Oo][Dd](?:[Ee]s?\b|[Aa][Ll]\b|[Ee][Ss]\b|[Ee]S\b)|[0-3][a-c]?(?:mi)?[\s,;]*[\[(\d]|\+\s)|L[Nn]s?\b|\b(?:SNB|ALND|ANC|LNR)\b|\b[Ll]evels? [IV1-9]|[Ss]tations? \d|[Ll]ymph[ -]?glands?|[Gg]lands? (?:removed|taken)|[Gg]lands\b|[Ss]entinel (?:proc|samp)|(?:[Gg]roin|[Aa]xilla)s?:? (?=\d{1,2} ?/ ?\d)|(?:[Cc]learance|[Dd]issection|CLEARANCE|DISSECTION)\b|ymphadenectomy|LYMPHADENECTOMY")
# From here on all for lower case: a regular expression without regard to case takes several times as long.
_NODE = r"(?:sentinel\s+(?:lymph\s+)?(?:nodes?\s+)?biops\w+|slns?\s+biops\w+|lymph[\s-]*nod(?:es?|al)|lymphonod\w+|lymph[\s-]*glands?|nod(?:es?|al)|lns?|slns?|slnb|snb|alnd|anc|lnr|lymphadenectomy|(?:axillary|pelvic|groin|armpit|neck) glands|axillary (?:clearance|dissection|contents)|neck dissection)"
_NODE_WORD = re.compile(rf"\b{_NODE}\b|\by?p?n[0-3][a-c]?(?:mi)?(?=[\s,;(\[])|\bn\+(?=\s)|\blevels?\s+(?:[iv]+[ab]?\b|\d\w?\s*:)|\bstations?\s+\d+[rl]?|\b(?:groin|axilla)s?:?\s?\Z|\bsentinel (?:procedure|sampling)")
_COUNT = re.compile(
    rf"(?<![\w./,+-])(?P<p>{NUMERAL}|none|nil|no|neither|a single)\+?\s*(?:/|(?:[a-z-]+\s+){{0,3}}\(?(?:(?:out\s+)?of|from(?=\s+(?:the\s+)?\w+\s+(?:\w+\s+)?(?:nodes?|glands|ln))|among(?:st)?)\s+(?:the\s+|her\s+|his\s+|a\s+total\s+of\s+)?|in(?=\s+\d+\s+(?:lymph\s+)?(?:node|ln)))\s*"
    rf"(?P<e>{NUMERAL})(?![\w%/]|\.\d|\s?(?:mm|cm|%|mg|gy|x)\b|\s?(?:cores?|cycles?|fractions?|markers?|sets?|blocks?|levels?(?!\s+(?:[iv]+[ab]?|\d|one|two|three|four|five|six|seven)\b)|stations?|years?|hours?|hpf|days?|weeks?|months?|drains?|chips|tablets?|doses?|visits?|ago|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|ember|ober)?|(?:(?:,\s?\d+(?:\.\d+)?)*,?\s?(?:and|&)\s\d+(?:\.\d+)?)\s?(?:mm|cm)\b|nodules?|lobes?|patients|children|siblings|sisters|brothers)\b|st\b|nd\b|th\b)",
)
# Between the word "nodes" and its count nothing else that is counted or scored may stand.
_OTHER = re.compile(
    r"\b(?:cores?|biops\w*|allred|er|pr|her2|margins?|mitos\w+|mitotic|gleason|ecog|grade|blocks?|slides?|fractions?|gy|cycles?|markers?|score|o'?clock|"
    r"tablets?|bp|weeks?|months?|years?|dose|murmur|power|quadrants?|chips|scan|dated?|deposits? (?:of|measur\w+)|psa|pd-?l1|ki-?67|ihc|cm[23]?|polyps?|lobe|seen on|ct|mri|pet|fev1?)\b"
)
_AFTER = re.compile(
    rf"\s*\)?,?\s*(?:(?:of|the|these|sampled|examined|retrieved|dissected|removed|harvested|identified|found|submitted|resected|excised|recovered|total|benign|positive|negative|metastatic|involved|regional|small|right|left|bilateral|[a-z-]*(?:pelvic|aortic|axillary|inguinal|"
    rf"obturator|iliac|hilar|mediastinal|cervical|central|peri\w+|mesenteric|mesorectal|sentinel|paracolic|femoral|groin|neck|level\s+(?:[ivx\d-]+[ab]?|one|two|three|four|five|six|seven)))\s+){{0,4}}{_NODE}\b"
    r"|\s*(?:pelvic|para-?aortic|hilar|mediastinal|axillary|inguinal|obturator|iliac)\b|\s*(?:(?:lymph|armpit|groin|neck|pelvic|axillary|little|small)\s+){0,2}glands?\b(?!\s+(?:of|forming|with lumen))"
)
_STATION = re.compile(
    r"\b(?:right|left|r|l|pelvic|para(?!ff|ll|m)-?[a-z]+|obturator|iliac|hilar|interlobar|lobar|mediastinal|subcarinal|paratracheal|levels?\s+[ivx\d]+\w?|stations?\s*\d+\w?|mesenteric|apical|inguinal|"
    r"perigastric|celiac|coeliac|gastric|splenic|hepatic|common|intramammary|peri(?!-?(?:operative|nodal))[a-z]+|intra-?pulmonary|epicardial|omental|non-?sentinel|parametrial|presacral|group|#\s?\d+|central|lateral|supraclavicular|\d{1,2}[rl]|jugular|groin|submandibular|submental|internal|external)\b",
)
_SENTINEL = re.compile(r"(?<!non)(?<!non-)(?<!non )\b(?:sentinel|slns?|slnb|snb|slnd)\b|\bsn\b")
_TOTAL = re.compile(r"\b(?:totals?|in all|all nodes|overall|altogether|combined|together|sum)\b")
_LABELLED_EXAMINED = re.compile(
    r"\b(?=lymph |node|total|number\s|of\s|regional|examined|retrieved|harvested|sampled|recovered|found|identified|submitted)"
    rf"(?:(?:lymph )?nodes?\s+)?(?:total\s+)?(?:number\s+)?(?:of\s+)?(?:(?:regional\s+)?(?:lymph\s+)?nodes?\s+)?(?:(?:examined|retrieved|harvested|sampled|recovered|found|identified|submitted)"
    rf"(?:\s*\(total\))?|total(?:\s+(?:number|nodes?|lymph nodes?|count))*)\s*[:=-]{{0,2}}\s*(?P<v>{NUMERAL})(?![\w/%.]*\d|\s*(?:of|out of|/|mm|cm)\b|\s*/)"
)
_LABELLED_POSITIVE = re.compile(
    rf"\b(?:involved|positive(?:\s+(?:lymph\s+)?nodes?)?|with\s+(?:macro)?metasta\w+|metasta(?:tic|ses)(?:\s+(?:lymph\s+)?nodes?)?|containing\s+(?:tumou?r|metasta\w+)|with\s+tumou?r|affected)(?:\s*\(total\))?\s*"
    rf"[:=-]{{0,2}}\s*(?P<v>{NUMERAL}|none|nil)\b(?![\w/%.]*\d|\s*(?:of|out of|/|mm|cm)\b|\s*/)"
)
_MICRO = re.compile(rf"\bmicro-?metasta\w+\s*[:=-]?\s*(?P<v>{NUMERAL})\b(?!\s*(?:mm|/|of))")
_WORDED = re.compile(
    rf"(?<![\w./])(?:all\s+)?(?P<e>{NUMERAL})\s+(?:[a-z/-]+\s+){{0,4}}?(?:lymph\s+)?nodes?\b(?:\s*\([^)]{{0,20}}\))?"
    rf"(?:\s*(?:[,:-]|were|was|are|is|all|found|identified|examined|retrieved|sampled|and|which|,?\s*of which))*\s*"
    rf"(?:(?P<zero>(?:(?:no|without)\s+(?:evidence of\s+|sign of\s+)?(?:metasta|tumou?r|malignan|carcinoma|cancer|melanoma|disease)|free\b|negative\b|uninvolved\b|benign\b|none (?:involved|positive)|not involved))"
    rf"|(?P<p>{NUMERAL}|both|all)\s+(?:of (?:which|them|these)\s+)?(?:are\s+|were\s+|was\s+|is\s+)?(?:with(?!\s+(?:an?\s+|some\s+|old\s+|treatment\s+)*(?:scar|fibro|reactive|granulom|anthrac|histiocyt|sinus|fat\b|n[a]?ev))|contain\w*|show\w*|involved|positive|harbou?r\w*|hold\w*|held)\b)",
)
_BRACKETED = re.compile(rf"(?:nodes?|slns?)\s*\((?:n\s*=\s*)?(?P<e>{NUMERAL})\)\s*[:,-]?\s*(?:(?P<zero>no (?:metasta|tumou?r|evidence|malign)|negative|free|benign|without)|(?P<p>{NUMERAL}|both|all)\s+(?:of (?:which|them|these)\s+)?(?:are\s+|is\s+|were\s+|was\s+)?(?:with(?!\s+(?:an?\s+|some\s+|old\s+|treatment\s+)*(?:scar|fibro|reactive|granulom|anthrac|histiocyt|sinus|fat\b|n[a]?ev))|contain\w*|show\w*|involved|positive|harbou?r\w*|hold\w*|held)\b(?! (?:only )?(?:isolated|no\b)))")
_NO_COUNT = re.compile(r"(?:receptors?|allred|quick score|\b(?:er|pr|pgr))\W{0,3}$|\b(?:on|dated?|since|until|every|within|review(?:ed)?(?: in)?|clinic(?: in)?|follow-?up(?: in)?|back in|levels?|stations?|zones?|groups?|pages?|sheets?|parts?|volumes?|versions?)\s*$")
_OPERATED = re.compile(r"(?:dissection|clearance|lymphadenectomy)\s$")
_OF_POSITIVE = re.compile(r"\s*(?:positive|involved|metastatic|affected|these|those|them)\b")
_BEYOND = re.compile(r"extra-?\s?(?:nodal|capsular)|\b(?:ene|ece|ecs|enx)\b|micro-?metast|\bitcs?\b|perinodal")
_BARE_LABEL = re.compile(r"[\s,;]*(?:and\s+)?(?:\d{1,2}[RLabrl]?|[IVXivx]+[ab]?|#\d+)\s*[:=]?\s*")
_LISTED = re.compile(r"nod(?:es?|al)\s?[:,-]\s?#?\d{1,2}[a-d]?[rl]?\s?[:=]?\s$")
_LEADER = re.compile(r"\.(?: ?\.){2,}|_{3,}|\u2026+")
_TWICE = re.compile(rf"\b({NUMERAL})(\s?\((\d{{1,3}})\))")  # "six (6) of twenty-four (24)"
_LEADERS = ("..", ". .", "___", "\u2026")
_REACH = 80


class Count(NamedTuple):
    """A count of nodes as written."""

    start: int
    end: int
    part: str
    """Empty for the whole specimen, ``sentinel`` or ``station``."""
    total: bool
    """Called the total in so many words."""
    positive: int | None
    examined: int | None


def node_findings(reading: Reading) -> Iterator[Finding]:
    """The node counts of a document's specimen, by position; none of a radiology report."""
    if reading.document.kind == "radiology":
        return
    stretches = _neighbourhoods(reading)
    tabled = [Count(t.start, t.end, "" if t.total else "station", t.total, t.positive, t.examined) for t in table_counts(reading.text)]
    if not stretches and not tabled:
        return
    text = reading.low
    if any(mark in text for mark in _LEADERS):  # "lymph nodes ....... 21 examined"
        text = _LEADER.sub(lambda dots: " " * len(dots.group()), text)
    if "(" in text:
        text = _TWICE.sub(lambda said: said[1] + " " * len(said[2]) if numeral(said[1]) == int(said[3]) else said.group(), text)
    told = [c for c in _counts(text, stretches) if not any(t.start <= c.start < t.end for t in tabled)]
    counts = _this_time(reading, sorted([*told, *tabled]))
    whole, parts = _sorted_out(counts)
    every = sorted([*whole, *parts])
    homes = [sentence_at(reading, count.start) for count in every]
    for count, home in zip(every, homes, strict=True):
        yield from _both(reading, count, "stated", homes.count(home) > 1)
    if not whole:
        yield from _summed(reading, parts)


def _sorted_out(counts: Sequence[Count]) -> tuple[list[Count], list[Count]]:
    """The counts of the whole specimen and those of parts of it."""
    totals = [c for c in counts if c.total]
    others = [c for c in counts if not c.total]
    plain = [c for c in others if not c.part]
    parts = [c for c in others if c.part]
    if totals:
        return totals, [*parts, *(p._replace(part="station") for p in plain)]
    stations = [c for c in parts if c.part == "station"]
    if not plain and len(stations) == 1 and len(parts) == 1:
        return [stations[0]._replace(part="")], []
    total = next((c for c in reversed(stations) if _is_sum(c, [s for s in stations if s is not c])), None)
    if total is not None and not plain:
        return [total._replace(part="")], [p for p in parts if p is not total]
    return plain, parts


def _is_sum(count: Count, others: Sequence[Count]) -> bool:
    """Whether a count that names a station tells what the others come to: "0/12, 0/10, 1/8 … 1/30 (para-aortic)"."""
    told = [(c.positive, c.examined) for c in others if c.positive is not None and c.examined is not None]
    return len(told) == len(others) > 1 and (count.positive, count.examined) == tuple(map(sum, zip(*told, strict=True)))


def _summed(reading: Reading, parts: Sequence[Count]) -> Iterator[Finding]:
    """The total that nobody wrote down: the sum over distinct stations."""
    full = [p for p in parts if p.positive is not None and p.examined is not None]
    if len(full) < 2 or len(full) != len(parts):
        return
    listed = len({reading.index_at(p.start) for p in full}) == 1  # "right obturator 0/1, left external iliac 0/1"
    if len({reading.text[p.start : p.end] + str(p.part) for p in full}) == 1 and full[0].part == "sentinel" and not listed:
        return  # the same sentinel count said twice
    summed = full[-1]._replace(
        part="",
        positive=sum(p.positive or 0 for p in full),
        examined=sum(p.examined or 0 for p in full),
        start=full[0].start,
    )
    yield from _both(reading, summed, "inferred", shared=True)


def _both(reading: Reading, count: Count, certainty: Certainty, shared: bool) -> Iterator[Finding]:
    sentence = sentence_at(reading, count.start)
    if sentence is not None and sentence.context(count.start, count.end) & Context.UNCERTAIN:
        certainty = "uncertain"
    prefix = f"nodes.{count.part}." if count.part else "nodes."
    low, high = count.start, count.end
    if sentence is not None and high - sentence.start <= 240:
        low = min(low, sentence.start)
    if sentence is not None and sentence.end - low <= 240 and not shared:
        high = max(high, sentence.end)  # counts that share a sentence each end their own quote
    high = min(high, low + 600)
    evidence = reading.evidence(low, high)
    for name, value in (("examined", count.examined), ("positive", count.positive)):
        if value is not None:
            yield Finding(question=prefix + name, value=value, date=reading.date, certainty=certainty, evidence=(evidence,))


def _this_time(reading: Reading, counts: list[Count]) -> list[Count]:
    kept = []
    for count in counts:
        sentence = sentence_at(reading, count.start)
        if sentence is not None and _is_other(reading, sentence, count):
            continue
        kept.append(count)
    return kept


def _is_other(reading: Reading, sentence: Sentence, count: Count) -> bool:
    context = sentence.context(count.start, count.end)
    if context & (Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL):
        return True
    return is_old(reading, sentence.start, sentence.end)


def _counts(text: str, stretches: list[tuple[int, int]]) -> list[Count]:
    found = [count for low, high in stretches for reader in (_ratios, _worded, _labelled) for count in reader(text, low, high)]
    found.sort(key=lambda c: (c.start, -(c.end - c.start)))
    kept: list[Count] = []
    written = found[:]
    items = [item for low, high in stretches for item in item_counts(text, low, high)]
    found = [c for c in found if not any(i.start <= c.start < i.end and c.examined != i.examined for i in items)]
    found.extend(Count(i.start, i.end, *_part(text[i.start : i.end], text[max(0, i.start - 60) : i.end]), i.positive, i.examined) for i in items)
    told = (c for low, high in stretches for c in _told(text, low, high) if not any(_one_clause(text, c, w) for w in written))
    for count in (*found, *told):
        bracketed = text[count.start - 1 : count.start] in ("(", "[")  # "seven nodes, no metastasis (0/7)"
        twice = any(
            k.positive == count.positive and k.examined == count.examined
            and (k.part == count.part == "" or (bracketed and count.start - k.end < 160 and not re.search(r"[\n;]", text[k.end : count.start])))
            for k in kept
        )
        overlaps = any(k.start < count.end and count.start < k.end for k in kept)
        if not twice and not overlaps:
            kept.append(count)
    return sorted(kept)


def _one_clause(text: str, first: Count, second: Count) -> bool:
    low, high = min(first.end, second.end), max(first.start, second.start)
    return low >= high or (high - low < 80 and not re.search(r"[;\n]|\.\s", text[low:high]))


def _told(text: str, low: int, high: int) -> Iterator[Count]:
    """"All 23 nodes clear": counts in clauses where no other reader found one."""
    for told in told_counts(text, low, high):
        own = text[max(_clause_start(text, told.start), told.start - 30) : told.end]
        yield Count(told.start, told.end, *_part(own, own), told.positive, told.examined)


def _neighbourhoods(reading: Reading) -> list[tuple[int, int]]:
    """The stretches around nodal words, merged: nothing else is searched."""
    spans: list[tuple[int, int]] = []
    text = reading.text
    for word in near(_ANY_NODE, text, sorted([*places(reading.low, *_STEMS), *places(text, *_SHORT)]), 6, 16):
        low, high = max(0, word.start() - 60), min(len(text), word.end() + 170)
        if spans and low <= spans[-1][1]:
            spans[-1] = spans[-1][0], high
        else:
            spans.append((low, high))
    return spans


def _ratios(text: str, low: int, high: int) -> Iterator[Count]:
    """"2/14", "2 of 14", "none out of twelve"."""
    last: Count | None = None
    for match in _COUNT.finditer(text, low, high):
        positive = numeral(match["p"])
        examined = numeral(match["e"])
        if positive is None or examined is None or not 0 < examined <= 150 or positive > 150:
            continue
        if positive > examined and "/" in match.group():
            continue  # a cassette list, or the total written first
        if "/" in match.group() and _NO_COUNT.search(text, max(0, match.start() - 24), match.start()):
            continue  # a date, a time ("review in 6/52"), levels 2/3
        if "/" in match.group() and positive == examined and _OPERATED.search(text, max(0, match.start() - 24), match.start()):
            continue  # "neck dissection 2/2": its day
        if _OF_POSITIVE.match(text, match.end()) and _BEYOND.search(text, _clause_start(text, match.start()), match.end() + 40):
            continue  # "extranodal extension in one of three positive nodes"
        follows = _follows(text, last, match.start())
        word = _node_word(text, match.start())
        after = _AFTER.match(text, match.end())
        if word is None and not follows and not re.search(_NODE, match.group(), re.I) and (not after or _is_date(text, match)):
            continue
        begin = max(_clause_start(text, match.start()), last.end if last and follows else 0)
        own = text[begin : after.end() if after else _clause_end(text, match.end())]
        around = text[max(0, begin - 30, word - 25) : match.end()] if word is not None and not follows else own
        part, total = _part(own, around)
        if not part and not total and _LISTED.search(text, max(0, match.start() - 24), match.start()):
            part = "station"  # "nodes: 8a 0/2; 12 0/3"
        if follows and last is not None and last.part == "sentinel" and part == "station" and (word is None or word < last.end):
            part = "sentinel"
        elif follows and last is not None and last.part == "station" and not part and not total and _BARE_LABEL.fullmatch(text, begin, match.start()):
            part = "station"  # "level I 0/4, II 2/9, III 0/7"
        last = Count(match.start(), match.end(), part, total, positive, examined)
        yield last


def _follows(text: str, last: Count | None, at: int) -> bool:
    """"right 0/12, left 0/11; total 0/23": whether the nodal count before this one carries on."""
    if last is None:
        return False
    between = text[last.end : at]
    if len(between) <= 48 and _flows(between, stop=r"\n\s*\n|\.\s"):
        return True
    tail = re.search(r"[^\s.;][^.;\n]*$", between)
    if tail is None or len(between) > 240 or _OTHER.search(tail.group()):
        return False
    return bool(_TOTAL.match(tail.group()) or (len(between) <= 90 and _STATION.match(tail.group()) and _flows(between, stop=r"\n\s*\n")))


def _is_date(text: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:\bon|\bdate\w*|\bof|\bsince|\bfrom|\buntil)\s*$", text[max(0, match.start() - 8) : match.start()])) and "/" in match.group()


def _node_word(text: str, at: int) -> int | None:
    """Where the nodal word begins that the number at ``at`` belongs to."""
    word = next(reversed(list(_NODE_WORD.finditer(text, max(0, at - _REACH), at))), None)
    return word.start() if word is not None and _flows(text[word.end() : at]) else None


def _flows(between: str, stop: str = r"\n\s*\n|[.!?]\s+\S.{24,}") -> bool:
    return not _OTHER.search(between) and not re.search(stop, between, re.S)


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, max(0, at - _REACH), at) for mark in ",;\n.") + 1


def _clause_end(text: str, at: int) -> int:
    ends = [e for e in (text.find(mark, at, at + 30) for mark in (",", ";", "\n", ".", " - ", " \u2013 ")) if e >= 0]
    return min(ends, default=min(len(text), at + 12))


def _sentinel(text: str) -> bool:
    return ("sn" in text or "sln" in text or "sentinel" in text) and _SENTINEL.search(text) is not None


def _part(own: str, around: str) -> tuple[str, bool]:
    """Which part a count is of, and whether its own clause calls it the total."""
    if _TOTAL.search(own):
        return "", True
    if _sentinel(own) or (_sentinel(around) and not re.search(r"\bnon-?\s?sentinel|dissection|clearance", own, re.I)):
        return "sentinel", False
    return ("station", False) if _STATION.search(own) else ("", False)


def _worded(text: str, low: int, high: int) -> Iterator[Count]:
    """"Fourteen lymph nodes, all negative", "eleven nodes, two with metastasis", "sentinel nodes (2): no metastasis"."""
    for pattern in (_WORDED, _BRACKETED):
        for match in pattern.finditer(text, low, high):
            examined = numeral(match["e"])
            if examined is None or not 0 < examined <= 150:
                continue
            groups = match.groupdict()
            if groups.get("p") and _OF_POSITIVE.match(text, match.end("e")):
                continue  # "two positive nodes, one with extracapsular spread"
            if groups["zero"]:
                positive: int | None = 0
            else:
                word = (groups.get("p") or "").lower()
                positive = examined if word in ("both", "all") else numeral(word)
            if positive is None or re.match(r"[^.\n]{0,40}\d\s?(?:mm|cm)", text[match.start("e") : match.start("e") + 30]):
                continue
            if re.search(r"\b(?:of|/)\s*$", text[max(0, match.start() - 5) : match.start()]):
                continue
            own = text[_clause_start(text, match.start()) : match.end()]
            yield Count(match.start(), match.end(), *_part(own, own), positive, examined)


def _labelled(text: str, low: int, high: int) -> Iterator[Count]:
    """"Nodes examined: 18 / involved: 3", the fields of a form, in either order and on lines of their own."""
    for match in _LABELLED_EXAMINED.finditer(text, low, high):
        examined = numeral(match["v"])
        if examined is None or not 0 <= examined <= 150 or _node_word(text, match.start("v")) is None:
            continue
        behind = _LABELLED_POSITIVE.search(text, match.end(), min(len(text), match.end() + 110))
        ahead = None if behind else _LABELLED_POSITIVE.search(text, max(0, match.start() - 90), match.start())
        hit = behind or ahead
        if hit is None or re.search(r"\n\s*\n\s*\n", text[min(hit.end(), match.end()) : max(hit.start(), match.start())]):
            continue
        positive = numeral(hit["v"])
        if positive is None:
            continue
        start, end = min(match.start(), hit.start()), max(match.end(), hit.end())
        micro = _MICRO.search(text, start, min(len(text), end + 40))
        if micro and not re.search(r"micro", hit.group(), re.I):
            positive += numeral(micro["v"]) or 0
        own = text[_clause_start(text, match.start()) : end]
        part = "sentinel" if _sentinel(own) or _sentinel(text[max(0, match.start() - 40) : match.start()]) else ""
        yield Count(start, end, part, not part and bool(_TOTAL.search(own)), positive, examined)
