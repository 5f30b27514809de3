"""Say what there is to say about questions that are sent out and come back answered."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "ask_numerator": Sentence(
        zh="下列问题答完即可判定的结论", en="findings that the questions below decide"
    ),
    "ask_denominator": Sentence(zh="缺数据的结论", en="findings without enough data"),
    "ask_cell": Sentence(zh="{name}的{column}？", en="{column} of {name}?"),
    "ask_declaration": Sentence(
        zh="“{table}”列全了吗（没有遗漏）？", en="Is “{table}” listed whole, nothing left out?"
    ),
    "ask_links_to": Sentence(
        zh="{name}—{relation}→谁？请列全。", en="{name} —{relation}→ whom? List all."
    ),
    "ask_links_from": Sentence(
        zh="谁—{relation}→{name}？请列全。", en="Who —{relation}→ {name}? List all."
    ),
    "ask_link": Sentence(zh="{source}—{relation}→{target}", en="{source} —{relation}→ {target}"),
    "ask_link_cell": Sentence(
        zh="{source}—{relation}→{target}：{column}？",
        en="{source} —{relation}→ {target}: {column}?",
    ),
    "ask_nothing_to_ask": Sentence(
        zh="不是填表能补的：{need}", en="nothing that a sheet can ask for: {need}"
    ),
    "ask_open_anyway": Sentence(
        zh="填了也可能仍不能判定：{need}", en="may stay open whatever is answered: {need}"
    ),
    # what may be answered, by form
    "ask_more_words": Sentence(zh="{words}……（见下拉列表）", en="{words} … (see the list)"),
    "ask_allowed_items": Sentence(zh="{items}中的若干项，或“无”", en="some of {items}, or “none”"),
    "ask_allowed_date": Sentence(
        zh="2023-10-25 这样的日期，不晚于 {last}", en="a day as 2023-10-25, not after {last}"
    ),
    "ask_allowed_share": Sentence(zh="0.333 或 33.3%", en="0.333 or 33.3%"),
    "ask_allowed_count": Sentence(zh="整数，如 12", en="a whole number, as 12"),
    "ask_allowed_integer": Sentence(zh="整数，如 12", en="a whole number, as 12"),
    "ask_allowed_days": Sentence(zh="天数，如 90", en="a number of days, as 90"),
    "ask_allowed_points": Sentence(zh="0 至 100 的分数", en="points from 0 to 100"),
    "ask_allowed_score": Sentence(zh="分数", en="points"),
    "ask_allowed_amount": Sentence(zh="不小于 0 的数", en="a number from 0 on"),
    "ask_allowed_number": Sentence(zh="数", en="a number"),
    "ask_allowed_text": Sentence(zh="文字", en="text"),
    "ask_allowed_nodes": Sentence(
        zh="编号或名称，多个用顿号分开；没有填“无”", en="ids or names with commas; “none” for none"
    ),
    "ask_allowed_ends": Sentence(
        zh="编号或名称，多个用顿号分开；没有填“无”", en="ids or names with commas; “none” for none"
    ),
}
