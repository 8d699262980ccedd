"""Reads and checks a source file against the schema; every mistake is named with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

from ingest.sources.items import Item, compiled, nearest, optional, parse_yaml
from ingest.sources.model import Bound, Distances, Limits, Repair, SheetSpec, SourceFile, Target, Total
from kg.errors import UsageError
from kg.schema.lookup import header_key
from kg.schema.model import KindSpec, Label, Schema
from kg.wording import Sentence, one_of

TOP = ("source", "synthetic", "sheets", "totals", "description")
SHEET = (
    "file", "worksheet", "header", "kind", "key", "columns", "limits", "distances", "constants", "where",
    "fill_down", "ignore", "empty", "several", "usual_headers", "description",
)  # fmt: skip
REPAIR = ("map", "replace", "remove_prefix", "remove_suffix", "empty")
TARGET = ("property", "reference", "to", "bound", "unit", "separator", "by", "kind", "pattern", *REPAIR)
LIMIT = (
    "parameter", "parameter_column", "column", "low", "high", "unit", "unit_column",
    "separator", "better", *REPAIR,
)  # fmt: skip
WINDOWS = ("money_window", "trl_window", "quantity")
SPECIAL = ("secrecy", "synthetic")
AWAY = "AWAY_FROM"
HAS_LIMIT = "HAS_LIMIT"


def load_source(path: Path, schema: Schema) -> SourceFile:
    """The source file at `path`; raises `SourceFileError` with file, line, field and remedy."""
    top = parse_yaml(path)
    entries = top.mapping(TOP)
    for needed in ("source", "sheets"):
        if not optional(entries, needed):
            raise top.error(
                _missing(needed),
                Sentence(
                    f"在最外层加上 {needed}:；见 docs/sources.md",
                    f"add '{needed}:' at the top level; see docs/sources.md",
                ),
            )
    sheets = tuple(_sheet(name, item, schema) for name, item in entries["sheets"].mapping().items())
    if not sheets:
        raise entries["sheets"].error(
            Sentence("没有写任何表", "there is no sheet"),
            Sentence("至少写一张表", "describe at least one sheet"),
        )
    return SourceFile(
        path=path,
        name=entries["source"].text(),
        sheets=sheets,
        synthetic=any(item.flag() for item in optional(entries, "synthetic")),
        totals=tuple(_total(item, schema) for one in optional(entries, "totals") for item in one.list()),
    )


def _missing(key: str) -> Sentence:
    return Sentence(f"缺少 {key}", f"'{key}' is missing")


def _ingestible(schema: Schema) -> list[str]:
    """The kinds that a sheet can hold."""
    return [kind.name for kind in schema.kinds.values() if not kind.derived]


def _kind(item: Item, schema: Schema) -> KindSpec:
    try:
        return schema.kind(item.text())
    except UsageError as exc:
        said = Sentence(f"没有“{item.text()}”这种实体", f"'{item.text()}' is not a kind")
        raise item.error(said, nearest(item.text(), _ingestible(schema))) from exc


def _sheet(name: str, item: Item, schema: Schema) -> SheetSpec:
    entries = item.mapping(SHEET)
    if "kind" not in entries:
        kinds = one_of(_ingestible(schema))
        raise item.error(
            _missing("kind"), Sentence(f"写明一行是什么；{kinds.zh}", f"say what a row is; {kinds.en}")
        )
    kind = _kind(entries["kind"], schema)
    if kind.derived:
        raise entries["kind"].error(
            Sentence(
                f"{kind.label.zh}（{kind.name}）没有自己的表", f"{kind.name} is never a sheet of its own"
            ),
            Sentence("能力参数写在 limits 下", "state limits under 'limits'"),
        )
    columns = {
        header: tuple(_target(one, kind, schema) for one in column.list())
        for part in optional(entries, "columns")
        for header, column in part.mapping().items()
        if not column.is_null
    }
    spec = SheetSpec(
        name=name,
        kind=kind.name,
        line=item.line,
        key=_texts(entries, "key"),
        files=_texts(entries, "file"),
        worksheets=_texts(entries, "worksheet"),
        header=tuple(line.whole() for part in optional(entries, "header") for line in part.list()),
        columns=columns,
        limits=tuple(
            _limits(one, kind, schema) for part in optional(entries, "limits") for one in part.list()
        ),
        distances=tuple(
            _distances(one, kind, schema) for part in optional(entries, "distances") for one in part.list()
        ),
        constants=_constants(entries, kind, schema),
        where=_where(entries),
        fill_down=_texts(entries, "fill_down"),
        ignore=(*_texts(entries, "ignore"), *_null_columns(entries)),
        empty=_texts(entries, "empty"),
        several=any(one.flag() for one in optional(entries, "several")),
        usual_headers=any(one.flag() for one in optional(entries, "usual_headers")),
    )
    _check(spec, item, kind)
    return spec


def _null_columns(entries: Mapping[str, Item]) -> tuple[str, ...]:
    return tuple(
        header
        for part in optional(entries, "columns")
        for header, column in part.mapping().items()
        if column.is_null
    )


def _check(spec: SheetSpec, item: Item, kind: KindSpec) -> None:
    if spec.maps_nothing:
        raise item.error(
            Sentence(
                f"“{spec.name}”没有映射任何列：记录只会有编号，别无内容",
                f"the sheet '{spec.name}' maps no column: its records would have a key and nothing else",
            ),
            Sentence(
                "在 columns 下写明各列的去处，或用 usual_headers: true 按常用表头读取",
                "say where the columns go under 'columns', or 'usual_headers: "
                "true' to have them read by their "
                "usual headers",
            ),
        )
    if (
        not spec.key
        and not spec.usual_headers
        and "name" not in {t.name for targets in spec.columns.values() for t in targets}
    ):
        raise item.error(
            _missing("key"),
            Sentence(
                "写明哪一列（或几列）能区分各行",
                "name the header (or headers) whose value tells one row from another",
            ),
        )
    if not spec.key and not spec.usual_headers and not (kind.vocabulary or _named_only(kind)):
        raise item.error(
            Sentence(
                f"缺少 key：{kind.label.zh}只凭名称区分不了",
                f"'key' is missing: a {kind.name} is not told apart by its name alone",
            ),
            Sentence(
                "写明哪一列（或几列）能认出一行，如 key: [成果名称, 完成单位]",
                "name the header (or several headers) that identify a row, "
                "for example key: [成果名称, 完成单位]",
            ),
        )
    if len(spec.header) > 3:
        raise item.error(
            Sentence("header 多于三行", "'header' holds more than three lines"),
            Sentence("写表头所在的行，如 header: 3", "give the line of the header, e.g. header: 3"),
        )


def _named_only(kind: KindSpec) -> bool:
    return kind.name == "Organization" or kind.parent is not None


def _texts(entries: Mapping[str, Item], name: str) -> tuple[str, ...]:
    return tuple(text for part in optional(entries, name) for text in part.texts())


def _where(entries: Mapping[str, Item]) -> dict[str, tuple[str, ...]]:
    return {
        header: item.texts() for part in optional(entries, "where") for header, item in part.mapping().items()
    }


def _constants(entries: Mapping[str, Item], kind: KindSpec, schema: Schema) -> dict[str, tuple[Target, str]]:
    found = {}
    for part in optional(entries, "constants"):
        for name, item in part.mapping().items():
            target = _named(name, Item(item.path, item.node, item.field), kind)
            found[target.name] = (target, item.text())
    return found


def _target(item: Item, kind: KindSpec, schema: Schema) -> Target:
    """A column's target: a name, or a mapping with `property`, `reference` or `to`."""
    if not item.is_mapping:
        return _named(item.text(), item, kind)
    entries = item.mapping(TARGET)
    names = [name for name in ("property", "reference", "to") if name in entries]
    if len(names) != 1:
        raise item.error(
            Sentence(
                "property、reference、to 要写一个，也只写一个",
                "one of 'property', 'reference' or 'to' is needed",
            ),
            Sentence("写明这一列的去处", "say where the column goes"),
        )
    plain = _named(entries[names[0]].text(), entries[names[0]], kind, names[0])
    return Target(
        name=plain.name,
        role=plain.role,
        bound=cast(Bound, entries["bound"].choice(("low", "high"))) if "bound" in entries else plain.bound,
        unit=_one(entries, "unit"),
        separators=_texts(entries, "separator"),
        by=entries["by"].choice(("key", "name", "any")) if "by" in entries else "any",  # type: ignore[arg-type]
        kind=_kind(entries["kind"], schema).name if "kind" in entries else None,
        pattern=entries["pattern"].pattern() if "pattern" in entries else None,
        repair=_repair(entries),
    )


def _one(entries: Mapping[str, Item], name: str) -> str | None:
    return next((item.text() for item in optional(entries, name)), None)


def _named(text: str, item: Item, kind: KindSpec, role: str = "to") -> Target:
    """The target of a name: `ticket`, `ticket.low`, a reference, `secrecy`, `synthetic`, or a label."""
    if text in SPECIAL:
        return Target(text, text)  # type: ignore[arg-type]
    name, dot, bound = text.rpartition(".")
    if not dot or bound not in ("low", "high"):
        name, bound = text, ""
    found_property = _lookup(name, {n: spec.label for n, spec in kind.properties.items()})
    found_reference = _lookup(name, {n: spec.label for n, spec in kind.references.items()})
    if found_property and role != "reference":
        if bound and kind.properties[found_property].type not in WINDOWS:
            raise item.error(
                Sentence(f"“{name}”不是区间，没有 {bound}", f"'{name}' is not a window: it has no '{bound}'"),
                Sentence(f"写“{name}”", f"write '{name}'"),
            )
        return Target(found_property, "property", bound=cast(Bound, bound) if bound else None)
    if found_reference and role != "property":
        return Target(found_reference, "reference")
    known = (*kind.properties, *kind.references, *SPECIAL)
    said = Sentence(
        f"“{text}”不是{kind.label.zh}（{kind.name}）的属性，也不是引用",
        f"'{text}' is neither a property nor a reference of {kind.name}",
    )
    raise item.error(said, nearest(name, known))


def _lookup(name: str, labels: Mapping[str, Label]) -> str | None:
    """The property or reference of this name, Chinese label or English label (`funding need`, `title`)."""
    if name in labels:
        return name
    wanted = header_key(name)
    return next(
        (found for found, label in labels.items() if wanted in (header_key(label.zh), header_key(label.en))),
        None,
    )


def _repair(entries: Mapping[str, Item]) -> Repair:
    replace: list[tuple[re.Pattern[str], str]] = []
    for part in optional(entries, "replace"):
        for pattern, item in part.mapping().items():
            replace.append((compiled(item, pattern), "" if item.is_null else item.text()))
    return Repair(
        map={
            old: None if item.is_null else item.text()
            for part in optional(entries, "map")
            for old, item in part.mapping().items()
        },
        replace=tuple(replace),
        remove_prefix=_texts(entries, "remove_prefix"),
        remove_suffix=_texts(entries, "remove_suffix"),
        empty=_texts(entries, "empty"),
    )


def _limits(item: Item, kind: KindSpec, schema: Schema) -> Limits:
    edge = schema.edges.get(HAS_LIMIT)
    if edge is None or not set(edge.starts) & {kind.name, kind.parent}:
        holders = one_of(edge.starts if edge else ())
        raise item.error(
            Sentence(f"{kind.label.zh}没有能力参数", f"a {kind.name} has no limits"),
            Sentence(f"能力参数写在别的表上；{holders.zh}", f"state limits on another sheet; {holders.en}"),
        )
    entries = item.mapping(LIMIT)
    if not any(name in entries for name in ("column", "low", "high", "parameter_column")):
        raise item.error(
            Sentence("没有写列名", "no column is named"),
            Sentence(
                "写 column，或 low 和 high，或 parameter_column",
                "give 'column', or 'low' and 'high', or 'parameter_column'",
            ),
        )
    if "column" not in entries and not {"parameter", "parameter_column"} & set(entries):
        raise item.error(
            Sentence("能力参数没有名称", "the limit has no name"),
            Sentence(
                "写 parameter（名称）或 parameter_column（列名）",
                "give 'parameter' (its name) or 'parameter_column' (a header)",
            ),
        )
    return Limits(
        **{name: _one(entries, name) for name in LIMIT[:7]},
        separators=_texts(entries, "separator"),
        better=_better(entries),
        repair=_repair(entries),
    )


def _better(entries: Mapping[str, Item]) -> Literal["higher", "lower", "within"] | None:
    words: tuple[Literal["higher", "lower", "within"], ...] = ("higher", "lower", "within")
    return next(
        (word for one in optional(entries, "better") for word in words if one.choice(words) == word), None
    )


def _distances(item: Item, kind: KindSpec, schema: Schema) -> Distances:
    away = next((spec for spec in kind.references.values() if spec.edge == AWAY), None)
    if away is None:
        raise item.error(
            Sentence(f"{kind.label.zh}的表上不写距离", f"a {kind.name} states no distances"),
            Sentence("写在单位、中试线或地区的表上", "state them on an organisation, a line or a region"),
        )
    entries = item.mapping(("place", "km", "places", "unit", "kind"))
    if ("places" in entries) == ("place" in entries) or ("place" in entries) != ("km" in entries):
        raise item.error(
            Sentence("距离要写 place 和 km，或写 places", "distances need 'place' and 'km', or 'places'"),
            Sentence("见 docs/sources.md 的 Distances", "see 'Distances' in docs/sources.md"),
        )
    ends = [end for one in away.kinds for end in schema.with_children(one)]
    end = _kind(entries["kind"], schema).name if "kind" in entries else None
    if end is not None and end not in ends:
        raise entries["kind"].error(
            Sentence(f"距离的终点不能是 {end}", f"no distance ends at a {end}"), nearest(end, ends)
        )
    return Distances(
        _one(entries, "place"), _one(entries, "km"), _texts(entries, "places"), _one(entries, "unit"), end
    )


def _total(item: Item, schema: Schema) -> Total:
    entries = item.mapping(("claim", "count", "kind", "where"))
    for needed in ("count", "kind"):
        if needed not in entries:
            raise item.error(
                _missing(needed),
                Sentence(
                    "写成 {claim: 机构总数, count: 119, kind: PilotInstitution} 的样子",
                    "write e.g. {claim: 机构总数, count: 119, kind: PilotInstitution}",
                ),
            )
    kind = _kind(entries["kind"], schema)
    where = {}
    for part in optional(entries, "where"):
        for name, value in part.mapping().items():
            where[_named(name, value, kind, "property").name] = value.text()
    count = entries["count"].whole()
    return Total(_one(entries, "claim") or f"{kind.label.zh} {count}", count, kind.name, where)
