"""Names as people write them: what is matched, how surely, and what is left alone."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel.matching import CONFIDENCE, Names, normal
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples


@pytest.fixture(scope="module")
def names():
    return samples.taizhou().names(kind="Facility")


@pytest.mark.parametrize(
    ("text", "id", "how"),
    [
        ("TZ-P07", "TZ-P07", "id"),
        ("tz-p07", "TZ-P07", "id_writing"),
        ("ＴＺ-Ｐ０７ ", "TZ-P07", "id_writing"),
        ("台州市第一人民医院", "TZ-H03", "name"),
        ("臺州市第一人民醫院", "TZ-H03", "writing"),
        ("台州恩泽医疗中心（集团）恩泽医院", "TZ-H01", "writing"),
        ("台州恩泽医疗中心恩泽医院", "TZ-H01", "brackets"),
        ("黄岩区新前街道社卫中心", "TZ-P21", "ending"),
        ("新桥镇卫生院", "TZ-P07", "area"),
        ("浙江省台州市立医院", "TZ-H04", "area"),
        ("黄岩区茅畬乡卫生院", "TZ-P32", "writing"),
    ],
)
def test_a_rule_says_why_two_names_mean_one(names, text, id, how):
    """Each way of writing a name is matched by its rule, with the confidence of that rule."""
    match = names.match(text)
    assert (match.id, match.confidence) == (id, CONFIDENCE[match.how])
    assert match.how in (how, "alias")  # an alias of the sample may say the same


@pytest.mark.parametrize(
    "text",
    ["台州市第三人民医院", "人民医院", "卫生院", "某某诊所", "", "路桥区新桥镇卫生院（分院）"],
)
def test_what_no_rule_covers_stays_unmatched(names, text):
    """A neighbour by spelling, a bare ending, a stranger and a branch are no match."""
    assert names.match(text).id is None


def test_ids_that_differ_in_writing_alone_are_not_taken_for_one_another():
    names = Names()
    names.add("c1", "甲镇卫生院")
    names.add("C1", "乙镇卫生院")
    assert (names.match("c1").id, names.match("C1").id, names.match("Ｃ１").id) == (
        "c1",
        "C1",
        None,
    )


def test_several_fits_are_no_match():
    """Two facilities of one short name are both named as candidates, and neither is chosen."""
    nodes = pd.DataFrame(
        [
            {"id": id, "kind": "Facility", "name": name, "short_name": "二院"}
            for id, name in (("A", "甲县第二人民医院"), ("B", "乙县第二人民医院"))
        ]
    )
    match = MedicalNetwork.from_frames(nodes).names(kind="Facility").match("二院")
    assert (match.id, match.how, match.candidates) == (None, "ambiguous", ("A", "B"))


def test_a_county_decides_between_two_of_one_name():
    """The node of the county is meant; a short name means nobody of another county."""
    names = Names()
    names.add("A", "中心卫生院", others=["二院"], area="331002001000")
    names.add("B", "中心卫生院", area="331003001000")
    assert names.match("中心卫生院").candidates == ("A", "B")
    assert names.match("中心卫生院", county="331003").id == "B"
    assert names.match("二院", county="331002").id == "A"
    assert names.match("二院", county="331003").id is None


def test_a_node_of_another_kind_is_no_match_but_is_named():
    """Where only a kind that was not asked for fits, the answer says which node that is."""
    names = Names()
    names.add("A", "甲镇", kind="Area")
    match = names.match("甲镇", kinds=("Facility",))
    assert (match.id, match.elsewhere) == (None, "A")


def test_nodes_can_be_added_between_matches():
    """A node that is entered later is found by every rule, also after the first question."""
    names = Names()
    names.add("A", "甲镇卫生院")
    assert names.match("乙镇卫生院").id is None
    names.add("B", "乙镇卫生院")
    assert [names.match(text).id for text in ("乙镇卫生院", "乙镇 卫生院", "B")] == ["B"] * 3
    assert names.nearest("乙卫生院") == ("B", "A")


def test_an_abbreviation_names_its_candidates():
    """A number or signs left out point at full names; what is merely like them does not."""
    names = Names()
    for id, name in (("A", "甲县第一人民医院"), ("B", "甲县第二人民医院"), ("C", "甲县中医院")):
        names.add(id, name)
    assert names.abbreviated("二院") == ("B",)
    assert names.abbreviated("甲县医院") == ("A", "B", "C")
    assert names.abbreviated("乙县医院") == ()


@given(st.text("台臺州市區医醫院（）()【】 ·畬A ｂ第一人民", max_size=12))
def test_the_normal_form_is_a_fixed_point(text):
    """The normal form of a normal form is itself."""
    assert normal(normal(text)) == normal(text)


def test_every_name_of_a_network_matches_its_own_node(names):
    """Names and ids of Taizhou's facilities lead back to themselves."""
    facilities = samples.taizhou().nodes("Facility")["name"]
    assert {id: names.match(name).id for id, name in facilities.items()} == {
        id: id for id in facilities.index
    }


def test_what_a_name_may_abbreviate_is_found_among_names_added_since():
    names = Names()
    names.add("F1", "甲县第一人民医院")
    assert names.abbreviated("甲县二院") == ()
    names.add("F2", "甲县第二人民医院")
    assert names.abbreviated("甲县二院") == ("F2",)
