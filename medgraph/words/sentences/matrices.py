"""Say what there is to say about the swimlane and the matrix."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "swimlane_title": Sentence(zh="{title}：泳道图", en="{title}: who belongs to whom"),
    "lane_counts": Sentence(
        zh="机构{members} · 站点{stations}",
        en="{members} facilit[y|ies] · {stations} station[|s]",
    ),
    "lane_problems": Sentence(zh="待处理：{count}项", en="To be settled: {count}"),
    "lane_more": Sentence(zh="另有{count}项见报告。", en="{count} more are in the report."),
    "matrix_title": Sentence(zh="矩阵", en="Matrix"),
    "matrix_word": Sentence(zh="矩阵图", en="matrix"),
    "matrix_shown": Sentence(
        zh="显示 {rows}/{all_rows} 行；{cells} 格中 {filled} 格有值",
        en="shown {rows} of {all_rows} row[|s]; {filled} of {cells} cell[|s] with a value",
    ),
    "matrix_empty": Sentence(zh="空 {count}", en="empty {count}"),
    "obligation_matrix": Sentence(zh="责任矩阵", en="obligations"),
    "obligation_matrix_title": Sentence(zh="{title}：责任矩阵", en="{title}: obligations"),
    "help.map.swimlane": Sentence(
        zh="泳道图：一列一个集团，适合打印。",
        en="Swimlanes: a column per group, for paper.",
    ),
    "help.map.matrix": Sentence(
        zh="责任矩阵：每家基层机构应有的联系，有、缺、缺数据。",
        en="Obligations: what every centre should have, and has, lacks, or has no data on.",
    ),
}
