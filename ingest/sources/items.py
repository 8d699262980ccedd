"""YAML nodes with their lines, and the strict questions that a loader asks of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.errors import SourceFileError


@dataclass(frozen=True)
class Item:
    """One node of a YAML file; `field` is its path from the top (`sheets.成果.columns.单位`)."""

    path: Path
    node: yaml.Node
    field: str = ""

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def error(self, message: str, remedy: str | None = None) -> SourceFileError:
        """The error at this place."""
        return SourceFileError(
            message, file=str(self.path), line=self.line, field=self.field or None, remedy=remedy
        )

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_null(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    def mapping(self, allowed: Iterable[str] | None = None) -> dict[str, Item]:
        """The entries of a mapping; an unknown key raises with the nearest right one."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(
                f"{self.field or 'the file'} must hold 'key: value' entries", "see docs/sources.md"
            )
        found: dict[str, Item] = {}
        names = None if allowed is None else tuple(allowed)
        for key_node, value_node in self.node.value:
            key = str(key_node.value)
            at = Item(self.path, value_node, f"{self.field}.{key}".lstrip("."))
            here = Item(self.path, key_node, at.field)
            if names is not None and key not in names:
                raise here.error(f"'{key}' is not a key here", nearest(key, names))
            if key in found:
                raise here.error(f"'{key}' stands here twice", "keep one of the two")
            found[key] = at
        return found

    def list(self) -> list[Item]:
        """The entries of a list; a single value counts as a list of one."""
        if not isinstance(self.node, yaml.SequenceNode):
            return [self]
        return [Item(self.path, node, f"{self.field}[{at}]") for at, node in enumerate(self.node.value, 1)]

    def text(self) -> str:
        """A scalar as it is written (numbers and dates too)."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null:
            raise self.error(f"{self.field} must be a text")
        return str(self.node.value).strip() if self.node.style is None else str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.list())

    def whole(self) -> int:
        """A whole number."""
        text = self.text()
        if not re.fullmatch(r"\d+", text):
            raise self.error(f"{self.field} must be a whole number, not '{text}'")
        return int(text)

    def flag(self) -> bool:
        """true or false."""
        text = self.text().lower()
        if text not in {"true", "false", "yes", "no", "是", "否"}:
            raise self.error(f"{self.field} must be true or false, not '{text}'")
        return text in {"true", "yes", "是"}

    def choice(self, names: Iterable[str]) -> str:
        text, known = self.text(), tuple(names)
        if text not in known:
            raise self.error(f"'{text}' is not known for {self.field}", nearest(text, known))
        return text

    def pattern(self) -> re.Pattern[str]:
        """A regular expression."""
        return compiled(self, self.text())


def compiled(item: Item, text: str) -> re.Pattern[str]:
    """The regular expression of a text; a wrong one raises at `item`."""
    try:
        return re.compile(text)
    except re.error as exc:
        raise item.error(f"'{text}' is not a regular expression: {exc}") from exc


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy that names the most similar known word, or all of them."""
    names = tuple(dict.fromkeys(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    listed = ", ".join(names)
    return f"did you mean '{close[0]}'? known: {listed}" if close else f"use one of: {listed}"


def parse_yaml(path: Path) -> Item:
    """The top of a YAML file; raises `SourceFileError` where it is missing or is no YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError as exc:
        raise SourceFileError(f"there is no file {path}", file=str(path), remedy="check the path") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise SourceFileError(
            f"cannot read {path}: {exc}", file=str(path), remedy="save it as UTF-8"
        ) from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None) or str(exc)
        raise SourceFileError(
            f"{path.name} is not valid YAML: {problem}",
            file=str(path),
            line=mark.line + 1 if mark else None,
            remedy="quote texts that hold ': ', '#', '{', '[' or '*', and indent with spaces",
        ) from exc
    if node is None:
        raise SourceFileError(f"{path.name} is empty", file=str(path), remedy="see docs/sources.md")
    return Item(path, node)


def optional(entries: Mapping[str, Item], name: str) -> tuple[Item, ...]:
    """The entry of this name as a tuple of none or one; a null entry counts as none."""
    item = entries.get(name)
    return () if item is None or item.is_null else (item,)
