"""The command's entry: registers the subcommands and turns every failure into a message and an exit code."""

from __future__ import annotations

import sys
import traceback

import typer

from api.cli import answers, correcting, files, graph, models, reading, serving
from api.cli.output import failure, usage_failure
from api.languages import of_arguments
from kg.errors import UsageError, ZhongshiError
from kg.wording import Sentence

app = typer.Typer(
    name="zhongshi",
    help="From a research result to a pilot line and to money. 中试:从成果到产线与资金,逐条给出证明。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (files, answers, reading, correcting, graph, models, serving):
    module.register(app)


_CTRL_C = 130
_INTERRUPTED = ZhongshiError(
    Sentence("命令被中断", "the command was interrupted"),
    remedy=Sentence("再运行一次同样的命令", "run the same command again"),
)
_REPORT = Sentence(
    "这是软件的缺陷，请连同上面各行一起报告",
    "this is a fault of the software; report it with the lines above",
)


def _refuse_broken(words: list[str]) -> None:
    """Arguments whose bytes are no text in the terminal's encoding."""
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise UsageError(
                Sentence(f"参数不是文本：{word!a}", f"an argument is not text: {word!a}"),
                remedy=Sentence("检查终端编码（UTF-8）", "check the terminal's encoding (UTF-8)"),
            )


def main() -> None:
    """Run one command; exits 0 when done, 1 when the job failed, 2 for wrong use."""
    as_json, lang = "--json" in sys.argv, of_arguments(sys.argv[1:])
    code: object
    try:
        _refuse_broken(sys.argv[1:])
        code = app(standalone_mode=False)
    except ZhongshiError as exc:
        code = failure(exc, lang, as_json=as_json)
    except SystemExit as exc:  # typer leaves with 130 after Ctrl-C
        code = failure(_INTERRUPTED, lang, as_json=as_json) if exc.code == _CTRL_C else exc.code
    except (KeyboardInterrupt, typer.Abort):
        code = failure(_INTERRUPTED, lang, as_json=as_json)
    except Exception as exc:
        # typer's own errors know how to show themselves; anything else is ours and shows its traceback too
        if hasattr(exc, "format_message"):
            code = usage_failure(exc, lang, as_json=as_json)
        else:
            traceback.print_exc()
            fault = ZhongshiError(f"{type(exc).__name__}: {exc}", remedy=_REPORT)
            code = failure(fault, lang, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)
