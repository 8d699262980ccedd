"""YAML nodes with their lines, and the strict questions that a loader asks of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.errors import SourceFileError
from kg.wording import Sentence, did_you_mean, one_of

SEE = Sentence("见 docs/sources.md", "see docs/sources.md")


@dataclass(frozen=True)
class Item:
    """One node of a YAML file; `field` is its path from the top (`sheets.成果.columns.单位`)."""

    path: Path
    node: yaml.Node
    field: str = ""

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def error(self, message: Sentence, remedy: Sentence | None = None) -> SourceFileError:
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
                Sentence(
                    f"{self.field or '文件'}里要写“键: 值”",
                    f"{self.field or 'the file'} must hold 'key: value' entries",
                ),
                SEE,
            )
        found: dict[str, Item] = {}
        names = None if allowed is None else tuple(allowed)
        for key_node, value_node in self.node.value:
            key = str(key_node.value)
            at = Item(self.path, value_node, f"{self.field}.{key}".lstrip("."))
            here = Item(self.path, key_node, at.field)
            if names is not None and key not in names:
                raise here.error(
                    Sentence(f"这里没有“{key}”这个键", f"'{key}' is not a key here"), nearest(key, names)
                )
            if key in found:
                raise here.error(
                    Sentence(f"“{key}”写了两次", f"'{key}' stands here twice"),
                    Sentence("留一个", "keep one of the two"),
                )
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
            raise self._must_be("文本", "a text")
        return str(self.node.value).strip() if self.node.style is None else str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.list())

    def whole(self) -> int:
        """A whole number."""
        text = self.text()
        if not re.fullmatch(r"\d+", text):
            raise self._must_be("整数", "a whole number", text)
        return int(text)

    def flag(self) -> bool:
        """true or false."""
        text = self.text().lower()
        if text not in {"true", "false", "yes", "no", "是", "否"}:
            raise self._must_be(" true 或 false", "true or false", text)
        return text in {"true", "yes", "是"}

    def choice(self, names: Iterable[str]) -> str:
        text, known = self.text(), tuple(names)
        if text not in known:
            said = Sentence(f"{self.field} 不能写“{text}”", f"'{text}' is not known for {self.field}")
            raise self.error(said, nearest(text, known))
        return text

    def _must_be(self, zh: str, en: str, given: str | None = None) -> SourceFileError:
        not_zh, not_en = (f"，不是“{given}”", f", not '{given}'") if given is not None else ("", "")
        return self.error(Sentence(f"{self.field} 要写{zh}{not_zh}", f"{self.field} must be {en}{not_en}"))

    def pattern(self) -> re.Pattern[str]:
        """A regular expression."""
        return compiled(self, self.text())


def compiled(item: Item, text: str) -> re.Pattern[str]:
    """The regular expression of a text; a wrong one raises at `item`."""
    try:
        return re.compile(text)
    except re.error as exc:
        said = Sentence(f"“{text}”不是正则表达式：{exc}", f"'{text}' is not a regular expression: {exc}")
        raise item.error(said) from exc


def nearest(name: str, known: Iterable[str]) -> Sentence:
    """A remedy that names the most similar known word, or all of them."""
    names = tuple(dict.fromkeys(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    listed = one_of(names)
    if not close:
        return listed
    near = did_you_mean(close[0])
    return Sentence(f"{near.zh}{listed.zh}", f"{near.en} {listed.en}")


def parse_yaml(path: Path) -> Item:
    """The top of a YAML file; raises `SourceFileError` where it is missing or is no YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError as exc:
        raise SourceFileError.no_file(path) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise SourceFileError(
            Sentence(f"读不了 {path}：{exc}", f"cannot read {path}: {exc}"),
            file=str(path),
            remedy=Sentence("另存为 UTF-8", "save it as UTF-8"),
        ) from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None) or str(exc)
        raise SourceFileError(
            Sentence(f"{path.name} 不是有效的 YAML：{problem}", f"{path.name} is not valid YAML: {problem}"),
            file=str(path),
            line=mark.line + 1 if mark else None,
            remedy=Sentence(
                "含有 “: ”、#、{、[ 或 * 的文本加引号，用空格缩进",
                "quote texts that hold ': ', '#', '{', '[' or '*', and indent with spaces",
            ),
        ) from exc
    if node is None:
        raise SourceFileError(
            Sentence(f"{path.name} 是空的", f"{path.name} is empty"), file=str(path), remedy=SEE
        )
    return Item(path, node)


def optional(entries: Mapping[str, Item], name: str) -> tuple[Item, ...]:
    """The entry of this name as a tuple of none or one; a null entry counts as none."""
    item = entries.get(name)
    return () if item is None or item.is_null else (item,)
