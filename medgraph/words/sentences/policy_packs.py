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
        advice=Sentence(zh="可用：{allowed}。", en="Allowed: {allowed}."),
    ),
    Fault(
        "E082",
        zh="缺少“{value}”。",
        en="“{value}” is missing.",
        advice=Sentence(
            zh="每条规则要写 id、kind、text、clause、grade。",
            en="Every rule states id, kind, text, clause and grade.",
        ),
    ),
    Fault(
        "E083",
        zh="{what} 不能是“{value}”。",
        en="{what} cannot be “{value}”.",
        advice=Sentence(zh="可用：{allowed}。", en="Allowed: {allowed}."),
    ),
    Fault(
        "E084",
        zh="“{value}”不是已知的判定方法。",
        en="“{value}” is not a known predicate.",
        advice=Sentence(zh="可用：{allowed}。", en="Allowed: {allowed}."),
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
)
