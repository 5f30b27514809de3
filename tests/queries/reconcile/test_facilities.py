"""Two lists become one: what is the same, what is asked, what is in one list only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import medgraph as mg
from medgraph.errors import OptionError
from medgraph.graphmodel.decisions import Decision
from medgraph.queries.reconcile.weighing import competing
from tests.queries.reconcile.lists import OTHERS, entry, named, network

WRITTEN = [
    ("臺州市第一人民醫院", "台州市第一人民医院"),
    ("甲县第一人民医院", "甲县第1人民医院"),
    ("甲县人民医院", "甲县医院"),
    ("东城镇中心卫生院", "东城镇卫生院"),
    ("东城街道社区卫生服务中心", "东城社卫中心"),
    ("甲县东城镇卫生院", "东城卫生院"),
    ("甲县人民医院", "甲县人民医院（甲县第三医院）"),
    ("甲县 妇幼保健院", "甲县妇保院"),
    ("甲县人民医院（东院区）", "甲县人民医院东院区"),
    ("刘家湾村卫生室", "刘湾村卫生室"),
    ("乌镇镇卫生院", "乌镇卫生院"),
]


@pytest.mark.parametrize(("one", "other"), WRITTEN)
def test_one_name_in_two_writings_is_one_facility(one, other):
    """The ways in which people write one name do not make two facilities."""
    row = entry(mg.reconcile.facilities(named(one, *OTHERS), named(other, *OTHERS)), one)
    assert (row["target_name"], row["status"], row["change"]) == (other, "same", "unchanged")


@pytest.mark.parametrize(
    ("area", "one"),
    [("331003", "黄岩大布苏卫生院"), ("220723", "乾安大布苏卫生院")],
)
def test_the_county_before_a_name_tells_nothing_within_it(area, one):
    other = "大布苏镇卫生院"
    lists = (named(*names, area=area) for names in ((one, *OTHERS), (other, *OTHERS)))
    row = entry(mg.reconcile.facilities(*lists), one)
    assert (row["target_name"], row["status"]) == (other, "same")


APART = [
    ("甲县第一人民医院", "甲县第二人民医院"),
    ("甲县人民医院", "甲县中医院"),
    ("甲县人民医院", "甲县人民医院（东院区）"),
    ("甲县人民医院东院区", "甲县人民医院西院区"),
    ("上王村卫生室", "下王村卫生室"),
    ("上白城村卫生室", "白城村卫生室"),
    ("小三江村卫生室", "小江村卫生室"),
    ("刘家湾村卫生室", "王家湾村卫生室"),
    ("乙市第三人民医院", "丙市第三人民医院"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_tells_two_facilities_apart_is_never_the_same(one, other):
    """A number, a branch, a kind or a place that differs: at most it is asked."""
    row = entry(mg.reconcile.facilities(named(one, *OTHERS), named(other, *OTHERS)), one)
    assert row["status"] != "same"


def test_a_sign_is_left_out_in_one_place_alone():
    """Where no area says that both lie in one place, it is asked; nor where both names stand there."""
    one = network({"name": "刘家湾村卫生室", "area": None}, *({"name": n} for n in OTHERS))
    row = entry(mg.reconcile.facilities(one, named("刘湾村卫生室", *OTHERS)), "刘家湾村卫生室")
    assert row["status"] == "ask"
    both = named("刘家湾村卫生室", "刘湾村卫生室", *OTHERS)
    answer = mg.reconcile.facilities(named("刘家湾村卫生室", *OTHERS), both)
    assert entry(answer, "刘家湾村卫生室")["target_name"] == "刘家湾村卫生室"
    assert entry(answer, "刘湾村卫生室", "target_name")["status"] != "same"


def test_who_is_left_where_hardly_any_is_missing_has_the_partner_that_is_left():
    """The same two names say more in lists of one place than in lists that share little."""
    pair = np.array([0]), np.array([0])
    odds = np.array([1.0])
    few, most = (competing(pair, odds, (1, 1), (left, left))[0] for left in (1.0, 0.1))
    assert few < 0.75 < 0.95 < most


def test_latin_names():
    """Accents, abbreviations, word order, articles."""
    one = (
        "The Densham Surgery",
        "Queens Park Medical Centre",
        "Hôpital Saint-Louis",
        "Oak House 1",
    )
    other = ("Surgery, Densham", "QUEENS PK MED CTR", "HOPITAL ST LOUIS", "Oak House 2")
    answer = mg.reconcile.facilities(named(*one), named(*other))
    found = {
        row["name"]: row["target_name"]
        for row in answer.frame.to_dict("records")
        if row["status"] == "same"
    }
    assert found == dict(zip(one[:3], other[:3], strict=True))


def test_a_second_name_is_a_name():
    """A name in brackets, and an alias."""
    before = named("甲县妇幼保健院", "城北医院", *OTHERS)
    after = network(
        {"name": "甲县第五医院（甲县妇幼保健院）"},
        {"name": "甲县北城区医疗中心", "aliases": "城北医院"},
        *({"name": name} for name in OTHERS),
    )
    answer = mg.reconcile.facilities(before, after)
    assert entry(answer, "甲县妇幼保健院")["target"] == "N0"
    assert entry(answer, "城北医院")["target"] == "N1"


def test_a_code_of_its_own_finds_what_was_renamed():
    """The same code and place and another name: renamed, and the same."""
    code = "12330000470051726F"
    before = network({"name": "甲县第三医院", "uscc": code}, *({"name": n} for n in OTHERS))
    after = network({"name": "仁爱康复中心", "uscc": code}, *({"name": n} for n in OTHERS))
    row = entry(mg.reconcile.facilities(before, after), "甲县第三医院")
    assert (row["target_name"], row["status"], row["change"]) == ("仁爱康复中心", "same", "renamed")


def test_a_code_of_another_name_with_another_number_is_asked():
    """People type the code of a parent for a branch: names that speak against it are asked about."""
    code = "12330000470051726F"
    before = network({"name": "甲县第一人民医院", "uscc": code}, *({"name": n} for n in OTHERS))
    after = network({"name": "甲县第二人民医院", "uscc": code}, *({"name": n} for n in OTHERS))
    assert entry(mg.reconcile.facilities(before, after), "甲县第一人民医院")["status"] == "ask"


def test_two_that_fit_are_asked():
    """A name that fits two facilities is the same as neither."""
    answer = mg.reconcile.facilities(
        named("东城卫生院", *OTHERS), named("东城镇卫生院", "东城乡卫生院", *OTHERS)
    )
    assert entry(answer, "东城卫生院")["status"] == "ask"
    assert "东城" in entry(answer, "东城卫生院")["others"]


def test_closed_and_new_need_a_list_that_is_whole():
    """What the other list lacks is closed or new only where that list is declared complete."""
    one, other = named("东城镇卫生院", *OTHERS), named("西城镇医务室", *OTHERS)
    open_ = mg.reconcile.facilities(one, other)
    assert entry(open_, "东城镇卫生院")["change"] == "unlisted"
    whole = {"facilities.complete": "complete", "facilities.complete_by": "卫健委"}
    closed = mg.reconcile.facilities(one.with_meta(**whole), other.with_meta(**whole))
    assert entry(closed, "东城镇卫生院")["change"] == "closed"
    assert entry(closed, "西城镇医务室", "target_name")["change"] == "new"


def test_moved_and_renamed():
    """Another point is moved; another kind by the same name is renamed."""
    before = network(
        {"name": "东城镇卫生院", "lon": 121.0, "lat": 28.0}, *({"name": n} for n in OTHERS)
    )
    after = network(
        {"name": "东城街道社区卫生服务中心", "lon": 121.04, "lat": 28.0},
        *({"name": n} for n in OTHERS),
    )
    row = entry(mg.reconcile.facilities(before, after), "东城镇卫生院")
    assert row["change"] == "renamed|moved"
    assert "3.9" in row["reason"]


def test_every_facility_is_in_one_entry():
    """Judged, asked and left out together are the facilities of both lists, each once."""
    net = mg.samples.taizhou()
    answer = mg.reconcile.facilities(net, net.without("TZ-P07"))
    sources = [id for id in answer.everything["source"] if id]
    assert len(sources) == len(set(sources)) + sum(answer.excluded.duplicated("source"))
    assert answer.judged == 58


@pytest.mark.parametrize(("one", "other"), [((), ()), ((), ("甲县人民医院",)), (("甲",), ("甲",))])
def test_lists_of_hardly_anything(one, other):
    """No facility, or one, in either list."""

    def of(names):
        return named(*names) if names else mg.samples.taizhou().within("99")

    answer = mg.reconcile.facilities(of(one), of(other))
    assert answer.total == max(len(one), len(other))


def test_order_of_rows_changes_nothing():
    """The same lists in another order give the same pairs."""
    one, other = named(*OTHERS), named(*reversed(OTHERS))
    frame = mg.reconcile.facilities(one, other).frame
    assert frame["status"].eq("same").all()
    assert (frame["name"] == frame["target_name"]).all()


@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn")),
            min_size=1,
            max_size=12,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_names(names):
    """Whatever names hold, each facility is in one entry."""
    try:
        net = named(*names)
    except mg.errors.SourceError:
        return
    answer = mg.reconcile.facilities(net, net)
    facilities = len(net.nodes("Facility"))
    ends = [*answer.everything["source"], *answer.everything["target"]]
    assert len([id for id in ends if id]) == 2 * facilities


# -- decisions -----------------------------------------------------------------------------------


def test_a_decision_is_weighed_no_more():
    """Same and different hold against every weight."""
    one, other = named("东城镇卫生院", *OTHERS), named("东城镇卫生院", "西区诊所", *OTHERS)
    decisions = [Decision("N0", "N0", "different"), Decision("N0", "N1", "same", by="张三")]
    answer = mg.reconcile.facilities(one, other, decisions=decisions)
    row = entry(answer, "东城镇卫生院")
    assert (row["target_name"], row["status"], row["confidence"]) == ("西区诊所", "same", 1.0)
    assert "张三" in row["reason"]
    assert entry(answer, "东城镇卫生院", "target_name")["status"] == "only_after"


def test_a_decision_holds_for_the_next_edition_by_name():
    """An id that is gone is found by its name; a name that has changed is asked anew, and told."""
    decision = Decision("X1", "N0", "same", name="东城镇卫生院", target_name="西区诊所")
    one, other = named("东城镇卫生院", *OTHERS), named("西区诊所", *OTHERS)
    answer = mg.reconcile.facilities(one, other, decisions=[decision])
    assert entry(answer, "东城镇卫生院")["target_name"] == "西区诊所"
    later = named("西区门诊部", *OTHERS)
    answer = mg.reconcile.facilities(one, later, decisions=[decision])
    assert entry(answer, "东城镇卫生院")["target_name"] == ""
    assert "西区门诊部" in answer.notes[1]


def test_another_partner_is_found_by_id_or_name():
    """Somebody writes another partner beside the one proposed."""
    one, other = named("东城镇卫生院", *OTHERS), named("东城镇卫生院", "西区诊所", *OTHERS)
    for text in ("N1", "西区诊所"):
        decision = Decision("N0", "N0", "same", partner=text)
        answer = mg.reconcile.facilities(one, other, decisions=[decision])
        assert entry(answer, "东城镇卫生院")["target"] == "N1"
    answer = mg.reconcile.facilities(
        one, other, decisions=[Decision("N0", "N0", "same", partner="没有的")]
    )
    assert "没有的" in answer.notes[1]


def test_merged_split_closed_new():
    """What became of facilities that have no partner of their own, as people decided it."""
    one = named("东城镇卫生院", "西城镇卫生院", "南城诊所", *OTHERS)
    other = named("东城镇卫生院", "北城诊所", "东城分院", *OTHERS)
    decisions = [
        Decision("N1", "N0", "merged"),
        Decision("N2", "", "closed"),
        Decision("", "N1", "new"),
        Decision("N0", "N2", "split"),
    ]
    answer = mg.reconcile.facilities(one, other, decisions=decisions)
    assert entry(answer, "西城镇卫生院")["change"] == "merged"
    assert "东城镇卫生院" in entry(answer, "西城镇卫生院")["others"]
    assert entry(answer, "南城诊所")["change"] == "closed"
    assert entry(answer, "北城诊所", "target_name")["change"] == "new"
    assert entry(answer, "东城分院", "target_name")["change"] == "split"
    assert entry(answer, "东城镇卫生院")["status"] == "same"


def test_different_without_a_partner_is_the_same_as_none():
    """Somebody looked, and it is none of those that it might be."""
    one, other = named("东城卫生院", *OTHERS), named("东城镇卫生院", "东城乡卫生院", *OTHERS)
    answer = mg.reconcile.facilities(one, other, decisions=[Decision("N0", "", "different")])
    row = entry(answer, "东城卫生院")
    assert (row["status"], row["change"], row["decision"]) == (
        "only_before",
        "unlisted",
        "different",
    )


@pytest.mark.parametrize(
    "decisions",
    [
        [Decision("N0", "N0", "same"), Decision("N0", "N1", "same")],
        [Decision("N0", "N0", "same"), Decision("N0", "", "closed")],
    ],
)
def test_decisions_that_contradict_are_refused(decisions):
    """A facility is the same as one other, and not closed as well."""
    net = named("东城镇卫生院", "西区诊所", *OTHERS)
    with pytest.raises(OptionError, match=r"东城镇卫生院|N0"):
        mg.reconcile.facilities(net, net, decisions=decisions)


# -- namesakes -----------------------------------------------------------------------------------

TOWNS = [f"{one}{two}镇卫生院" for one in "甲乙丙丁戊己庚辛" for two in "东西南北山水"]


@pytest.mark.parametrize(("here", "there"), [(1, 2), (3, 2), (2, 1), (12, 13), (25, 26)])
def test_a_namesake_is_never_said_to_be_missing(here, there):
    """However many are called so, and whoever is paired with whom: it is asked."""
    one = [{"name": "城关镇卫生院", "area": None}] * here
    other = [{"name": "城关镇卫生院", "area": None}] * there
    filling = [{"name": name, "area": None} for name in TOWNS]
    answer = mg.reconcile.facilities(network(*one, *filling), network(*other, *filling))
    found = answer.everything
    called_so = (found["name"] == "城关镇卫生院") | (found["target_name"] == "城关镇卫生院")
    assert set(found[called_so]["status"]) <= {"same", "ask"}


AREAS = [None, "331003", "331004", "331003102", "331003103", "331003102201"]
NAMES = [
    "城关镇卫生院",
    "城关卫生院",
    "城关镇中心卫生院",
    "城关街道社区卫生服务中心",
    "东山村卫生室",
]
ROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(AREAS)), min_size=1, max_size=8)


@given(ROWS, ROWS)
@settings(max_examples=40)
def test_whoever_has_a_namesake_that_no_area_keeps_apart_is_asked_or_the_same(one, other):
    """The law, over small lists that mix what they say of areas."""
    nets = [network(*({"name": n, "area": a} for n, a in rows)) for rows in (one, other)]
    answer = mg.reconcile.facilities(*nets)
    for status, column, mine, theirs in (
        ("only_before", "source", one, other),
        ("only_after", "target", other, one),
    ):
        for id in answer.frame[answer.frame["status"] == status][column]:
            name, area = mine[int(id.removeprefix("N"))]
            namesakes = [at for called, at in theirs if called == name]
            assert not any(_may_be_one_place(area, at) for at in namesakes)


def _may_be_one_place(one, other):
    if one is None or other is None:
        return True
    size = min(len(one), len(other), 9)
    return one[:size] == other[:size]


def test_namesakes_of_a_long_list_are_found_too():
    """Where not every pair is compared, and hundreds are called so."""
    fill = [
        {"name": f"{a}{b}{c}村卫生室"}
        for a in "甲乙丙丁"
        for b in "天地玄黄"
        for c in "东西南北山水"
    ]
    one = [{"name": "东山村卫生室"}] * 450 + fill
    other = [{"name": "东山村卫生室"}] * 449 + fill
    found = mg.reconcile.facilities(network(*one), network(*other)).everything
    assert not ((found["name"] == "东山村卫生室") & (found["status"] == "only_before")).any()


WHOLE = {"facilities.complete": "complete", "facilities.complete_by": "卫健委"}


def test_a_class_by_the_same_name_is_asked_about():
    """A placeholder is paired with nothing, and makes nobody new."""
    one = network(
        {"name": "东城镇卫生院", "is_class": True}, *({"name": n} for n in OTHERS), meta=WHOLE
    )
    row = entry(
        mg.reconcile.facilities(one, named("东城镇卫生院", *OTHERS)), "东城镇卫生院", "target_name"
    )
    assert (row["status"], row["change"]) == ("ask", "unlisted")
    assert "一类单位" in row["reason"]


@pytest.mark.parametrize(
    ("held", "change"),
    [
        ({}, "unlisted"),
        ({"type": "township_health_centre"}, "unlisted"),
        ({"type": "village_clinic"}, "new"),
        ({"area": "331098"}, "new"),
        ({"area": "331099102"}, "new"),
        ({"area": "33"}, "unlisted"),
    ],
)
def test_nothing_is_new_of_which_a_list_names_the_class_alone(held, change):
    """A class of another type, or of another area, does not hold it."""
    placeholder = {"name": "其他机构", "is_class": True, **held}
    new = {"name": "西山镇卫生院", "type": "township_health_centre", "area": "331099101"}
    one = network(placeholder, *({"name": n} for n in OTHERS), meta=WHOLE)
    other = network(*({"name": n} for n in OTHERS), new)
    row = entry(mg.reconcile.facilities(one, other), "西山镇卫生院", "target_name")
    assert (row["status"], row["change"]) == ("only_after", change)
