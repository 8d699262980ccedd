"""`python -m embeddings.distil TEACHER CORPUS OUT`: the command that made the shipped model."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from embeddings.distil import distil, read_corpus
from embeddings.errors import EncoderError


def main() -> int:
    """Distil as the arguments say, with progress on stderr. Returns 0, or 1 where the job failed."""
    args = _arguments()
    began = time.monotonic()

    def progress(message: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - began:5.0f} s] {message}\n")

    try:
        corpus = read_corpus(args.corpus, args.source)
        distil(
            args.teacher, corpus, args.out,
            steps=args.steps, dim=args.dim, keep=args.keep, seed=args.seed, progress=progress,
        )  # fmt: skip
    except (EncoderError, OSError) as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m embeddings.distil", description=__doc__)
    parser.add_argument("teacher", type=Path, help="folder of the teacher (zhongshi embeddings fetch)")
    parser.add_argument("corpus", type=Path, help="JSON lines with title and abstract, plain or gzip")
    parser.add_argument("out", type=Path, help="the new model folder")
    parser.add_argument("--source", help="only rows with this source")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--dim", type=int, default=256, help="numbers per vector")
    parser.add_argument("--keep", type=int, default=20_000, help="words kept beside all characters")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
