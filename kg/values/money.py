"""Amounts of money in yuan, and windows of them, as Chinese registers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import BadValueError
from kg.values.errors import UnreadableError
from kg.values.numerals import chinese_number
from kg.values.tidy import tidy
from kg.wording import Sentence

_MULTIPLES = {"": 1.0, "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7}
_MULTIPLES |= {"亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "w": 1e4, "k": 1e3}
_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_HAN = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_AMOUNT = re.compile(
    rf"(?P<sign>-|负)?\s*(?:(?P<number>{_NUMBER})\s*(?P<multiple>[十百千]?万亿|[十百千]?[万亿]|[百千]万|[十百千]|w(?![a-z])|k(?![a-z]))?"
    rf"|(?P<han>[{_HAN}]+))\s*(?P<yuan>元整|元|圆整|圆|块)?",
    re.IGNORECASE,
)  # fmt: skip
_CURRENCY = re.compile(
    r"人民币|rmb|cny|[¥￥]|单笔|每笔|单个项目|整|正|\(含\)|含税|投资|资金|金额", re.IGNORECASE
)
_EACH = re.compile(
    r"(?<=[元圆块万千亿\d])\s*(?:/|每)\s*(?:天|日|批次?|次|公里|千米|km|d|day|batch)\s*(?=$|[)）])",
    re.IGNORECASE,
)
"""A price for each of something (3000元/天): the amount counts; what it is for each of, the column says."""
_FOREIGN = re.compile(r"美元|美金|usd|[$€£]|欧元|eur|港元|港币|hkd|英镑|日元|jpy", re.IGNORECASE)
_OPEN = re.compile(r"^(?:不限|无限制|不限额|不限制|无要求|无限额|均可|any|无上限|无下限)$", re.IGNORECASE)
_UNSAID = re.compile(
    r"^(?:面议|另议|待定|待议|协商|视情况(?:而定)?|视项目(?:情况)?(?:而定)?|双方协商|自筹|不详|未知|详谈)$"
)
_MOST = re.compile(
    r"不超过|不高于|不多于|至多|最多|最高|上限|小于|低于|不足|<|≤|以内|以下|之内|封顶|up to|max",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"不低于|不少于|不小于|至少|最低|最少|下限|大于|高于|超过|>|≥|以上|起(?:投)?|min", re.IGNORECASE
)
_BARE = re.compile(rf"^{_NUMBER}(?:[eE][+-]?\d+)?(?:\s*[~\-–—─至到]+\s*{_NUMBER})?$")
_ZERO = re.compile(r"^0(?:\.0+)?$")
_COMMA = re.compile(r"^[,，]$")
_LINK = re.compile(r"^[\s~\-–—─至到]+$|^\s*to\s*$|^\s*[,;、且]?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Window:
    """Two ends, None where open, and what was written."""

    low: float | None
    high: float | None
    text: str


def parse_money(text: str, *, unit: str | None = None) -> float | None:
    """An amount in yuan; of a range its upper end (what is needed at most). None where it is said to be open
    or agreed later (面议, 不限).

    `unit` (元, 千元, 万元, 亿元 …) is that of a bare number. Raises BadValueError for a negative amount, a
    percentage or a foreign currency, UnreadableError where there is no amount.
    """
    window = parse_money_window(text, unit=unit)
    return window.low if window.high is None else window.high


def parse_money_window(text: str, *, unit: str | None = None) -> Window:
    """A window in yuan: `100万—800万元`, `不超过2000万元`, `500万以内`, `300万元起`, `不限`. A bare amount
    is the most.

    Raises as `parse_money`, and for a window that runs downwards.
    """
    written, unit = _bracketed(_EACH.sub("", tidy(text)), unit)
    plain = re.sub(r"\s", "", _CURRENCY.sub("", written))
    if _OPEN.match(plain) or _UNSAID.match(plain):
        return Window(None, None, text.strip())
    if "%" in plain or "百分之" in plain or "‰" in plain:
        raise BadValueError(
            Sentence(f"“{text}”是比例，不是金额", f"'{text}' is a share, not an amount"),
            remedy=Sentence("按元填写，如 500万元", "Write the amount in yuan, e.g. 500万元"),
        )
    if _FOREIGN.search(plain):
        raise BadValueError(
            Sentence(f"“{text}”不是人民币", f"'{text}' is not in yuan"),
            remedy=Sentence("按人民币填写（元、万元、亿元）", "Write the amount in yuan (元, 万元, 亿元)"),
        )
    low, high = _ends(plain, text, unit)
    if low is not None and high is not None and low > high:
        raise BadValueError(
            Sentence(f"区间“{text}”上下颠倒", f"The window '{text}' runs downwards"),
            remedy=Sentence("小的金额写在前面", "Write the smaller amount first"),
        )
    return Window(low, high, text.strip())


def _bracketed(text: str, unit: str | None) -> tuple[str, str | None]:
    """`1000~3000(万元)` as text and unit; `1.2E+06` as digits."""
    try:
        return f"{float(text):.12f}".rstrip("0").rstrip("."), unit
    except ValueError:
        pass
    found = re.match(r"^(.*\d)\s*\(([^()\d]+)\)$", text)
    if found and money_unit(found[2]):
        return found[1], found[2]
    return text, unit


def is_unitless(text: str) -> bool:
    """Whether an amount, or both ends of a window, stand without 元, 万 or a sign of a currency."""
    return _BARE.match(tidy(text)) is not None and not _ZERO.match(tidy(text))


def money_unit(unit: str | None) -> float | None:
    """Yuan per `元|千元|万元|百万元|亿元|万|人民币万元`; None where the text is no unit of money."""
    if unit is None:
        return None
    plain = _EACH.sub("", tidy(unit))
    word = re.sub(r"\s|人民币|rmb|cny|[¥￥]", "", plain, flags=re.IGNORECASE).lower()
    found = re.match(r"^([十百千]?万亿|[十百千]?[万亿]|[百千]万|[十百千]|w|)(?:元|圆|yuan)?$", word)
    if not found or not (word or tidy(unit)):
        return None
    return _MULTIPLES.get(found.group(1))


def _ends(plain: str, text: str, unit: str | None) -> tuple[float | None, float | None]:
    found = [match for match in _AMOUNT.finditer(plain) if match["number"] or match["han"]]
    if not found or len(found) > 2:
        raise UnreadableError(
            Sentence(f"“{text}”不是金额", f"'{text}' is no amount of money"),
            remedy=Sentence("写成 500万元 或 100万-800万元", "Write e.g. 500万元, or 100万-800万元"),
        )
    if len(found) == 1:
        return _one(found[0], plain, text, unit)
    first, second = found
    between = plain[first.end() : second.start()]
    if second["sign"] and not between.strip():  # 100-800万: the hyphen is no sign
        between = "-"
    elif second["sign"]:
        raise _negative(text)
    high = _value(second, unit, text)
    low = _value(first, unit, text, other=second)
    if _COMMA.match(between) and not (first["multiple"] or first["yuan"]):
        raise UnreadableError(
            Sentence(f"“{text}”可能是一个金额，也可能是两个", f"'{text}' may be one amount or two"),
            remedy=Sentence("写成 3.5万元 或 3万-5万元", "Write e.g. 3.5万元, or 3万-5万元"),
        )
    if _LINK.match(between):
        return low, high
    return _bounded(plain, first, second, low, high, text)


def _one(match: re.Match[str], plain: str, text: str, unit: str | None) -> tuple[float | None, float | None]:
    value = _value(match, unit, text)
    rest = plain[: match.start()] + " " + plain[match.end() :]
    if (match["han"] and not (match["yuan"] or unit)) or re.search(r"[a-z]{2,}|[人件台年月吨]", rest):
        raise UnreadableError(
            Sentence(f"“{text}”不是金额", f"'{text}' is no amount of money"),
            remedy=Sentence("写成 500万元", "Write e.g. 500万元"),
        )
    if _LEAST.search(rest) and not re.search("不超过|不高于|不大于", rest):
        return value, None
    return None, value


def _bounded(
    plain: str, first: re.Match[str], second: re.Match[str], low: float, high: float, text: str
) -> tuple[float | None, float | None]:
    """`不低于100万元,不超过800万元`, and the other way round."""
    before = plain[: first.start()]
    middle = plain[first.end() : second.start()] + plain[second.end() :]
    most_first = bool(
        re.search("不超过|不高于", before) or (_MOST.search(before) and not _LEAST.search(before))
    )
    if most_first and _LEAST.search(middle):
        return high, low
    if _LEAST.search(before + middle) and _MOST.search(middle):
        return low, high
    raise UnreadableError(
        Sentence(f"“{text}”不是金额区间", f"'{text}' is no window of amounts"),
        remedy=Sentence("写成 100万-800万元", "Write e.g. 100万-800万元"),
    )


def _value(match: re.Match[str], unit: str | None, text: str, other: re.Match[str] | None = None) -> float:
    """One amount; the first end of `100-800万元` has the multiple of the second."""
    if (match["sign"] and other is None and match.start() == 0) or match["sign"] == "负":
        raise _negative(text)
    if match["sign"] and other is not None:
        raise _negative(text)
    if match["han"]:
        number = chinese_number(match["han"])
        if number is None:
            raise UnreadableError(
                Sentence(f"“{text}”不是金额", f"'{text}' is no amount of money"),
                remedy=Sentence("写成 500万元", "Write e.g. 500万元"),
            )
        counted = match["yuan"] or other is not None or re.search("[万亿]", match["han"])
        return number if counted else number * _factor(unit)
    number = float(match["number"].replace(",", "").replace("，", ""))
    said = (match["multiple"] or "").lower()
    if said or match["yuan"]:
        return _round(number * _MULTIPLES[said])
    if other is not None and (other["multiple"] or other["yuan"]):
        return _round(number * _MULTIPLES[(other["multiple"] or "").lower()])
    return _round(number * _factor(unit))


def _factor(unit: str | None) -> float:
    if unit is None or not unit.strip():
        return 1.0
    factor = money_unit(unit)
    if factor is None:
        raise BadValueError(
            Sentence(f"“{unit}”不是金额单位", f"'{unit}' is no unit of money"),
            remedy=Sentence("写元、千元、万元或亿元", "Write 元, 千元, 万元 or 亿元"),
        )
    return factor


def _negative(text: str) -> BadValueError:
    return BadValueError(
        Sentence(f"金额“{text}”是负数", f"The amount '{text}' is negative"),
        remedy=Sentence("金额不能小于 0", "Write an amount of at least 0"),
    )


def _round(number: float) -> float:
    return float(f"{number:.12g}")
