"""The cases of this folder's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REGISTRY = HERE / "registry"
TODAY = "2026-11-25"
EXPECTED = (
    "status", "first", "order", "routes", "also", "never", "proof", "noted", "dates", "spans", "cost",
    "totals", "bounds", "nearest", "binding", "sides", "changes", "why",
)  # fmt: skip
KEYS = frozenset(("case", "ask", *EXPECTED))


@dataclass(frozen=True)
class Case:
    """One question, what must be answered and why; README.md lists the keys of `expect`."""

    name: str
    ask: Mapping[str, str]
    expect: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return str(self.expect.get("status", "ok"))


def cases() -> list[Case]:
    """All cases; a key that nobody knows or a case without its arithmetic is an error."""
    return [case(path, row) for path in sorted(HERE.glob("*.yaml")) for row in table(path)]


def table(path: Path) -> list[dict[str, Any]]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(rows, list)
    return rows


def case(path: Path, row: dict[str, Any]) -> Case:
    strange = set(row) - KEYS
    assert not strange and row.get("why"), f"{path.name}: {row.get('case')}: {strange or 'no why'}"
    ask = {"as_of": TODAY, **{name: plain(value) for name, value in row["ask"].items()}}
    expect = {name: value for name, value in row.items() if name not in ("case", "ask")}
    return Case(f"{path.stem}: {row['case']}", ask, expect)


def not_yet() -> dict[str, str]:
    """Name of a test → why the program is not there yet; such a test must fail."""
    return yaml.safe_load((HERE / "not-yet.yml").read_text(encoding="utf-8")) or {}


def plain(value: object) -> str:
    """A value as it stands in a query."""
    return value.isoformat() if isinstance(value, date) else str(value)
