"""Xinjiang's zones over three made-up years, from the workbooks to the page: every number by hand.

Six zones (甲县 to 己县) and three candidates (庚县, 辛县, 壬县).
"""

from __future__ import annotations

import json

import pytest

from medgraph.queries.policy.scoring import WEIGHTS
from medgraph.words.score_sheets import SCORE_SHEETS
from tests.queries.policy.worked.books import page, run, verdicts, workbook

NAMES = ("甲县", "乙县", "丙县", "丁县", "戊县", "己县", "庚县", "辛县", "壬县")
JIA, YI, BING, DING, WU, JI, GENG, XIN, REN = CODES = tuple(
    f"6599{number}000000" for number in range(21, 30)
)
CANDIDATES = [word for name in NAMES[6:] for word in ("--candidate", name)]
TITLES = SCORE_SHEETS["xinjiang"].columns
EVENTS = ("national", "health", "region", "prefecture", "extended", "posts")


def scored(name, year, base, role="试验区", **events):
    """A row of the sheet: `base` points laid on the items from the first on, and bonus events."""
    row, rest = [name, year, role], base
    for weight in WEIGHTS:
        row.append(min(weight, rest))
        rest -= min(weight, rest)
    return row + [events.get(event, 0) for event in EVENTS]


def candidate(name, year):
    return [name, year, "候补试验区", *[None] * (len(TITLES) - 3)]


def unread(row):
    """The same row with 90分 in item 1, which has 80 points: they are lost, and may be any."""
    return [*row[:3], "90分", *row[4:]]


SHEET = [
    list(TITLES.values()),
    # 2022. 900 + one national report (20) = 920; 800 + ten posts (30) = 830.
    scored("甲县", "2022年", 900, national=1),
    scored("乙县", "2022年", 850),
    scored("丙县", "2022年", 800, posts=10),
    scored("丁县", "2022年", 760),
    scored("戊县", "2022年", 700),
    scored("己县", "2022年", 650),
    *(candidate(name, "2022年") for name in NAMES[6:]),
    # 2023. 700 + twenty posts (100) = 800; 己县: 660 + 2 reports of 8 points and one of 5 = 681.
    scored("甲县", "2023", 910),
    scored("乙县", "2023", 840),
    scored("丙县", "2023", 700, posts=20),
    scored("丁县", "2023", 690),
    scored("戊县", "2023", 790),
    scored("己县", "2023", 660, region=2, prefecture=1),
    *(candidate(name, "2023") for name in NAMES[6:]),
    # 2024. 己县 has left and is in the sheet all the same. 庚县 is a zone now.
    scored("甲县", "2024", 905),
    scored("乙县", "2024", 800),
    scored("丙县", "2024", 750),
    unread(scored("丁县", "2024", 700)),  # 700 - 80 = 620 at worst, 700 at best
    scored("戊县", "2024", 660),
    scored("己县", "2024", 990),
    scored("庚县", "2024", 640),
    *(candidate(name, "2024") for name in NAMES[7:]),
]

# By zone, the best one first: worst and best total, place, card, removed, who moves up.
WANTED = {
    2022: [
        ("甲县", 920, 920, "1", "no", "no", ""),
        ("乙县", 850, 850, "2", "no", "no", ""),
        ("丙县", 830, 830, "3", "no", "no", ""),
        ("丁县", 760, 760, "4", "no", "no", ""),
        # Nobody says who was last in 2021: a first card may be a second one.
        ("戊县", 700, 700, "5", "yes", "undecided", ""),
        ("己县", 650, 650, "6", "yes", "undecided", ""),
    ],
    2023: [
        ("甲县", 910, 910, "1", "no", "no", ""),
        ("乙县", 840, 840, "2", "no", "no", ""),
        ("丙县", 800, 800, "3", "no", "no", ""),
        ("戊县", 790, 790, "4", "no", "no", ""),  # the card of 2022 is not followed by another
        ("丁县", 690, 690, "5", "yes", "no", ""),
        ("己县", 681, 681, "6", "yes", "yes", "庚县"),  # 2022 and 2023
    ],
    2024: [
        ("甲县", 905, 905, "1", "no", "no", ""),
        ("乙县", 800, 800, "2", "no", "no", ""),
        ("丙县", 750, 750, "3", "no", "no", ""),
        # 620 to 700 against 660 and 640: fourth, fifth or sixth. With the card of 2023 a second
        # one would remove it.
        ("丁县", 620, 700, "4–6", "undecided", "undecided", ""),
        # 640 is below it, 丁县 perhaps. It had no card in 2023.
        ("戊县", 660, 660, "4–5", "undecided", "no", ""),
        # Only 丁县 may be lower: a card for certain. In 2023 it was none of the six.
        ("庚县", 640, 640, "5–6", "yes", "no", ""),
    ],
}

# Code, name, proposed; cards of three years; removed in two; then of 2023: the bonus recorded,
# returned, evaluated, the day set for correction, corrected, visits. A dash is an empty cell.
# 戊 has a card that the ranking of 2023 does not give, and so two in a row.
AREAS = [
    [None if cell == "-" else cell for cell in line.split()]
    for line in """
区划代码 名称 候补申报日 黄牌@2022 黄牌@2023 黄牌@2024 取消资格@2023 取消资格@2024 bonus.recorded@2023 评价结果已反馈@2023 监测评价日@2023 整改期限@2023 整改完成日@2023 专家组到访次数@2023
659921000000 甲县 - 否 否 否 否 否   0 是 2023-12-28 - - 2
659922000000 乙县 - 否 否 否 否 否  20 是 2023-12-28 - - 1
659923000000 丙县 - 否 否 否 否 否 100 是 2023-12-28 - - -
659924000000 丁县 - 否 是 是 否 -    - 是 2023-12-31 2024-03-31 2024-03-31 -
659925000000 戊县 - 是 是 否 否 否   - 否 2024-01-02 2024-03-31 2024-04-02 -
659926000000 己县 - 是 是 否 是 否   - -  待定       2024-03-31 -          -
659927000000 庚县 2022-09-20 - 否 是 否 否 - - - - - -
659928000000 辛县 2022-09-30 - -  -  否 否 - - - - - -
659929000000 壬县 2022-10-08 - -  -  否 否 - - - - - -
""".strip().splitlines()
]
AREAS = [[*row, "层级" if not number else "县级"] for number, row in enumerate(AREAS)]
REGION = "650000000000"
AREAS.append([REGION, "自治区", *[None] * (len(AREAS[0]) - 3), "省级"])
META = [("项目", "内容"), ("数据截止日", "2024-12-31"), ("areas.complete", "列全")]
RULES = [
    word
    for rule in ("XJ-01", "XJ-02", "XJ-03", "XJ-04", "XJ-05", "XJ-18", "XJ-19", "XJ-20", "XJ-21")
    for word in ("--select", rule)
]


def of(codes, *found):
    return dict(zip(codes, found, strict=True))


ZONES, NOW = CODES[:6], CODES[:7]
PASS_, FAIL_, OPEN = "PASS", "FAIL", "NO_DATA"

# 甲, 乙, 丙, 丁, 戊, 己 at the end of 2023.
OF_2023 = {
    "XJ-01": of(ZONES, *[PASS_] * 6),
    # 甲 0 of no event; 乙 20 of no event; 丙 100 of twenty posts; the others record nothing.
    "XJ-02": of(ZONES, PASS_, FAIL_, PASS_, OPEN, OPEN, OPEN),
    # 戊 is fourth and has a card.
    "XJ-03": of(ZONES, PASS_, PASS_, PASS_, PASS_, FAIL_, PASS_),
    # By what is recorded 戊 had two cards and stayed; 己 had two and left.
    "XJ-04": of(ZONES, PASS_, PASS_, PASS_, PASS_, FAIL_, PASS_),
    # 庚, 辛, 壬 are three and the zones six, but that all counties are listed holds from 2024 on.
    "XJ-05": {REGION: OPEN},
    "XJ-18": of(CODES[6:], PASS_, PASS_, FAIL_),  # 20 and 30 September, 8 October
    "XJ-19": of(ZONES, PASS_, PASS_, PASS_, PASS_, FAIL_, OPEN),
    "XJ-20": {JI: OPEN},  # it left; whether it is favoured nobody says
    "XJ-21": {REGION: OPEN},
}
# 甲, 乙, 丙, 丁, 戊, 己, 庚 at the end of 2024.
OF_2024 = {
    # Item 1 of 丁 is no number.
    "XJ-01": of(NOW, PASS_, PASS_, PASS_, OPEN, PASS_, PASS_, PASS_),
    "XJ-02": of(NOW, *[OPEN] * 7),
    # 丁 and 戊 are undecided; 己 left and has no card; 庚 is among the last.
    "XJ-03": of(NOW, PASS_, PASS_, PASS_, OPEN, OPEN, PASS_, PASS_),
    # 丁 records two cards, and nothing of a removal; 己 is not removed again.
    "XJ-04": of(NOW, PASS_, PASS_, PASS_, OPEN, PASS_, PASS_, PASS_),
    "XJ-05": {REGION: FAIL_},  # 辛 and 壬 are two
    "XJ-18": of((XIN, REN), PASS_, FAIL_),
    "XJ-19": of(NOW, *[OPEN] * 7),
    "XJ-20": {DING: OPEN},  # whether it left nobody says
    "XJ-21": {REGION: FAIL_},  # the sheet still calls 己 a zone: seven
}


@pytest.fixture
def source(tmp_path):
    return workbook(tmp_path / "zones.xlsx", {"区划": AREAS, "说明": META})


@pytest.fixture
def sheet(tmp_path):
    return workbook(tmp_path / "scores.xlsx", {"评分": SHEET})


@pytest.fixture
def words(sheet):
    return ("--pack", "xinjiang-2022", "--ledger", sheet)


def test_the_ranking_is_the_one_worked_out(sheet):
    code, out = run("score", sheet, "--scheme", "xinjiang", *CANDIDATES, "--format", "json")
    assert code == 0
    rows = json.loads(out)
    keys = ("zone", "worst", "best", "rank", "yellow_card", "removed", "successor")
    for year, wanted in WANTED.items():
        ranked = [row for row in rows if row["year"] == year and row["rank"]]
        assert [tuple(row[key] for key in keys) for row in ranked] == wanted
    reasons = {(row["year"], row["zone"]): row["reason"] for row in rows}
    # Row 23 of the sheet: a title, nine rows of 2022, nine of 2023, then 甲, 乙, 丙, 丁.
    assert "“90分”不是得分（评分!D23）" in reasons[2024, "丁县"]
    assert reasons[2024, "己县"] == "2023年已取消资格，不再排名"
    assert reasons[2024, "辛县"] == "候补试验区，不排名"


def test_who_moves_up_is_not_decided_by_the_order_of_rows(sheet):
    """Without an order of the user any of the three may; in 2023 one place is free."""
    rows = json.loads(run("score", sheet, "--scheme", "xinjiang", "--format", "json")[1])
    found = {(row["year"], row["zone"]): row["successor"] for row in rows}
    assert found[2023, "己县"] == "壬县、庚县、辛县"


@pytest.mark.parametrize(("day", "wanted"), [("2023-12-31", OF_2023), ("2024-12-31", OF_2024)])
def test_every_verdict_is_the_one_worked_out(source, words, day, wanted):
    each, _ = verdicts(source, *words, *RULES, "--as-of", day)
    assert each == wanted


def test_the_page_shows_them_with_their_sentences(source, words, tmp_path):
    text, code = page(source, tmp_path / "findings.html", *words, "--as-of", "2023-12-31")
    assert code == 1
    assert "每年评价排名后两位的亮黄牌" in text
    assert "所以每年都是六个" in text
    assert "2022-10-08" in text


# In June 2024: 31 March was the day set for the three cards of 2023.
DATED = {
    "XJ-D1": {XIN: "DONE", REN: "FAIL"},
    # 31 December counts, 2 January does not; of 己 and 庚 nobody says.
    "XJ-D2": of(NOW, "DONE", "DONE", "DONE", "DONE", "FAIL", OPEN, OPEN),
    "XJ-D3": {DING: "DONE", WU: "FAIL", JI: OPEN},
    # The document sets no day by which a candidate moves up.
    "XJ-D4": {JI: OPEN},
    "XJ-D5": of(NOW, "DONE", "FAIL", OPEN, OPEN, OPEN, OPEN, OPEN),
    "XJ-D6": {"all": OPEN},
    # Item 5 is due at the end of 2023; no village says whether it has a committee.
    "XJ-08": {"all": OPEN},
}


def test_the_calendar_is_the_one_worked_out(source, words):
    asked = ("--calendar", "--as-of", "2024-06-30", "--format", "json")
    code, out = run("audit", source, *words, *asked)
    assert code == 1
    found: dict[str, dict[str, str]] = {}
    for row in json.loads(out):
        if row["year"] in (None, 2023):
            found.setdefault(row["duty"], {})[row["subject"]] = row["verdict"]
    assert found == DATED
