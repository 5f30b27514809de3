"""The words in which people declare that a table is complete: which table, and what of it."""

from __future__ import annotations

import re

# What is stated of a table, behind its name and a full stop: as it is written in Chinese.
COMPLETENESS = {
    "complete": "完整性",
    "complete_by": "完整性由谁声明",
    "complete_date": "完整性声明日",
    "complete_clause": "完整性条款",
}
_WHOLE = "(?:列全|列齐|完整性?|齐全|complete(?:ness)?)"
_ENDINGS = {
    "complete": rf"(?:是否)?(?:(?:已经?|is|are)[\s_-]*)?{_WHOLE}了?[吗么]?",
    "complete_by": rf"{_WHOLE}[\s_-]*(?:由谁声明|声明单位|声明机构|by)",
    "complete_date": rf"{_WHOLE}[\s_-]*(?:声明日期?|日期|date|on)",
    "complete_clause": rf"{_WHOLE}[\s_-]*(?:条款|依据|文号|clause)",
}
_SIGN = r"[\s.．·:：_-]*"
DECLARING = {
    what: re.compile(rf"(?P<table>.+?){_SIGN}{ending}\s*[?？]?", re.IGNORECASE)
    for what, ending in _ENDINGS.items()
}
# A name with one of these words is meant as a declaration, whether it is understood or not.
SOUNDS_DECLARED = re.compile(rf"{_WHOLE}|未列|partial", re.IGNORECASE)
# Between a table, a relation and a part of it.
BETWEEN_NAMES = re.compile(r"\s*[.．·:：/]\s*")
# What people put behind the name of a table: 机构表, 成员名单, the list of members.
LIST_NOUN = re.compile(r"\s*(?:一览表|名单|名册|清单|关系|表|\b(?:table|list|roster|links))$", re.I)
# Further words for relations of which people speak as a list.
RELATION_LISTS = {
    "members": "MEMBER_OF",
    "membership": "MEMBER_OF",
    "postings": "DISPATCHES",
    "牵头关系": "LEADS",
}
