"""Whether a sentence weighs or explains rather than decides."""

from __future__ import annotations

from agents.rules.text import words

_SOFT = words(
    r"\b(?:options?|considered|consider|considering|consideration|considerable|discuss(?:ed|ing|ion)?|possible|possibly|could|might|(?<!of )(?<!in )(?<!\d )(?<!early )(?<!mid )(?<!mid-)(?<!late )(?<!th )(?<!until )(?<!by )may(?!\s*(?:\d|[.,;)]|$))|whether|versus|vs|weigh\w*|compared|alternatives?|either|"
    r"(?:decid\w+|decision|choos\w+|choice) between|(?:inform|guide|help|settle|support|aid|direct|make)\w* (?:with )?(?:the |a |our |this |any )?(?:decisions?|choices?|question) (?:on|about|for|of|as to|regarding|over)|thought about|asked (?:about|whether)|option of|role of|the question of|trials? of|chance that|risk (?:of|that)|enquir\w+|wonder\w*|described|outlined|side.effects?|set out|put to (?:her|him|the)|fear\w*|potential(?:ly)?|in view of|because|since|owing to|due to|tolerat\w+|"
    r"equals?|equalled|equivalen\w+|comparable|non-?inferior\w*|inferior|superior|similar (?:survival|results?|outcomes?|control|cure)|(?:the )?same (?:\w+ )?(?:survival|results?|outcomes?|control|cure)|as (?:good|effective|safe|well) as|surviv\w+ after)\b",
)
_WHY = words(r" (?:because|since|owing to|due to|in view of) ")


def weighs(sentence: str) -> bool:
    """Whether a sentence in lower case holds a word of weighing or of reasons."""
    return _SOFT.search(sentence) is not None


def decided_before_why(low: str, start: int, at: int, end: int) -> bool:
    """Whether all that weighs behind ``at`` is the reason given for it: "X is my recommendation because of her weight"."""
    why = _WHY.search(low, at, end)
    return why is not None and _SOFT.search(low, start, why.start()) is None
