"""Imports of optional packages, at the moment they are needed and never before."""

from __future__ import annotations

import importlib
from typing import Any

from embeddings.errors import EncoderError


def load(module: str, extra: str) -> Any:
    """Import `module`, which the base installation lacks, or say which extra brings it.

    Raises ModuleNotFoundError untouched if the package is there and something that it needs is not.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as exc:
        package = module.partition(".")[0]
        if exc.name != package:
            raise
        raise EncoderError(
            f"The package {package} is not installed",
            f"Install it with: pip install 'zhongshi[{extra}]'",
        ) from exc
