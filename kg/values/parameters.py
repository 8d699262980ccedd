"""The parameters that limit what a line can do: one name for many, and which way better lies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kg.values.tidy import tidy
from kg.values.units import same_dimension

Better = Literal["higher", "lower", "within"]
_EDGES = re.compile(
    r"^(?:最大|最高|最小|最低|额定|设计|极限|有效|单台|单线|可|总)+|(?:范围|能力|上限|下限|指标|要求|参数|值)+$"
)


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operating envelope. `units` are units of the dimensions in which it is measured;
    `better` says whether a higher or a lower figure of a line is more capable, or what is asked must lie
    `within`."""

    name: str
    synonyms: tuple[str, ...]
    units: tuple[str, ...]
    better: Better

    def measured_in(self, unit: str) -> bool:
        """Whether a unit measures this parameter."""
        return any(same_dimension(unit, own) for own in self.units)


@lru_cache(maxsize=16_384)
def parameter_of(name: str) -> Parameter | None:
    """The parameter that a name means (处理量, 最高工作温度, D50); None where it is not a known one."""
    word = _key(name)
    known = _by_name()
    return known.get(word) or known.get(_EDGES.sub("", word))


def parameters() -> tuple[Parameter, ...]:
    """All known parameters, in the file's order."""
    return tuple(dict.fromkeys(_by_name().values()))


def same_parameter(one: str, other: str) -> bool:
    """Whether two names mean the same parameter; unknown names only where they are written alike."""
    a, b = parameter_of(one), parameter_of(other)
    return a == b if a and b else _key(one) == _key(other)


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Parameter]:
    import yaml

    text = Path(__file__).with_name("parameters.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found: dict[str, Parameter] = {}
    for name, entry in data.items():
        parameter = Parameter(name, tuple(entry["synonyms"]), tuple(entry["units"]), entry["better"])
        for word in (name, *parameter.synonyms):
            if found.setdefault(_key(word), parameter) != parameter:
                raise ValueError(f"parameters.yaml: '{word}' names both {found[_key(word)].name} and {name}")
    return found


def _key(name: str) -> str:
    return re.sub(r"[\s_()]+", "", tidy(name)).casefold()
