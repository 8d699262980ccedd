"""What leaves over HTTP: the command's documents without the paths of the machine that serves them."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from api.phrases import file_name


class Published(JSONResponse):
    """A JSON response in which files are named and their folders are not."""

    def render(self, content: Any) -> bytes:
        return super().render(published(content))


def published(value: Any) -> Any:
    """A document whose every `file` is the file's name alone."""
    if isinstance(value, dict):
        return {name: _part(name, part) for name, part in value.items()}
    if isinstance(value, list):
        return [published(part) for part in value]
    return value


def _part(name: str, value: Any) -> Any:
    if name == "file" and isinstance(value, str):
        return file_name(value)
    return published(value)
