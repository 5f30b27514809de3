"""Say what there is to say about the flow map."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "flow_map.title_up": Sentence(
        zh="{title} · 上转：计划与实际",
        en="{title} · Referral up: planned and observed",
    ),
    "flow_map.title_down": Sentence(
        zh="{title} · 下转：计划与实际",
        en="{title} · Referral down: planned and observed",
    ),
    "flow_map.facts": Sentence(
        zh="{day} · 计划内有记录 {used} 条，计划内无记录 {unused} 条，计划外 {unplanned} 条",
        en=(
            "{day} · {used} link[|s] planned and used, {unused} planned but unused, {unplanned} "
            "not planned"
        ),
    ),
    "flow_map.from": Sentence(zh="转出（人次）", en="from (records)"),
    "flow_map.from_groups": Sentence(zh="转出集团（人次）", en="from groups (records)"),
    "flow_map.to": Sentence(zh="转入（人次）", en="to (records)"),
    "flow_map.to_groups": Sentence(zh="转入集团（人次）", en="to groups (records)"),
    "flow_map.used": Sentence(zh="计划内，有记录", en="planned and used"),
    "flow_map.unused": Sentence(zh="计划内，无记录", en="planned but unused"),
    "flow_map.unplanned": Sentence(zh="计划外", en="not planned"),
    "flow_map.protected": Sentence(zh="人次太少，不显示", en="too few to show"),
    "flow_map.no_group": Sentence(zh="不在任何集团", en="in no group"),
    "flow_map.widths": Sentence(
        zh="线宽按人次的平方根；最粗为 {most} 人次。≥ 和 <：其中有不显示的小数。",
        en=(
            "Width: square root of the records; the widest is {most}. ≥ and <: with counts too few "
            "to show."
        ),
    ),
    "help.map.flows": Sentence(zh="方案与实际转诊流向图。", en="Planned against observed flows."),
}
