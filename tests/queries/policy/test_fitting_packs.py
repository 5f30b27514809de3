"""The packs that fit a network: by the types of its groups, and by where it lies."""

from __future__ import annotations

import pandas as pd
import pytest

import medgraph as mg
from medgraph.errors import SourceError
from medgraph.queries.policy.fitting_packs import local_packs
from medgraph.queries.policy.packs.reading import read_pack


def network(*areas):
    nodes = [
        {"id": f"F{number}", "kind": "Facility", "name": f"F{number}", "area": area}
        for number, area in enumerate(areas)
    ]
    links = pd.DataFrame({"source": [], "target": [], "relation": []}, dtype=str)
    return mg.MedicalNetwork.from_frames(pd.DataFrame(nodes), links)


@pytest.mark.parametrize(
    ("areas", "packs"),
    [
        (["331002001000", "331003000000"], ["taizhou-2023"]),
        (["331002001000", None], ["taizhou-2023"]),
        (["331002001000", "331081000000"], []),  # Wenling is no district of the plan
        (["410122000000"], ["henan-2021"]),
        (["130123101000"], ["shijiazhuang-2022"]),
        (["130200000000"], []),
        ([None], []),
        (["S1"], []),
    ],
)
def test_a_local_pack_fits_where_all_facilities_lie_in_its_place(areas, packs):
    assert local_packs(network(*areas)) == packs


def test_a_comparison_asks_the_pack_of_the_place_unasked(taizhou):
    """Without its township, one of the centres that TZ-02 counts is there no more."""
    answer = mg.compare(taizhou, taizhou.moved("TZ-P34", to_group="G2"))
    told = answer.frame[answer.frame["what"] == "verdict"]["field"]
    assert any(field.startswith("taizhou-2023") for field in told)


def test_a_place_that_is_no_code_is_refused_with_its_line():
    text = (
        '[pack]\nid = "mine"\ntitle = ["一", "one"]\ndocument = "d"\nsource = "s"\n'
        'areas = ["台州"]\n\n[[rules]]\nid = "MY-01"\nkind = "indicator"\ntext = ["一", "one"]\n'
        'clause = "c"\ngrade = "user"\npredicate = "value"\nof = "members"\n'
    )
    with pytest.raises(SourceError) as told:
        read_pack(text, "mine.toml")
    assert [p.place for p in told.value.problems if p.code == "E087"] == ["mine.toml:6"]
