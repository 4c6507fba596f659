"""Confidence intervals for the proportions that evaluations print."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

_Z95 = 1.959963984540054


def wilson(successes: int, trials: int, z: float = _Z95) -> tuple[float, float]:
    """Wilson score interval of a proportion (Wilson 1927, doi:10.1080/01621459.1927.10502953); (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    p = successes / trials
    centre = p + z * z / (2 * trials)
    spread = z * math.sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def bootstrap(values: Sequence[float], resamples: int = 2000, seed: int = 20) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the mean (Efron 1979, doi:10.1214/aos/1176344552); (0, 1) without values."""
    if not values:
        return 0.0, 1.0
    drawn = random.Random(seed)
    means = sorted(sum(drawn.choices(values, k=len(values))) / len(values) for _ in range(resamples))
    return means[int(0.025 * resamples)], means[int(0.975 * resamples) - 1]
