"""Which node a record is: the one it was before, the one with its social credit code, or a new one.

Identity is by key within a source and by social credit code across sources. Two rows of one sheet stay two
nodes even where they show the same code (two laboratories of one university), and that is warned about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.pipeline.snapshot import Known
from ingest.record import Problem, Record
from kg.identity import entity_id, normal_name
from kg.schema.model import Schema


@dataclass
class Identities:
    """Ids of a run's records, stable over runs whatever the record gained since."""

    schema: Schema
    warnings: list[tuple[Problem, ...]] = field(default_factory=list)
    _keys: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _codes: dict[tuple[str, str], str] = field(default_factory=dict)
    _names: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _coded: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def learn(self, nodes: Iterable[Known]) -> None:
        """Take over the ids that the store gave before."""
        for known in nodes:
            root = self.schema.labels(known.kind)[0]
            self._keys.setdefault((root, known.source, known.key), known.id)
            for statement in known.statements:
                self._keys[root, statement.source, statement.key] = known.id
            if known.uscc:
                self._learn_code(root, known, known.uscc)
            if not known.statements:
                self._names[root, known.source, normal_name(known.name)] = known.id

    def _learn_code(self, root: str, known: Known, code: str) -> None:
        """The node that got its id by the code holds it; else the first one that shows it."""
        holds = entity_id(self.schema, known.kind, known.source, known.key, uscc=code) == known.id
        for statement in known.statements:
            place = (statement.source, statement.sheet, code)
            if holds or place not in self._coded:
                self._coded[place] = statement.key
        if holds or (root, code) not in self._codes:
            self._codes[root, code] = known.id

    def of(self, record: Record) -> str:
        """The id of a record's node."""
        root = self.schema.labels(record.kind)[0]
        code = self._own_code(record)
        name = str(record.properties.get("name") or "")
        found = (
            self._keys.get((root, record.source, record.key))
            or (self._codes.get((root, code)) if code else None)
            or (self._names.pop((root, record.source, normal_name(name)), None) if name else None)
            or entity_id(self.schema, record.kind, record.source, record.key, name=name or None, uscc=code)
        )
        self._keys[root, record.source, record.key] = found
        if code:
            self._codes.setdefault((root, code), found)
        return found

    def at(self, source: str, kind: str, key: str) -> str | None:
        """The id of what this key named before, if anything."""
        return self._keys.get((self.schema.labels(kind)[0], source, key))

    def _own_code(self, record: Record) -> str | None:
        """The record's social credit code, unless another row of its sheet showed it first."""
        code = record.properties.get("uscc")
        if not isinstance(code, str) or not code:
            return None
        first = self._coded.setdefault((record.source, record.sheet, code), record.key)
        if first == record.key:
            return code
        message = f"{record.key!r} shows the social credit code of {first!r} on the same sheet; both are kept"
        self.warnings.append((Problem("shared_code", message, record.place, "uscc"),))
        return None
