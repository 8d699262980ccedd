"""What is true of the generated registry, by the generator's own arithmetic; the product never reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest.demo.model import Bound, Fund, Need, Offer, Result, Step, Story, Terms, Want

Verdict = Literal["fits", "short", "unknown"]
Row = dict[str, Any]
SLACK = 1e-9


@dataclass(frozen=True)
class Check:
    """One needed quantity against one limit; `short_by` in the parameter's unit, positive."""

    want: Want
    verdict: Verdict
    short_by: float = 0.0


def check(want: Want, limit: Bound | None) -> Check:
    """Whether the needed interval lies in the offered one. A missing end is open; no number is unknown."""
    if limit is None or (limit.low is None and limit.high is None):
        return Check(want, "unknown")
    below = above = 0.0
    # "at most x" needs only the lower end to reach x; "at least x" only the upper one
    lowest = want.high if want.relation == "<=" else want.low if want.relation != ">=" else None
    highest = want.low if want.relation == ">=" else want.high if want.relation != "<=" else None
    if limit.low is not None and lowest is not None:
        below = limit.low - lowest
    if limit.high is not None and highest is not None:
        above = highest - limit.high
    worst = max(below, above)
    return Check(want, "short", round(worst, 6)) if worst > SLACK else Check(want, "fits")


class Supply:
    """The offers by operation."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.by_op: dict[str, list[tuple[Offer, Mapping[str, Bound]]]] = defaultdict(list)
        for offer in offers:
            self.by_op[offer.op].append((offer, {bound.parameter: bound for bound in offer.bounds}))

    def step(self, step: Step) -> Row:
        """The step with its needs, the offers that fit, that may, and the nearest that falls short."""
        fits, unknown, shorts = [], [], []
        for offer, limits in self.by_op.get(step.op, ()):
            checks = [check(one, limits.get(one.parameter)) for one in step.wants]
            short = [one for one in checks if one.verdict == "short"]
            if short:
                shorts.append((offer.key, short))
            elif any(one.verdict == "unknown" for one in checks):
                unknown.append(offer.key)
            else:
                fits.append(offer.key)
        row: Row = {
            "unit_op": step.op, "said": step.said, "synonym": step.synonym,
            "needs": [_need(one) for one in step.wants], "fits": fits, "unknown": unknown,
        }  # fmt: skip
        if not fits and not unknown and shorts:
            row["nearest"] = _nearest(shorts)
        return row


def _need(want: Want) -> Row:
    return {
        "parameter": want.parameter, "relation": want.relation, "low": want.low, "high": want.high,
        "unit": want.unit, "text": want.text,
    }  # fmt: skip


def _nearest(shorts: Iterable[tuple[str, list[Check]]]) -> Row:
    """The offer that misses fewest needs, then by the smallest share of what was asked."""

    def distance(one: Check) -> float:
        asked = one.want.low if one.want.low is not None else one.want.high
        return one.short_by / max(abs(asked or 0.0), 1e-6)

    key, checks = min(shorts, key=lambda pair: (len(pair[1]), max(map(distance, pair[1])), pair[0]))
    worst = max(checks, key=distance)
    return {
        "capability": key, "parameter": worst.want.parameter, "short_by": worst.short_by,
        "unit": worst.want.unit,
    }  # fmt: skip


def story_truth(story: Story, supply: Supply) -> Row:
    """Steps, whether all of them can be done, and the reason where not."""
    steps = [supply.step(step) for step in story.steps]
    stuck = [step for step in steps if not step["fits"] and not step["unknown"]]
    feasible = "no" if stuck else "yes" if all(step["fits"] for step in steps) else "unknown"
    row: Row = {"feasible": feasible, "steps": steps, "not_own": list(story.mentions)}
    if story.maturity:
        row["maturity"] = {"said": story.maturity.said, "trl": story.maturity.trl}
    if stuck:
        row["reason"] = [_reason(step) for step in stuck]
    return row


def _reason(step: Row) -> Row:
    if "nearest" not in step:
        return {"unit_op": step["unit_op"], "why": "nobody offers this operation"}
    return {"unit_op": step["unit_op"], "why": "every offer falls short", **step["nearest"]}


def fund_verdict(fund: Fund, result: Result, full_places: Mapping[str, str]) -> Verdict:
    """Whether a fund's mandate admits a result as it is registered; an empty cell is unknown."""
    answers = (
        _in_window(result.amount, fund.ticket),
        _in_window(result.trl, fund.trl),
        None if fund.fields and result.field is None else not fund.fields or result.field in fund.fields,
        None
        if fund.region and result.place is None
        else full_places.get(result.place or "", "").startswith(fund.region),
    )
    if False in answers:
        return "short"
    return "unknown" if None in answers else "fits"


def _in_window(value: int | None, window: tuple[int | None, int | None]) -> bool | None:
    low, high = window
    if value is None:
        return None if low is not None or high is not None else True
    return (low is None or value >= low) and (high is None or value <= high)


def result_truth(result: Result, supply: Supply, funds: Iterable[Fund], places: Mapping[str, str]) -> Row:
    """The line of `truth.jsonl` for an achievement."""
    verdicts = {fund.key: fund_verdict(fund, result, places) for fund in funds}
    return {
        "type": "achievement", "key": result.key, "difficulty": result.difficulty,
        "restricted": result.secrecy in ("内部", "待定密"),
        **story_truth(result.story, supply),
        "funds": [key for key, verdict in verdicts.items() if verdict == "fits"],
        "funds_unknown": [key for key, verdict in verdicts.items() if verdict == "unknown"],
    }  # fmt: skip


def need_truth(need: Need, supply: Supply) -> Row:
    """The line of `truth.jsonl` for a need."""
    return {"type": "need", "key": need.key, **story_truth(need.story, supply)}


def terms_truth(terms: Terms) -> Row:
    """Calendar, prices (yuan), materials and certificates; null: not stated."""
    return {
        "free_from": terms.free_from.isoformat() if terms.free_from else None,
        "blocked": [[first.isoformat(), last.isoformat()] for first, last in terms.blocked],
        "notice_days": terms.notice_days, "setup_days": terms.setup_days, "min_days": terms.min_days,
        "price_per_day": terms.price_per_day, "price_per_batch": terms.price_per_batch,
        "setup_cost": terms.setup_cost, "refuses": list(terms.refuses),
        "certificates": [[name, until.isoformat() if until else None] for name, until in terms.certificates],
    }  # fmt: skip


def offer_truth(offer: Offer) -> Row:
    """The line of `truth.jsonl` for a capability, limits in the parameters' units."""
    return {
        "type": "capability", "key": offer.key, "unit_op": offer.op,
        "line": offer.line.key if offer.line else None, "institution": offer.institution.key,
        "limits": [
            {"parameter": one.parameter, "low": one.low, "high": one.high, "unit": one.unit}
            for one in offer.bounds
        ],
        "terms": terms_truth(offer.terms),
    }  # fmt: skip
