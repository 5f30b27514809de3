"""Persons are followed to their next record."""

from __future__ import annotations

import pytest

from medgraph.loaders.records import read_records

pytest.importorskip("ibis", reason="the extra `records` is not installed")


STORY = """person,from,to,date,arrived,kind
a,甲,乙,2023-01-01,2023-01-03,up
a,乙,甲,2023-01-20,2023-01-20,down
b,甲,乙,2023-01-01,2023-01-05,up
b,乙,丙,2023-01-06,2023-01-06,up
c,甲,乙,2023-01-01,2023-01-02,up
c,乙,甲,2023-06-01,2023-06-01,down
"""


def test_persons_are_followed_to_their_next_record(tmp_path):
    """Of three sent up from 甲 to 乙, a is back within 30 days, b was sent further up, c came back too late."""
    (tmp_path / "r.csv").write_text(STORY, "utf-8")
    links = read_records(tmp_path / "r.csv", follow=30).links.set_index(["from", "to", "kind"])
    row = links.loc[("甲", "乙", "up")]
    assert row[["count", "ups", "returned", "double"]].tolist() == [3, 3, 1, 1]
    assert (row["delay_median"], row["delay_p90"]) == (2, pytest.approx(3.6))  # of 1, 2 and 4 days
    assert links.loc[("乙", "甲", "down"), "delay_median"] == 0
