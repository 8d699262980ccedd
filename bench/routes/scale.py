"""A large registry: 2,400 platforms with a line each and 50,000 capabilities, written as sheets and asked."""

from __future__ import annotations

import csv
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from bench.routes.opened import opened
from ingest.demo.calendars import terms
from ingest.demo.catalogue import load_catalogue
from ingest.demo.cells import in_wan
from ingest.demo.model import Catalogue, Operation
from ingest.demo.numbers import bound
from kg.transfer import Knowledge, RouteOptions, routes_for

PLATFORMS, CAPABILITIES = 2_400, 50_000
BODIES = ("机构编号", "中试机构名称", "所在地区")
LINES = (
    "产线编号", "中试线名称", "所属机构编号", "最早可约日期", "占用时段", "预约提前期（天）",
    "最短使用天数", "日单价（万元/天）", "开机费（元）",
)  # fmt: skip
OFFERS = ("能力编号", "能力名称", "单元操作", "所属产线编号", "参数1", "下限1", "上限1", "单位1")


@dataclass(frozen=True)
class Speed:
    """Milliseconds of a question, the first one apart; MiB at the peak of the process."""

    questions: int
    first: float
    p50: float
    p95: float
    peak_mib: float
    with_route: int


def measure(folder: Path, needs: Sequence[str], options: RouteOptions) -> Speed:
    """Writes and loads the registry, then asks the needs one after another."""
    paths = write_sheets(folder)
    with opened(folder, paths) as knowledge:
        return asked(knowledge, [{"need": text} for text in needs], options)


def asked(knowledge: Knowledge, questions: Sequence[dict[str, Any]], options: RouteOptions) -> Speed:
    """The times of the questions; the first one reads the store."""
    spent, found = [], 0
    for question in questions:
        started = time.perf_counter()
        document = routes_for(knowledge, options=options, **question)
        spent.append((time.perf_counter() - started) * 1000)
        found += bool(document["routes"])
    p50, p95 = (float(np.percentile(spent[1:], part)) for part in (50, 95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Speed(len(questions), spent[0], p50, p95, peak, found)


def write_sheets(folder: Path) -> list[Path]:
    """The three sheets, with the headers that such sheets usually have."""
    data = load_catalogue()
    folder.mkdir(parents=True, exist_ok=True)
    sheets = {
        "中试机构.csv": (BODIES, _bodies(data)),
        "中试线.csv": (LINES, _lines()),
        "中试能力.csv": (OFFERS, _offers(data)),
    }
    for name, (header, rows) in sheets.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
    return [folder / name for name in sheets]


def _bodies(data: Catalogue) -> Iterator[tuple[object, ...]]:
    for number in range(PLATFORMS):
        rng = Random(f"scale:{number}")
        yield f"P-{number:04d}", f"中试平台{number:04d}（示例）", rng.choice(data.places)[1]


def _lines() -> Iterator[tuple[object, ...]]:
    for number in range(PLATFORMS):
        held = terms(f"scale:{number}")
        blocked = "；".join(f"{first}～{last}" for first, last in held.blocked)
        yield (
            f"T-{number:04d}", f"中试线{number:04d}（示例）", f"P-{number:04d}", held.free_from, blocked,
            _cell(held.notice_days), held.min_days, in_wan(held.price_per_day), _cell(held.setup_cost),
        )  # fmt: skip


def _cell(value: int | None) -> int | str:
    return "" if value is None else value


def _offers(data: Catalogue) -> Iterator[tuple[object, ...]]:
    operations = [one for one in data.operations.values() if one.offered]
    for number in range(CAPABILITIES):
        rng = Random(f"scale:offer:{number}")
        operation = operations[number % len(operations)]
        line = f"T-{rng.randrange(PLATFORMS):04d}"
        yield (
            f"K-{number:05d}",
            f"{operation.name}能力",
            operation.name,
            line,
            *_limit(rng, operation, number, data),
        )


def _limit(rng: Random, operation: Operation, turn: int, data: Catalogue) -> tuple[str, str, str, str]:
    if not operation.parameters or rng.random() < 0.1:
        return "", "", "", ""
    one = bound(rng, rng.choice(operation.parameters), turn, data.units)
    return one.parameter, one.shown_low, one.shown_high, one.shown_unit
