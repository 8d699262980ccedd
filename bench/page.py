"""The figures as lines for the terminal and as the page docs/bench.md, which is their one home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.figures import Figure

_HEAD = """# Speed and memory

Written by `make bench BENCH=--record`; do not edit. Each figure is the median of {repeat} runs on the
embedded store: commands as processes of their own, from start to end, with the peak that the kernel counted;
questions in one process, all of a round at the 50th and 95th percentile. {data}

"""
_WORKING = "Other work on the machine shows in every figure: record on a quiet one."


def lines(figures: Sequence[Figure]) -> Iterator[str]:
    """One line for each figure, and one for its stages."""
    for figure in figures:
        yield f"{figure.what} ({figure.n:,}): " + ", ".join(
            f"{value} {unit}{_verdict(figure, unit)}" for unit, value in _shown(figure.values).items()
        )
        if figure.stages:
            yield "    " + ", ".join(f"{name} {value} s" for name, value in _shown(figure.stages).items())


def page(figures: Sequence[Figure], machine: Mapping[str, str | int], data: str, repeat: int) -> str:
    """The whole page."""
    rows = [
        f"| {figure.what} | {figure.n:,} | {value} {unit} | {_aim(figure, unit)} |"
        for figure in figures
        for unit, value in _shown(figure.values).items()
    ]
    stages = [
        f"| {figure.what} | {', '.join(f'{name} {value}' for name, value in _shown(figure.stages).items())} |"
        for figure in figures
        if figure.stages
    ]
    described = ", ".join(f"{name} {value}" for name, value in machine.items())
    return "\n".join(
        [
            _HEAD.format(repeat=repeat, data=data) + "| what | of | median | aim |\n|---|---|---|---|",
            *rows,
            "\n| stages | seconds |\n|---|---|",
            *stages,
            f"\nMeasured on: {described}. {_WORKING}",
            "",
        ]
    )


def _shown(values: Mapping[str, float]) -> dict[str, str]:
    return {name: f"{value:,.0f}" if value >= 100 else f"{value:.3g}" for name, value in values.items()}


def _aim(figure: Figure, unit: str) -> str:
    aim = figure.aim(unit)
    return "" if aim is None else f"< {aim:g}, {'met' if figure.values[unit] < aim else '**missed**'}"


def _verdict(figure: Figure, unit: str) -> str:
    said = _aim(figure, unit).replace("*", "")
    return f" (aim {said})" if said else ""
