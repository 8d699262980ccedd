"""YAML with the line of every value, so that a wrong schema file can be told by file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from kg.errors import SchemaError


@dataclass(frozen=True)
class Entry:
    """A YAML value with its place: a scalar (`value`), a list (`items`) or a mapping (`children`)."""

    file: str
    line: int
    field: str
    value: Any = None
    items: tuple[Entry, ...] | None = None
    children: dict[str, Entry] | None = None

    def fail(self, message: str, remedy: str) -> NoReturn:
        """Raise SchemaError at this place."""
        raise SchemaError(message, file=self.file, line=self.line, field=self.field or None, remedy=remedy)

    def mapping(self, known: Collection[str] | None = None) -> dict[str, Entry]:
        """The children; fails where this is no mapping or has a key that is not `known`."""
        if self.children is None:
            self.fail(f"'{self.field or 'the file'}' must be a mapping", "Write `key: value` lines")
        for name, child in self.children.items():
            if known is not None and name not in known:
                child.fail(f"Unknown key '{name}'", f"Known here: {', '.join(sorted(known))}")
        return self.children

    def need(self, name: str) -> Entry:
        """The child of this name; fails where it is missing."""
        found = self.mapping().get(name)
        if found is None:
            self.fail(f"'{name}' is missing", f"Add `{name}:`")
        return found

    def text(self) -> str:
        """The scalar as text."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail(
                f"'{self.field}' must be a text", "Write a word; quote what YAML takes for something else"
            )
        return self.value

    def flag(self) -> bool:
        """The scalar as a boolean."""
        if not isinstance(self.value, bool):
            self.fail(f"'{self.field}' must be true or false", "Write true or false")
        return self.value

    def whole(self) -> int:
        """The scalar as an integer of at least 0."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            self.fail(f"'{self.field}' must be a number of at least 0", "Write a whole number")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """The list's texts."""
        if self.items is None:
            self.fail(f"'{self.field}' must be a list", "Write [one, two]")
        return tuple(item.text() for item in self.items)


def read_yaml(path: Path) -> Entry:
    """Read one YAML file with places. Raises SchemaError where it is missing, not UTF-8 or no YAML."""
    import yaml

    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loader = loader_class(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if node is None:
            raise SchemaError(
                "The file is empty", file=str(path), line=1, remedy="Describe a kind, or delete it"
            )
        return _entry(loader, node, str(path), "")
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise SchemaError(
            f"No valid YAML: {exc.problem}", file=str(path), line=line, remedy="Mend the line"
        ) from exc
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as exc:
        raise SchemaError(
            f"Cannot be read: {exc}", file=str(path), line=1, remedy="Save it as UTF-8 YAML"
        ) from exc


def _entry(loader: Any, node: Any, file: str, name: str) -> Entry:
    line = node.start_mark.line + 1
    if node.id == "mapping":
        return Entry(file, line, name, children=dict(_children(loader, node, file)))
    if node.id == "sequence":
        return Entry(file, line, name, items=tuple(_entry(loader, item, file, name) for item in node.value))
    return Entry(file, line, name, value=loader.construct_object(node))


def _children(loader: Any, node: Any, file: str) -> Iterator[tuple[str, Entry]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in seen:
            line = key_node.start_mark.line + 1
            raise SchemaError(f"'{key}' stands twice", file=file, line=line, field=key, remedy="Delete one")
        seen.add(key)
        yield key, _entry(loader, value_node, file, key)
