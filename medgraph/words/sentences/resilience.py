"""Say what there is to say about resilience: what is lost, and what repairs it."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "may_lose": Sentence(
        zh="未声明列全，可能只有这一个来源：{relations}",
        en="may have it from there alone, as these are not declared complete: {relations}",
    ),
    "may_be_relied_on": Sentence(
        zh="未声明列全，可能有机构只靠它：{relations}",
        en="somebody may rely on it alone, as these are not declared complete: {relations}",
    ),
    "depends_on": Sentence(zh="只靠“{name}”", en="depends on “{name}” alone"),
    "dependents_numerator": Sentence(
        zh="失去上转路径、牵头、派驻人员或某类共享服务的机构",
        en="facilities that lose the way up, the lead, dispatched staff or a shared service",
    ),
    "dependents_denominator": Sentence(
        zh="其余点名且运行中的机构", en="the other named facilities at work"
    ),
    "critical_numerator": Sentence(
        zh="停运会使其他机构失去某项服务的机构",
        en="facilities whose stop costs another one something",
    ),
    "critical_denominator": Sentence(zh="点名且运行中的机构", en="named facilities at work"),
    "loses_referral_path": Sentence(zh="上转路径", en="every way of up-referral"),
    "loses_lead": Sentence(zh="牵头医院", en="its lead"),
    "loses_staff": Sentence(zh="派驻人员", en="all dispatched staff"),
    "critical_people": Sentence(zh="（{population} 人）", en=" ({population} resident[|s])"),
    "critical_people_least": Sentence(
        zh="（至少 {population} 人，部分区划人口未填）",
        en=" ({population} resident[|s] at least; of some areas they are not stated)",
    ),
    "critical_people_unknown": Sentence(zh="（人口未填）", en=" (residents not stated)"),
    "critical_townships": Sentence(
        zh="若{name}停运，{townships}/{total} 乡镇{people}失去{what}（共 {facilities} 家机构）",
        en=(
            "If {name} stops, {what} is lost to {townships} of {total} township centre[|s]{people} "
            "({facilities} facilit[y|ies] in all)"
        ),
    ),
    "critical_facilities": Sentence(
        zh="若{name}停运，{facilities} 家机构{people}失去{what}（乡镇 {townships}/{total}）",
        en=(
            "If {name} stops, {what} is lost to {facilities} facilit[y|ies]{people} (township "
            "centres: {townships} of {total})"
        ),
    ),
    "repair_numerator": Sentence(
        zh="增加这些关系后达成的单元", en="cells that become met by the new links"
    ),
    "repair_denominator": Sentence(
        zh="责任矩阵中确定未达成的单元",
        en="cells of the obligation matrix that are surely not met",
    ),
    "repair_nothing": Sentence(
        zh="没有确定未达成的责任，无需补。",
        en="Of nothing is it certain that it is not met: nothing is to be repaired.",
    ),
    "repair_proven": Sentence(zh="已证明最优。", en="The optimum is proven."),
    "repair_gap": Sentence(
        zh="搜索到了步数上限：离最优最多还差 {gap}。",
        en="The search ended at its most nodes: at most {gap} above the optimum.",
    ),
    "repair_no_plan": Sentence(
        zh="搜索 {nodes} 个节点没有找到方案，或只找到一部分。",
        en="Within {nodes} nodes no plan was found, or a part of one.",
    ),
    "repair_impossible": Sentence(
        zh="没有候选关系，或承担方已满，无法达成",
        en="no candidate, or the providers are full",
    ),
    "repair_provider_unsure": Sentence(
        zh="只有类型或运行状态未写明的机构、中心或队伍可能承担",
        en="only a facility, centre or team whose type or status is not stated might meet it",
    ),
    "repair_undecided": Sentence(
        zh="搜索到了步数上限，还没有算出能否达成；放宽 --nodes，或缩小范围",
        en="the search ended before it could tell; give it more --nodes, or ask for less",
    ),
    "repair_no_cost": Sentence(
        zh="每个候选关系都要有大于 0 的 {column}。",
        en="Every candidate needs a {column} above 0.",
    ),
    "candidates_lacking": Sentence(
        zh="候选表缺列：{columns}。", en="The candidates lack the columns: {columns}."
    ),
    "help.resilience": Sentence(
        zh="停运影响：谁离不开谁，补哪些关系。",
        en="What breaks, and which links repair it.",
    ),
    "help.resilience.dependents": Sentence(
        zh="这家机构停运，谁失去什么。", en="Who loses what if this facility stops."
    ),
    "help.resilience.critical": Sentence(
        zh="每家机构停运的影响，排序。", en="The same for every facility, ranked."
    ),
    "help.resilience.repair": Sentence(
        zh="补最少的关系，使各项义务满足。",
        en="The smallest set of new links that meets the obligations.",
    ),
}
