"""Which node a record is: the one it was before, the one with its social credit code, or a new one.

Identity is by key within a source and by social credit code across sources. Two rows of one sheet stay two
nodes even where they show the same code (two laboratories of one university), and that is warned about. A
body that one sheet lists by key and another by name alone (a table of distances) is one node.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.pipeline.snapshot import Known
from ingest.record import Problem, Record
from kg.identity import entity_id, normal_name
from kg.schema.model import Schema
from kg.wording import Sentence


@dataclass
class Identities:
    """Ids of a run's records, stable over runs whatever the record gained since."""

    schema: Schema
    warnings: list[tuple[Problem, ...]] = field(default_factory=list)
    _keys: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _codes: dict[tuple[str, str], str] = field(default_factory=dict)
    _names: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _coded: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _keyed: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    """Bodies with a key of their own, by root, source and name: a row that only names one means it."""

    def learn(self, nodes: Iterable[Known]) -> None:
        """Take over the ids that the store gave before."""
        for known in nodes:
            root = self.schema.labels(known.kind)[0]
            self._keys.setdefault((root, known.source, known.key), known.id)
            for statement in known.statements:
                self._keys[root, statement.source, statement.key] = known.id
            if known.uscc:
                self._learn_code(root, known, known.uscc)
            name = normal_name(known.name)
            if not known.statements or (
                self._is_body(known.kind) and all(normal_name(item.key) == name for item in known.statements)
            ):
                self._names[root, known.source, name] = known.id
            elif self._is_body(known.kind):
                for statement in known.statements:
                    self._keyed.setdefault((root, statement.source, name), set()).add(known.id)

    def _learn_code(self, root: str, known: Known, code: str) -> None:
        """The node that got its id by the code holds it; else the first one that shows it."""
        holds = entity_id(self.schema, known.kind, known.source, known.key, uscc=code) == known.id
        for statement in known.statements:
            place = (statement.source, statement.sheet, code)
            if holds or place not in self._coded:
                self._coded[place] = statement.key
        if holds or (root, code) not in self._codes:
            self._codes[root, code] = known.id

    def of_all(self, records: Sequence[Record]) -> list[str]:
        """The ids of all records of a run, in their order; whichever row comes first, keys are seen first."""
        told = [at for at, record in enumerate(records) if not has_own_name_as_key(record)]
        named = [at for at, record in enumerate(records) if has_own_name_as_key(record)]
        found = {at: self.of(records[at]) for at in (*told, *named)}
        return [found[at] for at in range(len(records))]

    def of(self, record: Record) -> str:
        """The id of a record's node."""
        root = self.schema.labels(record.kind)[0]
        code = self._own_code(record)
        name = str(record.properties.get("name") or "")
        found = (
            self._keys.get((root, record.source, record.key))
            or (self._codes.get((root, code)) if code else None)
            or (self._names.pop((root, record.source, normal_name(name)), None) if name else None)
            or self._listed(root, record)
            or entity_id(self.schema, record.kind, record.source, record.key, name=name or None, uscc=code)
        )
        self._keys[root, record.source, record.key] = found
        if code:
            self._codes.setdefault((root, code), found)
        if name and self._is_body(record.kind) and not has_own_name_as_key(record):
            self._keyed.setdefault((root, record.source, normal_name(name)), set()).add(found)
        return found

    def _listed(self, root: str, record: Record) -> str | None:
        """The one body of this source that has a key and the name that this row gives instead of one."""
        if not (self._is_body(record.kind) and has_own_name_as_key(record)):
            return None
        found = self._keyed.get((root, record.source, normal_name(record.key)), ())
        return next(iter(found)) if len(found) == 1 else None

    def _is_body(self, kind: str) -> bool:
        """Whether a kind is told by its name where no key is given: organisations and the kinds below."""
        return self.schema.labels(kind)[0] == "Organization"

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
        message = Sentence(
            f"“{record.key}”与同表“{first}”的统一社会信用代码相同；两条都保留",
            f"{record.key!r} shows the social credit code of {first!r} on the same sheet; both are kept",
        )
        remedy = Sentence(
            "改正代码；若是同一单位，合并两行", "correct the code, or join the two rows if they are one body"
        )
        self.warnings.append((Problem("shared_code", message, record.place, "uscc", remedy),))
        return None


def has_own_name_as_key(record: Record) -> bool:
    """Whether a row gives a name where others give a key."""
    return normal_name(str(record.properties.get("name") or record.key)) == normal_name(record.key)
