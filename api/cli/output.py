"""What a command prints: one JSON document, or tables for a person; messages go to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from api.words import word
from kg.errors import UsageError, ZhongshiError
from kg.wording import Lang, Sentence, told


def print_document(document: Mapping[str, Any]) -> None:
    """Print one JSON document to stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def say(message: str) -> None:
    """Say something to the person, on stderr."""
    sys.stderr.write(message + "\n")


def failure(error: ZhongshiError, lang: Lang, *, as_json: bool) -> int:
    """Report a failure in a language and return the exit code."""
    document = told(error.document(), lang)
    if as_json:
        print_document(document)
    else:
        say_error(document["error"], lang)
    return error.exit_code


def say_error(error: Mapping[str, Any], lang: Lang) -> None:
    """Say an error's document on stderr: what, where, and what to do."""
    place = ":".join(str(error[part]) for part in ("file", "line") if error[part] is not None)
    where = " ".join(part for part in (place, f"[{error['field']}]" if error["field"] else "") if part)
    colon = ": " if lang == "en" else "："
    head = f"{word('error', lang)} ({error['code']}): " + (f"{where}: " if where else "")
    say(head + error["message"])
    if error["remedy"]:
        say(f"{word('remedy', lang)}{colon}{error['remedy']}")


_HELP = Sentence("用法见 zhongshi COMMAND --help", "see zhongshi COMMAND --help")


def usage_failure(error: Exception, lang: Lang, *, as_json: bool) -> int:
    """Report wrong use that typer found: an unknown option, a missing argument."""
    return failure(UsageError(_misused(error), remedy=_HELP), lang, as_json=as_json)


def _misused(error: Any) -> Sentence:
    """What typer found, by its class; whatever else it says is quoted."""
    said = str(error.format_message()) if hasattr(error, "format_message") else str(error)
    name = type(error).__name__
    if name == "NoSuchOption":
        near = "".join(f"；是不是 {one}？" for one in (error.possibilities or ())[:1])
        return Sentence(f"没有选项 {error.option_name}{near}", said)
    if name == "MissingParameter" and getattr(error, "param", None) is not None:
        return Sentence(f"缺少参数 {(error.param.metavar or error.param.name).upper()}", said)
    return Sentence(f"命令用法不对：{said}", said)
