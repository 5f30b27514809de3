"""Score sheets at their boundaries, each worked by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.errors import OptionError
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy import scoring

DIMENSIONS = {"责任": 3, "管理": 3, "服务": 3, "利益": 2}  # 3 + 3 + 3 + 2 = 11


def grades(text: str, decision: str = "A") -> dict:
    """Eleven grades in the order of the dimensions; the first indicator is the decision power."""
    names = [
        (d, scoring.DECISION if (d, i) == ("责任", 0) else f"{d}{i}")
        for d, n in DIMENSIONS.items()
        for i in range(n)
    ]
    return dict(zip(names, text, strict=True))


@pytest.mark.parametrize(
    ("in_each", "expected"),
    [
        ((3, 3, 3, 2), YES),
        ((3, 3, 3, 1), UNKNOWN),  # one indicator is not graded yet
        ((4, 4, 3), UNKNOWN),  # eleven, but nothing of one dimension
        ((3, 3, 3, 3), NO),  # there are no twelve
    ],
)
def test_a_judgement_is_complete_with_eleven_indicators_of_four_dimensions(in_each, expected):
    grades = {
        (f"维度{number}", f"指标{number}.{one}"): "A"
        for number, count in enumerate(in_each)
        for one in range(count)
    }
    assert scoring.judge(grades).conditions["complete"] == expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("AABAABAABAA", YES),  # 8 A + 3 B, one B in each of three dimensions
        ("AABAABAABAB", NO),  # 7 A + 4 B
        ("AAAAAAAAAAC", NO),  # 10 A + 1 C
        ("AAAAAABBBAA", NO),  # 8 A, but 服务 all B: rule 3 does not follow from rule 2
        ("BAAAAAAAAAA", NO),  # 10 A, but 决策权限 is B
    ],
)
def test_national_verdict_at_its_boundaries(text, wanted):
    """Four conditions, none of which follows from the others."""
    assert scoring.judge(grades(text)).verdict == wanted


def test_a_missing_grade_leaves_it_open():
    """Ten known grades say neither yes nor no while the eleventh could turn it."""
    known = grades("AAAAAAAAAAA")
    known.popitem()
    assert scoring.judge(known).verdict == UNKNOWN


@pytest.mark.parametrize(
    ("score", "grade"),
    [(90, "优秀"), ("89.99", "良好"), (80, "良好"), (60, "合格"), ("59.99", "不合格")],
)
def test_henan_grades_include_their_lower_bound(score, grade):
    """以上 includes the number."""
    assert scoring.henan_grade(score) == grade


@pytest.mark.parametrize(("posts", "points"), [(9, 0), (10, 30), (19, 30), (20, 100)])
def test_posts_bonus(posts, points):
    """10-19 new posts give 30, 20 and more give 100."""
    assert scoring.posts_bonus(posts) == points


def test_bonus_is_capped():
    """4 x 20 + 1 x 10 + 1 x 30 + 10 posts (30) = 150, capped at 100; 130 as well."""
    events = dict.fromkeys(scoring.BONUS, 0)
    assert scoring.bonus({**events, "national": 4, "health": 1, "extended": 1, "posts": 10}) == (
        100,
        100,
    )
    assert scoring.bonus({**events, "national": 5, "posts": 10}) == (100, 100)
    assert scoring.bonus({**events, "national": 1, "posts": 9}) == (20, 20)


def test_weights_sum_to_a_thousand_in_nine_sections():
    """39 items, 150 + 200 + 100 + 100 + 100 + 100 + 80 + 50 + 120 = 1000."""
    ends = [0, 5, 12, 15, 21, 25, 29, 32, 35, 39]
    sections = [sum(scoring.WEIGHTS[a:b]) for a, b in itertools.pairwise(ends)]
    assert sections == [150, 200, 100, 100, 100, 100, 80, 50, 120]


def sheet(totals: dict[int, dict[str, int]]) -> pd.DataFrame:
    """A complete sheet in which each zone has its total: items filled from the first on."""
    rows = []
    for year, zones in totals.items():
        for zone, total in zones.items():
            rest = total
            for item, weight in enumerate(scoring.WEIGHTS, 1):
                rows.append((zone, year, str(item), min(weight, rest)))
                rest -= min(weight, rest)
            rows += [(zone, year, name, 0) for name in (*scoring.BONUS, "posts")]
    found = pd.DataFrame(rows, columns=["zone", "year", "item", "value"])
    return found.assign(role="zone")


SIX = {"甲": 900, "乙": 850, "丙": 800, "丁": 750, "戊": 700, "己": 650}


def test_six_zones_always_give_two_yellow_cards():
    """The last two of six get a card; two years running remove a zone and a candidate moves up."""
    second = {**SIX, "戊": 950}  # 丁 and 己 are last in the second year
    found = scoring.xinjiang(sheet({2022: SIX, 2023: second}), candidates=("备选一", "备选二"))
    found = found.set_index(["year", "zone"])
    carded = {key for key, card in found["yellow_card"].items() if card == "yes"}
    assert carded == {(2022, "戊"), (2022, "己"), (2023, "丁"), (2023, "己")}
    assert [key for key, gone in found["removed"].items() if gone == "yes"] == [(2023, "己")]
    assert found.loc[(2023, "己"), "successor"] == "备选一"


def test_a_year_nobody_supplied_removes_nobody_and_clears_nobody():
    """丁 and 己 are last in 2023; who was so in 2022, or was no zone then, nobody knows."""
    found = scoring.xinjiang(sheet({2021: SIX, 2023: SIX})).set_index(["year", "zone"])
    assert found.loc[(2023, "己"), "removed"] == "undecided"
    assert found.loc[(2023, "甲"), "removed"] == "no"
    fewer = {zone: total for zone, total in SIX.items() if zone != "己"}
    found = scoring.xinjiang(sheet({2022: fewer, 2023: SIX})).set_index(["year", "zone"])
    assert found.loc[(2023, "己"), "removed"] == "undecided"


def test_a_year_in_the_ways_in_which_people_write_one():
    """A spreadsheet hands out 2023.0 where a cell of the column is empty."""
    rows = sheet({2023: SIX})
    expected = scoring.xinjiang(rows)
    written = itertools.cycle([2023, 2023.0, "2023", "2023年"])
    rows = rows.assign(year=[next(written) for _ in range(len(rows))])
    pd.testing.assert_frame_equal(scoring.xinjiang(rows), expected)


@pytest.mark.parametrize("year", ["去年", None, float("nan"), "2023-24", "2023.5"])
def test_what_is_no_year_is_refused(year):
    rows = sheet({2023: SIX}).astype({"year": object})
    rows.loc[3, "year"] = year
    with pytest.raises(OptionError):
        scoring.xinjiang(rows)


def test_a_tie_across_the_cut_is_undecided_and_named():
    """己 is last; 丁 and 戊 tie for the second card: nobody decides it for them."""
    found = scoring.xinjiang(sheet({2022: {**SIX, "丁": 700}})).set_index("zone")
    assert found["yellow_card"].to_dict() == {
        "甲": "no",
        "乙": "no",
        "丙": "no",
        "丁": "undecided",
        "戊": "undecided",
        "己": "yes",
    }
    assert "丁、戊" in found.loc["丁", "reason"]
    assert found["rank"].to_dict() == dict(
        zip("甲乙丙丁戊己", ["1", "2", "3", "4=", "4=", "6"], strict=True)
    )


def test_a_missing_score_is_neither_nought_nor_full():
    """Without item 1 (80 points) 丁 lies between 670 and 750 and may be among the last two, or not."""
    rows = sheet({2022: SIX})
    rows = rows[~((rows["zone"] == "丁") & (rows["item"] == "1"))]
    found = scoring.xinjiang(rows).set_index("zone")
    assert (found.loc["丁", "worst"], found.loc["丁", "best"]) == (670, 750)
    assert found.loc["丁", "yellow_card"] == "undecided"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), min_size=3, max_size=7))
def test_certain_cards_hold_in_every_completion(pairs):
    """A card given or not given for certain stays so at the worst and at the best of every zone."""
    ranges = {str(i): (low, low + more) for i, (low, more) in enumerate(pairs)}
    cards = scoring.yellow_cards(ranges)
    for pick in (0, 1):
        exact = scoring.yellow_cards({z: (r[pick], r[pick]) for z, r in ranges.items()})
        assert all(exact[z] == card for z, card in cards.items() if card in (YES, NO))


HENAN = ["county", "city", "self_score", "city_score", "on_site", "province_score"]


def test_henan_chain():
    """Self-score, re-score on site, sample, grade; the differences and every gap in the chain are listed."""
    rows = pd.DataFrame(
        [
            ("甲县", "A市", 92, 88, "是", "是", 85),
            ("乙县", "A市", 70, 58, "否", "否", None),
            ("丙县", "B市", 95, None, None, None, None),
        ],
        columns=[*HENAN[:-1], "sampled", HENAN[-1]],
    )
    found = scoring.henan(rows).set_index("county").drop("")  # the rows of the cities
    assert found["grade"].to_dict() == {"甲县": "良好", "乙县": "", "丙县": ""}
    assert (found.loc["甲县", "city_minus_self"], found.loc["甲县", "province_minus_city"]) == (
        -4,
        -3,
    )
    assert (found.loc["乙县", "worst"], found.loc["乙县", "best"]) == ("不合格", "合格")
    assert found["status"].to_dict() == {
        "甲县": "complete",
        "乙县": "incomplete",
        "丙县": "incomplete",
    }


def test_a_grade_of_nobody_leaves_every_column_whole():
    """A row without a county is told as one of which nothing is known; counts stay whole numbers."""
    rows = [("甲县", "责任", "人员", "A"), (None, "责任", "人员", "A")]
    sheet = pd.DataFrame(rows, columns=["county", "dimension", "indicator", "grade"])
    found = scoring.judgement(sheet)
    assert not found.isna().any(axis=None)
    assert set(found.dtypes[["A", "B", "C", "open"]]) == {np.dtype("int64")}
    nobody = found.set_index("county").loc[""]
    assert (nobody["verdict"], nobody["A"], nobody["open"]) == ("NO_DATA", 0, 11)
    assert nobody["reason"]


def test_a_ledger_without_periods_is_a_score_sheet():
    """Subject, item and value alone say what a sheet of columns does."""
    lines = [("410122000000", "self_score", "88"), ("410122000000", "city_score", "85")]
    found = scoring.henan(pd.DataFrame(lines, columns=["subject", "item", "value"]))
    assert found[["self_score", "city_score"]].to_numpy().tolist() == [[88, 85]]
