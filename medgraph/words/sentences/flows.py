"""Say what there is to say about flows: planned and observed."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "flows.numerator": Sentence(zh="有转诊记录的计划关系", en="planned links that records use"),
    "flows.denominator": Sentence(
        zh="已判定的关系：计划内的和记录中的", en="links judged: planned or observed"
    ),
    "flows.source": Sentence(
        zh="转诊记录与 REFERS_UP_TO、REFERS_DOWN_TO 关系",
        en="referral records and links REFERS_UP_TO, REFERS_DOWN_TO",
    ),
    "flows.bad_threshold": Sentence(
        zh="threshold 不能是 {value}。", en="threshold cannot be {value}."
    ),
    "flows.same_facility": Sentence(zh="转出与转入是同一家机构", en="from and to are one facility"),
    "flows.unmatched": Sentence(zh="没有机构叫“{name}”。", en="No facility is called “{name}”."),
    "flows.ambiguous": Sentence(
        zh="“{name}”对应多家：{candidates}。",
        en="“{name}” means several: {candidates}.",
    ),
    "flows.no_from": Sentence(zh="没有写转出机构。", en="The records state no facility of origin."),
    "flows.account": Sentence(
        zh="全部记录：{whole}人次＝已判定{judged}＋未知{unknown}＋不计{excluded}（含不显示的格子）。",
        en=(
            "All records: {whole} in = {judged} judged + {unknown} unknown + {excluded} excluded "
            "(hidden cells included)."
        ),
    ),
    "flows.hidden_in": Sentence(
        zh="{what}：{part}（含不显示的格子）。", en="{what}: {part} (hidden cells included)."
    ),
    "flows.not_shown": Sentence(zh="（不显示）", en="(hidden)"),
    "flows.what_no_from": Sentence(zh="转出机构不明的人次", en="volume without an origin"),
    "flows.what_outside": Sentence(
        zh="转往网络以外的人次", en="volume to places outside the network"
    ),
    "flows.what_unmatched": Sentence(
        zh="其他机构名对不上的人次", en="volume of other unmatched names"
    ),
    "flows.used": Sentence(zh="计划内，有记录", en="planned and used"),
    "flows.unused": Sentence(zh="计划内，无记录", en="planned but unused"),
    "flows.unplanned": Sentence(zh="有记录，不在计划内", en="used but not planned"),
    "flows.volume": Sentence(
        zh="{what}：{part}/{total}（只计显示的格子）。",
        en="{what}: {part}/{total} (shown cells only).",
    ),
    "flows.what_used": Sentence(zh="计划内人次", en="planned volume"),
    "flows.what_unplanned": Sentence(zh="计划外人次", en="unplanned volume"),
    "flows.what_out_of_group": Sentence(zh="集团外人次", en="volume out of group"),
    "flows.what_out_of_county": Sentence(zh="县外人次", en="volume out of county"),
    "flows.what_skips_level": Sentence(zh="越级人次", en="volume past the township level"),
    "flows.protected": Sentence(
        zh=(
            "小数保护：1至{threshold}以下（不含{threshold}）的数不显示（{hidden}格）；"
            "没有一个合计能反推出它们。"
        ),
        en=(
            "Small counts: cells from 1 to below {threshold} are hidden ({hidden}); no total gives "
            "them back."
        ),
    ),
    "flows.rejected_malformed_line": Sentence(
        zh="行的列数不对", en="a line with too few or too many fields"
    ),
    "flows.rejected_no_to": Sentence(zh="缺转入机构", en="no receiving facility"),
    "flows.rejected_bad_date": Sentence(
        zh="日期不是日期（写作 2023-10-25）", en="a day that is none (write it as 2023-10-25)"
    ),
    "flows.rejected_bad_count": Sentence(
        zh="人次不是正整数（只写数字，如 1200）",
        en="a count that is not a positive whole number (digits alone, as 1200)",
    ),
    "flows.rejected_no_person": Sentence(zh="缺代号", en="no pseudonym"),
    "flows.rejected_discharge_before_admission": Sentence(
        zh="出院早于入院", en="discharged before admitted"
    ),
    "shares.numerator": Sentence(
        zh="见各指标：县域内（或基层）的人次",
        en="per indicator: encounters in the county (or at primary facilities)",
    ),
    "shares.denominator": Sentence(
        zh="见各指标：本县居民的全部人次（基层就诊率：县域内门急诊人次）",
        en="per indicator: all encounters of residents (primary visits: visits in the county)",
    ),
    "shares.source": Sentence(
        zh="就诊记录；机构所在地以网络为准",
        en="encounter records; places of facilities from the network",
    ),
    "shares.unclear": Sentence(
        zh="有的就诊分不清地点、类型或机构类别，只给出上下界",
        en="the place, type or facility of some encounters is not clear; only bounds are given",
    ),
    "shares.other_residence": Sentence(
        zh="居住地既不是区划代码，也不在网络的区划里",
        en="a residence that is neither a code nor an area of the network",
    ),
    "shares.no_residence": Sentence(zh="没有居住地的就诊", en="encounters without a residence"),
    "column.shown": Sentence(zh="数量（显示）", en="count (shown)"),
    "column.out_of_group": Sentence(zh="集团外", en="out of group"),
    "column.out_of_county": Sentence(zh="县外", en="out of county"),
    "column.skips_level": Sentence(zh="越级", en="skips level"),
    "column.delay_median": Sentence(zh="间隔天数（中位数）", en="delay in days (median)"),
    "column.delay_p90": Sentence(zh="间隔天数（第90百分位）", en="delay in days (90th percentile)"),
    "column.without_return": Sentence(zh="上转后未下转", en="without return"),
    "column.double": Sentence(zh="再次上转", en="referred further"),
    "column.month": Sentence(zh="月份", en="month"),
    "column.indicator": Sentence(zh="指标", en="indicator"),
    "column.low": Sentence(zh="最低", en="low"),
    "column.high": Sentence(zh="最高", en="high"),
    "status.used": Sentence(zh="计划内，有记录", en="used"),
    "status.unused": Sentence(zh="计划内，无记录", en="unused"),
    "status.unplanned": Sentence(zh="计划外", en="unplanned"),
    "status.judged": Sentence(zh="已判定", en="judged"),
    "word.county_visits": Sentence(zh="县域就诊率", en="visits in the county"),
    "word.primary_visits": Sentence(zh="基层就诊率", en="primary visits"),
    "word.county_inpatients": Sentence(zh="县域内住院率", en="inpatients in the county"),
    "help.referrals.flows": Sentence(
        zh="实际转诊与方案对照。", en="Observed referrals against the plan."
    ),
    "help.referrals.shares": Sentence(
        zh="县域就诊率、基层就诊率、县域内住院率，按月。",
        en="Shares of care given at home, by county and month.",
    ),
}
