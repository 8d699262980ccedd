"""Words that are an operation only where their phrase ends: 超声30 min, 改性处理, 除钙镁后; no 超声图像."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.enrich.names import Candidate

_END = (
    r"(?=(?:波)?(?:辅助)?(?:处理|分散|反应)?"
    r"(?:后|至|得|均匀|直至|并|再|，|。|；|、|\)|$|\d| \d|工序|步骤)|处理)"
)
_WORDS = "超声|微波|改性|掺杂|密封|振荡|震荡|燃烧|摇匀|打浆|静置分层|功能化"
_ELEMENTS = (
    "锂钠钾铷铯铍镁钙锶钡铝镓铟铊硅锗锡铅磷砷锑铋硫硒碲氟氯"
    "铁铜锌镍钴锰铬钒钛钨钼铌钽锆铪金银铂钯铑铱碳氮氧氢硼镉汞铀钍钪钇镧铈"
)
_CLOSED = re.compile(rf"(?<![a-z的])(?:{_WORDS}){_END}")
_OF_ELEMENTS = re.compile(
    rf"[沉除脱浸提萃](?:[{_ELEMENTS}]{{1,4}}|稀土|杂质?|蛋白|多糖|色素|鞣质|热原){_END}"
)


def closed_words(text: str) -> Iterator[Candidate]:
    """Candidates in a folded, lower-cased text, by place; they need matter around them (`everyday`)."""
    for pattern, rule in ((_CLOSED, "closed: 处理"), (_OF_ELEMENTS, "closed: 元素")):
        for found in pattern.finditer(text):
            yield Candidate(found.start(), found.end(), None, "process", True, rule)
