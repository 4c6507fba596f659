"""What the chart says in other words than a rule asks for: a Karnofsky score for ECOG, liver metastases for M1.

The conversions are data with their sources (``implied.yaml``); a fact that is stated itself is never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import yaml
from pydantic import ValidationError

from panel.case import Frozen
from panel.compare.chart import Chart
from panel.compare.policy import Source, criteria_folder
from panel.compare.stage import groups_of
from panel.errors import ConfigurationError
from panel.opinion import Finding, Value

_METASTATIC = re.compile(r"\b(?:metastat\w+|metastas[ei]s|secondary deposits?|deposits? of)\b", re.I)
_NO = re.compile(r"\b(?:no|not|without|negative|whether|exclude\w*|rather than|or (?:a )?metasta\w+|primary or)\b", re.I)
_M = ("stage.clinical.m", "stage.pathologic.m")
_GROUPS = ("stage.pathologic.group", "stage.clinical.group", "stage.unspecified.group")


class _Karnofsky(Frozen):
    source: Source
    ecog: dict[int, int]


class _Gleason(Frozen):
    source: Source
    isup: dict[str, int]


class Implied(Frozen):
    """The conversions."""

    karnofsky: _Karnofsky
    gleason: _Gleason
    metastasis: tuple[str, ...]
    peritoneal: tuple[str, ...]
    sampled: tuple[str, ...]
    stage_iv_metastatic: tuple[str, ...]
    present: dict[str, tuple[str, ...]]
    done: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_implied() -> Implied:
    """The conversions.

    Raises:
        ConfigurationError: the file is missing or broken.
    """
    path = criteria_folder() / "implied.yaml"
    try:
        return Implied.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(str(path), "cannot be read", "Restore or correct the file.") from error


def implied(chart: Chart, question: str) -> tuple[Finding, ...]:
    """The findings that answer a question in other words; none for most questions."""
    if question in _M:
        return tuple(_metastasis(chart, question))
    if question == "stage.group":
        return tuple(_groups(chart))
    if question == "nodes.positive":
        return tuple(_nodes(chart))
    if question == "performance.ecog":
        return tuple(_said(f, question, grade) for f in chart.of("performance.karnofsky") if (grade := _ecog(f.value)) is not None)
    if question == "grade.isup":
        table = load_implied().gleason.isup
        return tuple(_said(f, question, table[str(f.value)]) for f in chart.of("grade.gleason") if str(f.value) in table)
    if question == "stage.clinical.t" and chart.tumour == "bladder":
        return tuple(_bladder(chart, question))
    done = [f for other in load_implied().done.get(question, ()) for f in chart.of(other)]
    if done:
        return (_said(done[0], question, "present"),)
    told = (f for other in load_implied().present.get(question, ()) for f in chart.of(other) if f.certainty == "stated")
    return tuple(_said(f, question, f.value) for f in told)


def _said(finding: Finding, question: str, value: Value) -> Finding:
    return finding.model_copy(update={"question": question, "value": value, "unit": None})


def _ecog(score: Value) -> int | None:
    if isinstance(score, str | bool):
        return None
    return next((grade for limit, grade in sorted(load_implied().karnofsky.ecog.items(), reverse=True) if score >= limit), None)


def _metastasis(chart: Chart, question: str) -> Iterator[Finding]:
    """Metastases that are seen and nowhere denied, an extensive stage, or a stage IV that means them."""
    beside = ("presence.peritoneal_disease",) if chart.tumour in load_implied().peritoneal else ()
    for name in (*load_implied().metastasis, *beside):
        found = [f for f in chart.of(name) if f.certainty == "stated"]
        if found and all(f.value == "present" for f in found):
            yield _said(found[-1], question, "M1")
    yield from (_said(f, question, "M1") for f in _sampled_elsewhere(chart))
    for extent in chart.of("stage.extent"):
        if extent.value == "extensive":
            yield _said(extent, question, "M1")
    if chart.tumour in load_implied().stage_iv_metastatic:
        for group in _GROUPS:
            yield from (_said(f, question, "M1") for f in chart.of(group) if str(f.value).startswith("IV"))


def _sampled_elsewhere(chart: Chart) -> Iterator[Finding]:
    """The tumour, called metastatic by the pathologist, in a sample of another organ."""
    organs = [o for o in load_implied().sampled if o != chart.tumour]
    samples = {f.evidence[0].document for organ in organs for f in chart.of(f"event.report.biopsy.{organ}")}
    for finding in chart.of("histology.type"):
        said = finding.evidence[0]
        if said.document in samples and finding.certainty == "stated" and _METASTATIC.search(said.quote) and not _NO.search(said.quote):
            yield finding


def _nodes(chart: Chart) -> Iterator[Finding]:
    """Some positive nodes for a pathological N1 or more, none for N0."""
    for finding in chart.of("stage.pathologic.n"):
        value = str(finding.value)
        if value.startswith("N0"):
            yield _said(finding, "nodes.positive", 0)
        elif value[:2] in ("N1", "N2", "N3") and "mi" not in value:
            yield _said(finding, "nodes.positive", 1)


def _bladder(chart: Chart, question: str) -> Iterator[Finding]:
    """The depth that a transurethral resection shows is clinical staging."""
    yield from (_said(f, question, f.value) for f in chart.of("stage.pathologic.t"))
    yield from (_said(f, question, "T2") for f in chart.of("presence.muscle_invasion") if f.value == "present" and f.certainty == "stated")


def _groups(chart: Chart) -> Iterator[Finding]:
    """The group that the TNM of one document gives, where the published table gives a single one."""
    spread = any(f.value != "absent" for name in load_implied().metastasis for f in chart.of(name)) or any(
        str(f.value).startswith("M1") for basis in ("clinical", "pathologic", "unspecified") for f in chart.of(f"stage.{basis}.m")
    )
    for basis in ("pathologic", "clinical", "unspecified"):
        for t in chart.of(f"stage.{basis}.t"):
            own = {axis: [f for f in chart.of(f"stage.{basis}.{axis}") if f.evidence[0].document == t.evidence[0].document] for axis in "nm"}
            if not own["n"] or (not own["m"] and (spread or basis != "pathologic")):
                continue
            m = str(own["m"][0].value) if own["m"] else "M0"
            groups = groups_of(chart, basis, str(t.value), str(own["n"][0].value), m)
            if len(groups) == 1:
                yield _said(t, "stage.group", next(iter(groups)))
