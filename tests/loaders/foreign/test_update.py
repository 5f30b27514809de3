"""The next edition of a workbook is read under what was said of the last; only what is new is asked."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError
from medgraph.loaders import foreign
from medgraph.queries.comparison import compare
from medgraph.words.say import speaking
from tests.loaders.foreign.public_tables import COUNTY, FIRST, LEAD_1, ONE, Page, Public
from tests.loaders.foreign.test_public_tables import of_relation
from tests.loaders.foreign.test_questions import answer, questions

TITLES = ["序号", "机构名称", "床位数", "归口"]
NEW_NAME = f"{COUNTY}石梁镇中心卫生院"


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def edition(name, sheet, names, title="2024年一季度"):
    """One quarter: a column whose title nobody knows holds the group, a line above the titles."""
    rows = [[title], TITLES, *([n, who, 20 + n, ONE] for n, who in enumerate(names, 1))]
    return Public(name, [Page(rows, sheet)])


def first_quarter(tmp_path):
    """The first quarter, tidied and answered."""
    source = edition("一季度.xlsx", "一季度", (LEAD_1, *FIRST)).write(tmp_path)
    target = tmp_path / "一季度_名册.xlsx"
    foreign.tidy(source, target)
    answer(target, "“归口”一列", "集团")
    foreign.tidy(target, target)
    answer(target, "以下列机构命名", "都是")
    answer(target, "同名的乡镇街道", "都是")
    answer(target, "列全了吗", "是")
    answer(target, "核对过了吗", "是")
    foreign.tidy(target, target)
    return target


def test_the_next_quarter_asks_only_what_is_new(tmp_path):
    """The sheet has another name, a row more above and a column elsewhere; the answers still hold."""
    last = first_quarter(tmp_path)
    new = edition("二季度.xlsx", "二季度", (LEAD_1, *FIRST))
    rows = new.pages[0].rows
    new.pages[0].rows = [["附件2"], rows[0], *([row[3], *row[:3]] for row in rows[1:])]
    target = tmp_path / "二季度_名册.xlsx"
    done = foreign.update(last, new.write(tmp_path), target)
    assert of_relation(done.reading, "LEADS") == {(LEAD_1, ONE)}
    assert len(of_relation(done.reading, "MEMBER_OF")) == len(FIRST)
    assert len(of_relation(done.reading, "SERVES")) == len(FIRST)
    assert foreign.questions(done.reading) == []
    assert not done.reading.mapping.confirmed
    assert not done.reading.mapping.complete
    assert not done.reading.loaded.network.completeness("facilities")


def test_a_new_name_is_asked_for_and_followed(tmp_path):
    """石梁镇卫生院 is gone and 石梁镇中心卫生院 new: asked, and one that was renamed keeps its id."""
    last = first_quarter(tmp_path)
    names = (LEAD_1, *FIRST[:2], NEW_NAME, *FIRST[3:])
    source, target = edition("二季度.xlsx", "二季度", names).write(tmp_path), tmp_path / "二.xlsx"
    foreign.update(last, source, target)
    asked = next(one for one in questions(target) if NEW_NAME in one["问题"])
    assert FIRST[2] in asked["可选"]
    assert "新增机构" in asked["可选"]
    answer(target, NEW_NAME, FIRST[2])
    done = foreign.update(last, source, target)
    told = compare(done.last, done.reading.loaded.network).frame
    told = told[told["what"].eq("facility")]
    assert set(told["change"]) == {"changed"}
    assert set(told["field"]) == {"name", "type"}
    assert not any(NEW_NAME in one["问题"] for one in questions(target))


def test_a_new_facility_may_be_new(tmp_path):
    last = first_quarter(tmp_path)
    names = (LEAD_1, *FIRST[:2], NEW_NAME, *FIRST[3:])
    source, target = edition("二季度.xlsx", "二季度", names).write(tmp_path), tmp_path / "二.xlsx"
    foreign.update(last, source, target)
    answer(target, NEW_NAME, "新增机构")
    done = foreign.update(last, source, target)
    told = compare(done.last, done.reading.loaded.network).frame
    assert sorted(told[told["what"].eq("facility")]["change"]) == ["added", "removed"]


def test_the_last_edition_has_to_be_a_tidied_one(tmp_path):
    source = edition("一季度.xlsx", "一季度", FIRST).write(tmp_path)
    new = edition("二季度.xlsx", "二季度", FIRST).write(tmp_path)
    with pytest.raises(SourceError, match="tidy"):
        foreign.update(source, new, tmp_path / "out.xlsx")


def test_a_saved_mapping_finds_its_sheets_by_their_titles(tmp_path):
    """Neither the name of the file nor that of the sheet has to be that of the first month."""
    last = first_quarter(tmp_path)
    saved = tmp_path / "saved.toml"
    foreign.save_mapping(foreign.tidy(last, last).mapping, saved)
    new = edition("三季度.xlsx", "第三季度", (LEAD_1, *FIRST), "2024年三季度")
    new.pages[0].rows.insert(0, ["附件"])
    loaded = foreign.load(new.write(tmp_path), mapping=saved)
    assert len(loaded.network.nodes("Facility")) == 1 + len(FIRST)
    assert len(loaded.network.edges("MEMBER_OF")) == len(FIRST)
    assert not any(found.code == "W183" for found in loaded.problems)
