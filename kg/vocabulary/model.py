"""What a unit operation is, and how two of them are related."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

Category = Literal["process", "test"]
Related = Literal["same", "narrower", "broader", "sister", "other"]

_TAIL = re.compile(r"(?:技术|工艺|工序|过程|方法|操作|流程|服务|能力|法)+$")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def plain_name(text: str) -> str:
    """A name as it is compared: NFKC, case folded, without white space and a trailing 法, 工艺, 技术 …"""
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _TAIL.sub("", folded) or folded


@dataclass(frozen=True)
class UnitOp:
    """An operation that a line can offer. `parents` are broader operations, `near` such as may serve instead.

    `scale` names the parameter that says how big the equipment is, in `unit` (as written; '' unknown).
    `category` is `test` where a line measures, calibrates or proves. The kinds of an operation that is
    `apart` (成型: casting, pressing, printing) have nothing in common but that heading.
    """

    name: str
    english: str
    synonyms: tuple[str, ...]
    family: str
    parents: tuple[str, ...]
    near: tuple[str, ...]
    category: Category
    scale: str
    unit: str
    apart: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The unit operations by name, with what a reader needs to find names that stand in no list.

    `heads` end a compound name (真空感应 + 熔炼): head → family. `everyday` are names that are everyday words
    too (混合, 提取) and mean an operation only where a material is about.
    """

    operations: Mapping[str, UnitOp]
    heads: Mapping[str, str] = field(default_factory=dict)
    everyday: frozenset[str] = frozenset()
    fingerprint: str = ""

    def __iter__(self) -> Iterator[UnitOp]:
        return iter(self.operations.values())

    def __len__(self) -> int:
        return len(self.operations)

    def canonical(self, text: str) -> UnitOp | None:
        """The operation that this name, synonym or English name means; None where it stands in no list."""
        name = self._names.get(plain_name(text))
        return None if name is None else self.operations[name]

    def head(self, text: str) -> UnitOp | None:
        """The operation whose name or synonym ends this text (凝胶注模成型 → 成型), the longest first."""
        plain = plain_name(text)
        for start in range(1, len(plain) - 1):
            name = self._names.get(plain[start:])
            if name is not None and not plain[start:].isascii():
                return self.operations[name]
        return None

    def family(self, text: str) -> str | None:
        """The family of a name, in the list or not."""
        found = self.canonical(text) or self.head(text)
        if found is not None:
            return found.family
        plain = plain_name(text)
        return next((self.heads[plain[i:]] for i in range(len(plain)) if plain[i:] in self.heads), None)

    def relation(self, asked: str, offered: str) -> Related:
        """How the offered operation stands to the one asked for.

        `same`; `narrower` (烧结 asked, 真空烧结 offered); `broader` (the reverse); `sister` (right under a
        common parent that is not `apart`, or declared near); `other`. A name in no list is narrower than the
        listed operation that ends it.
        """
        one, two = self._place(asked), self._place(offered)
        if one[0] == two[0]:
            return "same"
        if one[0] in two[1:]:
            return "narrower"
        if two[0] in one[1:]:
            return "broader"
        return "sister" if self._sisters(one, two) else "other"

    def broader(self, name: str) -> tuple[str, ...]:
        """All broader operations of a listed name, nearest first."""
        found: list[str] = []
        queue = list(self.operations[name].parents)
        while queue:
            parent = queue.pop(0)
            if parent not in found:
                found.append(parent)
                queue.extend(self.operations[parent].parents)
        return tuple(found)

    def related(self, name: str) -> dict[str, Related]:
        """Every listed operation that is not `other` to this one, itself included."""
        found = {op.name: self.relation(name, op.name) for op in self}
        return {other: how for other, how in found.items() if how != "other"}

    def _place(self, text: str) -> Sequence[str]:
        """The name's own place, then everything broader."""
        known = self.canonical(text)
        if known is not None:
            return (known.name, *self.broader(known.name))
        head = self.head(text)
        return (
            (plain_name(text),) if head is None else (plain_name(text), head.name, *self.broader(head.name))
        )

    def _sisters(self, one: Sequence[str], two: Sequence[str]) -> bool:
        if self._headings(one) & self._headings(two):
            return True
        first, second = self.operations.get(one[0]), self.operations.get(two[0])
        return bool(first and two[0] in first.near) or bool(second and one[0] in second.near)

    def _headings(self, place: Sequence[str]) -> set[str]:
        """The operations right above, but for headings whose kinds have nothing else in common."""
        known = self.operations.get(place[0])
        above = known.parents if known else place[1:2]
        return {name for name in above if not self.operations[name].apart}

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {plain_name(op.english): op.name for op in reversed(list(self))}
        for op in self:
            names |= dict.fromkeys(map(plain_name, op.synonyms), op.name)
        return names | {plain_name(op.name): op.name for op in self}
