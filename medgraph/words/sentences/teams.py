"""Say what there is to say about teams."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "composition_numerator": Sentence(
        zh="有点名机构的组成部分", en="parts with a named institution"
    ),
    "composition_denominator": Sentence(
        zh="公共卫生团队 × 方案要求的组成部分",
        en="public-health teams × parts that the plan asks for",
    ),
    "composition_source": Sentence(
        zh="市级疾控牵头，联合市、区两级妇幼保健、卫生监督及区级疾控",
        en=(
            "led by the municipal CDC, with municipal and district MCH and inspection, and the "
            "district CDC"
        ),
    ),
    "part_unnamed": Sentence(
        zh="只写了一类单位，未点名：{members}",
        en="stated as a class, not named: {members}",
    ),
    "part_level_unknown": Sentence(
        zh="隶属级别未填：{members}",
        en="the administrative level is not stated: {members}",
    ),
    "part_missing": Sentence(
        zh="成员表完整，没有这一部分",
        en="the members are complete and this part is missing",
    ),
    "part_type_unknown": Sentence(
        zh="类型或是否已开业未填：{members}",
        en="it is not stated of what type they are, or whether they are open: {members}",
    ),
    "part_not_stated": Sentence(
        zh="未填，成员表也未声明完整",
        en="not stated, and the members are not declared complete",
    ),
    "team_missing_numerator": Sentence(
        zh="有公共卫生团队驻点的集团",
        en="groups with a public-health team stationed in them",
    ),
    "team_missing_denominator": Sentence(zh="集团，可判定的", en="groups, where it can be judged"),
    "perhaps_team": Sentence(
        zh="未填团队类型，是否公共卫生团队不明",
        en="its type is not stated, so that it may or may not be a public-health team",
    ),
    "left_out_handed_on": Sentence(
        zh="驻地已更名、合并或拆分，驻点由承续单位继续",
        en="the place is renamed, merged or split; the station goes on at what follows it",
    ),
    "left_out_other_team": Sentence(
        zh="不是公共卫生团队，或团队已终止",
        en="no public-health team, or one that has ended",
    ),
    "stationed_numerator": Sentence(zh="当日有效的驻点", en="stations that hold on the day"),
    "stationed_denominator": Sentence(
        zh="公共卫生团队的驻点记录", en="records of public-health teams stationed"
    ),
    "help.teams": Sentence(zh="公共卫生团队。", en="Public-health teams."),
    "help.teams.composition": Sentence(
        zh="团队组成与方案要求对照。",
        en="Composition of a team against what the plan asks.",
    ),
    "help.teams.missing": Sentence(zh="没有团队的集团。", en="Groups without a team."),
    "help.teams.stationed": Sentence(
        zh="团队驻点及日期。", en="Where teams are stationed, since when."
    ),
}
