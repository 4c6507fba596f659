"""When two statements disagree: tolerances and time limits, from ``knowledge/criteria/comparison.yaml``."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from panel.case import Frozen
from panel.conflict import Severity
from panel.errors import ConfigurationError


class SizePolicy(Frozen):
    """How far two sizes of one lesion may lie apart."""

    tolerance_mm: float
    tolerance_percent: float
    same_time_days: int
    method_tolerance_mm: float
    method_tolerance_percent: float
    growth_days: int

    def agree(self, first: float, second: float, *, methods: bool = False) -> bool:
        """Whether the difference is within either tolerance; ``methods``: measured in two different ways."""
        apart = abs(first - second)
        if methods and apart <= max(self.method_tolerance_mm, max(first, second) * self.method_tolerance_percent / 100):
            return True
        # Half a tenth of a millimetre of slack: 2 mm and 10 % are themselves still agreement.
        return apart <= self.tolerance_mm + 0.05 or apart <= max(first, second) * self.tolerance_percent / 100 + 0.05


class PresencePolicy(Frozen):
    """For how long a finding's presence holds."""

    same_time_days: int
    changing_days: int
    changing: tuple[str, ...]
    not_compared: tuple[str, ...]
    of_specimen: tuple[str, ...]
    """Questions about one operation or its specimen, which growth or response elsewhere does not change."""
    of_microscope: tuple[str, ...]
    """Questions that a scan cannot answer: what it says of them is not held against the specimen."""
    families: tuple[tuple[str, ...], ...]
    """Questions that are one disagreement when the same documents dispute them."""

    def limit(self, question: str) -> dt.timedelta:
        """How far apart two statements may be dated and still disagree."""
        return dt.timedelta(days=self.changing_days if question in self.changing else self.same_time_days)


class BiomarkerPolicy(Frozen):
    """Which results of one test can stand side by side."""

    same_time_days: int
    tolerance_percent_points: float
    same_property: dict[str, str]
    """Question to the question it is compared under."""
    surrogates: dict[str, dict[str, str]]
    """The same, for one tumour type only."""
    ignored: tuple[str, ...]
    compatible: tuple[tuple[str, str], ...]


class StagePolicy(Frozen):
    """For how long a stage holds."""

    same_time_days: int


class Source(Frozen):
    """Where a number comes from."""

    organisation: str
    document: str
    year: int
    doi: str | None = None


class Policy(Frozen):
    """All of it."""

    sources: tuple[Source, ...]
    size: SizePolicy
    presence: PresencePolicy
    biomarker: BiomarkerPolicy
    stage: StagePolicy
    severity: dict[str, Severity]


def criteria_folder() -> Path:
    """Where the criteria stand as files."""
    return Path(str(files("knowledge") / "criteria"))


@lru_cache(maxsize=1)
def load_policy() -> Policy:
    """The policy that comes with the package.

    Raises:
        ConfigurationError: the file is missing or broken.
    """
    path = criteria_folder() / "comparison.yaml"
    try:
        content = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Policy.model_validate(content)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(str(path), "is missing or broken", "Restore the file.") from error
