"""When a line can be had and what it costs: drawn by its key alone, so that it is the same in every registry.

The dates lie around the winter of 2026 and the spring of 2027; a later day of asking finds the lines free.
About one in five says nothing of its calendar, and one in five nothing of its price.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ingest.demo.model import Terms

FROM, UNTIL = date(2026, 9, 1), date(2027, 8, 31)
STATED = 0.8
DAY_PRICES = (1500, 2000, 2500, 3000, 4000, 5000, 6500, 8000, 12000, 18000)
BATCH_PRICES = (3000, 5000, 8000, 12000, 20000, 30000)
REFUSED = ("剧毒化学品", "爆炸品", "含汞物料", "病原微生物")
CERTIFICATES = ("CNAS", "CMA", "ISO 9001", "GJB 9001C", "GMP")


def terms(key: str) -> Terms:
    """The terms of a line, or of an institution's own equipment."""
    rng = Random(f"{key}:terms")
    known, priced = rng.random() < STATED, rng.random() < STATED
    free = FROM + timedelta(days=rng.randint(0, 240)) if rng.random() < 0.5 else None
    blocked, notice = _blocked(rng), rng.choice((0, 5, 7, 10, 14, 21, 28))
    setup_days, least = rng.choice((0, 0, 1, 2)), rng.choice((2, 3, 5, 7, 10))
    by_day, each_day, each_batch = rng.random() < 0.85, rng.choice(DAY_PRICES), rng.choice(BATCH_PRICES)
    setup = rng.choice((0, 1000, 2000, 5000, 10000))
    refuses = tuple(rng.sample(REFUSED, rng.choice((0, 0, 1, 2))))
    return Terms(
        free_from=free if known else None,
        blocked=blocked if known else (),
        notice_days=notice if known else None,
        setup_days=setup_days if known else None,
        min_days=least,
        price_per_day=each_day if priced and by_day else None,
        price_per_batch=each_batch if priced and not by_day else None,
        setup_cost=setup if priced else None,
        refuses=refuses,
        certificates=_certificates(rng),
    )


def _blocked(rng: Random) -> tuple[tuple[date, date], ...]:
    found: list[tuple[date, date]] = []
    day = FROM + timedelta(days=rng.randint(20, 120))
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        last = day + timedelta(days=rng.randint(3, 30))
        if last > UNTIL:
            break
        found.append((day, last))
        day = last + timedelta(days=rng.randint(10, 60))
    return tuple(found)


def _certificates(rng: Random) -> tuple[tuple[str, date | None], ...]:
    names = rng.sample(CERTIFICATES, rng.choice((0, 0, 1, 2)))
    return tuple((name, date(2027, rng.randint(1, 12), 28) if rng.random() < 0.5 else None) for name in names)
