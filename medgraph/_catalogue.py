"""The catalogue of sentences: key -> (zh, en) or, for problems, (zh, en, advice zh, advice en).

Values in braces come from the data; `say` fills them in as text. Keys of problems never change their
meaning, because users' scripts rely on the codes.
"""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, ...]] = {
    # a network
    "bad_day": ("“{value}”不是日期。请写成 2023-10-25。", "“{value}” is not a day. Write it as 2023-10-25."),
    "unknown_id": ("网络中没有“{value}”。", "The network holds no “{value}”."),
    "ambiguous": ("“{value}”对应{count}个：{candidates}。请写全称或编号。",
                  "“{value}” means {count} nodes: {candidates}. Write the full name or the id."),
    "already_member": ("{id} 已是 {group} 的成员。", "{id} is already a member of {group}."),
    "no_membership": ("{id} 当日不是任何同类集团的成员，无从迁出；请用 joined 加入。",
                      "{id} is in no group of that kind on that day; use joined."),
    "wrong_ends": ("{relation} 不能从 {source} 连到 {target}。", "{relation} cannot join {source} to {target}."),
    "wrong_kind": ("{id} 是 {found}，不是 {wanted}。", "{id} is a {found}, not a {wanted}."),
    "nothing_to_end": ("{day} 之前没有仍然有效、可以终止的记录。", "Nothing that holds before {day} can be ended."),
    "unknown_change": ("“{value}”不是已知的变更。", "“{value}” is no known change."),
    "cannot_build": ("无法建立网络：{count} 处错误，第一处：{first}", "No network: {count} errors, the first: {first}"),
    "networkx_too_large": (
        "{nodes} 个节点的 networkx 图约需 {gigabytes} GB 内存。请用 area= 或 relations= 取一部分，或写明 whole=True。",
        "A networkx graph of {nodes} nodes takes about {gigabytes} GB. Ask for a part with area= or relations=, "
        "or say whole=True."),
    "not_one_of": ("{what} 不能是“{value}”。可用：{allowed}。", "{what} cannot be “{value}”. Allowed: {allowed}."),
    # an answer
    "accounted": ("共{total} = 已判定{judged} + 无法判定{unknown} + 另列{excluded}",
                  "{total} in = {judged} judged + {unknown} unknown + {excluded} excluded"),
    "definition_line": ("分子：{numerator}；分母：{denominator}；名册：{register}",
                        "numerator: {numerator}; denominator: {denominator}; register: {register}"),
    "unknown": ("无法判定", "unknown"),
    "excluded": ("另列", "excluded"),
    # problems with data
    "E010": ("编号“{value}”出现 {count} 次。", "The id “{value}” stands {count} times.",
             "每个编号只能用一次。", "Use every id once."),
    "E040": ("{column} “{value}”不在任何表中。", "{column} “{value}” is in no table.",
             "请改正，或在表中加一行。", "Correct it, or add a row."),
}
