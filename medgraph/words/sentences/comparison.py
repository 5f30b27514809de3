"""Say what there is to say about comparison of two networks or two days."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "compare_numerator": Sentence(zh="有差异的事实", en="facts that differ"),
    "compare_denominator": Sentence(
        zh="任一方的单位、关系，以及双方的责任单元、区划、各项查询和核查结果",
        en="nodes and links of either side; cells, areas, answers and verdicts of both",
    ),
    "compare_left_out": Sentence(
        zh="另一方有这一行，但未能载入，不能算新增或取消。",
        en="The other side has a row of it that could not be loaded: neither added nor removed.",
    ),
    "compare_one_day": Sentence(
        zh="请给出第二个网络，或给出 from_day、to_day。",
        en="Give a second network, or from_day and to_day.",
    ),
    "compared_served_by": Sentence(zh="服务的集团", en="served by"),
    "what.link": Sentence(zh="关系", en="link"),
    "what.facility": Sentence(zh="机构", en="facility"),
    "what.area": Sentence(zh="区划", en="area"),
    "what.group": Sentence(zh="集团", en="group"),
    "what.centre": Sentence(zh="共享中心", en="centre"),
    "what.team": Sentence(zh="团队", en="team"),
    "what.committee": Sentence(zh="管委会", en="committee"),
    "what.department": Sentence(zh="部门", en="department"),
    "what.platform": Sentence(zh="平台", en="platform"),
    "what.authority": Sentence(zh="管理机构", en="authority"),
    "what.obligation": Sentence(zh="责任", en="obligation"),
    "what.served": Sentence(zh="覆盖", en="served"),
    "what.share": Sentence(zh="比例", en="share"),
    "what.answer": Sentence(zh="查询", en="answer"),
    "what.verdict": Sentence(zh="结论", en="verdict"),
    "difference.real": Sentence(zh="实际", en="real"),
    "difference.structural": Sentence(zh="沿革", en="structural"),
    "change.renamed": Sentence(zh="改名", en="renamed"),
    "change.merged": Sentence(zh="合并", en="merged"),
    "change.split": Sentence(zh="拆分", en="split"),
    "column.what": Sentence(zh="对象", en="what"),
    "column.change": Sentence(zh="变化", en="change"),
    "column.field": Sentence(zh="哪一项", en="field"),
    "column.before": Sentence(zh="原来", en="before"),
    "column.after": Sentence(zh="现在", en="after"),
    "way.down": Sentence(zh="下转", en="down"),
    "way.all_year": Sentence(zh="全年派驻", en="all year"),
    "way.six_months": Sentence(zh="满六个月", en="six months"),
    "way.per_10000": Sentence(zh="每万人", en="per 10,000 people"),
    "compare_counts": Sentence(
        zh="{before} 与 {after}：{real} 处实际变化，{structural} 处沿革变化",
        en="{before} against {after}: {real} real changes, {structural} structural ones",
    ),
    "compare_later": Sentence(
        zh=(
            "此后还有 {count} 处不同，从这些日子起：{days}。"
            "看某一天：--from-day 和 --to-day 都写这一天。"
        ),
        en=(
            "{count} more differ later, from these days on: {days}. For one of them give it as "
            "--from-day and as --to-day."
        ),
    ),
    "compare_later_unseen": Sentence(
        zh="{first} 起还有 {count} 个日子也有变化，没有逐日比较。",
        en="From {first} on there are {count} more days of change, which were not compared.",
    ),
    "compare_share": Sentence(zh="{share}，无法判定 {unknown}", en="{share}, {unknown} unknown"),
    "help.compare": Sentence(
        zh="比较两个网络，或同一网络的两天。",
        en="Compare two networks, or one network on two days.",
    ),
    "help.compare_pack": Sentence(
        zh="两边都核查的政策包（默认：与集团类型相应的国家包，及覆盖全部机构所在地的地方包）。",
        en=(
            "A pack to ask on both sides (default: the national ones of its groups, and those of "
            "the place in which all its facilities lie)."
        ),
    ),
    "help.option.from_day": Sentence(
        zh="前一天（默认：数据截止日）。",
        en="The earlier day (default: the data day).",
    ),
    "help.option.to_day": Sentence(
        zh="后一天（默认：数据截止日）。", en="The later day (default: the data day)."
    ),
    "change.same": Sentence(zh="相同", en="the same"),
    "change.added": Sentence(zh="新增", en="added"),
    "change.removed": Sentence(zh="取消", en="removed"),
    "change.changed": Sentence(zh="变化", en="changed"),
}
