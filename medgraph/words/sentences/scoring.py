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
    "score_twice": Sentence(
        zh="第 {item} 项写了两次，数不一样", en="item {item} is stated twice, differently"
    ),
    "score_unread": Sentence(
        zh="“{value}”不是0至100的得分", en="“{value}” is no score of 0 to 100"
    ),
    "score_year": Sentence(
        zh="年份“{value}”读不懂。请写四位年份，如 2023。",
        en="“{value}” is no year. Write four digits, as 2023.",
    ),
    "score_missing": Sentence(zh="第 {item} 项缺分", en="item {item} has no score"),
    "score_bonus_open": Sentence(zh="加分项未填全", en="the bonus items are not all stated"),
    "score_tie": Sentence(
        zh="并列或缺分，不能确定黄牌：{zones}",
        en="a tie or a missing score leaves the cards undecided: {zones}",
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
    "help.score_template": Sentence(
        zh="写一张空评分表到 SHEET。", en="Write an empty sheet to SHEET."
    ),
}
