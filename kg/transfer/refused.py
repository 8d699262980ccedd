"""Places that a need refuses (不要在成都做, 不考虑外省) or insists on (必须在成都), held against the lines'.

A place by name is a hard no to every line that lies in it. One by relation (外省, 外地) depends on where the
asker is, which no register says: it is asked about on every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.transfer.catalogue import Offer
from kg.transfer.cues import wished
from kg.transfer.demands import Demand
from kg.transfer.named_places import named_places
from kg.transfer.proof import Proof, Verdict
from kg.transfer.quantities import Origin
from kg.values.region import areas, contains, locate
from kg.wording import Sentence

_GO = r"(?:要|考虑|接受|选择?|在|去|到|放|设|位于|落户|落地|安排|送|运|用){0,3}\s*"
_NO = (
    r"(?:不(?:要|能|想|愿意?|宜|可|得|考虑|接受|去|选|放|设|送)|(?<!能)(?<!可)(?<!得)不在"
    r"|勿|(?<![特区差分个类级])别|避开|排除|拒绝)"
)
_BEFORE = re.compile(rf"{_NO}{_GO}$")
_STATED = re.compile(r"(?:公司|企业|我们|我方|本厂|工厂|总部|目前|现|并)[^，。；,;]{0,4}不在\s*$")
_BEHIND = re.compile(
    r"\s*(?:市|省|地区)?(?:做|的?(?:产线|平台|基地|机构))?(?:也|都|均|就)?"
    r"(?:不行|不可以|不予?考虑|不要(?!求)|不接受|除外|免谈|不选|不去)"
)
_AND = re.compile(r"(?:市|省)?\s*(?:、|和|与|及|或者?)\s*$")
_ELSEWHERE = re.compile(
    rf"{_NO}{_GO}(?P<where>外省|省外|外地|异地|外市|市外|国外|境外|海外)|(?P<out>不出[省市])"
)
_ONLY = re.compile(
    r"(?:(?:必须|只能|只|仅|须|需|一定要|务必|应当?)(?:能|可|要|考虑|接受)?(?:限|限于|限定|在|选|选择|找|放|安排|落地|落户|于){1,2}|不出|限(?:于|在)?|仅(?:限)?)\s*$"
)
_WITHIN = re.compile(r"\s*(?:市|省)?(?:范围|境)(?:之|以)?内|\s*(?:市|省)内")
_NEAR = re.compile(r"\s*(?:市|省)?(?:附近|周边|周围|一带|[\d一二两三四五半])")
_ABROAD = frozenset({"国外", "境外", "海外"})


def refused_in(text: str, origin: Origin) -> Iterator[Demand]:
    """The places that a text refuses, in order, each with where it stands."""
    last = -1
    for start, end in named_places(text):
        before = _BEFORE.search(text, 0, start) and not _STATED.search(text, 0, start)
        listed = last >= 0 and _AND.fullmatch(text, last, start)
        if (before or listed or _BEHIND.match(text, end)) and areas(text[start:end]):
            yield _demand(text, start, end, origin)
            last = end
    for match in _ELSEWHERE.finditer(text):
        yield _demand(text, *match.span("where" if match["where"] else "out"), origin)


def required_in(text: str, origin: Origin) -> Iterator[Demand]:
    """The places in which a text wants everything done (必须在成都, 仅限四川省内, 不出绵阳)."""
    for start, end in named_places(text):
        only = _ONLY.search(text, 0, start) or _WITHIN.match(text, end)
        if only and not _NEAR.match(text, end) and areas(text[start:end]):
            yield replace(_demand(text, start, end, origin), sort="place", hard=not wished(text, start, end))


def inside(demand: Demand, offer: Offer) -> Proof:
    """Whether a line lies in a place that is required."""
    place, by = offer.place, offer.by.called
    required = Sentence(f"在{demand.value}", f"in {demand.value}")
    shown = place.name if place else None
    code = place.code if place else None
    found = [one for one in (*areas(demand.value), locate(demand.value)) if one is not None]
    verdict: Verdict = "unknown"
    if code is not None and found:
        wider = any(contains(code, one) for one in found)
        verdict = "fits" if any(contains(one, code) for one in found) else "unknown" if wider else "short"
    ask = Sentence(
        f"{by.zh}（{shown or '所在地未登记'}）：是否在{demand.value}？",
        f"{by.en} ({shown or 'no place is stated'}): is it in {demand.value}?",
    )
    asked = ask if verdict == "unknown" else None
    return Proof("region", required, shown, verdict, source=offer.line_source, ask=asked)


def _demand(text: str, start: int, end: int, origin: Origin) -> Demand:
    return Demand("region", text[start:end], origin=origin.at(text, start, end))


def elsewhere(demand: Demand, offer: Offer) -> Proof:
    """Whether a line lies outside a place that is refused."""
    place, by = offer.place, offer.by.called
    required = Sentence(f"不在{demand.value}", f"not in {demand.value}")
    if demand.value.startswith("不出"):
        required = Sentence(demand.value, demand.value)
    shown = place.name if place else None
    verdict = _stands(demand.value, place.code if place else None)
    ask = Sentence(
        f"{by.zh}（{shown or '所在地未登记'}）：是否属于不考虑的“{demand.value}”？",
        f"{by.en} ({shown or 'no place is stated'}): is it in '{demand.value}', which is refused?",
    )
    return Proof(
        "region",
        required,
        shown,
        verdict,
        source=offer.line_source,
        ask=ask if verdict == "unknown" else None,
    )


def _stands(refused: str, code: str | None) -> Verdict:
    if code is None:
        return "unknown"
    if refused in _ABROAD:
        return "fits"
    found = [one for one in (*areas(refused), locate(refused)) if one is not None]
    if not found:
        return "unknown"
    if any(contains(one, code) for one in found):
        return "short"
    return "unknown" if any(contains(code, one) for one in found) else "fits"
