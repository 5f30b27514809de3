"""Text, TOML and JSON: of any encoding, and one sentence for whatever a file can hold."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError
from medgraph.loaders.foreign.file_rules import read_rules
from medgraph.loaders.foreign.mapping_toml import read_mapping
from medgraph.loaders.samples import taizhou
from medgraph.queries.policy import audit, load, run_record, verify
from medgraph.text_files import read_json, read_toml
from medgraph.visuals.geo_plane import outlines

BROKEN = {
    "no_text": b"\xff",
    "cut_utf_16": "甲".encode("utf-16")[:-1],
    "no_toml": b"[[table]\nx=",
    "deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "workbook": b"PK\x03\x04\x84\xff\x95\x80",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_is_read(tmp_path, encoding):
    file = tmp_path / "a.txt"
    file.write_bytes('title = "甲县"\n'.encode(encoding))
    assert read_toml(file) == {"title": "甲县"}
    file.write_bytes('{"title": "甲县"}\n'.encode(encoding))
    assert read_json(file) == {"title": "甲县"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_pack_and_mappings_are_read_in_every_encoding(tmp_path, encoding):
    file = tmp_path / "a.toml"
    file.write_bytes('[parameters.UG-04]\nleast = "90%"\n'.encode(encoding))
    assert load(file).parameters == {"UG-04": {"least": "90%"}}
    file.write_bytes("[[table]]\ntable = 'areas'\nfields.name = '名称'\n".encode(encoding))
    assert read_rules(file).tables[0].fields["name"].columns == ("名称",)
    file.write_bytes("[words]\n'乡卫' = '卫生院'\n".encode(encoding))
    assert read_mapping(file).words == {"乡卫": "卫生院"}


@pytest.mark.parametrize("content", BROKEN)
@pytest.mark.parametrize("read", [read_toml, read_rules, read_mapping, load])
def test_what_is_no_toml_is_one_sentence(tmp_path, content, read):
    file = tmp_path / "a.toml"
    file.write_bytes(BROKEN[content])
    with pytest.raises(SourceError, match=r"a\.toml"):
        read(file)


@pytest.mark.parametrize("content", [*BROKEN.values(), b"", b'{"a": NaN}', b"[" * 50_000])
def test_what_is_no_json_is_one_sentence(tmp_path, content):
    file = tmp_path / "a.json"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=r"a\.json"):
        read_json(file)
    with pytest.raises(SourceError, match=r"a\.json"):
        outlines(file, "WGS-84")


def test_a_line_to_nowhere_is_no_outline(tmp_path):
    file = tmp_path / "a.json"
    file.write_text('{"type": "LineString", "coordinates": [[1e999, 2], [3, 4]]}', "utf-8")
    with pytest.raises(SourceError, match=r"a\.json"):
        outlines(file, "WGS-84")


@pytest.mark.parametrize(
    "line",
    [
        "fields.name = { column = 5 }",
        "fields.name = { column = 'a', words = 3 }",
        "fields.name = { template = '{a' }",
        "fields = 3",
        "header = 'x'\nfields.name = 'a'",
        "columns = 7\nfields.name = 'a'",
        "skip = { a = 5 }\nfields.name = 'a'",
        "file = 3\nfields.name = 'a'",
    ],
)
def test_a_rule_of_another_type_is_refused(tmp_path, line):
    file = tmp_path / "a.toml"
    file.write_text(f"[[table]]\ntable = 'areas'\n{line}\n", "utf-8")
    with pytest.raises(SourceError, match=r"a\.toml"):
        read_rules(file)


@pytest.mark.parametrize(
    "text", ["table = [3]", "table = 3", "meta = 3\n[[table]]\ntable = 'areas'"]
)
def test_a_mapping_of_another_shape_is_refused(tmp_path, text):
    file = tmp_path / "a.toml"
    file.write_text(f"{text}\nfields.name = 'a'\n", "utf-8")
    with pytest.raises(SourceError, match=r"a\.toml"):
        read_rules(file)


def test_a_record_that_lacks_something_is_refused():
    found = audit(taizhou(), "urban-2023", select=("UG-04",))
    record = run_record(found)
    for key in ("medgraph", "as_of", "facts", "sources", "packs", "findings"):
        with pytest.raises(SourceError, match=key):
            verify({**record, key: 3}, found)
    with pytest.raises(SourceError, match="findings"):
        verify({**record, "findings": {"a": "PASS"}}, found)


def test_half_of_a_pair_of_surrogates_is_no_character(tmp_path):
    """JSON can write it, and no other format can; a whole pair is a character."""
    path = tmp_path / "a.json"
    path.write_text('{"a": "\\ud83d\\ude00"}', encoding="utf-8")
    assert read_json(path) == {"a": "\U0001f600"}
    path.write_text('{"a": "\\ud83d"}', encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.json"):
        read_json(path)
