"""Say what there is to say about directories in FHIR: files, servers, what is left out and lost."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "help.shape": Sentence(
        zh="FHIR 的写法：mcsd（默认）或 plan-net。",
        en="How FHIR is written: mcsd (default) or plan-net.",
    ),
    "help.sync": Sentence(
        zh="读取 FHIR 服务器上的名录及其变动，写入 OUT。",
        en="Read a directory at a FHIR server, and what changed there since, into OUT.",
    ),
    "help.sync_since": Sentence(
        zh="从这一日或时刻起的变动（默认：上次同步以来）。",
        en="Changes since this day or instant (default: since the last time).",
    ),
    "help.fhir_keep_source": Sentence(
        zh="FHIR 资源中没有读入的内容，作为 JSON 留在属性 fhir 里（联系人除外）。",
        en="Keep what is not read of a FHIR resource as JSON in the attribute fhir (no contacts).",
    ),
    "fhir_entries_no_list": Sentence(
        zh="Bundle 的 entry 不是列表。", en="the entry of the Bundle is no list."
    ),
    "fhir_no_resource": Sentence(
        zh="第 {line} 行不是资源", en="what stands in line {line} is no resource"
    ),
    "fhir_left_not_in_use": Sentence(
        zh="已停用，没有写明从哪天起，不读入。", en="It is not in use, and is not read."
    ),
    "fhir_left_empty": Sentence(zh="条目中没有资源。", en="The entry holds no resource."),
    "fhir_left_method": Sentence(
        zh="request.method 写的是 {value}，FHIR 没有这种写法，不知是写入还是删除。",
        en="request.method is {value}, which FHIR does not have: written or deleted?",
    ),
    "fhir_left_person": Sentence(
        zh="{type} 是人员，不读入。", en="A {type} is a person; persons are not read."
    ),
    "fhir_left_type": Sentence(
        zh="{type} 不属于机构名录，不读入。", en="A {type} is no part of a directory."
    ),
    "fhir_left_no_id": Sentence(zh="资源没有 id。", en="The resource has no id."),
    "fhir_left_deleted": Sentence(
        zh="来源已删除，此前的内容未见。", en="Deleted at the source; what it was is not there."
    ),
    "fhir_left_undecided": Sentence(
        zh="同一资源有不同内容，又没有版本，不知哪个在后。",
        en="It is stated twice, differently, and no version says which is the later.",
    ),
    "fhir_left_doubtful": Sentence(
        zh="是否在用读不出来（W253、W257），不能判定。",
        en="Whether it is in use cannot be read (W253, W257).",
    ),
    "fhir_left_no_ends": Sentence(
        zh="所连的不是读入的机构、集团或区划，或该关系不连这些类别。",
        en="It joins nothing that was read, or kinds that no relation joins.",
    ),
    "fhir_left_no_owner": Sentence(
        zh="没有写明属于读入的哪个机构。", en="It names no organization that was read."
    ),
    "fhir_inactive": Sentence(
        zh="来源标为停用，终止日不详", en="called inactive at the source, last day unknown"
    ),
    "fhir_deleted": Sentence(zh="来源已删除", en="deleted at source"),
    "fhir_deleted_unknown": Sentence(
        zh="来源已删除，日期不详", en="deleted at source, day unknown"
    ),
    "fhir_no_longer": Sentence(
        zh="来源的新版本中已没有", en="no longer stated in a newer version at the source"
    ),
    "fhir_again": Sentence(
        zh="来源删去后又重新写入", en="taken away and stated again at the source"
    ),
    "fhir_lost": Sentence(
        zh="{target}：FHIR 写不下 {count} 处（{kinds} 类）。",
        en="{target}: FHIR cannot say {count} values or facts, of {kinds} kinds.",
    ),
    "fhir_lost_line": Sentence(zh="未能写出 {what}：{count}", en="not said: {what}: {count}"),
    "fhir_lost_person": Sentence(
        zh="人员代号（从不写出）", en="pseudonyms of persons (never written)"
    ),
    "fhir_lost_point": Sentence(
        zh="坐标（{crs}，不作为 position，仅在扩展中）",
        en="points in {crs} (no position, in the extension alone)",
    ),
    "fhir_lost_ended": Sentence(
        zh="已终止、未启用、暂停或关闭（plan-net 只能写“有效”，实情仅在扩展中）",
        en="ended, planned, suspended or closed (plan-net says active; the extension has it)",
    ),
    "fhir_shape": Sentence(
        zh="没有 {value} 这种写法。可用：{allowed}。",
        en="There is no shape {value}. Known: {allowed}.",
    ),
    "fhir_address": Sentence(
        zh="不是 FHIR 服务器的地址。写法：fhir+https://主机/路径，其中不含用户名和密码。",
        en=(
            "This is no address of a FHIR server. Write fhir+https://host/path, without name and "
            "password."
        ),
    ),
    "fhir_no_answer": Sentence(
        zh="{server} 没有应答：{reason}。", en="{server} does not answer: {reason}."
    ),
    "fhir_refused": Sentence(
        zh="{server} 拒绝了请求（{status}）：{reason}。",
        en="{server} refused the request ({status}): {reason}.",
    ),
    "fhir_no_fhir": Sentence(
        zh="{server} 的应答不是 FHIR JSON：{reason}。",
        en="The answer of {server} is no FHIR JSON: {reason}.",
    ),
    "fhir_elsewhere": Sentence(
        zh="{server} 的下一页指向别处（{url}），没有继续读。",
        en="{server} says that its next page lies elsewhere ({url}); it was not followed.",
    ),
    "fhir_endless": Sentence(
        zh="{server} 的分页没有尽头（同一页又出现），没有继续读。",
        en="The pages of {server} have no end (one came again); they were not followed.",
    ),
    "fhir_changed_meanwhile": Sentence(
        zh="{server} 上的内容期间已被改动：{names}。没有覆盖；请先 medgraph sync，再写入。",
        en=(
            "Changed meanwhile at {server}: {names}. Nothing of it was overwritten; run medgraph "
            "sync first, then write again."
        ),
    ),
    "fhir_unread_there": Sentence(
        zh=(
            "{server} 上已有 {names}，内容不同，而本网络不是从那里读的，不知其版本。没有写入；"
            "请先 medgraph sync。"
        ),
        en=(
            "{server} has {names} already, saying something else, and this network was not read "
            "from there, so their versions are unknown. Nothing was written; run medgraph sync "
            "first."
        ),
    ),
    "fhir_written": Sentence(
        zh="{server}：新增 {created}，更新 {updated}，相同 {same}。",
        en="{server}: {created} created, {updated} updated, {same} the same.",
    ),
    "fhir_synced": Sentence(
        zh=(
            "{server}：收到 {received} 个版本，新的 {fresh} 个，其中删除 {deleted} 个；"
            "写入 {target}。"
        ),
        en=(
            "{server}: {received} states received, {fresh} of them new, {deleted} deletions; wrote "
            "{target}."
        ),
    ),
    "fhir_sync_other": Sentence(
        zh="{path} 记的是另一服务器（{there}），不是 {server}。请换一个输出文件。",
        en=(
            "{path} keeps what was read of another server ({there}), not {server}. Choose another "
            "output."
        ),
    ),
    "fhir_more": Sentence(zh="{names} 等 {count} 个", en="{names} and others, {count} in all"),
}
FAULTS = (
    Fault(
        "W250",
        zh="标识 {value} 写成了数字，按文字读入。",
        en="The identifier {value} is written as a number; it is read as text.",
        advice=Sentence(zh="请核对开头的零是否丢失。", en="Check whether zeros in front are lost."),
    ),
    Fault(
        "W251",
        zh="坐标 {value} 有 {count} 处共用，多半不是真实位置。",
        en="The point {value} is that of {count} locations, so it is hardly where they are.",
        advice=Sentence(zh="请核对坐标。", en="Check the points."),
    ),
    Fault(
        "W252",
        zh="没有名称，记作 {value}。",
        en="It has no name and is called {value}.",
    ),
    Fault(
        "W253",
        zh="“{value}”不是日期，按未知处理。",
        en="“{value}” is no day; it is taken as unknown.",
    ),
    Fault(
        "W254",
        zh="{value} 有不同内容，又没有版本，不知哪个在后，都没有读入。",
        en="{value} is stated differently and without versions; neither state is read.",
        advice=Sentence(zh="请导出带版本的资源。", en="Export the resources with their versions."),
    ),
    Fault(
        "W255",
        zh="{value} 的边界读不出来，没有读入。",
        en="The boundary of {value} is not read: it is no outline in GeoJSON.",
        advice=Sentence(
            zh="边界应是附件里的 GeoJSON 多边形。",
            en="It should be a GeoJSON polygon in an attachment.",
        ),
    ),
    Fault(
        "W256",
        zh="坐标“{value}”不完整或不是数字，没有读入。",
        en="The position “{value}” lacks a number and is not read.",
    ),
    Fault(
        "W257",
        zh="{element} 写的是“{value}”，FHIR 没有这种写法；按未写明读入，是否在用不能判定。",
        en=(
            "{element} is “{value}”, which FHIR does not have; it is read as not stated, and "
            "whether this is in use is unknown."
        ),
        advice=Sentence(zh="请在来源改正。", en="Mend it at the source."),
    ),
    Fault(
        "I250",
        zh="{value}：{count} 个 = 载入 {loaded} + 并入 {merged} + 未读 {left}。",
        en="{value}: {count} in = {loaded} loaded + {merged} merged + {left} left out.",
    ),
    Fault(
        "I251",
        zh="未读的内容 {count} 处，{paths} 种：{value}。",
        en="Elements not read: {count}, of {paths} paths: {value}.",
    ),
    Fault(
        "I253",
        zh="{count} 个组织的类型看不出是什么，当作机构读入：{value}。",
        en=(
            "{count} organizations state a type that says no kind; they are read as facilities: "
            "{value}."
        ),
    ),
    Fault(
        "I252",
        zh="{value} 条隶属没有写明角色，按成员读入。",
        en="{value} affiliations state no role and are read as memberships.",
    ),
)
