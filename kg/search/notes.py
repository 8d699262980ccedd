"""What is said beside the hits where there are few, none, or none that holds the words asked for."""

from __future__ import annotations

from collections.abc import Set

from kg.search.words import Words
from kg.wording import Sentence

NO_WORDS = Sentence(
    "没有可检索的词：请写出技术、产品、工艺或单位名称",
    "no word to search for: name a technology, product, process or organisation",
)
NOTHING = Sentence(
    "没有找到：没有记录含有这些词或意思相近，请换个说法",
    "nothing found: no record holds these words or is near in meaning",
)
NOTHING_LEFT = Sentence(
    "没有找到：筛选条件之内没有符合的记录，请放宽条件或换个说法",
    "nothing found within the filters: loosen them, or say it in other words",
)
BY_MEANING = Sentence(
    "没有记录含有所写的词，以下只是意思相近", "no record holds these words; the hits are only near in meaning"
)
SINGLE = Sentence(
    "只有单个汉字：仅按字面查找，写出完整的词会更准",
    "single characters are looked up literally; whole words find better",
)


def note(words: Words, sources: Set[str], *, filtered: bool) -> Sentence | None:
    """The sentence for an answer whose hits came from these sources; None where there is nothing to say."""
    if not sources:
        return NO_WORDS if not words.found else NOTHING_LEFT if filtered else NOTHING
    if sources == {"vector"}:
        return BY_MEANING
    single = not words.speaks and all(len(one) == 1 for one in words.found)
    return SINGLE if single and "fulltext" in sources else None
