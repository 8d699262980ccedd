"""The figures as the part of docs/matching.md that stands between the marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.routes.changes import Changes
from bench.routes.fronts import FrontCheck
from bench.routes.planted import Tally
from bench.routes.scale import Speed
from bench.routes.schedules import Agreement

BEGIN, END = "<!-- bench/routes: begin -->", "<!-- bench/routes: end -->"
ORDER = ("plain", "paraphrased", "incomplete")
ASKED = {
    "steps": "step by step, in the story's words",
    "text": "as it is registered (the reader finds the steps)",
}
AIM = {"plain": 0.99, "paraphrased": 0.9}


def planted_lines(tallies: Mapping[str, Mapping[str, Tally]]) -> list[str]:
    """One line for each way of asking and difficulty."""
    lines = [
        "| asked | difficulty | planted | found@1 | found@5 | grade | violations | abstained wrong | right |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for how, by_difficulty in tallies.items():
        for name in ORDER:
            one = by_difficulty.get(name)
            if one is None or not one.planted:
                continue
            found = f"{one.at_5 / one.planted:.3f}"
            aim = AIM.get(name) if how == "steps" else None
            verdict = (
                "" if aim is None else f" (aim {aim:g}, {'met' if float(found) >= aim else '**missed**'})"
            )
            lines.append(
                f"| {ASKED[how]} | {name} | {one.planted} | {one.at_1 / one.planted:.3f} | {found}{verdict} "
                f"| {sum(one.grades) / one.planted:.2f} | {one.violations} of {one.routes} "
                f"| {one.abstained_wrong} of {one.planted} | {one.abstained_right} of {one.hopeless} |"
            )
    return lines


def other_lines(
    fronts: FrontCheck, schedules: Agreement, changes: Changes, small: Speed, large: Speed | None
) -> list[str]:
    """What else is held against a truth, and the speed."""
    lines = [
        "| held against | figure |",
        "|---|---|",
        f"| every combination, small random registries: the Pareto set is the same | {fronts.equal} of "
        f"{fronts.cases} ({fronts.points:,} of {fronts.chains:,} chains undominated) |",
        f"| counting days: first and last day of a step are the same | {schedules.dates} of "
        f"{schedules.steps} ({schedules.whole} with both) |",
        f"| the price list: cost of a step is the same | {schedules.costs} of {schedules.steps} |",
        f"| applying the patch: it opens as many routes as it says | {changes.opens} of {changes.told} "
        f"({changes.asked} abstentions with a gap, {changes.asked - changes.told} without such a patch) |",
        f"| a little less than the patch: no route | {changes.tried_less - changes.less_opens} of "
        f"{changes.tried_less} |",
        f"| 119 institutions, 141 capabilities, {small.questions} questions | {_speed(small)} |",
    ]
    if large is not None:
        lines.append(f"| 2,400 platforms, 50,000 capabilities, {large.questions} needs | {_speed(large)} |")
    return lines


def _speed(speed: Speed) -> str:
    return (
        f"p50 {speed.p50:.0f} ms, p95 {speed.p95:.0f} ms (the first, which reads the store, "
        f"{speed.first:,.0f} ms); {speed.peak_mib:,.0f} MiB at the peak, loading included"
    )


def write(page: Path, blocks: Sequence[Sequence[str]]) -> None:
    """Puts the blocks between the marks of a page; raises ValueError where it has none."""
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page} has no marks {BEGIN} … {END}")
    head, rest = text.split(BEGIN, 1)
    body = "\n\n".join("\n".join(block) for block in blocks)
    page.write_text(f"{head}{BEGIN}\n{body}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")
