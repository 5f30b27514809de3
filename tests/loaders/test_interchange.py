"""docs/interchange.md says of every format what the code says: suffixes, capacities, roles, relations."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from medgraph.loaders import registry
from medgraph.loaders.formats import geojson_writing
from medgraph.loaders.registers import dhis2_terms, ods_terms
from medgraph.loaders.registers.meaning import read_meaning

PAGE = (Path(__file__).resolve().parents[2] / "docs/interchange.md").read_text(encoding="utf-8")
READ_ONLY = {"shapefile", "ods"}
OF_OTHERS = {"neo4j", "plan", "foreign"}
CAPACITIES = {
    "geojson": geojson_writing.CAN_HOLD,
    "dhis2": dhis2_terms.CAN_HOLD,
    "pajek": importlib.import_module("medgraph.loaders.graphs.pajek").CAN_HOLD,
    "edges": importlib.import_module("medgraph.loaders.graphs.edge_list").CAN_HOLD,
}


def table_below(heading: str, number: int = 0) -> list[list[str]]:
    """The rows of a table of the page: the n-th below a heading."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    tables = re.findall(r"(?:^\|.*\n)+", part, re.MULTILINE)
    lines = tables[number].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def said(fields: frozenset[str] | None) -> str:
    if fields is None:
        return "all"
    return ", ".join(sorted(fields)) or "nothing"


def test_every_format_is_on_the_page():
    rows = {row[0]: row for row in table_below("Formats")}
    formats = {found.name: found for found in registry.FORMATS if found.name not in OF_OTHERS}
    known = formats.keys() & rows.keys()
    assert formats.keys() - known == {"fhir server"}  # which has no file
    for name in known:
        found, row = formats[name], rows[name]
        assert set(re.findall(r"`(\.[\w.]+)`", row[1])) == set(found.suffixes), name
        assert row[3] == ("no" if name in READ_ONLY else "yes"), name
        assert ("a part" in row[4]) == found.lossy, name


def test_capacities():
    rows = {row[0]: row[1:] for row in table_below("What the lossy ones hold")}
    assert rows.keys() == CAPACITIES.keys()
    lossy = {found.name for found in registry.FORMATS if found.lossy}
    assert lossy - {"fhir"} == CAPACITIES.keys()  # docs/fhir.md says what FHIR holds
    for name, can in CAPACITIES.items():
        parts = (can.kinds, can.relations, can.node_fields, can.link_fields)
        assert rows[name] == [*map(said, parts), "yes" if can.meta else "no"], name


def test_roles_and_relations_of_ods():
    roles = {
        code: row[1] for row in table_below("NHS ODS") for code in re.findall(r"RO\d+", row[0])
    }
    assert {code for code, text in roles.items() if text.startswith("Area")} == set(
        ods_terms.AREA_ROLES
    )
    assert ods_terms.NETWORK_TYPE in roles[ods_terms.NETWORK_ROLE]
    assert ods_terms.PRACTICE_TYPE in roles[ods_terms.PRACTICE_ROLE]
    relations = {row[0].split()[0]: row[1] for row in table_below("NHS ODS", 1)}
    assert relations.keys() - {"any"} == ods_terms.RELATIONS.keys()
    for code, relation in ods_terms.RELATIONS.items():
        assert relation in relations[code]


@pytest.mark.parametrize("text", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_the_mappings_of_the_page_are_read(tmp_path, text):
    tomllib.loads(text)
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    meaning = read_meaning(tmp_path / "a.toml")
    assert meaning.kind or meaning.group_sets


def test_what_the_page_says_of_dhis2():
    for name in (terms for terms in dhis2_terms.SETS_OF_FIELDS):
        assert f"`{name}`" in PAGE
    assert dhis2_terms.NO_DAY in PAGE
    for attribute in (dhis2_terms.SERVES, f"{dhis2_terms.OWN}id"):
        assert f"`{attribute}`" in PAGE
    for field in (dhis2_terms.LOOSE_GROUPS, dhis2_terms.LEVEL_FIELD, dhis2_terms.CODE_FIELD):
        assert f"`{field}`" in PAGE
