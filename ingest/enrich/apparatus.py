"""Operations that are named by their apparatus only: 500 L 加氢反应釜, 1600℃真空烧结炉, 找一台喷雾干燥塔.

An apparatus means its operation where the text asks for it, works with it or gives its size; one that is
made, sold, owned or described (研制涂布机, 涂布机的控制系统) says nothing of the steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ingest.enrich.names import Candidate
from ingest.enrich.words import WordLists, choice

_COMMA_FIGURE = re.compile(r"[，,：:]\s?[\u4e00-\u9fff]{0,6}\s?\d")
_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_REACH, _NEAR = 48, 24
_BRIEF, _OPENING = 40, 6
_UNIT = (
    r"(?:l|ml|升|立方米?|方|m3|m³|m2|㎡|平方米?|℃|°c|度|kg|公斤|千克|g|吨|t|kw|mpa|mm|μm|kn)"
    r"(?:/(?:h|d|批|次))?"
)
_SIZED_BEFORE = re.compile(rf"\d\s?{_UNIT}(?:以上|以下|左右|级|规格|容积|幅宽|高温|的)*\s?$")
_SIZED_BEHIND = re.compile(rf"^\s?[（(]?\s?\d+(?:\.\d+)?\s?(?:[~～-]\s?\d+\s?)?{_UNIT}")
_OWNED = re.compile(
    r"(?:拥有|具有|引进|购置|购买|现有|已有|建有|我们有|我司有|公司有|装备有|配有)[^。；;]{0,60}$"
)


class Apparatus:
    """Finds them; `ending` is the operation whose name ends at a place of a text (None: there is none)."""

    def __init__(self, lists: Mapping[str, Any], ending: Callable[[str, int], Candidate | None]) -> None:
        words = WordLists({name: value for name, value in lists.items() if isinstance(value, str)})
        self._ending = ending
        self._named: Mapping[str, str] = lists["named"]
        self._wide = frozenset(words["wide"])
        heads = choice([*words["narrow"], *words["wide"]])
        self._head = re.compile(
            f"(?P<named>{choice(self._named)})|(?P<between>(?:{choice(words['between'])})?)(?P<head>{heads})"
            f"(?![{''.join(words['not_behind'])}])"
        )
        asked = choice(words["asked"])
        self._asked = re.compile(f"(?:{asked})[^，。；]{{0,{_NEAR}}}$")
        self._used = re.compile(f"(?:{choice(words['used'])})[^，。；、的]{{0,12}}$")
        self._wanted = re.compile(f"(?:{asked}|{choice(words['used'])})")
        self._never = frozenset(words["never"])
        self._made = words.pattern("made")
        self._of_it = words.pattern("of_it")
        self._of_the_apparatus = words.pattern("of_the_apparatus")

    def find(self, text: str) -> Iterator[Candidate]:
        """Such operations by place, in a folded, lower-cased text."""
        title = len(text) <= _BRIEF and _CLAUSE.search(text) is None
        for match in self._head.finditer(text):
            found = self._operation(text, match)
            if found is None:
                continue
            wide = match["head"] in self._wide
            if self._means(text, found.start, match.end(), wide):
                yield found
            elif title and not match["named"] and not (found.everyday and wide):
                made = None if wide else self._of_the_apparatus.search(text)
                yield replace(found, why_not=f"apparatus: {made.group()}" if made else None)

    def _operation(self, text: str, match: re.Match[str]) -> Candidate | None:
        named = match["named"]
        if named:
            return Candidate(*match.span(), self._named[named], "process", False, f"apparatus: {named}")
        found = self._ending(text, match.start())
        if found is None or text[found.start : match.end()] in self._never:
            return None
        return replace(found, rule=f"apparatus: {match.group()}; {found.rule}")

    def _means(self, text: str, start: int, end: int, wide: bool) -> bool:
        """Whether the text asks for the apparatus, works with it or says its size."""
        before = text[max(0, start - _REACH) : start]
        clause = _CLAUSE.split(before)[-1]
        right = text[end : end + 12]
        wanted = max(self._wanted.finditer(clause), key=lambda found: found.end(), default=None)
        if self._of_it.match(right) or (wanted is None and _OWNED.search(before)):
            return False
        if self._made.search(clause, wanted.end() if wanted else 0):
            return False
        opens = start < _OPENING and len(text) <= _BRIEF and _COMMA_FIGURE.match(right)
        sized = _SIZED_BEFORE.search(clause) or _SIZED_BEHIND.match(right)
        return bool(opens or sized or self._asked.search(clause) or (not wide and self._used.search(clause)))
