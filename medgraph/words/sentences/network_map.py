"""Say what there is to say about the network map."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "network_map_title": Sentence(zh="{title}：网络图", en="{title}: network"),
    "network_too_large_to_draw": Sentence(
        zh=(
            "{nodes} 个节点，超过一张图的上限 {limit}，没有画。请用 --area 取一个市县，"
            "或画区划图格（map tiles）。"
        ),
        en=(
            "{nodes} node[|s] [is|are] more than one picture holds ({limit}); nothing is drawn. "
            "Take one area with --area, or draw areas (map tiles)."
        ),
    ),
    "layer.membership": Sentence(zh="归属与牵头", en="membership"),
    "layer.alliances": Sentence(zh="联盟与协作", en="alliances"),
    "layer.referral": Sentence(zh="转诊", en="referral"),
    "layer.sharing": Sentence(zh="共享与互认", en="sharing"),
    "layer.dispatch": Sentence(zh="派驻与下沉", en="dispatch"),
    "layer.governance": Sentence(zh="管理与平台", en="governance"),
    "network.nodes": Sentence(zh="个节点", en="nodes"),
    "network.search": Sentence(
        zh="查找（名称、拼音、编号；回车定位）",
        en="Search (name, pinyin, id; Enter locates)",
    ),
    "network.groups": Sentence(zh="集团（图例，可筛选）", en="Groups (legend and filter)"),
    "network.numbered": Sentence(
        zh="集团多于颜色：相邻的集团颜色不同，以编号区分。",
        en="More groups than colours: neighbours differ in colour, all by their number.",
    ),
    "network.values": Sentence(zh="取值（图例，可筛选）", en="Values (legend and filter)"),
    "network.selected": Sentence(
        zh="选中 {count} 个（Ctrl+点击加选或去掉）",
        en="{count} selected (Ctrl and a click adds or takes away)",
    ),
    "network.layers": Sentence(zh="关系", en="Relations"),
    "network.only_problems": Sentence(zh="只看问题", en="problems only"),
    "network.fit": Sentence(zh="全图", en="whole picture"),
    "network.png": Sentence(zh="导出PNG", en="export PNG"),
    "network.svg": Sentence(zh="导出SVG", en="export SVG"),
    "network.pdf": Sentence(zh="导出PDF", en="export PDF"),
    "network.csv": Sentence(zh="表CSV", en="table CSV"),
    "network.xlsx": Sentence(zh="表XLSX", en="table XLSX"),
    "network.sheet_nodes": Sentence(zh="节点", en="nodes"),
    "network.sheet_links": Sentence(zh="关系", en="links"),
    "network.sheet_facts": Sentence(zh="说明", en="facts"),
    "network.print": Sentence(zh="打印", en="print"),
    "network.problems": Sentence(zh="问题清单（回车定位）", en="Problems (Enter locates)"),
    "network.record": Sentence(zh="记录", en="record"),
    "network.links": Sentence(zh="关系", en="Links"),
    "network.none": Sentence(zh="无", en="none"),
    "network.shown": Sentence(
        zh="显示 {shown}/{total} 个节点，{links}/{all} 条关系。",
        en="Shown {shown} of {total} node[|s], {links} of {all} link[|s].",
    ),
    "network.closed_levels": Sentence(
        zh="其中 {inside} 个收在 {count} 个合并节点里（放大即展开）。",
        en="{inside} of them [is|are] inside {count} closed node[|s] (zoom in to open).",
    ),
    "network.detail": Sentence(zh="展开到", en="Open to"),
    "network.detail_auto": Sentence(zh="随缩放", en="as the zoom has it"),
    "network.detail_county": Sentence(zh="县", en="counties"),
    "network.detail_group": Sentence(zh="集团", en="groups"),
    "network.detail_all": Sentence(zh="成员（全部）", en="members (all)"),
    "network.beside": Sentence(zh="未归属", en="in no group"),
    "network.filter_all": Sentence(zh="全部", en="all"),
    "network.filter_severity": Sentence(zh="严重程度", en="Severity"),
    "network.filter_query": Sentence(zh="种类", en="Kind"),
    "network.filter_group": Sentence(zh="集团", en="Group"),
    "network.filter_county": Sentence(zh="区县", en="District"),
    "network.filter_pack": Sentence(zh="政策包", en="Pack"),
    "network.action": Sentence(zh="怎么办", en="What to do"),
    "network.frame": Sentence(zh="圈出", en="frame"),
    "network_around_none": Sentence(
        zh=(
            "图上没有“{id}”，无法只画它周围。请写机构、集团或其他节点的编号或名称"
            "（区划见 map tiles）。"
        ),
        en=(
            "“{id}” is no node of the picture, so nothing around it is drawn. Name a facility, "
            "group or other node by id or name (for areas see map tiles)."
        ),
    ),
    "network_depth": Sentence(
        zh="depth 为 {depth}，至少是 1。", en="depth is {depth}; it is at least 1."
    ),
    "network.around": Sentence(zh="只看周围", en="Only what is around it"),
    "network.around_links": Sentence(zh="{depth}步以内", en="within {depth} link[|s]"),
    "network.around_all": Sentence(
        zh="只看“{name}”周围{depth}步；看全部", en="Only {depth} link[|s] around “{name}”; show all"
    ),
    "help.option.around": Sentence(
        zh="只画这个节点（编号或名称）周围。", en="Draw only what is around this node (id or name)."
    ),
    "help.option.depth": Sentence(zh="--around 的步数。", en="How many links away --around goes."),
    "network.days": Sentence(zh="日期", en="Day"),
    "network.day_play": Sentence(zh="播放", en="play"),
    "network.day_pause": Sentence(zh="停", en="pause"),
    "network.day_before": Sentence(zh="前一日", en="day before"),
    "network.day_after": Sentence(zh="后一日", en="day after"),
    "network.day_against": Sentence(zh="与哪天比", en="Compared with"),
    "network.day_beside": Sentence(zh="两日并排", en="both days side by side"),
    "network.day_previous": Sentence(zh="前一个变动日", en="the day of change before"),
    "network.day_begins": Sentence(zh="开始", en="begins"),
    "network.day_ends": Sentence(zh="结束", en="ends"),
    "network.day_moves": Sentence(zh="改归属", en="moves"),
    "network.day_links": Sentence(
        zh="关系：新增{begins}条，结束{ends}条（{layers}）",
        en="links: {begins} [begins|begin], {ends} [ends|end] ({layers})",
    ),
    "network.day_answers": Sentence(
        zh="问题、路径、停运影响都按 {day} 回答。",
        en="Problems, ways and stops are answered as of {day}.",
    ),
    "network.days_left_out": Sentence(
        zh="另有{count}个变动日太多，未列入。",
        en=("{count} further day[|s] of change [is|are] left out."),
    ),
    "network.colour_by": Sentence(zh="颜色表示", en="Colour shows"),
    "network.size_by": Sentence(zh="大小表示", en="Size shows"),
    "network.size_even": Sentence(zh="类别（默认）", en="the kind (default)"),
    "network.by_given": Sentence(zh="给定的取值", en="the values given"),
    "network.by_group": Sentence(zh="集团", en="group"),
    "network.by_county": Sentence(zh="区县", en="district"),
    "network.by_role": Sentence(zh="种类", en="kind"),
    "network.by_severity": Sentence(zh="问题的严重程度", en="severity of what is wrong"),
    "network.by_minutes": Sentence(
        zh="上转到本集团牵头机构的分钟", en="minutes up to the lead of its group"
    ),
    "network.by_dependents": Sentence(
        zh="靠它一家的机构数", en="facilities that have something from it alone"
    ),
    "network.not_stated": Sentence(zh="未填", en="not stated"),
    "network.others": Sentence(zh="其余{count}种取值", en="{count} other value[|s]"),
    "network.classes": Sentence(
        zh="{column}（{unit}），分{count}档，每档机构数相近",
        en="{column} ({unit}), {count} class[|es] of about as many each",
    ),
    "network.unit.beds": Sentence(zh="张", en="beds"),
    "network.unit.population": Sentence(zh="人", en="residents"),
    "network.unit.staff": Sentence(zh="人", en="people"),
    "network.unit.lon": Sentence(zh="度", en="degrees"),
    "network.unit.lat": Sentence(zh="度", en="degrees"),
    "network.unit.minutes": Sentence(zh="分钟", en="minutes"),
    "network.unit.dependents": Sentence(zh="家", en="facilities"),
    "network.ways": Sentence(zh="转诊路径", en="Legal way of referral"),
    "network.way_to": Sentence(zh="去往", en="To"),
    "network.way_lead": Sentence(zh="本集团牵头机构", en="the lead of its group"),
    "network.way_specialty": Sentence(zh="专科：{name}", en="specialty: {name}"),
    "network.way_level": Sentence(zh="等级：{name}", en="level: {name}"),
    "network.way_up": Sentence(zh="上转", en="Up"),
    "network.way_down": Sentence(zh="下转", en="Down"),
    "network.way_total": Sentence(
        zh="{name}：{steps}步，{minutes}分钟", en="{name}: {steps} step[|s], {minutes} minute[|s]"
    ),
    "network.way_steps": Sentence(
        zh="{name}：{steps}步，分钟未知", en="{name}: {steps} step[|s], minutes unknown"
    ),
    "network.way_minutes": Sentence(zh="{minutes}分钟", en="{minutes} min"),
    "network.way_unknown_minutes": Sentence(zh="分钟未知", en="minutes unknown"),
    "network.way_missing": Sentence(zh="断在这里", en="breaks here"),
    "network.ways_left_out": Sentence(
        zh="这张图只有去本集团牵头机构的路径；其余{count}问请用 --area 取一个市县。",
        en=(
            "This picture has the ways to the own lead alone; for the other {count} question[|s] "
            "take one area with --area."
        ),
    ),
    "network.show_way": Sentence(zh="在图上显示", en="show on the map"),
    "network.stops": Sentence(zh="若停运，谁失去什么", en="Who loses what if it stops"),
    "network.stops_none": Sentence(
        zh="没有机构只靠它。", en="Nobody has something from here alone."
    ),
    "network.stops_show": Sentence(zh="标出", en="mark"),
    "network.to_areas": Sentence(
        zh="另有{count}条涉及区划的关系，见区划图格。",
        en="{count} link[|s] with areas [is|are] on the tile map.",
    ),
    "network.other": Sentence(zh="跨集团/未归属", en="across groups / in none"),
    "network.locate": Sentence(zh="定位", en="locate"),
    "network.name": Sentence(zh="名称", en="Name"),
    "network.fault": Sentence(zh="问题", en="Fault"),
    "network.language": Sentence(zh="English", en="中文"),
    "network.close": Sentence(zh="关闭", en="close"),
    "network.skip": Sentence(zh="跳到问题清单", en="Skip to the problems"),
    "network.sketch": Sentence(zh="示意图", en="sketch"),
    "help.map.network": Sentence(
        zh="网络图：牵头、成员、转诊、共享，可点击、可筛选。",
        en="An interactive map of the network: leads, members, referral, sharing.",
    ),
}
