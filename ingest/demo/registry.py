"""Writes the whole registry: files, source file and truth."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ingest.demo import sheets, supply, truth
from ingest.demo.catalogue import HERE, load_catalogue
from ingest.demo.files import Sheet, write_delimited, write_jsonl, write_workbook
from ingest.demo.model import Catalogue, Institution, Line, Need, Offer, Owner, Result
from ingest.demo.registers import REGISTERS, register_sheet, wrong_rows
from ingest.demo.results import needs, results
from ingest.progress import Progress, quiet

OTHER_FILES = (
    "单位名录.csv", "中试机构名录.xlsx", "中试线.csv", "中试能力.xlsx", "基金清单.xlsx", "企业需求.jsonl",
)  # fmt: skip
NEEDS = 60
PER_OWNER = 60
EVERY = 500  # so many results between two reports of progress
NUMERIC_LINES = 22  # so many lines state their limits as numbers, the rest as text

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class DemoFiles:
    """Where the registry was written. `truth` and `source` are not among `paths`, which hold the data."""

    folder: Path
    paths: tuple[Path, ...]
    source: Path
    truth: Path


@dataclass(frozen=True)
class Registry:
    """All that was drawn."""

    data: Catalogue
    bodies: tuple[Institution, ...]
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    owners: Mapping[str, tuple[Owner, ...]]
    results: Sequence[Result]
    needs: tuple[Need, ...]


def draw_registry(achievements: int, seed: int, progress: Progress = quiet) -> Registry:
    """Draws a registry of this many achievements; institutions, lines, offers and funds stay the same."""
    data = load_catalogue()
    bodies = supply.institutions(data, seed)
    lines = supply.lines(data, bodies)
    owners = supply.owners(data, min(900, max(24, achievements // PER_OWNER)), seed)
    return Registry(
        data, bodies, lines, supply.offers(data, lines, bodies, seed), owners,
        tuple(_told(results(data, owners, achievements, seed), "draw", achievements, progress)),
        needs(data, owners, NEEDS, seed),
    )  # fmt: skip


def write_registry(
    out: Path, *, achievements: int = 41000, seed: int = 7, progress: Progress = quiet
) -> DemoFiles:
    """Writes a demonstration registry into the folder `out` (made if missing).

    The same arguments give the same bytes. Raises ValueError for fewer than one achievement, OSError where
    `out` cannot be written.
    """
    if achievements < 1:
        raise ValueError("a registry holds at least one achievement")
    registry = draw_registry(achievements, seed, progress)
    out.mkdir(parents=True, exist_ok=True)
    wrong = _write_achievements(out, registry)
    _write_supply(out, registry)
    write_jsonl(out / "企业需求.jsonl", sheets.need_rows(registry.needs))
    source, truth_file = out / "source.yaml", out / "truth.jsonl"
    shutil.copyfile(HERE / "source.yaml", source)
    write_jsonl(truth_file, _truth(registry, wrong, progress))
    paths = tuple(out / name for name in (*(one.file for one in REGISTERS), *OTHER_FILES))
    return DemoFiles(out, paths, source, truth_file)


def _write_achievements(out: Path, registry: Registry) -> list[dict[str, Any]]:
    """The four registers; returns the truth about the wrong rows of the first."""
    first, history, district, institutes = (register_sheet(one, registry.results) for one in REGISTERS)
    rows, wrong = wrong_rows(first, len(registry.results))
    good = list(first.rows)
    for number, note in enumerate(wrong):
        note.update(file=REGISTERS[0].file, line=len(good) + number + 2)
    write_delimited(
        out / REGISTERS[0].file, Sheet(first.name, first.header, good + rows), encoding="utf-8-sig"
    )
    write_delimited(out / REGISTERS[1].file, history, encoding="gb18030")
    write_workbook(out / REGISTERS[2].file, [district])
    write_delimited(out / REGISTERS[3].file, institutes, delimiter="\t")
    return wrong


def _write_supply(out: Path, registry: Registry) -> None:
    owners = [owner for group in registry.owners.values() for owner in group]
    write_delimited(out / "单位名录.csv", sheets.owners_sheet(owners), encoding="utf-8-sig")
    write_workbook(out / "中试机构名录.xlsx", [sheets.institutions_sheet(registry.bodies)])
    write_delimited(out / "中试线.csv", sheets.lines_sheet(registry.lines), delimiter=";")
    numeric = {line.key for line in registry.lines[:NUMERIC_LINES]}
    of_lines = [one for one in registry.offers if one.line]
    write_workbook(
        out / "中试能力.xlsx",
        [
            sheets.line_offers_sheet(one for one in of_lines if one.line and one.line.key in numeric),
            sheets.text_offers_sheet(one for one in of_lines if one.line and one.line.key not in numeric),
            sheets.equipment_sheet(one for one in registry.offers if one.line is None),
        ],
    )
    write_workbook(out / "基金清单.xlsx", [sheets.funds_sheet(registry.data.funds)])


def _truth(registry: Registry, wrong: list[dict[str, Any]], progress: Progress) -> Iterator[dict[str, Any]]:
    """A line of totals, then one for each capability, fund window, achievement, need and wrong row."""
    data, known = registry.data, truth.Supply(registry.offers)
    places = {name: full for _, full, short in data.places for name in (full, short)}
    yield {
        "type": "totals", "synthetic": True, "achievements": len(registry.results),
        "institutions": len(registry.bodies), "lines": len(registry.lines),
        "capabilities": len(registry.offers), "funds": len(data.funds), "needs": len(registry.needs),
    }  # fmt: skip
    yield from map(truth.offer_truth, registry.offers)
    for result in _told(registry.results, "truth", len(registry.results), progress):
        yield truth.result_truth(result, known, data.funds, places)
    for need in registry.needs:
        yield truth.need_truth(need, known)
    yield from wrong


def _told(items: Iterable[_Item], stage: str, total: int, progress: Progress) -> Iterator[_Item]:
    """The items as they are, with a word on how far they have come now and then."""
    for done, item in enumerate(items, 1):
        yield item
        if done % EVERY == 0 or done == total:
            progress(stage, done, total)
