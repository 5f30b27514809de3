"""The dated duties of a pack: due later, done, nothing stated, not done in time."""

from __future__ import annotations

import datetime
import json
import re

import pandas as pd
import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.errors import SourceError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.audit_text import in_column
from medgraph.queries.policy.calendar import in_lines
from medgraph.queries.policy.packs import read_pack
from medgraph.words.say import speaking
from tests.queries.policy.packs.test_packs import HEAD, RULE

ZONE = "654025000000"
DUTY = """
[[duties]]
id = "MY-D1"
text = ["报送", "report"]
who = ["集团", "the group"]
clause = "第二条"
grade = "user"
subjects = { kind = "Group" }
on = "2024-06-30"
done = "reported_on"
"""


def dated(pack: str, duty: str, day: str, *facts: tuple[str, ...], **stated: str) -> pd.DataFrame:
    """The rows of a duty on a day, for one county with these attributes and lines of a ledger."""
    nodes = [{"id": ZONE, "kind": "Area", "name": "新源县", "level": "county", **stated}]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None, {"data_day": "2022-01-01"})
    columns = ["subject", "item", "value", "period"]
    ledger = pd.DataFrame(
        [dict(zip(columns, fact, strict=False)) for fact in facts], columns=columns
    )
    found = audit(net, pack, ledger=ledger, as_of=day).calendar
    return found[found["duty"] == duty]


@pytest.mark.parametrize(
    ("day", "said", "verdict"),
    [
        ("2022-09-01", "", "LATER"),
        ("2022-09-30", "", "LATER"),  # the day itself still counts
        ("2022-10-01", "", "NO_DATA"),
        ("2022-10-01", "待定", "NO_DATA"),
        ("2022-10-01", "部分", "NO_DATA"),
        ("2022-09-15", "部分", "LATER"),
        ("2022-10-01", "2022-09-30", "DONE"),
        ("2022-10-01", "2022年10月1日", "FAIL"),
        ("2022-10-01", "否", "FAIL"),
        ("2022-09-15", "否", "LATER"),
        ("2022-09-15", "是", "DONE"),
        ("2022-10-15", "是", "NO_DATA"),  # done, but on which day
        ("2022-09-15", "2022-09-20", "LATER"),  # a day to come is a plan
        ("2022-09-15", "2022-10-20", "LATER"),
        ("2022-10-15", "2022-10-20", "FAIL"),  # planned for after the day, which has passed
    ],
)
def test_a_duty_of_one_day(day, said, verdict):
    """XJ-D1: candidates are proposed by 30 September 2022."""
    facts = [(ZONE, "candidate_applied_on", said)] if said else []
    found = dated("xinjiang-2022", "XJ-D1", day, *facts, candidate="yes")
    assert found["verdict"].tolist() == [verdict]
    assert found["day"].tolist() == ["2022-09-30"]


def test_a_duty_of_one_day_does_not_come_back():
    """A year later XJ-D1 is still that of September 2022, and no other one."""
    found = dated("xinjiang-2022", "XJ-D1", "2023-10-01", candidate="yes")
    assert found["day"].tolist() == ["2022-09-30"]


def test_a_duty_that_waits_says_whether_it_applies_at_all():
    """Nobody says whether the county is a candidate: that is told before the day too."""
    waiting = dated("xinjiang-2022", "XJ-D1", "2022-09-01")
    assert waiting["verdict"].tolist() == ["LATER"]
    assert "是否适用不定" in waiting["reason"].item()
    sure = dated("xinjiang-2022", "XJ-D1", "2022-09-01", candidate="yes")
    assert "是否适用不定" not in sure["reason"].item()


@pytest.mark.parametrize(
    ("day", "committees", "verdict"),
    [
        ("2023-12-31", "", "LATER"),  # the day itself still counts
        ("2023-12-31", "no", "LATER"),
        ("2023-12-31", "yes", "DONE"),
        ("2024-01-01", "", "NO_DATA"),
        ("2024-01-01", "yes", "DONE"),
        ("2024-01-01", "no", "FAIL"),
    ],
)
def test_a_rule_that_is_due_by_a_day_is_listed(day, committees, verdict):
    """XJ-08: committees everywhere by the end of 2023, in a county of one village."""
    village = {"id": "654025101201", "kind": "Area", "level": "village", "name": "甲村"}
    nodes = [
        {"id": ZONE, "kind": "Area", "name": "新源县", "level": "county"},
        {**village, "health_committee": committees or None},
    ]
    meta = {"data_day": "2022-01-01", "areas.complete": "complete"}
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None, meta)
    found = audit(net, "xinjiang-2022", as_of=day).calendar
    row = found[found["duty"] == "XJ-08"]
    assert row["verdict"].tolist() == [verdict]
    assert row["day"].tolist() == ["2023-12-31"]


def test_whoever_may_be_asked_cannot_fail():
    """Whether the county is a candidate is not stated: late or not, that decides nothing."""
    late = (ZONE, "candidate_applied_on", "2022-10-05")
    found = dated("xinjiang-2022", "XJ-D1", "2022-12-01", late)
    assert found["verdict"].tolist() == ["NO_DATA"]
    assert not len(dated("xinjiang-2022", "XJ-D1", "2022-12-01", late, candidate="no"))


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ([], "NO_DATA"),  # nobody says whether there was a card
        ([("yellow_card", "是")], "NO_DATA"),  # the notice sets the day: it is not stated
        ([("yellow_card", "是"), ("correction_due", "2024-03-31")], "NO_DATA"),
        (
            [
                ("yellow_card", "是"),
                ("correction_due", "2024-03-31"),
                ("corrected_on", "2024-03-31"),
            ],
            "DONE",
        ),
        (
            [
                ("yellow_card", "是"),
                ("correction_due", "2024-03-31"),
                ("corrected_on", "2024-04-01"),
            ],
            "FAIL",
        ),
        ([("yellow_card", "是"), ("correction_due", "2024-12-31")], "LATER"),
    ],
)
def test_what_follows_from_a_card(facts, verdict):
    """XJ-D3 in June 2024: the card of 2023 sets a day in 2024; one of 2022 is no more listed."""
    lines = [(ZONE, item, value, "2023") for item, value in facts]
    found = dated("xinjiang-2022", "XJ-D3", "2024-06-01", *lines)
    assert found[found["year"] == 2023]["verdict"].tolist() == [verdict]


def test_without_a_card_nothing_follows():
    line = (ZONE, "yellow_card", "否", "2023")
    found = dated("xinjiang-2022", "XJ-D3", "2024-06-01", line)
    assert found[found["year"] == 2023].empty


def test_every_year_again():
    """XJ-D5: two visits by the end of each year; in 2024 those of 2023 are listed too."""
    lines = [(ZONE, "expert_visits", "1", "2023"), (ZONE, "expert_visits", "2", "2024")]
    found = dated("xinjiang-2022", "XJ-D5", "2024-06-01", *lines)
    assert found[["day", "verdict"]].values.tolist() == [
        ["2023-12-31", "FAIL"],
        ["2024-12-31", "DONE"],
    ]
    found = dated("xinjiang-2022", "XJ-D5", "2022-10-01")
    assert found[["day", "verdict"]].values.tolist() == [["2022-12-31", "LATER"]]


def test_a_meeting_that_anybody_records():
    """XJ-D6 is of no county: whoever states it speaks, and where nobody does it is open."""
    said = dated(
        "xinjiang-2022", "XJ-D6", "2023-06-01", ("自治区", "exchange_meetings", "2", "2022")
    )
    assert said[["day", "subject", "verdict"]].values.tolist() == [
        ["2022-12-31", "自治区", "DONE"],
        ["2023-12-31", "all", "LATER"],
    ]
    none = dated("xinjiang-2022", "XJ-D6", "2023-06-01")
    assert none["verdict"].tolist() == ["NO_DATA", "LATER"]


@pytest.mark.parametrize(
    ("score", "verdicts"), [("60", []), ("59.99", ["FAIL"]), ("90分", ["NO_DATA"])]
)
def test_what_follows_from_a_grade(score, verdicts):
    """HN-D3 follows where HN-04 fails: the city set 31 May 2022, the county was done in June."""
    facts = [
        (ZONE, "province_score", score),
        (ZONE, "correction_due", "2022-05-31"),
        (ZONE, "corrected_on", "2022-06-01"),
    ]
    found = dated("henan-2021", "HN-D3", "2022-07-01", *facts)
    assert found["verdict"].tolist() == verdicts


def test_the_calendar_in_the_shell(tmp_path):
    """A line for each duty, JSON with the same, and 1 where one was not done in time."""
    (tmp_path / "areas.csv").write_text(
        f"id,name,level,candidate,candidate_applied_on\n{ZONE},新源县,县级,是,2022-10-08\n",
        encoding="utf-8",
    )
    (tmp_path / "meta.csv").write_text("key,value\ndata_day,2022-10-31\n", encoding="utf-8")
    words = ["audit", str(tmp_path), "--pack", "xinjiang-2022", "--calendar"]
    result = CliRunner().invoke(cli, [*words, "--lang", "zh"], standalone_mode=False)
    assert result.return_value == 1
    assert "2022-09-30  未按期   XJ-D1" in result.stdout
    rows = json.loads(CliRunner().invoke(cli, [*words, "--format", "json"]).stdout)
    assert {row["duty"]: row["verdict"] for row in rows}["XJ-D1"] == "FAIL"


def test_duties_that_ship_are_of_their_packs():
    """A duty carries out a sentence, follows from a rule, and begins not before its document."""
    duties = [(load(name), duty) for name in shipped() for duty in load(name).duties]
    assert duties
    for pack, duty in duties:
        assert not duty.on or datetime.date.fromisoformat(duty.on).isoformat() >= pack.date
        assert not duty.follows or pack.rule(duty.follows)
        assert any(duty.id in sentence.duties for sentence in pack.sentences)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('on = "2024-06-30"\n', "", "on"),
        ('on = "2024-06-30"', 'on = "2024-06-31"', "2024-06-31"),
        ('done = "reported_on"\n', "", "done"),
        ('grade = "user"\nsubjects', 'grade = "mine"\nsubjects', "mine"),
        ("subjects =", 'follows = "MY-09"\nsubjects =', "MY-09"),
        ('id = "MY-D1"', 'id = "MY-D1"\nidd = 1', "idd"),
    ],
)
def test_a_slip_in_a_duty_is_refused(old, new, told):
    read_pack(HEAD + RULE + DUTY, "mine.toml")
    with pytest.raises(SourceError) as refused:
        read_pack(HEAD + RULE + DUTY.replace(old, new), "mine.toml")
    assert told in " ".join(str(problem) for problem in refused.value.problems)


def test_a_calendar_is_read_in_the_language_of_its_reader():
    """Codes are for scripts."""
    frame = pd.DataFrame(
        [
            dict.fromkeys(("day", "duty", "subject", "name", "text", "who", "reason"), "")
            | {"verdict": verdict}
            for verdict in ("LATER", "DONE", "NO_DATA", "FAIL")
        ]
    )
    with speaking("zh"):
        said = in_lines(frame)
    assert "未到期 1; 已完成 1; 缺数据 1; 未按期 1" in said
    assert not re.search(r"LATER|DONE|NO_DATA|FAIL", said)


@pytest.mark.parametrize("verdict", ["PASS", "NO_DATA", "达标", "缺数据"])
def test_verdicts_stand_in_a_column(verdict):
    """Eight columns for each, and a Chinese sign takes two of them."""
    width = 2 if verdict > "Z" else 1
    assert in_column(verdict) == verdict + " " * (8 - width * len(verdict))
