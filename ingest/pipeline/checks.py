"""What stops a run before it writes anything."""

from __future__ import annotations

from collections.abc import Iterable

from embeddings.encoder import Encoder
from ingest.pipeline import cypher
from ingest.pipeline.errors import NothingLeftError, QuarantinedError
from ingest.pipeline.gather import Gathered
from kg.errors import EncoderMismatchError, MixRefusedError
from kg.schema.model import Schema
from kg.store.base import GraphStore, IndexInfo
from kg.wording import Sentence


def refuse_mix(store: GraphStore | None, schema: Schema, gathered: Gathered) -> None:
    """Raise `MixRefusedError` where generated and real rows would stand in one store."""
    told = {record.synthetic for record in gathered.records}
    if len(told) == 2:
        raise _mixed(Sentence("文件里既有示例数据，又有真实数据", "the files hold generated and real rows"))
    if told and store is not None:
        (synthetic,) = told
        if _holds(store, schema, not synthetic):
            made, real = Sentence("示例数据", "generated"), Sentence("真实数据", "real")
            ours, theirs = (made, real) if synthetic else (real, made)
            raise _mixed(
                Sentence(
                    f"要导入的是{ours.zh}，库里是{theirs.zh}",
                    f"the rows are {ours.en} and the store holds {theirs.en} ones",
                )
            )


def _holds(store: GraphStore, schema: Schema, synthetic: bool) -> bool:
    roots = [name for name, kind in schema.kinds.items() if not kind.parent and not kind.derived]
    return any(store.query(cypher.ANY_RECORD.format(label=root), synthetic=synthetic) for root in roots)


def _mixed(message: Sentence) -> MixRefusedError:
    return MixRefusedError(
        message,
        remedy=Sentence(
            "换一个库（--store），或用 --mix 允许混存", "use another store (--store), or allow it with --mix"
        ),
    )


def refuse_encoder(theirs: IndexInfo, encoder: Encoder) -> None:
    """Raise `EncoderMismatchError` where the store's vectors are another model's."""
    ours = info_of(encoder)
    if theirs.fingerprint != ours.fingerprint or theirs.dimension != ours.dimension:
        raise mismatch(theirs, ours)


def claim_encoder(store: GraphStore, encoder: Encoder) -> None:
    """Record the encoder of a store that has no vectors yet."""
    if store.index_info() is None:
        store.set_index_info(info_of(encoder))


def info_of(encoder: Encoder) -> IndexInfo:
    return IndexInfo(encoder.name, encoder.dimension, encoder.fingerprint)


def mismatch(theirs: IndexInfo, ours: IndexInfo) -> EncoderMismatchError:
    return EncoderMismatchError(
        Sentence(
            f"库里的向量是用 {_told(theirs, '维')} 算的，不是 {_told(ours, '维')}",
            f"the store's vectors were made by {_told(theirs)}, not by {_told(ours)}",
        ),
        remedy=Sentence(
            f"用 --encoder {theirs.encoder}，或重新计算：把所有文件导入一个新库（--store）",
            f"use --encoder {theirs.encoder}, or embed again: ingest all files into a new store (--store)",
        ),
    )


def _told(info: IndexInfo, numbers: str = "numbers") -> str:
    return f"{info.encoder} ({info.dimension} {numbers}, {info.fingerprint[:12]})"


def refuse_held(gathered: Gathered) -> None:
    """Raise `QuarantinedError` for the first row held back (`--strict`)."""
    count = sum(gathered.quarantined.values())
    if not count:
        return
    listed = ", ".join(f"{code} {rows}" for code, rows in gathered.quarantined.items())
    message = Sentence(
        f"有 {count} 行不能导入（{listed}）；没有写入任何内容",
        f"{count} rows cannot be taken ({listed}); nothing was written",
    )
    if gathered.held:
        row = gathered.held[0]
        first = row.problems[0]
        raise QuarantinedError(
            Sentence(
                f"{message.zh}。第一处：{first.message.zh}", f"{message.en}. The first: {first.message.en}"
            ),
            file=row.place.file,
            line=row.place.line,
            field=first.field,
            remedy=first.remedy or Sentence("改正这一行", "correct the row"),
        )
    place = gathered.classified[0].place
    raise QuarantinedError(
        message,
        file=place.file,
        line=place.line,
        remedy=Sentence("把涉密的行从文件里去掉", "take classified rows out of the file"),
    )


def refuse_empty(gathered: Gathered, sheets: Iterable[tuple[str, str]]) -> None:
    """Raise `NothingLeftError` where `--complete` meets a sheet without a single row."""
    filled = gathered.sheets
    empty = [sheet for sheet in sheets if sheet not in filled]
    if empty or not filled:
        names = ", ".join(sheet for _, sheet in empty)
        raise NothingLeftError(
            Sentence(
                f"空表（{names or '全部文件'}）用 --complete 会下架它的全部记录",
                f"--complete on an empty sheet ({names or 'the files'}) would retire all its records",
            ),
            remedy=Sentence(
                "给出完整的导出文件，或不用 --complete", "give the full export, or leave out --complete"
            ),
        )
