"""What a letter says by the way: of other people, of what might have been, of what others asked or had been told."""

from __future__ import annotations

import re
from functools import lru_cache

from agents.rules.text import words

# A sentence of thanks or of why the letter is written plans nothing.
_THANKS = words(
    r"\W*(?:(?:many|again,?|once again,?) )?(?:thank(?:s| you)\b(?! i (?:have|will|shall))|(?:i|we) (?:was|were|have been) asked (?:to|for|by|whether|if|about)\b|(?:i|we) (?:am|are|was|were) grateful (?:for|to)\b|(?:s?he|mrs?\.? \w+|ms\.? \w+|they|this \w+) (?:came|attended|was referred|was sent|is referred|wanted|wished) "
    r"(?:to (?:hear|talk|discuss|ask|know|find out)|for a second opinion|to me (?:for|to)|for (?:an? )?(?:opinion|advice|discussion)))"
)
_FOLK = r"(?:(?:wo)?men|patients|people|persons|those|ladies|gentlemen|individuals|others|somebody|someone|anyone|anybody)"
_ONE = r"(?:(?:wo)?man|patient|person|lady|gentleman|individual|case|tumou?r|cancer|lesion)"
_MORE = r"(?:much |somewhat |slightly |far )?(?:younger|fitter|healthier|stronger|older|frailer|less fit|different|larger|bigger|smaller|more (?:advanced|aggressive|robust|frail))"
# What is true of others, or of many.
_OF_OTHERS = words(
    rf"\b(?:in|for|among|amongst|with|to|of|offered|give|advise|spares?|most|many|some|few|fewer|such as) (?:(?:many|most|some|all|other|certain|selected|fit|frail|elderly|older|younger|the|few) )*{_FOLK} (?:with|who|whose|that|in whom|for whom|not|unable|too)\b|"
    rf"\b(?:that|whereas|while|since|because|when|where|most|many) {_FOLK} (?:with|who|whose)\b|"
    rf"\b(?:in|for|with|to|on|by|were (?:s?he|this)|had (?:s?he|this) been) (?:an? |any )?{_MORE} {_ONE}s?\b|"
    rf"\b(?:advise|offer|tell|give|recommend|suggest|propose|do|choose)(?: to| for| in| with)? (?:an?|any|every) (?:\w+ )?{_ONE} (?:with|who|whose|of(?! (?:his|her|this|that|such)))\b|"
    r"\bwhat (?:i|we|one|surgeons|oncologists) (?:would |usually |normally |generally |often )*(?:(?:do|advise|give|offer|recommend|use) (?:for|in|with|to|when|where)|turn to|keep|reserve|fall back on)\b|"
    r"\b(?:is|are|was) (?:mainly |usually |generally |normally |only |now |mostly |best |really )*(?:used|reserved|meant|licensed|approved|funded|designed) (?:only )?(?:for|in|when|where|as|to)\b|\b(?:is|are) (?:mainly |usually |only |mostly )*given (?:when|where|to (?:those|people|patients))\b|"
    rf"\b(?:one|two|three|four|five|six|\d{{1,2}}) (?:(?:{_FOLK}|{_ONE}s?|such \w+|of them) )?(?:in|out of(?! four\b)) (?:every )?(?:a hundred|two|three|four|five|six|seven|eight|ten|twelve|twenty|fifty|hundred|a thousand|10|20|50|100|1000)(?! (?:weeks?|days|fractions|months|doses|sessions|cycles|visits))\b|\b(?:half|a third|a quarter|most|many|some|all) of (?:my|our|the|such|all|these) (?:patients|people|women|men)\b|"
    r"^\W*(?:the|a) (?:first|second|third|fourth|other|alternative|last|remaining)(?: one| option| possibility| way| choice| course| alternative| route| approach)? (?:is|was|would be|being)\b|\b(?:is|was|are|would be) (?:another|one|an alternative|a further|the other|also an?) (?:way|option|possibility|alternative|route|approach|means|choice)\b|"
    r"\bfor stage (?:[iv]{1,3}|[1-4])[abc]?\b (?:\w+ )?(?:i|we) (?:would|might|could)\b|\bfor (?:large|larger|bigger|small|smaller|advanced|early|squamous|superficial|single|solitary) (?:\w+ ){0,2}(?:tumou?rs|cancers|lesions|ones)\b|"
    r"\b(?:i|we|one) (?:would|might) (?:in general|as a rule|by default|by habit|in most cases|in other circumstances)\b|\b(?:is|are|we|i|one|would|surgeons?|oncologists|people|teams|centres|centers) (?:usually|normally|generally|traditionally|typically|sometimes|ordinarily|often|otherwise)\b|"
    r"\b(?:some|other|many|most|certain|several)(?: of (?:my|our|the))? (?:centres|centers|colleagues|surgeons|oncologists|hospitals|units|countries|teams)\b|\bhow (?:patients|people|others|women|men)\b"
)
_LIKE = words(
    r"\b(?:like|such as) (?:him|her|this|hers|these|mr|mrs|ms)\b|\bof (?:his|her|this) (?:age|kind|sort|type|size)\b|\b(?:in|for) (?:him|her)\b|\bis one of\b|\bis among\b"
)
# What would have been, had things been otherwise.
_MIGHT = words(
    r"^\W*(?:with|on|given) (?:an? )?(?:better|good|normal|healthier|healthy|stronger|fitter|different|younger|two good|working) [^.;]{0,40}?\bwould\b|\bwould (?:\w+ly |otherwise |also |still )?(?:not )?(?:have (?:been|liked|preferred|gone|given|done|taken|chosen|told|had|meant|led|thought|left|made|put|brought|kept|come|become|got|found|cost|lost|spent|meant|let|cut|sent|\w+ed)\b)|\b(?:could|might|should) have (?:been|gone|given|done|taken|had|\w+ed)\b|\bhad (?:s?he|it|this|the \w+|there) been\b|\bif (?:s?he|it|this) (?:were|had)\b"
)
# What others asked, hoped or had been told, before the treatment's name.
_WHO = r"(?:\b(?:s?he|they|who|(?:his|her|their|the) (?:\w+ ){0,2}?(?:wife|husband|partner|daughter|son|sister|brother|family|mother|father|niece|nephew|friend|neighbour|sister-in-law|parents|children)|mrs?\.? \w+|ms\.? \w+|both|i was)\b)"
_ASKED = words(
    rf"{_WHO}(?: \w+){{0,6}}? (?:asked(?! (?:for|to (?:have|go|proceed|be))\b)|asks(?! (?:for|to (?:have|go|proceed|be))\b)|wonder(?:ed|s)|wanted to (?:know|hear)|(?:had|has|have) (?:\w+ )?(?:read|heard|hoped|assumed|expected|feared|been (?:\w+ )?(?:told|promised|offered|advised|given to understand)|looked (?:up|into|at)|seen)|(?:hoped|longed|wished|begged|pleaded) for|(?:was|were|had been) (?:hoping|expecting|afraid|worried|frightened|dreading|told (?:elsewhere|there|then|by|at|in))|read about|heard (?:of|about)|enquir\w+|inquir\w+|raised (?:the|a)|found (?:on|a|an) |reads? |was looking|brought (?:up|along|with|a|an) )"
)
# "In spite of what he has been told elsewhere I would recommend"
_STILL = words(r"\b(?:i|we)(?:'d| would| do| shall| will| still| nevertheless| nonetheless| strongly)* (?:recommend|advise|propose|suggest|offer|favou?r|prefer|treat|operate)\b")
# "In November the plan was ...": what was once meant.
_ONCE = words(
    r"\W*(?:(?:back )?(?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|(?:19|20)\d\d)|last (?:week|month|year|autumn|summer|spring|winter|\w+day))|until \w+|at first|at that time|at the time|originally|initially|to begin with|before (?:the|his|her) \w+|(?:the|our|my) (?:original|initial|earlier|first|previous|old) )\b"
    r"(?:[^.;]{0,20}\b(?:i|we)(?: had)? (?:wrote|written|thought|favou?red|planned|intended|preferred|was of the|were of the|leaned|meant)\b|[^.;]{0,60}\b(?:plan|intention|intended|idea|hope|proposal|aim|thought|expected|expectation|meant)\b[^.;]{0,40}\b(?:was|were|had|been)\b)"
)
WEIGHS = ("considered", "contemplated", "thought ", "toyed", "debated", "pondered", "entertained", "weighed", "tempted")
"""A sentence without one of these weighs nothing."""
WEIGHED = words(r"\b(?:considered|contemplated|thought (?:of|about)|toyed with|debated|pondered|entertained|weighed up|was tempted by|tempted to)\b[^;:.]{0,12}\b(?:\w+ing|the idea of|whether)\b[^;:.]{0,40}$")
"""Before a treatment that is only weighed: "I considered going straight to gastrectomy"."""
_MARK = ("\u201c", "\u201d")
_SAID = re.compile(
    r"\b(?:letter|report|opinion|e-?mail|wr[oi]te[sn]?|written|reads?|says?|said|states?|stated|told|words|website|leaflet|article|heard|believes?|thinks?)\b[^.;\"]{0,30}$",
    re.I,
)
_STEMS = (
    "would",
    "could",
    "might",
    "should have",
    "had ",
    "if ",
    " has ",
    " have ",
    "asked",
    "asks",
    "wonder",
    "wanted",
    "hoping",
    "hoped",
    "wished",
    "longed",
    "begged",
    "pleaded",
    "afraid",
    "told",
    "read",
    "heard",
    "enquir",
    "inquir",
    "raised",
    "found ",
    "brought",
    "looking",
    "worried",
    "expecting",
    "dreading",
)


def thanked(text: str, start: int, end: int) -> bool:
    """Whether a sentence of a text in lower case thanks for a letter or says why it is written."""
    return _THANKS.match(text, start, end) is not None


def by_the_way(text: str, start: int, at: int, end: int) -> bool:
    """Whether a clause of a text in lower case speaks of others or of what might have been, or tells before ``at`` what was asked."""
    clause = text[start:end]
    if _of_others(clause):
        return True
    if not any(map(clause.__contains__, _STEMS)):
        return False
    if _MIGHT.search(clause):
        return True
    asked = _ASKED.search(text, start, at)
    return asked is not None and not _STILL.search(text, asked.end(), at)


@lru_cache(maxsize=32)  # asked of each treatment in the clause
def _of_others(clause: str) -> bool:
    return _OF_OTHERS.search(clause) is not None and not _LIKE.search(clause)


def once_planned(sentence: str) -> bool:
    """Whether a sentence in lower case tells a plan of the past."""
    return _ONCE.match(sentence) is not None


def quoted(text: str, at: int) -> bool:
    """Whether a place stands in its line between quotation marks that give the words of a letter, a report or another person."""
    line = text.rfind("\n", 0, at) + 1
    mark = max(text.rfind('"', line, at), text.rfind(_MARK[0], line, at))
    if (
        mark < 0
        or (text[mark] == '"' and text.count('"', line, at) % 2 == 0)
        or text.find(_MARK[1], mark, at) >= 0
    ):
        return False
    return _SAID.search(text, max(line, mark - 70), mark) is not None
