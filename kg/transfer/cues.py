"""Words that turn what stands beside them: denied, a mere wish, or done already. One table for the
scanners of a need's words (certificates, materials, verification, money, days, places).

Each pattern is searched up to the place (`…_BEFORE`) or matched from it on (`…_BEHIND`), within one clause.
"""

from __future__ import annotations

import re

CLAUSE = r"[^，。；,;\n]"
DENIED_BEFORE = re.compile(
    r"(?:不含|不使用|不用|不需要?|不必|无需|无须|不要求|不要|不做|没有|不得使用|禁用|避免|非|无)(?:任何|含|有|使用|做|进行|开展)?\s*$"
)
WISHED_BEFORE = re.compile(rf"(?:优先|最好|宜|更佳|尽量|尽可能|期望|力争|争取){CLAUSE}{{0,8}}$")
WISHED_BEHIND = re.compile(rf"{CLAUSE}{{0,10}}(?:优先|为佳|更佳|更好|为宜|最好)")
DONE_BEFORE = re.compile(
    rf"(?:已经?|业已|曾|此前|前期){CLAUSE}{{0,10}}$|(?:完成|通过|经过|做过|开展)了{CLAUSE}{{0,6}}$"
)
DONE_BEHIND = re.compile(r"(?:均|都|全部)?(?:已经?|业已)(?:完成|通过|做完|结束|开展)")


def denied(text: str, start: int) -> bool:
    """Whether what begins here is said not to be asked for."""
    return DENIED_BEFORE.search(text[max(0, start - 12) : start]) is not None


def wished(text: str, start: int, end: int) -> bool:
    """Whether it is a wish, no condition."""
    before = WISHED_BEFORE.search(text[max(0, start - 14) : start])
    return before is not None or WISHED_BEHIND.match(text, end) is not None


def done(text: str, start: int, end: int) -> bool:
    """Whether it is said to have been done, so nobody asks for it."""
    before = DONE_BEFORE.search(text[max(0, start - 16) : start])
    return before is not None or DONE_BEHIND.match(text, end) is not None
