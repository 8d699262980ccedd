"""Demands that are no numbers, held against what a register states of a line: certificates with their end,
materials that it refuses or accepts.

The most particular record that speaks of a demand decides: the capability's before its line's, the line's
before its institution's. What nobody speaks of is unknown. A certificate has to last to the end of its step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kg.errors import BadValueError
from kg.transfer.candidates import Option
from kg.transfer.catalogue import Offer
from kg.transfer.demands import Demand, Sort, certificate_name, hazard_of, hazards
from kg.transfer.proof import Amount, Proof, Source, Verdict
from kg.transfer.refused import elsewhere, inside
from kg.transfer.schedule import Lapse
from kg.transfer.terms import last_day
from kg.transfer.verification import verified_by
from kg.values.dates import parse_date
from kg.wording import Sentence

_DATE = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?|\d{8}")

_BEGINS = re.compile(r"发证|颁发|获证|取得|获得|生效|首次|自|起")
_ENDS = re.compile(r"至|到|止|有效期")


@dataclass(frozen=True)
class Held:
    """A certificate as a register states it; `until` is None where no end is stated, `since` where no
    beginning is."""

    name: str
    words: str
    since: date | None
    until: date | None
    source: Source


def on_conditions(options: Sequence[Option], demands: Sequence[Demand], as_of: date) -> tuple[Option, ...]:
    """The options of a step with a proof of each demand, and with what holds until a day only."""
    if not demands:
        return tuple(options)
    return tuple(_on_conditions(option, demands, as_of) for option in options)


def _on_conditions(option: Option, demands: Sequence[Demand], as_of: date) -> Option:
    proofs, lapses = list[Proof](), list[Lapse]()
    for one in demands:
        if one.sort != "certificate":
            proofs.append(_softened(_HELD_AGAINST[one.sort](one, option.offer), one))
            continue
        proof, lapse = _certificate(one, option, as_of)
        proofs.append(_softened(proof, one))
        lapses += [lapse] if lapse and one.hard else []
    return replace(option, others=(*option.others, *proofs), lapses=(*option.lapses, *lapses))


_HELD_AGAINST: dict[Sort, Callable[[Demand, Offer], Proof]] = {
    "region": elsewhere,
    "place": inside,
    "material": lambda demand, offer: _material(demand, offer),
    "verification": verified_by,
}


def _softened(proof: Proof, demand: Demand) -> Proof:
    """A wish that is not met is a question, never a no."""
    if demand.hard or proof.verdict != "short":
        return proof
    ask = Sentence(
        f"{demand.value}是期望，未满足，能否接受？",
        f"{demand.value} is a wish and not met: is it all right?",
    )
    return replace(proof, verdict="unknown", short_by=None, ask=ask)


def _certificate(demand: Demand, option: Option, as_of: date) -> tuple[Proof, Lapse | None]:
    offer = option.offer
    held = _held(offer, demand.value)
    if held is None:
        ask = Sentence(
            f"{offer.by.called.zh}：有没有 {demand.value}，有效期到哪天？（登记中没有写）",
            f"{offer.by.called.en}: does it hold {demand.value}, and until when? (nothing is stated)",
        )
        return Proof("certificate", demand.value, None, "unknown", source=offer.source, ask=ask), None
    if held.until is None and (held.since is None or held.since <= as_of):
        return Proof("certificate", demand.value, held.words, "fits", source=held.source), None
    if held.until is not None and held.until < as_of:
        days = Amount(float((as_of - held.until).days), "d")
        over = Proof("certificate", demand.value, held.words, "short", short_by=days, source=held.source)
        return over, None
    if held.until is None or (held.since is not None and held.since > as_of):
        ask = Sentence(
            f"{offer.by.called.zh}：{demand.value} 尚未生效（{held.words}），此前能否承接？",
            f"{offer.by.called.en}: {demand.value} is not valid yet ({held.words}); is that all right?",
        )
        return Proof("certificate", demand.value, held.words, "unknown", source=held.source, ask=ask), None
    lapse = Lapse("certificate", held.until, held.source, demand.value)
    if option.work.days is None or offer.terms.calendar is None:
        ask = Sentence(
            f"{offer.by.called.zh}：{demand.value} 到 {held.until.isoformat()}，届时能否做完？",
            f"{offer.by.called.en}: {demand.value} ends on {held.until.isoformat()}: done by then?",
        )
        open_end = Proof("certificate", demand.value, held.words, "unknown", source=held.source, ask=ask)
        return open_end, lapse
    note = Sentence("步骤须在此日前完成", "the step ends by that day")
    return Proof("certificate", demand.value, held.words, "fits", source=held.source, note=note), lapse


def _held(offer: Offer, name: str) -> Held | None:
    """The certificate of this name, from the most particular record that names it; of several the one that
    lasts longest."""
    for stated in offer.conditions:
        fact = stated.get("certificates")
        found = [one for text in _texts(fact and fact.value) if (one := _read(text)) and one[0] == name]
        if fact is not None and found:
            _, words, since, until = max(found, key=lambda one: (one[3] is None, one[3] or date.min))
            return Held(name, words, since, until, fact.source)
    return None


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str, str, date | None, date | None] | None:
    """A certificate's cell: `CNAS（至2027-03-01）`, `CMA 有效期至2028年5月31日`; its last day is the last one
    that is named, its first the one before that."""
    name = certificate_name(text)
    if name is None:
        return None
    days = list[date]()
    for match in _DATE.finditer(text):
        try:
            iso = parse_date(match.group())
        except BadValueError:
            continue
        day = last_day(iso) if iso else None
        days += [day] if day else []
    if len(days) == 1 and _BEGINS.search(text) and not _ENDS.search(text):
        return name, text, days[0], None
    return name, text, days[0] if len(days) > 1 else None, days[-1] if days else None


def _material(demand: Demand, offer: Offer) -> Proof:
    """The most particular record that refuses or accepts it; its own name goes before a class."""
    required = demand.value
    for stated in offer.conditions:
        refused = _covering(demand, stated.get("refuses") and stated["refuses"].value)
        accepted = _covering(demand, stated.get("accepts") and stated["accepts"].value)
        if refused[0] > 1 and refused[0] >= accepted[0]:
            return Proof("material", required, _refuses(refused[1]), "short", source=stated["refuses"].source)
        if accepted[0] > 1:
            return Proof("material", required, _accepts(accepted[1]), "fits", source=stated["accepts"].source)
        if refused[0] == 1:
            return _open(demand, offer, _refuses(refused[1]), stated["refuses"].source)
    return _open(demand, offer, None, offer.source)


def _open(demand: Demand, offer: Offer, offered: Sentence | None, source: Source) -> Proof:
    verdict: Verdict = "unknown"
    said = offered or Sentence("登记中没有写", "nothing is stated")
    ask = Sentence(
        f"{offer.by.called.zh}：能否处理{demand.value}？（{said.zh}）",
        f"{offer.by.called.en}: can it handle {demand.value}? ({said.en})",
    )
    return Proof("material", demand.value, offered, verdict, source=source, ask=ask)


def _refuses(words: str) -> Sentence:
    return Sentence(f"不接受{words}", f"refuses {words}")


def _accepts(words: str) -> Sentence:
    return Sentence(f"接受{words}", f"accepts {words}")


def _texts(value: object) -> Iterable[str]:
    if value is None:
        return ()
    return [value] if isinstance(value, str) else [str(one) for one in value]  # type: ignore[attr-defined]


def _covering(demand: Demand, value: object) -> tuple[int, str]:
    """How the listed materials stand to the demand, with the words: 3 they name it, 2 they name its class or
    one above, 1 they name a part of its class or what it may be, 0 not at all."""
    best = (0, "")
    for words in _texts(value):
        grade = _grade(demand, words)
        best = max(best, (grade, words), key=lambda one: one[0])
    return best


def _grade(demand: Demand, words: str) -> int:
    if "除外" in words or "以外" in words:
        return 1 if demand.value in words or hazard_of(words) else 0
    if re.search(rf"[非无不]{re.escape(demand.value)}", words):
        return 0
    if demand.value in words or (len(words) > 1 and words in demand.value):
        return 3
    listed, asked = hazard_of(words), demand.hazard
    if listed is None or asked is None:
        return 0
    named = any(name in words for name in hazards()[listed].names)
    if named and listed in _upward(asked):
        return 2
    part = asked in _upward(listed) and demand.value in hazards()[asked].names
    may = named and any(listed in hazards()[one].maybe for one in _upward(asked))
    return 1 if part or may else 0


def _upward(hazard: str) -> list[str]:
    """The class and every class above it."""
    found, at = list[str](), hazard
    while at and at not in found:
        found.append(at)
        at = hazards()[at].under or ""
    return found
