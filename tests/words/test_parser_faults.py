"""What a parser of somebody else says of a broken file is said in the language of now."""

from __future__ import annotations

import re

import pytest

from medgraph.errors import SourceError
from medgraph.loaders import load
from medgraph.words.say import speaking

BROKEN = {
    "a.json": '{"nodes": [1,}',
    "g.graphml": "<graphml><x",
    "g.geojson": '{"type":',
}


@pytest.mark.parametrize("name", BROKEN)
def test_no_english_reason_stands_in_a_chinese_sentence(tmp_path, name):
    path = tmp_path / name
    path.write_text(BROKEN[name], "utf-8")
    with speaking("zh"), pytest.raises(SourceError) as caught:
        load(path)
    said = str(caught.value).replace(str(path), "")
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", said), said


def test_a_mapping_that_is_no_toml_says_where(tmp_path):
    (tmp_path / "m.toml").write_text("[meta\nx=", "utf-8")
    (tmp_path / "u.csv").write_text("a,b\n1,2\n", "utf-8")
    with speaking("zh"), pytest.raises(SourceError, match="第 1 行第 6 列"):
        load(tmp_path / "u.csv", mapping=tmp_path / "m.toml")
