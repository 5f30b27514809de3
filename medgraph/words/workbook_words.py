"""The words of workbooks: titles of the sheets beside the tables, and what a template shows."""

from __future__ import annotations

import re

# Sheets that help people and hold no data; reading leaves them out. By language.
SHEETS: dict[str, dict[str, str]] = {
    "help": {"zh": "填写说明", "en": "Help"},
    "lists": {"zh": "选项", "en": "Lists"},
    "problems": {"zh": "问题", "en": "Problems"},
    # beside a draft from the text of a plan
    "sentences": {"zh": "语句", "en": "Sentences"},
    "counts": {"zh": "核对", "en": "Counts"},
    "targets": {"zh": "目标", "en": "Targets"},
    "repairs": {"zh": "文字修复", "en": "Repairs"},
    "comparison": {"zh": "名册比较", "en": "Comparison"},
    # beside the tables of a workbook that was tidied
    "how_read": {"zh": "读入说明", "en": "How read"},
    "not_understood": {"zh": "未读懂", "en": "Not understood"},
    "to_answer": {"zh": "请回答", "en": "Questions"},
    "referral_counts": {"zh": "转诊计数", "en": "Referral counts"},
    "tasks": {"zh": "任务台账", "en": "Tasks"},
    "mapping_choices": {"zh": "对照选项", "en": "Choices"},
}
HELP_SHEETS = frozenset(title for titles in SHEETS.values() for title in titles.values())

# The sheet, or the file, that says what other people's words mean.
OTHER_WORDS_SHEETS = ("对照", "words")

# What the properties of a workbook say that was written here, so that it may be written anew.
MARK = "medgraph"

# A text that begins with one of these would be a formula for Excel.
FORMULA_SIGNS = r"=+\-@＝＋－＠"
# How the first cell of an example row begins.
EXAMPLE_ROW = re.compile("示例|例：|example", re.IGNORECASE)
# Around the text of a cell: spaces, line ends, the wide space, the space that does not break.
BLANKS = " \t\r\n\u3000\u00a0"

# What a cell shows whose formula has no value.
CELL_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})

# How a roster says what a facility is in its group: what the template offers, and what is read.
GROUP_ROLES = {"zh": ("牵头", "成员"), "en": ("lead", "member")}
LEAD_WORDS = ("牵头", "牵头医院", "牵头单位", "lead", "leads")
MEMBER_WORDS = ("成员", "成员单位", "member", "member of")
# What the example row of a template shows; `EXAMPLE` is its first cell.
EXAMPLE = {"zh": "示例", "en": "Example"}
EXAMPLES: dict[str, dict[str, str]] = {
    "facilities": {
        "name": "某街道社区卫生服务中心",
        "type": "community_health_centre",
        "level": "0",
        "ownership": "public",
        "status": "open",
        "area": "331003003000",
        "beds": "20",
        "valid_from": "2023-10-25",
        "group": "某医院城市医疗集团",
        "role": "成员",
        "serves": "西城街道",
    },
    "groups": {"name": "某医院城市医疗集团", "type": "urban_medical_group", "lead": "某医院"},
    "links": {
        "source": "某街道社区卫生服务中心",
        "relation": "REFERS_UP_TO",
        "target": "某医院",
        "minutes": "25",
    },
}
# What a table of statements calls the format of a workbook, and its version.
FORMAT = {"zh": "格式", "en": "format"}
