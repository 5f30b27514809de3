"""Validation: every fault at once, over whole columns, with a place and a way out."""

from __future__ import annotations

import datetime
import difflib
import random

import pytest

from medgraph.graphmodel import schema, validate
from medgraph.graphmodel.canonical import as_table, canonical, packed
from medgraph.graphmodel.checks import values
from medgraph.words.say import speaking

F = {"kind": "Facility", "name": "n"}
SOUND = [
    {"id": "F1", **F},
    {"id": "F2", **F},
    {"id": "F3", **F},
    {"id": "G1", "kind": "Group", "name": "g", "type": "urban_medical_group"},
    {"id": "331003003000", "kind": "Area", "name": "a"},
    {"id": "331003000000", "kind": "Area", "name": "b"},
]


def found(nodes=(), links=()):
    """Return the problems of the sound nodes with these nodes and links beside them, as text or as dictionaries."""
    node_table = canonical(as_table([*SOUND, *nodes], ("id", "kind", "name")), schema.field_types())
    link_table = canonical(
        as_table(list(links), ("source", "relation", "target")), schema.link_types()
    )
    with speaking("en"):
        problems = validate.check(node_table, link_table)
        assert validate.check(packed(node_table), packed(link_table)) == problems
    return problems


def link(text, **values):
    source, relation, target = text.split()
    return {"source": source, "relation": relation, "target": target, **values}


DAY = datetime.date


@pytest.mark.parametrize(
    ("nodes", "links", "code"),
    [
        ([{"id": "F1", **F}], [], "E010"),
        ([{"id": None, **F}], [], "E011"),
        ([{"id": "X", "kind": "Facility", "name": None}], [], "E011"),
        ([{"id": "X", "kind": "Group", "name": "x"}], [], "E011"),
        ([{"id": "X", "kind": "Hospital", "name": "x"}], [], "E031"),
        ([{"id": "X", **F, "type": "中心卫生院"}], [], "E031"),
        ([{"id": "X", **F, "beds": -1}], [], "E015"),
        ([{"id": "X", **F, "area": "00"}], [], "E020"),
        ([{"id": "X", **F, "uscc": "12331000470460720G"}], [], "E021"),
        ([{"id": "X", **F, "institution_code": "1"}], [], "E022"),
        ([{"id": "X", **F, "ws218": "Z1"}], [], "W023"),
        ([{"id": "331004", "kind": "Area", "name": "c"}], [], "W020"),
        ([{"id": "X", **F, "area": "110101001000"}], [], "W041"),
        (
            [{"id": "X", **F, "valid_from": DAY(2024, 1, 2), "valid_to": DAY(2024, 1, 1)}],
            [],
            "E050",
        ),
        ([{"id": "X", **F, "lon": 121.0}], [], "E060"),
        ([{"id": "X", **F, "lon": 321_000.0, "lat": 3_165_000.0}], [], "E061"),
        ([{"id": "X", **F, "lon": 28.6, "lat": 121.3, "crs": "WGS-84"}], [], "E062"),
        ([{"id": "X", **F, "lon": 0.0, "lat": 0.0, "crs": "WGS-84"}], [], "E062"),
        ([{"id": "X", **F, "lon": 121.3, "lat": 28.6}], [], "W063"),
        ([], [link("F1 LEADS G9")], "E040"),
        ([], [link("F1 TREATS G1")], "E031"),
        ([], [link("G1 SERVES 331003003000")], "E042"),
        ([], [link("F1 PART_OF 331003003000")], "E042"),
        ([], [link("F1 LEADS G1"), link("F2 LEADS G1")], "E043"),
        ([], [link("F1 LEADS G1"), link("F1 MEMBER_OF G1")], "W045"),
        ([], [link("F1 PART_OF F2"), link("F2 PART_OF F3"), link("F3 PART_OF F1")], "E046"),
        ([], [link("F1 PART_OF F1")], "E046"),
        ([], [link("F1 MEMBER_OF G1", specialty="中医科学")], "W031"),
    ],
)
def test_each_fault_is_one_problem(nodes, links, code):
    """One fault gives one problem of its code, with a sentence, and errors with advice."""
    problems = found(nodes, links)
    assert [p.code for p in problems] == [code]
    assert problems[0].place
    assert problems[0].message
    assert problems[0].advice or problems[0].severity == "warning"


@pytest.mark.parametrize(
    "links",
    [
        [
            link("F1 LEADS G1", valid_to=DAY(2023, 12, 31)),
            link("F2 LEADS G1", valid_from=DAY(2024, 1, 1)),
        ],
        [
            link("F1 LEADS G1", valid_to=DAY(2023, 12, 31)),
            link("F1 MEMBER_OF G1", valid_from=DAY(2024, 1, 1)),
        ],
        [link("F1 PART_OF F2"), link("F3 PART_OF F2"), link("331003003000 PART_OF 331003000000")],
    ],
)
def test_what_follows_in_time_or_is_a_tree_is_sound(links):
    """Leads that follow one another, a lead that becomes a member, and a tree have no fault."""
    assert found(links=links) == []


def test_a_parent_column_may_not_turn_in_a_ring():
    """Areas that are one another's parent are a ring too."""
    areas = [
        {"id": "331004000000", "kind": "Area", "name": "x", "parent": "331004001000"},
        {"id": "331004001000", "kind": "Area", "name": "y", "parent": "331004000000"},
    ]
    assert [p.code for p in found(areas)] == ["E046"]


def test_the_nearest_word_is_suggested():
    """A word that is not known comes with the nearest that is."""
    with speaking("zh"):
        assert (
            validate.unknown_word("facility_type", "中心卫生院（分院）")["nearest"] == "中心卫生院"
        )


def test_the_first_thousand_are_listed_and_all_are_counted():
    """Of 1,500 equal faults 1,000 are listed, and one line of the same code gives the number of the rest."""
    problems = found([{"id": f"X{i}", **F, "beds": -1} for i in range(1_500)])
    assert len(problems) == 1_001
    assert {p.code for p in problems} == {"E015"}
    assert "500" in problems[-1].message
    assert "1500" in problems[-1].message


def test_a_place_is_what_the_origin_says():
    """A row that knows its cell is named by it, any other by its id."""
    rows = [
        {"id": "X", **F, "beds": -1, "origin": "r.xlsx|机构|B7|typed"},
        {"id": "Y", **F, "beds": -1},
    ]
    assert [p.place for p in found(rows)] == ["机构!B7", "Y.beds"]


def test_a_ring_at_the_end_of_a_long_chain_is_found():
    """However deep branches are nested, a ring is found, and a chain without one is none."""
    chain = [link(f"F{n} PART_OF F{n + 1}") for n in range(40)]
    nodes = [{"id": f"F{n}", **F} for n in (0, *range(4, 41))]
    assert found(nodes, chain) == []
    assert [p.code for p in found(nodes, [*chain, link("F40 PART_OF F38")])] == ["E046"]


@pytest.mark.parametrize("vocabulary", ["facility_type", "relation", "status"])
def test_the_nearest_word_is_what_a_comparison_with_all_finds(vocabulary):
    """Signs in common leave out only what cannot be near."""
    readings = values._readings_of(vocabulary)
    dice = random.Random(1)
    texts = [
        "".join(dice.choices("医院卫生中心up县 tofera", k=dice.randint(1, 9))) for _ in range(300)
    ]
    for text in [*texts, *readings]:
        every = difflib.get_close_matches(text, readings, 1, cutoff=0.3)
        assert values._most_alike(text, tuple(readings)) == (every[0] if every else None)
