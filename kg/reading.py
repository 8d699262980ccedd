"""What a reader finds in a text, and the protocol it keeps; `ingest/enrich` implements it.

`steps` puts the findings together: which quantity belongs to which operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from kg.belonging import measure_before, named_before, named_behind, without_names
from kg.values.parameters import parameter_of
from kg.values.qualifiers import with_side
from kg.values.quantity import Quantity
from kg.values.units import same_dimension

Relation = Literal["=", ">=", "<=", ">", "<", "~", "range", "±"]
Stage = Literal["now", "target"]
MaturityKind = Literal["proved", "claimed", "target"]
FlagKind = Literal["hazard", "dual_use", "secrecy"]


@dataclass(frozen=True)
class QuantityMention:
    """A number with its unit in a text. Offsets count code points, end exclusive.

    `measures` is what it measures (粒径, 处理量 …) where the text says so, `stage` whether it was reached in
    the laboratory or is aimed at, `rule` why it was taken.
    """

    start: int
    end: int
    quantity: Quantity
    relation: Relation
    measures: str | None
    rule: str = ""
    stage: Stage | None = None


@dataclass(frozen=True)
class UnitOpMention:
    """A unit operation in a text: `name` is the vocabulary's name, or the text's own words.

    `own` is false for background, prior art and negation; `order` counts the own steps from 0 (a name that
    comes again is the same step) and is -1 for what is not own. `rule` says why it was taken and why not own.
    An `alternative` may be done instead of the mention before it (喷雾造粒或喷雾干燥).
    """

    start: int
    end: int
    text: str
    name: str
    own: bool
    order: int
    rule: str = ""
    alternative: bool = False


@dataclass(frozen=True)
class MaturityMention:
    """A piece of maturity evidence in a text: `item` is the evidence list's name, `kind` whether it was done
    (proved), is said to be possible (claimed) or is aimed at (target).

    `trl_hint` is the level by GB/T 22900-2022 that such evidence speaks for; None where it speaks for none
    (a patent, a standard). `rule` names the words that decided the kind.
    """

    start: int
    end: int
    text: str
    item: str
    kind: MaturityKind
    trl_hint: int | None
    rule: str = ""


@dataclass(frozen=True)
class TrlSuggestion:
    """The level that the proved evidence speaks for (None: none does), and the mentions that say so."""

    level: int | None
    because: tuple[MaturityMention, ...]


def suggest_trl(mentions: Sequence[MaturityMention]) -> TrlSuggestion:
    """The highest level that any proved evidence speaks for; claims and targets never count.

    A suggestion for a person (GB/T 22900-2022 asks for all of a level's evidence, a text shows some of it).
    """
    proved = [one for one in mentions if one.kind == "proved" and one.trl_hint is not None]
    level = max((one.trl_hint or 0 for one in proved), default=None)
    return TrlSuggestion(level, tuple(one for one in proved if one.trl_hint == level))


@dataclass(frozen=True)
class FieldScore:
    """A field of the schema and how sure the classifier is (0 to 1)."""

    name: str
    score: float


@dataclass(frozen=True)
class FlagMention:
    """Words that a person should look at; `kind` is hazard, dual_use or secrecy. A warning, no finding."""

    kind: FlagKind
    words: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True)
class Condition:
    """What a need asks for: `hard` conditions must be kept, the others are wishes. `rule` says why."""

    text: str
    hard: bool
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True)
class Equipment:
    """What the asking enterprise says it has itself."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Deadline:
    """Until when; `date` is ISO 8601 in the precision given, or the time from the day of asking.

    `years_ahead` and `rest` are those of `明年3月底`, `months` and `days` those of `6个月内`.
    """

    text: str
    start: int
    end: int
    date: str | None = None
    years_ahead: int | None = None
    rest: str = ""
    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class Budget:
    """Money that a need names, in yuan; None is an open end."""

    text: str
    start: int
    end: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Reading:
    """All that was read from one text, by place. `tests` are tests and calibrations, which a route has too.

    `is_need` says that the text reads as a need; `conditions`, `deadline`, `budget` and `equipment` are read
    of such a text only.
    """

    quantities: tuple[QuantityMention, ...] = ()
    unit_ops: tuple[UnitOpMention, ...] = ()
    tests: tuple[UnitOpMention, ...] = ()
    maturity: tuple[MaturityMention, ...] = ()
    fields: tuple[FieldScore, ...] = ()
    terms: tuple[str, ...] = ()
    flags: tuple[FlagMention, ...] = ()
    conditions: tuple[Condition, ...] = ()
    deadline: Deadline | None = None
    budget: Budget | None = None
    equipment: tuple[Equipment, ...] = ()
    is_need: bool = False


@dataclass(frozen=True)
class Step:
    """An operation (or a test) with the quantities said of it; place and words are of its first mention.

    `bench` are the quantities of the laboratory that an aimed one of the same measure stands beside: what the
    result was scaled up from, and nothing that is asked of a line.
    """

    name: str
    own: bool
    order: int
    start: int
    end: int
    text: str
    quantities: tuple[QuantityMention, ...]
    bench: tuple[QuantityMention, ...] = ()


@dataclass(frozen=True)
class Steps:
    """The steps of a text, own ones first and in order; `loose` quantities are said of the whole."""

    steps: tuple[Step, ...]
    loose: tuple[QuantityMention, ...]


class Reader(Protocol):
    """Reads Chinese technical text into structured facts."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may read differently."""

    def read(self, text: str) -> Reading: ...

    def read_many(self, texts: Iterable[str], *, fields: bool = True) -> Iterator[Reading]:
        """The readings of the texts, in their order; without `fields` they name none, which is faster."""
        ...

    def classify(self, texts: Sequence[str]) -> list[tuple[FieldScore, ...]]:
        """The fields of each text and nothing else: for a record whose parts are read without them."""
        ...


_BEFORE = 24
"""Characters before a number in which the parameter that it measures stands."""
_SENTENCE = re.compile(r"[。；;！？!?\n]")
_STOP = re.compile(r"[。！？!?\n]")
_FROM = re.compile(r"[从由]\s*$")
_UP_TO = re.compile(r"\s*(?:放大|扩大|提升|提高|扩展|扩产|增加|上升)(?:至|到|为)")
_OF_THE_BENCH = re.compile(r"\s*(?:的|级)?(?:小试|实验室|台架|克级)")
_COMMA = re.compile(r"[，,：:]")
_NEXT_ITEM = re.compile(r"[、和及与或并再]|后(?!处理|续|期|端)")
_OF_SCALE = re.compile(r"批|单炉|装炉|装载|产能|产量|处理|规模|日产|年产|进料|投料|罐容|釜容|容积")
_OF_THE_PROCESS = re.compile(
    r"温度|温$|压力|压强|时间|转速|速度|速率|流量|流速|处理量|处理$|产能|产量|批量|单批|单炉|装载|罐容|釜容|容积|"
    r"功率|电压|电流|真空度|气氛|线压|锁模力|幅宽|节拍|进料|投料|升温|频率|剂量|日产|年产|粒径|厚度|膜厚"
)
_RUN_AT = ("℃", "L", "kg", "kg/h", "L/h", "MPa", "kN", "kW")
_CLAUSE = re.compile(r"[，,：:。；;！？!?\n]")
_FIGURES = re.compile(
    r"[\d.\s~～\-—–±≥≤><=、/·%℃°]|[A-Za-zμ]|约|至|到|以上|以下|左右|不低于|不超过|最高|最大"
)
_FEW_WORDS = 4
_CLOSE = 200
"""Characters to either side within which a clause of few words ends, however many figures it holds."""
_IN_ALL = re.compile(r"共|总|累计|合计|[年月日班]产")
_SIDE_BEHIND = re.compile(r"\s?的?([进出]风|[进出入]口)(?:温度)?")


def steps(reading: Reading, text: str) -> Steps:
    """The operations of a text, each with its quantities.

    A quantity belongs to the nearest operation before it between two commas (a colon heads what follows it),
    else to the nearest behind it there; where there is none, a process parameter (温度, 处理量 …) belongs to
    the last operation of the sentence so far, and so does any figure behind an apparatus, and one that a line
    is run at (℃, L, kg/h …) where nothing else stands between its commas (水热，300℃，500L); in a sentence of
    its own, where the text names one operation; and any other to the step whose name stands before it in its
    clause as a part of other words (电镀槽容). An aim (放大到25 kg) belongs where the figure of a laboratory
    stands that it goes beyond (现有球磨批量0.5 kg), and measures the same. All else is said of the whole.
    """
    mentions = sorted((*reading.unit_ops, *reading.tests), key=lambda found: found.start)
    own = {mention.name for mention in mentions if mention.own}
    held: dict[tuple[str, bool], list[QuantityMention]] = {}
    loose: list[QuantityMention] = []
    named = {words: mention for mention in mentions if mention.own for words in (mention.name, mention.text)}
    quantities = [_sided(_started(one, text), text) for one in reading.quantities]
    for read in quantities:
        quantity = _measured(read, text, named)
        owner = _owner(read, mentions, text) or _named(read, text, named)
        base = _base(read, quantities, text) if read.stage == "target" else None
        if base is not None:
            owner = owner or _owner(base, mentions, text) or _named(base, text, named, behind=True)
            measures = quantity.measures or _measured(base, text, named).measures
            quantity = replace(quantity, measures=measures)
        aimed = quantity.stage == "target" and owner is not None and not owner.own
        if owner is None or (aimed and owner.name not in own):
            loose.append(quantity)
        else:
            held.setdefault((owner.name, owner.own or aimed), []).append(quantity)
    first: dict[tuple[str, bool], UnitOpMention] = {}
    for mention in mentions:
        first.setdefault((mention.name, mention.own), mention)
    found = [_step(mention, held.get(key, [])) for key, mention in first.items()]
    found.sort(key=lambda step: (not step.own, step.order if step.own else step.start))
    return Steps(tuple(found), tuple(loose))


def _step(mention: UnitOpMention, quantities: Sequence[QuantityMention]) -> Step:
    bench = tuple(q for q in quantities if q.stage == "now" and any(_supersedes(o, q) for o in quantities))
    asked = tuple(q for q in quantities if q not in bench)
    return Step(
        mention.name, mention.own, mention.order, mention.start, mention.end, mention.text, asked, bench
    )


def _named(
    quantity: QuantityMention, text: str, named: Mapping[str, UnitOpMention], behind: bool = False
) -> UnitOpMention | None:
    """The step of the text whose name stands in the clause before a number (电镀槽容设计值0.45 m³), or
    behind it (以1.5 GBq规模的标记数据为依据)."""
    found = named_before(text, quantity.start, named)
    if found is None and behind:
        found = named_behind(text, quantity.end, named)
    return named[found] if found else None


def _measured(quantity: QuantityMention, text: str, named: Mapping[str, UnitOpMention]) -> QuantityMention:
    """The quantity with what it measures by the words right before it, where no list has them."""
    if quantity.measures is not None:
        return replace(quantity, measures=without_names(quantity.measures, named))
    return replace(quantity, measures=measure_before(text, quantity.start, named))


def _started(quantity: QuantityMention, text: str) -> QuantityMention:
    """从 0.15 m 放大至 95 cm, 批量8.5 kg的小试: the figure is where it starts from."""
    starts = _FROM.search(text, 0, quantity.start) and _UP_TO.match(text, quantity.end)
    benched = quantity.stage is None and _OF_THE_BENCH.match(text, quantity.end)
    return replace(quantity, stage="now") if starts or benched else quantity


def _sided(quantity: QuantityMention, text: str) -> QuantityMention:
    """The quantity with the side of its parameter, where the text says one (出风温度)."""
    if quantity.measures is None:
        behind = _SIDE_BEHIND.match(text, quantity.end)
        warm = behind is not None and same_dimension(quantity.quantity.unit, "℃")
        return replace(quantity, measures=f"{behind[1]}温度") if behind and warm else quantity
    left = text[max(0, quantity.start - _BEFORE) : quantity.start]
    return replace(quantity, measures=with_side(quantity.measures, left))


def _base(aim: QuantityMention, quantities: Sequence[QuantityMention], text: str) -> QuantityMention | None:
    """The figure of the laboratory that an aim goes beyond: the nearest before it up to a full stop."""
    before = [
        one
        for one in quantities
        if one.stage == "now" and one.end <= aim.start and not _STOP.search(text, one.end, aim.start)
    ]
    alike = [one for one in before if same_dimension(one.quantity.unit, aim.quantity.unit)]
    named = [one for one in alike if None in (aim.measures, one.measures) or aim.measures == one.measures]
    return named[-1] if named else None


def _supersedes(other: QuantityMention, bench: QuantityMention) -> bool:
    """Whether the other quantity says, for the same measure, what is aimed at instead."""
    if other.stage == "now" or not same_dimension(other.quantity.unit, bench.quantity.unit):
        return False
    both = (other.measures, bench.measures)
    return None in both or both[0] == both[1] or all(_OF_SCALE.search(measure or "") for measure in both)


def _run_at(quantity: QuantityMention) -> bool:
    """Whether the unit is one of what a line is run at or holds, and no name says that it is a property."""
    known = quantity.measures is None or parameter_of(quantity.measures) is not None
    return known and any(same_dimension(quantity.quantity.unit, unit) for unit in _RUN_AT)


def _stands_alone(quantity: QuantityMention, text: str) -> bool:
    """Whether few words stand beside the figures between the commas: 300℃, 槽容2000L, 280℃进风."""
    near = max(0, quantity.start - _CLOSE)
    left = max((one.end() for one in _CLAUSE.finditer(text, near, quantity.start)), default=near)
    right = _CLAUSE.search(text, quantity.end, quantity.end + _CLOSE)
    end = right.start() if right else min(len(text), quantity.end + _CLOSE)
    clause = text[left : quantity.start] + text[quantity.end : end]
    return len(_FIGURES.sub("", clause)) <= _FEW_WORDS and not _IN_ALL.search(clause)


def _heads(mention: UnitOpMention, text: str) -> bool:
    """Whether a colon stands right behind: 气流粉碎：小试 48 kg/d，中试 200 kg/h."""
    return text[mention.end : mention.end + 1] in (":", "：")


def _owner(quantity: QuantityMention, mentions: Sequence[UnitOpMention], text: str) -> UnitOpMention | None:
    before = [m for m in mentions if m.end <= quantity.start][-1:]
    before = [m for m in before if not _SENTENCE.search(text, m.end, quantity.start)]
    behind = [m for m in mentions if m.start >= quantity.end][:1]
    behind = [m for m in behind if not _SENTENCE.search(text, quantity.end, m.start)]
    near = [m for m in before if _heads(m, text) or not _COMMA.search(text, m.end, quantity.start)]
    following = [m for m in behind if not _COMMA.search(text, quantity.end, m.start)]
    if near and following and _NEXT_ITEM.search(text, near[0].end, quantity.start):
        near = []
    if near or following:
        return (near or following)[0]
    of_the_process = quantity.measures and _OF_THE_PROCESS.search(quantity.measures)
    alone = _run_at(quantity) and _stands_alone(quantity, text)
    if before and (of_the_process or alone or before[-1].rule.startswith("apparatus")):
        return before[-1]
    if not alone or any(one.name != mentions[0].name for one in mentions):
        return None
    return next((one for one in mentions[:1] if one.end <= quantity.start), None)
