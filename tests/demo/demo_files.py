"""A reading of the written files with code of its own."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ingest.demo import DemoFiles

Row = dict[str, str]
TEXTS = {
    "成果登记_2026.csv": ("成果编号", "成果名称", "成果简介", "中试需求"),
    "历年成果汇编.csv": ("登记号", "项目名称", "内容提要", "放大条件"),
    "区县报送成果表.xlsx": ("报送编号", "题目", "技术简介", "中试条件"),
    "院所成果清单.txt": ("编码", "题名", "摘要", "熟化需求"),
}


@dataclass(frozen=True)
class Demo:
    """The written files and their truth."""

    files: DemoFiles
    truth: list[dict[str, Any]]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.truth if row["type"] == kind]

    def texts(self) -> dict[str, str]:
        """Title, abstract and pilot need of each achievement and need, by key."""
        found: dict[str, str] = {}
        for name, (key, *parts) in TEXTS.items():
            for row in table(self.files.folder / name):
                found.setdefault(row[key], "\n".join(row[part] for part in parts))
        for line in (self.files.folder / "企业需求.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            found[row["需求编号"]] = row["需求标题"] + "\n" + row["需求描述"]
        return found


def table(path: Path, worksheet: str | None = None) -> list[Row]:
    """The rows of a file; the header is the first line with more than two cells."""
    if path.suffix == ".xlsx":
        sheet = load_workbook(path, read_only=True)
        lines = [
            ["" if cell is None else str(cell) for cell in line]
            for line in sheet[worksheet or sheet.sheetnames[0]].iter_rows(values_only=True)
        ]
    else:
        lines = list(_flat(path))
    start = next(number for number, line in enumerate(lines) if sum(map(bool, line)) > 2)
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def _flat(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    encoding = "gb18030" if path.name == "历年成果汇编.csv" else "utf-8-sig"
    delimiter = {"院所成果清单.txt": "\t", "中试线.csv": ";"}.get(path.name, ",")
    yield from csv.reader(raw.decode(encoding).splitlines(), delimiter=delimiter)


def read_truth(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
