"""The component that finds unit operations, tests and calibrations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.enrich.apparatus import Apparatus
from ingest.enrich.chains import Chains
from ingest.enrich.closed_words import closed_words
from ingest.enrich.english import EnglishNames
from ingest.enrich.folding import squeeze
from ingest.enrich.likely import Likely, Surroundings
from ingest.enrich.names import Candidate, NameFinder
from ingest.enrich.same_step import StepsSoFar
from ingest.enrich.standing import Standing
from ingest.enrich.words import OperationWords, WordLists, load
from kg.reading import UnitOpMention
from kg.values.parameters import parameter_of
from kg.vocabulary import Category, Vocabulary

_ENOUGH = 4000
_TREATED, _NEAR = 3, 24
_OF_NATURE, _OF_MATTER, _OF_LIFE, _OF_A_DRAWING = 2, 2, 3, 3
_ARRANGED = re.compile(r"所述|连接有|设有|设置有|侧壁|外侧|内侧|端部|壳体|固定连接|两侧|顶部|底部|安装有")
_PLACED = re.compile(r"[有在于]|(?:空间|面|腔|块|孔)")
_DONE = re.compile(r"经过?|由|通过|采用|进行|利用|过|后|用于|所")
_MEANS = re.compile(
    r"的(?:方式|方法|工艺|过程|技术|步骤|手段|设备|装置|温度|时间|问题|要求|效果|合格率|质量|成本|平台)"
)
_LISTED = "listed"
_COLUMNS = ("柱色谱", "柱层析")
_EVEN = re.compile(r"(?:分散|混合|搅拌)(均匀)?$")
_COLUMN = re.compile(r"[a-z][a-z0-9 \-]*$")
_PARAMETER = re.compile(
    r"温度|压力|精度|面积|功率|时间|线宽|效率|规模|工装|速度|速率|吨位|公称力|电压|真空度|转速|深度|直径|幅宽"
)
_PROPERTY = re.compile(
    r"(?:时间|速度|速率|周期|效率|效果|性能|温度|收率)[^，。、；,;]{0,3}(?:短|长|快|慢|高|低|好|优|强|较|明显|不)"
)
_APPARATUS = re.compile(r"(?:生产)?(?:装置|设备|装备|机组|机床)")
_OWNED = re.compile(r"(?:拥有|具有|引进|配备|购置|购买|现有|已有|建有)[^。；;]{0,60}$")
_CLAUSE_END = re.compile(r"[。；;！!？?\n]")
_REPORTED = re.compile(r"合格|报告|结果|表明|证明|显示|达标|不|无|均|数据|周期|\d")
_PASSED = re.compile(r"(?:(?<!依次)(?<!并)通过|完成|经过|经)了?[^，。、；,;]{0,8}$")
_ASKED = re.compile(r"需|拟|应|要求|委托|希望|寻找|承担|待")
_WANTED = re.compile(r"(?<!所)(?<!必)(?<!按)需(?!求|时)|拟|委托|希望|寻找|承担")
_EVERY, _FIGURE = (
    re.compile(r"[每一](?:小时|分钟|[天日批年班月])$"),
    re.compile(r"[\u4e00-\u9fff]{0,4}?\s?\d"),
)
_OR = re.compile(r"(?:法|工艺|技术|方式)?\s?(?:[(（]?(?:或者?|或是|抑或)|/)\s?(?:采用|用|经)?")
_ROW = re.compile(r"/[^/，。；、]{2,8}\Z")
_MAY = ("即可", "也可", "还可", "均可", "便可")


@dataclass(frozen=True)
class Operations:
    """What one text holds; both sorts share one order, as both are steps of a route."""

    unit_ops: tuple[UnitOpMention, ...]
    tests: tuple[UnitOpMention, ...]


class UnitOperations:
    """Finds operations done to a material or part, in any text, without spaCy: text in, mentions out."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words = OperationWords.load()
        self._names = NameFinder(vocabulary, self._words)
        self._standing = Standing()
        self._likely = Likely()
        self._chains = Chains(WordLists(load("chains")))
        self._english = EnglishNames(vocabulary)
        self._apparatus = Apparatus(load("apparatus"), self._names.ending)

    def find(self, text: str) -> Operations:
        """All mentions by place, with offsets of the text as given."""
        squeezed = squeeze(text)
        found: dict[str, list[UnitOpMention]] = {"process": [], "test": []}
        orders: dict[str, int] = {}
        steps_so_far = StepsSoFar(self._vocabulary, squeezed.text)
        reached = 0
        for candidate in self._likely.kept(self.surroundings(squeezed.text)):
            why_not = candidate.why_not or self._standing.why_not_own(
                squeezed.text, candidate.start, candidate.end
            )
            start, end = squeezed.span(candidate.start, candidate.end)
            name = candidate.name or "".join(text[start:end].split())
            if why_not is None:
                name = steps_so_far.meant(name, candidate.start, candidate.end)
            order = orders.setdefault(name, len(orders)) if why_not is None else -1
            rule = f"{candidate.rule}; {why_not}" if why_not else candidate.rule
            instead = _instead(squeezed.text, candidate, reached)
            reached = candidate.end
            found[candidate.category].append(
                UnitOpMention(start, end, text[start:end], name, why_not is None, order, rule, instead)
            )
        return Operations(tuple(found["process"]), tuple(found["test"]))

    def surroundings(self, text: str) -> Surroundings:
        """What the lists let through of a folded, lower-cased text, for the model that judges it."""
        candidates = self._candidates(text, _Subject(text, self._words))
        return Surroundings(text, candidates, self._words, self._names.boundaries)

    def _candidates(self, text: str, subject: _Subject) -> list[Candidate]:
        """The listed names that are operations here, and the unlisted items of their chains."""
        listed = [
            _trimmed(text, found, self._vocabulary)
            for found in self._names.find(text)
            if self._is_operation(text, found, subject) and not _is_evidence(text, found)
        ]
        listed = _with(listed, self._apparatus.find(text))
        listed = _with(listed, self._english.find(text))
        if subject.is_material and not subject.is_life:
            listed = _with(listed, closed_words(text))
        chains = []
        for item in self._chains.find(text, [(found.start, found.end) for found in listed]):
            if item.frame == _LISTED and not subject.is_material:
                continue
            if not any(found.start < item.end and item.start < found.end for found in listed):
                category: Category = "test" if item.is_test else "process"
                chains.append(
                    Candidate(item.start, item.end, None, category, False, f"chain: {item.frame} as a step")
                )
        if not chains:
            return listed
        listed = [found for found in listed if not _is_parameter_of(text, found, chains)]
        return sorted((*listed, *chains), key=lambda found: found.start)

    def _is_operation(self, text: str, candidate: Candidate, subject: _Subject) -> bool:
        left, right = (
            text[max(0, candidate.start - 8) : candidate.start],
            text[candidate.end : candidate.end + 6],
        )
        words = self._words
        form = text[candidate.start : candidate.end]
        if words.thing.match(right) or (left and left[-1] in words.never_after and not left.endswith(_MAY)):
            return False
        if _PROPERTY.match(text, candidate.end) or _names_a_rate(form, left, right):
            return False
        if _APPARATUS.match(right) and _OWNED.search(text[max(0, candidate.start - 70) : candidate.start]):
            return False
        if subject.is_life or _is_state(form, left, right, words):
            return False
        if form in words.placed and _PLACED.match(right) and subject.is_drawing:
            return False
        if form.endswith("化") and words.element.match(right):
            return False
        if form.endswith(words.chemical_names) and left and left[-1] in words.chemical_prefix:
            return False
        if not candidate.everyday:
            return True
        if words.immaterial_before.search(left) or words.immaterial_behind.match(right):
            return False
        return subject.is_material


def _with(listed: list[Candidate], more: Iterable[Candidate]) -> list[Candidate]:
    """The listed names and those of another finder that overlap none."""
    covered = {place for one in listed for place in range(one.start, one.end)}
    told = [one for one in more if covered.isdisjoint(range(one.start, one.end))]
    return sorted((*listed, *told), key=lambda found: found.start) if told else listed


def _instead(text: str, found: Candidate, reached: int) -> bool:
    """Whether 或 or one stroke stands between the mention that ends at `reached` and this one; a longer row
    of strokes (涂布/辊压/分切) is a route."""
    between = _OR.fullmatch(text, reached, found.start) if reached else None
    if between is None:
        return False
    row = "/" in between.group() and (text.startswith("/", found.end) or _ROW.search(text, 0, reached))
    return not row


def _names_a_rate(form: str, left: str, right: str) -> bool:
    """`每小时蒸发30公斤` is a 蒸发量, a parameter of a step and none itself; `每小时造粒30公斤` is a step."""
    rated = _EVERY.search(left) and _FIGURE.match(right)
    return bool(rated) and parameter_of(f"{form}量") is not None


def _is_state(form: str, left: str, right: str, words: OperationWords) -> bool:
    """`熔融的纯铝液`, `京尼平交联的水凝胶`: how the matter is, and nothing that is done here."""
    adjective = form in words.states and right.startswith("的") and not _MEANS.match(right)
    return adjective and _DONE.search(left[-5:]) is None


def _trimmed(text: str, found: Candidate, vocabulary: Vocabulary) -> Candidate:
    """Without a 处理 that adds nothing, with the 均匀 of 分散均匀 and a column's filling."""
    form = text[found.start : found.end]
    if len(form) > _TREATED and form.endswith("处理") and vocabulary.canonical(form[:-2]):
        return replace(found, end=found.end - 2)
    column = _COLUMN.search(text, max(0, found.start - 20), found.start) if form.endswith(_COLUMNS) else None
    if column:
        return replace(found, start=column.start())
    even = _EVEN.search(form)
    if even and even.group(1) is None and text.startswith("均匀", found.end):
        return replace(found, end=found.end + 2)
    return found


def _is_evidence(text: str, found: Candidate) -> bool:
    """A test that a result has passed says how mature it is and asks nothing of a line."""
    if found.category != "test":
        return False
    right = text[found.end : found.end + 6]
    if _REPORTED.match(right):
        sentence = _CLAUSE_END.split(text[max(0, found.start - 80) : found.start])[-1]
        return not (right[0].isdigit() and _WANTED.search(sentence))  # 需要…，压力校准60 MPa
    left = re.split(r"[，。；;,]", text[max(0, found.start - 20) : found.start])[-1]
    ends = not right or right[0] in "，。；、,;"
    return bool(ends and _PASSED.search(left) and not _ASKED.search(left))


def _is_parameter_of(text: str, found: Candidate, chains: list[Candidate]) -> bool:
    """`按型刀裁片提出了分切精度…`: the wider word names a parameter of the unlisted step before it."""
    if _PARAMETER.match(text, found.end) is None:
        return False
    before = [step for step in chains if step.end <= found.start and found.start - step.end < _NEAR]
    return any(_CLAUSE_END.search(text, step.end, found.start) is None for step in before)


class _Subject:
    """What a text is about: matter, or data, nature and medicine."""

    def __init__(self, text: str, words: OperationWords) -> None:
        self._text = text
        self._words = words

    @cached_property
    def is_life(self) -> bool:
        """Research on living things or nature: three words of it, and more than of matter."""
        text = self._text[:_ENOUGH]
        life = len(set(self._words.life.findall(text)))
        return life >= _OF_LIFE and life > len(set(self._words.material.findall(text)))

    @cached_property
    def is_drawing(self) -> bool:
        """A description of how parts are arranged."""
        return len(_ARRANGED.findall(self._text[:_ENOUGH])) >= _OF_A_DRAWING

    @cached_property
    def is_material(self) -> bool:
        """Not more different words for data than for matter, and not two for nature or medicine."""
        text = self._text[:_ENOUGH]
        immaterial = len(set(self._words.immaterial.findall(text)))
        material = len(set(self._words.material.findall(text)))
        if immaterial and immaterial > material:
            return False
        nature = len(set(self._words.nature.findall(text)))
        return nature < _OF_NATURE or material > _OF_MATTER * nature
