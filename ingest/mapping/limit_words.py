"""Words that people write around the number of a limit: of relation, of room temperature, 度 for ℃."""

from __future__ import annotations

import re

from kg.values.parameters import parameter_of
from kg.values.tidy import tidy

ROOM = 20
"""℃ that 室温 and 常温 stand for where a range needs a number (the reference temperature of ISO 1)."""

_ROOM_WORD = r"(?:室温|常温|环境温度|(?<![A-Za-z])RT(?![A-Za-z]))"
_LINK = r"(?:~+|-+|—+|–+|至|到)"
_ROOM = re.compile(rf"{_ROOM_WORD}(?=\s*{_LINK}\s*[-+]?\d)|(?<=[\dC度]){_LINK}\s*{_ROOM_WORD}", re.IGNORECASE)
_ONLY_ROOM = re.compile(rf"^{_ROOM_WORD}$", re.IGNORECASE)
_DEGREES = re.compile(r"(?<=\d)\s*(?:摄氏)?度")
_BETTER = re.compile(r"^(?:优于|好于)\s*(?:或等于)?\s*(?=[-+\d])")
_IDLE = re.compile(r"^(?:控制在|保持在|达到|达|优于(?=\s*[±<>≤≥])|[为是在])\s*(?=[-+±\d<>≤≥])")
_PH = re.compile(r"(?:^|[^a-z])ph\s*(?:值|范围)*$", re.IGNORECASE)
_SAID = (
    "优于|好于|可达到?|达到|高达|低至|达|不大于|不小于|不高于|不低于|不超过|不少于|不多于|大于等于|小于等于|"
    "大于|小于|高于|低于|超过|最高可?达?|最低可?达?|最大可?达?|最小可?达?|至多|至少|上限|下限|约为|大约|约|"
    "接近|近|控制在|保持在|为|是|在|[<>≤≥=≈]=?"
)
_RELATION = re.compile(rf"(?:{_SAID})+\s*$")
RELATION_START = re.compile(rf"^(?:{_SAID})")
_LOWEST = re.compile(r"^(?:最低|最小|最少)|下限$")


def of_value(name: str, value: str) -> tuple[str, str]:
    """Name and value with the words of relation at the name's end moved to the value: `真空度优于` states
    none of the parameter."""
    found = _RELATION.search(name)
    if found is None or not found.start() or not value or not re.match(r"[-+±~\d]", tidy(value)):
        return name, value
    return name[: found.start()].strip(), found.group().strip() + value


def readable(parameter: str, text: str) -> str:
    """A value as `parse_quantity` reads it: room temperature as a number, 度 of a temperature as ℃, 优于 by
    which way better lies."""
    words = tidy(text)
    if is_temperature(parameter) or "温" in parameter:
        words = _DEGREES.sub("℃", words)
        if _ROOM.search(words):
            words = _ROOM.sub(lambda found: _as_number(found.group()), words)
    words = _IDLE.sub("", words)
    words = re.sub(r"^低至\s*(?=[-+\d])", "≥", words)
    return _BETTER.sub("≥" if _more_is_better(parameter, words) else "≤", words)


def is_room(text: str) -> bool:
    """Whether an end of a range is room temperature, and nothing else."""
    return _ONLY_ROOM.match(tidy(text)) is not None


def is_temperature(parameter: str) -> bool:
    """Whether a parameter is measured in degrees of temperature."""
    known = parameter_of(parameter)
    return known.measured_in("℃") if known else "温" in parameter or "露点" in parameter


def usual_unit(parameter: str) -> str | None:
    """The unit of a bare number where a parameter's name says it (pH)."""
    return "pH" if _PH.search(tidy(parameter)) else None


def is_lowest(parameter: str) -> bool:
    """Whether a parameter's name says that its bare number is the lower end (最低温度, 温度下限)."""
    return _LOWEST.search(tidy(parameter)) is not None


def _as_number(words: str) -> str:
    link = re.match(_LINK, words)
    return f"{link.group() if link else ''}{ROOM}℃"


def _more_is_better(parameter: str, text: str) -> bool:
    known = parameter_of(parameter)
    return known.better == "higher" if known else "%" in text
