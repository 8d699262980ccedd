"""The columns of a sheet to fill in, with what to write in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.schema.lookup import find_kind
from kg.schema.model import KindSpec, PropertySpec, ReferenceSpec, Schema, ValueTypeName

LIMIT_GROUPS = 3
"""How many numbered groups (参数1/下限1/上限1/单位1 …) a template has."""

_EXAMPLES: Mapping[ValueTypeName, tuple[str, str]] = {
    "text": ("", "text"),
    "texts": ("多个用；分隔", "several, parted by ;"),
    "integer": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "boolean": ("是 / 否", "是 (yes) / 否 (no)"),
    "enum": ("", "one of the choices"),
    "year": ("2026", "2026"),
    "date": ("2027-01-18", "2027-01-18"),
    "money": ("500万元", "500万元 (yuan)"),
    "money_window": ("100万—800万元；不限", "100万—800万元; 不限 (open)"),
    "trl": ("1–9，如 6", "1 to 9, e.g. 6"),
    "trl_window": ("4–6；不限", "4-6; 不限 (open)"),
    "quantity": ("3～15 kg/h", "3~15 kg/h"),
    "region": ("四川省绵阳市", "四川省绵阳市"),
    "uscc": ("18 位，含校验码", "18 characters with the check digit"),
}


@dataclass(frozen=True)
class TemplateColumn:
    """One column of a template: both headers, what to write, whether it must be filled."""

    zh: str
    en: str
    help_zh: str
    help_en: str
    required: bool = False


def template_headers(schema: Schema, kind: str) -> list[TemplateColumn]:
    """The columns of a kind's template, in order: key, properties, references, groups of limits.

    Personal properties are left out: they are dropped unless a source file maps them. Raises UsageError for
    an unknown kind.
    """
    spec = find_kind(schema, kind)
    first = TemplateColumn(
        spec.key.zh, spec.key.en, "本登记簿内唯一", "unique in this register", not spec.vocabulary
    )
    return [
        first,
        *(_property(one) for one in spec.properties.values() if not one.personal),
        *(_reference(schema, one) for one in spec.references.values()),
        *_limits(schema, spec),
    ]


def _property(spec: PropertySpec) -> TemplateColumn:
    zh, en = _EXAMPLES[spec.type]
    if spec.choices:
        zh = en = " / ".join(spec.choices)
    if spec.name == "secrecy":
        zh, en = (
            "公开 / 内部 / 待定密；秘密及以上不得填报",
            "公开 (public) / 内部 (internal); never classified rows",
        )
    if spec.unit:
        zh, en = f"{zh}（{spec.unit}）", f"{en} ({spec.unit})"
    return TemplateColumn(spec.label.zh, spec.label.en, zh, en, spec.required)


def _reference(schema: Schema, spec: ReferenceSpec) -> TemplateColumn:
    names = " / ".join(schema.kinds[kind].label.zh for kind in spec.kinds)
    kinds = " / ".join(schema.kinds[kind].label.en for kind in spec.kinds)
    several, more = ("，多个用；分隔", ", several parted by ;") if spec.many else ("", "")
    return TemplateColumn(
        spec.label.zh, spec.label.en, f"{names}的编号或名称{several}", f"key or name of the {kinds}{more}"
    )


def _limits(schema: Schema, spec: KindSpec) -> Iterator[TemplateColumn]:
    edge = schema.edges.get("HAS_LIMIT")
    if edge is None or spec.name not in edge.starts:
        return
    limit = schema.kinds[edge.ends[0]].properties
    examples = {"parameter": "产能", "low": "3", "high": "15", "unit": "kg/h"}
    for group in range(1, LIMIT_GROUPS + 1):
        for name, example in examples.items():
            label = limit[name].label
            yield TemplateColumn(
                f"{label.zh}{group}", f"{label.en} {group}", f"如 {example}", f"e.g. {example}"
            )
