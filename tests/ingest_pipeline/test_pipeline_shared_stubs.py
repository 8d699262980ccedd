"""A restricted record that comes later takes nothing away from what public records share with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench import Bench

Register = Callable[..., Path]


def test_a_later_restricted_record_leaves_a_shared_operation_public(bench: Bench, register: Register) -> None:
    bench.ingest(register("一.csv", "A1,公开成果,工艺为锻造、热处理。,单位一,领域,材料,2024,5,公开"))
    bench.ingest(register("二.csv", "B1,内部成果,工艺为锻造、磨削。,单位二,领域二,材料,2024,5,内部"))
    rows = bench.query("MATCH (u:UnitOp) RETURN u.name AS name, u.access AS access")
    access = {row["name"]: row["access"] for row in rows}
    assert access["锻造"] == access["热处理"] == "public"
    assert access["磨削"] == "restricted"
