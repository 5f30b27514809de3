"""A way is proved or refuted only where nothing that is not known could turn it."""

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import referrals
from medgraph.words.say import speaking

LISTS = ("REFERS_UP_TO", "REFERS_DOWN_TO", "LEADS", "MEMBER_OF", "COOPERATES_WITH")


def net(links, *, members=("H", "T", "V"), without=(), **fields):
    """A lead L, a hospital H, a township centre T and a village V in the group G; some lists may be open."""
    types = {"L": "general_hospital", "H": "general_hospital", "T": "township_health_centre"}
    nodes = [
        {"id": id, "kind": "Facility", "name": id, "type": types.get(id, "village_clinic")}
        | {"level": "2A"}
        | fields.get(id, {})
        for id in ("L", "H", "T", "V")
    ]
    nodes.append({"id": "G", "kind": "Group", "name": "G", "type": "county_medical_community"})
    pairs = [("L", "LEADS", "G"), *((id, "MEMBER_OF", "G") for id in members), *links]
    frame = pd.DataFrame(pairs, columns=["source", "relation", "target"])
    meta = {f"links.{r}.complete": "complete" for r in LISTS if r not in without}
    meta |= {"facilities.complete": "complete", "data_day": "2024-01-01"}
    return MedicalNetwork.from_frames(pd.DataFrame(nodes), frame, meta)


UP = [("V", "REFERS_UP_TO", "T"), ("T", "REFERS_UP_TO", "L")]
BOTH_WAYS = [*UP, *((target, "REFERS_DOWN_TO", source) for source, _, target in UP)]


def test_one_facility_is_accounted_for_as_among_all():
    """A facility in no group: excluded where the member lists are whole, else unknown, in `path` and `paths` alike."""
    for without, part in (((), "excluded"), (("MEMBER_OF",), "unknown")):
        given = net(BOTH_WAYS, members=("H", "T"), without=without)
        for answer in (referrals.path(given, "V"), referrals.alternatives(given, "V")):
            assert len(getattr(answer, part)) == 1
            assert answer.judged == 0
        assert "V" in set(getattr(referrals.paths(given), part)["facility"])


def test_a_link_past_the_township_may_be_legal_where_the_type_is_not_stated():
    """V refers straight to the lead: a level skip of a clinic, legal of a centre, unknown of who says nothing."""
    straight = [("V", "REFERS_UP_TO", "L"), ("L", "REFERS_DOWN_TO", "V")]
    types = ("village_clinic", "township_health_centre", None)
    found = [referrals.path(net(straight, V={"type": type_}), "V").bounds.met for type_ in types]
    assert found == [(0, 0), (1, 1), (0, 1)]
    defects = [referrals.broken(net(straight, V={"type": type_})) for type_ in types]
    kinds = [set(answer.frame["status"]) & {"level_skip"} for answer in defects]
    assert kinds == [{"level_skip"}, set(), set()]
    assert "V" in set(defects[2].unknown["source"])


def test_a_patient_who_does_not_come_back_from_the_nearest_goes_to_the_next():
    """H is nearer than L for surgery, but leads not back: the way is by L."""
    able = {id: {"specialties": "surgery" if id in "LH" else "tcm"} for id in "LHTV"}
    ways = [("T", "REFERS_UP_TO", "H"), ("T", "REFERS_UP_TO", "L"), ("L", "REFERS_DOWN_TO", "T")]
    answer = referrals.path(net(ways, **able), "T", specialty="surgery")
    assert answer.frame["target"].tolist() == ["L"]
    assert answer.share.met == 1
    answer = referrals.path(net(ways[:1], **able), "T", specialty="surgery")
    assert answer.frame["status"].tolist()[-1] == "no_return"


def test_another_lead_may_be_nearer_where_links_may_be_missing():
    """The own lead is the nearest of T and V by what is listed, of H it is not known."""
    for without, least in (((), 2), (("REFERS_UP_TO",), 0)):
        answer = referrals.regions(net(BOTH_WAYS, without=without))
        assert answer.share.met == 2
        assert answer.bounds.met == (least, 3)


def test_a_facility_that_may_lead_the_group_may_share_it():
    """H is in no group: T refers to it from inside the group only if H leads it too, as may be where leads are open."""
    link = [("T", "REFERS_UP_TO", "H"), ("H", "REFERS_DOWN_TO", "T")]
    outside = {"members": ("T", "V")}
    leading = [*link, ("H", "LEADS", "G")]
    cases = ((net(link, **outside), (0, 0)), (net(leading, **outside), (1, 1)))
    cases += ((net(link, without=["LEADS"], **outside), (0, 1)),)
    for given, met in cases:
        assert referrals.path(given, "T", to="H", within_group=True).bounds.met == met
        stated = referrals.broken(given)
        certain, perhaps = (set(rows["status"]) for rows in (stated.frame, stated.unknown))
        assert ("out_of_group" in certain, "unknown" in perhaps) == (met == (0, 0), met == (0, 1))
    reasons = stated.unknown.query("source == 'T' and target == 'H'")["reason"]
    assert reasons.str.contains("LEADS").all()


def test_a_village_clinic_leads_no_group_that_it_is_not_said_to_lead():
    """T may not share the group of L by leading it: no list of leads is needed to say so."""
    link = [("V", "REFERS_UP_TO", "T"), ("T", "REFERS_DOWN_TO", "V")]
    given = net(link, members=("V",), without=["LEADS"])
    assert referrals.path(given, "V", to="T", within_group=True).bounds.met == (0, 0)


def test_two_may_share_a_third_group_whose_list_is_open():
    """H in G and X in G2, both lists whole, may both be in G3: nothing says that its list is whole."""
    nodes = [
        {"id": id, "kind": "Facility", "type": "general_hospital", "level": "2A"} for id in "HX"
    ]
    nodes += [
        {"id": id, "kind": "Group", "type": "county_medical_community"} for id in ("G", "G2", "G3")
    ]
    links = [("H", "MEMBER_OF", "G"), ("X", "MEMBER_OF", "G2"), ("H", "REFERS_UP_TO", "X")]
    frame = pd.DataFrame(links, columns=["source", "relation", "target"])
    whole = (
        "links.LEADS",
        "links.MEMBER_OF",
        "links.MEMBER_OF.G",
        "links.MEMBER_OF.G2",
        "facilities",
    )
    meta = {f"{name}.complete": "complete" for name in whole} | {"data_day": "2024-01-01"}
    for state, kind in (("complete", "frame"), ("partial", "unknown")):
        stated = meta | {"links.MEMBER_OF.G3.complete": state}
        named = pd.DataFrame(nodes).assign(name=lambda table: table["id"])
        answer = referrals.broken(MedicalNetwork.from_frames(named, frame, stated))
        rows = getattr(answer, kind)
        reasons = rows.loc[rows["target"] == "X", "status"].tolist()
        assert ("out_of_group" if kind == "frame" else "unknown") in reasons
        assert ("out_of_group" in answer.frame["status"].tolist()) == (kind == "frame")


def test_inside_or_outside_is_unknown_while_members_may_be_missing():
    """T is in the group, H in none that is listed: outside where the list is whole, else nobody knows."""
    ways = [("T", "REFERS_UP_TO", "H"), ("H", "REFERS_DOWN_TO", "T")]
    for members, without, way in (
        (("T",), (), "outside"),
        (("T",), ("MEMBER_OF",), "unknown"),
        (("T",), ("LEADS",), "unknown"),
        (("T", "H"), ("MEMBER_OF",), "inside"),
    ):
        given = net(ways, members=members, without=without)
        found = referrals.paths(given, to="H").frame.set_index("facility")
        assert found.loc["T", "way"] == way
        assert found.loc["T", "status"] == "reached"
    with speaking("zh"):
        notes = referrals.path(net(ways, members=("T",), without=("MEMBER_OF",)), "T", to="H").notes
    assert "集团内外不明" in notes[0]
