"""Whom a workbook means by a name, and which area by a place."""

from __future__ import annotations

import pytest

from medgraph.loaders.foreign.covered_areas import CoveredAreas, register_of
from medgraph.loaders.foreign.facilities import Directory
from medgraph.loaders.tabular.cells import WrongError


@pytest.fixture
def directory():
    found = Directory(given={"市一": "甲市第一人民医院"})
    found.add("甲市第一人民医院", county="331002")
    found.add("甲市第二人民医院", ("二院",), county="331002")
    found.add("路桥区新桥镇卫生院", county="331004")
    found.add("仁济医院", county="331002")
    found.add("仁济医院", county="331004")
    return found


@pytest.mark.parametrize(
    ("text", "county", "name", "how"),
    [
        ("甲市 第一人民医院", "", "甲市第一人民医院", "name"),
        ("二院", "", "甲市第二人民医院", "name"),
        ("市一", "", "甲市第一人民医院", "name"),
        ("甲市第一人民医院（三甲）", "", "甲市第一人民医院", "brackets"),
        ("新桥镇卫生院", "", "路桥区新桥镇卫生院", "area"),
        ("仁济医院", "331004", "仁济医院", "name"),
    ],
)
def test_who_is_meant(directory, text, county, name, how):
    """A name in any writing, a short name, one that a person explained, one without its county."""
    facility, found_how = directory.find(text, county)
    assert facility is not None
    assert (facility.name, found_how) == (name, how)


@pytest.mark.parametrize(
    ("text", "code"), [("仁济医院", "E044"), ("一院", "E176"), ("某院", "E176")]
)
def test_who_cannot_be_told(directory, text, code):
    """Namesakes, and short forms that nobody explained, are refused with their candidates."""
    with pytest.raises(WrongError) as error:
        directory.find(text)
    assert error.value.code == code


def test_a_full_name_that_nobody_has_is_new(directory):
    """A full name is believed; twins in one area get ids of their own."""
    assert directory.find("丙县中医院") == (None, "new")
    assert directory.add("丙县中医院").id != directory.add("丙县中医院").id


@pytest.fixture(scope="module")
def areas():
    return CoveredAreas(register_of(("331002", "331003", "331004")))


@pytest.mark.parametrize(
    ("text", "county", "code"),
    [
        ("331004", "", "331004000000"),
        ("路桥区", "", "331004000000"),
        ("路桥区路北街道", "", "331004003000"),
        ("路北街道", "331004", "331004003000"),
        ("台州市路桥区路北街道", "", "331004003000"),
    ],
)
def test_which_area_is_meant(areas, text, county, code):
    """A code with or without its zeros, a county, a township with or without its county."""
    assert areas.find(text, county) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("乾安县", "220723000000"),
        ("乾安县乾安镇", "220723100000"),
        ("乾安縣", "220723000000"),
        ("乾县", "610424000000"),
        ("临安区於潜镇", "330112104000"),
    ],
)
def test_a_name_with_a_character_that_looks_traditional_is_that_of_the_register(text, code):
    """乾 and 於 stand in simplified names, too, and are compared with themselves."""
    covered = CoveredAreas(register_of(("220723", "330112", "610424")))
    assert covered.find(text) == code
    assert covered.county(text) == code[:6]


def test_an_area_of_another_county_is_none(areas):
    """A township that the named county does not have is not sought elsewhere."""
    with pytest.raises(WrongError) as error:
        areas.find("黄岩区路北街道")
    assert error.value.code == "E040"
