"""Whether an operation is the result's own, or background, prior art, negated, or a field of use."""

from __future__ import annotations

import re

from ingest.enrich.words import WordLists, choice, load

_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_SENTENCE = re.compile(r"[。；;！？!?\n]")
_STILL_DONE = re.compile(r"(?:法|工艺)?(?:过程|时|中(?!试)|后|引起|产生|带来|导致|造成|温度|应力|的)")
_THEN = re.compile(r"(?:再|然后|随后|接着|最后|之后|后|并|经)")
_CONTRAST = re.compile(r"相比|相较|针对|问题|不足|缺点|替代|代替|取代|改进|优于|基础上|区别|解决|克服")
_INSTEAD = re.compile(r"即可|就能|便可|直接|而是|改用|改为|转而|采用|通过")
_NEAR, _FAR = 5, 14
_PRIOR = re.compile(
    r"(?:法|工艺)?(?:生产|制造|加工|制备|制得)?的[^，,。；]{1,14}(?:偏|差|不足|不稳|离散|余量|利用率低|漂|难以|过大|过高|过低)"
)
_TAKEN = re.compile(r"(?:^|[，,])(?:采用|使用)$")
_HEADING = re.compile(
    r"(?P<other>(?:项目|研究|立项|应用)?背景|(?:国内外|研究|目前)?现状|应用领域|(?:应用|市场|推广)前景)[：:]"
    r"|[一二三四五六七八九十]、|[（(][一二三四五六七八九1-9][)）]|(?:内容|目标|方案|要点|需求)[：:]"
)
_SECTION = 400
_ASKS = re.compile(
    r"希望|需求|寻求|寻找|急需|亟需|亟待|欲|拟(?:解决|开发|研发)|要求|预期目标|目标|需要?(?:解决|开发|研发|改进|解)"
)
_NOW = re.compile(r"目前|现有|现在|现阶段|现(?=我|阶段|采用|用)|(?:我|本)?(?:公司|单位|厂)|我司|企业")
_OUR_WORK = re.compile(r"研发|开发|研制|自主|成功|已完成|掌握|攻克|专利|新工艺|新产品|改进|改造|升级")
_PRESENT = 90


class Standing:
    """Reads the words of a clause around an operation."""

    def __init__(self) -> None:
        words = WordLists(load("standing"))
        self._background = words.pattern("background")
        self._alone = words.pattern("background_alone", "^", "(?:，|,)?$")
        self._done = words.pattern("done")
        self._compared = words.pattern("compared")
        negation = words["negation"]
        self._negation = re.compile("(?<!有)(?:" + choice(word for word in negation if len(word) > 1) + ")")
        self._negated_at_once = re.compile(f"(?:{choice(w for w in negation if len(w) == 1)})$")
        fields = choice(words["fields"])
        self._application = re.compile(f"(?:{choice(words['application'])})[^，。；]{{0,16}}$")
        self._fields = re.compile(f"[^，。；]{{0,16}}?(?:{fields})")

    def why_not_own(self, text: str, start: int, end: int) -> str | None:
        """The words that make an operation at this place not the text's own; None where it is own."""
        begin = _last(_CLAUSE, text, max(0, start - 80), start)
        stop = _CLAUSE.search(text, end, end + 80)
        left, right = text[begin:start], text[end : stop.start() if stop else end + 80]
        return (
            _section(text, start)
            or _prior(left, right)
            or self._is_background(text, begin, left)
            or _present(text, start)
            or self._is_negated(left, right)
            or self._is_compared(left, right)
            or self._is_field_of_use(left, right)
        )

    def _is_background(self, text: str, begin: int, left: str) -> str | None:
        cue = _final(self._background, left)
        if cue is not None and self._done.search(left, cue.end()) is None and not _instead(left[cue.end() :]):
            return f"background: {cue.group()}"
        if cue is not None or self._done.search(left):
            return None
        earlier = _last(_CLAUSE, text, max(0, begin - 60), max(0, begin - 1))
        before = text[earlier : max(0, begin - 1)]
        if begin and _SENTENCE.match(text, begin - 1):
            return None
        if self._alone.match(before):
            return f"background: {before}"
        cue = self._background.search(before)
        if cue and _THEN.match(left) and not _CONTRAST.search(before) and not self._done.search(before):
            return f"background: {cue.group()}"
        return None

    def _is_negated(self, left: str, right: str) -> str | None:
        if _STILL_DONE.match(right):
            return None
        at_once = self._negated_at_once.search(left)
        if at_once is not None:
            return f"negation: {at_once.group()}"
        cue = _final(self._negation, left)
        if cue is None or len(left) - cue.end() > (
            _FAR if len(cue.group()) > 2 or "、" in left else _FAR - _NEAR
        ):
            return None
        return None if _INSTEAD.search(left, cue.end()) else f"negation: {cue.group()}"

    def _is_compared(self, left: str, right: str) -> str | None:
        cue = self._compared.search(right[:_FAR])
        return f"comparison: {cue.group()}" if cue else None

    def _is_field_of_use(self, left: str, right: str) -> str | None:
        cue = self._application.search(left)
        if cue and self._fields.match(right):
            return f"field of use: {cue.group()[:4]}"
        return None


def _section(text: str, start: int) -> str | None:
    """The heading of background, state of the art or use that the place stands under."""
    last = None
    for heading in _HEADING.finditer(text, max(0, start - _SECTION), start):
        last = heading.group("other")
    return f"background: {last}" if last else None


def _present(text: str, start: int) -> str | None:
    """`我公司采用人工打磨，… 希望 …`: what an asker does now, told before it asks for anything."""
    begin = _last(_SENTENCE, text, max(0, start - _PRESENT), start)
    now = _NOW.search(text, begin, start)
    if now is None or _OUR_WORK.search(text, begin, start):
        return None
    asked = _ASKS.search(text)
    return f"background: {now.group()}" if asked is not None and asked.start() > start else None


def _prior(left: str, right: str) -> str | None:
    """`采用某法生产的部件余量大`: what is so made has a fault."""
    return "background: 采用" if _TAKEN.search(left) and _PRIOR.match(right) else None


def _instead(between: str) -> bool:
    """`在传统工艺基础上采用微波烧结`: the operation is the new one."""
    return bool(
        re.search(r"基础上|相比|改为|改用|替换为|不同|问题|缺点|不足|难题|瓶颈|代替为|升级为", between)
    )


def _final(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.end(), default=None)


def _last(pattern: re.Pattern[str], text: str, begin: int, end: int) -> int:
    """The end of the last match between two places, else the first place."""
    place = begin
    for found in pattern.finditer(text, begin, end):
        place = found.end()
    return place
