"""How types of tumour are related: the more general word for one, and the pairs that stand for one tumour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import yaml

from panel.compare.policy import criteria_folder
from panel.opinion import Finding

# Types that may be a component beside the one that they are family of.
_SHARED = frozenset({"dcis", "lcis", "pancreatic_ductal_adenocarcinoma", "mucinous_carcinoma", "clear_cell_carcinoma"})


def specific(found: Sequence[Finding]) -> list[Finding]:
    """Without a document's general word ("NSCLC") where it names the type too ("NSCLC, adenocarcinoma")."""
    named: dict[str, set[str]] = {}
    for finding in found:
        if finding.certainty != "uncertain":
            named.setdefault(finding.evidence[0].document, set()).add(str(finding.value))
    family = families()["family"]
    return [
        f
        for f in found
        if not any(f.value in family.get(other, ()) and str(f.value) not in _SHARED for other in named.get(f.evidence[0].document, ()))
    ]


def telling(found: Sequence[Finding]) -> list[Finding]:
    """Without the general words that two named types share: "glioma" on a scan settles nothing between two gliomas."""
    family = families()["family"]
    named = {str(f.value) for f in found if f.certainty != "uncertain"} - _SHARED
    general = {g for g in named if sum(g in family.get(n, ()) for n in named) > 1}
    return [f for f in found if f.value not in general]


def related(first: Finding, second: Finding) -> bool:
    """Whether two types can be one tumour: the same, one the more general, or a pair that goes together."""
    a, b = str(first.value), str(second.value)
    table = families()
    return (
        a == b
        or a in table["family"].get(b, ())
        or b in table["family"].get(a, ())
        or any({a, b} == set(pair) for pair in table["together"])
    )


@lru_cache(maxsize=1)
def families() -> dict[str, dict[str, list[str]]]:
    """``family``: a type and its more general ones; ``together``: pairs; ``beside``: types that stand beside another tumour."""
    path = criteria_folder() / "histology_family.yaml"
    raw = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {"family": raw["family"], "together": raw["together"], "beside": raw["beside"]}
