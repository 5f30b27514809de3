"""Say what there is to say about the structure of referrals."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.structure": Sentence(
        zh="结构：转诊网络中谁居中，谁与谁成片。",
        en="Structure of the referrals: who is central, who hang together.",
    ),
    "help.structure.centrality": Sentence(
        zh="每家机构在转诊中的居中程度：五种指标。",
        en="How central each facility is to the referrals: five measures.",
    ),
    "help.structure.communities": Sentence(
        zh="按转诊分成的片，与所属集团并列。",
        en="Facilities that hang together by referrals, beside their groups.",
    ),
    "help.option.flows": Sentence(
        zh="实际转诊数（CSV：from,to,count）；不给则用列明的转诊关系。",
        en="Observed flows (CSV: from,to,count); else the links that are stated.",
    ),
    "help.option.resolution": Sentence(
        zh="大于1分得更细，小于1更粗。",
        en="More than 1 makes smaller communities, less than 1 larger ones.",
    ),
    "structure.centrality.numerator": Sentence(
        zh="机构在转诊网络中的居中程度（无比例）：中介、接近、网页排名、枢纽、权威",
        en="centrality of facilities in the graph of referrals (no share)",
    ),
    "structure.communities.numerator": Sentence(
        zh="按转诊往来分成的片（无比例）",
        en="communities of facilities by their referrals (no share)",
    ),
    "structure.denominator": Sentence(
        zh="在开且有转出或转入的列名机构（无转诊的另列）",
        en="named facilities at work that refer or receive; those without any apart",
    ),
    "structure.no_flow": Sentence(
        zh="没有转出，也没有转入。", en="It neither refers nor receives."
    ),
    "structure.stated_up": Sentence(
        zh="边：{day}列明的上转关系{count}条，从转出到接收，不分专科，每条计1；步数不计分钟。",
        en=(
            "Edges: {count} links of referral up as stated on {day}, from who refers to who "
            "receives, whatever the specialty, one each; steps know no minutes."
        ),
    ),
    "structure.stated_down": Sentence(
        zh="边：{day}列明的下转关系{count}条，从转出到接收，不分专科，每条计1；步数不计分钟。",
        en=(
            "Edges: {count} links of referral down as stated on {day}, from who refers to who "
            "receives, whatever the specialty, one each; steps know no minutes."
        ),
    ),
    "structure.open_list": Sentence(
        zh="{tables}未声明完整，补上后都会变。",
        en=" {tables} is not declared complete; more links change every number.",
    ),
    "structure.observed": Sentence(
        zh="边：实际转诊{total}次，从转出到接收；步数不计次数。",
        en=(
            "Edges: {total} observed referrals, from who refers to who receives; steps know no "
            "counts."
        ),
    ),
    "structure.not_at_work": Sentence(
        zh="{count}条关系的一端未在运行、是代称或指向自己，未计。",
        en=(
            "{count} links have an end that is not at work, stands for a class, or is the other "
            "end."
        ),
    ),
    "structure.strangers": Sentence(
        zh="{count}次的一端不是在开的机构，未计：{names}。",
        en="{count} referrals have an end that is no facility at work; they are left out: {names}.",
    ),
    "structure.communities": Sentence(
        zh="分成{count}片，模块度{modularity}；差不多好的分法可能不止一种。",
        en="{count} communities, modularity {modularity}; others may fit nearly as well.",
    ),
    "structure.inside": Sentence(
        zh="片内往来{inside}，共{total}。", en="{inside} of {total} flows stay within communities."
    ),
    "structure.bad_resolution": Sentence(
        zh="粗细应大于零：{value}。", en="The resolution must be above zero: {value}."
    ),
    "structure.bad_count": Sentence(
        zh="转诊数应为不小于零的数。", en="Counts of referrals must be zero or more."
    ),
    "column.betweenness": Sentence(zh="中介中心性", en="betweenness"),
    "column.closeness": Sentence(zh="接近中心性", en="closeness"),
    "column.pagerank": Sentence(zh="网页排名", en="pagerank"),
    "column.hub": Sentence(zh="枢纽值", en="hub"),
    "column.authority": Sentence(zh="权威值", en="authority"),
    "column.community": Sentence(zh="片", en="community"),
    "column.sent": Sentence(zh="转出", en="sent"),
    "column.received": Sentence(zh="转入", en="received"),
    "answer.structure.centrality": Sentence(zh="转诊中的居中程度", en="Centrality in referrals"),
    "answer.structure.communities": Sentence(zh="按转诊成片", en="Communities of referral"),
}
