"""Places of China: which division a text names, whether one lies in another, how far apart they are.

The gazetteer is `places.tsv`; its origin and licence are in `places.md`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.values.tidy import tidy

_COUNTRY = "100000"
_NATIONWIDE = re.compile(
    r"^(?:全国(?:范围)?|中国|全中国|国内|不限(?:地区|地域|区域)?|无限制|china)$", re.IGNORECASE
)
_EARTH_KM = 6371.0088
_NATION = re.compile(
    "(?:(?:壮|回|苗|彝|藏|蒙古|哈萨克|柯尔克孜|朝鲜|土家|侗|布依|白|傣|景颇|傈僳|羌|黎|满|瑶|畲|仡佬|水|锡伯|达斡尔|土|仫佬|"
    "东乡|保安|撒拉|裕固|毛南|独龙|怒|普米|纳西|佤|拉祜|哈尼|塔吉克|鄂伦春|鄂温克|维吾尔|各|布朗)族?)+$"
)
_SUFFIXES = (
    *("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗"),
    *("地区", "林区", "新区", "省", "市", "盟", "区", "县", "旗", "州"),
)
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "川渝": ("51", "50"),
    "成渝": ("51", "50"),
    "西南": ("50", "51", "52", "53", "54"),
    "西北": ("61", "62", "63", "64", "65"),
    "西部": ("15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
    "中部": ("14", "34", "36", "41", "42", "43"),
    "东北": ("21", "22", "23"),
    "华北": ("11", "12", "13", "14", "15"),
    "华东": ("31", "32", "33", "34", "35", "36", "37"),
    "华中": ("41", "42", "43"),
    "华南": ("44", "45", "46"),
    "京津冀": ("11", "12", "13"),
    "长三角": ("31", "32", "33", "34"),
    "长江三角洲": ("31", "32", "33", "34"),
    "珠三角": ("4401", "4403", "4404", "4406", "4407", "4412", "4413", "4419", "4420"),
    "粤港澳": ("4401", "4403", "4404", "4406", "4407", "4412", "4413", "4419", "4420", "81", "82"),
}


@dataclass(frozen=True)
class Place:
    """An administrative division: six-digit code, name, degrees (None where not known), code of the one
    above."""

    code: str
    name: str
    longitude: float | None
    latitude: float | None
    parent: str | None


def locate(text: str) -> Place | None:
    """The smallest division that a text names: 四川省绵阳市涪城区, 绵阳, 四川 绵阳, 四川绵阳（科技城新区）.

    None where none is named, or where a county's name alone fits several (朝阳区). 全国 and 不限 are the
    country.
    """
    return _locate(tidy(text))


def name_at(text: str, at: int) -> int | None:
    """The end of the name of a place (or of several, each below the one before: 四川省绵阳市) that starts at
    `at`; None where none starts there."""
    here: str | None = None
    end = at
    while end < len(text):
        name, codes, _ = _longest(text, end, here)
        below = [code for code in codes if here is None or (code != here and contains(here, code))]
        if not below:
            break
        here = min(below, key=_rank)
        end += len(name)
    return end if end > at else None


def areas(text: str) -> tuple[Place, ...]:
    """The divisions that a text stands for: one place, or the members of 川渝, 长三角, 西部 …; () if
    unknown."""
    name = re.sub(r"(?:地区|区域|一带|双城经济圈|经济圈|大湾区|城市群|\s)+", "", tidy(text))
    if name in _GROUPS:
        return tuple(place for code in _GROUPS[name] if (place := by_code(code.ljust(6, "0"))))
    found = locate(text)
    return (found,) if found else ()


def by_code(code: str) -> Place | None:
    """The division of a six-digit code."""
    return _places().get(code)


def contains(outer: Place | str, inner: Place | str) -> bool:
    """Whether `inner` is `outer` or lies in it; places or codes."""
    goal = outer if isinstance(outer, str) else outer.code
    at: str | None = inner if isinstance(inner, str) else inner.code
    if goal == _COUNTRY:
        return at in _places()
    while at:
        if at == goal:
            return True
        place = _places().get(at)
        at = place.parent if place else None
    return False


def distance_km(one: Place | str, other: Place | str) -> float | None:
    """Great-circle distance of two places (or codes) by the haversine formula; None where a place is
    unknown."""
    a, b = _point(one), _point(other)
    if a is None or b is None:
        return None
    (x1, y1), (x2, y2) = a, b
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return round(2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half))), 1)


def full_name(place: Place) -> str:
    """The name with the divisions above: 四川省绵阳市涪城区."""
    above = _places().get(place.parent) if place.parent else None
    return (full_name(above) if above else "") + place.name


def _point(place: Place | str) -> tuple[float, float] | None:
    found = by_code(place) if isinstance(place, str) else place
    while found and found.longitude is None and found.parent:
        found = by_code(found.parent)
    if found is None or found.longitude is None or found.latitude is None:
        return None
    return math.radians(found.longitude), math.radians(found.latitude)


@lru_cache(maxsize=1)
def _places() -> Mapping[str, Place]:
    lines = Path(__file__).with_name("places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = {_COUNTRY: Place(_COUNTRY, "中国", None, None, None)}
    for line in lines:
        code, name, x, y, parent = line.split("\t")
        found[code] = Place(code, name, float(x) if x else None, float(y) if y else None, parent or None)
    return found


@dataclass(frozen=True)
class _Names:
    """Names in full and cut short (绵阳, 北川), with the codes that have them."""

    full: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    longest: int


@lru_cache(maxsize=1)
def _names() -> _Names:
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for code, place in _places().items():
        if code == _COUNTRY:
            continue
        full.setdefault(place.name, []).append(code)
        cut = _shortened(place.name)
        if place.name.endswith(("自治州", "自治县")):
            full.setdefault(cut + place.name[-1], []).append(code)
        if cut != place.name and len(cut) > 1:
            short.setdefault(cut, []).append(code)
    return _Names(
        {name: tuple(codes) for name, codes in full.items()},
        {name: tuple(codes) for name, codes in short.items()},
        max(map(len, full)),
    )


def _shortened(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            cut = name[: -len(suffix)]
            if suffix in {"自治州", "自治县", "自治旗"}:
                cut = _NATION.sub("", cut) or cut
            return cut
    return name


@lru_cache(maxsize=16384)
def _locate(text: str) -> Place | None:
    if _NATIONWIDE.match(text):
        return by_code(_COUNTRY)
    squeezed = re.sub(r"[\s·・,，、/\-—_()]+", "", text)
    if re.fullmatch(r"\d{6}", squeezed) and squeezed in _places():
        return by_code(squeezed)
    here: str | None = None
    here_full = False
    at = 0
    while at < len(squeezed):
        name, codes, is_full = _longest(squeezed, at, here)
        if not codes:
            at += 1
            continue
        here, here_full = _step(here, here_full, codes, is_full, whole=name == squeezed)
        at += len(name)
    return by_code(here) if here else None


def _longest(text: str, at: int, here: str | None) -> tuple[str, tuple[str, ...], bool]:
    """The longest name that starts at `at`; among equally named ones those below `here` come first."""
    names = _names()
    best: tuple[str, tuple[str, ...], bool] = ("", (), False)
    for size in range(min(names.longest, len(text) - at), 1, -1):
        word = text[at : at + size]
        for table, is_full in ((names.full, True), (names.short, False)):
            codes = table.get(word, ())
            if here and any(contains(here, code) for code in codes):
                return word, codes, is_full
            if codes and not best[1]:
                best = (word, codes, is_full)
    return best


def _step(
    here: str | None, here_full: bool, codes: tuple[str, ...], is_full: bool, *, whole: bool
) -> tuple[str | None, bool]:
    """Where the reading stands after a name: further down, or at a first place; a name elsewhere is passed
    over unless it is written in full and the first was not (南京东路…上海市)."""
    if here:
        below = [code for code in codes if code != here and contains(here, code)]
        if below:
            return min(below, key=_rank), here_full or is_full
        if here_full or not is_full or here in codes:
            return here, here_full
    chosen = _first(codes, is_full, whole)
    return (chosen, is_full) if chosen else (here, here_full)


def _first(codes: tuple[str, ...], is_full: bool, whole: bool) -> str | None:
    """A name without a place before it: the highest division; a county only where its name is the only one,
    and short (江油) only where it is the whole text."""
    best = min(codes, key=_rank)
    alike = [code for code in codes if _rank(code) == _rank(best)]
    if len(alike) > 1 or (_rank(best) == 2 and not (is_full or whole)):
        return None
    return best


def _rank(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
