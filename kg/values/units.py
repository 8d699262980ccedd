"""Units as people write them in Chinese and English, resolved once each through pint."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import BadValueError
from kg.values.tidy import tidy
from kg.wording import Sentence

_PREFIXES = {"k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "h": "hecto", "d": "deci"}
_PREFIXES |= {"c": "centi", "m": "milli", "μ": "micro", "n": "nano", "p": "pico", "f": "femto"}
_PREFIXES |= {"千": "kilo", "兆": "mega", "吉": "giga", "百": "hecto", "分": "deci", "厘": "centi"}
_PREFIXES |= {"毫": "milli", "微": "micro", "纳": "nano"}
_MULTIPLIER = re.compile(r"^(?:个)?((?:十|百|千)?(?:万亿|亿|万)|千|百)")
_MULTIPLES = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_SI_NAMES = {"meter", "kilogram", "second", "kelvin", "ampere", "mole", "candela", "radian", "bit", "count"}
_ATOM = re.compile(r"^(.*?)(?:\^?\(?([-+]?\d(?:\.\d)?)\)?)?$")
_USUAL = (
    *(
        "kg/h",
        "kg/d",
        "t/h",
        "t/d",
        "t/a",
        "g/h",
        "L/h",
        "m³/h",
        "mL/min",
        "m/min",
        "r/min",
        "件/小时",
        "片/小时",
    ),
    *("mm", "μm", "nm", "cm", "kg", "mL", "MPa", "kPa", "kW", "kV", "kHz", "GHz", "℃/min", "g/L", "mol/L"),
)
_SUPER = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Unit:
    """A unit: `si = number * factor + offset` in `base`, pint's name of the base unit.

    `si_unit` is `base` where that is made of SI units (counts are pint's `count`), else None: money, pH,
    mesh, batches and the like compare only with themselves. `multiple` is what a multiplier before the unit
    (万, 亿, 千) makes of a number; `text` is the unit without it.
    """

    text: str
    factor: float
    offset: float
    base: str
    multiple: float = 1.0

    @property
    def si_unit(self) -> str | None:
        """pint's name of the SI unit; None where there is none."""
        if self.base == "dimensionless":
            return self.base
        names = re.findall(r"[A-Za-z_]+", self.base)
        return self.base if all(name in _SI_NAMES for name in names) else None

    def to_base(self, number: float, *, difference: bool = False) -> float:
        """The number in `base`; a difference (±2 ℃) has no offset."""
        return float(f"{number * self.factor + (0.0 if difference else self.offset):.12g}")

    def from_base(self, number: float, *, difference: bool = False) -> float:
        """The inverse of `to_base`."""
        return float(f"{(number - (0.0 if difference else self.offset)) / self.factor:.12g}")


def unit_of(text: str) -> Unit | None:
    """The unit that a text names (`kg/h`, `万吨/年`, `mAh·g⁻¹`, `W/(m·K)`); None where no such unit is
    known."""
    return _resolve(text)


def require_unit(text: str) -> Unit:
    """As `unit_of`, but raises BadValueError that names an unknown unit."""
    unit = unit_of(text)
    if unit is None:
        raise BadValueError(
            Sentence(f"不认识单位“{text.strip()}”", f"The unit '{text.strip()}' is not known"),
            remedy=_advice(_nearest(text.strip())),
        )
    return unit


def _advice(near: str) -> Sentence:
    usual = "kg/h, t/d, ℃, MPa, L, 件/小时 …"
    zh, en = f"写常用单位：{usual}", f"Write a usual unit: {usual}"
    return Sentence(f"是不是“{near}”？{zh}", f"Did you mean '{near}'? {en}") if near else Sentence(zh, en)


def _nearest(text: str) -> str:
    """The unit that a slip of the pen in a unit or in a part of one meant; '' where none is near."""
    usual = difflib.get_close_matches(text, _USUAL, n=1, cutoff=0.65)
    if usual:
        return usual[0]
    parts = re.split(r"([/·*])", text)
    folded = {form.casefold(): form for form in reversed(known_units())}

    def near(part: str) -> str | None:
        if part in "/·*" or unit_of(part):
            return part
        close = difflib.get_close_matches(part.casefold(), folded, n=1, cutoff=0.6)
        return folded[close[0]] if close else None

    found = [near(part) for part in parts]
    words = "".join(part for part in found if part)
    return words if None not in found and unit_of(words) else ""


def convert(number: float, source: str, target: str, *, difference: bool = False) -> float:
    """A number in another unit. Raises BadValueError for an unknown unit or another dimension."""
    old, new = require_unit(source), require_unit(target)
    if old.base != new.base:
        raise BadValueError(
            Sentence(f"{source} 与 {target} 不是同一种量", f"{source} and {target} measure different things"),
            remedy=Sentence("同一种量才能比", "Compare like with like"),
        )
    base = old.to_base(number * old.multiple, difference=difference)
    return new.from_base(base, difference=difference) / new.multiple


def same_dimension(one: str, other: str) -> bool:
    """Whether two units measure the same thing; unknown units never do."""
    a, b = unit_of(one), unit_of(other)
    return a is not None and b is not None and a.base == b.base


@lru_cache(maxsize=1)
def known_units() -> tuple[str, ...]:
    """Every written form of a single unit, longest first; compounds are these joined by / · ^n."""
    table = _table()
    return tuple(sorted({*table.atoms, *table.variants}, key=lambda form: (-len(form), form)))


@lru_cache(maxsize=1)
def count_units() -> frozenset[str]:
    """The written forms that count things (件, 个, 片 …): a bare count is no quantity, a count per time is
    one."""
    return frozenset(form for form, expression in _table().atoms.items() if expression == "count")


@dataclass(frozen=True)
class _Table:
    atoms: Mapping[str, str]
    variants: Mapping[str, str]
    folded: Mapping[str, str | None]
    own: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    import yaml

    text = Path(__file__).with_name("units.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    atoms: dict[str, str] = {}
    for symbol, (name, prefixes) in {**data["words"], **data["metric"]}.items():
        atoms[symbol] = name
        for prefix in prefixes.split():
            atoms[prefix + symbol] = f"{_PREFIXES[prefix]}{name}"
    atoms.update(data["plain"])
    atoms.update({form: f"{factor} * {name}" for form, (name, factor) in data["own"].items()})
    folded: dict[str, str | None] = {}
    for form in atoms:
        folded[form.lower()] = None if form.lower() in folded else form
    own = frozenset(name for name, _ in data["own"].values())
    return _Table(atoms, data["variants"], folded, own)


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry()
    for name in _table().own:
        registry.define(f"{name}_ = [{name}_]")
    return registry


@lru_cache(maxsize=8192)
def _resolve(text: str) -> Unit | None:
    written = tidy(text).replace("° C", "°C").replace("° F", "°F").strip()
    if not written:
        return None
    written = _table().variants.get(written, written)
    found = _simple(written)
    if found is not None:
        return found
    multiplier = _MULTIPLIER.match(written)
    rest = written[multiplier.end() :].strip() if multiplier else ""
    found = _simple(rest) if rest else None
    if found is None or multiplier is None:
        return None
    return Unit(found.text, found.factor, found.offset, found.base, _multiple(multiplier.group(1)))


def _multiple(words: str) -> float:
    if words in _MULTIPLES:
        return _MULTIPLES[words]
    return _MULTIPLES[words[0]] * _MULTIPLES[words[1:]]


def _simple(written: str) -> Unit | None:
    parts = _parts(written)
    if parts is None:
        return None
    return _measure(_display(written), parts)


def _parts(written: str) -> tuple[tuple[str, float], ...] | None:
    """Pint expressions with their exponents. Everything behind the first slash divides, as people mean it."""
    whole = _atom(written)
    if whole is not None:
        return ((whole, 1.0),)
    above, slash, below = written.replace("每", "/").replace("∕", "/").partition("/")
    below = below.replace("(", "").replace(")", "").replace("/", "·")
    parts: list[tuple[str, float]] = []
    for side, sign in ((above, 1.0), (below, -1.0)):
        if side.strip() in {"", "1"}:
            if slash and side is below:
                return None
            continue
        for word in _words(side):
            part = _power(word, divided=sign < 0, over_time=bool(slash) and _is_time(below))
            if part is None:
                return None
            parts.append((part[0], sign * part[1]))
    return tuple(parts) or None


def _words(side: str) -> list[str]:
    """Split a product at dots, asterisks and spaces (`N·m`, `kg m^-3`, `Pa.s`)."""
    return [word for word in re.split(r"[·•⋅∙*×\s]+|\.(?!\d)", side.strip(" ()")) if word]


def _is_time(below: str) -> bool:
    return _atom(below.strip()) in {"hour", "day", "year", "minute", "month"}


def _power(word: str, *, divided: bool, over_time: bool) -> tuple[str, float] | None:
    """One factor with its exponent: m^3, m3, g^-1; H below a slash is an hour, T over time is a tonne."""
    if divided and word == "H":
        return "hour", 1.0
    if not divided and over_time and word == "T":
        return "metric_ton", 1.0
    whole = _atom(word)
    if whole is not None:
        return whole, 1.0
    match = _ATOM.match(word)
    if match is None or not match.group(2):
        return None
    atom = _atom(match.group(1))
    return (atom, float(match.group(2))) if atom else None


def _atom(form: str) -> str | None:
    """The pint expression of a single written unit: exact, then a usual variant, then the only one ignoring
    case."""
    table = _table()
    form = table.variants.get(form, form)
    if form in table.atoms:
        return table.atoms[form]
    if any(c in form for c in "/·") and form in table.folded:
        return None
    folded = table.folded.get(form.lower()) if len(form) > 1 else None
    return table.atoms[folded] if folded else None


def _measure(text: str, parts: tuple[tuple[str, float], ...]) -> Unit | None:
    import pint

    registry = _registry()
    single = len(parts) == 1 and parts[0][1] == 1
    try:
        if single and parts[0][0] in {"degC", "degF"}:
            zero = registry.Quantity(0.0, parts[0][0]).to_base_units().magnitude
            one = registry.Quantity(1.0, parts[0][0]).to_base_units().magnitude
            return Unit(text, float(f"{one - zero:.12g}"), float(f"{zero:.12g}"), "kelvin")
        product = registry.Quantity(1.0)
        for expression, exponent in parts:
            product = product * _pint(registry, expression) ** exponent
        base = product.to_base_units()
    except (pint.errors.PintError, ValueError, ZeroDivisionError):
        return None
    return Unit(text, float(base.magnitude), 0.0, _name(base.units))


def _pint(registry: Any, expression: str) -> Any:
    table = _table()
    words = re.sub(
        r"[A-Za-z_]+", lambda m: m.group() + "_" if m.group() in table.own else m.group(), expression
    )
    words = words.replace("degC", "delta_degC").replace("degF", "delta_degF")
    return registry.parse_expression(words) * registry.Quantity(1.0)


def _name(units: Any) -> str:
    name = str(units)
    return re.sub(r"([A-Za-z])_(?=\W|$)", r"\1", name) if "_" in name else name


def _display(written: str) -> str:
    if written.startswith("(") and written.endswith(")"):
        written = written[1:-1].strip()
    text = re.sub(r"\^\(?([-+]?\d+)\)?", lambda m: m.group(1).translate(_SUPER), written)
    return text.replace("°C", "℃").replace("°F", "℉")
