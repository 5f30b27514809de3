"""Say what there is to say about workbooks that were not made for us: `tidy`."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "help.tidy": Sentence(
        zh="把现成的工作簿整理成填好的模板，附对照、读入说明、未读懂。",
        en=(
            "Turn a workbook of your own into the filled template, with what was decided and not "
            "understood."
        ),
    ),
    "help.update": Sentence(
        zh="按上一期的回答读新一期的工作簿，只问新出现的，并说出两期有什么不同。",
        en="Read the new edition of a workbook with the answers of the last; say what changed.",
    ),
    "update_not_tidied": Sentence(
        zh="{path} 不是 medgraph tidy 写的名册（没有“对照”）。请先整理上一期。",
        en="{path} was not written by medgraph tidy (it has no sheet “words”). Tidy it first.",
    ),
    "update_asks": Sentence(
        zh="新的问题 {count} 个，在 {path} 的“请回答”里；答完再运行一次同样的命令。",
        en="{count} new questions, in the first sheet of {path}; answer, then run this once more.",
    ),
    "help.tidy_output": Sentence(
        zh="写到哪个 .xlsx；不写：旁边的 …_名册.xlsx。",
        en="The .xlsx to write; without it: …_roster.xlsx beside the source.",
    ),
    "help.tidy_toml": Sentence(
        zh="另把对照存成 TOML，供 --mapping 反复使用。",
        en="Also write the mapping as TOML, for --mapping.",
    ),
    "help.tidy_if_needed": Sentence(
        zh="已经是本软件的模板就不整理。",
        en="Leave a workbook that already is our template alone.",
    ),
    "tidy_not_needed": Sentence(
        zh="{source} 已经是模板，不必整理。",
        en="{source} already is our template: nothing to tidy.",
    ),
    "tidy_default": Sentence(zh="{stem}_名册.xlsx", en="{stem}_roster.xlsx"),
    "tidy_accounted": Sentence(
        zh="非空单元格 {cells} = 用上 {used} + 跳过 {skipped} + 未读懂 {unread}",
        en="{cells} non-empty cells = {used} used + {skipped} skipped + {unread} not understood",
    ),
    "tidy_next_guess": Sentence(
        zh=(
            "这是自动识别的结果，未经确认。请答“请回答”，看“未读懂”，改“对照”黄色一栏，"
            "把“已经核对”改为“是”，再运行：medgraph tidy {target}"
        ),
        en=(
            "This is a guess that nobody confirmed. Answer “Questions”, look at “Not understood”, "
            "edit the yellow column of “words”, set “confirmed” to yes, then run: "
            "medgraph tidy {target}"
        ),
    ),
    "tidy_next": Sentence(
        zh="已按核对过的对照读入。下一步：medgraph check {target}",
        en="Read under the confirmed mapping. Next: medgraph check {target}",
    ),
    "target_not_xlsx": Sentence(
        zh="{path}：写出的是工作簿，文件名请以 .xlsx 结尾。",
        en="{path}: what is written is a workbook; name an .xlsx file.",
    ),
    "tidy_kept": Sentence(
        zh="{target} 已有对照，按它读入；要重新识别，先删去 {target}。",
        en=(
            "{target} has “words” already; they were followed. To guess afresh, delete {target} "
            "first."
        ),
    ),
    "tidy_not_itself": Sentence(
        zh="{path} 是原件，不会改写。请用 --output 写到另一个文件。",
        en="{path} is the original and is never altered. Name another file with --output.",
    ),
    "target_of_others": Sentence(
        zh="{path} 已有内容，且不是本软件的模板，不会覆盖。请写到另一个文件。",
        en="{path} holds something that is not our template and stays. Name another file.",
    ),
    "target_filled": Sentence(
        zh="{path} 已有人填写，不会覆盖。请写到另一个文件。",
        en="{path} has been filled in and stays. Name another file.",
    ),
    "tidy_edited": Sentence(
        zh=(
            "{path} 的表格被手工改过，重新整理会覆盖这些改动。请用 --output 写到另一个文件，"
            "或把改动写进原件。"
        ),
        en=(
            "The tables of {path} were edited by hand, and tidying again would overwrite that. "
            "Name another file with --output, or make the edits in the original."
        ),
    ),
    "tidy_original_gone": Sentence(
        zh="找不到原件 {path}。请把它放在 {workbook} 旁边，或在“对照”里改“来源文件”。",
        en=(
            "The original {path} is gone. Put it beside {workbook}, or correct “source file” in "
            "“words”."
        ),
    ),
    "tidy_nothing_read": Sentence(
        zh=(
            "{path} 里没有读进任何一格：认不出标题行，或者没有写机构、集团的列。"
            "对照已写到 {target}：请填“标题行”和各列的含义，再运行。"
        ),
        en=(
            "No cell of {path} was read: there is no header row that is known, or no column of "
            "facilities or groups. The mapping was written to {target}: fill in “header rows” and "
            "what the columns are, and run again."
        ),
    ),
    "tidy_head_place": Sentence(zh="位置", en="place"),
    "tidy_head_decision": Sentence(zh="怎么读的", en="what was decided"),
    "tidy_head_value": Sentence(zh="原文", en="value"),
    "tidy_head_reason": Sentence(zh="为什么没用上", en="why it was not used"),
    "tidy_head_advice": Sentence(zh="怎么办", en="what to do"),
    "foreign_stamp": Sentence(zh="自动识别，未经确认", en="guessed, not confirmed"),
    "foreign_lock": Sentence(
        zh=(
            "{path} 是 Excel 打开文件时的临时锁文件，不是工作簿。请关闭 Excel，选同名但没有 ~$ "
            "的文件。"
        ),
        en=(
            "{path} is a lock file of Excel, not a workbook. Close Excel and choose the file "
            "without ~$."
        ),
    ),
    "foreign_lock_file": Sentence(
        zh="Excel 的临时锁文件，没有读。", en="A lock file of Excel; it was not read."
    ),
    "file_is_empty": Sentence(
        zh="{path} 是空文件（0 字节）。请从来源处重新取一份。",
        en="{path} is empty (0 bytes). Get it again from where it came from.",
    ),
    "file_is_broken": Sentence(
        zh=(
            "{path} 已损坏或没有传完，打不开。请从来源处重新取一份，"
            "或用 Excel、WPS 打开后另存为 .xlsx。"
        ),
        en=(
            "{path} is damaged or was cut off. Get it again from where it came from, or open it in "
            "Excel or WPS and save it as .xlsx."
        ),
    ),
    "file_is_document": Sentence(
        zh="{path} 是文档（Word 或 PDF），不是表格。请把其中的表格粘贴到工作簿，存为 .xlsx。",
        en="{path} is a document, not a table. Paste its tables into an .xlsx workbook.",
    ),
    "file_is_other_xml": Sentence(
        zh="{path} 是 XML，但不是表格。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        en="{path} is XML, but no spreadsheet. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "foreign_xml_spreadsheet": Sentence(
        zh="这是“XML 表格 2003”（不少系统导出时称作 .xls），删除线和底色看不出。",
        en="It is an “XML Spreadsheet 2003”; what is struck through or coloured cannot be seen.",
    ),
    "file_is_archived_page": Sentence(
        zh="{path} 是“单个文件网页”。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        en="{path} is a “single file web page”. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "file_is_page_without_table": Sentence(
        zh="{path} 是网页，里面没有表格。请重新导出，或另存为 .xlsx。",
        en="{path} is a web page without a table. Export it again, or save it as .xlsx.",
    ),
    "file_is_too_large_page": Sentence(
        zh="网页里的表格太大（到第 {rows} 行为止）。请另存为 .xlsx。",
        en="A table of the web page is too large (at row {rows}). Save it as .xlsx.",
    ),
    "foreign_web_page": Sentence(
        zh="这是网页格式的表格（不少系统导出时称作 .xls），按其中的表格读入。",
        en="It is a web page, as many systems write them as .xls; its tables were read.",
    ),
    "foreign_encrypted": Sentence(
        zh="{path} 加了密码，读不了。请在 Excel 或 WPS 中去掉打开密码，另存一份。",
        en="{path} is encrypted. Remove the password in Excel or WPS and save a copy.",
    ),
    "foreign_nothing": Sentence(
        zh="{path} 里没有 .xlsx、.xls、.et、.ods、.csv 或 .txt。",
        en="There is no .xlsx, .xls, .et, .ods, .csv or .txt in {path}.",
    ),
    "foreign_nobody_uses": Sentence(zh="没有哪一列认得它", en="no known column holds it"),
    "foreign_nobody_uses_advice": Sentence(
        zh="在“对照”里写明这一列的含义，或写“不用”。",
        en="Say in “words” what its column means, or “not used”.",
    ),
    "foreign_no_use": Sentence(
        zh="这张表的行不是它所说的：“{column}”一列没有读",
        en="the rows of this table are not what it speaks of: “{column}” was not read",
    ),
    "foreign_no_use_advice": Sentence(
        zh="每家机构一行，写在它那一行；用不上的，在“对照”里写“不用”。",
        en="Give each facility a row and write it there; or say “not used” in “words”.",
    ),
    "foreign_remark": Sentence(zh="表下的备注或填表说明", en="a remark beside the table"),
    "foreign_remark_advice": Sentence(
        zh="只是说明就不必管；是数据就写进表里。",
        en="Leave it if it only explains; write what is data into the table.",
    ),
    "foreign_stray_row": Sentence(
        zh="夹在数据中间的一行文字", en="a line of text between the rows"
    ),
    "foreign_stray_row_advice": Sentence(
        zh="如是小标题，在“对照”的“不读的行”里写明行号。",
        en="If it is a heading, name its row under “rows to skip” in “words”.",
    ),
    "foreign_nameless_row": Sentence(zh="这一行没有认得的机构名称", en="the row names no facility"),
    "foreign_nameless_row_advice": Sentence(
        zh="补上机构名称，或在“对照”的“不读的行”里写明行号。",
        en="Fill in the name, or name the row under “rows to skip” in “words”.",
    ),
    "foreign_open_row": Sentence(
        zh="这一行的名称还没有定是谁，整行没有读",
        en="whom the name of this row means is open, so that the row was not read",
    ),
    "foreign_open_row_advice": Sentence(
        zh="见同一行写明原因的那一格。", en="See the cell of the same row that says why."
    ),
    "foreign_short_name": Sentence(
        zh="像是名册里一家机构的简称", en="perhaps the short name of a facility of the roster"
    ),
    "foreign_short_name_advice": Sentence(
        zh="在“请回答”里回答。", en="Answer in the sheet of questions."
    ),
    "foreign_village_without_township": Sentence(
        zh="不知道是哪个乡镇的村", en="of which township the village is nobody says"
    ),
    "foreign_village_without_township_advice": Sentence(
        zh="加一列“乡镇街道”。", en="Add a column with the township."
    ),
    "foreign_no_posting": Sentence(
        zh="这一次下派有单位或日期读不懂，整行没有读",
        en="a facility or day of this posting could not be read, so that the row was not",
    ),
    "foreign_no_posting_advice": Sentence(
        zh="见同一行写明原因的那一格。", en="See the cell of the same row that says why."
    ),
    "foreign_days_of_posting": Sentence(
        zh="派驻的时间写在还没有读的列里；不知道起止的下派会算成一直有效，所以整行没有读",
        en="the days of this posting stand in columns that are not read; a posting without its "
        "days would hold for ever, so that the row was not read",
    ),
    "foreign_days_of_posting_advice": Sentence(
        zh="在“对照”里选这些列的含义，或补上“开始时间”“结束时间”两列；写成“不用”，就按长期下派读入。",
        en="Say in “words” what these columns mean, or add columns with its first and last day; "
        "set to “not used”, it counts as a posting without end.",
    ),
    "foreign_no_count_to": Sentence(
        zh="写了转往哪里，没有写上转多少，没有读",
        en="it says where patients are sent, and not how many: not read",
    ),
    "foreign_no_count_to_advice": Sentence(
        zh="补上人次；要说的是上转关系，就在“对照”里把这一列选成“关系：上转”。",
        en="State how many; where a referral link is meant, choose that relation in “words”.",
    ),
    "foreign_no_centre": Sentence(
        zh="这一行没有写明哪个中心由谁承办、谁在用，没有读",
        en="the row does not say which centre it is, or who hosts or uses it, and was not read",
    ),
    "foreign_no_centre_advice": Sentence(
        zh="补上中心、承办单位或使用单位；日期读不懂的，见同一行写明原因的那一格。",
        en="Fill in the centre, its host or its users; a day that cannot be read is named.",
    ),
    "foreign_no_group": Sentence(
        zh="这一行的集团没有写明，或不知是哪一类：机构读入了，牵头和成员没有读",
        en="the row names no group of a known type: its facilities are read, its links are not",
    ),
    "foreign_no_group_advice": Sentence(
        zh="说明哪一列是集团名称，是哪一类。",
        en="Say which column names the group, and of which type it is.",
    ),
    "foreign_lead_without_group": Sentence(
        zh="有牵头医院，没有集团名称", en="a lead is named, but no group"
    ),
    "foreign_lead_without_group_advice": Sentence(
        zh="加一列集团名称，或在“对照”里写明工作表名就是集团。",
        en="Add a column of groups, or say in “words” that the name of the sheet is the group.",
    ),
    "foreign_seems_lead": Sentence(
        zh="集团“{group}”以它命名，却没有写明它是牵头还是成员",
        en=(
            "the group “{group}” is called after it, but nothing says whether it leads or is a "
            "member"
        ),
    ),
    "foreign_seems_lead_advice": Sentence(
        zh="在“请回答”里回答，或加一列“角色”，写牵头或成员。",
        en="Answer in the sheet of questions, or add a column “role” with lead or member.",
    ),
    "foreign_grade": Sentence(
        zh="旁边没有写它是几级的等次", en="beside it stands no level that has such a grade"
    ),
    "foreign_grade_advice": Sentence(
        zh="在“等级”一列写全，如“三级甲等”。", en="Write both in the column of the level: 三级甲等."
    ),
    "foreign_whose": Sentence(
        zh="一格里有几家机构，不知道这是哪一家的",
        en="several facilities share the row, and it is not clear whose value it is",
    ),
    "foreign_whose_advice": Sentence(zh="分成一家一行。", en="Give each a row of its own."),
    "foreign_other_file": Sentence(
        zh="不是工作簿，也不是 .csv 或 .txt，没有读。",
        en="It is no workbook, .csv or .txt; it was not read.",
    ),
    "foreign_own_file": Sentence(
        zh="是本软件整理出来的名册，没有读。",
        en="It was written by medgraph tidy; it was not read.",
    ),
    "foreign_skip_person": Sentence(
        zh="个人信息（姓名、电话等），不读、不抄", en="what names a person is not read or copied"
    ),
    "foreign_note_persons": Sentence(
        zh="{count} 格写有姓名、电话等个人信息，已隐去，没有抄到任何地方。",
        en="{count} cells name persons or how to reach them; that was hidden and copied nowhere.",
    ),
    "foreign_old_format": Sentence(
        zh="这种格式（不是 .xlsx）里看不出隐藏的行和删除线，这些行都照读；要分辨，请另存为 .xlsx。",
        en=(
            "In this format (it is no .xlsx) hidden rows and strike-through cannot be seen; such "
            "rows were read. To distinguish them, save it as .xlsx."
        ),
    ),
    "cell_far_away": Sentence(
        zh=(
            "{place} 离其他数据太远（表长 {rows} 行、宽 {columns} 列），读不了。请删去这一格，"
            "或把数据移到一起。"
        ),
        en=(
            "{place} is too far from the other cells ({rows} rows, {columns} columns). Delete it, "
            "or move the data together."
        ),
    ),
    "foreign_none_known": Sentence(
        zh=(
            "{path} 里没有读进任何一格：认不出标题行，或者没有写机构、集团的列。"
            "运行 medgraph tidy {path}，在写出的“对照”里填“标题行”和各列的含义。"
        ),
        en=(
            "No cell of {path} was read: there is no header row that is known, or no column of "
            "facilities or groups. Run medgraph tidy {path}, and fill in “header rows” and what "
            "the columns are in the sheet “words” that it writes."
        ),
    ),
    "foreign_is_json": Sentence(
        zh="{path} 是 JSON，不是表格，不用整理：直接用它，如 medgraph check {path}。",
        en="{path} is JSON and no table, so it is not to be tidied: use it as it is, as in "
        "medgraph check {path}.",
    ),
    "foreign_none_read": Sentence(
        zh="{path} 里没有读进任何一格：对照里的工作表名和它对不上。",
        en="No cell of {path} was read: the mapping names other sheets.",
    ),
    "foreign_empty": Sentence(
        zh="{path} 里没有一个有内容的单元格。", en="No cell of {path} holds anything."
    ),
    "foreign_other_table": Sentence(zh="属于另一张表", en="it belongs to another table"),
    "foreign_struck_cell": Sentence(
        zh="这一格划了删除线，没有读",
        en="the cell is struck through and was not read",
    ),
    "foreign_struck_cell_advice": Sentence(
        zh="仍有效就去掉删除线，已作废就删去整行。",
        en="Remove the strike-through if the row holds; delete the row if it does not.",
    ),
    "foreign_units": Sentence(zh="家", en="facilities"),
    "foreign_header_again": Sentence(zh="重复的标题行", en="header repeated"),
    "foreign_skip_rule": Sentence(zh="对照写明不读的行", en="a row that the mapping leaves out"),
    "foreign_skip_struck": Sentence(zh="整行划了删除线", en="the whole row is struck through"),
    "foreign_skip_hidden": Sentence(zh="隐藏的行", en="a hidden row"),
    "foreign_skip_hidden_sheet": Sentence(zh="隐藏的工作表，没有读", en="a hidden sheet, not read"),
    "foreign_skip_no_rule": Sentence(
        zh="对照没有提到这个工作表", en="the mapping does not mention this sheet"
    ),
    "foreign_skip_sheet": Sentence(
        zh="对照写明不读的工作表", en="a sheet that the mapping leaves out"
    ),
    "foreign_skip_above": Sentence(zh="标题行以上的文字", en="text above the header"),
    "foreign_skip_serial": Sentence(zh="序号", en="serial number"),
    "foreign_skip_column": Sentence(
        zh="对照写明不用的列", en="a column that the mapping leaves out"
    ),
    "foreign_skip_total": Sentence(zh="合计、小计行", en="a row of totals"),
    "foreign_open_cell": Sentence(
        zh="写的是“{value}”：还不知道，按未知读", en="it says “{value}”: not known yet"
    ),
    "foreign_open_cell_advice": Sentence(
        zh="定了以后填进原表，再整理一次。",
        en="Once it is known, write it into the original, and tidy again.",
    ),
    "foreign_skip_nothing": Sentence(zh="写的是“无”", en="it says “none”"),
    "foreign_note_group_remark": Sentence(
        zh="集团读作“{name}”；括号里的备注：{remark}",
        en="the group is “{name}”; the remark in brackets: {remark}",
    ),
    "foreign_note_header": Sentence(zh="标题行：第 {rows} 行", en="header: row {rows}"),
    "foreign_note_repeated": Sentence(
        zh="跳过 {count} 行重复的标题：{rows}",
        en="{count} repeated header rows skipped: {rows}",
    ),
    "foreign_note_hidden": Sentence(
        zh="隐藏的 {count} 行也读了：{rows}",
        en="{count} hidden rows were read: {rows}",
    ),
    "foreign_note_passed": Sentence(
        zh="隐藏的 {count} 行没有读：{rows}",
        en="{count} hidden rows were not read: {rows}",
    ),
    "foreign_note_struck": Sentence(
        zh="划了删除线的 {count} 行没有读：{rows}",
        en="{count} rows struck through were not read: {rows}",
    ),
    "foreign_note_filled": Sentence(zh="承上 {source}：{value}", en="as above {source}: {value}"),
    "foreign_note_total": Sentence(
        zh="“{label}”核对了 {rows} 行", en="“{label}” was checked against {rows} rows"
    ),
    "foreign_note_total_unchecked": Sentence(
        zh="“{label}”行没有可以核对的数",
        en="the row “{label}” states no number to check",
    ),
    "foreign_note_matched": Sentence(
        zh="“{value}”即 {name}（{how}）", en="“{value}” is {name} ({how})"
    ),
    "foreign_how_brackets": Sentence(zh="只差括号", en="but for brackets"),
    "foreign_how_ending": Sentence(zh="名称结尾的写法不同", en="another writing of the ending"),
    "foreign_how_said": Sentence(zh="有人答是", en="somebody said so"),
    "foreign_how_area": Sentence(zh="只差前面的区县名", en="but for the county before it"),
    "foreign_note_county_file": Sentence(
        zh="这个文件是“{county}”的：别的县里同名的不是同一家",
        en="this file is of “{county}”: what another county calls alike is not the same",
    ),
    "foreign_note_again": Sentence(
        zh="{name} 已有一行，两行按同一家读",
        en="{name} has a row already; both are taken as one facility",
    ),
    "foreign_skip_no_facility": Sentence(
        zh="您答了不是机构", en="you have said that it is no facility"
    ),
    "foreign_skip_sum_of_parts": Sentence(
        zh="分项的合计，只按分项读", en="a sum of its parts; only the parts are read"
    ),
    "tidy_referral_counts": Sentence(
        zh="转诊人次 {rows} 条、共 {patients} 人次，写在“{sheet}”表；不作转诊关系。"
        "与规划比较：medgraph referrals flows {target} --records {target}",
        en="{rows} counts of referrals, {patients} patients, are in the sheet “{sheet}”; they are "
        "no links. To compare with the plan: medgraph referrals flows {target} --records {target}",
    ),
    "tidy_referral_counts_undated": Sentence(
        zh="有的转诊表没有写明是哪一个月，全部不写日期",
        en="not every table of referrals states its month, so none of the counts is dated",
    ),
    "tidy_tasks": Sentence(
        zh="任务 {tasks} 项，写在“{sheet}”表。"
        "审计时一起读：medgraph audit {target} --ledger {target}",
        en="{tasks} tasks are in the sheet “{sheet}”. An audit reads them beside the network: "
        "medgraph audit {target} --ledger {target}",
    ),
    "task_part_of": Sentence(zh="{task}：{part}", en="{task}: {part}"),
    "task_again": Sentence(zh="{task}（第 {row} 行）", en="{task} (row {row})"),
    "foreign_no_task": Sentence(zh="这一行没有写任务", en="the row names no task"),
    "foreign_no_task_advice": Sentence(zh="请补写任务名称", en="Write which task it is."),
    "referral_counts_origin": Sentence(zh="来源", en="origin"),
    "foreign_note_new": Sentence(
        zh="{name} 没有自己的行，按全称记为一家机构",
        en="{name} has no row of its own and is taken as a facility by its full name",
    ),
    "foreign_note_split": Sentence(
        zh="分成 {count} 项：{names}；括号里的备注：{notes}",
        en="split into {count}: {names}; notes in brackets: {notes}",
    ),
    "foreign_note_padded": Sentence(
        zh="{count} 个区划代码补足为 12 位",
        en="{count} area codes completed to 12 digits",
    ),
    "foreign_note_typed": Sentence(
        zh="{count} 家基层机构的类型由名称结尾得出",
        en="the type of {count} primary facilities was taken from their names",
    ),
}

FAULTS = (
    Fault(
        "E170",
        zh="“{label}”写 {stated} {what}，实读 {read} {what}。",
        en="“{label}” states {stated} {what}, but {read} were read.",
        advice=Sentence(
            zh="核对是漏了行，还是数写错了。",
            en="Check whether rows are missing or the number is wrong.",
        ),
    ),
    Fault(
        "E171",
        zh="“{value}”像是被 Excel 改成数字的代码，位数已丢失，不能当代码用。",
        en=(
            "“{value}” looks like a code that Excel turned into a number; its digits are lost, so "
            "it is no code."
        ),
        advice=Sentence(
            zh="把单元格设为文本，重新录入完整代码。",
            en="Format the cell as text and type the whole code again.",
        ),
    ),
    Fault(
        "W171",
        zh="“{value}”读作 {read}。",
        en="“{value}” was read as {read}.",
        advice=Sentence(zh="有准确数时请改写。", en="Write the exact number where you have it."),
    ),
    Fault(
        "W172",
        zh="“{value}”没有写到日，读作 {read}。",
        en="“{value}” names no day and was read as {read}.",
        advice=Sentence(
            zh="可写成 2023-10-25，或在“对照”里写明。",
            en="Write it as 2023-10-25, or say so in “words”.",
        ),
    ),
    Fault(
        "E173",
        zh="{value} 既在“{group}”，又在“{other}”（{place_of}），两处都没有采用。",
        en="{value} is in “{group}” and in “{other}” ({place_of}); neither was used.",
        advice=Sentence(zh="改正其中一处。", en="Correct one of them."),
    ),
    Fault(
        "E174",
        zh="工作表“{value}”认不准标题行，没有读。候选：{candidates}。",
        en=(
            "In the sheet “{value}” the header is unclear, so it was not read. Candidates: "
            "{candidates}."
        ),
        advice=Sentence(
            zh="在“对照”里填这个工作表的“标题行”。",
            en="Fill in “header rows” of this sheet in “words”.",
        ),
    ),
    Fault(
        "W174",
        zh="公式没有存下算好的值，当作空白。",
        en="A formula without a stored value; it counts as blank.",
        advice=Sentence(
            zh="用 Excel 或 WPS 打开后保存一次。",
            en="Open it in Excel or WPS and save it once.",
        ),
    ),
    Fault(
        "E175",
        zh="“{value}”在数据区横向合并（{range}），不知道属于哪一列。",
        en="“{value}” is merged across columns ({range}) in the body; which column is meant?",
        advice=Sentence(zh="取消合并，填到各自的列里。", en="Unmerge it and fill in each column."),
    ),
    Fault(
        "W175",
        zh="“{value}”以“等”结尾，没有列全，也没有写几家。",
        en="“{value}” ends in “and others”: not all are named, and no number is given.",
        advice=Sentence(zh="请列全。", en="Name them all."),
    ),
    Fault(
        "E176",
        zh="{item}“{value}”不是全称，说不准是哪一家（可能：{candidates}）。",
        en=(
            "{item}“{value}” is not a full name, and it is not certain who is meant (perhaps "
            "{candidates})."
        ),
        advice=Sentence(
            zh="写全称，或在“对照”的“名称”一行填全称。",
            en="Write the full name, or fill it in at its line in “words”.",
        ),
    ),
    Fault(
        "W176",
        zh="“{title}”空着，可能同上，也可能就是没有，没有读入。",
        en="“{title}” is blank: the same as above, or nothing; it was not read.",
        advice=Sentence(
            zh="在“对照”里把这一列的“空白同上”改为“是”或“否”。",
            en="Set “blank means above” of this column to yes or no in “words”.",
        ),
    ),
    Fault(
        "W180",
        zh="“{title}”空着；上面是合计、空行或另一块，没有承接。",
        en=(
            "“{title}” is blank; a total, a blank row or another block stands above, so nothing "
            "was carried down."
        ),
        advice=Sentence(zh="该有值就把它写全。", en="Write it out if there is one."),
    ),
    Fault(
        "W181",
        zh="表头以上写着“{value}”，数字没有据此换算。",
        en="“{value}” stands above the header; the numbers were not multiplied by it.",
        advice=Sentence(
            zh="在“对照”里给各列写明单位，或写进列标题的括号里。",
            en="State the unit of each column in “words”, or in brackets in its title.",
        ),
    ),
    Fault(
        "W182",
        zh="对照提到的列“{value}”不在这个工作表里。",
        en="The mapping names a column “{value}” that this sheet does not have.",
        advice=Sentence(
            zh="改对照里的列名或列号。",
            en="Correct its title or letter in the mapping.",
        ),
    ),
    Fault(
        "W183",
        zh="对照提到的工作表“{value}”在文件里没有。",
        en="The mapping names a sheet “{value}” that the file does not have.",
        advice=Sentence(zh="改对照里的工作表名。", en="Correct its name in the mapping."),
    ),
    Fault(
        "W184",
        zh="“{value}”合并了 {count} 行，每行都记为这个数。",
        en="“{value}” is merged over {count} rows and was taken for each of them.",
        advice=Sentence(
            zh="如是几家合计，请拆开分别填写。",
            en="If it is the sum of several, unmerge it and give each its own.",
        ),
    ),
    Fault(
        "W185",
        zh="答了已列全，但还有没读懂或没回答的，这些不算列全：{value}。",
        en=(
            "You said that everything is listed; something was not understood or is still asked, "
            "so these do not count as complete: {value}."
        ),
        advice=Sentence(
            zh="回答“请回答”里剩下的问题，看“未读懂”，再运行 tidy。",
            en="Answer what “Questions” still asks, look at “Not understood”, run tidy again.",
        ),
    ),
    Fault(
        "E185",
        zh="从“{value}”这一行起像是另一张表，没有读。",
        en="From the row “{value}” on there seems to be another table, which was not read.",
        advice=Sentence(
            zh="把两张表放到两个工作表里；不是表就在“对照”的“首行末行”里写明只读哪几行。",
            en=(
                "Put the two tables into two sheets; if it is not one, "
                "state in “words” which rows to read."
            ),
        ),
    ),
    Fault(
        "W177",
        zh="自动识别，未经确认。{value}。",
        en="This reading is a guess that nobody confirmed. {value}.",
        advice=Sentence(
            zh="用 medgraph tidy 写出“对照”，核对后再用。",
            en="Let medgraph tidy write “words”, look through it, and use that.",
        ),
    ),
    Fault(
        "W178",
        zh="有单元格没有读懂。{value}。",
        en="Some cells were not understood. {value}.",
        advice=Sentence(
            zh="见 medgraph tidy 写出的“未读懂”。",
            en="See “Not understood” in what medgraph tidy writes.",
        ),
    ),
    Fault(
        "W179",
        zh="列“{value}”没有认出，没有读入。",
        en="The column “{value}” is not known and was not read.",
        advice=Sentence(
            zh="在“对照”里选它的含义，或选“不用”。",
            en="Choose its meaning in “words”, or “not used”.",
        ),
    ),
    Fault(
        "E177",
        zh="“{value}”是哪一类集团，名称里看不出。",
        en="The name “{value}” does not say what type of group it is.",
        advice=Sentence(
            zh="在“对照”里选：城市医疗集团、县域医共体或专科联盟。",
            en="Choose its type in “words”.",
        ),
    ),
    Fault(
        "E178",
        zh="“{value}”读不出是什么意思。",
        en="“{value}” cannot be read.",
        advice=Sentence(
            zh="改写，或在“对照”里写明。",
            en="Write it in another way, or say what it means in “words”.",
        ),
    ),
    Fault(
        "E179",
        zh="“{value}”写 {stated} 家，实读 {read} 家。",
        en="“{value}” states {stated}, but {read} were read.",
        advice=Sentence(
            zh="核对是漏写了，还是数写错了。",
            en="Check whether names are missing or the number is wrong.",
        ),
    ),
)
