"""Say what there is to say about plans and the planning board."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "plan_file_too_long": Sentence(
        zh="{path} 太大，不会是一个方案文件。", en="{path} is too large to be a plan."
    ),
    "plan_step": Sentence(
        zh="{path} 第 {number} 项变更读不懂：{reason}",
        en="{path}: change {number} cannot be read: {reason}",
    ),
    "plan_place": Sentence(zh="{path}!第{number}项", en="{path}!step {number}"),
    "plan_base_gone": Sentence(
        zh="{path} 所依据的文件“{base}”不在同一文件夹里。请把它放回方案旁边。",
        en="“{base}”, which {path} changes, does not lie beside it. Put it back there.",
    ),
    "plan_is_no_target": Sentence(
        zh="{path} 是方案文件的名字，不能把网络写成方案。",
        en="{path} is a plan, and a network is written as another format.",
    ),
    "board.stale": Sentence(
        zh="这个方案刚被别处改过，这一步没有做；请看过新的情况再做。",
        en="The plan was changed elsewhere meanwhile; this step was not made. Look, and try again.",
    ),
    "board.no_plan": Sentence(zh="没有方案“{plan}”。", en="There is no plan “{plan}”."),
    "board.nothing_to_undo": Sentence(zh="没有可以撤销的。", en="There is nothing to undo."),
    "board.nothing_to_redo": Sentence(zh="没有可以重做的。", en="There is nothing to redo."),
    "board.locked": Sentence(zh="已锁定：{names}。", en="Locked: {names}."),
    "board.too_long": Sentence(
        zh="文字太长，最多 {most} 个字。", en="The text is too long: at most {most} characters."
    ),
    "board.no_name": Sentence(zh="方案要有名称。", en="A plan needs a name."),
    "board.and": Sentence(zh="；", en="; "),
    "board.from_day": Sentence(zh="{sentence}（自 {day} 起）", en="{sentence} (from {day})"),
    "board.move": Sentence(zh="{name} 转到 {group}", en="{name} moves to {group}"),
    "board.join": Sentence(zh="{name} 加入 {group}", en="{name} joins {group}"),
    "board.end": Sentence(zh="{name} 关闭", en="{name} ends"),
    "board.end_link": Sentence(
        zh="{name} 的“{relation}”{to} 终止", en="{name}: {relation} {to} ends"
    ),
    "board.succeed": Sentence(zh="{name} 由 {heirs} 接续", en="{name} is followed by {heirs}"),
    "board.link": Sentence(zh="{name} {relation} {to}", en="{name}: {relation} {to}"),
    "board.fill": Sentence(zh="{name} 的{column}写明为 {value}", en="{name}: {column} is {value}"),
    "board.declare_complete": Sentence(
        zh="{by} 声明“{part}”已列全", en="{by} declares {part} complete"
    ),
    "board.declare_partial": Sentence(
        zh="{by} 声明“{part}”未列全", en="{by} declares {part} partial"
    ),
    "board.did_begin": Sentence(zh="新建方案“{name}”", en="began the plan “{name}”"),
    "board.did_undo": Sentence(zh="撤销上一步", en="took the last step back"),
    "board.did_redo": Sentence(zh="重做", en="made it again"),
    "board.did_rename": Sentence(zh="改名为“{name}”", en="renamed it “{name}”"),
    "board.did_what": Sentence(zh="（读不懂的记录）", en="(an entry that cannot be read)"),
    "board.did_lock": Sentence(zh="锁定 {names}", en="locked {names}"),
    "board.did_unlock": Sentence(zh="解锁 {names}", en="unlocked {names}"),
    "board.found": Sentence(zh="{count} 处", en="{count} found"),
    "board.and_unknown": Sentence(zh="{text}，无法判定 {count}", en="{text}, {count} unknown"),
    "board.towards": Sentence(zh="（{name}）", en=" ({name})"),
    "board.consequence": Sentence(
        zh="{about}：{before} → {after}", en="{about}: {before} → {after}"
    ),
    "board.nothing": Sentence(zh="（无）", en="(nothing)"),
    "board.wrong_host": Sentence(zh="只接受本机的访问。", en="Only this machine is served."),
    "board.no_token": Sentence(
        zh="请用程序给出的完整地址打开。",
        en="Open the whole address that the program printed.",
    ),
    "board.not_from_page": Sentence(
        zh="这个请求不是从规划板的页面发出的。",
        en="This request does not come from the page of the board.",
    ),
    "board.own_fault": Sentence(
        zh="程序自身出错（{kind}），这一步没有做；先前各步都在。",
        en="The program is at fault ({kind}); this step was not made, all before are there.",
    ),
    "board.too_many": Sentence(
        zh="同时的改动太多，请稍后再试。",
        en="Too many changes at once; try again.",
    ),
    "board.unreadable": Sentence(zh="读不懂这个请求。", en="The request cannot be read."),
    "board.compare_some": Sentence(
        zh="请选 1 至 {most} 个方案对比。",
        en="Choose one to {most} plans to compare.",
    ),
    "board.list_sheet": Sentence(zh="调整清单", en="changes"),
    "board.list_title": Sentence(zh="{name}调整清单", en="{name}: list of changes"),
    "board.list_base": Sentence(
        zh="方案“{source}”，依据的数据编号 {base}。",
        en="The plan “{source}”, on the data with the mark {base}.",
    ),
    "board.list_number": Sentence(zh="序号", en="no."),
    "board.list_what": Sentence(zh="调整事项", en="change"),
    "board.list_day": Sentence(zh="生效日期", en="from"),
    "board.list_by": Sentence(zh="提出单位", en="by"),
    "board.list_reason": Sentence(zh="理由", en="reason"),
    "board.list_at": Sentence(zh="记入时间", en="entered"),
    "help.board": Sentence(
        zh="在浏览器里打开规划板。",
        en="Open the planning board in the browser.",
    ),
    "help.board_no_open": Sentence(zh="不自动打开浏览器。", en="Do not open the browser."),
    "help.board_port": Sentence(
        zh="端口（默认：任一空闲端口）。",
        en="The port (default: any free one).",
    ),
    "help.log": Sentence(
        zh="列出一个方案或一份数据的规划日志，并核对它是否完整。",
        en="List the journal of a plan or of a source, and verify it.",
    ),
    "board.open_at": Sentence(
        zh="规划板已打开。关闭所有页面十分钟后自动停止；也可按 Ctrl-C。",
        en="The board is open. It stops ten minutes after the last page is closed, or with Ctrl-C.",
    ),
    "board.not_installed": Sentence(
        zh="规划板需要另装：pip install 'medgraph[board]'。",
        en="The board needs more: pip install 'medgraph[board]'.",
    ),
    "board.log_line": Sentence(
        zh="{number}  {at}  {who}  {said}",
        en="{number}  {at}  {who}  {said}",
    ),
    "board.log_sound": Sentence(
        zh="共 {count} 条，链条完整。",
        en="{count} entries; the chain holds.",
    ),
    "board.log_broken": Sentence(
        zh="日志不可信：{fault}",
        en="The journal cannot be trusted: {fault}",
    ),
    "board.port_taken": Sentence(zh="端口 {port} 已被占用。", en="The port {port} is taken."),
    "board.other_base": Sentence(
        zh="这个方案依据的是另一版数据，请先承接到现有数据。",
        en="The plan was made for another edition of the data; carry it over first.",
    ),
    "board.nothing_open": Sentence(zh="还没有打开任何数据。", en="Nothing is open yet."),
    "board.too_large": Sentence(
        zh="文件太大，最多 {most} MB。",
        en="The file is too large: at most {most} MB.",
    ),
    "board.bad_name": Sentence(
        zh="文件名不能用，请改名后再拖。",
        en="The name of the file cannot be used; rename it.",
    ),
    "board.sample_name": Sentence(zh="台州样例", en="taizhou-sample"),
    "board.no_journal": Sentence(zh="找不到规划日志 {path}。", en="There is no journal {path}."),
    "board.not_a_journal": Sentence(
        zh="{path} 不是规划日志，或已损坏：{reason}。",
        en="{path} is no journal, or is damaged: {reason}.",
    ),
    "board.journal_fails": Sentence(
        zh="规划日志 {path} 写不进去：{reason}。这一步没有记下，先前各步都在。",
        en=(
            "The journal {path} cannot be written: {reason}. This step was not kept; all before "
            "it are there."
        ),
    ),
    "board.journal_gone": Sentence(
        zh="规划日志 {path} 被移走或换掉了。这一步没有记下；请放回原处，再重新打开规划板。",
        en=(
            "The journal {path} was taken away or replaced. This step was not kept; put it back "
            "and open the board again."
        ),
    ),
    "board.entry_unreadable": Sentence(
        zh="规划日志第 {number} 条读不懂，可能被改动过；用 medgraph log 核对。",
        en="Entry {number} of the journal cannot be read, so it was changed; see medgraph log.",
    ),
    "board.journal_gap": Sentence(
        zh="应是第 {expected} 条，却是第 {found} 条：有记录被删去。",
        en="Entry {expected} should follow, and {found} does: entries were removed.",
    ),
    "board.journal_changed": Sentence(
        zh="第 {number} 条被改动过。", en="Entry {number} was changed."
    ),
    "board.journal_out_of_order": Sentence(
        zh="第 {number} 条接不上前一条：有记录被删去或换了次序。",
        en="Entry {number} does not follow the one before it: removed or reordered.",
    ),
    "board.journal_cut": Sentence(
        zh="日志末尾被截去：应有 {noted} 条，只有 {found} 条。",
        en="The end is missing: {noted} entries are noted, {found} are there.",
    ),
    "board.journal_no_head": Sentence(
        zh="记录日志长度的 {path} 不见了或读不懂，末尾是否完整无从核对。",
        en="{path}, which notes the length, is missing or unreadable: the end cannot be checked.",
    ),
}

FAULTS = (
    Fault(
        "E200",
        zh="这项变更（{value}）做不成：{reason}",
        en="The change ({value}) cannot be made: {reason}",
        advice=Sentence(
            zh="改方案，或加 --lenient 跳过它。",
            en="Change the plan, or leave it out with --lenient.",
        ),
    ),
    Fault(
        "W200",
        zh="方案“{value}”所依据的文件在方案之后改过；各项变更已照新文件重做。",
        en=(
            "The base of the plan “{value}” has changed since; the changes were made on the new "
            "one."
        ),
        advice=Sentence(zh="请核对各项变更。", en="See whether the changes still hold."),
    ),
)
