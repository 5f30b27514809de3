"""Say what there is to say about the demo."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "demo_counts": Sentence(
        zh="{groups} 个集团、{alliances} 个专科联盟、{facilities} 家点名机构、{areas} 个乡级区划",
        en=(
            "{groups} group[|s], {alliances} alliance[|s], {facilities} named facilit[y|ies], "
            "{areas} township-level areas"
        ),
    ),
    "demo_share": Sentence(
        zh="{met}/{total} 个乡级区划有集团机构；无法判定 {unknown} 个",
        en="{met} of {total} area[|s] [is|are] served by a group; {unknown} cannot be judged",
    ),
    "demo_gaps": Sentence(zh="空白 {count} 个：{names}", en="{count} gap: {names}"),
    "demo_twice": Sentence(
        zh="{area} 有同一集团的 {count} 家中心（不算重叠）",
        en="{area} is served by {count} centre[|s] of one group (no overlap)",
    ),
    "demo_excluded": Sentence(
        zh="准乡级单位 {count} 个另列：{names}",
        en="{count} quasi unit[|s] apart: {names}",
    ),
    "demo_ungrouped": Sentence(
        zh="{count} 家点名机构不在任何集团：{names}",
        en="{count} named facilit[y|ies] in no group: {names}",
    ),
    "demo_next": Sentence(
        zh="报告：{page}\n下一步：medgraph coverage gaps {directory}",
        en="report: {page}\nnext: medgraph coverage gaps {directory}",
    ),
    "help.demo": Sentence(
        zh="写出台州样本和报告，并打开报告。",
        en="Write Taizhou's sample and its report, and open the report.",
    ),
    "help.no_open": Sentence(zh="不打开浏览器。", en="Do not open a browser."),
}
