"""The student: a table of token rows, and the training that makes its means point where the teacher does."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.distil.start import Start
from embeddings.extras import load
from embeddings.transformer import EXTRA

Progress = Callable[[str], None]
Ids = list[NDArray[np.int64]]

_BATCH, _PAIRS = 768, 256
_RATE_TURN, _RATE_GAIN, _RATE_DELTA = 1e-3, 2e-2, 2e-3
_SHARE_SIMILARITY, _SHARE_PAIRS, _SHARE_SIZE = 5.0, 0.15, 0.02
_SHARPNESS = 20.0  # of the contrastive loss
_FLOOR = 0.05  # the learning rate falls along a cosine to this share


class Student:
    """A row is start @ turn * exp(gain) + delta: one turn of all rows, a gain and a small change for each."""

    def __init__(self, start: Start, ids: Ids) -> None:
        """`ids` holds the token ids of every training text, in the order of `start.goals`."""
        self.torch = load("torch", EXTRA)
        self.ids = ids
        self.base = self.torch.from_numpy(start.rows)
        self.goals = self.torch.from_numpy(start.goals)
        tokens, dim = start.rows.shape
        self.turn = self.torch.nn.Parameter(self.torch.eye(dim))
        self.gain = self._zeros(tokens, 1)
        self.delta = self._zeros(tokens, dim)

    def train(self, pairs: NDArray[np.int64], steps: int, seed: int, progress: Progress) -> None:
        """Run `steps` steps. `pairs` (k, 2) are positions of texts about the same document."""
        rng = np.random.default_rng(seed)
        optimisers = self._optimisers()
        for step in range(steps):
            _set_rate(optimisers, 0.5 * (1 + math.cos(math.pi * step / steps)) * (1 - _FLOOR) + _FLOOR)
            loss = self._loss(
                rng.choice(len(self.ids), min(_BATCH, len(self.ids)), replace=False),
                pairs[rng.choice(len(pairs), min(_PAIRS, len(pairs)), replace=False)],
            )
            for optimiser in optimisers:
                optimiser.zero_grad()
            loss.backward()
            for optimiser in optimisers:
                optimiser.step()
            if step % 100 == 99:
                progress(f"training: step {step + 1} of {steps}, loss {loss.item():.4f}")

    def rows(self) -> NDArray[np.float32]:
        """The trained table (tokens, dim); row 0, the unknown token's, is zero."""
        with self.torch.no_grad():
            table = self.base @ self.turn * self.torch.exp(self.gain.weight) + self.delta.weight
        rows: NDArray[np.float32] = table.numpy().astype(np.float32)
        rows[0] = 0
        return rows

    def _loss(self, batch: NDArray[np.int64], pairs: NDArray[np.int64]) -> Any:
        """Cosine to the teacher, likeness of the similarity matrices, and which abstract is whose title's."""
        functional = self.torch.nn.functional
        found, size = self._encode(batch)
        goals = self.goals[batch]
        cosine = 1 - (found * goals).sum(1).mean()
        likeness = ((found @ found.T - goals @ goals.T) ** 2).mean()
        scores = self._encode(pairs[:, 0])[0] @ self._encode(pairs[:, 1])[0].T * _SHARPNESS
        own = self.torch.arange(len(pairs))
        contrast = functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)
        return cosine + _SHARE_SIMILARITY * likeness + _SHARE_SIZE * size + _SHARE_PAIRS * contrast

    def _encode(self, batch: NDArray[np.int64]) -> tuple[Any, Any]:
        """The batch's vectors, and how far the rows in it have moved (mean square)."""
        torch = self.torch
        texts = [self.ids[i] for i in batch]
        offsets = torch.from_numpy(np.cumsum([0] + [len(text) for text in texts[:-1]]))
        used, place = torch.from_numpy(np.concatenate(texts)).unique(return_inverse=True)
        delta = self.delta(used)
        rows = self.base[used] @ self.turn * torch.exp(self.gain(used)) + delta
        bags = torch.nn.functional.embedding_bag(place, rows, offsets, mode="mean")
        return torch.nn.functional.normalize(bags, dim=1), (delta**2).sum(1).mean()

    def _optimisers(self) -> list[Any]:
        optim = self.torch.optim
        sparse = [
            {"params": list(self.gain.parameters()), "lr": _RATE_GAIN},
            {"params": list(self.delta.parameters()), "lr": _RATE_DELTA},
        ]
        found = [optim.Adam([self.turn], lr=_RATE_TURN), optim.SparseAdam(sparse)]
        for optimiser in found:
            for group in optimiser.param_groups:
                group["full_rate"] = group["lr"]
        return found

    def _zeros(self, tokens: int, dim: int) -> Any:
        table = self.torch.nn.Embedding(tokens, dim, sparse=True)
        table.weight.data.zero_()
        return table


def _set_rate(optimisers: list[Any], share: float) -> None:
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group["full_rate"] * share
