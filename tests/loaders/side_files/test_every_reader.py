"""Every reader of a side file: what is wrong is refused with its place, what is not read is told."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import MedGraphError, SourceError
from medgraph.loaders.side_files import (
    audit_tables,
    question_tables,
    score_sheet,
    table_file,
    travel_times,
)
from medgraph.words.record_titles import TRAVEL_TIME_TITLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.words.say import Problem


@dataclass(frozen=True)
class Reader:
    """A reader with a sound table for it; `number` is a column of numbers, where it has one."""

    read: Callable[[Path, list[Problem]], Any]
    table: tuple[tuple[str, ...], ...]
    needed: str
    number: str = ""
    filled: bool = True

    def lines(self) -> list[list[str]]:
        return [list(row) for row in self.table]

    def at(self, column: str) -> int:
        return self.table[0].index(column)


def _edges(path: Path, notes: list[Problem]) -> Any:
    (path.parent / "nodes.csv").write_text("node,lon,lat\n甲,121,28\n乙,122,28\n", "utf-8")
    target = path.with_name(f"edges{path.suffix}")
    path.rename(target)
    return travel_times.read_roads(path.parent, notes)


def _nodes(path: Path, notes: list[Problem]) -> Any:
    (path.parent / "edges.csv").write_text("from,to,minutes\n甲,乙,3\n", "utf-8")
    target = path.with_name(f"nodes{path.suffix}")
    path.rename(target)
    return travel_times.read_roads(path.parent, notes)


def _ledger(path: Path, notes: list[Problem]) -> Any:
    return audit_tables.ledger_of(table_file.read_table_file(path), notes)


def _scores(path: Path, notes: list[Problem]) -> Any:
    return score_sheet.read(path, "judgement", notes)


READERS = {
    "times": Reader(
        travel_times.read_travel_times,
        (("origin", "destination", "minutes"), ("甲", "乙", "5"), ("甲", "丙", "7")),
        "origin",
        "minutes",
    ),
    "edges": Reader(
        _edges, (("from", "to", "minutes"), ("甲", "乙", "5"), ("乙", "甲", "7")), "from", "minutes"
    ),
    "nodes": Reader(
        _nodes, (("node", "lon", "lat"), ("甲", "12", "5"), ("乙", "13", "7")), "node", "lat"
    ),
    "counts": Reader(
        question_tables.read_counts,
        (("facility", "count"), ("甲", "5"), ("乙", "7")),
        "facility",
        "count",
    ),
    "costs": Reader(
        question_tables.read_site_costs,
        (
            ("facility", "cost", "way", "capacity"),
            ("甲", "5", "新建", "40"),
            ("乙", "7", "改建", "30"),
        ),
        "facility",
        "cost",
    ),
    "flows": Reader(
        question_tables.read_flows,
        (("from", "to", "count"), ("甲", "乙", "5"), ("乙", "甲", "7")),
        "from",
        "count",
    ),
    "links": Reader(
        question_tables.read_links,
        (
            ("source", "relation", "target", "km"),
            ("甲", "LEADS", "乙", "5"),
            ("甲", "LEADS", "丙", "7"),
        ),
        "relation",
        "km",
    ),
    "waivers": Reader(
        audit_tables.read_waivers,
        (
            ("rule", "subject", "reason", "office", "expires"),
            ("甲", "乙", "丙", "丁", "2030-01-01"),
        ),
        "rule",
    ),
    "statements": Reader(
        audit_tables.read_statements,
        (
            ("finding", "statement", "decision", "office", "date"),
            ("甲", "乙", "丙", "丁", "2030-01-01"),
        ),
        "finding",
    ),
    "ledger": Reader(_ledger, (("subject", "item", "value"), ("甲", "乙", "5")), "item"),
    "scores": Reader(
        _scores, (("县", "维度", "指标", "等级"), ("甲", "责任", "人员", "A")), "等级"
    ),
}
WITH_NUMBERS = [name for name, reader in READERS.items() if reader.number]
every = pytest.mark.parametrize("name", READERS)
with_numbers = pytest.mark.parametrize("name", WITH_NUMBERS)


def as_csv(lines: list[list[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue()


def read(name: str, folder: Path, content: bytes | str, suffix: str = ".csv") -> tuple[Any, str]:
    """Read a content by a reader; return what came, and what was told."""
    inside = folder / f"in{len(list(folder.iterdir()))}"
    inside.mkdir()
    file = inside / f"table{suffix}"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    notes: list[Problem] = []
    found = READERS[name].read(file, notes)
    return found, " ".join(map(str, notes))


def plain(found: Any) -> str:
    """What was read, without where it stood."""
    if isinstance(found, tuple):
        return "".join(map(plain, found))
    if isinstance(found, pd.DataFrame):
        return str(found.drop(columns="origin", errors="ignore").fillna("").to_dict("records"))
    return str(found)


def refused(name: str, folder: Path, content: bytes | str, suffix: str = ".csv") -> str:
    with pytest.raises(SourceError) as error:
        read(name, folder, content, suffix)
    return " ".join([str(error.value), *map(str, error.value.problems)])


@every
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_is_read(tmp_path, name, encoding, delimiter):
    lines = READERS[name].lines()
    wanted, told = read(name, tmp_path, as_csv(lines))
    found, _ = read(name, tmp_path, as_csv(lines, delimiter).encode(encoding))
    assert plain(found) == plain(wanted)
    assert not told


def as_file(lines: list[list[str]], suffix: str) -> bytes:
    frame, file = pd.DataFrame(lines[1:], columns=lines[0]), io.BytesIO()
    write = {
        ".csv": lambda: frame.to_csv(file, index=False),
        ".xlsx": lambda: frame.to_excel(file, index=False),
        ".parquet": lambda: frame.to_parquet(file),
        ".json": lambda: frame.to_json(file, orient="records"),
    }
    write[suffix]()
    return file.getvalue()


@every
@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".json"])
def test_every_format_is_read(tmp_path, name, suffix):
    lines = READERS[name].lines()
    wanted, _ = read(name, tmp_path, as_csv(lines))
    found, told = read(name, tmp_path, as_file(lines, suffix), suffix)
    assert plain(found) == plain(wanted)
    assert not told


@every
def test_a_column_that_is_not_known_is_told(tmp_path, name):
    lines = [[*row, "备注" if at == 0 else "x"] for at, row in enumerate(READERS[name].lines())]
    found, told = read(name, tmp_path, as_csv(lines))
    assert plain(found) == plain(read(name, tmp_path, as_csv(READERS[name].lines()))[0])
    assert "备注" in told
    assert "W086" in told


@every
def test_commas_behind_the_last_cell_are_no_column(tmp_path, name):
    lines = READERS[name].lines()
    found, told = read(name, tmp_path, as_csv([[*row, "", ""] for row in lines]))
    assert plain(found) == plain(read(name, tmp_path, as_csv(lines))[0])
    assert not told


@every
def test_another_header_is_refused(tmp_path, name):
    reader = READERS[name]
    lines = reader.lines()
    lines[0][reader.at(reader.needed)] = "何物"
    sentence = refused(name, tmp_path, as_csv(lines))
    assert reader.needed in sentence


def test_a_column_that_is_missing_is_called_by_all_its_titles(tmp_path):
    sentence = refused("times", tmp_path, "a,b\n1,2\n")
    for titles in TRAVEL_TIME_TITLES.values():
        assert all(title in sentence for title in titles)


@every
def test_a_title_given_twice_is_refused(tmp_path, name):
    reader = READERS[name]
    lines = [[*row, row[reader.at(reader.needed)]] for row in reader.lines()]
    assert "E032" in refused(name, tmp_path, as_csv(lines))


@every
@pytest.mark.parametrize("row", [1, -1])
def test_a_line_with_a_cell_too_many_is_refused(tmp_path, name, row):
    lines = READERS[name].lines()
    lines[row].append("多")
    number = len(lines) if row < 0 else row + 1
    assert re.search(rf"(第|line ){number}\b|第{number}行", refused(name, tmp_path, as_csv(lines)))


@every
def test_a_quotation_mark_left_open_is_refused(tmp_path, name):
    text = as_csv(READERS[name].lines()).replace("甲", '"甲', 1)
    assert re.search("第2行|line 2", refused(name, tmp_path, text))


@every
@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b",,,\n", b"\xff", b"PK\x03\x04\x84\xff\x95\x80"]
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".json", ""])
def test_what_is_no_table_is_refused(tmp_path, name, content, suffix):
    assert refused(name, tmp_path, content, suffix)


@every
def test_a_folder_or_nothing_in_its_place_is_refused(tmp_path, name):
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "table.csv").mkdir()
    with pytest.raises(SourceError):
        READERS[name].read(inside / "table.csv", [])


@every
def test_the_error_of_a_formula_is_no_value(tmp_path, name):
    reader = READERS[name]
    lines = reader.lines()
    lines[1][reader.at(reader.needed)] = "#N/A"
    assert "#N/A" in refused(name, tmp_path, as_csv(lines))


@with_numbers
def test_numbers_are_read_as_people_write_them(tmp_path, name):
    reader = READERS[name]
    lines = reader.lines()
    wanted, _ = read(name, tmp_path, as_csv(lines))
    at = reader.at(reader.number)
    lines[1][at] = f" {lines[1][at]}.0".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert plain(read(name, tmp_path, as_csv(lines))[0]) == plain(wanted)


def test_thousands_may_have_commas(tmp_path):
    assert read("counts", tmp_path, 'facility,count\n甲,"1,200"\n')[0] == {"甲": 1_200}


def test_a_count_that_is_stated_twice_counts_once_and_is_told(tmp_path):
    found, told = read("counts", tmp_path, "facility,count\n甲,5\n乙,7\n甲,5\n")
    assert found == {"甲": 5, "乙": 7}
    assert "table.csv!A4" in told
    assert "table.csv!A2" in told


@every
def test_titles_of_the_whole_may_stand_above_the_header(tmp_path, name):
    lines = READERS[name].lines()
    wanted, _ = read(name, tmp_path, as_csv(lines))
    for above in (
        [["2024年统计表"]],
        [["2024年统计表", *[""] * (len(lines[0]) - 1)], ["单位：人次"]],
    ):
        found, told = read(name, tmp_path, as_csv([*above, *lines]))
        assert plain(found) == plain(wanted)
        assert not told


@every
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".parquet"])
def test_signs_that_nobody_sees_are_taken_out_and_told(tmp_path, name, suffix):
    reader = READERS[name]
    lines = reader.lines()
    wanted, _ = read(name, tmp_path, as_csv(lines))
    at = reader.at(reader.needed)
    lines[0][at], lines[1][at] = f"\ufeff{lines[0][at]}", f"{lines[1][at]}\u200b"
    found, told = read(name, tmp_path, as_file(lines, suffix), suffix)
    assert plain(found) == plain(wanted)
    assert "[W071]" in told


@with_numbers
@pytest.mark.parametrize(
    "text", ["many", "-5", "nan", "1e999", "-inf", "1,00", "1.2万", "5分钟", "0x10", "1_0"]
)
def test_what_is_no_number_is_refused_with_its_cell(tmp_path, name, text):
    """Of a node of a road -5 is a latitude; -500 is none."""
    reader = READERS[name]
    lines = reader.lines()
    at = reader.at(reader.number)
    lines[1][at] = "-500" if (name, text) == ("nodes", "-5") else text
    sentence = refused(name, tmp_path, as_csv(lines))
    assert lines[1][at] in sentence
    assert f"!{chr(65 + at)}2" in sentence


@with_numbers
def test_a_number_in_full_width_is_read(tmp_path, name):
    reader = READERS[name]
    lines = reader.lines()
    lines[1][reader.at(reader.number)] = "５"
    wanted, _ = read(name, tmp_path, as_csv(reader.lines()))
    assert plain(read(name, tmp_path, as_csv(lines))[0]) == plain(wanted)


MAPPED = {
    "times": (travel_times.read_travel_times, READERS["times"], {}),
    "counts": (question_tables.read_counts, READERS["counts"], {}),
    "costs": (question_tables.read_site_costs, READERS["costs"], {}),
    "flows": (question_tables.read_flows, READERS["flows"], {}),
    "candidates": (question_tables.read_links, READERS["links"], {"牵头": "LEADS"}),
}


@pytest.mark.parametrize("section", MAPPED)
def test_a_mapping_says_what_titles_and_words_mean(tmp_path, section):
    """Another title, and another word where there is one, are read as the known ones are."""
    read_it, reader, words = MAPPED[section]
    lines = reader.lines()
    wanted, _ = read("links" if section == "candidates" else section, tmp_path, as_csv(lines))
    at = reader.at(reader.needed)
    lines[0][at] = "Sonst"
    theirs = {ours: word for word, ours in words.items()}
    lines[1:] = [[theirs.get(cell, cell) for cell in row] for row in lines[1:]]
    (tmp_path / "t.csv").write_text(as_csv(lines), "utf-8")
    terms = ", ".join(f'"{word}" = "{ours}"' for word, ours in words.items())
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        f'[{section}.columns]\n{reader.needed} = "Sonst"\n'
        f"[{section}.words]\n{reader.needed} = {{ {terms} }}\n",
        "utf-8",
    )
    notes: list[Problem] = []
    assert plain(read_it(tmp_path / "t.csv", notes, mapping)) == plain(wanted)
    assert not notes
    mapping.write_text(f'[{section}.columns]\n{reader.needed} = "Nirgends"\n', "utf-8")
    with pytest.raises(SourceError, match="E034"):
        read_it(tmp_path / "t.csv", notes, mapping)


def test_a_further_sheet_is_told(tmp_path):
    book = openpyxl.Workbook()
    for title in ("一", "二"):
        sheet = book.create_sheet(title)
        for row in READERS["counts"].lines():
            sheet.append(row)
    book.save(tmp_path / "counts.xlsx")
    notes: list[Problem] = []
    assert question_tables.read_counts(tmp_path / "counts.xlsx", notes) == {"甲": 5, "乙": 7}
    assert [(note.code, note.value) for note in notes] == [("W087", "二")]


def test_two_counts_of_one_facility_are_refused_and_named(tmp_path):
    sentence = refused("counts", tmp_path, "facility,count\n甲,5\n乙,1\n甲,6\n")
    assert "table.csv!B2" in sentence
    assert "table.csv!B4" in sentence
    assert read("counts", tmp_path, "facility,count\n甲,5\n甲,5\n")[0] == {"甲": 5}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=120))
def test_whatever_a_file_holds_is_read_or_refused(tmp_path_factory, name, content):
    """No bytes end in anything but an answer or a sentence."""
    with contextlib.suppress(MedGraphError):
        read(name, tmp_path_factory.mktemp("bytes"), content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wide.csv", ",".join(map(str, range(3_000))) + "\na,b,1"),
        ("keys.json", json.dumps([{f"k{number}": 1} for number in range(3_000)])),
        ("long.csv", ",".join(map(str, range(2_000))) + "\na,b,1" * 30_000),
    ],
)
def test_a_small_file_of_endless_cells_is_refused(tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(SourceError, match=r"3,000|60,000,000"):
        table_file.read_table_file(tmp_path / name)


def test_a_title_of_parquet_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "times.parquet"
    frame = {"origin": ["甲"], "destination": ["乙"], "minutes": [1.0]}
    pd.DataFrame(frame).to_parquet(file)
    file.write_bytes(file.read_bytes().replace(b"destination", b"\xff" * 11))
    with pytest.raises(SourceError, match=r"times\.parquet"):
        table_file.read_table_file(file)
