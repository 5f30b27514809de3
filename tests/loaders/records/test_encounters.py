"""Transfers are derived from stays by the stated rules."""

from __future__ import annotations

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
