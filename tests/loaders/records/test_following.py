"""Persons are followed to their next record."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.loaders.records import read_records, temporary_disk
from medgraph.progress import watching
from medgraph.words.say import speaking
from tests.loaders.records.made_up import records, spoiled

pytest.importorskip("ibis", reason="the extra `records` is not installed")


@pytest.mark.parametrize("left_out", [[], ["arrived"], ["person"], ["person", "arrived"]])
def test_persons_are_followed_in_portions(tmp_path, monkeypatch, left_out):
    """Each portion holds all records of its persons, so that their sums are those of all at once."""
    frame = spoiled(records(3_000))[0].drop(columns=left_out)
    frame.to_parquet(tmp_path / "r.parquet")
    at_once = read_records(tmp_path / "r.parquet", follow=30).links
    monkeypatch.setattr(temporary_disk, "own_memory", lambda _: 1)
    monkeypatch.setattr(
        temporary_disk.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 30_000})
    )
    told = []
    with speaking("en"), watching(lambda *_: None, told=told.append):
        in_portions = read_records(tmp_path / "r.parquet", follow=30).links
    assert "read 17 times" in told[1], "390 kB in portions of 24"
    pd.testing.assert_frame_equal(in_portions, at_once)


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


@pytest.mark.parametrize("turn", [1, -1])
def test_records_alike_but_for_their_kind_are_followed_alike_in_every_order(tmp_path, turn):
    """Of two records of one day and pair, the one sent up stands last and is followed to the next."""
    rows = ["a,甲,乙,2023-01-01,up", "a,甲,乙,2023-01-01,down", "a,乙,丙,2023-01-02,up"]
    (tmp_path / "r.csv").write_text("\n".join(["person,from,to,date,kind", *rows[::turn]]), "utf-8")
    links = read_records(tmp_path / "r.csv", follow=30).links.set_index(["from", "to", "kind"])
    assert links.loc[("甲", "乙", "up"), "double"] == 1
