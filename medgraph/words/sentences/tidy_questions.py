"""Say the questions that a workbook leaves open, and how to answer them."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "question_unknown": Sentence(
        zh="{workbook} 没有问“{key}”。", en="{workbook} does not ask “{key}”."
    ),
    "question_head_text": Sentence(zh="问题", en="question"),
    "question_head_answer": Sentence(zh="您的回答", en="your answer"),
    "question_head_offered": Sentence(zh="可选", en="may be answered"),
    "question_head_assumed": Sentence(zh="没有回答时", en="meanwhile"),
    "question_head_decides": Sentence(zh="涉及几处", en="decides"),
    "question_head_places": Sentence(zh="位置", en="place"),
    "question_decides_all": Sentence(zh="全部", en="all"),
    "question_more": Sentence(zh="…共 {count} 处", en="… {count} in all"),
    "question_in_drop_down": Sentence(
        zh="见下拉框（共 {count} 项）", en="see the drop-down ({count} words)"
    ),
    "question_free": Sentence(zh="自行填写", en="write it out"),
    "question_any_name": Sentence(zh="名称", en="a name"),
    "question_line": Sentence(
        zh="“{sheet}”里单独一行“{subject}”是集团名称吗？",
        en="In “{sheet}”, is the line “{subject}” the name of a group?",
    ),
    "question_title": Sentence(
        zh="“{sheet}”表内的机构都属于“{subject}”吗？",
        en="Are all the facilities in “{sheet}” of “{subject}”?",
    ),
    "question_colour": Sentence(
        zh="“{sheet}”里颜色 {subject} 的机构属于哪个集团？",
        en="In “{sheet}”, which group are the facilities coloured {subject} of?",
    ),
    "question_layout": Sentence(
        zh="“{sheet}”的版式是“{subject}”吗？{why}",
        en="Is the layout of “{sheet}” “{subject}”? {why}",
    ),
    "question_name": Sentence(
        zh="“{subject}”的全称是什么？{why}", en="What is “{subject}” in full? {why}"
    ),
    "question_facility": Sentence(
        zh="“{subject}”只写在“{why}”一列，是一家机构吗？",
        en="“{subject}” stands in the column “{why}” alone. Is it a facility?",
    ),
    "question_case_leads": Sentence(zh="{name}（{group}）", en="{name} ({group})"),
    "question_case_serves": Sentence(zh="{name}（{area}）", en="{name} ({area})"),
    "question_case_same": Sentence(zh="{name}＝{full}", en="{name} = {full}"),
    "question_leads": Sentence(
        zh="“{sheet}”里的集团以下列机构命名，它们都是各自集团的牵头单位吗？{subject}",
        en="In “{sheet}” groups are called after these facilities. Do they lead them? {subject}",
    ),
    "question_leads_case": Sentence(
        zh="“{sheet}”：{subject}，是牵头单位吗（否：是成员）？",
        en="“{sheet}”: {subject}. Does it lead (no: it is a member)?",
    ),
    "question_serves": Sentence(
        zh="下列机构各服务与它同名的乡镇街道吗（按名称）？{subject}",
        en="Does each of these serve the township that it is named for? {subject}",
    ),
    "question_serves_case": Sentence(
        zh="{subject}，是它的服务辖区吗（按名称）？", en="{subject}. Does it serve that township?"
    ),
    "question_same": Sentence(
        zh="“{sheet}”里的简称和名册里的机构都这样对应吗？{subject}",
        en="Are the short names in “{sheet}” these facilities of the roster? {subject}",
    ),
    "question_same_case": Sentence(
        zh="“{sheet}”：{subject}，是同一家机构吗？", en="“{sheet}”: {subject}. Are they the same?"
    ),
    "question_case_runs": Sentence(
        zh="{name}（{count} 家村卫生室）", en="{name} ({count} village clinics)"
    ),
    "question_runs": Sentence(
        zh="“{sheet}”里下列机构管理同一行的村卫生室（一体化管理）吗？{subject}",
        en="In “{sheet}”, do these run the village clinics in their rows? {subject}",
    ),
    "question_runs_case": Sentence(
        zh="“{sheet}”：{subject}，是它管理的吗？", en="“{sheet}”: {subject}. Does it run them?"
    ),
    "question_assumed_runs": Sentence(zh="未定", en="open"),
    "question_assumed_runs_case": Sentence(zh="未定", en="open"),
    "question_new": Sentence(
        zh="“{sheet}”里下列名称不在名册里，都另是一家机构吗？{subject}",
        en="These names in “{sheet}” are not in the roster. Are they further facilities? {subject}",
    ),
    "question_new_case": Sentence(
        zh="“{sheet}”：{subject}，名册里没有，另是一家机构吗？",
        en="“{sheet}”: {subject} is not in the roster. Is it a further facility?",
    ),
    "question_type": Sentence(
        zh="“{subject}”是哪一类集团？", en="Which type of group is “{subject}”?"
    ),
    "question_word": Sentence(
        zh="“{subject}”是什么意思？{why}", en="What does “{subject}” mean? {why}"
    ),
    "question_fill": Sentence(
        zh="“{sheet}”里“{subject}”一列的空白是同上吗？",
        en="In “{sheet}”, do blanks in the column “{subject}” mean the cell above?",
    ),
    "question_column": Sentence(
        zh="“{sheet}”里“{subject}”一列是什么？", en="In “{sheet}”, what is the column “{subject}”?"
    ),
    "question_header": Sentence(
        zh="“{sheet}”的标题行是第几行？候选：{why}",
        en="Which row of “{sheet}” holds the titles? Candidates: {why}",
    ),
    "question_area": Sentence(
        zh="名册是哪个区县的（名称或 6 位代码）？乡镇街道在那里找。",
        en="Of which county is the list (its name or six digits)? Townships are looked up there.",
    ),
    "question_county_file": Sentence(
        zh="文件“{subject}”是哪个县（市、区）的？别的县里同名的机构和集团不是同一家。",
        en="Which county is the file “{subject}” of? What others call alike is not the same.",
    ),
    "question_twins": Sentence(
        zh="下列名称几个县都有，说的是同一家吗？{subject}",
        en="Several counties have these names. Do they mean the same? {subject}",
    ),
    "question_twins_case": Sentence(
        zh="几个县都有“{subject}”，是同一家吗？", en="Several counties have “{subject}”. Is it one?"
    ),
    "question_assumed_county_file": Sentence(zh="自成一县", en="a county of its own"),
    "question_assumed_any_county": Sentence(zh="各县都找", en="looked for in all"),
    "question_assumed_twins": Sentence(zh="否", en="no"),
    "question_assumed_twins_case": Sentence(zh="否", en="no"),
    "question_renamed": Sentence(
        zh="“{subject}”上一期没有。是上一期的哪一家改名来的？",
        en="“{subject}” was not in the last edition. Which of its facilities was renamed to it?",
    ),
    "question_no_former": Sentence(zh="新增机构", en="a new facility"),
    "question_assumed_renamed": Sentence(zh="新增机构", en="a new facility"),
    "question_complete": Sentence(
        zh="名册列全了吗（没有列出的就是没有）？", en="Is the list complete?"
    ),
    "question_confirmed": Sentence(
        zh="以上读法都核对过了吗？", en="Have you checked how all of it was read?"
    ),
    "question_assumed_left_out": Sentence(zh="没有读入", en="not read"),
    "question_assumed_line": Sentence(zh="其下不属任何集团", en="no group below"),
    "question_assumed_title": Sentence(zh="否", en="no"),
    "question_assumed_colour": Sentence(zh="不属任何集团", en="no group"),
    "question_assumed_layout": Sentence(zh="是", en="yes"),
    "question_assumed_fill": Sentence(zh="没有读入", en="not read"),
    "question_assumed_column": Sentence(zh="没有读入", en="not read"),
    "question_assumed_leads": Sentence(zh="没有读入", en="not read"),
    "question_assumed_leads_case": Sentence(zh="没有读入", en="not read"),
    "question_assumed_serves": Sentence(zh="未定", en="open"),
    "question_assumed_serves_case": Sentence(zh="未定", en="open"),
    "question_assumed_same": Sentence(zh="没有读入", en="not read"),
    "question_assumed_same_case": Sentence(zh="没有读入", en="not read"),
    "question_assumed_new": Sentence(zh="是", en="yes"),
    "question_assumed_new_case": Sentence(zh="是", en="yes"),
    "question_assumed_header": Sentence(zh="没有读入", en="not read"),
}
