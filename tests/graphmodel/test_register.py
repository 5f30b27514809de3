"""The shipped register of areas is whole, names its source and reads fast by prefix."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from medgraph.graphmodel import register

DATA = Path(register.__file__).parent / "data"


def test_the_file_is_the_one_stated():
    """The checksum beside the register is that of the file, and the counts are its counts."""
    stated = json.loads((DATA / "register_2023.json").read_text(encoding="utf-8"))
    content = (DATA / "register_2023.parquet").read_bytes()
    assert hashlib.sha256(content).hexdigest() == stated["file_sha256"]
    assert len(content) < 400_000
    assert (stated["register"], stated["edition"]) == (register.REGISTER, register.EDITION)
    assert stated["townships"] == len(register.township_register())


def test_kinds_of_the_whole_register():
    """The third segment divides the units; 41,352 rows of the source less 金门县, which is a county."""
    kinds = Counter(register.township_register()["kind"].to_pylist())
    assert kinds == {"subdistrict": 9066, "town": 21377, "township": 8198, "quasi_unit": 2710}


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("331003", 19),  # 8 subdistricts + 5 towns + 6 townships
        ("331003000000", 19),
        ("331002", 12),  # 9 + 1 + 2 quasi units
        ("331004", 12),  # 6 + 4 + 2
        ("331003003000", 1),
        ("999999", 0),
    ],
)
def test_prefix(code, number):
    """A county's units are read by its six digits or its full code."""
    assert len(register.township_register(code)) == number


def test_it_agrees_with_the_coverage_table(shared):
    """The 43 units of the three districts are those of the table of facts, with the same kinds."""
    found = {
        row["id"]: (row["name"], row["kind"])
        for county in ("331002", "331003", "331004")
        for row in register.township_register(county).to_pylist()
    }
    with (shared / "policy/taizhou_coverage.csv").open(encoding="utf-8") as file:
        assert found == {
            row["code12"]: (row["name_zh"], row["kind"]) for row in csv.DictReader(file)
        }


def test_the_sample_agrees_with_the_register(taizhou):
    """Names, kinds and parents of the sample's areas are the register's."""
    areas = taizhou.nodes("Area")
    for row in register.township_register("3310").to_pylist():
        if row["id"] in areas.index:
            mine = areas.loc[row["id"]]
            assert [mine[c] for c in ("name", "type", "parent", "edition")] == [
                row[c] for c in ("name", "kind", "parent", "edition")
            ]


def test_names():
    """Names are found at every level; a code that the register lacks has none."""
    assert register.names(["33", "3310", "331003", "331003003000", "331003999000"]) == {
        "33": "浙江省",
        "3310": "台州市",
        "331003": "黄岩区",
        "331003003000": "西城街道",
    }
    assert register.full_name("331003999000") == ""


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("330000000000", "province"),
        ("331000000000", "city"),
        ("331003000000", "county"),
        ("331003003000", "township"),
        ("331003003001", "village"),
    ],
)
def test_levels(code, level):
    """The zeros at the end of a code say its level."""
    assert register.level_of(code) == level
