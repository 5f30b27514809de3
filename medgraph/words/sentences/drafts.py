"""Say what there is to say about drafts from plans: their sheets, rules and comparison."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "draft_stamp": Sentence(zh="自动识别，未经确认", en="read automatically, not confirmed"),
    "help.draft": Sentence(
        zh="把方案文字读成名册草稿，逐条注明条款，供人核对。",
        en=(
            "Read the prose of a plan into a draft roster, with the clause behind each link, to be "
            "checked."
        ),
    ),
    "help.draft_areas": Sentence(
        zh="区划：代码（逗号分隔）或名册文件。",
        en="Areas: codes with commas between them, or a register file.",
    ),
    "draft_read": Sentence(
        zh="{sentences} 句 = 已用 {used} + 不含关系 {no_relation} + 未读懂 {not_understood}",
        en=(
            "{sentences} sentences = {used} used + {no_relation} without a relation + "
            "{not_understood} not understood"
        ),
    ),
    "draft_count": Sentence(
        zh="{clause} 写 {stated} 个{tail}，实读 {read} 个。",
        en="{clause} states {stated} {tail}, {read} were read.",
    ),
    "draft_not_understood_line": Sentence(
        zh="未读懂（{clause}）：{text}", en="not understood ({clause}): {text}"
    ),
    "draft_not_understood": Sentence(zh="未读懂", en="not understood"),
    "draft_used": Sentence(zh="已用", en="used"),
    "draft_no_relation": Sentence(zh="不含关系", en="no relation"),
    "draft_unplaced": Sentence(zh="未能对应区划：{names}", en="no area found for: {names}"),
    "draft_target": Sentence(zh="{kind}：{what} {value}{unit}", en="{kind}: {what} {value}{unit}"),
    "draft_indicators": Sentence(
        zh="指标 {count} 项，权重合计 {points} 分",
        en="{count} indicators, weights sum to {points}",
    ),
    "draft_repairs": Sentence(zh="文字修复：{counts}", en="repairs of the text: {counts}"),
    "plan_sheet_sentences": Sentence(zh="语句", en="Sentences"),
    "plan_sheet_counts": Sentence(zh="核对", en="Counts"),
    "plan_sheet_targets": Sentence(zh="目标", en="Targets"),
    "plan_sheet_repairs": Sentence(zh="文字修复", en="Repairs"),
    "plan_sheet_comparison": Sentence(zh="名册比较", en="Comparison"),
    "plan_head_number": Sentence(zh="序号", en="number"),
    "plan_head_clause": Sentence(zh="条款", en="clause"),
    "plan_head_span": Sentence(zh="文字位置", en="span"),
    "plan_head_fate": Sentence(zh="处理", en="fate"),
    "plan_head_rule": Sentence(zh="规则", en="rule"),
    "plan_head_links": Sentence(zh="关系数", en="links"),
    "plan_head_text": Sentence(zh="语句", en="text"),
    "plan_head_what": Sentence(zh="内容", en="what"),
    "plan_head_stated": Sentence(zh="写明", en="stated"),
    "plan_head_read": Sentence(zh="实读", en="read"),
    "plan_head_holds": Sentence(zh="是否相符", en="holds"),
    "plan_head_kind": Sentence(zh="种类", en="kind"),
    "plan_head_value": Sentence(zh="数值", en="value"),
    "plan_head_unit": Sentence(zh="单位", en="unit"),
    "plan_head_line": Sentence(zh="行", en="line"),
    "plan_head_before": Sentence(zh="原文", en="before"),
    "plan_head_after": Sentence(zh="改为", en="after"),
    "plan_head_status": Sentence(zh="结果", en="status"),
    "plan_head_draft": Sentence(zh="草稿编号", en="draft"),
    "plan_head_draft_name": Sentence(zh="草稿名称", en="draft_name"),
    "plan_head_roster": Sentence(zh="名册编号", en="roster"),
    "plan_head_roster_name": Sentence(zh="名册名称", en="roster_name"),
    "plan_head_score": Sentence(zh="相似度", en="score"),
    "plan_head_how": Sentence(zh="依据", en="how"),
    "plan_head_source": Sentence(zh="起点", en="source"),
    "plan_head_relation": Sentence(zh="关系", en="relation"),
    "plan_head_target": Sentence(zh="终点", en="target"),
    "plan_head_basis": Sentence(zh="依据类别", en="basis"),
    "plan_head_confidence": Sentence(zh="可信程度", en="confidence"),
    "plan_head_note": Sentence(zh="备注", en="note"),
    "plan_head_rows": Sentence(zh="{links} 条关系", en="{links} links"),
    "plan_count_holds": Sentence(zh="相符", en="holds"),
    "plan_count_fails": Sentence(zh="不符", en="fails"),
    "plan_count_unplaced": Sentence(zh="未能对应区划", en="no area found"),
    "plan_target_share": Sentence(zh="比例", en="share"),
    "plan_target_day": Sentence(zh="日期", en="day"),
    "plan_target_phase": Sentence(zh="阶段", en="phase"),
    "plan_target_section": Sentence(zh="指标分组", en="section"),
    "plan_target_indicator": Sentence(zh="指标", en="indicator"),
    "plan_mend_radical": Sentence(zh="部首还原", en="radicals"),
    "plan_mend_byte_shift": Sentence(zh="错位字节", en="shifted bytes"),
    "plan_mend_phonetic": Sentence(zh="注音", en="phonetic notes"),
    "plan_mend_simplified": Sentence(zh="繁体转简体（行）", en="lines to simplified"),
    "plan_mend_place_name": Sentence(zh="地名用字", en="place names"),
    "plan_mend_personal": Sentence(
        zh="个人信息（已删，不留原文）", en="personal data (dropped, not kept)"
    ),
    "plan_mend_spam": Sentence(zh="垃圾行", en="spam lines"),
    "plan_mend_boilerplate": Sentence(zh="网页套话", en="boilerplate"),
    "plan_mend_duplicate": Sentence(zh="重复段落", en="repeated bodies"),
    "plan_mend_lost_digit": Sentence(zh="疑缺数字（仅标记）", en="lost digits (flagged only)"),
    "plan_rule": Sentence(zh="规则 {rule}：{why}", en="rule {rule}: {why}"),
    "plan_rule_serves": Sentence(zh="机构名含区划名", en="the name of the area"),
    "plan_rule_team": Sentence(zh="进驻每个集团", en="stationed in every group"),
    "plan_rule_district_committee": Sentence(
        zh="每区一个，上级为首个管委会",
        en="one for each district, under the first committee",
    ),
    "plan_rule_governs": Sentence(
        zh="每个集团；区级只管成员服务本区的集团",
        en="every group; of a district, those whose members serve there",
    ),
    "plan_rule_cooperates": Sentence(zh="与每个集团", en="with every group"),
    "plan_rule_alliance_links": Sentence(
        zh="每个联盟与每个集团", en="every alliance with every group"
    ),
    "plan_rule_centres": Sentence(zh="每家牵头医院每种一个", en="one of each kind at each lead"),
    "plan_rule_departments": Sentence(zh="每家牵头医院每个部门", en="each of them at each lead"),
    "plan_rule_referral": Sentence(zh="每个成员与其牵头医院", en="every member and its lead"),
    "plan_rule_quota": Sentence(
        zh="每家牵头医院下沉到本集团；号源、床位",
        en="every lead to its group; slots, beds",
    ),
    "plan_rule_recognises": Sentence(
        zh="集团内：自身；集团之间：两两", en="within: itself; between: each pair"
    ),
    "plan_rule_connects": Sentence(zh="每个集团接入", en="every group"),
    "plan_rule_manages_through": Sentence(
        zh="成员所服务的区的医共体",
        en="the community of the district that the members serve",
    ),
    "plan_sure_high": Sentence(zh="高", en="high"),
    "plan_sure_medium": Sentence(zh="中", en="medium"),
    "plan_sure_low": Sentence(zh="低", en="low"),
    "plan_legend": Sentence(
        zh="可信程度：高，语句写明；中，按规则推出；低，写明的个数与所列不符。",
        en=(
            "Confidence: high, stated; medium, by a rule; low, the list does not match its stated "
            "count."
        ),
    ),
    "help.draft_against": Sentence(
        zh="与现有名册逐名比较。", en="Compare name by name with an existing roster."
    ),
    "draft_against": Sentence(
        zh="与名册比较：相同 {same}，相似 {similar}，新 {new}，缺 {missing}",
        en="against the roster: {same} same, {similar} similar, {new} new, {missing} missing",
    ),
    "draft_against_line": Sentence(
        zh="{status}：{draft} / {roster}（{score}，{how}）",
        en="{status}: {draft} / {roster} ({score}, {how})",
    ),
}
