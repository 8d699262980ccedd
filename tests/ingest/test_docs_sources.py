"""docs/sources.md: every example is written out, read, and gives the lines that the page says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.mapping import open_inputs
from ingest.record import Record
from kg.schema import load_schema

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
FENCE = re.compile(r"^```(csv|yaml|text) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    title: str
    files: tuple[tuple[str, str], ...]
    source: str
    expected: str


def examples() -> list[Example]:
    found = []
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        blocks = FENCE.findall(section)
        sources = [text for kind, name, text in blocks if kind == "yaml" and name == "base.yaml"]
        if sources:
            files = tuple((name, text) for kind, name, text in blocks if kind == "csv")
            (expected,) = [text for kind, _, text in blocks if kind == "text"]
            found.append(Example(section.splitlines()[0], files, sources[0], expected))
    return found


def write(folder: Path, name: str, text: str) -> None:
    if "#" not in name:
        (folder / name).write_text(text, encoding="gb18030")
        return
    file, worksheet = name.split("#")
    book = Workbook()
    book.worksheets[0].title = worksheet
    for row in csv.reader(io.StringIO(text)):
        book.worksheets[0].append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(folder / file)


def told(record: Record) -> str:
    parts = [*properties(record.properties)]
    for one in sorted(record.references, key=lambda one: one.name):
        by = "" if one.by == "any" else f" ({one.by})"
        km = f" {one.properties['km']:g} km" if one.properties else ""
        parts.append(f"{one.name}→{one.value}{by}{km}")
    for child in record.children:
        values = child.properties
        ends = ".." if values["low"] is None and values["high"] is None else ""
        low, high = (f"{v:g}" if isinstance(v := values[end], float) else "" for end in ("low", "high"))
        parts.append(f"{child.name} unknown" if ends else f"{child.name} {low}..{high} {values['unit']}")
    parts += ["synthetic"] if record.synthetic else []
    return f"{record.kind} {record.key}: {'; '.join(parts)}"


def properties(values: Mapping[str, Any]) -> list[str]:
    out = {}
    for name, value in values.items():
        base, _, end = name.rpartition("_")
        if end == "text" and value is not None and f"{base}_low" in values:
            low, high = values[f"{base}_low"], values[f"{base}_high"]
            ends = f"{'' if low is None else low}..{'' if high is None else high}"
            out[base] = "open" if ends == ".." else ends
        elif end not in ("low", "high", "text", "code") and value is not None:
            out[name] = "|".join(value) if isinstance(value, list) else str(value)
    return [f"{name}={value}" for name, value in sorted(out.items())]


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.title)
def test_example_gives_what_the_page_says(example: Example, tmp_path: Path) -> None:
    for name, text in example.files:
        write(tmp_path, name, text)
    (tmp_path / "base.yaml").write_text(example.source, encoding="utf-8")
    inputs = open_inputs([tmp_path], source_file=tmp_path / "base.yaml", schema=load_schema())
    outcomes = [row.outcome for row in inputs.rows()]
    assert all(isinstance(one, Record) for one in outcomes), outcomes
    lines = [told(one) for one in outcomes if isinstance(one, Record)]
    assert sorted(lines) == sorted(example.expected.splitlines())


def test_the_page_has_its_examples() -> None:
    assert len(examples()) >= 9
