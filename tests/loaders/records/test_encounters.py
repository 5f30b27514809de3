"""Transfers are derived from stays by the stated rules."""

from __future__ import annotations

from itertools import permutations

import pytest

from medgraph.loaders.records import from_encounters
from tests.loaders.records.made_up import STAYS

pytest.importorskip("ibis", reason="the extra `records` is not installed")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({}, 2),  # a on the same day, b by truncation; c after 30 days is too late
        ({"overlap": "drop"}, 1),
        ({"window": 30}, 3),
    ],
)
def test_transfers_are_derived_from_stays_by_the_stated_rules(tmp_path, options, count):
    """Same day counts, a stay at the same facility does not, overlaps go by the rule, faulty stays are listed."""
    (tmp_path / "s.csv").write_text(STAYS, "utf-8")
    table = from_encounters(tmp_path / "s.csv", **options)
    assert table.frame["count"].sum() == count
    assert set(table.frame["from"]) == {"甲"}
    assert dict(table.rejected.itertuples(index=False)) == {
        "discharge_before_admission": 1,
        "no_person": 1,
    }
    assert table.read == 9
    assert table.notes


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_stays_of_one_day_at_one_facility_count_alike_in_every_order(tmp_path, order):
    """Of two stays that differ in their encounter alone, the same one is left last, however the rows stand."""
    rows = [
        "p1,甲,2023-01-01,2023-01-02,outpatient",
        "p1,甲,2023-01-01,2023-01-02,inpatient",
        "p1,乙,2023-01-03,2023-01-04,inpatient",
    ]
    lines = ["person,facility,admitted,discharged,encounter", *(rows[place] for place in order)]
    (tmp_path / "s.csv").write_text("\n".join(lines), "utf-8")
    counted = from_encounters(tmp_path / "s.csv").frame
    assert counted[["from", "to", "encounter", "count"]].to_numpy().tolist() == [
        ["甲", "乙", "outpatient", 1]
    ]
