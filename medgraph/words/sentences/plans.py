"""Say what there is to say about plans that are read."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "plan_format": Sentence(
        zh="{path} 不是方案文件。可读：{known}。",
        en="{path} is not a plan that can be read. Readable: {known}.",
    ),
    "plan_too_large": Sentence(
        zh="{path} 超过 {megabytes} MB，不像方案。请只取方案正文。",
        en="{path} is over {megabytes} MB; take the plan alone.",
    ),
    "plan_too_long": Sentence(
        zh="{path} 有 {signs} 字，超过 {most} 字，不像一份方案。请只取方案正文。",
        en="{path} holds {signs} characters, more than {most}; take the plan alone.",
    ),
    "plan_not_chinese": Sentence(
        zh="{path} 里没有中文。只能读中文方案。",
        en="{path} holds no Chinese; only plans in Chinese are read.",
    ),
    "plan_empty": Sentence(
        zh="{path} 里没有文字（扫描的 PDF 请先做文字识别）。",
        en="{path} holds no text (a scanned PDF needs OCR first).",
    ),
    "plan_encoding": Sentence(
        zh="{path} 的编码认不出。请另存为 UTF-8。",
        en="The encoding of {path} is unknown. Save it as UTF-8.",
    ),
    "plan_unreadable": Sentence(
        zh="{path} 打不开或已损坏。请用 Word 另存后再试。",
        en="{path} cannot be opened. Save it again and retry.",
    ),
}
