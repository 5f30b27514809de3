"""Say what there is to say about scoring."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "score_no_sheet": Sentence(
        zh="{source} 不是可以读取的 Excel 表或 CSV。",
        en="{source} is neither an Excel sheet nor a CSV that can be read.",
    ),
    "score_suffix": Sentence(
        zh="{path}：空评分表写成 .xlsx 或 .csv。",
        en="{path}: an empty score sheet is written as .xlsx or .csv.",
    ),
    "score_empty": Sentence(
        zh="表中没有一行，没有可评的。", en="The sheet has no row; there is nothing to judge."
    ),
    "score_how.henan": Sentence(
        zh=(
            "每个县一行。市本身的省级考评结果另写一行：“县”一格写市的名称，只填“省级考评结果”。\n"
            "得分写0至100的数；“实地核查”“被抽查”写是或否；没有的空着，空着不是0分，也不是否。"
        ),
        en=(
            "A row for each county. A city's own result has a row of its own: its name as county, "
            "and province_score alone.\n"
            "Scores are numbers from 0 to 100; on_site and sampled are yes or no; leave empty what "
            "there is none of: empty is neither 0 nor no."
        ),
    ),
    "score_how.judgement": Sentence(
        zh="每个县的每项指标一行，等级写 A、B 或 C；没有评的空着。",
        en="A row for each indicator of each county, graded A, B or C; empty where not graded.",
    ),
    "score_how.xinjiang": Sentence(
        zh=(
            "每个试验区每年一行，写县名或12位区划代码，前后写法一致。\n"
            "“类别”写试验区或候补试验区；候补不排名，分数空着。\n"
            "文件列出的六个（新源县、伊宁市、布尔津县、巴里坤县、拜城县、洛浦县）不写类别也是试验区；"
            "后来替补的要写试验区；其他县不写类别的，是不是试验区不定。\n"
            "没有的分数空着，空着不是0分。"
        ),
        en=(
            "A row for each zone and year, by the county's name or its code of 12 digits, always "
            "written alike.\n"
            "role is zone or candidate; a candidate is not ranked and has no scores.\n"
            "The six that the document names are zones without a role; whoever moved up later "
            "needs the role zone; whether any other county without a role is one is open.\n"
            "Leave empty what has no score: empty is not 0."
        ),
    ),
    "score_columns": Sentence(
        zh="缺列：{lost}。需要：{wanted}。",
        en="Columns missing: {lost}. Needed: {wanted}.",
    ),
    "score_sheet_columns": Sentence(
        zh="{file} 缺列：{lost}。需要：{wanted}。",
        en="{file} lacks columns: {lost}. Needed: {wanted}.",
    ),
    "score_no_self": Sentence(zh="没有县级自评", en="no self-score of the county"),
    "score_no_city": Sentence(zh="没有市级复评", en="no re-score of the city"),
    "score_no_city_result": Sentence(
        zh="没有市的省级考评结果", en="no result of the city by the province"
    ),
    "score_not_on_site": Sentence(
        zh="市级没有实地核查的记录", en="no on-site check of the city on record"
    ),
    "score_sample": Sentence(
        zh="省级在该市抽查的县不是1至4个",
        en="the province sampled other than 1 to 4 counties of the city",
    ),
    "score_range": Sentence(
        zh="第 {item} 项 {points} 分超出 0–{weight}",
        en="item {item}: {points} is outside 0–{weight}",
    ),
    "score_at": Sentence(zh="{fault}（{place}）", en="{fault} ({place})"),
    "score_twice": Sentence(
        zh="{item} 写了两次，不一样：{values}", en="{item} is stated twice, differently: {values}"
    ),
    "score_nameless": Sentence(
        zh="这一行没有写是谁，没有评", en="this row names nobody, and is not judged"
    ),
    "score_no_city_named": Sentence(zh="没有写所属的市", en="its city is not stated"),
    "score_sample_open": Sentence(
        zh="省级在该市抽查几个县没有记全",
        en="how many counties of the city the province sampled is not all stated",
    ),
    "score_no_grade": Sentence(zh="“{value}”不是 A、B、C", en="“{value}” is none of A, B, C"),
    "score_no_number": Sentence(
        zh="第 {item} 项“{value}”不是得分", en="item {item}: “{value}” is no score"
    ),
    "score_no_count": Sentence(
        zh="加分项 {item}“{value}”不是次数", en="bonus item {item}: “{value}” is no count"
    ),
    "score_zones": Sentence(
        zh="应有 {number} 个试验区，表中有 {known} 个",
        en="there should be {number} zones, the sheet has {known}",
    ),
    "score_perhaps_zone": Sentence(
        zh="没有写明是不是试验区", en="whether it is a zone is not stated"
    ),
    "score_left": Sentence(
        zh="{year}年已取消资格，不再排名", en="removed in {year}, ranked no more"
    ),
    "score_no_zone": Sentence(
        zh="{number}个试验区都已写明，不在其中，不排名",
        en="all {number} zones are stated, and it is none of them: not ranked",
    ),
    "score_candidate": Sentence(zh="候补试验区，不排名", en="a candidate, not ranked"),
    "score_successors": Sentence(
        zh="文件没有写由谁替补谁", en="the document does not say who moves up in whose place"
    ),
    "score_no_successor": Sentence(zh="没有写候补试验区", en="no candidate is stated to move up"),
    "score_unread": Sentence(
        zh="“{value}”不是0至100的得分", en="“{value}” is no score of 0 to 100"
    ),
    "score_year": Sentence(
        zh="年份“{value}”读不懂。请写四位年份，如 2023。",
        en="“{value}” is no year. Write four digits, as 2023.",
    ),
    "score_missing": Sentence(zh="第 {item} 项缺分", en="item {item} has no score"),
    "score_bonus_open": Sentence(zh="加分项 {item} 未填", en="bonus item {item} is not stated"),
    "score_tie": Sentence(
        zh="并列、缺分或试验区不全，不能确定黄牌：{zones}",
        en="a tie, a missing score or a zone that is not there leaves the cards undecided: {zones}",
    ),
    # titles and words of what comes out, where people read it
    "score.county": Sentence(zh="县", en="county"),
    "score.city": Sentence(zh="市", en="city"),
    "score.self_score": Sentence(zh="县级自评", en="self-score"),
    "score.city_score": Sentence(zh="市级复评", en="city re-score"),
    "score.province_score": Sentence(zh="省级考评结果", en="provincial result"),
    "score.city_minus_self": Sentence(zh="复评减自评", en="city minus self"),
    "score.province_minus_city": Sentence(zh="省级减复评", en="province minus city"),
    "score.grade": Sentence(zh="等次", en="grade"),
    "score.worst": Sentence(zh="最差", en="worst"),
    "score.best": Sentence(zh="最好", en="best"),
    "score.status": Sentence(zh="是否齐全", en="status"),
    "score.reason": Sentence(zh="理由", en="reason"),
    "score.complete": Sentence(zh="指标齐全", en="complete"),
    "score.all_b": Sentence(zh="全部达B", en="all at least B"),
    "score.eight_a": Sentence(zh="至少8项A", en="at least eight A"),
    "score.each_dimension": Sentence(zh="每个维度有A", en="an A in each dimension"),
    "score.decision": Sentence(zh="决策权限为A", en="decision power is A"),
    "score.verdict": Sentence(zh="结论", en="verdict"),
    "score.open": Sentence(zh="未评", en="open"),
    "score.year": Sentence(zh="年度", en="year"),
    "score.zone": Sentence(zh="试验区", en="zone"),
    "score.rank": Sentence(zh="名次", en="rank"),
    "score.yellow_card": Sentence(zh="黄牌", en="yellow card"),
    "score.removed": Sentence(zh="取消资格", en="removed"),
    "score.successor": Sentence(zh="替补", en="successor"),
    "score.word.yes": Sentence(zh="是", en="yes"),
    "score.word.no": Sentence(zh="否", en="no"),
    "score.word.undecided": Sentence(zh="不定", en="undecided"),
    "score.word.incomplete": Sentence(zh="不全", en="incomplete"),
    "score.word.complete": Sentence(zh="齐全", en="complete"),
    "help.score": Sentence(
        zh="评分表：逐级核对、定等、排名、黄牌。",
        en="Judge a score sheet: levels, grades, ranking, yellow cards.",
    ),
    "help.score_scheme": Sentence(zh="评分办法。", en="Which scheme."),
    "help.score_candidate": Sentence(
        zh="候选地区，按递补次序，可重复。",
        en="A candidate zone, in the order of moving up; repeatable.",
    ),
    "help.score_zones": Sentence(zh="每年有几个试验区。", en="How many zones there are each year."),
    "help.score_template": Sentence(
        zh="写一张空评分表到 SHEET（.xlsx 或 .csv）。",
        en="Write an empty sheet to SHEET (.xlsx or .csv).",
    ),
}
