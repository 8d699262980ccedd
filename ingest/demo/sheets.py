"""The registry's sheets other than the achievements: who offers, who pays, who asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from ingest.demo import cells
from ingest.demo.files import Cell, Sheet
from ingest.demo.model import Bound, Fund, Institution, Line, Need, Offer, Owner, Terms

NOTE = "说明：本表为系统演示用的模拟数据，单位、产线和数值均为虚构。"
GROUPS = 3


def owners_sheet(owners: Iterable[Owner]) -> Sheet:
    rows = [(one.key, one.name, one.form, one.place, one.field) for one in owners]
    return Sheet("单位名录", ("单位编号", "单位名称", "单位性质", "所在地", "主要领域"), rows)


def institutions_sheet(bodies: Iterable[Institution]) -> Sheet:
    header = ("序号", "机构编号", "中试机构名称", "机构性质", "所在地区", "服务产业", "服务内容")
    rows = [
        (number, one.key, one.name, one.form, one.place, "、".join(one.fields), one.services)
        for number, one in enumerate(bodies, 1)
    ]
    return Sheet("机构名录", header, rows, ("中试服务机构名录（演示）", NOTE, "填报日期：2026年6月30日"))


def lines_sheet(lines: Iterable[Line]) -> Sheet:
    header = (
        "中试线编号", "中试线名称", "运营机构编号", "服务领域", "当前状态", "投用年份", "功能简述", *TERMS,
        "日单价（万元/天）", "每批价格（元）",
    )  # fmt: skip
    rows = []
    for one in lines:
        rng = Random(one.key)
        state = rng.choice(("开放", "开放", "排期较满", "调试中"))
        text = f"面向{one.field}领域，承担工艺放大、小批试制与验证。"
        year, wan = f"{rng.randint(2016, 2025)}年", cells.in_wan(one.terms.price_per_day)
        start = (one.key, one.name, one.institution.key, one.field, state, year, text)
        rows.append((*start, *_terms(one.key, one.terms), wan, one.terms.price_per_batch or ""))
    return Sheet("中试线", header, rows)


def _grouped(bounds: Sequence[Bound]) -> Iterator[Cell]:
    for number in range(GROUPS):
        if number >= len(bounds):
            yield from ("", "", "", "")
            continue
        one = bounds[number]
        low, high = (float(end) if end else None for end in (one.shown_low, one.shown_high))
        yield from (one.parameter, low, high, one.shown_unit)


TERMS = (
    "最早可约日期", "占用时段", "预约提前期", "准备天数", "最短使用天数", "开机费（元）",
    "不承接物料", "资质",
)  # fmt: skip


def _terms(key: str, terms: Terms) -> tuple[Cell, ...]:
    """Calendar, set-up and materials as people write them; prices stand in columns of each sheet's own."""
    rng = Random(f"{key}:terms:cells")
    return (
        cells.first_day(rng, terms.free_from),
        cells.periods(rng, terms.blocked),
        cells.days(rng, terms.notice_days),
        cells.days(rng, terms.setup_days),
        cells.days(rng, terms.min_days),
        "" if terms.setup_cost is None else terms.setup_cost,
        "、".join(terms.refuses),
        cells.certificates(terms.certificates),
    )


def line_offers_sheet(offers: Iterable[Offer]) -> Sheet:
    """Limits in repeated groups of columns, as numbers."""
    header = ["能力编号", "能力名称", "单元操作", "所属中试线", "主要设备"]
    header += [f"{part}{n}" for n in range(1, GROUPS + 1) for part in ("参数", "最小", "最大", "单位")]
    rows = [
        (one.key, one.name, one.op, one.line.key if one.line else "", one.equipment, *_grouped(one.bounds))
        for one in offers
    ]
    return Sheet("产线能力", header, rows, ("中试线服务能力清单（演示）", NOTE))


def text_offers_sheet(offers: Iterable[Offer]) -> Sheet:
    """All limits of a capability as text in one cell, the line by its name."""
    header = ("能力编号", "服务名称", "工艺", "产线名称", "设备", "工艺参数")
    rows = []
    for one in offers:
        rng = Random(one.key)
        pairs = [f"{b.parameter}：{cells.limit(rng, b)}" if b.shown_unit else b.parameter for b in one.bounds]
        line = one.line.name if one.line else ""
        rows.append((one.key, one.name, one.op, line, one.equipment, "；".join(pairs)))
    return Sheet("产线能力（文字）", header, rows, ("中试线服务能力清单（续）",))


def equipment_sheet(offers: Iterable[Offer]) -> Sheet:
    """The institutions' own equipment, a parameter and its range as text per group."""
    header = [
        "设备编号",
        "能力名称",
        "适用工艺",
        "所属机构编号",
        "设备名称",
        "指标1",
        "范围1",
        "指标2",
        "范围2",
        "指标3",
        "范围3",
        *TERMS,
        "日租金（元）",
        "每批价格",
    ]
    rows = []
    for one in offers:
        rng = Random(one.key)
        groups = [cell for b in one.bounds for cell in (b.parameter, cells.limit(rng, b))]
        groups += [""] * (2 * GROUPS - len(groups))
        price, batch = one.terms.price_per_day or "", one.terms.price_per_batch
        terms = (*_terms(one.key, one.terms), price, f"{batch}元/批" if batch else "")
        rows.append((one.key, one.name, one.op, one.institution.key, one.equipment, *groups, *terms))
    return Sheet(
        "自有设备", header, rows, ("机构自有中试设备（演示）", NOTE, "注：范围未填写的，请与机构联系确认。")
    )


def funds_sheet(funds: Iterable[Fund]) -> Sheet:
    header = (
        "基金编号",
        "基金名称",
        "基金类别",
        "总规模",
        "单笔投资",
        "成熟度要求",
        "投向领域",
        "地域要求",
        "投资阶段说明",
    )
    rows = [
        (
            one.key, one.name, one.form, cells.size(one), cells.money_window(*one.ticket),
            cells.trl_window(*one.trl), "、".join(one.fields) or "不限", one.region or "不限", one.stage,
        )
        for one in funds
    ]  # fmt: skip
    return Sheet("基金", header, rows, ("基金与资金清单（演示）", NOTE))


def need_rows(needs: Iterable[Need]) -> Iterator[dict[str, Any]]:
    for one in needs:
        row = {
            "需求编号": one.key,
            "需求标题": one.story.title,
            "需求描述": one.story.text,
            "企业名称": one.owner.name,
            "企业所在地": one.owner.place_short,
            "产业链": one.story.industry.field,
            "预算": None if one.budget is None else f"{one.budget // cells.WAN}万元",
            "完成时限": one.deadline,
        }
        yield {header: cell for header, cell in row.items() if cell is not None}
