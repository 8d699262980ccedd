"""How far from a place everything may be done, as a need states it: 成都2小时车程内, 距绵阳不超过150公里.

The bound `within_km` is hard and held against every line's way from that place (`near`, else the asker's
own). An hour by road counts as 80 km, which is our assumption: the km are printed and may be edited. By rail
or air nobody can say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.transfer.candidates import Option
from kg.transfer.mandate import Place
from kg.transfer.named_places import named_places
from kg.transfer.places import Distances, Site
from kg.transfer.proof import Amount, Proof
from kg.transfer.quantities import Origin
from kg.values.numerals import number_in_words
from kg.values.region import locate
from kg.wording import Sentence

KM_AN_HOUR = 80.0
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十百半]+)\s*(?:个)?(?P<half>半)?\s*"
_UNIT = r"(?P<unit>小时|h(?![A-Za-z])|公里|千米|km(?![A-Za-z/])|里(?!面|程))"
_BEHIND = re.compile(
    r"\s*(?:市|省)?(?:城区|主城区?)?(?:周边|附近|周围|为中心|方圆|半径|为圆心)?[的，,]?\s*(?:方圆|半径|单程|驾车|开车|车程|公路)?\s*"
    rf"(?:不超过|在)?\s*{_NUMBER}{_UNIT}\s*(?:的)?(?P<way>车程|路程|行程|高铁|动车|铁路|飞行|飞机|范围|半径|圈)*\s*(?P<in>之内|以内|内|范围|圈|可达|到达)"
)
_PLAIN = re.compile(r"\s*(?:$|[，。；、,;\n]|[的有能可找做]|优先|为宜|最好)")
_FROM = re.compile(r"(?:距离?|离|与|到)\s*$")
_AWAY = re.compile(
    r"\s*(?:市|省)?(?:的)?(?:距离|路程|车程|相距|运距)?\s*(?:应|要|需|须|必须|最好)?(?:控制)?(?:在|为)?\s*"
    rf"(?P<most>不超过|不大于|不得?高于|小于|少于|低于|≤|<=|<|＜)?\s*{_NUMBER}{_UNIT}\s*(?:的)?(?P<way>车程|路程|高铁)?\s*(?P<in>以内|之内|内|以下)?"
)


def within_in(text: str, origin: Origin) -> tuple[str, float, Origin] | None:
    """The place, the km, and where the text says so; None where it does not."""
    for at, end in named_places(text):
        found = None if locate(text[at:end]) is None else _said(text, at, end)
        if found is not None:
            start, stop, km = found
            return text[at:end], km, origin.at(text, start, stop)
    return None


def _said(text: str, start: int, end: int) -> tuple[int, int, float] | None:
    match = _BEHIND.match(text, end)
    if match is None and (before := _FROM.search(text, 0, start)):
        match = _AWAY.match(text, end)
        if match is None or not (match["most"] or match["in"]):
            return None
        start = before.start()
    if match is None or re.search("铁|动车|飞", match["way"] or ""):
        return None
    if match["unit"] in ("小时", "h") and match["way"] is None and not _PLAIN.match(text, match.end()):
        return None  # 成都2小时内完成烧结
    km = _km(match)
    return None if km is None else (start, match.end(), km)


def _km(match: re.Match[str]) -> float | None:
    value = number_in_words(match["number"])
    if value is None:
        return None
    value += 0.5 if match["half"] else 0.0
    unit = match["unit"]
    if unit in ("小时", "h"):
        return value * KM_AN_HOUR
    return value / 2 if unit == "里" else value


def in_reach(
    options: Sequence[Option], most: float, origin: Place | None, distances: Distances, hard: bool = True
) -> tuple[Option, ...]:
    """The options of a step with a proof of how far away they are."""
    return tuple(
        replace(one, others=(*one.others, _away(one, most, origin, distances, hard))) for one in options
    )


def _away(option: Option, most: float, origin: Place | None, distances: Distances, hard: bool) -> Proof:
    offer = option.offer
    source = offer.line_source
    name = origin.name if origin else "?"
    required = Sentence(f"距{name}不超过 {most:.6g} km", f"at most {most:.6g} km from {name}")
    km = distances.between(Site((), origin), offer.site) if origin else None
    if km is None:
        where = offer.place.name if offer.place else None
        ask = Sentence(
            f"{offer.by.called.zh}：离{name}多远？须在 {most:.6g} km 内",
            f"{offer.by.called.en}: how far is it from {name}? It has to be within {most:.6g} km",
        )
        return Proof("distance", required, where, "unknown", source=source, ask=ask)
    gap = Amount(round(abs(most - km), 1), "km")
    shown, share = f"{km:.1f} km", gap.value / (most or 1.0)
    if km <= most:
        return Proof("distance", required, shown, "fits", margin=gap, source=source, share=share)
    if not hard:
        ask = Sentence(
            f"{offer.by.called.zh}：距{name} {shown}，超出期望的 {most:.6g} km，能否接受？",
            f"{offer.by.called.en}: {shown} from {name}, {most:.6g} km were wished for: is it all right?",
        )
        return Proof("distance", required, shown, "unknown", source=source, ask=ask)
    return Proof("distance", required, shown, "short", short_by=gap, source=source, share=share)
