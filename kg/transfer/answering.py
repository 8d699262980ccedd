"""Which limit answers which required quantity, and what a silent capability has to be asked.

In this order:
1. a limit on the same parameter (canonical name), else the one whose words end alike (宽度, 辊面宽度);
2. otherwise the one limit of the same dimension, or among several the one on the step's scale
   (throughput, volume, batch …). Only for dimensions that name their parameter (kg/h, L, ℃, MPa …) and
   never for parameters that mean something else in the same unit (a dew point is no process temperature,
   a particle size no workpiece size);
   A figure to scale up to (从 0.15 m 放大到 95 cm) tells its parameter in any dimension, and a bare
   tolerance (±12 μm) is one of the capability's tolerances;
3. otherwise the capability is silent. A process parameter (throughput, temperature, pressure, volume,
   batch, size …) is then a question; a property of the product (粒径, 纯度, 强度) is not asked of a line
   at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.transfer.quantities import Asked, Bounds, Limit
from kg.values.parameters import parameter_of
from kg.values.qualifiers import side_of
from kg.wording import Sentence

Role = Literal["limit", "ask", "skip"]

TELLING = frozenset({
    "kilogram / second", "meter ** 3 / second", "count / second", "meter ** 3", "kelvin", "kilogram",
    "kilogram / meter / second ** 2", "kilogram * meter / second ** 2", "kilogram * meter ** 2 / second ** 3",
})  # fmt: skip
"""Dimensions whose unit tells the parameter: rates, volume, temperature, mass, pressure, force, power."""

RATES = frozenset({"kilogram / second", "meter ** 3 / second", "count / second"})
PRESSURE = "kilogram / meter / second ** 2"
VACUUM = 10_000.0
"""Pa: an absolute pressure below this is asked of a vacuum, never of a press or an autoclave."""

SCALE = ("产能", "进料速率", "批量", "容积", "流量")
"""Parameters that state the scale of a step, most telling first."""

PROCESS = frozenset({
    *SCALE, "蒸发量", "温度", "最低温度", "压力", "真空度", "精度", "线宽", "幅宽", "线速", "尺寸", "行程",
    "质量", "推力", "露点", "洁净度", "湿度", "膜面积", "电压", "频率", "活度", "剂量率", "测量不确定度",
    "量程", "通道数",
})  # fmt: skip
"""What a line is run at or can hold: asked for and not stated, it is a question."""

PROPERTY = "产品指标"
"""A property that goes by the name of a parameter of the process."""

PRODUCT = frozenset({
    "粒径", "纯度", "强度", "硬度", "密度", "收率", "良率", "含量", "含水率", "比表面积", "孔径", "孔隙率",
    "厚度", "厚度均匀性", "粗糙度", "电导率", "热导率", "比容量", "效率", "寿命", "模量", "韧性", "粘度",
    "浓度", "偏差", "灵敏度", "选择性", "能量密度", "致密度", "质量分数", "氧含量", "酸碱度", "熔点", "沸点",
    "沸程", PROPERTY,
})  # fmt: skip
"""Properties of the product: compared where a limit speaks of them, otherwise no matter of the line."""

APART = PRODUCT | {"蒸发量", "质量", "线压力", "升温速率"}
"""Answered by name only: the same unit means something else there. So is every parameter where lower is
better."""


@dataclass(frozen=True)
class Answering:
    """`limit`: this limit answers; `ask`: a question, with why and the limit that does not quite answer;
    `skip`: not asked of a line."""

    role: Role
    limit: Limit | None = None
    why: Sentence | None = None


def answering(asked: Asked, limits: Sequence[Limit]) -> Answering:
    """The limit that answers a required quantity, or what the silence means."""
    name = asked_parameter(asked)
    named = [limit for limit in limits if name and limit_parameter(limit) == name]
    named = named or _ending_alike(asked, limits)
    if named:
        return _of_one_side(asked, named)
    if _dimension(asked.bounds) in TELLING and not _apart(name):
        same = [limit for limit in limits if _alike(limit, asked)]
        chosen = same[0] if len(same) == 1 else _scale_of(same)
        if chosen is not None:
            return _of_one_side(asked, [chosen])
        if same:
            return Answering("ask", why=_several(same))
    if name is None and asked.relation == "±":
        tolerances = [limit for limit in limits if _tolerates(limit, asked)]
        if tolerances:
            return (
                Answering("limit", tolerances[0])
                if len(tolerances) == 1
                else Answering("ask", why=_several(tolerances))
            )
    if asked.aim and name is None:
        scales = [limit for limit in limits if _alike(limit, asked)]
        if len(scales) == 1:
            return _of_one_side(asked, scales)
    return _silent(asked, name)


def asked_parameter(asked: Asked) -> str | None:
    """The canonical parameter of a required quantity: an amount per batch is a 批量, a pressure far
    below that of the air a 真空度."""
    if asked.bounds.per_batch:
        return "批量"
    name, axis = parameter_name(asked.measures), asked.bounds.axis
    if name in (None, "压力") and axis is not None and axis.unit == PRESSURE:
        top = axis.high if axis.high is not None else axis.low
        return "真空度" if top is not None and 0 < top < VACUUM else name
    return PROPERTY if _means_another(name, asked.bounds.unit) else name


def _means_another(name: str | None, unit: str | None) -> bool:
    """Whether a word of the process stands for a property here: a 容量 of 2.1 mmol/g is no volume."""
    known = parameter_of(name) if name else None
    return known is not None and unit is not None and not known.measured_in(unit)


def limit_parameter(limit: Limit) -> str | None:
    """The canonical parameter of a limit."""
    return "批量" if limit.bounds.per_batch else parameter_name(limit.parameter)


def _of_one_side(asked: Asked, limits: Sequence[Limit]) -> Answering:
    """Of limits on one parameter that of the same side: an inlet's temperature is not the outlet's."""
    side = side_of(asked.measures)
    same = [limit for limit in limits if side_of(limit.parameter) == side]
    if same:
        return Answering("limit", _same_unit(same, asked))
    other = _same_unit(limits, asked)
    what = asked.measures or asked.bounds.text
    why = Sentence(
        f"登记的是{other.parameter}，不一定是{what}",
        f"the limit is on {other.parameter}, not surely on {what}",
    )
    return Answering("ask", other, why)


@lru_cache(maxsize=65536)
def parameter_name(text: str | None) -> str | None:
    """A parameter's canonical name; else by the end of the words (烧结温度 is a 温度), else the words
    themselves."""
    if not text:
        return None
    known = parameter_of(text)
    if known is not None:
        return known.name
    for start in range(1, len(text) - 1):
        rest = text[start:]
        known = parameter_of(rest)
        if known is not None:
            return known.name
        if rest in PRODUCT or rest in PROCESS:
            return rest
    return text


def says_scale(asked: Asked) -> bool:
    """Whether a quantity said of a whole text asks something of a line: a rate, a process parameter."""
    if asked.measures:
        return parameter_name(asked.measures) in PROCESS
    return asked.bounds.per_batch or _dimension(asked.bounds) in RATES


def _dimension(bounds: Bounds) -> str | None:
    axis = bounds.axis
    return axis.unit if axis else None


def _several(limits: Sequence[Limit]) -> Sentence:
    names = [limit.parameter for limit in limits]
    return Sentence(f"{'、'.join(names)}都可能对应", f"several limits could answer: {', '.join(names)}")


def _silent(asked: Asked, name: str | None) -> Answering:
    if name in PRODUCT:
        return Answering("skip")
    dimension = _dimension(asked.bounds)
    if name in PROCESS or (dimension in TELLING and (name is None or dimension != PRESSURE)):
        what = (asked.measures or name) if name in PROCESS else ""
        return Answering(
            "ask", why=Sentence(f"能力登记未写明{what}", f"the capability states no {what or 'such number'}")
        )
    return Answering("skip")


def _apart(name: str | None) -> bool:
    if name is None:
        return False
    known = parameter_of(name)
    return name in APART or (known is not None and known.better == "lower")


def _alike(limit: Limit, asked: Asked) -> bool:
    """Same dimension, and nothing that means another thing in the same unit."""
    same = _dimension(limit.bounds) == _dimension(asked.bounds)
    return same and limit.better != "lower" and not _apart(limit_parameter(limit))


def _ending_alike(asked: Asked, limits: Sequence[Limit]) -> list[Limit]:
    """The one limit in the same dimension whose parameter ends in the words that are asked, or the other way
    round: 宽度 is held against 辊面宽度."""
    words = asked.measures
    if not words or parameter_of(words) is not None or words in PRODUCT:
        return []
    found = [
        limit
        for limit in limits
        if (limit.parameter.endswith(words) or words.endswith(limit.parameter))
        and _dimension(limit.bounds) == _dimension(asked.bounds)
    ]
    return found if len(found) == 1 else []


def _tolerates(limit: Limit, asked: Asked) -> bool:
    """Whether a limit is a tolerance in the dimension of a bare one (精密磨削±12 μm)."""
    tolerance = limit_parameter(limit) == "精度" or "±" in limit.bounds.text
    return tolerance and _dimension(limit.bounds) == _dimension(asked.bounds)


def _same_unit(limits: Sequence[Limit], asked: Asked) -> Limit:
    """Of limits on one parameter the one in the dimension that was asked for, else the first."""
    same = [limit for limit in limits if _dimension(limit.bounds) == _dimension(asked.bounds)]
    return (same or list(limits))[0]


def _scale_of(limits: Sequence[Limit]) -> Limit | None:
    for scale in (*SCALE, "温度", "压力"):
        found = [limit for limit in limits if limit_parameter(limit) == scale]
        if len(found) == 1:
            return found[0]
    return None
