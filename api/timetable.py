"""A route's calendar and bill as people read them: on the terminal and in sheets."""

from __future__ import annotations

from typing import Any

from api.phrases import bracketed
from kg.wording import Sentence, yuan

Document = dict[str, Any]

BEST: dict[str, Sentence] = {
    "cost": Sentence("同等依据中费用最低", "cheapest of equal proof"),
    "months": Sentence("同等依据中最早完成", "earliest of equal proof"),
}
SCHEDULE = Sentence("排期", "schedule")
COSTS = Sentence("各步费用", "cost of each step")
UNKNOWN = Sentence("未知", "unknown")


def totals_line(totals: Document, lang: str) -> list[str]:
    """Cost and time of a route, as far as they are known."""
    found: list[str] = []
    if totals.get("cost") is not None:
        found.append(money(totals["cost"], lang))
    elif totals.get("known_cost"):
        known = money(totals["known_cost"], lang)
        found.append(Sentence(f"已知费用 {known}", f"known cost {known}").said(lang))
    if totals.get("months") is not None:
        found.append(
            Sentence(
                f"{totals['months']:.1f} 个月（至 {totals['end']}）",
                f"{totals['months']:.1f} months (until {totals['end']})",
            ).said(lang)
        )
    return found


def best_line(best_in: list[str], lang: str) -> list[str]:
    """In which of cost and time a route is the best."""
    return [BEST[name].said(lang) for name in best_in if name in BEST]


def schedule_line(steps: list[Document], lang: str) -> str:
    """The slots of all steps, one after another; without a calendar their costs; empty where nothing is
    known."""
    if any(step.get("start") for step in steps):
        shown = [f"{number}. {slot(step, lang)}" for number, step in enumerate(steps, start=1)]
        return f"{SCHEDULE.said(lang)} {' → '.join(shown)}"
    if all(step.get("cost") is None for step in steps):
        return ""
    costs = [f"{number}. {cost_of(step, lang)}" for number, step in enumerate(steps, start=1)]
    return f"{COSTS.said(lang)} {' + '.join(costs)}"


def slot(step: Document, lang: str) -> str:
    """First and last day of a step, what it costs, and how its days were counted."""
    days = UNKNOWN.said(lang)
    if step.get("start"):
        days = f"{step['start']}～{step['end'] or UNKNOWN.said(lang)}"
    cost = None if step.get("cost") is None else money(step["cost"], lang)
    beside = [one for one in (cost, step["schedule"]["note"]) if one]
    return days + bracketed(("; " if lang == "en" else "，").join(beside), lang)


def cost_of(step: Document, lang: str) -> str:
    """What a step costs, and how its days were counted."""
    if step.get("cost") is None:
        return UNKNOWN.said(lang)
    return money(step["cost"], lang) + bracketed(step["schedule"]["note"] or "", lang)


def bill_line(step: Document, lang: str) -> str:
    """What a step's cost is made of, and how its days were counted."""
    words = {
        "setup_cost": Sentence("准备费", "set-up"),
        "price_per_day": Sentence("天", "days"),
        "price_per_batch": Sentence("批", "batches"),
    }
    parts = []
    for part in step.get("bill") or []:
        what, each = words[part["what"]].said(lang), money(part["each"], lang)
        once = part["what"] == "setup_cost"
        parts.append(f"{what} {each}" if once else f"{part['count']:g} {what} × {each}")
    note = step["schedule"]["note"]
    return " + ".join(parts) + (bracketed(note, lang) if note and parts else "")


def money(value: float, lang: str) -> str:
    """4.2 万元, 42,000 yuan."""
    return yuan(round(value, 2)).said(lang)
