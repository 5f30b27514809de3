"""Say what there is to say about questions that are sent out and come back answered."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "ask_numerator": Sentence(
        zh="下列问题答完即可判定的结论", en="findings that the questions below decide"
    ),
    "ask_denominator": Sentence(zh="缺数据的结论", en="findings without enough data"),
    "ask_cell": Sentence(zh="{name}的{column}？", en="{column} of {name}?"),
    "ask_declaration": Sentence(
        zh="“{table}”列全了吗（没有遗漏）？", en="Is “{table}” listed whole, nothing left out?"
    ),
    "ask_links_to": Sentence(
        zh="{name}—{relation}→谁？请列全。", en="{name} —{relation}→ whom? List all."
    ),
    "ask_links_from": Sentence(
        zh="谁—{relation}→{name}？请列全。", en="Who —{relation}→ {name}? List all."
    ),
    "ask_link": Sentence(zh="{source}—{relation}→{target}", en="{source} —{relation}→ {target}"),
    "ask_link_cell": Sentence(
        zh="{source}—{relation}→{target}：{column}？",
        en="{source} —{relation}→ {target}: {column}?",
    ),
    "ask_nothing_to_ask": Sentence(
        zh="不是填表能补的：{need}", en="nothing that a sheet can ask for: {need}"
    ),
    "ask_open_anyway": Sentence(
        zh="填了也可能仍不能判定：{need}", en="may stay open whatever is answered: {need}"
    ),
    # what may be answered, by form
    "ask_more_words": Sentence(zh="{words}……（见下拉列表）", en="{words} … (see the list)"),
    "ask_allowed_items": Sentence(zh="{items}中的若干项，或“无”", en="some of {items}, or “none”"),
    "ask_allowed_date": Sentence(
        zh="2023-10-25 这样的日期，不晚于 {last}", en="a day as 2023-10-25, not after {last}"
    ),
    "ask_allowed_share": Sentence(zh="0.333 或 33.3%", en="0.333 or 33.3%"),
    "ask_allowed_count": Sentence(zh="整数，如 12", en="a whole number, as 12"),
    "ask_allowed_integer": Sentence(zh="整数，如 12", en="a whole number, as 12"),
    "ask_allowed_days": Sentence(zh="天数，如 90", en="a number of days, as 90"),
    "ask_allowed_points": Sentence(zh="0 至 100 的分数", en="points from 0 to 100"),
    "ask_allowed_score": Sentence(zh="分数", en="points"),
    "ask_allowed_amount": Sentence(zh="不小于 0 的数", en="a number from 0 on"),
    "ask_allowed_number": Sentence(zh="数", en="a number"),
    "ask_allowed_text": Sentence(zh="文字", en="text"),
    "ask_allowed_nodes": Sentence(
        zh="编号或名称，多个用顿号分开；没有填“无”", en="ids or names with commas; “none” for none"
    ),
    "ask_allowed_ends": Sentence(
        zh="编号或名称，多个用顿号分开；没有填“无”", en="ids or names with commas; “none” for none"
    ),
    # what came back
    "fill_no_sheet": Sentence(
        zh="{path} 不是 medgraph ask 写出的问题表（缺“答案”等栏）。",
        en="{path} is no sheet that medgraph ask wrote: it lacks the columns.",
    ),
    "fill_foreign": Sentence(
        zh="{path} 不是本软件的模板，不作改动。请加 --output 文件.xlsx，或先 medgraph tidy。",
        en="{path} is not our template and is left alone. Give --output, or run tidy first.",
    ),
    "fill_other_sheets": Sentence(
        zh="{path} 还有别的工作表（{sheets}），重写会丢失。请加 --output 另存。",
        en="{path} has other sheets ({sheets}) that would be lost. Give --output.",
    ),
    "fill_bad_row": Sentence(
        zh="这一行的隐藏栏已改动或不完整，不知道问的是什么。请重新 medgraph ask。",
        en="The hidden columns of this row were changed: what it asks is not known. Ask again.",
    ),
    "fill_gone": Sentence(
        zh="数据里已没有 {id}。请重新 medgraph ask。",
        en="The data holds no {id} any more. Ask again.",
    ),
    "fill_not_understood": Sentence(
        zh="“{value}”不能采用。可填：{allowed}。",
        en="“{value}” is not understood. Allowed: {allowed}.",
    ),
    "fill_wrong_kind": Sentence(
        zh="“{value}”不是这种关系能连的对象。", en="“{value}” is nothing that this relation joins."
    ),
    "fill_by_whom": Sentence(
        zh="声明列全要写明由谁（单位）。", en="A declaration has to say by which office."
    ),
    "fill_bad_day": Sentence(zh="“{value}”不是日期。", en="“{value}” is no day."),
    "fill_stated": Sentence(
        zh="数据里已写明“{value}”（{place}），与答案不同。请先核对。",
        en="The data states “{value}” ({place}), another thing than the answer. Check it first.",
    ),
    "fill_stated_in_words": Sentence(
        zh="数据里写着“{value}”（{place}），读不出答案，不会覆盖。请直接改那个单元格。",
        en="The data says “{value}” ({place}), which is not read and stays. Edit that cell itself.",
    ),
    "fill_left_out": Sentence(
        zh="数据里已有、答案没有列出：{names}。请先核对。",
        en="In the data, and not in the answer: {names}. Check it first.",
    ),
    "fill_contradiction": Sentence(
        zh="同一问题的答案不一致：另见 {others}。",
        en="Another answer to the same question: {others}.",
    ),
    "fill_account": Sentence(
        zh="答案 {total} 行 = 已填入 {filled} + 未采用 {refused} + 仍未答 {open}",
        en="{total} answer[|s] = {filled} filled in + {refused} refused + {open} still open",
    ),
    "fill_changed": Sentence(zh="已填入（{count}）：", en="filled in ({count}):"),
    "fill_change": Sentence(zh="{place}  {question}  {value}", en="{place}  {question}  {value}"),
    "fill_silent": Sentence(zh="一项也没有答：{files}", en="nothing answered in: {files}"),
    "fill_missing": Sentence(
        zh="同批发出、没有收回的（{count}）：{parts}",
        en="sent out together with these, and not back ({count}): {parts}",
    ),
    "fill_empty_folder": Sentence(
        zh="{path} 里没有问题表。", en="There is no sheet of questions in {path}."
    ),
    "ask_written": Sentence(
        zh="已写入 {path}：{count} 个工作簿。收回后：medgraph fill 数据 {path}",
        en="written to {path}: {count} workbooks. When they are back: medgraph fill SOURCE {path}",
    ),
    "fill_refused": Sentence(zh="未采用（{count}）：", en="refused ({count}):"),
    "fill_open": Sentence(zh="仍未答（{count}）：", en="still open ({count}):"),
    "fill_line": Sentence(zh="{place}  {question}  {reason}", en="{place}  {question}  {reason}"),
    "fill_more": Sentence(zh="……另 {count} 行", en="… {count} more"),
    # in the shell
    "ask_line": Sentence(
        zh="{rank:>4}  {question}  [{allowed}]  累计可判定 {decides}：{rules}",
        en="{rank:>4}  {question}  [{allowed}]  decides {decides}: {rules}",
    ),
    "ask_open": Sentence(zh="问也判定不了（{count}）：", en="no question decides ({count}):"),
    "ask_by_needs_sheet": Sentence(
        zh="--by 只用于问题表：加 --output 文件.xlsx，或一个文件夹。",
        en="--by is for sheets to fill in: give --output FILE.xlsx, or a folder.",
    ),
    "ask_answered": Sentence(
        zh="{path} 里已填了答案，不会覆盖。请先 medgraph fill，或写到另一个文件。",
        en="{path} holds answers and is not overwritten. Run fill first, or name another file.",
    ),
    "ask_no_pack": Sentence(
        zh="数据里没有政策包所问的集团；请用 --pack 指定政策包。",
        en="No group here has a national pack; name a pack with --pack.",
    ),
    "help.ask": Sentence(
        zh="列出最值得补的几项：填好哪些格子、声明哪些表列全，就能判定最多结论。",
        en="The few cells and declarations that would decide most verdicts, as a sheet to fill in.",
    ),
    "help.ask_pack": Sentence(
        zh="政策包（可多次；默认：各类集团的国家政策包）。",
        en="A pack (repeatable; default: the national pack of each type of group).",
    ),
    "help.ask_by": Sentence(
        zh="问题表按乡镇或按集团分页；--output 是文件夹时各写一个工作簿。",
        en="One sheet per township or per group; a workbook each where --output is a folder.",
    ),
    "help.fill": Sentence(
        zh="把填好的问题表（或一个文件夹里的）读回数据。",
        en="Read filled sheets, or those in a folder, back into the source.",
    ),
    "help.fill_output": Sentence(
        zh="另存到这里（默认：改原文件）。", en="Write here instead (default: into the source)."
    ),
}
