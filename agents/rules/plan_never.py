"""What a patient has not had so far, or will have no more of: told, and so decided for nobody. And the no of a form."""

from __future__ import annotations

from agents.rules.text import words

# What the patient never had is no plan: "she never took an aromatase inhibitor", "no endocrine treatment so far"
_NEVER_HAD = words(
    r"\b(?:never (?:yet |before )?(?:took|had|received|tried|used|needed|underwent|been (?:on|given|offered|treated with)|taken|undergone)|(?:has|have|had|has still|has yet|was|were) (?:not|never) (?:yet |previously |been |had )*(?:had|received|tried|taken|used|undergone|on|given|treated with)|(?:did|does) not (?:have|receive|take|undergo|need|get|use) (?=(?:[\w-]+ ){0,4}(?:at the time|then|before|afterwards|in (?:19|20)\d\d)))\b[^;:]{0,60}$"
)
_SO_FAR = words(r"[^.;,:]{0,30}?\b(?:so far|to date|as yet|until now|up to now|hitherto|before)\b(?! (?:starting|surgery|the|any|an?|we|her|his|or|nor|and|it|during|radi\w+|chemo\w+|\w+ectomy|operation)\b|,? during\b)")
# "No further chemotherapy" ends a course
_NO_MORE = words(r"\b(?:no|without|nor) (?:more|further|additional)(?: (?:courses?|cycles?|doses?|rounds?|adjuvant|systemic|maintenance|of|any))* $")
_ENTRY_NO = words(r"\s+[-\u2013]\s+(?:no|none|nil|not given|omit(?:ted)?)\s*(?:[.;,|\n]|$)|\s*(?:[:|=]|\.{3,})[\s|:.]*(?:no\b(?! (?:delay|problem|change))|none\b|nil\b|not (?:to be |being )?(?:planned|given|indicated|offered|needed|required|recommended|used|added|for)\b|omit(?:ted)?\b|declined\b)")
_NOT_YET = words(r"\b(?:no|not|never|nor|neither|none|nil|without|n't)\b")


def had_none(low: str, start: int, at: int, end: int, stop: int) -> bool:
    """Whether the clause from ``start`` to ``stop`` of a text in lower case tells that what stands from ``at`` to ``end`` was never had, or is over."""
    lead = low[start:at]
    if _NO_MORE.search(lead) or (("never" in lead or " not " in lead) and _NEVER_HAD.search(lead)):
        return True
    return _NOT_YET.search(lead) is not None and _SO_FAR.match(low, end, stop) is not None


def entered_no(low: str, end: int) -> bool:
    """Whether a form or table says no to what ends at ``end`` of a text in lower case: "SLNB: no", "| Chemotherapy | none |"."""
    line = low.find("\n", end)
    return _ENTRY_NO.match(low, end, len(low) if line < 0 else line) is not None
