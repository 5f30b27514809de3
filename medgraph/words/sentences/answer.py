"""Say what there is to say about an answer: its accounting, its head line and its words."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "in_brackets": Sentence(zh="{text}（{more}）", en="{text} ({more})"),
    "list_comma": Sentence(zh="、", en=", "),
    "comma": Sentence(zh="，", en=", "),
    "accounted": Sentence(
        zh="共{total} = 已判定{judged} + 无法判定{unknown} + 另列{excluded}",
        en="{total} in = {judged} judged + {unknown} unknown + {excluded} excluded",
    ),
    "definition_line": Sentence(
        zh="分子：{numerator}；分母：{denominator}；名册：{register}",
        en="numerator: {numerator}; denominator: {denominator}; register: {register}",
    ),
    "bounds.between": Sentence(zh="{low} 至 {high}", en="{low} to {high}"),
    "bounds.closed": Sentence(zh="{met} / {total}", en="{met} of {total}"),
    "bounds.open": Sentence(
        zh="至少 {total} 中至少 {met}，{lists}未声明列全",
        en="{met} of at least {total} (not declared complete: {lists})",
    ),
    "bounds.open_list": Sentence(
        zh="{tables}未声明列全，可能还有", en="{tables} is not declared complete: there may be more"
    ),
    "bounds.as_listed": Sentence(zh="若名单已列全：{share}", en="if the lists are whole: {share}"),
    "bounds.needs": Sentence(zh="差别在于：{needs}", en="what makes the difference: {needs}"),
    "bounds.need_rows": Sentence(zh="{what}（{rows}行）", en="{what} ({rows} rows)"),
    "bounds.more_needs": Sentence(zh="另有{count}种原因", en="{count} reasons more"),
    "bounds.next": Sentence(zh="；", en="; "),
    "unknown": Sentence(zh="无法判定", en="unknown"),
    "excluded": Sentence(zh="另列", en="excluded"),
    "and_more": Sentence(zh="等，另{count}个", en=" and {count} more"),
    "register_not_stated": Sentence(zh="未注明名册与版本", en="register and edition not stated"),
    "answer.coverage.served": Sentence(zh="区划覆盖", en="Areas served"),
    "answer.coverage.gaps": Sentence(zh="空白区划", en="Gaps"),
    "answer.coverage.overlaps": Sentence(zh="重叠区划", en="Overlaps"),
    "answer.coverage.ungrouped": Sentence(zh="不在任何集团的机构", en="Facilities in no group"),
    "answer.coverage.multiple": Sentence(zh="同时在两个集团的机构", en="Facilities in two groups"),
    "answer.coverage.grid": Sentence(zh="各集团网格", en="The grid of each group"),
    "answer.coverage.stations": Sentence(zh="村级站点", en="Village stations"),
    "answer.referrals.broken": Sentence(zh="断开的转诊", en="Broken referrals"),
    "answer.sharing.unsupported": Sentence(zh="无人支持的机构", en="Unsupported facilities"),
    "share.areas": Sentence(zh="个区划", en="areas"),
    "share.facilities": Sentence(zh="家机构", en="facilities"),
    "share.villages": Sentence(zh="个村级单位", en="village units"),
    "answer.referrals.specialties": Sentence(zh="各专科能否到达", en="Reach of each specialty"),
    "answer.sharing.centres": Sentence(zh="共享中心", en="Shared centres"),
    "answer.sharing.matrix": Sentence(zh="义务矩阵", en="Obligation matrix"),
    "answer.sharing.cells": Sentence(zh="义务逐格", en="Cells of the matrix"),
    "answer.sharing.exchange": Sentence(zh="相互给予", en="Exchange"),
    "answer.sharing.recognition": Sentence(zh="检查检验互认", en="Recognition of results"),
    "answer.audit": Sentence(zh="政策核查", en="policy audit"),
    "word.between": Sentence(zh="集团间", en="between groups"),
    "word.staff": Sentence(zh="人员", en="staff"),
    "word.slots": Sentence(zh="号源", en="slots"),
    "word.beds": Sentence(zh="床位", en="beds"),
    "word.services": Sentence(zh="服务", en="services"),
    "word.telemedicine": Sentence(zh="远程", en="telemedicine"),
    "share.checks": Sentence(zh="项检查", en="checks"),
    "share.cells": Sentence(zh="格", en="cells"),
    "share.centres": Sentence(zh="项", en="kinds of centre"),
    "share.pairs": Sentence(zh="对", en="pairs"),
    "perhaps_type": Sentence(
        zh="未填类型或类型无法识别，是否属于所问的机构不明",
        en="its type is not stated or not known, so that it may or may not be asked about",
    ),
    "perhaps_at_work": Sentence(
        zh="状态无法识别，是否在运行不明",
        en="its status is not known, so that it may or may not be at work",
    ),
    "perhaps_lead": Sentence(
        zh="牵头关系未声明列全，它可能自己牵头",
        en="the leads are not declared complete, so that it may itself lead a group",
    ),
    "left_out_class": Sentence(zh="一类单位，未点名", en="stands for a class, not named"),
    "left_out_not_at_work": Sentence(
        zh="{day} 不在运行（规划、暂停、关闭或已终止）",
        en="not at work on {day} (planned, suspended, closed or ended)",
    ),
}
