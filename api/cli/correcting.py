"""Commands about the stored facts of the reader: read again, correct."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import options as opt
from api.cli.output import print_document, say
from api.cli.progress import progress_bars
from api.languages import language
from api.wiring import Services, usable_processors
from api.words import word
from kg.wording import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.pipeline.corrections import Correction
    from kg.access import View
    from kg.vocabulary import Vocabulary

_HELP = "KIND=NAME; KIND is unit_op, maturity, field or term."
Wrong = Annotated[
    list[str] | None, typer.Option("--wrong", metavar="FACT", help=f"Take a fact away: {_HELP} 读错的事实")
]
Right = Annotated[
    list[str] | None, typer.Option("--right", metavar="FACT", help=f"Set a fact: {_HELP} 应有的事实")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("correct", help="Correct what the reader found in a record; it stays. 更正读取结果")(correct)
    app.command("reread", help="Read the texts in the store with this version's reader. 重新读取")(reread)


def correct(
    key_or_id: Annotated[str, typer.Argument(metavar="ID", help="Id or key. 编号")],
    wrong: Wrong = None,
    right: Right = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, or who says so. 说明")] = "",
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    from api.documents import entity
    from ingest.pipeline.corrections import parse_correction
    from ingest.pipeline.rereading import Rereading
    from kg.access import View, one_for_operator

    today = date.today().isoformat()
    given = [
        *(parse_correction(text, "wrong", today, note) for text in wrong or ()),
        *(parse_correction(text, "right", today, note) for text in right or ()),
    ]
    services = Services.from_options(store, encoder)
    with services.store(write=True) as opened:
        node = one_for_operator(opened, key_or_id)
        facts = Rereading(opened, services.schema, lambda: services.encoder, services.full_reader).correct(
            node, given
        )
        unlisted = _unlisted(View(opened), services.vocabulary, given)
    for name in unlisted:
        say(
            Sentence(
                f"提醒：词表里没有“{name}”，也没有产线登记它，路径里会缺这一步；写错了用 --wrong 撤回",
                f"warning: unit_op “{name}” is in no list and no line lists it: routes will find nobody for "
                "this step; if it is mistyped, take it back with --wrong",
            ).said(language(lang))
        )
    _show({"entity": entity(node), **facts}, lang, as_json=as_json)


def _unlisted(view: View, vocabulary: Vocabulary, given: Sequence[Correction]) -> list[str]:
    """The operations set here that neither the vocabulary nor any capability of the store names."""
    set_here = [one.name for one in given if (one.fact, one.verdict) == ("unit_op", "right")]
    from kg.transfer.catalogue import OPERATIONS
    from kg.vocabulary.model import plain_name

    strange = [name for name in set_here if vocabulary.canonical(name) is None]
    offered = {plain_name(str(row["name"])) for row in view.query(OPERATIONS)} if strange else set()
    return [name for name in strange if plain_name(name) not in offered]


def _show(document: dict[str, Any], lang: str, *, as_json: bool) -> None:
    if as_json:
        print_document(document)
        return
    say(f"{document['entity']['key']} {document['entity']['name']}")
    for name, zh in (
        ("unit_ops", "步骤"),
        ("maturity", "成熟度证据"),
        ("fields", "领域"),
        ("terms", "术语"),
    ):
        label = f"{name}: " if lang == "en" else f"{zh}："
        say(f"  {label}{'、'.join(document[name]) or '—'}")


def reread(
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    from api.cli.render.ingest import print_facts
    from api.cli.render.wrapping import console
    from ingest.pipeline import Options
    from ingest.pipeline.rereading import Rereading

    services = Services.from_options(store, encoder)
    with services.store(write=True) as opened, progress_bars(lang) as progress:
        rereading = Rereading(opened, services.schema, lambda: services.encoder, services.full_reader)
        done = rereading.all(Options(progress=progress, processes=usable_processors()))
    if as_json:
        print_document({"reread": done.records, "read_facts": done.facts})
    else:
        say(f"{word('reread', lang)}: {done.records}")
        print_facts(console(), done.facts, lang)
