"""Say what there is to say about policy packs: problems of their files."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

FAULTS = (
    Fault(
        "E080",
        zh="政策包不是合法的 TOML：{value}。",
        en="The pack is not valid TOML: {value}.",
        advice=Sentence(zh="请改正这一行。", en="Correct that line."),
    ),
    Fault(
        "E081",
        zh="“{value}”不是这里可用的键。",
        en="“{value}” is not a key that is allowed here.",
        advice=Sentence(zh="{meant}可用：{allowed}。", en="{meant}Allowed: {allowed}."),
    ),
    Fault(
        "E082",
        zh="缺少“{value}”。",
        en="“{value}” is missing.",
        advice=Sentence(
            zh="请在这里写上 {value}；写法见 docs/policy.md。",
            en="State {value} here; docs/policy.md says how.",
        ),
    ),
    Fault(
        "E083",
        zh="{what} 不能是“{value}”。",
        en="{what} cannot be “{value}”.",
        advice=Sentence(zh="{meant}可用：{allowed}。", en="{meant}Allowed: {allowed}."),
    ),
    Fault(
        "E084",
        zh="“{value}”不是已知的判定方法。",
        en="“{value}” is not a known predicate.",
        advice=Sentence(zh="{meant}可用：{allowed}。", en="{meant}Allowed: {allowed}."),
    ),
    Fault(
        "E085",
        zh="规则编号“{value}”出现不止一次。",
        en="The rule id “{value}” is used more than once.",
        advice=Sentence(zh="每条规则用一个编号。", en="Give every rule its own id."),
    ),
    Fault(
        "E086",
        zh="{value} 的阈值未经核实，却没有用 ask 向使用者索取。",
        en="The threshold of {value} is unverified and not asked of the user.",
        advice=Sentence(
            zh="加 ask，或改证据等级。",
            en="Add ask, or state another grade of evidence.",
        ),
    ),
    Fault(
        "E087",
        zh="{what} = {value} 超出范围。",
        en="{what} = {value} is out of range.",
        advice=Sentence(zh="可用：{allowed}。", en="Allowed: {allowed}."),
    ),
    Fault(
        "E088",
        zh="{what} 不是这里能读的日期：“{value}”。",
        en="{what} is no day that is read here: “{value}”.",
        advice=Sentence(
            zh='请写成 "{meant}"（带引号，年-月-日）。',
            en='Write "{meant}" (in quotes, year-month-day).',
        ),
    ),
    Fault(
        "E089",
        zh="{what} 没有限定任何内容，什么都能通过。",
        en="{what} states no condition, so everything would pass.",
        advice=Sentence(zh="请写上：{allowed}。", en="State: {allowed}."),
    ),
    Fault(
        "E091",
        zh="“{value}”不是已知的属性，与“{meant}”只差一两个字母。",
        en="“{value}” is no known attribute; it is a slip away from “{meant}”.",
        advice=Sentence(
            zh="请改为 {meant}；如确是自己的属性，请在 [words] 中写出它的中英文名称。",
            en="Write {meant}; if it is an attribute of your own, name it in [words].",
        ),
    ),
    Fault(
        "E092",
        zh="{value} 不能同时写。",
        en="{value} cannot be stated together.",
        advice=Sentence(zh="只留其中一个。", en="Keep one of them."),
    ),
    Fault(
        "E093",
        zh="“{value}”写在这里不起作用：{reason}。",
        en="“{value}” would not be read here: {reason}.",
        advice=Sentence(
            zh="请删去，或改正所依据的内容。", en="Leave it out, or mend what it needs."
        ),
    ),
    Fault(
        "E094",
        zh="关系走不通：“{value}”不能接在“{before}”之后。",
        en="The path leads nowhere: “{value}” cannot follow “{before}”.",
        advice=Sentence(
            zh="请检查方向：> 顺着关系，< 逆着关系。",
            en="Check the direction: > along a link, < against it.",
        ),
    ),
    Fault(
        "E096",
        zh='subjects = "all" 问的是整个网络，of 不能是“{value}”。',
        en='subjects = "all" asks about the network as a whole, so of cannot be “{value}”.',
        advice=Sentence(
            zh='请写 of = "all" 并用 where 说明是哪些，或写明 subjects。',
            en='Write of = "all" with where saying which ones, or state subjects.',
        ),
    ),
    Fault(
        "E097",
        zh="例子读不懂：{value}。",
        en="The example cannot be read: {value}.",
        advice=Sentence(
            zh="每句一个机构、一条关系或一个事实，用 ; 隔开；写法见 docs/policy.md。",
            en="One node, link or fact a statement, with ; between; docs/policy.md says how.",
        ),
    ),
)

SENTENCES = {
    "policy_bad_pack": Sentence(
        zh="规则包 {file} 不能用，错误 {count} 处。",
        en="The pack {file} cannot be used; faults: {count}.",
    ),
    "policy_meant": Sentence(zh="是不是“{word}”？", en="Do you mean “{word}”? "),
    "policy_read_only_with": Sentence(zh="只在 {only} 时读取", en="it is read only where {only}"),
    "policy_indicator_reports": Sentence(
        zh="indicator 只报告数值，没有达标线",
        en="an indicator reports a value and has no cut-off",
    ),
    "policy_parameter_unused": Sentence(
        zh="规则中没有用到 ${name}", en="the rule nowhere uses ${name}"
    ),
    # What an example cannot say.
    "example_unknown": Sentence(
        zh="“{name}”没有写出来是什么", en="“{name}” is nowhere said to be anything"
    ),
    "example_no_fixture": Sentence(zh="[fixtures] 中没有“{name}”", en="[fixtures] has no “{name}”"),
    "example_unread": Sentence(
        zh="“{line}”不是机构、关系或事实", en="“{line}” is no node, link or fact"
    ),
    "example_value": Sentence(
        zh="{name} 的值“{value}”读不懂：日期写成 2024-12-31，数写成数字",
        en="“{value}” is no value of {name}: a day is written 2024-12-31, a number in digits",
    ),
    # What the parameters of a predicate are.
    "kind_text": Sentence(zh="文字", en="text"),
    "kind_name": Sentence(zh="没有空格和 / 的文字", en="text without blanks and /"),
    "kind_pair": Sentence(zh="[中文, English]", en="[中文, English]"),
    "kind_anything": Sentence(zh="任意值", en="any value"),
    "kind_flag": Sentence(zh="true 或 false", en="true or false"),
    "kind_whole": Sentence(zh="整数 {range}", en="whole number, {range}"),
    "kind_number": Sentence(
        zh='数："1/3"、"0.9"、"90%"、"200"', en='number: "1/3", "0.9", "90%", "200"'
    ),
    "kind_positive": Sentence(zh='大于 0 的数："90%"、"1000"', en='number above 0: "90%", "1000"'),
    "kind_number_to": Sentence(zh="大于 0、不超过 {most} 的数", en="number above 0, up to {most}"),
    "kind_share": Sentence(
        zh='份额 0–1，写成文字："1/3"、"90%"', en='share 0–1, as text: "1/3", "90%"'
    ),
    "kind_points": Sentence(zh="0至100的分数", en="points from 0 to 100"),
    "kind_plain_number": Sentence(
        zh="不带 % 的数，不小于0", en="a number without %, not below nought"
    ),
    "kind_share_of": Sentence(zh='份额："{value}%"、"0.9"', en='a share: "{value}%", "0.9"'),
    "kind_declaration": Sentence(
        zh="可声明完整的表或其一部分：facilities.licensed",
        en="table or part that can be declared complete: facilities.licensed",
    ),
    "kind_area_code": Sentence(zh='区划代码 "331002"', en='area code "331002"'),
    "kind_day": Sentence(zh='日期 "2025-06-30"', en='day "2025-06-30"'),
    "kind_word": Sentence(zh="{vocabulary} 的词", en="word of {vocabulary}"),
    "kind_attribute": Sentence(zh="属性名", en="name of an attribute"),
    "kind_number_column": Sentence(zh="数值属性名", en="name of an attribute that is a number"),
    "kind_path": Sentence(
        zh='路径 ["<MEMBER_OF|LEADS", ">SERVES"]', en='path ["<MEMBER_OF|LEADS", ">SERVES"]'
    ),
    "kind_tree": Sentence(zh="条件 {{ 属性 = … }}", en="conditions {{ attribute = … }}"),
    "kind_tree_links": Sentence(
        zh="关系的条件 {{ 属性 = … }}", en="conditions on links {{ attribute = … }}"
    ),
    "kind_leaf": Sentence(
        zh='["值", "值"]、{{ at_least = "20" }} 或 {{ known = true }}',
        en='["value", "value"], {{ at_least = "20" }} or {{ known = true }}',
    ),
    "kind_listed": Sentence(zh="列表，各项为{of}", en="list of {of}"),
    "kind_either": Sentence(zh="{one} 或 {other}", en="{one}, or {other}"),
    "kind_variants": Sentence(zh="量：{forms} 之一", en="amount: one of {forms}"),
}
