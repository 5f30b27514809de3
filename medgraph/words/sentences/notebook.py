"""Say what there is to say about notebooks."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "notebook.nodes": Sentence(zh="对象", en="nodes"),
    "notebook.links": Sentence(zh="关系", en="links"),
    "widget_height": Sentence(
        zh="height 为 {height}，应为 {least} 到 {most} 的整数（像素）。",
        en="height is {height}; it is a whole number of pixels from {least} to {most}.",
    ),
    "notebook.complete": Sentence(zh="完整性声明", en="statements of completeness"),
    "notebook.rows": Sentence(zh="显示{shown}行，共{total}行", en="{shown} of {total} rows"),
}
