"""A list of village clinics: each with the health centre that runs it."""

from __future__ import annotations

import openpyxl

from medgraph.loaders.foreign.tidy import tidy
from tests.loaders.foreign.test_tidy import balanced

HEAD = ["序号", "机构名称", "所属卫生院", "联系电话"]
ROWS = [
    [1, "甲县石桥镇东村卫生室", "甲县石桥镇卫生院", "13912345678"],
    [2, "甲县石桥镇西村卫生室", "石桥镇卫生院", None],
    [3, "甲县高桥镇南村卫生室", "甲县高桥镇卫生院", None],
]


def test_clinics_are_run_by_the_health_centre_that_a_column_names(tmp_path):
    """By its full name, or the name behind that of its county."""
    book = openpyxl.Workbook()
    for row in [["甲县村卫生室一体化管理名册"], HEAD, *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "in.xlsx")
    reading = tidy(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    net = reading.loaded.network
    names = net.nodes()["name"].to_dict()
    links = net.edges().query("relation == 'RUN_BY'")
    found = {(names[link.source], names[link.target]) for link in links.itertuples()}
    assert found == {
        ("甲县石桥镇东村卫生室", "甲县石桥镇卫生院"),
        ("甲县石桥镇西村卫生室", "甲县石桥镇卫生院"),
        ("甲县高桥镇南村卫生室", "甲县高桥镇卫生院"),
    }
    assert balanced(reading)
