"""Say what there is to say on the page on which two lists are reviewed."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "board.review.title": Sentence(zh="核对两份名单", en="Two lists"),
    "board.review.again": Sentence(zh="按决定重新核对", en="Review again as decided"),
    "board.review.join": Sentence(zh="合并为一份", en="Join into one"),
    "board.review.workbook": Sentence(zh="核对表（Excel）", en="The review (Excel)"),
    "board.review.kept": Sentence(zh="决定文件", en="The decisions"),
    "board.review.filled": Sentence(zh="读入已填的核对表", en="Read a review that is filled in"),
    "board.review.entries": Sentence(zh="全部条目", en="All entries"),
    "board.review.beside": Sentence(zh="两边对照", en="Side by side"),
    "board.review.class": Sentence(zh="结论", en="Class"),
    "board.review.open_only": Sentence(zh="只看未决定的", en="only what is not decided"),
    "board.review.keys": Sentence(
        zh="键盘：上下箭头选条目，1 同一家，2 不是同一家，3 以后再定，回车填写另选对方和备注。",
        en="Keys: arrows choose an entry; 1 same, 2 not the same, 3 later; Enter to write a note.",
    ),
    "board.review.joined_end": Sentence(zh="-合并", en="-joined"),
    "board.review.no_entry": Sentence(
        zh="核对表中已没有这一条，请先重新核对。",
        en="The review has this entry no more: review again first.",
    ),
    "board.review_script.entries": Sentence(zh="全部条目", en="All entries"),
    "board.review_script.every_class": Sentence(zh="全部", en="all"),
    "board.review_script.sure": Sentence(zh="把握{count}%", en="{count}% sure"),
    "board.review_script.decided": Sentence(
        zh="已有决定{count}条，存于“{name}”", en="{count} decisions, kept in {name}"
    ),
    "board.review_script.nothing": Sentence(zh="没有条目。", en="No entry."),
    "board.review_script.field_name": Sentence(zh="名称", en="Name"),
    "board.review_script.field_area": Sentence(zh="区划", en="Area"),
    "board.review_script.field_type": Sentence(zh="类型", en="Type"),
    "board.review_script.field_code": Sentence(zh="代码", en="Code"),
    "board.review_script.field_address": Sentence(zh="地址", en="Address"),
    "board.review_script.field_id": Sentence(zh="编号", en="Id"),
    "board.review_script.stands": Sentence(zh="决定：", en="Decided: "),
    "board.review_script.open": Sentence(zh="还没有决定。", en="Not decided yet."),
    "board.review_script.later": Sentence(zh="以后再定", en="later"),
    "board.review_script.partner": Sentence(
        zh="另选对方（编号或全称）", en="Other partner (id or full name)"
    ),
    "board.review_script.note": Sentence(zh="备注", en="Note"),
    "board.review_script.reviewed": Sentence(
        zh="已按现有决定重新核对。", en="Reviewed again with what is decided."
    ),
    "board.review_script.joined": Sentence(
        zh="已合并为“{name}”：{count}家机构", en="Joined into {name}: {count} facilities"
    ),
    "board.review_script.conflicts": Sentence(
        zh="两份名单所填不同之处", en="What the lists state differently"
    ),
    "board.review_script.open_joined": Sentence(zh="在规划板上打开", en="Open it on the board"),
}
