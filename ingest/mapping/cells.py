"""A cell before its value type reads it: as text, repaired, told empty, split into several."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ingest.sources.model import NO_REPAIR, Repair
from kg.values.tidy import tidy

_EMPTY_WORDS = "- -- — —— － / \\ ／ n/a na null none nan nil #n/a 暂无 无 空 待定 待填 未填 不详 未知"
EMPTY = frozenset({"", *_EMPTY_WORDS.split()})
"""What people write for an empty cell; `待定` says that nothing is known, as an empty cell does."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SPLIT = re.compile(r"[;；、，|｜\n\r]+|(?<=[一-鿿）)\d]),|,(?=\s*[一-鿿])")


def text_of(value: Any) -> str:
    """A cell as the text that a person sees; None is ''. Dates are ISO, 5.0 is '5', True is 'true'."""
    if isinstance(value, str):
        return _CONTROL.sub("", value).strip() if not value.isprintable() else value.strip()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "；".join(text for item in value if (text := text_of(item)))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def is_empty(text: str, more: Sequence[str] = ()) -> bool:
    """Whether a text stands for an empty cell, by custom or by the source file's own words."""
    return not text or (len(text) < 8 and _is_custom(text)) or text in more


@lru_cache(maxsize=4096)
def _is_custom(text: str) -> bool:
    return tidy(text).casefold() in EMPTY


def repaired(text: str, repair: Repair) -> str:
    """The text after the source file's repairs; '' where they say that it is empty."""
    if repair is NO_REPAIR:
        return text
    for pattern, replacement in repair.replace:
        text = pattern.sub(replacement, text)
    for prefix in repair.remove_prefix:
        text = text.removeprefix(prefix)
    for suffix in repair.remove_suffix:
        text = text.removesuffix(suffix)
    text = text.strip()
    if text in repair.map:
        text = repair.map[text] or ""
    return "" if text in repair.empty else text


def split(text: str, separators: Sequence[str] = ()) -> list[str]:
    """Several values of one cell: at the given separators, else at the usual ones.

    A comma parts only beside Chinese: `Foo Co., Ltd.` is one name.
    """
    if separators:
        pattern = "|".join(re.escape(_escape(mark)) for mark in sorted(separators, key=len, reverse=True))
        parts = re.split(pattern, text)
    else:
        parts = _outside_brackets(text) if "(" in text or "（" in text else _SPLIT.split(text)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _outside_brackets(text: str) -> list[str]:
    """The usual separators part outside of brackets only: `催化材料（分子筛、贵金属）` is one value."""
    hidden = _BRACKETS.sub(lambda found: "\x00" * len(found.group()), text)
    parts, start = [], 0
    for mark in _SPLIT.finditer(hidden):
        parts.append(text[start : mark.start()])
        start = mark.end()
    return [*parts, text[start:]]


def _escape(mark: str) -> str:
    return {r"\n": "\n", r"\t": "\t"}.get(mark, mark)
