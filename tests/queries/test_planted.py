"""A made-up county with planted defects: every defect is found, and nothing else."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import dispatch, policy, referrals, sharing
from medgraph.queries.verbs import VERBS

# What each defect changes: cells of the obligation matrix (obligation, state), in the order of the centres; and
# whether a centre lacks an attending physician. The rest of the defects concerns coverage and referral paths.
CELLS = {
    "dead_end": [("up_referral", "missing"), ("down_referral", "missing")],
    "loop": [("up_referral", "broken"), ("up_referral", "broken")],
    "expired_posting": [("physician", "expired")],
    "no_posting": [("physician", "missing")],
    "no_centre": [("imaging", "missing")],
    "no_telemedicine": [("telemedicine", "missing")],
}
NO_CELLS = (
    "gap",
    "overlap",
    "ungrouped",
    "multiple",
    "level_skip",
    "up_without_down",
    "down_without_up",
    "out_of_group",
    "asymmetric",
    "closed_target",
    "unattached",
)


@pytest.fixture(scope="module")
def sound():
    return synthetic()


def faults(net):
    """The cells that are not met, and the centres without a physician of the lead on every day so far."""
    cells = sharing.cells(net)
    assert cells.unknown.empty
    found = cells.frame[cells.frame["status"] != "met"]
    posts = dispatch.coverage(net, year=2025, as_of="2025-12-31")
    return (
        list(zip(found["obligation"], found["status"], strict=True)),
        posts.frame.loc[posts.frame["status"] == "gap", "facility"].to_list(),
    )


def test_a_sound_county_has_no_fault(sound):
    """All 14 obligations of 14 centres are met, every post is filled, all centres are hosted, all have support."""
    assert faults(sound) == ([], [])
    assert sharing.matrix(sound).share.met == 14 * 14
    assert sharing.unsupported(sound).frame.empty
    assert referrals.broken(sound).frame.empty
    assert set(sharing.centres(sound).frame["status"]) == {"hosted"}


@pytest.mark.parametrize("defect", CELLS)
def test_each_planted_defect_is_found_and_nothing_else(defect):
    cells, posts = faults(synthetic(defects=[defect]))
    assert sorted(cells) == sorted(CELLS[defect])
    assert len(posts) == (defect in ("expired_posting", "no_posting"))


@pytest.mark.parametrize("defect", NO_CELLS)
def test_defects_of_coverage_and_paths_change_no_obligation(defect):
    """What another question finds does not show here as a fault."""
    assert faults(synthetic(defects=[defect])) == ([], [])


def test_all_defects_at_once_are_all_found():
    """Planted together, none hides another."""
    cells, posts = faults(synthetic(defects=[*CELLS, *NO_CELLS]))
    assert sorted(cells) == sorted(cell for some in CELLS.values() for cell in some)
    assert len(posts) == 2


def test_a_centre_that_does_not_use_imaging_is_named():
    frame = sharing.centres(synthetic(defects=["no_centre"]), kind="imaging").frame
    without = [name for name in frame["without"] if name]
    assert len(without) == 1
    assert frame["townships_using"].sum() == frame["townships"].sum() - 1


# What each defect makes the questions of findings find: question, status, obligation, how often. What lies behind a
# broken chain is broken with it: the clinics of a centre, and both ways of a facility.
FOUND = {
    "gap": {("coverage.gaps", "gap", ""): 1},
    "overlap": {("coverage.overlaps", "overlap", ""): 1},
    "ungrouped": {
        ("coverage.ungrouped", "ungrouped", ""): 1,
        ("referrals.broken", "out_of_group", ""): 2,
    },
    "multiple": {("coverage.multiple", "multiple", ""): 1},
    "dead_end": {
        ("referrals.broken", "dead_end", ""): 15,
        ("sharing.cells", "missing", "up_referral"): 1,
        ("sharing.cells", "missing", "down_referral"): 1,
    },
    "level_skip": {("referrals.broken", "level_skip", ""): 1},
    "loop": {
        ("referrals.broken", "loop", ""): 34,
        ("sharing.cells", "broken", "up_referral"): 2,
    },
    "up_without_down": {("referrals.broken", "up_without_down", ""): 1},
    "down_without_up": {
        ("referrals.broken", "dead_end", ""): 1,
        ("referrals.broken", "down_without_up", ""): 1,
    },
    "out_of_group": {("referrals.broken", "out_of_group", ""): 2},
    "asymmetric": {("referrals.broken", "asymmetric_minutes", ""): 1},
    "closed_target": {("referrals.broken", "closed", ""): 2},
    "expired_posting": {
        ("sharing.cells", "expired", "physician"): 1,
        ("dispatch.coverage", "gap", ""): 1,
        ("dispatch.coverage", "unknown", ""): -1,  # three days a week may or may not be all year
    },
    "no_posting": {
        ("sharing.cells", "missing", "physician"): 1,
        ("dispatch.coverage", "gap", ""): 1,
        ("dispatch.coverage", "unknown", ""): -1,  # three days a week may or may not be all year
    },
    "no_centre": {("sharing.cells", "missing", "imaging"): 1},
    "no_telemedicine": {("sharing.cells", "missing", "telemedicine"): 1},
    "unattached": {},  # no question of its own: a rule finds it
}
SMALL_NATION = 21_500  # nodes, in 60 counties
COUNTIES_OF_SMALL_NATION = 3  # in which a defect is planted
BEHIND = {("referrals.broken", "dead_end"), ("referrals.broken", "loop")}
ASKED = [
    verb for verb in VERBS if verb.findings or verb.name in ("sharing.cells", "dispatch.coverage")
]


def unattached(net):
    """The clinics that the rule about them finds run by no centre."""
    found = policy.audit(net, "county-2023", select=["GO-03"]).findings
    return found.loc[found["verdict"] == "FAIL", "subject"].to_list()


def findings(net):
    """How often each question of findings finds what; what it leaves unknown is found, too."""
    found = Counter()
    for verb in ASKED:
        answer = verb.ask(net)
        states = answer.frame["status"].tolist()
        obligations = answer.frame.get("obligation", pd.Series([""] * len(states))).tolist()
        for (status, obligation), number in Counter(zip(states, obligations, strict=True)).items():
            if status not in ("met", "present"):
                found[verb.name, status, obligation] += number
        found[verb.name, "unknown", ""] += len(answer.unknown)
    return found


def assert_unattached(sound, planted, counties):
    """The rule about clinics finds one in each county, and none where nothing is planted."""
    assert unattached(sound) == []
    assert len(unattached(planted)) == counties


def assert_found(seed, scale, defects, counties):
    sound = synthetic(seed, scale)
    found_in_sound = findings(sound)
    for defect in defects:
        planted = synthetic(seed, scale, [defect])
        found = findings(planted)
        found.subtract(found_in_sound)
        wanted = {key: number * counties for key, number in FOUND[defect].items()}
        assert {key: number for key, number in found.items() if number} == wanted, defect
        if defect == "unattached":
            assert_unattached(sound, planted, counties)


def test_a_gap_among_villages_is_found():
    assert_found(1, "county", ["gap"], 1)


def test_a_clinic_that_no_centre_runs_is_found_by_the_rule_about_clinics():
    """`unattached` concerns a clause of 2023, not a question of its own: its rule names the clinic."""
    assert_found(1, "county", ["unattached"], 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 21))
def test_every_defect_is_found_and_nothing_else(seed):
    assert_found(seed, "county", FOUND, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "counties"), [("city", 1), ("province", 4)])
def test_every_defect_is_found_at_every_scale(scale, counties):
    """Every twentieth county has it, the first included."""
    assert_found(1, scale, FOUND, counties)


def test_a_defect_of_links_that_a_nation_has_not_is_refused():
    """A small nation, too: it has no telemedicine that could be missing."""
    with pytest.raises(OptionError, match="no_telemedicine"):
        synthetic(nodes=20_000, defects=["no_telemedicine"])


def places_of(defect, planted, sound):
    """In how many places of a small nation a defect is; not every township has a station in a group."""
    if defect not in ("ungrouped", "multiple"):
        return COUNTIES_OF_SMALL_NATION
    return abs(len(planted.edges("MEMBER_OF")) - len(sound.edges("MEMBER_OF")))


def assert_found_in_a_nation(seed, defects):
    """As many as planted; behind a broken chain there are as many clinics as a township has."""
    sound = synthetic(seed, nodes=SMALL_NATION)
    found_in_sound = findings(sound)
    for defect in defects:
        planted = synthetic(seed, nodes=SMALL_NATION, defects=[defect])
        found = findings(planted)
        found.subtract(found_in_sound)
        places = places_of(defect, planted, sound)
        assert places, defect
        assert {key for key, number in found.items() if number} == FOUND[defect].keys(), defect
        for key, number in FOUND[defect].items():
            if key[:2] in BEHIND:
                assert 0 < found[key] <= places * number, (defect, key)
            else:
                assert found[key] == places * number, (defect, key)
        if defect == "unattached":
            assert_unattached(sound, planted, places)


def test_defects_are_found_in_a_small_nation():
    """Where not every station is in a group, and clinics refer to a second centre."""
    assert_found_in_a_nation(1, ["ungrouped", "multiple", "down_without_up"])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 21))
def test_every_defect_is_found_in_a_small_nation(seed):
    assert_found_in_a_nation(seed, FOUND.keys() - {"no_telemedicine"})
