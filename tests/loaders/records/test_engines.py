"""Both engines give the same tables."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys

import pandas as pd
import pytest

from medgraph.loaders.records import from_encounters, read_records
from tests import spark_cluster, spark_connect
from tests.loaders.records.made_up import STAYS, ordered, records, spoiled

pytest.importorskip("ibis", reason="the extra `records` is not installed")


SPARK = pytest.mark.skipif(
    not os.environ.get("MEDGRAPH_REQUIRE_SPARK")
    and not (shutil.which("java") and importlib.util.find_spec("pyspark")),
    reason="no Java or no pyspark here: Spark's answers are not compared",
)
ONE_SPARK = pytest.mark.xdist_group("spark")  # and one server: both start once


@SPARK
@ONE_SPARK
def test_spark_gives_the_same_tables_as_duckdb(tmp_path):
    """100,000 rows with faults give the same flows, rejects and followed links on Spark as on DuckDB."""
    frame, _ = spoiled(records(100_000))
    path = tmp_path / "records.csv"
    frame.to_csv(path, index=False)
    with path.open("a", encoding="utf-8") as file:
        file.write("机构01,机构02\n")
    one, other = (read_records(path, engine=engine, follow=30) for engine in ("duckdb", "spark"))
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
    pd.testing.assert_frame_equal(one.links, other.links, check_dtype=False)
    assert one.read == other.read == 100_001
    (tmp_path / "s.csv").write_text(STAYS, "utf-8")
    one, other = (
        from_encounters(tmp_path / "s.csv", engine=engine) for engine in ("duckdb", "spark")
    )
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)


def same_tables(one, other):
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
    pd.testing.assert_frame_equal(one.links, other.links, check_dtype=False)


def in_parquet(folder, rows):
    """Records in four files, so that there is something to divide."""
    folder.mkdir()
    frame = records(rows)
    for part in range(4):
        frame[part::4].to_parquet(folder / f"part-{part}.parquet", index=False)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The URL of a Spark Connect server."""
    if missing := spark_connect.missing():
        pytest.skip(f"not here: {missing}")
    with spark_connect.serving(tmp_path_factory.mktemp("server")) as url:
        yield url


@ONE_SPARK
def test_a_spark_connect_server_gives_the_same_tables(server, tmp_path):
    """By its URL alone, a server counts what DuckDB counts."""
    folder = in_parquet(tmp_path / "r", 20_000)
    other = read_records(folder, engine="spark", master=server, follow=30)
    same_tables(read_records(folder, follow=30), other)


@ONE_SPARK
def test_a_server_and_a_spark_of_its_own_in_one_process(server, tmp_path):
    """Either can follow the other: whoever asks a server first is not bound to servers from then on."""
    folder = in_parquet(tmp_path / "r", 200)
    counted = read_records(folder, follow=30)
    for master in ("local[1]", server, "local[1]", server):
        asked = read_records(folder, engine="spark", master=master, follow=30)
        same_tables(counted, asked)


@SPARK
@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_an_executor_that_dies_changes_no_count(tmp_path):
    """On two executors with a shuffle between them, one is killed at work: the cluster does its tasks again."""
    folder = in_parquet(tmp_path / "r", 1_000_000)
    with spark_cluster.one_executor_dies() as killed:
        other = read_records(folder, engine="spark", master=spark_cluster.LOCAL_CLUSTER, follow=30)
    assert killed
    same_tables(read_records(folder, follow=30), other)
