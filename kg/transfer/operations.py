"""Unit operations of a registry: the vocabulary's, joined with the synonyms and the tree that registers
state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.access import View
from kg.identity import normal_name
from kg.transfer.operation import STRENGTH, Related, related
from kg.vocabulary.model import Vocabulary

NAMES = (
    "MATCH (u:UnitOp) WHERE u.access = 'public' AND NOT u.retired "
    "RETURN u.name AS name, u.synonyms AS synonyms, u.english AS english"
)
TREE = (
    "MATCH (u:UnitOp)-[:BROADER]->(b:UnitOp) WHERE u.access = 'public' AND NOT u.retired "
    "AND b.access = 'public' AND NOT b.retired RETURN u.name AS name, b.name AS broader"
)


@dataclass(frozen=True)
class Operations:
    """`synonyms` lead from a normalised name to the name that a register gives it, `above` to all broader
    ones."""

    vocabulary: Vocabulary
    synonyms: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _kinds: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict, repr=False)

    def known(self, name: str) -> bool:
        """Whether the vocabulary lists this operation."""
        return self.vocabulary.canonical(name) is not None

    def related(self, asked: str, offered: str) -> Related | None:
        """How the offered operation stands to the asked one; None where nothing says that it does."""
        one, two = self._settled(asked), self._settled(offered)
        found = related(self.vocabulary, one, two)
        if found is not None and found.match in ("same", "asked narrower"):
            return found
        if normal_name(two) in self.above.get(normal_name(one), ()):
            return Related("asked narrower", STRENGTH["asked narrower"])
        if found is None and normal_name(one) in self.above.get(normal_name(two), ()):
            return Related("offered narrower", STRENGTH["offered narrower"])
        return found

    def as_named(self, asked: str, listed: str, how: Related, words: str) -> Related:
        """`how`, unless the offer's own words say which kind of a broader operation it is: a list has 干燥,
        the machine is a 真空干燥机, and that spray-dries nothing."""
        if how.match != "asked narrower":
            return how
        kinds = [kind for kind, names in self._kinds_below(listed) if any(name in words for name in names)]
        ways = [(self.related(asked, kind), kind) for kind in kinds]
        told = [replace(way, named=kind) for way, kind in ways if way is not None]
        return max(told, key=lambda way: way.strength, default=how)

    def _kinds_below(self, listed: str) -> list[tuple[str, tuple[str, ...]]]:
        """The kinds of a listed operation with their Chinese names."""
        if listed not in self._kinds:
            below = [name for name, way in self.vocabulary.related(listed).items() if way == "narrower"]
            named = ((name, self.vocabulary.operations[name]) for name in below)
            self._kinds[listed] = [
                (name, tuple(word for word in (name, *op.synonyms) if len(word) > 1)) for name, op in named
            ]
        return self._kinds[listed]

    def _settled(self, name: str) -> str:
        if self.vocabulary.canonical(name) is not None:
            return name
        return self.synonyms.get(normal_name(name), name)


def load_operations(view: View, vocabulary: Vocabulary) -> Operations:
    """The operations of a store."""
    synonyms: dict[str, str] = {}
    for row in sorted(view.query(NAMES), key=lambda row: str(row["name"]), reverse=True):
        for other in (*(row["synonyms"] or ()), row["english"]):
            if other:
                synonyms[normal_name(str(other))] = str(row["name"])
    parents: dict[str, set[str]] = {}
    for row in view.query(TREE):
        parents.setdefault(normal_name(str(row["name"])), set()).add(normal_name(str(row["broader"])))
    return Operations(vocabulary, synonyms, closure(parents))


def closure(parents: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Everything above each name; a circle ends where it began."""
    found: dict[str, frozenset[str]] = {}
    for name in parents:
        seen: set[str] = set()
        queue = list(parents[name])
        while queue:
            above = queue.pop()
            if above not in seen:
                seen.add(above)
                queue.extend(parents.get(above, ()))
        found[name] = frozenset(seen - {name})
    return found
