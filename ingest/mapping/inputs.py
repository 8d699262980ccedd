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

_MAP_IT = "map it in a source file; if it is not wanted, name it there under 'ignore'"


@dataclass
class Inputs:
    """The tables of one call, in order; `rows` walks them once.

    `warnings` concern files and columns (`skipped_file`, `skipped_worksheet`, `skipped_column`,
    `missing_column`, `personal_column`, `empty_sheet`) and, once the rows were walked, notes and totals below
    the tables. `sheets` are (source, sheet); sheets where several rows add to one record are not among them,
    for their rows have sheets of their own (`name#part`).
    """

    fits: tuple[Fit, ...]
    claims: tuple[Claim, ...] = ()
    warnings: list[Problem] = field(default_factory=list)

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
            for row in table.rows():
                mapped = mapper.map(row)
                if mapped is not None:
                    yield mapped
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
    for fit in fits:
        warnings += _column_warnings(fit, schema)
    return Inputs(tuple(fits), _claims(source, fits, schema), warnings)


def _nothing(paths: Sequence[Path], source: SourceFile | None) -> InputFileError:
    where = ", ".join(str(path) for path in paths)
    if source is None:
        return InputFileError(
            f"no file of {where} is a register",
            file=where,
            remedy="check the folder, or describe it in a source file",
        )
    patterns = ", ".join(dict.fromkeys(pattern for spec in source.sheets for pattern in spec.files))
    return InputFileError(
        f"no file of {where} fits the source file (patterns: {patterns})",
        file=where,
        remedy=f"check the folder, or 'file:' in {source.path}",
    )


def _refuse_empty(fits: Sequence[Fit], warnings: list[Problem]) -> None:
    """Sheets with a header and no row: a warning beside others, an error where there is nothing else."""
    empty = [fit for fit in fits if next(iter(fit.table.rows()), None) is None]
    if len(empty) == len(fits):
        table = empty[0].table
        raise InputFileError(
            f"{Path(table.file).name} has a header and no rows",
            file=table.file,
            line=table.header.line or 1,
            remedy="give a file with rows below the header",
        )
    for fit in empty:
        place = Place(fit.table.file, fit.table.worksheet, fit.table.header.line or 1)
        remedy = "nothing to do if it is meant to be empty; else check 'header:' in the source file"
        warnings.append(Problem("empty_sheet", "there are no rows below the header", place, remedy=remedy))


def _column_warnings(fit: Fit, schema: Schema) -> Iterator[Problem]:
    """One warning for each column that is not read, and for each that the source file names in vain."""
    place = Place(fit.table.file, fit.table.worksheet, fit.table.header.line or 1)
    kind = schema.kinds[fit.plan.spec.kind]
    labels = [label.zh for label in _labels(kind)]
    for column in fit.plan.unused:
        if column in fit.plan.private:
            yield Problem(
                "personal_column",
                "personal data is not kept unless a source file maps it",
                place,
                column,
                "nothing to do; or map it in a source file if it is to be kept",
            )
            continue
        near = difflib.get_close_matches(column, labels, n=1, cutoff=0.5)
        remedy = f"rename it to {near[0]}, or map it in a source file" if near else _MAP_IT
        yield Problem("skipped_column", f"column {column} is not read", place, column, remedy)
    for column in _twice(fit):
        message = f"a column of this name stands twice; {column} is read beside the first"
        remedy = "take one out, or map the one that counts in a source file"
        yield Problem("duplicate_column", message, place, column, remedy)
    for header in fit.plan.missing:
        message = f"the source file names a column {header} that is not there"
        near = difflib.get_close_matches(header, fit.plan.unused, n=1, cutoff=0.5)
        remedy = (
            f"did you mean {near[0]}?" if near else "correct the header, or take it out of the source file"
        )
        yield Problem("missing_column", message, place, header, remedy)


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
