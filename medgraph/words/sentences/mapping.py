"""Say what there is to say about a mapping and the sheet 对照 that edits it."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "mapping_no_table": Sentence(
        zh="对照文件 {path} 里每个 [[table]] 都要写 table（表名）和 fields。见 docs/mapping.md。",
        en=(
            "In the mapping {path} every [[table]] needs table (a name) and fields. See "
            "docs/mapping.md."
        ),
    ),
    "mapping_no_section": Sentence(
        zh="对照文件 {path} 里没有 [{section}.columns]。见 docs/records.md。",
        en="The mapping {path} has no [{section}.columns]. See docs/records.md.",
    ),
    "mapping_unknown_key": Sentence(
        zh="对照文件 {path} 里的“{value}”不认识。可用：{allowed}。",
        en="The mapping {path} has an unknown key “{value}”. Allowed: {allowed}.",
    ),
    "mapping_wrong_value": Sentence(
        zh="对照文件 {path} 里 {key} 的值“{value}”不对。写法：{allowed}。",
        en="In the mapping {path} the value “{value}” of {key} is wrong. Write {allowed}.",
    ),
    "mapping_sheet_word": Sentence(
        zh="{workbook} 的“{sheet}”第 {row} 行：“{value}”不认识。可用：{allowed}。",
        en="{workbook}, “{sheet}”, row {row}: “{value}” is not known. Write {allowed}.",
    ),
    "mapping_ended_when": Sentence(
        zh=(
            "{place} 说“{value}”已删除，却没有说从哪天起。在 [meta] 写 data_day，"
            "或让 fields.valid_to 读出日期。"
        ),
        en=(
            "{place} says that “{value}” is deleted, and not since when. State data_day in "
            "[meta], or read the day as fields.valid_to."
        ),
    ),
    "mapping_no_column": Sentence(
        zh="对照文件 {path} 提到的列“{value}”不在 {file} 里。有：{known}。",
        en=(
            "The mapping {path} names a column “{value}” that {file} does not have. It has: "
            "{known}."
        ),
    ),
    "mapping_no_file": Sentence(
        zh="对照文件 {path} 提到的文件在 {source} 里一个也没有。",
        en="None of the files that the mapping {path} names is in {source}.",
    ),
    "mapping_no_records": Sentence(
        zh="{path} 的“{value}”处不是记录的列表。",
        en="{path} holds no list of records at “{value}”.",
    ),
    "mapping_skips": Sentence(
        zh="按对照文件跳过：{column} 为“{value}”。",
        en="The mapping skips it: {column} is “{value}”.",
    ),
    "mapping_constant": Sentence(
        zh="工作表“{sheet}”的固定值“{value}”读不出。请改对照。",
        en="The constant “{value}” of the sheet “{sheet}” cannot be read. Correct the mapping.",
    ),
    "mapping_head_theirs": Sentence(zh="原词", en="theirs"),
    "mapping_head_ours": Sentence(zh="含义（可改）", en="meaning (edit)"),
    "mapping_head_sheet": Sentence(zh="工作表", en="sheet"),
    "mapping_head_at": Sentence(zh="位置", en="place"),
    "mapping_head_item": Sentence(zh="这一行说的是", en="this line settles"),
    "mapping_head_why": Sentence(zh="说明", en="remark"),
    "mapping_why_file": Sentence(
        zh="再次整理时读这个文件；原件不会被改动。",
        en="This file is read again; the original is never altered.",
    ),
    "mapping_why_confirmed": Sentence(
        zh="核对完改为“是”，输出上的“自动识别，未经确认”就去掉。",
        en="Set this to yes when you have checked it; the stamp then disappears.",
    ),
    "mapping_why_area": Sentence(
        zh="区县代码（6 位），决定要覆盖哪些乡镇街道；几个之间用、。",
        en="Codes of the counties (6 digits) whose townships have to be covered.",
    ),
    "mapping_why_complete": Sentence(
        zh="表里写到的机构、集团和关系都列全了才改为“是”：没有列出的就算空白；表里没有的关系不算列全。",
        en=(
            "Yes only if every facility and group, and every link of the kinds that the tables "
            "state, is listed: what is not listed then counts as a gap. Kinds of links that no "
            "table states stay open."
        ),
    ),
    "mapping_why_header": Sentence(
        zh="标题行的行号，如 3 或 3-5。", en="The rows of the titles, such as 3 or 3-5."
    ),
    "mapping_why_candidates": Sentence(
        zh="认不准标题行，候选：{candidates}。请填下一行。",
        en="The header is unclear, candidates: {candidates}. Fill in the next line.",
    ),
    "mapping_why_sheet_name": Sentence(
        zh="工作表名本身说明什么（集团、区县）；不用就写不用。",
        en="What the name of the sheet states (group, county).",
    ),
    "mapping_why_rows": Sentence(
        zh="只读这几行，如 5-40；空着：标题行以下都读。",
        en="Only these rows, such as 5-40; blank: all below the header.",
    ),
    "mapping_why_skip": Sentence(
        zh="不读的行号，如 7、12-14。", en="Rows to leave out, such as 7、12-14."
    ),
    "mapping_why_date": Sentence(
        zh="只写到年、月的日期，取首日还是末日。",
        en="Where only a year or month is written: its first day or its last.",
    ),
    "mapping_why_unit": Sentence(
        zh="这一列数字的单位，如 百、千、万；个、张、人不必写。",
        en="What the numbers are counted in, such as 百, 千, 万; blank for single ones.",
    ),
    "mapping_why_list": Sentence(
        zh="一格里写了几个，是不是按、，；/ 和换行分开。",
        en="Whether a cell holds several, separated by 、，；/ or line ends.",
    ),
    "mapping_why_unknown": Sentence(
        zh="没认出。选一个含义，或选不用。",
        en="Not known. Choose a meaning, or “not used”.",
    ),
    "mapping_why_fill": Sentence(
        zh="下面的空白是不是同上？待定的空白不读入。",
        en="Do the blanks below mean the cell above? Undecided blanks are not read.",
    ),
    "help.mapping": Sentence(
        zh="列名对照文件（TOML）。",
        en="A TOML file that maps other people's columns.",
    ),
}
