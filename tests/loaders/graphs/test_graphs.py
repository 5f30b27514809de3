"""Graphs of other programs: they name no kinds and no relations, so somebody has to."""

from __future__ import annotations

import csv

import networkx as nx
import openpyxl
import pytest

from medgraph.errors import SourceError, TargetError
from medgraph.loaders import registry, write
from medgraph.loaders.registry import load

MEANING = '[graph]\nkind = "Facility"\nrelation = "REFERS_UP_TO"\nweight = "minutes"\n'


@pytest.fixture
def meaning(tmp_path):
    path = tmp_path / "meaning.toml"
    path.write_text(MEANING, encoding="utf-8")
    return path


def graph():
    """A graph as anybody makes one: a weight for each of two parallel links, labels, nothing of ours."""
    made = nx.MultiDiGraph()
    made.add_node("F1", label="Hospital <1>")
    made.add_node("F2", label="Centre 2")
    made.add_edge("F2", "F1", weight=12.5)
    made.add_edge("F2", "F1", weight=20.0)
    return made


WRITERS = {
    "a.gexf": nx.write_gexf,
    "a.gml": nx.write_gml,
    "a.graphml": nx.write_graphml,
    "a.net": nx.write_pajek,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_graph_of_somebody_else(tmp_path, name, meaning):
    """With a mapping it is a network; without one the sentence says what lacks."""
    WRITERS[name](graph(), tmp_path / name)
    loaded = registry.load(tmp_path / name, mapping=meaning)
    net = loaded.require()
    assert (loaded.rows_in, loaded.left_out) == (4, 0)
    assert set(net.nodes("Facility").index) == {"F1", "F2"}
    assert sorted(net.edges("REFERS_UP_TO").minutes) == [12.5, 20.0]
    with pytest.raises(SourceError, match="graph"):
        registry.read(tmp_path / name)


@pytest.mark.parametrize("name", WRITERS)
def test_a_format_is_known_by_its_content(tmp_path, name):
    """Whatever its suffix is, and after what stands above in such files."""
    WRITERS[name](graph(), tmp_path / name)
    other = tmp_path / "export.txt"
    other.write_bytes((tmp_path / name).read_bytes())
    found = registry.format_of_source(tmp_path / name)
    assert registry.format_of_source(other) == found
    assert found.name == {"a.net": "pajek"}.get(name, name.removeprefix("a."))


# 354 links less the 19 of placeholders and the 5 of a planned hospital, which could not be told.
SURELY_LINKED = 330


def test_gephi_shows_names_and_networkx_reads_kinds(taizhou, tmp_path):
    registry.write(taizhou, tmp_path / "a.gexf")
    found = nx.read_gexf(tmp_path / "a.gexf")
    assert found.nodes["TZ-H02"]["label"] == "台州市中心医院"
    assert found.nodes["TZ-H02"]["kind"] == "Facility"
    registry.write(taizhou, tmp_path / "a.net")
    assert nx.read_pajek(tmp_path / "a.net").number_of_edges() == SURELY_LINKED


@pytest.mark.parametrize("name", ["a.net", "a.edges.csv", "a.dhis2.json"])
def test_what_is_over_or_planned_is_not_written_as_if_it_held(taizhou, tmp_path, name):
    """These files have no place for the days of a link, and some none for a status."""
    net = taizhou.filled("TZ-P07", "status", "closed").moved("TZ-P34", to_group="G2")
    registry.write(net, tmp_path / name)
    found = registry.read(tmp_path / name)
    of = found.edges("MEMBER_OF").query("source == 'TZ-P34'")["target"].tolist()
    assert of == ["G2"]
    there = found.nodes("Facility")
    assert "TZ-P07" not in there.index or there.loc["TZ-P07", "status"] == "closed"


@pytest.mark.parametrize("titles", [("Source", "Target", "Weight"), ("source", "target", "weight")])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_list_of_edges(tmp_path, meaning, titles, suffix):
    """The three columns that every program knows."""
    rows = [titles, ("甲医院", "乙医院", 12.5), ("丙医院", "乙医院", None)]
    path = tmp_path / f"any.edges.{suffix}"
    if suffix == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        path = path.rename(tmp_path / "export.csv")  # by its titles
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    loaded = registry.load(path, mapping=meaning)
    net = loaded.require()
    assert (loaded.rows_in, loaded.left_out) == (5, 0)  # three nodes, two links
    links = net.edges("REFERS_UP_TO").set_index("source")
    assert links.minutes["甲医院"] == 12.5
    assert links.minutes.isna()["丙医院"]
    assert links.origin["甲医院"].split("|")[2] == "2"


def test_a_mapping_of_tables_is_as_it_was(tmp_path):
    """A CSV with these titles and a mapping that speaks of tables is read as the mapping says."""
    path = tmp_path / "export.csv"
    path.write_text("source,target\nF1,Somewhere\n", encoding="utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[[table]]\ntable = "facilities"\nfields.id = "source"\nfields.name = "target"\n'
    )
    net = registry.read(path, mapping=rules)
    assert net.nodes("Facility").name.to_dict() == {"F1": "Somewhere"}


def test_kinds_that_a_relation_tells(tmp_path):
    """A column of relations is enough where they join one kind each."""
    path = tmp_path / "export.csv"
    path.write_text("source,target,relation\nF1,F2,上转\nF2,33,SERVES\n", encoding="utf-8")
    net = registry.read(path)
    assert net.nodes().kind.to_dict() == {"F1": "Facility", "F2": "Facility", "33": "Area"}
    path.write_text("source,target,relation\nF1,X,MEMBER_OF\n", encoding="utf-8")
    with pytest.raises(SourceError, match="X"):
        registry.read(path)


def test_a_written_list_is_no_formula(taizhou, tmp_path):
    """What a spreadsheet would calculate is text there, and text again when it is read."""
    net = taizhou.with_meta(title="x")
    registry.write(net, tmp_path / "a.edges.csv")
    rows = list(csv.DictReader((tmp_path / "a.edges.csv").open(encoding="utf-8-sig")))
    assert len(rows) == SURELY_LINKED
    assert set(rows[0]) >= {"source", "target", "weight", "relation"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gexf", b"<gexf"),
        ("a.gexf", b"<a/>"),
        ("a.gexf", b""),
        ("a.gml", b"graph ["),
        ("a.gml", b"graph [ node [ id x ] ]"),
        ("a.gml", b"<gml/>"),
        ("a.gml", b"\xff\xfe"),
        ("a.net", b"*vertices x"),
        ("a.net", b"*vertices 3\n1 a"),
        ("a.net", b'*vertices 1\n1 "a'),
        ("a.net", b"\xff\xfe"),
        ("a.edges.csv", b""),
        ("a.edges.csv", b"from,to\n1,2\n"),
        ("a.edges.csv", b"source,target,relation\n1,,SERVES\n"),
        ("a.edges.xlsx", b"PK"),
    ],
)
def test_rubbish_is_refused(tmp_path, name, content):
    """One sentence with the name of the file, whatever is in it."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError):
        registry.read(tmp_path / name)


@pytest.mark.parametrize(
    "text", ['[graph]\nkind = "Hospital"', "[graph]\nweigth = 1", "[dhis2]\nfacility_level = true"]
)
def test_a_wrong_mapping_is_refused(tmp_path, text):
    nx.write_gexf(graph(), tmp_path / "a.gexf")
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.toml"):
        registry.read(tmp_path / "a.gexf", mapping=tmp_path / "a.toml")


def test_links_as_lists_are_refused(tmp_path, meaning):
    """`1 2 3` in *Arcslist is two links; networkx reads one of weight 3."""
    path = tmp_path / "a.net"
    path.write_text('*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcslist\n1 2 3\n', encoding="utf-8")
    with pytest.raises(SourceError, match="Arcslist"):
        registry.load(path, mapping=meaning)


def test_pajek_counts_and_directions(tmp_path, meaning):
    """Arcs and edges stand one behind the other; what names no vertex is left out with its line."""
    lines = ["*Network x", "*Vertices 3", '1 "A"', '2 "B"', "*Arcs", "1 2 1.0", "*Edges"]
    lines += ["3 1 2.0", "2 3", "9 1 1", "1", "1 2 x"]
    (tmp_path / "a.net").write_text("\n".join(lines), encoding="utf-8")
    loaded = load(tmp_path / "a.net", mapping=meaning)
    links = loaded.network.edges()
    said = links.fillna("")[["source", "target", "confidence"]].values.tolist()
    assert sorted(said) == [["3", "A", "low"], ["A", "B", ""], ["B", "3", "low"]]
    assert [one.code for one in loaded.problems] == ["W263"]
    assert [row.place for row in loaded.left_rows] == [f"a.net[{line}]" for line in (10, 11, 12)]
    assert (loaded.rows_in, loaded.loaded) == (9, 6)


@pytest.mark.parametrize(
    "vertices", ['1 "A"\n2 "B"\n3 "C"', '1 "A"\n1 "B"', '1 "A"\n2 "A"', '0 "A"', "1", '1 "A']
)
def test_vertices_that_do_not_agree_are_refused(tmp_path, vertices):
    """Twice one number, twice one name, more than the count: the line is named."""
    (tmp_path / "a.net").write_text(f"*Vertices 2\n{vertices}\n*Arcs\n1 2\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.net"):
        load(tmp_path / "a.net")


@pytest.mark.parametrize("relation", ["REFERS_UP_TO", "COOPERATES_WITH"])
def test_links_without_a_direction_are_told(tmp_path, relation):
    """Where the relation has one, the direction is a guess of low confidence."""
    text = f'[graph]\nkind = "Facility"\nrelation = "{relation}"\n'
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    graph = nx.Graph([("A", "B")])
    nx.write_gexf(graph, tmp_path / "a.gexf")
    nx.write_gml(graph, tmp_path / "a.gml")
    (tmp_path / "a.edges.csv").write_text("Source,Target,Type\nA,B,Undirected\n", encoding="utf-8")
    for name in ("a.gexf", "a.gml", "a.edges.csv"):
        loaded = load(tmp_path / name, mapping=tmp_path / "m.toml")
        is_told = [one.value for one in loaded.problems if one.code == "W263"] == [relation]
        assert is_told == (relation == "REFERS_UP_TO")


def test_a_row_without_an_end_costs_itself_where_the_load_is_lenient(tmp_path, meaning):
    """Else the list is refused with its place."""
    (tmp_path / "a.edges.csv").write_text("source,target\nA,B\nC,\n,\n", encoding="utf-8")
    with pytest.raises(SourceError, match="A3"):
        load(tmp_path / "a.edges.csv", mapping=meaning)
    loaded = load(tmp_path / "a.edges.csv", mapping=meaning, lenient=True)
    assert [row.place for row in loaded.left_rows] == ["a.edges.csv!A3"]
    assert loaded.network.nodes().index.tolist() == ["A", "B"]


def test_a_file_is_no_folder(taizhou, tmp_path):
    """A name of a file that ends in a stroke is refused before anything is written."""
    with pytest.raises(TargetError):
        write(taizhou, f"{tmp_path}/x.gexf/")
    assert list(tmp_path.iterdir()) == []
