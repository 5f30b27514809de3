"""What stands where a name should: with a bracket, of two signs, or that there is no facility at all."""

from __future__ import annotations

import openpyxl

from medgraph.loaders import foreign
from tests.loaders.foreign.test_tidy import balanced


def read(tmp_path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    found = foreign.tidy(tmp_path / "名册.xlsx", tmp_path / "整理.xlsx")
    assert balanced(found)
    return found.loaded.network


def names(found):
    return set(found.nodes("Facility")["name"])


def test_a_bracket_that_counts_in_is_a_remark(tmp_path):
    """In a list, 甲卫生院（含乙分院） is the one facility; what it has beside it is its remark."""
    found = read(
        tmp_path,
        [
            ["医共体名称", "牵头单位", "成员单位"],
            [
                "甲县中医院医共体",
                "甲县中医院",
                "甲县石桥镇卫生院、甲县柳林镇中心卫生院（含柳林分院）",
            ],
        ],
    )
    assert names(found) == {"甲县中医院", "甲县石桥镇卫生院", "甲县柳林镇中心卫生院"}
    facility = found.nodes("Facility").set_index("name").loc["甲县柳林镇中心卫生院"]
    assert facility["note"] == "含柳林分院"


def test_where_there_is_no_facility_none_is_made(tmp_path):
    """与李家村合设, 未设 and 由…代管 say that a village has no clinic of its own; they are listed."""
    found = read(
        tmp_path,
        [
            ["村卫生室名称", "床位数"],
            ["甲县上村卫生室", 1],
            ["与李家村合设", None],
            ["未设", None],
            ["由石桥镇卫生院代管", None],
        ],
    )
    assert names(found) == {"甲县上村卫生室"}


def test_a_hospital_of_two_signs_is_a_name_and_a_kind_is_none(tmp_path):
    """民生医院 in a list is a facility; 口腔医院 is a kind, of which somebody has to say which."""
    found = read(
        tmp_path,
        [["医共体名称", "成员单位"], ["甲县中医院医共体", "甲县中医院、民生医院、口腔医院"]],
    )
    assert names(found) == {"甲县中医院", "民生医院"}


def test_amounts_in_chinese(tmp_path):
    """二十三, 一百二十张 and 两万三千 are numbers; 一二三, 一百二 and 一万二 are none."""
    rows = [
        ["甲县人民医院", "两万三千"],
        ["甲县中医院", "一百二十人"],
        ["甲县石桥镇卫生院", "一二三"],
        ["甲县清河镇卫生院", "一百二"],
        ["甲县东山镇卫生院", "一万二"],
    ]
    found = read(tmp_path, [["机构名称", "职工数"], *rows])
    staff = found.nodes("Facility").set_index("name")["staff"]
    assert staff.dropna().to_dict() == {"甲县人民医院": 23_000, "甲县中医院": 120}


def test_a_title_line_may_stand_above_one_known_title(tmp_path):
    """卫生院 alone is known of the titles below the heading; the months are asked for."""
    months = [f"{month}月" for month in range(1, 13)]
    rows = [["甲县石桥镇卫生院", *["√"] * 12], ["甲县清河镇卫生院", *["√"] * 12]]
    found = read(tmp_path, [["2024年医师派驻情况表"], ["卫生院", *months], *rows])
    assert names(found) == {"甲县石桥镇卫生院", "甲县清河镇卫生院"}


def test_a_roster_in_traditional_characters_is_read_and_its_names_stay(tmp_path):
    """Titles, values and the name of the county are read; who is named is called as the roster does."""
    found = read(
        tmp_path,
        [
            ["乾縣醫共體成員單位名單（截至2024年3月）"],
            ["機構名稱", "機構類型", "所屬醫共體", "角色", "床位數", "服務鄉鎮", "備註"],
            ["乾縣人民醫院", "綜合醫院", "乾縣第一醫共體", "牽頭", "約300", None, None],
            ["臨平鎮衛生院", "鄉鎮衛生院", "乾縣第一醫共體", "成員", 40, "臨平鎮", "無"],
            ["合計", "2家"],
            ["聯繫人：張三"],
        ],
    )
    facilities = found.nodes("Facility").set_index("name")
    assert facilities["type"].to_dict() == {
        "乾縣人民醫院": "general_hospital",
        "臨平鎮衛生院": "township_health_centre",
    }
    assert facilities["beds"].tolist() == [300, 40]
    assert found.nodes("Group")["name"].tolist() == ["乾縣第一醫共體"]
    assert found.nodes("Area").loc[found.edges("SERVES")["target"], "name"].tolist() == ["临平镇"]
    assert found.meta["data_day"] == "2024-03-31"
    assert "張三" not in str(found.tables)
