"""Say what there is to say about coverage: which area a group serves, and how far it is."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "help.coverage": Sentence(
        zh="覆盖：每个乡镇街道是否有且只有一个集团负责。",
        en="Coverage: is every township served, once?",
    ),
    "help.coverage.served": Sentence(
        zh="每个区划由哪个集团的哪些机构服务。", en="Which group serves each area."
    ),
    "help.coverage.gaps": Sentence(zh="没有集团机构的区划。", en="Areas that no group serves."),
    "help.coverage.overlaps": Sentence(
        zh="两个集团重叠的区划。", en="Areas that two groups serve."
    ),
    "help.coverage.ungrouped": Sentence(zh="不在任何集团的机构。", en="Facilities in no group."),
    "help.coverage.multiple": Sentence(
        zh="同时在两个同类集团的机构。", en="Facilities in two groups of one kind."
    ),
    "help.coverage.grid": Sentence(
        zh="每个集团的区划、机构、人口和连片情况。",
        en="Areas, facilities, population and contiguity of each group.",
    ),
    "help.coverage.access": Sentence(
        zh="到最近机构的时间、可及人口、E2SFCA、2SFCA、RAAM 指数。",
        en="Minutes to the nearest facility, people in reach; E2SFCA, 2SFCA and RAAM.",
    ),
    "help.coverage.catchments": Sentence(
        zh="每个区划离哪家机构最近，同样近的都列出。",
        en="Which facility each area is nearest to; all of those equally near.",
    ),
    "coverage.catchments.numerator": Sentence(
        zh="有且只有一家所问机构最近的区划",
        en="areas that have one nearest facility of this kind, and no other as near",
    ),
    "help.coverage.isochrones": Sentence(
        zh="每家机构若干分钟内有哪些区划、多少人。",
        en="Which areas, and how many people, lie within so many minutes of each facility.",
    ),
    "coverage.isochrones.numerator": Sentence(
        zh="时限内可达所问机构的区划和人口（无比例）",
        en="areas and people within the limit of each facility of this kind (no share)",
    ),
    "coverage.isochrones.denominator": Sentence(
        zh="在开的所问机构，每个时限一行",
        en="facilities of this kind at work, a row for each limit",
    ),
    "coverage.isochrone_missing": Sentence(
        zh="缺{count}对出行时间，可能更多。",
        en="{count} travel time[|s] [is|are] missing; there may be more.",
    ),
    "coverage.isochrone_silent": Sentence(
        zh="{count}个区划人口未注明。", en="{count} of these areas do not state their people."
    ),
    "coverage.nearest_one": Sentence(zh="最近一家。", en="The nearest one."),
    "coverage.nearest_tied": Sentence(zh="{count}家同样近。", en="{count} are equally near."),
    "coverage.nearest_none": Sentence(zh="到不了任何一家。", en="No way leads to any."),
    "coverage.nearest_maybe": Sentence(
        zh="有机构是否在所问之列不明，可能更近。",
        en="Whether some facility is one of these is not known, and it may be nearer.",
    ),
    "coverage.dissolved": Sentence(
        zh="面由区划自己写明的边界合成；没有边界的区划另计。",
        en="Polygons are dissolved from the outlines that areas state; areas without are counted.",
    ),
    "coverage.ground_by_road": Sentence(
        zh="等时圈是在时限内能到的路网结点周围{km}公里之内、离它最近的地面：按结点近似，不是实测边界。",
        en=(
            "An isochrone is the ground within {km} km of the road nodes reached in time, up to "
            "half the way to other nodes: approximate, by the nodes."
        ),
    ),
    "coverage.ground_by_line": Sentence(
        zh="等时圈按直线距离画成圆，不是道路时间。",
        en="An isochrone is a circle, by distance in a straight line: no road time.",
    ),
    "coverage.no_outlines_of": Sentence(
        zh="只有 coverage.catchments 和 coverage.isochrones 能画成面，不是 {query}。",
        en="Polygons are there of coverage.catchments and coverage.isochrones, not of {query}.",
    ),
    "help.outlines": Sentence(
        zh="把各家机构的范围写成面（.geojson）；需要附加组件 geo。",
        en="Write the polygon of each facility (.geojson); needs the extra geo.",
    ),
    "coverage.no_polygons": Sentence(
        zh="数据中没有区划边界，片区以区划列出，不画面。",
        en="The network has no boundaries of areas: a catchment is a list of areas, no polygon.",
    ),
    "status.assigned": Sentence(zh="归属一家", en="one nearest"),
    "status.tied": Sentence(zh="同样近", en="tied"),
    "status.unreachable": Sentence(zh="到不了", en="unreachable"),
    "help.coverage.stations": Sentence(
        zh="村级单位有无卫生室，按乡镇汇总。",
        en="Village units with a station, by township.",
    ),
    "help.coverage.empty": Sentence(
        zh="区划内有没有在开机构，不问集团。",
        en="Areas in which no facility stands; groups are not asked about.",
    ),
    "coverage.empty.numerator": Sentence(
        zh="区划内至少有一家在开机构（按其所在区划）的区划",
        en="areas in which at least one facility at work stands (by the area that it states)",
    ),
    "coverage.empty.none": Sentence(
        zh="没有机构写明在此区划之内。", en="No facility is stated to stand in it."
    ),
    "coverage.empty.may_stand": Sentence(
        zh="未发现，但有机构未写明乡级区划、是否在开不明或是一类机构，可能在此。",
        en=(
            "None found, but a facility may stand here that states no such area, may be at work, "
            "or stands for several."
        ),
    ),
    "status.present": Sentence(zh="有机构", en="present"),
    "status.empty": Sentence(zh="无机构", en="empty"),
    "coverage.served.numerator": Sentence(
        zh="有在开集团成员（含牵头机构，专科联盟除外）服务的区划",
        en="areas that an open member or lead of a group (not of an alliance) serves",
    ),
    "coverage.overlaps.numerator": Sentence(
        zh="不被两个及以上集团同时服务的区划",
        en="areas that at most one group serves",
    ),
    "coverage.areas.denominator": Sentence(
        zh="名册中能够判定的{level}区划（准乡级单位另列）",
        en="areas of the register ({level} level) that can be judged; quasi units apart",
    ),
    "coverage.served_by": Sentence(zh="由{names}服务。", en="Served by {names}."),
    "coverage.gap": Sentence(
        zh="没有在开的集团成员列明服务此处。",
        en="No open member of a group is stated to serve it.",
    ),
    "coverage.gap_but_parts": Sentence(
        zh="集团成员中只有村卫生室、服务站列明服务其下级区划。",
        en="Of members of groups only stations are stated to serve smaller areas inside it.",
    ),
    "coverage.may_serve": Sentence(
        zh="未注明服务区划、可能服务此处的成员：{names}。",
        en=" Members whose area is not stated and that may serve it: {names}.",
    ),
    "coverage.idle": Sentence(
        zh="列明服务此处但未在运行：{names}。",
        en=" Stated to serve it but not at work: {names}.",
    ),
    "coverage.loose": Sentence(
        zh="只有不属于任何集团的机构服务：{names}。",
        en="Only facilities of no group serve it: {names}.",
    ),
    "coverage.class_only": Sentence(
        zh="只有未列名的一类机构服务：{names}。",
        en="Only an unnamed class of facilities serves it: {names}.",
    ),
    "coverage.perhaps_at_work": Sentence(
        zh="列明服务此处、但状态或日期无法识别，是否在运行不明：{names}。",
        en=(
            "Stated to serve it, but of a status or days that nobody could read, so that it may or "
            "may not be at work: {names}."
        ),
    ),
    "coverage.below": Sentence(
        zh="只列明了对其下级区划的服务。",
        en="Only smaller areas inside it are stated to be served.",
    ),
    "coverage.undeclared": Sentence(
        zh="未找到服务机构，但{tables}未声明完整，不能断定为空白。",
        en="No facility found, but {tables} is not declared complete, so it is no proven gap.",
    ),
    "coverage.quasi_unit": Sentence(
        zh="准乡级单位（代码第三段400至599），另列。",
        en="A quasi unit (third code segment 400 to 599), listed apart.",
    ),
    "coverage.level_unknown": Sentence(
        zh="层级、类别未注明，代码也看不出。",
        en="Neither level nor kind is stated, and its code does not tell.",
    ),
    "coverage.overlap": Sentence(
        zh="被多个集团服务：{groups}。", en="Served by several groups: {groups}."
    ),
    "coverage.one_group": Sentence(
        zh="未发现第二个集团，但{tables}未声明完整。",
        en="No second group found, but {tables} is not declared complete.",
    ),
    "coverage.twins": Sentence(
        zh="{name}有同一集团（{group}）的多家机构：{facilities}；不算重叠。",
        en="{name} has several facilities of one group ({group}): {facilities}; no overlap.",
    ),
    "coverage.more_twins": Sentence(
        zh="另有{count}个区划有同一集团的多家机构，见 coverage served。",
        en="{count} more area[|s] [has|have] several facilities of one group, see coverage served.",
    ),
    "coverage.declared": Sentence(
        zh="空白以声明完整的表为据：{tables}。",
        en="A gap rests on tables declared complete: {tables}.",
    ),
    "coverage.unplaced": Sentence(
        zh="{count}家集团成员未注明服务区划：{names}。",
        en="{count} member[|s] of groups [states|state] no area that they serve: {names}.",
    ),
    "coverage.partial_register": Sentence(
        zh="区划表声明为不完整，不计算覆盖率；只列出表中的区划。",
        en="The table of areas is declared partial, so there is no share; its areas are listed.",
    ),
    "coverage.ungrouped": Sentence(
        zh="不是任何集团的成员或牵头机构。", en="Member or lead of no group."
    ),
    "coverage.ungrouped_planned": Sentence(
        zh="规划中，不是任何集团的成员或牵头机构。",
        en="Planned; member or lead of no group.",
    ),
    "coverage.membership_undeclared": Sentence(
        zh="未找到所属集团，但{tables}未声明完整，不能断定。",
        en="No group found, but {tables} is not declared complete.",
    ),
    "coverage.is_class": Sentence(
        zh="一类机构的代称，不是一家机构。",
        en="Stands for a class of facilities, not for one.",
    ),
    "coverage.is_class_of_groups": Sentence(
        zh="未列名集团的代称，不是一个集团。",
        en="Stands for groups without names, not for one.",
    ),
    "coverage.is_closed": Sentence(zh="已关闭。", en="Closed."),
    "coverage.ungrouped.numerator": Sentence(
        zh="是集团成员或牵头机构的机构",
        en="facilities that are a member or lead of a group",
    ),
    "coverage.multiple.numerator": Sentence(
        zh="在每一类集团中最多属于一个的机构",
        en="facilities in at most one group of each kind",
    ),
    "coverage.facilities.denominator": Sentence(
        zh="能够判定的列名机构（一类机构和已关闭的另列）",
        en="named facilities that can be judged; classes and closed ones apart",
    ),
    "coverage.multiple": Sentence(
        zh="同时属于同类的多个集团：{names}。",
        en="In several groups of one kind: {names}.",
    ),
    "coverage.no_specialty": Sentence(
        zh="属于多个联盟，但其专科未注明：{names}。",
        en="In several alliances that state no specialty: {names}.",
    ),
    "coverage.no_second_group": Sentence(
        zh="未发现第二个同类集团，但{tables}未声明完整。",
        en="No second group of one kind found, but {tables} is not declared complete.",
    ),
    "coverage.alliance": Sentence(zh="专科联盟没有辖区。", en="A specialty alliance has no area."),
    "coverage.no_area_undeclared": Sentence(
        zh="未找到其服务的区划，但{tables}未声明完整。",
        en="No area of it found, but {tables} is not declared complete.",
    ),
    "coverage.grid.numerator": Sentence(
        zh="每个集团的区划、在开机构、人口、所跨区县和连片情况（无比例）",
        en="areas, facilities at work, population, districts and contiguity per group (no share)",
    ),
    "coverage.grid.denominator": Sentence(
        zh="全部集团（专科联盟另列）", en="all groups; specialty alliances apart"
    ),
    "coverage.no_adjacency": Sentence(
        zh="没有区划相邻关系，无法判断是否连片。",
        en="No area has neighbours stated, so contiguity is unknown.",
    ),
    "coverage.station_unplaced": Sentence(
        zh="未发现，但有站室未注明所在村（社区），可能在此。",
        en="None found, but a clinic or station states no village and may be here.",
    ),
    "coverage.station_unsure": Sentence(
        zh="未发现，但有机构未注明类别或是否在开，可能是此处的站室。",
        en=(
            "None found, but a facility whose type or status is not stated may be a clinic or "
            "station here."
        ),
    ),
    "coverage.stations.numerator": Sentence(
        zh="有在开村卫生室或社区卫生服务站的村级单位",
        en="village units with a village clinic or a health station at work",
    ),
    "coverage.stations.denominator": Sentence(
        zh="能够判定的村级单位（准乡级单位所辖另列）",
        en="village units that can be judged; those of quasi units apart",
    ),
    "coverage.no_villages": Sentence(
        zh="数据中没有村级单位，无法计算（不是0%）。",
        en="The data has no village units, so there is no share.",
    ),
    "coverage.access.numerator": Sentence(
        zh="有所问机构服务，或在最长时限内可达的区划",
        en="areas that a facility of this kind serves or has within reach",
    ),
    "coverage.in_reach": Sentence(
        zh="未列明服务，但最近一家在{minutes}分钟内。",
        en="Not stated to be served, but one lies {minutes} minute[|s] away.",
    ),
    "coverage.out_of_reach": Sentence(
        zh="{minutes}分钟内没有所问机构。",
        en="No facility of this kind within {minutes} minute[|s].",
    ),
    "coverage.times_missing": Sentence(
        zh="缺{count}对出行时间，不能断定不可及。",
        en="{count} travel time[|s] [is|are] missing.",
    ),
    "coverage.nearer_unknown": Sentence(
        zh="{tables}未声明完整，可能有更近的机构。",
        en="{tables} is not declared complete, so a nearer facility may exist.",
    ),
    "coverage.kind_untold": Sentence(
        zh="{count}家机构未注明类型或等级，未计入。",
        en="{count} facilit[y|ies] [states|state] no type or level and [is|are] not counted.",
    ),
    "coverage.by_matrix": Sentence(
        zh="出行时间：给定的时间矩阵。", en="Travel times: the matrix given."
    ),
    "coverage.by_line": Sentence(
        zh="出行时间：直线距离，按每小时{speed}公里估算，不是道路时间。",
        en="Travel times: straight lines at {speed} km/h, not along roads.",
    ),
    "coverage.by_road": Sentence(
        zh="出行时间：沿路网最快路径；离路网结点{km}公里以外的算作缺失。",
        en=(
            "Travel times: the quickest way along the roads; farther than {km} km from a node is "
            "missing."
        ),
    ),
    "coverage.pairs": Sentence(
        zh="应有{expected}对 = 已给{given} + 缺失{missing} + 不可达{unreachable}",
        en=(
            "{expected} pair[|s] expected = {given} given + {missing} missing + {unreachable} "
            "unreachable"
        ),
    ),
    "coverage.people_within": Sentence(
        zh="{minutes}分钟内：{met}人，共{total}人；另有{unknown}个区划人口或时间不详。",
        en=(
            "Within {minutes} minute[|s]: {met} of {total} resident[|s]; not known for {unknown} "
            "area[|s]."
        ),
    ),
    "coverage.strangers": Sentence(
        zh="时间矩阵中{count}行的起点或终点不在所问之内，未用：{first}。",
        en=(
            "{count} row[|s] of the matrix [begins|begin] or [ends|end] at places that are not "
            "asked about; [it is|they are] not used: {first}."
        ),
    ),
    "coverage.two_times": Sentence(
        zh="时间矩阵中{count}对起点和终点有不同的时间，都不采用，按缺失处理：{first}。",
        en=(
            "{count} pair[|s] of the matrix [has|have] different times and [counts|count] as "
            "missing: {first}."
        ),
    ),
    "coverage.bad_minutes": Sentence(
        zh="时间矩阵有{count}处不是非负的分钟数，第一处：{value}。",
        en=(
            "{count} value[|s] of the matrix [is|are] not minutes of zero or more, the first: "
            "{value}."
        ),
    ),
    "coverage.bad_speed": Sentence(
        zh="速度应为大于零的数：{value}。", en="The speed must be a number above zero: {value}."
    ),
    "coverage.bad_snap": Sentence(
        zh="离路网节点的距离应为不小于零的公里数：{value}。",
        en="How far a place may lie from a road node must be km from zero on: {value}.",
    ),
    "coverage.bad_limits": Sentence(
        zh="时限应为大于零的分钟数：{value}。",
        en="Limits must be minutes above zero: {value}.",
    ),
    "coverage.bad_bands": Sentence(
        zh="衰减带应为递增的分钟上限和大于零的权重：{value}。",
        en="Bands must have rising upper ends in minutes and weights above zero: {value}.",
    ),
    "coverage.bad_tau": Sentence(
        zh="与平均拥挤相当的时间应为大于零的分钟数：{value}。",
        en="The minutes that weigh as much as the mean crowding must be above zero: {value}.",
    ),
    "coverage.bad_roads": Sentence(
        zh="路网有{count}条边缺端点或时间，{double}个结点编号重复。",
        en="The roads have {count} edge[|s] without an end or a time, and {double} node[|s] twice.",
    ),
    "coverage.no_column": Sentence(
        zh="缺少列：{columns}。现有：{found}。",
        en="Columns are missing: {columns}. There are: {found}.",
    ),
    "coverage.one_source_of_times": Sentence(
        zh="请给出时间矩阵、路网、直线速度三者之一。",
        en="Give one of these: a matrix of times, roads, or a speed for straight lines.",
    ),
    "status.ungrouped": Sentence(zh="不在集团", en="in no group"),
    "status.grouped": Sentence(zh="在集团", en="in a group"),
    "status.overlap": Sentence(zh="重叠", en="overlap"),
    "status.multiple": Sentence(zh="在多个集团", en="in several groups"),
}

FAULTS = (
    Fault(
        "E052",
        zh="未提供区划名册，无法计算覆盖率（不是0%，也不是100%）。",
        en="There is no register of areas, so there is no share (neither 0% nor 100%).",
        advice=Sentence(
            zh="运行 medgraph template --area 331003。",
            en="Run medgraph template --area 331003.",
        ),
    ),
)
