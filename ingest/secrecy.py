"""Secrecy marks (密级): stored, stored as restricted, or never stored; an unknown mark is never open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from kg.values.tidy import tidy


class Secrecy(IntEnum):
    """From open to never stored; the highest of several marks counts."""

    NORMAL = 0
    RESTRICTED = 1
    UNKNOWN = 2
    CLASSIFIED = 3


_OPEN_WORDS = (
    "公开 可公开 公开级 主动公开 完全公开 公开发布 无 否 非密 非涉密 不涉密 未涉密 无密级 非密级 没有 "
    "no false public open unclassified"
)
_NORMAL = frozenset(_OPEN_WORDS.split())
_SILENT = frozenset({"", "none", "n/a", "na", "nil", "null", "nan", "-", "--", "—", "——", "/"})
"""What stands in a cell that says nothing."""
_RESTRICTED = re.compile(
    r"内部|待定|待审|未定密|未定|商业秘密|商业机密|商密|工作秘密|敏感|受控|不公开|非公开|不予公开|依申请|限制|internal|restricted"
    r"|tbd|proprietary",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"商业秘密|商业机密|商密|工作秘密|(?:非|不涉及|不属于|无|不含)(?:国家)?秘密")
_CLASSIFIED = re.compile(r"绝密|机密|秘密|secret|confidential", re.IGNORECASE)
_YES = frozenset({"是", "涉密", "已涉密", "yes", "true", "密"})
_HEADER = re.compile(
    r"(?:密级|密别|^保密情况$|^保密性质$|定密|涉密|保密等级|保密级别|秘密等级|涉密等级|涉密级别|保密程度)",
    re.IGNORECASE,
)
_ENGLISH = frozenset(
    {"secrecy", "secrecylevel", "securityclassification", "securitylevel", "classificationlevel"}
)
_NOT_HEADER = re.compile(r"期限|日期|时间|依据|单位|责任|审批|文号|理由|说明|备注|人$")
_MARK = re.compile(
    r"^[(\[【]?(?:(?:密级|保密级别|涉密等级):?)?[★☆*]?(?P<level>绝密|机密|秘密|内部资料|内部文件|内部使用)(?:[★☆*].*|[\])】].*|\d+年.*|级)?$"
)
_LONGEST_MARK = 20
_TRADITIONAL = str.maketrans(
    "絕機祕宻級內開無國別業資審請動發佈沒屬涉單責據間說備註時號條產",
    "绝机秘密级内开无国别业资审请动发布没属涉单责据间说备注时号条产",
    "\u00ad\u200c\u200d",
)
"""The characters of these words as they are written in traditional Chinese; marks that nobody sees go."""
_LOOSE = re.compile(
    r"(?<![商业工作一-鿿])(?:绝\s*密|机\s*密|秘\s*密)(?![一-鿿])|(?:top\s*)?\bsecret\b|\bconfidential\b",
    re.IGNORECASE,
)


def _folded(text: str) -> str:
    """A text as words of secrecy are looked for in it."""
    return tidy(text).translate(_TRADITIONAL)


def is_secrecy_header(header: str) -> bool:
    """Whether a column holds secrecy marks (密级, 涉密等级, 是否涉密, 成果密级 …)."""
    words = re.sub(r"[\s_*:：-]+", "", _folded(header)).casefold()
    if words in _ENGLISH:
        return True
    return _HEADER.search(words) is not None and _NOT_HEADER.search(words) is None


def secrecy_of(values: Iterable[Any]) -> Secrecy:
    """The strictest level that these cells state; no mark at all is NORMAL."""
    return max((_level(value) for value in values), default=Secrecy.NORMAL)


def _level(value: Any) -> Secrecy:
    if isinstance(value, (list, tuple)):
        return secrecy_of(value)
    words = _words(value)
    if words in _SILENT or words in _NORMAL:
        return Secrecy.NORMAL
    if words in _YES or _CLASSIFIED.search(_HARMLESS.sub("", words)):
        return Secrecy.CLASSIFIED
    return Secrecy.RESTRICTED if _RESTRICTED.search(words) else Secrecy.UNKNOWN


def _words(value: Any) -> str:
    """A mark as it is compared; '' for none."""
    return re.sub(r"[\s　·・.,，。、]+", "", _folded(str(value))).casefold() if value is not None else ""


def states_level(values: Iterable[Any]) -> bool:
    """Whether these cells say in words that a row is no secret (公开, 非密, 内部 …); no empty one does."""
    return any(_words(value) not in _SILENT and _level(value) < Secrecy.UNKNOWN for value in values)


def document_mark(titles: Iterable[str]) -> Secrecy:
    """The level that a title line above the header gives the whole sheet (`机密★10年`, `内部资料`)."""
    found = Secrecy.NORMAL
    for title in titles:
        match = _MARK.match(re.sub(r"\s+", "", _folded(title)))
        if match:
            level = Secrecy.RESTRICTED if match["level"].startswith("内部") else Secrecy.CLASSIFIED
            found = max(found, level)
    return found


def is_classified_mark(value: Any) -> bool:
    """Whether a cell is a mark of a state secret and nothing else, whatever its column is called."""
    if not isinstance(value, str) or len(value) > _LONGEST_MARK or not _folded(value).count("密"):
        return False
    match = _MARK.match(re.sub(r"\s+", "", _folded(value)))
    return match is not None and not match["level"].startswith("内部")


def may_hide_mark(text: str) -> bool:
    """Whether a line that could not be taken apart may carry a classified mark; then it is not copied."""
    return _LOOSE.search(_folded(text)) is not None
