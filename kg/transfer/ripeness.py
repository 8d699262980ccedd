"""The maturity that a need's words state: where the result stands, and where the pilot work is to bring it.

Levels only (TRL 4, 成熟度五级, 由TRL 4提升到TRL 6): evidence is the reader's (`kg.reading`), and a person
decides.
"""

from __future__ import annotations

import re

from kg.transfer import cues
from kg.transfer.quantities import Origin
from kg.transfer.requirement import Requirement, Target
from kg.values.numerals import number_in_words
from kg.wording import Sentence

_LEVEL = re.compile(
    r"(?:TRL|(?:技术)?(?:成熟度|就绪度|就绪水平))\s*(?:等级|级别|水平)?[^，。；,;\d一二三四五六七八九]{0,8}?"
    r"(?:TRL)?\s*(?:第)?(?P<level>[1-9](?![\d.])|[一二三四五六七八九](?=级))\s*级?(?!\s*[-~～至]\s*\d)",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\s*级?\s*(?:提升|提高|推进|升级|发展|做|推|升)?\s*(?:到|至|→|->)\s*(?:TRL)?\s*(?P<level>[1-9](?![\d.])|[一二三四五六七八九](?=级))\s*级?",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"(?:达到|提升|提高|升至|升到|推进|目标|预期|力争|争取|拟|希望|期望|要求|计划|到|至|→|完成后|中试后|以上|需)"
)
_NOW = re.compile(r"(?:目前|现有?|当前|处于|已|从|由|属于)")
_CLAUSE = re.compile(r"[，。；,;\n]")


def maturity_in(text: str, origin: Origin) -> tuple[tuple[int, Origin] | None, Target | None]:
    """The level now and the target, each None where no words say it."""
    now: tuple[int, Origin] | None = None
    target: Target | None = None
    for match in _LEVEL.finditer(text):
        level, where = _level(match["level"]), origin.at(text, *match.span())
        before = _CLAUSE.split(text[: match.start()])[-1] + match.group()[: -len(match["level"])]
        up = _UP_TO.match(text, match.end())
        if up:
            now = now or (level, where)
            target = target or _target(text, up, origin)
        elif _aims(before) or text[match.end() : match.end() + 2] == "以上":
            target = target or Target(level, not cues.wished(text, match.start(), match.end()), where)
        elif now is None:
            now = level, where
    return now, target


def _target(text: str, up: re.Match[str], origin: Origin) -> Target:
    hard = not cues.wished(text, up.start(), up.end())
    return Target(_level(up["level"]), hard, origin.at(text, up.start("level"), up.end()))


def _aims(before: str) -> bool:
    """Whether the last cue before a level is one of an aim; 已达到 is none."""
    aims, nows = list(_AIM.finditer(before)), list(_NOW.finditer(before))
    if not aims or re.search(r"(?:已|目前|当前)[^，。；]{0,4}(?:达到|到|处于)", before):
        return False
    return not nows or aims[-1].start() > nows[-1].start()


def _level(words: str) -> int:
    return int(number_in_words(words) or 0)


def target_questions(requirement: Requirement) -> list[Sentence]:
    """What a target leaves open: no register says to which level a line brings a result, and one that lies
    below the level now is none."""
    target, now = requirement.target, requirement.project.trl
    if target is None:
        return []
    if now is not None and target.level <= now:
        return [
            Sentence(
                f"成熟度目标 TRL {target.level} 不高于现状 TRL {now}，以哪个为准？",
                f"the target TRL {target.level} is not above TRL {now}, where it stands: which one holds?",
            )
        ]
    return [
        Sentence(
            f"成熟度目标 TRL {target.level}：登记中没有写产线能把成果做到几级，请与承接方约定以哪些证据为准",
            f"target TRL {target.level}: no register says to which level a line brings a result; agree with "
            "whoever takes it on what shall prove it",
        )
    ]
