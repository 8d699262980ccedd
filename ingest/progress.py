"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Told the stage, how much is done, and of how much (None: not known)."""


def quiet(stage: str, done: int, total: int | None) -> None:
    """No progress is shown."""
