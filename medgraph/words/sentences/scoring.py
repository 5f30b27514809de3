"""Say what there is to say about scoring."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "score_no_sheet": Sentence(
        zh="{source} 不是可以读取的 Excel 表。",
        en="{source} is not an Excel sheet that can be read.",
    ),
    "score_columns": Sentence(
        zh="缺列：{lost}。需要：{wanted}。",
        en="Columns missing: {lost}. Needed: {wanted}.",
    ),
    "score_no_self": Sentence(zh="没有县级自评", en="no self-score of the county"),
    "score_no_city": Sentence(zh="没有市级复评", en="no re-score of the city"),
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
        zh="写一张空评分表到 SHEET。", en="Write an empty sheet to SHEET."
    ),
}
