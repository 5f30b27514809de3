"""A mapping is the same after TOML, and after the sheet 对照."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError
from medgraph.loaders.foreign.cell_account import CellAccount
from medgraph.loaders.foreign.mapping import Column, SheetRule, WorkbookMapping
from medgraph.loaders.foreign.mapping_lines import lines_of
from medgraph.loaders.foreign.mapping_sheet_reading import read_mapping_sheet
from medgraph.loaders.foreign.mapping_toml import read_mapping, write_mapping
from medgraph.words.say import speaking


@pytest.fixture
def mapping():
    columns = [
        Column("A", "serial"),
        Column("B", "name", title="名称", list=False),
        Column("C", "group", title="集团", fill="yes"),
        Column("D", "beds", title="床位", unit="百张"),
        Column("E", "valid_to", title="有效期至", date="first"),
        Column("F", "relation", title="上转", relation="REFERS_UP_TO"),
        Column("G", "level", title="等级", values={"三甲": "3A"}),
        Column("H", "skip", title="备忘"),
    ]
    rule = SheetRule(
        "名册",
        header=(2, 3),
        first=5,
        last=90,
        skip=(7, 12, 13),
        hidden="skip",
        constants={"ownership": "public"},
        sheet_name="county",
        columns=columns,
    )
    return WorkbookMapping(
        sheets=[rule, SheetRule("说明", kind="skip")],
        words={"龙头": "牵头"},
        names={"市一": "甲市第一人民医院"},
        area=("331002", "331004"),
        complete=True,
        confirmed=True,
        meta={"title": "一览"},
        source="u.xlsx",
        made="f00",
    )


def test_after_toml(mapping, tmp_path):
    """All but what 对照 alone keeps comes back; a column is called by its title."""
    path = tmp_path / "m.toml"
    path.write_text(write_mapping(mapping), encoding="utf-8")
    again = read_mapping(path)
    mapping.source = mapping.made = ""
    for column in mapping.sheets[0].columns:
        column.at, column.title = column.title or column.at, ""
    assert again == mapping


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_after_the_sheet(mapping, lang):
    """Every line is read back as it was written, in either language."""
    with speaking(lang):
        lines = [line.cells for line in lines_of(mapping, CellAccount(), lang)]
        assert read_mapping_sheet([("head",) * 6, *lines]) == mapping


@pytest.mark.parametrize(
    ("item", "ours", "allowed"),
    [
        ("隐藏行", "也许", "读 / 不读"),
        ("标题行", "第三行", "3-5"),
        ("列", "床", "床位"),
        ("工作表名", "机构名称", "集团"),
        ("没有这一项", "", "来源文件"),
    ],
)
def test_a_word_that_nobody_knows_is_named_with_its_row(item, ours, allowed):
    """The row and the words that are allowed there are named."""
    rows = [("head",) * 6, ("x", ours, "名册", "A", item, "")]
    with speaking("zh"), pytest.raises(SourceError, match="2 行") as error:
        read_mapping_sheet(rows, "n.xlsx")
    assert allowed in str(error.value)
