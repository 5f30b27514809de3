"""Say what there is to say about proposals: what is proposed, what is proven, why nothing fits."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.propose": Sentence(
        zh="建议：最小的改动，附证明。",
        en="Proposals: the smallest change that does it, with its proof.",
    ),
    "help.propose.links": Sentence(
        zh="建议补最少或最省的关系，使各项义务满足。",
        en="Propose the fewest or cheapest new links that meet the obligations.",
    ),
    "help.propose_plan": Sentence(
        zh="把建议写成调整文件（.json），放在来源旁边。",
        en="Write the proposal as a plan (.json), beside the source.",
    ),
    "plan_not_beside": Sentence(
        zh="调整文件要放在来源旁边：{folder}。",
        en="A plan lies beside its source: {folder}.",
    ),
    "links.next": Sentence(
        zh="另一组（{proof}）：{about}：{rows}", en="Another set ({proof}): {about}: {rows}"
    ),
    "links.count": Sentence(zh="{links} 条关系", en="{links} links"),
    "links.cost": Sentence(zh="费用 {sum}", en="cost {sum}"),
    "links.km": Sentence(zh="{sum} 公里", en="{sum} km"),
    "regroup.searching": Sentence(
        zh="正在找方案（至少要动 {bound} 个区划）", en="looking for a plan (at least {bound} moves)"
    ),
    "regroup.so_far": Sentence(
        zh="目前动 {moves} 个区划；少于 {bound} 个不行",
        en="so far {moves} move[|s]; fewer than {bound} cannot do",
    ),
    "regroup.so_far_alone": Sentence(
        zh="目前动 {moves} 个区划；更少是否可行还未定",
        en="so far {moves} move[|s]; whether fewer can do is open",
    ),
    "regroup.numerator": Sentence(zh="改换集团的区划", en="areas that change their group"),
    "regroup.denominator": Sentence(
        zh="可以改换集团的区划：有集团服务，且并非未知或不考核",
        en="areas that can be planned: some group serves them",
    ),
    "regroup.proven": Sentence(
        zh="已证明：{all}，至少要动 {moves} 个区划。{then}",
        en="Proven: {moves} area[|s] [has|have] to move for {all}.{then}",
    ),
    "regroup.least_minutes": Sentence(
        zh="动得同样少的方案里，没有人·分钟更少的。",
        en=" No plan that moves as few has fewer person-minutes.",
    ),
    "regroup.best_balance": Sentence(
        zh="其余相同的方案里，没有更均衡的。", en=" Of those as good, none is better balanced."
    ),
    "regroup.proven_moves": Sentence(
        zh=(
            "已证明：{all}，至少要动 {moves} 个区划；"
            "动得同样少的方案里，是否还有路程更短或更均衡的，未能证明。"
        ),
        en=(
            "Proven: {moves} area[|s] [has|have] to move for {all}. Whether a plan "
            "that moves as few has shorter ways or is better balanced is not proven."
        ),
    ),
    "regroup.open": Sentence(
        zh="本方案动 {moves} 个区划；已证明{none}至少要动 {bound} 个，两者之间未定。",
        en="This plan moves {moves}; {none} moves fewer than {bound}. What lies between is open.",
    ),
    "regroup.open_alone": Sentence(
        zh="本方案动 {moves} 个区划；更少是否可行还未定。",
        en="This plan moves {moves}; whether fewer can do is open.",
    ),
    "regroup.limits": Sentence(zh="满足全部限制", en="all limits to hold"),
    "regroup.kept": Sentence(
        zh="满足全部限制而没有结论变差", en="all limits to hold and no verdict to get worse"
    ),
    "regroup.no_plan": Sentence(zh="任何方案", en="no plan"),
    "regroup.no_kept_plan": Sentence(
        zh="不使结论变差的方案", en="no plan that makes no verdict worse"
    ),
    "regroup.refusing": Sentence(
        zh="已排除 {count} 个使结论变差的方案（{rules}）",
        en="{count} plan[|s] refused that make[s|] verdicts worse ({rules})",
    ),
    "regroup.refused": Sentence(
        zh="排除了 {count} 个其他方面同样好或更好的方案：它们使这些规则的结论变差：{rules}。",
        en=(
            "{count} plan[|s], as good or better otherwise, [was|were] refused: verdicts of these "
            "rules would get worse: {rules}."
        ),
    ),
    "regroup.all_worse": Sentence(
        zh=(
            "已证明：凡满足全部限制的方案，都会使某条结论变差（{rules}）。"
            "这里最好的方案不计结论；变差的结论逐条列出。"
        ),
        en=(
            "Proven: every plan that keeps all limits makes some verdict worse ({rules}). The best "
            "plan is that where verdicts do not count; those that get worse are named."
        ),
    ),
    "regroup.kept_open": Sentence(
        zh=(
            "未证明：是否有不使结论变差的方案。排除了 {count} 个，都使结论变差（{rules}）。"
            "这里最好的方案不计结论；变差的结论逐条列出。"
        ),
        en=(
            "Not proven: whether any plan makes no verdict worse; {count} [was|were] refused "
            "({rules}). The best plan is that where verdicts do not count; those that get worse "
            "are named."
        ),
    ),
    "regroup.own_worse": Sentence(
        zh="这份分配使 {count} 条结论变差：{verdicts}。",
        en="This assignment makes {count} verdict[|s] worse: {verdicts}.",
    ),
    "regroup.next_worse": Sentence(
        zh="{plan}；有 {count} 条结论变差：{verdicts}",
        en="{plan}; {count} verdict[|s] get[s|] worse: {verdicts}",
    ),
    "regroup.front_worse": Sentence(
        zh="{step}；有 {count} 条结论变差，没有找到不变差的方案",
        en="{step}; {count} verdict[|s] get[s|] worse, and no plan was found that makes none worse",
    ),
    "regroup.not_decided": Sentence(
        zh="没有找到方案，也未证明没有；已证明少于 {bound} 个区划不行。",
        en=(
            "No plan was found, nor is it proven that there is none; no plan moves fewer than "
            "{bound}."
        ),
    ),
    "regroup.not_decided_at_all": Sentence(
        zh="没有找到方案，也未证明没有。",
        en="No plan was found, nor is it proven that there is none.",
    ),
    "regroup.stopped": Sentence(
        zh="查找被中止：下面是到此为止最好的。", en="The search was stopped: the best so far."
    ),
    "regroup.impossible": Sentence(
        zh="已证明：没有方案能满足全部限制。", en="Proven: no plan keeps all limits."
    ),
    "regroup.not_under": Sentence(
        zh="{group}低不过平均的 {share}（上限 {limit}），不论其他集团如何。",
        en="{group} can't come under {share} of the mean (limit {limit}), whatever the others do.",
    ),
    "regroup.not_over": Sentence(
        zh="{group}高不过平均的 {share}（下限 {limit}），不论其他集团如何。",
        en="{group} can't come over {share} of the mean (limit {limit}), whatever the others do.",
    ),
    "regroup.tolerance": Sentence(
        zh="其他限制不变，容许的偏差不能小于 {tolerance}。",
        en="With all other limits, no tolerance below {tolerance} can be kept.",
    ),
    "regroup.relax": Sentence(
        zh="只要去掉其中一条就行：{limits}。",
        en="A plan is possible without any one of these: {limits}.",
    ),
    "regroup.or": Sentence(zh="，或", en="; or "),
    "regroup.conflict": Sentence(
        zh="例如这些限制互相冲突，去掉任何一条，其余就不冲突：{limits}。",
        en=(
            "For example, these conflict, and without any one of them the others do not: {limits}."
        ),
    ),
    "regroup.conflict_open": Sentence(
        zh="这些限制互相冲突（未证明条条都必要）：{limits}。",
        en="These conflict (that each of them is needed is not proven): {limits}.",
    ),
    "regroup.own_keeps": Sentence(
        zh="这份分配动 {moves} 个区划，满足全部限制。",
        en="This assignment moves {moves} area[|s] and keeps all limits.",
    ),
    "regroup.own_breaks": Sentence(
        zh="这份分配动 {moves} 个区划，不满足：{limits}。",
        en="This assignment moves {moves} area[|s] and breaks: {limits}.",
    ),
    "regroup.best_proven": Sentence(
        zh="已证明最好的方案动 {moves} 个区划。", en="The best plan, proven, moves {moves}."
    ),
    "regroup.best_open": Sentence(
        zh="找到的最好的方案动 {moves} 个区划；少于 {bound} 个不行。",
        en="The best plan found moves {moves}; no plan moves fewer than {bound}.",
    ),
    "regroup.limit.parts": Sentence(
        zh="各集团的片数不多于现在{about}", en="no group in more parts than today{about}"
    ),
    "regroup.limit.least-groups": Sentence(
        zh="有区划的集团数：{about}", en="groups that have areas: {about}"
    ),
    "regroup.limit.tolerance": Sentence(zh="容许偏差 {about}", en="tolerance {about}"),
    "regroup.limit.minutes": Sentence(
        zh="到牵头机构不超过 {about} 分钟", en="{about} minutes to the lead at most"
    ),
    "regroup.limit.max-moves": Sentence(zh="最多动 {about} 个区划", en="{about} moves at most"),
    "regroup.limit.facility": Sentence(
        zh="每个集团都有 {about}", en="each group has a facility of {about}"
    ),
    "regroup.limit.rule": Sentence(zh="规则 {about} 不变差", en="the rule {about} is kept"),
    "regroup.rule_of_no_form": Sentence(
        zh=(
            "规则{rule}不是“每个区划在一个集团”“集团内有某类机构”或“共有几个集团”："
            "它在方案之后再判定（--pack）。"
        ),
        en=(
            "The rule {rule} is neither “each area is in one group” nor “a group has a facility of "
            "a kind” nor “there are so many groups”: it is judged after the plan (--pack)."
        ),
    ),
    "regroup.rule_of_nobody": Sentence(
        zh="规则{rule}不问这里的任何集团：它限制不了什么。",
        en="The rule {rule} asks none of these groups: it limits nothing.",
    ),
    "regroup.rule_beyond": Sentence(
        zh="规则{rule}在不属于方案的区划上不成立（{names}）：任何方案都改变不了。",
        en="The rule {rule} does not hold of areas that no plan moves ({names}): none can keep it.",
    ),
    "regroup.limit.whole-county": Sentence(
        zh="县区 {about} 不拆开", en="the county {about} stays whole"
    ),
    "regroup.limit.lock": Sentence(zh="{about}不动", en="{about} stays"),
    "regroup.limit.apart": Sentence(zh="{about}不在一个集团", en="{about} apart"),
    "regroup.limit.together": Sentence(zh="{about}在一个集团", en="{about} together"),
    "regroup.limit.facts": Sentence(
        zh="牵头机构服务的区划不离开它的集团，同一机构服务的区划不分开{about}",
        en="what a lead serves stays with it, and what one facility serves stays together{about}",
    ),
    "regroup.next": Sentence(
        zh="另一方案（{proof}）：{about}：{rows}", en="Another plan ({proof}): {about}: {rows}"
    ),
    "regroup.row": Sentence(zh="{name} {before}→{after}", en="{name} {before}→{after}"),
    "regroup.is_proven": Sentence(zh="已证明", en="proven"),
    "regroup.is_open": Sentence(zh="未证明", en="not proven"),
    "regroup.plan": Sentence(zh="方案：{about}", en="Plan: {about}"),
    "regroup.moves": Sentence(zh="动 {moves} 个区划", en="{moves} move[|s]"),
    "regroup.plan_minutes": Sentence(zh="合计 {minutes} 人·分钟", en="{minutes} person-minutes"),
    "regroup.plan_deviation": Sentence(
        zh="离平均最远的集团差 {deviation}",
        en="the group farthest from the mean {deviation} off",
    ),
    "regroup.effect": Sentence(zh="{what}：{before} → {after}", en="{what}: {before} → {after}"),
    "regroup.worse": Sentence(
        zh="有 {count} 条结论变差：", en="{count} verdict[|s] get[s|] worse:"
    ),
    "regroup.better": Sentence(
        zh="有 {count} 条结论变好：", en="{count} verdict[|s] get[s|] better:"
    ),
    "regroup.no_verdict": Sentence(zh="没有结论变差。", en="No verdict gets worse."),
    "regroup.front_step": Sentence(
        zh="{limit} {value}：动 {moves} 个区划（少于 {bound} 个不行，{proof}）",
        en="{limit} {value}: {moves} moves (no plan fewer than {bound}; {proof})",
    ),
    "regroup.front_none": Sentence(
        zh="{limit} {value}：没有方案（{proof}）", en="{limit} {value}: no plan ({proof})"
    ),
    "regroup.by_tiles": Sentence(
        zh=(
            "没有相邻关系：按格子图上的相邻近似，不是边界。"
            "可用“相邻”关系，或 --adjacency 的相邻表、区划边界说明。"
        ),
        en=(
            "No neighbours are stated: areas touch as their tiles do, which is no border. Links "
            "ADJACENT_TO, a table or outlines (--adjacency) say it."
        ),
    ),
    "regroup.islands": Sentence(
        zh="{count} 个区划与谁都不相邻：{names}。轮渡、桥梁也可以写成相邻。",
        en=(
            "{count} area[|s] [touches|touch] none: {names}. A ferry or a bridge can be stated as "
            "well."
        ),
    ),
    "regroup.no_outline": Sentence(
        zh="{count} 个区划没有边界，与谁相邻不清楚，按都不相邻计算：{names}。可另给相邻表。",
        en=(
            "{count} area[|s] [has|have] no outline, so that nobody says what they touch; they "
            "count as touching none: {names}. A table of neighbours beside the outlines can say it."
        ),
    ),
    "regroup.unknown": Sentence(
        zh="{count} 个区划由哪个集团服务不清楚：不动，也不计入合计。",
        en=(
            "Which group serves {count} area[|s] is not known: [it stays|they stay], and no sum "
            "counts them."
        ),
    ),
    "regroup.no_adjacency": Sentence(
        zh="没有“相邻”关系，也没有格子位置：请用 --adjacency 给出相邻表或区划边界。",
        en=(
            "Neither links ADJACENT_TO nor tiles are stated: give a table or outlines of the areas "
            "(--adjacency)."
        ),
    ),
    "regroup.no_areas": Sentence(
        zh="没有由集团服务的区划，无从调整。", en="No area is served by a group: nothing to plan."
    ),
    "regroup.too_many": Sentence(
        zh="{areas} 个区划、{groups} 个集团一起算太大：用 --area 一次算一个市或县。",
        en="{areas} areas in {groups} groups are too many at once: take a city by --area.",
    ),
    "regroup.not_planned": Sentence(
        zh="“{area}”不在可以调整的区划里（没有集团服务，或不考核）。",
        en="“{area}” is none of the areas that can be planned.",
    ),
    "regroup.no_such_group": Sentence(
        zh="“{group}”不在可以调整的集团里。", en="“{group}” is none of the groups of the plan."
    ),
    "regroup.no_number": Sentence(
        zh="区划和机构都没有数字列“{column}”。",
        en="Neither areas nor facilities have a column of numbers called {column}.",
    ),
    "regroup.not_stated": Sentence(
        zh=(
            "{count} 个区划（或服务它的机构）没有写“{column}”，无法求和（不是 0）：{names}。"
            "请补填，或换一列求和。"
        ),
        en=(
            "{column} is not stated of {count} area[|s], or of who serves them, which is not 0: "
            "{names}. Fill it in, or sum up another column."
        ),
    ),
    "regroup.nothing_to_sum": Sentence(
        zh="“{column}”合计为 0，无从均衡。", en="The sum of {column} is 0: nothing to balance."
    ),
    "regroup.no_minutes": Sentence(
        zh="{count} 个区划到本集团牵头机构的时间没有写：{names}。",
        en=(
            "The minutes of {count} area[|s] to the lead of their own group are not stated: "
            "{names}."
        ),
    ),
    "regroup.needs_value": Sentence(
        zh="容许偏差要同时指明求和的列：--value population。",
        en="A tolerance needs the column that is summed up: --value population.",
    ),
    "regroup.needs_travel": Sentence(
        zh="时间上限要同时给出 --times、--roads 或 --speed-kmh 之一。",
        en="A limit of minutes needs one of --times, --roads and --speed-kmh.",
    ),
    "propose.at_least": Sentence(
        zh="--{option} 应是不小于 {least} 的数，不能是 {value}。",
        en="--{option} is a number from {least} on, not {value}.",
    ),
    "propose.above_zero": Sentence(
        zh="--{option} 应是大于 0 的数，不能是 {value}。",
        en="--{option} is a number above 0, not {value}.",
    ),
    "regroup.wide_tolerance": Sentence(
        zh="容许偏差 {value}（即 {share}）等于没有限制：15% 写作 0.15。",
        en="A tolerance of {value} ({share}) limits nothing: 15% is written 0.15.",
    ),
    "regroup.too_few_groups": Sentence(
        zh="要有区划的集团至少 {least} 个，最多却只能 {most} 个（共 {groups} 个集团）。",
        en="At least {least} groups are to have areas, and {most} at most can (of {groups}).",
    ),
    "regroup.lock_in_several": Sentence(
        zh="“{area}”现在在几个集团里，锁不住。", en="“{area}” is in several groups today."
    ),
    "regroup.no_pair": Sentence(
        zh="--{option} 要写两个区划，中间用逗号；不能是 {value}。",
        en="--{option} takes two areas with a comma between them, not {value}.",
    ),
    "regroup.no_kind": Sentence(
        zh="“{kind}”既不是机构类型，也不是等级。",
        en="“{kind}” is neither a type nor a level of facilities.",
    ),
    "regroup.nobody_serves": Sentence(
        zh="没有机构服务它，没有什么可以调整",
        en="nobody serves it: there is nothing to move",
    ),
    "regroup.other_groups": Sentence(zh="由另一类集团服务", en="groups of another kind serve it"),
    "regroup.assigned_twice": Sentence(
        zh="分配表里“{area}”写了两个集团。", en="The assignment has “{area}” in two groups."
    ),
    "regroup.not_assigned": Sentence(
        zh="分配表没有写这些区划，而它们现在在几个集团里：{names}。",
        en="These areas are in several groups today, and the assignment lacks them: {names}.",
    ),
    "front.title": Sentence(zh="限制越紧，要动的区划越多", en="What each limit costs in moves"),
    "front.about.tolerance": Sentence(
        zh="各集团合计离平均容许的偏差，由宽到紧", en="tolerances, from wide to narrow"
    ),
    "front.about.minutes": Sentence(
        zh="到牵头机构的时间上限，由宽到紧", en="limits of minutes to the lead, from wide to narrow"
    ),
    "front.moves": Sentence(zh="要动的区划数", en="areas that move"),
    "front.limit.tolerance": Sentence(zh="容许偏差", en="tolerance"),
    "front.limit.minutes": Sentence(zh="分钟", en="minutes"),
    "front.none": Sentence(zh="无方案", en="no plan"),
    "front.state.plan_proven": Sentence(zh="有方案，已证最少", en="a plan, proven the fewest"),
    "front.state.plan": Sentence(zh="有方案，未证最少", en="a plan, not proven"),
    "front.state.none_proven": Sentence(zh="已证无方案", en="no plan, proven"),
    "front.state.none": Sentence(zh="未找到方案", en="no plan found"),
    "column.limit": Sentence(zh="限制", en="limit"),
    "column.moves": Sentence(zh="要动的区划数", en="areas that move"),
    "column.least_moves": Sentence(zh="至少要动的区划数", en="areas that move at least"),
    "front.legend": Sentence(
        zh="实心：已证明最少；空心：找到的最少，虚线到尚未排除的最少",
        en="filled: proven fewest; hollow: fewest found, dashed down to what is not ruled out",
    ),
    "help.front_plot": Sentence(
        zh="把 --front 的结果画成图（.svg、.html、.png、.pdf）。",
        en="Draw what --front found (.svg, .html, .png, .pdf).",
    ),
    "help.propose.regroup": Sentence(
        zh="建议改换集团最少的调整方案，附证明。",
        en="Propose the regrouping that moves the fewest areas, with its proof.",
    ),
    "help.option.value": Sentence(
        zh="求和的列，如 population、beds。", en="The column that is summed up, as population."
    ),
    "help.option.tolerance": Sentence(
        zh="各集团合计离平均容许的偏差，如 0.15。",
        en="By what part of the mean a group may differ from it, as 0.15.",
    ),
    "help.option.lock": Sentence(zh="不动的区划（可多次）。", en="An area that stays (repeat)."),
    "help.option.apart": Sentence(
        zh="不在一个集团的两个区划：A,B（可多次）。",
        en="Two areas that must not be in one group: A,B (repeat).",
    ),
    "help.option.together": Sentence(
        zh="要在一个集团的两个区划：A,B（可多次）。",
        en="Two areas that must be in one group: A,B (repeat).",
    ),
    "help.option.whole_counties": Sentence(
        zh="现在完整的县区不拆开。", en="Counties that are whole today stay whole."
    ),
    "help.option.max_moves": Sentence(zh="最多动几个区划。", en="The most areas that move."),
    "help.option.least_groups": Sentence(
        zh="至少几个集团有区划（默认与现在相同）。",
        en="How many groups have areas at least (default: as today).",
    ),
    "help.option.most_groups": Sentence(
        zh="最多几个集团有区划。", en="How many groups have areas at most."
    ),
    "help.option.facility": Sentence(
        zh="每个集团都要有的机构类型或等级（可多次）。",
        en="A type or level of which each group has a facility (repeat).",
    ),
    "help.option.kept_rule": Sentence(
        zh="各集团都要满足的规则，写作 规则包/规则（可多次）：集团内有某类机构，或共有几个集团。",
        en="A rule that all groups keep, as PACK/RULE (repeat): a group has a facility of a kind, "
        "or there are so many groups.",
    ),
    "help.option.minutes_to_lead": Sentence(
        zh="到牵头机构最多几分钟。", en="The most minutes to the lead."
    ),
    "help.option.adjacency": Sentence(
        zh="相邻表（两列区划），或区划的边界（GeoJSON、GeoPackage、shapefile）；可多次。",
        en="A table of areas that touch (two columns of areas), or their outlines (GeoJSON, "
        "GeoPackage, shapefile); repeat.",
    ),
    "help.option.assignment": Sentence(
        zh="自己的分配表：区划、集团两列；按同样的限制和最优方案评判。",
        en="A plan of your own: area and group; judged by the same limits and the best plan.",
    ),
    "help.option.front": Sentence(
        zh="逐个试的容许偏差（可多次）。", en="A tolerance to try (repeat)."
    ),
    "help.option.front_minutes": Sentence(
        zh="逐个试的时间上限（可多次）。", en="A limit of minutes to try (repeat)."
    ),
    "help.option.further": Sentence(
        zh="再列几个次优方案（默认 3）。", en="How many further plans (default 3)."
    ),
    "help.option.plan_pack": Sentence(
        zh="比较哪些政策包的结论（可多次）。", en="Packs whose verdicts are compared (repeat)."
    ),
    "proposed": Sentence(zh="建议", en="Proposed"),
    "help.propose.sites": Sentence(
        zh="建议哪些机构建成次中心，使乡镇可及，附证明。",
        en="Propose which facilities become sub-centres within reach of the townships, with proof.",
    ),
    "sites_lscp": Sentence(
        zh="被选为次中心的机构：在时限内覆盖每个区划，家数或费用最少",
        en=(
            "facilities chosen: each area has one within the radius, and they are the fewest or "
            "cheapest"
        ),
    ),
    "sites_mclp": Sentence(
        zh="被选为次中心的机构：时限内覆盖的人口最多",
        en="facilities chosen: most people have one within the radius",
    ),
    "sites_p-median": Sentence(
        zh="被选为次中心的机构：人口乘分钟之和最小",
        en="facilities chosen: people times minutes to the next one is least",
    ),
    "sites_p-centre": Sentence(
        zh="被选为次中心的机构：最远的区划到最近一家的时间最短",
        en="facilities chosen: the longest way of any area to the next one is shortest",
    ),
    "sites_denominator": Sentence(
        zh="符合条件的候选机构和已定的机构",
        en="candidates that fulfil the conditions, and those fixed",
    ),
    "sites_source": Sentence(
        zh="LSCP：Toregas 等 1971；MCLP：Church & ReVelle 1974；p-median、p-centre：Hakimi 1964",
        en=(
            "LSCP: Toregas et al. 1971; MCLP: Church & ReVelle 1974; p-median, p-centre: Hakimi "
            "1964"
        ),
    ),
    "sites_needs_radius": Sentence(
        zh="{model} 要有 --radius（最远几分钟）。",
        en="{model} needs a radius: the longest way in minutes.",
    ),
    "sites_needs_number": Sentence(
        zh="{model} 要有 --p（最多几家）或 --budget（费用上限）。",
        en="{model} needs p (the most sites) or a budget.",
    ),
    "sites_needs_costs": Sentence(
        zh="有 --budget 就要有 --costs（每家的费用）。",
        en="A budget needs costs: what each site costs.",
    ),
    "sites_bad_cost": Sentence(
        zh="费用不能小于零：{value}。",
        en="A cost cannot be below zero: {value}.",
    ),
    "sites_so_far": Sentence(
        zh="目前 {value}；不会好于 {bound}", en="so far {value}; none better than {bound}"
    ),
    "sites_bad_rule": Sentence(
        zh="规则应写作 规则包/规则：{rule}。",
        en="A rule is written PACK/RULE: {rule}.",
    ),
    "sites_rule_not_of_facilities": Sentence(
        zh="规则{rule}不判定任何机构。", en="The rule {rule} judges no facility."
    ),
    "sites_fixed_unknown": Sentence(
        zh="没有这样的机构：{names}。",
        en="There is no such facility: {names}.",
    ),
    "sites_fixed_not_at_work": Sentence(
        zh="已定的机构未在运行：{names}。",
        en="Fixed, but not at work: {names}.",
    ),
    "sites_at_work_unknown": Sentence(
        zh="是否在运行不明。",
        en="Whether it is at work is not known.",
    ),
    "sites_not_at_work": Sentence(
        zh="未在运行。",
        en="Not at work.",
    ),
    "sites_type_unknown": Sentence(
        zh="类型未注明。",
        en="Its type is not stated.",
    ),
    "sites_level": Sentence(
        zh="等级不符或未注明。",
        en="It is of another level, or states none.",
    ),
    "sites_beds": Sentence(
        zh="床位不足或未注明。",
        en="It has too few beds, or states none.",
    ),
    "sites_rule": Sentence(
        zh="规则未达标或缺数据。",
        en="It does not pass the rule, or lacks data for it.",
    ),
    "sites_cost_unknown": Sentence(
        zh="费用未注明。",
        en="What it costs is not stated.",
    ),
    "sites_cost_strangers": Sentence(
        zh="费用表中{count}家不是候选机构，未用：{names}。",
        en="{count} facilities of the costs are no candidates; they are not used: {names}.",
    ),
    "sites_capacity_unknown": Sentence(
        zh="{count}种方式的能力未注明：方案按零计，界限按不受限计。",
        en="The capacity of {count} ways is not stated: none in the plan, no limit in the bound.",
    ),
    "sites_worst_of_times": Sentence(
        zh="{count}种出行时间，每对以最长的为准。",
        en="Of {count} ways of travel the longest time of each pair counts.",
    ),
    "sites_nobody_lives": Sentence(
        zh="注明人口为零，另列。",
        en="Stated to have no people, listed apart.",
    ),
    "sites_people_unknown": Sentence(
        zh="人口未注明，不知是否容得下。",
        en="Its people are not stated, so whether there is room is not known.",
    ),
    "sites_times_missing": Sentence(
        zh="缺出行时间或候选条件，不知能否到达。",
        en=(
            "Times or conditions of candidates are missing, so whether it has one in reach is "
            "not known."
        ),
    ),
    "sites_no_plan": Sentence(zh="没有方案。", en="There is no plan."),
    "sites_no_candidate_here": Sentence(
        zh="任何候选机构都不在时限内。",
        en="No candidate is within reach.",
    ),
    "sites_no_candidate": Sentence(
        zh="{count}个区划没有任何候选机构可及，方案只顾及其余区划。",
        en="{count} areas have no candidate within reach; the plan is for the others.",
    ),
    "sites_sums": Sentence(
        zh="人口{total} = 得到服务{served} + 可及但容不下{full} + 不可及{out}。",
        en=(
            "{total} people = {served} served + {full} in reach without capacity + {out} out of "
            "reach."
        ),
    ),
    "sites_areas": Sentence(
        zh=(
            "区划{total} = 已判定{judged} + 无法判定{unknown} + 另列{excluded}；已判定的有{silent}"
            "个人口未注明，不在人口合计内。"
        ),
        en=(
            "{total} areas = {judged} judged + {unknown} unknown + {excluded} excluded; {silent} "
            "of those judged do not state their people, who are in no sum."
        ),
    ),
    "sites_more_candidates": Sentence(
        zh="{tables}未声明完整，可能还有候选机构；证明只对列出的机构。",
        en=(
            "{tables} is not declared complete, so there may be more candidates; the proof is "
            "about those listed."
        ),
    ),
    "sites_proven": Sentence(
        zh="已证明最优：{value}，没有更好的方案，无论未知的数据如何。",
        en="Proven: {value}, and no plan is better, whatever is not known.",
    ),
    "sites_gap": Sentence(
        zh="此方案：{value}；没有方案能好过{bound}（差{gap}）。",
        en="This plan: {value}; no plan is better than {bound} (gap {gap}).",
    ),
    "sites_facts_open": Sentence(
        zh="此方案：{value}，按已注明的数据最优；缺的数据补上后可能有更好的，但不会好过{bound}。",
        en=(
            "This plan: {value}, the best of what is stated; once what is missing is known "
            "another may be better, but none better than {bound}."
        ),
    ),
    "sites_areas_open": Sentence(
        zh="此方案：{value}，按能判定的区划最优；有{count}个区划无法判定，查明后方案可能要改。",
        en=(
            "This plan: {value}, the best for the areas that can be judged; {count} [is|are] not, "
            "and once [it is|they are] the plan may have to change."
        ),
    ),
    "sites_people_open": Sentence(
        zh="此方案：{value}，按已注明的人口最优；有区划人口未注明，补上后可能有更好的。",
        en=(
            "This plan: {value}, the best of the people that are stated; some areas state none, "
            "and another may be better once they do."
        ),
    ),
    "sites_no_bound": Sentence(
        zh="此方案：{value}；还不知道最好能有多好。",
        en="This plan: {value}; how good the best is, is not known.",
    ),
    "sites_lacks_candidates": Sentence(
        zh="没有方案：没有一家机构确定符合候选条件；无法判定的和另列的见表。",
        en="No plan: no facility surely meets the conditions of a candidate; those that cannot be "
        "judged and those left out are listed.",
    ),
    "sites_lacks_register": Sentence(
        zh="没有方案：未提供区划名册。运行 medgraph template --area 331003。",
        en="No plan: there is no register of areas. Run medgraph template --area 331003.",
    ),
    "sites_lacks_areas": Sentence(
        zh="没有方案：没有一个区划到候选机构的时间是已知的。",
        en="No plan: of no area is the time to a candidate known.",
    ),
    "sites_none_proven": Sentence(
        zh="已证明：没有方案能满足全部要求。",
        en="Proven: no plan does all that is asked.",
    ),
    "sites_none_open": Sentence(
        zh="没有找到方案；也没有证明不存在。",
        en="No plan was found, nor is it proven that there is none.",
    ),
    "sites_relax_p": Sentence(
        zh="只放宽家数即可：{enough}家。",
        en="A greater number alone is enough: {enough} site[|s].",
    ),
    "sites_relax_budget": Sentence(
        zh="只放宽费用即可：{enough}。",
        en="A greater budget alone is enough: {enough}.",
    ),
    "sites_relax_capacity": Sentence(
        zh="不计能力即可。{enough}",
        en="Without the limits of capacity there is a plan.{enough}",
    ),
    "sites_value_lscp": Sentence(
        zh="{value}家",
        en="{value} site[|s]",
    ),
    "sites_value_cost": Sentence(
        zh="费用{value}",
        en="a cost of {value}",
    ),
    "sites_value_mclp": Sentence(
        zh="{value}人",
        en="{value} people",
    ),
    "sites_value_p-median": Sentence(
        zh="{value}人·分钟",
        en="{value} person-minutes",
    ),
    "sites_value_p-centre": Sentence(
        zh="{value}分钟",
        en="{value} minutes",
    ),
}
