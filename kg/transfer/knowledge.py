"""What matching knows of one state of a store: read once, kept until the store's generation changes.

A process that answers many questions keeps one `Knowledge` per view; a command makes one and drops it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.access import View
from kg.identity import normal_name
from kg.transfer.alike import Alikeness, NamesOfOperations, load_alikeness, names_of_operations
from kg.transfer.answering import limit_parameter
from kg.transfer.candidates import Candidate, Option, prove
from kg.transfer.catalogue import Offer, load_offers
from kg.transfer.chain import Settling
from kg.transfer.funds import Fund, load_funds
from kg.transfer.loose import Stated
from kg.transfer.operation import Related, alike, taught
from kg.transfer.operations import Operations, closure, load_operations
from kg.transfer.places import Distances, load_stated
from kg.transfer.project import Subject, load_projects, with_steps
from kg.transfer.requirement import Step
from kg.values.region import areas, distance_km, locate
from kg.vocabulary.model import Vocabulary, plain_name

if TYPE_CHECKING:
    from embeddings.encoder import Encoder
    from kg.reading import Reader
    from kg.schema.model import Schema
    from kg.transfer.screen import Doable, Screened

FIELDS = (
    "MATCH (f:Field) WHERE f.access = 'public' AND NOT f.retired "
    "RETURN f.name AS name, f.synonyms AS synonyms"
)
FIELD_TREE = (
    "MATCH (f:Field)-[:BROADER]->(b:Field) WHERE f.access = 'public' AND NOT f.retired "
    "AND b.access = 'public' AND NOT b.retired RETURN f.name AS name, b.name AS broader"
)
ENOUGH_ALIKE = 5
LEAST_WORDS = 3
"""Characters of a name from which on it tells an operation where it stands inside other words."""
OF_NAMES = 0.8
"""The likeness of two names counts for so much of that of two texts: short words come near by chance. On
generated results in words that nobody uses, at 1.0 more routes are found (.297 instead of .265), and more are
given where there is none (7 instead of 4 of 46); at 0.7 fewer of both (.239, 2 of 46)."""
MOST_ALIKE = 20
"""Offers that are asked of one operation whose name is only alike."""
MOST_TAUGHT = 3
"""Operations that one phrase may teach."""


@dataclass
class Knowledge:
    """A view with the parts that matching is handed, and what was read of the store's present state."""

    view: View
    reader: Reader
    encoder: Encoder
    vocabulary: Vocabulary
    schema: Schema
    _state: State | None = field(default=None, repr=False)

    def state(self) -> State:
        """What was read of the store; read again when the store has changed."""
        generation = self.view.generation()
        if self._state is None or self._state.generation != generation:
            self._state = State(self.view, self.encoder, self.vocabulary, generation)
        return self._state


@dataclass
class State:
    """One generation of the store, each part read when it is first used."""

    view: View
    encoder: Encoder
    vocabulary: Vocabulary
    generation: int
    _related: dict[str, list[Candidate]] = field(default_factory=dict, repr=False)
    _stated: dict[str, Stated] = field(default_factory=dict, repr=False)
    _teaching: dict[str, list[Candidate]] = field(default_factory=dict, repr=False)
    _options: dict[tuple[object, ...], tuple[Option, ...]] = field(default_factory=dict, repr=False)
    _stepped: dict[str, Subject] = field(default_factory=dict, repr=False)
    _doable: dict[str, Doable] = field(default_factory=dict, repr=False)
    _screened: dict[str, list[Screened]] = field(default_factory=dict, repr=False)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return load_offers(self.view)

    @cached_property
    def operations(self) -> Operations:
        return load_operations(self.view, self.vocabulary)

    @cached_property
    def settling(self) -> Settling:
        return Settling(self.vocabulary)

    @cached_property
    def above(self) -> Mapping[str, frozenset[str]]:
        """Per normalised field name the names of all broader fields, with its own and their synonyms."""
        return _fields_above(self.view)

    @cached_property
    def funds(self) -> tuple[Fund, ...]:
        return load_funds(self.view, self.above, _adcodes)

    @cached_property
    def distances(self) -> Distances:
        return Distances(distance_km, load_stated(self.view, _adcode))

    @cached_property
    def projects(self) -> Mapping[str, Subject]:
        """Every visible achievement as a mandate sees it, without steps."""
        return load_projects(self.view, "Achievement", self.above)

    def stepped(self, subjects: Sequence[Subject]) -> list[Subject]:
        """These achievements with their steps, each read once."""
        fresh = [one for one in subjects if one.entity.id not in self._stepped]
        if fresh:
            self._stepped |= with_steps(
                self.view, "Achievement", fresh, self.settling, self.stated, origins=False
            )
        return [self._stepped[one.entity.id] for one in subjects]

    @cached_property
    def by_operation(self) -> Mapping[str, tuple[Offer, ...]]:
        found: dict[str, list[Offer]] = {}
        for offer in self.offers:
            found.setdefault(offer.unit_op, []).append(offer)
        return {name: tuple(offers) for name, offers in found.items()}

    @cached_property
    def alikeness(self) -> Alikeness:
        return load_alikeness(self.view, self.offers)

    def doable(self, subject: Subject) -> Doable:
        """Whether an achievement (with its steps) has a route, remembered by its id."""
        from kg.transfer.screen import doable

        if subject.entity.id not in self._doable:
            options = [self.options(step, subject.project.trl) for step in subject.steps]
            self._doable[subject.entity.id] = doable(subject, options)
        return self._doable[subject.entity.id]

    def screened(self, fund: str, make: Callable[[], list[Screened]]) -> list[Screened]:
        """The ranked projects of a fund, made once."""
        if fund not in self._screened:
            self._screened[fund] = make()
        return self._screened[fund]

    def subject(self, kind: str, node_id: str) -> Subject:
        """One achievement or need."""
        found = load_projects(self.view, kind, self.above, [node_id])
        return with_steps(self.view, kind, found.values(), self.settling, self.stated)[node_id]

    def stated(self, unit_op: str) -> Stated:
        """The parameters on which those who do an operation (or a narrower one) state limits; for words that
        no list relates to any offer, those who come nearest in words."""
        if unit_op not in self._stated:
            done = [one for one in self.candidates(unit_op) if one.how.match != "sister"]
            if not done:
                done = self._taught(unit_op)
            if not done and not self.operations.known(unit_op):
                done = self.alikeness.nearest(self.encoder, unit_op)[:ENOUGH_ALIKE]
            limits = [limit for one in done for limit in one.offer.limits]
            words = frozenset(limit.parameter for limit in limits)
            names = frozenset(name for limit in limits if (name := limit_parameter(limit)) is not None)
            self._stated[unit_op] = Stated(words, names)
        return self._stated[unit_op]

    @cached_property
    def stages_matter(self) -> bool:
        """Whether any line states which maturity it accepts: else a project's own changes nothing."""
        return any(offer.stage is not None and offer.stage.stated for offer in self.offers)

    def candidates(self, unit_op: str) -> list[Candidate]:
        """Offers whose operation has to do with the asked one, strongest relation first; ties by id."""
        if unit_op not in self._related:
            found: list[Candidate] = []
            for name, offers in self.by_operation.items():
                how = self.operations.related(unit_op, name)
                if how is not None:
                    ways = [(offer, self._as_named(unit_op, name, how, offer)) for offer in offers]
                    found += [Candidate(offer, way, ("graph",)) for offer, way in ways]
            found.sort(key=lambda one: (-one.how.strength, one.offer.id))
            self._related[unit_op] = found
        return self._related[unit_op]

    def _as_named(self, asked: str, listed: str, how: Related, offer: Offer) -> Related:
        return self.operations.as_named(asked, listed, how, offer.described)

    def options(self, step: Step, trl: int | None) -> tuple[Option, ...]:
        """Every candidate of a step with its proof; words and vectors are asked where no operation fits."""
        key = (step.unit_op, step.quantities, step.run, trl if self.stages_matter else None)
        if key not in self._options:
            proved = [prove(step, one, trl) for one in self.candidates(step.unit_op)]
            if not any(one.operation.verdict == "fits" and one.verdict != "short" for one in proved):
                seen = {option.offer.id for option in proved}
                told = [one for one in self._taught(step.unit_op) if one.offer.id not in seen]
                proved += [prove(step, one, trl) for one in told]
                proved += [prove(step, one, trl) for one in self._alike(step, proved)]
            self._options[key] = tuple(proved)
        return self._options[key]

    @cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """Name and all words of every offer's capability, as names are compared."""
        return tuple((plain_name(one.capability.name), plain_name(one.described)) for one in self.offers)

    def _taught(self, unit_op: str) -> list[Candidate]:
        """Offers of the operations under which this registry lists capabilities called by words that no list
        of operations has (炉内致密炉, listed under 烧结); none where the words are of many operations."""
        if unit_op not in self._teaching:
            words = plain_name(unit_op)
            tells = not self.operations.known(unit_op) and len(words) >= LEAST_WORDS
            self._teaching[unit_op] = self._called_by(words) if tells else []
        return self._teaching[unit_op]

    def _called_by(self, words: str) -> list[Candidate]:
        spoken = list(zip(self.offers, self.spoken, strict=True))
        called = {offer.id for offer, (name, _) in spoken if words in name}
        under = {offer.unit_op for offer, (_, told) in spoken if words in told}
        found = [
            Candidate(one.offer, taught(one.offer.unit_op, one.offer.id in called), ("fulltext",))
            for name in (sorted(under) if len(under) <= MOST_TAUGHT else [])
            for one in self.candidates(name)
            if one.how.verdict == "fits"
        ]
        return sorted(
            {one.offer.id: one for one in found}.values(), key=lambda one: (-one.how.strength, one.offer.id)
        )

    def _alike(self, step: Step, proved: list[Option]) -> list[Candidate]:
        """Offers found by words or vectors that no list relates to the step; never between two listed
        operations."""
        seen = {option.offer.id for option in proved}
        listed = self.operations.known(step.unit_op)
        found = self.alikeness.nearest(self.encoder, step.unit_op)
        fresh = [
            one
            for one in found
            if one.offer.id not in seen and not (listed and self.operations.known(one.offer.unit_op))
        ]
        near = [] if listed else self._called_alike(step.unit_op)
        kept = {one.offer.id: one for one in reversed([*near, *fresh[:ENOUGH_ALIKE]])}
        return sorted(
            (one for one in kept.values() if one.offer.id not in seen),
            key=lambda one: (-one.how.strength, one.offer.id),
        )

    def _called_alike(self, unit_op: str) -> list[Candidate]:
        """Offers of the operations whose names come nearest to words that no list has."""
        return [
            Candidate(one.offer, alike(cosine * OF_NAMES), ("vector",))
            for name, cosine in self.names_of_operations.nearest(self.encoder, unit_op)
            for one in [one for one in self.candidates(name) if one.how.match == "same"][:MOST_ALIKE]
        ]

    @cached_property
    def names_of_operations(self) -> NamesOfOperations:
        return names_of_operations(self.encoder, sorted(self.by_operation), self.vocabulary)


def _fields_above(view: View) -> dict[str, frozenset[str]]:
    synonyms: dict[str, set[str]] = {}
    for row in view.query(FIELDS):
        synonyms[normal_name(str(row["name"]))] = {normal_name(str(one)) for one in row["synonyms"] or ()}
    parents: dict[str, set[str]] = {}
    for row in view.query(FIELD_TREE):
        parents.setdefault(normal_name(str(row["name"])), set()).add(normal_name(str(row["broader"])))
    above = closure(parents)
    found: dict[str, frozenset[str]] = {}
    for name in {*synonyms, *above}:
        line = above.get(name, frozenset())
        found[name] = line.union(synonyms.get(name, ()), *(synonyms.get(one, set()) for one in line))
    return found


def _adcodes(name: str) -> tuple[str, ...]:
    return tuple(place.code for place in areas(name))


def _adcode(name: str) -> str | None:
    place = locate(name)
    return place.code if place else None
