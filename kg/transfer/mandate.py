"""A fund's mandate against a project, a proof per term: field, stage, ticket, region.

A term that the fund leaves open (不限) fits; a term that nobody stated is unknown and says whom to ask. A
fund is shown for a project only where no term is short. Nothing is assumed in the applicant's favour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.identity import normal_name as _normal_name
from kg.transfer.proof import Amount, Proof, Source, Verdict, tidy
from kg.transfer.quantities import Origin
from kg.wording import Sentence, called, constraint, yuan

UNLIMITED = frozenset(
    {"不限", "无限制", "不限制", "不限领域", "不限地区", "不限区域", "全部", "所有", "全国", "中国"}
)

normal_name = lru_cache(maxsize=65536)(_normal_name)
"""Names of fields and places repeat by the thousand."""

Contains = Callable[[str, str], bool]
"""Whether the place of the first adcode holds that of the second."""


@dataclass(frozen=True)
class Window:
    """A window of a mandate: [low, high], an open end None; `text` as the register wrote it ('' : not
    stated)."""

    low: float | None = None
    high: float | None = None
    text: str = ""

    @property
    def stated(self) -> bool:
        return self.low is not None or self.high is not None or bool(self.text)

    @property
    def shown(self) -> str:
        """The register's words, else the numbers."""
        if self.text or (self.low is None and self.high is None):
            return self.text
        if self.low is None or self.high is None:
            return f"≥{_number(self.low)}" if self.low is not None else f"≤{_number(self.high)}"
        return f"{_number(self.low)}–{_number(self.high)}"


@dataclass(frozen=True)
class Place:
    """A place as text, its adcode where the gazetteer knows it, the owner's id where it is theirs."""

    name: str
    code: str | None = None
    of: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class FieldNames:
    """A field of a project with its normalised name and those of all broader ones."""

    name: str
    line: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mandate:
    """What a fund admits. `fields` and `places` empty and windows not stated: that term is not stated at
    all."""

    fund: str
    fields: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    stage: Window = Window()
    ticket: Window = Window()
    source: Source = field(default_factory=Source, compare=False)
    synthetic: bool = False
    wider: frozenset[str] = field(default=frozenset(), compare=False)
    """Normalised names of every field above an admitted one: a project named so broadly is a question."""

    @property
    def called(self) -> Sentence:
        """The fund's name in a sentence."""
        return called(self.fund, synthetic=self.synthetic)

    @property
    def stated(self) -> bool:
        return bool(self.fields or self.places or self.stage.stated or self.ticket.stated)


@dataclass(frozen=True)
class Project:
    """What a mandate looks at: maturity now (TRL 1–9), money wanted (yuan), fields, place.

    `trl_read` and `likely_fields` are what the reader makes of the texts: told beside an unknown, no proof.
    """

    trl: int | None = None
    funding_need: float | None = None
    fields: tuple[FieldNames, ...] = ()
    place: Place | None = None
    trl_read: int | None = None
    likely_fields: tuple[str, ...] = ()
    trl_in: Origin | None = field(default=None, compare=False)
    """Where a text states the maturity; None: its own field does."""


def check_mandate(mandate: Mandate, project: Project, contains: Contains) -> tuple[Proof, ...]:
    """A proof per stated term, in the order field, stage, ticket, region; one unknown where nothing is
    stated."""
    if not mandate.stated:
        ask = Sentence(
            f"{mandate.called.zh}：投哪些领域、阶段、额度和地区？",
            f"{mandate.called.en}: which fields, stages, tickets and regions does it admit?",
        )
        note = Sentence("基金未写明投资范围", "the fund states no mandate")
        return (Proof("mandate", None, None, "unknown", source=mandate.source, note=note, ask=ask),)
    proofs: list[Proof] = []
    if mandate.fields:
        proofs.append(_field(mandate, project))
    if mandate.stage.stated:
        proof = _window("stage", mandate, mandate.stage, project.trl, "TRL")
        proofs.append(proof if project.trl is not None else replace(proof, note=_read_stage(project)))
    if mandate.ticket.stated:
        proofs.append(_window("ticket", mandate, mandate.ticket, project.funding_need, "yuan"))
    if mandate.places:
        proofs.append(_region(mandate, project.place, contains))
    return tuple(proofs)


def excluded(mandate: Mandate, project: Project) -> bool:
    """Whether a number alone is short, told without a proof: most projects of a screening fall here."""
    pairs = ((mandate.stage, project.trl), (mandate.ticket, project.funding_need))
    return any(value is not None and _outside(window, value) for window, value in pairs)


def _outside(window: Window, value: float) -> bool:
    low, high = window.low, window.high
    return (low is not None and value < low) or (high is not None and value > high)


def _field(mandate: Mandate, project: Project) -> Proof:
    admitted = {normal_name(name) for name in mandate.fields}
    required, offered = "、".join(f.name for f in project.fields) or None, "、".join(mandate.fields)

    def proof(verdict: Verdict, note: Sentence | None = None, ask: Sentence | None = None) -> Proof:
        return Proof("field", required, offered, verdict, source=mandate.source, note=note, ask=ask)

    if admitted & UNLIMITED:
        return proof("fits", Sentence("基金不限领域", "the fund admits every field"))
    ask = Sentence(f"项目方：是否属于{offered}？", f"Project: is it in {offered}?")
    if not project.fields:
        return proof("unknown", _read_field(project), ask)
    for one in project.fields:
        if normal_name(one.name) in admitted:
            return proof("fits")
        if one.line & admitted:
            note = Sentence(f"{one.name}属于可投领域", f"{one.name} belongs to an admitted field")
            return proof("fits", note)
    broad = [f.name for f in project.fields if normal_name(f.name) in mandate.wider]
    if broad:
        wide = Sentence(f"{broad[0]}比可投领域宽", f"{broad[0]} is broader than what is admitted")
        return proof("unknown", wide, ask)
    return proof("short", Sentence("项目领域不在可投范围", "none of the project's fields is admitted"))


def _read_field(project: Project) -> Sentence:
    likely = project.likely_fields
    if not likely:
        return Sentence("项目未写领域", "the project's field is not stated")
    return Sentence(
        f"项目未写领域；从文字看像是{'、'.join(likely)}（由人判定）",
        f"the project's field is not stated; its text looks like {', '.join(likely)} (a person decides)",
    )


def _read_stage(project: Project) -> Sentence | None:
    if project.trl_read is None:
        return None
    return Sentence(
        f"项目未写成熟度；文中证据提示 TRL {project.trl_read}（由人判定）",
        f"no level is stated; the evidence in the text suggests TRL {project.trl_read} (a person decides)",
    )


def _window(term: str, mandate: Mandate, window: Window, value: float | None, unit: str) -> Proof:
    shown = "" if value is None else _number(value)
    required = None if value is None else f"TRL {shown}" if unit == "TRL" else f"{shown} {unit}"
    verdict: Verdict = "fits"
    distance: float | None = None
    ask: Sentence | None = None
    if window.low is None and window.high is None and normal_name(window.text) not in UNLIMITED:
        verdict = "unknown"
        ask = Sentence(
            f"{mandate.called.zh}：“{window.text}”具体指什么？",
            f"{mandate.called.en}: what does '{window.text}' admit?",
        )
    elif window.low is None and window.high is None:
        pass
    elif value is None:
        verdict, ask = "unknown", _ask_project(term, mandate.called, window, unit)
    else:
        gaps = [value - window.low] if window.low is not None else []
        gaps += [window.high - value] if window.high is not None else []
        distance = min(gaps)
        verdict = "short" if distance < 0 else "fits"
    amount = None if distance is None else Amount(tidy(abs(distance)), unit)
    return Proof(
        term,
        required,
        admits(window, unit),
        verdict,
        margin=amount if verdict == "fits" else None,
        short_by=amount if verdict == "short" else None,
        source=mandate.source,
        ask=ask,
    )


def admits(window: Window, unit: str) -> str:
    """What a window admits: the register's words, else the numbers with their unit."""
    if window.text:
        return window.text
    return f"TRL {window.shown}" if unit == "TRL" else f"{window.shown} {unit}"


def _in_chinese(window: Window, unit: str) -> str:
    """The same as a Chinese sentence says it: money in 万元."""
    if window.text or unit == "TRL":
        return admits(window, unit)
    low, high = (None if end is None else yuan(end).zh for end in (window.low, window.high))
    return f"{low}至{high}" if low and high else f"{low}以上" if low else f"{high}以下"


def _ask_project(term: str, fund: Sentence, window: Window, unit: str) -> Sentence:
    what = "目前 TRL 几级" if unit == "TRL" else "需要多少资金"
    return Sentence(
        f"项目方：{what}？{fund.zh}接受 {_in_chinese(window, unit)}",
        f"Project: {constraint(term).en} ({unit})? {fund.en} admits {admits(window, unit)}",
    )


def _region(mandate: Mandate, place: Place | None, contains: Contains) -> Proof:
    offered = "、".join(dict.fromkeys(p.name for p in mandate.places))
    required = place.name if place else None

    def proof(verdict: Verdict, note: Sentence | None = None, ask: Sentence | None = None) -> Proof:
        return Proof("region", required, offered, verdict, source=mandate.source, note=note, ask=ask)

    if any(normal_name(p.name) in UNLIMITED for p in mandate.places):
        return proof("fits", Sentence("基金不限地区", "the fund admits every region"))
    ask = Sentence(
        f"项目方：在哪里，能否落地{offered}？", f"Project: where is it, or would it settle in {offered}?"
    )
    if place is None:
        return proof("unknown", Sentence("项目未写所在地", "the project's region is not stated"), ask)
    if any(_holds(admitted, place, contains) for admitted in mandate.places):
        return proof("fits")
    if any(_holds(place, admitted, contains) for admitted in mandate.places):
        wide = Sentence(f"{place.name}比可投地区大", f"{place.name} is wider than what is admitted")
        return proof("unknown", wide, ask)
    if place.code is None or any(p.code is None for p in mandate.places):
        return proof("unknown", Sentence("地名库中查不到", "a place is not in the gazetteer"), ask)
    return proof("short", Sentence("不在可投地区", "outside the regions that the fund admits"))


def _holds(outer: Place, inner: Place, contains: Contains) -> bool:
    if outer.code and inner.code:
        return contains(outer.code, inner.code)
    return normal_name(outer.name) in normal_name(inner.name)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"
