"""The component that finds numbers with units."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from math import isfinite

from ingest.enrich.acidity import acidities
from ingest.enrich.c_rates import c_rates
from ingest.enrich.cleanliness import clean_classes
from ingest.enrich.folding import fold
from ingest.enrich.latex import Untangled, untangled
from ingest.enrich.measures import is_rate_word, measured, of_apparatus, per_time, said_per
from ingest.enrich.relations import RELATED, plain_relation
from ingest.enrich.stages import stage_of
from ingest.enrich.units_in_text import Units
from ingest.enrich.written_numbers import written
from kg.errors import BadValueError
from kg.reading import QuantityMention
from kg.values.quantity import Quantity, parse_quantity

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)|[1-9]\d{0,2}(?: \d{3})+(?!\d| \d)"
_SPREAD = (
    r"\d+(?: \d)* \. \d+(?: \d)*(?!\d| \.)|(?<=[\u4e00-\u9fff])\d{1,3}\. \d(?: ?\d)*(?= ?[A-Za-zμ%℃])"
    r"|\d(?: \d)+(?! ?\d)"
)
_DIGITS = rf"(?:{_GROUPED}|{_SPREAD}|\d+)(?:\.\d+)?"
_POWER = rf"10(?:\s?\^\s?[({{]?\s?-?\d+[)}}]?|[{_SUPER}]+)"
_FLAT = (
    rf"{_DIGITS}\s?[×xX*·]\s?10\s?-\s?\d{{1,2}}(?!\d)|\d\.\d+\s?[×xX]\s?10[2-9](?!\d)(?=\s?[A-Za-z个])"
    r"|(?<![\d.×xX*])10-[1-9](?![\d.])(?=\s?[A-Za-zμΩ°℃])"
)
_NUMBER = re.compile(rf"{_FLAT}|{_POWER}|{_DIGITS}(?:\s?[×xX*·]\s?{_POWER}|[eE][-+]?\d+(?![A-Za-z]))?")
_LINK = re.compile(r"\s?(?:~+|-{1,3}|–|—{1,2}|─|至|到|±|\+/-|(?<= )to(?= ))\s?")
_SIGNED = re.compile(r"[-+]?(?:\s?)")
_AFTER = re.compile(
    r"\s?(?:及以下|或以下|以下|以内|之内|及以上|或以上|以上|左右|上下(?!游|文)|(?<=[时天月年周钟日h])内(?![部容外径壁腔置存衬膜燃核毒皮标涵在蒙酯质]))"
)
_ORDINAL = re.compile(r"(?:(?:第|图|表|式|章|节|号|No\.?|Fig\.?|Table)\s?|[A-Za-z_#]|[A-Za-z)][-/])$")
_SYMBOL = re.compile(r"(?<![A-Za-z\d])(?:[A-Z][a-z]?|RE|R[az]|D\d0)$")
_OF_SYMBOL = re.compile(r"\s?(?:[-~–]|\d|\.|%)*\s?(?:wt|at)?\.?\s?(?:%|μm|nm|ppm)")
_MINUS_AFTER = re.compile(r"(?:^|[\s、，,。；;：:（(=≥≤<>~至到为在\u4e00-\u9fff])$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_OF_YEARS = re.compile(r"年$|^\d{4}s$")
_GENERATION = re.compile(r"^\d[KT]$")
_DIFFERENCE = re.compile(
    r"(?:温差|温升|升高|降低|提高|下降|上升|波动|误差|偏差|增加|减少|均匀性|控温精度|过冷度|过热度)[了约为仅]{0,2}\s?$"
)
_ZERO_PADDING = re.compile(r"(?<=\d) (?=[\d.])|(?<=\.) (?=\d)|(?<=[A-Za-zμ/]) (?=[A-Za-z/](?![A-Za-z]))")
_FILLER = re.compile(r"[余多几](?=[十百千万亿]|\D)")
_TONNES = re.compile(r"((?<![\d.])\d{2,}(?:\.\d+)?\s?)T(?![A-Za-z])")
_BELOW_ZERO = re.compile(r"零下(?=\s?\d)")
_FLAT_BARE = re.compile(r"(?<![\d.×xX*·])10-([1-9])(?![\d.])(?=\s?[A-Za-zμΩ°℃])")
_LONG_DASH, _WITHIN = re.compile(r"-{2,}"), re.compile(r"(?<![以之])内$")
_ALSO = re.compile(r"\s?(?:、|,|，|和/或|以及|和|及|与|或|/)\s?")
_MINUS = re.compile(r"-?")
_FRACTION = re.compile(r"(?<![\d.])\d{1,2}/$")
_MOST_LISTED = 12
_MONEY = re.compile(
    r"(?:预算|投资|收入|经费|费用|产值|金额|资金|投入|售价|利润|税收|销售额|贷款|融资|出资)[^，。；、\d]{0,8}$"
)
_MONEY_BEHIND = re.compile(r"(?:左右|以上|以内)?的?(?:研发|项目|科研)?(?:费用|资金|经费|投资|预算|贷款)")
_FLAT_POWER = re.compile(r"(?<=[A-Za-zμΩ])(?<!\de)(?<!\dE)-([1-4])(?![\d.A-Za-zμ])")
_SPACED_POWER = re.compile(r"(?<=[A-Za-z]) (?P<sign>-?) ?(?P<power>[1-4])$")
_CUBIC = re.compile(r"立方[晶相氮碳结烷形根体厘毫分尺英织米]")
_HEATED = re.compile(
    r"[烧煅焙熔炼煮蒸烘烤淬焊]|退火|干燥|反应|加热|聚合|保温|灭菌|培养|发酵|高温|热处理|水解|固化|下"
)
_ANGLE = re.compile(r"[角旋转倾弯折视仰偏纬经斜]|扫描|全景|环绕")
_PER_ENGLISH = re.compile(r" per (?=hour|day|h\b|d\b|min|year|batch)", re.IGNORECASE)
_OF_WEIGHT = re.compile(r"(wt|at|mol|vol)\. ?%")


class Quantities:
    """Finds numbers with units in any text, without spaCy: text in, mentions out."""

    def __init__(self) -> None:
        self._units = Units()

    def find(self, text: str) -> tuple[QuantityMention, ...]:
        """All mentions by place, with offsets of the text as given; each parses by `kg.values.quantity`."""
        plain = untangled(text)
        if plain is None:
            return tuple(self._find(text))
        return tuple(_moved(one, plain, text) for one in self._find(plain.text))

    def _find(self, text: str) -> list[QuantityMention]:
        folded = _BELOW_ZERO.sub(" -", fold(text))
        found = [*acidities(text, folded), *clean_classes(text, folded), *c_rates(text, folded)]
        found += [one for one in written(text, folded) if not any(_overlap(one, other) for other in found)]
        taken = [(mention.start, mention.end) for mention in found]
        reached = 0
        for number in _NUMBER.finditer(folded):
            if number.start() < reached or any(start <= number.start() < end for start, end in taken):
                continue
            mentions, reached = self._at(text, folded, number)
            found += [
                one
                for one in mentions
                if not any(first < one.end and one.start < last for first, last in taken)
            ]
        found = [one for one in found if not _is_said_by_a_rate(one, found, folded)]
        return sorted(found, key=lambda mention: mention.start)

    def _at(self, text: str, folded: str, number: re.Match[str]) -> tuple[list[QuantityMention], int]:
        """The quantities that begin with this number, and how far they were read."""
        start, end = number.span()
        left = folded[max(0, start - 32) : start]
        if (
            (_ORDINAL.search(left[-6:]) and not _of_symbol(folded, number, left))
            or _FRACTION.search(left[-4:])
            or (left[-1:] == "." and left[-2:-1].isalnum())
        ):
            return [], end
        one = self._unit_end(folded, end)
        two = self._second(folded, one or end)
        if two is not None:
            ranged = self._make(text, folded, start, two, number.group())
            if ranged is not None or one is None:
                return [ranged] if ranged else [], two
        if one is not None:
            made = self._make(text, folded, start, one, number.group())
            return [made] if made else [], one
        listed = self._listed(text, folded, number)
        if listed is not None:
            return listed
        hint = self._hinted(folded, start, end)
        if hint is None:
            return [], end
        made = self._make(text, folded, start, hint[0], number.group(), hint[1])
        return [made] if made else [], hint[0] if made else end

    def _listed(
        self, text: str, folded: str, first: re.Match[str]
    ) -> tuple[list[QuantityMention], int] | None:
        """`600、700和800℃`: each number with the unit that stands behind the last."""
        numbers, links, unit = [first], [], None
        while unit is None and len(numbers) <= _MOST_LISTED:
            link = _ALSO.match(folded, numbers[-1].end())
            sign = _MINUS.match(folded, link.end()) if link else None
            number = _NUMBER.match(folded, sign.end()) if sign else None
            if link is None or number is None:
                return None
            links.append(link.group().strip())
            numbers.append(number)
            unit = self._unit_end(folded, number.end())
        if unit is None or _is_numbering(folded, numbers, links):
            return None
        words = folded[numbers[-1].end() : unit]
        if words.strip().startswith("年") and any(_YEAR.match(one.group()) for one in numbers):
            return [], unit
        if self._second(folded, unit) is not None:
            return None
        last = self._make(text, folded, numbers[-1].start(), unit, numbers[-1].group())
        if last is None:
            return None
        left = folded[max(0, first.start() - 32) : first.start()]
        noun = measured(left, folded[unit : unit + 10]) or last.measures
        shared = []
        for one in numbers[:-1]:
            start, end = _with_sign(folded, one.start()), one.end()
            quantity = _parse(f"{folded[start:end]}{words}", "", False)
            if quantity is None:
                return None
            given = replace(quantity, text=text[start:end])
            stage = stage_of(folded, start, end)
            shared.append(QuantityMention(start, end, given, "=", noun, "number of an enumeration", stage))
        return [*shared, replace(last, measures=noun)], last.end

    def _hinted(self, folded: str, start: int, end: int) -> tuple[int, str] | None:
        """(end, unit) where only the words around tell the unit: 预算150万, 高温1700度, 150PA的压强."""
        left, grown = folded[max(0, start - 14) : start], self._units.multiplier(folded, end)
        right = folded[grown : grown + 8]
        if (
            grown > end
            and folded[grown - 1] in "万亿"
            and (_MONEY.search(left) or _MONEY_BEHIND.match(right))
        ):
            return grown, "元"
        if right.startswith("度") and not right.startswith(("度电", "度角")):
            if re.search("电耗|用电|耗电|耗能|电量", left):
                return grown + 1, "度电"
            if re.search("[温热烧冷炉煅焙冻]| -$", left) or _heats(left, right[1:]):
                return grown + 1, "℃"
        if right.startswith("立方") and not _CUBIC.match(right):
            return grown + 2, "m³"
        counted = self._units.counted(folded, grown)
        made = folded[grown:counted].strip() not in ("个", "人", "次") or re.search("[产造处]", left[-8:])
        if counted is not None and made and per_time(left):
            return counted, folded[grown:counted]
        if re.match(r"\s?PA(?![A-Za-z\d])", right) and "压" in left + right:
            return grown + right.index("PA") + 2, "Pa"
        return None

    def _unit_end(self, folded: str, end: int) -> int | None:
        grown = self._units.multiplier(folded, end)
        return self._units.match(folded, grown) or (self._units.match(folded, end) if grown > end else None)

    def _second(self, folded: str, end: int) -> int | None:
        """The end of the second number's unit, where a range or a tolerance goes on."""
        multiplied = self._units.multiplier(folded, end)
        link = _LINK.match(folded, multiplied)
        if link is None:
            return None
        sign = _SIGNED.match(folded, link.end())
        number = _NUMBER.match(folded, sign.end() if sign else link.end())
        return self._unit_end(folded, number.end()) if number else None

    def _make(
        self, text: str, folded: str, start: int, end: int, number: str, unit: str = ""
    ) -> QuantityMention | None:
        words = folded[start:end]
        if (_YEAR.match(number) and _OF_YEARS.search(words)) or _GENERATION.match(words):
            return None
        start = _with_sign(folded, start)
        left = folded[max(0, start - 32) : start]
        before = _relation(left)
        begin = start - (len(left) - before.start()) if before else start
        after = _AFTER.match(folded, end)
        finish = after.end() if after else end
        rate = None if "/" in words else per_time(left[: before.start()] if before else left, words)
        difference = bool(_DIFFERENCE.search(left[: before.start()] if before else left))
        words = plain_relation(folded[begin:finish], left)
        if unit:
            number_end = next(n for n in range(end, start, -1) if folded[n - 1] in "0123456789万亿千百多余")
            words = f"{folded[begin:number_end]}{unit}{folded[end:finish]}"
            words = plain_relation(words, left)
        quantity = _parse(words, rate[1] if rate else "", difference)
        if quantity is None:
            return None
        if text[begin - 1 : begin + 1] == "零下":
            begin -= 1
        noun = rate[0] if rate else None
        noun = noun or measured(left[: before.start()] if before else left, folded[end : end + 10])
        noun = noun or of_apparatus(quantity.unit, folded[end : end + 14], rate=rate is not None)
        return QuantityMention(
            begin,
            finish,
            replace(quantity, text=text[begin:finish]),
            quantity.relation,
            noun,
            "number with unit",
            stage_of(folded, begin, finish),
        )


def _relation(left: str) -> re.Match[str] | None:
    """The relation right before a number; a tilde behind a number links, and says nothing here."""
    found = RELATED.search(left)
    links = (
        found is not None
        and found.group().strip() in "~>"
        and re.search(r"[\d%℃]\s?$", left[: found.start()])
    )
    return None if links else found


def _of_symbol(folded: str, number: re.Match[str], left: str) -> bool:
    """`RE0.05%`, `Ra0.4μm`: the share of an element and a roughness follow their symbol directly."""
    return bool("." in number.group() and _SYMBOL.search(left) and _OF_SYMBOL.match(folded, number.end()))


def _with_sign(folded: str, start: int) -> int:
    """A minus or plus directly before a number belongs to it, unless it links it to something."""
    signed = folded[start - 1 : start] in ("-", "+") and start > 0
    return start - 1 if signed and _MINUS_AFTER.search(folded[max(0, start - 2) : start - 1]) else start


@lru_cache(maxsize=65536)
def _parse(words: str, per: str, difference: bool) -> Quantity | None:
    words = _FLAT_BARE.sub(r"10^-\1", _LONG_DASH.sub("~", _WITHIN.sub("以内", words)))
    words = _OF_WEIGHT.sub(r"\1%", _PER_ENGLISH.sub("/", _TONNES.sub(r"\1吨", words)))
    words = _SPACED_POWER.sub(r"^\g<sign>\g<power>", words)
    words = words.replace("之内", "以内").replace(" to ", "~").replace("?", "·")
    words = _FLAT_POWER.sub(r"^-\1", words)
    plain = _FILLER.sub("", _ZERO_PADDING.sub("", words)).replace("{", "(").replace("}", ")")
    try:
        quantity = parse_quantity(plain, difference=difference)
        if per:
            quantity = _per(plain, per, difference) or quantity
    except (BadValueError, ValueError, OverflowError):
        return None
    return quantity if all(map(_finite, (quantity.value, quantity.low, quantity.high))) else None


def _heats(left: str, right: str) -> bool:
    """Whether 度 behind a number is of temperature (1900度烧结, 聚合 250度) and no angle."""
    if _ANGLE.search(left[-6:]) or _ANGLE.match(right):
        return False
    return bool(_HEATED.search(left[-6:]) or _HEATED.match(right))


def _finite(number: float | None) -> bool:
    return number is None or isfinite(number)


def _overlap(one: QuantityMention, other: QuantityMention) -> bool:
    return one.start < other.end and other.start < one.end


def _is_said_by_a_rate(one: QuantityMention, found: list[QuantityMention], folded: str) -> bool:
    """`一小时` of 一小时30公斤 is no quantity beside the 30 kg/h."""
    return folded.startswith("一", one.start) and any(
        "/" in other.quantity.unit and is_rate_word(folded, one.start, one.end, other.start)
        for other in found
        if other.start >= one.end
    )


def _moved(one: QuantityMention, plain: Untangled, text: str) -> QuantityMention:
    """The mention with its place and words in the text as given."""
    start, end = plain.span(one.start, one.end, text)
    return replace(one, start=start, end=end, quantity=replace(one.quantity, text=text[start:end]))


def _is_numbering(folded: str, numbers: list[re.Match[str]], links: list[str]) -> bool:
    """`1、100℃下…` is the first of a list; two numbers with a comma or a stroke between are none."""
    if len(numbers) > 2:
        return False
    before = folded[: numbers[0].start()].rstrip(" ")[-1:]
    opens = before in ("", "\n", "。", "；", ";", "：", ":") and numbers[0].group().isdigit()
    return links[0] in (",", "，", "/") or (opens and links[0] == "、" and int(numbers[0].group()) < 20)


def _per(plain: str, per: str, difference: bool) -> Quantity | None:
    try:
        return parse_quantity(said_per(per, plain), difference=difference)
    except BadValueError:
        return None
