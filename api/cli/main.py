"""The command's entry: registers the subcommands and turns every failure into a message and an exit code."""

from __future__ import annotations

import sys

import typer

from api.cli import answers, correcting, files, graph, models, reading, serving
from api.cli.output import failure, usage_failure
from kg.errors import ZhongshiError

app = typer.Typer(
    name="zhongshi",
    help="From a research result to a pilot line and to money. 中试:从成果到产线与资金,逐条给出证明。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (files, answers, reading, correcting, graph, models, serving):
    module.register(app)


def main() -> None:
    """Run one command; exits 0 when done, 1 when the job failed, 2 for wrong use."""
    as_json = "--json" in sys.argv
    try:
        code = app(standalone_mode=False)
    except ZhongshiError as exc:
        code = failure(exc, as_json=as_json)
    except KeyboardInterrupt:
        code = 1
    except Exception as exc:
        # typer's own errors know how to show themselves; anything else is ours and keeps its traceback
        if not hasattr(exc, "format_message"):
            raise
        code = usage_failure(exc, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)
