"""The gold files joined with the records' texts, which lie outside the repository."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parent / "gold"
_NEAR = Path(__file__).parents[3] / "shared" / "data"
_FILES = ("achievements.jsonl.gz", "needs.jsonl.gz")

Span = tuple[int, int]


@dataclass(frozen=True)
class GoldQuantity:
    """A quantity as annotated: ends in `unit`, None where open."""

    span: Span
    unit: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Labelled:
    """A span with what must be right about it: `own` of an operation, `kind` of maturity, `hard`."""

    span: Span
    label: str | bool


@dataclass(frozen=True)
class GoldText:
    """One annotated text. `end` is where the annotated part ends (a need may hold its text twice).

    What nobody annotated is None: `conditions`, `deadline`, `budget` of records that are no needs, and all
    but one sort in a file of that sort (`maturity-*.jsonl`, `ops-*.jsonl`).
    """

    id: str
    field: str
    text: str
    end: int
    quantities: tuple[GoldQuantity, ...] | None
    unit_ops: tuple[Labelled, ...] | None
    tests: tuple[Labelled, ...] | None
    maturity: tuple[Labelled, ...] | None
    conditions: tuple[Labelled, ...] | None
    deadline: tuple[Labelled, ...] | None
    budget: tuple[Labelled, ...] | None


def data_folder() -> Path | None:
    """`ZHONGSHI_DATA`, else `../shared/data` beside the repository; None where neither has the files."""
    given = os.environ.get("ZHONGSHI_DATA")
    for folder in (Path(given) if given else _NEAR, _NEAR):
        if any((folder / name).exists() for name in _FILES):
            return folder
    return None


def load_gold(split: str, data: Path, folder: Path = GOLD) -> tuple[list[GoldText], list[str]]:
    """The annotated texts of a split (all files whose name starts with it), and what could not be used.

    A row whose text is missing or has another SHA-256 than the one annotated is left out and named.
    """
    rows = [json.loads(line) for file in sorted(folder.glob(f"{split}*.jsonl")) for line in _lines(file)]
    texts = dict(_texts(data, {row["id"] for row in rows}))
    found, problems = [], []
    for row in rows:
        text = texts.get((row["id"], row["field"]))
        if text is None:
            problems.append(f"{row['id']}: no {row['field']} in {data}")
        elif hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            problems.append(f"{row['id']}: the {row['field']} is not the one that was annotated")
        else:
            found.append(_gold_text(row, text))
    return found, problems


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _texts(data: Path, wanted: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    for name in _FILES:
        if not (data / name).exists():
            continue
        with gzip.open(data / name, "rt", encoding="utf-8") as stream:
            for record in map(json.loads, stream):
                if record["id"] in wanted:
                    yield from (((record["id"], k), v) for k, v in record.items() if isinstance(v, str))


def _gold_text(row: Mapping[str, object], text: str) -> GoldText:
    end = row.get("first_copy_end")
    return GoldText(
        id=str(row["id"]),
        field=str(row["field"]),
        text=text,
        end=end if isinstance(end, int) else len(text),
        quantities=_quantities(row),
        unit_ops=_labelled(row, "unit_ops", 3),
        tests=_labelled(row, "tests", 3),
        maturity=_labelled(row, "maturity", 2),
        conditions=_labelled(row, "conditions", 2),
        deadline=_single(row, "deadline"),
        budget=_single(row, "budget"),
    )


def _rows(row: Mapping[str, object], name: str) -> list[list]:  # type: ignore[type-arg]
    value = row.get(name)
    return value if isinstance(value, list) else []


def _quantities(row: Mapping[str, object]) -> tuple[GoldQuantity, ...] | None:
    if "quantities" not in row:
        return None
    return tuple(GoldQuantity((q[0], q[1]), q[2], q[3], q[4]) for q in _rows(row, "quantities"))


def _labelled(row: Mapping[str, object], name: str, label: int) -> tuple[Labelled, ...] | None:
    """Spans with the label at that place of each; None where the row knows nothing of them."""
    return tuple(Labelled((m[0], m[1]), m[label]) for m in _rows(row, name)) if name in row else None


def _single(row: Mapping[str, object], name: str) -> tuple[Labelled, ...] | None:
    """A need's one span (`[start, end]` or null); None where the row knows nothing of it."""
    if name not in row:
        return None
    span = _rows(row, name)
    return (Labelled((int(span[0]), int(span[1])), True),) if span else ()  # type: ignore[call-overload]
