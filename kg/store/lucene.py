"""Queries in the syntax of Lucene's parser, with every token taken literally."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/<>=])')
_WORDS = frozenset({"AND", "OR", "NOT", "TO"})


def literal(token: str) -> str:
    """A token that the parser reads as itself."""
    escaped = _SPECIAL.sub(r"\\\1", token)
    return f"\\{escaped}" if escaped in _WORDS else escaped


def text_query(terms: Mapping[str, int], kinds: Sequence[str] = ()) -> str:
    """Any of the terms, each as often as it is asked, in documents of one of the kinds.

    The kinds restrict and do not score (`^0`).
    """
    wanted = " ".join(
        f"_tokens:{literal(term)}" + (f"^{times}" if times > 1 else "") for term, times in terms.items()
    )
    if not kinds:
        return wanted
    allowed = " ".join(f"_kinds:{literal(kind)}" for kind in kinds)
    return f"+({wanted}) +({allowed})^0"
