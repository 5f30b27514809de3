"""A draft is compared with a roster name by name, and a doubtful pair is left to a person."""

from __future__ import annotations

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.plans.against_roster import against


def network(**names):
    return MedicalNetwork.from_frames(
        pd.DataFrame([{"id": id, "kind": "Facility", "name": name} for id, name in names.items()])
    )


def statuses(draft, roster):
    rows = against(draft, roster)
    return {
        (row.draft_name or row.roster_name): (row.status, row.roster) for row in rows.itertuples()
    }


def test_every_facility_of_both_sides_has_a_row():
    """Same by writing, similar by likeness, new, and missing from the draft."""
    draft = network(d1="臺州市中醫院", d2="台州市恩泽医院路桥分院", d3="乙县人民医院")
    roster = network(r1="台州市中医院", r2="台州市恩泽医院（路桥院）", r3="丙县精神病医院")
    found = statuses(draft, roster)
    assert found["臺州市中醫院"] == ("same", "r1")
    assert found["台州市恩泽医院路桥分院"] == ("similar", "r2")
    assert found["乙县人民医院"][0] == "new"
    assert found["丙县精神病医院"] == ("missing", "r3")
    assert len(found) == 4


def test_an_alias_is_the_same_and_a_branch_is_not_its_hospital():
    """The roster knows another name of one facility; 甲县医院 and its 城东分院 are two."""
    roster = MedicalNetwork.from_frames(
        pd.DataFrame(
            [
                {"id": "r1", "kind": "Facility", "name": "甲县人民医院", "aliases": "甲县第一医院"},
                {"id": "r2", "kind": "Facility", "name": "甲县人民医院城东分院", "aliases": None},
            ]
        )
    )
    found = statuses(network(d1="甲县第一医院", d2="甲县人民医院城东分院"), roster)
    assert found == {"甲县第一医院": ("same", "r1"), "甲县人民医院城东分院": ("same", "r2")}


def test_hospitals_that_differ_by_a_number_are_never_the_same():
    """第一 and 第二 are two hospitals; a person decides."""
    found = statuses(network(d="台州市第一人民医院"), network(r="台州市第二人民医院"))
    assert found["台州市第一人民医院"][0] == "similar"


def test_a_roster_against_itself_is_the_same(taizhou):
    rows = against(taizhou, taizhou)
    assert set(rows["status"]) == {"same"}
    assert (rows["draft"] == rows["roster"]).all()
    assert len(rows) == 58
