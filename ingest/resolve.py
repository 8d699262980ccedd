"""Which entity a cell means: identifiers first, names second, and never a guess between two.

In order: the key within the same source; the name within the same source; a social credit code anywhere; the
key in any source; and, only where the reference does not create what it names, the name in any source. Two
answers at one step are ambiguous, and nothing is linked. An organisation of another source is never taken by
its name: the reference makes a name-only node of its own source instead.

A distance may end at a body, a line or a place. A body or line that has a row in the same source comes first;
only what is neither becomes a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ingest.record import Reference
from kg.identity import normal_name
from kg.schema.model import ReferenceSpec, Schema
from kg.values.region import locate


@dataclass(frozen=True)
class Entity:
    """What may be referred to. `has_record` is false for a node that only a name made."""

    id: str
    kind: str
    source: str
    key: str
    name: str
    uscc: str | None = None
    has_record: bool = True


@dataclass(frozen=True)
class Found:
    """The entity meant; `across` where only its name in another source led there."""

    id: str
    across: bool = False


@dataclass(frozen=True)
class Create:
    """Nothing has this name yet, and the reference makes it."""

    kind: str
    name: str


@dataclass(frozen=True)
class Missing:
    """Nothing, or more than one thing, has this key or name."""

    reason: Literal["unknown", "ambiguous"]


Answer = Found | Create | Missing


def is_mixed(schema: Schema, spec: ReferenceSpec) -> bool:
    """Whether a reference may end at a record as well as at a word of a vocabulary (a place)."""
    return len({schema.kinds[kind].vocabulary for kind in spec.kinds}) == 2


_Index = defaultdict[tuple[str, ...], dict[str, None]]


@dataclass
class Directory:
    """All entities that references of a run may mean, by key, name and code."""

    schema: Schema
    _kinds: dict[str, str] = field(default_factory=dict)
    _recorded: set[str] = field(default_factory=set)
    _index: _Index = field(default_factory=lambda: defaultdict(dict))
    _allowed: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        """Make an entity known; one that several rows or sources state is added once for each."""
        before = self._kinds.get(entity.id)
        if before is None or before in self.schema.labels(entity.kind):
            self._kinds[entity.id] = entity.kind
        root = self.schema.labels(entity.kind)[0]
        if entity.has_record:
            self._recorded.add(entity.id)
            self._put(entity.id, "key", root, entity.source, entity.key)
            self._put(entity.id, "key", root, "", entity.key)
        name = normal_name(entity.name)
        self._put(entity.id, "name", root, entity.source, name)
        self._put(entity.id, "name", root, "", name)
        if entity.uscc:
            self._put(entity.id, "code", root, "", entity.uscc)

    def resolve(self, spec: ReferenceSpec, reference: Reference, source: str) -> Answer:
        """What a reference of a record of `source` means."""
        kinds = (reference.kind,) if reference.kind else spec.kinds
        named = tuple(kind for kind in kinds if self.schema.kinds[kind].vocabulary)
        if is_mixed(self.schema, spec):
            answer = self._recorded_here(
                reference, source, tuple(kind for kind in kinds if kind not in named)
            )
            if answer is not None or not named:
                return answer or Missing("unknown")
            kinds = named
        for across, found in self._steps(spec, reference, source, kinds):
            if len(found) == 1:
                return Found(found[0], across)
            if found:
                return Missing("ambiguous")
        if spec.create and reference.by != "key":
            return Create(kinds[0], reference.value.strip())
        return Missing("unknown")

    def _recorded_here(self, reference: Reference, source: str, kinds: tuple[str, ...]) -> Answer | None:
        """The record of the same source with this key or name; rows alone count, so that order does not."""
        value = reference.value.strip()
        keys = self._by_key(kinds, source, value) if reference.by != "name" else []
        names = self._look(kinds, "name", source, normal_name(value)) if reference.by != "key" else []
        for found in (keys, names, self._look(kinds, "code", "", value.upper())):
            recorded = [entity for entity in found if entity in self._recorded]
            if recorded:
                return Found(recorded[0]) if len(recorded) == 1 else Missing("ambiguous")
        return None

    def guesses_place(self, spec: ReferenceSpec, reference: Reference, answer: Answer) -> bool:
        """Whether the answer is a place only because nothing better has that name so far."""
        if (
            reference.kind is not None
            or not is_mixed(self.schema, spec)
            or locate(reference.value) is not None
        ):
            return False
        return isinstance(answer, Create) or (isinstance(answer, Found) and answer.id not in self._recorded)

    def _put(self, entity: str, index: str, root: str, source: str, value: str) -> None:
        if value:
            self._index[index, root, source, value][entity] = None
            folded = normal_name(value)
            if index == "key" and folded != value:
                self._index["folded", root, source, folded][entity] = None

    def _steps(
        self, spec: ReferenceSpec, reference: Reference, source: str, kinds: tuple[str, ...]
    ) -> Iterator[tuple[bool, list[str]]]:
        value, name = reference.value.strip(), normal_name(reference.value)
        keys, names = reference.by != "name", reference.by != "key"
        vocabulary = all(self.schema.kinds[kind].vocabulary for kind in kinds)
        if keys:
            yield False, self._by_key(kinds, source, value)
        if names:
            yield False, self._look(kinds, "name", source, name)
        yield False, self._look(kinds, "code", "", value.upper())
        if keys and (reference.by == "key" or not spec.create or vocabulary):
            yield False, self._by_key(kinds, "", value)
        if names and (vocabulary or not spec.create):
            yield not vocabulary, self._look(kinds, "name", "", name)

    def _by_key(self, kinds: tuple[str, ...], source: str, value: str) -> list[str]:
        exact = self._look(kinds, "key", source, value)
        if exact:
            return exact
        folded = normal_name(value)
        return self._look(kinds, "key", source, folded) or self._look(kinds, "folded", source, folded)

    def _look(self, kinds: tuple[str, ...], index: str, source: str, value: str) -> list[str]:
        """Candidates of the asked kinds; one with a record of its own wins over one that only a name made."""
        found = [
            entity
            for kind in kinds
            for entity in self._index.get((index, self.schema.labels(kind)[0], source, value), ())
            if self._kinds[entity] in self._below(kind)
        ]
        unique = list(dict.fromkeys(found))
        recorded = [entity for entity in unique if entity in self._recorded]
        return recorded or unique

    def _below(self, kind: str) -> frozenset[str]:
        if kind not in self._allowed:
            self._allowed[kind] = frozenset(self.schema.with_children(kind))
        return self._allowed[kind]
