"""Say what there is to say about a network and the changes of it."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "stamp.sample": Sentence(zh="样本数据", en="sample data"),
    "stamp.synthetic": Sentence(zh="合成数据", en="synthetic data"),
    "stamp.invented": Sentence(zh="虚构数据", en="made-up data"),
    "title.synthetic": Sentence(zh="合成网络", en="Synthetic network"),
    "title.taizhou": Sentence(
        zh="台州市城市医疗集团（征求意见稿）",
        en="Urban medical groups of Taizhou (draft for comment)",
    ),
    "frame_value": Sentence(
        zh="第 {row} 行 {column} 列的“{value}”不能读作{type}。",
        en="“{value}” in row {row} of the column {column} cannot be read as {type}.",
    ),
    "type_text": Sentence(zh="文字", en="text"),
    "type_id": Sentence(zh="编号", en="an id"),
    "type_list": Sentence(zh="文字", en="text"),
    "type_integer": Sentence(zh="整数", en="a whole number"),
    "type_number": Sentence(zh="数", en="a number"),
    "type_date": Sentence(zh="日期", en="a day"),
    "type_boolean": Sentence(zh="是或否", en="yes or no"),
    "no_frame": Sentence(
        zh="要的是 pandas 或 Arrow 的表，给的是 {type}。文件请用 medgraph.read 读。",
        en="It takes a table of pandas or Arrow, not {type}. Read a file with medgraph.read.",
    ),
    "no_network": Sentence(
        zh="要的是网络（MedicalNetwork），给的是 {type}“{value}”。文件请先用 medgraph.read 读。",
        en=(
            "It takes a network (MedicalNetwork), not {type} “{value}”. "
            "Read a file with medgraph.read first."
        ),
    ),
    "node_title": Sentence(zh="{name}（{id}）", en="{name} ({id})"),
    "bad_day": Sentence(
        zh="“{value}”不是日期。请写成 2023-10-25。",
        en="“{value}” is not a day. Write it as 2023-10-25.",
    ),
    "unknown_id": Sentence(zh="网络中没有“{value}”。", en="The network holds no “{value}”."),
    "unknown_name": Sentence(
        zh="网络中没有“{value}”。最接近：{nearest}。",
        en="The network holds no “{value}”. Nearest: {nearest}.",
    ),
    "ambiguous": Sentence(
        zh="“{value}”对应{count}个：{candidates}。请写全称或编号。",
        en="“{value}” means {count} nodes: {candidates}. Write the full name or the id.",
    ),
    "already_member": Sentence(
        zh="{id} 已是 {group} 的成员。", en="{id} is already a member of {group}."
    ),
    "no_membership": Sentence(
        zh="{id} 当日不是任何同类集团的成员，无从迁出；请用 joined 加入。",
        en="{id} is in no group of that kind on that day; use joined.",
    ),
    "wrong_ends": Sentence(
        zh="{relation} 不能从 {source} 连到 {target}。",
        en="{relation} cannot join {source} to {target}.",
    ),
    "no_such_column": Sentence(
        zh="“{table}”表没有可以填写的列“{column}”。",
        en="The table {table} has no column {column} that can be filled.",
    ),
    "no_such_value": Sentence(zh="“{column}”不能是“{value}”。", en="{column} cannot be {value!r}."),
    "no_such_part": Sentence(
        zh="没有“{part}”这一部分可以声明。", en="There is no part {part} to declare."
    ),
    "link_unreadable": Sentence(
        zh="这条关系的内容有误：{reason}。", en="This link holds something wrong: {reason}."
    ),
    "wrong_kind": Sentence(
        zh="{id} 是 {found}，不是 {wanted}。", en="{id} is a {found}, not a {wanted}."
    ),
    "nothing_to_end": Sentence(
        zh="{day} 之前没有仍然有效、可以终止的记录。",
        en="Nothing is in force before {day} that could be ended.",
    ),
    "linked_to_itself": Sentence(
        zh="{id} 不能与自己建立关系。", en="{id} cannot be linked to itself."
    ),
    "declared_by_nobody": Sentence(
        zh="请写明由哪个单位声明。", en="Name the office that declares it."
    ),
    "no_such_area": Sentence(
        zh="没有代码为“{value}”的区划；请填所在区划的代码。",
        en="There is no area {value!r}; state the code of the area in which it stands.",
    ),
    "succeeds_itself": Sentence(
        zh="{id} 不能由自己承续；请写出新的单位。",
        en="{id} cannot follow itself; name what follows it.",
    ),
    "carry_broken_off": Sentence(
        zh="{heir} 只到 {last}：移交给它的 {old} 的关系到那天就断了。请按日期先后逐次写明承续。",
        en="{heir} lasts until {last}: what it is handed on of {old} would be lost that day. "
        "State successions in the order of their days.",
    ),
    "unknown_change": Sentence(
        zh="“{value}”不是已知的变更。", en="“{value}” is not a known change."
    ),
    "lead_stays": Sentence(
        zh="{names} 是所在集团的牵头机构，不能这样移动。",
        en="{names}: the lead of a group is not moved with its areas.",
    ),
    "nobody_serves": Sentence(
        zh="没有写明哪家机构服务 {area}，无从移动；请先写明。",
        en="Nobody is stated to serve {area}: there is nothing to move. State who does first.",
    ),
    "all_there": Sentence(zh="已经都在 {group}。", en="All of them are in {group} already."),
    "change_unreadable": Sentence(
        zh="变更“{change}”的内容不完整或有误：{reason}。",
        en="The change {change} is incomplete or wrong: {reason}.",
    ),
    "cannot_build": Sentence(
        zh="无法建立网络：{count} 处错误，第一处：{first}",
        en="No network: {count} errors, the first: {first}",
    ),
    "not_read_back": Sentence(
        zh="没有写 {path}：{count} 处错误，写了也读不回来，第一处：{first}",
        en="{path} was not written: {count} error[|s] for which it would not be read, the first: "
        "{first}",
    ),
    "networkx_too_large": Sentence(
        zh=(
            "{nodes} 个节点的 networkx 图约需 {gigabytes} GB 内存。请用 area= 或 relations= "
            "取一部分，或写明 whole=True。"
        ),
        en=(
            "A networkx graph of {nodes} nodes takes about {gigabytes} GB. Ask for a part with "
            "area= or relations=, or set whole=True."
        ),
    ),
    "sample_without": Sentence(
        zh="不能埋设 {defect}：这一规模的合成数据没有“{relation}”关系。",
        en="{defect} cannot be planted: a made-up network of this size has no links “{relation}”.",
    ),
    "not_one_of": Sentence(
        zh="{what} 不能是“{value}”。可用：{allowed}。",
        en="{what} cannot be “{value}”. Allowed: {allowed}.",
    ),
}
