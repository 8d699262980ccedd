"""What a command prints: one JSON document, or tables for a person; messages go to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from kg.errors import UsageError, ZhongshiError


def print_document(document: Mapping[str, Any]) -> None:
    """Print one JSON document to stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def say(message: str) -> None:
    """Say something to the person, on stderr."""
    sys.stderr.write(message + "\n")


def failure(error: ZhongshiError, *, as_json: bool) -> int:
    """Report a failure and return the exit code."""
    if as_json:
        print_document(error.document())
    else:
        place = ":".join(str(part) for part in (error.file, error.line) if part is not None)
        where = " ".join(part for part in (place, f"[{error.field}]" if error.field else "") if part)
        say(f"错误 error ({error.code}): " + (f"{where}: " if where else "") + error.message)
        if error.remedy:
            say(f"办法 remedy: {error.remedy}")
    return error.exit_code


def usage_failure(error: Exception, *, as_json: bool) -> int:
    """Report wrong use that typer found: an unknown option, a missing argument."""
    message = str(error.format_message()) if hasattr(error, "format_message") else str(error)
    return failure(UsageError(message, remedy="see zhongshi COMMAND --help"), as_json=as_json)
