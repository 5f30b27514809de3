"""Shapes of public tables: nothing wrong before their questions are answered, nothing lost after."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph.loaders import foreign
from medgraph.queries import coverage
from medgraph.words.say import speaking
from tests.loaders.foreign import public_tables
from tests.loaders.foreign.public_tables import ALL, COUNTY, FIRST, SECOND, TABLES, Page, Public
from tests.loaders.foreign.test_questions import answer, questions
from tests.loaders.foreign.test_tidy import balanced
from tools.ugly import MOST_ANSWERS, result


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def tidied(tmp_path, public, *answers):
    """The reading of a workbook after its answers, and the tidy workbook."""
    source, target = public.write(tmp_path), tmp_path / "tidy.xlsx"
    reading = foreign.tidy(source, target)
    for asked, said in answers:
        answer(target, asked, said)
        reading = foreign.tidy(target, target)
    return reading, target


def of_relation(reading, relation):
    """The links of a relation, by name."""
    net = reading.loaded.network
    names = net.nodes()["name"].to_dict()
    links = net.edges()
    links = links[links["relation"].eq(relation)] if len(links) else links
    return {(names[link.source], names[link.target]) for link in links.itertuples()}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_a_public_table_comes_out_right(tmp_path, table):
    """No facility is lost and nothing wrong unanswered; all is right after at most six answers."""
    public = table()
    found = result(public.write(tmp_path), public.truth, public.answers)
    assert len(public.answers) <= MOST_ANSWERS
    assert found.is_good, (found.before, found.after)
    if not found.sentence:
        assert balanced(foreign.tidy(tmp_path / public.name, tmp_path / "out.xlsx"))


def test_townships_are_served_by_name_only_where_somebody_says_so(tmp_path):
    """One question for all; unanswered every township stays open, answered its links are expanded."""
    public = public_tables.annex()
    first, target = tidied(tmp_path, public)
    assert not of_relation(first, "SERVES")
    assert not (coverage.served(first.loaded.network).frame["status"] == "served").any()
    asked = [one for one in questions(target) if "同名的乡镇街道" in one["问题"]]
    assert len(asked) == 1
    assert asked[0]["涉及几处"] == 10
    answer(target, "同名的乡镇街道", "都是")
    second = foreign.tidy(target, target)
    links = second.loaded.network.edges()
    served = links[links["relation"].eq("SERVES")]
    assert len(served) == 10
    assert set(served["basis"]) == {"expanded"}
    assert ("天台县龙溪乡卫生院", "龙溪乡") in of_relation(second, "SERVES")
    assert (coverage.served(second.loaded.network).frame["status"] == "served").sum() == 10
    assert not any("同名的乡镇街道" in one["问题"] for one in questions(target))


def test_cases_asked_as_one_may_be_answered_one_by_one(tmp_path):
    """逐条回答 asks each case by itself; what has no answer yet stays open."""
    each = ("同名的乡镇街道", "逐条回答")
    reading, target = tidied(tmp_path, public_tables.annex(), each, (f"{FIRST[2]}（", "是"))
    assert of_relation(reading, "SERVES") == {(FIRST[2], "石梁镇")}
    assert sum("是它的服务辖区吗" in one["问题"] for one in questions(target)) == 9


def test_who_gives_a_group_its_name_is_asked_whether_it_leads(tmp_path):
    """都不是: it is a member as the others are."""
    named = "以下列机构命名"
    reading, _ = tidied(tmp_path, public_tables.short_names(), (named, "都不是"))
    assert not of_relation(reading, "LEADS")
    assert len(of_relation(reading, "MEMBER_OF")) == len(ALL)
    reading, _ = tidied(tmp_path, public_tables.halves(), (named, "都是"))
    assert of_relation(reading, "LEADS") == {
        (lead, group) for group, lead in public_tables.LEADS.items()
    }


def test_statistics_are_joined_to_the_roster(tmp_path):
    """Short names are asked once; their beds are those of the roster's facilities after that."""
    first, target = tidied(tmp_path, public_tables.short_names())
    assert set(first.loaded.network.nodes("Facility")["name"]) == set(ALL)
    assert sum("简称" in one["问题"] for one in questions(target)) == 1
    answer(target, "简称", "都是")
    second = foreign.tidy(target, target)
    facilities = second.loaded.network.nodes("Facility").set_index("name")
    assert set(facilities.index) == set(ALL)
    assert facilities["beds"][FIRST[0]] == 51
    assert facilities["beds"][SECOND[4]] == 65


def test_a_name_of_statistics_that_the_roster_has_not_is_asked(tmp_path):
    """It is a facility meanwhile, stamped as assumed; 都不是 takes it out."""
    roster = [["机构名称", "所属医共体"], [ALL[0], "甲医共体"]]
    beds = [["机构名称", "床位数"], [ALL[0], 90], [f"{COUNTY}福溪街道社区卫生服务中心", 9]]
    public = Public("两表.xlsx", [Page(roster, "名册"), Page(beds, "床位")])
    first, target = tidied(tmp_path, public)
    assert len(first.loaded.network.nodes("Facility")) == 2
    assumed = first.loaded.network.nodes("Facility").set_index("name")["origin"]
    assert assumed[f"{COUNTY}福溪街道社区卫生服务中心"].endswith("assumed")
    answer(target, "不在名册里", "都不是")
    second = foreign.tidy(target, target)
    assert set(second.loaded.network.nodes("Facility")["name"]) == {ALL[0]}
    assert balanced(second)


def test_the_days_of_a_posting_may_stand_in_one_cell(tmp_path):
    """2024.1.1-2024.12.31 is the first and the last day; what is no span costs the posting."""
    reading, _ = tidied(tmp_path, public_tables.postings())
    links = reading.loaded.network.edges()
    days = {(str(link.valid_from)[:10], str(link.valid_to)[:10]) for link in links.itertuples()}
    assert days == {("2024-01-01", "2024-12-31"), ("2024-03-01", "2025-02-28")}
    public = public_tables.postings()
    public.pages[0].rows[2][5] = "半年"
    second, _ = tidied(tmp_path, public)
    assert len(second.loaded.network.edges()) == 2


def test_villages_become_areas_of_their_townships(tmp_path):
    """The register lists no villages: with some of them its areas are no longer declared complete."""
    reading, _ = tidied(tmp_path, public_tables.village_clinics())
    net = reading.loaded.network
    areas = net.nodes("Area").set_index("name")
    assert areas["parent"]["左溪村"] == "331023101000"
    assert areas["level"]["左溪村"] == "village"
    assert not net.completeness("areas")
    assert coverage.stations(net).share.met == 7


def test_the_county_is_asked_where_nothing_names_it(tmp_path):
    """Townships of no known county are looked up in the one that is answered."""
    rows = [["乡镇", "机构名称"], ["白鹤镇", "白鹤镇中心卫生院"], ["石梁镇", "石梁镇卫生院"]]
    public = Public("乡镇.xlsx", [Page(rows)])
    first, target = tidied(tmp_path, public)
    assert any("哪个区县" in one["问题"] for one in questions(target))
    answer(target, "哪个区县", COUNTY)
    second = foreign.tidy(target, target)
    assert set(second.loaded.network.nodes("Facility")["area"]) == {"331023101000", "331023102000"}
    assert first.account.counts["unread"] == 2
    assert second.account.counts["unread"] == 0


def test_a_sentence_below_a_table_is_no_question(tmp_path):
    """2.龙溪乡卫生院由街头镇中心卫生院托管。 is in 未读懂, and nobody is asked about it."""
    _, target = tidied(tmp_path, public_tables.annex())
    assert not any("托管" in one["问题"] for one in questions(target))
    unread = openpyxl.load_workbook(target)["未读懂"]
    assert any("托管" in str(cell.value) for row in unread for cell in row)


def test_the_title_of_a_workbook_is_that_of_all_its_sheets(tmp_path):
    """附件1 is no title; the title of one sheet does not speak for the others."""
    (tmp_path / "a").mkdir()
    annex, _ = tidied(tmp_path / "a", public_tables.annex())
    assert annex.loaded.network.meta["title"] == "天台县县域医共体成员单位名单（2024年版）"
    public = public_tables.short_names()
    public.pages[0].rows.insert(0, ["天台县医共体名册"])
    several, _ = tidied(tmp_path, public)
    assert "title" not in several.loaded.network.meta
