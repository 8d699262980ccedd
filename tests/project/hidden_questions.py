"""Every question that a public reader can ask, put so that a hidden record could show in its answer."""

from __future__ import annotations

from collections.abc import Iterator

from tests.project.hidden_register import PUBLIC_KEYS

Query = tuple[str, dict[str, str | int]]

WORDS = "喷雾造粒 造粒 烧结 先进陶瓷 明川材料公司 中试基地 基金 粉体 科创新区 密级 A1 C1".split()  # noqa: SIM905
FILTERS: tuple[dict[str, str | int], ...] = (
    {"kind": "Achievement"}, {"kind": "Capability"}, {"kind": "PilotLine"}, {"kind": "Organization"},
    {"kind": "Fund"}, {"kind": "Need"}, {"kind": "Field"}, {"kind": "UnitOp"}, {"kind": "Region"},
    {"field": "先进陶瓷"}, {"field": "先进材料"}, {"owner": "明川材料公司"}, {"region": "四川省"},
    {"year": "1990-2030"}, {"trl": "1-9"}, {"field": "先进材料", "trl": "1-9", "region": "绵阳市"},
    {"kind": "PilotLine", "region": "绵阳市"}, {"kind": "PilotLine", "region": "成都市"},
)  # fmt: skip
NEEDS = ("需要 12 kg/h 的喷雾造粒", "需要 400 kg/h 的喷雾造粒", "球磨后等离子球化", "冷等静压", "1500 ℃ 烧结")


def queries() -> Iterator[Query]:
    """Paths with their parameters."""
    for word in WORDS:
        yield "/search", {"q": word, "limit": 50}
    for filters in FILTERS:
        yield "/search", {"q": "造粒", "limit": 50, **filters}
    for need in NEEDS:
        yield "/match", {"need": need, "limit": 50}
        yield "/routes", {"need": need, "limit": 20}
        yield "/routes", {"need": need, "near": "绵阳", "lang": "en"}
    for key in PUBLIC_KEYS:
        yield f"/entities/{key}", {}
    for key in ("A1", "A2", "A3", "N1"):
        yield "/routes", {"key": key, "limit": 20}
    yield "/funds/F1/screen", {"limit": 50}
