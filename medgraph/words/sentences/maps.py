"""Say what there is to say about maps and their legends."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "drawn": Sentence(
        zh="已写入 {path}（显示 {shown}/{all}）",
        en="written: {path} (shown {shown} of {all})",
    ),
    "column.villages_met": Sentence(zh="有站点的村", en="villages with a station"),
    "column.villages_gap": Sentence(zh="空白村", en="villages without"),
    "column.villages_unknown": Sentence(zh="未判定的村", en="villages not judged"),
    "map_argument": Sentence(
        zh="{what} 给的是 {found}，应为{wanted}。", en="{what} is a {found}; it should be {wanted}."
    ),
    "map_wants.network": Sentence(
        zh="一个网络（MedicalNetwork，如 mg.read 所得）",
        en="a network (MedicalNetwork, as mg.read returns it)",
    ),
    "map_wants.day": Sentence(zh="日期，或写作 YYYY-MM-DD", en="a date, or YYYY-MM-DD"),
    "map_wants.frame": Sentence(zh="一张表（DataFrame）", en="a DataFrame"),
    "map_wants.mapping": Sentence(zh="由编号到文字的字典", en="a text for each id (a dict)"),
    "map_wants.text": Sentence(zh="文字", en="a text"),
    "map_wants.path": Sentence(zh="文件路径", en="a path"),
    "map_wants.number": Sentence(zh="数", en="a number"),
    "map_wants.findings": Sentence(
        zh="编号和问题的对（numbered 所得）",
        en="pairs of a number and a finding, as numbered returns",
    ),
    "map_wants.ways": Sentence(zh="every_way 所得", en="what every_way returns"),
    "map_wants.losses": Sentence(zh="every_loss 所得", en="what every_loss returns"),
    "map_columns": Sentence(zh="{what} 缺列：{columns}。", en="{what} has no column {columns}."),
    "map_matches_nothing": Sentence(
        zh="{what}：{total} 个编号里有 {count} 个不是这个网络的节点：{labels}。",
        en="{what}: {count} of {total} ids are no nodes of this network: {labels}.",
    ),
    "figure_scale": Sentence(
        zh="scale 为 {scale}；应大于 0，不超过 {most}。",
        en="scale is {scale}; it is more than 0 and at most {most}.",
    ),
    "figure_table": Sentence(zh="图后的表", en="The table behind the picture"),
    "figure_rows": Sentence(
        zh="列出{shown}行，共{total}行；全部见 .csv、.xlsx。",
        en="{shown} of {total} row[|s]; the .csv and .xlsx have all.",
    ),
    "figure_all": Sentence(zh="全部", en="all"),
    "figure_district": Sentence(zh="区县", en="District"),
    "figure_group": Sentence(zh="集团", en="Group"),
    "figure_level": Sentence(zh="种类", en="Kind"),
    "figure_state": Sentence(zh="状态", en="State"),
    "figure_larger": Sentence(zh="放大", en="larger"),
    "figure_smaller": Sentence(zh="缩小", en="smaller"),
    "figure_whole": Sentence(zh="全图", en="whole picture"),
    "figure_shown": Sentence(zh="符合 {shown}/{total}", en="{shown} of {total} fit"),
    "help.map.scale": Sentence(
        zh="PNG 放大几倍（印刷用 2 或 4）。",
        en="How many times as large a PNG is (2 or 4 to print).",
    ),
    "help.map.each": Sentence(
        zh="每个县一张，写进 --output 旁的文件夹。",
        en="One picture for each county, into a folder beside --output.",
    ),
    "map_each_none": Sentence(
        zh="没有机构或区划写明所在的县，无法每县一张。",
        en="Nothing says in which county it lies, so there is no picture for each.",
    ),
    "color_by_wrong": Sentence(
        zh="color_by 是 {found}：请给以编号或名称为索引的 Series、机构表的一列的列名，或一个答案。",
        en=(
            "color_by is a {found}: give a Series by id or name, the name of a column of the "
            "nodes, or an answer."
        ),
    ),
    "color_by_no_answer": Sentence(
        zh="答案 {query} 里没有这个网络的节点，无法着色。",
        en="The answer {query} has no node of this network, so there is nothing to colour.",
    ),
    "color_by_empty": Sentence(
        zh="列 {column} 没有一个填写的值，无法着色。",
        en="No cell of the column {column} is filled in, so there is nothing to colour.",
    ),
    "color_by_matches_nothing": Sentence(
        zh=(
            "color_by 的 {total} 行里有 {count} 行对不上任何节点（{labels}），没有画。"
            "请用编号或唯一的名称。"
        ),
        en=(
            "{count} of the {total} row[|s] of color_by [matches|match] no node ({labels}); "
            "nothing is drawn. Use ids, or names that are one node's alone."
        ),
    ),
    "help.map": Sentence(zh="画图。", en="Draw a picture."),
    "help.map_output": Sentence(
        zh="写入 .html、.svg、.png、.pdf，或图后的表 .csv、.xlsx。",
        en="Write to this .html, .svg, .png or .pdf, or the table behind it as .csv or .xlsx.",
    ),
    "help.map.tiles": Sentence(
        zh="方格图：每个乡级区划一格。",
        en="The tile grid: one square per township-level area.",
    ),
    "unit_townships": Sentence(zh="个乡级区划", en="township-level areas"),
    "tile_map_title": Sentence(zh="{title}：区划图格", en="{title}: tile map"),
    "figure_day": Sentence(zh="数据截止 {day}", en="data as of {day}"),
    "figure_day_other": Sentence(
        zh="按 {day} 回答，数据截止 {data_day}", en="on {day}; data as of {data_day}"
    ),
    "figure_day_unstated": Sentence(
        zh="数据未写明截止日；按 {day} 回答", en="the data state no day; as of {day}"
    ),
    "sketch": Sentence(zh="示意图", en="sketch"),
    "sketch_note": Sentence(
        zh="一格一个乡级区划，只表示相对位置，不是边界；★ 牵头医院",
        en="one tile per township; relative positions, no boundaries; ★ lead hospital",
    ),
    "tile_none": Sentence(zh="无集团机构", en="no group facility"),
    "tile_villages": Sentence(
        zh="村级单位 {met}/{total} 有站点",
        en="{met}/{total} village unit[|s] with a station",
    ),
    "shown_of": Sentence(zh="显示 {shown}/{total} {unit}", en="shown {shown} of {total} {unit}"),
    "legend_group": Sentence(zh="{name} · {areas}个区划", en="{name}: {areas} area[|s]"),
    "legend_village_met": Sentence(
        zh="村级单位有站点 {count}", en="village unit with a station: {count}"
    ),
    "legend_village_gap": Sentence(zh="空白村 {count}", en="village unit without: {count}"),
    "legend_village_unknown": Sentence(
        zh="村级单位未判定 {count}", en="village unit not judged: {count}"
    ),
    "not_drawn": Sentence(zh="未画", en="not drawn"),
    "help.map.compare": Sentence(
        zh="前后对照：两个网络或两天，位置相同，标出变化。",
        en="Two networks, or two days, on the same positions, what differs marked.",
    ),
    "compare_map_title": Sentence(zh="{title}：前后对照", en="{title}: before and after"),
    "compare_map_before": Sentence(zh="此前 {day}", en="before: {day}"),
    "compare_map_after": Sentence(zh="此后 {day}", en="after: {day}"),
    "compare_map_mark": Sentence(zh="{change}：{count} 个区划", en="{change}: {count} area[|s]"),
    "compare_map_listed": Sentence(
        zh="实际变化 {shown}/{total}；另有沿革变化 {structural} 处",
        en="real changes: {shown} of {total}; structural changes besides: {structural}",
    ),
    "compare_map_beside": Sentence(
        zh="；未画出的比率、答案、结论 {count} 处",
        en="; shares, answers and verdicts not drawn: {count}",
    ),
    "compare_map_served": Sentence(zh="服务集团", en="served by"),
    "legend_more_groups": Sentence(
        zh="另有 {count} 个集团未列入图例",
        en="{count} more group[|s] [is|are] not in the legend",
    ),
    "unit_counties": Sentence(zh="个县级区划", en="counties"),
    "county_note": Sentence(
        zh="{townships} 个乡级区划合并为县级格，未逐个画出；看一个市县请用 --area",
        en=(
            "{townships} township[|s] [is|are] drawn as counties, not one by one; take one area "
            "with --area"
        ),
    ),
    "county_gap": Sentence(zh="缺{count}", en="{count} gap[|s]"),
    "county_served": Sentence(zh="有集团机构/可判定的乡级区划", en="townships served / judged"),
    "help.map.drill_down": Sentence(
        zh="另写每个市一张图；点县级格打开它所在市的图。",
        en="Also write a map of each city; a click on a county opens that of its city.",
    ),
    "county_sketch": Sentence(
        zh="一格一个县级区划，只表示相对位置，不是边界",
        en="one tile per county; relative positions, no boundaries",
    ),
}
