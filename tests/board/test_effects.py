"""What the board says of a plan is what the commands say of it."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys

import pandas as pd
import pytest

import medgraph as mg
from medgraph.board.desk import Desk
from medgraph.board.effects import _trend
from medgraph.board.requests import Asks
from medgraph.board.told import change_told
from medgraph.loaders import registry
from medgraph.loaders.plan_file import write_plan
from medgraph.queries.bounds import Bounds, Share
from medgraph.queries.results import Answer, Definition
from medgraph.queries.verbs import VERBS
from medgraph.words.say import speaking


@pytest.fixture(scope="module")
def asks(tmp_path_factory):
    source = tmp_path_factory.mktemp("board") / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    desk = Desk(source, registry.load(source))
    yield Asks(desk)
    desk.close()


def plan_of(asks, *changes):
    plan = asks.desk.begin("plan", who="commission")
    for one in changes:
        plan = asks.desk.change(plan.id, [one], after=plan.last, who="commission")
    return plan


def numbers(asks, plan):
    with speaking("en"):
        return {one["key"]: one for one in asks.effects(plan.id)["numbers"]}


def command(*line):
    done = subprocess.run(
        [sys.executable, "-m", "medgraph", *line, "--format", "json", "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


def test_each_number_is_that_of_the_command_for_the_saved_plan(asks):
    plan = plan_of(asks, mg.changes.Move("TZ-P34", "G2"), mg.changes.End("TZ-P08"))
    source = asks.desk.source
    path = write_plan(plan.plan, source.name, source.with_name("p.plan.json"))
    found = numbers(asks, plan)
    day = plan.day(asks.desk.base).isoformat()
    finding = {verb.name for verb in VERBS if verb.findings}
    checked = 0
    for key in ("coverage.served", "coverage.gaps", "referrals.paths", "referrals.broken"):
        for side, at in (("before", source), ("after", path)):
            answer = command(*key.split("."), str(at), "--as-of", day)
            if key in finding:
                assert found[key][side].startswith(f"{len(answer['rows'])} found")
            else:
                share = answer["share"]
                assert found[key][side].startswith(f"{share['met']}/{share['total']}")
            checked += 1
    assert checked == 8
    audit = command("audit", str(path), "--pack", "urban-2023", "--as-of", day)
    counts = {one["verdict"]: one["after"] for one in asks.effects(plan.id)["verdicts"]["counts"]}
    assert counts == audit["counts"]


def test_a_plan_without_a_change_changes_nothing(asks):
    found = asks.effects(plan_of(asks).id)
    assert {one["trend"] for one in found["numbers"]} == {"same"}
    assert not found["consequences"]
    assert not found["verdicts"]["changed"]


def test_what_opens_a_gap_is_worse_and_told_by_name(asks):
    """TZ-P08 alone serves 横街镇: closed, the town is a gap: 37 of 39."""
    plan = plan_of(asks, mg.changes.End("TZ-P08"))
    found = numbers(asks, plan)
    assert found["coverage.served"]["before"] == "38/39"
    assert found["coverage.served"]["after"] == "37/39"
    assert found["coverage.served"]["trend"] == found["coverage.gaps"]["trend"] == "worse"
    served = [one for one in asks.effects(plan.id)["consequences"] if one["what"] == "served"]
    assert [one["members"] for one in served] == [["横街镇"]]


def test_groups_are_those_of_the_grid_on_either_side(asks):
    plan = plan_of(asks, mg.changes.Move("TZ-P34", "G2"))
    rows = {one["group"]: one for one in asks.effects(plan.id)["groups"]}
    assert rows["G2"]["areas"] == [3, 4]
    assert rows["G4"]["areas"] == [7, 6]
    assert rows["G4"]["population"] == [None, None]  # nothing states it
    assert rows["G4"]["balance"] == [None, None]


def test_a_change_of_a_later_day_is_seen_on_that_day(asks):
    plan = plan_of(asks, mg.changes.End("TZ-P08", on=datetime.date(2027, 1, 1)))
    assert asks.effects(plan.id)["day"] == "2027-01-01"
    assert numbers(asks, plan)["coverage.served"]["after"] == "37/39"


def test_a_trend_that_hangs_on_what_is_unknown_is_none(asks):
    """A status that nobody knows opens both ways."""
    plan = plan_of(asks, mg.changes.Fill("TZ-P08", "valid_from", "2099-01-01"))
    assert numbers(asks, plan)["coverage.served"]["trend"] == "worse"


def test_every_language_has_its_words(asks):
    plan = plan_of(asks, mg.changes.End("TZ-P08"))
    with speaking("zh"):
        chinese = asks.effects(plan.id)
    with speaking("en"):
        english = asks.effects(plan.id)
    assert chinese["numbers"][0]["label"] != english["numbers"][0]["label"]
    assert chinese["numbers"][0]["after"] == english["numbers"][0]["after"]


def test_a_trend_counts_what_is_in_doubt():
    """Three of four, one of them in doubt, and three of four for certain are not the same."""
    doubtful, certain = (
        Answer(
            "coverage.served",
            datetime.date(2024, 1, 1),
            Definition(),
            pd.DataFrame(),
            total=4,
            judged=4,
            share=Share(3, 4, "areas"),
            bounds=Bounds((least, 3), (4, 4)),
        )
        for least in (2, 3)
    )
    assert _trend(doubtful, certain) == "better"
    assert _trend(certain, doubtful) == "worse"
    assert _trend(doubtful, doubtful) == "same"


def test_a_chinese_consequence_has_no_word_of_ours(asks):
    """Ways to ask a question are named in words: the kinds of centres, and which way patients go."""
    plan = plan_of(asks, mg.changes.Move("TZ-P34", "G2"))
    with speaking("zh"):
        found = asks.effects(plan.id)
    told = [one["sentence"] for one in found["consequences"] if one["what"] == "answer"]
    told += [one["label"] for one in found["numbers"]]
    assert any("医学影像" in text or "影像" in text for text in told)
    assert not [text for text in told if re.search("[a-z]{2}", text)]


def test_a_status_is_called_one(asks):
    """The column of a facility is no verdict of a rule, which has the same name in tables."""
    with speaking("zh"):
        said = change_told(asks.desk.base, mg.changes.Fill("TZ-P34", "status", "suspended"))
    assert "状态" in said
