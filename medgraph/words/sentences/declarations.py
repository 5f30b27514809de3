"""Say who declares which table complete, ask whether it is, and say what `declare` wrote."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

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

FAULTS = (
    Fault(
        "W091",
        zh="“{value}”没有说明是否列全，作未声明处理。",
        en="“{value}” does not say whether all is listed; it counts as not declared.",
        advice=Sentence(
            zh="请写：完整（列全了）或 不完整（没有列全）。",
            en="Write complete (all is listed) or partial (it is not).",
        ),
    ),
    Fault(
        "W092",
        zh="“{value}”与 {at} 的“{first}”不一致，此项声明存疑，不作数。",
        en="“{value}” contradicts “{first}” at {at}: the declaration is in doubt and not counted.",
        advice=Sentence(zh="请删去一行。", en="Delete one of the lines."),
    ),
    Fault(
        "W093",
        zh="“{value}”不是已知的表、关系或列，此项声明不起作用。最接近：{nearest}。",
        en=(
            "“{value}” is no known table, relation or column: the declaration has no effect. "
            "Nearest: {nearest}."
        ),
        advice=Sentence(
            zh="请写成“表名.完整性”，如：机构.完整性、关系.成员.完整性。",
            en="Write it as facilities.complete or links.MEMBER_OF.complete.",
        ),
    ),
    Fault(
        "W094",
        zh="没有“{value}”这个集团或机构，此项声明不起作用。",
        en="There is no group or facility “{value}”: the declaration has no effect.",
        advice=Sentence(zh="请写编号或全称。", en="Write its id or its full name."),
    ),
    Fault(
        "W095",
        zh="声明日“{value}”不是日期，此项声明存疑，不作数。",
        en="“{value}” is no day: the declaration is in doubt and not counted.",
        advice=Sentence(zh="请写成 2024-06-30。", en="Write it as 2024-06-30."),
    ),
)
