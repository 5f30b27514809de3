"""The sample `taizhou` says what the plan says, and nothing else."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest

from medgraph.loaders import samples
from tests.conftest import ROOT


def members(net, group: str, *types: str):
    """The named members of a group that are of one of `types`."""
    facilities = net.nodes("Facility")
    edges = net.edges("MEMBER_OF")
    rows = facilities.loc[edges.loc[edges.target == group, "source"]]
    return rows[~rows.is_class.fillna(False) & rows.type.isin(types)]


def test_repr(taizhou):
    """The repr says groups, alliances, facilities, areas and the day."""
    assert (
        repr(taizhou)
        == "<MedicalNetwork 4 groups, 3 alliances, 58 facilities, 43 areas; data day 2023-10-25>"
    )


def test_counts(taizhou):
    """Placeholders count as classes, not as facilities or groups."""
    assert taizhou.counts() == {
        "groups": 4,
        "alliances": 3,
        "facilities": 58,
        "classes": 10,
        "areas": 43,
        "links": 354,
    }


@pytest.mark.parametrize(
    ("group", "types", "stated"),
    [
        ("G1", ["community_health_centre"], 6),  # “6个社区卫生服务中心”
        ("G1", ["township_health_centre"], 4),  # “4个卫生院”
        ("G2", ["community_health_centre"], 4),  # “等4个社区卫生服务中心”
        ("G3", ["community_health_centre"], 8),  # “8个社区卫生服务中心”
        ("G3", ["central_township_health_centre"], 3),  # “3个中心卫生院”
        ("G3", ["township_health_centre"], 8),  # “8个乡镇卫生院”
        ("G4", ["community_health_centre"], 6),  # “6个社区卫生服务中心”
    ],
)
def test_stated_counts(taizhou, group, types, stated):
    """Each of the seven numbers that the plan states is the number of members listed."""
    assert len(members(taizhou, group, *types)) == stated


def test_basis(taizhou):
    """72 links are stated word for word, 282 follow from a general sentence."""
    assert taizhou.edges().basis.value_counts().to_dict() == {"expanded": 282, "explicit": 72}


def test_every_fact_is_there(taizhou, shared):
    """Ids, names and links are those of the tables of facts, one for one, with their basis."""

    def facts(name):
        with (shared / f"policy/taizhou_{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    edges, nodes = taizhou.edges(), taizhou.nodes()
    assert sorted(
        zip(edges.source, edges.relation, edges.target, edges.basis, strict=True)
    ) == sorted(
        (r["source_id"], r["relation"], r["target_id"], r["basis"]) for r in facts("relations")
    )
    names = {r["facility_id"]: r["name_zh"] for r in facts("facilities")}
    names |= {r["entity_id"]: r["name_zh"] for r in facts("entities")}
    assert nodes[nodes.kind != "Area"].name.to_dict() == names


def test_every_row_names_its_clause(taizhou):
    """Every link, and every node but the areas of the register, names plan, clause and origin."""
    nodes = taizhou.nodes()
    assert taizhou.edges()[["document", "clause", "origin"]].notna().all(axis=None)
    assert nodes[nodes.kind != "Area"][["document", "clause", "origin"]].notna().all(axis=None)
    assert nodes[nodes.kind == "Area"][["register", "edition", "origin"]].notna().all(axis=None)


def test_absent_stays_absent(taizhou):
    """Where the plan is silent, no level, bed, registration code, place of a lead or kind of hospital is given."""
    facilities = taizhou.nodes("Facility")
    assert not {"level", "beds", "uscc", "institution_code", "lon"} & set(facilities.columns)
    leads = taizhou.edges("LEADS")
    leads = leads[leads.target.str.startswith("G")].source
    assert facilities.loc[leads].area.isna().all()
    assert facilities.loc[["TZ-H07", "TZ-H08", "TZ-H09"]].ws218.isna().all()
    assert facilities.status.dropna().to_dict() == {"TZ-H18": "planned"}


def test_completeness(taizhou):
    """A list that ends in “and other institutions” is partial, the others are complete by their clause."""
    states = {
        g: taizhou.completeness(f"links.MEMBER_OF.{g}").state
        for g in ("G1", "G2", "G3", "G4", "A1", "A2", "A3")
    }
    assert states == {
        "G1": "complete",
        "G2": "complete",
        "G3": "complete",
        "G4": "complete",
        "A1": "partial",
        "A2": "complete",
        "A3": "partial",
    }
    assert taizhou.completeness("links.MEMBER_OF.G3").clause == "二(一)1(3)"


def test_tiles_do_not_overlap(taizhou):
    """Each of the 43 areas has a square of its own, the island apart from all others."""
    areas = taizhou.nodes("Area").set_index("name")
    squares = set(zip(areas.tile_x, areas.tile_y, strict=True))
    assert len(squares) == 43
    x, y = areas.loc["大陈镇", ["tile_x", "tile_y"]]
    assert not squares & {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy}


def test_areas_agree_with_the_coverage_table(taizhou, shared):
    """The areas that some group member serves are those of the table of facts, by group."""
    serves, member_of = taizhou.edges("SERVES"), taizhou.edges("MEMBER_OF")
    found = serves.merge(member_of[["source", "target"]], on="source", suffixes=("", "_group"))
    groups = found.groupby("target").target_group.agg(lambda s: "|".join(sorted(set(s)))).to_dict()
    with (shared / "policy/taizhou_coverage.csv").open(encoding="utf-8") as file:
        wanted = {row["code12"]: row["group_ids"] for row in csv.DictReader(file)}
    assert {code: groups.get(code, "") for code in wanted} == wanted


def test_the_shipped_files_are_what_the_script_writes(shared, tmp_path):
    """Building the sample again changes no byte."""
    script = ROOT / "tools/build_taizhou.py"
    subprocess.run([sys.executable, str(script), str(shared / "policy"), str(tmp_path)], check=True)
    shipped = ROOT / "medgraph/loaders/samples/data/taizhou"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in shipped.iterdir()
    }


def test_it_is_the_same_each_time():
    """Two calls give equal networks."""
    assert samples.taizhou() == samples.taizhou()
