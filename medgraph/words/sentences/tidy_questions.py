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
    "question_assumed_header": Sentence(zh="没有读入", en="not read"),
}
