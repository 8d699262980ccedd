"""JSON Merge Patch (RFC 7396), as whoever applies a smallest change to a printed requirement would."""

from __future__ import annotations

from typing import Any


def merged(document: Any, patch: Any) -> Any:
    """The document with the patch applied; what the patch says is null is taken out."""
    if not isinstance(patch, dict):
        return patch
    result = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
