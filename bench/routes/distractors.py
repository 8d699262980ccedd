"""Offers that sound right and are of the wrong scale: a laboratory's, in the bench's own words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.demo.catalogue import load_catalogue

PART = 0.01
"""Of the least that any result needs, so much is the most that such an offer can do."""
HEADER = ("能力编号", "能力名称", "单元操作", "所属机构编号", "参数1", "下限1", "上限1", "单位1")


@dataclass(frozen=True)
class Distractor:
    """An offer that no result needing `parameter` can be made with."""

    key: str
    operation: str
    parameter: str


BODIES = ("机构编号", "机构名称", "所在地区")
HOLDERS = 12


def write_distractors(folder: Path) -> tuple[list[Path], Mapping[str, Distractor]]:
    """Sheets with one such offer for every other way of saying an operation that has a scale, at twelve
    institutions in turn."""
    found: dict[str, Distractor] = {}
    rows: list[tuple[str, ...]] = []
    catalogue = load_catalogue()
    bodies = [(f"XS-{n:02d}", f"小试平台{n:02d}（示例）", catalogue.places[n][1]) for n in range(HOLDERS)]
    for operation in catalogue.operations.values():
        scale = next((one for one in operation.parameters if one.kind == "scale"), None)
        if scale is None or not operation.offered:
            continue
        for words in operation.synonyms:
            key = f"X-{len(found) + 1:03d}"
            found[key] = Distractor(key, operation.name, scale.name)
            most = f"{scale.need[0] * PART:.3g}"
            body = bodies[len(rows) % HOLDERS][0]
            rows.append((key, f"{words}小试装置", operation.name, body, scale.name, "", most, scale.unit))
    sheets: dict[str, list[tuple[str, ...]]] = {
        "小试平台.csv": [BODIES, *bodies],
        "小试设备.csv": [HEADER, *rows],
    }
    for name, lines in sheets.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(lines)
    return [folder / name for name in sheets], found
