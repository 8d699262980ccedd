"""Distances in km: as a register states them, else computed between places; None where neither is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.access import View
from kg.identity import normal_name
from kg.store.base import Row
from kg.transfer.mandate import Place

STATED = tuple(
    f"MATCH (x:{kind})-[d:AWAY_FROM]->(y) WHERE x.access = 'public' AND NOT x.retired "
    "AND y.access = 'public' AND NOT y.retired RETURN x.id AS start_id, x.name AS start_name, "
    "x.kind AS start_kind, y.id AS to_id, y.name AS to_name, y.kind AS to_kind, d.km AS km"
    for kind in ("Organization", "PilotLine", "Region")
)

Between = Callable[[str, str], float | None]
CodeOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Site:
    """Somebody at a place; by the ids and names (line, institution) a register may state a distance."""

    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Distances:
    """`computed` measures between two adcodes; `stated` holds km by (id or place, place), which come first.

    A place is its adcode, or its normalised name where the gazetteer does not know it (the name of a line or
    an institution too, for that is where people say that a road ends). What is stated for a city holds for
    its districts.
    """

    computed: Between
    stated: Mapping[tuple[str, str], float] = field(default_factory=dict)
    _known: dict[tuple[str, str], float | None] = field(default_factory=dict, repr=False)

    def between(self, one: Site, two: Site) -> float | None:
        """km between two sites; 0 at the same one."""
        if one == two:
            return 0.0
        if self.stated:
            for start, end in ((one, two), (two, one)):
                for pair in _pairs(start, end):
                    if pair in self.stated:
                        return self.stated[pair]
        return self._between(one.place, two.place)

    def knows(self, place: Place) -> bool:
        """Whether a register states any distance from or to this place."""
        keys = set(_keys(place))
        return any(keys & set(pair) for pair in self.stated)

    def _between(self, one: Place | None, two: Place | None) -> float | None:
        if one is None or two is None:
            return None
        if one.code is None or two.code is None:
            return 0.0 if normal_name(one.name) == normal_name(two.name) else None
        pair = (one.code, two.code) if one.code <= two.code else (two.code, one.code)
        if pair not in self._known:
            self._known[pair] = self.computed(*pair)
        return self._known[pair]


def load_stated(view: View, code_of: CodeOf) -> dict[tuple[str, str], float]:
    """The distances that registers state."""
    found: dict[tuple[str, str], float] = {}
    for row in (row for text in STATED for row in view.query(text)):
        if row["km"] is None:
            continue
        start, to = (_stated_end(row, end, code_of) for end in ("start", "to"))
        found[(start, to)] = float(row["km"])
    return found


def _stated_end(row: Row, end: str, code_of: CodeOf) -> str:
    """A place is told by its code or name, a line or an institution by its id."""
    name = str(row[f"{end}_name"])
    return _key(name, code_of(name)) if row[f"{end}_kind"] == "Region" else str(row[f"{end}_id"])


def _pairs(start: Site, end: Site) -> Iterator[tuple[str, str]]:
    ends = [*end.ids, *_keys(end.place)]
    for begin in (*start.ids, *_keys(start.place)):
        yield from ((begin, one) for one in ends)


def _keys(place: Place | None) -> Iterator[str]:
    """The place, then the city that it lies in."""
    if place is not None:
        yield _key(place.name, place.code)
        if place.code is not None and not place.code.endswith("00"):
            yield f"{place.code[:4]}00"


def _key(name: str, code: str | None) -> str:
    return code or normal_name(name)
