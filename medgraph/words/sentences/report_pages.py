"""Say what stands on the four pages of the report, on that of a group, and against last time."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.report_annex": Sentence(
        zh="附上附件：逐项发现、各项结果、各集团、口径与来源。",
        en="Add the annex: every finding, the answers, the groups, definitions and sources.",
    ),
    "help.report_group": Sentence(
        zh="只写这一个集团的一页（编号或名称）。",
        en="Write the page of this group alone (its id or name).",
    ),
    "help.report_each": Sentence(
        zh="每个集团一页（Word、PDF），并附待填表。",
        en="For each group its page (Word, PDF) and its fill-in sheet.",
    ),
    "help.report_since": Sentence(
        zh="与上次的数据相比：新增、消除、未变。",
        en="Compare with the data of last time: what is new, gone, unchanged.",
    ),
    "report.verdict.PASS": Sentence(zh="达标", en="met"),
    "report.verdict.FAIL": Sentence(zh="未达标", en="not met"),
    "report.verdict.NO_DATA": Sentence(zh="缺数据", en="no data"),
    "report.verdict.INFO": Sentence(zh="仅报告", en="reported"),
    "report.rule_fails": Sentence(
        zh="{rule} 未达标 · {statement}", en="{rule} is not met: {statement}"
    ),
    "report.kinds": Sentence(zh="主要发现", en="Findings"),
    "report.kinds_lead": Sentence(
        zh=(
            "共{kinds}类{count}项，涉及{places}处（机构、集团或区划），按轻重排列；“至多”是连尚无法判定的也"
            "算在内的最坏情形。"
        ),
        en=(
            "{count} finding[|s] of {kinds} kind[|s] at {places} place[|s] (facilities, groups or "
            "areas), the worst first; “at most” is the worst case, with all that cannot be judged "
            "yet."
        ),
    ),
    "report.at_most": Sentence(zh="{count}（至多{most}）", en="{count} (at most {most})"),
    "report.follows": Sentence(zh="→ 由此：{kind}", en="→ hence: {kind}"),
    "report.file_findings": Sentence(zh="数据文件的问题", en="Problems of the data file"),
    "report.file_findings_lead": Sentence(
        zh="以下是数据怎样写的问题，不是对集团的评价。",
        en="These are about how the data is written; they are no judgement of the groups.",
    ),
    "report.group_lines": Sentence(zh="各集团一览", en="The groups, line by line"),
    "report.groups_elsewhere": Sentence(
        zh="另有{count}个集团或联盟与本地有往来，但在本地既无机构，也不服务本地区划，未列入。",
        en=(
            "{count} other group[|s] or alliance[|s] deal[s|] with this area, but [has|have] no "
            "facility here and serve[s|] no part of it: [it is|they are] not listed."
        ),
    ),
    "report.no_group_lines": Sentence(
        zh="数据里没有列明成员的集团或联盟。",
        en="The data has no group or alliance of which a member is stated.",
    ),
    "report.group_lines_lead": Sentence(
        zh="判定计集团、其成员机构和所服务区划；{day}。",
        en="Verdicts are on a group, its members and the areas it serves; {day}.",
    ),
    "report.people_missing": Sentence(zh="{count}个区划未填", en="not stated for {count} area[|s]"),
    "report.coverage_drawn": Sentence(
        zh="各县区乡级区划有无集团机构（个）", en="Areas served by a group, by district"
    ),
    "report.beds_drawn": Sentence(zh="各集团床位（张）", en="Beds by group"),
    "report.beds_missing": Sentence(zh="（{count}家未填）", en=" ({count} do not state any)"),
    "report.packs_drawn": Sentence(zh="各政策包规则判定结果（条）", en="Verdicts by pack (rules)"),
    "report.drawn_of": Sentence(zh="：前{count}个，共{total}个", en=": {count} of {total}"),
    "report.verdicts_drawn": Sentence(zh="各集团判定结果（项）", en="Verdicts by group"),
    "report.deciding": Sentence(zh="补什么可以判定", en="What would decide"),
    "report.deciding_lead": Sentence(
        zh="现有{open}项缺数据；答完以下{count}个问题可判定{decided}项，先问最有用的。",
        en=(
            "{open} verdict[|s] [lacks|lack] data; answers to {count} question[|s] decide "
            "{decided}, the most useful first."
        ),
    ),
    "report.column.kind": Sentence(zh="发现", en="finding"),
    "report.column.many": Sentence(zh="涉及（个）", en="concerned"),
    "report.column.since": Sentence(zh="与上次相比", en="since last time"),
    "column.since": Sentence(zh="与上次相比", en="since last time"),
    "report.column.where": Sentence(zh="在何处", en="where"),
    "report.column.basis": Sentence(zh="依据", en="basis"),
    "report.column.action": Sentence(zh="建议", en="what to do"),
    "report.column.areas": Sentence(zh="区划（个）", en="areas"),
    "report.column.people": Sentence(zh="人口（人）", en="people"),
    "report.column.facilities": Sentence(zh="机构（家）", en="facilities"),
    "report.column.findings": Sentence(zh="发现（项）", en="findings"),
    "report.column.ask": Sentence(zh="问什么", en="ask for"),
    "report.column.whom": Sentence(zh="问谁", en="of whom"),
    "report.column.questions": Sentence(zh="问题（个）", en="questions"),
    "report.column.decides": Sentence(zh="可判定（项）", en="decides"),
    "report.column.lacks": Sentence(zh="所缺数据", en="data it lacks"),
    "report.column.open_rows": Sentence(zh="待定（项）", en="undecided"),
    "report.column.examples": Sentence(zh="涉及", en="concerns"),
    "report.whole_list": Sentence(zh="“{list}”是否列全", en="is the list “{list}” complete?"),
    "report.rest": Sentence(
        zh="另有{count}行，见 findings.xlsx。", en="{count} more row[|s] [is|are] in findings.xlsx."
    ),
    "report.annex_elsewhere": Sentence(
        zh="逐项发现、各项结果、各集团、口径与来源见 findings.xlsx，或以 --annex 写成附件。",
        en=(
            "Every finding, the answers, the groups, definitions and sources are in findings.xlsx, "
            "and with --annex in an annex."
        ),
    ),
    "report.only_these_pages": Sentence(
        zh=(
            "逐项发现、各项结果、各集团、口径与来源本次没有写出：以 --annex 写成附件，"
            "或在 --format 中加上 xlsx 写成 findings.xlsx。"
        ),
        en=(
            "Every finding, the answers, the groups, definitions and sources were not written "
            "this time: --annex writes them behind these pages, xlsx among the --format writes "
            "findings.xlsx."
        ),
    ),
    "report.no_workbook": Sentence(
        zh="本次没有写出 findings.xlsx：在 --format 中加上 xlsx。",
        en="This time findings.xlsx was not written: add xlsx to --format.",
    ),
    "report.rest_of_letter": Sentence(
        zh="另有{count}行，见总报告。", en="{count} more row[|s] [is|are] in the whole report."
    ),
    "report.groups_linked": Sentence(
        zh="共{total}个，每个一页，在 groups 文件夹中：",
        en="{total} in all, each on a page of its own in the folder groups:",
    ),
    "report.no_duties": Sentence(
        zh="所核查的规则中没有针对它的要求。", en="None of the rules tested is about it."
    ),
    "report.duties": Sentence(zh="本集团的各项要求", en="What is asked of this group"),
    "report.fill_in": Sentence(zh="请补充", en="Please fill in"),
    "report.fill_in_lead": Sentence(
        zh="请在随附的待填表中回答以下{count}个问题。",
        en="Please answer {count} question[|s] in the sheet beside this page.",
    ),
    "report.not_looked_for": Sentence(
        zh="本报告没有查找缺少的数据。", en="This report did not look for missing data."
    ),
    "report.nothing_to_fill_in": Sentence(
        zh="没有需要本集团补充的数据。", en="Nothing is asked of this group."
    ),
    "report.no_such_group": Sentence(
        zh="“{group}”对应{count}个集团或联盟；请用编号。",
        en="“{group}” is {count} group[|s] or alliances here; give an id.",
    ),
    "report.one_or_each": Sentence(
        zh="--group 与 --each 不能同时用。", en="--group and --each exclude one another."
    ),
    "report.letters_written": Sentence(
        zh="已写入{count}个集团各一页：{path}", en="Written the pages of {count} group[|s]: {path}"
    ),
    "report.scope": Sentence(zh="范围", en="Scope"),
    "report.since": Sentence(zh="与上次相比", en="Since last time"),
    "report.since.line": Sentence(
        zh="各项发现所涉之处：{counts}（上次：{day}，{source}）",
        en="Places of findings: {counts} (last time: {day}, {source})",
    ),
    "report.since.new": Sentence(zh="新增{count}处", en="{count} new"),
    "report.since.same": Sentence(zh="未变{count}处", en="{count} unchanged"),
    "report.since.gone": Sentence(zh="消除{count}处", en="{count} gone"),
    "report.since.open": Sentence(zh="现无法判定{count}处", en="{count} cannot be judged now"),
    "report.since.mark.new": Sentence(zh="新增", en="new"),
    "report.since.mark.same": Sentence(zh="未变", en="unchanged"),
    "report.since.mark.partly": Sentence(zh="部分新增", en="partly new"),
    "report.since.no_more": Sentence(zh="上次有而这次没有的", en="Found last time, not now"),
    "report.annex_follows": Sentence(zh="附件", en="Annex"),
}
