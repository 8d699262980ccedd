"""Both languages: no English sentence in a Chinese document, no Chinese one in an English document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from api.languages import language
from kg.errors import UsageError
from kg.transfer import RouteOptions, match_need, routes_for, screen_fund
from kg.transfer.answers import blocked
from kg.transfer.knowledge import Knowledge
from kg.transfer.rank import FEATURES, explanation
from kg.wording import Lang, Sentence, listed, told, yuan
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry
from tests.transfer.test_routes import base

SAID = {"reasons", "reason", "explanation", "open_questions", "missing", "note", "ask", "why", "holder"}
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,;:'’-]+[A-Za-z]{2,}){2,}")
CHINESE = re.compile(r"[\u3400-\u9fff，。？：；（）、]")
COLUMNS = ("中试需求", "成果简介", "内部", "待定密", "密级", "公开", "喷雾造粒")
"""Words of the registers that an English sentence quotes."""


def fill(registry: Registry) -> None:
    """Every kind of fit, shortfall and question at least once."""
    base(registry)
    there = registry.institution("I3", "丙中心")
    shut = registry.pilot_line("L7", "丙旧线", there, status="停用", stage_low=5, stage_text="TRL 5以上")
    soon = registry.pilot_line("L8", "丙新线", there, status="调试中", stage_low=5, stage_high=7)
    registry.capability("C7", "球磨", shut, "球磨", [("批量", "50 kg")])
    registry.capability("C8", "真空烧结", soon, "真空烧结", [("温度", "1750℃"), ("批量", "20 L")])
    registry.capability(
        "C9", "喷雾干燥", there, "喷雾干燥", [("流量", "9 kg/h"), ("产能", ""), ("加料量", "5 kg/h")]
    )
    registry.capability("C10", "离心雾化成珠", there, "离心雾化成珠", [("处理量", "300 L")])
    registry.fund(
        "F3",
        "成长基金",
        fields=["先进陶瓷"],
        stage=(None, None, "成长期"),
        regions=["绵阳"],
        ticket=(1e6, None, ""),
    )
    registry.fund("F4", "空白基金")
    registry.fund("F5", "不限基金", fields=["不限"], regions=["全国"], stage=(None, None, "不限"))
    here: dict[str, Any] = {"fields": ["先进陶瓷"], "region": "四川省绵阳市"}
    registry.achievement(
        "A1",
        "一",
        [("喷雾造粒", [("处理量", "12 kg/h")]), ("真空烧结", [("烧结温度", "1600℃")])],
        trl=4,
        funding_need=3e6,
        **here,
    )
    registry.achievement("A2", "二", [("喷雾造粒", [("处理量", "20 kg/h")])], trl=5, **here)
    registry.achievement(
        "A3",
        "三",
        [("烧结", [("批量", "50 kg"), ("压力", "10 MPa")]), ("搅拌", [])],
        fields=["先进材料"],
        region="四川省",
    )
    registry.achievement("A4", "四", [("高速雾化成珠", [("处理量", "12 kg/h")])], region="仙界", trl=5)
    registry.achievement("A5", "五", [("分子束外延", [])], trl=5)
    registry.achievement("A6", "六", [("球磨", [("批量", "20 kg")])], trl=6, **here)
    registry.achievement("A7", "七")
    registry.achievement(
        "A8", "八", [("烧结", [("温度", "1800℃")]), ("真空烧结", [("温度", "1500℃")])], trl=2, **here
    )
    registry.achievement("A9", "九", [("烧结", [])], access="restricted")


def documents(knowledge: Knowledge, lang: Lang) -> Iterator[dict[str, Any]]:
    bounds = RouteOptions(budget=500_000, by=date(2027, 3, 1), near="某地无名处", max_hand_overs=1)
    for key in (f"A{number}" for number in range(1, 10)):
        yield routes_for(knowledge, key_or_id=key, lang=lang)
        yield routes_for(knowledge, key_or_id=key, options=bounds, lang=lang)
    for need in ("需要喷雾造粒，处理量12 kg/h，然后烧结", "希望提高管理水平", "需要分子束外延"):
        yield routes_for(knowledge, need=need, lang=lang)
        yield match_need(knowledge, need, lang=lang)
    for fund in ("F1", "F3", "F4", "F5"):
        yield screen_fund(knowledge, knowledge.view.one(fund), lang=lang)


def said(value: Any, inside: bool = False) -> Iterator[str]:
    """Every sentence of a document."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from said(part, inside or name in SAID)
    elif isinstance(value, list):
        for part in value:
            yield from said(part, inside)
    elif isinstance(value, str) and inside:
        yield value


def data(value: Any) -> Iterator[str]:
    """Names and texts that a document quotes."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in SAID:
                yield from data(part)
    elif isinstance(value, list):
        for part in value:
            yield from data(part)
    elif isinstance(value, str) and len(value) < 60:
        yield value


def test_no_english_sentence_in_a_chinese_document(ask: Ask) -> None:
    found = [sentence for one in documents(ask(fill), "zh") for sentence in said(one)]
    assert len(set(found)) > 60
    assert [sentence for sentence in found if ENGLISH.search(sentence)] == []


def test_no_chinese_sentence_in_an_english_document(ask: Ask) -> None:
    knowledge = ask(fill)
    names = [
        str(row["name"])
        for row in knowledge.view.query(
            "MATCH (n) WHERE n.name IS NOT NULL AND n.access = 'public' RETURN n.name AS name"
        )
    ]
    answers = list(documents(knowledge, "en"))
    quoted_from_rows = {words for one in answers for words in data(one)}
    quoted = sorted({*quoted_from_rows, *names, *COLUMNS, "成长期", "调试中", "停用"}, key=len, reverse=True)
    for one in answers:
        for sentence in said(one):
            rest = sentence
            for words in quoted:
                rest = rest.replace(words, "")
            assert not CHINESE.search(rest.replace("、", "")), sentence


def test_the_language_changes_words_only(ask: Ask) -> None:
    knowledge = ask(fill)
    for zh, en in zip(documents(knowledge, "zh"), documents(knowledge, "en"), strict=True):
        assert list(shape(zh)) == list(shape(en))


def shape(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Where a value stands, and all that is no text."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from shape(part, f"{path}/{name}")
    elif isinstance(value, list):
        yield path, len(value)
        for part in value:
            yield from shape(part, path)
    else:
        yield path, type(value) if isinstance(value, str) else value


def test_a_blocked_record_is_explained_in_both(ask: Ask) -> None:
    assert blocked("A9")["gates"][0]["why"].startswith("该记录未公开")
    assert blocked("A9", "en")["gates"][0]["holder"] == "the record's owner"


def test_every_feature_is_explained_in_both() -> None:
    for name in FEATURES:
        both = explanation(name)
        assert CHINESE.search(both.zh) and not ENGLISH.search(both.zh)
        assert ENGLISH.search(both.en) and not CHINESE.search(both.en)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (8_100_000, "810 万元", "8,100,000 yuan"),
        (4_000_000_000, "40 亿元", "4,000,000,000 yuan"),
        (123_456_789, "1.23456789 亿元", "123,456,789 yuan"),
        (10_000, "1 万元", "10,000 yuan"),
        (9_999.5, "9,999.5 元", "9,999.5 yuan"),
        (0, "0 元", "0 yuan"),
    ],
)
def test_money_as_people_write_it(value: float, zh: str, en: str) -> None:
    assert yuan(value) == Sentence(zh, en)


def test_what_is_told() -> None:
    word = Sentence("是", "yes")
    assert told({"a": [word, {"b": word}], "c": 1, "d": None}, "en") == {
        "a": ["yes", {"b": "yes"}],
        "c": 1,
        "d": None,
    }
    assert listed([word, word, Sentence("否", "no")]) == Sentence("是、否", "yes, no")
    assert (language("zh"), language("en")) == ("zh", "en")
    with pytest.raises(UsageError) as raised:
        language("fr")
    assert raised.value.remedy
