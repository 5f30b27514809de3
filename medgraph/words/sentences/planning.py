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
    "sites_bad_limit": Sentence(
        zh="{name} 应为不小于零的数：{value}。",
        en="{name} must be zero or more: {value}.",
    ),
    "sites_bad_people_per": Sentence(
        zh="每一单位能力服务的人数应大于零：{value}。",
        en="The people that one unit of capacity serves must be above zero: {value}.",
    ),
    "sites_bad_cost": Sentence(
        zh="费用不能小于零：{value}。",
        en="A cost cannot be below zero: {value}.",
    ),
    "sites_bad_rule": Sentence(
        zh="规则应写作 规则包/规则：{rule}。",
        en="A rule is written PACK/RULE: {rule}.",
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
    "sites_state_it": Sentence(
        zh="要写入数据：机构表中加一列“次中心”（sub_centre），选中的填“是”。",
        en=(
            "To state it in the data: a column sub_centre (次中心) of the facilities, yes for "
            "those chosen."
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
        en="A greater number alone is enough: {enough} sites.",
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
        en="{value} sites",
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
