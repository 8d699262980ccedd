"""Generates docs/schema.md from the schema: `python -m kg.schema.doc [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.schema.loader import load_schema
from kg.schema.model import KindSpec, Label, PropertySpec, ReferenceSpec, Schema, ValueTypeName

VALUE_TYPES: Mapping[ValueTypeName, tuple[str, str]] = {
    "text": ("any text; invisible characters and double blanks are taken out", "`p`"),
    "texts": ("several texts in one cell, parted by ；、，\\| or a line break", "`p` (list)"),
    "integer": ("a whole number: `1,200`, `3万`", "`p`"),
    "number": ("a number: `1,200.5`, `3万`", "`p`"),
    "boolean": ("是/否, 有/无, true/false, 1/0", "`p`"),
    "enum": ("one of the choices, in any of their spellings", "`p`"),
    "year": ("`2019`, `2019年`, a date; 1900 to 2100", "`p` (integer)"),
    "date": (
        "`2027-01-18`, `2027年1月18日`, `2027.1.18`, `20270118`, `2027年3月`, `2019年`, an Excel date; "
        "kept as ISO 8601 in the precision given: `2027-01-18`, `2027-03`, `2019`",
        "`p` (text)",
    ),
    "money": ("`500万元`, `1.5亿`, `￥5,000,000`; of a range its upper end; 面议 is empty", "`p` (yuan)"),
    "money_window": (
        "`100万—800万元`, `不超过2000万元`, `300万元起`, `不限`; one amount is the most",
        "`p_low`, `p_high` (yuan; empty: open), `p_text`",
    ),
    "trl": ("`7`, `七级`, `TRL7`, `Ⅶ`; 1 to 9; of a range its lower end", "`p` (integer)"),
    "trl_window": ("`TRL 4～6`, `4-6级`, `TRL6以上`, `不限`", "`p_low`, `p_high` (empty: open), `p_text`"),
    "quantity": (
        "a number with its unit: `3～15 kg/h`, `≤1750℃`, `±12 μm`, `10^-3 Pa`",
        "`p_text`, `p_low`, `p_high`, `p_unit`, `p_si_low`, `p_si_high`, `p_si_unit`",
    ),
    "region": ("`四川省绵阳市`, `绵阳`; a place that is not in the gazetteer stays text", "`p`, `p_code`"),
    "uscc": ("a unified social credit code of 18 characters (GB 32100), its check digit tested", "`p`"),
}
"""What each value type reads, and the names under which it is stored."""

_HEAD = """# Schema

Generated from `kg/schema/types/*.yaml` and `kg/schema/edges.yaml` by `python -m kg.schema.doc`; do not edit.

A header that is listed with a property needs no source file. Letter case, full width, blanks, `_` and `-` do
not matter in headers, and a unit in brackets (`资金需求（万元）`) is that of its column.
"""


def render(schema: Schema) -> str:
    """docs/schema.md as text; the same schema gives the same text."""
    parts = [_HEAD, _kind_list(schema), _value_types()]
    parts += [_kind(schema, spec) for spec in schema.kinds.values()]
    parts.append(_edges(schema))
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    """Write docs/schema.md below the working folder, or with `--check` say whether it is current."""
    target = Path("docs/schema.md")
    text = render(load_schema())
    if "--check" not in arguments:
        target.write_text(text, encoding="utf-8")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/schema.md is not current; run: python -m kg.schema.doc\n")
    return 1


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _kind_list(schema: Schema) -> str:
    rows = [
        (f"[{spec.name}](#{spec.name.lower()})", spec.label.zh, spec.label.en, _nature(spec))
        for spec in schema.kinds.values()
    ]
    return "## Kinds\n\n" + _table(("kind", "zh", "en", ""), rows)


def _nature(spec: KindSpec) -> str:
    words = [f"below {spec.parent}"] if spec.parent else []
    words += ["vocabulary: named alike in all sources"] if spec.vocabulary else []
    words += ["derived: never a sheet of its own"] if spec.derived else []
    return "; ".join(words)


def _value_types() -> str:
    rows = [(name, reads, stored) for name, (reads, stored) in VALUE_TYPES.items()]
    return "## Value types\n\n" + _table(("type", "reads", "property `p` is stored as"), rows)


def _kind(schema: Schema, spec: KindSpec) -> str:
    parts = [f"## {spec.name}\n\n{spec.label.zh} · {spec.label.en}\n"]
    if not spec.derived:
        parts.append(f"Key: {_words(spec.key)}\n")
    parts.append(_table(("property", "type", "headers", "notes"), map(_property, spec.properties.values())))
    if spec.references:
        head = ("reference", "edge", "headers", "notes")
        parts.append(_table(head, (_reference(one) for one in spec.references.values())))
    return "\n".join(parts)


def _words(label: Label) -> str:
    return ", ".join(dict.fromkeys((label.zh, label.en, *label.aliases)))


def _property(spec: PropertySpec) -> tuple[str, str, str, str]:
    return f"`{spec.name}`", spec.type, _words(spec.label), "; ".join(_flags(spec))


def _flags(spec: PropertySpec) -> Iterator[str]:
    if spec.required:
        yield "required"
    if spec.on_bad == "reject":
        yield "a wrong value holds back the row"
    if spec.search:
        yield f"full text, weight {spec.search}"
    if spec.embed:
        yield "embedded"
    if spec.filter:
        yield "filter"
    if spec.facet:
        yield "facet"
    if spec.unit:
        yield f"in {spec.unit}"
    if spec.choices:
        yield "one of " + ", ".join(spec.choices)
    if spec.disclosed != "public":
        yield f"disclosed to {spec.disclosed}"
    if spec.personal:
        yield "dropped unless a source file maps it"


def _reference(spec: ReferenceSpec) -> tuple[str, str, str, str]:
    kinds = "\\|".join(spec.kinds)
    arrow = f"-{spec.edge}→ {kinds}" if spec.direction == "out" else f"←{spec.edge}- {kinds}"
    notes = ["several allowed"] if spec.many else []
    made = (
        f"made where it is not there, as {spec.kinds[0]}"
        if len(spec.kinds) > 1
        else "made where it is not there"
    )
    notes.append(made if spec.create else "reported where it is not there")
    return f"`{spec.name}`", arrow, _words(spec.label), "; ".join(notes)


def _edges(schema: Schema) -> str:
    rows = [
        (f"`{edge.name}`", edge.label.zh, ", ".join(edge.starts), ", ".join(edge.ends))
        for edge in schema.edges.values()
    ]
    return "## Edges\n\n" + _table(("edge", "zh", "from", "to"), rows)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
