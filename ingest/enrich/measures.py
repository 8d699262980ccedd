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
    r"(?:[A-Za-z]\w{0,3}|[\u4e00-\u9fff]{0,2}?)"
    r"(?:温度|压力|时间|速度|速率|流量|效率|浓度|含量|密度|强度|硬度|厚度|宽度|长度|高度|深度|直径|粒径|孔径|半径|面积|体积|容积|容量|"
    r"质量|重量|功率|电压|电流|频率|波长|转速|产量|产能|处理量|收率|得率|产率|回收率|转化率|提取率|去除率|纯度|精度|误差|准确率|精确率|"
    r"识别率|检出率|成本|能耗|寿命|周期|比表面积|比容量|倍率|模量|伸长率|粘度|黏度|电阻率|电导率|热导率|导热系数|介电常数|损耗|湿度|"
    r"含水率|水分|真空度|粗糙度|间距|距离|行程|载荷|负荷|推力|扭矩|剂量|活度|线宽|幅宽|投资|资金|产值|收入|利润|价格|占地|分辨率|"
    r"灵敏度|响应时间|温差|温升|用量|投入|总量|规模|节拍|固含量|孔隙率|透过率|反射率|良率|合格率|率|度|量|力|径)"
    r"$"
)
_KINDS = re.compile(
    r"(?:比容量|比表面积|比能量|比电容|[面体相能电功压振堆真]{1}[\u4e00-\u9fff]{0,2}密度|[\u4e00-\u9fff]{2}强度|开路电压|短路电流|"
    r"[\u4e00-\u9fff]{2}速率|[\u4e00-\u9fff]{2}温度|[\u4e00-\u9fff]{2}压力|[\u4e00-\u9fff]{2}时间)$"
)
_BEHIND = re.compile(
    r"(?:以上|以下|左右|以内)?的?(?P<noun>处理量|产能|产量|温度|压力|粒径|厚度|纯度|宽度|直径|转速|流量|功率|厚|宽|长|高|深)"
)
_RATE = re.compile(
    r"(?P<noun>(?P<per>年|月|日|天|每天|每日|每年|每小时|每班|单日)"
    r"(?:产(?!值|业|品)能?|处理能?力?量?|加工量?|生产能?力?|供应|消耗|回收))"
    r"(?P<thing>[\u4e00-\u9fffA-Za-z]{0,8}?)(?:约|达到|可达|达|为|超过|近|不低于)*\s*$"
)
_TRIM = re.compile(
    r"^(?:的|其|该|在|于|经|并|且|和|与|后|使|将|对|当|最大|最高|最低|最小|平均|实际|最终|要求|产品|所得|本)+"
)


def per_time(left: str) -> tuple[str, str] | None:
    """(noun, time word) of `日处理`, `年产锂盐` right before a number."""
    found = _RATE.search(left)
    return (found["noun"], found["per"]) if found else None


@lru_cache(maxsize=65536)
def measured(left: str, right: str) -> str | None:
    """What a number with these neighbours measures, in the text's words."""
    clause = _CLAUSE.split(left)[-1][-24:]
    rest = _LINK.sub("", clause)
    kind = _KINDS.search(rest)
    known = kind.group() if kind else _known(rest)
    if known is not None:
        return known
    noun = _NOUN.search(rest)
    if noun is not None and len(noun.group()) > 1:
        return _TRIM.sub("", noun.group()) or None
    behind = _BEHIND.match(right)
    return behind["noun"] if behind else None


def _known(rest: str) -> str | None:
    """The longest known parameter at the end."""
    for size in range(min(8, len(rest)), 1, -1):
        word = rest[-size:]
        if not word.startswith(("的", " ")) and parameter_of(word) is not None and word[0] not in "最可总":
            return word
    return None
