"""A score sheet says the same to `score` and to `audit`, whatever is wrong with it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.side_files import score_sheet
from medgraph.queries.policy import Audit, audit, scoring
from medgraph.words.say import speaking
from medgraph.words.score_sheets import SCORE_SHEETS

ZONES = {
    "新源县": "654025000000",
    "伊宁市": "654002000000",
    "布尔津县": "654321000000",
    "巴里坤县": "650521000000",
    "拜城县": "652926000000",
    "洛浦县": "653224000000",
}
TOTALS = dict(zip(ZONES, (900, 850, 800, 750, 700, 650), strict=True))
COUNTIES = {"中牟县": "410122000000", "巩义市": "410181000000", "荥阳市": "410182000000"}
TITLES = {scheme: sheet.columns for scheme, sheet in SCORE_SHEETS.items()}
INDICATORS = [("责任", 3), ("管理", 3), ("服务", 3), ("利益", 2)]
CELL = re.compile(r"\b[A-Z]{1,2}[0-9]+\b", re.ASCII)
VERDICTS = {"yes": "PASS", "no": "FAIL", "undecided": "NO_DATA"}


def zone_row(zone: str, total: int, year: str = "2023") -> dict[str, Any]:
    """A row of a zone with this total: its items filled from the first on, and no bonus."""
    found, rest = {"zone": zone, "year": year}, total
    for item, weight in enumerate(scoring.WEIGHTS, 1):
        found[str(item)] = min(weight, rest)
        rest -= min(weight, rest)
    return {**found, **dict.fromkeys((*scoring.BONUS, "posts"), 0)}


def zone_rows(**changed: Any) -> list[dict[str, Any]]:
    """The six zones, the last of them (洛浦县, row 7) with cells changed."""
    rows = [zone_row(zone, total) for zone, total in TOTALS.items()]
    rows[-1] |= {name.removeprefix("_"): value for name, value in changed.items()}
    return rows


def county_rows(**changed: Any) -> list[dict[str, Any]]:
    """Three counties of a city, the last of them (荥阳市, row 4) with cells changed."""
    full = {"city": "郑州市", "self_score": 90, "city_score": 85, "on_site": "是"}
    rows = [
        {"county": county, **full, "province_score": score, "sampled": sampled}
        for county, score, sampled in zip(COUNTIES, (91, 82, 55), "是否否", strict=True)
    ]
    rows[-1] |= changed
    return rows


def grade_rows(*more: Mapping[str, Any], **changed: Any) -> list[dict[str, Any]]:
    """Eleven grades of 中牟县: all A; the last of them (row 12) with cells changed."""
    named = [(dimension, f"{dimension}{i}") for dimension, n in INDICATORS for i in range(n)]
    named[0] = ("责任", scoring.DECISION)
    rows = [
        {"county": "中牟县", "dimension": dimension, "indicator": indicator, "grade": "A"}
        for dimension, indicator in named
    ]
    rows[-1] |= changed
    return [*rows, *more]


def written(rows: list[dict[str, Any]], scheme: str, folder: Path) -> pd.DataFrame:
    """The lines of a sheet that was written as a workbook with Chinese titles and read again."""
    frame = pd.DataFrame(rows).rename(columns=TITLES[scheme])
    score_sheet.write({scheme: frame}, folder / "sheet.xlsx")
    return score_sheet.read(folder / "sheet.xlsx", scheme)


def audited(
    lines: pd.DataFrame, scheme: str, pack: str, names: Mapping[str, str], **facts: Any
) -> Audit:
    """The audit of areas with these names, with the lines of a sheet as its ledger."""
    rows = [
        {"id": id, "kind": "Area", "name": name, "level": "county"} for name, id in names.items()
    ]
    rows.append({"id": "410100000000", "kind": "Area", "name": "郑州市", "level": "city"})
    meta = {"data_day": "2023-12-31", "areas.complete": "complete"}
    net = MedicalNetwork.from_frames(pd.DataFrame(rows), None, meta)
    ledger = scoring.as_ledger(lines, scheme, net)
    if facts:
        own = [{"subject": id, **facts} for id in names.values()]
        ledger = pd.concat([ledger, pd.DataFrame(own)], ignore_index=True)
    return audit(net, pack, ledger=ledger, as_of=datetime.date(2023, 12, 31))


def told(*frames: pd.DataFrame) -> str:
    """All that these tables of an audit tell of its ledger."""
    return "\n".join(frame.to_csv() for frame in frames)


def assert_named(cell: str, scored: pd.DataFrame, found: Audit) -> None:
    """Both name this cell; where it is empty, neither finds fault with any (what no rule asks is no fault)."""
    reasons = " ".join(scored["reason"])
    if cell:
        assert cell in reasons
        assert cell in told(found.contradictions, found.unused, found.faulty)
    else:
        assert not CELL.search(reasons)
        assert not CELL.search(told(found.contradictions, found.faulty))


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (zone_rows(), ""),
        # 120 of 80 points, minus three, and what is no number: between 650 - 80 and 650
        (zone_rows(_1="120"), "C7"),
        (zone_rows(_1="-3"), "C7"),
        (zone_rows(_1="90分"), "C7"),
        (zone_rows(year="2023年"), ""),
        (zone_rows(posts="-5"), "AU7"),
        (zone_rows(zone=None), "A7"),
        # a zone twice: once the same, once with another first item
        ([*zone_rows(), zone_row("洛浦县", 650)], ""),
        ([*zone_rows(), {**zone_row("洛浦县", 650), "1": 70}], "C8"),
        # five zones, and seven
        (zone_rows()[:5], ""),
        ([*zone_rows(), zone_row("察布查尔县", 600)], ""),
        # a tie for the second card: 巴里坤县 and 拜城县
        ([*zone_rows()[:4], zone_row("拜城县", 750), zone_rows()[-1]], ""),
    ],
)
def test_zones(rows, cell, tmp_path):
    """Cards by `score` are what XJ-03 holds the records against, and every cell at fault is named."""
    lines = written(rows, "xinjiang", tmp_path)
    scored = scoring.xinjiang(lines)
    carded = {row.zone: row.yellow_card for row in scored.itertuples() if row.yellow_card}
    names = {**ZONES, "察布查尔县": "654022000000"}
    # where a card is recorded of everybody: PASS where one is due, FAIL where none is
    found = audited(
        lines, "xinjiang", "xinjiang-2022", names, item="yellow_card", period="2023", value="yes"
    )
    verdicts = found.findings[found.findings["rule"] == "XJ-03"].set_index("name")["verdict"]
    assert {zone: verdicts[zone] for zone in carded} == {
        zone: VERDICTS[card] for zone, card in carded.items()
    }
    assert_named(cell, scored, found)


@pytest.mark.parametrize("role", [None, "候补试验区", "试验区"])
@pytest.mark.parametrize("named", [lambda name: name, ZONES.__getitem__])
def test_the_six_are_zones_by_name_and_by_code(role, named, tmp_path):
    """Where no role is stated, the zones of the document are zones, and nobody else is for certain."""
    rows = [{**row, "zone": named(row["zone"]), "role": None} for row in zone_rows()]
    rows[-1]["role"] = role
    rows[-1] |= {item: None for item in rows[-1] if role == "候补试验区" and item.isdigit()}
    lines = written(rows, "xinjiang", tmp_path)
    scored = scoring.xinjiang(lines).set_index("zone")["yellow_card"]
    last = {None: "yes", "试验区": "yes", "候补试验区": ""}[role]
    assert scored[named("洛浦县")] == last
    names = {**ZONES, "巴里坤哈萨克自治县": ZONES["巴里坤县"]}  # as the register calls it
    del names["巴里坤县"]
    facts = {"item": "yellow_card", "period": "2023", "value": "yes"}
    found = audited(lines, "xinjiang", "xinjiang-2022", names, **facts).findings
    verdicts = found[found["rule"] == "XJ-03"].set_index("subject")["verdict"]
    expected = {ZONES.get(zone, zone): VERDICTS[card] for zone, card in scored.items() if card}
    assert verdicts.to_dict() == expected


@pytest.mark.parametrize("card", ["yes", "no"])
def test_without_a_column_for_roles_only_those_of_the_document_are_zones(card, tmp_path):
    """A seventh county is none, as the six are all there: by either door it has no card."""
    rows = [*zone_rows(), zone_row("察布查尔县", 600)]
    lines = written(rows, "xinjiang", tmp_path)
    scored = scoring.xinjiang(lines).set_index("zone")["yellow_card"]
    names = {**ZONES, "察布查尔县": "654022000000"}
    facts = {"item": "yellow_card", "period": "2023", "value": card}
    found = audited(lines, "xinjiang", "xinjiang-2022", names, **facts).findings
    verdicts = found[found["rule"] == "XJ-03"].set_index("name")["verdict"].to_dict()
    last = {"拜城县": "yes", "洛浦县": "yes", "察布查尔县": ""}
    assert scored.to_dict() == dict.fromkeys(ZONES, "no") | last
    # it is not asked for certain, so that a card of its own does not fail
    assert verdicts.pop("察布查尔县") == {"yes": "NO_DATA", "no": "PASS"}[card]
    assert verdicts == {zone: VERDICTS[_same(scored[zone], card)] for zone in ZONES}


def _same(due: str, recorded: str) -> str:
    return "yes" if due == recorded else "no"


def test_a_seventh_county_is_open_where_a_zone_is_not_there(tmp_path):
    rows = [*zone_rows()[:5], zone_row("察布查尔县", 600)]
    scored = scoring.xinjiang(written(rows, "xinjiang", tmp_path)).set_index("zone")
    assert scored.loc["察布查尔县", "yellow_card"] == "undecided"


def test_a_zone_by_name_and_by_code_is_one_zone():
    """The document's zones are called in two ways; one sheet has both."""
    rows = zone_rows() + [{**row, "year": "2024"} for row in zone_rows()]
    rows[-1]["zone"] = ZONES["洛浦县"]
    found = scoring.xinjiang(pd.DataFrame(rows)).set_index(["year", "zone"])
    assert found.loc[(2024, "洛浦县"), "removed"] == "yes"


def city_row(**changed: Any) -> dict[str, Any]:
    """The row of the city of the three counties."""
    empty = dict.fromkeys(county_rows()[0])
    return {**empty, "county": "郑州市", "city": "郑州市", "province_score": 84, **changed}


@pytest.mark.parametrize(
    ("city", "grade", "verdict"),
    [
        ([city_row()], "良好", "PASS"),
        ([city_row(city=None, province_score="59.99")], "不合格", "FAIL"),
        ([city_row(province_score="84分")], "", "NO_DATA"),
        ([], "", "NO_DATA"),
    ],
)
def test_a_city_is_graded_as_its_counties_are(city, grade, verdict, tmp_path):
    """Its row is what HN-08 asks; without one its result is open, and no county counts for it."""
    lines = written([*county_rows(), *city], "henan", tmp_path)
    scored = scoring.henan(lines)
    row = scored[scored["county"] == ""].iloc[0]
    assert (row["city"], row["grade"]) == ("郑州市", grade)
    assert bool(row["reason"]) == (verdict == "NO_DATA")
    assert list(scored["county"]) == [*COUNTIES, ""]
    found = audited(lines, "henan", "henan-2021", COUNTIES).findings.set_index(["rule", "subject"])
    assert found.loc[("HN-08", "410100000000"), "verdict"] == verdict
    # the sample is of the counties alone
    assert found.loc[("HN-06", "410100000000"), "verdict"] == "PASS"


GRADED = {"优秀": "PASS", "良好": "PASS", "合格": "PASS", "不合格": "FAIL", "": "NO_DATA"}


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (county_rows(), ""),
        (county_rows(province_score="90分"), "F4"),
        (county_rows(province_score="-3"), "F4"),
        (county_rows(province_score="120"), "F4"),
        (county_rows(province_score="950"), "F4"),
        (county_rows(city=None), "B4"),
        (county_rows(county=None), "A4"),
        # a result is no sample: nobody was sampled, or nobody says
        (county_rows(sampled=None), ""),
        ([{**row, "sampled": "否"} for row in county_rows()], ""),
        ([*county_rows(), {**county_rows()[-1], "province_score": 66}], "F5"),
    ],
)
def test_counties(rows, cell, tmp_path):
    """The grade of `score` is what HN-04 says, and its sample what HN-06 says."""
    lines = written(rows, "henan", tmp_path)
    scored = scoring.henan(lines)
    found = audited(lines, "henan", "henan-2021", COUNTIES)
    verdicts = found.findings[found.findings["rule"] == "HN-04"].set_index("name")["verdict"]
    graded = {row.county: row.grade for row in scored.itertuples() if row.county}
    assert {county: verdicts[county] for county in graded} == {
        county: GRADED[grade] for county, grade in graded.items()
    }
    assert_named(cell, scored, found)


def test_a_result_is_no_sample():
    """Five counties with results and none sampled; two sampled; five sampled; three of whom nobody says."""

    def states(*sampled: Any) -> set[str]:
        rows = [
            {**county_rows()[0], "county": f"县{i}", "sampled": said}
            for i, said in enumerate(sampled)
        ]
        with speaking("en"):
            found = scoring.henan(pd.DataFrame(rows))
        return set(found.loc[found["county"] != "", "reason"])

    other = "the province sampled other than 1 to 4 counties of the city"
    unsaid = "how many counties of the city the province sampled is not all stated"
    assert states(*["否"] * 5) == {other}
    assert states(*["是"] * 2, *["否"] * 3) == {""}
    assert states(*["是"] * 5) == {other}
    assert states(None, None, None) == {unsaid}
    assert states("是", None, None, None) == {""}  # one to four, whoever else was
    assert states("是", *[None] * 4) == {unsaid}  # five would be too many


CONDITIONS = {
    "NJ-00": "complete",
    "NJ-01": "all_b",
    "NJ-02": "eight_a",
    "NJ-03": "each_dimension",
    "NJ-04": "decision",
    "NJ-05": "verdict",
}


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (grade_rows(), ""),
        (grade_rows(grade="C"), ""),
        (grade_rows(grade="a"), ""),
        (grade_rows(grade="未评"), ""),
        (grade_rows(grade="90分"), "D12"),
        (grade_rows(grade=None), ""),
        (grade_rows(county=None), "A12"),
        # one indicator graded twice: the same, and C then A
        (
            grade_rows(
                dict(zip(TITLES["judgement"], ("中牟县", "利益", "利益1", "A"), strict=True))
            ),
            "",
        ),
        (
            grade_rows(
                dict(zip(TITLES["judgement"], ("中牟县", "利益", "利益1", "A"), strict=True)),
                grade="C",
            ),
            "D13",
        ),
    ],
)
def test_grades(rows, cell, tmp_path):
    """The conditions of `score` are those of the rules of the national judgement."""
    lines = written(rows, "judgement", tmp_path)
    scored = scoring.judgement(lines)
    found = audited(lines, "judgement", "judgement-2022", COUNTIES)
    mine = found.findings[found.findings["name"] == "中牟县"].set_index("rule")["verdict"]
    row = scored[scored["county"] == "中牟县"].iloc[0]
    rules = {rule: name for rule, name in CONDITIONS.items() if rule in mine}
    assert {rule: mine[rule] for rule in rules} == {rule: row[rules[rule]] for rule in rules}
    assert rules
    assert_named(cell, scored, found)
