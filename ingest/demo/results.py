"""The achievements, one generator of numbers each: a larger registry begins with the smaller one's rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import TypeVar

from ingest.demo.model import Catalogue, Difficulty, Industry, Need, Owner, Result
from ingest.demo.story import Teller

DIFFICULTIES: tuple[Difficulty, ...] = ("plain", "paraphrased", "incomplete")
TRLS = ((3, 4, 5, 6, 7, 8, 9), (6, 18, 26, 24, 15, 8, 3))
AMOUNTS = {
    3: (30, 200),
    4: (60, 500),
    5: (100, 900),
    6: (200, 2000),
    7: (500, 4000),
    8: (1000, 9000),
    9: (800, 20000),
}
FORMS = (("新技术", "新工艺", "新材料", "新产品", "专利", "样机"), (5, 5, 3, 4, 3, 2))
REPEATS = 6
T = TypeVar("T")


def results(
    data: Catalogue, owners: Mapping[str, tuple[Owner, ...]], count: int, seed: int
) -> Iterator[Result]:
    """`count` achievements; titles rarely repeat."""
    teller, seen = Teller(data), set[str]()
    shares = [industry.share for industry in data.industries]
    for number in range(1, count + 1):
        for attempt in range(REPEATS):
            rng = Random(f"{seed}:result:{number}:{attempt}")
            industry = rng.choices(data.industries, shares)[0]
            drawn = _result(rng, teller, industry, owners[industry.field], number)
            if drawn.story.title not in seen:
                break
        seen.add(drawn.story.title)
        yield drawn


def _result(
    rng: Random, teller: Teller, industry: Industry, owners: tuple[Owner, ...], number: int
) -> Result:
    difficulty = rng.choices(DIFFICULTIES, (42, 38, 20))[0]
    trl = rng.choices(*TRLS)[0]
    owner = rng.choice(owners)
    missing = 0.3 if difficulty == "incomplete" else 0.02
    low, high = AMOUNTS[trl]
    amount = max(10, round(rng.uniform(low, high) / 10) * 10) * 10_000
    return Result(
        key=f"CG-{number:06d}",
        story=teller.tell(rng, industry, difficulty, trl),
        difficulty=difficulty,
        owner=_maybe(rng, owner, missing / 2),
        place=_maybe(rng, owner.place if rng.random() < 0.7 else owner.place_short, missing),
        field=_maybe(rng, industry.field, missing),
        year=_maybe(rng, rng.randint(2016, 2026), missing),
        trl=_maybe(rng, trl, missing),
        amount=_maybe(rng, amount, missing),
        secrecy=_secrecy(rng),
        form=rng.choices(*FORMS)[0],
    )


def _maybe(rng: Random, value: T, missing: float) -> T | None:
    return None if rng.random() < missing else value


def _secrecy(rng: Random) -> str:
    drawn = rng.random()
    if drawn < 0.004:
        return "内部" if drawn < 0.0025 else "待定密"
    return "公开" if drawn < 0.55 else ""


def needs(
    data: Catalogue, owners: Mapping[str, tuple[Owner, ...]], count: int, seed: int
) -> tuple[Need, ...]:
    """Enterprises' needs over all industries."""
    teller, found = Teller(data), []
    for number in range(1, count + 1):
        rng = Random(f"{seed}:need:{number}")
        industry = data.industries[(number - 1) % len(data.industries)]
        difficulty = rng.choices(DIFFICULTIES[:2], (1, 1))[0]
        deadline = f"2027-{rng.randint(1, 12):02d}-{rng.choice((15, 28))}" if rng.random() < 0.7 else None
        budget = rng.choice((50, 80, 120, 200, 300, 500, 800)) * 10_000 if rng.random() < 0.8 else None
        found.append(
            Need(
                f"XQ-{number:03d}",
                teller.ask(rng, industry, difficulty),
                rng.choice(owners[industry.field]),
                budget,
                deadline,
            )
        )
    return tuple(found)
