"""The achievements in four registers, each with habits of its own; and the rows that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ingest.demo import cells
from ingest.demo.files import Cell, Sheet
from ingest.demo.model import Result

Row = Mapping[str, Cell]
NOTE = "说明：本表为系统演示用的模拟数据，成果与单位均为虚构；未填写的栏目表示暂缺。"


@dataclass(frozen=True)
class Register:
    """One file of achievements: `turns` are the places of twenty that it takes."""

    file: str
    sheet: str
    turns: range
    header: Sequence[str]
    cells: Callable[[Random, Result], Sequence[Cell]]
    above: Sequence[str] = ()


def _owner(rng: Random, result: Result) -> str:
    """The owner's name, at times with half-width brackets."""
    name = result.owner.name if result.owner else ""
    return name.replace("（", "(").replace("）", ")") if rng.random() < 0.05 else name


def _registration(rng: Random, one: Result) -> Sequence[Cell]:
    return (
        one.key, one.story.title, one.story.text, _owner(rng, one), one.place or "", one.field or "",
        "；".join(one.story.keywords), one.year or "", one.trl or "", one.secrecy, cells.in_wan(one.amount),
        one.story.pilot_need, one.form,
    )  # fmt: skip


def _history(rng: Random, one: Result) -> Sequence[Cell]:
    return (
        one.key, one.story.title, one.form, one.story.text, one.owner.key if one.owner else "",
        one.place or "", one.field or "", ",".join(one.story.keywords), cells.day(rng, one.year),
        cells.trl(rng, one.trl), cells.money(rng, one.amount), one.story.pilot_need, one.secrecy,
    )  # fmt: skip


def _district(rng: Random, one: Result) -> Sequence[Cell]:
    return (
        one.key, one.story.title, one.story.text, _owner(rng, one), one.place or "", one.field or "",
        " ".join(one.story.keywords), one.year or "", cells.trl(rng, one.trl), one.amount or "",
        one.story.pilot_need, one.secrecy,
    )  # fmt: skip


def _institutes(rng: Random, one: Result) -> Sequence[Cell]:
    return (
        one.secrecy, one.key, one.field or "", one.story.title, "、".join(one.story.keywords), one.story.text,
        one.story.pilot_need, _owner(rng, one), one.place or "", f"{one.year}年" if one.year else "",
        cells.trl(rng, one.trl), cells.in_wan(one.amount),
    )  # fmt: skip


REGISTERS = (
    Register(
        "成果登记_2026.csv", "登记", range(8),
        ("成果编号", "成果名称", "成果简介", "完成单位", "单位所在地", "所属领域", "关键词", "完成年份",
         "技术成熟度", "密级", "资金需求（万元）", "中试需求", "成果类型"), _registration,
    ),
    Register(
        "历年成果汇编.csv", "汇编", range(8, 13),
        ("登记号", "项目名称", "体现形式", "内容提要", "持有单位代码", "所在区县", "产业方向", "主题词",
         "登记日期", "成熟度等级", "拟融资额", "放大条件", "保密级别"), _history,
    ),
    Register(
        "区县报送成果表.xlsx", "报送", range(13, 15),
        ("报送编号", "题目", "技术简介", "依托单位全称", "属地", "行业", "标签", "年度", "就绪度", "融资(元)",
         "中试条件", "是否涉密"), _district, ("区县报送科技成果表（演示）", NOTE, "报送截止：2026年6月"),
    ),
    Register(
        "院所成果清单.txt", "院所", range(15, 20),
        ("密级", "编码", "学科方向", "题名", "关键字", "摘要", "熟化需求", "单位", "地区", "年份", "TRL等级",
         "所需资金（万元）"), _institutes,
    ),
)  # fmt: skip
WRONG_FROM = 100  # smaller registries have no wrong rows


def register_sheet(register: Register, results: Iterable[Result]) -> Sheet:
    """The sheet of a register with the results whose turn it is."""
    rows = []
    for one in results:
        if (int(one.key[3:]) - 1) % 20 in register.turns:
            rows.append(tuple(register.cells(Random(f"{one.key}:cells"), one)))
    return Sheet(register.sheet, register.header, rows, register.above)


def wrong_rows(first: Sheet, total: int) -> tuple[list[Sequence[Cell]], list[dict[str, Any]]]:
    """Rows to append to the first register that must be held back, and what is wrong with each."""
    if total < WRONG_FROM:
        return [], []
    rows: list[Sequence[Cell]] = []
    notes: list[dict[str, Any]] = []
    for why, field, change in _mistakes(first):
        row = dict(zip(first.header, list(first.rows)[len(rows)], strict=True))
        row["密级"], row["成果编号"] = "", f"CG-9{len(rows) + 1:05d}"
        row.update(change)
        rows.append(tuple(row.values()))
        notes.append({"type": "wrong_row", "key": row["成果编号"], "why": why, "field": field})
    return rows, notes


def _mistakes(first: Sheet) -> Iterator[tuple[str, str, dict[str, Cell]]]:
    known = next(iter(first.rows))[0]
    yield "TRL above 9", "技术成熟度", {"技术成熟度": 12}
    yield "negative amount", "资金需求（万元）", {"资金需求（万元）": "-300"}
    yield "no title", "成果名称", {"成果名称": ""}
    yield "TRL that is no level", "技术成熟度", {"技术成熟度": "十二级"}
    yield "key of another row with other content", "成果编号", {
        "成果编号": known, "成果名称": "与首条记录编号重复的成果",
    }  # fmt: skip
