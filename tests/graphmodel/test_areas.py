"""In which counties a network stands."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.areas import counties_held
from medgraph.graphmodel.network import MedicalNetwork

NO_LINKS = pd.DataFrame({"source": [], "relation": [], "target": []}, dtype=str)


def network(*rows):
    """A network of rows: kind, id, and what else a node states."""
    return MedicalNetwork.from_frames(
        pd.DataFrame([{"kind": kind, "id": id, "name": id, **more} for kind, id, more in rows]),
        NO_LINKS,
    )


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ([("Facility", "H1", {})], []),
        ([("Facility", "H1", {"area": "331003101000"})], ["331003"]),
        # a city and a province as areas are in no county, whether they state their level or not
        ([("Area", "331000000000", {}), ("Area", "330000000000", {"level": "province"})], []),
        ([("Area", "331003000000", {}), ("Area", "331004101000", {})], ["331003", "331004"]),
        # who stands in the city at large is in no picture of a county: its own digits hold it
        (
            [("Facility", "H1", {"area": "331000000000"}), ("Area", "331000000000", {})],
            ["331000"],
        ),
    ],
)
def test_a_county_is_held_where_something_stands_in_it(rows, held):
    assert counties_held(network(*rows).index) == held
