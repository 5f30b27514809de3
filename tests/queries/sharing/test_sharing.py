"""Shared centres, the obligation matrix, exchange, support and recognition."""

from __future__ import annotations

import datetime

import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.queries import sharing
from medgraph.queries.sharing.obligations import OBLIGATIONS
from tests.queries.county import COMPLETE, KINDS, TOWNS, county, link, links, network, nodes
from tests.queries.networks import COMPLETE as DECLARED
from tests.queries.networks import network as small_network


def states(net, **options):
    """Every cell of the matrix: (facility, obligation) -> status."""
    frame = sharing.matrix(net, **options).frame
    return {(row["facility"], o): row[o] for row in frame.to_dict("records") for o in OBLIGATIONS}


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


# -- the matrix --------------------------------------------------------------------------------


def test_every_obligation_of_the_county_is_met():
    """Five centres, fourteen obligations: 70 cells, all met, each with the link behind it."""
    answer = sharing.matrix(county())
    assert (answer.share.met, answer.share.total) == (5 * 14, 5 * 14)
    assert set(answer.frame["status"]) == {"met"}
    cells = sharing.cells(county())
    assert cells.frame["record"].notna().all()
    imaging = cells.frame[cells.frame["obligation"] == "imaging"]
    assert imaging["record"].to_list() == [f"{t}|USES_CENTRE|C-imaging" for t in TOWNS]


OWN = [
    row
    for row in links()
    if "T3" in (row["source"], row["target"])
    and row["relation"] not in ("SERVES",)
    and not (row["source"] == "V3" and row["relation"] == "REFERS_UP_TO")
]


@pytest.mark.parametrize("gone", OWN, ids=lambda r: f"{r['relation']} {r['source']}-{r['target']}")
def test_deleting_one_link_changes_exactly_one_cell(gone):
    """A link stands behind one obligation of one centre."""
    before, after = (
        states(county()),
        states(network(nodes(), [r for r in links() if r != gone], **COMPLETE)),
    )
    changed = {key: state for key, state in after.items() if state != before[key]}
    assert len(OWN) == len(OBLIGATIONS)
    assert list(changed.values()) == ["missing"]
    assert [facility for facility, _ in changed] == ["T3"]


def test_what_is_not_stated_is_no_data_unless_declared_complete():
    """The same missing link is a fault in a complete table and unknown in any other."""
    rest = [r for r in links() if (r["source"], r["target"]) != ("T2", "C-ecg")]
    assert states(network(nodes(), rest, **COMPLETE))["T2", "ecg"] == "missing"
    assert states(network(nodes(), rest))["T2", "ecg"] == "no_data"
    assert (
        states(
            network(
                nodes(),
                rest,
                **{
                    "links.USES_CENTRE.complete": "partial",
                    "links.USES_CENTRE.G1.complete": "complete",
                    "links.HOSTS_CENTRE.complete": "complete",
                },
            )
        )["T2", "ecg"]
        == "missing"
    )


def test_what_is_over_may_have_another_beside_it_in_an_open_list():
    """An expired link is a fault only where no other can be there; else its cell is unknown, and says so."""
    over = changed(("H1", "TELEMEDICINE", "T1"), valid_to=datetime.date(2024, 12, 30))
    for open_list in ("TELEMEDICINE", "USES_CENTRE", "HOSTS_CENTRE"):
        declared = COMPLETE | {f"links.{open_list}.complete": "partial"}
        answer = sharing.cells(network(nodes(), over, **declared), obligations=("telemedicine",))
        assert answer.unknown["facility"].to_list() == ["T1"]
        assert "2024-12-31 已到期" in answer.unknown["reason"].iloc[0]
        assert answer.unknown["record"].to_list() == ["H1|TELEMEDICINE|T1"]
    whole = sharing.cells(network(nodes(), over, **COMPLETE), obligations=("telemedicine",))
    assert whole.frame.set_index("facility").loc["T1", "status"] == "expired"


@pytest.mark.parametrize(
    ("obligation", "relation", "gone"),
    [
        ("imaging", "HOSTS_CENTRE", ("T1", "USES_CENTRE", "C-imaging")),
        ("team", "MEMBER_OF", ("K1", "STATIONED_IN", "T1")),
        ("recognition", "MEMBER_OF", ("H1", "RECOGNISES_RESULTS", "T1")),
        ("telemedicine", "USES_CENTRE", ("H1", "TELEMEDICINE", "T1")),
    ],
)
def test_nothing_is_missing_while_a_record_of_another_relation_may_meet_it(
    obligation, relation, gone
):
    rest = [r for r in links() if (r["source"], r["relation"], r["target"]) != gone]
    partial = COMPLETE | {f"links.{relation}.complete": "partial"}
    assert states(network(nodes(), rest, **COMPLETE))["T1", obligation] == "missing"
    assert states(network(nodes(), rest, **partial))["T1", obligation] == "no_data"


def test_a_group_whose_own_list_is_open_may_have_a_team_for_its_members():
    """T1 lists its own teams, but another may be stationed in its group."""
    rest = [r for r in links() if (r["source"], r["target"]) != ("K1", "T1")]
    parts = {
        "links.STATIONED_IN.T1.complete": "complete",
        "links.STATIONED_IN.G1.complete": "partial",
    }
    net = network(nodes(), rest, **COMPLETE | parts)
    assert states(net)["T1", "team"] == "no_data"


@pytest.mark.parametrize(("node", "obligation"), [("K1", "team"), ("V1", "stations")])
def test_what_states_no_type_may_be_the_team_or_the_station(node, obligation):
    rows = [r | {"type": None} if r["id"] == node else r for r in nodes()]
    answer = sharing.cells(network(rows, links(), **COMPLETE), obligations=(obligation,))
    assert "T1" in answer.unknown["facility"].to_list()
    assert "类型" in answer.unknown["reason"].iloc[0]


def way_over(end, declared=COMPLETE, **cells):
    """The status of T1's way up, which leads over T2 to `end` alone."""
    stranger = {"id": "X", "kind": "Facility", "name": "某机构", **cells}
    rows = [r for r in links() if (r["source"], r["relation"]) != ("T2", "REFERS_UP_TO")]
    rows = [r for r in rows if (r["source"], r["relation"]) != ("T1", "REFERS_UP_TO")]
    way = [link("T1", "REFERS_UP_TO", "T2"), link("T2", "REFERS_UP_TO", end)]
    return states(network([*nodes(), stranger], [*rows, *way], **declared))["T1", "up_referral"]


def test_a_way_up_is_broken_only_where_nobody_on_it_may_lead_on():
    """Its end states no type, or a list on the way is open: it may end well. A clinic at its end is no hospital."""
    assert way_over("X", type="village_clinic") == "broken"
    assert way_over("X") == "no_data"
    assert way_over("T1") == "broken"
    open_at_end = COMPLETE | {"links.REFERS_UP_TO.T2.complete": "partial"}
    assert way_over("T1", open_at_end) == "no_data"
    assert way_over("X", open_at_end, type="village_clinic", status="closed") == "no_data"


def test_who_may_be_at_work_leaves_what_it_gives_open():
    """H2 is planned without an opening day: its centre is not surely hosted, nor surely not."""
    planned = {"id": "H2", "kind": "Facility", "name": "新院", "type": "general_hospital"}
    rows = [*nodes(), planned | {"status": "planned"}]
    hosted = changed(("H1", "HOSTS_CENTRE", "C-imaging"), source="H2")
    net = network(rows, [*hosted, link("H2", "MEMBER_OF", "G1")], **COMPLETE)
    assert {states(net)[town, "imaging"] for town in TOWNS} == {"no_data"}
    assert sharing.centres(net, kind="imaging").unknown["kind"].to_list() == ["imaging"]
    only = [
        r
        for r in hosted
        if r["target"] == "C-imaging" or r["relation"] not in ("DISPATCHES", "USES_CENTRE")
    ]
    only = [r for r in only if r["relation"] != "TELEMEDICINE"]
    unknown = sharing.unsupported(network(rows, only, **COMPLETE), primary_only=True).unknown
    assert unknown["facility"].to_list() == list(TOWNS)


def changed(which, **values):
    """The links with other values on `which` (source, relation, target)."""
    return [
        r | values if (r["source"], r["relation"], r["target"]) == which else r for r in links()
    ]


@pytest.mark.parametrize(
    ("day", "word"), [("valid_to", "expired"), ("valid_from", "not_yet_valid")]
)
def test_dates_of_a_link_are_told_apart(day, word):
    """A link that ended, and one that has not begun, are no links; the cell says which."""
    when = datetime.date(2024, 12, 30) if day == "valid_to" else datetime.date(2025, 1, 1)
    net = network(nodes(), changed(("T1", "USES_CENTRE", "C-imaging"), **{day: when}), **COMPLETE)
    assert states(net)["T1", "imaging"] == word
    assert sum(s != "met" for s in states(net).values()) == 1


def test_the_last_day_is_included():
    rows = changed(("T1", "USES_CENTRE", "C-imaging"), valid_to=datetime.date(2024, 12, 31))
    net = network(nodes(), rows, **COMPLETE)
    assert states(net)["T1", "imaging"] == "met"


def test_a_centre_whose_host_is_closed_is_a_closed_unit():
    """Closing the one that hosts imaging shows in that column alone."""
    closed = {
        "id": "H2",
        "kind": "Facility",
        "name": "关停医院",
        "type": "general_hospital",
        "status": "closed",
    }
    net = network(
        [*nodes(), closed], changed(("H1", "HOSTS_CENTRE", "C-imaging"), source="H2"), **COMPLETE
    )
    found = states(net)
    assert {found[t, "imaging"] for t in TOWNS} == {"closed_unit"}
    assert sum(s != "met" for s in found.values()) == 5
    assert "关停医院" in sharing.cells(net, obligations=("imaging",)).frame["reason"].iloc[0]


def test_a_way_up_that_stops_is_broken_at_the_place_where_it_stops():
    """T1 refers up to T2, and T2 to nobody: T2 misses the link, T1's way breaks at T2."""
    rows = [
        r
        for r in changed(("T1", "REFERS_UP_TO", "H1"), target="T2")
        if (r["source"], r["relation"]) != ("T2", "REFERS_UP_TO")
    ]
    found = sharing.cells(
        network(nodes(), rows, **COMPLETE), obligations=("up_referral",)
    ).frame.set_index("facility")
    assert found["status"].to_dict() == {
        "T1": "broken",
        "T2": "missing",
        "T3": "met",
        "T4": "met",
        "T5": "met",
    }
    assert found.loc["T1", "at"] == "T2"


def test_a_loop_of_referrals_is_broken_and_ends():
    rows = [
        *(
            r
            for r in changed(("T1", "REFERS_UP_TO", "H1"), target="T2")
            if (r["source"], r["relation"]) != ("T2", "REFERS_UP_TO")
        ),
        link("T2", "REFERS_UP_TO", "T1"),
    ]
    found = states(network(nodes(), rows, **COMPLETE))
    assert (found["T1", "up_referral"], found["T2", "up_referral"]) == ("broken", "broken")


def test_a_group_without_a_lead_is_broken_there():
    net = network(nodes(), [r for r in links() if r["relation"] != "LEADS"], **COMPLETE)
    assert {states(net)[t, "lead"] for t in TOWNS} == {"broken"}


def test_a_nurse_is_no_physician_and_an_unknown_title_is_no_data():
    nurse = network(nodes(), changed(("H1", "DISPATCHES", "T1"), title="nurse"), **COMPLETE)
    doubt = network(nodes(), changed(("H1", "DISPATCHES", "T1"), title=None), **COMPLETE)
    assert states(nurse)["T1", "physician"] == "missing"
    assert states(doubt)["T1", "physician"] == "no_data"


def test_obligations_can_be_chosen_and_no_others():
    answer = sharing.matrix(county(), obligations=("lead", "ecg"))
    assert answer.total == 10
    with pytest.raises(OptionError, match="lead"):
        sharing.matrix(county(), obligations=("parking",))


def test_taizhou_matrix_says_no_data_where_the_plan_is_silent(taizhou):
    """The plan states lead, referral both ways, team and recognition for all 40 centres, and nothing else."""
    answer = sharing.matrix(taizhou)
    assert answer.total == 40 * 14
    met = {o for o in OBLIGATIONS if set(answer.frame[o]) == {"met"}}
    assert met == {"lead", "up_referral", "down_referral", "team", "recognition"}
    assert set(answer.unknown["status"]) == {"no_data"}


# -- centres -----------------------------------------------------------------------------------


def test_taizhou_has_five_centres_at_each_of_four_leads_and_their_use_is_not_stated(taizhou):
    answer = sharing.centres(taizhou)
    assert (answer.share.met, answer.share.total) == (20, 20)
    assert answer.frame.groupby("group").size().to_dict() == {"G1": 5, "G2": 5, "G3": 5, "G4": 5}
    assert set(answer.frame["use"]) == {"no_data"}
    assert answer.excluded["group"].to_list() == ["CM1"]


def test_centres_count_users_and_name_those_without():
    """T5 does not use imaging: 5 of 6 members (the host uses its own), 4 of 5 townships."""
    rest = [r for r in links() if (r["source"], r["target"]) != ("T5", "C-imaging")]
    row = sharing.centres(network(nodes(), rest, **COMPLETE), kind="imaging").frame.iloc[0]
    assert (row["using"], row["members"], row["townships_using"], row["townships"]) == (5, 6, 4, 5)
    assert (row["use"], row["without"], row["not_stated"]) == ("some", "镇5卫生院", 0)
    partial = sharing.centres(network(nodes(), rest), kind="imaging").frame.iloc[0]
    assert (partial["without"], partial["not_stated"]) == ("", 1)


def test_a_kind_nobody_hosts_is_missing_only_in_a_complete_table():
    rest = [r for r in links() if "C-ecg" not in (r["source"], r["target"])]
    whole, part = (
        sharing.centres(network(nodes(), rest, **COMPLETE)),
        sharing.centres(network(nodes(), rest)),
    )
    assert whole.frame.set_index("kind")["status"].to_dict()["ecg"] == "missing"
    assert part.unknown["kind"].to_list() == ["ecg"]
    assert "pharmacy" in set(whole.frame["kind"])
    assert len(KINDS) == len(whole.frame)


# -- exchange ----------------------------------------------------------------------------------


def two_groups():
    """H1 leads G1 with T1, T2; H2 leads G2 with S1. Staff: H1 gives T1 3, T2 1, S1 2; H2 gives S1 2, T1 no number."""
    rows = [
        {
            "id": i,
            "kind": "Facility",
            "name": i,
            "type": "general_hospital",
            "area": "331099001000",
        }
        for i in ("H1", "H2")
    ]
    rows += [
        {"id": i, "kind": "Facility", "name": i, "type": "township_health_centre"}
        for i in ("T1", "T2", "S1", "X")
    ]
    rows += [
        {"id": g, "kind": "Group", "name": g, "type": "urban_medical_group"} for g in ("G1", "G2")
    ]
    ties = [
        link("H1", "LEADS", "G1"),
        link("H2", "LEADS", "G2"),
        link("T1", "MEMBER_OF", "G1"),
        link("T2", "MEMBER_OF", "G1"),
        link("S1", "MEMBER_OF", "G2"),
    ]
    ties += [
        link("H1", "DISPATCHES", "T1", staff=3),
        link("H1", "DISPATCHES", "T2", staff=1),
        link("H1", "DISPATCHES", "S1", staff=2),
        link("H2", "DISPATCHES", "S1", staff=2),
        link("H2", "DISPATCHES", "T1"),
        link("H1", "DISPATCHES", "X", staff=5),
    ]
    return network(rows, ties)


def test_exchange_between_groups():
    """Inside G1 4 persons, G1 to G2 2, inside G2 2; one posting has no number, one goes to a centre of no group."""
    answer = sharing.exchange(two_groups(), kind="staff")
    assert {(r["source"], r["target"]): r["amount"] for r in answer.to_dict()["rows"]} == {
        ("G1", "G1"): 4,
        ("G1", "G2"): 2,
        ("G2", "G2"): 2,
    }
    assert (answer.total, answer.judged, len(answer.unknown), len(answer.excluded)) == (6, 4, 1, 1)


def test_balance_nets_and_concentration():
    """By facility S1 takes 2 of H1 and 2 of H2: Herfindahl 1/4 + 1/4 = 1/2; T1 takes all of H1: 1."""
    frame = sharing.balance(two_groups(), by="facility", kind="staff").frame.set_index("source")
    assert frame["herfindahl"].dropna().to_dict() == {"T1": 1.0, "T2": 1.0, "S1": 0.5, "X": 1.0}
    assert (frame.loc["H1", "net"], frame.loc["H1", "role"], frame.loc["S1", "net"]) == (
        11,
        "giver",
        -4,
    )
    groups = sharing.balance(two_groups(), kind="staff").frame.set_index("source")
    assert (groups.loc["G1", "net"], groups.loc["G2", "role"]) == (2, "taker")


def test_services_go_from_host_to_user():
    answer = sharing.exchange(county(), by="facility", kind="services")
    assert {(r["source"], r["target"]): r["amount"] for r in answer.to_dict()["rows"]} == {
        ("H1", t): 6 for t in TOWNS
    }


def test_exchange_refuses_unknown_words():
    for options in ({"by": "county"}, {"kind": "money"}):
        with pytest.raises(OptionError):
            sharing.exchange(county(), **options)


# -- support and recognition -------------------------------------------------------------------


def test_unsupported_names_those_nobody_helps():
    """T4 loses postings, centres and telemedicine: nobody supports it any more."""
    rest = [
        r
        for r in links()
        if not (
            "T4" in (r["source"], r["target"])
            and r["relation"] in ("DISPATCHES", "USES_CENTRE", "TELEMEDICINE")
        )
    ]
    answer = sharing.unsupported(network(nodes(), rest, **COMPLETE))
    assert answer.frame["facility"].to_list() == ["T4"]
    assert (answer.share.met, answer.share.total) == (4, 5)
    unknown = sharing.unsupported(network(nodes(), rest)).unknown
    assert unknown["facility"].to_list() == ["T4"]
    assert "DISPATCHES" in unknown["reason"].iloc[0]


def test_what_is_sunk_to_a_whole_group_leaves_its_members_unknown():
    rest = [
        r for r in links() if r["relation"] not in ("DISPATCHES", "USES_CENTRE", "TELEMEDICINE")
    ]
    net = network(nodes(), [*rest, link("H1", "SINKS_SLOTS", "G1", slots=10)], **COMPLETE)
    assert len(sharing.unsupported(net).unknown) == 5


def test_support_may_come_by_any_list_that_is_open_or_by_any_group():
    """Resources sunk, the host of a centre in use, and what is sunk to one of two groups or to one it may be in."""
    bare = ("DISPATCHES", "USES_CENTRE", "TELEMEDICINE")
    rest = [r for r in links() if r["relation"] not in bare]
    second = {"id": "G2", "kind": "Group", "name": "乙医共体", "type": "county_medical_community"}

    def unknown(more=(), **declared):
        net = network([*nodes(), second], [*rest, *more], **COMPLETE | declared)
        return sharing.unsupported(net, primary_only=True).unknown["facility"].to_list()

    unhosted = {"id": "C-x", "kind": "SharedCentre", "name": "某中心", "type": "ecg"}
    uses = [link("T1", "USES_CENTRE", "C-x")]
    open_hosts = COMPLETE | {"links.HOSTS_CENTRE.complete": "partial"}
    net = network([*nodes(), unhosted], [*rest, *uses], **open_hosts)
    assert unknown() == []
    assert unknown(**{"links.SINKS_RESOURCES_TO.complete": "partial"}) == list(TOWNS)
    assert sharing.unsupported(net, primary_only=True).unknown["facility"].to_list() == ["T1"]
    to_second = link("H1", "SINKS_BEDS", "G2", beds=3)
    assert unknown([to_second]) == []
    assert unknown([to_second, link("T1", "MEMBER_OF", "G2")]) == ["T1"]
    assert unknown([to_second], **{"links.MEMBER_OF.complete": "partial"}) == list(TOWNS)


def test_its_own_centre_is_no_support():
    """T1 hosts the centre that it uses, and nobody else sends anything."""
    bare = ("DISPATCHES", "USES_CENTRE", "HOSTS_CENTRE", "TELEMEDICINE")
    own = [link("T1", "HOSTS_CENTRE", "C-ecg"), link("T1", "USES_CENTRE", "C-ecg")]
    net = network(nodes(), [*(r for r in links() if r["relation"] not in bare), *own], **COMPLETE)
    assert "T1" in sharing.unsupported(net, primary_only=True).frame["facility"].to_list()


def test_taizhou_recognition_is_ten_of_ten(taizhou):
    """Four groups inside, six pairs between; no number of items is stated."""
    answer = sharing.recognition(taizhou)
    assert (answer.share.met, answer.share.total) == (10, 10)
    assert answer.frame["scope"].value_counts().to_dict() == {"between": 6, "inside": 4}
    assert answer.frame["items"].isna().all()


def test_recognition_counts_pairs_and_names_missing_ones():
    """Five of the 15 pairs among six members recognise each other, with 210 items at least."""
    row = sharing.recognition(county()).frame.iloc[0]
    assert (row["pairs"], row["pairs_possible"], row["status"]) == (5, 15, "missing")
    two = two_groups().linked("G1", "RECOGNISES_RESULTS", "G1", items=180)
    two = two.linked("G2", "RECOGNISES_RESULTS", "G1", items=90)
    frame = sharing.recognition(two).frame
    assert frame[["group", "other", "items"]].values.tolist() == [
        ["G1", "G1", 180],
        ["G1", "G2", 90],
    ]
    assert sharing.recognition(two).unknown["group"].to_list() == ["G2"]


def test_groups_without_a_place_may_be_of_two_prefectures():
    """Nothing says whether results have to be recognised between them: two pairs surely, a third perhaps."""
    nowhere = two_groups().nodes().drop(columns="area").reset_index()
    net = MedicalNetwork.from_frames(nowhere, two_groups().edges(), dict(two_groups().meta))
    answer = sharing.recognition(net)
    assert answer.bounds.total[0] == 2
    assert answer.unknown["other"].to_list() == ["G1", "G2", "G2"]


def prefectures(*areas, **declared):
    """Recognition between a group of one member and a group of one member for each of these areas."""
    rows = [
        {"id": i, "kind": "Group", "name": i, "type": "urban_medical_group"} for i in ("G1", "G2")
    ]
    rows += [
        {
            "id": f"F{at}",
            "kind": "Facility",
            "name": f"F{at}",
            "area": area,
            "type": "general_hospital",
        }
        for at, area in enumerate(("331002001000", *areas))
    ]
    ties = [link("F0", "MEMBER_OF", "G1")]
    ties += [link(f"F{at}", "MEMBER_OF", "G2") for at in range(1, len(areas) + 1)]
    return sharing.recognition(network(rows, ties, **COMPLETE | declared))


def test_groups_are_of_one_prefecture_where_members_of_both_stand_in_it():
    """A further member, or the place of one, may bring two groups together, and never take them apart."""
    apart, together = prefectures("330102001000"), prefectures("330102001000", "331002001000")
    assert (apart.bounds.total[0], together.bounds.total[0]) == (2, 3)
    assert len(apart.unknown) == 0
    unplaced = prefectures("330102001000", None)
    assert unplaced.unknown["other"].to_list() == ["G2"]
    one_open = prefectures("330102001000", **{"links.MEMBER_OF.complete": "partial"})
    assert one_open.bounds.total == (2, None)
    assert "成员" in str(one_open.bounds)


@pytest.mark.parametrize(
    ("host", "status"),
    [("is_class=yes", "unknown"), ("status=planned", "unknown"), ("", "hosted")],
)
def test_a_centre_of_a_placeholder_is_not_missing(host, status):
    """Somebody of the class hosts it, whether or not it is one that the group lists."""
    net = small_network(
        f"G1 Group type=urban_medical_group\nH1 Facility type=general_hospital\n"
        f"C1 Facility type=township_health_centre {host}\nS1 SharedCentre type=ecg",
        "H1 LEADS G1\nC1 MEMBER_OF G1\nC1 HOSTS_CENTRE S1",
        **DECLARED,
    )
    for kind, expected in (("ecg", status), ("imaging", "missing")):
        answer = sharing.centres(net, kind=kind)
        assert answer.everything["status"].tolist() == [expected]
