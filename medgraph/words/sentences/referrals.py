"""Say what there is to say about referrals: ways up and down, and where they break."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "referral.numerator": Sentence(
        zh="有合法转诊路径（上转还须有回程）的机构",
        en="facilities with a legal referral path (and, upwards, a way back)",
    ),
    "referral.denominator": Sentence(
        zh="当日在运行、已判定的机构（不含类别占位和牵头医院自身）",
        en="facilities at work on the day that were judged (no classes, not the leads themselves)",
    ),
    "referral.source": Sentence(
        zh=(
            "REFERS_UP_TO、REFERS_DOWN_TO、COOPERATES_WITH 关系；两端当日在运行；"
            "带专科的关系只转该专科；村级直达牵头或三级医院为越级，不算合法"
        ),
        en=(
            "links REFERS_UP_TO, REFERS_DOWN_TO, COOPERATES_WITH with both ends at work on the "
            "day; a link with a specialty carries only that specialty; a village unit straight to "
            "a lead or tertiary hospital skips a level and is no legal step"
        ),
    ),
    "referral.cost_note": Sentence(
        zh="按分钟最少；未写分钟的关系只在没有写明分钟的路径时按步数采用，分钟为空＝未知。",
        en=(
            "Least minutes; links without minutes are used, by steps, only where no path of links "
            "with minutes exists; empty minutes = unknown."
        ),
    ),
    "referral.minutes_unknown": Sentence(zh="未知", en="unknown"),
    "referral.summary": Sentence(
        zh="{name} → {target}：{way}{specialty}，{steps}步，分钟：{minutes}。",
        en="{name} → {target}: {way} {specialty}, {steps} step[|s], minutes: {minutes}.",
    ),
    "referral.way_inside": Sentence(zh="集团内", en="inside the group"),
    "referral.way_alliance": Sentence(
        zh="经专科联盟，牵头单位收治：",
        en="by the specialty alliance, received by its lead:",
    ),
    "referral.way_outside": Sentence(zh="集团外", en="outside the group"),
    "referral.way_unknown": Sentence(
        zh="集团内外不明（成员名单未声明列全）",
        en="inside or outside the group (the members are not declared complete)",
    ),
    "referral.dead_end": Sentence(
        zh="断头：{at} 没有合法的下一步。", en="Dead end: {at} has no legal link on."
    ),
    "referral.level_skip": Sentence(
        zh="越级：{at} 直接转到牵头或三级医院，跳过乡级。",
        en=(
            "Level skip: {at} refers straight to a lead or tertiary hospital, past the township "
            "level."
        ),
    ),
    "referral.no_return": Sentence(
        zh="有去无回：从 {at} 没有转回 {facility} 的合法路径。",
        en="Up but not back: no legal path down from {at} to {facility}.",
    ),
    "referral.closed": Sentence(
        zh="{at} 处的去路当日未运行。",
        en="The way on at {at} is not at work on that day.",
    ),
    "referral.shut": Sentence(
        zh="目的地 {at} 当日未运行。",
        en="The target {at} is not at work on that day.",
    ),
    "referral.loop": Sentence(
        zh="循环：从 {facility} 出发只在原地打转，到不了目的地。",
        en="Loop: from {facility} the links only go round and never arrive.",
    ),
    "referral.lacks_specialty": Sentence(
        zh="{at} 不具备{specialty}，也没有可用的专科联盟。",
        en="{at} lacks {specialty}, and no alliance offers it.",
    ),
    "referral.no_lead": Sentence(
        zh="{facility} 所在集团没有牵头医院。",
        en="The group of {facility} has no lead.",
    ),
    "referral.ungrouped": Sentence(
        zh="不在任何集团，没有牵头医院可转",
        en="in no group, so there is no lead to reach",
    ),
    "referral.is_target": Sentence(zh="本身就是目的地", en="is itself the target"),
    "referral.not_at_work": Sentence(zh="当日未运行", en="not at work on that day"),
    "referral.is_class": Sentence(
        zh="是一类机构，不是一家机构", en="a class of facilities, not one facility"
    ),
    "referral.no_facility": Sentence(
        zh="“{id}”在 {day} 不是机构。", en="“{id}” is not a facility on {day}."
    ),
    "referral.undeclared": Sentence(
        zh="{relation} 未声明完整，缺的可能只是没有录入。",
        en="{relation} is not declared complete: the link may only be missing from the data.",
    ),
    "referral.unstated": Sentence(zh="资料未写明。", en="The data does not say."),
    "referral.broken_numerator": Sentence(zh="没有缺陷的检查", en="checks without a defect"),
    "referral.broken_denominator": Sentence(
        zh=(
            "已判定的检查：每个集团成员能否上转到牵头医院；每条转诊关系自身；"
            "每条转诊关系有无反向关系"
        ),
        en=(
            "checks judged: each member's way up to its lead; each referral link itself; each "
            "referral link for a link back"
        ),
    ),
    "referral.specialties_unstated": Sentence(
        zh="{at} 未写明专科。", en="{at} does not state its specialties."
    ),
    "referral.perhaps_closed": Sentence(
        zh="{source} 或 {target} 的状态或日期无法识别，是否在运行不明。",
        en=(
            "The status or days of {source} or {target} could not be read: nobody knows whether "
            "both are at work."
        ),
    ),
    "referral.perhaps_level_skip": Sentence(
        zh="{source} 或 {target} 的类型、级别或牵头关系不明，是否越级不能判定。",
        en=(
            "The type or level of {source} or {target}, or whether it leads, is not known: the "
            "link may or may not skip a level."
        ),
    ),
    "referral.link_level_skip": Sentence(
        zh="{source} 越过乡级，直接转到 {target}。",
        en="{source} refers straight to {target}, past the township level.",
    ),
    "referral.link_closed": Sentence(
        zh="{source} 或 {target} 当日未运行。",
        en="{source} or {target} is not at work on that day.",
    ),
    "referral.link_out_of_group": Sentence(
        zh="{source} 与 {target} 不在同一集团，也不是区域医疗中心或联盟牵头。",
        en=(
            "{source} and {target} share no group, and neither is a regional centre or the lead of "
            "an alliance."
        ),
    ),
    "referral.link_lacks_specialty": Sentence(
        zh="{target} 不具备{specialty}。", en="{target} lacks {specialty}."
    ),
    "referral.link_loop": Sentence(
        zh="{source} 与 {target} 之间的转诊成环。",
        en="The link from {source} to {target} is part of a loop.",
    ),
    "referral.link_asymmetric_minutes": Sentence(
        zh="{source} 与 {target} 之间往返分钟相差过大。",
        en="The minutes between {source} and {target} differ too much by direction.",
    ),
    "referral.link_up_without_down": Sentence(
        zh="{source} 上转 {target}，但没有下转。",
        en="{source} refers up to {target}, but nothing leads down.",
    ),
    "referral.link_down_without_up": Sentence(
        zh="{source} 下转 {target}，但没有上转。",
        en="{source} refers down to {target}, but nothing leads up.",
    ),
    "referral.fix_dead_end": Sentence(
        zh="为 {source} 增加一条上转关系。", en="Add a link up from {source}."
    ),
    "referral.fix_closed": Sentence(
        zh="终止该关系，或改指在运行的机构（{source}）。",
        en="End the link, or point it to a facility at work ({source}).",
    ),
    "referral.fix_loop": Sentence(
        zh="终止环中的一条关系，并接到牵头医院（{source}）。",
        en="End one link of the loop and lead it on to the lead hospital ({source}).",
    ),
    "referral.fix_no_lead": Sentence(
        zh="为集团写明牵头医院（{source}）。",
        en="State the lead of the group ({source}).",
    ),
    "referral.fix_lacks_specialty": Sentence(
        zh="改转具备该专科的机构，或补录 {target} 的专科。",
        en="Refer to a facility that has it, or record the specialties of {target}.",
    ),
    "referral.fix_level_skip": Sentence(
        zh="改为先转乡镇卫生院或社区卫生服务中心（{source}）。",
        en="Refer to the township or community centre first ({source}).",
    ),
    "referral.fix_out_of_group": Sentence(
        zh="终止该关系，或把两家划入同一集团（{source}、{target}）。",
        en="End the link, or put both into one group ({source}, {target}).",
    ),
    "referral.fix_asymmetric_minutes": Sentence(
        zh="核对两个方向的分钟（{source}、{target}）。",
        en="Check the minutes of both directions ({source}, {target}).",
    ),
    "referral.fix_up_without_down": Sentence(
        zh="增加 {target} 到 {source} 的下转关系。",
        en="Add a link down from {target} to {source}.",
    ),
    "referral.fix_down_without_up": Sentence(
        zh="增加 {target} 到 {source} 的上转关系。",
        en="Add a link up from {target} to {source}.",
    ),
    "referral.bad_k": Sentence(
        zh="k 应为正整数，不能是 {value}。", en="k is a positive number, not {value}."
    ),
    "referral.shared": Sentence(
        zh="{count} 条路径都要经过：{names}。", en="On all {count} path[|s]: {names}."
    ),
    "referral.nothing_shared": Sentence(
        zh="{count} 条路径没有共同的中间机构。",
        en="The {count} path[|s] [shares|share] no facility between the ends.",
    ),
    "referral.specialties_numerator": Sentence(
        zh="集团内或经联盟可达的格子（乡镇×专科）",
        en="cells (township × specialty) inside or by alliance",
    ),
    "referral.specialties_denominator": Sentence(zh="已判定的格子", en="cells judged"),
    "referral.unserved": Sentence(
        zh="没有在运行的机构服务该区划", en="no facility at work serves the area"
    ),
    "referral.quasi": Sentence(zh="准乡级单位，另列", en="a quasi unit, listed apart"),
    "referral.bottlenecks_numerator": Sentence(
        zh="经过该机构的最短路径", en="cheapest paths that cross the facility"
    ),
    "referral.bottlenecks_denominator": Sentence(zh="找到的全部路径", en="all paths found"),
    "referral.paths_found": Sentence(
        zh="{asked} 家机构中 {found} 家有路径。",
        en="{found} of {asked} facilit[y|ies] have a path.",
    ),
    "referral.regions_numerator": Sentence(
        zh="本集团牵头医院最近的机构",
        en="facilities whose own lead is the nearest lead",
    ),
    "referral.regions_denominator": Sentence(
        zh="有路径到本集团牵头医院的机构",
        en="facilities with a path to their own lead",
    ),
    "referral.load_numerator": Sentence(
        zh="沿路径到达的转诊人次", en="referred patients that arrive along the paths"
    ),
    "referral.load_denominator": Sentence(
        zh="容量（床位或号源 × 周转）", en="capacity (beds or slots × turnover)"
    ),
    "referral.bad_load": Sentence(
        zh=(
            "请给 rate（每千人转诊数）或 counts（各机构人次）之一；capacity 可用：{capacities}；"
            "turnover 大于 0。"
        ),
        en=(
            "Give one of rate (referrals per 1,000 residents) and counts (by facility); capacity "
            "is one of {capacities}; turnover is above 0."
        ),
    ),
    "referral.bad_counts": Sentence(
        zh="counts 必须是不小于 0 的数。", en="counts are numbers, 0 or more."
    ),
    "referral.no_capacity": Sentence(
        zh="未写 {column}，无法比较。",
        en="No {column} stated, so nothing to compare with.",
    ),
    "referral.goal_silent": Sentence(
        zh="{patients} 人次去往 {at}，其容量未写明。",
        en="{patients} patient[|s] [goes|go] to {at}, whose capacity is not stated.",
    ),
    "referral.no_population": Sentence(zh="未写常住人口", en="no population stated"),
    "referral.no_such_source": Sentence(
        zh="当日没有叫这个编号或名称、在运行的机构（{patients} 人次）",
        en="no facility at work on that day has this id or name ({patients} patient[|s])",
    ),
    "referral.two_counts": Sentence(
        zh="“{names}”都是 {facility}，各有一个人次。请只留一个。",
        en="“{names}” all mean {facility}, each with a count of its own. Keep one.",
    ),
    "referral.patients_lost": Sentence(
        zh="{patients} 人次没有路径。{reason}",
        en="{patients} patient[|s] [has|have] no path. {reason}",
    ),
    "referral.over": Sentence(zh="超出 {over} 人次。", en="{over} patient[|s] over."),
    "referral.load_note": Sentence(
        zh=(
            "共 {total} 人次，{sent} 人次有路径且目的地写明容量；在合法去路内调剂后仍有 {unplaced} "
            "人次放不下。"
        ),
        en=(
            "{total} patient[|s], {sent} with a path to a stated capacity; {unplaced} fit nowhere "
            "that legal links lead to."
        ),
    ),
    "referral.cut_note": Sentence(
        zh="瓶颈（已满且放不下者只能去的医院）：{names}。",
        en="The cut (full, and all that the unplaced can reach): {names}.",
    ),
    "help.referrals": Sentence(
        zh="转诊：合法路径或反例，双向，按级别和专科。",
        en="Referral: the legal path or a counter-example, both ways.",
    ),
    "help.referrals.path": Sentence(
        zh="一家机构的转诊路径，或最近的反例。",
        en="The referral path of one facility, or the nearest counter-example.",
    ),
    "help.referrals.paths": Sentence(
        zh="全部机构的转诊路径。", en="The referral paths of all facilities."
    ),
    "help.referrals.alternatives": Sentence(
        zh="最省的几条备选路径及共同必经机构。",
        en="The k cheapest paths, and what all of them share.",
    ),
    "help.referrals.broken": Sentence(
        zh="转诊网络的全部缺陷。", en="Every defect of the referral network."
    ),
    "help.referrals.specialties": Sentence(
        zh="每个乡镇到每个专科的路径。",
        en="The way of each township to each specialty.",
    ),
    "help.referrals.load": Sentence(
        zh="预期转诊量与床位或号源之比。",
        en="Expected referrals against beds or slots.",
    ),
    "help.referrals.bottlenecks": Sentence(
        zh="最多路径经过的机构。", en="Facilities that most paths cross."
    ),
    "help.referrals.regions": Sentence(
        zh="按最近路径的归属，与集团比较。",
        en="Who ends up where, compared with the groups.",
    ),
    "help.referrals.endpoints": Sentence(
        zh="电子转诊能否送达：谁没有接口。",
        en="Whom an electronic referral reaches, and who has no endpoint.",
    ),
    "referral.endpoints_numerator": Sentence(
        zh="自有电子接口，或所接入的平台有接口", en="with an endpoint, its own or its platform's"
    ),
    "referral.endpoints_denominator": Sentence(
        zh="当日有上转或下转关系的机构", en="facilities that refer or receive on the day"
    ),
    "referral.endpoints_none": Sentence(zh="没有电子接口。", en="It has no endpoint."),
    "referral.endpoints_unknown": Sentence(
        zh="没有写明接口，而{tables}未声明列全。",
        en="No endpoint is stated, and {tables} are not declared complete.",
    ),
    "referral.may_not_work": Sentence(
        zh="当日是否运行不详。", en="Whether it is at work on the day is not known."
    ),
    "status.has": Sentence(zh="有", en="has"),
    "status.dead_end": Sentence(zh="无路上转", en="no way up"),
    "status.loop": Sentence(zh="转诊成环", en="loop"),
    "status.no_lead": Sentence(zh="没有牵头机构", en="no lead"),
    "status.level_skip": Sentence(zh="越级转诊", en="skips a level"),
    "status.closed": Sentence(zh="转往停业机构", en="to a closed facility"),
    "status.out_of_group": Sentence(zh="转出集团", en="out of the group"),
    "status.lacks_specialty": Sentence(zh="对方无此专科", en="the other lacks the specialty"),
    "status.asymmetric_minutes": Sentence(zh="往返用时相差大", en="minutes differ by direction"),
    "status.up_without_down": Sentence(zh="能上不能下", en="up without down"),
    "status.down_without_up": Sentence(zh="能下不能上", en="down without up"),
    "status.hosted": Sentence(zh="已设立", en="hosted"),
    "status.alliance": Sentence(zh="经专科联盟", en="by an alliance"),
    "status.inside": Sentence(zh="集团内", en="inside the group"),
    "status.outside": Sentence(zh="集团外", en="outside the group"),
    "status.none": Sentence(zh="无", en="none"),
}
