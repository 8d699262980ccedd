"""The command `zhongshi`."""

from api.cli.main import main

__all__ = ["main"]
