"""Demands that are no numbers: what a text demands, and what a register's words answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.wiring import Services
from kg.transfer.candidates import Candidate, Option, prove
from kg.transfer.catalogue import Offer, load_offers
from kg.transfer.conditions import on_conditions
from kg.transfer.demands import Demand, certificate_name, demands_in, hazards, hazards_in
from kg.transfer.documents import Entity
from kg.transfer.operation import Related
from kg.transfer.proof import Proof, Source
from kg.transfer.quantities import Origin
from kg.transfer.requirement import Run, Step
from kg.transfer.terms import Stated, facts_of_row, terms_of

DAY = date(2026, 11, 25)


def demands(text: str, *steps: str) -> list[tuple[str, str, bool, str | None]]:
    held = [
        Step(i, name, name, origin=Origin(None, "need", name, text.index(name), text.index(name) + len(name)))
        for i, name in enumerate(steps)
    ]
    return [
        (one.sort, one.value, one.hard, one.step) for one in demands_in([(Origin(None, "need"), text)], held)
    ]


@pytest.mark.parametrize(
    ("text", "steps", "wanted"),
    [
        (
            "需要CNAS资质的盐雾试验，然后灌装",
            ("盐雾试验", "灌装"),
            [("certificate", "CNAS", True, "盐雾试验")],
        ),
        ("需要结晶，机构须有gjb9001c", ("结晶",), [("certificate", "GJB 9001C", True, None)]),
        ("需要灌装，GMP优先", ("灌装",), [("certificate", "GMP", False, None)]),
        ("需要灌装，不需要GMP", ("灌装",), []),
        ("需要结晶，溶剂为无水乙醇", ("结晶",), [("material", "无水乙醇", True, None)]),
        ("需要结晶，不含有机溶剂", ("结晶",), []),
        ("需要丙酮酸发酵", ("发酵",), []),
        ("需要NMP浆料的涂布", ("涂布",), [("material", "NMP", True, "涂布")]),
    ],
)
def test_what_a_text_demands(text: str, steps: tuple[str, ...], wanted: list[object]) -> None:
    assert demands(text, *steps) == wanted


def test_every_word_of_every_class_is_found_as_that_class() -> None:
    for one in hazards().values():
        for word in (*one.names, *one.substances):
            assert hazards_in(f"含 {word} 。")[0][:2] == (word, one.name)


def test_certificates_are_spelled_one_way() -> None:
    assert certificate_name("通过ISO9001质量体系认证") == certificate_name("iso 9001") == "ISO 9001"
    assert certificate_name("洁净度 ISO 7级") is None
    assert certificate_name("安全生产许可证（至2027年）") == "安全生产许可"


def stated(line: int = 1, **said: object) -> Stated:
    return facts_of_row(
        {f"of_{name}": value for name, value in said.items()}, Source("register", "x.csv", line)
    )


def option(*records: Stated, days: float | None = 5) -> Option:
    """A line with a calendar and five days of work; the most particular record stands first."""
    line = Entity("line-1", "L1", "PilotLine", "一线", False)
    offer = Offer(
        "o",
        line,
        line,
        None,
        "结晶",
        terms=terms_of(stated(notice_days=1, min_days=days)),
        conditions=records,
    )
    step = Step(0, "结晶", "结晶", run=Run())
    return prove(step, Candidate(offer, Related("same", 1.0), ("graph",)), None)


def answered(demand: Demand, *records: Stated, days: float | None = 5) -> tuple[Option, Proof]:
    [found] = on_conditions([option(*records, days=days)], [demand], DAY)
    return found, found.proofs[-1]


SOLVENT = Demand("material", "乙醇", "有机溶剂")


@pytest.mark.parametrize(
    ("demand", "refuses", "accepts", "verdict"),
    [
        (SOLVENT, ["有机溶剂"], None, "short"),
        (SOLVENT, None, ["有机溶剂"], "fits"),
        (SOLVENT, ["甲苯"], None, "unknown"),
        (SOLVENT, ["易燃易爆品"], None, "unknown"),
        (SOLVENT, ["有机溶剂（乙醇除外）"], None, "unknown"),
        (SOLVENT, ["有机溶剂"], ["乙醇"], "fits"),
        (SOLVENT, None, None, "unknown"),
        (Demand("material", "放射性", "放射性物料"), ["放射性物料"], None, "short"),
        (Demand("material", "放射性", "放射性物料"), None, ["非放射性物料"], "unknown"),
        (Demand("material", "盐酸", "强酸"), ["腐蚀性物料"], None, "short"),
        (Demand("material", "氢氧化钠", "强碱"), ["强酸"], None, "unknown"),
        (Demand("material", "有机溶剂", "有机溶剂"), ["甲苯"], None, "unknown"),
        (Demand("material", "乙醇", "有机溶剂", hard=False), ["有机溶剂"], None, "unknown"),
    ],
)
def test_materials_against_what_a_line_says(
    demand: Demand, refuses: object, accepts: object, verdict: str
) -> None:
    _, proof = answered(demand, stated(7, refuses=refuses, accepts=accepts))
    assert (proof.constraint, proof.verdict) == ("material", verdict)
    assert proof.ask is not None if verdict == "unknown" else proof.source == Source("register", "x.csv", 7)


def test_the_most_particular_record_decides() -> None:
    own, body = stated(1, accepts=["有机溶剂"]), stated(2, refuses=["有机溶剂"])
    assert answered(SOLVENT, own, body)[1].verdict == "fits"
    assert answered(SOLVENT, body, own)[1].verdict == "short"


CNAS = Demand("certificate", "CNAS")


def test_a_certificate_bounds_the_end_of_its_step() -> None:
    found, proof = answered(CNAS, stated(3, certificates=["CNAS（至2027-03-01）", "CMA"]))
    assert proof.verdict == "fits"
    assert [(one.until, one.what) for one in found.lapses] == [(date(2027, 3, 1), "CNAS")]


def test_a_certificate_that_is_over_is_short_by_days() -> None:
    found, proof = answered(CNAS, stated(certificates=["CNAS有效期2023年11月1日至2026年11月20日"]))
    assert (proof.verdict, proof.short_by and proof.short_by.value) == ("short", 5.0)
    assert found.verdict == "short"


def test_a_certificate_without_a_known_end_of_the_work_is_a_question() -> None:
    found, proof = answered(CNAS, stated(certificates=["CNAS（至2027-03-01）"]), days=None)
    assert (proof.verdict, found.verdict) == ("unknown", "unknown")


def test_nothing_stated_is_a_question_and_another_record_may_say_it() -> None:
    line, body = stated(1, certificates=["GMP"]), stated(2, certificates=["CNAS"])
    assert answered(CNAS, line)[1].verdict == "unknown"
    assert answered(CNAS, line, body)[1].source == Source("register", "x.csv", 2)


def test_a_certificate_that_begins_later_is_a_question() -> None:
    _, proof = answered(CNAS, stated(certificates=["CNAS（2027-01-01至2029-12-31）"]))
    assert proof.verdict == "unknown"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("CNAS（2024年3月1日发证）", "fits"), ("CNAS 2027-01-01起", "unknown"), ("CNAS 2027-03-01", "fits")],
)
def test_a_day_of_issue_is_no_end(words: str, verdict: str) -> None:
    assert answered(CNAS, stated(certificates=[words]))[1].verdict == verdict


def test_a_permit_is_its_line_s_where_it_covers_one_and_else_its_holder_s(tmp_path: Path) -> None:
    (tmp_path / "线.csv").write_text(
        "产线编号,产线名称,所属机构编号\nL1,一线,P1\nL2,二线,P1\n", encoding="utf-8"
    )
    (tmp_path / "机构.csv").write_text("机构编号,机构名称\nP1,甲中试基地\n", encoding="utf-8")
    (tmp_path / "能力.csv").write_text(
        "能力编号,能力名称,工艺,所属产线编号\nC1,结晶,结晶,L1\nC2,结晶,结晶,L2\n", encoding="utf-8"
    )
    (tmp_path / "许可.csv").write_text(
        "许可编号,许可名称,许可类别,持证单位,覆盖产线,有效期至\n"
        "X1,甲中试基地许可一,安全生产许可证,P1,L1,2027-03-01\nX2,甲中试基地许可二,排污许可证,P1,,2028-03-01\n",
        encoding="utf-8",
    )
    store = str(tmp_path / "store")
    done = CliRunner().invoke(app, ["ingest", str(tmp_path), "--store", store, "--json"])
    assert done.exit_code == 0, done.output
    with Services.from_options(store, None).view() as view:
        held = {
            offer.line.key: [text for one in offer.conditions for text in one["certificates"].value]
            for offer in load_offers(view)
            if offer.line
        }
    holder = "排污许可证 甲中试基地许可二（至2028-03-01）"
    assert held == {"L1": ["安全生产许可证 甲中试基地许可一（至2027-03-01）", holder], "L2": [holder]}


@pytest.mark.parametrize(
    "text",
    ["氧化铝粉体造粒", "氮化钛粉喷涂", "硫酸锰溶液结晶", "盐酸二甲双胍制粒", "苯甲醇蒸馏", "过硫酸铵配液"],
)
def test_a_substance_within_another_one_is_not_that_substance(text: str) -> None:
    found = [words for words, _, _ in hazards_in(text)]
    assert not {"铝粉", "钛粉", "硫酸", "盐酸", "甲醇"} & set(found)


@pytest.mark.parametrize(
    "text", ["铝粉造粒", "用硫酸浸出", "含乙醇溶液", "盐酸洗涤", "以甲醇为溶剂", "加入浓硫酸"]
)
def test_a_substance_by_itself_is_one(text: str) -> None:
    assert hazards_in(text)
