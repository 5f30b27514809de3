"""Say what there is to say about sharing: centres, obligations, exchange, support."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "centres_numerator": Sentence(
        zh="由本集团成员承办的共享中心类别",
        en="kinds of shared centre hosted by a member of the group",
    ),
    "centres_denominator": Sentence(zh="集团 × 共享中心类别", en="groups × kinds of shared centre"),
    "centre_untyped": Sentence(
        zh="有成员承办的共享中心未填类型",
        en="a member hosts a shared centre of which the kind is not stated",
    ),
    "centre_may_work": Sentence(
        zh="有成员承办，承办单位或中心是否运行不明",
        en="a member hosts one, and whether both are at work is not known",
    ),
    "centre_of_class": Sentence(
        zh="只写到由一类机构承办，没有点名",
        en="only a class of facilities is stated to host it, none by name",
    ),
    "centre_missing": Sentence(
        zh="关系表完整，没有承办单位", en="the links are complete and nobody hosts it"
    ),
    "centre_not_stated": Sentence(
        zh="未填承办单位，关系表也未声明完整",
        en="no host is stated, and the links are not declared complete",
    ),
    "centre_use_not_stated": Sentence(
        zh="成员使用情况未填", en="it is not stated which members use it"
    ),
    "matrix_numerator": Sentence(zh="已落实的责任", en="obligations met"),
    "matrix_denominator": Sentence(
        zh="乡镇卫生院和社区卫生服务中心 × 责任，有数据的",
        en="township and community centres × obligations, where there is data",
    ),
    "cell_no_data": Sentence(
        zh="未填 {relation}，未全部声明完整：{relations}",
        en="no {relation} is stated, and not all is declared complete of: {relations}",
    ),
    "cell_others_open": Sentence(
        zh="{told}；可能另有，未全部声明完整：{relations}",
        en="{told}; there may be another, as not all is declared complete of: {relations}",
    ),
    "cell_unsure_kind": Sentence(
        zh="有记录，对方未填类型或类型不认识",
        en="there is a record, but of what kind the other end is, is missing or unknown",
    ),
    "cell_unsure_at": Sentence(
        zh="到“{at}”为止，之后不明", en="known as far as “{at}”, and not beyond"
    ),
    "cell_unsure_title": Sentence(
        zh="有派驻记录，职称未填或不认识",
        en="a posting is recorded, but its title is missing or unknown",
    ),
    "cell_closed_unit": Sentence(
        zh="连到不在运行的“{at}”", en="leads to “{at}”, which is not at work"
    ),
    "cell_broken": Sentence(zh="在“{at}”处断开", en="breaks at “{at}”"),
    "cell_not_yet_valid": Sentence(zh="{day} 尚未生效", en="not yet valid on {day}"),
    "cell_expired": Sentence(zh="{day} 已到期", en="expired on {day}"),
    "cell_missing": Sentence(
        zh="已声明完整，没有记录：{relations}",
        en="declared complete, and there is none: {relations}",
    ),
    "exchange_numerator": Sentence(
        zh="给出与得到的人员、号源、床位、服务",
        en="staff, slots, beds and services given and taken",
    ),
    "exchange_no_group": Sentence(zh="一端不在任何集团", en="one end is in no group"),
    "exchange_several_groups": Sentence(zh="一端同时在几个集团", en="one end is in several groups"),
    "exchange_no_amount": Sentence(zh="数量未填", en="no amount is stated"),
    "unsupported_numerator": Sentence(
        zh="有其他机构派人、下沉号源或床位、提供服务的机构",
        en="facilities that another one sends staff, slots, beds or services to",
    ),
    "unsupported_denominator": Sentence(
        zh="点名且运行中的非牵头机构，可判定的",
        en="named facilities at work that lead no group, where it can be judged",
    ),
    "support_none": Sentence(
        zh="没有任何机构派人、下沉号源床位或提供服务",
        en="nobody sends staff, slots, beds or services",
    ),
    "support_not_complete": Sentence(
        zh="没有记录，而这些关系未声明完整：{relations}",
        en="no record, and these links are not declared complete: {relations}",
    ),
    "support_may_work": Sentence(
        zh="支持来自是否运行不明的机构或中心",
        en="there is support of which one end may not be at work",
    ),
    "support_to_group": Sentence(
        zh="资源下沉到它所在或可能所在的整个集团，未写明到哪家",
        en="resources go to a whole group that it is or may be in; to whom is not stated",
    ),
    "recognition_numerator": Sentence(zh="已互认", en="pairs that recognise results"),
    "recognition_denominator": Sentence(
        zh="集团内部，以及同一地市集团两两之间",
        en="every group inside, and the pairs of groups of one prefecture",
    ),
    "items_not_stated": Sentence(zh="互认项目数未填", en="the number of items is not stated"),
    "recognition_unplaced": Sentence(
        zh="有成员未填所在区划，是否同属一市不明",
        en="some members state no area, so that they may be of one prefecture or not",
    ),
    "recognition_more_members": Sentence(
        zh="已列成员之间都互认，但成员名单未声明列全",
        en="all members that are listed do, but the members are not declared complete",
    ),
    "recognition_missing": Sentence(
        zh="互认关系完整，没有这一对",
        en="the links are complete and this pair is missing",
    ),
    "recognition_not_stated": Sentence(zh="未填互认", en="recognition is not stated"),
    "ledger_not_complete": Sentence(
        zh="派驻表未声明完整，不能断定没有人。{gaps}",
        en=(
            "the postings are not declared complete, so a gap does not prove that nobody was "
            "posted. {gaps}"
        ),
    ),
    "status.described": Sentence(zh="仅描述", en="described"),
    "help.sharing": Sentence(
        zh="共享：谁用谁的中心，谁支持谁，谁没人管。",
        en="Sharing: who uses whose centre, who supports whom, who gets nobody.",
    ),
    "help.sharing.centres": Sentence(
        zh="每个集团每类共享中心：设在哪里、谁在用。",
        en="Per group and kind: the host of a shared centre, and its users.",
    ),
    "help.sharing.matrix": Sentence(
        zh="义务矩阵：每个基层机构一行，每项应有关系一列。",
        en="The obligation matrix: one row per centre, one column per required link.",
    ),
    "help.sharing.exchange": Sentence(
        zh="机构之间、集团之间的给予和接受。",
        en="What is given and taken between facilities and groups.",
    ),
    "help.sharing.unsupported": Sentence(
        zh="没有任何支持的机构。", en="Facilities that nobody supports."
    ),
    "help.sharing.recognition": Sentence(
        zh="检查检验结果互认。", en="Mutual recognition of results."
    ),
    "status.met": Sentence(zh="已有", en="met"),
    "status.missing": Sentence(zh="缺", en="missing"),
    "status.expired": Sentence(zh="已到期", en="expired"),
    "status.not_yet_valid": Sentence(zh="尚未生效", en="not yet valid"),
    "status.closed_unit": Sentence(zh="对方停业", en="other end closed"),
    "status.broken": Sentence(zh="中断", en="broken"),
    "status.no_data": Sentence(zh="缺数据", en="no data"),
    "status.failed": Sentence(zh="未满足", en="failed"),
    "obligation.lead": Sentence(zh="归属集团", en="in a group"),
    "obligation.laboratory": Sentence(zh="医学检验", en="laboratory"),
    "obligation.imaging": Sentence(zh="医学影像", en="imaging"),
    "obligation.ecg": Sentence(zh="心电诊断", en="ECG"),
    "obligation.pathology": Sentence(zh="病理", en="pathology"),
    "obligation.sterile_supply": Sentence(zh="消毒供应", en="sterile supply"),
    "obligation.pharmacy": Sentence(zh="中心药房", en="pharmacy"),
    "obligation.up_referral": Sentence(zh="上转", en="up-referral"),
    "obligation.down_referral": Sentence(zh="下转", en="down-referral"),
    "obligation.physician": Sentence(zh="医师派驻", en="physician"),
    "obligation.team": Sentence(zh="公卫团队", en="team"),
    "obligation.telemedicine": Sentence(zh="远程医疗", en="telemedicine"),
    "obligation.recognition": Sentence(zh="结果互认", en="recognition"),
    "obligation.stations": Sentence(zh="管理村站", en="stations"),
    "help.sharing.cells": Sentence(
        zh="义务矩阵逐格：状态、原因、依据。",
        en="Every cell of the obligation matrix with its reason and record.",
    ),
    "help.sharing.balance": Sentence(
        zh="净给予与净接受，集中度（赫芬达尔指数）。",
        en="Net givers and takers, and the Herfindahl index.",
    ),
    "status.recognised": Sentence(zh="互认", en="recognised"),
    "status.supported": Sentence(zh="有支持", en="supported"),
    "status.unsupported": Sentence(zh="无人支持", en="unsupported"),
    "status.all": Sentence(zh="全部", en="all"),
    "status.some": Sentence(zh="部分", en="some"),
}
