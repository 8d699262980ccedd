"""A coloured reading: the text with its facts marked, then the facts as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from api.cli.render.tables import print_line, print_tables
from api.cli.render.wrapping import console
from api.tables import Table

_STYLES = {
    "unit_op": "bold green",
    "background": "green dim strike",
    "quantity": "cyan",
    "test": "bold blue",
    "proved": "bold magenta",
    "claimed": "magenta",
    "target": "magenta italic",
    "hard": "underline",
    "flag": "bold red reverse",
}
_LABELS = {
    "unit_op": ("工序", "step"),
    "background": ("背景工序", "background"),
    "quantity": ("数量", "quantity"),
    "test": ("测试", "test"),
    "proved": ("已证", "proved"),
    "claimed": ("声称", "claimed"),
    "target": ("目标", "target"),
    "hard": ("条件", "condition"),
    "flag": ("警示", "warning"),
}
_SHOWN = 4000


def print_reading(text: str, document: dict[str, Any], lang: str) -> None:
    """Print the marked text and its facts; of a long text the first 4,000 characters."""
    english = lang == "en"
    screen = console()
    shown = Text(text[:_SHOWN] + ("…" if len(text) > _SHOWN else ""))
    used = []
    for sort, start, end in _marks(document):
        shown.stylize(_STYLES[sort], start, min(end, _SHOWN))
        used.append(sort)
    print_line(screen, shown)
    if used and screen.is_terminal:
        print_line(screen, _legend(used, english))
    print_tables([table for table in _tables(document, english) if table.rows])


def _legend(used: Sequence[str], english: bool) -> Text:
    """What the colours mean; a pipe has none."""
    head = Text("colours: " if english else "颜色：", style="dim")
    marks = [Text(_LABELS[sort][english], style=_STYLES[sort]) for sort in _STYLES if sort in used]
    return head.append_text(Text(" ").join(marks))


def _marks(document: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    for one in document["conditions"]:
        yield "hard", one["start"], one["end"]
    for sort, name in (("quantity", "quantities"), ("test", "tests")):
        for one in document[name]:
            yield sort, one["start"], one["end"]
    for one in document["unit_ops"]:
        yield "unit_op" if one["own"] else "background", one["start"], one["end"]
    for one in document["maturity"]:
        yield one["kind"], one["start"], one["end"]
    for one in document["flags"]:
        yield "flag", one["start"], one["end"]


def _tables(document: dict[str, Any], english: bool) -> Iterator[Table]:
    def say(zh: str, en: str) -> str:
        return en if english else zh

    steps = [
        (
            one["order"] + 1 if one["own"] else "–",
            _LABELS[sort if one["own"] else "background"][english],
            one["name"],
            one["text"],
        )
        for sort, found in (("unit_op", document["unit_ops"]), ("test", document["tests"]))
        for one in found
    ]
    header = ("#", say("性质", "kind"), say("名称", "name"), say("原文", "text"))
    yield Table(say("工序与测试", "steps and tests"), header, steps)
    quantities = [(one["text"], one["measures"], one["unit"]) for one in document["quantities"]]
    yield Table(
        say("数量", "quantities"),
        (say("原文", "text"), say("测量", "measures"), say("单位", "unit")),
        quantities,
    )
    maturity = [
        (one["text"], one["item"], _LABELS[one["kind"]][english], one["trl_hint"])
        for one in document["maturity"]
    ]
    level = document["trl"]["suggested"]
    title = say("成熟度证据", "maturity") + (f" · TRL {level}?" if level else "")
    header = (say("原文", "text"), say("证据", "evidence"), say("性质", "kind"), "TRL")
    yield Table(title, header, maturity)
    fields = [(one["name"], round(one["score"], 2)) for one in document["fields"]]
    yield Table(say("领域", "fields"), (say("领域", "field"), say("把握", "score")), fields)
    terms = [("、".join(document["terms"]),)] if document["terms"] else []
    yield Table(say("关键术语", "terms"), ("",), terms)
    flags = [(one["kind"], one["words"], one["why"]) for one in document["flags"]]
    yield Table(
        say("请人核对", "for a person to check"), (say("类别", "kind"), say("字样", "words"), ""), flags
    )
    asked = [
        (say("必须", "must") if one["hard"] else say("希望", "wish"), one["text"])
        for one in document["conditions"]
    ]
    asked += [
        (say(zh, en), f"{document[name]:,.0f}" if name == "budget" else document[name])
        for name, zh, en in _ASKED
        if document[name] is not None
    ]
    asked += [(say("自有", "own"), one["text"]) for one in document["equipment"]]
    yield Table(say("需求条件", "what is asked"), ("", say("内容", "text")), asked)


_ASKED = (("deadline", "期限", "deadline"), ("budget", "预算（元）", "budget (yuan)"))
