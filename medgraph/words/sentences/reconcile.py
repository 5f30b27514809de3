"""Say what there is to say about two lists that become one."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.reconcile": Sentence(
        zh=(
            "核对两份机构名单：哪些是同一家，哪些仅见于一份，哪些需要人来定。"
            "只给一份名单时，为未填区划的机构找所在乡镇。输出为 .xlsx 时是可填写决定的核对表。"
        ),
        en=(
            "Reconcile two lists of facilities: which are the same, which are in one list only, "
            "which people must decide. Of one list alone: in which townships its facilities lie "
            "that state none. As .xlsx, a review to be decided on."
        ),
    ),
    "help.reconcile_decisions": Sentence(
        zh="已填决定的核对表，或决定的 .csv、.json；可给出多个，后者为准。",
        en="A review that was decided on, or decisions as .csv, .json; of several the last rules.",
    ),
    "help.reconcile_apply": Sentence(
        zh="写出合并后的网络，列出双方所填不同之处；有不同或仍有待定时退出码为 1。",
        en=(
            "Write the network of both and tell what they state differently; exit 1 where that is "
            "anything, or entries are still to be decided."
        ),
    ),
    "reconcile.answered": Sentence(
        zh="{path} 中已填有决定，不会覆盖：请用 --decisions 一并读入，或另起文件名。",
        en=(
            "{path} holds decisions and is not overwritten: read them with --decisions, or choose "
            "another name."
        ),
    ),
    "reconcile.no_review": Sentence(
        zh="{path} 不是核对表，也没有“决定”“甲方编号”“乙方编号”三栏。",
        en="{path} is no review, nor has it the columns decision, source and target.",
    ),
    "reconcile.no_decision": Sentence(
        zh="{place}“{value}”不是一种决定。可填：{allowed}。",
        en="{place} {value} is no decision. It may be: {allowed}.",
    ),
    "reconcile.how": Sentence(
        zh=(
            "在“决定”栏从下拉列表选择；要另选对方，在“另选对方”栏写编号或全称。"
            "填好后：medgraph reconcile 甲 乙 --decisions 本文件；"
            "下一版名单也用同一文件，决定继续有效。"
        ),
        en=(
            "Choose in the column Decision; for another partner write its id or full name beside "
            "it. Then: medgraph reconcile A B --decisions THIS_FILE; the next edition takes the "
            "same file, and what was decided holds."
        ),
    ),
    "reconcile.line": Sentence(
        zh="待定 {pair}（{percent}）：{reason}{more}", en="ask {pair} ({percent}): {reason}{more}"
    ),
    "reconcile.line_others": Sentence(zh="；另有可能：{others}", en="; or: {others}"),
    "reconcile.status.same": Sentence(zh="同一家", en="same"),
    "reconcile.status.placed": Sentence(zh="已定", en="decided"),
    "reconcile.status.ask": Sentence(zh="待定", en="ask"),
    "reconcile.status.only_before": Sentence(zh="仅甲方", en="only A"),
    "reconcile.status.only_after": Sentence(zh="仅乙方", en="only B"),
    "reconcile.change.unchanged": Sentence(zh="无", en="unchanged"),
    "reconcile.change.renamed": Sentence(zh="改名", en="renamed"),
    "reconcile.change.moved": Sentence(zh="搬迁", en="moved"),
    "reconcile.change.merged": Sentence(zh="合并", en="merged"),
    "reconcile.change.split": Sentence(zh="拆分", en="split"),
    "reconcile.change.closed": Sentence(zh="撤销", en="closed"),
    "reconcile.change.new": Sentence(zh="新设", en="new"),
    "reconcile.change.unlisted": Sentence(zh="未列入", en="unlisted"),
    "reconcile_numerator": Sentence(
        zh="已判定的条目：两份名单中为同一机构，或仅见于一份名单",
        en="entries that are decided: one facility in both lists, or in one list only",
    ),
    "reconcile_denominator": Sentence(
        zh="两份名单的全部机构，每家恰在一个条目中",
        en="all facilities of both lists, each in exactly one entry",
    ),
    "reconcile.conflicts": Sentence(
        zh="两份名单所填不同的栏", en="fields that the two lists state differently"
    ),
    "reconcile.compared": Sentence(
        zh="两份名单都填写的栏（同一机构、同一关系）",
        en="fields that both lists state of one node or link",
    ),
    "reconcile.conflicts_told": Sentence(
        zh="两份名单都填写的{total}栏中，{count}栏不同，保留甲方所填。",
        en="Of {total} fields that both state {count} differ; those of A were kept.",
    ),
    "reconcile.not_joined": Sentence(
        zh="尚有{count}条待定，未合并：两份名单中各自保留。",
        en="{count} entries are still to be decided and were not joined: both stay.",
    ),
    "answer.reconcile.facilities": Sentence(
        zh="两份名单的核对", en="Reconciling of two lists of facilities"
    ),
    "answer.reconcile.join": Sentence(
        zh="两份名单所填不同之处", en="What two lists state differently"
    ),
    "column.place_before": Sentence(zh="甲方位置", en="place in A"),
    "column.place_after": Sentence(zh="乙方位置", en="place in B"),
    "conflict.before": Sentence(zh="甲方所填", en="A states"),
    "conflict.after": Sentence(zh="乙方所填", en="B states"),
    "conflict.kept_before": Sentence(zh="甲方", en="A"),
    "column.kept": Sentence(zh="保留", en="kept"),
    "status.conflict": Sentence(zh="不同", en="conflict"),
    "reconcile.split_from": Sentence(zh="由{name}（{id}）拆分", en="split from {name} ({id})"),
    "answer.reconcile.places": Sentence(
        zh="未填区划机构的所在乡镇", en="Townships of facilities that state no area"
    ),
    "reconcile.placed": Sentence(zh="已由人工确定乡镇的机构", en="facilities decided by people"),
    "reconcile.placeless": Sentence(
        zh="未填所在区划的机构，及只填到县区的基层机构",
        en="facilities that state no area, and centres and stations that state a county alone",
    ),
    "reconcile.no_townships": Sentence(
        zh="网络中没有乡镇级区划，无从对应：请先加入区划表。",
        en="The network has no townships to choose from: add the table of areas first.",
    ),
    "reconcile.which_township": Sentence(
        zh="{place}“{value}”不是恰好一个乡镇，请写区划代码。",
        en="{place} {value} is not exactly one township: write its code.",
    ),
    "reconcile.no_place": Sentence(
        zh="名称和地址中没有任何乡镇的名称。", en="Neither name nor address says any township."
    ),
    "reconcile.drawn": Sentence(
        zh="由人工确定的所在乡镇推定服务辖区",
        en="drawn from the township that people decided",
    ),
    "reconcile.sign.called": Sentence(zh="以该乡镇命名", en="called as the township is"),
    "reconcile.sign.named": Sentence(
        zh="与该乡镇同名，未写“镇、乡、街道”或写法不同",
        en="called so, but for the kind of place",
    ),
    "reconcile.sign.address": Sentence(zh="地址写明该乡镇", en="its address says the township"),
    "reconcile.sign.mentioned": Sentence(
        zh="地址或名称中有该乡镇的名字", en="its address or name mentions it"
    ),
    "reconcile.sign.county": Sentence(zh="县区一致", en="the same county"),
    "reconcile.sign.elsewhere": Sentence(zh="县区不同", en="another county"),
    "reconcile.how_places": Sentence(
        zh=(
            "在“决定”栏选“在此”或“不在此”；要另选乡镇，在“另选乡镇”栏写名称或代码，并选“在此”。"
            "填好后：medgraph reconcile 名单 --decisions 本文件 --apply 新名单。"
        ),
        en=(
            "Choose here or not here in the column Decision; for another township write its name "
            "or code beside it and choose here. Then: medgraph reconcile LIST --decisions "
            "THIS_FILE --apply OUT."
        ),
    ),
    "reconcile.placed_told": Sentence(
        zh="已按人工决定填入{count}家机构的所在乡镇；未定的{open}家不变。",
        en="The townships of {count} facilities were filled in as decided; {open} stay open.",
    ),
    "reconcile.and": Sentence(zh="；", en="; "),
    "reconcile.km": Sentence(zh="相距{km}公里", en="{km} km apart"),
    "reconcile.other": Sentence(zh="{name}（{id}，{chance}）", en="{name} ({id}, {chance})"),
    "reconcile.named": Sentence(zh="{name}（{id}）", en="{name} ({id})"),
    "reconcile.counts": Sentence(
        zh="同一家{same}对，待定{ask}条，仅见于甲方{only_before}家，仅见于乙方{only_after}家。",
        en=(
            "{same} pairs are the same, {ask} entries are to be asked, {only_before} facilities "
            "are in A only, {only_after} in B only."
        ),
    ),
    "reconcile.decided": Sentence(zh="人工决定", en="decided by people"),
    "reconcile.decided_by": Sentence(zh="人工决定：{by}", en="decided by {by}"),
    "reconcile.stale": Sentence(
        zh="{place} 对“{name}”的决定未采用：{reason}",
        en="{place} the decision on {name} was not taken: {reason}",
    ),
    "reconcile.stale_gone": Sentence(zh="名单中已没有“{id}”。", en="{id} is in the list no more."),
    "reconcile.stale_name": Sentence(
        zh="{id}当时叫“{name}”，现在叫“{now}”，请重新决定。",
        en="{id} was called {name} then, and is called {now} now: decide anew.",
    ),
    "reconcile.partner_several": Sentence(
        zh="另选的“{value}”对应多家，请写编号。",
        en="The other partner {value} is several facilities: write an id.",
    ),
    "reconcile.partner_unknown": Sentence(
        zh="名单中没有另选的“{value}”。", en="No facility is the other partner {value}."
    ),
    "reconcile.needs_partner": Sentence(
        zh="此决定需要对方：在“另选对方”栏写编号或全称。",
        en="This decision needs a partner: write its id or full name beside it.",
    ),
    "reconcile.wrong_side": Sentence(
        zh="“已撤销”只能用于甲方机构，“新设”只能用于乙方机构。",
        en="Closed is said of facilities of A, new of those of B.",
    ),
    "reconcile.contradiction": Sentence(
        zh="关于“{name}”的决定互相矛盾：一家机构只能与一家相同，也不能既相同又已撤销。请改正。",
        en=(
            "Decisions on {name} contradict one another: a facility is the same as one other, and "
            "not closed as well. Please put it right."
        ),
    ),
    "reconcile.taken": Sentence(
        zh="最像的机构已与另一家配对：可能合并或拆分，也可能不相干。",
        en="What it is most like is paired with another: merged or split perhaps, or unrelated.",
    ),
    "reconcile.namesakes": Sentence(
        zh="另一份名单中有同名或几乎同名的机构，凭所填内容无法判定是不是它。",
        en="The other list has namesakes, or nearly so: what is stated does not tell which it is.",
    ),
    "reconcile.is_class": Sentence(
        zh="另一份名单中以此名称登记的是一类单位，未点名。",
        en="The other list has a class of facilities by this name, and names none of them.",
    ),
    "reconcile.none_class": Sentence(
        zh="另一份名单中没有相像的机构，但有一行代表一类单位，可能包括它。",
        en="The other list has nothing like it, but a row for a class that may hold it.",
    ),
    "reconcile.none_whole": Sentence(
        zh="另一份名单声明列全，其中没有相像的机构。",
        en="The other list is declared complete and has nothing like it.",
    ),
    "reconcile.none_open": Sentence(
        zh="另一份名单中没有相像的机构；该名单未声明列全，不能说已撤销或新设。",
        en=(
            "The other list has nothing like it, and is not declared complete: neither closed nor "
            "new."
        ),
    ),
    # what was compared
    "reconcile.field.name": Sentence(zh="名称", en="name"),
    "reconcile.field.distance": Sentence(zh="坐标", en="point"),
    "reconcile.field.town": Sentence(zh="乡镇", en="township"),
    "reconcile.field.county": Sentence(zh="县区", en="county"),
    "reconcile.field.type": Sentence(zh="类型", en="type"),
    "reconcile.field.code": Sentence(zh="代码", en="code"),
    "reconcile.field.address": Sentence(zh="地址", en="address"),
    # how names agree
    "reconcile.name.same": Sentence(zh="名称相同", en="the same name"),
    "reconcile.name.written": Sentence(
        zh="名称只是写法不同", en="the same name, written otherwise"
    ),
    "reconcile.name.other": Sentence(
        zh="一方的别名或第二名称是另一方的名称", en="a second name or alias of one is the other's"
    ),
    "reconcile.name.kind": Sentence(
        zh="字号相同，类别有省略或随改制而变",
        en="called the same; the kind is left out or has changed",
    ),
    "reconcile.name.sound": Sentence(
        zh="名称读音相同或有笔误", en="names sound the same or differ by a slip"
    ),
    "reconcile.name.sign": Sentence(zh="一方名称少一个字", en="one name lacks a sign"),
    "reconcile.tells_apart": Sentence(
        zh="少的是常用来区分两地的字", en="by such a sign two villages are told apart"
    ),
    "reconcile.name.short": Sentence(zh="一方名称有省略", en="one name leaves a part out"),
    "reconcile.name.alike": Sentence(zh="名称部分相像", en="names are alike in part"),
    "reconcile.name.different": Sentence(zh="名称不同", en="other names"),
    "reconcile.name.against": Sentence(
        zh="名称相像，但序号、院区、类别或所属地不同",
        en="names are alike, but for a number, a branch, a kind or a place",
    ),
    # how places agree
    "reconcile.distance.point": Sentence(zh="位置相同", en="the same point"),
    "reconcile.distance.near": Sentence(zh="位置相近", en="close by"),
    "reconcile.distance.around": Sentence(zh="五公里内", en="within 5 km"),
    "reconcile.distance.far": Sentence(zh="相距较远", en="far apart"),
    "reconcile.town.same": Sentence(zh="同一乡镇", en="the same township"),
    "reconcile.town.county": Sentence(
        zh="同县区，不同乡镇", en="the same county, another township"
    ),
    "reconcile.town.elsewhere": Sentence(zh="不在一县", en="another county"),
    "reconcile.county.same": Sentence(zh="同一县区", en="the same county or area"),
    "reconcile.county.city": Sentence(zh="同一地市，不同县区", en="the same city, another county"),
    "reconcile.county.elsewhere": Sentence(zh="不在一地", en="elsewhere"),
    "reconcile.type.same": Sentence(zh="类型相同", en="the same type"),
    "reconcile.type.different": Sentence(zh="类型不同", en="another type"),
    "reconcile.code.same": Sentence(zh="代码相同", en="the same code"),
    "reconcile.code.shared": Sentence(
        zh="代码相同，但还有别的机构用同一代码", en="the same code, which others have too"
    ),
    "reconcile.code.different": Sentence(zh="代码不同", en="other codes"),
    "reconcile.address.same": Sentence(zh="地址相同", en="the same address"),
    "reconcile.address.alike": Sentence(zh="地址相近", en="addresses are alike"),
    "reconcile.address.different": Sentence(zh="地址不同", en="another address"),
}
