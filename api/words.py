"""The words of the interface in Chinese and English: labels, verdicts, constraints, reason codes."""

from __future__ import annotations

from kg.wording import CONSTRAINTS

WORDS: dict[str, tuple[str, str]] = {
    **CONSTRAINTS,
    "abstain": ("没有可行路径", "no route fits"),
    "achievement": ("成果", "achievement"),
    "achievements": ("成果", "achievements"),
    "also": ("另有", "and more:"),
    "answer": ("结论", "answer"),
    "as_route": ("同路径", "as route"),
    "ask": ("待问", "ask"),
    "asks_for": ("要求", "asks for"),
    "at_least": ("至少需要", "needs at least"),
    "at_most": ("最多", "at most"),
    "best_offer": ("最接近的供给", "best offer"),
    "blocked": ("已阻断", "blocked"),
    "by": ("最接近的产线", "nearest line"),
    "capability": ("能力", "capability"),
    "changed": ("更新", "changed"),
    "constraint": ("约束", "constraint"),
    "count": ("数量", "count"),
    "disclosure": ("公开范围", "disclosure"),
    "edge": ("关系", "edge"),
    "edges": ("关系", "edges"),
    "facets": ("分面", "facets"),
    "feasible": ("可行", "feasible"),
    "fits": ("满足", "fits"),
    "found_by": ("来源", "found by"),
    "fulltext": ("全文", "text"),
    "funds": ("可投基金", "funds"),
    "gates": ("关口", "gates"),
    "gone": ("下架", "gone"),
    "graph": ("图谱", "graph"),
    "hand_overs": ("交接", "hand-overs"),
    "held": ("待核实", "held"),
    "highlight": ("片段", "highlight"),
    "id": ("标识", "id"),
    "institution": ("机构", "institution"),
    "just": ("刚好", "just"),
    "key": ("编号", "key"),
    "kind": ("种类", "kind"),
    "km": ("公里", "km"),
    "line": ("产线", "line"),
    "lines": ("产线", "lines"),
    "margin": ("余量", "margin"),
    "met": ("已满足", "met"),
    "missing": ("欠缺", "missing"),
    "money_wanted": ("需资金", "wants"),
    "name": ("名称", "name"),
    "nearest": ("最接近", "nearest"),
    "neighbours": ("相邻实体", "neighbours"),
    "new": ("新增", "new"),
    "no": ("否", "no"),
    "nodes": ("节点", "nodes"),
    "not_offered": ("没有机构登记", "nobody lists it"),
    "offered": ("供给", "offered"),
    "offers": ("登记的是", "offers"),
    "ok": ("有可行路径", "routes found"),
    "open_questions": ("待答问题", "open questions"),
    "own_equipment": ("自有设备", "own equipment"),
    "properties": ("属性", "properties"),
    "quarantined": ("隔离", "quarantined"),
    "read": ("读取", "read"),
    "reasons": ("理由", "reasons"),
    "remedy": ("办法", "remedy"),
    "required": ("要求", "required"),
    "risk": ("风险", "risk"),
    "route": ("路径", "route"),
    "routes": ("路径", "routes"),
    "rule": ("规则", "rule"),
    "runs": ("批次", "runs"),
    "score": ("得分", "score"),
    "short": ("不足", "short"),
    "short_by": ("差", "short by"),
    "shown": ("显示", "shown"),
    "smallest_change": ("最小改动", "smallest change"),
    "source": ("出处", "source"),
    "sources": ("出处", "sources"),
    "status": ("状态", "status"),
    "step": ("步骤", "step"),
    "synthetic": ("示例", "synthetic"),
    "total": ("共", "total"),
    "unchanged": ("未变", "unchanged"),
    "unknown": ("未知", "unknown"),
    "unresolved": ("未解析的引用", "unresolved references"),
    "vector": ("向量", "vector"),
    "verdict": ("判定", "verdict"),
    "warnings": ("提醒", "warnings"),
    "why": ("原因", "why"),
    "why_not": ("为何不行", "why not"),
    "yes": ("是", "yes"),
}

CODES: dict[str, tuple[str, str]] = {
    "ambiguous": ("指代不唯一", "names several things"),
    "bad_encoding": ("编码错误", "wrong encoding"),
    "bad_json": ("不是有效的 JSON", "no valid JSON"),
    "bad_limit": ("指标读不懂", "unreadable limit"),
    "bad_value": ("取值有误", "bad value"),
    "classified": ("涉密，未入库", "classified, not stored"),
    "duplicate_id": ("编号重复且内容不同", "duplicate id, other content"),
    "empty_sheet": ("空表", "empty sheet"),
    "formula": ("公式没有结果", "formula without a result"),
    "invalid": ("无效行", "invalid row"),
    "linked_by_name": ("按名称关联到其他来源", "linked by name to another source"),
    "missing_column": ("缺少来源文件所写的列", "column of the source file is missing"),
    "missing_key": ("缺编号", "key is missing"),
    "missing_value": ("缺必填项", "required value is missing"),
    "not_retired": ("未下架（有行无编号）", "nothing retired (a row has no key)"),
    "note_row": ("说明行，跳过", "note row, skipped"),
    "partly_read": ("文本过长，只读了一部分", "long text, read in part"),
    "personal_column": ("个人信息列，不入库", "personal column, dropped"),
    "ragged_row": ("列数与表头不符", "cells do not fit the header"),
    "shared_code": ("信用代码重复", "shared credit code"),
    "short_row": ("行尾缺列", "short row"),
    "skipped_column": ("未识别的列，跳过", "column skipped"),
    "skipped_file": ("未识别的文件，跳过", "file skipped"),
    "skipped_worksheet": ("未识别的工作表，跳过", "worksheet skipped"),
    "too_long": ("文本过长", "text too long"),
    "total_row": ("合计行，跳过", "total row, skipped"),
    "unclosed_quote": ("引号未闭合", "quote never closed"),
    "unknown": ("查无此项", "names nothing known"),
    "unknown_place": ("地名查不到", "unknown place"),
    "unknown_secrecy": ("密级无法识别，按内部处理", "unknown secrecy mark, kept restricted"),
    "unreadable_value": ("取值读不懂", "unreadable value"),
}
"""Why a row was held back, a warning was given or a reference stays open."""


def word(name: str, lang: str) -> str:
    """The word of this name in `zh` or `en`; a name without a word stands for itself."""
    zh, en = WORDS.get(name, (name, name))
    return en if lang == "en" else zh


COUNTED: dict[str, tuple[str, str, str]] = {
    "hand_overs": ("交接 {} 次", "{} hand-over", "{} hand-overs"),
    "routes": ("{} 条路径", "{} route", "{} routes"),
}


def counted(name: str, count: int, lang: str) -> str:
    """A number of things."""
    zh, one, several = COUNTED[name]
    return (zh if lang != "en" else one if count == 1 else several).format(count)


def code_word(code: str, lang: str) -> str:
    """A reason code in words."""
    zh, en = CODES.get(code, (code, code))
    return en if lang == "en" else zh
