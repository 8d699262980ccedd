"""Steps whose names stand in no list: items of an enumeration that its frame shows to be a process.

`采用 X，依次通过 A、B、C 完成 Y 的制备`: an item becomes a step by its place, if it holds a character of
doing (熔, 涂, 滤, 装 …) and is no material or apparatus.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.enrich.words import WordLists, choice

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_ASIDE = re.compile(r"[（(][^（()）]{0,60}[)）]")
_BREAK = re.compile(r"、|[，,]|-+>|→|⇒|—+|–+|(?<=[一-鿿])[-+＋/](?=[一-鿿])")
_SEVERAL = re.compile(r"、|>|→|⇒|—|–|[一-鿿][-+＋/][一-鿿]")
_JOINED = re.compile(r"以及|及|和|与")
_AND_SO_ON = "等(?!离子|静压|温|压|径|通道)"
_BASED = re.compile(r"在([一-鿿]{2,12}?)的基础上(?:引入|增加|叠加)")
_LISTED, _LONG = 2, 3
_ITEM = re.compile(r"[一-鿿a-z0-9]{2,12}")


@dataclass(frozen=True)
class Item:
    """One item: its place and how sure its frame is (`named`: the frame says step; else `listed`)."""

    start: int
    end: int
    frame: str
    is_test: bool


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    comma: bool


@dataclass
class _Chain:
    """An enumeration as far as it is read: led by a word, sure by a word that says step, closed by one."""

    items: list[tuple[int, int]]
    led: bool = False
    sure: bool = False
    closed: bool = False


class Chains:
    """Reads the enumerations of a text; `known` places are those where a listed name was found."""

    def __init__(self, lists: WordLists) -> None:
        self._step = lists.pattern("step")
        self._between = re.compile(f"(?:{choice(lists['between'])})+")
        weak = choice(lists["lead"])
        self._begin = re.compile(
            f"{choice(lists['step'])}|{weak}|(?<![已曾神历未不途财正时])经(?![验济营常典费络])"
        )
        self._tail = re.compile(f"{choice(lists['tail'])}|{_AND_SO_ON}")
        self._named = lists.pattern("named")
        self._steps = lists.pattern("steps")
        self._never = lists.pattern("never")
        self._doing = frozenset("".join(lists["doing"]))
        self._strong = frozenset("".join(lists["strong"]))
        self._ends = tuple(lists["ends"])
        self._made = re.compile(f"[{''.join(lists['makes'])}][一-鿿]{{1,3}}$")
        self._tests = tuple(lists["tests"])

    def find(self, text: str, known: Sequence[tuple[int, int]]) -> Iterator[Item]:
        """Unlisted items, by place; each once more wherever its words come again."""
        if not known and self._step.search(text) is None:
            return
        found: dict[str, Item] = {}
        for sentence in _SENTENCE.finditer(text):
            if _SEVERAL.search(sentence.group()) or self._step.search(sentence.group()):
                for item in self._sentence(text, sentence.start(), sentence.end(), known):
                    found.setdefault(text[item.start : item.end], item)
        again = choice(words for words in found if len(words) >= _LONG)
        yield from (item for words, item in found.items() if len(words) < _LONG)
        for match in re.finditer(again, text) if again else ():
            first = found[match.group()]
            yield Item(match.start(), match.end(), first.frame, first.is_test)

    def _sentence(self, text: str, start: int, end: int, known: Sequence[tuple[int, int]]) -> Iterator[Item]:
        near = known[bisect_left(known, (start,)) : bisect_left(known, (end,))]
        chain = _Chain([])
        based = _BASED.search(text, start, end)
        for piece in self._pieces(text, start, end):
            begin, joined = piece.start, self._between.match(text, piece.start, piece.end)
            lead = None
            if not (chain.items and joined):
                lead = max(self._begin.finditer(text, begin, piece.end), key=lambda m: m.end(), default=None)
            if lead is not None:
                yield from self._judged(text, chain, near)
                chain = _Chain([], True, self._step.search(text, begin, lead.end()) is not None)
                begin, joined = lead.end(), self._between.match(text, lead.end(), piece.end)
            begin = joined.end() if joined else begin
            tail = self._tail.search(text, begin, piece.end)
            items = list(self._items(text, begin, tail.start() if tail else piece.end, near))
            fits = bool(items) and all(self._is_item(text, *item, near) for item in items)
            follows = bool(chain.led or joined or not piece.comma)
            if fits and follows:
                chain.items += items
            if tail is not None and ((fits and follows) or tail.start() == begin):
                chain.closed = chain.closed or self._named.match(text, tail.start()) is not None
                chain.sure = chain.sure or self._steps.match(text, tail.start()) is not None
            if fits and follows and (tail is None or self._goes_on(text, tail)):
                continue
            yield from self._judged(text, chain, near)
            chain = _Chain(items[-1:] if fits and not follows and tail is None else [])
        yield from self._judged(text, chain, near)
        if based and self._does(based.group(1)) and not _overlap(based.span(1), near):
            yield self._item(text, based.span(1), "named")

    def _goes_on(self, text: str, tail: re.Match[str]) -> bool:
        return tail.group() == "开始"

    def _pieces(self, text: str, start: int, end: int) -> Iterator[_Piece]:
        """The parts between separators outside of brackets."""
        aside = [(m.start(), m.end()) for m in _ASIDE.finditer(text, start, end)]
        comma, begin = True, start
        for mark in _BREAK.finditer(text, start, end):
            if any(a <= mark.start() < b for a, b in aside):
                continue
            yield _Piece(begin, mark.start(), comma)
            begin, comma = mark.end(), mark.group() in "，,"
        yield _Piece(begin, end, comma)

    def _items(
        self, text: str, begin: int, stop: int, known: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """The piece itself, or the two sides of its 和, 以及, 及, each without what is said in brackets."""
        for mark in _JOINED.finditer(text, begin + 2, stop):
            if stop - mark.end() >= 2 and not _overlap(mark.span(), known):
                yield begin, _bare(text, begin, mark.start())
                rest = self._between.match(text, mark.end(), stop)
                begin = rest.end() if rest else mark.end()
                break
        if stop > begin:
            yield begin, _bare(text, begin, stop)

    def _is_item(self, text: str, begin: int, stop: int, known: Sequence[tuple[int, int]]) -> bool:
        words = text[begin:stop]
        if _ITEM.fullmatch(words) and not self._never.search(words):
            return True
        return any(begin <= a and b <= stop and b - a >= len(words) - 2 for a, b in known)

    def _judged(self, text: str, chain: _Chain, known: Sequence[tuple[int, int]]) -> Iterator[Item]:
        """The unlisted items of a chain, if enough speaks for a process."""
        fresh = [item for item in chain.items if not _overlap(item, known)]
        if len(chain.items) < _LISTED or not fresh:
            return
        listed = len(chain.items) - len(fresh)
        doing = [item for item in fresh if self._does(text[item[0] : item[1]])]
        strong = sum(bool(self._strong & set(text[a:b])) for a, b in doing)
        if chain.sure:
            enough = listed + len(doing) >= _LISTED and bool(listed or strong or len(doing) >= _LONG)
        else:
            most = listed * 2 >= len(chain.items)
            whole = len(doing) == len(fresh)
            enough = listed > 0 and (most or chain.closed) and (whole or listed >= _LISTED)
            enough = enough or (chain.closed and chain.led and whole and strong * 2 >= len(fresh))
        if enough:
            yield from (self._item(text, item, "named" if chain.sure else "listed") for item in doing)

    def _item(self, text: str, place: tuple[int, int], frame: str) -> Item:
        return Item(*place, frame, text[place[0] : place[1]].endswith(self._tests))

    def _does(self, words: str) -> bool:
        """Whether the words tell of doing, and not of a material or an apparatus."""
        if not self._doing & set(words) or self._never.search(words):
            return False
        return not words.endswith(self._ends) or self._made.search(words) is not None


def _overlap(place: tuple[int, int], known: Sequence[tuple[int, int]]) -> bool:
    return any(a < place[1] and place[0] < b for a, b in known)


def _bare(text: str, begin: int, stop: int) -> int:
    aside = _ASIDE.search(text, begin, stop)
    return aside.start() if aside and aside.end() >= stop - 1 else stop
