"""How likely a listed name is an operation that is done here: a small linear model of its surroundings.

The word lists decide most cases; what is left (沉积 of a river, 接种 of a patient, a 焊接台) is told by what
stands beside the name and by what the text is about. Weights and card: `lexicon/likely.json`; made by
`python -m bench.reading.likely`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.enrich.boundaries import WordBoundaries
from ingest.enrich.names import Candidate

if TYPE_CHECKING:
    from ingest.enrich.words import OperationWords

MODEL = Path(__file__).parent / "lexicon" / "likely.json"
_READ, _SIDE, _NEAR, _FIGURE = 4000, 6, 4, 10
_TITLE, _BRIEF = 40, 60
_PATENT = re.compile("本发明|本实用新型")
_IN_SEQUENCE = re.compile(r"(?:经过?|进行|通过|采用|依次|然后|再|后|并|将|、)$")
_ENDS = re.compile(r"(?:后|，|、|；|。|得到|处理|工艺|法)")
_DIGIT = re.compile(r"\d")
_EDGE = re.compile(
    r"[^\u3400-\u9fff]|(?:[的了后时中和与及或得成于在至进制过以为而并再将使从用经由对把被等]|处理|工艺|工序|方法|技术|步骤|法)"
)
_REACH, _GRAMS = 9, 8
_JUDGED = ("listed", "modifier", "free modifier")


@dataclass(frozen=True)
class Surroundings:
    """What the model sees of a text (folded, lower-case) with its candidates."""

    text: str
    candidates: Sequence[Candidate]
    words: OperationWords
    boundaries: WordBoundaries

    @cached_property
    def of_text(self) -> tuple[str, ...]:
        """Features that all names of the text share: how many words of which world, how many names."""
        text, words = self.text[:_READ], self.words
        worlds = (words.material, words.life, words.nature, words.immaterial)
        matter, *others = (len(set(world.findall(text))) for world in worlds)
        life, nature, data = others
        names = {text[one.start : one.end] for one in self.candidates}
        return (
            f"matter={min(matter, 6)}", f"life={min(life, 4)}", f"nature={min(nature, 3)}",
            f"data={min(data, 3)}", f"more={matter > life + nature + data}",
            f"names={min(len(self.candidates), 8)}", f"distinct={min(len(names), 8)}",
            f"patent={bool(_PATENT.search(text))}", f"results={'结果' in text}",
            f"short={len(text) < _TITLE}",
        )  # fmt: skip

    @cached_property
    def places(self) -> dict[int, int]:
        """The index of each candidate by its start."""
        return {one.start: i for i, one in enumerate(self.candidates)}

    def features(self, found: Candidate) -> Iterable[str]:
        """All features of one candidate."""
        text, start, end = self.text, found.start, found.end
        left, right = text[max(0, start - _SIDE) : start], text[end : end + _SIDE]
        at = self.places[start]
        before, behind = self.candidates[max(0, at - 1) : at], self.candidates[at + 1 : at + 2]
        near = any(start - one.end < _NEAR for one in before) or any(
            one.start - end < _NEAR for one in behind
        )
        yield from self.of_text
        yield from (f"form={text[start:end]}", f"family={found.rule.split(';')[0]}", f"how={_how(found)}")
        yield from (f"l1={left[-1:]}", f"r1={right[:1]}", f"l2={left[-2:]}", f"r2={right[:2]}")
        yield from self._word("r", self.boundaries.words(right)[:1])
        yield from self._word("l", self.boundaries.words(left)[-1:])
        yield from self._phrase(start, end)
        yield from (f"L:{gram}" for gram in _grams(text[max(0, start - _GRAMS) : start]))
        yield from (f"R:{gram}" for gram in _grams(text[end : end + _GRAMS]))
        yield f"everyday={found.everyday}"
        yield f"near={near}"
        yield f"figure={bool(_DIGIT.search(text, end, end + _FIGURE))}"
        yield f"sequence={bool(_IN_SEQUENCE.search(left))}"
        yield f"ends={bool(_ENDS.match(right))}"

    def _phrase(self, start: int, end: int) -> Iterable[str]:
        """What stands in one phrase with the name: how much before and behind it, and the phrase's ends."""
        right = _EDGE.split(self.text[end : end + _REACH])[0]
        left = _EDGE.split(self.text[max(0, start - _REACH) : start])[-1]
        yield from (f"tail={min(len(right), 5)}", f"head={min(len(left), 5)}")
        if right:
            yield f"tailend={right[-1]}"
        if left:
            yield f"headend={left[0]}"
        edge = self.text[end + len(right) : end + len(right) + 1] or "$"
        yield f"edge={edge}" if right else f"at={edge}"
        yield f"times={min(self.text.count(self.text[start:end], 0, _READ), 4)}"

    def _word(self, side: str, words: Sequence[str]) -> Iterable[str]:
        for word in words:
            yield f"{side}w={word}"
            yield f"{side}t={self.boundaries.tag(word)[:2]}"


class Likely:
    """The shipped model: keeps the candidates that are likely enough."""

    def __init__(self, model: Path = MODEL) -> None:
        data = json.loads(model.read_text(encoding="utf-8"))
        self._weights: dict[str, float] = data["weights"]
        self._bias, self._threshold = float(data["bias"]), float(data["threshold"])

    def kept(self, around: Surroundings) -> list[Candidate]:
        """The candidates of a text without the unlikely ones; a brief text (a need's words) keeps all."""
        if len(around.text) < _BRIEF:
            return list(around.candidates)
        return [one for one in around.candidates if not judged(one) or self._likely(around, one)]

    def _likely(self, around: Surroundings, found: Candidate) -> bool:
        score = self._bias + sum(self._weights.get(name, 0.0) for name in sorted(set(around.features(found))))
        return 1 / (1 + exp(-score)) >= self._threshold


def _grams(text: str) -> Iterable[str]:
    """Single characters and pairs."""
    yield from text
    yield from (text[place : place + 2] for place in range(len(text) - 1))


def judged(found: Candidate) -> bool:
    """Whether the model judges a candidate: operations by their names; not tests, nor what a frame shows."""
    return found.category == "process" and _how(found) in _JUDGED


def _how(found: Candidate) -> str:
    return re.split(r"[:+;]", found.rule)[0].strip()
