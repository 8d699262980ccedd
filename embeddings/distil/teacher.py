"""The teacher: a transformer whose vectors the student learns to give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderError
from embeddings.extras import load
from embeddings.folder import TOKENIZER, read_json
from embeddings.transformer import EXTRA

Progress = Callable[[str], None]
_BATCH = 128
_CHUNK = 8192  # texts between two lines of progress


@dataclass(frozen=True)
class Teacher:
    """A sentence-transformers model and the single tokens that it knows."""

    model: Any
    pieces: list[str]

    def encode(self, texts: Sequence[str], window: int, progress: Progress) -> NDArray[np.float32]:
        """Vectors (n, teacher's dimension) of length 1; at most `window` tokens of each text are read.

        Runs in bfloat16 where the processor has it (three times faster), which moves a vector less than the
        student will miss it by.
        """
        torch = load("torch", EXTRA)
        self.model.max_seq_length = window
        parts = []
        for start in range(0, len(texts), _CHUNK):
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=_has_bfloat16(torch)):
                found = self.model.encode(
                    list(texts[start : start + _CHUNK]),
                    batch_size=_BATCH,
                    normalize_embeddings=True,
                    convert_to_tensor=True,
                    show_progress_bar=False,
                )
            parts.append(found.float().numpy())
            progress(f"teacher: {min(start + _CHUNK, len(texts))} of {len(texts)} texts")
        return np.vstack(parts)


def open_teacher(folder: Path) -> Teacher:
    """Open the teacher's folder. Raises EncoderError where it has no word-piece vocabulary."""
    pieces = read_json(folder / TOKENIZER).get("model", {}).get("vocab")
    if not isinstance(pieces, dict):
        raise EncoderError(
            f"The teacher in {folder} has no word-piece vocabulary",
            "Use a BERT-like teacher: zhongshi embeddings fetch bge-small-zh-v1.5",
        )
    library = load("sentence_transformers", EXTRA)
    model = library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return Teacher(model, list(pieces))


def _has_bfloat16(torch: Any) -> bool:
    return bool(torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported())
