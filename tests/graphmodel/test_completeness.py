"""A declaration closes its table from its day on; what cannot be read or comes later closes nothing."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import medgraph as mg
from medgraph.graphmodel.completeness import declaration, declared_parts, without_declarations
from medgraph.words.say import speaking

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31))
WHOLE, PART = "links.MEMBER_OF", "links.MEMBER_OF.G1"


def network(meta):
    """A group of two facilities, of which one is a member, and what is stated of the whole."""
    nodes = [
        {"id": "H1", "kind": "Facility", "name": "甲医院"},
        {"id": "C1", "kind": "Facility", "name": "西城中心"},
        {"id": "C2", "kind": "Facility", "name": "东城中心"},
        {"id": "G1", "kind": "Group", "name": "甲集团", "type": "urban_medical_group"},
    ]
    links = [
        {"source": "H1", "relation": "LEADS", "target": "G1"},
        {"source": "C1", "relation": "MEMBER_OF", "target": "G1"},
    ]
    return mg.MedicalNetwork.from_frames(pd.DataFrame(nodes), pd.DataFrame(links), meta)


def stated(key, state="complete", **details):
    """What a meta table states of `key`."""
    return {f"{key}.complete": state} | {f"{key}.complete_{k}": v for k, v in details.items()}


@pytest.mark.parametrize(
    ("meta", "as_of", "expected"),
    [
        # of its own day and from then on, not on the day before
        (stated(WHOLE, date="2024-06-30"), "2024-06-29", False),
        (stated(WHOLE, date="2024-06-30"), "2024-06-30", True),
        (stated(WHOLE, date="2024-06-30"), "2025-01-01", True),
        # however the day is written; a month alone is certain from its last day
        (stated(WHOLE, date="2024年6月30日"), "2024-06-30", True),
        (stated(WHOLE, date="2024年6月"), "2024-06-29", False),
        (stated(WHOLE, date="2024年6月"), "2024-06-30", True),
        # without a day: from the data day on; where there is none either, always
        (stated(WHOLE) | {"data_day": "2023-10-25"}, "2023-10-24", False),
        (stated(WHOLE) | {"data_day": "2023-10-25"}, "2023-10-25", True),
        (stated(WHOLE), "1999-01-01", True),
        # a day that is none leaves the declaration in doubt, whatever the data day
        (stated(WHOLE, date="待定") | {"data_day": "2023-10-25"}, "2025-01-01", False),
    ],
)
def test_a_declaration_counts_from_its_day_on(meta, as_of, expected):
    """What is asked for an earlier day may lack rows that nobody had listed yet."""
    day = mg.Day(network(meta), as_of)
    assert bool(day.declaration_of(WHOLE)) is expected
    assert day.declared_table(WHOLE) is expected
    assert day.declared_whole("MEMBER_OF") is expected
    assert day.declared("MEMBER_OF", for_=day.index.positions(["C2"])).tolist() == [expected]
    assert (day.lacking("MEMBER_OF") == ()) is expected


def test_a_column_has_a_day_too():
    """Only from its day on an empty cell of a declared column means that there is none."""
    net = network(stated("groups.charter", date="2024-06-30"))
    found = [
        mg.Day(net, day).declared_column("groups", "charter")
        for day in ("2024-06-29", "2024-06-30")
    ]
    assert found == [False, True]


def test_a_table_says_nothing_of_its_columns():
    """All groups are listed; whether each states its charter, or who is licensed, is another question."""
    day = mg.Day(network(stated("groups") | stated("facilities")))
    assert day.declared_table("groups")
    assert not day.declared_table("groups.charter")
    assert not day.declared_table("facilities.licensed")


def test_a_question_of_an_earlier_day_does_not_rest_on_a_later_declaration():
    """C2 is in no group from the day of the declaration on; the day before it may be in one."""
    net = network(stated("links", date="2024-06-30") | stated("facilities", date="2024-06-30"))
    before, then = (mg.coverage.ungrouped(net, as_of=day) for day in ("2024-06-29", "2024-06-30"))
    assert list(then.frame["facility"]) == ["C2"]
    assert before.frame.empty
    assert "C2" in set(before.unknown["facility"])


def test_a_network_of_an_earlier_day_keeps_the_day_of_its_declarations():
    """Going back makes no declaration older: one without a day is of the data day."""
    net = network(stated(WHOLE) | {"data_day": "2023-10-25"})
    assert mg.Day(net.as_of("2024-01-01")).declared_table(WHOLE)
    assert not mg.Day(net.as_of("2020-01-01")).declared_table(WHOLE)


@pytest.mark.parametrize(
    ("meta", "as_of", "expected"),
    [
        # the part is declared later: until then the whole speaks for it
        (stated(WHOLE, date="2023-01-01") | stated(PART, date="2024-01-01"), "2023-06-01", True),
        (stated(WHOLE, "partial") | stated(PART, date="2024-01-01"), "2023-06-01", False),
        (stated(WHOLE, "partial") | stated(PART, date="2024-01-01"), "2024-01-01", True),
        # a doubt holds on every day: rows of 2023 may be missing in a list found partial in 2024
        (
            stated(WHOLE, date="2023-01-01") | stated(PART, "partial", date="2024-01-01"),
            "2023-06-01",
            False,
        ),
        (stated(PART, date="待定") | stated(WHOLE, "partial"), "2024-01-01", False),
    ],
)
def test_a_part_decides_where_it_speaks(meta, as_of, expected):
    """A part that does not count on a day leaves the word to its whole."""
    day = mg.Day(network(meta), as_of)
    assert day.declared_table(PART) is expected
    assert day.declared("MEMBER_OF", for_=day.index.positions(["G1"])).tolist() == [expected]


def test_rows_left_out_leave_a_declaration_in_doubt():
    """Who declared it is still told; that it counts is not."""
    found = mg.Day(network(stated(WHOLE, by="卫健委")), left_out=1).declaration_of(WHOLE)
    assert (bool(found), found.by, found.state) == (False, "卫健委", "complete")


@given(first=DAYS, asked=DAYS, later=DAYS)
def test_time_only_closes(first, asked, later):
    """What is declared complete on a day is so on every later one, and never before its own day."""
    meta = stated(WHOLE, date=first.isoformat()) | stated(PART, date=later.isoformat())
    for table in (WHOLE, PART):
        if declaration(meta, table, asked):
            assert declaration(meta, table, max(asked, later))
            assert asked >= first or asked >= later
    assert bool(declaration(meta, WHOLE, asked)) == (asked >= first)
    assert declared_parts(meta, "MEMBER_OF", asked) == ({"G1": True} if asked >= later else {})


@pytest.mark.parametrize(
    ("meta", "zh", "en"),
    [
        (
            stated(WHOLE, by="市卫健委", date="2024-06-30", clause="附件1"),
            "关系·成员：由市卫健委于2024-06-30声明列全（附件1）",
            "links.MEMBER_OF: declared complete by 市卫健委 on 2024-06-30 (附件1)",
        ),
        (stated(WHOLE), "关系·成员：声明列全", "links.MEMBER_OF: declared complete"),
        (
            stated(WHOLE, "partial", by="市卫健委"),
            "关系·成员：由市卫健委声明未列全",
            "links.MEMBER_OF: declared partial by 市卫健委",
        ),
        (
            stated(WHOLE, date="2025-01-01"),
            "关系·成员：于2025-01-01声明列全，该声明在所问之日不作数",
            "links.MEMBER_OF: declared complete on 2025-01-01, which does not count on the day asked about",
        ),
        (
            {},
            "关系·成员：没有声明是否列全",
            "links.MEMBER_OF: nobody declared whether it is complete",
        ),
    ],
)
def test_a_declaration_is_told(meta, zh, en):
    """By whom, on which day, by which clause, in both languages."""
    found = mg.Day(network(meta), "2024-12-31").declaration_of(WHOLE)
    with speaking("zh"):
        assert found.told(WHOLE) == zh
    with speaking("en"):
        assert found.told(WHOLE) == en


def test_no_office_is_named_for_what_it_did_not_declare():
    """Where rows were left out, the list is partial and nobody said so; what an office doubted stays."""
    declared = {"complete": "complete", "complete_by": "市卫健委", "complete_clause": "附件1"}
    doubted = {
        "links.DISPATCHES.G1.complete": "partial",
        "links.DISPATCHES.G1.complete_by": "县医院",
    }
    meta = {f"links.DISPATCHES.{key}": text for key, text in declared.items()} | doubted
    found = without_declarations(meta, ["links.DISPATCHES"])
    assert found == {"links.DISPATCHES.complete": "partial", **doubted}
