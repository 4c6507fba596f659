"""The nouns that tell what a grade is of: of a tumour, or of what else has grades."""

from __future__ import annotations

import re
from functools import lru_cache

from agents.rules.ruleset import load_rules


@lru_cache(maxsize=1)
def noun_kinds() -> re.Pattern[str]:
    """Either kind of noun: ``f`` of what else has grades, ``t`` of a tumour."""
    foreign, tumour = (load_rules().names("grades", name) for name in ("foreign", "tumour"))
    return re.compile(rf"\b(?:(?P<f>{_stems(foreign)})|(?P<t>{_stems(tumour)}))")


def _stems(terms: frozenset[str]) -> str:
    """Long stems match in any word that holds them ("leiomyosarcoma"), short ones with any ending, the shortest only themselves."""
    ordered = sorted(terms, key=len, reverse=True)
    whole = "|".join(re.escape(t).replace(r"\ ", r"[\s-]") for t in ordered if len(t) < 5 or " " in t)
    begun = "|".join(t for t in ordered if 4 < len(t) < 7 and " " not in t)
    held = "|".join(t for t in ordered if len(t) > 6 and " " not in t)
    return rf"(?:{whole})s?\b|(?:{begun})\w*|\w*?(?:{held})\w*"
