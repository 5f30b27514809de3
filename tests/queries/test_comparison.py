"""A comparison names exactly what differs, and tells a merge or a renaming from a real change."""

from __future__ import annotations

import datetime

import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.queries.comparison.differences import compare
from tests.queries.county import COMPLETE, county, link, links, network, nodes

DAY = "2024-12-31"


ASKED = ("share", "answer", "verdict")


def columns_of(answer, *columns, but=ASKED):
    """The rows of a comparison as tuples of these columns, the answers of questions and packs apart."""
    frame = answer.frame[~answer.frame["what"].isin(but)]
    return [tuple(row[c] for c in columns) for row in frame.to_dict("records")]


def test_the_same_network_does_not_differ():
    """All 1,137 facts of Taizhou and more are compared, and none differs."""
    net = samples.taizhou()
    answer = compare(net, net.with_meta())
    assert answer.frame.empty
    assert answer.total == answer.judged > 400


def test_a_moved_township_changes_its_membership_and_who_serves_its_area():
    """TZ-P34 from G4 to G2: one link goes, one comes, 海门街道 changes hands, and nothing else."""
    net = samples.taizhou()
    answer = compare(net, net.moved("TZ-P34", to_group="G2"))
    assert columns_of(answer, "what", "change", "source", "target", "before", "after") == [
        ("link", "added", "TZ-P34", "G2", "", "G2"),
        ("link", "removed", "TZ-P34", "G4", "G4", ""),
        ("served", "changed", "331002001000", "", "served G4", "served G2"),
    ]
    assert set(answer.frame["kind"]) == {"real"}


def test_a_closed_centre_changes_one_cell_of_each_user_and_the_shares():
    answer = compare(county(), county().ended("C-imaging", on=DAY))
    assert [
        r for r in columns_of(answer, "what", "source", "field", "after") if r[0] == "obligation"
    ] == [("obligation", f"T{i}", "imaging", "expired") for i in range(1, 6)]
    shares = answer.frame.loc[answer.frame["what"] == "share", "source"].tolist()
    assert {"sharing.centres", "sharing.matrix", "sharing.cells"} <= {*shares}
    assert (answer.frame["what"] == "link").sum() == 6  # its host and its five users
    assert columns_of(answer, "what", "change", "source")[0] == ("centre", "removed", "C-imaging")


def test_an_ended_posting_changes_its_cell_and_the_test_of_the_year():
    answer = compare(county(), county().ended("H1", relation="DISPATCHES", target="T2", on=DAY))
    assert columns_of(answer, "what", "source", "field") == [
        ("link", "H1", ""),
        ("obligation", "T2", "physician"),
    ]
    shares = answer.frame.loc[answer.frame["what"] == "share", "source"].tolist()
    assert {"sharing.matrix", "dispatch.coverage all_year"} <= {*shares}


def test_one_network_on_two_days():
    """A posting that begins in July is a difference between May and August, and none between August and September."""
    net = county().linked(
        "H1", "DISPATCHES", "T1", on="2024-07-01", person="new", title="attending"
    )
    assert columns_of(
        compare(net, from_day="2024-05-01", to_day="2024-08-01"), "change", "before", "after"
    )[0] == ("added", "", "person=new")
    assert "link" not in set(compare(net, from_day="2024-08-01", to_day="2024-09-01").frame["what"])
    with pytest.raises(OptionError):
        compare(net)


def test_changed_attributes_are_named_field_by_field():
    rows = [r | {"beds": 250} if r["id"] == "H1" else r for r in nodes()]
    ties = [
        r | {"items": 90} if r["relation"] == "RECOGNISES_RESULTS" and r["target"] == "T1" else r
        for r in links()
    ]
    answer = compare(county(), network(rows, ties, **COMPLETE))
    assert columns_of(answer, "what", "source", "field", "before", "after") == [
        ("facility", "H1", "beds", "200", "250"),
        ("link", "H1", "items", "210", "90"),
    ]


def test_a_field_stated_on_one_side_only_is_a_difference():
    """Minutes that no other link has, and a second link of the same key, are named; the order of rows is none."""
    ties = [r | {"km": 7.5} if (r["source"], r["target"]) == ("H1", "G1") else r for r in links()][
        ::-1
    ]
    twin = next(r for r in links() if r["relation"] == "USES_CENTRE")
    answer = compare(county(), network(nodes()[::-1], [*ties, twin], **COMPLETE))
    assert columns_of(answer, "what", "change", "source", "field", "before", "after") == [
        ("link", "changed", "H1", "km", "", "7.5"),
        ("link", "added", twin["source"], "", "", twin["target"]),
    ]
    assert answer.total > compare(county(), county()).total


def successor(id):
    """The county with one more township centre, which is not yet in any relation."""
    new = {
        "id": id,
        "kind": "Facility",
        "name": "新卫生院",
        "type": "township_health_centre",
        "area": "336001103000",
    }
    return [*nodes(), new]


def renamed():
    """T3 is renamed T9 on the day: T3 and its links end, T9 has the same links."""
    day = datetime.date.fromisoformat(DAY)
    last = day - datetime.timedelta(days=1)
    old = [r | {"valid_to": last} if "T3" in (r["source"], r["target"]) else r for r in links()]
    new = [
        {k: "T9" if v == "T3" else v for k, v in r.items()}
        for r in links()
        if "T3" in (r["source"], r["target"])
    ]
    rows = [r | {"valid_to": last} if r["id"] == "T3" else r for r in successor("T9")]
    return network(rows, [*old, *new, link("T3", "SUCCEEDED_BY", "T9", valid_from=day)], **COMPLETE)


def test_a_renaming_is_structural_and_changes_no_obligation():
    """Everything of T3 goes on as T9: one facility renamed, its links carried over, nothing real but its name."""
    answer = compare(county(), renamed())
    real = answer.frame[answer.frame["kind"] == "real"]
    # What the old name's posting has come to stands in the account of postings.
    told = real.loc[~real["source"].isin(["teams.stationed"]), ["source", "target", "field"]]
    assert told.values.tolist() == []
    names = answer.frame[answer.frame["kind"] == "structural"]
    assert set(names["change"]) == {"renamed"}
    assert columns_of(answer, "what", "source", "after")[0] == ("facility", "T3", "T9")
    own = [r for r in links() if "T3" in (r["source"], r["target"])]
    assert len(names) == 1 + len(own)


def test_a_real_change_beside_a_renaming_is_told_apart():
    """As above, but T9 no longer uses the ECG centre."""
    real = compare(county(), network_without(renamed(), "T9", "C-ecg")).frame.query(
        "kind == 'real'"
    )
    real = real[~real["what"].isin(ASKED)]
    assert columns_of_frame(real, "what", "source", "target", "field") == [
        ("link", "T3", "C-ecg", ""),
        ("obligation", "T9", "", "ecg"),
    ]


def test_a_merger_is_structural_and_what_is_lost_is_real():
    """T3 goes into T4: links that T4 has too are merged; T3's area, clinic and posting are not taken over."""
    net = county().succeeded("T3", by="T4", on=DAY, how="merged")
    frame = compare(county(), net).frame
    assert frame[frame["what"] == "facility"][["change", "kind", "after"]].values.tolist() == [
        ["merged", "structural", "T4"]
    ]
    merged = frame[(frame["what"] == "link") & (frame["kind"] == "structural")]
    assert "MEMBER_OF" in set(merged["relation"])
    lost = frame[(frame["what"] == "link") & (frame["kind"] == "real")]
    assert set(lost["relation"]) == {"SERVES", "DISPATCHES", "RUN_BY", "REFERS_UP_TO"}
    assert frame[frame["what"] == "served"]["source"].to_list() == ["336001103000"]


def test_a_merger_into_a_new_one_is_no_renaming():
    """T3 and T4 become T9: each is told as merged, its own answers end, nothing of T9 has "changed"."""
    net = network(successor("T9"), links(), **COMPLETE)
    for old in ("T3", "T4"):
        net = net.succeeded(old, by="T9", on=DAY, carry=True)
    frame = compare(county(), net).frame
    told = frame[["change", "source", "after"]].values.tolist()
    assert ["merged", "T3", "T9"] in told
    assert ["merged", "T4", "T9"] in told
    facilities = frame[(frame["what"] == "facility") & (frame["kind"] == "real")]
    assert facilities.empty
    paths = frame[frame["field"] == "referrals.paths"]
    assert paths[["change", "source"]].values.tolist() == [
        ["removed", "T3"],
        ["removed", "T4"],
        ["added", "T9"],
    ]
    verdicts = frame[frame["what"] == "verdict"]
    of_parts = set(verdicts.loc[verdicts["change"] == "removed", "source"])
    assert {"T3", "T4"} <= of_parts


def test_a_split_is_structural_and_names_every_part():
    """T3 ends on the day, T8 and T9 are its parts: neither of them is reported as added."""
    day = datetime.date.fromisoformat(DAY)
    last = day - datetime.timedelta(days=1)
    parts = [successor(id)[-1] for id in ("T8", "T9")]
    rows = [r | {"valid_to": last} if r["id"] == "T3" else r for r in nodes()] + parts
    trail = [link("T3", "SUCCEEDED_BY", id, valid_from=day) for id in ("T8", "T9")]
    frame = compare(county(), network(rows, [*links(), *trail], **COMPLETE)).frame
    facilities = frame[frame["what"] == "facility"]
    assert columns_of_frame(facilities, "source", "change", "kind", "after") == [
        ("T3", "split", "structural", "T8|T9")
    ]


def network_without(net, source, target):
    edges = net.edges()
    gone = (edges["source"] == source) & (edges["target"] == target)
    return type(net).from_frames(net.nodes(), edges[~gone].drop(columns="id"), net.meta)


def columns_of_frame(frame, *columns):
    return [tuple(row[c] for c in columns) for row in frame.to_dict("records")]


def test_two_files_that_differ_only_later_are_not_called_the_same():
    """A link that ends in two years in one file alone: no difference today, and the day is named."""
    before = county()
    after = before.ended("T1", relation="USES_CENTRE", target="C-imaging", on="2027-06-30")
    answer = compare(before, after, from_day=DAY, to_day=DAY)
    assert columns_of(answer, "what") == []
    assert len(answer.notes) == 2
    assert " 1 " in f" {answer.notes[1]}"
    assert "2027-06-30" in answer.notes[1]
    then = compare(before, after, from_day="2027-06-30", to_day="2027-06-30")
    assert ("link", "removed") in columns_of(then, "what", "change")
    assert len(then.notes) == 1


def test_more_later_days_than_are_looked_at_are_told():
    """Fourteen days of change: twelve are compared, and two more are said to be there."""
    before = after = county()
    gone = before.edges().drop_duplicates(["source", "relation", "target"]).head(14)
    for number, row in enumerate(gone.itertuples(), 1):
        day = f"2027-01-{number:02}"
        after = after.ended(row.source, relation=row.relation, target=row.target, on=day)
    assert len(gone) == 14
    answer = compare(before, after, from_day=DAY, to_day=DAY)
    assert "2027-01-12" in answer.notes[1]
    assert answer.notes[1].count("2027-01-13") == 1
    assert " 2 " in answer.notes[1]


def test_what_differs_already_is_not_told_again_for_later_days():
    """Nor is a file that differs from itself later: its own changes are no differences of files."""
    before = county()
    after = before.ended("T1", relation="USES_CENTRE", target="C-imaging", on=DAY)
    assert len(compare(before, after, from_day="2025-01-02", to_day="2025-01-02").notes) == 1
    assert len(compare(after, from_day="2020-01-01", to_day="2026-01-01").notes) == 1
    assert len(compare(before, before.with_meta()).notes) == 1
