"""Say what there is to say about the template and its sheet of help."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help_sheet": Sentence(zh="工作表", en="sheet"),
    "help_column": Sentence(zh="列", en="column"),
    "help_needed": Sentence(zh="必填", en="required"),
    "help_holds": Sentence(zh="填什么", en="what it holds"),
    "help_text": Sentence(
        zh=(
            "灰色斜体的示例行不会被读入，可以删去。橙色列必填，其余可空；空着就是“未知”，"
            "不会当成没有。\n"
            "编号可以不填，会按机构、区划和名称编出并写回。编号和代码一律按文本填写。\n"
            "引用机构、集团、区划时可写编号、代码、全称，或同县内的简称、别名。一格多项用“、"
            "”或“|”隔开。\n"
            "填好后运行 medgraph check 文件.xlsx --output 标记.xlsx，会列出全部问题和单元格。"
        ),
        en=(
            "The grey example row is not read; you may delete it. Orange columns are required, the "
            "others may stay empty; empty means unknown, never none.\n"
            "Ids may stay empty: they are made from kind, area and name, and written back. Ids and "
            "codes are text.\n"
            "Refer to a facility, group or area by id, code, full name, or short name or alias "
            "within its county. Several in one cell: put | or ; between them.\n"
            "Then run: medgraph check FILE.xlsx --output MARKED.xlsx, which lists every problem "
            "with its cell."
        ),
    ),
    "help_type_text": Sentence(zh="文字", en="text"),
    "help_type_id": Sentence(zh="编号、代码或名称", en="an id, code or name"),
    "help_type_list": Sentence(zh="多项，用“、”或“|”隔开", en="several, with | or ; between them"),
    "help_type_integer": Sentence(zh="整数", en="a whole number"),
    "help_type_number": Sentence(zh="数字", en="a number"),
    "help_type_date": Sentence(
        zh="日期，如 2023-10-25；终止日含当天",
        en="a day such as 2023-10-25; a last day is included",
    ),
    "help_type_boolean": Sentence(zh="是或否", en="yes or no"),
    "help_shortcut_group": Sentence(
        zh="所属集团；按“角色”成为牵头或成员",
        en="the group it belongs to, as lead or member by `role`",
    ),
    "help_shortcut_role": Sentence(
        zh="在集团中的角色：牵头或成员（空为成员）",
        en="its role in the group: lead or member (empty: member)",
    ),
    "help_shortcut_alliance": Sentence(
        zh="所属专科联盟，可多项", en="the specialty alliances it is a member of"
    ),
    "help_shortcut_serves": Sentence(zh="服务的区划，可多项", en="the areas it serves"),
    "help_shortcut_run_by": Sentence(zh="由哪家机构一体化管理", en="the facility that runs it"),
    "help_shortcut_part_of": Sentence(zh="是哪家机构的分院", en="the facility it is a branch of"),
    "help_shortcut_lead": Sentence(zh="牵头机构", en="the facility that leads it"),
    "help_shortcut_members": Sentence(
        zh="成员机构，可多项", en="the facilities that are its members"
    ),
    "help_shortcut_carry": Sentence(
        zh="沿革：旧的关系是否由新的承接（是/否）",
        en="of a succession: whether the links of the old are handed on (yes, no)",
    ),
}
