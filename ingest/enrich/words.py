"""The reader's word lists (`lexicon/*.yaml`) and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

_LEXICON = Path(__file__).parent / "lexicon"


def choice(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def load(name: str) -> dict[str, Any]:
    """One of our own lists by file name."""
    text = (_LEXICON / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


@dataclass(frozen=True)
class WordLists:
    """One file's lists by name; each a string of words with spaces between."""

    lists: Mapping[str, str]

    def __getitem__(self, name: str) -> list[str]:
        return self.lists[name].split()

    def pattern(self, name: str, before: str = "", after: str = "") -> re.Pattern[str]:
        """Any word of a list, between two pieces of pattern."""
        return re.compile(f"{before}(?:{choice(self[name])}){after}")


@dataclass(frozen=True)
class Neighbours:
    """Characters beside a name that would make it a piece of another word."""

    after: str = ""
    before: str = ""
    only_after: str = ""

    def forbid(self, left: str, right: str) -> bool:
        """Whether these neighbours ('' at the text's end) make the name a piece of another word."""
        if self.only_after and left and left.isalnum() and left not in self.only_after:
            return True
        return bool(left and left in self.after) or bool(right and right in self.before)


@dataclass(frozen=True)
class OperationWords:
    """What decides whether an operation's name is an operation here (`context.yaml`, `part_of.yaml`)."""

    lists: WordLists
    part_of: Mapping[str, Neighbours]

    @classmethod
    def load(cls) -> OperationWords:
        pieces = {name: Neighbours(**chars) for name, chars in load("part_of").items()}
        return cls(WordLists(load("context")), pieces)

    @cached_property
    def thing(self) -> re.Pattern[str]:
        allowed = choice([*self.lists["not_things"], *self.lists["conditions"]])
        return re.compile(f"(?!{allowed})(?:{choice(self.lists['things'])})")

    @cached_property
    def never_after(self) -> tuple[str, ...]:
        return tuple(set(self.lists["never_after"]) - set(self.lists["chemical_prefix"]))

    @cached_property
    def chemical_prefix(self) -> frozenset[str]:
        return frozenset(self.lists["chemical_prefix"])

    @cached_property
    def chemical_names(self) -> tuple[str, ...]:
        return tuple(self.lists["chemical_names"])

    @cached_property
    def element(self) -> re.Pattern[str]:
        return self.lists.pattern("elements")

    @cached_property
    def immaterial_before(self) -> re.Pattern[str]:
        return self.lists.pattern(
            "immaterial", "", r"(?:的|进行|自动|快速|高效|自适应|特异性?|有效|与|和|、)?$"
        )

    @cached_property
    def immaterial_behind(self) -> re.Pattern[str]:
        return self.lists.pattern("immaterial", r"(?:出|了|的|各|其)?")

    @cached_property
    def immaterial(self) -> re.Pattern[str]:
        return self.lists.pattern("immaterial")

    @cached_property
    def material(self) -> re.Pattern[str]:
        return self.lists.pattern("material")

    @cached_property
    def nature(self) -> re.Pattern[str]:
        return self.lists.pattern("nature")

    @cached_property
    def life(self) -> re.Pattern[str]:
        return self.lists.pattern("life")

    @cached_property
    def states(self) -> frozenset[str]:
        return frozenset(self.lists["states"])

    @cached_property
    def placed(self) -> frozenset[str]:
        return frozenset(self.lists["placed"])

    @cached_property
    def modifiers(self) -> frozenset[str]:
        return frozenset(self.lists["modifiers"])

    @cached_property
    def stop(self) -> re.Pattern[str]:
        return self.lists.pattern("stops")

    @cached_property
    def matter(self) -> frozenset[str]:
        return frozenset(self.lists["matter"])
