"""The money that a need in words allows.

It is the hard bound `budget`, as a need's own row states it: what the reader finds by its cue
(预算80万元, 费用不超过50万元), else a clause that is nothing but an upper bound in money (不超过50万元).
Money by the year or the piece, and prices of other things, are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.transfer.loose import MONEY, SECOND
from kg.transfer.quantities import Asked, Origin

if TYPE_CHECKING:
    from kg.reading import Reading

_OPENS = re.compile(
    r"(?:^|[，,；;。、：:\n])\s*(?:总共|总计|一共|合计|总价|总体|共|预算|费用|经费|资金|总?投入)?(?:最好|尽量|尽可能|力争|希望|期望|控制)?在?\s*$"
)
_CLOSES = re.compile(r"\s*(?:$|[，,；;。、\n])")
_BY_THE = re.compile(r"\s*(?:/|每|一?(?:批|次|天|台|件)\b)")


def budget_in(text: str, reading: Reading, numbers: Sequence[Asked]) -> tuple[float, Origin] | None:
    """The most that may be spent, in yuan, and where the text says so; None where it does not."""
    found = reading.budget
    if found is not None and found.high is not None and not _BY_THE.match(text, found.end):
        return found.high, Origin(None, "need", found.text, found.start, found.end)
    for one in numbers:
        axis, start, end = one.bounds.axis, one.origin.start, one.origin.end
        if axis is None or axis.unit != MONEY or axis.high is None or start is None or end is None:
            continue
        if one.relation in ("<=", "<") and _OPENS.search(text, 0, start) and _CLOSES.match(text, end):
            return axis.high, one.origin
    return None


def without_money(numbers: Sequence[Asked], budget: tuple[float, Origin]) -> tuple[Asked, ...]:
    """The numbers without the money that is the budget: it is held against the cost of a route."""
    return tuple(one for one in numbers if not (_is_money(one) and overlap(one.origin, budget[1])))


def _is_money(asked: Asked) -> bool:
    return asked.bounds.axis is not None and asked.bounds.axis.unit == MONEY


def says_time(asked: Asked) -> bool:
    """Whether a number is a length of time."""
    return asked.bounds.axis is not None and asked.bounds.axis.unit == SECOND


def overlap(one: Origin, two: Origin) -> bool:
    """Whether two places in one text share a character."""
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return False
    return one.start < two.end and two.start < one.end
