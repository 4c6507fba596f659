"""Sentences that speak of patients, tumours or rules in general: "p53 abnormal cancers do worse", "the trial asks for ER negative
disease", "pembrolizumab is funded where PD-L1 is 50 % or more", "had this been a squamous carcinoma".

What they name is no fact of this patient.
"""

from __future__ import annotations

from agents.rules.text import words

_OWN = r"(?:her|his|him|this|that|the|your|our|these|those|my|she|he|both|two|three|all|mrs|mr|ms|patient'?s?)"
# A rule, before the fact that it asks for.
_RULE = words(
    r"\b(?:had|were|was|is|should) (?:this|it|that|the (?:tumou?r|cancer|growth|lesion)|she|he) (?:have |been |to be |be |had )"
    r"|\b(?:trials?|stud(?:y|ies)|protocols?|guidelines?|policy|licen[cs]e|label|criteria|eligibility|entry|funding|reimbursement)\b[^.;]{0,40}?\b(?:require|need|ask|enrol|include|exclude|accept|admit|take|cover|want|call|look|recruit|restrict|define|is for|are for|state|say)\w*\b"
    rf"|\b(?:licen[cs]ed|approved|funded|reimbursed|reserved|available|intended|meant|indicated|offered|given|recommended|restricted|limited|confined|kept|open|used|tried|of use|of value|of benefit|of interest|works?|helps|tested|standard)(?: (?:only|mainly|just|solely|chiefly|in practice|routinely|mostly|best))? (?:for|to|in|where|when|with|by)\b(?!(?: \w+)? {_OWN}\b| (?:an? )?(?:bed|chair|armchair|wheelchair|home|house|hospital|indoors)\b)"
    r"|\b(?:needs|requires|depends on|hinges on|calls for|presupposes) (?!(?:\w+ )?(?:help|assist\w*|support|care|nursing|oxygen|carers?|prompting|supervision|two|hoist\w*)\b|an? (?:\w+ )?(?:stick|frame|wheelchair|hoist|walker|carer|rest)\b|to (?:be|rest|lie|sit|have))(?:an? |the )?(?:presence of |proven |documented |tumou?rs? )?"
    r"|\b(?:considered|indicated|advised|justified|offered|recommended|needed|required|done|used) (?:only )?(?:from|above|beyond|over) \d"
    r"|\bwould (?:have to|need|require|call for)\b|\bis defined (?:by|as)\b|\b(?:are|is) (?:defined|classed|classified|counted|regarded|scored|called) (?:as|by|when|if|where)\b"
)
# Whom a treatment is for in general: "adjuvant immunotherapy is for stage IIB upwards".
_FOR_WHOM = words(
    r"\b(?:is|are) (?:only |reserved |licen[cs]ed |approved |indicated |meant |intended |usually |generally )*for (?:stages?\b|[cpy]{0,2}t[1-4]|grades? \w|gleason|(?:those|patients|people|women|men|anyone|tumou?rs|disease) (?:with|who|whose|of|in|from|at|above|beyond))"
    r"|\b\w*(?:mab|nib|parib|clib|platin|taxel|therapy|treatment|radiation|ectomy|inhibitors?|blockade|drugs?) (?:is|are) (?:only |mainly )?for [^.;]{0,60}\b(?:tumou?rs?|cancers?|disease|patients|women|men|those|people|carriers|cases)\b|\bfor reference\b"
)
_AND_ABOVE = words(
    r"\b(?:stages?|grades?|gleason)(?: score)? \w+ (?:upwards?|and (?:above|higher|beyond|worse)|or (?:above|higher|beyond|worse))|\b[cpy]{0,2}t[1-4][a-d]? (?:upwards?|and (?:above|higher|beyond)|or (?:above|higher|beyond))|\d ?% (?:and|or) (?:over|above|more|higher|below|less)\b|\bof [^.;]{3,60} (?:is|are) required\b|\b(?:begins?|starts?) (?:at|from) stage"
)
# Many patients or tumours, with what they have in common.
_PERSONS = words(
    r"\b(?<!both )(?:men|women|patients|people|those|persons|individuals|carriers|cases|tumou?rs|cancers|carcinomas|adenocarcinomas|sarcomas|melanomas|lymphomas|gliomas|(?<!heart )(?<!cardiac )(?<!coronary )(?<!artery )(?<!kidney )(?<!renal )(?<!liver )(?<!lung )(?<!pulmonary )(?<!valve )(?<!vascular )disease)\s+"
    r"(?:with|whose|who|in whom|in which|that|which|having|carrying|harbou?ring|lacking|showing|expressing|without|where|of)\b"
    r"|\b(?:syndromes?|conditions?|disorders?|subtypes?|entit(?:y|ies)),? (?:in which|where|whose|in whom)\b"
)
_PLURAL = words(r"\b(?:tumou?rs|cancers|carcinomas|adenocarcinomas|sarcomas|melanomas|lymphomas|gliomas|ones|cases|patients|carriers|types)\b")
_DO = words(
    r"(?:,[^.;,]{3,50},|\s\([^)]{3,50}\))?\s+(?:(?:with|that|which|whose|who|of|without|lacking|in)\b[^.;]{0,60}?\s)?(?:(?:usually|often|rarely|mostly|generally|typically|also|seldom|always|never|sometimes|commonly|as a rule)\s+)?"
    r"(?:do|does|have|need|carry|respond|tend|behave|gain|benefit|count|call|qualify|may|can|should|would|will|fare|relapse|recur|spread|grow|profit|lack|show|express|are (?:usually|often|rarely|called|counted|treated|offered|classed|said|known|more|less|mostly|not candidates|candidates|excluded|eligible|staged|graded|considered|regarded|given|best)|are (?!present|seen|found|identified|noted|visible|left|right|both|here|there|in\b|at\b|on\b|of\b|now|also)[a-z]+(?=[.,;]|\s+(?:and|than|by|in)\b)|get|receive|make up|account|were (?:excluded|included|eligible|enrolled|randomi[sz]ed))\b"
)
_DETERMINED = words(rf"\b(?!that\b){_OWN}\s+(?:[\w%+/.-]+\s+){{0,4}}$")
_DEFINED = words(r"\b(?:(?:is|are|was|were|being) (?:defined|taken|understood) (?:as|by|to)|defined (?:as|by)|means\b|refers to|denotes|stands for)")
_REACH = 70


def general(low: str, start: int, end: int) -> bool:
    """Whether a sentence, in lower case, says whom a treatment is for and not what this patient has or gets."""
    return (low.find("for ", start, end) >= 0 and _FOR_WHOM.search(low, start, end) is not None) or _AND_ABOVE.search(low, start, end) is not None


def spoken_in_general(low: str, start: int, end: int, at: int, until: int) -> bool:
    """Whether what stands in ``at`` to ``until`` is said of patients, tumours or rules in general.

    Args:
        low: the text in lower case.
        start: where the sentence begins.
        end: where it ends.
    """
    begin = max(start, at - 110)
    if general(low, start, end):
        return True
    if _RULE.search(low, begin, at) or _DEFINED.search(low, until, min(end, until + _REACH // 2)):
        return True
    persons = [found.start() for found in _PERSONS.finditer(low, begin, at)]
    if persons and not _DETERMINED.search(low, max(start, persons[-1] - 40), persons[-1]):
        return True
    many = _PLURAL.search(low, until, min(end, until + _REACH))
    if many is None or not _DO.match(low, many.end(), end):
        return False
    return not any(c in low[until : many.start()] for c in ",;:.(") and not _DETERMINED.search(low, max(start, many.start() - 60), many.start())
