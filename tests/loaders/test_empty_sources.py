"""A source without a row is told in every format, and a file without a byte is refused."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.registry import FORMATS, load, write

WITHOUT_ROWS = {
    "a.json": '{"resourceType": "Bundle", "type": "collection"}',
    "b.ndjson": '{"resourceType": "Bundle", "entry": []}\n{"resourceType": "Bundle"}\n',
    "a.geojson": '{"type": "FeatureCollection", "features": []}',
    "a.dhis2.json": '{"organisationUnits": []}',
    "a.ods.json": "[]",
    "a.edges.csv": "source,target,weight\n",
    "a.net": "*Vertices 0\n*Arcs\n",
    "a.gml": "graph [\n]\n",
    "a.fhir.ndjson": "\n\n",
}
WRITTEN = sorted(
    suffix for one in FORMATS for suffix in one.suffixes if suffix not in (".shp", ".ods.json")
)


@pytest.mark.parametrize("name", WITHOUT_ROWS)
def test_sources_of_others_without_rows(tmp_path, name):
    """An export that broke off looks like that."""
    (tmp_path / name).write_text(WITHOUT_ROWS[name], encoding="utf-8")
    loaded = load(tmp_path / name)
    assert (loaded.rows_in, len(loaded.network.nodes())) == (0, 0)
    assert [one.code for one in loaded.problems if one.severity == "warning"] == ["W038"]


@pytest.mark.parametrize("suffix", WRITTEN)
def test_our_own_sources_without_rows(taizhou, tmp_path, suffix):
    """What we write of nothing says so, too, when it is read."""
    nodes, links = taizhou.tables
    target = tmp_path / f"a{suffix}"
    write(MedicalNetwork(nodes.slice(0, 0), links.slice(0, 0), {}), target)
    assert "W038" in [one.code for one in load(target).problems]


@pytest.mark.parametrize("suffix", [*WRITTEN, ".ndjson", ".shp", ".txt"])
def test_a_file_without_a_byte(tmp_path, suffix):
    """It is said to be empty, whatever its format would be."""
    (tmp_path / f"a{suffix}").write_bytes(b"")
    with pytest.raises(SourceError, match=f"a{suffix}"):
        load(tmp_path / f"a{suffix}")
