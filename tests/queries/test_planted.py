"""A made-up county with planted defects: every defect is found, and nothing else."""

from __future__ import annotations

import pytest

from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import dispatch, sharing

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
