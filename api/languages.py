"""Which language an answer or a failure is told in; it is chosen here, where a document leaves."""

from __future__ import annotations

import os
from collections.abc import Sequence

from kg.errors import UsageError
from kg.wording import DEFAULT, LANGUAGES, Lang, Sentence

VARIABLE = "ZHONGSHI_LANG"


def language(text: str) -> Lang:
    """The language of this name; raises `UsageError` for any but `zh` and `en`."""
    if text not in LANGUAGES:
        raise UsageError(
            Sentence(f"没有“{text}”这种语言", f"{text!r} is no language of ours"),
            field="lang",
            remedy=Sentence("用 zh 或 en", "use zh or en"),
        )
    return LANGUAGES[text]


def of_arguments(arguments: Sequence[str]) -> Lang:
    """The language of a command's messages, known before its options are parsed and where that failed: the
    last `--lang`, else the environment's; what names none of ours counts as nothing said."""
    named = [os.environ.get(VARIABLE, "")]
    for at, word in enumerate(arguments):
        if word == "--":
            break
        option, equals, value = word.partition("=")
        if option == "--lang":
            named.append(value if equals else "".join(arguments[at + 1 : at + 2]))
    return next((LANGUAGES[one] for one in reversed(named) if one in LANGUAGES), DEFAULT)


def of_request(lang: str | None, accepted: str) -> Lang:
    """The language of an answer over HTTP: the one that `lang` names, else the first of ours in the header
    Accept-Language, else Chinese; raises `UsageError` for a `lang` that is none of ours."""
    return _preferred(accepted) if lang is None else language(lang)


def of_failure(lang: str | None, accepted: str) -> Lang:
    """As `of_request`; a `lang` that is none of ours counts as nothing said."""
    return of_request(lang if lang in LANGUAGES else None, accepted)


def _preferred(header: str) -> Lang:
    """The language of ours with the highest quality; the first of equals."""
    offers: list[tuple[float, int, Lang]] = []
    for place, part in enumerate(header.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        name = tag.partition("-")[0].strip().lower()
        quality = float(weight) if weight.replace(".", "", 1).isdigit() else 1.0
        if name in LANGUAGES and quality > 0:
            offers.append((-quality, place, LANGUAGES[name]))
    return min(offers)[2] if offers else DEFAULT
