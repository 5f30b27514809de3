"""The words of a review of two lists: its headings, its decisions, its classes."""

from __future__ import annotations

from medgraph.words.vocabularies import fold

# What people see, in the order of the columns: either list beside the other.
SEEN = {
    "number": ("序号", "No."),
    "status": ("结论", "Class"),
    "confidence": ("把握", "Confidence"),
    "name": ("甲方名称", "Name A"),
    "target_name": ("乙方名称", "Name B"),
    "decision": ("决定", "Decision"),
    "partner": ("另选对方", "Other partner"),
    "reason": ("理由", "Why"),
    "agrees": ("一致", "Agrees"),
    "differs": ("不同", "Differs"),
    "change": ("变化", "Change"),
    "others": ("另有可能", "Might also be"),
    "area": ("甲方区划", "Area A"),
    "target_area": ("乙方区划", "Area B"),
    "type": ("甲方类型", "Type A"),
    "target_type": ("乙方类型", "Type B"),
    "code": ("甲方代码", "Code A"),
    "target_code": ("乙方代码", "Code B"),
    "address": ("甲方地址", "Address A"),
    "target_address": ("乙方地址", "Address B"),
    "by": ("由谁", "By"),
    "date": ("日期", "Date"),
    "note": ("备注", "Note"),
    "source": ("甲方编号", "Id A"),
    "target": ("乙方编号", "Id B"),
}
# The same of a review of one list, in which facilities look for their townships.
PLACES = {
    "number": SEEN["number"],
    "status": SEEN["status"],
    "confidence": SEEN["confidence"],
    "name": ("机构名称", "Facility"),
    "target_name": ("所在乡镇", "Township"),
    "decision": SEEN["decision"],
    "partner": ("另选乡镇", "Other township"),
    **{name: SEEN[name] for name in ("reason", "others", "by", "date", "note")},
    "source": ("机构编号", "Facility id"),
    "target": ("乡镇代码", "Township code"),
}
FILLED_IN = ("decision", "partner", "by", "date", "note")
NEEDED = frozenset(("decision", "source", "target"))
# The columns of decisions that are kept by themselves.
KEPT = ("source", "name", "target", "target_name", "decision", "partner", "by", "date", "note")
SHEETS = {
    "review": {"zh": "核对", "en": "Review"},
    "decisions": {"zh": "决定", "en": "Decisions"},
    "about": {"zh": "说明", "en": "About"},
    "lists": {"zh": "选项", "en": "Options"},
}
DECISIONS = {
    "same": ("同一家", "same"),
    "different": ("不是同一家", "different"),
    "merged": ("并入对方", "merged"),
    "split": ("由对方拆分", "split"),
    "closed": ("已撤销", "closed"),
    "new": ("新设", "new"),
}
# What may be decided where the partner is a township.
HERE = {"same": ("在此", "here"), "different": ("不在此", "not here")}
_ALSO = {
    "在此": "same",
    "不在此": "different",
    "here": "same",
    "not here": "different",
    "是": "same",
    "同一": "same",
    "相同": "same",
    "同": "same",
    "yes": "same",
    "y": "same",
    "1": "same",
    "否": "different",
    "不同": "different",
    "不是": "different",
    "no": "different",
    "n": "different",
    "0": "different",
    "合并": "merged",
    "并入": "merged",
    "拆分": "split",
    "撤销": "closed",
    "注销": "closed",
    "新增": "new",
    "新建": "new",
}

_NAME_OF = {
    fold(text): name
    for columns in (PLACES, SEEN)
    for name, texts in columns.items()
    for text in (name, *texts)
}
_DECISION_OF = {
    **{fold(text): word for text, word in _ALSO.items()},
    **{fold(text): word for word, texts in DECISIONS.items() for text in texts},
}


def heading_named(text: str | None) -> str | None:
    """Return the column that a heading means, in either language.

    >>> heading_named("决定"), heading_named("Id A"), heading_named("beds")
    ('decision', 'source', None)
    """
    return _NAME_OF.get(fold(text)) if text else None


def decision_named(text: str) -> str | None:
    """Return the decision that a text means, None where it means none.

    >>> decision_named("同一家"), decision_named("No"), decision_named("也许")
    ('same', 'different', None)
    """
    return _DECISION_OF.get(fold(text))
