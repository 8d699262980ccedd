"""Commands that answer: search, match, screen, routes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from api import questions
from api.cli import options as opt
from api.cli.output import print_document, say
from api.languages import language
from api.wiring import Services, as_of_date
from api.words import word
from kg.search.query import Page

Need = Annotated[str | None, typer.Option("--need", metavar="TEXT", help="A need in plain words. 需求描述")]
Field = Annotated[str | None, typer.Option("--field", metavar="FIELD", help="Field. 领域")]
Region = Annotated[
    str | None, typer.Option("--region", metavar="PLACE", help="Place, with all that lies in it. 地区")
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="ORG", help="Owner. 完成单位")]
Year = Annotated[str | None, typer.Option("--year", metavar="2018-2022", help="Years. 年份")]
Trl = Annotated[str | None, typer.Option("--trl", metavar="4-6", help="Maturity. 技术成熟度")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("search", help="Search achievements, lines, funds and needs. 检索")(search)
    app.command("match", help="Results and lines for a need. 为需求匹配成果与产线")(match)
    app.command("screen", help="Projects that fit a fund's mandate and have a line. 基金筛选项目")(screen)
    app.command("routes", help="Transfer routes with a proof per constraint. 转化路径与逐条证明")(routes)


@dataclass(frozen=True)
class Delivery:
    """Where an answer comes from, for which day, and in which forms it is handed over."""

    store: str | None
    encoder: str | None
    as_of: str | None
    out: Path | None
    as_json: bool
    lang: str


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to look for. 检索词")],
    kind: opt.KindName = None,
    field: Field = None,
    region: Region = None,
    owner: Owner = None,
    year: Year = None,
    trl: Trl = None,
    limit: opt.Limit = 10,
    page: opt.PageNumber = 1,
    out: opt.Out = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    filters = questions.Filtering(field, region, owner, year, trl)
    asked = questions.Search(text, kind, filters, Page(limit, page), language(lang))
    _answer("search", asked, Delivery(store, encoder, as_of, out, as_json, lang))


def match(
    need: Need = None,
    limit: opt.Limit = 10,
    page: opt.PageNumber = 1,
    out: opt.Out = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    asked = questions.Match(need, Page(limit, page), language(lang))
    _answer("match", asked, Delivery(store, encoder, as_of, out, as_json, lang))


def screen(
    fund: Annotated[str, typer.Argument(metavar="FUND", help="Fund, by key, id or name. 基金编号或名称")],
    field: Field = None,
    region: Region = None,
    owner: Owner = None,
    year: Year = None,
    trl: Trl = None,
    limit: opt.Limit = 20,
    page: opt.PageNumber = 1,
    out: opt.Out = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    filters = questions.Filtering(field, region, owner, year, trl)
    asked = questions.Screen(fund, filters, Page(limit, page), language(lang), as_of)
    _answer("screen", asked, Delivery(store, encoder, as_of, out, as_json, lang))


def routes(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY_OR_ID", help="Achievement or need. 成果编号")
    ] = None,
    need: Need = None,
    requirement: Annotated[
        Path | None,
        typer.Option("--requirement", metavar="FILE.yaml", help="An edited requirement. 要求文件"),
    ] = None,
    budget: Annotated[str | None, typer.Option("--budget", metavar="YUAN", help="At most. 预算")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="Deadline. 期限")] = None,
    near: Annotated[str | None, typer.Option("--near", metavar="PLACE", help="Wish: near. 就近")] = None,
    max_hand_overs: Annotated[
        int | None, typer.Option("--max-hand-overs", metavar="N", help="Hand-overs at most. 交接次数上限")
    ] = None,
    limit: opt.Limit = 5,
    out: opt.Out = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    asked = questions.Routes(
        key, need, budget, by, near, max_hand_overs, limit, as_of, requirement, language(lang)
    )
    _answer("routes", asked, Delivery(store, encoder, as_of, out, as_json, lang))


def _answer(name: str, asked: questions.Question, how: Delivery) -> None:
    services, day = Services.from_options(how.store, how.encoder), as_of_date(how.as_of)
    with services.view() as view:
        document: dict[str, Any] = asked.answer(services.knowledge(view))
        if how.out is not None:
            from api.heading import heading, records_of
            from api.sheets import write_sheet

            about = heading(asked.asked(), document, day, records_of(view), how.lang)
            write_sheet(name, document, about, how.out, how.lang)
            say(f"{word('wrote', how.lang)} {how.out}")
    if how.as_json:
        print_document(document)
    else:
        from api.cli.render import print_answer

        print_answer(name, document, how.lang)
