"""Turns the references of all rows of a run into edges, once every row is known, whatever their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.pipeline.plan import Group, Plan
from ingest.pipeline.provenance import Pending, parse_pending, pending_of, stated_sheet
from ingest.pipeline.snapshot import Known, Snapshot
from ingest.pipeline.stubs import Stubs
from ingest.record import Problem, Record, Reference
from ingest.report import Unresolved
from ingest.resolve import Answer, Create, Directory, Entity, Found, Missing, is_mixed
from kg.identity import entity_id
from kg.schema.model import ReferenceSpec, Schema
from kg.store.base import Edge, Property
from kg.wording import Sentence

REGION = "Region"


@dataclass
class Links:
    """Edges of one node's rows and the references that name nothing yet, or nothing better than a new place.

    `stale` are edges that the store has and that a better answer replaces: (sheet, id of the place).
    """

    edges: list[Edge] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    stale: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Linker:
    """Resolves references against everything that the store and the run know."""

    schema: Schema
    directory: Directory
    stubs: Stubs
    unresolved: list[Unresolved] = field(default_factory=list)
    warnings: list[tuple[Problem, ...]] = field(default_factory=list)

    def of_group(self, group: Group, *, restricted: bool, synthetic: bool) -> Links:
        """The edges that all rows of a node state."""
        links = Links()
        for record in group.records:
            for reference in record.references:
                self._link(links, group.id, record.kind, pending_of(record, reference), restricted, synthetic)
        return links

    def of_pending(self, known: Known, *, report: bool) -> Links:
        """What a stored node waited for and may have now; `report` says that its row is in this run."""
        links, reported = Links(), len(self.unresolved)
        restricted = known.access == "restricted"
        for pending in parse_pending(known.unresolved):
            if self._stays(links, known, pending):
                links.pending.append(pending)
                if report:
                    self.warnings.append((_made_place(pending),))
                continue
            self._link(links, known.id, known.kind, pending, restricted, known.synthetic)
        if not report:
            del self.unresolved[reported:]
        return links

    def _stays(self, links: Links, known: Known, pending: Pending) -> bool:
        """Whether a stored reference still ends at the place that its name made; else its edge is stale."""
        name = pending.reference.value.strip()
        place = entity_id(self.schema, REGION, "", name, name=name)
        spec = self.schema.kinds[known.kind].references[pending.reference.name]
        if not is_mixed(self.schema, spec) or place not in self.stubs.snapshot.nodes:
            return False
        answer = self.directory.resolve(spec, pending.reference, pending.source)
        if self.directory.guesses_place(spec, pending.reference, answer):
            return True
        if isinstance(answer, Found) and answer.id != place:
            links.stale.append((stated_sheet(pending.source, pending.sheet), place))
        return False

    def _link(
        self, links: Links, node: str, kind: str, pending: Pending, restricted: bool, synthetic: bool
    ) -> None:
        reference = pending.reference
        spec = self.schema.kinds[kind].references[reference.name]
        answer = self.directory.resolve(spec, reference, pending.source)
        if isinstance(answer, Missing):
            links.pending.append(pending)
            self.unresolved.append(_unresolved(pending, answer))
            return
        if self.directory.guesses_place(spec, reference, answer):
            links.pending.append(pending)
            self.warnings.append((_made_place(pending),))
        target = self._target(answer, pending.source, restricted, synthetic)
        if isinstance(answer, Found) and answer.across:
            self.warnings.append((_by_name(pending),))
        if target != node:
            sheet = stated_sheet(pending.source, pending.sheet)
            links.edges.append(_edge(spec, node, target, sheet, reference.properties))

    def _target(self, answer: Found | Create, source: str, restricted: bool, synthetic: bool) -> str:
        if isinstance(answer, Create):
            return self.stubs.create(answer, source, restricted=restricted, synthetic=synthetic)
        self.stubs.touch(answer.id, restricted=restricted, synthetic=synthetic)
        return answer.id


def target_kinds(schema: Schema, references: Iterable[tuple[str, Reference]]) -> set[str]:
    """The kinds that these (kind of the record, reference) may name."""
    pairs = {(kind, reference.name, reference.kind) for kind, reference in references}
    found: set[str] = set()
    for kind, name, narrowed in pairs:
        found.update((narrowed,) if narrowed else schema.kinds[kind].references[name].kinds)
    return found


def introduce(directory: Directory, snapshot: Snapshot, plan: Plan, kinds: Iterable[str]) -> None:
    """Make all nodes of these kinds known, stored ones and those of this run."""
    schema = directory.schema
    roots = {schema.labels(kind)[0] for kind in kinds}
    for known in snapshot.nodes.values():
        if schema.labels(known.kind)[0] in roots:
            for entity in _entities(known):
                directory.add(entity)
    for group in plan.groups.values():
        for record in group.records:
            if schema.labels(record.kind)[0] in roots:
                directory.add(_entity(group.id, record, snapshot.nodes))


def _entities(known: Known) -> list[Entity]:
    if not known.statements:
        return [Entity(known.id, known.kind, known.source, "", known.name, known.uscc, has_record=False)]
    return [
        Entity(known.id, known.kind, item.source, item.key, known.name, known.uscc)
        for item in known.statements
    ]


def _entity(node: str, record: Record, nodes: Mapping[str, Known]) -> Entity:
    known = nodes.get(node)
    name = record.properties.get("name") or (known.name if known else record.key)
    code = record.properties.get("uscc")
    return Entity(node, record.kind, record.source, record.key, str(name), str(code) if code else None)


def _edge(
    spec: ReferenceSpec, node: str, target: str, sheet: str, properties: Mapping[str, Property]
) -> Edge:
    start, end = (node, target) if spec.direction == "out" else (target, node)
    return Edge(start, spec.edge, end, {**properties, "stated_by": node, "sheet": sheet})


def _unresolved(pending: Pending, answer: Missing) -> Unresolved:
    reference = pending.reference
    return Unresolved(pending.place, reference.field or reference.name, reference.value, answer.reason)


def _made_place(pending: Pending) -> Problem:
    reference = pending.reference
    return Problem(
        "unknown_place",
        Sentence(
            f"“{reference.value}”不是已知的地名，也不是本来源的机构或中试线；按同名的地点保留",
            f"{reference.value!r} is no known place and no institution or "
            "line of this source; it is kept as a "
            "place of that name",
        ),
        pending.place,
        reference.field or reference.name,
        Sentence(
            "按登记表里机构或中试线的编号或名称填写",
            "write the key or the name as the register's own list of institutions or lines has it",
        ),
    )


def _by_name(pending: Pending) -> Problem:
    reference = pending.reference
    return Problem(
        "linked_by_name",
        Sentence(
            f"“{reference.value}”是按名称在另一个来源里找到的",
            f"{reference.value!r} was found by its name in another source",
        ),
        pending.place,
        reference.field or reference.name,
        Sentence(
            "用编号引用，或用同一个来源描述文件导入两者",
            "refer to it by its key, or load both with one source file",
        ),
    )


__all__ = ["Answer", "Linker", "Links", "introduce", "target_kinds"]
