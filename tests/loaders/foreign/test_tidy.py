"""Ugly workbooks: without an edit never a wrong link, after a few edits the sample's network, every cell accounted."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import medgraph as mg
from medgraph.errors import SourceError, TargetError
from medgraph.loaders import foreign, load
from medgraph.words.say import speaking
from tests.loaders.foreign import ugly


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def edit(path, edits, sheet="对照"):
    """Change cells of 对照: (what the line settles, word in its first cell or None) -> new meaning; count them."""
    book = openpyxl.load_workbook(path)
    done = 0
    for row in book[sheet].iter_rows(min_row=2):
        for (item, theirs), ours in edits.items():
            if row[4].value == item and theirs in (None, row[0].value):
                row[1].value = ours
                done += 1
    book.save(path)
    return done


def balanced(reading):
    """Whether every cell is used, skipped with a reason, or not understood."""
    counts = reading.account.counts
    filled = sum(1 for grid in reading.grids for _ in grid.filled())
    return counts["used"] + counts["skipped"] + counts["unread"] == counts["cells"] == filled


EDITS = {("已经核对", None): "是", ("名册齐全", None): "是", ("空白同上", None): "是"}


@pytest.mark.parametrize("name", ugly.WORKBOOKS)
def test_after_few_edits_the_network_is_that_of_the_sample(name, tmp_path):
    """Unedited: no wrong link. After at most five edits: the sample's facilities and links, its one gap, no stamp."""
    source, target = tmp_path / f"{name}.xlsx", tmp_path / "名册.xlsx"
    ugly.WORKBOOKS[name](source)
    before = source.read_bytes()
    first = foreign.tidy(source, target)
    found, wanted = ugly.links_of(first.loaded.network), ugly.truth()
    assert all(found.get(relation, set()) <= wanted.get(relation, set()) for relation in found)
    assert sum(map(len, found.values())) == sum(map(len, wanted.values())) or first.account.unread
    assert first.loaded.network.meta["stamp"] == "自动识别，未经确认"
    assert balanced(first)
    same_as_above = "是" if name in ugly.LISTS_OF_GROUPS else "否"
    assert edit(target, EDITS | {("空白同上", None): same_as_above}) <= 5
    second = foreign.tidy(target, target)
    assert ugly.links_of(second.loaded.network) == wanted
    assert balanced(second)
    net = mg.read(target)
    assert net == second.loaded.network
    listed = [
        row["name"] for row in ugly.roster() if row["group"] or name not in ugly.LISTS_OF_GROUPS
    ]
    assert sorted(net.nodes("Facility")["name"]) == sorted(set(listed))
    assert "stamp" not in net.meta
    assert mg.coverage.gaps(net).frame["name"].tolist() == ["西城街道"]
    assert str(mg.coverage.served(net).share).startswith("38/39")
    assert source.read_bytes() == before


def test_a_mapping_file_says_the_same_as_the_sheet(tmp_path):
    """The mapping written as TOML reads the workbook as the edited 对照 does, without a stamp."""
    source, target, rules = tmp_path / "u.xlsx", tmp_path / "n.xlsx", tmp_path / "m.toml"
    ugly.titled(source)
    foreign.tidy(source, target)
    edit(target, EDITS)
    reading = foreign.tidy(target, target)
    foreign.save_mapping(reading.mapping, rules)
    assert load(source, mapping=rules).require() == reading.loaded.network


def test_edits_made_in_wps_hold(tmp_path):
    """A workbook that states A1:A1 as its dimension, as WPS writes it, still gives all of its 对照."""
    source, target = tmp_path / "u.xlsx", tmp_path / "n.xlsx"
    ugly.titled(source)
    foreign.tidy(source, target)
    edit(target, EDITS)
    ugly.of_wps(target)
    assert ugly.links_of(foreign.tidy(target, target).loaded.network) == ugly.truth()


def test_the_original_is_never_the_target(tmp_path):
    """Writing over the original is refused, also when 名册 is tidied again."""
    source = tmp_path / "u.xlsx"
    ugly.matrix(source)
    with pytest.raises(TargetError, match="原件"):
        foreign.tidy(source, source)


def test_the_original_may_be_gone(tmp_path):
    """Without the original one sentence says so."""
    source, target = tmp_path / "u.xlsx", tmp_path / "n.xlsx"
    ugly.matrix(source)
    foreign.tidy(source, target)
    source.unlink()
    with pytest.raises(SourceError, match=r"u\.xlsx"):
        foreign.tidy(target, target)
    assert len(mg.read(target).nodes("Facility")) == 58


def test_tables_edited_by_hand_are_not_overwritten(tmp_path):
    """Tidying again in place refuses where somebody edited the tables; to another file it works."""
    source, target = tmp_path / "u.xlsx", tmp_path / "n.xlsx"
    ugly.matrix(source)
    foreign.tidy(source, target)
    foreign.tidy(target, target)
    book = openpyxl.load_workbook(target)
    book["机构"]["B2"] = "改过的医院"
    book.save(target)
    with pytest.raises(TargetError, match="手工改过"):
        foreign.tidy(target, target)
    foreign.tidy(target, tmp_path / "other.xlsx")


def test_what_is_stated_in_the_tidied_workbook_stays(tmp_path):
    """Units, titles and free lines, whatever they are called; what the workbook says of itself is said anew."""
    source, target = tmp_path / "u.xlsx", tmp_path / "n.xlsx"
    ugly.titled(source)
    with speaking("en"):
        foreign.tidy(source, target)
    lines = {"unit.visit_rate": "%", "数据备注": "x", "self": "y", "unit": "甲市"}
    book = openpyxl.load_workbook(target)
    for line in lines.items():
        book["meta"].append(line)
    book.save(target)
    edit_words = {("confirmed", None): "yes"}
    assert edit(target, edit_words, sheet="words") == 1
    foreign.tidy(source, target)
    stated = mg.read(target).meta
    assert lines.items() <= stated.items()
    assert stated["source"] == "u.xlsx"
    assert "stamp" not in stated


@pytest.mark.parametrize("source", ["", ".", "..", "/"])
def test_a_folder_without_a_name_of_its_own_has_a_place_beside_it(tmp_path, monkeypatch, source):
    (tmp_path / "甲县" / "名册").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "甲县" / "名册")
    with speaking("zh"):
        target = foreign.default_target(Path(source))
    folder = Path(source).resolve()
    assert target.parent == folder.parent
    assert folder.name in target.name
