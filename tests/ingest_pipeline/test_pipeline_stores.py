"""The same files, step by step, make the same graph on the embedded store and on a real Neo4j."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

from kg.errors import StoreMissingError
from tests.stores import neo4j_server, neo4j_url

__all__ = ["neo4j_server", "neo4j_url"]

Write = Callable[..., Path]
ACHIEVEMENTS = [
    "A1,一种喷雾干燥方法,先混合后喷雾干燥，进风温度180℃,甲公司,新材料,喷雾干燥,2024,5,公开",
    "A2,一种烧结方法,在1600℃烧结2小时,乙公司；甲公司,新材料,烧结,2023,4,",
    "A3,内部的成果,真空熔炼,丙研究所,暗物质,熔炼,2022,6,内部",
]


def _steps(bench: Bench, write: Write, register: Write) -> list[object]:
    """Load in a wrong order, repeat, change, retire, bring back, classify; each run's counts and graph."""
    capability = write(
        "能力.csv",
        "能力编号,能力名称,单元操作,所属产线,参数1,下限1,上限1,单位1",
        "C1,喷雾干燥能力,喷雾干燥,L1,处理量,3,15,kg/h",
    )
    line = write("产线.csv", "产线编号,产线名称,所属机构", "L1,一号中试线,某中试研究院")
    institution = write("机构.csv", "机构编号,机构名称,所在地", "I1,某中试研究院,四川绵阳")
    told: list[object] = []

    def run(*files: Path, **options: bool) -> None:
        report = bench.ingest(*files, **options)
        told.append((report.new, report.changed, report.unchanged, report.gone, report.quarantined))
        told.append([(item.value, item.reason) for item in report.unresolved])
        told.append(bench.dump())

    for file in (capability, line, institution):
        run(file)
    run(register("a.csv", *ACHIEVEMENTS))
    run(register("b.csv", *ACHIEVEMENTS))
    run(register("b.csv", ACHIEVEMENTS[0].replace("喷雾", "冷冻"), *ACHIEVEMENTS[1:]))
    run(register("b.csv", *ACHIEVEMENTS[:2]), complete=True)
    run(register("b.csv", ACHIEVEMENTS[1], ACHIEVEMENTS[2].replace("内部", "公开", 2)))
    run(register("b.csv", ACHIEVEMENTS[0] + "；", ACHIEVEMENTS[1][:-1] + ",机密"))
    run(register("b.csv", ACHIEVEMENTS[0][:-2] + "机密"))
    run(capability, line, institution)
    return told


def test_both_stores_hold_the_same(bench: Bench, write: Write, register: Write, neo4j_url: str) -> None:
    served = Bench(bench.folder, neo4j_url, bench.schema, bench.encoder, bench.reader)
    here, there = _steps(bench, write, register), _steps(served, write, register)
    assert len(here) == len(there)
    for number, (one, other) in enumerate(zip(here, there, strict=True)):
        assert one == other, f"step {number // 3 + 1}"


def test_a_check_and_a_refusal_leave_the_server_as_it_was(
    bench: Bench, write: Write, register: Write, neo4j_url: str
) -> None:
    served = Bench(bench.folder, neo4j_url, bench.schema, bench.encoder, bench.reader)
    file = register("a.csv", *ACHIEVEMENTS)
    assert served.check(file).new == 3
    with pytest.raises(StoreMissingError):
        served.open()
    served.ingest(file)
    assert served.check(file).unchanged == 3
