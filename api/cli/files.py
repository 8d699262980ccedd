"""Commands that take files in: ingest, check, template, demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import options as opt
from api.cli.output import print_document, say
from api.cli.progress import progress_bars
from api.languages import language
from api.wiring import Services, usable_processors
from api.words import word
from kg.wording import Sentence, told

if TYPE_CHECKING:
    from ingest.pipeline import RunReport
    from kg.store.base import GraphStore

Complete = Annotated[
    bool,
    typer.Option(
        "--complete", help="Retire records of these sheets that are no longer there. 全量:缺失者下架"
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Any quarantined row fails the run. 有坏行即失败")]
Mix = Annotated[bool, typer.Option("--mix", help="Allow generated beside real rows. 允许与示例数据混存")]
QuarantineDir = Annotated[
    Path | None, typer.Option("--quarantine-dir", metavar="DIR", help="Where held rows go. 隔离文件目录")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("ingest", help="Load registers into the graph. 导入登记表")(ingest)
    app.command("check", help="Say what ingest would do; write nothing. 只检查不写入")(check)
    app.command("template", help="Write a sheet to fill in. 生成填报模板")(template)
    app.command("demo", help="Write and load the demonstration registry. 生成并导入示例登记库")(demo)


def ingest(
    paths: opt.Paths,
    kind: opt.KindName = None,
    source: opt.SourceFile = None,
    complete: Complete = False,
    strict: Strict = False,
    mix: Mix = False,
    quarantine_dir: QuarantineDir = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> int:
    services = Services.from_options(store, encoder)
    given: dict[str, Any] = {
        "complete": complete,
        "strict": strict,
        "mix": mix,
        "quarantine_dir": quarantine_dir,
    }
    given["lang"] = language(lang)
    return _report(_run(services, paths, kind, source, given), as_json=as_json, lang=lang)


def check(
    paths: opt.Paths,
    kind: opt.KindName = None,
    source: opt.SourceFile = None,
    complete: Complete = False,
    strict: Strict = False,
    mix: Mix = False,
    quarantine_dir: QuarantineDir = None,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> int:
    services = Services.from_options(store, encoder)
    given: dict[str, Any] = {
        "complete": complete,
        "strict": strict,
        "mix": mix,
        "quarantine_dir": quarantine_dir,
    }
    given["lang"] = language(lang)
    return _report(
        _run(services, paths, kind, source, {**given, "dry_run": True}), as_json=as_json, lang=lang
    )


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Kind of entity. 实体种类")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.xlsx", help="Where to write. 输出文件")
    ] = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    from ingest.template import write_template

    schema = Services.from_options(None).schema
    target = out or Path(f"{schema.kind(kind).name}.xlsx")
    write_template(schema, schema.kind(kind).name, target)
    if as_json:
        print_document({"kind": schema.kind(kind).name, "file": str(target)})
    else:
        say(f"{word('wrote', lang)} {target}")


def demo(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the files go. 文件目录")
    ] = None,
    achievements: Annotated[int, typer.Option("--achievements", metavar="N", min=1)] = 41_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N")] = 7,
    mix: Mix = False,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> int:
    from ingest.demo import write_registry

    services = Services.from_options(store, encoder)
    folder = out or Path("zhongshi-demo")
    say(
        Sentence(f"写出示例登记库到 {folder}", f"writing the demonstration registry to {folder}").said(
            language(lang)
        )
    )
    with progress_bars(language(lang)) as progress:
        written = write_registry(folder, achievements=achievements, seed=seed, progress=progress)
    report = _run(services, list(written.paths), None, written.source, {"mix": mix, "lang": language(lang)})
    files = {"out": str(folder), "source": str(written.source), "truth": str(written.truth)}
    return _report(report, as_json=as_json, lang=lang, extra=files)


def _run(
    services: Services,
    paths: list[Path],
    kind: str | None,
    source: Path | None,
    given: dict[str, Any],
) -> RunReport:
    from ingest.mapping import open_inputs
    from ingest.pipeline import Options, run

    inputs = open_inputs(paths, kind=kind, source_file=source, schema=services.schema)
    options = Options(**given)
    with progress_bars(options.lang) as progress, _store(services, dry_run=options.dry_run) as store:
        return run(
            inputs,
            store,
            lambda: services.encoder,
            lambda: services.full_reader,
            services.schema,
            replace(options, progress=progress, processes=usable_processors()),
        )


@contextmanager
def _store(services: Services, *, dry_run: bool) -> Iterator[GraphStore | None]:
    """The store to write; for a dry run the one that is there, if any."""
    from kg.errors import StoreMissingError

    with ExitStack() as stack:
        store: GraphStore | None = None
        with suppress(StoreMissingError):  # only a dry run, which reads, can miss its store
            store = stack.enter_context(services.store(write=not dry_run))
        yield store


def _report(report: RunReport, *, as_json: bool, lang: str, extra: dict[str, Any] | None = None) -> int:
    document = told(report.document(), language(lang))
    if as_json:
        print_document({**document, **(extra or {})})
    else:
        from api.cli.render.ingest import print_report

        print_report(document, lang)
    return 0
