"""Observed against planned: every link in its state, every name accounted for, no small count given back."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import OptionError
from medgraph.graphmodel.flow_table import KEYS, FlowTable
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.queries.flows import flows, shares
from medgraph.queries.small_counts import safe_total
from medgraph.words.say import speaking
from tests.queries.networks import network


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


def table(*rows, rejected=(), links=None, **constant):
    """Return flows of (from, to, kind, count, and other keys)."""
    frame = pd.DataFrame(
        [
            {
                **dict.fromkeys(KEYS),
                "month": "2023-10",
                **constant,
                **dict(zip(("from", "to", "kind", "count"), row[:4], strict=False)),
                **(row[4] if len(row) > 4 else {}),
            }
            for row in rows
        ]
    )
    bad = pd.DataFrame(list(rejected), columns=["reason", "rows"])
    return FlowTable(
        frame.astype(dict.fromkeys(KEYS, object)), bad, len(rows) + int(bad["rows"].sum()), links
    )


OBSERVED = table(
    ("路桥区新桥镇卫生院", "台州恩泽医疗中心（集团）恩泽医院", "up", 40),  # planned and used
    ("新桥镇卫生院", "TZ-H01", "up", 10),  # the same link, written otherwise: 50 in all
    ("TZ-H01", "TZ-P07", None, 30),  # down by the plan, though no kind is said
    ("TZ-P07", "台州市立医院", "up", 20),  # not planned, another group
    ("TZ-P08", "TZ-H01", "up", 5),  # used, but a small count
    ("TZ-P07", "上海某医院", "up", 12),  # a name nobody has
    ("TZ-P07", "TZ-P07", "up", 3),  # not a referral
    rejected=[("bad_date", 17), ("no_to", 4)],
)


def test_links_are_used_unused_or_unplanned(taizhou):
    """Spellings are joined, a missing kind follows the plan, the rest of the 98 planned links are unused."""
    answer = flows(taizhou, OBSERVED)
    rows = answer.frame.set_index(["source", "relation", "target"])
    assert rows.loc[("TZ-P07", "REFERS_UP_TO", "TZ-H01"), ["status", "count"]].tolist() == [
        "used",
        50,
    ]
    assert rows.loc[("TZ-H01", "REFERS_DOWN_TO", "TZ-P07"), ["status", "count"]].tolist() == [
        "used",
        30,
    ]
    strange = rows.loc[("TZ-P07", "REFERS_UP_TO", "TZ-H04")]
    assert strange[["status", "count", "out_of_group"]].tolist() == ["unplanned", 20, True]
    # 49 links up and 49 down are planned; 3 of them are used
    assert (answer.share.met, answer.share.total) == (3, 99)
    assert (rows["status"] == "unused").sum() == 95


def test_nothing_leaves_a_group_for_certain_while_the_lists_are_open(taizhou):
    """Two members of different groups may share a third one that nobody listed: not known, and in the sum perhaps."""
    lists = [k for k in taizhou.meta if k.startswith("links.MEMBER_OF") and k.endswith(".complete")]
    unlisted = MedicalNetwork(*taizhou.tables, {**taizhou.meta, **dict.fromkeys(lists, "partial")})
    told, open_ = flows(taizhou, OBSERVED), flows(unlisted, OBSERVED)
    strange, own = [("TZ-P07", "TZ-H04"), ("TZ-P07", "TZ-H01")]
    for answer, expected in ((told, True), (open_, None)):
        rows = answer.frame.set_index(["source", "target"]).astype(object)
        assert rows["out_of_group"].where(rows["out_of_group"].notna(), None)[strange] is expected
        assert rows.loc[own, "out_of_group"] is False
    assert [note for note in told.notes if "集团外" in note] == [
        "集团外人次：20/100（只计显示的格子）。"
    ]
    assert "集团外人次：0 至 20/100（只计显示的格子）。" in open_.notes


def test_whether_a_level_is_skipped_is_not_known_of_a_station_without_a_type(taizhou):
    """A facility whose type is blank may be a station, and past the township a station refers to no lead."""
    nodes, links = taizhou.tables
    rows = nodes.to_pylist()
    blank = [{**row, "type": None} if row["id"] == "TZ-P07" else row for row in rows]
    unsure = MedicalNetwork(pa.Table.from_pylist(blank, nodes.schema), links, taizhou.meta)
    for net, expected in ((taizhou, False), (unsure, None)):
        rows = flows(net, OBSERVED).frame.set_index(["source", "target"]).astype(object)
        found = rows["skips_level"].where(rows["skips_level"].notna(), None)
        assert found["TZ-P07", "TZ-H04"] is expected


def test_what_is_not_matched_is_listed_with_its_volume(taizhou):
    """A strange name is unknown with its 12 records; bad rows and a referral to itself are excluded by reason."""
    answer = flows(taizhou, OBSERVED)
    assert answer.unknown[["target_name", "shown"]].to_numpy().tolist() == [["上海某医院", "12"]]
    assert sorted(answer.excluded["shown"]) == ["17", "<11", "<11"]
    assert answer.total == 99 + 1 + 3


def test_what_is_left_out_is_listed_by_reason(taizhou):
    """Five facilities that sent to themselves are one row; two small counts of one reason are shown as one."""
    to_itself = [(f"TZ-P0{n}", f"TZ-P0{n}", None, 4) for n in range(1, 6)]
    answer = flows(
        taizhou, table(*to_itself, ("TZ-P07", "TZ-H01", "up", 40), rejected=[("no_to", 30)])
    )
    assert answer.excluded[["shown", "source", "target"]].to_numpy().tolist() == [
        ["20", None, None],
        ["30", None, None],
    ]
    assert answer.excluded["reason"].is_unique
    with speaking("en"):
        notes = flows(taizhou, table(*to_itself, rejected=[("no_to", 30)])).notes
    assert any("50 in = 0 judged + 0 unknown + 50 excluded" in note for note in notes)


def test_small_counts_are_hidden_and_totals_do_not_give_them_back(taizhou):
    """The 5 of TZ-P08 stand nowhere: neither in the cells nor as the difference of any two numbers said."""
    answer = flows(taizhou, OBSERVED)
    row = answer.frame[answer.frame["source"] == "TZ-P08"].iloc[0]
    assert pd.isna(row["count"])
    assert row["shown"] == "<11"
    assert "80/100" in answer.notes[0]  # planned: 50 + 30 of 50 + 30 + 20, without the 5
    assert "(3" in answer.notes[-1].replace("（", "(")  # three cells hidden: 5, 3 and 4
    assert "105" not in answer.to_json()


def test_returns_and_delays_are_shown_where_both_parts_are_large(taizhou):
    """20 of 50 not back is shown; 3 of 50 is not, nor is 47 of 50, which would say the same."""
    for returned, shown in ((30, 20), (47, None), (3, None), (50, 0)):
        links = pd.DataFrame(
            [
                {
                    "from": "TZ-P07",
                    "to": "TZ-H01",
                    "count": 50,
                    "ups": 50,
                    "returned": returned,
                    "double": 0,
                    "delay_rows": 50,
                    "delay_median": 2.0,
                    "delay_p90": 5.0,
                }
            ]
        )
        answer = flows(taizhou, table(("TZ-P07", "TZ-H01", "up", 50), links=links))
        row = answer.frame[answer.frame["status"] == "used"].iloc[0]
        assert (None if pd.isna(row["without_return"]) else row["without_return"]) == shown
        assert (row["double"], row["delay_median"], row["delay_p90"]) == (0, 2, 5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(0, 15))
def test_no_small_count_can_be_had_by_adding_up(taizhou, counts, threshold):
    """Whatever the counts, the shares of volume are of the cells that can be seen."""
    rows = [(f"TZ-P{i + 1:02d}", "TZ-H01", "up", n) for i, n in enumerate(counts)]
    answer = flows(taizhou, table(*rows), threshold=threshold)
    seen = sum(n for n in counts if n >= threshold)
    assert int(answer.frame["count"].fillna(0).sum()) == seen
    assert f"/{seen}" in answer.notes[0]
    assert not (answer.frame["count"].between(1, threshold - 1)).any()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(3, 6))
def test_a_total_narrows_down_no_hidden_count(counts, threshold):
    """Whoever knows the total and that each hidden count is small knows no more of any of them."""
    small = [n for n in counts if n < threshold]
    total = safe_total(pd.Series(counts), threshold)
    if total is None:
        assert small
        return
    assert total == sum(counts)
    fitting = [
        guess
        for guess in itertools.product(range(1, threshold), repeat=len(small))
        if sum(guess) == sum(small)
    ]
    for at in range(len(small)):
        assert {guess[at] for guess in fitting} == set(range(1, threshold))


def test_totals_of_many_small_counts_are_shown(taizhou):
    """24 links that nobody planned, 6 records each: 144 in all, and no cell of it."""
    rows = [(f"TZ-P{i + 1:02d}", "TZ-H04", "up", 6) for i in range(24)]
    notes = " ".join(flows(taizhou, table(*rows)).notes)
    assert "144" in notes


def test_records_without_an_origin_are_unknown_with_their_volume(taizhou):
    """150 in: 50 judged, and of 100 nobody says where they came from."""
    records = table(
        (None, "TZ-H01", "up", 60), (None, "TZ-H01", None, 40), ("TZ-P07", "TZ-H01", "up", 50)
    )
    with speaking("en"):
        answer = flows(taizhou, records)
    assert sorted(answer.unknown["shown"]) == ["40", "60"]
    account = "150 in = 50 judged + 100 unknown + 0 excluded"
    assert any(account in note for note in answer.notes)


def test_transfers_outside_the_network_are_counted_as_such(taizhou):
    with speaking("en"):
        answer = flows(
            taizhou, table(("TZ-P07", "上海某医院", "up", 12), ("TZ-P07", "TZ-H01", "up", 20))
        )
    assert any(note.startswith("volume to places outside the network: 12") for note in answer.notes)


def test_links_down_have_delays_too(taizhou):
    """Each way has its own: 3 days up, 1 day back down."""
    way = {"count": 30, "delay_rows": 30, "ups": 0, "returned": 0, "double": 0}
    links = pd.DataFrame(
        [
            {"from": "TZ-P07", "to": "TZ-H01", "kind": "up", "delay_median": 3.0, **way},
            {"from": "TZ-H01", "to": "TZ-P07", "kind": "down", "delay_median": 1.0, **way},
        ]
    )
    both = table(("TZ-P07", "TZ-H01", "up", 30), ("TZ-H01", "TZ-P07", "down", 30), links=links)
    rows = flows(taizhou, both).frame.set_index("relation")
    used = rows[rows["status"] == "used"]
    assert used["delay_median"].to_dict() == {"REFERS_UP_TO": 3, "REFERS_DOWN_TO": 1}


def test_a_threshold_below_zero_is_refused(taizhou):
    """The threshold is 0 or more."""
    with pytest.raises(OptionError):
        flows(taizhou, OBSERVED, threshold=-1)


# Residents of 黄岩 (331003): 200 outpatient visits at home (150 of them at a centre), 50 in 椒江, 80 inpatients at
# home, 20 in 路桥; 30 visits in a clinic that nobody knows, in 椒江. The plan does not say where a lead stands, but
# the records do, as `place`.
HOME, NEXT, THIRD = ({"place": code} for code in ("331003001000", "331002003000", "331004001000"))
VISITS = table(
    (None, "TZ-P16", None, 150, {"encounter": "门诊"}),
    (None, "TZ-H03", None, 50, {"encounter": "门诊", **HOME}),
    (None, "TZ-H04", None, 50, {"encounter": "outpatient", **NEXT}),
    (None, "TZ-H03", None, 80, {"encounter": "住院", **HOME}),
    (None, "TZ-H01", None, 20, {"encounter": "inpatient", **THIRD}),
    (None, "某诊所", None, 30, {"encounter": "门诊", **NEXT}),
    residence="331003001000",
)


def test_shares_have_numerator_denominator_and_month(taizhou):
    """county_visits 280/380, county_inpatients 80/100; primary_visits in 黄岩 150/200."""
    answer = shares(taizhou, VISITS)
    rows = answer.frame.set_index(["area", "indicator"])
    assert rows.loc[("331003000000", "county_visits"), ["met", "total"]].tolist() == [280, 380]
    assert rows.loc[("331003000000", "county_inpatients"), ["met", "total", "month"]].tolist() == [
        80,
        100,
        "2023-10",
    ]
    assert rows.loc[("331003000000", "primary_visits"), "share"] == pytest.approx(0.75)
    # 某诊所 lies in 椒江, but whether it is a primary facility nobody says: 0 of 50 to 30 of 80
    unclear = answer.unknown.set_index("area").loc["331002000000"]
    assert (unclear["low"], unclear["high"]) == (0, pytest.approx(30 / 80))


def test_shares_hide_small_parts_and_list_those_without_residence(taizhou):
    """A numerator of 4, or a rest of 4, hides the cell; encounters without a residence are listed."""
    few = table(
        (None, "TZ-H03", None, 100, {"encounter": "住院", **HOME}),
        (None, "TZ-H01", None, 4, {"encounter": "住院", **THIRD}),
        residence="331003001000",
    )
    row = shares(taizhou, few).frame.set_index("indicator").loc["county_inpatients"]
    assert pd.isna(row["met"])
    assert pd.isna(row["total"])
    assert row["shown"] == "<11"
    lost = shares(taizhou, table((None, "TZ-H03", None, 25, {"encounter": "住院"})))
    assert lost.excluded["shown"].tolist() == ["25"]


def test_a_facility_of_unknown_type_makes_the_primary_share_unknown(taizhou):
    """Of 150 + 50 visits in 黄岩, 50 are at a hospital whose type nobody states: 150 to 200 of 200."""
    nodes = taizhou.nodes().reset_index()
    nodes.loc[nodes["id"] == "TZ-H03", ["type", "ws218"]] = None
    net = MedicalNetwork.from_frames(nodes, taizhou.edges(), dict(taizhou.meta))
    visits = table(
        (None, "TZ-P16", None, 150, {"encounter": "门诊", **HOME}),
        (None, "TZ-H03", None, 50, {"encounter": "门诊", **HOME}),
        residence="331003001000",
    )
    row = shares(net, visits).unknown.set_index("indicator").loc["primary_visits"]
    assert (row["low"], row["high"]) == (pytest.approx(0.75), pytest.approx(1))


def test_residences_of_other_registers_lie_in_the_county_that_holds_them():
    """A ward of another register is of the county above it; a code that nobody knows is excluded."""
    text = """
        E06 Area level=county
        E05 Area parent=E06 level=township
        H1 Facility type=general_hospital area=E05
    """
    visit = {"encounter": "inpatient"}
    visits = table(
        (None, "H1", None, 30, {**visit, "residence": "E05"}),
        (None, "H1", None, 20, {**visit, "residence": "W99"}),
        (None, "H1", None, 15, visit),
    )
    answer = shares(network(text), visits)
    rows = answer.frame.set_index("indicator")
    assert rows.loc["county_inpatients", ["area", "met", "total"]].tolist() == ["E06", 30, 30]
    assert sorted(answer.excluded["shown"]) == ["15", "20"]


# -- from one edition to the next ----------------------------------------------------------------


def kept_editions(months, columns=("from", "to", "kind", "count")):
    """Return flows kept month by month; for each month the editions of its rows, the last holds."""
    now, then, rejected, stood = [], [], [], []
    for month, editions in months.items():
        for edition, (rows, bad) in enumerate(editions):
            is_last = edition == len(editions) - 1
            flow = {**dict.fromkeys(KEYS), "month": month}
            for row in rows:
                one = flow | dict(zip(columns, row, strict=True))
                (now if is_last else then).append(one | {"reason": None, "edition": edition})
            one = {"month": month, "reason": "no_to"}
            if is_last and bad:
                rejected.append(one | {"rows": bad})
            elif bad:
                stood.append({**dict.fromkeys(KEYS), **one, "count": bad, "edition": edition})
    frame = pd.DataFrame(now, columns=[*KEYS, "count"]).astype(dict.fromkeys(KEYS, object))
    earlier = pd.DataFrame([*then, *stood], columns=[*KEYS, "reason", "count", "edition"])
    bad = pd.DataFrame(rejected, columns=["reason", "rows", "month"])
    read = int(frame["count"].sum()) + int(bad["rows"].sum())
    return FlowTable(frame, bad, read, earlier=earlier.astype(dict.fromkeys(KEYS, object)))


def published(answer):
    """Return every count that an answer states, by what it is a count of."""
    numbers = {}
    parts = {"row": answer.frame, "unknown": answer.unknown, "excluded": answer.excluded}
    for part, frame in parts.items():
        keys = [
            c for c in ("source", "source_name", "relation", "target_name", "reason") if c in frame
        ]
        for row in frame.to_dict("records"):
            shown = str(row["shown"])
            name = (part, *(str(row[key]) for key in keys))
            numbers[name] = int(shown) if shown.isdecimal() else None
    for note in answer.notes:
        for nth, number in enumerate(re.findall(r"\d+", note)):
            numbers["note", re.sub(r"\d+", "#", note), nth] = int(number)
    return numbers


PLACES = ["TZ-P07", "TZ-P08", "TZ-H01", "TZ-H04", "上海某医院", None]
MONTH_OF_ROWS = st.tuples(
    st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            st.sampled_from(PLACES[:-1]),
            st.sampled_from(["up", "down", None]),
            st.integers(1, 45),
        ),
        max_size=6,
    ),
    st.sampled_from([0, 3, 12, 20]),
)


@settings(max_examples=15)
@given(st.lists(MONTH_OF_ROWS, min_size=2, max_size=4), MONTH_OF_ROWS, st.booleans())
def test_no_two_editions_give_a_small_count(taizhou, months, other, corrects):
    """Who subtracts one edition from the next, a month added or corrected, finds no small count."""
    named = {f"2023-{n:02}": [rows] for n, rows in enumerate(months, 1)}
    later = {**named, "2023-01": [months[0], other]} if corrects else {**named, "2023-12": [other]}
    with speaking("en"):
        first, second = (published(flows(taizhou, kept_editions(each))) for each in (named, later))
    for what in first.keys() & second.keys():
        before, after = first[what], second[what]
        if None not in (before, after) and not is_a_sum(what, corrects):
            difference = abs(after - before)
            assert difference == 0 or difference >= 11, (what, before, after)


def is_a_sum(what, corrects):
    """A number of a note that counts no patients, or that adds up what is shown of a corrected month."""
    return what[0] == "note" and (corrects or "Small counts" in what[1])


def test_a_total_of_hidden_counts_is_not_given_of_a_corrected_month(taizhou):
    """6 and 5 are safe together; where they were 6 and 9 before, their sums would tell the 4 that went."""
    up, also = ("TZ-P07", "TZ-H01", "up"), ("TZ-P08", "TZ-H01", "up")
    before, after = ([(*up, 6), (*also, 9)], 0), ([(*up, 6), (*also, 5)], 0)
    with speaking("en"):
        told, hidden = (
            " ".join(flows(taizhou, kept_editions({"2023-01": months})).notes)
            for months in ([after], [before, after])
        )
    assert "All records: 11 in" in told
    assert "All records: (hidden) in" in hidden


def test_what_a_month_adds_is_hidden_where_it_is_small(taizhou):
    """40, then 3 more, then 30 more: 40, at least 41, at least 71, and never 43."""
    counts, shown = (40, 3, 30), []
    for n in range(1, 4):
        months = {
            f"2023-{m:02}": [([("TZ-P07", "TZ-H01", "up", counts[m - 1])], 0)]
            for m in range(1, n + 1)
        }
        shown.append(flows(taizhou, kept_editions(months)).frame["shown"].iloc[0])
    assert shown == ["40", "≥41", "≥71"]


@pytest.mark.parametrize(("now", "shown"), [(40, "40"), (43, "≥1"), (60, "60"), (31, "≥1")])
def test_a_correction_by_a_small_count_is_hidden(taizhou, now, shown):
    row = ("TZ-P07", "TZ-H01", "up")
    table = kept_editions({"2023-01": [([(*row, 40)], 0), ([(*row, now)], 0)]})
    assert flows(taizhou, table).frame["shown"].iloc[0] == shown


@settings(max_examples=15)
@given(
    *[
        st.lists(
            st.tuples(
                st.sampled_from(["TZ-P07", "TZ-H01", "某医院"]),
                st.sampled_from(["outpatient", "inpatient"]),
                st.sampled_from(["331003001000", None]),
                st.integers(1, 45),
            ),
            max_size=5,
        )
        for _ in range(3)
    ]
)
def test_no_two_editions_of_shares_give_a_small_count(taizhou, rows, other, added):
    """Met, not met and unclear of a county's month, and what has no residence, of three editions."""
    columns = ("to", "encounter", "residence", "count")
    editions = [
        {"2023-01": [(rows, 0)]},
        {"2023-01": [(rows, 0), (other, 0)]},
        {"2023-01": [(rows, 0), (other, 0)], "2023-02": [(added, 0)]},
    ]
    found = [_cells_of(shares(taizhou, kept_editions(each, columns))) for each in editions]
    for first, second in itertools.pairwise(found):
        for cell in first.keys() & second.keys():
            for before, after in zip(first[cell], second[cell], strict=True):
                assert abs(after - before) == 0 or abs(after - before) >= 11, cell


def _cells_of(answer):
    known = answer.frame.dropna(subset=["met"])
    cells = {
        (row["area"], row["month"], row["indicator"]): (row["met"], row["total"] - row["met"])
        for row in known.to_dict("records")
    }
    excluded = answer.excluded[answer.excluded["shown"].str.isdecimal()]
    return cells | {row["reason"]: (int(row["shown"]),) for row in excluded.to_dict("records")}
