"""The student's tokens: characters, frequent words and English pieces, cut by a Unigram tokenizer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from embeddings.distil.words import HAN, Lexicon

_PIECE = re.compile("[a-z]{2,}")
_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789αβγδεθλμπρσφω°℃%+-./"
_CORPUS_LATIN = 8000  # most frequent English words of the corpus, those with three uses and more
_SIZE = 6e7  # running words behind the dictionary's counts
_SIGN_LOG = -18.0


@dataclass(frozen=True)
class Vocabulary:
    """Tokens in id order (from id 1; 0 is the unknown token), their log probability and weight."""

    tokens: tuple[str, ...]
    log_probability: tuple[float, ...]
    weight: NDArray[np.float64]

    def tokenizer(self) -> Tokenizer:
        """The tokenizer: full-width and half-width, capital and small letters are the same to it."""
        scored = [("[UNK]", 0.0), *zip(self.tokens, self.log_probability, strict=True)]
        tokenizer = Tokenizer(models.Unigram(scored, unk_id=0))
        tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        return tokenizer


def build_vocabulary(lexicon: Lexicon, teacher_pieces: list[str], keep: int) -> Vocabulary:
    """All characters of dictionary and teacher, the `keep` most frequent words, and English pieces.

    Every single character is a token, so that no Chinese word is unknown.
    """
    chars = [word for word in lexicon.general if len(word) == 1]
    chars = list(dict.fromkeys(chars + [p for p in teacher_pieces if len(p) == 1 and HAN.fullmatch(p)]))
    words = sorted(lexicon.words, key=lambda word: -lexicon.weight(word))[:keep]
    han = chars + words
    latin = _latin(lexicon, teacher_pieces)
    weight = [lexicon.weight(word) for word in han] + [lexicon.latin_weight(word) for word in latin]
    logs = [math.log(max(lexicon.general.get(word, 1), 1) / _SIZE) for word in han]
    logs += [math.log((lexicon.latin[w] + 0.5) / _SIZE) if len(w) > 1 else _SIGN_LOG for w in latin]
    return Vocabulary(tuple(han + latin), tuple(logs), np.array(weight))


def _latin(lexicon: Lexicon, teacher_pieces: list[str]) -> list[str]:
    pieces = [piece for piece in teacher_pieces if _PIECE.fullmatch(piece)]
    corpus = [w for w, count in lexicon.latin.most_common(_CORPUS_LATIN) if count > 2 and len(w) > 1]
    return list(dict.fromkeys(pieces + corpus + list(_SIGNS)))
