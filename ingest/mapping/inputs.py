"""Opened registers: what will be read, what is passed over, and then the rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.mapping.discover import discover
from ingest.mapping.match import Fit, KindMatcher, SourceMatcher
from ingest.mapping.rows import RowMapper
from ingest.mapping.table import Table
from ingest.pipeline.inputs import Claim
from ingest.record import MappedRow, Place, Problem
from ingest.secrecy import document_mark
from ingest.sources import SourceFile, load_source
from kg.errors import InputFileError
from kg.schema.model import KindSpec, Label, Schema
from kg.wording import Sentence, did_you_mean

_MAP_IT = Sentence(
    "在来源描述文件里写明去处；不需要就写进 ignore",
    "map it in a source file; if it is not wanted, name it there under 'ignore'",
)
_NOT_THERE = Sentence(
    "改正列名，或从来源描述文件里去掉", "correct the header, or take it out of the source file"
)


@dataclass
class Inputs:
    """The tables of one call, in order; `rows` walks them once.

    `warnings` concern files and columns (`skipped_file`, `skipped_worksheet`, `skipped_column`,
    `missing_column`, `personal_column`, `empty_sheet`) and, once the rows were walked, notes and totals below
    the tables; `row_counts` are then how many rows each file and worksheet gave. `sheets` are
    (source, sheet); sheets where several rows add to one record are not among them, for their rows have
    sheets of their own (`name#part`).
    """

    fits: tuple[Fit, ...]
    claims: tuple[Claim, ...] = ()
    warnings: list[Problem] = field(default_factory=list)
    row_counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that rows come from, as given."""
        return tuple(dict.fromkeys(fit.table.file for fit in self.fits))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that rows come from."""
        return tuple(fit.table for fit in self.fits)

    @property
    def sheets(self) -> tuple[tuple[str, str], ...]:
        """The (source, sheet) of every sheet that is read, those without rows too."""
        return tuple(
            dict.fromkeys((f.plan.source, f.plan.spec.name) for f in self.fits if not f.plan.several)
        )

    @property
    def count_hint(self) -> int | None:
        """About how many rows there are."""
        counts = [fit.table.body.count_hint for fit in self.fits]
        return sum(count for count in counts if count) if all(count is not None for count in counts) else None

    def rows(self) -> Iterator[MappedRow]:
        """Every row of every table, in the order of the files."""
        for fit in self.fits:
            table = fit.table
            mapper = RowMapper(fit.plan, table.file, table.worksheet, document_mark(table.header.titles))
            count = 0
            for row in table.rows():
                mapped = mapper.map(row)
                if mapped is not None:
                    count += 1
                    yield mapped
            place = (table.file, table.worksheet)  # several sheets may read it
            self.row_counts[place] = max(count, self.row_counts.get(place, 0))
            self.warnings += mapper.skipped


def open_inputs(
    paths: Sequence[Path], *, kind: str | None = None, source_file: Path | None = None, schema: Schema
) -> Inputs:
    """Open files and folders, and settle up front what every sheet is.

    Raises `InputFileError` for a missing, unreadable or empty file and for a header that matches nothing,
    `SourceFileError` for a wrong source file, `UsageError` for an unknown kind.
    """
    name = schema.kind(kind).name if kind else None
    source = load_source(source_file, schema) if source_file else None
    found = discover(paths)
    matcher = SourceMatcher(source, schema, name) if source else KindMatcher(schema, name)
    fits: list[Fit] = []
    warnings: list[Problem] = []
    for file in found:
        outcome = matcher.match(file)
        fits += outcome.fits
        warnings += outcome.skipped
    if not fits:
        raise _nothing(paths, source)
    _refuse_empty(fits, warnings)
    for fit, unread in zip(fits, _unread(fits), strict=True):
        warnings += _column_warnings(fit, unread, schema)
    return Inputs(tuple(fits), _claims(source, fits, schema), warnings)


def _nothing(paths: Sequence[Path], source: SourceFile | None) -> InputFileError:
    where = ", ".join(str(path) for path in paths)
    if source is None:
        return InputFileError(
            Sentence(f"{where} 里没有登记表", f"no file of {where} is a register"),
            file=where,
            remedy=Sentence(
                "核对文件夹，或写一份来源描述文件", "check the folder, or describe it in a source file"
            ),
        )
    patterns = ", ".join(dict.fromkeys(pattern for spec in source.sheets for pattern in spec.files))
    return InputFileError(
        Sentence(
            f"{where} 里没有文件符合来源描述文件（file: {patterns}）",
            f"no file of {where} fits the source file (patterns: {patterns})",
        ),
        file=where,
        remedy=Sentence(
            f"核对文件夹，或 {source.path} 里的 file:", f"check the folder, or 'file:' in {source.path}"
        ),
    )


def _refuse_empty(fits: Sequence[Fit], warnings: list[Problem]) -> None:
    """Sheets with a header and no row: a warning beside others, an error where there is nothing else."""
    empty = [fit for fit in fits if next(iter(fit.table.rows()), None) is None]
    if len(empty) == len(fits):
        table = empty[0].table
        raise InputFileError(
            Sentence(
                f"{Path(table.file).name} 只有表头，没有数据行",
                f"{Path(table.file).name} has a header and no rows",
            ),
            file=table.file,
            line=table.header.line or 1,
            remedy=Sentence("给一个表头下面有数据行的文件", "give a file with rows below the header"),
        )
    for fit in empty:
        place = Place(fit.table.file, fit.table.worksheet, fit.table.header.line or 1)
        said = Sentence("表头下面没有数据行", "there are no rows below the header")
        remedy = Sentence(
            "本来就空则不用管；否则核对来源描述文件里的 header:",
            "nothing to do if it is meant to be empty; else check 'header:' in the source file",
        )
        warnings.append(Problem("empty_sheet", said, place, remedy=remedy))


def _unread(fits: Sequence[Fit]) -> Iterator[list[str]]:
    """For each fit the columns that no description of its worksheet reads or ignores, each told once."""
    settled: dict[tuple[str, str], set[str]] = {}
    for fit in fits:
        read = set(fit.table.columns) - set(fit.plan.unused)
        settled.setdefault((fit.table.file, fit.table.worksheet), set()).update(read)
    for fit in fits:
        done = settled[fit.table.file, fit.table.worksheet]
        unread = [column for column in fit.plan.unused if column not in done]
        done.update(unread)
        yield unread


def _column_warnings(fit: Fit, unread: Sequence[str], schema: Schema) -> Iterator[Problem]:
    """One warning for each column that is not read, and for each that the source file names in vain."""
    place = Place(fit.table.file, fit.table.worksheet, fit.table.header.line or 1)
    kind = schema.kinds[fit.plan.spec.kind]
    labels = [label.zh for label in _labels(kind)]
    for column in unread:
        if column in fit.plan.private:
            yield Problem(
                "personal_column",
                Sentence(
                    "个人信息不入库，除非来源描述文件写明",
                    "personal data is not kept unless a source file maps it",
                ),
                place,
                column,
                Sentence(
                    "不用管；要保留就写进来源描述文件",
                    "nothing to do; or map it in a source file if it is to be kept",
                ),
            )
            continue
        near = difflib.get_close_matches(column, labels, n=1, cutoff=0.5)
        remedy = _rename(near[0]) if near else _MAP_IT
        said = Sentence(f"“{column}”列没有读", f"column {column} is not read")
        yield Problem("skipped_column", said, place, column, remedy)
    for column in _twice(fit):
        message = Sentence(
            f"列名重复；{column} 与第一列一起读",
            f"a column of this name stands twice; {column} is read beside the first",
        )
        remedy = Sentence(
            "去掉一列，或在来源描述文件里写明以哪一列为准",
            "take one out, or map the one that counts in a source file",
        )
        yield Problem("duplicate_column", message, place, column, remedy)
    for header in fit.plan.missing:
        message = Sentence(
            f"来源描述文件写了“{header}”列，表里没有",
            f"the source file names a column {header} that is not there",
        )
        near = difflib.get_close_matches(header, fit.plan.unused, n=1, cutoff=0.5)
        remedy = did_you_mean(near[0]) if near else _NOT_THERE
        yield Problem("missing_column", message, place, header, remedy)


def _rename(label: str) -> Sentence:
    return Sentence(
        f"把列名改成“{label}”，或写进来源描述文件", f"rename it to {label}, or map it in a source file"
    )


def _twice(fit: Fit) -> list[str]:
    """Second columns of one name that feed the same property as the first."""
    inputs = [one.column for held in fit.plan.properties if len(held.inputs) > 1 for one in held.inputs]
    return [column for column in inputs if re.search(r"#\d+$", column)]


def _labels(kind: KindSpec) -> list[Label]:
    return [one.label for one in kind.properties.values()] + [one.label for one in kind.references.values()]


def _claims(source: SourceFile | None, fits: Sequence[Fit], schema: Schema) -> tuple[Claim, ...]:
    if source is None:
        return ()
    here = {label for fit in fits for label in schema.labels(fit.plan.kind.name)}
    return tuple(
        Claim(total.claim, source.name, total.kind, total.count, total.where, total.kind in here)
        for total in source.totals
    )
