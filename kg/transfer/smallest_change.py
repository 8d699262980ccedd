"""What would open a route: for each binding constraint the smallest change, found by solving again.

A change is tried on the requirement itself: the quantity moved to what a line really does, the deadline to
the earliest end, the budget to the smallest bill, one hand-over more, a step left out. Only what opens a
route is told, the nearest to what was asked first. Where no single item will do, all items that bind are
changed together. What only a line or the result itself could change is told as such, and tried on its proof.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from kg.errors import BadValueError
from kg.transfer.candidates import Option, number_proof
from kg.transfer.proof import Document, Proof, tidy
from kg.transfer.quantities import Asked, asked_from_document
from kg.transfer.requirement import Requirement, Step
from kg.transfer.terms import first_day
from kg.transfer.whynot import WhyNot
from kg.values.quantity import parse_quantity
from kg.wording import Sentence, constraint, yuan

Side = Literal["request", "achievement", "line"]
MOST_SOLVED = 16
"""So many times a question is solved again at most."""
NUDGE = 1 + 1e-6
MARKS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "约", "±": "±"}


@dataclass(frozen=True)
class Change:
    """One change, on whose side it is, its JSON Merge Patch on the printed requirement, and the routes that
    it opens."""

    text: Sentence
    side: Side
    patch: Document | None
    opens: int

    def document(self) -> Document:
        return {"text": self.text, "side": self.side, "patch": self.patch, "opens": self.opens}


@dataclass(frozen=True)
class Try:
    """A changed requirement with the words for it; `side` as in `Change`."""

    text: Sentence
    requirement: Requirement
    side: Side = "request"


@dataclass
class Solver:
    """Solves a requirement again, as it was on the day of asking (`as_of`), a limited number of times.
    `routes` counts the routes of a requirement, and
    those that there would be if one offer met one constraint; `options` are the offers for a step."""

    routes: Callable[[Requirement, tuple[str, str] | None], int]
    options: Callable[[Step], Sequence[Option]]
    as_of: date = date.min
    left: int = MOST_SOLVED

    def opens(self, requirement: Requirement, lifted: tuple[str, str] | None = None) -> int:
        """How many routes there would be; 0 once the number of tries is used up."""
        if self.left <= 0:
            return 0
        self.left -= 1
        return self.routes(requirement, lifted)


def with_changes(requirement: Requirement, entries: Sequence[WhyNot], solver: Solver) -> list[WhyNot]:
    """The entries with what would open a route."""
    found = [_of_one(requirement, entry, solver) for entry in entries]
    if len(entries) > 1 and not any(found):
        joint = _of_all(requirement, [one for one in entries if not one.instead], solver)
        found = [[joint] if joint and not one.instead else [] for one in entries]
    return [
        replace(entry, changes=(*changes, *_of_line(requirement, entry, solver, bool(changes))))
        for entry, changes in zip(entries, found, strict=True)
    ]


def _of_one(requirement: Requirement, entry: WhyNot, solver: Solver) -> list[Change]:
    """The first of the tries for an entry that opens a route."""
    sooner = _sooner(requirement, solver) if entry.constraint == "by" else []
    for one in _tries(requirement, entry, solver):
        opens = solver.opens(one.requirement)
        if opens:
            return [Change(one.text, one.side, _patch(requirement, one.requirement), opens), *sooner]
    return sooner


def _sooner(requirement: Requirement, solver: Solver) -> list[Change]:
    """The latest beginning with which the deadline can be kept, found by halving: who begins sooner never
    ends later."""
    stated = first_day(requirement.bounds.start) if requirement.bounds.start else None
    if stated is None or stated <= solver.as_of:
        return []

    def begun(day: date) -> Requirement:
        return replace(requirement, bounds=replace(requirement.bounds, start=day.isoformat()))

    low, high = solver.as_of, stated
    if not (opens := solver.routes(begun(low), None)):
        return []
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        if found := solver.routes(begun(middle), None):
            low, opens = middle, found
        else:
            high = middle
    text = Sentence(
        f"{low.isoformat()} 起即可开始（原为 {stated.isoformat()}）", f"begin on {low} instead of {stated}"
    )
    return [Change(text, "request", _patch(requirement, begun(low)), opens)]


def _of_all(requirement: Requirement, entries: Sequence[WhyNot], solver: Solver) -> Change | None:
    """All that bind at once, each by its nearest try; they build on each other."""
    changed, texts, side = requirement, list[Sentence](), "request"
    for entry in entries:
        one = next(_tries(changed, entry, solver), None)
        if one is None:
            return None
        changed, side = one.requirement, one.side if one.side != "request" else side
        texts.append(one.text)
    opens = solver.opens(changed)
    if not opens:
        return None
    text = Sentence("；".join(t.zh for t in texts), "; ".join(t.en for t in texts))
    return Change(text, side, _patch(requirement, changed), opens)  # type: ignore[arg-type]


def _tries(requirement: Requirement, entry: WhyNot, solver: Solver) -> Iterator[Try]:
    """Changed requirements for one binding constraint, the nearest to what was asked first; of a start that
    leaves too few days `_sooner` finds the latest that does not."""
    bounds, name, best = requirement.bounds, entry.constraint, entry.best_offer
    if name == "max_hand_overs" and isinstance(best, int):
        text = Sentence(f"交接次数放宽到 {best} 次", f"allow {best} hand-overs")
        yield Try(text, replace(requirement, bounds=replace(bounds, max_hand_overs=best)))
    elif name == "by" and isinstance(best, str):
        first = entry.begins.isoformat() if entry.begins else None
        begun = (f"（{first} 开始）", f" (beginning on {first})") if first else ("", "")
        text = Sentence(
            f"期限由 {bounds.by} 放宽到 {best}{begun[0]}", f"by {best} instead of {bounds.by}{begun[1]}"
        )
        yield Try(text, replace(requirement, bounds=replace(bounds, by=best)))
    elif name == "budget" and bounds.budget is not None and entry.short_by is not None:
        most = round(bounds.budget + entry.short_by.value, 2)
        was, now = yuan(bounds.budget), yuan(most)
        text = Sentence(f"预算由 {was.zh} 提高到 {now.zh}", f"{now.en} instead of {was.en}")
        yield Try(text, replace(requirement, bounds=replace(bounds, budget=most)))
    elif name == "maturity" and entry.short_by is not None and requirement.project.trl is not None:
        yield from _riper(requirement, entry.short_by.value)
    elif name in ("certificate", "material", "region"):
        yield from _undemanded(requirement, entry)
    elif name == "distance" and bounds.within_km is not None:
        yield from _further(requirement, entry, solver)
    else:
        yield from _of_step(requirement, entry, solver)


def _further(requirement: Requirement, entry: WhyNot, solver: Solver) -> Iterator[Try]:
    """The nearest lines that can do the step: so many km more."""
    most = requirement.bounds.within_km or 0.0
    steps = [one for one in requirement.steps if one.unit_op == entry.step] or list(requirement.steps)
    gaps = sorted(
        {
            proof.short_by.value
            for step in steps
            for option in solver.options(step)
            for proof in option.others
            if proof.constraint == "distance" and proof.short_by and _else_open(option, "distance")
        }
    )
    for gap in gaps:
        km = math.ceil((most + gap) * 10) / 10
        text = Sentence(
            f"距离由 {most:.6g} km 放宽到 {km:.6g} km", f"within {km:.6g} km instead of {most:.6g} km"
        )
        yield Try(text, replace(requirement, bounds=replace(requirement.bounds, within_km=km)))


def _else_open(option: Option, constraint: str) -> bool:
    """Whether nothing else of an option is short."""
    return all(proof.verdict != "short" or proof.constraint == constraint for proof in option.proofs)


def _undemanded(requirement: Requirement, entry: WhyNot) -> Iterator[Try]:
    """A certificate as a wish only; the route without a material that is refused, or
    with a place that the asker refuses."""
    wanted = _shown(entry.required).zh
    for one in requirement.demands:
        sort = "region" if one.sort == "place" else one.sort
        if sort != entry.constraint or one.value not in wanted or one.step not in (None, entry.step):
            continue
        rest = [other for other in requirement.demands if other is not one]
        if one.sort == "certificate":
            text = Sentence(f"{one.value} 不作硬性要求", f"{one.value} as a wish only")
            rest.insert(requirement.demands.index(one), replace(one, hard=False))
        elif one.sort == "region":
            text = Sentence(f"也考虑{one.value}", f"{one.value} is all right too")
        elif one.sort == "place":
            text = Sentence(f"不限于{one.value}", f"elsewhere than in {one.value} too")
        else:
            text = Sentence(f"不含{one.value}", f"without {one.value}")
        yield Try(text, replace(requirement, demands=tuple(rest)))


def _riper(requirement: Requirement, short: float) -> Iterator[Try]:
    trl = requirement.project.trl or 0
    for level in (trl + round(short), trl - round(short)):
        if 1 <= level <= 9:
            text = Sentence(f"成熟度由 TRL {trl} 到 TRL {level}", f"TRL {level} instead of TRL {trl}")
            changed = replace(requirement, project=replace(requirement.project, trl=level))
            yield Try(text, changed, "achievement")


def _of_step(requirement: Requirement, entry: WhyNot, solver: Solver) -> Iterator[Try]:
    index = next((i for i, one in enumerate(requirement.steps) if one.unit_op == entry.step), None)
    if index is None:
        return
    step = requirement.steps[index]
    for asked in step.quantities:
        if asked.document() == entry.required:
            for text, moved in _moved(step, asked, solver.options(step)):
                numbers = tuple(moved if one is asked else one for one in step.quantities)
                yield Try(text, _with_step(requirement, index, replace(step, quantities=numbers)))
    if entry.constraint == "unit_op" and len(requirement.steps) > 1:
        text = Sentence(f"不做{step.unit_op}（另找办法）", f"do without {step.unit_op}")
        yield Try(text, _with_step(requirement, index, None))


def _with_step(requirement: Requirement, index: int, step: Step | None) -> Requirement:
    steps = list(requirement.steps)
    steps[index : index + 1] = [] if step is None else [step]
    return replace(requirement, steps=tuple(steps))


def _moved(step: Step, asked: Asked, options: Sequence[Option]) -> Iterator[tuple[Sentence, Asked]]:
    """The quantity at what each offer of the very operation really does, the smallest move first."""
    gaps: dict[float, tuple[Option, Proof]] = {}
    for option in options:
        proof = number_proof(asked, option.offer)
        if option.operation.verdict == "fits" and proof and proof.verdict == "short" and proof.short_by:
            gaps.setdefault(proof.short_by.value, (option, proof))
    for short, (option, _) in sorted(gaps.items(), key=lambda pair: pair[0]):
        for moved in _candidates(asked, short):
            again = number_proof(moved, option.offer)
            if again is not None and again.verdict != "short":
                was, now = asked.bounds.text, moved.bounds.text
                what = asked.measures or ""
                text = Sentence(
                    f"{step.unit_op}：{what}由 {was} 改为 {now}",
                    f"{step.unit_op}: {what + ' ' if what else ''}{now} instead of {was}",
                )
                yield text, moved
                break


def _candidates(asked: Asked, short: float) -> Iterator[Asked]:
    """The quantity moved down or up by what is short, the one end of a range that is out."""
    low, high = asked.bounds.low, asked.bounds.high
    for by in (short, short * NUDGE):
        if asked.relation == "±" and high is not None:
            yield from _spelled(asked, high + by, high + by)
        elif low is not None and high is not None and low != high:
            yield from _spelled(asked, low, high - by)
            yield from _spelled(asked, low + by, high)
        else:
            for sign in (-1, 1):
                yield from _spelled(
                    asked,
                    None if low is None else low + sign * by,
                    None if high is None else high + sign * by,
                )


def _spelled(asked: Asked, low: float | None, high: float | None) -> Iterator[Asked]:
    """The quantity with these ends, written as a person would and read again."""
    ends = [tidy(end) for end in (low, high) if end is not None]
    if not ends or ends[0] > ends[-1]:
        return
    mark = MARKS.get(asked.relation, "")
    numbers = f"{ends[0]:.10g}～{ends[-1]:.10g}" if ends[0] != ends[-1] else f"{mark}{ends[0]:.10g}"
    relation = "=" if asked.relation == "range" and ends[0] == ends[-1] else asked.relation
    try:
        read: dict[str, Any] = dict(parse_quantity(f"{numbers} {asked.bounds.unit or ''}".strip()).document())
    except BadValueError:
        return
    document = {**read, "relation": relation, "measures": asked.measures}
    made = asked_from_document(document, asked.origin, asked.demanded)
    yield replace(made, hard=asked.hard, aim=asked.aim, reached=asked.reached)


def _of_line(requirement: Requirement, entry: WhyNot, solver: Solver, opened: bool) -> list[Change]:
    """What the line that comes nearest would have to do instead; tried on its proof unless something else
    opens a route."""
    if entry.by is None or entry.step is None or entry.constraint == "unit_op":
        return []
    what = constraint(entry.constraint)
    wanted, has = _shown(entry.required), _shown(entry.best_offer)
    text = Sentence(
        f"{entry.by.called.zh}：{what.zh}做到 {wanted.zh}（现为 {has.zh}）",
        f"{entry.by.called.en}: {what.en} {wanted.en} instead of {has.en}",
    )
    opens = solver.opens(requirement, (entry.by.id, entry.constraint))
    return [Change(text, "line", None, opens)] if opens or not opened else []


def _shown(value: object) -> Sentence:
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, Sentence) else Sentence(str(value), str(value))


def _patch(before: Requirement, after: Requirement) -> Document:
    """The JSON Merge Patch that makes the one printed requirement the other."""
    one, two = before.document(), after.document()
    return {name: _difference(one[name], value) for name, value in two.items() if one[name] != value}


def _difference(one: Any, two: Any) -> Any:
    """Within an item only what differs; a list is replaced as a whole."""
    if isinstance(one, dict) and isinstance(two, dict):
        gone = {name: None for name in one if name not in two}
        return gone | {name: _difference(one.get(name), v) for name, v in two.items() if one.get(name) != v}
    return two
