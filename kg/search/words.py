"""The words of a query that a hit must have to do with: what is left without function words and small talk.

They decide what counts as found (`kg/search/fusion.py`), never the order: ranking uses every token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.search.segment import fold, tokens

_PHRASES = """
怎么样 怎么办 怎么 怎样 为什么 什么 如何 哪里 哪些 哪个 哪儿 多少 是不是 有没有 能不能 可不可以 可以 能否 是否
我们 你们 他们 她们 咱们 自己 这个 那个 这些 那些 这样 那样 这里 那里 一下 一些 一个 请问 你好 您好 谢谢 哈哈
今天 明天 昨天 后天 时候 关于 以及 或者 并且 因为 所以 但是 我 你 您
"""
"""Taken out wherever they stand: none is part of a technical word."""

_BESIDE = (
    r"(?:[吗呢吧啊呀嘛]|了吗)(?=\s*(?:$|[，。！？,.!?；;]))",  # 吗啉, 呢绒 and 啊 inside a name are words
    r"(?<!目)的(?!确良)",
    r"(?<!实)现在(?![线场役])",
    r"(?<!例)如果(?![汁酒胶蔬园实])",
)
"""Function words that technical words hold too, with what must not stand beside them."""

_CHARACTERS = frozenset(
    "了是在和与及或有不这那也就都而之为于以对把被从到给让个很还又只会能要说去来上下里中大小一二三"
)
"""Function words of one character: inside a word they mean something (有机, 在线), alone they do not."""

_ENGLISH = """
a an and are as at be by do for from how i in is it of on or that the this to we what with you
"""
_OUT = re.compile("|".join((*sorted(_PHRASES.split(), key=len, reverse=True), *_BESIDE)))


@dataclass(frozen=True)
class Words:
    """What a query says. `found` are the tokens of which a text must hold one; `speaks` is false where they
    are numbers or single characters only, of which a vector says nothing."""

    found: tuple[str, ...]
    speaks: bool


def words_of(text: str) -> Words:
    """Pairs of characters and whole words; single characters only where there is nothing else."""
    held = [one for one in dict.fromkeys(tokens(_OUT.sub(" ", fold(text)))) if one not in _ENGLISH.split()]
    longer = tuple(one for one in held if len(one) > 1)
    if longer:
        return Words(longer, any(not one.replace(".", "").isdigit() for one in longer))
    return Words(_telling(held), speaks=False)


def _telling(characters: Sequence[str]) -> tuple[str, ...]:
    """Single Chinese characters that can stand for something by themselves (钛, 锂)."""
    return tuple(one for one in characters if one >= "\u3400" and one not in _CHARACTERS)
