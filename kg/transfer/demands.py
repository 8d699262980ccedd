"""What is asked for beside numbers: certificates (CNAS, CMA, GMP …), materials that a line may refuse,
places, kinds of verification.

A demand belongs to a step where the words tie it to one (需要CNAS资质的盐雾试验), else to the whole route.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.transfer import cues
from kg.transfer.proof import Document
from kg.transfer.quantities import Origin

if TYPE_CHECKING:
    from kg.transfer.requirement import Step

Sort = Literal["certificate", "material", "region", "place", "verification"]

_CERTIFICATE = re.compile(
    r"(?<![A-Za-z])(?:CNAS|CMA|CAL|c?GMP|GLP|GSP|HACCP|NADCAP|GJB\s?9001\s?[A-C]?"
    r"|ISO\s?(?:9001|13485|14001|17025|45001)|IATF\s?16949|AS\s?9100\s?[A-D]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PERMIT = re.compile(
    r"(?:安全生产|辐射安全|排污|药品生产|医疗器械生产|食品生产|危险化学品(?:经营|生产|安全使用)?|武器装备科研生产)许可证?"
)
_PARTED = re.compile(r"[，。；、,;\n]")
_GOES_ON = re.compile(r"[酸酯盐胺铵酐烯醛钠钾钙镁铝锰镍钴锂锌铁铜钛钡锆银锶铅亚氧氢基酶]|[二三四][甲乙丙丁]")
"""What makes a substance the beginning of another one's name (丙酮酸, 乙醇胺, 硫酸锰, 盐酸二甲双胍)."""
_BEGUN = re.compile(r"[聚化过亚焦苯氨氟氯溴碘硝磺硫羟甲乙丙丁二三四五六]$")
"""What makes it the end of one (聚乙醇, 氧化铝粉, 过硫酸, 苯甲醇)."""


@dataclass(frozen=True)
class Demand:
    """A certificate by name, a material with its hazard class (None: a class of its own), a place that is
    refused (`region`) or in which it has to be done (`place`), or a kind of verification; `step` is the
    operation that it is asked of (None: all)."""

    sort: Sort
    value: str
    hazard: str | None = None
    hard: bool = True
    step: str | None = None
    origin: Origin = field(default_factory=Origin, compare=False)

    def document(self) -> Document:
        found: Document = {"value": self.value, "hard": self.hard, "step": self.step}
        if self.sort == "material":
            found["hazard"] = self.hazard
        return {**found, "origin": self.origin.document()}


@dataclass(frozen=True)
class Hazard:
    """A class of materials: words for it, substances of it, the class above it, and what much of it is."""

    name: str
    en: str
    names: tuple[str, ...]
    substances: tuple[str, ...]
    under: str | None = None
    maybe: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def hazards() -> Mapping[str, Hazard]:
    """The classes that come along, by name."""
    import yaml

    raw = yaml.safe_load((Path(__file__).parent / "hazards.yaml").read_text(encoding="utf-8"))
    return {
        name: Hazard(
            name,
            one["en"],
            tuple(one["names"]),
            tuple(one["substances"]),
            one.get("under"),
            tuple(one.get("maybe", ())),
        )
        for name, one in raw.items()
    }


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """All words of all classes, the longest first, and the class of each."""
    owner = {word: one.name for one in hazards().values() for word in (*one.names, *one.substances)}
    ordered = sorted(owner, key=lambda word: (-len(word), word))
    parts = [rf"(?<![A-Za-z]){w}(?![A-Za-z])" if w.isascii() else re.escape(w) for w in ordered]
    return re.compile("|".join(parts)), owner


def hazards_in(text: str) -> list[tuple[str, str, int]]:
    """The materials of known classes that a text names: words, class, start; what is denied is left out."""
    pattern, owner = _words()
    found: list[tuple[str, str, int]] = []
    for match in pattern.finditer(text):
        substance = match.group() in hazards()[owner[match.group()]].substances
        before = text[max(0, match.start() - 8) : match.start()]
        other = substance and (_GOES_ON.match(text, match.end()) or _BEGUN.search(before))
        if not other and not cues.denied(text, match.start()):
            found.append((match.group(), owner[match.group()], match.start()))
    return found


def hazard_of(text: str) -> str | None:
    """The class of a material by its words; None where no class is known."""
    found = hazards_in(text)
    return found[0][1] if found else None


def certificate_name(text: str) -> str | None:
    """The certificate or permit that a text names, written one way (`gjb9001c` is `GJB 9001C`)."""
    found = _CERTIFICATE.search(text) or _PERMIT.search(text)
    return None if found is None else _spelled(found.group())


def _spelled(name: str) -> str:
    if not name.isascii():
        return name.removesuffix("证")
    plain = re.sub(r"\s+", "", name).upper()
    number = re.match(r"^([A-Z]+?)(\d+[A-Z]?)$", plain)
    return f"{number[1]} {number[2]}" if number else {"CGMP": "cGMP"}.get(plain, plain)


Scan = Callable[[str, Origin], Iterable["Demand"]]


def demands_in(
    said: Sequence[tuple[Origin, str]], steps: Sequence[Step], more: Scan = lambda text, origin: ()
) -> tuple[Demand, ...]:
    """What these texts demand, each once, in order of the texts; `more` scans for further sorts."""
    kept: dict[tuple[str, str, str | None], Demand] = {}
    for origin, text in said:
        for one in (*_certificates(text, origin), *_materials(text, origin), *more(text, origin)):
            owned = replace(one, step=_owner(text, one.origin, steps))
            kept.setdefault((owned.sort, owned.value, owned.step), owned)
    return tuple(kept.values())


def _certificates(text: str, origin: Origin) -> Iterable[Demand]:
    found = [*_CERTIFICATE.finditer(text), *_PERMIT.finditer(text)]
    for match in sorted(found, key=lambda one: one.start()):
        if cues.denied(text, match.start()):
            continue
        wish = cues.wished(text, match.start(), match.end())
        here = origin.at(text, *match.span())
        yield Demand("certificate", _spelled(match.group()), hard=not wish, origin=here)


def _materials(text: str, origin: Origin) -> Iterable[Demand]:
    for words, hazard, start in hazards_in(text):
        yield Demand("material", words, hazard, origin=origin.at(text, start, start + len(words)))


def _owner(text: str, at: Origin, steps: Sequence[Step]) -> str | None:
    """The step of the same clause: the next one behind the words, else the last before them."""
    if at.start is None or at.end is None:
        return None
    behind: list[tuple[int, str]] = []
    before: list[tuple[int, str]] = []
    for step in steps:
        one = step.origin
        if one.field != at.field or one.entity != at.entity or one.start is None or one.end is None:
            continue
        if one.start >= at.end and not _PARTED.search(text, at.end, one.start):
            behind.append((one.start, step.unit_op))
        elif one.end <= at.start and not _PARTED.search(text, one.end, at.start):
            before.append((-one.end, step.unit_op))
    near = min(behind, default=None) or min(before, default=None)
    return near[1] if near else None
