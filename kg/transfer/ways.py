"""The ways between the options of neighbouring steps: kilometres, and where hands change."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.transfer.candidates import Option
from kg.transfer.mandate import Place
from kg.transfer.places import Distances, Site

Km = NDArray[np.float64]
"""NaN where the distance is not known."""


@dataclass(frozen=True)
class Ways:
    """`first[o]`: km from where the way begins to option o of the first step (None: nobody says where).
    `legs[i][a, b]`: km from option a of step i to option b of the next. `moves`: 1 where hands change."""

    first: Km | None
    legs: tuple[Km, ...]
    moves: tuple[NDArray[np.int64], ...]


def ways_of(options: Sequence[Sequence[Option]], distances: Distances, origin: Place | None) -> Ways:
    """The ways over all options."""
    first = None
    if origin is not None and options:
        start = Site((), origin)
        first = _array([distances.between(start, option.offer.site) for option in options[0]])
    pairs = list(pairwise(options))
    return Ways(
        first,
        tuple(_legs(one, two, distances) for one, two in pairs),
        tuple(_moves(one, two) for one, two in pairs),
    )


def _moves(one: Sequence[Option], two: Sequence[Option]) -> NDArray[np.int64]:
    ours, theirs = _codes([option.offer.where for option in (*one, *two)], len(one))
    return np.asarray(ours[:, None] != theirs[None, :], dtype=np.int64)


def _legs(one: Sequence[Option], two: Sequence[Option], distances: Distances) -> Km:
    """0 within an institution at one place, also where nobody knows where that is. Sites repeat, and so do
    places: each pair of those that tell a distance is measured once."""
    ours, theirs = ([option.offer.site for option in side] for side in (one, two))
    told = [_told(site, distances) for site in (*ours, *theirs)]
    codes = _codes(told, len(ours))
    rows, columns = (_firsts(side) for side in codes)
    table = _array([[distances.between(ours[a], theirs[b]) for b in columns] for a in rows])
    index = [np.searchsorted(np.unique(side), side) for side in codes]
    km = table[np.ix_(*index)]
    stays = _codes([(option.offer.where, option.offer.place) for option in (*one, *two)], len(one))
    return np.asarray(np.where(stays[0][:, None] == stays[1][None, :], 0.0, km))


def _told(site: Site, distances: Distances) -> Hashable:
    """What tells the distance of a site: its place, and who is there only where registers state distances."""
    return (site.place, site.ids) if distances.stated or site.place is None else site.place


def _codes(names: Sequence[Hashable], split: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Equal names get equal numbers; those of the first side, and those of the second."""
    known: dict[Hashable, int] = {}
    codes = np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)
    return codes[:split], codes[split:]


def _firsts(codes: NDArray[np.int64]) -> list[int]:
    """Where each number stands first, in the order of the numbers."""
    return [int(one) for one in np.unique(codes, return_index=True)[1]]


def _array(km: Sequence[float | None] | Sequence[Sequence[float | None]]) -> Km:
    return np.array(km, dtype=np.float64)
