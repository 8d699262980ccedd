"""What a quantity measures: the noun before it in its clause, or right behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.values.parameters import parameter_of

_CLAUSE = re.compile(r"[，,。；;！!？?\n、（(的]")
_LINK = re.compile(
    r"(?:分别|一般|均|可以|可|能|仅|则|高|低|最|就|已|总|应|需|须|要求|控制|保持|维持|稳定|设定|设置|调节|提高|提升|降低|增加|减少|下降|缩短|"
    r"为|达到|达|是|在|至|到|约|大约|超过|不低于|不超过|不大于|不小于|大于|小于|高于|低于|从|由|由原来的|了|有|小|大|"
    r"范围|以|[:：=≈≥≤><~ ])+$"
)
_NOUN = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{0,4})(?P<noun>温度|压力|时间|速度|速率|流量|效率|浓度|含量|密度|强度|硬度|厚度|宽度|长度|高度|深度|"
    r"直径|粒径|孔径|半径|面积|体积|容积|容量|质量|重量|功率|电压|电流|频率|波长|转速|产量|产能|处理量|收率|得率|产率|成本|能耗|"
    r"寿命|周期|倍率|模量|电阻|损耗|水分|间距|距离|行程|载荷|负荷|推力|扭矩|剂量|活度|线宽|幅宽|投资|资金|预算|产值|收入|利润|价格|占地|"
    r"温差|温升|用量|投入|总量|规模|节拍|导热系数|介电常数|率|度|量|力|径|比)$"
)
_CUT = re.compile(
    r".*(?:[的在经后为是与和及对使将其中所该当以从于可能了到至年月日时分由用]|具有|达到|实现|要求)", re.S
)
_OF_MATTER = re.compile(
    r"(?:比容量|比表面积|比能量|比电容|(?:面|体积|相对|能量|电流|功率|压实|振实|堆积|松装|真)密度|"
    r"(?:抗[压拉弯折剪]|拉伸|屈服|弯曲|剪切|冲击|击穿|断裂|粘接|剥离|压缩|疲劳)强度|开路电压|短路电流)$"
)
_MOST = 4
_BATCH = re.compile(r"(?:单|每|批)[批炉釜次](?:次|处理|装料|投料)?$")
_BEHIND = re.compile(
    r"(?:以上|以下|左右|以内)?的?"
    r"(?P<noun>处理量|产能|产量|温度|压力|粒径|厚度|纯度|宽度|直径|转速|流量|功率|[厚宽长高深](?![\u4e00-\u9fff](?<!的)))"
)
_RATE = re.compile(
    r"(?P<noun>(?P<per>年|月|日|天|每天|每日|每年|每小时|每分钟|每班|单日|单班)"
    r"(?:产(?!值|业|品)能?|处理能?力?量?|加工量?|生产能?力?|供应|消耗|回收))"
    r"(?P<thing>[\u4e00-\u9fffA-Za-z]{0,8}?)(?:约|达到|可达|达|为|超过|近|不低于)*\s*$"
)


_EVERY = re.compile(
    r"(?P<per>每(?:小时|分钟|天|日|年|班|月)|全年)(?P<thing>[\u4e00-\u9fffA-Za-z]{0,10}?)\s*$"
)
_ONE = re.compile(
    r"(?:^|[，,。；;：:！!？?\n、（( ]|产能|产量|规模|处理量|我们|我司|大概|大约|平均|差不多|至少|最多"
    r"|[约要想能可])"
    r"(?P<per>一(?:小时|个小时|分钟|天|日|年|个月|班))(?!后|内|以|之|左右|时间)"
    r"(?P<thing>[\u4e00-\u9fff]{0,8}?)\s*$"
)
_ONE_TIME = re.compile("[后内得到了入取失再的时为]")
"""`一小时得到5 g`, `一天内降至5 kg`: how long something took; `一天能做80公斤` is by the day."""
_FLOWS = re.compile(
    r"(?:kg|mg|g|t|m?L|ml|l|m[3³]|m\^3|Nm3|kWh|MWh|吨|公斤|千克|克|升|毫升|立方米?|方|度电?|千瓦时|元|平方米|亩|公里"
    r"|[件个只片台套支瓶头颗粒枚辆箱袋米株张块条盒包批])(?:[以左]?[上下内右])?$"
)
_ONE_WAY = (
    (re.compile("^(?:大约|约为|接近|近|≈|~)"), "约"),
    (re.compile("^(?:大于|高于|多于|超过)"), ">"),
    (re.compile("^(?:小于|低于|少于|不足|不到)"), "<"),
    (re.compile("^(?:至少|最少)"), "≥"),
    (re.compile("^(?:至多|最多)"), "≤"),
)
_PERIODS = {"单日": "天", "单班": "班", "全年": "年", "日": "天", "每日": "天"}
_TO = re.compile(r"(?:由|从)[^，。；、]{0,8}?每(?P<per>天|日|小时|年)[^，。；]{0,14}(?:到|至|为)\s*$")


def per_time(left: str, words: str = "") -> tuple[str | None, str] | None:
    """(noun, time word) of `日处理`, `年产锂盐` right before a number, and of `每小时` before what flows:
    `每小时蒸发30公斤`; `每天2小时` is a time."""
    found = _RATE.search(left)
    if found:
        return found["noun"], found["per"]
    if words and _FLOWS.search(words) is None:
        return None
    every = _EVERY.search(left) or _by_one(left)
    if every is not None:
        known = parameter_of(f"{every['thing'][:2]}量") if every["thing"] else None
        return known.name if known else None, every["per"].replace("一", "每").replace("个", "")
    to = _TO.search(left) if words else None
    return (None, to["per"]) if to else None


def _by_one(left: str) -> re.Match[str] | None:
    one = _ONE.search(left)
    return None if one is None or _ONE_TIME.search(one["thing"]) else one


def is_rate_word(folded: str, start: int, end: int, number: int) -> bool:
    """Whether the 一小时 at a place says the rate of the number that begins at another (一小时30公斤)."""
    begin = max(0, number - 32)
    one = _by_one(folded[begin:number])
    return one is not None and (begin + one.start("per"), begin + one.end("per")) == (start, end)


_VESSEL = re.compile(r"\s?(?:以上|级|规格|的)*[\u4e00-\u9fff]{0,6}?(?:罐|釜|反应器|储槽|球磨)")
_FURNACE = re.compile(r"\s?(?:以上|级|的)*[\u4e00-\u9fff]{0,6}?[炉窑]")
_VOLUMES = frozenset({"L", "l", "升", "m3", "m³", "立方", "立方米", "方", "mL"})
_THROUGHPUT = re.compile(
    r"^(?:kg|g|t|mL|L|m³|m3|吨|公斤|千克|克|升|立方米?|方|[件只片台套支瓶颗粒袋米张块盒])/"
)
_MASS_FLOW = re.compile(r"^(?:kg|g|t|吨|公斤|千克)/(?:h|d|hour|day|小时|天|日)$")


def of_apparatus(unit: str, right: str, *, rate: bool) -> str | None:
    """What a number measures by the apparatus behind it (500 L 发酵罐, 1600℃烧结炉) or as a bare rate
    (每小时30公斤)."""
    if unit in _VOLUMES and _VESSEL.match(right):
        return "容积"
    if unit == "℃" and _FURNACE.match(right):
        return "温度"
    flows = _THROUGHPUT.match(unit) if rate else _MASS_FLOW.match(unit)
    return "处理量" if flows else None


def said_per(per: str, words: str) -> str:
    """`每年约1000万元` of the time word 每年 and 近1000万元, as `kg.values.quantity` reads it."""
    for pattern, relation in _ONE_WAY:
        words = pattern.sub(relation, words)
    return f"每{_PERIODS.get(per, per.lstrip('每'))}{words}"


@lru_cache(maxsize=65536)
def measured(left: str, right: str) -> str | None:
    """What a number with these neighbours measures, in the text's words."""
    clause = _CLAUSE.split(left)[-1][-24:]
    rest = _LINK.sub("", clause)
    of_matter = _OF_MATTER.search(rest)
    known = of_matter.group() if of_matter else _known(rest)
    if known is not None:
        return known
    noun = _NOUN.search(rest)
    if noun is not None:
        before = _CUT.sub("", noun["before"])
        cut_in_a_word = len(before) == _MOST and noun.start() > 0
        whole = noun["noun"] if cut_in_a_word and len(noun["noun"]) > 1 else before + noun["noun"]
        return whole if len(whole) > 1 else None
    if _BATCH.search(rest):
        return "批量"
    behind = _BEHIND.match(right)
    return behind["noun"] if behind else None


def _known(rest: str) -> str | None:
    """The longest known parameter at the end."""
    for size in range(min(8, len(rest)), 1, -1):
        word = rest[-size:]
        if not word.startswith(("的", " ")) and parameter_of(word) is not None and word[0] not in "最可总":
            return word
    return None
