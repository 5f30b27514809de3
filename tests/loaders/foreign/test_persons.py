"""Persons in somebody's workbook: nothing that we write names one, or says how to reach one."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.loaders.foreign.tidy import tidy
from medgraph.loaders.workbooks.persons import personal_cells, without_persons
from tests.loaders.foreign.test_tidy import balanced

PLANTED = ("欧阳致远", "赵小二", "13912345678", "0539-2251234", "3713231990", "zhao@example.com")
IDENTITY = "37132319900307123X"
HEAD = ["序号", "机构名称", "医共体名称", "负责人", "联系电话", "身份证号", "电子邮箱", "备注"]
ROWS = [
    [
        1,
        "甲县第一人民医院",
        "甲县医共体",
        "欧阳致远",
        13912345678,
        IDENTITY,
        "zhao@example.com",
        None,
    ],
    [
        2,
        "甲县石桥镇卫生院",
        "甲县医共体",
        "赵小二",
        "0539-2251234",
        None,
        None,
        "赵小二：13912345678",
    ],
]
BELOW = [
    ["审核人：欧阳致远  填表人：赵小二   电话：0539-2251234"],
    ["联系人", "赵小二", "电话", "13912345678", "邮箱", "zhao@example.com"],
]


def planted(path, rows):
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = "名册"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def texts_of(path):
    """All that a file holds, the parts of a workbook unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    return path.read_text(encoding="utf-8", errors="replace")


SHAPES = {
    "a column each": [HEAD, *ROWS, *BELOW],
    "a title above": [["甲县医共体名册  联系人：赵小二 13912345678"], HEAD, *ROWS, *BELOW],
    "attributes as rows": [list(row) for row in zip(HEAD, *ROWS, strict=True)],
    "no known title": [["事项", "内容"], ["负责人", "欧阳致远"], ["手机", 13912345678]],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_output_names_a_planted_person(shape, tmp_path):
    """Not tidy, not check, not its marked copy, not the report."""
    source = planted(tmp_path / "in.xlsx", SHAPES[shape])
    out = tmp_path / "out"
    out.mkdir()
    runner = CliRunner()
    said = ""
    for command in (
        ["tidy", source, "--output", out / "tidy.xlsx", "--toml", out / "mapping.toml"],
        ["check", source, "--output", out / "marked.xlsx"],
        ["check", source, "--format", "json"],
        ["convert", source, out / "net.json"],
        ["report", source, "--output", out / "report", "--format", "html,xlsx"],
    ):
        done = runner.invoke(cli, [str(part) for part in command])
        said += done.output
    written = [path for path in out.rglob("*") if path.is_file()]
    assert written
    for text in (said, *map(texts_of, written)):
        assert not [person for person in (*PLANTED, IDENTITY) if person in text]


def test_what_is_hidden_is_counted_and_every_cell_is_accounted_for(tmp_path):
    """The account says how many cells named persons, and what else the row says is read."""
    source = planted(tmp_path / "in.xlsx", SHAPES["a column each"])
    reading = tidy(source, tmp_path / "out.xlsx")
    assert balanced(reading)
    hidden = sum(len(grid.hidden_cells) for grid in reading.grids)
    assert hidden == 6 + 1 + 1 + 3
    assert any(str(hidden) in decision.text for decision in reading.account.decisions)
    names = set(reading.loaded.network.nodes()["name"])
    assert {"甲县第一人民医院", "甲县石桥镇卫生院"} <= names


@pytest.mark.parametrize(
    "text",
    [
        "12330000470051726F",
        "331003003000",
        "高桥镇",
        "牵头单位：沂水县第一人民医院",
        "截止时间：2024年3月31日",
        "床位 12345678 张",
        "47005172-6",
    ],
)
def test_what_names_no_person_stays(text):
    """Codes, places, days and numbers are no persons."""
    assert without_persons(text) == text
    assert not personal_cells([["机构名称", "内容"], ["甲县人民医院", text]])
