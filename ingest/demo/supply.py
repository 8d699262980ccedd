"""The supply side: 119 pilot institutions, 30 lines, 141 capabilities; and the owners of results."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import cast

from ingest.demo.calendars import terms
from ingest.demo.model import Bound, Catalogue, Institution, Line, Offer, Operation, Owner, Parameter
from ingest.demo.numbers import bound

INSTITUTIONS, OFFERS = 119, 141
STATED, NAMED = 0.86, 0.94  # of the limits, so many have numbers; up to the second figure are named only


def place(rng: Random, data: Catalogue) -> tuple[str, str]:
    """A place in full and as some write it."""
    _, full, short = rng.choices(data.places, [weight for weight, _, _ in data.places])[0]
    return full, short


class Names:
    """Invented names, none twice."""

    def __init__(self, data: Catalogue, rng: Random) -> None:
        self.data, self.rng, self.used = data, rng, set[str]()

    def draw(self, topic: str, form: str) -> str:
        for serial in range(1, 1000):
            river = self.rng.choice(self.data.rivers)
            ending = self.rng.choice(self.data.names["forms"][form])
            number = "" if serial < 40 else f"第{serial}"
            name = f"{river}{topic}{number}{ending}（示例）"
            if name not in self.used:
                self.used.add(name)
                return name
        raise RuntimeError("names.yaml holds too few words")


def institutions(data: Catalogue, seed: int) -> tuple[Institution, ...]:
    """119 institutions: those of the lines first, each in its line's field; the last offer services only."""
    rng = Random(f"{seed}:institutions")
    names = Names(data, rng)
    fields = [str(line["field"]) for line in data.lines]
    everywhere = [one.field for one in data.industries]
    found = []
    for number in range(1, INSTITUTIONS + 1):
        field = fields[number - 1] if number <= len(fields) else rng.choice(everywhere)
        service = number > 90
        topic = rng.choice(data.extra) if service else rng.choice(data.names["topics"][field])
        name = names.draw(topic, "pilot" if not service else "research")
        full, short = place(rng, data)
        others = rng.sample([one for one in everywhere if one != field], rng.choice((0, 0, 1, 2)))
        found.append(
            Institution(
                f"ZS-{number:03d}", name,
                "质量技术服务" if service else rng.choice(("企业", "科研院所", "高校", "新型研发机构")),
                full if rng.random() < 0.7 else short,
                (field, *others),
                f"{topic}{'咨询、检测与评价' if service else '工艺放大、小批试制和检测'}",
            )
        )  # fmt: skip
    return tuple(found)


def lines(data: Catalogue, bodies: tuple[Institution, ...]) -> tuple[Line, ...]:
    """The 30 lines; six institutions run two."""
    owner = {number: bodies[number] for number in range(len(data.lines))}
    for second, first in ((2, 0), (9, 8), (13, 12), (20, 19), (23, 22), (26, 25)):
        owner[second] = bodies[first]
    return tuple(
        Line(
            f"L-{number + 1:02d}",
            str(raw["name"]),
            str(raw["field"]),
            owner[number],
            terms(f"L-{number + 1:02d}"),
        )
        for number, raw in enumerate(data.lines)
    )


def offers(
    data: Catalogue, rows: tuple[Line, ...], bodies: tuple[Institution, ...], seed: int
) -> tuple[Offer, ...]:
    """141 capabilities: every operation of the lines, the rest as the institutions' own equipment."""
    turns: Counter[str] = Counter()
    found: list[Offer] = []
    for line, raw in zip(rows, data.lines, strict=True):
        for op in cast(list[str], raw["ops"]):
            found.append(_offer(data, f"N-{len(found) + 1:03d}", op, line.institution, line, turns, seed))
    for number, op in enumerate(data.equipment[: OFFERS - len(found)], 1):
        body = _own(data, op, number, bodies)
        found.append(_offer(data, f"S-{number:03d}", op, body, None, turns, seed))
    if len(found) != OFFERS:
        raise RuntimeError(f"lines.yaml and equipment.yaml give {len(found)} capabilities, not {OFFERS}")
    return tuple(found)


def _own(data: Catalogue, op: str, number: int, bodies: tuple[Institution, ...]) -> Institution:
    """An institution without a line, where possible one in whose field the operation is used."""
    fields = {
        one.field
        for one in data.industries
        for chain in one.chains.values()
        for s in chain
        if op in s.choices
    }
    fitting = [body for body in bodies[30:90] if body.fields[0] in fields] or list(bodies[30:90])
    return fitting[number % len(fitting)]


def _offer(
    data: Catalogue, key: str, op: str, body: Institution, line: Line | None, turns: Counter[str], seed: int
) -> Offer:  # fmt: skip
    rng = Random(f"{seed}:offer:{key}")
    operation, turn = data.operations[op], turns[op]
    turns[op] += 1
    drawn = (_bound(rng, parameter, turn, data) for parameter in operation.parameters)
    bounds = tuple(one for one in drawn if one)
    said = rng.choice(operation.synonyms) if rng.random() < 0.25 else rng.choice(operation.words)
    name = f"{said}{rng.choice(('能力', '中试服务', '加工服务', ''))}"
    held = line.terms if line else terms(key)
    return Offer(key, name, op, _machine(rng, operation), body, line, bounds, held)


def _bound(rng: Random, parameter: Parameter, turn: int, data: Catalogue) -> Bound | None:
    drawn = bound(rng, parameter, turn, data.units)
    chance = rng.random() * (1.0 if turn else 0.9)  # the first one says more than later ones
    if chance < STATED:
        return drawn
    if chance < NAMED:
        return Bound(parameter.name, None, None, parameter.unit, "", "", "")
    return None


def _machine(rng: Random, operation: Operation) -> str:
    return f"{operation.equipment}（{rng.choice('ABCDEFG')}{rng.randrange(10, 99)}型）"


def owners(data: Catalogue, count: int, seed: int) -> dict[str, tuple[Owner, ...]]:
    """Owners by field, about as many as the achievements need."""
    rng = Random(f"{seed}:owners")
    names = Names(data, rng)
    number = 0
    found: dict[str, tuple[Owner, ...]] = {}
    total = sum(one.share for one in data.industries)
    for industry in data.industries:
        rows = []
        for _ in range(max(2, count * industry.share // total)):
            number += 1
            form = rng.choices(("research", "company", "school"), (3, 5, 1))[0]
            full, short = place(rng, data)
            name = names.draw(rng.choice(data.names["topics"][industry.field]), form)
            label = {"research": "科研院所", "company": "企业", "school": "高校"}[form]
            rows.append(Owner(f"DW-{number:04d}", name, label, full, short, industry.field))
        found[industry.field] = tuple(rows)
    return found
