"""The stage as a document states it: TNM categories and stage groups, each with its basis.

Questions: ``stage.<basis>.t|n|m|group`` with basis ``clinical``, ``pathologic``, ``post_neoadjuvant``, ``recurrence``… or
``unspecified`` where neither a prefix nor a word nor the kind of the document tells; ``stage.figo`` and ``stage.figo_2023``.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.rules.context import Context
from agents.rules.general_talk import general
from agents.rules.reading import Reading, Sentence
from agents.rules.stage_groups import Group, stage_groups
from agents.rules.text import words
from agents.rules.timing import sentence_at
from agents.rules.tnm import Category, categories
from panel.opinion import Certainty, Finding

_AT_LEAST = words(r"(?:at least|\?|possibl[ey]|probabl[ey]|provisional(?:ly)?|presumed|suspected|if|\bor\b|versus|vs\.?|likely)\s*(?:clinical(?:ly)?\s*|stage\s*|a\s*|figo\s*|ajcc\s*|uicc\s*|tnm\s*|group\s*|:\s*)*$")
_BASIS = words(
    r"(?P<y>\b(?:after|following|post)[\s-](?:neo-?adjuvant|chemo\w*|NACT|NAC)\b[^.;]{0,30}$)"
    r"|(?P<p>patholog|\bptnm|\bp-stage|histolog|histopath|specimen|\bresect(?:ed|ion)\b|post-?op|surgical(?:ly)? stag|microscop|\bfinal (?:stag|report))"
    r"|(?P<c>clinical|\bclin\b|radiolog|\bctnm|\bc-stage|imaging|\bCT\b|\bMRI?\b|\bPET\b|\bEUS\b|\bscans?\b|ultrason?|sonogra|mammogra|endoscop|bronchosc|colonosc|\bpre-?op|\bon exam|\bexamination|\bdre\b|palpat|colposcop|\beua\b|cystoscop|laryngoscop|endosono|bimanual|under anaesthe)",
)
_BASIS_AFTER = words(
    r"(?:[\s,/;]*[pc]?[NM][0-3X+][a-d]?)*[\s,]*(?:(?:[\w-]+\s+){0,2}(?:cancer|tumou?r|carcinoma|lesion|mass|growth|disease|adenocarcinoma|primary|one)\s+(?=(?:on|by|at|per)\s))?\(?(?:(?:based|staged|assessed|according)\s+)?(?:(?:on|by|at|per|from|to|upon|in)\s+)?"
    r"(?:(?:the|her|his|their|final|staging|definitive|our|recent|latest|last|today's|that|formal|review|bone|whole[- ]body|both|of)\s+){0,3}"
    r"(?:(?P<p>patholog|histolog|histopath|resection|specimen|final report|surgical specimen)|(?P<c>clinical|radiolog|imaging|CT\b|MRI?\b|PET\b|EUS\b|scan|ultraso|mammogra|endosono|examination|dre\b))",
)
# What was before treatment: "from T3 N1 to T1 N0", "T3 N1 before chemotherapy".
_REST = r"(?:[\s,/;]*[pc]?[nm][0-3x+][a-d]?)*"
_OUTSET = words(rf"{_REST}[\s,(]*(?:disease |tumou?r |cancer )?(?:before|prior to|ahead of|at the (?:outset|start)(?: of)?|pre-?)\s?(?:(?:any|the|her|his|all|neo-?adjuvant|induction|long[- ]course|short[- ]course)\s)*(?:treat\w+|chemo\w*|radio\w*|therapy|crt\b|nact?\b|flot\b|folfirinox)")
_FROM = words(r"\bfrom (?:an? |the )?(?:initial |original |clinical |baseline |stage )*[nt(]?\s?(?:t[0-4][a-d]?[\s,]*)?$")
_DOWN_TO = words(rf"{_REST}[^.;]{{0,60}}?\bto\s(?:an? |only |just |no more than )?(?:[y]?[pc]?[tn]|stage|residual|nothing|complete)")
# Another cancer of the patient, staged in passing.
_ANOTHER = words(
    r"\b(?:previous|prior|earlier|separate|second|synchronous|metachronous|incidental|another|unrelated|past)\s+(?:(?!chemo)[\w-]+\s+){0,3}?(?:primary|cancer|carcinoma|adenocarcinoma|melanoma|tumou?r|neoplasm)\b[^.;]{0,60}$"
    r"|\b(?:active surveillance|watchful waiting)\b[^.;]{0,40}$",
)
_ANOTHER_AFTER = words(r"[^.;\n]{0,60}\b(?:active surveillance|watchful waiting|watch and wait|treated (?:elsewhere|in (?:19|20)\d\d))\b")


def staging_findings(reading: Reading) -> Iterator[Finding]:
    """Every T, N, M and stage group stated of the present tumour, by position."""
    text = reading.text
    hits = categories(text)
    for hit in hits:
        sentence = _sentence_at(reading, hit.start)
        if sentence is None or _not_now(reading, sentence, hit.start, hit.end):
            continue
        question = f"stage.{_basis(reading, sentence, hit)}.{hit.axis}"
        yield _finding(reading, sentence, question, hit.value, hit.start, hit.end, certain=not hit.either)
    told: set[int] = set()
    for group in sorted(stage_groups(text, reading.low)):
        sentence = _sentence_at(reading, group.start)
        if group.start in told or sentence is None or _not_now(reading, sentence, group.start, group.end):
            continue
        told.add(group.start)
        question = group.question if group.question != "group" else f"{_group_basis(reading, sentence, group, hits)}.group"
        yield _finding(reading, sentence, f"stage.{question}", group.value, group.start, group.end, certain=group.certain)


def _finding(reading: Reading, sentence: Sentence, question: str, value: str, start: int, end: int, *, certain: bool) -> Finding:
    vague = not certain or bool(_AT_LEAST.search(reading.low[max(sentence.start, start - 24) : start]))
    certainty: Certainty = "uncertain" if vague or sentence.context(start, end) & Context.UNCERTAIN else "stated"
    return Finding(
        question=question,
        value=value,
        date=reading.date,
        certainty=certainty,
        evidence=(reading.quote(sentence, (start, end)),),
    )


def _not_now(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    context = sentence.context(start, end)
    if context & (Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD) or sentence.section in ("legend", "history"):
        return True
    text = reading.low
    if reading.document.kind == "pathology":
        return False
    return general(text, sentence.start, sentence.end) or bool(_ANOTHER.search(text, max(sentence.start, start - 120), start) or _ANOTHER_AFTER.match(text, end, sentence.end))


def _sentence_at(reading: Reading, position: int) -> Sentence | None:
    sentence = sentence_at(reading, position)
    return sentence if sentence is not None and sentence.start <= position else None


def _basis(reading: Reading, sentence: Sentence, hit: Category) -> str:
    """The basis of a category: its prefix, else the word by it, else the desk."""
    if hit.prefix:
        return _named_basis(hit.prefix)
    return _worded_basis(reading, sentence, hit.start, hit.end, 60) or _desk_basis(reading)


def _named_basis(prefix: str) -> str:
    if prefix.startswith("y"):
        return "post_neoadjuvant" if prefix.endswith("p") or prefix == "y" else "post_neoadjuvant_clinical"
    if prefix.startswith("r"):
        return "recurrence"
    return {"p": "pathologic", "c": "clinical", "a": "autopsy"}.get(prefix[-1], "clinical")


def _worded_basis(reading: Reading, sentence: Sentence, start: int, end: int, reach: int) -> str | None:
    """What the words right behind, or else the last ones before, say it rests on."""
    after = _BASIS_AFTER.match(reading.low, end, min(sentence.end, end + 60))
    if after is None and (_OUTSET.match(reading.low, end, min(sentence.end, end + 60)) or (_FROM.search(reading.low, max(sentence.start, start - 24), start) and _DOWN_TO.match(reading.low, end, sentence.end))):
        return "clinical"
    if after:
        return "pathologic" if after["p"] else "clinical"
    text, low = reading.low, sentence.start
    if text[max(0, low - 2) : low].rstrip().endswith((":", "|")):
        low = text.rfind("\n", 0, low) + 1  # the heading on the same line
    said = list(_BASIS.finditer(text, max(low, start - reach), start))
    if not said or said[-1]["y"]:
        return None
    return "pathologic" if said[-1]["p"] else "clinical"


def _desk_basis(reading: Reading) -> str:
    return {"radiology": "clinical", "pathology": "pathologic"}.get(reading.document.kind, "unspecified")


# "cT3 cN1, stage III, now ypT2": another time begins.
_TURN = words(r"\b(?:now|then|later|after|afterwards|subsequent\w*|but|upstaged|downstaged|becoming|became|today|finally)\b|\bto\s$|[.;]\s|\u2192|->")


def _way(low: str, group: Group, hit: Category) -> int:
    """How far it is in letters from a category to the group; farther where another time is spoken of between."""
    first, last = (hit.end, group.start) if hit.start < group.start else (group.end, hit.start)
    return last - first + (160 if _TURN.search(low, first, last) else 0)


def _group_basis(reading: Reading, sentence: Sentence, group: Group, hits: list[Category]) -> str:
    """The basis of a stage group: its own word, else the TNM beside it, else the desk."""
    if group.prefix:
        return _named_basis(group.prefix)
    worded = _worded_basis(reading, sentence, group.start, group.end, 30)
    if worded:
        return worded
    near = [h for h in hits if h.axis != "m" and abs(h.start - group.start) < 160]
    near = [h for h in near if h.axis == "t"] or near  # cN0 and cM0 stand beside a pT too
    if near:
        return _basis(reading, sentence, min(near, key=lambda h: _way(reading.low, group, h)))
    return _desk_basis(reading)
