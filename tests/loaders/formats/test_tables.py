"""A folder of CSV: what is written reads back equal, whatever its bytes and names are."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import load, read, write

NODES = [
    {
        "id": "F1",
        "kind": "Facility",
        "name": "=甲医院",
        "beds": 10,
        "aliases": "a、b",
        "group": "x",
        "lon": 120.1,
        "lat": 28.6,
        "crs": "WGS-84",
        "origin": "roster.xlsx|机构|B2|typed",
    },
    {
        "id": "F2",
        "kind": "Facility",
        "name": '乙医院，"二"院\n东区',
        "aliases": "乙|二院",
        "area": "331003003000",
    },
    {"id": "G1", "kind": "Group", "name": "集团", "type": "urban_medical_group"},
    {
        "id": "331003003000",
        "kind": "Area",
        "name": "西城街道",
        "type": "subdistrict",
        "level": "township",
    },
]
LINKS = [
    {"source": "F1", "relation": "LEADS", "target": "G1", "valid_from": None},
    {"source": "F1", "relation": "SERVES", "target": "331003003000", "minutes": 0.1 + 0.2},
]


@pytest.fixture
def net() -> MedicalNetwork:
    import pandas as pd

    meta = {
        "title": "样本",
        "data_day": "2023-10-25",
        "links.MEMBER_OF.G1.complete": "complete",
        "标题": "另一",
    }
    return MedicalNetwork.from_frames(pd.DataFrame(NODES), pd.DataFrame(LINKS), meta)


def test_what_is_written_reads_back_equal(net, tmp_path):
    """A network reads back as it was, in a folder whose name has blanks and Chinese."""
    folder = tmp_path / "台州 样本"
    write(net, folder)
    assert read(folder) == net


def test_a_formula_is_kept_as_text(net, tmp_path):
    """A name that looks like a formula is written with an apostrophe, and reads back without it."""
    write(net, tmp_path / "out")
    assert '"\'=甲医院"' in (tmp_path / "out" / "facilities.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_does_not_matter(net, tmp_path, encoding):
    """UTF-8 with or without a mark, GB18030 and UTF-16 give the same network; GB18030 is named."""
    write(net, tmp_path / "out")
    for file in (tmp_path / "out").glob("*.csv"):
        file.write_text(file.read_text("utf-8-sig"), encoding=encoding)
    loaded = load(tmp_path / "out")
    assert loaded.require() == net
    assert any(p.code == "W070" for p in loaded.problems) == (encoding == "gb18030")


def test_a_source_that_is_not_there_says_so(tmp_path):
    """A missing path, an unknown suffix and an empty folder are one sentence each."""
    (tmp_path / "x.doc").write_text("x")
    for source in (tmp_path / "none", tmp_path / "x.doc", tmp_path):
        with pytest.raises(SourceError, match=r"xlsx|none"):
            load(source)


def test_an_unknown_target_lists_what_is_known(net, tmp_path):
    """A target of an unknown suffix is refused with the list of known ones."""
    with pytest.raises(TargetError, match="xlsx"):
        write(net, tmp_path / "x.doc")
