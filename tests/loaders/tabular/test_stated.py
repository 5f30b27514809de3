"""Read what is stated of the whole: no day and no declaration is lost, and what is unknown is told."""

import pytest

from medgraph.loaders.registry import load
from medgraph.words.say import speaking


def read(folder, lines):
    (folder / "facilities.csv").write_text("id,name\nH1,甲县人民医院\n", "utf-8")
    (folder / "说明.csv").write_text("\n".join(lines), "utf-8")
    return load(folder)


def told(loaded, code):
    return [found for found in loaded.problems if found.code == code]


@pytest.mark.parametrize("above", [["键,值"], []])
def test_table_with_other_titles_or_none_is_read_and_told(tmp_path, above):
    loaded = read(tmp_path, [*above, "数据截止日,2024-01-01", "机构.完整性,完整"])
    assert loaded.network.meta == {"data_day": "2024-01-01", "facilities.complete": "complete"}
    assert [found.place for found in told(loaded, "W089")] == ["说明.csv!A1"]


@pytest.mark.parametrize("above", [["值,键"], []])
def test_values_before_their_keys_are_read_and_told(tmp_path, above):
    """The columns the other way round, with titles that we do not know or none: no day is lost."""
    loaded = read(tmp_path, [*above, "2024-01-01,数据截止日", "完整,机构.完整性"])
    assert loaded.network.meta == {"data_day": "2024-01-01", "facilities.complete": "complete"}
    assert [found.place for found in told(loaded, "W089")] == ["说明.csv!A1"]


@pytest.mark.parametrize("key", ["数据日期", "截止日期", "数据截止日期", "as of"])
def test_day_has_more_than_one_name(tmp_path, key):
    loaded = read(tmp_path, ["项目,内容", f"{key},2024-01-01"])
    assert loaded.network.meta == {"data_day": "2024-01-01"}


def test_key_that_nobody_knows_is_told_with_the_nearest(tmp_path):
    loaded = read(tmp_path, ["项目,内容", "数据截至日,2024-01-01", "attr:自用,1", "unit.就诊率,%"])
    found = told(loaded, "W088")
    assert [(one.place, one.value) for one in found] == [("说明.csv!A2", "数据截至日")]
    assert "数据截止日" in found[0].message or "data day" in found[0].message


def test_two_days_contradict_one_another(tmp_path):
    loaded = read(tmp_path, ["项目,内容", "数据截止日,2024-01-01", "数据日期,2023-01-01"])
    assert [found.place for found in told(loaded, "W098")] == ["说明.csv!B3"]


@pytest.mark.parametrize(
    ("key", "near"), [("data_date", "数据截止日"), ("facilities.complet", "facilities.complete")]
)
def test_the_nearest_key_is_named_in_whatever_language_it_was_meant(tmp_path, key, near):
    """The keys have Chinese and English readings; people misspell both."""
    (tmp_path / "facilities.csv").write_text("name\nA clinic\n", "utf-8")
    (tmp_path / "meta.csv").write_text(f"key,value\n{key},2024-03-31\n", "utf-8")
    with speaking("zh"):
        told = [found for found in load(tmp_path).problems if found.code == "W088"]
    assert f"最接近：{near}" in told[0].message
