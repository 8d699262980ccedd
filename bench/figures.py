"""What was measured, beside what was aimed at."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HELP = "zhongshi --help"
FRESH = "fresh ingest"
AGAIN = "unchanged re-ingest"
SEARCH = "search"
PATHS = "routes"

AIMS: Mapping[tuple[str, str], float] = {
    (HELP, "s"): 0.3,
    (FRESH, "s"): 60,
    (FRESH, "MB peak"): 2000,
    (AGAIN, "s"): 5,
    (SEARCH, "ms p50"): 10,
    (SEARCH, "ms p95"): 25,
    (PATHS, "ms p95"): 50,
}
"""The most that a figure should be, by the first word or words of what was done and the unit."""


@dataclass(frozen=True)
class Figure:
    """`what` was done to `n` things; `values` by unit, `stages` in seconds, each the median of the runs."""

    what: str
    n: int
    values: Mapping[str, float]
    stages: Mapping[str, float] = field(default_factory=dict)

    def aim(self, unit: str) -> float | None:
        """What this value should stay below, if anything."""
        return next(
            (aim for (what, of), aim in AIMS.items() if of == unit and self.what.startswith(what)), None
        )


def median(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each value over runs that all have it."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}
