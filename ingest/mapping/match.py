"""Which descriptions a file's worksheets fit: by patterns, then by the headers that are there."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.mapping.discover import Found
from ingest.mapping.guess import Guesser, Reading
from ingest.mapping.headers import normal_header, resolve
from ingest.mapping.plan import Plan, bind
from ingest.mapping.table import Header, Table, find_header
from ingest.readers import Grid, Rows, open_file
from ingest.record import Place, Problem
from ingest.sources.items import nearest
from ingest.sources.model import SheetSpec, SourceFile
from kg.errors import InputFileError
from kg.schema.model import Schema
from kg.wording import Sentence

_UNHIDE = Sentence(
    "要读就取消隐藏，或写进来源描述文件的 worksheet",
    "unhide it to have it read, or name it under 'worksheet' in a source file",
)
COVERED = 0.5  # where several descriptions fit a sheet, each must find at least this share of its headers


@dataclass(frozen=True)
class Fit:
    """A worksheet that a description fits."""

    table: Table
    plan: Plan


@dataclass
class Outcome:
    """What came of one file."""

    fits: list[Fit] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)


def spec_headers(spec: SheetSpec) -> tuple[str, ...]:
    """Every header that a description names."""
    lists = (*(one.columns for one in spec.limits), *(one.columns for one in spec.distances))
    return (*spec.key, *spec.columns, *spec.where, *(name for names in lists for name in names))


class SourceMatcher:
    """Matches files with the sheets of a source file."""

    def __init__(self, source: SourceFile, schema: Schema, kind: str | None) -> None:
        self.source = source
        self.schema = schema
        self.specs = tuple(spec for spec in source.sheets if kind is None or kind in schema.labels(spec.kind))

    def match(self, file: Found) -> Outcome:
        """The fits of one file; raises `InputFileError` where it should fit and does not."""
        told = [spec for spec in self.specs if spec.files and _fits_name(file, spec.files)]
        loose = [spec for spec in self.specs if not spec.files]
        specs = told or loose or (list(self.specs) if file.named else [])
        place = Place(str(file.path), "", 1)
        if not specs:
            return Outcome(
                skipped=[
                    Problem(
                        "skipped_file",
                        Sentence(
                            f"来源描述文件没有提到 {file.path.name}",
                            f"the source file does not mention {file.path.name}",
                        ),
                        place,
                        remedy=Sentence(
                            "不需要就不用管；否则把文件名写进某个 sheet 的 file:",
                            "nothing to do if it is not wanted; else add its name to 'file:' of a sheet",
                        ),
                    )
                ]
            )
        if not (told or file.named or file.is_data):
            return Outcome(skipped=[_no_table(file, _is_none(file, "表格", "table"))])
        bodies = open_file(file.path, self._score(specs))
        outcome = Outcome()
        for body in bodies:
            self._match_body(file, body, specs, len(bodies) > 1, outcome)
        if not outcome.fits and (told or file.named):
            raise self._no_fit(file, bodies, specs)
        return outcome

    @cached_property
    def guesser(self) -> Guesser:
        """Reads the columns that a sheet with `usual_headers` does not describe."""
        return Guesser(self.schema)

    def _score(self, specs: Sequence[SheetSpec]) -> Callable[[Sequence[str]], float]:
        scores = [self._score_for(spec) for spec in specs]
        return lambda cells: max((score(cells) for score in scores), default=0.0)

    def _score_for(self, spec: SheetSpec) -> Callable[[Sequence[str]], float]:
        told = _score_for(spec)
        if not spec.usual_headers:
            return told
        return lambda cells: max(told(cells), self.guesser.score(cells, (spec.kind,)) + told(cells) / 100)

    def _table(self, file: Found, body: Grid | Rows, spec: SheetSpec) -> Table | None:
        score = self._score_for(spec)
        header = _header(body, score, spec.header)
        return Table(str(file.path), body, header, score) if header else None

    def _match_body(
        self, file: Found, body: Grid | Rows, specs: Sequence[SheetSpec], many: bool, outcome: Outcome
    ) -> None:
        fits: list[tuple[float, Fit]] = []
        for spec in specs:
            if not _fits_worksheet(body, spec):
                continue
            table = self._table(file, body, spec)
            fit = self._fit(table, spec) if table else None
            if fit:
                fits.append((_coverage(spec, fit.table.columns), fit))
            elif spec.worksheets and body.worksheet:
                raise self._missing_key(file, body, spec, table)
        best = max((share for share, _ in fits), default=0.0)
        kept = [fit for share, fit in fits if share == best or share >= COVERED]
        outcome.fits += kept
        if not kept and many:
            place = Place(str(file.path), body.worksheet, 1)
            outcome.skipped.append(
                Problem(
                    "skipped_worksheet",
                    Sentence(
                        f"来源描述文件没有写工作表“{body.worksheet}”",
                        f"worksheet {body.worksheet} is not described",
                    ),
                    place,
                    remedy=Sentence(
                        "不需要就不用管；否则写进来源描述文件",
                        "nothing to do if it is not wanted; else describe it in the source file",
                    ),
                )
            )

    def _fit(self, table: Table, spec: SheetSpec) -> Fit | None:
        if spec.usual_headers:
            spec = self.guesser.complete(spec, table.columns)
        keys = spec.key or tuple(
            h for h, targets in spec.columns.items() if any(t.name == "name" for t in targets)
        )
        if not keys or any(not resolve(header, table.columns) for header in keys):
            return None
        if not spec.key:
            spec = _keyed_by_name(spec, keys)
        return Fit(
            table,
            bind(
                spec,
                table.columns,
                self.schema,
                source=self.source.name,
                money=table.header.money_unit,
                synthetic=self.source.synthetic,
            ),
        )

    def _missing_key(
        self, file: Found, body: Grid | Rows, spec: SheetSpec, table: Table | None
    ) -> InputFileError:
        wanted = spec.key or ("name",)
        columns = tuple(name for name in table.columns if name) if table else ()
        lacking = [header for header in wanted if not resolve(header, columns)]
        where, named = _where(file, body), ", ".join(columns)
        zh, en = ("；没有找到认得的表头", "; no known header was found")
        if columns:
            zh, en = f"；现有的列：{'、'.join(columns)}", f"; its columns: {named}"
        return InputFileError(
            Sentence(
                f"{where.zh}没有“{'、'.join(lacking)}”列，而它是“{spec.name}”的编号列{zh}",
                f"{where.en} has no column {', '.join(lacking)}, the key of sheet '{spec.name}'{en}",
            ),
            file=str(file.path),
            line=table.header.line if table else None,
            field=lacking[0] if lacking else None,
            remedy=nearest(lacking[0], columns)
            if columns and lacking
            else Sentence(
                "核对表头，或来源描述文件里的 header:", "check the header, or 'header:' in the source file"
            ),
        )

    def _no_fit(
        self, file: Found, bodies: Sequence[Grid | Rows], specs: Sequence[SheetSpec]
    ) -> InputFileError:
        filled = [body for body in bodies if not _is_empty(body)]
        if not filled:
            return _empty_error(file)
        return self._missing_key(file, filled[0], specs[0], self._table(file, filled[0], specs[0]))


class KindMatcher:
    """Matches files with kinds by the schema's usual headers."""

    def __init__(self, schema: Schema, kind: str | None) -> None:
        self.schema = schema
        self.kind = kind
        self.guesser = Guesser(schema)
        self.kinds = (kind,) if kind else ()

    def match(self, file: Found) -> Outcome:
        """The fits of one file; raises `InputFileError` where its headers fit nothing, or several kinds."""

        def score(cells: Sequence[str]) -> float:
            return self.guesser.score(cells, self.kinds)

        try:
            bodies = open_file(file.path, score)
        except InputFileError as exc:
            if file.is_data:
                raise
            return Outcome(skipped=[_no_table(file, exc.message, exc.remedy)])
        outcome = Outcome()
        errors: list[InputFileError] = []
        for body in bodies:
            if isinstance(body, Grid) and body.hidden:
                said = Sentence(f"工作表“{body.worksheet}”是隐藏的", f"worksheet {body.worksheet} is hidden")
                self._skip(outcome, file, body, said, _UNHIDE)
                continue
            result = self._fit(file, body, score)
            if isinstance(result, Fit):
                outcome.fits.append(result)
            else:
                errors.append(result)
                self._skip(outcome, file, body, result.message, result.remedy)
        if not outcome.fits and errors and file.is_data:
            raise errors[0]
        if not outcome.fits and not file.is_data:
            outcome.skipped = [_no_table(file, _is_none(file, "登记表", "register"))]
        return outcome

    def _skip(
        self, outcome: Outcome, file: Found, body: Grid | Rows, message: Sentence, remedy: Sentence | None
    ) -> None:
        place = Place(str(file.path), body.worksheet, 1)
        outcome.skipped.append(Problem("skipped_worksheet", message, place, remedy=remedy))

    def _fit(
        self, file: Found, body: Grid | Rows, score: Callable[[Sequence[str]], float]
    ) -> Fit | InputFileError:
        header = _header(body, score)
        if header is None:
            return _empty_error(file) if _is_empty(body) else self._no_header(file, body)
        reading = self._reading(file, body, header)
        if isinstance(reading, InputFileError):
            return reading
        table = Table(str(file.path), body, header, score)
        spec = self.guesser.spec(reading)
        return Fit(table, bind(spec, header.columns, self.schema, source=spec.kind, money=header.money_unit))

    def _reading(self, file: Found, body: Grid | Rows, header: Header) -> Reading | InputFileError:
        if self.kind:
            reading = self.guesser.read(self.kind, header.columns)
            if not reading.key and not reading.named_only:
                return self._no_key(file, body, header, reading)
            return reading if reading.hits > 1 else self._no_header(file, body, header)
        best, ranked = self.guesser.guess(header.columns, f"{file.path.name} {body.worksheet}")
        if best:
            return best
        if not ranked:
            near = self.guesser.keyless(header.columns)
            return self._no_key(file, body, header, near) if near else self._no_header(file, body, header)
        where, names = _where(file, body), [one.kind for one in ranked[:3]]
        told = "、".join(f"{one.label.zh}（{one.name}）" for one in names)
        return InputFileError(
            Sentence(
                f"{where.zh}的表头可以是几种登记表：{told}",
                f"the headers of {where.en} fit several kinds: {', '.join(one.name for one in names)}",
            ),
            file=str(file.path),
            line=header.line or 1,
            remedy=Sentence(f"指明是哪一种：--kind {names[0].name}", f"say which: --kind {names[0].name}"),
        )

    def _no_key(self, file: Found, body: Grid | Rows, header: Header, reading: Reading) -> InputFileError:
        key = reading.kind.key
        columns = [name for name in header.columns if name]
        where, two = _where(file, body), ", ".join(columns[:2])
        return InputFileError(
            Sentence(
                f"{where.zh}没有“{key.zh}”列，分不清一条{reading.kind.label.zh}和另一条",
                f"{where.en} has no column {key.zh} ({key.en}), "
                f"which tells one {reading.kind.name} from another",
            ),
            file=str(file.path),
            line=header.line or 1,
            field=key.zh,
            remedy=Sentence(
                f"补上这一列，或在来源描述文件里写明哪几列能认出一行，如 key: [{two}]（docs/sources.md）",
                "add the column, or say in a source file which columns identify a row, for example "
                f"key: [{two}] (docs/sources.md)",
            ),
        )

    def _no_header(self, file: Found, body: Grid | Rows, header: Header | None = None) -> InputFileError:
        spec = self.schema.kinds[self.kind] if self.kind else None
        kinds = [spec] if spec else [one for one in self.schema.kinds.values() if not one.derived]
        wanted = [
            f"{one.name}: {one.key.zh}, {one.properties['name'].label.zh} …"
            for one in kinds
            if "name" in one.properties
        ]
        if spec:
            labels = [spec.key.zh, *(one.label.zh for one in spec.properties.values() if not one.personal)]
            wanted = [", ".join([*labels, *(one.label.zh for one in spec.references.values())])]
        first = header.columns if header else _first_cells(body)
        shown = ", ".join(str(cell)[:20] for cell in first if cell)[:200]
        where, listed = _where(file, body), "; ".join(wanted)
        return InputFileError(
            Sentence(
                f"{where.zh}的表头一个也认不出（现有：{shown}）；应为 {listed}",
                f"no header of {where.en} is known (found: {shown}); expected {listed}",
            ),
            file=str(file.path),
            line=header.line if header and header.line else 1,
            remedy=Sentence(
                "改用这些表头（zhongshi template KIND 生成填报模板）"
                "，或在来源描述文件里说明自己的表头：docs/sources.md",
                "use these headers (zhongshi template KIND writes a sheet), or describe yours in a source "
                "file: docs/sources.md",
            ),
        )


def _no_table(file: Found, message: Sentence, remedy: Sentence | None = None) -> Problem:
    usual = Sentence(
        "不是登记表就不用管；否则另存为 CSV、XLSX、JSON Lines 或 Parquet",
        "nothing to do if it is no register; else save it as CSV, XLSX, JSON lines or Parquet",
    )
    return Problem("skipped_file", message, Place(str(file.path), "", 1), remedy=remedy or usual)


def _is_none(file: Found, zh: str, en: str) -> Sentence:
    return Sentence(f"{file.path.name} 不是{zh}", f"{file.path.name} is no {en}")


def _score_for(spec: SheetSpec) -> Callable[[Sequence[str]], float]:
    wanted = spec_headers(spec)
    plain = {normal_header(header) for header in wanted if "{n}" not in header}
    templates = [header for header in wanted if "{n}" in header]
    keys = {normal_header(header) for header in spec.key}

    def score(cells: Sequence[str]) -> float:
        names = [cell for cell in cells if cell and len(cell) <= 80]
        exact = {normal_header(cell) for cell in names}
        hits = len(plain & exact) + sum(1 for header in plain - exact if resolve(header, names))
        hits += sum(1 for header in templates if resolve(header, names))
        return hits + (0.5 if keys and keys <= exact else 0.0)

    return score


def _coverage(spec: SheetSpec, columns: Sequence[str]) -> float:
    others = [header for header in dict.fromkeys(spec_headers(spec)) if header not in spec.key]
    return sum(1 for header in others if resolve(header, columns)) / len(others) if others else 1.0


def _keyed_by_name(spec: SheetSpec, keys: tuple[str, ...]) -> SheetSpec:
    from dataclasses import replace

    return replace(spec, key=keys[:1])


def _header(
    body: Grid | Rows, score: Callable[[Sequence[str]], float], lines: tuple[int, ...] = ()
) -> Header | None:
    if isinstance(body, Rows):
        return Header(0, body.columns) if body.columns else None
    return find_header(body, score, lines)


def _first_cells(body: Grid | Rows) -> Sequence[object]:
    if isinstance(body, Rows):
        return body.columns
    return next((line.cells for line in body.lines()), ())


def _is_empty(body: Grid | Rows) -> bool:
    return next(iter(body.rows() if isinstance(body, Rows) else body.lines()), None) is None


def _empty_error(file: Found) -> InputFileError:
    return InputFileError(
        Sentence(f"{file.path.name} 是空的", f"{file.path.name} is empty"),
        file=str(file.path),
        line=1,
        remedy=Sentence("给一个有表头和数据行的文件", "give a file with a header and rows"),
    )


def _where(file: Found, body: Grid | Rows) -> Sentence:
    name, sheet = file.path.name, body.worksheet
    return (
        Sentence(f"{name}（工作表“{sheet}”）", f"{name} (worksheet {sheet})")
        if sheet
        else Sentence(name, name)
    )


def _fits_name(file: Found, patterns: Sequence[str]) -> bool:
    names = {
        file.path.name,
        file.relative,
        file.path.name.removesuffix(".gz"),
        file.path.name.rsplit(".", 1)[0],
    }
    return any(fnmatch.fnmatch(name.casefold(), pattern.casefold()) for name in names for pattern in patterns)


def _fits_worksheet(body: Grid | Rows, spec: SheetSpec) -> bool:
    if not body.worksheet:
        return True
    if not spec.worksheets:
        return not (isinstance(body, Grid) and body.hidden)
    name = normal_header(body.worksheet)
    return any(fnmatch.fnmatch(name, normal_header(pattern)) for pattern in spec.worksheets)
