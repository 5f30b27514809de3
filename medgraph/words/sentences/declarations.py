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
    "help.declare": Sentence(
        zh="声明一张表（或其一部分）已列全或未列全，写入文件的“说明”表。",
        en="Declare that a table, or a part of one, lists all there is, or that it does not.",
    ),
    "help.declare_complete": Sentence(zh="已列全。", en="All there is is listed."),
    "help.declare_partial": Sentence(zh="没有列全。", en="Not all is listed."),
    "help.declare_withdraw": Sentence(
        zh="撤回：不再声明。", en="Take the declaration back: nothing is declared."
    ),
    "help.declare_by": Sentence(
        zh="由哪个单位声明（写单位，不写个人）。", en="The office that declares it, not a person."
    ),
    "help.declare_on": Sentence(
        zh="声明日，自该日起作数（默认：数据截止日，没有则为今天）。",
        en="The day from which it counts (default: the data day, else today).",
    ),
    "help.declare_clause": Sentence(
        zh="依据的条款或文件。", en="The clause or document it rests on."
    ),
    "help.declare_output": Sentence(
        zh="写到另一个文件，原文件不动。", en="Write to this file instead and leave the source."
    ),
    "declare_which": Sentence(
        zh="请写明 --complete（已列全）或 --partial（未列全）；撤回用 --withdraw。",
        en="Say --complete or --partial; --withdraw takes a declaration back.",
    ),
    "declare_by_whom": Sentence(
        zh="请用 --by 写明由哪个单位声明。", en="Say by --by which office declares it."
    ),
    "declare_unknown": Sentence(
        zh="没有“{value}”这张表、关系或列。最接近：{nearest}。",
        en="There is no table, relation or column “{value}”. Nearest: {nearest}.",
    ),
    "declare_nothing": Sentence(
        zh="{table}没有声明过，无可撤回。", en="Nothing is declared of {table} to take back."
    ),
    "declare_before": Sentence(zh="原声明已被替换：{told}", en="It replaces: {told}"),
    "declare_needs_folder": Sentence(
        zh="{path} 只有一张表，没有地方写声明。请放进文件夹，或加 --output 文件.xlsx。",
        en="{path} is one table and has no place for it. Put it into a folder, or add --output.",
    ),
    "declare_foreign": Sentence(
        zh=(
            "{path} 不是本软件的模板，不作改动。请先 medgraph tidy，再对整理好的名册声明；"
            "或加 --output 文件.xlsx。"
        ),
        en=(
            "{path} is not our template and is left alone. Run medgraph tidy first and declare in "
            "what it writes, or add --output."
        ),
    ),
    "declare_no_columns": Sentence(
        zh="{path} 的“{sheet}”没有“项目”和“内容”两列，写不进去。请补上这两列。",
        en="“{sheet}” of {path} has no columns key and value. Add them.",
    ),
    "declare_not_editable": Sentence(
        zh="{path} 的写法特殊，不能只改一处而不动其余。请在 Excel 里另存一次再试，或手工加这一行。",
        en=(
            "{path} is written in a way that cannot be changed without touching the rest. Save it "
            "once in Excel and try again, or add the line by hand."
        ),
    ),
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
        "W088",
        zh="“{value}”不是已知的项目，照原样保留，不起作用。最接近：{nearest}。",
        en="“{value}” is no known statement; it is kept and has no effect. Nearest: {nearest}.",
        advice=Sentence(zh="若是笔误请改正。", en="Correct it if it is a typing error."),
    ),
    Fault(
        "W089",
        zh="没有“项目”“内容”两列的标题，前两列按此读入。",
        en="It has no columns “key” and “value”; its first two were read as such.",
        advice=Sentence(
            zh="请在第一行写：项目、内容。", en="Write into its first row: key, value."
        ),
    ),
    Fault(
        "W098",
        zh="“{value}”与 {at} 的“{first}”不一致，以后一处为准。",
        en="“{value}” contradicts “{first}” at {at}; the later one counts.",
        advice=Sentence(zh="请删去一行。", en="Delete one of the lines."),
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
    Fault(
        "I097",
        zh="“{value}”列是百分数吗？例如 {cell}：没有百分号，也没有写明单位，不作数。",
        en=(
            "Is the column “{value}” in per cent? {cell} has no sign and no unit is stated, so "
            "that it does not count."
        ),
        advice=Sentence(
            zh="是百分数的，列名后加（%），或在“说明”表加一行：unit.{value}，%。",
            en=(
                "If it is, put (%) behind its title, or add a line to the table meta: "
                "unit.{value}, %."
            ),
        ),
    ),
    Fault(
        "I099",
        zh="缺这些数据：{value}。问到它们的，一律是无法判定，不是没有。",
        en="No data of: {value}. Whatever asks for them is unknown, and not absent.",
    ),
    Fault(
        "I096",
        zh="这些表和关系列全了吗？还没有写明：{value}。没写明列全的，查不到不等于没有。",
        en=(
            "Do these tables and relations list all there is? Nobody said so of: {value}. Where it "
            "is not said, what is not found may still be there."
        ),
        advice=Sentence(
            zh=(
                "列全了的，各运行一次：medgraph declare {source} {first} --complete --by 单位 "
                "--on 日期 --clause 依据；或在“说明”表加一行：{first} 列全，是。"
            ),
            en=(
                "For each that does, run: medgraph declare {source} {first} --complete --by OFFICE "
                "--on DAY --clause TEXT; or add a line to the table meta: {first} complete, yes."
            ),
        ),
    ),
)
