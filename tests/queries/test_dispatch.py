"""The ledger of postings, the three published tests on it, and the quota of slots and beds."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.queries import dispatch
from medgraph.queries.dispatch.postings import days, gaps, merged, six_months
from tests.queries.county import COMPLETE, county, link, network, nodes, unchecked

D = datetime.date.fromisoformat


def posted(person, target, start, end, title="attending", source="H1", **values):
    return link(
        source,
        "DISPATCHES",
        target,
        person=person,
        title=title,
        role=values.pop("role", "clinical"),
        valid_from=start and D(start),
        valid_to=end and D(end),
        **values,
    )


# A ledger of 2024 (366 days; five centres T1–T5 of group G1, lead H1 of level 2A, 15,000 residents).
#   T1  a attending 01-01..06-30 (182 days), b attending 07-01..12-31 (184): by turns, no gap.
#   T2  c attending 01-01..06-30 (182), d attending 07-15..12-31 (170): gap 07-01..07-14 (14 days).
#   T3  e resident 2024-02-01..2024-08-31: no attending physician.
#   T4  f attending 2023-10-01..2024-03-31: six months to the day, but only 91 days of them in 2024.
#   T5  g attending 01-01..05-31 (152 days), a nurse all year.
# all_year: T1 alone                                                   -> 1 of 5
# six_months: T1 (a), T2 (c), T3 (e, whatever grade), T4 (f)           -> 4 of 5
# per_10000: six months inside the year, attending or higher: a, b, c; d has 170 days and ends before 01-14;
#            e is a resident; f has 91 days in the year; g 152 days     -> 3 persons * 10,000 / 15,000 = 2.0
LEDGER = [
    posted("a", "T1", "2024-01-01", "2024-06-30"),
    posted("b", "T1", "2024-07-01", "2024-12-31"),
    posted("c", "T2", "2024-01-01", "2024-06-30"),
    posted("d", "T2", "2024-07-15", "2024-12-31"),
    posted("e", "T3", "2024-02-01", "2024-08-31", title="resident"),
    posted("f", "T4", "2023-10-01", "2024-03-31"),
    posted("g", "T5", "2024-01-01", "2024-05-31"),
    posted("n", "T5", "2024-01-01", "2024-12-31", title="nurse"),
]
TIES = [link("H1", "LEADS", "G1")] + [
    row
    for i in range(1, 6)
    for row in (link(f"T{i}", "MEMBER_OF", "G1"), link(f"T{i}", "SERVES", f"3360011{i:02d}000"))
]


def ledger(*more, rows=LEDGER, complete=True, **meta):
    return unchecked(nodes(), [*TIES, *rows, *more], **(COMPLETE if complete else {}), **meta)


def status(answer, key="facility"):
    return {
        r[key]: r["status"]
        for part in (answer.frame, answer.unknown)
        for r in part.to_dict("records")
    }


def test_the_three_tests_give_three_numbers_on_one_ledger():
    """All year 1 of 5, six months 4 of 5, and 2.0 per 10,000 residents; worked out above."""
    all_year = dispatch.coverage(ledger())
    assert status(all_year) == {"T1": "met", "T2": "gap", "T3": "gap", "T4": "gap", "T5": "gap"}
    assert (all_year.share.met, all_year.share.total) == (1, 5)
    six = dispatch.coverage(ledger(), test="six_months")
    assert status(six) == {"T1": "met", "T2": "met", "T3": "met", "T4": "met", "T5": "gap"}
    rate = dispatch.coverage(ledger(), test="per_10000").frame.iloc[0]
    assert (rate["persons"], rate["population"], rate["value"], rate["status"]) == (
        3,
        15_000,
        2.0,
        "info",
    )


def test_gaps_are_named_by_day():
    """The post at T2 is empty from 1 to 14 July."""
    row = dispatch.coverage(ledger()).frame.set_index("facility").loc["T2"]
    assert (row["gaps"], row["days"], row["persons"]) == ("2024-07-01..2024-07-14 (14)", 352, 2)


def test_a_gap_in_a_ledger_that_may_lack_rows_is_unknown():
    answer = dispatch.coverage(ledger(complete=False))
    assert status(answer) == {
        "T1": "met",
        "T2": "unknown",
        "T3": "unknown",
        "T4": "unknown",
        "T5": "unknown",
    }


def test_only_the_lead_counts_all_year():
    """An attending physician of another hospital fills no gap at T2."""
    other = {
        "id": "H2",
        "kind": "Facility",
        "name": "他院",
        "type": "general_hospital",
        "level": "3A",
    }
    more = posted("x", "T2", "2024-01-01", "2024-12-31", source="H2")
    net = network([*nodes(), other], [*TIES, *LEDGER, more], **COMPLETE)
    assert status(dispatch.coverage(net))["T2"] == "gap"
    assert dispatch.coverage(net, test="per_10000").frame["persons"].to_list() == [4]


def test_an_unknown_title_is_counted_apart_and_can_leave_a_centre_undecided():
    """Somebody of unknown title at T3 all year: T3 may be met; T5 has one day too few."""
    answer = dispatch.coverage(
        ledger(
            posted("u", "T3", "2024-01-01", "2024-12-31", title=None),
            posted("v", "T5", "2024-06-01", "2024-12-30", title="主治？"),
        )
    )
    assert (status(answer)["T3"], status(answer)["T5"]) == ("unknown", "gap")
    assert len(answer.notes) == 1
    assert "2" in answer.notes[0]


def test_an_impossible_date_is_counted_apart_and_never_in_or_out():
    """A posting that ends before it begins may mean any days."""
    net = ledger(posted("z", "T3", "2024-12-31", "2024-01-01"))
    assert status(dispatch.coverage(net))["T3"] == "unknown"
    answer = dispatch.ledger(net)
    assert answer.unknown["person"].to_list() == ["z"]
    rate = dispatch.coverage(net, test="per_10000").frame.iloc[0]
    assert (rate["persons"], rate["at_most"]) == (3, 4)


def test_days_after_the_day_of_the_data_are_unknown():
    """On 2024-10-01 an open posting since January leaves the year open; a gap in June is one already."""
    rows = [
        posted("a", "T1", "2024-01-01", None),
        posted("b", "T2", "2024-01-01", "2024-05-31"),
        posted("c", "T2", "2024-07-01", None),
    ]
    # declared at the end of the year alone, the list of October might have lacked rows
    assert status(dispatch.coverage(ledger(rows=rows), as_of="2024-10-01"))["T2"] == "unknown"
    dated = {f"{declared}_date": "2024-09-30" for declared in COMPLETE}
    net = ledger(rows=rows).with_meta(**dated)
    assert status(dispatch.coverage(net, as_of="2024-10-01"))["T1"] == "unknown"
    assert status(dispatch.coverage(net, as_of="2024-10-01"))["T2"] == "gap"
    assert status(dispatch.coverage(net, as_of="2024-12-31"))["T1"] == "met"


def test_rates_need_population_and_level():
    """Without residents there is no rate; a sender without a level can only raise the upper end."""
    rows = [r | {"population": None} if r["kind"] == "Area" else r for r in nodes()]
    lacking = dispatch.coverage(network(rows, [*TIES, *LEDGER], **COMPLETE), test="per_10000")
    assert lacking.unknown["group"].to_list() == ["G1"]
    ungraded = [{**r, "level": None} if r["id"] == "H1" else r for r in nodes()]
    rate = dispatch.coverage(
        network(ungraded, [*TIES, *LEDGER], **COMPLETE), test="per_10000"
    ).frame.iloc[0]
    assert (rate["persons"], rate["at_most"]) == (0, 3)


def test_there_are_three_tests_and_no_mixture():
    with pytest.raises(OptionError, match="six_months"):
        dispatch.coverage(county(), test="any")


def test_ledger_clips_days_to_the_year():
    """f is at T4 from October 2023 to March 2024: 91 days of 2024 (31 + 29 + 31), 92 of 2023."""
    days_of = {
        y: dispatch.ledger(ledger(), year=y).frame.set_index("person")["days_in_year"]
        for y in (2023, 2024)
    }
    assert (days_of[2024]["f"], days_of[2023]["f"], days_of[2024]["n"]) == (91, 92, 366)
    assert len(dispatch.ledger(ledger(), year=2023).excluded) == 7


def test_ledger_keeps_role_and_days_a_week():
    net = ledger(
        posted("m", "T1", "2024-01-01", None, title="manager", role="management", days_per_week=3)
    )
    row = dispatch.ledger(net).frame.set_index("person").loc["m"]
    assert (row["role"], row["days_per_week"], row["days_in_year"]) == ("management", 3, 366)


def test_a_posting_without_a_first_day_is_counted_apart():
    answer = dispatch.ledger(ledger(posted("q", "T1", None, "2024-03-01")))
    assert answer.unknown["person"].to_list() == ["q"]


def test_ending_names_postings_and_who_follows():
    """On 1 June 2024, within 30 days: a (followed by b) and c (followed by nobody); g ended the day before."""
    answer = dispatch.ending(ledger(), within_days=30, as_of="2024-06-01")
    assert answer.frame["person"].to_list() == ["a", "c"]
    assert answer.frame["days_left"].to_list() == [29, 29]
    assert [bool(f) for f in answer.frame["followed_by"]] == [True, False]
    assert set(answer.excluded["person"]) == {"b", "d", "f", "g"}
    assert "c" not in set(
        dispatch.ending(ledger(), within_days=28, as_of="2024-06-01").frame.get("person", [])
    )


# -- arithmetic --------------------------------------------------------------------------------

YEAR = (D("2024-01-01"), D("2024-12-31"))
SPANS = st.lists(
    st.tuples(st.integers(-40, 400), st.integers(0, 200)).map(
        lambda p: (YEAR[0] + datetime.timedelta(p[0]), YEAR[0] + datetime.timedelta(p[0] + p[1]))
    ),
    max_size=6,
)


@given(SPANS)
@settings(max_examples=100, deadline=None)
def test_gaps_are_the_days_nobody_is_there(spans):
    """Counted day by day, straight from the definition."""
    every = [YEAR[0] + datetime.timedelta(i) for i in range(366)]
    bare = {d for d in every if not any(a <= d <= b for a, b in spans)}
    found = [a + datetime.timedelta(i) for a, b in gaps(spans, YEAR) for i in range(days((a, b)))]
    assert sorted(bare) == found
    held = {a + datetime.timedelta(i) for a, b in spans for i in range(days((a, b)))}
    assert sum(map(days, merged(spans))) == len(held)


@pytest.mark.parametrize(
    ("start", "end", "long"),
    [
        ("2024-01-01", "2024-06-30", True),
        ("2024-01-01", "2024-06-29", False),
        ("2023-08-31", "2024-02-28", False),
        ("2023-08-31", "2024-02-29", True),
        ("2024-07-01", "2024-12-31", True),
        ("2024-07-01", "2024-12-30", False),
    ],
)
def test_six_months_are_calendar_months(start, end, long):
    """From 1 January to 30 June; from 31 August to the last of February."""
    assert six_months([(D(start), D(end))]) is long


def test_several_stays_add_up_to_the_longest_six_months():
    """184 days in two stays are six months wherever they lie; 183 need not be."""
    first = (D("2024-01-01"), D("2024-03-31"))  # 91 days
    assert six_months([first, (D("2024-07-01"), D("2024-10-01"))])  # 93
    assert not six_months([first, (D("2024-07-01"), D("2024-09-30"))])  # 92


# -- quota -------------------------------------------------------------------------------------


def sinking(kind, sunk, total, complete=True, **values):
    relation, field = {
        "slots": ("SINKS_SLOTS", "outpatient_slots"),
        "beds": ("SINKS_BEDS", "beds"),
    }[kind]
    rows = [r | {field: total} if r["id"] == "H1" else r for r in nodes()]
    given = {"recipient": "primary_care", **values}
    more = [] if sunk is None else [link("H1", relation, "G1", **{kind: sunk}, **given)]
    return network(rows, [*TIES, *more], **(COMPLETE if complete else {}))


def quota(net, kind="slots"):
    answer = dispatch.quota(net)
    parts = [
        r
        for part in (answer.frame, answer.unknown)
        for r in part.to_dict("records")
        if r["kind"] == kind
    ]
    return parts[0]["status"]


@pytest.mark.parametrize(
    ("kind", "sunk", "total", "verdict"),
    [
        ("slots", 33, 100, "short"),
        ("slots", 34, 100, "met"),
        ("slots", 100, 300, "met"),
        ("slots", 99, 300, "short"),
        ("beds", 25, 100, "met"),
        ("beds", 24, 100, "short"),
        ("beds", 50, 201, "short"),
        ("beds", 51, 201, "met"),
    ],
)
def test_quotas_are_exact_fractions(kind, sunk, total, verdict):
    """33 of 100 is under a third, 34 is not, and 100 of 300 is a third."""
    assert quota(sinking(kind, sunk, total), kind) == verdict


def test_only_teams_and_primary_care_count():
    assert quota(sinking("slots", 50, 100, recipient="other")) == "short"
    assert quota(sinking("slots", 50, 100, recipient="family_doctor_team")) == "met"
    assert quota(sinking("slots", 50, 100, recipient=None)) == "unknown"


def test_a_quota_without_numbers_is_unknown():
    assert quota(sinking("slots", 50, None)) == "unknown"
    assert quota(sinking("slots", None, 100, complete=False)) == "unknown"
    assert quota(sinking("slots", None, 100)) == "short"


@pytest.mark.parametrize(("again", "verdict"), [(20, "short"), (15, "unknown"), (5, "short")])
def test_the_same_row_twice_is_one_and_two_amounts_are_open(again, verdict):
    """20 of 100 twice is 20; 20 and 15 may be 15, 20 or 35 of the 34 that are asked."""
    rows = [r | {"outpatient_slots": 100} if r["id"] == "H1" else r for r in nodes()]
    sunk = [
        link("H1", "SINKS_SLOTS", "G1", slots=slots, recipient="primary_care")
        for slots in (20, again)
    ]
    assert quota(network(rows, [*TIES, *sunk], **COMPLETE)) == verdict


def test_periods_are_never_added():
    """20 of 100 in each of two quarters is 20 of 100 twice, not 40."""
    net = sinking("slots", 20, 100, period="2024Q1").linked(
        "H1", "SINKS_SLOTS", "G1", slots=20, period="2024Q2", recipient="primary_care"
    )
    rows = [r for r in dispatch.quota(net).frame.to_dict("records") if r["kind"] == "slots"]
    assert [(r["period"], r["fraction"], r["status"]) for r in rows] == [
        ("2024Q1", "1/5", "short"),
        ("2024Q2", "1/5", "short"),
    ]


@pytest.mark.parametrize(
    ("undated", "status", "met"), [(5, "short", (0, 1)), (20, "unknown", (0, 2))]
)
def test_an_amount_without_a_period_may_be_of_each_stated_or_of_another(undated, status, met):
    """20 of 100 in one quarter, and as much of which the quarter is not stated: perhaps 40."""
    net = (
        sinking("slots", 20, 100, period="2024Q1")
        .linked("H1", "SINKS_SLOTS", "G1", slots=undated, recipient="primary_care")
        .with_meta(**{"groups.complete": "complete"})
    )
    answer = dispatch.quota(net)
    assert quota(net) == status
    assert (answer.bounds.met, answer.bounds.total) == (met, (2, 3))  # One of them is of beds.


@pytest.mark.parametrize("relation", ["SINKS_SLOTS", "SINKS_BEDS"])
def test_an_open_list_of_what_is_sunk_may_hold_more_periods(relation):
    """Each period is a quota of its own, so that the number of quotas is open."""
    net = sinking("slots", 40, 100).with_meta(**{"groups.complete": "complete"})
    assert not dispatch.quota(net).bounds.is_open
    assert dispatch.quota(net.with_meta(**{f"links.{relation}.complete": None})).bounds.is_open


def test_taizhou_states_no_posting_and_no_quota():
    """All quotas are without data: eight (four leads, slots and beds) unknown."""
    net = samples.taizhou()
    answer = dispatch.quota(net)
    assert (answer.judged, len(answer.unknown)) == (0, 8)
    for test in ("all_year", "six_months", "per_10000"):
        assert dispatch.coverage(net, test=test).judged == 0


@pytest.mark.parametrize("year", [-1, 10_000, 99_999])
@pytest.mark.parametrize("ask", [dispatch.ledger, dispatch.coverage])
def test_a_year_that_no_calendar_has_is_refused(ask, year):
    with pytest.raises(OptionError, match=str(year)):
        ask(samples.taizhou(), year=year)
