"""Say what there is to say about what the command line does, and how it fails."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "three_lines": Sentence(
        zh=(
            "medgraph demo                 看示例：台州市四个城市医疗集团\n"
            "medgraph template 名册.xlsx   取空白模板（--area 331003 预填区划）\n"
            "medgraph check 名册.xlsx      检查您的文件（medgraph --help 列出全部命令）"
        ),
        en=(
            "medgraph demo                  see the demo: Taizhou's four urban medical groups\n"
            "medgraph template roster.xlsx  get a template (--area 331003 prefills the areas)\n"
            "medgraph check roster.xlsx     check your file (medgraph --help lists every command)"
        ),
    ),
    "name_and_id": Sentence(zh="{name}（{id}）", en="{name} ({id})"),
    "error": Sentence(zh="错误：{sentence}", en="Error: {sentence}"),
    "interrupted": Sentence(
        zh="已中断，原有文件未改动。",
        en="Interrupted; existing files are unchanged.",
    ),
    "system_error": Sentence(
        zh="{path}：{reason}。请检查路径和权限。",
        en="{path}: {reason}. Check the path and your permissions.",
    ),
    "the_output": Sentence(zh="输出", en="the output"),
    "own_fault": Sentence(
        zh=(
            "medgraph 自身出错（{kind}），没有结果。请把 {path} 发给维护者："
            "其中只有程序位置，没有数据。"
        ),
        en=(
            "medgraph itself failed ({kind}); there is no result. Send {path} to the maintainer: "
            "it holds places in the program and no data."
        ),
    ),
    "own_fault_unwritten": Sentence(
        zh="medgraph 自身出错（{kind}），没有结果。请把以下程序位置发给维护者：",
        en="medgraph itself failed ({kind}); there is no result. Send the maintainer these places:",
    ),
    "no_memory": Sentence(
        zh="内存不足。请用 --area 取一部分，或换一台内存更大的机器。",
        en="Out of memory. Take a part with --area, or use a machine with more memory.",
    ),
    "needs_output": Sentence(
        zh="{format} 不能输出到屏幕。请加 --output 文件.{format}。",
        en="{format} cannot be shown on the screen. Add --output FILE.{format}.",
    ),
    "reading": Sentence(zh="读取 {source}", en="reading {source}"),
    "writing": Sentence(zh="写入 {target}", en="writing {target}"),
    "asking": Sentence(zh="计算 {query}", en="asking {query}"),
    "written": Sentence(zh="已写入 {path}", en="written: {path}"),
    "converted": Sentence(
        zh="已写入 {target}：{nodes} 个节点，{links} 条关系",
        en="written: {target}: {nodes} nodes, {links} links",
    ),
    "moved": Sentence(
        zh="{facility} 自 {day} 起归入 {group}；新网络：{target}",
        en="{facility} belongs to {group} from {day}; the new network: {target}",
    ),
    "succeeded": Sentence(
        zh="{old} 自 {day} 起由 {by} 承续；新网络：{target}",
        en="{old} is followed by {by} from {day}; the new network: {target}",
    ),
    "carried_nothing": Sentence(zh="未写明", en="not stated"),
    "bad_bands": Sentence(
        zh="“{value}”不是衰减带。请写成 10:1,20:0.68,30:0.22。",
        en="“{value}” is not a list of bands. Write 10:1,20:0.68,30:0.22.",
    ),
}
