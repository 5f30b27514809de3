"""References, shortcuts and other people's words in a roster."""

from __future__ import annotations

import pyarrow as pa
import pytest

from medgraph.graphmodel.matching import Names
from medgraph.loaders import load, read
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import References
from medgraph.words.say import speaking

FACILITIES = """名称,简称,所在区划,类型,集团,角色
甲县人民医院,县医院,331021001000,医院,甲医共体,牵头
乙县人民医院,县医院,331022001000,医院,乙医共体,牵头
城关卫生院,,331021001000,卫生院,甲医共体,
城关卫生院,,331022001000,卫生院,乙医共体,成员
"""
GROUPS = "名称,类型\n甲医共体,医共体\n乙医共体,医共体\n"


def folder(tmp_path, **tables):
    """Write a roster of two counties with these tables beside it."""
    for name, text in {"机构": FACILITIES, "集团": GROUPS, **tables}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_ids_are_made_reported_and_stay(tmp_path):
    """Rows without ids get them of kind, area and name; each is reported."""
    loaded = load(folder(tmp_path))
    assert sum(p.code == "W012" for p in loaded.problems) == 6
    net = loaded.require()
    assert "城关卫生院@331022001000" in net.nodes().index
    assert net.edges("LEADS")["target"].tolist() == ["甲医共体@", "乙医共体@"]
    assert len(net.edges("MEMBER_OF")) == 2


def test_a_name_means_the_one_in_the_same_county(tmp_path):
    """Two facilities of one short name: a link from one county means its own."""
    links = "起点,关系,终点\n城关卫生院@331022001000,上转,县医院\n"
    net = read(folder(tmp_path, 关系=links))
    assert net.edges("REFERS_UP_TO")["target"].tolist() == ["乙县人民医院@331022001000"]
    assert net.edges("REFERS_UP_TO")["origin"].tolist() == ["关系.csv||A2|matched by name"]


def test_what_means_two_things_lists_them(tmp_path):
    """Without a county to go by, a name of two facilities is an error that lists both."""
    loaded = load(
        folder(
            tmp_path,
            关系="起点,关系,终点\n城关卫生院,使用中心,检验中心\n",
            共享中心="名称\n检验中心\n",
        )
    )
    errors = loaded.errors
    assert [(p.code, p.place) for p in errors] == [("E044", "关系.csv!A2")]
    assert "331021001000" in errors[0].message
    assert "331022001000" in errors[0].message


def test_a_list_says_which_part_is_meant(tmp_path):
    """In a list of members the part at fault is named by its number."""
    groups = "名称,类型,牵头医院,成员单位\n丙联盟,专科联盟,甲县人民医院,乙县人民医院、县医院、没有的医院\n"
    loaded = load(folder(tmp_path, 集团=GROUPS + "x,医共体\n", groups=groups))
    found = {p.code: p for p in loaded.errors}
    assert set(found) == {"E044", "E040"}
    assert found["E044"].place == found["E040"].place == "groups.csv!D2"
    assert "2" in found["E044"].message.split("“")[0]


def test_a_link_stated_twice_is_one_link(tmp_path):
    """What the row of a facility and the sheet of groups both say is one link."""
    groups = "名称,类型,牵头医院\n甲医共体,医共体,甲县人民医院\n乙医共体,医共体,乙县人民医院\n"
    assert len(read(folder(tmp_path, 集团=groups)).edges("LEADS")) == 2


def test_other_words_are_read_by_the_table_of_words(tmp_path):
    """A word that is not known is read where the table 对照 says what it means."""
    odd = FACILITIES.replace(",卫生院,", ",中心卫生院（分院）,")
    assert {p.code for p in load(folder(tmp_path, 机构=odd)).errors} == {"E031"}
    net = read(folder(tmp_path, 机构=odd, 对照="原词,含义\n中心卫生院（分院）,中心卫生院\n"))
    assert (net.nodes("Facility")["type"] == "central_township_health_centre").sum() == 2


@pytest.mark.parametrize("text", ["331021001", "331021001000"])
def test_an_area_code_may_be_short(tmp_path, text):
    """A code of nine digits means the listed area of twelve."""
    areas = "区划代码,名称\n331021001000,甲街道\n331022001000,乙街道\n"
    net = read(folder(tmp_path, 区划=areas, 机构=FACILITIES.replace("331021001000", text)))
    assert set(net.nodes("Facility")["area"]) == {"331021001000", "331022001000"}


@pytest.mark.parametrize(("lang", "column"), [("zh", "所在区划"), ("en", "area")])
def test_problems_call_columns_as_people_do(tmp_path, lang, column):
    """A reference that finds nothing names its column by the header in the language of now."""
    with speaking(lang):
        found = load(
            folder(tmp_path, 机构="名称,类型,所在区划\n甲医院,综合医院,没有的镇\n")
        ).problems
    said = [p.message for p in found if p.value == "没有的镇"]
    assert said
    assert all(column in text for text in said)


def test_an_unknown_system_of_coordinates_is_told_once(tmp_path):
    """A word that names no system is an error; that none is stated does not stand beside it."""
    rows = "名称,类型,经度,纬度,坐标系\n甲医院,综合医院,121.3,28.6,火星二号\n乙医院,综合医院,121.3,28.6,\n"
    problems = load(folder(tmp_path, 机构=rows)).problems
    assert [(p.code, p.place[-2:]) for p in problems if p.code in ("E031", "W063")] == [
        ("E031", "E2"),
        ("W063", "C3"),
    ]


def test_an_unknown_role_is_an_error_though_the_link_is_stated(tmp_path):
    """A role that is no word is named also where the sheet of links has the membership already."""
    facilities = "编号,名称,类型,集团,角色\nF1,甲医院,医院,甲医共体,顾问\n"
    links = "起点,关系,终点\nF1,成员,G1\n"
    groups = "编号,名称,类型\nG1,甲医共体,医共体\n"
    found = load(folder(tmp_path, 机构=facilities, 集团=groups, 关系=links)).errors
    assert [(p.code, p.place, p.value) for p in found] == [("E031", "机构.csv!E2", "顾问")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("甲县第1人民医院", "H1"),
        ("甲县第二人民医院", "H2"),
        ("东溪中心卫生院", "C1"),
        ("东溪镇卫生", "C1"),
        ("甲县第一人民", "H1"),
    ],
)
def test_name_in_no_table_names_the_nearest(tmp_path, written, meant):
    """A number written otherwise, a second name, an ending left out: the one meant is among three."""
    (tmp_path / "facilities.csv").write_text(
        "id,name\nH1,甲县第一人民医院\nH2,甲县第二人民医院（甲县中医院）\nC1,东溪镇卫生院\nC2,西坪乡卫生院\n",
        "utf-8",
    )
    (tmp_path / "links.csv").write_text(f"source,relation,target\nC2,上转,{written}\n", "utf-8")
    found = next(p for p in load(tmp_path).problems if p.code == "E040")
    assert f"（{meant}）" in found.message
    assert found.message.count("（") <= 4


def test_nearest_are_named_for_the_first_texts_alone(tmp_path):
    """A table of rubbish costs no comparison of everything with everything."""
    (tmp_path / "facilities.csv").write_text("id,name\nH1,甲县第一人民医院\n", "utf-8")
    rows = "".join(f"H1,上转,甲县{n}医院\n" for n in range(60))
    (tmp_path / "links.csv").write_text(f"source,relation,target\n{rows}", "utf-8")
    found = [p.message for p in load(tmp_path).problems if p.code == "E040"]
    assert len(found) == 60
    assert sum("H1" in message for message in found) == 20


def test_a_row_without_an_id_is_near_to_nothing():
    """Nobody can mean it: it is not among the nearest, and no name finds it."""
    nodes = pa.table(
        {"id": [None, "", "H1"], "name": ["甲县第一医院", "甲县一医院", "甲县第二医院"]}
    )
    names = Names.of_table(nodes)
    assert names.nearest("甲县第一医院") == ("H1",)
    assert names.match("甲县第一医院").id is None
    assert len(Names.of_table(nodes.slice(0, 2))) == 0
    with pytest.raises(WrongError, match="E040"):
        References(nodes).find("甲县第一医")
