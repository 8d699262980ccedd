"""Commands that answer: search, match, screen, routes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api import questions
from api.cli import options as opt
from api.cli.output import print_document, say
from api.wiring import Services

Need = Annotated[str | None, typer.Option("--need", metavar="TEXT", help="A need in plain words. 需求描述")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("search", help="Search achievements, lines, funds and needs. 检索")(search)
    app.command("match", help="Results and lines for a need. 为需求匹配成果与产线")(match)
    app.command("screen", help="Projects that fit a fund's mandate and have a line. 基金筛选项目")(screen)
    app.command("routes", help="Transfer routes with a proof per constraint. 转化路径与逐条证明")(routes)


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to look for. 检索词")],
    kind: opt.KindName = None,
    field: Annotated[str | None, typer.Option("--field", metavar="FIELD", help="Field. 领域")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="PLACE", help="Region. 地区")] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="ORG", help="Owner. 完成单位")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="2018-2022", help="Years. 年份")] = None,
    trl: Annotated[str | None, typer.Option("--trl", metavar="4-6", help="Maturity. 技术成熟度")] = None,
    limit: opt.Limit = 10,
    page: opt.PageNumber = 1,
    out: opt.Out = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    asked = questions.Search(text, kind, field, region, owner, year, trl, limit, page)
    _answer("search", asked, store, encoder, out, as_json, lang)


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
    _answer("match", questions.Match(need, limit, page, lang), store, encoder, out, as_json, lang)


def screen(
    fund: Annotated[str, typer.Argument(metavar="FUND", help="Fund, by key or id. 基金编号")],
    limit: opt.Limit = 20,
    page: opt.PageNumber = 1,
    out: opt.Out = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    _answer("screen", questions.Screen(fund, limit, page, lang), store, encoder, out, as_json, lang)


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
    asked = questions.Routes(key, need, budget, by, near, max_hand_overs, limit, as_of, requirement, lang)
    for message in asked.without_effect():
        say(message)
    _answer("routes", asked, store, encoder, out, as_json, lang)


def _answer(
    name: str,
    asked: questions.Question,
    store: str | None,
    encoder: str | None,
    out: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    services = Services.from_options(store, encoder)
    with services.view() as view:
        document: dict[str, Any] = asked.answer(services.knowledge(view))
    if out is not None:
        from api.sheets import write_sheet

        write_sheet(name, document, out, lang)
        say(f"已写出 wrote {out}")
    if as_json:
        print_document(document)
    else:
        from api.cli.render import print_answer

        print_answer(name, document, lang)
