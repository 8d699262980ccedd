"""Whether evidence was proved, is claimed or is a target: by the words of its clause, never mixed."""

from __future__ import annotations

import re

from ingest.enrich.asking import ASKED
from ingest.enrich.words import WordLists, choice
from kg.reading import MaturityKind

_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_SENTENCE = re.compile(r"[。；;！？!?\n]")
_AIMS = re.compile(
    r"(?:预期|主要|研究|总体|建设|考核|技术|项目|最终|发展|产业化)?(?:目标|预期成果|考核指标|(?:研究|主要)内容|建设内容|需求内容|技术需求|实施计划|下一步计划)"
    r"(?:及[\u4e00-\u9fff]{2,6})?[:：]"
)
_AIM_SECTION = re.compile(
    r"预期目标|需求内容|技术需求|需求如下|研究内容|主要内容|建设内容|考核指标|技术指标|预期成果|项目目标"
)
_BASE_SECTION = re.compile(r"(?:工作|研究|现有|前期|已有|技术)基础|现状|简介|基本情况|已开展")
_BASE_HEADING = re.compile(rf"(?:{_BASE_SECTION.pattern}|基础)[:：]")
_ITEM = re.compile(
    r"^[\s\d一二三四五六七八九十、.．)）(（①-⑳]*(?:并|和)?(?:建设|建立|建成|研制|开发|设计|制作|试制|形成|完成|实现|申请|申报|发表|获得|制定"
    r"|进行|开展|搭建|生产|授权)(?!了|出了)"
)
_SECTION = 600
_HEADING = re.compile(r"(?:^|[。；;\n]|[\d一二三四五六七八九][、.．）)]|\s)[\u4e00-\u9fff]{2,10}[:：]")
_MAY = (
    r"(?<![智性功节产动热电光储核潜效机职才技])能(?![源量耗力级效])"
    r"|(?<![许认宁])可(?![视靠持编调控燃再移见穿行重溶降逆])"
)
_WILL = (
    r"将(?=于20|在20|会|要|进一步|继续|开展|建[成设立]|实现|完成|达到|进入|形成|成为|投[入产])"
    r"|(?<![期对等看])待(?![遇测检处])"
)
_PLAN = (
    r"正在(?!开展|进行|运行|试用|试验|试产|生产|销售|使用|应用|批量|研发的|研制的|开发的)"
    r"|(?<![模虚比])拟(?![合态南人谷除杆])|规划(?=建|在|实|到|至|将|年|投)|目标(?=[:：是为])"
)
_TO_BE = re.compile("[拟在新扩待]建")
_BASIS = re.compile(r"基础上|之后|以后")
_OF_WHAT = re.compile(r"(?:可以?|能够?|适用于|用于|具有|具备)(?!进一步)[^，。；]{1,24}的$")
"""What a prototype is for (研制了可用于火焰显示的原理样机) says nothing of how far it is."""
_WINDOW, _BEHIND, _NEAR, _QUESTION = 36, 14, 14, 24


class KindOf:
    """Reads the words around a piece of evidence."""

    def __init__(self, cues: WordLists) -> None:
        self._strong = cues.pattern("strong")
        self._done = cues.pattern("done")
        self._target = re.compile(f"(?:{choice(cues['target'])})|{_WILL}|{_PLAN}")
        self._target_weak = cues.pattern("target_weak")
        self._target_far = re.compile(f"(?:{choice(cues['target_far'])})|{_PLAN}")
        self._claimed = re.compile(f"(?:{choice(cues['claimed'])})|{_MAY}")
        self._named = cues.pattern("named", "^(?:化|的|中的?)?")
        self._claimed_behind = cues.pattern("claimed_behind", "^[^，。；、]{0,6}?")
        self._target_behind = re.compile(
            rf"^(?:的)?(?:{choice(cues['target_behind'])})|^(?:之后|以后|后)，?[^，。；]{{0,4}}(?:可|将|预计|预期|能)"
        )
        self._negated = cues.pattern("negated", "", r"[^，。；、]{0,6}$")
        self._other = cues.pattern("other", "(?<!填补)(?<!替代)(?<!到)(?<!达)")

    def __call__(self, text: str, start: int, end: int, *, bare: bool) -> tuple[MaturityKind, str] | None:
        """(kind, why) of the evidence at a place; None where it is somebody else's, denied, or only named.

        Words that are no evidence by themselves (`bare` is false) need their cue close before them."""
        begin = max(0, start - 80)
        left = text[begin:start]
        clause = _OF_WHAT.sub("", _after_last(_CLAUSE, left)[-_WINDOW:])
        right = _CLAUSE.split(text[end : end + _BEHIND])[0]
        if right.endswith("后"):
            right = text[end : end + _BEHIND]
        if self._named.match(right) or self._negated.search(clause) or self._somebody_else(clause):
            return None
        judged = self._in_clause(clause, text[start:end], right)
        if judged is None or judged[1].startswith("done"):
            judged = self._carried(text, start, left) or judged
        if judged is None:
            asked = ASKED.search(_SENTENCE.split(text[end : end + _QUESTION])[0])
            judged = ("target", f"asked: {asked.group()}") if asked else None
        if not bare and judged is not None and judged[0] != "target" and len(clause) > _NEAR:
            near = self._in_clause(clause[-_NEAR:], text[start:end], right)
            judged = near if near is not None and near[0] == judged[0] else None
        return judged or (("proved", "the evidence itself") if bare else None)

    def _somebody_else(self, clause: str) -> bool:
        other = _last(self._other, clause)
        return other is not None and not re.search(r"首|领先|先进|空白|合作|本", clause[other.start() :])

    def _in_clause(self, clause: str, words: str, right: str) -> tuple[MaturityKind, str] | None:
        """By the nearest cue; a weak word of doing does not undo a plan or a claim before it."""
        strong, target, claimed = (_last(p, clause) for p in (self._strong, self._target, self._claimed))
        if strong is not None and _BASIS.search(clause, strong.end()):
            strong = None
        asked = _last(ASKED, clause)
        if asked is not None and (strong is None or strong.start() < asked.start()):
            return "target", f"asked: {asked.group()}"
        at = {id(cue): cue.start() for cue in (strong, target, claimed) if cue}
        last = max(at.values(), default=-1)
        behind_claim = self._claimed_behind.match(right)
        behind_target = self._target_behind.match(right)
        if behind_target is not None:
            return "target", f"behind: {behind_target.group()}"
        if _TO_BE.match(words):
            return "target", f"the words: {words[:2]}"
        if behind_claim is not None and strong is None and not self._done.match(words):
            return "claimed", f"behind: {behind_claim.group()}"
        if strong is not None and strong.start() == last:
            return "proved", f"before: {strong.group()}"
        if target is not None and target.start() == last:
            return "target", f"before: {target.group()}"
        if claimed is not None and target is not None:
            return "target", f"before: {target.group()}"
        if claimed is not None:
            return "claimed", f"before: {claimed.group()}"
        done = _last(self._done, clause) or self._done.match(words) or self._strong.search(words + right[:2])
        if target is None and claimed is None and "了" in words:
            return "proved", "the words: 了"
        weak = _last(self._target_weak, clause)
        if weak is not None and (done is None or done.string != clause or done.start() < weak.start()):
            return "target", f"before: {weak.group()}"
        return ("proved", f"done: {done.group()}") if done else None

    def _carried(self, text: str, start: int, left: str) -> tuple[MaturityKind, str] | None:
        """A plan said earlier in the sentence, or a heading (预期目标：) above it."""
        sentence = _after_last(_SENTENCE, left)
        base = _last(_BASE_HEADING, sentence)
        if base is not None:
            sentence = sentence[base.end() :]
        target = _last(self._target_far, sentence) or _last(ASKED, sentence)
        if target is not None and not self._strong.search(sentence, target.end()):
            return "target", f"earlier: {target.group()}"
        if self._strong.search(sentence):
            return None
        if _ITEM.match(_after_last(_CLAUSE, left) + text[start : start + 4]):
            section = text[max(0, start - _SECTION) : start]
            aim, base = _last(_AIM_SECTION, section), _last(_BASE_SECTION, section)
            if aim is not None and (base is None or base.start() < aim.start()):
                return "target", f"section: {aim.group()}"
        window = text[max(0, start - 400) : start]
        aims = _last(_AIMS, window)
        if aims is not None:
            other = [h for h in _HEADING.finditer(window, aims.end()) if not _AIMS.search(h.group())]
            return None if other else ("target", f"heading: {aims.group()}")
        return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


def _after_last(pattern: re.Pattern[str], text: str) -> str:
    cut = _last(pattern, text)
    return text[cut.end() :] if cut else text
