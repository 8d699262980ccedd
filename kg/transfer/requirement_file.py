"""A file (YAML, or JSON, which is YAML) as a tree in which every value knows its line, and its errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.wording import Sentence

_EXPONENT = re.compile(r"^-?\d+(?:\.\d*)?[eE][-+]?\d+$")
Plain = str | int | float | bool | None


@dataclass(frozen=True)
class Item:
    """A value of a file: what it is (a mapping and a list hold items), where it stands, and its path."""

    value: Any
    file: str
    line: int
    path: str

    def wrong(self, message: Sentence, remedy: Sentence) -> UsageError:
        """The error at this place."""
        return UsageError(message, file=self.file, line=self.line, field=self.path or None, remedy=remedy)

    @property
    def empty(self) -> bool:
        return self.value is None

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    def mapping(self, known: Mapping[str, object] | frozenset[str]) -> dict[str, Item]:
        """The mapping that stands here; an unknown key is an error that names the nearest known one."""
        if not isinstance(self.value, dict):
            raise self.wrong(
                Sentence(
                    f"“{self.path}”应是一组“键: 值”", f"'{self.path}' should be a mapping of key: value"
                ),
                Sentence(f"可用的键：{'、'.join(known)}", f"known keys: {', '.join(known)}"),
            )
        for name, item in self.value.items():
            if name not in known:
                raise item.wrong(
                    Sentence(f"不认识的键“{name}”", f"unknown key '{name}'"), _nearest(str(name), known)
                )
        return self.value

    def items(self) -> list[Item]:
        """The list that stands here; nothing is an empty one."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise self.wrong(
                Sentence(f"“{self.path}”应是列表", f"'{self.path}' should be a list"),
                Sentence("每项一行，以“- ”开头", "one item a line, each begins with '- '"),
            )
        return self.value

    def text(self) -> str | None:
        """The text that stands here."""
        if isinstance(self.value, dict | list):
            raise self.wrong(
                Sentence(f"“{self.path}”应是文字", f"'{self.path}' should be a text"),
                Sentence("写成一行文字", "write one line of text"),
            )
        return None if self.value is None else str(self.value)

    def number(self) -> float | None:
        """The number that stands here."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.wrong(
                Sentence(f"“{self.value}”不是数值", f"'{self.value}' is no number"),
                Sentence("写数字，如 3", "write digits, such as 3"),
            )
        return float(self.value)

    def truth(self, otherwise: bool) -> bool:
        """The yes or no that stands here."""
        if self.value is None:
            return otherwise
        if not isinstance(self.value, bool):
            raise self.wrong(
                Sentence(f"“{self.value}”不是是非值", f"'{self.value}' is neither true nor false"),
                Sentence("写 true 或 false", "write true or false"),
            )
        return self.value


def read_file(path: Path) -> Item:
    """The tree of a file; raises `UsageError` where there is none, or no mapping in it."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError.no_file(path) from None
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(
            Sentence(f"读不了 {path}", f"{path} cannot be read"),
            file=str(path),
            remedy=Sentence("存成 UTF-8 的 YAML 或 JSON 文件", "save it as a YAML or JSON file in UTF-8"),
        ) from exc
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        root = _item(node, str(path), "") if node is not None else Item(None, str(path), 1, "")
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        raise UsageError(
            Sentence("不是有效的 YAML 或 JSON", "this is neither YAML nor JSON"),
            file=str(path),
            line=mark.line + 1 if mark else None,
            remedy=Sentence("用 routes --json 打印的要求改起", "begin with what routes --json prints"),
        ) from exc
    if not root.is_mapping:
        raise root.wrong(
            Sentence("这个文件不是一份要求", "this file is no requirement"),
            Sentence(
                "用 routes --json 打印的 requirement 改起，或写 steps: 列出工序",
                "begin with the requirement that routes --json prints, or list operations under steps:",
            ),
        )
    return root


def _item(node: Any, file: str, path: str) -> Item:
    import yaml

    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        inside = {
            str(key.value): _item(value, file, _joined(path, str(key.value))) for key, value in node.value
        }
        lined = {
            name: _at_key(item, key)
            for (name, item), (key, _) in zip(inside.items(), node.value, strict=False)
        }
        return Item(lined, file, line, path)
    if isinstance(node, yaml.SequenceNode):
        return Item([_item(one, file, f"{path}[{i}]") for i, one in enumerate(node.value)], file, line, path)
    return Item(_scalar(node), file, line, path)


def _at_key(item: Item, key: Any) -> Item:
    """A block below its key is found at the key's line."""
    return Item(item.value, item.file, key.start_mark.line + 1, item.path)


def _scalar(node: Any) -> Plain:
    import yaml

    loader = yaml.SafeLoader("")
    value = loader.construct_object(node)
    if isinstance(value, str) and node.style is None and _EXPONENT.match(value):
        value = float(value)  # JSON writes 1e-05, which YAML 1.1 takes for a text
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _nearest(name: str, known: Mapping[str, object] | frozenset[str]) -> Sentence:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), 1)
    if close:
        return Sentence(f"是不是“{close[0]}”？", f"did you mean '{close[0]}'?")
    return Sentence(f"可用的键：{'、'.join(sorted(known))}", f"known keys: {', '.join(sorted(known))}")
