"""Say how a sheet is laid out, and what speaks for it."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "layout_cell": Sentence(zh="{cell}“{text}”", en="{cell} “{text}”"),
    "layout_evidence": Sentence(
        zh="{evidence} 把握：{confidence}。不对就改这一格。",
        en="{evidence} Confidence: {confidence}. If it is not so, change this cell.",
    ),
    "layout_confidence_high": Sentence(zh="高", en="high"),
    "layout_confidence_medium": Sentence(zh="中", en="medium"),
    "layout_confidence_low": Sentence(zh="低", en="low"),
    "layout_why_above": Sentence(
        zh="表上方的 {cells} 说明集团或牵头单位。",
        en="{cells} above the table state the group or its lead.",
    ),
    "layout_why_banded": Sentence(
        zh="{cells} 单独成行，说明其下各行属于哪个集团、由谁牵头。",
        en="{cells} stand in rows of their own and state the group of the rows below.",
    ),
    "layout_why_sections": Sentence(
        zh="{cells} 是行间的小标题，不是机构。",
        en="{cells} are headings between the rows, no facilities.",
    ),
    "layout_why_stacked": Sentence(
        zh="从 {cells} 起是另一套标题，各管其下的表。",
        en="{cells} begin other titles, each of the table below it.",
    ),
    "layout_why_halves": Sentence(
        zh="同一套标题从 {cells} 起重复，左右各是一张表。",
        en="The same titles begin again at {cells}: tables side by side.",
    ),
    "layout_why_by_column": Sentence(
        zh="{cells} 是集团名称，各列其下是成员。",
        en="{cells} are names of groups, with their members below.",
    ),
    "layout_why_transposed": Sentence(
        zh="标题 {cells} 在左边一列，一列是一个集团或机构。",
        en="The titles {cells} stand in a column: a group or facility in each further column.",
    ),
    "layout_why_lines": Sentence(
        zh="没有标题行；{cells} 是集团名称，其下是成员。",
        en="There are no titles; {cells} are names of groups with their members below.",
    ),
    "layout_why_by_colour": Sentence(
        zh="机构名称有几种颜色（颜色×行数）：{colours}。",
        en="The names of facilities have several colours (colour×rows): {colours}.",
    ),
    "foreign_note_filter": Sentence(
        zh="设有筛选，筛掉的行也读了", en="a filter is set; the rows it hides were read"
    ),
    "foreign_note_hidden_columns": Sentence(
        zh="隐藏的列也读了：{columns}", en="hidden columns were read: {columns}"
    ),
    "foreign_skip_section": Sentence(zh="行间的小标题", en="a heading between the rows"),
}
