"""Say what there is to say about alliances."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "alliance_members_numerator": Sentence(
        zh="专科联盟的牵头和成员", en="leads and members of specialty alliances"
    ),
    "alliance_districts_numerator": Sentence(
        zh="有点名成员或牵头单位的县区", en="districts with a named member or lead"
    ),
    "alliance_districts_denominator": Sentence(zh="专科联盟 × 县区", en="alliances × districts"),
    "alliance_none_named": Sentence(zh="没有点名成员", en="no named member"),
    "alliance_without_area": Sentence(
        zh="{name}：所在区划未填：{members}",
        en="{name}: the area is not stated of {members}",
    ),
    "alliance_has_class": Sentence(
        zh="{name}：另有未点名的成员：{members}",
        en="{name}: has members that are not named: {members}",
    ),
    "alliance_links_numerator": Sentence(
        zh="有紧密协作关系的", en="pairs with a link of close cooperation"
    ),
    "alliance_links_denominator": Sentence(zh="专科联盟 × 集团", en="alliances × groups"),
    "link_missing": Sentence(
        zh="关系表完整，没有这一对",
        en="the links are complete and this pair is missing",
    ),
    "link_not_stated": Sentence(
        zh="未填，关系表也未声明完整",
        en="not stated, and the links are not declared complete",
    ),
    "alliance_only_numerator": Sentence(zh="也在集团中的", en="facilities in a group too"),
    "alliance_only_denominator": Sentence(
        zh="专科联盟中点名的机构", en="named facilities in an alliance"
    ),
    "alliance_only_reason": Sentence(
        zh="在专科联盟，不在任何集团", en="in an alliance and in no group"
    ),
    "reach_numerator": Sentence(zh="集团自己有的专科", en="specialties that the group has itself"),
    "reach_denominator": Sentence(
        zh="集团 × 联盟专科，可判定的",
        en="groups × specialties of alliances, where it can be judged",
    ),
    "reach_alliance": Sentence(zh="只能经联盟得到", en="only by the alliance"),
    "reach_none": Sentence(
        zh="集团没有，也没有联盟协作", en="neither in the group nor by an alliance"
    ),
    "reach_no_specialty": Sentence(zh="联盟未填专科", en="the alliance states no specialty"),
    "reach_not_stated": Sentence(
        zh="成员的专科未填全，不能断定只靠联盟",
        en="the members' specialties are not all stated; it may have its own",
    ),
    "help.alliances": Sentence(zh="专科联盟。", en="Specialty alliances."),
    "help.alliances.members": Sentence(zh="联盟成员。", en="Members of each alliance."),
    "help.alliances.districts": Sentence(zh="联盟覆盖的区县。", en="Districts of each alliance."),
    "help.alliances.links": Sentence(zh="联盟与集团的协作关系。", en="Links alliance by group."),
    "help.alliances.only": Sentence(
        zh="只在联盟、不在集团的机构。", en="Facilities in an alliance and no group."
    ),
    "help.alliances.reach": Sentence(
        zh="集团只能通过联盟得到的专科。",
        en="Specialties a group has only through an alliance.",
    ),
}
