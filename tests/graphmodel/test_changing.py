"""A change ends facts and adds facts; it deletes none, and refuses what means nothing."""

from __future__ import annotations

import datetime
import re

import pytest

import medgraph as mg
from medgraph.errors import ChangeError, OptionError, UnknownIdError
from medgraph.graphmodel import changes
from medgraph.graphmodel.changes import End, Join, Link, Move, Succeed
from medgraph.words.say import speaking
from tests.graphmodel.small_network import groups_of, small


def test_moved():
    """A move ends the membership of the same kind the day before and leaves the alliance alone."""
    net = small()
    plan = net.moved("F", to_group="G2", on="2024-01-01")
    assert groups_of(plan, "F", "2023-12-31") == {"G1", "A1"}
    assert groups_of(plan, "F", "2024-01-01") == {"G2", "A1"}
    assert groups_of(plan, "F", "2019-06-01") == {"G0", "A1"}
    assert len(plan.edges()) == len(net.edges()) + 1
    assert groups_of(net, "F", "2024-01-01") == {"G1", "A1"}


def test_moved_on_the_data_day():
    """Without a day a change holds from the data day on."""
    assert groups_of(small().moved("F", to_group="G2"), "F", "2023-10-25") == {"G2", "A1"}
    assert groups_of(small().moved("F", to_group="G2"), "F", "2023-10-24") == {"G1", "A1"}


def test_moved_there_and_back():
    """A move back is a third membership; the days between keep theirs."""
    net = small().applying(
        [Move("F", "G2", datetime.date(2024, 1, 1)), Move("F", "G1", datetime.date(2025, 1, 1))]
    )
    assert [groups_of(net, "F", f"{year}-06-01") for year in (2023, 2024, 2025)] == [
        {"G1", "A1"},
        {"G2", "A1"},
        {"G1", "A1"},
    ]


@pytest.mark.parametrize(
    ("id", "group", "error"),
    [
        ("F", "G1", ChangeError),  # it is there already
        ("E", "G1", ChangeError),  # it is in no group that it could leave
        ("F", "E", ChangeError),  # a facility is no group
        ("G2", "G1", ChangeError),
        ("nobody", "G1", UnknownIdError),
        ("F", "nowhere", UnknownIdError),
    ],
)
def test_a_move_that_means_nothing(id, group, error):
    """A move that cannot be is refused with a sentence."""
    with pytest.raises(error) as refused:
        small().moved(id, to_group=group)
    assert str(refused.value).endswith(("。", ".", "joined"))


def test_joined():
    """Joining adds a membership and ends none."""
    net = small().joined("E", group="G1", on="2024-01-01", document="某文件")
    assert groups_of(net, "E", "2023-12-31") == set()
    assert groups_of(net, "E", "2024-01-01") == {"G1"}
    assert net.edges("MEMBER_OF").document.dropna().tolist() == ["某文件"]


def test_linked_refuses_ends_of_the_wrong_kind():
    """A relation joins only the kinds it may join."""
    with pytest.raises(ChangeError):
        small().linked("G1", "REFERS_UP_TO", "F")
    with pytest.raises(OptionError):
        small().linked("F", "KNOWS", "E")


def test_ended_needs_something_to_end():
    """Ending what has not begun or is over already is refused."""
    with pytest.raises(ChangeError):
        small().ended("F", relation="MEMBER_OF", target="G0", on="2023-01-01")
    with pytest.raises(ChangeError):
        small().ended("P", on="2025-01-01")


def test_succeeded():
    """The old node ends, the new one follows, and a question for a later day finds it."""
    net = small().succeeded("E", by="F", on="2024-01-01", how="merged")
    assert net.successors("E", on="2023-12-31") == ["E"]
    assert net.successors("E", on="2024-01-01") == ["F"]
    assert "E" not in net.as_of("2024-01-01").nodes().index


def test_a_trail_of_successors_may_fork_and_close():
    """A split has two ends; a trail that comes back to itself ends all the same."""
    day = datetime.date(2024, 1, 1)
    split = small().applying(
        [Link("E", "SUCCEEDED_BY", "F", day), Link("E", "SUCCEEDED_BY", "P", day)]
    )
    assert set(split.successors("E", on=day)) == {"F", "P"}
    ring = split.applying([Link("F", "SUCCEEDED_BY", "E", day)])
    assert ring.successors("E", on=day) == ["P"]


def test_applying():
    """Changes are carried out in their order; what is no change is refused."""
    day = datetime.date(2024, 1, 1)
    net = small().applying(
        [
            Join("E", "G1", day),
            Move("E", "G2", datetime.date(2025, 1, 1)),
            End("F", "MEMBER_OF", "A1", day),
            Succeed("G1", "G2", datetime.date(2026, 1, 1)),
        ]
    )
    assert groups_of(net, "E", "2025-01-01") == {"G2"}
    assert groups_of(net, "F", "2024-01-01") == {"G1"}
    assert net.successors("G1", on="2026-01-01") == ["G2"]
    with pytest.raises(ChangeError):
        small().applying(["move"])


def test_a_planned_facility_stays_listed():
    """What is only planned is seen on every day, and at work from its opening day on."""
    net = small()
    assert "P" in net.as_of("2023-01-01").nodes().index
    at = net.index.position("P")
    assert not net.index.operating(datetime.date(2029, 12, 31))[at]
    assert net.index.operating(datetime.date(2030, 1, 1))[at]


@pytest.mark.parametrize(
    "wanted",
    [
        changes.Fill("TZ-P34", "beds", "-3"),
        changes.Fill("TZ-P34", "staff", "9" * 30),
        changes.Fill("TZ-P34", "name", " "),
        changes.Fill("TZ-P34", "valid_to", "0001-01-01"),
        changes.Link("TZ-H04", "REFERS_UP_TO", "TZ-H03", values={"minutes": -5}),
        changes.Link("TZ-H04", "REFERS_UP_TO", "TZ-H03", values={"minutes": "soon"}),
        changes.End("TZ-P34", on=datetime.date.min),
        changes.Move("TZ-P34", "G2", on=datetime.date.min),
        changes.Declare("nowhere", "commission"),
        changes.Declare("facilities", "commission", state="perhaps"),
    ],
)
def test_what_no_file_may_hold_is_no_change(taizhou, wanted):
    """A plan whose network could not be read back, or says nothing, is refused in a sentence."""
    if isinstance(wanted, changes.Fill) and wanted.column == "valid_to":
        taizhou = taizhou.applying([changes.Fill("TZ-P34", "valid_from", "2020-01-01")])
    with pytest.raises(ChangeError):
        taizhou.applying([wanted])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (mg.changes.Link("TZ-H03", "REFERS_UP_TO", "TZ-H03"), "TZ-H03 cannot be linked to itself."),
        (mg.changes.Declare("links.DISPATCHES", " "), "Name the office that declares it."),
        (mg.changes.Fill("TZ-P07", "area", "331003999000"), "There is no area '331003999000'"),
        (mg.changes.Fill("TZ-P07", "area", "33100300300"), "There is no area '33100300300'"),
    ],
)
def test_what_no_plan_can_mean_is_refused_in_words(change, said):
    with speaking("en"), pytest.raises(ChangeError, match=re.escape(said)):
        mg.samples.taizhou().applying([change])


def test_a_facility_may_stand_in_any_village_of_a_township_of_the_register():
    net = mg.samples.taizhou().filled("TZ-P07", "area", "331003003001")
    assert net.nodes("Facility").loc["TZ-P07", "area"] == "331003003001"


@pytest.mark.parametrize("column", ["role", "recipient", "basis"])
def test_a_link_takes_no_word_outside_its_vocabulary(taizhou, column):
    """What a file could not be read for is no link; a specialty of which our list knows nothing is."""
    with pytest.raises(ChangeError, match=column):
        taizhou.linked("TZ-H04", "DISPATCHES", "TZ-P07", **{column: "zzz"})
    after = taizhou.linked("TZ-H04", "REFERS_UP_TO", "TZ-H03", specialty="zzz")
    assert "zzz" in set(after.edges("REFERS_UP_TO")["specialty"])
