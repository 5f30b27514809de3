"""Say who declares which table complete, ask whether it is, and say what `declare` wrote."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "declared_complete": Sentence(
        zh="{table}：{by}{date}声明列全{clause}", en="{table}: declared complete{by}{date}{clause}"
    ),
    "declared_not_yet": Sentence(
        zh="{table}：{by}{date}声明列全{clause}，该声明在所问之日不作数",
        en=(
            "{table}: declared complete{by}{date}{clause}, which does not count on the day asked "
            "about"
        ),
    ),
    "declared_partial": Sentence(
        zh="{table}：{by}{date}声明未列全{clause}", en="{table}: declared partial{by}{date}{clause}"
    ),
    "declared_nothing": Sentence(
        zh="{table}：没有声明是否列全", en="{table}: nobody declared whether it is complete"
    ),
    "declared_by": Sentence(zh="由{value}", en=" by {value}"),
    "declared_date": Sentence(zh="于{value}", en=" on {value}"),
    "declared_clause": Sentence(zh="（{value}）", en=" ({value})"),
}
