"""Numbers that a text says of the whole, not of a step: put to the step that they can only mean, else kept.

A scale of a request with one step is that step's. A process parameter (膜面积 40 m²) belongs to the one step
whose lines state a limit on it. What is left stays an item of the requirement and is asked about: nothing
that a person wrote with a number and a unit may disappear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.transfer.answering import PROCESS, PRODUCT, asked_parameter, says_scale
from kg.transfer.chain import largest_scale
from kg.transfer.quantities import Asked, distinct
from kg.transfer.requirement import Step
from kg.transfer.scale import scale_of, size_of
from kg.wording import Sentence

MONEY, SECOND = "yuan", "second"


@dataclass(frozen=True)
class Stated:
    """The parameters on which the lines of one operation state limits: as written, and by canonical name."""

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


StatedBy = Callable[[str], Stated]
"""What the lines that do an operation state."""


def attached(
    steps: Sequence[Step], loose: Iterable[Asked], stated: StatedBy
) -> tuple[tuple[Step, ...], tuple[Asked, ...]]:
    """The steps with the loose numbers that can only be theirs, and the numbers that are left, in order."""
    found, left = list(steps), list[Asked]()
    for asked in distinct(loose):
        index = _scaled_up(found, asked) if asked.reached else _owner(found, asked, stated)
        if index is not None and asked.reached:
            aside = distinct((*found[index].set_aside, asked))
            found[index] = replace(found[index], set_aside=aside)
            continue
        if index is None:
            left.append(asked)
        else:
            whole = distinct((*found[index].quantities, asked))
            role = "hard" if found[index].role == "soft" else found[index].role
            found[index] = largest_scale(replace(found[index], quantities=whole, role=role))
    held = [one for step in found for one in step.quantities]
    return tuple(found), tuple(one for one in left if distinct((*held, one)) != tuple(held))


def _scaled_up(steps: Sequence[Step], asked: Asked) -> int | None:
    """The one step that a figure of the laboratory is a smaller scale of (小试 0.5 kg/h，放大到20 kg/h)."""
    scale = scale_of(asked)
    if scale is None or len(steps) != 1:
        return None
    larger = [one for one in steps[0].quantities if scale_of(one) == scale and size_of(one) > size_of(asked)]
    return 0 if larger else None


def _owner(steps: Sequence[Step], asked: Asked, stated: StatedBy) -> int | None:
    if len(steps) == 1 and asked.demanded and says_scale(asked):
        return 0
    name = asked_parameter(asked)
    if name is None or name in PRODUCT or (asked.measures is None and not asked.bounds.per_batch):
        return None
    exact = [i for i, step in enumerate(steps) if asked.measures in stated(step.unit_op).words]
    named = (
        [i for i, step in enumerate(steps) if name in stated(step.unit_op).names] if name in PROCESS else []
    )
    among = exact or named
    if len(among) != 1:
        return None
    has = {asked_parameter(one) for one in steps[among[0]].quantities}
    return None if name in has else among[0]


def number_questions(numbers: Iterable[Asked]) -> list[Sentence]:
    """What to ask about the numbers that no step takes: those that somebody asks for, aims and scales."""
    asked = [one for one in numbers if not one.reached and (one.demanded or _aimed(one) or says_scale(one))]
    return [_question(one) for one in asked]


def _aimed(asked: Asked) -> bool:
    """Whether a description aims at a number that a line may be asked about; the length of a test is none."""
    axis = asked.bounds.axis
    return asked.aim and (axis is None or axis.unit != SECOND)


def unanswered(step: str, by: Sentence, numbers: Iterable[Asked]) -> list[Sentence]:
    """What to ask a line about the demands on a step that no limit could answer."""
    return [
        Sentence(
            f"{by.zh}：{step}要求{said(one).zh}，登记中没有可对照的项，能否保证？",
            f"{by.en}: {said(one).en} is asked of {step}; nothing that is stated can be held against it. "
            "Can it be kept?",
        )
        for one in numbers
        if (one.demanded or one.aim) and not one.reached
    ]


def said(asked: Asked) -> Sentence:
    """The number with what it measures."""
    text = asked.bounds.text
    if not asked.measures or asked.measures in text:
        return Sentence(text, text)
    return Sentence(f"{asked.measures} {text}", f"{asked.measures} {text}")


def _question(asked: Asked) -> Sentence:
    zh, en = said(asked).zh, said(asked).en
    axis = asked.bounds.axis
    if axis is not None and axis.unit == MONEY:
        return Sentence(
            f"{zh}：是总预算、单价还是别的？请写明（如 预算 50万元）",
            f"{en}: the whole budget, a price, or something else? Say which (预算 50万元)",
        )
    if asked_parameter(asked) == "批量":
        return Sentence(
            f"{zh}：没有产线写明批量，请向承接产线确认",
            f"{en}: no line states a batch size; ask the line that would take it on",
        )
    return Sentence(
        f"{zh}：没有可对照的登记，或没有写明是哪一步的要求；请写明工序，并向承接产线确认",
        f"{en}: nothing that is stated answers it, or it is not said of which step; name the step, "
        "and ask the line that would take it on",
    )
