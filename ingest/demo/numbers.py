"""Numbers as people write them: round ones, in one unit or another; what is written is what is meant."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random

from ingest.demo.model import Bound, Parameter, Range, Relation, Want

LENGTHS = ("mm", "km", "MPa", "kN")  # these grow less from bench to pilot than masses and volumes
OPEN = {"condition": 0.35, "scale": 0.15}  # so many offers state the upper end alone
AMBITIOUS = 0.045  # of the needed quantities, so many lie beyond every offer
Units = Mapping[str, Mapping[str, Mapping[str, float]]]


def plain(value: float) -> str:
    """A number without needless digits."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"


def round_number(value: float, step: float) -> float:
    return round(round(value / step) * step, 6)


def draw(rng: Random, need: Range, kind: str) -> float:
    """A round number within `need`: by its logarithm for scales, evenly for conditions."""
    low, high = need
    if kind == "scale" and low > 0:
        value = math.exp(rng.uniform(math.log(low), math.log(high)))
        step = 10.0 ** math.floor(math.log10(value)) / 2
    else:
        value, width = rng.uniform(low, high), high - low
        step = next(step for step in (10, 5, 1, 0.5, 0.1, 0.01) if step <= max(width / 6, 0.01))
    return min(max(round_number(value, step), low), high)


def stretched(rng: Random, parameter: Parameter, need: Range) -> Range:
    """The range to draw from; now and then it lies beyond what most lines can do."""
    low, high = need
    if rng.random() > AMBITIOUS or low == high or not parameter.highs or parameter.kind == "span":
        return need
    top = parameter.highs[-1]
    return (top * 1.1, top * 2.5) if parameter.kind == "scale" else (top * 1.03, top * 1.12)


def spell(rng: Random, unit: str, units: Units, words: float) -> tuple[str, float]:
    """A way to write `unit` and its factor to it; `words` is the chance of Chinese characters."""
    known = units[unit]
    ways = known["words"] if rng.random() < words else known["others"]
    if ways and rng.random() < 0.6:
        return rng.choice(list(ways.items()))
    return unit, 1.0


def shown(value: float, factor: float) -> str | None:
    """The number in a unit of this factor, or None where it would not be a short, round one."""
    text = plain(value / factor)
    digits = len(text.replace(".", "").replace("-", "").strip("0"))
    if "e" in text or digits > 3 or not (value == 0 or 0.1 <= abs(value / factor) <= 9999):
        return None
    return text


def want(rng: Random, parameter: Parameter, need: Range, units: Units, words: float) -> Want:
    """A needed quantity with its text; the interval is what the text says, in the parameter's unit."""
    relation: Relation = _relation(rng, parameter)
    low, high = _ends(rng, parameter, need, relation)
    relation = "=" if relation == "range" and low >= high else relation
    name, factor = spell(rng, parameter.unit, units, words)
    texts = [shown(end, factor) for end in (low, high)]
    if None in texts:
        name, factor, texts = parameter.unit, 1.0, [plain(low), plain(high)]
    return Want(
        parameter.name, parameter.kind, relation,
        None if relation == "<=" else low, None if relation == ">=" else high,
        parameter.unit,
        _written(rng, relation, str(texts[0]), str(texts[1]), name),
        _bench(rng, low, parameter, units, words) if parameter.kind == "scale" else "",
    )  # fmt: skip


def _ends(rng: Random, parameter: Parameter, need: Range, relation: Relation) -> Range:
    """The ends of the needed interval: one number, a window around it, or (span) a wide one."""
    if parameter.kind == "span":
        third = (need[1] - need[0]) / 3
        low = draw(rng, (need[0], need[0] + third), "condition")
        return low, draw(rng, (need[1] - third, need[1]), "condition")
    low = draw(rng, need, parameter.kind)
    if relation != "range":
        return low, low
    if parameter.kind == "scale":
        return low, draw(rng, (low * 1.2, low * 1.6), "scale")
    return low, draw(rng, (low, min(need[1], low + (need[1] - need[0]) / 4)), "condition")


def _relation(rng: Random, parameter: Parameter) -> Relation:
    if parameter.kind == "span":
        return "range"
    if parameter.kind == "finest":
        return "<="
    draw_one = rng.random()
    if parameter.kind == "scale":
        return ">=" if draw_one < 0.25 else "range" if draw_one < 0.35 else "="
    return "range" if draw_one < 0.3 else "="


def _written(rng: Random, relation: Relation, low: str, high: str, unit: str) -> str:
    gap = rng.choice(("", "", " ")) if not unit[0].isascii() or unit[0] == "℃" else rng.choice(("", " ", " "))
    if relation == "range":
        mark = rng.choice(("～", "~", "至") if low.startswith("-") else ("～", "~", "-", "至"))
        return f"{low}{mark}{high}{gap}{unit}"
    bare = f"{low}{gap}{unit}"
    if relation == ">=":
        return rng.choice((f"不低于{bare}", f"≥{bare}", f"{bare}以上"))
    return bare


def _bench(rng: Random, target: float, parameter: Parameter, units: Units, words: float) -> str:
    """The bench's scale: a small part of the target."""
    parts = (8, 2) if parameter.unit in LENGTHS else (120, 12)
    value = draw(rng, (target / parts[0], target / parts[1]), "scale")
    for _ in range(4):
        name, factor = spell(rng, parameter.unit, units, words)
        if text := shown(value, factor):
            return f"{text} {name}" if name[0].isascii() else f"{text}{name}"
    return f"{plain(value)} {parameter.unit}"


def bound(rng: Random, parameter: Parameter, turn: int, units: Units) -> Bound:
    """A limit of the offer number `turn` of its operation: the turns cover all upper ends."""
    low = rng.choice(parameter.lows) if parameter.lows else None
    high = parameter.highs[-1 - turn % len(parameter.highs)] if parameter.highs else None
    if parameter.kind in OPEN and rng.random() < OPEN[parameter.kind]:
        low = None
    if parameter.kind == "finest" and turn == 0:
        low = parameter.lows[0]
    name, factor = spell(rng, parameter.unit, units, 0.3)
    texts = ["" if end is None else shown(end, factor) for end in (low, high)]
    if None in texts:
        name, texts = parameter.unit, ["" if end is None else plain(end) for end in (low, high)]
    return Bound(parameter.name, low, high, parameter.unit, str(texts[0]), str(texts[1]), name)
