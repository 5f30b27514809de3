"""Say what there is to say on a board that several share, and about its answers."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    # -- the server ----------------------------------------------------------------------------
    "help.board_host": Sentence(
        zh="在这个地址上提供服务（默认只限本机）。",
        en="Serve at this address of the machine (default: to this machine alone).",
    ),
    "help.board_allow_host": Sentence(
        zh="浏览器里所用的服务器名称，可多次；前面应有加密的代理。",
        en="A name by which browsers call the server; a proxy with TLS stands before it.",
    ),
    "help.board_links": Sentence(
        zh="把两个链接的口令存在这个文件里，重启后链接不变。",
        en="Keep the tokens of both links in this file, so that they outlive the server.",
    ),
    "board.open_shared": Sentence(
        zh="规划板已打开，供多人使用；按 Ctrl-C 停止。",
        en="The board is open to several, until it is stopped with Ctrl-C.",
    ),
    "board.look_at": Sentence(zh="只看的链接：{address}", en="To look only: {address}"),
    "board.by_name": Sentence(
        zh="经由代理 {name}（编辑、只看）：{links}",
        en="By the name {name}, to edit and to look: {links}",
    ),
    "board.needs_names": Sentence(
        zh="用 --host {host} 时，请用 --allow-host 写明浏览器里所用的名称或地址。",
        en="With --host {host}, say by --allow-host which name or address browsers call.",
    ),
    "board.nothing_proposed": Sentence(
        zh="没有可以作为方案的调整。", en="There is nothing proposed that could become a plan."
    ),
    "board.nothing_found_yet": Sentence(
        zh="停止时还没有找到方案。", en="Nothing was found by the time the search was ended."
    ),
    "board.script.adopt": Sentence(zh="作为新方案…", en="As a new plan…"),
    "board.script.adopt_title": Sentence(zh="作为新方案", en="As a new plan"),
    "board.not_encrypted": Sentence(
        zh="这个地址不加密，链接会被同一网络里的人看到；请放在加密的代理后面（docs/board.md）。",
        en=(
            "This address is not encrypted, and others in the network can read the links: put a "
            "proxy with TLS before it (docs/board.md)."
        ),
    ),
    "board.no_such_host": Sentence(
        zh="本机没有地址 {host}。", en="This machine has no address {host}."
    ),
    "board.no_links": Sentence(
        zh="{path} 里不是两个链接的口令。", en="{path} does not hold the tokens of two links."
    ),
    "board.only_looking": Sentence(
        zh="这个链接只能看；要改动，请用编辑链接。",
        en="This link is for looking; to change something, use the one for editing.",
    ),
    "board.is_shared": Sentence(
        zh="别人也在看这份数据，不能在页面上换掉。",
        en="Others look at these data; they cannot be replaced from a page.",
    ),
    "board.name_network": Sentence(
        zh="请在地址里写明网络：{address}?network=网络名",
        en="Name the network in the address: {address}?network=NAME",
    ),
    "board.no_store": Sentence(
        zh="数据不在数据库里，方案存不进去。",
        en="The data are in no store that a plan could be kept in.",
    ),
    "board.is_in_store": Sentence(
        zh="已作为“{name}”存入数据库。", en="It is in the store as “{name}”."
    ),
    "board.script.store": Sentence(zh="存入数据库…", en="Keep in the store…"),
    "board.script.store_title": Sentence(
        zh="作为情景存入数据库", en="Keep in the store as a scenario"
    ),
    "board.draft_name": Sentence(zh="{stem}（草稿）", en="{stem} (draft)"),
    "board.which_counties": Sentence(
        zh="这个方案讲的是哪些区县？（6位代码，几个用逗号分开）",
        en="Which counties is the plan about? (codes of 6 digits, commas between)",
    ),
    "board.no_counties": Sentence(zh="不按区划安放机构", en="facilities are put into no area"),
    # -- answers -------------------------------------------------------------------------------
    "board.no_question": Sentence(zh="没有“{name}”这个问题。", en="There is no question “{name}”."),
    "board.no_subject": Sentence(
        zh="请写明问的是哪家机构。", en="Say which facility the question is about."
    ),
    "board.bad_value": Sentence(zh="{name} 不能是“{value}”。", en="{name} cannot be “{value}”."),
    "board.no_records": Sentence(
        zh="请先选转诊或住院记录的文件。", en="Choose a file of records first."
    ),
    "help.option.records_chosen": Sentence(
        zh="转诊或住院记录：CSV、Excel 或 Parquet，可以选几个。",
        en="Records of referrals or stays: CSV, Excel or Parquet, one file or several.",
    ),
    "board.no_option_file": Sentence(
        zh="这个文件已不在，请再选一次。", en="The file is gone; choose it again."
    ),
    "board.too_many_rows": Sentence(
        zh="有 {rows} 行，工作簿最多写 {most} 行；请先筛选。",
        en="There are {rows} rows; a workbook gets {most} at most. Narrow them first.",
    ),
    "board.too_many_pages": Sentence(
        zh="一个方案最多留 {most} 页，每页的选项也不能太长。",
        en="A plan keeps {most} pages at most, and no very long options.",
    ),
    # -- proposals -----------------------------------------------------------------------------
    "board.no_proposal": Sentence(
        zh="这条建议已经有了答复。", en="This proposal was answered already."
    ),
    "board.no_reason": Sentence(
        zh="不采纳一条建议，要写明理由。", en="A proposal is refused with a reason."
    ),
    "board.did_propose": Sentence(zh="建议：{turn}", en="proposed: {turn}"),
    "board.did_accept": Sentence(zh="采纳建议：{turn}", en="accepted: {turn}"),
    "board.did_refuse": Sentence(zh="不采纳建议：{turn}", en="refused: {turn}"),
    "board.with_reason": Sentence(
        zh="{sentence}（理由：{reason}）", en="{sentence} (reason: {reason})"
    ),
    "board.did_keep": Sentence(zh="留下一页“{name}”", en="kept the page “{name}”"),
    "board.did_drop": Sentence(zh="去掉一页“{name}”", en="dropped the page “{name}”"),
    # -- slides --------------------------------------------------------------------------------
    "board.page.present": Sentence(zh="演示", en="Present"),
    "board.export.slides_html": Sentence(zh="演示（一页 HTML）", en="Slides (one HTML page)"),
    "board.export.slides_png": Sentence(
        zh="演示（逐页 PNG，可放进 PPT）", en="Slides (PNGs for a PPTX)"
    ),
    "slide.first": Sentence(zh="{name}：调整之前", en="{name}: as it is"),
    "slide.last": Sentence(zh="{name}：{count} 步合起来", en="{name}: all {count} steps together"),
    "slide.changes": Sentence(zh="共 {count} 步", en="{count} steps"),
    "slide.areas": Sentence(zh="{name}的区划", en="Areas of {name}"),
    "slide.facilities": Sentence(zh="{name}的机构", en="Facilities of {name}"),
    "slide.in_words": Sentence(
        zh="{sentence}。{label}：{number}", en="{sentence}. {label}: {number}"
    ),
    "slide.keys": Sentence(
        zh="→ 下一页  ← 上一页  Home/End 首尾  F 全屏",
        en="→ next  ← back  Home/End first, last  F full screen",
    ),
    # -- the page ------------------------------------------------------------------------------
    "board.page.views": Sentence(zh="看什么", en="What to look at"),
    "board.page.view_plan": Sentence(zh="规划", en="Plan"),
    "board.page.view_answers": Sentence(zh="问答与图", en="Answers and maps"),
    "board.page.questions": Sentence(zh="可以问的", en="What can be asked"),
    "board.page.find_question": Sentence(zh="找问题", en="Find a question"),
    "board.page.kept_pages": Sentence(zh="常看的页", en="Kept pages"),
    "board.page.maps": Sentence(zh="各种图", en="Maps"),
    "board.page.audits": Sentence(zh="政策核查", en="Audits"),
    "board.page.others": Sentence(zh="还有谁在看", en="Who else looks"),
    "board.page.renew": Sentence(zh="读入新版数据", en="Read the newer edition"),
    "board.script.of_plan": Sentence(zh="方案“{name}”", en="the plan “{name}”"),
    "board.script.of_base": Sentence(zh="现状", en="as it is"),
    "board.script.subject": Sentence(
        zh="哪家机构（名称、拼音或代码）", en="Which facility (name, pinyin or code)"
    ),
    "board.script.as_of_day": Sentence(
        zh="按哪一天（空着：数据截止日或方案的日子）",
        en="As of which day (empty: that of the data or plan)",
    ),
    "board.script.area": Sentence(zh="只取这一区划（代码）", en="Only this area (a code)"),
    "board.script.explicit": Sentence(zh="只算写明的关系", en="Count only links that are stated"),
    "board.script.one_a_line": Sentence(zh="一行一个", en="one a line"),
    "board.script.any": Sentence(zh="（不指定）", en="(not given)"),
    "board.script.options": Sentence(zh="选项", en="Options"),
    "board.script.ask": Sentence(zh="问", en="Ask"),
    "board.script.draw": Sentence(zh="画图", en="Draw"),
    "board.script.open_map": Sentence(zh="打开画好的图", en="Open the map"),
    "board.script.asking": Sentence(zh="正在算…", en="Working it out…"),
    "board.script.end_search": Sentence(zh="到此为止", en="Stop with the best so far"),
    "board.script.keep": Sentence(zh="留为方案的一页…", en="Keep as a page…"),
    "board.script.keep_title": Sentence(zh="留为方案的一页", en="Keep as a page of the plan"),
    "board.script.drop": Sentence(zh="去掉", en="Drop"),
    "board.script.copy": Sentence(zh="复制表格", en="Copy the table"),
    "board.script.copied": Sentence(zh="已复制 {count} 行。", en="{count} rows copied."),
    "board.script.excel": Sentence(zh="存为 Excel", en="Save as Excel"),
    "board.script.rows": Sentence(zh="{shown} / {total} 行", en="{shown} of {total} rows"),
    "board.script.narrow": Sentence(
        zh="筛选：文字，或 >5、<=3、=0", en="Narrow: a text, or >5, <=3, =0"
    ),
    "board.script.sort": Sentence(zh="按“{name}”排序", en="Sort by {name}"),
    "board.script.audit": Sentence(zh="核查", en="Audit"),
    "board.script.as_page": Sentence(zh="打开结果", en="Open the page"),
    "board.script.packs": Sentence(zh="政策包", en="Packs"),
    "board.script.choose_pack": Sentence(zh="请先选一个政策包。", en="Choose a pack first."),
    "board.script.propose": Sentence(
        zh="只作为建议提出，不改方案", en="Only propose it; the plan stays as it is"
    ),
    "board.script.proposed": Sentence(zh="待答复的建议", en="Proposals"),
    "board.script.accept": Sentence(zh="采纳", en="Accept"),
    "board.script.accept_title": Sentence(zh="采纳：{name}", en="Accept: {name}"),
    "board.script.refuse": Sentence(zh="不采纳…", en="Refuse…"),
    "board.script.refuse_title": Sentence(zh="不采纳：{name}", en="Refuse: {name}"),
    "board.script.proposals_wait": Sentence(
        zh="有 {count} 条建议待答复。", en="{count} proposals wait for an answer."
    ),
    "board.script.looking_only": Sentence(zh="只看", en="looking only"),
    "board.script.somebody": Sentence(zh="未写明单位", en="an office"),
    "board.script.also_here": Sentence(zh="同时在看：{names}", en="Also here: {names}"),
    "board.script.newer": Sentence(
        zh="数据文件有了新版；读入后方案可以承接过去。",
        en="There is a newer edition of the data; plans can be carried over to it.",
    ),
    "board.script.view_answers": Sentence(zh="问答", en="answers"),
}
