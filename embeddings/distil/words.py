"""The words of a corpus and of jieba's dictionary: how often, of which kind, and which carry content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.extras import load

HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z]+")
_NAMES = ("nr", "ns", "nt")  # persons, places, bodies
_DICTIONARY_WORDS = 60_000
# One use in the corpus counts like this many in the dictionary's general texts.
_CORPUS_FACTOR = 50


@dataclass(frozen=True)
class Lexicon:
    """Words and how often: `general` in the dictionary, `used` in the corpus, `latin` for English ones.

    `words` are those of two characters and more that a vocabulary may take, `content_words` the nouns, verbs
    and adjectives among them.
    """

    general: dict[str, int]
    used: Counter[str]
    latin: Counter[str]
    words: tuple[str, ...]
    content_words: tuple[str, ...]
    tagger: Any

    def weight(self, word: str) -> float:
        """How common a Chinese word is, general and corpus use together."""
        return float(self.general.get(word, 0) + _CORPUS_FACTOR * self.used[word])

    def latin_weight(self, word: str) -> float:
        """How common an English word is, on the same scale."""
        return float(_CORPUS_FACTOR * max(self.latin[word], 1))

    def nouns(self, text: str) -> str:
        """The nouns, verbs, abbreviations and English words of a text, joined: how graded titles look."""
        return "".join(
            word
            for word, kind in self.tagger.cut(text)
            if len(word) > 1 and (kind[0] in "nvj" or kind in ("eng", "l"))
        )


def read_lexicon(texts: Iterable[str]) -> Lexicon:
    """Count the words of `texts` (lower case) against jieba's dictionary (MIT). Needs the package jieba."""
    jieba = load("jieba", "distil")
    jieba.setLogLevel(60)
    general, kinds = _dictionary(Path(jieba.get_dict_file().name))
    used, latin = Counter[str](), Counter[str]()
    for text in texts:
        used.update(word for word in jieba.cut(text, HMM=False) if HAN.fullmatch(word))
        latin.update(_LATIN.findall(text))
    words = _candidates(general, kinds, used)
    content = tuple(word for word in words if kinds[word][0] in "nvj" and not kinds[word].startswith(_NAMES))
    return Lexicon(general, used, latin, words, content, load("jieba.posseg", "distil"))


def _dictionary(path: Path) -> tuple[dict[str, int], dict[str, str]]:
    general: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) == 3 and HAN.fullmatch(parts[0]):
            general[parts[0]], kinds[parts[0]] = int(parts[1]), parts[2]
    return general, kinds


def _candidates(general: dict[str, int], kinds: dict[str, str], used: Counter[str]) -> tuple[str, ...]:
    """The most frequent dictionary words of 2 to 5 characters, no rare names, then what the corpus uses."""
    plain = (
        word
        for word in general
        if 2 <= len(word) <= 5 and not (kinds[word].startswith(_NAMES) and general[word] < 30)
    )
    common = sorted(plain, key=lambda word: -general[word])[:_DICTIONARY_WORDS]
    corpus = [word for word, count in used.most_common() if count > 1 and len(word) > 1 and word in general]
    return tuple(dict.fromkeys(common + corpus))
