"""The words of the interface in Chinese and English: labels, verdicts, constraints, reason codes."""

from __future__ import annotations

from kg.wording import CONSTRAINTS

WORDS: dict[str, tuple[str, str]] = {
    **CONSTRAINTS,
    "about": ("说明", "about"),
    "abstain": ("没有可行路径", "no route fits"),
    "achievement": ("成果", "achievement"),
    "achievements": ("成果", "achievements"),
    "all_proved": ("已证", "proved"),
    "all_synthetic": ("全部为示例数据", "generated records only"),
    "more_funds": ("另有 {} 支", "and {} more"),
    "answer": ("结论", "answer"),
    "as_route": ("同路径", "as route"),
    "asked": ("所问", "asked"),
    "ask": ("待问", "ask"),
    "asks_for": ("要求", "asks for"),
    "at_least": ("至少需要", "needs at least"),
    "at_most": ("最多", "at most"),
    "bill": ("费用构成", "bill"),
    "best_offer": ("最接近的供给", "best offer"),
    "blocked": ("已阻断", "blocked"),
    "by": ("最接近的产线", "nearest line"),
    "capability": ("能力", "capability"),
    "changed": ("更新", "changed"),
    "constraint": ("约束", "constraint"),
    "cost": ("费用", "cost"),
    "conditions": ("条件", "conditions"),
    "corrections": ("更正", "corrections"),
    "count": ("数量", "count"),
    "date": ("日期", "date"),
    "describe_columns": (
        "不读的列：若有用，写进来源描述文件（docs/sources.md），用 --source 给出",
        "columns not read: if they matter, describe them in a source file (docs/sources.md, --source)",
    ),
    "deadline": ("期限", "deadline"),
    "disclosure": ("公开范围", "disclosure"),
    "done_by": ("各步产线与机构", "line and institution of each step"),
    "edge": ("关系", "edge"),
    "edges": ("关系", "edges"),
    "error": ("错误", "error"),
    "end": ("结束", "end"),
    "facets": ("分面", "facets"),
    "feasible": ("可行", "feasible"),
    "exported": ("已导出到", "exported to"),
    "fits": ("满足", "fits"),
    "form": ("类型", "form"),
    "found_by": ("来源", "found by"),
    "fulltext": ("全文", "text"),
    "fund": ("基金", "fund"),
    "funds": ("可投基金", "funds"),
    "gates": ("关口", "gates"),
    "gone": ("下架", "gone"),
    "gone_records": ("下架的记录", "retired records"),
    "graph": ("图谱", "graph"),
    "hand_overs": ("交接", "hand-overs"),
    "held": ("待核实", "held"),
    "highlight": ("片段", "highlight"),
    "id": ("标识", "id"),
    "imported": ("已导入", "imported from"),
    "in": ("入", "in"),
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
    "months": ("月数", "months"),
    "name": ("名称", "name"),
    "nearest": ("最接近", "nearest"),
    "need": ("需求", "need"),
    "neighbours": ("相邻实体", "neighbours"),
    "new": ("新增", "new"),
    "no": ("否", "no"),
    "no_synthetic": ("真实登记", "real records"),
    "nodes": ("节点", "nodes"),
    "note": ("提示", "note"),
    "nothing_written": (
        "只是检查：没有写入任何内容；以下是导入时会发生的",
        "check only: nothing was written; this is what ingest would do",
    ),
    "not_offered": ("没有机构登记", "nobody lists it"),
    "offered": ("供给", "offered"),
    "offers": ("登记的是", "offers"),
    "ok": ("有可行路径", "routes found"),
    "open_questions": ("待答问题", "open questions"),
    "out": ("出", "out"),
    "own_equipment": ("自有设备", "own equipment"),
    "owner": ("单位", "owner"),
    "page": ("页码", "page"),
    "part_synthetic": ("真实登记与示例数据混存", "real and generated records"),
    "properties": ("属性", "properties"),
    "ranking": ("排序方法", "ranking"),
    "question": ("检索词", "question"),
    "quarantined": ("隔离", "quarantined"),
    "read": ("读取", "read"),
    "reasons": ("理由", "reasons"),
    "records": ("数据", "records"),
    "remedy": ("办法", "remedy"),
    "required": ("要求", "required"),
    "risk": ("风险", "risk"),
    "route": ("路径", "route"),
    "routes": ("路径", "routes"),
    "rule": ("规则", "rule"),
    "runs": ("批次", "runs"),
    "scale_up": ("放大", "scale-up"),
    "score": ("得分", "score"),
    "short": ("不足", "short"),
    "short_by": ("差", "short by"),
    "shown": ("显示", "shown"),
    "smallest_change": ("最小改动", "smallest change"),
    "source": ("出处", "source"),
    "sources": ("出处", "sources"),
    "start": ("开始", "start"),
    "status": ("状态", "status"),
    "steps": ("步骤与证明", "steps and proofs"),
    "step": ("步骤", "step"),
    "synthetic": ("示例", "synthetic"),
    "timetable": ("排期与费用", "schedule and cost"),
    "total": ("共", "total"),
    "trl": ("成熟度", "TRL"),
    "unchanged": ("未变", "unchanged"),
    "unknown": ("未知", "unknown"),
    "unresolved": ("未解析的引用", "unresolved references"),
    "vector": ("向量", "vector"),
    "verdict": ("判定", "verdict"),
    "warnings": ("提醒", "warnings"),
    "why": ("原因", "why"),
    "why_not": ("为何不行", "why not"),
    "year": ("年份", "year"),
    "yes": ("是", "yes"),
    "trl_hint": ("文本所示成熟度（建议，由人判定）", "TRL that the text suggests (a person decides)"),
    "likely_fields": ("可能的领域（分类器）", "likely fields (classifier)"),
    "terms": ("术语", "terms"),
    "flags": ("提示（请人工核对）", "flags (for a person)"),
    "reread": ("重新读取的记录", "records read again"),
    "reading": ("读取结果", "read from the texts"),
    "read_unit_ops": ("步骤", "steps"),
    "read_quantities": ("数量", "quantities"),
    "read_maturity": ("成熟度证据", "evidence of maturity"),
    "read_fields": ("可能的领域", "likely fields"),
    "read_terms": ("术语", "terms"),
    "read_flags": ("提示", "flags"),
    "read_conditions": ("需求条件", "conditions"),
    "would_be_gone": ("将下架的记录", "records that would be retired"),
    "wrote": ("已写出", "wrote"),
    "wrong": ("读错", "wrong"),
    "right": ("应有", "right"),
    "hazard": ("危险工艺或物质", "hazard"),
    "dual_use": ("两用物项", "dual-use item"),
    "secrecy": ("涉密用词", "secrecy word"),
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
    "duplicate_column": ("列名重复", "a column stands twice"),
    "no_unit": ("金额没有单位，按元计", "an amount without a unit, taken as yuan"),
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


STAGES: dict[str, tuple[str, str]] = {
    "read": ("读取", "read"),
    "read again": ("重新读取", "read again"),
    "write": ("写入", "write"),
}


def stage_word(stage: str, lang: str) -> str:
    """A stage of long work in words."""
    zh, en = STAGES.get(stage, (stage, stage))
    return en if lang == "en" else zh


def code_word(code: str, lang: str) -> str:
    """A reason code in words."""
    zh, en = CODES.get(code, (code, code))
    return en if lang == "en" else zh
