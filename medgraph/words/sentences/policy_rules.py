"""Say whom a rule asks, and by which test: the words that its parameters are set to.

`chosen_*` are words that a parameter may be, `chosen_PARAMETER_*` where one means something else
there; `set_*` are sets of values.
"""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

_CHOSEN = {
    "subjects_all": ("整个网络", "the network as a whole"),
    "all": ("网络里的全部", "all in the network"),
    "self": ("对象自己", "the subject itself"),
    "subject": ("对象自己", "the subject itself"),
    "members": ("成员单位", "members"),
    "lead": ("牵头单位", "the lead"),
    "group_lead": ("所在集团的牵头单位", "the lead of its group"),
    "own_county": ("本集团所在的县区", "a county of its own"),
    "units": ("牵头单位和成员单位", "the lead and the members"),
    "within": ("区划里的", "what lies in its area"),
    "up": ("到牵头单位", "to the lead"),
    "down": ("从牵头单位来", "from the lead"),
    "either": ("哪个方向都可以", "either way"),
    "county": ("县", "county"),
    "city": ("市", "city"),
    "province": ("省", "province"),
    "card": ("黄牌", "yellow cards"),
    "removed": ("取消资格", "removals"),
    "base": ("基础分", "points of the items"),
    "bonus": ("加分", "the bonus"),
    "relative": ("相对增长", "relative"),
    "points": ("百分点", "in points"),
    "complete": ("各项都有等级", "every indicator is graded"),
    "all_b": ("各项都在B及以上", "every indicator is B or better"),
    "eight_a": ("至少八项为A", "eight or more are A"),
    "each_dimension": ("每个维度都有A", "every dimension has an A"),
    "decision": ("决策权限为A", "the decision power is A"),
    "verdict": ("总的结论", "the verdict as a whole"),
    "check_area": ("区划代码", "the code of an area"),
    "check_county": ("县级代码", "the code of a county"),
    "check_uscc": ("统一社会信用代码", "the unified social credit code"),
    "check_organisation": ("组织机构代码", "the code of an organisation"),
    "check_prefix": ("代码的开头与所有制", "how a code begins, by ownership"),
    "check_ws218": ("WS 218 机构分类代码", "the class by WS 218"),
    "check_class_area": ("机构类别与所服务的区划", "the class and the area served"),
    "check_institution": ("医疗机构代码", "the code of an institution"),
    "@counties": ("名录里的县", "the counties of the register"),
}
_SETS = {
    "@primary": ("基层医疗卫生机构", "primary care"),
    "@hospital": ("各类医院", "hospitals of any type"),
    "@station": ("村卫生室、服务站", "village clinics and stations"),
    "@township_centre": ("乡镇卫生院", "township health centres"),
    "@level2": ("二级", "level 2"),
    "@level3": ("三级", "level 3"),
    "@level2up": ("二级及以上", "level 2 or above"),
}

SENTENCES = {
    **{f"chosen_{name}": Sentence(zh=zh, en=en) for name, (zh, en) in _CHOSEN.items()},
    **{f"set_{name}": Sentence(zh=zh, en=en) for name, (zh, en) in _SETS.items()},
    "rule_asks": Sentence(zh="问谁：{whom}", en="whom it asks: {whom}"),
    "rule_tests": Sentence(zh="判法：{form}", en="test: {form}"),
    "rule_parameter": Sentence(zh="  {meaning}：{value}", en="  {meaning}: {value}"),
    "rule_then": Sentence(zh="；", en="; "),
    "rule_none": Sentence(zh="无", en="none"),
    "rule_all_must": Sentence(zh="  每一个都要符合", en="  every one of them must hold"),
    "rule_set_by_user": Sentence(zh="（由使用者设定：{what}）", en="(set by the user: {what})"),
    "rule_may_change": Sentence(zh="{value}（使用者可改）", en="{value} (the user may change it)"),
    "condition_is": Sentence(zh="{what}为{values}", en="{what} {values}"),
    "condition_limits": Sentence(zh="{what}{limits}", en="{what} {limits}"),
    "condition_known": Sentence(zh="写明了{what}", en="{what} is stated"),
    "condition_not": Sentence(zh="并非（{inner}）", en="not ({inner})"),
    "condition_one": Sentence(zh="（{inner}）", en="({inner})"),
    "condition_or": Sentence(zh="或", en=" or "),
    "condition_and": Sentence(zh="，", en=", "),
    "condition_record": Sentence(zh="台账里的记录", en="record of the ledger"),
    "condition_linked": Sentence(zh="{path}连到{to}", en="leading {path} to {to}"),
    "condition_anybody": Sentence(zh="任何一个", en="anything"),
    "condition_in_county": Sentence(zh="在这样的县：{county}", en="in such a county: {county}"),
    "path_along": Sentence(zh="经“{relation}”", en="by “{relation}”"),
    "path_against": Sentence(zh="逆着“{relation}”", en="back along “{relation}”"),
    "path_either": Sentence(zh="经“{relation}”（哪头都可以）", en="by “{relation}” (either way)"),
    "path_then": Sentence(zh="，再", en=", then "),
    "flag_true": Sentence(zh="是", en="yes"),
    "flag_false": Sentence(zh="否", en="no"),
}
