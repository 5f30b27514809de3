"""The tables of docs/fhir.md say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.shapes import SHAPES

PAGE = (Path(__file__).parents[3] / "docs/fhir.md").read_text(encoding="utf-8")


def table(header):
    """The rows of the table that begins with this header: the words in backticks of both cells."""
    behind = PAGE.split(f"| {header} |")[1].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in behind.splitlines()[2:]]
    return {re.sub("`", "", first): re.sub("`", "", second) for first, second in rows}


def test_kinds_and_types():
    """Codes become the kinds and types that the page lists, and no others."""
    assert table("code of Organization.type | kind") == {
        "jurisdiction (mCSD)": "Area",
        **terms.KINDS,
    }
    assert table("code of Organization.type | type of the group") == {
        **terms.GROUP_TYPES,
        f"member with the role {terms.EXCHANGE_ROLE}": "exchange",
        "any other": "other",
    }
    assert table("code of Location.type | type of the facility") == terms.FACILITY_TYPES


def test_resources():
    """The page names every type that is read, and every person that is not."""
    named = {name for cell in table("resource | becomes") for name in cell.split(", ")}
    assert named == {*terms.DIRECTORY, *terms.PERSONS, "all other types"}


def test_shapes():
    """Both shapes have a column."""
    head = re.search(r"\| \| (.*) \|", PAGE)[1]
    assert re.findall("`([^`]+)`", head) == list(SHAPES)
