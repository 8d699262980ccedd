"""Unified social credit codes (统一社会信用代码) by GB 32100-2015: 18 characters, the last one checks the
others."""

from __future__ import annotations

import re

from kg.errors import BadValueError
from kg.values.tidy import tidy
from kg.wording import Sentence

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(rf"^[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}$")


def parse_uscc(text: str) -> str:
    """The code in capitals. Raises BadValueError for a wrong length, character or check digit."""
    code = re.sub(r"[\s\-']", "", tidy(text)).upper()
    if len(code) != 18:
        raise BadValueError(
            Sentence(
                f"“{text}”有 {len(code)} 位，统一社会信用代码应为 18 位",
                f"'{text}' has {len(code)} characters, a social credit code has 18",
            ),
            remedy=Sentence("完整填写", "Copy it whole"),
        )
    if not _FORM.match(code):
        raise BadValueError(
            Sentence(f"“{text}”不是统一社会信用代码", f"'{text}' is no social credit code"),
            remedy=Sentence("代码里没有字母 I、O、S、V、Z", "The letters I, O, S, V, Z never occur"),
        )
    if check_character(code[:17]) != code[17]:
        raise BadValueError(
            Sentence(
                f"统一社会信用代码“{text}”的校验位不对",
                f"The check digit of the social credit code '{text}' is wrong",
            ),
            remedy=Sentence(
                "对照营业执照：18 位里有一位填错了",
                "Compare it with the licence: one of the 18 characters was mistyped",
            ),
        )
    return code


def is_uscc(text: str) -> bool:
    """Whether a text is a valid code."""
    try:
        return bool(parse_uscc(text))
    except BadValueError:
        return False


def check_character(first17: str) -> str:
    """The 18th character: 31 minus the sum of value times 3^i mod 31, mod 31 (GB 32100-2015, 5.3)."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _ALPHABET[(31 - total % 31) % 31]
