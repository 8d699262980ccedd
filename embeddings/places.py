"""Where models lie: beside the code, and in the user's cache."""

from __future__ import annotations

import os
from pathlib import Path

SHIPPED = Path(__file__).parent / "models"


def cache_folder() -> Path:
    """The folder of fetched models: ZHONGSHI_CACHE, else XDG_CACHE_HOME/zhongshi, else ~/.cache/zhongshi."""
    if own := os.environ.get("ZHONGSHI_CACHE"):
        return Path(own).expanduser() / "models"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "zhongshi" / "models"


def place(name: str) -> Path:
    """The folder that the model `name` has, or will have, in the user's cache."""
    return cache_folder() / name.replace("/", "--")


def fetched(name: str) -> Path | None:
    """The folder of a model that was fetched before, None where it was not. Looks on this machine only."""
    folder = place(name)
    return folder if folder.is_dir() else None
