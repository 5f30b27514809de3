"""The made-up networks: deterministic, sound by default, and a defect changes exactly what it says."""

import pyarrow.compute as pc
import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.validate import check
from medgraph.loaders.samples.defects import DEFECTS
from medgraph.loaders.samples.synthetic import synthetic

# defect -> links taken out, links put in, nodes put in, as (relation, count)
CHANGES = {
    "gap": ({"SERVES": 1}, {}, 0),
    "overlap": ({}, {"SERVES": 1}, 0),
    "ungrouped": ({"MEMBER_OF": 1}, {}, 0),
    "multiple": ({}, {"MEMBER_OF": 1}, 0),
    "dead_end": ({"REFERS_UP_TO": 2, "REFERS_DOWN_TO": 2}, {}, 0),
    "level_skip": ({}, {"REFERS_UP_TO": 1, "REFERS_DOWN_TO": 1}, 0),
    "loop": ({"REFERS_UP_TO": 4, "REFERS_DOWN_TO": 4}, {"REFERS_UP_TO": 2, "REFERS_DOWN_TO": 2}, 0),
    "up_without_down": ({"REFERS_DOWN_TO": 1}, {}, 0),
    "down_without_up": ({"REFERS_UP_TO": 1}, {}, 0),
    "out_of_group": ({}, {"REFERS_UP_TO": 1, "REFERS_DOWN_TO": 1}, 0),
    "asymmetric": ({"REFERS_DOWN_TO": 1}, {"REFERS_DOWN_TO": 1}, 0),
    "closed_target": ({}, {"MEMBER_OF": 1, "REFERS_UP_TO": 1, "REFERS_DOWN_TO": 1}, 1),
    "expired_posting": ({"DISPATCHES": 1}, {"DISPATCHES": 1}, 0),
    "no_posting": ({"DISPATCHES": 1}, {}, 0),
    "no_centre": ({"USES_CENTRE": 1}, {}, 0),
    "unattached": ({"RUN_BY": 1}, {}, 0),
    "no_telemedicine": ({"TELEMEDICINE": 1}, {}, 0),
}


def links(net):
    return {tuple(row.items()) for row in net.tables[1].to_pylist()}


def by_relation(rows):
    counted = {}
    for row in rows:
        counted[dict(row)["relation"]] = counted.get(dict(row)["relation"], 0) + 1
    return counted


def test_the_same_seed_makes_the_same_network():
    """Seed and scale fix every row; another seed makes other people and minutes."""
    assert synthetic(seed=3) == synthetic(seed=3)
    assert synthetic(seed=3) != synthetic(seed=4)


@pytest.mark.parametrize(("scale", "groups"), [("county", 2), ("city", 16), ("province", 160)])
def test_a_network_is_sound_and_labelled(scale, groups):
    """Every scale passes the checks at the door, declares its tables complete and carries the stamp."""
    net = synthetic(scale=scale)
    assert not check(*net.tables)
    assert net.counts()["groups"] == groups
    assert net.meta["stamp"] == "合成数据"
    assert net.completeness("links.MEMBER_OF.any")


def test_a_way_up_has_a_way_down_of_the_same_minutes():
    """In a sound county every referral goes both ways."""
    rows = synthetic().tables[1].to_pylist()
    up = {(r["source"], r["target"], r["minutes"]) for r in rows if r["relation"] == "REFERS_UP_TO"}
    assert up == {
        (r["target"], r["source"], r["minutes"]) for r in rows if r["relation"] == "REFERS_DOWN_TO"
    }


@pytest.mark.parametrize("defect", CHANGES)
def test_a_defect_changes_exactly_what_it_says(defect):
    """Planting a defect takes out and puts in the rows of its description, and no other."""
    sound, planted = synthetic(), synthetic(defects=[defect])
    out, new, nodes = CHANGES[defect]
    assert by_relation(links(sound) - links(planted)) == out
    assert by_relation(links(planted) - links(sound)) == new
    assert len(planted.tables[0]) - len(sound.tables[0]) == nodes
    assert not check(*planted.tables)


def test_every_defect_is_described():
    """The docstring names every defect there is."""
    assert set(CHANGES) == set(DEFECTS)
    assert all(f"`{defect}`" in synthetic.__doc__ for defect in DEFECTS)


def test_defects_go_together():
    """All defects at once leave a network that still loads."""
    assert not check(*synthetic(defects=list(DEFECTS)).tables)


def test_a_small_nation_keeps_the_proportions():
    """A nation of a thousandth keeps ids of 18 characters and the shares of its kinds."""
    net = synthetic(nodes=1_000)
    assert not check(*net.tables)
    facilities = net.tables[0].filter(pc.equal(net.tables[0]["kind"], "Facility"))
    assert set(pc.utf8_length(facilities["id"]).to_pylist()) == {18}
    assert pc.sum(pc.equal(facilities["type"], "village_clinic")).as_py() == 600


@pytest.mark.slow
def test_the_nation_has_its_counts():
    """The nation has the counts that its benchmark states."""
    nodes, edges = synthetic(scale="nation").tables
    counted = {e["values"]: e["counts"] for e in pc.value_counts(edges["relation"]).to_pylist()}
    assert len(nodes) == 1_038_000
    assert {
        r: counted[r]
        for r in (
            "MEMBER_OF",
            "USES_CENTRE",
            "REFERS_UP_TO",
            "REFERS_DOWN_TO",
            "RUN_BY",
            "DISPATCHES",
            "LEADS",
        )
    } == {
        "MEMBER_OF": 706_000,
        "USES_CENTRE": 945_000,
        "REFERS_UP_TO": 1_330_000,
        "REFERS_DOWN_TO": 731_000,
        "RUN_BY": 600_000,
        "DISPATCHES": 58_000,
        "LEADS": 5_600,
    }


@pytest.mark.parametrize("wanted", [{"scale": "continent"}, {"defects": ["rust"]}])
def test_unknown_words_are_refused(wanted):
    """Another scale or defect is refused with the list of those there are."""
    with pytest.raises(OptionError):
        synthetic(**wanted)
