"""Say what there is to say about dispatch: postings, their counts and quotas."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "ledger_numerator": Sentence(zh="当年有在岗日的派驻记录", en="postings with days in the year"),
    "ending_numerator": Sentence(zh="即将到期的派驻记录", en="postings that end soon"),
    "posting_impossible": Sentence(
        zh="{record}：终止日早于起始日", en="{record}: ends before it begins"
    ),
    "posting_no_start": Sentence(zh="{record}：起始日未填", en="{record}: no first day is stated"),
    "posting_part_time": Sentence(
        zh="{record}（每周不足五天）", en="{record} (less than five days a week)"
    ),
    "posting_unknown_title": Sentence(
        zh="{record}：职称“{title}”未填或不认识",
        en="{record}: the title “{title}” is missing or unknown",
    ),
    "posting_other_year": Sentence(zh="{year} 年没有在岗日", en="no day in {year}"),
    "posting_not_current": Sentence(zh="{day} 不在派驻期内", en="not in force on {day}"),
    "posting_not_followed": Sentence(zh="到期后没有人接替", en="nobody follows"),
    "postings_apart": Sentence(
        zh="{count} 条派驻记录职称不明或日期不可能，另计，未算入也未丢弃。",
        en="{count} postings have an unknown title or impossible days; they are counted apart.",
    ),
    "postings_could_decide": Sentence(
        zh="职称不明或日期不可能的记录可能改变结论",
        en="postings with unknown titles or days could decide",
    ),
    "year_not_over": Sentence(zh="当年尚未结束", en="the year is not over"),
    "no_lead": Sentence(
        zh="没有集团，或集团没有牵头医院", en="no group, or a group without a lead"
    ),
    "coverage_gap": Sentence(zh="派驻不足", en="not covered"),
    "coverage_denominator": Sentence(
        zh="点名且运行中的乡镇卫生院和社区卫生服务中心，可判定的",
        en="named township and community centres at work, where it can be judged",
    ),
    "all_year_numerator": Sentence(
        zh="全年每天都有牵头医院主治及以上医师的中心（可几人接续）",
        en=(
            "centres with an attending physician or higher of the lead on every day of the year, "
            "by turns"
        ),
    ),
    "all_year_source": Sentence(
        zh="每个乡镇卫生院（社区卫生服务中心）至少有1名牵头医院主治医师常年服务",
        en="at least one attending physician of the lead in service all year",
    ),
    "six_months_numerator": Sentence(
        zh="至少有一名派驻医师连续六个月以上的中心",
        en="centres where a dispatched physician stays six months or more",
    ),
    "six_months_source": Sentence(
        zh="至少有1名相对固定的医师，一般不少于6个月",
        en="at least one relatively fixed physician, not under six months",
    ),
    "per_10000_numerator": Sentence(
        zh="二级及以上机构派驻、中级及以上、当年满六个月的医师",
        en=(
            "physicians of intermediate grade or above from facilities of level two or three, six "
            "months or more in the year"
        ),
    ),
    "per_10000_denominator": Sentence(
        zh="集团内中心所服务区划的常住人口（万人）",
        en="residents of the areas served by the group's centres, in 10,000",
    ),
    "per_10000_source": Sentence(
        zh="国卫办基层发〔2024〕22号 指标2.1", en="Monitoring indicators 2024, 2.1"
    ),
    "population_lacking": Sentence(
        zh="常住人口未填：{areas}", en="population is not stated: {areas}"
    ),
    "rate_between": Sentence(
        zh="{low} 至 {high} 人，取决于职称、等级或日期不明的记录",
        en="{low} to {high} persons, as unknown titles, levels or days turn out",
    ),
    "quota_numerator": Sentence(
        zh="下沉到家庭医生团队或基层机构的号源、床位",
        en="slots and beds sunk to family-doctor teams or primary care",
    ),
    "quota_denominator": Sentence(
        zh="牵头医院自身的门诊号源（1/3）、床位（1/4）",
        en="the lead's own outpatient slots (1/3) and beds (1/4)",
    ),
    "quota_source": Sentence(
        zh="国卫医政函〔2023〕27号", en="National urban-group pilot plan 2023"
    ),
    "quota_lacking": Sentence(zh="未填：{field}", en="not stated: {field}"),
    "quota_above_whole": Sentence(
        zh="下沉{sunk}，多于全部的{total}，前后矛盾",
        en="{sunk} sunk of {total} in all: a contradiction",
    ),
    "quota_could_be_met": Sentence(
        zh="去向、数量或时段不明的部分（或同一项写了两个数的）可能使其达标",
        en=(
            "what is stated without recipient, amount or period, or twice with different numbers, "
            "could meet it"
        ),
    ),
    "quota_of_another_period": Sentence(
        zh="未填时段：可能属于另一时段",
        en="period not stated: it may be another one",
    ),
    "quota_short": Sentence(
        zh="{sunk}/{total} 不足 {required}",
        en="{sunk} of {total} is under {required}",
    ),
    "help.dispatch": Sentence(zh="下沉：派驻、号源、床位。", en="Sinking: postings, slots, beds."),
    "help.dispatch.ledger": Sentence(zh="派驻台账。", en="The ledger of postings."),
    "help.dispatch.ending": Sentence(zh="即将到期的派驻。", en="Postings that end soon."),
    "help.dispatch.coverage": Sentence(
        zh="三种公布的派驻标准之一。",
        en="One of the three published tests of postings.",
    ),
    "help.dispatch.quota": Sentence(
        zh="号源三分之一、床位四分之一。",
        en="A third of the slots, a quarter of the beds.",
    ),
}
