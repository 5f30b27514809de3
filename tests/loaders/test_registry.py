"""A format is known by scheme, content or suffix, and gets what its row says that it takes."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph import suffixes
from medgraph.errors import SourceError, TargetError
from medgraph.loaders import registry, samples
from medgraph.loaders.plans.draft import draft
from medgraph.loaders.plans.draft_workbook import write_draft

WRITABLE = [
    f for f in registry.FORMATS if f.suffixes and f.name not in ("geojson", "ods", "shapefile")
]


def part_held(found, net):
    """What of a network the files of a format say: all, but for one that is lossy."""
    return found.code.part_held(net).network if found.lossy else net


@pytest.mark.parametrize("found", WRITABLE, ids=lambda f: f.name)
def test_a_format_reads_what_it_wrote(tmp_path, found):
    """What a target's suffix asks for is found again by the source."""
    target = tmp_path / f"network{found.suffixes[0]}"
    told = registry.write(samples.taizhou(), target)
    assert registry.format_of_target(target) == registry.format_of_source(target) == found
    assert registry.read(target) == part_held(found, samples.taizhou())
    assert (told is not None) == (part_held(found, samples.taizhou()) != samples.taizhou())


def test_every_suffix_of_a_row_is_listed():
    """A row of the registry has no suffix but those of the one list, and no two rows share one."""
    rows = [suffix for found in registry.FORMATS for suffix in found.suffixes]
    listed = {suffixes.CSV, *suffixes.WORKBOOKS, *suffixes.NETWORKS, *suffixes.REGISTERS}
    assert sorted(rows) == sorted(listed)


@pytest.mark.parametrize("name", ["名单.csv", "名单.xls", "~$roster.xlsx"])
def test_tables_that_are_not_ours_are_foreign(tmp_path, name):
    """A file that no table of ours is called by is somebody else's, whatever it holds."""
    path = tmp_path / name
    path.write_text("机构名称,类型\n甲医院,医院\n", encoding="utf-8")
    assert registry.format_of_source(path) is registry.FOREIGN


def test_one_table_of_ours_makes_a_folder_ours(tmp_path):
    """A folder of CSV is ours as soon as one file is called like a table."""
    for name in ("名单.csv", "机构.csv"):
        (tmp_path / name).write_text("名称,类型\n甲医院,医院\n", encoding="utf-8")
    assert registry.format_of_source(tmp_path) is registry.CSV


def test_a_mistyped_address_is_refused_without_its_password():
    with pytest.raises(SourceError) as raised:
        registry.format_of_target("noe4j://me:secret@host/db")
    assert "secret" not in str(raised.value)


def test_an_unknown_suffix_is_refused_by_the_list_of_known_ones(tmp_path):
    with pytest.raises(TargetError, match=suffixes.SNAPSHOT):
        registry.format_of_target(tmp_path / "network.odt")


def test_a_format_gets_only_the_options_of_its_row(tmp_path):
    """What one format alone takes is no matter to the others."""
    net = samples.taizhou()
    for name in ("network.json", "network.mgz"):
        registry.write(net, tmp_path / name, made_from=tmp_path, accept_endings=3)


def somebodys_own(path):
    """Write a workbook that was not made for us."""
    book = openpyxl.Workbook()
    book.active.append(["名称", "床位"])
    book.save(path)
    return path


OF_OTHERS = {
    "a.dhis2.json": b'{"organisationUnits": [{"id": "x", "name": "y"}], "users": []}',
    "a.gexf": b'<gexf xmlns="http://gexf.net/1.2draft"><graph/></gexf>',
    "a.gml": b"graph [\n]",
    "a.net": b"*vertices 1\n1 a",
    "a.edges.csv": b"source,target\na,b",
    "a.geojson": b'{"type": "FeatureCollection", "features": []}',
}


@pytest.mark.parametrize("name", OF_OTHERS)
def test_a_register_of_another_system_is_never_replaced(tmp_path, name):
    """It holds what no network does; a file that we wrote is replaced, as ever."""
    net, own = samples.taizhou(), tmp_path / name
    own.write_bytes(OF_OTHERS[name])
    for write in (registry.write, lambda net, own: registry.write_changes(net, [], own)):
        with pytest.raises(TargetError, match="--output"):
            write(net, own)
    with pytest.raises(TargetError, match="--output"):
        registry.restate(net, own, {"facilities.complete": "complete"})
    assert own.read_bytes() == OF_OTHERS[name]
    own.unlink()
    for _ in range(2):
        registry.write(net, own)


def writers():
    """Whatever writes a network into the workbook that it is given."""
    net = samples.taizhou()
    stated = {"facilities.complete": "complete"}
    return {
        "write": lambda own: registry.write(net, own),
        "write_changes": lambda own: registry.write_changes(net, [], own),
        "restate as it is": lambda own: registry.restate(net, own.parent / "a.xlsx", stated, own),
        "restate anew": lambda own: registry.restate(net, own.parent / "a.json", stated, own),
        "write_draft": lambda own: write_draft(draft("甲县医院牵头组建甲县医共体。"), own),
    }


@pytest.mark.parametrize("name", writers())
def test_a_workbook_of_somebody_else_is_never_replaced(tmp_path, name):
    """Whoever writes, what was not made for us stays."""
    for source in ("a.xlsx", "a.json"):
        registry.write(samples.taizhou(), tmp_path / source)
    own = somebodys_own(tmp_path / "own.xlsx")
    before = own.read_bytes()
    with pytest.raises(TargetError, match=r"own\.xlsx"):
        writers()[name](own)
    assert own.read_bytes() == before


def test_a_status_that_could_not_be_read_is_in_doubt_in_python_too(tmp_path):
    """With `lenient` a facility may be at work or not, as the command line has it."""
    lines = ["id,name,status", "F1,甲医院,open", "F2,乙医院,什么"]
    (tmp_path / "facilities.csv").write_text("\n".join(lines), encoding="utf-8")
    net = registry.read(tmp_path, lenient=True)
    assert net == registry.load(tmp_path, lenient=True).asked()
    assert net.nodes()["status"].to_dict() == {"F1": "open", "F2": "?"}
