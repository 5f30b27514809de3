"""The words of workbooks: titles of the sheets that stand beside the tables, and what a template shows."""

from __future__ import annotations

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
    "mapping_choices": {"zh": "对照选项", "en": "Choices"},
}
HELP_SHEETS = frozenset(title for titles in SHEETS.values() for title in titles.values())

# The sheet, or the file, that says what other people's words mean.
OTHER_WORDS_SHEETS = ("对照", "words")
