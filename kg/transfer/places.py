"""Distances between places in km, remembered for a state of the store; None where either place is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.transfer.mandate import Place

Between = Callable[[str, str], float | None]


@dataclass(frozen=True)
class Distances:
    """`computed` measures between two adcodes; `stated` holds what a register says, which beats it.

    `stated` is keyed by the institution's id and the other place's adcode.
    """

    computed: Between
    stated: Mapping[tuple[str, str], float] = field(default_factory=dict)
    _known: dict[tuple[str, str], float | None] = field(default_factory=dict, repr=False)

    def between(self, one: Place | None, two: Place | None) -> float | None:
        """km between two places; 0 within the same place, also where no gazetteer knows it."""
        if one is None or two is None:
            return None
        if one.code is None or two.code is None:
            return 0.0 if one.name == two.name else None
        pair = (one.code, two.code) if one.code <= two.code else (two.code, one.code)
        if pair not in self._known:
            self._known[pair] = self.computed(*pair)
        return self._known[pair]

    def to_institution(self, origin: Place | None, institution: str, place: Place | None) -> float | None:
        """km from a place to an institution: as a register states it, else computed."""
        if origin is not None and origin.code is not None:
            stated = self.stated.get((institution, origin.code))
            if stated is not None:
                return stated
        return self.between(origin, place)
