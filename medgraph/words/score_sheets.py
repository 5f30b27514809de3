"""The words of score sheets and audits: the columns of each scheme, grades, decisions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScoreSheet:
    """The columns of a scheme's sheet: name -> Chinese title.

    `items_beside`: where a sheet has a column for each item, the columns beside these.
    """

    columns: dict[str, str]
    items_beside: tuple[str, ...] = ()


_XINJIANG_ITEMS = {str(number): f"第{number}项" for number in range(1, 40)}
_XINJIANG_EVENTS = {
    "national": "国家级报道次数",
    "health": "行业报道次数",
    "region": "自治区报道次数",
    "prefecture": "地州报道次数",
    "extended": "推广成果项数",
    "posts": "新增编制数",
}

SCORE_SHEETS: dict[str, ScoreSheet] = {
    "henan": ScoreSheet(
        {
            "county": "县",
            "city": "市",
            "self_score": "县级自评",
            "city_score": "市级复评",
            "on_site": "实地核查",
            "province_score": "省级抽查",
        }
    ),
    "judgement": ScoreSheet(
        {"county": "县", "dimension": "维度", "indicator": "指标", "grade": "等级"}
    ),
    "xinjiang": ScoreSheet(
        {"zone": "试验区", "year": "年度", **_XINJIANG_ITEMS, **_XINJIANG_EVENTS},
        items_beside=("zone", "year"),
    ),
}

# Grades of Henan, from the best on, and the score that each begins at; below the last is FAILED.
GRADES_FROM = {"优秀": 90, "良好": 80, "合格": 60}
FAILED = "不合格"
# The indicator of the national judgement that must be A.
DECISION = "医共体决策权限"
# What an office decides about a statement: correct, maintain, waive.
DECISIONS = ("更正", "维持", "豁免")
# The register of the networks that examples of rules are.
EXAMPLE = "样例"
# How a sheet says yes.
YES_WORDS = ("yes", "是", "True", "1")
